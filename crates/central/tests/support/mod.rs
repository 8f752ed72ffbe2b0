//! A central with one operator, two stores, two producers and three products; and tills that write real journals.

mod answer;
pub(crate) mod back;
pub(crate) mod fair;
mod one_reader;
pub(crate) mod period;
pub(crate) mod points;
pub(crate) mod random_world;
pub(crate) mod raw;
pub(crate) mod settling;
mod till;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use central::admin::{Admin, NewOperator, NewProducer, NewProduct, NewStore, NewTerms};
use central::config::{Config, Limits, News};
use central::db::{Db, product_facts, recognitions};
use central::rebuild::{rebuild, snapshot_digest};
use central::verify::verify;
use central::{App, router};
use domain::catalog::{Recognition, SoldBy, Stars};
use domain::consignment::{Basis, Bearer, FrozenTerms};
use domain::contract::Clauses;
use domain::ids::{OperatorId, ProducerId, ProductFactsId, ProductId, StoreId};
use domain::tax::{DatedRate, TaxClass};
use domain::{Money, Rate};
use protocol::{PublicKey, SecretKey};
use testkit::clock::DrivenClock;
use time::Date;
use time::macros::date;

pub(crate) use answer::Answer;
pub(crate) use till::Till;

/// The business day of all stories.
pub(crate) const TODAY: Date = date!(2026 - 11 - 23);

/// A product with what a till freezes of it.
#[derive(Debug, Clone)]
pub(crate) struct Goods {
    pub(crate) id: ProductId,
    pub(crate) facts: Option<ProductFactsId>,
    pub(crate) sku: String,
    pub(crate) price: Money,
    pub(crate) terms: Option<FrozenTerms>,
}

/// Central under test.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) router: Router,
    pub(crate) clock: Arc<DrivenClock>,
    pub(crate) admin: Admin,
    pub(crate) operator: OperatorId,
    pub(crate) store: StoreId,
    pub(crate) other_store: StoreId,
    pub(crate) phu_sinh: ProducerId,
    pub(crate) sa_huynh: ProducerId,
    /// Consigned by Phú Sinh at 10 %, four stars, 450 000 ₫.
    pub(crate) garlic: Goods,
    /// Consigned by Sa Huỳnh at 12 %, no recognition, 30 000 ₫.
    pub(crate) salt: Goods,
    /// The operator's own, 100 000 ₫.
    pub(crate) basket: Goods,
}

impl World {
    /// Returns it with generous limits.
    pub(crate) async fn new(db: Db) -> Self {
        Self::with_limits(db, Limits { store_burst: 1_000_000, ..Limits::default() }).await
    }

    pub(crate) async fn with_limits(db: Db, limits: Limits) -> Self {
        Self::with_config(db, Config { limits, ..Config::default() }).await
    }

    /// Returns it with news for producers, in a folder.
    pub(crate) async fn with_news(db: Db, folder: &Path) -> Self {
        let news = News { folder: folder.to_owned(), ..News::default() };
        let limits = Limits { store_burst: 1_000_000, ..Limits::default() };
        Self::with_config(db, Config { news, limits, ..Config::default() }).await
    }

    pub(crate) async fn with_config(db: Db, config: Config) -> Self {
        let (clock, handle) = DrivenClock::new(7);
        let key = SecretKey::from_bytes(&[42; 32]);
        let app = App::over(db, &config, key, handle).await.unwrap();
        let admin = Admin::new(&app, "test");
        let operator = operator(&admin).await;
        let store = admin.add_store(&new_store(operator, "LS")).await.unwrap();
        let other_store = admin.add_store(&new_store(operator, "QN")).await.unwrap();
        let phu_sinh = producer(&admin, "Công ty Phú Sinh").await;
        let sa_huynh = producer(&admin, "Diêm dân Sa Huỳnh").await;
        let rate = DatedRate {
            class: TaxClass::Standard,
            valid_from: date!(2025 - 07 - 01),
            valid_to: None,
            rate: Rate::percent(8),
        };
        admin.add_tax_rate(&rate).await.unwrap();
        let router = router::router(app.clone());
        let garlic = goods(&app, &admin, "TOI-DEN", 450_000, Some((operator, phu_sinh, 10))).await;
        let four = Recognition::ocop(Stars::new(4).unwrap(), date!(2025 - 03 - 01));
        admin.recognise(garlic.id, &four, "QĐ 1898/QĐ-UBND").await.unwrap();
        let garlic = Goods { facts: facts(&app.db, garlic.id).await, ..garlic };
        let salt = goods(&app, &admin, "MUOI", 30_000, Some((operator, sa_huynh, 12))).await;
        let basket = goods(&app, &admin, "GIO", 100_000, None).await;
        Self {
            app,
            router,
            clock,
            admin,
            operator,
            store,
            other_store,
            phu_sinh,
            sa_huynh,
            garlic,
            salt,
            basket,
        }
    }

    /// Returns another service over the same data.
    pub(crate) fn over(&self, app: App, clock: Arc<DrivenClock>) -> Self {
        let (router, admin) = (router::router(app.clone()), Admin::new(&app, "test"));
        let goods = [&self.garlic, &self.salt, &self.basket].map(Goods::clone);
        let [garlic, salt, basket] = goods;
        Self { app, router, clock, admin, garlic, salt, basket, ..*self }
    }

    /// Central's key.
    pub(crate) fn key(&self) -> PublicKey {
        self.app.key.public()
    }

    /// Returns an approved till of the first store.
    pub(crate) async fn till(&self) -> Till {
        let till = Till::enrol(self, self.store).await;
        self.admin.approve(&till.key.public().fingerprint()).await.unwrap();
        till
    }

    /// Returns an approved till of the second store.
    pub(crate) async fn other_till(&self) -> Till {
        let till = Till::enrol(self, self.other_store).await;
        self.admin.approve(&till.key.public().fingerprint()).await.unwrap();
        till
    }

    /// Records a decision about a product and takes it back, as one that was entered by mistake.
    pub(crate) async fn recognise_by_mistake(&self, product_id: ProductId, recognition: &Recognition) {
        let number = "nhập nhầm";
        self.admin.recognise(product_id, recognition, number).await.unwrap();
        let all = recognitions::list(&mut self.app.db.begin_reading().await.unwrap(), product_id).await;
        let decision = all.unwrap().into_iter().find(|decision| decision.paper.number == number).unwrap();
        self.admin.withdraw_recognition(product_id, decision.id).await.unwrap();
    }

    /// Returns the single number that a statement selects.
    pub(crate) async fn number(&self, text: &'static str) -> i64 {
        let (number,) = self.app.db.one(central::db::engine::Sql::new(text)).await.unwrap();
        number
    }

    /// Looks at the books without changing them, and folds them anew: both say what was counted batch by batch.
    pub(crate) async fn check_books(&self) {
        let before = snapshot_digest(&self.app.db).await.unwrap();
        verify(&self.app.db).await.unwrap();
        rebuild(&self.app.db).await.unwrap();
        assert_eq!(snapshot_digest(&self.app.db).await.unwrap(), before);
    }

    /// Returns the balance of an account over all stores and producers.
    pub(crate) async fn balance(&self, account: &str) -> i64 {
        let sql = central::db::engine::Sql::new(
            "select cast(coalesce(sum(amount_vnd), 0) as bigint) from balances where account = ",
        );
        let (vnd,) = self.app.db.one(sql.bind(account)).await.unwrap();
        vnd
    }
}

impl Goods {
    /// Returns the same product as a till sells it that lies about the terms.
    pub(crate) fn with_terms(&self, change: impl FnOnce(&mut FrozenTerms)) -> Self {
        let mut terms = self.terms.unwrap();
        change(&mut terms);
        Self { terms: Some(terms), ..self.clone() }
    }
}

async fn operator(admin: &Admin) -> OperatorId {
    let new = NewOperator {
        name: "Hợp tác xã Lý Sơn".to_owned(),
        legal_status: "cooperative".to_owned(),
        tax_number: "4300000001".to_owned(),
        commission_tax: Rate::percent(8),
    };
    admin.add_operator(&new).await.unwrap()
}

/// Returns a store to add.
pub(crate) fn new_store(operator_id: OperatorId, code: &str) -> NewStore {
    NewStore {
        operator_id,
        code: code.to_owned(),
        name: format!("Điểm OCOP {code}"),
        receipt_title: "ĐIỂM GIỚI THIỆU VÀ BÁN SẢN PHẨM OCOP".to_owned(),
        receipt_footer: "Cảm ơn quý khách!".to_owned(),
        address: "Đặc khu Lý Sơn".to_owned(),
        commune: "Đặc khu Lý Sơn".to_owned(),
        phone: "0255 000 000".to_owned(),
        bank_bin: "970436".to_owned(),
        bank_account: "0123456789".to_owned(),
    }
}

/// Adds a producer.
pub(crate) async fn producer(admin: &Admin, name: &str) -> ProducerId {
    admin.add_producer(&NewProducer { name: name.to_owned(), ..NewProducer::default() }).await.unwrap()
}

/// Returns a product to add.
pub(crate) fn new_product(sku: &str, price_vnd: i64, producer_id: Option<ProducerId>) -> NewProduct {
    NewProduct {
        sku: sku.to_owned(),
        barcodes: vec![format!("BC-{sku}")],
        name: format!("Sản phẩm {sku}"),
        unit: "Hộp".to_owned(),
        sold_by: SoldBy::Piece,
        price: Money::new(price_vnd),
        tax_class: TaxClass::Standard,
        group_code: "food".to_owned(),
        producer_id,
        commune: "Đặc khu Lý Sơn".to_owned(),
    }
}

/// Returns what a product counts as today.
pub(crate) async fn facts(db: &Db, product: ProductId) -> Option<ProductFactsId> {
    product_facts::find_on(&mut db.begin_reading().await.unwrap(), product, TODAY).await.unwrap()
}

/// Adds a product, with terms of its own when it is consigned for (operator, producer, percent).
pub(crate) async fn goods(
    app: &App,
    admin: &Admin,
    sku: &str,
    price_vnd: i64,
    consigned: Option<(OperatorId, ProducerId, u8)>,
) -> Goods {
    let producer_id = consigned.map(|(_, producer, _)| producer);
    let id = admin.add_product(&new_product(sku, price_vnd, producer_id)).await.unwrap();
    let terms = match consigned {
        None => None,
        Some((operator_id, producer_id, percent)) => {
            let new = NewTerms {
                operator_id,
                producer_id,
                product_id: None,
                commission: Rate::percent(percent),
                basis: Basis::Gross,
                discount_bearer: Bearer::Store,
                valid_from: date!(2026 - 01 - 01),
                clauses: Clauses::default(),
            };
            Some(FrozenTerms {
                producer_id,
                terms_id: Some(admin.add_terms(&new).await.unwrap()),
                commission: new.commission,
                basis: new.basis,
                discount_bearer: new.discount_bearer,
                commission_tax: Rate::percent(8),
            })
        }
    };
    Goods { id, facts: facts(&app.db, id).await, sku: sku.to_owned(), price: Money::new(price_vnd), terms }
}
