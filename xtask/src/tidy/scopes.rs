//! Rule: nothing of a conversation is read for a person without a `Scope`.
//!
//! Whatever the stores of `conversations` answer takes a scope, or is listed here with its reason; and what is listed
//! is never called where people are answered.

use crate::finding::Finding;
use crate::house::survey::{File, House};

/// Rows that tell about a conversation.
const ROWS: [&str; 9] = [
    "Conversation",
    "ConversationId",
    "Message",
    "MessageId",
    "Attachment",
    "Reference",
    "Subject",
    "Participant",
    "Draft",
];

/// Functions that read without a scope, why they may, and whether routes may call them. Those that routes call take
/// the id of a row that was found within the scope just before.
const UNSCOPED: [(&str, &str, bool); 24] = [
    ("find_any", "the house itself: ingest, delivery, sweeps", false),
    ("set_unknown_on_the_way", "a restore, before anybody can look", false),
    ("claim_any", "the house itself: delivery; actions read what they have just written", false),
    ("list_to_close", "the sweep that closes what is solved", false),
    ("list_subjects", "the search index, whose hits are tested one by one", false),
    ("list_for_search", "the search index, whose hits are tested one by one", false),
    ("find_receipt", "ingest: was it here before", false),
    ("find_number", "ingest: tests who takes part", false),
    ("list_lately", "ingest: of the customer who writes", false),
    ("find_by_references", "ingest: tests who takes part", false),
    ("find_last", "behind an action that has entered the conversation", false),
    ("find_last_inbound", "behind an action that has entered the conversation", false),
    ("find_last_of_participant", "behind an action that has entered the conversation", false),
    ("get_channel", "delivery", false),
    ("list_sent", "ingest: the message that a report is about", false),
    ("list_sent_in", "ingest: the message that a report is about", false),
    ("list_source_ids", "delivery: the headers of an answer", false),
    ("list_ids", "joining, behind an action that has entered both", false),
    ("list_attachments", "the files of messages that were found within the scope", false),
    ("find_sent", "a link in a mail, whose address nobody can guess", false),
    ("list_reads", "live pictures; each desk is tested afterwards", false),
    ("find_draft", "the caller's own draft", true),
    ("list_reads_of", "the caller's own reading", true),
    ("list_participants", "of a conversation that was found within the scope", true),
];

pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    let ours = house.files.iter().filter(|file| house.owner(file).name == "conversations" && !file.is_test);
    for file in ours {
        match file.room() {
            "store" => unscoped_readers(file, &mut findings),
            "api" | "viewers" => unscoped_calls(file, &mut findings),
            _ => {}
        }
    }
    findings
}

fn unscoped_readers(file: &File, findings: &mut Vec<Finding>) {
    for (line, heading) in headings(&file.source.code) {
        if file.source.is_test_line(line) {
            continue;
        }
        let name = heading.split(['(', '<']).next().unwrap_or_default().trim();
        let answer = heading.split("->").nth(1).unwrap_or_default();
        let told = words(answer).any(|word| ROWS.contains(&word));
        let reads = heading.contains("&mut Cx");
        let listed = UNSCOPED.iter().any(|(known, _, _)| *known == name);
        if told && reads && !heading.contains("&Scope") && !listed {
            let sentence =
                format!("let `{name}` take a `&Scope`, or list it with its reason in the rule about scopes");
            findings.push(Finding::new(&file.path, line, sentence));
        }
    }
}

/// Every public function: its line, and its text from the name to the body.
fn headings(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("pub fn ") {
        let heading = code[at + "pub fn ".len()..].split('{').next().unwrap_or_default();
        found.push((code[..at].matches('\n').count() + 1, heading.to_owned()));
    }
    found
}

fn unscoped_calls(file: &File, findings: &mut Vec<Finding>) {
    for (index, line) in file.source.code.lines().enumerate() {
        if file.source.is_test_line(index + 1) || line.trim_start().starts_with("use ") {
            continue;
        }
        let refused = UNSCOPED.iter().filter(|(_, _, routes)| !routes || file.room() != "api");
        let mut refused = refused.filter(|(name, _, _)| !(file.room() == "viewers" && *name == "list_reads"));
        if let Some((name, reason, _)) = refused.find(|(name, _, _)| calls(line, name)) {
            let sentence = format!("ask within a scope: `{name}` is for {reason}");
            findings.push(Finding::new(&file.path, index + 1, sentence));
        }
    }
}

fn calls(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let before = line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        !before && line[at + name.len()..].starts_with('(')
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::tidy::small_house;

    fn found(path: &str, text: &str) -> usize {
        super::check(&small_house(&[(path, text)])).len()
    }

    #[test]
    fn a_reader_without_a_scope_is_found() {
        let path = "crates/conversations/src/store/list.rs";
        let open = "//! X.\npub fn peek(cx: &mut Cx, id: i64) -> Result<Vec<\n    Conversation>> { x }\n";
        assert_eq!(found(path, open), 1);
        assert_eq!(found(path, &open.replace("id: i64", "scope: &Scope")), 0);
        assert_eq!(found(path, "pub fn count(cx: &mut Cx) -> Result<i64> { 1 }\n"), 0);
        assert_eq!(found(path, "pub fn find_any(cx: &mut Cx) -> Result<Option<Conversation>> { x }\n"), 0);
    }

    #[test]
    fn a_route_that_reads_past_the_scope_is_found() {
        let path = "crates/conversations/src/api/read.rs";
        assert_eq!(found(path, "fn a() { let c = find_any(cx, id)?; }\n"), 1);
        assert_eq!(found(path, "fn a() { let c = desk::find_draft(cx, id, me)?; }\n"), 0);
        assert_eq!(found(path, "fn a() { let c = find_conversation(cx, &scope, id)?; }\n"), 0);
        assert_eq!(found("crates/conversations/src/actions/x.rs", "fn a() { find_any(cx, id)?; }\n"), 0);
    }
}
