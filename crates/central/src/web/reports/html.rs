//! The paper as a page.

use maud::{Markup, html};

use super::paper::{Block, KIND, MOTTO, ORDINAL, Paper, RECIPIENTS, STATE, Table, cell_text, is_number};
use crate::web::workbook::Cell;

/// Returns the paper.
pub fn render(paper: &Paper) -> Markup {
    let (head, foot) = (&paper.head, &paper.foot);
    html! {
        article.official lang="vi" {
            div.official-head {
                div { p { (head.authority) } p.half-ruled { strong { (head.issuer) } } p { (head.number) } }
                div { p { strong { (STATE) } } p.ruled { strong { (MOTTO) } } p { em { (head.place_and_date) } } }
            }
            div.official-title {
                h2 { (KIND) }
                p.half-ruled { strong { (head.subject) } }
                p { em { (head.days) } }
            }
            @for block in &paper.blocks { (piece(block)) }
            div.official-foot {
                div {
                    strong { em { (RECIPIENTS) } }
                    ul { @for line in &foot.recipients { li { (line) } } }
                }
                div { p { strong { (foot.signer_title) } } p.signer { strong { (foot.signer_name) } } }
            }
        }
    }
}

fn piece(block: &Block) -> Markup {
    match block {
        Block::Part(title) => html! { h3 { (title) } },
        Block::Text(text) => html! { p { (text) } },
        Block::Remark(text) => html! { p.remark { (text) } },
        Block::Table(table) => self::table(table),
    }
}

/// A table without rows is no table.
fn table(table: &Table) -> Markup {
    let (rows, rest) = table.on_paper();
    html! {
        @if !rows.is_empty() {
            div.table { table {
                caption { (table.title) }
                thead { tr {
                    th.n { (ORDINAL) }
                    @for (column, words) in table.head_on_paper().iter().enumerate() {
                        th.n[rows.first().and_then(|row| row.get(column)).is_some_and(is_number)] { (words) }
                    }
                } }
                tbody {
                    @for (row, ordinal) in rows.iter().zip(1..) { (self::row(Some(ordinal), row)) }
                    @if let Some(rest) = rest { (row(None, &rest)) }
                }
                @if let Some(total) = &table.total { tfoot { (row(None, total)) } }
            } }
        }
    }
}

fn row(ordinal: Option<usize>, row: &[Cell]) -> Markup {
    html! {
        tr {
            td.n { @if let Some(ordinal) = ordinal { (ordinal) } }
            @for cell in row { td.n[is_number(cell)] { (cell_text(cell)) } }
        }
    }
}
