//! How one product trades, beyond what it sold: what buyers brought back, in how many baskets it lay, and what its shelves had.

use std::collections::BTreeMap;

use domain::ids::StoreId;
use domain::shelf::{ShelfDay, ShelfPeriod};
use domain::{Money, Quantity};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::asked::{Asked, push_these};
use super::range::push_receipts;
use crate::db::engine::{Sql, Tx};
use crate::error::{Error, Result};

/// How a product traded in the stores and on the days of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trade {
    /// Receipts on which it stood.
    pub receipts: i64,
    /// All receipts of these stores.
    pub all_receipts: i64,
    /// Stores in which anything of it ever moved.
    pub stores: Vec<StoreTrade>,
}

/// How it traded in a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreTrade {
    /// The store.
    pub store_id: StoreId,
    /// What buyers brought back in the period; a sale that was voided was none.
    pub taken_back: Quantity,
    /// What they got for it.
    pub taken_back_for: Money,
    /// What its shelf had.
    pub shelf: ShelfPeriod,
}

#[derive(FromRow)]
struct DayRow {
    store_id: Uuid,
    day: Date,
    came_milli: i64,
    sold_milli: i64,
    change_milli: i64,
    back_milli: i64,
    back_vnd: i64,
}

impl Asked {
    /// Loads how the products that are asked about traded, all together, up to a day: shelves of days to come are not known.
    ///
    /// # Errors
    /// When the database fails, or a quantity is too large.
    pub async fn trade(&self, tx: &mut Tx, today: Date) -> Result<Trade> {
        let Some(products) = &self.products else { return Err(Error::NotFound("product")) };
        let days = (self.query.from, self.query.to);
        let of_product = push_receipts(
            Sql::new("select cast(coalesce(sum(receipt_count), 0) as bigint) from ("),
            &self.range,
            &self.stores,
            Some(products),
        );
        let of_all = Sql::new(
            "select cast(coalesce(sum(receipt_count), 0) as bigint) from receipts_daily where store_id",
        );
        let (receipts,): (i64,) = tx.one(of_product.push(") as cells")).await?;
        let (all_receipts,): (i64,) = tx.one(self.within(of_all)).await?;
        let mut by_store: BTreeMap<Uuid, Vec<DayRow>> = BTreeMap::new();
        for row in self.shelf_days(tx, products).await? {
            by_store.entry(row.store_id).or_default().push(row);
        }
        let of_store = |(store, rows): (&Uuid, &Vec<DayRow>)| {
            StoreTrade::of((*store).into(), rows, (days.0, days.1.min(today)))
                .ok_or_else(|| Error::damaged("stock_moves", store, "its quantities are too large"))
        };
        let stores = by_store.iter().map(of_store).collect::<Result<_>>()?;
        Ok(Trade { receipts, all_receipts, stores })
    }

    fn within(&self, sql: Sql) -> Sql {
        let sql = sql.is_in(self.stores.iter().copied()).push(" and day >= ").bind(self.query.from);
        sql.push(" and day <= ").bind(self.query.to)
    }

    /// A sale from the pad left the shelf on the day that is claimed for it, as it counts among sales.
    async fn shelf_days(&self, tx: &mut Tx, products: &[Uuid]) -> Result<Vec<DayRow>> {
        let sql = Sql::new(
            "select store_id, day,
                cast(sum(case when cause in ('received', 'covered', 'returned', 'arrived', 'sent', 'repacked')
                    then quantity_milli else 0 end) as bigint) as came_milli,
                cast(sum(case when cause in ('sold', 'refunded') then -quantity_milli else 0 end) as bigint) as sold_milli,
                cast(sum(quantity_milli) as bigint) as change_milli,
                cast(sum(case when is_back then quantity_milli else 0 end) as bigint) as back_milli,
                cast(sum(case when is_back then discount_vnd - gross_vnd else 0 end) as bigint) as back_vnd
             from (select moves.store_id, coalesce(receipts.day, refunds.day, entries.business_date) as day, moves.cause,
                    moves.cause = 'refunded' and not coalesce(refunds.is_void, ",
        );
        let sql = sql.bind(true).push(
            ") as is_back, moves.quantity_milli, moves.gross_vnd, moves.discount_vnd
                from stock_moves as moves
                join entries on entries.store_id = moves.store_id and entries.incarnation = moves.incarnation
                    and entries.seq = moves.seq
                left join receipts on receipts.store_id = entries.store_id and receipts.sale_id = entries.sale_id
                    and receipts.incarnation = entries.incarnation and receipts.seq = entries.seq
                left join refunds on refunds.store_id = moves.store_id and refunds.incarnation = moves.incarnation
                    and refunds.seq = moves.seq
                where moves.store_id",
        );
        let sql = sql.is_in(self.stores.iter().copied()).push(" and moves.product_id");
        let sql = push_these(sql, products).push(
            ") as told
             where day is not null and day <= ",
        );
        tx.all(sql.bind(self.query.to).push(" group by store_id, day order by store_id, day")).await
    }
}

impl StoreTrade {
    fn of(store_id: StoreId, rows: &[DayRow], days: (Date, Date)) -> Option<Self> {
        let milli = Quantity::from_milli;
        let shelf: Vec<ShelfDay> = rows
            .iter()
            .map(|row| ShelfDay {
                day: row.day,
                came: milli(row.came_milli),
                sold: milli(row.sold_milli),
                change: milli(row.change_milli),
            })
            .collect();
        let back = || rows.iter().filter(|row| days.0 <= row.day && row.day <= days.1);
        Some(Self {
            store_id,
            taken_back: milli(back().map(|row| row.back_milli).sum()),
            taken_back_for: Money::new(back().map(|row| row.back_vnd).sum()),
            shelf: ShelfPeriod::of(&shelf, days)?,
        })
    }
}
