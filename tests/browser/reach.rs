//! Who sees little, or has a keyboard alone, gets everywhere: pages at twice their size, a walk by Tab, and the proof that
//! the check of each page finds what it should.

use serde::Deserialize;
use testkit::browser::{Browser, Viewport};
use testkit::world::{FISH_SAUCE, GARLIC, World};
use thirtyfour::prelude::WebDriverResult;

use crate::axe;
use crate::looking::{comes_to, shows, until};
use crate::pictures::{GOODS, usual_store};
use crate::shop::{Shop, add_people, sign_in_at_central};

/// A page of 1366 × 768 at twice its size.
const ZOOMED: Viewport = Viewport { width: 683, height: 384, is_phone: false };

/// What makes people scroll sideways: the page itself, and what sticks out of it.
const WIDE: &str = "
    const wide = document.documentElement.scrollWidth > innerWidth;
    const parts = [...document.querySelectorAll('main *, header *')].filter(part => part.checkVisibility()
        && !part.closest('.hidden, .skip, .table, .groups, .sales, .presets, .pages, .cart, .chart')
        && part.getBoundingClientRect().right > innerWidth + 1);
    return wide || parts.length ? [innerWidth, ...parts.map(part => part.tagName + ' ' + part.innerText.slice(0, 60))] : []";

/// Looks at the page at twice its size.
async fn zoomed(browser: &Browser, name: &str) -> WebDriverResult<()> {
    browser.set_viewport(ZOOMED).await?;
    until(browser, &format!("innerWidth === {}", ZOOMED.width)).await?;
    if let Some(folder) = std::env::var_os("OCOP_SCREENSHOTS") {
        let file = std::path::Path::new(&folder).join(format!("zoomed-{name}.png"));
        browser.screenshot(file).await?;
    }
    assert_eq!(browser.read(WIDE).await?, "[]", "{name}");
    axe::finds_nothing(browser, &format!("{name} at 200 %")).await
}

#[tokio::test]
async fn the_counter_at_twice_its_size_scrolls_down_and_never_sideways() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(usual_store().await).await;
    Browser::story(ZOOMED, async |browser| {
        shop.sign_in(browser).await?;
        for (_, code, ..) in GOODS {
            browser.type_like_scanner(code).await?;
        }
        comes_to(&shop.store, "four rows", |state| state.lines.len() == 4).await;
        shows(browser, "1.398.000 ₫").await?;
        zoomed(browser, "counter").await?;
        for (name, key, shown) in [
            ("help", "F1", "Khi thanh toán"),
            ("discount", "F6", "Gõ số tiền như 10.000"),
            ("tiles", "Alt+B", "Hộp 3★"),
            ("tender", "F9", "Khách đưa"),
        ] {
            browser.press(key).await?;
            shows(browser, shown).await?;
            zoomed(browser, name).await?;
            if name != "tender" {
                browser.press("Escape").await?;
                until(browser, "document.querySelector('.keys')").await?;
            }
        }
        browser.press("F2").await?;
        until(browser, "document.querySelector('.qr')").await?;
        zoomed(browser, "vietqr").await?;
        let sold = shop.store.state().await.last_sale.expect("a sale").sale_id;
        for (name, page) in [("receipt", format!("receipts/{sold}")), ("shift", "shift".to_owned())] {
            browser.goto(format!("{}/{page}", shop.url)).await?;
            zoomed(browser, name).await?;
        }
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_departments_pages_at_twice_their_size_never_scroll_sideways() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let store = world.open_store("LS").await;
    for code in [GARLIC, GARLIC, FISH_SAUCE] {
        store.sell(code).await;
    }
    testkit::world::sync(&store).await;
    Browser::story(ZOOMED, async |browser| {
        sign_in_at_central(browser, &format!("{}/sales", world.url), "quantri").await?;
        for page in
            ["sales", "products", "products/new", "producers", "stores", "promotions", "promotions/new"]
        {
            browser.goto(format!("{}/{page}", world.url)).await?;
            zoomed(browser, &format!("central-{}", page.replace('/', "-"))).await?;
        }
        // Where a table that does not fold has no room at all, Tab comes to it and the arrows scroll it.
        browser.goto(format!("{}/sales", world.url)).await?;
        browser.set_viewport(Viewport { width: 240, ..ZOOMED }).await?;
        let table = "document.querySelector('.table')";
        until(browser, &format!("{table}.scrollWidth > {table}.clientWidth")).await?;
        until(browser, &format!("{table}.tabIndex === 0")).await
    })
    .await;
}

/// The controls that Tab should reach, each once, marked with their numbers.
const MARK: &str = "
    const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
        .filter(each => each.tabIndex >= 0 && !each.disabled && each.type !== 'hidden'
            && each.checkVisibility({ visibilityProperty: true }));
    controls.forEach((each, number) => each.dataset.number = number);
    document.activeElement?.blur();
    return controls.map(each => each.tagName + ' ' + (each.ariaLabel || each.innerText || each.id).slice(0, 40))";

/// Where the focus is, and whether one sees it: a ring that is neither cut off nor covered.
const HERE: &str = "
    const here = document.activeElement, style = getComputedStyle(here), { top, left, right, bottom } = here.getBoundingClientRect();
    const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2, y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
    const there = document.elementFromPoint(x, y), number = Number(here.dataset.number ?? -1);
    const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return { number, ringed, seen: here.contains(there) || Boolean(there?.contains(here)) }";

#[derive(Debug, Deserialize)]
struct Here {
    number: i64,
    ringed: bool,
    seen: bool,
}

/// Goes through the page by Tab alone until the focus has been everywhere.
async fn walk(browser: &Browser, name: &str) -> WebDriverResult<()> {
    let controls: Vec<String> = serde_json::from_str(&browser.read(MARK).await?).expect("a list");
    let mut reached = vec![false; controls.len()];
    let mut last = -1;
    // Once round, from wherever the focus was; the browser itself has a place or two between the end and the beginning.
    for _ in 0..controls.len() + 3 {
        browser.press("Tab").await?;
        let here: Here = serde_json::from_str(&browser.read(HERE).await?).expect("a place");
        if let Ok(number) = usize::try_from(here.number) {
            assert_ne!(here.number, last, "{name}: the focus stays at {}", controls[number]);
            assert!(
                here.ringed && here.seen,
                "{name}: nobody sees the focus at {}: {here:?}",
                controls[number]
            );
            reached[number] = true;
        }
        last = here.number;
    }
    let missing: Vec<&String> =
        controls.iter().zip(&reached).filter(|(_, reached)| !**reached).map(|(control, _)| control).collect();
    assert!(
        missing.is_empty() && controls.len() > 10,
        "{name}: Tab never came to {missing:?} of {controls:?}"
    );
    Ok(())
}

#[tokio::test]
async fn tab_alone_reaches_every_control_and_one_sees_where_it_is() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(usual_store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        for code in [GARLIC, FISH_SAUCE, "8938500000089"] {
            browser.type_like_scanner(code).await?;
        }
        shows(browser, "375.000 ₫").await?;
        shows(browser, "Thêm hàng mới").await?;
        walk(browser, "counter").await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        walk(browser, "tender").await?;
        browser.press("Escape").await?;
        until(browser, "!document.querySelector('[data-modal]')").await?;
        browser.press("Alt+B").await?;
        until(browser, "document.querySelector('.tiles')").await?;
        walk(browser, "tiles").await
    })
    .await;
}

/// A fault of each kind: what plants it, what takes it away, and the rule that must find it.
const FAULTS: [(&str, &str, &str); 4] = [
    ("document.documentElement.lang = ''", "document.documentElement.lang = 'vi'", "html-has-lang"),
    ("main.append(new Image(40, 40))", "main.lastChild.remove()", "image-alt"),
    ("main.append(document.createElement('input'))", "main.lastChild.remove()", "label"),
    (
        "const pale = document.createElement('p'); pale.textContent = 'nhạt'; pale.style.color = '#aaa';
         pale.style.background = '#fff'; main.append(pale)",
        "main.lastChild.remove()",
        "color-contrast",
    ),
];

#[tokio::test]
async fn the_check_of_every_page_finds_a_fault_of_each_kind() {
    let _others = crate::QUIET.read().await;
    let shop = Shop::pages(usual_store().await).await;
    Browser::story(Viewport::COUNTER, async |browser| {
        shop.sign_in(browser).await?;
        axe::finds_nothing(browser, "before any fault").await?;
        for (plant, remove, rule) in FAULTS {
            let act = |what: &str| format!("const main = document.querySelector('main'); {what}");
            browser.read(&act(plant)).await?;
            let found = axe::findings(browser).await?;
            assert!(
                matches!(found.as_slice(), [one] if one.contains(&format!(": {rule}: "))),
                "{rule}: {found:?}"
            );
            browser.read(&act(remove)).await?;
            axe::finds_nothing(browser, &format!("after {rule}")).await?;
        }
        Ok(())
    })
    .await;
}
