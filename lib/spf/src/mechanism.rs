//! One term of a policy that may match: `-a:mail.example.org/24` (RFC 7208 section 5).

use std::net::IpAddr;

use crate::macros::Text;
use crate::model::Verdict;

/// How many bits of an address count, for both kinds of address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bits {
    pub v4: u8,
    pub v6: u8,
}

impl Bits {
    pub fn cover(self, net: IpAddr, ip: IpAddr) -> bool {
        match (net, ip) {
            (IpAddr::V4(net), IpAddr::V4(ip)) => {
                (net.to_bits() ^ ip.to_bits()).checked_shr(32 - u32::from(self.v4)).unwrap_or(0) == 0
            }
            (IpAddr::V6(net), IpAddr::V6(ip)) => {
                (net.to_bits() ^ ip.to_bits()).checked_shr(128 - u32::from(self.v6)).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mechanism {
    All,
    Include(Text),
    A(Option<Text>, Bits),
    Mx(Option<Text>, Bits),
    Ptr(Option<Text>),
    Net(IpAddr, Bits),
    Exists(Text),
}

impl Mechanism {
    /// Whether it counts against the limit of lookups.
    pub fn asks(&self) -> bool {
        !matches!(self, Mechanism::All | Mechanism::Net(..))
    }

    /// Reads a term without the verdict before it; `None` when the syntax is wrong.
    pub fn read(term: &str) -> Option<Mechanism> {
        let end = term.find([':', '/']).unwrap_or(term.len());
        let (name, rest) = term.split_at(end);
        match name.to_ascii_lowercase().as_str() {
            "all" => rest.is_empty().then_some(Mechanism::All),
            "include" => Text::read_domain(rest.strip_prefix(':')?).map(Mechanism::Include),
            "exists" => Text::read_domain(rest.strip_prefix(':')?).map(Mechanism::Exists),
            "ptr" => domain(rest).map(Mechanism::Ptr),
            "a" => with_bits(rest).map(|(domain, bits)| Mechanism::A(domain, bits)),
            "mx" => with_bits(rest).map(|(domain, bits)| Mechanism::Mx(domain, bits)),
            "ip4" => net(rest.strip_prefix(':')?, 32),
            "ip6" => net(rest.strip_prefix(':')?, 128),
            _ => None,
        }
    }
}

/// What a match means, and the term without it.
pub(crate) fn verdict(term: &str) -> (Verdict, &str) {
    let verdict = match term.chars().next() {
        Some('+') => Verdict::Pass,
        Some('-') => Verdict::Fail,
        Some('~') => Verdict::SoftFail,
        Some('?') => Verdict::Neutral,
        _ => return (Verdict::Pass, term),
    };
    (verdict, &term[1..])
}

fn domain(rest: &str) -> Option<Option<Text>> {
    match rest.strip_prefix(':') {
        Some(domain) => Text::read_domain(domain).map(Some),
        None => rest.is_empty().then_some(None),
    }
}

fn with_bits(rest: &str) -> Option<(Option<Text>, Bits)> {
    let (rest, v6) = match rest.rsplit_once("//") {
        Some((left, digits)) if is_number(digits) => (left, length(digits, 128)?),
        _ => (rest, 128),
    };
    let (rest, v4) = match rest.rsplit_once('/') {
        Some((left, digits)) if is_number(digits) => (left, length(digits, 32)?),
        _ => (rest, 32),
    };
    Some((domain(rest)?, Bits { v4, v6 }))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Zeros in front are refused, as they are in addresses.
fn length(digits: &str, most: u8) -> Option<u8> {
    let plain = is_number(digits) && (digits == "0" || !digits.starts_with('0'));
    digits.parse().ok().filter(|bits| plain && *bits <= most)
}

fn net(text: &str, whole: u8) -> Option<Mechanism> {
    let (address, bits) = match text.split_once('/') {
        Some((address, digits)) => (address, length(digits, whole)?),
        None => (text, whole),
    };
    let ip: IpAddr = match whole {
        32 => IpAddr::V4(address.parse().ok()?),
        _ => IpAddr::V6(address.parse().ok()?),
    };
    Some(Mechanism::Net(ip, Bits { v4: bits, v6: bits }))
}
