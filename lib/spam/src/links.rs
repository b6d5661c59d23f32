//! Links of a mail: where they lead, and whether their words say something else.

/// A link as somebody sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub host: String,
    /// The words that it stands behind.
    pub words: String,
}

/// The words of a link name one host, the link leads to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misleading {
    pub shown: String,
    pub leads_to: String,
}

const MOST: usize = 300;

/// The host of a web address, without user, port and `www.`.
#[must_use]
pub fn host_of(address: &str) -> Option<String> {
    let address = address.trim();
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let start = address.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| &address[scheme.len()..])
    })?;
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let host = host.trim_end_matches('.').to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    (!host.is_empty()).then_some(host)
}

/// The links of sanitised HTML, else those of the text.
#[must_use]
pub fn links(html: &str, text: &str) -> Vec<Link> {
    let mut found = Vec::new();
    for piece in html.split("<a ").skip(1).take(MOST) {
        let Some((tag, rest)) = piece.split_once('>') else { continue };
        let Some(address) = tag.split_once("href=\"").and_then(|(_, rest)| rest.split_once('"')) else {
            continue;
        };
        let Some(host) = host_of(&address.0.replace("&amp;", "&")) else { continue };
        let words = rest.split("</a>").next().unwrap_or_default();
        found.push(Link { host, words: without_tags(words) });
    }
    if found.is_empty() {
        let addresses =
            text.split_whitespace().filter_map(|word| host_of(word.trim_start_matches(['<', '(', '['])));
        found.extend(addresses.take(MOST).map(|host| Link { words: host.clone(), host }));
    }
    found
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in html.chars().take(2_000) {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            letter if !inside => out.push(letter),
            _ => {}
        }
    }
    out.trim().to_owned()
}

/// Whether the words of a link name a host that it does not lead to; a part of the same domain is no deceit.
#[must_use]
pub fn misleads(link: &Link) -> Option<Misleading> {
    let words = link.words.trim().trim_end_matches(['.', ',', '!', ')']);
    if words.contains(char::is_whitespace) || words.contains('@') || words.len() > 300 {
        return None;
    }
    let shown = host_of(words).or_else(|| {
        let host = words.split(['/', '?', '#', ':']).next().unwrap_or_default().to_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
        let (_, top) = host.rsplit_once('.')?;
        let plain = host.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-');
        let known =
            top.len() == 2 || matches!(top, "com" | "net" | "org" | "info" | "biz" | "example" | "shop");
        (plain && known && top.chars().all(char::is_alphabetic)).then_some(host)
    })?;
    let same = shown == link.host || is_part(&shown, &link.host) || is_part(&link.host, &shown);
    (!same).then(|| Misleading { shown, leads_to: link.host.clone() })
}

fn is_part(whole: &str, domain: &str) -> bool {
    whole.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
}
