//! Until when buyers may bring goods back: food on its day, unless the contract of the sale says otherwise, or a manager does.

use domain::ids::SaleId;
use domain::stock::Location;
use domain::tender::TenderKind;
use pos::counter::refund::{self, Asked, Sold};
use pos::counter::{Request, exchange};

use super::*;

/// The store's own, and food.
const SAUCE: &str = "8938500000027";

fn asked(is_late_allowed: bool, reason: &str) -> Asked {
    Asked {
        rows: Vec::new(),
        back_to: Location::Shelf,
        reason: reason.to_owned(),
        kind: TenderKind::Cash,
        is_late_allowed,
        word: manager_word(),
    }
}

async fn take_back(store: &TestStore, sale_id: Uuid, asked: &Asked) -> Note {
    let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) };
    refund::refund(&store.app, &store.seat, &request, asked).await.unwrap().note
}

async fn last_day(store: &TestStore, sale_id: Uuid) -> Option<Date> {
    let mut connection = store.app.db().read().acquire().await.unwrap();
    let sold = Sold::find(&mut connection, SaleId::from_uuid(sale_id)).await.unwrap().unwrap();
    sold.last_days[0]
}

#[tokio::test]
async fn food_comes_back_on_its_day_or_as_the_contract_says() {
    let store = TestStore::new().await;
    let (of_old, own) = (store.sell(GARLIC).await, store.sell(SAUCE).await);
    let sold_on = today(&store);
    agreed(&store, terms_of(&store, 12, Clauses { return_days: Some(3), ..Clauses::default() })).await;
    let of_new = store.sell(GARLIC).await;
    for (sale_id, days) in [(of_old, 0), (own, 0), (of_new, 3)] {
        assert_eq!(last_day(&store, sale_id).await, Some(sold_on + Duration::days(days)));
    }
    next_day(&store, 1).await;
    let before = entries(&store).await;
    for sale_id in [of_old, own] {
        let note = take_back(&store, sale_id, &asked(false, "Hàng lỗi")).await;
        let Note::Settling(Settling::Contracting(Contracting::ReturnOver { last_day, .. })) = note else {
            panic!("{note:?}")
        };
        assert_eq!(last_day, web::format::date_text(sold_on));
        let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) };
        let note = exchange::start(&store.app, &store.seat, &request, &asked(false, "")).await.unwrap().note;
        assert!(matches!(note, Note::Settling(Settling::Contracting(Contracting::ReturnOver { .. }))));
        assert_eq!(take_back(&store, sale_id, &asked(true, "  ")).await, Contracting::WhyLate.into());
    }
    assert_eq!(entries(&store).await, before);
    // A manager lets it, and says why; within its days nobody has to.
    for (sale_id, asked) in [(of_old, asked(true, "Hộp bị phồng")), (of_new, asked(false, ""))] {
        let note = take_back(&store, sale_id, &asked).await;
        assert!(matches!(note, Note::Refunded { .. }), "{note:?}");
    }
    store.check().await;
}

/// A later contract changes nothing for what was sold before.
#[tokio::test]
async fn the_contract_of_the_sale_counts_and_not_that_of_the_return() {
    let store = TestStore::new().await;
    agreed(&store, terms_of(&store, 12, Clauses { return_days: Some(7), ..Clauses::default() })).await;
    let sale_id = store.sell(GARLIC).await;
    next_day(&store, 5).await;
    agreed(&store, terms_of(&store, 12, Clauses { return_days: Some(0), ..Clauses::default() })).await;
    let note = take_back(&store, sale_id, &asked(false, "")).await;
    assert!(matches!(note, Note::Refunded { .. }), "{note:?}");
    store.check().await;
}
