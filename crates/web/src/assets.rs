//! The one style sheet and the one ES module, and what pages must write to use them.
//!
//! # Contract for page authors
//!
//! | in the page | means |
//! |---|---|
//! | `<button data-post="/hold">` | a click posts there, `name` and `value` travel along, and the fields of its form |
//! | `<form data-post="/quantity">` | the same for Enter and its submit button |
//! | `data-sale="…"` on any element | the `sale_id` that travels with each request |
//! | `<input data-box="/scan" data-search="/search" name="code">` | the one box: Enter posts the code, 120 ms without a key asks `GET /search?q=…`; stays outside all fragments. A scan is heard wherever the focus is: from 4 keys (8 in another field) at 35 ms a key on average |
//! | `<template data-gap="60" data-prefix="~" data-suffix="#">` | the scanner's own pace, and what it puts around each code |
//! | `<input data-try="/try?counter=1">` | what is typed there, with its pace, is asked about: `GET /try?counter=1&code=…&gaps=…&end=…` |
//! | `#results` with `[role=option]` buttons | what a search answers; ↑ ↓ choose (`aria-selected`), Enter presses |
//! | `<body data-events="/events">` | the stream of whole states ([`Page::events`](crate::layout::Page::events)) |
//! | `<body data-login="/pin">` | where a 401 leads; the queue stays. A page without it sends nothing of the queue |
//! | `<body data-idle="600">` | after so many seconds without a key or a touch the stream is asked whether the login is over ([`Page::idle_s`](crate::layout::Page::idle_s)) |
//! | `aria-keyshortcuts="F9"` | the key presses this button or link, or focuses the box; several keys apart by blanks; `+` is `Plus`; letters, arrows, Delete, + − and Enter are left to a field that has text in it |
//! | `data-modal` | while it is shown, keys reach only the buttons inside; the last one wins |
//! | `autofocus` inside a fragment | gets the focus when the fragment arrives as an answer |
//! | `data-merge` on an element with an id | its namesake's parts and table rows stay where they are the same, and are not laid out anew |
//! | `data-rows="…"` beside it | the name of the rows' content; travels along as `x-rows`. An answer with `data-since` of the same name may write `<tr data-same>` for a row that stays; of another name it is left, and the stream brings the whole |
//! | `data-fresh` on a button | disabled while the server does not answer (pay) |
//! | `data-digit="7"` inside `data-pad="ID"` | types into the input with that id; empty deletes |
//! | `data-vnd` on an input | thousands are set apart while an amount is typed at its end ([`Field::is_amount`](crate::form::Field::is_amount)) |
//! | `data-print` | opens the print dialogue |
//! | `.table` | takes the focus while it scrolls sideways, so that arrows move it |
//! | `#now` | shows Vietnam's time |
//!
//! # Contract for handlers
//!
//! A POST comes urlencoded with the headers `x-op-id` (24 hex letters), `x-csrf` and `accept: text/html`. Keep the op id in
//! the same transaction as the effect; answer a known one with the current fragments. The answer is a list of elements
//! with ids, each replaces its namesake on the page. A state's number goes into the header `x-state` of the answer and
//! into `id:` of the stream's message; the first message of a stream is the current state. Below 500 (and not 429) an
//! answer counts and its request leaves the queue; a redirect is followed by the whole page. A message of the stream
//! never replaces a part in which somebody is typing.

use std::sync::LazyLock;

use axum::Router;
use axum::http::header;
use axum::routing::get;
use sha2::{Digest, Sha256};

/// The style sheet: one for all pages, with what tables on phones, official papers, campaigns and points' files need at its end.
pub const CSS: &str = concat!(
    include_str!("../assets/app.css"),
    include_str!("../assets/official.css"),
    include_str!("../assets/campaign.css"),
    include_str!("../assets/points.css"),
    include_str!("../assets/tables.css")
);

/// The ES module.
pub const JS: &str = include_str!("../assets/app.js");

/// A year; the address changes with the content.
const KEPT: &str = "public, max-age=31536000, immutable";

static CSS_HREF: LazyLock<String> = LazyLock::new(|| format!("/assets/app.css?{}", version(CSS)));
static JS_HREF: LazyLock<String> = LazyLock::new(|| format!("/assets/app.js?{}", version(JS)));

/// Returns the address of the style sheet, with its version.
pub fn css_href() -> &'static str {
    &CSS_HREF
}

/// Returns the address of the ES module, with its version.
pub fn js_href() -> &'static str {
    &JS_HREF
}

/// Serves both, kept by browsers for a year. Mount it outside of sessions.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let css = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, KEPT)];
    let js = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, KEPT)];
    Router::new()
        .route("/assets/app.css", get(move || async move { (css, CSS) }))
        .route("/assets/app.js", get(move || async move { (js, JS) }))
}

fn version(content: &str) -> String {
    hex::encode(&Sha256::digest(content.as_bytes())[..6])
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn both_are_served_under_their_versions() {
        for (href, kind, content) in
            [(css_href(), "text/css; charset=utf-8", CSS), (js_href(), "text/javascript; charset=utf-8", JS)]
        {
            let request = Request::get(href).body(Body::empty()).unwrap();
            let response = router::<()>().oneshot(request).await.unwrap();
            assert_eq!(response.headers()[header::CONTENT_TYPE], kind);
            assert_eq!(response.headers()[header::CACHE_CONTROL], KEPT);
            let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
            assert_eq!(body, content.as_bytes());
            assert_eq!(href.split_once('?').unwrap().1.len(), 12);
        }
    }

    /// All sheets are one: a class that the counter's pages know means the same on all others.
    #[test]
    fn no_sheet_gives_another_ones_class_another_meaning() {
        let classes = |sheet: &str| -> Vec<String> {
            let rules = sheet.split('{').filter_map(|rule| rule.rsplit(['}', '/']).next().map(str::to_owned));
            let selectors: Vec<String> =
                rules.flat_map(|rule| rule.split(',').map(str::to_owned).collect::<Vec<_>>()).collect();
            let first = |selector: &String| {
                let class = selector.trim().split([' ', '>', '+', '~']).next()?.split_once('.')?.1.to_owned();
                Some(class.split(['.', ':', '[']).next()?.to_owned())
            };
            selectors.iter().filter_map(first).collect()
        };
        // What these hold inside of them is laid out by the sheet that needs it.
        let shared = ["card", "issued", "off-paper"];
        let app = include_str!("../assets/app.css");
        let is_known = |class: &str| {
            app.match_indices(&format!(".{class}")).any(|(at, found)| {
                let next = app[at + found.len()..].chars().next();
                !next.is_some_and(|next| next.is_alphanumeric() || next == '-')
            })
        };
        assert!(is_known("told") && is_known("steps") && !is_known("tol"));
        for sheet in [
            include_str!("../assets/official.css"),
            include_str!("../assets/campaign.css"),
            include_str!("../assets/points.css"),
            include_str!("../assets/tables.css"),
        ] {
            for class in classes(sheet) {
                assert!(
                    shared.contains(&class.as_str()) || !is_known(&class),
                    ".{class} stands in app.css, too"
                );
            }
        }
    }

    #[test]
    fn the_sheet_keeps_to_what_chromium_109_knows() {
        let (mut depth, mut in_at_rule) = (0, false);
        for line in CSS.lines() {
            for character in line.chars() {
                match character {
                    '{' => {
                        in_at_rule |= depth == 0 && line.trim_start().starts_with('@');
                        depth += 1;
                        assert!(depth <= 1 + usize::from(in_at_rule), "nested rule: {line}");
                    }
                    '}' => {
                        depth -= 1;
                        in_at_rule &= depth > 0;
                    }
                    _ => {}
                }
            }
        }
        assert_eq!(depth, 0);
        for newer in [
            "oklch",
            "color-mix",
            "@container style",
            "@scope",
            "light-dark",
            "text-wrap",
            "100dvh",
            ":user-",
        ] {
            assert!(!CSS.contains(newer), "{newer}");
        }
    }

    fn channel(byte: u8) -> f64 {
        let share = f64::from(byte) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    }

    /// WCAG 2's relative luminance of a custom property like `--ink:#1b1f1a`.
    fn luminance(name: &str) -> f64 {
        let (_, rest) = CSS.split_once(&format!("--{name}:#")).unwrap_or_else(|| panic!("no colour {name}"));
        let byte = |at: usize| u8::from_str_radix(&rest[at..at + 2], 16).unwrap();
        0.2126 * channel(byte(0)) + 0.7152 * channel(byte(2)) + 0.0722 * channel(byte(4))
    }

    fn contrast(above: &str, below: &str) -> f64 {
        let (a, b) = (luminance(above), luminance(below));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_pair_of_colours_that_the_sheet_lists_is_legible() {
        let (_, table) = CSS.split_once("contrast, at least:").unwrap();
        let (table, _) = table.split_once("*/").unwrap();
        let mut pairs = 0;
        for line in table.lines().filter(|line| line.contains(" on ")) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [above, "on", below, least] = words.as_slice() else { panic!("not a pair: {line}") };
            let (measured, least) = (contrast(above, below), least.parse::<f64>().unwrap());
            assert!(least == 4.5 || least == 3.0, "4.5 for text, 3 for graphics: {line}");
            assert!(measured >= least, "{above} on {below}: {measured:.2}, needs {least}");
            pairs += 1;
        }
        assert!(pairs >= 20, "{pairs}");
    }

    /// Colours stand in one place, so that the table above can be complete.
    #[test]
    fn colours_are_named_once() {
        let (_, rules) = CSS.split_once("/* end of colours */").unwrap();
        let (screen, _) = rules.split_once("@media print").unwrap();
        for line in screen.lines() {
            let mut rest = line;
            while let Some(at) = rest.find('#') {
                rest = &rest[at + 1..];
                let is_colour = rest.len() >= 3
                    && rest.chars().take_while(char::is_ascii_hexdigit).count() >= 3
                    && rest.chars().find(|c| !c.is_ascii_hexdigit()).is_none_or(|c| ";, })".contains(c))
                    && line.contains(':');
                assert!(!is_colour, "a colour outside of the list: {line}");
            }
        }
    }

    /// The names after `prefix` in a text, letters and hyphens.
    fn names<'a>(text: &'a str, prefix: &str) -> Vec<&'a str> {
        text.split(prefix)
            .skip(1)
            .map(|rest| rest.split(|c: char| !c.is_ascii_lowercase() && c != '-').next().unwrap())
            .filter(|name| !name.is_empty())
            .collect()
    }

    #[test]
    fn the_contract_names_every_attribute_that_the_module_reads() {
        let (contract, _) = include_str!("assets.rs").split_once("use std").unwrap();
        // Set by the module itself, or by `layout`.
        let own = ["held", "choice", "link", "key"];
        let read = [names(JS, "data-"), names(JS, "dataset.")].concat();
        assert!(read.len() > 15, "{read:?}");
        for name in read.into_iter().filter(|name| !own.contains(name)) {
            assert!(contract.contains(&format!("data-{name}")), "data-{name}");
        }
    }

    #[test]
    fn the_readme_names_every_class() {
        let (_, rules) = CSS.split_once("/* end of colours */").unwrap();
        let selectors: String =
            rules.lines().filter_map(|line| line.split_once('{')).map(|(left, _)| left).collect();
        let readme = include_str!("../README.md");
        let classes = names(&selectors, ".");
        assert!(classes.len() > 80, "{}", classes.len());
        for class in classes {
            let is_named =
                readme.split(|c: char| !c.is_ascii_lowercase() && c != '-').any(|word| word == class);
            assert!(is_named, ".{class}");
        }
    }

    /// Every colour that text or a sign may have is in the table with each ground it may lie on.
    #[test]
    fn every_named_colour_is_in_the_table() {
        let (colours, _) = CSS.split_once("/* end of colours */").unwrap();
        let (table, declared) = colours.split_once("*/").unwrap();
        for part in declared.split("--").skip(1) {
            let (name, value) = part.split_once(':').unwrap();
            if value.starts_with('#') && name != "line" && name != "shade" {
                assert!(table.split_whitespace().any(|word| word == name), "--{name} is in no pair");
            }
        }
    }
}
