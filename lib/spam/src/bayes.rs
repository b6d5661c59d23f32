//! Weighs tokens by what was learned: Robinson's combination with Fisher's method.

/// What a mail was learned as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Spam,
    Ham,
}

/// How often something was seen in spam and in wanted mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub spam: i64,
    pub ham: i64,
}

impl Counts {
    /// Seen once more, or with `-1` once less.
    pub fn count(&mut self, kind: Kind, by: i64) {
        match kind {
            Kind::Spam => self.spam += by,
            Kind::Ham => self.ham += by,
        }
    }
}

/// Mails of each kind before the filter says anything.
pub const LEARNED_ENOUGH: i64 = 10;

/// Tokens that decide: those that say most.
const DECIDING: usize = 60;
/// How much a token must be away from "says nothing".
const SAYS_SOMETHING: f64 = 0.1;

/// How likely a mail with these tokens is spam, from 0 to 1; `None` while too little was learned.
#[must_use]
pub fn probability(all: Counts, tokens: &[Counts]) -> Option<f64> {
    if all.spam < LEARNED_ENOUGH || all.ham < LEARNED_ENOUGH {
        return None;
    }
    let mut each: Vec<f64> = tokens.iter().filter_map(|counts| likelihood(all, *counts)).collect();
    each.retain(|p| (p - 0.5).abs() >= SAYS_SOMETHING);
    each.sort_by(|a, b| (b - 0.5).abs().total_cmp(&(a - 0.5).abs()));
    each.truncate(DECIDING);
    if each.is_empty() {
        return Some(0.5);
    }
    let spam = fisher(each.iter().map(|p| (1.0 - p).ln()).sum(), each.len());
    let ham = fisher(each.iter().map(|p| p.ln()).sum(), each.len());
    Some((1.0 + ham_or(spam) - ham_or(ham)) / 2.0)
}

/// One minus the chance that so much speaks for it by accident.
fn ham_or(chance: f64) -> f64 {
    1.0 - chance
}

/// Robinson's `f(w)`: what was seen once says little.
fn likelihood(all: Counts, counts: Counts) -> Option<f64> {
    let seen = (counts.spam + counts.ham) as f64;
    if seen <= 0.0 {
        return None;
    }
    let spam = counts.spam.max(0) as f64 / all.spam as f64;
    let ham = counts.ham.max(0) as f64 / all.ham as f64;
    if spam + ham == 0.0 {
        return None;
    }
    let (strength, unknown) = (0.45, 0.5);
    let p = (strength * unknown + seen * (spam / (spam + ham))) / (strength + seen);
    Some(p.clamp(0.0001, 0.9999))
}

/// The chance of such a sum of logarithms or a smaller one, when nothing were the cause: chi-squared with an even
/// number of degrees of freedom.
fn fisher(sum_of_logarithms: f64, count: usize) -> f64 {
    let m = -sum_of_logarithms;
    let mut term = (-m).exp();
    let mut sum = term;
    for i in 1..count {
        term *= m / i as f64;
        sum += term;
    }
    sum.min(1.0)
}
