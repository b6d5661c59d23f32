//! Pictures of other servers, and those who would have us fetch what is ours.

use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use web::outward::{Outward, is_public};

use super::desk::Grants;
use super::house::{House, capabilities};
use crate::outward::pictures::Window;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot really a picture, but it begins like one";

/// A server that answers by the path; what was asked is kept.
async fn server() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("bound").port();
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = asked.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = vec![0; 8_192];
            let length = stream.read(&mut buffer).await.unwrap_or(0);
            let head = String::from_utf8_lossy(&buffer[..length]).into_owned();
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            kept.lock().expect("whole").push(head);
            let to = |place: &str| {
                format!("HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n").into_bytes()
            };
            let said = match path.as_str() {
                "/ok.png" => [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nSet-Cookie: a=b\r\nConnection: close\r\n\r\n", PNG].concat(),
                "/svg" => b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nConnection: close\r\n\r\n<svg/>".to_vec(),
                "/inside" => to("http://10.0.0.7/secret"),
                "/metadata" => to("http://169.254.169.254/latest"),
                "/file" => to("file:///etc/passwd"),
                "/round" => to("/round"),
                "/once" => to("/ok.png"),
                "/large" => {
                    let mut all = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
                    all.extend(vec![0x89; 6 * 1024 * 1024]);
                    all
                }
                _ => b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_vec(),
            };
            let _ = stream.write_all(&said).await;
            let _ = stream.shutdown().await;
        }
    });
    (port, asked)
}

/// Loopback stands for the internet, where the server of this test is; everything else keeps its meaning.
fn may(ip: IpAddr) -> bool {
    ip.is_loopback() || is_public(ip)
}

fn to_loopback() -> Outward {
    let lookup = Arc::new(|name: String| match name.as_str() {
        "inside.test" => Ok(vec![IpAddr::from([10, 0, 0, 7])]),
        _ => Ok(vec![IpAddr::from([127, 0, 0, 1])]),
    });
    Outward::with(lookup, may, true).expect("a client")
}

#[tokio::test]
async fn pictures_are_fetched_without_a_trace_of_the_reader() {
    let (port, asked) = server().await;
    let fetched =
        to_loopback().get(&format!("http://pictures.test:{port}/once"), 1_000_000).await.expect("fetched");
    assert_eq!(fetched.bytes, PNG);
    let asked = asked.lock().expect("whole");
    assert_eq!(asked.len(), 2, "a redirect is followed");
    for head in asked.iter().map(|head| head.to_lowercase()) {
        assert!(
            !head.contains("cookie") && !head.contains("referer") && !head.contains("authorization"),
            "{head}"
        );
    }
}

#[tokio::test]
async fn redirects_and_names_lead_nowhere_inside() {
    let (port, asked) = server().await;
    let outward = to_loopback();
    for path in ["inside", "metadata", "file", "round", "large", "absent"] {
        let failed = outward.get(&format!("http://pictures.test:{port}/{path}"), 5 * 1024 * 1024).await;
        assert!(failed.is_err(), "{path}");
    }
    let count = asked.lock().expect("whole").len();
    assert!(outward.get(&format!("http://inside.test:{port}/ok.png"), 1_000).await.is_err());
    assert_eq!(asked.lock().expect("whole").len(), count, "nobody was connected to");
}

/// The first answer is harmless, the second is ours: only one answer is ever used, and it is checked.
#[tokio::test]
async fn a_name_that_changes_its_address_gains_nothing() {
    let (port, asked) = server().await;
    let looked = Arc::new(AtomicUsize::new(0));
    let count = looked.clone();
    let lookup = Arc::new(move |_: String| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Ok(vec![IpAddr::from([203, 0, 113, 9])]),
        _ => Ok(vec![IpAddr::from([127, 0, 0, 1])]),
    });
    let outward = Outward::with(lookup, is_public, true).expect("a client");
    for _ in 0..3 {
        assert!(outward.get(&format!("http://rebinding.test:{port}/ok.png"), 1_000).await.is_err());
    }
    assert!(looked.load(Ordering::SeqCst) >= 2);
    assert!(asked.lock().expect("whole").is_empty(), "our own network was never reached");
}

fn with_window() -> Vec<web::Capability> {
    let mut all = capabilities();
    let email = all.pop().expect("mail comes last");
    all.push(email.plug(|registry| registry.fill::<Window>().set(to_loopback())));
    all
}

testkit::both! { with with_window();
    async fn an_agent_sees_the_pictures_of_a_mail_and_nothing_else(w: World) {
        let house = House::open(w).await;
        let (port, asked) = server().await;
        let address = format!("http://pictures.test:{port}/ok.png");
        let mail = format!(
            "From: bo@b.example\r\nTo: support@shop.example\r\nMessage-ID: <1@b>\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\n\
             Content-Type: text/html\r\n\r\n<p>Look</p><img src=\"{address}\"><img src=\"http://pictures.test:{port}/svg\">\r\n"
        );
        house.mail("bo@b.example", &["support@shop.example"], &mail).await;
        house.rest().await;
        let (_, messages) = house.thread(1).await.expect("a conversation");
        assert!(asked.lock().expect("whole").is_empty(), "reading loads nothing");
        let id = messages[0].id;
        let parts = web::Parts::new(Arc::new(Grants(house.owner)), Arc::new(web::NoViewers));
        let mut client = house.world.client(parts).with("authorization", "Bearer all");
        let path = |address: &str| format!("/api/messages/{id}/picture?address={}", address.replace(':', "%3A").replace('/', "%2F"));
        for _ in 0..2 {
            let shown = client.get(&path(&address)).await;
            assert_eq!((shown.status.as_u16(), shown.bytes.as_slice()), (200, PNG), "{shown:?}");
            assert_eq!(shown.headers["content-type"], "image/png");
            assert!(shown.headers.get("set-cookie").is_none());
        }
        assert_eq!(asked.lock().expect("whole").len(), 1, "the second time it is kept here");
        assert_eq!(client.get(&path(&format!("http://pictures.test:{port}/svg"))).await.code(400), "picture_kind");
        assert_eq!(client.get(&path("http://pictures.test/other.png")).await.code(404), "picture_not_in_mail");
        assert_eq!(client.get(&path("http://10.0.0.7/")).await.code(404), "picture_not_in_mail");
    }
}
