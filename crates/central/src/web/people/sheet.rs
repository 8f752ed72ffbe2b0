//! The list as a sheet: the same people as on the page, all of them.

use domain::section::Sections;
use web::Lang;
use web::format::local_date;

use super::PersonOfList;
use super::words::{code_words, short_words};
use crate::web::people_texts::PeopleTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheet. It holds no secret: no password, key or link.
pub fn sheet(lang: Lang, people: Vec<PersonOfList>) -> Sheet {
    let head = [
        lang.field_login(),
        lang.field_name(),
        lang.role(),
        lang.sections(),
        lang.field_whose(),
        lang.column_state(),
        lang.field_last_day(),
        lang.column_code(),
        lang.column_sessions(),
    ];
    Sheet {
        name: lang.page_people().to_owned(),
        head: head.map(str::to_owned).to_vec(),
        rows: people.into_iter().map(|person| row(lang, person)).collect(),
        cut: lang.products_cut(ROWS_MOST),
    }
}

fn row(lang: Lang, person: PersonOfList) -> Vec<Cell> {
    let sections = Sections::read(&person.sections).unwrap_or_default();
    let short: Vec<&str> = sections.iter().map(|section| short_words(lang, section)).collect();
    let state = if person.is_active { lang.person_active() } else { lang.person_disabled() };
    let code = if person.has_code { lang.person_has_code() } else { lang.person_no_code() };
    vec![
        Cell::Text(person.login),
        Cell::Text(person.name),
        Cell::text(code_words(lang, &person.role)),
        Cell::Text(short.join(", ")),
        person.whose.map_or(Cell::Empty, Cell::Text),
        Cell::text(state),
        // Rights end with the day before.
        person.access_ends_ms.map_or(Cell::Empty, |at_ms| Cell::Day(local_date(at_ms - 1))),
        Cell::text(code),
        Cell::Count(person.session_count),
    ]
}
