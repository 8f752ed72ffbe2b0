//! The paper of a settlement with a producer, and of a payment to one.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::settlement::{SettlementLine, SettlementSlip};
use domain::Money;
use domain::ids::{ProducerId, ProductId};
use domain::settlement::StatementRow;
use domain::words::vnd_in_words;
use sqlx::SqliteConnection;
use web::format::{date_text, local_date};

use super::Result;
use super::settlement::Open;
use crate::db::corrections::Adjusted;
use crate::db::settlements::Advance;
use crate::db::{Tx, producers, products};

/// What is on the paper.
pub(super) struct Paid<'a> {
    /// With whom, and the name.
    pub(super) producer: (ProducerId, String),
    pub(super) open: &'a Open,
    /// A settlement; else a payment alone.
    pub(super) settles: bool,
    pub(super) language: Language,
    pub(super) amount: Money,
    /// By what it was paid, in words.
    pub(super) how: String,
    /// The account that the money went to; empty where none is known.
    pub(super) to_account: String,
    /// The entry as papers name it.
    pub(super) entry: String,
    /// The manager's name; empty where nobody at the store was asked.
    pub(super) approved_by: String,
}

/// Returns what the paper says. The entry has been appended in the same transaction.
pub(super) async fn body(tx: &mut Tx, paid: Paid<'_>) -> Result<SlipBody> {
    let Paid { producer: (producer_id, producer), open, settles, language, amount, .. } = paid;
    let mut lines = Vec::new();
    if settles {
        for (product_id, row) in &open.rows {
            lines.push(line(tx, *product_id, row).await?);
        }
    }
    let owed = open.account.balance()?;
    let due = if settles { open.account.due } else { Money::ZERO };
    let adjusted: &[Adjusted] = if settles { &open.adjusted } else { &[] };
    let put_right = Money::sum(adjusted.iter().map(|row| Money::new(row.adjusted_vnd)))?;
    let advances: &[Advance] = if settles { &open.advances } else { &[] };
    let advanced = Money::sum(advances.iter().map(|row| Money::new(row.paid_vnd)))?;
    let is_paid = amount > Money::ZERO;
    let has_words = is_paid && language == Language::Vi;
    Ok(SlipBody::Settlement(SettlementSlip {
        producer,
        is_settlement: settles,
        since: open.since_ms.map(|ms| date_text(local_date(ms))).unwrap_or_default(),
        lines,
        due_vnd: due.vnd(),
        carried_vnd: owed.minus(due)?.minus(put_right)?.plus(advanced)?.vnd(),
        adjusted: adjusted.iter().map(|row| (adjusted_words(language, row), row.adjusted_vnd)).collect(),
        advances: advances.iter().map(|row| (advance_words(language, row), row.paid_vnd)).collect(),
        paid: if is_paid { vec![(paid.how, amount.vnd())] } else { Vec::new() },
        to_account: paid.to_account,
        left_vnd: owed.minus(amount)?.vnd(),
        paid_in_words: if has_words { vnd_in_words(amount) } else { String::new() },
        entry: paid.entry,
        approved_by: paid.approved_by,
        reading_url: producers::find_reading_url(tx, producer_id).await?,
    }))
}

/// Returns what was put right, and why.
fn adjusted_words(language: Language, row: &Adjusted) -> String {
    let Adjusted { corrected_number: number, reason, .. } = row;
    let what = match (language, row.is_back) {
        (Language::Vi, false) => format!("Điều chỉnh {number}"),
        (Language::Vi, true) => format!("Rút lại khoản trả {number}"),
        (Language::En, false) => format!("Correction of {number}"),
        (Language::En, true) => format!("Taken back, payment {number}"),
    };
    format!("{}: {reason}", what.trim_end())
}

/// Returns when it was paid, and by which paper.
fn advance_words(language: Language, row: &Advance) -> String {
    let (day, number) = (date_text(local_date(row.paid_at_ms)), &row.number);
    match language {
        Language::Vi => format!("Đã trả {day}, phiếu {number}"),
        Language::En => format!("Paid {day}, paper {number}"),
    }
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
