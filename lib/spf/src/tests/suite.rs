//! The test set of RFC 7208, from `RAPPORT_CORPORA/spf`.

use std::collections::HashMap;
use std::net::IpAddr;

use yaml_rust2::{Yaml, YamlLoader};

use crate::{Answer, Answers, Kind, Query, Question, check};

/// A zone: what each name has, and which names never answer for kinds that are not listed.
struct Zone(HashMap<String, Vec<(String, Yaml)>>);

#[test]
#[ignore = "needs the data: cargo xtask corpora FOLDER spf"]
fn every_verdict_of_the_test_set_is_exact() {
    let folder = std::env::var("RAPPORT_CORPORA").expect("RAPPORT_CORPORA names the folder of the data");
    let path = format!("{folder}/spf/test/rfc7208-tests.yml");
    let text = std::fs::read_to_string(path).expect("the test set can be read");
    let scenarios = YamlLoader::load_from_str(&text).expect("it is YAML");
    let (mut all, mut wrong) = (0, Vec::new());
    for scenario in &scenarios {
        let zone = Zone::read(&scenario["zonedata"]);
        for (name, test) in scenario["tests"].as_hash().expect("tests") {
            all += 1;
            let (given, expected) = (verdict(test, &zone), expected(&test["result"]));
            if !expected.contains(&given.to_owned()) {
                wrong.push(format!("{}: {given} instead of {expected:?}", name.as_str().unwrap_or_default()));
            }
        }
    }
    println!("spf: {} of {all} verdicts exact", all - wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(all, 203);
}

fn expected(result: &Yaml) -> Vec<String> {
    let one = |yaml: &Yaml| yaml.as_str().expect("a verdict").to_owned();
    result.as_vec().map_or_else(|| vec![one(result)], |all| all.iter().map(one).collect())
}

fn verdict(test: &Yaml, zone: &Zone) -> &'static str {
    let text = |name: &str| test[name].as_str().unwrap_or_default().to_owned();
    let ip: IpAddr = text("host").parse().expect("an address");
    let question = Question { ip, helo: text("helo"), sender: text("mailfrom") };
    let mut answers = Answers::new();
    loop {
        match check(&question, &answers) {
            Ok(judged) => return judged.verdict.as_str(),
            Err(query) => {
                let answer = zone.answer(&query, 0);
                answers.insert(query, answer);
            }
        }
    }
}

impl Zone {
    /// Records of type SPF stand for TXT ones unless the name has TXT records of its own.
    fn read(yaml: &Yaml) -> Zone {
        let mut names = HashMap::new();
        for (name, records) in yaml.as_hash().expect("a zone") {
            let mut all: Vec<(String, Yaml)> = Vec::new();
            for record in records.as_vec().expect("records") {
                match record.as_str() {
                    Some(word) => all.push((word.to_owned(), Yaml::Null)),
                    None => {
                        for (kind, value) in record.as_hash().expect("a record") {
                            all.push((kind.as_str().expect("a kind").to_owned(), value.clone()));
                        }
                    }
                }
            }
            let txt = all.iter().any(|(kind, _)| kind == "TXT");
            if !txt {
                let twins: Vec<_> = all.iter().filter(|(kind, _)| kind == "SPF").cloned().collect();
                all.extend(twins.into_iter().map(|(_, value)| ("TXT".to_owned(), value)));
            }
            names.insert(name.as_str().expect("a name").to_ascii_lowercase(), all);
        }
        Zone(names)
    }

    fn answer(&self, query: &Query, depth: usize) -> Answer {
        let kind = match query.kind {
            Kind::A => "A",
            Kind::Aaaa => "AAAA",
            Kind::Mx => "MX",
            Kind::Ptr => "PTR",
            Kind::Txt => "TXT",
        };
        let Some(all) = self.0.get(&query.name) else { return shaped(query.kind, &[]) };
        if let Some((_, target)) = all.iter().find(|(kind, _)| kind == "CNAME") {
            let name = target.as_str().expect("a name").to_ascii_lowercase();
            return match depth > 8 {
                true => Answer::Failed,
                false => self.answer(&Query { kind: query.kind, name }, depth + 1),
            };
        }
        let found: Vec<Yaml> = all
            .iter()
            .filter(|(one, value)| one == kind && value.as_str() != Some("NONE"))
            .map(|(_, value)| value.clone())
            .collect();
        if found.is_empty() && all.iter().any(|(kind, _)| kind == "TIMEOUT") {
            return Answer::Failed;
        }
        shaped(query.kind, &found)
    }
}

fn shaped(kind: Kind, found: &[Yaml]) -> Answer {
    let text = |yaml: &Yaml| yaml.as_str().expect("a text").to_owned();
    match kind {
        Kind::A | Kind::Aaaa => {
            Answer::Addresses(found.iter().map(|one| text(one).parse().expect("an address")).collect())
        }
        Kind::Mx => Answer::Names(found.iter().map(|one| text(&one[1])).collect()),
        Kind::Ptr => Answer::Names(found.iter().map(text).collect()),
        Kind::Txt => Answer::Texts(found.iter().map(joined).collect()),
    }
}

fn joined(yaml: &Yaml) -> Vec<u8> {
    let all = yaml.as_vec().cloned().unwrap_or_else(|| vec![yaml.clone()]);
    all.iter().flat_map(|one| one.as_str().unwrap_or_default().chars().map(|c| c as u8)).collect()
}
