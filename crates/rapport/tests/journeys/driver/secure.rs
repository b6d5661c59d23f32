//! A client that looks at the certificates it is shown, whoever signed them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, StreamOwned};
use x509_parser::prelude::{FromDer, X509Certificate};

pub type Stream = StreamOwned<ClientConnection, TcpStream>;

/// Takes every certificate: which one it was is what the tests look at.
#[derive(Debug)]
struct Anybody(Arc<CryptoProvider>);

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls12_signature(
            message,
            certificate,
            signed,
            &self.0.signature_verification_algorithms,
        )
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        rustls::crypto::verify_tls13_signature(
            message,
            certificate,
            signed,
            &self.0.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

fn connect(stream: TcpStream) -> Stream {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out");
    let config = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody(provider)))
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let mut stream =
        StreamOwned::new(ClientConnection::new(Arc::new(config), name).expect("a client"), stream);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock).expect("they agree on keys");
    }
    stream
}

/// A connection to the web server.
pub fn web(address: SocketAddr) -> Stream {
    connect(TcpStream::connect(address).expect("it listens"))
}

/// A connection to the mail server, after STARTTLS.
pub fn mail(address: SocketAddr) -> Stream {
    let mut plain = BufReader::new(TcpStream::connect(address).expect("it listens"));
    let mut line = String::new();
    plain.read_line(&mut line).expect("a greeting");
    plain.get_mut().write_all(b"EHLO client.example\r\n").expect("written");
    while !line.starts_with("250 ") {
        line.clear();
        plain.read_line(&mut line).expect("an answer");
    }
    plain.get_mut().write_all(b"STARTTLS\r\n").expect("written");
    line.clear();
    plain.read_line(&mut line).expect("an answer");
    assert!(line.starts_with("220"), "{line}");
    connect(plain.into_inner())
}

/// The number of the certificate that was shown.
pub fn serial(stream: &Stream) -> String {
    number(&stream.conn.peer_certificates().expect("a certificate")[0])
}

/// The number of the first certificate in a file.
pub fn serial_of(pem: &[u8]) -> String {
    number(&CertificateDer::from_pem_slice(pem).expect("a certificate"))
}

fn number(certificate: &CertificateDer<'_>) -> String {
    let (_, read) = X509Certificate::from_der(certificate).expect("it can be read");
    read.raw_serial_as_string()
}

/// Asks for a page as a whole, in a connection of its own.
pub fn page(address: SocketAddr, path: &str) -> String {
    let mut stream = web(address);
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("written");
    let mut said = String::new();
    stream.read_to_string(&mut said).expect("an answer");
    said
}

/// Asks for a page; the head and the beginning of the body.
pub fn get(stream: &mut Stream, path: &str) -> String {
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes()).expect("written");
    let mut said = [0; 16 * 1024];
    let size = stream.read(&mut said).expect("an answer");
    String::from_utf8_lossy(&said[..size]).into_owned()
}
