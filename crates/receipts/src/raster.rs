//! Draws a layout: words, rules and symbols become black dots.

use crate::bars::{Bars, HEIGHT_DOTS};
use crate::bitmap::Bitmap;
use crate::font::{Style, glyph, measure};
use crate::row::{
    Align, BANNER_PADDING, CELL_LABEL, CELL_PADDING, Cell, DIGITS, Layout, RULE_DOTS, RULER_MARK_DOTS, Row,
    Rule, Span, lines_height,
};
use crate::symbols::Qr;

/// Dots in a millimetre: 203 dpi.
pub(crate) const DOTS_PER_MM: u32 = 8;
/// Length of a dash, and of the gap after it.
const DASH_DOTS: u32 = 4;

/// Draws a layout. The same layout always gives the same picture.
pub fn draw(layout: &Layout) -> Bitmap {
    let mut canvas = Canvas::new(u32::from(layout.paper.dots()), layout.height());
    let mut top = 0;
    for row in &layout.rows {
        canvas.row(row, top);
        top += row.height();
    }
    canvas.bitmap
}

/// What is drawn on.
pub(crate) struct Canvas {
    pub(crate) bitmap: Bitmap,
    width: u32,
    /// The colour that is drawn with; white inside a banner.
    black: bool,
}

impl Canvas {
    pub(crate) fn new(width: u32, height: u32) -> Canvas {
        Canvas { bitmap: Bitmap::blank(width, height), width, black: true }
    }

    fn row(&mut self, row: &Row, top: u32) {
        match row {
            Row::Text(spans) => self.text(spans, top),
            Row::Banner(span) => self.banner(span, top, row.height()),
            Row::Rule(rule) => self.rule(*rule, top),
            Row::Space(_) => {}
            Row::Qr(qr, beside) => self.qr(qr, beside, top, row.height()),
            Row::Barcode(bars) => self.barcode(bars, top),
            Row::Block(width, height) => self.block(u32::from(*width), top, u32::from(*height)),
            Row::Ruler => self.ruler(top),
            Row::Boxes(cells, height) => self.boxes(cells, top, u32::from(*height)),
        }
    }

    /// Words of several sizes share the baseline of the largest.
    fn text(&mut self, spans: &[Span], top: u32) {
        let ascent = spans.iter().map(|span| span.style.ascent()).max().unwrap_or(0);
        for span in spans {
            self.words(&span.text, span.style, span.start(self.width), top + u32::from(ascent));
        }
    }

    /// Draws words from `start` on, standing on the row `baseline`.
    pub(crate) fn words(&mut self, text: &str, style: Style, start: u32, baseline: u32) {
        let mut pen = start;
        for letter in text.chars() {
            let glyph = glyph(letter, style);
            let (left, top) =
                (i64::from(pen) + i64::from(glyph.left), i64::from(baseline) - i64::from(glyph.top));
            for (y, row) in (top..).zip(glyph.ink.chunks(glyph.width)) {
                for (x, _) in (left..).zip(row).filter(|(_, ink)| **ink) {
                    if let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) {
                        self.bitmap.set(x, y, self.black);
                    }
                }
            }
            pen += u32::from(glyph.advance);
        }
    }

    fn banner(&mut self, span: &Span, top: u32, height: u32) {
        self.block(self.width, top, height);
        self.black = false;
        let baseline = top + u32::from(BANNER_PADDING + span.style.ascent());
        self.words(&span.text, span.style, span.start(self.width), baseline);
        self.black = true;
    }

    fn rule(&mut self, rule: Rule, top: u32) {
        for x in (0..self.width).filter(|x| rule == Rule::Solid || (x / DASH_DOTS).is_multiple_of(2)) {
            self.column(x, top, u32::from(RULE_DOTS));
        }
    }

    fn block(&mut self, width: u32, top: u32, height: u32) {
        for x in 0..width {
            self.column(x, top, height);
        }
    }

    fn column(&mut self, x: u32, top: u32, height: u32) {
        for y in top..top + height {
            self.dot(x, y);
        }
    }

    fn dot(&mut self, x: u32, y: u32) {
        if let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) {
            self.bitmap.set(x, y, self.black);
        }
    }

    fn qr(&mut self, qr: &Qr, beside: &[Span], top: u32, height: u32) {
        let left = if beside.is_empty() { self.width.saturating_sub(qr.side()) / 2 } else { 0 };
        self.modules(qr, left, top + (height - qr.side()) / 2);
        let mut line_top = top + (height - lines_height(beside)) / 2;
        for span in beside {
            let indent =
                if let Align::Left(indent) = span.align { u32::from(indent) } else { span.start(self.width) };
            self.words(&span.text, span.style, indent, line_top + u32::from(span.style.ascent()));
            line_top += u32::from(span.style.line_height());
        }
    }

    /// Draws a QR with its quiet zone, its top left corner at (left, top).
    pub(crate) fn modules(&mut self, qr: &Qr, left: u32, top: u32) {
        for y in 0..qr.side() {
            for x in (0..qr.side()).filter(|&x| qr.is_dark(x, y)) {
                self.dot(left + x, top + y);
            }
        }
    }

    /// Draws bars with their quiet zones.
    pub(crate) fn bars(&mut self, bars: &Bars, left: u32, top: u32, height: u32) {
        for x in (0..bars.width()).filter(|&x| bars.is_dark(x)) {
            self.column(left + x, top, height);
        }
    }

    fn barcode(&mut self, bars: &Bars, top: u32) {
        self.bars(bars, self.width.saturating_sub(bars.width()) / 2, top, HEIGHT_DOTS);
        let digits = Span::centre(&bars.text, DIGITS);
        let baseline = top + HEIGHT_DOTS + u32::from(DIGITS.ascent());
        self.words(&digits.text, DIGITS, digits.start(self.width), baseline);
    }

    fn ruler(&mut self, top: u32) {
        for millimetre in 0..=self.width / DOTS_PER_MM {
            let length = match millimetre {
                ten if ten.is_multiple_of(10) => RULER_MARK_DOTS,
                five if five.is_multiple_of(5) => RULER_MARK_DOTS * 2 / 3,
                _ => RULER_MARK_DOTS / 3,
            };
            let x = (millimetre * DOTS_PER_MM).min(self.width - 1);
            self.column(x, top, length);
            if millimetre.is_multiple_of(10) {
                let number = Span::left(millimetre.to_string(), CELL_LABEL);
                let room = self.width - measure(&number.text, CELL_LABEL);
                self.words(&number.text, CELL_LABEL, (x + 3).min(room), top + RULER_MARK_DOTS + 16);
            }
        }
    }

    /// Left edges, the right edge of the last box, and the line below.
    fn boxes(&mut self, cells: &[Cell], top: u32, height: u32) {
        let mut left = 0;
        for cell in cells {
            self.column(left, top, height);
            let baseline = top + 2 + u32::from(CELL_LABEL.ascent());
            self.words(&cell.label, CELL_LABEL, left + CELL_PADDING, baseline);
            left += u32::from(cell.width);
        }
        self.column(left.saturating_sub(1), top, height);
        for x in 0..left {
            self.column(x, top + height - u32::from(RULE_DOTS), u32::from(RULE_DOTS));
        }
    }
}
