//! VAT on commission is dated: each sale freezes the rate of its business date, without a network.

use time::macros::date;

use super::*;

const HOUR_MS: i64 = 3_600_000;

/// The VAT on commission that the newest sale froze, parts per million.
async fn frozen_tax(store: &TestStore) -> u32 {
    let Payload::Sale(sale) = newest(store, Kind::Sale).await else { panic!("no sale") };
    sale.lines[0].terms.as_ref().unwrap().commission_tax_ppm
}

#[tokio::test]
async fn a_sale_freezes_the_rate_of_its_business_date() {
    let store = TestStore::new().await;
    store.sell(GARLIC).await;
    assert_eq!(frozen_tax(&store).await, 80_000, "central told one rate so far");
    let dated = [(date!(2020 - 01 - 01), 80_000), (date!(2027 - 01 - 01), 100_000)];
    store.load(&Catalogue::default().commission_taxes(id_of("store"), &dated)).await;
    store.sell(GARLIC).await;
    assert_eq!(frozen_tax(&store).await, 80_000, "what begins later does not hold yet");

    next_day(&store, 38).await;
    assert_eq!(today(&store), date!(2026 - 12 - 31));
    let owed = store.balance("producer_due").await;
    store.sell(GARLIC).await;
    assert_eq!(frozen_tax(&store).await, 80_000);
    let eve = store.balance("producer_due").await - owed;
    // Two in the morning: the shift of the old year still sells.
    store.clock.advance(18 * HOUR_MS);
    assert_eq!(today(&store), date!(2027 - 01 - 01));
    store.sell(GARLIC).await;
    assert_eq!(frozen_tax(&store).await, 80_000);

    next_day(&store, 0).await;
    let owed = store.balance("producer_due").await;
    store.sell(GARLIC).await;
    assert_eq!(frozen_tax(&store).await, 100_000);
    // 12 % of 280.000 ₫ are 33.600 ₫; of them 8 % are 2.688 ₫, and 10 % are 3.360 ₫.
    let new_year = store.balance("producer_due").await - owed;
    assert_eq!((eve.abs(), new_year.abs()), (243_712, 243_040));
    store.check().await;
}
