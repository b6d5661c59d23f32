//! Recognises the lines by which mail programs introduce quoted history.
//!
//! The lists hold words of mail programs in lower case, parted by bars.

/// How the line "On … wrote:" ends.
const WROTE: &str = "wrote:|writes:|schrieb:|geschrieben:|geschreven:|pisze:|пише:|şunu yazdı:|님이 작성:|menulis:|đã viết:|telah menulis:|יכתב:|كتب:|ezt írta:|a écrit :|a écrit:|escribió:|ha scritto:|escreveu:|schreef:|\
    skrev:|skrev følgende:|kirjoitti:|napisał(a):|napisał:|napisała:|napsal:|napsal(a):|napísal(a):|írta:|a scris:|\
    написал:|написал(а):|пишет:|написав:|yazdı:|έγραψε:|写道：|写道:|寫道：| wrote| schrieb";

/// The same where something stands between that word and the colon ("schrieb Ann <ann@x>:").
const WROTE_INSIDE: &str = " schrieb | wrote | schreef | ezt írta |بواسطة | מאת | 于| escribió | skrev | escreveu | ha scritto | a écrit | のメッセージ:| 작성:";

/// How such a line begins, besides with a digit or a short weekday.
const OPENERS: &str = "on |am |pada |vào |בתאריך |في |le |el |il |em |op |den |dne |dňa |w dniu |dnia |pe |în |a |в |на |στις |ma, |ke |från |於 ";

/// Lines between an answer and the whole original, without the dashes around them.
const ORIGINAL: &str = "original message|ursprüngliche nachricht|original-nachricht|originalnachricht|message d'origine|\
    message original|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht|originalmeddelande|\
    oprindelig meddelelse|oprindelig besked|opprinnelig melding|alkuperäinen viesti|původní zpráva|pôvodná správa|eredeti üzenet|\
    mesaj original|orijinal mesaj|özgün ileti|αρχικό μήνυμα|元のメッセージ|原始郵件|הודעה מקורית|الرسالة الأصلية|wiadomość oryginalna|исходное сообщение|原始邮件|원본 메시지";

/// "From", "Subject" and the others as Outlook writes them above the original.
pub(crate) const FROM: &str = "from|von|de|da|van|fra|från|od|feladó|от|от кого|kimden|από|差出人|发件人|寄件者|보낸 사람|lähettäjä|מאת|من|de la|від|pengirim|expéditeur|mittente|remetente|absender|afzender|avsändare";
pub(crate) const SUBJECT: &str = "subject|betreff|objet|sujet|asunto|oggetto|assunto|onderwerp|emne|ämne|temat|předmět|tárgy|aihe|\
    тема|konu|θέμα|件名|主题|主旨|제목|נושא|الموضوع|predmet|subiect|subjek|tiêu đề";
/// To whom it went.
pub(crate) const TO: &str = "to|an|à|a|para|aan|til|till|do|komu|кому|kime|收件人|收件者|宛先|받는 사람|אל|إلى|pour|destinataire|\
    destinatario|empfänger|vastaanottaja|címzett|către|προς|kepada|đến";
/// Who got a copy.
pub(crate) const CC: &str = "cc|kopie|copie à|copie|copia|kopia|kopi|dw|másolat|копия|bilgi|抄送|副本|참조|עותק|نسخة|κοιν|kópia|tembusan";
const OTHERS: &str = "sent|gesendet|envoyé|envoyé le|enviado|enviado el|enviada em|inviato|verzonden|sendt|skickat|\
    wysłano|odesláno|отправлено|message du|date|datum|fecha|data|dato|дата|gönderildi|发送时间|to|an|à|a|para|aan|til|\
    till|do|komu|кому|kime|收件人|收件者|寄件日期|cc|kopie|copie à|lähetetty|vastaanottaja|odoslané|elküldve|címzett|trimis|către|надіслано|\
    στάλθηκε|προς|送信日時|日時|宛先|보낸 날짜|날짜|받는 사람|נשלח|אל|תאריך|تاريخ الإرسال|التاريخ|إلى|päivämäärä|dátum|päiväys|\
    tarih|ημερομηνία|pour|destinataire|destinatario|empfänger|message-id|reply-to|antwort an|antworten an|répondre à";

/// Whether a line is a field of such a block by one of these names.
pub(crate) fn is_label(line: &str, list: &'static str) -> bool {
    label(line).is_some_and(|label| words(list).any(|word| word == label))
}

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split('|').filter(|word| !word.is_empty())
}

/// Whether a line says who wrote the quoted text and when, alone or with the one or two after it when it was broken.
pub(crate) fn is_attribution(lines: &[&str]) -> Option<usize> {
    // Most lines are words of people: they are told apart before anything is folded.
    if !may_attribute(lines) {
        return None;
    }
    let mut joined = folded(lines.first()?);
    if attributes(&joined) {
        return Some(1);
    }
    if !begins(&joined) {
        return None;
    }
    for (count, line) in lines.iter().enumerate().take(3).skip(1) {
        let line = folded(line);
        // Words above such a line must not be taken for its beginning.
        if line.is_empty() || begins(&line) && is_attribution(&lines[count..lines.len().min(4)]).is_some() {
            return None;
        }
        joined = format!("{joined} {line}");
        if attributes(&joined) {
            return Some(count + 1);
        }
    }
    None
}

/// Whether a date or an address may stand in the first lines, as in all that introduce a quote.
fn may_attribute(lines: &[&str]) -> bool {
    let bytes = || lines.iter().take(3).flat_map(|line| line.bytes());
    bytes().any(|byte| byte == b'@') || bytes().filter(u8::is_ascii_digit).nth(2).is_some()
}

/// A line in lower case without what surrounds it; empty when it is too long to be one of these.
fn folded(line: &str) -> String {
    let line = line.trim();
    if line.len() > 400 {
        return String::new();
    }
    let around = |letter: char| letter.is_whitespace() || "*_-".contains(letter);
    line.trim_start_matches(|letter| around(letter) || letter == '>').trim_end_matches(around).to_lowercase()
}

fn begins(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    let weekday = first.chars().count() <= 5 && first.ends_with(['.', ',']);
    weekday
        || line.starts_with(|letter: char| letter.is_ascii_digit())
        || words(OPENERS).any(|opener| line.starts_with(opener))
}

fn attributes(line: &str) -> bool {
    // A date or an address stands in every such line; words of people rarely have both it and the ending.
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let address = line.contains('@');
    let ends = (address || digits >= 3) && words(WROTE).any(|word| line.ends_with(word));
    let inside = (address || digits >= 3)
        && line.ends_with(':')
        && (begins(line) || address && digits >= 4)
        && words(WROTE_INSIDE).any(|word| line.contains(word));
    // Some programs write only the date and the address.
    let bare = address && digits >= 6 && line.ends_with(">:");
    ends || inside || bare
}

/// Whether a line announces the original ("-----Original Message-----", a long rule of underscores).
pub(crate) fn is_original(line: &str) -> bool {
    let line = line.trim();
    let inner = line.trim_matches(['-', '_', ' ', '—']).to_lowercase();
    if inner.is_empty() {
        return line.len() >= 30 && line.bytes().all(|byte| byte == b'_');
    }
    let ruled = line.starts_with("--") || line.starts_with("__") || line.starts_with('—');
    ruled && inner.len() < 60 && words(ORIGINAL).any(|word| word == inner)
}

/// Whether Outlook's block of From, Sent, To and Subject begins here: a sender and two more of the next lines, and
/// something that only mail has, since travellers write "From: Berlin, To: Rome" as well.
pub(crate) fn is_header_block(lines: &[&str]) -> bool {
    let Some(first) = lines.first().and_then(|line| label(line)) else { return false };
    if !words(FROM).chain(words(OTHERS)).any(|word| word == first) {
        return false;
    }
    let block: Vec<&str> = lines.iter().take(7).take_while(|line| !line.trim().is_empty()).copied().collect();
    let labels: Vec<String> = block.iter().filter_map(|line| label(line)).collect();
    let known = |list: &'static str| {
        labels.iter().filter(|label| words(list).any(|word| word == label.as_str())).count()
    };
    let (from, subject) = (known(FROM), known(SUBJECT));
    let mail = subject > 0 || block.iter().any(|line| line.contains('@'));
    from > 0 && mail && from + subject + known(OTHERS) >= 3
}

/// The name of a field as mail programs write it above the original.
pub(crate) fn field(line: &str) -> Option<String> {
    let known = |label: &String| {
        [FROM, SUBJECT, TO, CC, OTHERS].iter().any(|list| words(list).any(|word| word == label))
    };
    label(line).filter(known)
}

/// Bytes of a field's name, and of what stands before its colon with all that programs put around it.
const LONGEST_LABEL: usize = 40;
const LONGEST_HEAD: usize = 200;

/// The word before the colon, without the stars and spaces that programs put around it.
fn label(line: &str) -> Option<String> {
    let head = &line[..line.floor_char_boundary(LONGEST_HEAD)];
    let (label, _) = head.split_once([':', '：'])?;
    let label = label.trim_matches(['>', '*', ' ', '\t', '\u{a0}', '_']);
    (!label.is_empty() && label.len() <= LONGEST_LABEL).then(|| label.to_lowercase())
}
