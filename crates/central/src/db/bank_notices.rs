//! What banks told of money that came. Of a transfer's words only digests of what may be a payment reference are kept.

use std::collections::{BTreeMap, BTreeSet};

use domain::Money;
use domain::ids::OperatorId;
use domain::payment_reference::PaymentReference;
use protocol::Hash;
use protocol::wire::{BankNoticeRow, NOTICES_EACH_MAX};
use sqlx::FromRow;

use super::engine::{Db, Sql, Tx, args, sql};
use crate::error::Result;

/// Money that came, as a provider tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankNotice {
    /// The provider's own number of it.
    pub notice: String,
    /// How much; above zero.
    pub amount: Money,
    /// The account, without blanks.
    pub account: String,
    /// When the bank booked it, UTC milliseconds.
    pub booked_at_ms: i64,
    /// What may be a payment reference in its words.
    pub references: BTreeSet<PaymentReference>,
}

/// Keeps a notice; false when another one stands under its number already.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, operator_id: OperatorId, notice: &BankNotice, now_ms: i64) -> Result<bool> {
    let sql = sql!(
        "insert into bank_notices (operator_id, notice, amount_vnd, account, booked_at_ms, received_at_ms)
         values ($1, $2, $3, $4, $5, $6) on conflict (operator_id, notice) do nothing",
        operator_id,
        &notice.notice,
        notice.amount,
        &notice.account,
        notice.booked_at_ms,
        now_ms
    );
    if tx.exec(sql).await? == 0 {
        return Ok(false);
    }
    let rows = hashes(operator_id, &notice.references);
    let rows = rows.into_keys().map(|hash| args![operator_id, hash, &notice.notice]).collect();
    tx.insert_rows("insert into bank_notice_references (operator_id, reference_hash, notice)", rows, "")
        .await?;
    Ok(true)
}

/// Says whether what stands under a notice's number is the same notice: what was told, compared with what was kept.
///
/// # Errors
/// When the database fails.
pub async fn is_same(tx: &mut Tx, operator_id: OperatorId, notice: &BankNotice) -> Result<bool> {
    let sql = sql!(
        "select amount_vnd, account, booked_at_ms from bank_notices where operator_id = $1 and notice = $2",
        operator_id,
        &notice.notice
    );
    let kept: Option<(i64, String, i64)> = tx.opt(sql).await?;
    let sql = sql!(
        "select reference_hash from bank_notice_references where operator_id = $1 and notice = $2",
        operator_id,
        &notice.notice
    );
    let references: Vec<(Vec<u8>,)> = tx.all(sql).await?;
    let references: BTreeSet<Vec<u8>> = references.into_iter().map(|(hash,)| hash).collect();
    let told = (notice.amount.vnd(), notice.account.clone(), notice.booked_at_ms);
    let told_references = hashes(operator_id, &notice.references);
    Ok(kept == Some(told) && references == told_references.into_keys().map(|h| h.bytes().to_vec()).collect())
}

#[derive(FromRow)]
struct FoundRow {
    reference_hash: Vec<u8>,
    notice: String,
    amount_vnd: i64,
    account: String,
    booked_at_ms: i64,
}

/// Returns what was told of references to an operator, in the order in which it came: of each reference the first
/// [`NOTICES_EACH_MAX`], so that many small transfers with one of them keep no other from being told.
///
/// # Errors
/// When the database fails.
pub async fn list_of(
    db: &Db,
    operator_id: OperatorId,
    references: &BTreeSet<PaymentReference>,
) -> Result<Vec<BankNoticeRow>> {
    let by_hash = hashes(operator_id, references);
    let sql = Sql::new(
        "select reference_hash, notice, amount_vnd, account, booked_at_ms
         from (select named.reference_hash, notices.notice, notices.amount_vnd, notices.account,
                      notices.booked_at_ms, notices.received_at_ms,
                      row_number() over (partition by named.reference_hash
                                         order by notices.received_at_ms, notices.notice) as place
               from bank_notice_references named
               join bank_notices notices
                 on notices.operator_id = named.operator_id and notices.notice = named.notice
               where named.operator_id = ",
    )
    .bind(operator_id)
    .push(" and named.reference_hash")
    .is_in(by_hash.keys().copied())
    .push(") found where place <= ")
    .bind(NOTICES_EACH_MAX)
    .push(" order by received_at_ms, notice, reference_hash");
    let rows: Vec<FoundRow> = db.all(sql).await?;
    let told = rows.into_iter().filter_map(|row| {
        let hash = Hash::from_slice(&row.reference_hash).ok()?;
        Some(BankNoticeRow {
            reference: by_hash.get(&hash)?.to_string(),
            notice: row.notice,
            amount: row.amount_vnd,
            account: row.account,
            booked_at: row.booked_at_ms,
        })
    });
    Ok(told.collect())
}

/// Returns the digest of a reference, which is an operator's own: the same words of two operators' buyers look different.
pub(crate) fn reference_hash(operator_id: OperatorId, reference: &PaymentReference) -> Hash {
    Hash::of(&[b"ocop-payment-reference\0", operator_id.uuid().as_bytes(), reference.as_str().as_bytes()])
}

/// Returns references by their digests.
fn hashes(
    operator_id: OperatorId,
    references: &BTreeSet<PaymentReference>,
) -> BTreeMap<Hash, &PaymentReference> {
    references.iter().map(|reference| (reference_hash(operator_id, reference), reference)).collect()
}
