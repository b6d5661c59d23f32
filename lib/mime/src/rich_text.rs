//! Compressed rich text of Outlook (MS-OXRTFCP), and the words or the HTML that stand in it (MS-OXRTFEX).

use crate::charset::decode;
use crate::tnef_bytes::Bytes;
use crate::words::hex;

/// What the window holds before the first byte (MS-OXRTFCP section 2.1.2.1).
const WINDOW: &[u8] =
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \
\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

/// `LZFu` and `MELA`: compressed, or as it is.
const COMPRESSED: u32 = 0x7546_5a4c;
const PLAIN: u32 = 0x414c_454d;

/// Unpacks at most `most` bytes; `None` when it is in no form that we know.
pub(crate) fn unpack(bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut head = Bytes(bytes);
    head.u32()?;
    let size = head.count()?.min(most);
    let kind = head.u32()?;
    head.u32()?;
    match kind {
        PLAIN => Some(head.0[..head.0.len().min(size)].to_vec()),
        COMPRESSED => Some(decompress(head.0, size)),
        _ => None,
    }
}

/// Runs of eight: a byte as it is, or twelve bits of place and four of length in a window of 4,096.
fn decompress(bytes: &[u8], size: usize) -> Vec<u8> {
    let mut window = [b' '; 4096];
    window[..WINDOW.len()].copy_from_slice(WINDOW);
    let mut write = WINDOW.len();
    // What is packed says how much it is at most: nine times itself.
    let mut out = Vec::with_capacity(size.min(bytes.len().saturating_mul(9)));
    let mut rest = Bytes(bytes);
    while let Some(flags) = rest.take(1) {
        for bit in 0..8 {
            if out.len() >= size {
                return out;
            }
            if flags[0] >> bit & 1 == 0 {
                let Some(byte) = rest.take(1) else { return out };
                window[write] = byte[0];
                write = (write + 1) % 4096;
                out.push(byte[0]);
                continue;
            }
            let Some(two) = rest.take(2) else { return out };
            let place = usize::from(two[0]) << 4 | usize::from(two[1] >> 4);
            if place == write {
                return out;
            }
            for step in 0..usize::from(two[1] & 0x0f) + 2 {
                let byte = window[(place + step) % 4096];
                window[write] = byte;
                write = (write + 1) % 4096;
                out.push(byte);
            }
        }
    }
    out
}

/// What stands in rich text.
pub(crate) enum Inside {
    Html(String),
    Text(String),
}

/// Groups that hold no words of the text.
const SILENT: [&str; 12] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "footer",
    "themedata",
    "datastore",
    "listtable",
    "generator",
];

/// Most groups that are remembered inside each other.
const DEPTH: usize = 500;

/// Reads the words; when rich text was made of HTML, the HTML that it came from.
pub(crate) fn read(rtf: &[u8]) -> Inside {
    let from_html = rtf[..rtf.len().min(4096)].windows(9).any(|each| each == b"\\fromhtml");
    let mut reading =
        Reading { silent: vec![false], page: "cp1252".to_owned(), skip: 0, ..Reading::default() };
    let mut rest = rtf;
    while let Some((&byte, after)) = rest.split_first() {
        rest = match byte {
            b'\\' => reading.control(after),
            b'{' => {
                reading.open();
                after
            }
            b'}' => {
                reading.close();
                after
            }
            b'\r' | b'\n' => after,
            byte => {
                reading.byte(byte);
                after
            }
        };
    }
    reading.flush();
    if from_html { Inside::Html(reading.out) } else { Inside::Text(reading.out) }
}

#[derive(Default)]
struct Reading {
    out: String,
    /// Bytes in the code page, until something else comes.
    bytes: Vec<u8>,
    /// Whether each open group is silent.
    silent: Vec<bool>,
    deeper: usize,
    page: String,
    /// Words that only the rich form has, between \htmlrtf and \htmlrtf0.
    only_rich: bool,
    star: bool,
    /// Letters behind \u that repeat it for old readers.
    skip: usize,
}

impl Reading {
    fn is_silent(&self) -> bool {
        self.only_rich || self.silent.last().copied().unwrap_or_default()
    }

    fn open(&mut self) {
        if self.silent.len() < DEPTH {
            self.silent.push(self.silent.last().copied().unwrap_or_default());
        } else {
            self.deeper += 1;
        }
    }

    fn close(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if self.silent.len() > 1 {
            self.silent.pop();
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if !self.is_silent() {
            self.bytes.push(byte);
        }
    }

    fn flush(&mut self) {
        if !self.bytes.is_empty() {
            self.out.push_str(&decode(&self.bytes, &self.page).text);
            self.bytes.clear();
        }
    }

    fn words(&mut self, text: &str) {
        if !self.is_silent() {
            self.flush();
            self.out.push_str(text);
        }
    }

    /// Reads what follows a backslash and gives back what is behind it.
    fn control<'r>(&mut self, rest: &'r [u8]) -> &'r [u8] {
        let letters = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count().min(40);
        if letters == 0 {
            return self.symbol(rest);
        }
        let (word, rest) = rest.split_at(letters);
        let word = String::from_utf8_lossy(word).into_owned();
        let signed = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[signed..].iter().take_while(|byte| byte.is_ascii_digit()).count().min(9) + signed;
        let (number, rest) = rest.split_at(if digits > signed { digits } else { 0 });
        let number: Option<i32> = std::str::from_utf8(number).ok().and_then(|text| text.parse().ok());
        self.word(&word, number);
        rest.strip_prefix(b" ").unwrap_or(rest)
    }

    fn symbol<'r>(&mut self, rest: &'r [u8]) -> &'r [u8] {
        match rest {
            [b'\'', high, low, tail @ ..] => {
                if let (Some(high), Some(low)) = (hex(*high), hex(*low)) {
                    self.byte(high << 4 | low);
                }
                tail
            }
            [b'*', tail @ ..] => {
                self.star = true;
                tail
            }
            [b'~', tail @ ..] => {
                self.words("\u{a0}");
                tail
            }
            [byte @ (b'\\' | b'{' | b'}'), tail @ ..] => {
                self.byte(*byte);
                tail
            }
            [_, tail @ ..] => tail,
            [] => rest,
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        let star = std::mem::take(&mut self.star);
        match word {
            "htmlrtf" => self.only_rich = number != Some(0),
            // Holds a tag of the HTML, so it speaks although it is a starred group.
            "htmltag" => {}
            _ if star || SILENT.contains(&word) => {
                if let Some(silent) = self.silent.last_mut() {
                    *silent = true;
                }
            }
            "par" | "line" => self.words("\n"),
            "tab" => self.words("\t"),
            "lquote" => self.words("‘"),
            "rquote" => self.words("’"),
            "ldblquote" => self.words("“"),
            "rdblquote" => self.words("”"),
            "bullet" => self.words("•"),
            "endash" => self.words("–"),
            "emdash" => self.words("—"),
            "ansicpg" => {
                self.flush();
                self.page = format!("cp{}", number.unwrap_or(1252));
            }
            "u" => {
                let code = number.map(|code| if code < 0 { code + 65_536 } else { code });
                let letter = code.and_then(|code| u32::try_from(code).ok()).and_then(char::from_u32);
                self.words(&letter.unwrap_or(char::REPLACEMENT_CHARACTER).to_string());
                self.skip = 1;
            }
            _ => {}
        }
    }
}
