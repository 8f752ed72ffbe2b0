//! Receiving goods in simple form: whose they are, what was delivered, how much, until when it may be sold.

use std::collections::BTreeSet;

use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::consignment::{Terms, contract_on};
use domain::contract::{Mode, owner_on};
use domain::ids::{ProducerId, ProductId};
use domain::pack_link::PackLink;
use domain::stock::Owner;
use domain::{Money, Quantity};
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::{date_text, local_date};
use web::fragment::{Tone, chip, message, note as words_note};
use web::{Fault, Lang};

use super::contract_texts::TillContractTexts;
use super::delivery::{Delivery, DeliveryLine, WrongField};
use super::drawer_count::language;
use super::gift_texts::GiftTexts;
use super::goods_texts::GoodsTexts;
use super::new_producer::NEW_PRODUCER;
use super::page_texts::PageTexts;
use super::products::{PRODUCERS_MAX, producer_select};
use super::purchase_texts::PurchaseTexts;
use super::purchases::PURCHASES;
use super::results;
use super::stock_texts::StockTexts;
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted};
use super::{announced, desk, find, goods_new, keys, note, papers};
use crate::counter::note::Delivering;
use crate::counter::{Note, goods};
use crate::db::producers::Producer;
use crate::db::{combos, producers, products, terms};

/// Versions of contracts that are looked through.
const TERMS_MAX: i64 = 5_000;

/// After a delivery, the labels of so many products are offered.
const LABELS_OFFERED_MAX: usize = 6;

/// What was scanned or typed into the box.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScanGoods {
    /// A code, or words.
    code: String,
}

/// A product that was chosen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PickGoods {
    product_id: Uuid,
}

impl ScanGoods {
    /// Returns what was scanned or typed.
    pub(super) fn code(&self) -> &str {
        &self.code
    }
}

impl PickGoods {
    /// Returns the product.
    pub(super) fn product_id(&self) -> Uuid {
        self.product_id
    }
}

/// Whose goods come.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhoseGoods {
    /// The producer who is chosen first.
    producer_id: Option<Uuid>,
}

/// The page.
pub async fn page(visit: Visit, Query(whose): Query<WhoseGoods>) -> Result<Response, Fault> {
    let expected = visit.ok(announced::expected(&visit).await)?;
    let chosen = whose.producer_id.map(|id| id.to_string()).unwrap_or_default();
    let told = visit.site.take_note(&visit.seat.counter);
    let producers = visit.ok(producers::list_producers(visit.app.db().read(), PRODUCERS_MAX).await)?;
    let contracts = contracts(&visit).await?;
    let lang = visit.lang;
    let main = html! {
        div.seek {
            input #box name="code" type="text" data-box="/goods/scan" data-search="/goods/search"
                placeholder=(lang.find_goods()) aria-label=(lang.box_label()) autocomplete="off" autocapitalize="off"
                spellcheck="false" maxlength="512" role="combobox" aria-expanded="false" aria-controls="results"
                aria-autocomplete="list" aria-keyshortcuts=(keys::FIND.shortcut) autofocus;
            kbd aria-hidden="true" { (keys::FIND.cap) }
            (results::none(lang))
        }
        @match &told {
            Some(told) => (note::fragment(lang, told)),
            None => (note::none()),
        }
        form.entry data-post="/goods/line" {
            section.card.form {
                (whose_goods(lang, &marked(lang, producers, &contracts), &chosen))
                div.actions {
                    a.button href=(NEW_PRODUCER) { (lang.new_producer()) }
                    button type="button" data-post="/goods/blank" { (lang.new_goods()) }
                    @if visit.seat.manager { a.button href=(PURCHASES) { (lang.purchases()) } }
                }
            }
            (nothing_picked())
            (lines(lang, (&[], &Agreed::default()), None, &[]))
            (announced::card(lang, &expected))
        }
        (keys::GOODS_HELP.folded(lang))
    };
    desk::page_with(&visit, "/goods", lang.goods(), None, main).await
}

/// `#whose`: who brings the goods.
pub fn whose_goods(lang: Lang, producers: &[Producer], chosen: &str) -> Markup {
    html! { div #whose { (producer_select(lang, producers, chosen)) } }
}

/// Fills in the row of goods that were announced, and whose they are. Goods of another producer go in first: a delivery has one.
pub async fn pick_announced(
    visit: Visit,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let delivery = read_form(pairs)?;
    let expected = visit.ok(announced::expected(&visit).await)?;
    let come = expected.iter().find(|expected| Some(expected.delivery_id) == delivery.take);
    let come = come.ok_or_else(Fault::not_found)?;
    let of = Delivery::of(come);
    if !delivery.line.is_empty() && delivery.producer_id != of.producer_id {
        return Ok(words_note(Tone::Alarm, visit.lang.announced_by_another()).into_response());
    }
    let producers = visit.ok(producers::list_producers(visit.app.db().read(), PRODUCERS_MAX).await)?;
    let contracts = contracts(&visit).await?;
    let lang = visit.lang;
    let markup = html! {
        (note::none())
        (whose_goods(lang, &marked(lang, producers, &contracts), &of.producer_id))
        (picked(lang, &of, (&come.name, &come.unit), None))
    };
    Ok(markup.into_response())
}

/// Searches products by words.
pub async fn search(visit: Visit, query: Query<results::Search>) -> Result<Response, Fault> {
    let found = results::find(&visit, query.words()).await?;
    Ok(results::fragment(visit.lang, &found, "/goods/pick").into_response())
}

/// Finds what was scanned or typed: one product is picked, several are offered. The QR of a pack tells lot and last day.
pub async fn scan(visit: Visit, Form(form): Form<ScanGoods>) -> Result<Response, Fault> {
    let one = match find::one(&visit, form.code(), "/goods/pick").await? {
        Ok(one) => one,
        Err(told) => return Ok(told.into_response()),
    };
    let today = local_date(visit.app.clock().now_ms());
    let link = one.link.as_ref();
    let typed = Delivery {
        expires_on: link.and_then(|link| link.expires_on(today)).map(date_text).unwrap_or_default(),
        lot_code: link.and_then(PackLink::lot).unwrap_or_default().to_owned(),
        ..Delivery::default()
    };
    pick_product(&visit, one.product_id, typed).await
}

/// Picks a product for the next row.
pub async fn pick(visit: Visit, Form(form): Form<PickGoods>) -> Result<Response, Fault> {
    pick_product(&visit, form.product_id, Delivery::default()).await
}

async fn pick_product(visit: &Visit, product_id: Uuid, typed: Delivery) -> Result<Response, Fault> {
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    if visit.ok(combos::is_combo(&mut reader, product_id.into()).await)? {
        return Ok(words_note(Tone::Alarm, visit.lang.note_combo_not_stocked()).into_response());
    }
    drop(reader);
    let (name, unit) = name_of(visit, product_id).await?;
    let typed = Delivery { product_id: Some(product_id), ..typed };
    let markup = html! {
        (note::none())
        (picked(visit.lang, &typed, (&name, &unit), None))
    };
    Ok(markup.into_response())
}

async fn name_of(visit: &Visit, product_id: Uuid) -> Result<(String, String), Fault> {
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let today = local_date(visit.app.clock().now_ms());
    let offer = visit.ok(products::load_offer(&mut reader, ProductId::from_uuid(product_id), today).await)?;
    Ok((offer.name, offer.unit))
}

/// Adds the typed row to the delivery, or drops one.
pub async fn line(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let mut delivery = read_form(pairs)?;
    if let Some(drop) = delivery.drop {
        if drop < delivery.line.len() {
            delivery.line.remove(drop);
        }
        let agreed = agreed(&visit, &delivery).await?;
        return Ok(lines(visit.lang, (&delivery.line, &agreed), None, &[]).into_response());
    }
    match take_typed(&visit, &mut delivery).await? {
        Ok(()) => {
            let agreed = agreed(&visit, &delivery).await?;
            let markup = html! {
                (note::none())
                (lines(visit.lang, (&delivery.line, &agreed), None, &[]))
                (nothing_picked())
            };
            Ok(markup.into_response())
        }
        Err(refused) => Ok(refused.into_response()),
    }
}

/// Receives the delivery, with the row that is still being typed.
pub async fn receive(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let mut delivery = read_form(pairs)?;
    if let Err(refused) = take_typed(&visit, &mut delivery).await? {
        return Ok(refused.into_response());
    }
    let goods = delivery.goods().ok_or_else(|| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))?;
    let op_id = visit.request(Uuid::nil())?.op_id;
    let language = language(visit.lang);
    let state = visit.ok(goods::receive(&visit.app, &visit.seat, &op_id, goods, language).await)?;
    if matches!(state.note, Note::Delivering(Delivering::Received { .. })) {
        visit.ok(announced::take(&visit, &delivery).await)?;
    }
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(state).into_response());
    }
    if delivery.line.is_empty() {
        return Ok(words_note(Tone::Alarm, visit.lang.goods_none()).into_response());
    }
    // What was refused is still there to be corrected.
    let (left, voucher, received) = match &state.note {
        Note::Delivering(Delivering::Received { voucher, .. }) => {
            (&[][..], Some(voucher.as_str()), &delivery.line[..])
        }
        _ => (&delivery.line[..], None, &[][..]),
    };
    let agreed = agreed(&visit, &delivery).await?;
    let markup = html! {
        (note::fragment(visit.lang, &state.note))
        (lines(visit.lang, (left, &agreed), voucher, received))
        (nothing_picked())
    };
    Ok(markup.into_response())
}

/// Returns what is agreed with producers, as far as it has begun.
async fn contracts(visit: &Visit) -> Result<Vec<Terms>, Fault> {
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let today = local_date(visit.app.clock().now_ms());
    visit.ok(terms::list_begun(&mut reader, today, TERMS_MAX).await)
}

/// Returns producers whose names say that their goods are bought outright, or that there is no contract with them.
fn marked(lang: Lang, mut producers: Vec<Producer>, contracts: &[Terms]) -> Vec<Producer> {
    for producer in &mut producers {
        let theirs = || contracts.iter().filter(|terms| terms.producer_id.uuid() == producer.producer_id);
        let general = theirs().filter(|terms| terms.product_id.is_none());
        let mark = match general.max_by_key(|terms| (terms.valid_from, terms.id)) {
            Some(terms) if terms.clauses.mode == Mode::Bought => Some(lang.bought_here()),
            None if theirs().next().is_none() => Some(lang.without_contract()),
            _ => None,
        };
        producer.name.extend(mark.into_iter().flat_map(|mark| [" · ", mark]));
    }
    producers
}

/// What the contracts say of a delivery.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agreed {
    /// Products that are bought outright from whoever brings them.
    pub bought: BTreeSet<Uuid>,
    /// Nothing is in force for some of the goods.
    pub is_missing: bool,
}

/// Returns what the contracts say of a delivery as it is typed.
async fn agreed(visit: &Visit, delivery: &Delivery) -> Result<Agreed, Fault> {
    let Ok(producer_id) = delivery.producer_id.parse::<ProducerId>() else { return Ok(Agreed::default()) };
    let contracts = contracts(visit).await?;
    let today = local_date(visit.app.clock().now_ms());
    let products = delivery.line.iter().map(|line| line.product_id);
    let is_bought =
        |product: &Uuid| owner_on(&contracts, Some(producer_id), (*product).into(), today) == Owner::Operator;
    let is_missing =
        |line: &DeliveryLine| contract_on(&contracts, producer_id, line.product_id.into(), today).is_none();
    let is_missing = delivery.line.iter().any(is_missing);
    Ok(Agreed { bought: products.filter(is_bought).collect(), is_missing })
}

pub(super) fn read_form(pairs: Vec<(String, String)>) -> Result<Delivery, Fault> {
    Delivery::read(pairs).ok_or_else(|| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// Moves the row that is being typed to those that are ready; answers the fields with what is wrong in them.
async fn take_typed(visit: &Visit, delivery: &mut Delivery) -> Result<Result<(), Markup>, Fault> {
    let today = local_date(visit.app.clock().now_ms());
    if delivery.is_new() {
        // The row is looked at first: nothing is added to the book for one that has to be typed again.
        if let Err(wrong) = delivery.typed(today, Uuid::nil(), (String::new(), String::new())) {
            return Ok(Err(goods_new::fields(visit.lang, delivery, Some(wrong), "")));
        }
        match goods_new::add(visit, delivery).await? {
            Ok((product_id, ..)) => delivery.product_id = Some(product_id),
            Err(field) => return Ok(Err(goods_new::fields(visit.lang, delivery, None, &field))),
        }
    }
    let Some(product_id) = delivery.product_id else { return Ok(Ok(())) };
    let (name, unit) = name_of(visit, product_id).await?;
    match delivery.typed(today, product_id, (name.clone(), unit.clone())) {
        Ok(line) => {
            delivery.line.push(line);
            Ok(Ok(()))
        }
        Err(wrong) => Ok(Err(picked(visit.lang, delivery, (&name, &unit), Some(wrong)))),
    }
}

/// `#picked` without a product.
fn nothing_picked() -> Markup {
    html! { div #picked {} }
}

/// `#picked`: the row that is being typed.
pub fn picked(lang: Lang, typed: &Delivery, product: (&str, &str), wrong: Option<WrongField>) -> Markup {
    html! {
        section #picked.card.form {
            h2.whole { (product.0) " " span.mute { (product.1) } }
            input type="hidden" name="product_id" value=[typed.product_id];
            @if let Some(id) = typed.announced { input type="hidden" name="announced" value=(id); }
            (row_fields(lang, typed, wrong, true))
        }
    }
}

/// The fields of the row itself: how much, until when, which lot.
pub(super) fn row_fields(
    lang: Lang,
    typed: &Delivery,
    wrong: Option<WrongField>,
    takes_focus: bool,
) -> Markup {
    let field = |name: &'static str, label, value, hint, error: Option<&'static str>| web::form::Field {
        value,
        hint: Some(hint),
        error,
        is_required: false,
        ..web::form::Field::new(name, label)
    };
    let quantity_error = (wrong == Some(WrongField::Quantity)).then_some(lang.note_quantity());
    let expiry_error = match wrong {
        Some(WrongField::ExpiresOn) => Some(lang.bad_expiry()),
        Some(WrongField::Expired) => Some(lang.delivery_is_over()),
        _ => None,
    };
    let noted_error = (wrong == Some(WrongField::Noted)).then_some(lang.note_quantity());
    let cost_error = (wrong == Some(WrongField::Cost)).then_some(lang.bad_cost());
    let is_elsewhere = !matches!(wrong, None | Some(WrongField::Quantity));
    html! {
        div.field.wrong[quantity_error.is_some()] {
            label for="quantity" { (lang.goods_quantity()) }
            input #quantity name="quantity" value=(typed.quantity) inputmode="decimal" autocomplete="off" maxlength="12"
                autofocus[takes_focus && !is_elsewhere];
            @if let Some(error) = quantity_error { p.error { (error) } } @else { p.hint { (lang.quantity_hint()) } }
        }
        (field("expires_on", lang.expires_on(), &typed.expires_on, lang.expires_hint(), expiry_error).render())
        (field("lot_code", lang.lot_code(), &typed.lot_code, lang.lot_hint(), None).render())
        (field("noted", lang.noted_quantity(), &typed.noted, lang.noted_hint(), noted_error).render())
        (field("cost", lang.cost_field(), &typed.cost, lang.cost_hint(), cost_error).render())
        div.actions { button { (lang.add_line()) " " kbd aria-hidden="true" { "⏎" } } }
    }
}

/// `#lines`: the rows that are ready, each in a hidden field too, those of goods that are bought outright with a mark, and
/// loudly when there is no contract for some; after a delivery the way to its paper and to the labels of what was received.
pub fn lines(
    lang: Lang,
    (ready, agreed): (&[DeliveryLine], &Agreed),
    voucher: Option<&str>,
    received: &[DeliveryLine],
) -> Markup {
    html! {
        section #lines.card {
            div.head { h2 { (lang.goods_lines()) } }
            @if let Some(voucher) = voucher {
                p.actions {
                    a.button href=(papers::address(voucher)) { (lang.see_paper(voucher)) }
                    @for line in received.iter().take(LABELS_OFFERED_MAX) {
                        a.button href={ "/labels?product_id=" (line.product_id) } { (lang.print_shelf_label(&line.name)) }
                    }
                }
            }
            @if ready.is_empty() {
                p.mute { (lang.goods_none()) }
            } @else {
                @if agreed.is_missing { (message(Tone::Bad, lang.delivered_without_contract())) }
                div.table {
                    table {
                        thead { tr {
                            th { (lang.column_product()) }
                            th.n { (lang.goods_quantity()) }
                            th { (lang.expires_on()) }
                            th { (lang.lot_code()) }
                            td {}
                        } }
                        tbody { @for (index, line) in ready.iter().enumerate() { (row(lang, index, line, agreed.bought.contains(&line.product_id))) } }
                    }
                }
            }
            div.actions {
                button.primary type="button" data-post="/goods" data-fresh aria-keyshortcuts=(keys::RECEIVE.shortcut) {
                    (lang.receive()) " " kbd aria-hidden="true" { (keys::RECEIVE.cap) }
                }
            }
        }
    }
}

fn row(lang: Lang, index: usize, line: &DeliveryLine, is_bought: bool) -> Markup {
    let expires_on = line.expires_on().flatten().map(date_text).unwrap_or_default();
    html! {
        tr {
            td {
                (line.name) small { (line.unit) }
                @if is_bought { (chip(Tone::Good, lang.bought_here())) }
                @if let Some(cost) = line.cost_vnd.filter(|_| is_bought) { small { (lang.cost_field()) " " (Money::new(cost)) } }
                input type="hidden" name="line" value=(serde_json::to_string(line).unwrap_or_default());
            }
            td.n {
                (Quantity::from_milli(line.quantity_milli))
                @if let Some(noted) = line.noted_milli.filter(|noted| *noted != line.quantity_milli) {
                    small { (lang.noted_quantity()) " " (Quantity::from_milli(noted)) }
                }
            }
            td { (expires_on) }
            td { (line.lot_code) }
            td.n {
                button.plain type="button" data-post="/goods/line" name="drop" value=(index)
                    aria-label=(lang.drop_line(&line.name)) { "✕" }
            }
        }
    }
}
