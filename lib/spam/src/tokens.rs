//! A mail as numbers: each word, host and file type falls into one of many buckets.

use std::collections::BTreeSet;

use crate::links::links;
use crate::signs::Sample;

/// How many buckets there are: what is learned has at most so many rows.
pub const BUCKETS: u32 = 1 << 18;

/// Distinct tokens of one mail.
pub const MOST_TOKENS: usize = 300;

/// Characters of the text that are read.
const MOST_TEXT: usize = 20_000;

/// The tokens of a mail in order, each once. `seed` makes the buckets of one installation its own, so that nobody
/// outside can choose words that fall together.
#[must_use]
pub fn tokens(sample: &Sample<'_>, seed: u64) -> Vec<u32> {
    let mut found = BTreeSet::new();
    let mut put = |kind: &str, word: &str| {
        if found.len() < MOST_TOKENS {
            found.insert(bucket(kind, word, seed));
        }
    };
    put("from", &sample.from_address.to_lowercase());
    if let Some((_, domain)) = sample.from_address.rsplit_once('@') {
        put("domain", &domain.to_lowercase());
    }
    words(sample.from_name, |word| put("name", word));
    words(sample.subject, |word| put("subject", word));
    for link in links(sample.html, sample.text).into_iter().take(40) {
        put("host", &link.host);
    }
    for name in sample.files.iter().take(20) {
        if let Some((_, extension)) = name.rsplit_once('.') {
            put("file", &extension.to_lowercase());
        }
    }
    let end = sample.text.char_indices().nth(MOST_TEXT).map_or(sample.text.len(), |(at, _)| at);
    words(&sample.text[..end], |word| put("word", word));
    found.into_iter().collect()
}

/// Words in lower case; scripts without spaces become pairs of letters.
fn words(text: &str, mut each: impl FnMut(&str)) {
    for word in text.split(|c: char| !c.is_alphanumeric() && c != '$' && c != '€') {
        let folded = word.to_lowercase();
        let count = folded.chars().count();
        if folded.chars().any(|c| ('\u{2e80}'..='\u{d7ff}').contains(&c)) {
            let letters: Vec<char> = folded.chars().collect();
            for pair in letters.windows(2) {
                each(&pair.iter().collect::<String>());
            }
        } else if (2..=30).contains(&count) {
            each(&folded);
        } else if count > 30 {
            each("\u{1}long");
        }
    }
}

/// FNV-1a, folded to the number of buckets.
fn bucket(kind: &str, word: &str, seed: u64) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ seed;
    for byte in kind.bytes().chain([0]).chain(word.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    let folded = (hash >> 32) % u64::from(BUCKETS);
    u32::try_from(folded).unwrap_or(0)
}
