//! What is fetched from other servers for people here: never from our own network, never with anything of theirs.
//!
//! Names are resolved once and only public addresses are used for the connection itself, so a name that changes
//! its address between looking and connecting gains nothing. Redirects are followed by hand and checked alike.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use base::Result;
use base::error::{invalid, unavailable};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};

const PATIENCE: Duration = Duration::from_secs(10);
const MOST_REDIRECTS: usize = 3;

/// Whether an address belongs to the internet (RFC 6890 and its successors name those that don't).
#[must_use]
pub fn is_public(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let benchmarks = a == 198 && (b == 18 || b == 19);
    let protocols = (a, b, c) == (192, 0, 0) || (a, b, c) == (192, 88, 99);
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_broadcast()
        || shared
        || benchmarks
        || protocols
        || a == 0
        || a >= 224)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    // Only 2000::/3 is given out. Of it: tunnels that carry IPv4 addresses (6to4, Teredo), documentation, ORCHID.
    let tunnel = a == 0x2002 || (a == 0x2001 && b < 0x0200);
    let documentation = (a == 0x2001 && b == 0x0db8) || (a == 0x3fff && b < 0x1000);
    a & 0xe000 == 0x2000 && !tunnel && !documentation
}

/// Finds addresses of a name; the roof uses the system's way, tests their own.
pub type Lookup = Arc<dyn Fn(String) -> std::io::Result<Vec<IpAddr>> + Send + Sync>;

/// Only addresses that may be asked.
struct Guarded {
    lookup: Lookup,
    may: fn(IpAddr) -> bool,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let (lookup, may, name) = (self.lookup.clone(), self.may, name.as_str().to_owned());
        Box::pin(async move {
            let found = tokio::task::spawn_blocking(move || lookup(name)).await??;
            let all: Vec<SocketAddr> =
                found.into_iter().filter(|ip| may(*ip)).map(|ip| SocketAddr::new(ip, 0)).collect();
            if all.is_empty() {
                return Err("no public address".into());
            }
            Ok(Box::new(all.into_iter()) as Addrs)
        })
    }
}

/// A client that goes to the internet and nowhere else.
#[derive(Clone)]
pub struct Outward {
    client: Client,
    may: fn(IpAddr) -> bool,
    any_port: bool,
}

/// What was fetched.
#[derive(Debug)]
pub struct Fetched {
    pub content_type: String,
    pub bytes: Vec<u8>,
}

impl Outward {
    /// By the names of the system.
    pub fn new() -> Result<Outward> {
        Outward::with(Arc::new(by_system), is_public, false)
    }

    /// With another way to look names up, and other addresses and ports that may be asked.
    pub fn with(lookup: Lookup, may: fn(IpAddr) -> bool, any_port: bool) -> Result<Outward> {
        let client = Client::builder()
            .dns_resolver(Arc::new(Guarded { lookup, may }))
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .timeout(PATIENCE)
            .connect_timeout(Duration::from_secs(5))
            .user_agent("Rapport")
            .build()
            .map_err(base::error::internal)?;
        Ok(Outward { client, may, any_port })
    }

    /// Fetches at most `most` bytes; what is larger is an error.
    pub async fn get(&self, address: &str, most: usize) -> Result<Fetched> {
        let mut url = self.checked(address)?;
        for _ in 0..=MOST_REDIRECTS {
            let answer = self.client.get(url.clone()).send().await.map_err(failed)?;
            if answer.status().is_redirection() {
                let to = answer.headers().get("location").and_then(|value| value.to_str().ok());
                let next = to.and_then(|to| url.join(to).ok());
                url = self.checked(next.as_ref().map_or("", Url::as_str))?;
                continue;
            }
            if !answer.status().is_success() {
                return Err(unavailable("outward_refused", "The other server did not give it out."));
            }
            return read(answer, most).await;
        }
        Err(invalid("outward_circle", "The other server sends from one address to the next."))
    }

    /// Only the web at its usual ports, and no address of our own in numbers.
    fn checked(&self, address: &str) -> Result<Url> {
        let refused = || invalid("outward_address", "This address is not fetched.");
        let url = Url::parse(address).map_err(|_| refused())?;
        let web = matches!(url.scheme(), "http" | "https");
        let bare = url.username().is_empty() && url.password().is_none();
        let host = url.host_str().unwrap_or_default();
        let number: Option<IpAddr> = host.trim_start_matches('[').trim_end_matches(']').parse().ok();
        let allowed = number.is_none_or(|ip| (self.may)(ip));
        let usual = self.any_port || matches!(url.port_or_known_default(), Some(80 | 443));
        match web && bare && allowed && usual && !host.is_empty() {
            true => Ok(url),
            false => Err(refused()),
        }
    }
}

async fn read(mut answer: reqwest::Response, most: usize) -> Result<Fetched> {
    let too_large = || invalid("outward_large", "This is larger than what is fetched.");
    if answer.content_length().is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    let content_type = answer.headers().get("content-type").and_then(|value| value.to_str().ok());
    let content_type =
        content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_lowercase();
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(failed)? {
        if bytes.len() + piece.len() > most {
            return Err(too_large());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(Fetched { content_type, bytes })
}

fn failed(e: reqwest::Error) -> base::Error {
    unavailable("outward_failed", "The other server could not be reached.").because(e.without_url())
}

fn by_system(name: String) -> std::io::Result<Vec<IpAddr>> {
    use std::net::ToSocketAddrs;
    Ok((name.as_str(), 0).to_socket_addrs()?.map(|address| address.ip()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_our_own_networks_are_not_public() {
        for ip in [
            "127.0.0.1",
            "10.0.0.1",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:db8::1",
            "2001::1",
            "192.0.0.8",
        ] {
            assert!(!is_public(ip.parse().expect("an address")), "{ip}");
        }
        for ip in ["8.8.8.8", "1.1.1.1", "193.0.14.129", "2606:4700::1111", "2001:4860:4860::8888"] {
            assert!(is_public(ip.parse().expect("an address")), "{ip}");
        }
    }

    #[test]
    fn only_the_web_is_fetched() {
        let outward = Outward::new().expect("a client");
        for address in [
            "",
            "file:///etc/passwd",
            "ftp://a.example/",
            "http://127.0.0.1/",
            "http://[::1]/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://user:pass@a.example/",
            "http://a.example:22/",
            "http://[::ffff:127.0.0.1]/",
            "gopher://a.example/",
            "http://169.254.169.254/latest/meta-data",
        ] {
            assert!(outward.checked(address).is_err(), "{address}");
        }
        for address in ["http://a.example/x.png", "https://a.example/", "https://8.8.8.8/"] {
            assert!(outward.checked(address).is_ok(), "{address}");
        }
    }
}
