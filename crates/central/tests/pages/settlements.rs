//! A producer's settlements: read with every row, confirmed, disputed; and nobody else's.

use central::db::Db;
use central::db::audit;
use central::db::users::Role;
use domain::removal::Cause;
use protocol::payload::{self, GoodsOut, GoodsOutLine};
use testkit::databases::TestDatabase;
use uuid::Uuid;

use super::browser::{Browser, location, text};
use crate::support::settling::settlement;
use crate::support::{Answer, Till, World};

testkit::on_both_engines!(
    a_settlement_is_read_with_all_its_rows_and_confirmed,
    a_settlement_is_disputed_row_by_row,
    a_figure_can_be_nothing,
    a_dispute_is_answered_insisted_on_and_closed,
    a_signature_on_paper_is_recorded_and_objected_to,
    another_producers_settlement_is_none,
    silence_is_consent
);

const DUE: i64 = 450_000 - 45_000 - 3_600;

/// Garlic is received, sold, lost; settled and partly paid. Returns the page of the settlement.
async fn settle(world: &World, browser: &mut Browser) -> (Till, String) {
    let mut till = world.till().await;
    let lot = till.receive(&world.garlic, 10);
    let sale = till.sale_of(vec![till.line(&world.garlic, 3, Some(lot))]);
    till.write_sale(world.app.clock.new_uuid().into(), &sale);
    let lost = GoodsOut {
        voucher: "LS-0000-XH9".to_owned(),
        cause: Cause::Damaged.code().to_owned(),
        cashier: Uuid::from_u128(8),
        approved_by: None,
        takes_back: None,
        lines: vec![GoodsOutLine {
            lot: lot.uuid(),
            product: world.garlic.id.uuid(),
            producer: Some(world.phu_sinh.uuid()),
            quantity: 1_000,
            compensation: DUE,
        }],
    };
    till.write("goods_out", None, &payload::write(&lost).unwrap());
    let first = settlement(world.phu_sinh, &[&till], DUE);
    till.settle(&first);
    till.pay_producer(world.phu_sinh, 2 * DUE);
    till.push_from(world, 1).await.ack();
    let list = browser.json(world, "/me/settlements").await;
    let papers = list["papers"].as_array().unwrap();
    assert_eq!((papers.len(), papers[0]["page"].as_str()), (2, None), "the payment is the later one");
    (till, papers[1]["page"].as_str().unwrap().to_owned())
}

pub(super) async fn said(world: &World, browser: &mut Browser, path: &str) -> String {
    let answer = browser.get(world, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", text(&answer));
    text(&answer)
}

async fn a_settlement_is_read_with_all_its_rows_and_confirmed(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    assert!(said(&world, &mut browser, "/me/settlements").await.contains("Chưa có quyết toán"));
    let (till, page) = settle(&world, &mut browser).await;
    // What is owed is what was not paid yet.
    let overview = browser.json(&world, "/me").await;
    assert_eq!((overview["owed_vnd"].as_i64(), overview["papers"].as_array().unwrap().len()), (Some(DUE), 2));
    let text_of_overview = said(&world, &mut browser, "/me").await;
    let list = said(&world, &mut browser, "/me/settlements").await;
    let number = format!("LS-{}-QT{}", till.stream.short_code(), till.head.seq - 1);
    for told in
        [&number, "Chờ trả lời", "1.605.600 ₫", "401.400 ₫ · còn 1.204.200 ₫", "Điểm OCOP LS", "23/11/2026"]
    {
        assert!(list.contains(told), "{told} in {list}");
        assert!(text_of_overview.contains(told), "{told} in {text_of_overview}");
    }
    let whole = said(&world, &mut browser, &page).await;
    for told in [
        &number,
        "Sản phẩm TOI-DEN",
        "<dt>Tồn đầu</dt><dd>0</dd><dt>Nhận</dt><dd>10</dd><dt>Bán</dt><dd>3</dd>",
        "<dt>Hao hụt, cửa hàng đền</dt><dd>1</dd><dt>Còn</dt><dd>6</dd>",
        "<dt>Doanh thu</dt><dd>1.350.000 ₫</dd><dt>Hoa hồng 10 %</dt><dd>-135.000 ₫</dd>",
        "<dt>Thuế GTGT trên hoa hồng</dt><dd>-10.800 ₫</dd><dt>Tiền đền hàng hao hụt</dt><dd>401.400 ₫</dd>",
        "Đúng, tôi đồng ý",
        "name=\"words\"",
    ] {
        assert!(whole.contains(told), "{told} in {whole}");
    }
    assert!(said(&world, &mut browser, &format!("{page}?lang=en")).await.contains("Lost, the store pays"));
    browser.get(&world, "/me?lang=vi").await;
    let figures = browser.json(&world, &page).await;
    assert_eq!(
        (figures["rows"][0]["closing_milli"].as_i64(), figures["paper"]["standing"].as_str()),
        (Some(6_000), Some("sent"))
    );

    for _ in 0..2 {
        let answer = browser.post(&world, &page, &format!("{page}/confirm"), &[]).await;
        assert_eq!((answer.status, location(&answer)), (303, format!("{page}?said=confirmed").as_str()));
    }
    let whole = said(&world, &mut browser, &format!("{page}?said=confirmed")).await;
    assert!(whole.contains("Đã ghi: chủ thể đồng ý") && whole.contains("Đã đồng ý"), "{whole}");
    assert!(!whole.contains("<form"), "nothing is asked any more");
    let late = dispute(&world, &mut browser, &page, &Uuid::from_u128(1), "", "Thiếu một hộp").await;
    assert_eq!(late.status, 409);
    assert!(text(&late).contains("đã được trả lời"), "{}", text(&late));
    assert_eq!(acts(&world, "settlement.confirm").await.len(), 1, "pressed twice it is one act");
    world.check_books().await;
}

async fn acts(world: &World, action: &str) -> Vec<(String, String)> {
    let log = audit::list_before(&world.app.db, &audit::Picked::default(), i64::MAX, 100).await.unwrap();
    log.into_iter().filter(|act| act.action == action).map(|act| (act.actor, act.detail)).collect()
}

pub(super) async fn dispute(
    world: &World,
    browser: &mut Browser,
    page: &str,
    id: &Uuid,
    product: &str,
    words: &str,
) -> Answer {
    let fields = [("id", id.to_string()), ("product", product.to_owned()), ("words", words.to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(world, "/me/settlements", &format!("{page}/dispute"), &fields).await
}

async fn a_settlement_is_disputed_row_by_row(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let (_, page) = settle(&world, &mut browser).await;
    let garlic = world.garlic.id.to_string();
    let [first, second] = [1, 2].map(Uuid::from_u128);
    let too_long = "ố".repeat(301);
    for words in ["", " \r\n ", too_long.as_str()] {
        let answer = dispute(&world, &mut browser, &page, &first, &garlic, words).await;
        let form = text(&answer);
        assert_eq!(answer.status, 422, "{form}");
        assert!(
            form.contains("aria-invalid=\"true\"") && form.contains("Viết chỗ sai, nhiều nhất"),
            "{form}"
        );
        assert!(
            form.contains(words.trim()) && form.contains(&format!("value=\"{garlic}\" selected")),
            "{form}"
        );
    }
    for product in [world.salt.id.to_string(), "garlic".to_owned()] {
        assert_eq!(
            dispute(&world, &mut browser, &page, &first, &product, "Sai").await.status,
            404,
            "{product}"
        );
    }
    assert_eq!(browser.post(&world, &page, &format!("{page}/dispute"), &[]).await.status, 422, "no fields");
    let bare = format!("id={first}&product=&words=Sai");
    assert_eq!(browser.post_bare(&world, &format!("{page}/dispute"), &bare).await.status, 403, "no token");
    assert_eq!(world.number("select cast(count(*) as bigint) from settlement_answers").await, 0);

    for _ in 0..2 {
        let words = "Bán 4 hộp,\r\nkhông phải <b>3</b>";
        let answer = dispute(&world, &mut browser, &page, &first, &garlic, words).await;
        assert_eq!((answer.status, location(&answer)), (303, format!("{page}?said=disputed").as_str()));
    }
    assert_eq!(dispute(&world, &mut browser, &page, &second, &garlic, "Lại nữa").await.status, 409, "twice");
    assert_eq!(browser.post(&world, &page, &format!("{page}/confirm"), &[]).await.status, 409);
    // The form of before, taken back by the browser and changed.
    assert_eq!(dispute(&world, &mut browser, &page, &first, &garlic, "Bán 5 hộp").await.status, 409);
    let whole = said(&world, &mut browser, &format!("{page}?said=disputed")).await;
    for told in
        ["Đã gửi ý kiến", "Có ý kiến", "Ý kiến: Bán 4 hộp, không phải &lt;b&gt;3&lt;/b&gt;", "Cả quyết toán"]
    {
        assert!(whole.contains(told), "{told} in {whole}");
    }
    assert!(!whole.contains("/confirm\"") && !whole.contains(&format!("value=\"{garlic}\"")), "{whole}");
    assert_eq!(dispute(&world, &mut browser, &page, &first, "", "Chưa nhận đủ tiền").await.status, 303);
    assert_eq!(dispute(&world, &mut browser, &page, &second, "", "Lại nữa").await.status, 409, "twice");
    assert!(!said(&world, &mut browser, &page).await.contains("/dispute\""), "all of it was disputed");
    let kept = acts(&world, "settlement.dispute").await;
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|(actor, _)| actor.starts_with("producer-")), "{kept:?}");
    assert_eq!(kept[0].1, "Chưa nhận đủ tiền");

    let mut department = Browser::of(&world, Role::Department).await;
    let stores = said(&world, &mut department, "/stores").await;
    for told in [
        "Chủ thể có ý kiến",
        "Công ty Phú Sinh",
        "Chưa nhận đủ tiền",
        "Bán 4 hộp, không phải",
        "Sản phẩm TOI-DEN",
    ] {
        assert!(stores.contains(told), "{told} in {stores}");
    }
    // They are no books: folding those anew leaves them.
    world.check_books().await;
    assert_eq!(world.number("select cast(count(*) as bigint) from settlement_answers").await, 2);
}

/// Posts a form with fields of this test's own making.
async fn post(world: &World, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> u16 {
    let home = if path.starts_with("/me") { "/me" } else { "/shops" };
    browser.post(world, home, path, fields).await.status
}

async fn standing(world: &World, browser: &mut Browser, page: &str) -> String {
    browser.json(world, page).await["paper"]["standing"].as_str().unwrap().to_owned()
}

/// A farmer from whom nothing was sold, and who is owed nothing, says so with a zero.
async fn a_figure_can_be_nothing(db: Db) {
    let world = World::new(db).await;
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let (_, page) = settle(&world, &mut producer).await;
    let garlic = world.garlic.id.to_string();
    for (number, product, figure, claimed) in
        [(1, garlic.as_str(), "sold", " 0 "), (2, "", "due", "0"), (3, &garlic, "sold", "-1")]
    {
        let id = Uuid::from_u128(number).to_string();
        let fields = [
            ("id", id.as_str()),
            ("product", product),
            ("figure", figure),
            ("claimed", claimed),
            ("words", "Không bán hộp nào"),
        ];
        let expected = if claimed == "-1" { 422 } else { 303 };
        let status = post(&world, &mut producer, &format!("{page}/dispute"), &fields).await;
        assert_eq!(status, expected, "{figure} {claimed}");
    }
    let report = producer.json(&world, &page).await;
    let claims: Vec<_> = report["disputed_rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["figure"].as_str().unwrap(), row["figure_claimed"].as_i64().unwrap()))
        .collect();
    assert_eq!(claims, [("due", 0), ("sold", 0)]);
    let shown = said(&world, &mut producer, &page).await;
    assert!(shown.contains("<dt>Chủ thể nói: Bán</dt><dd><strong>0</strong></dd>"), "{shown}");
}

async fn a_dispute_is_answered_insisted_on_and_closed(db: Db) {
    let world = World::new(db).await;
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let (_, page) = settle(&world, &mut producer).await;
    let shop = page.replace("/me/", "/shops/");
    let garlic = world.garlic.id.to_string();
    let [first, second, third, fourth] = [1, 2, 3, 4].map(|number| Uuid::from_u128(number).to_string());
    // A figure without a number, a number without a figure, goods of all of the settlement.
    for (product, figure, claimed) in
        [(garlic.as_str(), "sold", ""), (&garlic, "", "4"), (&garlic, "due", "vài"), ("", "sold", "4")]
    {
        let fields = [
            ("id", first.as_str()),
            ("product", product),
            ("figure", figure),
            ("claimed", claimed),
            ("words", "Sai"),
        ];
        assert_eq!(
            post(&world, &mut producer, &format!("{page}/dispute"), &fields).await,
            422,
            "{figure} {claimed}"
        );
    }
    let fields = [
        ("id", first.as_str()),
        ("product", &garlic),
        ("figure", "sold"),
        ("claimed", "4"),
        ("words", "Bán 4 hộp"),
    ];
    assert_eq!(post(&world, &mut producer, &format!("{page}/dispute"), &fields).await, 303);

    world.clock.advance(3 * 86_400_000);
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let overview = operator.json(&world, "/shops").await;
    assert_eq!((overview["disputed_count"].as_i64(), overview["disputed_days"].as_i64()), (Some(1), Some(3)));
    let overview = said(&world, &mut operator, "/shops").await;
    assert!(overview.contains("1 quyết toán chủ thể chưa đồng ý, lâu nhất 3 ngày"), "{overview}");
    let list = said(&world, &mut operator, "/shops/settlements").await;
    assert!(list.contains("chưa trả lời 3 ngày") && list.contains("Công ty Phú Sinh"), "{list}");
    let both = said(&world, &mut operator, &shop).await;
    for told in [
        "<dt>Phiếu ghi: Bán</dt><dd>3</dd>",
        "<dt>Chủ thể nói: Bán</dt><dd><strong>4</strong></dd>",
        "Bán 4 hộp",
        "Chờ đơn vị quản lý trả lời",
    ] {
        assert!(both.contains(told), "{told} in {both}");
    }
    let mine = said(&world, &mut producer, &page).await;
    for whole in [&both, &mine] {
        let ids: Vec<_> = whole.split("name=\"id\" value=\"").skip(1).map(|rest| rest.get(..36)).collect();
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), distinct.len(), "no form shares its number with another one");
    }
    // While it waits for an answer neither side can close it.
    assert_eq!(post(&world, &mut producer, &format!("{page}/confirm"), &[]).await, 409);
    let sign = [("id", fourth.as_str()), ("signer", "Bà Bảy"), ("day", "2026-11-24")];
    assert_eq!(post(&world, &mut operator, &format!("{shop}/sign"), &sign).await, 409);
    let insist = [("id", third.as_str()), ("product", garlic.as_str()), ("words", "Vẫn 4 hộp")];
    assert_eq!(
        post(&world, &mut producer, &format!("{page}/insist"), &insist).await,
        409,
        "nobody answered yet"
    );

    let reply = |id: &str, outcome: &str, words: &str| {
        [("id", id), ("product", garlic.as_str()), ("outcome", outcome), ("words", words)]
            .map(|(name, value)| (name, value.to_owned()))
    };
    let at = format!("{shop}/reply");
    for (outcome, words, status) in [
        ("as_told", "", 422),
        ("maybe", "Để xem", 422),
        ("as_told", "Đếm lại vẫn 3 hộp", 303),
        ("as_told", "Đếm lại vẫn 3 hộp", 303),
        ("as_told", "Nữa", 303),
    ] {
        let fields = reply(&second, outcome, words);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(post(&world, &mut operator, &at, &fields).await, status, "{outcome} {words}");
    }
    assert_eq!(acts(&world, "settlement.reply").await.len(), 1, "pressed twice it is one answer");
    assert_eq!(standing(&world, &mut producer, &page).await, "answered");
    assert_eq!(operator.json(&world, "/shops").await["disputed_count"].as_i64(), Some(0));
    let mut department = Browser::of(&world, Role::Department).await;
    let board = said(&world, &mut department, "/stores").await;
    assert!(
        board.contains("Chờ chủ thể xem lại") && !board.contains("Chờ đơn vị quản lý trả lời"),
        "{board}"
    );
    let not_taken = "Chưa nhận: mẫu này đã gửi một lần với nội dung khác.";
    let told = said(&world, &mut operator, &format!("{shop}?done=not_taken")).await;
    assert!(
        told.contains(not_taken) && told.contains("Đếm lại vẫn 3 hộp") && !told.contains("Nữa"),
        "{told}"
    );
    let fields = reply(&second, "next_one", "Đếm lại vẫn 3 hộp");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = operator.post(&world, "/shops/settlements", &at, &fields).await;
    assert_eq!(location(&answer), format!("{shop}?done=not_taken"), "another outcome is another answer");
    let answered = said(&world, &mut producer, &page).await;
    for told in [
        "Đếm lại vẫn 3 hộp",
        "Đơn vị quản lý trả lời: đúng như phiếu",
        "Đồng ý sau khi được trả lời",
        "Vẫn chưa đúng",
    ] {
        assert!(answered.contains(told), "{told} in {answered}");
    }

    assert_eq!(post(&world, &mut producer, &format!("{page}/insist"), &insist).await, 303);
    let other = [("id", third.as_str()), ("product", garlic.as_str()), ("words", "Vẫn 5 hộp")];
    let answer = producer.post(&world, "/me/settlements", &format!("{page}/insist"), &other).await;
    assert_eq!(location(&answer), format!("{page}?said=not_taken"));
    let told = said(&world, &mut producer, location(&answer)).await;
    assert!(told.contains(not_taken) && told.contains("Vẫn 4 hộp") && !told.contains("Vẫn 5 hộp"), "{told}");
    assert_eq!(standing(&world, &mut operator, &shop).await, "disputed");
    let fields = reply(&fourth, "next_one", "Đã tìm ra, kỳ sau cộng 1 hộp");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(post(&world, &mut operator, &at, &fields).await, 303);
    let before = operator.json(&world, &shop).await["rows"].clone();
    for _ in 0..2 {
        assert_eq!(post(&world, &mut producer, &format!("{page}/confirm"), &[]).await, 303);
    }
    assert_eq!(acts(&world, "settlement.accept").await.len(), 1);
    let closed = said(&world, &mut operator, &shop).await;
    assert!(
        closed.contains("Chủ thể đồng ý sau khi được trả lời") && closed.contains("Đã đồng ý"),
        "{closed}"
    );
    assert_eq!(operator.json(&world, &shop).await["rows"], before, "figures never change");
    let board = department.json(&world, "/stores").await;
    assert!(board["disputes"].as_array().unwrap().is_empty(), "it is closed");
    assert_eq!(
        post(
            &world,
            &mut producer,
            &format!("{page}/insist"),
            &[("id", &first), ("product", &garlic), ("words", "Lại")]
        )
        .await,
        409
    );
    world.check_books().await;
    assert_eq!(world.number("select cast(count(*) as bigint) from settlement_words").await, 4);
}

async fn a_signature_on_paper_is_recorded_and_objected_to(db: Db) {
    let world = World::new(db).await;
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let (_, page) = settle(&world, &mut producer).await;
    let shop = page.replace("/me/", "/shops/");
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let id = Uuid::from_u128(9).to_string();
    for (signer, day, status) in [
        ("", "2026-11-23", 422),
        ("Bà Bảy", "2026-11-22", 422),
        ("Bà Bảy", "2026-11-24", 422),
        ("Bà Bảy", "hôm nay", 422),
        (" Bà  Bảy ", "2026-11-23", 303),
        ("Bà Bảy", "2026-11-23", 303),
    ] {
        let fields = [("id", id.as_str()), ("signer", signer), ("day", day)];
        assert_eq!(
            post(&world, &mut operator, &format!("{shop}/sign"), &fields).await,
            status,
            "{signer} {day}"
        );
    }
    let kept = acts(&world, "settlement.sign").await;
    assert_eq!((kept.len(), kept[0].1.as_str()), (1, "Bà Bảy"));
    let signed = said(&world, &mut producer, &page).await;
    for told in ["Đã ký trên giấy: Bà Bảy, ngày 23/11/2026", "Nếu không phải chữ ký của mình", "Có chỗ sai"]
    {
        assert!(signed.contains(told), "{told} in {signed}");
    }
    // Ten days later the producer may still object; five more, and it is too late.
    world.clock.advance(10 * 86_400_000);
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    assert_eq!(standing(&world, &mut producer, &page).await, "signed");
    let object = [("id", id.as_str()), ("product", ""), ("words", "Tôi không ký tờ nào")];
    assert_eq!(post(&world, &mut producer, &format!("{page}/dispute"), &object).await, 303);
    assert_eq!(standing(&world, &mut producer, &page).await, "disputed");

    let database = TestDatabase::sqlite().await;
    let other = World::new(database.db()).await;
    let mut late = Browser::of(&other, Role::Producer(other.phu_sinh)).await;
    let (_, page) = settle(&other, &mut late).await;
    let mut operator = Browser::of(&other, Role::Operator(other.operator)).await;
    let sign = [("id", id.as_str()), ("signer", "Bà Bảy"), ("day", "2026-11-23")];
    assert_eq!(
        post(&other, &mut operator, &format!("{}/sign", page.replace("/me/", "/shops/")), &sign).await,
        303
    );
    other.clock.advance(15 * 86_400_000);
    let mut late = Browser::of(&other, Role::Producer(other.phu_sinh)).await;
    assert_eq!(standing(&other, &mut late, &page).await, "signed");
    assert_eq!(post(&other, &mut late, &format!("{page}/dispute"), &object).await, 409);
}

async fn another_producers_settlement_is_none(db: Db) {
    let world = World::new(db).await;
    let mut owner = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let (till, page) = settle(&world, &mut owner).await;
    let mut other = Browser::of(&world, Role::Producer(world.sa_huynh)).await;
    assert!(other.json(&world, "/me/settlements").await["papers"].as_array().unwrap().is_empty());
    let payment = format!("/me/settlements/{}/{}", till.stream, till.head.seq);
    let unknown = format!("/me/settlements/{}/{}", till.stream, i64::MIN);
    let elsewhere = page.replace(&world.store.to_string(), &world.other_store.to_string());
    for (browser, path) in [
        (&mut other, page.as_str()),
        (&mut owner, payment.as_str()),
        (&mut Browser::of(&world, Role::Producer(world.phu_sinh)).await, unknown.as_str()),
        (&mut Browser::of(&world, Role::Producer(world.phu_sinh)).await, elsewhere.as_str()),
        (&mut Browser::of(&world, Role::Producer(world.phu_sinh)).await, "/me/settlements/ly-son/1"),
    ] {
        assert_eq!(browser.get(&world, path).await.status, 404, "{path}");
        let fields = [("id", "00000000-0000-0000-0000-000000000001"), ("product", ""), ("words", "Sai")];
        for (act, fields) in [("confirm", &fields[..0]), ("dispute", &fields[..])] {
            let answer = browser.post(&world, "/me", &format!("{path}/{act}"), fields).await;
            assert_eq!(answer.status, 404, "{path} {act}");
        }
    }
    assert_eq!(world.number("select cast(count(*) as bigint) from settlement_answers").await, 0);
}

async fn silence_is_consent(db: Db) {
    let world = World::new(db).await;
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let (_, page) = settle(&world, &mut browser).await;
    world.clock.advance(15 * 86_400_000);
    // The login is over by then.
    let mut browser = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let whole = said(&world, &mut browser, &page).await;
    assert!(whole.contains("Coi như đồng ý") && !whole.contains("<form"), "{whole}");
    assert_eq!(browser.post(&world, "/me", &format!("{page}/confirm"), &[]).await.status, 409);
    assert_eq!(dispute(&world, &mut browser, &page, &Uuid::from_u128(1), "", "Muộn").await.status, 409);
}
