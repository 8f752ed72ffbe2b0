//! The counter in English, on the smallest screen and on a tablet held upright: a day's walk, on which nothing is cut off.

use testkit::browser::{Browser, Viewport};
use testkit::catalogue::id_of;
use testkit::world::{FISH_SAUCE, GARLIC};
use thirtyfour::prelude::WebDriverResult;

use crate::axe;
use crate::looking::{click, comes_to, shows, until};
use crate::pictures::{SMALL, UPRIGHT, usual_store, wrong};
use crate::shop::Shop;

/// What is cramped, of all pages: whoever mends it sees it at once.
#[derive(Default)]
struct Cramped(Vec<String>);

impl Cramped {
    /// Looks at a page at both sizes.
    async fn look(&mut self, browser: &Browser, name: &str) -> WebDriverResult<()> {
        let name = format!("english-{name}");
        for viewport in [SMALL, UPRIGHT] {
            let wrong = wrong(browser, &name, viewport).await?;
            if wrong != "[]" {
                self.0.push(format!("{name} {}: {wrong}", viewport.width));
            }
            self.0.extend(axe::findings(browser).await?.iter().map(|found| format!("{name}: {found}")));
        }
        assert_eq!(browser.read("return document.documentElement.lang").await?, "en", "{name}");
        browser.set_viewport(Viewport::COUNTER).await
    }

    async fn visit(&mut self, browser: &Browser, shop: &Shop, page: &str) -> WebDriverResult<()> {
        browser.goto(format!("{}/{page}", shop.url)).await?;
        self.look(browser, &page.replace(['/', '?', '='], "-")).await
    }
}

#[tokio::test]
async fn a_day_in_english_is_whole() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(usual_store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        let mut seen = Cramped::default();
        browser.goto(format!("{}/sign-in?lang=en", shop.url)).await?;
        seen.look(browser, "sign-in").await?;
        shop.sign_in_as(browser, id_of("Trần Văn Quản")).await?;
        browser.type_like_scanner(GARLIC).await?;
        browser.type_like_scanner(FISH_SAUCE).await?;
        comes_to(&shop.store, "two rows", |state| state.lines.len() == 2).await;
        shows(browser, "375.000 ₫").await?;
        seen.look(browser, "counter").await?;
        selling(browser, &mut seen).await?;
        paying(browser, &mut seen).await?;
        let receipt = browser.read("return document.querySelector('#previous a').href").await?;
        browser.goto(&receipt).await?;
        until(browser, "document.querySelector('main img')?.naturalWidth === 576").await?;
        seen.look(browser, "refund").await?;
        for page in [
            "receipts",
            "refunds/new",
            "goods",
            "labels",
            "stock",
            "stock/lots",
            "stocktake",
            "producers",
            "products/new",
            "shift",
            "shift/count",
            "drawer",
            "open-tenders",
            "deposits",
            "computer",
            "invoices",
            "printers",
            "printers/labels",
            "display/pictures",
            "cashiers/new",
            "pin",
            "pad",
        ] {
            seen.visit(browser, &shop, page).await?;
        }
        assert!(seen.0.is_empty(), "{}", seen.0.join("\n"));
        Ok(())
    })
    .await;
    shop.store.check().await;
}

/// Every panel of the right column.
async fn selling(browser: &Browser, seen: &mut Cramped) -> WebDriverResult<()> {
    for (name, key, shown) in [
        ("help", "F1", "While paying"),
        ("menu", "Alt+M", "Customer display"),
        ("switch", "Control+L", "PIN"),
        ("quantity", "F2", "New quantity"),
        ("clear", "Escape", "Clear the whole cart?"),
        ("park", "F7", "Park this cart"),
        ("parked", "F8", "No cart is parked."),
        ("discount", "F6", "10.000"),
        ("remark", "Alt+N", "receipt"),
        ("best-sellers", "Alt+B", "Sold most in the last 30 days"),
        ("pad", "Alt+P", "pad"),
        ("gift", "Alt+G", "Words on the slip"),
    ] {
        browser.press(key).await?;
        shows(browser, shown).await?;
        seen.look(browser, name).await?;
        browser.press("Escape").await?;
        until(browser, "!document.querySelector('[data-modal], [value=keys_alone]')").await?;
    }
    Ok(())
}

/// Every way to pay, then a sale.
async fn paying(browser: &Browser, seen: &mut Cramped) -> WebDriverResult<()> {
    for (name, key, shown) in [("tender", "F9", "Given"), ("deposit", "F8", "Order for a later day")] {
        browser.press(key).await?;
        shows(browser, shown).await?;
        seen.look(browser, name).await?;
    }
    browser.press("Escape").await?;
    until(browser, "!document.querySelector('[data-modal]')").await?;
    browser.press("F9").await?;
    shows(browser, "Given").await?;
    for (name, key, shown) in [
        ("several", "F4", "Leave unused fields empty."),
        ("card", "F3", "card terminal"),
        ("credit", "F6", "Who owes it"),
        ("vietqr", "F2", "Ask the buyer to scan."),
    ] {
        browser.press(key).await?;
        shows(browser, shown).await?;
        seen.look(browser, name).await?;
    }
    browser.press("F1").await?;
    shows(browser, "Given").await?;
    click(browser, ".quick button:last-child").await?;
    shows(browser, "Change").await?;
    seen.look(browser, "change").await?;
    browser.press("Enter").await?;
    shows(browser, "Give back").await?;
    seen.look(browser, "sold").await
}
