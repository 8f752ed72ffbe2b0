//! The order of the products in a report.

/// A column that products can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Column {
    /// Money.
    #[default]
    Revenue,
    /// Pieces or kilograms.
    Quantity,
    /// Receipts.
    Receipts,
    /// The product's name.
    Name,
    /// The producer's name.
    Producer,
}

impl Column {
    const ALL: [Self; 5] = [Self::Revenue, Self::Quantity, Self::Receipts, Self::Name, Self::Producer];

    const fn code(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Quantity => "quantity",
            Self::Receipts => "receipts",
            Self::Name => "name",
            Self::Producer => "producer",
        }
    }

    /// True for names, which begin with A; figures begin with the largest.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Name | Self::Producer)
    }
}

/// An order of products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sort {
    /// By what.
    pub column: Column,
    /// The other way round than usual.
    pub is_reversed: bool,
}

impl Sort {
    /// Reads `revenue` or `-revenue`; `None` for a column that nobody knows.
    pub fn read(text: &str) -> Option<Self> {
        let name = text.strip_prefix('-');
        let column = Column::ALL.into_iter().find(|column| column.code() == name.unwrap_or(text))?;
        Some(Self { column, is_reversed: name.is_some() })
    }

    /// Returns what [`Self::read`] reads.
    pub fn text(self) -> String {
        format!("{}{}", if self.is_reversed { "-" } else { "" }, self.column.code())
    }

    /// True when the smallest stands first.
    pub const fn is_ascending(self) -> bool {
        self.column.is_text() != self.is_reversed
    }
}
