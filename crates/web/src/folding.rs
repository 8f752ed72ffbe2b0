//! Tables that fold on a phone, `div.table.folds`: there a row is a block, and each cell says its column's name. The names are read out of
//! the table's head, so that a cell and its head cannot disagree.

use maud::{Markup, PreEscaped};

/// How the frame of such a table begins.
const FRAME: &str = "<div class=\"table folds";

/// Returns a page's main part with the names of columns in the cells of tables that fold.
pub fn named(main: Markup) -> Markup {
    let html = main.into_string();
    let mut parts = html.split(FRAME);
    let mut named = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        named.push_str(FRAME);
        named.push_str(&table(part));
    }
    PreEscaped(named)
}

/// What follows the beginning of a frame: its table, and the page behind it. Without a head nothing has a name.
fn table(text: &str) -> String {
    let whole = text.split_once("</table>");
    let Some((head, rows)) = whole.and_then(|(table, _)| table.split_once("</thead>")) else {
        return text.to_owned();
    };
    let columns: Vec<String> = head.split("<th").filter_map(column).collect();
    let mut named = format!("{head}</thead>");
    for (number, text) in rows.split("<tr").enumerate() {
        if number > 0 {
            named.push_str("<tr");
        }
        named.push_str(&row(text, &columns));
    }
    named.push_str("</table>");
    named.push_str(whole.map_or("", |(_, behind)| behind));
    named
}

/// Returns the words of a cell of the head, which stand between its marks; `None` for what is none, such as `<thead>`.
fn column(text: &str) -> Option<String> {
    let (cell, _) = text.split_once("</th>")?;
    let (_, inner) = cell.split_once('>')?;
    Some(inner.split('<').map(|piece| piece.rsplit('>').next().unwrap_or_default()).collect())
}

/// A row up to the next one. Behind a cell that spans columns nobody counts, and it is named itself by none of them. A cell that heads
/// the row has its column too, and says no name: it is what the row is about.
fn row(text: &str, columns: &[String]) -> String {
    let mut cells = text.split("<t");
    let mut named = cells.next().unwrap_or_default().to_owned();
    let (mut place, mut is_counted) = (0, true);
    for cell in cells {
        named.push_str("<t");
        let is_head = cell.starts_with("h>") || cell.starts_with("h ");
        let Some(behind) = cell.strip_prefix('d') else {
            named.push_str(cell);
            if is_head {
                is_counted &= !spans(cell);
                place += 1;
            }
            continue;
        };
        is_counted &= !spans(behind);
        named.push('d');
        if let Some(name) = columns.get(place).filter(|name| is_counted && !name.is_empty()) {
            named.push_str(" data-column=\"");
            named.push_str(name);
            named.push('"');
        }
        named.push_str(behind);
        place += 1;
    }
    named
}

fn spans(cell: &str) -> bool {
    cell.split('>').next().unwrap_or_default().contains("colspan")
}

#[cfg(test)]
mod tests {
    use maud::html;

    use super::*;

    #[test]
    fn each_cell_of_a_table_that_folds_says_its_columns_name() {
        let page = html! {
            p { "Lượt giới thiệu" }
            div.table.folds.whole { table {
                thead { tr { th scope="col" { "Ngày" } th.n { "Số \"lượt\"" } th { span.hidden { "Chọn" } } th {} } }
                tbody {
                    tr { td { "1/10" } td.n { "5 < 6" } td { input type="checkbox"; } td { "còn lại" } }
                    tr { td { "2/10" } td colspan="2" { "chưa đủ" } td { "còn lại" } }
                }
                tfoot { tr { td { "Cộng" } td.n {} } }
            } }
            div.table { table { thead { tr { th { "Giá" } } } tbody { tr { td { "1.000 ₫" } } } } }
        };
        let page = named(page).into_string();
        for part in [
            "<tr><td data-column=\"Ngày\">1/10</td><td data-column=\"Số &quot;lượt&quot;\" class=\"n\">5 &lt; 6</td>\
             <td data-column=\"Chọn\"><input type=\"checkbox\"></td><td>còn lại</td></tr>",
            "<td data-column=\"Ngày\">2/10</td><td colspan=\"2\">chưa đủ</td><td>còn lại</td></tr>",
            "<tfoot><tr><td data-column=\"Ngày\">Cộng</td><td data-column=\"Số &quot;lượt&quot;\" class=\"n\"></td></tr></tfoot>",
            "<td>1.000 ₫</td></tr></tbody></table></div>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
    }

    #[test]
    fn a_cell_that_heads_a_row_has_its_column() {
        let page = html! {
            div.table.folds { table {
                thead { tr { th { "Tháng" } th { "Số đơn" } th { "Doanh thu" } } }
                tbody {
                    tr { th scope="row" { "Tháng 10" } td { "3" } td { "900.000 ₫" } }
                    tr { th colspan="2" { "Cộng" } td { "900.000 ₫" } }
                }
            } }
        };
        let page = named(page).into_string();
        for part in [
            "<tr><th scope=\"row\">Tháng 10</th><td data-column=\"Số đơn\">3</td><td data-column=\"Doanh thu\">900.000 ₫</td></tr>",
            "<tr><th colspan=\"2\">Cộng</th><td>900.000 ₫</td></tr>",
        ] {
            assert!(page.contains(part), "{part} in {page}");
        }
    }

    #[test]
    fn nothing_else_of_a_page_changes() {
        for page in [
            html! {},
            html! { p { "Ngày" } table { thead { tr { th { "Giá" } } } tbody { tr { td { "1" } } } } },
            // A frame whose table has no head, and another table behind it.
            html! {
                div.table.folds { table { tbody { tr { td { "1" } } } } }
                table { thead { tr { th { "Giá" } } } tbody { tr { td { "2" } } } }
            },
            html! { div.table.folds { p { "Chưa có." } } },
        ] {
            assert_eq!(named(page.clone()).into_string(), page.into_string());
        }
    }
}
