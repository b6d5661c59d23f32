//! Serving: every workspace of the installation, over HTTP and SMTP, until the program is told to end.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;

use base::error::{conflict, internal, invalid};
use base::{Clock, Config, Result};
use metrics_exporter_prometheus::PrometheusBuilder;
use rustls::ServerConfig;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::assembly::assemble;
use crate::certificates::shown;
use crate::control;
use crate::front;
use crate::incoming;
use crate::installation::Installation;
use crate::restore;
use crate::waking::Served;

/// The API document, without opening anything.
pub fn document() -> Result<String> {
    let (_, _, routes) = assemble().split();
    Ok(serde_json::to_string_pretty(&routes.document())?)
}

pub fn run(config: Config) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    restore::must_be_whole(&config.data)?;
    let (installation, routes) = Installation::open(config, clock())?
        .ok_or_else(|| conflict("data_in_use", "Another Rapport serves this data directory already."))?;
    let served = runtime.block_on(async {
        let serving = Serving::start(installation, routes).await?;
        serving.announce(json!({}))?;
        serving.until_told().await
    });
    runtime.shutdown_timeout(std::time::Duration::from_secs(10));
    served
}

/// `RAPPORT_CLOCK_SHIFT_MILLIS` makes the clock wrong on purpose: a node must notice.
fn clock() -> Clock {
    let shift = std::env::var("RAPPORT_CLOCK_SHIFT_MILLIS").ok().and_then(|v| v.parse().ok());
    shift.map_or_else(Clock::system, Clock::shifted)
}

/// A server at work.
pub struct Serving {
    pub address: SocketAddr,
    pub smtp_address: Option<SocketAddr>,
    installation: Arc<Installation>,
    served: Arc<Served>,
    listener: TcpListener,
    router: axum::Router,
    tls: Option<Arc<ServerConfig>>,
    smtp: Option<incoming::Listening>,
}

impl Serving {
    pub async fn start(mut installation: Installation, routes: web::Routes) -> Result<Serving> {
        let mut config = installation.config.clone();
        let listener = TcpListener::bind(&config.listen).await.map_err(|e| {
            let sentence =
                format!("{} can't be used: {e}. Choose another address with --listen.", config.listen);
            invalid("listen", sentence)
        })?;
        let address = listener.local_addr()?;
        // Links in mails carry the real port.
        config.listen = address.to_string();
        installation.config.listen.clone_from(&config.listen);
        let recorder = PrometheusBuilder::new().install_recorder().ok();
        let shown = shown::begin(&config, &installation.clock).await?;
        let house = front::house(&config, installation.directory.clone(), recorder)?;
        let installation = Arc::new(installation);
        let served = Served::begin(installation.clone(), house.clone()).await?;
        let smtp = match &config.smtp_listen {
            Some(at) => Some(incoming::listen(at, &installation, &house, shown.smtp).await?),
            None => None,
        };
        control::listen(installation.clone(), served.clone()).await?;
        let router = routes.router(house);
        let smtp_address = smtp.as_ref().map(|s| s.address);
        let tls = shown.web;
        Ok(Serving { address, smtp_address, installation, served, listener, router, tls, smtp })
    }

    /// One line of JSON with the real addresses, and with what `further` has: scripts wait for it.
    pub fn announce(&self, further: Value) -> Result<()> {
        let mut line = json!({
            "ready": true,
            "listen": self.address.to_string(),
            "smtp_listen": self.smtp_address.map(|a| a.to_string()),
            "public_url": self.installation.public_url(),
        });
        if let (Some(line), Value::Object(further)) = (line.as_object_mut(), further) {
            line.extend(further);
        }
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}")?;
        out.flush()?;
        Ok(())
    }

    /// Until SIGTERM or SIGINT; requests and mails under way are finished first.
    pub async fn until_told(self) -> Result<()> {
        let mut terminate = signal(SignalKind::terminate())?;
        let told = async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        };
        match self.tls {
            Some(tls) => web::serve_tls(self.listener, tls, self.router, told).await.map_err(internal)?,
            None => web::serve(self.listener, self.router, told).await.map_err(internal)?,
        }
        if let Some(smtp) = self.smtp {
            smtp.stop().await;
        }
        self.served.end().await;
        Ok(())
    }
}
