//! Products of the catalogue, their barcodes and groups.

use std::collections::BTreeMap;

use domain::Money;
use domain::catalog::SoldBy;
use domain::ids::{ProducerId, ProductId};
use domain::name_fold::{like_pattern, name_fold};
use domain::tax::TaxClass;
use protocol::wire::ProductRow;
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, args, sql};
use crate::error::{Error, Result};

/// A product of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The product.
    pub id: ProductId,
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
    /// Version of the price: 1, 2, 3 …; 0 while it has none.
    pub price_version: i64,
    /// VAT class.
    pub tax_class: TaxClass,
    /// Code of the group; none for a product that a counter added.
    pub group_code: Option<String>,
    /// Whose goods, when consigned.
    pub producer_id: Option<ProducerId>,
    /// Commune that it comes from.
    pub commune: String,
    /// `active`, `unpriced`, `retired` or `provisional`.
    pub status: String,
    /// Products that stores added at the counter and that turned out to be this one.
    pub merged: Vec<ProductId>,
}

/// The status of a product that the catalogue knows and that is not on sale yet, since nobody has given it a price.
pub const UNPRICED: &str = "unpriced";

/// True for a product that nobody has given a price, by the version of its price and its status: it waits for
/// one, or was retired before it got one, and stores have never heard of it. What a store added at its
/// counter has the price of that store.
pub fn lacks_price(price_version: i64, status: &str) -> bool {
    price_version == 0 && status != "provisional"
}

impl Product {
    /// True while nobody has given it a price: see [`lacks_price`].
    pub fn lacks_price(&self) -> bool {
        lacks_price(self.price_version, &self.status)
    }
}

/// A group of products.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Group {
    /// Its code.
    pub code: String,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// Goods past their date are refused at the counter.
    pub refuse_expired: bool,
}

#[derive(FromRow)]
struct Found {
    id: Uuid,
    sku: String,
    name: String,
    unit: String,
    sold_by: String,
    price_vnd: i64,
    price_version: i64,
    tax_class: String,
    group_code: Option<String>,
    producer_id: Option<Uuid>,
    commune: String,
    status: String,
}

const SELECT: &str = "select id, sku, name, unit, sold_by, price_vnd, price_version, tax_class, group_code,
    producer_id, commune, status from products";

impl Found {
    fn read(self, barcodes: Vec<String>, merged: Vec<ProductId>) -> Result<Product> {
        let damaged = || Error::damaged("products", self.id, "a code is unknown");
        Ok(Product {
            id: self.id.into(),
            barcodes,
            sold_by: SoldBy::from_code(&self.sold_by).ok_or_else(damaged)?,
            price: Money::new(self.price_vnd),
            price_version: self.price_version,
            tax_class: TaxClass::from_code(&self.tax_class).ok_or_else(damaged)?,
            sku: self.sku,
            name: self.name,
            unit: self.unit,
            group_code: self.group_code,
            producer_id: self.producer_id.map(Into::into),
            commune: self.commune,
            status: self.status,
            merged,
        })
    }
}

/// Adds products with their barcodes.
///
/// # Errors
/// When the database fails; also when a code or barcode is taken.
pub async fn insert(tx: &mut Tx, products: &[Product]) -> Result<()> {
    tx.insert_rows(
        "insert into products (id, sku, name, name_fold, unit, sold_by, price_vnd, price_version, tax_class,
            group_code, producer_id, commune, status)",
        products
            .iter()
            .map(|product| {
                args![
                    product.id,
                    &product.sku,
                    &product.name,
                    name_fold(&product.name),
                    &product.unit,
                    product.sold_by.code(),
                    product.price,
                    product.price_version,
                    product.tax_class.code(),
                    product.group_code.as_deref(),
                    product.producer_id,
                    &product.commune,
                    &product.status,
                ]
            })
            .collect(),
        "",
    )
    .await?;
    insert_barcodes(tx, products).await
}

async fn insert_barcodes(tx: &mut Tx, products: &[Product]) -> Result<()> {
    let each = |product: &Product| {
        let id = product.id;
        product.barcodes.clone().into_iter().map(move |code| args![code, id])
    };
    tx.insert_rows("insert into barcodes (code, product_id)", products.iter().flat_map(each).collect(), "")
        .await
}

/// Writes a product anew, with its barcodes.
///
/// # Errors
/// When the database fails; also when a code or barcode is taken.
pub async fn update(tx: &mut Tx, product: &Product) -> Result<()> {
    let sql = sql!(
        "update products set sku = $2, name = $3, name_fold = $4, unit = $5, sold_by = $6, price_vnd = $7,
            price_version = $8, tax_class = $9, group_code = $10, producer_id = $11, commune = $12, status = $13
         where id = $1",
        product.id,
        &product.sku,
        &product.name,
        name_fold(&product.name),
        &product.unit,
        product.sold_by.code(),
        product.price,
        product.price_version,
        product.tax_class.code(),
        product.group_code.as_deref(),
        product.producer_id,
        &product.commune,
        &product.status
    );
    tx.exec(sql).await?;
    tx.exec(sql!("delete from barcodes where product_id = $1", product.id)).await?;
    insert_barcodes(tx, std::slice::from_ref(product)).await
}

/// Returns a product inside a transaction.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, id: ProductId) -> Result<Option<Product>> {
    let Some(found) = tx.opt::<Found>(Sql::new(SELECT).push(" where id = ").bind(id)).await? else {
        return Ok(None);
    };
    let sql = sql!("select code from barcodes where product_id = $1 order by code", id);
    let barcodes = tx.all::<(String,)>(sql).await?;
    let merged =
        tx.all::<(Uuid,)>(sql!("select id from products where merged_into = $1 order by id", id)).await?;
    let barcodes = barcodes.into_iter().map(|(code,)| code).collect();
    found.read(barcodes, merged.into_iter().map(|(id,)| id.into()).collect()).map(Some)
}

/// Holds a product until the transaction ends, so that two acts on it follow one another, and returns it.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, id: ProductId) -> Result<Option<Product>> {
    tx.exec(sql!("update products set status = status where id = $1", id)).await?;
    find_in(tx, id).await
}

/// Returns the products with these ids, of those that there are, by id.
///
/// # Errors
/// When the database fails.
pub async fn list_among(tx: &mut Tx, ids: &[ProductId]) -> Result<Vec<Product>> {
    let ids = || ids.iter().map(|id| id.uuid());
    let found: Vec<Found> =
        tx.all(Sql::new(SELECT).push(" where id").is_among(ids()).push(" order by id")).await?;
    let sql = Sql::new("select product_id, code from barcodes where product_id").is_among(ids());
    let codes: Vec<(Uuid, String)> = tx.all(sql.push(" order by product_id, code")).await?;
    let sql = Sql::new("select merged_into, id from products where merged_into").is_among(ids());
    let merged: Vec<(Uuid, Uuid)> = tx.all(sql.push(" order by merged_into, id")).await?;
    let (mut codes_of, mut merged_of) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
    for (id, code) in codes {
        codes_of.entry(id).or_default().push(code);
    }
    for (into, id) in merged {
        merged_of.entry(into).or_default().push(id.into());
    }
    let read = |found: Found| {
        let (codes, merged) = (codes_of.remove(&found.id), merged_of.remove(&found.id));
        found.read(codes.unwrap_or_default(), merged.unwrap_or_default())
    };
    found.into_iter().map(read).collect()
}

/// Returns a product.
///
/// # Errors
/// When the database fails.
pub async fn find(db: &Db, id: ProductId) -> Result<Option<Product>> {
    find_in(&mut db.begin_reading().await?, id).await
}

/// Returns the product with the shop's own code; none that a store added and nobody took over.
///
/// # Errors
/// When the database fails.
pub async fn find_by_sku(db: &Db, sku: &str) -> Result<Option<ProductId>> {
    let sql = sql!("select id from products where sku = $1 and status = 'active'", sku.trim());
    Ok(db.opt::<(Uuid,)>(sql).await?.map(|(id,)| id.into()))
}

/// Returns the products with the shop's own codes, of those that there are; none that a store added and nobody took over.
///
/// # Errors
/// When the database fails.
pub async fn list_by_sku(db: &Db, skus: &[String]) -> Result<BTreeMap<String, ProductId>> {
    let sql = Sql::new("select sku, id from products where status = 'active' and sku")
        .is_in(skus.iter().map(|sku| sku.trim()));
    let rows = db.all::<(String, Uuid)>(sql).await?;
    Ok(rows.into_iter().map(|(sku, id)| (sku, id.into())).collect())
}

/// Says whether there are all of these products, each named once.
///
/// # Errors
/// When the database fails.
pub async fn are_known(tx: &mut Tx, ids: &[ProductId]) -> Result<bool> {
    let sql = Sql::new("select count(*) from products where id").is_among(ids.iter().map(|id| id.uuid()));
    let (count,) = tx.one::<(i64,)>(sql).await?;
    Ok(usize::try_from(count) == Ok(ids.len()))
}

/// Returns the products on sale whose name holds the words, without regard to case and marks, by name; without their barcodes and what was
/// merged into them. The others can be chosen for nothing, so they take no place of the few that are offered.
///
/// # Errors
/// When the database fails.
pub async fn search(db: &Db, words: &str, limit: i64) -> Result<Vec<Product>> {
    let sql = Sql::new(SELECT)
        .push(" where status = 'active' and name_fold like ")
        .bind(like_pattern(words))
        .push(" escape '!' order by name_fold, id limit ")
        .bind(limit);
    db.all::<Found>(sql).await?.into_iter().map(|found| found.read(Vec::new(), Vec::new())).collect()
}

/// Returns the groups that are in use in their order.
///
/// # Errors
/// When the database fails.
pub async fn list_groups(tx: &mut Tx) -> Result<Vec<Group>> {
    tx.all(sql!(
        "select code, name_vi, name_en, refuse_expired from product_groups
         where ended_on is null order by position, code"
    ))
    .await
}

/// Returns the product as stores learn of it.
pub fn wire_row(product: &Product, group: Option<&Group>) -> ProductRow {
    ProductRow {
        id: product.id.uuid(),
        sku: product.sku.clone(),
        barcodes: product.barcodes.clone(),
        name: product.name.clone(),
        unit: product.unit.clone(),
        sold_by: product.sold_by.code().to_owned(),
        price: product.price.vnd(),
        price_version: product.price_version,
        tax_class: product.tax_class.code().to_owned(),
        refuse_expired: group.is_some_and(|group| group.refuse_expired),
        group: group.map_or_else(String::new, |group| group.name_vi.clone()),
        producer: product.producer_id.map(ProducerId::uuid),
        merged: product.merged.iter().map(|id| id.uuid()).collect(),
    }
}
