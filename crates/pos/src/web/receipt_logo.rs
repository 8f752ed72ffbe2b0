//! The logo above receipts, for the manager: how it looks on paper, and another one in its place.

use axum::Json;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Form, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use receipts::logo::{BYTES_MAX, LogoError, SIDE_MAX_PX};
use receipts::profile::Paper;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::desk;
use super::printer_form::paper_words;
use super::printer_texts::PrinterTexts;
use super::printers::refuse_training;
use super::visit::{Visit, Wanted};
use crate::counter::receipt_logo;
use crate::db::receipt_logo as stored;

/// The page's address.
pub const PAGE: &str = "/printers/logo";
/// The largest form with a logo in it.
pub const FORM_BYTES_MAX: usize = BYTES_MAX + (8 << 10);
/// The field with the file.
const FIELD: &str = "file";

/// A logo, as a form with files carries it.
#[derive(Debug, ToSchema)]
pub struct BringLogo {
    /// PNG, at most 256 KiB and 1024 dots on each side.
    #[schema(value_type = String, format = Binary)]
    #[expect(dead_code, reason = "describes the form; it is read piece by piece")]
    file: Vec<u8>,
}

/// Takes the logo away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveLogo {}

/// The paper of a preview.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OnPaper {
    /// 384, 512 or 576.
    paper_dots: u16,
}

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LogoState {
    /// Whether there is a logo.
    pub is_there: bool,
}

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    show(&visit, None).await
}

async fn show(visit: &Visit, refused: Option<String>) -> Result<Response, Fault> {
    let is_there = visit.ok(stored::find_logo(visit.app.db().read()).await)?.is_some();
    if visit.wanted == Wanted::Json {
        return Ok(Json(LogoState { is_there }).into_response());
    }
    let lang = visit.lang;
    let main = html! {
        @if let Some(why) = refused { (message(Tone::Bad, &why)) }
        (fragment(lang, &visit.csrf, is_there))
    };
    desk::page(visit, "/printers", lang.receipt_logo(), main).await
}

/// Puts a logo above receipts.
pub async fn save(visit: Visit, form: Result<Multipart, MultipartRejection>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let content = match form {
        Ok(form) => read(form).await,
        Err(_) => Err(LogoError::NoPicture),
    };
    let saved = match content {
        Ok(content) => visit.ok(receipt_logo::save(&visit.app, &content).await)?,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => done(&visit).await,
        Err(error) => refuse(&visit, error).await,
    }
}

/// Returns the file of the form.
async fn read(mut form: Multipart) -> Result<Vec<u8>, LogoError> {
    while let Some(field) = form.next_field().await.map_err(|_| LogoError::NoPicture)? {
        if field.name() == Some(FIELD) {
            return Ok(field.bytes().await.map_err(|_| LogoError::TooLarge)?.to_vec());
        }
    }
    Err(LogoError::NoPicture)
}

/// Prints receipts without a logo again.
pub async fn remove(visit: Visit, Form(RemoveLogo {}): Form<RemoveLogo>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    visit.ok(receipt_logo::remove(&visit.app).await)?;
    done(&visit).await
}

async fn done(visit: &Visit) -> Result<Response, Fault> {
    match visit.wanted {
        Wanted::Markup => Ok(Redirect::to(PAGE).into_response()),
        Wanted::Json => show(visit, None).await,
    }
}

/// Says why a file is no logo, beside the form for another one.
async fn refuse(visit: &Visit, error: LogoError) -> Result<Response, Fault> {
    if visit.wanted == Wanted::Json {
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_logo", |lang| sentence(lang, error)));
    }
    let mut response = show(visit, Some(sentence(visit.lang, error))).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn sentence(lang: Lang, error: LogoError) -> String {
    match error {
        LogoError::TooLarge => lang.logo_too_large().to_owned(),
        LogoError::TooManyDots { width_px, height_px } => {
            lang.logo_has_too_many_dots(width_px, height_px, SIDE_MAX_PX)
        }
        LogoError::NoPicture => lang.logo_is_none().to_owned(),
        LogoError::Blank => lang.logo_is_blank().to_owned(),
    }
}

/// A sample receipt under the logo, dot for dot.
pub async fn picture(visit: Visit, Query(on): Query<OnPaper>) -> Result<Response, Fault> {
    let paper = Paper::from_dots(on.paper_dots).map_err(|_| Fault::not_found())?;
    let png = visit.ok(receipt_logo::preview(&visit.app, paper).await)?.ok_or_else(Fault::not_found)?;
    Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response())
}

/// The logo on both papers, and the forms that change it.
pub fn fragment(lang: Lang, csrf: &CsrfToken, is_there: bool) -> Markup {
    html! {
        section.card {
            p.hint { (lang.logo_about(SIDE_MAX_PX)) }
            form.form method="post" action=(PAGE) enctype="multipart/form-data" {
                (csrf_field(csrf))
                div.field.whole {
                    label for=(FIELD) { (lang.logo_file()) }
                    input id=(FIELD) name=(FIELD) type="file" accept="image/png" required;
                }
                div.actions { button { (lang.logo_save()) } }
            }
            @if is_there {
                form.form method="post" action={ (PAGE) "/remove" } {
                    (csrf_field(csrf))
                    div.actions { button { (lang.logo_remove()) } }
                }
            } @else { p { (lang.logo_none()) } }
        }
        @if is_there {
            div.columns {
                @for paper in [Paper::Dots384, Paper::Dots576] {
                    section.card {
                        h2 { (paper_words(lang, paper.dots())) }
                        img src={ (PAGE) "/picture.png?paper_dots=" (paper.dots()) } alt=(lang.logo_picture(paper_words(lang, paper.dots())));
                    }
                }
            }
        }
    }
}
