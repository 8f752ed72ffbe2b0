//! A product that a cashier added: an administrator finds that it is one of the catalogue, and the store moves what is left to it.

use domain::Money;
use domain::catalog::SoldBy;
use domain::ids::ProducerId;
use pos::counter::provisional::{self, NewProduct};
use testkit::browser::{Browser, Viewport};
use testkit::store::TestStore;
use testkit::world::{GARLIC, World, sync};

use crate::looking::{click, shows, type_into};
use crate::pictures::{at_all_sizes, look};
use crate::shop::{Shop, add_people, sign_in_at_central};

const ADDED: &str = "8938500000034";
const DESK: Viewport = Viewport::COUNTER;

/// Adds a producer's product, takes in five and sells one.
async fn add(store: &TestStore, producer_id: ProducerId, name: &str, barcode: &str) {
    let new = NewProduct {
        barcode: Some(barcode.to_owned()),
        name: name.to_owned(),
        unit: "hộp".to_owned(),
        price: Money::new(285_000),
        sold_by: SoldBy::Piece,
        producer_id: Some(producer_id),
        refuse_expired: true,
    };
    let request = store.request().await;
    provisional::add(&store.app, &store.seat, &request, new).await.expect("a product");
    store.pay_cash(None).await;
    store.deliver(barcode, 5).await;
}

#[tokio::test]
async fn goods_that_a_store_added_find_their_place() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    store.deliver(GARLIC, 12).await;
    let producer_id = stories::settling::producer(&world).await;
    add(&store, producer_id, "Tỏi đen hộp quà", ADDED).await;
    add(&store, producer_id, "Rượu tỏi đen Lý Sơn", "8938500000041").await;
    sync(&store).await;
    let shop = Shop::pages(store).await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/provisional", world.url), "quantri").await?;
        shows(browser, "Tỏi đen hộp quà").await?;
        look(browser, "provisional", DESK).await?;

        // One is the catalogue's garlic under another name.
        click(browser, "a[aria-label='Xử lý: Tỏi đen hộp quà']").await?;
        shows(browser, "Nhận vào danh mục").await?;
        type_into(browser, "#find", "toi den").await?;
        click(browser, "form[role=search] button").await?;
        shows(browser, "Tỏi đen Lý Sơn").await?;
        click(browser, "summary[aria-label^='Nhập chung với Tỏi đen Lý Sơn']").await?;
        shows(browser, "không tách ra lại được").await?;
        look(browser, "provisional-one", DESK).await?;
        click(browser, "details[open] button.danger").await?;
        shows(browser, "Đã nhập chung vào Tỏi đen Lý Sơn").await?;

        // The other one is new.
        click(browser, "a[aria-label='Xử lý: Rượu tỏi đen Lý Sơn']").await?;
        type_into(browser, "#sku", "QN-501").await?;
        click(browser, "form button.primary").await?;
        shows(browser, "Chọn nhóm sản phẩm.").await?;
        look(browser, "provisional-wrong", DESK).await?;
        browser.execute("document.querySelector('#group').value = 'drink'", Vec::new()).await?;
        click(browser, "form button.primary").await?;
        shows(browser, "Đã nhận Rượu tỏi đen Lý Sơn vào danh mục").await?;
        shows(browser, "Không có mặt hàng nào chờ xử lý.").await?;
        look(browser, "provisional-done", DESK).await?;

        // The store hears of both, and moves what is left of the first.
        sync(&shop.store).await;
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/stock", shop.url)).await?;
        shows(browser, "Hàng được nhập chung").await?;
        at_all_sizes(browser, "stock-merged").await?;
        click(browser, "form[action='/stock/merge'] button").await?;
        shows(browser, "Hàng trên quầy giờ là Tỏi đen Lý Sơn").await?;
        at_all_sizes(browser, "stock-moved").await?;
        sync(&shop.store).await;
        browser.goto(format!("{}/inventory", world.url)).await?;
        shows(browser, "LS 26").await?;
        look(browser, "inventory-merged", DESK).await?;
        Ok(())
    })
    .await;
    shop.store.check().await;
}
