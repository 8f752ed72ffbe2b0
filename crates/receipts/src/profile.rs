//! What differs between one printer and the next: how wide the paper is, how it is cut, how far `ESC J` feeds.

use serde::{Deserialize, Serialize};

/// The printable width of a roll. A picture is laid out anew for each width, never scaled: a scaled QR cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub enum Paper {
    /// 58 mm roll, 48 mm printable.
    Dots384,
    /// 80 mm roll on printers with a 64 mm head.
    Dots512,
    /// 80 mm roll, 72 mm printable: the usual one.
    Dots576,
}

/// A width that no receipt printer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("paper of {0} dots is not known: use 384 (58 mm), 512 or 576 (80 mm)")]
pub struct UnknownPaper(pub u16);

impl Paper {
    /// Every width, narrowest first.
    pub const ALL: [Paper; 3] = [Paper::Dots384, Paper::Dots512, Paper::Dots576];

    /// Returns the paper of a printable width in dots (8 dots a millimetre).
    pub fn from_dots(dots: u16) -> Result<Paper, UnknownPaper> {
        Paper::ALL.into_iter().find(|paper| paper.dots() == dots).ok_or(UnknownPaper(dots))
    }

    /// Returns the printable width in dots: a multiple of 8.
    pub fn dots(self) -> u16 {
        match self {
            Paper::Dots384 => 384,
            Paper::Dots512 => 512,
            Paper::Dots576 => 576,
        }
    }
}

impl TryFrom<u16> for Paper {
    type Error = UnknownPaper;

    fn try_from(dots: u16) -> Result<Self, UnknownPaper> {
        Paper::from_dots(dots)
    }
}

impl From<Paper> for u16 {
    fn from(paper: Paper) -> u16 {
        paper.dots()
    }
}

/// How a receipt leaves the printer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// Feed to the blade and leave a bridge, so that the paper does not fall down.
    #[default]
    Partial,
    /// Feed to the blade and cut through.
    Full,
    /// No blade: feed past the tear bar.
    TearBar,
    /// Neither cut nor feed.
    None,
}

impl Cut {
    /// Every way, the usual one first.
    pub const ALL: [Cut; 4] = [Cut::Partial, Cut::Full, Cut::TearBar, Cut::None];

    /// Returns the word that is stored for it, as in a profile.
    pub fn code(self) -> &'static str {
        match self {
            Cut::Partial => "partial",
            Cut::Full => "full",
            Cut::TearBar => "tear_bar",
            Cut::None => "none",
        }
    }

    /// Returns what a stored word means; `None` for another one.
    pub fn from_code(code: &str) -> Option<Cut> {
        Cut::ALL.into_iter().find(|cut| cut.code() == code)
    }
}

/// How one printer wants its jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Printable width.
    pub paper: Paper,
    /// How the receipt is cut.
    pub cut: Cut,
    /// Steps of `ESC J` in one row of dots. Most printers: 1. Epson's own count 1/406 inch on a head of 203 dpi
    /// (1/360 on 180 dpi), there 2; with 1 the space between lines comes out at half its height. The test page shows it.
    pub feed_steps_per_dot: FeedSteps,
}

/// Steps of `ESC J` in one row of dots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedSteps {
    /// One step feeds one row.
    #[default]
    One,
    /// Two steps feed one row.
    Two,
}

impl FeedSteps {
    /// Returns the word that is stored for it, as in a profile.
    pub fn code(self) -> &'static str {
        match self {
            FeedSteps::One => "one",
            FeedSteps::Two => "two",
        }
    }

    /// Returns what a stored word means; `None` for another one.
    pub fn from_code(code: &str) -> Option<FeedSteps> {
        [FeedSteps::One, FeedSteps::Two].into_iter().find(|steps| steps.code() == code)
    }

    /// Returns the number of steps in a row.
    pub fn count(self) -> u8 {
        match self {
            FeedSteps::One => 1,
            FeedSteps::Two => 2,
        }
    }
}

impl Profile {
    /// Returns the usual profile of a paper width: partial cut, one step a row.
    pub fn new(paper: Paper) -> Profile {
        Profile { paper, cut: Cut::default(), feed_steps_per_dot: FeedSteps::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_three_widths_exist() {
        for (dots, expected) in [
            (384, Some(Paper::Dots384)),
            (512, Some(Paper::Dots512)),
            (576, Some(Paper::Dots576)),
            (0, None),
            (570, None),
        ] {
            assert_eq!(Paper::from_dots(dots).ok(), expected, "{dots}");
        }
        assert!(Paper::ALL.iter().all(|paper| paper.dots() % 8 == 0), "a row is whole bytes");
    }

    #[test]
    fn a_profile_is_written_in_plain_words() {
        let profile = Profile::new(Paper::Dots576);
        let text = serde_json::to_string(&profile).unwrap();
        assert_eq!(text, r#"{"paper":576,"cut":"partial","feed_steps_per_dot":"one"}"#);
        assert_eq!(serde_json::from_str::<Profile>(&text).unwrap(), profile);
        assert!(serde_json::from_str::<Paper>("570").is_err());
        for cut in Cut::ALL {
            assert_eq!(serde_json::to_value(cut).unwrap(), cut.code());
            assert_eq!(Cut::from_code(cut.code()), Some(cut));
        }
        for steps in [FeedSteps::One, FeedSteps::Two] {
            assert_eq!(serde_json::to_value(steps).unwrap(), steps.code());
            assert_eq!(FeedSteps::from_code(steps.code()), Some(steps));
        }
    }
}
