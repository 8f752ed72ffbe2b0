//! Lists of products that come as files: brought, given columns, decided row by row, applied. Nothing changes the catalogue before
//! a person applies what was shown.

mod applying;

use std::collections::BTreeMap;

use domain::name_fold::name_fold;
use domain::product_list::heading::{self, HEAD_WITHIN, Head};
use domain::product_list::{Cell, Decision};
use domain::tax::TaxClass;
use protocol::Hash;
use time::Date;
use uuid::Uuid;
use web::format::local_date;

use super::{Admin, needed};
use crate::db::Tx;
use crate::db::audit::{self, Act};
use crate::db::imports::{self, Import, Layout, NewDefaults, Status, judgements};
use crate::db::products::{self, Product, UNPRICED};
use crate::error::{Error, Refusal, Result};
use crate::imports::judging::{self, Fresh};
use crate::imports::sheets::Sheet;

pub use applying::Applied;

/// A file with a list in it.
#[derive(Debug, Clone)]
pub struct ListFile {
    /// Who keeps the list.
    pub source: String,
    /// The file's name.
    pub name: String,
    /// Its content.
    pub hash: Hash,
    /// How large it is, bytes.
    pub bytes: usize,
    /// Its sheets.
    pub sheets: Vec<Sheet>,
}

/// What came of bringing a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brought {
    /// Its rows are here.
    New(Uuid),
    /// Its rows are here, and a file with the same content was applied before.
    Again(Uuid),
    /// A file with the same content is here and was not applied yet: that one goes on.
    Open(Uuid),
}

/// Where the head of a list seems to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Guess {
    /// The sheet, from 0.
    pub(crate) sheet: u32,
    /// The first row of the head, from 1.
    pub(crate) head_row: u32,
    /// One row or two.
    pub(crate) head_rows: u32,
}

impl Admin {
    /// Keeps the rows of a file. When the columns of such a file of this source are known, its rows are judged at once.
    ///
    /// # Errors
    /// When the source has no name.
    pub async fn bring_list(&self, file: ListFile) -> Result<Brought> {
        let source = needed("source", &file.source)?;
        let mut tx = self.db.begin().await?;
        let same = imports::find_same(&mut tx, file.hash).await?;
        if let Some(open) = same.as_ref().filter(|import| import.status != Status::Applied) {
            return Ok(Brought::Open(open.id));
        }
        let id = self.clock.new_uuid();
        let (names, rows): (Vec<String>, Vec<_>) =
            file.sheets.into_iter().map(|sheet| (sheet.name, sheet.rows)).unzip();
        let import = Import {
            id,
            source,
            file_name: file_name(&file.name),
            file_hash: file.hash,
            file_bytes: i64::try_from(file.bytes).unwrap_or(i64::MAX),
            sheets: names,
            layout: None,
            defaults: NewDefaults {
                unit: String::new(),
                group: String::new(),
                tax_class: TaxClass::Standard,
            },
            status: Status::Brought,
            brought_by: self.actor.clone(),
            brought_at_ms: self.clock.now_ms(),
            applied: None,
        };
        imports::insert(&mut tx, &import, &rows).await?;
        if let Some((layout, defaults)) = self.remembered(&mut tx, &import, &rows).await? {
            imports::set_layout(&mut tx, id, &layout, &defaults).await?;
            self.judge_again(&mut tx, id).await?;
        }
        let count: usize = rows.iter().map(Vec::len).sum();
        let detail = format!("{} {} {count} rows {}", import.source, import.file_name, import.file_hash);
        self.finish(tx, "import.bring", &id.to_string(), &detail).await?;
        Ok(if same.is_some() { Brought::Again(id) } else { Brought::New(id) })
    }

    async fn remembered(
        &self,
        tx: &mut Tx,
        import: &Import,
        sheets: &[Vec<(u32, Vec<Cell>)>],
    ) -> Result<Option<(Layout, NewDefaults)>> {
        let Some(guess) = guess(sheets) else { return Ok(None) };
        let rows = usize::try_from(guess.sheet).ok().and_then(|place| sheets.get(place));
        let headings = headings_at(rows.map_or(&[][..], Vec::as_slice), guess.head_row, guess.head_rows);
        let found = imports::find_layout(tx, &import.source, shape(&headings)).await?;
        let Guess { sheet, head_row, head_rows } = guess;
        Ok(found.map(|(columns, defaults)| (Layout { sheet, head_row, head_rows, columns }, defaults)))
    }

    /// Says where the list stands and which column says what, and judges every row. The next file of this source with these
    /// headings is read so too.
    ///
    /// # Errors
    /// When it is applied already, or the sheet has no such head.
    pub async fn choose_columns(&self, id: Uuid, layout: &Layout, defaults: &NewDefaults) -> Result<()> {
        if !layout.columns.are_enough() {
            return Err(Refusal::Invalid { what: "columns", rule: "a name and one more" }.into());
        }
        let mut tx = self.db.begin().await?;
        let import = open_import(&mut tx, id).await?;
        let groups = products::list_groups(&mut tx).await?;
        if !defaults.group.is_empty() && !groups.iter().any(|group| group.code == defaults.group) {
            return Err(Refusal::Invalid { what: "group", rule: "one of the product groups" }.into());
        }
        let rows = imports::list_rows(&mut tx, id, layout.sheet, HEAD_WITHIN + 1).await?;
        if !rows.iter().any(|(number, _)| *number == layout.head_row) || !(1..=2).contains(&layout.head_rows)
        {
            return Err(Refusal::Invalid { what: "head", rule: "a row of the sheet" }.into());
        }
        imports::set_layout(&mut tx, id, layout, defaults).await?;
        let headings = headings_at(&rows, layout.head_row, layout.head_rows);
        let key = (import.source.as_str(), shape(&headings));
        imports::remember_layout(&mut tx, key, &layout.columns, defaults, self.clock.now_ms()).await?;
        self.judge_again(&mut tx, id).await?;
        self.finish(tx, "import.columns", &id.to_string(), &layout.columns.code()).await
    }

    /// Says what rows are, or takes back what was said; every row is judged again.
    ///
    /// # Errors
    /// When it is applied already, a row is none of the list, or a product is not on sale.
    pub async fn decide_rows(&self, id: Uuid, decisions: &[(u32, Option<Decision>)]) -> Result<()> {
        let mut tx = self.db.begin().await?;
        open_import(&mut tx, id).await?;
        let rows: Vec<u32> =
            judgements::list_all(&mut tx, id).await?.into_iter().map(|row| row.row).collect();
        let now_ms = self.clock.now_ms();
        for (row, decision) in decisions {
            if rows.binary_search(row).is_err() {
                return Err(Error::NotFound("row"));
            }
            if let Some(Decision::Is(product)) = decision {
                let product = products::find_in(&mut tx, *product).await?;
                let is_meant = |product: &Product| ["active", UNPRICED].contains(&product.status.as_str());
                product.filter(is_meant).ok_or(Error::NotFound("product"))?;
            }
            imports::set_decision(&mut tx, (id, *row), *decision, (&self.actor, now_ms)).await?;
            let act = Act {
                at_ms: now_ms,
                actor: &self.actor,
                action: "import.decide",
                subject: &id.to_string(),
                detail: &format!("row {row} {}", words(*decision)),
            };
            audit::append(&mut tx, &act).await?;
        }
        self.judge_again(&mut tx, id).await?;
        tx.commit().await
    }

    /// Judges every row against the catalogue as it is, and keeps what came of it. New rows keep the products that they make.
    async fn judge_again(&self, tx: &mut Tx, id: Uuid) -> Result<Fresh> {
        let import = imports::find_in(tx, id).await?.ok_or(Error::NotFound("import"))?;
        let made = judgements::list_all(tx, id).await?.into_iter();
        let made: BTreeMap<u32, Uuid> = made.filter_map(|row| Some((row.row, row.product_id?))).collect();
        let fresh = judging::judge(tx, &import, &made, (&self.clock, self.today())).await?;
        judgements::replace(tx, id, &fresh.rows, &fresh.vanished).await?;
        imports::set_judged(tx, id).await?;
        Ok(fresh)
    }

    fn today(&self) -> Date {
        local_date(self.clock.now_ms())
    }
}

async fn open_import(tx: &mut Tx, id: Uuid) -> Result<Import> {
    let import = imports::find_in(tx, id).await?;
    import.filter(|import| import.status != Status::Applied).ok_or(Error::NotFound("open import"))
}

fn words(decision: Option<Decision>) -> String {
    match decision {
        None => "undone".to_owned(),
        Some(Decision::Is(product)) => format!("is {product}"),
        Some(Decision::New) => "new".to_owned(),
        Some(Decision::LeaveOut) => "left out".to_owned(),
    }
}

/// The last part of whatever a browser calls it.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name: String = last.chars().filter(|letter| !letter.is_control()).take(120).collect();
    if name.trim().is_empty() { "danh-sach".to_owned() } else { name }
}

/// Returns where the head seems to stand: in the first sheet that has one.
pub(crate) fn guess(sheets: &[Vec<(u32, Vec<Cell>)>]) -> Option<Guess> {
    (0..).zip(sheets).find_map(|(sheet, rows)| {
        let cells: Vec<Vec<Cell>> =
            rows.iter().take(HEAD_WITHIN + 1).map(|(_, cells)| cells.clone()).collect();
        let head = heading::find_head(&cells)?;
        let (head_row, _) = rows.get(head.first)?;
        Some(Guess { sheet, head_row: *head_row, head_rows: u32::try_from(head.rows).unwrap_or(1) })
    })
}

/// Returns the headings of a head that begins in this row.
pub(crate) fn headings_at(rows: &[(u32, Vec<Cell>)], head_row: u32, head_rows: u32) -> Vec<String> {
    let mut upper = rows.iter().skip_while(|(number, _)| *number < head_row);
    let first = upper.next().map(|(_, cells)| cells.clone()).unwrap_or_default();
    let second = upper.next().filter(|(number, _)| head_rows > 1 && *number == head_row.saturating_add(1));
    let cells = [first, second.map(|(_, cells)| cells.clone()).unwrap_or_default()];
    heading::headings(&cells, Head { first: 0, rows: 2 })
}

fn shape(headings: &[String]) -> Hash {
    Hash::of(&[name_fold(&heading::shape(headings)).as_bytes()])
}
