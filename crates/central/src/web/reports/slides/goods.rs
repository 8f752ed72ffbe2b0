//! The third slide: what sells, and how much of it is OCOP.

use maud::{Markup, html};
use web::format::percent_text;

use super::bars::Rows;
use crate::web::reports::report::{Report, SoldOfReport};
use crate::web::reports::write;

/// Products that are named.
const PRODUCTS: usize = 10;
/// Groups that are named.
const GROUPS: usize = 3;
/// Numbers of stars that are named; with goods that have none they are four at most.
const STARS: usize = 3;

/// Returns the slide.
pub(super) fn slide(report: &Report) -> Markup {
    let sold = &report.sold;
    let whole_vnd = sold.total.revenue_vnd;
    let product = |row: &SoldOfReport| match &row.unit {
        Some(unit) => format!("{} ({unit})", row.name),
        None => row.name.clone(),
    };
    let group = |row: &SoldOfReport| write::known(Some(&row.name)).to_owned();
    let stars = |row: &SoldOfReport| match row.key.as_str() {
        "" => "Không có sao".to_owned(),
        stars => format!("{stars} sao"),
    };
    let best = Rows {
        title: "Mười sản phẩm bán chạy",
        rows: &sold.by_product,
        whole_vnd,
        most: PRODUCTS,
        name: &product,
    };
    let stars = Rows { title: "Theo hạng sao", rows: &sold.by_stars, whole_vnd, most: STARS, name: &stars };
    let groups = Rows { title: "Theo nhóm", rows: &sold.by_group, whole_vnd, most: GROUPS, name: &group };
    html! {
        h2 { "Sản phẩm bán chạy" }
        div.halves {
            (best.render())
            div.stack { (share(report)) (stars.render()) (groups.render()) }
        }
    }
}

/// The share of OCOP as one bar.
fn share(report: &Report) -> Markup {
    let share = write::change_of(report.sold.ocop.revenue_vnd, report.sold.total.revenue_vnd);
    html! {
        div.share {
            @match share {
                Some(share) => {
                    p { strong { (percent_text(share)) } " doanh số là sản phẩm OCOP" }
                    svg viewBox="0 0 1000 30" preserveAspectRatio="none" aria-hidden="true" {
                        rect.before width="1000" height="30" {}
                        rect.now width=(share.clamp(0, 1_000)) height="30" {}
                    }
                }
                None => p.none { "Chưa có doanh số để tính tỷ trọng OCOP." },
            }
        }
    }
}
