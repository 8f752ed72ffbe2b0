//! Settings of e-invoices: what stores learn, and that no number belongs to two of them.

use central::admin::NewOperator;
use central::db::Db;
use central::db::catalogue;
use central::db::invoices::OperatorInvoices;
use domain::Rate;
use domain::ids::{OperatorId, StoreId};
use protocol::wire::{CataloguePage, InvoiceRow, StoreRow};

use crate::support::{World, new_store};

testkit::on_both_engines!(
    a_store_learns_how_to_make_invoices,
    no_number_is_given_twice,
    settings_that_cannot_be_are_refused
);

fn settings(operator_id: OperatorId) -> OperatorInvoices {
    let text = str::to_owned;
    OperatorInvoices {
        operator_id,
        duty: text("by_legal_form"),
        symbol: text("1C26MAA"),
        authority_chars: text("VZQYY"),
        form_version: text("2.0.1"),
        cutoff_min: 1_435,
        provider: text("Nhà cung cấp"),
        provider_tax_number: text("0100109106"),
        lookup_url: text("https://tracuu.example"),
    }
}

/// Returns what the feed tells a store of itself.
async fn told(world: &World, store: StoreId) -> StoreRow {
    let page = catalogue::page(&world.app.db, world.app.epoch, (store, world.operator), 0, 1_000)
        .await
        .unwrap()
        .unwrap();
    let page: CataloguePage = serde_json::from_str(&serde_json::to_string(&page).unwrap()).unwrap();
    let row = page
        .changes
        .into_iter()
        .rev()
        .find(|change| change.kind == "store" && change.id == store.to_string());
    serde_json::from_value(row.unwrap().body.unwrap()).unwrap()
}

async fn a_store_learns_how_to_make_invoices(db: Db) {
    let world = World::new(db).await;
    assert_eq!(told(&world, world.store).await.invoice, None);
    world.admin.set_invoices(&settings(world.operator)).await.unwrap();
    assert_eq!(told(&world, world.store).await.invoice, None, "it has no numbers yet");
    world.admin.give_numbers(world.store, 1, 1_000_000).await.unwrap();
    let expected = InvoiceRow {
        legal_status: "cooperative".to_owned(),
        duty: "by_legal_form".to_owned(),
        seller: "Hợp tác xã Lý Sơn".to_owned(),
        symbol: "1C26MAA".to_owned(),
        authority_chars: "VZQYY".to_owned(),
        number_first: 1,
        number_last: 1_000_000,
        form_version: "2.0.1".to_owned(),
        cutoff_min: 1_435,
        provider: "Nhà cung cấp".to_owned(),
        provider_tax_number: "0100109106".to_owned(),
        lookup_url: "https://tracuu.example".to_owned(),
    };
    assert_eq!(told(&world, world.store).await.invoice, Some(Box::new(expected.clone())));
    assert_eq!(told(&world, world.other_store).await.invoice, None, "its neighbour has no numbers");
    // Another decision reaches the stores of the operator at once.
    let never = OperatorInvoices { duty: "never".to_owned(), cutoff_min: 1_380, ..settings(world.operator) };
    world.admin.set_invoices(&never).await.unwrap();
    let changed = InvoiceRow { duty: "never".to_owned(), cutoff_min: 1_380, ..expected };
    assert_eq!(told(&world, world.store).await.invoice, Some(Box::new(changed)));
}

async fn no_number_is_given_twice(db: Db) {
    let world = World::new(db).await;
    let give = async |store: StoreId, first: i64, last: i64| {
        world.clock.advance(1_000);
        world.admin.give_numbers(store, first, last).await
    };
    let refused = give(world.store, 1, 9).await.unwrap_err().to_string();
    assert!(refused.contains("operator invoices"), "{refused}");
    world.admin.set_invoices(&settings(world.operator)).await.unwrap();
    give(world.store, 100, 199).await.unwrap();
    give(world.other_store, 200, 299).await.unwrap();
    for (store, first, last, fits, why) in [
        (world.other_store, 150, 160, false, "inside another store's"),
        (world.other_store, 1, 100, false, "its first number"),
        (world.store, 100, 200, false, "grows into another store's"),
        (world.store, 100, 150, false, "what was given may be in use"),
        (world.other_store, 200, 400, true, "the end moves up"),
        (world.store, 0, 50, false, "zero is no number"),
        (world.store, 1, 50, true, "a new range"),
        (world.store, 100, 199, false, "its own of before"),
        (world.other_store, 120, 130, false, "another store's of before"),
    ] {
        assert_eq!(give(store, first, last).await.is_ok(), fits, "{why}");
    }
    let range = |row: StoreRow| row.invoice.map(|row| (row.number_first, row.number_last));
    assert_eq!(range(told(&world, world.store).await), Some((1, 50)));
    assert_eq!(range(told(&world, world.other_store).await), Some((200, 400)));
    // Another operator has another code of the tax authority, so its numbers are its own.
    let household = household(&world).await;
    let symbol = "2C26MAA".to_owned();
    world.admin.set_invoices(&OperatorInvoices { symbol, ..settings(household) }).await.unwrap();
    let shop = world.admin.add_store(&new_store(household, "DP")).await.unwrap();
    give(shop, 100, 199).await.unwrap();
}

async fn settings_that_cannot_be_are_refused(db: Db) {
    let world = World::new(db).await;
    let usual = || settings(world.operator);
    let household = household(&world).await;
    for (row, word) in [
        (OperatorInvoices { symbol: "1C26TAA".to_owned(), ..usual() }, "symbol"),
        (OperatorInvoices { authority_chars: "VZQ".to_owned(), ..usual() }, "authority"),
        (OperatorInvoices { duty: "sometimes".to_owned(), ..usual() }, "duty"),
        (OperatorInvoices { cutoff_min: 1_440, ..usual() }, "cut-off"),
        (OperatorInvoices { provider_tax_number: "0100109107".to_owned(), ..usual() }, "tax number"),
        (OperatorInvoices { lookup_url: "x".repeat(201), ..usual() }, "settings"),
        (settings(household), "symbol"),
    ] {
        let refused = world.admin.set_invoices(&row).await.unwrap_err().to_string();
        assert!(refused.starts_with(word), "{word}: {refused}");
    }
    let nobody = settings(world.app.clock.new_uuid().into());
    world.admin.set_invoices(&nobody).await.unwrap_err();
}

async fn household(world: &World) -> OperatorId {
    let new = NewOperator {
        name: "Hộ kinh doanh Bình".to_owned(),
        legal_status: "household".to_owned(),
        tax_number: String::new(),
        commission_tax: Rate::ZERO,
    };
    world.admin.add_operator(&new).await.unwrap()
}
