//! The account to which an operator sends what it owes a producer: what is told of it, and the page on which it is kept.
//! What was refused comes back as typed.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::bank::BANKS;
use domain::payout::PayoutAccount;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::format::datetime_text;
use web::{Fault, Lang};

use super::{OWED, OwedReport, frame, operator, read, report};
use crate::account_keeping;
use crate::app::App;
use crate::db::payout_accounts::Kept;
use crate::web::payout_texts::PayoutTexts;
use crate::web::shell;
use crate::web::visit::Visit;

/// An account as operator and producer see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccountOnFile {
    /// Who pays to it.
    pub operator: String,
    /// The bank.
    pub bank: String,
    /// The account's number.
    pub account_number: String,
    /// Whose it is, as the bank has it; may be empty.
    pub account_holder: String,
    /// When it was set, UTC milliseconds.
    pub account_set_at_ms: i64,
    /// Whose login set it; told to the operator alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_set_by: Option<String>,
}

impl AccountOnFile {
    /// Arranges what is kept as the operator sees it.
    pub fn of(kept: &Kept) -> Self {
        Self { account_set_by: Some(kept.set_by.clone()), ..Self::of_producer(kept) }
    }

    /// Arranges what is kept as the producer sees it.
    pub fn of_producer(kept: &Kept) -> Self {
        Self {
            operator: kept.operator.clone(),
            bank: kept.account.bank(),
            account_number: kept.account.payee.number().to_owned(),
            account_holder: kept.account.holder.clone(),
            account_set_at_ms: kept.set_at_ms,
            account_set_by: None,
        }
    }

    /// Returns who set it and when.
    pub fn set_words(&self, lang: Lang) -> String {
        let time = datetime_text(self.account_set_at_ms);
        match &self.account_set_by {
            Some(login) => lang.payout_set_by(login, time),
            None => lang.payout_set_at(time),
        }
    }
}

/// An account, as its form posts it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepAccount {
    /// The bank's six digits.
    #[serde(default)]
    bank: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    holder: String,
    /// `keep`, or `forget`.
    act: String,
}

impl KeepAccount {
    /// Returns the form as it begins: with what is kept.
    pub fn of(account: Option<&PayoutAccount>) -> Self {
        account.map_or_else(Self::default, |account| Self {
            bank: account.bank_bin.to_string(),
            number: account.payee.number().to_owned(),
            holder: account.holder.clone(),
            act: String::new(),
        })
    }

    /// Reads it, `None` to forget what is kept; or names the field that is wrong.
    fn read(&self) -> Result<Option<PayoutAccount>, &'static str> {
        match self.act.as_str() {
            "forget" => Ok(None),
            _ => PayoutAccount::read(&self.bank, &self.number, &self.holder).map(Some),
        }
    }
}

/// The form.
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Path(producer): Path<String>,
) -> Result<Response, Fault> {
    let (report, account) = report(&app, &visit, read(&producer)?).await?;
    let typed = KeepAccount::of(account.as_ref());
    Ok(show(&visit, &report, &typed, None).into_response())
}

/// Keeps the account, or forgets it. Doing that twice does it once, so that the form needs no id.
pub async fn keep(
    State(app): State<App>,
    visit: Visit,
    Path(producer): Path<String>,
    Form(typed): Form<KeepAccount>,
) -> Result<Response, Fault> {
    let (scope, producer_id) = (operator(&visit)?, read(&producer)?);
    let (report, _) = report(&app, &visit, producer_id).await?;
    match typed.read() {
        Ok(account) => {
            let who = (scope, visit.user.login.as_str());
            visit.ok(account_keeping::keep(&app, who, producer_id, account.as_ref()).await)?;
            Ok(Redirect::to(&format!("{OWED}/{producer_id}")).into_response())
        }
        Err(wrong) => {
            let page = show(&visit, &report, &typed, Some(wrong));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn show(visit: &Visit, report: &OwedReport, typed: &KeepAccount, wrong: Option<&str>) -> Markup {
    shell::page(visit, &frame(visit), form(visit.lang, &visit.csrf, report, (typed, wrong)))
}

/// The form, with who set what is kept.
pub fn form(
    lang: Lang,
    csrf: &CsrfToken,
    report: &OwedReport,
    (typed, wrong): (&KeepAccount, Option<&str>),
) -> Markup {
    let bins: Vec<(String, &str)> = BANKS.iter().map(|(bin, name)| (bin.to_string(), *name)).collect();
    let banks: Vec<(&str, &str)> =
        std::iter::once(("", "—")).chain(bins.iter().map(|(bin, name)| (bin.as_str(), *name))).collect();
    let error = |field: &str, words: &'static str| (wrong == Some(field)).then_some(words);
    let page = format!("{OWED}/{}", report.producer_id);
    html! {
        h2 { (lang.payout_account()) }
        form.card.form method="post" action={ (page) "/account" } {
            (csrf_field(csrf))
            h2.whole { (report.name) }
            p.hint.whole { (lang.payout_account_about()) }
            @if let Some(account) = &report.account { p.whole { (account.set_words(lang)) } }
            (select("bank", lang.payout_bank(), &banks, &typed.bank, error("bank", lang.payout_wrong_bank())))
            (Field {
                value: &typed.number, error: error("number", lang.payout_wrong_number()),
                ..Field::new("number", lang.payout_number())
            }.render())
            (Field { value: &typed.holder, is_required: false, ..Field::new("holder", lang.payout_holder()) }.render())
            div.actions {
                button.primary name="act" value="keep" { (lang.payout_save()) }
                @if report.account.is_some() {
                    button name="act" value="forget" formnovalidate { (lang.payout_forget()) }
                }
                a.button href=(page) { (lang.payout_back()) }
            }
        }
    }
}
