//! Sending goods to another store of the operator: which lots, how much of each. What was refused comes back filled in.

use std::collections::BTreeMap;

use axum::extract::{Form, Query};
use axum::response::{IntoResponse, Response};
use domain::Quantity;
use domain::name_fold::name_fold;
use maud::{Markup, html};
use protocol::wire::SisterStore;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field, select};
use web::format::local_date;
use web::{Fault, Lang};

use super::approval::{self, Asks, Managers};
use super::desk;
use super::drawer_count::language;
use super::lot_fields::LotFields;
use super::lots::LotState;
use super::page_texts::PageTexts;
use super::refund::{Opening, done};
use super::stock_texts::StockTexts;
use super::transfer_texts::TransferTexts;
use super::transfers::{SEND, TRANSFERS};
use super::visit::{Visit, Wanted, check_op_id};
use crate::counter::note::Level;
use crate::counter::transfer::{self, LINES_MAX, Sending};
use crate::counter::{CounterState, Note};
use crate::db::lots::{self, Listed};
use crate::db::transfers;

/// From so many lots on there is a search.
const SEARCHED_FROM: usize = 12;
/// So many lots are listed.
const LISTED_MAX: usize = 500;

/// Which lots are listed.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichGoods {
    /// Words of their names, with or without accents; all lots without them.
    #[serde(default)]
    find: String,
    /// Lots of this product alone.
    product_id: Option<Uuid>,
}

/// The page.
pub async fn page(visit: Visit, Query(which): Query<WhichGoods>) -> Result<Response, Fault> {
    show(&visit, &which, &SendGoods::default(), None).await
}

async fn show(
    visit: &Visit,
    which: &WhichGoods,
    typed: &SendGoods,
    told: Option<&Note>,
) -> Result<Response, Fault> {
    let today = local_date(visit.app.clock().now_ms());
    let listed = which.product_id.map_or(Listed::OnShelf, |id| Listed::Product(id.into()));
    let rows = visit.ok(lots::list_lots(visit.app.db().read(), listed, LISTED_MAX).await)?;
    let words = name_fold(&which.find);
    let is_found = |lot: &LotState| {
        lot.quantity_milli > 0
            && (name_fold(&lot.name).contains(&words) || typed.quantity_of(lot.lot_id).is_some())
    };
    let lots: Vec<LotState> = rows.into_iter().map(|row| LotState::of(row, today)).filter(is_found).collect();
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let told_of = visit.ok(transfers::load_told(&mut reader).await)?;
    drop(reader);
    let managers = visit.ok(Managers::of(visit).await)?;
    let opening = Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers };
    let main = form(visit.lang, (&told_of.sisters, &lots), (which, typed), &opening);
    desk::page_with(visit, "/stock", visit.lang.send_goods(), told, main).await
}

/// What is to be sent, as its form posts it: pairs of `lot` and `quantity`, and the rest once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub struct SendGoods {
    op_id: String,
    /// The store.
    to: Option<Uuid>,
    reason: String,
    #[serde(flatten)]
    lots: LotFields,
    manager_id: Option<Uuid>,
    pin: String,
}

impl SendGoods {
    /// Reads the form's pairs; `None` for a field that it has not.
    fn read(pairs: Vec<(String, String)>) -> Option<Self> {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "op_id" => form.op_id = value,
                "to" => form.to = value.parse().ok(),
                "reason" => form.reason = value,
                "manager_id" => form.manager_id = Some(value.parse().ok()?),
                "pin" => form.pin = value,
                "csrf" => {}
                other => form.lots.take(other, value)?,
            }
        }
        form.lots.are_paired(LISTED_MAX).then_some(form)
    }

    /// Returns what was typed for a lot; nothing for an empty field.
    fn quantity_of(&self, lot_id: Uuid) -> Option<&str> {
        self.lots.typed_of(lot_id).filter(|text| !text.is_empty())
    }

    fn sending(&self, lang: Lang) -> Result<Sending, Note> {
        let mut lots = BTreeMap::new();
        for (lot_id, text) in self.lots.pairs().filter(|(_, text)| !text.is_empty()) {
            let quantity = Quantity::parse(text).map_err(|_| Note::BadQuantity { whole: false })?;
            lots.insert(lot_id, quantity);
        }
        if lots.len() > LINES_MAX {
            return Err(Note::BadField { field: "lot".to_owned() });
        }
        Ok(Sending {
            to: self.to.unwrap_or_default(),
            lots: lots.into_iter().collect(),
            reason: self.reason.clone(),
            language: language(lang),
            word: approval::word(self.manager_id, self.pin.clone()),
        })
    }
}

/// Sends goods; what was refused comes back with what was typed.
pub async fn submit(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let typed = SendGoods::read(pairs).ok_or_else(Fault::not_found)?;
    let op_id = check_op_id(&typed.op_id)?;
    let state: CounterState = match typed.sending(visit.lang) {
        Ok(sending) => visit.ok(transfer::send(&visit.app, &visit.seat, &op_id, &sending).await)?,
        Err(note) => visit.state(note).await?,
    };
    if visit.wanted == Wanted::Markup && state.note.level() == Level::Bad {
        let which = WhichGoods::default();
        let page = show(&visit, &which, &typed, Some(&state.note)).await?;
        return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    done(&visit, state, TRANSFERS)
}

/// The form.
pub fn form(
    lang: Lang,
    (sisters, lots): (&[SisterStore], &[LotState]),
    (which, typed): (&WhichGoods, &SendGoods),
    opening: &Opening,
) -> Markup {
    let to = typed.to.map(|id| id.to_string()).unwrap_or_default();
    let ids: Vec<String> = sisters.iter().map(|sister| sister.id.to_string()).collect();
    let options: Vec<(&str, &str)> =
        ids.iter().zip(sisters).map(|(id, sister)| (id.as_str(), sister.name.as_str())).collect();
    html! {
        p.hint { (lang.send_about()) }
        // A short list needs no search.
        @if lots.len() >= SEARCHED_FROM || !which.find.is_empty() {
        form.card.form method="get" action=(SEND) role="search" {
            (Field { value: &which.find, is_required: false, ..Field::new("find", lang.find_lots()) }.render())
            div.actions { button { (lang.find()) } }
        }
        }
        @if lots.is_empty() { p.mute { (lang.no_lots()) } } @else {
            form.entry method="post" action=(SEND) {
                (opening.csrf)
                input type="hidden" name="op_id" value=(opening.op_id);
                section.card {
                    div.table { table {
                        thead { tr {
                            th { (lang.stock_product()) } th { (lang.lot_of()) } th { (lang.lot_expires()) }
                            th.n { (lang.stock_quantity()) } th.n { (lang.sends()) }
                        } }
                        tbody { @for (index, lot) in lots.iter().enumerate() {
                            tr {
                                td { (lot.name) small { (lot.unit) @if let Some(code) = &lot.code { " · " (code) } } }
                                td { (lot.producer.as_deref().unwrap_or_else(|| PageTexts::own_goods(lang))) }
                                td { (lot.expires_text()) }
                                td.n { (Quantity::from_milli(lot.quantity_milli)) }
                                td.n {
                                    input type="hidden" name="lot" value=(lot.lot_id);
                                    input name="quantity" inputmode="decimal" autocomplete="off" maxlength="12"
                                        value=(typed.quantity_of(lot.lot_id).unwrap_or_default())
                                        aria-label=(lang.send_of(&lot.name)) autofocus[index == 0];
                                }
                            }
                        } }
                    } }
                }
                section.card.form {
                    (select("to", lang.to_which_store(), &options, &to, None))
                    (Field { value: &typed.reason, is_required: false, ..Field::new("reason", lang.remark_on_paper()) }.render())
                    (approval::fields(lang, &opening.managers, "transfer", Asks::Always { has_focus: false }))
                    div.actions { button.primary { (lang.send_goods()) } a.button href=(TRANSFERS) { (lang.transfers()) } }
                }
            }
        }
    }
}
