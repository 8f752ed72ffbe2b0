//! A producer's three products: boxes, a sack that is sold by weight, and the packs that it becomes.
#![expect(clippy::expect_used, reason = "a set-up that fails is a failed test")]

use central::admin::NewProduct;
use domain::catalog::SoldBy;
use domain::ids::{ProducerId, ProductId};
use domain::tax::TaxClass;
use domain::{Money, Quantity};
use pos::counter::goods::NewGoods;
use testkit::store::TestStore;
use testkit::world::{GARLIC, World};
use uuid::Uuid;

/// Barcode of the packs; 85.000 ₫ each. A box is 280.000 ₫, a kilogram from the sack 150.000 ₫.
pub const PACK: &str = "8938500000911";

/// The three products.
#[derive(Debug, Clone, Copy)]
pub struct Goods {
    /// 280.000 ₫ each.
    pub boxes: ProductId,
    /// 150.000 ₫ a kilogram.
    pub sack: ProductId,
    /// 85.000 ₫ each.
    pub packs: ProductId,
}

impl Goods {
    /// Adds sack and packs to the catalogue; a store that pulled it tells of the boxes.
    pub async fn add(world: &World, producer_id: ProducerId) -> (ProductId, ProductId) {
        let sack = NewProduct {
            sold_by: SoldBy::Weight,
            unit: "kg".to_owned(),
            ..product("81", "", 150_000, producer_id)
        };
        let sack = world.admin().add_product(&sack).await.expect("a product");
        let packs = product("GOI-500", PACK, 85_000, producer_id);
        (sack, world.admin().add_product(&packs).await.expect("a product"))
    }
}

/// Returns the boxes of a store that pulled the catalogue.
pub async fn boxes(store: &TestStore) -> ProductId {
    let id: Uuid = sqlx::query_scalar("select product_id from barcodes where barcode = $1")
        .bind(GARLIC)
        .fetch_one(store.app.db().read())
        .await
        .expect("the garlic");
    id.into()
}

/// Delivers pieces or kilograms of the producer's.
pub async fn deliver(store: &TestStore, producer_id: ProducerId, product_id: ProductId, pieces: i64) {
    let goods = NewGoods {
        product_id,
        quantity: Quantity::pieces(pieces),
        expires_on: None,
        code: Some("L-26".to_owned()),
        noted: None,
        cost: None,
        producer_id: Some(producer_id),
    };
    store.receive_lot(goods).await;
}

fn product(sku: &str, barcode: &str, price_vnd: i64, producer_id: ProducerId) -> NewProduct {
    NewProduct {
        sku: sku.to_owned(),
        barcodes: if barcode.is_empty() { Vec::new() } else { vec![barcode.to_owned()] },
        name: format!("Tỏi Lý Sơn {sku}"),
        unit: "gói".to_owned(),
        sold_by: SoldBy::Piece,
        price: Money::new(price_vnd),
        tax_class: TaxClass::Standard,
        group_code: "food".to_owned(),
        producer_id: Some(producer_id),
        commune: "Đặc khu Lý Sơn".to_owned(),
    }
}
