//! Settling with a producer at the counter: what is owed for which pieces, what the drawer pays, what goes into the next
//! settlement, and what is refused.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "settlements/corrections.rs"]
mod corrections;
#[path = "settlements/history.rs"]
mod history;
#[path = "settlements/paying.rs"]
mod paying;

use domain::ids::{LotId, ProducerId, SaleId};
use domain::payout::PayoutAccount;
use domain::removal::Cause;
use domain::settlement::StatementRow;
use domain::stock::Location;
use domain::tender::TenderKind;
use domain::{Money, Quantity};
use pos::counter::approval::Word;
use pos::counter::note::{Counting, PaidBy, Settling};
use pos::counter::refund::{self, Asked};
use pos::counter::removal::{self, LossBearer, Removal};
use pos::counter::settlement::{Means, Open, Payout, Transferred, pay_producer};
use pos::counter::stocktake::{self, Count, HowMuch};
use pos::counter::stocktake_close::{self, Closing, Figures};
use pos::counter::{CounterState, Note, Request, producer_news, shift, slip};
use pos::db::lots::{Listed, list_lots};
use pos::db::settlements::{PaymentRow, find_last_paid, list_of_producer};
use pos::maintenance::rebuild;
use protocol::payload::Settlement;
use receipts::language::Language;
use receipts::slip::SlipBody;
use testkit::catalogue::{Catalogue, id_of, manager_word};
use testkit::store::TestStore;
use uuid::Uuid;
use web::Lang;

const GARLIC: &str = "8938500000010";
const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const PRODUCER: &str = "Tỏi đen Lý Sơn";
/// A box costs 280.000 ₫; of that go 12 % commission and 8 % VAT on it.
const DUE: i64 = 280_000 - 33_600 - 2_688;

fn producer() -> ProducerId {
    id_of(PRODUCER).into()
}

/// A store with ten boxes of consigned garlic, and 500.000 ₫ in its drawer.
async fn store() -> TestStore {
    TestStore::new().await
}

async fn open(store: &TestStore) -> Open {
    let mut connection = store.app.db().read().acquire().await.unwrap();
    Open::load(&mut connection, producer()).await.unwrap()
}

async fn owed(store: &TestStore) -> i64 {
    open(store).await.account.balance().unwrap().vnd()
}

async fn settling(store: &TestStore, vnd: i64) -> Payout {
    Payout {
        producer_id: producer(),
        settles: true,
        amount: Money::new(vnd),
        means: Means::Cash,
        shown: Money::new(owed(store).await),
        language: Language::Vi,
        word: manager_word(),
    }
}

/// A transfer that was made already, as a page that is shown now records it.
async fn transferred(store: &TestStore, account: Option<PayoutAccount>) -> Means {
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let last_paid_ms = find_last_paid(&mut reader, producer()).await.unwrap();
    Means::Transfer(Transferred { account, last_paid_ms })
}

async fn pay(store: &TestStore, payout: &Payout) -> CounterState {
    pay_producer(&store.app, &store.seat, &store.op(), payout).await.unwrap()
}

/// Settles and pays all that is owed.
async fn settle(store: &TestStore) -> Settling {
    let all = settling(store, owed(store).await.max(0)).await;
    told(pay(store, &all).await)
}

fn told(state: CounterState) -> Settling {
    let Note::Settling(told) = state.note else { panic!("{:?}", state.note) };
    told
}

async fn sell(store: &TestStore, pieces: i64) -> Uuid {
    for _ in 0..pieces {
        store.scan(GARLIC).await;
    }
    let sale_id = store.state().await.sale_id;
    store.pay_cash(None).await;
    sale_id
}

async fn take_back(store: &TestStore, sale_id: Uuid, back_to: Location) {
    // What was sold out of several lots has a row for each.
    for row in 0.. {
        let quantity = Quantity::pieces(1);
        let asked = Asked {
            is_late_allowed: false,
            rows: vec![domain::refund::remaining::Ask { row, quantity, back_to }],
            back_to,
            reason: "Hàng lỗi".to_owned(),
            kind: TenderKind::Cash,
            word: manager_word(),
        };
        let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) };
        match refund::refund(&store.app, &store.seat, &request, &asked).await.unwrap().note {
            Note::Refunded { .. } => return,
            Note::TooMuchBack { .. } => {}
            other => panic!("{other:?}"),
        }
    }
}

/// Counts the shelf until a large difference is believed, and closes.
async fn count_shelf(store: &TestStore, pieces: i64, bearer: LossBearer) {
    let (app, seat, product_id) = (&store.app, &store.seat, id_of(GARLIC_NAME).into());
    stocktake::begin(app, seat, &store.op(), "").await.unwrap();
    let how_much = HowMuch::Exactly(Quantity::pieces(pieces));
    let count = Count { product_id, area: "Kệ 1".to_owned(), how_much };
    stocktake::count(app, seat, &store.op(), &count).await.unwrap();
    stocktake::count_again(app, seat, &store.op(), product_id).await.unwrap();
    stocktake::count(app, seat, &store.op(), &count).await.unwrap();
    let mut connection = app.db().read().acquire().await.unwrap();
    let figures = Figures::load(&mut connection).await.unwrap().unwrap();
    drop(connection);
    let closing = Closing {
        stocktake_id: figures.stocktake.stocktake_id,
        bearer,
        takes_uncounted: false,
        is_pad_entered: false,
        reason: String::new(),
        shown: figures.mark(),
        language: Language::Vi,
        word: manager_word(),
    };
    let state = stocktake_close::close(app, seat, &store.op(), &closing).await.unwrap();
    assert!(matches!(state.note, Note::Counting(Counting::StocktakeClosed { .. })), "{:?}", state.note);
}

async fn remove(store: &TestStore, cause: Cause, bearer: LossBearer, pieces: i64) {
    let listed = Listed::Product(id_of(GARLIC_NAME).into());
    let lots = list_lots(store.app.db().read(), listed, 10).await.unwrap();
    let lot = lots.iter().rfind(|lot| lot.quantity_milli >= pieces * 1_000).unwrap();
    let removal = Removal {
        cause,
        bearer,
        lots: vec![(LotId::from_uuid(lot.lot_id), Quantity::pieces(pieces))],
        reason: String::new(),
        language: Language::Vi,
        word: manager_word(),
    };
    let state = removal::remove(&store.app, &store.seat, &store.op(), &removal).await.unwrap();
    assert!(matches!(state.note, Note::GoodsRemoved { .. }), "{:?}", state.note);
}

async fn papers(store: &TestStore) -> Vec<PaymentRow> {
    list_of_producer(store.app.db().read(), producer(), 100).await.unwrap()
}

async fn entries(store: &TestStore) -> i64 {
    sqlx::query_scalar("select count(*) from entries").fetch_one(store.app.db().read()).await.unwrap()
}

/// What the journal keeps of each settlement, in order.
async fn settlements(store: &TestStore) -> Vec<Settlement> {
    let told: Vec<String> =
        sqlx::query_scalar("select shared from entries where kind = 'settlement' order by stream_no, seq")
            .fetch_all(store.app.db().read())
            .await
            .unwrap();
    told.iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

fn row(open: &Open) -> StatementRow {
    open.rows.get(&id_of(GARLIC_NAME).into()).cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_settlement_shows_every_piece_and_pays_from_the_drawer() {
    let store = store().await;
    sell(&store, 3).await;
    remove(&store, Cause::Returned, LossBearer::Store, 2).await;
    remove(&store, Cause::Damaged, LossBearer::Store, 1).await;
    remove(&store, Cause::Expired, LossBearer::Producer, 1).await;
    let pieces = Quantity::pieces;
    let now = row(&open(&store).await);
    let expected = StatementRow {
        received: pieces(10),
        sold: pieces(3),
        returned: pieces(2),
        lost_by_operator: pieces(1),
        lost_by_producer: pieces(1),
        closing: pieces(3),
        gross: Money::new(840_000),
        rates: [domain::Rate::percent(12)].into(),
        commission: Money::new(100_800),
        commission_tax: Money::new(8_064),
        compensation: Money::new(DUE),
        due: Money::new(4 * DUE),
        ..StatementRow::default()
    };
    assert_eq!(now, expected);
    assert_eq!(store.drawer().await, 500_000 + 840_000);
    let done = settle(&store).await;
    let Settling::SettlementClosed { voucher, paid_vnd, left_vnd: 0 } = done else { panic!("{done:?}") };
    assert_eq!(paid_vnd, 4 * DUE);
    assert!(voucher.contains("-QT"), "{voucher}");
    assert_eq!(store.drawer().await, 500_000 + 840_000 - 4 * DUE);
    assert_eq!((store.balance("producer_due").await, owed(&store).await), (0, 0));
    // What is left on the shelf opens the next one.
    let next = StatementRow { opening: pieces(3), closing: pieces(3), ..StatementRow::default() };
    assert_eq!(row(&open(&store).await), next);
    assert_eq!(settle(&store).await, Settling::NothingToSettle);
    store.check().await;
}

#[tokio::test]
async fn the_paper_of_a_settlement_leads_to_the_producers_pages() {
    const URL: &str = "https://ocop.example/p/7Q3F9K2M4N5P6R8STVWXYZ0123";
    let store = store().await;
    store.load(&Catalogue::default().reading(PRODUCER, URL)).await;
    sell(&store, 1).await;
    let done = settle(&store).await;
    let Settling::SettlementClosed { voucher, .. } = done else { panic!("{done:?}") };
    let (_, paper) = slip::find_by_number(&store.app, &voucher).await.unwrap().unwrap();
    let SlipBody::Settlement(body) = &paper.body else { panic!("{paper:?}") };
    assert_eq!(body.reading_url, URL);
    store.check().await;
}

/// A box sold before the settlement comes back after it: the settlement stays, the next one is less.
#[tokio::test]
async fn what_comes_back_later_goes_into_the_next_settlement() {
    let store = store().await;
    let sale_id = sell(&store, 2).await;
    settle(&store).await;
    let first = settlements(&store).await;
    take_back(&store, sale_id, Location::Shelf).await;
    take_back(&store, sale_id, Location::Waste).await;
    assert_eq!(owed(&store).await, -2 * DUE, "the producer has too much now");
    let now = row(&open(&store).await);
    let pieces = Quantity::pieces;
    assert_eq!((now.refunded, now.lost_by_producer, now.closing), (pieces(2), pieces(1), pieces(9)));
    // Nothing can be paid, but it can be settled; what the producer owes is carried on.
    let too_much = Settling::MoreThanOwed { owed_vnd: 0, paid_by: PaidBy::Drawer };
    assert_eq!(told(pay(&store, &settling(&store, 1).await).await), too_much);
    let done = settle(&store).await;
    assert!(
        matches!(done, Settling::SettlementClosed { paid_vnd: 0, left_vnd, .. } if left_vnd == -2 * DUE),
        "{done:?}"
    );
    sell(&store, 3).await;
    assert_eq!(open(&store).await.account.carried.vnd(), -2 * DUE);
    assert_eq!(owed(&store).await, DUE);
    settle(&store).await;
    assert_eq!((settlements(&store).await.len(), owed(&store).await), (3, 0));
    assert_eq!(settlements(&store).await[..1], first, "a closed one never changes");
    store.check().await;
}

#[tokio::test]
async fn an_advance_is_taken_off_and_a_part_is_paid_later() {
    let store = store().await;
    let advance = Payout { settles: false, ..settling(&store, 300_000).await };
    let done = told(pay(&store, &advance).await);
    assert!(matches!(done, Settling::ProducerPaid { paid_vnd: 300_000, left_vnd: -300_000, .. }), "{done:?}");
    sell(&store, 4).await;
    let part = settling(&store, 400_000).await;
    let done = told(pay(&store, &part).await);
    let left = 4 * DUE - 700_000;
    assert!(
        matches!(done, Settling::SettlementClosed { paid_vnd: 400_000, left_vnd, .. } if left_vnd == left),
        "{done:?}"
    );
    let account = open(&store).await.account;
    assert_eq!((account.carried.vnd(), account.due.vnd()), (left, 0));
    // The rest goes by bank, and the drawer stays as it is.
    let drawer = store.drawer().await;
    assert_eq!(drawer, 500_000 - 300_000 + 1_120_000 - 400_000);
    let means = transferred(&store, None).await;
    let rest = Payout { settles: false, means, ..settling(&store, left).await };
    let done = told(pay(&store, &rest).await);
    assert!(matches!(done, Settling::ProducerPaid { left_vnd: 0, .. }), "{done:?}");
    assert_eq!((store.drawer().await, store.balance("bank").await), (drawer, -left));
    let kinds: Vec<bool> = papers(&store).await.iter().rev().map(|paper| paper.is_settlement).collect();
    assert_eq!(kinds, [false, true, false]);
    // The drawer's report names what went out of it.
    let report = shift::report(&store.app, &store.seat, Language::Vi).await.unwrap().unwrap();
    let moves: Vec<(&str, i64)> =
        report.cash_moves.iter().map(|moved| (moved.reason.as_str(), moved.amount_vnd)).collect();
    assert_eq!(moves, [("Trả chủ thể Tỏi đen Lý Sơn", -300_000), ("Trả chủ thể Tỏi đen Lý Sơn", -400_000)]);
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(papers(&store).await.len(), 3);
    store.check().await;
}

#[tokio::test]
async fn what_cannot_be_paid_changes_nothing() {
    let store = store().await;
    let empty = settling(&store, 0).await;
    assert!(matches!(told(pay(&store, &empty).await), Settling::SettlementClosed { paid_vnd: 0, .. }));
    assert_eq!(settle(&store).await, Settling::NothingToSettle);
    sell(&store, 6).await;
    let before = entries(&store).await;
    let right = settling(&store, 6 * DUE).await;
    let with = |change: fn(&mut Payout)| {
        let mut payout = right.clone();
        change(&mut payout);
        payout
    };
    for (wrong, note) in [
        (with(|p| p.word = Word::default()), Note::ManagerNeeded),
        (with(|p| p.shown = Money::new(1)), Note::Settling(Settling::FiguresChanged)),
        (
            with(|p| p.amount = Money::new(6 * DUE + 1)),
            Note::Settling(Settling::MoreThanOwed { owed_vnd: 6 * DUE, paid_by: PaidBy::Drawer }),
        ),
        (
            with(|p| (p.amount, p.settles) = (Money::new(5_000_000), false)),
            Note::Settling(Settling::DrawerTooLow { has_vnd: 500_000 + 1_680_000 }),
        ),
        (with(|p| p.amount = Money::new(-1)), Note::BadField { field: "amount".to_owned() }),
        (
            with(|p| (p.amount, p.settles) = (Money::ZERO, false)),
            Note::BadField { field: "amount".to_owned() },
        ),
        (
            with(|p| p.producer_id = id_of("nobody").into()),
            Note::BadField { field: "producer_id".to_owned() },
        ),
    ] {
        assert_eq!(pay(&store, &wrong).await.note, note);
    }
    assert_eq!(entries(&store).await, before, "nothing of all this is in the journal");
    // Sent twice it is paid once; asked by two counters at once, one of them is told to look again.
    let (op, mut answers) = (store.op(), Vec::new());
    for _ in 0..2 {
        let once = settling(&store, 0).await;
        answers.push(told(pay_producer(&store.app, &store.seat, &op, &once).await.unwrap()));
    }
    assert_eq!((&answers[1], entries(&store).await), (&Settling::RecordedBefore, before + 1));
    let rest = Payout { settles: false, ..settling(&store, 6 * DUE).await };
    let (one, other) = tokio::join!(pay(&store, &rest), pay(&store, &rest));
    let both: Vec<Settling> = [one, other].map(told).into();
    assert!(both.contains(&Settling::FiguresChanged), "{both:?}");
    assert_eq!((entries(&store).await, owed(&store).await), (before + 2, 0));
    store.check().await;
}

/// What the shop sends to its producers: what sold, what it brought, what is left, what to bring.
#[tokio::test]
async fn the_news_of_a_producer_is_a_sentence_a_product() {
    let store = store().await;
    let news = async |language| {
        let mut connection = store.app.db().read().acquire().await.unwrap();
        let open = Open::load(&mut connection, producer()).await.unwrap();
        let told = ("Điểm OCOP Lý Sơn", time::macros::date!(2026 - 11 - 23), language);
        producer_news::news(&mut connection, producer(), &open, told).await.unwrap()
    };
    assert_eq!(news(Lang::Vi).await, "", "what only lies on the shelf is no news");
    let sale_id = sell(&store, 3).await;
    assert_eq!(
        news(Lang::Vi).await,
        "Tỏi đen Lý Sơn hộp 250 g (Hộp): bán 3, được 731.136 ₫, còn 7.\nĐiểm OCOP Lý Sơn còn phải trả 731.136 ₫."
    );
    take_back(&store, sale_id, Location::Shelf).await;
    sell(&store, 7).await;
    // Nine were sold in a month, and one is left: eight make the next month.
    assert_eq!(
        news(Lang::En).await,
        "Tỏi đen Lý Sơn hộp 250 g (Hộp): sold 9, brought 2.193.408 ₫, left 1, bring 8 more.\nĐiểm OCOP Lý Sơn owes you 2.193.408 ₫."
    );
    // After the settlement it is still asked for, and the owed sum is nothing.
    settle(&store).await;
    assert!(news(Lang::Vi).await.contains("(Hộp): còn 1, mang thêm 8."), "{}", news(Lang::Vi).await);
    store.check().await;
}
