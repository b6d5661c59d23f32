//! Reads any bytes as a mail.

use crate::{
    facts::note_type,
    gather::gather,
    header::read_header,
    limits::Limits,
    mail::Mail,
    part::{Split, split},
    signs::signs,
};

/// Reads a mail. Never fails: garbage gives a mail that says so in its `problems`.
#[must_use]
pub fn read(raw: &[u8], limits: &Limits) -> Mail {
    let Split { root, root_type, leaves, problems } = split(raw, limits);
    let mut mail = Mail { problems, ..Mail::default() };
    read_header(&mut mail, &root, limits);
    mail.signs = signs(&root);
    mail.signs.report_type = root_type.parameter("report-type").map(str::to_ascii_lowercase);
    note_type(&mut mail, &root_type);
    mail.signs.content_type = root_type.kind;
    gather(&mut mail, leaves, limits);
    mail.problems.sort_unstable();
    mail.problems.dedup();
    mail
}
