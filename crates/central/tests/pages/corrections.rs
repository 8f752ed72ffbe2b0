//! Settlements and payments that were put right, as producer and operator read them.

use central::db::Db;
use central::db::users::Role;
use serde_json::Value;

use super::browser::{Browser, text};
use super::joint::DUE;
use crate::support::settling::{adjustment, settle_twice_after, settlement, taking_back};
use crate::support::{Till, World};

testkit::on_both_engines!(what_was_put_right_stands_on_both_papers, a_finished_journal_is_in_one_settlement);

fn rows<'a>(report: &'a Value, name: &str) -> Vec<(&'a str, i64)> {
    let rows = report[name].as_array().unwrap().iter();
    rows.map(|row| (row["corrected_number"].as_str().unwrap(), row["adjusted_vnd"].as_i64().unwrap()))
        .collect()
}

async fn what_was_put_right_stands_on_both_papers(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 3)]);
    let first = settlement(world.phu_sinh, &[&till], 3 * DUE);
    till.settle(&first);
    let first_seq = till.head.seq;
    let told = adjustment(world.phu_sinh, &till, first_seq, 40_000);
    till.adjust(&told);
    till.pay_producer(world.phu_sinh, 500_000);
    let paid_seq = till.head.seq;
    let told = taking_back(world.phu_sinh, &till, paid_seq, (500_000, "cash"));
    till.adjust(&told);
    till.sell(&[(&world.garlic, 1)]);
    let second = settlement(world.phu_sinh, &[&till], 0);
    assert_eq!((second.carried, second.due), (40_000, DUE));
    till.settle(&second);
    let second_seq = till.head.seq;
    // Beside the second one, for the third.
    let told = adjustment(world.phu_sinh, &till, second_seq, -7_000);
    till.adjust(&told);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());

    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let number = |letters: &str, seq: i64| format!("LS-{}-{letters}{seq}", till.stream.short_code());
    let (of_first, of_payment) = (number("QT", first_seq), number("TT", paid_seq));
    for (browser, root) in [(&mut producer, "/me"), (&mut operator, "/shops")] {
        let page = |seq: i64| format!("{root}/settlements/{}/{seq}", till.stream);
        let report = browser.json(&world, &page(first_seq)).await;
        assert_eq!(
            (rows(&report, "adjusted"), rows(&report, "corrected_by")),
            (vec![], vec![(of_first.as_str(), 40_000)])
        );
        let report = browser.json(&world, &page(second_seq)).await;
        let adjusted = vec![(of_first.as_str(), 40_000), (of_payment.as_str(), 500_000)];
        assert_eq!(rows(&report, "adjusted"), adjusted);
        assert_eq!(report["adjusted"][1]["is_taken_back"], true);
        assert_eq!(report["corrected_by"][0]["adjusted_vnd"], -7_000);
        // What is owed from before without them is the payment that came back.
        assert_eq!(report["paper"]["carried_vnd"], 40_000);
        let shown = text(&browser.get(&world, &page(second_seq)).await);
        for told in [
            format!("Điều chỉnh {of_first}"),
            format!("Rút lại khoản trả {of_payment}"),
            "Hoa hồng 10 %, không phải 12 %".to_owned(),
            "+40.000 ₫".to_owned(),
            "Đã sửa sau kỳ này".to_owned(),
            "-7.000 ₫".to_owned(),
        ] {
            assert!(shown.contains(&told), "{told} in {shown}");
        }
        let moves = browser.json(&world, &format!("{}/moves", page(second_seq))).await;
        assert_eq!((moves["move_count"].as_i64(), moves["due_vnd"].as_i64()), (Some(1), Some(DUE)));
    }
    let list = producer.json(&world, "/me/settlements").await;
    let papers = list["papers"].as_array().unwrap();
    let of = |corrects: &str| papers.iter().find(|paper| paper["corrected_number"] == corrects).unwrap();
    assert_eq!((papers.len(), &of(&of_payment)["paid_vnd"]), (6, &Value::from(-500_000)));
    assert_eq!(
        (&of(&of_first)["adjusted_vnd"], &of(&of_first)["page"]),
        (&Value::from(40_000), &Value::Null)
    );
    let shown = text(&producer.get(&world, "/me/settlements").await);
    for told in ["Rút lại khoản trả, phiếu", "+500.000 ₫", "-7.000 ₫", "cho phiếu"] {
        assert!(shown.contains(told), "{told} in {shown}");
    }
    let mut other = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    assert_eq!(other.json(&world, "/me/settlements").await["papers"], Value::Array(Vec::new()));
    world.check_books().await;
}

/// The journal of a computer that was replaced ends for both settlements at the same entry, and what is in it is in the first of them alone.
async fn a_finished_journal_is_in_one_settlement(db: Db) {
    let world = World::new(db).await;
    let put_right = |former: &mut Till| {
        let told = adjustment(world.phu_sinh, former, former.head.seq, 9_000);
        former.adjust(&told);
    };
    let pages = settle_twice_after(&world, put_right).await;
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    for (page, adjusted, carried) in [(&pages[0], 1, 2 * DUE + 9_000), (&pages[1], 0, 3 * DUE + 9_000)] {
        let report = producer.json(&world, page).await;
        assert_eq!(
            (rows(&report, "adjusted").len(), &report["paper"]["carried_vnd"]),
            (adjusted, &Value::from(carried))
        );
        let moves = producer.json(&world, &format!("{page}/moves")).await;
        assert_eq!(moves["move_count"], 1, "{page}: {moves}");
    }
}
