//! Money that the store still waits for, and what of it came: a projection of sales, refunds and confirmed tenders.

use domain::Money;
use domain::ids::SaleId;
use domain::tender::{Tender, TenderKind};
use protocol::Entry;
use protocol::payload::sale::SaleTender;
use protocol::payload::{Sale, SalePrivate, TenderConfirmed};
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use uuid::Uuid;

use super::{Error, Result, Tx, engine::one_row};

/// Money that is waited for.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OpenTender {
    /// The sale.
    pub sale_id: Uuid,
    /// The number on its receipt.
    pub receipt_number: String,
    /// UTC milliseconds.
    pub sold_at_ms: i64,
    /// `claimed` or `credit`.
    pub kind: String,
    /// What has not come yet, đồng.
    pub left_vnd: i64,
    /// Who owes it; empty for a transfer.
    pub person: String,
    /// What the bank told of the sale's transfers, đồng.
    pub told_vnd: i64,
}

/// Writes what a sale leaves open.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_open(
    tx: &mut Tx,
    entry: &Entry,
    sale: &Sale,
    private: Option<&SalePrivate>,
) -> Result<()> {
    for tender in &sale.tenders {
        let owed = private.and_then(|private| private.owed.as_ref()).filter(|_| tender.kind == "credit");
        let person = owed.map(|owed| owed.by.as_str()).unwrap_or_default();
        add(tx, entry.envelope.sale_id, &tender.kind, tender.amount, person).await?;
    }
    Ok(())
}

/// Takes off what was struck off by goods that came back.
///
/// # Errors
/// When the database does not answer.
pub async fn reduce_open(tx: &mut Tx, entry: &Entry, tenders: &[SaleTender]) -> Result<()> {
    for tender in tenders {
        add(tx, entry.envelope.sale_id, &tender.kind, -tender.amount, "").await?;
    }
    Ok(())
}

/// Writes money that came.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_confirmed(
    tx: &mut Tx,
    stream_no: i64,
    entry: &Entry,
    confirmed: &TenderConfirmed,
) -> Result<()> {
    let rows = sqlx::query(
        "insert into confirmed_tenders (stream_no, seq, shift_id, sale_id) values ($1, $2, $3, $4)",
    )
    .bind(stream_no)
    .bind(entry.envelope.seq)
    .bind(confirmed.shift)
    .bind(entry.envelope.sale_id)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("confirmed_tenders", rows)?;
    let came: i64 = confirmed.tenders.iter().map(|tender| tender.amount).sum();
    add(tx, entry.envelope.sale_id, &confirmed.from, -came, "").await
}

async fn add(tx: &mut Tx, sale_id: Option<Uuid>, kind: &str, vnd: i64, person: &str) -> Result<()> {
    let (Some(sale_id), Some(true)) = (sale_id, TenderKind::from_code(kind).map(TenderKind::is_open)) else {
        return Ok(());
    };
    sqlx::query(
        "insert into open_tenders (sale_id, kind, left_vnd, person) values ($1, $2, $3, $4)
         on conflict (sale_id, kind) do update
         set left_vnd = left_vnd + excluded.left_vnd, person = max(person, excluded.person)",
    )
    .bind(sale_id)
    .bind(kind)
    .bind(vnd)
    .bind(person)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Returns what is waited for, the oldest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_open(pool: &SqlitePool, most: i64) -> Result<Vec<OpenTender>> {
    Ok(sqlx::query_as(
        "select open.sale_id, sales.receipt_number, sales.sold_at_ms, open.kind, open.left_vnd, open.person,
                (select coalesce(sum(amount_vnd), 0) from bank_notices where sale_id = open.sale_id) as told_vnd
         from open_tenders open join sales on sales.sale_id = open.sale_id
         where open.left_vnd > 0 order by sales.stream_no, sales.seq limit $1",
    )
    .bind(most)
    .fetch_all(pool)
    .await?)
}

/// Returns what a sale still waits for in one kind, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_open(
    connection: &mut SqliteConnection,
    sale_id: SaleId,
    kind: TenderKind,
) -> Result<Option<OpenTender>> {
    Ok(sqlx::query_as(
        "select open.sale_id, sales.receipt_number, sales.sold_at_ms, open.kind, open.left_vnd, open.person,
                (select coalesce(sum(amount_vnd), 0) from bank_notices where sale_id = open.sale_id) as told_vnd
         from open_tenders open join sales on sales.sale_id = open.sale_id
         where open.sale_id = $1 and open.kind = $2 and open.left_vnd > 0",
    )
    .bind(sale_id.uuid())
    .bind(kind.code())
    .fetch_optional(connection)
    .await?)
}

/// Returns what one sale still waits for.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of_sale(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Vec<Tender>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select kind, left_vnd from open_tenders where sale_id = $1 and left_vnd > 0 order by kind",
    )
    .bind(sale_id.uuid())
    .fetch_all(connection)
    .await?;
    let corrupt = || Error::Corrupt { table: "open_tenders", column: "kind" };
    rows.into_iter()
        .map(|(kind, vnd)| {
            let kind = TenderKind::from_code(&kind).ok_or_else(corrupt)?;
            Ok(Tender { kind, amount: Money::new(vnd) })
        })
        .collect()
}

/// Says whether money of a sale came after it.
///
/// # Errors
/// When the database does not answer.
pub async fn has_confirmed(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select 1 from confirmed_tenders where sale_id = $1)")
        .bind(sale_id.uuid())
        .fetch_one(connection)
        .await?)
}

/// Returns who owes how much, đồng: a row for each sale.
///
/// # Errors
/// When the database does not answer.
pub async fn list_debts(connection: &mut SqliteConnection) -> Result<Vec<(String, i64)>> {
    Ok(sqlx::query_as("select person, left_vnd from open_tenders where kind = 'credit' and left_vnd > 0")
        .fetch_all(connection)
        .await?)
}

/// Returns how many times money came after its sale, by the entries of a stream: the next voucher has the number after it.
///
/// # Errors
/// When the database does not answer.
pub async fn count_confirmed(connection: &mut SqliteConnection, stream_no: i64) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from confirmed_tenders where stream_no = $1")
        .bind(stream_no)
        .fetch_one(connection)
        .await?)
}
