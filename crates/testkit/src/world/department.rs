//! What the department does before a store can sell, by the same acts as its pages: the rows of
//! [`Catalogue::usual`](crate::catalogue::Catalogue::usual), but made by central.

use central::admin::{Admin, NewOperator, NewProducer, NewProduct, NewStore, NewTerms};
use domain::catalog::{Recognition, SoldBy, Stars};
use domain::consignment::{Basis, Bearer};
use domain::contract::Clauses;
use domain::ids::{OperatorId, ProducerId, StoreId};
use domain::tax::{DatedRate, TaxClass};
use domain::{Money, Rate};
use pos::Config;
use pos::counter::Seat;
use pos::sync::enrol::enrol;
use time::macros::date;

use super::{World, sync};
use crate::catalogue::PIN;
use crate::store::TestStore;

/// Barcode of tỏi đen: consigned, 4 stars, 280.000 ₫.
pub const GARLIC: &str = "8938500000010";
/// Barcode of nước mắm: the store's own, 3 stars, 95.000 ₫.
pub const FISH_SAUCE: &str = "8938500000027";
/// Name of quế: the store's own, by weight, 240.000 ₫ a kilogram.
pub const CINNAMON: &str = "Quế Trà Bồng";

pub(super) async fn add_operator(admin: &Admin) -> OperatorId {
    let operator = NewOperator {
        name: "Hợp tác xã Lý Sơn".to_owned(),
        legal_status: "cooperative".to_owned(),
        tax_number: "4300000000".to_owned(),
        commission_tax: Rate::percent(8),
    };
    admin.add_operator(&operator).await.expect("an operator")
}

impl World {
    /// Adds VAT rates, a producer with 12 % commission and three products: [`GARLIC`], [`FISH_SAUCE`], [`CINNAMON`].
    pub(super) async fn add_catalogue(&self) {
        let admin = self.admin();
        for (valid_from, valid_to, percent) in
            [(date!(2009 - 01 - 01), None, 10), (date!(2025 - 07 - 01), Some(date!(2026 - 12 - 31)), 8)]
        {
            let rate = Rate::percent(percent);
            let rate = DatedRate { class: TaxClass::Standard, valid_from, valid_to, rate };
            admin.add_tax_rate(&rate).await.expect("a VAT rate");
        }
        let producer = NewProducer { name: "Tỏi đen Lý Sơn".to_owned(), ..NewProducer::default() };
        let producer_id = admin.add_producer(&producer).await.expect("a producer");
        let terms = NewTerms {
            operator_id: self.operator,
            producer_id,
            product_id: None,
            commission: Rate::percent(12),
            basis: Basis::Gross,
            discount_bearer: Bearer::Store,
            valid_from: date!(2025 - 01 - 01),
            clauses: Clauses::default(),
        };
        admin.add_terms(&terms).await.expect("terms");
        let garlic = product("TOI-DEN", GARLIC, "Tỏi đen Lý Sơn hộp 250 g", 280_000, Some(producer_id));
        let fish_sauce = product("NUOC-MAM", FISH_SAUCE, "Nước mắm Sa Huỳnh chai 500 ml", 95_000, None);
        let cinnamon = NewProduct {
            barcodes: Vec::new(),
            unit: "kg".to_owned(),
            sold_by: SoldBy::Weight,
            ..product("12", "", CINNAMON, 240_000, None)
        };
        for (new, stars) in [(garlic, Some(4)), (fish_sauce, Some(3)), (cinnamon, None)] {
            let product_id = admin.add_product(&new).await.expect("a product");
            if let Some(stars) = stars.and_then(Stars::new) {
                let recognition = Recognition::ocop(stars, date!(2025 - 01 - 01));
                admin.recognise(product_id, &recognition, "QĐ 1").await.expect("a recognition");
            }
        }
    }

    /// Returns a new store that was enrolled with a code; `approved` by a person, or still waiting.
    pub async fn store(&self, code: &str, approved: bool) -> TestStore {
        self.store_by(code, approved, &self.url).await
    }

    /// Returns the same, which reaches central by another address, such as a proxy's.
    pub async fn store_by(&self, code: &str, approved: bool, url: &str) -> TestStore {
        let (store_id, seat) = self.add_store(code).await;
        let config = Config { central_url: url.to_owned(), ..Config::default() };
        let seed = code.bytes().fold(0, |seed, byte| seed * 256 + u64::from(byte));
        let mut store = TestStore::seeded(config, seed).await;
        store.seat = seat;
        self.enrol(&store, store_id, approved).await;
        store
    }

    /// Returns an approved store that pulled the catalogue and opened its shift, with ten of each packed product on the
    /// shelf; all of it is at central.
    pub async fn open_store(&self, code: &str) -> TestStore {
        let store = self.store(code, true).await;
        begin_day(&store).await;
        store
    }

    /// Gives a store a code, lets it enrol, and approves it if asked to; returns its fingerprint.
    pub async fn enrol(&self, store: &TestStore, store_id: StoreId, approved: bool) -> String {
        let code = self.admin().issue_code(store_id).await.expect("a code");
        let fingerprint = enrol(&store.app, &code, "test").await.expect("an enrolment");
        if approved {
            self.admin().approve(&fingerprint).await.expect("an approval");
        }
        fingerprint
    }

    /// Adds a store with a cashier and a manager; returns the cashier's seat.
    pub async fn add_store(&self, code: &str) -> (StoreId, Seat) {
        let text = str::to_owned;
        let new = NewStore {
            operator_id: self.operator,
            code: text(code),
            name: format!("Điểm OCOP {code}"),
            receipt_title: text("ĐIỂM GIỚI THIỆU VÀ BÁN SẢN PHẨM OCOP"),
            receipt_footer: text("Cảm ơn quý khách"),
            address: text("Đặc khu Lý Sơn, tỉnh Quảng Ngãi"),
            commune: text("Đặc khu Lý Sơn"),
            phone: text("0255 000 000"),
            bank_bin: text("970436"),
            bank_account: text("1023456789"),
        };
        let admin = self.admin();
        let store_id = admin.add_store(&new).await.expect("a store");
        let cashier = "Nguyễn Thị Hường";
        let cashier_id = admin.add_cashier(store_id, cashier, false, PIN).await.expect("a cashier");
        admin.add_cashier(store_id, "Trần Văn Quản", true, PIN).await.expect("a manager");
        (store_id, Seat { counter: text("Quầy 1"), cashier_id, cashier: text(cashier), manager: false })
    }
}

/// Pulls the catalogue, opens the shift, receives ten of each packed product, and brings that to central.
pub async fn begin_day(store: &TestStore) {
    sync(store).await;
    store.open_shift().await;
    store.deliver(GARLIC, 10).await;
    store.deliver(FISH_SAUCE, 10).await;
    sync(store).await;
}

fn product(
    sku: &str,
    barcode: &str,
    name: &str,
    price_vnd: i64,
    producer_id: Option<ProducerId>,
) -> NewProduct {
    NewProduct {
        sku: sku.to_owned(),
        barcodes: vec![barcode.to_owned()],
        name: name.to_owned(),
        unit: "Hộp".to_owned(),
        sold_by: SoldBy::Piece,
        price: Money::new(price_vnd),
        tax_class: TaxClass::Standard,
        group_code: "food".to_owned(),
        producer_id,
        commune: "Đặc khu Lý Sơn".to_owned(),
    }
}
