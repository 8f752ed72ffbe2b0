//! The form of sales: pressed as it stands it asks for what is shown; what is typed wrong comes back with everything else that was picked.

use central::db::Db;
use central::db::users::Role;
use serde_json::Value;
use time::Duration;

use super::browser::{Browser, encoded, text};
use crate::support::fair::add_fair;
use crate::support::{TODAY, World};

testkit::on_both_engines!(
    pressed_as_it_stands_it_asks_the_same,
    a_filter_changes_no_comparison,
    a_report_and_its_sales_are_compared_alike,
    a_wrong_day_keeps_what_else_is_picked,
    what_is_picked_is_always_offered,
);

/// Sales of today, of a month ago and of two.
async fn trade(world: &World) {
    let mut till = world.till().await;
    for days in [61, 31, 0] {
        till.day = TODAY - Duration::days(days);
        till.sell(&[(&world.garlic, 1), (&world.salt, 1 + days)]);
    }
    till.push_from(world, 1).await.ack();
}

/// Returns the value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    Some(value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}

/// Returns the address that a page's form asks for when nobody changes it.
fn pressed(page: &str) -> String {
    let form = page.split("<form class=\"filters\"").nth(1).and_then(|rest| rest.split("</form>").next());
    let (mut pairs, mut choice) = (Vec::<(String, String)>::new(), None);
    for tag in form.unwrap_or_else(|| panic!("no form: {page}")).split('<') {
        let tag = tag.split('>').next().unwrap_or_default();
        match tag.split(' ').next().unwrap_or_default() {
            "input" => {
                pairs.extend(attribute(tag, "name").map(|name| (name, attribute(tag, "value").unwrap())));
            }
            "select" => choice = attribute(tag, "name"),
            "/select" => choice = None,
            "option" if tag.ends_with(" selected") => {
                pairs.extend(choice.clone().map(|name| (name, attribute(tag, "value").unwrap())));
            }
            _ => {}
        }
    }
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    format!("/sales?{}", pairs.join("&"))
}

async fn pressed_as_it_stands_it_asks_the_same(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let campaign = add_fair(&world).await;
    let mut department = Browser::of(&world, Role::Department).await;
    for query in [
        String::new(),
        "period=week".to_owned(),
        "period=year&sort=name".to_owned(),
        "period=quarter&stars=4&sort=-quantity&by=commune&counted=holders&against=tet".to_owned(),
        "from=2026-09-01&to=2026-10-31&rank=4&group=food&category=ocop".to_owned(),
        format!(
            "period=month&product={}&commune=%C4%90%E1%BA%B7c%20khu%20L%C3%BD%20S%C6%A1n",
            world.garlic.id
        ),
        format!("period=month&producer={}&store={}", world.phu_sinh, world.store),
        format!("campaign={campaign}&sort=-revenue"),
    ] {
        let asked = format!("/sales?{query}");
        let shown = department.json(&world, &asked).await;
        let address = pressed(&text(&department.get(&world, &asked).await));
        assert_eq!(department.json(&world, &address).await, shown, "{asked} is {address}");
    }
}

async fn a_filter_changes_no_comparison(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let mut department = Browser::of(&world, Role::Department).await;
    for period in ["today", "week", "month", "quarter", "year"] {
        let page = text(&department.get(&world, &format!("/sales?period={period}")).await);
        let address = pressed(&page);
        assert!(address.contains("stars=&"), "{address}");
        let picked = department.json(&world, &address.replace("stars=&", "stars=4&")).await;
        let named = department.json(&world, &format!("/sales?period={period}&stars=4")).await;
        assert_eq!(picked, named, "{period}");
        // Who changes a day asks for those days, whatever the period was called.
        let other = address.replace(&format!("to={TODAY}"), "to=2026-11-24");
        let days = department.json(&world, &other).await;
        assert_eq!(days["to"], "2026-11-24", "{other}");
    }
}

async fn a_report_and_its_sales_are_compared_alike(db: Db) {
    let world = World::new(db).await;
    let mut department = Browser::of(&world, Role::Department).await;
    for code in ["2025-m03", "2026-q3", "2026-6m", "2026-9m", "2025-y"] {
        let path = format!("/reports/{code}");
        let report = department.json(&world, &path).await["report"].clone();
        let day = |name: &str| report["days_of"][name].as_str().unwrap().to_owned();
        let days = format!("from={}&to={}", day("from"), day("to"));
        let page = text(&department.get(&world, &path).await);
        assert!(page.contains(&format!("/sales?{}", days.replace('&', "&amp;"))), "the way there: {page}");
        for (against, of) in [("before", "previous"), ("year", "last_year")] {
            let sales = department.json(&world, &format!("/sales?{days}&against={against}")).await;
            let told = [&sales["before_from"], &sales["before_to"]];
            assert_eq!(told, [&report[of]["from"], &report[of]["to"]], "{code} {against}");
        }
    }
    let october = department.json(&world, "/sales?from=2026-10-01&to=2026-10-31").await;
    assert_eq!(
        (october["before_from"].as_str(), october["before_to"].as_str()),
        (Some("2026-09-01"), Some("2026-09-30"))
    );
}

async fn a_wrong_day_keeps_what_else_is_picked(db: Db) {
    let world = World::new(db).await;
    trade(&world).await;
    let (campaign, product) = (add_fair(&world).await, world.garlic.id);
    let mut department = Browser::of(&world, Role::Department).await;
    let picked = format!(
        "campaign={campaign}&product={product}&category=ocop&stars=4&producer=ph%C3%BA&commune=%C4%90%E1%BA%B7c%20khu%20L%C3%BD%20S%C6%A1n\
         &group=food&rank=4&counted=holders&by=group&sort=-name&against=year&store={}",
        world.store
    );
    let answer = department.get(&world, &format!("/sales?from=2026-11-24&to=2026-11-01&{picked}")).await;
    assert_eq!(answer.status, 422);
    let page = text(&answer);
    for said in ["Ngày cuối đứng trước ngày đầu.", "value=\"2026-11-24\"", "Công ty Phú Sinh"]
    {
        assert!(page.contains(said), "{said} in {page}");
    }
    let mended = pressed(&page).replace("to=2026-11-01", "to=2026-11-30");
    let expected = department.json(&world, &format!("/sales?from=2026-11-24&to=2026-11-30&{picked}")).await;
    assert_eq!(department.json(&world, &mended).await, expected, "{mended}");
    assert_ne!(expected["counted_by"], "leading");
    // So do the links to other periods.
    assert!(
        page.contains(&format!("/sales?period=week&amp;store={}&amp;product={product}", world.store)),
        "{page}"
    );
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let wrong = format!("/sales?from=2026-11-24&to=2026-11-01&product={product}");
    let page = text(&operator.get(&world, &wrong).await);
    assert!(pressed(&page).contains(&format!("product={product}")), "{page}");
    assert!(!page.contains("Diêm dân Sa Huỳnh"), "no names of producers for others");
}

async fn what_is_picked_is_always_offered(db: Db) {
    let world = World::new(db).await;
    let mut department = Browser::of(&world, Role::Department).await;
    // No product is from there today, and there is no such group.
    for (picked, name, value) in
        [("commune=X%C3%A3%20C%C5%A9", "commune", "Xã Cũ"), ("group=old", "group", "old")]
    {
        let page = text(&department.get(&world, &format!("/sales?{picked}")).await);
        assert!(page.contains(&format!("<option value=\"{value}\" selected>{value}</option>")), "{page}");
        assert!(pressed(&page).contains(&format!("{name}={}", encoded(value))), "{page}");
    }
    // A producer who sold nothing has a name, for the department.
    let address = format!("/sales?producer={}", world.sa_huynh);
    let page = text(&department.get(&world, &address).await);
    assert!(page.contains("Diêm dân Sa Huỳnh") && !page.contains("một chủ thể"), "{page}");
    assert!(!page.contains("id=\"producer\""), "nobody reads an id: {page}");
    assert!(pressed(&page).contains(&format!("producer={}", world.sa_huynh)), "{page}");
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let page = text(&operator.get(&world, &address).await);
    assert!(page.contains("một chủ thể") && !page.contains("Diêm dân Sa Huỳnh"), "{page}");
    let told: Value = operator.json(&world, &address).await;
    assert_eq!(told["totals"]["revenue_vnd"], 0);
}
