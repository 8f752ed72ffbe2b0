//! The command line of `ocop-pos`.
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Parser, Subcommand};
use clock::Clock;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::app;
use crate::db::{entries, store, streams};
use crate::maintenance::{backup, export, rebuild, restore, verify};
use crate::{App, Config, serve, sync};

/// Sells without a network and brings its journal to central when there is one.
#[derive(Debug, Parser)]
#[command(name = "ocop-pos", version)]
pub struct Command {
    /// Settings; see config/pos.example.toml. The environment (OCOP_POS_…) wins over it.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Serves the counter pages, syncs and prints.
    Run,
    /// Makes this computer a store's, with a one-time code of the department.
    Enrol {
        /// The code.
        code: String,
        /// A name by which the department knows this computer.
        #[arg(long, default_value = "ocop-pos")]
        device: String,
    },
    /// Checks every entry, the chain and the books; changes nothing.
    Verify,
    /// Makes the books anew from the journal.
    Rebuild,
    /// Writes a copy of the data; selling may go on. The signing key is not in it.
    Backup {
        /// Where.
        file: PathBuf,
    },
    /// Puts a copy in the place of the data; the store goes on in a new journal.
    Restore {
        /// From where.
        file: PathBuf,
    },
    /// Writes the journal as text, one entry a line, for an independent check. Private parts are in it.
    Export {
        /// Where.
        file: PathBuf,
    },
    /// Tells who this store is and what only this computer has.
    Status,
}

/// Carries out a command.
///
/// # Errors
/// With a sentence that says what to do.
pub async fn run(command: Command) -> anyhow::Result<()> {
    let config = Config::load(command.config.as_deref())?;
    let clock = Clock::system();
    match command.action {
        Action::Run => run_service(config, clock).await,
        Action::Restore { file } => {
            let app = restore::restore(config, clock, &file).await?;
            println!(
                "Restored. This store goes on in a new journal: ask the department for a code, then run `ocop-pos enrol`."
            );
            app.db().close().await;
            Ok(())
        }
        action => {
            let app = App::open(config, clock).await?;
            let done = once(&app, action).await;
            app.db().close().await;
            done
        }
    }
}

async fn once(app: &App, action: Action) -> anyhow::Result<()> {
    match action {
        Action::Enrol { code, device } => {
            let fingerprint = sync::enrol::enrol(app, &code, &device).await?;
            println!("Enrolled. The department approves this computer by its fingerprint: {fingerprint}");
        }
        Action::Verify => report(app).await?,
        Action::Rebuild => println!("Folded {} entries.", rebuild::rebuild(app).await?),
        Action::Backup { file } => {
            backup::backup(app, &file).await?;
            println!("Written to {}. The signing key is not in it.", file.display());
        }
        Action::Export { file } => println!("Written: {} entries.", export::export(app, &file).await?),
        Action::Status => status(app).await?,
        Action::Run | Action::Restore { .. } => {}
    }
    Ok(())
}

/// Takes the folder before the port, so that a second start says what is wrong; and the port before the data is touched.
async fn run_service(config: Config, clock: Clock) -> anyhow::Result<()> {
    let lock = app::lock(&config)?;
    let address = config.listen;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("{address} cannot be used: choose another listen address"))?;
    let app = App::open_locked(config, clock, lock).await?;
    // Who waits for the address finds a folder that only people change.
    serve::begin(&app).await;
    println!("http://{}", listener.local_addr()?);
    let training = match app.config().training_listen {
        Some(address) => Some(serve_training(app.clone(), address).await?),
        None => None,
    };
    serve::serve(app, listener, ended()).await?;
    if let Some(training) = training {
        training.await?;
    }
    Ok(())
}

/// Nobody waits for the till for practising: what goes wrong there is told in the log, and the shop sells.
async fn serve_training(app: App, address: SocketAddr) -> anyhow::Result<JoinHandle<()>> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("{address} cannot be used: choose another training_listen address"))?;
    Ok(tokio::spawn(async move {
        if let Err(error) = serve::serve_training(&app, listener).await {
            tracing::error!(%error, "nobody can practise");
        }
    }))
}

/// Ends when the terminal or the system says so.
async fn ended() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without signals the program runs until it is killed, which loses nothing.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

async fn report(app: &App) -> anyhow::Result<()> {
    let report = verify::verify(app).await?;
    for fault in &report.faults {
        println!("✕ {fault}");
    }
    if !report.faults.is_empty() {
        bail!("{} entries looked at, faults: {}", report.entries, report.faults.len());
    }
    println!("✓ {} entries: chain, totals and books are as they were written.", report.entries);
    Ok(())
}

async fn status(app: &App) -> anyhow::Result<()> {
    match store::find_store(app.db().read()).await? {
        Some(store) => println!("{} ({}), central {}", store.name, store.code, store.central_url),
        None => println!(
            "This computer is not enrolled: ask the department for a code, then run `ocop-pos enrol`."
        ),
    }
    for stream in streams::list_streams(app.db().read()).await? {
        let acked = stream.acked.seq;
        let state = if stream.held { "waits for approval" } else { "counted" };
        println!("journal {}: central has entries up to {acked} ({state})", stream.stream);
    }
    let pending = entries::load_pending(app.db().read()).await?;
    println!("only on this computer: {} sales, {}", pending.sales, domain::Money::new(pending.payable_vnd));
    Ok(())
}
