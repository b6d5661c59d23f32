//! Where a request really comes from, also behind proxies that we were told to believe.

use std::net::{IpAddr, SocketAddr};

use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use base::Result;
use base::error::invalid;

/// The other end of the connection; put into each request by [`serve`](crate::serve).
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    pub address: SocketAddr,
    /// Whether the connection is encrypted up to here.
    pub secure: bool,
}

/// Who asks, and how: put into each request by the outermost layer.
#[derive(Clone, Debug)]
pub struct Client {
    pub ip: IpAddr,
    /// Whether the browser's side of the way is encrypted: cookies are then sent that way only.
    pub https: bool,
    /// The host as the browser wrote it, without its port.
    pub host: String,
    /// Host and port, as an Origin names them.
    pub authority: String,
}

/// The proxies whose `X-Forwarded-For` is believed.
pub(crate) struct Proxies(Vec<(IpAddr, u8)>);

impl Proxies {
    /// Addresses, or networks such as `10.0.0.0/8`.
    pub fn parse(texts: &[String]) -> Result<Proxies> {
        let read = |text: &String| {
            let (address, bits) = text.split_once('/').unwrap_or((text, ""));
            let address: IpAddr = address.parse().ok()?;
            let whole = if address.is_ipv4() { 32 } else { 128 };
            let bits = if bits.is_empty() { whole } else { bits.parse().ok().filter(|b| *b <= whole)? };
            Some((address, bits))
        };
        let nets = texts.iter().map(|text| {
            read(text).ok_or_else(|| {
                invalid("settings_proxies", format!("trusted_proxies: {text} is no address and no network."))
            })
        });
        nets.collect::<Result<_>>().map(Proxies)
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|(net, bits)| match (net, address) {
            (IpAddr::V4(net), IpAddr::V4(address)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(*bits)).unwrap_or(0);
                net.to_bits() & mask == address.to_bits() & mask
            }
            (IpAddr::V6(net), IpAddr::V6(address)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(*bits)).unwrap_or(0);
                net.to_bits() & mask == address.to_bits() & mask
            }
            _ => false,
        })
    }

    /// The nearest address that no trusted proxy has: everything left of it may be invented.
    fn origin(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut seen = peer;
        let lines: Vec<&str> =
            headers.get_all("x-forwarded-for").iter().filter_map(|v| v.to_str().ok()).collect();
        for hop in lines.iter().flat_map(|line| line.split(',')).rev() {
            if !self.trust(seen) {
                break;
            }
            let Ok(address) = hop.trim().parse() else { break };
            seen = address;
        }
        seen
    }
}

impl Client {
    pub(crate) fn of(parts: &Parts, proxies: &Proxies, public_url: Option<&str>) -> Client {
        let peer = parts.extensions.get::<Peer>();
        let secure = peer.is_some_and(|peer| peer.secure);
        // A request without a connection is one of our own tests.
        let peer = peer.map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.address.ip().to_canonical());
        let said = |name| parts.headers.get(name).and_then(|v| v.to_str().ok());
        let authority = said(header::HOST.as_str()).or(parts.uri.authority().map(|a| a.as_str()));
        let authority = authority.unwrap_or_default().to_ascii_lowercase();
        let proxied = proxies.trust(peer) && said("x-forwarded-proto").is_some_and(|proto| proto == "https");
        let https = secure || proxied || public_url.is_some_and(|url| url.starts_with("https:"));
        let ip = proxies.origin(peer, &parts.headers).to_canonical();
        Client { ip, https, host: without_port(&authority).to_owned(), authority }
    }

    /// What limits count: one address, or the /64 network that one subscriber has in IPv6.
    pub fn limit_key(&self) -> IpAddr {
        match self.ip {
            IpAddr::V6(ip) => IpAddr::V6((ip.to_bits() & (u128::MAX << 64)).into()),
            ip => ip,
        }
    }

    /// Whether an Origin (RFC 6454) names the host that was asked or the public address.
    pub(crate) fn is_own_origin(&self, origin: &str, public_url: Option<&str>) -> bool {
        let origin = origin.to_ascii_lowercase();
        let authority = origin.split_once("://").map(|(_, rest)| rest);
        let public = public_url.map(|url| url.trim_end_matches('/').to_ascii_lowercase());
        (!self.authority.is_empty() && authority == Some(self.authority.as_str()))
            || public.is_some_and(|url| url == origin)
    }
}

fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(proxies: &[&str], peer: &str, forwarded: &str) -> String {
        let texts: Vec<String> = proxies.iter().map(|p| (*p).to_owned()).collect();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().expect("a header"));
        let proxies = Proxies::parse(&texts).expect("networks");
        proxies.origin(peer.parse().expect("an address"), &headers).to_string()
    }

    #[test]
    fn forwarded_addresses_count_only_from_trusted_proxies() {
        assert_eq!(origin(&[], "10.0.0.9", "1.2.3.4"), "10.0.0.9");
        assert_eq!(origin(&["10.0.0.0/8"], "10.0.0.9", "1.2.3.4"), "1.2.3.4");
        assert_eq!(origin(&["10.0.0.0/8"], "10.0.0.9", "6.6.6.6, 1.2.3.4, 10.1.1.1"), "1.2.3.4");
        assert_eq!(origin(&["10.0.0.0/8"], "10.0.0.9", "1.2.3.4, nonsense"), "10.0.0.9");
        assert_eq!(origin(&["::1"], "::1", "1.2.3.4"), "1.2.3.4");
        assert!(Proxies::parse(&["10.0.0.0/33".to_owned()]).is_err());
    }

    #[test]
    fn the_port_is_no_part_of_the_host() {
        assert_eq!(without_port("a.example:8080"), "a.example");
        assert_eq!(without_port("[::1]:80"), "[::1]");
        assert_eq!(without_port("a.example"), "a.example");
    }
}
