//! Recognises forwarded mail: the line that announces it, and whose it was.

use crate::line::{CC, FROM, SUBJECT, TO, field, is_label};

/// How mail programs announce what is forwarded, in lower case, without the dashes around it.
const FORWARDED: &str = "forwarded message|begin forwarded message:|begin forwarded message|original message forwarded|\
    weitergeleitete nachricht|anfang der weitergeleiteten nachricht:|anfang der weitergeleiteten e-mail:|\
    ursprüngliche nachricht weitergeleitet|message transféré|début du message transféré :|début du message réexpédié :|\
    mensaje reenviado|inicio del mensaje reenviado:|messaggio inoltrato|inizio messaggio inoltrato:|\
    mensagem encaminhada|início da mensagem reencaminhada:|doorgestuurd bericht|begin doorgestuurd bericht:|\
    vidarebefordrat meddelande|vidarebefordrat brev:|videresendt besked|videresendt melding|videresendt meddelelse|\
    start på videresendt besked:|välitetty viesti|edelleenlähetetty viesti|\
    wiadomość przekazana dalej|przekazana wiadomość|początek przekazywanej wiadomości:|přeposlaná zpráva|\
    preposlaná správa|továbbított üzenet|mesaj redirecționat|пересылаемое сообщение|пересланное сообщение|\
    начало переадресованного сообщения:|переслане повідомлення|iletilen ileti|yönlendirilen mesaj|\
    προωθημένο μήνυμα|転送されたメッセージ|転送メッセージ|转发的邮件|轉寄郵件|전달된 메시지|הודעה שהועברה|رسالة معاد توجيهها";

/// How subjects of forwarded mail begin, in lower case.
const SUBJECTS: &str =
    "fw:|fwd:|wg:|tr:|rv:|i:|enc:|doorst:|vb:|vs:|pd:|továbbítás:|转发:|转发：|轉寄:|轉寄：";

/// Somebody else's mail inside of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forwarded<'t> {
    /// What was written above it by whoever forwards.
    pub above: &'t str,
    /// The name of its author, as the mail says.
    pub name: String,
    /// The address of its author, as the mail says.
    pub address: String,
    /// Its subject, empty when none stands there.
    pub subject: String,
    /// Whom it went to, with names and addresses, and who got copies.
    pub to: Vec<(String, String)>,
    pub cc: Vec<(String, String)>,
    /// Its text.
    pub text: &'t str,
}

/// Whether a line announces forwarded mail.
pub(crate) fn is_forward_line(line: &str) -> bool {
    let inner = line.trim().trim_matches(['-', '=', '_', ' ', '>', '*', '—']).trim().to_lowercase();
    inner.len() < 90 && FORWARDED.split('|').any(|word| word == inner)
}

/// Whether a subject says that the mail is forwarded.
#[must_use]
pub fn is_forward_subject(subject: &str) -> bool {
    let folded = subject.trim().to_lowercase();
    SUBJECTS.split('|').any(|begin| folded.starts_with(begin))
}

/// Finds the mail that was forwarded in a text: behind a line that announces it or, when `subject` says so, behind
/// Outlook's block of From and Subject. An answer with history is none.
#[must_use]
pub fn forwarded<'t>(subject: &str, text: &'t str) -> Option<Forwarded<'t>> {
    let says = is_forward_subject(subject);
    let mut at = 0;
    let lines: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .take(2_000)
        .map(|line| {
            at += line.len();
            (at - line.len(), line)
        })
        .collect();
    let labelled = if says { lines.iter().position(|(_, line)| is_label(line, FROM)) } else { None };
    // What was forwarded may itself be a forward: the outer one is whose it is.
    let outer =
        |at: usize| labelled.is_some_and(|from| from < at && author(&block_at(&lines, from)).is_some());
    let announced = lines.iter().position(|(_, line)| is_forward_line(line)).filter(|at| !outer(*at));
    let begin = announced.map(|at| at + 1).or(labelled)?;
    let (start, _) = lines[announced.unwrap_or(begin)];
    let block = block_at(&lines, begin);
    let (name, address) = author(&block)?;
    let subject = value(&block, SUBJECT).unwrap_or_default();
    let (last, line) = block.last()?;
    Some(Forwarded {
        above: text[..start].trim(),
        name,
        address,
        subject,
        to: people(&block, TO),
        cc: people(&block, CC),
        text: text[last + line.len()..].trim_matches(['\n', '\r']),
    })
}

/// The lines with the fields of the mail.
fn block_at<'l, 't>(lines: &'l [(usize, &'t str)], begin: usize) -> Vec<&'l (usize, &'t str)> {
    let lines = lines[begin..].iter().skip_while(|(_, line)| line.trim().is_empty());
    lines.take(12).take_while(|(_, line)| !line.trim().is_empty()).collect()
}

fn value(block: &[&(usize, &str)], labels: &'static str) -> Option<String> {
    let (_, line) = block.iter().find(|(_, line)| is_label(line, labels))?;
    let (_, value) = line.split_once([':', '：'])?;
    Some(value.trim().trim_matches('*').trim().to_owned())
}

/// `Ann Lee <ann@a.example>`, `Ann Lee [mailto:ann@a.example]`, `ann@a.example`; broken lines are put together.
fn author(block: &[&(usize, &str)]) -> Option<(String, String)> {
    let at = block.iter().position(|(_, line)| is_label(line, FROM))?;
    let (_, first) = block[at].1.split_once([':', '：'])?;
    let next = block
        .get(at + 1)
        .map(|(_, line)| line.trim())
        .filter(|line| line.starts_with('<'))
        .unwrap_or_default();
    person(&format!("{} {next}", first.trim()))
}

/// `Ann Lee <ann@a.example>` in any of its forms.
pub(crate) fn person(whole: &str) -> Option<(String, String)> {
    let whole = whole.trim().trim_matches('*').trim();
    let address = whole
        .split(|letter: char| letter.is_whitespace() || "<>[]()\"'".contains(letter))
        .map(|word| word.trim_start_matches("mailto:").trim_end_matches([',', ';']))
        .find(|word| {
            word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
        })?;
    let name =
        whole.split(['<', '[', '(']).next().unwrap_or_default().trim().trim_matches(['"', '\'', '*']).trim();
    let name = if name.contains('@') { "" } else { name };
    (address.len() <= 320).then(|| (name.chars().take(200).collect(), address.to_owned()))
}

/// People beyond this many are not looked at.
const MOST_PEOPLE: usize = 50;

/// Everybody whom a field names with an address; lines without a field's name go on with the one above.
fn people(block: &[&(usize, &str)], labels: &'static str) -> Vec<(String, String)> {
    let Some(at) = block.iter().position(|(_, line)| is_label(line, labels)) else { return Vec::new() };
    let first = block[at].1.split_once([':', '：']).map_or("", |(_, rest)| rest).trim();
    let more = block[at + 1..].iter().map(|(_, line)| *line).take_while(|line| field(line).is_none());
    let whole = more.fold(first.to_owned(), |whole, line| format!("{whole} {}", line.trim()));
    parted(&whole).into_iter().filter_map(person).take(MOST_PEOPLE).collect()
}

/// Parted at commas and semicolons that stand behind an address: names have commas too (`Lee, Ann <ann@a.example>`).
fn parted(list: &str) -> Vec<&str> {
    let (mut all, mut from) = (Vec::new(), 0);
    for (at, letter) in list.char_indices() {
        let quotes = list[from..at].matches('"').count();
        if matches!(letter, ',' | ';') && list[from..at].contains('@') && quotes.is_multiple_of(2) {
            all.push(&list[from..at]);
            from = at + 1;
        }
    }
    all.push(&list[from..]);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(subject: &str, text: &str, wanted: Option<(&str, &str, &str, &str)>) {
        let found = forwarded(subject, text);
        let found = found.as_ref().map(|one| (one.above, one.name.as_str(), one.address.as_str(), one.text));
        assert_eq!(found, wanted, "{subject} {text:?}");
    }

    #[test]
    fn forwards_of_the_usual_programs_name_their_author() {
        let ann = Some(("Please help.", "Ann Lee", "ann@a.example", "My lamp is dark.\n\nAnn"));
        let rest = "\n\nMy lamp is dark.\n\nAnn\n";
        for head in [
            "---------- Forwarded message ---------\nFrom: Ann Lee <ann@a.example>\nDate: Mon, 3 Nov 2026\nSubject: Lamp\nTo: <bo@b.example>",
            "Begin forwarded message:\n\nFrom: Ann Lee <ann@a.example>\nSubject: Lamp\nDate: 3 Nov 2026\nTo: bo@b.example",
            "-------- Weitergeleitete Nachricht --------\nBetreff: \tLamp\nDatum: \tMon\nVon: \tAnn Lee <ann@a.example>\nAn: bo@b.example",
            "-------- Message transféré --------\nSujet : Lamp\nDate : lundi\nDe : Ann Lee <ann@a.example>\nPour : bo@b.example",
            "---------- Mensaje reenviado ----------\nDe: Ann Lee <ann@a.example>\nAsunto: Lamp",
            "Anfang der weitergeleiteten Nachricht:\n\n> Von: Ann Lee <ann@a.example>\n> Betreff: Lamp",
        ] {
            check("Fwd: Lamp", &format!("Please help.\n\n{head}{rest}"), ann);
        }
        for head in [
            "From: Ann Lee <ann@a.example>\nSent: Monday\nTo: Bo\nSubject: Lamp",
            "Von: Ann Lee [mailto:ann@a.example]\nGesendet: Montag\nAn: Bo\nBetreff: Lamp",
        ] {
            check("WG: Lamp", &format!("Please help.\n\n{head}{rest}"), ann);
            check("AW: Lamp", &format!("Please help.\n\n{head}{rest}"), None);
        }
    }

    #[test]
    fn a_forward_of_a_forward_belongs_to_who_sent_it_last() {
        let inner = "---------- Forwarded message ---------\nFrom: Cy <cy@c.example>\nSubject: Lamp\n\nDark.";
        let text =
            format!("Hi\n\nFrom: Ann Lee <ann@a.example>\nSent: Monday\nSubject: Fwd: Lamp\n\n{inner}\n");
        check("FW: Lamp", &text, Some(("Hi", "Ann Lee", "ann@a.example", inner)));
    }

    #[test]
    fn whom_it_went_to_is_read_with_names_that_have_commas() {
        let block = "---------- Forwarded message ---------\nFrom: Ann Lee <ann@a.example>\nTo: Kern, Bo <bo@b.example>, \"Fox, Di\" \
            <di@d.example>;\n cy@c.example\nKopie: Ed <ed@e.example>, nobody\nSubject: Lamp\n\nDark.";
        let found = forwarded("Fwd: Lamp", block).expect("a forward");
        let shown = |list: &[(String, String)]| {
            list.iter().map(|(name, at)| format!("{name}|{at}")).collect::<Vec<_>>()
        };
        assert_eq!(shown(&found.to), ["Kern, Bo|bo@b.example", "Fox, Di|di@d.example", "|cy@c.example"]);
        assert_eq!(shown(&found.cc), ["Ed|ed@e.example"]);
        assert_eq!((found.subject.as_str(), found.text), ("Lamp", "Dark."));
    }

    #[test]
    fn what_names_no_author_is_no_forward() {
        check("Fwd: Lamp", "just words", None);
        check("Fwd: Lamp", "---------- Forwarded message ---------\nno header\n", None);
        check("Lamp", "I got a forwarded message yesterday", None);
    }
}
