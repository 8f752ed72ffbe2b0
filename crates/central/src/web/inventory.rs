//! Inventory over all stores: what is where, whose it is, what runs out, what lies still, what to send where. The department
//! sees every store, an operator its own.

pub mod page;
pub mod report;
pub mod suggest;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::cover::PACE_DAYS;
use domain::ids::StoreId;
use serde::Deserialize;
use time::Duration;
use web::Fault;
use web::format::local_date;

use super::shell::{self, Frame, Place};
use super::visit::Visit;
use crate::app::App;
use crate::db::inventory::held;
use crate::db::transfers::list_open;
use page::View;
use report::InventoryReport;

/// Which products are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// All of them.
    #[default]
    All,
    /// Gone in a store that sold some lately.
    Out,
    /// Lasts less than a week in a store.
    Low,
    /// Nobody bought any for thirty days.
    Slow,
}

impl Show {
    /// Every choice, in the order of the page.
    pub const ALL: [Self; 4] = [Self::All, Self::Out, Self::Low, Self::Slow];

    /// Returns the name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Out => "out",
            Self::Low => "low",
            Self::Slow => "slow",
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct InventoryQuery {
    /// Which products.
    #[serde(default)]
    #[param(inline)]
    pub show: Show,
    /// One store alone.
    #[param(value_type = Option<uuid::Uuid>)]
    pub store: Option<uuid::Uuid>,
    /// From 1 on.
    pub page: Option<usize>,
}

impl InventoryQuery {
    /// Returns the address of the same with another choice, on the first page.
    pub fn showing(&self, show: Show) -> String {
        let store = self.store.map(|store| format!("&store={store}")).unwrap_or_default();
        format!("/inventory?show={}{store}", show.code())
    }

    /// Returns the address of another page of it.
    pub fn on_page(&self, page: usize) -> String {
        format!("{}&page={page}", self.showing(self.show))
    }
}

/// Stock of every product over all stores: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/inventory", tag = "reports", params(InventoryQuery),
    responses(
        (status = 200, description = "the report; JSON by `Accept: application/json`", body = InventoryReport),
        (status = 401, description = "nobody is signed in"),
        (status = 403, description = "not for this role"),
        (status = 404, description = "no such store among those that the person may see"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<InventoryQuery>,
) -> Result<Response, Fault> {
    let since = local_date(app.clock.now_ms()) - Duration::days(PACE_DAYS);
    let store = query.store.map(StoreId::from_uuid);
    let held = visit.ok(held(&app.db, visit.user.scope(), store, since).await)?;
    let open = visit.ok(list_open(&app.db, visit.user.scope(), store).await)?;
    let report = InventoryReport::of(&held, open, query.show, query.page.unwrap_or(1));
    let address = query.on_page(report.page);
    let address = address.split_once('?').map_or("", |(_, query)| query);
    let frame = Frame {
        place: Place::Inventory,
        brand: super::texts::CentralTexts::brand(visit.lang),
        query: address,
    };
    Ok(visit.answer(&report, |report| {
        let view = View { lang: visit.lang, query: &query, report };
        shell::page(&visit, &frame, view.render())
    }))
}
