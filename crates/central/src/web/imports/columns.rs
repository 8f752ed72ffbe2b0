//! Where the table stands in its file, and which column says what: a proposal that a person looks at and sends back.

use domain::product_list::heading::{self, HEAD_WITHIN};
use domain::product_list::{Cell, Columns, Field as ListField};
use domain::tax::TaxClass;
use maud::{Markup, html};
use web::Lang;
use web::csrf::CsrfToken;
use web::form::{Field, csrf_field, select};
use web::fragment::{Tone, message};

use super::words;
use crate::admin::imports::{guess, headings_at};
use crate::db::engine::Db;
use crate::db::imports::{self, Import, Layout, NewDefaults};
use crate::error::Result;
use crate::web::import_texts::ImportTexts;
use crate::web::provisional::form::{Choices, tax_words};

/// Examples of a column.
const EXAMPLES: usize = 3;
/// Letters of an example that are shown.
const EXAMPLE_MAX: usize = 40;
/// Columns of a head that are named where it is chosen.
const NAMED: usize = 5;

/// The form as it is shown.
pub struct Shown {
    /// The import.
    pub import: Import,
    /// The first rows of the sheet.
    pub rows: Vec<(u32, Vec<Cell>)>,
    /// Where the list stands, and which column says what.
    pub layout: Layout,
    /// What new products get.
    pub defaults: NewDefaults,
    /// What is wrong.
    pub wrong: Option<String>,
    /// What can be chosen.
    pub choices: Choices,
}

/// What a person asked to look at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Place {
    /// The sheet, from 0.
    pub sheet: Option<u32>,
    /// The first row of the head, from 1.
    pub head: Option<u32>,
    /// Rows of the head.
    pub rows: Option<u32>,
}

impl Shown {
    /// Reads the first rows, and proposes what was not chosen.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(db: &Db, import: Import, place: Place, lang: Lang) -> Result<Self> {
        let mut tx = db.begin_reading().await?;
        let mut sheets = Vec::new();
        for sheet in 0..u32::try_from(import.sheets.len()).unwrap_or(0) {
            sheets.push(imports::list_rows(&mut tx, import.id, sheet, HEAD_WITHIN + 1).await?);
        }
        drop(tx);
        let proposed = guess(&sheets);
        let kept = import.layout.clone();
        let sheet =
            place.sheet.or(kept.as_ref().map(|layout| layout.sheet)).or(proposed.map(|guess| guess.sheet));
        let filled = (0..).zip(&sheets).find(|(_, rows)| !rows.is_empty()).map(|(sheet, _)| sheet);
        let sheet = sheet.or(filled).unwrap_or(0);
        let rows =
            usize::try_from(sheet).ok().and_then(|sheet| sheets.get(sheet)).cloned().unwrap_or_default();
        let kept = kept.filter(|layout| layout.sheet == sheet);
        let of_sheet = guess(std::slice::from_ref(&rows));
        let first = rows.first().map_or(1, |(number, _)| *number);
        let head_row = place.head.or(kept.as_ref().map(|layout| layout.head_row));
        let head_row = head_row.or(of_sheet.map(|guess| guess.head_row)).unwrap_or(first);
        let head_rows = place.rows.or(kept.as_ref().map(|layout| layout.head_rows));
        let head_rows = head_rows.or(of_sheet.map(|guess| guess.head_rows)).unwrap_or(1).clamp(1, 2);
        let is_kept =
            kept.as_ref().is_some_and(|kept| (kept.head_row, kept.head_rows) == (head_row, head_rows));
        let columns = match kept.filter(|_| is_kept) {
            Some(kept) => kept.columns,
            None => heading::guess(&headings_at(&rows, head_row, head_rows)),
        };
        let defaults = import.defaults.clone();
        let layout = Layout { sheet, head_row, head_rows, columns };
        let choices = Choices::load(db, lang).await?;
        Ok(Self { import, rows, layout, defaults, wrong: None, choices })
    }

    /// Returns the page.
    pub fn page(&self, lang: Lang, csrf: &CsrfToken) -> Markup {
        html! {
            @if let Some(wrong) = &self.wrong { (message(Tone::Bad, wrong)) }
            (self.head(lang))
            (self.columns(lang, csrf))
        }
    }

    fn head(&self, lang: Lang) -> Markup {
        let sheets: Vec<(String, &str)> = (0..)
            .zip(&self.import.sheets)
            .map(|(place, name): (u32, _)| (place.to_string(), name.as_str()))
            .collect();
        let sheets: Vec<(&str, &str)> = sheets.iter().map(|(place, name)| (place.as_str(), *name)).collect();
        let rows: Vec<(String, String)> =
            self.rows.iter().take(HEAD_WITHIN).map(|row| head_choice(lang, row)).collect();
        let rows: Vec<(&str, &str)> =
            rows.iter().map(|(row, words)| (row.as_str(), words.as_str())).collect();
        let counts = [("1", lang.one_row()), ("2", lang.two_rows())];
        html! {
            form.card.form method="get" action={ "/imports/" (self.import.id) } {
                h2.whole { (lang.head_title()) }
                input type="hidden" name="columns" value="1";
                (select("sheet", lang.field_sheet(), &sheets, &self.layout.sheet.to_string(), None))
                (select("head", lang.field_head(), &rows, &self.layout.head_row.to_string(), None))
                (select("rows", lang.field_head_rows(), &counts, &self.layout.head_rows.to_string(), None))
                div.actions { button { (lang.look_at_head()) } }
            }
        }
    }

    fn columns(&self, lang: Lang, csrf: &CsrfToken) -> Markup {
        let headings = headings_at(&self.rows, self.layout.head_row, self.layout.head_rows);
        let below = self.layout.head_row.saturating_add(self.layout.head_rows);
        let width = self.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default();
        let groups: Vec<(&str, &str)> = std::iter::once(("", "—"))
            .chain(self.choices.groups.iter().map(|(code, name)| (code.as_str(), name.as_str())))
            .collect();
        let taxes = TaxClass::ALL.map(|class| (class.code(), tax_words(lang, class)));
        html! {
            form.card.form method="post" action={ "/imports/" (self.import.id) "/columns" } {
                (csrf_field(csrf))
                input type="hidden" name="sheet" value=(self.layout.sheet);
                input type="hidden" name="head" value=(self.layout.head_row);
                input type="hidden" name="rows" value=(self.layout.head_rows);
                h2.whole { (lang.columns_title()) }
                p.mute.whole { (lang.columns_about()) }
                div.table.folds.whole { table {
                    thead { tr { th { (lang.column_heading()) } th { (lang.column_examples()) } th { (lang.column_field()) } } }
                    tbody { @for column in 0..width {
                        (column_row(lang, column, headings.get(column), &self.examples(below, column), &self.layout.columns))
                    } }
                } }
                h2.whole { (lang.new_goods_title()) }
                (Field { value: &self.defaults.unit, is_required: false, ..Field::new("unit", lang.field_unit()) }.render())
                (select("group", lang.field_group(), &groups, &self.defaults.group, None))
                (select("tax_class", lang.field_tax(), &taxes, self.defaults.tax_class.code(), None))
                div.actions { button.primary { (lang.compare_now()) } }
            }
        }
    }

    fn examples(&self, below: u32, column: usize) -> String {
        let rows = self.rows.iter().filter(|(number, _)| *number >= below);
        let cells = rows.filter_map(|(_, cells)| cells.get(column)).filter(|cell| !cell.is_empty());
        let said: Vec<String> = cells.take(EXAMPLES).map(|cell| shortened(&cell.words())).collect();
        said.join(" · ")
    }

    /// Takes what was posted. `None` for a field that the form has not; then what is wrong stands in the form.
    pub fn take(&mut self, lang: Lang, pairs: &[(String, String)]) -> Option<()> {
        let mut columns = Columns::default();
        for (name, value) in pairs {
            match name.as_str() {
                "sheet" | "head" | "rows" => {}
                "unit" => self.defaults.unit = value.trim().to_owned(),
                "group" => self.defaults.group.clone_from(value),
                "tax_class" => self.defaults.tax_class = TaxClass::from_code(value)?,
                name => {
                    let column: usize = name.strip_prefix("column_")?.parse().ok()?;
                    let Some(field) = ListField::from_code(value) else { continue };
                    if !columns.add(field, column) {
                        self.wrong = Some(lang.wrong_twice(words::field(lang, field)));
                    }
                }
            }
        }
        if !columns.are_enough() {
            self.wrong = Some(lang.wrong_columns().to_owned());
        }
        let is_known = self.choices.groups.iter().any(|(code, _)| *code == self.defaults.group);
        if !is_known {
            self.defaults.group.clear();
        }
        if self.defaults.unit.chars().count() > 200 || self.defaults.unit.chars().any(char::is_control) {
            self.defaults.unit.clear();
        }
        self.layout.columns = columns;
        Some(())
    }
}

fn head_choice(lang: Lang, (number, cells): &(u32, Vec<Cell>)) -> (String, String) {
    let said: Vec<String> = cells
        .iter()
        .filter(|cell| !cell.is_empty())
        .take(NAMED)
        .map(|cell| shortened(&cell.words()))
        .collect();
    (number.to_string(), lang.head_row(number, said.join(" · ")))
}

fn column_row(
    lang: Lang,
    column: usize,
    heading: Option<&String>,
    examples: &str,
    columns: &Columns,
) -> Markup {
    let name = format!("column_{column}");
    let number = lang.no_heading(column + 1);
    let heading = heading.map(String::as_str).filter(|heading| !heading.is_empty()).unwrap_or(&number);
    let chosen = columns.at(column);
    html! {
        tr {
            td { (heading) }
            td.mute { (examples) }
            td {
                select name=(name) aria-label=(lang.field_of_column(heading)) {
                    option value="" { (lang.left_aside()) }
                    @for field in ListField::ALL {
                        option value=(field.code()) selected[chosen == Some(field)] { (words::field(lang, field)) }
                    }
                }
            }
        }
    }
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= EXAMPLE_MAX {
        return line;
    }
    format!("{}…", line.chars().take(EXAMPLE_MAX).collect::<String>())
}
