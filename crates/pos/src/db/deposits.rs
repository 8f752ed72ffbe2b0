//! Money that was paid in advance for goods that were ordered: a projection of deposits, of sales that took them, and of
//! what went back.

use domain::ids::SaleId;
use domain::name_fold::name_fold;
use protocol::Entry;
use protocol::payload::sale::SaleTender;
use protocol::payload::{DepositReturned, DepositTaken, DepositTakenPrivate, Sale};
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use time::Date;
use uuid::Uuid;

use super::{Result, Tx, engine::one_row};

/// The most orders that a search compares.
const COMPARED_MAX: i64 = 5_000;
/// Fewer digits of a telephone say nothing.
const PHONE_DIGITS_MIN: usize = 3;

/// A deposit that is still owed to its buyer, with the goods that it is for.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Deposit {
    /// The sale that the order is to become.
    pub sale_id: Uuid,
    /// The number on its paper.
    pub number: String,
    /// When the goods are to be handed over.
    pub due_on: Date,
    /// What the goods cost as they stand in the order now, đồng.
    pub total_vnd: i64,
    /// UTC milliseconds.
    pub taken_at_ms: i64,
    /// What of it is left, đồng.
    pub left_vnd: i64,
    /// Who ordered.
    pub person: String,
    /// Their telephone; may be empty.
    pub phone: String,
    /// The counter that shows the goods now; empty while they wait.
    pub counter: String,
}

/// Writes a deposit.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_taken(
    tx: &mut Tx,
    stream_no: i64,
    entry: &Entry,
    taken: &DepositTaken,
    private: Option<&DepositTakenPrivate>,
) -> Result<()> {
    insert_move(tx, stream_no, entry, taken.shift, true).await?;
    sqlx::query(
        "insert into deposits (sale_id, number, due_on, total_vnd, taken_at_ms, left_vnd, person, phone)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (sale_id) do update set left_vnd = left_vnd + excluded.left_vnd, number = excluded.number,
             due_on = excluded.due_on, total_vnd = excluded.total_vnd, taken_at_ms = excluded.taken_at_ms,
             person = excluded.person, phone = excluded.phone",
    )
    .bind(entry.envelope.sale_id)
    .bind(&taken.voucher)
    .bind(taken.due)
    .bind(taken.total)
    .bind(entry.envelope.wall_utc_ms)
    .bind(taken.tenders.iter().map(|tender| tender.amount).sum::<i64>())
    .bind(private.map(|private| private.person.as_str()).unwrap_or_default())
    .bind(private.map(|private| private.phone.as_str()).unwrap_or_default())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Takes off what went back, and what the operator kept.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_returned(
    tx: &mut Tx,
    stream_no: i64,
    entry: &Entry,
    returned: &DepositReturned,
) -> Result<()> {
    insert_move(tx, stream_no, entry, returned.shift, false).await?;
    let paid: i64 = returned.tenders.iter().map(|tender| tender.amount).sum();
    reduce(tx, entry, paid + returned.kept).await
}

/// Takes off what a sale took.
///
/// # Errors
/// When the database does not answer.
pub async fn reduce_by_sale(tx: &mut Tx, entry: &Entry, sale: &Sale) -> Result<()> {
    let is_deposit = |tender: &&SaleTender| tender.kind == "deposit";
    match sale.tenders.iter().filter(is_deposit).map(|tender| tender.amount).sum() {
        0 => Ok(()),
        vnd => reduce(tx, entry, vnd).await,
    }
}

async fn reduce(tx: &mut Tx, entry: &Entry, vnd: i64) -> Result<()> {
    sqlx::query(
        "insert into deposits (sale_id, number, due_on, total_vnd, taken_at_ms, left_vnd, person, phone)
         values ($1, '', '', 0, 0, -$2, '', '')
         on conflict (sale_id) do update set left_vnd = left_vnd + excluded.left_vnd",
    )
    .bind(entry.envelope.sale_id)
    .bind(vnd)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn insert_move(tx: &mut Tx, stream_no: i64, entry: &Entry, shift: Uuid, is_taken: bool) -> Result<()> {
    let rows = sqlx::query(
        "insert into deposit_moves (stream_no, seq, shift_id, sale_id, is_taken) values ($1, $2, $3, $4, $5)",
    )
    .bind(stream_no)
    .bind(entry.envelope.seq)
    .bind(shift)
    .bind(entry.envelope.sale_id)
    .bind(is_taken)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("deposit_moves", rows)
}

/// Deposits that are still owed, and which. A cart whose goods are not on this computer says nothing of what they cost.
macro_rules! left {
    ($which:literal) => {
        concat!(
            "select d.sale_id, d.number, d.due_on, coalesce(nullif(carts.parked_vnd, 0), d.total_vnd) as total_vnd,
                    d.taken_at_ms, d.left_vnd, d.person, d.phone, coalesce(carts.counter, '') as counter
             from deposits d left join carts on carts.sale_id = d.sale_id and carts.state = 'open'
             where d.left_vnd > 0 and d.number <> '' ",
            $which
        )
    };
}

/// Returns the deposits that are still owed, what is due first, first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_left(pool: &SqlitePool, most: i64) -> Result<Vec<Deposit>> {
    Ok(sqlx::query_as(left!("order by d.due_on, d.number limit $1")).bind(most).fetch_all(pool).await?)
}

/// Returns the deposit of an order while something of it is left, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_left(connection: &mut SqliteConnection, sale_id: SaleId) -> Result<Option<Deposit>> {
    Ok(sqlx::query_as(left!("and d.sale_id = $1")).bind(sale_id.uuid()).fetch_optional(connection).await?)
}

/// Returns the orders of which something is left that fit what was typed: a number or a part of it, a name without regard to
/// marks, or digits of a telephone; what is due first, first. Few orders wait at a time, so they are compared one by one.
///
/// # Errors
/// When the database does not answer.
pub async fn list_like(pool: &SqlitePool, typed: &str, most: i64) -> Result<Vec<Deposit>> {
    let waiting: Vec<Deposit> = list_left(pool, COMPARED_MAX).await?;
    let (number, name, phone) = (typed.trim().to_uppercase(), name_fold(typed), digits(typed));
    let fits = |deposit: &Deposit| {
        deposit.number.contains(&number)
            || (!name.is_empty() && name_fold(&deposit.person).contains(&name))
            || (phone.len() >= PHONE_DIGITS_MIN && digits(&deposit.phone).contains(&phone))
    };
    let most = usize::try_from(most).unwrap_or_default();
    Ok(waiting.into_iter().filter(fits).take(most).collect())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Returns the sale that an order is to become, or has become, by the number on its paper.
///
/// # Errors
/// When the database does not answer.
pub async fn find_sale_by_number(connection: &mut SqliteConnection, number: &str) -> Result<Option<SaleId>> {
    let found: Option<Uuid> = sqlx::query_scalar("select sale_id from deposits where number = $1")
        .bind(number)
        .fetch_optional(connection)
        .await?;
    Ok(found.map(SaleId::from_uuid))
}

/// Returns the orders of which something is left whose numbers end so, at most two: one alone is meant.
///
/// # Errors
/// When the database does not answer.
pub async fn list_by_end(connection: &mut SqliteConnection, end: &str) -> Result<Vec<Deposit>> {
    Ok(sqlx::query_as(left!("and d.number like '%-' || $1 order by d.due_on limit 2"))
        .bind(end)
        .fetch_all(connection)
        .await?)
}

/// Returns how many deposits a stream has taken, or given back: the next paper has the number after it.
///
/// # Errors
/// When the database does not answer.
pub async fn count_moves(connection: &mut SqliteConnection, stream_no: i64, is_taken: bool) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from deposit_moves where stream_no = $1 and is_taken = $2")
        .bind(stream_no)
        .bind(is_taken)
        .fetch_one(connection)
        .await?)
}
