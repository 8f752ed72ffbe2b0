//! How long a product's recognitions hold, and what the paper of a decision says beside its days.

use time::{Date, Duration};

use crate::catalog::{Category, Recognition, Stars, ocop_last_day};

/// Days before the end of a recognition from which on somebody is told, the longest first.
pub const WARNING_DAYS: [i64; 3] = [90, 60, 30];

/// What the paper of a decision says beside its kind, stars and days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionPaper {
    /// Number of the decision; may be empty, as may all texts.
    pub number: String,
    /// Its day; `None` when nobody noted it.
    pub decided_on: Option<Date>,
    /// Who decided.
    pub issuer: String,
    /// At which level.
    pub level: Option<Level>,
    /// Points of the result.
    pub points: Option<Points>,
    /// The set of criteria that it was scored under.
    pub criteria: String,
    /// The group as it is printed on the certificate.
    pub group_printed: String,
}

/// Who decided: OCOP results and rural industrial products are decided at several levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A district, until 30/6/2025.
    District,
    /// The province.
    Province,
    /// Several provinces (khu vực).
    Region,
    /// The whole country (trung ương, quốc gia).
    Nation,
}

impl Level {
    /// Every level, the lowest first.
    pub const ALL: [Self; 4] = [Self::District, Self::Province, Self::Region, Self::Nation];

    /// Returns the name that files and tables use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Province => "province",
            Self::Region => "region",
            Self::Nation => "nation",
        }
    }

    /// Returns the level of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// The points of a result, 0 to 100, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(i64);

impl Points {
    /// Returns `None` outside 0 to 100 points.
    pub const fn from_hundredths(hundredths: i64) -> Option<Self> {
        if hundredths >= 0 && hundredths <= 10_000 { Some(Self(hundredths)) } else { None }
    }

    /// Returns hundredths of a point.
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// Reads points as people write them: `82`, `82,5`, `82.25`.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.trim().split_once([',', '.']).unwrap_or((text.trim(), "0"));
        let is_number = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !is_number(whole, 3) || !is_number(part, 2) {
            return None;
        }
        let part = part.parse::<i64>().ok()? * if part.len() == 1 { 10 } else { 1 };
        Self::from_hundredths(whole.parse::<i64>().ok()? * 100 + part)
    }
}

impl std::fmt::Display for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{whole},{}", part / 10),
            (whole, part) => write!(f, "{whole},{part:02}"),
        }
    }
}

/// Returns the last day of a decision unless its paper says another one: OCOP results end by themselves, the others only when
/// their paper says so.
pub fn usual_last_day(category: Category, decided_on: Date) -> Option<Date> {
    (category == Category::Ocop).then(|| ocop_last_day(decided_on))
}

/// What a product holds on a day, and how long it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// As what it counts.
    pub category: Category,
    /// The rank on that day, for OCOP.
    pub stars: Option<Stars>,
    /// The last day, through decisions that follow without a gap; `None` when nothing ends it.
    pub until: Option<Date>,
}

impl Held {
    /// Returns how many days are left after a day: 0 on the last one.
    pub fn days_left(&self, day: Date) -> Option<i64> {
        self.until.map(|last| (last - day).whole_days())
    }
}

/// Returns what a product holds on a day, the leading category first.
pub fn held(recognitions: &[Recognition], day: Date) -> Vec<Held> {
    Category::ALL.into_iter().filter_map(|category| held_as(recognitions, category, day)).collect()
}

fn held_as(recognitions: &[Recognition], category: Category, day: Date) -> Option<Held> {
    let of_it = || recognitions.iter().filter(move |each| each.category == category);
    let now = of_it().filter(|each| each.counts_on(day)).max_by_key(|each| each.valid_from)?;
    let mut until = now.valid_to;
    // Each turn reaches a later day, so there are no more turns than decisions.
    while let Some(last) = until {
        let follows = |each: &&Recognition| each.valid_from <= last.saturating_add(Duration::DAY);
        let longer = |each: &&Recognition| each.valid_to.is_none_or(|other| other > last);
        let Some(next) = of_it().filter(follows).find(longer) else { break };
        until = next.valid_to;
    }
    Some(Held { category, stars: now.stars, until })
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn ocop(stars: u8, from: Date) -> Recognition {
        Recognition::ocop(Stars::new(stars).unwrap(), from)
    }

    #[test]
    fn a_renewal_carries_a_recognition_on() {
        let three = ocop(3, date!(2023 - 12 - 10));
        let four = ocop(4, date!(2026 - 12 - 11));
        let late = ocop(4, date!(2026 - 12 - 12));
        let rural = |valid_to| Recognition {
            category: Category::RuralIndustrial,
            stars: None,
            valid_from: date!(2024 - 10 - 01),
            valid_to,
        };
        let today = date!(2026 - 11 - 30);
        for (all, expected) in [
            (vec![three], Some((3, date!(2026 - 12 - 10), 10))),
            (vec![three, four], Some((3, date!(2029 - 12 - 11), 1107))),
            (vec![four, three], Some((3, date!(2029 - 12 - 11), 1107))),
            (vec![three, late], Some((3, date!(2026 - 12 - 10), 10))),
            (vec![four], None),
            (vec![ocop(3, date!(2023 - 11 - 29))], None),
            (vec![ocop(3, date!(2023 - 11 - 30))], Some((3, today, 0))),
        ] {
            let found = held(&all, today).first().copied();
            let seen = found.map(|held| {
                (held.stars.unwrap().count(), held.until.unwrap(), held.days_left(today).unwrap())
            });
            assert_eq!(seen, expected, "{all:?}");
        }
        let both = held(&[rural(None), three], today);
        assert_eq!(
            both.iter().map(|held| held.category).collect::<Vec<_>>(),
            [Category::Ocop, Category::RuralIndustrial]
        );
        assert_eq!((both[1].until, both[1].days_left(today)), (None, None));
        let (ends, goes_on) = (rural(Some(date!(2026 - 12 - 01))), rural(None));
        assert_eq!(held(&[ends, goes_on], today)[0].until, None, "nothing ends it");
    }

    #[test]
    fn only_ocop_ends_by_itself() {
        let day = date!(2023 - 08 - 31);
        assert_eq!(usual_last_day(Category::Ocop, day), Some(date!(2026 - 08 - 31)));
        assert_eq!(usual_last_day(Category::Key, day), None);
    }

    #[test]
    fn points_as_people_write_them() {
        for (text, expected) in [
            ("82", Some((8_200, "82"))),
            (" 82,5 ", Some((8_250, "82,5"))),
            ("82.05", Some((8_205, "82,05"))),
            ("100", Some((10_000, "100"))),
            ("0", Some((0, "0"))),
            ("100,01", None),
            ("", None),
            ("82,", None),
            (",5", None),
            ("-1", None),
            ("82,555", None),
            ("8２", None),
        ] {
            let points = Points::parse(text);
            let seen = points.map(|points| (points.hundredths(), points.to_string()));
            assert_eq!(seen, expected.map(|(number, words)| (number, words.to_owned())), "{text:?}");
        }
        for level in Level::ALL {
            assert_eq!(Level::from_code(level.code()), Some(level));
        }
    }
}
