//! Reads any bytes as a mail.

use crate::{
    address, date,
    field::Fields,
    gather::gather,
    limits::Limits,
    mail::{Address, Mail, Problem, Signs},
    part::{Split, split},
    protection::note,
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
    note(&mut mail.protection, &root_type);
    mail.signs.content_type = root_type.kind;
    gather(&mut mail, leaves, limits);
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
