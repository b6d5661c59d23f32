//! Texts that are made to cost time.

use std::time::{Duration, Instant};

use crate::{forwarded, split_html, split_text};

/// Far more than a megabyte takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn folding_history_stays_linear() {
    for piece in [
        "> a\n",
        "On 1.1.2026, a@b wrote\n",
        "x\nOn 1.1.2026, a@b wrote:\n",
        "On 1.1.2026\n",
        "From: x\n",
        "\n",
        "a ",
        "-",
        "_",
        "<",
        "<a",
        "<blockquote>",
        "</blockquote>x ",
        "<style>",
    ] {
        let text = format!("Hello\n{}\n> end", piece.repeat(1_000_000 / piece.len()));
        let begun = Instant::now();
        for split in [split_text(&text), split_html(&text)] {
            assert_eq!([split.shown, split.folded].concat(), text);
        }
        let _ = forwarded("Fwd: x", &text);
        assert!(begun.elapsed() < PATIENCE, "{:?} for {piece:?}", begun.elapsed());
    }
}
