//! A farmer comes for his money: settled and paid at the counter in five acts, with a paper for him.

use domain::Quantity;
use domain::ids::{LotId, StoreId};
use domain::removal::Cause;
use pos::counter::approval::Word;
use pos::counter::goods::{LINES_MAX, NewGoods, receive};
use pos::counter::removal::{self, LossBearer, Removal};
use pos::db::lots::{Listed, list_lots};
use pos::sync::enrol::begin_stream;
use receipts::language::Language;
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{Catalogue, MANAGER, PIN, id_of, manager_word};
use testkit::large::barcode;
use testkit::store::TestStore;
use testkit::world::GARLIC;

use crate::looking::{click, shows, type_into, until};
use crate::pictures::{at_all_sizes, look};
use crate::shop::{Shop, counter_is_ready};

const GARLIC_NAME: &str = "Tỏi đen Lý Sơn hộp 250 g";
const PRODUCER: &str = "Tỏi đen Lý Sơn";

/// A store that sold three boxes, gave two back and broke one.
async fn store() -> TestStore {
    let store = TestStore::new().await;
    for _ in 0..3 {
        store.scan(GARLIC).await;
    }
    store.pay_cash(None).await;
    let listed = Listed::Product(id_of(GARLIC_NAME).into());
    let lots = list_lots(store.app.db().read(), listed, 1).await.expect("the lots");
    for (cause, pieces, word) in [(Cause::Returned, 2, Word::default()), (Cause::Damaged, 1, manager_word())]
    {
        let removal = Removal {
            cause,
            bearer: LossBearer::Store,
            lots: vec![(LotId::from_uuid(lots[0].lot_id), Quantity::pieces(pieces))],
            reason: String::new(),
            language: Language::Vi,
            word,
        };
        removal::remove(&store.app, &store.seat, &store.op(), &removal).await.expect("an answer");
    }
    store
}

#[tokio::test]
async fn a_farmer_is_paid_in_five_acts() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        counter_is_ready(browser).await?;
        browser.press("Alt+m").await?;
        click(browser, ".panel a[href='/producers']").await?;
        shows(browser, "974.848 ₫").await?;
        at_all_sizes(browser, "producers").await?;
        click(browser, "tbody tr:first-child a").await?;
        until(browser, "document.activeElement.name === 'pin'").await?;
        shows(browser, "Kỳ này, tính đến lúc này").await?;
        at_all_sizes(browser, "producer").await?;
        type_into(browser, ":focus", PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "Đã quyết toán, phiếu LS-").await?;
        shows(browser, "Trả tiền mặt").await?;
        at_all_sizes(browser, "producer-paper").await?;
        // The card of the goods tells the same.
        browser.goto(format!("{}/stock/card?product_id={}", shop.url, id_of(GARLIC_NAME))).await?;
        shows(browser, "Trả lại người giao").await?;
        at_all_sizes(browser, "stock-card").await?;
        browser.goto(format!("{}/producers/{}", shop.url, id_of(PRODUCER))).await?;
        shows(browser, "Các kỳ và lần trả trước").await?;
        at_all_sizes(browser, "producer-settled").await?;
        Ok(())
    })
    .await;
    assert_eq!(shop.store.balance("producer_due").await, 0);
    assert_eq!(shop.store.drawer().await, 500_000 + 840_000 - 974_848);
    shop.store.check().await;
}

#[tokio::test]
async fn a_producer_is_paid_by_the_bank() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in_as(browser, id_of(MANAGER)).await?;
        browser.goto(format!("{}/producers/{}", shop.url, id_of(PRODUCER))).await?;
        click(browser, "a[href$='/transfer']").await?;
        shows(browser, "Chưa có tài khoản của chủ thể.").await?;
        at_all_sizes(browser, "transfer-no-account").await?;
        click(browser, "main a[href$='/account']").await?;
        type_into(browser, "#number", "48 01").await?;
        browser.execute("document.querySelector('#bank').value = '970405'", Vec::new()).await?;
        click(browser, "button[value=keep]").await?;
        shows(browser, "Số tài khoản có 1 đến 19 chữ số").await?;
        at_all_sizes(browser, "transfer-account").await?;
        type_into(browser, "#number", "4801205012345").await?;
        type_into(browser, "#holder", "BÙI VĂN TẤN").await?;
        click(browser, "button[value=keep]").await?;
        shows(browser, "Agribank · 4801205012345 · BÙI VĂN TẤN").await?;
        shows(browser, "974.848 ₫").await?;
        at_all_sizes(browser, "transfer-code").await?;

        // Part of it first.
        type_into(browser, "#amount", "400.000").await?;
        click(browser, "form[method=get] button").await?;
        shows(browser, "Tien hang OCOP LS").await?;
        click(browser, "button[value=settle]").await?;
        shows(browser, "Trả chuyển khoản").await?;
        shows(browser, "Agribank · 4801205012345 · BÙI VĂN TẤN").await?;
        shows(browser, "574.848 ₫").await?;
        at_all_sizes(browser, "transfer-paper").await?;
        Ok(())
    })
    .await;
    assert_eq!(shop.store.drawer().await, 500_000 + 840_000, "the drawer stays as it was");
    shop.store.check().await;
}

/// A co-operative with a thousand products: read, settled and paid at one counter, with the A4 sheet for the products.
#[tokio::test]
async fn a_thousand_products_are_settled_on_one_page() {
    const GOODS: usize = 1_000;
    let _others = crate::QUIET.read().await;
    let store = TestStore::new().await;
    let name = |number: usize| format!("Tỏi Lý Sơn loại {number}");
    let mut catalogue = Catalogue::default();
    for number in 0..GOODS {
        catalogue = catalogue.product(&name(number), &barcode(number), 50_000, Some(PRODUCER));
    }
    store.load(&catalogue).await;
    for first in (0..GOODS).step_by(LINES_MAX) {
        let goods = (first..first + LINES_MAX).map(|number| NewGoods {
            product_id: id_of(&name(number)).into(),
            quantity: Quantity::pieces(20),
            expires_on: None,
            code: None,
            noted: None,
            cost: None,
            producer_id: Some(id_of(PRODUCER).into()),
        });
        receive(&store.app, &store.seat, &store.op(), goods.collect(), Language::Vi).await.expect("goods");
    }
    for number in (0..GOODS).step_by(125) {
        store.scan(&barcode(number)).await;
    }
    store.pay_cash(None).await;
    let shop = Shop::pages(store).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        browser.goto(format!("{}/producers/{}", shop.url, id_of(PRODUCER))).await?;
        shows(browser, "Kỳ này, tính đến lúc này").await?;
        look(browser, "producer-thousand", Viewport::COUNTER).await?;
        type_into(browser, "input[name='pin']", PIN).await?;
        browser.press("Enter").await?;
        shows(browser, "Đã quyết toán, phiếu LS-").await?;
        shows(browser, "Tỏi Lý Sơn loại 999").await?;
        look(browser, "producer-thousand-paper", Viewport::COUNTER).await?;
        // The roll below the sheet has the sums.
        browser.read("document.querySelector('.off-paper').scrollIntoView(); return ''").await?;
        look(browser, "producer-thousand-roll", Viewport::COUNTER).await
    })
    .await;
    shop.store.check().await;
}

/// A copy was brought back, and central has not told it yet what the lost computer settled: the pages say so, and an advance can be paid.
#[tokio::test]
async fn a_restored_till_pays_an_advance_alone() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(store().await).await;
    let store_id = StoreId::from_uuid(id_of("store"));
    begin_stream(&shop.store.app, store_id, "restored").await.expect("another journal");
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        let page = format!("{}/producers/{}", shop.url, id_of(PRODUCER));
        browser.goto(&page).await?;
        shows(browser, "chưa nhận lại sổ từ trung tâm").await?;
        until(browser, "!document.querySelector('button[value=settle]')").await?;
        at_all_sizes(browser, "producer-behind").await?;
        type_into(browser, "#amount", "100.000").await?;
        type_into(browser, "input[name='pin']", PIN).await?;
        click(browser, "button[value=advance]").await?;
        shows(browser, "Đã trả 100.000 ₫, phiếu LS-").await?;
        // It stands on the page, and will stand on the settlement.
        browser.goto(&page).await?;
        shows(browser, "−100.000 ₫").await?;
        at_all_sizes(browser, "producer-advance").await
    })
    .await;
    assert_eq!(shop.store.drawer().await, 500_000 + 840_000 - 100_000);
    shop.store.check().await;
}
