//! Labels: a product is chosen, each of its labels is shown as it will be printed, and some of one are printed.

use axum::Json;
use axum::extract::{Form, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ids::{LotId, ProductId};
use maud::{Markup, html};
use receipts::label::LABELS_MAX;
use receipts::label_picture;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::csrf_field;
use web::format::date_text;
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::drawer_count::language;
use super::goods::{PickGoods, ScanGoods};
use super::label_texts::LabelTexts;
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{day, desk, find, keys, note, results, shift};
use crate::counter::Note;
use crate::counter::labels::{self, Labelled, MadeOn, Order, Wish};

/// The product whose labels the page shows.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    product_id: Option<Uuid>,
}

/// A label.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelOf {
    product_id: Uuid,
    /// The lot, for its packs; empty for the shelf.
    #[serde(default)]
    lot_id: String,
}

/// Labels to print.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintLabels {
    /// Names this form; posting it twice prints once.
    op_id: String,
    product_id: Uuid,
    /// The lot, for its packs; empty for the shelf.
    #[serde(default)]
    lot_id: String,
    /// When the lot was made, as typed: `15/09/2026`; empty leaves it out, without it the lot keeps what was said before.
    made_on: Option<String>,
    /// How many, as typed.
    count: String,
}

/// A product with the labels that it can have.
#[derive(Debug, Serialize, ToSchema)]
pub struct LabelledState {
    /// The product.
    product_id: Uuid,
    /// Name.
    name: String,
    /// What stands in the bars.
    code: String,
    /// Lots on the shelf, for pack labels.
    lots: Vec<LabelledLot>,
}

/// A lot on the shelf.
#[derive(Debug, Serialize, ToSchema)]
pub struct LabelledLot {
    lot_id: Uuid,
    /// What the pack says.
    lot_code: Option<String>,
    /// Last day of sale, `2027-12-31`.
    expires_on: Option<String>,
    /// When it was made, if somebody said it: `2026-09-15`.
    made_on: Option<String>,
}

impl From<&Labelled> for LabelledState {
    fn from(product: &Labelled) -> Self {
        let lots = product.lots.iter().map(|lot| LabelledLot {
            lot_id: lot.id.uuid(),
            lot_code: lot.code.clone(),
            expires_on: lot.expires_on.map(|date| date.to_string()),
            made_on: product.made_on.get(&lot.id).map(|date| date.to_string()),
        });
        Self {
            product_id: product.offer.product_id.uuid(),
            name: product.offer.name.clone(),
            code: product.code.clone(),
            lots: lots.collect(),
        }
    }
}

/// The page, with the labels of a product if one is chosen.
pub async fn page(visit: Visit, Query(chosen): Query<Chosen>) -> Result<Response, Fault> {
    let lang = visit.lang;
    let product = match chosen.product_id {
        Some(product_id) => Some(load(&visit, product_id).await?),
        None => None,
    };
    if visit.wanted == Wanted::Json {
        return Ok(Json(product.as_ref().map(LabelledState::from)).into_response());
    }
    let told = visit.site.take_note(&visit.seat.counter);
    let main = html! {
        div.seek {
            input #box name="code" type="text" data-box="/labels/scan" data-search="/labels/search"
                placeholder=(lang.label_find()) aria-label=(lang.box_label()) autocomplete="off" autocapitalize="off"
                spellcheck="false" maxlength="512" role="combobox" aria-expanded="false" aria-controls="results"
                aria-autocomplete="list" aria-keyshortcuts=(keys::FIND.shortcut) autofocus;
            kbd aria-hidden="true" { (keys::FIND.cap) }
            (results::none(lang))
        }
        @if told.is_none() { (note::none()) }
        @if !visit.app.has_label_printer() { (message(Tone::Warn, lang.label_no_printer())) }
        @match &product {
            Some(product) => (picked(&visit, product)),
            None => section #picked { p.mute { (lang.label_first()) } },
        }
        (keys::GOODS_HELP.folded(lang))
    };
    desk::page_with(&visit, "/labels", lang.labels(), told.as_ref(), main).await
}

async fn load(visit: &Visit, product_id: Uuid) -> Result<Labelled, Fault> {
    visit.ok(labels::load(&visit.app, ProductId::from_uuid(product_id)).await)
}

/// Searches products by words.
pub async fn search(visit: Visit, query: Query<results::Search>) -> Result<Response, Fault> {
    let found = results::find(&visit, query.words()).await?;
    Ok(results::fragment(visit.lang, &found, "/labels/pick").into_response())
}

/// Finds what was scanned or typed.
pub async fn scan(visit: Visit, Form(form): Form<ScanGoods>) -> Result<Response, Fault> {
    match find::one(&visit, form.code(), "/labels/pick").await? {
        Ok(one) => show(&visit, one.product_id).await,
        Err(told) => Ok(told.into_response()),
    }
}

/// Shows the labels of a product that was chosen.
pub async fn pick(visit: Visit, Form(form): Form<PickGoods>) -> Result<Response, Fault> {
    show(&visit, form.product_id()).await
}

async fn show(visit: &Visit, product_id: Uuid) -> Result<Response, Fault> {
    let product = load(visit, product_id).await?;
    let markup = html! { (note::none()) (picked(visit, &product)) };
    Ok(markup.into_response())
}

/// A label as a picture, dot for dot.
pub async fn picture(visit: Visit, Query(label): Query<LabelOf>) -> Result<Response, Fault> {
    let wish = wish(label.product_id, &label.lot_id)?;
    let drawn = visit.ok(labels::picture(&visit.app, wish).await)?.ok_or_else(Fault::not_found)?;
    let png = drawn.map_err(|error| {
        Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "label_unfit", |lang| error.sentence(language(lang)))
    })?;
    Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response())
}

/// Prints labels.
pub async fn print(visit: Visit, Form(form): Form<PrintLabels>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let wish = wish(form.product_id, &form.lot_id)?;
    // What is no number is as wrong as none.
    let count = form.count.trim().parse().unwrap_or(0);
    let to = format!("/labels?product_id={}", form.product_id);
    let made_on = match form.made_on.as_deref().map(str::trim) {
        None => MadeOn::AsBefore,
        Some("") => MadeOn::Unsaid,
        Some(typed) => match day::parse(typed) {
            Some(made_on) => MadeOn::On(made_on),
            None => {
                let state = visit.state(Note::BadField { field: "made_on".to_owned() }).await?;
                return shift::done(&visit, state, &to);
            }
        },
    };
    let order = Order { wish, made_on, count };
    let printed = labels::print(&visit.app, &visit.seat, &op_id, order, language(visit.lang)).await;
    shift::done(&visit, visit.ok(printed)?, &to)
}

fn wish(product_id: Uuid, lot_id: &str) -> Result<Wish, Fault> {
    let unreadable = |_| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY);
    let lot_id = match lot_id {
        "" => None,
        id => Some(LotId::from_uuid(Uuid::try_parse(id).map_err(unreadable)?)),
    };
    Ok(Wish { product_id: ProductId::from_uuid(product_id), lot_id })
}

/// `#picked`: every label of a product, each with its picture.
fn picked(visit: &Visit, product: &Labelled) -> Markup {
    let lang = visit.lang;
    html! {
        section #picked.entry {
            h2 { (product.offer.name) " " span.mute { (product.offer.unit) } }
            div.columns {
                (card(visit, product, None, lang.label_shelf()))
                @for lot in &product.lots {
                    @let title = lot.code.as_ref().map_or(lang.label_pack().to_owned(), |code| lang.label_pack_of(code));
                    (card(visit, product, Some(lot.id), &title))
                }
            }
            @if product.lots.is_empty() { p.mute { (lang.label_no_lots()) } }
        }
    }
}

fn card(visit: &Visit, product: &Labelled, lot_id: Option<LotId>, title: &str) -> Markup {
    let lang = visit.lang;
    let lot = product.lots.iter().find(|lot| Some(lot.id) == lot_id);
    let stock = visit.app.labels().stock();
    let label = product.label(lot_id, visit.app.label_host());
    let unfit = label.and_then(|label| label_picture(&label, &stock).err());
    html! {
        form.card.form method="post" action="/labels/print" {
            (csrf_field(&visit.csrf))
            input type="hidden" name="op_id" value=(visit.new_op_id());
            input type="hidden" name="product_id" value=(product.offer.product_id.uuid());
            input type="hidden" name="lot_id" value=[lot_id.map(LotId::uuid)];
            h2.whole { (title) }
            @if let Some(expires_on) = lot.and_then(|lot| lot.expires_on) {
                p.hint.whole { (lang.label_expires(date_text(expires_on))) }
            }
            @match unfit {
                Some(error) => div.whole { (message(Tone::Bad, &error.sentence(language(lang)))) },
                None => (preview(lang, product, lot_id, title)),
            }
        }
    }
}

/// The picture, how many, and the button.
fn preview(lang: Lang, product: &Labelled, lot_id: Option<LotId>, title: &str) -> Markup {
    let lot = lot_id.map(|id| id.to_string()).unwrap_or_default();
    let id = format!("count-{}", if lot.is_empty() { "shelf" } else { &lot });
    html! {
        p.whole {
            img src={ "/labels/picture.png?product_id=" (product.offer.product_id) "&lot_id=" (lot) } alt=(lang.label_picture(title));
        }
        div.field {
            label for=(id) { (lang.label_count()) }
            input #(id) name="count" type="text" value="1" inputmode="numeric" autocomplete="off" maxlength="4" required;
            p.hint { (lang.label_count_hint(LABELS_MAX)) }
        }
        @if let Some(lot_id) = lot_id { (made_on(lang, product, lot_id)) }
        div.actions { button.primary { (lang.label_print()) } }
    }
}

/// When the lot was made; it stays with the lot for its next labels.
fn made_on(lang: Lang, product: &Labelled, lot_id: LotId) -> Markup {
    let id = format!("made-on-{lot_id}");
    let known = product.made_on.get(&lot_id).copied().map(date_text).unwrap_or_default();
    html! {
        div.field {
            label for=(id) { (lang.label_made_on()) }
            input #(id) name="made_on" type="text" value=(known) inputmode="numeric" autocomplete="off" maxlength="10";
            p.hint { (lang.label_made_on_hint()) }
        }
    }
}
