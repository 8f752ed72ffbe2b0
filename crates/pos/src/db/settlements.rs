//! Settlements with producers and what they were paid: how far each journal is settled, what is open, what is owed.

use domain::ids::ProducerId;
use domain::settlement::MoveSum;
use domain::stock_move::{MoveCause, Worth};
use domain::{Money, Quantity, Rate};
use protocol::Entry;
use protocol::payload::sale::SaleTender;
use protocol::payload::{ProducerAdjusted, ProducerPaid, SettledUntil, Settlement};
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use uuid::Uuid;

use super::{Error, Result, Tx, engine::one_row};

/// Writes a settlement from its entry: what was paid with it, and how far it reaches.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_settlement(tx: &mut Tx, stream_no: i64, entry: &Entry, told: &Settlement) -> Result<()> {
    for until in &told.until {
        sqlx::query(
            "insert into settled (producer_id, stream, seq) values ($1, $2, $3)
             on conflict (producer_id, stream) do update set seq = max(settled.seq, excluded.seq)",
        )
        .bind(told.producer)
        .bind(&until.stream)
        .bind(until.seq)
        .execute(&mut **tx)
        .await?;
    }
    let row = PaymentRow {
        stream_no,
        seq: entry.envelope.seq,
        number: told.voucher.clone(),
        is_settlement: true,
        due_vnd: told.due,
        carried_vnd: told.carried,
        paid_vnd: sum(&told.tenders),
        paid_at_ms: entry.envelope.wall_utc_ms,
        ..PaymentRow::default()
    };
    insert(tx, &row, (told.producer, told.shift), told.joint_part).await
}

/// Writes what a producer was paid without a settlement.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_paid(tx: &mut Tx, stream_no: i64, entry: &Entry, told: &ProducerPaid) -> Result<()> {
    let row = PaymentRow {
        stream_no,
        seq: entry.envelope.seq,
        number: told.voucher.clone(),
        paid_vnd: sum(&told.tenders),
        paid_at_ms: entry.envelope.wall_utc_ms,
        ..PaymentRow::default()
    };
    insert(tx, &row, (told.producer, told.shift), told.joint_part).await
}

/// Writes what put a settlement or a payment right.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_adjusted(
    tx: &mut Tx,
    stream_no: i64,
    entry: &Entry,
    told: &ProducerAdjusted,
) -> Result<()> {
    let row = PaymentRow {
        stream_no,
        seq: entry.envelope.seq,
        number: told.voucher.clone(),
        paid_vnd: -sum(&told.tenders),
        paid_at_ms: entry.envelope.wall_utc_ms,
        adjusted_vnd: if told.tenders.is_empty() { told.amount } else { 0 },
        corrects_stream: Some(told.corrects.stream.clone()),
        corrects_seq: Some(told.corrects.seq),
        reason: told.reason.clone(),
        ..PaymentRow::default()
    };
    insert(tx, &row, (told.producer, told.shift), None).await
}

fn sum(tenders: &[SaleTender]) -> i64 {
    tenders.iter().map(|tender| tender.amount).sum()
}

async fn insert(
    tx: &mut Tx,
    row: &PaymentRow,
    (producer, shift): (Uuid, Uuid),
    joint_part: Option<Uuid>,
) -> Result<()> {
    let rows = sqlx::query(
        "insert into producer_payments (stream_no, seq, shift_id, producer_id, number, is_settlement, due_vnd, carried_vnd,
            paid_vnd, paid_at_ms, joint_part, adjusted_vnd, corrects_stream, corrects_seq, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(row.stream_no)
    .bind(row.seq)
    .bind(shift)
    .bind(producer)
    .bind(&row.number)
    .bind(row.is_settlement)
    .bind(row.due_vnd)
    .bind(row.carried_vnd)
    .bind(row.paid_vnd)
    .bind(row.paid_at_ms)
    .bind(joint_part)
    .bind(row.adjusted_vnd)
    .bind(&row.corrects_stream)
    .bind(row.corrects_seq)
    .bind(&row.reason)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("producer_payments", rows)
}

/// A settlement, a payment without one, or what puts such a one right.
#[derive(Debug, Clone, Default, PartialEq, Eq, FromRow)]
pub struct PaymentRow {
    /// The stream of its entry.
    pub stream_no: i64,
    /// The entry.
    pub seq: i64,
    /// The number on its paper.
    pub number: String,
    /// A settlement; else an advance, the rest of one, or what puts another paper right.
    pub is_settlement: bool,
    /// Of a settlement: what was owed for it, đồng.
    pub due_vnd: i64,
    /// Of a settlement: what was owed from before.
    pub carried_vnd: i64,
    /// What was paid; below zero for what came back of an earlier payment.
    pub paid_vnd: i64,
    /// UTC milliseconds.
    pub paid_at_ms: i64,
    /// What is owed more to put a settlement right; below zero for less.
    pub adjusted_vnd: i64,
    /// The journal of the entry that it puts right; none for a settlement or a payment.
    pub corrects_stream: Option<String>,
    /// That entry.
    pub corrects_seq: Option<i64>,
    /// Why; empty for a settlement or a payment.
    pub reason: String,
}

/// Returns a producer's settlements and payments, the latest first, at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of_producer(
    pool: &SqlitePool,
    producer_id: ProducerId,
    most: i64,
) -> Result<Vec<PaymentRow>> {
    Ok(sqlx::query_as(
        "select stream_no, seq, number, is_settlement, due_vnd, carried_vnd, paid_vnd, paid_at_ms, adjusted_vnd, corrects_stream,
            corrects_seq, reason
         from producer_payments where producer_id = $1 order by paid_at_ms desc, stream_no desc, seq desc limit $2",
    )
    .bind(producer_id.uuid())
    .bind(most)
    .fetch_all(pool)
    .await?)
}

/// A payment that no settlement holds yet: an advance, or the rest of what the last one left.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Advance {
    /// The number on its paper.
    pub number: String,
    /// What was paid, đồng.
    pub paid_vnd: i64,
    /// UTC milliseconds.
    pub paid_at_ms: i64,
}

/// Returns what a producer was paid since the last settlement, the earliest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_advances(
    connection: &mut SqliteConnection,
    producer_id: ProducerId,
) -> Result<Vec<Advance>> {
    Ok(sqlx::query_as(
        "select payments.number, payments.paid_vnd, payments.paid_at_ms
         from producer_payments as payments
         join streams on streams.stream_no = payments.stream_no
         left join settled on settled.producer_id = payments.producer_id and settled.stream = streams.stream
         where payments.producer_id = $1 and payments.is_settlement = 0 and payments.paid_vnd > 0
            and payments.seq > coalesce(settled.seq, 0)
         order by payments.paid_at_ms, payments.stream_no, payments.seq",
    )
    .bind(producer_id.uuid())
    .fetch_all(connection)
    .await?)
}

/// A producer whose goods the store has or had.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct ProducerAccount {
    /// The producer.
    pub producer_id: Uuid,
    /// Name.
    pub name: String,
    /// Owed to them for everything that was sold, less what was paid; below zero when they were paid in advance. Đồng.
    pub owed_vnd: i64,
    /// When the last settlement was closed, UTC milliseconds.
    pub settled_at_ms: Option<i64>,
}

/// Returns the producers that the store owes, or who owe it, or whose goods are on the shelf, by name; at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_accounts(pool: &SqlitePool, most: i64) -> Result<Vec<ProducerAccount>> {
    Ok(sqlx::query_as(
        "select known.producer_id, coalesce(producers.name, '?') as name,
            -coalesce((select amount_vnd from balances
                where account = 'producer_due' and producer_id = known.producer_id), 0) as owed_vnd,
            (select max(paid_at_ms) from producer_payments as paid
                where paid.producer_id = known.producer_id and is_settlement = 1) as settled_at_ms
         from (select producer_id from lots where producer_id is not null
               union select producer_id from balances where account = 'producer_due') as known
         left join producers on producers.producer_id = known.producer_id
         order by producers.name_fold, known.producer_id limit $1",
    )
    .bind(most)
    .fetch_all(pool)
    .await?)
}

#[derive(FromRow)]
struct SumRow {
    product_id: Uuid,
    cause: String,
    commission_ppm: Option<i64>,
    is_settled: bool,
    quantity_milli: i64,
    gross_vnd: i64,
    discount_vnd: i64,
    commission_vnd: i64,
    commission_tax_vnd: i64,
    due_vnd: i64,
}

/// Returns all that ever moved of a producer's goods, added up as a settlement needs it.
///
/// # Errors
/// When the database does not answer.
pub async fn list_sums(connection: &mut SqliteConnection, producer_id: ProducerId) -> Result<Vec<MoveSum>> {
    let rows: Vec<SumRow> = sqlx::query_as(
        "select moves.product_id, moves.cause, moves.commission_ppm,
            moves.seq <= coalesce(settled.seq, 0) as is_settled,
            sum(moves.quantity_milli) as quantity_milli, sum(moves.gross_vnd) as gross_vnd,
            sum(moves.discount_vnd) as discount_vnd, sum(moves.commission_vnd) as commission_vnd,
            sum(moves.commission_tax_vnd) as commission_tax_vnd, sum(moves.due_vnd) as due_vnd
         from stock_moves as moves
         join streams on streams.stream_no = moves.stream_no
         left join settled on settled.producer_id = moves.producer_id and settled.stream = streams.stream
         where moves.producer_id = $1
         group by moves.product_id, moves.cause, moves.commission_ppm, is_settled, moves.due_vnd <> 0
         order by moves.product_id",
    )
    .bind(producer_id.uuid())
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(SumRow::read).collect()
}

/// Returns what moved of a producer's goods since the last settlement, added up the same way; what an earlier one holds is not read.
///
/// # Errors
/// When the database does not answer.
pub async fn list_open(connection: &mut SqliteConnection, producer_id: ProducerId) -> Result<Vec<MoveSum>> {
    let rows: Vec<SumRow> = sqlx::query_as(
        "select moves.product_id, moves.cause, moves.commission_ppm, 0 as is_settled,
            sum(moves.quantity_milli) as quantity_milli, sum(moves.gross_vnd) as gross_vnd,
            sum(moves.discount_vnd) as discount_vnd, sum(moves.commission_vnd) as commission_vnd,
            sum(moves.commission_tax_vnd) as commission_tax_vnd, sum(moves.due_vnd) as due_vnd
         from streams
         left join settled on settled.producer_id = $1 and settled.stream = streams.stream
         cross join stock_moves as moves indexed by stock_moves_by_producer on moves.producer_id = $1 and moves.stream_no = streams.stream_no
             and moves.seq > coalesce(settled.seq, 0)
         group by moves.product_id, moves.cause, moves.commission_ppm, moves.due_vnd <> 0
         order by moves.product_id",
    )
    .bind(producer_id.uuid())
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(SumRow::read).collect()
}

impl SumRow {
    fn read(self) -> Result<MoveSum> {
        let corrupt = |column| Error::Corrupt { table: "stock_moves", column };
        let cause = MoveCause::from_code(&self.cause).ok_or_else(|| corrupt("cause"))?;
        let rate =
            self.commission_ppm.map(|ppm| u32::try_from(ppm).ok().and_then(|ppm| Rate::from_ppm(ppm).ok()));
        let commission_rate = rate.map(|rate| rate.ok_or_else(|| corrupt("commission_ppm"))).transpose()?;
        Ok(MoveSum {
            product_id: self.product_id.into(),
            cause,
            is_settled: self.is_settled,
            quantity: Quantity::from_milli(self.quantity_milli),
            worth: Worth {
                gross: Money::new(self.gross_vnd),
                discount: Money::new(self.discount_vnd),
                commission_rate,
                commission: Money::new(self.commission_vnd),
                commission_tax: Money::new(self.commission_tax_vnd),
                due: Money::new(self.due_vnd),
            },
        })
    }
}

/// Returns what is owed to a producer for everything until now, less what was paid; below zero after an advance. Đồng.
///
/// # Errors
/// When the database does not answer.
pub async fn load_owed(connection: &mut SqliteConnection, producer_id: ProducerId) -> Result<Money> {
    let vnd: Option<i64> = sqlx::query_scalar(
        "select -amount_vnd from balances where account = 'producer_due' and producer_id = $1",
    )
    .bind(producer_id.uuid())
    .fetch_optional(connection)
    .await?;
    Ok(Money::new(vnd.unwrap_or(0)))
}

/// Returns when a producer was paid last, with a settlement or without, UTC milliseconds; 0 for never.
///
/// # Errors
/// When the database does not answer.
pub async fn find_last_paid(connection: &mut SqliteConnection, producer_id: ProducerId) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "select coalesce(max(paid_at_ms), 0) from producer_payments where producer_id = $1 and corrects_seq is null",
    )
    .bind(producer_id.uuid())
    .fetch_one(connection)
    .await?)
}

/// Returns when the last settlement with a producer was closed, UTC milliseconds.
///
/// # Errors
/// When the database does not answer.
pub async fn find_settled_at(
    connection: &mut SqliteConnection,
    producer_id: ProducerId,
) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar(
        "select max(paid_at_ms) from producer_payments where producer_id = $1 and is_settlement = 1",
    )
    .bind(producer_id.uuid())
    .fetch_one(connection)
    .await?)
}

/// Returns the last entry of each journal of the store that is known here: how far a settlement reaches that is closed now.
///
/// # Errors
/// When the database does not answer.
pub async fn list_ends(connection: &mut SqliteConnection) -> Result<Vec<SettledUntil>> {
    let rows: Vec<(String, i64)> = sqlx::query_as(
        "select stream, seq from (select streams.stream,
            (select max(entries.seq) from entries where entries.stream_no = streams.stream_no) as seq from streams)
         where seq is not null order by stream",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(stream, seq)| SettledUntil { stream, seq }).collect())
}
