//! The live socket over a real connection.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use journal::{Caller, Note};
use serde_json::{Value, json};
use testkit::{World, both};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_tungstenite::MaybeTlsStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::StatusCode;
use web::Desk;

use super::things::{Add, Book, Thing, capability, parts};

const WAIT: Duration = Duration::from_secs(5);

struct Server {
    address: String,
    _end: oneshot::Sender<()>,
    /// Gives events their order, as in every serving process.
    _runner: journal::Runner,
}

struct Socket(tokio_tungstenite::WebSocketStream<MaybeTlsStream<TcpStream>>);

async fn serve(w: &World) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound").to_string();
    let (end, ended) = oneshot::channel::<()>();
    let router = w.client(parts()).router;
    let until = async {
        let _ = ended.await;
    };
    tokio::spawn(web::serve(listener, router, until));
    let runner = journal::Runner::start(w.house.clone()).await.expect("runs");
    Server { address, _end: end, _runner: runner }
}

impl Server {
    async fn try_open(&self, agent: i64, query: &str, origin: &str) -> Result<Socket, StatusCode> {
        let url = format!("ws://{}/api/live{query}", self.address);
        let mut request = url.into_client_request().expect("a request");
        let headers = request.headers_mut();
        headers.insert("cookie", format!("rapport_session=agent-{agent}").parse().expect("a header"));
        headers.insert("origin", origin.parse().expect("a header"));
        match tokio_tungstenite::connect_async(request).await {
            Ok((stream, _)) => Ok(Socket(stream)),
            Err(tokio_tungstenite::tungstenite::Error::Http(refused)) => Err(refused.status()),
            Err(e) => panic!("{e}"),
        }
    }

    async fn open(&self, agent: i64, query: &str) -> Socket {
        let origin = format!("http://{}", self.address);
        self.try_open(agent, query, &origin).await.expect("opens")
    }
}

impl Socket {
    /// What comes next, but for views and pings.
    async fn next(&mut self) -> Value {
        loop {
            let value = self.any().await;
            if !matches!(value["type"].as_str(), Some("views" | "ping")) {
                return value;
            }
        }
    }

    async fn any(&mut self) -> Value {
        loop {
            match tokio::time::timeout(WAIT, self.0.next()).await.expect("in time") {
                Some(Ok(Message::Text(text))) => return serde_json::from_str(&text).expect("JSON"),
                Some(Ok(Message::Close(_))) | None => return Value::Null,
                Some(Ok(_)) => {}
                Some(Err(e)) => panic!("{e}"),
            }
        }
    }

    async fn say(&mut self, value: Value) {
        self.0.send(Message::Text(value.to_string().into())).await.expect("sends");
    }

    async fn hello(&mut self) -> String {
        let hello = self.next().await;
        assert_eq!(hello["type"], "hello");
        hello["cursor"].as_str().expect("a cursor").to_owned()
    }
}

async fn add(w: &World, id: i64, secret: bool) {
    w.house.act::<Add>(Caller::system(), None, Thing { id, secret }).await.expect("added");
}

async fn announce(w: &World, name: &'static str, subject: i64) {
    w.system(move |cx| cx.record(Note::new(name, "agent", subject)).map(drop)).await.expect("recorded");
}

both! { with [capability()];

async fn each_sees_what_it_may_and_nothing_else(w: World) {
    let server = serve(&w).await;
    let (mut ann, mut bo) = (server.open(1, "").await, server.open(2, "").await);
    ann.hello().await;
    bo.hello().await;
    add(&w, 7, true).await;
    add(&w, 8, false).await;
    add(&w, -9, false).await;
    for id in [7, 8] {
        let told = ann.next().await;
        assert_eq!((&told["type"], &told["id"]), (&json!("thing"), &json!(id)));
        assert!(told["event_id"].is_i64() && told["cursor"].is_string());
    }
    assert_eq!(bo.next().await["id"], 8, "the secret one is not even hinted at");
    let gone = bo.next().await;
    assert_eq!((&gone["type"], &gone["id"]), (&json!("gone"), &json!(9)));
}

async fn a_cursor_misses_nothing_and_repeats_nothing(w: World) {
    let server = serve(&w).await;
    let mut first = server.open(1, "").await;
    first.hello().await;
    add(&w, 1, false).await;
    let cursor = first.next().await["cursor"].as_str().expect("a cursor").to_owned();
    drop(first);
    add(&w, 2, false).await;
    add(&w, 3, false).await;
    let mut again = server.open(1, &format!("?cursor={cursor}")).await;
    again.hello().await;
    add(&w, 4, false).await;
    for id in [2, 3, 4] {
        assert_eq!(again.next().await["id"], id);
    }
}

async fn who_missed_too_much_or_comes_from_nowhere_loads_anew(w: World) {
    let server = serve(&w).await;
    server.open(1, "").await.hello().await;
    w.system(|cx| {
        for n in 0..1_001 {
            cx.record(Note::new("thing.added", "thing", n).with("secret", false))?;
        }
        Ok(())
    })
    .await
    .expect("recorded");
    let last = async || w.house.last_seq().await.expect("reads");
    while last().await < 1_001 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    for query in ["?cursor=s0", "?cursor=sffffff", "?cursor=nonsense"] {
        let mut socket = server.open(1, query).await;
        socket.hello().await;
        assert_eq!(socket.next().await["type"], "resync", "{query}");
    }
}

async fn who_may_no_longer_is_told_good_bye_within_a_second(w: World) {
    let server = serve(&w).await;
    let (mut ann, mut bo) = (server.open(1, "").await, server.open(2, "").await);
    ann.hello().await;
    bo.hello().await;
    let started = tokio::time::Instant::now();
    announce(&w, "agent.left", 2).await;
    let bye = bo.next().await;
    assert_eq!((&bye["type"], &bye["reason"]), (&json!("bye"), &json!("session_ended")));
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    assert_eq!(bo.next().await, Value::Null, "closed");
    assert_eq!(server.try_open(2, "", &format!("http://{}", server.address)).await.err(), Some(StatusCode::UNAUTHORIZED));
    add(&w, 5, false).await;
    assert_eq!(ann.next().await["id"], 5, "others go on");
}

async fn a_changed_sight_makes_the_client_load_anew(w: World) {
    let server = serve(&w).await;
    let mut bo = server.open(2, "").await;
    bo.hello().await;
    announce(&w, "sight.changed", 0).await;
    assert_eq!(bo.next().await["type"], "resync");
    add(&w, 7, true).await;
    assert_eq!(bo.next().await["id"], 7, "by the new sight");
}

async fn what_cannot_be_loaded_stops_nobody(w: World) {
    let server = serve(&w).await;
    let mut ann = server.open(1, "").await;
    ann.hello().await;
    add(&w, 666, false).await;
    assert_eq!(ann.next().await["type"], "resync");
    add(&w, 5, false).await;
    assert_eq!(ann.next().await["id"], 5);
}

async fn another_site_gets_no_socket(w: World) {
    let server = serve(&w).await;
    let refused = server.try_open(1, "", "http://evil.example").await;
    assert_eq!(refused.err(), Some(StatusCode::FORBIDDEN));
}

async fn those_at_one_place_see_each_other(w: World) {
    let server = serve(&w).await;
    let (mut ann, mut bo) = (server.open(1, "").await, server.open(2, "").await);
    ann.hello().await;
    bo.hello().await;
    bo.say(json!({"type": "here", "conversation_id": 100, "doing": "typing"})).await;
    bo.say(json!({"type": "nonsense"})).await;
    ann.say(json!({"type": "here", "conversation_id": 7, "doing": "viewing"})).await;
    assert_eq!(ann.next().await["agents"], json!([{"id": 1, "doing": "viewing"}]));
    bo.say(json!({"type": "here", "conversation_id": 7, "doing": "typing"})).await;
    let both = json!([{"id": 1, "doing": "viewing"}, {"id": 2, "doing": "typing"}]);
    assert_eq!(ann.next().await["agents"], both);
    drop(bo);
    assert_eq!(ann.next().await["agents"], json!([{"id": 1, "doing": "viewing"}]));
}

async fn an_agent_with_several_windows_is_noted_once_for_each_who_wants_to_know(w: World) {
    let server = serve(&w).await;
    let mut windows = Vec::new();
    for agent in [1, 1, 2, 1] {
        let mut window = server.open(agent, "").await;
        window.hello().await;
        windows.push(window);
    }
    let mut noted = w.house.registry().socket::<Book>().expect("there").take();
    noted.sort_unstable_by_key(|(agent, _)| *agent);
    assert_eq!(noted, [1, 1, 2, 2].map(|agent| (agent, Desk::Shown)));
}

async fn a_hidden_page_says_so(w: World) {
    let server = serve(&w).await;
    let book = w.house.registry().socket::<Book>().expect("there").clone();
    let told = async |wanted: Desk| {
        let some = async {
            loop {
                match book.take() {
                    noted if noted.is_empty() => tokio::time::sleep(Duration::from_millis(10)).await,
                    noted => break noted,
                }
            }
        };
        let noted = tokio::time::timeout(WAIT, some).await.expect("somebody is noted");
        assert!(noted.iter().all(|one| *one == (1, wanted)), "{noted:?}");
    };
    let mut ann = server.open(1, "?hidden=true").await;
    ann.hello().await;
    told(Desk::Hidden).await;
    ann.say(json!({"type": "desk", "shown": true})).await;
    told(Desk::Shown).await;
    let mut bo = server.open(2, "").await;
    bo.hello().await;
    assert!(book.take().iter().all(|one| *one == (2, Desk::Shown)));
    bo.say(json!({"type": "desk", "shown": false})).await;
    tokio::time::timeout(WAIT, async { while book.take().is_empty() { tokio::time::sleep(Duration::from_millis(10)).await } })
        .await
        .expect("noted as hidden");
}


async fn views_are_told_when_they_changed_and_not_for_each_event(w: World) {
    let server = serve(&w).await;
    let mut ann = server.open(1, "").await;
    ann.hello().await;
    for n in 0..50 {
        add(&w, n, false).await;
    }
    let mut told = 0;
    while let Ok(value) = tokio::time::timeout(Duration::from_millis(1_200), ann.any()).await {
        told += i32::from(value["type"] == "views");
    }
    assert!((1..=6).contains(&told), "{told} times");
}

}

#[test]
fn endless_headers_are_refused_and_an_ending_server_lets_go() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let (end, ended) = oneshot::channel::<()>();
        let router = axum::Router::new().route("/", axum::routing::get(|| async { "hello" }));
        let server = tokio::spawn(web::serve(listener, router, async {
            let _ = ended.await;
        }));
        let mut stream = TcpStream::connect(address).await.expect("connects");
        let head = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "y".repeat(100_000));
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let _ = stream.write_all(head.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        // The answer may be lost with the connection: what was sent after it was never read.
        assert!(!answer.starts_with(b"HTTP/1.1 200"), "{:?}", String::from_utf8_lossy(&answer));
        let idle = TcpStream::connect(address).await.expect("connects");
        end.send(()).expect("it listens");
        let done = tokio::time::timeout(Duration::from_secs(3), server).await;
        done.expect("an idle connection holds nobody up").expect("joined").expect("served");
        drop(idle);
    });
}
