//! A form of a point's file as it was typed: each field is read once, and what is wrong with it stands beside it when the form comes
//! back.

use std::collections::BTreeMap;

use domain::{Money, Rate};
use time::Date;
use time::macros::format_description;
use web::form::Field;
use web::{Fault, Lang, amount};

use crate::web::point_texts::PointTexts;

/// The longest text of one line, in characters.
const TEXT_MAX: usize = 200;
/// The most fields of a form: the criteria of a set with their notes.
const FIELDS_MAX: usize = 300;

/// A form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    lang: Lang,
    values: BTreeMap<String, String>,
    wrong: BTreeMap<String, String>,
}

impl Typed {
    /// Takes what came.
    ///
    /// # Errors
    /// For more fields than any form has.
    pub fn read(lang: Lang, pairs: Vec<(String, String)>) -> Result<Self, Fault> {
        if pairs.len() > FIELDS_MAX {
            return Err(Fault::not_found());
        }
        Ok(Self { lang, values: pairs.into_iter().collect(), wrong: BTreeMap::new() })
    }

    /// Returns a form with what stands in it at first.
    pub fn with<'a>(lang: Lang, values: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { lang, values, wrong: BTreeMap::new() }
    }

    /// Returns the language in which it is told what is wrong.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// Returns what was typed into a field.
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Says what is wrong with a field; what was said first stays.
    pub fn refuse(&mut self, name: &str, words: impl Into<String>) {
        self.wrong.entry(name.to_owned()).or_insert_with(|| words.into());
    }

    /// Returns what is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.wrong.get(name).map(String::as_str)
    }

    /// True while nothing is wrong.
    pub fn is_right(&self) -> bool {
        self.wrong.is_empty()
    }

    /// Returns a line that is needed.
    pub fn needed(&mut self, name: &'static str) -> String {
        self.line(name, 1)
    }

    /// Returns a line that may be empty.
    pub fn optional(&mut self, name: &'static str) -> String {
        self.line(name, 0)
    }

    fn line(&mut self, name: &'static str, least: usize) -> String {
        let text = self.get(name).trim().to_owned();
        let length = text.chars().count();
        if length < least || length > TEXT_MAX || text.chars().any(char::is_control) {
            let lang = self.lang;
            let words = if least > 0 { lang.wrong_needed().to_owned() } else { lang.wrong_long(TEXT_MAX) };
            self.refuse(name, words);
        }
        text
    }

    /// Returns words of several lines.
    pub fn words(&mut self, name: &str, most: usize) -> String {
        let text = self.get(name).trim().replace("\r\n", "\n");
        if text.chars().count() > most || text.chars().any(|sign| sign.is_control() && sign != '\n') {
            let words = self.lang.wrong_long(most);
            self.refuse(name, words);
        }
        text
    }

    /// Returns a day that is needed.
    pub fn day(&mut self, name: &'static str) -> Option<Date> {
        let day = day_of(self.get(name));
        if day.is_none() {
            let words = self.lang.wrong_day();
            self.refuse(name, words);
        }
        day
    }

    /// Returns a day that may be empty.
    pub fn optional_day(&mut self, name: &'static str) -> Option<Date> {
        if self.get(name).trim().is_empty() { None } else { self.day(name) }
    }

    /// Returns a needed day up to another one.
    pub fn day_until(&mut self, name: &'static str, last: Date) -> Option<Date> {
        let day = self.day(name)?;
        if day > last {
            let words = self.lang.wrong_day_later();
            self.refuse(name, words);
            return None;
        }
        Some(day)
    }

    /// Returns money above zero and up to `most_vnd` that is needed.
    pub fn vnd(&mut self, name: &'static str, most_vnd: i64) -> Option<Money> {
        let found = amount::parse(self.get(name)).filter(|vnd| (1..=most_vnd).contains(&vnd.vnd()));
        if found.is_none() {
            let words = self.lang.wrong_vnd();
            self.refuse(name, words);
        }
        found
    }

    /// Returns money that may be empty.
    pub fn optional_vnd(&mut self, name: &'static str, most_vnd: i64) -> Option<Money> {
        if self.get(name).trim().is_empty() { None } else { self.vnd(name, most_vnd) }
    }

    /// Returns a whole number that is needed.
    pub fn count(&mut self, name: &'static str, (least, most): (i64, i64)) -> Option<i64> {
        let digits = self.get(name).trim().replace('.', "");
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let found = digits.parse().ok().filter(|count| is_number && (least..=most).contains(count));
        if found.is_none() {
            let words = self.lang.wrong_count(least, most);
            self.refuse(name, words);
        }
        found
    }

    /// Returns a rate of whole percent that is needed.
    pub fn percent(&mut self, name: &'static str) -> Option<Rate> {
        let percent = self.count(name, (0, 100))?;
        u8::try_from(percent).ok().map(Rate::percent)
    }

    /// Returns one of the values that may be chosen.
    pub fn choice<T>(&mut self, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let found = read(self.get(name));
        if found.is_none() {
            let words = self.lang.wrong_one();
            self.refuse(name, words);
        }
        found
    }

    /// Returns the field with what was typed and what is wrong; it may be empty.
    pub fn field<'a>(&'a self, name: &'a str, label: &'a str) -> Field<'a> {
        Field {
            value: self.get(name),
            error: self.error(name),
            is_required: false,
            ..Field::new(name, label)
        }
    }
}

/// Reads `2026-10-01`, as browsers send a day.
pub fn day_of(text: &str) -> Option<Date> {
    let day = Date::parse(text.trim(), format_description!("[year]-[month]-[day]")).ok();
    day.filter(|day| (2_000..2_100).contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn typed(value: &str) -> Typed {
        Typed::with(Lang::Vi, [("field", value.to_owned())])
    }

    #[test]
    fn each_kind_of_field_is_read_or_refused() {
        let days = ["2026-11-30", " 2026-11-30 ", "30/11/2026", "1999-12-31", ""];
        let read = days.map(|text| typed(text).day("field"));
        let day = Some(date!(2026 - 11 - 30));
        assert_eq!(read, [day, day, None, None, None]);
        let money = ["12.500.000", "12500000 ₫", "0", "-5", "", "1.000.000.000.001"];
        let read = money.map(|text| typed(text).vnd("field", 1_000_000_000_000).map(Money::vnd));
        assert_eq!(read, [Some(12_500_000), Some(12_500_000), None, None, None, None]);
        let counts = ["1", "1.000", "0", "1.001", "1,5", "x", ""];
        let read = counts.map(|text| typed(text).count("field", (1, 1_000)));
        assert_eq!(read, [Some(1), Some(1_000), None, None, None, None, None]);
        let rates = ["0", "8", "100", "101", "7,5", ""].map(|text| typed(text).percent("field"));
        let percent = |percent| Some(Rate::percent(percent));
        assert_eq!(rates, [percent(0), percent(8), percent(100), None, None, None]);
        for (text, needed, optional) in
            [("", false, true), ("a", true, true), ("a\tb", false, false), (&"x".repeat(201), false, false)]
        {
            let (mut one, mut other) = (typed(text), typed(text));
            let _lines = (one.needed("field"), other.optional("field"));
            assert_eq!((one.is_right(), other.is_right()), (needed, optional), "{text}");
        }
        assert_eq!(typed("2026-12-01").day_until("field", date!(2026 - 11 - 30)), None);
    }
}
