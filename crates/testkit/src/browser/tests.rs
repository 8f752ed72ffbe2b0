//! The helper itself, on pages that are written into their address.

use super::*;
use std::process::Command;

/// A box that notes when each key arrived, and takes a code at Enter.
const COUNTER: &str = "data:text/html;charset=utf-8,<title>quầy</title><input autofocus><p></p><script>
    const box = document.querySelector('input'), out = document.querySelector('p'), at = [];
    box.onkeydown = key => { at.push(key.timeStamp); if (key.key == 'Enter') { out.append(box.value + ';'); box.value = ''; } };
    box.focus();
</script>";

#[tokio::test]
async fn codes_are_typed_at_a_scanners_pace() {
    Browser::story(Viewport::COUNTER, async |browser| {
        browser.goto(COUNTER).await?;
        assert_eq!(browser.title().await?, "quầy");
        for code in ["8936000000012", "8936000000029"] {
            browser.type_like_scanner(code).await?;
        }
        assert_eq!(browser.read("return out.textContent").await?, "8936000000012;8936000000029;");
        // What the page is told of their times, not when a busy machine came to them.
        let late =
            "return at.slice(1, 14).filter((t, i) => Math.abs(t - at[i] - 10) > 1).length + at.length * 100";
        assert_eq!(browser.read(late).await?, "2800", "28 keys, 10 ms apart");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn the_page_has_the_size_asked_for_in_each_window() {
    Browser::story(Viewport::PHONE, async |browser| {
        let size = "return innerWidth + '×' + innerHeight";
        browser.goto("data:text/html,<meta name=viewport content='width=device-width'>").await?;
        assert_eq!(browser.read(size).await?, "390×844");
        browser.set_viewport(Viewport::COUNTER).await?;
        assert_eq!(browser.read(size).await?, "1366×768");

        let folder = tempfile::tempdir().expect("a folder");
        let picture = folder.path().join("pictures/page.png");
        browser.screenshot(&picture).await?;
        let png = std::fs::read(&picture).expect("a picture");
        assert_eq!(&png[16..24], [0, 0, 5, 86, 0, 0, 3, 0], "1366 × 768 in the header of the PNG");

        let second = browser.new_window().await?;
        browser.switch_to_window(second).await?;
        browser.set_viewport(Viewport::COUNTER).await?;
        assert_eq!(browser.read(size).await?, "1366×768");
        Ok(())
    })
    .await;
}

#[tokio::test]
async fn a_dropped_browser_leaves_nothing() {
    let browser = Browser::start(Viewport::COUNTER).await;
    let profile = profile_of(&browser);
    assert!(running_with(&profile));
    drop(browser);
    assert!(!running_with(&profile), "Chromium still runs");
    assert!(!Path::new(&profile).exists(), "{profile} was left behind");
}

fn profile_of(browser: &Browser) -> String {
    let told = browser.capabilities().get("chrome").expect("Chromium told about itself");
    told["userDataDir"].as_str().expect("a profile").trim_end_matches("/profile").to_owned()
}

/// Tells whether a process works in this profile.
fn running_with(profile: &str) -> bool {
    let processes = Command::new("ps").args(["-eo", "args"]).output().expect("ps runs");
    String::from_utf8_lossy(&processes.stdout).contains(profile)
}
