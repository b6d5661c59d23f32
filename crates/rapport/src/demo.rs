//! The demo: a small fictional company, its mail of the last weeks, and a catcher for what it sends.

mod answers;
mod calendar;
mod cast;
mod catcher;
mod changes;
mod files;
mod founding;
mod incoming;
mod letters;
mod player;
mod shop;
mod stage;
mod story;
mod vanishing;

use std::io::{IsTerminal, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base::config::Durability;
use base::error::{conflict, internal, invalid, unavailable};
use base::{Clock, Config, Result, Time};
use conversations::settings::Rules;
use serde_json::json;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

use crate::installation::Installation;
use crate::serve::Serving;
use catcher::Catcher;
use stage::Stage;

/// The name of the demo's workspace among the files.
const WORKSPACE: &str = "demo";
/// The story begins before its first mail; its last step lies before now.
const STORY_SECONDS: i64 = 40 * 24 * 3600;

/// Serves the demo until the program is told to end. Without a folder everything is forgotten then;
/// with one, the story is told only the first time.
pub fn run(config: Config, data: Option<PathBuf>) -> Result<()> {
    must_be_free(&config.listen)?;
    let config = Config { database: None, blobs: None, ..config };
    let folder = Folder::new(data)?;
    let config = Config { data: folder.path.clone(), ..config };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = start(&runtime, config);
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    served
}

fn start(runtime: &Runtime, config: Config) -> Result<()> {
    let catcher = Catcher::new(Clock::system());
    let caught = runtime.block_on(catcher.catch())?;
    if !is_told(&config.data) {
        // Two deliveries of the story fail on purpose: nobody needs to be warned of them.
        let silence = tracing::subscriber::NoSubscriber::default();
        let now = Clock::system().now();
        tracing::subscriber::with_default(silence, || tell(runtime, &config, &catcher, caught.address, now))?;
    }
    let (installation, routes) = open(config, Clock::system())?;
    runtime.block_on(async {
        let place = installation.place(Some(WORKSPACE)).await?;
        let house = installation.workspace(place).await?;
        founding::send_through(&house.workspace, caught.address).await?;
        let widget = founding::widget(&house.workspace).await?;
        house.lease.release(&house.workspace.db).await?;
        drop(house.workspace);
        let serving = Serving::start(installation, routes).await?;
        let smtp = serving.smtp_address.ok_or_else(|| internal("the demo always takes mail"))?;
        catcher.writes_to(smtp);
        let page = catcher::show(catcher).await?;
        // Under the name `localhost` the shop is another site than the desk, as it would be in earnest.
        let shop = shop::open(format!("http://{}", serving.address), widget).await?;
        let shop = format!("http://localhost:{}", shop.port());
        introduce(&serving, smtp, page, &shop)?;
        serving.announce(json!({ "catcher": format!("http://{page}"), "shop": shop }))?;
        serving.until_told().await?;
        caught.stop().await;
        Ok(())
    })
}

fn open(config: Config, clock: Clock) -> Result<(Installation, web::Routes)> {
    Installation::open(config, clock)?.ok_or_else(|| {
        conflict("data_in_use", "Another Rapport uses this folder already. Name another with --data.")
    })
}

/// Makes the workspace and tells the story in it, with a clock that is held.
fn tell(runtime: &Runtime, config: &Config, catcher: &Catcher, server: SocketAddr, now: Time) -> Result<()> {
    let clock = Clock::frozen(now.plus_seconds(-STORY_SECONDS));
    // What is half told is told anew: nothing has to survive a power cut yet.
    let (installation, _) = open(Config { durability: Durability::Off, ..config.clone() }, clock.clone())?;
    runtime.block_on(async {
        let open = installation.create(WORKSPACE).await?;
        let house = open.workspace.clone();
        let (cast, story) = (cast::read()?, story::read()?);
        let staff = founding::found(&house, &cast).await?;
        founding::send_through(&house, server).await?;
        let known = house.clone();
        let houses: channel_email::Houses = Arc::new(move |_| {
            let known = known.clone();
            Box::pin(async move { Ok(known) })
        });
        let room = channel_email::Installation::new(installation.directory.clone(), houses);
        let stage = Stage { house: house.clone(), room, clock, catcher, server, cast: &cast, staff, now };
        tokio::select! {
            told = player::tell(&stage, &story, progress) => told?,
            () = told_to_end() => return Err(unavailable("ended", "Ended before the story was told.")),
        }
        founding::hold_answers(&house, Rules::default().undo_send_seconds).await?;
        open.lease.release(&house.db).await
    })?;
    std::fs::write(config.data.join(TOLD), "The story of the demo has been told in this folder.\n")?;
    Ok(())
}

/// Until somebody ends the program: then a temporary folder is still removed.
async fn told_to_end() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// Stands in the folder once the story has been told to its end.
const TOLD: &str = "demo.txt";

fn is_told(data: &Path) -> bool {
    data.join(TOLD).exists()
}

fn progress(done: usize, all: usize) {
    let mut out = std::io::stderr();
    if out.is_terminal() && (done.is_multiple_of(10) || done + 1 == all) {
        let _ = write!(out, "\rTelling the story of {}: {} % ", cast::COMPANY, (done + 1) * 100 / all);
        let _ = out.flush();
    }
}

/// A taken port is told before anything is made.
fn must_be_free(listen: &str) -> Result<()> {
    TcpListener::bind(listen).map(drop).map_err(|e| {
        let way_out = "Choose another address with --listen, such as --listen 127.0.0.1:0.";
        invalid("listen", format!("{listen} can't be used: {e}. {way_out}"))
    })
}

fn introduce(serving: &Serving, smtp: SocketAddr, page: SocketAddr, shop: &str) -> Result<()> {
    let mut out = std::io::stderr().lock();
    let [ann, bo, carla, deniz] = &cast::AGENTS;
    writeln!(out, "\r{} is open.                              \n", cast::COMPANY)?;
    writeln!(out, "  Desk          http://{}", serving.address)?;
    writeln!(out, "  Sign in as    {}   password: {}", ann.email, cast::PASSWORD)?;
    writeln!(out, "  Colleagues    {}, {}, {} (same password)", bo.email, carla.email, deniz.email)?;
    writeln!(out, "  Shop          {shop}   with the chat on every page")?;
    writeln!(
        out,
        "  Mail catcher  http://{page}   shows what the desk sends; you can answer there as the customer"
    )?;
    writeln!(out, "  Incoming mail smtp://{smtp}   for {}", cast::MAILBOXES[0].address)?;
    writeln!(out, "\nPress Ctrl+C to end.\n")?;
    Ok(())
}

/// The folder of the demo; a temporary one is removed at the end.
struct Folder {
    path: PathBuf,
    temporary: bool,
}

impl Folder {
    fn new(data: Option<PathBuf>) -> Result<Folder> {
        let temporary = data.is_none();
        let path = data.unwrap_or_else(|| {
            let name = format!("rapport-demo-{}", &base::secrets::new_token()[..12]);
            std::env::temp_dir().join(name)
        });
        if !temporary && path.join("directory.db").exists() && !is_told(&path) {
            let sentence =
                format!("{} holds no demo that was told to its end. Name another folder.", path.display());
            return Err(invalid("not_a_demo", sentence));
        }
        Ok(Folder { path, temporary })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.temporary {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

#[cfg(test)]
mod tests;
