//! What DNS says: where the public host is, and where mail for our addresses goes (RFC 1035).

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::net::{UdpSocket, lookup_host};
use tokio::time::timeout;

use super::finding::Finding;

const WITHIN: Duration = Duration::from_secs(3);
const TRIES: u8 = 2;
/// Somebody waits at a terminal.
const MOST_DOMAINS: usize = 20;
const MX: u16 = 15;
const NO_SUCH_NAME: u8 = 3;

/// Asks the servers of `/etc/resolv.conf`.
pub async fn examine(host: &str, addresses: &[String]) -> Vec<Finding> {
    let mut findings = vec![public_host(host).await];
    let server = std::fs::read_to_string("/etc/resolv.conf").ok().and_then(|text| first_server(&text));
    let mut domains: Vec<&str> =
        addresses.iter().filter_map(|address| address.rsplit_once('@').map(|(_, domain)| domain)).collect();
    domains.sort_unstable();
    domains.dedup();
    for domain in domains.into_iter().take(MOST_DOMAINS) {
        findings.push(mail_domain(domain, server).await);
    }
    findings
}

async fn public_host(host: &str) -> Finding {
    if host.parse::<IpAddr>().is_ok() {
        return Finding::ok("dns", format!("{host} is an address and needs no name."));
    }
    match timeout(WITHIN, lookup_host((host, 0))).await.map_err(io::Error::from).flatten() {
        Ok(found) => {
            let mut found: Vec<String> = found.map(|at| at.ip().to_string()).collect();
            found.dedup();
            Finding::ok("dns", format!("{host} is at {}.", found.join(", ")))
        }
        Err(e) => {
            let remedy = "Enter the address of this machine (A, AAAA) for it where your domain is kept.";
            Finding::fail("dns", format!("{host} is not known: {e}."), remedy)
        }
    }
}

async fn mail_domain(domain: &str, server: Option<SocketAddr>) -> Finding {
    let asked = match server {
        Some(server) => ask(server, domain, MX).await,
        None => Err(io::Error::other("/etc/resolv.conf names no server")),
    };
    let remedy = format!("Enter a mail server (MX) for {domain} where your domain is kept.");
    match asked {
        Ok(hosts) if !hosts.is_empty() => {
            Finding::ok("dns", format!("Mail for {domain} goes to {}.", hosts.join(", ")))
        }
        // RFC 5321 section 5.1: without an MX mail goes to the domain itself.
        Ok(_) => match timeout(WITHIN, lookup_host((domain, 0))).await.map_err(io::Error::from).flatten() {
            Ok(_) => {
                Finding::warn("dns", format!("{domain} has no MX; mail goes to the domain itself."), remedy)
            }
            Err(_) => Finding::fail(
                "dns",
                format!("No mail can reach {domain}: it has neither MX nor address."),
                remedy,
            ),
        },
        Err(e) => {
            let said = format!("Where mail for {domain} goes could not be found out: {e}.");
            Finding::warn("dns", said, "Check the name servers of this machine (/etc/resolv.conf).")
        }
    }
}

fn first_server(text: &str) -> Option<SocketAddr> {
    let servers = text.lines().filter_map(|line| line.trim().strip_prefix("nameserver"));
    servers.filter_map(|rest| rest.trim().parse::<IpAddr>().ok()).next().map(|ip| (ip, 53).into())
}

/// The mail servers of a domain, the preferred one first; none when the name has none or does not exist.
async fn ask(server: SocketAddr, domain: &str, kind: u16) -> io::Result<Vec<String>> {
    let id: u16 = rand::random();
    let question = question(id, domain, kind).ok_or_else(|| io::Error::other("this is no name"))?;
    let near: SocketAddr = if server.is_ipv4() { ([0; 4], 0).into() } else { ([0; 16], 0).into() };
    let socket = UdpSocket::bind(near).await?;
    socket.connect(server).await?;
    let mut last = io::Error::from(io::ErrorKind::TimedOut);
    for _ in 0..TRIES {
        socket.send(&question).await?;
        let mut answer = [0; 4096];
        match timeout(WITHIN, socket.recv(&mut answer)).await.map_err(io::Error::from).flatten() {
            Ok(size) => {
                let read = read(&answer[..size], id, kind);
                return read.ok_or_else(|| io::Error::other("the name server's answer can't be read"));
            }
            Err(e) => last = e,
        }
    }
    Err(last)
}

fn question(id: u16, domain: &str, kind: u16) -> Option<Vec<u8>> {
    let mut bytes = id.to_be_bytes().to_vec();
    // One question; the server looks further itself.
    bytes.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in domain.trim_end_matches('.').split('.') {
        let length = u8::try_from(label.len()).ok().filter(|length| (1..64).contains(length))?;
        bytes.push(length);
        bytes.extend(label.as_bytes());
    }
    bytes.push(0);
    bytes.extend(kind.to_be_bytes());
    bytes.extend([0, 1]);
    Some(bytes)
}

/// `None` for what is no answer to our question.
fn read(answer: &[u8], id: u16, kind: u16) -> Option<Vec<String>> {
    let number = |at: usize| Some(u16::from_be_bytes([*answer.get(at)?, *answer.get(at + 1)?]));
    let code = answer.get(3)? & 0x0f;
    if number(0)? != id || answer[2] & 0x80 == 0 || (code != 0 && code != NO_SUCH_NAME) {
        return None;
    }
    let mut at = 12;
    for _ in 0..number(4)? {
        at = name(answer, at)?.1 + 4;
    }
    let mut found = Vec::new();
    for _ in 0..number(6)? {
        let start = name(answer, at)?.1;
        let (this, length) = (number(start)?, usize::from(number(start + 8)?));
        at = start + 10 + length;
        if this == kind {
            found.push((number(start + 10)?, name(answer, start + 12)?.0));
        }
    }
    found.sort();
    // A lone dot says that no mail is taken (RFC 7505).
    Some(found.into_iter().map(|(_, host)| host).filter(|host| !host.is_empty()).collect())
}

/// A name and where what follows it begins (RFC 1035 section 4.1.4); pointers lead backwards only.
fn name(bytes: &[u8], mut at: usize) -> Option<(String, usize)> {
    let (mut labels, mut end, mut before) = (Vec::new(), None, at);
    loop {
        let length = usize::from(*bytes.get(at)?);
        match length {
            0 => return Some((labels.join("."), end.unwrap_or(at + 1))),
            0xc0.. => {
                let to = (length & 0x3f) << 8 | usize::from(*bytes.get(at + 1)?);
                end = end.or(Some(at + 2));
                if to >= before {
                    return None;
                }
                (before, at) = (to, to);
            }
            1..64 => {
                let label = bytes.get(at + 1..at + 1 + length)?;
                labels.push(String::from_utf8_lossy(label).into_owned());
                at += 1 + length;
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    /// An answer with two mail servers, the second name shortened by a pointer to the question.
    fn answered(question: &[u8], hosts: &[(u16, &[u8])], code: u8) -> Vec<u8> {
        let mut bytes = question.to_vec();
        bytes[2] = 0x81;
        bytes[3] = code;
        bytes[7] = u8::try_from(hosts.len()).expect("few");
        for (preference, host) in hosts {
            bytes.extend([0xc0, 12, 0, 15, 0, 1, 0, 0, 0, 60]);
            bytes.extend((u16::try_from(host.len()).expect("short") + 2).to_be_bytes());
            bytes.extend(preference.to_be_bytes());
            bytes.extend(*host);
        }
        bytes
    }

    /// A name server that always says the same.
    async fn server(hosts: &'static [(u16, &'static [u8])], code: u8) -> SocketAddr {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a free port");
        let at = socket.local_addr().expect("bound");
        tokio::spawn(async move {
            let mut asked = [0; 512];
            while let Ok((size, from)) = socket.recv_from(&mut asked).await {
                let answer = answered(&asked[..size], hosts, code);
                let _ = socket.send_to(&answer, from).await;
            }
        });
        at
    }

    #[tokio::test]
    async fn mail_servers_are_named_in_their_order() {
        let at = server(&[(20, b"\x02mx\xc0\x0c"), (10, b"\x04mail\x07example\0")], 0).await;
        let found = mail_domain("shop.invalid", Some(at)).await;
        assert_eq!(found.said, "Mail for shop.invalid goes to mail.example, mx.shop.invalid.");
        assert_eq!(found.state, State::Ok);
    }

    #[tokio::test]
    async fn a_domain_that_no_mail_can_reach_is_told() {
        const NULL: &[(u16, &[u8])] = &[(0, b"\0")];
        for (hosts, code) in [(&[][..], 0), (&[][..], NO_SUCH_NAME), (NULL, 0)] {
            let at = server(hosts, code).await;
            assert_eq!(mail_domain("shop.invalid", Some(at)).await.state, State::Fail);
        }
        assert_eq!(mail_domain("localhost", Some(server(&[], 0).await)).await.state, State::Warn);
        assert_eq!(mail_domain("shop.invalid", Some(server(&[], 2).await)).await.state, State::Warn);
        assert_eq!(mail_domain("shop.invalid", None).await.state, State::Warn);
    }

    #[tokio::test]
    async fn a_public_host_that_nobody_knows_is_told() {
        assert_eq!(public_host("help.shop.invalid").await.state, State::Fail);
        assert_eq!(public_host("localhost").await.state, State::Ok);
        assert_eq!(public_host("192.0.2.1").await.state, State::Ok);
    }

    #[test]
    fn what_is_cut_off_or_leads_in_circles_is_no_answer() {
        let asked = question(7, "shop.invalid", MX).expect("a name");
        let whole = answered(&asked, &[(10, b"\x02mx\xc0\x0c")], 0);
        assert_eq!(read(&whole, 7, MX), Some(vec!["mx.shop.invalid".to_owned()]));
        assert_eq!(read(&whole, 8, MX), None, "the answer to somebody else's question");
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end], 7, MX), None, "cut off at {end}");
        }
        let round = answered(&asked, &[(10, &[0xc0, 44])], 0);
        assert_eq!(read(&round, 7, MX), None);
        assert_eq!(question(7, "a..b", MX), None);
    }

    #[test]
    fn the_first_name_server_is_asked() {
        let text = "# by hand\nsearch example\nnameserver 192.0.2.53\nnameserver 192.0.2.54\n";
        assert_eq!(first_server(text), Some(([192, 0, 2, 53], 53).into()));
        assert_eq!(first_server(""), None);
    }
}
