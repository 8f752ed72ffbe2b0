//! The papers of a pack: photographs and scans as they were brought, and the list that says whose each is.

use std::collections::BTreeMap;

use uuid::Uuid;
use web::Lang;
use web::format::datetime_text;

use super::made::{PaperOfPack, PapersOfPack};
use super::making::{json, piece_of};
use super::writing::{PIECE_BYTES, PackWriter};
use crate::db::Tx;
use crate::db::dossiers::kinds;
use crate::db::paper_files;
use crate::db::reconciliation::papers::{About, PeriodPaper};
use crate::error::Result;
use crate::web::period_pack_texts::PeriodPackTexts;
use crate::web::producer::grid_texts::GridTexts;
use crate::web::workbook::{self, Cell, ROWS_MOST, Sheet};

/// Letters of a paper's number in the name of its file.
const NAME_MOST: usize = 40;

/// Writes the papers that fit, one after another, and the list of all as data and as a workbook.
///
/// # Errors
/// When the database fails, a file is gone, or nobody reads any more.
pub async fn write(
    tx: &mut Tx,
    pack: &mut PackWriter,
    (lang, now_ms): (Lang, i64),
    (papers, bytes_most): (&[PeriodPaper], i64),
) -> Result<()> {
    let kinds = kind_names(tx, lang).await?;
    let mut list = PapersOfPack { bytes_most, papers: Vec::with_capacity(papers.len()) };
    for (paper, path) in papers.iter().zip(paths(papers, bytes_most)) {
        if let Some(path) = &path {
            copy(tx, pack, path, paper.file.id).await?;
        }
        list.papers.push(PaperOfPack::of(paper, path, &kinds));
    }
    pack.file("papers/papers.json", json(&list)?).await?;
    let bytes = workbook::write(vec![sheet(lang, &list)], now_ms).await?;
    pack.file("papers/papers.xlsx", bytes).await
}

/// One paper is in memory at a time: what waits to be packed are pieces of it.
async fn copy(tx: &mut Tx, pack: &mut PackWriter, path: &str, id: Uuid) -> Result<()> {
    let content = paper_files::load_content(tx, id).await?;
    pack.begin(path).await?;
    for piece in content.chunks(PIECE_BYTES) {
        pack.write(piece.to_vec()).await?;
    }
    Ok(())
}

/// Returns the place of each paper, or none for one that does not fit any more; a smaller one behind it still may.
fn paths(papers: &[PeriodPaper], bytes_most: i64) -> Vec<Option<String>> {
    let mut room = bytes_most;
    let place = |(number, paper): (usize, &PeriodPaper)| {
        let left = room.checked_sub(paper.file.byte_count).filter(|left| *left >= 0)?;
        room = left;
        Some(path_of(number, paper))
    };
    (1..).zip(papers).map(place).collect()
}

fn path_of(number: usize, paper: &PeriodPaper) -> String {
    let (about, kind) = (paper.about.code(), piece_of(&paper.file.kind));
    let name: String = piece_of(&paper.number).chars().take(NAME_MOST).collect();
    let name = if name.is_empty() { name } else { format!("-{name}") };
    format!("papers/{about}/{number:05}{name}.{kind}")
}

/// Returns the name of each kind of product's paper, by its code: that of its latest row.
async fn kind_names(tx: &mut Tx, lang: Lang) -> Result<BTreeMap<String, String>> {
    let name = |kind: kinds::PaperKind| match lang {
        Lang::Vi => (kind.code, kind.name_vi),
        Lang::En => (kind.code, kind.name_en),
    };
    Ok(kinds::list(tx).await?.into_iter().map(name).collect())
}

impl PaperOfPack {
    fn of(paper: &PeriodPaper, path: Option<String>, kinds: &BTreeMap<String, String>) -> Self {
        let kind = kinds.get(&paper.what).filter(|_| paper.about == About::Product);
        Self {
            path,
            about: paper.about.code(),
            whose: paper.whose.clone(),
            number: paper.number.clone(),
            what: kind.unwrap_or(&paper.what).clone(),
            day: paper.day,
            stream: paper.entry.map(|(stream, _)| stream.to_string()),
            seq: paper.entry.map(|(_, seq)| seq),
            by_operator: paper.by_operator,
            brought_by: paper.file.brought_by.clone(),
            brought_at_ms: paper.file.brought_at_ms,
            bytes: paper.file.byte_count,
            sha256: hex::encode(&paper.file.sha256),
        }
    }
}

fn sheet(lang: Lang, list: &PapersOfPack) -> Sheet {
    let head = [
        lang.papers_path(),
        lang.papers_about(),
        lang.papers_whose(),
        lang.papers_number(),
        lang.papers_what(),
        lang.papers_day(),
        lang.papers_side(),
        lang.papers_brought_by(),
        lang.papers_brought_at(),
        lang.papers_bytes(),
        lang.papers_journal(),
        lang.papers_entry(),
        "SHA-256",
    ];
    let rows = list.papers.iter().map(|paper| row(lang, paper)).collect();
    Sheet::new(lang.papers_sheet(), &head, rows, lang.rows_cut(ROWS_MOST))
}

fn row(lang: Lang, paper: &PaperOfPack) -> Vec<Cell> {
    let side =
        |is_operators| if is_operators { lang.papers_by_operator() } else { lang.papers_by_producer() };
    vec![
        Cell::text(paper.path.as_deref().unwrap_or(lang.papers_left_out())),
        Cell::text(about_words(lang, paper.about)),
        Cell::text(&paper.whose),
        Cell::text(&paper.number),
        Cell::text(&paper.what),
        paper.day.map_or(Cell::Empty, Cell::Day),
        paper.by_operator.map_or(Cell::Empty, |is_operators| Cell::text(side(is_operators))),
        Cell::text(&paper.brought_by),
        Cell::text(datetime_text(paper.brought_at_ms)),
        Cell::Count(paper.bytes),
        paper.stream.as_ref().map_or(Cell::Empty, Cell::text),
        paper.seq.map_or(Cell::Empty, Cell::Count),
        Cell::text(&paper.sha256),
    ]
}

fn about_words(lang: Lang, code: &str) -> &'static str {
    match About::ALL.into_iter().find(|about| about.code() == code) {
        Some(About::Settlement) => lang.papers_of_settlement(),
        Some(About::Point) => lang.papers_of_point(),
        Some(About::Recognition) => lang.papers_of_recognition(),
        Some(About::Product) | None => lang.papers_of_product(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::paper_files::PaperFile;

    fn paper(about: About, number: &str, byte_count: i64) -> PeriodPaper {
        let file = PaperFile {
            id: Uuid::from_u128(1),
            kind: "jpeg".to_owned(),
            byte_count,
            sha256: vec![7; 32],
            brought_by: "co-so".to_owned(),
            brought_at_ms: 5,
        };
        let text = str::to_owned;
        PeriodPaper {
            about,
            file,
            whose: text("Cơ sở Phú Sinh"),
            number: text(number),
            what: text("label"),
            day: None,
            entry: None,
            by_operator: None,
        }
    }

    #[test]
    fn what_does_not_fit_is_left_out_and_the_rest_is_not() {
        let papers = [
            paper(About::Settlement, "LS-1/QT", 60),
            paper(About::Point, "", 50),
            paper(About::Recognition, "1898/QĐ-UBND", 40),
            paper(About::Product, "12", 1),
        ];
        let first = Some("papers/settlement/00001-LS-1-QT.jpeg".to_owned());
        let third = Some("papers/recognition/00003-1898-Q--UBND.jpeg".to_owned());
        assert_eq!(paths(&papers, 100), [first.clone(), None, third, None], "full to the last byte");
        assert_eq!(paths(&papers, 60), [first, None, None, None]);
        assert_eq!(paths(&papers, 151)[1].as_deref(), Some("papers/point/00002.jpeg"));
        assert!(paths(&papers, 151).iter().all(Option::is_some));
    }

    #[test]
    fn the_list_names_kinds_in_words_and_says_what_is_left_out() {
        let kinds = BTreeMap::from([("label".to_owned(), "Nhãn hàng hóa".to_owned())]);
        let of_product = PaperOfPack::of(&paper(About::Product, "12", 1), None, &kinds);
        assert_eq!((of_product.what.as_str(), of_product.path.as_deref()), ("Nhãn hàng hóa", None));
        let of_point = PaperOfPack::of(&paper(About::Point, "", 1), Some("x".to_owned()), &kinds);
        assert_eq!(
            (of_point.what.as_str(), of_point.sha256.len()),
            ("label", 64),
            "a title stays what it is"
        );
        for lang in [Lang::Vi, Lang::En] {
            assert_eq!(row(lang, &of_product)[0], Cell::text(lang.papers_left_out()));
            let list = PapersOfPack { bytes_most: 1, papers: vec![of_product.clone()] };
            let sheet = sheet(lang, &list);
            assert_eq!(sheet.head.len(), sheet.rows[0].len());
        }
    }
}
