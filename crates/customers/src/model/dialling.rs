//! Telephone numbers as they are dialled inside a country, in the one form that all the world dials.

/// Zones of countries in which a national number begins with 0, and their codes (zone.tab of the time zone
/// database; ITU-T E.164, list of assigned country codes; national dialling prefixes of the ITU).
const WITH_ZERO: [(&str, &str); 44] = [
    ("Africa/Algiers", "213"),
    ("Africa/Cairo", "20"),
    ("Africa/Casablanca", "212"),
    ("Africa/Johannesburg", "27"),
    ("Africa/Lagos", "234"),
    ("Africa/Nairobi", "254"),
    ("Asia/Bangkok", "66"),
    ("Asia/Calcutta", "91"),
    ("Asia/Dhaka", "880"),
    ("Asia/Dubai", "971"),
    ("Asia/Ho_Chi_Minh", "84"),
    ("Asia/Jakarta", "62"),
    ("Asia/Jerusalem", "972"),
    ("Asia/Karachi", "92"),
    ("Asia/Kolkata", "91"),
    ("Asia/Kuala_Lumpur", "60"),
    ("Asia/Manila", "63"),
    ("Asia/Riyadh", "966"),
    ("Asia/Seoul", "82"),
    ("Asia/Shanghai", "86"),
    ("Asia/Taipei", "886"),
    ("Asia/Tokyo", "81"),
    ("Australia/Adelaide", "61"),
    ("Australia/Brisbane", "61"),
    ("Australia/Melbourne", "61"),
    ("Australia/Perth", "61"),
    ("Australia/Sydney", "61"),
    ("Europe/Amsterdam", "31"),
    ("Europe/Berlin", "49"),
    ("Europe/Bratislava", "421"),
    ("Europe/Brussels", "32"),
    ("Europe/Bucharest", "40"),
    ("Europe/Dublin", "353"),
    ("Europe/Helsinki", "358"),
    ("Europe/Istanbul", "90"),
    ("Europe/Kyiv", "380"),
    ("Europe/London", "44"),
    ("Europe/Paris", "33"),
    ("Europe/Sofia", "359"),
    ("Europe/Stockholm", "46"),
    ("Europe/Vienna", "43"),
    ("Europe/Zagreb", "385"),
    ("Europe/Zurich", "41"),
    ("Pacific/Auckland", "64"),
];

/// Zones of the North American numbering plan, whose numbers have ten digits.
const NORTH_AMERICA: [&str; 10] = [
    "America/Anchorage",
    "America/Chicago",
    "America/Denver",
    "America/Detroit",
    "America/Halifax",
    "America/Los_Angeles",
    "America/New_York",
    "America/Phoenix",
    "America/Toronto",
    "America/Vancouver",
];

/// Shorter ones are services and extensions.
const FEWEST_DIGITS: usize = 7;

/// The number of digits alone as E.164 writes it, for somebody who sits in this zone; `None` where that
/// can't be told.
pub(crate) fn international(digits: &str, zone: &str) -> Option<String> {
    if NORTH_AMERICA.contains(&zone) {
        let national = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(digits);
        let plain = national.len() == 10 && !national.starts_with(['0', '1']);
        return plain.then(|| format!("+1{national}"));
    }
    let (_, code) = WITH_ZERO.iter().find(|(known, _)| *known == zone)?;
    let national = digits.strip_prefix('0').filter(|rest| !rest.starts_with('0'))?;
    (national.len() >= FEWEST_DIGITS).then(|| format!("+{code}{national}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_numbers_become_those_of_the_world() {
        let cases = [
            ("030123456", "Europe/Berlin", Some("+4930123456")),
            ("02079460000", "Europe/London", Some("+442079460000")),
            ("2125550100", "America/New_York", Some("+12125550100")),
            ("12125550100", "America/New_York", Some("+12125550100")),
            ("110", "Europe/Berlin", None),
            ("0110", "Europe/Berlin", None),
            ("123456", "Europe/Berlin", None),
            ("+4930123456", "Europe/Berlin", None),
            ("030123456", "UTC", None),
            ("0639123456", "Europe/Rome", None),
        ];
        for (digits, zone, full) in cases {
            assert_eq!(international(digits, zone).as_deref(), full, "{digits} in {zone}");
        }
    }
}
