//! What the operator settled with a producer for all its stores: the till records its part by itself, once, and when it can.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use domain::ids::ProducerId;
use pos::counter::settlement::Open;
use pos::counter::{joint_settlement, shift, slip};
use pos::db::settlements::{PaymentRow, list_of_producer};
use pos::db::{catalogue, joint_parts, streams};
use pos::maintenance::rebuild;
use protocol::wire::{CataloguePage, CatalogueRow, Change, JointPartRow};
use receipts::slip::SlipBody;
use testkit::catalogue::id_of;
use testkit::store::TestStore;
use time::macros::date;
use uuid::Uuid;

const GARLIC: &str = "8938500000010";
/// A box costs 280.000 ₫; of that go 12 % commission and 8 % VAT on it.
const DUE: i64 = 280_000 - 33_600 - 2_688;

fn producer() -> ProducerId {
    id_of("Tỏi đen Lý Sơn").into()
}

/// Tells the till of a part, as a page of the catalogue does.
async fn tell(store: &TestStore, part: u128, vnd: i64) {
    let row = JointPartRow {
        id: Uuid::from_u128(part),
        number: "TC-261123-7Q3FK".to_owned(),
        producer: producer().uuid(),
        paid: vnd,
        paid_on: date!(2026 - 11 - 22),
    };
    let tagged = serde_json::to_value(CatalogueRow::JointPart(row)).unwrap();
    let body = Some(tagged["body"].clone());
    let cursor = catalogue::find_cursor(store.app.db().read()).await.unwrap().unwrap();
    let next = cursor.change_seq + 1;
    let id = Uuid::from_u128(part).to_string();
    let changes = vec![Change { change_seq: next, kind: "joint_part".to_owned(), id, body }];
    let page = CataloguePage { central_epoch: cursor.central_epoch, changes, next, more: false };
    let mut tx = store.app.db().begin().await.unwrap();
    assert!(catalogue::apply_page(&mut tx, page, 0).await.unwrap().is_empty());
    tx.commit().await.unwrap();
}

/// The till has asked central what others of the store wrote.
async fn catch_up(store: &TestStore) {
    let mut tx = store.app.db().begin().await.unwrap();
    let current = streams::find_current(&mut tx).await.unwrap().unwrap();
    streams::update_caught_up(&mut tx, current.stream_no).await.unwrap();
    tx.commit().await.unwrap();
}

async fn record(store: &TestStore) -> Vec<PaymentRow> {
    joint_settlement::record_all(&store.app).await.unwrap();
    papers(store).await
}

async fn papers(store: &TestStore) -> Vec<PaymentRow> {
    list_of_producer(store.app.db().read(), producer(), 100).await.unwrap()
}

async fn sell(store: &TestStore, pieces: i64) {
    for _ in 0..pieces {
        store.scan(GARLIC).await;
    }
    store.pay_cash(None).await;
}

async fn owed(store: &TestStore) -> i64 {
    let mut connection = store.app.db().read().acquire().await.unwrap();
    Open::load(&mut connection, producer()).await.unwrap().account.balance().unwrap().vnd()
}

#[tokio::test]
async fn a_part_is_recorded_once_and_what_came_later_goes_into_the_next_settlement() {
    let store = TestStore::new().await;
    catch_up(&store).await;
    sell(&store, 3).await;
    let drawer = shift::expected_in_drawer(&store.app, &store.seat).await.unwrap();
    // One more was sold than the operator had heard of.
    tell(&store, 1, 2 * DUE).await;
    let told = record(&store).await;
    let [paper] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((paper.is_settlement, paper.due_vnd, paper.paid_vnd), (true, 3 * DUE, 2 * DUE));
    assert_eq!(owed(&store).await, DUE);
    assert_eq!(shift::expected_in_drawer(&store.app, &store.seat).await.unwrap(), drawer, "no cash moved");
    // Told again, and looked at again: it stays one.
    tell(&store, 1, 2 * DUE).await;
    assert_eq!(record(&store).await, told);
    // Nothing was printed; the paper is there to be.
    let (_, paper) = slip::find_by_number(&store.app, &told[0].number).await.unwrap().unwrap();
    let SlipBody::Settlement(paper) = paper.body else { panic!("{paper:?}") };
    assert_eq!(paper.paid, [("Cơ sở trả, phiếu TC-261123-7Q3FK".to_owned(), 2 * DUE)]);
    assert_eq!((paper.left_vnd, paper.approved_by.as_str(), paper.lines[0].sold_milli), (DUE, "", 3_000));

    sell(&store, 1).await;
    tell(&store, 2, 0).await;
    let told = record(&store).await;
    assert_eq!(
        (told[0].due_vnd, told[0].carried_vnd, told[0].paid_vnd),
        (DUE, DUE, 0),
        "closed without money"
    );
    // Money where nothing is to be settled is a payment alone, and takes off what is owed.
    tell(&store, 3, 2 * DUE).await;
    let told = record(&store).await;
    assert_eq!((told[0].is_settlement, told[0].paid_vnd, owed(&store).await), (true, 2 * DUE, 0));
    tell(&store, 4, 5_000).await;
    let told = record(&store).await;
    assert_eq!((told.len(), told[0].is_settlement, owed(&store).await), (4, false, -5_000));
    store.check().await;
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(record(&store).await, told, "the journal knows what was recorded");
    store.check().await;
}

#[tokio::test]
async fn a_part_waits_for_an_open_counter_and_for_what_other_computers_wrote() {
    let store = TestStore::new().await;
    sell(&store, 1).await;
    tell(&store, 1, DUE).await;
    assert!(record(&store).await.is_empty(), "another computer may have recorded it");
    catch_up(&store).await;
    let counted = shift::expected_in_drawer(&store.app, &store.seat).await.unwrap();
    shift::close(&store.app, &store.seat, &store.op(), counted).await.unwrap();
    assert!(record(&store).await.is_empty(), "no counter is open");
    assert_eq!(joint_parts::list_waiting(store.app.db().read(), 10).await.unwrap().len(), 1);
    store.open_shift().await;
    let told = papers(&store).await;
    assert_eq!((told.len(), told[0].paid_vnd, owed(&store).await), (1, DUE, 0), "opening is enough");
    store.check().await;
}
