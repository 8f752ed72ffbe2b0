//! What was sold in the department's report: in a sentence, and by whatever it is added up by.

use domain::Money;
use web::format::{change_per_mille, change_text, percent_text};

use super::paper::Block;
use super::report::{Report, SoldOfReport};
use super::write::{ALL, ROWS, category, change_of, known, stars, table};
use crate::web::workbook::Cell;

/// Returns what the paper says of it.
pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let sold = &report.sold;
    let share = change_of(sold.ocop.revenue_vnd, sold.total.revenue_vnd);
    let mut text = format!("Doanh số {}", Money::new(sold.total.revenue_vnd));
    for (is_known, before_vnd, name) in [
        (report.previous.is_known, sold.total.previous_vnd, "kỳ trước"),
        (report.last_year.is_known, sold.total.last_year_vnd, "cùng kỳ năm trước"),
    ] {
        let change = change_per_mille(sold.total.revenue_vnd, before_vnd).filter(|_| is_known);
        text.push_str(&match change {
            Some(change) => {
                format!(", so với {name} ({}) {}", Money::new(before_vnd), change_text(change))
            }
            None => format!(", {name} chưa có số liệu để so sánh"),
        });
    }
    text.push('.');
    let share = share.map_or_else(String::new, |share| format!(", chiếm {} doanh số", percent_text(share)));
    let ocop = format!("Sản phẩm OCOP bán được {}{share}.", Money::new(sold.ocop.revenue_vnd));
    let remark = if sold.total.product_count.is_some() {
        "Số lượng tính theo đơn vị của từng sản phẩm (gói, chai, kg…), không cộng chung các sản phẩm. Loại và hạng sao tính theo ngày bán; hàng khách trả đã được trừ."
    } else {
        "Số lượng cộng theo đơn vị tính của từng sản phẩm (gói, chai, kg…). Loại và hạng sao tính theo ngày bán; hàng khách trả đã được trừ."
    };
    let mut blocks = vec![Block::Text(text), Block::Text(ocop), Block::Remark(remark.to_owned())];
    for (sheet, title, first, rows, most) in [
        ("Theo điểm bán", "Theo điểm bán", "Điểm bán", &sold.by_store, ALL),
        ("Theo loại", "Theo loại công nhận", "Loại", &sold.by_category, ALL),
        ("Theo nhóm", "Theo nhóm sản phẩm", "Nhóm", &sold.by_group, ALL),
        ("Theo hạng sao", "Theo hạng sao OCOP", "Hạng sao", &sold.by_stars, ALL),
        ("Theo xã", "Theo nơi sản xuất", "Xã, phường, đặc khu", &sold.by_commune, ROWS),
        ("Theo chủ thể", "Theo chủ thể", "Chủ thể", &sold.by_producer, ROWS),
        ("Theo sản phẩm", "Theo sản phẩm", "Sản phẩm", &sold.by_product, ROWS),
    ] {
        let amount = Amount::of(report, sheet);
        let head = [
            first,
            amount.name(),
            "Doanh số kỳ này",
            "Kỳ trước",
            "So kỳ trước",
            "Cùng kỳ năm trước",
            "So cùng kỳ",
        ];
        let row = |row: &SoldOfReport| sold_row(report, (name_of(sheet, row), amount.of_row(row)), row);
        let Block::Table(mut table) = table(sheet, title, head, rows.iter().map(row), most) else { continue };
        table.total =
            Some(sold_row(report, ("Tổng cộng".to_owned(), amount.of_all(&sold.total)), &sold.total));
        blocks.push(Block::Table(table));
    }
    blocks
}

/// How much was sold, as a table tells it beside the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Amount {
    /// In the unit of each product. Kilograms and boxes have no sum.
    Units,
    /// How many products.
    Products,
    /// How many receipts.
    Receipts,
    /// Units of all products, added up: as a report says it that was sealed before products were counted.
    Mixed,
}

impl Amount {
    fn of(report: &Report, sheet: &str) -> Self {
        match (report.sold.total.product_count, sheet) {
            (None, _) => Self::Mixed,
            (Some(_), "Theo sản phẩm") => Self::Units,
            (Some(_), "Theo điểm bán") => Self::Receipts,
            (Some(_), _) => Self::Products,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Units | Self::Mixed => "Số lượng",
            Self::Products => "Số sản phẩm",
            Self::Receipts => "Giao dịch",
        }
    }

    fn of_row(self, row: &SoldOfReport) -> Cell {
        match self {
            Self::Units | Self::Mixed => Cell::Quantity(row.quantity_milli),
            Self::Products => row.product_count.map_or(Cell::Empty, Cell::Count),
            Self::Receipts => row.receipt_count.map_or(Cell::Empty, Cell::Count),
        }
    }

    fn of_all(self, total: &SoldOfReport) -> Cell {
        if self == Self::Units { Cell::Empty } else { self.of_row(total) }
    }
}

fn sold_row(report: &Report, (name, amount): (String, Cell), row: &SoldOfReport) -> Vec<Cell> {
    let before = |is_known, vnd| if is_known { Cell::Vnd(vnd) } else { Cell::text("–") };
    let change = |is_known, vnd| {
        let change = change_per_mille(row.revenue_vnd, vnd).filter(|_| is_known);
        change.map_or_else(|| Cell::text("–"), Cell::Share)
    };
    let (previous, last_year) = (report.previous.is_known, report.last_year.is_known);
    vec![
        Cell::Text(name),
        amount,
        Cell::Vnd(row.revenue_vnd),
        before(previous, row.previous_vnd),
        change(previous, row.previous_vnd),
        before(last_year, row.last_year_vnd),
        change(last_year, row.last_year_vnd),
    ]
}

fn name_of(sheet: &str, row: &SoldOfReport) -> String {
    match sheet {
        "Theo loại" => category(Some(&row.key)).to_owned(),
        "Theo hạng sao" => stars(row.key.parse().ok()),
        _ => match &row.unit {
            Some(unit) => format!("{} ({unit})", row.name),
            None => known(Some(&row.name)).to_owned(),
        },
    }
}
