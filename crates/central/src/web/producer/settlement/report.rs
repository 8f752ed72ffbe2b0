//! A settlement with all its rows: the same facts for the page and for programs.

use std::collections::BTreeMap;

use domain::ids::ProductId;
use protocol::payload::SettlementRow;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answers::{Standing, silent_until_ms};
use crate::app::App;
use crate::db::settlement_answers::{self, Answer, Answered};
use crate::db::settlements::{self, PaperId};
use crate::error::{Error, Result};
use crate::web::producer::Reader;
use crate::web::producer::settlements::PaperOfReport;

/// A settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SettlementReport {
    /// What the list says of it.
    pub paper: PaperOfReport,
    /// A product each.
    pub rows: Vec<RowOfReport>,
    /// What the producer finds wrong with all of it.
    pub dispute: Option<String>,
    /// When silence becomes consent, UTC milliseconds.
    pub silent_until_ms: i64,
}

/// The goods and the money of a product. Quantities are thousandths of the unit, amounts đồng.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RowOfSettlement)]
pub struct RowOfReport {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its unit or pack.
    pub unit: String,
    /// On the shelf after the settlement before.
    pub opening_milli: i64,
    /// Delivered.
    pub received_milli: i64,
    /// Sold.
    pub sold_milli: i64,
    /// Brought back by buyers.
    pub refunded_milli: i64,
    /// Gone back to the producer.
    pub returned_milli: i64,
    /// Lost at the producer's cost.
    pub lost_by_producer_milli: i64,
    /// Lost at the operator's cost.
    pub lost_by_operator_milli: i64,
    /// What counting the shelf found; below zero for what was missing.
    pub counted_milli: i64,
    /// Came from other stores of the operator, less what was sent there.
    pub transferred_milli: i64,
    /// Made by packing other goods anew, less what was opened for it.
    pub repacked_milli: i64,
    /// On the shelf at its end.
    pub closing_milli: i64,
    /// Sales less what came back, before discounts.
    pub gross_vnd: i64,
    /// Discounts on them.
    pub discount_vnd: i64,
    /// The rates of commission, parts per million.
    pub commission_ppm: Vec<u32>,
    /// The operator's commission.
    pub commission_vnd: i64,
    /// VAT on it.
    pub commission_tax_vnd: i64,
    /// For goods that were lost at the operator's cost.
    pub compensation_vnd: i64,
    /// Owed to the producer.
    pub due_vnd: i64,
    /// What the producer finds wrong with it.
    pub dispute: Option<String>,
}

/// Reads a settlement of a producer.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn load(app: &App, reader: &Reader, id: PaperId) -> Result<SettlementReport> {
    let mut tx = app.db.begin_reading().await?;
    let missing = Error::NotFound("settlement");
    let paper = settlements::find_in(&mut tx, reader.scope, id).await?.ok_or(missing)?;
    let told = settlements::find_told_in(&mut tx, id).await?.ok_or(Error::NotFound("settlement"))?;
    let names = settlements::product_names(&mut tx, told.rows.iter().map(|row| row.product)).await?;
    let answers = settlement_answers::list_in(&mut tx, id).await?;
    let settings = &app.config.settlements;
    let rows = told.rows.iter().map(|row| RowOfReport::of(row, &names, &answers)).collect();
    Ok(SettlementReport {
        rows,
        dispute: dispute_of(&answers, None),
        silent_until_ms: silent_until_ms(&paper, settings),
        paper: PaperOfReport::of(paper, &reader.root, app.clock.now_ms(), settings),
    })
}

/// Returns what is wrong with a row, or with all of the settlement.
fn dispute_of(answers: &[Answered], product_id: Option<ProductId>) -> Option<String> {
    let mut disputes = answers.iter().filter(|answered| answered.answer == Answer::Disputed);
    disputes.find(|answered| answered.product_id == product_id).map(|answered| answered.words.clone())
}

impl RowOfReport {
    /// Arranges a row of a settlement's entry.
    pub fn of(
        row: &SettlementRow,
        names: &BTreeMap<ProductId, (String, String)>,
        answers: &[Answered],
    ) -> Self {
        let product_id = ProductId::from_uuid(row.product);
        let (name, unit) = names.get(&product_id).cloned().unwrap_or_else(|| ("?".to_owned(), String::new()));
        Self {
            product_id: row.product,
            name,
            unit,
            opening_milli: row.opening,
            received_milli: row.received,
            sold_milli: row.sold,
            refunded_milli: row.refunded,
            returned_milli: row.returned,
            lost_by_producer_milli: row.lost_by_producer,
            lost_by_operator_milli: row.lost_by_operator,
            counted_milli: row.counted,
            transferred_milli: row.transferred,
            repacked_milli: row.repacked,
            closing_milli: row.closing,
            gross_vnd: row.gross,
            discount_vnd: row.discount,
            commission_ppm: row.commission_ppm.clone(),
            commission_vnd: row.commission,
            commission_tax_vnd: row.commission_tax,
            compensation_vnd: row.compensation,
            due_vnd: row.due,
            dispute: dispute_of(answers, Some(product_id)),
        }
    }
}

impl SettlementReport {
    /// Says whether the producer may still confirm it.
    pub fn may_confirm(&self) -> bool {
        self.paper.standing == Some(Standing::Sent)
    }

    /// Says whether the producer may dispute all of it.
    pub fn may_dispute_all(&self) -> bool {
        self.may_dispute() && self.dispute.is_none()
    }

    /// Says whether the producer may dispute something that was not disputed yet.
    pub fn may_dispute(&self) -> bool {
        let is_open = matches!(self.paper.standing, Some(Standing::Sent | Standing::Disputed));
        is_open && (self.dispute.is_none() || self.rows.iter().any(|row| row.dispute.is_none()))
    }
}
