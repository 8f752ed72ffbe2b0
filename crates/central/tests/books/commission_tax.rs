//! VAT on commission is dated: each line is judged by its own business date, whenever it comes.

use central::commission_tax::begin;
use central::db::{Db, exceptions};
use central::rebuild::{rebuild, snapshot_digest};
use domain::Rate;
use domain::commission_tax::CommissionTax;
use domain::ids::StoreId;
use serde_json::{Value, json};
use time::Date;
use time::macros::date;

use crate::support::{Goods, Till, World, goods, new_store};

testkit::on_both_engines!(
    each_line_is_judged_by_its_business_date,
    a_new_rate_changes_nothing_that_was_counted,
    another_operators_rate_stays,
    tills_are_told_at_once_and_older_ones_when_it_begins,
);

const EVE: Date = date!(2026 - 12 - 31);
const NEW_YEAR: Date = date!(2027 - 01 - 01);
const HOUR_MS: i64 = 3_600_000;
/// From 23/11/2026 08:00 to 01/01/2027 08:00.
const TO_NEW_YEAR_MS: i64 = 39 * 24 * HOUR_MS;

/// The same goods as a till sells them that froze this rate.
fn at(goods: &Goods, percent: u8) -> Goods {
    goods.with_terms(|terms| terms.commission_tax = Rate::percent(percent))
}

/// The rate from 2027 on.
async fn set(world: &World, percent: u8) {
    let new = CommissionTax { valid_from: NEW_YEAR, rate: Rate::percent(percent) };
    world.admin.set_commission_tax(world.operator, new).await.unwrap();
}

/// Sells a piece on a day and sends it; returns whether it is counted.
async fn counts(world: &World, till: &mut Till, day: Date, goods: &Goods) -> bool {
    till.day = day;
    till.sell(&[(goods, 1)]);
    till.push_from(world, till.head.seq).await.ack().exceptions.is_empty()
}

async fn first(world: &World, store: StoreId) -> Till {
    let till = Till::enrol(world, store).await;
    world.admin.approve(&till.key.public().fingerprint()).await.unwrap();
    till.push_from(world, 1).await.ack();
    till
}

async fn each_line_is_judged_by_its_business_date(db: Db) {
    let world = World::new(db).await;
    let (mut till, mut late) = (first(&world, world.store).await, first(&world, world.other_store).await);
    let [eight, nine, ten] = [8, 9, 10].map(|percent| at(&world.garlic, percent));
    set(&world, 10).await;
    world.clock.advance(TO_NEW_YEAR_MS);
    assert!(counts(&world, &mut till, EVE, &eight).await);
    assert!(counts(&world, &mut till, NEW_YEAR, &ten).await);
    assert_eq!(world.balance("tax").await, -(3_600 + 4_500), "of 45.000 ₫ each");
    // Told only now, and of the old year.
    assert!(counts(&world, &mut late, EVE, &eight).await);
    assert!(!counts(&world, &mut late, EVE, &ten).await, "nobody had 10 % before its day");
    // A store that was offline since before the rate was set.
    assert!(counts(&world, &mut late, NEW_YEAR, &eight).await);
    assert!(!counts(&world, &mut late, NEW_YEAR, &nine).await, "nobody ever set 9 %");
    let listed = exceptions::list_open(&world.app.db, 100).await.unwrap();
    assert_eq!(listed.iter().map(|each| each.reason.as_str()).collect::<Vec<_>>(), ["terms", "terms"]);
    world.check_books().await;
}

/// Not even one that is put right before it begins.
async fn a_new_rate_changes_nothing_that_was_counted(db: Db) {
    let world = World::new(db).await;
    let mut till = first(&world, world.store).await;
    let (today, ahead) = (till.day, at(&world.garlic, 9));
    assert!(counts(&world, &mut till, today, &world.garlic).await);
    set(&world, 9).await;
    // The clock of this till runs ahead.
    assert!(counts(&world, &mut till, NEW_YEAR, &ahead).await);
    let before = snapshot_digest(&world.app.db).await.unwrap();
    set(&world, 10).await;
    rebuild(&world.app.db).await.unwrap();
    assert_eq!(snapshot_digest(&world.app.db).await.unwrap(), before);
    world.check_books().await;
}

async fn another_operators_rate_stays(db: Db) {
    let world = World::new(db).await;
    let stranger = central::admin::NewOperator {
        name: "Hộ kinh doanh".to_owned(),
        legal_status: "household".to_owned(),
        tax_number: String::new(),
        commission_tax: Rate::percent(8),
    };
    let stranger = world.admin.add_operator(&stranger).await.unwrap();
    let store = world.admin.add_store(&new_store(stranger, "DP")).await.unwrap();
    let theirs = goods(&world.app, &world.admin, "QUE", 50_000, Some((stranger, world.phu_sinh, 10))).await;
    let mut till = first(&world, store).await;
    let before = told(&world, &till, store).await;
    set(&world, 10).await;
    assert_eq!(told(&world, &till, store).await, before);
    assert_eq!((&before["commission_tax_ppm"], before.get("commission_taxes")), (&json!(80_000), None));
    assert!(counts(&world, &mut till, NEW_YEAR, &at(&theirs, 8)).await);
    assert!(!counts(&world, &mut till, NEW_YEAR, &at(&theirs, 10)).await, "it is not theirs");
    world.clock.advance(TO_NEW_YEAR_MS);
    begin(&world.app).await.unwrap();
    assert_eq!(told(&world, &till, store).await, before);
    world.check_books().await;
}

async fn told(world: &World, till: &Till, store: StoreId) -> Value {
    till.told(world, "store", store.uuid()).await
}

async fn tills_are_told_at_once_and_older_ones_when_it_begins(db: Db) {
    let world = World::new(db).await;
    let till = first(&world, world.store).await;
    assert_eq!(told(&world, &till, world.store).await.get("commission_taxes"), None);
    // The second one puts a mistake right; sent again it is not set again.
    for percent in [9, 10, 10] {
        set(&world, percent).await;
    }
    assert_eq!(world.number("select cast(count(*) as bigint) from commission_taxes").await, 3);
    let body = told(&world, &till, world.store).await;
    let dated = json!([{ "valid_from": "2020-01-01", "ppm": 80_000 }, { "valid_from": "2027-01-01", "ppm": 100_000 }]);
    assert_eq!((&body["commission_tax_ppm"], &body["commission_taxes"]), (&json!(80_000), &dated));
    // Until four in the morning shifts of the old year sell.
    world.clock.advance(TO_NEW_YEAR_MS - 4 * HOUR_MS - 1);
    assert_eq!(begin(&world.app).await.unwrap(), 0);
    world.clock.advance(1);
    assert_eq!(begin(&world.app).await.unwrap(), 1);
    let body = told(&world, &till, world.store).await;
    assert_eq!((&body["commission_tax_ppm"], &body["commission_taxes"]), (&json!(100_000), &dated));
    assert_eq!(begin(&world.app).await.unwrap(), 0, "told once");
}
