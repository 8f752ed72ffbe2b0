//! Practising: a till beside the real one, with the shop's people, goods and prices, a folder, a journal and numbers of its
//! own. Nothing of it leaves the shop: its journal is never made known to central, it makes no e-invoice, shows no bank
//! account, opens no drawer and prints nothing; its receipts are looked at on the screen.

use std::collections::BTreeMap;

use domain::ids::StoreId;
use protocol::wire::StoreRow;

use crate::App;
use crate::app::{self, DATABASE, StartError};
use crate::config::{Config, InvoicesConfig, LabelsConfig};
use crate::db::store::{self, Store};
use crate::db::{self, streams, training};
use crate::sync::SyncStatus;
use crate::sync::enrol::{EnrolError, begin_stream};

/// The folder inside the data folder.
const FOLDER: &str = "training";
/// Receipt numbers begin with it.
const CODE: &str = "TAP";
/// First line of every paper, in place of the shop's title.
pub const TITLE: &str = "TẬP BÁN HÀNG - KHÔNG BÁN THẬT";
/// Its last line.
const FOOTER: &str = "Giấy này không có giá trị.";

/// Why nobody can practise.
#[derive(Debug, thiserror::Error)]
pub enum TrainingError {
    /// The folder.
    #[error(transparent)]
    Start(#[from] StartError),
    /// One of the databases.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// Its journal.
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    /// Its port.
    #[error(transparent)]
    Port(#[from] std::io::Error),
}

/// Opens the till for practising of a shop, with the catalogue as it stands there now; [`catch_up`] copies what comes later.
/// Returns `None` before enrolment: there is nothing to sell yet.
///
/// # Errors
/// When the folder or a database cannot be used.
pub async fn open(shop: &App) -> Result<Option<App>, TrainingError> {
    let Some(identity) = store::find_store(shop.db().read()).await? else { return Ok(None) };
    let config = config(shop.config());
    let lock = app::lock(&config)?;
    let training = App::open_locked(config, shop.clock().clone(), lock).await?;
    training.set_beside(shop);
    catch_up(&training).await?;
    begin_journal(&training, identity).await?;
    training.set_sync_status(SyncStatus::Training);
    Ok(Some(training))
}

/// Copies people, goods, prices and settings of the shop anew into the till for practising, when anything was written there
/// since the last time; what was practised stays. Any other till stays as it is.
///
/// # Errors
/// When one of the databases does not answer; then what is missing is copied at the next sign-in.
pub async fn catch_up(app: &App) -> db::Result<()> {
    let Some(shop) = app.beside().filter(|_| app.config().is_training()) else { return Ok(()) };
    let written = training::count_written(shop.db()).await?;
    if app.copied() == Some(written) {
        return Ok(());
    }
    training::copy_catalogue(app.db(), &shop.config().data_dir.join(DATABASE)).await?;
    if let Some(settings) = store::find_settings(shop.db().read()).await? {
        let corrupt = |_| db::Error::Corrupt { table: "store_settings", column: "body" };
        let body = serde_json::to_string(&marked(settings)).map_err(corrupt)?;
        let mut tx = app.db().begin().await?;
        store::replace_settings(&mut tx, &body).await?;
        tx.commit().await?;
    }
    app.set_copied(written);
    app.tell_changed();
    Ok(())
}

/// Returns the settings of the till: the shop's, without anything that reaches outside of it.
fn config(shop: &Config) -> Config {
    Config {
        data_dir: shop.data_dir.join(FOLDER),
        key_dir: None,
        listen: shop.training_listen.unwrap_or(shop.listen),
        training_listen: None,
        training_of: Some(shop.listen),
        central_url: String::new(),
        printer: String::new(),
        printers: BTreeMap::new(),
        labels: LabelsConfig { printer: String::new(), ..shop.labels.clone() },
        banner: String::new(),
        invoices: InvoicesConfig::default(),
        ..shop.clone()
    }
}

/// Begins the journal of the till for practising, once.
async fn begin_journal(training: &App, shop: Store) -> Result<(), TrainingError> {
    if streams::list_streams(training.db().read()).await?.is_empty() {
        let store_id = StoreId::from_uuid(training.clock().new_uuid());
        let mut tx = training.db().begin().await?;
        let identity = Store { store_id, code: CODE.to_owned(), central_url: String::new(), ..shop };
        store::insert_store(&mut tx, &identity).await?;
        tx.commit().await.map_err(db::Error::from)?;
        begin_stream(training, store_id, "new").await?;
    }
    Ok(())
}

/// Every paper says what it is; no buyer can pay into an account, and no tax authority hears of it.
fn marked(settings: StoreRow) -> StoreRow {
    StoreRow {
        code: CODE.to_owned(),
        receipt_title: TITLE.to_owned(),
        receipt_footer: FOOTER.to_owned(),
        bank_bin: String::new(),
        bank_account: String::new(),
        invoice: None,
        ..settings
    }
}
