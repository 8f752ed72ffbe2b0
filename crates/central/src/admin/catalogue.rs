//! The catalogue: products, prices, terms, tax rates. Each act also tells the stores.

use domain::Money;
use domain::Rate;
use domain::catalog::SoldBy;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::{Clauses, ending, id_after, id_at, is_same_draw};
use domain::ids::{OperatorId, ProducerId, ProductId, TermsId};
use domain::place::Gazetteer;
use domain::tax::{DatedRate, TaxClass};
use protocol::wire::{CatalogueRow, TaxRateRow};
use time::Date;

use super::combos::told;
use super::{Admin, needed, optional, taken};
use crate::db::catalogue::{self, Audience, News};
use crate::db::combos;
use crate::db::engine::sql;
use crate::db::products::{self, Group, Product, UNPRICED};
use crate::db::terms::Known;
use crate::db::{Tx, operators, prices, producers, product_facts, tax_rates, terms};
use crate::error::{Error, Refusal, Result};

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
    /// Adds a product.
    ///
    /// # Errors
    /// When a value is missing or wrong, or a code is taken.
    pub async fn add_product(&self, new: &NewProduct) -> Result<ProductId> {
        let ids = self.add_products(std::slice::from_ref(new)).await?;
        ids.first().copied().ok_or(Error::NotFound("product"))
    }

    /// Adds a product under an identity that who asks has drawn; added before under it, it stays as it is, so that asking twice
    /// makes one.
    ///
    /// # Errors
    /// When a value is missing or wrong, or a code is taken.
    pub async fn add_product_as(&self, id: ProductId, new: &NewProduct) -> Result<()> {
        match self.add_once(id, new).await {
            // Sent twice at the same moment, the second one finds the codes taken: by itself.
            Err(Error::Refused(_)) if products::find(&self.db, id).await?.is_some() => Ok(()),
            other => other,
        }
    }

    async fn add_once(&self, id: ProductId, new: &NewProduct) -> Result<()> {
        let mut tx = self.db.begin().await?;
        if products::find_in(&mut tx, id).await?.is_some() {
            return Ok(());
        }
        let groups = products::list_groups(&mut tx).await?;
        self.check_product(&mut tx, new, None).await?;
        let communes = self.communes(&mut tx).await?;
        let product = product_of(id, new, 1, (&groups, &communes))?;
        self.insert_products(tx, &[product], &groups, &id.to_string()).await
    }

    /// Adds products, all or none.
    ///
    /// # Errors
    /// When a value is missing or wrong, or a code is taken.
    pub async fn add_products(&self, new: &[NewProduct]) -> Result<Vec<ProductId>> {
        let mut tx = self.db.begin().await?;
        let groups = products::list_groups(&mut tx).await?;
        let communes = self.communes(&mut tx).await?;
        let mut added = Vec::with_capacity(new.len());
        for new in new {
            self.check_product(&mut tx, new, None).await?;
            added.push(product_of(self.clock.new_uuid().into(), new, 1, (&groups, &communes))?);
        }
        let some = added.first().map(|product| product.sku.clone()).unwrap_or_default();
        self.insert_products(tx, &added, &groups, &some).await?;
        Ok(added.into_iter().map(|product| product.id).collect())
    }

    async fn insert_products(
        &self,
        mut tx: Tx,
        added: &[Product],
        groups: &[Group],
        subject: &str,
    ) -> Result<()> {
        let some = added.first().map(|product| product.sku.as_str()).unwrap_or_default();
        let now_ms = self.clock.now_ms();
        products::insert(&mut tx, added).await.map_err(taken("code or barcode", some))?;
        prices::record(&mut tx, added, now_ms, &self.actor).await?;
        let news = self.news_of(&mut tx, added, groups).await?;
        catalogue::publish(&mut tx, news, now_ms).await?;
        let detail = format!("{} products from {some} on", added.len());
        self.finish(tx, "product.add", subject, &detail).await
    }

    /// Writes a product anew; another price gets the next version, and one that was retired is on sale again. What is as it was is
    /// not written.
    ///
    /// # Errors
    /// When there is no such product, it is a combo or waits to be taken in, a value is missing or wrong, or a code is taken.
    pub async fn update_product(&self, id: ProductId, new: &NewProduct) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let groups = products::list_groups(&mut tx).await?;
        let old = products::claim(&mut tx, id).await?.ok_or(Error::NotFound("product"))?;
        if old.status == "provisional" || !combos::list_parts(&mut tx, id).await?.is_empty() {
            return Err(Error::NotFound("product"));
        }
        self.check_product(&mut tx, new, Some(id)).await?;
        // Its first price is one, whatever it is.
        let version = old.price_version + i64::from(old.lacks_price() || old.price != new.price);
        let communes = self.communes(&mut tx).await?;
        let written = product_of(id, new, version, (&groups, &communes))?;
        let product = Product { merged: old.merged.clone(), ..written };
        let changed = changes(&old, &product);
        if changed.is_empty() {
            return Ok(());
        }
        self.store_product(tx, &product, &groups, ("product.update", &changed)).await
    }

    /// Sets the price of a product, and counts its version up. One that had none goes on sale by its form, which asks for the rest, too.
    ///
    /// # Errors
    /// When there is no such product, it never had a price, or the price is negative.
    pub async fn set_price(&self, id: ProductId, price: Money) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let groups = products::list_groups(&mut tx).await?;
        let old = products::claim(&mut tx, id).await?.ok_or(Error::NotFound("product"))?;
        if old.lacks_price() {
            return Err(Error::NotFound("product"));
        }
        let mut product = old.clone();
        product.price = checked_price(price)?;
        if price <= Money::ZERO && !combos::list_parts(&mut tx, id).await?.is_empty() {
            return Err(Refusal::Invalid { what: "price", rule: "above 0 đồng" }.into());
        }
        product.price_version += 1;
        let changed = changes(&old, &product);
        self.store_product(tx, &product, &groups, ("product.price", &changed)).await
    }

    /// Takes a product out of the catalogue: stores drop it, and sales of it are still counted. Retired before, it stays so.
    ///
    /// # Errors
    /// When there is no such product, it waits to be taken in, or a combo on sale holds it.
    pub async fn retire_product(&self, id: ProductId) -> Result<()> {
        let mut tx = self.db.begin().await?;
        let mut product = products::claim(&mut tx, id).await?.ok_or(Error::NotFound("product"))?;
        match product.status.as_str() {
            "active" | UNPRICED => {}
            // Pressed twice.
            "retired" => return Ok(()),
            _ => return Err(Error::NotFound("product")),
        }
        if let Some(value) = combos::find_holding(&mut tx, id).await? {
            return Err(Refusal::Held { value }.into());
        }
        product.status = "retired".to_owned();
        products::update(&mut tx, &product).await?;
        let is_combo = !combos::list_parts(&mut tx, id).await?.is_empty();
        let kind = if is_combo { "combo" } else { "product" };
        // Nobody has heard of one without a price.
        let news = if product.lacks_price() { Vec::new() } else { vec![News::gone(kind, id.uuid())] };
        catalogue::publish(&mut tx, news, self.clock.now_ms()).await?;
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
        for product in products.iter().filter(|product| !product.lacks_price()) {
            news.push(told(product, &[], groups)?);
        }
        Ok(news)
    }

    /// Writes a product, tells the stores, and notes the act with its detail.
    pub(super) async fn store_product(
        &self,
        mut tx: Tx,
        product: &Product,
        groups: &[Group],
        (action, detail): (&str, &str),
    ) -> Result<()> {
        let now_ms = self.clock.now_ms();
        products::update(&mut tx, product).await.map_err(taken("code or barcode", &product.sku))?;
        prices::record(&mut tx, std::slice::from_ref(product), now_ms, &self.actor).await?;
        let parts = combos::list_parts(&mut tx, product.id).await?;
        // A combo counts as nothing: its parts do.
        let counted = if parts.is_empty() { std::slice::from_ref(product) } else { &[] };
        let mut news = product_facts::refresh(&mut tx, counted, &self.clock).await?;
        news.push(told(product, &parts, groups)?);
        catalogue::publish(&mut tx, news, now_ms).await?;
        self.finish(tx, action, &product.id.to_string(), detail).await
    }

    async fn check_product(&self, tx: &mut Tx, new: &NewProduct, id: Option<ProductId>) -> Result<()> {
        check_codes(tx, &new.sku, &new.barcodes, id).await?;
        if let Some(producer) = new.producer_id {
            producers::find_in(tx, producer).await?.ok_or(Error::NotFound("producer"))?;
        }
        Ok(())
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
        self.agree(new.operator_id, &terms).await
    }

    /// Adds a version of an operator's consignment terms; of all that begin on the same day the one added last is in force. What its form
    /// drew stays in its id, the moment is now. One that ends a contract repeats what it ends. Added before from the same form, it stays as it is.
    /// Returns its id.
    ///
    /// # Errors
    /// When operator, producer or product do not exist; [`Refusal::Invalid`] for other terms than those that were added so, and for an
    /// end of what is not in force on its day.
    pub async fn agree(&self, operator_id: OperatorId, terms: &Terms) -> Result<TermsId> {
        if !terms.clauses.is_sane() {
            return Err(Refusal::Invalid { what: "days", rule: "at most 365, and not 0 for silence" }.into());
        }
        let mut tx = self.db.begin().await?;
        catalogue::lock(&mut tx).await?;
        operators::find_name(&mut tx, operator_id).await?;
        producers::find_in(&mut tx, terms.producer_id).await?.ok_or(Error::NotFound("producer"))?;
        if let Some(product) = terms.product_id {
            products::find_in(&mut tx, product).await?.ok_or(Error::NotFound("product"))?;
        }
        let others = terms::list_between(&mut tx, operator_id, terms.producer_id).await?;
        if let Some(kept) = others.iter().find(|other| is_same_draw(other.id, terms.id)) {
            let rule = "made once: open a new form for another contract";
            return if is_repeat(kept, terms) {
                Ok(kept.id)
            } else {
                Err(Refusal::Invalid { what: "form", rule }.into())
            };
        }
        let terms = if terms.clauses.ends {
            let rule = "in force on the day of its end";
            ending(&others, terms).ok_or(Refusal::Invalid { what: "contract", rule })?
        } else {
            *terms
        };
        let now_ms = self.clock.now_ms();
        let of_day = (terms.producer_id, terms.product_id, terms.valid_from);
        let terms = Terms { id: id_after(id_at(terms.id, now_ms), &others, of_day), ..terms };
        let known = Known { at_ms: now_ms, told_by: None };
        terms::insert(&mut tx, operator_id, known, &terms).await?;
        let news = terms::told(operator_id, &terms)?;
        catalogue::publish(&mut tx, vec![news], now_ms).await?;
        let detail = format!("{} from {}", terms.commission, terms.valid_from);
        let action = if terms.clauses.ends { "terms.end" } else { "terms.add" };
        self.finish(tx, action, &terms.id.to_string(), &detail).await?;
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

/// Says whether a version that was kept is the asked one. What an end repeats is not asked for.
fn is_repeat(kept: &Terms, asked: &Terms) -> bool {
    let told = if asked.clauses.ends && kept.clauses.ends { kept } else { asked };
    let of_day = |terms: &Terms| (terms.producer_id, terms.product_id, terms.valid_from);
    of_day(kept) == of_day(asked) && *kept == (Terms { id: kept.id, ..*told })
}

/// Returns what differs between two versions of a product, a line for each field: `name: Tỏi → Tỏi đen`. No value has a line
/// break in it.
pub(super) fn changes(old: &Product, new: &Product) -> String {
    let producer = |product: &Product| product.producer_id.map(|id| id.to_string()).unwrap_or_default();
    let fields = |product: &Product| {
        [
            ("sku", product.sku.clone()),
            ("name", product.name.clone()),
            ("unit", product.unit.clone()),
            ("sold_by", product.sold_by.code().to_owned()),
            ("price", if product.lacks_price() { String::new() } else { product.price.to_string() }),
            ("barcodes", product.barcodes.join(" ")),
            ("tax_class", product.tax_class.code().to_owned()),
            ("group", product.group_code.clone().unwrap_or_default()),
            ("producer", producer(product)),
            ("commune", product.commune.clone()),
            ("status", product.status.clone()),
        ]
    };
    let pairs = fields(old).into_iter().zip(fields(new));
    let changed = pairs.filter(|((_, old), (_, new))| old != new);
    let lines: Vec<String> =
        changed.map(|((field, old), (_, new))| format!("{field}: {old} → {new}")).collect();
    lines.join("\n")
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

/// Returns a product as it is kept, its commune as the unit is called today.
pub(super) fn product_of(
    id: ProductId,
    new: &NewProduct,
    price_version: i64,
    (groups, communes): (&[Group], &Gazetteer),
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
        commune: communes.written(&optional("commune", &new.commune)?),
        status: "active".to_owned(),
        merged: Vec::new(),
    })
}
