//! How people reach us: the public address, the certificate shown there, the time that is told there.

use base::config::host_of;
use base::{Config, Time};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use super::fetch::{self, Answer, Fetched};
use super::finding::Finding;
use crate::certificates::acme;
use crate::certificates::pair::{Facts, Pair};

/// Signatures and sessions stand a little.
const SKEW_SECONDS: i64 = 5;
const MUCH_SKEW_SECONDS: i64 = 60;
/// One that is renewed by hand has to be thought of.
const SOON_DAYS: i64 = 14;

pub async fn public(config: &Config, serving: bool, now: Time) -> Vec<Finding> {
    let url = config.address();
    let mut findings = Vec::new();
    if serving {
        let fetched = fetch::get(&url, "/healthz", &trusted(config)).await;
        if let Ok(answer) = &fetched.answer {
            findings.push(clock(answer, now));
            findings.push(ready(&fetch::get(&url, "/readyz", &trusted(config)).await));
        }
        findings.push(address(config, &url, &fetched));
        findings.push(certificate(config, fetched.certificate, now));
    } else {
        findings.push(Finding::ok("public address", format!("{url} is not tried: the server does not run.")));
        findings.push(certificate(config, None, now));
    }
    findings.extend(acme_failure(config));
    findings
}

/// Our own certificates are judged by their names and dates here, whoever signed them.
fn trusted(config: &Config) -> Vec<CertificateDer<'static>> {
    let added = config.acme.as_ref().and_then(|acme| acme.trusted_certificate.as_ref());
    let added = added.and_then(|path| CertificateDer::pem_file_iter(path).ok());
    added.map(|all| all.filter_map(Result::ok).collect()).unwrap_or_default()
}

fn is_near(host: &str) -> bool {
    host == "localhost"
        || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback() || ip.is_unspecified())
}

fn address(config: &Config, url: &str, fetched: &Fetched) -> Finding {
    let check = "public address";
    match &fetched.answer {
        Err(e) if fetched.certificate.is_some() => {
            let said = format!("{url} is reached, but its certificate is not believed: {e}.");
            Finding::fail(check, said, "See what is said about the certificate below.")
        }
        Err(e) => {
            let remedy = "Check public_url in rapport.toml, DNS, firewall and proxy. A router may also refuse \
                          its own outer address from inside: then try from elsewhere.";
            Finding::fail(check, format!("{url} can't be reached from here: {e}."), remedy)
        }
        Ok(answer) if answer.status != 200 || !says_ok(answer) => {
            let said = format!("{url}/healthz answers with {}, and not as Rapport does.", answer.status);
            Finding::fail(check, said, "Another program answers there: check the proxy and public_url.")
        }
        Ok(_) if is_near(host_of(url)) => {
            let said = format!("{url} reaches Rapport from this machine only.");
            Finding::warn(
                check,
                said,
                "Set public_url to the address that people type; links in mails begin with it.",
            )
        }
        Ok(_) if url.starts_with("http:") => {
            let said = format!("{url} sends passwords unencrypted.");
            Finding::warn(check, said, "Use [tls] or [acme] in rapport.toml, or a proxy with HTTPS.")
        }
        Ok(_) if !config.is_secure() && config.trusted_proxies.is_empty() => {
            let said = format!("{url} reaches Rapport through a proxy that is not named.");
            let remedy = "Name it in trusted_proxies: else all visitors share one address, and its limits.";
            Finding::warn(check, said, remedy)
        }
        Ok(_) => Finding::ok(check, format!("{url} reaches Rapport.")),
    }
}

/// Alone on its line, also where a proxy has cut the body into chunks.
fn says_ok(answer: &Answer) -> bool {
    answer.body.lines().any(|line| line.trim() == "ok")
}

/// Whether the server itself would take work: it does not once another has taken its node number over.
fn ready(fetched: &Fetched) -> Finding {
    match &fetched.answer {
        Ok(answer) if answer.status == 200 => Finding::ok("ready", "The server holds its node number."),
        Ok(answer) => {
            // From brace to brace: a proxy may have cut the body into chunks.
            let (from, to) = (answer.body.find('{'), answer.body.rfind('}'));
            let told = from.zip(to).and_then(|(from, to)| answer.body.get(from..=to)).unwrap_or_default();
            let told: serde_json::Value = serde_json::from_str(told).unwrap_or_default();
            let said = told["error"]["message"].as_str().unwrap_or("The server is not ready.").to_owned();
            Finding::fail("ready", said, "Restart it: systemctl restart rapport, and look at its log.")
        }
        Err(e) => {
            Finding::warn("ready", format!("Whether the server is ready is not known: {e}."), "Try again.")
        }
    }
}

fn clock(answer: &Answer, now: Time) -> Finding {
    let told = answer.date.as_deref().and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
    let Some(told) = told else {
        return Finding::ok("clock", "The public address tells no time to compare with.");
    };
    let skew = now.0.div_euclid(1000) - told.timestamp().as_second();
    let said = format!("The clock differs by {skew} s from the time that the public address tells.");
    let remedy = "Let the clock be set from the network (NTP): timedatectl set-ntp true";
    match skew.abs() {
        skew if skew <= SKEW_SECONDS => Finding::ok("clock", "The clock agrees with the public address."),
        skew if skew <= MUCH_SKEW_SECONDS => Finding::warn("clock", said, remedy),
        _ => Finding::fail("clock", said, remedy),
    }
}

/// The one that was shown, else the one in our files.
fn certificate(config: &Config, shown: Option<Facts>, now: Time) -> Finding {
    let host = host_of(&config.address()).to_owned();
    if let Some(facts) = shown {
        return judged(&facts, &host, config.acme.is_some(), now);
    }
    let files = match (&config.tls, &config.acme) {
        (Some(files), _) => files.clone(),
        (None, Some(_)) => acme::files(&config.data),
        (None, None) => return Finding::ok("certificate", "Rapport itself does not encrypt the web."),
    };
    match Pair::read(&files) {
        Ok(pair) => judged(&pair.facts, &host, config.acme.is_some(), now),
        Err(e) if config.acme.is_some() => {
            let remedy =
                "It is fetched while the server runs; port 80 of each domain must lead to http_listen.";
            Finding::fail("certificate", format!("There is no certificate yet. {}", e.message), remedy)
        }
        Err(e) => Finding::fail("certificate", e.message.to_string(), "Check the files named under [tls]."),
    }
}

fn judged(facts: &Facts, host: &str, renewed: bool, now: Time) -> Finding {
    let check = "certificate";
    let days = facts.days_left(now);
    let said = format!("It is for {} and lasts {days} days more.", facts.names.join(", "));
    let remedy = match renewed {
        true => "It should have been renewed by itself: see the log, and whether port 80 leads here.",
        false => "Renew it and write the new files over the old ones; no restart is needed.",
    };
    if now < facts.from || facts.until <= now {
        return Finding::fail(check, format!("It is not valid now. {said}"), remedy);
    }
    if !facts.covers(host) {
        let said = format!("It is not for {host}. {said}");
        return Finding::fail(check, said, "Name a certificate for this host, or set public_url right.");
    }
    if facts.own {
        let remedy = "Use [acme], or a certificate of an authority that browsers know.";
        return Finding::warn(
            check,
            format!("Browsers do not believe it: nobody else signed it. {said}"),
            remedy,
        );
    }
    let soon = if renewed { now > Time(facts.renewal().0 + 24 * 60 * 60 * 1000) } else { days < SOON_DAYS };
    if soon { Finding::warn(check, said, remedy) } else { Finding::ok(check, said) }
}

/// What the renewal wrote down when it failed last.
fn acme_failure(config: &Config) -> Option<Finding> {
    config.acme.as_ref()?;
    let told = std::fs::read_to_string(acme::failure_file(&config.data)).ok()?;
    let (_, why) = told.split_once(' ')?;
    let remedy = "It is tried again by itself. Port 80 of each domain must lead to http_listen under [acme].";
    Some(Finding::warn("renewal", format!("The last try to get a certificate failed: {why}"), remedy))
}

#[cfg(test)]
mod tests {
    use super::super::finding::Verdict;
    use super::*;

    const DAY: i64 = 24 * 60 * 60 * 1000;

    fn life(names: &[&str], own: bool) -> Facts {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Facts { serial: "01".to_owned(), names, from: Time(0), until: Time(90 * DAY), own }
    }

    #[test]
    fn a_certificate_is_judged_by_name_date_and_signer() {
        let state = |facts: &Facts, renewed, day| judged(facts, "a.example", renewed, Time(day * DAY)).state;
        let good = life(&["a.example"], false);
        assert_eq!(state(&good, false, 10), Verdict::Ok);
        assert_eq!(state(&good, false, 80), Verdict::Warn, "soon");
        assert_eq!(state(&good, true, 59), Verdict::Ok);
        assert_eq!(state(&good, true, 62), Verdict::Warn, "the renewal is late");
        assert_eq!(state(&good, true, 91), Verdict::Fail, "it is over");
        assert_eq!(state(&good, true, -1), Verdict::Fail, "it has not begun");
        assert_eq!(state(&life(&["b.example"], false), false, 10), Verdict::Fail, "for another");
        assert_eq!(state(&life(&["a.example"], true), false, 10), Verdict::Warn, "signed by nobody");
    }

    #[test]
    fn the_public_address_must_be_rapport_and_encrypted() {
        let answer = |status, body: &str| Fetched {
            answer: Ok(Answer { status, date: None, body: body.to_owned() }),
            certificate: None,
        };
        let plain = Config::default();
        let proxied = Config { trusted_proxies: vec!["127.0.0.1".to_owned()], ..Config::default() };
        let state = |config: &Config, url: &str, fetched: &Fetched| address(config, url, fetched).state;
        let refused =
            Fetched { answer: Err(std::io::ErrorKind::ConnectionRefused.into()), certificate: None };
        assert_eq!(state(&plain, "https://a.example", &refused), Verdict::Fail);
        assert_eq!(state(&proxied, "https://a.example", &answer(200, "ok\n")), Verdict::Ok);
        assert_eq!(state(&plain, "https://a.example", &answer(200, "ok\n")), Verdict::Warn, "unnamed proxy");
        assert_eq!(state(&proxied, "https://a.example", &answer(200, "3\r\nok\n\r\n0\r\n\r\n")), Verdict::Ok);
        assert_eq!(state(&proxied, "https://a.example", &answer(200, "<html>")), Verdict::Fail);
        assert_eq!(state(&proxied, "https://a.example", &answer(502, "ok\n")), Verdict::Fail);
        assert_eq!(state(&proxied, "http://a.example", &answer(200, "ok\n")), Verdict::Warn);
        assert_eq!(state(&proxied, "http://127.0.0.1:80", &answer(200, "ok\n")), Verdict::Warn);
    }

    #[test]
    fn a_server_that_lost_its_number_is_told_in_its_own_words() {
        let state = |status, body: &str| {
            let answer = Ok(Answer { status, date: None, body: body.to_owned() });
            ready(&Fetched { answer, certificate: None })
        };
        assert_eq!(state(200, "ready\n").state, Verdict::Ok);
        let lost = state(503, r#"{"error":{"code":"node_lost","message":"Another process took it over."}}"#);
        assert_eq!((lost.state, lost.said.as_str()), (Verdict::Fail, "Another process took it over."));
        assert_eq!(state(502, "<html>").state, Verdict::Fail);
    }

    #[test]
    fn a_wrong_clock_is_seen_by_the_time_that_others_tell() {
        let date = Some("Thu, 01 Jan 1970 01:00:00 GMT".to_owned());
        let answer = Answer { status: 200, date, body: String::new() };
        let state = |seconds: i64| clock(&answer, Time((3600 + seconds) * 1000)).state;
        assert_eq!((state(0), state(-6), state(61)), (Verdict::Ok, Verdict::Warn, Verdict::Fail));
    }

    #[test]
    fn a_failed_renewal_and_missing_files_are_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let acme = base::config::Acme {
            domains: vec!["a.example".to_owned()],
            email: None,
            directory: "https://b.example".to_owned(),
            http_listen: "127.0.0.1:0".to_owned(),
            trusted_certificate: None,
        };
        let config = Config { data: folder.path().to_owned(), acme: Some(acme), ..Config::default() };
        assert!(acme_failure(&config).is_none());
        assert_eq!(certificate(&config, None, Time(0)).state, Verdict::Fail);
        std::fs::create_dir(folder.path().join("acme")).expect("made");
        std::fs::write(acme::failure_file(folder.path()), "123 no answer").expect("written");
        let told = acme_failure(&config).expect("told");
        assert!(told.said.ends_with("no answer") && told.state == Verdict::Warn, "{told:?}");
    }
}
