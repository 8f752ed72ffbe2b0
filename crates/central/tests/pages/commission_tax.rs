//! An administrator sets VAT on an operator's commission from a day on; nobody else does, and what was set is on record.

use central::db::Db;
use central::db::users::Role;

use super::browser::{Browser, location, text, trade};
use super::points::added;
use crate::support::World;

testkit::on_both_engines!(an_administrator_sets_the_rate_of_a_day_to_come);

async fn an_administrator_sets_the_rate_of_a_day_to_come(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let at = format!("/points/{}", world.store);
    let page = format!("{at}/commission-tax");
    let link = format!("href=\"{page}\"");
    assert!(text(&admin.get(&world, &at).await).contains(&link));
    let seen = text(&admin.get(&world, &page).await);
    assert!(seen.contains("Từ đầu") && seen.contains("8 %") && seen.contains("đang áp dụng"), "{seen}");

    let rows = "select cast(count(*) as bigint) from commission_taxes";
    for (from, percent, words) in [
        ("2026-11-23", "10", "Chọn từ ngày mai trở đi"),
        ("31/12/2026", "10", "Chọn một ngày từ năm 2000"),
        ("2027-01-01", "101", "Nhập số nguyên từ 0 đến 100"),
        ("2027-01-01", "", "Nhập số nguyên từ 0 đến 100"),
    ] {
        let fields = [("from", from), ("commission_tax", percent)];
        let answer = admin.post(&world, &page, &page, &fields).await;
        let told = text(&answer);
        assert!(answer.status == 422 && told.contains(words), "{from} {percent}: {told}");
    }
    let good = [("from", "2027-01-01"), ("commission_tax", "10")];
    let bare = admin.post_bare(&world, &page, "from=2027-01-01&commission_tax=10").await;
    assert_eq!(bare.status, 403, "without the token");
    let mut editor = Browser::of(&world, trade()).await;
    assert!(!text(&editor.get(&world, &at).await).contains(&link));
    assert_eq!(editor.post(&world, &at, &page, &good).await.status, 403);
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    assert_eq!(operator.post(&world, "/shops", &page, &good).await.status, 403);
    assert_eq!(world.number(rows).await, 1, "nothing was set");

    for _ in 0..2 {
        let answer = admin.post(&world, &page, &page, &good).await;
        assert_eq!(location(&answer), format!("{at}?done=commission-tax"), "{}", text(&answer));
    }
    assert_eq!(world.number(rows).await, 2, "sent twice, it is set once");
    let seen = text(&admin.get(&world, &format!("{at}?done=commission-tax")).await);
    assert!(seen.contains("Đã đặt mức thuế trên hoa hồng"), "{seen}");
    let seen = text(&admin.get(&world, &page).await);
    assert!(seen.contains("Từ 01/01/2027") && seen.contains("10 %"), "{seen}");
    let seen = text(&admin.get(&world, "/audit").await);
    assert!(seen.contains("Đặt thuế GTGT trên hoa hồng") && seen.contains("10 % from 2027-01-01"), "{seen}");

    // Nobody runs it yet.
    let at = added(&world, &mut admin, "Điểm OCOP Sa Huỳnh").await;
    assert_eq!(admin.get(&world, &format!("{at}/commission-tax")).await.status, 404);
}
