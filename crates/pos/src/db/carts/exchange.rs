//! The goods of a sale that are to come back for what a cart holds. They are kept beside the cart until it is sold.

use domain::Quantity;
use domain::ids::SaleId;
use domain::refund::remaining::Ask;
use domain::stock::Location;
use domain::tender::TenderKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::stored;
use crate::db::engine::one_row;
use crate::db::{Error, Result, Tx};

/// What is to come back, and by whose leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// The sale.
    pub of_sale_id: Uuid,
    /// The number on its receipt.
    pub receipt: String,
    /// What its buyer would get for the goods, đồng.
    pub worth_vnd: i64,
    /// How the buyer gets what the goods are worth more, as [`TenderKind::code`] names it; carts of earlier programs have cash.
    #[serde(default = "cash")]
    pub back_by: String,
    /// As typed.
    pub reason: String,
    /// The manager who allowed it.
    pub manager_id: Uuid,
    /// The manager's name on paper.
    pub manager: String,
    /// Which rows of the sale, and how much of them.
    pub rows: Vec<Row>,
}

/// A row of the sale that comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    row: usize,
    quantity_milli: i64,
    is_waste: bool,
}

impl From<&Ask> for Row {
    fn from(ask: &Ask) -> Self {
        let is_waste = ask.back_to == Location::Waste;
        Self { row: ask.row, quantity_milli: ask.quantity.milli(), is_waste }
    }
}

fn cash() -> String {
    TenderKind::Cash.code().to_owned()
}

impl Exchange {
    /// Returns how the buyer gets what the goods are worth more.
    pub fn back_kind(&self) -> TenderKind {
        TenderKind::from_code(&self.back_by).filter(|kind| kind.is_money()).unwrap_or(TenderKind::Cash)
    }

    /// Returns what is asked for of the sale.
    pub fn asks(&self) -> Vec<Ask> {
        let ask = |row: &Row| Ask {
            row: row.row,
            quantity: Quantity::from_milli(row.quantity_milli),
            back_to: if row.is_waste { Location::Waste } else { Location::Shelf },
        };
        self.rows.iter().map(ask).collect()
    }

    pub(crate) fn read(text: Option<String>) -> Result<Option<Self>> {
        text.map(|text| serde_json::from_str(&text))
            .transpose()
            .map_err(|_| Error::Corrupt { table: "carts", column: "exchange" })
    }
}

/// Keeps what is to come back for what an open cart holds; `None` for nothing any more.
///
/// # Errors
/// When the database does not answer, or the cart is not open.
pub async fn update_exchange(tx: &mut Tx, sale_id: SaleId, exchange: Option<&Exchange>) -> Result<()> {
    let rows = sqlx::query("update carts set exchange = $2 where sale_id = $1 and state = 'open'")
        .bind(sale_id.uuid())
        .bind(stored::text(exchange)?)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    one_row("carts", rows)
}
