//! `ocop-central promotion …`.
#![expect(clippy::print_stdout, reason = "a command answers on the terminal")]

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use domain::ids::{ProductId, PromotionId};
use domain::promotion::{Hours, PromotionKind};
use domain::{Money, Rate};
use time::Date;
use time::macros::format_description;
use uuid::Uuid;
use web::format::minute_of;

use super::people::operator_named;
use crate::admin::{Admin, NewPromotion};
use crate::app::App;
use crate::db::{products, promotions, stores};

#[derive(Debug, Subcommand)]
pub(super) enum PromotionAction {
    /// Makes a promotion; of all that hold for a product, a line gets the one that takes most off.
    Add(Box<AddPromotion>),
    /// Lists the promotions that are not over.
    List,
    /// Ends a promotion before its last day.
    End {
        /// As `promotion list` shows it.
        id: Uuid,
    },
}

#[derive(Debug, Args)]
pub(super) struct AddPromotion {
    /// Name on screen and paper, at most 40 letters.
    name: String,
    /// Name of the operator whose stores give it.
    #[arg(long)]
    operator: String,
    /// Code of the one store that gives it; all of the operator's without it.
    #[arg(long)]
    store: Option<String>,
    /// The shop's own code of a product; as often as needed.
    #[arg(long, required = true)]
    sku: Vec<String>,
    /// First day, 2026-11-23.
    #[arg(long)]
    from: String,
    /// Last day.
    #[arg(long)]
    until: String,
    /// Only then each day, 08:00-10:00.
    #[arg(long)]
    hours: Option<String>,
    #[command(flatten)]
    offer: Offer,
}

/// What it does; one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Offer {
    /// Whole percent off.
    #[arg(long)]
    percent: Option<u8>,
    /// Đồng off each unit.
    #[arg(long)]
    amount: Option<i64>,
    /// So many pieces together for so many đồng: 3=100000.
    #[arg(long)]
    bundle: Option<String>,
    /// Pay for some, get more of the same: 2+1.
    #[arg(long)]
    buy_get: Option<String>,
}

pub(super) async fn promotion(app: &App, action: PromotionAction) -> anyhow::Result<()> {
    let admin = Admin::new(app, "command line");
    match action {
        PromotionAction::Add(add) => println!("{}", admin.add_promotion(&read(app, *add).await?).await?),
        PromotionAction::End { id } => admin.end_promotion(PromotionId::from_uuid(id)).await?,
        PromotionAction::List => {
            let today = web::format::local_date(app.clock.now_ms());
            for row in promotions::list_open(&app.db, today).await? {
                let (from, until) = (row.first_day, row.last_day);
                println!(
                    "{} {} {from}..{until} {} products: {}",
                    row.id, row.offer, row.product_count, row.name
                );
            }
        }
    }
    Ok(())
}

async fn read(app: &App, add: AddPromotion) -> anyhow::Result<NewPromotion> {
    let operator_id = operator_named(app, &add.operator).await?.id;
    let store_id = match &add.store {
        Some(code) => {
            let all = stores::list(&app.db, Some(operator_id)).await?;
            let store = all.into_iter().find(|store| store.code == *code);
            Some(store.with_context(|| format!("there is no store {code}"))?.id)
        }
        None => None,
    };
    let known = products::list_by_sku(&app.db, &add.sku).await?;
    let product =
        |sku: &String| known.get(sku.trim()).copied().with_context(|| format!("there is no product {sku}"));
    let found: Vec<ProductId> = add.sku.iter().map(product).collect::<anyhow::Result<_>>()?;
    Ok(NewPromotion {
        id: app.clock.new_uuid().into(),
        operator_id,
        store_id,
        name: add.name,
        kind: kind(&add.offer)?,
        products: found,
        first_day: day(&add.from)?,
        last_day: day(&add.until)?,
        hours: add.hours.as_deref().map(hours).transpose()?,
    })
}

fn kind(offer: &Offer) -> anyhow::Result<PromotionKind> {
    let numbers = |text: &str, sign: char| -> anyhow::Result<(i64, i64)> {
        let (one, other) = text.split_once(sign).with_context(|| format!("write {text} as 3{sign}100000"))?;
        Ok((one.parse()?, other.parse()?))
    };
    Ok(match (offer.percent, offer.amount, &offer.bundle, &offer.buy_get) {
        (Some(percent @ 1..=100), ..) => PromotionKind::Percent(Rate::percent(percent)),
        (_, Some(vnd), ..) => PromotionKind::AmountOff(Money::new(vnd)),
        (_, _, Some(text), _) => {
            let (pieces, vnd) = numbers(text, '=')?;
            PromotionKind::Bundle { pieces, price: Money::new(vnd) }
        }
        (.., Some(text)) => {
            let (buy, get) = numbers(text, '+')?;
            PromotionKind::BuyGet { buy, get }
        }
        _ => bail!("a promotion takes 1 to 100 percent off"),
    })
}

fn day(text: &str) -> anyhow::Result<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .with_context(|| format!("{text} is no day: write it as 2026-11-23"))
}

fn hours(text: &str) -> anyhow::Result<Hours> {
    // The day ends at 24:00.
    let end = |text: &str| if text == "24:00" { Some(24 * 60) } else { minute_of(text) };
    text.split_once('-')
        .and_then(|(from, to)| Some(Hours { from_minute: minute_of(from)?, to_minute: end(to)? }))
        .with_context(|| format!("{text} are no hours: write them as 08:00-10:00"))
}
