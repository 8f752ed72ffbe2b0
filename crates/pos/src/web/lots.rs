//! Lots in the store: of a product, of a producer, or those that must be sold soon; and taking them off the shelf when they go
//! back to their producer or are lost.

use axum::Json;
use axum::extract::{Form, Query};
use axum::response::{IntoResponse, Response};
use domain::Quantity;
use domain::removal::Cause;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use time::{Date, Duration};
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field, select};
use web::format::{date_text, local_date};
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::approval::{self, Asks, Managers};
use super::contract_texts::TillContractTexts;
use super::desk;
use super::drawer_count::language;
use super::lot_fields::LotFields;
use super::page_texts::PageTexts;
use super::refund::{Opening, done};
use super::refund_texts::RefundTexts;
use super::repack::REPACK;
use super::stock_texts::StockTexts;
use super::transfer_texts::TransferTexts;
use super::transfers::SEND;
use super::visit::{Visit, Wanted, check_op_id};
use crate::counter::removal::{self, LINES_MAX, LossBearer, Removal, cause_text};
use crate::counter::{Note, losses};
use crate::db::lots::{self, Listed, LotRow};

/// So many lots are listed.
const LISTED_MAX: usize = 500;
/// Days before the last one from which a lot is listed as one to sell soon.
const SOON_DAYS: i64 = 30;
/// The address of lots to sell soon.
pub const SOON: &str = "/stock/lots";

/// Which lots; without any of them, those to sell soon.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichLots {
    /// Of this product.
    product_id: Option<Uuid>,
    /// Of this producer's consigned goods.
    producer_id: Option<Uuid>,
}

impl WhichLots {
    fn listed(self, today: Date) -> Listed {
        match self {
            Self { product_id: Some(id), .. } => Listed::Product(id.into()),
            Self { producer_id: Some(id), .. } => Listed::Producer(id.into()),
            _ => Listed::Until(today + Duration::days(SOON_DAYS)),
        }
    }

    fn address(self) -> String {
        match self {
            Self { product_id: Some(id), .. } => format!("{SOON}?product_id={id}"),
            Self { producer_id: Some(id), .. } => format!("{SOON}?producer_id={id}"),
            _ => SOON.to_owned(),
        }
    }
}

/// A lot in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LotState {
    /// The lot.
    pub lot_id: Uuid,
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Whose consigned goods; none for the operator's own.
    pub producer_id: Option<Uuid>,
    /// Their name.
    pub producer: Option<String>,
    /// When it came, `2026-11-23`.
    pub received_on: String,
    /// Last day of sale, `2027-05-31`.
    pub expires_on: Option<String>,
    /// Days until then; negative when it is over.
    pub days_left: Option<i64>,
    /// What the pack says.
    pub code: Option<String>,
    /// Thousandths of the unit; below zero for goods that were sold before they came.
    pub quantity_milli: i64,
    /// The lots that it was packed out of.
    pub packed_from: Vec<String>,
    #[serde(skip)]
    dates: (String, String),
}

impl LotState {
    /// Returns its last day of sale as it is to be read; empty without one.
    pub fn expires_text(&self) -> &str {
        &self.dates.1
    }

    /// Returns a lot as a page of that day shows it.
    pub fn of(row: LotRow, today: Date) -> Self {
        Self {
            lot_id: row.lot_id,
            product_id: row.product_id,
            name: row.name,
            unit: row.unit,
            producer_id: row.producer_id,
            producer: row.producer,
            received_on: row.received_on.to_string(),
            expires_on: row.expires_on.map(|day| day.to_string()),
            days_left: row.expires_on.map(|day| (day - today).whole_days()),
            code: row.code,
            quantity_milli: row.quantity_milli,
            packed_from: Vec::new(),
            dates: (date_text(row.received_on), row.expires_on.map(date_text).unwrap_or_default()),
        }
    }
}

/// The page.
pub async fn page(visit: Visit, Query(which): Query<WhichLots>) -> Result<Response, Fault> {
    let today = local_date(visit.app.clock().now_ms());
    let rows = visit.ok(lots::list_lots(visit.app.db().read(), which.listed(today), LISTED_MAX).await)?;
    let mut lots: Vec<LotState> = rows.into_iter().map(|row| LotState::of(row, today)).collect();
    if let Some(id) = which.product_id {
        visit.ok(name_ancestors(&visit, id, &mut lots).await)?;
    }
    if visit.wanted == Wanted::Json {
        return Ok(Json(lots).into_response());
    }
    let goods =
        lots.iter().filter_map(|lot| Some((lot.producer_id?.into(), lot.product_id.into()))).collect();
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let is_named = visit.ok(losses::are_named(&mut reader, &goods, today).await)?;
    drop(reader);
    let managers = visit.ok(Managers::of(&visit).await)?;
    let opening = Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers };
    let lang = visit.lang;
    let title = match which {
        WhichLots { product_id: Some(_), .. } => lots.first().map_or(lang.lots(), |lot| lot.name.as_str()),
        WhichLots { producer_id: Some(_), .. } => {
            lots.first().and_then(|lot| lot.producer.as_deref()).unwrap_or(lang.lots())
        }
        _ => lang.lots_to_sell_soon(),
    };
    desk::page(&visit, "/stock", title, form(lang, &lots, which, (&opening, is_named))).await
}

/// Tells of a product's lots which ones they were packed out of.
async fn name_ancestors(visit: &Visit, product_id: Uuid, lots: &mut [LotState]) -> crate::db::Result<()> {
    let mut reader = visit.app.db().read().acquire().await?;
    for row in lots::list_ancestors(&mut reader, product_id.into()).await? {
        let from = row.code.unwrap_or_else(|| date_text(row.received_on));
        let made = lots.iter_mut().filter(|lot| lot.lot_id == row.lot_id);
        made.for_each(|lot| lot.packed_from.push(format!("{} · {from}", row.name)));
    }
    Ok(())
}

/// What is to leave the shelf, as its form posts it: pairs of `lot` and `quantity`, and the rest once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub struct RemoveGoods {
    op_id: String,
    /// `returned`, `damaged`, `expired`, `lost`, `tasted`.
    cause: String,
    /// Who bears a loss of consigned goods: `contract`, `store` or `producer`.
    bearer: String,
    reason: String,
    #[serde(flatten)]
    lots: LotFields,
    product_id: Option<Uuid>,
    producer_id: Option<Uuid>,
    manager_id: Option<Uuid>,
    pin: String,
}

impl RemoveGoods {
    /// Reads the form's pairs; `None` for a field that it has not.
    fn read(pairs: Vec<(String, String)>) -> Option<Self> {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "op_id" => form.op_id = value,
                "cause" => form.cause = value,
                "bearer" => form.bearer = value,
                "reason" => form.reason = value,
                "product_id" => form.product_id = Some(value.parse().ok()?),
                "producer_id" => form.producer_id = Some(value.parse().ok()?),
                "manager_id" => form.manager_id = Some(value.parse().ok()?),
                "pin" => form.pin = value,
                "csrf" => {}
                other => form.lots.take(other, value)?,
            }
        }
        form.lots.are_paired(LISTED_MAX).then_some(form)
    }

    fn removal(&self, lang: Lang) -> Result<Removal, Note> {
        let bad = |field: &str| Note::BadField { field: field.to_owned() };
        let bearer = match self.bearer.as_str() {
            "contract" => LossBearer::Contract,
            "store" => LossBearer::Store,
            "producer" => LossBearer::Producer,
            _ => return Err(bad("bearer")),
        };
        let mut lots = Vec::new();
        for (lot_id, text) in self.lots.pairs().filter(|(_, text)| !text.is_empty()) {
            let quantity = Quantity::parse(text).map_err(|_| Note::BadQuantity { whole: false })?;
            lots.push((lot_id, quantity));
        }
        if lots.len() > LINES_MAX {
            return Err(bad("lot"));
        }
        Ok(Removal {
            cause: Cause::from_code(&self.cause).ok_or_else(|| bad("cause"))?,
            bearer,
            lots,
            reason: self.reason.clone(),
            language: language(lang),
            word: approval::word(self.manager_id, self.pin.clone()),
        })
    }
}

/// Takes goods off the shelf.
pub async fn remove(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let form = RemoveGoods::read(pairs).ok_or_else(Fault::not_found)?;
    let op_id = check_op_id(&form.op_id)?;
    let state = match form.removal(visit.lang) {
        Ok(removal) => visit.ok(removal::remove(&visit.app, &visit.seat, &op_id, &removal).await)?,
        Err(note) => visit.state(note).await?,
    };
    let which = WhichLots { product_id: form.product_id, producer_id: form.producer_id };
    done(&visit, state, &which.address())
}

/// The lots, with a field for what leaves the shelf of each. The contracts say who bears a loss, where all of them do.
pub fn form(
    lang: Lang,
    lots: &[LotState],
    which: WhichLots,
    (opening, is_named): (&Opening, bool),
) -> Markup {
    let first = lots.iter().position(|lot| lot.quantity_milli > 0);
    html! {
        p.hint { (lang.lots_about()) }
        @if let Some(id) = which.product_id.filter(|_| first.is_some()) {
            p.actions { a.button href={ (SEND) "?product_id=" (id) } { (lang.send_these()) } }
        }
        @if lots.is_empty() { p.mute { (lang.no_lots()) } } @else {
            form.entry method="post" action=(SOON) {
                (opening.csrf)
                input type="hidden" name="op_id" value=(opening.op_id);
                @if let Some(id) = which.product_id { input type="hidden" name="product_id" value=(id); }
                @if let Some(id) = which.producer_id { input type="hidden" name="producer_id" value=(id); }
                section.card {
                    div.table { table {
                        thead { tr {
                            th { (lang.stock_product()) } th { (lang.lot_of()) } th { (lang.lot_received()) }
                            th { (lang.lot_expires()) } th.n { (lang.stock_quantity()) } th.n { (lang.leaves()) }
                        } }
                        tbody { @for (index, lot) in lots.iter().enumerate() { (row(lang, lot, first == Some(index))) } }
                    } }
                }
                (why(lang, opening, is_named))
            }
        }
    }
}

fn row(lang: Lang, lot: &LotState, has_focus: bool) -> Markup {
    let (received, expires) = &lot.dates;
    html! {
        tr {
            td {
                (lot.name) small { (lot.unit) @if let Some(code) = &lot.code { " · " (code) } }
                @for from in &lot.packed_from { small { (TransferTexts::packed_from(lang)) " " (from) } }
                @if lot.quantity_milli > 0 {
                    div { a href={ (REPACK) "?lot_id=" (lot.lot_id) } { (TransferTexts::repack(lang)) } }
                }
            }
            td {
                @match (lot.producer_id, &lot.producer) {
                    (Some(id), Some(name)) => a href={ (SOON) "?producer_id=" (id) } { (name) },
                    _ => (PageTexts::own_goods(lang)),
                }
            }
            td { (received) }
            td { (expires) " " (left(lang, lot)) }
            td.n { (Quantity::from_milli(lot.quantity_milli)) }
            td.n {
                @if lot.quantity_milli > 0 {
                    input type="hidden" name="lot" value=(lot.lot_id);
                    input name="quantity" inputmode="decimal" autocomplete="off" maxlength="12"
                        aria-label=(lang.leaves_of(&lot.name)) autofocus[has_focus];
                } @else { (chip(Tone::Warn, lang.lot_not_received())) }
            }
        }
    }
}

fn left(lang: Lang, lot: &LotState) -> Markup {
    html! {
        @match lot.days_left {
            Some(days) if days < 0 => (chip(Tone::Bad, lang.lot_is_over())),
            Some(days) if days <= SOON_DAYS => (chip(Tone::Warn, &lang.lot_days_left(days))),
            _ => {},
        }
    }
}

/// Who may bear a loss of consigned goods.
pub(super) fn bearers(lang: Lang) -> [(&'static str, &'static str); 3] {
    [("contract", lang.by_contract()), ("store", lang.store_bears()), ("producer", lang.producer_bears())]
}

/// Why they leave, who bears it, and a manager's word.
fn why(lang: Lang, opening: &Opening, is_named: bool) -> Markup {
    let causes = Cause::ALL.map(|cause| (cause.code(), cause_text(cause, language(lang))));
    let bearers = bearers(lang);
    let usual = if is_named { "contract" } else { "store" };
    html! {
        section.card.form {
            h2.whole { (lang.take_off()) }
            (select("cause", RefundTexts::reason(lang), &causes, "returned", None))
            (select("bearer", lang.who_bears(), &bearers, usual, None))
            (Field { is_required: false, ..Field::new("reason", lang.remark_on_paper()) }.render())
            (approval::fields(lang, &opening.managers, "removal", Asks::Sometimes))
            p.hint.whole { (lang.take_off_about()) }
            div.actions { button.danger { (lang.take_off()) } a.button href="/stock" { (PageTexts::stock(lang)) } }
        }
    }
}
