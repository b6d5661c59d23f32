//! Recognises signatures: below the mark of RFC 3676, and what programs and telephones write in their place.

/// Lines of a signature that has no mark but dashes of some other form.
const MOST_LINES: usize = 12;
/// Below the two dashes companies put whole pages.
const MOST_MARKED: usize = 60;

/// How programs name themselves at the end of a mail, in lower case.
const SENT: &str = "sent from my |sent from a |sent from mail for|sent from outlook|sent from yahoo|sent from proton|\
    sent from aol|sent from samsung|sent from typeapp|sent from the |sent via |sent with |sent using |get outlook for |\
    sent by |sent on the |sent from windows|sent from bluemail|sent from gmail|sent from nine|sent from spark|\
    von meinem |gesendet von |gesendet mit |gesendet über |gesendet aus |diese nachricht wurde von meinem |\
    envoyé de mon |envoyé de ma |envoyé depuis |envoyé à partir |envoyé avec |télécharger outlook pour |obtenez outlook pour |\
    enviado desde |enviado con |enviado do meu |enviado de |enviado a partir |enviado pelo |obtener outlook para |\
    inviato da |inviato dal |inviata da |scarica outlook per |obter o outlook para |\
    verzonden vanaf |verstuurd vanaf |verstuurd met |verzonden met |outlook voor |\
    skickat från |skickat med |hämta outlook för |sendt fra |sendt med |hent outlook |lähetetty |hanki outlook |\
    wysłane z |wysłano z |wysłano ze |wysłane ze |odesláno z |odoslané z |küldve |az iphone-omról küldve|\
    trimis de pe |отправлено с |отправлено из |надіслано з |iphone'umdan gönderildi|gönderilmiştir|\
    στάλθηκε από |発送元|iphoneから送信|从我的|发自我的|發自我的|寄件來源|내 iphone에서|나의 iphone에서|\
    נשלח מה|أرسلت من |أُرسلت من |تم الإرسال من ";

/// Where the signature of these lines begins, if they have one.
pub(crate) fn begins(lines: &[&str]) -> Option<usize> {
    let marked = lines.iter().rposition(|line| is_mark(line)).filter(|at| fits(lines, *at));
    // A second signature, such as a telephone's below a person's, belongs to the first.
    let marked = marked.map(|at| earlier(lines, at));
    let program = lines.iter().position(|line| is_program(line)).filter(|at| ends_there(lines, *at));
    match (marked, program) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn earlier(lines: &[&str], at: usize) -> usize {
    lines[..at].iter().rposition(|line| is_mark(line)).filter(|before| fits(lines, *before)).unwrap_or(at)
}

/// `-- ` by the letter (RFC 3676 section 4.3), and the forms that programs make of it.
fn is_mark(line: &str) -> bool {
    let line = line.trim_end_matches(['\n', '\r']);
    let bare = line.trim();
    matches!(line, "-- " | "--") || matches!(bare, "--" | "—" | "–" | "__") || is_row(bare)
}

/// A short row of long dashes or underscores.
fn is_row(line: &str) -> bool {
    let count = line.chars().count();
    (3..=12).contains(&count)
        && (line.chars().all(|letter| letter == '—') || line.chars().all(|letter| letter == '_'))
}

/// Whether what stands below the mark may be a signature: something, and not another letter.
fn fits(lines: &[&str], at: usize) -> bool {
    let filled = lines[at + 1..].iter().filter(|line| !line.trim().is_empty()).count();
    let most = if lines[at].trim() == "--" { MOST_MARKED } else { MOST_LINES };
    (1..=most).contains(&filled)
}

fn is_program(line: &str) -> bool {
    let folded = line.trim().trim_start_matches(['*', '_', '(', '[']).to_lowercase().replace('’', "'");
    let named = folded.split(['<', '[', '(']).next().unwrap_or_default().trim();
    // Programs write no sentences: no comma, few words, at most a full stop at the end.
    let words = named.split_whitespace().count();
    let plain = !named.contains([',', ';', '!', '?', '=', '{']) && words <= 9 && named.len() <= 90;
    plain && SENT.split('|').any(|begin| folded.starts_with(begin))
}

/// A program's line ends what was written when nothing follows, or when it stands apart from what does: what follows
/// without a mark is history then.
fn ends_there(lines: &[&str], at: usize) -> bool {
    let apart = |line: Option<&&str>| line.is_none_or(|line| line.trim().is_empty());
    let before = at == 0 || apart(lines.get(at - 1));
    let rest = lines[at + 1..].iter().all(|line| line.trim().is_empty());
    rest || before && (apart(lines.get(at + 1)) || lines[at].contains('<'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: Option<usize>) {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        assert_eq!(begins(&lines), wanted, "{text:?}");
    }

    #[test]
    fn signatures_are_told_from_what_looks_alike() {
        check("Hi\n\n-- \nAnn\n", Some(2));
        check("Hi\n--\nAnn", Some(1));
        check("Hi\n\n—\nAnn\nLumen\n", Some(2));
        check("Hi\n\n-- \nAnn\n\nSent from my iPhone\n", Some(2));
        check("a\n-- first point\n-- second\n", None);
        check("Hi\n\n--\n", None);
        check("Title\n----\ntext\n", None);
        check("It was sent from my iPhone\n", None);
        check("Sent from my desk, which is easier.\n", None);
    }

    #[test]
    fn telephones_sign_in_many_languages() {
        for line in [
            "Sent from my iPhone",
            "Von meinem iPhone gesendet",
            "Gesendet von Outlook für Android<https://aka.ms/x>",
            "Envoyé de mon iPhone",
            "Enviado desde mi iPhone",
            "Enviado do meu iPhone",
            "Inviato da iPhone",
            "Verstuurd vanaf mijn iPhone",
            "Skickat från min iPhone",
            "Sendt fra min iPhone",
            "Lähetetty iPhonesta",
            "Wysłane z iPhone'a",
            "Odesláno z iPhonu",
            "Отправлено с iPhone",
            "iPhone'umdan gönderildi",
            "iPhoneから送信",
            "发自我的iPhone",
            "나의 iPhone에서 보냄",
            "أرسلت من الـ iPhone",
            "Get Outlook for iOS<https://aka.ms/x>",
        ] {
            check(&format!("Hi\n\n{line}\n"), Some(2));
        }
    }
}
