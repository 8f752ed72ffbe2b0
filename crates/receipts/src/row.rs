//! What a layout consists of: rows from top to bottom, each of a known height.

use std::fmt;

use crate::bars::{Bars, HEIGHT_DOTS};
use crate::font::{Style, measure};
use crate::profile::Paper;
use crate::symbols::Qr;

/// A page of paper, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The paper that it was laid out for.
    pub paper: Paper,
    /// From top to bottom.
    pub rows: Vec<Row>,
}

/// One row. It takes the whole width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// Words on one line; the tallest gives the height.
    Text(Vec<Span>),
    /// White words on a black band, centred.
    Banner(Span),
    /// A line across.
    Rule(Rule),
    /// Nothing, so many dots high.
    Space(u16),
    /// A QR, on the left with lines beside it or alone in the middle.
    Qr(Qr, Vec<Span>),
    /// A barcode in the middle, its digits below.
    Barcode(Bars),
    /// A black block of this width and height in dots, on the left.
    Block(u16, u16),
    /// A ruler across the whole width: a mark each millimetre, a longer one each five, a number each ten.
    Ruler,
    /// Boxes side by side to write in, so many dots high, with small words in each.
    Boxes(Vec<Cell>, u16),
}

/// How strong a line across is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Two dots, unbroken: between the parts of a receipt.
    Solid,
    /// Two dots high, dashed: within a part.
    Dashed,
}

/// A box to write in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Width in dots, its left edge included.
    pub width: u16,
    /// Words in its top left corner; may be empty.
    pub label: String,
}

/// Words of one style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Clean text.
    pub text: String,
    /// Size and weight.
    pub style: Style,
    /// Where in the row.
    pub align: Align,
}

/// Where words stand in their row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// From so many dots on.
    Left(u16),
    /// In the middle.
    Centre,
    /// Against the right edge.
    Right,
}

/// Height of a rule in dots.
pub(crate) const RULE_DOTS: u16 = 2;
/// Empty dots above and below the words of a banner.
pub(crate) const BANNER_PADDING: u16 = 3;
/// Style of the words in a box.
pub(crate) const CELL_LABEL: Style = Style::regular(18);
/// Dots between the edge of a box and its words.
pub(crate) const CELL_PADDING: u32 = 5;
/// Height of the longest mark of a ruler.
pub(crate) const RULER_MARK_DOTS: u32 = 24;
/// Style of the digits below a barcode.
pub(crate) const DIGITS: Style = Style::regular(20);

impl Span {
    /// Returns a span that starts at the left edge.
    pub fn left(text: impl Into<String>, style: Style) -> Span {
        Span { text: text.into(), style, align: Align::Left(0) }
    }

    /// Returns a centred span.
    pub fn centre(text: impl Into<String>, style: Style) -> Span {
        Span { text: text.into(), style, align: Align::Centre }
    }

    /// Returns a span against the right edge.
    pub fn right(text: impl Into<String>, style: Style) -> Span {
        Span { text: text.into(), style, align: Align::Right }
    }

    /// Returns the dot at which the words start in a row of `width` dots.
    pub fn start(&self, width: u32) -> u32 {
        let free = width.saturating_sub(measure(&self.text, self.style));
        match self.align {
            Align::Left(indent) => u32::from(indent),
            Align::Centre => free / 2,
            Align::Right => free,
        }
    }
}

impl Row {
    /// Returns the height in dots.
    pub fn height(&self) -> u32 {
        match self {
            Row::Text(spans) => {
                spans.iter().map(|span| u32::from(span.style.line_height())).max().unwrap_or(0)
            }
            Row::Banner(span) => u32::from(span.style.line_height() + 2 * BANNER_PADDING),
            Row::Rule(_) => u32::from(RULE_DOTS),
            Row::Space(dots) => u32::from(*dots),
            Row::Qr(qr, beside) => qr.side().max(lines_height(beside)),
            Row::Barcode(_) => HEIGHT_DOTS + u32::from(DIGITS.line_height()),
            Row::Ruler => RULER_MARK_DOTS + u32::from(CELL_LABEL.line_height()),
            Row::Block(_, height) | Row::Boxes(_, height) => u32::from(*height),
        }
    }
}

/// Returns the height of lines that stand one below the other.
pub(crate) fn lines_height(lines: &[Span]) -> u32 {
    lines.iter().map(|span| u32::from(span.style.line_height())).sum()
}

impl Layout {
    /// Returns the height in dots (8 dots a millimetre).
    pub fn height(&self) -> u32 {
        self.rows.iter().map(Row::height).sum()
    }
}

/// The rows as plain text, for tests and logs: `[size]` with `b` for bold before each span, `»` before what is right-aligned.
impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} × {} dots", self.paper.dots(), self.height())?;
        self.rows.iter().try_for_each(|row| writeln!(f, "{row}"))
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Row::Text(spans) => write_spans(f, spans),
            Row::Banner(span) => write!(f, "███ {span} ███"),
            Row::Rule(Rule::Solid) => f.write_str("════════"),
            Row::Rule(Rule::Dashed) => f.write_str("- - - - "),
            Row::Space(dots) => write!(f, "({dots})"),
            Row::Qr(qr, beside) => {
                write!(f, "QR {} × {} dots: {}", qr.modules, qr.module_dots, qr.text)?;
                beside.iter().try_for_each(|span| write!(f, "\n   | {span}"))
            }
            Row::Barcode(bars) => write!(f, "{bars}"),
            Row::Ruler => f.write_str("|....|....|"),
            Row::Boxes(cells, height) => {
                write!(f, "boxes ({height})")?;
                cells.iter().try_for_each(|cell| write!(f, " | {} {}", cell.width, cell.label))
            }
            Row::Block(width, height) => write!(f, "block {width} × {height}"),
        }
    }
}

fn write_spans(f: &mut fmt::Formatter<'_>, spans: &[Span]) -> fmt::Result {
    for (index, span) in spans.iter().enumerate() {
        let gap = if index > 0 { "  " } else { "" };
        write!(f, "{gap}{span}")?;
    }
    Ok(())
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = match self.align {
            Align::Left(0) => String::new(),
            Align::Left(indent) => format!("{indent}› "),
            Align::Centre => "~ ".to_owned(),
            Align::Right => "» ".to_owned(),
        };
        write!(f, "[{}{}] {place}{}", self.style.size, if self.style.bold { "b" } else { "" }, self.text)
    }
}
