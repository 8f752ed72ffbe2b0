//! The moves behind a settlement, or behind what is owed and not settled yet: entry by entry, what came to a shelf and left it.

use domain::Quantity;
use domain::ids::{ProductId, StoreId};
use domain::stock_move::MoveCause;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, sql};
use super::joint_settlements::Asker;
use super::settlements::PaperId;
use crate::error::{Error, Result};

/// Which moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Those that a settlement settles: after the one before it, up to where it reaches.
    Settlement(PaperId),
    /// Those of a store that no settlement reaches.
    Open(StoreId),
}

/// A move of a producer's goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The business day of its entry; none for one that cannot be.
    pub day: Option<Date>,
    /// The number on its receipt or slip, where it has one.
    pub number: Option<String>,
    /// The product's name.
    pub product: String,
    /// The product's unit or pack.
    pub unit: String,
    /// What the pack of its lot says.
    pub lot_code: Option<String>,
    /// Why.
    pub cause: MoveCause,
    /// To the shelf; below zero for away from it.
    pub quantity: Quantity,
    /// Before discounts, đồng; below zero for what came back.
    pub gross_vnd: i64,
    /// Owed to the producer.
    pub due_vnd: i64,
}

#[derive(FromRow)]
struct MoveRow {
    business_date: Option<Date>,
    number: Option<String>,
    product: String,
    unit: String,
    lot_code: Option<String>,
    cause: String,
    quantity_milli: i64,
    gross_vnd: i64,
    due_vnd: i64,
    lot_id: Uuid,
}

/// How far the moves of a span reach in each journal: after `from_seq`, up to `to_seq`.
fn reach(span: Span) -> Sql {
    match span {
        Span::Settlement(id) => sql!(
            "with papers as (select producer_id, store_id, incarnation, seq from settlements
                where store_id = $1 and incarnation = $2 and seq = $3 and is_settlement),
            reach as (select mine.producer_id, mine.store_id, mine.until_incarnation as incarnation,
                    mine.until_seq as to_seq, coalesce(max(other.until_seq), 0) as from_seq
                from papers
                join settled as mine on mine.store_id = papers.store_id and mine.producer_id = papers.producer_id
                    and mine.incarnation = papers.incarnation and mine.seq = papers.seq
                left join settled as other on other.store_id = mine.store_id and other.producer_id = mine.producer_id
                    and other.until_incarnation = mine.until_incarnation and other.until_seq < mine.until_seq
                group by mine.producer_id, mine.store_id, mine.until_incarnation, mine.until_seq)",
            id.stream.store_id,
            id.stream.incarnation,
            id.seq
        ),
        Span::Open(store_id) => sql!(
            "with reach as (select lots.producer_id, streams.store_id, streams.incarnation,
                    cast(9223372036854775807 as bigint) as to_seq, coalesce(max(settled.until_seq), 0) as from_seq
                from (select distinct store_id, producer_id from lots
                    where store_id = $1 and producer_id is not null) as lots
                join streams on streams.store_id = lots.store_id
                left join settled on settled.store_id = lots.store_id and settled.producer_id = lots.producer_id
                    and settled.until_incarnation = streams.incarnation
                group by lots.producer_id, streams.store_id, streams.incarnation)",
            store_id
        ),
    }
}

/// Returns the moves of a span, or of one product in it, the earliest first; at most `limit`. Of an operator those in its stores, of
/// a producer those of its goods: others' are none.
///
/// # Errors
/// When the database fails, or a row is not what it must be.
pub async fn list(
    db: &Db,
    asker: Asker,
    span: Span,
    product_id: Option<ProductId>,
    limit: i64,
) -> Result<Vec<Move>> {
    let sql = reach(span).push(
        " select entries.business_date, coalesce(receipts.receipt, refunds.receipt) as number,
            coalesce(products.name, '?') as product, coalesce(products.unit, '') as unit, lots.code as lot_code,
            moves.cause, moves.quantity_milli, moves.gross_vnd, moves.due_vnd, moves.lot_id
         from reach
         join stock_moves as moves on moves.producer_id = reach.producer_id and moves.store_id = reach.store_id
            and moves.incarnation = reach.incarnation and moves.seq > reach.from_seq and moves.seq <= reach.to_seq
         join entries on entries.store_id = moves.store_id and entries.incarnation = moves.incarnation
            and entries.seq = moves.seq
         left join receipts on receipts.store_id = moves.store_id and receipts.incarnation = moves.incarnation
            and receipts.seq = moves.seq and moves.cause = 'sold'
         left join refunds on refunds.store_id = moves.store_id and refunds.incarnation = moves.incarnation
            and refunds.seq = moves.seq
         left join lots on lots.store_id = moves.store_id and lots.lot_id = moves.lot_id
         left join products on products.id = moves.product_id
         where ",
    );
    let sql = match asker {
        Asker::Producer(scope) => sql.push("reach.producer_id = ").bind(scope.producer_id()),
        Asker::Operator(scope) => sql
            .push("reach.store_id in (select id from stores where operator_id = ")
            .bind(scope.operator_id())
            .push(")"),
    };
    let sql = sql
        .when(product_id, " and moves.product_id = ", "")
        .push(" order by entries.business_date, moves.incarnation, moves.seq, moves.move_no limit ")
        .bind(limit);
    db.all::<MoveRow>(sql).await?.into_iter().map(MoveRow::read).collect()
}

impl MoveRow {
    fn read(self) -> Result<Move> {
        let damaged = || Error::damaged("stock_moves", self.lot_id, "its cause is unknown");
        Ok(Move {
            cause: MoveCause::from_code(&self.cause).ok_or_else(damaged)?,
            day: self.business_date,
            number: self.number,
            product: self.product,
            unit: self.unit,
            lot_code: self.lot_code,
            quantity: Quantity::from_milli(self.quantity_milli),
            gross_vnd: self.gross_vnd,
            due_vnd: self.due_vnd,
        })
    }
}
