//! Goods that come in: the paper that goes with whoever delivered them, and lots that are not whose one thinks.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use domain::ids::LotId;
use domain::{Money, Quantity};
use pos::counter::approval::Word;
use pos::counter::goods::{self, Language, NewGoods};
use pos::counter::note::Delivering;
use pos::counter::take_back::{TakingBack, take_back};
use pos::counter::{self, Note, slip};
use pos::db::announced::{list_expected, update_taken};
use pos::db::catalogue;
use pos::db::stock_moves::list_of_product;
use protocol::payload::{GoodsIn, GoodsInMissing, GoodsInPrivate, GoodsOut};
use protocol::wire::{CataloguePage, Change};
use receipts::profile::Paper;
use receipts::slip::SlipBody;
use testkit::catalogue::{Catalogue, id_of, manager_word};
use testkit::store::TestStore;
use time::Date;
use uuid::Uuid;

const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const PRODUCER: &str = "Tỏi đen Lý Sơn";

fn garlic(pieces: i64, noted: Option<i64>, code: &str, producer: Option<&str>) -> NewGoods {
    NewGoods {
        product_id: id_of(GARLIC_NAME).into(),
        quantity: Quantity::pieces(pieces),
        expires_on: None,
        code: Some(code.to_owned()),
        noted: noted.map(Quantity::pieces),
        cost: None,
        producer_id: producer.map(|name| id_of(name).into()),
    }
}

async fn receive(store: &TestStore, goods: Vec<NewGoods>) -> Note {
    goods::receive(&store.app, &store.seat, &store.op(), goods, Language::Vi).await.unwrap().note
}

async fn delivery(store: &TestStore) -> GoodsIn {
    let text: String = sqlx::query_scalar(
        "select shared from entries where kind = 'goods_in' order by stream_no desc, seq desc limit 1",
    )
    .fetch_one(store.app.db().read())
    .await
    .unwrap();
    serde_json::from_str(&text).unwrap()
}

#[tokio::test]
async fn a_delivery_has_a_paper_that_says_where_its_note_is_wrong() {
    let store = TestStore::new().await;
    let goods = vec![
        garlic(22, Some(24), " L-0526 ", Some(PRODUCER)),
        garlic(3, Some(3), "", Some(PRODUCER)),
        garlic(5, Some(4), "", Some(PRODUCER)),
    ];
    let note = receive(&store, goods).await;
    let Note::Delivering(Delivering::Received { lines: 3, voucher }) = note else { panic!("{note:?}") };
    let told = delivery(&store).await;
    assert_eq!(told.voucher, voucher);
    assert_eq!(
        told.lines.iter().map(|line| line.noted).collect::<Vec<_>>(),
        [Some(24_000), Some(3_000), Some(4_000)]
    );
    let (_, paper) = slip::find_by_number(&store.app, &voucher).await.unwrap().unwrap();
    let SlipBody::Delivery(body) = &paper.body else { panic!("{paper:?}") };
    assert_eq!((body.producer.as_str(), body.lines[0].lot.as_str()), (PRODUCER, "L-0526"));
    assert_eq!((body.lines[0].price_vnd, body.lines[0].commission_ppm), (280_000, Some(120_000)));
    let text = paper.layout(Paper::Dots384, None).to_string();
    assert!(text.contains("Giá bán: 280.000 ₫ · hoa hồng: 12 %"), "the terms go along: {text}");
    for words in ["PHIẾU NHẬN HÀNG", "Phiếu giao: 24, thiếu 2", "Phiếu giao: 4, thừa 1", "Người giao"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert_eq!(text.matches("Phiếu giao").count(), 2, "where both agree nothing is said");
    store.check().await;
}

/// A pack's code belongs to one owner: a box that comes back as somebody else's is a mistake of whoever types.
#[tokio::test]
async fn a_lot_code_of_another_producer_is_asked_about() {
    let store = TestStore::new().await;
    store.load(&Catalogue::default().producer("HTX Trà Bồng")).await;
    receive(&store, vec![garlic(10, None, "L-0526", Some(PRODUCER))]).await;
    let entries = async || -> i64 {
        sqlx::query_scalar("select count(*) from entries").fetch_one(store.app.db().read()).await.unwrap()
    };
    let before = entries().await;
    let of = |producer: &str| {
        let (code, producer) = ("L-0526".to_owned(), producer.to_owned());
        Note::Delivering(Delivering::LotOfAnother { code, producer })
    };
    for producer in [Some("HTX Trà Bồng"), None] {
        let goods = vec![garlic(1, None, "L-0001", producer), garlic(5, None, "L-0526", producer)];
        assert_eq!(receive(&store, goods).await, of(PRODUCER), "{producer:?}");
    }
    assert_eq!(entries().await, before, "not even the first line was taken in");
    // More of the same lot, and another product's code, are nobody's mistake.
    let more = receive(&store, vec![garlic(5, None, "L-0526", Some(PRODUCER))]).await;
    assert!(matches!(more, Note::Delivering(Delivering::Received { .. })), "{more:?}");
    receive(&store, vec![garlic(5, None, "L-9", None)]).await;
    assert_eq!(
        receive(&store, vec![garlic(5, None, "L-9", Some(PRODUCER))]).await,
        Note::Delivering(Delivering::LotOfAnother { code: "L-9".to_owned(), producer: String::new() })
    );
    store.check().await;
}

/// The papers of both kinds carry the address while there is one; what is no address to print is left out.
#[tokio::test]
async fn papers_lead_a_producer_to_the_goods() {
    const URL: &str = "https://ocop.example/p/7Q3F9K2M4N5P6R8STVWXYZ0123";
    let store = TestStore::new().await;
    let long = format!("https://{}", "x".repeat(200));
    for (told, printed) in [(URL, URL), ("javascript:alert(1)", ""), (long.as_str(), ""), ("http://a b", "")]
    {
        store.load(&Catalogue::default().reading(PRODUCER, told)).await;
        let note = receive(&store, vec![garlic(2, None, "", Some(PRODUCER))]).await;
        let Note::Delivering(Delivering::Received { voucher, .. }) = note else { panic!("{note:?}") };
        let (_, paper) = slip::find_by_number(&store.app, &voucher).await.unwrap().unwrap();
        let SlipBody::Delivery(body) = &paper.body else { panic!("{paper:?}") };
        assert_eq!(body.reading_url, printed, "{told}");
        let text = paper.layout(Paper::Dots384, None).to_string();
        assert_eq!(text.contains("Quét để xem hàng"), !printed.is_empty(), "{text}");
    }
    store.load(&Catalogue::default().producer(PRODUCER)).await;
    let note = receive(&store, vec![garlic(2, None, "", None)]).await;
    let Note::Delivering(Delivering::Received { voucher, .. }) = note else { panic!("{note:?}") };
    let (_, paper) = slip::find_by_number(&store.app, &voucher).await.unwrap().unwrap();
    assert!(!paper.to_json().unwrap().contains("reading_url"), "goods that the store bought");
    store.check().await;
}

/// The day on which the announced garlic comes.
const COMES_ON: Date = time::macros::date!(2026 - 11 - 25);

/// Central tells of garlic that will come; without a quantity that it will not.
async fn announce(store: &TestStore, id: u128, quantity_milli: Option<i64>) {
    let id = Uuid::from_u128(id);
    let body = quantity_milli.map(|quantity| {
        serde_json::json!({
            "id": id, "producer": id_of(PRODUCER), "product": id_of(GARLIC_NAME), "quantity": quantity,
            "comes_on": "2026-11-25", "announced_on": "2026-11-24",
        })
    });
    let change = Change { change_seq: 900, kind: "announced".to_owned(), id: id.to_string(), body };
    let page =
        CataloguePage { central_epoch: id_of("central"), changes: vec![change], next: 900, more: false };
    let mut tx = store.app.db().begin().await.unwrap();
    assert_eq!(catalogue::apply_page(&mut tx, page, 0).await.unwrap(), Vec::<String>::new());
    tx.commit().await.unwrap();
}

/// What is expected, and how much of it is still to come, thousandths.
async fn expected(store: &TestStore, since: Date) -> Vec<(u128, i64)> {
    let rows = list_expected(store.app.db().read(), since, 10).await.unwrap();
    rows.iter().map(|row| (row.delivery_id.as_u128(), row.left().milli())).collect()
}

/// Two days later, in a shift of that day.
async fn on_the_day(store: &TestStore) {
    store.clock.advance(2 * 86_400_000);
    counter::shift::close(&store.app, &store.seat, &store.op(), Money::new(500_000)).await.unwrap();
    store.open_shift().await;
}

async fn received(store: &TestStore, goods: NewGoods) -> String {
    let note = receive(store, vec![goods]).await;
    let Note::Delivering(Delivering::Received { voucher, .. }) = note else { panic!("{note:?}") };
    voucher
}

async fn take_from_list(store: &TestStore, id: u128, voucher: &str) {
    let mut tx = store.app.db().begin().await.unwrap();
    update_taken(&mut tx, &[Uuid::from_u128(id)], voucher).await.unwrap();
    tx.commit().await.unwrap();
}

/// Central tells of goods that will come; they are expected until all came in, or they are taken back.
#[tokio::test]
async fn what_a_producer_announced_is_expected_until_it_comes() {
    let store = TestStore::new().await;
    announce(&store, 1, Some(20_000)).await;
    announce(&store, 2, Some(5_000)).await;
    assert_eq!(
        expected(&store, COMES_ON).await,
        [(1, 20_000), (2, 5_000)],
        "what came before it was announced is something else"
    );
    assert_eq!(expected(&store, COMES_ON + time::Duration::days(1)).await, []);
    announce(&store, 2, None).await;
    assert_eq!(expected(&store, COMES_ON).await, [(1, 20_000)]);
    store.clock.advance(2 * 86_400_000);
    let other = NewGoods {
        product_id: id_of("Nước mắm Sa Huỳnh chai 500 ml").into(),
        ..garlic(3, None, "", None)
    };
    receive(&store, vec![other]).await;
    assert_eq!(expected(&store, COMES_ON).await, [(1, 20_000)], "another product");
    // The shift is still of the day before.
    counter::shift::close(&store.app, &store.seat, &store.op(), Money::new(500_000)).await.unwrap();
    store.open_shift().await;
    let voucher = received(&store, garlic(18, Some(20), "", Some(PRODUCER))).await;
    assert_eq!(expected(&store, COMES_ON).await, [], "its note has all of it, and the difference is told");
    // Entered by mistake: they are still to come, taken in from the list or not.
    take_from_list(&store, 1, &voucher).await;
    assert!(matches!(withdraw(&store, &voucher, manager_word()).await, Note::GoodsRemoved { .. }));
    assert_eq!(expected(&store, COMES_ON).await, [(1, 20_000)]);
    receive(&store, vec![garlic(20, None, "", Some(PRODUCER))]).await;
    assert_eq!(expected(&store, COMES_ON).await, []);
    store.check().await;
}

/// Five boxes in the morning are not the twenty that were announced for the day, and those twenty are not the five of another
/// announcement.
#[tokio::test]
async fn another_delivery_is_not_what_was_announced() {
    let store = TestStore::new().await;
    announce(&store, 1, Some(20_000)).await;
    announce(&store, 2, Some(5_000)).await;
    on_the_day(&store).await;
    received(&store, garlic(3, None, "", Some(PRODUCER))).await;
    assert_eq!(expected(&store, COMES_ON).await, [(1, 17_000), (2, 5_000)]);
    // What is taken in from the list is what was announced, however much it is.
    let voucher = received(&store, garlic(15, None, "", Some(PRODUCER))).await;
    take_from_list(&store, 1, &voucher).await;
    assert_eq!(expected(&store, COMES_ON).await, [(2, 2_000)]);
    received(&store, garlic(1, Some(2), "", Some(PRODUCER))).await;
    assert_eq!(expected(&store, COMES_ON).await, []);
    store.check().await;
}

/// The largest differences of all: nothing came of what the note says, and what came is not on it. Entry and paper keep both, and no
/// lot is made of nothing.
#[tokio::test]
async fn nothing_came_of_what_the_note_says() {
    let store = TestStore::new().await;
    let theirs = Some(PRODUCER);
    let note =
        receive(&store, vec![garlic(0, Some(24), "L-1", theirs), garlic(5, Some(0), "L-2", theirs)]).await;
    let Note::Delivering(Delivering::Received { lines: 2, voucher }) = note else { panic!("{note:?}") };
    let told = delivery(&store).await;
    let lines: Vec<_> = told.lines.iter().map(|line| (line.quantity, line.noted)).collect();
    assert_eq!(lines, [(5_000, Some(0))]);
    let missing =
        GoodsInMissing { product: id_of(GARLIC_NAME), producer: Some(id_of(PRODUCER)), noted: 24_000 };
    assert_eq!(told.missing, [missing]);
    assert_eq!(on_shelf(&store).await, 15_000);
    let (_, paper) = slip::find_by_number(&store.app, &voucher).await.unwrap().unwrap();
    let text = paper.layout(Paper::Dots384, None).to_string();
    for words in ["Phiếu giao: 24, thiếu 24", "Phiếu giao: 0, thừa 5"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    // What came is taken back as ever; of a delivery with which nothing came there is nothing to take.
    let note = withdraw(&store, &voucher, manager_word()).await;
    assert!(matches!(note, Note::GoodsRemoved { lots: 1, .. }), "{note:?}");
    let voucher = received(&store, garlic(0, Some(12), "", theirs)).await;
    assert_eq!(delivery(&store).await.lines.len(), 0);
    let none = Note::BadField { field: "voucher".to_owned() };
    assert_eq!(withdraw(&store, &voucher, manager_word()).await, none);
    assert_eq!(on_shelf(&store).await, 10_000);
    for (noted, whole) in [(None, false), (Some(0), false), (Some(-5_000), false), (Some(1_500), true)] {
        let goods = NewGoods { noted: noted.map(Quantity::from_milli), ..garlic(0, None, "", theirs) };
        assert_eq!(receive(&store, vec![goods]).await, Note::BadQuantity { whole }, "{noted:?}");
    }
    let goods = NewGoods { noted: Some(Quantity::from_milli(-1)), ..garlic(3, None, "", theirs) };
    assert_eq!(receive(&store, vec![goods]).await, Note::BadQuantity { whole: false });
    store.check().await;
}

/// What is outside the programme stays in the store, also where it did not come.
#[tokio::test]
async fn what_did_not_come_and_is_outside_the_programme_stays_here() {
    let store = TestStore::new().await;
    let water = id_of("Nước mắm Sa Huỳnh chai 500 ml");
    let mut tx = store.app.db().begin().await.unwrap();
    let outside = sqlx::query("update products set in_catalogue = 0 where product_id = $1");
    outside.bind(water).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    receive(&store, vec![NewGoods { product_id: water.into(), ..garlic(0, Some(6), "", None) }]).await;
    assert_eq!(delivery(&store).await.missing, []);
    let private: String = sqlx::query_scalar(
        "select private from entries where kind = 'goods_in' order by stream_no desc, seq desc limit 1",
    )
    .fetch_one(store.app.db().read())
    .await
    .unwrap();
    let private: GoodsInPrivate = serde_json::from_str(&private).unwrap();
    let told: Vec<_> = private.missing.iter().map(|goods| (goods.product, goods.noted)).collect();
    assert_eq!(told, [(water, 6_000)]);
    store.check().await;
}

/// Half a box could neither be sold nor given back, and what is over by the business date is not taken, whoever types it.
#[tokio::test]
async fn what_could_never_leave_does_not_come_in() {
    let store = TestStore::new().await;
    let half = NewGoods { quantity: Quantity::from_milli(1_500), ..garlic(1, None, "", Some(PRODUCER)) };
    assert_eq!(receive(&store, vec![half]).await, Note::BadQuantity { whole: true });
    let until = |expires_on| NewGoods { expires_on: Some(expires_on), ..garlic(1, None, "", Some(PRODUCER)) };
    let over = |last_day: &str| {
        let (name, last_day) = (GARLIC_NAME.to_owned(), last_day.to_owned());
        Note::Delivering(Delivering::DeliveredPastDate { name, last_day })
    };
    let (yesterday, today) = (time::macros::date!(2026 - 11 - 22), time::macros::date!(2026 - 11 - 23));
    assert_eq!(receive(&store, vec![until(yesterday)]).await, over("22/11/2026"));
    // After midnight the shift still sells for its own day, and so it receives.
    store.clock.advance(15 * 3_600_000);
    let note = receive(&store, vec![until(today)]).await;
    assert!(matches!(note, Note::Delivering(Delivering::Received { .. })), "{note:?}");
    store.check().await;
}

/// What somebody else delivers than who makes it is told by the entry, which central sees, and by the paper.
#[tokio::test]
async fn goods_of_somebody_else_are_recorded_as_such() {
    let store = TestStore::new().await;
    store.load(&Catalogue::default().producer("HTX Trà Bồng")).await;
    let maker = id_of(PRODUCER);
    for (producer, not_of) in
        [(Some(PRODUCER), None), (Some("HTX Trà Bồng"), Some(maker)), (None, Some(maker))]
    {
        let note = receive(&store, vec![garlic(2, None, "", producer)]).await;
        let Note::Delivering(Delivering::Received { voucher, .. }) = note else { panic!("{note:?}") };
        assert_eq!(delivery(&store).await.lines[0].not_of, not_of, "{producer:?}");
        let (_, paper) = slip::find_by_number(&store.app, &voucher).await.unwrap().unwrap();
        let text = paper.layout(Paper::Dots384, None).to_string();
        assert_eq!(text.contains("Không phải hàng giao bởi"), not_of.is_some(), "{text}");
    }
    store.check().await;
}

/// What the "unreceived" lot of the garlic lacks, owner by owner.
async fn lacking(store: &TestStore) -> Vec<(Option<Uuid>, i64)> {
    let rows: Vec<(Option<Uuid>, i64)> = sqlx::query_as(
        "select moves.producer_id, sum(moves.quantity_milli) from stock_moves as moves
         where moves.lot_id = $1 group by moves.producer_id having sum(moves.quantity_milli) <> 0",
    )
    .bind(LotId::unreceived(id_of("store").into(), id_of(GARLIC_NAME).into()).uuid())
    .fetch_all(store.app.db().read())
    .await
    .unwrap();
    rows
}

/// Two boxes of a producer are sold before they came, and the producer is owed for them. Another owner's goods do not make that
/// good: the producer's own delivery does.
#[tokio::test]
async fn pieces_of_a_producer_wait_for_that_producers_delivery() {
    let store = TestStore::closed(pos::Config::default()).await;
    store.open_shift().await;
    store.sell("8938500000010").await;
    store.sell("8938500000010").await;
    let maker = Some(id_of(PRODUCER));
    assert_eq!(lacking(&store).await, [(maker, -2_000)]);
    receive(&store, vec![garlic(10, None, "", None)]).await;
    assert_eq!(delivery(&store).await.lines[0].covers_unreceived, 0);
    assert_eq!(lacking(&store).await, [(maker, -2_000)], "bought from somebody else: theirs have not come");
    receive(&store, vec![garlic(5, None, "", Some(PRODUCER))]).await;
    assert_eq!(delivery(&store).await.lines[0].covers_unreceived, 2_000);
    assert_eq!(lacking(&store).await, []);
    store.check().await;
}

async fn withdraw(store: &TestStore, voucher: &str, word: Word) -> Note {
    let taking = TakingBack { voucher: voucher.to_owned(), language: Language::Vi, word };
    take_back(&store.app, &store.seat, &store.op(), &taking).await.unwrap().note
}

async fn on_shelf(store: &TestStore) -> i64 {
    let all = "select sum(quantity_milli) from stock where product_id = $1 and location = 'shelf'";
    sqlx::query_scalar(all).bind(id_of(GARLIC_NAME)).fetch_one(store.app.db().read()).await.unwrap()
}

/// A hundred for ten: all of it leaves as it came, by a manager's word, and the entry names the delivery. What was touched stays.
#[tokio::test]
async fn a_mistyped_delivery_is_taken_back_whole() {
    let store = TestStore::new().await;
    let first = delivery(&store).await.voucher;
    let note =
        receive(&store, vec![garlic(100, Some(10), "L-1", Some(PRODUCER)), garlic(3, None, "", None)]).await;
    let Note::Delivering(Delivering::Received { voucher, .. }) = note else { panic!("{note:?}") };
    assert_eq!(on_shelf(&store).await, 113_000);
    let nobody = Word { manager_id: manager_word().manager_id, pin: "000000".to_owned() };
    let refused = withdraw(&store, &voucher, nobody).await;
    assert!(!matches!(refused, Note::GoodsRemoved { .. }), "{refused:?}");
    assert_eq!(on_shelf(&store).await, 113_000, "nothing half done");
    let owed = store.balance("producer_due").await;
    let note = withdraw(&store, &voucher, manager_word()).await;
    let Note::GoodsRemoved { voucher: number, lots: 2 } = note else { panic!("{note:?}") };
    assert_eq!(on_shelf(&store).await, 10_000);
    assert_eq!(store.balance("producer_due").await, owed);
    let shared: String = sqlx::query_scalar("select shared from entries where kind = 'goods_out'")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    let told: GoodsOut = serde_json::from_str(&shared).unwrap();
    assert_eq!((told.takes_back.as_deref(), told.cause.as_str()), (Some(voucher.as_str()), "returned"));
    assert!(told.approved_by.is_some());
    let (_, paper) = slip::find_by_number(&store.app, &number).await.unwrap().unwrap();
    let text = paper.layout(Paper::Dots384, None).to_string();
    assert!(text.contains("nhập nhầm"), "{text}");
    // Once; and nothing of a delivery that was sold.
    let touched = |name: &str| Note::Delivering(Delivering::DeliveryTouched { name: name.to_owned() });
    assert_eq!(withdraw(&store, &voucher, manager_word()).await, touched(GARLIC_NAME));
    store.sell("8938500000027").await;
    assert_eq!(withdraw(&store, &first, manager_word()).await, touched("Nước mắm Sa Huỳnh chai 500 ml"));
    let none = Note::BadField { field: "voucher".to_owned() };
    assert_eq!(withdraw(&store, "LS-0000-NH1", manager_word()).await, none);
    store.check().await;
}

/// The stock card says where note and count differ.
#[tokio::test]
async fn a_stock_card_keeps_what_the_note_said() {
    let store = TestStore::new().await;
    receive(&store, vec![garlic(22, Some(24), "", Some(PRODUCER))]).await;
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let rows = list_of_product(&mut reader, id_of(GARLIC_NAME).into(), None, 10).await.unwrap();
    let noted: Vec<_> = rows.iter().map(|row| (row.quantity_milli, row.noted_milli)).collect();
    assert_eq!(noted, [(22_000, Some(24_000)), (10_000, None)]);
}
