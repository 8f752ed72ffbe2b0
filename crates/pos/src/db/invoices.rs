//! E-invoices of this store: what each says, where it stands, and the numbers that were given.

use domain::ids::SaleId;
use domain::invoice::alarm::Pending;
use domain::invoice::state::State;
use sqlx::{FromRow, SqliteExecutor, SqlitePool};
use uuid::Uuid;

use super::engine::one_row;
use super::{Error, Result, Tx};

/// An invoice. It has no `Debug`: buyers belong into no log.
#[derive(Clone, PartialEq, Eq)]
pub struct Invoice {
    /// The invoice; also the key under which it is sent, so that no answer that was lost makes two.
    pub invoice_id: Uuid,
    /// The sale.
    pub sale_id: SaleId,
    /// Where it stands.
    pub state: State,
    /// The tax authority's code; none while no number was left.
    pub code: Option<String>,
    /// The number in it.
    pub number: Option<i64>,
    /// When the goods were sold, UTC milliseconds; of a replacement, when it was made.
    pub sold_at_ms: i64,
    /// The number on the receipt.
    pub receipt_number: String,
    /// What the goods cost, đồng.
    pub total_vnd: i64,
    /// What it says, as JSON.
    pub document: String,
    /// To whom, as JSON; none for nobody in particular.
    pub buyer: Option<String>,
    /// 1, and one more each time that a refused one is sent again.
    pub revision: i64,
    /// The invoice that it replaces, and after which it leaves.
    pub replaces: Option<Uuid>,
    /// How often it was sent since a person last asked for it.
    pub tries: i64,
    /// Not sent before, UTC milliseconds.
    pub not_before_ms: i64,
    /// Why it is not issued yet; empty when nothing is wrong.
    pub problem: String,
    /// What the taker calls it; empty before.
    pub reference: String,
    /// When it was accepted or rejected, UTC milliseconds.
    pub answered_at_ms: Option<i64>,
    /// Who named the buyer after the sale; none when nobody did.
    pub named: Option<Named>,
}

/// Who named the buyer of an invoice after its sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The person.
    pub by: Uuid,
    /// Name on screen, read from the list of cashiers; empty for one who is not on this computer's.
    pub name: String,
    /// UTC milliseconds.
    pub at_ms: i64,
}

/// A statement that selects whole invoices.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select invoice_id, sale_id, state, code, number, sold_at_ms, receipt_number, total_vnd, document, buyer,
                    revision, replaces, tries, not_before_ms, problem, reference, answered_at_ms, buyer_by, buyer_at_ms,
                    (select name from cashiers where cashier_id = buyer_by) as buyer_by_name
             from invoices ",
            $rest
        )
    };
}

#[derive(FromRow)]
struct Row {
    invoice_id: Uuid,
    sale_id: Uuid,
    state: String,
    code: Option<String>,
    number: Option<i64>,
    sold_at_ms: i64,
    receipt_number: String,
    total_vnd: i64,
    document: String,
    buyer: Option<String>,
    revision: i64,
    replaces: Option<Uuid>,
    tries: i64,
    not_before_ms: i64,
    problem: String,
    reference: String,
    answered_at_ms: Option<i64>,
    buyer_by: Option<Uuid>,
    buyer_at_ms: Option<i64>,
    buyer_by_name: Option<String>,
}

impl TryFrom<Row> for Invoice {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        let state =
            State::from_code(&row.state).ok_or(Error::Corrupt { table: "invoices", column: "state" })?;
        Ok(Self {
            invoice_id: row.invoice_id,
            sale_id: row.sale_id.into(),
            state,
            code: row.code,
            number: row.number,
            sold_at_ms: row.sold_at_ms,
            receipt_number: row.receipt_number,
            total_vnd: row.total_vnd,
            document: row.document,
            buyer: row.buyer,
            revision: row.revision,
            replaces: row.replaces,
            tries: row.tries,
            not_before_ms: row.not_before_ms,
            problem: row.problem,
            reference: row.reference,
            answered_at_ms: row.answered_at_ms,
            named: row.buyer_by.zip(row.buyer_at_ms).map(|(by, at_ms)| Named {
                by,
                name: row.buyer_by_name.unwrap_or_default(),
                at_ms,
            }),
        })
    }
}

/// Writes a new invoice.
///
/// # Errors
/// When the database does not answer, or the sale has one, or what it replaces is replaced already.
pub async fn insert_invoice(tx: &mut Tx, invoice: &Invoice) -> Result<()> {
    sqlx::query(
        "insert into invoices (invoice_id, sale_id, state, code, number, sold_at_ms, receipt_number, total_vnd, document,
                               buyer, revision, replaces, buyer_by, buyer_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(invoice.invoice_id)
    .bind(invoice.sale_id.uuid())
    .bind(invoice.state.code())
    .bind(&invoice.code)
    .bind(invoice.number)
    .bind(invoice.sold_at_ms)
    .bind(&invoice.receipt_number)
    .bind(invoice.total_vnd)
    .bind(&invoice.document)
    .bind(&invoice.buyer)
    .bind(invoice.revision)
    .bind(invoice.replaces)
    .bind(invoice.named.as_ref().map(|named| named.by))
    .bind(invoice.named.as_ref().map(|named| named.at_ms))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Writes where an invoice stands; what it says stays as it was.
///
/// # Errors
/// When the database does not answer.
pub async fn update_invoice(tx: &mut Tx, invoice: &Invoice) -> Result<()> {
    let rows = sqlx::query(
        "update invoices set state = $2, code = $3, number = $4, buyer = $5, revision = $6, tries = $7,
             not_before_ms = $8, problem = $9, reference = $10, answered_at_ms = $11, buyer_by = $12, buyer_at_ms = $13
         where invoice_id = $1",
    )
    .bind(invoice.invoice_id)
    .bind(invoice.state.code())
    .bind(&invoice.code)
    .bind(invoice.number)
    .bind(&invoice.buyer)
    .bind(invoice.revision)
    .bind(invoice.tries)
    .bind(invoice.not_before_ms)
    .bind(&invoice.problem)
    .bind(&invoice.reference)
    .bind(invoice.answered_at_ms)
    .bind(invoice.named.as_ref().map(|named| named.by))
    .bind(invoice.named.as_ref().map(|named| named.at_ms))
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("invoices", rows)
}

/// Returns an invoice, or `None`.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn find_invoice(tx: &mut Tx, invoice_id: Uuid) -> Result<Option<Invoice>> {
    let row: Option<Row> =
        sqlx::query_as(select!("where invoice_id = $1")).bind(invoice_id).fetch_optional(&mut **tx).await?;
    row.map(Invoice::try_from).transpose()
}

/// Returns an invoice outside a transaction, or `None`.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn load_invoice(pool: &SqlitePool, invoice_id: Uuid) -> Result<Option<Invoice>> {
    let row: Option<Row> =
        sqlx::query_as(select!("where invoice_id = $1")).bind(invoice_id).fetch_optional(pool).await?;
    row.map(Invoice::try_from).transpose()
}

/// Returns the invoice that replaces another one, or `None`.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn find_replacement(tx: &mut Tx, invoice_id: Uuid) -> Result<Option<Invoice>> {
    let row: Option<Row> =
        sqlx::query_as(select!("where replaces = $1")).bind(invoice_id).fetch_optional(&mut **tx).await?;
    row.map(Invoice::try_from).transpose()
}

/// Returns the invoice of a sale that no other one replaces, or `None`.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn find_last_of_sale(tx: &mut Tx, sale_id: SaleId) -> Result<Option<Invoice>> {
    let first: Option<Row> = sqlx::query_as(select!("where sale_id = $1 and replaces is null"))
        .bind(sale_id.uuid())
        .fetch_optional(&mut **tx)
        .await?;
    let Some(mut last) = first.map(Invoice::try_from).transpose()? else { return Ok(None) };
    while let Some(next) = find_replacement(tx, last.invoice_id).await? {
        last = next;
    }
    Ok(Some(last))
}

/// Returns the invoice that is to be sent next, due or not. One that replaces another leaves after that one is issued.
///
/// # Errors
/// When the database does not answer or the row cannot be read.
pub async fn find_next(pool: &SqlitePool) -> Result<Option<Invoice>> {
    let row: Option<Row> = sqlx::query_as(select!(
        "where state in ('waiting', 'sent')
           and not exists (select 1 from invoices former
                           where former.invoice_id = invoices.replaces and former.state <> 'accepted')
         order by not_before_ms, sold_at_ms limit 1"
    ))
    .fetch_optional(pool)
    .await?;
    row.map(Invoice::try_from).transpose()
}

/// Returns invoices without a number, the oldest first.
///
/// # Errors
/// When the database does not answer or a row cannot be read.
pub async fn list_intents(tx: &mut Tx, most: i64) -> Result<Vec<Invoice>> {
    let rows: Vec<Row> = sqlx::query_as(
        // The first condition is that of the index.
        select!("where state <> 'accepted' and state = 'intent' order by sold_at_ms limit $1"),
    )
    .bind(most)
    .fetch_all(&mut **tx)
    .await?;
    rows.into_iter().map(Invoice::try_from).collect()
}

/// Returns those that are not issued, the oldest first, then the newest of the others.
///
/// # Errors
/// When the database does not answer or a row cannot be read.
pub async fn list_invoices(pool: &SqlitePool, most: i64) -> Result<Vec<Invoice>> {
    let pending: Vec<Row> = sqlx::query_as(select!("where state <> 'accepted' order by sold_at_ms limit $1"))
        .bind(most)
        .fetch_all(pool)
        .await?;
    let others: Vec<Row> =
        sqlx::query_as(select!("order by sold_at_ms desc limit $1")).bind(most).fetch_all(pool).await?;
    let others = others.into_iter().filter(|row| row.state == State::Accepted.code());
    pending.into_iter().chain(others).map(Invoice::try_from).collect()
}

/// Returns how many are not issued, and since when.
///
/// # Errors
/// When the database does not answer.
pub async fn load_pending(from: impl SqliteExecutor<'_>) -> Result<Pending> {
    let (count, oldest_ms): (i64, Option<i64>) =
        sqlx::query_as("select count(*), min(sold_at_ms) from invoices where state <> 'accepted'")
            .fetch_one(from)
            .await?;
    Ok(Pending { count, oldest_ms })
}

/// How many invoices of a sale are not issued: its own, and those that replace it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct WaitingSale {
    /// The sale.
    pub sale_id: Uuid,
    /// How many.
    pub waiting: i64,
    /// How many of them were refused.
    pub refused: i64,
}

/// Returns the sales whose invoices are not issued, those that wait longest first, at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_waiting_sales(from: impl SqliteExecutor<'_>, most: i64) -> Result<Vec<WaitingSale>> {
    Ok(sqlx::query_as(
        "select sale_id, count(*) as waiting, sum(case when state = 'rejected' then 1 else 0 end) as refused
         from invoices where state <> 'accepted' group by sale_id order by min(sold_at_ms), sale_id limit $1",
    )
    .bind(most)
    .fetch_all(from)
    .await?)
}

/// Returns the last number given of a range, and in which journal.
///
/// # Errors
/// When the database does not answer.
pub async fn find_given(tx: &mut Tx, number_first: i64) -> Result<Option<(i64, i64)>> {
    Ok(sqlx::query_as("select number_given, stream_no from invoice_numbers where number_first = $1")
        .bind(number_first)
        .fetch_optional(&mut **tx)
        .await?)
}

/// Returns the last number given of a range, for showing how many are left.
///
/// # Errors
/// When the database does not answer.
pub async fn load_given(from: impl SqliteExecutor<'_>, number_first: i64) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar("select number_given from invoice_numbers where number_first = $1")
        .bind(number_first)
        .fetch_optional(from)
        .await?)
}

/// Writes the last number given of a range.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_given(tx: &mut Tx, number_first: i64, number: i64, stream_no: i64) -> Result<()> {
    sqlx::query(
        "insert into invoice_numbers (number_first, number_given, stream_no) values ($1, $2, $3)
         on conflict (number_first) do update set number_given = excluded.number_given, stream_no = excluded.stream_no",
    )
    .bind(number_first)
    .bind(number)
    .bind(stream_no)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Returns how many sales this store made in other journals than one: each may have used a number.
///
/// # Errors
/// When the database does not answer.
pub async fn count_sales_beside(tx: &mut Tx, stream_no: i64) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from sales where stream_no <> $1")
        .bind(stream_no)
        .fetch_one(&mut **tx)
        .await?)
}
