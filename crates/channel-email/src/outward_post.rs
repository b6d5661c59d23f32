//! Posts a form to a provider and reads its JSON answer.

use std::io;
use std::time::Duration;

use base::Result;
use base::error::unavailable;
use http_body_util::{BodyExt, Full, Limited};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use crate::smtp::tls;
use crate::smtp::wire::Stream;

const WITHIN: Duration = Duration::from_secs(15);
const MOST_READ: usize = 256 * 1024;

/// The status and the body, whatever they say. An error when nobody answered.
pub async fn post_form(url: &str, form: &str) -> Result<(u16, Vec<u8>)> {
    let asked = timeout(WITHIN, ask(url, form)).await.map_err(io::Error::from).flatten();
    asked.map_err(|e| {
        unavailable("provider_silent", "The provider did not answer. Try again in a moment.").because(e)
    })
}

async fn ask(url: &str, form: &str) -> io::Result<(u16, Vec<u8>)> {
    let (secure, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return Err(io::Error::other("no web address")),
    };
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (host, port) =
        match authority.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?))) {
            Some(found) => found,
            None => (authority, if secure { 443 } else { 80 }),
        };
    let stream = TcpStream::connect((host, port)).await?;
    let stream: Box<dyn Stream> = match secure {
        false => Box::new(stream),
        true => {
            let config = tls::client(None).map_err(|e| io::Error::other(e.message.to_string()))?;
            let name = ServerName::try_from(host.to_owned()).map_err(io::Error::other)?;
            Box::new(TlsConnector::from(config).connect(name, stream).await?)
        }
    };
    let request = Request::post(format!("/{path}"))
        .header("Host", authority)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .body(Full::new(Bytes::from(form.to_owned())))
        .map_err(io::Error::other)?;
    talk(stream, request).await
}

async fn talk(stream: Box<dyn Stream>, request: Request<Full<Bytes>>) -> io::Result<(u16, Vec<u8>)> {
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    let driving = tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(io::Error::other);
    let read = match answer {
        Ok(answer) => {
            let status = answer.status().as_u16();
            let body = Limited::new(answer.into_body(), MOST_READ).collect().await.map_err(io::Error::other);
            body.map(|body| (status, body.to_bytes().to_vec()))
        }
        Err(e) => Err(e),
    };
    driving.abort();
    read
}
