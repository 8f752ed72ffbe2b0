//! A day's trade at one counter: goods of a producer, of the store, and outside the programme, alone and together.
#![expect(clippy::expect_used, clippy::panic, reason = "a sale that fails is a failed test")]

use domain::Money;
use domain::catalog::SoldBy;
use domain::tender::TenderKind;
use pos::counter::provisional::{self, NewProduct};
use pos::counter::scan::weigh;
use pos::counter::{CounterState, Note};
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, GARLIC};

/// A paper bag of the store's own, which the department never hears of.
pub const BAG: &str = "8938500000034";

/// What a day's trade must add up to, by the price tags.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Takings {
    /// Sales.
    pub sales: i64,
    /// What buyers paid, đồng.
    pub payable_vnd: i64,
    /// The part of it outside the programme.
    pub outside_vnd: i64,
    /// Owed to the producer of tỏi đen.
    pub producer_due_vnd: i64,
}

/// Tỏi đen costs 280.000 ₫; the store keeps 12 %, and 8 % VAT on that.
const GARLIC_DUE_VND: i64 = 280_000 - 33_600 - 2_688;
const BAG_VND: i64 = 10_800;

impl Takings {
    fn add(&mut self, payable_vnd: i64, garlic: i64, bags: i64) {
        self.sales += 1;
        self.payable_vnd += payable_vnd;
        self.outside_vnd += bags * BAG_VND;
        self.producer_due_vnd += garlic * GARLIC_DUE_VND;
    }
}

/// Makes a number of sales, of five sorts in turn.
pub async fn trade(store: &TestStore, sales: usize) -> Takings {
    let mut takings = Takings::default();
    for number in 0..sales {
        match number % 5 {
            0 => {
                store.scan(GARLIC).await;
                sold(&store.pay_cash(Some(500_000)).await);
                takings.add(280_000, 1, 0);
            }
            1 => {
                store.scan(FISH_SAUCE).await;
                sold(&store.pay(TenderKind::VietQr, None).await);
                takings.add(95_000, 0, 0);
            }
            2 => {
                take_bag(store).await;
                sold(&store.pay_cash(None).await);
                takings.add(BAG_VND, 0, 1);
            }
            3 => {
                store.scan(GARLIC).await;
                store.scan(GARLIC).await;
                store.scan(FISH_SAUCE).await;
                take_bag(store).await;
                sold(&store.pay(TenderKind::Card, None).await);
                takings.add(2 * 280_000 + 95_000 + BAG_VND, 2, 1);
            }
            _ => {
                weigh_cinnamon(store, "0,25").await;
                sold(&store.pay_cash(None).await);
                takings.add(60_000, 0, 0);
            }
        }
    }
    takings
}

fn sold(state: &CounterState) {
    assert!(matches!(state.note, Note::Sold { .. }), "{:?}", state.note);
}

/// Puts a bag into the cart; the first one is unknown and added at the counter.
async fn take_bag(store: &TestStore) {
    if !matches!(store.scan(BAG).await.note, Note::UnknownCode { .. }) {
        return;
    }
    let bag = NewProduct {
        barcode: Some(BAG.to_owned()),
        name: "Túi giấy".to_owned(),
        unit: "Cái".to_owned(),
        price: Money::new(BAG_VND),
        sold_by: SoldBy::Piece,
        producer_id: None,
        refuse_expired: false,
    };
    let request = store.request().await;
    let state = provisional::add(&store.app, &store.seat, &request, bag).await.expect("a new product");
    assert_eq!(state.note, Note::ProductAdded { name: "Túi giấy".to_owned() });
}

async fn weigh_cinnamon(store: &TestStore, kilograms: &str) {
    let Note::NeedsWeight { product_id, .. } = store.scan("que tra bong").await.note else {
        panic!("a weight is asked for")
    };
    let request = store.request().await;
    weigh(&store.app, &store.seat, &request, product_id.into(), kilograms).await.expect("a weight");
}
