//! The server loop over TLS: which protocols are spoken, and who can't hold others up.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use axum::routing::get;
use axum::{Extension, Router};
use http_body_util::BodyExt;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::pki_types::{PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

const WAIT: Duration = Duration::from_secs(5);

struct Server {
    address: SocketAddr,
    roots: RootCertStore,
}

fn provider() -> Arc<rustls::crypto::CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

/// Says whether a request came encrypted, and by which version of HTTP.
async fn serve() -> Server {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("made");
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a pair");
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let mut roots = RootCertStore::empty();
    roots.add(made.cert.der().clone()).expect("a root");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    let answer = |Extension(peer): Extension<web::Peer>, request: Request<Body>| async move {
        format!("{} {:?}", peer.secure, request.version())
    };
    let router = Router::new().route("/", get(answer));
    tokio::spawn(web::serve_tls(listener, Arc::new(config), router, std::future::pending()));
    Server { address, roots }
}

impl Server {
    async fn connect(&self, from: [u8; 4]) -> TcpStream {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind((from, 0).into()).expect("an address of this machine");
        socket.connect(self.address).await.expect("connects")
    }

    async fn shake(&self, from: [u8; 4], protocol: &str) -> std::io::Result<TlsStream<TcpStream>> {
        let mut config = ClientConfig::builder_with_provider(provider())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(self.roots.clone())
            .with_no_client_auth();
        config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
        let name = ServerName::try_from("localhost").expect("a name");
        let shaking = TlsConnector::from(Arc::new(config)).connect(name, self.connect(from).await);
        timeout(WAIT, shaking).await.expect("in time")
    }

    async fn ask_http1(&self, from: [u8; 4]) -> std::io::Result<String> {
        let mut stream = self.shake(from, "http/1.1").await?;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
        let mut said = String::new();
        stream.read_to_string(&mut said).await?;
        Ok(said)
    }
}

const NEAR: [u8; 4] = [127, 0, 0, 1];
const FAR: [u8; 4] = [127, 0, 0, 2];

#[tokio::test]
async fn both_versions_of_http_are_spoken() {
    let server = serve().await;
    let said = server.ask_http1(NEAR).await.expect("an answer");
    assert!(said.starts_with("HTTP/1.1 200") && said.ends_with("true HTTP/1.1"), "{said}");

    let stream = server.shake(NEAR, "h2").await.expect("agrees");
    let begun = hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await;
    let (mut client, connection) = begun.expect("speaks HTTP/2");
    tokio::spawn(connection);
    for _ in 0..3 {
        let request = Request::get("https://localhost/").body(Body::empty()).expect("a request");
        let answer = timeout(WAIT, client.send_request(request)).await.expect("in time").expect("an answer");
        let body = answer.into_body().collect().await.expect("a body").to_bytes();
        assert_eq!(body, "true HTTP/2.0");
    }
}

#[tokio::test]
async fn who_opens_many_and_says_nothing_holds_up_himself_alone() {
    let server = serve().await;
    let mut silent = Vec::new();
    for _ in 0..64 {
        silent.push(server.connect(NEAR).await);
    }
    // They are taken one after the other, so the last of them is asked for what became of it.
    timeout(WAIT, async {
        while server.ask_http1(NEAR).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("one address has its share");
    server.ask_http1(FAR).await.expect("others are served");
    drop(silent);
    timeout(WAIT, async {
        while server.ask_http1(NEAR).await.is_err() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("and free again, once they are gone");
}

#[tokio::test]
async fn what_is_no_handshake_gets_no_answer_of_ours() {
    let server = serve().await;
    let mut plain = server.connect(NEAR).await;
    plain.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("written");
    let mut said = Vec::new();
    let _ = timeout(WAIT, plain.read_to_end(&mut said)).await.expect("closed");
    assert!(!String::from_utf8_lossy(&said).contains("HTTP/1.1"), "{said:?}");
}

#[tokio::test]
async fn a_handshake_that_never_ends_is_cut_off() {
    let server = serve().await;
    let mut silent = server.connect(NEAR).await;
    // HTTP/2 is agreed on, and then nothing more is said.
    let mut agreed = server.shake(NEAR, "h2").await.expect("agrees");
    let mut said = Vec::new();
    let cut = timeout(Duration::from_secs(15), silent.read_to_end(&mut said)).await;
    assert!(cut.is_ok(), "the silent one is cut off");
    let cut = timeout(Duration::from_secs(15), agreed.read_to_end(&mut said)).await;
    assert!(cut.is_ok(), "so is the one that agreed only");
}
