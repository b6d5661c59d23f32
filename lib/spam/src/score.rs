//! Adds it all up, with its reasons.

/// Why points were given; the screen puts the code into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    pub code: String,
    /// Below zero when it speaks for the mail.
    pub points: i64,
    pub detail: String,
}

/// How the sender's authentication stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The sender's domain vouches for it.
    Proven,
    /// Nobody vouches, and nothing speaks against it.
    Unproven,
    /// The domain says that it is not its own.
    Forged,
    /// It could not be looked at.
    Unknown,
}

/// The sum of all reasons and the reasons themselves, heaviest first.
#[must_use]
pub fn score(mut signs: Vec<Reason>, standing: Standing, probability: Option<f64>) -> (i64, Vec<Reason>) {
    let mut put = |code: &str, points: i64| {
        signs.push(Reason { code: code.to_owned(), points, detail: String::new() });
    };
    match standing {
        Standing::Proven => put("sender_proven", -10),
        Standing::Unproven => put("sender_unproven", 10),
        Standing::Forged => put("sender_forged", 45),
        Standing::Unknown => {}
    }
    match probability {
        Some(p) if p >= 0.99 => put("learned_spam", 80),
        Some(p) if p >= 0.95 => put("learned_spam", 60),
        Some(p) if p >= 0.8 => put("learned_spam", 30),
        Some(p) if p <= 0.02 => put("learned_ham", -60),
        Some(p) if p <= 0.15 => put("learned_ham", -30),
        _ => {}
    }
    let sum = signs.iter().map(|reason| reason.points).sum();
    signs.sort_by_key(|reason| std::cmp::Reverse(reason.points.abs()));
    (sum, signs)
}
