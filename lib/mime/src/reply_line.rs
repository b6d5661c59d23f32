//! Recognises the lines by which mail programs introduce quoted history.

/// Words that end the line "On … wrote:" in the languages of mail programs, in lower case.
const WROTE: [&str; 30] = [
    "wrote:",
    "writes:",
    "schrieb:",
    "geschrieben:",
    "a écrit :",
    "a écrit:",
    "escribió:",
    "ha scritto:",
    "escreveu:",
    "schreef:",
    "skrev:",
    "skrev følgende:",
    "kirjoitti:",
    "napisał(a):",
    "napisał:",
    "napisała:",
    "napsal:",
    "napsal(a):",
    "napísal(a):",
    "írta:",
    "a scris:",
    "написал:",
    "написал(а):",
    "пишет:",
    "написав:",
    "yazdı:",
    "έγραψε:",
    "写道：",
    "写道:",
    "寫道：",
];

/// The same where something stands between that word and the colon ("schrieb Ann <ann@x>:").
const WROTE_INSIDE: [&str; 10] = [
    " schrieb ",
    " wrote ",
    " schreef ",
    " escribió ",
    " skrev ",
    " escreveu ",
    " ha scritto ",
    " a écrit ",
    " のメッセージ:",
    " 작성:",
];

/// First words of such a line.
const OPENERS: [&str; 22] = [
    "on ",
    "am ",
    "le ",
    "el ",
    "il ",
    "em ",
    "op ",
    "den ",
    "dne ",
    "dňa ",
    "w dniu ",
    "dnia ",
    "pe ",
    "în ",
    "a ",
    "в ",
    "на ",
    "στις ",
    "ma, ",
    "ke ",
    "från ",
    "於 ",
];

/// Lines between an answer and the whole original, without the dashes around them.
const ORIGINAL: [&str; 16] = [
    "original message",
    "ursprüngliche nachricht",
    "original-nachricht",
    "originalnachricht",
    "message d'origine",
    "message original",
    "mensaje original",
    "messaggio originale",
    "mensagem original",
    "oorspronkelijk bericht",
    "originalmeddelande",
    "oprindelig meddelelse",
    "wiadomość oryginalna",
    "исходное сообщение",
    "原始邮件",
    "원본 메시지",
];

/// "From", "Sent", "To", "Subject" as Outlook writes them above the original.
const FROM: [&str; 20] = [
    "from",
    "von",
    "de",
    "da",
    "van",
    "fra",
    "från",
    "od",
    "feladó",
    "от",
    "от кого",
    "kimden",
    "από",
    "差出人",
    "发件人",
    "寄件者",
    "보낸 사람",
    "lähettäjä",
    "מאת",
    "من",
];
const OTHERS: [&str; 44] = [
    "sent",
    "gesendet",
    "envoyé",
    "enviado",
    "enviado el",
    "enviada em",
    "inviato",
    "verzonden",
    "sendt",
    "skickat",
    "wysłano",
    "odesláno",
    "отправлено",
    "date",
    "datum",
    "fecha",
    "data",
    "dato",
    "дата",
    "gönderildi",
    "发送时间",
    "to",
    "an",
    "à",
    "a",
    "para",
    "aan",
    "til",
    "till",
    "do",
    "komu",
    "кому",
    "kime",
    "收件人",
    "subject",
    "betreff",
    "objet",
    "asunto",
    "oggetto",
    "assunto",
    "onderwerp",
    "emne",
    "ämne",
    "temat",
];

/// Whether a line, with the one or two after it when it was broken, says who wrote the quoted text and when.
pub(crate) fn is_attribution(lines: &[&str]) -> Option<usize> {
    let mut joined = String::new();
    for (count, line) in lines.iter().take(3).enumerate() {
        let line = line.trim();
        if line.is_empty() || line.len() > 400 {
            return None;
        }
        if count > 0 {
            joined.push(' ');
        }
        joined.push_str(&line.to_lowercase());
        if attributes(&joined) {
            return Some(count + 1);
        }
    }
    None
}

fn attributes(line: &str) -> bool {
    let line = line.trim_start_matches(['>', ' ', '*', '_']).trim_end_matches(['*', '_', ' ']);
    let opens = OPENERS.iter().any(|opener| line.starts_with(opener));
    // A date or an address stands in every such line; words of people rarely have both it and the ending.
    let marked = line.contains('@') || line.chars().filter(char::is_ascii_digit).count() >= 3;
    let ends = WROTE.iter().any(|word| line.ends_with(word));
    let inside = line.ends_with(':') && WROTE_INSIDE.iter().any(|word| line.contains(word));
    marked && (ends || inside && opens)
}

/// Whether a line announces the original ("-----Original Message-----", a long rule of underscores).
pub(crate) fn is_original(line: &str) -> bool {
    let line = line.trim();
    let inner = line.trim_matches(['-', '_', ' ', '—']).to_lowercase();
    if inner.is_empty() {
        return line.len() >= 30 && line.bytes().all(|byte| byte == b'_');
    }
    let ruled = line.starts_with("--") || line.starts_with("__") || line.starts_with('—');
    ruled && inner.len() < 60 && ORIGINAL.contains(&inner.as_str())
}

/// Whether Outlook's block of From, Sent, To and Subject begins here: three such lines out of the next six.
pub(crate) fn is_header_block(lines: &[&str]) -> bool {
    let Some(first) = lines.first().and_then(|line| label(line)) else {
        return false;
    };
    if !FROM.contains(&first.as_str()) {
        return false;
    }
    let followers = lines[1..].iter().take(6).take_while(|line| !line.trim().is_empty());
    followers.filter(|line| label(line).is_some_and(|label| OTHERS.contains(&label.as_str()))).count() >= 2
}

/// The word before the colon, without the stars and spaces that programs put around it.
fn label(line: &str) -> Option<String> {
    let (label, rest) = line.split_once([':', '：'])?;
    let label = label.trim_matches(['>', '*', ' ', '\t', '\u{a0}', '_']);
    let plausible = !label.is_empty() && label.len() <= 40 && !rest.trim().is_empty();
    plausible.then(|| label.to_lowercase())
}
