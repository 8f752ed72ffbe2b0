//! Applying a list: what was shown and chosen, in one transaction, or nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::Money;
use domain::catalog::SoldBy;
use domain::ids::{ProducerId, ProductId};
use domain::place::Gazetteer;
use domain::product_list::likeness::{plain, producer_key};
use domain::product_list::{Field, Judged, ListRow, Outcome};
use uuid::Uuid;

use super::super::catalogue::{changes, product_of};
use super::super::producers::producer_news;
use super::super::{Admin, NewProduct, taken};
use crate::db::Tx;
use crate::db::audit::{self, Act};
use crate::db::catalogue::{self, News};
use crate::db::imports::judgements::{self, Judgement};
use crate::db::imports::{self, Import, Status};
use crate::db::prices;
use crate::db::producers::{self, Producer};
use crate::db::products::{self, Group, Product, UNPRICED};
use crate::db::recognitions::{self, Decision};
use crate::error::{Error, Refusal, Result};
use crate::imports::judging::Fresh;

/// Codes that new products get where the list has none: these letters and five digits.
const CODE: &str = "OC";
/// Larger numbers behind these letters are somebody's own codes.
const CODES_MAX: u32 = 10_000_000;
/// Products that are read together.
const READ_AT_ONCE: usize = 1_000;

/// What came of applying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// So many rows changed the catalogue.
    Now(usize),
    /// It was applied before; nothing was done again.
    Before,
    /// So many rows are no longer what was shown, since the catalogue has changed: nothing was done, and they were judged again.
    Stale(usize),
}

/// What a list did to one product or producer, as its history tells it.
struct Done {
    action: &'static str,
    subject: String,
    detail: String,
}

/// What came of writing rows.
struct Written {
    rows: usize,
    done: Vec<Done>,
}

impl Admin {
    /// Takes the rows of these outcomes into the catalogue. Sent twice it is done once; where the catalogue has changed since the
    /// rows were shown, nothing is done and the rows are judged again.
    ///
    /// # Errors
    /// When there is no such import, its columns are not chosen, or nothing is chosen.
    pub async fn apply_import(&self, id: Uuid, outcomes: &[Outcome]) -> Result<Applied> {
        let mut chosen: Vec<Outcome> = Outcome::APPLIED.to_vec();
        chosen.retain(|outcome| outcomes.contains(outcome));
        let mut tx = self.db.begin().await?;
        catalogue::lock(&mut tx).await?;
        let import = imports::find_in(&mut tx, id).await?.ok_or(Error::NotFound("import"))?;
        match import.status {
            Status::Applied => return Ok(Applied::Before),
            Status::Brought => return Err(Error::NotFound("judged import")),
            Status::Judged if chosen.is_empty() => {
                return Err(Refusal::Invalid { what: "outcomes", rule: "at least one" }.into());
            }
            Status::Judged => {}
        }
        let shown = judgements::list_all(&mut tx, id).await?;
        let fresh = self.judge_again(&mut tx, id).await?;
        let stale = stale_rows(&shown, &fresh.rows, &chosen);
        if stale > 0 {
            let detail = format!("{stale} rows are no longer what was shown");
            self.finish(tx, "import.judge", &id.to_string(), &detail).await?;
            return Ok(Applied::Stale(stale));
        }
        if !imports::set_applied(&mut tx, id, &self.actor, self.clock.now_ms()).await? {
            return Ok(Applied::Before);
        }
        let Written { rows: count, done } = self.write_rows(&mut tx, &import, fresh, &chosen).await?;
        judgements::set_applied(&mut tx, id, &chosen).await?;
        let codes: Vec<&str> = chosen.iter().map(|outcome| outcome.code()).collect();
        self.note(&mut tx, &done).await?;
        let detail = format!("{} {} {count} rows: {}", import.source, import.file_name, codes.join(" "));
        self.finish(tx, "import.apply", &id.to_string(), &detail).await?;
        Ok(Applied::Now(count))
    }

    /// Notes each act on its product or producer, as if somebody had done it by hand.
    async fn note(&self, tx: &mut Tx, done: &[Done]) -> Result<()> {
        let at_ms = self.clock.now_ms();
        let acts = done.iter().map(|done| Act {
            at_ms,
            actor: &self.actor,
            action: done.action,
            subject: &done.subject,
            detail: &done.detail,
        });
        audit::append_all(tx, &acts.collect::<Vec<_>>()).await
    }

    /// Writes what the chosen rows say, by the same writes as single acts.
    async fn write_rows(
        &self,
        tx: &mut Tx,
        import: &Import,
        fresh: Fresh,
        chosen: &[Outcome],
    ) -> Result<Written> {
        let Fresh { judged, rows, producers, skus, .. } = fresh;
        let taken_rows: Vec<(Judged, ProductId)> = judged
            .into_iter()
            .zip(&rows)
            .filter(|(judged, _)| chosen.contains(&judged.outcome))
            .filter_map(|(judged, row)| Some((judged, row.product_id?.into())))
            .collect();
        let groups = products::list_groups(tx).await?;
        let (makers, made) = self.add_makers(tx, &taken_rows, producers).await?;
        let mut news: Vec<News> = made.iter().map(producer_news).collect::<Result<_>>()?;
        let mut done: Vec<Done> = made.iter().map(added_maker).collect();
        let is_new = |(judged, _): &&(Judged, ProductId)| judged.outcome == Outcome::New;
        let said = taken_rows.iter().filter_map(|(judged, _)| judged.row.sku.clone());
        let mut codes = Codes::new(skus.into_iter().chain(said).collect());
        let added: Vec<Product> = taken_rows
            .iter()
            .filter(is_new)
            .map(|(judged, id)| new_product(*id, &judged.row, (import, &makers, &groups), &mut codes))
            .collect::<Result<_>>()?;
        let some = added.first().map(|product| product.sku.clone()).unwrap_or_default();
        products::insert(tx, &added).await.map_err(taken("code or barcode", &some))?;
        done.extend(added.iter().map(added_product));
        let mut touched = added;
        for (old, new) in self.change_products(tx, &taken_rows, import).await? {
            done.extend(changed_product(&old, &new));
            touched.push(new);
        }
        let decisions: Vec<Decision> =
            taken_rows.iter().filter_map(|(row, id)| self.decision(row, *id)).collect();
        recognitions::insert_all(tx, &decisions).await?;
        let skus_of: HashMap<ProductId, &str> =
            touched.iter().map(|product| (product.id, product.sku.as_str())).collect();
        done.extend(decisions.iter().map(|decision| {
            recognised(decision, skus_of.get(&decision.product_id).copied().unwrap_or_default())
        }));
        prices::record(tx, &touched, self.clock.now_ms(), &self.actor).await?;
        news.extend(self.news_of(tx, &touched, &groups).await?);
        catalogue::publish(tx, news, self.clock.now_ms()).await?;
        Ok(Written { rows: taken_rows.len(), done })
    }

    fn decision(&self, judged: &Judged, product_id: ProductId) -> Option<Decision> {
        let decided = judged.row.decided.as_ref().filter(|_| judged.is_decided_anew)?;
        Some(Decision {
            id: self.clock.new_uuid(),
            product_id,
            recognition: decided.recognition,
            paper: decided.paper.clone(),
            is_withdrawn: false,
            file_id: None,
        })
    }

    /// Adds the producers of new products that nobody is called like; returns all by what their names have in common, and those added.
    async fn add_makers(
        &self,
        tx: &mut Tx,
        rows: &[(Judged, ProductId)],
        known: Vec<Producer>,
    ) -> Result<(HashMap<String, ProducerId>, Vec<Producer>)> {
        let mut makers: HashMap<String, ProducerId> =
            known.into_iter().map(|producer| (producer_key(&producer.name), producer.id)).collect();
        let mut added = Vec::new();
        for (judged, _) in rows.iter().filter(|(judged, _)| judged.outcome == Outcome::New) {
            let Some(name) = &judged.row.producer else { continue };
            let key = producer_key(name);
            if key.is_empty() || makers.contains_key(&key) {
                continue;
            }
            let id: ProducerId = self.clock.new_uuid().into();
            makers.insert(key, id);
            let commune = judged.row.commune.clone().unwrap_or_default();
            added.push(Producer { id, name: name.clone(), commune, phone: String::new() });
        }
        producers::insert_all(tx, &added).await?;
        Ok((makers, added))
    }

    /// Writes what differs; returns every product of the rows as it was, and as it is then.
    async fn change_products(
        &self,
        tx: &mut Tx,
        rows: &[(Judged, ProductId)],
        import: &Import,
    ) -> Result<Vec<(Product, Product)>> {
        let known: BTreeMap<ProductId, &Judged> =
            rows.iter().filter(|(row, _)| row.outcome != Outcome::New).map(|(row, id)| (*id, row)).collect();
        let ids: Vec<ProductId> = known.keys().copied().collect();
        let mut all = Vec::with_capacity(ids.len());
        for some in ids.chunks(READ_AT_ONCE) {
            for old in products::list_among(tx, some).await? {
                let judged = known.get(&old.id).ok_or(Error::NotFound("product"))?;
                let mut product = old.clone();
                if !judged.changes.is_empty() {
                    change(&mut product, judged, import);
                    let sku = product.sku.clone();
                    products::update(tx, &product).await.map_err(taken("code or barcode", &sku))?;
                }
                all.push((old, product));
            }
        }
        Ok(all)
    }
}

fn added_maker(producer: &Producer) -> Done {
    Done { action: "producer.add", subject: producer.id.to_string(), detail: producer.name.clone() }
}

fn added_product(product: &Product) -> Done {
    let detail = format!("{} {}", product.sku, product.name);
    Done { action: "product.add", subject: product.id.to_string(), detail }
}

/// Returns nothing for a product that stayed as it was.
fn changed_product(old: &Product, new: &Product) -> Option<Done> {
    let detail = changes(old, new);
    (!detail.is_empty()).then(|| Done { action: "product.update", subject: new.id.to_string(), detail })
}

/// As [`Admin::add_recognition`] notes it.
fn recognised(decision: &Decision, sku: &str) -> Done {
    let detail = format!("{sku} {} {}", decision.recognition.category.code(), decision.paper.number);
    Done { action: "product.recognise", subject: decision.product_id.to_string(), detail }
}

/// How many of the chosen rows are no longer what was shown.
fn stale_rows(shown: &[Judgement], fresh: &[Judgement], chosen: &[Outcome]) -> usize {
    let shown: BTreeMap<u32, &Judgement> = shown.iter().map(|row| (row.row, row)).collect();
    let is_other = |row: &&Judgement| {
        let before = shown.get(&row.row);
        let was_chosen = before.is_some_and(|before| chosen.contains(&before.outcome));
        let same = before.is_some_and(|before| {
            (before.outcome, before.product_id, &before.detail) == (row.outcome, row.product_id, &row.detail)
        });
        !same && (was_chosen || chosen.contains(&row.outcome))
    };
    fresh.iter().filter(is_other).count()
}

/// What the list says; what it does not say stays.
fn change(product: &mut Product, judged: &Judged, import: &Import) {
    let row = &judged.row;
    let fields: HashSet<Field> = judged.changes.iter().map(|change| change.field).collect();
    let said = |field: Field, value: &Option<String>| value.clone().filter(|_| fields.contains(&field));
    if fields.contains(&Field::Name) {
        product.name.clone_from(&row.name);
    }
    if let Some(price) = row.price.filter(|_| fields.contains(&Field::Price)) {
        product.price = price;
        product.price_version += 1;
    }
    if let Some(unit) = said(Field::Unit, &row.unit) {
        product.unit = unit;
    }
    if let Some(group) = said(Field::Group, &row.group) {
        product.group_code = Some(group);
    }
    if product.status == UNPRICED && fields.contains(&Field::Price) {
        begin_selling(product, import);
    }
    if let Some(commune) = said(Field::Commune, &row.commune) {
        product.commune = commune;
    }
    if let Some(sku) = said(Field::Sku, &row.sku) {
        product.sku = sku;
    }
    if let Some(code) = row.barcode.as_ref().filter(|_| fields.contains(&Field::Barcode)) {
        product.barcodes.push(code.as_str().to_owned());
    }
}

/// With its first price a product is on sale, by what was chosen for new ones where neither it nor the list says it.
fn begin_selling(product: &mut Product, import: &Import) {
    let defaults = &import.defaults;
    "active".clone_into(&mut product.status);
    product.tax_class = defaults.tax_class;
    if product.unit.is_empty() {
        product.unit.clone_from(&defaults.unit);
    }
    if product.group_code.is_none() && !defaults.group.is_empty() {
        product.group_code = Some(defaults.group.clone());
    }
    product.sold_by = sold_by(&product.unit);
}

/// Loose goods are sold by the kilogram; a pack of a kilogram is a piece.
fn sold_by(unit: &str) -> SoldBy {
    if plain(unit) == "kg" { SoldBy::Weight } else { SoldBy::Piece }
}

fn new_product(
    id: ProductId,
    row: &ListRow,
    (import, makers, groups): (&Import, &HashMap<String, ProducerId>, &[Group]),
    codes: &mut Codes,
) -> Result<Product> {
    let unit = row.unit.clone().unwrap_or_else(|| import.defaults.unit.clone());
    let group = row.group.clone().unwrap_or_else(|| import.defaults.group.clone());
    let sku = row.sku.clone().unwrap_or_else(|| codes.next());
    let sold_by = sold_by(&unit);
    let producer = row.producer.as_deref().map(producer_key);
    let barcodes = row.barcode.iter().map(|code| code.as_str().to_owned()).collect();
    let producer_id = producer.and_then(|key| makers.get(&key).copied());
    let commune = row.commune.clone().unwrap_or_default();
    let (name, tax_class) = (row.name.clone(), import.defaults.tax_class);
    let Some(price) = row.price else {
        let group_code = Some(group).filter(|code| groups.iter().any(|group| group.code == *code));
        return Ok(Product {
            id,
            sku,
            barcodes,
            name,
            unit,
            sold_by,
            price: Money::ZERO,
            price_version: 0,
            tax_class,
            group_code,
            producer_id,
            commune,
            status: UNPRICED.to_owned(),
            merged: Vec::new(),
        });
    };
    let group_code = group;
    let new =
        NewProduct { sku, barcodes, name, unit, sold_by, price, tax_class, group_code, producer_id, commune };
    // Communes were read as their units are called.
    product_of(id, &new, 1, (groups, &Gazetteer::default()))
}

/// Codes for products that have none.
struct Codes {
    used: HashSet<String>,
    last: u32,
}

impl Codes {
    fn new(skus: Vec<String>) -> Self {
        let number = |sku: &String| sku.strip_prefix(CODE)?.parse().ok().filter(|number| *number < CODES_MAX);
        let last = skus.iter().filter_map(number).max().unwrap_or_default();
        Self { used: skus.into_iter().collect(), last }
    }

    fn next(&mut self) -> String {
        loop {
            self.last = self.last.saturating_add(1);
            let code = format!("{CODE}{:05}", self.last);
            if self.used.insert(code.clone()) {
                return code;
            }
        }
    }
}
