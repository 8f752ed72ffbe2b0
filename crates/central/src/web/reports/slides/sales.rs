//! The second slide: how much was sold, against the period before and last year, and how it went over time.

use domain::Money;
use maud::{Markup, html};
use web::Lang;
use web::chart::{Bar, Bars};
use web::format::{
    change_per_mille, change_text, compact_vnd, count_text, day_text, local_date, percent_text,
};

use crate::web::reports::report::{PieceOfReport, Report, SoldOfReport};
use crate::web::reports::write;

/// Returns the slide.
pub(super) fn slide(report: &Report) -> Markup {
    let (total, ocop) = (&report.sold.total, &report.sold.ocop);
    let share = write::change_of(ocop.revenue_vnd, total.revenue_vnd);
    let share = share.map_or_else(String::new, |share| format!(" · {} doanh số", percent_text(share)));
    html! {
        h2 { "Kết quả bán hàng" }
        div.cards {
            div.card {
                p.what { "Doanh số" }
                p.large { (compact_vnd(total.revenue_vnd, Lang::Vi)) }
                p.exact { (Money::new(total.revenue_vnd)) }
                (changes(report, total))
            }
            div.card {
                p.what { "Sản phẩm OCOP" }
                p.large { (compact_vnd(ocop.revenue_vnd, Lang::Vi)) }
                p.exact { (Money::new(ocop.revenue_vnd)) (share) }
                (changes(report, ocop))
            }
            (receipts(report))
        }
        (chart(report))
    }
}

fn changes(report: &Report, sold: &SoldOfReport) -> Markup {
    html! {
        dl {
            @for (is_known, before_vnd, name) in [
                (report.previous.is_known, sold.previous_vnd, "So kỳ trước"),
                (report.last_year.is_known, sold.last_year_vnd, "So cùng kỳ năm trước"),
            ] {
                dt { (name) }
                @match change_per_mille(sold.revenue_vnd, before_vnd).filter(|_| is_known) {
                    Some(change) if change < 0 => dd.down { "▼ " (change_text(change)) },
                    Some(change) if change > 0 => dd.up { "▲ " (change_text(change)) },
                    Some(change) => dd { (change_text(change)) },
                    None => dd.none { "chưa có" },
                }
            }
        }
    }
}

fn receipts(report: &Report) -> Markup {
    let total = write::all_traffic(report);
    let basket = total.basket_vnd().map_or_else(|| "–".to_owned(), |vnd| Money::new(vnd).to_string());
    html! {
        div.card {
            p.what { "Giao dịch" }
            p.large { (count_text(total.receipt_count)) }
            p.exact { "Bình quân " (basket) }
            dl {
                dt { "Lượt khách ghé (ước)" } dd { (count_text(total.visitor_count)) }
                dt { "Lượt nếm thử" } dd { (count_text(total.tasting_count)) }
            }
        }
    }
}

/// A report that was sealed before pieces were kept shows its stores instead.
fn chart(report: &Report) -> Markup {
    let (before, name): (fn(&PieceOfReport) -> i64, _) = if report.previous.is_known {
        (|piece| piece.previous_vnd, "Kỳ trước")
    } else if report.last_year.is_known {
        (|piece| piece.last_year_vnd, "Cùng kỳ năm trước")
    } else {
        (|_| 0, "Kỳ trước (chưa có số liệu)")
    };
    let (title, bars): (_, Vec<Bar>) = if report.sold.over_time.is_empty() {
        ("Doanh số theo điểm bán", report.sold.by_store.iter().map(|row| of_store(report, row)).collect())
    } else {
        let bar = |piece: &PieceOfReport| Bar {
            label: label(piece),
            now: piece.revenue_vnd,
            before: before(piece),
            is_complete: is_complete(report, piece),
        };
        (title(&report.sold.over_time), report.sold.over_time.iter().map(bar).collect())
    };
    let write = |vnd| compact_vnd(vnd, Lang::Vi);
    Bars { lang: Lang::Vi, title, now: "Kỳ này", before: name, write: &write, bars: &bars }.render()
}

fn of_store(report: &Report, row: &SoldOfReport) -> Bar {
    let before = if report.previous.is_known { row.previous_vnd } else { row.last_year_vnd };
    let before = if report.previous.is_known || report.last_year.is_known { before } else { 0 };
    Bar { label: row.name.clone(), now: row.revenue_vnd, before, is_complete: true }
}

fn title(pieces: &[PieceOfReport]) -> &'static str {
    match pieces.first().map_or(0, |piece| (piece.to - piece.from).whole_days() + 1) {
        ..=1 => "Doanh số theo ngày",
        2..=7 => "Doanh số theo tuần, từ ngày",
        _ => "Doanh số theo tháng, từ ngày",
    }
}

fn label(piece: &PieceOfReport) -> String {
    day_text(piece.from)
}

/// A piece that has not begun lacks nothing; one that runs still grows, and so does one of which a store has not told.
fn is_complete(report: &Report, piece: &PieceOfReport) -> bool {
    let made_on = local_date(report.made_at_ms);
    let has_told = |heard_at_ms: Option<i64>| heard_at_ms.is_some_and(|at_ms| local_date(at_ms) > piece.to);
    piece.from > made_on
        || (piece.to < made_on
            && report.reach.iter().all(|store| store.is_complete || has_told(store.heard_at_ms)))
}
