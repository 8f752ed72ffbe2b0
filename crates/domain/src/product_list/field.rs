//! What a column of a list says, and which column says it.

use std::collections::BTreeMap;

/// What a column says of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Its name.
    Name,
    /// Unit or pack.
    Unit,
    /// Price of a unit, đồng.
    Price,
    /// Group of products.
    Group,
    /// OCOP stars.
    Stars,
    /// Why it may stand on the shelf.
    Category,
    /// Number of the decision.
    DecisionNumber,
    /// Day of the decision.
    DecisionDay,
    /// Last day on which the decision counts.
    LastDay,
    /// Who decided.
    Issuer,
    /// At which level.
    Level,
    /// Points of the result.
    Points,
    /// The set of criteria that it was scored under.
    Criteria,
    /// The group as it is printed on the certificate.
    GroupPrinted,
    /// Who makes it.
    Producer,
    /// Where it comes from.
    Commune,
    /// What is on the pack.
    Barcode,
    /// The shops' own code.
    Sku,
}

impl Field {
    /// Every field, as a person maps them.
    pub const ALL: [Self; 18] = [
        Self::Name,
        Self::Unit,
        Self::Price,
        Self::Group,
        Self::Stars,
        Self::Category,
        Self::DecisionNumber,
        Self::DecisionDay,
        Self::LastDay,
        Self::Issuer,
        Self::Level,
        Self::Points,
        Self::Criteria,
        Self::GroupPrinted,
        Self::Producer,
        Self::Commune,
        Self::Barcode,
        Self::Sku,
    ];

    /// Returns the name that tables and forms use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Unit => "unit",
            Self::Price => "price",
            Self::Group => "group",
            Self::Stars => "stars",
            Self::Category => "category",
            Self::DecisionNumber => "decision_number",
            Self::DecisionDay => "decision_day",
            Self::LastDay => "last_day",
            Self::Issuer => "issuer",
            Self::Level => "level",
            Self::Points => "points",
            Self::Criteria => "criteria",
            Self::GroupPrinted => "group_printed",
            Self::Producer => "producer",
            Self::Commune => "commune",
            Self::Barcode => "barcode",
            Self::Sku => "sku",
        }
    }

    /// Returns the field of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }
}

/// Which column says what; columns that say nothing known are in none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns(BTreeMap<Field, usize>);

impl Columns {
    /// Says that a column (from 0) holds a field. False when the field has a column already.
    pub fn add(&mut self, field: Field, column: usize) -> bool {
        if self.0.contains_key(&field) {
            return false;
        }
        self.0.insert(field, column);
        true
    }

    /// Returns the column of a field.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.0.get(&field).copied()
    }

    /// Returns the field of a column.
    pub fn at(&self, column: usize) -> Option<Field> {
        self.0.iter().find(|(_, place)| **place == column).map(|(field, _)| *field)
    }

    /// True when rows can be read: there is a name, and something to say of it.
    pub fn are_enough(&self) -> bool {
        self.0.contains_key(&Field::Name) && self.0.len() > 1
    }

    /// Returns how many fields there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Returns the text under which they are kept: `name=1 price=4`.
    pub fn code(&self) -> String {
        let pairs: Vec<String> =
            self.0.iter().map(|(field, column)| format!("{}={column}", field.code())).collect();
        pairs.join(" ")
    }

    /// Returns the columns that were kept so, or `None` for a text that never was.
    pub fn from_code(code: &str) -> Option<Self> {
        let mut columns = Self::default();
        for pair in code.split_whitespace() {
            let (field, column) = pair.split_once('=')?;
            if !columns.add(Field::from_code(field)?, column.parse().ok()?) {
                return None;
            }
        }
        Some(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_kept_as_text() {
        let mut columns = Columns::default();
        assert!(columns.add(Field::Name, 1) && !columns.are_enough());
        assert!(columns.add(Field::Price, 4) && !columns.add(Field::Price, 5));
        assert_eq!(columns.code(), "name=1 price=4");
        assert_eq!(Columns::from_code(&columns.code()), Some(columns.clone()));
        assert_eq!((columns.at(4), columns.at(5)), (Some(Field::Price), None));
        assert!(columns.are_enough());
        for wrong in ["name", "name=x", "colour=1", "name=1 name=2"] {
            assert_eq!(Columns::from_code(wrong), None, "{wrong}");
        }
        for field in Field::ALL {
            assert_eq!(Field::from_code(field.code()), Some(field));
        }
    }
}
