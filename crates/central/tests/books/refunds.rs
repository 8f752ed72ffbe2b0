//! Goods that come back: net figures, and nothing beyond what was sold.

use central::db::{Db, exceptions};
use domain::Money;
use domain::refund::RefundLine;
use domain::sale::SaleLine;
use protocol::payload::Refund;
use time::macros::date;

use crate::support::back::back;
use crate::support::{Till, World};

testkit::on_both_engines!(
    what_came_back_is_taken_off_on_its_own_day,
    a_voided_sale_never_was,
    more_than_was_sold_goes_to_suspense,
    lies_about_a_refund_go_to_suspense,
    goods_without_a_receipt_need_a_manager,
    a_sale_of_a_former_computer_comes_back_at_the_next_one,
    a_refund_of_a_sale_that_is_not_counted_waits_in_suspense,
    what_waited_is_judged_when_its_sale_is_counted
);

/// The books agree with the journal, and add up to nothing.
async fn check(world: &World) {
    world.check_books().await;
    assert_eq!(world.number("select cast(coalesce(sum(amount_vnd), 0) as bigint) from balances").await, 0);
}

async fn reasons(world: &World) -> Vec<(i64, String, i64)> {
    let listed = exceptions::list_open(&world.app.db, 50).await.unwrap();
    listed.into_iter().rev().map(|row| (row.seq, row.reason, row.suspended.vnd())).collect()
}

async fn what_came_back_is_taken_off_on_its_own_day(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let lot = till.receive(&world.garlic, 10);
    let discounted = SaleLine {
        discount: Money::new(100_000),
        tax: domain::Rate::percent(8).inside(Money::new(1_250_000)).unwrap(),
        ..till.line(&world.garlic, 3, Some(lot))
    };
    let lines = [discounted, till.line(&world.basket, 1, None)];
    let sale = till.sell_lines(&lines);
    till.push_from(&world, 1).await.ack();
    till.day = date!(2026 - 12 - 01);
    till.take_back(sale, vec![back(0, &lines[0], 0, 1)]);
    till.take_back(sale, vec![back(0, &lines[0], 1, 1)]);
    assert_eq!(till.push_from(&world, 4).await.ack().exceptions, Vec::<i64>::new());

    for (what, expected) in [
        ("select cast(sum(revenue_vnd) as bigint) from sales_daily where day = '2026-11-23'", 1_350_000),
        ("select cast(sum(revenue_vnd) as bigint) from sales_daily where day = '2026-12-01'", -833_333),
        ("select cast(sum(quantity_milli) as bigint) from sales_monthly", 2_000),
        ("select cast(sum(revenue_vnd) as bigint) from sales_monthly where month = '2026-12-01'", -833_333),
        ("select payable_vnd from receipts_daily where day = '2026-12-01'", -833_333),
        ("select programme_vnd from receipts_daily where day = '2026-12-01'", -833_333),
        ("select cast(sum(receipt_count) as bigint) from receipts_daily", 1),
        ("select cast(sum(gross_vnd - discount_vnd) as bigint) from sale_lines", 516_667),
        ("select quantity_milli from refunded_lines", 2_000),
        ("select cast(sum(quantity_milli) as bigint) from stock where location = 'customer'", 2_000),
    ] {
        assert_eq!(world.number(what).await, expected, "{what}");
    }
    let due = world.number("select cast(sum(producer_due_vnd) as bigint) from sales_daily").await;
    assert_eq!(world.balance("producer_due").await, -due, "what a producer is owed is net everywhere");
    assert_eq!(world.balance("cash").await, 516_667);
    till.take_back(sale, vec![back(0, &lines[0], 2, 1), back(1, &lines[1], 0, 1)]);
    till.push_from(&world, 6).await.ack();
    for account in ["cash", "producer_due", "commission", "tax", "sales"] {
        assert_eq!(world.balance(account).await, 0, "{account}");
    }
    check(&world).await;
}

async fn a_voided_sale_never_was(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let lines = [till.line(&world.salt, 2, None), till.line(&world.basket, 1, None)];
    let sale = till.sell_lines(&lines);
    let all = || vec![back(0, &lines[0], 0, 2), back(1, &lines[1], 0, 1)];
    let void = till.refund_of(all());
    // In one batch with its sale.
    till.write_refund("void", Some(sale), &void);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    for what in [
        "select receipt_count from receipts_daily",
        "select payable_vnd from receipts_daily",
        "select cast(sum(receipt_count) as bigint) from product_receipts_daily",
        "select cast(sum(receipt_count) as bigint) from product_receipts_monthly",
        "select cast(sum(line_count) as bigint) from sales_monthly",
        "select cast(sum(revenue_vnd) as bigint) from sales_daily",
    ] {
        assert_eq!(world.number(what).await, 0, "{what}");
    }
    // It is voided once, and nothing comes back of it any more.
    till.write_refund("void", Some(sale), &void);
    till.take_back(sale, vec![back(0, &lines[0], 0, 1)]);
    assert_eq!(till.push_from(&world, 4).await.ack().exceptions, [4, 5]);
    let suspended = [(4, "too_much_back".to_owned(), -160_000), (5, "too_much_back".to_owned(), -30_000)];
    assert_eq!(reasons(&world).await, suspended);
    // What was refunded in part is no whole sale any more.
    let other = till.sell_lines(&lines);
    till.take_back(other, vec![back(0, &lines[0], 0, 1)]);
    let rest = till.refund_of(vec![back(0, &lines[0], 1, 1), back(1, &lines[1], 0, 1)]);
    till.write_refund("void", Some(other), &rest);
    assert_eq!(till.push_from(&world, 6).await.ack().exceptions, [8]);
    check(&world).await;
}

async fn more_than_was_sold_goes_to_suspense(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let line = till.line(&world.salt, 3, None);
    let sale = till.sell_lines(std::slice::from_ref(&line));
    till.take_back(sale, vec![back(0, &line, 0, 2)]);
    // Two computers of the store, neither knows of the other's refund.
    till.take_back(sale, vec![back(0, &line, 0, 2)]);
    till.take_back(sale, vec![back(0, &line, 2, 1)]);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, [4]);
    assert_eq!(reasons(&world).await, [(4, "too_much_back".to_owned(), -60_000)]);
    assert_eq!(world.balance("suspense").await, 60_000, "it was paid out, and nobody knows for what");
    assert_eq!(world.balance("cash").await, -60_000);
    assert_eq!(world.balance("producer_due").await, 0);
    check(&world).await;
}

async fn lies_about_a_refund_go_to_suspense(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let lines = [till.line(&world.garlic, 4, None), till.line(&world.basket, 1, None)];
    let sale = till.sell_lines(&lines);
    type Lie<'l> = (&'static str, &'l dyn Fn(&mut Refund));
    let lies: [Lie; 13] = [
        ("contradiction", &|refund| refund.paid += 1),
        ("contradiction", &|refund| refund.lines[0].split.as_mut().unwrap().producer_due += 1),
        // Balanced, and not what was sold.
        ("contradiction", &|refund| {
            let split = refund.lines[0].split.as_mut().unwrap();
            (split.producer_due, split.commission) = (split.producer_due - 50_000, split.commission + 50_000);
        }),
        ("contradiction", &|refund| refund.lines[0].tax = 0),
        // The sale was not rounded.
        ("contradiction", &|refund| {
            (refund.rounding, refund.paid) = (400, refund.paid + 400);
            refund.tenders[0].amount += 400;
        }),
        ("contradiction", &|refund| {
            (refund.lines[0].gross, refund.paid, refund.tenders[0].amount) = (550_000, 550_000, 550_000);
        }),
        ("value", &|refund| refund.lines[0].line_no = 2),
        ("value", &|refund| refund.lines[0].back_to = "moon".to_owned()),
        ("lot", &|refund| refund.lines[0].line_no = 1),
        ("lot", &|refund| refund.lines[0].terms.as_mut().unwrap().producer = world.sa_huynh.uuid()),
        ("contradiction", &|refund| refund.lines[0].quantity = 500),
        ("too_much_back", &|refund| refund.lines[0].quantity = 5_000),
        ("too_much_back", &|refund| {
            (refund.other.gross, refund.paid, refund.tenders[0].amount) = (2_000_000, 2_450_000, 2_450_000);
        }),
    ];
    for (_, change) in &lies {
        let mut refund = till.refund_of(vec![back(0, &lines[0], 0, 1)]);
        change(&mut refund);
        till.write_refund("refund", Some(sale), &refund);
    }
    let fine = till.take_back(sale, vec![back(0, &lines[0], 0, 4)]);
    let told = till.push_from(&world, 1).await.ack().exceptions;
    assert_eq!(told, (3..16).collect::<Vec<i64>>(), "the next one, {}, is fine", fine.envelope.seq);
    let found: Vec<String> = reasons(&world).await.into_iter().map(|(_, reason, _)| reason).collect();
    assert_eq!(found, lies.map(|(reason, _)| reason));
    check(&world).await;
}

async fn goods_without_a_receipt_need_a_manager(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let line = till.line(&world.garlic, 1, None);
    let lot = till.receive(&world.garlic, 1);
    let of = |till: &Till, line: &SaleLine| Refund {
        sale_receipt: String::new(),
        ..till.refund_of(vec![back(0, line, 0, 1)])
    };
    let refund = of(&till, &line);
    till.write_refund("refund", None, &refund);
    till.write_refund("refund", None, &Refund { approved_by: None, ..refund.clone() });
    till.write_refund("void", None, &refund);
    let known_lot = of(&till, &SaleLine { lot_id: lot, unreceived: false, ..line.clone() });
    till.write_refund("refund", None, &known_lot);
    let invented = till.line(&world.garlic.with_terms(|terms| terms.terms_id = None), 1, None);
    let invented = of(&till, &invented);
    till.write_refund("refund", None, &invented);
    let seq = till.head.seq;
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, (seq - 3..=seq).collect::<Vec<_>>());
    let found: Vec<String> = reasons(&world).await.into_iter().map(|(_, reason, _)| reason).collect();
    assert_eq!(found, ["no_sale", "value", "lot", "terms"]);
    assert_eq!(world.number("select cast(sum(revenue_vnd) as bigint) from sales_monthly").await, -450_000);
    assert_eq!(world.number("select cast(count(*) as bigint) from lots").await, 2, "its lot is in the book");
    check(&world).await;
}

async fn a_sale_of_a_former_computer_comes_back_at_the_next_one(db: Db) {
    let world = World::new(db).await;
    let (mut former, mut till): (Till, Till) = (world.till().await, world.till().await);
    let line: SaleLine = former.line(&world.salt, 3, None);
    let sale = former.sell_lines(std::slice::from_ref(&line));
    former.push_from(&world, 1).await.ack();
    let parts: Vec<RefundLine> = vec![back(0, &line, 0, 1)];
    till.take_back(sale, parts);
    till.push_from(&world, 1).await.ack();
    former.take_back(sale, vec![back(0, &line, 0, 2)]);
    former.push_from(&world, 3).await.ack();
    assert_eq!(reasons(&world).await, []);
    assert_eq!(world.number("select quantity_milli from refunded_lines").await, 3_000);
    for account in ["cash", "producer_due", "commission", "tax"] {
        assert_eq!(world.balance(account).await, 0, "{account}");
    }
    check(&world).await;
}

async fn a_refund_of_a_sale_that_is_not_counted_waits_in_suspense(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let mut held = Till::enrol(&world, world.store).await;
    let line = till.line(&world.salt, 1, None);
    let sale = held.sell_lines(std::slice::from_ref(&line));
    held.push_from(&world, 1).await.ack();
    till.take_back(sale, vec![back(0, &line, 0, 1)]);
    // A sale that is itself in suspense.
    let lie = till.line(&world.garlic.with_terms(|terms| terms.terms_id = None), 1, None);
    let suspended = till.sell_lines(std::slice::from_ref(&lie));
    till.push_from(&world, 1).await.ack();
    till.take_back(suspended, vec![back(0, &lie, 0, 1)]);
    till.push_from(&world, 4).await.ack();
    let found = reasons(&world).await;
    let expected = [(2, "no_sale", -30_000), (3, "terms", 450_000), (4, "no_sale", -450_000)];
    assert_eq!(found, expected.map(|(seq, reason, vnd)| (seq, reason.to_owned(), vnd)));
    world.admin.approve(&held.key.public().fingerprint()).await.unwrap();
    // The sale counts now, and so does what came back of it; the other one still waits for a person.
    let expected = [(3, "terms", 450_000), (4, "no_sale", -450_000)];
    assert_eq!(reasons(&world).await, expected.map(|(seq, reason, vnd)| (seq, reason.to_owned(), vnd)));
    assert_eq!(world.balance("suspense").await, 0);
    assert_eq!(world.balance("cash").await, 0);
    assert_eq!(world.number("select quantity_milli from refunded_lines").await, 1_000);
    check(&world).await;
}

/// As if it had come after its sale: parts that fit are counted, what is too much stays an exception, each once.
async fn what_waited_is_judged_when_its_sale_is_counted(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let mut held = Till::enrol(&world, world.store).await;
    let line = till.line(&world.salt, 3, None);
    let sale = held.sell_lines(std::slice::from_ref(&line));
    held.take_back(sale, vec![back(0, &line, 0, 1)]);
    held.push_from(&world, 1).await.ack();
    till.take_back(sale, vec![back(0, &line, 1, 1)]);
    till.take_back(sale, vec![back(0, &line, 2, 1)]);
    till.push_from(&world, 1).await.ack();
    // In another batch, and one piece more than there was.
    till.take_back(sale, vec![back(0, &line, 0, 1)]);
    till.push_from(&world, 4).await.ack();
    assert_eq!(world.balance("suspense").await, 90_000);
    check(&world).await;
    world.admin.approve(&held.key.public().fingerprint()).await.unwrap();
    let found = reasons(&world).await;
    assert_eq!(found, [(3, "too_much_back".to_owned(), -30_000)]);
    assert_eq!(world.balance("suspense").await, 30_000);
    assert_eq!(world.number("select quantity_milli from refunded_lines").await, 3_000);
    assert_eq!(world.number("select cast(count(*) as bigint) from refunds").await, 3);
    let states = "select cast(count(*) as bigint) from entries where state = 'exception'";
    assert_eq!(world.number(states).await, 1);
    check(&world).await;
}
