//! What a letter says, in its reader's language: who wrote what, and what happens when it is answered.

use conversations::notices::Doors;
use markup::text_to_html;

use crate::model::Cause;
use crate::told::{Line, Told};

/// What stands around the words.
pub struct Frame<'a> {
    pub doors: &'a Doors,
    /// By which the letter is recognised where it is quoted.
    pub mark: &'a str,
    pub link: &'a str,
    pub settings: &'a str,
}

pub struct Written {
    pub from: String,
    pub reply: String,
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// The fixed words of a language; `{}` stands for a name.
struct Words {
    rtl: bool,
    mentioned: &'static str,
    parked: &'static str,
    assigned_by: &'static str,
    assigned: &'static str,
    replied: &'static str,
    unassigned: &'static str,
    undelivered: &'static str,
    files: &'static str,
    reason: &'static str,
    open: &'static str,
    note: &'static str,
    answer: &'static str,
    answer_link: &'static str,
    why: &'static str,
    reply_name: &'static str,
    no_subject: &'static str,
}

const EN: Words = Words {
    rtl: false,
    mentioned: "{} mentioned you in a note:",
    parked: "What you wrote by mail was not sent. It stands in the conversation as an internal note, with the reason:",
    assigned_by: "{} gave you this conversation.",
    assigned: "This conversation was given to you.",
    replied: "{} wrote:",
    unassigned: "{} wrote, and nobody has taken it yet:",
    undelivered: "What you answered by mail did not reach {}:",
    files: "Files:",
    reason: "Reason:",
    open: "Open the conversation",
    note: "If you answer this mail, your words become an internal note. The customer never sees it.",
    answer: "To answer {}, write to this address instead. It goes out in your name:",
    answer_link: "Answer {}",
    why: "You choose what you are told by mail:",
    reply_name: "Internal note",
    no_subject: "Without a subject",
};

const DE: Words = Words {
    rtl: false,
    mentioned: "{} hat Sie in einer Notiz erwähnt:",
    parked: "Was Sie per E-Mail geschrieben haben, wurde nicht gesendet. Es steht als interne Notiz in der Unterhaltung, mit dem Grund:",
    assigned_by: "{} hat Ihnen diese Unterhaltung zugewiesen.",
    assigned: "Diese Unterhaltung wurde Ihnen zugewiesen.",
    replied: "{} hat geschrieben:",
    unassigned: "{} hat geschrieben, und noch hat niemand übernommen:",
    undelivered: "Was Sie per E-Mail geantwortet haben, hat {} nicht erreicht:",
    files: "Dateien:",
    reason: "Grund:",
    open: "Unterhaltung öffnen",
    note: "Wenn Sie auf diese E-Mail antworten, wird daraus eine interne Notiz. Der Kunde sieht sie nie.",
    answer: "Um {} zu antworten, schreiben Sie stattdessen an diese Adresse. Es geht in Ihrem Namen hinaus:",
    answer_link: "{} antworten",
    why: "Sie wählen, was Sie per E-Mail erfahren:",
    reply_name: "Interne Notiz",
    no_subject: "Ohne Betreff",
};

const AR: Words = Words {
    rtl: true,
    mentioned: "أشار إليك {} في ملاحظة:",
    parked: "ما كتبته بالبريد لم يُرسل، وهو في المحادثة ملاحظة داخلية مع السبب:",
    assigned_by: "أسند إليك {} هذه المحادثة.",
    assigned: "أُسندت إليك هذه المحادثة.",
    replied: "كتب {}:",
    unassigned: "كتب {}، ولم يتولَّ أحد المحادثة بعد:",
    undelivered: "لم يصل ردك بالبريد إلى {}:",
    files: "الملفات:",
    reason: "السبب:",
    open: "افتح المحادثة",
    note: "إذا أجبت على هذه الرسالة فإن كلامك يصير ملاحظة داخلية لا يراها العميل أبدًا.",
    answer: "للرد على {} اكتب إلى هذا العنوان، ويُرسل باسمك:",
    answer_link: "الرد على {}",
    why: "أنت تختار ما يصلك بالبريد:",
    reply_name: "ملاحظة داخلية",
    no_subject: "بلا موضوع",
};

fn words(locale: &str) -> &'static Words {
    match locale.split(['-', '_']).next().unwrap_or_default() {
        "de" => &DE,
        "ar" => &AR,
        _ => &EN,
    }
}

pub fn write(locale: &str, told: &Told, frame: &Frame<'_>) -> Written {
    let words = words(locale);
    let c = &told.conversation;
    let subject = match c.subject.trim() {
        "" => words.no_subject,
        subject => subject,
    };
    let newest = told.lines.last().map(|line| line.who.as_str()).unwrap_or_default();
    Written {
        from: newest.to_owned(),
        reply: words.reply_name.to_owned(),
        subject: format!("{subject} (#{})", c.number),
        html: html(words, told, frame),
        text: text(words, told, frame),
    }
}

/// What happened, in one sentence.
fn sentence(words: &Words, told: &Told, line: &Line) -> String {
    let who = if line.who.is_empty() { told.customer.as_str() } else { line.who.as_str() };
    let pattern = match line.cause {
        Cause::Mentioned if line.own => words.parked,
        Cause::Mentioned => words.mentioned,
        Cause::Assigned if line.who.is_empty() => words.assigned,
        Cause::Assigned => words.assigned_by,
        Cause::Replied => words.replied,
        Cause::Unassigned => words.unassigned,
        Cause::Undelivered => words.undelivered,
    };
    named(pattern, who)
}

fn named(pattern: &str, who: &str) -> String {
    pattern.replacen("{}", who, 1)
}

/// What stands below the words.
fn below(words: &Words, line: &Line) -> Vec<String> {
    let files = (!line.files.is_empty()).then(|| format!("{} {}", words.files, line.files.join(", ")));
    let why = line.why.as_ref().map(|why| format!("{} {why}", words.reason));
    files.into_iter().chain(why).collect()
}

fn text(words: &Words, told: &Told, frame: &Frame<'_>) -> String {
    let mut out = format!("{}\n\n", frame.mark);
    for line in &told.lines {
        out.push_str(&format!("{}\n\n", sentence(words, told, line)));
        for row in line.text.lines() {
            out.push_str(&format!("    {row}\n"));
        }
        for small in below(words, line) {
            out.push_str(&format!("\n    {small}\n"));
        }
        out.push('\n');
    }
    out.push_str(&format!("{}:\n{}\n\n", words.open, frame.link));
    out.push_str(&format!("{}\n\n", words.note));
    out.push_str(&format!("{}\n{}\n\n", named(words.answer, &told.customer), frame.doors.answer));
    out.push_str(&format!("{}\n{}\n\n{}\n", words.why, frame.settings, frame.mark));
    out
}

const QUOTE: &str = "margin:0 0 12px;padding:2px 14px;border-inline-start:3px solid #b9c2cf";
const BUTTON: &str = "display:inline-block;padding:8px 14px;border-radius:8px;background:#1f5fbf;color:#ffffff;\
    text-decoration:none";
const SMALL: &str = "font-size:13px;color:#5a6472";

fn html(words: &Words, told: &Told, frame: &Frame<'_>) -> String {
    let direction = if words.rtl { "rtl" } else { "ltr" };
    let mark = format!("<p style=\"{SMALL}\">{}</p>", frame.mark);
    let mut out = format!("<div dir=\"{direction}\" style=\"font-family:sans-serif;max-width:640px\">{mark}");
    for line in &told.lines {
        out.push_str(&format!("<p><strong>{}</strong></p>", escaped(&sentence(words, told, line))));
        if !line.text.is_empty() {
            out.push_str(&format!("<div dir=\"auto\" style=\"{QUOTE}\">{}</div>", text_to_html(&line.text)));
        }
        for small in below(words, line) {
            out.push_str(&format!("<p style=\"{SMALL}\">{}</p>", escaped(&small)));
        }
    }
    out.push_str(&format!(
        "<p><a style=\"{BUTTON}\" href=\"{}\">{}</a></p>",
        escaped(frame.link),
        words.open
    ));
    let answer = escaped(&frame.doors.answer);
    // Some programs take a plus sign in a link for a blank.
    let target = answer.replace('+', "%2B");
    let label = escaped(&named(words.answer_link, &told.customer));
    out.push_str(&format!(
        "<hr><p><strong>{}</strong></p><p>{}<br><a href=\"mailto:{target}\">{label}</a> \
         <span style=\"{SMALL}\" dir=\"ltr\">{answer}</span></p>",
        words.note,
        escaped(&named(words.answer, &told.customer)),
    ));
    let settings = escaped(frame.settings);
    out.push_str(&format!("<p style=\"{SMALL}\">{} <a href=\"{settings}\">{settings}</a></p>", words.why));
    out.push_str(&format!("{mark}</div>"));
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use conversations::model::{Author, Status};
    use conversations::store::conversation::Conversation;
    use serde_json::json;

    use super::*;

    fn told(lines: Vec<Line>) -> Told {
        let now = base::Time(0);
        Told {
            agent: people::Agent {
                id: people::AgentId(1),
                name: "Bo Kern".into(),
                email: "bo@shop.example".into(),
                locale: None,
                time_zone: None,
                role_id: people::RoleId(1),
                role: "agent".into(),
                active: true,
                version: 1,
            },
            conversation: Conversation {
                id: conversations::model::ConversationId(5),
                number: 12,
                version: 1,
                subject: " ".into(),
                status: Status::Open,
                shelf: conversations::model::Shelf::Active,
                spam: false,
                priority: None,
                kind: None,
                channel: "email".into(),
                brand_id: None,
                team_id: None,
                assignee_id: None,
                requester_id: customers::CustomerId(3),
                submitter: String::new(),
                external_id: None,
                form: None,
                fields: json!({}),
                tags: json!([]),
                due_at: None,
                preview: String::new(),
                last_author: Author::Customer,
                last_message_id: conversations::model::MessageId(9),
                last_inbound_id: conversations::model::MessageId(9),
                account: None,
                joined_into: None,
                follow_up_of: None,
                created_at: now,
                last_activity_at: now,
                status_at: now,
                deleted_at: None,
            },
            customer: "Cy <Lee>".into(),
            lines,
        }
    }

    fn line(cause: Cause, who: &str, own: bool) -> Line {
        Line {
            cause,
            message: None,
            who: who.into(),
            text: "It is <dark>.\n\nReally.".into(),
            files: vec!["a&b.pdf".into()],
            why: (cause == Cause::Undelivered).then(|| "550 <nobody>".into()),
            own,
        }
    }

    #[test]
    fn every_language_says_who_wrote_what_an_answer_becomes_and_where_the_other_goes() {
        let doors = Doors { answer: "help+a.x@shop.example".into(), note: "help+n.x@shop.example".into() };
        let frame = Frame {
            doors: &doors,
            mark: "ref-1",
            link: "https://desk/12",
            settings: "https://desk/settings",
        };
        let table = [
            ("en-GB", "Cy <Lee> wrote:", "internal note", "ltr", "Without a subject (#12)"),
            ("de", "Cy <Lee> hat geschrieben:", "interne Notiz", "ltr", "Ohne Betreff (#12)"),
            ("ar-EG", "كتب Cy <Lee>:", "ملاحظة داخلية", "rtl", "بلا موضوع (#12)"),
        ];
        for (locale, wrote, note, direction, subject) in table {
            let all = told(vec![
                line(Cause::Assigned, "", false),
                line(Cause::Mentioned, "Bo Kern", true),
                line(Cause::Undelivered, "", true),
                line(Cause::Replied, "", false),
            ]);
            let written = write(locale, &all, &frame);
            assert_eq!(written.subject, subject);
            for said in [
                wrote,
                note,
                "    It is <dark>.",
                "a&b.pdf",
                "550 <nobody>",
                "https://desk/12",
                "help+a.x@shop.example",
                "ref-1",
            ] {
                assert!(written.text.contains(said), "{locale} {said}\n{}", written.text);
            }
            assert!(
                !written.text.contains("{}") && !written.html.contains("{}"),
                "{locale}: a name is missing"
            );
            assert!(!written.text.contains("+n."), "answering is enough for a note");
            for said in [
                &format!("dir=\"{direction}\""),
                "mailto:help%2Ba.x@shop.example",
                "Cy &lt;Lee&gt;",
                "&lt;dark&gt;",
                "a&amp;b.pdf",
            ] {
                assert!(written.html.contains(said), "{locale} {said}\n{}", written.html);
            }
            assert!(
                written.text.starts_with("ref-1") && written.text.trim_end().ends_with("ref-1"),
                "{locale}"
            );
        }
    }
}
