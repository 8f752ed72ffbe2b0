//! The till process (`src/bin/till.rs`) seen from outside: the shop it sells in, what it said, and what its folder
//! must hold afterwards, whatever happened to it.
#![expect(clippy::expect_used, clippy::panic, reason = "a shop that does not open is a failed test")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use pos::Config;
use pos::counter::{Note, Seat};
use tempfile::TempDir;
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, GARLIC};
use uuid::Uuid;

/// A folder in which a day has begun, with one sale, to be copied for each till.
pub struct Shop {
    folder: TempDir,
    seat: Seat,
    /// Sales that its folder holds.
    pub sold: BTreeMap<Uuid, String>,
}

/// What a till left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// All sales, with their receipts' numbers.
    pub sold: BTreeMap<Uuid, String>,
    /// The last one was not confirmed to the cashier.
    pub has_unconfirmed: bool,
}

/// What a till said, up to its end.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Said {
    /// Sales that were confirmed to the cashier, with their receipts' numbers.
    pub sold: BTreeMap<Uuid, String>,
    /// The cart on the screen and its rows; none between a sale and the next cart.
    pub cart: Option<(Uuid, usize)>,
    /// Kinds of errors of acts that were refused.
    pub refused: Vec<String>,
    /// Why it stopped before its last sale.
    pub stopped: Option<String>,
}

impl Shop {
    /// Prepares one.
    pub async fn prepare() -> Self {
        let store = TestStore::new().await;
        store.sell(GARLIC).await;
        let sold = sales(&store).await;
        // A picture of a running store: its last sales stand in the write-ahead log.
        Self { folder: store.snapshot(), seat: store.seat.clone(), sold }
    }

    /// Returns a copy of the folder.
    pub fn copy(&self) -> TempDir {
        let copy = tempfile::Builder::new().prefix("ocop-till").tempdir().expect("a folder");
        copy_files(self.folder.path(), copy.path());
        copy
    }

    /// Opens a copy of what a till left, as the next start of the program does, and checks it against what the till
    /// said: every confirmed sale is there with its number, at most the one on the screen besides, and no half of
    /// anything. The cart that was on the screen is offered again, and is then sold.
    pub async fn check(&self, left: &Path, said: &Said) -> Left {
        let folder = tempfile::tempdir().expect("a folder");
        copy_files(left, folder.path());
        let store = TestStore::on(folder, Config::default(), self.seat.clone(), 2).await;
        let mut wanted = self.sold.clone();
        wanted.extend(said.sold.clone());
        let sold = sales(&store).await;
        let (shown, _) = said.cart.unwrap_or_default();
        let has_unconfirmed = !wanted.contains_key(&shown) && sold.contains_key(&shown);
        if has_unconfirmed {
            wanted.insert(shown, sold[&shown].clone());
        }
        assert_eq!(sold, wanted, "what the till said: {said:?}");
        assert_eq!(halves(&store).await, 0, "a sale without receipt, entry or closed cart");
        let cart = store.state().await;
        if let (Some((sale_id, rows)), false) = (said.cart, has_unconfirmed) {
            // A cart without rows is given another id at each start.
            let is_kept = cart.sale_id == sale_id || (rows == 0 && cart.lines.is_empty());
            assert!(is_kept, "another cart than the one on the screen");
            // A scan that was under way may have been kept, or a repeated one on top of it.
            assert!(
                (rows..=2).contains(&cart.lines.len()),
                "{rows} rows were on the screen: {:?}",
                cart.lines
            );
        }
        store.check().await;
        for code in [GARLIC, FISH_SAUCE].into_iter().skip(cart.lines.len()) {
            store.scan(code).await;
        }
        let state = store.pay_cash(Some(500_000)).await;
        assert!(matches!(state.note, Note::Sold { .. }), "{:?}", state.note);
        assert!(sales(&store).await.contains_key(&cart.sale_id));
        store.check().await;
        Left { sold, has_unconfirmed }
    }
}

impl Said {
    /// Reads the lines of a till. A till that panicked is no till that was killed.
    pub fn read(stdout: &[u8]) -> Self {
        let mut said = Self::default();
        for line in String::from_utf8_lossy(stdout).lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["cart", sale_id, rows] => {
                    said.cart = Some((id(sale_id), rows.parse().expect("a number")));
                }
                ["sold", sale_id, receipt] => {
                    said.sold.insert(id(sale_id), receipt.to_owned());
                    said.cart = None;
                }
                ["refused", ..] => said.refused.push(words[1..].join(" ")),
                ["stopped", ..] => said.stopped = Some(words[1..].join(" ")),
                _ => panic!("the till said: {line}"),
            }
        }
        said
    }
}

/// Copies the files of a folder, but not the signing key, which no till needs.
fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.is_file() {
            std::fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("a copy");
        }
    }
}

/// Returns the command that sells in a folder.
pub fn command(program: &str, folder: &Path, sales: usize) -> Command {
    let mut command = Command::new(program);
    command.arg(folder).arg(sales.to_string());
    command
}

async fn sales(store: &TestStore) -> BTreeMap<Uuid, String> {
    let rows: Vec<(Uuid, String)> = sqlx::query_as("select sale_id, receipt_number from sales")
        .fetch_all(store.app.db().read())
        .await
        .expect("sales");
    rows.into_iter().collect()
}

/// Counts sales, entries, receipts and sold carts that lack one of the others.
async fn halves(store: &TestStore) -> i64 {
    sqlx::query_scalar(
        "select count(*) from (
             select sale_id from sales union all select sale_id from receipts
             union all select sale_id from entries where kind = 'sale'
             union all select sale_id from carts where state = 'sold'
         ) group by sale_id having count(*) <> 4",
    )
    .fetch_all(store.app.db().read())
    .await
    .map(|rows: Vec<i64>| i64::try_from(rows.len()).unwrap_or(i64::MAX))
    .expect("a count")
}

fn id(text: &str) -> Uuid {
    text.parse().expect("an id")
}
