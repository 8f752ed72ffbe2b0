//! Scanners at serial ports, read by the service: what they read goes into the cart of their counter as if it were typed
//! into its box, whatever window has the focus and whatever input method is on.

mod port;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;

use crate::App;
use crate::counter::note::Holding;
use crate::counter::{self, CounterState, Note, Request, Seat};
use crate::db::scanners::{self, SerialScanner};
use crate::db::{self, cashiers, scan_habits, shifts};
use port::Heard;

/// Codes that may wait for a slow disk; a scanner beyond them is waited for.
const CODES_MAX: usize = 64;

/// What the pages know of the serial scanners.
#[derive(Debug, Default)]
pub struct Scanners {
    changed: Notify,
    known: Mutex<BTreeMap<String, Known>>,
}

/// What is known of the scanner of one counter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Known {
    is_connected: bool,
    scanned: Option<Scanned>,
    pages: usize,
}

/// A page of a counter that is looked at; dropping it says that it is closed.
pub(crate) struct OpenPage {
    app: App,
    counter: String,
}

impl OpenPage {
    /// Says that a page of a counter is looked at.
    pub(crate) fn open(app: &App, counter: &str) -> Self {
        app.scanners().with(counter, |known| known.pages += 1);
        Self { app: app.clone(), counter: counter.to_owned() }
    }
}

impl Drop for OpenPage {
    fn drop(&mut self) {
        self.app.scanners().with(&self.counter, |known| known.pages = known.pages.saturating_sub(1));
    }
}

/// What a serial scanner's last code did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanned {
    /// Counts the codes of the counter since the start.
    pub number: u64,
    /// What there is to tell.
    pub note: Note,
    /// The row that it touched.
    pub chosen: Option<usize>,
}

impl Scanners {
    /// Says whether the scanner of a counter is connected.
    pub fn is_connected(&self, counter: &str) -> bool {
        self.with(counter, |known| known.is_connected)
    }

    /// Returns what the last code at a counter did.
    pub fn last_scanned(&self, counter: &str) -> Option<Scanned> {
        self.with(counter, |known| known.scanned.clone())
    }

    /// Says whether anybody looks at a page of a counter.
    fn is_looked_at(&self, counter: &str) -> bool {
        self.with(counter, |known| known.pages > 0)
    }

    /// Wakes the worker: a scanner was set up or taken away.
    pub(crate) fn tell_changed(&self) {
        self.changed.notify_one();
    }

    fn connected(&self, counter: &str, is_connected: bool) {
        self.with(counter, |known| known.is_connected = is_connected);
    }

    fn scanned(&self, counter: &str, note: Note, chosen: Option<usize>) {
        self.with(counter, |known| {
            let number = known.scanned.as_ref().map_or(0, |scanned| scanned.number) + 1;
            known.scanned = Some(Scanned { number, note, chosen });
        });
    }

    fn with<T>(&self, counter: &str, act: impl FnOnce(&mut Known) -> T) -> T {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        act(known.entry(counter.to_owned()).or_default())
    }
}

/// Reads every scanner that is set up, until the program ends; one that is pulled out is waited for.
pub async fn run(app: App) {
    let mut readers = Readers::default();
    loop {
        match scanners::list_scanners(app.db().read()).await {
            Ok(wanted) => readers.follow(&app, wanted),
            Err(error) => tracing::error!(%error, "the scanners cannot be looked up"),
        }
        app.scanners().changed.notified().await;
    }
}

/// The tasks that read, by counter; dropping them ends their threads.
#[derive(Default)]
struct Readers(BTreeMap<String, (SerialScanner, JoinHandle<()>)>);

impl Readers {
    fn follow(&mut self, app: &App, wanted: BTreeMap<String, SerialScanner>) {
        self.0.retain(|counter, (scanner, reader)| {
            let stays = wanted.get(counter) == Some(scanner);
            if !stays {
                reader.abort();
                app.scanners().connected(counter, false);
            }
            stays
        });
        for (counter, scanner) in wanted {
            self.0.entry(counter.clone()).or_insert_with(|| {
                let reader = tokio::spawn(listen(app.clone(), counter, scanner.clone()));
                (scanner, reader)
            });
        }
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.0.values().for_each(|(_, reader)| reader.abort());
    }
}

async fn listen(app: App, counter: String, scanner: SerialScanner) {
    let (hear, mut heard) = mpsc::channel(CODES_MAX);
    if let Err(error) = port::spawn(scanner, hear) {
        tracing::error!(%error, counter, "a scanner has no thread to read it");
        return;
    }
    while let Some(heard) = heard.recv().await {
        match heard {
            Heard::Connected(is_connected) => {
                tracing::info!(counter, is_connected, "serial scanner");
                app.scanners().connected(&counter, is_connected);
                app.tell_changed();
            }
            Heard::Code(code) => {
                let till = till_of(&app, &counter).await;
                if let Err(error) = take((&app, &till), &counter, &code).await {
                    tracing::error!(%error, counter, "a code was not kept");
                    till.scanners().scanned(&counter, Note::NotKept { code }, None);
                    till.tell_changed();
                }
            }
        }
    }
}

/// Returns the till that a code is for: the shop's, unless its shift is closed and somebody practises at this counter. While a buyer may
/// stand there, no code goes anywhere else; whoever practises is told.
async fn till_of(shop: &App, counter: &str) -> App {
    let practising = shop.beside().filter(|training| training.scanners().is_looked_at(counter));
    let Some(training) = practising else { return shop.clone() };
    // Without an answer of the database the code is the shop's: it says that it was not kept.
    if matches!(seat_of(shop, counter).await, Ok(None)) {
        return training;
    }
    training.scanners().scanned(counter, Note::Holding(Holding::ScannedForReal), None);
    training.tell_changed();
    shop.clone()
}

/// Puts a code into the cart that is open at a counter, under a request id of its own. Without an open shift the code
/// changes nothing, and the page says so. How the scanner types is set up at the shop.
async fn take((shop, app): (&App, &App), counter: &str, code: &str) -> counter::Result<()> {
    let Some(seat) = seat_of(app, counter).await? else {
        app.scanners().scanned(counter, Note::NoShift, None);
        app.tell_changed();
        return Ok(());
    };
    let current = counter::state::load(app, &seat, Note::Ready, None).await?;
    let request = Request { op_id: app.clock().random_token(), sale_id: current.sale_id.into() };
    let habit = scan_habits::find_habit(shop.db().read(), counter).await?;
    let CounterState { note, chosen, .. } =
        counter::scan::receipt_or_goods(app, &seat, &request, habit.cut(code)).await?;
    app.scanners().scanned(counter, note, chosen);
    // The cart told of its change before the note was there.
    app.tell_changed();
    Ok(())
}

/// The cashier whose shift is open at the counter: a code changes the cart, and who sells it says so at the payment.
async fn seat_of(app: &App, counter: &str) -> db::Result<Option<Seat>> {
    let mut reader = app.db().read().acquire().await?;
    let Some(shift) = shifts::find_open(&mut reader, counter).await? else { return Ok(None) };
    drop(reader);
    let cashier = cashiers::find_active(app.db().read(), shift.cashier_id).await?;
    Ok(Some(Seat {
        counter: counter.to_owned(),
        cashier_id: shift.cashier_id,
        cashier: cashier.map(|cashier| cashier.name).unwrap_or_default(),
        manager: false,
    }))
}
