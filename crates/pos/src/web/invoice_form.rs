//! Who an invoice is made out to. Written on one that is not issued; an issued one is replaced.

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use domain::invoice::buyer::{BuyerError, TypedBuyer};
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::{Fault, Lang};

use super::desk;
use super::invoice_texts::InvoiceTexts;
use super::invoices;
use super::visit::{Visit, Wanted, check_op_id};
use crate::db::invoices::Invoice;
use crate::invoicing::{act, buyer_of};

/// Who the invoice is made out to. No `Debug`: names belong into no log.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveBuyer {
    /// Names this form; posting it twice does it once.
    pub(super) op_id: String,
    pub(super) invoice_id: Uuid,
    /// `none`, `person`, `organisation` or `foreigner`.
    pub(super) kind: String,
    pub(super) name: String,
    /// Tax number, personal number or number of a passport.
    pub(super) number: String,
    /// Address; the country of a foreigner.
    pub(super) address: String,
}

/// The form, with the buyer of before in it.
pub async fn page(visit: Visit, Path(invoice_id): Path<Uuid>) -> Result<Response, Fault> {
    let row = load(&visit, invoice_id).await?;
    let before = buyer_of(&row);
    let form = SaveBuyer {
        op_id: visit.new_op_id(),
        invoice_id,
        kind: before.as_ref().map_or("none", |buyer| buyer.kind.as_str()).to_owned(),
        name: before.as_ref().map(|buyer| buyer.name.clone()).unwrap_or_default(),
        number: before.as_ref().map(|buyer| buyer.number.clone()).unwrap_or_default(),
        address: before.map(|buyer| buyer.address).unwrap_or_default(),
    };
    show(&visit, &row, &form, None).await
}

/// Writes the buyer, or issues another invoice with this buyer.
pub async fn save(visit: Visit, Form(form): Form<SaveBuyer>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let row = load(&visit, form.invoice_id).await?;
    let typed = TypedBuyer {
        kind: form.kind.clone(),
        name: form.name.clone(),
        number: form.number.clone(),
        address: form.address.clone(),
    };
    let buyer = match typed.read() {
        Ok(buyer) => buyer,
        Err(wrong) if visit.wanted == Wanted::Json => {
            return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, field(wrong), move |lang| {
                words(lang, wrong)
            }));
        }
        Err(wrong) => {
            // The refused form was a request of its own: the corrected one needs another name.
            let form = SaveBuyer { op_id: visit.new_op_id(), ..form };
            let mut response = show(&visit, &row, &form, Some(wrong)).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
    };
    let acted = visit.ok(act::set_buyer(&visit.app, &visit.seat, &op_id, (form.invoice_id, &buyer)).await)?;
    tracing::info!(invoice_id = %form.invoice_id, by = %visit.seat.cashier_id, ?acted, "a buyer was written");
    invoices::told(&visit, acted).await
}

async fn load(visit: &Visit, invoice_id: Uuid) -> Result<Invoice, Fault> {
    let found = crate::db::invoices::load_invoice(visit.app.db().read(), invoice_id).await;
    visit.ok(found)?.ok_or_else(Fault::not_found)
}

async fn show(
    visit: &Visit,
    row: &Invoice,
    form: &SaveBuyer,
    wrong: Option<BuyerError>,
) -> Result<Response, Fault> {
    let title = visit.lang.buyer_title(&row.receipt_number);
    let main = fields(visit.lang, &visit.csrf, row.state.is_issued(), form, wrong);
    desk::page(visit, "/invoices", &title, main).await
}

/// The form as a card.
pub fn fields(
    lang: Lang,
    csrf: &CsrfToken,
    is_issued: bool,
    form: &SaveBuyer,
    wrong: Option<BuyerError>,
) -> Markup {
    let kinds = [
        ("none", lang.kind_none()),
        ("person", lang.kind_person()),
        ("organisation", lang.kind_organisation()),
        ("foreigner", lang.kind_foreigner()),
    ];
    let error = |name: &str| wrong.filter(|wrong| field(*wrong) == name).map(|wrong| words(lang, wrong));
    let text = |name, label, value| Field {
        value,
        error: error(name),
        is_required: false,
        ..Field::new(name, label)
    };
    html! {
        form.card.form method="post" action="/invoices/buyer" {
            (csrf_field(csrf))
            input type="hidden" name="op_id" value=(form.op_id);
            input type="hidden" name="invoice_id" value=(form.invoice_id);
            @if is_issued { p.whole { (lang.buyer_replaces()) } }
            (select("kind", lang.buyer_kind(), &kinds, &form.kind, error("kind")))
            (text("name", lang.buyer_name(), form.name.as_str()).render())
            (text("number", lang.buyer_number(), form.number.as_str()).render())
            (text("address", lang.buyer_address(), form.address.as_str()).render())
            p.hint.whole { (lang.buyer_about()) }
            div.actions {
                button.primary { (if is_issued { lang.replace_buyer() } else { lang.save_buyer() }) }
                a.button href="/invoices" { (lang.invoices()) }
            }
        }
    }
}

pub(super) const fn field(wrong: BuyerError) -> &'static str {
    match wrong {
        BuyerError::Kind => "kind",
        BuyerError::Name => "name",
        BuyerError::TaxNumber | BuyerError::PersonalNumber | BuyerError::Passport => "number",
        BuyerError::Address | BuyerError::Country => "address",
    }
}

pub(super) fn words(lang: Lang, wrong: BuyerError) -> &'static str {
    match wrong {
        BuyerError::Kind => lang.bad_buyer_kind(),
        BuyerError::Name => lang.bad_buyer_name(),
        BuyerError::TaxNumber => lang.bad_tax_number(),
        BuyerError::PersonalNumber => lang.bad_personal_number(),
        BuyerError::Passport => lang.bad_passport(),
        BuyerError::Address => lang.bad_address(),
        BuyerError::Country => lang.bad_country(),
    }
}
