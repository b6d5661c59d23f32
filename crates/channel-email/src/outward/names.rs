//! The name servers that are asked: about senders, about our own domains, and where mail goes.

use std::net::{IpAddr, SocketAddr};
use std::sync::Mutex;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use base::Result;
use base::error::invalid;
use futures_util::future::join_all;
use hickory_resolver::TokioResolver;
use hickory_resolver::config::{NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::{Name, RData, RecordType};
use hickory_resolver::system_conf::read_system_conf;
use journal::Workspace;
use mail_auth::MessageAuthenticator;
use spf::{Answer, Kind, Query};
use tokio::time::{Instant, timeout};

/// For one question, and for how long nobody is asked after they were silent.
const PATIENCE: Duration = Duration::from_secs(3);
const REST: Duration = Duration::from_secs(30);

/// The socket that the roof fills; left empty, nothing is asked and no mail is checked.
#[derive(Clone, Default)]
pub struct Names(Option<Arc<Servers>>);

pub(super) struct Servers {
    pub authenticator: MessageAuthenticator,
    /// Remembers nothing: whoever has just changed a record wants to see it.
    fresh: TokioResolver,
    silent_until: Mutex<Option<Instant>>,
}

impl Names {
    /// `IP:PORT` of a name server, `off`, or those of the system when nothing is said.
    pub fn set(&mut self, said: Option<&str>) -> Result<()> {
        let (config, mut options) = match said {
            Some("off") => {
                self.0 = None;
                return Ok(());
            }
            Some(place) => {
                let at: SocketAddr = place.parse().map_err(|_| {
                    invalid("settings_dns", format!("dns: {place} is neither IP:PORT nor `off`."))
                })?;
                (one_server(at), ResolverOpts::default())
            }
            // Without name servers nothing can be checked, which is said for each mail.
            None => match read_system_conf() {
                Ok(found) => found,
                Err(e) => {
                    tracing::warn!(error = %e, "no name servers were found: senders of mail are not checked");
                    return Ok(());
                }
            },
        };
        options.timeout = PATIENCE;
        options.attempts = 1;
        options.cache_size = 4_096;
        let unusable = |e| invalid("settings_dns", format!("Name servers can't be used: {e}"));
        let mut now = options.clone();
        (now.cache_size, now.attempts) = (0, 2);
        let fresh = TokioResolver::builder_with_config(config.clone(), TokioRuntimeProvider::default());
        let fresh = fresh.with_options(now).build().map_err(unusable)?;
        let authenticator = MessageAuthenticator::new(config, options).map_err(unusable)?;
        self.0 = Some(Arc::new(Servers { authenticator, fresh, silent_until: Mutex::new(None) }));
        Ok(())
    }

    /// `None` while nobody can be asked.
    pub(super) fn servers(&self) -> Option<Arc<Servers>> {
        self.0.clone().filter(|servers| !servers.are_silent())
    }

    /// Whether an address is one of these hosts; they may be written as addresses.
    pub async fn lead_to(&self, ip: IpAddr, hosts: &[String]) -> bool {
        if hosts.iter().any(|host| host.parse() == Ok(ip)) {
            return true;
        }
        let Some(servers) = self.servers() else { return false };
        let kind = if ip.is_ipv4() { Kind::A } else { Kind::Aaaa };
        let queries: Vec<Query> = hosts.iter().map(|host| Query { kind, name: host.clone() }).collect();
        let answers = join_all(queries.iter().map(|query| servers.ask(query))).await;
        answers.iter().any(|answer| matches!(answer, Answer::Addresses(found) if found.contains(&ip)))
    }

    /// The mail servers of a domain, the preferred one first; none when it has none, or takes no mail (RFC 7505).
    /// `None` when nobody answered.
    pub async fn mail_servers(&self, domain: &str) -> Option<Vec<String>> {
        let query = Query { kind: Kind::Mx, name: domain.to_owned() };
        let Answer::Names(found) = asked(&self.0.as_ref()?.fresh, &query).await else { return None };
        let plain = |name: &String| name.trim_end_matches('.').to_owned();
        Some(found.iter().map(plain).filter(|name| !name.is_empty()).collect())
    }
}

/// One question about our own domains, as the answer is now. Somebody waits for it at a screen.
pub async fn ask(house: &Workspace, query: &Query) -> Answer {
    let names = house.registry().socket::<Names>().cloned().unwrap_or_default();
    match &names.0 {
        Some(servers) => asked(&servers.fresh, query).await,
        None => Answer::Failed,
    }
}

fn one_server(at: SocketAddr) -> ResolverConfig {
    let mut server = NameServerConfig::udp_and_tcp(at.ip());
    for connection in &mut server.connections {
        connection.port = at.port();
    }
    ResolverConfig::from_parts(None, Vec::new(), vec![server])
}

impl Servers {
    fn are_silent(&self) -> bool {
        let until = self.silent_until.lock().unwrap_or_else(PoisonError::into_inner);
        until.is_some_and(|until| Instant::now() < until)
    }

    /// Whether they answer anything: who serves the root every name server knows. A refusal is an answer, too.
    pub async fn answer(&self) -> bool {
        let asked = self.fresh.lookup(Name::root(), RecordType::NS);
        matches!(timeout(PATIENCE, asked).await, Ok(Ok(_) | Err(NetError::Dns(_))))
    }

    /// Nobody waits again for servers that just did not answer.
    pub fn rest(&self) {
        *self.silent_until.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + REST);
    }

    /// One question of a policy.
    pub async fn ask(&self, query: &Query) -> Answer {
        asked(self.authenticator.resolver(), query).await
    }
}

/// Names are whole, so each is taken as it is written.
async fn asked(resolver: &TokioResolver, query: &Query) -> Answer {
    let name = format!("{}.", query.name.trim_end_matches('.'));
    let found = match query.kind {
        Kind::A => resolver.ipv4_lookup(name).await,
        Kind::Aaaa => resolver.ipv6_lookup(name).await,
        Kind::Mx => resolver.mx_lookup(name).await,
        Kind::Txt => resolver.txt_lookup(name).await,
        Kind::Ptr => resolver.lookup(name, RecordType::PTR).await,
    };
    let records: Vec<RData> = match found {
        Ok(lookup) => lookup.answers().iter().map(|record| record.data.clone()).collect(),
        Err(e) if e.is_no_records_found() => Vec::new(),
        Err(_) => return Answer::Failed,
    };
    shaped(query.kind, &records)
}

fn shaped(kind: Kind, records: &[RData]) -> Answer {
    match kind {
        Kind::A | Kind::Aaaa => Answer::Addresses(records.iter().filter_map(address).collect()),
        Kind::Mx => {
            let mut names: Vec<(u16, String)> = records
                .iter()
                .filter_map(|data| match data {
                    RData::MX(mx) => Some((mx.preference, mx.exchange.to_ascii())),
                    _ => None,
                })
                .collect();
            names.sort();
            Answer::Names(names.into_iter().map(|(_, name)| name).collect())
        }
        Kind::Ptr => Answer::Names(
            records
                .iter()
                .filter_map(|data| match data {
                    RData::PTR(name) => Some(name.to_ascii()),
                    _ => None,
                })
                .collect(),
        ),
        Kind::Txt => Answer::Texts(
            records
                .iter()
                .filter_map(|data| match data {
                    RData::TXT(txt) => Some(txt.txt_data.concat()),
                    _ => None,
                })
                .collect(),
        ),
    }
}

fn address(data: &RData) -> Option<IpAddr> {
    match data {
        RData::A(a) => Some(IpAddr::V4(a.0)),
        RData::AAAA(aaaa) => Some(IpAddr::V6(aaaa.0)),
        _ => None,
    }
}
