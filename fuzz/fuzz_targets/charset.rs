//! Any bytes in any charset: as a body, and as an encoded word. The first byte chooses the charset.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mime::{Limits, read};

const LABELS: [&str; 40] = [
    "", "us-ascii", "utf-8", "utf-7", "utf-16", "utf-16le", "utf-16be", "utf-32", "utf-32le", "iso-2022-jp", "iso-2022-kr",
    "hz-gb-2312", "gb18030", "gb2312", "big5", "big5-hkscs", "euc-jp", "euc-kr", "shift_jis", "ks_c_5601-1987", "koi8-r",
    "koi8-u", "koi8-t", "macintosh", "x-mac-ce", "x-mac-cyrillic", "x-mac-greek", "ibm437", "ibm850", "ibm866", "iso-8859-1",
    "iso-8859-8-i", "iso-8859-15", "windows-1250", "windows-1251", "windows-1258", "windows-874", "x-user-defined",
    "iso-2022-cn", "no-such-set",
];

fuzz_target!(|data: &[u8]| {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let label = LABELS[usize::from(choice) % LABELS.len()];
    let raw = [format!("From: a@x.example\r\nContent-Type: text/plain; charset=\"{label}\"\r\n\r\n").as_bytes(), bytes].concat();
    let mail = read(&raw, &Limits::default());
    // UTF-7 and tables give at most four bytes for one.
    assert!(mail.text.as_ref().map_or(0, String::len) <= bytes.len() * 4 + 16);
    let hex: String = bytes.iter().map(|byte| format!("={byte:02X}")).collect();
    let raw = format!("Subject: =?{label}?Q?{hex}?= =?{label}?Q?{hex}?=\r\n\r\n");
    assert!(!read(raw.as_bytes(), &Limits::default()).subject.contains('\0'));
});
