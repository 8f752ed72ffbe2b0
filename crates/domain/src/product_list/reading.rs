//! What single cells mean. Nothing is guessed: a cell that can be read in two ways is told, with the reason.

use std::num::NonZeroU8;

use time::{Date, Month};

use super::likeness::plain;
use super::{Cell, GroupNames, Why};
use crate::Money;
use crate::barcode::{Barcode, BarcodeError};
use crate::catalog::{Category, Stars};
use crate::recognition::{Level, Points};

/// The longest text of a product, in characters.
const TEXT_MAX: usize = 200;
/// Prices above are slips of the hand: ten billion đồng.
const PRICE_MAX: i64 = 10_000_000_000;
/// Day 0 of a spreadsheet's count, as a Julian day: 30 December 1899.
const SHEET_DAY_ZERO: i32 = 2_415_019;
/// Numbers of a spreadsheet that are days between 1990 and 2099.
const SHEET_DAYS: std::ops::Range<i32> = 32_874..73_050;
/// A code that ends in so many zeros was rounded by a spreadsheet: `8.93850E+12`.
const ZEROS_OF_ROUNDED: usize = 6;

/// Categories by the words that name them.
const CATEGORIES: &[(&str, Category)] = &[
    ("tien ocop", Category::Planned),
    ("tiem nang", Category::Planned),
    ("ke hoach", Category::Planned),
    ("cong nghiep nong thon", Category::RuralIndustrial),
    ("cnnt", Category::RuralIndustrial),
    ("chu luc", Category::Key),
    ("dac san", Category::Specialty),
    ("ocop", Category::Ocop),
];

/// Levels by the words that name them; the country's first, since its offices have names of provinces in them.
const LEVELS: &[(&str, Level)] = &[
    ("trung uong", Level::Nation),
    ("quoc gia", Level::Nation),
    ("khu vuc", Level::Region),
    ("tinh", Level::Province),
    ("huyen", Level::District),
    ("thanh pho", Level::District),
    ("thi xa", Level::District),
];

/// Numbers of stars in words.
const NUMBERS: [&str; 5] = ["mot", "hai", "ba", "bon", "nam"];

/// Returns a text on one line, or `None` when nothing stands there.
///
/// # Errors
/// When it is longer than 200 characters.
pub fn text(cell: &Cell) -> Result<Option<String>, Why> {
    let words = cell.words();
    let words: String = words.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > TEXT_MAX {
        return Err(Why::TooLong);
    }
    Ok(Some(line).filter(|line| !line.is_empty()))
}

/// Returns a day: `23/09/2023`, `23-9-2023`, `2023-09-23`, `ngày 23 tháng 9 năm 2023`, or a spreadsheet's number of a day. The year has
/// four digits: `03/04/05` is any day.
///
/// # Errors
/// When it is no day.
pub fn day(cell: &Cell) -> Result<Option<Date>, Why> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Day(day) => Ok(Some(*day)),
        Cell::Number(number) => {
            let count = number.split('.').next().and_then(|whole| whole.parse().ok());
            let count = count.filter(|count| SHEET_DAYS.contains(count)).ok_or(Why::NoDay)?;
            Date::from_julian_day(SHEET_DAY_ZERO + count).map(Some).map_err(|_| Why::NoDay)
        }
        Cell::Text(text) => match plain(text).as_str() {
            "" => Ok(None),
            plain => day_of(plain).map(Some).ok_or(Why::NoDay),
        },
    }
}

/// Reads three numbers, with words or signs between them.
fn day_of(plain: &str) -> Option<Date> {
    let words: Vec<&str> = plain.split(' ').filter(|word| !["ngay", "thang", "nam"].contains(word)).collect();
    let [first, month, last] = words.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let number = |text: &str, most: usize| -> Option<u16> {
        let is_number = text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse().ok())?
    };
    let year = number(year, 4).filter(|year| (1_990..2_100).contains(year))?;
    let month = Month::try_from(u8::try_from(number(month, 2)?).ok()?).ok()?;
    Date::from_calendar_date(year.into(), month, u8::try_from(number(day, 2)?).ok()?).ok()
}

/// Returns OCOP stars: `4`, `4 sao`, `OCOP 4*`, `★★★★`, `bốn sao`.
///
/// # Errors
/// When it says none from one to five.
pub fn stars(cell: &Cell) -> Result<Option<Stars>, Why> {
    let words = cell.words();
    if words.is_empty() {
        return Ok(None);
    }
    let count = star_count(&words).and_then(Stars::new);
    count.map(Some).ok_or(Why::NoStars)
}

fn star_count(words: &str) -> Option<u8> {
    let signs = words.chars().filter(|letter| matches!(letter, '★' | '⭐' | '*')).count();
    let plain = plain(words);
    let filler = ["sao", "ocop", "hang", "dat", "xep", "star", "stars", "san", "pham"];
    let mut said = plain.split(' ').filter(|word| !word.is_empty() && !filler.contains(word));
    match (said.next(), said.next()) {
        (None, _) if signs > 0 => u8::try_from(signs).ok(),
        (Some(word), None) => {
            let number = word.trim_end_matches("sao");
            let in_words =
                (1..).zip(NUMBERS).find(|(_, name)| *name == number).map(|(count, _): (u8, _)| count);
            // `4.0` comes from a column of numbers.
            in_words.or_else(|| number.parse::<NonZeroU8>().ok().map(NonZeroU8::get))
        }
        (Some(whole), Some("0")) if said.next().is_none() => whole.parse().ok(),
        _ => None,
    }
}

/// Returns a price in whole đồng: `120000`, `120.000đ`, `120,000 VND`, `120 nghìn`, `120k`.
///
/// # Errors
/// When it is no single price above zero, or above ten billion.
pub fn price(cell: &Cell) -> Result<Option<Money>, Why> {
    let vnd = match cell {
        Cell::Empty => return Ok(None),
        Cell::Day(_) => None,
        Cell::Number(number) => match number.split_once('.') {
            Some((whole, part)) if part.bytes().all(|byte| byte == b'0') => whole.parse().ok(),
            Some(_) => None,
            None => number.parse().ok(),
        },
        Cell::Text(text) => price_of(text),
    };
    let vnd = vnd.filter(|vnd| (1..=PRICE_MAX).contains(vnd)).ok_or(Why::NoPrice)?;
    Ok(Some(Money::new(vnd)))
}

fn price_of(text: &str) -> Option<i64> {
    let lower = text.trim().to_lowercase();
    let endings = [
        "vnđ", "vnd", "đồng", "dong", "₫", "đ", "d", "/", "nghìn", "nghin", "ngàn", "ngan", "k", "triệu",
        "trieu",
    ];
    let (mut rest, mut factor) = (lower.as_str(), 1_i64);
    while let Some((ending, before)) =
        endings.iter().find_map(|ending| rest.strip_suffix(ending).map(|before| (*ending, before)))
    {
        rest = before.trim_end();
        let times = match ending {
            "nghìn" | "nghin" | "ngàn" | "ngan" | "k" => 1_000,
            "triệu" | "trieu" => 1_000_000,
            _ => 1,
        };
        // More than one of them is a slip.
        if times > 1 && factor > 1 {
            return None;
        }
        factor = factor.max(times);
    }
    grouped(rest)?.checked_mul(factor)
}

/// Reads digits, in groups of three where a dot, comma or blank parts them.
fn grouped(text: &str) -> Option<i64> {
    let mut groups = text.split(['.', ',', ' ', '\u{a0}', '\u{202f}']);
    let first = groups.next()?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    let is_number =
        !digits.is_empty() && digits.len() <= 15 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// Returns the code of a group of products, by its name now or before.
///
/// # Errors
/// When it is no group's name, or the group has ended.
pub fn group(cell: &Cell, names: &GroupNames) -> Result<Option<String>, Why> {
    let words = plain(&cell.words());
    if words.is_empty() {
        return Ok(None);
    }
    match names.find(&words) {
        Some(found) if found.is_in_use => Ok(Some(found.code.clone())),
        Some(found) => Err(Why::GroupEnded(found.name.clone())),
        None => Err(Why::NoGroup),
    }
}

/// Returns why a product may stand on the shelf.
///
/// # Errors
/// When it is none of the five categories.
pub fn category(cell: &Cell) -> Result<Option<Category>, Why> {
    let words = plain(&cell.words());
    if words.is_empty() {
        return Ok(None);
    }
    let named = |name: &str| format!(" {words} ").contains(&format!(" {name} "));
    let found = CATEGORIES.iter().find(|(name, _)| named(name)).map(|(_, category)| *category);
    found.map(Some).ok_or(Why::NoCategory)
}

/// Returns at which level something was decided: `Cấp tỉnh`, `Trung ương`, `province`.
///
/// # Errors
/// When it is no level.
pub fn level(cell: &Cell) -> Result<Option<Level>, Why> {
    let words = plain(&cell.words());
    if words.is_empty() {
        return Ok(None);
    }
    let named = |name: &str| format!(" {words} ").contains(&format!(" {name} "));
    let found = LEVELS.iter().find(|(name, _)| named(name)).map(|(_, level)| *level);
    found.or_else(|| Level::from_code(&words)).map(Some).ok_or(Why::NoLevel)
}

/// Returns the points of a result: `82`, `82,5`, `82.25 điểm`, `82/100`.
///
/// # Errors
/// When they are none from 0 to 100.
pub fn points(cell: &Cell) -> Result<Option<Points>, Why> {
    let words = cell.words().to_lowercase();
    let words = words.trim().trim_end_matches("điểm").trim_end();
    let words = words.strip_suffix("/100").unwrap_or(words).trim_end();
    if words.is_empty() {
        return Ok(None);
    }
    let read = if matches!(cell, Cell::Number(_)) { rounded_points(words) } else { Points::parse(words) };
    read.map(Some).ok_or(Why::NoPoints)
}

/// A spreadsheet tells an average with all its digits: `78.3333333333333`.
fn rounded_points(number: &str) -> Option<Points> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    // `-0.5` would lose its sign.
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits: Vec<i64> =
        part.chars().map(|digit| digit.to_digit(10).map(i64::from)).collect::<Option<_>>()?;
    let digit = |place: usize| digits.get(place).copied().unwrap_or_default();
    let hundredths = digit(0) * 10 + digit(1) + i64::from(digit(2) >= 5);
    Points::from_hundredths(whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(hundredths)?)
}

/// Returns a barcode.
///
/// # Errors
/// When a spreadsheet rounded it (`8.93E+12`) or took the zeros in front of it, when its check digit is wrong, or it is none.
pub fn barcode(cell: &Cell) -> Result<Option<Barcode>, Why> {
    if matches!(cell, Cell::Day(_)) {
        return Err(Why::NoBarcode);
    }
    let words = cell.words();
    let code = words.trim_matches(['\'', '"', ' ']);
    if code.is_empty() {
        return Ok(None);
    }
    if is_rounded(code) {
        return Err(Why::Rounded);
    }
    let is_digits = code.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(whole) = is_digits.then(|| with_zeros(code)).flatten() {
        return Err(Why::LostZeros(whole));
    }
    match Barcode::parse(code) {
        Ok(barcode) => Ok(Some(barcode)),
        Err(BarcodeError::WrongCheckDigit { .. }) => Err(Why::WrongCheckDigit),
        Err(_) => Err(Why::NoBarcode),
    }
}

/// True for `8.93E+12`, and for a number that was read back from it.
fn is_rounded(code: &str) -> bool {
    let lower = code.to_ascii_lowercase();
    let with_exponent = lower.split_once('e').is_some_and(|(number, exponent)| {
        let is_number =
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte));
        let exponent = exponent.trim_start_matches('+');
        is_number
            && exponent.len() <= 2
            && !exponent.is_empty()
            && exponent.bytes().all(|byte| byte.is_ascii_digit())
            && (number.contains(['.', ',']) || number.len() == 1)
    });
    let zeros = code.bytes().rev().take_while(|byte| *byte == b'0').count();
    let is_long = code.len() >= 12 && code.bytes().all(|byte| byte.is_ascii_digit());
    with_exponent || (is_long && zeros >= ZEROS_OF_ROUNDED && Barcode::parse(code).is_err())
}

/// Returns the code with the zeros that it seems to have lost: its length is none of a barcode, and with zeros its check digit fits.
fn with_zeros(code: &str) -> Option<String> {
    let length = match code.len() {
        5..=7 => 8,
        9..=11 => 13,
        _ => return None,
    };
    let whole = format!("{code:0>length$}");
    Barcode::parse(&whole).is_ok().then_some(whole)
}

#[cfg(test)]
mod tests;
