//! A list of places as a file, as this page gives it: a row whose first cell is a number is a unit of today, another one a unit from
//! before. The row of heads and units that have ended are left out.

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::{IntoResponse, Redirect, Response};
use domain::product_list::Cell;
use web::Fault;

use super::{pasted, wrong};
use crate::app::App;
use crate::error::Error;
use crate::imports::sheets::Sheet;
use crate::web::imports::upload::{self, Uploaded};
use crate::web::place_texts::PlaceTexts;
use crate::web::points::typed::Typed;
use crate::web::visit::Visit;

/// Cells of a unit of today that are read: code, name, first day, former district, paper.
const CELLS_NOW: usize = 5;
/// Cells of a unit from before: name, district, what it became, paper.
const CELLS_THEN: usize = 4;
/// Where the last day of a unit of today stands.
const UNTIL: usize = 7;

/// Brings a file of places, all or none; what is wrong comes back.
pub async fn bring(
    State(app): State<App>,
    visit: Visit,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Fault> {
    let mut typed = Typed::with(visit.lang, []);
    match upload::read(form).await {
        Uploaded::Wrong { wrong, .. } => typed.refuse("file", wrong.sentence(visit.lang)),
        Uploaded::File(file) => match pasted::read(&lines(&file.sheets)) {
            Ok((new, former)) => match visit.admin().bring_places(&new, &former).await {
                Ok(()) => return Ok(Redirect::to("/places?done=yes").into_response()),
                Err(Error::Refused(_)) => typed.refuse("file", visit.lang.places_bring_refused()),
                Err(error) => return visit.ok(Err(error)),
            },
            Err(line) => typed.refuse("file", visit.lang.places_file_wrong(line)),
        },
    }
    wrong(&app, &visit, &typed).await
}

/// Writes the rows as they would be pasted, with an empty line for each that is left out: a line that is wrong is named by its row.
fn lines(sheets: &[Sheet]) -> String {
    let rows = sheets.iter().flat_map(|sheet| sheet.rows.iter().enumerate());
    let lines: Vec<String> =
        rows.map(|(place, (_, cells))| if place == 0 { String::new() } else { line(cells) }).collect();
    lines.join("\n")
}

fn line(cells: &[Cell]) -> String {
    let texts: Vec<String> = cells.iter().map(text).collect();
    let is_now =
        texts.first().is_some_and(|code| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()));
    let has_ended = texts.get(UNTIL).is_some_and(|day| !day.is_empty());
    if is_now && has_ended {
        return String::new();
    }
    let taken = if is_now { CELLS_NOW } else { CELLS_THEN };
    texts.into_iter().take(taken).collect::<Vec<_>>().join("\t")
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Number(text) => text.replace(['\t', '\n'], " "),
        Cell::Day(day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn rows_are_lines_without_heads_and_units_that_ended() {
        let words = |texts: &[&str]| texts.iter().map(|text| Cell::of_text(text)).collect::<Vec<_>>();
        let mut now = words(&["21040", "Xã Bình Sơn", "", "Huyện Bình Sơn", "NQ 1677", "Xã", "Xã A; Xã B"]);
        now[2] = Cell::Day(date!(2025 - 07 - 01));
        let mut ended = now.clone();
        ended.push(Cell::Day(date!(2026 - 11 - 30)));
        let sheets = [
            Sheet { name: String::new(), rows: vec![(1, words(&["Mã", "Tên"])), (2, now), (3, ended)] },
            Sheet {
                name: String::new(),
                rows: vec![
                    (1, words(&["Tên cũ"])),
                    (2, words(&["Xã Bình Thạnh", "Huyện Bình Sơn", "21040", "NQ 1677", "Xã Bình Sơn"])),
                ],
            },
        ];
        assert_eq!(
            lines(&sheets),
            "\n21040\tXã Bình Sơn\t2025-07-01\tHuyện Bình Sơn\tNQ 1677\n\n\nXã Bình Thạnh\tHuyện Bình Sơn\t21040\tNQ 1677"
        );
    }
}
