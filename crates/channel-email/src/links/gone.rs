//! The page that stands where a link led, in the language of whoever follows it.

/// A whole page. Nothing in it is of the file: neither its name nor when it was there.
pub fn page(accepts: &str) -> String {
    let (language, direction, title, text) = words(accepts);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>{title}</title><style>\
         :root {{ color-scheme: light dark }} body {{ margin: 0; min-height: 100vh; display: grid; \
         place-items: center; font: 1rem/1.5 system-ui, sans-serif }} main {{ max-width: 30em; padding: 2em }} \
         h1 {{ font-size: 1.4em; margin: 0 0 .4em }} p {{ margin: 0 }}</style></head>\
         <body><main><h1>{title}</h1><p>{text}</p></main></body></html>\n"
    )
}

fn words(accepts: &str) -> (&'static str, &'static str, &'static str, &'static str) {
    let preferred = accepts.split(',').filter_map(|one| one.trim().get(..2));
    let known = preferred.map(str::to_ascii_lowercase).find(|one| ["en", "de", "ar"].contains(&one.as_str()));
    match known.as_deref() {
        Some("de") => (
            "de",
            "ltr",
            "Diese Datei gibt es hier nicht mehr",
            "Der Verweis ist abgelaufen oder wurde zurückgezogen. Antworten Sie auf die E-Mail, in der er stand, \
             dann bekommen Sie die Datei noch einmal.",
        ),
        Some("ar") => (
            "ar",
            "rtl",
            "لم يعد هذا الملف متاحًا هنا",
            "انتهت صلاحية الرابط أو سُحب. أجب على الرسالة التي ورد فيها لتحصل على الملف مرة أخرى.",
        ),
        _ => (
            "en",
            "ltr",
            "This file is no longer here",
            "The link has expired or was withdrawn. Answer the mail that it stood in, and you will get the file again.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn the_page_speaks_the_language_of_its_reader() {
        for (accepts, language) in
            [("de-AT,de;q=0.9,en;q=0.8", "de"), ("fr,ar;q=0.5", "ar"), ("", "en"), ("é,*", "en")]
        {
            assert!(page(accepts).contains(&format!("<html lang=\"{language}\"")), "{accepts}");
        }
    }
}
