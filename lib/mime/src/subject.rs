//! Reads subjects: the base that answers share, and our conversation number.

/// Marks of answers and forwards as mail programs write them, in lower case, without the colon.
const MARKS: [&str; 46] = [
    "re",
    "r",
    "aw",
    "antw",
    "antwort",
    "sv",
    "vs",
    "res",
    "resp",
    "rif",
    "odp",
    "odpowiedź",
    "bls",
    "balas",
    "ynt",
    "yanıt",
    "vá",
    "válasz",
    "atb",
    "на",
    "отв",
    "ответ",
    "відп",
    "απ",
    "σχετ",
    "回复",
    "回覆",
    "答复",
    "返信",
    "답장",
    "רד",
    "תשובה",
    "رد",
    "fw",
    "fwd",
    "wg",
    "weitergeleitet",
    "tr",
    "rv",
    "enc",
    "doorst",
    "vb",
    "i",
    "pd",
    "转发",
    "轉寄",
];

/// The subject without the marks of answers and forwards, list tags and `(fwd)`, in the spirit of RFC 5256 section 2.1.
#[must_use]
pub fn subject_base(subject: &str) -> String {
    let collapsed: Vec<&str> = subject.split_whitespace().collect();
    let collapsed = collapsed.join(" ");
    let mut base = collapsed.as_str();
    loop {
        let shorter = without_suffix(without_tag(without_mark(base)));
        if shorter.len() == base.len() {
            return base.to_owned();
        }
        base = shorter;
    }
}

/// `Re:`, `RE[2]:`, `Re^3:`, `Aw (4) :`, also with the wide colon of Asian programs.
fn without_mark(subject: &str) -> &str {
    let subject = subject.trim_start();
    let Some((mark, rest)) = subject.split_once([':', '：']) else {
        return subject;
    };
    // A mark is short; looking further would turn words of people into marks.
    if mark.chars().count() > 20 {
        return subject;
    }
    let word = mark.to_lowercase();
    let word = word.trim_end_matches(|letter: char| letter.is_ascii_digit() || "[]()^ *".contains(letter));
    if MARKS.contains(&word) { rest.trim_start() } else { subject }
}

/// A leading `[tag]` goes when something is left behind it.
fn without_tag(subject: &str) -> &str {
    let Some(rest) = subject.strip_prefix('[') else {
        return subject;
    };
    match rest.split_once(']') {
        Some((tag, rest)) if tag.len() <= 60 && !rest.trim().is_empty() => rest.trim_start(),
        _ => subject,
    }
}

/// A trailing `(fwd)`, and our own number in whatever place behind the words.
fn without_suffix(subject: &str) -> &str {
    let subject = subject.trim_end();
    let without = subject.strip_suffix("(fwd)").or_else(|| subject.strip_suffix("(FWD)"));
    let subject = without.unwrap_or(subject).trim_end();
    match subject.rfind("[#") {
        Some(at) if at > 0 && number_in(&subject[at..]).is_some_and(|(_, rest)| rest.is_empty()) => {
            subject[..at].trim_end()
        }
        _ => subject,
    }
}

/// The number in our form `[#1234]`; the last one counts, since programs put words in front.
#[must_use]
pub fn conversation_number(subject: &str) -> Option<i64> {
    let places = subject.match_indices("[#").map(|(at, _)| at);
    places.filter_map(|at| number_in(&subject[at..])).map(|(number, _)| number).last()
}

fn number_in(text: &str) -> Option<(i64, &str)> {
    let (digits, rest) = text.strip_prefix("[#")?.split_once(']')?;
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = plain.then(|| digits.parse().ok())??;
    // Numbers are positive and fit in the integers of JSON.
    (1..1 << 53).contains(&number).then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::{conversation_number, subject_base};

    fn check(subject: &str, expect: &str) {
        assert_eq!(subject_base(subject), expect, "for {subject:?}");
    }

    #[test]
    fn marks_of_many_languages_go() {
        for subject in [
            "Broken lamp",
            "Re: Broken lamp",
            "RE: AW: Broken lamp",
            "Sv: Broken lamp",
            "Antw: Broken lamp",
            "Fwd: WG: Broken lamp",
            "TR: Broken lamp",
            "[shop] Re: Broken lamp",
            "Re: [shop] Broken lamp",
            "Re[2]: Broken  lamp",
            "RE^3: Broken lamp",
            "Aw (4) : Broken lamp",
            "回复：Broken lamp",
            "Отв: Broken lamp",
            "Odp: Broken lamp",
            "R: Broken lamp",
            "YNT: Broken lamp",
            "Broken lamp (fwd)",
            " Re:Re: Broken lamp ",
            "Re: Broken lamp [#1234]",
            "[#1234] Broken lamp",
        ] {
            check(subject, "Broken lamp");
        }
    }

    #[test]
    fn words_of_people_stay() {
        check("Question: where is my order?", "Question: where is my order?");
        check("[urgent]", "[urgent]");
        check("Restore: my data", "Restore: my data");
        check("Re:", "");
        check("", "");
        check("Invoice [#12a]", "Invoice [#12a]");
    }

    #[test]
    fn only_our_form_is_a_number() {
        assert_eq!(conversation_number("Re: Lamp [#1234]"), Some(1234));
        assert_eq!(conversation_number("[#7] Re: [#12] x"), Some(12));
        assert_eq!(conversation_number("Lamp #1234"), None);
        assert_eq!(conversation_number("Lamp [#]"), None);
        assert_eq!(conversation_number("Lamp [#-5]"), None);
        assert_eq!(conversation_number("Lamp [#0]"), None);
        assert_eq!(conversation_number("Lamp [#99999999999999999999]"), None);
    }
}
