//! A cashier at a window of their own: what hands do, and what eyes wait for.

use pos::counter::state::LastSale;
use pos::counter::{CounterState, Note, Seat, shift, state};
use testkit::browser::Browser;
use testkit::catalogue::PIN;
use thirtyfour::WindowHandle;
use thirtyfour::prelude::WebDriverResult;
use uuid::Uuid;

use crate::looking::{Looks, NOTHING_WAITS, click, shows, type_into, until};
use crate::shop::{Shop, counter_is_ready, enter_pin};

/// A way of paying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// F9, Enter.
    Exact,
    /// Cash that gives change.
    Typed,
    /// By VietQR, seen at the bank.
    VietQr,
    /// By VietQR, told by the buyer.
    Claimed,
    /// By card.
    Card,
}

impl Way {
    /// Returns the way of the n-th sale: all of them in turn.
    pub(super) const fn of(sale: usize) -> Self {
        match sale / 2 % 5 {
            0 => Self::Exact,
            1 => Self::VietQr,
            2 => Self::Typed,
            3 => Self::Card,
            _ => Self::Claimed,
        }
    }
}

/// A person at a counter.
pub(super) struct Cashier<'a> {
    pub(super) shop: &'a Shop,
    pub(super) seat: Seat,
    pub(super) window: WindowHandle,
    pub(super) url: String,
    pub(super) float_vnd: i64,
}

impl Cashier<'_> {
    /// Turns to the own window.
    pub(super) async fn here(&self, browser: &Browser) -> WebDriverResult<()> {
        browser.switch_to_window(self.window.clone()).await
    }

    pub(super) async fn sign_in(&self, browser: &Browser, number: &str) -> WebDriverResult<()> {
        self.here(browser).await?;
        browser.set_viewport(testkit::browser::Viewport::COUNTER).await?;
        browser.goto(&self.url).await?;
        click(browser, &format!("input[name=cashier_id][value='{}']", self.seat.cashier_id.uuid())).await?;
        click(browser, &format!("#counter option[value='{number}']")).await?;
        enter_pin(browser, PIN).await?;
        until(browser, "document.querySelector('[data-box], #float')").await
    }

    pub(super) async fn open_shift(&self, browser: &Browser) -> WebDriverResult<()> {
        self.here(browser).await?;
        type_into(browser, "#float", &self.float_vnd.to_string()).await?;
        click(browser, "form[action='/shift/open'] button.primary").await?;
        counter_is_ready(browser).await
    }

    async fn state(&self) -> CounterState {
        state::load(&self.shop.store.app, &self.seat, Note::Ready, None).await.expect("the state")
    }

    /// Waits until the counter is in a state.
    async fn comes_to(&self, what: &str, is_so: impl Fn(&CounterState) -> bool) -> CounterState {
        let mut looks = Looks::new();
        let mut state = self.state().await;
        while !is_so(&state) {
            assert!(looks.again().await, "{} never came to {what}: {state:#?}", self.seat.counter);
            state = self.state().await;
        }
        state
    }

    pub(super) async fn scan(&self, browser: &Browser, codes: &[&str]) -> WebDriverResult<()> {
        self.here(browser).await?;
        counter_is_ready(browser).await?;
        let before = self.state().await.carts.len();
        for code in codes {
            browser.type_like_scanner(code).await?;
        }
        let pieces = |state: &CounterState| -> i64 {
            state.lines.iter().map(|line| line.quantity_milli / 1_000).sum()
        };
        let wanted = i64::try_from(codes.len()).expect("few");
        let state = self.comes_to("all pieces", |state| pieces(state) == wanted).await;
        assert_eq!(state.carts.len(), before);
        shows(browser, &domain::Money::new(state.payable_vnd).to_string()).await
    }

    /// Pays for the open cart; returns the sale.
    pub(super) async fn pay(&self, browser: &Browser, way: Way) -> WebDriverResult<LastSale> {
        let open = self.state().await;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        match way {
            Way::Exact => browser.press("Enter").await?,
            Way::Typed => {
                type_into(browser, "#cash", &(open.payable_vnd + 20_000).to_string()).await?;
                browser.press("Enter").await?;
            }
            Way::VietQr | Way::Claimed => {
                browser.press("F2").await?;
                until(browser, "document.querySelector('.qr')").await?;
                browser.press(if way == Way::Claimed { "F7" } else { "Enter" }).await?;
            }
            Way::Card => {
                browser.press("F3").await?;
                until(browser, "document.querySelector('[aria-pressed=true][value=card]')").await?;
                browser.press("Enter").await?;
            }
        }
        self.sold(browser, open.sale_id).await
    }

    async fn sold(&self, browser: &Browser, sale_id: Uuid) -> WebDriverResult<LastSale> {
        let is_it = |sale: &LastSale| sale.sale_id == sale_id;
        let state = self.comes_to("a sale", |state| state.last_sale.as_ref().is_some_and(is_it)).await;
        let sale = state.last_sale.expect("a sale");
        shows(browser, &sale.receipt).await?;
        until(browser, NOTHING_WAITS).await?;
        counter_is_ready(browser).await?;
        Ok(sale)
    }

    /// Scans and takes the money.
    pub(super) async fn sell(
        &self,
        browser: &Browser,
        codes: &[&str],
        way: Way,
    ) -> WebDriverResult<LastSale> {
        self.scan(browser, codes).await?;
        self.pay(browser, way).await
    }

    /// Takes more off than a cashier may, which a manager allows here and now; then sells.
    pub(super) async fn discount_by_pin(
        &self,
        browser: &Browser,
        code: &str,
        off: &str,
    ) -> WebDriverResult<()> {
        self.scan(browser, &[code]).await?;
        let before = self.state().await.payable_vnd;
        browser.press("F6").await?;
        until(browser, "document.activeElement.id === 'typed'").await?;
        type_into(browser, "#typed", off).await?;
        browser.press("Enter").await?;
        until(browser, "document.activeElement.id === 'reduce-pin'").await?;
        type_into(browser, "#reason", "khách mua nhiều").await?;
        type_into(browser, "#reduce-pin", PIN).await?;
        browser.press("Enter").await?;
        self.comes_to("a lower price", |state| state.payable_vnd < before).await;
        counter_is_ready(browser).await?;
        self.pay(browser, Way::Exact).await.map(|_| ())
    }

    pub(super) async fn park(&self, browser: &Browser, codes: &[&str], name: &str) -> WebDriverResult<()> {
        self.scan(browser, codes).await?;
        browser.press("F7").await?;
        until(browser, "document.activeElement.id === 'cart-name'").await?;
        type_into(browser, "#cart-name", name).await?;
        browser.press("Enter").await?;
        self.comes_to("an empty cart", |state| state.lines.is_empty()).await;
        counter_is_ready(browser).await
    }

    pub(super) async fn resume_and_pay(&self, browser: &Browser) -> WebDriverResult<()> {
        browser.press("F8").await?;
        until(browser, "document.activeElement.matches('.held button')").await?;
        browser.press("Enter").await?;
        self.comes_to("the parked cart", |state| !state.lines.is_empty()).await;
        counter_is_ready(browser).await?;
        self.pay(browser, Way::Exact).await.map(|_| ())
    }

    /// Returns what the drawer should hold, which the person who counts is not told.
    pub(super) async fn expected(&self) -> i64 {
        shift::expected_in_drawer(&self.shop.store.app, &self.seat).await.expect("a sum").vnd()
    }
}
