//! A page that grows downwards: what receipts and slips are set with.

use crate::figures::{quantity, vnd};
use crate::font::{Style, measure};
use crate::language::Language;
use crate::layout::CopyMark;
use crate::profile::Paper;
use crate::row::{Align, Layout, Row, Rule, Span};
use crate::snapshot::SnapshotLine;
use crate::symbols::Qr;
use crate::text::{clean, wrap, wrap_evenly};

/// Fewest dots between words on the left and an amount on the right.
const GAP_DOTS: u32 = 16;
/// How far the second line of a product is set in.
const INDENT_DOTS: u16 = 16;

/// Widest QR with words beside it: it is read at a counter, from near.
const QR_BESIDE_DOTS: u32 = 172;

/// The styles of a paper width.
pub(crate) struct Fonts {
    pub(crate) name: Style,
    pub(crate) title: Style,
    pub(crate) total: Style,
    pub(crate) moment: Style,
    pub(crate) body: Style,
    pub(crate) strong: Style,
    pub(crate) small: Style,
}

impl Fonts {
    pub(crate) fn of(paper: Paper) -> Fonts {
        let (name, title, total, body, moment) = match paper {
            Paper::Dots384 => (26, 26, 30, 22, 20),
            Paper::Dots512 | Paper::Dots576 => (30, 30, 36, 24, 24),
        };
        Fonts {
            name: Style::bold(name),
            title: Style::bold(title),
            total: Style::bold(total),
            moment: Style::regular(moment),
            body: Style::regular(body),
            strong: Style::bold(body),
            small: Style::regular(20),
        }
    }
}

/// Rows so far, and what they are set in.
pub(crate) struct Page {
    pub(crate) width: u32,
    pub(crate) fonts: Fonts,
    pub(crate) rows: Vec<Row>,
}

impl Page {
    pub(crate) fn new(paper: Paper) -> Page {
        Page { width: u32::from(paper.dots()), fonts: Fonts::of(paper), rows: Vec::new() }
    }

    pub(crate) fn finish(self, paper: Paper) -> Layout {
        Layout { paper, rows: self.rows }
    }

    pub(crate) fn copy_mark(&mut self, copy: &CopyMark, language: Language) {
        let mark = format!("{} {}", language.pick("BẢN SAO - IN LẠI LẦN", "COPY - REPRINT"), copy.n);
        self.rows.push(Row::Banner(Span::centre(mark, self.fonts.strong)));
        self.space(4);
        self.centred(&joined(" · ", &[&copy.by, &copy.at]), self.fonts.small);
        self.space(8);
    }

    /// Name of the point of sale, address, telephone and tax number, each where there is one.
    pub(crate) fn letterhead(
        &mut self,
        [point_name, address, phone, tax_number]: [&str; 4],
        language: Language,
    ) {
        self.centred(point_name, self.fonts.name);
        self.centred(address, self.fonts.small);
        let numbers = [
            labelled(language.pick("ĐT", "Tel."), phone),
            labelled(language.pick("MST", "Tax no."), tax_number),
        ];
        let one_line = joined(" · ", &[&numbers[0], &numbers[1]]);
        if measure(&one_line, self.fonts.small) <= self.width {
            self.centred(&one_line, self.fonts.small);
        } else {
            numbers.iter().for_each(|number| self.centred(number, self.fonts.small));
        }
    }

    /// A small QR, and beside it what it is for: so it costs no line of its own. Without a text there is nothing.
    pub(crate) fn qr_beside(&mut self, text: &str, explained: [&str; 2]) {
        if text.is_empty() {
            return;
        }
        self.space(6);
        let Ok(qr) = Qr::new(text, QR_BESIDE_DOTS) else {
            return self.paragraph(&clean(text), self.fonts.small);
        };
        let indent = u16::try_from(qr.side()).unwrap_or(0);
        let room = self.width.saturating_sub(qr.side());
        let beside = explained
            .into_iter()
            .zip([Style::bold(self.fonts.small.size), self.fonts.small])
            .flat_map(|(text, style)| wrap(text, style, room).into_iter().map(move |text| (text, style)))
            .map(|(text, style)| Span { text, style, align: Align::Left(indent) })
            .collect();
        self.rows.push(Row::Qr(qr, beside));
    }

    /// Stars are drawn one by one, or as "4★" where that saves a line.
    pub(crate) fn name_with_stars(&self, name: &str, stars: u8) -> Vec<String> {
        let drawn = "★".repeat(usize::from(stars));
        let full = wrap(&joined(" ", &[name, &drawn]), self.fonts.body, self.width);
        let short = wrap(&joined(" ", &[name, &format!("{stars}★")]), self.fonts.body, self.width);
        if short.len() < full.len() { short } else { full }
    }

    /// Name and stars, then quantity × price with the amount at the end of it, then the line's own discount.
    pub(crate) fn priced_line(&mut self, line: &SnapshotLine, language: Language) {
        let lines = self.name_with_stars(&line.name, line.stars.unwrap_or(0).min(5));
        self.rows.extend(lines.into_iter().map(|text| Row::Text(vec![Span::left(text, self.fonts.body)])));
        let count = joined(" ", &[&quantity(line.quantity_milli), &line.unit, "×", &vnd(line.price_vnd)]);
        self.indented_amount(&count, &vnd(line.amount_vnd));
        for part in &line.parts {
            let count = joined(" ", &[&quantity(part.quantity_milli), &part.unit]);
            let stars = part.stars.unwrap_or(0).min(5);
            let stars = if stars == 0 { String::new() } else { format!("{stars}★") };
            let name = joined(" ", &[&part.name, &stars]);
            self.indented(&joined(" · ", &[&name, &count]), self.fonts.small);
        }
        if let Some(list_price_vnd) = line.list_price_vnd {
            let label = language.pick("Giá niêm yết", "List price");
            self.indented(&joined(" ", &[label, &vnd(list_price_vnd)]), self.fonts.small);
        }
        if line.discount_vnd != 0 {
            let words = language.pick("Giảm giá", "Discount");
            let named = format!("{words} ({})", line.promotion);
            let words = if line.promotion.is_empty() { words } else { &named };
            self.indented_amount(words, &reduction(line.discount_vnd));
        }
        if !line.remark.is_empty() {
            self.indented(&line.remark, self.fonts.small);
        }
        self.space(4);
    }

    /// What the paper comes to, in large letters where they fit.
    pub(crate) fn total(&mut self, label: &str, total_vnd: i64) {
        let total = vnd(total_vnd);
        let fits = measure(&total, self.fonts.total) <= self.width;
        let style = if fits { self.fonts.total } else { self.fonts.strong };
        self.amount_pair(Span::left(label, self.fonts.strong), Span::right(total, style));
    }

    /// An amount in words, as a sentence.
    pub(crate) fn in_words(&mut self, words: &str, language: Language) {
        let words = clean(words);
        if !words.is_empty() {
            let label = language.pick("Bằng chữ", "In words");
            self.paragraph(&format!("{label}: {}.", words.trim_end_matches('.')), self.fonts.small);
        }
    }

    /// A text set in a little, as what belongs to the line above it.
    pub(crate) fn indented(&mut self, text: &str, style: Style) {
        let span = Span { text: clean(text), style, align: Align::Left(INDENT_DOTS) };
        let lines = self.wrapped(span);
        self.rows.extend(lines.into_iter().map(|line| Row::Text(vec![line])));
    }

    pub(crate) fn rule(&mut self, rule: Rule) {
        self.space(6);
        self.rows.push(Row::Rule(rule));
        self.space(4);
    }

    pub(crate) fn space(&mut self, dots: u16) {
        self.rows.push(Row::Space(dots));
    }

    pub(crate) fn centred(&mut self, text: &str, style: Style) {
        let lines = wrap_evenly(&clean(text), style, self.width);
        self.rows.extend(lines.into_iter().map(|text| Row::Text(vec![Span::centre(text, style)])));
    }

    pub(crate) fn paragraph(&mut self, text: &str, style: Style) {
        let lines = wrap(text, style, self.width);
        self.rows.extend(lines.into_iter().map(|text| Row::Text(vec![Span::left(text, style)])));
    }

    pub(crate) fn amount(&mut self, label: &str, amount: &str) {
        self.amount_pair(Span::left(label, self.fonts.body), Span::right(amount, self.fonts.body));
    }

    pub(crate) fn indented_amount(&mut self, label: &str, amount: &str) {
        let label = Span { text: label.to_owned(), style: self.fonts.body, align: Align::Left(INDENT_DOTS) };
        self.amount_pair(label, Span::right(amount, self.fonts.body));
    }

    /// A label, wrapped, and its amount on the label's last line, or below it when there is no room.
    pub(crate) fn amount_pair(&mut self, label: Span, amount: Span) {
        let mut lines = self.wrapped(label);
        let beside = lines.pop_if(|last| self.stand_beside(last, &amount));
        self.rows.extend(lines.into_iter().map(|line| Row::Text(vec![line])));
        self.rows.push(Row::Text(beside.into_iter().chain([amount]).collect()));
    }

    /// Two texts on one line, or one below the other. Either may be empty.
    pub(crate) fn words_pair(&mut self, left: Span, right: Span) {
        if !left.text.is_empty() && !right.text.is_empty() && self.stand_beside(&left, &right) {
            self.rows.push(Row::Text(vec![left, right]));
            return;
        }
        for span in [left, right] {
            let lines = self.wrapped(Span { align: Align::Left(0), ..span });
            self.rows.extend(lines.into_iter().map(|line| Row::Text(vec![line])));
        }
    }

    pub(crate) fn stand_beside(&self, left: &Span, right: &Span) -> bool {
        let left_end = left.start(self.width) + measure(&left.text, left.style);
        left_end + GAP_DOTS + measure(&right.text, right.style) <= self.width
    }

    pub(crate) fn wrapped(&self, span: Span) -> Vec<Span> {
        let room = self.width.saturating_sub(span.start(self.width));
        wrap(&span.text, span.style, room).into_iter().map(|text| Span { text, ..span.clone() }).collect()
    }
}

/// Returns "label: value", or nothing for an empty value.
pub(crate) fn labelled(label: &str, value: &str) -> String {
    let value = clean(value);
    if value.is_empty() { value } else { format!("{label}: {value}") }
}

/// Joins the parts that are not empty, cleaned.
pub(crate) fn joined(separator: &str, parts: &[&str]) -> String {
    let present: Vec<String> = parts.iter().map(|part| clean(part)).filter(|part| !part.is_empty()).collect();
    present.join(separator)
}

/// Returns a discount as what it takes off. Only i64::MIN has no opposite; no sale reaches it.
pub(crate) fn reduction(discount_vnd: i64) -> String {
    vnd(discount_vnd.saturating_neg())
}
