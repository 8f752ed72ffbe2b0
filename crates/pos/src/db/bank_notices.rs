//! What central told of money at the bank, and what the store's books say of the same transfers.

use domain::Money;
use domain::ids::SaleId;
use protocol::wire::BankNoticeRow;
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use uuid::Uuid;

use super::{Result, Tx};

/// Keeps a notice about a sale; false when it is known already. What was told first stays.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_notice(tx: &mut Tx, sale_id: SaleId, row: &BankNoticeRow, now_ms: i64) -> Result<bool> {
    let rows = sqlx::query(
        "insert into bank_notices (sale_id, notice, amount_vnd, booked_at_ms, heard_at_ms)
         values ($1, $2, $3, $4, $5) on conflict (sale_id, notice) do nothing",
    )
    .bind(sale_id.uuid())
    .bind(&row.notice)
    .bind(row.amount)
    .bind(row.booked_at)
    .bind(now_ms)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows == 1)
}

/// Returns the notices about a sale that are known: number and đồng.
///
/// # Errors
/// When the database does not answer.
pub async fn list_known(pool: &SqlitePool, sale_id: SaleId) -> Result<Vec<(String, i64)>> {
    Ok(sqlx::query_as("select notice, amount_vnd from bank_notices where sale_id = $1 order by notice")
        .bind(sale_id.uuid())
        .fetch_all(pool)
        .await?)
}

/// Returns what the bank told of a sale, all notices together.
///
/// # Errors
/// When the database does not answer.
pub async fn load_came(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Money> {
    let vnd: i64 =
        sqlx::query_scalar("select coalesce(sum(amount_vnd), 0) from bank_notices where sale_id = $1")
            .bind(sale_id.uuid())
            .fetch_one(connection)
            .await?;
    Ok(Money::new(vnd))
}

/// Returns what is due by transfer of a sale: what came as a transfer, at the sale, later or in advance, and what is still
/// claimed.
///
/// # Errors
/// When the database does not answer.
pub async fn load_due(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Money> {
    let vnd: i64 = sqlx::query_scalar("select coalesce(sum(vnd), 0) from transfer_dues where sale_id = $1")
        .bind(sale_id.uuid())
        .fetch_one(connection)
        .await?;
    Ok(Money::new(vnd))
}

/// Returns sales whose claimed transfer is still waited for, the newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_claimed(pool: &SqlitePool, most: i64) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar(
        "select open.sale_id from open_tenders open join sales on sales.sale_id = open.sale_id
         where open.kind = 'claimed' and open.left_vnd > 0
         order by sales.sold_at_ms desc, sales.sale_id limit $1",
    )
    .bind(most)
    .fetch_all(pool)
    .await?)
}

/// Returns sales whose claimed transfer is still waited for although the bank told of one: no shift was open then, or the
/// amount is another one.
///
/// # Errors
/// When the database does not answer.
pub async fn list_claimed_and_told(pool: &SqlitePool, most: i64) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar(
        "select sale_id from open_tenders open where kind = 'claimed' and left_vnd > 0
             and exists (select 1 from bank_notices where bank_notices.sale_id = open.sale_id)
         order by sale_id desc limit $1",
    )
    .bind(most)
    .fetch_all(pool)
    .await?)
}

/// A VietQR on show.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ShownRow {
    /// Where.
    pub counter: String,
    /// Of which open cart.
    pub sale_id: Uuid,
    /// What the code asks for, đồng.
    pub amount_vnd: i64,
}

/// Returns the VietQR that was shown last since a moment for each cart on screen.
///
/// # Errors
/// When the database does not answer.
pub async fn list_on_show(pool: &SqlitePool, since_ms: i64) -> Result<Vec<ShownRow>> {
    // The amount is of the row with the greatest moment: a rule of SQLite.
    Ok(sqlx::query_as(
        "select carts.counter, carts.sale_id, shown.amount_vnd, max(shown.shown_at_ms) from carts
         join payment_attempts shown on shown.sale_id = carts.sale_id
         where carts.state = 'open' and carts.is_current = 1 and shown.shown_at_ms >= $1
         group by carts.counter, carts.sale_id",
    )
    .bind(since_ms)
    .fetch_all(pool)
    .await?)
}

/// Returns the counter where a transfer that came is counted: the one that sold, if its shift is open, else the one whose
/// shift was opened last; `None` while no shift is open.
///
/// # Errors
/// When the database does not answer.
pub async fn find_counter(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(
        "select open.counter from shifts open where open.closed_at_ms is null
         order by open.counter = (select shifts.counter from sales
                                  join shifts on shifts.shift_id = sales.shift_id where sales.sale_id = $1) desc,
             open.opened_at_ms desc, open.shift_id limit 1",
    )
    .bind(sale_id.uuid())
    .fetch_optional(connection)
    .await?)
}

/// What the bank told of a sale.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ToldRow {
    /// The sale.
    pub sale_id: Uuid,
    /// The number on its receipt; none when the sale was never made.
    pub receipt_number: Option<String>,
    /// All notices together, đồng.
    pub came_vnd: i64,
    /// When it came last, UTC milliseconds.
    pub booked_at_ms: i64,
}

/// Returns what the bank told of sales since a moment, the last one first; of open carts nothing.
///
/// # Errors
/// When the database does not answer.
pub async fn list_told(connection: &mut SqliteConnection, since_ms: i64, most: i64) -> Result<Vec<ToldRow>> {
    Ok(sqlx::query_as(
        "select told.sale_id, sales.receipt_number, sum(told.amount_vnd) as came_vnd,
                max(told.booked_at_ms) as booked_at_ms
         from bank_notices told left join sales on sales.sale_id = told.sale_id
         where told.sale_id in (select sale_id from bank_notices where heard_at_ms >= $1)
             and not exists (select 1 from carts where carts.sale_id = told.sale_id and carts.state = 'open')
         group by told.sale_id order by max(told.booked_at_ms) desc, told.sale_id limit $2",
    )
    .bind(since_ms)
    .bind(most)
    .fetch_all(connection)
    .await?)
}

/// A sale with transfers, as a bank's file is compared with it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct TransferRow {
    /// The sale.
    pub sale_id: Uuid,
    /// The number on its receipt; on the deposit's paper while the goods of an order wait.
    pub receipt_number: String,
    /// UTC milliseconds.
    pub sold_at_ms: i64,
    /// All that is due by transfer, come or claimed, đồng.
    pub due_vnd: i64,
    /// What of it is claimed and has not come, đồng.
    pub left_vnd: i64,
}

/// Returns the sales and orders with transfers that were made since a moment, and those of any time whose transfer is still
/// waited for. A deposit from before that moment is none of it.
///
/// # Errors
/// When the database does not answer.
pub async fn list_transfers(pool: &SqlitePool, since_ms: i64) -> Result<Vec<TransferRow>> {
    Ok(sqlx::query_as(
        "select due.sale_id, coalesce(sales.receipt_number, deposits.number) as receipt_number,
                coalesce(sales.sold_at_ms, deposits.taken_at_ms) as sold_at_ms, sum(due.vnd) as due_vnd,
                sum(due.left_vnd) as left_vnd
         from transfer_dues due
         left join sales on sales.sale_id = due.sale_id
         left join deposits on deposits.sale_id = due.sale_id
         where (coalesce(sales.sold_at_ms, deposits.taken_at_ms) >= $1
                and (due.deposit_at_ms is null or due.deposit_at_ms >= $1))
             or exists (select 1 from open_tenders open
                        where open.sale_id = due.sale_id and open.kind = 'claimed' and open.left_vnd > 0)
         group by due.sale_id order by 3, due.sale_id",
    )
    .bind(since_ms)
    .fetch_all(pool)
    .await?)
}

/// Returns the carts whose VietQR was shown since a moment, sold or not.
///
/// # Errors
/// When the database does not answer.
pub async fn list_attempts(pool: &SqlitePool, since_ms: i64) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar("select distinct sale_id from payment_attempts where shown_at_ms >= $1")
        .bind(since_ms)
        .fetch_all(pool)
        .await?)
}

/// Returns the carts whose VietQR was shown since a moment and of which the bank told nothing, the last shown first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_unheard(pool: &SqlitePool, since_ms: i64, most: i64) -> Result<Vec<Uuid>> {
    Ok(sqlx::query_scalar(
        "select shown.sale_id from payment_attempts shown where shown.shown_at_ms >= $1
             and not exists (select 1 from bank_notices told where told.sale_id = shown.sale_id)
         group by shown.sale_id order by max(shown.shown_at_ms) desc, shown.sale_id limit $2",
    )
    .bind(since_ms)
    .bind(most)
    .fetch_all(pool)
    .await?)
}
