//! More rows than any province has, several batches of each statement. `OCOP_IMPORT_ROWS=19999` makes it as many as an import takes.

use central::admin::{Applied, Brought, ListFile};
use central::db::Db;
use central::db::imports::judgements;
use domain::product_list::Outcome;

use super::lists::{defaults, file, layout};
use crate::support::World;

testkit::on_both_engines!(many_rows_are_applied_at_once);

/// A row with its number in every word that must differ.
fn row(number: usize) -> String {
    let (maker, price) = (number / 10, 1_000 + number);
    format!(
        "{number};Sản phẩm thứ {number};HTX số {maker};Xã Ba Tơ;Thực phẩm;4;QĐ {maker}/QĐ-UBND;23/09/2025;{price};Hộp;"
    )
}

async fn many_rows_are_applied_at_once(db: Db) {
    let world = World::new(db).await;
    let count = std::env::var("OCOP_IMPORT_ROWS").ok().and_then(|count| count.parse().ok()).unwrap_or(3_000);
    let rows: Vec<String> = (1..=count).map(row).collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let Brought::New(id) = world.admin.bring_list(file(&rows)).await.unwrap() else { panic!() };
    world.admin.choose_columns(id, &layout(), &defaults()).await.unwrap();
    assert_eq!(world.admin.apply_import(id, &[Outcome::New]).await.unwrap(), Applied::Now(count));
    let products = world.number("select cast(count(*) as bigint) from products").await;
    assert_eq!(products, i64::try_from(count + 3).unwrap());
    let makers = world.number("select cast(count(*) as bigint) from producers").await;
    assert_eq!(makers, i64::try_from(count / 10 + 1 + 2).unwrap());
    // The same rows with other prices: each product is written anew.
    let dearer: Vec<String> = rows.iter().map(|row| row.replace(";Hộp;", "0;Hộp;")).collect();
    let dearer: Vec<&str> = dearer.iter().map(String::as_str).collect();
    let again: ListFile = file(&dearer);
    let Brought::New(id) = world.admin.bring_list(again).await.unwrap() else { panic!() };
    let counts = judgements::counts(&world.app.db, &[id]).await.unwrap();
    assert_eq!(counts[&id][&Outcome::Changed], (i64::try_from(count).unwrap(), 0));
    assert_eq!(world.admin.apply_import(id, &[Outcome::Changed]).await.unwrap(), Applied::Now(count));
}
