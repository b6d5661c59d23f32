//! A disk that loses what was not synced: contents block by block, sizes, and names in folders.
//!
//! A name or a block that changed several times since the last sync may be found in any of its states. A
//! sync of a file keeps its content and its size, a sync of a folder the names in it, and nothing more.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::record::Step;

const BLOCK: u64 = 4096;

/// What a power cut does to that which was not synced.
#[derive(Clone, Copy, Debug)]
pub enum Mood {
    LosesEverything,
    LosesSome,
    KeepsEverything,
}

impl Mood {
    /// Which of the states 0 (the synced one) to `last` is found afterwards.
    fn pick(self, last: usize) -> usize {
        match self {
            Mood::LosesEverything => 0,
            Mood::LosesSome => rand::random_range(0..=last),
            Mood::KeepsEverything => last,
        }
    }
}

#[derive(Default)]
pub struct Disk {
    files: Vec<File>,
    /// Numbers are used again for new files; this is who has them now.
    by_inode: HashMap<u64, usize>,
    folders: HashMap<String, BTreeMap<String, Entry>>,
}

#[derive(Default)]
struct File {
    synced: Vec<u8>,
    pending: Vec<Change>,
}

enum Change {
    Write { at: u64, data: Vec<u8> },
    Size(u64),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    File(usize),
    Folder,
}

/// The states of a name: the synced one, then those since.
struct Entry(Vec<Option<Target>>);

fn split(path: &str) -> (String, String) {
    let (folder, name) = path.rsplit_once('/').expect("an absolute path");
    (folder.to_owned(), name.to_owned())
}

impl Disk {
    pub fn apply(&mut self, step: &Step) {
        match step {
            Step::Create { inode, path } => {
                self.files.push(File::default());
                let number = self.files.len() - 1;
                self.by_inode.insert(*inode, number);
                self.name(path, Some(Target::File(number)));
            }
            Step::Write { inode, at, data } => {
                self.change(*inode, Change::Write { at: *at, data: data.to_vec() });
            }
            Step::Size { inode, size } => self.change(*inode, Change::Size(*size)),
            Step::Sync { inode } => {
                if let Some(number) = self.by_inode.get(inode) {
                    self.files[*number].sync();
                }
            }
            Step::SyncFolder { path } => {
                for entry in self.folders.entry((*path).to_owned()).or_default().values_mut() {
                    entry.0.drain(..entry.0.len() - 1);
                }
            }
            Step::Rename { from, to } => {
                let target = self.target(from);
                self.name(to, target);
                self.name(from, None);
            }
            Step::Link { from, to } => {
                let target = self.target(from);
                self.name(to, target);
            }
            Step::Unlink { path } => self.name(path, None),
            Step::Folder { path } => self.name(path, Some(Target::Folder)),
        }
    }

    fn change(&mut self, inode: u64, change: Change) {
        // Files of other programs, such as a log beside, are none of ours.
        if let Some(number) = self.by_inode.get(&inode) {
            self.files[*number].pending.push(change);
        }
    }

    fn name(&mut self, path: &str, target: Option<Target>) {
        let (folder, name) = split(path);
        let entries = self.folders.entry(folder).or_default();
        entries.entry(name).or_insert_with(|| Entry(vec![None])).0.push(target);
    }

    fn target(&self, path: &str) -> Option<Target> {
        let (folder, name) = split(path);
        self.folders.get(&folder)?.get(&name)?.0.last().copied().flatten()
    }

    /// Writes the folder `from` to `to` as it is found after a power cut.
    pub fn after_power_cut(&self, mood: Mood, from: &str, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        let Some(entries) = self.folders.get(from) else { return };
        for (name, Entry(states)) in entries {
            match states[mood.pick(states.len() - 1)] {
                None => {}
                Some(Target::Folder) => self.after_power_cut(mood, &format!("{from}/{name}"), &to.join(name)),
                Some(Target::File(number)) => {
                    use std::io::Write;
                    let open = fs::OpenOptions::new()
                        .create(true)
                        .truncate(true)
                        .write(true)
                        .mode(0o600)
                        .open(to.join(name));
                    let content = self.files[number].after_power_cut(mood);
                    open.and_then(|mut file| file.write_all(&content)).expect("written");
                }
            }
        }
    }
}

impl File {
    fn sync(&mut self) {
        self.synced = self.after_power_cut(Mood::KeepsEverything);
        self.pending.clear();
    }

    fn after_power_cut(&self, mood: Mood) -> Vec<u8> {
        let mut sizes = vec![self.synced.len() as u64];
        for change in &self.pending {
            let before = sizes[sizes.len() - 1];
            sizes.push(match change {
                Change::Size(size) => *size,
                Change::Write { at, data } => before.max(at + data.len() as u64),
            });
        }
        let longest = sizes.iter().copied().max().unwrap_or(0);
        let mut content = self.synced.clone();
        content.resize(longest as usize, 0);
        let blocks: Vec<usize> =
            (0..longest.div_ceil(BLOCK)).map(|_| mood.pick(self.pending.len())).collect();
        for (number, change) in self.pending.iter().enumerate() {
            let kept = |at: u64| number < blocks[(at / BLOCK) as usize];
            match change {
                Change::Write { at, data } => {
                    for (from, piece) in pieces(*at, data) {
                        if kept(from) {
                            content[from as usize..from as usize + piece.len()].copy_from_slice(piece);
                        }
                    }
                }
                // What lies behind the end is zero when the file grows again.
                Change::Size(size) => {
                    let cut = (*size).min(longest);
                    (cut..longest).filter(|at| kept(*at)).for_each(|at| content[at as usize] = 0);
                }
            }
        }
        content.truncate(sizes[mood.pick(sizes.len() - 1)] as usize);
        content
    }
}

/// A write, cut where blocks end.
fn pieces(at: u64, data: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    let (mut at, mut rest) = (at, data);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let size = rest.len().min((BLOCK - at % BLOCK) as usize);
        let (piece, after) = rest.split_at(size);
        let found = (at, piece);
        (at, rest) = (at + size as u64, after);
        Some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_synced_block_stays_and_a_block_that_was_not_may_go() {
        let mut disk = Disk::default();
        disk.apply(&Step::Create { inode: 1, path: "/r/a" });
        disk.apply(&Step::Write { inode: 1, at: 0, data: &[1; 6000] });
        disk.apply(&Step::Sync { inode: 1 });
        disk.apply(&Step::Write { inode: 1, at: 5000, data: &[2; 5000] });
        let folder = tempfile::tempdir().expect("a folder");
        let found = |disk: &Disk, mood| {
            disk.after_power_cut(mood, "/r", folder.path());
            fs::read(folder.path().join("a")).ok()
        };
        assert_eq!(found(&disk, Mood::LosesEverything), None, "the name was never synced");
        disk.apply(&Step::SyncFolder { path: "/r" });
        assert_eq!(found(&disk, Mood::LosesEverything), Some(vec![1; 6000]));
        let whole = found(&disk, Mood::KeepsEverything).expect("a file");
        assert_eq!((whole.len(), whole[4999], whole[5000]), (10_000, 1, 2));
        for _ in 0..20 {
            let some = found(&disk, Mood::LosesSome).expect("a file");
            assert!(some.len() >= 6000 && some[..5000].iter().all(|byte| *byte == 1));
        }
    }
}
