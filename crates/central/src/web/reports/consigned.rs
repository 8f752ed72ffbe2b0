//! Consigned goods in the department's report, without adding kilograms to boxes: lots that came, what those that were sold brought, and how
//! often goods went another way.

use domain::{Money, Quantity};
use web::format::count_text;

use super::paper::Block;
use super::report::{ConsignedOfReport, MovesOfReport, Report};
use super::write::{ALL, table};
use crate::web::workbook::Cell;

const SHEET: &str = "Ký gửi";

/// Returns what the paper says of them.
pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let mut blocks = match moves(report) {
        Some(sum) => counted(report, sum),
        None => mixed(report),
    };
    blocks.insert(1, Block::Text(paid(report)));
    blocks
}

/// Returns how goods of all operators moved; `None` in a report that was sealed before moves were counted.
pub(super) fn moves(report: &Report) -> Option<MovesOfReport> {
    // One without consigned goods knows it by this.
    report.sold.total.product_count?;
    let add = |sum: MovesOfReport, row: &ConsignedOfReport| {
        let row = row.by_move?;
        Some(MovesOfReport {
            delivered_count: sum.delivered_count.saturating_add(row.delivered_count),
            consigned_vnd: sum.consigned_vnd.saturating_add(row.consigned_vnd),
            given_back_count: sum.given_back_count.saturating_add(row.given_back_count),
            wasted_count: sum.wasted_count.saturating_add(row.wasted_count),
            adjusted_count: sum.adjusted_count.saturating_add(row.adjusted_count),
        })
    };
    report.consigned.iter().try_fold(MovesOfReport::default(), add)
}

fn counted(report: &Report, sum: MovesOfReport) -> Vec<Block> {
    let rows = report.consigned.iter().map(|row| {
        let moves = row.by_move.unwrap_or_default();
        vec![
            Cell::text(&row.operator),
            Cell::Count(moves.delivered_count),
            Cell::Vnd(moves.consigned_vnd),
            Cell::Count(moves.given_back_count),
            Cell::Count(moves.wasted_count),
            Cell::Count(moves.adjusted_count),
        ]
    });
    vec![
        Block::Text(format!(
            "Các chủ thể giao {} lô hàng; hàng ký gửi bán được {}; trả lại chủ thể {} lượt, hao hụt {} lượt.",
            count_text(sum.delivered_count),
            Money::new(sum.consigned_vnd),
            count_text(sum.given_back_count),
            count_text(sum.wasted_count)
        )),
        Block::Remark(
            "Mỗi lượt là một lần của một lô hàng; không cộng chung kg với gói, chai. Hàng khách trả đã được trừ. Điều chỉnh gồm kiểm kê, chuyển kho và đóng gói lại."
                .to_owned(),
        ),
        table(
            SHEET,
            "Hàng ký gửi theo đơn vị quản lý",
            ["Đơn vị quản lý", "Lô nhập", "Tiền bán", "Lượt trả lại", "Lượt hao hụt", "Lượt điều chỉnh"],
            rows,
            ALL,
        ),
    ]
}

/// As a report says it that was sealed before moves were counted.
fn mixed(report: &Report) -> Vec<Block> {
    let rows = report.consigned.iter().map(|row| {
        vec![
            Cell::text(&row.operator),
            Cell::Quantity(row.delivered_milli),
            Cell::Quantity(row.net_sold_milli),
            Cell::Quantity(row.given_back_milli),
            Cell::Quantity(row.wasted_milli),
            Cell::Quantity(row.adjusted_milli),
        ]
    });
    let sum = |of: fn(&ConsignedOfReport) -> i64| {
        Quantity::from_milli(report.consigned.iter().map(of).fold(0, i64::saturating_add))
    };
    vec![
        Block::Text(format!(
            "Các chủ thể giao {} đơn vị hàng, bán được {}, trả lại chủ thể {}, hao hụt {}.",
            sum(|row| row.delivered_milli),
            sum(|row| row.net_sold_milli),
            sum(|row| row.given_back_milli),
            sum(|row| row.wasted_milli)
        )),
        Block::Remark("Điều chỉnh gồm kiểm kê, chuyển kho và đóng gói lại.".to_owned()),
        table(
            SHEET,
            "Hàng ký gửi theo đơn vị quản lý (số lượng)",
            ["Đơn vị quản lý", "Nhập", "Bán", "Trả lại", "Hao hụt", "Điều chỉnh"],
            rows,
            ALL,
        ),
    ]
}

/// What is still owed is between a producer and the operator.
fn paid(report: &Report) -> String {
    match &report.producers_paid {
        Some(paid) => format!(
            "Trong kỳ các điểm đã trả {} cho {} chủ thể, theo phiếu quyết toán và phiếu trả trước. Số còn phải trả là việc giữa chủ thể và đơn vị quản lý, không nằm trong báo cáo này.",
            Money::new(paid.producers_paid_vnd),
            count_text(paid.producers_paid_count)
        ),
        None => "Tiền phải trả và đã trả cho chủ thể là việc giữa chủ thể và đơn vị quản lý, không nằm trong báo cáo này.".to_owned(),
    }
}
