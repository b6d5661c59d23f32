//! `cargo xtask reading [FOLDER]`: how fast mail is read beside the bare parser library, and what hostile mail costs.
//!
//! Of each way of hurting: work for n and for 4n bytes, and the memory that reading takes beyond the mail itself. It fails
//! when four times the bytes take more than eight times the work, or when memory exceeds its bound. FOLDER holds mails
//! (`*.eml`) that are read as well.

#[path = "reading/memory.rs"]
mod memory;
#[path = "reading/speed.rs"]
mod speed;

use std::process::Command;

use mime::{Limits, read};

/// The bound: memory that reading, cleaning and the text of HTML take beyond the mail, in sizes of the mail, and in bytes.
const MEMORY_FACTOR: u64 = 8;
const MEMORY_BYTES: u64 = 16 * 1024 * 1024;
const SIZE: usize = 1024 * 1024;

/// All that is done with a mail before it is kept.
fn whole(raw: &[u8]) -> usize {
    let mail = read(raw, &Limits::default());
    let html = mail.html.unwrap_or_default();
    let split = quoting::split_html(&html);
    let (html, history) = (markup::sanitise(split.shown), markup::sanitise(split.folded));
    let text = mail.text.unwrap_or_else(|| markup::html_to_text(&html));
    let text = quoting::split_text(&text).shown.len();
    let _ = mime::content_hash(raw);
    html.len() + history.len() + text
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [flag, name, size] if flag == "--one" => one(name, size.parse().expect("a number")),
        _ => {
            speed::show(arguments.first().map(String::as_str));
            assert!(hostile_mails(), "a bound is exceeded");
        }
    }
}

/// Runs in a process of its own, so that its memory is its own.
fn one(name: &str, size: usize) {
    let kind = hostile::KINDS.iter().find(|kind| kind.name == name).expect("a known kind");
    let raw = (kind.make)(size);
    let before = memory::reset();
    whole(&raw);
    let most = memory::most().saturating_sub(before);
    println!("{} {} {most}", raw.len(), worked(&raw));
}

/// Microseconds of the processor for one reading, so that what else runs on the machine does not count.
fn worked(raw: &[u8]) -> u64 {
    let begun = memory::worked();
    let mut rounds = 0;
    // Linux counts in steps of some milliseconds.
    while rounds < 200 && memory::worked() - begun < 60_000_000 {
        whole(raw);
        rounds += 1;
    }
    (memory::worked() - begun) / rounds / 1_000
}

fn hostile_mails() -> bool {
    println!(
        "\n{:<48}{:>10}{:>10}{:>7}{:>12}{:>9}",
        "hostile mail", "1 MiB ms", "4 MiB ms", "ratio", "memory MiB", "of size"
    );
    let program = std::env::current_exe().expect("the system knows where this program is");
    let mut good = true;
    for kind in &hostile::KINDS {
        let run = |size: usize| {
            let output = Command::new(&program).args(["--one", kind.name, &size.to_string()]).output();
            let output = output.expect("it runs").stdout;
            let figures = String::from_utf8_lossy(&output).into_owned();
            let figures: Vec<u64> =
                figures.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
            <[u64; 3]>::try_from(figures).unwrap_or_else(|_| panic!("{} failed", kind.name))
        };
        let [_, small, _] = run(SIZE);
        let [size, large, memory] = run(4 * SIZE);
        let ratio = large as f64 / small.max(1) as f64;
        let fits = ratio <= 8.0 && memory <= MEMORY_FACTOR * size + MEMORY_BYTES;
        good &= fits;
        let times = memory as f64 / size as f64;
        let line = (small as f64 / 1e3, large as f64 / 1e3, memory as f64 / 1_048_576.0);
        let verdict = if fits { "" } else { "  EXCEEDED" };
        println!(
            "{:<48}{:>10.1}{:>10.1}{ratio:>7.1}{:>12.1}{times:>9.1}{verdict}",
            kind.name, line.0, line.1, line.2
        );
    }
    good
}
