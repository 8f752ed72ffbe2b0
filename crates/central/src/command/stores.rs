//! `ocop-central store …` and `ocop-central stream …`.
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use anyhow::Context;
use clap::{Args, Subcommand};
use protocol::StreamId;

use super::people::operator_named;
use crate::admin::{Admin, NewStore};
use crate::app::App;
use crate::db::stores::{self, Store};
use crate::db::streams;

#[derive(Debug, Subcommand)]
pub(super) enum StoreAction {
    /// Adds a store.
    Add(Box<AddStore>),
    /// Lists stores with their devices.
    List,
    /// Makes a one-time code with which a device joins a store; it lives ten minutes.
    Code {
        /// The store's code.
        store: String,
    },
    /// Gives a store the numbers of its e-invoices, or moves the end of its range; no two stores share one. A computer
    /// that was replaced without a backup needs a new range.
    Numbers {
        /// The store's code.
        store: String,
        /// The first number.
        first: i64,
        /// The last number.
        last: i64,
    },
    /// Approves the device that shows this fingerprint: what it sold so far is counted.
    Approve {
        /// As both screens show it: 3f9a-01bc-77de-5a10.
        fingerprint: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct AddStore {
    /// Two to six capitals and digits; receipt numbers begin with it.
    code: String,
    /// Name on screen.
    name: String,
    /// Name of its operator.
    #[arg(long)]
    operator: String,
    /// First line of the receipt; the name when it is not given.
    #[arg(long)]
    receipt_title: Option<String>,
    /// Last line of the receipt.
    #[arg(long, default_value = "")]
    receipt_footer: String,
    /// Address.
    #[arg(long, default_value = "")]
    address: String,
    /// Commune, ward or special zone.
    #[arg(long, default_value = "")]
    commune: String,
    /// Telephone.
    #[arg(long, default_value = "")]
    phone: String,
    /// Bank identification number for VietQR.
    #[arg(long, default_value = "")]
    bank_bin: String,
    /// Account for VietQR.
    #[arg(long, default_value = "")]
    bank_account: String,
}

#[derive(Debug, Subcommand)]
pub(super) enum StreamAction {
    /// Counts the branches of a forked journal as journals of their own; no sale counts twice.
    Adopt {
        /// The forked journal, as `store list` shows it.
        stream: StreamId,
    },
    /// Takes nothing more from a device.
    Revoke {
        /// The journal, as `store list` shows it.
        stream: StreamId,
    },
}

pub(super) async fn store(app: &App, action: StoreAction) -> anyhow::Result<()> {
    let admin = Admin::new(app, "command line");
    match action {
        StoreAction::Add(add) => {
            let new = NewStore {
                operator_id: operator_named(app, &add.operator).await?.id,
                receipt_title: add.receipt_title.unwrap_or_else(|| add.name.clone()),
                code: add.code,
                name: add.name,
                receipt_footer: add.receipt_footer,
                address: add.address,
                commune: add.commune,
                phone: add.phone,
                bank_bin: add.bank_bin,
                bank_account: add.bank_account,
            };
            println!("{}", admin.add_store(&new).await?);
        }
        StoreAction::List => list(app).await?,
        StoreAction::Code { store } => {
            let store = store_named(app, &store).await?;
            let code = admin.issue_code(store.id).await?;
            println!("{code}\nGood for ten minutes and one device of {}.", store.name);
        }
        StoreAction::Numbers { store, first, last } => {
            let store = store_named(app, &store).await?;
            admin.give_numbers(store.id, first, last).await?;
        }
        StoreAction::Approve { fingerprint } => {
            println!("{} is approved.", admin.approve(&fingerprint).await?);
        }
    }
    Ok(())
}

pub(super) async fn stream(app: &App, action: StreamAction) -> anyhow::Result<()> {
    let admin = Admin::new(app, "command line");
    match action {
        StreamAction::Adopt { stream } => {
            for adopted in admin.adopt(stream).await? {
                println!("{adopted} is counted.");
            }
        }
        StreamAction::Revoke { stream } => {
            admin.revoke(stream).await?;
            println!("{stream} is revoked.");
        }
    }
    Ok(())
}

async fn list(app: &App) -> anyhow::Result<()> {
    for store in stores::list(&app.db, None).await? {
        println!("{} {}", store.code, store.name);
        for stream in streams::list(&app.db, Some(store.id)).await? {
            let (status, fingerprint) = (stream.status.code(), &stream.fingerprint);
            println!(
                "  {} {fingerprint} {status}, {} entries, {}",
                stream.id, stream.head.seq, stream.device
            );
        }
    }
    Ok(())
}

async fn store_named(app: &App, code: &str) -> anyhow::Result<Store> {
    let all = stores::list(&app.db, None).await?;
    let found = all.into_iter().find(|store| store.code == code);
    found.with_context(|| format!("there is no store {code}: `ocop-central store list` names them"))
}
