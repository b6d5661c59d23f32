//! The words of a check: who asks for what, what DNS said, how it ends.

use std::collections::HashMap;
use std::net::IpAddr;

/// What a server did that is to be judged.
#[derive(Clone, Debug)]
pub struct Question {
    pub ip: IpAddr,
    /// What the server called itself.
    pub helo: String,
    /// The envelope's sender; empty for reports, which are judged by HELO (RFC 7208 section 2.4).
    pub sender: String,
}

impl Question {
    /// The local part; a sender without one is the postmaster (section 4.3).
    pub(crate) fn local(&self) -> &str {
        match self.sender.rsplit_once('@') {
            Some((local, _)) if !local.is_empty() => local,
            _ => "postmaster",
        }
    }

    /// The domain that is asked for its policy.
    #[must_use]
    pub fn domain(&self) -> &str {
        match self.sender.rsplit_once('@') {
            Some((_, domain)) => domain,
            None if !self.sender.is_empty() => &self.sender,
            None => &self.helo,
        }
    }

    /// IPv4 in the clothes of IPv6 is IPv4 (section 5).
    pub(crate) fn address(&self) -> IpAddr {
        self.ip.to_canonical()
    }
}

/// How a check ends (RFC 7208 section 2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    None,
    Neutral,
    Pass,
    Fail,
    SoftFail,
    TempError,
    PermError,
}

impl Verdict {
    /// As it stands in `Received-SPF` and `Authentication-Results`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::None => "none",
            Verdict::Neutral => "neutral",
            Verdict::Pass => "pass",
            Verdict::Fail => "fail",
            Verdict::SoftFail => "softfail",
            Verdict::TempError => "temperror",
            Verdict::PermError => "permerror",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    A,
    Aaaa,
    Mx,
    Ptr,
    Txt,
}

/// A question for DNS; the name is in lower case and without a dot at its end.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Query {
    pub kind: Kind,
    pub name: String,
}

/// What DNS said. Empty is what RFC 7208 calls void: no such name, or nothing of that kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Addresses(Vec<IpAddr>),
    /// Of MX and PTR, in the order of preference.
    Names(Vec<String>),
    /// Each record with its strings put together.
    Texts(Vec<Vec<u8>>),
    /// No answer in time, or one that says that the server is in trouble.
    Failed,
}

/// All that DNS has said so far.
pub type Answers = HashMap<Query, Answer>;
