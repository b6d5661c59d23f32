//! Makes file names of attachments safe without losing what they say.

/// Longest name, in bytes.
const NAME_BYTES: usize = 180;

/// Takes paths, control characters and direction tricks out of a file name; never empty.
#[must_use]
pub fn clean_name(name: &str, content_type: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|letter| !letter.is_control() && !hides(*letter))
        .map(|letter| if "<>:\"|?*".contains(letter) { '_' } else { letter })
        .collect();
    let clean = clean.trim_matches(|letter: char| letter.is_whitespace() || letter == '.');
    if clean.is_empty() {
        return format!("attachment.{}", extension(content_type));
    }
    let clean = shorten(clean);
    if is_device(&clean) {
        return format!("_{clean}");
    }
    clean
}

/// Characters that turn or hide text, so that `exe.txt` could be shown for `txt.exe` (Unicode TR 36).
fn hides(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Cuts the middle of a long name, so that its extension stays.
fn shorten(name: &str) -> String {
    if name.len() <= NAME_BYTES {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 20 => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let mut end = (NAME_BYTES - extension.len()).min(stem.len());
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{extension}", &stem[..end])
}

/// Names that Windows takes for devices, whatever their extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let numbered = stem.len() == 4
        && (stem.starts_with("COM") || stem.starts_with("LPT"))
        && stem.ends_with(|letter: char| letter.is_ascii_digit());
    numbered || matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
}

/// The usual extension of a content type.
fn extension(content_type: &str) -> &'static str {
    match content_type {
        "text/plain" | "text/rfc822-headers" | "message/delivery-status" => "txt",
        "text/html" => "html",
        "text/calendar" => "ics",
        "text/csv" => "csv",
        "message/rfc822" | "message/global" => "eml",
        "application/pdf" => "pdf",
        "application/zip" => "zip",
        "application/pgp-signature" => "asc",
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => "p7s",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "audio/mpeg" => "mp3",
        "video/mp4" => "mp4",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::clean_name;

    fn check(name: &str, content_type: &str, expect: &str) {
        assert_eq!(clean_name(name, content_type), expect, "for {name:?}");
    }

    #[test]
    fn names_lose_paths_and_tricks_and_keep_their_words() {
        check("Rechnung März.pdf", "application/pdf", "Rechnung März.pdf");
        check("../../etc/passwd", "text/plain", "passwd");
        check("C:\\Users\\Ann\\photo.jpg", "image/jpeg", "photo.jpg");
        check("a\u{202e}txt.exe", "application/octet-stream", "atxt.exe");
        check("line\r\nbreak\0.txt", "text/plain", "linebreak.txt");
        check("what?<now>.txt", "text/plain", "what__now_.txt");
        check("", "image/png", "attachment.png");
        check("...", "message/rfc822", "attachment.eml");
        check("..", "x/y", "attachment.bin");
        check("con.txt", "text/plain", "_con.txt");
        check("lpt1", "text/plain", "_lpt1");
    }

    #[test]
    fn long_names_keep_their_extension() {
        let name = clean_name(&format!("{}.pdf", "ü".repeat(5_000)), "application/pdf");
        assert!(name.len() <= 180 && name.ends_with("ü.pdf"), "{name}");
    }
}
