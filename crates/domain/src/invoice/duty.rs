//! Whether a sale needs an e-invoice, which the operator's legal form decides, and which form of invoice it may use.

use super::symbol::Form;

/// Who an operator is in law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegalStatus {
    /// Doanh nghiệp.
    Company,
    /// Hợp tác xã.
    Cooperative,
    /// Hộ kinh doanh.
    Household,
    /// Đơn vị sự nghiệp, cơ quan nhà nước.
    StateUnit,
}

impl LegalStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Company, Self::Cooperative, Self::Household, Self::StateUnit];

    /// Returns the name that tables and the wire use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Cooperative => "cooperative",
            Self::Household => "household",
            Self::StateUnit => "state_unit",
        }
    }

    /// Returns the status of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// Whether an operator of this status may use a form: a household on percentage tax has no VAT to show.
    pub const fn may_use(self, form: Form) -> bool {
        !matches!((self, form), (Self::Household, Form::Vat))
    }
}

/// What the accountant decided about e-invoices; rules of 2026 are read in several ways, so it is a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// As the legal form says: companies and co-operatives issue; a household does from the yearly threshold on and a
    /// state unit when it sells as a business, both of which no till knows, so they do not until somebody says so.
    ByLegalForm,
    /// Every sale has one: a household above the threshold.
    Always,
    /// No sale has one.
    Never,
}

impl Duty {
    /// Every decision.
    pub const ALL: [Self; 3] = [Self::ByLegalForm, Self::Always, Self::Never];

    /// Returns the name that tables and the wire use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ByLegalForm => "by_legal_form",
            Self::Always => "always",
            Self::Never => "never",
        }
    }

    /// Returns the decision of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|duty| duty.code() == code)
    }

    /// Whether a sale by an operator of this status needs an e-invoice.
    pub const fn is_due(self, status: LegalStatus) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::ByLegalForm => matches!(status, LegalStatus::Company | LegalStatus::Cooperative),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legal_form_decides_until_the_accountant_does() {
        for (status, by_legal_form, vat) in [
            (LegalStatus::Company, true, true),
            (LegalStatus::Cooperative, true, true),
            (LegalStatus::Household, false, false),
            (LegalStatus::StateUnit, false, true),
        ] {
            assert_eq!(Duty::ByLegalForm.is_due(status), by_legal_form, "{status:?}");
            assert!(Duty::Always.is_due(status) && !Duty::Never.is_due(status));
            assert_eq!(status.may_use(Form::Vat), vat, "{status:?}");
            assert!(status.may_use(Form::Sales));
        }
    }

    #[test]
    fn codes_name_one_thing_each() {
        assert!(
            LegalStatus::ALL.into_iter().all(|status| LegalStatus::from_code(status.code()) == Some(status))
        );
        assert!(Duty::ALL.into_iter().all(|duty| Duty::from_code(duty.code()) == Some(duty)));
        assert_eq!((LegalStatus::from_code("x"), Duty::from_code("")), (None, None));
    }
}
