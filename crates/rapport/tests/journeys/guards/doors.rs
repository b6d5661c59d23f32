//! Who may pass which door: strangers, people without the permission, people who may not see the thing.

use serde_json::{Value, json};

use super::ask::{ask, json, told};
use super::document::{Operation, operations};
use super::stage::{SECRET, Stage};
use crate::driver::installation::{ADMIN, PASSWORD};
use crate::driver::{Engine, Http, Installation};

/// For people who have not signed in yet.
const PUBLIC: [&str; 5] = [
    "POST /api/session",
    "POST /api/password-resets",
    "POST /api/password-resets/{token}",
    "GET /api/invitations/{token}",
    "POST /api/invitations/{token}",
];

/// For those who are nobody here and bring a key instead: visitors of the company's own pages, programs that hand in
/// mail, and readers of mail whose files went as links.
const VISITORS: [&str; 5] =
    ["/api/chat/{key}", "/chat/{key}", "/widget.js", "/api/mail/in/{key}", "/api/shared/{token}"];

fn is_public(operation: &Operation) -> bool {
    PUBLIC.contains(&operation.title().as_str())
        || VISITORS.iter().any(|path| operation.path.starts_with(path))
}

/// What concerns oneself alone needs no permission; undoing asks for the permission of what is undone.
const ONESELF: [&str; 6] = [
    "PUT /api/profile",
    "PUT /api/profile/notifications",
    "DELETE /api/session",
    "DELETE /api/sessions",
    "DELETE /api/sessions/{id}",
    "POST /api/undos/{id}",
];

/// What a light agent may do beside that.
const LIGHT: [&str; 8] = [
    "POST /api/chats/{id}/seen",
    "POST /api/conversations/{id}/notes",
    "PUT /api/conversations/{id}/read",
    "PUT /api/conversations/{id}/followers",
    "PUT /api/conversations/{id}/draft",
    "DELETE /api/conversations/{id}/draft",
    "POST /api/uploads",
    "DELETE /api/uploads/{id}",
];

/// Reading that needs a permission: settings, and mail that may be anybody's.
const GUARDED_READS: &[&str] = &[
    "GET /api/pending-invitations",
    "GET /api/chat/rules",
    "GET /api/chat/widgets",
    "GET /api/chat/widgets/{id}",
    "GET /api/blocked",
    "GET /api/mailboxes",
    "GET /api/parked",
    "GET /api/parked/{id}/raw",
    "GET /api/outgoing-mail",
    "GET /api/outgoing-accounts",
    "GET /api/outgoing-ways",
    "GET /api/sending-domains",
    "GET /api/brands/{id}/mail-look",
    "GET /api/file-links",
    "GET /api/oauth-apps",
    "GET /api/email-grants",
    "GET /api/sending-domains/{domain}/records",
    "GET /api/allowed-senders",
    "GET /api/blocked/count",
    "GET /api/mail-trust",
    "GET /api/mailbox-health",
    "GET /api/mailboxes/{id}/acknowledgement",
    "GET /api/quarantine/{id}",
    "GET /api/unfetched",
    "GET /api/conversation-rules",
];

/// Nothing that is hidden is named by these paths: dropping the own draft of what is not there is done already.
const NO_THING: [&str; 2] = ["DELETE /api/conversations/{id}/draft", "GET /api/files/{token}/{name}"];

fn knock(http: &mut Http, operation: &Operation, path: &str) -> crate::driver::http::Answer {
    json(http, &operation.method, path, &operation.example())
}

#[test]
fn nobody_passes_without_credentials_and_forged_ones_are_none() {
    let stage = Stage::set();
    let open = || Http::new(stage.server.http);
    let forged = "a".repeat(43);
    let cookie = format!("rapport_session={forged}");
    let basic = "Basic YWRhQGRlc2suZXhhbXBsZTphIGxvbmcgZW5vdWdoIHBhc3N3b3JkIDc=";
    let mut strangers = [
        open(),
        open().with_token(&forged),
        open().with("Cookie", &cookie).with("Sec-Fetch-Site", "same-origin"),
        open().with("Authorization", basic),
    ];
    for operation in operations().iter().filter(|o| !is_public(o)) {
        // The limit for strangers holds for all of them together, so the forged ones take turns.
        let turn = operation.path.len() % 3 + 1;
        for index in [0, turn] {
            let answer = knock(&mut strangers[index], operation, &stage.path(operation));
            assert_eq!(answer.status, 401, "{} by stranger {index}: {}", operation.title(), answer.text());
        }
    }
    for path in ["/api/live", "/api/conversations/1/status"] {
        let answer = ask(&mut open(), "GET", path, &[], b"");
        assert!(matches!(answer.status, 400 | 401 | 405), "{path}: {}", answer.text());
    }
}

#[test]
fn who_lacks_the_permission_changes_nothing() {
    let stage = Stage::set();
    let (mut nothing, mut light) = (stage.somebody("nothing"), stage.somebody("light_agent"));
    for operation in operations().iter().filter(|o| !is_public(o)) {
        let (title, path) = (operation.title(), stage.path(operation));
        let listed = |list: &[&str]| list.contains(&title.as_str());
        let refused = if operation.changes() { !listed(&ONESELF) } else { listed(GUARDED_READS) };
        let status = knock(&mut nothing, operation, &path).status;
        assert_eq!(status == 403, refused, "{title} without any permission: {status}");
        let status = knock(&mut light, operation, &path).status;
        assert_eq!(status == 403, refused && !listed(&LIGHT), "{title} by a light agent: {status}");
    }
}

#[test]
fn what_is_out_of_reach_is_answered_as_what_is_not_there() {
    let stage = Stage::set();
    let nowhere = (1_i64 << 52).to_string();
    let mut open = Vec::new();
    for role in ["own", "some"] {
        let mut http = stage.somebody(role);
        for operation in operations().iter().filter(|o| o.path.contains('{')) {
            let (title, there) = (operation.title(), stage.path(operation));
            if is_public(operation) || NO_THING.contains(&title.as_str()) {
                continue;
            }
            let missing = operation.at(|_| nowhere.clone());
            let unknown = knock(&mut http, operation, &missing);
            if unknown.status != 404 {
                open.push(format!("{title} for an unknown id: {} {}", unknown.status, unknown.text()));
            }
            let scoped =
                ["/api/conversations", "/api/messages"].iter().any(|p| operation.path.starts_with(p));
            if scoped {
                let hidden = knock(&mut http, operation, &there);
                if hidden.status != 404 || told(&hidden) != told(&unknown) {
                    open.push(format!("{title} for {role}: {} {}", hidden.status, hidden.text()));
                }
            }
        }
        for path in ["/api/conversations?view=all", "/api/conversations", &format!("/api/search?q={SECRET}")]
        {
            let page = json(&mut http, "GET", path, &Value::Null).expect(200);
            assert_eq!(page["items"], json!([]), "{path} for {role}");
        }
        let views = ask(&mut http, "GET", "/api/views", &[], b"").expect(200);
        assert!(views.as_array().expect("views").iter().all(|v| v["count"] == 0), "{views}");
        assert_eq!(ask(&mut http, "GET", &stage.file, &[], b"").status, 404, "a file for {role}");
    }
    assert!(open.is_empty(), "{open:#?}");
    assert_eq!(ask(&mut stage.admin(), "GET", &stage.file, &[], b"").status, 200);
    assert_eq!(ask(&mut stage.admin(), "GET", &format!("/api/search?q={SECRET}"), &[], b"").status, 200);
}

#[test]
fn what_one_house_gave_out_opens_nothing_in_another() {
    let (one, two) = (Stage::set(), Installation::found(Engine::Sqlite));
    let other = two.serve();
    let mut guest = other.client(&one.installation.token(ADMIN));
    assert_eq!(ask(&mut guest, "GET", "/api/session", &[], b"").status, 401);
    let mut own = other.client(&two.token(ADMIN));
    let path = format!("/api/conversations/{}", one.conversation);
    assert_eq!(ask(&mut own, "GET", &path, &[], b"").status, 404);
    assert_eq!(ask(&mut own, "GET", &one.file, &[], b"").status, 404);
}

#[test]
fn a_foreign_page_cannot_act_with_the_cookie() {
    let stage = Stage::set();
    let mut browser = Http::new(stage.server.http);
    let entered = json(&mut browser, "POST", "/api/session", &json!({"email": ADMIN, "password": PASSWORD}));
    let cookie = entered.header("set-cookie").and_then(|c| c.split(';').next()).expect("a cookie").to_owned();
    let own = format!("http://{}", stage.server.http);
    let mut signed_in = Http::new(stage.server.http).with("Cookie", &cookie);
    let foreign = [
        ("Origin", "https://evil.example"),
        ("Origin", "null"),
        ("Origin", ""),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("X-Nothing", "said"),
    ];
    for operation in operations().iter().filter(|o| o.changes()) {
        let kind = ("Content-Type", "application/json");
        for header in foreign {
            let body = operation.example().to_string();
            let answer = ask(
                &mut signed_in,
                &operation.method,
                &stage.path(operation),
                &[kind, header],
                body.as_bytes(),
            );
            assert_eq!(answer.status, 403, "{} with {header:?}: {}", operation.title(), answer.text());
            assert_eq!(told(&answer)["error"]["code"], "cross_site");
        }
    }
    let answer = ask(&mut signed_in, "DELETE", "/api/session", &[("Origin", &own)], b"");
    assert_eq!(answer.status, 204, "our own page may");
    assert_eq!(ask(&mut signed_in, "GET", "/api/session", &[], b"").status, 401, "an ended session is ended");
}
