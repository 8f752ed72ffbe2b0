//! The catalogue: producers, products, prices, recognitions, terms, tax rates. Each act also tells the stores.

use domain::Money;
use domain::Rate;
use domain::catalog::{Category, Recognition, SoldBy};
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::Clauses;
use domain::ids::{OperatorId, ProducerId, ProductId, TermsId};
use domain::tax::{DatedRate, TaxClass};
use protocol::wire::{CatalogueRow, ProducerRow, TaxRateRow};
use time::Date;

use super::combos::told;
use super::{Admin, needed, taken};
use crate::db::catalogue::{self, Audience, News};
use crate::db::combos;
use crate::db::engine::sql;
use crate::db::producers::{self, Producer};
use crate::db::product_facts::Decision;
use crate::db::products::{self, Group, Product};
use crate::db::{Tx, operators, product_facts, tax_rates, terms};
use crate::error::{Error, Refusal, Result};

/// A producer to add.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewProducer {
    /// Name.
    pub name: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Telephone.
    pub phone: String,
}

/// A product to add, or as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProduct {
    /// The shops' own code.
    pub sku: String,
    /// All barcodes.
    pub barcodes: Vec<String>,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Pieces or weight.
    pub sold_by: SoldBy,
    /// Price of a unit, VAT included.
    pub price: Money,
    /// VAT class.
    pub tax_class: TaxClass,
    /// Code of the group: `food`, `drink`, `medicinal`, `handicraft`, `ornamental`, `tourism`.
    pub group_code: String,
    /// Whose goods, when consigned.
    pub producer_id: Option<ProducerId>,
    /// Commune that it comes from.
    pub commune: String,
}

/// Terms to add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewTerms {
    /// Who sells.
    pub operator_id: OperatorId,
    /// Whose goods.
    pub producer_id: ProducerId,
    /// The single product, or all.
    pub product_id: Option<ProductId>,
    /// The operator's part.
    pub commission: Rate,
    /// What it is a part of.
    pub basis: Basis,
    /// Who bears discounts.
    pub discount_bearer: Bearer,
    /// First business date.
    pub valid_from: Date,
    /// What else was agreed.
    pub clauses: Clauses,
}

impl Admin {
    /// Adds a producer.
    ///
    /// # Errors
    /// When the name is missing.
    pub async fn add_producer(&self, new: &NewProducer) -> Result<ProducerId> {
        let producer = Producer {
            id: self.clock.new_uuid().into(),
            name: needed("name", &new.name)?,
            commune: new.commune.trim().to_owned(),
            phone: new.phone.trim().to_owned(),
        };
        let mut tx = self.db.begin().await?;
        producers::insert(&mut tx, &producer).await?;
        catalogue::publish(&mut tx, vec![producer_news(&producer)?], self.clock.now_ms()).await?;
        self.finish(tx, "producer.add", &producer.id.to_string(), &producer.name).await?;
        Ok(producer.id)
    }

    /// Adds a product.
    ///
    /// # Errors
    /// When a value is missing or wrong, or a code is taken.
    pub async fn add_product(&self, new: &NewProduct) -> Result<ProductId> {
        let ids = self.add_products(std::slice::from_ref(new)).await?;
        ids.first().copied().ok_or(Error::NotFound("product"))
    }

    /// Adds products, all or none.
    ///
    /// # Errors
    /// When a value is missing or wrong, or a code is taken.
    pub async fn add_products(&self, new: &[NewProduct]) -> Result<Vec<ProductId>> {
        let mut tx = self.db.begin().await?;
        let groups = products::list_groups(&mut tx).await?;
        let mut added = Vec::with_capacity(new.len());
        for new in new {
            self.check_product(&mut tx, new, None).await?;
            added.push(product_of(self.clock.new_uuid().into(), new, 1, &groups)?);
        }
        let some = added.first().map(|product| product.sku.clone()).unwrap_or_default();
        products::insert(&mut tx, &added).await.map_err(taken("code or barcode", &some))?;
        let news = self.news_of(&mut tx, &added, &groups).await?;
        catalogue::publish(&mut tx, news, self.clock.now_ms()).await?;
        let detail = format!("{} products from {some} on", added.len());
        self.finish(tx, "product.add", &some, &detail).await?;
        Ok(added.into_iter().map(|product| product.id).collect())
    }

    /// Writes a product anew; another price gets the next version.
    ///
    /// # Errors
    /// When there is no such product, a value is missing or wrong, or a code is taken.
    pub async fn update_product(&self, id: ProductId, new: &NewProduct) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let groups = products::list_groups(&mut tx).await?;
        let old = products::find_in(&mut tx, id).await?.ok_or(Error::NotFound("product"))?;
        self.check_product(&mut tx, new, Some(id)).await?;
        let version = old.price_version + i64::from(old.price != new.price);
        let product = Product { merged: old.merged, ..product_of(id, new, version, &groups)? };
        self.store_product(tx, &product, &groups, "product.update").await
    }

    /// Sets the price of a product, and counts its version up.
    ///
    /// # Errors
    /// When there is no such product, or the price is negative.
    pub async fn set_price(&self, id: ProductId, price: Money) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let groups = products::list_groups(&mut tx).await?;
        let mut product = products::find_in(&mut tx, id).await?.ok_or(Error::NotFound("product"))?;
        product.price = checked_price(price)?;
        if price <= Money::ZERO && !combos::list_parts(&mut tx, id).await?.is_empty() {
            return Err(Refusal::Invalid { what: "price", rule: "above 0 đồng" }.into());
        }
        product.price_version += 1;
        self.store_product(tx, &product, &groups, "product.price").await
    }

    /// Takes a product out of the catalogue: stores drop it, and sales of it are still counted.
    ///
    /// # Errors
    /// When there is no such product, or a combo on sale holds it.
    pub async fn retire_product(&self, id: ProductId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let mut product = products::find_in(&mut tx, id).await?.ok_or(Error::NotFound("product"))?;
        if let Some(value) = combos::find_holding(&mut tx, id).await? {
            return Err(Refusal::Held { value }.into());
        }
        product.status = "retired".to_owned();
        products::update(&mut tx, &product).await?;
        let is_combo = !combos::list_parts(&mut tx, id).await?.is_empty();
        let kind = if is_combo { "combo" } else { "product" };
        catalogue::publish(&mut tx, vec![News::gone(kind, id.uuid())], self.clock.now_ms()).await?;
        self.finish(tx, "product.retire", &id.to_string(), &product.sku).await
    }

    /// Brings what products count as up to date; returns what stores have to learn of them. For products that are no combos.
    pub(super) async fn news_of(
        &self,
        tx: &mut Tx,
        products: &[Product],
        groups: &[Group],
    ) -> Result<Vec<News>> {
        let mut news = product_facts::refresh(tx, products, &self.clock).await?;
        for product in products {
            news.push(told(product, &[], groups)?);
        }
        Ok(news)
    }

    pub(super) async fn store_product(
        &self,
        mut tx: Tx,
        product: &Product,
        groups: &[Group],
        action: &str,
    ) -> Result<()> {
        products::update(&mut tx, product).await.map_err(taken("code or barcode", &product.sku))?;
        let parts = combos::list_parts(&mut tx, product.id).await?;
        // A combo counts as nothing: its parts do.
        let counted = if parts.is_empty() { std::slice::from_ref(product) } else { &[] };
        let mut news = product_facts::refresh(&mut tx, counted, &self.clock).await?;
        news.push(told(product, &parts, groups)?);
        catalogue::publish(&mut tx, news, self.clock.now_ms()).await?;
        let detail = format!("{} {} version {}", product.sku, product.price, product.price_version);
        self.finish(tx, action, &product.id.to_string(), &detail).await
    }

    async fn check_product(&self, tx: &mut Tx, new: &NewProduct, id: Option<ProductId>) -> Result<()> {
        check_codes(tx, &new.sku, &new.barcodes, id).await?;
        if let Some(producer) = new.producer_id {
            producers::find_in(tx, producer).await?.ok_or(Error::NotFound("producer"))?;
        }
        Ok(())
    }

    /// Records a decision about a product; what it counts as from now on follows.
    ///
    /// # Errors
    /// When there is no such product, or stars stand where none can.
    pub async fn recognise(
        &self,
        product_id: ProductId,
        recognition: &Recognition,
        decision_number: &str,
    ) -> Result<()> {
        let has_stars = recognition.stars.is_some();
        if has_stars != (recognition.category == Category::Ocop) {
            return Err(Refusal::Invalid {
                what: "stars",
                rule: "OCOP results have stars, others have none",
            }
            .into());
        }
        if recognition.valid_to.is_some_and(|last| last < recognition.valid_from) {
            return Err(Refusal::Invalid { what: "last day", rule: "not before the first one" }.into());
        }
        let mut tx = self.db.begin().await?;
        let product = products::find_in(&mut tx, product_id).await?.ok_or(Error::NotFound("product"))?;
        let number = decision_number.trim().to_owned();
        let decision = Decision { id: self.clock.new_uuid(), product_id, recognition: *recognition, number };
        product_facts::insert_recognitions(&mut tx, std::slice::from_ref(&decision)).await?;
        let number = decision.number;
        let news = product_facts::refresh(&mut tx, std::slice::from_ref(&product), &self.clock).await?;
        catalogue::publish(&mut tx, news, self.clock.now_ms()).await?;
        let detail = format!("{} {} {number}", product.sku, recognition.category.code());
        self.finish(tx, "product.recognise", &product_id.to_string(), &detail).await
    }

    /// Adds a version of consignment terms.
    ///
    /// # Errors
    /// When operator, producer or product do not exist.
    pub async fn add_terms(&self, new: &NewTerms) -> Result<TermsId> {
        let terms = Terms {
            id: self.clock.new_uuid().into(),
            producer_id: new.producer_id,
            product_id: new.product_id,
            commission: new.commission,
            basis: new.basis,
            discount_bearer: new.discount_bearer,
            valid_from: new.valid_from,
            clauses: new.clauses,
        };
        if !new.clauses.is_sane() {
            return Err(Refusal::Invalid { what: "days", rule: "at most 365, and not 0 for silence" }.into());
        }
        let mut tx = self.db.begin().await?;
        operators::find_name(&mut tx, new.operator_id).await?;
        producers::find_in(&mut tx, new.producer_id).await?.ok_or(Error::NotFound("producer"))?;
        if let Some(product) = new.product_id {
            products::find_in(&mut tx, product).await?.ok_or(Error::NotFound("product"))?;
        }
        terms::insert(&mut tx, new.operator_id, None, &terms).await?;
        let news = terms::told(new.operator_id, &terms)?;
        catalogue::publish(&mut tx, vec![news], self.clock.now_ms()).await?;
        let detail = format!("{} from {}", terms.commission, terms.valid_from);
        self.finish(tx, "terms.add", &terms.id.to_string(), &detail).await?;
        Ok(terms.id)
    }

    /// Adds a dated VAT rate.
    ///
    /// # Errors
    /// When its last day lies before the first.
    pub async fn add_tax_rate(&self, rate: &DatedRate) -> Result<()> {
        if rate.valid_to.is_some_and(|last| last < rate.valid_from) {
            return Err(Refusal::Invalid { what: "last day", rule: "not before the first one" }.into());
        }
        let id = self.clock.new_uuid();
        let mut tx = self.db.begin().await?;
        tax_rates::insert(&mut tx, id, rate).await?;
        let row = TaxRateRow {
            id,
            class: rate.class.code().to_owned(),
            valid_from: rate.valid_from,
            valid_to: rate.valid_to,
            ppm: rate.rate.ppm(),
        };
        let news = News::of(&CatalogueRow::TaxRate(row), Audience::All)?;
        catalogue::publish(&mut tx, vec![news], self.clock.now_ms()).await?;
        let detail = format!("{} {} from {}", rate.class.code(), rate.rate, rate.valid_from);
        self.finish(tx, "tax_rate.add", &id.to_string(), &detail).await
    }
}

/// Returns a producer as stores learn of it.
pub(super) fn producer_news(producer: &Producer) -> Result<News> {
    let row = ProducerRow { id: producer.id.uuid(), name: producer.name.clone(), reading_url: None };
    News::of(&CatalogueRow::Producer(row), Audience::All)
}

/// No two products share a code or a barcode.
pub(super) async fn check_codes(
    tx: &mut Tx,
    sku: &str,
    barcodes: &[String],
    id: Option<ProductId>,
) -> Result<()> {
    let sql = sql!(
        "select id from products where sku = $1 and status <> 'provisional' and ($2 is null or id <> $2)",
        sku.trim(),
        id
    );
    if tx.opt::<(uuid::Uuid,)>(sql).await?.is_some() {
        return Err(Refusal::Taken { what: "code", value: sku.to_owned() }.into());
    }
    for code in barcodes {
        if code.is_empty() || code.len() > 48 || !code.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Refusal::Invalid { what: "barcode", rule: "1 to 48 letters and digits" }.into());
        }
        let sql = sql!(
            "select product_id from barcodes where code = $1 and ($2 is null or product_id <> $2)",
            code,
            id
        );
        if tx.opt::<(uuid::Uuid,)>(sql).await?.is_some() {
            return Err(Refusal::Taken { what: "barcode", value: code.clone() }.into());
        }
    }
    Ok(())
}

pub(super) fn checked_price(price: Money) -> Result<Money> {
    if price.is_negative() || price > Money::new(10_000_000_000) {
        return Err(Refusal::Invalid { what: "price", rule: "0 to 10 billion đồng" }.into());
    }
    Ok(price)
}

pub(super) fn product_of(
    id: ProductId,
    new: &NewProduct,
    price_version: i64,
    groups: &[Group],
) -> Result<Product> {
    if !groups.iter().any(|group| group.code == new.group_code) {
        return Err(Refusal::Invalid { what: "group", rule: "one of the product groups" }.into());
    }
    Ok(Product {
        id,
        sku: needed("code", &new.sku)?,
        barcodes: new.barcodes.clone(),
        name: needed("name", &new.name)?,
        unit: needed("unit", &new.unit)?,
        sold_by: new.sold_by,
        price: checked_price(new.price)?,
        price_version,
        tax_class: new.tax_class,
        group_code: Some(new.group_code.clone()),
        producer_id: new.producer_id,
        commune: new.commune.trim().to_owned(),
        status: "active".to_owned(),
        merged: Vec::new(),
    })
}
