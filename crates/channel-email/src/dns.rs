//! Asks name servers what they say about our domains.

use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;
use hickory_resolver::system_conf::read_system_conf;
use journal::Workspace;
use spf::{Answer, Kind, Query};

/// Somebody waits at a screen.
const PATIENCE: Duration = Duration::from_secs(4);

/// The name servers that are asked: those of the system, unless a test names one.
#[derive(Default)]
pub struct NameServers {
    one: Option<SocketAddr>,
    resolver: OnceLock<Option<TokioResolver>>,
}

impl NameServers {
    /// Asks this server alone.
    #[cfg(test)]
    pub fn only(&mut self, at: SocketAddr) {
        self.one = Some(at);
    }

    fn resolver(&self) -> Option<TokioResolver> {
        self.resolver.get_or_init(|| open(self.one)).clone()
    }
}

fn open(one: Option<SocketAddr>) -> Option<TokioResolver> {
    let (config, mut options) = match one {
        Some(at) => {
            let mut server = NameServerConfig::udp_and_tcp(at.ip());
            for connection in &mut server.connections {
                connection.port = at.port();
            }
            (ResolverConfig::from_parts(None, Vec::new(), vec![server]), ResolverOpts::default())
        }
        None => read_system_conf().ok()?,
    };
    options.timeout = PATIENCE;
    options.attempts = 2;
    // Whoever has just changed a record wants to see it.
    options.cache_size = 0;
    let builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
    builder.with_options(options).build().ok()
}

/// One question. Names are ours or stand in our records, so each is taken as it is written.
pub async fn ask(house: &Workspace, query: &Query) -> Answer {
    let registry = house.registry();
    let Some(resolver) = registry.socket::<NameServers>().and_then(NameServers::resolver) else {
        return Answer::Failed;
    };
    let name = format!("{}.", query.name);
    let found = match query.kind {
        Kind::A => resolver.ipv4_lookup(name).await,
        Kind::Aaaa => resolver.ipv6_lookup(name).await,
        Kind::Mx => resolver.mx_lookup(name).await,
        Kind::Txt => resolver.txt_lookup(name).await,
        Kind::Ptr => return Answer::Names(Vec::new()),
    };
    let records: Vec<RData> = match found {
        Ok(lookup) => lookup.answers().iter().map(|record| record.data.clone()).collect(),
        Err(e) if e.is_no_records_found() => Vec::new(),
        Err(_) => return Answer::Failed,
    };
    match query.kind {
        Kind::Txt => Answer::Texts(records.iter().filter_map(text).collect()),
        Kind::Mx => Answer::Names(exchangers(&records)),
        _ => Answer::Addresses(records.iter().filter_map(RData::ip_addr).collect()),
    }
}

fn text(data: &RData) -> Option<Vec<u8>> {
    match data {
        RData::TXT(txt) => Some(txt.txt_data.concat()),
        _ => None,
    }
}

/// By preference.
fn exchangers(records: &[RData]) -> Vec<String> {
    let mut names: Vec<(u16, String)> = records
        .iter()
        .filter_map(|data| match data {
            RData::MX(mx) => Some((mx.preference, mx.exchange.to_ascii())),
            _ => None,
        })
        .collect();
    names.sort();
    names.into_iter().map(|(_, name)| name).collect()
}
