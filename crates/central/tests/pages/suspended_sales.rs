//! Sales that are not in the books as told: the page of sales and the report say that they are missing, and so does who seals.

use central::db::Db;
use central::db::users::Role;
use domain::Rate;
use serde_json::{Value, json};
use time::macros::date;

use super::browser::{Browser, text, trade};
use crate::support::{Till, World};

testkit::on_both_engines!(what_waits_is_said_with_every_figure, whoever_seals_is_warned);

/// The report of November: from 15 October to 14 November.
const REPORT: &str = "/reports/2026-m11";

/// A store sells, and tells of a sale at terms that nobody agreed on.
async fn lie(world: &World) -> Till {
    let mut till = world.till().await;
    till.day = date!(2026 - 11 - 10);
    till.sell(&[(&world.salt, 1)]);
    till.sell(&[(&world.garlic.with_terms(|terms| terms.commission = Rate::percent(90)), 1)]);
    till.push_from(world, 1).await.ack();
    till
}

async fn what_waits_is_said_with_every_figure(db: Db) {
    let world = World::new(db).await;
    let till = lie(&world).await;
    let mut department = Browser::of(&world, Role::Department).await;
    let notice = |report: &Value| {
        let notices = report["freshness"]["notices"].as_array().unwrap();
        notices.iter().find(|notice| notice["missing"]["suspended"].is_object()).cloned()
    };
    let expected =
        json!({ "missing": { "suspended": { "entries": 1, "vnd": 450_000 } }, "store": "Điểm OCOP LS" });
    let day = "/sales?from=2026-11-10&to=2026-11-10";
    let report = department.json(&world, day).await;
    assert_eq!(report["totals"]["revenue_vnd"], 30_000);
    assert_eq!(notice(&report), Some(expected.clone()));
    let page = text(&department.get(&world, day).await);
    assert!(page.contains("1 bút toán bán hàng chưa vào số liệu, 450.000 ₫ ở tài khoản chờ"), "{page}");
    for other in ["/sales?from=2026-11-11&to=2026-11-23", &format!("{day}&store={}", world.other_store)] {
        assert_eq!(notice(&department.json(&world, other).await), None, "{other}");
    }
    let of_store = format!("{day}&store={}", world.store);
    let of_store = department.json(&world, &of_store).await;
    assert_eq!(
        (notice(&of_store), &of_store["over_time"][0]["is_complete"]),
        (Some(expected.clone()), &json!(false))
    );

    // Whoever looked into it has put nothing right.
    world.admin.answer_exception(till.stream, till.head.seq, "Chờ hợp đồng").await.unwrap();
    assert_eq!(notice(&department.json(&world, day).await), Some(expected));
    let board = text(&department.get(&world, "/stores").await);
    assert!(board.contains("Bút toán đã xem") && board.contains("Chờ hợp đồng"), "{board}");
}

async fn whoever_seals_is_warned(db: Db) {
    let world = World::new(db).await;
    lie(&world).await;
    // A report waits for a store from its first sale on; of this one nothing is in suspense.
    let mut other = world.other_till().await;
    other.day = date!(2026 - 11 - 10);
    other.sell(&[(&world.salt, 1)]);
    other.push_from(&world, 1).await.ack();
    let mut editor = Browser::of(&world, trade()).await;
    let report = editor.json(&world, REPORT).await["report"].clone();
    let reach: Vec<_> =
        report["reach"].as_array().unwrap().iter().map(|store| &store["suspended_count"]).collect();
    assert_eq!(reach, [&json!(1), &json!(0)]);
    assert_eq!(report["reach"][0]["suspended_vnd"], 450_000);
    let page = text(&editor.get(&world, REPORT).await);
    for said in [
        "Còn 1 bút toán bán hàng của kỳ chưa vào số liệu (450.000 ₫ ở tài khoản chờ).",
        "Chưa vào số liệu: Điểm OCOP LS (1 bút toán bán hàng, 450.000 ₫ ở tài khoản chờ).",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    // Of another period nothing waits.
    let page = text(&editor.get(&world, "/reports/2026-m10").await);
    assert!(page.contains("Chốt ngay") && !page.contains("tài khoản chờ"), "{page}");
}
