//! The running client: its folder, its lock, its database, its key, and what its parts tell one another.

mod beside;
mod printers;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use clock::Clock;
use domain::cash_step::CashStep;
use domain::ids::{SaleId, StoreId};
use domain::mask::Masks;
use domain::pack_link::LinkHost;
use protocol::{PublicKey, SecretKey};
use tokio::sync::{Notify, broadcast, watch};
use uuid::Uuid;

use self::beside::OtherTill;
use self::printers::Printers;
use crate::bank_watch::BankWatch;
use crate::clock_watch::ClockWatch;
use crate::config::{Config, ConfigError};
use crate::db::{self, Db, carts, projection, store, streams};
use crate::disk_watch::DiskWatch;
use crate::journal::Writer;
use crate::maintenance::rebuild::{self, RebuildError};
use crate::scanner::Scanners;
use crate::sync::SyncStatus;

/// Messages to counter pages that may wait for a slow one; beyond it, it reads the whole state again.
const MESSAGES_MAX: usize = 32;
pub(crate) const DATABASE: &str = "pos.sqlite";
const LOCK: &str = "pos.lock";
const KEY: &str = "signing.key";

/// The running client; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    config: Config,
    db: Db,
    clock: Clock,
    clock_watch: ClockWatch,
    boot_id: Uuid,
    masks: Masks,
    cash_step: CashStep,
    label_host: Option<LinkHost>,
    changed: broadcast::Sender<()>,
    changes_made: AtomicI64,
    ending: watch::Sender<bool>,
    appended: Notify,
    printable: Notify,
    invoiceable: Notify,
    sync_status: std::sync::Mutex<SyncStatus>,
    drawers_asked: std::sync::Mutex<Vec<DrawerAsked>>,
    printers: Printers,
    scanners: Scanners,
    bank_watch: BankWatch,
    disk_watch: DiskWatch,
    beside: OtherTill,
    /// Held while the program runs; dropping the handle frees it.
    _lock: FolderLock,
}

/// A drawer that is to open by hand. It is kept in memory alone: after a restart nobody stands before it any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawerAsked {
    /// At which counter.
    pub counter: String,
    /// When, UTC milliseconds.
    pub asked_at_ms: i64,
}

/// Why the client does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The folder.
    #[error("the data folder {folder} cannot be used: {why}")]
    Folder {
        /// Which.
        folder: PathBuf,
        /// Why.
        why: std::io::Error,
    },
    /// Another process.
    #[error("another ocop-pos runs on {folder}: use that one, or end it first")]
    Locked {
        /// Which.
        folder: PathBuf,
    },
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The key file.
    #[error("the signing key {file} cannot be read: enrol this computer again with `ocop-pos enrol`")]
    Key {
        /// Which.
        file: PathBuf,
    },
}

impl App {
    /// Opens a data folder: takes its lock, brings the database to this version, marks interrupted prints.
    ///
    /// # Errors
    /// When another process uses the folder, or it cannot be used.
    pub async fn open(config: Config, clock: Clock) -> Result<Self, StartError> {
        let lock = lock(&config)?;
        Self::open_locked(config, clock, lock).await
    }

    /// Opens a data folder whose lock the caller took.
    pub(crate) async fn open_locked(
        config: Config,
        clock: Clock,
        lock: FolderLock,
    ) -> Result<Self, StartError> {
        let masks = config.masks()?;
        let cash_step = config.cash_step()?;
        let label_host = config.own_host()?;
        let db = Db::open(&config.data_dir.join(DATABASE)).await?;
        let printers = Printers::load(db.read()).await?;
        let clock_watch = ClockWatch::new(&clock, streams::find_written_ms(db.read()).await?);
        let app = Self(Arc::new(Inner {
            masks,
            cash_step,
            label_host,
            db,
            boot_id: clock.new_uuid(),
            clock_watch,
            clock,
            changed: broadcast::channel(MESSAGES_MAX).0,
            changes_made: AtomicI64::new(0),
            ending: watch::channel(false).0,
            appended: Notify::new(),
            printable: Notify::new(),
            invoiceable: Notify::new(),
            sync_status: std::sync::Mutex::default(),
            drawers_asked: std::sync::Mutex::default(),
            printers,
            scanners: Scanners::default(),
            bank_watch: BankWatch::default(),
            disk_watch: DiskWatch::default(),
            beside: OtherTill::default(),
            config,
            _lock: lock,
        }));
        app.refold().await?;
        crate::printing::mark_interrupted(&app).await?;
        app.renew_empty_carts().await?;
        Ok(app)
    }

    /// Folds the journal anew where a migration asks for it. A journal that cannot be folded stays as it is and is sold on:
    /// `verify` names the damage.
    async fn refold(&self) -> db::Result<()> {
        if projection::is_refold_due(self.db()).await? {
            match rebuild::rebuild(self).await {
                Ok(entries) => tracing::info!(entries, "the journal was folded anew for this version"),
                Err(RebuildError::Database(error)) => return Err(error),
                Err(error) => tracing::error!(%error, "the journal could not be folded anew"),
            }
        }
        Ok(())
    }

    async fn renew_empty_carts(&self) -> db::Result<()> {
        let mut tx = self.db().begin().await?;
        carts::renew_empty(&mut tx, || SaleId::from_uuid(self.clock().new_uuid())).await?;
        Ok(tx.commit().await?)
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// Time and randomness.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Whether that time is plainly wrong.
    pub fn clock_watch(&self) -> &ClockWatch {
        &self.0.clock_watch
    }

    /// Changes with every start of the program.
    pub fn boot_id(&self) -> Uuid {
        self.0.boot_id
    }

    /// What is known of the scanners at serial ports.
    pub fn scanners(&self) -> &Scanners {
        &self.0.scanners
    }

    /// How much room is left on the disk.
    pub fn disk_watch(&self) -> &DiskWatch {
        &self.0.disk_watch
    }

    /// What counters wait for from the bank.
    pub fn bank_watch(&self) -> &BankWatch {
        &self.0.bank_watch
    }

    /// Layouts of in-store codes.
    pub fn masks(&self) -> &Masks {
        &self.0.masks
    }

    /// Returns to what a payment in cash is rounded.
    pub fn cash_step(&self) -> CashStep {
        self.0.cash_step
    }

    /// The host of the shop's own links.
    pub fn label_host(&self) -> Option<&LinkHost> {
        self.0.label_host.as_ref()
    }

    /// Who writes the journal.
    ///
    /// # Errors
    /// When the database does not answer; `None` before enrolment.
    pub async fn writer(&self) -> db::Result<Option<Writer>> {
        let store = store::find_store(self.db().read()).await?;
        Ok(store.map(|store| self.writer_of(store.store_id)))
    }

    /// Returns who writes the journal of the store that the caller has read.
    pub(crate) fn writer_of(&self, store_id: StoreId) -> Writer {
        Writer { store_id, boot_id: self.0.boot_id, clock: self.0.clock.clone() }
    }

    /// Returns the signing key of the current stream, or `None` before enrolment.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn signing_key(&self) -> Result<Option<SecretKey>, StartError> {
        read_key(self.key_file())
    }

    /// Returns the kept signing key of a former stream of this computer, or `None` when it is not here.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn former_key(&self, public: &PublicKey) -> Result<Option<SecretKey>, StartError> {
        Ok(read_key(self.former_key_file(public))?.filter(|key| key.public() == *public))
    }

    fn former_key_file(&self, public: &PublicKey) -> PathBuf {
        self.0.config.key_dir().join(format!("signing-{}.key", public.fingerprint()))
    }

    /// Stores a signing key, readable by this program's user alone. A former key is kept under another name: entries
    /// that it signed may still be on their way.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn store_signing_key(&self, key: &SecretKey) -> Result<(), StartError> {
        let folder = self.0.config.key_dir();
        let wrong = |why| StartError::Folder { folder: folder.clone(), why };
        std::fs::create_dir_all(&folder).map_err(wrong)?;
        private(&folder).map_err(wrong)?;
        let file = self.key_file();
        if let Some(former) = self.signing_key()? {
            std::fs::rename(&file, self.former_key_file(&former.public())).map_err(wrong)?;
        }
        let temporary = folder.join("signing.new");
        std::fs::write(&temporary, hex::encode(key.to_bytes())).map_err(wrong)?;
        private(&temporary).map_err(wrong)?;
        File::open(&temporary).and_then(|file| file.sync_all()).map_err(wrong)?;
        std::fs::rename(&temporary, &file).map_err(wrong)
    }

    fn key_file(&self) -> PathBuf {
        self.0.config.key_dir().join(KEY)
    }

    /// Tells every page that something changed; each reads the whole state.
    pub fn tell_changed(&self) {
        self.0.changes_made.fetch_add(1, Ordering::SeqCst);
        // Nobody listening is fine.
        let _ = self.0.changed.send(());
    }

    /// Returns what [`Self::tell_changed`] tells.
    pub fn changes(&self) -> broadcast::Receiver<()> {
        self.0.changed.subscribe()
    }

    /// Returns how often something changed since the start. Read before a state is loaded, it numbers that state: of two
    /// states, the one with the higher number is never the older one.
    pub fn changes_made(&self) -> i64 {
        self.0.changes_made.load(Ordering::SeqCst)
    }

    /// Tells the streams of open pages that the program ends: it waits for them.
    pub fn tell_ending(&self) {
        self.0.ending.send_replace(true);
    }

    /// Waits until the program ends.
    pub async fn ending(&self) {
        // The sender lives as long as this.
        let _ = self.0.ending.subscribe().wait_for(|ending| *ending).await;
    }

    /// Wakes the sync worker: an entry was written.
    pub fn tell_appended(&self) {
        self.0.appended.notify_one();
    }

    /// Waits until an entry is written.
    pub async fn appended(&self) {
        self.0.appended.notified().await;
    }

    /// Wakes the print worker: a paper was asked for.
    pub fn tell_printable(&self) {
        self.0.printable.notify_one();
    }

    /// Waits until a paper is asked for.
    pub async fn printable(&self) {
        self.0.printable.notified().await;
    }

    /// Asks the print worker to open a counter's drawer, at once or never.
    pub fn ask_drawer(&self, counter: &str) {
        let asked = DrawerAsked { counter: counter.to_owned(), asked_at_ms: self.clock().now_ms() };
        self.0.drawers_asked.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(asked);
        self.tell_printable();
    }

    /// Returns which drawers are to open; each is told once.
    pub fn take_drawers(&self) -> Vec<DrawerAsked> {
        std::mem::take(&mut *self.0.drawers_asked.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Wakes the worker of invoices: one was written, or asked for.
    pub fn tell_invoiceable(&self) {
        self.0.invoiceable.notify_one();
    }

    /// Waits until an invoice is written or asked for.
    pub async fn invoiceable(&self) {
        self.0.invoiceable.notified().await;
    }

    /// Returns how the sync stands.
    pub fn sync_status(&self) -> SyncStatus {
        self.0.sync_status.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Stores how the sync stands, and tells the pages when it changed.
    pub fn set_sync_status(&self, status: SyncStatus) {
        let mut current = self.0.sync_status.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let changed = *current != status;
        *current = status;
        drop(current);
        if changed {
            self.tell_changed();
        }
    }
}

fn read_key(file: PathBuf) -> Result<Option<SecretKey>, StartError> {
    let text = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(_) => return Err(StartError::Key { file }),
    };
    let mut bytes = [0; 32];
    hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| StartError::Key { file })?;
    Ok(Some(SecretKey::from_bytes(&bytes)))
}

/// The data folder, held for one process until this is dropped.
#[derive(Debug)]
pub(crate) struct FolderLock(File);

impl Drop for FolderLock {
    /// Lets go by name: a child that is just starting shares the open file, and would hold it by having it.
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "the data folder's lock goes only with this process");
        }
    }
}

/// Takes the data folder, which is made if need be, for this process; held until the answer is dropped.
pub(crate) fn lock(config: &Config) -> Result<FolderLock, StartError> {
    let folder = config.data_dir.clone();
    let wrong = |why| StartError::Folder { folder: folder.clone(), why };
    std::fs::create_dir_all(&folder).map_err(wrong)?;
    private(&folder).map_err(wrong)?;
    let lock = File::create(folder.join(LOCK)).map_err(wrong)?;
    match lock.try_lock() {
        Ok(()) => Ok(FolderLock(lock)),
        Err(TryLockError::WouldBlock) => Err(StartError::Locked { folder }),
        Err(TryLockError::Error(why)) => Err(wrong(why)),
    }
}

/// Lets nobody but this program's user read a file or folder.
#[cfg(unix)]
fn private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = if path.is_dir() { 0o700 } else { 0o600 };
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

/// The folder's own access list holds elsewhere.
#[cfg(not(unix))]
fn private(_path: &Path) -> std::io::Result<()> {
    Ok(())
}
