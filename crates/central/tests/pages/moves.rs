//! Every figure opens down to its entries: what moved behind a settlement, behind what is owed, and what was delivered beside its note.

use central::db::Db;
use central::db::users::Role;
use protocol::payload::{self, GoodsIn, GoodsInLine, GoodsInMissing, GoodsOut, GoodsOutLine};
use serde_json::Value;
use uuid::Uuid;

use super::browser::{Browser, text};
use crate::support::settling::settlement;
use crate::support::{Till, World};

testkit::on_both_engines!(
    a_settlements_figures_are_the_sums_of_its_moves,
    long_lists_open_page_by_page_to_their_last_move,
    what_was_counted_stands_beside_its_note,
    what_did_not_come_stands_beside_its_note,
    a_delivery_that_was_taken_back_is_on_no_list
);

/// Sums of a field by cause.
fn sum(report: &Value, cause: &str, field: &str) -> i64 {
    let moves = report["moves"].as_array().unwrap().iter();
    moves.filter(|each| each["cause"] == cause).map(|each| each[field].as_i64().unwrap()).sum()
}

async fn a_settlements_figures_are_the_sums_of_its_moves(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let lot = till.receive(&world.garlic, 10);
    let sale = till.sale_of(vec![till.line(&world.garlic, 3, Some(lot))]);
    till.write_sale(world.app.clock.new_uuid().into(), &sale);
    let first = settlement(world.phu_sinh, &[&till], 0);
    till.settle(&first);
    let first_seq = till.head.seq;
    // After it: two more, in the second settlement; one that is not settled yet.
    till.sell(&[(&world.garlic, 2)]);
    let second = settlement(world.phu_sinh, &[&till], 0);
    till.settle(&second);
    let second_seq = till.head.seq;
    till.sell(&[(&world.garlic, 1)]);
    till.receive(&world.salt, 4);
    till.push_from(&world, 1).await.ack();

    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let garlic = world.garlic.id;
    for (seq, received, sold) in [(first_seq, 10_000, -3_000), (second_seq, 0, -2_000)] {
        let page = format!("/settlements/{}/{seq}", till.stream);
        let figures = producer.json(&world, &format!("/me{page}")).await;
        for (browser, root) in [(&mut producer, "/me"), (&mut operator, "/shops")] {
            let report = browser.json(&world, &format!("{root}{page}/moves?product={garlic}")).await;
            assert_eq!(
                (sum(&report, "received", "moved_milli"), sum(&report, "sold", "moved_milli")),
                (received, sold)
            );
            let row = &figures["rows"][0];
            assert_eq!(row["received_milli"].as_i64(), Some(received));
            assert_eq!(row["sold_milli"].as_i64(), Some(-sold));
            assert_eq!(row["due_vnd"].as_i64(), Some(sum(&report, "sold", "due_vnd")));
            let none = browser.json(&world, &format!("{root}{page}/moves?product={}", world.salt.id)).await;
            assert_eq!(none["moves"].as_array().unwrap().len(), 0, "another producer's");
        }
        let whole = text(&producer.get(&world, &format!("/me{page}")).await);
        assert!(whole.contains(&format!("/me{page}/moves?product={garlic}")), "{whole}");
    }
    let page =
        text(&producer.get(&world, &format!("/me/settlements/{}/{first_seq}/moves", till.stream)).await);
    for told in ["Bán · Sản phẩm TOI-DEN", "+10", "-3", &sale.receipt, "1.204.200 ₫", "23/11/2026"] {
        assert!(page.contains(told), "{told} in {page}");
    }
    // What is owed opens by store, and there down to what is not settled yet.
    let open = format!("/me/moves?store={}", world.store);
    let overview = text(&producer.get(&world, "/me").await);
    assert!(overview.contains(&format!("href=\"{open}\"")), "{overview}");
    let report = producer.json(&world, &open).await;
    assert_eq!((report["moves"].as_array().unwrap().len(), sum(&report, "sold", "moved_milli")), (1, -1_000));
    let mut other = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    assert_eq!(sum(&other.json(&world, &open).await, "received", "moved_milli"), 4_000, "their own");
    let foreign = format!("/me/settlements/{}/{first_seq}/moves", till.stream);
    assert_eq!(other.get(&world, &foreign).await.status, 404);
    assert_eq!(producer.get(&world, &format!("{foreign}?product=toi")).await.status, 404);
}

/// All moves of a list, page after page, as far as its pages lead.
async fn pages(browser: &mut Browser, world: &World, path: &str) -> (Vec<Value>, Value) {
    let (mut moves, mut after) = (Vec::new(), String::new());
    loop {
        let report = browser.json(world, &format!("{path}{after}")).await;
        moves.extend(report["moves"].as_array().unwrap().iter().cloned());
        match report["next_moves"].as_str() {
            Some(next) => {
                let sign = if path.contains('?') { '&' } else { '?' };
                after = format!("{sign}after={next}");
            }
            None => return (moves, report),
        }
        assert!(moves.len() < 2_000, "pages that never end");
    }
}

/// 452 moves of two journals: the latest first while they are open, the earliest first in their settlement; every page says what all
/// of them are worth.
async fn long_lists_open_page_by_page_to_their_last_move(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.receive(&world.garlic, 10);
    for _ in 0..449 {
        till.sell(&[(&world.garlic, 1)]);
    }
    till.push_from(&world, 1).await.ack();
    let mut second = world.till().await;
    second.sell(&[(&world.garlic, 2)]);
    second.sell(&[(&world.salt, 5)]);
    second.receive(&world.garlic, 3);
    second.push_from(&world, 1).await.ack();

    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let open = format!("/me/moves?store={}", world.store);
    let (moves, last) = pages(&mut producer, &world, &open).await;
    let due: i64 = moves.iter().map(|each| each["due_vnd"].as_i64().unwrap()).sum();
    assert_eq!(
        (moves.len(), last["move_count"].as_i64(), last["due_vnd"].as_i64()),
        (452, Some(452), Some(due))
    );
    assert!(due > 0);
    let of_first: Vec<&Value> = moves.iter().filter(|each| each["moved_milli"] == -1_000).collect();
    assert_eq!(of_first.len(), 449);
    assert!(
        of_first.windows(2).all(|two| two[0]["receipt_number"].as_str() > two[1]["receipt_number"].as_str())
    );
    let first = producer.json(&world, &open).await;
    assert_eq!((first["moves"].as_array().unwrap().len(), first["move_count"].as_i64()), (200, Some(452)));
    let next = first["next_moves"].as_str().unwrap();
    let page = text(&producer.get(&world, &open).await);
    assert!(page.contains("Cộng tất cả 452 lần") && page.contains(&format!("&amp;after={next}")), "{page}");
    assert!(text(&producer.get(&world, &format!("{open}&after={next}")).await).contains("Về trang đầu"));
    // A page that is none, and one behind moves of somebody else, which tells nothing of them.
    assert_eq!(producer.get(&world, &format!("{open}&after=1.2")).await.status, 404);
    let mut other = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    let theirs = other.json(&world, &format!("{open}&after={next}")).await;
    assert!(theirs["moves"].as_array().unwrap().iter().all(|each| each["moved_milli"] == -5_000), "{theirs}");

    let settled = settlement(world.phu_sinh, &[&till, &second], 0);
    till.settle(&settled);
    let seq = till.head.seq;
    till.push_from(&world, seq).await.ack();
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    for (browser, root) in [(&mut producer, "/me"), (&mut operator, "/shops")] {
        let path = format!("{root}/settlements/{}/{seq}/moves", till.stream);
        let (moves, last) = pages(browser, &world, &path).await;
        assert_eq!((moves.len(), last["due_vnd"].as_i64()), (452, Some(due)));
        let first = browser.json(&world, &path).await;
        let behind = format!("?after={}", first["next_moves"].as_str().unwrap());
        let numbers = moves.iter().filter(|each| each["moved_milli"] == -1_000);
        let numbers: Vec<&str> = numbers.map(|each| each["receipt_number"].as_str().unwrap()).collect();
        assert!(numbers.is_sorted(), "the earliest first");
        for (after, is_first) in [("", true), ("?after=", true), (behind.as_str(), false)] {
            let page = text(&browser.get(&world, &format!("{path}{after}")).await);
            assert_eq!(page.contains("Về trang đầu"), !is_first, "{after}: {page}");
        }
        let (of_product, _) = pages(browser, &world, &format!("{path}?product={}", world.garlic.id)).await;
        assert_eq!(of_product, moves);
    }
    assert_eq!(producer.json(&world, &open).await["move_count"].as_i64(), Some(0), "all of it is settled");
}

/// Takes in garlic as counted, beside a note; returns its lot.
fn receive_noted(till: &mut Till, world: &World, counted: i64, noted: Option<i64>) -> Uuid {
    let lot = Uuid::new_v5(&world.garlic.id.uuid(), &till.head.seq.to_be_bytes());
    receive_all(till, world, &[(lot, counted, noted)], &[]);
    lot
}

/// Takes in lots of garlic as counted, beside a note that names more garlic, of which nothing came.
fn receive_all(till: &mut Till, world: &World, lots: &[(Uuid, i64, Option<i64>)], missing: &[i64]) {
    let line = |(lot, counted, noted): &(Uuid, i64, Option<i64>)| GoodsInLine {
        lot: *lot,
        product: world.garlic.id.uuid(),
        producer: Some(world.phu_sinh.uuid()),
        quantity: counted * 1_000,
        noted: noted.map(|pieces| pieces * 1_000),
        covers_unreceived: 0,
        expires_on: None,
        code: Some("L-7".to_owned()),
        not_of: None,
    };
    let not_come = |pieces: &i64| GoodsInMissing {
        product: world.garlic.id.uuid(),
        producer: Some(world.phu_sinh.uuid()),
        noted: pieces * 1_000,
    };
    let goods = GoodsIn {
        delivery: Uuid::from_u128(9),
        voucher: String::new(),
        cashier: Uuid::from_u128(8),
        lines: lots.iter().map(line).collect(),
        missing: missing.iter().map(not_come).collect(),
    };
    till.write("goods_in", None, &payload::write(&goods).unwrap());
}

/// Takes garlic off the shelf; `takes_back` is the paper of the delivery that was a mistake.
fn give_back(till: &mut Till, world: &World, (lot, pieces): (Uuid, i64), takes_back: Option<&str>) {
    let out = GoodsOut {
        voucher: String::new(),
        cause: "returned".to_owned(),
        cashier: Uuid::from_u128(8),
        approved_by: Some(Uuid::from_u128(8)),
        takes_back: takes_back.map(str::to_owned),
        lines: vec![GoodsOutLine {
            lot,
            product: world.garlic.id.uuid(),
            producer: Some(world.phu_sinh.uuid()),
            quantity: pieces * 1_000,
            compensation: 0,
        }],
    };
    till.write("goods_out", None, &payload::write(&out).unwrap());
}

async fn a_delivery_that_was_taken_back_is_on_no_list(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let mistyped = receive_noted(&mut till, &world, 100, Some(10));
    till.push_from(&world, 1).await.ack();
    let next_seq = till.head.seq + 1;
    // Taken back in a later push, and typed again; another one is given back to the producer, which is no mistake.
    give_back(&mut till, &world, (mistyped, 100), Some("LS-0000-NH1"));
    receive_noted(&mut till, &world, 10, None);
    let given_back = receive_noted(&mut till, &world, 7, None);
    give_back(&mut till, &world, (given_back, 7), None);
    // What did not come with a mistake goes with it.
    let beside = Uuid::from_u128(70);
    receive_all(&mut till, &world, &[(beside, 30, Some(3))], &[24]);
    give_back(&mut till, &world, (beside, 30), Some("LS-0000-NH2"));
    assert_eq!(till.push_from(&world, next_seq).await.ack().exceptions, Vec::<i64>::new());
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let report = producer.json(&world, "/me/deliveries").await;
    let told = report["delivered"].as_array().unwrap().iter();
    let told: Vec<_> = told.map(|lot| lot["taken_in_milli"].as_i64()).collect();
    assert_eq!(told, [Some(7_000), Some(10_000)]);
    world.check_books().await;
    assert_eq!(producer.json(&world, "/me/deliveries").await, report);
}

async fn what_was_counted_stands_beside_its_note(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    for (counted, noted) in [(10, Some(12)), (5, Some(5)), (3, None)] {
        receive_noted(&mut till, &world, counted, noted);
    }
    till.push_from(&world, 1).await.ack();
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let report = producer.json(&world, "/me/deliveries").await;
    let told = report["delivered"].as_array().unwrap().iter();
    let told: Vec<_> =
        told.map(|lot| (lot["taken_in_milli"].as_i64(), lot["noted_milli"].as_i64())).collect();
    assert_eq!(told, [(Some(3_000), None), (Some(5_000), Some(5_000)), (Some(10_000), Some(12_000))]);
    let key = central::reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap();
    let by_key = format!("/p/{}/deliveries", key.rsplit('/').next().unwrap());
    for page in ["/me/deliveries?month=2026-11", by_key.as_str()] {
        let page = text(&producer.get(&world, page).await);
        assert_eq!(page.matches("phiếu ").count(), 2, "about it, and one mark: {page}");
        for words in ["phiếu 12, đếm 10", "lô L-7", "Điểm OCOP LS", "23/11/2026"] {
            assert!(page.contains(words), "{words} in {page}");
        }
    }
    assert!(
        text(&producer.get(&world, "/me/deliveries?month=2026-10").await)
            .contains("Tháng này chưa giao hàng")
    );
    assert_eq!(producer.get(&world, "/me/deliveries?month=2027-01").await.status, 404);
    let mut other = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    assert!(other.json(&world, "/me/deliveries").await["delivered"].as_array().unwrap().is_empty());
    // Folding the books anew gives the same.
    world.check_books().await;
    assert_eq!(producer.json(&world, "/me/deliveries").await, report);
}

/// The largest differences of all: nothing came of what the note says, and what came is not on it.
async fn what_did_not_come_stands_beside_its_note(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    receive_all(&mut till, &world, &[(Uuid::from_u128(71), 5, Some(0))], &[24]);
    receive_all(&mut till, &world, &[], &[12]);
    // A note of less than nothing is none.
    receive_all(&mut till, &world, &[(Uuid::from_u128(72), 7, None)], &[-3]);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, [till.head.seq]);
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let report = producer.json(&world, "/me/deliveries").await;
    let told = report["delivered"].as_array().unwrap().iter();
    let told: Vec<_> =
        told.map(|lot| (lot["taken_in_milli"].as_i64(), lot["noted_milli"].as_i64())).collect();
    assert_eq!(told, [(Some(0), Some(12_000)), (Some(5_000), Some(0)), (Some(0), Some(24_000))]);
    let page = text(&producer.get(&world, "/me/deliveries").await);
    for words in ["phiếu 24, đếm 0", "phiếu 0, đếm 5"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    // Folding the books anew gives the same, and no lot of it is on a shelf.
    world.check_books().await;
    assert_eq!(producer.json(&world, "/me/deliveries").await, report);
    let on_shelf =
        "select cast(coalesce(sum(quantity_milli), 0) as bigint) from stock where location = 'shelf'";
    assert_eq!(world.number(on_shelf).await, 5_000);
}
