//! The crates of the house and their files, as they stand.

use std::path::Path;

use crate::files::{Text, load};
use crate::house::floors::{Floor, floor_of};
use crate::source::Source;

/// A crate and the crates of ours that it names in its manifest.
#[derive(Debug)]
pub struct Crate {
    pub name: String,
    /// Its folder from the root: `crates/base`.
    pub folder: String,
    pub floor: Floor,
    pub dependencies: Vec<Dependency>,
}

/// A line of a manifest that names another crate.
#[derive(Debug)]
pub struct Dependency {
    pub name: String,
    pub line: usize,
    pub for_tests: bool,
}

/// A file of Rust.
#[derive(Debug)]
pub struct File {
    /// From the root: `crates/base/src/clock.rs`.
    pub path: String,
    /// Which of the house's crates it belongs to.
    pub owner: usize,
    /// Its place in the crate; empty for `lib.rs` and for files outside `src`.
    pub module: Vec<String>,
    pub source: Source,
    /// Is all of it test code?
    pub is_test: bool,
    /// Does it belong to the tree of modules under `src`?
    pub in_tree: bool,
}

impl File {
    /// The room: the first name of its place, empty for `lib.rs`.
    pub fn room(&self) -> &str {
        self.module.first().map_or("", String::as_str)
    }

    /// Signboards and the assembly exist to point at everything; so does a file that only passes
    /// names on.
    pub fn is_signboard(&self) -> bool {
        let passes_on =
            |line: &str| line.is_empty() || line.starts_with("pub use ") || line.starts_with("//");
        self.path.ends_with("/src/lib.rs")
            || self.path.ends_with("/src/assembly.rs")
            || self.source.code.lines().all(|line| passes_on(line.trim()))
    }
}

/// All crates and their files.
#[derive(Debug)]
pub struct House {
    pub crates: Vec<Crate>,
    pub files: Vec<File>,
}

impl House {
    /// Reads the house below the root.
    pub fn read(root: &Path) -> Result<House, String> {
        House::build(&load(root)?)
    }

    /// Builds the picture from the repository's texts.
    pub fn build(texts: &[Text]) -> Result<House, String> {
        let mut crates = Vec::new();
        for text in texts.iter().filter(|text| is_manifest(&text.path)) {
            crates.push(read_manifest(text)?);
        }
        let names: Vec<String> = crates.iter().map(|entry: &Crate| entry.name.clone()).collect();
        for entry in &mut crates {
            entry.dependencies.retain(|dependency| names.contains(&dependency.name));
        }
        let mut files = Vec::new();
        for text in texts.iter().filter(|text| text.path.ends_with(".rs")) {
            let owner = crates.iter().position(|entry| text.path.starts_with(&format!("{}/", entry.folder)));
            files.extend(owner.map(|owner| read_file(text, owner, &crates[owner].folder)));
        }
        mark_test_modules(&mut files);
        Ok(House { crates, files })
    }

    /// The crate that a file belongs to.
    pub fn owner(&self, file: &File) -> &Crate {
        &self.crates[file.owner]
    }

    /// A crate by its name.
    pub fn find_crate(&self, name: &str) -> Option<usize> {
        self.crates.iter().position(|entry| entry.name == name)
    }
}

fn is_manifest(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    matches!(parts.as_slice(), ["crates" | "lib", _, "Cargo.toml"] | ["xtask", "Cargo.toml"])
}

fn read_manifest(text: &Text) -> Result<Crate, String> {
    let manifest: toml::Table = text.text.parse().map_err(|e| format!("{}: {e}", text.path))?;
    let name = manifest
        .get("package")
        .and_then(|package| package.get("name"))
        .and_then(toml::Value::as_str)
        .ok_or_else(|| format!("{}: the package has no name", text.path))?;
    let mut dependencies = Vec::new();
    for (section, for_tests) in
        [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)]
    {
        let table = manifest.get(section).and_then(toml::Value::as_table);
        for dependency in table.into_iter().flat_map(toml::Table::keys) {
            let line = line_of_dependency(&text.text, section, dependency);
            dependencies.push(Dependency { name: dependency.clone(), line, for_tests });
        }
    }
    let folder = text.path.trim_end_matches("/Cargo.toml").to_owned();
    let floor = floor_of(name, folder.starts_with("lib/"));
    Ok(Crate { name: name.to_owned(), folder, floor, dependencies })
}

fn line_of_dependency(manifest: &str, section: &str, name: &str) -> usize {
    let mut inside = false;
    for (index, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.trim().trim_matches(['[', ']']) == section;
        }
        let key = line.split(['=', '.', ' ']).next().unwrap_or_default();
        if inside && key.trim_matches('"') == name {
            return index + 1;
        }
    }
    1
}

fn read_file(text: &Text, owner: usize, folder: &str) -> File {
    let inner = text.path[folder.len() + 1..].to_owned();
    let in_source = inner.strip_prefix("src/").map(|path| path.trim_end_matches(".rs"));
    let module: Vec<String> = match in_source {
        None | Some("lib" | "main") => Vec::new(),
        Some(path) => path.trim_end_matches("/mod").split('/').map(str::to_owned).collect(),
    };
    let is_test = ["tests/", "examples/", "benches/"].iter().any(|place| inner.starts_with(place))
        || module.iter().any(|part| part == "tests");
    let in_tree = in_source.is_some_and(|path| !path.starts_with("bin/"));
    File { path: text.path.clone(), owner, module, source: Source::read(&text.text), is_test, in_tree }
}

/// A module declared under `#[cfg(test)]` is test code, with all that lies below it.
fn mark_test_modules(files: &mut [File]) {
    let mut marked: Vec<(usize, Vec<String>)> = Vec::new();
    for file in files.iter().filter(|file| file.in_tree) {
        for name in file.source.test_modules() {
            let mut module = file.module.clone();
            module.push(name);
            marked.push((file.owner, module));
        }
    }
    for file in files {
        file.is_test |=
            marked.iter().any(|(owner, module)| *owner == file.owner && file.module.starts_with(module));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_files_and_their_places_are_read() {
        let house = House::build(&[
            Text::new("crates/base/Cargo.toml", "[package]\nname = \"base\"\n"),
            Text::new("crates/base/src/lib.rs", "#[cfg(test)]\nmod cases;\n"),
            Text::new("crates/base/src/cases/long.rs", ""),
            Text::new(
                "crates/store/Cargo.toml",
                "[package]\nname = \"store\"\n[dependencies]\nserde.workspace = true\nbase.workspace = true\n",
            ),
            Text::new("crates/store/src/pool/mod.rs", ""),
        ])
        .expect("valid manifests");
        assert_eq!(house.crates[1].dependencies.len(), 1);
        assert_eq!(house.crates[1].dependencies[0].line, 5);
        let places: Vec<(&str, bool)> = house.files.iter().map(|file| (file.room(), file.is_test)).collect();
        assert_eq!(places, [("", false), ("cases", true), ("pool", false)]);
    }
}
