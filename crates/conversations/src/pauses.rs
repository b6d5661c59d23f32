//! How long a message or a notice rests that another server has put off.

use base::Time;

/// Minutes before the second try, the third one, and so on; the last counts for all that follow. A server of one's own
/// that starts anew is met by the first, greylisting (RFC 6647: usually five minutes) ends before the third try, and
/// later ones keep to the half hour and more of RFC 5321 section 4.5.4.1.
const MINUTES: [i64; 7] = [2, 5, 10, 20, 40, 60, 120];

/// When something is tried again that was tried so often. Up to a tenth longer, by its id: what one failure has put off
/// does not come back all at once.
pub fn next_try(now: Time, id: i64, tries: i64) -> Time {
    let place = usize::try_from(tries.max(1) - 1).unwrap_or(usize::MAX).min(MINUTES.len() - 1);
    let pause = MINUTES[place] * 60_000;
    now.plus_millis(pause + pause / 10 * id.rem_euclid(97) / 96)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end_at_two_hours() {
        let minutes = |tries| next_try(Time(0), 0, tries).0 / 60_000;
        let all: Vec<i64> = (1..=9).map(minutes).collect();
        assert_eq!(all, [2, 5, 10, 20, 40, 60, 120, 120, 120]);
        assert_eq!(minutes(0), 2);
    }

    #[test]
    fn messages_of_one_moment_come_back_one_after_the_other() {
        let at = |id| next_try(Time(0), id, 4).0;
        let spread: std::collections::BTreeSet<i64> = (0..97).map(at).collect();
        assert!(spread.len() > 90, "{}", spread.len());
        assert!(spread.iter().all(|at| (1_200_000..=1_320_000).contains(at)));
    }
}
