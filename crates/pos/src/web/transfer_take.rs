//! Taking in goods that came from another store of the operator, or came back from the way there. What was refused comes back
//! filled in.

use std::collections::BTreeMap;

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::Quantity;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field, select};
use web::format::{date_text, local_date};
use web::{Fault, Lang};

use super::approval::{self, Asks, Managers};
use super::desk;
use super::drawer_count::language;
use super::lot_fields::LotFields;
use super::lots::bearers;
use super::page_texts::PageTexts;
use super::refund::{Opening, done};
use super::stock_texts::StockTexts;
use super::transfer_texts::TransferTexts;
use super::transfers::{TRANSFERS, name};
use super::visit::{Visit, Wanted, check_op_id};
use crate::counter::note::Level;
use crate::counter::removal::LossBearer;
use crate::counter::transfer::LINES_MAX;
use crate::counter::transfer_in::{self, TakingIn, find_open};
use crate::counter::{CounterState, Note, losses};
use crate::db::transfers::{self, Arriving};
use crate::db::{producers, products, store};

/// A transfer that waits, as the form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The number on its paper.
    pub number: String,
    /// The other store.
    pub store: String,
    /// It was sent from here, and comes back.
    pub is_back: bool,
    /// The contracts say who bears what is missing.
    pub is_named: bool,
    /// What was sent.
    pub lines: Vec<WaitingLine>,
}

/// A lot of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingLine {
    /// The lot.
    pub lot_id: Uuid,
    /// The product.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Whose; none for the operator's own.
    pub producer: Option<String>,
    /// What the pack says.
    pub code: Option<String>,
    /// Last day of sale, as it is to be read.
    pub expires: String,
    /// What was sent, thousandths of the unit.
    pub sent_milli: i64,
}

/// The page.
pub async fn page(visit: Visit, Path(number): Path<String>) -> Result<Response, Fault> {
    show(&visit, &number, &TakeIn::default(), None).await
}

async fn show(visit: &Visit, number: &str, typed: &TakeIn, told: Option<&Note>) -> Result<Response, Fault> {
    let waiting = visit.ok(load(visit, number).await)?.ok_or_else(Fault::not_found)?;
    let managers = visit.ok(Managers::of(visit).await)?;
    let opening = Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers };
    let title = visit.lang.take_in_title(&waiting.number);
    let main = form(visit.lang, &waiting, typed, &opening);
    desk::page_with(visit, "/stock", &title, told, main).await
}

async fn load(visit: &Visit, number: &str) -> crate::counter::Result<Option<Waiting>> {
    let mut reader = visit.app.db().read().acquire().await?;
    let Some(store) = store::find_store(visit.app.db().read()).await? else { return Ok(None) };
    let own = store.store_id.uuid();
    let Some(Arriving { from, sent, .. }) = find_open(&mut reader, own, number).await? else {
        return Ok(None);
    };
    let told = transfers::load_told(&mut reader).await?;
    let mut lines = Vec::new();
    for line in &sent.lines {
        let named = products::find_name(&mut reader, line.product.into()).await?;
        let (name, unit) = named.unwrap_or_else(|| ("?".to_owned(), String::new()));
        let producer = match line.producer {
            Some(id) => producers::find_name(&mut reader, id.into()).await?,
            None => None,
        };
        lines.push(WaitingLine {
            lot_id: line.lot,
            name,
            unit,
            producer,
            code: line.code.clone(),
            expires: line.expires_on.map(date_text).unwrap_or_default(),
            sent_milli: line.quantity,
        });
    }
    let is_back = from == own;
    let store = name(&told, if is_back { sent.to } else { from });
    let consigned = sent.lines.iter().filter_map(|line| Some((line.producer?.into(), line.product.into())));
    let today = local_date(visit.app.clock().now_ms());
    let is_named = losses::are_named(&mut reader, &consigned.collect(), today).await?;
    Ok(Some(Waiting { number: number.to_owned(), store, is_back, is_named, lines }))
}

/// What came, as its form posts it: pairs of `lot` and `quantity`, and the rest once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub struct TakeIn {
    op_id: String,
    /// The number on the paper that came with it.
    number: String,
    /// Who bears what is missing of consigned goods: `contract`, `store` or `producer`.
    bearer: String,
    reason: String,
    #[serde(flatten)]
    lots: LotFields,
    manager_id: Option<Uuid>,
    pin: String,
}

impl TakeIn {
    /// Reads the form's pairs; `None` for a field that it has not.
    fn read(pairs: Vec<(String, String)>) -> Option<Self> {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "op_id" => form.op_id = value,
                "number" => form.number = value,
                "bearer" => form.bearer = value,
                "reason" => form.reason = value,
                "manager_id" => form.manager_id = Some(value.parse().ok()?),
                "pin" => form.pin = value,
                "csrf" => {}
                other => form.lots.take(other, value)?,
            }
        }
        form.lots.are_paired(LINES_MAX).then_some(form)
    }

    fn taking(&self, lang: Lang) -> Result<TakingIn, Note> {
        let bearer = match self.bearer.as_str() {
            "contract" => LossBearer::Contract,
            "store" | "" => LossBearer::Store,
            "producer" => LossBearer::Producer,
            _ => return Err(Note::BadField { field: "bearer".to_owned() }),
        };
        let mut arrived = BTreeMap::new();
        for (lot_id, text) in self.lots.pairs() {
            let quantity = match text {
                "0" => Quantity::ZERO,
                text => Quantity::parse(text).map_err(|_| Note::BadQuantity { whole: false })?,
            };
            arrived.insert(lot_id, quantity);
        }
        Ok(TakingIn {
            transfer: self.number.clone(),
            arrived,
            bearer,
            reason: self.reason.clone(),
            language: language(lang),
            word: approval::word(self.manager_id, self.pin.clone()),
        })
    }
}

/// Takes goods in; what was refused comes back with what was typed.
pub async fn submit(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let typed = TakeIn::read(pairs).ok_or_else(Fault::not_found)?;
    let op_id = check_op_id(&typed.op_id)?;
    let state: CounterState = match typed.taking(visit.lang) {
        Ok(taking) => visit.ok(transfer_in::take_in(&visit.app, &visit.seat, &op_id, &taking).await)?,
        Err(note) => visit.state(note).await?,
    };
    let is_open = visit.ok(load(&visit, &typed.number).await)?.is_some();
    if visit.wanted == Wanted::Markup && state.note.level() == Level::Bad && is_open {
        let page = show(&visit, &typed.number, &typed, Some(&state.note)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    done(&visit, state, TRANSFERS)
}

/// The form.
pub fn form(lang: Lang, waiting: &Waiting, typed: &TakeIn, opening: &Opening) -> Markup {
    let bearers = bearers(lang);
    let usual = if waiting.is_named { "contract" } else { "store" };
    let chosen = if typed.bearer.is_empty() { usual } else { &typed.bearer };
    let about = if waiting.is_back {
        lang.take_back_about(&waiting.store)
    } else {
        lang.take_in_about(&waiting.store)
    };
    html! {
        p.hint { (about) }
        form.entry method="post" action={ (TRANSFERS) "/take" } {
            (opening.csrf)
            input type="hidden" name="op_id" value=(opening.op_id);
            input type="hidden" name="number" value=(waiting.number);
            section.card {
                div.table { table {
                    thead { tr {
                        th { (lang.stock_product()) } th { (lang.lot_of()) } th { (lang.lot_expires()) }
                        th.n { (lang.was_sent()) } th.n { (lang.has_come()) }
                    } }
                    tbody { @for (index, line) in waiting.lines.iter().enumerate() { (row(lang, line, typed, index == 0)) } }
                } }
            }
            section.card.form {
                (select("bearer", lang.missing_borne(), &bearers, chosen, None))
                (Field { value: &typed.reason, is_required: false, ..Field::new("reason", lang.remark_on_paper()) }.render())
                (approval::fields(lang, &opening.managers, "take", Asks::Sometimes))
                div.actions { button.primary { (lang.take_in()) } a.button href=(TRANSFERS) { (lang.transfers()) } }
            }
        }
    }
}

fn row(lang: Lang, line: &WaitingLine, typed: &TakeIn, has_focus: bool) -> Markup {
    let sent = Quantity::from_milli(line.sent_milli);
    html! {
        tr {
            td { (line.name) small { (line.unit) @if let Some(code) = &line.code { " · " (code) } } }
            td { (line.producer.as_deref().unwrap_or_else(|| PageTexts::own_goods(lang))) }
            td { (line.expires) }
            td.n { (sent) }
            td.n {
                input type="hidden" name="lot" value=(line.lot_id);
                input name="quantity" inputmode="decimal" autocomplete="off" maxlength="12" required
                    value=(typed.lots.typed_of(line.lot_id).map_or_else(|| sent.typed(), str::to_owned)) aria-label=(lang.come_of(&line.name)) autofocus[has_focus];
            }
        }
    }
}
