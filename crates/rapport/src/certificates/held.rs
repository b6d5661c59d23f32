//! The certificate that is shown just now: another one takes its place without a restart.

use std::sync::{Arc, PoisonError, RwLock};

use base::Result;
use base::error::internal;
use rustls::ServerConfig;
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use super::pair::{Facts, Pair, provider};

#[derive(Debug)]
pub struct Held(RwLock<Pair>);

impl Held {
    pub fn new(pair: Pair) -> Arc<Held> {
        tell(&pair.facts);
        Arc::new(Held(RwLock::new(pair)))
    }

    /// Connections that exist go on with the former one.
    pub fn replace(&self, pair: Pair) {
        tell(&pair.facts);
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = pair;
    }

    pub fn facts(&self) -> Facts {
        self.0.read().unwrap_or_else(PoisonError::into_inner).facts.clone()
    }

    /// Settings of a server that shows it: TLS 1.2 and later, with these protocols on offer (RFC 7301).
    pub fn server(self: &Arc<Held>, protocols: &[&str]) -> Result<Arc<ServerConfig>> {
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .map_err(internal)?
            .with_no_client_auth()
            .with_cert_resolver(self.clone());
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        Ok(Arc::new(config))
    }
}

fn tell(facts: &Facts) {
    let until = facts.until.0 / 1000;
    metrics::gauge!("rapport_certificate_ends_seconds", "names" => facts.names.join(" ")).set(until as f64);
}

impl ResolvesServerCert for Held {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).key.clone())
    }
}
