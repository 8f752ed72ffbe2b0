//! Days as `2026-10-01` in JSON, both ways: a seal is read back from what it kept.

use domain::report_period::{YEAR_MAX, YEAR_MIN};
use serde::{Deserialize, Deserializer, Serializer, de};
use time::Date;
use time::macros::format_description;

/// Writes a day.
///
/// # Errors
/// When the serializer fails.
pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

/// Reads a day.
///
/// # Errors
/// When it is none.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = String::deserialize(deserializer)?;
    read(&text).ok_or_else(|| de::Error::custom("not a day"))
}

/// Reads a day; `None` for anything else.
pub fn read(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}

/// Reads a day on which a paper can have been signed; `None` for anything else.
pub fn read_near(text: &str) -> Option<Date> {
    read(text).filter(|day| (YEAR_MIN..=YEAR_MAX).contains(&day.year()))
}

/// A day that may be missing.
pub mod maybe {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
    use time::Date;

    /// Writes a day or nothing.
    ///
    /// # Errors
    /// When the serializer fails.
    pub fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        day.map(|day| day.to_string()).serialize(serializer)
    }

    /// Reads a day or nothing.
    ///
    /// # Errors
    /// When it is neither.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        let read = |text: String| super::read(&text).ok_or_else(|| de::Error::custom("not a day"));
        text.map(read).transpose()
    }
}
