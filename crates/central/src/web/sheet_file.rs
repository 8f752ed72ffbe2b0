//! A list as a file: a workbook, or text with commas between.
//!
//! One handler stands behind both addresses of a list. It takes a [`Download`], which knows from the end of the address what is
//! wanted, and hands it the sheets. What the file answers is described as its page is: nothing has to be written down for that.

use axum::extract::{FromRequestParts, Query};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use web::format::local_date;
use web::{Fault, Lang};

use super::product_texts::ProductTexts;
use super::visit::Visit;
use super::workbook::{self, Sheet};
use super::{csv, lists};
use crate::app::App;

/// What a list is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A workbook.
    Xlsx,
    /// Text with commas between.
    Csv,
}

impl Ending {
    /// Returns what an address ends with; `None` for a page, or another kind of file.
    pub fn of(path: &str) -> Option<Self> {
        match path.rsplit_once('.')?.1 {
            "xlsx" => Some(Self::Xlsx),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// A list as its address asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Download {
    ending: Ending,
    /// Which one of several sheets, from 1; a workbook holds all of them.
    sheet: usize,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SheetQuery {
    sheet: Option<usize>,
}

impl FromRequestParts<App> for Download {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Fault> {
        let ending = Ending::of(parts.uri.path()).ok_or_else(Fault::not_found)?;
        let Query(SheetQuery { sheet }) = Query::try_from_uri(&parts.uri).map_err(|_| no_such_sheet())?;
        Ok(Self { ending, sheet: sheet.unwrap_or(1) })
    }
}

impl Download {
    /// True when what is asked for holds this sheet, from 1, or one behind it: what only those tell need not be read otherwise.
    pub const fn holds(self, sheet: usize) -> bool {
        matches!(self.ending, Ending::Xlsx) || self.sheet >= sheet
    }

    /// Answers with a list, named for today: a workbook of all its sheets, or one of them as text, the first unless another
    /// is asked for.
    ///
    /// # Errors
    /// When the workbook cannot be written, or there is no such sheet.
    pub async fn answer(self, visit: &Visit, name: &str, sheets: Vec<Sheet>) -> Result<Response, Fault> {
        self.answer_as(visit, &dated(&visit.app, name), sheets).await
    }

    /// Answers likewise, under a name that says already of which days it is.
    ///
    /// # Errors
    /// As [`Download::answer`].
    pub async fn answer_as(self, visit: &Visit, name: &str, sheets: Vec<Sheet>) -> Result<Response, Fault> {
        match self.ending {
            Ending::Xlsx => {
                let bytes = visit.ok(workbook::write(sheets, visit.app.clock.now_ms()).await)?;
                Ok(workbook::answer(name, bytes))
            }
            Ending::Csv => {
                let sheet = self.sheet.checked_sub(1).and_then(|index| sheets.get(index));
                Ok(csv::answer(name, csv::write(sheet.ok_or_else(no_such_sheet)?)))
            }
        }
    }
}

fn no_such_sheet() -> Fault {
    Fault::for_status(StatusCode::UNPROCESSABLE_ENTITY)
}

/// The two ways to take a list away; `query` is what stands behind the question mark of its page.
pub fn links(lang: Lang, path: &str, query: &str) -> Markup {
    let href = |ending| lists::href(path, ending, query.to_owned(), None);
    html! {
        a.button href=(href(".xlsx")) { (lang.download_xlsx()) }
        a.button href=(href(".csv")) { (lang.download_csv()) }
    }
}

/// The ways to take a list of several sheets away: all of them as a workbook, and each as text, which says by its name what it holds.
pub fn links_of(lang: Lang, path: &str, query: &str, sheets: &[&str]) -> Markup {
    let href = |ending| lists::href(path, ending, query.to_owned(), None);
    html! {
        a.button href=(href(".xlsx")) { (lang.download_xlsx()) }
        (csv_links(lang, &href(".csv"), sheets))
    }
}

/// Each sheet as text, by its name; `href` is the address of the first one.
pub fn csv_links(lang: Lang, href: &str, sheets: &[&str]) -> Markup {
    let sign = if href.contains('?') { '&' } else { '?' };
    html! {
        @for (number, name) in (1..).zip(sheets) {
            @let more = if number == 1 { String::new() } else { format!("{sign}sheet={number}") };
            a.button href={ (href) (more) } { (lang.download_csv_of(name)) }
        }
    }
}

/// Answers with a sheet as text with commas between, where it stands at an address of its own.
pub fn csv(app: &App, name: &str, sheet: &Sheet) -> Response {
    csv::answer(&dated(app, name), csv::write(sheet))
}

/// Returns the name of a file of today, without its ending.
pub fn dated(app: &App, name: &str) -> String {
    format!("{name}-{}", local_date(app.clock.now_ms()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_an_address_says_which_file_it_is() {
        for (path, expected) in [
            ("/stores.xlsx", Some(Ending::Xlsx)),
            ("/api/v1/products/groups.csv", Some(Ending::Csv)),
            ("/campaigns/{campaign}/effect.xlsx", Some(Ending::Xlsx)),
            ("/audit/period.zip", None),
            ("/stores", None),
            ("/stores.csv/", None),
            ("/csv", None),
        ] {
            assert_eq!(Ending::of(path), expected, "{path}");
        }
    }

    #[test]
    fn both_files_are_asked_what_the_page_is_asked() {
        let links = links(Lang::En, "/reports", "year=2026").into_string();
        for href in ["href=\"/reports.xlsx?year=2026\"", "href=\"/reports.csv?year=2026\""] {
            assert!(links.contains(href), "{links}");
        }
    }

    #[test]
    fn each_of_several_sheets_is_offered_by_its_name() {
        let links = links_of(Lang::Vi, "/stores", "day=1", &["Máy", "Sổ"]).into_string();
        for link in [".xlsx?day=1\">", ".csv?day=1\">CSV · Máy", ".csv?day=1&amp;sheet=2\">CSV · Sổ"] {
            assert!(links.contains(&format!("\"/stores{link}")), "{links}");
        }
        let links = csv_links(Lang::Vi, "/stores.csv", &["Máy", "Sổ"]).into_string();
        assert!(links.contains("/stores.csv?sheet=2\">CSV · Sổ"), "{links}");
    }
}
