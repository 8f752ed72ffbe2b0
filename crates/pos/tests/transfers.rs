//! Goods that go to another store, come from one, and are packed anew: what it does to the shelf, who allows it, and what is refused.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;

use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::Clauses;
use domain::ids::LotId;
use domain::removal::Cause;
use domain::stock::Location;
use domain::{Quantity, Rate};
use pos::counter::agreement::{Agreement, agree};
use pos::counter::approval::Word;
use pos::counter::note::Delivering;
use pos::counter::removal::{self, LossBearer, Removal};
use pos::counter::repack::{self, NewPacks, Repacking};
use pos::counter::settlement::Open;
use pos::counter::transfer::{self, Sending};
use pos::counter::transfer_in::{self, TakingIn};
use pos::counter::{CounterState, Note};
use pos::db::lots::{self, Listed, LotRow};
use pos::db::transfers::{self, Arriving, Told};
use pos::maintenance::rebuild;
use protocol::payload::{TransferIn, TransferLot, TransferOut};
use protocol::wire::SisterStore;
use receipts::language::Language;
use testkit::catalogue::{id_of, manager_word};
use testkit::store::TestStore;
use time::macros::date;
use uuid::Uuid;

const GARLIC: &str = "8938500000010";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const FISH_SAUCE_NAME: &str = "Nước mắm Sa Huỳnh chai 500 ml";
const CINNAMON: &str = "Quế Trà Bồng";
const PRODUCER: &str = "Tỏi đen Lý Sơn";

/// A store with ten boxes of consigned garlic, ten bottles and ten kilograms of its own, that central told of another store.
async fn store(arriving: Vec<Arriving>) -> TestStore {
    let store = TestStore::new().await;
    store.receive(CINNAMON, 10, None).await;
    tell(&store, arriving).await;
    store
}

async fn tell(store: &TestStore, arriving: Vec<Arriving>) {
    let sister = SisterStore { id: id_of("sister"), code: "TK".to_owned(), name: "Trà Khúc".to_owned() };
    let told = Told { sisters: vec![sister], arriving, taken: Vec::new() };
    let mut tx = store.app.db().begin().await.unwrap();
    assert!(transfers::replace_told(&mut tx, &told).await.unwrap());
    assert!(!transfers::replace_told(&mut tx, &told).await.unwrap(), "told before");
    tx.commit().await.unwrap();
}

/// Six boxes of garlic on their way here.
fn six_boxes() -> Arriving {
    let line = TransferLot {
        lot: Uuid::from_u128(6),
        product: id_of(GARLIC_NAME),
        producer: Some(id_of(PRODUCER)),
        quantity: 6_000,
        received_on: date!(2026 - 11 - 01),
        expires_on: Some(date!(2027 - 05 - 31)),
        code: Some("L-7".to_owned()),
    };
    let sent = TransferOut {
        voucher: "TK-9Z9Z-CK7".to_owned(),
        to: id_of("store"),
        cashier: Uuid::nil(),
        approved_by: Uuid::nil(),
        lines: vec![line],
    };
    Arriving { from: id_of("sister"), sent_at_ms: 1_795_000_000_000, sent }
}

async fn lots_of(store: &TestStore, name: &str) -> Vec<LotRow> {
    lots::list_lots(store.app.db().read(), Listed::Product(id_of(name).into()), 20).await.unwrap()
}

async fn newest(store: &TestStore, name: &str) -> LotId {
    LotId::from_uuid(lots_of(store, name).await.last().unwrap().lot_id)
}

async fn at(store: &TestStore, name: &str, location: Location) -> i64 {
    sqlx::query_scalar(
        "select coalesce(sum(quantity_milli), 0) from stock where product_id = $1 and location = $2",
    )
    .bind(id_of(name))
    .bind(location.code())
    .fetch_one(store.app.db().read())
    .await
    .unwrap()
}

async fn entries(store: &TestStore) -> i64 {
    sqlx::query_scalar("select count(*) from entries").fetch_one(store.app.db().read()).await.unwrap()
}

fn sending(lots: &[(LotId, i64)]) -> Sending {
    Sending {
        to: id_of("sister"),
        lots: lots.iter().map(|(lot, milli)| (*lot, Quantity::from_milli(*milli))).collect(),
        reason: "  Bên kia   hết ".to_owned(),
        language: Language::Vi,
        word: manager_word(),
    }
}

async fn send(store: &TestStore, sending: &Sending) -> Note {
    transfer::send(&store.app, &store.seat, &store.op(), sending).await.unwrap().note
}

fn taking(number: &str, arrived: &[(Uuid, i64)]) -> TakingIn {
    let arrived = arrived.iter().map(|(lot, milli)| (LotId::from_uuid(*lot), Quantity::from_milli(*milli)));
    TakingIn {
        transfer: number.to_owned(),
        arrived: arrived.collect::<BTreeMap<_, _>>(),
        bearer: LossBearer::Store,
        reason: String::new(),
        language: Language::Vi,
        word: Word::default(),
    }
}

async fn take_in(store: &TestStore, taking: &TakingIn) -> CounterState {
    transfer_in::take_in(&store.app, &store.seat, &store.op(), taking).await.unwrap()
}

#[tokio::test]
async fn what_is_sent_leaves_the_shelf_and_can_come_back_once() {
    let store = store(Vec::new()).await;
    let lot = newest(&store, GARLIC_NAME).await;
    let note = send(&store, &sending(&[(lot, 4_000), (newest(&store, FISH_SAUCE_NAME).await, 2_000)])).await;
    let Note::Delivering(Delivering::Sent { voucher, store: to }) = note else { panic!("{note:?}") };
    assert_eq!(to, "Trà Khúc");
    let is_at = async |location| {
        (at(&store, GARLIC_NAME, location).await, at(&store, FISH_SAUCE_NAME, location).await)
    };
    assert_eq!(is_at(Location::Shelf).await, (6_000, 8_000));
    assert_eq!(is_at(Location::InTransit).await, (4_000, 2_000));
    // The driver turns back with three of the four: a manager says who bears the fourth.
    let own = newest(&store, FISH_SAUCE_NAME).await;
    let back = taking(&voucher, &[(lot.uuid(), 3_000), (own.uuid(), 2_000)]);
    assert_eq!(take_in(&store, &back).await.note, Note::ManagerNeeded);
    let back = TakingIn { word: manager_word(), ..back };
    let note = take_in(&store, &back).await.note;
    assert!(matches!(note, Note::Delivering(Delivering::TakenIn { lots: 2, .. })), "{note:?}");
    assert_eq!(is_at(Location::Shelf).await, (9_000, 10_000));
    assert_eq!(is_at(Location::InTransit).await, (0, 0));
    assert_eq!(at(&store, GARLIC_NAME, Location::Waste).await, 1_000);
    assert!(store.balance("losses").await > 0);
    let note = take_in(&store, &back).await.note;
    assert_eq!(note, Note::Delivering(Delivering::NoSuchTransfer), "once");
    let before = lots_of(&store, GARLIC_NAME).await;
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(lots_of(&store, GARLIC_NAME).await, before);
    store.check().await;
}

#[tokio::test]
async fn what_came_is_booked_as_it_was_sent_or_as_it_was_counted() {
    // Twelve were sold where the book had ten: two of those that come were sold before they came.
    let store = store(vec![six_boxes()]).await;
    for _ in 0..12 {
        store.sell(GARLIC).await;
    }
    let note = take_in(&store, &taking("TK-9Z9Z-CK7", &[(Uuid::from_u128(6), 6_000)])).await.note;
    assert!(matches!(note, Note::Delivering(Delivering::TakenIn { lots: 1, .. })), "{note:?}");
    let lots = lots_of(&store, GARLIC_NAME).await;
    let [left] = lots.as_slice() else { panic!("{lots:?}") };
    assert_eq!((left.lot_id, left.quantity_milli), (Uuid::from_u128(6), 4_000));
    assert_eq!(left.expires_on, Some(date!(2027 - 05 - 31)), "the lot is the sender's");
    store.check().await;
}

#[tokio::test]
async fn a_transfer_that_cannot_be_changes_nothing() {
    let store = store(vec![six_boxes()]).await;
    let lot = newest(&store, GARLIC_NAME).await;
    let before = entries(&store).await;
    let alone = Sending { word: Word::default(), ..sending(&[(lot, 1_000)]) };
    let stranger = Sending { to: id_of("stranger"), ..sending(&[(lot, 1_000)]) };
    for (sending, expected) in [
        (alone, Note::ManagerNeeded),
        (stranger, Note::Delivering(Delivering::NoSuchStore)),
        (sending(&[]), Note::NothingChosen),
        (sending(&[(lot, 11_000)]), more(10)),
        (sending(&[(lot, 6_000), (lot, 5_000)]), more(10)),
        (sending(&[(lot, 1_500)]), Note::BadQuantity { whole: true }),
        (sending(&[(LotId::from_uuid(Uuid::nil()), 1_000)]), Note::BadField { field: "lot".to_owned() }),
    ] {
        assert_eq!(send(&store, &sending).await, expected);
    }
    let six = Uuid::from_u128(6);
    let no_such = Note::Delivering(Delivering::NoSuchTransfer);
    for (taking, expected) in [
        (taking("TK-9Z9Z-CK8", &[(six, 6_000)]), no_such),
        (taking("TK-9Z9Z-CK7", &[(six, 5_000)]), Note::ManagerNeeded),
        (
            TakingIn { word: manager_word(), ..taking("TK-9Z9Z-CK7", &[(six, 5_500)]) },
            Note::BadQuantity { whole: true },
        ),
        (TakingIn { word: manager_word(), ..taking("TK-9Z9Z-CK7", &[]) }, Note::BadQuantity { whole: true }),
    ] {
        assert_eq!(take_in(&store, &taking).await.note, expected);
    }
    assert_eq!(entries(&store).await, before);
    // One request twice is one transfer.
    let op = store.op();
    for expected_sent in [true, false] {
        let once = transfer::send(&store.app, &store.seat, &op, &sending(&[(lot, 1_000)])).await.unwrap();
        assert_eq!(matches!(once.note, Note::Delivering(Delivering::Sent { .. })), expected_sent);
    }
    assert_eq!(entries(&store).await, before + 1);
    store.check().await;
}

fn more(left: i64) -> Note {
    Note::MoreThanOnShelf { name: GARLIC_NAME.to_owned(), left: left.to_string() }
}

fn packs(product: &str, count: i64, grams: i64) -> NewPacks {
    NewPacks {
        product_id: id_of(product).into(),
        quantity: Quantity::pieces(count),
        each: Some(Quantity::from_milli(grams)),
        code: String::new(),
    }
}

async fn repack(store: &TestStore, repacking: &Repacking) -> Note {
    repack::repack(&store.app, &store.seat, &store.op(), repacking).await.unwrap().note
}

async fn cinnamon(store: &TestStore, made: Vec<NewPacks>, loss_grams: i64) -> Repacking {
    Repacking {
        lot_id: newest(store, CINNAMON).await,
        quantity: Quantity::pieces(10),
        weight: None,
        made,
        loss: Quantity::from_milli(loss_grams),
        reason: String::new(),
        language: Language::Vi,
        word: Word::default(),
    }
}

/// Fish sauce stands in for a pack: what a product is called is no matter here.
#[tokio::test]
async fn a_weight_becomes_packs_and_the_rest_is_lost() {
    let store = store(Vec::new()).await;
    let right = cinnamon(&store, vec![packs(FISH_SAUCE_NAME, 19, 500)], 500).await;
    let before = entries(&store).await;
    let bad = Note::BadQuantity { whole: true };
    let differ = |made: &str| {
        let (used, made) = ("10".to_owned(), made.to_owned());
        Note::Delivering(Delivering::WeightsDiffer { used, made })
    };
    for (repacking, expected) in [
        (right.clone(), Note::ManagerNeeded),
        (cinnamon(&store, Vec::new(), 0).await, Note::NothingChosen),
        (cinnamon(&store, vec![packs(FISH_SAUCE_NAME, 19, 500)], 0).await, differ("9,5")),
        (cinnamon(&store, vec![packs(FISH_SAUCE_NAME, 21, 500)], 0).await, differ("10,5")),
        (cinnamon(&store, vec![packs(FISH_SAUCE_NAME, 0, 500)], 0).await, bad),
        (cinnamon(&store, vec![packs(FISH_SAUCE_NAME, 20, 0)], 0).await, Note::BadWeight),
        (
            cinnamon(&store, vec![packs("không có", 20, 500)], 0).await,
            Note::BadField { field: "product".to_owned() },
        ),
    ] {
        let told = repack(&store, &repacking).await;
        assert_eq!(told, expected);
    }
    assert_eq!(entries(&store).await, before);
    let note = repack(&store, &Repacking { word: manager_word(), ..right }).await;
    assert!(matches!(note, Note::Delivering(Delivering::Repacked { .. })), "{note:?}");
    assert_eq!(at(&store, CINNAMON, Location::Shelf).await, 0);
    assert_eq!(at(&store, FISH_SAUCE_NAME, Location::Shelf).await, 29_000);
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let from = lots::list_ancestors(&mut reader, id_of(FISH_SAUCE_NAME).into()).await.unwrap();
    drop(reader);
    assert_eq!(from.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), [CINNAMON]);
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(at(&store, FISH_SAUCE_NAME, Location::Shelf).await, 29_000);
    store.check().await;
}

#[tokio::test]
async fn consigned_goods_stay_their_producers() {
    let store = store(Vec::new()).await;
    let opened = Repacking {
        lot_id: newest(&store, GARLIC_NAME).await,
        quantity: Quantity::pieces(2),
        weight: Some(Quantity::from_milli(500)),
        made: vec![packs(FISH_SAUCE_NAME, 1, 500)],
        ..cinnamon(&store, Vec::new(), 0).await
    };
    let other = Note::Delivering(Delivering::PackOfAnother { name: FISH_SAUCE_NAME.to_owned() });
    assert_eq!(repack(&store, &opened).await, other);
    let unweighed = Repacking { weight: None, made: vec![packs(GARLIC_NAME, 1, 500)], ..opened };
    assert_eq!(repack(&store, &unweighed).await, Note::BadWeight);
    store.check().await;
}

/// Agrees with the producer of the garlic: 12 % of gross, from the first day on.
async fn agreed(store: &TestStore, clauses: Clauses) {
    let terms = Terms {
        id: store.app.clock().new_uuid().into(),
        producer_id: id_of(PRODUCER).into(),
        product_id: None,
        commission: Rate::percent(12),
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from: date!(2026 - 11 - 23),
        clauses,
    };
    let agreement = Agreement { terms, language: Language::Vi, word: manager_word() };
    agree(&store.app, &store.seat, &store.op(), &agreement).await.unwrap();
}

/// Opens two boxes of 250 g and makes one of them: half of the weight is lost.
async fn lose_half(store: &TestStore, lot_id: LotId) {
    let opened = Repacking {
        lot_id,
        quantity: Quantity::pieces(2),
        weight: Some(Quantity::from_milli(500)),
        made: vec![packs(GARLIC_NAME, 1, 250)],
        loss: Quantity::from_milli(250),
        word: manager_word(),
        ..cinnamon(store, Vec::new(), 0).await
    };
    let note = repack(store, &opened).await;
    assert!(matches!(note, Note::Delivering(Delivering::Repacked { .. })), "{note:?}");
}

/// Ten were sold, so that one may be missing at the producer's cost: it was on the way, and none of what is missing afterwards is.
#[tokio::test]
async fn what_the_contract_allows_is_used_up_on_the_way() {
    let store = store(vec![six_boxes()]).await;
    for _ in 0..9 {
        store.sell(GARLIC).await;
    }
    store.receive(GARLIC_NAME, 5, Some(PRODUCER)).await;
    store.sell(GARLIC).await;
    let clauses =
        Clauses { loss_bearer: Some(Bearer::Store), shrinkage: Rate::percent(10), ..Clauses::default() };
    agreed(&store, clauses).await;
    let six = Uuid::from_u128(6);
    let three = TakingIn {
        bearer: LossBearer::Contract,
        word: manager_word(),
        ..taking("TK-9Z9Z-CK7", &[(six, 3_000)])
    };
    let note = take_in(&store, &three).await.note;
    assert!(matches!(note, Note::Delivering(Delivering::TakenIn { .. })), "{note:?}");
    let told: String = sqlx::query_scalar("select shared from entries where kind = 'transfer_in'")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    let told: TransferIn = serde_json::from_str(&told).unwrap();
    // 280.000 ₫ less 12 % and 8 % on that.
    let due = 243_712;
    assert_eq!((told.lines[0].by_producer, told.lines[0].compensation), (1_000, 2 * due));
    let removal = Removal {
        cause: Cause::Damaged,
        bearer: LossBearer::Contract,
        lots: vec![(LotId::from_uuid(six), Quantity::pieces(1))],
        reason: String::new(),
        language: Language::Vi,
        word: manager_word(),
    };
    removal::remove(&store.app, &store.seat, &store.op(), &removal).await.unwrap();
    assert_eq!(store.balance("losses").await, 3 * due, "nothing more is allowed");
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let open = Open::load(&mut reader, id_of(PRODUCER).into()).await.unwrap();
    drop(reader);
    let row = &open.rows[&id_of(GARLIC_NAME).into()];
    assert_eq!((row.lost_by_producer, row.lost_by_operator), (Quantity::pieces(1), Quantity::pieces(3)));
    assert!(row.adds_up());
    store.check().await;
}

/// Ten were sold, so that one may be lost at the producer's cost: it is lost in packing, and the next one is the store's.
#[tokio::test]
async fn what_the_contract_allows_is_used_up_in_packing() {
    let store = store(Vec::new()).await;
    store.receive(GARLIC_NAME, 10, Some(PRODUCER)).await;
    for _ in 0..10 {
        store.sell(GARLIC).await;
    }
    let clauses =
        Clauses { loss_bearer: Some(Bearer::Store), shrinkage: Rate::percent(10), ..Clauses::default() };
    agreed(&store, clauses).await;
    let lot_id = newest(&store, GARLIC_NAME).await;
    for owed in [0, 243_712] {
        lose_half(&store, lot_id).await;
        assert_eq!(store.balance("losses").await, owed);
    }
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let open = Open::load(&mut reader, id_of(PRODUCER).into()).await.unwrap();
    drop(reader);
    let row = &open.rows[&id_of(GARLIC_NAME).into()];
    assert_eq!((row.lost_by_producer, row.lost_by_operator), (Quantity::pieces(1), Quantity::pieces(1)));
    assert!(row.adds_up());
    store.check().await;
}

/// Two boxes of 250 g are opened, one is made of them, and half of the weight is lost: one box, which the store pays for.
#[tokio::test]
async fn weight_lost_in_packing_follows_the_contract() {
    for (bearer, owed) in [(None, 0), (Some(Bearer::Producer), 0), (Some(Bearer::Store), 243_712)] {
        let store = store(Vec::new()).await;
        agreed(&store, Clauses { loss_bearer: bearer, ..Clauses::default() }).await;
        lose_half(&store, newest(&store, GARLIC_NAME).await).await;
        assert_eq!(store.balance("losses").await, owed, "{bearer:?}");
        let mut reader = store.app.db().read().acquire().await.unwrap();
        let open = Open::load(&mut reader, id_of(PRODUCER).into()).await.unwrap();
        drop(reader);
        let row = &open.rows[&id_of(GARLIC_NAME).into()];
        let (lost, repacked) = match bearer {
            None => (0, -1),
            Some(Bearer::Producer) => (0, 0),
            Some(Bearer::Store) => (1, 0),
        };
        assert_eq!(
            (row.lost_by_operator, row.repacked),
            (Quantity::pieces(lost), Quantity::pieces(repacked))
        );
        assert_eq!((row.closing, row.due.vnd()), (Quantity::pieces(9), owed));
        assert!(row.adds_up());
        rebuild::rebuild(&store.app).await.unwrap();
        store.check().await;
    }
}

/// Whoever bears losses by the contract bears what got lost between two stores.
#[tokio::test]
async fn goods_missing_on_the_way_follow_the_contract() {
    let store = store(vec![six_boxes()]).await;
    let missing = |bearer, reason: &str| TakingIn {
        bearer,
        reason: reason.to_owned(),
        word: manager_word(),
        ..taking("TK-9Z9Z-CK7", &[(Uuid::from_u128(6), 5_000)])
    };
    let note = async |bearer, reason: &str| take_in(&store, &missing(bearer, reason)).await.note;
    let before = entries(&store).await;
    let refused = note(LossBearer::Contract, "").await;
    assert!(format!("{refused:?}").contains("NoBearer"), "nothing is agreed: {refused:?}");
    agreed(&store, Clauses { loss_bearer: Some(Bearer::Producer), ..Clauses::default() }).await;
    let refused = note(LossBearer::Store, "").await;
    assert!(format!("{refused:?}").contains("WhyNotContract"), "a reason is asked for: {refused:?}");
    assert_eq!(entries(&store).await, before + 1, "the contract alone");
    assert!(matches!(note(LossBearer::Contract, "").await, Note::Delivering(Delivering::TakenIn { .. })));
    assert_eq!(store.balance("losses").await, 0, "the producer bears it");
    store.check().await;
}
