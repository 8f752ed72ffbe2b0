//! What came to the shelf and left it, move by move: the stock card, and what producers are owed for it.

use std::collections::BTreeMap;

use domain::ids::{LotId, ProducerId, ProductId};
use domain::stock::Owner;
use domain::stock_move::StockMove;
use domain::{Quantity, Rate};
use sqlx::{FromRow, QueryBuilder, SqliteConnection};
use time::Date;
use uuid::Uuid;

use super::{Result, Tx};

/// Moves of one statement: SQLite takes 32.766 values, fourteen a move.
const MOVES_MAX: usize = 2_000;

/// Where a move stands in the journal: stream, entry, place in the entry from 1. Their order is the order of a stock card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MovePlace {
    /// The stream's number on this computer.
    pub stream_no: i64,
    /// The entry.
    pub seq: i64,
    /// Which of its moves.
    pub move_no: i64,
}

/// Writes the moves of an entry; `first` is the place of the first of them.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_moves(tx: &mut Tx, first: MovePlace, moves: &[StockMove]) -> Result<()> {
    let mut rows = moves.iter().zip(first.move_no..);
    loop {
        let mut some = rows.by_ref().take(MOVES_MAX).peekable();
        if some.peek().is_none() {
            return Ok(());
        }
        let mut query = QueryBuilder::new(
            "insert into stock_moves (stream_no, seq, move_no, product_id, lot_id, producer_id, cause, quantity_milli,
                gross_vnd, discount_vnd, commission_ppm, commission_vnd, commission_tax_vnd, due_vnd) ",
        );
        query.push_values(some, |mut row, (moved, move_no)| {
            let worth = moved.worth;
            row.push_bind(first.stream_no)
                .push_bind(first.seq)
                .push_bind(move_no)
                .push_bind(moved.product_id.uuid())
                .push_bind(moved.lot_id.uuid())
                .push_bind(moved.owner.producer_id().map(ProducerId::uuid))
                .push_bind(moved.cause.code())
                .push_bind(moved.quantity.milli())
                .push_bind(worth.gross.vnd())
                .push_bind(worth.discount.vnd())
                .push_bind(worth.commission_rate.map(Rate::ppm))
                .push_bind(worth.commission.vnd())
                .push_bind(worth.commission_tax.vnd())
                .push_bind(worth.due.vnd());
        });
        query.build().execute(&mut **tx).await?;
    }
}

/// A line of a stock card.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct CardRow {
    /// The stream of its entry.
    pub stream_no: i64,
    /// The entry.
    pub seq: i64,
    /// Its place there.
    pub move_no: i64,
    /// Kind of the entry.
    pub kind: String,
    /// When the entry was written, UTC milliseconds.
    pub at_ms: i64,
    /// The sale that the entry is of, if any.
    pub sale_id: Option<Uuid>,
    /// The number on the entry's paper; empty for none.
    pub number: String,
    /// The lot.
    pub lot_id: Uuid,
    /// What its packs say.
    pub code: Option<String>,
    /// Why.
    pub cause: String,
    /// To the shelf; negative for away from it. Thousandths of the unit.
    pub quantity_milli: i64,
    /// What the delivery note said; none for other moves, and when nobody typed it.
    pub noted_milli: Option<i64>,
}

impl CardRow {
    /// Where it stands in the journal.
    pub const fn place(&self) -> MovePlace {
        MovePlace { stream_no: self.stream_no, seq: self.seq, move_no: self.move_no }
    }
}

/// Returns the moves of a product before a place of the journal (without one, the latest), the latest first, at most `most`.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of_product(
    connection: &mut SqliteConnection,
    product_id: ProductId,
    before: Option<MovePlace>,
    most: i64,
) -> Result<Vec<CardRow>> {
    let before = before.unwrap_or(MovePlace { stream_no: i64::MAX, seq: 0, move_no: 0 });
    Ok(sqlx::query_as(
        "select moves.stream_no, moves.seq, moves.move_no, entries.kind, entries.envelope ->> '$.wall_utc_ms' as at_ms,
            entries.sale_id, coalesce(entries.shared ->> '$.receipt', entries.shared ->> '$.voucher', '') as number,
            moves.lot_id, lots.code, moves.cause, moves.quantity_milli,
            iif(moves.cause = 'received', (
                select line.value ->> '$.noted' from json_each(entries.shared, '$.lines') as line
                where replace(line.value ->> '$.lot', '-', '') = lower(hex(moves.lot_id))), null) as noted_milli
         from stock_moves as moves
         join entries on entries.stream_no = moves.stream_no and entries.seq = moves.seq
         left join lots on lots.lot_id = moves.lot_id
         where moves.product_id = $1 and (moves.stream_no, moves.seq, moves.move_no) < ($2, $3, $4)
         order by moves.stream_no desc, moves.seq desc, moves.move_no desc limit $5",
    )
    .bind(product_id.uuid())
    .bind(before.stream_no)
    .bind(before.seq)
    .bind(before.move_no)
    .bind(most)
    .fetch_all(connection)
    .await?)
}

/// Returns what the shelf should have held of a product after a move.
///
/// # Errors
/// When the database does not answer.
pub async fn load_balance(
    connection: &mut SqliteConnection,
    product_id: ProductId,
    after: MovePlace,
) -> Result<Quantity> {
    let milli: i64 = sqlx::query_scalar(
        "select coalesce(sum(quantity_milli), 0) from stock_moves
         where product_id = $1 and (stream_no, seq, move_no) <= ($2, $3, $4)",
    )
    .bind(product_id.uuid())
    .bind(after.stream_no)
    .bind(after.seq)
    .bind(after.move_no)
    .fetch_one(connection)
    .await?;
    Ok(Quantity::from_milli(milli))
}

/// Returns what the shelf has of a lot by the owners that its moves name, least first: an "unreceived" lot can be below zero for
/// one of them and not for another.
///
/// # Errors
/// When the database does not answer.
pub async fn list_of_owners(
    connection: &mut SqliteConnection,
    product_id: ProductId,
    lot_id: LotId,
) -> Result<Vec<(Owner, Quantity)>> {
    let rows: Vec<(Option<Uuid>, i64)> = sqlx::query_as(
        "select producer_id, sum(quantity_milli) as milli from stock_moves
         where product_id = $1 and lot_id = $2 group by producer_id order by milli, producer_id",
    )
    .bind(product_id.uuid())
    .bind(lot_id.uuid())
    .fetch_all(connection)
    .await?;
    let read = |(owner, milli): (Option<Uuid>, i64)| {
        (Owner::from(owner.map(ProducerId::from_uuid)), Quantity::from_milli(milli))
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Returns how much came to the shelf of a product and left it, per cause, over the whole journal; in the order of causes.
///
/// # Errors
/// When the database does not answer.
pub async fn list_sums(
    connection: &mut SqliteConnection,
    product_id: ProductId,
) -> Result<Vec<(String, i64)>> {
    Ok(sqlx::query_as(
        "select cause, sum(quantity_milli) from stock_moves where product_id = $1 group by cause order by cause",
    )
    .bind(product_id.uuid())
    .fetch_all(connection)
    .await?)
}

/// Returns how much of each product of a producer was sold on business days since one, less what buyers brought back.
///
/// # Errors
/// When the database does not answer.
pub async fn list_sold_since(
    connection: &mut SqliteConnection,
    producer_id: ProducerId,
    since: Date,
) -> Result<BTreeMap<ProductId, Quantity>> {
    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "select moves.product_id, -sum(moves.quantity_milli) from stock_moves as moves
         join entries on entries.stream_no = moves.stream_no and entries.seq = moves.seq
         where moves.producer_id = $1 and moves.cause in ('sold', 'refunded')
             and entries.envelope ->> '$.business_date' >= $2
         group by moves.product_id",
    )
    .bind(producer_id.uuid())
    .bind(since.to_string())
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|(product, milli)| (product.into(), Quantity::from_milli(milli))).collect())
}

/// Returns what does not agree with the sums that are kept beside the moves, a sentence each: lots on the shelf, and what
/// producers are owed. At most twenty of each.
///
/// # Errors
/// When the database does not answer.
pub async fn list_faults(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    let mut faults: Vec<String> = sqlx::query_scalar(
        "select 'table stock_moves: lot ' || hex(lot_id) || ' differs from stock by ' || sum(milli) || ' thousandths'
         from (select lot_id, quantity_milli as milli from stock where location = 'shelf'
               union all select lot_id, -quantity_milli from stock_moves)
         group by lot_id having sum(milli) <> 0 order by lot_id limit 20",
    )
    .fetch_all(&mut *connection)
    .await?;
    let owed: Vec<String> = sqlx::query_scalar(
        "select 'table stock_moves: producer ' || hex(producer_id) || ' differs from balances by ' || sum(vnd) || ' đồng'
         from (select producer_id, amount_vnd as vnd from balances where account = 'producer_due'
               union all select producer_id, due_vnd from stock_moves where producer_id is not null
               union all select producer_id, adjusted_vnd - paid_vnd from producer_payments)
         group by producer_id having sum(vnd) <> 0 order by producer_id limit 20",
    )
    .fetch_all(connection)
    .await?;
    faults.extend(owed);
    Ok(faults)
}
