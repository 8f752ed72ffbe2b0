//! How the pages look, at the sizes that people have: nothing is cut off, and what ends a sale is in sight.
//!
//! With `OCOP_SCREENSHOTS=FOLDER` each page is kept there as a picture, for a person to look at.

use std::path::Path;

use pos::Config;
use pos::sync::SyncStatus;
use testkit::browser::{Browser, Viewport};
use testkit::catalogue::{Catalogue, id_of};
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, GARLIC, World};
use thirtyfour::prelude::WebDriverResult;
use time::macros::date;

use crate::axe;
use crate::looking::{click, comes_to, shows, until};
use crate::shop::{Shop, add_people, sign_in_at_central};

/// The smallest screen on which a counter works without scrolling.
const SMALL: Viewport = Viewport { width: 1_024, height: 600, is_phone: false };
/// A ten-inch tablet, held upright.
const UPRIGHT: Viewport = Viewport { width: 800, height: 1_280, is_phone: true };
const COUNTERS: [Viewport; 3] = [Viewport::COUNTER, SMALL, UPRIGHT];

/// More goods for a picture: name, barcode, đồng, stars. No beginning of a code is a whole one, so that a machine that is
/// slow at that place takes none for the code of a scanner without Enter.
pub(crate) const GOODS: [(&str, &str, i64, u8); 4] = [
    ("Kẹo gương Thu Xà hộp 300 g", "8938500000041", 45_000, 3),
    ("Trà gừng mật ong Tây Trà hộp 20 gói", "8938500000096", 78_000, 3),
    ("Rượu sâm bảy lá một hoa Ngọc Linh ngâm mật ong rừng chai 750 ml", "8938500000065", 1_250_000, 5),
    ("Bánh nổ Nghĩa Hành gói 10 cái", "8938500000072", 25_000, 3),
];

/// What is cut off or out of sight: texts wider than their place, a page wider than the window, a panel that
/// scrolls (but for the help, which is long).
const WRONG: &str = "
    const seen = part => part.checkVisibility() && !part.closest('.hidden') && !part.matches('.pick, .hidden');
    const named = part => part.tagName + ' ' + part.innerText.slice(0, 60);
    const texts = [...document.querySelectorAll('button, a, output, h2, label, .chip, .note, dt, dd, th, td, kbd')];
    const cut = texts.filter(part => seen(part) && part.clientWidth && part.scrollWidth > part.clientWidth + 1);
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page is wider than the window'] : [];
    const low = [...document.querySelectorAll('.counter .pay, .counter .foot button')].filter(seen)
        .filter(part => part.getBoundingClientRect().bottom > innerHeight);
    const [pages, status] = ['.pages', '.status'].map(part => document.querySelector('.bar ' + part)?.getBoundingClientRect());
    const covered = pages && status && pages.right > status.left && pages.bottom > status.top && pages.top < status.bottom
        ? ['the header covers its links'] : [];
    const scrolls = [...document.querySelectorAll('.counter .panel:not(:has(dl + h2))')]
        .filter(part => part.scrollHeight > part.clientHeight + 1);
    return [...wide, ...covered, ...cut.map(named), ...low.map(named), ...scrolls.map(named)]";

/// Looks at the page at a size: nothing may be wrong with it.
pub(crate) async fn look(browser: &Browser, name: &str, viewport: Viewport) -> WebDriverResult<()> {
    let wrong = wrong(browser, name, viewport).await?;
    assert_eq!(wrong, "[]", "{name} {}", viewport.width);
    axe::finds_nothing(browser, &format!("{name}-{}x{}", viewport.width, viewport.height)).await
}

/// Draws the page at a size, and returns what is cut off or out of sight there: `[]` for nothing.
async fn wrong(browser: &Browser, name: &str, viewport: Viewport) -> WebDriverResult<String> {
    browser.set_viewport(viewport).await?;
    // A frame of this size has been drawn when the second one is asked for.
    until(browser, &format!("innerWidth === {}", viewport.width)).await?;
    browser
        .read("return new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        .await?;
    let name = format!("{name}-{}x{}", viewport.width, viewport.height);
    if let Some(folder) = std::env::var_os("OCOP_SCREENSHOTS") {
        browser.screenshot(Path::new(&folder).join(format!("{name}.png"))).await?;
    }
    browser.read(WRONG).await
}

#[tokio::test]
async fn the_counter_is_whole_at_all_sizes() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(usual_store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        for (_, code, ..) in GOODS {
            browser.type_like_scanner(code).await?;
        }
        for code in [FISH_SAUCE, GARLIC, GARLIC] {
            browser.type_like_scanner(code).await?;
        }
        comes_to(&shop.store, "six rows", |state| state.payable_vnd == 2_053_000).await;
        shows(browser, "2.053.000 ₫").await?;
        at_all_sizes(browser, "counter").await?;
        browser.type_like_scanner("8938500000089").await?;
        shows(browser, "Thêm hàng mới").await?;
        at_all_sizes(browser, "missed").await?;
        click(browser, "#missed button").await?;
        until(browser, "document.querySelector('#missed').hidden").await?;
        for (name, key, shown) in [
            ("help", "F1", "Khi thanh toán"),
            ("menu", "Alt+M", "Khóa máy"),
            ("switch", "Control+L", "PIN"),
            ("quantity", "F2", "Số lượng mới"),
            ("clear", "Escape", "Xóa cả đơn này?"),
            ("park", "F7", "Treo đơn này để bán đơn khác"),
            ("parked", "F8", "Không có đơn nào đang treo."),
            ("discount", "F6", "Gõ số tiền như 10.000"),
            ("remark", "Alt+N", "In lên phiếu của khách"),
        ] {
            browser.press(key).await?;
            shows(browser, shown).await?;
            at_all_sizes(browser, name).await?;
            browser.press("Escape").await?;
            until(browser, "!document.querySelector('[data-modal]')").await?;
        }
        for (name, key, shown) in [
            ("tender", "F9", "Khách đưa"),
            ("several", "F4", "Để trống ô không dùng."),
            ("card", "F3", "Quẹt thẻ trên máy"),
            ("credit", "F6", "Tên khách nợ"),
            ("vietqr", "F2", "Mời khách quét mã."),
        ] {
            browser.press(key).await?;
            shows(browser, shown).await?;
            at_all_sizes(browser, name).await?;
        }
        browser.press("F1").await?;
        shows(browser, "Khách đưa").await?;
        click(browser, ".quick button:last-child").await?;
        shows(browser, "Tiền thừa").await?;
        at_all_sizes(browser, "change").await?;
        browser.press("Enter").await?;
        shows(browser, "Trả lại khách").await?;
        at_all_sizes(browser, "sold").await?;
        let link = browser.read("return document.querySelector('#previous a').href").await?;
        browser.goto(&link).await?;
        until(browser, "document.querySelector('main img')?.naturalWidth === 576").await?;
        at_all_sizes(browser, "receipt").await?;
        for page in ["receipts", "goods", "stock", "products/new", "shift", "computer"] {
            browser.goto(format!("{}/{page}", shop.url)).await?;
            at_all_sizes(browser, &page.replace('/', "-")).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_manager_sees_whole_pages() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(usual_store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in_as(browser, id_of("Trần Văn Quản")).await?;
        for page in ["printers", "printers/labels", "labels", "receipts", "refunds/new", "drawer", "invoices"]
        {
            browser.goto(format!("{}/{page}", shop.url)).await?;
            at_all_sizes(browser, &format!("manager-{}", page.replace('/', "-"))).await?;
        }
        Ok(())
    })
    .await;
}

/// Looks at the page at all sizes of a counter.
pub(crate) async fn at_all_sizes(browser: &Browser, name: &str) -> WebDriverResult<()> {
    for viewport in COUNTERS {
        look(browser, name, viewport).await?;
    }
    Ok(())
}

/// A store with a printer, some goods and a sale; all is well with it.
pub(crate) async fn usual_store() -> TestStore {
    let credit = pos::config::CreditConfig { most_vnd: 2_000_000 };
    let config = Config { printer: "file:paper".to_owned(), credit, ..Config::default() };
    let store = TestStore::closed(config).await;
    store.load(&goods()).await;
    store.open_shift().await;
    store.receive("Tỏi đen Lý Sơn hộp 250 g", 10, Some("Tỏi đen Lý Sơn")).await;
    store.receive("Nước mắm Sa Huỳnh chai 500 ml", 10, None).await;
    store.scan(FISH_SAUCE).await;
    store.pay_cash(Some(100_000)).await;
    store.app.set_sync_status(SyncStatus::Good { held: false });
    store
}

pub(crate) fn goods() -> Catalogue {
    GOODS.iter().fold(Catalogue::default(), |rows, &(name, code, price, stars)| {
        rows.product(name, code, price, None).facts(name, date!(2025 - 01 - 01), &["ocop"], Some(stars))
    })
}

#[tokio::test]
async fn the_department_and_a_producer_see_whole_pages() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    for (code, pieces) in [("LS", 9u8), ("QN", 2)] {
        let store = world.open_store(code).await;
        for sold in 0..pieces {
            store.sell(GARLIC).await;
            if sold % 2 == 0 {
                store.sell(FISH_SAUCE).await;
            }
        }
        stories::settling::pay(&world, &store, 100_000, true).await;
        let day = date!(2026 - 11 - 23);
        stories::settling::agree(&world, &store, pieces + 1, day).await;
        testkit::world::sync(&store).await;
    }
    Browser::story(Viewport::COUNTER, async |browser| {
        browser.goto(format!("{}/login", world.url)).await?;
        look(browser, "login", Viewport::COUNTER).await?;
        sign_in_at_central(browser, &format!("{}/sales", world.url), "ngan").await?;
        shows(browser, "3.650.000 ₫").await?;
        look(browser, "department", Viewport::COUNTER).await?;
        browser.goto(format!("{}/inventory", world.url)).await?;
        shows(browser, "Ở đâu").await?;
        look(browser, "inventory", Viewport::COUNTER).await?;
        look(browser, "inventory", UPRIGHT).await?;
        browser.set_viewport(Viewport::COUNTER).await?;
        browser.goto(format!("{}/stores", world.url)).await?;
        look(browser, "stores", Viewport::COUNTER).await?;

        let own_page = format!("{}/me", world.url.replace("127.0.0.1", "localhost"));
        browser.set_viewport(Viewport::PHONE).await?;
        sign_in_at_central(browser, &own_page, "toiden").await?;
        look(browser, "producer", Viewport::PHONE).await?;
        for page in ["consigned", "sold", "terms", "settlements"] {
            browser.goto(format!("{own_page}/{page}")).await?;
            look(browser, &format!("producer-{page}"), Viewport::PHONE).await?;
        }
        click(browser, "#main .list a").await?;
        shows(browser, "Đúng, tôi đồng ý").await?;
        look(browser, "producer-settlement", Viewport::PHONE).await?;
        let bottom = "scrollTo(0, document.body.scrollHeight); return ''";
        browser.read(bottom).await?;
        click(browser, "details summary").await?;
        browser.read(bottom).await?;
        shows(browser, "Gửi ý kiến").await?;
        look(browser, "producer-dispute", Viewport::PHONE).await?;
        Ok(())
    })
    .await;
}
