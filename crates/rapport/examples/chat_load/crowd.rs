//! The crowd: who stands idle, who talks, and what the server needs for them.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::driver::installation::ADMIN;
use super::driver::{Engine, Http, Installation, Server};
use super::wire::{Socket, ask};

pub struct Plan {
    pub idle: usize,
    pub active: usize,
    pub seconds: u64,
}

/// Connections that are begun at once.
const AT_ONCE: usize = 200;
/// Each active visitor says something so often, and is answered so often.
const TALK_EVERY: Duration = Duration::from_secs(5);

/// What all visitors share.
struct Crowd {
    key: String,
    /// Where the server is; it moves when it starts again.
    server: watch::Sender<SocketAddr>,
    greeted: AtomicUsize,
    broken: AtomicUsize,
    /// When an answer was sent, by its text.
    answers: Mutex<HashMap<String, Instant>>,
    delays: Mutex<Vec<Duration>>,
    lines: AtomicUsize,
}

struct Visitor {
    number: usize,
    token: String,
}

pub fn run(plan: &Plan, engine: Engine) {
    let installation = Installation::found(engine);
    let server = installation.serve();
    let token = installation.token(ADMIN);
    let widget = json!({"name": "Load"});
    let made = server.client(&token).json("POST", "/api/chat/widgets", &widget).expect(201);
    let key = made["key"].as_str().expect("a key").to_owned();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(tell(plan, &installation, server, &token, key));
}

async fn tell(plan: &Plan, installation: &Installation, server: Server, token: &str, key: String) {
    let crowd = Arc::new(Crowd {
        key,
        server: watch::Sender::new(server.http),
        greeted: AtomicUsize::new(0),
        broken: AtomicUsize::new(0),
        answers: Mutex::default(),
        delays: Mutex::default(),
        lines: AtomicUsize::new(0),
    });
    let before = memory(&server);
    let began = Instant::now();
    let mut all = JoinSet::new();
    let places = Arc::new(Semaphore::new(AT_ONCE));
    for number in 0..plan.idle {
        all.spawn(stand(crowd.clone(), number, places.clone()));
    }
    crowd.wait(plan.idle).await;
    println!("{} idle visitors connected in {:.1} s", plan.idle, began.elapsed().as_secs_f64());
    // Over one beat of all sockets.
    tokio::time::sleep(Duration::from_secs(40)).await;
    let idle = memory(&server);
    println!(
        "memory: {before:.0} MB before, {idle:.0} MB with them: {:.1} kB each",
        (idle - before) * 1024.0 / plan.idle.max(1) as f64
    );
    talk(plan, &crowd, &server, token).await;
    println!("memory with everybody: {:.0} MB", memory(&server));

    println!("connections that broke by themselves: {}", crowd.broken.load(Ordering::Relaxed));
    server.kill();
    crowd.greeted.store(0, Ordering::Relaxed);
    let began = Instant::now();
    let server = installation.serve();
    crowd.server.send_replace(server.http);
    crowd.wait(plan.idle).await;
    println!("after a restart all are back in {:.1} s", began.elapsed().as_secs_f64());
    all.abort_all();
}

fn memory(server: &Server) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.pid)).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}

impl Crowd {
    async fn wait(&self, wanted: usize) {
        let deadline = Instant::now() + Duration::from_secs(300);
        while self.greeted.load(Ordering::Relaxed) < wanted && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/chat/{}/{rest}", self.key)
    }

    fn server(&self) -> SocketAddr {
        *self.server.borrow()
    }

    async fn begin(&self, number: usize) -> std::io::Result<Visitor> {
        let path = self.path("session");
        let (status, session) = ask(self.server(), number, ("POST", &path), "", &json!({})).await?;
        let token =
            session["token"].as_str().ok_or_else(|| std::io::Error::other(format!("{status}: {session}")))?;
        Ok(Visitor { number, token: token.to_owned() })
    }

    async fn connect(&self, visitor: &Visitor, cursor: Option<i64>) -> std::io::Result<Socket> {
        let mut socket = Socket::open(self.server(), visitor.number, &self.path("live")).await?;
        socket.say(&json!({"type": "hello", "token": visitor.token, "cursor": cursor})).await?;
        loop {
            if socket.hear().await?["type"] == "hello" {
                self.greeted.fetch_add(1, Ordering::Relaxed);
                return Ok(socket);
            }
        }
    }
}

/// Stands there, and comes back when the line breaks.
async fn stand(crowd: Arc<Crowd>, number: usize, places: Arc<Semaphore>) {
    let mut visitor = None;
    loop {
        let place = places.acquire().await;
        if visitor.is_none() {
            visitor = crowd.begin(number).await.ok();
        }
        let socket = match &visitor {
            Some(visitor) => crowd.connect(visitor, None).await.ok(),
            None => None,
        };
        drop(place);
        let Some(mut socket) = socket else {
            tokio::time::sleep(Duration::from_millis(200)).await;
            continue;
        };
        while socket.hear().await.is_ok() {}
        crowd.broken.fetch_add(1, Ordering::Relaxed);
    }
}

/// Active visitors write, an agent answers, and each way is timed.
async fn talk(plan: &Plan, crowd: &Arc<Crowd>, server: &Server, token: &str) {
    let first = plan.idle;
    let mut talking = JoinSet::new();
    let posts = Arc::new(Mutex::new(Vec::new()));
    let until = Instant::now() + Duration::from_secs(plan.seconds + 10);
    for number in first..first + plan.active {
        let (crowd, posts) = (crowd.clone(), posts.clone());
        talking.spawn(async move { chat(&crowd, number, until, &posts).await });
    }
    tokio::time::sleep(Duration::from_secs(8)).await;
    let answering = answer(crowd.clone(), server.http, token.to_owned(), until);
    let sent = tokio::task::spawn_blocking(answering).await.expect("answers");
    while talking.join_next().await.is_some() {}
    let posts = posts.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let delays = crowd.delays.lock().unwrap_or_else(PoisonError::into_inner).clone();
    println!("{} active visitors: {} messages, {}", plan.active, posts.len(), figures(posts));
    println!("{sent} answers, {} on their screens, {}", delays.len(), figures(delays));
}

async fn chat(crowd: &Crowd, number: usize, until: Instant, posts: &Mutex<Vec<Duration>>) {
    let Ok(visitor) = crowd.begin(number).await else { return };
    let Ok(mut socket) = crowd.connect(&visitor, Some(0)).await else { return };
    let hearing = async {
        while let Ok(frame) = socket.hear().await {
            crowd.arrived(&frame);
        }
    };
    let talking = async {
        let mut n = 0;
        while Instant::now() < until {
            let body =
                json!({"id": format!("load-{number}-{n}"), "text": format!("visitor {number} says {n}")});
            let (began, path) = (Instant::now(), crowd.path("messages"));
            let said = ask(crowd.server(), number, ("POST", &path), &visitor.token, &body).await;
            if said.is_ok_and(|(status, _)| status == 201) {
                posts.lock().unwrap_or_else(PoisonError::into_inner).push(began.elapsed());
            }
            n += 1;
            tokio::time::sleep(TALK_EVERY).await;
        }
    };
    tokio::select! {
        () = hearing => {}
        () = talking => {}
    }
}

impl Crowd {
    fn arrived(&self, frame: &Value) {
        if frame["type"] != "message" || frame["message"]["direction"] != "out" {
            return;
        }
        self.lines.fetch_add(1, Ordering::Relaxed);
        let text = frame["message"]["text"].as_str().unwrap_or_default().trim().to_owned();
        let sent = self.answers.lock().unwrap_or_else(PoisonError::into_inner).remove(&text);
        if let Some(sent) = sent {
            self.delays.lock().unwrap_or_else(PoisonError::into_inner).push(sent.elapsed());
        }
    }
}

/// One agent who answers everybody in turn; answers how many answers there were.
fn answer(crowd: Arc<Crowd>, server: SocketAddr, token: String, until: Instant) -> impl FnOnce() -> usize {
    move || {
        let mut desk = Http::new(server).with_token(&token);
        let mut list = desk.get("/api/conversations?view=unassigned&limit=100").expect(200);
        let mut open: Vec<i64> = Vec::new();
        loop {
            let items = list["items"].as_array().cloned().unwrap_or_default();
            open.extend(items.iter().filter_map(|row| row["id"].as_i64()));
            let Some(next) = list["next"].as_str() else { break };
            list =
                desk.get(&format!("/api/conversations?view=unassigned&limit=100&cursor={next}")).expect(200);
        }
        let pause =
            TALK_EVERY.checked_div(u32::try_from(open.len().max(1)).unwrap_or(1)).unwrap_or(TALK_EVERY);
        let mut sent = 0;
        while Instant::now() < until && !open.is_empty() {
            let conversation = open[sent % open.len()];
            let text = format!("answer {sent}");
            let began = Instant::now();
            crowd.answers.lock().unwrap_or_else(PoisonError::into_inner).insert(text.clone(), began);
            let body = json!({"html": format!("<p>{text}</p>"), "channel": "chat"});
            desk.json("POST", &format!("/api/conversations/{conversation}/messages"), &body).expect(201);
            sent += 1;
            super::driver::pause(pause.saturating_sub(began.elapsed()));
        }
        sent
    }
}

fn figures(mut all: Vec<Duration>) -> String {
    all.sort_unstable();
    let at = |share: f64| {
        let index = (all.len() as f64 * share) as usize;
        all.get(index.min(all.len().saturating_sub(1))).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    format!("p50 {:.1} ms, p99 {:.1} ms", at(0.5), at(0.99))
}
