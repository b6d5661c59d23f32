//! Passes for files: a link that a picture can have, good for a day.

use base::{Secrets, Time};

const SECONDS: i64 = 24 * 3600;

pub fn write(secrets: &Secrets, token: &str, now: Time) -> String {
    // Whole hours: the same link for a while, so that browsers keep what it shows.
    let until = (now.0 / 3_600_000 + 1) * 3600 + SECONDS;
    format!("{until}.{}", mark(secrets, token, until))
}

pub fn opens(secrets: &Secrets, token: &str, pass: &str, now: Time) -> bool {
    let Some((until, given)) = pass.split_once('.') else { return false };
    let Ok(until) = until.parse::<i64>() else { return false };
    let wanted = mark(secrets, token, until);
    now.0 / 1000 < until && base::secrets::same(wanted.as_bytes(), given.as_bytes())
}

fn mark(secrets: &Secrets, token: &str, until: i64) -> String {
    base::secrets::hex(&secrets.mac("chat-file", format!("{token}\n{until}").as_bytes())[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_opens_one_file_for_a_day() {
        let (secrets, now) = (Secrets::from_bytes([7; 32]), Time(1_772_442_000_000));
        let pass = write(&secrets, "a", now);
        assert!(opens(&secrets, "a", &pass, now.plus_seconds(SECONDS)));
        assert!(!opens(&secrets, "a", &pass, now.plus_seconds(SECONDS + 3601)));
        assert!(
            !opens(&secrets, "b", &pass, now)
                && !opens(&secrets, "a", "1.x", now)
                && !opens(&secrets, "a", "", now)
        );
        let longer = pass.replacen(|c: char| c.is_ascii_digit(), "9", 1);
        assert!(!opens(&secrets, "a", &longer, now));
    }
}
