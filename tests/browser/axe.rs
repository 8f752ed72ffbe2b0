//! What axe-core finds wrong with a page for people who see, hear or move otherwise, and what it cannot decide.

use std::path::Path;
use std::sync::OnceLock;

use testkit::browser::Browser;
use thirtyfour::prelude::WebDriverResult;

/// Where `tests/run.sh` puts it.
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/axe-core/axe.min.js");

/// Each finding in one line. Three things are left out that axe does not measure: text inside a drawing, signs such as
/// ✓ and ←, which have the colours of the letters beside them, and what it cannot decide of a field of several lines, which
/// has the colours of all fields.
const FIND: &str = "
    const found = await axe.run(document, { resultTypes: ['violations', 'incomplete'] });
    const line = (kind, rule, node) => [kind, rule.id, node.target.join(' '), node.failureSummary
        ?? node.any.map(check => check.message).join(' ')].join(': ').replace(/\\s+/g, ' ');
    const sign = node => node.any.some(check => check.data?.messageKey === 'nonBmp');
    const drawn = node => node.target.every(one => document.querySelector(one)?.closest('svg'));
    const lines = (kind, node) => kind === 'incomplete'
        && node.target.every(one => document.querySelector(one)?.matches('textarea'));
    return ['violations', 'incomplete'].flatMap(kind => found[kind].flatMap(rule =>
        rule.nodes.filter(node => !drawn(node) && !sign(node) && !lines(kind, node)).map(node => line(kind, rule, node))))";

/// Checks the page as it stands; `name` is what a failure calls it.
pub(crate) async fn finds_nothing(browser: &Browser, name: &str) -> WebDriverResult<()> {
    let found = findings(browser).await?;
    assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    Ok(())
}

/// Returns what is wrong with the page as it stands, or cannot be decided, each in one line: kind, rule, place, advice.
pub(crate) async fn findings(browser: &Browser) -> WebDriverResult<Vec<String>> {
    if browser.read("return typeof axe").await? == "undefined" {
        browser.read(program()).await?;
    }
    let found = browser.read(&format!("return (async () => {{ {FIND} }})()")).await?;
    Ok(serde_json::from_str(&found).expect("a list"))
}

fn program() -> &'static str {
    static PROGRAM: OnceLock<String> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        std::fs::read_to_string(Path::new(FILE)).expect("axe-core: run tests/run.sh, which fetches it")
    })
}
