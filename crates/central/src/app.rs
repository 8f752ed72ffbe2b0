//! The running service: database, key, clock and limits. It holds no state that a second process would miss.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use clock::Clock;
use protocol::SecretKey;
use tokio::net::TcpListener;
use uuid::Uuid;
use web::format::local_date;

use crate::api::limits::Gate;
use crate::config::Config;
use crate::db::{Db, identity, points};
use crate::error::{Error, Result};
use crate::{reading, rebuild};

/// Everything that handlers need; clones share it.
#[derive(Debug, Clone)]
pub struct App {
    /// The database.
    pub db: Db,
    /// Time and randomness.
    pub clock: Clock,
    /// The settings.
    pub config: Arc<Config>,
    /// Signs acknowledgements.
    pub key: Arc<SecretKey>,
    /// Central's identity; another one after a restore.
    pub epoch: Uuid,
    /// Who may come in now.
    pub gate: Arc<Gate>,
}

impl App {
    /// Opens the data folder and the database, brings its schema up to date, and makes a key at the first start.
    ///
    /// # Errors
    /// When the folder, key or database cannot be used, or the schema is of a later program.
    pub async fn open(config: &Config, clock: Clock) -> Result<Self> {
        fs::create_dir_all(&config.data_dir).map_err(Error::file(&config.data_dir))?;
        let key = load_key(&config.data_dir.join("central.key"), &clock)?;
        let db = Db::open(&config.database_url()).await?;
        let app = Self::over(db.clone(), config, key, clock).await;
        if app.is_err() {
            // The last connection takes its files away: what is refused stays as it was.
            db.close().await;
        }
        app
    }

    /// Begins over an open database, and brings its schema up to date.
    ///
    /// # Errors
    /// When the database fails or its schema is of a later program.
    pub async fn over(db: Db, config: &Config, key: SecretKey, clock: Clock) -> Result<Self> {
        db.migrate().await?;
        rebuild::refold(&db).await?;
        points::adopt_stores(&db, local_date, clock.now_ms()).await?;
        reading::replace_ended(&db, &clock).await?;
        let epoch = identity::load_or_insert_epoch(&db, clock.new_uuid(), clock.now_ms()).await?;
        let gate = Arc::new(Gate::new(&config.limits));
        Ok(Self { db, clock, config: Arc::new(config.clone()), key: Arc::new(key), epoch, gate })
    }

    /// Serves until the listener fails or the process is told to stop; requests under way are ended.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<()> {
        let address = listener.local_addr().map_err(Error::file("the listening socket"))?;
        tracing::info!(%address, "central listens");
        // Pages answer under this address too, whatever port was given.
        let config = Arc::new(Config { listen: address, ..(*self.config).clone() });
        let app = Self { config, ..self };
        let workers = [
            tokio::spawn(crate::news::run(app.clone())),
            tokio::spawn(crate::adding_up::run(app.clone())),
            tokio::spawn(crate::commission_tax::run(app.clone())),
        ];
        let router: Router = crate::router::router(app);
        let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
        let served = axum::serve(listener, service).with_graceful_shutdown(stop).await;
        workers.iter().for_each(tokio::task::JoinHandle::abort);
        served.map_err(Error::file("the listening socket"))
    }
}

/// The data folder, held for one service until this is dropped.
#[derive(Debug)]
pub struct FolderLock(fs::File);

impl Drop for FolderLock {
    /// Lets go by name: a child that is just starting shares the open file, and would hold it by having it.
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "the data folder's lock goes only with this process");
        }
    }
}

/// Takes the data folder for one running service; held until the answer is dropped.
///
/// # Errors
/// When another one holds it, or the folder cannot be used.
pub fn lock(config: &Config) -> Result<FolderLock> {
    let path = config.data_dir.join("central.lock");
    fs::create_dir_all(&config.data_dir).map_err(Error::file(&config.data_dir))?;
    let file = fs::File::create(&path).map_err(Error::file(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(FolderLock(file)),
        Err(fs::TryLockError::WouldBlock) => Err(Error::Config(format!(
            "another ocop-central runs on {}: stop it first, or choose another data_dir",
            config.data_dir.display()
        ))),
        Err(fs::TryLockError::Error(error)) => Err(Error::file(path)(error)),
    }
}

/// Reads the key, or makes one that nobody but this user can read. It is in no backup.
fn load_key(path: &Path, clock: &Clock) -> Result<SecretKey> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let mut bytes = [0; 32];
            let wrong = |_| Error::Config(format!("{} is no key: restore it from its copy", path.display()));
            hex::decode_to_slice(text.trim(), &mut bytes).map_err(wrong)?;
            Ok(SecretKey::from_bytes(&bytes))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let mut bytes = [0; 32];
            clock.fill(&mut bytes);
            let mut file = private_file(path).map_err(Error::file(path))?;
            file.write_all(hex::encode(bytes).as_bytes()).map_err(Error::file(path))?;
            file.sync_all().map_err(Error::file(path))?;
            Ok(SecretKey::from_bytes(&bytes))
        }
        Err(error) => Err(Error::file(path)(error)),
    }
}

fn private_file(path: &Path) -> std::io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}
