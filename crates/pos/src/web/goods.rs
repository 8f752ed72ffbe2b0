//! Receiving goods in simple form: whose they are, what was delivered, how much, until when it may be sold.

use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::catalog::SoldBy;
use domain::ids::ProductId;
use domain::pack_link::PackLink;
use domain::{Money, Quantity};
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::{date_text, local_date};
use web::fragment::{Tone, chip, note as words_note};
use web::{Fault, Lang};

use super::contract_texts::TillContractTexts;
use super::delivery::{Delivery, DeliveryLine, WrongField};
use super::drawer_count::language;
use super::gift_texts::GiftTexts;
use super::goods_texts::GoodsTexts;
use super::new_producer::NEW_PRODUCER;
use super::page_texts::PageTexts;
use super::purchase_texts::PurchaseTexts;
use super::purchases::PURCHASES;
use super::results;
use super::stock_texts::StockTexts;
use super::texts::CounterTexts;
use super::visit::{Visit, Wanted};
use super::whose::Agreed;
use super::{announced, desk, find, goods_draft, goods_new, keys, note, papers, whose};
use crate::counter::note::Delivering;
use crate::counter::{Note, goods};
use crate::db::{combos, producers, products};

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
    let draft = goods_draft::find(&visit).await?;
    let begun = draft.as_ref().map(|draft| (draft.delivery.line.len(), draft.saved_at_ms));
    let delivery = draft.map(|draft| draft.delivery).unwrap_or_default();
    let draft_id = goods_draft::op_id(&visit, &delivery)?;
    // A delivery has one producer: what is on the way goes on before another one's.
    let chosen = match whose.producer_id {
        Some(id) if delivery.line.is_empty() => id.to_string(),
        _ => delivery.producer_id.clone(),
    };
    let agreed = whose::agreed(&visit, &delivery).await?;
    let told = visit.site.take_note(&visit.seat.counter);
    let whose = whose::whose_goods(&visit, &chosen).await?;
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
            (goods_draft::card(lang, &draft_id, begun))
            section.card.form {
                (whose)
                div.actions {
                    a.button href=(NEW_PRODUCER) { (lang.new_producer()) }
                    button type="button" data-post="/goods/blank" { (lang.new_goods()) }
                    @if visit.seat.manager { a.button href=(PURCHASES) { (lang.purchases()) } }
                }
            }
            (nothing_picked())
            (lines(lang, (&delivery.line, &agreed), None, &[]))
            (announced::card(lang, &expected))
        }
        (keys::GOODS_HELP.folded(lang))
    };
    desk::page_with(&visit, "/goods", lang.goods(), None, main).await
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
    let goods = load_goods(&visit, come.product_id).await?;
    let markup = html! {
        (note::none())
        (whose::whose_goods(&visit, &of.producer_id).await?)
        (picked(visit.lang, &of, &goods, None))
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
    let goods = load_goods(visit, product_id).await?;
    let typed = Delivery { product_id: Some(product_id), ..typed };
    let markup = html! {
        (note::none())
        (picked(visit.lang, &typed, &goods, None))
    };
    Ok(markup.into_response())
}

/// A product as the row of a delivery shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goods {
    /// Its name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// By the piece or by weight.
    pub sold_by: SoldBy,
    /// The price of a unit that is in force.
    pub price: Money,
    /// Who makes it; empty where nobody said.
    pub maker: String,
}

async fn load_goods(visit: &Visit, product_id: Uuid) -> Result<Goods, Fault> {
    let date = whose::business_date(visit).await?;
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let offer = visit.ok(products::load_offer(&mut reader, ProductId::from_uuid(product_id), date).await)?;
    let maker = visit.ok(producers::find_maker(&mut reader, offer.product_id).await)?;
    let (name, unit, sold_by, price) = (offer.name, offer.unit, offer.sold_by, offer.price);
    Ok(Goods { name, unit, sold_by, price, maker: maker.map(|(_, name)| name).unwrap_or_default() })
}

/// Adds the typed row to the delivery, or drops one.
pub async fn line(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let mut delivery = read_form(pairs)?;
    if let Some(drop) = delivery.drop {
        if drop < delivery.line.len() {
            delivery.line.remove(drop);
        }
        let is_kept = goods_draft::keep(&visit, &delivery).await?;
        let agreed = whose::agreed(&visit, &delivery).await?;
        let lines = lines(visit.lang, (&delivery.line, &agreed), None, &[]);
        return Ok(html! { (goods_draft::kept_note(visit.lang, is_kept)) (lines) }.into_response());
    }
    let chosen = delivery.producer_id.clone();
    if let Err(refused) = take_typed(&visit, &mut delivery).await? {
        return Ok(refused.into_response());
    }
    let is_kept = goods_draft::keep(&visit, &delivery).await?;
    let agreed = whose::agreed(&visit, &delivery).await?;
    let markup = html! {
        (goods_draft::kept_note(visit.lang, is_kept))
        @if chosen != delivery.producer_id { (whose::whose_goods(&visit, &delivery.producer_id).await?) }
        (lines(visit.lang, (&delivery.line, &agreed), None, &[]))
        (nothing_picked())
    };
    Ok(markup.into_response())
}

/// Receives the delivery, with the row that is still being typed.
pub async fn receive(visit: Visit, Form(pairs): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let mut delivery = read_form(pairs)?;
    if let Err(refused) = take_typed(&visit, &mut delivery).await? {
        return Ok(refused.into_response());
    }
    let agreed = whose::agreed(&visit, &delivery).await?;
    let state = match agreed.asks() {
        Some(asks) => visit.state(asks).await?,
        None => {
            let goods = delivery.goods();
            let goods = goods.ok_or_else(|| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))?;
            visit.request(Uuid::nil())?;
            let op_id = goods_draft::op_id(&visit, &delivery)?;
            let language = language(visit.lang);
            visit.ok(goods::receive(&visit.app, &visit.seat, &op_id, goods, language).await)?
        }
    };
    match &state.note {
        Note::Delivering(Delivering::Received { voucher, .. }) => {
            visit.ok(announced::take(&visit, &delivery, voucher).await)?;
        }
        // The same press once more: it is in the book.
        Note::Ready => {}
        _ => drop(goods_draft::keep(&visit, &delivery).await?),
    }
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(state).into_response());
    }
    if delivery.line.is_empty() {
        return Ok(words_note(Tone::Alarm, visit.lang.goods_none()).into_response());
    }
    if state.note == Note::Ready {
        return Ok(words_note(Tone::Alarm, visit.lang.draft_received()).into_response());
    }
    // What was refused is still there to be corrected.
    let (left, voucher, received) = match &state.note {
        Note::Delivering(Delivering::Received { voucher, .. }) => {
            (&[][..], Some(voucher.as_str()), &delivery.line[..])
        }
        _ => (&delivery.line[..], None, &[][..]),
    };
    // The next delivery may be anybody's.
    let chosen = if voucher.is_some() { "" } else { &delivery.producer_id };
    let markup = html! {
        (note::fragment(visit.lang, &state.note))
        @if voucher.is_some() { (goods_draft::card(visit.lang, &visit.new_op_id(), None)) }
        (whose::whose_goods(&visit, chosen).await?)
        (lines(visit.lang, (left, &agreed), voucher, received))
        (nothing_picked())
    };
    Ok(markup.into_response())
}

pub(super) fn read_form(pairs: Vec<(String, String)>) -> Result<Delivery, Fault> {
    Delivery::read(pairs).ok_or_else(|| Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// Moves the row that is being typed to those that are ready; answers the fields with what is wrong in them. Where nobody said
/// whose the goods are, they are of whoever makes them.
async fn take_typed(visit: &Visit, delivery: &mut Delivery) -> Result<Result<(), Markup>, Fault> {
    let date = whose::business_date(visit).await?;
    if delivery.is_new() {
        if delivery.producer_id.is_empty() {
            return Ok(Err(words_note(Tone::Alarm, visit.lang.whose_new_goods())));
        }
        let sold_by = SoldBy::from_code(&delivery.new_sold_by).unwrap_or(SoldBy::Piece);
        // The row is looked at first: nothing is added to the book for one that has to be typed again, or of which nothing came.
        let row = delivery.typed(date, Uuid::nil(), (String::new(), String::new(), sold_by));
        let wrong = row.map_or_else(Some, |row| row.is_missing().then_some(WrongField::Quantity));
        if wrong.is_some() {
            return Ok(Err(goods_new::fields(visit.lang, delivery, wrong, "")));
        }
        if delivery.cost.trim().is_empty() && whose::is_bought(visit, delivery, Uuid::nil()).await? {
            return Ok(Err(goods_new::fields(visit.lang, delivery, Some(WrongField::NoCost), "")));
        }
        match goods_new::add(visit, delivery).await? {
            Ok((product_id, ..)) => delivery.product_id = Some(product_id),
            Err(field) => return Ok(Err(goods_new::fields(visit.lang, delivery, None, &field))),
        }
    }
    if let Err(told) = whose::settle(visit, delivery).await? {
        return Ok(Err(note::fragment(visit.lang, &told)));
    }
    let Some(product_id) = delivery.product_id else { return Ok(Ok(())) };
    let goods = load_goods(visit, product_id).await?;
    let named = (goods.name.clone(), goods.unit.clone(), goods.sold_by);
    let wrong = match delivery.typed(date, product_id, named) {
        Ok(line)
            if line.cost_vnd.is_none()
                && !line.is_missing()
                && whose::is_bought(visit, delivery, product_id).await? =>
        {
            WrongField::NoCost
        }
        Ok(line) => {
            delivery.line.push(line);
            return Ok(Ok(()));
        }
        Err(wrong) => wrong,
    };
    let chosen = whose::whose_goods(visit, &delivery.producer_id).await?;
    Ok(Err(html! { (chosen) (picked(visit.lang, delivery, &goods, Some(wrong))) }))
}

/// `#picked` without a product.
pub(super) fn nothing_picked() -> Markup {
    html! { div #picked {} }
}

/// `#picked`: the row that is being typed.
pub fn picked(lang: Lang, typed: &Delivery, goods: &Goods, wrong: Option<WrongField>) -> Markup {
    html! {
        section #picked.card.form {
            h2.whole { (goods.name) " " span.mute { (goods.unit) } }
            p.whole {
                @if goods.maker.is_empty() { (lang.made_by_nobody()) } @else { (lang.made_by(&goods.maker)) }
                " · " strong { (lang.price_in_force(goods.price)) }
            }
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
    let quantity_error = match wrong {
        Some(WrongField::Quantity) => Some(lang.note_quantity()),
        Some(WrongField::Fraction) => Some(lang.whole_pieces()),
        _ => None,
    };
    let expiry_error = match wrong {
        Some(WrongField::ExpiresOn) => Some(lang.bad_expiry()),
        Some(WrongField::Expired) => Some(lang.delivery_is_over()),
        _ => None,
    };
    let noted_error = (wrong == Some(WrongField::Noted)).then_some(lang.note_quantity());
    let cost_error = match wrong {
        Some(WrongField::Cost) => Some(lang.bad_cost()),
        Some(WrongField::NoCost) => Some(lang.cost_needed()),
        _ => None,
    };
    let is_elsewhere = !matches!(wrong, None | Some(WrongField::Quantity | WrongField::Fraction));
    html! {
        div.field.wrong[quantity_error.is_some()] {
            label for="quantity" { (lang.goods_quantity()) }
            input #quantity name="quantity" value=(typed.quantity) inputmode="decimal" autocomplete="off" maxlength="12"
                autofocus[takes_focus && !is_elsewhere];
            @if let Some(error) = quantity_error { p.error { (error) } } @else { p.hint { (lang.came_hint()) } }
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
                    @for line in received.iter().filter(|line| !line.is_missing()).take(LABELS_OFFERED_MAX) {
                        a.button href={ "/labels?product_id=" (line.product_id) } { (lang.print_shelf_label(&line.name)) }
                    }
                }
            }
            @if ready.is_empty() {
                p.mute { (lang.goods_none()) }
            } @else {
                (whose::warnings(lang, agreed))
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
