//! The code for an operator's bank app, before what was sent is recorded. It names the settlement that the record makes. There is
//! none on the settlement's own page: that begins with money that was sent, and a code there would ask for it again.

use domain::Money;
use domain::payout::PayoutAccount;
use domain::vietqr::VietQrError;
use maud::{Markup, html};
use serde::Deserialize;
use time::Date;
use web::form::Field;
use web::format::count_text;
use web::{Lang, amount, qr};

use super::account::AccountOnFile;
use super::{OWED, OwedReport};
use crate::joint_settling::{number_of, purpose_of};
use crate::web::payout_texts::PayoutTexts;

/// How much is to be transferred, in the page's address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct HowMuch {
    /// As typed; all that is owed without it.
    #[serde(default)]
    transfer: String,
}

/// What the page shows of a transfer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Transfer {
    /// The amount as typed, or all that is owed.
    pub typed: String,
    /// What was typed is no amount that can be paid now.
    pub is_wrong: bool,
    /// The code; none without an account, for no amount, and after a form that was refused: it may be paid already.
    pub code: Option<TransferCode>,
}

/// A code for a bank's app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferCode {
    /// The amount in it.
    pub amount: Money,
    /// What the bank's statements will say.
    pub note: String,
    /// What the code holds.
    pub payload: String,
}

impl Transfer {
    /// Arranges a transfer that pays the settlement that comes next.
    pub fn of(report: &OwedReport, account: Option<&PayoutAccount>, how_much: &HowMuch, today: Date) -> Self {
        let all = count_text(report.payable_vnd);
        let typed = Some(how_much.transfer.trim()).filter(|typed| !typed.is_empty());
        let amount = amount::parse(typed.unwrap_or(&all));
        let amount = amount.filter(|amount| (1..=report.payable_vnd).contains(&amount.vnd()));
        let code = account.zip(amount);
        let number = number_of(report.next_id, today);
        let code = code.and_then(|(account, amount)| TransferCode::of(account, amount, &number).ok());
        let is_wrong = typed.is_some() && amount.is_none();
        Self { typed: typed.map_or(all, str::to_owned), is_wrong, code }
    }

    /// Arranges the page after a form that was refused.
    pub fn refused(report: &OwedReport) -> Self {
        Self { typed: count_text(report.payable_vnd), ..Self::default() }
    }
}

impl TransferCode {
    fn of(account: &PayoutAccount, amount: Money, number: &str) -> Result<Self, VietQrError> {
        let purpose = purpose_of(number)?;
        let payload = account.code(amount, &purpose)?;
        Ok(Self { amount, note: purpose.as_str().to_owned(), payload })
    }
}

/// The code with all that is in it, in words; or what is missing for one.
pub fn cards(lang: Lang, report: &OwedReport, transfer: &Transfer) -> Markup {
    let page = format!("{OWED}/{}", report.producer_id);
    html! {
        h2 { (lang.payout_by_code()) }
        @match &report.account {
            Some(account) => {
                div.columns {
                    (code(lang, account, transfer.code.as_ref()))
                    (how_much(lang, report, transfer, &page))
                }
            }
            None => {
                section.card {
                    p { (lang.payout_none()) }
                    div.actions { a.button href={ (page) "/account" } { (lang.payout_enter()) } }
                }
            }
        }
    }
}

fn code(lang: Lang, account: &AccountOnFile, code: Option<&TransferCode>) -> Markup {
    html! {
        section.card {
            @if code.is_some() { p.hint { (lang.payout_about()) } }
            (words(lang, account, code))
            @if let Some(code) = code { (qr::picture(&code.payload, &lang.payout_picture(code.amount))) }
            p.hint { (account.set_words(lang)) }
        }
    }
}

fn words(lang: Lang, account: &AccountOnFile, code: Option<&TransferCode>) -> Markup {
    html! {
        dl.sums {
            @if let Some(code) = code { dt { (lang.payout_sum()) } dd { strong { (code.amount) } } }
            dt { (lang.payout_bank()) } dd { (account.bank) }
            dt { (lang.payout_number()) } dd { (account.account_number) }
            @if !account.account_holder.is_empty() { dt { (lang.payout_holder()) } dd { (account.account_holder) } }
            @if let Some(code) = code { dt { (lang.payout_note()) } dd { (code.note) } }
        }
    }
}

fn how_much(lang: Lang, report: &OwedReport, transfer: &Transfer, page: &str) -> Markup {
    let most = lang.payout_wrong_amount(Money::new(report.payable_vnd));
    html! {
        form.card.form method="get" action=(page) {
            @if report.payable_vnd > 0 {
                (Field {
                    value: &transfer.typed, inputmode: "numeric",
                    error: transfer.is_wrong.then_some(most.as_str()), ..Field::new("transfer", lang.payout_amount())
                }.render())
            } @else { p.whole { (lang.payout_nothing()) } }
            div.actions {
                @if report.payable_vnd > 0 { button { (lang.payout_show()) } }
                a.button href={ (page) "/account" } { (lang.payout_edit()) }
            }
        }
    }
}
