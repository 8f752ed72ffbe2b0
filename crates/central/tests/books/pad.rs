//! Sales from the pad: their money in the books like any other's, their goods on the day that was claimed.

use central::db::{Db, exceptions, pad_sales};
use domain::ids::SaleId;
use protocol::payload::{Sale, SalePad};
use time::Date;
use time::macros::date;
use uuid::Uuid;

use crate::support::back::back;
use crate::support::{Till, World};

testkit::on_both_engines!(
    they_count_on_the_claimed_day_and_are_listed,
    a_void_takes_them_from_the_day_on_which_they_counted,
    a_day_that_cannot_have_been_goes_to_suspense
);

/// 22/11/2026 16:40 in Vietnam.
const CLAIMED_MS: i64 = 1_795_340_400_000;
const DAY: Date = date!(2026 - 11 - 22);

fn pad(day: Date, first_line: u16) -> SalePad {
    let told_apart = vec![Uuid::from_u128(1), Uuid::from_u128(2)];
    SalePad {
        claimed_at: CLAIMED_MS,
        day,
        first_line,
        last_line: first_line + 2,
        past_date: true,
        told_apart,
    }
}

/// Sells salt from the pad, in a shift of 23/11/2026.
fn sell(till: &mut Till, world: &World, pieces: i64, pad: SalePad) -> SaleId {
    let sale_id = SaleId::from_uuid(Uuid::from_u128(u128::from(pad.first_line)));
    let lines = vec![till.line(&world.salt, pieces, None)];
    let sale = Sale { pad: Some(pad), ..till.sale_of(lines) };
    till.write_sale(sale_id, &sale);
    sale_id
}

async fn they_count_on_the_claimed_day_and_are_listed(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.salt, 1)]);
    sell(&mut till, &world, 2, pad(DAY, 12));
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    let price = world.salt.price.vnd();
    for (what, expected) in [
        ("select receipt_count from receipts_daily where day = '2026-11-22'", 1),
        ("select payable_vnd from receipts_daily where day = '2026-11-22'", 2 * price),
        ("select cast(sum(revenue_vnd) as bigint) from sales_daily where day = '2026-11-22'", 2 * price),
        ("select cast(sum(revenue_vnd) as bigint) from sales_daily where day = '2026-11-23'", price),
        ("select receipt_count from product_receipts_daily where day = '2026-11-22'", 1),
        ("select cast(sum(revenue_vnd) as bigint) from sales_monthly where month = '2026-11-01'", 3 * price),
        (
            "select cast(count(*) as bigint) from entries where kind = 'sale' and business_date = '2026-11-23'",
            2,
        ),
    ] {
        assert_eq!(world.number(what).await, expected, "{what}");
    }
    assert_eq!(world.balance("cash").await, 3 * price, "the money is where it is");
    let listed = pad_sales::list(&world.app.db, Some(world.store), 10).await.unwrap();
    let seen: Vec<_> = listed
        .iter()
        .map(|sale| (sale.claimed_at_ms, sale.day, sale.first_line, sale.last_line, sale.payable.vnd()))
        .collect();
    assert_eq!(seen, [(CLAIMED_MS, DAY, 12, 14, 2 * price)]);
    assert_eq!((listed[0].past_date, listed[0].told_apart), (true, 2));
    assert!(listed[0].receipt.ends_with("-000002"), "{}", listed[0].receipt);
    let of_nobody = pad_sales::list(&world.app.db, Some(Uuid::nil().into()), 10).await.unwrap();
    assert_eq!(of_nobody, Vec::new());
    // A batch that comes again counts nothing twice, and a rebuild gives the same rows.
    till.push_from(&world, 1).await.ack();
    world.check_books().await;
}

async fn a_void_takes_them_from_the_day_on_which_they_counted(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let line = till.line(&world.salt, 2, None);
    let voided = sell(&mut till, &world, 2, pad(DAY, 1));
    let refunded = sell(&mut till, &world, 2, pad(DAY, 4));
    till.push_from(&world, 1).await.ack();
    let void = till.refund_of(vec![back(0, &line, 0, 2)]);
    till.write_refund("void", Some(voided), &void);
    till.take_back(refunded, vec![back(0, &line, 0, 2)]);
    assert_eq!(till.push_from(&world, 4).await.ack().exceptions, Vec::<i64>::new());
    let price = world.salt.price.vnd();
    for (what, expected) in [
        ("select receipt_count from receipts_daily where day = '2026-11-22'", 1),
        ("select payable_vnd from receipts_daily where day = '2026-11-22'", 2 * price),
        ("select receipt_count from receipts_daily where day = '2026-11-23'", 0),
        // What is refunded comes off on its own day, as always.
        ("select payable_vnd from receipts_daily where day = '2026-11-23'", -2 * price),
        ("select cast(sum(revenue_vnd) as bigint) from sales_daily where day = '2026-11-22'", 2 * price),
        ("select cast(sum(revenue_vnd) as bigint) from sales_monthly", 0),
    ] {
        assert_eq!(world.number(what).await, expected, "{what}");
    }
    world.check_books().await;
}

async fn a_day_that_cannot_have_been_goes_to_suspense(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    sell(&mut till, &world, 1, pad(date!(2026 - 11 - 24), 1));
    sell(&mut till, &world, 1, pad(date!(2026 - 11 - 08), 2));
    sell(&mut till, &world, 1, SalePad { last_line: 2, ..pad(DAY, 3) });
    sell(&mut till, &world, 1, pad(date!(2026 - 11 - 09), 4));
    assert_eq!(
        till.push_from(&world, 1).await.ack().exceptions,
        [2, 3, 4],
        "the last one is the oldest that may be"
    );
    let listed = exceptions::list_open(&world.app.db, 50).await.unwrap();
    let mut reasons: Vec<_> = listed.iter().map(|row| (row.seq, row.reason.as_str())).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, [(2, "business_date"), (3, "business_date"), (4, "value")]);
    let price = world.salt.price.vnd();
    assert_eq!((world.balance("suspense").await, world.balance("cash").await), (-3 * price, 4 * price));
    world.check_books().await;
}
