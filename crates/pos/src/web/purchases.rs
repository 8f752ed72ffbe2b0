//! The list of goods bought outright from sellers without invoices, by month, to print (form 01/TNDN).

use axum::extract::Query;
use axum::response::Response;
use domain::Money;
use domain::words::vnd_in_words;
use maud::{Markup, html};
use protocol::wire::StoreRow;
use serde::Deserialize;
use time::{Date, Month};
use utoipa::ToSchema;
use web::format::{date_text, local_date};
use web::{Fault, Lang};

use super::desk;
use super::purchase_texts::PurchaseTexts;
use super::visit::Visit;
use crate::counter::CounterError;
use crate::db::purchases::{self, Purchase};
use crate::db::store;

/// The page's address.
pub const PURCHASES: &str = "/purchases";
/// Rows on the list; a month of a store has fewer.
const LISTED_MAX: i64 = 2_000;

/// Which month.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichMonth {
    /// `2026-11`; this month without it, or for what is none.
    #[serde(default)]
    month: String,
}

impl WhichMonth {
    /// Returns the first day of it.
    fn first_day(&self, today: Date) -> Date {
        let read = || {
            let (year, month) = self.month.split_once('-')?;
            let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
            let year = year.parse().ok().filter(|year| (2000..=2100).contains(year))?;
            Date::from_calendar_date(year, month, 1).ok()
        };
        read().or_else(|| today.replace_day(1).ok()).unwrap_or(today)
    }
}

/// A month's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its first day.
    pub month: Date,
    /// What was bought.
    pub rows: Vec<Purchase>,
    /// What all of it cost.
    pub sum: Money,
    /// The operator as invoices name it; none before the catalogue came.
    pub store: Option<StoreRow>,
}

/// The page.
pub async fn page(visit: Visit, Query(which): Query<WhichMonth>) -> Result<Response, Fault> {
    let month = which.first_day(local_date(visit.app.clock().now_ms()));
    let last = month.replace_day(month.month().length(month.year())).unwrap_or(month);
    let pool = visit.app.db().read();
    let rows = visit.ok(purchases::list_purchases(pool, (month, last), LISTED_MAX).await)?;
    let store = visit.ok(store::find_settings(pool).await)?;
    let sum = visit.ok(Money::sum(rows.iter().map(|row| row.amount)).map_err(CounterError::from))?;
    let listing = Listing { month, rows, sum, store };
    desk::page(&visit, "/goods", visit.lang.purchases(), list(visit.lang, &listing)).await
}

fn month_text(day: Date) -> String {
    format!("{:02}/{}", u8::from(day.month()), day.year())
}

fn address(day: Date) -> String {
    format!("{PURCHASES}?month={}-{:02}", day.year(), u8::from(day.month()))
}

/// The list.
pub fn list(lang: Lang, listing: &Listing) -> Markup {
    let before = listing.month.previous_day().unwrap_or(listing.month);
    let after =
        listing.month.replace_day(28).map(|day| day + time::Duration::days(4)).unwrap_or(listing.month);
    html! {
        p.hint.off-paper { (lang.purchases_about()) }
        p.actions {
            button.primary type="button" data-print { (lang.purchases_print()) }
            a.button href=(address(before)) { (lang.purchases_before()) }
            a.button href=(address(after)) { (lang.purchases_after()) }
        }
        section.card {
            p.aside { (lang.purchases_form()) }
            h2 { (lang.purchases_title()) }
            p { (lang.purchases_month(month_text(listing.month))) }
            (operator(lang, listing.store.as_ref()))
            @if listing.rows.is_empty() { p.mute { (lang.purchases_none()) } } @else { (table(lang, listing)) }
            div.columns.signed { p { (lang.purchases_signed_by()) } p { (lang.purchases_head()) } }
        }
    }
}

fn operator(lang: Lang, store: Option<&StoreRow>) -> Markup {
    let of = |field: fn(&StoreRow) -> &str| store.map(field).filter(|text| !text.is_empty()).unwrap_or("…");
    html! {
        dl.sums {
            dt { (lang.purchases_operator()) } dd { (of(|store| &store.receipt_title)) }
            dt { (lang.purchases_tax_number()) } dd { (of(|store| &store.tax_number)) }
            dt { (lang.purchases_address()) } dd { (of(|store| &store.address)) }
            dt { (lang.purchases_by()) } dd { "…" }
        }
    }
}

fn table(lang: Lang, listing: &Listing) -> Markup {
    let Listing { rows, sum, .. } = listing;
    html! {
        div.table { table {
            thead { tr {
                th { (lang.purchase_day()) } th { (lang.purchase_seller()) } th { (lang.purchase_id_number()) }
                th { (lang.purchase_goods()) } th.n { (lang.purchase_quantity()) } th.n { (lang.purchase_cost()) }
                th.n { (lang.purchase_amount()) } th { (lang.purchase_paper()) }
            } }
            tbody { @for row in rows {
                tr {
                    td { (date_text(row.bought_on)) }
                    td { (row.seller) small { (lang.purchase_seller_address()) ": " (blank(&row.address)) } }
                    td { (blank(&row.id_number)) }
                    td { (row.name) small { (row.unit) } }
                    td.n { (row.quantity) }
                    td.n { (row.cost) }
                    td.n { (row.amount) }
                    td { a href=(super::papers::address(&row.voucher)) { (row.voucher) } }
                }
            } }
        } }
        dl.sums { dt { strong { (lang.purchase_sum()) } } dd { strong { (sum) } } }
        @if lang == Lang::Vi { p { (lang.purchase_in_words(vnd_in_words(*sum))) } }
    }
}

/// What nobody typed is left for the pen.
fn blank(text: &str) -> &str {
    if text.is_empty() { "…" } else { text }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn a_month_is_read_and_anything_else_is_this_one() {
        let today = date!(2026 - 11 - 30);
        for (text, first) in [
            ("2026-02", date!(2026 - 02 - 01)),
            ("2025-12", date!(2025 - 12 - 01)),
            ("", date!(2026 - 11 - 01)),
            ("2026-13", date!(2026 - 11 - 01)),
            ("11/2026", date!(2026 - 11 - 01)),
            ("99999-01", date!(2026 - 11 - 01)),
        ] {
            let which = WhichMonth { month: text.to_owned() };
            assert_eq!(which.first_day(today), first, "{text:?}");
        }
        assert_eq!(address(date!(2026 - 02 - 01)), "/purchases?month=2026-02");
    }
}
