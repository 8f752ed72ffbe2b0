//! How people got to know goods outside a campaign, as the department records it.

/// What people did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum IntroductionKind {
    /// They came and looked: a delegation, a class.
    Visitors,
    /// They tasted.
    Tastings,
    /// They scanned a code that central does not count: on a poster, at a fair of somebody else's.
    Scans,
    /// They asked: for an offer, for goods, for a producer.
    Enquiries,
}

impl IntroductionKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Visitors, Self::Tastings, Self::Scans, Self::Enquiries];

    /// Returns the name that tables and addresses use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Visitors => "visitors",
            Self::Tastings => "tastings",
            Self::Scans => "scans",
            Self::Enquiries => "enquiries",
        }
    }

    /// Returns the kind of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_lead_back_to_their_kinds() {
        let back = IntroductionKind::ALL.map(|kind| IntroductionKind::from_code(kind.code()));
        assert_eq!(back, IntroductionKind::ALL.map(Some));
        assert_eq!(IntroductionKind::from_code("visitor"), None);
    }
}
