//! What is told of counting the shelf.

use serde::Serialize;
use utoipa::ToSchema;

/// What an act about a stocktake tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Counting {
    /// A stocktake has begun.
    StocktakeBegun,
    /// One is going on already.
    StocktakeGoesOn,
    /// None is going on, or another one than the page showed.
    NoStocktake,
    /// Nobody said in which area it was counted.
    NoArea,
    /// So much of a product has been counted in an area.
    Counted {
        name: String,
        area: String,
        /// As papers write it.
        quantity: String,
    },
    /// How much of a product is to be typed.
    TypeHowMuch { name: String },
    /// What is typed in an area was counted on paper.
    OnPaper {
        area: String,
        /// When counting began, day and time, as papers write it.
        from: String,
        /// When it ended.
        to: String,
    },
    /// What is typed in an area is counted at the shelf.
    AtShelf { area: String },
    /// Another stocktake was closed after the sheet was filled in.
    CountedSince,
    /// A product is to be counted again from the beginning, in each area.
    CountedAnew { name: String },
    /// The stocktake was given up; the book stays as it was.
    StocktakeGivenUp,
    /// The stocktake is closed, and the book says what was counted.
    StocktakeClosed {
        /// The numbers on its papers: one, or several of a large stocktake.
        vouchers: Vec<String>,
        /// How many products were counted.
        products: usize,
        /// How many of them differed.
        wrong: usize,
    },
    /// So many products have to be counted again before.
    CountAgainFirst { products: usize },
    /// Nothing was counted.
    NothingCounted,
    /// Something was counted, or came in, since the figures were shown.
    CountsChanged,
    /// Sales that are written on the pad have to be entered before.
    PadFirst,
}

impl Counting {
    /// Says whether it was done.
    pub(super) const fn is_done(&self) -> bool {
        matches!(
            self,
            Self::StocktakeBegun
                | Self::Counted { .. }
                | Self::TypeHowMuch { .. }
                | Self::OnPaper { .. }
                | Self::AtShelf { .. }
                | Self::CountedAnew { .. }
                | Self::StocktakeGivenUp
                | Self::StocktakeClosed { .. }
        )
    }
}
