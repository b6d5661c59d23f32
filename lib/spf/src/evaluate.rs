//! Walks a policy: `check_host` of RFC 7208 section 4.

use std::net::IpAddr;

use crate::macros::{Text, Values, nibbles};
use crate::mechanism::{Bits, Mechanism};
use crate::model::{Answer, Answers, Kind, Query, Question, Verdict};
use crate::name::{can_be_asked, can_have_policy, fitting, folded, is_within};
use crate::record::{Record, is_policy};

const MOST_LOOKUPS: usize = 10;
const MOST_NAMES: usize = 10;
const MOST_VOID: usize = 2;

/// How it ended, and by whose policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    pub verdict: Verdict,
    pub domain: String,
}

/// Judges as far as the answers reach; `Err` is the question that is needed next.
pub fn check(question: &Question, answers: &Answers) -> Result<Judged, Query> {
    let domain = folded(question.domain());
    let mut walk = Walk { question, answers, lookups: 0, void: 0 };
    match walk.policy(&domain) {
        Ok(verdict) | Err(Stop::Ended(verdict)) => Ok(Judged { verdict, domain }),
        Err(Stop::Ask(query)) => Err(query),
    }
}

/// Why the walk does not go on.
enum Stop {
    Ask(Query),
    Ended(Verdict),
}

type Step<T> = Result<T, Stop>;

struct Walk<'w> {
    question: &'w Question,
    answers: &'w Answers,
    lookups: usize,
    void: usize,
}

impl Walk<'_> {
    fn policy(&mut self, domain: &str) -> Step<Verdict> {
        if !can_have_policy(domain) {
            return Ok(Verdict::None);
        }
        let found = match self.ask(Kind::Txt, domain)? {
            Answer::Texts(texts) => texts.iter().filter(|text| is_policy(text)).collect(),
            Answer::Failed => return Err(Stop::Ended(Verdict::TempError)),
            _ => Vec::new(),
        };
        let text = match found.as_slice() {
            [] => return Ok(Verdict::None),
            [one] => one,
            _ => return Err(Stop::Ended(Verdict::PermError)),
        };
        let record = Record::read(text).ok_or(Stop::Ended(Verdict::PermError))?;
        for (verdict, mechanism) in &record.terms {
            if mechanism.asks() {
                self.count()?;
            }
            if self.matches(mechanism, domain)? {
                return Ok(*verdict);
            }
        }
        let Some(redirect) = &record.redirect else { return Ok(Verdict::Neutral) };
        self.count()?;
        let target = self.target(Some(redirect), domain)?;
        match self.policy(&target)? {
            Verdict::None => Err(Stop::Ended(Verdict::PermError)),
            verdict => Ok(verdict),
        }
    }

    fn matches(&mut self, mechanism: &Mechanism, domain: &str) -> Step<bool> {
        let ip = self.question.address();
        match mechanism {
            Mechanism::All => Ok(true),
            Mechanism::Net(net, bits) => Ok(bits.cover(*net, ip)),
            Mechanism::Include(text) => {
                let target = self.target(Some(text), domain)?;
                self.include(&target)
            }
            Mechanism::A(text, bits) => {
                let target = self.target(text.as_ref(), domain)?;
                let addresses = self.addresses(&target, ip.is_ipv4(), true)?;
                Ok(covers(*bits, &addresses, ip))
            }
            Mechanism::Mx(text, bits) => {
                let target = self.target(text.as_ref(), domain)?;
                self.exchanges(&target, *bits)
            }
            Mechanism::Ptr(text) => {
                let target = self.target(text.as_ref(), domain)?;
                Ok(self.names()?.iter().any(|name| is_within(name, &target)))
            }
            Mechanism::Exists(text) => {
                let target = self.target(Some(text), domain)?;
                // Always by IPv4, also for a server of IPv6 (section 5.7).
                Ok(!self.addresses(&target, true, true)?.is_empty())
            }
        }
    }

    /// Section 5.2: what another policy says means match, no match or an error.
    fn include(&mut self, target: &str) -> Step<bool> {
        match self.policy(target)? {
            Verdict::Pass => Ok(true),
            Verdict::Fail | Verdict::SoftFail | Verdict::Neutral => Ok(false),
            Verdict::TempError => Err(Stop::Ended(Verdict::TempError)),
            Verdict::PermError | Verdict::None => Err(Stop::Ended(Verdict::PermError)),
        }
    }

    fn exchanges(&mut self, target: &str, bits: Bits) -> Step<bool> {
        let ip = self.question.address();
        let names = match self.ask_known(Kind::Mx, target)? {
            Some(Answer::Names(names)) => names.clone(),
            Some(Answer::Failed) => return Err(Stop::Ended(Verdict::TempError)),
            _ => Vec::new(),
        };
        if names.is_empty() {
            self.count_void()?;
        }
        if names.len() > MOST_NAMES {
            return Err(Stop::Ended(Verdict::PermError));
        }
        for name in names {
            let addresses = self.addresses(&name, ip.is_ipv4(), false)?;
            if covers(bits, &addresses, ip) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The names of the server that lead back to it (section 5.5); errors only leave names out.
    fn names(&mut self) -> Step<Vec<String>> {
        let ip = self.question.address();
        let reverse = match ip {
            IpAddr::V4(ip) => {
                let [a, b, c, d] = ip.octets();
                format!("{d}.{c}.{b}.{a}.in-addr.arpa")
            }
            IpAddr::V6(ip) => {
                let forward = nibbles(ip);
                let digits: Vec<&str> = forward.split('.').rev().collect();
                format!("{}.ip6.arpa", digits.join("."))
            }
        };
        let names = match self.ask(Kind::Ptr, &reverse)? {
            Answer::Names(names) => names.clone(),
            _ => Vec::new(),
        };
        let mut known = Vec::new();
        for name in names.into_iter().take(MOST_NAMES) {
            let kind = if ip.is_ipv4() { Kind::A } else { Kind::Aaaa };
            if let Some(Answer::Addresses(addresses)) = self.ask_known(kind, &name)?
                && addresses.contains(&ip)
            {
                known.push(name);
            }
        }
        Ok(known)
    }

    fn addresses(&mut self, name: &str, v4: bool, counted: bool) -> Step<Vec<IpAddr>> {
        let kind = if v4 { Kind::A } else { Kind::Aaaa };
        match self.ask_known(kind, name)? {
            Some(Answer::Failed) => Err(Stop::Ended(Verdict::TempError)),
            Some(Answer::Addresses(addresses)) if !addresses.is_empty() => Ok(addresses.clone()),
            _ if counted => self.count_void().map(|()| Vec::new()),
            _ => Ok(Vec::new()),
        }
    }

    /// The domain of a term, macros expanded; the policy's own without one.
    fn target(&mut self, text: Option<&Text>, domain: &str) -> Step<String> {
        let Some(text) = text else { return Ok(domain.to_owned()) };
        let name = match text.needs_name() {
            true => self.own_name(domain)?,
            false => String::new(),
        };
        let local = self.question.local();
        let sender_domain = self.question.domain();
        let values = Values {
            sender: format!("{local}@{sender_domain}"),
            local,
            sender_domain,
            domain,
            ip: self.question.address(),
            helo: &self.question.helo,
            name,
        };
        Ok(folded(&fitting(text.expand(&values))))
    }

    /// `%{p}`: the domain itself, a name below it, else any (section 7.3).
    fn own_name(&mut self, domain: &str) -> Step<String> {
        let names = self.names()?;
        let own = names.iter().find(|name| folded(name) == folded(domain));
        let own = own.or_else(|| names.iter().find(|name| is_within(name, domain))).or(names.first());
        Ok(own.map_or_else(|| "unknown".to_owned(), |name| folded(name)))
    }

    /// A name that can't be asked for has no answer.
    fn ask_known(&self, kind: Kind, name: &str) -> Step<Option<&Answer>> {
        if can_be_asked(name) { self.ask(kind, name).map(Some) } else { Ok(None) }
    }

    fn ask(&self, kind: Kind, name: &str) -> Step<&Answer> {
        let query = Query { kind, name: folded(name) };
        match self.answers.get(&query) {
            Some(answer) => Ok(answer),
            None => Err(Stop::Ask(query)),
        }
    }

    fn count(&mut self) -> Step<()> {
        self.lookups += 1;
        if self.lookups > MOST_LOOKUPS { Err(Stop::Ended(Verdict::PermError)) } else { Ok(()) }
    }

    fn count_void(&mut self) -> Step<()> {
        self.void += 1;
        if self.void > MOST_VOID { Err(Stop::Ended(Verdict::PermError)) } else { Ok(()) }
    }
}

fn covers(bits: Bits, nets: &[IpAddr], ip: IpAddr) -> bool {
    nets.iter().any(|net| bits.cover(*net, ip))
}
