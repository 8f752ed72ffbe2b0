//! The settlements of a pack: each as data and as a workbook.

use domain::ids::ProductId;
use web::Lang;

use super::made::{SaidOfPack, SettlementOfPack};
use super::making::{json, piece_of};
use super::writing::PackWriter;
use crate::db::reconciliation::journals::Closed;
use crate::db::settlement_answers::{self, Answer, Answered};
use crate::db::settlement_words::{self, Word};
use crate::db::{Tx, settlements};
use crate::error::{Error, Result};
use crate::web::producer::correction_texts::CorrectionTexts;
use crate::web::producer::grid_texts::GridTexts;
use crate::web::producer::settlement::file::product_rows;
use crate::web::producer::settlement::report::RowOfReport;
use crate::web::producer::settlement_texts::SettlementTexts;
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
    pack.file(&format!("{name}.json"), json(&paper)?).await?;
    let bytes = workbook::write(sheets(lang, &paper), now_ms).await?;
    pack.file(&format!("{name}.xlsx"), bytes).await
}

async fn load(tx: &mut Tx, closed: &Closed) -> Result<SettlementOfPack> {
    let told = settlements::find_told_in(tx, closed.id).await?.ok_or(Error::NotFound("settlement"))?;
    let names = settlements::product_names(tx, told.rows.iter().map(|row| row.product)).await?;
    let answers = settlement_answers::list_in(tx, closed.id).await?;
    let words = settlement_words::list_in(tx, closed.id).await?;
    let adjusted = settlements::list_adjusted_in(tx, closed.id).await?;
    let mut rows: Vec<RowOfReport> =
        told.rows.iter().map(|row| RowOfReport::of(row, &names, &answers)).collect();
    rows.sort_by_key(|row| ProductId::from_uuid(row.product_id));
    let said = answers.into_iter().map(SaidOfPack::from);
    Ok(SettlementOfPack {
        number: closed.number.clone(),
        store: closed.store.clone(),
        producer: closed.producer.clone(),
        day: closed.day,
        stream: closed.id.stream.to_string(),
        seq: closed.id.seq,
        due_vnd: closed.due_vnd,
        carried_vnd: closed.carried_vnd,
        adjusted_vnd: adjusted.iter().map(|row| row.adjusted_vnd).fold(0, i64::saturating_add),
        paid_vnd: closed.paid_vnd,
        rows,
        said: said.chain(words.into_iter().map(SaidOfPack::from)).collect(),
    })
}

impl From<Answered> for SaidOfPack {
    fn from(answered: Answered) -> Self {
        Self {
            said: answered.answer.code(),
            product_id: answered.product_id.map(ProductId::uuid),
            words: answered.words,
            figure: answered.claim.map(|claim| claim.figure.code()),
            claimed: answered.claim.map(|claim| claim.claimed),
            signed_on: None,
            by_operator: false,
            said_by: answered.answered_by,
            said_at_ms: answered.answered_at_ms,
        }
    }
}

impl From<Word> for SaidOfPack {
    fn from(word: Word) -> Self {
        Self {
            said: word.kind.code(),
            product_id: word.product_id.map(ProductId::uuid),
            words: word.words,
            figure: None,
            claimed: None,
            signed_on: word.signed_on,
            by_operator: word.is_operators,
            said_by: word.said_by,
            said_at_ms: word.said_at_ms,
        }
    }
}

fn sheets(lang: Lang, paper: &SettlementOfPack) -> Vec<Sheet> {
    let cut = lang.rows_cut(ROWS_MOST);
    let is_of_all = |said: &&SaidOfPack| said.said == Answer::Disputed.code() && said.product_id.is_none();
    let dispute = paper.said.iter().find(is_of_all);
    let rows = [
        (lang.column_number(), Cell::text(&paper.number)),
        (lang.column_day(), Cell::Day(paper.day)),
        (lang.column_store(), Cell::text(&paper.store)),
        (lang.column_producer(), Cell::text(&paper.producer)),
        (lang.column_carried(), Cell::Vnd(paper.carried_vnd)),
        (lang.of_it_adjusted(), Cell::Vnd(paper.adjusted_vnd)),
        (lang.column_closed_due(), Cell::Vnd(paper.due_vnd)),
        (lang.column_paid_out(), Cell::Vnd(paper.paid_vnd)),
        (lang.column_words(), dispute.map_or(Cell::Empty, |said| Cell::text(&said.words))),
    ];
    let sums = Sheet {
        name: lang.sheet_settlement().to_owned(),
        head: vec![lang.column_field().to_owned(), lang.column_value().to_owned()],
        rows: rows.map(|(words, cell)| vec![Cell::text(words), cell]).to_vec(),
        cut: cut.clone(),
    };
    vec![sums, product_rows(lang, &paper.rows, &cut)]
}
