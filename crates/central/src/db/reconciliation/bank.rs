//! What entries say that came to the account, and what the bank told of it. A notice belongs to the sale whose reference its words
//! name; it counts on the day on which the bank booked it.

use domain::ids::StoreId;
use sqlx::FromRow;

use super::Asked;
use crate::db::engine::{Sql, Tx};
use crate::error::Result;

/// The two sides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct Bank {
    /// Entries of the period with money that came to the account.
    pub tender_count: i64,
    /// What they say, đồng.
    pub tender_vnd: i64,
    /// Notices that were booked in the period.
    pub notice_count: i64,
    /// What they say, đồng.
    pub notice_vnd: i64,
    /// Of which notices that name no sale.
    pub unnamed_vnd: i64,
}

/// Returns both sides.
///
/// # Errors
/// When the database fails.
pub async fn bank(tx: &mut Tx, asked: &Asked) -> Result<Bank> {
    let sql = push_notices(Sql::new("with "), asked).push(
        " select cast(told.n as bigint) as tender_count, cast(told.vnd as bigint) as tender_vnd,
            cast(noticed.n as bigint) as notice_count, cast(noticed.vnd as bigint) as notice_vnd,
            cast(noticed.unnamed as bigint) as unnamed_vnd
         from (select count(*) as n, coalesce(sum(amount_vnd), 0) as vnd from bank_tenders where ",
    );
    let sql = asked.within(sql).push(
        ") as told cross join (select count(*) as n, coalesce(sum(amount_vnd), 0) as vnd,
            coalesce(sum(case when reference_hash is null then amount_vnd else 0 end), 0) as unnamed
         from noticed) as noticed",
    );
    tx.one(sql).await
}

/// Appends `noticed`: the notices of the period, each with the reference of the sale that it names. A notice is a store's whose sale
/// it names; one that names none is of every store with its account.
pub(super) fn push_notices(sql: Sql, asked: &Asked) -> Sql {
    let (from_ms, to_ms) = asked.moments;
    let accounts: Vec<String> = asked.stores.iter().map(|store| plain_account(&store.bank_account)).collect();
    // Of several sales that the words of one transfer name, the first one counts.
    let sql = sql
        .push(
            "named as (
            select refs.notice, refs.reference_hash, tenders.store_id,
                row_number() over (partition by refs.notice order by refs.reference_hash, tenders.store_id) as place
            from bank_notices heard
            join bank_notice_references refs on refs.operator_id = heard.operator_id and refs.notice = heard.notice
            join bank_tenders tenders on tenders.reference_hash = refs.reference_hash
            where heard.operator_id = ",
        )
        .bind(asked.operator_id)
        .push(" and heard.booked_at_ms >= ")
        .bind(from_ms)
        .push(" and heard.booked_at_ms < ")
        .bind(to_ms)
        .push("), noticed as (
            select heard.notice, heard.amount_vnd, heard.booked_at_ms, named.reference_hash
            from bank_notices heard left join named on named.notice = heard.notice and named.place = 1
            where heard.operator_id = ")
        .bind(asked.operator_id)
        .push(" and heard.booked_at_ms >= ")
        .bind(from_ms)
        .push(" and heard.booked_at_ms < ")
        .bind(to_ms)
        .push(" and (named.store_id")
        .is_in(asked.ids().map(StoreId::uuid));
    sql.push(" or (named.store_id is null and heard.account").is_in(accounts).push(")))")
}

/// Notices have accounts without blanks.
fn plain_account(account: &str) -> String {
    account.chars().filter(|sign| !sign.is_whitespace()).collect()
}
