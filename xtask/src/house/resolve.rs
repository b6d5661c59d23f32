//! Finds the file that a path means, through modules and re-exports.

use std::collections::HashMap;

use crate::house::survey::{File, House};
use crate::paths::{Kind, Named, defined_in, named_in};

/// Re-exports of re-exports end somewhere; a chain longer than this is a mistake of ours.
const DEEPEST: usize = 12;

/// What each file names, defines and hands on.
pub struct Index<'a> {
    house: &'a House,
    places: HashMap<(usize, Vec<String>), usize>,
    named: Vec<Vec<Named>>,
    defined: Vec<Vec<String>>,
}

impl<'a> Index<'a> {
    pub fn new(house: &'a House) -> Index<'a> {
        let mut places = HashMap::new();
        for (index, file) in house.files.iter().enumerate().filter(|(_, file)| file.in_tree) {
            let key = (file.owner, file.module.clone());
            // With both, `lib.rs` is the root that others see.
            if !places.contains_key(&key) || file.path.ends_with("/lib.rs") {
                places.insert(key, index);
            }
        }
        let ordinary = |file: &File| -> Vec<Named> {
            let named = named_in(&file.source.code).into_iter();
            named.filter(|named| !file.source.is_test_line(named.line)).collect()
        };
        let named = house.files.iter().map(ordinary).collect();
        let defined = house.files.iter().map(|file| defined_in(&file.source.code)).collect();
        Index { house, places, named, defined }
    }

    /// All paths that a file names outside its tests.
    pub fn named(&self, file: usize) -> &[Named] {
        &self.named[file]
    }

    /// The file that a path of this file leads to; `None` for what is not ours.
    pub fn target(&self, file: usize, segments: &[String]) -> Option<usize> {
        self.follow(file, segments, 0)
    }

    fn follow(&self, file: usize, segments: &[String], depth: usize) -> Option<usize> {
        let entry = &self.house.files[file];
        let (first, rest) = segments.split_first()?;
        let own = |module: &[String]| (entry.owner, module.to_vec());
        let ((owner, module), rest) = match first.as_str() {
            "::" => ((self.other_crate(rest.first()?)?, Vec::new()), &rest[1..]),
            "crate" => (own(&[]), rest),
            "self" => (own(&entry.module), rest),
            "super" => {
                let ups = 1 + rest.iter().take_while(|segment| *segment == "super").count();
                let kept = entry.module.len().saturating_sub(ups);
                (own(&entry.module[..kept]), &rest[ups - 1..])
            }
            name => {
                let mut child = entry.module.clone();
                child.push(name.to_owned());
                if self.places.contains_key(&(entry.owner, child)) {
                    (own(&entry.module), segments)
                } else {
                    let other =
                        self.house.find_crate(name).or(self.house.find_crate(&name.replace('_', "-")))?;
                    ((other, Vec::new()), rest)
                }
            }
        };
        self.descend(owner, module, rest, depth)
    }

    fn other_crate(&self, name: &str) -> Option<usize> {
        self.house.find_crate(name).or_else(|| self.house.find_crate(&name.replace('_', "-")))
    }

    fn descend(
        &self,
        owner: usize,
        mut module: Vec<String>,
        segments: &[String],
        depth: usize,
    ) -> Option<usize> {
        let mut here = *self.places.get(&(owner, module.clone()))?;
        for (index, segment) in segments.iter().enumerate() {
            module.push(segment.clone());
            if let Some(child) = self.places.get(&(owner, module.clone())) {
                here = *child;
                continue;
            }
            if segment == "*" || depth > DEEPEST {
                return Some(here);
            }
            return Some(self.handed_on(here, segment, &segments[index + 1..], depth).unwrap_or(here));
        }
        Some(here)
    }

    /// Does the file hand on a name that another file defines?
    fn handed_on(&self, here: usize, name: &str, rest: &[String], depth: usize) -> Option<usize> {
        let used = || self.named[here].iter().filter(|named| named.kind == Kind::Used);
        if let Some(named) = used().find(|named| named.alias.as_deref() == Some(name)) {
            let mut path = named.segments.clone();
            path.extend_from_slice(rest);
            return self.follow(here, &path, depth + 1);
        }
        if self.defines(here, name) {
            return Some(here);
        }
        let globs = used().filter(|named| named.segments.last().is_some_and(|last| last == "*"));
        globs
            .filter_map(|named| self.follow(here, &named.segments, depth + 1))
            .find(|target| *target != here && self.defines(*target, name))
            .or_else(|| self.exported_macro(here, name))
    }

    /// A macro lies at the root for its users, wherever it is written.
    fn exported_macro(&self, root: usize, name: &str) -> Option<usize> {
        let owner = self.house.files[root].owner;
        let mut files =
            self.house.files.iter().enumerate().filter(|(_, file)| file.owner == owner && file.in_tree);
        files
            .find(|(index, file)| {
                self.defines(*index, name) && file.source.code.contains(&format!("macro_rules! {name}"))
            })
            .map(|(index, _)| index)
    }

    fn defines(&self, file: usize, name: &str) -> bool {
        self.defined[file].iter().any(|defined| defined == name)
    }
}
