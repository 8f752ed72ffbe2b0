//! VAT on the commission of a point's operator: every rate with its first day, and the form for the next one.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::commission_tax::{CommissionTax, CommissionTaxes};
use domain::ids::OperatorId;
use maud::{Markup, html};
use time::Date;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field};
use web::format::date_text;
use web::fragment::{Tone, chip};
use web::{Fault, Lang};

use super::detail::PointReport;
use super::edit::Pairs;
use super::typed::Typed;
use super::{find, frame};
use crate::app::App;
use crate::commission_tax::business_day;
use crate::db::commission_taxes;
use crate::error::{Error, Result as Found};
use crate::web::point_open_texts::PointOpenTexts;
use crate::web::point_texts::PointTexts;
use crate::web::shell;
use crate::web::visit::Visit;

/// The rates and the form.
pub async fn form(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let typed = Typed::with(visit.lang, []);
    Ok(framed(&app, &visit, &report, &typed).await?.into_response())
}

/// Sets the rate from a day on; what was typed wrong comes back.
pub async fn set(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let report = find(&app, &visit, &point).await?;
    let operator_id = operator_of(&report)?;
    let mut typed = Typed::read(visit.lang, pairs)?;
    if let Some(new) = read(&mut typed) {
        match visit.admin().set_commission_tax(operator_id, new).await {
            Ok(()) => {
                let address = format!("/points/{}?done=commission-tax", report.point_id);
                return Ok(Redirect::to(&address).into_response());
            }
            Err(Error::Refused(_)) => typed.refuse("from", visit.lang.commission_tax_early()),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    let page = framed(&app, &visit, &report, &typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn operator_of(report: &PointReport) -> Result<OperatorId, Fault> {
    report.operator_id.map(Into::into).ok_or_else(Fault::not_found)
}

fn read(typed: &mut Typed) -> Option<CommissionTax> {
    let (valid_from, rate) = (typed.day("from"), typed.percent("commission_tax"));
    Some(CommissionTax { valid_from: valid_from?, rate: rate? })
}

async fn framed(app: &App, visit: &Visit, report: &PointReport, typed: &Typed) -> Result<Markup, Fault> {
    let taxes = visit.ok(load(app, operator_of(report)?).await)?;
    let today = business_day(app.clock.now_ms());
    let main = page(visit.lang, &visit.csrf, (report, typed), (&taxes, today));
    Ok(shell::page(visit, &frame(visit, ""), main))
}

async fn load(app: &App, operator_id: OperatorId) -> Found<CommissionTaxes> {
    commission_taxes::list(&mut app.db.begin_reading().await?, operator_id).await
}

/// The page.
pub fn page(
    lang: Lang,
    csrf: &CsrfToken,
    (report, typed): (&PointReport, &Typed),
    (taxes, today): (&CommissionTaxes, Date),
) -> Markup {
    let point = format!("/points/{}", report.point_id);
    html! {
        section.card {
            h2 { (lang.commission_tax_title(report.operator.as_deref().unwrap_or_default())) }
            p.mute { (lang.commission_tax_about()) }
            (rates(lang, taxes, today))
            form.form method="post" action={ (point) "/commission-tax" } {
                (csrf_field(csrf))
                (Field { kind: "date", is_required: true, ..typed.field("from", lang.commission_tax_day()) }.render())
                (Field { inputmode: "numeric", is_required: true, ..typed.field("commission_tax", lang.open_commission_tax()) }.render())
                div.actions { button.primary { (lang.commission_tax_save()) } a.button href=(point) { (lang.back()) } }
            }
        }
    }
}

fn rates(lang: Lang, taxes: &CommissionTaxes, today: Date) -> Markup {
    let all = taxes.in_force();
    let here = all.iter().rposition(|each| each.valid_from <= today);
    html! {
        dl.facts {
            @for (place, each) in all.iter().enumerate() {
                dt {
                    @if place == 0 { (lang.commission_tax_at_first()) }
                    @else { (lang.commission_tax_from(date_text(each.valid_from))) }
                }
                dd {
                    (each.rate.to_string()) " "
                    @if here == Some(place) { (chip(Tone::Good, lang.commission_tax_now())) }
                }
            }
        }
    }
}
