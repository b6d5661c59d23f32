//! Rule: inside a capability or spine crate a room imports only rooms drawn below it.

use crate::finding::Finding;
use crate::house::arrows::arrows;
use crate::house::floors::Floor;
use crate::house::rooms::{DRAWING, may_import};
use crate::house::survey::House;
use crate::paths::Kind;

pub fn check(house: &House) -> Vec<Finding> {
    let mut findings = Vec::new();
    for arrow in arrows(house) {
        let (from, to) = (&house.files[arrow.from], &house.files[arrow.to]);
        let judged = matches!(house.owner(from).floor, Floor::Spine | Floor::Capability);
        if !judged || from.owner != to.owner || arrow.kind == Kind::Declared {
            continue;
        }
        if !may_import(from.room(), to.room()) {
            let sentence = format!(
                "`{}` may not import `{}`: a room imports only rooms drawn below it ({DRAWING}); \
                 move what both need further down",
                from.room(),
                to.room()
            );
            findings.push(Finding::new(&from.path, arrow.line, sentence));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::small_house;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let mut all = vec![
            ("crates/people/src/lib.rs", "mod api;\nmod actions;\nmod store;\nmod model;\n"),
            ("crates/people/src/model.rs", "pub struct Agent;\n"),
            ("crates/people/src/actions/mod.rs", "pub mod invite;\n"),
        ];
        all.extend_from_slice(files);
        check(&small_house(&all)).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn downwards_is_fine_and_so_is_a_test() {
        let store = "use crate::model::Agent;\n#[cfg(test)]\nmod tests {\n    use crate::actions;\n}\n";
        assert!(
            found(&[
                ("crates/people/src/store.rs", store),
                ("crates/people/src/actions/invite.rs", "use crate::store;\n")
            ])
            .is_empty()
        );
    }

    #[test]
    fn upwards_is_found_in_use_and_in_code() {
        let used = found(&[("crates/people/src/store.rs", "\nuse crate::actions::invite;\n")]);
        assert!(
            used[0].starts_with("crates/people/src/store.rs:2: `store` may not import `actions`"),
            "{used:?}"
        );
        let inline = [
            ("crates/people/src/store/rows.rs", "fn f() { crate::actions::invite::run() }\n"),
            ("crates/people/src/actions/invite.rs", "pub fn run() {}\n"),
        ];
        assert_eq!(found(&inline).len(), 1);
    }

    #[test]
    fn the_ground_has_no_rooms() {
        let files = [
            ("crates/journal/src/store.rs", "use crate::actions::Action;\n"),
            ("crates/journal/src/actions.rs", "pub struct Action;\n"),
            ("crates/journal/src/lib.rs", "mod store;\nmod actions;\n"),
        ];
        assert!(check(&small_house(&files)).is_empty());
    }
}
