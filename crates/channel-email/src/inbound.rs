//! What a mail says, read and cleaned: pure and slow, so it runs beside the async code.

use base::Time;
use conversations::channel::Hints;
use conversations::model::Party;
use mime::{Address, Limits, Mail, Problem};

use crate::model::{MOST_HOPS, base_address};
use crate::reports::{self, Machine};
use crate::{invitation, troubles};

/// A mail that was read, with what needs no knowledge of the house.
pub struct Reading {
    pub mail: Mail,
    pub content_hash: [u8; 32],
    pub html: String,
    pub text: String,
    pub quoted: Option<String>,
    pub files: Vec<mime::Part>,
    pub marks: Vec<String>,
    pub machine: Machine,
}

/// Stands for whoever gave no address; nothing is ever sent there (RFC 6761 section 6.4).
pub const NOBODY: &str = "nobody@unknown.invalid";
const NAME_CHARS: usize = 200;

/// Reads any bytes. What can't be read at all goes along as a file, so that nothing is lost.
pub fn read(raw: &[u8]) -> Reading {
    let mut mail = mime::read(raw, &Limits::default());
    let mut reading = Reading {
        content_hash: mime::content_hash(raw),
        html: String::new(),
        text: String::new(),
        quoted: None,
        files: std::mem::take(&mut mail.parts),
        marks: Vec::new(),
        machine: Machine::default(),
        mail,
    };
    reading.marks = troubles::marks(&reading.mail);
    write_body(&mut reading);
    let whole = reading.mail.text.clone().or_else(|| reading.mail.html.as_deref().map(markup::html_to_text));
    reading.machine = reports::read(raw, &reading.mail, &reading.files, whole.as_deref().unwrap_or_default());
    if reading.mail.problems.contains(&Problem::NoHeader) {
        reading.enclose(raw);
    }
    reading
}

/// For a mail on which the reader itself failed.
pub fn unread(raw: &[u8]) -> Reading {
    let mut reading = Reading {
        mail: Mail::default(),
        content_hash: base::secrets::sha256(raw),
        html: String::new(),
        text: String::new(),
        quoted: None,
        files: Vec::new(),
        marks: vec!["unreadable".to_owned(), "reader_failed".to_owned()],
        machine: Machine::default(),
    };
    reading.enclose(raw);
    reading
}

impl Reading {
    fn enclose(&mut self, raw: &[u8]) {
        self.files.push(mime::Part {
            name: "mail.eml".to_owned(),
            content_type: "message/rfc822".to_owned(),
            content_id: None,
            inline: false,
            bytes: raw.to_vec(),
        });
    }
}

/// History and signature are folded, what was written now is shown; both are sanitised, each alone. What somebody
/// forwards is what somebody wants to show.
fn write_body(reading: &mut Reading) {
    let mail = &reading.mail;
    let forwards = quoting::is_forward_subject(&mail.subject);
    let shown_of = |text| if forwards { (text, "") } else { parted(quoting::split_text(text)) };
    if let Some(html) = &mail.html {
        let (visible, quoted) = if forwards { (&html[..], "") } else { parted(quoting::split_html(html)) };
        reading.html = markup::sanitise(visible);
        reading.quoted = Some(markup::sanitise(quoted)).filter(|html| !html.trim().is_empty());
        reading.text = match &mail.text {
            Some(text) => shown_of(text).0.to_owned(),
            None => markup::html_to_text(&reading.html),
        };
    } else if let Some(text) = &mail.text {
        let (visible, quoted) = shown_of(text);
        reading.html = markup::text_to_html(visible);
        reading.quoted = Some(quoted).filter(|text| !text.trim().is_empty()).map(markup::text_to_html);
        reading.text = visible.to_owned();
    }
    let facts = reading.mail.invitation.as_ref().map(invitation::facts).unwrap_or_default();
    if !facts.is_empty() {
        reading.html = format!("{}{}", markup::text_to_html(&facts), reading.html);
        reading.text = format!("{facts}\n\n{}", reading.text).trim_end().to_owned();
    }
}

fn parted(split: quoting::Split<'_>) -> (&str, &str) {
    (split.shown, split.folded)
}

/// What the house knows of itself.
pub struct Ours<'a> {
    /// Folded addresses.
    pub mailboxes: &'a [String],
    /// What our own mails carry in `X-Loop`.
    pub loop_mark: &'a str,
}

impl Ours<'_> {
    pub fn has(&self, address: &str) -> bool {
        self.mailboxes.contains(&base_address(address))
    }

    /// Those who are not us.
    pub fn others(&self, list: &[Address]) -> Vec<Party> {
        list.iter().filter(|each| is_usable(&each.email) && !self.has(&each.email)).map(party).collect()
    }

    /// Why this mail must not become a message, if it must not.
    pub fn loops(&self, mail: &Mail) -> Option<(&'static str, String)> {
        if mail.received > MOST_HOPS {
            return Some((
                "mail_loop",
                format!("This mail has passed through more than {MOST_HOPS} servers."),
            ));
        }
        if mail.signs.loops.iter().any(|mark| mark.trim() == self.loop_mark) {
            return Some(("mail_loop", "This is a mail of our own that came back.".to_owned()));
        }
        let authors = mail.from.iter().chain(&mail.reply_to).filter(|each| !each.email.is_empty());
        let (mut any, mut other) = (false, false);
        for author in authors {
            any = true;
            other |= !self.has(&author.email);
        }
        (any && !other).then(|| {
            ("mail_from_ourselves", "This mail names one of our own addresses as its author.".to_owned())
        })
    }

    /// Who wrote it, as the mail says. Forms on web sites write from our address or from one that nobody
    /// reads, with the customer in Reply-To.
    pub fn author(&self, mail: &Mail, sender: &str) -> Party {
        let fits = |each: &&Address| is_usable(&each.email) && !self.has(&each.email);
        let from = mail.from.iter().find(fits);
        let reply_to = mail.reply_to.iter().find(fits);
        let machine = from.is_none_or(|from| is_unread(&from.email));
        let author = if machine { reply_to.or(from) } else { from };
        if let Some(author) = author.or(mail.sender.as_ref().filter(fits)) {
            return party(author);
        }
        let name = mail.from.iter().find_map(|from| from.name.clone()).unwrap_or_default();
        let known = !sender.is_empty() && !self.has(sender) && crate::model::check_address(sender).is_ok();
        let address = if known { sender } else { NOBODY };
        Party { name: base::text::cut(&name, NAME_CHARS).to_owned(), address: address.to_owned() }
    }
}

/// Whether somebody can be known by it. What only looks like an address must not keep the mail from being read.
fn is_usable(email: &str) -> bool {
    let odd = |letter: char| letter.is_whitespace() || letter.is_control() || "<>,".contains(letter);
    let (local, domain) = email.rsplit_once('@').unwrap_or_default();
    !local.is_empty() && !domain.trim_end_matches('.').is_empty() && !email.contains(odd)
}

fn is_unread(email: &str) -> bool {
    let local = email.split('@').next().unwrap_or_default().to_lowercase();
    let plain: String = local.chars().filter(|letter| letter.is_alphanumeric()).collect();
    matches!(plain.as_str(), "noreply" | "donotreply" | "wordpress" | "wwwdata" | "webform")
}

fn party(address: &Address) -> Party {
    let name = address.name.clone().unwrap_or_default();
    Party { name: base::text::cut(&name, NAME_CHARS).to_owned(), address: address.email.clone() }
}

/// The ids that the mail answers, nearest last.
pub fn references(mail: &Mail) -> Vec<String> {
    let mut all = mail.references.clone();
    for id in &mail.in_reply_to {
        all.retain(|other| other != id);
        all.push(id.clone());
    }
    all
}

pub fn sent_at(mail: &Mail) -> Option<Time> {
    mail.date.map(|date| Time(date.as_millisecond()))
}

/// What the mail says of its place beside its headers.
pub fn hints(reading: &Reading) -> Hints {
    let mail = &reading.mail;
    let base = mime::subject_base(&mail.subject);
    let collapsed = mail.subject.split_whitespace().collect::<Vec<_>>().join(" ");
    // Lists put a tag in front; a tag alone makes no answer.
    let mut bare = collapsed.as_str();
    while let Some((_, rest)) = bare.strip_prefix('[').and_then(|tag| tag.split_once(']')) {
        bare = rest.trim_start();
    }
    let answers = base != bare && !quoting::is_forward_subject(bare);
    let twin = mail.message_id.as_ref().map(|id| {
        let all = [b"copy\0".as_slice(), id.as_bytes(), b"\0", reading.content_hash.as_slice()].concat();
        base::secrets::sha256(&all).to_vec()
    });
    Hints {
        report: reading.machine.report.clone(),
        number: mime::conversation_number(&mail.subject),
        twin,
        answers_subject: answers.then_some(base),
        hold: None,
        forwarder: None,
    }
}

/// Recognises the same mail when it comes again: by account, Message-ID and content; without an id by
/// account, content, sender and date.
pub fn receipt(account: &str, reading: &Reading, author: &str) -> Vec<u8> {
    let mail = &reading.mail;
    let date = mail.date.map(|date| date.to_string()).unwrap_or_default();
    let (kind, rest) = match &mail.message_id {
        Some(id) => ("id", id.clone()),
        None => ("no id", format!("{}\0{date}", base::text::fold(author))),
    };
    let head = format!("{}\0{kind}\0{rest}\0", base::text::fold(account));
    let all = [head.as_bytes(), reading.content_hash.as_slice()].concat();
    base::secrets::sha256(&all).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: Ours<'static> = Ours { mailboxes: &[], loop_mark: "mark" };

    fn mail(header: &str) -> Mail {
        mime::read(format!("{header}\r\n\r\nHi\r\n").as_bytes(), &Limits::default())
    }

    fn with_support(test: impl Fn(Ours<'_>)) {
        test(Ours { mailboxes: &["support@shop.example".to_owned()], loop_mark: "mark" });
    }

    #[test]
    fn history_is_folded_and_script_is_gone() {
        let raw = b"From: a@a.example\r\nContent-Type: text/html\r\n\r\n<p>New<script>x</script></p>\
            <div class=\"gmail_quote\"><blockquote>Old</blockquote></div>";
        let reading = read(raw);
        assert!(
            reading.html.contains("New") && !reading.html.contains("script") && !reading.html.contains("Old")
        );
        assert!(reading.quoted.expect("history").contains("Old"));
        assert_eq!(reading.text.trim(), "New");
    }

    #[test]
    fn garbage_becomes_a_message_with_the_garbage_in_it() {
        for garbage in [b"".as_slice(), b"\xff\xfe\0", b"no header at all"] {
            let reading = read(garbage);
            assert_eq!(reading.marks, ["unreadable", "no_header"], "{garbage:?}");
            assert_eq!(reading.files.last().expect("the mail").bytes, garbage);
            assert_eq!(OURS.author(&reading.mail, "").address, NOBODY);
            assert_eq!(OURS.author(&reading.mail, "ann@a.example").address, "ann@a.example");
        }
    }

    #[test]
    fn an_address_that_is_none_names_nobody() {
        for from in ["matmail", "Ann <@>", "<a b>", "a@", "@b.example"] {
            let reading = read(format!("From: {from}\r\n\r\nHi").as_bytes());
            assert_eq!(OURS.author(&reading.mail, "").address, NOBODY, "{from}");
            assert_eq!(OURS.others(&reading.mail.from), [], "{from}");
        }
    }

    #[test]
    fn what_is_lost_or_sealed_is_said() {
        let marks = |raw: &str| read(raw.as_bytes()).marks;
        let cut = "From: a@a.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi";
        assert_eq!(marks(cut), ["damaged", "truncated"]);
        let letters = "From: a@a.example\r\nContent-Type: text/plain; charset=utf-8\r\n";
        let odd = [letters.as_bytes(), b"\r\nGr\xc3\xbc\xff"].concat();
        assert_eq!(read(&odd).marks, ["odd_letters"]);
        let sealed =
            "From: a@a.example\r\nContent-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\nx";
        assert_eq!(marks(sealed), ["sealed"]);
        let event = "From: a@a.example\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\n\
                     BEGIN:VEVENT\r\nSUMMARY:Lamps <b>\r\nEND:VEVENT\r\n";
        let reading = read(event.as_bytes());
        assert_eq!(reading.marks, ["invitation_cancelled"]);
        assert!(
            reading.html.contains("Lamps &lt;b&gt;") && reading.text.contains("Lamps"),
            "{}",
            reading.html
        );
        assert_eq!(reading.files[0].content_type, "text/calendar");
    }

    #[test]
    fn mail_that_goes_round_is_noticed() {
        with_support(|ours| {
            let hops = "Received: by a\r\n".repeat(51);
            assert_eq!(
                ours.loops(&mail(&format!("{hops}From: a@a.example"))).expect("a loop").0,
                "mail_loop"
            );
            assert_eq!(
                ours.loops(&mail("From: a@a.example\r\nX-Loop: mark")).expect("a loop").0,
                "mail_loop"
            );
            let own = mail("From: Support@shop.example");
            assert_eq!(ours.loops(&own).expect("ourselves").0, "mail_from_ourselves");
            assert_eq!(ours.loops(&mail("From: a@a.example\r\nX-Loop: other")), None);
        });
    }

    #[test]
    fn a_web_form_speaks_for_the_customer() {
        with_support(|ours| {
            for from in ["support@shop.example", "no-reply@site.example"] {
                let form = mail(&format!("From: {from}\r\nReply-To: Ann <ann@a.example>"));
                assert_eq!(ours.loops(&form), None, "{from}");
                assert_eq!(ours.author(&form, "").address, "ann@a.example", "{from}");
            }
            let person = mail("From: bo@b.example\r\nReply-To: list@lists.example");
            assert_eq!(ours.author(&person, "").address, "bo@b.example");
        });
    }

    #[test]
    fn the_nearest_reference_stands_last() {
        let answer = mail("From: a@a.example\r\nReferences: <1@x> <2@x>\r\nIn-Reply-To: <1@x>");
        assert_eq!(references(&answer), ["2@x", "1@x"]);
    }

    #[test]
    fn only_the_same_mail_has_the_same_receipt() {
        let raw = "From: a@a.example\r\nMessage-ID: <1@a>\r\n\r\nHi";
        let of = |account: &str, raw: &str| receipt(account, &read(raw.as_bytes()), "a@a.example");
        let first = of("support@shop.example", raw);
        assert_eq!(first, of("Support@shop.example", &format!("Received: by x\r\n{raw}")));
        assert_ne!(first, of("sales@shop.example", raw));
        assert_ne!(first, of("support@shop.example", &raw.replace("Hi", "Ho")));
        assert_ne!(first, of("support@shop.example", &raw.replace("1@a", "2@a")));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_become_a_message(raw in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600)) {
            let reading = read(&raw);
            let author = OURS.author(&reading.mail, "");
            proptest::prop_assert!(!author.address.is_empty() && !author.address.contains('\0'));
            proptest::prop_assert!(!reading.html.contains('\0') && !reading.text.contains('\0'));
            receipt("support@shop.example", &reading, &author.address);
        }

        #[test]
        fn mails_of_odd_headers_become_messages(
            names in proptest::collection::vec("(From|To|Reply-To|Subject|Date|References|Content-Type|Received|X-Loop)", 1..8),
            value in "[ -~é\u{0}\u{202e}<>@,;\"=?]{0,80}",
        ) {
            let header: String = names.iter().map(|name| format!("{name}: {value}\r\n")).collect();
            let reading = read(format!("{header}\r\nbody\r\n").as_bytes());
            let author = OURS.author(&reading.mail, "ann@a.example");
            proptest::prop_assert!(!author.address.is_empty());
            let _ = (OURS.loops(&reading.mail), references(&reading.mail), sent_at(&reading.mail));
        }
    }
}
