//! The arrows of the design: which crate may use which, and which folder inside pos and central.
//!
//! domain knows nobody, protocol and receipts stay free of servers and databases, and a shop and central know each
//! other by the wire only. Cargo.toml holds the first kind of arrow, words in the sources the second.
#![expect(clippy::expect_used, reason = "helpers of tests")]

mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;
use sources::{Source, files, root};

/// Which crates of ours a crate may be built from.
const ALLOWED: &[(&str, &[&str])] = &[
    ("clock", &[]),
    ("domain", &[]),
    ("protocol", &["domain"]),
    ("receipts", &["domain"]),
    ("web", &["clock", "domain"]),
    ("pos", &["clock", "domain", "protocol", "receipts", "web"]),
    ("central", &["clock", "domain", "protocol", "web"]),
    ("demo", &["central", "clock", "domain", "pos", "web"]),
    ("testkit", &["central", "clock", "domain", "pos", "protocol", "receipts", "web"]),
    ("stories", &["central", "clock", "demo", "domain", "pos", "protocol", "receipts", "testkit", "web"]),
];

/// Whose tests may use testkit besides; in the others it would be a circle through pos and central.
const MAY_TEST_WITH_TESTKIT: &[&str] = &["pos", "central"];

/// What a crate may not be built from, directly or through others.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("domain", &["axum", "reqwest", "sqlx", "tokio"]),
    ("protocol", &["axum", "reqwest", "sqlx", "tokio"]),
    ("receipts", &["axum", "sqlx"]),
];

/// Package names and what each is built from, by the id that cargo gives.
struct Graph {
    names: BTreeMap<String, String>,
    built_from: BTreeMap<String, Vec<String>>,
    tested_with: BTreeMap<String, Vec<String>>,
    ours: Vec<String>,
}

impl Graph {
    fn read() -> Self {
        // Another platform's packages are not downloaded, so only this one's graph can be had offline.
        let version = run("rustc", &["-vV"]);
        let host =
            version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
        let arguments = ["metadata", "--format-version", "1", "--offline", "--filter-platform", host];
        let metadata: Value =
            serde_json::from_str(&run(env!("CARGO"), &arguments)).expect("cargo writes JSON");

        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let list = |value: &Value| value.as_array().expect("a list").clone();
        let names = list(&metadata["packages"])
            .into_iter()
            .map(|package| (text(&package["id"]), text(&package["name"])));
        let edges = |wanted: fn(&Value) -> bool| {
            let nodes = list(&metadata["resolve"]["nodes"]);
            nodes
                .iter()
                .map(|node| {
                    let used = list(&node["deps"]).into_iter();
                    let used =
                        used.filter(|edge| list(&edge["dep_kinds"]).iter().any(|kind| wanted(&kind["kind"])));
                    (text(&node["id"]), used.map(|edge| text(&edge["pkg"])).collect())
                })
                .collect()
        };
        Self {
            names: names.collect(),
            built_from: edges(|kind| kind != "dev"),
            tested_with: edges(|kind| kind == "dev"),
            ours: list(&metadata["workspace_members"]).iter().map(text).collect(),
        }
    }

    fn name(&self, id: &str) -> &str {
        &self.names[id]
    }

    fn is_ours(&self, id: &str) -> bool {
        self.ours.iter().any(|ours| ours == id)
    }

    /// Returns the names of everything that `id` is built from, through others too.
    fn reached_from(&self, id: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            for used in &self.built_from[id] {
                if reached.insert(used.as_str()) {
                    waiting.push(used);
                }
            }
        }
        reached.into_iter().map(|id| self.name(id)).collect()
    }
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output().expect("it runs");
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn entry<'table>(
    table: &'table [(&str, &'table [&'table str])],
    name: &str,
) -> Option<&'table [&'table str]> {
    table.iter().find(|(listed, _)| *listed == name).map(|(_, values)| *values)
}

#[test]
fn arrows_point_inwards() {
    let graph = Graph::read();
    let mut wrong = Vec::new();
    for id in &graph.ours {
        let name = graph.name(id);
        let allowed =
            entry(ALLOWED, name).unwrap_or_else(|| panic!("{name} is new: give it its arrows here"));
        for used in graph.built_from[id].iter().filter(|used| graph.is_ours(used)) {
            if !allowed.contains(&graph.name(used)) {
                wrong.push(format!("{name} is built from {}", graph.name(used)));
            }
        }
        for used in graph.tested_with[id].iter().filter(|used| graph.is_ours(used)) {
            let used = graph.name(used);
            let with_testkit = used == "testkit" && MAY_TEST_WITH_TESTKIT.contains(&name);
            if !allowed.contains(&used) && !with_testkit {
                wrong.push(format!("{name} is tested with {used}"));
            }
        }
        let reached = graph.reached_from(id);
        for forbidden in entry(FORBIDDEN, name).unwrap_or_default() {
            if reached.contains(forbidden) {
                wrong.push(format!("{name} is built from {forbidden}, perhaps through others"));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that may not be:\n{}", wrong.join("\n"));
}

/// Lines of a database module that know who asks.
fn looks_outwards(source: &Source) -> Vec<String> {
    source.lines_with(&["web::", "crate::web", "crate::api", "crate::sync"])
}

/// Lines of a page, an endpoint or the uploader that hold SQL.
fn holds_sql(source: &Source) -> Vec<String> {
    source.lines_with(&["sqlx", "sql!", "Sql::new"])
}

fn below(noun: &str) -> Vec<Source> {
    let folders = ["pos", "central"]
        .map(|name| [format!("crates/{name}/src/{noun}"), format!("crates/{name}/src/{noun}.rs")]);
    let folders: Vec<&str> = folders.iter().flatten().map(String::as_str).collect();
    files(&folders, &[".rs"])
}

#[test]
fn the_database_does_not_know_who_asks() {
    let sources = below("db");
    assert!(sources.len() > 10, "the folders moved: {} files", sources.len());
    let wrong: Vec<_> = sources.iter().flat_map(looks_outwards).collect();
    assert!(wrong.is_empty(), "db is below web, api and sync:\n{}", wrong.join("\n"));
}

#[test]
fn sql_stands_in_db_only() {
    let sources: Vec<_> = ["web", "api", "sync"].into_iter().flat_map(below).collect();
    let wrong: Vec<_> = sources.iter().flat_map(holds_sql).collect();
    assert!(wrong.is_empty(), "call a function of db:\n{}", wrong.join("\n"));
}

#[test]
fn these_checks_can_fail() {
    let planted = |text: &str| Source { path: "planted.rs".into(), text: text.into() };
    for (line, outwards, sql) in [
        ("use crate::web::page;", 1, 0),
        ("let now = web::clock::Clock::now();", 1, 0),
        ("use crate::api;", 1, 0),
        ("use crate::apiary;", 0, 0),
        ("// web::clock is for others", 0, 0),
        ("let rows = sqlx::query(text);", 0, 1),
        ("db.all(sql!(\"select 1\"))", 0, 1),
        ("use crate::db::sales;", 0, 0),
    ] {
        assert_eq!(looks_outwards(&planted(line)).len(), outwards, "{line}");
        assert_eq!(holds_sql(&planted(line)).len(), sql, "{line}");
    }
}
