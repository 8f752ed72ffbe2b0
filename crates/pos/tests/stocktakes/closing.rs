//! The end of a stocktake: its entry, its paper, the lots, the producers.

use domain::Money;
use domain::settlement::StatementRow;
use pos::counter::approval::Word;
use pos::counter::settlement::Open;
use pos::db::lots::{Listed, list_lots};
use pos::maintenance::rebuild;
use protocol::payload::{GoodsCountPrivate, Sale};
use receipts::slip::SlipBody;
use uuid::Uuid;

use super::*;

/// What a box of garlic brings its producer: less 12 % commission and 8 % VAT on it.
const DUE: i64 = 280_000 - 33_600 - 2_688;
const PRODUCER: &str = "Tỏi đen Lý Sơn";

/// Counts until a large difference is believed.
async fn count_twice(store: &TestStore, name: &str, pieces: i64) {
    count(store, name, "Kệ 1", pieces).await;
    count_again(store, name).await;
    count(store, name, "Kệ 1", pieces).await;
}

async fn open(store: &TestStore) -> StatementRow {
    let mut connection = store.app.db().read().acquire().await.unwrap();
    let open = Open::load(&mut connection, id_of(PRODUCER).into()).await.unwrap();
    open.rows.get(&id_of(GARLIC_NAME).into()).cloned().unwrap()
}

/// The lots of a product with what the shelf has of each, thousandths.
async fn lots(store: &TestStore, name: &str) -> Vec<(Uuid, i64)> {
    let listed = Listed::Product(id_of(name).into());
    let lots = list_lots(store.app.db().read(), listed, 10).await.unwrap();
    lots.iter().map(|lot| (lot.lot_id, lot.quantity_milli)).collect()
}

pub(super) async fn slip(store: &TestStore, number: &str) -> receipts::slip::count::CountSlip {
    let (_, slip) = counter::slip::find_by_number(&store.app, number).await.unwrap().unwrap();
    let SlipBody::Count(body) = slip.body else { panic!("{:?}", slip.body) };
    body
}

/// One entry for own and consigned goods, less and more, with and without a difference.
#[tokio::test]
async fn a_stocktake_is_one_entry_and_one_paper() {
    let (store, _) = counting().await;
    store.receive(CINNAMON, 5, None).await;
    count_twice(&store, GARLIC_NAME, 8).await;
    count(&store, SAUCE_NAME, "Kệ 1", 11).await;
    count(&store, CINNAMON, "Kệ 1", 5).await;
    assert_eq!(close_now(&store).await, (3, 2));
    let all = entries(&store).await;
    let [(entry, private)] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((entry.products.len(), entry.approved_by), (3, id_of(testkit::catalogue::MANAGER)));
    let private: GoodsCountPrivate = serde_json::from_str(private).unwrap();
    assert_eq!((private.reason.as_str(), private.products.len()), ("Đã tìm trong kho", 0));
    let of = |name: &str| entry.products.iter().find(|product| product.product == id_of(name)).unwrap();
    assert_eq!((of(CINNAMON).expected, of(CINNAMON).counted, of(CINNAMON).lots.len()), (5_000, 5_000, 0));
    let garlic = &of(GARLIC_NAME).lots;
    assert_eq!((garlic[0].quantity, garlic[0].compensation), (-2_000, 2 * DUE));
    assert_eq!((of(SAUCE_NAME).lots[0].quantity, of(SAUCE_NAME).lots[0].compensation), (1_000, 0));
    let paper = slip(&store, &entry.voucher).await;
    assert!(entry.voucher.contains("-KK"), "{}", entry.voucher);
    assert_eq!((paper.products, paper.lines.len(), paper.compensation_vnd), (3, 2, 2 * DUE));
    assert_eq!((paper.title.as_str(), paper.bearer.as_str()), ("Cuối tháng", "điểm bán đền"));
    // The same books when the journal is folded anew.
    let shelf = async || {
        (
            on_shelf(&store, GARLIC_NAME).await,
            on_shelf(&store, SAUCE_NAME).await,
            lots(&store, SAUCE_NAME).await,
        )
    };
    let before = shelf().await;
    assert_eq!((before.0, before.1), (8_000, 11_000));
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(shelf().await, before);
    store.check().await;
}

/// What the operator pays for, what the producer bears: either way the settlement says how many pieces are missing.
#[tokio::test]
async fn somebody_bears_what_is_missing_of_consigned_goods() {
    for (bearer, owed) in [(LossBearer::Store, 2 * DUE), (LossBearer::Producer, 0)] {
        let (store, _) = counting().await;
        count_twice(&store, GARLIC_NAME, 8).await;
        count(&store, SAUCE_NAME, "Kệ 1", 9).await;
        let closing = Closing { bearer, ..closing(&store).await };
        let closed = told(close(&store, &closing).await);
        assert!(matches!(closed, Counting::StocktakeClosed { .. }), "{closed:?}");
        assert_eq!((store.balance("losses").await, store.balance("producer_due").await), (owed, -owed));
        let row = open(&store).await;
        assert_eq!((row.counted, row.closing), (Quantity::pieces(-2), Quantity::pieces(8)), "{row:?}");
        assert_eq!((row.compensation, row.due), (Money::new(owed), Money::new(owed)));
        assert_eq!((row.lost_by_operator, row.lost_by_producer), (Quantity::ZERO, Quantity::ZERO));
        store.check().await;
    }
}

/// Two were sold that the book did not have; five are on the shelf. The sold ones are covered first, and what is left is sold out of
/// the lot that it lies in.
#[tokio::test]
async fn what_is_beyond_the_book_covers_what_was_sold_before_it_came() {
    let store = TestStore::closed(pos::Config::default()).await;
    store.open_shift().await;
    store.sell(SAUCE).await;
    store.sell(SAUCE).await;
    begin(&store).await;
    count_twice(&store, SAUCE_NAME, 3).await;
    assert_eq!(state_of(&store, SAUCE_NAME).await, (3, -2, None));
    assert_eq!(close_now(&store).await, (1, 1));
    let found = lots(&store, SAUCE_NAME).await;
    assert_eq!(found.iter().map(|lot| lot.1).collect::<Vec<_>>(), [3_000], "no delivery was ever entered");
    let sale_id = store.sell(SAUCE).await;
    let sale: String = sqlx::query_scalar("select shared from entries where sale_id = $1")
        .bind(sale_id)
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    let sale: Sale = serde_json::from_str(&sale).unwrap();
    assert_eq!(
        (sale.lines[0].lot, sale.lines[0].unreceived),
        (found[0].0, true),
        "as the rules of entries ask"
    );
    // With a delivery: one is sold from nothing, then four come, of which one covers it; six are counted.
    store.sell(SAUCE).await;
    store.sell(SAUCE).await;
    store.sell(SAUCE).await;
    store.receive(SAUCE_NAME, 4, None).await;
    begin(&store).await;
    count_twice(&store, SAUCE_NAME, 6).await;
    close_now(&store).await;
    let newest = lots(&store, SAUCE_NAME).await;
    assert_eq!(newest.iter().map(|lot| lot.1).collect::<Vec<_>>(), [6_000], "the newest lot has them");
    assert_ne!(newest[0].0, found[0].0);
    store.check().await;
}

/// What nobody counted stays, unless somebody says that it is gone.
#[tokio::test]
async fn what_was_not_counted_is_gone_only_when_somebody_says_so() {
    let (store, other) = counting().await;
    count(&store, SAUCE_NAME, "Kệ 1", 10).await;
    assert_eq!(figures(&store).await.uncounted.len(), 1);
    assert_eq!(close_now(&store).await, (1, 0));
    assert_eq!(on_shelf(&store, GARLIC_NAME).await, 10_000);
    begin(&store).await;
    let all = Closing { takes_uncounted: true, ..closing(&store).await };
    // Sales go on, and what is sold is not missing.
    sell(&store, &other, GARLIC, 1).await;
    let closed = told(close(&store, &all).await);
    assert!(matches!(closed, Counting::StocktakeClosed { products: 2, wrong: 2, .. }), "{closed:?}");
    assert_eq!((on_shelf(&store, GARLIC_NAME).await, on_shelf(&store, SAUCE_NAME).await), (0, 0));
    assert_eq!(at(&store, GARLIC_NAME, Location::Waste).await, 9_000);
    assert_eq!(store.balance("losses").await, 9 * DUE);
    store.check().await;
}

/// Twelve boxes come while the page is open: they are not gone, and the page tells of them.
#[tokio::test]
async fn what_came_meanwhile_is_not_taken_as_gone() {
    let (store, other) = counting().await;
    count(&store, SAUCE_NAME, "Kệ 1", 10).await;
    let shown = Closing { takes_uncounted: true, ..closing(&store).await };
    let came = async || -> Vec<(i64, i64)> {
        let uncounted = figures(&store).await.uncounted;
        uncounted.iter().map(|row| (row.expected_milli, row.came_milli)).collect()
    };
    assert_eq!(came().await, [(10_000, 0)], "what came before the stocktake is no news");
    store.receive(GARLIC_NAME, 12, Some(PRODUCER)).await;
    assert_eq!(told(close(&store, &shown).await), Counting::CountsChanged);
    assert_eq!(on_shelf(&store, GARLIC_NAME).await, 22_000);
    sell(&store, &other, GARLIC, 1).await;
    assert_eq!(came().await, [(21_000, 12_000)]);
    // They stay when what nobody counted stays.
    let closed = told(close(&store, &Closing { takes_uncounted: false, ..shown }).await);
    assert!(matches!(closed, Counting::StocktakeClosed { products: 1, wrong: 0, .. }), "{closed:?}");
    assert_eq!((on_shelf(&store, GARLIC_NAME).await, store.balance("losses").await), (21_000, 0));
    begin(&store).await;
    assert_eq!(came().await, [(10_000, 0), (21_000, 0)], "in the next one it is no news");
    store.check().await;
}

#[tokio::test]
async fn a_stocktake_is_closed_once_with_the_figures_that_were_shown() {
    let (store, other) = counting().await;
    let nothing = closing(&store).await;
    assert_eq!(told(close(&store, &nothing).await), Counting::NothingCounted);
    count(&store, SAUCE_NAME, "Kệ 1", 9).await;
    let shown = closing(&store).await;
    let alone = Closing { word: Word::default(), ..shown.clone() };
    assert_eq!(close(&store, &alone).await.note, Note::ManagerNeeded);
    let another = Closing { stocktake_id: id_of("another"), ..shown.clone() };
    assert_eq!(told(close(&store, &another).await), Counting::NoStocktake);
    // Somebody types another number; a delivery of something new only matters when what was not counted is taken as gone.
    count(&store, SAUCE_NAME, "Kệ 1", 10).await;
    assert_eq!(told(close(&store, &shown).await), Counting::CountsChanged);
    let shown = closing(&store).await;
    store.receive(CINNAMON, 5, None).await;
    let all = Closing { takes_uncounted: true, ..shown.clone() };
    assert_eq!(told(close(&store, &all).await), Counting::CountsChanged);
    sell(&store, &other, SAUCE, 1).await;
    assert_eq!(entries(&store).await.len(), 0, "nothing of all this is in the journal");
    // Sent twice it is closed once.
    let op = store.op();
    let first = stocktake_close::close(&store.app, &store.seat, &op, &shown).await.unwrap();
    assert!(matches!(told(first), Counting::StocktakeClosed { products: 1, wrong: 0, .. }));
    let second = stocktake_close::close(&store.app, &store.seat, &op, &shown).await.unwrap();
    assert_eq!(second.note, Note::Ready);
    assert_eq!(told(close(&store, &shown).await), Counting::NoStocktake);
    assert_eq!((entries(&store).await.len(), on_shelf(&store, SAUCE_NAME).await), (1, 9_000));
    store.check().await;
}

#[tokio::test]
async fn a_stocktake_that_is_given_up_leaves_the_book_as_it_was() {
    let (store, _) = counting().await;
    count(&store, SAUCE_NAME, "Kệ 1", 3).await;
    let id = figures(&store).await.stocktake.stocktake_id;
    let give_up =
        async |id| told(stocktake::give_up(&store.app, &store.seat, &store.op(), id).await.unwrap());
    assert_eq!(give_up(id_of("another")).await, Counting::NoStocktake);
    assert_eq!(give_up(id).await, Counting::StocktakeGivenUp);
    assert_eq!(give_up(id).await, Counting::NoStocktake);
    assert_eq!((entries(&store).await.len(), on_shelf(&store, SAUCE_NAME).await), (0, 10_000));
    // The next one begins with nothing.
    begin(&store).await;
    assert_eq!(figures(&store).await.counted, []);
    store.check().await;
}

/// Goods outside the programme stay in the private part; everybody counts without an open shift.
#[tokio::test]
async fn what_is_outside_the_programme_stays_in_the_store() {
    let store = TestStore::closed(pos::Config::default()).await;
    store.receive(SAUCE_NAME, 10, None).await;
    let mut tx = store.app.db().begin().await.unwrap();
    let outside = sqlx::query("update products set in_catalogue = 0 where product_id = $1");
    outside.bind(id_of(SAUCE_NAME)).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    begin(&store).await;
    count(&store, SAUCE_NAME, "Kệ 1", 9).await;
    close_now(&store).await;
    let (entry, private) = entries(&store).await.pop().unwrap();
    let private: GoodsCountPrivate = serde_json::from_str(&private).unwrap();
    assert_eq!((entry.products.len(), private.products.len()), (0, 1), "{private:?}");
    assert_eq!(on_shelf(&store, SAUCE_NAME).await, 9_000);
    store.check().await;
}
