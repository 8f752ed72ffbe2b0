//! Sales from the pad: what the pad said of each, which other sales each is compared with, and the pages that were made.

use domain::Money;
use domain::cash_step::CashStep;
use domain::ids::SaleId;
use domain::pad::{ALIKE_WITHIN_MS, LINES_MOST, PadLines, PadSale};
use protocol::Entry;
use protocol::payload::SalePad;
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use uuid::Uuid;

use super::{Result, Tx, engine::one_row};

/// The most sales that one from the pad is compared with: those of the same money within hours, the nearest first.
const COMPARED_MAX: i64 = 20;

/// Writes what the pad said of a sale.
///
/// # Errors
/// When the database does not answer, or it was told before.
pub async fn insert_pad_sale(tx: &mut Tx, entry: &Entry, pad: &SalePad) -> Result<()> {
    let rows = sqlx::query(
        "insert into pad_sales (sale_id, claimed_at_ms, day, first_line, last_line, past_date)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(entry.envelope.sale_id)
    .bind(pad.claimed_at)
    .bind(pad.day)
    .bind(pad.first_line)
    .bind(pad.last_line)
    .bind(pad.past_date)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("pad_sales", rows)
}

/// A sale that one from the pad is compared with.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Compared {
    /// The sale.
    pub sale_id: Uuid,
    /// The number on its receipt.
    pub receipt_number: String,
    /// When it was made: as claimed, where it came from the pad. UTC milliseconds.
    pub at_ms: i64,
    /// What the buyer paid, đồng.
    pub payable_vnd: i64,
    /// Its first line on the pad.
    pub first_line: Option<u16>,
    /// Its last line.
    pub last_line: Option<u16>,
    /// What leaves the store of its entry.
    pub shared: String,
    /// What stays, unless it was erased or another computer has it.
    pub private: Option<String>,
}

/// Returns the sales that one from the pad may be: of the same amount, but for cash rounding, at about the same time, or of a line of its own. Those
/// that were voided, and those that the cashier has told apart from it already, are left out.
///
/// # Errors
/// When the database does not answer.
pub async fn list_compared(
    connection: &mut SqliteConnection,
    sale_id: SaleId,
    pad: &PadSale,
    payable: Money,
) -> Result<Vec<Compared>> {
    Ok(sqlx::query_as(
        "select sales.sale_id, sales.receipt_number, coalesce(pad_sales.claimed_at_ms, sales.sold_at_ms) as at_ms,
                sales.payable_vnd, pad_sales.first_line, pad_sales.last_line, entries.shared, entries.private
         from (select sale_id from sales where payable_vnd between $2 - $9 and $2 + $9 and sold_at_ms between $3 - $4 and $3 + $4
               union
               select sale_id from pad_sales where claimed_at_ms between $3 - $4 and $3 + $4
               union
               select sale_id from pad_sales where first_line between $5 - $7 and $6 and last_line >= $5) near
         cross join sales on sales.sale_id = near.sale_id
         left join pad_sales on pad_sales.sale_id = sales.sale_id
         join entries on entries.stream_no = sales.stream_no and entries.seq = sales.seq
         where not exists (select 1 from refunds where refunds.sale_id = sales.sale_id and refunds.is_void = 1)
               and not exists (select 1 from carts, json_each(carts.pad, '$.told_apart') told
                               where carts.sale_id = $1 and told.value = hex(sales.sale_id))
         order by abs(coalesce(pad_sales.claimed_at_ms, sales.sold_at_ms) - $3), sales.sale_id limit $8",
    )
    .bind(sale_id.uuid())
    .bind(payable.vnd())
    .bind(pad.claimed_at_ms)
    .bind(ALIKE_WITHIN_MS)
    .bind(pad.lines.first())
    .bind(pad.lines.last())
    .bind(LINES_MOST)
    .bind(COMPARED_MAX)
    .bind(CashStep::ROUNDING_MOST.vnd())
    .fetch_all(connection)
    .await?)
}

/// Remembers that the cashier told other sales apart from the one in a cart.
///
/// # Errors
/// When the database does not answer, or the cart is not from the pad.
pub async fn tell_apart(tx: &mut Tx, sale_id: SaleId, others: &[Uuid]) -> Result<()> {
    for other in others {
        let rows = sqlx::query(
            "update carts set pad = json_insert(
                 iif(pad ->> '$.told_apart' is null, json_set(pad, '$.told_apart', json_array()), pad),
                 '$.told_apart[#]', hex($2))
             where sale_id = $1 and pad is not null",
        )
        .bind(sale_id.uuid())
        .bind(other)
        .execute(&mut **tx)
        .await?
        .rows_affected();
        one_row("carts", rows)?;
    }
    Ok(())
}

/// Returns the sales that the cashier told apart from the one in a cart.
///
/// # Errors
/// When the database does not answer.
pub async fn list_told_apart(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar(
        "select unhex(told.value) from carts, json_each(carts.pad, '$.told_apart') told where carts.sale_id = $1",
    )
    .bind(sale_id.uuid())
    .fetch_all(connection)
    .await?)
}

/// A page of the pad.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PadPage {
    /// The paper.
    pub slip_id: Uuid,
    /// Its first line.
    pub first_line: u16,
    /// Its last one.
    pub last_line: u16,
    /// UTC milliseconds.
    pub made_at_ms: i64,
}

/// Says whether the store has a pad: a page was made, or a sale entered.
///
/// # Errors
/// When the database does not answer.
pub async fn is_used(connection: &mut SqliteConnection) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select 1 from pads) or exists (select 1 from pad_sales)")
        .fetch_one(connection)
        .await?)
}

/// Returns the number of the next page and of its first line. Numbers begin anew where no more of them are left.
///
/// # Errors
/// When the database does not answer.
pub async fn load_next(connection: &mut SqliteConnection, lines: u16) -> Result<(i64, u16)> {
    let last: Option<(i64, u16)> =
        sqlx::query_as("select page_no, last_line from pads order by page_no desc limit 1")
            .fetch_optional(connection)
            .await?;
    let (page_no, last_line) = last.unwrap_or((0, 0));
    let is_room = last_line.checked_add(lines).is_some();
    Ok((page_no + 1, if is_room { last_line + 1 } else { 1 }))
}

/// Keeps that a page was made.
///
/// # Errors
/// When the database does not answer, or the page was made before.
pub async fn insert_page(tx: &mut Tx, page_no: i64, slip_id: Uuid, lines: PadLines) -> Result<()> {
    let rows =
        sqlx::query("insert into pads (page_no, slip_id, first_line, last_line) values ($1, $2, $3, $4)")
            .bind(page_no)
            .bind(slip_id)
            .bind(lines.first())
            .bind(lines.last())
            .execute(&mut **tx)
            .await?
            .rows_affected();
    one_row("pads", rows)
}

/// Returns the newest pages whose papers are still kept, the last one first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_pages(pool: &SqlitePool, most: i64) -> Result<Vec<PadPage>> {
    Ok(sqlx::query_as(
        "select pads.slip_id, pads.first_line, pads.last_line, slips.made_at_ms
         from pads join slips on slips.slip_id = pads.slip_id order by pads.page_no desc limit $1",
    )
    .bind(most)
    .fetch_all(pool)
    .await?)
}
