//! Rules of style that no lint knows, checked on the repository's own files.
#![expect(clippy::expect_used, reason = "helpers of tests")]

mod sources;

use central::web::audit::words::{AREAS, action_words};
use sources::{Source, files, has_word};
use web::Lang;

/// A longer file has a second noun in it.
const LINES_MAX: usize = 500;

/// The files that people write.
const WRITTEN: &[&str] =
    &["crates", "tests", "migrations", "config", ".ci", "README.md", "Cargo.toml", "clippy.toml"];

type Rule = fn(&Source) -> Vec<String>;

fn check(sources: &[Source], rule: Rule, advice: &str) {
    assert!(!sources.is_empty(), "there is nothing to check: the folders moved");
    let wrong: Vec<_> = sources.iter().flat_map(rule).collect();
    assert!(wrong.is_empty(), "{advice}:\n{}", wrong.join("\n"));
}

fn rust() -> Vec<Source> {
    files(&["crates", "tests"], &[".rs"])
}

fn too_long(source: &Source) -> Vec<String> {
    let lines = source.text.lines().count();
    if lines > LINES_MAX { vec![format!("{}: {lines} lines", source.path)] } else { Vec::new() }
}

fn ignored_test(source: &Source) -> Vec<String> {
    source.lines_with(&[concat!("#[", "ignore")])
}

/// In files of tests, in testkit, and below `#[cfg(test)]`.
fn sleeping_test(source: &Source) -> Vec<String> {
    let path = &source.path;
    let all = path.starts_with("tests/")
        || path.starts_with("crates/testkit/")
        || path.contains("/tests/")
        || path.ends_with("/tests.rs");
    let first = if all {
        0
    } else {
        let marked = source.code().find(|(_, line)| line.trim() == "#[cfg(test)]");
        marked.map_or(usize::MAX, |(number, _)| number)
    };
    let sleeps = [concat!("thread::", "sleep"), concat!("time::", "sleep")];
    source
        .code()
        .filter(|(number, line)| *number >= first && sleeps.iter().any(|sleep| has_word(line, sleep)))
        .map(|(number, line)| format!("{path}:{number}: {}", line.trim()))
        .collect()
}

fn float(source: &Source) -> Vec<String> {
    source.lines_with(&["f64", "f32"])
}

fn path_of_one_machine(source: &Source) -> Vec<String> {
    let folders = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
    let lines = (1..).zip(source.text.lines());
    let wrong = lines.filter(|(_, line)| folders.iter().any(|folder| line.contains(folder)));
    wrong.map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim())).collect()
}

/// A text that `format!` begins with a verb of SQL.
fn formatted_sql(source: &Source) -> Vec<String> {
    const VERBS: &[&str] = &["select ", "insert ", "update ", "delete "];
    let begins_with_verb = |text: &str| {
        let text = text.trim_start().trim_start_matches(['r', '#', '"']).trim_start().to_lowercase();
        VERBS.iter().any(|verb| text.starts_with(verb))
    };
    let calls = source.text.match_indices(concat!("format", "!("));
    let wrong = calls.filter(|(place, call)| begins_with_verb(&source.text[place + call.len()..]));
    wrong
        .map(|(place, _)| format!("{}:{}", source.path, source.text[..place].lines().count().max(1)))
        .collect()
}

/// What the audit log is told was done: literals such as `store.add`. Names of files look alike, and so do columns in a macro of SQL.
fn acts(source: &Source) -> Vec<String> {
    const FILES: &[&str] = &["key", "lock", "sqlite", "xml", "json", "sig", "py"];
    let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_name =
        |text: &str| text.starts_with(|first: char| first.is_ascii_lowercase()) && text.bytes().all(is_sign);
    let is_act = |text: &str| {
        let parts = text.split_once('.');
        parts.is_some_and(|(area, act)| is_name(area) && is_name(act) && !FILES.contains(&act))
    };
    let mut found = Vec::new();
    for (_, line) in source.code().take_while(|(_, line)| line.trim() != "#[cfg(test)]") {
        let parts: Vec<&str> = line.split('"').collect();
        let literals = parts.windows(2).filter(|pair| !pair[0].ends_with("!(") && is_act(pair[1]));
        found.extend(literals.map(|pair| pair[1].to_owned()));
    }
    found
}

/// An act that the audit log shows as a code, or that its filter cannot find.
fn unnamed_act(source: &Source) -> Vec<String> {
    let is_named = |act: &String| {
        let area = act.split('.').next().unwrap_or_default();
        AREAS.contains(&area) && action_words(Lang::Vi, act) != act
    };
    let unnamed = acts(source).into_iter().filter(|act| !is_named(act));
    unnamed.map(|act| format!("{}: {act}", source.path)).collect()
}

#[test]
fn every_act_of_the_audit_log_has_its_area_and_its_words() {
    let mut sources = files(&["crates/central/src"], &[".rs"]);
    sources.retain(|source| !source.path.contains("/samples") && !source.path.ends_with("/audit/words.rs"));
    let found: usize = sources.iter().map(|source| acts(source).len()).sum();
    assert!(found > 100, "acts are written otherwise");
    check(&sources, unnamed_act, "give it words, and its area a place in the filter, in web/audit/words.rs");
}

#[test]
fn files_are_short() {
    let written =
        files(&["crates", "tests", "migrations"], &[".rs", ".sql", ".js", ".css", ".c", ".sh", ".py"]);
    check(&written, too_long, "split them by noun");
}

#[test]
fn no_test_is_ignored_or_sleeps() {
    check(&rust(), ignored_test, "a test that is not run is not a test");
    check(&rust(), sleeping_test, "wait for an event, or move the clock");
}

#[test]
fn money_and_quantities_meet_no_float() {
    let folders = ["crates/domain", "crates/pos/src/db", "crates/central/src/db"];
    // Statistics of sums: whole đồng go in and come out.
    let is_statistics = |path: &str| path.contains("/uplift/") || path.ends_with("/uplift.rs");
    let mut sources = files(&folders, &[".rs"]);
    sources.retain(|source| !(source.path.starts_with("crates/domain/") && is_statistics(&source.path)));
    check(&sources, float, "integers of the smallest unit");
}

#[test]
fn nothing_names_a_folder_of_one_machine() {
    let endings = [".rs", ".toml", ".sql", ".js", ".css", ".c", ".sh", ".py", ".md", "/run"];
    check(&files(WRITTEN, &endings), path_of_one_machine, "a path from the root of the repository");
}

#[test]
fn sql_is_never_formatted() {
    check(&rust(), formatted_sql, "bind the value, or let the text grow from literals by `Sql`");
}

#[test]
fn both_engines_of_central_have_the_same_migrations() {
    let names = |engine: &str| -> Vec<String> {
        let sources = files(&[&format!("migrations/central/{engine}")], &[".sql"]);
        sources
            .into_iter()
            .map(|source| source.path.rsplit('/').next().unwrap_or_default().to_owned())
            .collect()
    };
    let sqlite = names("sqlite");
    assert!(!sqlite.is_empty(), "the folders moved");
    assert_eq!(sqlite, names("postgres"));
}

#[test]
fn these_rules_can_be_broken() {
    let cases: &[(Rule, &str, &str, usize)] = &[
        (too_long, "crates/pos/src/app.rs", &"\n".repeat(LINES_MAX), 0),
        (too_long, "crates/pos/src/app.rs", &"\n".repeat(LINES_MAX + 1), 1),
        (ignored_test, "tests/a.rs", concat!("#[", "ignore = \"slow\"]"), 1),
        (ignored_test, "tests/a.rs", "#[test]", 0),
        (sleeping_test, "tests/a.rs", concat!("std::thread::", "sleep(pause);"), 1),
        (sleeping_test, "crates/pos/tests/a.rs", concat!("tokio::time::", "sleep(pause).await;"), 1),
        (sleeping_test, "crates/pos/src/a.rs", concat!("tokio::time::", "sleep(pause).await;"), 0),
        (sleeping_test, "crates/pos/src/a.rs", concat!("#[cfg(test)]\ntime::", "sleep(pause)"), 1),
        (sleeping_test, "tests/a.rs", concat!("tokio::time::", "sleep_until(end)"), 0),
        (float, "crates/domain/src/money.rs", "fn parse(text: &str) -> f64 {", 1),
        (float, "crates/domain/src/money.rs", "// no f64 here", 0),
        (float, "crates/domain/src/money.rs", "let half64 = 1;", 0),
        (path_of_one_machine, "README.md", concat!("cd /ho", "me/me/ocop"), 1),
        (path_of_one_machine, "README.md", "see crates/web/works", 0),
        (
            formatted_sql,
            "crates/pos/src/db/a.rs",
            concat!("\n\nlet a = format", "!(\"select {column}\");"),
            1,
        ),
        (
            formatted_sql,
            "crates/pos/src/db/a.rs",
            concat!("format", "!(\n    r#\"INSERT into {table}\"#)"),
            1,
        ),
        (formatted_sql, "crates/pos/src/db/a.rs", concat!("format", "!(\"{selected} lines\")"), 0),
        (unnamed_act, "crates/central/src/a.rs", "self.finish(tx, \"store.add\", &id, \"\")", 0),
        (unnamed_act, "crates/central/src/a.rs", "self.finish(tx, \"moon.land\", &id, \"\")", 1),
        (unnamed_act, "crates/central/src/a.rs", "let act = Act { action: \"store.burn\" };", 1),
        (unnamed_act, "crates/central/src/a.rs", "self.finish(tx, \"store.burn_2\", &id, \"\")", 1),
        (unnamed_act, "crates/central/src/a.rs", "minimum(\"tls.1\")", 0),
        (unnamed_act, "crates/central/src/a.rs", "folder.join(\"central.lock\")", 0),
        (unnamed_act, "crates/central/src/a.rs", concat!("join_counted", "!(\"products.producer_id\")"), 0),
        (unnamed_act, "crates/central/src/a.rs", "#[cfg(test)]\nrecord(\"moon.land\")", 0),
    ];
    for (rule, path, text, findings) in cases {
        let source = Source { path: (*path).to_owned(), text: (*text).to_owned() };
        assert_eq!(rule(&source).len(), *findings, "{path}: {}", text.trim());
    }
}
