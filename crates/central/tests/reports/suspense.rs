//! Sales that are in no figure: told by store and day for as long as they are not in the books, also when somebody looked into them.

use central::db::exceptions::{self, SuspendedDay};
use central::db::users::Role;
use central::db::{Db, sales};
use domain::ids::SaleId;
use domain::{Money, Rate};
use time::macros::date;
use uuid::Uuid;

use super::scope;
use crate::support::back::back;
use crate::support::{Goods, TODAY, World};

testkit::on_both_engines!(sales_in_suspense_are_told_by_day, an_answer_takes_nothing_out_of_suspense);

/// The garlic at terms that nobody agreed on.
fn lie(world: &World) -> Goods {
    world.garlic.with_terms(|terms| terms.commission = Rate::percent(90))
}

async fn sales_in_suspense_are_told_by_day(db: Db) {
    let world = World::new(db).await;
    let (mut till, lie) = (world.till().await, lie(&world));
    for (day, pieces) in [(date!(2026 - 11 - 20), 1), (date!(2026 - 11 - 21), 1), (date!(2026 - 11 - 20), 2)]
    {
        till.day = day;
        till.sell(&[(&lie, pieces)]);
    }
    // Goods come back of a sale that nobody knows. What is no sale is not among sales, and what is right is in the figures.
    till.day = date!(2026 - 11 - 22);
    let line = till.line(&world.salt, 1, None);
    till.take_back(SaleId::from_uuid(Uuid::from_u128(5)), vec![back(0, &line, 0, 1)]);
    till.write("teleport", None, "{}");
    till.sell(&[(&world.salt, 1)]);
    // A day that cannot be: it counts on the one on which it came.
    till.day = date!(1999 - 12 - 31);
    till.sell(&[(&world.salt, 1)]);
    till.push_from(&world, 1).await.ack();
    let department = scope(&world, Role::Department).await;
    let stores = sales::completeness(&world.app.db, department).await.unwrap();
    let [first, second] = stores.as_slice() else { panic!("{stores:?}") };
    let day = |day, entries, vnd| SuspendedDay { day, entries, money: Money::new(vnd) };
    assert_eq!(
        first.suspended,
        [
            day(date!(2026 - 11 - 20), 2, 1_350_000),
            day(date!(2026 - 11 - 21), 1, 450_000),
            day(date!(2026 - 11 - 22), 1, -30_000),
            day(TODAY, 1, 30_000),
        ]
    );
    assert_eq!((first.exceptions, second.suspended.len()), (6, 0));
}

async fn an_answer_takes_nothing_out_of_suspense(db: Db) {
    let world = World::new(db).await;
    let (mut till, lie) = (world.till().await, lie(&world));
    for pieces in [1, 2, 3] {
        till.sell(&[(&lie, pieces)]);
    }
    till.push_from(&world, 1).await.ack();
    let (db, department) = (&world.app.db, scope(&world, Role::Department).await);
    assert_eq!(exceptions::list_looked_into(db, 10).await.unwrap(), []);
    let before = sales::completeness(db, department).await.unwrap();
    let last = till.head.seq;
    for (seq, words) in [(last, "Đã hỏi cửa hàng"), (last - 1, "Chờ hợp đồng")] {
        world.clock.advance(1_000);
        world.admin.answer_exception(till.stream, seq, words).await.unwrap();
    }
    let found = exceptions::list_looked_into(db, 10).await.unwrap();
    let told: Vec<_> = found.iter().map(|each| (each.exception.seq, each.answer.words.as_str())).collect();
    assert_eq!(told, [(last - 1, "Chờ hợp đồng"), (last, "Đã hỏi cửa hàng")], "the last answer first");
    let answer = &found[1].answer;
    assert_eq!((answer.stream, answer.seq, answer.answered_by.as_str()), (till.stream, last, "test"));
    assert_eq!(
        (found[1].exception.reason.as_str(), found[1].exception.suspended.vnd()),
        ("terms", 1_350_000)
    );
    assert_eq!(exceptions::list_looked_into(db, 1).await.unwrap(), found[..1]);
    let after = sales::completeness(db, department).await.unwrap();
    assert_eq!(after[0].suspended, before[0].suspended);
    assert_eq!((before[0].exceptions, after[0].exceptions), (3, 1));
}
