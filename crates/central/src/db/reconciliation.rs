//! The figures of a period that must agree: cash, bank, invoices, stock, settlements. Each side is a sum over rows by day; the entries
//! behind a gap are [`gaps`].

mod bank;
pub mod gaps;
mod goods;
mod invoices;
pub mod journals;
pub mod papers;
mod settled;

use domain::ids::{OperatorId, StoreId};
use domain::report_period::Days;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Sql, Tx, sql};
use super::users::DepartmentScope;
use crate::error::{Error, Result};

pub use bank::{Bank, bank};
pub use goods::{CauseSum, Goods, goods};
pub use invoices::{Invoices, invoices, unopened};
pub use settled::{Settled, settled};

/// Kinds of entries that change what producers are owed beside what is settled: they pay it, or put right what was settled or paid. All
/// others that post to it are to be settled.
pub const PAYING_KINDS: [&str; 3] = ["settlement", "producer_paid", "producer_adjusted"];

/// Whose figures, of which days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The operator.
    pub operator_id: OperatorId,
    /// Its stores that are asked about: all, or one.
    pub stores: Vec<AskedStore>,
    /// The days.
    pub days: Days,
    /// The first moment of the days and the first one after them, UTC milliseconds.
    pub moments: (i64, i64),
}

/// A store that is asked about.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AskedStore {
    /// The store.
    #[sqlx(try_from = "Uuid")]
    pub id: StoreId,
    /// Its name.
    pub name: String,
    /// Its bank account, as it was typed.
    pub bank_account: String,
}

impl Asked {
    /// Finds the stores of an operator, or one of them.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an operator that is none, or another operator's store; when the database fails.
    pub async fn find(
        tx: &mut Tx,
        _scope: DepartmentScope,
        (operator_id, store): (OperatorId, Option<StoreId>),
        (days, moments): (Days, (i64, i64)),
    ) -> Result<Self> {
        let found: Option<(String,)> =
            tx.opt(sql!("select name from operators where id = $1", operator_id)).await?;
        found.ok_or(Error::NotFound("operator"))?;
        let sql = sql!("select id, name, bank_account from stores where operator_id = $1", operator_id)
            .when(store, " and id = ", "")
            .push(" order by code, id");
        let stores: Vec<AskedStore> = tx.all(sql).await?;
        if store.is_some() && stores.is_empty() {
            return Err(Error::NotFound("store"));
        }
        Ok(Self { operator_id, stores, days, moments })
    }

    fn ids(&self) -> impl Iterator<Item = StoreId> {
        self.stores.iter().map(|store| store.id)
    }

    /// Appends that a row is one of the stores', as `store_id`, and lies on the days, as `day`.
    fn within(&self, sql: Sql) -> Sql {
        let sql = sql.push("store_id").is_in(self.ids()).push(" and day >= ").bind(self.days.from);
        sql.push(" and day <= ").bind(self.days.to)
    }

    /// Appends that a row is one of the stores', and lies before the days.
    fn before(&self, sql: Sql) -> Sql {
        sql.push("store_id").is_in(self.ids()).push(" and day < ").bind(self.days.from)
    }
}

/// What entries of a kind posted to an account.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct MoneySum {
    /// The account's name, as [`domain::fold::Account::code`].
    pub account: String,
    /// The kind of the entries.
    pub kind: String,
    /// Đồng; debits positive.
    pub amount_vnd: i64,
    /// How many entries.
    pub entry_count: i64,
}

/// Returns what was posted in the period, by account and kind.
///
/// # Errors
/// When the database fails.
pub async fn money(tx: &mut Tx, asked: &Asked) -> Result<Vec<MoneySum>> {
    let sql = Sql::new(
        "select account, kind, cast(sum(amount_vnd) as bigint) as amount_vnd,
            cast(sum(entry_count) as bigint) as entry_count
         from money_daily where ",
    );
    tx.all(asked.within(sql).push(" group by account, kind order by account, kind")).await
}

/// What drawers had when their shifts closed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Drawers {
    /// Shifts that were closed.
    pub shift_count: i64,
    /// What the tills said must be in them, đồng.
    pub expected_vnd: i64,
    /// What was counted, đồng.
    pub counted_vnd: i64,
}

/// Returns what was counted in the period.
///
/// # Errors
/// When the database fails.
pub async fn drawers(tx: &mut Tx, asked: &Asked) -> Result<Drawers> {
    let sql = Sql::new(
        "select cast(count(*) as bigint) as shift_count, coalesce(cast(sum(expected_vnd) as bigint), 0) as expected_vnd,
            coalesce(cast(sum(counted_vnd) as bigint), 0) as counted_vnd
         from drawer_counts where ",
    );
    tx.one(asked.within(sql)).await
}

/// Returns the first day of which an entry of the stores posted money; none without any.
///
/// # Errors
/// When the database fails.
pub async fn first_day(tx: &mut Tx, asked: &Asked) -> Result<Option<Date>> {
    let sql = Sql::new("select min(day) from money_daily where store_id").is_in(asked.ids());
    let (day,): (Option<Date>,) = tx.one(sql).await?;
    Ok(day)
}
