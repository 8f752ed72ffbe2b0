//! What a producer was paid between two settlements, as producer and operator read it on the later one.

use central::db::Db;
use central::db::users::Role;
use serde_json::Value;

use super::browser::{Browser, text};
use super::joint::DUE;
use crate::support::settling::{settle_twice_after, settlement};
use crate::support::{Till, World};

testkit::on_both_engines!(
    what_was_paid_between_settlements_is_told_payment_by_payment,
    a_payment_in_a_finished_journal_is_in_one_settlement
);

fn advances(report: &Value) -> Vec<(&str, i64)> {
    let rows = report["advances"].as_array().unwrap().iter();
    rows.map(|row| (row["number"].as_str().unwrap(), row["paid_vnd"].as_i64().unwrap())).collect()
}

async fn what_was_paid_between_settlements_is_told_payment_by_payment(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let code = till.stream.short_code();
    let pay = |till: &mut Till, vnd: i64| {
        till.pay_producer(world.phu_sinh, vnd);
        (format!("LS-{code}-TT{}", till.head.seq), vnd)
    };
    let early = pay(&mut till, 90_000);
    till.sell(&[(&world.garlic, 3)]);
    let first = settlement(world.phu_sinh, &[&till], DUE);
    till.settle(&first);
    let first_seq = till.head.seq;
    let paid = [pay(&mut till, 300_000), pay(&mut till, 101_400)];
    till.pay_producer(world.sa_huynh, 5_000);
    till.sell(&[(&world.garlic, 1)]);
    let second = settlement(world.phu_sinh, &[&till], 0);
    assert_eq!((second.carried, second.due), (2 * DUE - 90_000 - 401_400, DUE));
    till.settle(&second);
    let second_seq = till.head.seq;
    let late = pay(&mut till, 7_000);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());

    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    for (browser, root) in [(&mut producer, "/me"), (&mut operator, "/shops")] {
        let page = |seq: i64| format!("{root}/settlements/{}/{seq}", till.stream);
        let report = browser.json(&world, &page(first_seq)).await;
        assert_eq!(advances(&report), [(early.0.as_str(), early.1)]);
        assert_eq!(report["paper"]["carried_vnd"], -90_000);
        let shown = text(&browser.get(&world, &page(first_seq)).await);
        assert!(!shown.contains("<dt>Còn nợ từ trước</dt>"), "{shown}");
        assert!(!shown.contains("<dt>Đã trả trước</dt>"), "it is told as a payment: {shown}");
        let report = browser.json(&world, &page(second_seq)).await;
        let expected: Vec<(&str, i64)> = paid.iter().map(|(number, vnd)| (number.as_str(), *vnd)).collect();
        assert_eq!(advances(&report), expected, "and nothing that was paid later, or to another one");
        let shown = text(&browser.get(&world, &page(second_seq)).await);
        for told in [
            "<dt>Còn nợ từ trước</dt><dd>712.800 ₫</dd>".to_owned(),
            format!("<dt>Đã trả 23/11/2026, phiếu {}</dt><dd>-300.000 ₫</dd>", paid[0].0),
            format!("<dt>Đã trả 23/11/2026, phiếu {}</dt><dd>-101.400 ₫</dd>", paid[1].0),
        ] {
            assert!(shown.contains(&told), "{told} in {shown}");
        }
        assert!(!shown.contains(&late.0), "{shown}");
    }
    let file = format!("/me/settlements/{}/{second_seq}.xlsx", till.stream);
    let cells = text(&producer.get(&world, &file).await);
    for (number, vnd) in paid {
        let words = format!("Trong đó đã trả 23/11/2026, phiếu {number}");
        assert!(cells.contains(&words) && cells.contains(&(-vnd).to_string()), "{words} in {cells}");
    }
    world.check_books().await;
}

/// The journal of a computer that was replaced ends for both settlements at the same entry.
async fn a_payment_in_a_finished_journal_is_in_one_settlement(db: Db) {
    let world = World::new(db).await;
    let pay = |former: &mut Till| {
        former.pay_producer(world.phu_sinh, 50_000);
    };
    let pages = settle_twice_after(&world, pay).await;
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    for (page, count, carried) in [(&pages[0], 1, 2 * DUE - 50_000), (&pages[1], 0, 3 * DUE - 50_000)] {
        let report = producer.json(&world, page).await;
        assert_eq!(
            (advances(&report).len(), &report["paper"]["carried_vnd"]),
            (count, &Value::from(carried))
        );
    }
}
