//! A stocktake of more than one entry can hold.

use std::collections::BTreeSet;

use testkit::catalogue::Catalogue;

use super::closing::slip;
use super::*;

/// More products than an entry holds, and more changes of lots.
const PRODUCTS: usize = 2_100;
const PRODUCER: &str = "Tỏi đen Lý Sơn";

fn name(number: usize) -> String {
    format!("Tỏi đen túi {number}")
}

/// A store that sells 2,100 consigned products and has begun to count.
async fn counting_many() -> TestStore {
    let store = TestStore::closed(pos::Config::default()).await;
    let mut rows = Catalogue::default();
    for number in 0..PRODUCTS {
        rows = rows.product(&name(number), &format!("20{number:011}"), 30_000, Some(PRODUCER));
    }
    store.load(&rows).await;
    begin(&store).await;
    store
}

/// Each has one piece that the book does not know; in the next one all of them are gone. Nobody has to count again.
#[tokio::test]
async fn a_stocktake_of_any_size_is_closed() {
    let store = counting_many().await;
    for number in 0..PRODUCTS {
        count(&store, &name(number), "Kệ 1", 1).await;
    }
    let told_first = told(close(&store, &closing(&store).await).await);
    let Counting::StocktakeClosed { vouchers, products, wrong } = told_first else {
        panic!("{told_first:?}")
    };
    assert_eq!((products, wrong, vouchers.len()), (PRODUCTS, PRODUCTS, 3));
    assert_eq!(vouchers.iter().collect::<BTreeSet<_>>().len(), 3, "no two papers share a number");
    let told_of: Vec<(usize, String)> =
        entries(&store).await.into_iter().map(|(entry, _)| (entry.products.len(), entry.voucher)).collect();
    assert_eq!(told_of.iter().map(|(products, _)| *products).collect::<Vec<_>>(), [800, 800, 500]);
    assert_eq!(told_of.into_iter().map(|(_, voucher)| voucher).collect::<Vec<_>>(), vouchers);
    let last = slip(&store, &vouchers[2]).await;
    assert_eq!((last.part.as_str(), last.products, last.lines.len()), ("3/3", 500, 500));
    assert_eq!((on_shelf(&store, &name(0)).await, on_shelf(&store, &name(2_099)).await), (1_000, 1_000));
    // All gone, and the store pays: 30.000 ₫ less 12 % and 8 % on that, each.
    begin(&store).await;
    let all = Closing { takes_uncounted: true, ..closing(&store).await };
    let told_second = told(close(&store, &all).await);
    assert!(
        matches!(&told_second, Counting::StocktakeClosed { products: PRODUCTS, wrong: PRODUCTS, vouchers } if vouchers.len() == 3),
        "{told_second:?}"
    );
    assert_eq!((on_shelf(&store, &name(0)).await, on_shelf(&store, &name(2_099)).await), (0, 0));
    assert_eq!(store.balance("losses").await, 2_100 * (30_000 - 3_600 - 288));
    let largest: i64 = sqlx::query_scalar("select max(length(shared)) from entries")
        .fetch_one(store.app.db().read())
        .await
        .unwrap();
    assert!(largest < 200 * 1024, "{largest}: room for the longest numbers");
    store.check().await;
}

/// What has no difference takes little room: a thousand of it are one entry.
#[tokio::test]
async fn as_many_as_an_entry_holds_are_one_paper() {
    let store = counting_many().await;
    for number in 0..1_000 {
        count(&store, &name(number), "Kệ 1", 0).await;
    }
    assert_eq!(close_now(&store).await, (1_000, 0));
    let [(entry, _)] = entries(&store).await.try_into().unwrap();
    assert_eq!(slip(&store, &entry.voucher).await.part, "");
    store.check().await;
}
