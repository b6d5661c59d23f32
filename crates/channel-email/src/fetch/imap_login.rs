//! From a greeting to an open mailbox on an IMAP server: STARTTLS, a password, or granted access.

use async_imap::imap_proto::{Capability, Response, Status};
use async_imap::{Authenticator, Client, Session, error::Error as Broken};
use base::Result;
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use super::link::{COMMAND, Line, Login, Server};
use super::sasl::Mechanism;
use crate::smtp::client::Security;

/// A connection that is protected as chosen, and logged in.
pub async fn open(server: &Server) -> Result<Session<Line>> {
    let mut client = greeted(server, server.connect().await?).await?;
    if server.security == Security::StartTls {
        let starting = timeout(COMMAND, client.run_command_and_check_ok("STARTTLS", None)).await;
        match starting {
            Ok(Ok(())) => {}
            Ok(Err(Broken::No(_) | Broken::Bad(_))) => return Err(server.no_starttls()),
            Ok(Err(e)) => return Err(server.broken(&e)),
            Err(e) => return Err(server.broken(&e)),
        }
        // Whatever came in the clear behind the answer goes with the old client.
        client = Client::new(server.protect(client.into_inner().into_stream()).await?);
    }
    match timeout(COMMAND, log_in(server, client)).await.map_err(|e| server.broken(&e))?? {
        Ok(session) => Ok(session),
        Err((Broken::No(said) | Broken::Bad(said), _)) => Err(server.refused(words(&said))),
        Err((e, _)) => Err(server.broken(&plain(&e))),
    }
}

/// What came of it, as the library tells it.
type LoggedIn = std::result::Result<Session<Line>, (Broken, Client<Line>)>;

async fn log_in(server: &Server, mut client: Client<Line>) -> Result<LoggedIn> {
    match &server.login {
        Login::Password { user, password } => Ok(client.login(user, password).await),
        Login::Granted(access) => {
            let able = capabilities(server, &mut client).await?;
            let mechanism = Mechanism::offered(|name| able.iter().any(|auth| auth == name))
                .ok_or_else(|| server.takes_no_grants())?;
            let says = mechanism.says(&access.user, &access.token, (&server.host, server.port));
            let shown = Shown { says: Some(says), ends: mechanism.ends() };
            Ok(client.authenticate(mechanism.name(), shown).await)
        }
    }
}

/// Says what is to be said first, and then only that the refusal was heard.
struct Shown {
    says: Option<String>,
    ends: &'static str,
}

impl Authenticator for Shown {
    type Response = String;

    fn process(&mut self, _: &[u8]) -> String {
        self.says.take().unwrap_or_else(|| self.ends.to_owned())
    }
}

/// The ways of logging in that the server offers (RFC 9051 section 6.1.1).
async fn capabilities(server: &Server, client: &mut Client<Line>) -> Result<Vec<String>> {
    let mut found = Vec::new();
    // The library asks for these only after the login, so the line is said by hand, under a tag it never uses.
    let asking = async {
        let line = client.get_mut();
        line.write_all(b"ways CAPABILITY\r\n").await?;
        line.flush().await
    };
    asking.await.map_err(|e: std::io::Error| server.broken(&e))?;
    loop {
        let came = client.read_response().await.map_err(|e| server.broken(&plain(&Broken::Io(e))))?;
        match came.ok_or_else(|| server.broken(&"it was closed"))?.parsed() {
            Response::Capabilities(all) => found.extend(all.iter().filter_map(|one| match one {
                Capability::Auth(name) => Some(name.to_ascii_uppercase()),
                _ => None,
            })),
            Response::Done { tag, .. } if tag.0 == "ways" => return Ok(found),
            _ => {}
        }
    }
}

async fn greeted(server: &Server, line: Line) -> Result<Client<Line>> {
    let mut client = Client::new(line);
    let greeting = timeout(COMMAND, client.read_response()).await.map_err(|e| server.broken(&e))?;
    let greeting = greeting.map_err(|e| server.broken(&plain(&Broken::Io(e))))?;
    let greeting = greeting.ok_or_else(|| server.broken(&"it was closed"))?;
    match greeting.parsed() {
        Response::Data { status: Status::Ok, .. } => {}
        // Somebody in between could say PREAUTH, so that nothing is protected (RFC 9051 section 11.1).
        Response::Data { outcome, .. } => {
            return Err(server.unwilling(outcome.information.as_deref().unwrap_or("no greeting")));
        }
        _ => return Err(server.broken(&"this is no IMAP server")),
    }
    Ok(client)
}

/// The library's errors of parsing hold what was parsed, which is nobody's to see.
pub fn plain(e: &Broken) -> String {
    match e {
        Broken::Io(e)
            if e.kind() == std::io::ErrorKind::Other && e.to_string().contains("during parsing") =>
        {
            "the server said something that can't be read".to_owned()
        }
        Broken::Io(e) => e.to_string(),
        Broken::No(said) | Broken::Bad(said) => words(said).to_owned(),
        Broken::ConnectionLost => "it was closed".to_owned(),
        _ => "the server said something that can't be read".to_owned(),
    }
}

/// The library wraps what the server said as `code: …, info: Some("…")`.
fn words(said: &str) -> &str {
    let inner = said.split_once("info: Some(\"").and_then(|(_, rest)| rest.strip_suffix("\")"));
    inner.unwrap_or(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_the_servers_own_words() {
        let wrapped = "code: None, info: Some(\"[AUTHENTICATIONFAILED] Invalid credentials\")";
        assert_eq!(words(wrapped), "[AUTHENTICATIONFAILED] Invalid credentials");
        assert_eq!(words("something else"), "something else");
    }
}
