//! Mails that hurt by how they are put together and by their text.

use std::fmt::Write;

use crate::fields::filled;

fn of_type(content_type: &str, piece: &str, size: usize) -> Vec<u8> {
    filled(&format!("From: a@x.example\r\nContent-Type: {content_type}\r\n\r\n"), piece, "", size)
}

pub(crate) fn nested(size: usize) -> Vec<u8> {
    let mut raw = String::from("From: a@x.example\r\n");
    let mut level = 0;
    while raw.len() < size {
        let _ = write!(raw, "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n");
        level += 1;
    }
    raw.push_str("\r\nthe end");
    raw.into_bytes()
}

pub(crate) fn nested_mails(size: usize) -> Vec<u8> {
    filled("From: a@x.example\r\n", "Content-Type: message/rfc822\r\n\r\n", "", size)
}

pub(crate) fn same_boundary(size: usize) -> Vec<u8> {
    of_type("multipart/mixed; boundary=b", "--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", size)
}

pub(crate) fn prefix_boundaries(size: usize) -> Vec<u8> {
    let mut raw = String::from("From: a@x.example\r\n");
    for level in 1..=60 {
        let boundary = "b".repeat(level);
        let _ = write!(raw, "Content-Type: multipart/mixed; boundary={boundary}\r\n\r\n--{boundary}\r\n");
    }
    filled(&raw, &format!("\r\n--{}x\r\n--bbb", "b".repeat(60)), "", size)
}

pub(crate) fn many_parts(size: usize) -> Vec<u8> {
    of_type("multipart/mixed; boundary=b", "--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n", size)
}

pub(crate) fn delimiters(size: usize) -> Vec<u8> {
    of_type("multipart/mixed; boundary=b", "--b\r\n", size)
}

pub(crate) fn no_boundary(size: usize) -> Vec<u8> {
    of_type("multipart/mixed; boundary=never", "--other\r\n\r\ntext\r\n", size)
}

pub(crate) fn cut(size: usize) -> Vec<u8> {
    let start = "multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64";
    of_type(start, "iVBORw0KGgo=", size)
}

pub(crate) fn one_line(size: usize) -> Vec<u8> {
    of_type("text/plain", "word ", size)
}

pub(crate) fn empty_lines(size: usize) -> Vec<u8> {
    of_type("text/plain", "\r\n", size)
}

pub(crate) fn lone_returns(size: usize) -> Vec<u8> {
    of_type("text/plain", "a\rb\n\r", size)
}

pub(crate) fn zeros(size: usize) -> Vec<u8> {
    of_type("text/html", "\0", size)
}

pub(crate) fn broken_base64(size: usize) -> Vec<u8> {
    of_type("text/plain\r\nContent-Transfer-Encoding: base64", "YQ=!*ö=\r\n", size)
}

pub(crate) fn broken_quoted(size: usize) -> Vec<u8> {
    of_type("text/plain\r\nContent-Transfer-Encoding: quoted-printable", "=zz=\r=4==C3", size)
}

pub(crate) fn utf_7(size: usize) -> Vec<u8> {
    of_type("text/plain; charset=utf-7", "+AAA+2D0-+", size)
}

pub(crate) fn escapes(size: usize) -> Vec<u8> {
    of_type("text/plain", "\x1b$B\x1b(B\x1b$)C\x0e", size)
}

pub(crate) fn begins(size: usize) -> Vec<u8> {
    of_type("text/plain", "begin 644 a begin 644 b\r\nbegin ", size)
}

pub(crate) fn uuencoded(size: usize) -> Vec<u8> {
    of_type("text/plain", "begin 644 a\r\n#0V%T\r\nend\r\n", size)
}

pub(crate) fn flowed(size: usize) -> Vec<u8> {
    of_type("text/plain; format=flowed; delsp=yes", ">>>>>>>> a \r\n> \r\n", size)
}

pub(crate) fn history(size: usize) -> Vec<u8> {
    of_type(
        "text/plain",
        "On 1.1.2026, a@b wrote\r\nOn 1.1.2026 a\r\nFrom: x\r\nSent: y\r\n> aaaaaaaaaaaaaaaaaa!\r\n",
        size,
    )
}

pub(crate) fn nested_html(size: usize) -> Vec<u8> {
    of_type("text/html", "<div><blockquote><span>", size)
}

pub(crate) fn tables(size: usize) -> Vec<u8> {
    of_type("text/html", "<table><tr><td>", size)
}

pub(crate) fn formats(size: usize) -> Vec<u8> {
    of_type("text/html", "<a href=x><b><font color=red><p>", size)
}

pub(crate) fn attributes(size: usize) -> Vec<u8> {
    let start = "From: a@x.example\r\nContent-Type: text/html\r\n\r\n<p ";
    filled(start, "style=\"color:red;;;a:b\" onclick='x' ", ">x", size)
}

/// The labels under which mail comes.
const LABELS: &str = "us-ascii utf-8 utf-7 utf-16 utf-16le utf-16be utf-32 iso-2022-jp iso-2022-kr iso-2022-cn hz-gb-2312 gb2312 \
    gbk gb18030 big5 big5-hkscs euc-jp euc-kr euc-tw shift_jis cp932 ks_c_5601-1987 cp949 koi8-r koi8-u koi8-t macintosh \
    x-mac-ce x-mac-cyrillic x-mac-greek x-mac-turkish x-mac-romanian x-mac-croatian x-mac-icelandic ibm437 ibm850 ibm852 \
    ibm855 ibm857 ibm862 ibm866 iso-8859-1 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 \
    iso-8859-8-i iso-8859-9 iso-8859-10 iso-8859-11 iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16 windows-874 \
    windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 \
    tis-620 ptcp154 kz-1048 hp-roman8 x-user-defined unknown-8bit no-such-set";

pub(crate) fn charsets() -> Vec<(String, Vec<u8>)> {
    let pairs: Vec<u8> =
        (0..=255_u8).flat_map(|first| (0..=255_u8).flat_map(move |second| [first, second])).collect();
    let labels = LABELS.split_whitespace().chain([""]);
    let mail = |label: &str| {
        let head = format!(
            "From: a@x.example\r\nSubject: =?{label}?Q?=FF=FE=1B$=80?=\r\nContent-Type: text/plain; charset={label}\r\n\r\n"
        );
        [head.as_bytes(), &pairs].concat()
    };
    labels.map(|label| (label.to_owned(), mail(label))).collect()
}
