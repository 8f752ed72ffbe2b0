//! The form by which a section nominates a product.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::StoreId;
use domain::section::Section;
use maud::{Markup, html};
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::{csrf_field, select};
use web::{Fault, Lang};

use super::words::{SECTIONS, section_words};
use crate::admin::NewNomination;
use crate::admin::points::NOTE_MAX;
use crate::app::App;
use crate::db::stores;
use crate::db::users::Role;
use crate::error::{Error, Refusal};
use crate::web::nomination_texts::NominationTexts;
use crate::web::point_texts::PointTexts;
use crate::web::points::edit::Pairs;
use crate::web::points::typed::Typed;
use crate::web::products::detail::ProductReport;
use crate::web::products::{editable, frame};
use crate::web::shell;
use crate::web::visit::Visit;

/// A store that can be ticked: id and name.
pub type Choice = (StoreId, String);

/// The empty form.
pub async fn new(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
) -> Result<Response, Fault> {
    let report = editable(&app, &visit, &product).await?;
    let typed = Typed::with(visit.lang, [("id", app.clock.new_uuid().to_string())]);
    Ok(page(&app, &visit, &report, &typed).await?.into_response())
}

/// Nominates a product; what was typed wrong comes back.
pub async fn add(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let report = editable(&app, &visit, &product).await?;
    let stores = visit.ok(choices(&app).await)?;
    let mut typed = Typed::read(visit.lang, pairs)?;
    if let Some(new) = read_nomination(&app, &stores, &mut typed)? {
        visit.needs(new.section).await?;
        match visit.admin().nominate(report.product_id.into(), &new).await {
            Ok(()) => {
                return Ok(Redirect::to(&format!("/nominations/{}?done=nominated", new.id)).into_response());
            }
            Err(Error::Refused(Refusal::Taken { .. })) => typed.refuse("reason", visit.lang.nominate_taken()),
            Err(Error::Refused(_)) => typed.refuse("reason", visit.lang.nominate_refused()),
            Err(error) => return visit.ok(Err(error)),
        }
    }
    let page = page(&app, &visit, &report, &typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn read_nomination(app: &App, stores: &[Choice], typed: &mut Typed) -> Result<Option<NewNomination>, Fault> {
    let id = match typed.get("id") {
        "" => app.clock.new_uuid(),
        text => Uuid::try_parse(text).map_err(|_| Fault::not_found())?,
    };
    let section =
        typed.choice("section", |code| Section::from_code(code).filter(|section| SECTIONS.contains(section)));
    let reason = typed.words("reason", NOTE_MAX);
    if reason.is_empty() {
        let words = typed.lang().step_no_words();
        typed.refuse("reason", words);
    }
    let ticked = stores.iter().filter(|(id, _)| !typed.get(&format!("store-{id}")).is_empty());
    let stores = ticked.map(|(id, _)| *id).collect();
    let (Some(section), true) = (section, typed.is_right()) else { return Ok(None) };
    Ok(Some(NewNomination { id, section, reason, stores }))
}

async fn choices(app: &App) -> crate::Result<Vec<Choice>> {
    let all = stores::list(&app.db, None).await?;
    Ok(all.into_iter().map(|store| (store.id, store.name)).collect())
}

async fn page(app: &App, visit: &Visit, report: &ProductReport, typed: &Typed) -> Result<Markup, Fault> {
    let stores = visit.ok(choices(app).await)?;
    let main = form(visit.lang, (&visit.csrf, visit.user.role), (report, &stores), typed);
    Ok(shell::page(visit, &frame(visit, ""), main))
}

/// The form, for somebody of a role: it offers the sections that the role keeps.
pub fn form(
    lang: Lang,
    (csrf, role): (&CsrfToken, Role),
    (report, stores): (&ProductReport, &[Choice]),
    typed: &Typed,
) -> Markup {
    let product = format!("/products/{}", report.product_id);
    let own = SECTIONS.into_iter().filter(|section| role.keeps(*section));
    let own: Vec<(&str, &str)> = own.map(|each| (each.code(), section_words(lang, each.code()))).collect();
    let error = typed.error("reason");
    html! {
        form.card.form method="post" action={ (product) "/nominate" } {
            (csrf_field(csrf))
            h2.whole { (lang.nomination_of(&report.name)) }
            p.mute.whole { (lang.nominate_about()) }
            input type="hidden" name="id" value=(typed.get("id"));
            (select("section", lang.nominate_section(), &own, typed.get("section"), typed.error("section")))
            div.field.whole.wrong[error.is_some()] {
                label for="reason" { (lang.nominate_reason()) }
                textarea id="reason" name="reason" rows="3" required aria-describedby="reason-about"
                    aria-invalid=[error.map(|_| "true")] { (typed.get("reason")) }
                @match error {
                    Some(words) => p.error id="reason-about" { (words) },
                    None => p.hint id="reason-about" { (lang.nominate_reason_hint()) },
                }
            }
            fieldset.whole {
                legend { (lang.nominate_stores()) }
                @for (id, name) in stores {
                    @let field = format!("store-{id}");
                    label.tick { input type="checkbox" name=(field) value="yes" checked[!typed.get(&field).is_empty()]; " " (name) }
                }
                p.hint { (lang.nominate_all()) }
            }
            div.actions { button.primary { (lang.nominate_save()) } a.button href=(product) { (lang.back()) } }
        }
    }
}
