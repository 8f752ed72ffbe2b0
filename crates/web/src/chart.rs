//! Charts as SVG: no script, they print, and their colours are classes of `app.css`.
//!
//! The same figures always stand in a table beside a chart. Positions are whole units of the drawing, so no figure ever
//! meets a float.

use maud::{Markup, html};

use crate::Lang;
use crate::words::WebTexts;

/// One period on the axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What stands below: `1/10`.
    pub label: String,
    /// The figure now.
    pub now: i64,
    /// The figure of the period compared with.
    pub before: i64,
    /// False when a store has not reported: its column is hatched, since the figure may still grow.
    pub is_complete: bool,
}

/// A chart of bars beside the bars of another period.
#[derive(Clone, Copy)]
pub struct Bars<'a> {
    /// The language of its words.
    pub lang: Lang,
    /// The heading, which also names the picture for screen readers.
    pub title: &'a str,
    /// What `now` is: "Kỳ này".
    pub now: &'a str,
    /// What `before` is: "Kỳ trước", "Cùng kỳ năm trước".
    pub before: &'a str,
    /// Writes a figure: money or a count.
    pub write: &'a dyn Fn(i64) -> String,
    /// From left to right.
    pub bars: &'a [Bar],
}

const WIDTH: i64 = 960;
const HEIGHT: i64 = 240;
const LEFT: i64 = 76;
const RIGHT: i64 = 956;
const TOP: i64 = 10;
const BASE: i64 = 210;

/// The most grid lines above the base line; as few as three where a round step reaches.
const LINES_MAX: i64 = 5;

/// A pair of bars is not broader than this, however few there are.
const PAIR_MOST: i64 = 120;

/// More labels than this would touch each other.
const LABELS_MAX: usize = 16;

impl Bars<'_> {
    /// Returns the figure with its heading and legend.
    pub fn render(&self) -> Markup {
        let highest = self.bars.iter().flat_map(|bar| [bar.now, bar.before]).max().unwrap_or_default();
        let scale = Scale::reaching(highest);
        let every = self.bars.len().div_ceil(LABELS_MAX).max(1);
        html! {
            figure.chart {
                figcaption {
                    h2 { (self.title) }
                    p.legend {
                        span.key-now { (self.now) }
                        span.key-before { (self.before) }
                        @if self.bars.iter().any(|bar| !bar.is_complete) { span.key-gap { (self.lang.chart_incomplete()) } }
                    }
                }
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(self.title) {
                    @for line in 0..=scale.lines {
                        @let value = scale.step.saturating_mul(line);
                        @let y = scale.y(value);
                        line.grid x1=(LEFT) x2=(RIGHT) y1=(y) y2=(y) {}
                        text.axis x=(LEFT - 8) y=(y + 4) text-anchor="end" { ((self.write)(value)) }
                    }
                    @for (index, bar) in self.bars.iter().enumerate() { (self.pair(index, bar, scale, index % every == 0)) }
                }
            }
        }
    }

    fn pair(&self, index: usize, bar: &Bar, scale: Scale, has_label: bool) -> Markup {
        let (left, right) = (self.edge(index), self.edge(index + 1));
        let margin = ((right - left) / 8).max((right - left - PAIR_MOST) / 2);
        let width = (right - left - 2 * margin) / 2;
        let middle = i64::midpoint(left, right);
        let (now, before) = (scale.y(bar.now), scale.y(bar.before));
        html! {
            g {
                title {
                    (bar.label) " · " (self.now) " " ((self.write)(bar.now)) " · " (self.before) " " ((self.write)(bar.before))
                    @if !bar.is_complete { " · " (self.lang.chart_incomplete_day(&bar.label)) }
                }
                // Dashes across a broad line are a hatching that needs no pattern with an id of its own.
                @if !bar.is_complete { line.gap x1=(middle) x2=(middle) y1=(TOP) y2=(BASE) stroke-width=(right - left - 2) {} }
                rect.before x=(middle - width) y=(before) width=(width) height=(BASE - before) {}
                rect.now x=(middle) y=(now) width=(width) height=(BASE - now) {}
                @if has_label { text.axis x=(middle) y=(BASE + 20) text-anchor="middle" { (bar.label) } }
            }
        }
    }

    /// Returns where column `index` begins.
    fn edge(&self, index: usize) -> i64 {
        let count = i64::try_from(self.bars.len().max(1)).unwrap_or(i64::MAX);
        LEFT + (RIGHT - LEFT) * i64::try_from(index).unwrap_or_default() / count
    }
}

/// Returns how the last periods went, as a line without axis; decoration beside a figure, so screen readers skip it.
pub fn spark(values: &[i64]) -> Markup {
    const WIDE: i128 = 96;
    const HIGH: i128 = 20;
    let low = i128::from(values.iter().copied().min().unwrap_or_default().min(0));
    let range = (i128::from(values.iter().copied().max().unwrap_or_default()) - low).max(1);
    let gaps = i128::try_from(values.len().saturating_sub(1)).unwrap_or_default().max(1);
    let points: Vec<String> = (0_i128..)
        .zip(values)
        .map(|(index, value)| {
            format!("{},{}", 2 + WIDE * index / gaps, 2 + HIGH - HIGH * (i128::from(*value) - low) / range)
        })
        .collect();
    html! { svg.spark viewBox="0 0 100 24" aria-hidden="true" { polyline points=(points.join(" ")) {} } }
}

/// What lies between two grid lines, and how many of them there are above the base line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scale {
    step: i64,
    lines: i64,
}

impl Scale {
    /// Returns the smallest of 1, 2, 2.5, 5 × 10ⁿ of which [`LINES_MAX`] reach the highest value.
    fn reaching(highest: i64) -> Self {
        let highest = highest.max(1);
        let times = |step: i64| highest / step + i64::from(highest % step > 0);
        let mut power = 1_i64;
        loop {
            let quarter = if power >= 10 { power / 2 * 5 } else { 2 * power };
            for step in [power, 2 * power, quarter, 5 * power] {
                if times(step) <= LINES_MAX {
                    return Self { step, lines: times(step) };
                }
            }
            power *= 10;
        }
    }

    /// Returns where a value is drawn; negative ones lie on the base line (the title says the figure).
    fn y(self, value: i64) -> i64 {
        let share = i128::from(value.max(0)) * i128::from(BASE - TOP)
            / (i128::from(self.step) * i128::from(self.lines));
        BASE - i64::try_from(share).unwrap_or(BASE - TOP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::compact_vnd;

    fn sample(bars: &[Bar]) -> String {
        let write = |vnd| compact_vnd(vnd, Lang::Vi);
        let chart = Bars {
            lang: Lang::Vi,
            title: "Doanh thu",
            now: "Kỳ này",
            before: "Kỳ trước",
            write: &write,
            bars,
        };
        chart.render().into_string()
    }

    fn bar(label: &str, now: i64, before: i64, is_complete: bool) -> Bar {
        Bar { label: label.to_owned(), now, before, is_complete }
    }

    #[test]
    fn two_days_one_of_them_incomplete() {
        let drawn =
            sample(&[bar("1/10", 30_000_000, 20_000_000, true), bar("2/10", 5_000_000, 40_000_000, false)]);
        assert_eq!(
            drawn,
            "<figure class=\"chart\"><figcaption><h2>Doanh thu</h2><p class=\"legend\">\
             <span class=\"key-now\">Kỳ này</span><span class=\"key-before\">Kỳ trước</span>\
             <span class=\"key-gap\">Thiếu số liệu</span></p></figcaption>\
             <svg viewBox=\"0 0 960 240\" role=\"img\" aria-label=\"Doanh thu\">\
             <line class=\"grid\" x1=\"76\" x2=\"956\" y1=\"210\" y2=\"210\"></line>\
             <text class=\"axis\" x=\"68\" y=\"214\" text-anchor=\"end\">0</text>\
             <line class=\"grid\" x1=\"76\" x2=\"956\" y1=\"160\" y2=\"160\"></line>\
             <text class=\"axis\" x=\"68\" y=\"164\" text-anchor=\"end\">10 tr</text>\
             <line class=\"grid\" x1=\"76\" x2=\"956\" y1=\"110\" y2=\"110\"></line>\
             <text class=\"axis\" x=\"68\" y=\"114\" text-anchor=\"end\">20 tr</text>\
             <line class=\"grid\" x1=\"76\" x2=\"956\" y1=\"60\" y2=\"60\"></line>\
             <text class=\"axis\" x=\"68\" y=\"64\" text-anchor=\"end\">30 tr</text>\
             <line class=\"grid\" x1=\"76\" x2=\"956\" y1=\"10\" y2=\"10\"></line>\
             <text class=\"axis\" x=\"68\" y=\"14\" text-anchor=\"end\">40 tr</text>\
             <g><title>1/10 · Kỳ này 30 tr · Kỳ trước 20 tr</title>\
             <rect class=\"before\" x=\"236\" y=\"110\" width=\"60\" height=\"100\"></rect>\
             <rect class=\"now\" x=\"296\" y=\"60\" width=\"60\" height=\"150\"></rect>\
             <text class=\"axis\" x=\"296\" y=\"230\" text-anchor=\"middle\">1/10</text></g>\
             <g><title>2/10 · Kỳ này 5 tr · Kỳ trước 40 tr · 2/10: có cửa hàng chưa gửi số liệu</title>\
             <line class=\"gap\" x1=\"736\" x2=\"736\" y1=\"10\" y2=\"210\" stroke-width=\"438\"></line>\
             <rect class=\"before\" x=\"676\" y=\"10\" width=\"60\" height=\"200\"></rect>\
             <rect class=\"now\" x=\"736\" y=\"185\" width=\"60\" height=\"25\"></rect>\
             <text class=\"axis\" x=\"736\" y=\"230\" text-anchor=\"middle\">2/10</text></g></svg></figure>"
        );
    }

    #[test]
    fn nothing_sold_and_nothing_asked() {
        assert!(sample(&[]).contains("<text class=\"axis\" x=\"68\" y=\"214\" text-anchor=\"end\">0</text>"));
        let drawn = sample(&[bar("1/10", 0, -5_000, true)]);
        assert_eq!(drawn.matches("height=\"0\"").count(), 2, "{drawn}");
        assert!(!drawn.contains("Thiếu số liệu"));
    }

    #[test]
    fn many_days_keep_their_labels_apart() {
        let year: Vec<Bar> = (0..366).map(|day| bar(&format!("d{day}"), i64::MAX, day, true)).collect();
        let drawn = sample(&year);
        assert!(drawn.matches("text-anchor=\"middle\"").count() <= LABELS_MAX);
        assert_eq!(drawn.matches("<title>").count(), 366);
    }

    #[test]
    fn grid_lines_stand_at_round_figures() {
        for (highest, step, lines) in [
            (-7, 1, 1),
            (0, 1, 1),
            (4, 1, 4),
            (5, 1, 5),
            (6, 2, 3),
            (11, 5, 3),
            (40, 10, 4),
            (41, 10, 5),
            (51, 20, 3),
            (101, 25, 5),
            (126, 50, 3),
            (31_200_000, 10_000_000, 4),
            (82_000_000, 20_000_000, 5),
            (i64::MAX, 2_000_000_000_000_000_000, 5),
        ] {
            assert_eq!(Scale::reaching(highest), Scale { step, lines }, "{highest}");
        }
    }

    #[test]
    fn sparklines() {
        for (values, points) in [
            (&[][..], ""),
            (&[5][..], "2,2"),
            (&[0, 10, 5][..], "2,22 50,2 98,12"),
            (&[0, 0][..], "2,22 98,22"),
            (&[-10, 10][..], "2,22 98,2"),
            (&[i64::MIN, i64::MAX][..], "2,22 98,2"),
        ] {
            let drawn = spark(values).into_string();
            assert_eq!(
                drawn,
                format!(
                    "<svg class=\"spark\" viewBox=\"0 0 100 24\" aria-hidden=\"true\"><polyline points=\"{points}\"></polyline></svg>"
                )
            );
        }
    }
}
