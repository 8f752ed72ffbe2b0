//! The page of orders that wait to be handed over, and the page of one of them.

use axum::Json;
use axum::extract::{Form, Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Money;
use domain::ids::SaleId;
use domain::tender::{Tender, TenderKind};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field, select};
use web::format::{count_text, date_text, datetime_text, local_date};
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::approval::{self, Asks, Managers};
use super::deposit_texts::DepositTexts;
use super::refund::{Opening, done};
use super::refund_texts::RefundTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{desk, shift};
use crate::counter::deposit;
use crate::counter::deposit_return::{self, Back, Returned};
use crate::counter::{Note, receipt_check};
use crate::db::carts;
use crate::db::deposits::{self, Deposit};
use web::amount;

/// So many are listed.
const LIST_MAX: i64 = 200;

/// An order that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DepositRow {
    /// The sale that it is to become.
    pub sale_id: Uuid,
    /// The number on its paper.
    pub number: String,
    /// The day of handing over, `2026-12-24`.
    pub due: String,
    /// Days since then; negative for days to come.
    pub days_late: i64,
    /// What the goods cost, đồng.
    pub total_vnd: i64,
    /// What was paid in advance and is left, đồng.
    pub left_vnd: i64,
    /// Who ordered; empty when this computer never knew.
    pub person: String,
    /// Their telephone; may be empty.
    pub phone: String,
    /// When it was ordered, UTC milliseconds.
    pub taken_at_ms: i64,
    /// The counter that shows the goods now; empty while they wait.
    pub counter: String,
    #[serde(skip)]
    due_text: String,
}

impl DepositRow {
    /// Returns an order as a page of that day shows it.
    pub fn of(deposit: Deposit, today: Date) -> Self {
        let Deposit { sale_id, number, due_on, total_vnd, taken_at_ms, left_vnd, person, phone, counter } =
            deposit;
        Self {
            sale_id,
            number,
            due: due_on.to_string(),
            days_late: (today - due_on).whole_days(),
            total_vnd,
            left_vnd,
            person,
            phone,
            taken_at_ms,
            counter,
            due_text: date_text(due_on),
        }
    }

    fn rest(&self) -> Money {
        Money::new((self.total_vnd - self.left_vnd).max(0))
    }
}

fn today(visit: &Visit) -> Date {
    local_date(visit.app.clock().now_ms())
}

/// What is looked for; a language may stand beside it.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct FindDeposit {
    /// A number or a part of it, a name, a telephone; empty for all.
    #[serde(default)]
    find: String,
}

/// The page of all, or of those that fit what is looked for. What names one order leads to it.
pub async fn page(visit: Visit, Query(form): Query<FindDeposit>) -> Result<Response, Fault> {
    let checked = visit.ok(receipt_check::check(&visit.app, &form.find).await)?;
    let leads_to = match &checked {
        Some(Note::DepositFound { sale_id, .. }) => Some(format!("/deposits/{sale_id}")),
        Some(Note::ReceiptFound { sale_id, .. }) => Some(format!("/receipts/{sale_id}")),
        _ => None,
    };
    if let Some(to) = leads_to.filter(|_| visit.wanted == Wanted::Markup) {
        return Ok(Redirect::to(&to).into_response());
    }
    let pool = visit.app.db().read();
    let open = match form.find.trim() {
        "" => deposits::list_left(pool, LIST_MAX).await,
        typed => deposits::list_like(pool, typed, LIST_MAX).await,
    };
    let open = visit.ok(open)?;
    let rows: Vec<_> = open.into_iter().map(|deposit| DepositRow::of(deposit, today(&visit))).collect();
    if visit.wanted == Wanted::Json {
        return Ok(Json(rows).into_response());
    }
    let opening: Vec<_> = rows.iter().map(|_| csrf_and_op(&visit)).collect();
    let lang = visit.lang;
    let main =
        html! { (search(lang, &form.find)) (table(lang, &rows, &opening, !form.find.trim().is_empty())) };
    desk::page_with(&visit, "/deposits", lang.deposits(), checked.as_ref(), main).await
}

fn csrf_and_op(visit: &Visit) -> Opening {
    let managers = Managers::default();
    Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers }
}

/// The page of one.
pub async fn one(visit: Visit, Path(sale_id): Path<Uuid>) -> Result<Response, Fault> {
    let sale_id = SaleId::from_uuid(sale_id);
    let found = visit.ok(find(&visit, sale_id).await)?;
    let (deposit, goods) = found.ok_or_else(Fault::not_found)?;
    let row = DepositRow::of(deposit, today(&visit));
    if visit.wanted == Wanted::Json {
        return Ok(Json(row).into_response());
    }
    let managers = visit.ok(Managers::of(&visit).await)?;
    let back = Opening { managers, ..csrf_and_op(&visit) };
    let main = sheet(visit.lang, &row, &goods, (&csrf_and_op(&visit), &back));
    desk::page(&visit, "/deposits", &row.number, main).await
}

/// A row of an ordered cart: name, quantity as printed, what it costs without discounts.
pub type Goods = Vec<(String, String, Money)>;

async fn find(visit: &Visit, sale_id: SaleId) -> crate::db::Result<Option<(Deposit, Goods)>> {
    let mut reader = visit.app.db().read().acquire().await?;
    let Some(deposit) = deposits::find_left(&mut reader, sale_id).await? else { return Ok(None) };
    let cart = carts::load_cart(&mut reader, sale_id, today(visit)).await?;
    let line = |line: &domain::cart::CartLine| {
        let gross = line.gross().unwrap_or_default();
        (line.offer.name.clone(), line.quantity.to_string(), gross)
    };
    Ok(Some((deposit, cart.lines.iter().map(line).collect())))
}

/// An order that is to be handed over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Deliver {
    /// Names this form; posting it twice does it once.
    op_id: String,
    sale_id: Uuid,
}

/// Brings an order to the counter.
pub async fn deliver(visit: Visit, Form(form): Form<Deliver>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let (app, seat) = (&visit.app, &visit.seat);
    let state = visit.ok(deposit::deliver(app, seat, &op_id, form.sale_id.into()).await)?;
    let is_here = matches!(state.note, Note::DepositBrought { .. } | Note::Ready);
    shift::done(&visit, state, if is_here { "/" } else { "/deposits" })
}

/// A deposit that is given back, or kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveBack {
    /// Names this form; posting it twice gives back once.
    op_id: String,
    sale_id: Uuid,
    /// As typed.
    amount: String,
    /// `cash`, `vietqr`, `card` to the buyer; `kept` by the operator.
    kind: String,
    /// Why.
    #[serde(default)]
    reason: String,
    /// Who allows it; not needed when a manager sits at the counter.
    manager_id: Option<Uuid>,
    /// The manager's PIN.
    #[serde(default)]
    pin: String,
}

impl GiveBack {
    fn asked(&self) -> Result<Returned, Note> {
        let amount = amount::parse(&self.amount).ok_or(Note::BadAmount)?;
        let back = match (self.kind.as_str(), TenderKind::from_code(&self.kind)) {
            ("kept", _) => Back::Kept(amount),
            (_, Some(kind)) => Back::Paid(Tender { kind, amount }),
            (_, None) => return Err(Note::BadField { field: "kind".to_owned() }),
        };
        let word = approval::word(self.manager_id, self.pin.clone());
        Ok(Returned { sale_id: self.sale_id.into(), back, reason: self.reason.clone(), word })
    }
}

/// Gives a deposit back, or keeps it.
pub async fn give_back(visit: Visit, Form(form): Form<GiveBack>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let state = match form.asked() {
        Ok(asked) => visit.ok(deposit_return::give_back(&visit.app, &visit.seat, &op_id, &asked).await)?,
        Err(note) => visit.state(note).await?,
    };
    let is_left = !matches!(
        state.note,
        Note::DepositReturned { left_vnd: 0, .. }
            | Note::DepositKept { left_vnd: 0, .. }
            | Note::NoDeposit
            | Note::Ready
    );
    let to = if is_left { format!("/deposits/{}", form.sale_id) } else { "/deposits".to_owned() };
    done(&visit, state, &to)
}

/// The field that looks for an order; a scanner may fill it.
pub fn search(lang: Lang, find: &str) -> Markup {
    html! {
        form.card.form method="get" {
            (Field { value: find, hint: Some(lang.find_deposit_hint()), is_required: false, has_focus: true,
                ..Field::new("find", lang.find_deposit()) }.render())
            div.actions {
                button.primary { (lang.find_deposit()) }
                @if !find.is_empty() { a.button href="/deposits" { (lang.all_deposits()) } }
            }
        }
    }
}

/// Orders that wait, what is due first, first: all of them, or those that were found.
pub fn table(lang: Lang, rows: &[DepositRow], opening: &[Opening], is_found: bool) -> Markup {
    html! {
        p.hint { (lang.deposits_about()) }
        @if rows.is_empty() { p.mute { (if is_found { lang.no_deposit_found() } else { lang.no_deposits() }) } } @else {
            div.table { table {
                thead { tr {
                    th { (lang.deposit_due()) } th { (lang.deposit_person()) } th { (lang.deposit_number()) }
                    th.n { (lang.deposit_total()) } th.n { (lang.deposit_paid()) } th.n { (lang.deposit_rest()) } td {}
                } }
                tbody { @for (row, opening) in rows.iter().zip(opening) { (line(lang, row, opening)) } }
            } }
        }
    }
}

fn line(lang: Lang, row: &DepositRow, opening: &Opening) -> Markup {
    html! {
        tr {
            td { (row.due_text) " " (when(lang, row)) }
            td { (who(lang, row)) small { (row.phone) } }
            td { a href={ "/deposits/" (row.sale_id) } { (row.number) } }
            td.n { (Money::new(row.total_vnd)) }
            td.n { (Money::new(row.left_vnd)) }
            td.n { (row.rest()) }
            td { (deliver_form(lang, row, opening)) }
        }
    }
}

fn who(lang: Lang, row: &DepositRow) -> &str {
    if row.person.is_empty() { lang.deposit_unnamed() } else { &row.person }
}

/// Late, today, or at a counter now.
fn when(lang: Lang, row: &DepositRow) -> Markup {
    html! {
        @if row.days_late > 0 { (chip(Tone::Bad, &lang.deposit_late(count_text(row.days_late)))) }
        @if row.days_late == 0 { (chip(Tone::Warn, lang.deposit_today())) }
        @if !row.counter.is_empty() { (chip(Tone::Quiet, &lang.deposit_open_at(&row.counter))) }
    }
}

fn deliver_form(lang: Lang, row: &DepositRow, opening: &Opening) -> Markup {
    html! {
        form method="post" action="/deposits/deliver" {
            (opening.csrf)
            input type="hidden" name="op_id" value=(opening.op_id);
            input type="hidden" name="sale_id" value=(row.sale_id);
            button.primary aria-label=(lang.deposit_deliver_of(&row.number)) { (lang.deposit_deliver()) }
        }
    }
}

/// One order: its sums, its goods, and the ways in which it ends.
pub fn sheet(lang: Lang, row: &DepositRow, goods: &Goods, (deliver, back): (&Opening, &Opening)) -> Markup {
    html! {
        div.columns {
            section.card.entry {
                h2 { (who(lang, row)) }
                dl.sums {
                    dt { (lang.deposit_due()) } dd { (row.due_text) " " (when(lang, row)) }
                    @if !row.phone.is_empty() { dt { (lang.deposit_phone()) } dd { (row.phone) } }
                    dt { (lang.deposit_number()) } dd { (row.number) }
                    dt { (lang.deposit_taken_at()) } dd { (datetime_text(row.taken_at_ms)) }
                    dt { (lang.deposit_total()) } dd { (Money::new(row.total_vnd)) }
                    dt { (lang.deposit_paid()) } dd { (Money::new(row.left_vnd)) }
                    dt { (lang.deposit_rest()) } dd { strong { (row.rest()) } }
                }
                (deliver_form(lang, row, deliver))
            }
            section.card {
                h2 { (lang.deposit_goods()) }
                @if goods.is_empty() { p { (lang.deposit_no_goods()) } }
                ul.list { @for (name, quantity, gross) in goods {
                    li { span { (name) } span { (quantity) } span.money { (gross) } }
                } }
            }
        }
        (back_form(lang, row, back))
    }
}

fn back_form(lang: Lang, row: &DepositRow, opening: &Opening) -> Markup {
    let kinds = [
        ("cash", lang.deposit_back_cash()),
        ("vietqr", lang.deposit_back_transfer()),
        ("card", lang.deposit_back_card()),
        ("kept", lang.deposit_back_kept()),
    ];
    html! {
        form.card.form method="post" action="/deposits/back" {
            (opening.csrf)
            input type="hidden" name="op_id" value=(opening.op_id);
            input type="hidden" name="sale_id" value=(row.sale_id);
            h2.whole { (lang.deposit_back()) }
            p.hint.whole { (lang.deposit_back_about()) }
            (Field { value: &count_text(row.left_vnd), inputmode: "numeric", is_amount: true, ..Field::new("amount", lang.deposit_back_amount()) }.render())
            (select("kind", lang.deposit_back_kind(), &kinds, "cash", None))
            (Field { value: lang.deposit_back_reason(), is_required: false, ..Field::new("reason", RefundTexts::reason(lang)) }.render())
            (approval::fields(lang, &opening.managers, "back", Asks::Always { has_focus: false }))
            div.actions { button.danger { (lang.deposit_back()) } a.button href="/deposits" { (lang.deposits()) } }
        }
    }
}
