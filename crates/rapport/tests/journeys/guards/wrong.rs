//! Wrong input at every door: none makes the server fail, each error has the envelope.

use serde_json::{Value, json};

use super::ask::{ask, fine, json as put, shortened};
use super::document::{Operation, example, operations};
use super::stage::Stage;
use crate::driver::{Engine, Http};

/// They end what the test stands on, or hash passwords slowly on purpose; each is tried once by itself.
const ONCE: [&str; 4] = [
    "POST /api/session",
    "DELETE /api/session",
    "POST /api/password-resets/{token}",
    "POST /api/invitations/{token}",
];

fn odd_values() -> Vec<Value> {
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(0),
        json!(9_007_199_254_740_992_i64),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1.5),
        json!(1e300),
        json!(""),
        json!("\u{0}"),
        json!("a\u{0}b\r\nBcc: x@y.example"),
        json!("x".repeat(60_000)),
        json!([]),
        json!([null]),
        json!(["\u{0}", "", 1]),
        json!(vec!["x"; 2_000]),
        json!({}),
        json!({"\u{0}": {"a\u{0}": "\u{0}"}}),
        json!("9999-12-31T23:59:59Z"),
        json!("-009999-01-01T00:00:00Z"),
        deep,
    ]
}

#[test]
fn no_value_of_any_property_makes_the_server_fail() {
    values_at(&Stage::set());
}

#[test]
fn no_value_of_any_property_makes_the_server_fail_on_postgresql() {
    values_at(&Stage::set_on(Engine::Postgres));
}

fn values_at(stage: &Stage) {
    let mut admin = stage.admin();
    let mut asked = 0;
    for operation in operations().iter().filter(|o| !ONCE.contains(&o.title().as_str())) {
        let Some(schema) = &operation.body else { continue };
        let Some(properties) = schema["properties"].as_object() else { continue };
        let path = stage.path(operation);
        for (name, inner) in properties {
            let mut values = odd_values();
            values.extend(inside(inner));
            for value in values {
                let mut body = operation.example();
                body[name] = value;
                put(&mut admin, &operation.method, &path, &body);
                asked += 1;
            }
        }
        let mut body = operation.example();
        body["no_such_field"] = json!(1);
        let answer = put(&mut admin, &operation.method, &path, &body);
        assert_eq!(answer.status, 400, "{} takes an unknown field", operation.title());
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let mut body = operation.example();
            body.as_object_mut().expect("an object").remove(name);
            let answer = put(&mut admin, &operation.method, &path, &body);
            assert_eq!(answer.status, 400, "{} without {name}", operation.title());
        }
    }
    assert!(asked > 1_500, "{asked} requests: the document has lost its bodies");
}

/// The same one level deeper: into objects and the items of lists.
fn inside(schema: &Value) -> Vec<Value> {
    let list = schema["type"] == "array" || schema["type"][0] == "array";
    let items = if list { &schema["items"] } else { schema };
    let items = items["oneOf"].as_array().and_then(|all| all.last()).unwrap_or(items);
    let mut made = Vec::new();
    for name in items["properties"].as_object().into_iter().flat_map(|p| p.keys()) {
        for value in odd_values() {
            let mut one = example(items);
            one[name] = value;
            made.push(if list { json!([one]) } else { one });
        }
    }
    made
}

fn raw_bodies() -> Vec<Vec<u8>> {
    let mut bodies: Vec<Vec<u8>> = [
        "",
        "{",
        "}",
        "[]",
        "null",
        "true",
        "1",
        "\"\"",
        "{\"a\":}",
        "{\"a\":1,}",
        "{}{}",
        "[1",
        "\u{feff}{}",
        "{\"a\":1e999}",
        "{\"html\":\"\\ud800\"}",
        "{\"html\":\"\\u0000\",\"\\u0000\":1}",
        "{\"html\":1,\"html\":2}",
        "\u{0}",
        "nul",
        "{'a':1}",
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    bodies.push(b"{\"html\":\"\xff\xfe\"}".to_vec());
    bodies.push(b"{\"\xc3\":1}".to_vec());
    bodies.push("[".repeat(100_000).into_bytes());
    bodies.push("{\"a\":".repeat(20_000).into_bytes());
    bodies.push(format!("{{\"id\":{}}}", "9".repeat(50_000)).into_bytes());
    bodies
}

#[test]
fn no_body_makes_the_server_fail() {
    let stage = Stage::set();
    let mut admin = stage.admin();
    let kinds = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json5",
        "",
    ];
    for operation in operations().iter().filter(|o| o.body.is_some() && !ONCE.contains(&o.title().as_str())) {
        let path = stage.path(operation);
        let mut send = |kind: &str, body: &[u8]| {
            ask(&mut admin, &operation.method, &path, &[("Content-Type", kind)], body)
        };
        for body in raw_bodies() {
            let answer = send("application/json", &body);
            assert!(
                (400..500).contains(&answer.status),
                "{} took {}",
                operation.title(),
                shortened(&String::from_utf8_lossy(&body))
            );
        }
        for kind in kinds {
            let answer = send(kind, operation.example().to_string().as_bytes());
            assert!((400..500).contains(&answer.status), "{} took {kind:?}", operation.title());
        }
        too_large(&mut stage.admin(), operation, &path);
    }
}

/// The server may close before it has read everything; then there is no answer, and nothing else is harmed.
fn too_large(http: &mut Http, operation: &Operation, path: &str) {
    let body = format!("{{\"html\":\"{}\"}}", "x".repeat(1_100_000));
    let sent = http.send(&operation.method, path, &[("Content-Type", "application/json")], body.as_bytes());
    if let Ok(answer) = sent {
        assert!(
            fine(&answer).is_ok() && (400..500).contains(&answer.status),
            "{}: {}",
            operation.title(),
            answer.text()
        );
    }
}

#[test]
fn no_address_makes_the_server_fail() {
    let stage = Stage::set();
    let mut admin = stage.admin();
    let ids = [
        "0",
        "-1",
        "9007199254740992",
        "9223372036854775807",
        "9223372036854775808",
        "1e3",
        "0x1",
        "%20",
        "%00",
        "..%2f",
        "..%2f..%2fetc%2fpasswd",
        "abc",
        "%ff%fe",
        "1%2f2",
        "%F0%9F%92%A3",
        "'%20OR%201=1--",
        "%25",
        "%",
        "%zz",
        "1;2",
    ];
    for operation in operations() {
        if operation.path.contains('{') && !ONCE.contains(&operation.title().as_str()) {
            for id in ids {
                let answer = put(
                    &mut admin,
                    &operation.method,
                    &operation.at(|_| id.to_owned()),
                    &operation.example(),
                );
                let harmless =
                    operation.path.starts_with("/api/files") || answer.status == 204 || answer.status == 429;
                assert!(
                    answer.status >= 400 || harmless,
                    "{} with {id}: {}",
                    operation.title(),
                    answer.text()
                );
            }
        }
    }
    for trick in [
        "/../etc/passwd",
        "/api/../../x",
        "//evil.example/",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/api/files/..%2f..%2fx/y",
        "/desk/%00",
        "/api",
        "/api/nothing",
        "/%",
    ] {
        let answer = ask(&mut admin, "GET", trick, &[], b"");
        assert!(!answer.text().contains("root:"), "{trick}");
    }
    for method in ["PUT", "PATCH", "TRACE", "OPTIONS", "FOO"] {
        ask(&mut admin, method, "/api/agents", &[], b"");
    }
}

#[test]
fn no_query_makes_the_server_fail() {
    let stage = Stage::set();
    let mut admin = stage.admin();
    let many: String = (0..4_000).map(|n| format!("a{n}=1&")).collect();
    let long = "x".repeat(30_000);
    let cursors = ["", "x", "%00", "AAAA", "eyJhIjoxfQ", "9999999999999999999", "-1", "%ff", &long];
    let limits = ["-1", "0", "1", "101", "99999999999999999999", "abc", "", "1.5", "%00"];
    let questions = [
        "",
        "%00",
        "%22",
        "%22%22%22",
        "*",
        "a*",
        "NEAR(",
        "AND",
        "OR%20NOT",
        "(",
        "%28%29%3A%26%7C%21",
        "%ff",
        "-",
        "a:b",
        "%F0%9F%92%A3",
        "'",
        &long,
    ];
    for operation in operations().iter().filter(|o| !o.changes()) {
        let path = stage.path(operation);
        let join = if path.contains('?') { '&' } else { '?' };
        let mut get = |query: &str| ask(&mut admin, "GET", &format!("{path}{join}{query}"), &[], b"");
        get(&many);
        get("a=1&a=2&%=%&=&&&;;");
        let takes = |name: &str| operation.query.iter().any(|n| n == name);
        let base = if takes("q") { "q=plum&" } else { "" };
        for cursor in cursors.iter().filter(|_| takes("cursor")) {
            get(&format!("{base}cursor={cursor}"));
        }
        for limit in limits.iter().filter(|_| takes("limit")) {
            get(&format!("{base}limit={limit}"));
        }
        for question in questions.iter().filter(|_| takes("q")) {
            get(&format!("q={question}"));
        }
    }
    for view in ["", "MINE", "%00", "all%27"] {
        ask(&mut admin, "GET", &format!("/api/conversations?view={view}"), &[], b"");
    }
}

#[test]
fn odd_headers_make_no_failure() {
    let stage = Stage::set();
    let mut admin = stage.admin();
    let path = format!("/api/conversations/{}/status", stage.conversation);
    let body = json!({"status": "open"}).to_string();
    let long = "k".repeat(20_000);
    let headers = [
        ("If-Match", "x"),
        ("If-Match", "\"99999999999999999999\""),
        ("If-Match", "*"),
        ("If-Match", ""),
        ("If-Match", "W/\"1\""),
        ("Idempotency-Key", ""),
        ("Idempotency-Key", "ü"),
        ("Idempotency-Key", long.as_str()),
        ("Accept-Encoding", "gzip;q=x, *;q=0"),
        ("X-Forwarded-For", "not an address, 1.2.3.4"),
        ("X-Forwarded-Proto", "https"),
        ("Cookie", "rapport_session"),
        ("Range", "bytes=0-,1-"),
        ("If-None-Match", "\"\""),
        ("Content-Encoding", "gzip"),
    ];
    for (name, value) in headers {
        ask(
            &mut admin,
            "PUT",
            &path,
            &[("Content-Type", "application/json"), (name, value)],
            body.as_bytes(),
        );
        let new = json!({"name": "T"}).to_string();
        ask(
            &mut admin,
            "POST",
            "/api/teams",
            &[("Content-Type", "application/json"), (name, value)],
            new.as_bytes(),
        );
    }
}
