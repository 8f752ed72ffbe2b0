//! Places of the province by their names: what somebody writes is found among the units of today, or among those from before 7/2025.

use std::collections::BTreeMap;

use crate::name_fold::{composed, name_fold};

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// Xã.
    Commune,
    /// Phường.
    Ward,
    /// Đặc khu.
    SpecialZone,
}

impl PlaceKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Commune, Self::Ward, Self::SpecialZone];

    /// Returns the name that tables and forms use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Commune => "commune",
            Self::Ward => "ward",
            Self::SpecialZone => "special_zone",
        }
    }

    /// Returns the kind of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Returns the kind with which a name begins, as an address writes it; `None` for a name without one.
    pub fn of_name(name: &str) -> Option<Self> {
        let words = name_fold(name);
        let starts = [("xa ", Self::Commune), ("phuong ", Self::Ward), ("dac khu ", Self::SpecialZone)];
        starts.into_iter().find(|(start, _)| words.starts_with(start)).map(|(_, kind)| kind)
    }
}

/// What a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named<'a> {
    /// A unit of today, by its name.
    Now(&'a str),
    /// A unit from before: the one that it is part of today.
    Then(&'a str),
    /// Several units: nobody decides for whoever wrote it.
    Several(Vec<&'a str>),
    /// None that is known.
    Unknown,
}

/// Beginnings that say what a unit is or was, folded. No district is among them: the commune that has its name today is a small part
/// of what it was.
const KINDS: [&str; 4] = ["dac khu ", "thi tran ", "phuong ", "xa "];

/// The units of today, and what those from before became.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gazetteer {
    now: Names,
    then: Names,
}

/// Names of units by their spellings, from the strictest to the loosest: whole, without kind, and both without marks.
type Names = [BTreeMap<String, Vec<String>>; 4];

impl Gazetteer {
    /// Returns one of units of today, and of pairs of a former name with that of the unit of today.
    pub fn new<'a>(
        now: impl IntoIterator<Item = &'a str>,
        then: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let mut gazetteer = Self::default();
        for name in now {
            add(&mut gazetteer.now, name, name);
        }
        for (former, name) in then {
            add(&mut gazetteer.then, former, name);
        }
        gazetteer
    }

    /// Returns what a name means: as it is written before it is read without its marks, since Ba Tơ is not Ba Tô; a unit of today
    /// before one from before. What stands behind a comma, a district or the province, is left out.
    pub fn named(&self, text: &str) -> Named<'_> {
        let text = text.split(',').next().unwrap_or_default();
        let spellings = spellings(text);
        if spellings[0].is_empty() {
            return Named::Unknown;
        }
        for level in 0..spellings.len() {
            for (names, is_now) in [(&self.now, true), (&self.then, false)] {
                let found = names[level].get(&spellings[level]).map_or(&[][..], Vec::as_slice);
                match found {
                    [] => {}
                    [only] if is_now => return Named::Now(only),
                    [only] => return Named::Then(only),
                    several => return Named::Several(several.iter().map(String::as_str).collect()),
                }
            }
        }
        Named::Unknown
    }

    /// Returns how a place is written: as its unit is called today, where the name means exactly one; otherwise as it came.
    pub fn written(&self, text: &str) -> String {
        match self.named(text) {
            Named::Now(name) | Named::Then(name) => name.to_owned(),
            Named::Several(_) | Named::Unknown => text.to_owned(),
        }
    }
}

fn add(names: &mut Names, spelt: &str, name: &str) {
    for (level, spelling) in spellings(spelt).into_iter().enumerate() {
        let of_it = names[level].entry(spelling).or_default();
        if !of_it.iter().any(|known| known == name) {
            of_it.push(name.to_owned());
        }
    }
}

fn spellings(name: &str) -> [String; 4] {
    let whole: Vec<String> = composed(name).split_whitespace().map(str::to_lowercase).collect();
    let folded = name_fold(name);
    let start = KINDS.into_iter().find(|start| folded.starts_with(start));
    let skipped = start.map_or(0, |start| start.split_whitespace().count());
    let bare = whole.get(skipped..).unwrap_or_default().join(" ");
    let bare_folded = start.map_or(folded.as_str(), |start| &folded[start.len()..]).to_owned();
    [whole.join(" "), bare, folded, bare_folded]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Gazetteer {
        let now =
            ["Xã Ba Tơ", "Xã Ba Tô", "Xã Bình Sơn", "Đặc khu Lý Sơn", "Xã Nguyễn Nghiêm", "Phường Cẩm Thành"];
        let then = [
            ("Xã Bình Thạnh", "Xã Bình Sơn"),
            ("Xã Bình Thanh", "Xã Đông Sơn"),
            ("Phường Nguyễn Nghiêm", "Phường Cẩm Thành"),
            ("Thị trấn Châu Ổ", "Xã Bình Sơn"),
            ("Xã Tịnh Hòa", "Xã Đông Sơn"),
            ("Xã Tịnh Hòa", "Xã Tịnh Khê"),
            ("Huyện Lý Sơn", "Đặc khu Lý Sơn"),
        ];
        Gazetteer::new(now, then)
    }

    #[test]
    fn a_name_means_one_place_or_nobody_decides() {
        let gazetteer = gazetteer();
        for (text, expected) in [
            ("Xã Bình Sơn", Named::Now("Xã Bình Sơn")),
            ("  xã   BÌNH sơn ", Named::Now("Xã Bình Sơn")),
            ("Bình Sơn", Named::Now("Xã Bình Sơn")),
            ("binh son", Named::Now("Xã Bình Sơn")),
            ("Xã Bình Sơn, tỉnh Quảng Ngãi", Named::Now("Xã Bình Sơn")),
            ("Huyện Bình Sơn", Named::Unknown),
            ("huyen binh son", Named::Unknown),
            // The one district that is one unit today.
            ("Huyện Lý Sơn", Named::Then("Đặc khu Lý Sơn")),
            ("huyen ly son", Named::Then("Đặc khu Lý Sơn")),
            ("ly son", Named::Now("Đặc khu Lý Sơn")),
            ("Thị trấn Ba Tơ", Named::Now("Xã Ba Tơ")),
            ("Ba Tô", Named::Now("Xã Ba Tô")),
            ("ba to", Named::Several(vec!["Xã Ba Tơ", "Xã Ba Tô"])),
            ("Châu Ổ", Named::Then("Xã Bình Sơn")),
            ("Xã Bình Thạnh, huyện Bình Sơn", Named::Then("Xã Bình Sơn")),
            ("Bình Thanh", Named::Then("Xã Đông Sơn")),
            ("binh thanh", Named::Several(vec!["Xã Bình Sơn", "Xã Đông Sơn"])),
            // Today's commune before the ward of that name; with its kind it is the ward.
            ("Nguyễn Nghiêm", Named::Now("Xã Nguyễn Nghiêm")),
            ("Phường Nguyễn Nghiêm", Named::Then("Phường Cẩm Thành")),
            ("Xã Tịnh Hòa", Named::Several(vec!["Xã Đông Sơn", "Xã Tịnh Khê"])),
            ("Trà Xuân", Named::Unknown),
            (" , ", Named::Unknown),
        ] {
            assert_eq!(gazetteer.named(text), expected, "{text}");
        }
        assert_eq!(gazetteer.written("chau o"), "Xã Bình Sơn");
        assert_eq!(gazetteer.written("ba to"), "ba to");
    }

    #[test]
    fn kinds_are_read_from_names() {
        for (name, kind) in [
            ("Xã Ba Tơ", Some(PlaceKind::Commune)),
            ("phường Sa Huỳnh", Some(PlaceKind::Ward)),
            ("Đặc khu Lý Sơn", Some(PlaceKind::SpecialZone)),
            ("Huyện Ba Tơ", None),
        ] {
            assert_eq!(PlaceKind::of_name(name), kind, "{name}");
        }
        assert!(PlaceKind::ALL.into_iter().all(|kind| PlaceKind::from_code(kind.code()) == Some(kind)));
    }
}
