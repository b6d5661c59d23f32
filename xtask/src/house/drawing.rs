//! The house in numbers, as `cargo xtask house` prints it.

use std::collections::BTreeSet;
use std::fmt::{self, Write};

use crate::house::arrows::{Arrow, arrows, circles, height, leans_on, shortest_circle};
use crate::house::survey::House;
use crate::paths::Kind;

/// A group of files or crates that lean on themselves by way of each other.
#[derive(Debug)]
pub struct Circle {
    /// How many belong to it.
    pub size: usize,
    /// The shortest way round: where each arrow stands, and where it leads.
    pub steps: Vec<(String, usize, String)>,
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps: Vec<String> =
            self.steps.iter().map(|(from, line, to)| format!("{from}:{line} → {to}")).collect();
        write!(f, "{} (of {} in the circle)", steps.join(", "), self.size)
    }
}

/// What the drawing says.
pub struct Drawing {
    pub text: String,
    pub circles: Vec<Circle>,
}

/// Draws the house.
pub fn draw(house: &House) -> Drawing {
    let arrows = arrows(house);
    let mut text = String::new();
    draw_crates(house, &mut text);
    let edges: Vec<(usize, usize)> = arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
    let distinct: BTreeSet<&(usize, usize)> = edges.iter().collect();
    let files = house.files.iter().filter(|file| file.in_tree && !file.is_test).count();
    let circles = find_circles(house, &arrows);
    let crate_edges = crate_edges(house);
    let _ = writeln!(text, "\nfiles: {files}, arrows: {}", distinct.len());
    let _ = writeln!(text, "crates: {}, arrows: {}", house.crates.len(), crate_edges.len());
    let _ = writeln!(text, "circles: {}", circles.len());
    for circle in &circles {
        let _ = writeln!(text, "  {circle}");
    }
    let _ = writeln!(
        text,
        "height: {} files, {} crates",
        height(house.files.len(), &edges),
        height(house.crates.len(), &crate_edges)
    );
    draw_busiest(house, &arrows, &mut text);
    Drawing { text, circles }
}

fn draw_crates(house: &House, text: &mut String) {
    let mut crates: Vec<_> = house.crates.iter().collect();
    crates.sort_by_key(|entry| (std::cmp::Reverse(entry.floor), entry.name.clone()));
    let mut floor = None;
    for entry in crates {
        if floor != Some(entry.floor) {
            floor = Some(entry.floor);
            let _ = writeln!(text, "{:?}", entry.floor);
        }
        let names: Vec<&str> = entry
            .dependencies
            .iter()
            .filter(|dependency| !dependency.for_tests)
            .map(|dependency| dependency.name.as_str())
            .collect();
        let arrow = if names.is_empty() { "" } else { " → " };
        let _ = writeln!(text, "  {}{arrow}{}", entry.name, names.join(" "));
    }
}

fn crate_edges(house: &House) -> Vec<(usize, usize)> {
    let mut edges = Vec::new();
    for (from, entry) in house.crates.iter().enumerate() {
        let ordinary = entry.dependencies.iter().filter(|dependency| !dependency.for_tests);
        edges.extend(ordinary.filter_map(|dependency| Some((from, house.find_crate(&dependency.name)?))));
    }
    edges
}

fn find_circles(house: &House, arrows: &[Arrow]) -> Vec<Circle> {
    let edges: Vec<(usize, usize)> = arrows.iter().map(|arrow| (arrow.from, arrow.to)).collect();
    let path = |file: usize| house.files[file].path.clone();
    let line = |edge: (usize, usize)| {
        arrows.iter().find(|arrow| (arrow.from, arrow.to) == edge).map_or(1, |arrow| arrow.line)
    };
    let mut found = Vec::new();
    for group in circles(house.files.len(), &edges) {
        let way = shortest_circle(&group, &edges);
        let steps = way.iter().map(|edge| (path(edge.0), line(*edge), path(edge.1))).collect();
        found.push(Circle { size: group.len(), steps });
    }
    let edges = crate_edges(house);
    let manifest = |entry: usize| format!("{}/Cargo.toml", house.crates[entry].folder);
    for group in circles(house.crates.len(), &edges) {
        let way = shortest_circle(&group, &edges);
        let steps = way.iter().map(|edge| (manifest(edge.0), 1, manifest(edge.1))).collect();
        found.push(Circle { size: group.len(), steps });
    }
    found
}

fn draw_busiest(house: &House, arrows: &[Arrow], text: &mut String) {
    let mut busy: Vec<(usize, usize, usize)> = Vec::new();
    for (index, file) in house.files.iter().enumerate() {
        if !file.is_signboard() && file.in_tree && !file.is_test {
            let into =
                arrows.iter().filter(|arrow| arrow.to == index && arrow.kind != Kind::Declared).count();
            busy.push((leans_on(house, arrows, index), into, index));
        }
    }
    busy.sort_by_key(|(out, into, index)| (std::cmp::Reverse((*out, *into)), *index));
    let _ = writeln!(text, "busiest files:");
    for (out, into, index) in busy.into_iter().take(5) {
        let _ = writeln!(text, "  {} ({out} out, {into} in)", house.files[index].path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Text;

    #[test]
    fn a_house_without_circles_says_so_and_one_with_a_circle_names_it() {
        let mut texts = vec![
            Text::new("crates/base/Cargo.toml", "[package]\nname = \"base\"\n"),
            Text::new("crates/base/src/lib.rs", "mod a;\nmod b;\n"),
            Text::new("crates/base/src/a.rs", "use crate::b;\n"),
            Text::new("crates/base/src/b.rs", ""),
        ];
        let house = House::build(&texts).expect("valid");
        assert!(draw(&house).text.contains("circles: 0\n"));
        texts[3] = Text::new("crates/base/src/b.rs", "use crate::a;\n");
        let house = House::build(&texts).expect("valid");
        let drawing = draw(&house);
        assert!(drawing.text.contains("circles: 1\n"));
        assert_eq!(drawing.circles.len(), 1);
    }
}
