//! The books of one store as it keeps them and as central keeps them, in one shape, so that they can be compared.
//!
//! Goods and money are read from each side's own tables. What the department may not see is taken out of the store's
//! side by the private payloads of its journal: lines outside the programme are one amount, `other`, and their goods
//! are the store's own business.
#![expect(clippy::expect_used, reason = "books that cannot be read are a failed test")]

use std::collections::BTreeMap;

use central::db::engine::Sql;
use central::db::streams as central_streams;
use domain::ids::StoreId;
use pos::db::{entries, streams};
use protocol::payload::{Refund, RefundPrivate, Sale, SalePrivate};
use protocol::{Hash, Position};
use testkit::store::TestStore;
use testkit::world::World;
use uuid::Uuid;

/// What store and central must agree on, to the last đồng and piece.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Books {
    /// Sales.
    pub sales: i64,
    /// What buyers paid, đồng.
    pub payable_vnd: i64,
    /// Thousandths sold and đồng taken of each product of the programme.
    pub products: BTreeMap<Uuid, (i64, i64)>,
    /// Thousandths of each product and lot at each location; places with nothing are left out.
    pub stock: BTreeMap<(Uuid, Uuid, String), i64>,
    /// Đồng on each account, of each producer; accounts with nothing are left out.
    pub accounts: BTreeMap<(String, Uuid), i64>,
}

impl Books {
    /// Returns an account over all producers.
    pub fn account(&self, code: &str) -> i64 {
        self.accounts.iter().filter(|((account, _), _)| account == code).map(|(_, vnd)| vnd).sum()
    }

    /// Returns a digest of stock and accounts: equal books, equal digest.
    pub fn digest(&self) -> Hash {
        Hash::of(&[format!("{:?}{:?}", self.stock, self.accounts).as_bytes()])
    }
}

/// Returns the last entry of each of the store's journals, with the running total.
pub async fn heads_of_store(store: &TestStore) -> BTreeMap<String, (Position, i64)> {
    let mut reader = store.app.db().read().acquire().await.expect("a connection");
    let mut heads = BTreeMap::new();
    for stream in streams::list_streams(store.app.db().read()).await.expect("streams") {
        let head = entries::load_head(&mut reader, stream.stream_no).await.expect("a head");
        heads.insert(stream.stream.to_string(), (head, stream.grand_total_vnd));
    }
    heads
}

/// Returns the same of each journal of a store that central knows.
pub async fn heads_at_central(world: &World, store_id: StoreId) -> BTreeMap<String, (Position, i64)> {
    let streams = central_streams::list(&world.central.db, Some(store_id)).await.expect("streams");
    streams.into_iter().map(|stream| (stream.id.to_string(), (stream.head, stream.grand_total_vnd))).collect()
}

/// Returns the id of an enrolled store.
pub async fn id_of(store: &TestStore) -> StoreId {
    store.app.writer().await.expect("an answer").expect("an enrolled store").store_id
}

/// Returns what the store's own tables and journal say.
pub async fn of_store(store: &TestStore) -> Books {
    let pool = store.app.db().read();
    let (sales, payable_vnd) = sqlx::query_as("select count(*), coalesce(sum(payable_vnd), 0) from sales")
        .fetch_one(pool)
        .await
        .expect("sales");
    let stock: Vec<(Uuid, Uuid, String, i64)> = sqlx::query_as(
        "select stock.product_id, lot_id, location, quantity_milli from stock
         join products on products.product_id = stock.product_id
         where quantity_milli <> 0 and (in_catalogue = 1 or producer_id is not null)",
    )
    .fetch_all(pool)
    .await
    .expect("stock");
    let accounts: Vec<(String, Uuid, i64)> =
        sqlx::query_as("select account, producer_id, amount_vnd from balances")
            .fetch_all(pool)
            .await
            .expect("balances");
    let mut books = Books {
        sales,
        payable_vnd,
        stock: stock
            .into_iter()
            .map(|(product, lot, location, milli)| ((product, lot, location), milli))
            .collect(),
        accounts: accounts.into_iter().map(|(account, producer, vnd)| ((account, producer), vnd)).collect(),
        ..Books::default()
    };
    // A sale that was told twice counts once, by the entry that its row names.
    let journal: Vec<(String, Option<String>)> = sqlx::query_as(
        "select shared, private from entries
         join sales on sales.stream_no = entries.stream_no and sales.seq = entries.seq",
    )
    .fetch_all(pool)
    .await
    .expect("entries");
    for (shared, private) in journal {
        books.read_sale(&shared, private.as_deref());
    }
    let back: Vec<(String, Option<String>)> = sqlx::query_as(
        "select shared, private from entries
         join refunds on refunds.stream_no = entries.stream_no and refunds.seq = entries.seq",
    )
    .fetch_all(pool)
    .await
    .expect("entries");
    for (shared, private) in back {
        books.read_refund(&shared, private.as_deref());
    }
    books.accounts.retain(|_, vnd| *vnd != 0);
    books
}

impl Books {
    /// Adds the products of a sale, and makes one amount of its private lines.
    fn read_sale(&mut self, shared: &str, private: Option<&str>) {
        let shared: Sale = serde_json::from_str(shared).expect("a sale");
        for line in &shared.lines {
            self.sold(line.product, line.quantity, line.gross - line.discount);
        }
        // What came back from central has no private part: it is one amount here too.
        let private: Option<SalePrivate> =
            private.map(|private| serde_json::from_str(private).expect("a private part"));
        for line in private.iter().flat_map(|private| &private.lines) {
            self.outside(line.gross - line.discount, line.tax);
        }
    }

    /// Takes off what came back.
    fn read_refund(&mut self, shared: &str, private: Option<&str>) {
        let shared: Refund = serde_json::from_str(shared).expect("a refund");
        for line in &shared.lines {
            self.sold(line.product, -line.quantity, line.discount - line.gross);
        }
        let private: Option<RefundPrivate> =
            private.map(|private| serde_json::from_str(private).expect("a private part"));
        for line in private.iter().flat_map(|private| &private.lines) {
            self.outside(line.discount - line.gross, -line.tax);
        }
    }

    fn sold(&mut self, product: Uuid, quantity_milli: i64, vnd: i64) {
        let (milli, revenue_vnd) = self.products.entry(product).or_default();
        *milli += quantity_milli;
        *revenue_vnd += vnd;
    }

    /// A line that stays in the store is a part of one amount at central.
    fn outside(&mut self, total_vnd: i64, tax_vnd: i64) {
        self.post("other", -total_vnd);
        self.post("sales", total_vnd - tax_vnd);
        self.post("tax", tax_vnd);
    }

    fn post(&mut self, account: &str, vnd: i64) {
        *self.accounts.entry((account.to_owned(), Uuid::nil())).or_default() += vnd;
    }
}

/// Returns what central's tables say of a store.
pub async fn at_central(world: &World, store_id: StoreId) -> Books {
    let db = &world.central.db;
    let of = |text: &'static str| Sql::new(text).push(" where store_id = ").bind(store_id);
    let receipts =
        "select cast(count(*) as bigint), cast(coalesce(sum(payable_vnd), 0) as bigint) from receipts";
    let (sales, payable_vnd) =
        db.one(of(receipts).push(" and is_counted = ").bind(true)).await.expect("receipts");
    let sold = "select product_id, cast(sum(quantity_milli) as bigint), cast(sum(revenue_vnd) as bigint)";
    let daily = Sql::new(sold)
        .push(" from sales_daily where store_id = ")
        .bind(store_id)
        .push(" group by product_id");
    let monthly = Sql::new(sold)
        .push(" from sales_monthly where store_id = ")
        .bind(store_id)
        .push(" group by product_id");
    let daily: Vec<(Uuid, i64, i64)> = db.all(daily).await.expect("totals by day");
    let monthly: Vec<(Uuid, i64, i64)> = db.all(monthly).await.expect("totals by month");
    let by_product = |rows: Vec<(Uuid, i64, i64)>| -> BTreeMap<Uuid, (i64, i64)> {
        rows.into_iter().map(|(product, milli, vnd)| (product, (milli, vnd))).collect()
    };
    let (products, monthly) = (by_product(daily), by_product(monthly));
    assert_eq!(products, monthly, "the days make up their months");
    let stock =
        of("select product_id, lot_id, location, quantity_milli from stock").push(" and quantity_milli <> 0");
    let stock: Vec<(Uuid, Uuid, String, i64)> = db.all(stock).await.expect("stock");
    let accounts = of("select account, producer_id, amount_vnd from balances").push(" and amount_vnd <> 0");
    let accounts: Vec<(String, Uuid, i64)> = db.all(accounts).await.expect("balances");
    Books {
        sales,
        payable_vnd,
        products,
        stock: stock
            .into_iter()
            .map(|(product, lot, location, milli)| ((product, lot, location), milli))
            .collect(),
        accounts: accounts.into_iter().map(|(account, producer, vnd)| ((account, producer), vnd)).collect(),
    }
}
