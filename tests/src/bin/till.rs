//! A till as a process of its own, for tests that kill it: `till FOLDER SALES` opens a store's folder and sells.
//!
//! It prints a line for everything that a cashier would see, when she would see it; whoever reads the lines knows
//! what she was promised, whatever then happens to the process.
#![expect(clippy::print_stdout, clippy::expect_used, reason = "a test reads what it says")]

use std::path::PathBuf;
use std::sync::Arc;

use clock::{Clock, Source};
use domain::Money;
use domain::ids::{CashierId, SaleId};
use domain::tender::{Tender, TenderKind};
use pos::app::StartError;
use pos::counter::{self, CounterError, CounterState, Note, Request, Seat};
use pos::db::Error;
use pos::journal::JournalError;
use pos::{App, Config};
use testkit::catalogue::id_of;
use testkit::clock::MORNING_MS;
use testkit::world::{FISH_SAUCE, GARLIC};

/// How often a cashier tries again what was refused.
const TRIES_MAX: usize = 3;
const HALF_A_DAY_MS: i64 = 12 * 60 * 60 * 1_000;

/// The machine's clock, on the day of the shift that the folder holds: nothing is sold for a day that is over.
struct OnItsDay(Clock);

impl Source for OnItsDay {
    fn now_ms(&self) -> i64 {
        MORNING_MS + self.0.now_ms().rem_euclid(HALF_A_DAY_MS)
    }

    fn monotonic_ms(&self) -> i64 {
        self.0.monotonic_ms()
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let data_dir = PathBuf::from(arguments.next().expect("a folder"));
    let sales: usize = arguments.next().expect("how many sales").parse().expect("a number");
    let clock = Clock::new(Arc::new(OnItsDay(Clock::system())));
    match App::open(Config { data_dir, ..Config::default() }, clock).await {
        Ok(app) => {
            if let Err(error) = sell(&app, sales).await {
                println!("stopped {}", kind(&error));
            }
            app.db().close().await;
        }
        Err(StartError::Database(error)) => println!("stopped {}", kind_of(&error)),
        Err(error) => println!("stopped {error}"),
    }
}

async fn sell(app: &App, sales: usize) -> counter::Result<()> {
    let seat = Seat {
        counter: "Quầy 1".to_owned(),
        cashier_id: CashierId::from_uuid(id_of("Nguyễn Thị Hường")),
        cashier: "Nguyễn Thị Hường".to_owned(),
        manager: false,
    };
    let mut shown = counter::state::load(app, &seat, Note::Ready, None).await?;
    println!("cart {} {}", shown.sale_id, shown.lines.len());
    for _ in 0..sales {
        // The first cart may be one that an earlier run left open.
        for code in [GARLIC, FISH_SAUCE].into_iter().skip(shown.lines.len()) {
            let scan = async |request: Request| counter::scan::scan(app, &seat, &request, code).await;
            shown = tried(app, &shown, scan).await?;
            println!("cart {} {}", shown.sale_id, shown.lines.len());
        }
        let pay = async |request: Request| {
            let tendered = vec![Tender { kind: TenderKind::Cash, amount: Money::new(500_000) }];
            counter::finish::finish(app, &seat, &request, tendered).await
        };
        let sale_id = shown.sale_id;
        shown = tried(app, &shown, pay).await?;
        match &shown.note {
            Note::Sold { receipt, .. } => println!("sold {sale_id} {receipt}"),
            note => println!("told {note:?}"),
        }
        println!("cart {} {}", shown.sale_id, shown.lines.len());
    }
    Ok(())
}

/// Does something, and again when it was refused.
async fn tried(
    app: &App,
    shown: &CounterState,
    act: impl AsyncFn(Request) -> counter::Result<CounterState>,
) -> counter::Result<CounterState> {
    let mut tries = 0;
    loop {
        let op_id = app.clock().random_token();
        match act(Request { op_id, sale_id: SaleId::from_uuid(shown.sale_id) }).await {
            Err(error) if tries < TRIES_MAX => println!("refused {}", kind(&error)),
            result => return result,
        }
        tries += 1;
    }
}

/// Names an error by its type: what a page would choose its sentence by.
fn kind(error: &CounterError) -> String {
    match error {
        CounterError::Database(error) | CounterError::Journal(JournalError::Database(error)) => {
            kind_of(error)
        }
        other => format!("other: {other}"),
    }
}

fn kind_of(error: &Error) -> String {
    match error {
        Error::DiskFull => "disk_full".to_owned(),
        Error::Disk(_) | Error::Unreadable => "disk".to_owned(),
        other => format!("other: {other}"),
    }
}
