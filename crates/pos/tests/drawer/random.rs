//! Whatever happens at two counters, each Z is the fold of its range.

use domain::Money;
use domain::tender::TenderKind;
use pos::Config;
use pos::config::DrawerConfig;
use pos::counter::shift::Closing;
use pos::counter::{self, Note};
use proptest::prelude::*;
use testkit::store::TestStore;

use super::{BAG, FISH_SAUCE, GARLIC, Till, agree, with_bags};

/// What happens at one of two counters.
#[derive(Debug, Clone)]
enum Act {
    Sell(usize, Vec<usize>, Vec<usize>),
    Move(usize, i64),
    Leave(usize),
    Order(usize, usize),
    HandOver(usize),
    Reopen(usize, i64),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let counter = || 0..2_usize;
    let act = prop_oneof![
        5 => (counter(), prop::collection::vec(0..3_usize, 1..4), prop::sample::subsequence(vec![0, 1, 2], 1..=3))
            .prop_map(|(at, goods, kinds)| Act::Sell(at, goods, kinds)),
        2 => (counter(), (-499_i64..500).prop_filter("money moves", |thousands| *thousands != 0))
            .prop_map(|(at, thousands)| Act::Move(at, 1_000 * thousands)),
        1 => counter().prop_map(Act::Leave),
        2 => (counter(), 0..3_usize).prop_map(|(at, kind)| Act::Order(at, kind)),
        2 => counter().prop_map(Act::HandOver),
        1 => (counter(), 0..2_000_i64).prop_map(|(at, thousands)| Act::Reopen(at, 1_000 * thousands)),
    ];
    prop::collection::vec(act, 1..14)
}

async fn happens(store: &TestStore, acts: Vec<Act>) {
    let names = ["Quầy 1", "Quầy 2"];
    let tills = [Till::open(store, names[0], 500_000).await, Till::open(store, names[1], 0).await];
    with_bags(&tills[0]).await;
    for act in acts {
        store.clock.advance(60_000);
        match act {
            Act::Sell(at, goods, kinds) => {
                let codes: Vec<&str> =
                    goods.into_iter().map(|place| [GARLIC, FISH_SAUCE, BAG][place]).collect();
                let kinds: Vec<TenderKind> = kinds.into_iter().map(|place| TenderKind::ALL[place]).collect();
                tills[at].sell(&codes, &kinds).await;
            }
            Act::Move(at, vnd) => assert!(matches!(tills[at].move_cash(vnd).await, Note::CashMoved { .. })),
            Act::Leave(at) => assert!(tills[at].scan(GARLIC).await.payable_vnd > 0),
            Act::Order(at, kind) => tills[at].order(TenderKind::ALL[kind]).await,
            Act::HandOver(at) => tills[at].hand_over().await,
            Act::Reopen(at, counted_vnd) => {
                close_and_agree(&tills[at], counted_vnd).await;
                Till::open(store, names[at], 100_000).await;
            }
        }
    }
    for till in &tills {
        close_and_agree(till, 123_000).await;
    }
    store.check().await;
}

async fn close_and_agree(till: &Till<'_>, counted_vnd: i64) {
    let expected = counter::shift::expected_in_drawer(&till.store.app, &till.seat).await.unwrap();
    let closing = Closing { is_empty: true, ..Closing::from(Money::new(counted_vnd)) };
    let (over_vnd, z) = till.close(closing).await;
    assert_eq!(over_vnd, counted_vnd - expected.vnd(), "any count is taken");
    agree(till.store, till.last_closed().await, &z).await;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn every_z_is_the_fold_of_its_range(acts in acts()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            // What a cashier takes out alone adds up; here nobody is asked.
            let drawer = DrawerConfig { cash_out_most_vnd: 100_000_000, ..DrawerConfig::default() };
            let store = TestStore::closed(Config { drawer, ..Config::default() }).await;
            happens(&store, acts).await;
        });
    }
}
