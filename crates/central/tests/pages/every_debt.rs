//! What an operator's pages say of debts, of money that is waited for and of alarms, against a slow count of single entries: random trade
//! with sales on credit, transfers that are only claimed, goods that were lost, payments, and everything that somebody should look into.

use std::collections::{BTreeMap, BTreeSet};

use central::db::Db;
use central::db::engine::Sql;
use central::db::users::Role;
use domain::count::{CountedLot, CountedProduct};
use domain::ids::SaleId;
use domain::removal::Cause;
use domain::stock::Owner;
use domain::{Money, Quantity};
use protocol::payload::sale::SaleTender;
use protocol::payload::{self, GoodsCount, GoodsCountProduct, TenderConfirmed};
use serde_json::Value;
use time::Duration;
use uuid::Uuid;

use super::browser::Browser;
use super::figures::int;
use crate::books::goods_out::{line, remove};
use crate::books::transfers::{lot, send, take_in};
use crate::support::back::back;
use crate::support::random_world::{Draws, Last, RandomWorld};
use crate::support::raw::{self, Told};
use crate::support::settling::{adjustment, joint, settlement};
use crate::support::{Goods, TODAY, Till, World};

testkit::on_both_engines!(every_debt_and_alarm_is_that_of_the_entries);

/// What a store waits for: by transfer, or as a debt.
const OPEN: [&str; 2] = ["claimed", "credit"];
/// Sent to Phú Sinh for all stores, and recorded by none.
const SENT_VND: i64 = 40_000;
/// So many days after everything else one store tells more, and the operator looks.
const LATER: i64 = 4;
const DAY_MS: i64 = 86_400_000;

/// Fifty days of one act each.
fn trade(world: &World, till: &mut Till, draws: &mut Draws) {
    let all = [&world.garlic, &world.salt, &world.basket];
    for step in 0..50 {
        till.day = TODAY - Duration::days(50 - step);
        let (goods, pieces) = (all[usize::try_from(draws.below(3)).unwrap()], draws.pieces());
        match draws.below(9) {
            0..=3 => sell_for_later(till, goods, pieces, draws),
            4 => {
                let lot = till.receive(goods, pieces + 1);
                remove(till, Cause::Lost, &[line(goods, lot, pieces, owed_for(goods, pieces))]);
            }
            5 => miss(till, goods, pieces),
            6 => drop(till.pay_producer(world.phu_sinh, pieces * 10_000)),
            act => {
                let sold = till.line(goods, pieces, None);
                let sale = till.sell_lines(std::slice::from_ref(&sold));
                let back = back(0, &sold, 0, if act == 7 { 1 } else { pieces });
                let told = till.refund_of(vec![back]);
                till.write_refund(if act == 7 { "refund" } else { "void" }, Some(sale), &told);
            }
        }
    }
}

/// Nobody is owed for the store's own.
fn owed_for(goods: &Goods, pieces: i64) -> i64 {
    if goods.terms.is_some() { pieces * 9_000 } else { 0 }
}

/// A sale that nobody has paid yet; of some the money comes, or a part of it.
fn sell_for_later(till: &mut Till, goods: &Goods, pieces: i64, draws: &mut Draws) {
    let kind = OPEN[usize::try_from(draws.below(2)).unwrap()];
    let tender = |kind: &str, amount| vec![SaleTender { kind: kind.to_owned(), amount }];
    let mut sale = till.sale_of(vec![till.line(goods, pieces, None)]);
    sale.tenders = tender(kind, sale.payable);
    let id = SaleId::from_uuid(Uuid::new_v5(&Uuid::nil(), till.head.hash.bytes()));
    till.write_sale(id, &sale);
    let came = [0, sale.payable, sale.payable / 3][usize::try_from(draws.below(3)).unwrap()];
    if came > 0 {
        let told = TenderConfirmed {
            voucher: format!("LS-0000-XN{}", till.head.seq + 1),
            sale_receipt: sale.receipt,
            shift: Uuid::from_u128(6),
            cashier: Uuid::from_u128(8),
            counter: "1".to_owned(),
            from: kind.to_owned(),
            tenders: tender(if came == sale.payable { "cash" } else { "vietqr" }, came),
            source: None,
        };
        till.write("tender_confirmed", Some(id.uuid()), &payload::write(&told).unwrap());
    }
}

/// Counts a lot of which pieces are missing.
fn miss(till: &mut Till, goods: &Goods, pieces: i64) {
    let missing = CountedLot {
        lot_id: till.receive(goods, 10),
        owner: Owner::from(goods.terms.map(|terms| terms.producer_id)),
        unreceived: false,
        quantity: Quantity::pieces(-pieces),
        compensation: Money::new(owed_for(goods, pieces)),
    };
    let product = CountedProduct {
        product_id: goods.id,
        expected: Quantity::pieces(10),
        counted: Quantity::pieces(10 - pieces),
        lots: vec![missing],
    };
    let told = GoodsCount {
        voucher: format!("KK{}", till.head.seq),
        cashier: Uuid::from_u128(8),
        approved_by: Uuid::from_u128(9),
        products: vec![GoodsCountProduct::from(&product)],
    };
    till.write("goods_count", None, &payload::write(&told).unwrap());
}

/// The garlic's producer finds a settlement wrong, and nobody answers.
async fn dispute(world: &World, till: &mut Till) {
    let settled = settlement(world.phu_sinh, &[till], 0);
    till.settle(&settled);
    assert_eq!(till.push_from(world, till.head.seq).await.ack().exceptions, Vec::<i64>::new());
    let mut producer = Browser::of(world, Role::Producer(world.phu_sinh)).await;
    let number = Uuid::from_u128(6).to_string();
    let fields =
        [("id", number.as_str()), ("product", ""), ("figure", "due"), ("claimed", "1"), ("words", "Sai")];
    let path = format!("/me/settlements/{}/{}/dispute", till.stream, till.head.seq);
    assert_eq!(producer.post(world, "/me", &path, &fields).await.status, 303);
}

/// A settlement for which more is owed than it said.
async fn put_right(world: &World, till: &mut Till) {
    let settled = settlement(world.phu_sinh, &[till], 0);
    till.settle(&settled);
    let settled = till.head.seq;
    let told = adjustment(world.phu_sinh, till, settled, 4_000);
    till.adjust(&told);
    assert_eq!(till.push_from(world, settled).await.ack().exceptions, Vec::<i64>::new());
}

/// Three transfers, of which one was taken in with a piece less.
async fn send_about(world: &World, tills: &mut [Till]) {
    let first = tills[0].head.seq + 1;
    let mut sent = Vec::new();
    for pieces in [3, 4, 5] {
        let salt = lot(&world.salt, tills[0].receive(&world.salt, pieces));
        let number = send(&mut tills[0], world.other_store, &[(salt.clone(), pieces)]);
        sent.push((number, salt));
    }
    tills[0].push_from(world, first).await.ack();
    let (first, (number, salt)) = (tills[1].head.seq + 1, sent.swap_remove(0));
    take_in(&mut tills[1], world.store, &number, &[(salt, 3, 2, 26_000)]);
    assert_eq!(tills[1].push_from(world, first).await.ack().exceptions, Vec::<i64>::new());
}

/// Three entries that cannot be in the books as told, of which somebody has looked into one.
async fn mistell(world: &World, till: &mut Till) {
    let first = till.head.seq + 1;
    till.write("teleport", None, "{}");
    let mut wrong = till.sale_of(vec![till.line(&world.salt, 1, None)]);
    wrong.tendered += 1;
    till.write_sale(world.app.clock.new_uuid().into(), &wrong);
    till.write("teleport", None, "{}");
    let exceptions = till.push_from(world, first).await.ack().exceptions;
    assert_eq!(exceptions.len(), 3);
    world.admin.answer_exception(till.stream, exceptions[1], "Đã hỏi cửa hàng").await.unwrap();
}

/// A computer of the second store that waits for approval, and two of the first one with one key.
async fn add_computers(world: &World) {
    let mut held = Till::enrol(world, world.other_store).await;
    for pieces in 1..=3 {
        held.sell(&[(&world.salt, pieces)]);
    }
    held.push_from(world, 1).await.ack();
    let mut one = world.till().await;
    one.sell(&[(&world.salt, 1)]);
    let mut other = one.clone();
    one.sell(&[(&world.garlic, 1)]);
    other.sell(&[(&world.basket, 1)]);
    one.push_from(world, 1).await.ack();
    other.push_from(world, 1).await.problem();
}

async fn every_debt_and_alarm_is_that_of_the_entries(db: Db) {
    let mut random = RandomWorld::new(db, 31, Last::Operator, true).await;
    let mut tills = std::mem::take(&mut random.tills);
    let world = &random.world;
    let mut draws = Draws::new(32);
    for till in &mut tills {
        let first = till.head.seq + 1;
        trade(world, till, &mut draws);
        assert_eq!(till.push_from(world, first).await.ack().exceptions, Vec::<i64>::new());
    }
    put_right(world, &mut tills[0]).await;
    dispute(world, &mut tills[0]).await;
    joint(world, SENT_VND).await;
    send_about(world, &mut tills).await;
    add_computers(world).await;
    mistell(world, &mut tills[0]).await;
    world.clock.advance(LATER * DAY_MS);
    let (first, today) = (tills[1].head.seq + 1, TODAY + Duration::days(LATER));
    tills[1].day = today;
    tills[1].sell(&[(&world.garlic, 1)]);
    tills[1].push_from(world, first).await.ack();

    let own = BTreeSet::from([world.store.uuid(), world.other_store.uuid()]);
    let told: Vec<Told> = raw::read(&world.app.db).await;
    let told: Vec<Told> = told.into_iter().filter(|told| own.contains(&told.store)).collect();
    assert!(told.iter().any(|told| told.kind == "producer_adjusted"), "a settlement is put right");
    let mut operator = Browser::of(world, Role::Operator(world.operator)).await;
    let shops = operator.json(world, "/shops").await;
    check_debts(world, &shops, &told).await;
    check_list(world, &mut operator, &told).await;
    check_alarms(world, &shops).await;
    let sent = count(&told, "transfer_out", "voucher");
    let late = sent.difference(&count(&told, "transfer_in", "transfer")).count();
    assert!(late > 0 && shops["late_transfer_count"].as_u64() == u64::try_from(late).ok(), "{late}");
    assert_eq!((&shops["disputed_count"], &shops["disputed_days"]), (&1.into(), &LATER.into()));
    // These are recounted of their own.
    assert_eq!(shops["goods"], operator.json(world, "/inventory").await["counts"]);
}

fn count(told: &[Told], kind: &str, name: &str) -> BTreeSet<String> {
    let of_kind = told.iter().filter(|told| told.kind == kind);
    of_kind.map(|told| told.said[name].as_str().unwrap().to_owned()).collect()
}

/// What is owed to each producer, by store.
fn owed(told: &[Told]) -> BTreeMap<(Uuid, Uuid), i64> {
    let mut owed = BTreeMap::<(Uuid, Uuid), i64>::new();
    for entry in told {
        for line in entry.lines() {
            if let Some(producer) = line.producer {
                *owed.entry((producer, entry.store)).or_default() += line.due + line.lost_vnd;
            }
        }
        if let Some((producer, vnd)) = entry.owed_change() {
            *owed.entry((producer, entry.store)).or_default() += vnd;
        }
    }
    owed
}

fn waited_for(told: &[Told]) -> i64 {
    let of_entry = |told: &Told| match told.kind.as_str() {
        "sale" => told.tenders(&OPEN),
        "refund" | "void" => -told.tenders(&OPEN),
        "tender_confirmed" => -told.tenders(&["cash", "vietqr", "card"]),
        _ => 0,
    };
    told.iter().map(of_entry).sum()
}

async fn check_debts(world: &World, shops: &Value, told: &[Told]) {
    let waiting = waited_for(told);
    assert!(waiting > 0, "there is something to compare");
    assert_eq!(int(shops, "waiting_vnd"), waiting);
    let names: Vec<(Uuid, String)> =
        world.app.db.all(Sql::new("select id, name from producers")).await.unwrap();
    let names: BTreeMap<Uuid, String> = names.into_iter().collect();
    let mut producers = BTreeMap::<String, i64>::new();
    for ((producer, _), vnd) in owed(told) {
        *producers.entry(names[&producer].clone()).or_default() += vnd;
    }
    assert_eq!(int(shops, "owed_vnd"), producers.values().sum::<i64>());
    producers.retain(|_, vnd| *vnd != 0);
    assert_eq!(producers.len(), 3, "fewer than the page shows");
    let shown = shops["producers"].as_array().unwrap();
    let rows: BTreeMap<String, i64> =
        shown.iter().map(|row| (row["name"].as_str().unwrap().to_owned(), int(row, "owed_vnd"))).collect();
    assert_eq!(rows, producers);
    assert!(shown.is_sorted_by(|one, next| int(one, "owed_vnd") >= int(next, "owed_vnd")), "{shown:?}");
}

/// The list of producers, and the page of one, say the same less what is on its way.
async fn check_list(world: &World, operator: &mut Browser, told: &[Told]) {
    let (owed, phu_sinh) = (owed(told), world.phu_sinh.uuid());
    let mut expected = BTreeMap::<String, (i64, i64)>::new();
    for ((producer, _), vnd) in &owed {
        let sent = if *producer == phu_sinh { SENT_VND } else { 0 };
        let row = expected.entry(producer.to_string()).or_insert((-sent, sent));
        row.0 += vnd;
    }
    let list = operator.json(world, "/shops/producers").await;
    let rows = list["producers"].as_array().unwrap().iter().map(|row| {
        let id = row["producer_id"].as_str().unwrap().to_owned();
        (id, (int(row, "owed_vnd"), int(row, "on_its_way_vnd")))
    });
    assert_eq!(rows.collect::<BTreeMap<_, _>>(), expected);
    let one = operator.json(world, &format!("/shops/producers/{phu_sinh}")).await;
    assert_eq!(int(&one, "owed_vnd"), expected[&phu_sinh.to_string()].0);
    let stores = [(world.store, "Điểm OCOP LS"), (world.other_store, "Điểm OCOP QN")];
    let rows = one["stores"].as_array().unwrap();
    assert_eq!(rows.len(), stores.len(), "{one}");
    for (row, (store, name)) in rows.iter().zip(stores) {
        assert_eq!(row["store"], name);
        assert_eq!(
            int(row, "owed_vnd") + int(row, "on_its_way_vnd"),
            owed[&(phu_sinh, store.uuid())],
            "{row}"
        );
    }
}

/// What is wrong with each store: its entries, and what this story did.
async fn check_alarms(world: &World, shops: &Value) {
    let text = "select store_id, state, kind, shared from entries where state <> 'projected'";
    let rows: Vec<(Uuid, String, String, Vec<u8>)> = world.app.db.all(Sql::new(text)).await.unwrap();
    let waiting = |store: Uuid| -> i64 {
        let held = rows.iter().filter(|row| row.0 == store && row.1 == "held" && row.2 == "sale");
        held.map(|row| int(&serde_json::from_slice(&row.3).unwrap(), "payable")).sum()
    };
    let mistold = |store: Uuid| {
        let states = ["exception", "uninterpreted"];
        rows.iter().filter(|row| row.0 == store && states.contains(&row.1.as_str())).count()
    };
    let (first, second) = (world.store.uuid(), world.other_store.uuid());
    assert!(waiting(second) > 0 && mistold(first) == 3, "there is something to compare");
    let shown = shops["stores"].as_array().unwrap();
    assert_eq!(shown.len(), 2);
    for row in shown {
        let store: Uuid = row["store_id"].as_str().unwrap().parse().unwrap();
        let is_first = store == first;
        assert_eq!(int(row, "held_vnd"), waiting(store), "{row}");
        let answered = usize::from(is_first);
        assert_eq!(row["exceptions"].as_u64(), u64::try_from(mistold(store) - answered).ok(), "{row}");
        // The second one told more four days later.
        assert_eq!((&row["is_forked"], &row["is_silent"]), (&is_first.into(), &is_first.into()), "{row}");
    }
}
