//! How one product trades: what came back, its share of baskets, how much of what was there was sold, and days without any. Stands
//! where a report is about one product alone.

use domain::shelf::{LISTED_DAYS, sell_through_per_mille};
use domain::{Money, Quantity};
use maud::{Markup, html};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Lang;
use web::format::{count_text, percent_text};

use super::filter::Filter;
use crate::db::Tx;
use crate::db::sales::{Asked, StoreFreshness, StoreTrade, Trade};
use crate::error::Result;
use crate::web::texts::CentralTexts;
use crate::web::trade_texts::TradeTexts;
use crate::web::workbook::Cell;

/// How a product trades in all stores that are asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TradeOfProduct {
    /// What buyers brought back in the period, thousandths; a sale that was voided was none.
    pub taken_back_milli: i64,
    /// What they got for it, đồng.
    pub taken_back_vnd: i64,
    /// Receipts on which it stands.
    pub basket_count: i64,
    /// All receipts of these stores.
    pub all_basket_count: i64,
    /// The share of baskets, in thousandths; none without a receipt.
    pub basket_per_mille: Option<i64>,
    /// What was there to be sold, thousandths: on the shelf when the period began, and what came; of stores alone whose book had any.
    pub to_be_sold_milli: i64,
    /// What these stores sold, less what came back.
    pub sold_of_it_milli: i64,
    /// Sell-through, in thousandths; none where no store's book had any.
    pub sell_through_per_mille: Option<i64>,
    /// Days on which stores listed it, added up over the stores.
    pub listed_days: i64,
    /// Days of these at whose end the store's book had none.
    pub empty_days: i64,
    /// By store.
    pub traded: Vec<TradeOfStore>,
}

/// How it trades in a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TradeOfStore {
    /// The store.
    pub store_id: Uuid,
    /// Its name.
    pub name: String,
    /// As in [`TradeOfProduct`].
    pub taken_back_milli: i64,
    /// Likewise.
    pub taken_back_vnd: i64,
    /// Likewise; none where the book had none.
    pub to_be_sold_milli: Option<i64>,
    /// What the store sold, less what came back.
    pub sold_of_it_milli: i64,
    /// Sell-through, in thousandths.
    pub sell_through_per_mille: Option<i64>,
    /// Days on which the store listed it.
    pub listed_days: i64,
    /// Days of these at whose end its book had none.
    pub empty_days: i64,
}

/// Loads it where one product is asked about, whatever it counted as: shelves do not tell what goods count as.
///
/// # Errors
/// When the database fails.
pub(super) async fn load(
    tx: &mut Tx,
    asked: &Asked,
    filter: &Filter,
    (today, names): (Date, &[StoreFreshness]),
) -> Result<Option<TradeOfProduct>> {
    if filter.product.is_none() || filter.asks_what_it_was() {
        return Ok(None);
    }
    Ok(Some(TradeOfProduct::of(&asked.trade(tx, today).await?, names)))
}

impl TradeOfProduct {
    fn of(trade: &Trade, names: &[StoreFreshness]) -> Self {
        let name = |store: &StoreTrade| names.iter().find(|each| each.store_id == store.store_id);
        let mut traded: Vec<TradeOfStore> = trade
            .stores
            .iter()
            .map(|store| TradeOfStore::of(store, name(store).map_or("", |each| &each.name)))
            .filter(TradeOfStore::has_any)
            .collect();
        traded.sort_by(|a, b| (b.empty_days, &a.name).cmp(&(a.empty_days, &b.name)));
        let sum = |of: fn(&TradeOfStore) -> i64| traded.iter().map(of).sum::<i64>();
        let known = || traded.iter().filter(|store| store.to_be_sold_milli.is_some());
        let to_be_sold_milli = known().filter_map(|store| store.to_be_sold_milli).sum();
        let sold_of_it_milli = known().map(|store| store.sold_of_it_milli).sum();
        Self {
            taken_back_milli: sum(|store| store.taken_back_milli),
            taken_back_vnd: sum(|store| store.taken_back_vnd),
            basket_count: trade.receipts,
            all_basket_count: trade.all_receipts,
            basket_per_mille: share(trade.receipts, trade.all_receipts),
            to_be_sold_milli,
            sold_of_it_milli,
            sell_through_per_mille: share(sold_of_it_milli, to_be_sold_milli),
            listed_days: sum(|store| store.listed_days),
            empty_days: sum(|store| store.empty_days),
            traded,
        }
    }

    /// Returns what stands behind a product's row of a file, under [`heads`] but for the store.
    pub(super) fn cells(&self) -> Vec<Cell> {
        vec![
            Cell::Quantity(self.taken_back_milli),
            Cell::Vnd(self.taken_back_vnd),
            Cell::Quantity(self.to_be_sold_milli),
            Cell::Quantity(self.sold_of_it_milli),
            share_cell(self.sell_through_per_mille),
            Cell::Count(self.listed_days),
            Cell::Count(self.empty_days),
            Cell::Count(self.all_basket_count),
            share_cell(self.basket_per_mille),
        ]
    }

    /// Returns the stores' rows of a sheet, under [`heads`] but for those of baskets.
    pub(super) fn rows_by_store(&self) -> Vec<Vec<Cell>> {
        let row = |store: &TradeOfStore| {
            vec![
                Cell::text(&store.name),
                Cell::Quantity(store.taken_back_milli),
                Cell::Vnd(store.taken_back_vnd),
                store.to_be_sold_milli.map_or(Cell::Empty, Cell::Quantity),
                Cell::Quantity(store.sold_of_it_milli),
                share_cell(store.sell_through_per_mille),
                Cell::Count(store.listed_days),
                Cell::Count(store.empty_days),
            ]
        };
        self.traded.iter().map(row).collect()
    }
}

/// Returns the heads of what is told of each store and of all.
pub(super) fn heads(lang: Lang) -> [&'static str; 7] {
    [
        lang.trade_back(),
        lang.trade_back_for(),
        lang.trade_there(),
        lang.trade_sold(),
        lang.trade_through(),
        lang.trade_listed(),
        lang.trade_empty(),
    ]
}

/// Returns the heads of what is told of baskets, of all stores alone.
pub(super) fn basket_heads(lang: Lang) -> [&'static str; 2] {
    [lang.trade_all_receipts(), lang.trade_baskets()]
}

fn share_cell(per_mille: Option<i64>) -> Cell {
    per_mille.map_or(Cell::Empty, Cell::Share)
}

impl TradeOfStore {
    fn of(found: &StoreTrade, name: &str) -> Self {
        let there = found.shelf.to_be_sold();
        Self {
            store_id: found.store_id.uuid(),
            name: name.to_owned(),
            taken_back_milli: found.taken_back.milli(),
            taken_back_vnd: found.taken_back_for.vnd(),
            to_be_sold_milli: there.map(Quantity::milli),
            sold_of_it_milli: found.shelf.sold.milli(),
            sell_through_per_mille: there.and_then(|there| sell_through_per_mille(found.shelf.sold, there)),
            listed_days: found.shelf.listed_days,
            empty_days: found.shelf.empty_days,
        }
    }

    /// A store that had none and sold none is no row.
    fn has_any(&self) -> bool {
        let moved = [self.taken_back_milli, self.sold_of_it_milli, self.listed_days];
        self.to_be_sold_milli.is_some() || moved.into_iter().any(|figure| figure != 0)
    }
}

fn share(part: i64, whole: i64) -> Option<i64> {
    sell_through_per_mille(Quantity::from_milli(part), Quantity::from_milli(whole))
}

/// The figures and the stores, as a card.
pub(super) fn card(lang: Lang, trade: &TradeOfProduct) -> Markup {
    let quantity = |milli| Quantity::from_milli(milli);
    let percent = |share: Option<i64>| share.map_or_else(|| lang.trade_not_known().to_owned(), percent_text);
    let empty = (trade.listed_days > 0).then(|| lang.trade_of_days(count_text(trade.listed_days)));
    html! {
        section.card {
            h2 { (lang.trade_title()) }
            div.figures {
                (figure(lang.trade_back(), &quantity(trade.taken_back_milli).to_string(), Some(Money::new(trade.taken_back_vnd).to_string())))
                (figure(lang.trade_baskets(), &percent(trade.basket_per_mille), Some(lang.trade_of_receipts(count_text(trade.basket_count), count_text(trade.all_basket_count)))))
                (figure(lang.trade_through(), &percent(trade.sell_through_per_mille), trade.sell_through_per_mille.map(|_| lang.trade_of_there(quantity(trade.sold_of_it_milli), quantity(trade.to_be_sold_milli)))))
                (figure(lang.trade_empty(), &count_text(trade.empty_days), empty))
            }
            @if !trade.traded.is_empty() { (stores(lang, trade)) }
            p.mute { (lang.trade_about(LISTED_DAYS)) }
        }
    }
}

fn figure(name: &str, value: &str, more: Option<String>) -> Markup {
    html! { div.figure { span { (name) } strong { (value) } p { @if let Some(more) = more { (more) } } } }
}

fn stores(lang: Lang, trade: &TradeOfProduct) -> Markup {
    html! {
        div.table.folds { table {
            thead { tr {
                th scope="col" { (lang.column_store()) }
                th.n scope="col" { (lang.trade_back()) }
                th.n scope="col" { (lang.trade_back_for()) }
                th.n scope="col" { (lang.trade_there()) }
                th.n scope="col" { (lang.trade_through()) }
                th.n scope="col" { (lang.trade_empty()) }
            } }
            tbody { @for store in &trade.traded {
                tr {
                    td { (store.name) }
                    td.n { (Quantity::from_milli(store.taken_back_milli)) }
                    td.n { (Money::new(store.taken_back_vnd)) }
                    td.n { @match store.to_be_sold_milli { Some(milli) => (Quantity::from_milli(milli)), None => "–" } }
                    td.n { @match store.sell_through_per_mille { Some(share) => (percent_text(share)), None => "–" } }
                    td.n { (count_text(store.empty_days)) }
                }
            } }
        } }
    }
}
