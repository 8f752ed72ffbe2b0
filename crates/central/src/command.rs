//! The command line of `ocop-central`.
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

mod combos;
mod invoices;
mod people;
mod producers;
mod promotions;
mod stores;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Parser, Subcommand};
use clock::Clock;
use tokio::net::TcpListener;

use crate::app::{self, App};
use crate::config::Config;
use crate::{backup, rebuild, verify};

/// Receives what stores sell, keeps the catalogue, and tells the department and the producers.
#[derive(Debug, Parser)]
#[command(name = "ocop-central", version)]
pub struct Cli {
    /// Settings; see config/central.example.toml. The environment (OCOP_CENTRAL_…) wins over it.
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Serves stores and pages until it is told to stop.
    Run,
    /// Brings the schema up to date.
    Migrate,
    /// Checks chains, books and audit log, and names what is wrong.
    Verify,
    /// Empties the books and fills them again from the journals.
    Rebuild,
    /// Prints the public key: auditors check packs against it, and have it from you and not from a pack.
    Key,
    /// Writes a copy of everything but the key.
    Backup {
        /// The new file.
        file: PathBuf,
    },
    /// Puts a copy in the place of the database; nothing may be running.
    Restore {
        /// A file that `backup` wrote.
        file: PathBuf,
    },
    /// Operators.
    #[command(subcommand)]
    Operator(people::OperatorAction),
    /// Producers: their reading keys, and links by which they choose a password.
    #[command(subcommand)]
    Producer(producers::ProducerAction),
    /// Stores and their devices.
    #[command(subcommand)]
    Store(stores::StoreAction),
    /// Journals of devices.
    #[command(subcommand)]
    Stream(stores::StreamAction),
    /// Combos: products that are sold together.
    #[command(subcommand)]
    Combo(combos::ComboAction),
    /// Promotions.
    #[command(subcommand)]
    Promotion(promotions::PromotionAction),
    /// People who sign in at central.
    #[command(subcommand)]
    User(people::UserAction),
}

/// Does what the command line says.
///
/// # Errors
/// With a sentence that says what to do.
pub async fn run(cli: Cli, clock: Clock) -> anyhow::Result<()> {
    let config = Config::load(cli.config.as_deref())?;
    match cli.action {
        Action::Run => serve(&config, clock).await,
        Action::Restore { file } => restore(&config, &file, &clock).await,
        action => {
            let app = App::open(&config, clock).await?;
            let done = once(&app, action).await;
            app.db.close().await;
            done
        }
    }
}

async fn once(app: &App, action: Action) -> anyhow::Result<()> {
    match action {
        Action::Migrate => println!("The schema is up to date."),
        Action::Verify => {
            let report = verify::verify(&app.db).await?;
            println!(
                "{} stores, {} entries, {} acts: all is right.",
                report.stores, report.entries, report.acts
            );
        }
        Action::Key => println!("{}", app.key.public()),
        Action::Rebuild => {
            println!("The books follow from {} entries again.", rebuild::rebuild(&app.db).await?)
        }
        Action::Backup { file } => {
            backup::backup(&app.db, &app.config.database_url(), &file).await?;
            println!(
                "{} holds everything but the key (central.key); keep a copy of that apart.",
                file.display()
            );
        }
        Action::Operator(action) => people::operator(app, action).await?,
        Action::Producer(action) => producers::producer(app, action).await?,
        Action::Store(action) => stores::store(app, action).await?,
        Action::Stream(action) => stores::stream(app, action).await?,
        Action::Combo(action) => combos::combo(app, action).await?,
        Action::Promotion(action) => promotions::promotion(app, action).await?,
        Action::User(action) => people::user(app, action).await?,
        Action::Run | Action::Restore { .. } => {}
    }
    Ok(())
}

async fn serve(config: &Config, clock: Clock) -> anyhow::Result<()> {
    // The folder before the port, so that a second start says what is wrong; the port before the data is touched.
    let _lock = app::lock(config)?;
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("{} cannot be used: choose another listen address", config.listen))?;
    let app = App::open(config, clock).await?;
    println!("http://{}", listener.local_addr()?);
    let db = app.db.clone();
    app.serve(listener, ended()).await?;
    db.close().await;
    Ok(())
}

async fn restore(config: &Config, file: &Path, clock: &Clock) -> anyhow::Result<()> {
    let _lock = app::lock(config)?;
    backup::restore(config, file, clock).await?;
    println!("Restored. Stores push again what the copy lacks, and pull the catalogue anew.");
    Ok(())
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
