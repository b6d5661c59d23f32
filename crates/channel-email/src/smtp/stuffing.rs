//! Prepares the content of a mail for its way (RFC 5321 section 4.5.2).

/// Doubles dots at the beginning of lines (RFC 5321 section 4.5.2) and ends every line in CR LF, also one
/// that ends in CR or LF alone: such a break could be read as the end of the mail further on.
pub(super) fn stuffed(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + raw.len() / 50 + 2);
    let mut rest = raw;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        if rest[0] == b'.' {
            out.push(b'.');
        }
        out.extend_from_slice(&rest[..end]);
        out.extend_from_slice(b"\r\n");
        let after = if rest[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
        rest = rest.get(after..).unwrap_or_default();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::stuffed;

    #[test]
    fn no_line_break_stands_alone_on_the_way_out() {
        assert_eq!(stuffed(b"a\n.b\r.c\r\n\r\r\n.\r\n"), b"a\r\n..b\r\n..c\r\n\r\n\r\n..\r\n");
        assert_eq!(stuffed(b"a"), b"a\r\n");
        assert_eq!(stuffed(b""), b"");
    }
}
