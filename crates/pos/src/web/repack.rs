//! Packing goods anew: one lot is opened, up to three kinds of packs are made of it. What was refused comes back filled in.

use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::Quantity;
use domain::catalog::SoldBy;
use domain::stock::LotOnShelf;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field};
use web::format::date_text;
use web::{Fault, Lang};

use super::approval::{self, Asks, Managers};
use super::desk;
use super::drawer_count::language;
use super::page_texts::PageTexts;
use super::refund::{Opening, done};
use super::stock_texts::StockTexts;
use super::transfer_texts::TransferTexts;
use super::visit::{Visit, Wanted, check_op_id};
use crate::counter::note::Level;
use crate::counter::repack::{self, MADE_MAX, NewPacks, Repacking};
use crate::counter::{CounterState, Note};
use crate::db::products::PackRow;
use crate::db::{lots, producers, products};

/// The address of the page.
pub const REPACK: &str = "/repack";
/// So many products can be chosen.
const LISTED_MAX: i64 = 500;

/// Which lot.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhichLot {
    lot_id: Uuid,
}

/// A lot that can be opened, as the form shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The lot.
    pub lot_id: Uuid,
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Whose; none for the operator's own.
    pub producer: Option<String>,
    /// What the packs say.
    pub code: String,
    /// Last day of sale, as it is to be read.
    pub expires: String,
    /// What is left.
    pub left: Quantity,
    /// It is sold by weight, so that its quantity is its weight.
    pub is_weighed: bool,
    /// What it can be packed into.
    pub packs: Vec<PackRow>,
}

/// The page.
pub async fn page(visit: Visit, Query(which): Query<WhichLot>) -> Result<Response, Fault> {
    show(&visit, which.lot_id, &RepackGoods::default(), None).await
}

async fn show(
    visit: &Visit,
    lot_id: Uuid,
    typed: &RepackGoods,
    told: Option<&Note>,
) -> Result<Response, Fault> {
    let opened = visit.ok(load(visit, lot_id).await)?.ok_or_else(Fault::not_found)?;
    let managers = visit.ok(Managers::of(visit).await)?;
    let opening = Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers };
    let title = visit.lang.repack_title(&opened.name);
    let main = form(visit.lang, &opened, typed, &opening);
    desk::page_with(visit, "/stock", &title, told, main).await
}

async fn load(visit: &Visit, lot_id: Uuid) -> crate::db::Result<Option<Opened>> {
    let mut tx = visit.app.db().begin().await?;
    let Some(LotOnShelf { lot, on_hand }) = lots::find_lot(&mut tx, lot_id.into()).await? else {
        return Ok(None);
    };
    let today = web::format::local_date(visit.app.clock().now_ms());
    let offer = products::load_offer(&mut tx, lot.product_id, today).await?;
    let producer_id = lot.owner.producer_id();
    let producer = match producer_id {
        Some(id) => producers::find_name(&mut tx, id).await?,
        None => None,
    };
    let mut packs = products::list_packs(&mut tx, producer_id, LISTED_MAX).await?;
    packs.retain(|pack| pack.product_id != lot.product_id.uuid());
    Ok(Some(Opened {
        lot_id,
        product_id: lot.product_id.uuid(),
        name: offer.name,
        unit: offer.unit,
        producer,
        code: lot.code.unwrap_or_default(),
        expires: lot.expires_on.map(date_text).unwrap_or_default(),
        left: on_hand,
        is_weighed: offer.sold_by == SoldBy::Weight,
        packs,
    }))
}

/// What is packed anew, as its form posts it: rows of `product`, `packs`, `each` and `code`, and the rest once.
#[derive(Debug, Clone, Default, PartialEq, Eq, ToSchema)]
pub struct RepackGoods {
    op_id: String,
    lot_id: Uuid,
    /// How much is opened, as typed.
    quantity: String,
    /// What it weighs, kilograms or with `g`; empty for goods that are sold by weight.
    weight: String,
    /// What is lost, alike; empty for nothing.
    loss: String,
    reason: String,
    /// Products; empty for an unused row.
    product: Vec<String>,
    /// How many packs of each.
    packs: Vec<String>,
    /// What a pack weighs.
    each: Vec<String>,
    /// What the packs say.
    code: Vec<String>,
    manager_id: Option<Uuid>,
    pin: String,
}

impl RepackGoods {
    /// Reads the form's pairs; `None` for a field that it has not.
    fn read(pairs: Vec<(String, String)>) -> Option<Self> {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "op_id" => form.op_id = value,
                "lot_id" => form.lot_id = value.parse().ok()?,
                "quantity" => form.quantity = value,
                "weight" => form.weight = value,
                "loss" => form.loss = value,
                "reason" => form.reason = value,
                "product" => form.product.push(value),
                "packs" => form.packs.push(value),
                "each" => form.each.push(value),
                "code" => form.code.push(value),
                "manager_id" => form.manager_id = Some(value.parse().ok()?),
                "pin" => form.pin = value,
                "csrf" => {}
                _ => return None,
            }
        }
        let rows = form.product.len();
        let is_whole = [&form.packs, &form.each, &form.code].iter().all(|column| column.len() == rows);
        (is_whole && rows <= MADE_MAX).then_some(form)
    }

    fn repacking(&self, lang: Lang) -> Result<Repacking, Note> {
        let quantity = |text: &str| Quantity::parse(text).map_err(|_| Note::BadQuantity { whole: false });
        let weight = |text: &str| match text.trim() {
            "" | "0" => Ok(None),
            text => Quantity::parse_weight(text).map(Some).map_err(|_| Note::BadWeight),
        };
        let mut made = Vec::new();
        for (index, product) in self.product.iter().enumerate().filter(|(_, product)| !product.is_empty()) {
            let text = |column: &[String]| column.get(index).cloned().unwrap_or_default();
            let product: Uuid =
                product.parse().map_err(|_| Note::BadField { field: "product".to_owned() })?;
            made.push(NewPacks {
                product_id: product.into(),
                quantity: quantity(&text(&self.packs))?,
                each: weight(&text(&self.each))?,
                code: text(&self.code),
            });
        }
        Ok(Repacking {
            lot_id: self.lot_id.into(),
            quantity: quantity(&self.quantity)?,
            weight: weight(&self.weight)?,
            made,
            loss: weight(&self.loss)?.unwrap_or_default(),
            reason: self.reason.clone(),
            language: language(lang),
            word: approval::word(self.manager_id, self.pin.clone()),
        })
    }
}

/// Packs goods anew; what was refused comes back with what was typed.
pub async fn submit(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let typed = RepackGoods::read(pairs).ok_or_else(Fault::not_found)?;
    let op_id = check_op_id(&typed.op_id)?;
    let state: CounterState = match typed.repacking(visit.lang) {
        Ok(repacking) => visit.ok(repack::repack(&visit.app, &visit.seat, &op_id, &repacking).await)?,
        Err(note) => visit.state(note).await?,
    };
    if visit.wanted == Wanted::Markup && state.note.level() == Level::Bad {
        let page = show(&visit, typed.lot_id, &typed, Some(&state.note)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    done(&visit, state, &format!("{}?product_id={}", super::lots::SOON, made_first(&typed)))
}

/// The lots of what was made are what one wants to see next.
fn made_first(typed: &RepackGoods) -> &str {
    typed.product.iter().find(|product| !product.is_empty()).map_or("", String::as_str)
}

/// The form.
pub fn form(lang: Lang, opened: &Opened, typed: &RepackGoods, opening: &Opening) -> Markup {
    let quantity_label = lang.opened_quantity(&opened.unit, opened.left);
    html! {
        p.hint { (lang.repack_about()) }
        form.entry method="post" action=(REPACK) {
            (opening.csrf)
            input type="hidden" name="op_id" value=(opening.op_id);
            input type="hidden" name="lot_id" value=(opened.lot_id);
            section.card.form {
                h2.whole { (lang.opened()) ": " (opened.name) }
                p.hint.whole {
                    (opened.producer.as_deref().unwrap_or_else(|| PageTexts::own_goods(lang)))
                    @if !opened.code.is_empty() { " · " (lang.card_lot()) " " (opened.code) }
                    @if !opened.expires.is_empty() { " · " (lang.lot_expires()) " " (opened.expires) }
                }
                (Field { value: &typed.quantity, inputmode: "decimal", has_focus: true, ..Field::new("quantity", &quantity_label) }.render())
                @if !opened.is_weighed {
                    (Field { value: &typed.weight, inputmode: "decimal", ..Field::new("weight", lang.opened_weight()) }.render())
                }
            }
            section.card {
                div.head { h2 { (lang.packed_into()) } }
                div.table { table {
                    thead { tr {
                        th { (lang.pack_product()) } th.n { (lang.pack_count()) } th.n { (lang.pack_each()) } th { (lang.pack_code()) }
                    } }
                    tbody { @for index in 0..MADE_MAX { (row(lang, opened, typed, index)) } }
                } }
                p.hint { (lang.pack_each_hint()) }
            }
            section.card.form {
                (Field { value: &typed.loss, inputmode: "decimal", is_required: false, hint: Some(lang.lost_weight_hint()), ..Field::new("loss", lang.lost_weight()) }.render())
                (Field { value: &typed.reason, is_required: false, ..Field::new("reason", lang.remark_on_paper()) }.render())
                (approval::fields(lang, &opening.managers, "repack", Asks::Sometimes))
                div.actions { button.primary { (lang.repack()) } a.button href={ (super::lots::SOON) "?product_id=" (opened.product_id) } { (lang.lots()) } }
            }
        }
    }
}

fn row(lang: Lang, opened: &Opened, typed: &RepackGoods, index: usize) -> Markup {
    let text = |column: &[String]| column.get(index).cloned().unwrap_or_default();
    let chosen = text(&typed.product);
    let label = |words: &str| format!("{words} {}", index + 1);
    html! {
        tr {
            td {
                select name="product" aria-label=(label(lang.pack_product())) {
                    option value="" { (lang.pack_none()) }
                    @for pack in &opened.packs {
                        @let id = pack.product_id.to_string();
                        option value=(id) selected[id == chosen] { (pack.name) " · " (pack.unit) }
                    }
                }
            }
            td.n { input name="packs" inputmode="decimal" autocomplete="off" maxlength="12" value=(text(&typed.packs)) aria-label=(label(lang.pack_count())); }
            td.n { input name="each" autocomplete="off" maxlength="12" value=(text(&typed.each)) aria-label=(label(lang.pack_each())); }
            td { input name="code" autocomplete="off" maxlength="40" value=(text(&typed.code)) placeholder=(opened.code) aria-label=(label(lang.pack_code())); }
        }
    }
}
