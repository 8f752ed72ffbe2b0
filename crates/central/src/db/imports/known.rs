//! The catalogue as a list is compared with it, read in one state.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::Money;
use domain::product_list::likeness::producer_key;
use domain::product_list::{Catalogue, KnownProduct};
use sqlx::FromRow;
use uuid::Uuid;

use crate::db::engine::{Tx, sql};
use crate::db::producers::{self, Producer};
use crate::db::{product_facts, same_producers};
use crate::error::Result;

/// The catalogue, and who makes things.
#[derive(Debug)]
pub struct Known {
    /// Products, with ways to find them.
    pub catalogue: Catalogue,
    /// Every producer; those that are counted as another one have its id, so that ids repeat.
    pub producers: Vec<Producer>,
    /// Who is counted as which other one, by what its name has in common with how a list writes it.
    pub counted_as: HashMap<String, String>,
}

#[derive(FromRow)]
struct ProductRow {
    id: Uuid,
    sku: String,
    name: String,
    unit: String,
    price_vnd: i64,
    is_unpriced: bool,
    group_code: Option<String>,
    commune: String,
    is_active: bool,
    producer: Option<String>,
}

/// Reads every product of the catalogue. Combos and what is no longer sold are there with their codes alone: no row can mean them.
///
/// # Errors
/// When the database fails.
pub async fn load(tx: &mut Tx) -> Result<Known> {
    let sql = sql!(
        "select p.id, p.sku, p.name, p.unit, p.price_vnd, p.group_code, p.commune,
            p.price_version = 0 as is_unpriced,
            p.status in ('active', 'unpriced') and not exists (select 1 from combo_parts where combo_id = p.id) as is_active,
            m.name as producer
         from products p left join producers own on own.id = p.producer_id
            left join producers m on m.id = coalesce(own.same_as, own.id) where p.status <> 'provisional' order by p.id"
    );
    let rows: Vec<ProductRow> = tx.all(sql).await?;
    let mut recognitions = product_facts::list_all_recognitions(tx).await?;
    let mut barcodes: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    let codes = sql!("select product_id, code from barcodes order by product_id, code");
    for (product, code) in tx.all::<(Uuid, String)>(codes).await? {
        barcodes.entry(product).or_default().push(code);
    }
    let known = |row: ProductRow| KnownProduct {
        id: row.id.into(),
        sku: row.sku,
        barcodes: barcodes.remove(&row.id).unwrap_or_default(),
        name: row.name,
        unit: row.unit,
        price: Some(Money::new(row.price_vnd)).filter(|_| !row.is_unpriced),
        group: row.group_code,
        producer: row.producer,
        commune: row.commune,
        is_active: row.is_active,
        recognitions: recognitions.remove(&row.id.into()).unwrap_or_default(),
    };
    let products = rows.into_iter().map(known).collect();
    let same: BTreeMap<Uuid, Uuid> = same_producers::list(tx).await?.into_iter().collect();
    let mut producers = producers::list(tx).await?;
    let is_own = |producer: &&Producer| !same.contains_key(&producer.id.uuid());
    let names: Vec<String> = producers.iter().filter(is_own).map(|producer| producer.name.clone()).collect();
    // A list that names one that was added twice means the one that it is counted as, whose own name goes before.
    producers.sort_by_key(|producer| !same.contains_key(&producer.id.uuid()));
    let counted_as = renamed(&producers, &same);
    for producer in &mut producers {
        if let Some(other) = same.get(&producer.id.uuid()) {
            producer.id = (*other).into();
        }
    }
    Ok(Known { catalogue: Catalogue::new(products, &names), producers, counted_as })
}

/// Returns how those are called that others are counted as; without names that mean more than one.
fn renamed(producers: &[Producer], same: &BTreeMap<Uuid, Uuid>) -> HashMap<String, String> {
    let names: BTreeMap<Uuid, &str> =
        producers.iter().map(|producer| (producer.id.uuid(), producer.name.as_str())).collect();
    let mut meant: HashMap<String, BTreeSet<Uuid>> = HashMap::new();
    for producer in producers {
        let id = producer.id.uuid();
        let shown = same.get(&id).copied().unwrap_or(id);
        meant.entry(producer_key(&producer.name)).or_default().insert(shown);
    }
    let only =
        |shown: BTreeSet<Uuid>| shown.first().filter(|_| shown.len() == 1).and_then(|id| names.get(id));
    let renamed = meant.into_iter().filter_map(|(key, shown)| {
        let name = *only(shown)?;
        (producer_key(name) != key).then(|| (key, name.to_owned()))
    });
    renamed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_who_it_is_counted_as_unless_it_means_two() {
        let producer = |number: u128, name: &str| Producer {
            id: Uuid::from_u128(number).into(),
            name: name.to_owned(),
            commune: String::new(),
            phone: String::new(),
        };
        let all = [
            producer(1, "HTX Quế Trà Bồng"),
            producer(2, "Hợp tác xã quế Trà Bồng (mới)"),
            producer(3, "Nguyễn Văn A"),
            producer(4, "Nguyễn Văn A"),
            producer(5, "Diêm dân Sa Huỳnh"),
        ];
        let same =
            [(2, 1), (3, 1), (4, 5)].map(|(one, other)| (Uuid::from_u128(one), Uuid::from_u128(other)));
        let renamed = renamed(&all, &same.into_iter().collect());
        let of = |name: &str| renamed.get(&producer_key(name)).map(String::as_str);
        assert_eq!(of("Hợp tác xã quế Trà Bồng (mới)"), Some("HTX Quế Trà Bồng"));
        assert_eq!(of("Nguyễn Văn A"), None, "one of them is another one than the other");
        assert_eq!(of("Diêm dân Sa Huỳnh"), None, "it is called so itself");
    }
}
