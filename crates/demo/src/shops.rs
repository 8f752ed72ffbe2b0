//! Plays the stores: enrolment, the first catalogue, ninety days, then their doors stay open.

use std::path::Path;
use std::sync::Arc;

use central::admin::Admin;
use clock::Clock;
use domain::ids::{ProducerId, StoreId};
use pos::config::LabelsConfig;
use pos::db::{cashiers, products, shifts};
use pos::sync::{Next, Session, enrol::enrol};
use pos::{App, Config};
use time::{Date, Duration};

use crate::department::Shop;
use crate::goods::Goods;
use crate::history::{COUNTER, DAYS, Historian, Stocked, day_start_ms};
use crate::history_clock::HistoryClock;
use crate::random::Random;

/// An open store.
pub(crate) struct OpenShop {
    /// Its client.
    pub(crate) app: App,
    /// Its clock.
    pub(crate) clock: Arc<HistoryClock>,
}

/// Opens the folder of a store; its clock begins before history does.
///
/// # Errors
/// When the folder cannot be used.
pub(crate) async fn open(
    folder: &Path,
    shop: &Shop,
    central_url: &str,
    today: Date,
) -> anyhow::Result<OpenShop> {
    let clock = HistoryClock::new(day_start_ms(today - Duration::days(DAYS + 30)));
    let home = folder.join(shop.code.to_lowercase());
    let config = Config {
        printer: format!("file:{}", home.join("paper").display()),
        labels: LabelsConfig {
            printer: format!("file:{}", home.join("labels").display()),
            ..LabelsConfig::default()
        },
        printers: [(COUNTER.to_owned(), String::new())].into(),
        data_dir: home,
        listen: ([127, 0, 0, 1], shop.port).into(),
        training_listen: Some(([127, 0, 0, 1], shop.port + 100).into()),
        central_url: central_url.to_owned(),
        banner: "Dữ liệu minh họa".to_owned(),
        ..Config::default()
    };
    std::fs::create_dir_all(config.data_dir.join("paper"))?;
    if !config.data_dir.join("pos.sqlite").exists() {
        // A store that is new to the journal is new on the morning of its history.
        clock.tell(day_start_ms(today - Duration::days(DAYS)) + 6 * 3_600_000);
    }
    let app = App::open(config, Clock::new(Arc::clone(&clock) as Arc<_>)).await?;
    Ok(OpenShop { app, clock })
}

/// Enrols a store with a code of the administrator's, who approves it at once, and pulls the first catalogue.
///
/// # Errors
/// When central refuses; a bug of ours.
pub(crate) async fn enrol_and_approve(
    shop: &OpenShop,
    central: &central::App,
    store_id: StoreId,
) -> anyhow::Result<()> {
    let admin = Admin::new(central, "demo");
    let code = admin.issue_code(store_id).await?;
    let fingerprint = enrol(&shop.app, &code, "may-minh-hoa").await?;
    admin.approve(&fingerprint).await?;
    bring_to_central(&shop.app).await
}

/// Syncs until nothing waits.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn bring_to_central(app: &App) -> anyhow::Result<()> {
    let mut session = Session::begin(app).await?.ok_or_else(|| anyhow::anyhow!("the store is enrolled"))?;
    while session.step(app).await? == Next::Again {}
    Ok(())
}

/// Makes what is missing of so many days before today; returns how many sales were made.
///
/// # Errors
/// When the store refuses something; a bug of ours.
pub(crate) async fn make_history(
    shop: &OpenShop,
    code: &str,
    goods: &[Goods],
    (today, days): (Date, i64),
) -> anyhow::Result<usize> {
    let last = shifts::find_last_date(shop.app.db().read(), COUNTER).await?;
    let from = last.map_or(today - Duration::days(days), |last| last + Duration::days(1));
    let yesterday = today - Duration::days(1);
    if from > yesterday {
        return Ok(0);
    }
    let first = cashiers::list_active(shop.app.db().read()).await?.into_iter().find(|one| !one.is_manager());
    let cashier = first.ok_or_else(|| anyhow::anyhow!("the store has a cashier"))?;
    let seed = code.bytes().fold(2_026, |seed, byte| seed * 31 + u64::from(byte));
    let mut historian = Historian {
        app: shop.app.clone(),
        clock: Arc::clone(&shop.clock),
        stocked: stocked(shop, code, goods).await?,
        code: code.to_owned(),
        today,
        cashier: (cashier.cashier_id.into(), cashier.name),
        random: Random::new(seed + u64::from(from.ordinal())),
    };
    historian.make(from, yesterday).await
}

/// What a store sells: nearly everything, goods of its own island or town three times as often.
async fn stocked(shop: &OpenShop, code: &str, goods: &[Goods]) -> anyhow::Result<Vec<Stocked>> {
    let mut all = Vec::new();
    for (index, one) in goods.iter().enumerate() {
        if index % 5 == code.len() + usize::from(code.starts_with('L')) {
            continue;
        }
        let mut reader = shop.app.db().read().acquire().await?;
        let Some(product_id) = products::find_by_code(&mut reader, &one.barcode).await? else { continue };
        let offer =
            products::load_offer(&mut reader, product_id, time::macros::date!(2026 - 01 - 01)).await?;
        let near = one.commune.contains(if code == "LS" { "Lý Sơn" } else { "Quảng Ngãi" });
        let cheap = u64::try_from(600_000 / one.price_vnd.max(20_000)).unwrap_or(1).clamp(1, 20);
        let producer_id: Option<ProducerId> = offer.producer_id.filter(|_| one.consigned);
        let weight = cheap * if near { 3 } else { 1 } + 4;
        all.push(Stocked { product_id, goods: one.clone(), producer_id, weight });
    }
    Ok(all)
}
