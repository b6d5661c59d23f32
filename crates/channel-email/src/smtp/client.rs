//! Sends one mail over SMTP and says exactly what became of it.
//!
//! The commands are driven here and not by a mail library, because a library reports one error for a
//! connection that breaks before the final dot and for one that breaks after it. Before the dot nothing can
//! have arrived; after it the mail may have arrived, and sending again could double it.

use tokio::time::timeout;

use super::link::{Link, unreached};
pub use super::server::{Addressed, Fate, Login, Patience, Security, Server};

/// Sends one mail in a connection of its own.
pub async fn send(server: &Server, addressed: &Addressed, raw: &[u8]) -> Fate {
    let mut link = match timeout(server.patience.before, begun(server, addressed, raw)).await {
        Ok(Ok(link)) => link,
        Ok(Err(fate)) => return fate,
        Err(late) => return unreached(server, &late.into()),
    };
    let fate = link.hand_over(raw).await;
    link.leave().await;
    fate
}

/// Connects, protects the connection and logs in as for a mail, and sends none.
pub async fn probe(server: &Server) -> Result<(), Fate> {
    let link = timeout(server.patience.before, Link::open(server)).await;
    link.map_err(|late| unreached(server, &late.into())).flatten()?.leave().await;
    Ok(())
}

/// A connection in which the server waits for the content.
async fn begun(server: &Server, addressed: &Addressed, raw: &[u8]) -> Result<Link, Fate> {
    let mut link = Link::open(server).await?;
    match link.announce(addressed, raw).await {
        Ok(()) => Ok(link),
        Err(fate) => {
            link.leave().await;
            Err(fate)
        }
    }
}
