//! The account to which a producer wants transfers: a manager keeps it. What was refused comes back as typed.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::bank::BANKS;
use domain::ids::ProducerId;
use domain::payout::PayoutAccount;
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{Field, csrf_field, select};
use web::format::datetime_text;
use web::{Fault, Lang};

use super::desk;
use super::payout_texts::PayoutTexts;
use super::producers::PRODUCERS;
use super::visit::{Visit, Wanted};
use crate::db::payout_accounts::{self, SetBy};
use crate::db::producers;

/// The act's address.
pub const ACCOUNT: &str = "/producers/account";

/// An account, as its form posts it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepAccount {
    producer_id: Uuid,
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
    fn of(producer_id: Uuid, account: Option<&PayoutAccount>) -> Self {
        let typed = Self { producer_id, ..Self::default() };
        account.map_or(typed, |account| Self {
            producer_id,
            bank: account.bank_bin.to_string(),
            number: account.payee.number().to_owned(),
            holder: account.holder.clone(),
            act: String::new(),
        })
    }

    #[cfg(test)]
    pub(super) fn sample(producer_id: Uuid, holder: &str) -> Self {
        let (bank, number) = ("970405".to_owned(), "4801205012345".to_owned());
        Self { producer_id, bank, number, holder: holder.to_owned(), act: String::new() }
    }

    /// Reads it; or names the field that is wrong.
    pub(super) fn read(&self) -> Result<PayoutAccount, &'static str> {
        PayoutAccount::read(&self.bank, &self.number, &self.holder)
    }
}

/// The page.
pub async fn page(visit: Visit, Path(producer_id): Path<Uuid>) -> Result<Response, Fault> {
    let kept = visit.ok(load(&visit, producer_id.into()).await)?.ok_or_else(Fault::not_found)?;
    let typed = KeepAccount::of(producer_id, kept.account.as_ref());
    show(&visit, &kept, &typed, None).await
}

/// A producer, and what is kept of the account.
pub struct Kept {
    /// The producer's name.
    pub name: String,
    /// The account.
    pub account: Option<PayoutAccount>,
    /// Who set it, and when.
    pub set_by: Option<SetBy>,
}

async fn load(visit: &Visit, producer_id: ProducerId) -> crate::db::Result<Option<Kept>> {
    let mut reader = visit.app.db().read().acquire().await?;
    let Some(name) = producers::find_name(&mut reader, producer_id).await? else { return Ok(None) };
    let account = payout_accounts::find_account(&mut reader, producer_id).await?;
    Ok(Some(Kept { name, account, set_by: payout_accounts::find_set_by(&mut reader, producer_id).await? }))
}

async fn show(
    visit: &Visit,
    kept: &Kept,
    typed: &KeepAccount,
    wrong: Option<&'static str>,
) -> Result<Response, Fault> {
    let main = form(visit.lang, &csrf_field(&visit.csrf), (kept, typed), wrong);
    desk::page(visit, PRODUCERS, visit.lang.account(), main).await
}

/// Keeps or forgets it. Doing that twice does it once, so that the form needs no id.
pub async fn submit(visit: Visit, Form(typed): Form<KeepAccount>) -> Result<Response, Fault> {
    let id = typed.producer_id.into();
    let kept = visit.ok(load(&visit, id).await)?.ok_or_else(Fault::not_found)?;
    let account = match typed.act.as_str() {
        "forget" => Ok(None),
        _ => typed.read().map(Some),
    };
    match account {
        Ok(account) => {
            let by = (visit.seat.cashier_id, visit.app.clock().now_ms());
            let mut tx = visit.ok(visit.app.db().begin().await)?;
            visit.ok(payout_accounts::replace_account(&mut tx, id, account.as_ref(), by).await)?;
            visit.ok(tx.commit().await.map_err(crate::db::Error::from))?;
            Ok(Redirect::to(&format!("{PRODUCERS}/{}/transfer", typed.producer_id)).into_response())
        }
        Err(_) if visit.wanted == Wanted::Json => Err(Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY)),
        Err(wrong) => {
            let page = show(&visit, &kept, &typed, Some(wrong)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// The form.
pub fn form(
    lang: Lang,
    csrf: &Markup,
    (Kept { name, set_by, .. }, typed): (&Kept, &KeepAccount),
    wrong: Option<&'static str>,
) -> Markup {
    let bins: Vec<(String, &str)> = BANKS.iter().map(|(bin, name)| (bin.to_string(), *name)).collect();
    let banks: Vec<(&str, &str)> =
        std::iter::once(("", "—")).chain(bins.iter().map(|(bin, name)| (bin.as_str(), *name))).collect();
    let error = |field: &str, words| (wrong == Some(field)).then_some(words);
    let back = format!("{PRODUCERS}/{}/transfer", typed.producer_id);
    html! {
        form.card.form method="post" action=(ACCOUNT) {
            (csrf)
            input type="hidden" name="producer_id" value=(typed.producer_id);
            h2.whole { (name) }
            p.hint.whole { (lang.account_about()) }
            @if let Some(SetBy { name, at_ms }) = set_by {
                p.whole { (lang.account_set_by(if name.is_empty() { "—" } else { name }, datetime_text(*at_ms))) }
            }
            (select("bank", lang.account_bank(), &banks, &typed.bank, error("bank", lang.account_wrong_bank())))
            (Field {
                value: &typed.number, error: error("number", lang.account_wrong_number()), autocomplete: "off",
                ..Field::new("number", lang.account_number())
            }.render())
            (Field { value: &typed.holder, is_required: false, autocomplete: "off", ..Field::new("holder", lang.account_holder()) }.render())
            div.actions {
                button.primary name="act" value="keep" { (lang.account_save()) }
                @if !typed.number.is_empty() {
                    button name="act" value="forget" formnovalidate { (lang.account_forget()) }
                }
                a.button href=(back) { (lang.payout_by_code()) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_as_it_is_typed() {
        let typed = |bank: &str, number: &str| KeepAccount {
            bank: bank.to_owned(),
            number: number.to_owned(),
            holder: "  BÙI  VĂN TẤN ".to_owned(),
            ..KeepAccount::default()
        };
        let account = typed("970405", " 4801205012345 ").read().unwrap();
        assert_eq!(account.text(), "Agribank · 4801205012345 · BÙI VĂN TẤN");
        for (bank, number, wrong) in [
            ("", "1", "bank"),
            ("agribank", "1", "bank"),
            ("970405", "", "number"),
            ("970405", "48 01", "number"),
            ("970405", "12345678901234567890", "number"),
        ] {
            assert_eq!(typed(bank, number).read(), Err(wrong), "{bank} {number}");
        }
    }
}
