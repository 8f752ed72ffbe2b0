//! The money of an operator's stores: today's sales, what is in the drawers, what buyers owe, what producers are owed. Only the
//! operator sees it: every statement here takes its scope.

use domain::Money;
use domain::ids::{ProducerId, StoreId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, sql};
use super::users::OperatorScope;
use crate::error::Result;

/// The money of a store, as far as it has told.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct StoreMoney {
    /// The store.
    #[sqlx(try_from = "Uuid")]
    pub store_id: StoreId,
    /// Its name.
    pub store: String,
    /// Receipts of the day.
    pub receipts: i64,
    /// What they came to.
    #[sqlx(try_from = "i64")]
    pub today: Money,
    /// What those of the day before came to.
    #[sqlx(try_from = "i64")]
    pub before: Money,
    /// In the drawers of its open shifts by the book, floats included. What was in a drawer when its shift closed is not there any more:
    /// the books keep it as cash, and nobody says where it went.
    #[sqlx(try_from = "i64")]
    pub cash: Money,
    /// Transfers that buyers say they made, and what they owe.
    #[sqlx(try_from = "i64")]
    pub waiting: Money,
    /// What producers are owed for its sales.
    #[sqlx(try_from = "i64")]
    pub owed: Money,
}

/// Returns the operator's stores with their money, by code. A day that a store has not told yet is nothing.
///
/// # Errors
/// When the database fails.
pub async fn by_store(db: &Db, scope: OperatorScope, today: Date) -> Result<Vec<StoreMoney>> {
    let yesterday = today.previous_day().unwrap_or(today);
    let sql = sql!(
        "with days as (
            select store_id, sum(case when day = $2 then receipt_count else 0 end) as receipts,
                sum(case when day = $2 then payable_vnd else 0 end) as today_vnd,
                sum(case when day = $3 then payable_vnd else 0 end) as before_vnd
            from receipts_daily where day in ($2, $3) group by store_id),
        money as (
            select store_id, sum(case when account = 'cash' then amount_vnd else 0 end) as cash_vnd,
                sum(case when account in ('claimed', 'receivable') then amount_vnd else 0 end) as waiting_vnd,
                sum(case when account = 'producer_due' then -amount_vnd else 0 end) as owed_vnd
            from balances where account in ('cash', 'claimed', 'receivable', 'producer_due') group by store_id),
        closed as (
            select store_id, sum(counted_vnd) - sum(float_vnd) as cash_vnd from drawer_counts
            where store_id in (select id from stores where operator_id = $1) group by store_id)
        select stores.id as store_id, stores.name as store, cast(coalesce(days.receipts, 0) as bigint) as receipts,
            cast(coalesce(days.today_vnd, 0) as bigint) as today, cast(coalesce(days.before_vnd, 0) as bigint) as before,
            cast(coalesce(money.cash_vnd, 0) - coalesce(closed.cash_vnd, 0) as bigint) as cash,
            cast(coalesce(money.waiting_vnd, 0) as bigint) as waiting,
            cast(coalesce(money.owed_vnd, 0) as bigint) as owed
        from stores
        left join days on days.store_id = stores.id
        left join money on money.store_id = stores.id
        left join closed on closed.store_id = stores.id
        where stores.operator_id = $1 order by stores.code, stores.id",
        scope.operator_id(),
        today,
        yesterday
    );
    db.all(sql).await
}

/// What a producer is owed by the operator, all stores together.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OwedProducer {
    /// The producer.
    #[sqlx(try_from = "Uuid")]
    pub producer_id: ProducerId,
    /// Its name.
    pub name: String,
    /// How much; below zero after an advance.
    #[sqlx(try_from = "i64")]
    pub owed: Money,
}

/// Returns the producers whom the operator owes, or who owe it, the largest sums first; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn owed_producers(db: &Db, scope: OperatorScope, limit: i64) -> Result<Vec<OwedProducer>> {
    let sql = sql!(
        "with owed as (
            select balances.producer_id, sum(-balances.amount_vnd) as vnd from balances
            join stores on stores.id = balances.store_id
            where stores.operator_id = $1 and balances.account = 'producer_due' group by balances.producer_id)
        select owed.producer_id, coalesce(producers.name, '?') as name, cast(owed.vnd as bigint) as owed
        from owed left join producers on producers.id = owed.producer_id
        where owed.vnd <> 0 order by owed.vnd desc, owed.producer_id limit $2",
        scope.operator_id(),
        limit
    );
    db.all(sql).await
}
