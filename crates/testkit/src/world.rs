//! Central and its stores in one process, over real HTTP on 127.0.0.1, with driven clocks.
#![expect(clippy::expect_used, clippy::panic, reason = "a set-up that fails is a failed test")]

use std::sync::Arc;

use central::admin::{Admin, NewOperator, NewStore};
use central::config::Limits;
use domain::Rate;
use domain::ids::{CashierId, OperatorId, StoreId};
use pos::counter::Seat;
use pos::sync::{Next, Session, enrol::enrol};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::catalogue::id_of;
use crate::clock::DrivenClock;
use crate::store::TestStore;

/// Requests that a store may need until nothing waits; more means that it goes round in circles.
const STEPS_MAX: usize = 2_000;

/// Central under test.
pub struct World {
    /// The service.
    pub central: central::App,
    /// Its clock.
    pub clock: Arc<DrivenClock>,
    /// Where it listens.
    pub url: String,
    operator: OperatorId,
    stop: Option<oneshot::Sender<()>>,
    served: Option<tokio::task::JoinHandle<()>>,
    folder: TempDir,
}

impl World {
    /// Returns central on embedded SQLite, listening.
    pub async fn new() -> Self {
        Self::on("").await
    }

    /// Returns central on a database (`sqlite:FILE`, `postgres://…`; empty for SQLite in its own folder), listening.
    pub async fn on(database: &str) -> Self {
        tell_logs();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (clock, handle) = DrivenClock::new(7);
        let config = central::config::Config {
            data_dir: folder.path().to_path_buf(),
            database: database.to_owned(),
            // A driven clock refills no bucket.
            limits: Limits {
                store_requests_per_minute: 1_000_000,
                store_burst: 1_000_000,
                ..Limits::default()
            },
            ..central::config::Config::default()
        };
        let app = central::App::open(&config, handle).await.expect("central opens");
        let operator = NewOperator {
            name: "Hợp tác xã Lý Sơn".to_owned(),
            legal_status: "cooperative".to_owned(),
            tax_number: "4300000000".to_owned(),
            commission_tax: Rate::percent(8),
        };
        let operator = Admin::new(&app, "test").add_operator(&operator).await.expect("an operator");
        let mut world =
            Self { central: app, clock, url: String::new(), operator, stop: None, served: None, folder };
        world.start().await;
        world
    }

    /// The administrator.
    pub fn admin(&self) -> Admin {
        Admin::new(&self.central, "test")
    }

    /// The operator of all stores.
    pub const fn operator(&self) -> OperatorId {
        self.operator
    }

    /// Central's folder.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Listens, on the former port if there was one.
    pub async fn start(&mut self) {
        let address = self.url.strip_prefix("http://").unwrap_or("127.0.0.1:0");
        let listener = TcpListener::bind(address).await.expect("a port");
        self.url = format!("http://{}", listener.local_addr().expect("an address"));
        let (stop, stopped) = oneshot::channel::<()>();
        let app = self.central.clone();
        self.stop = Some(stop);
        self.served = Some(tokio::spawn(async move {
            let ended = async {
                // Dropping the sender ends central too.
                let _ = stopped.await;
            };
            app.serve(listener, ended).await.expect("central serves");
        }));
    }

    /// Stops listening; the database stays as it is.
    pub async fn stop(&mut self) {
        self.stop = None;
        if let Some(served) = self.served.take() {
            served.await.expect("central ends");
        }
    }

    /// Returns a new store that was enrolled with a code; `approved` by a person, or still waiting.
    pub async fn store(&self, code: &str, approved: bool) -> TestStore {
        let store_id = self.add_store(code).await;
        let one_time = self.admin().issue_code(store_id).await.expect("a code");
        let config = pos::Config { central_url: self.url.clone(), ..pos::Config::default() };
        let mut store = TestStore::unknown(config).await;
        let fingerprint = enrol(&store.app, &one_time, "test").await.expect("an enrolment");
        if approved {
            self.admin().approve(&fingerprint).await.expect("an approval");
        }
        store.seat =
            Seat { cashier_id: CashierId::from_uuid(id_of("Nguyễn Thị Hường")), ..store.seat };
        store
    }

    async fn add_store(&self, code: &str) -> StoreId {
        let text = str::to_owned;
        let new = NewStore {
            operator_id: self.operator,
            code: text(code),
            name: format!("Điểm OCOP {code}"),
            receipt_title: text("ĐIỂM GIỚI THIỆU VÀ BÁN SẢN PHẨM OCOP"),
            receipt_footer: text("Cảm ơn quý khách"),
            address: text("Đặc khu Lý Sơn, tỉnh Quảng Ngãi"),
            commune: text("Đặc khu Lý Sơn"),
            phone: text("0255 000 000"),
            bank_bin: text("970436"),
            bank_account: text("1023456789"),
        };
        self.admin().add_store(&new).await.expect("a store")
    }
}

/// Syncs until nothing waits, or central cannot be reached; returns how many steps it took.
pub async fn sync(store: &TestStore) -> usize {
    let mut session = Session::begin(&store.app).await.expect("a session").expect("an enrolled store");
    for step in 0..STEPS_MAX {
        match session.step(&store.app).await.expect("a step") {
            Next::Again => {}
            Next::WaitMs(_) | Next::OtherStream => return step,
        }
    }
    panic!("the sync goes round in circles");
}

/// Shows the logs of a test when `RUST_LOG` asks for them.
fn tell_logs() {
    if let Ok(level) = std::env::var("RUST_LOG") {
        // Another test of this process may have set it up.
        let _ = tracing_subscriber::fmt().with_env_filter(level).with_test_writer().try_init();
    }
}
