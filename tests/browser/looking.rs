//! Looking at a page, or at a store, until it is as it should be.

use std::path::Path;
use std::time::Duration;

use pos::counter::CounterState;
use serde_json::Value;
use testkit::browser::{Browser, STORY_S_MAX};
use testkit::store::TestStore;
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::{By, ElementQueryable, WebDriverResult};
use tokio::time::Interval;

/// How often something is looked at. A story as a whole has a time limit, and a loaded machine draws slowly.
const LOOK_EVERY: Duration = Duration::from_millis(30);
/// How long something may take, so that a failure says what was waited for.
const LOOK_S_MAX: u64 = STORY_S_MAX / 6;

/// Nothing waits for the till any more, so whatever a key has caused has happened.
pub(crate) const NOTHING_WAITS: &str = "!Object.keys(localStorage).some(key => key.startsWith('op:'))";

/// Sets the pace of looking, and ends it.
pub(crate) struct Looks {
    pace: Interval,
    left: u64,
}

impl Looks {
    pub(crate) fn new() -> Self {
        let left = LOOK_S_MAX * 1_000 / u64::try_from(LOOK_EVERY.as_millis()).expect("a short time");
        Self { pace: tokio::time::interval(LOOK_EVERY), left }
    }

    /// Waits until the next look; false when there was time enough.
    pub(crate) async fn again(&mut self) -> bool {
        self.pace.tick().await;
        self.left = self.left.saturating_sub(1);
        self.left > 0
    }
}

/// Waits until an expression of JavaScript is true.
pub(crate) async fn until(browser: &Browser, expression: &str) -> WebDriverResult<()> {
    let script = format!("return Boolean({expression})");
    let mut looks = Looks::new();
    while looks.again().await {
        // While a page gives way to the next one there is nothing to ask.
        if browser.read(&script).await.is_ok_and(|answer| answer == "true") {
            return Ok(());
        }
    }
    let page = browser.read("return location.href + '\\n' + document.body.innerText").await?;
    panic!("this page never came to {expression}:\n{page}");
}

/// Clicks what a selector finds, once it is there. Pages swap their parts, so one may go between finding and clicking.
pub(crate) async fn click(browser: &Browser, selector: &str) -> WebDriverResult<()> {
    let mut looks = Looks::new();
    loop {
        let clicked = browser.query(By::Css(selector)).first().await?.click().await;
        match clicked {
            Err(error)
                if matches!(*error, WebDriverErrorInner::StaleElementReference(_)) && looks.again().await => {
            }
            clicked => return clicked,
        }
    }
}

/// Goes to a field and puts a text there in place of what stands in it, whole, as an input method does: letters at the
/// driver's pace could pass for a scanner's. A page that was only just loaded may not have given its first field the focus yet.
pub(crate) async fn type_into(browser: &Browser, selector: &str, text: &str) -> WebDriverResult<()> {
    let field = browser.query(By::Css(selector)).first().await?;
    let put = format!(
        "arguments[0].focus(); arguments[0].value = {text:?}; arguments[0].dispatchEvent(new Event('input', {{ bubbles: true }}));"
    );
    browser.execute(put, vec![field.to_json()?]).await.map(|_| ())
}

/// Puts a file into a field for files.
pub(crate) async fn choose_file(browser: &Browser, selector: &str, file: &Path) -> WebDriverResult<()> {
    browser.query(By::Css(selector)).first().await?.send_keys(file.to_string_lossy()).await
}

/// Waits until the page shows a text.
pub(crate) async fn shows(browser: &Browser, text: &str) -> WebDriverResult<()> {
    until(browser, &format!("document.body.innerText.includes({text:?})")).await
}

/// Waits until the counter is in a state, and returns it.
pub(crate) async fn comes_to(
    store: &TestStore,
    what: &str,
    is_so: impl Fn(&CounterState) -> bool,
) -> CounterState {
    let mut looks = Looks::new();
    let mut state = store.state().await;
    while !is_so(&state) {
        assert!(looks.again().await, "the counter never came to {what}: {state:#?}");
        state = store.state().await;
    }
    state
}

/// Waits until something is so.
pub(crate) async fn becomes(what: &str, is_so: impl Fn() -> bool) {
    let mut looks = Looks::new();
    while !is_so() {
        assert!(looks.again().await, "it never came to this: {what}");
    }
}

/// Returns the cart's rows: how many pieces of what.
pub(crate) fn rows(state: &CounterState) -> Vec<(&str, i64)> {
    state.lines.iter().map(|line| (line.name.as_str(), line.quantity_milli / 1_000)).collect()
}

/// Returns what an address of the page's own service answers as JSON.
pub(crate) async fn json(browser: &Browser, address: &str) -> WebDriverResult<Value> {
    let script = format!(
        "return fetch({address:?}, {{ headers: {{ accept: 'application/json' }} }}).then(answer => answer.text())"
    );
    let text = browser.read(&script).await?;
    Ok(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{address} told no JSON ({error}): {text}")))
}

/// Returns the bytes at an address of the page's own service.
pub(crate) async fn fetched(browser: &Browser, address: &str) -> WebDriverResult<Vec<u8>> {
    let script = format!(
        "return fetch({address:?}).then(answer => answer.arrayBuffer()).then(bytes => [...new Uint8Array(bytes)])"
    );
    let bytes = browser.read(&script).await?;
    Ok(serde_json::from_str(&bytes).unwrap_or_else(|error| panic!("{address} gave no bytes: {error}")))
}
