//! What a durable checkout costs against one bare `fdatasync` in the same folder and run: the sale path may not do much
//! more than wait for the disk once. Goal: at most 1.3 times.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints its table and fails loudly")]
#![expect(clippy::disallowed_methods, reason = "a bench measures real time")]

use std::io::Write;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use domain::Money;
use domain::ids::SaleId;
use domain::tender::{Tender, TenderKind};
use pos::counter::{Note, Request, finish, scan};
use testkit::store::TestStore;
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

const SALES: usize = 300;
const GOAL: f64 = 1.3;

#[tokio::main]
async fn main() {
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Statements)).unwrap();
    let store = TestStore::new().await;
    let (scanned, sold) = count(&store).await;
    let mut sales = Vec::with_capacity(SALES);
    let mut bare = Vec::with_capacity(SALES);
    for number in 0..SALES {
        let state = store.scan(if number % 2 == 0 { "8938500000010" } else { "8938500000027" }).await;
        let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(state.sale_id) };
        let tenders = vec![Tender { kind: TenderKind::Cash, amount: Money::new(state.payable_vnd) }];
        let began = Instant::now();
        let done = finish::finish(&store.app, &store.seat, &request, tenders).await.unwrap();
        sales.push(began.elapsed());
        assert!(matches!(done.note, Note::Sold { .. }));
        // In turn with the sales, so that a disk that slows down slows both.
        bare.push(bare_sync(store.folder()));
    }
    let (sale, sync) = (median(&mut sales), median(&mut bare));
    let ratio = sale.as_secs_f64() / sync.as_secs_f64();
    let verdict = if ratio <= GOAL { "holds" } else { "MISSED" };
    println!("| durable checkout, p50 | {sale:.2?} |");
    println!("| bare fdatasync of 4 KiB, p50 | {sync:.2?} |");
    println!("| ratio (goal ≤ {GOAL}) | {ratio:.2} {verdict} |");
    println!("| questions to the database: a scan, a checkout | {scanned}, {sold} |");
    println!("| checkout, p99 | {:.2?} |", sales[SALES * 99 / 100]);
}

/// Appends a page to a file and waits for the disk.
fn bare_sync(folder: &Path) -> Duration {
    let mut file = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("bare")).unwrap();
    let began = Instant::now();
    file.write_all(&[7; 4096]).unwrap();
    file.sync_data().unwrap();
    began.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Counts what an action asks the database, beside beginning and committing; sqlx tells of each statement.
struct Statements;

static COUNTS: AtomicBool = AtomicBool::new(false);
static SEEN: AtomicUsize = AtomicUsize::new(0);

impl<S: Subscriber> Layer<S> for Statements {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query" && COUNTS.load(Ordering::SeqCst)
    }

    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        SEEN.fetch_add(1, Ordering::SeqCst);
    }
}

/// Returns the statements of a scan and of a checkout.
async fn count(store: &TestStore) -> (usize, usize) {
    store.scan("8938500000010").await;
    let request = store.request().await;
    COUNTS.store(true, Ordering::SeqCst);
    let state = scan::scan(&store.app, &store.seat, &request, "8938500000027").await.unwrap();
    let scanned = SEEN.swap(0, Ordering::SeqCst);
    let request = Request { op_id: store.op(), ..request };
    let tenders = vec![Tender { kind: TenderKind::Cash, amount: Money::new(state.payable_vnd) }];
    let done = finish::finish(&store.app, &store.seat, &request, tenders).await.unwrap();
    assert!(matches!(done.note, Note::Sold { .. }));
    COUNTS.store(false, Ordering::SeqCst);
    (scanned, SEEN.swap(0, Ordering::SeqCst))
}
