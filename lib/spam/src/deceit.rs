//! Names and domains that look like others.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a name pretends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deceit {
    /// The name is that of somebody of ours, or of a brand.
    Name(String),
    /// The domain looks like one of ours.
    Domain(String),
    /// The name holds an address of another domain.
    Address(String),
}

/// Letters that look like others; a choice of the usual ones (Unicode TR39 has thousands).
const TWINS: &str = "аa сc еe оo рp хx уy ѕs іi јj ԁd һh ӏl ɡg ⅼl ոn υu νv οo αa ρp κk τt ιi ηn ϲc ҽe ʏy ꜱs ƅb зz вb нh кk мm тt";

/// How something looks: without accents, with twins and digits as the letters that they resemble.
#[must_use]
pub fn skeleton(text: &str) -> String {
    let twin = |letter: char| {
        let pairs = TWINS.split(' ').filter_map(|pair| {
            let mut two = pair.chars();
            Some((two.next()?, two.next()?))
        });
        pairs.into_iter().find(|(from, _)| *from == letter).map_or(letter, |(_, to)| to)
    };
    let plain: String = text
        .to_lowercase()
        .nfkd()
        .filter(|letter| {
            !is_combining_mark(*letter) && !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{feff}')
        })
        .map(twin)
        .map(|letter| match letter {
            '0' => 'o',
            '1' | '|' | 'i' | 'ı' => 'l',
            '5' => 's',
            '3' => 'e',
            letter => letter,
        })
        .collect();
    plain.replace("rn", "m").replace("vv", "w").replace("cl", "d")
}

/// Whether a domain is not ours but looks like it.
#[must_use]
pub fn looks_like(domain: &str, ours: &str) -> bool {
    let (shown, ours) = (unicode(domain), unicode(ours));
    if shown == ours || is_below(&shown, &ours) {
        return false;
    }
    let (one, other) = (skeleton(&shown), skeleton(&ours));
    if one == other || is_below(&one, &other) {
        return true;
    }
    let (Some((name, _)), Some((own, _))) = (shown.rsplit_once('.'), ours.rsplit_once('.')) else {
        return false;
    };
    let name = name.rsplit('.').next().unwrap_or(name);
    let own = own.rsplit('.').next().unwrap_or(own);
    // One letter more, less, other or swapped, in names that are long enough for that to be no accident.
    let near = own.chars().count() >= 6 && is_near(&skeleton(name), &skeleton(own));
    // "lumen-lamps-support.example" wears our name.
    let worn = own.chars().count() >= 8 && name != own && name.contains(own);
    near && name != own || worn
}

/// What the sender pretends, if anything. `domains` are ours, `names` those of our agents and brands.
#[must_use]
pub fn deceives(name: &str, address: &str, domains: &[String], names: &[String]) -> Option<Deceit> {
    let domain = address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase()).unwrap_or_default();
    if domains.iter().any(|ours| *ours == domain || is_below(&domain, ours)) {
        return None;
    }
    if let Some(ours) = domains.iter().find(|ours| looks_like(&domain, ours)) {
        return Some(Deceit::Domain(ours.clone()));
    }
    let named = name
        .split([' ', '<', '>', '(', ')', '"', '\''])
        .find(|word| word.contains('@') && word.contains('.'));
    if let Some(other) = named.and_then(|word| word.rsplit_once('@')).map(|(_, domain)| domain.to_lowercase())
        && !other.is_empty()
        && other != domain
        && !is_below(&other, &domain)
        && !is_below(&domain, &other)
    {
        return Some(Deceit::Address(other));
    }
    let words = |text: &str| {
        let mut words: Vec<String> = skeleton(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect();
        words.sort();
        words
    };
    let shown = words(name);
    // One word is too common to be anybody's: "Ann" may be any Ann.
    let same = |ours: &&String| shown.len() >= 2 && words(ours) == shown;
    names.iter().find(same).map(|ours| Deceit::Name(ours.clone()))
}

/// Punycode as it is shown.
fn unicode(domain: &str) -> String {
    idna::domain_to_unicode(&domain.to_lowercase()).0
}

fn is_below(domain: &str, parent: &str) -> bool {
    domain.strip_suffix(parent).is_some_and(|rest| rest.ends_with('.'))
}

/// One edit apart, a swap of neighbours counted as one.
fn is_near(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return a == b;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    if a.len() == b.len() {
        let swapped = a.len() >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..];
        return swapped || a[1..] == b[1..];
    }
    if a.len() > b.len() { a[1..] == *b } else { b[1..] == *a }
}
