//! Recognises out-of-office notes by what they say, for programs that set no header (RFC 3834 asks for one).

/// How subjects of absence notes begin, in lower case.
const SUBJECTS: &[&str] = &[
    "out of office",
    "out of the office",
    "automatic reply:",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto:",
    "automatische antwort",
    "abwesenheit",
    "abwesend:",
    "ich bin nicht im büro",
    "réponse automatique",
    "absence du bureau",
    "absent du bureau",
    "respuesta automática",
    "fuera de la oficina",
    "ausente de la oficina",
    "risposta automatica",
    "fuori sede",
    "fuori ufficio",
    "resposta automática",
    "fora do escritório",
    "automatisch antwoord",
    "afwezig",
    "automatiskt svar",
    "automatisk svar",
    "autosvar",
    "frånvaro",
    "fravær",
    "automaattinen vastaus",
    "poissa toimistosta",
    "odpowiedź automatyczna",
    "automatyczna odpowiedź",
    "automatická odpověď",
    "automatická odpoveď",
    "automatikus válasz",
    "răspuns automat",
    "автоответ",
    "автоматический ответ",
    "автоматична відповідь",
    "otomatik yanıt",
    "otomatik cevap",
    "αυτόματη απάντηση",
    "自動応答",
    "不在通知",
    "自动回复",
    "自動回覆",
    "자동 회신",
    "رد تلقائي",
    "מענה אוטומטי",
    "תשובה אוטומטית",
];

/// Sentences with which such notes open.
const OPENINGS: &[&str] = &[
    "i am out of the office",
    "i am currently out of the office",
    "i'm out of the office",
    "i will be out of the office",
    "i am currently on leave",
    "thank you for your email. i am out",
    "ich bin derzeit nicht im büro",
    "ich bin zurzeit nicht im büro",
    "ich bin zur zeit nicht im büro",
    "ich bin bis einschließlich",
    "ich bin im urlaub",
    "je suis absent",
    "je suis actuellement absent",
    "je suis en congé",
    "estoy fuera de la oficina",
    "actualmente estoy fuera",
    "sono fuori ufficio",
    "sono assente",
    "estou fora do escritório",
    "ik ben niet op kantoor",
    "ik ben afwezig",
    "jag är inte på kontoret",
    "jeg er ikke på kontoret",
    "olen poissa",
    "jestem poza biurem",
    "jsem mimo kancelář",
    "я в отпуске",
    "меня нет в офисе",
    "ofis dışındayım",
];

/// Longer notes than this were written by somebody for this mail.
const LONGEST: usize = 1_500;

/// Whether the mail looks like an absence note. A claim by words alone: it stops what is sent by itself, nothing else.
#[must_use]
pub fn absence(subject: &str, text: &str) -> bool {
    let subject = subject.trim().to_lowercase();
    if SUBJECTS.iter().any(|begin| subject.starts_with(begin)) {
        return true;
    }
    let text = text.trim();
    if text.len() > LONGEST {
        return false;
    }
    let lower = text.to_lowercase();
    let mut opening = lower.lines().map(str::trim).filter(|line| !line.is_empty()).take(3);
    opening.any(|line| OPENINGS.iter().any(|begin| line.starts_with(begin)))
}

#[cfg(test)]
mod tests {
    use super::absence;

    #[test]
    fn absence_notes_are_told_from_answers() {
        for (subject, text, wanted) in [
            ("Automatic reply: Kettle", "", true),
            ("Automatische Antwort: Wasserkocher", "", true),
            ("Réponse automatique : bouilloire", "", true),
            ("Re: Kettle", "Hello,\nI am out of the office until Monday.\n", true),
            ("Re: Kettle", "Guten Tag,\n\nich bin derzeit nicht im Büro.", true),
            ("Re: Out of office chairs", "Which ones are in stock?", false),
            ("Kettle", "Can you tell me when you are out of the office?", false),
        ] {
            assert_eq!(absence(subject, text), wanted, "{subject} / {text}");
        }
    }
}
