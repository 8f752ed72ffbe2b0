//! Contracts with producers that are made at the shop, without a network: what they change from then on, what stays, what is
//! refused.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "contracts/commission_tax.rs"]
mod commission_tax;
#[path = "contracts/ends.rs"]
mod ends;
#[path = "contracts/losses.rs"]
mod losses;
#[path = "contracts/purchases.rs"]
mod purchases;
#[path = "contracts/returns.rs"]
mod returns;

use domain::Rate;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::{Clauses, Mode};
use pos::counter::agreement::{self, Agreement, agree};
use pos::counter::approval::Word;
use pos::counter::note::{Contracting, Settling};
use pos::counter::{CounterState, Note, shift, slip};
use pos::db::{catalogue, terms};
use pos::maintenance::rebuild;
use protocol::payload::{Payload, TermsAgreed};
use protocol::{Kind, wire::TermsRow};
use receipts::language::Language;
use receipts::slip::SlipBody;
use testkit::catalogue::{Catalogue, id_of, manager_word};
use testkit::store::TestStore;
use time::{Date, Duration};
use uuid::Uuid;

const GARLIC: &str = "8938500000010";
/// 280.000 ₫ a box, consigned for 12 %.
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const PRODUCER: &str = "Tỏi đen Lý Sơn";
const DAY_MS: i64 = 86_400_000;

fn today(store: &TestStore) -> Date {
    web::format::local_date(store.app.clock().now_ms())
}

/// Terms of so many percent from today on, for all products.
fn terms_of(store: &TestStore, percent: u8, clauses: Clauses) -> Terms {
    Terms {
        id: store.app.clock().new_uuid().into(),
        producer_id: id_of(PRODUCER).into(),
        product_id: None,
        commission: Rate::percent(percent),
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from: today(store),
        clauses,
    }
}

async fn try_to_agree(store: &TestStore, terms: Terms, word: Word) -> CounterState {
    let agreement = Agreement { terms, language: Language::Vi, word };
    agree(&store.app, &store.seat, &store.op(), &agreement).await.unwrap()
}

/// Agrees on terms; returns the number of their paper, and whether they replace others of the day.
async fn agreed(store: &TestStore, terms: Terms) -> (String, bool) {
    let note = try_to_agree(store, terms, manager_word()).await.note;
    let Note::Settling(Settling::Contracting(Contracting::TermsAgreed { voucher, replaces })) = note else {
        panic!("{note:?}")
    };
    (voucher, replaces)
}

async fn known(store: &TestStore) -> Vec<Terms> {
    let mut connection = store.app.db().read().acquire().await.unwrap();
    terms::list_of_producer(&mut connection, id_of(PRODUCER).into()).await.unwrap()
}

async fn newest(store: &TestStore, kind: Kind) -> Payload {
    let shared: String =
        sqlx::query_scalar("select shared from entries where kind = $1 order by seq desc limit 1")
            .bind(kind.as_str())
            .fetch_one(store.app.db().read())
            .await
            .unwrap();
    Payload::read(&kind, 1, &shared).unwrap()
}

async fn entries(store: &TestStore) -> i64 {
    sqlx::query_scalar("select count(*) from entries").fetch_one(store.app.db().read()).await.unwrap()
}

/// The version and the rate that the newest sale froze, parts per million.
async fn frozen(store: &TestStore) -> (Option<Uuid>, u32) {
    let Payload::Sale(sale) = newest(store, Kind::Sale).await else { panic!("no sale") };
    let terms = sale.lines[0].terms.as_ref().unwrap();
    (terms.terms, terms.commission_ppm)
}

async fn next_day(store: &TestStore, days: i64) {
    let counted = shift::expected_in_drawer(&store.app, &store.seat).await.unwrap();
    shift::close(&store.app, &store.seat, &store.op(), counted).await.unwrap();
    store.clock.advance(days * DAY_MS);
    store.open_shift().await;
}

#[tokio::test]
async fn the_next_sale_follows_a_contract_and_the_sale_before_stays() {
    let store = TestStore::new().await;
    store.sell(GARLIC).await;
    assert_eq!(frozen(&store).await, (Some(id_of(&format!("terms {PRODUCER}"))), 120_000));
    let owed = store.balance("producer_due").await;
    let terms = terms_of(&store, 20, Clauses { agreed_after_days: Some(7), ..Clauses::default() });
    let (voucher, replaces) = agreed(&store, terms).await;
    assert!(!replaces);
    assert_eq!(store.balance("producer_due").await, owed, "what was sold stays as it was sold");
    let Payload::Terms(TermsAgreed { voucher: told, terms: row, approved_by, .. }) =
        newest(&store, Kind::Terms).await
    else {
        panic!("no terms")
    };
    assert_eq!((told, row), (voucher.clone(), TermsRow::from(&terms)));
    assert_eq!(Some(approved_by), manager_word().manager_id.map(|id| id.uuid()));
    let (_, paper) = slip::find_by_number(&store.app, &voucher).await.unwrap().unwrap();
    let SlipBody::Agreement(paper) = paper.body else { panic!("{paper:?}") };
    assert_eq!((paper.producer.as_str(), paper.product.as_str()), (PRODUCER, ""));
    assert_eq!(
        paper.clauses,
        ["Hoa hồng 20 % trên giá niêm yết", "Cửa hàng chịu phần giảm giá", "Im lặng 7 ngày là đồng ý"]
    );
    store.sell(GARLIC).await;
    assert_eq!(frozen(&store).await, (Some(terms.id.uuid()), 200_000));
    // 280.000 less 20 % and the VAT on it.
    assert_eq!(store.balance("producer_due").await, owed - (280_000 - 56_000 - 4_480));
    // Folded anew the journal tells the same, and a catalogue that is pulled anew takes nothing back that was agreed here.
    let before = known(&store).await;
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(known(&store).await, before);
    let mut tx = store.app.db().begin().await.unwrap();
    catalogue::begin_resync(&mut tx, store.app.clock().now_ms()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(known(&store).await, [terms]);
    store.check().await;
}

/// Two of one day: the later one holds, also when the clock was set back between them.
#[tokio::test]
async fn the_later_of_two_versions_of_a_day_holds() {
    let store = TestStore::new().await;
    let first = terms_of(&store, 20, Clauses::default());
    agreed(&store, first).await;
    let early = Terms { id: Uuid::from_u128(1).into(), ..terms_of(&store, 25, Clauses::default()) };
    assert!(agreed(&store, early).await.1, "the page says that it replaces one");
    store.sell(GARLIC).await;
    assert_eq!(frozen(&store).await.1, 250_000);
    // For one product, and for a later day: neither replaces anything.
    let product_id = Some(id_of(GARLIC_NAME).into());
    assert!(!agreed(&store, Terms { product_id, ..terms_of(&store, 30, Clauses::default()) }).await.1);
    let tomorrow = today(&store) + Duration::days(1);
    let later = Terms { valid_from: tomorrow, ..terms_of(&store, 5, Clauses::default()) };
    assert!(!agreed(&store, later).await.1);
    store.sell(GARLIC).await;
    assert_eq!(frozen(&store).await.1, 300_000, "terms of the product come before those for all");
    let mut connection = store.app.db().read().acquire().await.unwrap();
    let listed = agreement::list(&mut connection, id_of(PRODUCER).into()).await.unwrap();
    let mut told: Vec<_> =
        listed.iter().map(|v| (v.terms.commission.ppm() / 10_000, v.is_replaced)).collect();
    told.sort();
    assert_eq!(told, [(5, false), (12, false), (20, true), (25, false), (30, false)]);
    drop(connection);
    store.check().await;
}

#[tokio::test]
async fn what_no_contract_can_say_is_refused_and_nothing_is_written() {
    let store = TestStore::new().await;
    let (before, known_before) = (entries(&store).await, known(&store).await);
    let right = terms_of(&store, 20, Clauses::default());
    let bad = |field: &str| Note::BadField { field: field.to_owned() };
    let day = web::format::date_text(today(&store));
    let days = Clauses { return_days: Some(366), ..Clauses::default() };
    for (terms, word, note) in [
        (right, Word::default(), Note::ManagerNeeded),
        (right, Word { pin: "000000".to_owned(), ..manager_word() }, Note::WrongPin),
        (Terms { producer_id: id_of("nobody").into(), ..right }, manager_word(), bad("producer_id")),
        (Terms { product_id: Some(id_of("nothing").into()), ..right }, manager_word(), bad("product_id")),
        (Terms { clauses: days, ..right }, manager_word(), bad("days")),
        (
            Terms { valid_from: today(&store) - Duration::days(1), ..right },
            manager_word(),
            Contracting::TermsTooEarly { day }.into(),
        ),
    ] {
        assert_eq!(try_to_agree(&store, terms, word).await.note, note);
    }
    assert_eq!((entries(&store).await, known(&store).await), (before, known_before));
    // Sent twice it is agreed once.
    let agreement = Agreement { terms: right, language: Language::Vi, word: manager_word() };
    let op = store.op();
    for _ in 0..2 {
        agree(&store.app, &store.seat, &op, &agreement).await.unwrap();
    }
    assert_eq!(entries(&store).await, before + 1);
    store.check().await;
}

/// What central tells of a version that was agreed here changes nothing; what it cannot mean is skipped.
#[tokio::test]
async fn central_tells_it_back() {
    let store = TestStore::new().await;
    let terms = terms_of(&store, 20, Clauses { shrinkage: Rate::percent(2), ..Clauses::default() });
    agreed(&store, terms).await;
    let before = known(&store).await;
    store.load(&Catalogue::default().row(protocol::wire::CatalogueRow::Terms((&terms).into()))).await;
    assert_eq!(known(&store).await, before);
    let mut unreadable = Catalogue::default().terms("somebody", 100_000).page();
    unreadable.changes[0].body.as_mut().unwrap()["mode"] = "lent".into();
    let mut tx = store.app.db().begin().await.unwrap();
    let skipped = catalogue::apply_page(&mut tx, unreadable, 0).await.unwrap();
    assert_eq!(skipped, [id_of("terms somebody").to_string()]);
    tx.commit().await.unwrap();
    store.check().await;
}

/// Bought outright, goods are the store's own: what came in before stays the producer's until it is sold.
#[tokio::test]
async fn goods_that_are_bought_outright_are_the_stores_own() {
    let store = TestStore::new().await;
    let clauses = Clauses { mode: Mode::Bought, ..Clauses::default() };
    agreed(&store, terms_of(&store, 0, clauses)).await;
    next_day(&store, 1).await;
    store.receive(GARLIC_NAME, 5, Some(PRODUCER)).await;
    let Payload::GoodsIn(delivery) = newest(&store, Kind::GoodsIn).await else { panic!("no delivery") };
    assert_eq!(delivery.lines[0].producer, None);
    let paper = slip::find_by_number(&store.app, &delivery.voucher).await.unwrap().unwrap().1;
    let SlipBody::Delivery(paper) = paper.body else { panic!("{paper:?}") };
    assert_eq!(paper.producer, PRODUCER, "the paper still says who brought them");
    // Ten consigned boxes go first, on the terms of consignment; then five of the store's own; then what nobody received yet.
    for _ in 0..10 {
        store.sell(GARLIC).await;
    }
    assert_eq!(frozen(&store).await.1, 120_000);
    let owed = store.balance("producer_due").await;
    for _ in 0..6 {
        store.sell(GARLIC).await;
        let Payload::Sale(sale) = newest(&store, Kind::Sale).await else { panic!("no sale") };
        assert_eq!(sale.lines[0].terms, None);
    }
    assert_eq!(store.balance("producer_due").await, owed, "nobody is owed for the store's own goods");
    store.check().await;
}
