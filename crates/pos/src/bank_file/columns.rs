//! Which column of a bank's file says what, by the names that banks here give them, and a line read by them.

use csv::StringRecord;
use domain::Money;
use domain::name_fold::name_fold;
use time::{Date, Month};

use super::WrongCell;
use super::amount::{self, Signed};

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Nothing of interest.
    None,
    Day,
    Words,
    /// What came in.
    Credit,
    /// What went out.
    Debit,
    /// Both, told apart by a sign or by [`Role::Way`].
    Amount,
    /// In or out.
    Way,
}

/// Words in a column's name, folded; the first that stands in it decides.
const NAMES: [(&str, Role); 33] = [
    ("so du", Role::None),
    ("balance", Role::None),
    ("loai tien", Role::None),
    ("currency", Role::None),
    ("ghi co", Role::Credit),
    ("phat sinh co", Role::Credit),
    ("credit", Role::Credit),
    ("gui vao", Role::Credit),
    ("tien vao", Role::Credit),
    ("ghi no", Role::Debit),
    ("phat sinh no", Role::Debit),
    ("debit", Role::Debit),
    ("rut ra", Role::Debit),
    ("tien ra", Role::Debit),
    ("loai giao dich", Role::Way),
    ("loai gd", Role::Way),
    ("type", Role::Way),
    ("so tien", Role::Amount),
    ("amount", Role::Amount),
    ("noi dung", Role::Words),
    ("dien giai", Role::Words),
    ("mo ta", Role::Words),
    ("description", Role::Words),
    ("remark", Role::Words),
    ("details", Role::Words),
    ("ngay giao dich", Role::Day),
    ("ngay gd", Role::Day),
    ("ngay hieu luc", Role::Day),
    ("ngay hach toan", Role::Day),
    ("ngay", Role::Day),
    ("thoi gian", Role::Day),
    ("date", Role::Day),
    ("time", Role::Day),
];
/// Names that are such a word alone.
const SHORT_NAMES: [(&str, Role); 3] = [("co", Role::Credit), ("no", Role::Debit), ("loai", Role::Way)];
/// How the column of [`Role::Way`] says it, folded.
const WAYS: [(&str, bool); 14] = [
    ("in", true),
    ("vao", true),
    ("tien vao", true),
    ("co", true),
    ("ghi co", true),
    ("c", true),
    ("cr", true),
    ("out", false),
    ("ra", false),
    ("tien ra", false),
    ("no", false),
    ("ghi no", false),
    ("d", false),
    ("dr", false),
];

/// Where a file says what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    day: usize,
    words: usize,
    credit: Option<usize>,
    debit: Option<usize>,
    amount: Option<usize>,
    way: Option<usize>,
}

/// A line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moved<'a> {
    pub(super) day: Date,
    /// What came in; none when it went out.
    pub(super) amount: Option<Money>,
    pub(super) words: &'a str,
}

impl Columns {
    /// Returns the columns that a line names; `None` when it is no head.
    pub(super) fn of(head: &StringRecord) -> Option<Self> {
        let roles: Vec<Role> = head.iter().map(role).collect();
        let first = |wanted| roles.iter().position(|role| *role == wanted);
        let columns = Self {
            day: first(Role::Day)?,
            words: first(Role::Words)?,
            credit: first(Role::Credit),
            debit: first(Role::Debit),
            amount: first(Role::Amount),
            way: first(Role::Way),
        };
        (columns.credit.is_some() || columns.amount.is_some()).then_some(columns)
    }

    /// Reads a line; `None` for one without a day and an amount.
    pub(super) fn read<'a>(&self, line: &'a StringRecord) -> Result<Option<Moved<'a>>, WrongCell> {
        let cell = |place: Option<usize>| place.and_then(|place| line.get(place)).unwrap_or_default();
        let (day, words) = (cell(Some(self.day)), cell(Some(self.words)));
        let amount = |place| amount::read(cell(place)).map_err(|_| WrongCell::Amount);
        if [Some(self.day), self.credit, self.debit, self.amount]
            .iter()
            .all(|place| cell(*place).trim().is_empty())
        {
            return Ok(None);
        }
        let day = read_day(day).ok_or(WrongCell::Day)?;
        let amount = match self.credit {
            Some(_) => self.came_in(amount(self.credit)?, amount(self.debit)?)?,
            None => self.signed(amount(self.amount)?, cell(self.way))?,
        };
        Ok(Some(Moved { day, amount, words }))
    }

    /// Of two columns one is filled; what came in has no other sign than a plus.
    fn came_in(&self, credit: Option<Signed>, debit: Option<Signed>) -> Result<Option<Money>, WrongCell> {
        match (credit, debit) {
            (Some(_), Some(_)) => Err(WrongCell::Way),
            (Some(Signed { is_in: Some(false), .. }), None) => Err(WrongCell::Amount),
            (Some(credit), None) => Ok(Some(Money::new(credit.vnd.get()))),
            (None, _) => Ok(None),
        }
    }

    /// Of one column the sign decides, or the word beside it.
    fn signed(&self, amount: Option<Signed>, way: &str) -> Result<Option<Money>, WrongCell> {
        let Some(Signed { vnd, is_in }) = amount else { return Ok(None) };
        let way = name_fold(way);
        let told = WAYS.iter().find(|(word, _)| *word == way).map(|(_, is_in)| *is_in);
        match (is_in, told) {
            (Some(by_sign), Some(by_word)) if by_sign != by_word => Err(WrongCell::Way),
            (None, None) => Err(WrongCell::Way),
            (by_sign, by_word) => Ok(by_sign.or(by_word).unwrap_or(false).then(|| Money::new(vnd.get()))),
        }
    }
}

fn role(name: &str) -> Role {
    let plain: String =
        name_fold(name).chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    let name = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    let short = SHORT_NAMES.iter().find(|(word, _)| name.trim() == *word);
    let long = || NAMES.iter().find(|(words, _)| name.contains(&format!(" {words} ")));
    short.or_else(long).map_or(Role::None, |(_, role)| *role)
}

/// Returns the day of a cell that may have a time or a number beside it. The year has four digits: `03/04/05` is any day.
fn read_day(cell: &str) -> Option<Date> {
    cell.split(|letter: char| letter.is_whitespace() || letter == 'T').find_map(|word| {
        let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
        let [first, month, last] = parts.as_slice() else { return None };
        let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
        let number = |text: &str, most: usize| -> Option<u16> {
            let is_number =
                (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| text.parse().ok())?
        };
        let year = number(year, 4).filter(|year| (2000..2100).contains(year))?;
        let month = Month::try_from(u8::try_from(number(month, 2)?).ok()?).ok()?;
        Date::from_calendar_date(year.into(), month, u8::try_from(number(day, 2)?).ok()?).ok()
    })
}
