//! Days as people type them: `31/12/2027`, `31-12-27`, `2027-12-31`.

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

#[cfg(test)]
mod tests {
    use super::parse;

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
