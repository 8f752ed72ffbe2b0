//! Contracts that end: what holds from that day on, and that a till goes on selling.

use domain::consignment::{Terms, contract_on};
use domain::contract::{Clauses, end_of};
use domain::ids::ProductId;
use pos::counter::Note;
use pos::counter::approval::Word;
use pos::counter::note::{Contracting, Settling};
use pos::counter::slip;
use pos::maintenance::rebuild;
use protocol::Kind;
use protocol::payload::Payload;
use protocol::wire::{CatalogueRow, TermsRow};
use receipts::slip::SlipBody;
use testkit::catalogue::{Catalogue, id_of, manager_word};
use testkit::store::TestStore;
use time::Duration;

use super::{
    GARLIC, GARLIC_NAME, PRODUCER, agreed, entries, frozen, known, newest, next_day, terms_of, today,
    try_to_agree,
};

/// Ends the contract for one product or for all, some days from today on; returns what is told.
async fn ended(store: &TestStore, product: Option<&str>, days: i64, word: Word) -> Note {
    let product_id = product.map(|name| ProductId::from_uuid(id_of(name)));
    let id = store.app.clock().new_uuid().into();
    let end = end_of(id, (id_of(PRODUCER).into(), product_id), today(store) + Duration::days(days));
    try_to_agree(store, end, word).await.note
}

/// The number of the paper of an end that was made.
fn paper_of(note: &Note) -> String {
    let Note::Settling(Settling::Contracting(Contracting::TermsEnded { voucher })) = note else {
        panic!("{note:?}")
    };
    voucher.clone()
}

#[tokio::test]
async fn the_next_one_in_rank_holds_from_the_day_of_an_end() {
    let store = TestStore::new().await;
    let product_id = Some(id_of(GARLIC_NAME).into());
    let of_garlic = Terms { product_id, ..terms_of(&store, 30, Clauses::default()) };
    agreed(&store, of_garlic).await;
    let voucher = paper_of(&ended(&store, Some(GARLIC_NAME), 1, manager_word()).await);
    paper_of(&ended(&store, None, 2, manager_word()).await);
    let (_, paper) = slip::find_by_number(&store.app, &voucher).await.unwrap().unwrap();
    let SlipBody::Agreement(paper) = paper.body else { panic!("{paper:?}") };
    assert_eq!(paper.product, GARLIC_NAME);
    assert!(paper.clauses.len() == 1 && paper.clauses[0].contains("kết thúc từ ngày này"), "{paper:?}");
    let Payload::Terms(told) = newest(&store, Kind::Terms).await else { panic!("no terms") };
    assert!(told.terms.ends && told.terms.commission_ppm == 120_000, "it repeats what it ends: {told:?}");
    store.sell(GARLIC).await;
    assert_eq!(frozen(&store).await.1, 300_000, "until its last day");
    next_day(&store, 1).await;
    store.sell(GARLIC).await;
    assert_eq!(frozen(&store).await, (Some(id_of(&format!("terms {PRODUCER}"))), 120_000));
    // As without any contract: goods on the shelf are sold, and nothing is kept from the producer.
    next_day(&store, 1).await;
    let owed = store.balance("producer_due").await;
    store.sell(GARLIC).await;
    assert_eq!(frozen(&store).await, (None, 0));
    assert_eq!(store.balance("producer_due").await, owed - 280_000);
    // Another one begins it anew.
    agreed(&store, terms_of(&store, 15, Clauses::default())).await;
    store.sell(GARLIC).await;
    assert_eq!(frozen(&store).await.1, 150_000);
    let before = known(&store).await;
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(known(&store).await, before);
    store.check().await;
}

#[tokio::test]
async fn only_what_is_in_force_ends_and_only_by_a_managers_word() {
    let store = TestStore::new().await;
    let before = entries(&store).await;
    let day = web::format::date_text(today(&store));
    for (product, days, word, note) in [
        (None, 0, Word::default(), Note::ManagerNeeded),
        (Some(GARLIC_NAME), 0, manager_word(), Contracting::NothingToEnd.into()),
        (None, -1, manager_word(), Contracting::TermsTooEarly { day }.into()),
    ] {
        assert_eq!(ended(&store, product, days, word).await, note);
    }
    assert_eq!(entries(&store).await, before);
    paper_of(&ended(&store, None, 0, manager_word()).await);
    let again = ended(&store, None, 3, manager_word()).await;
    assert_eq!(again, Note::from(Contracting::NothingToEnd), "it has ended");
    store.check().await;
}

/// A central that knows no ends tells it back as one more version: here it stays an end.
#[tokio::test]
async fn an_end_stays_one_when_it_is_told_back_without() {
    let store = TestStore::new().await;
    paper_of(&ended(&store, None, 0, manager_word()).await);
    let end = known(&store).await.into_iter().find(|terms| terms.clauses.ends).unwrap();
    let row = TermsRow { ends: false, ..TermsRow::from(&end) };
    store.load(&Catalogue::default().row(CatalogueRow::Terms(row))).await;
    let held =
        contract_on(&known(&store).await, id_of(PRODUCER).into(), id_of(GARLIC_NAME).into(), today(&store));
    assert_eq!(held, None);
    store.check().await;
}
