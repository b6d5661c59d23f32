//! Rule: a table has one owner; foreign keys and reads point to the same crate or down, and only the owner writes.

use std::collections::BTreeMap;

use crate::files::Text;
use crate::finding::Finding;
use crate::house::floors::{Floor, may_import};
use crate::house::survey::House;

pub fn check(house: &House, texts: &[Text]) -> Vec<Finding> {
    let statements = statements(house, texts);
    let mut findings = Vec::new();
    let owners = owners(house, &statements, &mut findings);
    for statement in &statements {
        let floor = house.crates[statement.owner].floor;
        if matches!(floor, Floor::Testkit | Floor::Xtask) {
            continue;
        }
        for (verb, table) in named_tables(&statement.text) {
            let Some(owner) = owners.get(&table) else { continue };
            if let Some(sentence) = judge(house, statement.owner, *owner, verb, &table) {
                findings.push(Finding::new(&statement.path, statement.line, sentence));
            }
        }
    }
    findings
}

/// A piece of SQL, by file and owner.
struct Statement {
    path: String,
    line: usize,
    owner: usize,
    text: String,
}

/// All SQL outside tests: the migrations line by line, and the texts in code.
fn statements(house: &House, texts: &[Text]) -> Vec<Statement> {
    let mut found = Vec::new();
    for text in texts.iter().filter(|text| text.path.ends_with(".sql")) {
        let inside =
            |folder: &str| text.path.starts_with(&format!("{folder}/")) && !text.path.contains("/tests/");
        let Some(owner) = house.crates.iter().position(|entry| inside(&entry.folder)) else { continue };
        for (index, line) in text.text.lines().enumerate() {
            let line_text = line.split("--").next().unwrap_or_default().to_owned();
            found.push(Statement { path: text.path.clone(), line: index + 1, owner, text: line_text });
        }
    }
    for file in house.files.iter().filter(|file| !file.is_test) {
        for literal in file.source.literals.iter().filter(|literal| !file.source.is_test_line(literal.line)) {
            let text = literal.text.replace('\\', " ");
            found.push(Statement { path: file.path.clone(), line: literal.line, owner: file.owner, text });
        }
    }
    found
}

fn owners(house: &House, statements: &[Statement], findings: &mut Vec<Finding>) -> BTreeMap<String, usize> {
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    for statement in statements {
        if matches!(house.crates[statement.owner].floor, Floor::Testkit | Floor::Xtask) {
            continue;
        }
        for (_, table) in named_tables(&statement.text).into_iter().filter(|(verb, _)| *verb == Verb::Create)
        {
            let owner = *owners.entry(table.clone()).or_insert(statement.owner);
            if owner != statement.owner {
                let sentence =
                    format!("name this table otherwise: `{table}` belongs to `{}`", house.crates[owner].name);
                findings.push(Finding::new(&statement.path, statement.line, sentence));
            }
        }
    }
    owners
}

fn judge(house: &House, from: usize, owner: usize, verb: Verb, table: &str) -> Option<String> {
    let (from, owner) = (&house.crates[from], &house.crates[owner]);
    if from.name == owner.name {
        return None;
    }
    match verb {
        Verb::Create => None,
        Verb::Write => Some(format!(
            "call an action or a store function of `{}`: only the owner writes `{table}`",
            owner.name
        )),
        Verb::Refer | Verb::Read => {
            let allowed = may_import((&from.name, from.floor), (&owner.name, owner.floor));
            let what = if verb == Verb::Refer { "a foreign key points" } else { "SQL reads" };
            (!allowed).then(|| {
                format!(
                    "take `{table}` out: {what} into the same crate or down, and `{}` is not below `{}`",
                    owner.name, from.name
                )
            })
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Create,
    Refer,
    Read,
    Write,
}

/// The tables that a text of SQL names after upper-case keywords.
fn named_tables(sql: &str) -> Vec<(Verb, String)> {
    let spread = sql.replace(['(', ')', ',', ';'], " ");
    let words: Vec<&str> =
        spread.split_whitespace().filter(|word| !matches!(*word, "IF" | "NOT" | "EXISTS" | "ONLY")).collect();
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let before = |back: usize| index.checked_sub(back).map_or("", |at| words[at]);
        let verb = match *word {
            "TABLE" if matches!(before(1), "CREATE" | "VIRTUAL") => Verb::Create,
            "REFERENCES" => Verb::Refer,
            "INTO" if before(1) == "INSERT" || before(2) == "OR" => Verb::Write,
            "FROM" if before(1) == "DELETE" => Verb::Write,
            "FROM" | "JOIN" => Verb::Read,
            // `DO UPDATE SET` and `FOR UPDATE` name no table.
            "UPDATE" if !matches!(before(1), "DO" | "FOR" | "ON") => Verb::Write,
            _ => continue,
        };
        let name = words.get(index + 1).map(|name| name.trim_matches(['"', '`']).to_lowercase());
        found.extend(name.filter(|name| is_name(name)).map(|name| (verb, name)));
    }
    found
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::small_texts;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let mut all = vec![
            ("crates/people/migrations/0001_agents.sql", "CREATE TABLE agents (id BIGINT PRIMARY KEY);\n"),
            ("crates/routing/migrations/0001_routes.sql", "CREATE TABLE routing_routes (id BIGINT);\n"),
        ];
        all.extend_from_slice(files);
        let texts = small_texts(&all);
        let house = House::build(&texts).expect("valid");
        check(&house, &texts).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn a_foreign_key_points_down() {
        let down = "CREATE TABLE conversations (\n  agent BIGINT REFERENCES agents (id)\n);\n";
        assert!(found(&[("crates/conversations/migrations/0001_a.sql", down)]).is_empty());
        let up = "-- REFERENCES routing_routes\nCREATE TABLE conversations (\n  route BIGINT REFERENCES routing_routes(id)\n);\n";
        let findings = found(&[("crates/conversations/migrations/0001_a.sql", up)]);
        assert_eq!(findings.len(), 1);
        assert!(
            findings[0]
                .starts_with("crates/conversations/migrations/0001_a.sql:3: take `routing_routes` out")
        );
    }

    #[test]
    fn only_the_owner_writes() {
        for sql in [
            "INSERT INTO agents (id) VALUES ($1)",
            "UPDATE agents SET id = $1",
            "DELETE FROM agents WHERE id = $1",
        ] {
            let text = format!("fn f() {{ q(\"{sql}\") }}\n");
            assert!(found(&[("crates/people/src/store.rs", &text)]).is_empty(), "{sql}");
            let findings = found(&[("crates/conversations/src/store.rs", &text)]);
            assert!(findings[0].contains("only the owner writes `agents`"), "{sql}");
        }
    }

    #[test]
    fn joins_go_down_and_never_to_a_sibling() {
        let spine = "q(\"SELECT 1 FROM agents a JOIN agents b ON a.id = b.id FOR UPDATE OF a\")";
        assert!(found(&[("crates/channel-email/src/store.rs", spine)]).is_empty());
        let sibling = "q(\"SELECT 1 FROM agents JOIN routing_routes r ON true\")";
        assert_eq!(found(&[("crates/channel-email/src/store.rs", sibling)]).len(), 1);
    }

    #[test]
    fn two_owners_of_one_table_are_found() {
        let findings =
            found(&[("crates/web/migrations/0001_a.sql", "CREATE TABLE IF NOT EXISTS agents (id BIGINT);")]);
        assert!(findings[0].contains("belongs to"), "{findings:?}");
    }

    #[test]
    fn an_upsert_names_its_table_once() {
        let names =
            named_tables("INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = excluded.a");
        assert_eq!(names, [(Verb::Write, "t".to_owned())]);
    }
}
