//! A mail that an agent has forwarded: what in it is the customer's, and what the agent wrote above.

use std::sync::Arc;

use base::Result;
use conversations::channel::{Forwarder, HoldCause, Inbound};
use journal::{Caller, Workspace};
use mime::{Address, Mail};
use people::Agent;

use crate::inbound::{self, NOBODY, Ours, Reading};
use crate::model::{Mailbox, check_address};

/// What the sender's domain proves is who forwards, and says nothing of who wrote.
const OF_THE_FORWARDER: [&str; 5] =
    ["sender_proven", "looks_like_name", "looks_like_domain", "address_in_name", "reply_to_elsewhere"];

/// What becomes of it when it is taken in.
pub struct Forward {
    forwarder: Forwarder,
    /// The id of the mail that was forwarded, when it is known.
    source_id: Option<String>,
}

impl Forward {
    pub fn apply(self, inbound: &mut Inbound) {
        inbound.source_id = self.source_id;
        // An agent says who wrote it; nobody has proven it.
        inbound.verified = false;
        inbound.marks.retain(|mark| !OF_THE_FORWARDER.contains(&mark.as_str()));
        inbound.hints.hold.take_if(|hold| hold.cause == HoldCause::Spam);
        inbound.hints.forwarder = Some(self.forwarder);
    }
}

/// Makes of what was read the customer's mail, when an agent has forwarded one. The sender has been proven before. A
/// forward from which nothing can be made stays the agent's, with a mark that says why.
pub async fn open(
    house: &Arc<Workspace>,
    mailboxes: &[Mailbox],
    reading: &mut Reading,
) -> Result<Option<Forward>> {
    if !may_forward(&reading.mail) || reading.machine.automatic {
        return Ok(None);
    }
    let own: Vec<String> = mailboxes.iter().map(|mailbox| base::text::fold(&mailbox.address)).collect();
    let ours = Ours { mailboxes: &own, loop_mark: "" };
    let [from] = reading.mail.from.as_slice() else { return Ok(None) };
    if ours.has(&from.email) {
        return Ok(None);
    }
    let Some(agent) = agent_of(house, from.email.clone()).await? else { return Ok(None) };
    let Some(mut found) = look_aside(reading).await else {
        if is_forward(&reading.mail) {
            reading.marks.push("forward_without_sender".to_owned());
        }
        return Ok(None);
    };
    if let Some(mark) = unusable(&ours, &found.inside.mail) {
        reading.marks.push(mark.to_owned());
        return Ok(None);
    }
    leave_out_staff(house, &mut found.inside.mail).await?;
    Ok(Some(take_apart(reading, found, &agent)))
}

/// More of them than this are not asked for: nobody further takes part.
const MOST_ASKED: usize = 50;

/// Whom the customer has written to takes part, but for colleagues, who got it by the own address.
async fn leave_out_staff(house: &Arc<Workspace>, mail: &mut Mail) -> Result<()> {
    mail.to.truncate(MOST_ASKED);
    mail.cc.truncate(MOST_ASKED);
    let asked: Vec<String> = mail.to.iter().chain(&mail.cc).map(|one| one.email.clone()).collect();
    let staff = house
        .read(Caller::system(), move |cx| {
            let mut staff = Vec::new();
            for address in &asked {
                if people::agents_by_email(cx, address)?.is_some() {
                    staff.push(address.clone());
                }
            }
            Ok(staff)
        })
        .await?;
    mail.to.retain(|one| !staff.contains(&one.email));
    mail.cc.retain(|one| !staff.contains(&one.email));
    Ok(())
}

async fn agent_of(house: &Arc<Workspace>, address: String) -> Result<Option<Agent>> {
    let found = house.read(Caller::system(), move |cx| people::agents_by_email(cx, &address)).await?;
    Ok(found.filter(|agent| agent.active))
}

/// An answer may quote a forward; only its subject makes it one.
fn may_forward(mail: &Mail) -> bool {
    is_forward(mail) || mail.in_reply_to.is_empty() && mime::subject_base(&mail.subject) == one_line(mail)
}

fn is_forward(mail: &Mail) -> bool {
    quoting::is_forward_subject(&mail.subject)
}

fn one_line(mail: &Mail) -> String {
    mail.subject.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unusable(ours: &Ours<'_>, mail: &Mail) -> Option<&'static str> {
    let author = ours.author(mail, "");
    if author.address != NOBODY && check_address(&author.address).is_ok() {
        return None;
    }
    let own = mail.from.iter().any(|from| ours.has(&from.email));
    Some(if own { "forward_of_ours" } else { "forward_without_sender" })
}

/// The mail inside, and what stood above it.
struct Found {
    inside: Reading,
    above: String,
    /// It was attached whole, so that its own files and ids are known.
    attached: Option<usize>,
}

/// Texts are long and mails are deep, so it is looked for beside the async code. A reader that fails finds nothing.
async fn look_aside(reading: &Reading) -> Option<Found> {
    let mail = &reading.mail;
    let (subject, text, html) = (mail.subject.clone(), mail.text.clone(), mail.html.clone());
    let mut mails = reading.files.iter().enumerate().filter(|(_, file)| is_mail(file));
    let attached = mails.next().map(|(at, file)| (at, file.bytes.clone()));
    let attached = attached.filter(|_| mails.next().is_none());
    let look = move || {
        let text = text.or_else(|| html.as_deref().map(markup::html_to_text)).unwrap_or_default();
        written(&subject, &text, html.as_deref()).or_else(|| {
            let (at, bytes) = attached?;
            let above = quoting::split_text(&text).shown.trim().to_owned();
            Some(Found { inside: inbound::read(&bytes), above, attached: Some(at) })
        })
    };
    tokio::task::spawn_blocking(look).await.unwrap_or_else(|e| {
        tracing::error!(error = %e, "a forwarded mail could not be read");
        None
    })
}

fn is_mail(file: &mime::Part) -> bool {
    matches!(file.content_type.as_str(), "message/rfc822" | "message/global")
}

/// Forwarded below the agent's own words. Its page is kept where the same author stands above it.
fn written(subject: &str, text: &str, html: Option<&str>) -> Option<Found> {
    let plain = unquoted(subject, text);
    let forward = quoting::forwarded(subject, plain.as_deref().unwrap_or(text))?;
    let split = quoting::split_text(forward.text);
    let page = html.and_then(|html| quoting::forwarded_html(subject, html));
    let page = page.filter(|(author, _)| base::text::fold(author) == base::text::fold(&forward.address));
    let mut inside = inbound::read(b"");
    inside.mail = Mail {
        from: vec![address((forward.name, forward.address))],
        to: forward.to.into_iter().map(address).collect(),
        cc: forward.cc.into_iter().map(address).collect(),
        subject: forward.subject,
        ..Mail::default()
    };
    inside.files.clear();
    inside.marks.clear();
    inside.html = markup::text_to_html(split.shown);
    inside.text = split.shown.to_owned();
    inside.quoted = Some(split.folded).filter(|text| !text.trim().is_empty()).map(markup::text_to_html);
    if let Some((_, page)) = page {
        let split = quoting::split_html(page);
        let shown = markup::sanitise(split.shown);
        // A page without words would hide those of the text.
        if !markup::html_to_text(&shown).trim().is_empty() {
            inside.html = shown;
            inside.quoted = Some(markup::sanitise(split.folded)).filter(|html| !html.trim().is_empty());
        }
    }
    Some(Found { inside, above: own_words(forward.above), attached: None })
}

fn address((name, email): (String, String)) -> Address {
    Address { name: Some(name).filter(|name| !name.is_empty()), email }
}

/// Apple Mail quotes what it forwards: one level is taken away where only quoted lines name the author.
fn unquoted(subject: &str, text: &str) -> Option<String> {
    let quoted = |line: &str| line.starts_with('>');
    let start = text.lines().position(quoted)?;
    let above: String = text.lines().take(start).map(|line| format!("{line}\n")).collect();
    if quoting::forwarded(subject, &above).is_some() {
        return None;
    }
    let below = text.lines().skip(start).map(|line| {
        let line = line.strip_prefix('>').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line)
    });
    Some(below.fold(above, |whole, line| whole + line + "\n"))
}

/// Without the agent's signature and the line that Outlook draws above what it forwards.
fn own_words(above: &str) -> String {
    let ruled =
        |line: &&str| !line.trim().is_empty() && line.trim().chars().all(|letter| "_-—=".contains(letter));
    let without: Vec<&str> = above.lines().filter(|line| !ruled(line) || line.trim() == "--").collect();
    quoting::split_text(&without.join("\n")).shown.trim().to_owned()
}

/// The customer's mail takes the place of the agent's, whose own id and content still recognise a repeat.
fn take_apart(reading: &mut Reading, found: Found, agent: &Agent) -> Forward {
    let Found { inside, above, attached } = found;
    let outer = &mut reading.mail;
    let sent = outer.message_id.clone();
    let (references, original) = (inbound::references(&inside.mail), inside.mail.message_id.clone());
    if let Some(at) = attached {
        reading.files.remove(at);
        outer.references = references.into_iter().chain(original).collect();
    } else {
        // Mail programs name what they forward as what it answers.
        outer.references = inbound::references(outer);
        // The pictures of the forwarded page stay in their place; others have lost theirs with the agent's words.
        let page = format!("{}{}", inside.html, inside.quoted.as_deref().unwrap_or_default());
        for file in &mut reading.files {
            let shown = file.content_id.as_ref().is_some_and(|cid| page.contains(&format!("\"cid:{cid}\"")));
            file.inline &= shown;
        }
    }
    let source_id = outer.references.last().cloned();
    outer.in_reply_to.clear();
    (outer.from, outer.reply_to) = (inside.mail.from, inside.mail.reply_to);
    (outer.to, outer.cc, outer.sender) = (inside.mail.to, inside.mail.cc, None);
    outer.signs.list_addresses = inside.mail.signs.list_addresses;
    outer.subject = match inside.mail.subject.trim().is_empty() {
        true => mime::subject_base(&outer.subject),
        false => inside.mail.subject,
    };
    (reading.html, reading.text, reading.quoted) = (inside.html, inside.text, inside.quoted);
    reading.files.splice(0..0, inside.files);
    reading.marks.extend(inside.marks);
    reading.marks.push(format!("forwarded_by:{}", agent.name));
    let forwarder = Forwarder { agent: agent.id, html: markup::text_to_html(&above), text: above };
    Forward { forwarder, source_id: source_id.or(sent) }
}
