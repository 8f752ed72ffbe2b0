//! The stocktake that is going on: what was counted where, at which entry of the journal, and how it compares with what the
//! book had then.

use domain::count::Tally;
use domain::ids::{CashierId, ProductId};
use domain::{Money, Quantity};
use sqlx::{FromRow, SqliteConnection};
use uuid::Uuid;

use super::{Result, Tx, engine::one_row};

/// A stocktake.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Stocktake {
    /// Its identity.
    pub stocktake_id: Uuid,
    /// What staff call it; may be empty.
    pub title: String,
    /// UTC milliseconds.
    pub begun_at_ms: i64,
}

/// Returns the stocktake that is going on, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_open(connection: &mut SqliteConnection) -> Result<Option<Stocktake>> {
    Ok(sqlx::query_as("select stocktake_id, title, begun_at_ms from stocktakes")
        .fetch_optional(connection)
        .await?)
}

/// Begins a stocktake after an entry of the journal: stream and number.
///
/// # Errors
/// When the database does not answer, or one is going on.
pub async fn insert_stocktake(
    tx: &mut Tx,
    stocktake: &Stocktake,
    cashier_id: CashierId,
    after: (i64, i64),
) -> Result<()> {
    let rows = sqlx::query(
        "insert into stocktakes (stocktake_id, title, begun_at_ms, cashier_id, begun_stream_no, begun_seq)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(stocktake.stocktake_id)
    .bind(&stocktake.title)
    .bind(stocktake.begun_at_ms)
    .bind(cashier_id.uuid())
    .bind(after.0)
    .bind(after.1)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    one_row("stocktakes", rows)
}

/// Ends a stocktake: what was counted is in the journal now, or given up.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_stocktake(tx: &mut Tx, stocktake_id: Uuid) -> Result<()> {
    let rows = sqlx::query("delete from stocktakes where stocktake_id = $1")
        .bind(stocktake_id)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    one_row("stocktakes", rows)
}

/// Where and when a quantity was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The stocktake.
    pub stocktake_id: Uuid,
    /// The product.
    pub product_id: ProductId,
    /// The area as staff call it.
    pub area: &'a str,
    /// Stream and number of the journal's last entry before it was counted: another than [`Self::at`] where nobody knows when
    /// exactly that was.
    pub first: (i64, i64),
    /// Stream and number of the journal's last entry when it was counted.
    pub at: (i64, i64),
    /// Who counted.
    pub cashier_id: CashierId,
    /// UTC milliseconds.
    pub at_ms: i64,
}

/// Counts a quantity: added to what the round has in this area, or in place of it. Returns what the area has now.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_count(
    tx: &mut Tx,
    place: Place<'_>,
    quantity: Quantity,
    replaces: bool,
) -> Result<Quantity> {
    sqlx::query(
        "insert into stocktake_products (stocktake_id, product_id, round) values ($1, $2, 1)
         on conflict do nothing",
    )
    .bind(place.stocktake_id)
    .bind(place.product_id.uuid())
    .execute(&mut **tx)
    .await?;
    let milli: i64 = sqlx::query_scalar(
        "insert into stocktake_counts (stocktake_id, product_id, round, area, quantity_milli, first_stream_no, first_seq,
            stream_no, seq, cashier_id, at_ms)
         select stocktake_id, product_id, round, $3, $4, $10, $11, $5, $6, $7, $8
         from stocktake_products where stocktake_id = $1 and product_id = $2
         on conflict (stocktake_id, product_id, round, area) do update set
             quantity_milli = excluded.quantity_milli + iif($9, 0, stocktake_counts.quantity_milli),
             first_stream_no = iif($9, excluded.first_stream_no, stocktake_counts.first_stream_no),
             first_seq = iif($9, excluded.first_seq, stocktake_counts.first_seq),
             stream_no = excluded.stream_no, seq = excluded.seq, cashier_id = excluded.cashier_id, at_ms = excluded.at_ms
         returning quantity_milli",
    )
    .bind(place.stocktake_id)
    .bind(place.product_id.uuid())
    .bind(place.area)
    .bind(quantity.milli())
    .bind(place.at.0)
    .bind(place.at.1)
    .bind(place.cashier_id.uuid())
    .bind(place.at_ms)
    .bind(replaces)
    .bind(place.first.0)
    .bind(place.first.1)
    .fetch_one(&mut **tx)
    .await?;
    Ok(Quantity::from_milli(milli))
}

/// Returns in which round a product is counted; `None` before its first count.
///
/// # Errors
/// When the database does not answer.
pub async fn find_round(tx: &mut Tx, stocktake_id: Uuid, product_id: ProductId) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar("select round from stocktake_products where stocktake_id = $1 and product_id = $2")
        .bind(stocktake_id)
        .bind(product_id.uuid())
        .fetch_optional(&mut **tx)
        .await?)
}

/// Says whether the stocktake that is going on has counts of a product in its round of now: they are compared with the book of
/// when they were made.
///
/// # Errors
/// When the database does not answer.
pub async fn is_being_counted(tx: &mut Tx, product_id: ProductId) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (select 1 from stocktake_products as known
                        join stocktake_counts as counts on counts.stocktake_id = known.stocktake_id
                            and counts.product_id = known.product_id and counts.round = known.round
                        where known.product_id = $1)",
    )
    .bind(product_id.uuid())
    .fetch_one(&mut **tx)
    .await?)
}

/// Begins another round of a product that has been counted in this one; false when there is nothing to count again.
///
/// # Errors
/// When the database does not answer.
pub async fn begin_round(tx: &mut Tx, stocktake_id: Uuid, product_id: ProductId) -> Result<bool> {
    let rows = sqlx::query(
        "update stocktake_products as known set round = round + 1
         where stocktake_id = $1 and product_id = $2
             and exists (select 1 from stocktake_counts as counts where counts.stocktake_id = known.stocktake_id
                         and counts.product_id = known.product_id and counts.round = known.round)",
    )
    .bind(stocktake_id)
    .bind(product_id.uuid())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    Ok(rows == 1)
}

/// What was counted of a product in an area.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AreaRow {
    /// The area.
    pub area: String,
    /// The product.
    pub product_id: Uuid,
    /// Which round.
    pub round: i64,
    /// Thousandths of the unit.
    pub quantity_milli: i64,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// Returns everything that was counted, all rounds, the latest first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_areas(connection: &mut SqliteConnection, stocktake_id: Uuid) -> Result<Vec<AreaRow>> {
    Ok(sqlx::query_as(
        "select area, product_id, round, quantity_milli, at_ms from stocktake_counts where stocktake_id = $1
         order by at_ms desc, product_id, round desc, area",
    )
    .bind(stocktake_id)
    .fetch_all(connection)
    .await?)
}

/// A product that somebody has counted, beside the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedRow {
    /// The product.
    pub product_id: ProductId,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// How far its count is.
    pub tally: Tally,
}

#[derive(FromRow)]
struct TallyRow {
    product_id: Uuid,
    name: String,
    unit: String,
    price_vnd: i64,
    round: i64,
    counted_milli: Option<i64>,
    expected_milli: i64,
    before_milli: Option<i64>,
    lacks_area: bool,
    has_moved: bool,
    is_of_former_journal: bool,
}

/// Returns the products that were counted, by name. What the book had then is what it has now, less what moved since: the same as
/// the sum of all moves before, and quicker. A delivery that the book had then and that was taken back since was a mistake: what a
/// sheet says of before has to be counted again. So has what was sold on the pad before it was counted and entered afterwards: the
/// book had it, and the shelf no more.
///
/// # Errors
/// When the database does not answer.
pub async fn list_counted(
    connection: &mut SqliteConnection,
    stocktake_id: Uuid,
    stream_no: i64,
) -> Result<Vec<CountedRow>> {
    let rows: Vec<TallyRow> = sqlx::query_as(
        "with tallies as (
             select known.product_id, known.round, sum(counts.quantity_milli) as counted_milli,
                 min(counts.first_seq) as first_seq, max(counts.seq) as last_seq, max(counts.at_ms) as last_at_ms,
                 coalesce(max(counts.stream_no <> $2 or counts.first_stream_no <> $2), 0) as is_of_former_journal,
                 exists (select 1 from stocktake_counts as earlier
                         where earlier.stocktake_id = $1 and earlier.product_id = known.product_id
                             and earlier.round < known.round
                             and not exists (select 1 from stocktake_counts as again
                                             where again.stocktake_id = $1 and again.product_id = known.product_id
                                                 and again.round = known.round and again.area = earlier.area)) as lacks_area
             from stocktake_products as known
             left join stocktake_counts as counts on counts.stocktake_id = $1 and counts.product_id = known.product_id
                 and counts.round = known.round
             where known.stocktake_id = $1 group by known.product_id),
         last_round as (
             select known.product_id, sum(counts.quantity_milli) as found_milli, max(counts.seq) as found_seq
             from stocktake_products as known
             join stocktake_counts as counts on counts.stocktake_id = $1 and counts.product_id = known.product_id
                 and counts.round = known.round - 1
             where known.stocktake_id = $1 group by known.product_id
             having max(counts.stream_no <> $2 or counts.first_stream_no <> $2) = 0)
         select tallies.product_id, products.name, products.unit, products.price_vnd, round, counted_milli, lacks_area,
             is_of_former_journal,
             coalesce((select sum(quantity_milli) from stock
                       where stock.product_id = tallies.product_id and location = 'shelf'), 0)
             - coalesce((select sum(quantity_milli) from stock_moves as moves
                         where moves.product_id = tallies.product_id
                             and (moves.stream_no, moves.seq) > ($2, tallies.last_seq)), 0) as expected_milli,
             last_round.found_milli
             - coalesce((select sum(quantity_milli) from stock
                         where stock.product_id = tallies.product_id and location = 'shelf'), 0)
             + coalesce((select sum(quantity_milli) from stock_moves as moves
                         where moves.product_id = tallies.product_id
                             and (moves.stream_no, moves.seq) > ($2, last_round.found_seq)), 0) as before_milli,
             exists (select 1 from stock_moves as moves
                     where moves.product_id = tallies.product_id and moves.stream_no = $2
                         and moves.seq > tallies.first_seq and moves.seq <= tallies.last_seq)
             or exists (select 1 from stock_moves as moves
                        join entries on entries.stream_no = moves.stream_no and entries.seq = moves.seq
                        where moves.product_id = tallies.product_id and moves.stream_no = $2
                            and moves.seq > tallies.last_seq and moves.cause = 'returned'
                            and entries.shared ->> '$.takes_back' is not null
                            and not exists (select 1 from stock_moves as came
                                            where came.product_id = moves.product_id and came.lot_id = moves.lot_id
                                                and came.stream_no = $2 and came.seq > tallies.last_seq
                                                and came.cause = 'received'))
             or exists (select 1 from stock_moves as moves
                        join sales on sales.stream_no = moves.stream_no and sales.seq = moves.seq
                        join pad_sales on pad_sales.sale_id = sales.sale_id
                        where moves.product_id = tallies.product_id and moves.cause = 'sold'
                            and (moves.stream_no, moves.seq) > ($2, tallies.last_seq)
                            and pad_sales.claimed_at_ms <= tallies.last_at_ms) as has_moved
         from tallies join products on products.product_id = tallies.product_id
         left join last_round on last_round.product_id = tallies.product_id
         order by products.name_fold, products.product_id",
    )
    .bind(stocktake_id)
    .bind(stream_no)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(TallyRow::read).collect())
}

impl TallyRow {
    fn read(self) -> CountedRow {
        let tally = Tally {
            round: self.round,
            counted: self.counted_milli.map(Quantity::from_milli),
            expected: Quantity::from_milli(self.expected_milli),
            lacks_area: self.lacks_area,
            has_moved: self.has_moved,
            is_of_former_journal: self.is_of_former_journal,
            before: self.before_milli.map(Quantity::from_milli),
            price: Money::new(self.price_vnd),
        };
        CountedRow { product_id: self.product_id.into(), name: self.name, unit: self.unit, tally }
    }
}

/// A product that the book has and nobody has counted.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct UncountedRow {
    /// The product.
    pub product_id: Uuid,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// What the book has, thousandths of the unit; below zero when more was sold than came in.
    pub expected_milli: i64,
    /// What came since the stocktake was begun, less what left otherwise than by a sale.
    pub came_milli: i64,
}

/// Returns the products that the book has and nobody has counted, by name. The plus lets the index find what came since, and not
/// everything that moved in this journal.
///
/// # Errors
/// When the database does not answer.
pub async fn list_uncounted(
    connection: &mut SqliteConnection,
    stocktake_id: Uuid,
) -> Result<Vec<UncountedRow>> {
    Ok(sqlx::query_as(
        "with uncounted as (
             select stock.product_id, sum(stock.quantity_milli) as expected_milli from stock
             where stock.location = 'shelf'
                 and not exists (select 1 from stocktake_products as known
                                 where known.stocktake_id = $1 and known.product_id = stock.product_id)
             group by stock.product_id having sum(stock.quantity_milli) <> 0)
         select products.product_id, products.name, products.unit, uncounted.expected_milli,
             coalesce((select sum(moves.quantity_milli) from stock_moves as moves
                       where moves.product_id = uncounted.product_id and moves.cause <> 'sold'
                           and (moves.stream_no, moves.seq) > (stocktakes.begun_stream_no, +stocktakes.begun_seq)),
                 0) as came_milli
         from uncounted
         join stocktakes on stocktakes.stocktake_id = $1
         join products on products.product_id = uncounted.product_id
         order by products.name_fold, products.product_id",
    )
    .bind(stocktake_id)
    .fetch_all(connection)
    .await?)
}

/// A product on the sheet for counting on paper.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SheetRow {
    /// Its group; empty for none.
    pub product_group: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// The shop's own code.
    pub sku: String,
    /// What the packs of its lots say, and until when they may be sold, a line each.
    pub lots: String,
}

/// Returns the products on the shelf for a sheet to count on, by group and name. How much the book has is not on it.
///
/// # Errors
/// When the database does not answer.
pub async fn list_sheet(connection: &mut SqliteConnection) -> Result<Vec<SheetRow>> {
    Ok(sqlx::query_as(
        "select products.product_group, products.name, products.unit, products.sku,
             coalesce(group_concat(nullif(trim(coalesce(lots.code, '') || coalesce(' ' || strftime('%d/%m/%Y', lots.expires_on),
                 '')), ''), char(10) order by lots.expires_on), '') as lots
         from stock join products on products.product_id = stock.product_id
         left join lots on lots.lot_id = stock.lot_id and stock.quantity_milli > 0
         where stock.location = 'shelf' and stock.quantity_milli <> 0
         group by products.product_id
         order by products.product_group = '', products.product_group, products.name_fold, products.product_id",
    )
    .fetch_all(connection)
    .await?)
}
