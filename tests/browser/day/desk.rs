//! What a cashier does on the pages beside the counter: goods that come back, money that comes later, the drawer.

use pos::counter::state::LastSale;
use testkit::browser::Browser;
use testkit::catalogue::PIN;
use thirtyfour::prelude::WebDriverResult;

use super::hand::Cashier;
use crate::looking::{click, shows, type_into, until};
use crate::shop::counter_is_ready;

impl Cashier<'_> {
    /// Finds a receipt by its number.
    async fn find(&self, browser: &Browser, sale: &LastSale) -> WebDriverResult<()> {
        self.here(browser).await?;
        counter_is_ready(browser).await?;
        browser.press("F10").await?;
        until(browser, "document.activeElement.id === 'find'").await?;
        type_into(browser, "#find", &sale.receipt).await?;
        browser.press("Enter").await?;
        until(browser, "location.pathname.startsWith('/receipts/')").await?;
        shows(browser, &sale.receipt).await
    }

    /// Enters a sale from the pad; the till has sold such goods today, so it asks, and it is another one.
    pub(super) async fn sell_from_pad(
        &self,
        browser: &Browser,
        time: &str,
        line: &str,
        code: &str,
    ) -> WebDriverResult<()> {
        self.here(browser).await?;
        counter_is_ready(browser).await?;
        browser.press("Alt+P").await?;
        until(browser, "document.activeElement.id === 'time'").await?;
        type_into(browser, "#time", time).await?;
        type_into(browser, "#lines", line).await?;
        browser.press("Enter").await?;
        shows(browser, "Đơn viết tay").await?;
        self.scan(browser, &[code]).await?;
        browser.press("F9").await?;
        shows(browser, "Máy đã có đơn giống đơn này").await?;
        browser.press("F2").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("Enter").await?;
        shows(browser, &format!("dòng {line}, bán lúc")).await?;
        until(browser, "document.activeElement.id === 'lines' || document.activeElement.id === 'time'")
            .await?;
        browser.press("Escape").await?;
        counter_is_ready(browser).await
    }

    async fn back_to_counter(&self, browser: &Browser) -> WebDriverResult<()> {
        browser.goto(&self.url).await?;
        counter_is_ready(browser).await
    }

    /// Takes so many pieces of the first row back.
    pub(super) async fn refund_part(
        &self,
        browser: &Browser,
        sale: &LastSale,
        pieces: i64,
    ) -> WebDriverResult<()> {
        self.find(browser, sale).await?;
        type_into(browser, "#quantity-0", &pieces.to_string()).await?;
        type_into(browser, "#refund-pin", PIN).await?;
        click(browser, "form[action='/receipts/refund'] button.primary").await?;
        shows(browser, "Đã nhận lại hàng").await?;
        self.back_to_counter(browser).await
    }

    /// Takes back whatever is left, by the key.
    pub(super) async fn refund_rest(&self, browser: &Browser, sale: &LastSale) -> WebDriverResult<()> {
        self.find(browser, sale).await?;
        type_into(browser, "#refund-pin", PIN).await?;
        browser.press("F9").await?;
        shows(browser, "Không trả thêm được nữa").await?;
        self.back_to_counter(browser).await
    }

    /// What came back whole offers nothing more.
    pub(super) async fn refund_is_over(&self, browser: &Browser, sale: &LastSale) -> WebDriverResult<()> {
        self.find(browser, sale).await?;
        until(browser, "!document.querySelector('form[action=\"/receipts/refund\"]')").await?;
        self.back_to_counter(browser).await
    }

    pub(super) async fn void(&self, browser: &Browser, sale: &LastSale) -> WebDriverResult<()> {
        self.find(browser, sale).await?;
        type_into(browser, "#void-pin", PIN).await?;
        click(browser, "form[action='/receipts/void'] button.danger").await?;
        shows(browser, "Không trả thêm được nữa").await?;
        self.back_to_counter(browser).await
    }

    /// Sells to somebody who pays another day.
    pub(super) async fn on_credit(&self, browser: &Browser, code: &str, person: &str) -> WebDriverResult<()> {
        self.scan(browser, &[code]).await?;
        browser.press("F9").await?;
        until(browser, "document.activeElement.id === 'cash'").await?;
        browser.press("F6").await?;
        until(browser, "document.activeElement.id === 'owed_by'").await?;
        type_into(browser, "#owed_by", person).await?;
        browser.press("Enter").await?;
        shows(browser, "Còn chờ thu").await?;
        counter_is_ready(browser).await
    }

    /// The oldest money that was waited for has come.
    pub(super) async fn money_came(&self, browser: &Browser) -> WebDriverResult<()> {
        self.here(browser).await?;
        browser.goto(format!("{}/open-tenders", self.url)).await?;
        click(browser, "tbody tr:first-child button").await?;
        shows(browser, "Đã thu").await?;
        self.back_to_counter(browser).await
    }

    pub(super) async fn cash_out(
        &self,
        browser: &Browser,
        amount: &str,
        reason: &str,
    ) -> WebDriverResult<()> {
        self.here(browser).await?;
        browser.goto(format!("{}/drawer", self.url)).await?;
        click(browser, "input[value=out]").await?;
        type_into(browser, "input[name=amount]", amount).await?;
        type_into(browser, "input[name=reason]", reason).await?;
        click(browser, "form[action='/drawer/cash'] button.primary").await?;
        shows(browser, "Đã chi").await?;
        self.back_to_counter(browser).await
    }

    /// Counts the drawer by notes of a thousand, and ends the shift.
    pub(super) async fn close(&self, browser: &Browser, counted_vnd: i64) -> WebDriverResult<()> {
        self.here(browser).await?;
        browser.press("Control+K").await?;
        until(browser, "document.activeElement.id === 'n500000'").await?;
        type_into(browser, "#n1000", &(counted_vnd / 1_000).to_string()).await?;
        browser.press("Enter").await?;
        until(browser, "document.activeElement.id === 'visitors'").await?;
        type_into(browser, "#visitors", "60").await?;
        browser.press("Enter").await?;
        shows(browser, "Đã đóng ca").await?;
        until(browser, "document.querySelector('main img')?.naturalWidth === 576").await
    }
}
