//! Central and its stores in one process, over real HTTP on 127.0.0.1, with driven clocks.
#![expect(clippy::expect_used, clippy::panic, reason = "a set-up that fails is a failed test")]

mod bank;
mod department;

use std::net::SocketAddr;
use std::sync::Arc;

use central::admin::Admin;
use central::config::{Config, Limits, News};
use central::db::Db;
use domain::ids::OperatorId;
use pos::sync::{Next, Session};
use protocol::SecretKey;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::clock::DrivenClock;
use crate::store::TestStore;

pub use bank::transfer;
pub use department::{CINNAMON, FISH_SAUCE, GARLIC, begin_day};

/// Requests that a store may need until nothing waits; more means that it goes round in circles.
const STEPS_MAX: usize = 2_000;
/// Of central's clock; stores have their own.
const SEED: u64 = 7;

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
    /// Returns central on embedded SQLite in its own folder, listening, with an operator and no catalogue.
    pub async fn new() -> Self {
        Self::on("").await
    }

    /// Returns the same with the department's usual catalogue.
    pub async fn with_catalogue() -> Self {
        let world = Self::new().await;
        world.add_catalogue().await;
        world
    }

    /// Returns central on a database (`sqlite:FILE`, `postgres://…`; empty for SQLite in its own folder), listening.
    pub async fn on(database: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = config(folder.path(), database);
        let (clock, handle) = DrivenClock::new(SEED);
        let app = central::App::open(&config, handle).await.expect("central opens");
        Self::begin(app, clock, folder).await
    }

    /// Returns central over an open and empty database, listening, with the department's usual catalogue.
    pub async fn over(db: Db) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (clock, handle) = DrivenClock::new(SEED);
        let key = SecretKey::from_bytes(&[42; 32]);
        let config = config(folder.path(), "");
        let app = central::App::over(db, &config, key, handle).await.expect("central opens");
        let world = Self::begin(app, clock, folder).await;
        world.add_catalogue().await;
        world
    }

    async fn begin(app: central::App, clock: Arc<DrivenClock>, folder: TempDir) -> Self {
        tell_logs();
        let operator = department::add_operator(&Admin::new(&app, "test")).await;
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

    /// Where it listens, for a proxy.
    pub fn address(&self) -> SocketAddr {
        self.url.trim_start_matches("http://").parse().expect("an address and a port")
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
}

fn config(folder: &std::path::Path, database: &str) -> Config {
    Config {
        data_dir: folder.to_path_buf(),
        database: database.to_owned(),
        // A driven clock refills no bucket.
        limits: Limits { store_requests_per_minute: 1_000_000, store_burst: 1_000_000, ..Limits::default() },
        news: News { folder: folder.join("news"), ..News::default() },
        ..Config::default()
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
