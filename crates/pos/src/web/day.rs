//! Days and times of day as people type them: `31/12/2027`, `31-12-27`, `2027-12-31`; `16:40`, `1640`, `16h40`.

use time::{Date, Month};

/// Returns the day that a text says, or `None` when it says none. Two digits of a year are of this century.
pub fn parse(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.', ' ']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let (day, month, year) = if first.len() == 4 { (third, second, first) } else { (first, second, third) };
    if !matches!(year.len(), 2 | 4) || day.len() > 2 || month.len() > 2 {
        return None;
    }
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u16>().ok())?;
    let century = if year.len() == 2 { 2_000 } else { 0 };
    let month = Month::try_from(u8::try_from(number(month)?).ok()?).ok()?;
    Date::from_calendar_date(i32::from(number(year)? + century), month, u8::try_from(number(day)?).ok()?).ok()
}

/// Returns the minute of the day (0-1439) that a text says, or `None` when it says none. Without a sign between them the last
/// two of three or four digits are minutes; one or two digits are an hour.
pub fn parse_minute(text: &str) -> Option<u16> {
    let text = text.trim().to_lowercase();
    let (hours, minutes) = match text.split_once([':', 'h', 'g', '.']) {
        Some((hours, minutes)) => (hours.trim(), minutes.trim()),
        None if text.len() > 2 => text.split_at_checked(text.len() - 2)?,
        None => (text.as_str(), ""),
    };
    let number = |text: &str| match text.len() {
        1 | 2 if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse::<u16>().ok(),
        _ => None,
    };
    let (hours, minutes) = (number(hours)?, if minutes.is_empty() { 0 } else { number(minutes)? });
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

#[cfg(test)]
mod tests {
    use super::{parse, parse_minute};

    #[test]
    fn times_as_people_type_them() {
        for (text, expected) in [
            ("16:40", Some((16, 40))),
            (" 16:40 ", Some((16, 40))),
            ("1640", Some((16, 40))),
            ("940", Some((9, 40))),
            ("16h40", Some((16, 40))),
            ("16H", Some((16, 0))),
            ("9g5", Some((9, 5))),
            ("16.40", Some((16, 40))),
            ("9", Some((9, 0))),
            ("0:00", Some((0, 0))),
            ("23:59", Some((23, 59))),
            ("24:00", None),
            ("16:60", None),
            ("1660", None),
            ("16:4o", None),
            ("-1:30", None),
            ("16:400", None),
            ("16400", None),
            ("giờ", None),
            (":", None),
            ("", None),
        ] {
            assert_eq!(parse_minute(text), expected.map(|(hours, minutes)| hours * 60 + minutes), "{text:?}");
        }
    }

    #[test]
    fn days_as_people_type_them() {
        for (text, expected) in [
            ("31/12/2027", Some("2027-12-31")),
            (" 1/2/2027 ", Some("2027-02-01")),
            ("31-12-27", Some("2027-12-31")),
            ("31.12.2027", Some("2027-12-31")),
            ("31 12 2027", Some("2027-12-31")),
            ("2027-12-31", Some("2027-12-31")),
            ("29/02/2028", Some("2028-02-29")),
            ("29/02/2027", None),
            ("31/13/2027", None),
            ("0/1/2027", None),
            ("31/12", None),
            ("12/2027", None),
            ("31/12/027", None),
            ("31/12/+27", None),
            ("day/month/2027", None),
            ("", None),
        ] {
            assert_eq!(parse(text).map(|day| day.to_string()).as_deref(), expected, "{text:?}");
        }
    }
}
