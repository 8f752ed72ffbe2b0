//! The makers of the garlic come to the counter, agree on terms, and are paid.
#![expect(clippy::expect_used, reason = "a payment that cannot be made is a failed test")]

use central::db::producers;
use domain::consignment::{Basis, Bearer, Terms};
use domain::contract::{Clauses, end_of};
use domain::ids::ProducerId;
use domain::{Money, Rate};
use pos::counter::Note;
use pos::counter::agreement::{self, Agreement};
use pos::counter::approval::Word;
use pos::counter::correction::{Change, Correction, correct};
use pos::counter::note::{Contracting, Settling};
use pos::counter::settlement::{Means, Open, Payout, pay_producer};
use pos::db::cashiers;
use receipts::language::Language;
use testkit::catalogue::PIN;
use testkit::store::TestStore;
use testkit::world::World;
use time::Date;

/// Returns who makes the garlic.
pub async fn producer(world: &World) -> ProducerId {
    let found = producers::search(&world.central.db, "toi den", 1).await.expect("a search");
    found.first().expect("the makers of the garlic").id
}

/// Pays them in cash: with a settlement, or without.
pub async fn pay(world: &World, store: &TestStore, vnd: i64, settles: bool) {
    let note = ask_to_pay(world, store, vnd, settles).await;
    let done = [
        matches!(note, Note::Settling(Settling::SettlementClosed { .. })),
        matches!(note, Note::Settling(Settling::ProducerPaid { .. })),
    ];
    assert_eq!(done, [settles, !settles], "{note:?}");
}

/// Asks for the same; returns what the counter says to it.
pub async fn ask_to_pay(world: &World, store: &TestStore, vnd: i64, settles: bool) -> Note {
    let producer_id = producer(world).await;
    let mut connection = store.app.db().read().acquire().await.expect("an answer");
    let shown = Open::load(&mut connection, producer_id)
        .await
        .expect("an answer")
        .account
        .balance()
        .expect("an answer");
    drop(connection);
    let payout = Payout {
        producer_id,
        settles,
        amount: Money::new(vnd),
        means: Means::Cash,
        shown,
        language: Language::Vi,
        word: manager_word(store).await,
    };
    pay_producer(&store.app, &store.seat, &store.op(), &payout).await.expect("an answer").note
}

/// Puts one of their papers right: they are owed so much more or less, or so much of a payment came back. Returns what the counter says.
pub async fn put_right(store: &TestStore, number: &str, change: Change, vnd: i64) -> Note {
    let correction = Correction {
        number: number.to_owned(),
        change,
        amount: Money::new(vnd),
        reason: "Tính nhầm".to_owned(),
        language: Language::Vi,
        word: manager_word(store).await,
    };
    correct(&store.app, &store.seat, &store.op(), &correction).await.expect("an answer").note
}

/// Returns a manager's leave.
async fn manager_word(store: &TestStore) -> Word {
    let people = cashiers::list_active(store.app.db().read()).await.expect("an answer");
    let manager_id = people.iter().find(|person| person.is_manager()).map(|person| person.cashier_id.into());
    Word { manager_id, pin: PIN.to_owned() }
}

/// Ends the contract with them at the counter, from a day on.
pub async fn end(world: &World, store: &TestStore, from: Date) {
    let terms = end_of(store.app.clock().new_uuid().into(), (producer(world).await, None), from);
    let agreement = Agreement { terms, language: Language::Vi, word: manager_word(store).await };
    let state = agreement::agree(&store.app, &store.seat, &store.op(), &agreement).await.expect("an answer");
    assert!(
        matches!(state.note, Note::Settling(Settling::Contracting(Contracting::TermsEnded { .. }))),
        "{:?}",
        state.note
    );
}

/// Agrees with them at the counter: so many percent from a day on, and usual clauses.
pub async fn agree(world: &World, store: &TestStore, percent: u8, valid_from: Date) -> Terms {
    let terms = Terms {
        id: store.app.clock().new_uuid().into(),
        producer_id: producer(world).await,
        product_id: None,
        commission: Rate::percent(percent),
        basis: Basis::Gross,
        discount_bearer: Bearer::Store,
        valid_from,
        clauses: Clauses {
            return_days: Some(3),
            shrinkage: Rate::percent(2),
            loss_bearer: Some(Bearer::Store),
            expiry_bearer: Some(Bearer::Producer),
            agreed_after_days: Some(7),
            ..Clauses::default()
        },
    };
    let agreement = Agreement { terms, language: Language::Vi, word: manager_word(store).await };
    let state = agreement::agree(&store.app, &store.seat, &store.op(), &agreement).await.expect("an answer");
    assert!(
        matches!(state.note, Note::Settling(Settling::Contracting(Contracting::TermsAgreed { .. }))),
        "{:?}",
        state.note
    );
    terms
}
