//! The paper of a settlement with a producer, and of a payment to one.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::settlement::{SettlementLine, SettlementSlip};
use domain::Money;
use domain::ids::ProductId;
use domain::settlement::StatementRow;
use domain::words::vnd_in_words;
use sqlx::SqliteConnection;
use web::format::{date_text, local_date};

use super::Result;
use super::settlement::{Means, Open, Payout};
use crate::db::{Tx, producers, products};

/// What is on the paper.
pub(super) struct Paid<'a> {
    pub(super) payout: &'a Payout,
    pub(super) open: &'a Open,
    /// The producer's name.
    pub(super) producer: String,
    /// The entry as papers name it.
    pub(super) entry: String,
    /// The manager's name.
    pub(super) approved_by: String,
}

/// Returns what the paper says. The entry has been appended in the same transaction.
pub(super) async fn body(tx: &mut Tx, paid: Paid<'_>) -> Result<SlipBody> {
    let Paid { payout, open, producer, entry, approved_by } = paid;
    let mut lines = Vec::new();
    if payout.settles {
        for (product_id, row) in &open.rows {
            lines.push(line(tx, *product_id, row).await?);
        }
    }
    let owed = open.account.balance()?;
    let due = if payout.settles { open.account.due } else { Money::ZERO };
    let how = match (payout.language, &payout.means) {
        (Language::Vi, Means::Cash) => "Trả tiền mặt",
        (Language::Vi, Means::Transfer(_)) => "Trả chuyển khoản",
        (Language::En, Means::Cash) => "Paid in cash",
        (Language::En, Means::Transfer(_)) => "Paid by transfer",
    };
    let is_paid = payout.amount > Money::ZERO;
    let transferred = payout.means.transferred().filter(|_| is_paid);
    let to_account = transferred.map(|transferred| transferred.account.text()).unwrap_or_default();
    let has_words = is_paid && payout.language == Language::Vi;
    Ok(SlipBody::Settlement(SettlementSlip {
        producer,
        is_settlement: payout.settles,
        since: open.since_ms.map(|ms| date_text(local_date(ms))).unwrap_or_default(),
        lines,
        due_vnd: due.vnd(),
        carried_vnd: owed.minus(due)?.vnd(),
        paid: if is_paid { vec![(how.to_owned(), payout.amount.vnd())] } else { Vec::new() },
        to_account,
        left_vnd: owed.minus(payout.amount)?.vnd(),
        paid_in_words: if has_words { vnd_in_words(payout.amount) } else { String::new() },
        entry,
        approved_by,
        reading_url: producers::find_reading_url(tx, payout.producer_id).await?,
    }))
}

/// Returns a product's line as papers and pages show it.
///
/// # Errors
/// When the database does not answer.
pub async fn line(
    connection: &mut SqliteConnection,
    product_id: ProductId,
    row: &StatementRow,
) -> Result<SettlementLine> {
    let (name, unit) = products::find_name(connection, product_id).await?.unwrap_or_default();
    let rates: Vec<String> = row.rates.iter().map(|rate| format!("{rate}")).collect();
    Ok(SettlementLine {
        name,
        unit,
        opening_milli: row.opening.milli(),
        received_milli: row.received.milli(),
        sold_milli: row.sold.milli(),
        refunded_milli: row.refunded.milli(),
        returned_milli: row.returned.milli(),
        lost_by_producer_milli: row.lost_by_producer.milli(),
        lost_by_operator_milli: row.lost_by_operator.milli(),
        counted_milli: row.counted.milli(),
        transferred_milli: row.transferred.milli(),
        repacked_milli: row.repacked.milli(),
        closing_milli: row.closing.milli(),
        gross_vnd: row.gross.vnd(),
        discount_vnd: row.discount.vnd(),
        commission_rate: rates.join(", "),
        commission_vnd: row.commission.vnd(),
        commission_tax_vnd: row.commission_tax.vnd(),
        compensation_vnd: row.compensation.vnd(),
        due_vnd: row.due.vnd(),
    })
}
