//! Photographs and scans that belong to a period: of the settlements that were closed in it, of what came to the operator's points in it,
//! and of decisions and papers that held in it for goods that the stores sold in it.
//!
//! Papers of producers, such as a business registration, are no operator's, and a contract among them may be another one's: they stay out.

use protocol::StreamId;
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::Asked;
use crate::db::engine::{Sql, Tx};
use crate::db::identity::stream_id;
use crate::db::paper_files::PaperFile;
use crate::error::Result;

/// What a paper is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A settlement with a producer: a signature, or what either side holds against the other.
    Settlement,
    /// A point of sale, or a sign or piece of equipment that was handed over to it.
    Point,
    /// A decision that a product is recognised.
    Recognition,
    /// A product, such as its declaration.
    Product,
}

impl About {
    /// Everything that a paper may be about.
    pub const ALL: [Self; 4] = [Self::Settlement, Self::Point, Self::Recognition, Self::Product];

    /// Returns the name that data files and folders use.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Settlement => "settlement",
            Self::Point => "point",
            Self::Recognition => "recognition",
            Self::Product => "product",
        }
    }
}

/// A photograph or scan of a period, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodPaper {
    /// What it is about.
    pub about: About,
    /// The file.
    pub file: PaperFile,
    /// Of a settlement the producer, of a point its name, else the product.
    pub whose: String,
    /// The number of the settlement, the handover, the decision or the paper; empty where it has none.
    pub number: String,
    /// Of a settlement the store, of a point the file's title, of a decision its issuer, of a product's paper the code of its kind.
    pub what: String,
    /// The day of the settlement, the handover, the decision or the paper.
    pub day: Option<Date>,
    /// The entry of a settlement: its journal and its number.
    pub entry: Option<(StreamId, i64)>,
    /// Of a settlement: the operator brought it; else the producer.
    pub by_operator: Option<bool>,
}

#[derive(FromRow)]
struct ScanRow {
    #[sqlx(flatten)]
    file: PaperFile,
    whose: String,
    number: String,
    what: String,
    day: Option<Date>,
    // Of settlements alone.
    #[sqlx(default)]
    store_id: Option<Uuid>,
    #[sqlx(default)]
    incarnation: Option<Uuid>,
    #[sqlx(default)]
    seq: Option<i64>,
    #[sqlx(default)]
    by_operator: Option<bool>,
}

/// The columns of [`PaperFile`].
const FILE: &str =
    "files.id, files.kind, files.byte_count, files.sha256, files.brought_by, files.brought_at_ms, ";

/// Returns the papers of the period, those of settlements first; at most `most` of each kind. Points of the operator that have no store
/// are asked about where all its stores are (`is_whole`).
///
/// # Errors
/// When the database fails.
pub async fn list(tx: &mut Tx, asked: &Asked, (is_whole, most): (bool, i64)) -> Result<Vec<PeriodPaper>> {
    let statements =
        [settlements(asked), points(asked, is_whole), recognitions(asked), product_papers(asked)];
    let mut all = Vec::new();
    for (about, sql) in About::ALL.into_iter().zip(statements) {
        let rows: Vec<ScanRow> = tx.all(sql.push(" limit ").bind(most)).await?;
        all.extend(rows.into_iter().map(|row| row.read(about)));
    }
    Ok(all)
}

/// Of the settlements that the pack tells.
fn settlements(asked: &Asked) -> Sql {
    let sql = Sql::new("select ").push(FILE).push(
        "coalesce(producers.name, '?') as whose, papers.number, stores.name as what, papers.day, papers.store_id,
            papers.incarnation, papers.seq, words.is_operators as by_operator
         from settlements papers
         join settlement_words words on words.store_id = papers.store_id and words.incarnation = papers.incarnation
            and words.seq = papers.seq
         join paper_files files on files.id = words.file_id
         join stores on stores.id = papers.store_id
         left join producers on producers.id = papers.producer_id
         where papers.store_id",
    );
    sql.is_in(asked.ids())
        .push(" and papers.day >= ")
        .bind(asked.days.from)
        .push(" and papers.day <= ")
        .bind(asked.days.to)
        .push(" order by papers.day, papers.store_id, papers.incarnation, papers.seq, words.word_no")
}

/// What was brought in the period, and what shows something that was handed over in it.
fn points(asked: &Asked, is_whole: bool) -> Sql {
    let (from_ms, to_ms) = asked.moments;
    let sql = Sql::new("select ").push(FILE).push(
        "points.name as whose, coalesce(pieces.paper_number, '') as number, shown.title as what, pieces.handed_on as day
         from points join point_files shown on shown.point_id = points.id
         join paper_files files on files.id = shown.id
         left join point_equipment pieces on pieces.id = shown.equipment_id
         where (points.store_id",
    );
    sql.is_in(asked.ids())
        .when(is_whole.then_some(asked.operator_id), " or points.operator_id = ", "")
        .push(") and ((files.brought_at_ms >= ")
        .bind(from_ms)
        .push(" and files.brought_at_ms < ")
        .bind(to_ms)
        .push(") or (not pieces.is_withdrawn and pieces.handed_on >= ")
        .bind(asked.days.from)
        .push(" and pieces.handed_on <= ")
        .bind(asked.days.to)
        .push(")) order by points.name_fold, points.id, files.id")
}

/// Begins a statement with `goods`: what the stores sold in the period. A product that was merged into another one is that one.
fn push_goods(asked: &Asked) -> Sql {
    let sql = Sql::new("with sold as (select distinct product_id from sales_daily where ");
    asked.within(sql).push(
        "), goods as (
            select distinct coalesce(products.merged_into, products.id) as product_id
            from sold join products on products.id = sold.product_id)
         select ",
    )
}

/// Decisions that were in force on a day of the period, or taken in it.
fn recognitions(asked: &Asked) -> Sql {
    let sql = push_goods(asked).push(FILE).push(
        "products.name as whose, decided.decision_number as number, decided.issuer as what, decided.decided_on as day
         from goods join products on products.id = goods.product_id
         join recognitions decided on decided.product_id = goods.product_id
         join paper_files files on files.id = decided.file_id
         where not decided.is_withdrawn and ((decided.valid_from <= ",
    );
    sql.bind(asked.days.to)
        .push(" and (decided.valid_to is null or decided.valid_to >= ")
        .bind(asked.days.from)
        .push(")) or (decided.decided_on >= ")
        .bind(asked.days.from)
        .push(" and decided.decided_on <= ")
        .bind(asked.days.to)
        .push(")) order by products.name_fold, products.id, decided.valid_from, decided.id")
}

/// Papers of products that held on a day of the period: one without a day since it was entered, one in whose place another came until then.
fn product_papers(asked: &Asked) -> Sql {
    let (from_ms, to_ms) = asked.moments;
    let sql = push_goods(asked).push(FILE).push(
        "products.name as whose, papers.number, papers.kind_code as what, papers.issued_on as day
         from goods join products on products.id = goods.product_id
         join dossier_papers papers on papers.product_id = goods.product_id
         join paper_files files on files.id = papers.file_id
         where papers.withdrawn_why = '' and (papers.issued_on <= ",
    );
    sql.bind(asked.days.to)
        .push(" or (papers.issued_on is null and papers.added_at_ms < ")
        .bind(to_ms)
        .push(")) and (papers.expires_on is null or papers.expires_on >= ")
        .bind(asked.days.from)
        .push(") and (papers.ended_at_ms is null or papers.ended_at_ms >= ")
        .bind(from_ms)
        .push(") order by products.name_fold, products.id, papers.kind_code, papers.id")
}

impl ScanRow {
    fn read(self, about: About) -> PeriodPaper {
        let journal = self.store_id.zip(self.incarnation).zip(self.seq);
        PeriodPaper {
            about,
            file: self.file,
            whose: self.whose,
            number: self.number,
            what: self.what,
            day: self.day,
            entry: journal.map(|((store_id, incarnation), seq)| (stream_id(store_id, incarnation), seq)),
            by_operator: self.by_operator,
        }
    }
}
