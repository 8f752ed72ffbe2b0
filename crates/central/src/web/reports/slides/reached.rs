//! The fourth slide: whom the points reach. Producers and communes, consigned goods, promotions, recognitions that end soon.

use domain::Quantity;
use maud::{Markup, html};
use web::Lang;
use web::format::{compact_vnd, count_text, date_text};

use super::bars::Rows;
use super::count;
use crate::web::reports::report::{LapsingOfReport, Report, SoldOfReport};
use crate::web::reports::write;
use crate::web::reports::{campaigns, consigned};

/// Producers, communes that are named.
const ROWS: usize = 4;
/// Promotions and recognitions that are named.
const LINES: usize = 3;

/// Returns the slide.
pub(super) fn slide(report: &Report) -> Markup {
    let sold = &report.sold;
    let whole_vnd = sold.total.revenue_vnd;
    let name = |row: &SoldOfReport| write::known(Some(&row.name)).to_owned();
    let producers =
        Rows { title: "Theo chủ thể", rows: &sold.by_producer, whole_vnd, most: ROWS, name: &name };
    let communes =
        Rows { title: "Theo nơi sản xuất", rows: &sold.by_commune, whole_vnd, most: ROWS, name: &name };
    html! {
        h2 { "Chủ thể, địa phương được hỗ trợ tiêu thụ" }
        div.counts {
            (count(with_sales(&sold.by_producer), "chủ thể bán được hàng"))
            (count(with_sales(&sold.by_commune), "xã, phường, đặc khu có hàng"))
            (consigned(report))
        }
        div.halves {
            div.stack { (producers.render()) (communes.render()) }
            div.stack { (promotions(report)) (lapsing(report)) }
        }
    }
}

/// What nobody is named for is no producer and no commune.
fn with_sales(rows: &[SoldOfReport]) -> usize {
    rows.iter().filter(|row| row.revenue_vnd != 0 && !row.key.is_empty()).count()
}

fn consigned(report: &Report) -> Markup {
    if let Some(moves) = consigned::moves(report) {
        return html! { p { strong { (compact_vnd(moves.consigned_vnd, Lang::Vi)) } " tiền bán hàng ký gửi" } };
    }
    // Sealed before kilograms and boxes were told apart.
    let sold = report.consigned.iter().map(|row| row.net_sold_milli).fold(0, i64::saturating_add);
    html! {
        p { strong { (Quantity::from_milli(sold)) } " đơn vị hàng ký gửi bán được" }
    }
}

fn promotions(report: &Report) -> Markup {
    let mut rows: Vec<_> = report.promoted.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.revenue_vnd));
    html! {
        div.lines {
            h3 { "Khuyến mại: " (count_text(i64::try_from(rows.len()).unwrap_or(i64::MAX))) " chương trình" }
            @if rows.is_empty() { p.none { "Không có chương trình nào trong kỳ." } }
            ul {
                @for row in rows.iter().take(LINES) {
                    li {
                        span.name { (row.name) }
                        span.figure { (compact_vnd(row.revenue_vnd, Lang::Vi)) " " small { "giảm " (compact_vnd(row.off_vnd, Lang::Vi)) } }
                    }
                }
            }
            (more(rows.len()))
            @if !report.campaigns.is_empty() { p { (campaigns::summary(report)) } }
            @if let Some(paid) = report.producers_paid.filter(|paid| paid.producers_paid_vnd != 0) {
                p { "Đã trả chủ thể trong kỳ: " strong { (compact_vnd(paid.producers_paid_vnd, Lang::Vi)) } }
            }
        }
    }
}

fn lapsing(report: &Report) -> Markup {
    let rows = &report.on_sale.lapsing;
    let within = |days| rows.iter().filter(|row: &&LapsingOfReport| row.within_days <= days).count();
    html! {
        div.lines {
            h3 { "Công nhận sắp hết hạn" }
            p { "Trong 30 ngày: " strong { (within(30)) } " · 60 ngày: " strong { (within(60)) } " · 90 ngày: " strong { (within(90)) } }
            ul {
                @for row in rows.iter().take(LINES) {
                    li { span.name { (row.name) } span.figure { (write::stars(row.stars)) " " small { "hết hạn " (date_text(row.lapses_on)) } } }
                }
            }
            (more(rows.len()))
        }
    }
}

/// What has no line here is in the report.
fn more(count: usize) -> Markup {
    html! { @if count > LINES { p.none { "và " (count - LINES) " mục khác trong báo cáo" } } }
}
