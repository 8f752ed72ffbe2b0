//! Signed entries that lie (F61): stored, acknowledged, and kept out of the books with their money in suspense.

use central::db::{Db, exceptions};
use domain::Rate;
use domain::consignment::{Basis, Bearer};
use domain::ids::LotId;
use proptest::prelude::*;
use protocol::payload::{self, Sale};
use testkit::databases::TestDatabase;
use time::macros::date;
use uuid::Uuid;

use crate::support::{Goods, Till, World};

testkit::on_both_engines!(
    lies_go_to_suspense,
    other_lies,
    a_sale_told_twice_counts_once,
    one_lie_does_not_stop_the_queue
);

/// Writes a sale of one line that was changed by hand.
fn lie(till: &mut Till, goods: &Goods, number: u128, change: impl FnOnce(&mut Sale)) {
    let mut sale = till.sale_of(vec![till.line(goods, 1, None)]);
    change(&mut sale);
    till.write_sale(Uuid::from_u128(number).into(), &sale);
}

async fn lies_go_to_suspense(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let (garlic, salt, basket) = (&world.garlic, &world.salt, &world.basket);
    let foreign_lot = till.receive(salt, 5);
    let commission = garlic.with_terms(|terms| terms.commission = Rate::percent(90));
    let basis = garlic.with_terms(|terms| terms.basis = Basis::Net);
    let bearer = garlic.with_terms(|terms| terms.discount_bearer = Bearer::Producer);
    let tax = garlic.with_terms(|terms| terms.commission_tax = Rate::percent(100));
    let invented = garlic.with_terms(|terms| terms.terms_id = Some(Uuid::from_u128(1).into()));
    let without = garlic.with_terms(|terms| terms.terms_id = None);
    let nobody = garlic.with_terms(|terms| terms.producer_id = Uuid::from_u128(2).into());
    let swapped = garlic.with_terms(|terms| terms.producer_id = world.sa_huynh);
    let facts = Goods { facts: garlic.facts, ..basket.clone() };
    let mut reasons = Vec::new();
    let mut add = |till: &mut Till, goods: &Goods, reason, change: &dyn Fn(&mut Sale)| {
        lie(till, goods, 100 + reasons.len() as u128, change);
        reasons.push(reason);
    };
    for goods in [&commission, &basis, &bearer, &tax, &invented, &without, &nobody, &swapped] {
        add(&mut till, goods, "terms", &|_| {});
    }
    add(&mut till, &facts, "facts", &|_| {});
    add(&mut till, garlic, "lot", &|sale| {
        (sale.lines[0].lot, sale.lines[0].unreceived) = (foreign_lot.uuid(), false)
    });
    add(&mut till, garlic, "lot", &|sale| sale.lines[0].lot = foreign_lot.uuid());
    add(&mut till, garlic, "lot", &|sale| sale.lines[0].unreceived = false);
    add(&mut till, basket, "contradiction", &|sale| sale.lines[0].quantity = 0);
    add(&mut till, basket, "contradiction", &|sale| sale.lines[0].tax += 1);
    add(&mut till, basket, "contradiction", &|sale| sale.lines[0].discount = -1);
    add(&mut till, basket, "contradiction", &|sale| sale.other.gross = -5);
    add(&mut till, basket, "contradiction", &|sale| sale.payable += 1);
    add(&mut till, basket, "contradiction", &|sale| sale.change = 1);
    add(&mut till, basket, "contradiction", &|sale| (sale.rounding, sale.other.gross) = (500, 1));
    add(&mut till, basket, "implausible", &|sale| (sale.rounding, sale.other.gross) = (-5_000, 5_000));
    add(&mut till, basket, "implausible", &|sale| sale.lines[0].quantity = 200_000_000);
    add(&mut till, basket, "implausible", &|sale| {
        sale.lines[0].gross = i64::MAX;
        sale.lines[0].discount = i64::MAX - 100_000;
    });
    add(&mut till, basket, "value", &|sale| sale.tenders[0].kind = "promise".to_owned());
    add(&mut till, basket, "value", &|sale| sale.lines[0].tax_ppm = 2_000_000);
    let answer = till.push_from(&world, 1).await;
    let expected: Vec<i64> = (3..).take(reasons.len()).collect();
    assert_eq!((answer.status, answer.ack().exceptions), (200, expected));
    let mut listed = exceptions::list_open(&world.app.db, 100).await.unwrap();
    listed.sort_by_key(|row| row.seq);
    assert_eq!(listed.iter().map(|row| row.reason.as_str()).collect::<Vec<_>>(), reasons);
    // The two last ones could not be read, so nobody knows their money.
    let suspended: i64 = listed.iter().map(|row| row.suspended.vnd()).sum();
    assert_eq!((world.balance("suspense").await, world.balance("cash").await), (-suspended, suspended));
    assert_eq!(suspended, 11 * 450_000 + 100_000 * (i64::try_from(reasons.len()).unwrap() - 11 - 2));
    assert_eq!(world.balance("producer_due").await, 0);
    assert_eq!(world.number("select cast(count(*) as bigint) from sale_lines").await, 0);
    assert_eq!(world.number("select cast(count(*) as bigint) from receipts_daily").await, 0);
}

async fn other_lies(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let lot = till.receive(&world.salt, 5);
    let honest = till.journal.last().unwrap().shared.clone();
    // The same lot, now another producer's.
    till.write("goods_in", None, &honest.replace(&world.sa_huynh.to_string(), &world.phu_sinh.to_string()));
    till.write("goods_in", None, &honest.replace("5000", "-5000"));
    till.write("goods_in", None, &honest.replace("5000", "9223372036854775807"));
    till.write(
        "goods_in",
        None,
        &honest
            .replace(&world.sa_huynh.to_string(), &Uuid::from_u128(3).to_string())
            .replace(&lot.to_string(), &Uuid::from_u128(4).to_string()),
    );
    till.write("goods_in", None, "{\"a\":\"\u{0}\"");
    let sale = till.sale_of(vec![till.line(&world.salt, 1, None)]);
    let shared = payload::write(&sale).unwrap();
    till.write_with("sale", None, &shared, |envelope| envelope.grand_total_after += 30_000);
    till.write_with("sale", Some(Uuid::from_u128(5)), &shared, |envelope| envelope.grand_total_after -= 1);
    till.write_with("sale", Some(Uuid::from_u128(6)), &shared, |envelope| {
        envelope.grand_total_after += 30_000;
        envelope.business_date = date!(1999 - 12 - 31);
    });
    till.write_with(
        "reprint",
        None,
        "{\"receipt\":\"x\",\"copy\":1,\"cashier\":\"00000000-0000-0000-0000-000000000001\"}",
        |envelope| {
            envelope.grand_total_after += 5;
        },
    );
    till.write("sale\u{0}\n", None, "{}");
    let answer = till.push_from(&world, 1).await;
    assert_eq!((answer.status, answer.ack().exceptions), (200, (3..=12).collect::<Vec<_>>()));
    let mut listed = exceptions::list_open(&world.app.db, 100).await.unwrap();
    listed.sort_by_key(|row| row.seq);
    assert_eq!(
        listed.iter().map(|row| row.reason.as_str()).collect::<Vec<_>>(),
        [
            "lot",
            "contradiction",
            "implausible",
            "value",
            "malformed",
            "value",
            "grand_total",
            "business_date",
            "grand_total",
            "later"
        ]
    );
    let shelf = "select cast(sum(quantity_milli) as bigint) from stock where location = 'shelf'";
    assert_eq!(world.number(shelf).await, 5_000);
}

async fn a_sale_told_twice_counts_once(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let sale_id = till.sell(&[(&world.salt, 1)]);
    let again = till.sale_of(vec![till.line(&world.salt, 1, None)]);
    till.write_sale(sale_id, &again);
    till.push(&world, &till.journal[..2]).await.ack();
    till.push_from(&world, 3).await.ack();
    assert_eq!(world.balance("cash").await, 30_000);
    assert_eq!(
        world.number("select cast(count(*) as bigint) from entries where state = 'duplicate'").await,
        1
    );
    // Other goods under the same identity were sold too: a person has to look, and no money is forgotten.
    let other = till.sale_of(vec![till.line(&world.garlic, 1, None)]);
    till.write_sale(sale_id, &other);
    assert_eq!(till.push_from(&world, 4).await.ack().exceptions, [4]);
    assert_eq!(exceptions::list_open(&world.app.db, 10).await.unwrap()[0].reason, "twin");
    assert_eq!((world.balance("cash").await, world.balance("suspense").await), (480_000, -450_000));
    assert_eq!(world.number("select cast(count(*) as bigint) from receipts").await, 1);
    // Another store may have the same id: uniqueness is per store.
    let mut neighbour = world.other_till().await;
    let sale = neighbour.sale_of(vec![neighbour.line(&world.salt, 1, None)]);
    neighbour.write_sale(sale_id, &sale);
    neighbour.push_from(&world, 1).await.ack();
    assert_eq!(world.balance("cash").await, 510_000);
    world.check_books().await;
}

async fn one_lie_does_not_stop_the_queue(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let lot = LotId::from_uuid(Uuid::from_u128(9));
    till.sell(&[(&world.salt, 1)]);
    lie(&mut till, &world.salt, 7, |sale| sale.lines[0].price = -1);
    lie(&mut till, &world.salt, 8, |sale| sale.payable = i64::MIN);
    till.sell(&[(&world.salt, 1)]);
    // A lot that central has not heard of yet comes with another stream of the store.
    let sale = till.sale_of(vec![till.line(&world.salt, 1, Some(lot))]);
    till.write_sale(Uuid::from_u128(11).into(), &sale);
    let ack = till.push_from(&world, 1).await.ack();
    assert_eq!((ack.position(), ack.exceptions), (till.head, vec![4]));
    assert_eq!(world.balance("suspense").await, -30_000);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// I9, I16: whatever numbers a store signs, the books balance and every entry is projected or an exception.
    #[test]
    fn no_numbers_unbalance_the_books(
        numbers in prop::collection::vec(
            (0usize..12, prop_oneof![any::<i64>(), Just(i64::MAX), Just(i64::MIN), Just(0), -100_000i64..100_000]),
            1..12,
        ),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let database = TestDatabase::sqlite().await;
            let world = World::new(database.db()).await;
            let mut till = world.till().await;
            for (place, number) in numbers {
                lie(&mut till, &world.garlic, u128::from(number.unsigned_abs()), |sale| {
                    let line = &mut sale.lines[0];
                    *[
                        &mut line.price,
                        &mut line.quantity,
                        &mut line.gross,
                        &mut line.discount,
                        &mut line.tax,
                        &mut sale.payable,
                        &mut sale.tendered,
                        &mut sale.change,
                        &mut sale.rounding,
                        &mut sale.other.gross,
                        &mut sale.tenders[0].amount,
                        &mut line.price_version,
                    ][place] = number;
                });
            }
            let ack = till.push_from(&world, 1).await.ack();
            assert_eq!(ack.position(), till.head);
            let projected = "select cast(count(*) as bigint) from entries where state in ('projected', 'duplicate')";
            let suspended = "select cast(count(*) as bigint) from exceptions";
            let told = i64::try_from(till.journal.len()).unwrap();
            assert_eq!(world.number(projected).await + world.number(suspended).await, told);
            database.check().await;
        });
    }
}
