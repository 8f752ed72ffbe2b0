//! Lists of products that came as files: each with the rows that were in it, and what a person chose.

pub mod judgements;
pub mod known;

use domain::name_fold::name_fold;
use domain::product_list::{Cell, Columns, Decision};
use domain::tax::TaxClass;
use protocol::Hash;
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, args, sql};
use crate::error::{Error, Result};

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its rows are here; nobody has said yet which column says what.
    Brought,
    /// Each row has been judged.
    Judged,
    /// The catalogue has taken what was chosen.
    Applied,
}

impl Status {
    /// Returns the name that tables and answers use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Brought => "brought",
            Self::Judged => "judged",
            Self::Applied => "applied",
        }
    }
}

/// A list that came as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its identity.
    pub id: Uuid,
    /// Who keeps the list.
    pub source: String,
    /// The file's name.
    pub file_name: String,
    /// Its content.
    pub file_hash: Hash,
    /// How large it was.
    pub file_bytes: i64,
    /// Names of its sheets.
    pub sheets: Vec<String>,
    /// Where the list stands in it; none until somebody chose.
    pub layout: Option<Layout>,
    /// What new products get where the list says nothing.
    pub defaults: NewDefaults,
    /// How far it has come.
    pub status: Status,
    /// Who brought it.
    pub brought_by: String,
    /// When, UTC milliseconds.
    pub brought_at_ms: i64,
    /// Who applied it, and when.
    pub applied: Option<(String, i64)>,
}

/// Where a list stands in its file, and which column says what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The sheet, from 0.
    pub sheet: u32,
    /// The first row of the head, from 1.
    pub head_row: u32,
    /// One row or two.
    pub head_rows: u32,
    /// Which column says what.
    pub columns: Columns,
}

/// What new products get where a list says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDefaults {
    /// Unit or pack; may be empty.
    pub unit: String,
    /// Code of the group; may be empty.
    pub group: String,
    /// VAT class: no list tells it.
    pub tax_class: TaxClass,
}

#[derive(FromRow)]
struct ImportRow {
    id: Uuid,
    source: String,
    file_name: String,
    file_hash: Vec<u8>,
    file_bytes: i64,
    sheets: String,
    sheet: Option<i64>,
    head_row: Option<i64>,
    head_rows: Option<i64>,
    columns: Option<String>,
    default_unit: String,
    default_group: String,
    default_tax_class: String,
    status: String,
    brought_by: String,
    brought_at_ms: i64,
    applied_by: Option<String>,
    applied_at_ms: Option<i64>,
}

const SELECT: &str = "select id, source, file_name, file_hash, file_bytes, sheets, sheet, head_row, head_rows, columns,
    default_unit, default_group, default_tax_class, status, brought_by, brought_at_ms, applied_by, applied_at_ms
    from imports";

impl ImportRow {
    fn read(self) -> Result<Import> {
        let damaged = || Error::damaged("imports", self.id, "a value is none that is written there");
        let number = |value: Option<i64>| value.and_then(|value| u32::try_from(value).ok());
        let layout = match (number(self.sheet), number(self.head_row), number(self.head_rows), &self.columns)
        {
            (Some(sheet), Some(head_row), Some(head_rows), Some(columns)) => {
                let columns = Columns::from_code(columns).ok_or_else(damaged)?;
                Some(Layout { sheet, head_row, head_rows, columns })
            }
            _ => None,
        };
        let all = [Status::Brought, Status::Judged, Status::Applied];
        Ok(Import {
            id: self.id,
            file_hash: Hash::from_slice(&self.file_hash).map_err(|_| damaged())?,
            sheets: serde_json::from_str(&self.sheets).map_err(|_| damaged())?,
            layout,
            defaults: NewDefaults {
                tax_class: TaxClass::from_code(&self.default_tax_class).ok_or_else(damaged)?,
                unit: self.default_unit,
                group: self.default_group,
            },
            status: all.into_iter().find(|status| status.code() == self.status).ok_or_else(damaged)?,
            source: self.source,
            file_name: self.file_name,
            file_bytes: self.file_bytes,
            brought_by: self.brought_by,
            brought_at_ms: self.brought_at_ms,
            applied: self.applied_by.zip(self.applied_at_ms),
        })
    }
}

/// Adds an import with the rows of its sheets.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &mut Tx, import: &Import, sheets: &[Vec<(u32, Vec<Cell>)>]) -> Result<()> {
    let names = serde_json::to_string(&import.sheets).unwrap_or_default();
    tx.exec(sql!(
        "insert into imports (id, source, source_fold, file_name, file_hash, file_bytes, sheets, default_unit,
            default_group, default_tax_class, status, brought_by, brought_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        import.id,
        &import.source,
        name_fold(&import.source),
        &import.file_name,
        import.file_hash,
        import.file_bytes,
        names,
        &import.defaults.unit,
        &import.defaults.group,
        import.defaults.tax_class.code(),
        import.status.code(),
        &import.brought_by,
        import.brought_at_ms
    ))
    .await?;
    let of_sheet = |(sheet, rows): (i64, &Vec<(u32, Vec<Cell>)>)| -> Vec<_> {
        let row = |(number, cells): &(u32, Vec<Cell>)| {
            args![import.id, sheet, i64::from(*number), cells_text(cells)]
        };
        rows.iter().map(row).collect()
    };
    let rows = (0..).zip(sheets).flat_map(of_sheet).collect();
    tx.insert_rows("insert into import_rows (import_id, sheet, row_number, cells)", rows, "").await
}

fn cells_text(cells: &[Cell]) -> String {
    let codes: Vec<String> = cells.iter().map(Cell::code).collect();
    serde_json::to_string(&codes).unwrap_or_default()
}

/// Returns an import.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, id: Uuid) -> Result<Option<Import>> {
    let found: Option<ImportRow> = tx.opt(Sql::new(SELECT).push(" where id = ").bind(id)).await?;
    found.map(ImportRow::read).transpose()
}

/// Returns the last import of a file with this content.
///
/// # Errors
/// When the database fails.
pub async fn find_same(tx: &mut Tx, hash: Hash) -> Result<Option<Import>> {
    let sql = Sql::new(SELECT).push(" where file_hash = ").bind(hash);
    let found: Option<ImportRow> = tx.opt(sql.push(" order by brought_at_ms desc, id desc limit 1")).await?;
    found.map(ImportRow::read).transpose()
}

/// Returns imports, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, limit: i64, offset: i64) -> Result<Vec<Import>> {
    let sql = Sql::new(SELECT).push(" order by brought_at_ms desc, id desc limit ").bind(limit);
    db.all::<ImportRow>(sql.push(" offset ").bind(offset)).await?.into_iter().map(ImportRow::read).collect()
}

/// Returns how many imports there are.
///
/// # Errors
/// When the database fails.
pub async fn count(db: &Db) -> Result<i64> {
    let (count,) = db.one(sql!("select count(*) from imports")).await?;
    Ok(count)
}

/// Returns the sources of lists, the last used first.
///
/// # Errors
/// When the database fails.
pub async fn list_sources(db: &Db, limit: i64) -> Result<Vec<String>> {
    let sql = sql!(
        "select max(source), max(brought_at_ms) from imports group by source_fold
         order by max(brought_at_ms) desc, source_fold limit $1",
        limit
    );
    Ok(db.all::<(String, i64)>(sql).await?.into_iter().map(|(source, _)| source).collect())
}

#[derive(FromRow)]
struct CellsRow {
    row_number: i64,
    cells: String,
}

/// Returns rows of a sheet from the first one on, with their numbers.
///
/// # Errors
/// When the database fails.
pub async fn list_rows(tx: &mut Tx, id: Uuid, sheet: u32, limit: usize) -> Result<Vec<(u32, Vec<Cell>)>> {
    let sql = sql!(
        "select row_number, cells from import_rows where import_id = $1 and sheet = $2 order by row_number limit $3",
        id,
        sheet,
        i64::try_from(limit).unwrap_or(i64::MAX)
    );
    let rows: Vec<CellsRow> = tx.all(sql).await?;
    let read = |row: CellsRow| {
        let damaged = || Error::damaged("import_rows", format!("{id} {}", row.row_number), "no cells");
        let codes: Vec<String> = serde_json::from_str(&row.cells).map_err(|_| damaged())?;
        let cells: Option<Vec<Cell>> = codes.iter().map(|code| Cell::from_code(code)).collect();
        Ok((u32::try_from(row.row_number).map_err(|_| damaged())?, cells.ok_or_else(damaged)?))
    };
    rows.into_iter().map(read).collect()
}

/// Keeps where the list stands; what was decided of rows before is forgotten.
///
/// # Errors
/// When the database fails.
pub async fn set_layout(tx: &mut Tx, id: Uuid, layout: &Layout, defaults: &NewDefaults) -> Result<()> {
    tx.exec(sql!(
        "update imports set sheet = $2, head_row = $3, head_rows = $4, columns = $5, default_unit = $6,
            default_group = $7, default_tax_class = $8 where id = $1",
        id,
        layout.sheet,
        layout.head_row,
        layout.head_rows,
        layout.columns.code(),
        &defaults.unit,
        &defaults.group,
        defaults.tax_class.code()
    ))
    .await?;
    tx.exec(sql!("delete from import_decisions where import_id = $1", id)).await?;
    Ok(())
}

/// Says that somebody applied an import, or that it has been judged again. False when it is not in the state before.
///
/// # Errors
/// When the database fails.
pub async fn set_applied(tx: &mut Tx, id: Uuid, by: &str, at_ms: i64) -> Result<bool> {
    let sql = sql!(
        "update imports set status = 'applied', applied_by = $2, applied_at_ms = $3 where id = $1 and status = 'judged'",
        id,
        by,
        at_ms
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Says that each row of an import has been judged. False when it is applied.
///
/// # Errors
/// When the database fails.
pub async fn set_judged(tx: &mut Tx, id: Uuid) -> Result<bool> {
    let sql = sql!("update imports set status = 'judged' where id = $1 and status <> 'applied'", id);
    Ok(tx.exec(sql).await? == 1)
}

#[derive(FromRow)]
struct DecisionRow {
    row_number: i64,
    decision: String,
    product_id: Option<Uuid>,
}

/// Returns what people said of rows.
///
/// # Errors
/// When the database fails.
pub async fn list_decisions(tx: &mut Tx, id: Uuid) -> Result<Vec<(u32, Decision)>> {
    let sql = sql!(
        "select row_number, decision, product_id from import_decisions where import_id = $1 order by row_number",
        id
    );
    let read = |row: DecisionRow| {
        let damaged =
            || Error::damaged("import_decisions", format!("{id} {}", row.row_number), "no decision");
        let decision = match (row.decision.as_str(), row.product_id) {
            ("is", Some(product)) => Decision::Is(product.into()),
            ("new", _) => Decision::New,
            ("left_out", _) => Decision::LeaveOut,
            _ => return Err(damaged()),
        };
        Ok((u32::try_from(row.row_number).map_err(|_| damaged())?, decision))
    };
    tx.all::<DecisionRow>(sql).await?.into_iter().map(read).collect()
}

/// Keeps what a person said of a row; `None` takes back what was said.
///
/// # Errors
/// When the database fails.
pub async fn set_decision(
    tx: &mut Tx,
    (id, row): (Uuid, u32),
    decision: Option<Decision>,
    (by, at_ms): (&str, i64),
) -> Result<()> {
    tx.exec(sql!("delete from import_decisions where import_id = $1 and row_number = $2", id, row)).await?;
    let (code, product) = match decision {
        None => return Ok(()),
        Some(Decision::Is(product)) => ("is", Some(product.uuid())),
        Some(Decision::New) => ("new", None),
        Some(Decision::LeaveOut) => ("left_out", None),
    };
    tx.exec(sql!(
        "insert into import_decisions (import_id, row_number, decision, product_id, decided_by, decided_at_ms)
         values ($1, $2, $3, $4, $5, $6)",
        id,
        row,
        code,
        product,
        by,
        at_ms
    ))
    .await?;
    Ok(())
}

/// Keeps which column says what in files of one source with these headings.
///
/// # Errors
/// When the database fails.
pub async fn remember_layout(
    tx: &mut Tx,
    (source, shape): (&str, Hash),
    columns: &Columns,
    defaults: &NewDefaults,
    now_ms: i64,
) -> Result<()> {
    tx.exec(sql!(
        "insert into import_layouts (source_fold, shape, columns, default_unit, default_group, default_tax_class, used_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (source_fold, shape) do update set columns = excluded.columns, default_unit = excluded.default_unit,
            default_group = excluded.default_group, default_tax_class = excluded.default_tax_class,
            used_at_ms = excluded.used_at_ms",
        name_fold(source),
        shape,
        columns.code(),
        &defaults.unit,
        &defaults.group,
        defaults.tax_class.code(),
        now_ms
    ))
    .await?;
    Ok(())
}

/// Returns which column said what in the last file of a source with these headings.
///
/// # Errors
/// When the database fails.
pub async fn find_layout(tx: &mut Tx, source: &str, shape: Hash) -> Result<Option<(Columns, NewDefaults)>> {
    let sql = sql!(
        "select columns, default_unit, default_group, default_tax_class from import_layouts
         where source_fold = $1 and shape = $2",
        name_fold(source),
        shape
    );
    let found: Option<(String, String, String, String)> = tx.opt(sql).await?;
    let read = |(columns, unit, group, tax_class): (String, String, String, String)| {
        let damaged = || Error::damaged("import_layouts", source, "a value is none that is written there");
        let columns = Columns::from_code(&columns).ok_or_else(damaged)?;
        let tax_class = TaxClass::from_code(&tax_class).ok_or_else(damaged)?;
        Ok((columns, NewDefaults { unit, group, tax_class }))
    };
    found.map(read).transpose()
}
