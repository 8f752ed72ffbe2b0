//! The QR on a pack: a web address that names the product, its lot and its last day.
//!
//! Goods with a number of GS1 carry a GS1 Digital Link, `https://HOST/01/{gtin14}/10/{lot}?17={yymmdd}`, which other
//! tills and telephones read too. Codes of our own (20–29 and the like, letters) are no GTIN and may not stand in such
//! an address; nor may a lot with other letters than GS1 has, or more than 20 of them. They take a path of our own,
//! `https://HOST/s/{code}/10/{lot}?17={yymmdd}`, which means something at its own host only: item 12 of another chain
//! is another thing. So [`PackLink::barcode`] asks for the host of the store.
//!
//! Links of makers are read too: a path before `/01/`, a serial number, other dates and words of the web pass by.
//! Weights and prices (AI 30, 31nn–37, 39nn) do not: who drops them sells the wrong amount.

use time::{Date, Month};

use crate::barcode::{self, Barcode, BarcodeError, BarcodeKind};

/// The longest lot of GS1, AI (10).
const GS1_LOT_CHARACTERS_MAX: usize = 20;
/// The longest lot of a label, in characters: what a delivery takes.
const LOT_CHARACTERS_MAX: usize = 40;
/// The longest host.
const HOST_BYTES_MAX: usize = 100;
/// Longer addresses are refused unread.
const LINK_BYTES_MAX: usize = 512;

/// The host that a shop's labels name, such as `ocop.example.vn`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LinkHost(String);

/// Why an address of a pack cannot be made or may not be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Not a host.
    #[error("a host has small letters, digits, dots and dashes, such as ocop.example.vn")]
    Host,
    /// Longer than any label's.
    #[error("the QR is too long for a pack: scan the bars instead")]
    TooLong,
    /// The product's number or code is none.
    #[error("the QR names no valid product: {0}")]
    Code(BarcodeError),
    /// A number for use within one company where a GTIN belongs.
    #[error("the number in the QR is for use within one shop, and no GTIN: scan the bars instead")]
    NotGlobal,
    /// A lot that is empty, too long or has characters that do not print.
    #[error("a lot has 1 to 40 characters that print")]
    Lot,
    /// No day of the calendar, or not six digits.
    #[error("the QR has a date that does not exist: compare it with the pack")]
    Date,
    /// `%` without two digits, or bytes that are no text.
    #[error("the QR is damaged: scan it again")]
    Encoding,
    /// Parts where none belong, or the same one twice.
    #[error("the QR is not made as GS1 asks: scan the bars instead")]
    Shape,
    /// A weight, count or price, which is not read here.
    #[error("the QR has a weight or price that is not read here: scan the bars instead")]
    Measure,
    /// Another host's own code.
    #[error("this label is of another shop: scan the maker's bars instead")]
    Foreign,
}

impl LinkHost {
    /// Takes a host, with a port if need be; capitals become small.
    ///
    /// # Errors
    /// [`LinkError::Host`].
    pub fn new(host: &str) -> Result<Self, LinkError> {
        let host = host.to_ascii_lowercase();
        let (name, port) = host.split_once(':').unwrap_or((&host, "443"));
        let is_label = |label: &str| {
            let inner = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            inner && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
        };
        let is_port = matches!(port.len(), 1..=5) && port.bytes().all(|b| b.is_ascii_digit());
        if host.len() <= HOST_BYTES_MAX && is_port && name.split('.').all(is_label) {
            Ok(Self(host))
        } else {
            Err(LinkError::Host)
        }
    }

    /// Returns the host as it stands in an address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns the address for a pack's QR: a GS1 Digital Link where number and lot allow it, else the path of our own.
///
/// # Errors
/// [`LinkError::Lot`], or [`LinkError::Date`] for a year that two digits do not tell (before 2000 or after 2099).
pub fn link(
    host: &LinkHost,
    barcode: &Barcode,
    lot: Option<&str>,
    expires_on: Option<Date>,
) -> Result<String, LinkError> {
    let lot = lot.map(checked_lot).transpose()?;
    let path = match global_number(barcode) {
        Some(number) if lot.is_none_or(is_gs1_lot) => format!("01/{number:0>14}"),
        _ => format!("s/{}", barcode.as_str()),
    };
    let lot = lot.map(|lot| format!("/10/{}", encode(lot))).unwrap_or_default();
    let expiry = expires_on.map(date_digits).transpose()?;
    let expiry = expiry.map(|digits| format!("?17={digits}")).unwrap_or_default();
    Ok(format!("https://{}/{path}{lot}{expiry}", host.as_str()))
}

/// What the QR of a pack says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackLink {
    /// The host of a code that has its meaning there only; none for a GTIN.
    own_to: Option<LinkHost>,
    barcode: Barcode,
    lot: Option<String>,
    expiry: Option<TwoDigitDate>,
}

impl PackLink {
    /// Reads an address. Returns `None` for a text that is no address of a pack, such as a maker's home page.
    ///
    /// # Errors
    /// The inner result is an error when the address is one of a pack, but not to be believed.
    pub fn parse(text: &str) -> Option<Result<Self, LinkError>> {
        let rest = without_scheme(text)?;
        if text.len() > LINK_BYTES_MAX {
            return Some(Err(LinkError::TooLong));
        }
        let rest = rest.split('#').next().unwrap_or_default();
        let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = address.split_once('/')?;
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        if let [own, code, qualifiers @ ..] = parts.as_slice()
            && own.eq_ignore_ascii_case("s")
        {
            return Some(
                LinkHost::new(host).and_then(|host| Self::read(Some(host), code, qualifiers, query)),
            );
        }
        let start = parts
            .windows(2)
            .position(|pair| pair[0] == "01" && pair[1].bytes().all(|b| b.is_ascii_digit()))?;
        Some(Self::read(None, parts[start + 1], &parts[start + 2..], query))
    }

    /// Takes the elements of bars with application identifiers.
    pub(crate) fn of_elements(elements: &[(&str, &str)]) -> Result<Self, LinkError> {
        let mut codes = elements.iter().filter(|(key, _)| *key == "01");
        let (Some((_, code)), None) = (codes.next(), codes.next()) else { return Err(LinkError::Shape) };
        let mut link = Self::of_code(None, code)?;
        let mut best_before = None;
        for (key, value) in elements.iter().filter(|(key, _)| *key != "01") {
            if *key == "10" && value.len() > GS1_LOT_CHARACTERS_MAX {
                return Err(LinkError::Lot);
            }
            link.take(key, value, &mut best_before)?;
        }
        link.expiry = link.expiry.or(best_before);
        Ok(link)
    }

    fn of_code(own_to: Option<LinkHost>, code: &str) -> Result<Self, LinkError> {
        // An EAN-8 stands in 14 digits; no EAN-13 begins with as many zeros.
        let short = code.strip_prefix("000000").filter(|rest| own_to.is_none() && rest.len() == 8);
        let barcode = Barcode::parse(short.unwrap_or(code)).map_err(LinkError::Code)?;
        if own_to.is_none() && (!barcode::has_gtin_shape(code) || global_number(&barcode).is_none()) {
            return Err(LinkError::NotGlobal);
        }
        Ok(Self { own_to, barcode, lot: None, expiry: None })
    }

    fn read(
        own_to: Option<LinkHost>,
        code: &str,
        qualifiers: &[&str],
        query: &str,
    ) -> Result<Self, LinkError> {
        let mut link = Self::of_code(own_to, &decode(code)?)?;
        for pair in qualifiers.chunks(2) {
            let [key, value] = pair else { return Err(LinkError::Shape) };
            // Variant and serial number pass by.
            match *key {
                "10" => link.take_lot(&decode(value)?)?,
                "21" | "22" => {}
                _ => return Err(LinkError::Shape),
            }
        }
        link.read_query(query)?;
        Ok(link)
    }

    fn read_query(&mut self, query: &str) -> Result<(), LinkError> {
        let mut best_before = None;
        for (key, value) in query.split(['&', ';']).filter_map(|part| part.split_once('=')) {
            if is_measure(key) {
                return Err(LinkError::Measure);
            }
            if matches!(key, "10" | "15" | "16" | "17") {
                self.take(key, &decode(value)?, &mut best_before)?;
            }
        }
        self.expiry = self.expiry.or(best_before);
        Ok(())
    }

    /// Takes what stands behind an application identifier; what says nothing of lot or last day passes by.
    fn take(
        &mut self,
        key: &str,
        value: &str,
        best_before: &mut Option<TwoDigitDate>,
    ) -> Result<(), LinkError> {
        let place = match key {
            "10" => return self.take_lot(value),
            "17" => &mut self.expiry,
            // Best before, sell by.
            "15" | "16" => best_before,
            _ if is_measure(key) => return Err(LinkError::Measure),
            _ => return Ok(()),
        };
        if place.replace(TwoDigitDate::parse(value)?).is_some() { Err(LinkError::Shape) } else { Ok(()) }
    }

    fn take_lot(&mut self, lot: &str) -> Result<(), LinkError> {
        let lot = checked_lot(lot)?;
        if self.lot.replace(lot.to_owned()).is_some() { Err(LinkError::Shape) } else { Ok(()) }
    }

    /// Returns the product's code, as it stands on the bars. A code of our own counts at its own host only: in a shop
    /// without a host at none.
    ///
    /// # Errors
    /// [`LinkError::Foreign`].
    pub fn barcode(&self, own_host: Option<&LinkHost>) -> Result<&Barcode, LinkError> {
        if self.own_to.is_none() || self.own_to.as_ref() == own_host {
            Ok(&self.barcode)
        } else {
            Err(LinkError::Foreign)
        }
    }

    /// Returns the lot as printed. Compare it without regard to case: a scanner turns it around while Caps Lock is on.
    pub fn lot(&self) -> Option<&str> {
        self.lot.as_deref()
    }

    /// Returns the last day of sale. Its century is the one that brings it next to `today`: 49 years back to 50 ahead
    /// (GS1 General Specifications 7.12).
    pub fn expires_on(&self, today: Date) -> Option<Date> {
        self.expiry.and_then(|date| date.near(today))
    }
}

/// YYMMDD, checked against the longest form of its month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct TwoDigitDate {
    year: u8,
    month: Month,
    /// 0 is the last day of the month.
    day: u8,
}

impl TwoDigitDate {
    fn parse(digits: &str) -> Result<Self, LinkError> {
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(LinkError::Date);
        }
        let pair = |at: usize| digits[at..at + 2].parse::<u8>().map_err(|_| LinkError::Date);
        let (year, day) = (pair(0)?, pair(4)?);
        let month = Month::try_from(pair(2)?).map_err(|_| LinkError::Date)?;
        // Every fourth two-digit year has a 29 February in this century; 2100 is beyond the window until 2050.
        if day > month.length(2000 + i32::from(year)) {
            return Err(LinkError::Date);
        }
        Ok(Self { year, month, day })
    }

    fn near(self, today: Date) -> Option<Date> {
        let this_year = today.year();
        let near = this_year - this_year.rem_euclid(100) + i32::from(self.year);
        let year = match near - this_year {
            51.. => near - 100,
            ..=-50 => near + 100,
            _ => near,
        };
        let last = self.month.length(year);
        let day = if self.day == 0 { last } else { self.day.min(last) };
        Date::from_calendar_date(year, self.month, day).ok()
    }
}

/// Says whether six digits are a day, YYMMDD.
pub(crate) fn is_day(digits: &str) -> bool {
    TwoDigitDate::parse(digits).is_ok()
}

/// Returns the digits of a number that means the same everywhere; none for restricted circulation (GS1 General
/// Specifications 2.1.11: prefixes 02, 04, 20–29 of an EAN-13, 0 and 2 of an EAN-8) and for a shop's own letters.
fn global_number(barcode: &Barcode) -> Option<&str> {
    let digits = barcode.as_str();
    let number = match barcode.kind() {
        BarcodeKind::Own => return None,
        BarcodeKind::Ean8 if digits.starts_with(['0', '2']) => return None,
        BarcodeKind::Ean8 => return Some(digits),
        BarcodeKind::Ean13 => digits,
        BarcodeKind::Gtin14 => digits.get(1..)?,
    };
    let is_restricted = number.starts_with('2') || number.starts_with("02") || number.starts_with("04");
    (!is_restricted).then_some(digits)
}

/// Returns the lot without blanks around it.
fn checked_lot(lot: &str) -> Result<&str, LinkError> {
    let lot = lot.trim();
    let fits = (1..=LOT_CHARACTERS_MAX).contains(&lot.chars().count()) && !lot.chars().any(char::is_control);
    if fits { Ok(lot) } else { Err(LinkError::Lot) }
}

/// True for the 82 characters of GS1 (General Specifications figure 7.11-1), 20 at most.
fn is_gs1_lot(lot: &str) -> bool {
    let is_known = |b: u8| b.is_ascii_alphanumeric() || b"!\"%&'()*+,-./:;<=>?_".contains(&b);
    lot.len() <= GS1_LOT_CHARACTERS_MAX && lot.bytes().all(is_known)
}

/// AI of counts, measures and prices.
fn is_measure(key: &str) -> bool {
    let numeric = matches!(key.len(), 2..=4) && key.bytes().all(|b| b.is_ascii_digit());
    numeric && ["30", "31", "32", "33", "34", "35", "36", "37", "39"].iter().any(|ai| key.starts_with(ai))
}

fn date_digits(date: Date) -> Result<String, LinkError> {
    let year = u8::try_from(date.year() - 2000).ok().filter(|year| *year < 100).ok_or(LinkError::Date)?;
    Ok(format!("{year:02}{:02}{:02}", u8::from(date.month()), date.day()))
}

fn without_scheme(text: &str) -> Option<&str> {
    ["https://", "http://"].iter().find_map(|scheme| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    })
}

/// True for a text that begins as an address does.
pub(crate) fn is_address(text: &str) -> bool {
    without_scheme(text).is_some()
}

/// Writes everything but letters, digits and `-._~` as `%XX` (RFC 3986).
fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn decode(text: &str) -> Result<String, LinkError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let byte = match byte {
            b'%' => hex(rest.next())? * 16 + hex(rest.next())?,
            other => other,
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).map_err(|_| LinkError::Encoding)
}

fn hex(digit: Option<u8>) -> Result<u8, LinkError> {
    let value = digit.and_then(|digit| char::from(digit).to_digit(16));
    value.and_then(|value| u8::try_from(value).ok()).ok_or(LinkError::Encoding)
}

#[cfg(test)]
mod tests;
