//! Draws a layout: words, rules and symbols become black dots.

use crate::bitmap::Bitmap;
use crate::font::{Style, glyph};
use crate::row::{Align, BANNER_PADDING, DIGITS, Layout, RULE_DOTS, Row, Rule, Span, lines_height};
use crate::symbols::{EAN_HEIGHT_DOTS, Ean13, Qr};

/// Length of a dash, and of the gap after it.
const DASH_DOTS: u32 = 4;

/// Draws a layout. The same layout always gives the same picture.
pub fn draw(layout: &Layout) -> Bitmap {
    let width = u32::from(layout.paper.dots());
    let mut canvas = Canvas { bitmap: Bitmap::new(layout.paper, layout.height()), width, black: true };
    let mut top = 0;
    for row in &layout.rows {
        canvas.row(row, top);
        top += row.height();
    }
    canvas.bitmap
}

struct Canvas {
    bitmap: Bitmap,
    width: u32,
    /// The colour that is drawn with; white inside a banner.
    black: bool,
}

impl Canvas {
    fn row(&mut self, row: &Row, top: u32) {
        match row {
            Row::Text(spans) => self.text(spans, top),
            Row::Banner(span) => self.banner(span, top, row.height()),
            Row::Rule(rule) => self.rule(*rule, top),
            Row::Space(_) => {}
            Row::Qr(qr, beside) => self.qr(qr, beside, top, row.height()),
            Row::Barcode(ean) => self.barcode(ean, top),
            Row::Block(width, height) => self.block(u32::from(*width), top, u32::from(*height)),
        }
    }

    /// Words of several sizes share the baseline of the largest.
    fn text(&mut self, spans: &[Span], top: u32) {
        let ascent = spans.iter().map(|span| span.style.ascent()).max().unwrap_or(0);
        for span in spans {
            self.words(&span.text, span.style, span.start(self.width), top + u32::from(ascent));
        }
    }

    fn words(&mut self, text: &str, style: Style, start: u32, baseline: u32) {
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
        let qr_top = top + (height - qr.side()) / 2;
        for y in 0..qr.side() {
            for x in (0..qr.side()).filter(|&x| qr.is_dark(x, y)) {
                self.dot(left + x, qr_top + y);
            }
        }
        let mut line_top = top + (height - lines_height(beside)) / 2;
        for span in beside {
            let indent =
                if let Align::Left(indent) = span.align { u32::from(indent) } else { span.start(self.width) };
            self.words(&span.text, span.style, indent, line_top + u32::from(span.style.ascent()));
            line_top += u32::from(span.style.line_height());
        }
    }

    fn barcode(&mut self, ean: &Ean13, top: u32) {
        let left = self.width.saturating_sub(ean.width()) / 2;
        for x in (0..ean.width()).filter(|&x| ean.is_dark(x)) {
            self.column(left + x, top, EAN_HEIGHT_DOTS);
        }
        let digits = Span::centre(&ean.digits, DIGITS);
        self.words(
            &digits.text,
            DIGITS,
            digits.start(self.width),
            top + EAN_HEIGHT_DOTS + u32::from(DIGITS.ascent()),
        );
    }
}
