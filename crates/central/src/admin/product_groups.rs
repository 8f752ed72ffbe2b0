//! Groups of products by decree: called anew from a day on, added and ended. What was before stays, and stores learn of what holds.

use domain::name_fold::name_fold;
use time::Date;
use web::format::local_date;

use super::combos::told;
use super::{Admin, needed, optional, taken};
use crate::db::product_groups::{self, GroupVersion};
use crate::db::{catalogue, combos, products};
use crate::error::{Error, Refusal, Result};

/// A group from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGroup {
    /// The code of one that is there; none for a new one.
    pub code: Option<String>,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English; as in Vietnamese when it is empty.
    pub name_en: String,
    /// Goods past their date are refused at the counter.
    pub refuse_expired: bool,
    /// The first day; today at the latest.
    pub valid_from: Date,
    /// The number of the decision.
    pub decision: String,
}

impl Admin {
    /// Writes what a group is called from a day on, or adds one; stores learn of it at once. As it was, nothing happens. One that had
    /// ended is in use again.
    ///
    /// # Errors
    /// When a field is missing or wrong, the day is to come, a new one is called like another, or there is none with the code.
    pub async fn set_group(&self, new: &NewGroup) -> Result<()> {
        let now_ms = self.clock.now_ms();
        if new.valid_from > local_date(now_ms) {
            return Err(Refusal::Invalid { what: "day", rule: "today at the latest" }.into());
        }
        let name_vi = needed("name", &new.name_vi)?;
        let name_en = Some(optional("name", &new.name_en)?).filter(|name| !name.is_empty());
        let version = GroupVersion {
            code: new.code.clone().unwrap_or_else(|| code_of(&name_vi)),
            valid_from: new.valid_from,
            name_en: name_en.unwrap_or_else(|| name_vi.clone()),
            name_vi,
            refuse_expired: new.refuse_expired,
            decision: needed("decision", &new.decision)?,
            recorded_at_ms: now_ms,
            recorded_by: self.actor.clone(),
            ended_on: None,
        };
        if version.code.is_empty() {
            return Err(Refusal::Invalid { what: "name", rule: "letters are needed" }.into());
        }
        let mut tx = self.db.begin().await?;
        let versions = product_groups::list_versions(&mut tx).await?;
        let of_code = || versions.iter().filter(|old| old.code == version.code);
        if new.code.is_some() && of_code().next().is_none() {
            return Err(Error::NotFound("product group"));
        }
        if of_code().any(|old| is_same(old, &version)) {
            return Ok(());
        }
        if new.code.is_none() {
            let name = &version.name_vi;
            product_groups::insert(&mut tx, &version).await.map_err(taken("group", name))?;
        }
        product_groups::set_version(&mut tx, &version).await?;
        let groups = products::list_groups(&mut tx).await?;
        let mut news = Vec::new();
        for id in product_groups::list_products(&mut tx, &version.code).await? {
            let Some(product) = products::find_in(&mut tx, id).await? else { continue };
            news.push(told(&product, &combos::list_parts(&mut tx, id).await?, &groups)?);
        }
        catalogue::publish(&mut tx, news, now_ms).await?;
        let GroupVersion { code, valid_from, name_vi, decision, .. } = &version;
        self.finish(tx, "product.group_name", code, &format!("{valid_from} {name_vi}: {decision}")).await
    }

    /// Ends a group with today: no product is put into it any more. Ended before, it stays so.
    ///
    /// # Errors
    /// [`Refusal::GroupInUse`] while products on sale or waiting for a price are in it; when there is no such
    /// group.
    pub async fn end_group(&self, code: &str) -> Result<()> {
        let today = local_date(self.clock.now_ms());
        let mut tx = self.db.begin().await?;
        let versions = product_groups::list_versions(&mut tx).await?;
        let latest = versions.iter().find(|version| version.code == code);
        let latest = latest.ok_or(Error::NotFound("product group"))?;
        if product_groups::is_used(&mut tx, code).await? {
            return Err(Refusal::GroupInUse.into());
        }
        if !product_groups::end(&mut tx, code, today).await? {
            return Ok(());
        }
        self.finish(tx, "product.group_end", code, &format!("{today} {}", latest.name_vi)).await
    }
}

/// True when the group is called so from that day on already, and is in use.
fn is_same(old: &GroupVersion, new: &GroupVersion) -> bool {
    let GroupVersion { recorded_at_ms, recorded_by, .. } = old.clone();
    *old == GroupVersion { recorded_at_ms, recorded_by, ..new.clone() }
}

/// Returns the code of a new group: its name without marks, `hang-luu-niem`.
fn code_of(name: &str) -> String {
    let words = name_fold(name);
    let words = words.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let code: String = words.collect::<Vec<_>>().join("-").chars().take(40).collect();
    code.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::code_of;

    #[test]
    fn codes_are_names_without_marks() {
        assert_eq!(code_of("Lưu niệm, nội thất, trang trí"), "luu-niem-noi-that-trang-tri");
        assert_eq!(code_of("Đồ uống (có cồn)"), "do-uong-co-con");
        assert!(code_of(&"Dược liệu ".repeat(9)).len() <= 40);
    }
}
