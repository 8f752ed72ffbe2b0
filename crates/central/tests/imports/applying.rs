//! What a list does to the catalogue: shown first, applied once, and judged again where the catalogue has changed meanwhile.

use std::collections::BTreeMap;

use central::admin::{Applied, Brought};
use central::db::Db;
use central::db::imports::judgements::{self, Judgement};
use central::db::imports::{self, Layout, NewDefaults, Status, find_in};
use central::db::products::{self, Product};
use central::db::{audit, product_facts};
use central::error::Error;
use central::imports::judgement::RowDetail;
use domain::Money;
use domain::catalog::SoldBy;
use domain::ids::ProductId;
use domain::product_list::{Decision, Outcome};
use protocol::wire::CataloguePage;
use serde_json::Value;
use time::macros::date;
use uuid::Uuid;

use super::lists::{bring, defaults, file, layout};
use crate::support::{Till, World};

testkit::on_both_engines!(
    a_list_is_taken_once,
    a_catalogue_that_changed_is_judged_again,
    a_person_says_what_only_looks_the_same,
    the_next_file_of_a_source_is_read_like_the_last,
    the_same_file_twice_is_said,
    what_cannot_be_done_changes_nothing
);

/// The world's garlic raised and renamed, its salt renewed, two new products of one new producer, one wrong row.
const ROWS: [&str; 5] = [
    "1;Tỏi đen Lý Sơn;Công ty Phú Sinh;;;5 sao;QĐ 30/QĐ-UBND;01/06/2026;;;TOI-DEN",
    "2;Sản phẩm MUOI;Diêm dân Sa Huỳnh;;;3;QĐ 31/QĐ-UBND;01/06/2026;;;MUOI",
    "3;Rượu cần Hrê;HTX Ba Tơ;Xã Ba Tơ;Đồ uống;4 sao;QĐ 32/QĐ-UBND;29/02/2024;250.000đ;Chai;",
    "4;Mật ong rừng;HTX Ba Tơ;Xã Ba Tơ;;★★★;QĐ 32/QĐ-UBND;29/02/2024;120 nghìn;kg;MAT-ONG",
    "5;Măng khô;HTX Ba Tơ;;;7 sao;QĐ 32;31/02/2024;;;",
];

async fn rows(world: &World, id: Uuid) -> Vec<Judgement> {
    judgements::list(&world.app.db, id, None, 100, 0).await.unwrap()
}

async fn outcomes(world: &World, id: Uuid) -> Vec<Outcome> {
    rows(world, id).await.into_iter().map(|row| row.outcome).collect()
}

async fn product(world: &World, sku: &str) -> Product {
    let id = products::find_by_sku(&world.app.db, sku).await.unwrap().unwrap_or_else(|| panic!("no {sku}"));
    products::find(&world.app.db, id).await.unwrap().unwrap()
}

/// What stores are told now, by kind and id.
async fn heard(world: &World, till: &Till) -> BTreeMap<(String, String), Value> {
    let path = format!("/sync/v1/catalogue?epoch={}&cursor=0&limit=1000", world.app.epoch);
    let answer = till.get(world, &path, "gzip").await;
    let page: CataloguePage = serde_json::from_slice(&answer.body).unwrap();
    page.changes.into_iter().filter_map(|change| Some(((change.kind, change.id), change.body?))).collect()
}

async fn stars_on(world: &World, id: ProductId, day: time::Date) -> Option<i64> {
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let facts = product_facts::find_on(&mut tx, id, day).await.unwrap().unwrap();
    let sql = central::db::engine::Sql::new("select stars from product_facts where id = ").bind(facts.uuid());
    let (stars,) = tx.one(sql).await.unwrap();
    stars
}

async fn a_list_is_taken_once(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let before = heard(&world, &till).await.len();
    let id = bring(&world, &ROWS).await;
    use Outcome::*;
    assert_eq!(outcomes(&world, id).await, [Raised, Raised, New, New, Wrong]);
    assert_eq!(heard(&world, &till).await.len(), before, "nothing is changed by looking");
    let wrong: RowDetail = serde_json::from_str(&rows(&world, id).await[4].detail).unwrap();
    let reasons: Vec<&str> = wrong.problems.iter().map(|problem| problem.why.as_str()).collect();
    assert_eq!(reasons, ["no_stars", "no_day"]);

    assert_eq!(world.admin.apply_import(id, &Outcome::APPLIED).await.unwrap(), Applied::Now(4));
    let garlic = products::find(&world.app.db, world.garlic.id).await.unwrap().unwrap();
    assert_eq!(
        (garlic.name.as_str(), garlic.price, garlic.price_version),
        ("Tỏi đen Lý Sơn", Money::new(450_000), 1)
    );
    let wine = product(&world, "OC00001").await;
    assert_eq!(
        (wine.unit.as_str(), wine.sold_by, wine.group_code.as_deref()),
        ("Chai", SoldBy::Piece, Some("drink"))
    );
    let honey = product(&world, "MAT-ONG").await;
    assert_eq!(
        (honey.sold_by, honey.price, honey.group_code.as_deref()),
        (SoldBy::Weight, Money::new(120_000), Some("food"))
    );
    assert_eq!(wine.producer_id, honey.producer_id, "one producer is added once");
    for (product, day, stars) in [
        (garlic.id, date!(2026 - 05 - 31), Some(4)),
        (garlic.id, date!(2026 - 06 - 01), Some(5)),
        (world.salt.id, date!(2026 - 11 - 23), Some(3)),
        (wine.id, date!(2027 - 02 - 28), Some(4)),
        // 36 months from a day that the last year has not.
        (wine.id, date!(2027 - 03 - 01), None),
    ] {
        assert_eq!(stars_on(&world, product, day).await, stars, "{product} {day}");
    }
    let told = heard(&world, &till).await;
    let row = &told[&("product".to_owned(), wine.id.to_string())];
    assert_eq!((&row["name"], &row["price"]), (&Value::from("Rượu cần Hrê"), &Value::from(250_000)));
    let maker = wine.producer_id.unwrap().to_string();
    assert_eq!(told[&("producer".to_owned(), maker)]["name"], Value::from("HTX Ba Tơ"));

    // Sent twice it is done once.
    let seq = world.number("select change_seq from catalogue_head").await;
    assert_eq!(world.admin.apply_import(id, &Outcome::APPLIED).await.unwrap(), Applied::Before);
    assert_eq!(world.number("select change_seq from catalogue_head").await, seq);
    // Each product tells what the list did to it, as if somebody had done it by hand.
    let log = audit::list_before(&world.app.db, &audit::Picked::default(), i64::MAX, 11).await.unwrap();
    let acts: Vec<&str> = log.iter().rev().map(|act| act.action.as_str()).collect();
    let (add, recognise) = ("product.add", "product.recognise");
    let expected = ["import.bring", "import.columns", "producer.add", add, add, "product.update"];
    assert_eq!(acts[..6], expected);
    assert_eq!(acts[6..], [recognise, recognise, recognise, recognise, "import.apply"]);
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let of_garlic = audit::list_of(&mut tx, &garlic.id.to_string(), 2).await.unwrap();
    let details: Vec<&str> = of_garlic.iter().map(|act| act.detail.as_str()).collect();
    assert_eq!(details, ["TOI-DEN ocop QĐ 30/QĐ-UBND", "name: Sản phẩm TOI-DEN → Tỏi đen Lý Sơn"]);
    audit::verify(&mut tx).await.unwrap();
    drop(tx);
    let applied: Vec<bool> = rows(&world, id).await.into_iter().map(|row| row.is_applied).collect();
    assert_eq!(applied, [true, true, true, true, false]);
    // The list of the next year that says the same changes nothing.
    let again = bring(&world, &[ROWS[0], ROWS[1], ROWS[2], ROWS[3], "6;;;;;;;;;;"]).await;
    assert_eq!(outcomes(&world, again).await, [Unchanged; 4]);
    world.check_books().await;
}

async fn a_catalogue_that_changed_is_judged_again(db: Db) {
    let world = World::new(db).await;
    let id = bring(&world, &ROWS).await;
    // Somebody renames the garlic, and adds the wine by hand.
    let garlic = products::find(&world.app.db, world.garlic.id).await.unwrap().unwrap();
    let new = |sku: &str, name: &str| central::admin::NewProduct {
        name: name.to_owned(),
        barcodes: Vec::new(),
        ..crate::support::new_product(sku, 450_000, Some(world.phu_sinh))
    };
    let renamed = central::admin::NewProduct {
        barcodes: garlic.barcodes.clone(),
        ..new("TOI-DEN", "Tỏi đen cô đơn")
    };
    world.admin.update_product(world.garlic.id, &renamed).await.unwrap();
    world.admin.add_product(&new("RUOU", "Rượu cần Hrê")).await.unwrap();

    assert_eq!(world.admin.apply_import(id, &Outcome::APPLIED).await.unwrap(), Applied::Stale(2));
    assert_eq!(products::find_by_sku(&world.app.db, "MAT-ONG").await.unwrap(), None, "all or nothing");
    use Outcome::*;
    assert_eq!(outcomes(&world, id).await, [Raised, Raised, Likely, New, Wrong]);
    assert_eq!(world.admin.apply_import(id, &[New]).await.unwrap(), Applied::Now(1));
    let garlic = products::find(&world.app.db, world.garlic.id).await.unwrap().unwrap();
    assert_eq!(garlic.name, "Tỏi đen cô đơn", "only what was chosen is written");
    assert_eq!(product(&world, "MAT-ONG").await.name, "Mật ong rừng");
    let applied: Vec<bool> = rows(&world, id).await.into_iter().map(|row| row.is_applied).collect();
    assert_eq!(applied, [false, false, false, true, false]);
}

async fn a_person_says_what_only_looks_the_same(db: Db) {
    let world = World::new(db).await;
    let line = "1;SAN PHAM TOI-DEN;Cty Phú Sinh;;;;;;500.000;;";
    let id = bring(&world, &[line, "2;Trà;HTX Ba Tơ;;;;;;50.000;;"]).await;
    assert_eq!(outcomes(&world, id).await, [Outcome::Likely, Outcome::New]);
    let detail: RowDetail = serde_json::from_str(&rows(&world, id).await[0].detail).unwrap();
    assert_eq!(detail.likely[0].product_id, world.garlic.id.uuid());
    let decide = async |row, decision| world.admin.decide_rows(id, &[(row, decision)]).await;
    decide(2, Some(Decision::Is(world.garlic.id))).await.unwrap();
    decide(3, Some(Decision::LeaveOut)).await.unwrap();
    assert_eq!(outcomes(&world, id).await, [Outcome::Changed, Outcome::LeftOut]);
    decide(3, None).await.unwrap();
    assert_eq!(outcomes(&world, id).await, [Outcome::Changed, Outcome::New]);
    assert!(matches!(decide(9, Some(Decision::New)).await, Err(Error::NotFound(_))), "no such row");
    let nothing = ProductId::from_uuid(Uuid::nil());
    assert!(matches!(decide(2, Some(Decision::Is(nothing))).await, Err(Error::NotFound(_))));
    assert_eq!(world.admin.apply_import(id, &[Outcome::Changed]).await.unwrap(), Applied::Now(1));
    let garlic = products::find(&world.app.db, world.garlic.id).await.unwrap().unwrap();
    assert_eq!((garlic.price, garlic.price_version), (Money::new(500_000), 2));
    assert_eq!(products::find_by_sku(&world.app.db, "OC00001").await.unwrap(), None);
    assert!(matches!(decide(2, None).await, Err(Error::NotFound(_))), "it is applied");
}

async fn the_next_file_of_a_source_is_read_like_the_last(db: Db) {
    let world = World::new(db).await;
    bring(&world, &ROWS).await;
    let Brought::New(id) = world.admin.bring_list(file(&[ROWS[0], ROWS[2]])).await.unwrap() else { panic!() };
    assert_eq!(outcomes(&world, id).await, [Outcome::Raised, Outcome::New], "judged at once");
    let kept = find_in(&mut world.app.db.begin_reading().await.unwrap(), id).await.unwrap().unwrap();
    assert_eq!((kept.layout, kept.defaults), (Some(layout()), defaults()));
    // Another office means other things by its columns.
    let other = central::admin::ListFile { source: "Phòng Kinh tế".to_owned(), ..file(&[ROWS[1]]) };
    let Brought::New(id) = world.admin.bring_list(other).await.unwrap() else { panic!() };
    let kept = find_in(&mut world.app.db.begin_reading().await.unwrap(), id).await.unwrap().unwrap();
    assert_eq!((kept.status, kept.layout), (Status::Brought, None));
}

async fn the_same_file_twice_is_said(db: Db) {
    let world = World::new(db).await;
    let id = bring(&world, &ROWS).await;
    assert_eq!(world.admin.bring_list(file(&ROWS)).await.unwrap(), Brought::Open(id), "it goes on");
    assert_eq!(imports::count(&world.app.db).await.unwrap(), 1);
    world.admin.apply_import(id, &Outcome::APPLIED).await.unwrap();
    let Brought::Again(again) = world.admin.bring_list(file(&ROWS)).await.unwrap() else { panic!() };
    assert_ne!(again, id);
    assert_eq!(outcomes(&world, again).await[..4], [Outcome::Unchanged; 4]);
    // What stands in no row: the garlic alone, of which the list says nothing.
    let Brought::New(less) = world.admin.bring_list(file(&ROWS[1..])).await.unwrap() else { panic!() };
    let gone = judgements::list_vanished(&world.app.db, less, 10).await.unwrap();
    assert_eq!(gone.iter().map(|row| row.sku.as_str()).collect::<Vec<_>>(), ["TOI-DEN"]);
    assert_eq!(judgements::count_vanished(&world.app.db, less).await.unwrap(), 1);
    world.admin.apply_import(less, &Outcome::APPLIED).await.unwrap();
    assert_eq!(product(&world, "TOI-DEN").await.status, "active", "nothing is retired by a list");
    let counts = judgements::counts(&world.app.db, &[id, less]).await.unwrap();
    assert_eq!(counts[&id][&Outcome::New], (2, 2));
    assert_eq!(imports::list_sources(&world.app.db, 5).await.unwrap(), ["Sở Nông nghiệp và Môi trường"]);
    let mut all: Vec<Uuid> = Vec::new();
    for page in 0..2 {
        all.extend(imports::list(&world.app.db, 2, 2 * page).await.unwrap().iter().map(|import| import.id));
    }
    all.sort_unstable();
    let mut expected = [id, again, less];
    expected.sort_unstable();
    assert_eq!(all, expected);
}

async fn what_cannot_be_done_changes_nothing(db: Db) {
    let world = World::new(db).await;
    let id = bring(&world, &ROWS).await;
    let seq = world.number("select change_seq from catalogue_head").await;
    assert!(matches!(world.admin.apply_import(id, &[]).await, Err(Error::Refused(_))));
    assert!(matches!(world.admin.apply_import(id, &[Outcome::Wrong]).await, Err(Error::Refused(_))));
    assert!(matches!(
        world.admin.apply_import(Uuid::nil(), &Outcome::APPLIED).await,
        Err(Error::NotFound(_))
    ));
    let beside = Layout { head_row: 900, ..layout() };
    assert!(matches!(world.admin.choose_columns(id, &beside, &defaults()).await, Err(Error::Refused(_))));
    let unknown = NewDefaults { group: "toys".to_owned(), ..defaults() };
    assert!(matches!(world.admin.choose_columns(id, &layout(), &unknown).await, Err(Error::Refused(_))));
    assert_eq!(world.number("select change_seq from catalogue_head").await, seq);
    world.admin.apply_import(id, &Outcome::APPLIED).await.unwrap();
    let late = world.admin.choose_columns(id, &layout(), &defaults()).await;
    assert!(matches!(late, Err(Error::NotFound(_))), "what is applied stays as it is");
}
