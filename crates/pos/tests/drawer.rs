//! Shifts and drawers: each counter has its own, and what the Z says is what the journal says, to the đồng.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

#[path = "drawer/from_pad.rs"]
mod from_pad;
#[path = "drawer/random.rs"]
mod random;

use std::collections::BTreeMap;
use std::path::Path;

use domain::Money;
use domain::fold::{Account, Posting, fold};
use domain::ids::{SaleId, ShiftId};
use domain::tender::{Tender, TenderKind};
use pos::Config;
use pos::counter::approval::Word;
use pos::counter::deposit::{self, Ordered};
use pos::counter::drawer::CashMove;
use pos::counter::shift::Closing;
use pos::counter::{self, CounterState, Note, Request, Seat, slip};
use pos::db::{deposits, shifts};
use pos::maintenance::{digest, rebuild};
use pos::printing::Lines;
use protocol::Kind;
use protocol::payload::{Payload, SCHEMA, private_fact};
use receipts::language::Language;
use receipts::slip::SlipBody;
use receipts::slip::shift::ShiftReport;
use serde_json::Value;
use testkit::store::TestStore;
use time::macros::date;

const GARLIC: &str = "8938500000010";
const FISH_SAUCE: &str = "8938500000027";
/// The store's own goods, outside the programme.
const BAG: &str = "8938500000034";

/// A counter of a store.
struct Till<'a> {
    store: &'a TestStore,
    seat: Seat,
}

impl<'a> Till<'a> {
    fn at(store: &'a TestStore, counter: &str) -> Self {
        Self { store, seat: Seat { counter: counter.to_owned(), ..store.seat.clone() } }
    }

    async fn open(store: &'a TestStore, counter: &str, float_vnd: i64) -> Self {
        let till = Self::at(store, counter);
        let date = web::format::local_date(store.app.clock().now_ms());
        let float = Money::new(float_vnd);
        let state = counter::shift::open(&store.app, &till.seat, &store.op(), date, float).await.unwrap();
        assert_eq!(state.note, Note::ShiftOpened);
        till
    }

    async fn request(&self) -> Request {
        let state = counter::state::load(&self.store.app, &self.seat, Note::Ready, None).await.unwrap();
        Request { op_id: self.store.op(), sale_id: SaleId::from_uuid(state.sale_id) }
    }

    async fn scan(&self, code: &str) -> CounterState {
        counter::scan::scan(&self.store.app, &self.seat, &self.request().await, code).await.unwrap()
    }

    async fn sell(&self, codes: &[&str], kinds: &[TenderKind]) {
        let before = counter::state::load(&self.store.app, &self.seat, Note::Ready, None).await.unwrap();
        let mut payable_vnd = before.payable_vnd;
        for code in codes {
            payable_vnd = self.scan(code).await.payable_vnd;
        }
        let count = i64::try_from(kinds.len()).unwrap();
        let (part, rest) = (payable_vnd / count, payable_vnd % count);
        let amount = |place: usize| Money::new(if place == 0 { part + rest } else { part });
        let tenders =
            kinds.iter().enumerate().map(|(place, kind)| Tender { kind: *kind, amount: amount(place) });
        let request = self.request().await;
        let state =
            counter::finish::finish(&self.store.app, &self.seat, &request, tenders.collect::<Vec<_>>())
                .await
                .unwrap();
        assert!(matches!(state.note, Note::Sold { .. }), "{:?}", state.note);
    }

    /// Orders what is in the cart and a garlic, half of it paid now.
    async fn order(&self, kind: TenderKind) {
        let half = Money::new(self.scan(GARLIC).await.payable_vnd / 2);
        let ordered = Ordered {
            person: "Chị Lan".to_owned(),
            phone: String::new(),
            due_on: web::format::local_date(self.store.app.clock().now_ms()),
            tender: Tender { kind, amount: half },
        };
        let request = self.request().await;
        let state = deposit::take(&self.store.app, &self.seat, &request, &ordered).await.unwrap();
        assert!(matches!(state.note, Note::DepositTaken { .. }), "{:?}", state.note);
    }

    /// Hands the oldest order over, if one waits; the rest is paid in cash.
    async fn hand_over(&self) {
        let waiting = deposits::list_left(self.store.app.db().read(), 1).await.unwrap();
        let Some(first) = waiting.first() else { return };
        let (app, op_id) = (&self.store.app, self.store.op());
        let state = deposit::deliver(app, &self.seat, &op_id, first.sale_id.into()).await.unwrap();
        let cash = vec![Tender { kind: TenderKind::Cash, amount: Money::new(state.due_vnd) }];
        let state = counter::finish::finish(app, &self.seat, &self.request().await, cash).await.unwrap();
        assert!(matches!(state.note, Note::Sold { .. }), "{:?}", state.note);
    }

    async fn move_cash(&self, amount_vnd: i64) -> Note {
        let moved = CashMove {
            amount: Money::new(amount_vnd),
            person: "Chị Bảy".to_owned(),
            reason: "đổi tiền lẻ".to_owned(),
            language: Language::Vi,
        };
        let op_id = self.store.op();
        counter::drawer::move_cash(&self.store.app, &self.seat, &op_id, &moved, &Word::default())
            .await
            .unwrap()
            .note
    }

    async fn x(&self) -> ShiftReport {
        let manager = Seat { manager: true, ..self.seat.clone() };
        counter::shift::report(&self.store.app, &manager, Language::Vi).await.unwrap().unwrap()
    }

    async fn close(&self, closing: impl Into<Closing>) -> (i64, ShiftReport) {
        let (store, op_id) = (self.store, self.store.op());
        let state = counter::shift::close(&store.app, &self.seat, &op_id, closing).await.unwrap();
        let Note::ShiftClosed { over_vnd } = state.note else { panic!("{:?}", state.note) };
        (over_vnd, self.z().await)
    }

    async fn last_closed(&self) -> ShiftId {
        let reader = self.store.app.db().read();
        let closed = shifts::list_closed(reader, Some(&self.seat.counter), 1).await.unwrap();
        closed[0].shift_id.into()
    }

    async fn z(&self) -> ShiftReport {
        let (_, slip) =
            slip::find_of_shift(&self.store.app, self.last_closed().await).await.unwrap().unwrap();
        assert_eq!(slip.counter, self.seat.counter);
        let SlipBody::Shift(report) = slip.body else { panic!("a Z") };
        report
    }
}

/// What a range of the journal says of one shift, by another way than the report: each entry's fact goes through the fold
/// that keeps the books, and the amounts of its drawer are what the fold posts.
async fn folded(
    store: &TestStore,
    shift_id: ShiftId,
    (first, last): (i64, i64),
) -> BTreeMap<&'static str, i64> {
    let rows: Vec<(String, String, Option<String>)> = sqlx::query_as(
        "select kind, shared, private from entries
         where stream_no = (select max(stream_no) from streams) and seq between $1 and $2 order by seq",
    )
    .bind(first)
    .bind(last)
    .fetch_all(store.app.db().read())
    .await
    .unwrap();
    let mut sums = BTreeMap::new();
    for (kind, shared, private) in rows {
        let told: Value = serde_json::from_str(&shared).unwrap();
        if told["shift"] != shift_id.to_string() || kind == "shift_close" {
            continue;
        }
        let kind = Kind::from(kind.as_str());
        let day = date!(2026 - 11 - 23);
        let fact = Payload::read(&kind, SCHEMA, &shared).unwrap().fact(day).unwrap();
        let outside = private_fact(&kind, &private.clone().unwrap(), day).unwrap();
        let store_id = testkit::catalogue::id_of("store").into();
        for posting in [fold(&fact, store_id).unwrap(), fold(&outside, store_id).unwrap()].concat() {
            if let Posting::Money(account, amount) = posting {
                let name = match account {
                    Account::Cash | Account::Bank | Account::Card => account.code(),
                    _ => continue,
                };
                *sums.entry(name).or_insert(0) += amount.vnd();
            }
        }
        if kind == Kind::Sale {
            let private: Value = serde_json::from_str(&private.unwrap()).unwrap();
            let lines = [&told["lines"], &private["lines"]];
            let taxes = lines.iter().filter_map(|lines| lines.as_array()).flatten();
            *sums.entry("tax").or_insert(0) += taxes.map(|line| line["tax"].as_i64().unwrap()).sum::<i64>();
            *sums.entry("sales").or_insert(0) += told["payable"].as_i64().unwrap();
            *sums.entry("count").or_insert(0) += 1;
        }
    }
    sums
}

/// The Z and the fold of its range agree in every figure that both know.
async fn agree(store: &TestStore, shift_id: ShiftId, z: &ShiftReport) {
    let sums = folded(store, shift_id, (z.first_seq, z.last_seq)).await;
    let of = |name| sums.get(name).copied().unwrap_or(0);
    let paid = |label: &str| {
        z.tenders.iter().filter(|tender| tender.label == label).map(|t| t.amount_vnd).sum::<i64>()
    };
    assert_eq!(z.expected_vnd, Some(of("cash")), "what the drawer holds is what was posted to it");
    assert_eq!(paid("Chuyển khoản VietQR"), of("bank"));
    assert_eq!(paid("Quẹt thẻ"), of("card"));
    let moves: i64 = z.cash_moves.iter().map(|moved| moved.amount_vnd).sum();
    assert_eq!(paid("Tiền mặt") + moves + z.float_vnd, of("cash"));
    assert_eq!((z.sales_count, z.sales_vnd), (of("count"), of("sales")));
    assert_eq!(z.vat.iter().map(|row| row.tax_vnd).sum::<i64>(), of("tax"));
    assert_eq!(z.vat.iter().map(|row| row.gross_vnd).sum::<i64>(), z.sales_vnd, "every product here has VAT");
}

/// Adds the store's own goods to an open cart and sells them.
async fn with_bags(till: &Till<'_>) {
    let new = counter::provisional::NewProduct {
        barcode: Some(BAG.to_owned()),
        name: "Túi giấy".to_owned(),
        unit: "Cái".to_owned(),
        price: Money::new(10_800),
        sold_by: domain::catalog::SoldBy::Piece,
        producer_id: None,
        refuse_expired: false,
    };
    let request = till.request().await;
    counter::provisional::add(&till.store.app, &till.seat, &request, new).await.unwrap();
    till.sell(&[GARLIC], &[TenderKind::Cash]).await;
}

#[tokio::test]
async fn a_z_is_the_fold_of_its_range() {
    let store = TestStore::closed(Config::default()).await;
    let till = Till::open(&store, "Quầy 1", 500_000).await;
    with_bags(&till).await;
    till.sell(&[GARLIC, FISH_SAUCE, BAG], &[TenderKind::VietQr]).await;
    till.sell(&[FISH_SAUCE], &[TenderKind::Cash, TenderKind::Card]).await;
    assert!(matches!(till.move_cash(200_000).await, Note::CashMoved { amount_vnd: 200_000, .. }));
    assert!(matches!(till.move_cash(-50_000).await, Note::CashMoved { amount_vnd: -50_000, .. }));
    let x = till.x().await;
    assert_eq!((x.is_final, x.counted.is_none(), x.sales_count), (false, true, 3));
    assert_eq!(x.expected_vnd, Some(500_000 + 290_800 + 47_500 + 150_000));
    till.scan(GARLIC).await;
    let (over_vnd, z) = till.close(Money::new(988_300 + 1_700)).await;
    assert_eq!(over_vnd, 1_700);
    assert_eq!(z.counted.as_ref().unwrap().difference_vnd, 1_700);
    assert_eq!((z.sales_vnd, z.open_carts), (290_800 + 385_800 + 95_000, 1));
    assert_eq!(z.cash_moves[1].reason, "đổi tiền lẻ");
    agree(&store, till.last_closed().await, &z).await;
    // The X before it said the same of the same entries, and a Z stays what it was.
    assert_eq!((x.tenders, x.vat, x.sales_vnd), (z.tenders.clone(), z.vat.clone(), z.sales_vnd));
    let next = Till::open(&store, "Quầy 1", 0).await;
    next.sell(&[], &[TenderKind::Cash]).await;
    assert_eq!(till.z().await, z);
    let (_, second) = next.close(Money::new(280_000)).await;
    assert_eq!(
        (second.sales_count, second.first_seq),
        (1, z.last_seq + 1),
        "the open cart was sold in the next shift"
    );
    agree(&store, next.last_closed().await, &second).await;
    store.check().await;
}

#[tokio::test]
async fn two_counters_have_their_own_drawers_printers_and_reports() {
    let papers = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let printer = |folder: &Path| format!("file:{}", folder.display());
    let printers = BTreeMap::from([("Quầy 2".to_owned(), printer(papers[1].path()))]);
    let config = Config { printer: printer(papers[0].path()), printers, ..Config::default() };
    let store = TestStore::closed(config).await;
    let first = Till::open(&store, "Quầy 1", 500_000).await;
    let second = Till::open(&store, "Quầy 2", 100_000).await;
    first.sell(&[GARLIC], &[TenderKind::Cash]).await;
    second.sell(&[FISH_SAUCE], &[TenderKind::Cash]).await;
    second.move_cash(-30_000).await;
    first.move_cash(20_000).await;
    assert_eq!((first.x().await.expected_vnd, second.x().await.expected_vnd), (Some(800_000), Some(165_000)));
    let (over_vnd, z) = second.close(Money::new(165_000)).await;
    assert_eq!((over_vnd, z.sales_vnd, z.float_vnd), (0, 95_000, 100_000));
    agree(&store, second.last_closed().await, &z).await;
    first.sell(&[GARLIC], &[TenderKind::Card]).await;
    assert_eq!(second.scan(GARLIC).await.note, Note::NoShift, "the other shift goes on");
    let (over_vnd, z) = first.close(Money::new(800_000)).await;
    assert_eq!((over_vnd, z.sales_vnd, z.sales_count), (0, 560_000, 2));
    agree(&store, first.last_closed().await, &z).await;

    let mut lines = Lines::default();
    while pos::printing::step(&store.app, &mut lines).await.unwrap() == pos::printing::Next::Again {}
    let printed = |folder: &Path, mark: &str| {
        let files = std::fs::read_dir(folder).unwrap();
        let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| name.contains(mark) && name.ends_with(".bin")).count()
    };
    for (folder, receipts) in [(papers[0].path(), 2), (papers[1].path(), 1)] {
        assert_eq!(printed(folder, "-z"), 1, "its own Z");
        assert_eq!(
            printed(folder, "-pt") + printed(folder, "-pc"),
            1 + 1,
            "a voucher, and the drawer with it"
        );
        assert_eq!(printed(folder, "-00000"), receipts + 1, "receipts, and the drawer for the one in cash");
    }
    store.check().await;
}

#[tokio::test]
async fn a_count_by_notes_and_answers_are_kept() {
    let store = TestStore::closed(Config::default()).await;
    let till = Till::open(&store, "Quầy 1", 500_000).await;
    let closing = Closing {
        notes: vec![(200_000, 2), (50_000, 1), (1_000, 3)],
        visitors: Some(40),
        tastings: Some(12),
        ..Closing::from(Money::new(453_000))
    };
    let wrong = Closing { counted: Money::new(453_001), ..closing.clone() };
    let state = counter::shift::close(&store.app, &till.seat, &store.op(), wrong).await.unwrap();
    assert_eq!(state.note, Note::BadAmount, "notes that do not make the sum");
    let (over_vnd, z) = till.close(closing).await;
    assert_eq!(over_vnd, -47_000);
    let counted = z.counted.unwrap();
    assert_eq!(counted.notes.iter().map(|notes| notes.face_vnd * notes.count).sum::<i64>(), 453_000);
    assert_eq!((z.visitors, z.tastings), (Some(40), Some(12)));
    let shared: String = sqlx::query_scalar("select shared from entries where kind = 'shift_close'")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    assert!(shared.contains(r#""visitors":40,"tastings":12"#), "{shared}");
    store.check().await;
}

/// Five times a little is as much as once a lot.
#[tokio::test]
async fn what_a_cashier_takes_out_alone_adds_up_over_the_shift() {
    let store = TestStore::closed(Config::default()).await;
    let till = Till::open(&store, "Quầy 1", 2_000_000).await;
    for amount_vnd in [-300_000, 100_000, -200_000] {
        assert!(matches!(till.move_cash(amount_vnd).await, Note::CashMoved { .. }), "{amount_vnd}");
    }
    assert_eq!(till.move_cash(-1_000).await, Note::NeedsManager { most_vnd: 500_000 });
    let manager = Till { seat: Seat { manager: true, ..till.seat.clone() }, ..till };
    let out = CashMove {
        amount: Money::new(-900_000),
        person: String::new(),
        reason: "nộp ngân hàng".to_owned(),
        language: Language::Vi,
    };
    let (op_id, word) = (store.op(), Word::default());
    let state = counter::drawer::move_cash(&store.app, &manager.seat, &op_id, &out, &word).await.unwrap();
    assert!(matches!(state.note, Note::CashMoved { amount_vnd: -900_000, .. }));
    manager.close(Money::new(700_000)).await;
    let next = Till::open(&store, "Quầy 1", 700_000).await;
    assert!(matches!(next.move_cash(-500_000).await, Note::CashMoved { .. }), "a new shift");
    store.check().await;
}

/// A window that was left at its count does not end the next cashier's shift.
#[tokio::test]
async fn a_count_closes_the_shift_that_was_counted() {
    let store = TestStore::closed(Config::default()).await;
    let till = Till::open(&store, "Quầy 1", 500_000).await;
    let counted = counter::shift::load(&store.app, &till.seat).await.unwrap().unwrap().shift_id;
    let closing = |vnd| Closing { shift_id: Some(counted.into()), ..Closing::from(Money::new(vnd)) };
    till.close(closing(500_000)).await;
    let next = Till::open(&store, "Quầy 1", 300_000).await;
    let late = counter::shift::close(&store.app, &next.seat, &store.op(), closing(500_000)).await.unwrap();
    assert_eq!(late.note, Note::OtherShift);
    assert_eq!(counter::shift::load(&store.app, &next.seat).await.unwrap().unwrap().float_vnd, 300_000);
    store.check().await;
}

#[tokio::test]
async fn a_drawer_opens_by_hand_at_once_or_never() {
    let paper = tempfile::tempdir().unwrap();
    let config = Config { printer: format!("file:{}", paper.path().display()), ..Config::default() };
    let store = TestStore::closed(config).await;
    let open = async || {
        let op_id = store.op();
        counter::drawer::open_drawer(&store.app, &store.seat, &op_id, " đếm tiền đầu ca ").await.unwrap().note
    };
    let pulses = || std::fs::read_dir(paper.path()).map_or(0, Iterator::count);
    let mut lines = Lines::default();
    // Before the shift, too: the float has to be counted.
    assert_eq!(open().await, Note::DrawerOpened);
    pos::printing::step(&store.app, &mut lines).await.unwrap();
    assert_eq!(pulses(), 1);
    pos::printing::step(&store.app, &mut lines).await.unwrap();
    assert_eq!(pulses(), 1, "once");
    store.open_shift().await;
    assert_eq!(open().await, Note::DrawerOpened);
    store.clock.advance(6_000);
    pos::printing::step(&store.app, &mut lines).await.unwrap();
    assert_eq!(pulses(), 1, "nobody stands there any more");
    let kept: Vec<(String, String)> =
        sqlx::query_as("select shared, private from entries where kind = 'drawer' order by seq")
            .fetch_all(store.app.db().read())
            .await
            .unwrap();
    assert_eq!(kept.len(), 2);
    assert!(!kept[0].0.contains("shift") && kept[1].0.contains("shift"));
    assert!(
        kept[0].1.contains("đếm tiền đầu ca") && !kept[0].0.contains("đếm"),
        "the reason stays in the store"
    );
    store.check().await;
}

#[tokio::test]
async fn a_report_is_printed_and_a_second_one_is_a_copy() {
    let paper = tempfile::tempdir().unwrap();
    let config = Config { printer: format!("file:{}", paper.path().display()), ..Config::default() };
    let store = TestStore::closed(config).await;
    let till = Till::open(&store, "Quầy 1", 500_000).await;
    let op_id = store.op();
    for expected in [true, false] {
        let state = counter::shift::print_report(&store.app, &till.seat, &op_id, Language::Vi).await.unwrap();
        assert_eq!(matches!(state.note, Note::Reprinted { copy: 0, .. }), expected, "once");
    }
    till.close(Money::new(500_000)).await;
    let mut lines = Lines::default();
    let mut print = async || {
        while pos::printing::step(&store.app, &mut lines).await.unwrap() == pos::printing::Next::Again {}
        std::fs::read_dir(paper.path()).unwrap().count()
    };
    assert_eq!(print().await, 4, "X and Z, each with its picture");
    let shift_id = till.last_closed().await;
    let (slip_id, slip) = slip::find_of_shift(&store.app, shift_id).await.unwrap().unwrap();
    let again =
        counter::receipt::reprint(&store.app, &store.seat, &store.op(), slip_id.into(), Default::default())
            .await
            .unwrap();
    assert_eq!(again.note, Note::Reprinted { receipt: slip.number.clone(), copy: 1 });
    assert_eq!(print().await, 6);
    let envelope: String = sqlx::query_scalar("select envelope from entries where kind = 'reprint'")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    assert!(!envelope.contains("sale_id"), "it is nobody's sale");
    store.check().await;
}

#[tokio::test]
async fn a_restart_and_a_rebuild_leave_a_drawer_as_it_was() {
    let store = TestStore::new().await;
    Till::at(&store, "Quầy 1").move_cash(70_000).await;
    let before = Till::at(&store, "Quầy 1").x().await;
    let store = store.restart().await;
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let books = digest::digest(&mut reader).await.unwrap();
    drop(reader);
    rebuild::rebuild(&store.app).await.unwrap();
    let mut reader = store.app.db().read().acquire().await.unwrap();
    assert_eq!(digest::digest(&mut reader).await.unwrap(), books);
    drop(reader);
    assert_eq!(Till::at(&store, "Quầy 1").x().await, before);
    let mut tx = store.app.db().begin().await.unwrap();
    sqlx::query("update cash_moves set amount_vnd = amount_vnd + 1").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let report = pos::maintenance::verify::verify(&store.app).await.unwrap();
    assert!(report.faults[0].contains("cash_moves"), "{:?}", report.faults);
}
