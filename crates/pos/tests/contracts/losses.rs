//! Who bears what is lost: each producer's contract, unless a manager says otherwise and why.

use domain::Quantity;
use domain::ids::LotId;
use domain::removal::Cause;
use pos::counter::losses::LossBearer;
use pos::counter::removal::{self, Removal};
use pos::counter::repack::{self, NewPacks, Repacking};
use pos::counter::stocktake::{self, Count, HowMuch};
use pos::counter::stocktake_close::{self, Closing, Figures};
use pos::db::lots::{self, Listed};
use protocol::payload::GoodsOutLine;

use domain::Money;
use domain::ids::SaleId;
use domain::stock::Location;
use domain::tender::TenderKind;
use pos::counter::Request;
use pos::counter::note::Delivering;
use pos::counter::refund::{self, Asked};
use pos::counter::settlement::Open;

use super::*;

const OTHER: &str = "HTX Quế Trà Bồng";
const OTHER_GOODS: &str = "Tinh dầu quế chai 50 ml";
/// What a box of garlic brings its producer for 12 %.
const DUE: i64 = 243_712;

/// A store with goods of two producers; the second one's is sold for 10 %.
async fn store() -> TestStore {
    store_at(100_000).await
}

/// The second one's at another price.
async fn store_at(price: i64) -> TestStore {
    let store = TestStore::new().await;
    let rows = Catalogue::default()
        .producer(OTHER)
        .product(OTHER_GOODS, "8938500000034", price, Some(OTHER))
        .facts(OTHER_GOODS, time::macros::date!(2025 - 01 - 01), &["ocop"], Some(3));
    store.load(&rows).await;
    store.receive(OTHER_GOODS, 10, Some(OTHER)).await;
    store
}

async fn lot(store: &TestStore, name: &str) -> LotId {
    let listed = Listed::Product(id_of(name).into());
    let rows = lots::list_lots(store.app.db().read(), listed, 10).await.unwrap();
    rows[0].lot_id.into()
}

async fn lose(
    store: &TestStore,
    cause: Cause,
    bearer: LossBearer,
    reason: &str,
    goods: &[(&str, i64)],
) -> Note {
    let mut lots = Vec::new();
    for (name, pieces) in goods {
        lots.push((lot(store, name).await, Quantity::pieces(*pieces)));
    }
    let (reason, language, word) = (reason.to_owned(), Language::Vi, manager_word());
    let removal = Removal { cause, bearer, lots, reason, language, word };
    removal::remove(&store.app, &store.seat, &store.op(), &removal).await.unwrap().note
}

/// The lines of the newest loss: pieces, and what is owed for them.
async fn lines(store: &TestStore) -> Vec<(i64, i64)> {
    let Payload::GoodsOut(out) = newest(store, Kind::GoodsOut).await else { panic!("nothing left") };
    out.lines.iter().map(|line: &GoodsOutLine| (line.quantity / 1_000, line.compensation)).collect()
}

const BY_STORE: Clauses = Clauses {
    mode: Mode::Consigned,
    return_days: None,
    shrinkage: Rate::ZERO,
    loss_bearer: Some(Bearer::Store),
    expiry_bearer: Some(Bearer::Producer),
    agreed_after_days: None,
    ends: false,
};

/// Sells boxes of garlic one by one, and takes the first `back` of them back as broken.
async fn sell_and_break(store: &TestStore, sold: usize, back: usize) {
    let mut sales = Vec::new();
    for _ in 0..sold {
        sales.push(store.sell(GARLIC).await);
    }
    for sale_id in sales.into_iter().take(back) {
        let asked = Asked {
            rows: Vec::new(),
            back_to: Location::Waste,
            reason: "Hộp vỡ".to_owned(),
            kind: TenderKind::Cash,
            is_late_allowed: false,
            word: manager_word(),
        };
        let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) };
        let note = refund::refund(&store.app, &store.seat, &request, &asked).await.unwrap().note;
        assert!(matches!(note, Note::Refunded { .. }), "{note:?}");
    }
}

/// What buyers bring back broken is borne as what breaks on the shelf; where nothing is agreed, the producer bears it.
#[tokio::test]
async fn what_comes_back_broken_is_borne_as_the_contract_says() {
    let by_producer = Clauses { loss_bearer: Some(Bearer::Producer), ..BY_STORE };
    let allowed = Clauses { shrinkage: Rate::percent(10), ..BY_STORE };
    // (contract, sold, came back broken, at the store's cost)
    for (clauses, sold, back, by_store) in [
        (None, 2, 1, 0),
        (Some(by_producer), 2, 1, 0),
        (Some(BY_STORE), 2, 1, 1),
        // Ten were sold: the first one is within what is allowed, the second one beyond it.
        (Some(allowed), 10, 2, 1),
    ] {
        let store = store().await;
        if let Some(clauses) = clauses {
            agreed(&store, terms_of(&store, 12, clauses)).await;
        }
        sell_and_break(&store, sold, back).await;
        assert_eq!(store.balance("losses").await, by_store * DUE, "{clauses:?}");
        let mut reader = store.app.db().read().acquire().await.unwrap();
        let open = Open::load(&mut reader, id_of(PRODUCER).into()).await.unwrap();
        drop(reader);
        let row = &open.rows[&id_of(GARLIC_NAME).into()];
        let lost = (row.lost_by_producer.milli() / 1_000, row.lost_by_operator.milli() / 1_000);
        assert_eq!(lost, (i64::try_from(back).unwrap() - by_store, by_store), "{clauses:?}");
        assert_eq!(row.compensation, Money::new(by_store * DUE));
        assert!(row.adds_up());
        rebuild::rebuild(&store.app).await.unwrap();
        store.check().await;
    }
}

/// A gram of what two packs of 100 đồng hold is worth nothing: nobody is owed for it, so the producer bears it whatever is agreed.
#[tokio::test]
async fn a_loss_in_packing_that_is_worth_nothing_is_the_producers() {
    let store = store_at(100).await;
    let others = Terms { producer_id: id_of(OTHER).into(), ..terms_of(&store, 10, BY_STORE) };
    agreed(&store, others).await;
    let packs = NewPacks {
        product_id: id_of(OTHER_GOODS).into(),
        quantity: Quantity::pieces(1),
        each: Some(Quantity::from_milli(499)),
        code: String::new(),
    };
    let repacking = Repacking {
        lot_id: lot(&store, OTHER_GOODS).await,
        quantity: Quantity::pieces(2),
        weight: Some(Quantity::from_milli(500)),
        made: vec![packs],
        loss: Quantity::from_milli(1),
        reason: String::new(),
        language: Language::Vi,
        word: manager_word(),
    };
    let note = repack::repack(&store.app, &store.seat, &store.op(), &repacking).await.unwrap().note;
    assert!(matches!(note, Note::Delivering(Delivering::Repacked { .. })), "{note:?}");
    let Payload::Repack(told) = newest(&store, Kind::Repack).await else { panic!("nothing was packed") };
    let used = told.goods.unwrap().used;
    assert_eq!((used[0].lost_by_producer, used[0].lost_by_operator, used[0].compensation), (4, 0, 0));
    store.check().await;
}

/// Goods of several producers in one act: each has its own contract.
#[tokio::test]
async fn each_producers_contract_says_who_bears_its_goods() {
    let store = store().await;
    let both = [(GARLIC_NAME, 1), (OTHER_GOODS, 2)];
    let contract = LossBearer::Contract;
    let silent = lose(&store, Cause::Damaged, contract, "", &both).await;
    assert!(
        matches!(silent, Note::Settling(Settling::Contracting(Contracting::NoBearer { .. }))),
        "{silent:?}"
    );
    agreed(&store, terms_of(&store, 12, BY_STORE)).await;
    let by_producer = Clauses { loss_bearer: Some(Bearer::Producer), ..BY_STORE };
    let others = Terms { producer_id: id_of(OTHER).into(), ..terms_of(&store, 10, by_producer) };
    agreed(&store, others).await;
    let note = lose(&store, Cause::Damaged, contract, "", &both).await;
    assert!(matches!(note, Note::GoodsRemoved { lots: 2, .. }), "{note:?}");
    let mut told = lines(&store).await;
    told.sort();
    assert_eq!(told, [(1, DUE), (2, 0)]);
    lose(&store, Cause::Expired, contract, "", &both).await;
    assert!(lines(&store).await.iter().all(|(_, owed)| *owed == 0), "producers bear what is past its date");
    // The manager says otherwise: only with a reason, which stays in the journal.
    let before = entries(&store).await;
    for reason in ["", "   "] {
        let note = lose(&store, Cause::Lost, LossBearer::Producer, reason, &both[..1]).await;
        assert_eq!(note, Contracting::WhyNotContract { producer: PRODUCER.to_owned() }.into());
    }
    assert_eq!(entries(&store).await, before);
    lose(&store, Cause::Lost, LossBearer::Producer, "Chủ thể đóng gói hở", &both[..1]).await;
    assert_eq!(lines(&store).await, [(1, 0)]);
    let private: String =
        sqlx::query_scalar("select private from entries where kind = 'goods_out' order by seq desc limit 1")
            .fetch_one(store.app.db().read())
            .await
            .unwrap();
    assert!(private.contains("Chủ thể đóng gói hở"), "{private}");
    // As the contract says it needs no reason.
    let note = lose(&store, Cause::Lost, LossBearer::Store, "", &both[..1]).await;
    assert!(matches!(note, Note::GoodsRemoved { .. }), "{note:?}");
    store.check().await;
}

/// A tenth of what was sold may be missing at the producer's cost: what goes beyond it is the store's.
#[tokio::test]
async fn what_the_contract_allows_is_the_producers_and_the_rest_the_stores() {
    let store = store().await;
    store.receive(GARLIC_NAME, 30, Some(PRODUCER)).await;
    agreed(&store, terms_of(&store, 12, Clauses { shrinkage: Rate::percent(10), ..BY_STORE })).await;
    for _ in 0..25 {
        store.scan(GARLIC).await;
    }
    store.pay_cash(None).await;
    // Two of 25: one is missing, then three are damaged.
    let contract = LossBearer::Contract;
    lose(&store, Cause::Lost, contract, "", &[(GARLIC_NAME, 1)]).await;
    assert_eq!(lines(&store).await, [(1, 0)]);
    let note = lose(&store, Cause::Damaged, contract, "", &[(GARLIC_NAME, 3)]).await;
    assert!(matches!(note, Note::GoodsRemoved { lots: 1, .. }), "{note:?}");
    assert_eq!(lines(&store).await, [(1, 0), (2, 2 * DUE)]);
    lose(&store, Cause::Lost, contract, "", &[(GARLIC_NAME, 1)]).await;
    assert_eq!(lines(&store).await, [(1, DUE)]);
    // Whoever says that the store bears it means all of it.
    store.sell(GARLIC).await;
    store.check().await;
}

/// What is missing when the shelf is counted follows the same rule, lot by lot.
#[tokio::test]
async fn what_a_count_misses_follows_the_contract() {
    let store = store().await;
    agreed(&store, terms_of(&store, 12, Clauses { shrinkage: Rate::percent(50), ..BY_STORE })).await;
    for _ in 0..4 {
        store.sell(GARLIC).await;
    }
    stocktake::begin(&store.app, &store.seat, &store.op(), "").await.unwrap();
    let how_much = HowMuch::Exactly(Quantity::pieces(3));
    for _ in 0..2 {
        let count = Count { product_id: id_of(GARLIC_NAME).into(), area: "Kệ 1".to_owned(), how_much };
        stocktake::count(&store.app, &store.seat, &store.op(), &count).await.unwrap();
        stocktake::count_again(&store.app, &store.seat, &store.op(), count.product_id).await.unwrap();
    }
    let count = Count { product_id: id_of(GARLIC_NAME).into(), area: "Kệ 1".to_owned(), how_much };
    stocktake::count(&store.app, &store.seat, &store.op(), &count).await.unwrap();
    let mut connection = store.app.db().read().acquire().await.unwrap();
    let figures = Figures::load(&mut connection).await.unwrap().unwrap();
    drop(connection);
    let closing = Closing {
        stocktake_id: figures.stocktake.stocktake_id,
        bearer: LossBearer::Contract,
        takes_uncounted: false,
        is_pad_entered: false,
        reason: String::new(),
        shown: figures.mark(),
        language: Language::Vi,
        word: manager_word(),
    };
    let state = stocktake_close::close(&store.app, &store.seat, &store.op(), &closing).await.unwrap();
    assert!(matches!(state.note, Note::Counting(_)), "{:?}", state.note);
    // Six were there, three are: two of four sold are the producer's, one is the store's.
    let Payload::GoodsCount(count) = newest(&store, Kind::GoodsCount).await else { panic!("no count") };
    let told: Vec<_> =
        count.products[0].lots.iter().map(|lot| (lot.quantity / 1_000, lot.compensation)).collect();
    assert_eq!(told, [(-2, 0), (-1, DUE)]);
    store.check().await;
}
