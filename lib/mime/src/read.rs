//! Reads any bytes as a mail.

use crate::{
    address, body, date,
    field::{Fields, read_fields},
    limits::Limits,
    mail::{Address, Mail, Part, Problem, Signs},
    name::clean_name,
    part::{Kind, Leaf, Split, split},
    typed::typed,
    value,
};

/// Reads a mail. Never fails: garbage gives a mail that says so in its `problems`.
#[must_use]
pub fn read(raw: &[u8], limits: &Limits) -> Mail {
    let Split { root, root_type, leaves, problems } = split(raw, limits);
    let mut mail = Mail { problems, ..Mail::default() };
    read_header(&mut mail, &root, limits);
    mail.signs = signs(&root);
    mail.signs.report_type = root_type.parameter("report-type").map(str::to_ascii_lowercase);
    mail.signs.content_type = root_type.kind;
    read_body(&mut mail, leaves, limits);
    mail.problems.sort_unstable();
    mail.problems.dedup();
    mail
}

fn read_header(mail: &mut Mail, root: &Fields<'_>, limits: &Limits) {
    mail.message_id = root.all("message-id").find_map(|each| value::ids(each).into_iter().next());
    mail.in_reply_to = root.first("in-reply-to").map(value::ids).unwrap_or_default();
    mail.in_reply_to.truncate(limits.references);
    mail.references = bounded(root.all("references").flat_map(value::ids).collect(), limits.references);
    mail.from = addresses(mail, root, "from", limits);
    mail.sender = addresses(mail, root, "sender", limits).into_iter().next();
    mail.reply_to = addresses(mail, root, "reply-to", limits);
    mail.to = addresses(mail, root, "to", limits);
    mail.cc = addresses(mail, root, "cc", limits);
    if let Some(subject) = root.first("subject") {
        mail.subject = value::text(subject);
    }
    if let Some(date) = root.first("date") {
        mail.date = date::date(date);
        if mail.date.is_none() {
            mail.problems.push(Problem::BadDate);
        }
    }
    mail.received = root.all("received").count();
    mail.languages = languages(root);
}

/// The first reference and the last ones: the root of the thread and its recent mails say the most.
fn bounded(mut ids: Vec<String>, most: usize) -> Vec<String> {
    if ids.len() > most && most > 0 {
        let surplus = ids.len() - most;
        ids.drain(1..=surplus);
    }
    ids
}

/// Every field of that name counts: some programs write several To fields against RFC 5322 section 3.6.
fn addresses(mail: &mut Mail, root: &Fields<'_>, name: &str, limits: &Limits) -> Vec<Address> {
    let mut kept = Vec::new();
    for field in root.all(name) {
        let room = limits.addresses - kept.len();
        let (read, cut) = address::addresses(field, room);
        kept.extend(read);
        mail.addresses_cut += cut;
        if cut > 0 {
            mail.problems.push(Problem::AddressesCut);
        }
    }
    kept
}

fn languages(root: &Fields<'_>) -> Vec<String> {
    let mut tags = Vec::new();
    for value in root.all("content-language").chain(root.all("accept-language")) {
        let line = value::unfold(value, 500);
        for tag in line.split(',') {
            let tag = tag.split(';').next().unwrap_or_default().trim();
            let plain = tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if plain && (2..=35).contains(&tag.len()) && tags.len() < 8 {
                tags.push(tag.to_owned());
            }
        }
    }
    tags.dedup();
    tags
}

fn signs(root: &Fields<'_>) -> Signs {
    let word = |name| root.first(name).map(value::word).filter(|word| !word.is_empty());
    Signs {
        auto_submitted: word("auto-submitted"),
        precedence: word("precedence").or_else(|| word("x-precedence")),
        list: root.has_any(&[
            "list-id",
            "list-post",
            "list-unsubscribe",
            "list-help",
            "list-owner",
            "x-mailing-list",
            "mailing-list",
        ]),
        list_addresses: list_addresses(root),
        return_path: root.first("return-path").map(value::path),
        response_suppress: root
            .first("x-auto-response-suppress")
            .map(value::text)
            .map(|text| text.to_lowercase()),
        autoreply: root.has_any(&[
            "x-autoreply",
            "x-autorespond",
            "x-autoresponse",
            "x-auto-reply-from",
            "x-mail-autoreply",
        ]),
        loops: root.all("x-loop").map(value::text).take(20).collect(),
        ..Signs::default()
    }
}

/// `List-Post: <mailto:dev@lists.example>` and `List-Id: Developers <dev.lists.example>`.
fn list_addresses(root: &Fields<'_>) -> Vec<String> {
    let inside = |text: String| {
        let (_, rest) = text.split_once('<')?;
        rest.split_once('>').map(|(inside, _)| inside.trim().to_owned())
    };
    let fits = |address: &String| address.contains('@') && address.len() <= 320;
    let posts = root.all("list-post").map(value::text).filter_map(inside).filter_map(|url| {
        let address = url.strip_prefix("mailto:").or_else(|| url.strip_prefix("MAILTO:"))?;
        address.split('?').next().map(str::to_owned)
    });
    let ids = root.all("list-id").map(value::text).filter_map(inside);
    let ids = ids.filter_map(|id| id.split_once('.').map(|(local, domain)| format!("{local}@{domain}")));
    posts.chain(ids).filter(fits).take(5).collect()
}

/// Body text as it is gathered: what stands in one alternative belongs together.
struct Segment {
    alternative: Option<usize>,
    plain: Option<String>,
    html: Option<String>,
}

fn read_body(mail: &mut Mail, leaves: Vec<Leaf<'_>>, limits: &Limits) {
    let alone = leaves.len() == 1;
    let mut segments: Vec<Segment> = Vec::new();
    for leaf in leaves {
        let encoding = leaf.fields.first("content-transfer-encoding");
        let encoding = encoding.map(value::word).unwrap_or_default();
        let disposition = leaf.fields.first("content-disposition").and_then(typed);
        let disposition = disposition.unwrap_or_default();
        let file_name = disposition.parameter("filename").or_else(|| leaf.typed.parameter("name"));
        let named = file_name.is_some_and(|name| !name.is_empty());
        let is_text = matches!(leaf.typed.kind.as_str(), "text/plain" | "text/html" | "text")
            || leaf.typed.kind.starts_with("multipart/") && !leaf.whole;
        let bytes = if leaf.whole {
            leaf.body.into()
        } else {
            body::decode(leaf.body, &encoding, &mut mail.problems)
        };
        if is_text && disposition.kind != "attachment" && (!named || alone) {
            let text = readable(&bytes, &leaf, &mut mail.problems, limits);
            add_segment(&mut segments, &leaf, text);
        } else {
            let name = file_name.unwrap_or_default();
            let part = part(&leaf, name, &disposition.kind, bytes.into_owned());
            mail.parts.push(part);
        }
    }
    join(mail, segments);
}

fn readable(bytes: &[u8], leaf: &Leaf<'_>, problems: &mut Vec<Problem>, limits: &Limits) -> String {
    let cut = bytes.len() > limits.text_bytes;
    if cut {
        problems.push(Problem::TextCut);
    }
    let bytes = &bytes[..bytes.len().min(limits.text_bytes)];
    let own = match leaf.typed.kind.as_str() {
        "text/html" => body::html_charset(bytes),
        _ => None,
    };
    let charset = leaf.typed.parameter("charset").map(str::to_owned).or(own);
    body::text(bytes, charset.as_deref(), problems)
}

fn add_segment(segments: &mut Vec<Segment>, leaf: &Leaf<'_>, text: String) {
    let alternative = leaf.around.iter().find(|each| each.kind == Kind::Alternative).map(|each| each.id);
    let html = leaf.typed.kind == "text/html";
    let same = segments.last_mut().filter(|last| alternative.is_some() && last.alternative == alternative);
    let segment = match same {
        Some(last) => last,
        None => {
            segments.push(Segment { alternative, plain: None, html: None });
            segments.last_mut().expect("one was pushed just now")
        }
    };
    let slot = if html { &mut segment.html } else { &mut segment.plain };
    match slot {
        Some(before) => {
            before.push('\n');
            before.push_str(&text);
        }
        None => *slot = Some(text),
    }
}

/// HTML holds everything as soon as one segment is HTML; text stands only when every segment has it.
fn join(mail: &mut Mail, mut segments: Vec<Segment>) {
    segments.retain(|each| {
        let filled = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        filled(&each.plain) || filled(&each.html)
    });
    if segments.is_empty() {
        return;
    }
    if segments.iter().all(|each| each.plain.is_some()) {
        let texts: Vec<&str> = segments.iter().filter_map(|each| each.plain.as_deref()).collect();
        mail.text = Some(texts.join("\n"));
    }
    if segments.iter().any(|each| each.html.is_some()) {
        let pieces = segments.into_iter().map(|each| match each {
            Segment { html: Some(html), .. } => html,
            Segment { plain, .. } => shown_as_text(&plain.unwrap_or_default()),
        });
        mail.html = Some(pieces.collect::<Vec<_>>().join("\n"));
    }
}

fn shown_as_text(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<div style=\"white-space: pre-wrap\">{escaped}</div>")
}

fn part(leaf: &Leaf<'_>, name: &str, disposition: &str, bytes: Vec<u8>) -> Part {
    let (content_type, name) = if leaf.whole {
        ("application/octet-stream", "message.mime")
    } else if is_token_pair(&leaf.typed.kind) {
        (leaf.typed.kind.as_str(), name)
    } else {
        ("application/octet-stream", name)
    };
    let content_id = leaf.fields.first("content-id").and_then(|each| value::ids(each).into_iter().next());
    let name = match content_type {
        "message/rfc822" | "message/global" if name.is_empty() => &message_name(&bytes),
        _ => name,
    };
    let related = leaf.around.iter().any(|each| each.kind == Kind::Related);
    Part {
        name: clean_name(name, content_type),
        content_type: content_type.to_owned(),
        inline: disposition == "inline" || disposition != "attachment" && related && content_id.is_some(),
        content_id,
        bytes,
    }
}

/// An attached mail is named by its subject.
fn message_name(bytes: &[u8]) -> String {
    let (fields, _) = read_fields(bytes, 0, &Limits::default(), |_| false);
    let subject = fields.first("subject").map(value::text).unwrap_or_default();
    match subject.is_empty() {
        true => String::new(),
        // A slash in a subject is no path.
        false => format!("{}.eml", subject.replace(['/', '\\'], "-")),
    }
}

/// `type/subtype` of the characters that RFC 2045 allows, at a length that a column takes.
fn is_token_pair(kind: &str) -> bool {
    let token = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    kind.len() <= 127 && kind.split_once('/').is_some_and(|(left, right)| token(left) && token(right))
}
