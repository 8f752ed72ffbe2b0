//! Sales whose invoices wait, as tills tell of them: page by page, each once, and what opens to no sale is counted.

use std::collections::{BTreeMap, BTreeSet};

use central::db::Db;
use central::db::users::Role;
use domain::ids::SaleId;
use protocol::wire::{Condition, WaitingInvoices};
use serde_json::Value;
use uuid::Uuid;

use super::browser::{Browser, text};
use super::reconciliation::{Place, gap, invoices, part, place, places, sides};
use crate::support::period::Period;
use crate::support::{Till, World};

testkit::on_both_engines!(
    computers_that_are_gone_wait_for_nothing,
    sales_that_wait_open_page_by_page,
    what_no_sale_is_known_of_is_counted
);

const GAP: &str = "/audit/period/invoices?period=2026-q4";

/// Of a sale: how many invoices wait, and how many of them were refused.
const FIGURES: [(i64, i64); 4] = [(1, 0), (2, 1), (1, 1), (3, 0)];

/// Tells that these wait, and so many more of which nothing is said.
async fn tell(world: &World, till: &Till, waiting: &[WaitingInvoices], more: i64) {
    let pending = more + waiting.iter().map(|each| each.waiting).sum::<i64>();
    let condition = Condition {
        invoices_pending: pending,
        invoices_oldest_ms: (pending > 0).then_some(1_000),
        invoices_waiting: waiting.to_vec(),
        ..Condition::default()
    };
    let body = serde_json::to_vec(&condition).unwrap();
    assert_eq!(till.tell(world, &body, &body, world.app.clock.now_ms()).await.status, 200);
}

fn one(sale: Uuid) -> WaitingInvoices {
    WaitingInvoices { sale, waiting: 1, refused: 0 }
}

/// Lets each till tell that the invoices of every third sale wait; returns those, with what was told of them.
pub(super) async fn tell_some(world: &World, period: &Period) -> BTreeMap<Place, (i64, i64)> {
    let mut all = BTreeMap::new();
    for till in &period.tills {
        let sales = till.journal.iter().filter(|entry| entry.envelope.kind == "sale");
        let mut told = Vec::new();
        for (entry, (waiting, refused)) in sales.step_by(3).zip(FIGURES.into_iter().cycle()) {
            all.insert(place(entry), (waiting, refused));
            told.push(WaitingInvoices { sale: entry.envelope.sale_id.unwrap(), waiting, refused });
        }
        tell(world, till, &told, 0).await;
    }
    all
}

async fn unopened(world: &World, auditor: &mut Browser) -> i64 {
    auditor.json(world, GAP).await["invoices_unopened"].as_i64().unwrap()
}

async fn computers_that_are_gone_wait_for_nothing(db: Db) {
    let world = World::new(db).await;
    world.admin.set_invoices(&invoices(world.operator)).await.unwrap();
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let (mut dead, used, held) =
        (world.till().await, world.till().await, Till::enrol(&world, world.store).await);
    let sale = dead.sell(&[(&world.basket, 1)]);
    dead.push_from(&world, 1).await.ack();
    tell(&world, &dead, &[one(sale.uuid())], 39).await;
    for (till, more) in [(&used, 2), (&held, 1)] {
        tell(&world, till, &[], more).await;
    }
    let told = async |auditor: &mut Browser| {
        let report = auditor.json(&world, "/audit/period?period=2026-q4").await;
        let entries = gap(&world, auditor, "invoices", "period=2026-q4").await.len();
        (part(&report, "invoices", "waiting"), unopened(&world, auditor).await, entries)
    };
    assert_eq!(told(&mut auditor).await, (43, 42, 1));
    world.admin.revoke(dead.stream).await.unwrap();
    assert_eq!(told(&mut auditor).await, (3, 3, 0), "what waits at computers that are in use");
}

async fn sales_that_wait_open_page_by_page(db: Db) {
    let world = World::new(db).await;
    world.admin.set_invoices(&invoices(world.operator)).await.unwrap();
    let mut till = world.till().await;
    let sales: Vec<SaleId> = (0..61).map(|_| till.sell(&[(&world.basket, 1)])).collect();
    till.push_from(&world, 1).await.ack();
    // The last one does not wait.
    let waiting: Vec<WaitingInvoices> = sales[..60].iter().map(|sale| one(sale.uuid())).collect();
    tell(&world, &till, &waiting, 0).await;
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let first = auditor.json(&world, GAP).await;
    let shown = |page: &Value| page["entries"].as_array().unwrap().len();
    assert_eq!((shown(&first), first["after"].is_string()), (50, true));
    let stream = till.stream.to_string();
    // Its first entry says whose journal it is.
    let expected: BTreeSet<Place> = (2..=61).map(|seq| (stream.clone(), seq)).collect();
    let entries = gap(&world, &mut auditor, "invoices", "period=2026-q4").await;
    assert_eq!(places(&entries), expected, "each once over both pages");
    let report = auditor.json(&world, "/audit/period?period=2026-q4").await;
    assert_eq!(sides(&report, "invoices"), (61, 1));
    let page = text(&auditor.get(&world, "/audit/period?period=2026-q4").await);
    assert!(page.contains("Mở bút toán: Hóa đơn"), "{page}");

    // All but one are issued: what was told before counts no more.
    let refused = WaitingInvoices { refused: 1, ..one(sales[7].uuid()) };
    tell(&world, &till, &[refused], 0).await;
    let entries = gap(&world, &mut auditor, "invoices", "period=2026-q4").await;
    assert_eq!(places(&entries), BTreeSet::from([(stream, 9)]));
    assert_eq!((&entries[0]["told"], &entries[0]["invoices_refused"]), (&1.into(), &1.into()));
    let page = text(&auditor.get(&world, GAP).await);
    assert!(page.contains("Hóa đơn còn chờ") && page.contains("Bị từ chối"), "{page}");
    assert!(!page.contains("không mở được ở đây"), "{page}");
}

async fn what_no_sale_is_known_of_is_counted(db: Db) {
    let world = World::new(db).await;
    let (mut till, mut other) = (world.till().await, world.other_till().await);
    let (sent, theirs) = (till.sell(&[(&world.basket, 1)]), other.sell(&[(&world.basket, 1)]));
    till.push_from(&world, 1).await.ack();
    other.push_from(&world, 1).await.ack();
    let kept = till.sell(&[(&world.basket, 1)]);
    // One that is here, one of another store, one that has not come, and three of which nothing is said.
    let waiting = [sent, theirs, kept].map(|sale| one(sale.uuid()));
    tell(&world, &till, &waiting, 3).await;
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let entries = gap(&world, &mut auditor, "invoices", "period=2026-q4").await;
    assert_eq!(places(&entries), BTreeSet::from([(till.stream.to_string(), 2)]));
    assert_eq!(unopened(&world, &mut auditor).await, 5);
    let page = text(&auditor.get(&world, GAP).await);
    assert!(page.contains("Còn 5 hóa đơn chờ không mở được ở đây"), "{page}");
    // Then it comes.
    till.push_from(&world, till.head.seq).await.ack();
    assert_eq!(unopened(&world, &mut auditor).await, 4);
    let of_other = format!("{GAP}&store={}", world.other_store);
    let found = auditor.json(&world, &of_other).await;
    assert_eq!((&found["entries"], &found["invoices_unopened"]), (&Value::Array(Vec::new()), &0.into()));
}
