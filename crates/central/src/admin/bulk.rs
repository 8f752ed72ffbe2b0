//! One field of many products at once: all of them in one transaction, each with its own line in the audit log, or none of them.

use domain::catalog::SoldBy;
use domain::ids::{ProducerId, ProductId};
use domain::tax::TaxClass;
use protocol::Hash;

use super::catalogue::changes;
use super::combos::told;
use super::{Admin, optional};
use crate::db::audit::{self, Act};
use crate::db::catalogue::{self, News};
use crate::db::products::{self, Group, Product};
use crate::db::{Tx, combos, producers, product_facts};
use crate::error::{Error, Refusal, Result};

/// The most products of one change.
pub const BULK_MAX: usize = 500;
/// Letters of a [`fingerprint`].
const FINGERPRINT_LETTERS: usize = 16;

/// What becomes of each of the products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkChange {
    /// It stands in this group.
    Group(String),
    /// It has this VAT class.
    Tax(TaxClass),
    /// It is this producer's goods, or nobody's.
    Producer(Option<ProducerId>),
    /// It comes from this commune; empty for none.
    Commune(String),
    /// It is on sale, or no more.
    OnSale(bool),
}

impl BulkChange {
    /// Returns a product as it is to be.
    pub fn of(&self, product: &Product) -> Product {
        let mut new = product.clone();
        match self {
            Self::Group(code) => new.group_code = Some(code.clone()),
            Self::Tax(class) => new.tax_class = *class,
            Self::Producer(id) => new.producer_id = *id,
            Self::Commune(name) => name.trim().clone_into(&mut new.commune),
            Self::OnSale(is_on_sale) => {
                let status = if *is_on_sale { "active" } else { "retired" };
                status.clone_into(&mut new.status);
            }
        }
        new
    }
}

/// Why a product of the choice stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is several products under one code: they are changed, not it.
    Combo,
    /// A store added it, and it waits to be taken in.
    Waits,
    /// It is so already.
    Same,
    /// A combo on sale holds it, so it stays on sale.
    Held,
    /// Its group has ended: it gets another one first, which says how goods past their date are sold.
    Ended,
    /// Nobody has given it a price.
    NoPrice,
}

/// Returns a mark of all that can be edited of a product: another one means that somebody has changed it.
pub fn fingerprint(product: &Product) -> String {
    let sold_by = match product.sold_by {
        SoldBy::Piece => "piece",
        SoldBy::Weight => "weight",
    };
    let producer = product.producer_id.map(|id| id.to_string()).unwrap_or_default();
    let (price, version) = (product.price.vnd().to_string(), product.price_version.to_string());
    let barcodes = product.barcodes.join(" ");
    let fields = [
        product.sku.as_str(),
        &product.name,
        &product.unit,
        sold_by,
        &price,
        &version,
        product.tax_class.code(),
        product.group_code.as_deref().unwrap_or_default(),
        &producer,
        &product.commune,
        &product.status,
        &barcodes,
    ];
    // No field has a line break in it.
    let mut mark = hex::encode(Hash::of(&[fields.join("\n").as_bytes()]).bytes());
    mark.truncate(FINGERPRINT_LETTERS);
    mark
}

/// Returns why a change does nothing to a product, inside a transaction; `None` when it does.
///
/// # Errors
/// When the database fails.
pub(crate) async fn unfit(tx: &mut Tx, product: &Product, change: &BulkChange) -> Result<Option<Unfit>> {
    if product.status == "provisional" {
        return Ok(Some(Unfit::Waits));
    }
    if !combos::list_parts(tx, product.id).await?.is_empty() {
        return Ok(Some(Unfit::Combo));
    }
    let new = change.of(product);
    if new == *product {
        return Ok(Some(Unfit::Same));
    }
    if new.status == "active" && new.lacks_price() {
        return Ok(Some(Unfit::NoPrice));
    }
    if new.status == "retired" && combos::find_holding(tx, product.id).await?.is_some() {
        return Ok(Some(Unfit::Held));
    }
    let groups = products::list_groups(tx).await?;
    let is_ended =
        new.group_code.is_some() && groups.iter().all(|group| Some(&group.code) != new.group_code.as_ref());
    Ok((new.status == "active" && is_ended).then_some(Unfit::Ended))
}

impl Admin {
    /// Changes one field of products, each of which the caller has seen with a [`fingerprint`]. Products that the change does nothing
    /// to stay as they are. Returns how many were changed.
    ///
    /// # Errors
    /// [`Refusal::Changed`] names those that somebody changed since; then none is. When there are more than [`BULK_MAX`], one is not there,
    /// or the group or the producer is unknown.
    pub async fn change_many_products(
        &self,
        seen: &[(ProductId, String)],
        change: &BulkChange,
    ) -> Result<usize> {
        if seen.is_empty() || seen.len() > BULK_MAX {
            return Err(Refusal::Invalid { what: "products", rule: "1 to 500" }.into());
        }
        let mut seen = seen.to_vec();
        seen.sort();
        seen.dedup_by_key(|(id, _)| *id);
        let mut tx = self.db.begin().await?;
        let groups = products::list_groups(&mut tx).await?;
        let change = self.named_today(&mut tx, change).await?;
        check(&mut tx, &change, &groups).await?;
        let (mut pairs, mut stale) = (Vec::new(), Vec::new());
        // In the order of ids, so that two of these do not wait for each other.
        for (id, mark) in &seen {
            let old = products::claim(&mut tx, *id).await?.ok_or(Error::NotFound("product"))?;
            if fingerprint(&old) != *mark {
                stale.push(old.sku);
            } else if unfit(&mut tx, &old, &change).await?.is_none() {
                pairs.push((change.of(&old), old));
            }
        }
        if !stale.is_empty() {
            return Err(Refusal::Changed { codes: stale.join(", ") }.into());
        }
        self.write_all(tx, &pairs, &groups).await?;
        Ok(pairs.len())
    }

    /// A commune as its unit is called today; what else is changed, as it came.
    async fn named_today(&self, tx: &mut Tx, change: &BulkChange) -> Result<BulkChange> {
        Ok(match change {
            BulkChange::Commune(name) => BulkChange::Commune(self.communes(tx).await?.written(name)),
            other => other.clone(),
        })
    }

    async fn write_all(&self, mut tx: Tx, pairs: &[(Product, Product)], groups: &[Group]) -> Result<()> {
        let now_ms = self.clock.now_ms();
        for (new, _) in pairs {
            products::update(&mut tx, new).await?;
        }
        let counted: Vec<Product> =
            pairs.iter().map(|(new, _)| new).filter(|new| new.status != "retired").cloned().collect();
        let mut news = product_facts::refresh(&mut tx, &counted, &self.clock).await?;
        for (new, old) in pairs {
            if new.status == "active" {
                news.push(told(new, &[], groups)?);
            } else if old.status == "active" {
                news.push(News::gone("product", new.id.uuid()));
            }
        }
        catalogue::publish(&mut tx, news, now_ms).await?;
        let changed: Vec<(String, String)> =
            pairs.iter().map(|(new, old)| (new.id.to_string(), changes(old, new))).collect();
        let acts = changed.iter().map(|(subject, detail)| Act {
            at_ms: now_ms,
            actor: &self.actor,
            action: "product.update",
            subject,
            detail,
        });
        audit::append_all(&mut tx, &acts.collect::<Vec<_>>()).await?;
        tx.commit().await
    }
}

async fn check(tx: &mut Tx, change: &BulkChange, groups: &[Group]) -> Result<()> {
    match change {
        BulkChange::Group(code) if groups.iter().all(|group| group.code != *code) => {
            Err(Refusal::Invalid { what: "group", rule: "one of the product groups" }.into())
        }
        BulkChange::Producer(Some(id)) => {
            producers::find_in(tx, *id).await?.map(drop).ok_or(Error::NotFound("producer"))
        }
        BulkChange::Commune(name) => optional("commune", name).map(drop),
        _ => Ok(()),
    }
}
