//! The web and mail over TLS: certificates that change while the program runs.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use tungstenite::handshake::client::generate_key;
use tungstenite::http::Request;

use crate::driver::installation::ADMIN;
use crate::driver::pebble::Pebble;
use crate::driver::{Engine, Http, Installation, Server, Start, secure, until};

const SOON: Duration = Duration::from_secs(20);

fn write_pair(folder: &Path) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("made");
    std::fs::write(folder.join("chain.pem"), made.cert.pem()).expect("written");
    std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).expect("written");
}

fn serve(installation: &Installation, settings: &str) -> Server {
    let path = installation.beside("rapport.toml");
    std::fs::write(&path, settings).expect("written");
    installation.serve_as(&Start::default().with("RAPPORT_CONFIG", path.to_str().expect("a path")))
}

fn shown(server: &Server) -> String {
    secure::serial(&secure::web(server.http))
}

#[test]
fn certificate_files_are_shown_to_browsers_and_mail_servers_and_followed() {
    let installation = Installation::found(Engine::Sqlite);
    let folder = installation.beside("pair");
    std::fs::create_dir(&folder).expect("a folder");
    write_pair(&folder);
    let at = |name: &str| folder.join(name).display().to_string();
    let settings = format!("[tls]\ncertificate = \"{}\"\nkey = \"{}\"\n", at("chain.pem"), at("key.pem"));
    let server = serve(&installation, &settings);

    let mut before = secure::web(server.http);
    let answer = secure::get(&mut before, "/healthz");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("strict-transport-security"), "{answer}");
    let first = secure::serial(&before);
    assert_eq!(secure::serial(&secure::mail(server.smtp)), first, "mail shows the same");
    a_live_socket_opens(&installation, &server);

    std::fs::write(folder.join("chain.pem"), "-----BEGIN CERTI").expect("written");
    crate::driver::pause(Duration::from_secs(3));
    assert_eq!(shown(&server), first, "what is half written is not shown");
    write_pair(&folder);
    let second = until(SOON, "the new one is shown", || Some(shown(&server)).filter(|s| *s != first));
    assert_eq!(secure::serial(&secure::mail(server.smtp)), second);
    let answer = secure::get(&mut before, "/healthz");
    assert!(answer.starts_with("HTTP/1.1 200"), "who was connected before goes on: {answer}");
}

fn a_live_socket_opens(installation: &Installation, server: &Server) {
    let request = Request::get("wss://localhost/api/live")
        .header("Host", "localhost")
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", generate_key())
        .header("Authorization", format!("Bearer {}", installation.token(ADMIN)));
    let request = request.body(()).expect("a request");
    let (mut socket, _) = tungstenite::client(request, secure::web(server.http)).expect("opens");
    let greeting = socket.read().expect("a greeting").into_text().expect("text");
    assert!(greeting.contains("hello"), "{greeting}");
}

#[test]
fn settings_without_a_usable_pair_are_refused_with_the_reason() {
    let installation = Installation::found(Engine::Sqlite);
    let path = installation.beside("rapport.toml");
    std::fs::write(&path, "[tls]\ncertificate = \"/absent.pem\"\nkey = \"/absent.key\"\n").expect("written");
    let start = Start::default().with("RAPPORT_CONFIG", path.to_str().expect("a path"));
    let said = start.try_serve(&installation.data(), &installation.beside("log")).err().expect("refused");
    assert!(said.contains("/absent.pem can't be read"), "{said}");
}

fn given_serial(file: &Path) -> String {
    secure::serial_of(&std::fs::read(file).expect("there"))
}

/// The certificates live for 24 seconds, so they are renewed after 16.
#[test]
fn an_authority_gives_a_certificate_and_renews_it_without_a_restart() {
    let installation = Installation::found(Engine::Sqlite);
    let pebble = Pebble::start(&installation.beside("."), Duration::from_secs(24));
    let settings = format!(
        "public_url = \"https://localhost\"\n[acme]\ndomains = [\"localhost\"]\nemail = \"{ADMIN}\"\n\
         directory = \"{}\"\nhttp_listen = \"{}\"\ntrusted_certificate = \"{}\"\n",
        pebble.directory,
        pebble.asks_at,
        pebble.trusted.display()
    );
    let server = serve(&installation, &settings);
    let given = installation.data().join("acme/certificate.pem");
    until(SOON, "a certificate is given", || given.exists().then_some(()));
    let first = until(SOON, "it is shown", || Some(shown(&server)).filter(|s| given_serial(&given) == *s));
    let mut before = secure::web(server.http);
    assert_eq!(secure::serial(&before), first, "{}", server.log());
    assert_eq!(secure::serial(&secure::mail(server.smtp)), first, "mail shows the same");

    let second = until(SOON + SOON, "it is renewed", || {
        let answer = secure::get(&mut before, "/healthz");
        assert!(answer.starts_with("HTTP/1.1 200"), "who was connected before goes on: {answer}");
        Some(shown(&server)).filter(|serial| *serial != first)
    });
    assert_eq!(secure::serial(&secure::mail(server.smtp)), second);
    assert!(secure::get(&mut before, "/healthz").starts_with("HTTP/1.1 200"), "after the change as well");
    let metrics = secure::page(server.http, "/metrics");
    let told = |line: &str| assert!(metrics.contains(line), "{line}: {metrics}");
    told("rapport_certificate_renewals_total{result=\"done\"} 2");
    told("rapport_certificate_ends_seconds{names=\"localhost\"}");

    let elsewhere = Http::new(pebble.asks_at).with("Host", "localhost").get("/desk");
    assert_eq!((elsewhere.status, elsewhere.header("location")), (308, Some("https://localhost/desk")));
    use std::os::unix::fs::PermissionsExt;
    for name in ["account.json", "certificate.pem"] {
        let at = installation.data().join("acme").join(name);
        let mode = std::fs::metadata(&at).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name} is private");
    }

    // The next start shows what is there at once.
    let latest = shown(&server);
    drop(server);
    let server = serve(&installation, &settings);
    let again = shown(&server);
    assert!(again == latest || again != first, "no certificate of its own making in between");
}

#[test]
fn without_an_answer_of_the_authority_the_desk_is_served_all_the_same() {
    let installation = Installation::found(Engine::Sqlite);
    let settings = "[acme]\ndomains = [\"localhost\"]\ndirectory = \"https://127.0.0.1:1/dir\"\n\
                    http_listen = \"127.0.0.1:0\"\n";
    let server = serve(&installation, settings);
    let answer = secure::get(&mut secure::web(server.http), "/healthz");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let told = installation.data().join("acme/failure");
    let told = until(SOON, "the failure is told", || std::fs::read_to_string(&told).ok());
    assert!(told.contains("authority"), "{told}");
    let metrics = secure::page(server.http, "/metrics");
    assert!(metrics.contains("rapport_certificate_renewals_total{result=\"failed\"} 1"), "{metrics}");
    let said = installation.try_command(&["doctor"]);
    assert!(said.is_err(), "the doctor is not content either");
    // Plain words at the encrypted port end the connection, and nothing else.
    let mut plain = TcpStream::connect(server.http).expect("it listens");
    plain.write_all(b"GET / HTTP/1.1\r\n\r\n").expect("written");
    let _ = plain.read_to_end(&mut Vec::new());
    assert!(secure::get(&mut secure::web(server.http), "/healthz").starts_with("HTTP/1.1 200"));
}
