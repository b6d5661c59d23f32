//! Time: UTC milliseconds inside, RFC 3339 outside, and a clock that tests can hold.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::error::Result;
use crate::val::{FromVal, Got, ToVal, Val};

/// UTC milliseconds since 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

impl Time {
    pub fn plus_millis(self, millis: i64) -> Time {
        Time(self.0 + millis)
    }

    pub fn plus_seconds(self, seconds: i64) -> Time {
        Time(self.0 + seconds * 1000)
    }

    /// `None` outside the years that RFC 3339 can write.
    pub fn parse(text: &str) -> Option<Time> {
        text.parse::<jiff::Timestamp>().ok().map(|t| Time(t.as_millisecond()))
    }

    /// The time of day in a zone of the time zone database, with its distance from UTC (RFC 3339); `None`
    /// for a zone that nobody knows.
    pub fn local(self, zone: &str) -> Option<String> {
        let zone = jiff::tz::TimeZone::get(zone).ok()?;
        Some(self.stamp().to_zoned(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    }

    pub fn stamp(self) -> jiff::Timestamp {
        let bound = |t: i64| t.clamp(-62_135_596_800_000, 253_402_207_200_000);
        jiff::Timestamp::from_millisecond(bound(self.0)).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.stamp())
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        Time::parse(&text).ok_or_else(|| de::Error::custom("a time in RFC 3339 is expected"))
    }
}

impl ToVal for Time {
    fn to_val(&self) -> Val<'_> {
        Val::Int(self.0)
    }
}

impl FromVal for Time {
    fn from_val(got: Got<'_>) -> Result<Self> {
        i64::from_val(got).map(Time)
    }
}

impl utoipa::PartialSchema for Time {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .into()
    }
}
impl utoipa::ToSchema for Time {}

/// Tells the time; a frozen one moves only when it is told to.
#[derive(Clone)]
pub struct Clock(Hands);

#[derive(Clone)]
enum Hands {
    System,
    /// The system's time moved by so many milliseconds: a node whose clock is wrong.
    Shifted(i64),
    Frozen(Arc<AtomicI64>),
}

impl Clock {
    pub fn system() -> Clock {
        Clock(Hands::System)
    }

    pub fn shifted(millis: i64) -> Clock {
        Clock(Hands::Shifted(millis))
    }

    pub fn frozen(at: Time) -> Clock {
        Clock(Hands::Frozen(Arc::new(AtomicI64::new(at.0))))
    }

    pub fn now(&self) -> Time {
        Time(self.micros().div_euclid(1000))
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    pub(crate) fn micros(&self) -> i64 {
        match &self.0 {
            Hands::System => jiff::Timestamp::now().as_microsecond(),
            Hands::Shifted(millis) => jiff::Timestamp::now().as_microsecond() + millis * 1000,
            Hands::Frozen(at) => at.load(Ordering::Relaxed) * 1000,
        }
    }

    /// Moves a frozen clock; a running one can't be set.
    pub fn set(&self, to: Time) {
        if let Hands::Frozen(at) = &self.0 {
            at.store(to.0, Ordering::Relaxed);
        }
    }

    pub fn advance(&self, millis: i64) {
        self.set(self.now().plus_millis(millis));
    }
}
