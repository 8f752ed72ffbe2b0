//! QR and EAN-13 as modules, checked before anything is sent: a symbol wider than the paper prints nothing at all.

use barcoders::sym::ean13::EAN13;
use qrcode::{Color, EcLevel, QrCode};

/// Empty modules around a QR (ISO 18004).
pub const QR_QUIET_MODULES: u32 = 4;
/// Fewest dots of a QR module that a telephone reads from thermal paper.
pub const QR_MODULE_DOTS_MIN: u32 = 3;
/// Most dots of a QR module; more wastes paper.
pub const QR_MODULE_DOTS_MAX: u32 = 6;
/// Dots of an EAN-13 module: 0.375 mm, within the 0.264–0.66 mm of GS1.
pub const EAN_MODULE_DOTS: u32 = 3;
/// Empty modules left of an EAN-13 (GS1 General Specifications).
pub const EAN_QUIET_LEFT: u32 = 11;
/// Empty modules right of an EAN-13.
pub const EAN_QUIET_RIGHT: u32 = 7;
/// Height of the bars in dots: 11 mm.
pub const EAN_HEIGHT_DOTS: u32 = 88;

/// Why a symbol cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SymbolError {
    /// More text than a QR holds.
    #[error("the text is too long for a QR")]
    TooLong,
    /// Modules would be too small to read.
    #[error("the QR does not fit into {0} dots")]
    TooWide(u32),
    /// Not 13 digits, or a wrong check digit.
    #[error("this is no EAN-13: {0}")]
    NoEan(String),
}

/// A QR with error correction M, in dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// What it says.
    pub text: String,
    /// Modules a side.
    pub modules: u32,
    /// Dots a module.
    pub module_dots: u32,
    dark: Vec<bool>,
}

impl Qr {
    /// Makes a QR as large as `width` dots allow, its quiet zone included, and no larger than is of use.
    pub fn new(text: &str, width: u32) -> Result<Qr, SymbolError> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| SymbolError::TooLong)?;
        let modules = u32::try_from(code.width()).map_err(|_| SymbolError::TooLong)?;
        let module_dots = (width / (modules + 2 * QR_QUIET_MODULES)).min(QR_MODULE_DOTS_MAX);
        if module_dots < QR_MODULE_DOTS_MIN {
            return Err(SymbolError::TooWide(width));
        }
        let dark = code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect();
        Ok(Qr { text: text.to_owned(), modules, module_dots, dark })
    }

    /// Returns the side in dots with the quiet zone.
    pub fn side(&self) -> u32 {
        (self.modules + 2 * QR_QUIET_MODULES) * self.module_dots
    }

    /// Says whether the dot at (x, y) of the side is black.
    pub fn is_dark(&self, x: u32, y: u32) -> bool {
        let module = |dot: u32| {
            (dot / self.module_dots).checked_sub(QR_QUIET_MODULES).filter(|index| *index < self.modules)
        };
        match (module(x), module(y)) {
            (Some(column), Some(row)) => {
                usize::try_from(row * self.modules + column).ok().and_then(|index| self.dark.get(index))
                    == Some(&true)
            }
            _ => false,
        }
    }
}

/// An EAN-13 whose check digit is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ean13 {
    /// Its 13 digits.
    pub digits: String,
    bars: Vec<u8>,
}

impl Ean13 {
    /// Takes 13 digits with their check digit.
    pub fn new(digits: &str) -> Result<Ean13, SymbolError> {
        let no_ean = || SymbolError::NoEan(digits.to_owned());
        if digits.len() != 13 {
            return Err(no_ean());
        }
        let bars = EAN13::new(digits).map_err(|_| no_ean())?.encode();
        Ok(Ean13 { digits: digits.to_owned(), bars })
    }

    /// Returns the width in dots with both quiet zones.
    pub fn width(&self) -> u32 {
        (95 + EAN_QUIET_LEFT + EAN_QUIET_RIGHT) * EAN_MODULE_DOTS
    }

    /// Says whether the column `x` of the width is black.
    pub fn is_dark(&self, x: u32) -> bool {
        let module = (x / EAN_MODULE_DOTS).checked_sub(EAN_QUIET_LEFT);
        module.and_then(|index| usize::try_from(index).ok()).and_then(|index| self.bars.get(index))
            == Some(&1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_uses_the_room_it_is_given() {
        for (length, width, expected) in [
            (20, 384, Ok(6)),
            (120, 384, Ok(6)),
            (120, 180, Ok(3)),
            (120, 150, Err(SymbolError::TooWide(150))),
            (900, 384, Ok(3)),
            (3_000, 576, Err(SymbolError::TooLong)),
        ] {
            let qr = Qr::new(&"a".repeat(length), width);
            assert_eq!(
                qr.as_ref().map(|qr| qr.module_dots).map_err(Clone::clone),
                expected,
                "{length} in {width}"
            );
            assert!(qr.is_ok_and(|qr| qr.side() <= width) || expected.is_err());
        }
    }

    #[test]
    fn a_qr_has_its_finder_and_its_quiet_zone() {
        let qr = Qr::new("OCOP", 384).unwrap();
        let (dots, quiet) = (qr.module_dots, QR_QUIET_MODULES);
        let row =
            |y: u32| (0..8).map(|x| qr.is_dark((quiet + x) * dots, (quiet + y) * dots)).collect::<Vec<_>>();
        assert_eq!(row(0), [true, true, true, true, true, true, true, false]);
        assert_eq!(row(1), [true, false, false, false, false, false, true, false]);
        for along in 0..qr.side() {
            for edge in (0..quiet * dots).chain(qr.side() - quiet * dots..qr.side()) {
                assert!(!qr.is_dark(along, edge) && !qr.is_dark(edge, along));
            }
        }
    }

    #[test]
    fn ean_check_digits() {
        for (digits, good) in [
            ("8938500000010", true),
            ("2000012012501", true),
            ("8938500000011", false),
            ("893850000001", false),
            ("893850000001x", false),
            ("", false),
        ] {
            assert_eq!(Ean13::new(digits).is_ok(), good, "{digits}");
        }
    }

    #[test]
    fn ean_bars_stand_between_quiet_zones() {
        let ean = Ean13::new("8938500000010").unwrap();
        assert_eq!(ean.width(), 339);
        let modules: String =
            (0..113).map(|module| if ean.is_dark(module * EAN_MODULE_DOTS) { '1' } else { '0' }).collect();
        assert!(modules.starts_with("00000000000101") && modules.ends_with("1010000000"), "{modules}");
        assert_eq!(&modules[11 + 45..11 + 50], "01010", "the guard in the middle");
    }
}
