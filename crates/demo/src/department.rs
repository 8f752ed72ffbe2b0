//! Plays the department's administrator: operators, stores, people, catalogue, terms.

use std::collections::BTreeMap;
use std::path::Path;

use central::admin::{
    Admin, NewCombo, NewOperator, NewProducer, NewProduct, NewPromotion, NewStore, NewTerms,
};
use central::config::{Config, Limits};
use central::db::users::Role;
use clock::Clock;
use domain::barcode::{Barcode, InStorePrefix};
use domain::catalog::{Recognition, SoldBy, ocop_last_day};
use domain::consignment::{Basis, Bearer};
use domain::contract::Clauses;
use domain::ids::{OperatorId, ProducerId, ProductId, StoreId};
use domain::promotion::PromotionKind;
use domain::tax::{DatedRate, TaxClass};
use domain::{Money, Quantity, Rate};
use time::macros::date;

use crate::goods::{Goods, UNKNOWN_PRODUCER};
use crate::{campaigns, points};

/// PIN of the cashier of each store.
pub(crate) const CASHIER_PIN: &str = "402913";
/// PIN of the manager of each store.
pub(crate) const MANAGER_PIN: &str = "739154";
/// Password of everybody at central.
pub(crate) const PASSWORD: &str = "hanh-tim-ly-son";
/// The producer whose page is shown.
pub(crate) const PRODUCER: &str = "Công ty TNHH TM&DV Phú Sinh";

/// A store of the demonstration.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shop {
    /// Code with which receipt numbers begin, and name of its folder.
    pub(crate) code: &'static str,
    /// Name on screen.
    pub(crate) name: &'static str,
    /// Address on the receipt.
    pub(crate) address: &'static str,
    /// Where it stands.
    pub(crate) commune: &'static str,
    /// Where its pages are served.
    pub(crate) port: u16,
}

/// Both stores.
pub(crate) const SHOPS: [Shop; 2] = [
    Shop {
        code: "LS",
        name: "Điểm OCOP Lý Sơn",
        address: "Thôn Đông An Vĩnh, đặc khu Lý Sơn, tỉnh Quảng Ngãi",
        commune: "Đặc khu Lý Sơn",
        port: 8091,
    },
    Shop {
        code: "QN",
        name: "Điểm OCOP thành phố Quảng Ngãi",
        address: "Phường Cẩm Thành, tỉnh Quảng Ngãi",
        commune: "Phường Cẩm Thành",
        port: 8092,
    },
];

/// Opens central on embedded SQLite in the demonstration's folder.
///
/// # Errors
/// When the folder cannot be used.
pub(crate) async fn open(folder: &Path) -> anyhow::Result<central::App> {
    let config = Config {
        data_dir: folder.join("central"),
        // Ninety days pass within a minute.
        limits: Limits { store_requests_per_minute: 60_000, store_burst: 60_000, ..Limits::default() },
        ..Config::default()
    };
    Ok(central::App::open(&config, Clock::system()).await?)
}

/// Fills an empty central and returns its stores in the order of [`SHOPS`].
///
/// # Errors
/// When central refuses something; a bug of ours.
pub(crate) async fn set_up(central: &central::App, goods: &[Goods]) -> anyhow::Result<Vec<StoreId>> {
    let admin = Admin::new(central, "demo");
    let operator_id = admin
        .add_operator(&NewOperator {
            name: "Hợp tác xã Dịch vụ Nông nghiệp Lý Sơn (minh họa)".to_owned(),
            legal_status: "cooperative".to_owned(),
            tax_number: "4300000000".to_owned(),
            commission_tax: Rate::percent(8),
        })
        .await?;
    for (class, from, to, percent) in [
        (TaxClass::Standard, date!(2009 - 01 - 01), None, 10),
        (TaxClass::Standard, date!(2025 - 07 - 01), Some(date!(2026 - 12 - 31)), 8),
        (TaxClass::StandardUncut, date!(2009 - 01 - 01), None, 10),
        (TaxClass::Reduced, date!(2009 - 01 - 01), None, 5),
        (TaxClass::Zero, date!(2009 - 01 - 01), None, 0),
        (TaxClass::Exempt, date!(2009 - 01 - 01), None, 0),
        (TaxClass::Undeclared, date!(2009 - 01 - 01), None, 0),
    ] {
        let rate = Rate::percent(percent);
        admin.add_tax_rate(&DatedRate { class, valid_from: from, valid_to: to, rate }).await?;
    }
    let producers = add_producers(&admin, operator_id, goods).await?;
    let products = add_products(&admin, &producers, goods).await?;
    add_promotions(central, operator_id, &products).await?;
    add_people(&admin, operator_id, &producers).await?;
    let mut stores = Vec::new();
    for shop in &SHOPS {
        stores.push(add_store(&admin, operator_id, shop).await?);
    }
    points::fill(central, &admin, &stores).await?;
    campaigns::add(central, &admin, (&products, goods), &stores).await?;
    Ok(stores)
}

async fn add_store(admin: &Admin, operator_id: OperatorId, shop: &Shop) -> anyhow::Result<StoreId> {
    let store = admin
        .add_store(&NewStore {
            operator_id,
            code: shop.code.to_owned(),
            name: shop.name.to_owned(),
            receipt_title: "ĐIỂM GIỚI THIỆU VÀ BÁN SẢN PHẨM OCOP".to_owned(),
            receipt_footer: "Cảm ơn quý khách. Hẹn gặp lại!\nĐổi hàng trong 3 ngày, kèm phiếu này."
                .to_owned(),
            address: shop.address.to_owned(),
            commune: shop.commune.to_owned(),
            phone: "0255 000 000".to_owned(),
            bank_bin: "970436".to_owned(),
            bank_account: "1023456789".to_owned(),
        })
        .await?;
    admin.add_cashier(store, "Nguyễn Thị Hường", false, CASHIER_PIN).await?;
    admin.add_cashier(store, "Trần Văn Quản", true, MANAGER_PIN).await?;
    Ok(store)
}

/// Commission between 8 and 15 %, by the length of the name: a stated rule, not chance.
async fn add_producers(
    admin: &Admin,
    operator_id: OperatorId,
    goods: &[Goods],
) -> anyhow::Result<BTreeMap<String, ProducerId>> {
    let mut producers = BTreeMap::new();
    for one in goods {
        if producers.contains_key(&one.producer) {
            continue;
        }
        let new =
            NewProducer { name: one.producer.clone(), commune: one.commune.clone(), phone: String::new() };
        let producer_id = admin.add_producer(&new).await?;
        producers.insert(one.producer.clone(), producer_id);
        if one.producer != UNKNOWN_PRODUCER {
            let percent = u8::try_from(8 + one.producer.chars().count() % 8).unwrap_or(10);
            admin
                .add_terms(&NewTerms {
                    operator_id,
                    producer_id,
                    product_id: None,
                    commission: Rate::percent(percent),
                    basis: Basis::Gross,
                    discount_bearer: Bearer::Store,
                    valid_from: date!(2025 - 01 - 01),
                    clauses: Clauses::default(),
                })
                .await?;
        }
    }
    Ok(producers)
}

async fn add_products(
    admin: &Admin,
    producers: &BTreeMap<String, ProducerId>,
    goods: &[Goods],
) -> anyhow::Result<Vec<ProductId>> {
    let new: Vec<NewProduct> = goods
        .iter()
        .map(|one| NewProduct {
            sku: one.sku.clone(),
            barcodes: vec![one.barcode.as_str().to_owned()],
            name: one.name.clone(),
            unit: one.unit.clone(),
            sold_by: one.sold_by,
            price: Money::new(one.price_vnd),
            tax_class: one.tax_class,
            group_code: group_code(&one.group).to_owned(),
            producer_id: producers.get(&one.producer).copied(),
            commune: one.commune.clone(),
        })
        .collect();
    let ids = admin.add_products(&new).await?;
    add_combo(admin, &ids, goods).await?;
    for (one, product_id) in goods.iter().zip(&ids) {
        for (category, stars, decided) in &one.recognitions {
            let recognition = Recognition {
                category: *category,
                stars: *stars,
                valid_from: *decided,
                valid_to: stars.map(|_| ocop_last_day(*decided)),
            };
            admin.recognise(*product_id, &recognition, "minh họa").await?;
        }
    }
    Ok(ids)
}

/// Two promotions of the season; illustrative like the prices.
async fn add_promotions(
    central: &central::App,
    operator_id: OperatorId,
    products: &[ProductId],
) -> anyhow::Result<()> {
    for (name, kind, first) in [
        ("Mừng lúa mới", PromotionKind::Percent(Rate::percent(10)), 4),
        ("Mua 2 tặng 1", PromotionKind::BuyGet { buy: 2, get: 1 }, 5),
    ] {
        let products = products.iter().skip(first).step_by(12).copied().collect();
        let (first_day, last_day) = (date!(2026 - 11 - 01), date!(2027 - 12 - 31));
        let name = name.to_owned();
        let new = NewPromotion {
            id: central.clock.new_uuid().into(),
            operator_id,
            store_id: None,
            name,
            kind,
            products,
            first_day,
            last_day,
            hours: None,
        };
        Admin::new(central, "demo").add_promotion(&new).await?;
    }
    Ok(())
}

/// A combo of three packs for a tenth less than they cost apart; its name says that it is illustrative.
async fn add_combo(admin: &Admin, products: &[ProductId], goods: &[Goods]) -> anyhow::Result<()> {
    let by_piece = products.iter().zip(goods).filter(|(_, one)| one.sold_by == SoldBy::Piece);
    let chosen: Vec<(ProductId, &Goods)> = by_piece.map(|(id, one)| (*id, one)).take(3).collect();
    let apart: i64 = chosen.iter().map(|(_, one)| one.price_vnd).sum();
    let new = NewCombo {
        sku: "BQ001".to_owned(),
        barcodes: vec![Barcode::in_store(InStorePrefix::OWN_LABEL, 901).as_str().to_owned()],
        name: "Bộ quà Lý Sơn (minh họa)".to_owned(),
        unit: "bộ".to_owned(),
        // Down to whole thousands.
        price: Money::new(apart * 9 / 10 / 1_000 * 1_000),
        parts: chosen.iter().map(|(id, _)| (*id, Quantity::pieces(1))).collect(),
    };
    admin.add_combo(&new).await?;
    Ok(())
}

fn group_code(name: &str) -> &'static str {
    match name {
        "Đồ uống" => "drink",
        "Dược liệu và sản phẩm từ dược liệu" => "medicinal",
        "Hàng thủ công mỹ nghệ" => "handicraft",
        "Sinh vật cảnh" => "ornamental",
        _ => "food",
    }
}

async fn add_people(
    admin: &Admin,
    operator_id: OperatorId,
    producers: &BTreeMap<String, ProducerId>,
) -> anyhow::Result<()> {
    admin.add_user("quantri", "Quản trị (minh họa)", Role::Admin, PASSWORD).await?;
    admin.add_user("socongthuong", "Sở Công Thương (minh họa)", Role::Department, PASSWORD).await?;
    admin.add_user("htxlyson", "HTX Lý Sơn (minh họa)", Role::Operator(operator_id), PASSWORD).await?;
    if let Some(producer) = producers.get(PRODUCER) {
        admin.add_user("phusinh", PRODUCER, Role::Producer(*producer), PASSWORD).await?;
    }
    Ok(())
}
