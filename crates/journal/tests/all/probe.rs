//! A capability that does nothing useful, so that the journal can be watched.

use base::error::{forbidden, internal, unavailable};
use base::{Result, Time};
use journal::blobs::{Namer, Namers};
use journal::registry::Verb;
use journal::{Action, Caller, Cx, Event, Job, JobRun, Note, Reaction, Risk, Start, Worker, Workspace};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Migration, p};
use testkit::{Capability, World};
use utoipa::ToSchema;

const TABLES: &[Migration] = &[Migration {
    owner: "probe",
    name: "0001_probe",
    sql: "CREATE TABLE probe_heard (\n    reaction TEXT NOT NULL,\n    subject_id ID NOT NULL,\n    event_id ID NOT NULL,\n    PRIMARY KEY (reaction, event_id)\n);\nCREATE TABLE probe_switch (\n    one INT PRIMARY KEY,\n    fails BOOL NOT NULL\n);\nINSERT INTO probe_switch (one, fails) VALUES (1, TRUE);\nCREATE TABLE probe_files (\n    blob TEXT PRIMARY KEY\n);",
}];

pub const TOLD: &str = "probe.told";

/// Says something about a subject; even ones can be taken back.
pub struct Tell;

#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub struct Said {
    pub subject: i64,
}

impl Action for Tell {
    const NAME: &'static str = "probe.tell";
    const RISK: Risk = Risk::Reversible;
    type Input = Said;
    type Output = i64;

    fn run(cx: &mut Cx, input: &Said) -> Result<i64> {
        let event = cx.record(Note::new(TOLD, "probe", input.subject).change("x", 1, 2))?;
        cx.undoable::<Tell>(&Said { subject: -input.subject })?;
        Ok(event)
    }
}

/// What a job of the tests does is told by its word.
#[derive(Serialize, Deserialize)]
pub struct Errand {
    pub word: String,
    pub key: Option<String>,
}

impl Job for Errand {
    const NAME: &'static str = "probe.errand";

    fn key(&self) -> Option<String> {
        self.key.clone()
    }
}

async fn run_errand(house: Arc<Workspace>, errand: Errand, run: JobRun) -> Result<()> {
    match errand.word.as_str() {
        "later" if run.attempt < 3 => Err(unavailable("not_yet", "Not yet.")),
        "never" => Err(forbidden("never", "Never.")),
        "broken" => Err(internal("broken")),
        "panic" => panic!("the errand's own panic"),
        _ => {
            let heard = move |cx: &mut Cx| {
                keep(cx, "errand", 0, run.id)?;
                run.finish(cx)
            };
            house.write(Caller::system(), heard).await
        }
    }
}

fn keep(cx: &mut Cx, reaction: &str, subject: i64, event: i64) -> Result<()> {
    cx.exec(
        "INSERT INTO probe_heard (reaction, subject_id, event_id) VALUES ($1, $2, $3)",
        p![reaction, subject, event],
    )
    .map(drop)
}

fn calm(cx: &mut Cx, event: &Event) -> Result<()> {
    keep(cx, "calm", event.subject_id, event.id)
}

/// Refuses subject 2, fails at subject 3 while the switch is on, hears the rest.
fn moody(cx: &mut Cx, event: &Event) -> Result<()> {
    keep(cx, "moody", event.subject_id, event.id)?;
    let (fails,): (bool,) = cx.one("SELECT fails FROM probe_switch WHERE one = 1", p![])?;
    match event.subject_id {
        2 => Err(forbidden("not_two", "Not two.")),
        3 if fails => Err(internal("three is hard")),
        _ => Ok(()),
    }
}

/// Answers itself for ever, if nobody stops it.
fn echo(cx: &mut Cx, event: &Event) -> Result<()> {
    if event.subject_id == 99 {
        cx.record(Note::new(TOLD, "probe", 99i64))?;
    }
    Ok(())
}

fn hears(name: &'static str, ordered: bool, react: fn(&mut Cx, &Event) -> Result<()>) -> Reaction {
    Reaction { name, hears: &[TOLD], start: Start::FromStart, ordered, react }
}

/// The blobs below `probe/` belong to the probe; the journal's own sweep runs beside.
const FILES: Namer = Namer { covers: |key| key.starts_with("probe/"), named: named_files };

fn named_files(cx: &mut Cx, keys: &[String]) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = cx.all("SELECT blob FROM probe_files", p![])?;
    Ok(rows.into_iter().map(|(key,)| key).filter(|key| keys.contains(key)).collect())
}

pub async fn name_file(w: &World, key: &str) {
    let key = key.to_owned();
    let insert = move |cx: &mut Cx| cx.exec("INSERT INTO probe_files (blob) VALUES ($1)", p![key]);
    assert_eq!(w.system(insert).await.expect("written"), 1);
}

pub async fn forget_file(w: &World, key: &str) {
    let key = key.to_owned();
    let delete = move |cx: &mut Cx| cx.exec("DELETE FROM probe_files WHERE blob = $1", p![key]);
    assert_eq!(w.system(delete).await.expect("written"), 1);
}

pub fn house() -> Vec<Capability> {
    let probe = Capability::new("probe")
        .plug(|registry| registry.fill::<Namers>().add(FILES))
        .migrations(TABLES)
        .verbs([Verb::of::<Tell>()])
        .reactions([hears("calm", false, calm), hears("moody", true, moody), hears("echo", false, echo)])
        .worker(Worker::new(run_errand));
    vec![journal::sweeps().into_iter().fold(probe, Capability::sweep)]
}

pub async fn tell(w: &World, subject: i64) -> i64 {
    w.house.act::<Tell>(Caller::system(), None, Said { subject }).await.expect("told").output
}

/// The subjects that a reaction has kept, in the order of their events.
pub async fn heard(w: &World, reaction: &'static str) -> Vec<i64> {
    let rows: Vec<(i64,)> = w
        .house
        .db
        .read(move |tx| {
            tx.all("SELECT subject_id FROM probe_heard WHERE reaction = $1 ORDER BY event_id", p![reaction])
        })
        .await
        .expect("reads");
    rows.into_iter().map(|(subject,)| subject).collect()
}

pub async fn mend(w: &World) {
    let off = w.house.db.write(|tx| tx.exec("UPDATE probe_switch SET fails = FALSE", p![])).await;
    assert_eq!(off.expect("writes"), 1);
}

pub async fn later(w: &World, word: &str, key: Option<&str>) {
    let (word, key) = (word.to_owned(), key.map(str::to_owned));
    w.system(move |cx| cx.later(&Errand { word: word.clone(), key: key.clone() })).await.expect("put down");
}

pub fn after(w: &World, millis: i64) -> Time {
    w.clock.advance(millis);
    w.clock.now()
}
