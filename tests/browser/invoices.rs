//! E-invoices at the counter: named before the sale, refused and put right, replaced when goods come back.

use pos::Config;
use pos::config::InvoicesConfig;
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{Catalogue, MANAGER, id_of, invoice_row};
use testkit::invoice_provider::{InvoiceProvider, Manner};
use testkit::store::TestStore;
use testkit::world::GARLIC;
use thirtyfour::prelude::WebDriverResult;

use crate::looking::{becomes, click, comes_to, shows, type_into, until};
use crate::pictures::{at_all_sizes, look};
use crate::shop::{Shop, counter_is_ready};

const COMPANY: &str = "Công ty cổ phần Đường Quảng Ngãi";
const REASON: &str = "Thiếu địa chỉ người mua";

#[tokio::test]
async fn an_invoice_is_named_refused_put_right_and_replaced() {
    let _others = crate::QUIET.read().await;
    let provider = InvoiceProvider::start().await;
    let invoices = InvoicesConfig { adapter: provider.url().to_owned(), token_file: None };
    let store = TestStore::closed(Config { invoices, ..Config::default() }).await;
    store.load(&Catalogue::default().invoices(id_of("store"), invoice_row())).await;
    store.open_shift().await;
    store.deliver(GARLIC, 5).await;
    let shop = Shop::with_workers(store).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in_as(browser, id_of(MANAGER)).await?;
        browser.type_like_scanner(GARLIC).await?;
        shows(browser, "280.000 ₫").await?;
        browser.press("Alt+H").await?;
        until(browser, "document.activeElement.id === 'buyer-number'").await?;
        name(browser, "buyer-").await?;
        at_all_sizes(browser, "invoice-buyer").await?;
        browser.press("Enter").await?;
        shows(browser, COMPANY).await?;
        counter_is_ready(browser).await?;

        provider.script([Manner::Reject(REASON)]);
        sell(browser).await?;
        becomes("the invoice is sent", || provider.requests().len() == 1).await;
        assert_eq!(provider.requests()[0]["buyer"]["number"], "0100109106");
        let state = comes_to(&shop.store, "one that is refused", |state| state.invoices.waiting == 1).await;
        assert_eq!(state.note, pos::counter::Note::Ready);
        shop.store.clock.advance(60_000);
        shop.store.app.tell_changed();
        shows(browser, "Hóa đơn chờ gửi: 1, từ ").await?;
        at_all_sizes(browser, "invoice-pending").await?;

        browser.goto(format!("{}/invoices", shop.url)).await?;
        shows(browser, REASON).await?;
        look(browser, "invoice-refused", Viewport::COUNTER).await?;
        click(browser, "td .act a.button").await?;
        until(browser, "document.querySelector('#address')").await?;
        name(browser, "").await?;
        click(browser, "form[action='/invoices/buyer'] button.primary").await?;
        becomes("the corrected invoice is taken", || accepted(&provider) == 1).await;
        assert_eq!(provider.requests().last().map(|sent| sent["revision"].clone()), Some(2.into()));
        browser.goto(format!("{}/invoices", shop.url)).await?;
        shows(browser, "Đã tiếp nhận").await?;
        shows(browser, &format!("{MANAGER} ghi lúc")).await?;

        // The goods come back: another invoice takes its place.
        let sold = shop.store.state().await.last_sale.expect("a sale").sale_id;
        browser.goto(format!("{}/receipts/{sold}", shop.url)).await?;
        until(browser, "document.querySelector('#refund-reason')").await?;
        browser.press("F9").await?;
        shows(browser, "Không trả thêm được nữa").await?;
        becomes("the replacement is taken", || accepted(&provider) == 2).await;
        browser.goto(format!("{}/invoices", shop.url)).await?;
        shows(browser, "Đã được thay thế").await?;
        look(browser, "invoice-replaced", Viewport::COUNTER).await
    })
    .await;
    shop.store.check().await;
}

/// Fills the buyer in, whatever form asks.
async fn name(browser: &Browser, fields: &str) -> WebDriverResult<()> {
    for (field, text) in
        [("number", "0100109106"), ("name", COMPANY), ("address", "Phường Nghĩa Lộ, Quảng Ngãi")]
    {
        type_into(browser, &format!("#{fields}{field}"), text).await?;
    }
    Ok(())
}

async fn sell(browser: &Browser) -> WebDriverResult<()> {
    browser.press("F9").await?;
    until(browser, "document.activeElement.id === 'cash'").await?;
    browser.press("Enter").await?;
    shows(browser, "Xong đơn").await
}

fn accepted(provider: &InvoiceProvider) -> usize {
    provider.taken().iter().filter(|taken| taken.status == "accepted").count()
}
