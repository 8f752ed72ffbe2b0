//! The distribution's Chromium for tests, offline, driven by its ChromeDriver.
//!
//! Each browser has a fresh profile and a ChromeDriver of its own, and both end with the test, however that ends.
//! Pages swap fragments, so read them by one `execute("return …")` or by `query()`, which polls; an element kept
//! from `find()` goes stale. A second screen is `new_window()`: a page behind a tab gets no frames.
#![expect(clippy::expect_used, clippy::panic, reason = "a test without its browser has failed")]

mod client;
mod keyboard;

use std::ops::Deref;
use std::path::Path;
use std::time::Duration;

use serde_json::json;
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::prelude::{DesiredCapabilities, WebDriver, WebDriverResult};

use crate::guarded::Guarded;
use client::LoopbackClient;
pub use keyboard::{Keyboard, SCANNER_KEY, Stroke};

/// Longest that one story in the browser may take.
pub const STORY_S_MAX: u64 = 180;

/// The size of the page, without the browser's frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewport {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Touch, and the layout viewport of a phone.
    pub is_phone: bool,
}

impl Viewport {
    /// The cheap notebook on most counters and desks.
    pub const COUNTER: Self = Self { width: 1366, height: 768, is_phone: false };
    /// A producer's phone.
    pub const PHONE: Self = Self { width: 390, height: 844, is_phone: true };
}

/// A running browser with one window; what it can do besides is thirtyfour's `WebDriver`.
#[derive(Debug)]
pub struct Browser {
    // Dropped first: it ends its session while ChromeDriver still answers.
    driver: WebDriver,
    _chromedriver: Guarded,
}

impl Browser {
    /// Runs a story in a fresh browser and closes it. Panics when the story takes longer than [`STORY_S_MAX`].
    pub async fn story<T>(viewport: Viewport, story: impl AsyncFnOnce(&Self) -> WebDriverResult<T>) -> T {
        let told = tokio::time::timeout(Duration::from_secs(STORY_S_MAX), async {
            let browser = Self::start(viewport).await;
            let told = story(&browser).await;
            browser.driver.clone().quit().await.expect("the browser quits");
            told
        });
        match told.await {
            Ok(told) => told.unwrap_or_else(|error| panic!("the browser: {error}")),
            Err(_) => panic!("the story took longer than {STORY_S_MAX} s"),
        }
    }

    /// Starts a browser with a window of this size. Prefer [`story`](Self::story), which has a time limit.
    pub async fn start(viewport: Viewport) -> Self {
        let chromedriver = installed(&["chromedriver"], "chromium-driver");
        let mut profile = None;
        let (guarded, (profile, port)) =
            Guarded::start(include_str!("browser.sh"), &[&chromedriver], |line| {
                if let Some(folder) = line.strip_prefix("profile ") {
                    profile = Some(folder.to_owned());
                }
                let port = line.split("started successfully on port ").nth(1)?.trim_end_matches('.');
                Some((profile.take()?, port.parse::<u16>().ok()?))
            });
        let driver = WebDriver::builder(format!("http://127.0.0.1:{port}"), capabilities(&profile, viewport))
            .client(LoopbackClient)
            .await
            .expect("Chromium starts");
        let browser = Self { driver, _chromedriver: guarded };
        browser.set_viewport(viewport).await.expect("the viewport is set");
        browser
    }

    /// Sets the page's size in the current window; each new window needs it anew.
    pub async fn set_viewport(&self, viewport: Viewport) -> WebDriverResult<()> {
        let size = json!({
            "width": viewport.width,
            "height": viewport.height,
            "deviceScaleFactor": 1,
            "mobile": viewport.is_phone,
        });
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        // Without it `:focus` and `autofocus` depend on what else has a window on the machine.
        let focus = json!({ "enabled": true });
        self.driver.cdp().send_raw("Emulation.setFocusEmulationEnabled", focus).await?;
        let touch = json!({ "enabled": viewport.is_phone });
        self.driver.cdp().send_raw("Emulation.setTouchEmulationEnabled", touch).await?;
        Ok(())
    }

    /// Writes what the window shows as PNG; makes the folder.
    pub async fn screenshot(&self, file: impl AsRef<Path>) -> WebDriverResult<()> {
        if let Some(folder) = file.as_ref().parent() {
            std::fs::create_dir_all(folder).expect("a folder for the picture");
        }
        self.driver.screenshot(file.as_ref()).await
    }

    /// Returns what a script's `return` gives, as text or as JSON.
    pub async fn read(&self, script: &str) -> WebDriverResult<String> {
        let value = self.driver.execute(script, Vec::new()).await?;
        Ok(value.json().as_str().map_or_else(|| value.json().to_string(), str::to_owned))
    }
}

impl Deref for Browser {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        &self.driver
    }
}

fn capabilities(profile: &str, viewport: Viewport) -> thirtyfour::ChromeCapabilities {
    let chromium = installed(&["chromium", "chromium-browser", "google-chrome"], "chromium");
    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_binary(&chromium).expect("a text");
    let profile = format!("--user-data-dir={profile}/profile");
    let size = format!("--window-size={},{}", viewport.width, viewport.height);
    let mut arguments = vec![
        "--headless=new",
        &profile,
        &size,
        "--lang=vi",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-breakpad",
        "--disable-crash-reporter",
        // Nothing but this machine: a page that loads from elsewhere shows it.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ];
    if is_root() {
        arguments.push("--no-sandbox");
    }
    for argument in arguments {
        capabilities.add_arg(argument).expect("a text");
    }
    capabilities
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// Returns the first of these programs in `PATH`; panics with the package to install.
fn installed(names: &[&str], package: &str) -> String {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
        .and_then(|program| program.to_str().map(str::to_owned))
        .unwrap_or_else(|| {
            panic!("{} is not installed: run tests/run.sh, or 'apt-get install {package}'", names[0])
        })
}

#[cfg(test)]
mod tests;
