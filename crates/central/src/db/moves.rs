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
use super::users::ProducerScope;
use crate::error::{Error, Result};

/// Which moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Those that a settlement settles: after the one before it, up to where it reaches.
    Settlement(PaperId),
    /// Those of a producer's goods in a store that no settlement reaches.
    Open(ProducerScope, StoreId),
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

/// A move's place: its journal, its entry there, and its place in the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct At {
    /// The journal's incarnation.
    pub incarnation: Uuid,
    /// The entry.
    pub seq: i64,
    /// Its place in it, from 1.
    pub move_no: i64,
}

/// Some moves of a span, and what all of them are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MovesPage {
    /// In the order of the span.
    pub moves: Vec<Move>,
    /// The last of them, where there are more behind it.
    pub next: Option<At>,
    /// How many moves the span has.
    pub count: i64,
    /// What all of them are owed for, đồng.
    pub due_vnd: i64,
}

#[derive(FromRow)]
struct MoveRow {
    #[sqlx(flatten)]
    at: At,
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

/// A journal as far as a span reaches in it: after `from_seq`, up to `to_seq`.
#[derive(FromRow)]
struct Reach {
    producer_id: Uuid,
    store_id: Uuid,
    incarnation: Uuid,
    from_seq: i64,
    to_seq: i64,
}

#[derive(Default, FromRow)]
struct SumRow {
    count: i64,
    due_vnd: i64,
}

/// How far the moves of a span reach in each journal, and whose they are.
fn reach(span: Span) -> Sql {
    match span {
        Span::Settlement(id) => reach_of(id),
        // Whose is asked here already, so that no other producer's lots are read.
        Span::Open(scope, store_id) => sql!(
            "with reach as (select lots.producer_id, streams.store_id, streams.incarnation,
                    cast(9223372036854775807 as bigint) as to_seq, coalesce(max(settled.until_seq), 0) as from_seq
                from (select distinct store_id, producer_id from lots
                    where store_id = $1 and producer_id = $2) as lots
                join streams on streams.store_id = lots.store_id
                left join settled on settled.store_id = lots.store_id and settled.producer_id = lots.producer_id
                    and settled.until_incarnation = streams.incarnation
                group by lots.producer_id, streams.store_id, streams.incarnation)",
            store_id,
            scope.producer_id()
        ),
    }
}

/// How far a settlement reaches in each journal: what lies after `from_seq` and up to `to_seq` of `reach` is in it. Before it come the
/// settlements that it reaches to themselves; a finished journal ends for both at the same entry.
pub(super) fn reach_of(id: PaperId) -> Sql {
    sql!(
        "with papers as (select producer_id, store_id, incarnation, seq from settlements
            where store_id = $1 and incarnation = $2 and seq = $3 and is_settlement),
        reach as (select mine.producer_id, mine.store_id, mine.until_incarnation as incarnation,
                mine.until_seq as to_seq, coalesce(max(other.until_seq), 0) as from_seq
            from papers
            join settled as mine on mine.store_id = papers.store_id and mine.producer_id = papers.producer_id
                and mine.incarnation = papers.incarnation and mine.seq = papers.seq
            join settled as told on told.store_id = mine.store_id and told.producer_id = mine.producer_id
                and told.incarnation = mine.incarnation and told.seq = mine.seq
            left join settled as other on other.store_id = mine.store_id and other.producer_id = mine.producer_id
                and other.incarnation = told.until_incarnation and other.seq <= told.until_seq
                and other.until_incarnation = mine.until_incarnation
            group by mine.producer_id, mine.store_id, mine.until_incarnation, mine.until_seq)",
        id.stream.store_id,
        id.stream.incarnation,
        id.seq
    )
}

/// Narrows a span to what the asker may see.
fn of_asker(sql: Sql, asker: Asker) -> Sql {
    match asker {
        Asker::Producer(scope) => sql.push(" where reach.producer_id = ").bind(scope.producer_id()).when(
            scope.operator_id(),
            " and reach.store_id in (select id from stores where operator_id = ",
            ")",
        ),
        Asker::Operator(scope) => sql
            .push(" where reach.store_id in (select id from stores where operator_id = ")
            .bind(scope.operator_id())
            .push(")"),
    }
}

/// Returns moves of a span, or of one product in it, from the beginning or behind one of them; at most `limit`. Journal after journal
/// as they were begun, entry after entry: a settlement's from the earliest on, those that are open from the latest back. Of an
/// operator those in its stores, of a producer those of its goods: others' are none.
///
/// # Errors
/// When the database fails, or a row is not what it must be.
pub async fn page(
    db: &Db,
    asker: Asker,
    span: Span,
    product_id: Option<ProductId>,
    (after, limit): (Option<At>, usize),
) -> Result<MovesPage> {
    let is_latest_first = matches!(span, Span::Open(..));
    let mut tx = db.begin_reading().await?;
    let sql = reach(span).push(
        " select reach.producer_id, reach.store_id, reach.incarnation, reach.from_seq, reach.to_seq from reach
         left join streams on streams.store_id = reach.store_id and streams.incarnation = reach.incarnation",
    );
    let sql = of_asker(sql, asker)
        .push(" order by coalesce(streams.enrolled_at_ms, 0), reach.incarnation, reach.producer_id");
    let mut journals: Vec<Reach> = tx.all(sql).await?;
    if is_latest_first {
        journals.reverse();
    }
    let begins = |journal: &Reach| after.is_none_or(|after| after.incarnation == journal.incarnation);
    let mut rows: Vec<MoveRow> = Vec::new();
    for journal in journals.iter().skip_while(|journal| !begins(journal)) {
        let wanted = limit.saturating_add(1).saturating_sub(rows.len());
        if wanted == 0 {
            break;
        }
        let behind = after.filter(|after| after.incarnation == journal.incarnation);
        let of = journal.moves(product_id, (behind, is_latest_first), wanted);
        rows.extend(tx.all::<MoveRow>(of).await?);
    }
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().map(|row| row.at).filter(|_| has_more);
    let SumRow { count, due_vnd } = match (after, next) {
        (None, None) => SumRow {
            count: i64::try_from(rows.len()).unwrap_or(i64::MAX),
            due_vnd: rows.iter().fold(0, |sum, row| sum.saturating_add(row.due_vnd)),
        },
        _ => {
            let mut sum = SumRow::default();
            for journal in &journals {
                let of_journal: SumRow = tx.one(journal.sum(product_id)).await?;
                sum.count += of_journal.count;
                sum.due_vnd = sum.due_vnd.saturating_add(of_journal.due_vnd);
            }
            sum
        }
    };
    let moves = rows.into_iter().map(MoveRow::read).collect::<Result<_>>()?;
    Ok(MovesPage { moves, next, count, due_vnd })
}

impl Reach {
    /// How many moves it reaches, and what they are owed for.
    fn sum(&self, product_id: Option<ProductId>) -> Sql {
        let sql = sql!(
            "select count(*) as count, coalesce(cast(sum(due_vnd) as bigint), 0) as due_vnd from stock_moves
             where producer_id = $1 and store_id = $2 and incarnation = $3 and seq > $4 and seq <= $5",
            self.producer_id,
            self.store_id,
            self.incarnation,
            self.from_seq,
            self.to_seq
        );
        sql.when(product_id, " and product_id = ", "")
    }

    /// The moves that it reaches, in one order or the other.
    fn moves(
        &self,
        product_id: Option<ProductId>,
        (behind, is_latest_first): (Option<At>, bool),
        limit: usize,
    ) -> Sql {
        // The moves are found in the index alone; what stands beside them is read for so many only.
        let sql = sql!(
            "with found as (select store_id, incarnation, seq, move_no from stock_moves
                where producer_id = $1 and store_id = $2 and incarnation = $3 and seq > $4 and seq <= $5",
            self.producer_id,
            self.store_id,
            self.incarnation,
            self.from_seq,
            self.to_seq
        );
        let sql = sql.when(product_id, " and product_id = ", "");
        let sql = match behind {
            Some(at) => sql
                .push(" and (seq, move_no) ")
                .push(if is_latest_first { "< (" } else { "> (" })
                .bind(at.seq)
                .push(", ")
                .bind(at.move_no)
                .push(")"),
            None => sql,
        };
        let sql = sql
            .push(if is_latest_first {
                " order by seq desc, move_no desc limit "
            } else {
                " order by seq, move_no limit "
            })
            .bind(i64::try_from(limit).unwrap_or(i64::MAX));
        sql.push(
            ")
             select moves.incarnation, moves.seq, moves.move_no, entries.business_date,
                coalesce(receipts.receipt, refunds.receipt) as number,
                coalesce(products.name, '?') as product, coalesce(products.unit, '') as unit, lots.code as lot_code,
                moves.cause, moves.quantity_milli, moves.gross_vnd, moves.due_vnd, moves.lot_id
             from found
             join stock_moves as moves on moves.store_id = found.store_id and moves.incarnation = found.incarnation
                and moves.seq = found.seq and moves.move_no = found.move_no
             join entries on entries.store_id = moves.store_id and entries.incarnation = moves.incarnation
                and entries.seq = moves.seq
             left join receipts on receipts.store_id = entries.store_id and receipts.sale_id = entries.sale_id
                and receipts.incarnation = entries.incarnation and receipts.seq = entries.seq and moves.cause = 'sold'
             left join refunds on refunds.store_id = moves.store_id and refunds.incarnation = moves.incarnation
                and refunds.seq = moves.seq
             left join lots on lots.store_id = moves.store_id and lots.lot_id = moves.lot_id
             left join products on products.id = moves.product_id",
        )
        .push(if is_latest_first {
            " order by moves.seq desc, moves.move_no desc"
        } else {
            " order by moves.seq, moves.move_no"
        })
    }
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
