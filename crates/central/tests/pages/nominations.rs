//! A section nominates a product, trade looks at its dossier, points accept or decline; and nobody else can.

use central::db::Db;
use central::db::users::Role;
use domain::section::{Section, Sections};
use serde_json::{Value, json};

use super::browser::{Browser, location, text};
use super::points::drawn;
use crate::support::random_world::added;
use crate::support::{Answer, Goods, World, new_product, new_store};

testkit::on_both_engines!(
    a_product_comes_to_its_points,
    a_nomination_is_sent_back_and_taken_back,
    nominations_are_found,
    others_stores_are_not_there,
    what_is_retired_goes_no_further,
    a_store_that_opens_later_is_asked_too,
    what_points_are_asked_is_taken_back,
);

fn editor(section: Section) -> Role {
    Role::Editor(Sections::of([section]))
}

/// Nominates a product by its form; returns the address of the nomination.
async fn nominate(
    world: &World,
    browser: &mut Browser,
    product: &str,
    fields: &[(&str, &str)],
) -> (String, Answer) {
    let form = format!("{product}/nominate");
    let id = drawn(&text(&browser.get(world, &form).await));
    let mut all = vec![("id", id.as_str())];
    all.extend(fields);
    let answer = browser.post(world, &form, &form, &all).await;
    (format!("/nominations/{id}"), answer)
}

async fn step(world: &World, browser: &mut Browser, at: &str, (act, step, words): (&str, &str, &str)) -> u16 {
    let fields = [("step", step), ("words", words)];
    browser.post(world, at, &format!("{at}/{act}"), &fields).await.status
}

async fn a_product_comes_to_its_points(db: Db) {
    let world = World::new(db).await;
    let mut industry = Browser::of(&world, editor(Section::Industry)).await;
    let mut trade = Browser::of(&world, editor(Section::Trade)).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let product = format!("/products/{}", world.garlic.id);
    for (section, reason, status) in
        [("industry", "  ", 422), ("finance", "hàng tốt", 422), ("trade", "hàng tốt", 403)]
    {
        let fields = [("section", section), ("reason", reason)];
        let (_, answer) = nominate(&world, &mut industry, &product, &fields).await;
        assert_eq!(answer.status, status, "{section} {reason}: {}", text(&answer));
    }
    let good = [("section", "industry"), ("reason", "Bốn sao, hàng đều quanh năm")];
    let (at, answer) = nominate(&world, &mut industry, &product, &good).await;
    assert_eq!(location(&answer), format!("{at}?done=nominated"), "{}", text(&answer));
    let (_, again) = nominate(&world, &mut industry, &product, &good).await;
    assert!(again.status == 422 && text(&again).contains("đang có một đề cử"), "{}", text(&again));
    assert_eq!(operator.json(&world, "/shops/nominations").await["nominations"], json!([]), "not yet");

    // With papers missing, trade says why it passes it on all the same.
    let page = text(&trade.get(&world, &at).await);
    for words in
        ["Thiếu hoặc hết hạn: 5", "Nhãn hàng hóa đúng quy định", "Bốn sao, hàng đều quanh năm", "tất cả điểm"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert_eq!(step(&world, &mut industry, &at, ("check", "pass", "x")).await, 403, "trade looks at it");
    assert_eq!(step(&world, &mut trade, &at, ("check", "pass", "")).await, 422);
    assert_eq!(step(&world, &mut trade, &at, ("check", "sell", "x")).await, 422);
    assert_eq!(step(&world, &mut trade, &at, ("check", "pass", "Giấy tờ đang bổ sung")).await, 303);
    assert_eq!(step(&world, &mut trade, &at, ("check", "return", "x")).await, 422, "it has moved on");
    let report = trade.json(&world, &at).await;
    assert_eq!((&report["stage"], &report["gap_count"]), (&json!("passed"), &json!(5)));

    // Two stores are asked: one takes it, the other one says why not.
    let asked = operator.json(&world, "/shops/nominations").await;
    assert_eq!(asked["nominations"].as_array().unwrap().len(), 2);
    assert_eq!(operator.json(&world, "/shops").await["nominated_count"], 2);
    let page = text(&operator.get(&world, "/shops/nominations").await);
    for words in ["Lý do đề cử: Bốn sao", "Ý kiến của phòng: Giấy tờ đang bổ sung", "cho Điểm OCOP LS"]
    {
        assert!(page.contains(words), "{words} in {page}");
    }
    let id = at.trim_start_matches("/nominations/");
    let of = |store: &dyn std::fmt::Display| format!("/shops/nominations/{id}/{store}");
    let (first, second) = (of(&world.store), of(&world.other_store));
    let shops = "/shops/nominations";
    for (path, answer, reason, status) in [
        (&second, "declined", "", 422),
        (&second, "waiting", "x", 422),
        (&second, "maybe", "x", 422),
        (&first, "accepted", "", 303),
        (&first, "accepted", "", 303),
        (&second, "declined", "Kệ lạnh đã đầy", 303),
    ] {
        let fields = [("answer", answer), ("reason", reason)];
        assert_eq!(operator.post(&world, shops, path, &fields).await.status, status, "{path} {answer}");
    }
    assert_eq!(operator.json(&world, "/shops").await["nominated_count"], 0);
    let page = text(&trade.get(&world, &at).await);
    assert!(page.contains("Nhận bán") && page.contains("Kệ lạnh đã đầy"), "{page}");

    // The point's file says so, and whether it stands on the shelf; the product's page names the point.
    let point = format!("/points/{}", world.store);
    let accepted = trade.json(&world, &point).await["accepted"].take();
    assert_eq!(
        (&accepted[0]["sku"], &accepted[0]["is_on_shelf"], accepted.as_array().unwrap().len()),
        (&json!("TOI-DEN"), &json!(false), 1)
    );
    let mut till = world.till().await;
    till.receive(&world.garlic, 5);
    till.push_from(&world, 1).await.ack();
    let page = text(&trade.get(&world, &point).await);
    assert!(page.contains("Sản phẩm nhận bán theo đề cử") && page.contains("đang có trên kệ"), "{page}");
    assert_eq!(trade.json(&world, &format!("/points/{}", world.other_store)).await["accepted"], json!([]));
    let page = text(&trade.get(&world, &product).await);
    assert!(page.contains("Nhận bán: Điểm OCOP LS") && page.contains("Điểm từ chối"), "{page}");

    // The operator changes its mind, both ways.
    for (path, answer, count) in [(&first, "declined", 0), (&second, "accepted", 1)] {
        let fields = [("answer", answer), ("reason", "đổi kệ")];
        assert_eq!(operator.post(&world, shops, path, &fields).await.status, 303);
        let point = if path == &first { world.store } else { world.other_store };
        let file = trade.json(&world, &format!("/points/{point}")).await;
        assert_eq!(file["accepted"].as_array().unwrap().len(), count, "{answer}");
    }
    // The other point has some of it, under a code of its own that was merged into the product.
    let honey = added(&world);
    let mut till = world.other_till().await;
    till.add_product(honey.clone());
    till.receive(&Goods { id: honey.product.into(), facts: None, ..world.garlic.clone() }, 3);
    till.push_from(&world, 1).await.ack();
    let other = format!("/points/{}", world.other_store);
    assert_eq!(trade.json(&world, &other).await["accepted"][0]["is_on_shelf"], json!(false));
    world.admin.merge_product(honey.product.into(), world.garlic.id).await.unwrap();
    assert_eq!(trade.json(&world, &other).await["accepted"][0]["is_on_shelf"], json!(true));
    let acts = trade.json(&world, &product).await["acts"].take();
    let of_it: Vec<&str> = acts
        .as_array()
        .unwrap()
        .iter()
        .map(|act| act["action"].as_str().unwrap())
        .filter(|action| action.starts_with("nomination."))
        .collect();
    let expected = ["accept", "decline", "decline", "accept", "pass", "add"];
    assert_eq!(of_it, expected.map(|act| format!("nomination.{act}")), "each act once");
}

async fn a_nomination_is_sent_back_and_taken_back(db: Db) {
    let world = World::new(db).await;
    let mut agriculture = Browser::of(&world, editor(Section::Agriculture)).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let product = format!("/products/{}", world.salt.id);
    let store = format!("store-{}", world.store);
    let fields = [("section", "agriculture"), ("reason", "Muối sạch"), (store.as_str(), "yes")];
    let (at, answer) = nominate(&world, &mut agriculture, &product, &fields).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    let report = admin.json(&world, &at).await;
    assert_eq!((&report["is_for_all"], report["answers"].as_array().unwrap().len()), (&json!(false), 1));
    for (act, word, words, status) in [
        ("check", "return", "", 422),
        ("step", "again", "", 422),
        ("check", "return", "Thiếu bản tự công bố", 303),
        ("check", "pass", "x", 422),
        ("step", "again", "Đã bổ sung", 303),
        ("step", "withdraw", "", 422),
        ("step", "withdraw", "Chủ thể chưa đủ hàng", 303),
        ("step", "again", "x", 422),
        ("check", "pass", "x", 422),
    ] {
        assert_eq!(step(&world, &mut admin, &at, (act, word, words)).await, status, "{act} {word} {words}");
    }
    let page = text(&admin.get(&world, &at).await);
    assert!(page.contains("Đã rút") && page.contains("Chủ thể chưa đủ hàng"), "{page}");
    // Another section's nomination is not one's own to take back; taken back, the product can be nominated anew.
    let mut industry = Browser::of(&world, editor(Section::Industry)).await;
    assert_eq!(step(&world, &mut industry, &at, ("step", "withdraw", "x")).await, 403);
    let (_, answer) = nominate(&world, &mut agriculture, &product, &fields).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    world.admin.retire_product(world.basket.id).await.unwrap();
    let gone = format!("/products/{}", world.basket.id);
    let (_, answer) = nominate(&world, &mut agriculture, &gone, &fields).await;
    assert_eq!(answer.status, 404, "what is retired goes to no point");
}

async fn nominations_are_found(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let drink = world.admin.add_product(&new_product("NUOC", 1_000, None)).await.unwrap();
    let mut all = Vec::new();
    for (id, section) in [(world.garlic.id, "industry"), (world.salt.id, "trade"), (drink, "trade")] {
        let fields = [("section", section), ("reason", "Hàng tốt")];
        all.push(nominate(&world, &mut admin, &format!("/products/{id}"), &fields).await.0);
    }
    assert_eq!(step(&world, &mut admin, &all[0], ("check", "pass", "được")).await, 303);
    assert_eq!(step(&world, &mut admin, &all[1], ("check", "return", "thiếu nhãn")).await, 303);
    let skus = |report: &Value| -> Vec<String> {
        let rows = report["nominations"].as_array().unwrap();
        rows.iter().map(|row| row["sku"].as_str().unwrap().to_owned()).collect()
    };
    for (query, expected) in [
        ("", vec!["MUOI", "NUOC", "TOI-DEN"]),
        ("?q=muoi", vec!["MUOI"]),
        ("?q=TOI-DEN", vec!["TOI-DEN"]),
        ("?stage=passed", vec!["TOI-DEN"]),
        ("?stage=returned", vec!["MUOI"]),
        ("?stage=withdrawn", vec![]),
        ("?section=trade", vec!["MUOI", "NUOC"]),
        ("?answer=waiting", vec!["TOI-DEN"]),
        ("?answer=accepted", vec![]),
        ("?section=trade&stage=proposed", vec!["NUOC"]),
    ] {
        let report = admin.json(&world, &format!("/nominations{query}")).await;
        assert_eq!(skus(&report), expected, "{query}");
        assert_eq!(report["nomination_count"], expected.len(), "{query}");
    }
    let middle = all[2].trim_start_matches("/nominations/");
    assert_eq!(skus(&admin.json(&world, &format!("/nominations?before={middle}")).await), ["MUOI"]);
    assert_eq!(skus(&admin.json(&world, &format!("/nominations?after={middle}")).await), ["TOI-DEN"]);
    for wrong in ["?stage=gone", "?section=sales", "?answer=maybe"] {
        assert_eq!(admin.get(&world, &format!("/nominations{wrong}")).await.status, 422, "{wrong}");
        assert_eq!(admin.get(&world, &format!("/nominations.csv{wrong}")).await.status, 422, "{wrong}");
    }
    let page = text(&admin.get(&world, "/nominations").await);
    assert!(page.contains("3 đề cử") && page.contains("0 nhận · 0 từ chối · 2 chờ"), "{page}");
    let csv = text(&admin.get(&world, "/nominations.csv?stage=returned").await);
    assert!(
        csv.contains(
            "MUOI,Sản phẩm MUOI,Diêm dân Sa Huỳnh,Thương mại,2026-11-23,Trả lại bổ sung,thiếu nhãn,0,0,2"
        ),
        "{csv}"
    );
    let xlsx = text(&admin.get(&world, "/nominations.xlsx").await);
    assert!(xlsx.contains("Đề cử lên điểm") && xlsx.contains("NUOC"), "{xlsx}");
}

async fn others_stores_are_not_there(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let product = format!("/products/{}", world.garlic.id);
    let fields = [("section", "trade"), ("reason", "Hàng tốt")];
    let (at, _) = nominate(&world, &mut admin, &product, &fields).await;
    assert_eq!(step(&world, &mut admin, &at, ("check", "pass", "được")).await, 303);
    let other = central::admin::NewOperator {
        name: "Hộ Trà Bồng".to_owned(),
        legal_status: "household".to_owned(),
        tax_number: "4300000002".to_owned(),
        commission_tax: domain::Rate::percent(8),
    };
    let other = world.admin.add_operator(&other).await.unwrap();
    let mut stranger = Browser::of(&world, Role::Operator(other)).await;
    assert_eq!(stranger.json(&world, "/shops/nominations").await["nominations"], json!([]));
    let id = at.trim_start_matches("/nominations/");
    let path = format!("/shops/nominations/{id}/{}", world.store);
    let fields = [("answer", "accepted")];
    assert_eq!(stranger.post(&world, "/shops", &path, &fields).await.status, 404);
    let report = admin.json(&world, &at).await;
    assert_eq!(report["answers"][0]["answer"], "waiting");
}

async fn what_is_retired_goes_no_further(db: Db) {
    let world = World::new(db).await;
    let mut admin = Browser::of(&world, Role::Admin).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let fields = [("section", "trade"), ("reason", "Hàng tốt")];
    let mut all = Vec::new();
    for id in [world.garlic.id, world.salt.id, world.basket.id] {
        all.push(nominate(&world, &mut admin, &format!("/products/{id}"), &fields).await.0);
    }
    assert_eq!(step(&world, &mut admin, &all[0], ("check", "pass", "được")).await, 303);
    assert_eq!(step(&world, &mut admin, &all[1], ("check", "return", "thiếu nhãn")).await, 303);
    assert_eq!(operator.json(&world, "/shops").await["nominated_count"], 2);
    for id in [world.garlic.id, world.salt.id, world.basket.id] {
        world.admin.retire_product(id).await.unwrap();
    }
    for (at, act, word) in [(&all[1], "step", "again"), (&all[2], "check", "pass")] {
        let sent = [("step", word), ("words", "được")];
        let answer = admin.post(&world, at, &format!("{at}/{act}"), &sent).await;
        assert!(answer.status == 422 && text(&answer).contains("đã ngừng bán"), "{word}: {}", text(&answer));
    }
    assert_eq!(operator.json(&world, "/shops/nominations").await["nominations"], json!([]));
    assert_eq!(operator.json(&world, "/shops").await["nominated_count"], 0);
    // A page that was opened before.
    let path = format!("/shops/nominations/{}/{}", all[0].trim_start_matches("/nominations/"), world.store);
    let answer = operator.post(&world, "/shops", &path, &[("answer", "accepted")]).await;
    assert!(answer.status == 422 && text(&answer).contains("đã ngừng bán"), "{}", text(&answer));
    // It is sent back and taken back all the same.
    assert_eq!(step(&world, &mut admin, &all[2], ("check", "return", "thôi bán")).await, 303);
    assert_eq!(step(&world, &mut admin, &all[1], ("step", "withdraw", "thôi bán")).await, 303);
}

/// What all points are asked a new one is asked too: the latest nomination of what is on sale, and none for named stores.
async fn a_store_that_opens_later_is_asked_too(db: Db) {
    let world = World::new(db).await;
    let mut trade = Browser::of(&world, editor(Section::Trade)).await;
    let mut pass = async |product: &str, fields: &[(&str, &str)], act: (&str, &str, &str)| {
        let (at, answer) = nominate(&world, &mut trade, product, fields).await;
        assert_eq!(answer.status, 303, "{}", text(&answer));
        assert_eq!(step(&world, &mut trade, &at, act).await, 303);
    };
    let [garlic, salt, basket] =
        [&world.garlic, &world.salt, &world.basket].map(|goods| format!("/products/{}", goods.id));
    let (one, for_all) = (format!("store-{}", world.store), [("section", "trade"), ("reason", "lần đầu")]);
    let go_on = ("check", "pass", "đủ giấy tờ");
    pass(&garlic, &for_all, go_on).await;
    pass(&garlic, &[("section", "trade"), ("reason", "lần hai")], go_on).await;
    pass(&salt, &[("section", "trade"), ("reason", "một điểm"), (&one, "yes")], go_on).await;
    pass(&basket, &for_all, ("step", "withdraw", "thôi")).await;
    world.admin.add_store(&new_store(world.operator, "SK")).await.unwrap();
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let asked = operator.json(&world, "/shops/nominations").await;
    let rows = asked["nominations"].as_array().unwrap();
    let of_new: Vec<&Value> = rows.iter().filter(|row| row["store"] == "Điểm OCOP SK").collect();
    assert_eq!(of_new.len(), 1, "{asked}");
    assert_eq!((&of_new[0]["why"], &of_new[0]["answer"]), (&json!("lần hai"), &json!("waiting")));
}

/// What passed is taken back by its section or by trade, with words: points are asked no more, and what they said stays.
async fn what_points_are_asked_is_taken_back(db: Db) {
    let world = World::new(db).await;
    let mut industry = Browser::of(&world, editor(Section::Industry)).await;
    let mut agriculture = Browser::of(&world, editor(Section::Agriculture)).await;
    let mut trade = Browser::of(&world, editor(Section::Trade)).await;
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let for_all = [("section", "industry"), ("reason", "Hàng tốt")];
    let mut all = Vec::new();
    for id in [world.garlic.id, world.salt.id] {
        let (at, answer) = nominate(&world, &mut industry, &format!("/products/{id}"), &for_all).await;
        assert_eq!(answer.status, 303, "{}", text(&answer));
        assert_eq!(
            step(&world, &mut trade, &at, ("step", "withdraw", "x")).await,
            403,
            "trade sends it back"
        );
        assert_eq!(step(&world, &mut trade, &at, ("check", "pass", "được")).await, 303);
        all.push(at);
    }
    let path = format!("/shops/nominations/{}/{}", all[0].trim_start_matches("/nominations/"), world.store);
    let answer = operator.post(&world, "/shops", &path, &[("answer", "accepted")]).await;
    assert_eq!(answer.status, 303, "{}", text(&answer));
    assert_eq!(operator.json(&world, "/shops").await["nominated_count"], 3);

    assert_eq!(step(&world, &mut agriculture, &all[0], ("step", "withdraw", "x")).await, 403);
    assert_eq!(step(&world, &mut industry, &all[0], ("step", "withdraw", "")).await, 422, "words are needed");
    let why = ("step", "withdraw", "Chủ thể ngừng sản xuất");
    assert_eq!(step(&world, &mut industry, &all[0], why).await, 303);
    assert_eq!(step(&world, &mut industry, &all[0], why).await, 422, "it is taken back already");
    assert_eq!(step(&world, &mut trade, &all[1], ("step", "withdraw", "Hàng không đều")).await, 303);

    assert_eq!(operator.json(&world, "/shops/nominations").await["nominations"], json!([]));
    assert_eq!(operator.json(&world, "/shops").await["nominated_count"], 0);
    let answer = operator.post(&world, "/shops", &path, &[("answer", "declined"), ("reason", "x")]).await;
    assert_eq!(answer.status, 422, "nobody asks any more");
    world.admin.add_store(&new_store(world.operator, "SK")).await.unwrap();
    assert_eq!(operator.json(&world, "/shops/nominations").await["nominations"], json!([]));
    let page = text(&trade.get(&world, &all[0]).await);
    for words in ["Đã rút", "Chủ thể ngừng sản xuất", "Nhận bán"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    // The point has accepted it, and its file says what became of that.
    let point = format!("/points/{}", world.store);
    assert_eq!(trade.json(&world, &point).await["accepted"][0]["stage"], "withdrawn");
    assert!(text(&trade.get(&world, &point).await).contains("đề cử đã rút"));
    let (_, answer) =
        nominate(&world, &mut industry, &format!("/products/{}", world.garlic.id), &for_all).await;
    assert_eq!(answer.status, 303, "it can be nominated anew: {}", text(&answer));
}
