//! Rule: no file leans on itself by way of others.

use crate::finding::Finding;
use crate::house::drawing::draw;
use crate::house::survey::House;

pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for circle in draw(house).circles {
        let (path, line) =
            circle.steps.first().map_or((String::new(), 1), |(path, line, _)| (path.clone(), *line));
        let sentence = format!("break the circle {circle}: move what they share into a file below them");
        findings.push(Finding::new(&path, line, sentence));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::small_house;

    #[test]
    fn two_files_that_need_each_other_are_found() {
        let house = small_house(&[
            ("crates/base/src/lib.rs", "mod a;\nmod b;\n"),
            ("crates/base/src/a.rs", "use crate::b;\n"),
            ("crates/base/src/b.rs", "fn f() { super::a::g() }\n"),
        ]);
        let findings = check(&house);
        assert_eq!(findings.len(), 1);
        assert!(
            findings[0]
                .sentence
                .contains("crates/base/src/a.rs:1 → crates/base/src/b.rs, crates/base/src/b.rs:1 → ")
        );
    }

    #[test]
    fn one_way_is_fine() {
        let house = small_house(&[
            ("crates/base/src/lib.rs", "mod a;\nmod b;\npub use a::A;\n"),
            ("crates/base/src/a.rs", "pub struct A;\n"),
            ("crates/base/src/b.rs", "use crate::A;\n"),
        ]);
        assert!(check(&house).is_empty());
    }
}
