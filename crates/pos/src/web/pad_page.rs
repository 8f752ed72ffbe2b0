//! Pages of the pad: made with numbers of their own, printed here or by the browser.

use axum::Json;
use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use web::form::{csrf_field, select};
use web::format::datetime_text;
use web::{Fault, Lang};

use super::drawer_count::language;
use super::pad_texts::PadTexts;
use super::page_texts::PageTexts;
use super::visit::{Visit, Wanted, check_op_id};
use super::{desk, shift};
use crate::counter::pad_page;
use crate::db::pad_sales::PadPage;

/// How many lines a page may have; the first is offered: half a metre of paper.
const LINES: [u16; 3] = [40, 20, 80];

/// A page that is to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakePage {
    /// Names this form; posting it twice makes one page.
    op_id: String,
    /// How many lines.
    lines: u16,
}

/// A page that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PageState {
    /// Its paper.
    pub slip_id: Uuid,
    /// Its first line.
    pub first_line: u16,
    /// Its last line.
    pub last_line: u16,
    /// UTC milliseconds.
    pub made_at_ms: i64,
}

impl From<PadPage> for PageState {
    fn from(page: PadPage) -> Self {
        let PadPage { slip_id, first_line, last_line, made_at_ms } = page;
        Self { slip_id, first_line, last_line, made_at_ms }
    }
}

impl PageState {
    fn lines(&self) -> String {
        format!("{}–{}", self.first_line, self.last_line)
    }

    fn address(&self) -> String {
        address(self.slip_id)
    }
}

fn address(slip_id: Uuid) -> String {
    format!("/pad/{slip_id}")
}

/// The form that makes a page, and the pages that were made.
pub async fn list(visit: Visit) -> Result<Response, Fault> {
    let pages = pages(&visit).await?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(pages).into_response());
    }
    let lang = visit.lang;
    let opening = html! {
        (csrf_field(&visit.csrf))
        input type="hidden" name="op_id" value=(visit.new_op_id());
    };
    let main = html! {
        div.columns {
            (form(lang, visit.app.has_printer(&visit.seat.counter), &opening))
            (made(lang, &pages))
        }
    };
    desk::page(&visit, "/pad", lang.pad_pages(), main).await
}

async fn pages(visit: &Visit) -> Result<Vec<PageState>, Fault> {
    Ok(visit.ok(pad_page::pages(&visit.app).await)?.into_iter().map(PageState::from).collect())
}

/// Makes a page, and prints it where the counter has a printer.
pub async fn make(visit: Visit, Form(form): Form<MakePage>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let language = language(visit.lang);
    let made = pad_page::make_page(&visit.app, &visit.seat, &op_id, form.lines, language).await;
    let (state, slip_id) = visit.ok(made)?;
    let to = slip_id.map_or_else(|| "/pad".to_owned(), address);
    shift::done(&visit, state, &to)
}

/// One page as a picture, for the browser's printer.
pub async fn page(visit: Visit, Path(slip_id): Path<Uuid>) -> Result<Response, Fault> {
    let pages = pages(&visit).await?;
    let page = pages.iter().find(|page| page.slip_id == slip_id).ok_or_else(Fault::not_found)?;
    if visit.wanted == Wanted::Json {
        return Ok(Json(page.clone()).into_response());
    }
    desk::page(&visit, "/pad", visit.lang.pad_pages(), picture(visit.lang, page)).await
}

/// The form that makes a page.
pub fn form(lang: Lang, has_printer: bool, opening: &Markup) -> Markup {
    let counts = LINES.map(|count| (count.to_string(), lang.pad_lines_of(count)));
    let counts = counts.each_ref().map(|(value, words)| (value.as_str(), words.as_str()));
    html! {
        form.card.form method="post" action="/pad" {
            (opening)
            p.whole.mute { (lang.pad_pages_about()) }
            (select("lines", lang.pad_lines_count(), &counts, counts[0].0, None))
            div.actions {
                button.primary autofocus { (if has_printer { lang.pad_print() } else { lang.pad_make() }) }
                a.button href="/" { (lang.to_counter()) }
            }
        }
    }
}

/// The pages that were made.
pub fn made(lang: Lang, pages: &[PageState]) -> Markup {
    html! {
        section.card {
            h2 { (lang.pad_made_before()) }
            @if pages.is_empty() { p.mute { (lang.pad_no_pages()) } }
            @else {
                div.table { table {
                    thead { tr { th { (lang.pad_page_lines()) } th { (lang.pad_made_at()) } td {} } }
                    tbody { @for page in pages { tr {
                        td { (page.lines()) }
                        td { time { (datetime_text(page.made_at_ms)) } }
                        td.n { a href=(page.address()) aria-label=(lang.pad_look_of(page.lines())) { (lang.pad_look()) } }
                    } } }
                } }
            }
        }
    }
}

/// One page.
pub fn picture(lang: Lang, page: &PageState) -> Markup {
    html! {
        p.actions {
            button.primary type="button" data-print { (lang.pad_print_here()) }
            a.button href="/pad" { (lang.pad_pages()) }
            a.button href="/" { (lang.to_counter()) }
        }
        section.card {
            img src={ "/slips/" (page.slip_id) "/picture.png" } alt=(lang.pad_picture(page.lines()));
        }
    }
}
