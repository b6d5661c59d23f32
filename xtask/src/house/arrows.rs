//! The arrows between files, the circles among them, and how high they reach.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::house::resolve::Index;
use crate::house::survey::House;
use crate::paths::Kind;

/// A file that leans on another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    pub from: usize,
    pub to: usize,
    /// Where it stands first.
    pub line: usize,
    pub kind: Kind,
}

/// All arrows of ordinary code; tests are left out, they may lean on anything.
pub fn arrows(house: &House) -> Vec<Arrow> {
    let index = Index::new(house);
    let mut found: BTreeMap<(usize, usize, bool), Arrow> = BTreeMap::new();
    for (from, _) in house.files.iter().enumerate().filter(|(_, file)| file.in_tree && !file.is_test) {
        for named in index.named(from) {
            let Some(to) = index.target(from, &named.segments) else { continue };
            if to == from {
                continue;
            }
            let declared = named.kind == Kind::Declared;
            let arrow = Arrow { from, to, line: named.line, kind: named.kind };
            found.entry((from, to, declared)).or_insert(arrow);
        }
    }
    found.into_values().collect()
}

/// The ground is the vocabulary in which everything is written: knowing it costs nothing more.
const VOCABULARY: [&str; 4] = ["base", "store", "journal", "web"];

/// How many things a file leans on, without the parts that it only declares or holds: other crates,
/// other rooms of its own crate, other files of its own room.
pub fn leans_on(house: &House, arrows: &[Arrow], file: usize) -> usize {
    let from = &house.files[file];
    let mut targets = BTreeSet::new();
    for arrow in arrows.iter().filter(|arrow| arrow.from == file && arrow.kind != Kind::Declared) {
        let to = &house.files[arrow.to];
        let is_part = to.owner == from.owner
            && to.module.len() == from.module.len() + 1
            && to.module.starts_with(&from.module);
        if to.owner != from.owner {
            // Another crate is one thing to know, however many of its files are meant.
            if !VOCABULARY.contains(&house.crates[to.owner].name.as_str()) {
                targets.insert((to.owner, String::new()));
            }
        } else if to.room() != from.room() {
            targets.insert((to.owner, to.room().to_owned()));
        } else if !is_part {
            targets.insert((to.owner, to.path.clone()));
        }
    }
    targets.len()
}

/// The shortest way from a node of a circle back to itself, as its edges.
pub fn shortest_circle(group: &[usize], edges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let ways = group.iter().filter_map(|begin| way_back(*begin, group, edges));
    ways.min_by_key(Vec::len).unwrap_or_default()
}

/// Searches in rings around `begin` until it is met again.
fn way_back(begin: usize, group: &[usize], edges: &[(usize, usize)]) -> Option<Vec<(usize, usize)>> {
    let mut reached_by: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut ring = vec![begin];
    while !ring.is_empty() && !reached_by.contains_key(&begin) {
        let mut next = Vec::new();
        for edge in edges.iter().filter(|edge| ring.contains(&edge.0) && group.contains(&edge.1)) {
            if let Entry::Vacant(unseen) = reached_by.entry(edge.1) {
                unseen.insert(*edge);
                next.push(edge.1);
            }
        }
        ring = next;
    }
    let mut way = vec![*reached_by.get(&begin)?];
    while way[0].0 != begin {
        way.insert(0, *reached_by.get(&way[0].0)?);
    }
    Some(way)
}

/// Groups of nodes that reach each other, each group with more than one node.
pub fn circles(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    groups(count, edges).into_iter().filter(|group| group.len() > 1).collect()
}

/// The longest chain of arrows, counted in nodes; a circle counts as one.
pub fn height(count: usize, edges: &[(usize, usize)]) -> usize {
    let groups = groups(count, edges);
    let mut group_of = vec![0; count];
    for (number, group) in groups.iter().enumerate() {
        for node in group {
            group_of[*node] = number;
        }
    }
    // Groups come out lowest first, so whatever a group leans on is already known.
    let mut heights = vec![1; groups.len()];
    for (number, group) in groups.iter().enumerate() {
        for (_, to) in edges.iter().filter(|(from, _)| group.contains(from)) {
            if group_of[*to] != number {
                heights[number] = heights[number].max(heights[group_of[*to]] + 1);
            }
        }
    }
    heights.into_iter().max().unwrap_or(0)
}

/// Strongly connected components (Tarjan 1972, "Depth-first search and linear graph algorithms").
fn groups(count: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut next = vec![Vec::new(); count];
    for (from, to) in edges {
        next[*from].push(*to);
    }
    let mut search = Search { next, order: vec![None; count], low: vec![0; count], ..Search::default() };
    for node in 0..count {
        if search.order[node].is_none() {
            search.visit(node);
        }
    }
    search.groups
}

#[derive(Default)]
struct Search {
    next: Vec<Vec<usize>>,
    order: Vec<Option<usize>>,
    low: Vec<usize>,
    stack: Vec<usize>,
    seen: usize,
    groups: Vec<Vec<usize>>,
}

impl Search {
    /// Recursive: the depth is the longest chain of files, some dozens.
    fn visit(&mut self, node: usize) {
        let number = self.seen;
        self.seen += 1;
        self.order[node] = Some(number);
        self.low[node] = number;
        self.stack.push(node);
        for to in self.next[node].clone() {
            match self.order[to] {
                None => {
                    self.visit(to);
                    self.low[node] = self.low[node].min(self.low[to]);
                }
                Some(seen) if self.stack.contains(&to) => self.low[node] = self.low[node].min(seen),
                Some(_) => {}
            }
        }
        if self.low[node] == number {
            let begin = self.stack.iter().rposition(|entry| *entry == node).unwrap_or(0);
            self.groups.push(self.stack.split_off(begin));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Text;

    fn built(texts: &[(&str, &str)]) -> House {
        let mut all = vec![
            Text::new("crates/base/Cargo.toml", "[package]\nname = \"base\"\n"),
            Text::new("crates/store/Cargo.toml", "[package]\nname = \"store\"\n"),
            Text::new("crates/search/Cargo.toml", "[package]\nname = \"search\"\n"),
            Text::new("crates/people/Cargo.toml", "[package]\nname = \"people\"\n"),
        ];
        all.extend(texts.iter().map(|(path, text)| Text::new(path, text)));
        House::build(&all).expect("valid manifests")
    }

    fn shown(house: &House) -> Vec<String> {
        let short = |file: usize| {
            house.files[file].path.replace("crates/", "").replace("src/", "").replace(".rs", "")
        };
        let found = arrows(house);
        found.iter().map(|arrow| format!("{} > {}", short(arrow.from), short(arrow.to))).collect()
    }

    #[test]
    fn a_re_export_leads_to_the_file_that_defines_the_name() {
        let house = built(&[
            ("crates/base/src/lib.rs", "mod clock;\nmod id;\npub use clock::Clock;\npub use id::*;\n"),
            ("crates/base/src/clock.rs", "pub struct Clock;\n"),
            ("crates/base/src/id.rs", "use crate::Clock;\npub struct Id;\n"),
            (
                "crates/store/src/lib.rs",
                "use base::{Clock, Id};\n#[cfg(test)]\nmod tests { use base::clock; }\n",
            ),
        ]);
        assert_eq!(
            shown(&house),
            [
                "base/lib > base/clock",
                "base/lib > base/clock",
                "base/lib > base/id",
                "base/lib > base/id",
                "base/id > base/clock",
                "store/lib > base/clock",
                "store/lib > base/id"
            ]
        );
    }

    #[test]
    fn what_a_test_or_a_macro_names_is_no_arrow() {
        let house = built(&[
            ("crates/base/src/lib.rs", "pub mod clock;\npub mod id;\npub use id::Id;\n"),
            (
                "crates/base/src/clock.rs",
                "pub struct Clock;\n#[cfg(test)]\nmod tests {\n    use super::Clock;\n}\n",
            ),
            ("crates/base/src/id.rs", "use crate::clock::Clock;\nmacro_rules! id { () => { $crate::Id } }\n"),
            ("crates/base/src/store.rs", "use ::store::Tx;\n"),
            ("crates/store/src/lib.rs", "pub struct Tx;\n"),
        ]);
        assert_eq!(
            shown(&house),
            [
                "base/lib > base/clock",
                "base/lib > base/id",
                "base/lib > base/id",
                "base/id > base/clock",
                "base/store > store/lib"
            ]
        );
    }

    #[test]
    fn a_child_that_leans_on_its_parent_closes_a_circle() {
        let house = built(&[
            ("crates/base/src/lib.rs", "mod clock;\npub struct Now;\n"),
            ("crates/base/src/clock.rs", "fn f(_: super::Now) {}\n"),
        ]);
        let edges: Vec<(usize, usize)> = arrows(&house).iter().map(|arrow| (arrow.from, arrow.to)).collect();
        assert_eq!(circles(house.files.len(), &edges).len(), 1);
    }

    #[test]
    fn circles_and_height_of_a_graph() {
        let edges = [(0, 1), (1, 2), (2, 1), (2, 3), (4, 3)];
        let found = circles(5, &edges);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].len(), 2);
        assert_eq!(shortest_circle(&found[0], &edges).len(), 2);
        assert_eq!(height(5, &edges), 3);
        assert!(circles(5, &edges[..2]).is_empty());
        assert_eq!(height(0, &[]), 0);
    }

    #[test]
    fn another_crate_and_another_room_count_once_and_the_ground_not_at_all() {
        let house = built(&[
            ("crates/base/src/lib.rs", "pub mod clock;\n"),
            ("crates/base/src/clock.rs", "pub struct Clock;\n"),
            ("crates/search/src/lib.rs", "pub mod find;\npub mod hit;\n"),
            ("crates/search/src/find.rs", "pub struct Find;\n"),
            ("crates/search/src/hit.rs", "pub struct Hit;\n"),
            (
                "crates/people/src/actions.rs",
                "use base::clock::Clock;\nuse search::find::Find;\nuse search::hit::Hit;\n\
                 use crate::store::a::A;\nuse crate::store::b::B;\n",
            ),
            ("crates/people/src/store.rs", "pub mod a;\npub mod b;\n"),
            ("crates/people/src/store/a.rs", "pub struct A;\n"),
            ("crates/people/src/store/b.rs", "pub struct B;\n"),
            ("crates/people/src/lib.rs", "mod actions;\nmod store;\n"),
        ]);
        let actions = house.files.iter().position(|file| file.path.ends_with("actions.rs")).expect("there");
        assert_eq!(leans_on(&house, &arrows(&house), actions), 2);
    }
}
