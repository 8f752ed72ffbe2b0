//! A figure that is not known exactly, drawn as the interval that holds it, beside zero. The same figures always stand in words beside it.

use maud::{Markup, html};

/// An interval to draw.
#[derive(Clone, Copy)]
pub struct Interval<'a> {
    /// What it is, for screen readers: words with all three figures.
    pub title: &'a str,
    /// The best guess.
    pub estimate: i64,
    /// The lower end.
    pub low: i64,
    /// The upper end.
    pub high: i64,
    /// Ends beyond these are drawn at them.
    pub bounds: (i64, i64),
    /// Writes a figure.
    pub write: &'a dyn Fn(i64) -> String,
}

const WIDTH: i64 = 640;
const HEIGHT: i64 = 104;
/// Room for the words at both ends.
const LEFT: i64 = 90;
const RIGHT: i64 = 550;
const TOP: i64 = 38;
const BASE: i64 = 62;

impl Interval<'_> {
    /// Returns the figure.
    pub fn render(&self) -> Markup {
        let (low, high) = (self.x(self.low), self.x(self.high));
        let (estimate, zero) = (self.x(self.estimate), self.x(0));
        let middle = i64::midpoint(TOP, BASE) + 5;
        html! {
            figure.chart {
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(self.title) {
                    title { (self.title) }
                    rect.before x=(low) y=(TOP) width=((high - low).max(2)) height=(BASE - TOP) {}
                    line.grid x1=(zero) x2=(zero) y1=(TOP - 6) y2=(BASE + 18) {}
                    text.axis x=(zero) y=(BASE + 36) text-anchor="middle" { ((self.write)(0)) }
                    rect.now x=(estimate - 4) y=(TOP - 6) width="8" height=(BASE - TOP + 12) {}
                    text.axis x=(estimate) y=(TOP - 14) text-anchor="middle" { ((self.write)(self.estimate)) }
                    text.axis x=(low - 10) y=(middle) text-anchor="end" { ((self.write)(self.low)) }
                    text.axis x=(high + 10) y=(middle) text-anchor="start" { ((self.write)(self.high)) }
                }
            }
        }
    }

    /// Returns where a figure is drawn: zero and both ends fill the room.
    fn x(&self, figure: i64) -> i64 {
        let (least, most) = self.bounds;
        let within = |figure: i64| i128::from(figure.clamp(least.min(0), most.max(0)));
        let (from, to) = (within(self.low.min(0)), within(self.high.max(0)));
        let share = i128::from(RIGHT - LEFT) * (within(figure) - from) / (to - from).max(1);
        LEFT + i64::try_from(share).unwrap_or(RIGHT - LEFT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(low: i64, estimate: i64, high: i64) -> String {
        let write = |figure: i64| figure.to_string();
        let interval =
            Interval { title: "Tác động", estimate, low, high, bounds: (-1_000, 3_000), write: &write };
        interval.render().into_string()
    }

    #[test]
    fn zero_and_both_ends_are_in_the_picture() {
        let text = drawn(-100, 100, 300);
        for part in [
            "<rect class=\"before\" x=\"90\" y=\"38\" width=\"460\" height=\"24\"></rect>",
            "<line class=\"grid\" x1=\"205\" x2=\"205\" y1=\"32\" y2=\"80\"></line>",
            "<rect class=\"now\" x=\"316\" y=\"32\" width=\"8\" height=\"36\"></rect>",
            "aria-label=\"Tác động\"",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        // All above zero: zero stands at the left edge.
        let text = drawn(100, 200, 400);
        assert!(text.contains("<line class=\"grid\" x1=\"90\""), "{text}");
        assert!(text.contains("<rect class=\"before\" x=\"205\" y=\"38\" width=\"345\""), "{text}");
    }

    #[test]
    fn far_ends_stay_in_the_picture() {
        for (low, estimate, high) in
            [(-999, 0, i64::MAX), (i64::MIN, 0, 5), (0, 0, 0), (900_000, 950_000, 990_000)]
        {
            let text = drawn(low, estimate, high);
            assert!(!text.contains("x=\"-") && text.contains("<rect class=\"before\""), "{text}");
        }
    }
}
