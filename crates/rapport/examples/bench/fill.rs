//! Writes the history straight into the tables, with all indexes in place, without waiting for the disk.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use base::{Clock, IdSource, Time};
use search::Entry;
use store::{Db, Engine, Tx, p};

use super::history::{AGENTS, History, TEAM_AGENTS, TEAMS, TEAMS_SEEN, Thread};
use super::insert::{Field, Rows, fields};
use super::words::{Dice, Words};

/// Conversations in one transaction.
const BLOCK: i64 = 500;
/// No running node has this number, so ids never meet.
const NODE: i64 = 63;

pub fn token(agent: usize) -> String {
    format!("bench-token-of-agent-{agent:03}")
}

/// Of agents who see three teams of sixty.
pub fn team_token(n: usize) -> String {
    token(AGENTS + n % TEAM_AGENTS)
}

pub fn address(customer: i64) -> String {
    format!("customer{customer}@example.org")
}

pub fn fill(db: &Db, history: &History) {
    let started = Instant::now();
    let staff = people(db);
    customers(db, history);
    conversations(db, history, &staff);
    let last = history.size;
    db.write_blocking(move |tx| match tx.is_lite() {
        true => tx.exec("UPDATE conversation_numbers SET last = $1", p![last]).map(drop),
        false => tx.one::<(i64,)>("SELECT setval('conversation_numbers', $1)", p![last]).map(drop),
    })
    .expect("numbers go on");
    println!("filled {} conversations in {:.0} s", history.size, started.elapsed().as_secs_f64());
}

struct Staff {
    teams: Vec<i64>,
    agents: Vec<i64>,
    brand: i64,
}

/// Teams, and agents with a token each: most see everything, the last ones some teams.
fn people(db: &Db) -> Staff {
    let clock = Clock::system();
    let ids = IdSource::new(clock.clone(), NODE, 0);
    let teams: Vec<i64> = (0..TEAMS).map(|_| ids.next()).collect();
    let agents: Vec<i64> = (0..AGENTS + TEAM_AGENTS).map(|_| ids.next()).collect();
    let (role, tokens) = (ids.next(), agents.iter().map(|_| ids.next()).collect::<Vec<_>>());
    let (made, now) = ((teams.clone(), agents.clone()), clock.now().0);
    let brand = db.write_blocking(move |tx| {
        let (teams, agents) = &made;
        tx.exec(
            "INSERT INTO roles (id, name, grants, reach, built_in, version)
             VALUES ($1, 'bench team', '[\"conversation.*\", \"message.*\", \"customer.*\"]', 'teams', FALSE, 1)",
            p![role],
        )?;
        let (all,): (i64,) = tx.one("SELECT id FROM roles WHERE name = 'agent'", p![])?;
        // Answers stay held while they are measured: what leaves the house is another matter.
        tx.exec(
            "INSERT INTO settings (name, value, version)
             VALUES ('conversations.rules', '{\"undo_send_seconds\": 60, \"close_after_days\": 28}', 1)",
            p![],
        )?;
        for (n, id) in teams.iter().enumerate() {
            let name = format!("team {n}");
            let sql = "INSERT INTO teams (id, name, name_folded, version) VALUES ($1, $2, $2, 1)";
            tx.exec(sql, p![*id, name])?;
        }
        for (n, id) in agents.iter().enumerate() {
            agent(tx, *id, n, if n < AGENTS { all } else { role }, now)?;
            let hash = base::secrets::token_hash(&token(n));
            tx.exec(
                "INSERT INTO tokens (id, agent_id, name, token_hash, created_at) VALUES ($1, $2, 'bench', $3, $4)",
                p![tokens[n], *id, hash, now],
            )?;
        }
        for (team, agent) in teams.iter().take(TEAMS_SEEN).flat_map(|t| agents[AGENTS..].iter().map(move |a| (t, a)))
        {
            let sql = "INSERT INTO team_members (team_id, agent_id) VALUES ($1, $2)";
            tx.exec(sql, p![*team, *agent])?;
        }
        tx.one::<(i64,)>("SELECT id FROM brands LIMIT 1", p![])
    });
    Staff { teams, agents, brand: brand.expect("staff is written").0 }
}

fn agent(tx: &mut Tx<'_>, id: i64, n: usize, role: i64, now: i64) -> base::Result<()> {
    let (name, email) = (format!("Agent {n}"), format!("agent{n}@desk.example"));
    tx.exec(
        "INSERT INTO agents (id, name, email, email_folded, role_id, active, version, created_at)
         VALUES ($1, $2, $3, $3, $4, TRUE, 1, $5)",
        p![id, name, email, role, now],
    )
    .map(drop)
}

fn customers(db: &Db, history: &History) {
    let words = Words::new();
    let mut from = 0;
    while from < history.customers {
        let upto = (from + 1_000).min(history.customers);
        let mut block = Block::new(db.engine());
        for index in from..upto {
            block.customer(history, index, &words);
        }
        db.write_blocking(move |tx| block.write(tx)).expect("customers are written");
        from = upto;
    }
}

fn conversations(db: &Db, history: &History, staff: &Staff) {
    let (words, next) = (Words::new(), AtomicI64::new(0));
    // SQLite has one writer: two threads keep it busy. PostgreSQL works with as many as it has cores.
    let threads = if db.engine() == Engine::Sqlite { 2 } else { 3 };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let from = next.fetch_add(BLOCK, Ordering::Relaxed);
                    if from >= history.size {
                        return;
                    }
                    let mut block = Block::new(db.engine());
                    for index in from..(from + BLOCK).min(history.size) {
                        block.conversation(&history.thread(index), history, staff, &words);
                    }
                    block.entries.sort();
                    block.words.sort();
                    db.write_blocking(move |tx| block.write(tx)).expect("conversations are written");
                    if from % 100_000 == 0 {
                        println!("  {from}");
                    }
                }
            });
        }
    });
}

/// The rows of one transaction, in the order in which they refer to each other.
struct Block {
    customers: Rows,
    identities: Rows,
    conversations: Rows,
    messages: Rows,
    entries: Rows,
    /// The index over words; on PostgreSQL it is a part of the entry.
    words: Rows,
    lite: bool,
}

impl Block {
    fn new(engine: Engine) -> Block {
        let lite = engine == Engine::Sqlite;
        let entry = if lite { "(?, ?, ?, ?, ?)" } else { "(?, ?, ?, ?, to_tsvector('simple', ?))" };
        Block {
            customers: Rows::new(
                "customers (id, name, created_at, version, note, tags, attributes)",
                "(?, ?, ?, 1, '', '[]', '{}')",
            ),
            identities: Rows::new(
                "customer_identities (id, customer_id, value, folded, created_at, kind, verified, main)",
                "(?, ?, ?, ?, ?, 'email', TRUE, TRUE)",
            ),
            conversations: Rows::new(
                "conversations (id, number, subject, status, shelf, spam, brand_id, team_id, assignee_id,
                     requester_id, submitter, preview, last_author, last_message_id, last_inbound_id, created_at,
                     last_activity_at, status_at, deleted_at, version, channel, account, fields, tags)",
                "(?, ?, ?, ?, ?, CAST(? AS INTEGER) <> 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'email',
                  'help@desk.example', '{}', '[]')",
            ),
            messages: Rows::new(
                "messages (id, conversation_id, direction, author, author_id, html, text, source_id, delivery,
                     created_at, version, kind, channel, author_verified, recipients, mentions, marks, repeats,
                     attempts)",
                "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 'message', 'email', TRUE,
                  '{\"from\":null,\"to\":[{\"name\":\"\",\"address\":\"help@desk.example\"}],\"cc\":[],\"bcc\":[]}',
                  '[]', '[]', 0, 1)",
            ),
            entries: Rows::new("search_entries (id, kind, parent, at, folded)", entry),
            words: Rows::new("search_words (rowid, folded)", "(?, ?)"),
            lite,
        }
    }

    fn customer(&mut self, history: &History, index: i64, words: &Words) {
        let (id, at) = (history.customer_id(index), history.customer_at(index));
        let mut dice = Dice::new(index.unsigned_abs() ^ 0xc0ffee);
        let name = format!("{} {}", words.pick(&mut dice), words.pick(&mut dice));
        let address = address(index);
        let entry = Entry { id, at: Time(at), title: name.clone(), text: format!("{address}\n"), parent: id };
        self.entry("customer", &entry);
        self.customers.push(fields![id, name, at]);
        self.identities.push(fields![history.identity_id(index), id, address.clone(), address, at]);
    }

    fn conversation(&mut self, c: &Thread, history: &History, staff: &Staff, words: &Words) {
        let mut dice = Dice::new(c.number.unsigned_abs() ^ 0x7e47);
        let subject = words.text(&mut dice, 4);
        let customer = history.customer_id(c.customer);
        let mut preview = String::new();
        for told in &c.messages {
            let count = 8 + dice.below(40);
            let text = words.text(&mut dice, count);
            let (direction, author, delivery) = match told.inbound {
                true => ("in", "customer", None),
                false => ("out", "agent", Some("delivered")),
            };
            let author_id = if told.inbound { customer } else { staff.agents[c.assignee.unwrap_or(0)] };
            let entry = Entry {
                id: told.id,
                at: Time(told.at),
                title: subject.clone(),
                text: text.clone(),
                parent: c.id,
            };
            self.entry("message", &entry);
            let source_id = format!("{}@example.org", told.id);
            preview = base::text::cut(&text, 180).to_owned();
            let html = format!("<p>{text}</p>");
            self.messages.push(fields![
                told.id, c.id, direction, author, author_id, html, text, source_id, delivery, told.at
            ]);
        }
        self.head(c, customer, staff, subject, preview);
    }

    fn head(&mut self, c: &Thread, customer: i64, staff: &Staff, subject: String, preview: String) {
        let title = format!("{subject} #{}", c.number);
        let entry = Entry { id: c.id, at: Time(c.at), title, text: String::new(), parent: c.id };
        self.entry("conversation", &entry);
        let last = c.messages.last().expect("each has a message");
        let inbound = c.messages.iter().rev().find(|m| m.inbound).expect("the first is inbound").id;
        let author = if last.inbound { "customer" } else { "agent" };
        self.conversations.push(fields![
            c.id,
            c.number,
            subject,
            c.status,
            c.shelf,
            i64::from(c.shelf == "spam"),
            staff.brand,
            staff.teams[c.team],
            c.assignee.map(|n| staff.agents[n]),
            customer,
            format!("customer:{customer}"),
            preview,
            author,
            last.id,
            inbound,
            c.at,
            last.at,
            last.at,
            (c.shelf == "bin").then_some(last.at),
        ]);
    }

    fn entry(&mut self, kind: &str, entry: &Entry) {
        let mut folded = search::words(kind, entry);
        match self.lite {
            true => self.words.push(vec![Field::Int(entry.id), Field::Text(folded.clone())]),
            false => folded = search::chaptered(entry.id, &folded),
        }
        self.entries.push(fields![entry.id, kind, entry.parent, entry.at.0, folded]);
    }

    fn write(&self, tx: &mut Tx<'_>) -> base::Result<()> {
        let tables = [&self.customers, &self.identities, &self.conversations, &self.messages, &self.entries];
        for table in tables.into_iter().chain([&self.words]) {
            table.write(tx)?;
        }
        Ok(())
    }
}
