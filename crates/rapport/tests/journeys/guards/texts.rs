//! Every text field of the API: what is written is what is read, or is refused with its field named.

use serde_json::{Value, json};

use super::allowed::escape;
use super::ask::json as ask;
use super::hostile;
use super::stage::Stage;
use crate::driver::{Engine, Http};

/// How a text may differ after it was kept. U+0000 is taken out everywhere: PostgreSQL can't keep it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// As it was written.
    Exact,
    /// Without blanks at its ends.
    Trimmed,
    /// In lower case as well: tags are compared.
    Folded,
    /// A file's name has no folders and no control characters.
    FileName,
}

impl Rule {
    pub fn kept(self, text: &str) -> String {
        let text = text.replace('\0', "");
        match self {
            Rule::Exact => text,
            Rule::Trimmed => text.trim().to_owned(),
            Rule::Folded => text.trim().to_lowercase(),
            Rule::FileName => {
                let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
                let plain: String = last.chars().filter(|c| !c.is_control()).collect();
                let plain: String = plain.trim().trim_start_matches('.').chars().take(200).collect();
                if plain.is_empty() { "file".to_owned() } else { plain }
            }
        }
    }
}

/// A place for a text: where it is written, and where it stands in what is read back.
pub struct Field {
    pub name: &'static str,
    rule: Rule,
    method: &'static str,
    path: String,
    body: fn(&str) -> Value,
    /// Read from here afterwards; from the answer itself when empty.
    read: String,
    pointer: &'static str,
}

pub fn fields(stage: &Stage) -> Vec<Field> {
    let c = format!("/api/conversations/{}", stage.conversation);
    let of = |path: &str| stage.thing(path);
    let at = |name, rule, path: &str, body, read: &str, pointer| Field {
        name,
        rule,
        method: "PUT",
        path: path.to_owned(),
        body,
        read: read.to_owned(),
        pointer,
    };
    let new = |name, rule, path: &str, body, pointer| Field {
        name,
        rule,
        method: "POST",
        path: path.to_owned(),
        body,
        read: String::new(),
        pointer,
    };
    let (customer, company, mailbox) = (of("/api/customers"), of("/api/companies"), of("/api/mailboxes"));
    use Rule::{Exact, Folded, Trimmed};
    vec![
        at("subject", Trimmed, &format!("{c}/subject"), |t| json!({"subject": t}), &c, "/subject"),
        at("tag", Folded, &format!("{c}/tags"), |t| json!({"tags": [t]}), &c, "/tags/0"),
        at("field", Exact, &format!("{c}/fields"), |t| json!({"fields": {"a": t}}), &c, "/fields/a"),
        Field { method: "PATCH", ..at("form", Exact, &c, |t| json!({"form": t}), &c, "/form") },
        Field {
            method: "PATCH",
            ..at("external id", Exact, &c, |t| json!({"external_id": t}), &c, "/external_id")
        },
        at("customer name", Exact, &customer, |t| json!({"name": t}), &customer, "/name"),
        at("customer note", Exact, &customer, |t| json!({"name": "", "note": t}), &customer, "/note"),
        at("customer tag", Folded, &customer, |t| json!({"name": "", "tags": [t]}), &customer, "/tags/0"),
        at(
            "customer attribute",
            Exact,
            &customer,
            |t| json!({"name": "", "attributes": {"list": [t]}}),
            &customer,
            "/attributes/list/0",
        ),
        at(
            "company note",
            Exact,
            &company,
            |t| json!({"name": "Plum", "domains": [], "note": t}),
            &company,
            "/note",
        ),
        at("mailbox name", Trimmed, &mailbox, |t| json!({"name": t}), "", "/name"),
        at("own name", Trimmed, "/api/profile", |t| json!({"name": t}), "", "/name"),
        new("team name", Trimmed, "/api/teams", |t| json!({"name": t}), "/name"),
        new("brand name", Trimmed, "/api/brands", |t| json!({"name": t}), "/name"),
        new("token name", Trimmed, "/api/tokens", |t| json!({"name": t}), "/name"),
        new("new customer", Exact, "/api/customers", |t| json!({"name": t, "identities": []}), "/name"),
    ]
}

/// What came of one text in one field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Came {
    Kept,
    Refused,
}

impl Field {
    /// Err says what is wrong with it.
    pub fn try_text(&self, http: &mut Http, text: &str) -> Result<Came, String> {
        let answer = ask(http, self.method, &self.path, &(self.body)(text));
        if answer.status == 400 || answer.status == 409 {
            let told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let named =
                told["error"]["fields"].as_object().is_some_and(|f| !f.is_empty()) || answer.status == 409;
            return if named {
                Ok(Came::Refused)
            } else {
                Err(format!("refused without a field: {}", answer.text()))
            };
        }
        let shown: Value = match self.read.is_empty() {
            true => serde_json::from_slice(&answer.body).unwrap_or_default(),
            false => ask(http, "GET", &self.read, &Value::Null).expect(200),
        };
        if self.name == "token name" {
            return Ok(Came::Kept);
        }
        let (found, wanted) = (shown.pointer(self.pointer).and_then(Value::as_str), self.rule.kept(text));
        let empty = wanted.is_empty() && found.is_none();
        match found == Some(wanted.as_str()) || empty {
            true => Ok(Came::Kept),
            false => Err(format!("{} of {text:?} is read as {found:?}", self.name)),
        }
    }
}

/// A text as a name of a file, and as what people write.
pub fn try_writing(stage: &Stage, http: &mut Http, text: &str) -> Result<(), String> {
    let query: String = text.bytes().map(|b| format!("%{b:02X}")).collect();
    let sent = super::ask::ask(
        http,
        "POST",
        &format!("/api/uploads?name={query}"),
        &[("Content-Type", "image/png")],
        b"x",
    );
    let file = sent.expect(201);
    let name = file["name"].as_str().unwrap_or_default().to_owned();
    // So many may wait only.
    let removed = super::ask::ask(http, "DELETE", &format!("/api/uploads/{}", file["id"]), &[], b"");
    if removed.status != 204 {
        return Err(format!("the file stays: {}", removed.text()));
    }
    if name != Rule::FileName.kept(text) {
        return Err(format!("a file {text:?} is called {name:?}"));
    }
    let c = format!("/api/conversations/{}", stage.conversation);
    let written = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let draft = ask(
        http,
        "PUT",
        &format!("{c}/draft"),
        &json!({"mode": "reply", "html": format!("<p>{written}</p>")}),
    );
    cleaned(&draft.expect(200)["html"], text)?;
    if text.trim().is_empty() {
        return Ok(());
    }
    for html in [text.to_owned(), format!("<p>{written}</p>")] {
        let answer = ask(http, "POST", &format!("{c}/notes"), &json!({"html": html}));
        if answer.status == 201 {
            let note = answer.expect(201);
            cleaned(&note["html"], if html == text { "" } else { text })?;
        }
    }
    for path in ["/api/search", "/api/customers"] {
        super::ask::ask(http, "GET", &format!("{path}?q={query}"), &[], b"").expect(200);
    }
    Ok(())
}

/// Nothing of it acts, and its visible letters are all there.
fn cleaned(html: &Value, text: &str) -> Result<(), String> {
    let html = html.as_str().unwrap_or_default();
    if let Some(what) = escape(html) {
        return Err(format!("{what} came through: {html}"));
    }
    let shown = html
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let letters = |t: &str| t.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    match letters(&shown).contains(&letters(text)) {
        true => Ok(()),
        false => Err(format!("of {text:?} remains {html:?}")),
    }
}

#[test]
fn what_is_written_in_any_field_is_read_again_or_refused() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        written_and_read(&Stage::set_on(engine));
    }
}

fn written_and_read(stage: &Stage) {
    let mut admin = stage.admin();
    let long = hostile::long_word();
    let mut wrong = Vec::new();
    for text in hostile::TEXTS.iter().copied().chain([long.as_str()]) {
        for field in fields(stage) {
            wrong.extend(field.try_text(&mut admin, text).err().map(|e| format!("{}: {e}", field.name)));
        }
        wrong.extend(try_writing(stage, &mut admin, text).err());
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}

#[test]
fn no_html_that_an_agent_or_a_program_writes_can_act() {
    let stage = Stage::set();
    let mut admin = stage.admin();
    let c = format!("/api/conversations/{}", stage.conversation);
    for trick in hostile::HTML {
        for (method, place, body) in [
            ("POST", "notes", json!({"html": trick})),
            ("POST", "notes", json!({"html": format!("x {trick} y <p title='{trick}'>z")})),
            ("POST", "messages", json!({"html": format!("x {trick}")})),
            ("PUT", "draft", json!({"mode": "reply", "html": trick})),
        ] {
            let answer = ask(&mut admin, method, &format!("{c}/{place}"), &body);
            let shown: Value = serde_json::from_slice(&answer.body).expect("JSON");
            let html = shown["html"].as_str().unwrap_or_default();
            assert_eq!(escape(html), None, "{trick} in {place}: {html}");
        }
    }
    let opened = ask(&mut admin, "GET", &c, &Value::Null).expect(200);
    for message in opened["messages"]["items"].as_array().expect("messages") {
        assert_eq!(escape(message["html"].as_str().expect("html")), None);
    }
    for name in ["x.html", "x.svg", "x.xml", "x.pdf"] {
        let kind = [("Content-Type", "text/html")];
        let path = format!("/api/uploads?name={name}");
        let id = super::ask::ask(&mut admin, "POST", &path, &kind, b"<script>alert(1)</script>").expect(201)
            ["id"]
            .clone();
        let note =
            ask(&mut admin, "POST", &format!("{c}/notes"), &json!({"html": "see", "upload_ids": [id]}))
                .expect(201);
        let url = note["attachments"][0]["url"].as_str().expect("an address").to_owned();
        let file = super::ask::ask(&mut admin, "GET", &url, &[], b"");
        let header = |name: &str| file.header(name).unwrap_or_default().to_owned();
        assert_eq!(header("content-type"), "application/octet-stream", "{name}");
        assert!(header("content-disposition").starts_with("attachment"), "{name}");
        assert!(header("content-security-policy").contains("sandbox"), "{name}");
        assert_eq!(header("x-content-type-options"), "nosniff");
    }
}
