//! The list of campaigns: the page with the form that it is asked for with, and the same as files.

use domain::Money;
use domain::campaign::{CampaignKind, CampaignState};
use maud::{Markup, html};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Lang;
use web::form::select;
use web::format::{count_text, date_text};
use web::fragment::{Tone, message};

use super::filter::{CampaignsQuery, years};
use super::words::{kind_words, state_chip, state_words};
use crate::db::campaign_list::Listed;
use crate::web::campaign_texts::CampaignTexts;
use crate::web::lists::pager;
use crate::web::product_texts::ProductTexts;
use crate::web::sales::report::{iso, iso_maybe};
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Campaigns, the one that began last first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CampaignsReport {
    /// A page of those that are picked.
    pub campaigns: Vec<CampaignOfList>,
    /// How many are picked.
    pub campaign_count: i64,
    /// What all that are picked cost, đồng.
    pub cost_vnd: i64,
    /// For the page before: the field `before` of its address.
    pub page_before: Option<Uuid>,
    /// For the page behind: the field `after` of its address.
    pub page_after: Option<Uuid>,
}

/// A campaign of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CampaignOfList {
    /// The campaign.
    pub campaign_id: Uuid,
    /// Its name.
    pub name: String,
    /// `price`, `fair`, `tasting`, `media`, `post` or `banner`.
    pub kind: String,
    /// `coming`, `running`, `over`, `ended` or `called_off`.
    pub state: String,
    /// The first day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub first_day: Date,
    /// The last day as planned.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub last_day: Date,
    /// The day on which it was ended.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub ended_on: Option<Date>,
    /// What it costs, đồng.
    pub cost_vnd: i64,
    /// For how many products.
    pub product_count: i64,
    /// One of them.
    pub one_product: String,
    /// In how many stores; 0 for all.
    pub store_count: i64,
    /// One of them; empty for all.
    pub one_store: String,
}

impl CampaignOfList {
    /// Returns it as it is on a day.
    pub fn new(row: Listed, today: Date) -> Self {
        Self {
            campaign_id: row.id.uuid(),
            name: row.name,
            kind: row.kind.code().to_owned(),
            state: row.days.state(today).code().to_owned(),
            first_day: row.days.first,
            last_day: row.days.last,
            ended_on: row.days.ended_on,
            cost_vnd: row.cost.vnd(),
            product_count: row.product_count,
            one_product: row.product,
            store_count: row.store_count,
            one_store: row.store,
        }
    }

    fn goods(&self, lang: Lang) -> String {
        match self.product_count {
            0 | 1 => self.one_product.clone(),
            count => lang.campaign_and_products(&self.one_product, count_text(count - 1)),
        }
    }

    fn places(&self, lang: Lang) -> String {
        match self.store_count {
            0 => lang.campaign_everywhere().to_owned(),
            1 => self.one_store.clone(),
            count => lang.campaign_and_stores(&self.one_store, count_text(count - 1)),
        }
    }
}

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The day of the page.
    pub today: Date,
    /// An administrator looks.
    pub may_act: bool,
    /// What was asked for.
    pub query: &'a CampaignsQuery,
    /// The campaigns; none when what was asked for does not exist.
    pub report: Option<&'a CampaignsReport>,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            nav.presets aria-label=(lang.campaign_beside()) {
                @for place in [Place::Promotions, Place::Outcome] { a href=(place.href()) { (place.words(lang)) } }
            }
            p.mute { (lang.campaigns_about()) }
            (self.filters())
            @match self.report {
                Some(report) => (self.list(report)),
                None => (message(Tone::Bad, lang.campaigns_wrong())),
            }
        }
    }

    fn filters(&self) -> Markup {
        let (lang, query) = (self.lang, self.query);
        let years = years(self.today);
        let years = years.iter().map(|year| (year.as_str(), year.as_str()));
        let kinds = CampaignKind::ALL.map(|kind| (kind.code(), kind_words(lang, kind)));
        let states = CampaignState::ALL.map(|state| (state.code(), state_words(lang, state)));
        let any = |words| std::iter::once(("", words));
        let years: Vec<_> = any(lang.campaign_any_year()).chain(years).collect();
        let kinds: Vec<_> = any(lang.campaign_any_kind()).chain(kinds).collect();
        let states = any(lang.campaign_any_state()).chain(states);
        html! {
            form.filters method="get" action="/campaigns" role="search" {
                div {
                    nav.presets aria-label=(lang.campaign_state()) {
                        @for (code, words) in states {
                            @let is_here = query.state == code;
                            a href=(query.with_state(code).href("", None)) aria-current=[is_here.then_some("true")] { (words) }
                        }
                    }
                    div.actions {
                        a.button href=(query.href(".xlsx", None)) { (lang.campaign_xlsx()) }
                        a.button href=(query.href(".csv", None)) { (lang.campaign_csv()) }
                        @if self.may_act { a.button.primary href="/campaigns/new" { (lang.campaign_new()) } }
                    }
                }
                div {
                    @if !query.state.is_empty() { input type="hidden" name="state" value=(query.state); }
                    (select("year", lang.campaign_year(), &years, &query.year, None))
                    (select("kind", lang.campaign_kind(), &kinds, &query.kind, None))
                    button.primary { (lang.filter_show()) }
                }
            }
        }
    }

    fn list(&self, report: &CampaignsReport) -> Markup {
        let lang = self.lang;
        html! {
            section.card {
                div.head {
                    h2 { (lang.campaign_list()) }
                    span.mute { (lang.campaign_count(count_text(report.campaign_count), Money::new(report.cost_vnd))) }
                }
                @if report.campaigns.is_empty() { p { (lang.campaigns_none()) } } @else {
                    div.table.folds { table {
                        thead { tr {
                            th { (lang.campaign_column()) } th { (lang.campaign_kind()) } th { (lang.campaign_column_days()) }
                            th { (lang.campaign_column_where()) } th.n { (lang.campaign_column_cost()) }
                            th { (lang.campaign_state()) }
                        } }
                        tbody { @for row in &report.campaigns { (self.row(row)) } }
                    } }
                    (pager(lang, lang.campaign_list(), (report.page_before, report.page_after), |field, id| {
                        self.query.href("", Some((field, id)))
                    }))
                }
            }
        }
    }

    fn row(&self, row: &CampaignOfList) -> Markup {
        let lang = self.lang;
        let kind = CampaignKind::from_code(&row.kind).map_or("", |kind| kind_words(lang, kind));
        html! {
            tr {
                td { a href={ "/campaigns/" (row.campaign_id) } { (row.name) } }
                td { (kind) small { (row.goods(lang)) } }
                td { (lang.campaign_days(date_text(row.first_day), date_text(row.last_day))) }
                td { (row.places(lang)) }
                td.n { (Money::new(row.cost_vnd)) }
                td { @if let Some(state) = CampaignState::from_code(&row.state) { (state_chip(lang, state)) } }
            }
        }
    }
}

/// The list as a sheet: the same campaigns as on the page, all of them.
pub fn sheet(lang: Lang, campaigns: &[CampaignOfList]) -> Sheet {
    let head = [
        lang.campaign_column(),
        lang.campaign_kind(),
        lang.campaign_first_day(),
        lang.campaign_last_day(),
        lang.campaign_state(),
        lang.campaign_products(),
        lang.campaign_column_where(),
        lang.campaign_column_cost(),
    ];
    let row = |row: &CampaignOfList| {
        let kind = CampaignKind::from_code(&row.kind).map_or("", |kind| kind_words(lang, kind));
        let state = CampaignState::from_code(&row.state).map_or("", |state| state_words(lang, state));
        vec![
            Cell::text(&row.name),
            Cell::text(kind),
            Cell::Day(row.first_day),
            Cell::Day(row.last_day),
            Cell::text(state),
            Cell::text(row.goods(lang)),
            Cell::text(row.places(lang)),
            Cell::Vnd(row.cost_vnd),
        ]
    };
    Sheet {
        name: lang.page_campaigns().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: campaigns.iter().map(row).collect(),
        cut: lang.products_cut(ROWS_MOST),
    }
}
