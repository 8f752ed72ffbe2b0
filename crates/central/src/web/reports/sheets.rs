//! The paper as a workbook: what it says on the first sheet, each table with all its rows on one of its own.

use super::paper::{Block, KIND, MOTTO, Paper, RECIPIENTS, STATE, Table};
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the sheets.
pub fn sheets(paper: &Paper) -> Vec<Sheet> {
    let tables = paper.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(sheet(table)),
        _ => None,
    });
    std::iter::once(first(paper)).chain(tables).collect()
}

fn first(paper: &Paper) -> Sheet {
    let (head, foot) = (&paper.head, &paper.foot);
    let pair = |left: &str, right: &str| vec![Cell::text(left), Cell::text(right)];
    let line = |words: &str| vec![Cell::text(words)];
    let mut rows = vec![
        pair(&head.issuer, MOTTO),
        pair(&head.number, &head.place_and_date),
        Vec::new(),
        line(KIND),
        line(&head.subject),
        line(&head.days),
        Vec::new(),
    ];
    for block in &paper.blocks {
        match block {
            Block::Part(words) | Block::Text(words) | Block::Remark(words) => rows.push(line(words)),
            Block::Table(_) => {}
        }
    }
    rows.extend([Vec::new(), pair(RECIPIENTS, &foot.signer_title)]);
    rows.extend(foot.recipients.iter().map(|name| line(name)));
    rows.push(pair("", &foot.signer_name));
    Sheet {
        name: "Báo cáo".to_owned(),
        head: vec![head.authority.clone(), STATE.to_owned()],
        rows,
        cut: String::new(),
    }
}

fn sheet(table: &Table) -> Sheet {
    // Sums stand first, so that they are there whatever is cut.
    let rows = table.total.iter().chain(&table.rows).cloned().collect();
    Sheet {
        name: table.sheet.to_owned(),
        head: table.head.iter().map(|words| (*words).to_owned()).collect(),
        rows,
        cut: format!("Chỉ {ROWS_MOST} dòng đầu"),
    }
}
