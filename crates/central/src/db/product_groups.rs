//! Groups of products as dated rows: what each was called from a day on, by which paper.

use domain::ids::ProductId;
use domain::product_list::GroupName;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Tx, sql};
use super::products::Group;
use crate::error::Result;

/// A group as it is called from a day on.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct GroupVersion {
    /// Its code, which never changes.
    pub code: String,
    /// The first day.
    pub valid_from: Date,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// Goods past their date are refused at the counter.
    pub refuse_expired: bool,
    /// The paper that says so.
    pub decision: String,
    /// When it was recorded, UTC milliseconds; 0 for what came with the program.
    pub recorded_at_ms: i64,
    /// Whose login recorded it; empty for what came with the program.
    pub recorded_by: String,
    /// The last day of the whole group; none while it is in use.
    pub ended_on: Option<Date>,
}

/// Returns every version in the order of groups, the latest of each first.
///
/// # Errors
/// When the database fails.
pub async fn list_versions(tx: &mut Tx) -> Result<Vec<GroupVersion>> {
    tx.all(sql!(
        "select versions.code, versions.valid_from, versions.name_vi, versions.name_en, versions.refuse_expired,
            versions.decision, versions.recorded_at_ms, versions.recorded_by, product_groups.ended_on
         from product_group_versions as versions join product_groups on product_groups.code = versions.code
         order by product_groups.position, versions.code, versions.valid_from desc"
    ))
    .await
}

/// Returns every group, also one that has ended, as it was called on a day; before its first version as that one calls it.
///
/// # Errors
/// When the database fails.
pub async fn list_on(tx: &mut Tx, day: Date) -> Result<Vec<Group>> {
    let mut groups: Vec<Group> = Vec::new();
    let mut is_settled = false;
    for version in list_versions(tx).await? {
        let holds = version.valid_from <= day;
        let group = Group {
            code: version.code,
            name_vi: version.name_vi,
            name_en: version.name_en,
            refuse_expired: version.refuse_expired,
        };
        match groups.last_mut().filter(|last| last.code == group.code) {
            // The latest that holds stands; while none does, the earlier one comes closer.
            Some(last) if !is_settled => *last = group,
            Some(_) => continue,
            None => {
                is_settled = false;
                groups.push(group);
            }
        }
        is_settled |= holds;
    }
    Ok(groups)
}

/// Returns what lists call groups: other words for them, then as each is called, and was. The later group stands first: more is called
/// food than is meant by it.
///
/// # Errors
/// When the database fails.
pub async fn list_names(tx: &mut Tx) -> Result<Vec<GroupName>> {
    let versions = list_versions(tx).await?;
    let words: Vec<(String, String)> =
        tx.all(sql!("select words, code from product_group_words order by words")).await?;
    let is_in_use =
        |code: &str| versions.iter().any(|version| version.code == code && version.ended_on.is_none());
    let (mut names, mut last) = (Vec::new(), "");
    for version in &versions {
        let is_current = std::mem::replace(&mut last, version.code.as_str()) != version.code;
        names.extend([&version.name_vi, &version.name_en].map(|name| GroupName {
            name: name.clone(),
            code: version.code.clone(),
            is_current,
            is_in_use: version.ended_on.is_none(),
        }));
    }
    names.reverse();
    let other_words = words.into_iter().map(|(name, code)| GroupName {
        is_in_use: is_in_use(&code),
        is_current: false,
        name,
        code,
    });
    Ok(other_words.chain(names).collect())
}

/// Adds the code of a group behind all others; its first version follows.
///
/// # Errors
/// When the database fails; also when the code is taken.
pub async fn insert(tx: &mut Tx, version: &GroupVersion) -> Result<()> {
    tx.exec(sql!(
        "insert into product_groups (code, name_vi, name_en, refuse_expired, position)
         select $1, $2, $3, $4, coalesce(max(position), 0) + 1 from product_groups",
        &version.code,
        &version.name_vi,
        &version.name_en,
        version.refuse_expired
    ))
    .await?;
    Ok(())
}

/// Records how a group is called from a day on, in place of what was recorded for that day; and makes the latest version what
/// holds. A group that has ended is used again from a day after its end.
///
/// # Errors
/// When the database fails; also when there is no such group.
pub async fn set_version(tx: &mut Tx, version: &GroupVersion) -> Result<()> {
    tx.exec(sql!(
        "insert into product_group_versions (code, valid_from, name_vi, name_en, refuse_expired, decision,
            recorded_at_ms, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (code, valid_from) do update set name_vi = excluded.name_vi, name_en = excluded.name_en,
            refuse_expired = excluded.refuse_expired, decision = excluded.decision,
            recorded_at_ms = excluded.recorded_at_ms, recorded_by = excluded.recorded_by",
        &version.code,
        version.valid_from,
        &version.name_vi,
        &version.name_en,
        version.refuse_expired,
        &version.decision,
        version.recorded_at_ms,
        &version.recorded_by
    ))
    .await?;
    tx.exec(sql!(
        "update product_groups set name_vi = latest.name_vi, name_en = latest.name_en,
            refuse_expired = latest.refuse_expired,
            ended_on = case when $2 > product_groups.ended_on then null else product_groups.ended_on end
         from (select name_vi, name_en, refuse_expired from product_group_versions where code = $1
            order by valid_from desc limit 1) as latest
         where product_groups.code = $1",
        &version.code,
        version.valid_from
    ))
    .await?;
    Ok(())
}

/// Ends a group with a day; false when it has ended already, or there is none.
///
/// # Errors
/// When the database fails.
pub async fn end(tx: &mut Tx, code: &str, on: Date) -> Result<bool> {
    let sql = sql!("update product_groups set ended_on = $2 where code = $1 and ended_on is null", code, on);
    Ok(tx.exec(sql).await? == 1)
}

/// Says whether a group has products that are on sale, or will be with their first price.
///
/// # Errors
/// When the database fails.
pub async fn is_used(tx: &mut Tx, code: &str) -> Result<bool> {
    let sql = "select count(*) from products where group_code = $1 and status in ('active', 'unpriced')";
    Ok(tx.one::<(i64,)>(sql!(sql, code)).await?.0 > 0)
}

/// Returns the products on sale in a group, in the order of their ids.
///
/// # Errors
/// When the database fails.
pub async fn list_products(tx: &mut Tx, code: &str) -> Result<Vec<ProductId>> {
    let sql = sql!("select id from products where group_code = $1 and status = 'active' order by id", code);
    Ok(tx.all::<(Uuid,)>(sql).await?.into_iter().map(|(id,)| id.into()).collect())
}
