//! Texts of a reply parser's tests against expectations of our own; begun by `cargo xtask corpora`.

use std::path::Path;

use crate::{Folds, split_text};

#[test]
#[ignore = "takes a folder: cargo xtask corpora FOLDER"]
fn what_stays_visible_is_what_somebody_wrote() {
    let folder = std::env::var("RAPPORT_CORPORA").expect("RAPPORT_CORPORA names a folder");
    let folder = Path::new(&folder).join("reply-parsing/crisp/test/fixtures");
    let (mut right, mut all) = (0, 0);
    for line in include_str!("corpus.txt").lines().filter(|line| !line.starts_with('#')) {
        let [name, last, begins] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let text = std::fs::read_to_string(folder.join(format!("{name}.txt"))).expect("reads");
        let split = split_text(&text);
        let end = split.shown.trim_end().lines().count();
        let wanted =
            if last == "-" { text.trim_end().lines().count() } else { last.parse().expect("a number") };
        let found = match split.folds {
            Folds::Nothing => "nothing",
            Folds::History => "history",
            Folds::Signature => "signature",
        };
        let ok = end == wanted && begins == found;
        all += 1;
        right += usize::from(ok);
        println!(
            "{name:<48} {end:>4} {wanted:>4}  {found:<10} {begins:<10} {}",
            if ok { "" } else { "WRONG" }
        );
    }
    println!("{right} of {all}");
    assert_eq!(right, all);
}
