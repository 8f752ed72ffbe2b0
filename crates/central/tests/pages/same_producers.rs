//! A producer that was added twice is said to be one: the department's figures count both as one, and what is between each and an
//! operator stays as it was.

use central::db::Db;
use central::db::users::Role;
use domain::Money;
use domain::ids::ProducerId;
use protocol::payload::ProvisionalProduct;
use serde_json::{Value, json};
use uuid::Uuid;

use super::browser::{Browser, location, text, trade};
use crate::support::settling::settlement;
use crate::support::{Goods, Till, World, goods, new_product};

testkit::on_both_engines!(
    figures_count_both_as_one,
    what_is_owed_and_seen_stays,
    what_a_till_added_of_the_other_is_sorted_in,
    who_cannot_be_united,
);

/// The till added Phú Sinh a second time, and sells garlic of it under that name.
struct Twice {
    world: World,
    till: Till,
    twin: ProducerId,
    jam: Goods,
}

async fn twice(db: Db) -> Twice {
    let world = World::new(db).await;
    let twin = crate::support::producer(&world.admin, "Cty Phú Sinh (quầy thêm)").await;
    let jam = goods(&world.app, &world.admin, "MUT-TOI", 60_000, Some((world.operator, twin, 20))).await;
    let mut till = world.till().await;
    for (goods, count) in [(&world.garlic, 2), (&jam, 3), (&world.salt, 1)] {
        let lot = till.receive(goods, 10);
        till.sell_lines(&[till.line(goods, count, Some(lot))]);
    }
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    Twice { world, till, twin, jam }
}

async fn unite(world: &World, id: ProducerId, other: ProducerId) {
    world.admin.unite_producers(id, other).await.unwrap();
}

/// What each producer sold, by name, đồng.
async fn by_producer(world: &World, browser: &mut Browser) -> Vec<(String, i64)> {
    let sales = browser.json(world, "/sales?by=producer").await;
    let rows = sales["groups"].as_array().unwrap().iter();
    rows.map(|row| (row["name"].as_str().unwrap().to_owned(), row["revenue_vnd"].as_i64().unwrap())).collect()
}

async fn figures_count_both_as_one(db: Db) {
    let Twice { world, twin, .. } = twice(db).await;
    let mut department = Browser::of(&world, Role::Department).await;
    let own = |name: &str, vnd| (name.to_owned(), vnd);
    let apart = [
        own("Công ty Phú Sinh", 900_000),
        own("Cty Phú Sinh (quầy thêm)", 180_000),
        own("Diêm dân Sa Huỳnh", 30_000),
    ];
    assert_eq!(by_producer(&world, &mut department).await, apart);
    let outcome = "/campaigns/outcome?year=2026&quarter=4";
    let counts =
        |outcome: &Value| (outcome["producer_count"].clone(), outcome["first_producer_count"].clone());
    assert_eq!(counts(&department.json(&world, outcome).await), (json!(3), json!(3)));

    let mut editor = Browser::of(&world, trade()).await;
    let at = format!("/producers/{twin}");
    let page = text(&editor.get(&world, &format!("{at}/edit?find=phu+sinh")).await);
    assert!(page.contains("Đúng là Công ty Phú Sinh") && !page.contains("Đúng là Cty"), "{page}");
    let fields = [("other", world.phu_sinh.to_string())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    for _ in 0..2 {
        let answer = editor.post(&world, &format!("{at}/edit"), &format!("{at}/same"), &fields).await;
        assert_eq!(location(&answer), format!("{at}/edit#same"), "{}", text(&answer));
    }
    let together = [own("Công ty Phú Sinh", 1_080_000), own("Diêm dân Sa Huỳnh", 30_000)];
    assert_eq!(by_producer(&world, &mut department).await, together);
    assert_eq!(counts(&department.json(&world, outcome).await), (json!(2), json!(2)));
    // Asked for by either, both are found: sales, products, dossiers.
    for id in [world.phu_sinh, twin] {
        let sales = department.json(&world, &format!("/sales?producer={id}")).await;
        assert_eq!(sales["totals"]["revenue_vnd"], 1_080_000);
        let products = department.json(&world, &format!("/products?producer={id}")).await;
        assert_eq!(products["product_count"], 2);
        assert_eq!(products["products"][1]["producer"], "Công ty Phú Sinh");
        assert_eq!(department.json(&world, &format!("/dossiers?producer={id}")).await["product_count"], 2);
    }
    let named = department.json(&world, "/sales?producer=c%C3%B4ng+ty+ph%C3%BA").await;
    assert_eq!(named["totals"]["revenue_vnd"], 1_080_000);
    let report = department.json(&world, "/reports/2026-q4").await;
    let rows = report["report"]["sold"]["by_producer"].as_array().unwrap().clone();
    assert_eq!(
        rows.iter().map(|row| row["revenue_vnd"].as_i64().unwrap()).collect::<Vec<_>>(),
        [1_080_000, 30_000]
    );
    assert_eq!(report["report"]["on_sale"]["producer_count"], 2);
    let list = department.json(&world, "/producers").await;
    assert_eq!((&list["producer_count"], &list["producers"][0]["product_count"]), (&json!(2), &json!(2)));
    let same = department.json(&world, "/producers?which=same").await;
    assert_eq!(same["producers"][0]["same_as"], "Công ty Phú Sinh");

    // Taken back, all is as before; both acts are in the log once.
    assert_eq!(editor.post(&world, &format!("{at}/edit"), &format!("{at}/same/end"), &[]).await.status, 303);
    assert_eq!(by_producer(&world, &mut department).await, apart);
    assert_eq!(counts(&department.json(&world, outcome).await), (json!(3), json!(3)));
    let acts = "select cast(count(*) as bigint) from audit_log where action in ('producer.same', 'producer.same_end')";
    assert_eq!(world.number(acts).await, 2);
    world.check_books().await;
}

async fn what_is_owed_and_seen_stays(db: Db) {
    let Twice { world, mut till, twin, .. } = twice(db).await;
    let mut seen = Vec::new();
    for producer in [world.phu_sinh, twin] {
        seen.push(Browser::of(&world, Role::Producer(producer)).await);
    }
    const PAGES: [&str; 8] = [
        "/me",
        "/me/sold",
        "/me/grid",
        "/me/terms",
        "/me/settlements",
        "/me/deliveries",
        "/me/dossier",
        "/me/announced",
    ];
    let look = async |browser: &mut Browser| {
        let mut all = Vec::new();
        for page in PAGES {
            all.push(browser.json_or_status(&world, page).await);
        }
        all
    };
    let mut before = Vec::new();
    for browser in &mut seen {
        before.push(look(browser).await);
    }
    let owed = world.balance("producer_due").await;
    let head = world.number("select change_seq from catalogue_head").await;
    unite(&world, twin, world.phu_sinh).await;
    for (browser, before) in seen.iter_mut().zip(&before) {
        assert_eq!(look(browser).await, *before, "a producer sees what it saw");
    }
    assert_eq!(world.balance("producer_due").await, owed);
    assert_eq!(world.number("select change_seq from catalogue_head").await, head, "tills hear nothing of it");
    // A settlement is with one of them, as its contract is.
    let settled = settlement(twin, &[&till], 0);
    let from = till.head.seq + 1;
    till.settle(&settled);
    assert_eq!(till.push_from(&world, from).await.ack().exceptions, Vec::<i64>::new());
    let after = (look(&mut seen[0]).await, look(&mut seen[1]).await);
    assert_eq!(after.0, before[0], "nothing of the other one's");
    assert_ne!(after.1[4], before[1][4], "its own settlement");
    world.check_books().await;
}

async fn what_a_till_added_of_the_other_is_sorted_in(db: Db) {
    let Twice { world, mut till, twin, .. } = twice(db).await;
    let told = |number: u128, name: &str| ProvisionalProduct {
        product: Uuid::from_u128(number),
        sku: format!("TAM-{number}"),
        barcode: None,
        name: name.to_owned(),
        unit: "hộp".to_owned(),
        sold_by: "piece".to_owned(),
        price: 85_000,
        tax_class: "standard".to_owned(),
        producer: Some(twin.uuid()),
        refuse_expired: false,
    };
    let from = till.head.seq + 1;
    till.add_product(told(77, "Tỏi đen quầy"));
    till.add_product(told(78, "Mứt tỏi quầy"));
    till.push_from(&world, from).await.ack();
    let garlic = world.garlic.id;
    assert!(
        world.admin.merge_product(Uuid::from_u128(77).into(), garlic).await.is_err(),
        "of another producer"
    );
    unite(&world, twin, world.phu_sinh).await;
    // What is owed stays each one's own, so their goods are not mixed either.
    assert!(world.admin.merge_product(Uuid::from_u128(77).into(), garlic).await.is_err());
    let of = |producer_id, sku: &str| central::admin::NewProduct {
        price: Money::new(85_000),
        ..new_product(sku, 85_000, Some(producer_id))
    };
    for (number, sku) in [(77, "TOI-2"), (78, "MUT-2")] {
        let id = Uuid::from_u128(number).into();
        assert!(world.admin.confirm_product(id, &of(world.phu_sinh, sku)).await.is_err());
        world.admin.confirm_product(id, &of(twin, sku)).await.unwrap();
    }
    let mut department = Browser::of(&world, Role::Department).await;
    assert_eq!(department.json(&world, "/provisional").await["product_count"], 0);
    world.check_books().await;
}

async fn who_cannot_be_united(db: Db) {
    let Twice { world, twin, jam, .. } = twice(db).await;
    let third = crate::support::producer(&world.admin, "Phú Sinh lần ba").await;
    unite(&world, twin, world.phu_sinh).await;
    for (id, other) in [
        (world.phu_sinh, world.phu_sinh),
        // A chain, either way.
        (third, twin),
        (world.phu_sinh, third),
        (world.phu_sinh, twin),
    ] {
        assert!(world.admin.unite_producers(id, other).await.is_err(), "{id} as {other}");
    }
    assert!(world.admin.unite_producers(jam.id.uuid().into(), third).await.is_err(), "no producer");
    unite(&world, third, world.phu_sinh).await;
    let mut editor = Browser::of(&world, trade()).await;
    let page = text(&editor.get(&world, &format!("/producers/{}/edit", world.phu_sinh)).await);
    assert_eq!(page.matches("được tính là chủ thể này").count(), 2, "{page}");
    let (at, other) = (format!("/producers/{}", world.sa_huynh), third.to_string());
    let fields = [("other", other.as_str())];
    let answer = editor.post(&world, &format!("{at}/edit"), &format!("{at}/same"), &fields).await;
    assert!(answer.status == 422 && text(&answer).contains("Không ghi được"), "{}", text(&answer));
    let link = text(&editor.get(&world, &format!("{at}/edit?wrong=yes&is_refused=true")).await);
    assert!(!link.contains("Không ghi được"), "no link says so: {link}");
    let nobody = format!("/producers/{}/same/end", jam.id);
    assert_eq!(editor.post(&world, &format!("{at}/edit"), &nobody, &[]).await.status, 404);
    // Neither operators nor producers say such a thing, nor does the reader.
    for role in [Role::Operator(world.operator), Role::Producer(twin), Role::Department] {
        let mut browser = Browser::of(&world, role).await;
        let page = if matches!(role, Role::Producer(_)) { "/me" } else { "/sales" };
        assert_eq!(browser.post(&world, page, &format!("{at}/same"), &fields).await.status, 403);
    }
    // Named again, the twin's own name means the one that it is counted as.
    let rows = ["1;Hành tím;Cty Phú Sinh (quầy thêm);;Thực phẩm;4;QĐ 1;01/06/2026;50.000;Kg;"];
    let import = crate::imports::lists::bring(&world, &rows).await;
    let outcomes = [domain::product_list::Outcome::New];
    world.admin.apply_import(import, &outcomes).await.unwrap();
    let maker =
        "select cast(count(*) as bigint) from products join producers on producers.id = products.producer_id
        where products.name = 'Hành tím' and producers.name = 'Công ty Phú Sinh'";
    assert_eq!(world.number(maker).await, 1);
}
