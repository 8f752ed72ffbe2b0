//! The pictures of the customers' screens: a manager brings them and takes them away, and the screens fetch them.

use axum::Json;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Form, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::paper_file::FileKind;
use domain::picture_file::{BYTES_MAX, PICTURES_MAX, PictureError};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::form::csrf_field;
use web::fragment::{Tone, message};
use web::{Fault, Lang};

use super::desk;
use super::display::Neighbour;
use super::display_texts::DisplayTexts;
use super::error::fault;
use super::printers::refuse_training;
use super::visit::{Site, Visit, Wanted};
use crate::counter::display_pictures;
use crate::db::display_pictures::{self as stored, PictureRow};

/// The page's address; a picture's own stands under it.
pub const PAGE: &str = "/display/pictures";
/// The largest form with a picture in it.
pub const FORM_BYTES_MAX: usize = BYTES_MAX + (8 << 10);
/// The field with the file.
const FIELD: &str = "file";
/// A picture never changes under its id.
const KEPT: &str = "private, max-age=31536000, immutable";

/// A picture, as a form with files carries it.
#[derive(Debug, ToSchema)]
pub struct BringPicture {
    /// PNG or JPEG, at most 1 MiB and 3840 × 2160 dots.
    #[schema(value_type = String, format = Binary)]
    #[expect(dead_code, reason = "describes the form; it is read piece by piece")]
    file: Vec<u8>,
}

/// A picture to take away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovePicture {
    picture_id: Uuid,
}

/// A picture that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeptPicture {
    /// Which.
    pub picture_id: Uuid,
    /// Dots across.
    pub width_px: u32,
    /// Dots down.
    pub height_px: u32,
    /// Size of the file, bytes.
    pub bytes: i64,
}

impl From<PictureRow> for KeptPicture {
    fn from(row: PictureRow) -> Self {
        let PictureRow { picture_id, width_px, height_px, bytes } = row;
        Self { picture_id, width_px, height_px, bytes }
    }
}

/// The page.
pub async fn page(visit: Visit) -> Result<Response, Fault> {
    show(&visit, None).await
}

async fn show(visit: &Visit, refused: Option<String>) -> Result<Response, Fault> {
    let rows = visit.ok(stored::list_pictures(visit.app.db().read()).await)?;
    let kept: Vec<KeptPicture> = rows.into_iter().map(KeptPicture::from).collect();
    if visit.wanted == Wanted::Json {
        return Ok(Json(kept).into_response());
    }
    let lang = visit.lang;
    let main = html! {
        @if let Some(why) = refused { (message(Tone::Bad, &why)) }
        (fragment(lang, &visit.csrf, &kept))
    };
    desk::page(visit, "/printers", lang.display_pictures(), main).await
}

/// Adds a picture.
pub async fn add(visit: Visit, form: Result<Multipart, MultipartRejection>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    let content = match form {
        Ok(form) => read(form).await,
        Err(_) => Err(PictureError::NoPicture),
    };
    let kept = match content {
        Ok(content) => visit.ok(display_pictures::add(&visit.app, &content).await)?,
        Err(error) => Err(error),
    };
    match kept {
        Ok(true) => done(&visit).await,
        Ok(false) => refuse(&visit, |lang| lang.pictures_are_enough(PICTURES_MAX)).await,
        Err(error) => refuse(&visit, |lang| sentence(lang, error)).await,
    }
}

/// Returns the file of the form.
async fn read(mut form: Multipart) -> Result<Vec<u8>, PictureError> {
    while let Some(field) = form.next_field().await.map_err(|_| PictureError::NoPicture)? {
        if field.name() == Some(FIELD) {
            return Ok(field.bytes().await.map_err(|_| PictureError::TooLarge)?.to_vec());
        }
    }
    Err(PictureError::NoPicture)
}

/// Takes a picture away.
pub async fn remove(visit: Visit, Form(form): Form<RemovePicture>) -> Result<Response, Fault> {
    refuse_training(&visit)?;
    visit.ok(display_pictures::remove(&visit.app, form.picture_id).await)?;
    done(&visit).await
}

async fn done(visit: &Visit) -> Result<Response, Fault> {
    match visit.wanted {
        Wanted::Markup => Ok(Redirect::to(PAGE).into_response()),
        Wanted::Json => show(visit, None).await,
    }
}

/// Says why a picture is not taken, beside the form for another one.
async fn refuse(visit: &Visit, why: impl Fn(Lang) -> String) -> Result<Response, Fault> {
    if visit.wanted == Wanted::Json {
        return Err(Fault::new(StatusCode::UNPROCESSABLE_ENTITY, "bad_picture", why));
    }
    let mut response = show(visit, Some(why(visit.lang))).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn sentence(lang: Lang, error: PictureError) -> String {
    match error {
        PictureError::TooLarge => lang.picture_too_large().to_owned(),
        PictureError::NoPicture => lang.picture_is_none().to_owned(),
        PictureError::TooManyDots { width_px, height_px } => {
            lang.picture_has_too_many_dots(width_px, height_px)
        }
    }
}

/// A picture for a screen in the shop's own network.
pub async fn picture(
    _: Neighbour,
    State(site): State<Site>,
    Path(picture_id): Path<Uuid>,
) -> Result<Response, Fault> {
    let app = site.app();
    let found =
        stored::find_content(app.db().read(), picture_id).await.map_err(|error| fault(&app, error))?;
    let (kind, content) = found.ok_or_else(Fault::not_found)?;
    let kind = FileKind::from_code(&kind).ok_or_else(Fault::not_found)?;
    Ok(([(header::CONTENT_TYPE, kind.media_type()), (header::CACHE_CONTROL, KEPT)], content).into_response())
}

/// The pictures, each with the button that takes it away, and the form for another one.
pub fn fragment(lang: Lang, csrf: &CsrfToken, kept: &[KeptPicture]) -> Markup {
    html! {
        section.card {
            p.hint { (lang.display_pictures_about(PICTURES_MAX)) }
            @if kept.is_empty() { p { (lang.no_display_pictures()) } }
            ul.list {
                @for (index, picture) in kept.iter().enumerate() { (row(lang, csrf, index + 1, picture)) }
            }
            @if kept.len() < PICTURES_MAX {
                form.form method="post" action=(PAGE) enctype="multipart/form-data" {
                    (csrf_field(csrf))
                    div.field.whole {
                        label for=(FIELD) { (lang.display_picture_file()) }
                        input id=(FIELD) name=(FIELD) type="file" accept="image/png,image/jpeg" required;
                    }
                    div.actions { button { (lang.display_picture_add()) } }
                }
            }
        }
    }
}

fn row(lang: Lang, csrf: &CsrfToken, number: usize, picture: &KeptPicture) -> Markup {
    let KeptPicture { picture_id, width_px, height_px, bytes } = picture;
    let name = lang.display_picture(number);
    html! {
        li {
            img.thumb src={ (PAGE) "/" (picture_id) } alt=(name);
            span { (name) ": " (lang.display_picture_size(width_px, height_px, (bytes + 1_023) / 1_024)) }
            form.act method="post" action={ (PAGE) "/remove" } {
                (csrf_field(csrf))
                input type="hidden" name="picture_id" value=(picture_id);
                button aria-label={ (lang.display_picture_remove()) " " (number) } { (lang.display_picture_remove()) }
            }
        }
    }
}
