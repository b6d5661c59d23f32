//! Which crate stands on which floor, and which it may therefore import.

/// The floors of the house, from the bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Floor {
    /// `lib/*`: pure, know nothing of Rapport
    Engine,
    Ground,
    Spine,
    Capability,
    Face,
    Roof,
    /// Stands beside the house, seen by tests only.
    Testkit,
    /// Stands beside the house and imports nothing of it.
    Xtask,
}

/// Bottom first: each may import those before it.
const GROUND: [&str; 5] = ["base", "outward", "store", "journal", "web"];
const SPINE: [&str; 4] = ["search", "people", "customers", "conversations"];
const FACES: [&str; 4] = ["zendesk", "mcp", "importers", "ui"];

/// The floor of a crate; a name that is not listed is a capability.
pub fn floor_of(name: &str, in_lib: bool) -> Floor {
    match name {
        _ if in_lib => Floor::Engine,
        "xtask" => Floor::Xtask,
        "testkit" | "hostile" => Floor::Testkit,
        "rapport" => Floor::Roof,
        _ if GROUND.contains(&name) => Floor::Ground,
        _ if SPINE.contains(&name) => Floor::Spine,
        _ if FACES.contains(&name) => Floor::Face,
        _ => Floor::Capability,
    }
}

/// May `from` import `to` in its ordinary code?
pub fn may_import(from: (&str, Floor), to: (&str, Floor)) -> bool {
    let is_before = |list: &[&str]| {
        let place = |name| list.iter().position(|entry| *entry == name);
        place(to.0) < place(from.0)
    };
    match (from.1, to.1) {
        (Floor::Xtask | Floor::Engine, _) => false,
        (_, Floor::Xtask | Floor::Testkit | Floor::Roof) => false,
        (_, Floor::Engine) => true,
        (Floor::Ground, Floor::Ground) => is_before(&GROUND),
        (Floor::Spine, Floor::Spine) => is_before(&SPINE),
        (Floor::Testkit, floor) => floor <= Floor::Spine,
        (from, to) => from > to,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(from: &str, to: &str) -> bool {
        let floor = |name: &str| floor_of(name, name == "mime");
        may_import((from, floor(from)), (to, floor(to)))
    }

    #[test]
    fn arrows_point_down() {
        for (from, to) in [
            ("store", "base"),
            ("web", "journal"),
            ("customers", "search"),
            ("conversations", "customers"),
            ("channel-email", "conversations"),
            ("channel-email", "mime"),
            ("zendesk", "orders"),
            ("rapport", "ui"),
            ("testkit", "conversations"),
        ] {
            assert!(may(from, to), "{from} may import {to}");
        }
    }

    #[test]
    fn no_arrow_points_up_or_sideways() {
        for (from, to) in [
            ("base", "store"),
            ("journal", "web"),
            ("search", "people"),
            ("people", "conversations"),
            ("conversations", "channel-email"),
            ("channel-email", "routing"),
            ("ui", "zendesk"),
            ("orders", "ui"),
            ("testkit", "channel-email"),
            ("people", "testkit"),
            ("mime", "base"),
            ("xtask", "base"),
            ("zendesk", "rapport"),
        ] {
            assert!(!may(from, to), "{from} may not import {to}");
        }
    }
}
