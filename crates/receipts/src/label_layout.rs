//! Where everything stands on a label.
//!
//! Letters are as large as the label allows: sizes are tried from the largest down, until all fits. Only the name and
//! the producer may end in "…"; price, lot and dates stand whole, or the label is refused.

use std::fmt;

use crate::bars::Bars;
use crate::bitmap::Bitmap;
use crate::figures::vnd;
use crate::font::{Style, measure};
use crate::label::{Label, LabelError, PackLabel, ShelfLabel};
use crate::label_stock::LabelStock;
use crate::raster::Canvas;
use crate::row::Span;
use crate::symbols::Qr;
use crate::text::{clean, wrap};

mod pack;
mod shelf;

/// Dots that stay white at the edges of a label: it never lies quite straight.
const MARGIN_DOTS: u32 = 8;
/// White above bars.
const GAP_DOTS: u32 = 4;
/// Bars are at least so high: 5 mm. A hand-held scanner reads them.
const BARS_DOTS_MIN: u32 = 40;
/// Higher bars are of no more use.
const BARS_DOTS_MAX: u32 = 96;
/// Style of the digits below bars. They have nothing below their line.
const DIGITS: Style = Style::regular(16);
/// Height of the digits.
const DIGITS_DOTS: u32 = 18;

/// A label, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelLayout {
    /// Width in dots.
    pub width: u32,
    /// Height in dots.
    pub height: u32,
    /// What stands on it.
    pub marks: Vec<Mark>,
}

/// One thing on a label, by its top left corner in dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Words on one line.
    Words {
        /// Text and style.
        span: Span,
        /// Left edge.
        left: u32,
        /// Top of the line.
        top: u32,
    },
    /// Bars of this height.
    Bars {
        /// What they say.
        bars: Bars,
        /// Left edge of the quiet zone.
        left: u32,
        /// Top edge.
        top: u32,
        /// Height in dots.
        height: u32,
    },
    /// A QR.
    Qr {
        /// What it says.
        qr: Qr,
        /// Left edge of the quiet zone.
        left: u32,
        /// Top edge of the quiet zone.
        top: u32,
    },
}

/// Lays out a label for a stock.
///
/// # Errors
/// [`LabelError`] when the stock is none, a symbol does not fit, or price, lot and dates do not.
pub fn layout(label: &Label, stock: &LabelStock) -> Result<LabelLayout, LabelError> {
    stock.check()?;
    match label {
        Label::Shelf(label) => shelf::layout(label, stock),
        Label::Pack(label) => pack::layout(label, stock),
    }
}

/// Draws a label. The same label always gives the same picture.
pub fn draw(layout: &LabelLayout) -> Bitmap {
    let mut canvas = Canvas::new(layout.width, layout.height);
    for mark in &layout.marks {
        match mark {
            Mark::Words { span, left, top } => {
                canvas.words(&span.text, span.style, *left, top + u32::from(span.style.ascent()));
            }
            Mark::Bars { bars, left, top, height } => canvas.bars(bars, *left, *top, *height),
            Mark::Qr { qr, left, top } => canvas.modules(qr, *left, *top),
        }
    }
    canvas.bitmap
}

/// Sizes of the letters on one label, and how far it may be filled.
#[derive(Clone, Copy)]
struct Sizes {
    name: Style,
    price: Style,
    body: Style,
    strong: Style,
    /// Most lines of the name, and of the producer: an endless roll has room for one more.
    name_lines: usize,
    body_lines: usize,
    /// Name and producer may be cut.
    cuts: bool,
    /// The last resort: of what is not asked by law or at the till, nothing but the name is left.
    drops: bool,
}

/// Sizes of name, price and the rest, largest first.
const SIZES: [(u16, u16, u16); 7] =
    [(36, 64, 24), (32, 56, 24), (28, 48, 22), (24, 40, 20), (22, 36, 18), (20, 32, 16), (18, 28, 16)];

/// Returns the sizes to try on a stock. On an endless roll there is always room, so its width alone decides.
fn sizes(stock: &LabelStock) -> impl Iterator<Item = Sizes> {
    let first = match stock.width_mm {
        _ if stock.height_mm.is_some() => 0,
        ..60 => 2,
        _ => 1,
    };
    let more = usize::from(stock.height_mm.is_none());
    let made = move |(name, price, body), cuts, drops| Sizes {
        name: Style::bold(name),
        price: Style::bold(price),
        body: Style::regular(body),
        strong: Style::bold(body),
        name_lines: 2 + more,
        body_lines: 1 + more,
        cuts,
        drops,
    };
    let [.., smallest] = SIZES;
    SIZES
        .into_iter()
        .skip(first)
        .map(move |sizes| made(sizes, false, false))
        .chain([made(smallest, true, false), made(smallest, true, true)])
}

/// A label that grows downwards.
struct Sheet {
    left: u32,
    width: u32,
    top: u32,
    marks: Vec<Mark>,
}

impl Sheet {
    fn new(left: u32, top: u32, width: u32) -> Sheet {
        Sheet { left, width, top, marks: Vec::new() }
    }

    fn words(&mut self, span: Span) {
        let height = u32::from(span.style.line_height());
        let left = self.left + span.start(self.width);
        self.marks.push(Mark::Words { span, left, top: self.top });
        self.top += height;
    }

    /// Sets a text in at most `lines_max` lines; where that is too little it ends in "…", or there is no such layout.
    fn paragraph(&mut self, text: &str, style: Style, lines_max: usize, cuts: bool) -> Option<()> {
        let mut lines = wrap(&clean(text), style, self.width);
        if lines.len() > lines_max {
            if !cuts {
                return None;
            }
            lines.truncate(lines_max);
            let last = lines.pop()?;
            lines.push(shortened(&last, style, self.width));
        }
        lines.into_iter().for_each(|line| self.words(Span::left(line, style)));
        Some(())
    }

    /// Sets bars in the middle with their digits below, in the height that is left down to `bottom`.
    fn bars(&mut self, bars: Bars, bottom: u32) -> Option<()> {
        self.top += GAP_DOTS;
        let height = bottom.checked_sub(self.top + DIGITS_DOTS)?.min(BARS_DOTS_MAX);
        if height < BARS_DOTS_MIN || bars.width() > self.width {
            return None;
        }
        let left = self.left + (self.width - bars.width()) / 2;
        let digits = Span::centre(bars.text.clone(), DIGITS);
        self.marks.push(Mark::Bars { bars, left, top: self.top, height });
        self.top += height;
        self.words(digits);
        self.top -= u32::from(DIGITS.line_height()) - DIGITS_DOTS;
        Some(())
    }
}

/// Returns a text with "…" behind as many of its letters as fit.
fn shortened(text: &str, style: Style, width: u32) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    loop {
        let short = format!("{}…", letters.iter().collect::<String>().trim_end());
        if letters.is_empty() || measure(&short, style) <= width {
            return short;
        }
        letters.pop();
    }
}

/// Returns the height of a label, or how far down an endless one may go.
fn bottom(stock: &LabelStock) -> u32 {
    stock.height_dots().unwrap_or(300 * 8).saturating_sub(MARGIN_DOTS)
}

impl fmt::Display for LabelLayout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} × {} dots", self.width, self.height)?;
        self.marks.iter().try_for_each(|mark| writeln!(f, "{mark}"))
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mark::Words { span, left, top } => {
                let bold = if span.style.bold { "b" } else { "" };
                write!(f, "({left}, {top}) [{}{bold}] {}", span.style.size, span.text)
            }
            Mark::Bars { bars, left, top, height } => write!(f, "({left}, {top}) {bars} × {height}"),
            Mark::Qr { qr, left, top } => {
                write!(f, "({left}, {top}) QR {} × {} dots: {}", qr.modules, qr.module_dots, qr.text)
            }
        }
    }
}
