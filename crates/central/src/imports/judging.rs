//! Judges the rows of an import against the catalogue as it is in a transaction.

use std::collections::{BTreeMap, HashMap};

use clock::Clock;
use domain::ids::ProductId;
use domain::place::Gazetteer;
use domain::product_list::likeness::producer_key;
use domain::product_list::{
    self, Defaults, GroupNames, Judged, KnownProduct, Outcome, ReadRow, Vocabulary, read_row,
};
use time::Date;
use uuid::Uuid;

use super::judgement::RowDetail;
use super::sheets::ROWS_MAX;
use crate::db::imports::judgements::{Judgement, Vanished};
use crate::db::imports::{self, Import, known};
use crate::db::producers::Producer;
use crate::db::{Tx, places, product_groups, products, standards};
use crate::error::{Error, Result};

/// What a list would do now.
pub struct Fresh {
    /// Its rows, as they were judged.
    pub judged: Vec<Judged>,
    /// The same, as they are kept; new rows have the products that they make.
    pub rows: Vec<Judgement>,
    /// Products that stand in no row.
    pub vanished: Vec<Vanished>,
    /// Every producer; those that are counted as another one have its id, so that ids repeat.
    pub producers: Vec<Producer>,
    /// Every code of a product.
    pub skus: Vec<String>,
}

/// Judges an import whose columns are chosen; `made` are products that its new rows make already.
///
/// # Errors
/// When its columns are not chosen, or the database fails.
pub async fn judge(
    tx: &mut Tx,
    import: &Import,
    made: &BTreeMap<u32, Uuid>,
    (clock, today): (&Clock, Date),
) -> Result<Fresh> {
    let layout = import.layout.clone().ok_or(Error::NotFound("columns"))?;
    let rows = imports::list_rows(tx, import.id, layout.sheet, ROWS_MAX).await?;
    let decisions: HashMap<_, _> = imports::list_decisions(tx, import.id).await?.into_iter().collect();
    let known = known::load(tx).await?;
    let gazetteer = places::gazetteer(tx, today).await?;
    let vocabulary = Vocabulary {
        groups: GroupNames::new(product_groups::list_names(tx).await?),
        standards: standards::load(tx).await?,
    };
    // The group may have ended since somebody chose it for such lists.
    let mut groups = products::list_groups(tx).await?.into_iter().map(|group| group.code);
    let group = groups.find(|code| *code == import.defaults.group).unwrap_or_default();
    let defaults = Defaults { unit: import.defaults.unit.clone(), group };
    let judging = move || {
        let first = layout.head_row.saturating_add(layout.head_rows);
        let rows: Vec<(u32, ReadRow)> = rows
            .into_iter()
            .filter(|(number, _)| *number >= first)
            .map(|(number, cells)| {
                let row = read_row(&cells, &layout.columns, &vocabulary);
                (number, placed(row, &gazetteer, &known.counted_as))
            })
            .collect();
        let judgement = product_list::judge(rows, &known.catalogue, &decisions, &defaults, today);
        (judgement, known)
    };
    // Thousands of rows are work for a while, and others want to be answered meanwhile.
    let judged = tokio::task::spawn_blocking(judging).await;
    let (judgement, known) = judged.map_err(|error| Error::Program(format!("the list: {error}")))?;
    let products: HashMap<ProductId, &KnownProduct> =
        known.catalogue.products().iter().map(|product| (product.id, product)).collect();
    let find = |id: ProductId| products.get(&id).copied();
    let keep = |judged: &Judged| Judgement {
        row: judged.number,
        outcome: judged.outcome,
        product_id: match judged.outcome {
            Outcome::New => Some(made.get(&judged.number).copied().unwrap_or_else(|| clock.new_uuid())),
            _ => judged.product.map(ProductId::uuid),
        },
        detail: serde_json::to_string(&RowDetail::new(judged, find)).unwrap_or_default(),
        is_applied: false,
    };
    let gone = |product: &KnownProduct| Vanished {
        product_id: product.id.uuid(),
        sku: product.sku.clone(),
        name: product.name.clone(),
        producer: product.producer.clone().unwrap_or_default(),
    };
    Ok(Fresh {
        rows: judgement.rows.iter().map(keep).collect(),
        vanished: judgement.vanished.iter().filter_map(|id| find(*id)).map(gone).collect(),
        skus: known.catalogue.products().iter().map(|product| product.sku.clone()).collect(),
        judged: judgement.rows,
        producers: known.producers,
    })
}

/// Writes a row's commune and producer as the catalogue does: a commune as its unit is called today, where
/// what the list says means exactly one, and a producer as the one that it is counted as. The list itself is
/// kept as it came.
fn placed(row: ReadRow, gazetteer: &Gazetteer, counted_as: &HashMap<String, String>) -> ReadRow {
    match row {
        ReadRow::Product(mut row) => {
            row.commune = row.commune.map(|text| gazetteer.written(&text));
            row.producer =
                row.producer.map(|name| counted_as.get(&producer_key(&name)).cloned().unwrap_or(name));
            ReadRow::Product(row)
        }
        other => other,
    }
}
