//! Nothing on the way of a sale reads all rows of a table: every statement of it is kept, and its plan looked at.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]
#![expect(clippy::disallowed_methods, reason = "the statements are the program's own")]

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::{Arc, Mutex};

use pos::counter::edit;
use pos::counter::edit::Row;
use serde_json::Value;
use testkit::store::TestStore;
use tracing_subscriber::fmt::MakeWriter;

const GARLIC: &str = "8938500000010";

/// Tables that hold a handful of rows in every store: one row, or one for each counter, printer, rate or open cart; and a
/// subquery.
const SMALL: [&str; 11] = [
    // The carts that were cleared before this one since the last sale, found by their keys.
    "earlier",
    "store",
    "store_settings",
    "streams",
    "counters",
    "printers",
    "tax_rates",
    "carts",
    "account",
    "json_each",
    "pending",
];

/// Indexes of the few rows alone that wait for something.
const OF_WAITING: [&str; 2] = ["USING INDEX invoices_pending", "USING INDEX prints_troubled"];

/// What the program logs, as lines of JSON.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Kept {
    /// Returns each statement once, and forgets them.
    fn take(&self) -> BTreeSet<String> {
        let text = String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap();
        let events = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let words = |event: &Value, name: &str| event["fields"][name].as_str().unwrap_or_default().to_owned();
        let statement = |event: Value| match words(&event, "db.statement") {
            whole if whole.is_empty() => words(&event, "summary"),
            whole => whole,
        };
        let parts =
            |statement: String| statement.split(';').map(|part| part.trim().to_owned()).collect::<Vec<_>>();
        let parts = events.map(statement).flat_map(parts);
        parts
            .filter(|part| {
                ["select", "insert", "update", "delete", "with"].iter().any(|verb| part.starts_with(verb))
            })
            .collect()
    }
}

/// Returns the steps of a statement's plan that read a whole table, or nearly: an index by `active` holds most products.
async fn scans(store: &TestStore, statement: &str) -> Vec<String> {
    let sql = sqlx::AssertSqlSafe(format!("explain query plan {statement}"));
    let steps: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sql).fetch_all(store.app.db().read()).await.unwrap();
    let is_scan = |step: &String| {
        // Rows of values, constants and subqueries begin otherwise.
        let table = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
        let is_table = |table: &str| table.starts_with(|first: char| first.is_ascii_lowercase());
        let is_whole = table.is_some_and(|table| is_table(table) && !SMALL.contains(&table));
        let is_of_waiting = OF_WAITING.iter().any(|index| step.ends_with(index));
        is_whole && !is_of_waiting || step.contains("(active=?)")
    };
    steps.into_iter().map(|(.., step)| step).filter(is_scan).collect()
}

#[tokio::test]
async fn a_sale_reads_no_table_as_a_whole() {
    let kept = Kept::default();
    tracing_subscriber::fmt().json().with_env_filter("sqlx::query=debug").with_writer(kept.clone()).init();
    let store = TestStore::new().await;
    store.receive("Tỏi đen Lý Sơn hộp 250 g", 20, Some("Tỏi đen Lý Sơn")).await;
    kept.take();
    let state = store.scan(GARLIC).await;
    let row = Row { index: 0, product_id: state.lines[0].product_id.into() };
    let request = store.request().await;
    edit::set_quantity(&store.app, &store.seat, &request, row, "2").await.unwrap();
    store.pay_cash(None).await;
    let statements = kept.take();
    assert!(statements.len() > 20, "{statements:#?}");
    let mut found = Vec::new();
    for statement in statements {
        let steps = scans(&store, &statement).await;
        found.extend((!steps.is_empty()).then_some((steps, statement)));
    }
    assert!(found.is_empty(), "{found:#?}");
}
