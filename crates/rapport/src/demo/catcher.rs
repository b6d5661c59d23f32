//! The mail catcher: takes all mail that the demo sends and shows it on a page, so that nothing leaves
//! this machine. It can also write as a customer, with real mails to Rapport's own SMTP listener.

mod mails;
mod pages;
mod writing;

use std::net::SocketAddr;

use base::Result;
use tokio::net::TcpListener;

pub use mails::Catcher;

/// Shows what was caught at a free port of this machine.
pub async fn show(catcher: Catcher) -> Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let router = pages::router(catcher);
    tokio::spawn(async move {
        if let Err(e) = axum::serve(listener, router).await {
            tracing::error!(error = %e, "the page of the mail catcher has ended");
        }
    });
    Ok(address)
}

#[cfg(test)]
mod tests;
