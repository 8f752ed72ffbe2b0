//! Sections of the department and of its neighbours: who keeps which of the province's data.
//!
//! The OCOP programme is run by the department of agriculture and environment, the points of sale and rural industrial
//! products by the department of industry and trade, and the money that supports both by finance.

use crate::catalog::Category;

/// Whose data somebody may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Catalogue, points of sale, promotions and campaigns.
    Trade,
    /// Recognitions of rural industrial products.
    Industry,
    /// Recognitions of OCOP products and plans for them.
    Agriculture,
    /// Support: what points and campaigns cost.
    Finance,
}

impl Section {
    /// Every section.
    pub const ALL: [Self; 4] = [Self::Trade, Self::Industry, Self::Agriculture, Self::Finance];

    /// Returns the name that tables and forms use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Trade => "trade",
            Self::Industry => "industry",
            Self::Agriculture => "agriculture",
            Self::Finance => "finance",
        }
    }

    /// Returns the section of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.code() == code)
    }

    /// Returns the section that records recognitions of a category.
    pub const fn of_category(category: Category) -> Self {
        match category {
            Category::Ocop | Category::Planned => Self::Agriculture,
            Category::RuralIndustrial => Self::Industry,
            Category::Key | Category::Specialty => Self::Trade,
        }
    }
}

/// Some sections; each at most once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sections([bool; Section::ALL.len()]);

impl Sections {
    /// Returns the sections of a list.
    pub fn of(list: impl IntoIterator<Item = Section>) -> Self {
        let mut sections = Self::default();
        for section in list {
            sections.0[section as usize] = true;
        }
        sections
    }

    /// Reads codes with blanks between them; `None` when one is unknown.
    pub fn read(codes: &str) -> Option<Self> {
        codes.split_ascii_whitespace().map(Section::from_code).collect::<Option<Vec<_>>>().map(Self::of)
    }

    /// Returns the codes with blanks between them.
    pub fn codes(self) -> String {
        self.iter().map(Section::code).collect::<Vec<_>>().join(" ")
    }

    /// True when a section is among them.
    pub const fn has(self, section: Section) -> bool {
        self.0[section as usize]
    }

    /// True when one of these is among them.
    pub fn has_any(self, sections: &[Section]) -> bool {
        sections.iter().any(|section| self.has(*section))
    }

    /// True for none at all.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Returns each of them.
    pub fn iter(self) -> impl Iterator<Item = Section> {
        Section::ALL.into_iter().filter(move |section| self.has(*section))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_kept_as_their_codes() {
        let some = Sections::of([Section::Finance, Section::Trade, Section::Trade]);
        assert_eq!(some.codes(), "trade finance");
        assert_eq!(Sections::read("finance trade"), Some(some));
        assert_eq!(Sections::read(""), Some(Sections::default()));
        assert_eq!(Sections::read("trade sales"), None);
        assert!(some.has_any(&[Section::Industry, Section::Trade]) && !some.has_any(&[Section::Industry]));
        assert!(!some.has_any(&[]) && Sections::default().is_empty());
    }

    #[test]
    fn each_recognition_has_one_keeper() {
        let keepers = Category::ALL.map(Section::of_category);
        assert_eq!(
            keepers,
            [Section::Agriculture, Section::Industry, Section::Trade, Section::Agriculture, Section::Trade]
        );
    }
}
