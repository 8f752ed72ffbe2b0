//! Asking central what banks told: every two seconds while a VietQR is on show, seldom for transfers that buyers only
//! claimed. A worker of its own, so that it waits neither for a long batch nor a sale for it.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::Money;
use domain::ids::SaleId;
use domain::payment_reference::PaymentReference;
use protocol::SecretKey;
use protocol::wire::{BankNoticeRow, REFERENCES_MAX, ReadProof};

use super::client::{Client, ClientError};
use super::session::SyncError;
use crate::App;
use crate::bank_watch::{Code, Shown};
use crate::counter::{CounterError, bank_notice};
use crate::db::store::{self, Store};
use crate::db::streams::{self, Stream};
use crate::db::{self, bank_notices};

/// How often a VietQR on show is asked for.
const SHOWN_EVERY_MS: i64 = 2_000;
/// So long it is asked for so often: a panel that somebody forgot is not.
const SHOWN_FRESH_MS: i64 = 10 * 60_000;
/// How often a forgotten one is asked for.
const SHOWN_OLD_EVERY_MS: i64 = 30_000;
/// When a new claim is asked for the second time; each time that brings nothing doubles it.
const CLAIMED_FIRST_MS: i64 = 10_000;
/// How often old claims are asked for.
const CLAIMED_LAST_MS: i64 = 10 * 60_000;
/// The newest claims are asked for; older ones are for the bank's file.
const CLAIMED_MOST: i64 = 200;
/// So long codes that left the screen are asked for, with the claims: money that comes late belongs to somebody.
const UNHEARD_FOR_MS: i64 = 2 * 60 * 60_000;
/// The newest of them.
const UNHEARD_MOST: i64 = 40;
/// The longest wait while central does not answer.
const FAILED_MOST_MS: i64 = 60_000;

/// Why a question failed.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// On the way to central.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// Central does not answer, refuses, or the answer is not central's.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// In keeping what it told.
    #[error(transparent)]
    Counter(#[from] CounterError),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Asks in the name of the current stream.
pub struct Asker {
    stream: Stream,
    store: Store,
    key: SecretKey,
    client: Client,
}

impl Asker {
    /// Begins with the current stream, or returns `None` while there is none that central knows.
    ///
    /// # Errors
    /// When the database does not answer or the key cannot be read.
    pub async fn begin(app: &App) -> Result<Option<Self>, AskError> {
        let mut reader = app.db().read().acquire().await.map_err(db::Error::from)?;
        let Some(stream) = streams::find_current(&mut reader).await?.filter(|stream| stream.registered)
        else {
            return Ok(None);
        };
        let store = store::find_store(app.db().read()).await?;
        let (Some(store), Some(key)) = (store, app.signing_key().map_err(SyncError::from)?) else {
            return Ok(None);
        };
        let client = Client::new(&store.central_url)?;
        Ok(Some(Self { stream, store, key, client }))
    }

    /// Asks for sales, and keeps what was told; returns whether anything was new. Only what central signed for this very
    /// question counts.
    ///
    /// # Errors
    /// When central does not answer or the database does not keep it.
    pub async fn ask(&self, app: &App, sales: &[SaleId]) -> Result<bool, AskError> {
        let mut is_new = false;
        for some in sales.chunks(REFERENCES_MAX) {
            let by_reference: BTreeMap<PaymentReference, SaleId> =
                some.iter().map(|sale_id| (PaymentReference::of(*sale_id), *sale_id)).collect();
            for (sale_id, rows) in self.told(app, &by_reference).await? {
                is_new |= bank_notice::hear(app, sale_id, &rows).await?;
            }
        }
        Ok(is_new)
    }

    async fn told(
        &self,
        app: &App,
        asked: &BTreeMap<PaymentReference, SaleId>,
    ) -> Result<BTreeMap<SaleId, Vec<BankNoticeRow>>, AskError> {
        let references: Vec<&str> = asked.keys().map(PaymentReference::as_str).collect();
        let path = format!("/sync/v1/bank-notices?references={}", references.join(","));
        let stream = self.stream.stream;
        let proof = ReadProof::sign(&self.key, &path, stream, app.clock().now_ms());
        let answer = self.client.bank_notices(&path, &proof).await?;
        if answer.verify(&self.store.central_key, &path, stream).is_err() {
            return Err(ClientError::NoAnswer("the answer is not signed by central".to_owned()).into());
        }
        let mut told: BTreeMap<SaleId, Vec<BankNoticeRow>> = BTreeMap::new();
        for row in answer.notices {
            let reference = PaymentReference::parse(&row.reference);
            if let Some(sale_id) = reference.and_then(|reference| asked.get(&reference)) {
                told.entry(*sale_id).or_default().push(row);
            }
        }
        Ok(told)
    }
}

/// Asks until the program ends.
pub async fn run(app: App) {
    if let Err(error) = show_again(&app).await {
        tracing::error!(%error, "the codes on show cannot be looked up");
    }
    let (mut asker, mut pace) = (None, Pace::default());
    loop {
        let now_ms = app.clock().monotonic_ms();
        if app.bank_watch().take_claimed() {
            pace.begin_anew(now_ms);
        }
        let with_claims = pace.is_time_for_claims(now_ms);
        let outcome = round(&app, &mut asker, with_claims).await;
        if let Err(error) = &outcome {
            tracing::info!(%error, "what the bank told could not be asked");
            asker = None;
        }
        pace.after(now_ms, with_claims, outcome.ok());
        let wait_ms = pace.wait_ms(app.clock().monotonic_ms(), &app.bank_watch().all_shown());
        let wait = Duration::from_millis(u64::try_from(wait_ms).unwrap_or(1_000));
        tokio::select! {
            () = app.bank_watch().changed() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// After a restart the codes that were on show a moment ago still are.
async fn show_again(app: &App) -> Result<(), AskError> {
    let since_ms = app.clock().now_ms() - SHOWN_FRESH_MS;
    for row in bank_notices::list_on_show(app.db().read(), since_ms).await? {
        let (sale_id, amount) = (row.sale_id.into(), Money::new(row.amount_vnd));
        let code = Code { sale_id, amount, is_deposit: false };
        app.bank_watch().show(&row.counter, Some(code), app.clock().monotonic_ms());
    }
    Ok(())
}

/// Asks once for all that is waited for; without anything central hears nothing. Returns whether anything was new.
///
/// # Errors
/// As [`Asker::ask`].
pub async fn round(app: &App, asker: &mut Option<Asker>, with_claims: bool) -> Result<bool, AskError> {
    let mut sales: Vec<SaleId> =
        app.bank_watch().all_shown().iter().map(|shown| shown.code.sale_id).collect();
    if with_claims {
        bank_notice::settle_all(app).await?;
        let claimed = bank_notices::list_claimed(app.db().read(), CLAIMED_MOST).await?;
        let since_ms = app.clock().now_ms() - UNHEARD_FOR_MS;
        let unheard = bank_notices::list_unheard(app.db().read(), since_ms, UNHEARD_MOST).await?;
        sales.extend(claimed.into_iter().chain(unheard).map(SaleId::from_uuid));
        sales.sort_unstable();
        sales.dedup();
    }
    if sales.is_empty() {
        return Ok(false);
    }
    let mut reader = app.db().read().acquire().await.map_err(db::Error::from)?;
    let current = streams::find_current(&mut reader).await?.map(|stream| stream.stream);
    drop(reader);
    if asker.as_ref().map(|asker| asker.stream.stream) != current {
        *asker = Asker::begin(app).await?;
    }
    match asker {
        Some(asker) => asker.ask(app, &sales).await,
        None => Ok(false),
    }
}

/// When to ask next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Pace {
    failures: u32,
    claims_wait_ms: i64,
    claims_at_ms: i64,
}

impl Pace {
    /// There is a new claim: at once, then as after the first.
    const fn begin_anew(&mut self, now_ms: i64) {
        self.claims_wait_ms = 0;
        self.claims_at_ms = now_ms;
    }

    const fn is_time_for_claims(&self, now_ms: i64) -> bool {
        now_ms >= self.claims_at_ms
    }

    /// `is_new` is what a round brought, or `None` when it failed.
    fn after(&mut self, now_ms: i64, with_claims: bool, is_new: Option<bool>) {
        let Some(is_new) = is_new else {
            self.failures = self.failures.saturating_add(1);
            return;
        };
        self.failures = 0;
        if with_claims {
            let doubled = self.claims_wait_ms.saturating_mul(2);
            let next = if is_new { CLAIMED_FIRST_MS } else { doubled };
            self.claims_wait_ms = next.clamp(CLAIMED_FIRST_MS, CLAIMED_LAST_MS);
            self.claims_at_ms = now_ms + self.claims_wait_ms;
        }
    }

    fn wait_ms(&self, now_ms: i64, shown: &[Shown]) -> i64 {
        if self.failures > 0 {
            let doubled = SHOWN_EVERY_MS.saturating_mul(1 << (self.failures - 1).min(10));
            return doubled.min(FAILED_MOST_MS);
        }
        let every = |shown: &Shown| {
            let is_fresh = now_ms - shown.since_ms < SHOWN_FRESH_MS;
            if is_fresh { SHOWN_EVERY_MS } else { SHOWN_OLD_EVERY_MS }
        };
        let for_claims = (self.claims_at_ms - now_ms).max(0);
        shown.iter().map(every).min().unwrap_or(CLAIMED_LAST_MS).min(for_claims)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn shown(since_ms: i64) -> [Shown; 1] {
        let sale_id = SaleId::from_uuid(Uuid::nil());
        [Shown { code: Code { sale_id, amount: Money::new(1), is_deposit: false }, since_ms }]
    }

    #[test]
    fn a_code_on_show_is_asked_for_often_until_it_is_forgotten() {
        let mut pace = Pace::default();
        pace.after(0, true, Some(false));
        assert_eq!(pace.wait_ms(0, &[]), CLAIMED_FIRST_MS);
        assert_eq!(pace.wait_ms(0, &shown(0)), SHOWN_EVERY_MS);
        pace.claims_at_ms = i64::MAX / 2;
        assert_eq!(pace.wait_ms(SHOWN_FRESH_MS, &shown(0)), SHOWN_OLD_EVERY_MS);
    }

    #[test]
    fn claims_are_asked_for_less_and_less_until_there_is_a_new_one() {
        let mut pace = Pace::default();
        let mut waits = Vec::new();
        let mut now_ms = 0;
        for _ in 0..9 {
            assert!(pace.is_time_for_claims(now_ms));
            pace.after(now_ms, true, Some(false));
            waits.push(pace.claims_wait_ms / 1_000);
            assert!(!pace.is_time_for_claims(pace.claims_at_ms - 1));
            now_ms = pace.claims_at_ms;
        }
        assert_eq!(waits, [10, 20, 40, 80, 160, 320, 600, 600, 600]);
        pace.begin_anew(now_ms);
        assert!(pace.is_time_for_claims(now_ms));
        pace.after(now_ms, true, Some(true));
        assert_eq!(pace.claims_wait_ms, CLAIMED_FIRST_MS);
        pace.after(now_ms, false, Some(true));
        assert_eq!(pace.claims_wait_ms, CLAIMED_FIRST_MS, "codes on show do not hurry claims");
    }

    #[test]
    fn a_central_that_does_not_answer_is_left_alone_for_a_while() {
        let mut pace = Pace::default();
        let waits: Vec<i64> = (0..8)
            .map(|_| {
                pace.after(0, true, None);
                pace.wait_ms(0, &shown(0)) / 1_000
            })
            .collect();
        assert_eq!(waits, [2, 4, 8, 16, 32, 60, 60, 60]);
        pace.after(0, true, Some(false));
        assert_eq!(pace.wait_ms(0, &shown(0)), SHOWN_EVERY_MS);
    }
}
