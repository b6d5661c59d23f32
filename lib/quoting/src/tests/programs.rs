//! How mail programs introduce history, in the languages that they speak.

use crate::{Folds, split_text};

fn check(mark: &str) {
    let text = format!("Thanks!\n\n{mark}\n\nDear Bo,\nbye\n");
    let split = split_text(&text);
    assert_eq!((split.shown.trim(), split.folds), ("Thanks!", Folds::History), "{mark}");
    assert_eq!([split.shown, split.folded].concat(), text);
}

#[test]
fn attributions_of_many_languages_introduce_history() {
    for mark in [
        "On Tue, 3 Nov 2026 at 10:00, Ann Lee <ann@x.example> wrote:",
        "Am 03.11.2026 um 10:00 schrieb Ann Lee:",
        "Le 3 nov. 2026 à 10:00, Ann Lee a écrit :",
        "El 3 nov 2026, a las 10:00, Ann Lee <ann@x.example> escribió:",
        "Il giorno 3 nov 2026, alle ore 10:00, Ann Lee ha scritto:",
        "Em 3 de nov. de 2026, à(s) 10:00, Ann Lee <ann@x.example> escreveu:",
        "Op 3 nov. 2026, om 10:00 heeft Ann Lee <ann@x.example> het volgende geschreven:",
        "Den 3 nov. 2026 kl. 10.00 skrev Ann Lee <ann@x.example>:",
        "3. nov. 2026 kl. 10:00 skrev Ann Lee <ann@x.example>:",
        "Den 3. nov. 2026 kl. 10.00 skrev Ann Lee <ann@x.example>:",
        "ti 3. marrask. 2026 klo 10.00 Ann Lee (ann@x.example) kirjoitti:",
        "W dniu 3.11.2026 o 10:00, Ann Lee pisze:",
        "wt., 3 lis 2026 o 10:00 Ann Lee <ann@x.example> napisał(a):",
        "út 3. 11. 2026 v 10:00 odesílatel Ann Lee <ann@x.example> napsal:",
        "ut 3. 11. 2026 o 10:00 Ann Lee <ann@x.example> napísal(a):",
        "Ann Lee <ann@x.example> ezt írta (időpont: 2026. nov. 3., K, 10:00):",
        "În mar., 3 nov. 2026 la 10:00, Ann Lee <ann@x.example> a scris:",
        "3 нояб. 2026 г., в 10:00, Ann Lee <ann@x.example> написал(а):",
        "вт, 3 лист. 2026 р. о 10:00 Ann Lee <ann@x.example> пише:",
        "3 Kas 2026 Sal, 10:00 tarihinde Ann Lee <ann@x.example> şunu yazdı:",
        "Στις Τρί 3 Νοε 2026 στις 10:00, ο/η Ann Lee <ann@x.example> έγραψε:",
        "2026年11月3日(火) 10:00 Ann Lee <ann@x.example>:",
        "Ann Lee <ann@x.example> 于2026年11月3日周二 10:00写道：",
        "2026년 11월 3일 (화) 오전 10:00, Ann Lee <ann@x.example>님이 작성:",
        "בתאריך יום ג׳, 3 בנוב׳ 2026 ב-10:00 מאת Ann Lee <ann@x.example>:",
        "في الثلاثاء، 3 نوفمبر 2026 في 10:00 ص تمت كتابة ما يلي بواسطة Ann Lee <ann@x.example>:",
        "Pada tanggal Sel, 3 Nov 2026 pukul 10.00 Ann Lee <ann@x.example> menulis:",
        "Vào Th 3, 3 thg 11, 2026 vào lúc 10:00 Ann Lee <ann@x.example> đã viết:",
    ] {
        check(mark);
    }
}

#[test]
fn header_blocks_of_many_languages_introduce_history() {
    for (from, sent, to, subject) in [
        ("From", "Sent", "To", "Subject"),
        ("Von", "Gesendet", "An", "Betreff"),
        ("De", "Envoyé", "À", "Objet"),
        ("De", "Enviado", "Para", "Asunto"),
        ("Da", "Inviato", "A", "Oggetto"),
        ("De", "Enviada em", "Para", "Assunto"),
        ("Van", "Verzonden", "Aan", "Onderwerp"),
        ("Från", "Skickat", "Till", "Ämne"),
        ("Fra", "Sendt", "Til", "Emne"),
        ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
        ("Od", "Wysłano", "Do", "Temat"),
        ("Od", "Odesláno", "Komu", "Předmět"),
        ("Od", "Odoslané", "Komu", "Predmet"),
        ("Feladó", "Elküldve", "Címzett", "Tárgy"),
        ("De la", "Trimis", "Către", "Subiect"),
        ("От", "Отправлено", "Кому", "Тема"),
        ("Від", "Надіслано", "Кому", "Тема"),
        ("Kimden", "Gönderildi", "Kime", "Konu"),
        ("Από", "Στάλθηκε", "Προς", "Θέμα"),
        ("差出人", "送信日時", "宛先", "件名"),
        ("发件人", "发送时间", "收件人", "主题"),
        ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
        ("מאת", "נשלח", "אל", "נושא"),
        ("من", "تاريخ الإرسال", "إلى", "الموضوع"),
    ] {
        for star in ["", "*"] {
            let line = |label: &str, value: &str| format!("{star}{label}:{star} {value}\n");
            let block = [
                line(from, "Ann Lee <ann@x.example>"),
                line(sent, "3 Nov 2026 10:00"),
                line(to, "Bo <bo@x.example>"),
                line(subject, "Lamp"),
            ];
            check(block.concat().trim_end());
        }
    }
}
