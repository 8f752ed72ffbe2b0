//! The settlements of a pack: each as data and as a workbook.

use domain::ids::ProductId;
use web::Lang;

use super::made::SettlementOfPack;
use super::making::piece_of;
use super::writing::PackWriter;
use crate::db::Tx;
use crate::db::reconciliation::papers::Closed;
use crate::db::settlements;
use crate::error::{Error, Result};
use crate::web::producer::grid_texts::GridTexts;
use crate::web::producer::settlement::file::product_rows;
use crate::web::producer::settlement::report::RowOfReport;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{self, Cell, ROWS_MOST, Sheet};

/// Writes a settlement's two files; `number` is its place among those of the pack, from 1.
///
/// # Errors
/// When the database fails, its entry is gone, or nobody reads any more.
pub async fn write(
    tx: &mut Tx,
    pack: &mut PackWriter,
    (lang, now_ms): (Lang, i64),
    (number, closed): (usize, &Closed),
) -> Result<()> {
    let paper = load(tx, closed).await?;
    let name = format!("settlements/{number:04}-{}", piece_of(&closed.number));
    let data = serde_json::to_vec_pretty(&paper);
    let data = data.map_err(|error| Error::Program(format!("a settlement of a pack: {error}")))?;
    pack.file(&format!("{name}.json"), data).await?;
    let bytes = workbook::write(sheets(lang, &paper), now_ms).await?;
    pack.file(&format!("{name}.xlsx"), bytes).await
}

async fn load(tx: &mut Tx, closed: &Closed) -> Result<SettlementOfPack> {
    let told = settlements::find_told_in(tx, closed.id).await?.ok_or(Error::NotFound("settlement"))?;
    let names = settlements::product_names(tx, told.rows.iter().map(|row| row.product)).await?;
    let mut rows: Vec<RowOfReport> = told.rows.iter().map(|row| RowOfReport::of(row, &names, &[])).collect();
    rows.sort_by_key(|row| ProductId::from_uuid(row.product_id));
    Ok(SettlementOfPack {
        number: closed.number.clone(),
        store: closed.store.clone(),
        producer: closed.producer.clone(),
        day: closed.day,
        stream: closed.id.stream.to_string(),
        seq: closed.id.seq,
        due_vnd: closed.due_vnd,
        carried_vnd: closed.carried_vnd,
        paid_vnd: closed.paid_vnd,
        rows,
    })
}

fn sheets(lang: Lang, paper: &SettlementOfPack) -> Vec<Sheet> {
    let cut = lang.rows_cut(ROWS_MOST);
    let rows = [
        (lang.column_number(), Cell::text(&paper.number)),
        (lang.column_day(), Cell::Day(paper.day)),
        (lang.column_store(), Cell::text(&paper.store)),
        (lang.column_producer(), Cell::text(&paper.producer)),
        (lang.column_carried(), Cell::Vnd(paper.carried_vnd)),
        (lang.column_closed_due(), Cell::Vnd(paper.due_vnd)),
        (lang.column_paid_out(), Cell::Vnd(paper.paid_vnd)),
    ];
    let sums = Sheet {
        name: lang.sheet_settlement().to_owned(),
        head: vec![lang.column_field().to_owned(), lang.column_value().to_owned()],
        rows: rows.map(|(words, cell)| vec![Cell::text(words), cell]).to_vec(),
        cut: cut.clone(),
    };
    vec![sums, product_rows(lang, &paper.rows, &cut)]
}
