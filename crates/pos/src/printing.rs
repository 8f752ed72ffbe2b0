//! The print worker. It starts from rows, so a dead printer costs the cashier nothing; what follows from an outcome is
//! decided by `receipts::queue`. Each printer has a line of its own: one that is jammed delays no other, and two counters
//! that share one never talk to it at once.

mod line;
mod paper;

use std::time::Duration;

use receipts::printer::Outcome;
use receipts::queue::{Action, Event};
use tokio::task::JoinSet;

use crate::App;
use crate::db::prints::ReceiptPrint;
use crate::db::{self, prints};
pub use line::Lines;
use line::Work;

/// What the worker does after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Look again at once.
    Again,
    /// Nothing before this moment, UTC milliseconds.
    WaitUntil(i64),
    /// Nothing waits.
    Idle,
}

/// What a printer is to do now, or how long none has anything to do.
enum Due {
    Job(Box<Job>),
    Wait(Next),
}

/// Something for one printer to do.
struct Job {
    line: String,
    after_break: bool,
    work: Work,
}

/// What became of it.
struct Done {
    line: String,
    /// Whether the printer may stand within a picture that broke off; `None` where nothing was printed.
    broke_off: Option<bool>,
}

/// Prints what waits, until the program ends.
pub async fn run(app: App) {
    let mut lines = Lines::after_start();
    let mut under_way = JoinSet::new();
    loop {
        let pause_ms = match start_due(&app, &mut lines, &mut under_way).await {
            Ok(Next::Again) => continue,
            Ok(Next::WaitUntil(moment_ms)) => {
                moment_ms.saturating_sub(app.clock().now_ms()).clamp(50, 60_000)
            }
            Ok(Next::Idle) => 60_000,
            Err(error) => {
                tracing::error!(%error, "the print worker cannot read its rows");
                5_000
            }
        };
        let pause = Duration::from_millis(u64::try_from(pause_ms).unwrap_or(1_000));
        tokio::select! {
            () = app.printable() => {}
            Some(done) = under_way.join_next(), if !under_way.is_empty() => lines.end(done),
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Gives each printer that is free what it is to do next.
async fn start_due(app: &App, lines: &mut Lines, under_way: &mut JoinSet<Done>) -> db::Result<Next> {
    loop {
        match next(app, lines).await? {
            Due::Job(job) => {
                let app = app.clone();
                under_way.spawn(async move { job.carry_out(&app).await });
            }
            Due::Wait(next) => return Ok(next),
        }
    }
}

/// Opens the drawers that were asked for by hand, then sends the next paper, if one is due, and waits for its printer.
///
/// # Errors
/// When the database does not answer.
pub async fn step(app: &App, lines: &mut Lines) -> db::Result<Next> {
    loop {
        let job = match next(app, lines).await? {
            Due::Job(job) => job,
            Due::Wait(next) => return Ok(next),
        };
        let is_paper = matches!(job.work, Work::Paper(..));
        lines.end(Ok(job.carry_out(app).await));
        if is_paper {
            return Ok(Next::Again);
        }
    }
}

/// Returns the next thing to do on a printer that is free, which is taken by it.
async fn next(app: &App, lines: &mut Lines) -> db::Result<Due> {
    if let Some(job) = lines.next_drawer(app) {
        return Ok(Due::Job(Box::new(job)));
    }
    let mut wait = Next::Idle;
    for waiting in prints::list_next(app.db().read()).await? {
        let set_up = line::set_up_of(app, &waiting);
        let name = line::name_of(set_up.as_ref());
        if lines.is_busy(&name) {
            continue;
        }
        match waiting.print.step(Event::WorkerFree, app.clock().now_ms()) {
            (print, Action::Send) => {
                let sending = ReceiptPrint { print, ..waiting };
                store(app, &sending).await?;
                return Ok(Due::Job(Box::new(lines.take(name, Work::Paper(sending, set_up)))));
            }
            (_, Action::WaitUntil(moment_ms)) => wait = earlier(wait, moment_ms),
            _ => {}
        }
    }
    Ok(Due::Wait(wait))
}

fn earlier(next: Next, moment_ms: i64) -> Next {
    match next {
        Next::WaitUntil(other_ms) => Next::WaitUntil(other_ms.min(moment_ms)),
        Next::Again | Next::Idle => Next::WaitUntil(moment_ms),
    }
}

impl Job {
    async fn carry_out(self, app: &App) -> Done {
        let Self { line, after_break, work } = self;
        let broke_off = match work {
            Work::Drawer(asked, set_up) => {
                line::open_drawer(&asked, &set_up).await;
                None
            }
            Work::Paper(print, set_up) => {
                let is_label = print.is_label;
                let outcome = paper::send(app, &print, set_up, after_break).await;
                // White data in front is ESC/POS, and a printer of labels may speak something else.
                let broke_off = (!is_label).then_some(matches!(outcome, Outcome::Unknown(_)));
                if let Err(error) = finish(app, print, outcome).await {
                    // It stays `sending`: perhaps on paper, so it is never sent again by itself.
                    tracing::error!(%error, "what became of a print could not be kept");
                }
                broke_off
            }
        };
        Done { line, broke_off }
    }
}

async fn finish(app: &App, sending: ReceiptPrint, outcome: Outcome) -> db::Result<()> {
    let (print, _) = sending.print.step(Event::Done(outcome), app.clock().now_ms());
    store(app, &ReceiptPrint { print, drawer_asked_at_ms: None, ..sending }).await?;
    app.tell_changed();
    Ok(())
}

async fn store(app: &App, print: &ReceiptPrint) -> db::Result<()> {
    let mut tx = app.db().begin().await?;
    prints::upsert_print(&mut tx, print).await?;
    Ok(tx.commit().await?)
}

/// After a start: what was being sent when the program ended may be on paper in part, and is never sent again by itself.
///
/// # Errors
/// When the database does not answer.
pub async fn mark_interrupted(app: &App) -> db::Result<()> {
    let mut tx = app.db().begin().await?;
    for interrupted in prints::list_sending(&mut tx).await? {
        let (print, _) = interrupted.print.step(Event::Restarted, app.clock().now_ms());
        prints::upsert_print(&mut tx, &ReceiptPrint { print, drawer_asked_at_ms: None, ..interrupted })
            .await?;
    }
    Ok(tx.commit().await?)
}
