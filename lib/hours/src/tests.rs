//! Tests of business time: tables for the calendar, properties for the arithmetic.

use jiff::{SignedDuration, Timestamp, civil::Time, tz::TimeZone};
use proptest::prelude::*;

use crate::{Block, Holiday, Hours, Invalid, Schedule};

fn block(text: &str) -> Block {
    let (from, to) = text.split_once('-').unwrap();
    Block { from: from.parse().unwrap(), to: to.parse().unwrap() }
}

fn blocks(text: &str) -> Vec<Block> {
    text.split_whitespace().map(block).collect()
}

/// Weekdays alike, a weekend of its own, and holidays as "date" or "date blocks".
fn schedule(zone: &str, weekdays: &str, weekend: &str, holidays: &[&str]) -> Schedule {
    Schedule {
        zone: zone.to_owned(),
        week: std::array::from_fn(|day| blocks(if day < 5 { weekdays } else { weekend })),
        holidays: holidays
            .iter()
            .map(|text| {
                let (date, rest) = text.split_once(' ').unwrap_or((text, ""));
                Holiday { date: date.parse().unwrap(), blocks: blocks(rest) }
            })
            .collect(),
    }
}

fn hours(zone: &str, weekdays: &str, weekend: &str, holidays: &[&str]) -> Hours {
    Hours::new(&schedule(zone, weekdays, weekend, holidays)).unwrap()
}

fn at(zone: &str, local: &str) -> Timestamp {
    let local: jiff::civil::DateTime = local.parse().unwrap();
    TimeZone::get(zone).unwrap().to_timestamp(local).unwrap()
}

const BERLIN: &str = "Europe/Berlin";

fn office() -> Hours {
    hours(BERLIN, "09:00-12:00 13:00-17:00", "", &["2026-12-25", "2026-12-24 09:00-12:00"])
}

#[test]
fn open_and_closed_follow_the_blocks() {
    let check = |local: &str, open: bool, next: &str| {
        let moment = at(BERLIN, local);
        assert_eq!(office().is_open(moment), open, "at {local}");
        assert_eq!(office().next_open(moment), Some(at(BERLIN, next)), "after {local}");
    };
    check("2026-11-23T09:00", true, "2026-11-23T09:00");
    check("2026-11-23T11:59:59", true, "2026-11-23T11:59:59");
    check("2026-11-23T12:00", false, "2026-11-23T13:00");
    check("2026-11-23T17:00", false, "2026-11-24T09:00");
    check("2026-11-22T10:00", false, "2026-11-23T09:00");
    check("2026-12-24T10:00", true, "2026-12-24T10:00");
    check("2026-12-24T13:00", false, "2026-12-28T09:00");
}

#[test]
fn business_time_skips_what_is_closed() {
    let check = |from: &str, hours: i64, to: &str| {
        let (from, to) = (at(BERLIN, from), at(BERLIN, to));
        let time = SignedDuration::from_hours(hours);
        assert_eq!(office().add_business(from, time), Some(to), "{from} and {hours} hours");
        assert_eq!(office().business_between(from, to), time, "{from} to {to}");
        assert_eq!(office().business_between(to, from), -time, "{to} to {from}");
    };
    check("2026-11-23T09:00", 3, "2026-11-23T12:00");
    check("2026-11-23T09:00", 4, "2026-11-23T14:00");
    check("2026-11-23T09:00", 7, "2026-11-23T17:00");
    check("2026-11-23T16:30", 1, "2026-11-24T09:30");
    check("2026-11-20T16:00", 2, "2026-11-23T10:00");
    check("2026-11-21T16:00", 1, "2026-11-23T10:00");
    check("2026-12-23T16:00", 5, "2026-12-28T10:00");
    check("2026-11-23T03:00", 0, "2026-11-23T03:00");
}

#[test]
fn nights_belong_to_the_day_on_which_they_begin() {
    let night = hours(BERLIN, "22:00-06:00", "", &["2026-12-25"]);
    // Friday night reaches into Saturday; Sunday has none of its own.
    assert!(night.is_open(at(BERLIN, "2026-11-28T05:59")));
    assert!(!night.is_open(at(BERLIN, "2026-11-28T06:00")));
    assert!(!night.is_open(at(BERLIN, "2026-11-30T05:00")));
    // The night before a holiday ends at midnight, and the holiday's own night is closed.
    assert!(night.is_open(at(BERLIN, "2026-12-24T23:59")));
    assert!(!night.is_open(at(BERLIN, "2026-12-25T00:00")));
    assert!(!night.is_open(at(BERLIN, "2026-12-25T23:00")));
}

#[test]
fn changes_of_the_clock_are_counted_right() {
    let check = |zone: &str, block: &str, from: &str, to: &str, minutes: i64| {
        let hours = hours(zone, block, block, &[]);
        let (from, to) = (at(zone, from), at(zone, to));
        let time = SignedDuration::from_mins(minutes);
        assert_eq!(hours.business_between(from, to), time, "{zone} {block} {from}");
        let end = hours.add_business(from, time).unwrap();
        assert_eq!(hours.business_between(from, end), time, "{zone} {block} {from}");
    };
    // An hour is missing on 29 March and doubled on 25 October.
    check(BERLIN, "00:00-00:00", "2026-03-29T00:00", "2026-03-30T00:00", 23 * 60);
    check(BERLIN, "00:00-00:00", "2026-10-25T00:00", "2026-10-26T00:00", 25 * 60);
    check(BERLIN, "22:00-06:00", "2026-03-28T12:00", "2026-03-29T12:00", 7 * 60);
    check(BERLIN, "22:00-06:00", "2026-10-24T12:00", "2026-10-25T12:00", 9 * 60);
    // A block that begins, ends or lies in the missing hour.
    check(BERLIN, "02:30-05:00", "2026-03-29T00:00", "2026-03-30T00:00", 120);
    check(BERLIN, "01:00-02:30", "2026-03-29T00:00", "2026-03-30T00:00", 60);
    check(BERLIN, "02:10-02:50", "2026-03-29T00:00", "2026-03-30T00:00", 0);
    // One that begins or ends in the doubled hour counts from and to its first time.
    check(BERLIN, "02:30-05:00", "2026-10-25T00:00", "2026-10-26T00:00", 210);
    check(BERLIN, "01:00-02:30", "2026-10-25T00:00", "2026-10-26T00:00", 90);
    check("America/New_York", "00:00-00:00", "2026-11-01T00:00", "2026-11-02T00:00", 25 * 60);
    check("Australia/Lord_Howe", "00:00-00:00", "2026-04-05T00:00", "2026-04-06T00:00", 24 * 60 + 30);
    // Samoa left out 30 December 2011.
    check("Pacific/Apia", "09:00-17:00", "2011-12-29T00:00", "2012-01-01T00:00", 16 * 60);
}

#[test]
fn what_never_opens_says_so() {
    let never = hours(BERLIN, "", "", &["2026-12-25"]);
    let now = at(BERLIN, "2026-11-22T10:00");
    assert_eq!(never.next_open(now), None);
    assert_eq!(never.add_business(now, SignedDuration::from_secs(1)), None);
    assert_eq!(never.add_business(now, SignedDuration::ZERO), Some(now));
    assert_eq!(never.business_between(now, Timestamp::MAX), SignedDuration::ZERO);
    let once = hours(BERLIN, "", "", &["2026-12-25 10:00-11:00"]);
    assert_eq!(once.next_open(now), Some(at(BERLIN, "2026-12-25T10:00")));
    assert_eq!(once.add_business(now, SignedDuration::from_hours(2)), None);
}

#[test]
fn overlapping_blocks_count_once() {
    let hours = hours(BERLIN, "13:00-17:00 09:00-14:00 10:00-11:00", "", &[]);
    let day = hours.business_between(at(BERLIN, "2026-11-23T00:00"), at(BERLIN, "2026-11-24T00:00"));
    assert_eq!(day, SignedDuration::from_hours(8));
    assert!(hours.is_open(at(BERLIN, "2026-11-23T11:30")));
}

#[test]
fn the_ends_of_time_are_survived() {
    let always = hours("UTC", "00:00-00:00", "00:00-00:00", &[]);
    for moment in [Timestamp::MIN, Timestamp::MAX, Timestamp::UNIX_EPOCH] {
        let _ = (
            always.is_open(moment),
            always.next_open(moment),
            always.add_business(moment, SignedDuration::MAX),
        );
        let _ = always.business_between(Timestamp::MIN, moment);
    }
    assert_eq!(always.add_business(Timestamp::UNIX_EPOCH, SignedDuration::MIN), Some(Timestamp::UNIX_EPOCH));
}

#[test]
fn bad_schedules_are_refused() {
    let mut bad = schedule("Mars/Olympus", "", "", &[]);
    assert_eq!(Hours::new(&bad).unwrap_err(), Invalid::Zone("Mars/Olympus".to_owned()));
    bad.zone = BERLIN.to_owned();
    bad.week[0] = vec![block("09:00-10:00"); 49];
    assert_eq!(Hours::new(&bad).unwrap_err(), Invalid::Blocks);
}

#[test]
fn a_schedule_is_stored_as_people_write_it() {
    let json = r#"{"zone":"Europe/Berlin","week":[[{"from":"09:00","to":"17:30"}],[],[],[],[],[],[]],"holidays":[{"date":"2026-12-25"}]}"#;
    let read: Schedule = serde_json::from_str(json).unwrap();
    assert_eq!(read.week[0], blocks("09:00-17:30"));
    let again: Schedule = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
    assert_eq!(again, read);
    assert!(serde_json::from_str::<Schedule>(&json.replace("\"to\"", "\"until\"")).is_err());
}

fn any_block() -> impl Strategy<Value = Block> + Clone {
    let time = (0_i8..24, prop::sample::select(vec![0_i8, 15, 30, 59]))
        .prop_map(|(hour, minute)| Time::constant(hour, minute, 0, 0));
    (time.clone(), time).prop_map(|(from, to)| Block { from, to })
}

fn any_hours() -> impl Strategy<Value = Hours> {
    let day = prop::collection::vec(any_block(), 0..4);
    let zones = vec![
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kolkata",
        "UTC",
        "Africa/Casablanca",
        "America/St_Johns",
    ];
    let holiday = (1_i8..=12, 1_i8..=28, day.clone())
        .prop_map(|(month, date, blocks)| Holiday { date: jiff::civil::date(2026, month, date), blocks });
    (prop::sample::select(zones), prop::array::uniform7(day), prop::collection::vec(holiday, 0..6)).prop_map(
        |(zone, week, holidays)| Hours::new(&Schedule { zone: zone.to_owned(), week, holidays }).unwrap(),
    )
}

/// Moments of 2026, with many around the changes of the clock.
fn any_moment() -> impl Strategy<Value = Timestamp> {
    let year = 1_767_225_600_i64;
    prop_oneof![
        3 => year..year + 365 * 86_400,
        1 => 1_774_700_000_i64..1_774_900_000,
        1 => 1_792_800_000_i64..1_793_000_000,
        1 => 1_793_400_000_i64..1_793_700_000,
    ]
    .prop_map(|second| Timestamp::from_second(second / 30 * 30).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn adding_and_counting_are_inverse(hours in any_hours(), from in any_moment(), minutes in 0_i64..6_000) {
        let time = SignedDuration::from_mins(minutes);
        if let Some(end) = hours.add_business(from, time) {
            prop_assert!(end >= from);
            prop_assert_eq!(hours.business_between(from, end), time);
            if minutes > 0 {
                let before = end - SignedDuration::from_millis(1);
                prop_assert!(hours.business_between(from, before) < time, "it is the first such moment");
            }
        }
    }

    #[test]
    fn counting_and_adding_are_inverse(hours in any_hours(), one in any_moment(), other in any_moment()) {
        let (from, to) = (one.min(other), one.max(other));
        let time = hours.business_between(from, to);
        let end = hours.add_business(from, time).unwrap();
        prop_assert!(end <= to);
        prop_assert_eq!(hours.business_between(end, to), SignedDuration::ZERO);
    }

    #[test]
    fn time_can_be_split_anywhere(hours in any_hours(), a in any_moment(), b in any_moment(), c in any_moment()) {
        let sum = hours.business_between(a, b) + hours.business_between(b, c);
        prop_assert_eq!(hours.business_between(a, c), sum);
    }

    #[test]
    fn more_time_ends_no_earlier(hours in any_hours(), from in any_moment(), short in 0_i64..3_000, more in 0_i64..3_000) {
        let end = |minutes| hours.add_business(from, SignedDuration::from_mins(minutes));
        if let (Some(early), Some(late)) = (end(short), end(short + more)) {
            prop_assert!(early <= late);
        }
        let later = from + SignedDuration::from_mins(more);
        if let (Some(early), Some(late)) = (end(short), hours.add_business(later, SignedDuration::from_mins(short))) {
            prop_assert!(early <= late, "who starts later ends no earlier");
        }
    }

    #[test]
    fn adding_in_two_steps_is_adding_once(hours in any_hours(), from in any_moment(), one in 0_i64..3_000, two in 1_i64..3_000) {
        let add = |at, minutes| hours.add_business(at, SignedDuration::from_mins(minutes));
        let steps = add(from, one).and_then(|middle| add(middle, two));
        prop_assert_eq!(steps, add(from, one + two));
    }

    #[test]
    fn open_means_that_time_passes(hours in any_hours(), moment in any_moment()) {
        let next = moment + SignedDuration::from_secs(1);
        let passed = hours.business_between(moment, next);
        prop_assert_eq!(hours.is_open(moment), passed == SignedDuration::from_secs(1));
        prop_assert!(passed.is_zero() || passed.as_secs() == 1);
        if let Some(open) = hours.next_open(moment) {
            prop_assert!(hours.is_open(open));
            prop_assert_eq!(hours.business_between(moment, open), SignedDuration::ZERO);
        }
    }
}
