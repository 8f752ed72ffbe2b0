//! Scanning and changing the cart: each action answers the whole state, for pages and for programs.

use serde_json::Value;
use testkit::catalogue::{Catalogue, id_of};

use crate::visitor::{As, FISH_SAUCE, FISH_SAUCE_NAME, GARLIC, GARLIC_NAME, Visitor, store};

fn lines(state: &Value) -> Vec<(String, i64, i64)> {
    let line = |line: &Value| {
        let name = line["name"].as_str().unwrap().to_owned();
        (name, line["quantity_milli"].as_i64().unwrap(), line["amount_vnd"].as_i64().unwrap())
    };
    state["lines"].as_array().unwrap().iter().map(line).collect()
}

#[tokio::test]
async fn scans_add_up() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    assert_eq!(visitor.scan(GARLIC).await.says(), "added");
    visitor.scan(FISH_SAUCE).await;
    let state = visitor.scan(GARLIC).await.json();
    let expected = [(GARLIC_NAME.to_owned(), 2_000, 560_000), (FISH_SAUCE_NAME.to_owned(), 1_000, 95_000)];
    assert_eq!((lines(&state), state["payable_vnd"].as_i64()), (expected.to_vec(), Some(655_000)));
    assert_eq!(state["note"]["quantity"], "2");
}

/// The next goods under the scanner do not take the question for a weight away.
#[tokio::test]
async fn a_weight_is_asked_for_until_it_is_told() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let sale_id = visitor.sale_id().await;
    let code = async |visitor: &mut Visitor, code: &str| {
        visitor.post(As::Part, "/counter/scan", &[("sale_id", &sale_id), ("code", code)]).await
    };
    let field = "name=\"weight\"";
    code(&mut visitor, "que tra bong").await.has(field);
    let answer = code(&mut visitor, GARLIC).await;
    answer.has(GARLIC_NAME);
    answer.has(field);
    answer.has("<h2>Quế Trà Bồng</h2>");
    visitor.get(As::Page, "/").await.has(field);
    let product_id = id_of("Quế Trà Bồng").to_string();
    let weight = [("sale_id", sale_id.as_str()), ("product_id", &product_id), ("weight", "0,35")];
    let told = visitor.post(As::Part, "/counter/weigh", &weight).await;
    assert!(!told.text.contains(field), "{}", told.text);
    assert_eq!(lines(&visitor.state().await).len(), 2);
    // Who says no is not asked again.
    code(&mut visitor, "que tra bong").await.has(field);
    visitor.post(As::Part, "/counter/show", &[("sale_id", &sale_id), ("show", "keys")]).await;
    assert!(!code(&mut visitor, GARLIC).await.text.contains(field));
}

#[tokio::test]
async fn what_cannot_be_sold_gets_one_sentence_and_changes_nothing() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    for (text, says, sentence) in [
        ("8938500000034", "unknown_code", "Không có mã 8938500000034."),
        ("8938500000011", "wrong_check_digit", "đọc sai số kiểm tra"),
        ("CÁ-01-ĐEN", "input_method", "tắt Unikey"),
        ("８９３８５０００００１０", "input_method", "tắt Unikey"),
        ("ly son xyz", "nothing_found", "Không tìm thấy"),
        ("   ", "ready", "Sẵn sàng"),
    ] {
        let answer = visitor.scan(text).await;
        assert_eq!((answer.says().as_str(), answer.status.as_u16()), (says, 200), "{text}");
        assert_eq!(lines(&answer.json()), [], "{text}");
        let sale_id = visitor.sale_id().await;
        let part = visitor.post(As::Part, "/counter/scan", &[("sale_id", &sale_id), ("code", text)]).await;
        part.has(sentence);
    }
    let state = visitor.state().await;
    assert_eq!(state["missed_codes"], serde_json::json!(["8938500000034"]));
    let state = visitor.act("/counter/dismiss", &[("code", "8938500000034")]).await.json();
    assert_eq!(state["missed_codes"], serde_json::json!([]));
}

#[tokio::test]
async fn words_find_without_marks_and_several_are_offered() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let found = visitor.get(As::Json, "/counter/search?q=nuoc%20mam").await.json();
    assert_eq!(
        (found[0]["name"].as_str(), found[0]["on_hand_milli"].as_i64()),
        (Some(FISH_SAUCE_NAME), Some(10_000))
    );
    visitor.get(As::Page, "/counter/search?q=toi%20den").await.has("role=\"option\"");
    visitor.get(As::Page, "/counter/search?q=xyz").await.has("Không tìm thấy mặt hàng nào.");
    assert_eq!(visitor.scan("nuoc mam").await.says(), "added", "a single product needs no choice");
    let sale_id = visitor.sale_id().await;
    let part = visitor.post(As::Part, "/counter/scan", &[("sale_id", &sale_id), ("code", "o")]).await;
    part.has("Chọn một.");
    part.has("id=\"results\"");
    let product = id_of(GARLIC_NAME).to_string();
    assert_eq!(visitor.act("/counter/choose", &[("product_id", &product)]).await.says(), "added");
    let unknown = visitor.act("/counter/choose", &[("product_id", &id_of("nothing").to_string())]).await;
    assert_eq!((unknown.status.as_u16(), unknown.json()["error"].as_str()), (404, Some("not_found")));
}

#[tokio::test]
async fn a_repeated_request_changes_nothing() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let sale_id = visitor.sale_id().await;
    let form = [("sale_id", sale_id.as_str()), ("code", GARLIC)];
    let first = visitor.post_as(As::Json, "/counter/scan", &form, "same").await;
    let again = visitor.post_as(As::Json, "/counter/scan", &form, "same").await;
    assert_eq!((first.says().as_str(), again.says().as_str()), ("added", "ready"));
    assert_eq!(lines(&first.json()), lines(&again.json()));
}

#[tokio::test]
async fn a_request_for_a_sale_that_is_over_changes_nothing() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    let old = visitor.sale_id().await;
    visitor.act("/counter/finish", &[("payable_vnd", "280000")]).await;
    for (path, fields) in [
        ("/counter/clear", &[][..]),
        ("/counter/finish", &[("payable_vnd", "280000")]),
        ("/counter/vietqr", &[]),
    ] {
        let form = [&[("sale_id", old.as_str())], fields].concat();
        let answer = visitor.post(As::Json, path, &form).await;
        assert_eq!(answer.says(), "stale", "{path}");
        assert_eq!(lines(&answer.json()), [], "{path}");
    }
}

#[tokio::test]
async fn rows_change_and_one_that_moved_is_left_alone() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    visitor.scan(FISH_SAUCE).await;
    let (garlic, sauce) = (id_of(GARLIC_NAME).to_string(), id_of(FISH_SAUCE_NAME).to_string());
    for (path, row, product, more, says) in [
        ("/counter/quantity", "0", &garlic, Some(("quantity", "3")), "added"),
        ("/counter/quantity", "0", &garlic, Some(("quantity", "1,5")), "bad_quantity"),
        ("/counter/step", "1", &sauce, Some(("pieces", "1")), "added"),
        ("/counter/quantity", "0", &sauce, Some(("quantity", "9")), "no_line"),
        ("/counter/step", "0", &sauce, Some(("pieces", "1")), "no_line"),
        ("/counter/remove", "0", &sauce, None, "no_line"),
        ("/counter/remove", "0", &garlic, None, "removed"),
    ] {
        let mut fields = vec![("row", row), ("product_id", product.as_str())];
        fields.extend(more);
        assert_eq!(visitor.act(path, &fields).await.says(), says, "{path} {more:?}");
    }
    assert_eq!(lines(&visitor.state().await), [(FISH_SAUCE_NAME.to_owned(), 2_000, 190_000)]);
    let state = visitor.act("/counter/clear", &[]).await.json();
    assert_eq!((lines(&state), state["note"]["says"].as_str()), (vec![], Some("cleared")));
}

#[tokio::test]
async fn the_chosen_row_stays_chosen() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    assert_eq!(visitor.scan(FISH_SAUCE).await.json()["chosen"], 1);
    assert_eq!(visitor.act("/counter/select", &[("row", "0")]).await.json()["chosen"], 0);
    assert_eq!(visitor.state().await["chosen"], 0);
    assert_eq!(
        visitor.act("/counter/select", &[("row", "7")]).await.json()["chosen"],
        1,
        "no such row: the last one"
    );
}

/// The page and a program are told the same.
#[tokio::test]
async fn elements_and_json_agree() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    visitor.scan(FISH_SAUCE).await;
    let json = visitor.get(As::Json, "/counter/state").await;
    let part = visitor.get(As::Page, "/counter/state").await;
    assert_eq!(json.headers["x-state"], part.headers["x-state"]);
    let state = json.json();
    for (name, quantity, amount) in lines(&state) {
        part.has(&name);
        part.has(&format!(">{}<", domain::Quantity::from_milli(quantity)));
        part.has(&domain::Money::new(amount).to_string());
    }
    part.has(&format!("data-sale=\"{}\"", state["sale_id"].as_str().unwrap()));
    part.has("375.000 ₫");
    for id in [
        "printer", "central", "missed", "paper", "sales", "undo", "cart", "note", "side", "total", "previous",
    ] {
        assert_eq!(part.text.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}

/// Rows that a window shows are not sent to it again; what it makes of the answer is what a whole one says.
#[tokio::test]
async fn only_rows_that_changed_are_sent_to_a_window_that_names_what_it_shows() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let sale_id = visitor.sale_id().await;
    let scan = async |visitor: &mut Visitor, code: &str| {
        visitor.post(As::Part, "/counter/scan", &[("sale_id", &sale_id), ("code", code)]).await
    };
    let mut shown = Vec::new();
    for (code, expected) in
        [(GARLIC, [].as_slice()), (FISH_SAUCE, &[]), (FISH_SAUCE, &[0]), (FISH_SAUCE, &[0]), (GARLIC, &[])]
    {
        let answer = scan(&mut visitor, code).await;
        let told = rows(&answer.text);
        let same: Vec<_> = (0..told.len()).filter(|place| told[*place] == "<tr data-same></tr>").collect();
        assert_eq!(same, expected, "{code}");
        let since = attribute(&answer.text, "data-since").unwrap_or_default();
        assert_eq!(since, if shown.is_empty() { "" } else { &visitor.shown_rows });
        for (place, row) in told.into_iter().enumerate() {
            match shown.get_mut(place) {
                Some(shown) if !same.contains(&place) => *shown = row,
                Some(_) => {}
                None => shown.push(row),
            }
        }
        visitor.shown_rows = attribute(&answer.text, "data-rows").unwrap();
        let whole = visitor.get(As::Page, "/counter/state").await;
        assert_eq!((rows(&whole.text), attribute(&whole.text, "data-since")), (shown.clone(), None));
    }
    visitor.shown_rows = "0123456789abcdef".to_owned();
    assert!(!scan(&mut visitor, FISH_SAUCE).await.text.contains("data-same"), "rows that nobody was sent");
}

/// The rows of an answer's cart, as they are written.
fn rows(answer: &str) -> Vec<String> {
    let (_, body) = answer.split_once("<tbody>").unwrap();
    let (body, _) = body.split_once("</tbody>").unwrap();
    body.split_inclusive("</tr>").map(str::to_owned).collect()
}

fn attribute(answer: &str, name: &str) -> Option<String> {
    let (_, value) = answer.split_once(&format!("{name}=\""))?;
    value.split_once('"').map(|(value, _)| value.to_owned())
}

#[tokio::test]
async fn the_counter_needs_a_shift_and_then_shows_everything() {
    let store = store().await;
    let mut visitor = Visitor::signed_in(&store, crate::visitor::CASHIER).await;
    let page = visitor.get(As::Page, "/").await;
    assert_eq!((page.status.as_u16(), page.leads_to()), (303, "/shift"));
    assert_eq!(visitor.scan(GARLIC).await.says(), "no_shift");
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(GARLIC).await;
    for (lang, words) in [
        (
            "vi",
            [
                "Điểm OCOP Lý Sơn",
                "Quầy 1 · Nguyễn Thị Hường",
                "Quét mã vạch hoặc gõ tên hàng",
                "Thanh toán",
                "280.000 ₫",
            ],
        ),
        (
            "en",
            [
                "Điểm OCOP Lý Sơn",
                "Quầy 1 · Nguyễn Thị Hường",
                "Scan a barcode or type a name",
                "Pay",
                "280.000 ₫",
            ],
        ),
    ] {
        let page = visitor.get(As::Page, &format!("/?lang={lang}")).await;
        for words in words {
            page.has(words);
        }
        page.has("data-box=\"/counter/scan\"");
        page.has("data-events=\"/counter/events\"");
        page.has(&format!("<html lang=\"{lang}\">"));
    }
}

#[tokio::test]
async fn panels_take_the_place_of_the_keys() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let sale_id = visitor.sale_id().await;
    for (what, words) in [
        ("keys", "Mục khác"),
        ("help", "Các phím"),
        ("menu", "Đơn đã bán"),
        ("quantity", "Đơn chưa có hàng"),
        ("clear", "Đơn chưa có hàng"),
        ("cash", "Đơn chưa có hàng"),
    ] {
        visitor.post(As::Part, "/counter/show", &[("sale_id", &sale_id), ("show", what)]).await.has(words);
    }
    visitor.scan(GARLIC).await;
    for (what, words) in [
        ("quantity", "Số lượng mới"),
        ("clear", "Xóa cả đơn này?"),
        ("cash", "Khách đưa"),
        ("card", "Quẹt thẻ"),
        ("several", "Chuyển khoản"),
        // Nothing is on show yet that a transfer could be waited for.
        ("vietqr", "Khách đưa"),
    ] {
        let part = visitor.post(As::Part, "/counter/show", &[("sale_id", &sale_id), ("show", what)]).await;
        part.has(words);
        part.has("data-modal");
    }
    let chosen = [("sale_id", sale_id.as_str()), ("show", "cash"), ("chosen_cash", "300000")];
    visitor.post(As::Part, "/counter/show", &chosen).await.has("20.000 ₫");
}

/// Nothing blocks however long central is away; after a day somebody should look at the network.
#[tokio::test]
async fn sales_that_wait_for_more_than_a_day_turn_the_chip_red() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    store.app.set_sync_status(pos::sync::SyncStatus::Offline { since_ms: store.app.clock().now_ms() });
    store.sell(GARLIC).await;
    for (hours, expected) in [(1, "chip warn"), (24, "chip bad")] {
        store.clock.advance(hours * 3_600_000);
        visitor.sign_in(crate::visitor::CASHIER, testkit::catalogue::PIN).await;
        let page = visitor.get(As::Page, "/").await.text;
        let central = page.split("id=\"central\"").nth(1).unwrap().split("</span>").next().unwrap();
        assert!(central.contains(expected), "{hours}: {central}");
    }
}

/// The catalogue brings another price while a cart is open: what was scanned keeps its price, and the cashier is told.
#[tokio::test]
async fn a_price_that_moved_in_mid_cart_is_told() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let cost = async |price_vnd: i64| {
        let sweets = Catalogue::default().product("Kẹo gương", "8938500000041", price_vnd, None);
        store.load(&sweets).await;
    };
    cost(25_000).await;
    visitor.scan("8938500000041").await;
    cost(30_000).await;
    let told = visitor.scan("8938500000041").await;
    assert_eq!((told.says().as_str(), told.json()["payable_vnd"].as_i64()), ("price_moved", Some(55_000)));
    assert_eq!(
        (&told.json()["note"]["was_vnd"], &told.json()["note"]["price_vnd"]),
        (&25_000.into(), &30_000.into())
    );
    assert_eq!(visitor.scan("8938500000041").await.says(), "added_beyond_stock", "once");
}
