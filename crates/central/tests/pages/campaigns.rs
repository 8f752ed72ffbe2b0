//! The pages of campaigns: administrators record, correct and end them, the department reads what they brought, and what was typed wrong
//! comes back with what is wrong in each field.

use central::admin::NewCampaign;
use central::db::Db;
use central::db::users::Role;
use time::Duration;

use super::browser::{Browser, location, text};
use crate::support::fair::{add_fair, fair};
use crate::support::{Answer, TODAY, World};

testkit::on_both_engines!(
    a_campaign_is_recorded_corrected_counted_and_ended,
    what_is_wrong_comes_back_with_a_word_for_each_field,
    the_list_is_filtered_and_kept_as_files,
    what_it_brought_is_told_in_words,
    products_that_are_retired_stay_in_it,
);

/// A form that is right.
fn right(world: &World) -> Vec<(&'static str, String)> {
    let text = str::to_owned;
    vec![
        ("act", text("save")),
        ("name", text("Tuần lễ tỏi Lý Sơn")),
        ("kind", text("tasting")),
        ("first_day", text("2026-11-16")),
        ("last_day", text("2026-11-29")),
        ("cost", text("12.500.000")),
        ("note", text("Cùng Hội Nông dân")),
        ("skus", format!("{}, {}", world.garlic.sku, world.salt.sku)),
        ("find", String::new()),
        ("found", String::new()),
    ]
}

/// Posts the form with other values; those of stores are added.
async fn post(world: &World, browser: &mut Browser, path: &str, others: &[(&'static str, &str)]) -> Answer {
    let mut fields = right(world);
    for (name, value) in others {
        match fields.iter_mut().find(|(field, _)| field == name) {
            Some(field) => field.1 = (*value).to_owned(),
            None => fields.push((name, (*value).to_owned())),
        }
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(world, path, path, &fields).await
}

async fn a_campaign_is_recorded_corrected_counted_and_ended(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let page = text(&admin.get(&world, "/promotions").await);
    assert!(page.contains("href=\"/campaigns\"") && page.contains("href=\"/campaigns/outcome\""), "{page}");
    assert!(text(&admin.get(&world, "/campaigns").await).contains("Không có chiến dịch nào."));
    let form = text(&admin.get(&world, "/campaigns/new").await);
    assert!(form.contains("value=\"2026-11-23\"") && form.contains("Điểm OCOP LS"), "{form}");

    // Sent twice, it is one.
    let (id, store) = (world.app.clock.new_uuid().to_string(), world.store.to_string());
    let first = post(&world, &mut admin, "/campaigns/new", &[("id", &id), ("store", &store)]).await;
    let answer = post(&world, &mut admin, "/campaigns/new", &[("id", &id)]).await;
    assert_eq!((answer.status, location(&answer)), (303, location(&first)), "{}", text(&answer));
    let page = text(&admin.get(&world, location(&first)).await);
    for said in [
        "Đã lưu chiến dịch Tuần lễ tỏi Lý Sơn.",
        "Mời dùng thử",
        "16/11/2026 – 29/11/2026",
        "12.500.000 ₫",
        "Cùng Hội Nông dân",
        "Đang diễn ra",
        "<dd>Điểm OCOP LS</dd>",
        "Quá ít dữ liệu",
        "Kết thúc sớm",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }

    let path = format!("/campaigns/{id}");
    let edit = format!("{path}/edit");
    let form = text(&admin.get(&world, &edit).await);
    assert!(form.contains("value=\"12.500.000 ₫\"") && form.contains("checked"), "{form}");
    let others = [("name", "Tuần lễ tỏi"), ("cost", ""), ("skus", "TOI-DEN")];
    let answer = post(&world, &mut admin, &edit, &others).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    let page = text(&admin.get(&world, &path).await);
    for said in [
        "Tên chiến dịch: Tuần lễ tỏi Lý Sơn → Tuần lễ tỏi",
        "Kinh phí: 12.500.000 ₫ → 0 ₫",
        "Sản phẩm: −MUOI",
        "Nơi thực hiện: −LS",
        "Mọi cửa hàng",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }

    let counted = format!("{path}/enquiries");
    for (day, count, status) in [
        ("2026-11-20", "1.200", 303),
        ("2026-11-15", "3", 422),
        ("2026-11-24", "3", 422),
        ("2026-11-20", "-1", 422),
        ("20/11/2026", "3", 422),
    ] {
        let answer = admin.post(&world, &path, &counted, &[("day", day), ("count", count)]).await;
        assert_eq!(answer.status, status, "{day} {count}: {}", text(&answer));
        assert!(status == 303 || text(&answer).contains("Ngày phải từ ngày đầu chiến dịch đến hôm nay"));
    }
    let page = text(&admin.get(&world, &format!("{path}?done=counted")).await);
    assert!(page.contains("Đã ghi số lượt hỏi.") && page.contains("20/11/2026: 1.200"), "{page}");

    let answer = admin.post(&world, &path, &format!("{path}/end"), &[]).await;
    assert_eq!((answer.status, location(&answer)), (303, format!("{path}?done=ended").as_str()));
    let page = text(&admin.get(&world, location(&answer)).await);
    assert!(
        page.contains("Đã kết thúc chiến dịch Tuần lễ tỏi.") && page.contains("kết thúc ngày 23/11/2026"),
        "{page}"
    );
    assert!(!page.contains("/end\""), "it ends once");

    let mut department = Browser::of(&world, Role::Department).await;
    let page = text(&department.get(&world, &path).await);
    assert!(
        page.contains("Tuần lễ tỏi") && !page.contains("<form method=\"post\" action=\"/campaigns"),
        "{page}"
    );
    for unknown in ["/campaigns/x", "/campaigns/019a0000-0000-7000-8000-000000000000"] {
        assert_eq!(department.get(&world, unknown).await.status, 404);
    }
    let english = text(&department.get(&world, &format!("{path}?lang=en")).await);
    assert!(english.contains("What it brought") && english.contains("Too little data"), "{english}");
}

async fn what_is_wrong_comes_back_with_a_word_for_each_field(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    for (others, says) in [
        (vec![("name", " ")], "Gõ tên, nhiều nhất 120 ký tự."),
        (vec![("kind", "best")], "Chọn một hình thức."),
        (vec![("first_day", "")], "Chọn ngày."),
        (vec![("last_day", "2026-11-15")], "Ngày cuối đứng trước ngày đầu."),
        (vec![("last_day", "2027-11-17")], "Một chiến dịch dài nhất 366 ngày."),
        (vec![("cost", "-5")], "Gõ số tiền từ 0 đến 100 tỷ"),
        (vec![("cost", "100.000.000.001")], "Gõ số tiền từ 0 đến 100 tỷ"),
        (vec![("skus", " ")], "Cần ít nhất một mã sản phẩm"),
        (vec![("skus", "KHONG-CO")], "Không có mã KHONG-CO trong hàng đang bán."),
        (vec![("store", "x")], "Có cửa hàng không còn trong danh sách."),
    ] {
        let answer = post(&world, &mut admin, "/campaigns/new", &others).await;
        let page = text(&answer);
        assert_eq!(answer.status, 422, "{others:?}: {page}");
        assert!(page.contains(says), "{says} in {page}");
        assert!(page.contains("Cùng Hội Nông dân"), "what was typed is still there");
    }
    assert_eq!(post(&world, &mut admin, "/campaigns/new", &[("other", "1")]).await.status, 422);
    // Enter in the field of the search, which presses the button that saves.
    let page = text(&post(&world, &mut admin, "/campaigns/new", &[("skus", ""), ("find", "toi den")]).await);
    assert!(page.contains("name=\"take\" value=\"TOI-DEN\"") && page.contains("Tuần lễ tỏi"), "{page}");
    let taken =
        [("act", ""), ("skus", "MUOI"), ("find", "toi den"), ("found", "toi den"), ("take", "TOI-DEN")];
    let page = text(&post(&world, &mut admin, "/campaigns/new", &taken).await);
    assert!(page.contains("value=\"MUOI, TOI-DEN\""), "{page}");
    assert_eq!(world.number("select cast(count(*) as bigint) from campaigns").await, 0);
}

async fn the_list_is_filtered_and_kept_as_files(db: Db) {
    let world = World::new(db).await;
    add_fair(&world).await;
    let mut browser = Browser::of(&world, Role::Department).await;
    let page = text(&browser.get(&world, "/campaigns").await);
    for said in [
        "Phiên chợ OCOP",
        "09/11/2026 – 29/11/2026",
        "Sản phẩm MUOI và 1 sản phẩm khác",
        "5.000.000 ₫",
        "Mọi cửa hàng",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!page.contains("/campaigns/new"), "the department only reads");
    for (query, count) in [
        ("?year=2026", 1),
        ("?year=2025", 0),
        ("?kind=fair&state=running", 1),
        ("?kind=post", 0),
        ("?state=over", 0),
    ] {
        let report = browser.json(&world, &format!("/campaigns{query}")).await;
        assert_eq!(
            (&report["campaign_count"], report["campaigns"].as_array().unwrap().len()),
            (&count.into(), count)
        );
    }
    for (path, status) in [
        ("/campaigns?year=26", 422),
        ("/campaigns?kind=best", 422),
        ("/campaigns.csv?state=gone", 422),
        ("/campaigns?after=019a0000-0000-7000-8000-000000000000", 404),
        ("/campaigns?after=x", 404),
        ("/campaigns/outcome?quarter=5", 422),
        ("/campaigns/outcome?year=26", 422),
        ("/campaigns/outcome.xlsx?quarter=0", 422),
    ] {
        assert_eq!(browser.get(&world, path).await.status, status, "{path}");
    }
    let csv = text(&browser.get(&world, "/campaigns.csv?year=2026").await);
    let row = "Phiên chợ OCOP,\"Hội chợ, hội nghị kết nối\",2026-11-09,2026-11-29,Đang diễn ra,";
    assert!(csv.contains(row) && csv.contains("5000000"), "{csv}");
    let sheet = text(&browser.get(&world, "/campaigns.xlsx").await);
    assert!(sheet.contains("Phiên chợ OCOP"), "{sheet}");
    let page = text(&browser.get(&world, "/campaigns/outcome?year=2026&quarter=4").await);
    assert!(page.contains("1 chiến dịch bắt đầu trong kỳ") && page.contains("Quý 4"), "{page}");
    assert!(page.contains("href=\"/campaigns/outcome.xlsx?year=2026&amp;quarter=4\""), "{page}");
    let sheet = text(&browser.get(&world, "/campaigns/outcome.xlsx?year=2026&quarter=4").await);
    for said in ["Kinh phí chiến dịch", "5000000", "Hội chợ, hội nghị kết nối", "Lượt hỏi mua"]
    {
        assert!(sheet.contains(said), "{said} in {sheet}");
    }
}

/// Garlic sells three times as well from the first day of the fair on; salt as before.
async fn what_it_brought_is_told_in_words(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    for back in (1..=120).rev() {
        till.day = TODAY - Duration::days(back);
        let pieces = if back <= 14 { 3 } else { 1 };
        till.sell(&[(&world.garlic, pieces)]);
        till.sell(&[(&world.basket, 1 + back % 2)]);
    }
    till.push_from(&world, 1).await.ack();
    let id = add_fair(&world).await;
    let mut browser = Browser::of(&world, Role::Department).await;
    let report = browser.json(&world, &format!("/campaigns/{id}")).await;
    assert_eq!(report["effect"]["uplift"]["change_per_mille"]["estimate"], 2_000, "{report}");
    // What each extra đồng cost, by the figures for programs, half away from zero.
    let each = |end: &str| {
        let extra = report["effect"]["uplift"]["extra_vnd"][end].as_i64().unwrap();
        web::format::decimal_text((2 * 500_000_000 + extra) / (2 * extra), 2)
    };
    assert_eq!(each("estimate"), "0,4", "5 000 000 ₫ of 12 600 000 ₫");
    let page = text(&browser.get(&world, &format!("/campaigns/{id}")).await);
    for said in [
        "Bán được nhiều hơn",
        "bán nhiều hơn khoảng 200 % so với mức lẽ ra bán được; mức thật nằm giữa +176 % và +226 %",
        "Tính từ 09/11/2026 đến hết 22/11/2026",
        "Chưa xong, mới tính đến nay",
        // Its whole cost stands against no part of what it brings.
        "tính khi chiến dịch xong",
        "Ít cửa hàng nên độ chắc chắn tính từ chênh lệch giữa các tuần trước.",
        "<svg",
        "1.350.000 ₫",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    let told = format!("<strong>{} ₫</strong>", each("estimate"));
    assert!(!page.contains(&told), "{told} in {page}");
    super::files::a_campaign_tells_the_same(&world, &mut browser, (id, &report)).await;
    // Its sales: its goods on its days.
    let sales = format!("/sales?from=2026-11-09&to=2026-11-29&campaign={id}");
    assert!(page.contains(&sales.replace('&', "&amp;")), "{page}");
    for path in [sales, format!("/sales?campaign={id}")] {
        let figures = browser.json(&world, &path).await;
        assert_eq!(
            (&figures["totals"]["revenue_vnd"], &figures["from"]),
            (&18_900_000.into(), &"2026-11-09".into())
        );
        let page = text(&browser.get(&world, &path).await);
        assert!(page.contains("chiến dịch Phiên chợ OCOP"), "{page}");
        assert!(page.contains(&format!("name=\"campaign\" value=\"{id}\"")), "the form keeps it: {page}");
    }
    assert_eq!(browser.get(&world, &format!("/sales.csv?campaign={id}")).await.status, 200);
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    for path in [
        format!("/sales?campaign={id}"),
        format!("/sales?period=month&campaign={id}"),
        "/sales?campaign=x".to_owned(),
    ] {
        assert_eq!(operator.get(&world, &path).await.status, 404, "{path}");
    }
    // Over since yesterday, what each extra đồng cost is told; who asks today asks after it.
    let file = format!("/campaigns/{id}/effect.csv");
    assert!(text(&browser.get(&world, &file).await).contains("tính khi chiến dịch xong"));
    let over = NewCampaign { last_day: TODAY - Duration::DAY, ..fair(&world) };
    world.admin.update_campaign(id, &over).await.unwrap();
    world.admin.count_enquiries(id, TODAY, 3).await.unwrap();
    let page = text(&browser.get(&world, &format!("/campaigns/{id}")).await);
    let between = format!("từ {} ₫ đến {} ₫", each("high"), each("low"));
    for said in [told.as_str(), &between, "Sau ngày cuối còn 3 lượt hỏi."] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!text(&browser.get(&world, &file).await).contains("tính khi chiến dịch xong"));
    let heard = browser.json(&world, &format!("/campaigns/{id}")).await["introductions"].take();
    assert_eq!((&heard["enquiry_count"], &heard["later_enquiry_count"]), (&7.into(), &3.into()));
}

/// What has become of its products since keeps nobody from correcting a campaign; no other product is taken that is not on sale.
async fn products_that_are_retired_stay_in_it(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let id = add_fair(&world).await;
    for product in [world.salt.id, world.basket.id] {
        world.admin.retire_product(product).await.unwrap();
    }
    let edit = format!("/campaigns/{id}/edit");
    assert!(text(&admin.get(&world, &edit).await).contains("MUOI"));
    let answer = post(&world, &mut admin, &edit, &[("cost", "7.000.000")]).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    let report = admin.json(&world, &format!("/campaigns/{id}")).await;
    let count = report["products"].as_array().unwrap().len();
    assert_eq!((&report["cost_vnd"], count), (&7_000_000.into(), 2), "{report}");

    let answer = post(&world, &mut admin, &edit, &[("skus", "MUOI, GIO")]).await;
    let page = text(&answer);
    assert!(answer.status == 422 && page.contains("Không có mã GIO trong hàng đang bán."), "{page}");
    let answer = post(&world, &mut admin, "/campaigns/new", &[]).await;
    assert_eq!(answer.status, 422, "of another campaign it is none: {}", text(&answer));
    // What is found can be saved.
    let page = text(&post(&world, &mut admin, &edit, &[("act", "find"), ("find", "san pham")]).await);
    assert!(page.contains("name=\"take\" value=\"TOI-DEN\""), "{page}");
    assert_eq!(page.matches("name=\"take\"").count(), 1, "{page}");
}
