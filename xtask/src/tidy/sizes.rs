//! Rule: files, functions and the number of things that a file leans on stay small.

use crate::finding::Finding;
use crate::house::arrows::{arrows, leans_on};
use crate::house::survey::{File, House};

const FILE: usize = 400;
const FUNCTION: usize = 70;
const ARROWS: usize = 8;

pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    let arrows = arrows(house);
    for (index, file) in house.files.iter().enumerate() {
        let lines = file.source.text.lines().count();
        if lines > FILE {
            let sentence = format!("split this file of {lines} lines: {FILE} is the most, 200 the aim");
            findings.push(Finding::new(&file.path, FILE + 1, sentence));
        }
        check_functions(file, &mut findings);
        let targets = leans_on(house, &arrows, index);
        if targets > ARROWS && !file.is_signboard() {
            let sentence =
                format!("split this file: it leans on {targets} rooms and crates, {ARROWS} is the most");
            findings.push(Finding::new(&file.path, 1, sentence));
        }
    }
    findings
}

/// A function reaches from its signature to the brace at the same indent.
fn check_functions(file: &File, findings: &mut Vec<Finding>) {
    let lines: Vec<&str> = file.source.code.lines().collect();
    for (begin, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let length = length_of(&lines[begin..]);
        if length > FUNCTION {
            let sentence = format!("split `{name}` of {length} lines: {FUNCTION} is the most, 25 the aim");
            findings.push(Finding::new(&file.path, begin + 1, sentence));
        }
    }
}

fn function_name(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    let before = ["pub", "async", "const", "unsafe", "extern", "\"C\"", "default"];
    let word = words.find(|word| !before.contains(word) && !word.starts_with("pub("))?;
    if word != "fn" {
        return None;
    }
    words.next().and_then(|rest| rest.split(['(', '<']).next())
}

fn length_of(lines: &[&str]) -> usize {
    let first = lines[0];
    let indent = &first[..first.len() - first.trim_start().len()];
    for (index, line) in lines.iter().enumerate() {
        let same_indent = line.strip_prefix(indent).is_some_and(|rest| !rest.starts_with(' '));
        let end = line.trim_end();
        // A declaration in a trait has no body, and a short function may close where it opens.
        let closes_here = index == 0 && end.ends_with('}');
        let has_no_body = end.ends_with(';') && (index == 0 || same_indent);
        if closes_here || has_no_body || (index > 0 && same_indent && end.trim_start().starts_with('}')) {
            return index + 1;
        }
    }
    lines.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::small_house;

    fn found(text: &str) -> Vec<String> {
        check(&small_house(&[("crates/base/src/clock.rs", text)])).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn a_file_of_four_hundred_lines_is_the_longest() {
        assert!(found(&"//! x\n".repeat(400)).is_empty());
        assert!(
            found(&"//! x\n".repeat(401))[0]
                .starts_with("crates/base/src/clock.rs:401: split this file of 401")
        );
    }

    #[test]
    fn a_function_of_seventy_lines_is_the_longest() {
        let function = |inner: usize| {
            format!(
                "impl A {{\n    pub(crate) async fn f<T>(\n        x: T,\n    ) {{\n{}    }}\n}}\n",
                "        g();\n".repeat(inner)
            )
        };
        assert!(found(&function(66)).is_empty());
        assert!(found(&function(67))[0].contains(":2: split `f` of 71 lines"));
    }

    #[test]
    fn what_has_no_body_or_one_line_is_short() {
        let text = format!(
            "trait A {{\n    fn a(&self);\n    fn b(\n        &self,\n    );\n    fn c() {{}}\n}}\n{}",
            "struct X;\n".repeat(100)
        );
        assert!(found(&text).is_empty());
    }

    #[test]
    fn a_file_that_leans_on_nine_others_is_found_unless_it_is_a_signboard() {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
        let paths: Vec<String> = names.iter().map(|name| format!("crates/base/src/{name}.rs")).collect();
        let uses: String = names.iter().map(|name| format!("use crate::{name};\n")).collect();
        let declared: String = names.iter().map(|name| format!("pub mod {name};\n")).collect();
        let mut files =
            vec![("crates/base/src/lib.rs", declared.as_str()), ("crates/base/src/hub.rs", uses.as_str())];
        files.extend(paths.iter().map(|path| (path.as_str(), "")));
        let findings = check(&small_house(&files));
        assert_eq!(findings.len(), 1);
        assert!(
            findings[0].to_string().starts_with("crates/base/src/hub.rs:1: split this file: it leans on 9")
        );
    }
}
