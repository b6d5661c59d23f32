//! Every operation of the program, read from its own API document, and the list of them that is kept.

use std::process::Command;

use serde_json::{Value, json};

/// One method at one path, with the schema of what it takes.
pub struct Operation {
    pub method: String,
    pub path: String,
    pub name: String,
    pub query: Vec<String>,
    /// All references replaced by what they name.
    pub body: Option<Value>,
}

impl Operation {
    /// `PUT /api/profile`, as the lists in the tests name it.
    pub fn title(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub fn changes(&self) -> bool {
        self.method != "GET"
    }

    /// The path with each `{name}` filled.
    pub fn at(&self, fill: impl Fn(&str) -> String) -> String {
        let mut path = String::new();
        for part in self.path.split_inclusive('}') {
            match part.split_once('{') {
                Some((before, name)) => path += &format!("{before}{}", fill(name.trim_end_matches('}'))),
                None => path += part,
            }
        }
        if self.query.iter().any(|name| name == "name") { path + "?name=a.txt" } else { path }
    }

    /// The smallest body that the schema takes.
    pub fn example(&self) -> Value {
        self.body.as_ref().map_or(Value::Null, example)
    }
}

/// What a schema takes, with as little as possible in it.
pub fn example(schema: &Value) -> Value {
    if let Some(word) = schema["enum"].get(0) {
        return word.clone();
    }
    if let Some(first) = schema["oneOf"].as_array().and_then(|all| all.iter().find(|s| s["type"] != "null")) {
        return example(first);
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match kind {
        Some("object") => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let pairs = required.map(|name| (name.to_owned(), example(&schema["properties"][name])));
            Value::Object(pairs.collect())
        }
        Some("array") => json!([]),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        _ if schema["format"] == "date-time" => json!("2026-11-22T10:00:00Z"),
        _ => json!("some@words.example"),
    }
}

pub fn printed() -> Value {
    let said = Command::new(crate::program()).arg("openapi").output().expect("the program runs");
    serde_json::from_slice(&said.stdout).expect("a document")
}

pub fn operations() -> Vec<Operation> {
    let document = printed();
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            found.push(Operation {
                method: method.to_uppercase(),
                path: path.clone(),
                name: operation["operationId"].as_str().expect("a name").to_owned(),
                query: parameters
                    .filter(|p| p["in"] == "query")
                    .filter_map(|p| p["name"].as_str().map(str::to_owned))
                    .collect(),
                body: (!schema.is_null()).then(|| resolved(&document, schema, 8)),
            });
        }
    }
    found
}

fn resolved(document: &Value, schema: &Value, depth: usize) -> Value {
    if depth == 0 {
        return json!({});
    }
    if let Some(name) = schema["$ref"].as_str() {
        return resolved(document, &document.pointer(&name[1..]).cloned().unwrap_or_default(), depth - 1);
    }
    match schema {
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), resolved(document, value, depth))).collect()
        }
        Value::Array(items) => items.iter().map(|item| resolved(document, item, depth)).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_list_of_operations_is_the_one_that_is_kept() {
    let mut lines: Vec<String> =
        operations().iter().map(|o| format!("{} {} {}\n", o.method, o.path, o.name)).collect();
    lines.sort();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/journeys/guards/operations.txt");
    if std::env::var_os("RAPPORT_RENEW").is_some() {
        std::fs::write(file, lines.concat()).expect("the list is written");
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    let new: Vec<&String> = lines.iter().filter(|line| !kept.contains(line.as_str())).collect();
    let gone: Vec<&str> = kept.lines().filter(|line| !lines.iter().any(|l| l.trim_end() == *line)).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "new: {new:#?}, gone: {gone:#?}\nIf this is wanted: RAPPORT_RENEW=1 cargo test -p rapport --test journeys kept"
    );
}

#[test]
fn every_operation_has_a_name_of_its_own_and_what_it_takes_is_what_the_document_says() {
    let all = operations();
    let mut names: Vec<&str> = all.iter().map(|o| o.name.as_str()).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "two operations bear one name");
    let takes = |title: &str, field: &str| {
        let operation = all.iter().find(|o| o.title() == title).unwrap_or_else(|| panic!("{title}"));
        let schema = operation.body.clone().unwrap_or_default();
        assert!(!schema["properties"][field].is_null(), "{title} takes {field}: {schema}");
    };
    takes("POST /api/conversations", "requester");
    takes("POST /api/conversations/{id}/messages", "html");
    takes("POST /api/conversations/{id}/notes", "mentions");
    takes("PUT /api/conversations/{id}/priority", "priority");
    takes("POST /api/customers", "identities");
    takes("POST /api/teams", "name");
    takes("POST /api/roles", "grants");
    takes("POST /api/mailboxes", "address");
    takes("PUT /api/outgoing-mail", "host");
}
