//! The form of a paper: its kind, what is printed on it, its scan.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::HeldBy;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;
use web::form::{Field, csrf_field, select};
use web::format::local_date;
use web::{Fault, Lang};

use crate::admin::points::NOTE_MAX;
use crate::admin::{NewPaper, Scan};
use crate::app::App;
use crate::db::dossiers::kinds;
use crate::error::{Error, Refusal};
use crate::web::paper_files;
use crate::web::paper_texts::PaperTexts;
use crate::web::point_texts::PointTexts;
use crate::web::points::typed::Typed;
use crate::web::products::detail::ProductReport;
use crate::web::products::{editable, frame};
use crate::web::shell;
use crate::web::visit::Visit;

/// What the form begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PaperQuery {
    /// Code of the kind.
    kind: String,
    /// The paper whose place the new one takes.
    replaces: String,
}

/// The empty form.
pub async fn new(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
    Query(query): Query<PaperQuery>,
) -> Result<Response, Fault> {
    let report = editable(&app, &visit, &product).await?;
    let old = report.dossier.iter().find_map(|kind| {
        let paper = kind.papers.iter().find(|paper| paper.paper_id.to_string() == query.replaces)?;
        Some((kind.standing.kind.clone(), paper))
    });
    let kind = old.as_ref().map_or(query.kind, |(kind, _)| kind.clone());
    let issuer = old.as_ref().map_or(String::new(), |(_, paper)| paper.issuer.clone());
    let replaces = old.map_or(String::new(), |(_, paper)| paper.paper_id.to_string());
    let id = app.clock.new_uuid().to_string();
    let values = [("id", id), ("kind", kind), ("replaces", replaces), ("issuer", issuer)];
    let typed = Typed::with(visit.lang, values);
    Ok(page(&app, &visit, &report, &typed).await?.into_response())
}

/// Enters a paper; what was typed wrong comes back, and the file is chosen again.
pub async fn add(
    State(app): State<App>,
    visit: Visit,
    Path(product): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    let report = editable(&app, &visit, &product).await?;
    let sent = paper_files::read(visit.lang, form).await;
    let mut typed = Typed::read(visit.lang, sent.pairs)?;
    let scan = sent.scan.unwrap_or_else(|words| {
        typed.refuse("file", words);
        None
    });
    if let Some(new) = read_paper(&app, &mut typed, scan)? {
        match visit.admin().add_paper(report.product_id.into(), new).await {
            Ok(()) => {
                let at = format!("/products/{}?done=paper#dossier", report.product_id);
                return Ok(Redirect::to(&at).into_response());
            }
            Err(Error::Refused(Refusal::Invalid { what: "last day", .. })) => {
                typed.refuse("expires_on", visit.lang.paper_wrong_days());
            }
            Err(Error::NotFound("paper")) => typed.refuse("kind", visit.lang.paper_not_kept()),
            Err(Error::Refused(_) | Error::NotFound("kind")) => {
                typed.refuse("kind", visit.lang.paper_refused());
            }
            Err(error) => return visit.ok(Err(error)),
        }
    }
    let page = page(&app, &visit, &report, &typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn read_paper(app: &App, typed: &mut Typed, scan: Option<Scan>) -> Result<Option<NewPaper>, Fault> {
    let parsed = |text: &str| Uuid::try_parse(text).map_err(|_| Fault::not_found());
    let id = if typed.get("id").is_empty() { app.clock.new_uuid() } else { parsed(typed.get("id"))? };
    let replaces = match typed.get("replaces") {
        "" => None,
        text => Some(parsed(text)?),
    };
    let kind_code = typed.choice("kind", |code| (!code.is_empty()).then(|| code.to_owned()));
    let (number, issuer) = (typed.optional("number"), typed.optional("issuer"));
    let today = local_date(app.clock.now_ms());
    let issued_on =
        if typed.get("issued_on").is_empty() { None } else { typed.day_until("issued_on", today) };
    let expires_on = typed.optional_day("expires_on");
    let note = typed.words("note", NOTE_MAX);
    let (Some(kind_code), true) = (kind_code, typed.is_right()) else { return Ok(None) };
    Ok(Some(NewPaper { id, kind_code, number, issuer, issued_on, expires_on, note, replaces, scan }))
}

async fn page(app: &App, visit: &Visit, report: &ProductReport, typed: &Typed) -> Result<Markup, Fault> {
    let today = local_date(app.clock.now_ms());
    let mut tx = visit.ok(app.db.begin_reading().await)?;
    let all = visit.ok(kinds::list_on(&mut tx, today).await)?;
    let own = all.into_iter().filter(|kind| kind.held_by != HeldBy::Recognition.code());
    let named = own.map(|kind| match visit.lang {
        Lang::Vi => (kind.code, kind.name_vi),
        Lang::En => (kind.code, kind.name_en),
    });
    let main = form(visit.lang, &visit.csrf, (report, &named.collect::<Vec<_>>()), typed);
    Ok(shell::page(visit, &frame(visit, ""), main))
}

/// The form of a paper of a product; `kinds` are codes and names.
pub fn form(
    lang: Lang,
    csrf: &web::csrf::CsrfToken,
    (report, kinds): (&ProductReport, &[(String, String)]),
    typed: &Typed,
) -> Markup {
    let product = format!("/products/{}", report.product_id);
    let is_newer = !typed.get("replaces").is_empty();
    let fixed = kinds.iter().filter(|(code, _)| !is_newer || code == typed.get("kind"));
    let kinds: Vec<(&str, &str)> = fixed.map(|(code, name)| (code.as_str(), name.as_str())).collect();
    html! {
        form.card.form method="post" action={ (product) "/papers/new" } enctype="multipart/form-data" {
            (csrf_field(csrf))
            h2.whole { (if is_newer { lang.paper_replace() } else { lang.paper_add() }) }
            p.mute.whole { (report.name) }
            input type="hidden" name="id" value=(typed.get("id"));
            input type="hidden" name="replaces" value=(typed.get("replaces"));
            (select("kind", lang.dossiers_kind(), &kinds, typed.get("kind"), typed.error("kind")))
            (Field { has_focus: true, hint: Some(lang.paper_number_hint()), ..typed.field("number", lang.paper_number()) }.render())
            (typed.field("issuer", lang.paper_issuer()).render())
            (Field { kind: "date", ..typed.field("issued_on", lang.paper_issued_on()) }.render())
            (Field { kind: "date", hint: Some(lang.paper_expires_hint()), ..typed.field("expires_on", lang.paper_expires_on()) }.render())
            (typed.field("note", lang.paper_note()).render())
            (paper_files::field(lang, "file", false, typed.error("file")))
            div.actions { button.primary { (lang.paper_save()) } a.button href={ (product) "#dossier" } { (lang.back()) } }
        }
    }
}
