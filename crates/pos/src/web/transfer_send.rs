//! Sending goods to another store of the operator: which lots, how much of each. What was refused comes back filled in.

use std::collections::BTreeMap;

use axum::extract::{Form, Query};
use axum::response::{IntoResponse, Response};
use domain::Quantity;
use domain::ids::{LotId, ProductId};
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
use crate::db::lots;
use crate::db::transfers;

/// From so many lots on there is a search.
const SEARCHED_FROM: usize = 12;
/// So many lots are listed, beside those of which something was typed.
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
    let goods = visit.ok(Goods::load(visit, which, typed).await)?;
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let told_of = visit.ok(transfers::load_told(&mut reader).await)?;
    drop(reader);
    let managers = visit.ok(Managers::of(visit).await)?;
    let opening = Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers };
    let main = form(visit.lang, (&told_of.sisters, &goods), (which, typed), &opening);
    desk::page_with(visit, "/stock", visit.lang.send_goods(), told, main).await
}

/// The lots that the form lists.
#[derive(Debug, Clone, Default)]
pub struct Goods {
    /// Those of which something was typed, then those that were looked for.
    pub lots: Vec<LotState>,
    /// There are more than are listed.
    pub has_more: bool,
}

impl Goods {
    async fn load(visit: &Visit, which: &WhichGoods, typed: &SendGoods) -> crate::db::Result<Self> {
        let (pool, product_id) = (visit.app.db().read(), which.product_id.map(ProductId::from));
        let chosen: Vec<LotId> = typed.chosen().map(|(lot_id, _)| lot_id).collect();
        let mut rows = lots::list_these(pool, &chosen).await?;
        let mut found = lots::list_found(pool, product_id, &which.find, LISTED_MAX + 1).await?;
        let has_more = found.len() > LISTED_MAX;
        found.truncate(LISTED_MAX);
        rows.extend(found.into_iter().filter(|row| !chosen.contains(&LotId::from_uuid(row.lot_id))));
        let today = local_date(visit.app.clock().now_ms());
        Ok(Self { lots: rows.into_iter().map(|row| LotState::of(row, today)).collect(), has_more })
    }
}

/// What is to be sent, as its form posts it: pairs of `lot` and `quantity`, and the rest once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub struct SendGoods {
    op_id: String,
    /// `find` looks for goods and keeps what was typed, `send` sends; without it, as after Enter: other words than those that
    /// were looked for are looked for.
    act: String,
    /// Words to look for.
    find: String,
    /// Those that the list was found by.
    found: String,
    /// The list has lots of this product alone.
    product_id: Option<Uuid>,
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
                "act" => form.act = value,
                "find" => form.find = value,
                "found" => form.found = value,
                "product_id" => form.product_id = value.parse().ok(),
                "to" => form.to = value.parse().ok(),
                "reason" => form.reason = value,
                "manager_id" => form.manager_id = Some(value.parse().ok()?),
                "pin" => form.pin = value,
                "csrf" => {}
                other => form.lots.take(other, value)?,
            }
        }
        form.lots.are_paired(LISTED_MAX + LINES_MAX).then_some(form)
    }

    /// Says whether goods are looked for.
    fn finds(&self) -> bool {
        match self.act.as_str() {
            "find" => true,
            "send" => false,
            _ => self.find.trim() != self.found.trim(),
        }
    }

    /// Returns what the page lists afterwards: what is looked for is looked for among all goods.
    fn which(&self) -> WhichGoods {
        if self.finds() {
            return WhichGoods { find: self.find.clone(), product_id: None };
        }
        WhichGoods { find: self.found.clone(), product_id: self.product_id }
    }

    /// Returns the lots of which something was typed, and what.
    fn chosen(&self) -> impl Iterator<Item = (LotId, &str)> {
        self.lots.pairs().filter(|(_, text)| !text.is_empty())
    }

    /// Returns what was typed for a lot; nothing for an empty field.
    fn quantity_of(&self, lot_id: Uuid) -> Option<&str> {
        self.lots.typed_of(lot_id).filter(|text| !text.is_empty())
    }

    fn sending(&self, lang: Lang) -> Result<Sending, Note> {
        let mut lots = BTreeMap::new();
        for (lot_id, text) in self.chosen() {
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

/// Sends goods; what was refused, or looked for among others, comes back with what was typed. More lots than a transfer has are
/// refused before they make a form that nobody can post.
pub async fn submit(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let typed = SendGoods::read(pairs).ok_or_else(Fault::not_found)?;
    let op_id = check_op_id(&typed.op_id)?;
    if visit.wanted == Wanted::Markup && typed.finds() && typed.chosen().count() <= LINES_MAX {
        return show(&visit, &typed.which(), &typed, None).await;
    }
    let state: CounterState = match typed.sending(visit.lang) {
        Ok(sending) => visit.ok(transfer::send(&visit.app, &visit.seat, &op_id, &sending).await)?,
        Err(note) => visit.state(note).await?,
    };
    if visit.wanted == Wanted::Markup && state.note.level() == Level::Bad {
        let page = show(&visit, &typed.which(), &typed, Some(&state.note)).await?;
        return Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    done(&visit, state, TRANSFERS)
}

/// The form. A press of Enter comes with its first button, which says nothing.
pub fn form(
    lang: Lang,
    (sisters, goods): (&[SisterStore], &Goods),
    (which, typed): (&WhichGoods, &SendGoods),
    opening: &Opening,
) -> Markup {
    // A short list needs no search.
    let is_searched =
        goods.lots.len() >= SEARCHED_FROM || !which.find.is_empty() || which.product_id.is_some();
    html! {
        p.hint { (lang.send_about()) }
        @if goods.lots.is_empty() && !is_searched { p.mute { (lang.no_lots()) } } @else {
            form.entry method="post" action=(SEND) {
                (opening.csrf)
                input type="hidden" name="op_id" value=(opening.op_id);
                input type="hidden" name="found" value=(which.find);
                @if let Some(id) = which.product_id { input type="hidden" name="product_id" value=(id); }
                button.hidden tabindex="-1" aria-hidden="true" { (lang.send_goods()) }
                @if is_searched {
                    section.card.form role="search" {
                        (Field { value: &which.find, is_required: false, ..Field::new("find", lang.find_lots()) }.render())
                        div.actions { button name="act" value="find" { (lang.find()) } }
                        @if goods.has_more { p.hint.whole { (lang.send_more(LISTED_MAX)) } }
                    }
                }
                @if goods.lots.is_empty() { p.mute { (lang.no_lots()) } } @else { (listed(lang, &goods.lots, typed)) }
                (how(lang, sisters, typed, opening))
            }
        }
    }
}

/// The lots, with a field for what is sent of each.
fn listed(lang: Lang, lots: &[LotState], typed: &SendGoods) -> Markup {
    html! {
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
    }
}

/// Where to, and a manager's word.
fn how(lang: Lang, sisters: &[SisterStore], typed: &SendGoods, opening: &Opening) -> Markup {
    let to = typed.to.map(|id| id.to_string()).unwrap_or_default();
    let ids: Vec<String> = sisters.iter().map(|sister| sister.id.to_string()).collect();
    let options: Vec<(&str, &str)> =
        ids.iter().zip(sisters).map(|(id, sister)| (id.as_str(), sister.name.as_str())).collect();
    html! {
        section.card.form {
            (select("to", lang.to_which_store(), &options, &to, None))
            (Field { value: &typed.reason, is_required: false, ..Field::new("reason", lang.remark_on_paper()) }.render())
            (approval::fields(lang, &opening.managers, "transfer", Asks::Always { has_focus: false }))
            div.actions {
                button.primary name="act" value="send" { (lang.send_goods()) }
                a.button href=(TRANSFERS) { (lang.transfers()) }
            }
        }
    }
}
