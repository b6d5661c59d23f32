//! Reads SMTP commands (RFC 5321 section 4.1.1) without any IO.

/// Longest address that can be written in a path (RFC 5321 section 4.5.3.1.3).
const ADDRESS_BYTES: usize = 254;
const LOCAL_BYTES: usize = 64;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Helo(String),
    Ehlo(String),
    Mail(Mail),
    Rcpt(String),
    Data,
    Rset,
    Noop,
    Vrfy,
    Help,
    StartTls,
    Quit,
}

/// `MAIL FROM` with its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// Empty for the null reverse-path.
    pub from: String,
    /// Bytes that the client announces (RFC 1870).
    pub size: Option<u64>,
    /// Addresses and header fields may be UTF-8 (RFC 6531).
    pub utf8: bool,
}

/// Why a line is no command that we take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Unknown,
    /// A command of SMTP that we don't have.
    Absent,
    Syntax,
    Parameter,
    /// An address that is not ASCII, in a session without SMTPUTF8.
    NotAscii,
}

/// Reads a line without its line break.
pub fn parse(line: &[u8]) -> Result<Command, Fault> {
    let line = std::str::from_utf8(line).map_err(|_| Fault::Syntax)?;
    if line.chars().any(char::is_control) {
        return Err(Fault::Syntax);
    }
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    let alone = |command| if rest.is_empty() { Ok(command) } else { Err(Fault::Syntax) };
    match verb.to_ascii_uppercase().as_str() {
        "EHLO" => name(rest).map(Command::Ehlo),
        "HELO" => name(rest).map(Command::Helo),
        "MAIL" => mail(rest).map(Command::Mail),
        "RCPT" => rcpt(rest).map(Command::Rcpt),
        "DATA" => alone(Command::Data),
        "RSET" => alone(Command::Rset),
        "NOOP" => Ok(Command::Noop),
        "VRFY" => Ok(Command::Vrfy),
        "HELP" => Ok(Command::Help),
        "STARTTLS" => alone(Command::StartTls),
        "QUIT" => alone(Command::Quit),
        "EXPN" | "AUTH" | "BDAT" | "TURN" | "ETRN" | "SEND" | "SOML" | "SAML" | "BURL" => Err(Fault::Absent),
        _ => Err(Fault::Unknown),
    }
}

/// The client's name for itself; it is written into a header field, so nothing odd gets through.
fn name(rest: &str) -> Result<String, Fault> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:[]".contains(&byte);
    let good = (1..=255).contains(&rest.len()) && rest.bytes().all(plain);
    if good { Ok(rest.to_owned()) } else { Err(Fault::Syntax) }
}

fn mail(rest: &str) -> Result<Mail, Fault> {
    let (from, parameters) = path(after(rest, "FROM:")?)?;
    let mut mail = Mail { from, ..Mail::default() };
    for parameter in parameters.split(' ').filter(|word| !word.is_empty()) {
        let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match (key.to_ascii_uppercase().as_str(), value.to_ascii_uppercase().as_str()) {
            ("SIZE", _) if digits(value) => mail.size = Some(value.parse().unwrap_or(u64::MAX)),
            ("BODY", "7BIT" | "8BITMIME") => {}
            ("SMTPUTF8", "") => mail.utf8 = true,
            _ => return Err(Fault::Parameter),
        }
    }
    if mail.from.is_ascii() || mail.utf8 { Ok(mail) } else { Err(Fault::NotAscii) }
}

fn rcpt(rest: &str) -> Result<String, Fault> {
    let (to, parameters) = path(after(rest, "TO:")?)?;
    match (to.is_empty(), parameters.trim().is_empty()) {
        (true, _) => Err(Fault::Syntax),
        (_, false) => Err(Fault::Parameter),
        _ => Ok(to),
    }
}

fn digits(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn after<'a>(rest: &'a str, word: &str) -> Result<&'a str, Fault> {
    let head = rest.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word));
    head.map(|_| rest[word.len()..].trim_start()).ok_or(Fault::Syntax)
}

/// `<local@domain>` and what follows it. A source route is read over (RFC 5321 appendix C).
fn path(text: &str) -> Result<(String, &str), Fault> {
    let inner = text.strip_prefix('<').ok_or(Fault::Syntax)?;
    let end = closing(inner).ok_or(Fault::Syntax)?;
    let (address, rest) = (&inner[..end], &inner[end + 1..]);
    if !rest.is_empty() && !rest.starts_with(' ') {
        return Err(Fault::Syntax);
    }
    let address = match address.strip_prefix('@') {
        Some(route) => route.split_once(':').map(|(_, address)| address).ok_or(Fault::Syntax)?,
        None => address,
    };
    if address.is_empty() || is_address(address) {
        Ok((address.to_owned(), rest))
    } else {
        Err(Fault::Syntax)
    }
}

/// Where the path ends: a `>` inside of quotes belongs to the address.
fn closing(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '>' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// Of the form `local@domain`, or the one name that needs no domain (RFC 5321 section 4.5.1).
pub fn is_address(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return address.eq_ignore_ascii_case("postmaster");
    };
    let quoted = local.len() >= 2 && local.starts_with('"') && local.ends_with('"');
    let plain = |letter: char| !letter.is_whitespace() && !"<>()[]:;,\\\"@".contains(letter);
    let literal = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let lengths = address.len() <= ADDRESS_BYTES && (1..=LOCAL_BYTES).contains(&local.len());
    lengths
        && !domain.is_empty()
        && (quoted || local.chars().all(plain))
        && literal.unwrap_or(domain).chars().all(|letter| plain(letter) || letter == ':' && literal.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn from(address: &str) -> Mail {
        Mail { from: address.to_owned(), ..Mail::default() }
    }

    #[test]
    fn commands_are_read_with_their_parameters() {
        let check = |line: &str, wanted: Command| assert_eq!(parse(line.as_bytes()), Ok(wanted), "{line}");
        check("ehlo mail.example", Command::Ehlo("mail.example".into()));
        check("EHLO [127.0.0.1]", Command::Ehlo("[127.0.0.1]".into()));
        check("MAIL FROM:<>", Command::Mail(from("")));
        check("mail from: <ann@a.example>", Command::Mail(from("ann@a.example")));
        let sized = Mail { size: Some(1234), ..from("ann@a.example") };
        check("MAIL FROM:<ann@a.example> SIZE=1234 BODY=8BITMIME", Command::Mail(sized));
        let utf8 = Mail { utf8: true, ..from("jörg@büro.example") };
        check("MAIL FROM:<jörg@büro.example> SMTPUTF8", Command::Mail(utf8));
        check("RCPT TO:<@relay.example,@b.example:bo@b.example>", Command::Rcpt("bo@b.example".into()));
        check("RCPT TO:<\"odd > one\"@b.example>", Command::Rcpt("\"odd > one\"@b.example".into()));
        check("RCPT TO:<Postmaster>", Command::Rcpt("Postmaster".into()));
        check("NOOP whatever", Command::Noop);
        check("QUIT ", Command::Quit);
    }

    #[test]
    fn what_is_no_command_is_told_why() {
        let check = |line: &str, wanted: Fault| assert_eq!(parse(line.as_bytes()), Err(wanted), "{line}");
        check("", Fault::Unknown);
        check("GET / HTTP/1.1", Fault::Unknown);
        check("EXPN list", Fault::Absent);
        check("EHLO", Fault::Syntax);
        check("EHLO a b", Fault::Syntax);
        check("EHLO a\u{7f}", Fault::Syntax);
        check("DATA now", Fault::Syntax);
        check("MAIL FROM:ann@a.example", Fault::Syntax);
        check("MAIL FROM:<ann@a.example>SIZE=1", Fault::Syntax);
        check("MAIL FROM:<ann@a.example> SIZE=x", Fault::Parameter);
        check("MAIL FROM:<ann@a.example> BODY=BINARYMIME", Fault::Parameter);
        check("MAIL FROM:<ann@a.example> AUTH=<>", Fault::Parameter);
        check("MAIL FROM:<jörg@a.example>", Fault::NotAscii);
        check("RCPT TO:<>", Fault::Syntax);
        check("RCPT TO:<ann>", Fault::Syntax);
        check("RCPT TO:<a@b> NOTIFY=NEVER", Fault::Parameter);
        check("RCPT TO:<a b@c.example>", Fault::Syntax);
        check(&format!("RCPT TO:<{}@c.example>", "a".repeat(65)), Fault::Syntax);
        assert_eq!(parse(b"RCPT TO:<\xff@b>"), Err(Fault::Syntax));
        assert_eq!(parse(b"RCPT TO:<a\0@b>"), Err(Fault::Syntax));
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(line in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = parse(&line);
        }

        #[test]
        fn anything_after_a_verb_is_survived(
            verb in "(MAIL FROM:|RCPT TO:|EHLO |mail from: )", rest in "[<>@\":;, \\\\a-zé=]{0,40}",
        ) {
            if let Ok(Command::Rcpt(address)) = parse(format!("{verb}{rest}").as_bytes()) {
                prop_assert!(!address.is_empty() && address.len() <= ADDRESS_BYTES);
            }
        }
    }
}
