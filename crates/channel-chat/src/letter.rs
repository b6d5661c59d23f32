//! What a mail says that is made of chat lines, in the visitor's language.

use base::Time;

use crate::model::MailingKind;

/// A line of the mail: who said what, and when.
pub struct Said {
    pub name: String,
    pub at: Time,
    pub html: String,
    pub text: String,
}

pub struct Letter {
    pub html: String,
    pub text: String,
}

/// The first words of the mail.
fn opening(kind: MailingKind, locale: &str) -> &'static str {
    match (kind, locale) {
        (MailingKind::Answers, "de") => "Sie haben uns im Chat geschrieben. Hier ist unsere Antwort:",
        (MailingKind::Answers, "ar") => "كتبت إلينا في المحادثة. إليك جوابنا:",
        (MailingKind::Answers, _) => "You wrote to us in the chat. Here is our answer:",
        (MailingKind::Transcript, "de") => "Hier ist Ihr Chat mit uns zum Nachlesen:",
        (MailingKind::Transcript, "ar") => "إليك نص محادثتك معنا:",
        (MailingKind::Transcript, _) => "Here is your chat with us:",
    }
}

/// What stands for the reader, in a transcript.
pub fn you(locale: &str) -> &'static str {
    match language(locale) {
        "de" => "Sie",
        "ar" => "أنت",
        _ => "You",
    }
}

/// Stands where a conversation has no subject of its own.
pub fn subject(locale: &str) -> &'static str {
    match language(locale) {
        "de" => "Ihr Chat mit uns",
        "ar" => "محادثتك معنا",
        _ => "Your chat with us",
    }
}

fn language(locale: &str) -> &str {
    locale.split(['-', '_']).next().unwrap_or_default()
}

pub fn write(kind: MailingKind, locale: &str, lines: &[Said]) -> Letter {
    let opening = opening(kind, language(locale));
    let mut html = markup::text_to_html(opening);
    let mut text = format!("{opening}\n");
    for line in lines {
        let head = format!("{}, {:.0}", line.name, line.at.stamp());
        html.push_str(&format!("{}<blockquote>{}</blockquote>", markup::text_to_html(&head), line.html));
        text.push_str(&format!("\n{head}\n{}\n", line.text.trim()));
    }
    Letter { html: markup::sanitise_own(&html), text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_has_all_lines_in_order_and_no_script() {
        let said = |name: &str, html: &str, text: &str| Said {
            name: name.to_owned(),
            at: Time(1_772_442_000_000),
            html: html.to_owned(),
            text: text.to_owned(),
        };
        let lines = [
            said("Ann <b>", "<p>first</p><script>x</script>", "first"),
            said("Bo", "<p>second</p>", "second"),
        ];
        let letter = write(MailingKind::Answers, "de-AT", &lines);
        assert!(
            letter.text.starts_with("Sie haben uns")
                && letter.text.find("first") < letter.text.find("second")
        );
        assert!(letter.html.contains("Ann &lt;b&gt;") && !letter.html.contains("<script"), "{}", letter.html);
    }
}
