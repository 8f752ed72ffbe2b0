//! The makers of the garlic come to the counter and are paid.
#![expect(clippy::expect_used, reason = "a payment that cannot be made is a failed test")]

use central::db::producers;
use domain::Money;
use domain::ids::ProducerId;
use pos::counter::Note;
use pos::counter::approval::Word;
use pos::counter::note::Settling;
use pos::counter::settlement::{Open, Payout, pay_producer};
use pos::db::cashiers;
use receipts::language::Language;
use testkit::catalogue::PIN;
use testkit::store::TestStore;
use testkit::world::World;

/// Returns who makes the garlic.
pub async fn producer(world: &World) -> ProducerId {
    let found = producers::search(&world.central.db, "toi den", 1).await.expect("a search");
    found.first().expect("the makers of the garlic").id
}

/// Pays them in cash: with a settlement, or without.
pub async fn pay(world: &World, store: &TestStore, vnd: i64, settles: bool) {
    let producer_id = producer(world).await;
    let mut connection = store.app.db().read().acquire().await.expect("an answer");
    let shown = Open::load(&mut connection, producer_id)
        .await
        .expect("an answer")
        .account
        .balance()
        .expect("an answer");
    drop(connection);
    let people = cashiers::list_active(store.app.db().read()).await.expect("an answer");
    let manager_id = people.iter().find(|person| person.is_manager()).map(|person| person.cashier_id.into());
    let payout = Payout {
        producer_id,
        settles,
        amount: Money::new(vnd),
        is_cash: true,
        shown,
        language: Language::Vi,
        word: Word { manager_id, pin: PIN.to_owned() },
    };
    let state = pay_producer(&store.app, &store.seat, &store.op(), &payout).await.expect("an answer");
    let done = [
        matches!(state.note, Note::Settling(Settling::SettlementClosed { .. })),
        matches!(state.note, Note::Settling(Settling::ProducerPaid { .. })),
    ];
    assert_eq!(done, [settles, !settles], "{:?}", state.note);
}
