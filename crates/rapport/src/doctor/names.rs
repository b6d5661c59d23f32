//! What DNS says: where the public host is, and where mail for our addresses goes.

use std::io;
use std::net::IpAddr;
use std::time::Duration;

use channel_email::Names;
use tokio::net::lookup_host;
use tokio::time::timeout;

use super::finding::Finding;

const WITHIN: Duration = Duration::from_secs(3);
/// Somebody waits at a terminal.
const MOST_DOMAINS: usize = 20;

/// Asks the name servers of the settings, as everything else that asks about mail.
pub async fn examine(host: &str, addresses: &[String], names: &Names) -> Vec<Finding> {
    let mut findings = vec![public_host(host).await];
    let mut domains: Vec<&str> =
        addresses.iter().filter_map(|address| address.rsplit_once('@').map(|(_, domain)| domain)).collect();
    domains.sort_unstable();
    domains.dedup();
    for domain in domains.into_iter().take(MOST_DOMAINS) {
        findings.push(mail_domain(domain, names).await);
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

async fn mail_domain(domain: &str, names: &Names) -> Finding {
    let remedy = format!("Enter a mail server (MX) for {domain} where your domain is kept.");
    match names.mail_servers(domain).await {
        Some(hosts) if !hosts.is_empty() => {
            Finding::ok("dns", format!("Mail for {domain} goes to {}.", hosts.join(", ")))
        }
        // RFC 5321 section 5.1: without an MX mail goes to the domain itself.
        Some(_) => match timeout(WITHIN, lookup_host((domain, 0))).await.map_err(io::Error::from).flatten() {
            Ok(_) => {
                Finding::warn("dns", format!("{domain} has no MX; mail goes to the domain itself."), remedy)
            }
            Err(_) => Finding::fail(
                "dns",
                format!("No mail can reach {domain}: it has neither MX nor address."),
                remedy,
            ),
        },
        None => {
            let said =
                format!("Where mail for {domain} goes could not be found out: no name server answers.");
            Finding::warn(
                "dns",
                said,
                "Check `dns` in the settings, or the name servers in /etc/resolv.conf.",
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use testkit::NameServer;

    use super::super::finding::Verdict;
    use super::*;

    fn served(lines: &str) -> Names {
        let mut names = Names::default();
        names.set(Some(&NameServer::of(lines).at.to_string())).expect("a name server");
        names
    }

    #[tokio::test]
    async fn mail_servers_are_named_in_their_order() {
        let names = served("shop.test MX 20 mx.shop.test\nshop.test MX 10 mail.example");
        let found = mail_domain("shop.test", &names).await;
        assert_eq!(found.said, "Mail for shop.test goes to mail.example, mx.shop.test.");
        assert_eq!(found.state, Verdict::Ok);
    }

    #[tokio::test]
    async fn a_domain_that_no_mail_can_reach_is_told() {
        for lines in ["", "shop.test MX 0 ."] {
            assert_eq!(mail_domain("shop.test", &served(lines)).await.state, Verdict::Fail, "{lines}");
        }
        assert_eq!(mail_domain("localhost", &served("")).await.state, Verdict::Warn);
        assert_eq!(mail_domain("broken.test", &served("")).await.state, Verdict::Warn);
        assert_eq!(mail_domain("shop.test", &Names::default()).await.state, Verdict::Warn);
    }

    #[tokio::test]
    async fn a_public_host_that_nobody_knows_is_told() {
        assert_eq!(public_host("help.shop.invalid").await.state, Verdict::Fail);
        assert_eq!(public_host("localhost").await.state, Verdict::Ok);
        assert_eq!(public_host("192.0.2.1").await.state, Verdict::Ok);
    }
}
