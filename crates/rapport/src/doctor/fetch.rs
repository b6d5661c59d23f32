//! Asks for one page as a browser would, and keeps the certificate that was shown, believed or not.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base::config::host_of;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::certificates::pair::{Facts, provider};

const WITHIN: Duration = Duration::from_secs(10);
const MOST_READ: u64 = 64 * 1024;

/// What came back.
#[derive(Debug)]
pub struct Fetched {
    pub answer: io::Result<Answer>,
    /// Shown in the handshake, also when it was not believed.
    pub certificate: Option<Facts>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// The `Date` header (RFC 9110 section 6.6.1).
    pub date: Option<String>,
    pub body: String,
}

/// `added` are roots that are believed beside those of the system.
pub async fn get(url: &str, path: &str, added: &[CertificateDer<'static>]) -> Fetched {
    let shown = Arc::new(Mutex::new(None));
    let answer = timeout(WITHIN, ask(url, path, added, &shown)).await.map_err(io::Error::from).flatten();
    let certificate = shown.lock().unwrap_or_else(PoisonError::into_inner).take();
    Fetched { answer, certificate }
}

async fn ask(
    url: &str,
    path: &str,
    added: &[CertificateDer<'static>],
    shown: &Arc<Mutex<Option<Facts>>>,
) -> io::Result<Answer> {
    let secure = url.starts_with("https://");
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest).split('/').next().unwrap_or_default();
    let host = host_of(url).to_owned();
    let port = authority.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
    let stream = TcpStream::connect((host.as_str(), port.unwrap_or(if secure { 443 } else { 80 }))).await?;
    if !secure {
        return talk(stream, authority, path).await;
    }
    let name = ServerName::try_from(host).map_err(io::Error::other)?;
    let connector = TlsConnector::from(config(added, shown)?);
    talk(connector.connect(name, stream).await?, authority, path).await
}

async fn talk(mut stream: impl AsyncRead + AsyncWrite + Unpin, host: &str, path: &str) -> io::Result<Answer> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nAccept: */*\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut said = Vec::new();
    let read = (&mut stream).take(MOST_READ).read_to_end(&mut said).await;
    // Some servers end without a goodbye; what they said before counts.
    if said.is_empty() {
        read?;
    }
    parse(&String::from_utf8_lossy(&said)).ok_or_else(|| io::Error::other("it does not speak HTTP"))
}

fn parse(said: &str) -> Option<Answer> {
    let (head, body) = said.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let status = lines.next()?.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()?;
    let date = lines.find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("date").then(|| value.trim().to_owned())
    });
    Some(Answer { status, date, body: body.to_owned() })
}

fn config(
    added: &[CertificateDer<'static>],
    shown: &Arc<Mutex<Option<Facts>>>,
) -> io::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots.add_parsable_certificates(added.iter().cloned());
    let strict = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider()).build();
    let seen = Seen { strict: strict.map_err(io::Error::other)?, shown: shown.clone() };
    let config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(seen))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// Judges as strictly as any browser, and remembers what it judged.
#[derive(Debug)]
struct Seen {
    strict: Arc<WebPkiServerVerifier>,
    shown: Arc<Mutex<Option<Facts>>>,
}

impl ServerCertVerifier for Seen {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Facts::of(certificate).ok();
        self.strict.verify_server_cert(certificate, between, name, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.strict.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.strict.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.strict.supported_verify_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_far_as_it_matters() {
        let said = "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 06:00:00 GMT\r\n\r\nok\n";
        let answer =
            Answer { status: 200, date: Some("Sun, 22 Nov 2026 06:00:00 GMT".into()), body: "ok\n".into() };
        assert_eq!(parse(said), Some(answer));
        assert_eq!(parse("220 mail.example ESMTP\r\n\r\n"), None);
        assert_eq!(parse(""), None);
    }
}
