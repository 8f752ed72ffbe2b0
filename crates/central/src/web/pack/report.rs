//! What the page of a pack tells: the same facts for the page and for programs.

use domain::catalog::{Recognition, Stars};
use domain::pack_link::PackLink;
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::Db;
use crate::db::packs::{self, PackLot, Selling};
use crate::db::recognitions::{self, Decision};
use crate::error::Result;
use crate::web::sales::report::{iso, iso_maybe};

/// Lots with one code on the page: a store each, as a rule.
const LOTS_MOST: i64 = 20;
/// Stores on the page.
const STORES_MOST: i64 = 50;

/// A product, and the lot that the label names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PackReport {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// The group's name in Vietnamese.
    pub group_vi: Option<String>,
    /// In English.
    pub group_en: Option<String>,
    /// Who makes it, where that is known.
    pub producer: Option<String>,
    /// The commune that it comes from; empty where that is unknown.
    pub commune: String,
    /// A store added it, and nobody has confirmed it yet.
    pub is_provisional: bool,
    /// It is no longer sold.
    pub is_retired: bool,
    /// What it is recognised as today.
    pub recognitions: Vec<RecognitionOfPack>,
    /// The lot that the label names.
    pub lot: Option<LotOfPack>,
    /// The stores that have the product.
    pub stores: Vec<StoreOfPack>,
}

/// A recognition in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecognitionOfPack {
    /// The category's code.
    pub category: String,
    /// Of OCOP: how many stars.
    pub stars: Option<u8>,
    /// The decision.
    pub decision_number: String,
    /// Its last day; none where it has none.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub valid_to: Option<Date>,
}

/// A lot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LotOfPack {
    /// Its code, as on the label.
    pub code: String,
    /// Its last day: the earlier of what the label says and what the stores wrote.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub expires_on: Option<Date>,
    /// That day is over.
    pub is_expired: bool,
    /// Where and when it was received; nothing when no store knows this lot.
    pub received: Vec<ReceivedLot>,
}

/// A lot as a store received it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReceivedLot {
    /// The store's name.
    pub store: String,
    /// Its code as the store wrote it.
    pub code: String,
    /// When.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub received_on: Date,
}

/// A store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoreOfPack {
    /// Its name.
    pub store: String,
    /// Where it is.
    pub address: String,
    /// Telephone; empty where none is known.
    pub phone: String,
}

/// Returns what is known of a pack; none for a product that nobody knows.
///
/// # Errors
/// When the database fails.
pub async fn load(db: &Db, (link, code): &(PackLink, String), today: Date) -> Result<Option<PackReport>> {
    let Some(product) = packs::find_product(db, code).await? else { return Ok(None) };
    let mut decisions = recognitions::list(&mut db.begin_reading().await?, product.id).await?;
    decisions.retain(|decision| !decision.is_withdrawn && decision.recognition.counts_on(today));
    decisions.sort_by_key(|decision| {
        (std::cmp::Reverse(decision.recognition.stars), decision.recognition.category)
    });
    let stores = packs::list_selling(db, product.id, STORES_MOST).await?;
    let lot = match link.lot() {
        Some(code) => {
            let lots = packs::list_lots(db, product.id, code, LOTS_MOST).await?;
            Some(LotOfPack::of(code, link.expires_on(today), lots, today))
        }
        None => None,
    };
    Ok(Some(PackReport {
        product_id: product.id.uuid(),
        name: product.name,
        unit: product.unit,
        group_vi: product.group_vi,
        group_en: product.group_en,
        producer: product.producer,
        commune: product.commune,
        is_provisional: product.status == "provisional",
        is_retired: product.status == "retired",
        recognitions: decisions.into_iter().map(RecognitionOfPack::from).collect(),
        lot,
        stores: stores.into_iter().map(StoreOfPack::from).collect(),
    }))
}

impl LotOfPack {
    fn of(code: &str, on_label: Option<Date>, lots: Vec<PackLot>, today: Date) -> Self {
        let known = lots.iter().filter_map(|lot| lot.expires_on);
        let expires_on = known.chain(on_label).min();
        let received = lots.into_iter().map(|lot| ReceivedLot {
            store: lot.store,
            code: lot.code,
            received_on: lot.received_on,
        });
        Self {
            code: code.to_owned(),
            expires_on,
            is_expired: expires_on.is_some_and(|day| day < today),
            received: received.collect(),
        }
    }

    /// Returns the code under which looks are counted: as a store wrote it. A lot that no store knows counts for its product, so that
    /// nobody makes rows by inventing lots.
    pub fn counted_code(&self) -> &str {
        self.received.first().map_or("", |lot| lot.code.as_str())
    }
}

impl From<Decision> for RecognitionOfPack {
    fn from(decision: Decision) -> Self {
        let Recognition { category, stars, valid_to, .. } = decision.recognition;
        Self {
            category: category.code().to_owned(),
            stars: stars.map(Stars::count),
            decision_number: decision.paper.number,
            valid_to,
        }
    }
}

impl From<Selling> for StoreOfPack {
    fn from(row: Selling) -> Self {
        // Most addresses name the commune already.
        let commune = row.commune.trim();
        let commune = if row.address.contains(commune) { "" } else { commune };
        let parts = [row.address.trim(), commune];
        let address = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        Self { store: row.store, address, phone: row.phone }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn the_earlier_last_day_counts() {
        let lot = |expires_on| PackLot {
            code: "L1".to_owned(),
            store: "Lý Sơn".to_owned(),
            received_on: date!(2026 - 10 - 01),
            expires_on,
        };
        let today = date!(2026 - 11 - 23);
        let label = Some(date!(2026 - 12 - 31));
        let of = |lots| LotOfPack::of("l1", label, lots, today);
        assert_eq!((of(vec![]).expires_on, of(vec![]).counted_code()), (label, ""));
        let known = of(vec![lot(Some(date!(2026 - 11 - 22))), lot(None)]);
        assert_eq!((known.expires_on, known.is_expired), (Some(date!(2026 - 11 - 22)), true));
        assert_eq!(known.counted_code(), "L1");
        assert!(!of(vec![lot(Some(today))]).is_expired, "the last day itself is a good one");
    }
}
