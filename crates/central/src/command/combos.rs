//! `ocop-central combo …`.
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use anyhow::Context;
use clap::{Args, Subcommand};
use domain::ids::ProductId;
use domain::{Money, Quantity};

use crate::admin::{Admin, NewCombo};
use crate::app::App;
use crate::db::{combos, products};

#[derive(Debug, Subcommand)]
pub(super) enum ComboAction {
    /// Adds a combo: products that are sold together under one code, at a price of its own.
    Add(Box<AddCombo>),
    /// Lists the combos on sale, with what their parts cost apart.
    List,
    /// Sets the price of a combo.
    Price {
        /// The shops' own code.
        sku: String,
        /// Đồng, VAT included.
        vnd: i64,
    },
    /// Takes a combo off sale; its parts stay.
    Retire {
        /// The shops' own code.
        sku: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct AddCombo {
    /// Name on screen and paper.
    name: String,
    /// The shops' own code.
    #[arg(long)]
    sku: String,
    /// A barcode; as often as needed.
    #[arg(long)]
    barcode: Vec<String>,
    /// Unit.
    #[arg(long, default_value = "bộ")]
    unit: String,
    /// Price of one, đồng, VAT included.
    #[arg(long)]
    price: i64,
    /// A part and how much of it one holds, OC001=2 or OC009=0,25; as often as needed.
    #[arg(long, required = true)]
    part: Vec<String>,
}

pub(super) async fn combo(app: &App, action: ComboAction) -> anyhow::Result<()> {
    let admin = Admin::new(app, "command line");
    match action {
        ComboAction::Add(add) => println!("{}", admin.add_combo(&read(app, *add).await?).await?),
        ComboAction::Price { sku, vnd } => {
            admin.set_price(combo_of(app, &sku).await?, Money::new(vnd)).await?
        }
        ComboAction::Retire { sku } => admin.retire_product(combo_of(app, &sku).await?).await?,
        ComboAction::List => {
            for row in combos::list(&app.db).await? {
                let (price, apart) = (Money::new(row.price_vnd), Money::new(row.apart_vnd));
                println!("{} {} {price} (apart {apart}), parts: {}", row.sku, row.name, row.part_count);
            }
        }
    }
    Ok(())
}

async fn read(app: &App, add: AddCombo) -> anyhow::Result<NewCombo> {
    let mut parts = Vec::new();
    for text in &add.part {
        let (sku, quantity) = text.split_once('=').with_context(|| format!("write {text} as {text}=1"))?;
        parts.push((product(app, sku).await?, Quantity::parse(quantity)?));
    }
    let AddCombo { name, sku, barcode: barcodes, unit, price, .. } = add;
    Ok(NewCombo { sku, barcodes, name, unit, price: Money::new(price), parts })
}

async fn product(app: &App, sku: &str) -> anyhow::Result<ProductId> {
    products::find_by_sku(&app.db, sku).await?.with_context(|| format!("there is no product {sku}"))
}

/// Any other product has commands of its own.
async fn combo_of(app: &App, sku: &str) -> anyhow::Result<ProductId> {
    combos::find_by_sku(&app.db, sku).await?.with_context(|| format!("there is no combo {sku}"))
}
