//! Products: found by barcode, by own code or by words without marks.

use domain::cart::Offer;
use domain::catalog::{SoldBy, Stars};
use domain::ids::{ProducerId, ProductFactsId, ProductId};
use domain::name_fold::{like_pattern, name_fold};
use domain::pad::DAYS_BACK_MOST;
use domain::tax::TaxClass;
use domain::{Money, barcode::Barcode};
use protocol::payload::ProvisionalProduct;
use protocol::wire::ProductRow;
use serde::Deserialize;
use sqlx::{FromRow, SqliteConnection, SqlitePool};
use time::Date;
use uuid::Uuid;

use super::combos::{self, parts_json, parts_tables};
use super::{Error, Result, Tx, merged};

/// The most products that a search shows.
pub const FOUND_MAX: i64 = 12;

/// The JSON of an [`OfferRow`], from a product, a row with its price, and what it counts as, by their names in the statement.
macro_rules! offer_json {
    ($product:literal, $price:literal, $facts:literal) => {
        concat!(
            "json_object('product_id', hex(",
            $product,
            ".product_id), 'sku', ",
            $product,
            ".sku, 'name', ",
            $product,
            ".name, 'unit', ",
            $product,
            ".unit, 'sold_by', ",
            $product,
            ".sold_by, 'price_vnd', ",
            $price,
            ".price_vnd, 'price_version', ",
            $price,
            ".price_version, 'tax_class', ",
            $product,
            ".tax_class, 'refuse_expired', json(iif(",
            $product,
            ".refuse_expired, 'true', 'false')), 'producer_id', iif(",
            $product,
            ".producer_id is null, null, hex(",
            $product,
            ".producer_id)), 'in_catalogue', json(iif(",
            $product,
            ".in_catalogue, 'true', 'false')), 'product_facts_id', iif(",
            $facts,
            ".product_facts_id is null, null, hex(",
            $facts,
            ".product_facts_id)), 'stars', ",
            $facts,
            ".stars)"
        )
    };
}
pub(super) use offer_json;

#[derive(FromRow, Deserialize)]
pub(super) struct OfferRow {
    product_id: Uuid,
    sku: String,
    name: String,
    unit: String,
    sold_by: String,
    price_vnd: i64,
    price_version: i64,
    tax_class: String,
    refuse_expired: bool,
    producer_id: Option<Uuid>,
    in_catalogue: bool,
    product_facts_id: Option<Uuid>,
    stars: Option<i64>,
}

impl TryFrom<OfferRow> for Offer {
    type Error = Error;
    fn try_from(row: OfferRow) -> Result<Self> {
        let corrupt = |column| Error::Corrupt { table: "products", column };
        Ok(Self {
            product_id: row.product_id.into(),
            facts_id: row.product_facts_id.map(ProductFactsId::from_uuid),
            sku: row.sku,
            name: row.name,
            unit: row.unit,
            sold_by: SoldBy::from_code(&row.sold_by).ok_or_else(|| corrupt("sold_by"))?,
            price: Money::new(row.price_vnd),
            price_version: row.price_version,
            tax_class: TaxClass::from_code(&row.tax_class).ok_or_else(|| corrupt("tax_class"))?,
            stars: row.stars.and_then(|stars| u8::try_from(stars).ok()).and_then(Stars::new),
            refuse_expired: row.refuse_expired,
            producer_id: row.producer_id.map(ProducerId::from_uuid),
            in_catalogue: row.in_catalogue,
            combo: None,
        })
    }
}

#[derive(FromRow)]
struct OfferedRow {
    #[sqlx(flatten)]
    offer: OfferRow,
    parts: String,
}

/// Returns a product as it is offered on a business date. A product that was taken back can still be in a cart.
///
/// # Errors
/// When the database does not answer, the product is unknown, or a value cannot be read.
pub async fn load_offer(
    connection: &mut SqliteConnection,
    product_id: ProductId,
    date: Date,
) -> Result<Offer> {
    let row: Option<OfferedRow> = sqlx::query_as(concat!(
        "select p.product_id, p.sku, p.name, p.unit, p.sold_by, p.price_vnd, p.price_version, p.tax_class,
                p.refuse_expired, p.producer_id, p.in_catalogue, f.product_facts_id, f.stars,
                (select ",
        parts_json!(),
        " from combo_parts c ",
        parts_tables!(),
        " where c.combo_id = p.product_id) as parts
         from products p
         left join product_facts f on f.product_facts_id = (
             select product_facts_id from product_facts
             where product_id = p.product_id and valid_from <= $2
             order by valid_from desc, product_facts_id desc limit 1)
         where p.product_id = $1"
    ))
    .bind(product_id.uuid())
    .bind(date)
    .fetch_optional(connection)
    .await?;
    let row = row.ok_or(Error::Corrupt { table: "products", column: "product_id" })?;
    let combo = combos::read(&row.parts)?.remove(&product_id.uuid());
    Ok(Offer { combo, ..row.offer.try_into()? })
}

/// How long former prices and promotions are kept: a little longer than a sale may be claimed.
pub(super) const PAST_KEPT_MS: i64 = (DAYS_BACK_MOST + 16) * 24 * 60 * 60 * 1_000;

/// Returns a product as it was offered at a moment, UTC milliseconds: at the price that this till asked for it then. Its name
/// and VAT class are those of now, since the catalogue has no others.
///
/// # Errors
/// As [`load_offer`].
pub async fn load_offer_then(
    connection: &mut SqliteConnection,
    product_id: ProductId,
    date: Date,
    at_ms: i64,
) -> Result<Offer> {
    let offer = load_offer(connection, product_id, date).await?;
    let then: Option<(i64, i64)> = sqlx::query_as(
        "select price_vnd, price_version from past_prices where product_id = $1 and until_ms > $2
         order by until_ms limit 1",
    )
    .bind(product_id.uuid())
    .bind(at_ms)
    .fetch_optional(connection)
    .await?;
    Ok(match then {
        Some((vnd, price_version)) => Offer { price: Money::new(vnd), price_version, ..offer },
        None => offer,
    })
}

/// Forgets prices of more than thirty days ago.
///
/// # Errors
/// When the database does not answer.
pub async fn delete_past_prices(tx: &mut Tx, now_ms: i64) -> Result<()> {
    sqlx::query("delete from past_prices where until_ms < $1")
        .bind(now_ms - PAST_KEPT_MS)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Says whether a product had OCOP stars before a business date.
///
/// # Errors
/// When the database does not answer.
pub async fn had_stars(connection: &mut SqliteConnection, product_id: ProductId, date: Date) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "select exists (select 1 from product_facts where product_id = $1 and valid_from < $2 and stars is not null)",
    )
    .bind(product_id.uuid())
    .bind(date)
    .fetch_one(connection)
    .await?)
}

/// Returns the product of a barcode or of the shop's own code, if it is on sale. The plus keeps the index by `active` out of it:
/// it holds nearly every product.
///
/// # Errors
/// When the database does not answer.
pub async fn find_by_code(connection: &mut SqliteConnection, code: &Barcode) -> Result<Option<ProductId>> {
    let id: Option<Uuid> = sqlx::query_scalar(
        "select product_id from (
             select b.product_id, 0 as rank from barcodes b join products p on p.product_id = b.product_id
             where b.barcode = $1 and +p.active = 1
             union all
             select product_id, 1 from products where sku = $1 and +active = 1)
         order by rank, product_id limit 1",
    )
    .bind(code.as_str())
    .fetch_optional(connection)
    .await?;
    Ok(id.map(ProductId::from_uuid))
}

/// What labels tell of a product beside its offer.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LabelWords {
    /// The first of its barcodes; none for a product with the shop's own code only.
    pub barcode: Option<String>,
    /// Who makes it.
    pub producer: Option<String>,
}

/// Returns a product's name and unit, or `None`.
///
/// # Errors
/// When the database does not answer.
pub async fn find_name(
    connection: &mut SqliteConnection,
    product_id: ProductId,
) -> Result<Option<(String, String)>> {
    Ok(sqlx::query_as("select name, unit from products where product_id = $1")
        .bind(product_id.uuid())
        .fetch_optional(connection)
        .await?)
}

/// A product that goods can be packed into.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PackRow {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
}

/// Returns what a producer's goods can be packed into, by name, at most `most`; for the operator's own goods any product.
///
/// # Errors
/// When the database does not answer.
pub async fn list_packs(
    connection: &mut SqliteConnection,
    producer_id: Option<ProducerId>,
    most: i64,
) -> Result<Vec<PackRow>> {
    Ok(sqlx::query_as(
        "select product_id, name, unit from products
         where active and ($1 is null or producer_id = $1)
             and product_id not in (select combo_id from combo_parts)
         order by name_fold, product_id limit $2",
    )
    .bind(producer_id.map(ProducerId::uuid))
    .bind(most)
    .fetch_all(connection)
    .await?)
}

/// Says whether a product is refused past its date, as food, drink and medicine are; false for one that is not known.
///
/// # Errors
/// When the database does not answer.
pub async fn refuses_expired(connection: &mut SqliteConnection, product_id: ProductId) -> Result<bool> {
    let refuses: Option<bool> =
        sqlx::query_scalar("select refuse_expired from products where product_id = $1")
            .bind(product_id.uuid())
            .fetch_optional(connection)
            .await?;
    Ok(refuses.unwrap_or(false))
}

/// Returns how a product is counted; `None` for one that this till does not know.
///
/// # Errors
/// When the database does not answer, or the row is damaged.
pub async fn find_sold_by(
    connection: &mut SqliteConnection,
    product_id: ProductId,
) -> Result<Option<SoldBy>> {
    let code: Option<String> = sqlx::query_scalar("select sold_by from products where product_id = $1")
        .bind(product_id.uuid())
        .fetch_optional(connection)
        .await?;
    let corrupt = Error::Corrupt { table: "products", column: "sold_by" };
    code.map(|code| SoldBy::from_code(&code).ok_or(corrupt)).transpose()
}

/// Returns what labels tell of a product beside its offer.
///
/// # Errors
/// When the database does not answer.
pub async fn find_label_words(
    connection: &mut SqliteConnection,
    product_id: ProductId,
) -> Result<LabelWords> {
    Ok(sqlx::query_as(
        "select (select min(barcode) from barcodes where product_id = $1) as barcode,
                (select producers.name from products join producers on producers.producer_id = products.producer_id
                 where product_id = $1) as producer",
    )
    .bind(product_id.uuid())
    .fetch_one(connection)
    .await?)
}

/// A product in a list of search results.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Found {
    /// The product.
    pub product_id: Uuid,
    /// The shop's own code.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of a unit, đồng.
    pub price_vnd: i64,
    /// What the shelf should hold, thousandths of the unit.
    pub on_hand_milli: i64,
}

/// Returns products whose names hold all words in order, without regard to marks; names that begin so come first.
///
/// # Errors
/// When the database does not answer.
pub async fn list_by_words(pool: &SqlitePool, words: &str) -> Result<Vec<Found>> {
    let folded = name_fold(words);
    if folded.is_empty() {
        return Ok(Vec::new());
    }
    Ok(sqlx::query_as(
        // What the shelf holds is summed for the rows that are shown alone.
        "select p.product_id, p.sku, p.name, p.unit, p.price_vnd,
                -- Of a combo there are as many as its parts make.
                coalesce((select min(coalesce((select sum(quantity_milli) from stock
                                               where product_id = c.product_id and location = 'shelf'), 0)
                                     / c.quantity_milli) * 1000
                          from combo_parts c where c.combo_id = p.product_id),
                         (select sum(quantity_milli) from stock
                          where product_id = p.product_id and location = 'shelf'), 0) as on_hand_milli
         from (select product_id, sku <> $2 as is_other_sku, instr(name_fold, $3) <> 1 as begins_otherwise, name_fold
               from products where active = 1 and (name_fold like $1 escape '!' or sku = $2)
               order by is_other_sku, begins_otherwise, name_fold, product_id limit $4) found
         cross join products p on p.product_id = found.product_id
         order by found.is_other_sku, found.begins_otherwise, found.name_fold, found.product_id",
    )
    .bind(like_pattern(words))
    .bind(words.trim().to_uppercase())
    .bind(&folded)
    .bind(FOUND_MAX)
    .fetch_all(pool)
    .await?)
}

/// Writes a product of the catalogue and its barcodes, new or changed. A price that was another one until now is kept:
/// sales of before may still be entered. Three statements in one walk to the database's thread: a catalogue has thousands.
///
/// # Errors
/// When the database does not answer.
pub async fn upsert_product(tx: &mut Tx, row: &ProductRow, now_ms: i64) -> Result<()> {
    sqlx::query(
        "insert into past_prices (product_id, until_ms, price_vnd, price_version)
         select product_id, $12, price_vnd, price_version from products where product_id = $1 and price_vnd <> $7
         on conflict do nothing;
         insert into products (product_id, sku, name, name_fold, unit, sold_by, price_vnd, price_version, tax_class,
                               refuse_expired, producer_id, in_catalogue, active, product_group)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, 1, $13)
         on conflict (product_id) do update set sku = excluded.sku, name = excluded.name,
             name_fold = excluded.name_fold, unit = excluded.unit, sold_by = excluded.sold_by,
             price_vnd = excluded.price_vnd, price_version = excluded.price_version, tax_class = excluded.tax_class,
             refuse_expired = excluded.refuse_expired, producer_id = excluded.producer_id, in_catalogue = 1, active = 1,
             product_group = excluded.product_group;
         delete from merged_products where product_id = $1 or into_id = $1",
    )
    .bind(row.id)
    .bind(&row.sku)
    .bind(&row.name)
    .bind(name_fold(&row.name))
    .bind(&row.unit)
    .bind(&row.sold_by)
    .bind(row.price)
    .bind(row.price_version)
    .bind(&row.tax_class)
    .bind(row.refuse_expired)
    .bind(row.producer)
    .bind(now_ms)
    .bind(&row.group)
    .execute(&mut **tx)
    .await?;
    sqlx::query("delete from barcodes where product_id = $1").bind(row.id).execute(&mut **tx).await?;
    for barcode in &row.barcodes {
        upsert_barcode(tx, barcode, row.id).await?;
    }
    merged::insert_merged(tx, &row.merged, row.id).await
}

/// Writes a product that was added at a counter, as it was told there. Central's row of it, if one came first, stays.
///
/// # Errors
/// When the database does not answer.
pub async fn insert_provisional(tx: &mut Tx, product: &ProvisionalProduct) -> Result<()> {
    sqlx::query(
        "insert into products (product_id, sku, name, name_fold, unit, sold_by, price_vnd, price_version, tax_class,
                               refuse_expired, producer_id, in_catalogue, active)
         values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $10, $9, 0,
             not exists (select 1 from merged_products where product_id = $1))
         on conflict (product_id) do nothing",
    )
    .bind(product.product)
    .bind(&product.sku)
    .bind(&product.name)
    .bind(name_fold(&product.name))
    .bind(&product.unit)
    .bind(&product.sold_by)
    .bind(product.price)
    .bind(&product.tax_class)
    .bind(product.producer)
    .bind(product.refuse_expired)
    .execute(&mut **tx)
    .await?;
    let Some(barcode) = &product.barcode else { return Ok(()) };
    // When the journal is folded anew, the code may be another product's by now.
    let holder: Option<bool> = sqlx::query_scalar(
        "select products.active from barcodes join products on products.product_id = barcodes.product_id
         where barcodes.barcode = $1",
    )
    .bind(barcode)
    .fetch_optional(&mut **tx)
    .await?;
    if holder == Some(true) { Ok(()) } else { upsert_barcode(tx, barcode, product.product).await }
}

/// Takes a product off sale; its row stays for carts and receipts that name it.
///
/// # Errors
/// When the database does not answer.
pub async fn update_inactive(tx: &mut Tx, product_id: Uuid) -> Result<()> {
    sqlx::query("update products set active = 0 where product_id = $1")
        .bind(product_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn upsert_barcode(tx: &mut Tx, barcode: &str, product_id: Uuid) -> Result<()> {
    sqlx::query(
        "insert into barcodes (barcode, product_id) values ($1, $2)
         on conflict (barcode) do update set product_id = excluded.product_id",
    )
    .bind(barcode)
    .bind(product_id)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
