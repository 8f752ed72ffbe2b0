//! Rows with a bar each: what sold most, by whatever.

use maud::{Markup, html};
use web::Lang;
use web::format::{compact_vnd, percent_text};

use crate::web::reports::report::SoldOfReport;
use crate::web::reports::write;

/// Rows with their bars.
pub(super) struct Rows<'a> {
    /// The heading.
    pub(super) title: &'a str,
    /// The sums, the largest first.
    pub(super) rows: &'a [SoldOfReport],
    /// Of what they are parts, đồng.
    pub(super) whole_vnd: i64,
    /// How many are shown; the rest is one row.
    pub(super) most: usize,
    /// Names a row.
    pub(super) name: &'a dyn Fn(&SoldOfReport) -> String,
}

impl Rows<'_> {
    /// Returns them; without any, a sentence.
    pub(super) fn render(&self) -> Markup {
        let sold: Vec<&SoldOfReport> = self.rows.iter().filter(|row| row.revenue_vnd != 0).collect();
        // A row that stands for one other would save nothing.
        let shown = if sold.len() > self.most + 1 { self.most } else { sold.len() };
        let (top, rest) = sold.split_at(shown);
        let largest = top.iter().map(|row| row.revenue_vnd).max().unwrap_or_default();
        html! {
            div.rows {
                h3 { (self.title) }
                @if top.is_empty() { p.none { "Chưa bán được hàng nào trong kỳ." } }
                ol {
                    @for row in top { (self.row(&(self.name)(row), row.revenue_vnd, largest)) }
                    @if !rest.is_empty() {
                        @let rest_vnd = rest.iter().map(|row| row.revenue_vnd).fold(0, i64::saturating_add);
                        li.rest { span.name { "Các mục còn lại (" (rest.len()) ")" } (self.figure(rest_vnd)) }
                    }
                }
            }
        }
    }

    fn row(&self, name: &str, vnd: i64, largest: i64) -> Markup {
        let width = write::change_of(vnd.max(0), largest).unwrap_or_default();
        html! {
            li {
                span.name { (name) }
                (self.figure(vnd))
                svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
                    rect.before width="1000" height="10" {}
                    rect.now width=(width) height="10" {}
                }
            }
        }
    }

    fn figure(&self, vnd: i64) -> Markup {
        let share = write::change_of(vnd, self.whole_vnd).map(percent_text);
        html! { span.figure { (compact_vnd(vnd, Lang::Vi)) @if let Some(share) = share { " " small { (share) } } } }
    }
}
