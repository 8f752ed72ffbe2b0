//! What an invoice is called before it has a number: its form and its symbol (ký hiệu), `1C26MAA`.

use std::fmt;

use time::Date;

/// Whether VAT stands on the invoice on a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Form digit 1, hóa đơn giá trị gia tăng: net, rate, VAT and total (deduction method).
    Vat,
    /// Form digit 2, hóa đơn bán hàng: amounts as the buyer pays them, without VAT lines.
    Sales,
}

impl Form {
    /// Returns the digit in front of the symbol and in the tax authority's code.
    pub const fn digit(self) -> u8 {
        match self {
            Self::Vat => 1,
            Self::Sales => 2,
        }
    }

    /// Returns the form of a digit, or `None` for those that no sale to a consumer uses.
    pub const fn from_digit(digit: u8) -> Option<Self> {
        match digit {
            1 => Some(Self::Vat),
            2 => Some(Self::Sales),
            _ => None,
        }
    }

    /// Returns what the invoice is called (THDon).
    pub const fn title(self) -> &'static str {
        match self {
            Self::Vat => "Hóa đơn giá trị gia tăng khởi tạo từ máy tính tiền",
            Self::Sales => "Hóa đơn bán hàng khởi tạo từ máy tính tiền",
        }
    }
}

/// Form and symbol of invoices from a cash register, without their year: that one is the invoice's own, so that a till
/// without a network changes it at New Year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbol {
    form: Form,
    with_code: bool,
    group: [u8; 2],
}

/// A text that is no symbol of cash register invoices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a symbol like 1C26MAA is needed: form 1 or 2, C or K, the year, M, two capitals")]
pub struct SymbolError;

impl Symbol {
    /// Reads a symbol with its form digit: `1C26MAA`. Its year is that of the day on which it was registered.
    ///
    /// # Errors
    /// When it has another shape, another form than 1 or 2, or is no symbol of a cash register.
    pub fn parse(text: &str) -> Result<Self, SymbolError> {
        let [form, code, year_tens, year_ones, b'M', first, second] = *text.trim().as_bytes() else {
            return Err(SymbolError);
        };
        let is_year = year_tens.is_ascii_digit() && year_ones.is_ascii_digit();
        let is_group = first.is_ascii_uppercase() && second.is_ascii_uppercase();
        let form = Form::from_digit(form.wrapping_sub(b'0')).ok_or(SymbolError)?;
        if !is_year || !is_group || !matches!(code, b'C' | b'K') {
            return Err(SymbolError);
        }
        Ok(Self { form, with_code: code == b'C', group: [first, second] })
    }

    /// Returns the form.
    pub const fn form(self) -> Form {
        self.form
    }

    /// Returns the six characters for invoices of a day, without the form digit (KHHDon): `C26MAA`.
    pub fn on(self, date: Date) -> String {
        let letter = if self.with_code { 'C' } else { 'K' };
        let [first, second] = self.group.map(char::from);
        format!("{letter}{:02}M{first}{second}", date.year().rem_euclid(100))
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digit().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_symbol_names_form_and_year() {
        for (text, form, this_year, next_year) in
            [("1C26MAA", Form::Vat, "C26MAA", "C27MAA"), (" 2K25MYZ ", Form::Sales, "K26MYZ", "K27MYZ")]
        {
            let symbol = Symbol::parse(text).unwrap();
            assert_eq!(symbol.form(), form);
            assert_eq!(symbol.on(date!(2026 - 12 - 31)), this_year);
            assert_eq!(symbol.on(date!(2027 - 01 - 01)), next_year);
        }
    }

    #[test]
    fn another_shape_is_refused() {
        for text in [
            "", "C26MAA", "3C26MAA", "1C26TAA", "1X26MAA", "1C2AMAA", "1C26MA", "1C26Maa", "1C26MAAA",
            "1C26MÁA",
        ] {
            assert_eq!(Symbol::parse(text), Err(SymbolError), "{text}");
        }
    }
}
