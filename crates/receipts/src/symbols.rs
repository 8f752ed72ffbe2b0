//! QR as modules, checked before anything is sent: a symbol wider than the paper prints nothing at all.

use qrcode::{Color, EcLevel, QrCode};

/// Empty modules around a QR (ISO 18004).
pub const QR_QUIET_MODULES: u32 = 4;
/// Fewest dots of a QR module that a telephone reads from thermal paper.
pub const QR_MODULE_DOTS_MIN: u32 = 3;
/// Most dots of a QR module; more wastes paper.
pub const QR_MODULE_DOTS_MAX: u32 = 6;

/// Why a symbol cannot be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SymbolError {
    /// More text than a QR holds.
    #[error("the text is too long for a QR")]
    TooLong,
    /// Modules would be too small to read.
    #[error("the QR does not fit into {0} dots")]
    TooWide(u32),
    /// Neither a number with its check digit nor a code of letters, digits and dashes.
    #[error("{0:?} is no product code")]
    NoCode(String),
    /// The bars would need more room than there is, even at the smallest width that scanners read.
    #[error("the bars of {code} need {needed_dots} dots, and there are {room_dots}")]
    BarsTooWide {
        /// What they say.
        code: String,
        /// Dots that they need, quiet zones included (8 a millimetre).
        needed_dots: u32,
        /// Dots that there are.
        room_dots: u32,
    },
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
}
