//! Goods between two stores, packed anew, given back and counted: the acts of a manager at a till.
#![expect(clippy::expect_used, clippy::panic, reason = "an act that cannot be done is a failed test")]

use std::collections::BTreeMap;

use domain::Quantity;
use domain::ids::{LotId, ProductId};
use domain::removal::Cause;
use pos::counter::approval::Word;
use pos::counter::note::{Counting, Delivering};
use pos::counter::removal::{self, LossBearer, Removal};
use pos::counter::repack::{self, NewPacks, Repacking};
use pos::counter::stocktake::{self, Count, HowMuch};
use pos::counter::stocktake_close::{self, Closing, Figures};
use pos::counter::transfer::{self, Sending};
use pos::counter::transfer_in::{self, TakingIn};
use pos::counter::{CounterState, Note};
use pos::db::lots::{self, Listed};
use pos::db::{cashiers, transfers};
use receipts::language::Language;
use testkit::catalogue::PIN;
use testkit::store::TestStore;

use crate::books;

/// Returns the word of the store's manager.
pub async fn word(store: &TestStore) -> Word {
    let people = cashiers::list_active(store.app.db().read()).await.expect("an answer");
    let manager_id = people.iter().find(|person| person.is_manager()).map(|person| person.cashier_id.into());
    Word { manager_id, pin: PIN.to_owned() }
}

/// Returns the lot that the shelf has most of.
pub async fn lot(store: &TestStore, product_id: ProductId) -> LotId {
    let listed = Listed::Product(product_id);
    let lots = lots::list_lots(store.app.db().read(), listed, 50).await.expect("an answer");
    let most = lots.iter().max_by_key(|lot| lot.quantity_milli).expect("a lot");
    most.lot_id.into()
}

/// Sends goods to another store; returns the number on their paper.
pub async fn send(from: &TestStore, to: &TestStore, goods: &[(ProductId, i64)]) -> String {
    let mut chosen = Vec::new();
    for (product_id, milli) in goods {
        chosen.push((lot(from, *product_id).await, Quantity::from_milli(*milli)));
    }
    let sending = Sending {
        to: books::id_of(to).await.uuid(),
        lots: chosen,
        reason: String::new(),
        language: Language::Vi,
        word: word(from).await,
    };
    let state = transfer::send(&from.app, &from.seat, &from.op(), &sending).await.expect("an answer");
    match state.note {
        Note::Delivering(Delivering::Sent { voucher, .. }) => voucher,
        other => panic!("{other:?}"),
    }
}

/// Counts what came of a transfer, of which these products are not as sent; the store bears what is missing.
pub async fn take_in(store: &TestStore, number: &str, differing: &[(ProductId, i64)]) -> CounterState {
    let own = books::id_of(store).await.uuid();
    let mut reader = store.app.db().read().acquire().await.expect("a connection");
    let open = transfer_in::find_open(&mut reader, own, number).await.expect("an answer");
    drop(reader);
    let differing: BTreeMap<ProductId, i64> = differing.iter().copied().collect();
    let lines = open.map(|open| open.sent.lines).unwrap_or_default();
    let arrived = lines.iter().map(|line| {
        let milli = differing.get(&line.product.into()).copied().unwrap_or(line.quantity);
        (LotId::from_uuid(line.lot), Quantity::from_milli(milli))
    });
    let taking = TakingIn {
        transfer: number.to_owned(),
        arrived: arrived.collect(),
        bearer: LossBearer::Store,
        reason: String::new(),
        language: Language::Vi,
        word: word(store).await,
    };
    transfer_in::take_in(&store.app, &store.seat, &store.op(), &taking).await.expect("an answer")
}

/// Returns how many of a store's own transfers nobody has taken in, as far as it was told.
pub async fn under_way(store: &TestStore) -> usize {
    let own = books::id_of(store).await.uuid();
    let mut reader = store.app.db().read().acquire().await.expect("a connection");
    let told = transfers::load_told(&mut reader).await.expect("an answer");
    let sent = transfers::list_sent(&mut reader, (own, &told), 50).await.expect("an answer");
    sent.iter().filter(|sent| sent.taken_by.is_none()).count()
}

/// Packs kilograms of a product that is sold by weight into packs; what is left of the weight is lost.
pub async fn repack(
    store: &TestStore,
    (from, kilograms): (ProductId, i64),
    (into, packs, grams_each): (ProductId, i64, i64),
) -> CounterState {
    let loss = Quantity::from_milli(kilograms * 1_000 - packs * grams_each);
    let new = NewPacks {
        product_id: into,
        quantity: Quantity::pieces(packs),
        each: Some(Quantity::from_milli(grams_each)),
        code: String::new(),
    };
    let repacking = Repacking {
        lot_id: lot(store, from).await,
        quantity: Quantity::pieces(kilograms),
        weight: None,
        made: vec![new],
        loss,
        reason: String::new(),
        language: Language::Vi,
        word: word(store).await,
    };
    repack::repack(&store.app, &store.seat, &store.op(), &repacking).await.expect("an answer")
}

/// Gives goods back to whoever delivered them.
pub async fn give_back(store: &TestStore, product_id: ProductId, pieces: i64) {
    let home = Removal {
        cause: Cause::Returned,
        bearer: LossBearer::Store,
        lots: vec![(lot(store, product_id).await, Quantity::pieces(pieces))],
        reason: String::new(),
        language: Language::Vi,
        word: Word::default(),
    };
    let state = removal::remove(&store.app, &store.seat, &store.op(), &home).await.expect("an answer");
    assert!(matches!(state.note, Note::GoodsRemoved { .. }), "{:?}", state.note);
}

/// Counts thousandths of products on the shelves, a second time where that is asked for, and closes the stocktake at the store's cost.
pub async fn count(store: &TestStore, counted: &[(ProductId, i64)]) {
    stocktake::begin(&store.app, &store.seat, &store.op(), "").await.expect("a stocktake");
    for (product_id, milli) in counted {
        let how_much = HowMuch::Exactly(Quantity::from_milli(*milli));
        let count = Count { product_id: *product_id, area: "Kệ 1".to_owned(), how_much };
        stocktake::count(&store.app, &store.seat, &store.op(), &count).await.expect("a count");
        if figures(store).await.count_again() > 0 {
            stocktake::count_again(&store.app, &store.seat, &store.op(), *product_id)
                .await
                .expect("an answer");
            stocktake::count(&store.app, &store.seat, &store.op(), &count).await.expect("a count");
        }
    }
    let figures = figures(store).await;
    let closing = Closing {
        stocktake_id: figures.stocktake.stocktake_id,
        bearer: LossBearer::Store,
        takes_uncounted: false,
        is_pad_entered: true,
        reason: String::new(),
        shown: figures.mark(),
        language: Language::Vi,
        word: word(store).await,
    };
    let state =
        stocktake_close::close(&store.app, &store.seat, &store.op(), &closing).await.expect("an answer");
    assert!(matches!(state.note, Note::Counting(Counting::StocktakeClosed { .. })), "{:?}", state.note);
}

async fn figures(store: &TestStore) -> Figures {
    let mut reader = store.app.db().read().acquire().await.expect("a connection");
    Figures::load(&mut reader).await.expect("an answer").expect("an open stocktake")
}
