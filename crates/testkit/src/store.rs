//! A store in one process: a real database in a temporary folder, a driven clock, a cashier who scans and takes money.
#![expect(clippy::expect_used, reason = "a set-up that fails is a failed test")]

use std::path::Path;
use std::sync::Arc;

use domain::barcode::Barcode;
use domain::ids::{CashierId, SaleId, StoreId};
use domain::tender::{Tender, TenderKind};
use domain::{Money, Quantity};
use pos::counter::goods::NewGoods;
use pos::counter::note::Delivering;
use pos::counter::{self, CounterState, Note, Request, Seat, shift};
use pos::db::{balances, catalogue, products, store};
use pos::sync::enrol::begin_stream;
use pos::{App, Config};
use protocol::SecretKey;
use tempfile::TempDir;
use time::Date;
use uuid::Uuid;

use crate::catalogue::{Catalogue, id_of};
use crate::clock::DrivenClock;

/// A store under test.
pub struct TestStore {
    /// The client.
    pub app: App,
    /// Its clock.
    pub clock: Arc<DrivenClock>,
    /// Who sits at the counter.
    pub seat: Seat,
    folder: TempDir,
}

impl TestStore {
    /// Returns a store with [`Catalogue::usual`], an open shift with 500.000 ₫ and ten of each product on the shelf.
    pub async fn new() -> Self {
        let store = Self::closed(Config::default()).await;
        store.open_shift().await;
        store.receive("Tỏi đen Lý Sơn hộp 250 g", 10, Some("Tỏi đen Lý Sơn")).await;
        store.receive("Nước mắm Sa Huỳnh chai 500 ml", 10, None).await;
        store
    }

    /// Returns a computer that is no store yet.
    pub async fn unknown(config: Config) -> Self {
        Self::seeded(config, 1).await
    }

    /// Returns the same with a seed of its own: two computers with one seed draw the same keys and ids.
    pub async fn seeded(config: Config, seed: u64) -> Self {
        let seat = Seat {
            counter: "Quầy 1".to_owned(),
            cashier_id: CashierId::from_uuid(id_of("Nguyễn Thị Hường")),
            cashier: "Nguyễn Thị Hường".to_owned(),
            manager: false,
        };
        Self::on(tempfile::tempdir().expect("a temporary folder"), config, seat, seed).await
    }

    /// Starts the program on a folder.
    pub async fn on(folder: TempDir, config: Config, seat: Seat, seed: u64) -> Self {
        let (clock, handle) = DrivenClock::new(seed);
        let config = Config { data_dir: folder.path().to_path_buf(), ..config };
        let app = App::open(config, handle).await.expect("the folder opens");
        Self { app, clock, seat, folder }
    }

    /// Returns a store with a catalogue, before its first shift. It was never at central.
    pub async fn closed(config: Config) -> Self {
        let store = Self::unknown(config).await;
        let store_id = StoreId::from_uuid(id_of("store"));
        identify(&store.app, store_id).await;
        begin_stream(&store.app, store_id, "new").await.expect("a first stream");
        store.load(&Catalogue::usual(store_id.uuid())).await;
        store
    }

    /// The folder of its data.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns a copy of the folder as a picture of the disk would hold it, with the signing key.
    pub fn snapshot(&self) -> TempDir {
        let copy = tempfile::tempdir().expect("a temporary folder");
        copy_files(self.folder(), copy.path());
        copy
    }

    /// Starts the program on a copy of the folder, on another computer.
    pub async fn start_copy(&self, copy: TempDir, seed: u64) -> Self {
        let store = Self::on(copy, self.app.config().clone(), self.seat.clone(), seed).await;
        store.clock.advance(self.app.clock().now_ms() - store.app.clock().now_ms());
        store
    }

    /// Ends the program and starts it again on the same folder, an hour later.
    pub async fn restart(self) -> Self {
        let Self { app, clock, seat, folder } = self;
        let config = app.config().clone();
        let handle = app.clock().clone();
        app.db().close().await;
        drop(app);
        clock.advance(3_600_000);
        let app = App::open(config, handle).await.expect("the folder opens again");
        Self { app, clock, seat, folder }
    }

    /// Applies catalogue rows as if central had sent them.
    pub async fn load(&self, rows: &Catalogue) {
        let mut tx = self.app.db().begin().await.expect("a transaction");
        let now_ms = self.app.clock().now_ms();
        let skipped = catalogue::apply_page(&mut tx, rows.page(), now_ms).await.expect("a page");
        assert_eq!(skipped, Vec::<String>::new(), "every row is read");
        tx.commit().await.expect("a commit");
    }

    /// Opens the shift of 23/11/2026 with 500.000 ₫.
    pub async fn open_shift(&self) {
        let date = web::format::local_date(self.app.clock().now_ms());
        let float = Money::new(500_000);
        let state = shift::open(&self.app, &self.seat, &self.op(), date, float).await.expect("a shift");
        assert_eq!(state.note, Note::ShiftOpened);
    }

    /// Closes the open shift with what its drawer should hold, and opens one of the day that the clock says.
    pub async fn begin_day(&self) {
        let counted = Money::new(self.drawer().await);
        let state = shift::close(&self.app, &self.seat, &self.op(), counted).await.expect("a shift");
        assert_eq!(state.note, Note::ShiftClosed { over_vnd: 0 });
        self.open_shift().await;
    }

    /// Receives pieces of a product.
    pub async fn receive(&self, product: &str, pieces: i64, producer: Option<&str>) {
        let goods = NewGoods {
            product_id: id_of(product).into(),
            quantity: Quantity::pieces(pieces),
            expires_on: None,
            code: None,
            noted: None,
            // Asked for where a contract says that the goods are bought.
            cost: Some(Money::new(100_000)),
            producer_id: producer.map(|name| id_of(name).into()),
        };
        self.receive_lot(goods).await;
    }

    /// Receives one lot.
    pub async fn receive_lot(&self, goods: NewGoods) {
        let state = counter::goods::receive(
            &self.app,
            &self.seat,
            &self.op(),
            vec![goods],
            receipts::language::Language::Vi,
        )
        .await
        .expect("goods");
        assert!(
            matches!(state.note, Note::Delivering(Delivering::Received { lines: 1, .. })),
            "{:?}",
            state.note
        );
    }

    /// Receives a lot on the business day that is its last: what is past its date by now was not when it came. A shift is open.
    pub async fn receive_on_its_last_day(&self, goods: NewGoods) {
        let last = goods.expires_on.expect("a last day");
        let today = web::format::local_date(self.app.clock().now_ms());
        self.set_business_date(today, last).await;
        self.receive_lot(goods).await;
        self.set_business_date(last, today).await;
    }

    async fn set_business_date(&self, from: Date, to: Date) {
        let mut tx = self.app.db().begin().await.expect("a transaction");
        let rows = sqlx::query(
            "update shifts set business_date = $1 where closed_at_ms is null and business_date = $2",
        )
        .bind(to)
        .bind(from)
        .execute(&mut *tx)
        .await
        .expect("an update");
        assert_eq!(rows.rows_affected(), 1, "one shift is open");
        tx.commit().await.expect("a commit");
    }

    /// Receives pieces of the product with a barcode, from its producer if it has one.
    pub async fn deliver(&self, barcode: &str, pieces: i64) {
        let code = Barcode::parse(barcode).expect("a barcode");
        let mut reader = self.app.db().read().acquire().await.expect("a connection");
        let product_id =
            products::find_by_code(&mut reader, &code).await.expect("a search").expect("a product");
        let today = web::format::local_date(self.app.clock().now_ms());
        let offer = products::load_offer(&mut reader, product_id, today).await.expect("an offer");
        drop(reader);
        let (quantity, producer_id) = (Quantity::pieces(pieces), offer.producer_id);
        let goods = NewGoods {
            product_id,
            quantity,
            expires_on: None,
            code: None,
            noted: None,
            cost: Some(Money::new(100_000)),
            producer_id,
        };
        self.receive_lot(goods).await;
    }

    /// Returns what lies in the drawer by the books, đồng.
    pub async fn drawer(&self) -> i64 {
        shift::expected_in_drawer(&self.app, &self.seat).await.expect("a drawer").vnd()
    }

    /// Returns what an account of the books holds, đồng; nothing while nothing was ever on it.
    pub async fn balance(&self, account: &str) -> i64 {
        let rows = balances::list_balances(self.app.db().read()).await.expect("the books");
        rows.into_iter().filter(|(name, _, _)| name == account).map(|(_, _, vnd)| vnd).sum()
    }

    /// Returns a fresh request id.
    pub fn op(&self) -> String {
        self.app.clock().random_token()
    }

    /// Returns a fresh request for the open cart.
    pub async fn request(&self) -> Request {
        let state = self.state().await;
        Request { op_id: self.op(), sale_id: SaleId::from_uuid(state.sale_id) }
    }

    /// Returns the counter's state.
    pub async fn state(&self) -> CounterState {
        counter::state::load(&self.app, &self.seat, Note::Ready, None).await.expect("the state")
    }

    /// Scans a code or types words.
    pub async fn scan(&self, text: &str) -> CounterState {
        let request = self.request().await;
        counter::scan::scan(&self.app, &self.seat, &request, text).await.expect("a scan")
    }

    /// Takes cash; `None` for the exact amount.
    pub async fn pay_cash(&self, vnd: Option<i64>) -> CounterState {
        self.pay(TenderKind::Cash, vnd).await
    }

    /// Takes money of a kind; `None` for the exact amount.
    pub async fn pay(&self, kind: TenderKind, vnd: Option<i64>) -> CounterState {
        let amount = Money::new(vnd.unwrap_or(self.state().await.due_vnd));
        let request = self.request().await;
        // What a deposit or an exchange covers needs no money.
        let is_covered = vnd.is_none() && amount <= Money::ZERO;
        let tenders = if is_covered { Vec::new() } else { vec![Tender { kind, amount }] };
        counter::finish::finish(&self.app, &self.seat, &request, tenders).await.expect("a sale")
    }

    /// Sells one of a code for cash and returns the sale.
    pub async fn sell(&self, code: &str) -> Uuid {
        let sale_id = self.scan(code).await.sale_id;
        let state = self.pay_cash(None).await;
        assert!(matches!(state.note, Note::Sold { .. }), "{:?}", state.note);
        sale_id
    }

    /// Checks what must hold at the end of every test: Σ accounts = 0, and the whole chain, rebuilt, gives the same books.
    pub async fn check(&self) {
        assert_eq!(balances::load_sum(self.app.db().read()).await.expect("a sum"), Money::ZERO);
        let report = pos::maintenance::verify::verify(&self.app).await.expect("verify runs");
        assert_eq!(report.faults, Vec::<String>::new());
    }
}

/// Writes which store a computer is, as enrolment does.
pub async fn identify(app: &App, store_id: StoreId) {
    let mut tx = app.db().begin().await.expect("a transaction");
    let identity = store::Store {
        store_id,
        code: "LS".to_owned(),
        name: "Điểm OCOP Lý Sơn".to_owned(),
        central_key: SecretKey::from_bytes(&[9; 32]).public(),
        central_url: "http://127.0.0.1:9".to_owned(),
    };
    store::insert_store(&mut tx, &identity).await.expect("an identity");
    tx.commit().await.expect("a commit");
}

/// Copies a folder without what only a running program has: its lock, and its index of the write-ahead log.
fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        if path.is_dir() {
            std::fs::create_dir(to.join(name)).expect("a folder");
            copy_files(&path, &to.join(name));
        } else if !path.extension().is_some_and(|end| end == "lock" || end == "sqlite-shm") {
            std::fs::copy(&path, to.join(name)).expect("a copy");
        }
    }
}
