//! How a scanner types, and what it puts around each code. Symbology identifiers such as `]E0` are none of it: these are read
//! as what they are.

/// Fewest milliseconds between two keys that can be set up.
pub const GAP_LEAST_MS: u16 = 10;
/// Most milliseconds between two keys that can be set up: beyond it people type.
pub const GAP_MOST_MS: u16 = 90;

/// A pause after which a page no longer hears one scan, milliseconds; `SILENCE_MS` of its script.
const SILENCE_MS: u16 = 100;
/// Milliseconds between two keys of usual scanners, at most.
pub const GAP_MS: u16 = 35;
/// Longest prefix or suffix, characters.
pub const MARK_MOST: usize = 8;
/// Fewer keys are no scan.
pub const KEYS_LEAST: usize = 4;

/// The habit of one scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanHabit {
    gap_ms: u16,
    prefix: String,
    suffix: String,
}

/// A habit that no scanner has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HabitError {
    /// A pace outside [`GAP_LEAST_MS`] to [`GAP_MOST_MS`].
    #[error("a scanner types a key within {GAP_LEAST_MS} to {GAP_MOST_MS} ms")]
    Gap,
    /// A prefix or suffix that is long, or more than plain characters without blanks.
    #[error("a prefix or suffix has at most {MARK_MOST} letters, digits or signs, and no blanks")]
    Mark,
}

impl Default for ScanHabit {
    fn default() -> Self {
        Self { gap_ms: GAP_MS, prefix: String::new(), suffix: String::new() }
    }
}

impl ScanHabit {
    /// Takes a pace, and what stands before and behind each code; empty for nothing.
    ///
    /// # Errors
    /// When no scanner is like that.
    pub fn new(gap_ms: u16, prefix: &str, suffix: &str) -> Result<Self, HabitError> {
        if !(GAP_LEAST_MS..=GAP_MOST_MS).contains(&gap_ms) {
            return Err(HabitError::Gap);
        }
        let is_mark =
            |text: &str| text.len() <= MARK_MOST && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_mark(prefix) || !is_mark(suffix) {
            return Err(HabitError::Mark);
        }
        Ok(Self { gap_ms, prefix: prefix.to_owned(), suffix: suffix.to_owned() })
    }

    /// Returns the milliseconds between two keys, on average at most.
    pub const fn gap_ms(&self) -> u16 {
        self.gap_ms
    }

    /// Returns what stands before each code.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Returns what stands behind each code.
    pub fn suffix(&self) -> &str {
        &self.suffix
    }

    /// Returns the code alone. A text without both is none of this scanner's, and stays whole: half a code would be
    /// another product's.
    pub fn cut<'a>(&self, text: &'a str) -> &'a str {
        let text = text.trim_matches([' ', '\r', '\n', '\t']);
        let code = text.strip_prefix(&self.prefix).and_then(|rest| rest.strip_suffix(&self.suffix));
        code.filter(|code| !code.is_empty()).unwrap_or(text)
    }
}

/// How fast some keys came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// How many.
    pub keys: usize,
    /// Milliseconds from one to the next, on average, rounded up.
    pub average_ms: u16,
    /// The longest of them.
    pub slowest_ms: u16,
}

impl Pace {
    /// Returns the pace of keys between which so many milliseconds passed.
    pub fn of(gaps_ms: &[u16]) -> Self {
        let sum: u64 = gaps_ms.iter().copied().map(u64::from).sum();
        let count = u64::try_from(gaps_ms.len()).unwrap_or(u64::MAX);
        let average = if count == 0 { 0 } else { sum.div_ceil(count) };
        Self {
            keys: gaps_ms.len() + 1,
            average_ms: u16::try_from(average).unwrap_or(u16::MAX),
            slowest_ms: gaps_ms.iter().copied().max().unwrap_or(0),
        }
    }

    /// Says whether a counter takes it for a scanner that has this habit.
    pub fn is_scan(self, habit: &ScanHabit) -> bool {
        self.keys >= KEYS_LEAST && self.average_ms <= habit.gap_ms && self.slowest_ms <= SILENCE_MS
    }

    /// Returns the pace that a scanner like this should be set up with: half more than it needs, and no less than usual;
    /// `None` when it types as slowly as people, or pauses as long.
    pub fn advised_ms(self) -> Option<u16> {
        let wide = self.average_ms.saturating_add(self.average_ms.div_ceil(2)).div_ceil(5).saturating_mul(5);
        (self.average_ms <= GAP_MOST_MS && self.slowest_ms <= SILENCE_MS)
            .then(|| wide.clamp(GAP_MS, GAP_MOST_MS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_scanner_puts_around_a_code_is_cut() {
        let habit = ScanHabit::new(35, "~S", "#").unwrap();
        for (text, code) in [
            ("~S8938500000010#", "8938500000010"),
            (" ~S8938500000010#\r", "8938500000010"),
            ("~S]E08938500000010#", "]E08938500000010"),
            ("8938500000010", "8938500000010"),
            ("~S8938500000010", "~S8938500000010"),
            ("8938500000010#", "8938500000010#"),
            ("~S#", "~S#"),
            ("~S", "~S"),
            ("", ""),
        ] {
            assert_eq!(habit.cut(text), code, "{text:?}");
        }
        assert_eq!(ScanHabit::default().cut("8938500000010"), "8938500000010");
    }

    #[test]
    fn habits_that_no_scanner_has() {
        for (gap_ms, prefix, suffix, expected) in [
            (9, "", "", Err(HabitError::Gap)),
            (10, "", "", Ok(())),
            (90, "~~~~~~~~", "#", Ok(())),
            (91, "", "", Err(HabitError::Gap)),
            (35, "~~~~~~~~~", "", Err(HabitError::Mark)),
            (35, "a b", "", Err(HabitError::Mark)),
            (35, "", "đ", Err(HabitError::Mark)),
            (35, "", "\u{1d}", Err(HabitError::Mark)),
        ] {
            assert_eq!(
                ScanHabit::new(gap_ms, prefix, suffix).map(|_| ()),
                expected,
                "{gap_ms} {prefix} {suffix}"
            );
        }
    }

    #[test]
    fn a_pace_says_what_types() {
        let usual = ScanHabit::default();
        for (gaps, average_ms, is_scan, advised) in [
            (&[12, 11, 13][..], 12, true, Some(35)),
            (&[12, 90, 12], 38, false, Some(60)),
            (&[60, 60, 60, 60], 60, false, Some(90)),
            (&[110, 110, 110], 110, false, None),
            (&[12, 12, 12, 12, 101], 30, false, None),
            (&[85, 85, 85], 85, false, Some(90)),
            (&[200, 180, 150], 177, false, None),
            (&[10, 10], 10, false, Some(35)),
            (&[], 0, false, Some(35)),
            (&[u16::MAX, u16::MAX, u16::MAX], u16::MAX, false, None),
        ] {
            let pace = Pace::of(gaps);
            assert_eq!(
                (pace.average_ms, pace.is_scan(&usual), pace.advised_ms()),
                (average_ms, is_scan, advised),
                "{gaps:?}"
            );
            if let Some(gap_ms) = pace.advised_ms() {
                let advised = ScanHabit::new(gap_ms, "", "").unwrap();
                assert!(pace.keys < KEYS_LEAST || pace.is_scan(&advised), "{gaps:?}");
            }
        }
    }
}
