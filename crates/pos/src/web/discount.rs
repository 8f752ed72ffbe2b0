//! What is taken off by hand: off a row, off the whole cart, or by another price; and what is noted down.

use axum::extract::Form;
use axum::response::Response;
use domain::Money;
use domain::cart::REMARK_MOST;
use domain::discount::{Off, REASON_MOST};
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Fault, Lang};

use super::approval::{self, Managers};
use super::cart_texts::CartTexts;
use super::keys::{self, Key};
use super::side::Side;
use super::visit::Visit;
use crate::counter::approval::approve;
use crate::counter::discount::{self, Leave, Target};
use crate::counter::edit::Row;
use crate::counter::past_date;
use crate::counter::state::LineState;
use crate::counter::{CounterState, Note};
use web::amount;

/// The panel's form; the button of its foot belongs to it.
const FORM: &str = "reduce";
/// Parts that one tap gives, in percent.
const QUICK_PERCENT: [u8; 2] = [5, 10];

/// What the panel is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Off the chosen row.
    Line,
    /// Off the whole cart.
    Cart,
    /// Another price for the chosen row.
    Price,
    /// Goods of the chosen row that are past their date.
    PastDate,
}

/// What the panel shows: what it is about, and what was typed before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reducing {
    /// What it is about.
    pub what: What,
    /// The discount or price as typed.
    pub typed: String,
    /// The reason as typed.
    pub reason: String,
    /// Whom it can ask, once a manager is needed.
    pub managers: Option<Managers>,
}

impl Reducing {
    /// Returns the empty panel.
    pub const fn new(what: What) -> Self {
        Self { what, typed: String::new(), reason: String::new(), managers: None }
    }
}

/// Something taken off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reduce {
    sale_id: Uuid,
    /// `line`, `cart`, `price` or `past_date`.
    what: What,
    /// The row; not for `cart`.
    #[serde(default)]
    row: usize,
    /// What stands in the row.
    #[serde(default)]
    product_id: Uuid,
    /// As typed: `10.000`, `5%`; a price for `price`; `0` takes it back.
    #[serde(default)]
    typed: String,
    /// Why.
    #[serde(default)]
    reason: String,
    /// Who allows what is beyond the cashier's limit.
    manager_id: Option<Uuid>,
    /// The manager's PIN.
    #[serde(default)]
    pin: String,
}

/// Gives a discount, sets a price, or lets goods be sold past their date.
pub async fn reduce(visit: Visit, Form(form): Form<Reduce>) -> Result<Response, Fault> {
    let state = match leave(&visit, &form).await? {
        Ok(leave) => carry_out(&visit, &form, &leave).await?,
        Err(note) => visit.state(note).await?,
    };
    let managers = match outcome(&state.note) {
        Outcome::Done => return Ok(visit.answer_state(state, &Side::Keys, None)),
        Outcome::TypedWrong => None,
        Outcome::ManagerWanted => Some(visit.ok(Managers::of(&visit).await)?),
    };
    let shown = Reducing { what: form.what, typed: form.typed, reason: form.reason, managers };
    Ok(visit.answer_state(state, &Side::Reduce(Box::new(shown)), None))
}

/// Returns why and by whose leave; a PIN that was typed is checked first, whatever it is for.
async fn leave(visit: &Visit, form: &Reduce) -> Result<Result<Leave, Note>, Fault> {
    let reason = form.reason.clone();
    if form.pin.is_empty() {
        return Ok(Ok(Leave { reason, approved_by: None }));
    }
    let word = approval::word(form.manager_id, form.pin.clone());
    let approved = visit.ok(approve(&visit.app, &visit.seat, &word).await)?;
    Ok(approved.map(|approved| Leave { reason, approved_by: Some(approved.manager_id) }))
}

async fn carry_out(visit: &Visit, form: &Reduce, leave: &Leave) -> Result<CounterState, Fault> {
    let request = visit.request(form.sale_id)?;
    let row = Row { index: form.row, product_id: form.product_id.into() };
    let (app, seat) = (&visit.app, &visit.seat);
    Ok(match (form.what, typed(form.what, &form.typed)) {
        (What::PastDate, _) => visit.ok(past_date::allow(app, seat, &request, row, leave).await)?,
        (What::Price, Ok(Typed::Price(price))) => {
            visit.ok(discount::change_price(app, seat, &request, row, price, leave).await)?
        }
        (What::Cart, Ok(Typed::Off(off))) => {
            visit.ok(discount::discount(app, seat, &request, Target::Cart, off, leave).await)?
        }
        (_, Ok(Typed::Off(off))) => {
            visit.ok(discount::discount(app, seat, &request, Target::Row(row), off, leave).await)?
        }
        (What::Price, _) => visit.state(Note::BadPrice).await?,
        _ => visit.state(Note::BadDiscount).await?,
    })
}

/// What the panel does next.
enum Outcome {
    /// It closes.
    Done,
    /// It shows what was typed again.
    TypedWrong,
    /// It asks for a manager as well.
    ManagerWanted,
}

const fn outcome(note: &Note) -> Outcome {
    match note {
        Note::BadDiscount | Note::BadPrice => Outcome::TypedWrong,
        Note::NeedsReason
        | Note::DiscountNeedsManager
        | Note::PriceNeedsManager
        | Note::PastDateNeedsManager { .. }
        | Note::ManagerNeeded
        | Note::WrongPin
        | Note::WaitPin { .. } => Outcome::ManagerWanted,
        _ => Outcome::Done,
    }
}

/// What was typed, read; `None` inside takes the reduction away.
enum Typed {
    Off(Option<Off>),
    Price(Option<Money>),
}

fn typed(what: What, text: &str) -> Result<Typed, ()> {
    let is_nothing = text.trim().trim_end_matches('%').trim() == "0";
    Ok(match what {
        What::Price if is_nothing => Typed::Price(None),
        What::Price => Typed::Price(Some(amount::parse(text).ok_or(())?)),
        _ if is_nothing => Typed::Off(None),
        _ => Typed::Off(Some(Off::parse(text, amount::parse).map_err(|_| ())?)),
    })
}

/// The panel.
pub fn panel(lang: Lang, state: &CounterState, shown: &Reducing) -> Markup {
    let line = state.chosen.and_then(|row| state.lines.get(row));
    html! {
        div.panel data-modal role="dialog" aria-label=(shown.what.title(lang)) {
            @if shown.what == What::PastDate { h2 { (lang.past_date()) } } @else { (ways(lang, shown.what)) }
            @match (shown.what, line) {
                (What::Cart, _) => { p { (lang.whole_cart(Money::new(state.payable_vnd))) } },
                (_, Some(line)) => { p { (line.name) } },
                _ => {},
            }
            form.entry #(FORM) data-post="/counter/reduce" {
                (about(state, shown.what, line))
                (fields(lang, shown, line))
                @if let Some(managers) = &shown.managers { (approval::fields(lang, managers, "reduce", approval::Asks::Late)) }
            }
            @if matches!(shown.what, What::Line | What::Cart) { (quick(state, shown.what, line)) }
            div.foot {
                (keys::BACK.button(lang, "/counter/show", Some(("show", "keys"))))
                button.primary form=(FORM) { span { (lang.save()) } kbd aria-hidden="true" { (keys::FINISH.cap) } }
            }
        }
    }
}

/// What a form of the panel tells beside what is typed.
fn about(state: &CounterState, what: What, line: Option<&LineState>) -> Markup {
    html! {
        input type="hidden" name="what" value=(what.code());
        @if let Some(line) = line {
            input type="hidden" name="row" value=(state.chosen.unwrap_or(0));
            input type="hidden" name="product_id" value=(line.product_id);
        }
    }
}

fn fields(lang: Lang, shown: &Reducing, line: Option<&LineState>) -> Markup {
    let is_past_date = shown.what == What::PastDate;
    html! {
        @if !is_past_date { (typed_field(lang, shown, line)) }
        // With a manager's fields there is no room for it, and it was read before.
        @else if shown.managers.is_none() { p.hint { (lang.past_date_about()) } }
        div.given.text {
            label for="reason" { (lang.reason()) }
            input #reason name="reason" autocomplete="off" maxlength=(REASON_MOST) value=(shown.reason)
                required[is_past_date] autofocus[is_past_date && shown.managers.is_none()];
        }
    }
}

/// A discount or a price.
fn typed_field(lang: Lang, shown: &Reducing, line: Option<&LineState>) -> Markup {
    let is_price = shown.what == What::Price;
    let list_price = line.map_or(0, |line| line.list_price_vnd.unwrap_or(line.price_vnd));
    html! {
        div.given {
            label for="typed" { (if is_price { lang.price_typed() } else { lang.off_typed() }) }
            input #typed name="typed" inputmode=(if is_price { "numeric" } else { "text" }) autocomplete="off"
                maxlength="20" value=(shown.typed) aria-describedby="typed-about" required
                autofocus[shown.managers.is_none()];
        }
        p.hint #typed-about {
            @if is_price { (lang.price_hint(Money::new(list_price))) } @else { (lang.off_hint()) }
        }
    }
}

/// Discounts that one tap gives.
fn quick(state: &CounterState, what: What, line: Option<&LineState>) -> Markup {
    html! {
        form.quick data-post="/counter/reduce" {
            (about(state, what, line))
            @for percent in QUICK_PERCENT {
                button name="typed" value={ (percent) "%" } { (percent) " %" }
            }
        }
    }
}

fn ways(lang: Lang, chosen: What) -> Markup {
    let way = |key: Key, what: What| {
        html! {
            button type="button" data-post="/counter/show" name="show" value=(what.panel())
                aria-pressed=(chosen == what) aria-keyshortcuts=(key.shortcut) { (key.label(lang)) }
        }
    };
    html! {
        div.ways role="group" aria-label=(lang.reduce()) {
            (way(keys::OFF_LINE, What::Line))
            (way(keys::OFF_CART, What::Cart))
            (way(keys::OTHER_PRICE, What::Price))
        }
    }
}

impl What {
    fn title(self, lang: Lang) -> &'static str {
        if self == Self::PastDate { lang.past_date() } else { lang.reduce() }
    }

    /// Returns the word that forms carry.
    const fn code(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Cart => "cart",
            Self::Price => "price",
            Self::PastDate => "past_date",
        }
    }

    /// Returns the word that shows the panel.
    const fn panel(self) -> &'static str {
        match self {
            Self::Line => "reduce_line",
            Self::Cart => "reduce_cart",
            Self::Price => "price",
            Self::PastDate => "keys",
        }
    }
}

/// A remark.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteDown {
    sale_id: Uuid,
    /// `line` or `cart`.
    about: About,
    /// The row, for `line`.
    #[serde(default)]
    row: usize,
    /// What stands in the row.
    #[serde(default)]
    product_id: Uuid,
    /// As typed; nothing takes the remark away.
    #[serde(default)]
    text: String,
    /// `yes` to print it on the receipt.
    #[serde(default)]
    on_receipt: String,
}

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The chosen row.
    Line,
    /// The whole cart.
    Cart,
}

/// Notes something down.
pub async fn remark(visit: Visit, Form(form): Form<NoteDown>) -> Result<Response, Fault> {
    let request = visit.request(form.sale_id)?;
    let target = match form.about {
        About::Line => Target::Row(Row { index: form.row, product_id: form.product_id.into() }),
        About::Cart => Target::Cart,
    };
    let on_receipt = form.on_receipt == "yes";
    let done = discount::remark(&visit.app, &visit.seat, &request, target, &form.text, on_receipt).await;
    visit.answer(done, &Side::Keys)
}

/// The panel that notes something down.
pub fn remark_panel(lang: Lang, state: &CounterState) -> Markup {
    let line = state.chosen.and_then(|row| state.lines.get(row));
    let choice = |value: &str, words: &str, chosen: bool| {
        html! { label { input type="radio" name="about" value=(value) checked[chosen]; span { (words) } } }
    };
    html! {
        div.panel data-modal role="dialog" aria-label=(lang.remark()) {
            h2 { (lang.remark()) }
            form.entry #(FORM) data-post="/counter/remark" {
                @if let Some(line) = line {
                    input type="hidden" name="row" value=(state.chosen.unwrap_or(0));
                    input type="hidden" name="product_id" value=(line.product_id);
                }
                div.field {
                    label for="remark" { (lang.remark_typed()) }
                    input #remark name="text" autocomplete="off" maxlength=(REMARK_MOST) autofocus
                        value=(line.map_or("", |line| line.remark.as_str()));
                }
                fieldset.people {
                    (choice("line", line.map_or("", |line| line.name.as_str()), true))
                    (choice("cart", lang.off_cart(), false))
                    label { input type="checkbox" name="on_receipt" value="yes"; span { (lang.remark_on_receipt()) } }
                }
            }
            div.foot {
                (keys::BACK.button(lang, "/counter/show", Some(("show", "keys"))))
                button.primary form=(FORM) { span { (lang.save()) } kbd aria-hidden="true" { (keys::FINISH.cap) } }
            }
        }
    }
}
