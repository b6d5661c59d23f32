//! Which certificates the listeners show, and what keeps them fresh while the program runs.

use std::sync::Arc;

use base::{Clock, Config, Result};
use rustls::ServerConfig;

use super::acme::Acme;
use super::files::Followed;
use super::held::Held;
use super::questions::{self, Elsewhere};

/// Absent where the settings name no certificate.
#[derive(Default)]
pub struct Shown {
    pub web: Option<Arc<ServerConfig>>,
    pub smtp: Option<Arc<ServerConfig>>,
}

/// Reads what is there and begins to look after it. Mail is encrypted with the certificate of the web
/// unless one of its own is named.
pub async fn begin(config: &Config, clock: &Clock) -> Result<Shown> {
    let web = match (&config.tls, &config.acme) {
        (Some(files), _) => Some(follow(Followed::open(files)?)),
        (None, Some(acme)) => Some(ask(acme, config, clock).await?),
        (None, None) => None,
    };
    let smtp = match &config.smtp_tls {
        Some(files) => Some(follow(Followed::open(files)?)),
        None => web.clone(),
    };
    let web = web.map(|held| held.server(&["h2", "http/1.1"])).transpose()?;
    let smtp = smtp.map(|held| held.server(&[])).transpose()?;
    Ok(Shown { web, smtp })
}

fn follow(followed: Followed) -> Arc<Held> {
    let held = followed.held();
    tokio::spawn(followed.follow());
    held
}

async fn ask(settings: &base::config::Acme, config: &Config, clock: &Clock) -> Result<Arc<Held>> {
    let acme = Acme::open(settings, &config.data, clock.clone())?;
    let held = acme.held();
    let listener = questions::bind(&settings.http_listen).await?;
    let elsewhere = Elsewhere { public_url: config.address(), domains: settings.domains.clone() };
    let router = questions::router(acme.answers(), elsewhere);
    tokio::spawn(web::serve(listener, router, std::future::pending()));
    tokio::spawn(acme.keep());
    Ok(held)
}
