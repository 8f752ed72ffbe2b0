//! What a cashier takes off beyond the own limit: a manager's PIN at the moment of the act.

use testkit::catalogue::{PIN, id_of};

use crate::visitor::{As, FISH_SAUCE, MANAGER, Visitor, store};

#[tokio::test]
async fn a_manager_allows_a_discount_at_the_cashiers_counter() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    let sale_id = visitor.sale_id().await;
    visitor.scan(FISH_SAUCE).await;
    let manager = id_of(MANAGER).to_string();
    let asked = [("what", "cart"), ("typed", "30%"), ("reason", "Chai móp")];
    let with_pin = |pin| [&asked[..], &[("manager_id", manager.as_str()), ("pin", pin)]].concat();

    let alone: Vec<_> = [("sale_id", sale_id.as_str())].into_iter().chain(asked).collect();
    let panel = visitor.post(As::Part, "/counter/reduce", &alone).await;
    panel.has("name=\"pin\"");
    panel.has("value=\"30%\"");
    assert_eq!(visitor.act("/counter/reduce", &asked).await.says(), "discount_needs_manager");
    for wrong in ["000000", "12"] {
        assert_eq!(visitor.act("/counter/reduce", &with_pin(wrong)).await.says(), "wrong_pin");
    }
    assert_eq!(visitor.state().await["payable_vnd"], 95_000, "nothing was given so far");
    // Two wrong ones in a row cost a moment.
    store.clock.advance(60_000);
    let given = visitor.act("/counter/reduce", &with_pin(PIN)).await;
    assert_eq!((given.says().as_str(), given.json()["payable_vnd"].as_i64()), ("discounted", Some(66_500)));
    // The word held for that act alone.
    let next = visitor.act("/counter/reduce", &[("what", "cart"), ("typed", "40%"), ("reason", "x")]).await;
    assert_eq!(next.says(), "discount_needs_manager");
}

/// A price is posted and sold at: what a manager sets above it is done, and told.
#[tokio::test]
async fn a_price_above_the_posted_one_is_warned_of() {
    let store = store().await;
    let mut visitor = Visitor::selling(&store).await;
    visitor.scan(FISH_SAUCE).await;
    let (manager, product) = (id_of(MANAGER).to_string(), id_of(crate::visitor::FISH_SAUCE_NAME).to_string());
    for (price, says, level) in [("100.000", "price_above", "warn"), ("90.000", "price_changed", "good")] {
        let sale_id = visitor.sale_id().await;
        let form = [
            ("sale_id", sale_id.as_str()),
            ("what", "price"),
            ("row", "0"),
            ("product_id", product.as_str()),
            ("typed", price),
            ("reason", "x"),
            ("manager_id", manager.as_str()),
            ("pin", PIN),
        ];
        assert_eq!(visitor.act("/counter/reduce", &form[1..]).await.says(), says, "{price}");
        let part = visitor.post(As::Part, "/counter/reduce", &form).await;
        part.has(&format!("class=\"note {level}\""));
        if says == "price_above" {
            part.has("cao hơn giá niêm yết 95.000 ₫");
        }
    }
}
