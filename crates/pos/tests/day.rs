//! Random days at two counters, with all that changes money: promotions, discounts and prices by hand, weights, every way of
//! paying, money that comes later, refunds, voids, cash in and out, cash rounding. Every figure of every Z is counted once
//! more from the exported journal; and when everything is taken back, no account of the trade holds anything.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "day/counter.rs"]
mod counter;
#[path = "day/recount.rs"]
mod recount;
#[path = "day/rounding.rs"]
mod rounding;

use std::collections::BTreeMap;

use domain::tender::TenderKind;
use pos::Config;
use pos::config::{CreditConfig, ScaleCode};
use pos::db::balances;
use proptest::prelude::*;
use protocol::wire::PromotionOffer;
use testkit::catalogue::Catalogue;
use testkit::store::TestStore;

use counter::Counter;

const GARLIC: &str = "8938500000010";
const FISH_SAUCE: &str = "8938500000027";
/// The store's own goods, outside the programme.
const BAG: &str = "8938500000034";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";
/// Weighed goods: 0,333 kg and 1,25 kg.
const CINNAMON: [&str; 2] = ["2000012003330", "2000012012501"];
const CODES: [&str; 5] = [GARLIC, FISH_SAUCE, BAG, CINNAMON[0], CINNAMON[1]];

/// Returns a store with promotions, a scale and debtors.
async fn store(cash_step_vnd: i64) -> TestStore {
    let scale = ScaleCode {
        prefix: 20,
        layout: "PP IIIII VVVVV C".to_owned(),
        value: "grams".to_owned(),
        check_digit: false,
    };
    let config = Config {
        cash_step_vnd,
        credit: CreditConfig { most_vnd: 1_000_000_000 },
        scale_codes: vec![scale],
        ..Config::default()
    };
    let store = TestStore::closed(config).await;
    let both = [GARLIC_NAME, FISH_SAUCE_NAME];
    let promotions = Catalogue::default()
        .promotion("Tết đến", PromotionOffer::Percent(70_000), &both)
        .promotion("Mua 2 tặng 1", PromotionOffer::BuyGet(2, 1), &[FISH_SAUCE_NAME]);
    store.load(&promotions).await;
    store
}

/// What happens at one of two counters. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Act {
    Scan(usize),
    Reduce { row: usize, off: i64, is_percent: bool, is_cart: bool },
    Price { row: usize, vnd: i64 },
    Pay { kinds: Vec<TenderKind>, part: i64, notes: i64 },
    Come { which: usize, percent: i64 },
    Refund { which: usize, row: Option<usize>, milli: i64, is_waste: bool },
    Void,
    Move(i64),
    Close(i64),
}

fn acts() -> impl Strategy<Value = Vec<(usize, Act)>> {
    let offered: Vec<_> = TenderKind::ALL.into_iter().filter(|kind| !kind.is_cover()).collect();
    let kinds = prop::sample::subsequence(offered, 1..=3).prop_shuffle();
    let kinds = prop_oneof![Just(vec![TenderKind::Cash]), kinds];
    let which = || 0..50_usize;
    let act = prop_oneof![
        10 => which().prop_map(Act::Scan),
        3 => (which(), 1i64..100, any::<bool>(), any::<bool>())
            .prop_map(|(row, off, is_percent, is_cart)| Act::Reduce { row, off, is_percent, is_cart }),
        1 => (which(), 1i64..400_000).prop_map(|(row, vnd)| Act::Price { row, vnd }),
        8 => (kinds, 1i64..99, 0i64..200_000).prop_map(|(kinds, part, notes)| Act::Pay { kinds, part, notes }),
        2 => (which(), 1i64..=100).prop_map(|(which, percent)| Act::Come { which, percent }),
        4 => (which(), prop::option::of(which()), 1i64..3_000, any::<bool>())
            .prop_map(|(which, row, milli, is_waste)| Act::Refund { which, row, milli, is_waste }),
        1 => Just(Act::Void),
        1 => (-400i64..400).prop_map(|thousands| Act::Move(thousands * 1_000 + 500)),
        1 => (0i64..900_000).prop_map(Act::Close),
    ];
    prop::collection::vec((0..2_usize, act), 10..60)
}

async fn happens(step: i64, acts: Vec<(usize, Act)>) {
    let store = store(step).await;
    let mut counters = [Counter::open(&store, "Quầy 1").await, Counter::open(&store, "Quầy 2").await];
    counters[0].know_bag().await;
    let mut sold = Vec::new();
    let mut reports = Vec::new();
    for (at, act) in acts {
        store.clock.advance(30_000);
        let counter = &mut counters[at];
        match act {
            Act::Scan(which) => counter.scan(CODES[which % CODES.len()]).await,
            Act::Reduce { row, off, is_percent, is_cart } => {
                counter.reduce(row, off, is_percent, is_cart).await;
            }
            Act::Price { row, vnd } => counter.price(row, vnd).await,
            Act::Pay { kinds, part, notes } => sold.extend(counter.pay(&kinds, part, notes).await),
            Act::Come { which, percent } => counter.come(which, percent).await,
            Act::Refund { which, row, milli, is_waste } => {
                if let Some(sale_id) = (!sold.is_empty()).then(|| sold[which % sold.len()]) {
                    counter.take_back(sale_id, row.map(|row| (row, milli)), is_waste).await;
                }
            }
            Act::Void => counter.void_last().await,
            Act::Move(vnd) => counter.move_cash(vnd).await,
            Act::Close(counted) => reports.push(counter.close_and_open(counted).await),
        }
    }
    // Everything that buyers still have comes back.
    for sale_id in &sold {
        counters[0].take_back(*sale_id, None, false).await;
    }
    for counter in &mut counters {
        reports.push(counter.close_and_open(0).await);
    }
    let books = recount::Books::of(&store).await;
    for (shift_id, z) in &reports {
        assert_eq!(&recount::Figures::said(z), books.figures(*shift_id), "{z:?}");
    }
    nothing_is_left(&store).await;
    store.check().await;
}

/// Whatever was sold came back: the trade's own accounts are empty, and what went over the counter went back over it.
async fn nothing_is_left(store: &TestStore) {
    let mut left = BTreeMap::new();
    for (account, _, vnd) in balances::list_balances(store.app.db().read()).await.unwrap() {
        let name = match account.as_str() {
            "cash" | "bank" | "card" | "operator" | "float" | "cash_over_short" => "money".to_owned(),
            other => other.to_owned(),
        };
        *left.entry(name).or_insert(0) += vnd;
    }
    left.retain(|_, vnd| *vnd != 0);
    assert_eq!(left, BTreeMap::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn every_figure_of_every_z_is_a_recount_of_the_journal(
        step in prop::sample::select(vec![0i64, 500, 1_000]),
        acts in acts(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(happens(step, acts));
    }
}
