//! [Trả chủ thể]: what the store owes each producer, the settlement as it would be closed now, and paying it from the drawer.

use axum::Json;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Response};
use domain::Money;
use domain::ids::ProducerId;
use domain::payout::PayoutAccount;
use maud::{Markup, html};
use receipts::slip::settlement::SettlementLine;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field};
use web::format::{date_text, datetime_text, local_date};
use web::fragment::{Tone, message};
use web::{Fault, Lang, amount};

use super::approval::{self, Asks, Managers};
use super::correction_texts::CorrectionTexts;
use super::corrections::{self, AdjustedState};
use super::desk;
use super::drawer_count::language;
use super::papers;
use super::payout_texts::PayoutTexts;
use super::producer_texts::ProducerTexts;
use super::refund::{Opening, done};
use super::terms::{VersionState, summary};
use super::visit::{Visit, Wanted, check_op_id};
use crate::counter::note::Settling;
use crate::counter::settlement::{Means, Open, Payout, Transferred, pay_producer};
use crate::counter::{Note, agreement, producer_news, settlement_paper};
use crate::db::settlements::{self, Advance, PaymentRow, ProducerAccount};
use crate::db::{producers, streams};

/// Producers on the page.
const LISTED_MAX: i64 = 1_000;
/// Earlier settlements and payments on a producer's page.
const PAYMENTS_MAX: i64 = 24;
/// The list's address.
pub const PRODUCERS: &str = "/producers";

/// What the store and a producer owe each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccountState {
    /// The producer.
    pub producer_id: Uuid,
    /// Name.
    pub name: String,
    /// Owed to them, đồng; below zero when they were paid in advance.
    pub owed_vnd: i64,
    /// When the last settlement was closed, UTC milliseconds.
    pub settled_at_ms: Option<i64>,
}

impl From<ProducerAccount> for AccountState {
    fn from(row: ProducerAccount) -> Self {
        let ProducerAccount { producer_id, name, owed_vnd, settled_at_ms } = row;
        Self { producer_id, name, owed_vnd, settled_at_ms }
    }
}

/// A producer's settlement as it would be closed now, and those before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProducerState {
    /// The producer.
    pub producer_id: Uuid,
    /// Name.
    pub name: String,
    /// Owed for what moved since the last settlement, đồng.
    pub due_vnd: i64,
    /// Owed from before, less what was paid until now.
    pub carried_vnd: i64,
    /// Both together.
    pub owed_vnd: i64,
    /// What was paid since the last settlement, the earliest first: it is taken off [`Self::carried_vnd`].
    pub advances: Vec<AdvanceState>,
    /// What was put right since then: it is in [`Self::carried_vnd`].
    pub adjusted: Vec<AdjustedState>,
    /// When they were paid last, UTC milliseconds; 0 for never. Who records a transfer says it, so that none is recorded twice.
    pub last_paid_ms: i64,
    /// This computer took another one's place and lacks what that one wrote: nothing can be settled, and what stands here may be.
    pub is_behind: bool,
    /// Products that were on the shelf or moved.
    #[schema(value_type = Vec<Object>)]
    pub lines: Vec<SettlementLine>,
    /// Settlements and payments, the latest first.
    pub payments: Vec<PaymentState>,
    /// What the shop can send to the producer; empty for no news.
    pub news: String,
    /// What the contract for all products says that is in force today, in the reader's language; none when none is.
    pub contract: Option<Vec<String>>,
}

/// A payment that no settlement holds yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AdvanceState {
    /// The number on its paper.
    pub number: String,
    /// What was paid, đồng.
    pub paid_vnd: i64,
    /// UTC milliseconds.
    pub paid_at_ms: i64,
}

impl From<Advance> for AdvanceState {
    fn from(row: Advance) -> Self {
        let Advance { number, paid_vnd, paid_at_ms } = row;
        Self { number, paid_vnd, paid_at_ms }
    }
}

impl ProducerState {
    /// Returns what the last settlement left, without what was paid or put right since; below zero when more was paid with it than
    /// was owed.
    fn before_vnd(&self) -> i64 {
        let paid = self.advances.iter().map(|advance| advance.paid_vnd);
        let put_right = self.adjusted.iter().map(|row| row.adjusted_vnd.saturating_neg());
        paid.chain(put_right).fold(self.carried_vnd, i64::saturating_add)
    }

    /// Says whether something stands beside what is owed for this period.
    const fn has_more(&self) -> bool {
        self.carried_vnd != 0 || !self.advances.is_empty() || !self.adjusted.is_empty()
    }
}

/// A settlement or a payment of before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PaymentState {
    /// The number on its paper.
    pub number: String,
    /// A settlement; else an advance, the rest of one, or what puts another paper right.
    pub is_settlement: bool,
    /// It puts another paper right.
    pub is_correction: bool,
    /// What was owed for it, đồng.
    pub due_vnd: i64,
    /// What was paid; below zero for what came back of an earlier payment.
    pub paid_vnd: i64,
    /// What is owed more to put a settlement right; below zero for less.
    pub adjusted_vnd: i64,
    /// UTC milliseconds.
    pub paid_at_ms: i64,
    /// Why another paper is put right; empty for a settlement or a payment.
    pub reason: String,
}

impl From<PaymentRow> for PaymentState {
    fn from(row: PaymentRow) -> Self {
        let is_correction = row.corrects_seq.is_some();
        let PaymentRow { number, is_settlement, due_vnd, paid_vnd, paid_at_ms, adjusted_vnd, reason, .. } =
            row;
        Self { number, is_settlement, is_correction, due_vnd, paid_vnd, adjusted_vnd, paid_at_ms, reason }
    }
}

/// What a producer is to be paid.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayProducer {
    /// Names this form; posting it twice pays once.
    op_id: String,
    producer_id: Uuid,
    /// `settle` closes everything until now, `advance` only pays.
    act: Purpose,
    /// `cash` from the drawer, `transfer` by the operator's bank.
    way: Way,
    /// As typed; empty for nothing.
    amount: String,
    /// What the page showed as owed, đồng.
    shown_vnd: i64,
    /// Of the account that a code named: the bank's six digits.
    #[serde(default)]
    bank: String,
    /// Its number.
    #[serde(default)]
    number: String,
    /// Whose it is.
    #[serde(default)]
    holder: String,
    /// Of a transfer: when the producer had been paid last, as the page knew; 0 for never.
    #[serde(default)]
    last_paid_ms: i64,
    manager_id: Option<Uuid>,
    #[serde(default)]
    pin: String,
}

/// What is done with the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Settled, and paid.
    Settle,
    /// Paid only.
    Advance,
}

/// How a producer is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// From the drawer.
    Cash,
    /// By the operator's bank.
    Transfer,
}

impl PayProducer {
    /// Returns by what it is paid; a transfer has been made already, and has its account when a code was shown for it.
    fn means(&self) -> Means {
        if self.way == Way::Cash {
            return Means::Cash;
        }
        let account = PayoutAccount::read(&self.bank, &self.number, &self.holder).ok();
        Means::Transfer(Transferred { account, last_paid_ms: self.last_paid_ms })
    }
}

/// Producers whose goods the store has or had, and what they are owed.
pub async fn list(visit: Visit) -> Result<Response, Fault> {
    let rows = visit.ok(settlements::list_accounts(visit.app.db().read(), LISTED_MAX).await)?;
    let accounts: Vec<AccountState> = rows.into_iter().map(AccountState::from).collect();
    match visit.wanted {
        Wanted::Json => Ok(Json(accounts).into_response()),
        Wanted::Markup => {
            let main = accounts_table(visit.lang, &accounts);
            desk::page(&visit, PRODUCERS, visit.lang.producers(), main).await
        }
    }
}

/// A producer's open settlement.
pub async fn page(visit: Visit, Path(producer_id): Path<Uuid>) -> Result<Response, Fault> {
    let state = visit.ok(load(&visit, producer_id.into()).await)?.ok_or_else(Fault::not_found)?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(state).into_response());
    }
    let managers = visit.ok(Managers::of(&visit).await)?;
    let opening = Opening { csrf: csrf_field(&visit.csrf), op_id: visit.new_op_id(), managers };
    desk::page(&visit, PRODUCERS, &state.name, open(visit.lang, &state, &opening)).await
}

async fn load(visit: &Visit, producer_id: ProducerId) -> crate::counter::Result<Option<ProducerState>> {
    let mut connection = visit.app.db().read().acquire().await.map_err(crate::db::Error::from)?;
    let Some(name) = producers::find_name(&mut connection, producer_id).await? else { return Ok(None) };
    // Before the debt: a payment that comes between makes this page old, never its figures too high.
    let last_paid_ms = settlements::find_last_paid(&mut connection, producer_id).await?;
    let is_behind = streams::lacks_former(&mut connection).await?;
    let open = Open::load(&mut connection, producer_id).await?;
    let store = desk::name_of_store(&visit.app).await?;
    let today = local_date(visit.app.clock().now_ms());
    let told = (store.as_str(), today, visit.lang);
    let news = producer_news::news(&mut connection, producer_id, &open, told).await?;
    let versions = agreement::list(&mut connection, producer_id).await?;
    let versions = VersionState::list(&versions, today, visit.lang);
    let contract = versions.into_iter().find(|version| version.is_in_force && version.product.is_none());
    let Open { rows, account, advances, adjusted, .. } = open;
    let mut lines = Vec::new();
    for (product_id, row) in &rows {
        lines.push(settlement_paper::line(&mut connection, *product_id, row).await?);
    }
    drop(connection);
    let payments = settlements::list_of_producer(visit.app.db().read(), producer_id, PAYMENTS_MAX).await?;
    Ok(Some(ProducerState {
        producer_id: producer_id.uuid(),
        name,
        due_vnd: account.due.vnd(),
        carried_vnd: account.carried.vnd(),
        owed_vnd: account.balance()?.vnd(),
        advances: advances.into_iter().map(AdvanceState::from).collect(),
        adjusted: adjusted.into_iter().map(AdjustedState::from).collect(),
        last_paid_ms,
        is_behind,
        lines,
        payments: payments.into_iter().map(PaymentState::from).collect(),
        news,
        contract: contract.map(|version| version.clauses),
    }))
}

/// Settles with a producer, or pays one. What was done leads to its paper.
pub async fn pay(visit: Visit, Form(form): Form<PayProducer>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let typed = form.amount.trim();
    let means = form.means();
    let home = format!("{PRODUCERS}/{}", form.producer_id);
    let back = match means.transferred().and_then(|transferred| transferred.account.as_ref()) {
        // What was transferred is still to be recorded: the same amount, never another one.
        Some(_) => format!("{home}/transfer?amount={}", typed.replace(' ', "")),
        None => home.clone(),
    };
    let amount = if typed.is_empty() { Some(Money::ZERO) } else { amount::parse(typed) };
    let Some(amount) = amount else {
        return done(&visit, visit.state(Note::BadField { field: "amount".to_owned() }).await?, &back);
    };
    let payout = Payout {
        producer_id: form.producer_id.into(),
        settles: form.act == Purpose::Settle,
        amount,
        means,
        shown: Money::new(form.shown_vnd),
        language: language(visit.lang),
        word: approval::word(form.manager_id, form.pin.clone()),
    };
    let state = visit.ok(pay_producer(&visit.app, &visit.seat, &op_id, &payout).await)?;
    let to = match &state.note {
        Note::Settling(
            Settling::SettlementClosed { voucher, .. } | Settling::ProducerPaid { voucher, .. },
        ) => papers::address(voucher),
        // The payments stand there: it is one of them, or perhaps. No code is shown for it again.
        Note::Settling(Settling::RecordedBefore | Settling::PaidMeanwhile) => home,
        _ => back,
    };
    done(&visit, state, &to)
}

/// The list.
pub fn accounts_table(lang: Lang, accounts: &[AccountState]) -> Markup {
    html! {
        p.hint { (lang.producers_about()) }
        section.card {
            @if accounts.is_empty() { p.mute { (lang.no_producers()) } } @else {
                div.table { table {
                    thead { tr { th { (lang.producer()) } th { (lang.last_settled()) } th.n { (lang.owed_in_all()) } } }
                    tbody { @for account in accounts { tr {
                        td { a href={ (PRODUCERS) "/" (account.producer_id) } { (account.name) } }
                        td { @match account.settled_at_ms {
                            Some(ms) => (date_text(local_date(ms))),
                            None => span.mute { (lang.never_settled()) },
                        } }
                        td.n { (Money::new(account.owed_vnd)) }
                    } } }
                } }
            }
        }
    }
}

/// A producer's page.
pub fn open(lang: Lang, state: &ProducerState, opening: &Opening) -> Markup {
    html! {
        @if state.is_behind { (message(Tone::Warn, lang.not_caught_up())) }
        section.card {
            h2 { (state.name) }
            p.mute { (lang.open_settlement()) }
            @if state.lines.is_empty() { p.mute { (lang.nothing_moved()) } } @else { (papers::goods(lang, &state.lines)) }
            dl.sums {
                @if state.has_more() {
                    dt { (lang.due_now()) } dd { (Money::new(state.due_vnd)) }
                    @for row in &state.adjusted { (corrections::row(lang, row)) }
                    (papers::carried(lang, state.before_vnd()))
                    @for advance in &state.advances { (advanced(lang, advance)) }
                }
                dt { strong { (lang.owed_in_all()) } } dd { strong { (Money::new(state.owed_vnd)) } }
            }
        }
        (summary(lang, state.producer_id, state.contract.as_deref()))
        (pay_form(lang, state, opening))
        (news(lang, &state.news))
        (payments(lang, &state.payments))
    }
}

/// A payment since the last settlement, taken off.
fn advanced(lang: Lang, advance: &AdvanceState) -> Markup {
    let words = lang.advance_paid(date_text(local_date(advance.paid_at_ms)), &advance.number);
    html! { dt { (words) } dd { "−" (Money::new(advance.paid_vnd)) } }
}

fn pay_form(lang: Lang, state: &ProducerState, opening: &Opening) -> Markup {
    let payable = Money::new(state.owed_vnd.max(0));
    // What may have been paid already is not offered to be paid.
    let is_offered = payable > Money::ZERO && !state.is_behind;
    let typed = if is_offered { web::format::count_text(payable.vnd()) } else { String::new() };
    html! {
        form.card.form method="post" action={ (PRODUCERS) "/pay" } {
            (opening.csrf)
            input type="hidden" name="op_id" value=(opening.op_id);
            input type="hidden" name="producer_id" value=(state.producer_id);
            input type="hidden" name="shown_vnd" value=(state.owed_vnd);
            input type="hidden" name="last_paid_ms" value=(state.last_paid_ms);
            h2.whole { (lang.pay_producer()) }
            (Field { value: &typed, inputmode: "numeric", is_required: false, hint: Some(lang.amount_hint()),
                ..Field::new("amount", lang.amount_paid()) }.render())
            fieldset.people.whole {
                legend.hidden { (lang.how_paid()) }
                @for (value, words) in [("cash", lang.from_drawer()), ("transfer", lang.by_transfer())] {
                    label { input type="radio" name="way" value=(value) required checked[value == "cash"]; span { (words) } }
                }
            }
            (approval::fields(lang, &opening.managers, "payout", Asks::Always { has_focus: true }))
            p.hint.whole { (lang.settle_about()) }
            div.actions {
                @if !state.is_behind { button.primary name="act" value="settle" { (lang.settle_and_pay()) } }
                button.primary[state.is_behind] name="act" value="advance" { (lang.pay_only()) }
                a.button href={ (PRODUCERS) "/" (state.producer_id) "/transfer" } { (lang.payout_by_code()) }
            }
        }
    }
}

fn news(lang: Lang, news: &str) -> Markup {
    let rows = news.lines().count() + 1;
    html! {
        @if !news.is_empty() {
            section.card.form {
                h2.whole { (lang.news()) }
                div.field.whole {
                    label for="news" { (lang.news_about()) }
                    textarea #news readonly rows=(rows) { (news) }
                }
            }
        }
    }
}

fn payments(lang: Lang, payments: &[PaymentState]) -> Markup {
    html! {
        section.card {
            h2 { (lang.earlier_papers()) }
            @if payments.is_empty() { p.mute { (lang.no_papers()) } } @else {
                p.hint { (lang.correction_hint()) }
                div.table { table {
                    thead { tr { th { (lang.paper()) } th { (lang.paper_when()) } th.n { (lang.due_then()) } th.n { (lang.paid_then()) } } }
                    tbody { @for paid in payments { tr {
                        td { a href=(papers::address(&paid.number)) { (paid.number) } @if paid.is_correction { small { (paid.reason) } } }
                        td { (datetime_text(paid.paid_at_ms)) }
                        td.n {
                            @if paid.is_settlement { (Money::new(paid.due_vnd)) }
                            @if paid.adjusted_vnd != 0 { (corrections::signed(paid.adjusted_vnd)) }
                        }
                        td.n {
                            @if paid.paid_vnd < 0 { (corrections::signed(paid.paid_vnd)) }
                            @else if !paid.is_correction { (Money::new(paid.paid_vnd)) }
                        }
                    } } }
                } }
            }
        }
    }
}
