//! Where everything stands on a receipt. Vietnamese only: it is a paper of a Vietnamese shop.
//!
//! Every number in the right column can be added up from top to bottom by the buyer. Whatever is absent takes no room.

use crate::figures::{quantity, vnd};
use crate::font::{Style, measure};
use crate::profile::Paper;
use crate::row::{Align, Layout, Row, Rule, Span};
use crate::snapshot::{ReceiptSnapshot, SnapshotLine};
use crate::symbols::Qr;
use crate::text::{clean, wrap, wrap_evenly};

/// Fewest dots between words on the left and an amount on the right.
const GAP_DOTS: u32 = 16;
/// How far the second line of a product is set in.
const INDENT_DOTS: u16 = 16;
/// Widest verification QR: it is read at a counter, from near.
const VERIFICATION_QR_DOTS: u32 = 172;
/// Widest VietQR: the buyer's telephone reads it from the hand.
const VIETQR_DOTS: u32 = 330;

/// What marks paper as a copy. A first print has none; every other has one, and an entry in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyMark {
    /// Which copy this is, from 1.
    pub n: u32,
    /// Who asked for it.
    pub by: String,
    /// When, as it is to be read: "09:12 04/03/2026".
    pub at: String,
}

/// Lays out a receipt. It always succeeds: a text that no QR holds is left out as a QR and printed as words.
pub fn layout(snapshot: &ReceiptSnapshot, paper: Paper, copy: Option<&CopyMark>) -> Layout {
    let mut page = Page { width: u32::from(paper.dots()), fonts: Fonts::of(paper), rows: Vec::new() };
    if let Some(copy) = copy {
        page.copy_mark(copy);
    }
    page.header(snapshot);
    page.title(snapshot);
    snapshot.lines.iter().for_each(|line| page.line(line));
    page.totals(snapshot);
    page.paid(snapshot);
    page.vietqr(snapshot);
    page.verification(snapshot);
    page.footer(snapshot);
    Layout { paper, rows: page.rows }
}

/// The styles of a paper width.
struct Fonts {
    name: Style,
    title: Style,
    total: Style,
    moment: Style,
    body: Style,
    strong: Style,
    small: Style,
}

impl Fonts {
    fn of(paper: Paper) -> Fonts {
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

/// A receipt that grows downwards.
struct Page {
    width: u32,
    fonts: Fonts,
    rows: Vec<Row>,
}

impl Page {
    fn copy_mark(&mut self, copy: &CopyMark) {
        self.rows
            .push(Row::Banner(Span::centre(format!("BẢN SAO - IN LẠI LẦN {}", copy.n), self.fonts.strong)));
        self.space(4);
        self.centred(&joined(" · ", &[&copy.by, &copy.at]), self.fonts.small);
        self.space(8);
    }

    fn header(&mut self, snapshot: &ReceiptSnapshot) {
        self.centred(&snapshot.point_name, self.fonts.name);
        self.centred(&snapshot.address, self.fonts.small);
        let numbers = [labelled("ĐT", &snapshot.phone), labelled("MST", &snapshot.tax_number)];
        let one_line = joined(" · ", &[&numbers[0], &numbers[1]]);
        if measure(&one_line, self.fonts.small) <= self.width {
            self.centred(&one_line, self.fonts.small);
        } else {
            numbers.iter().for_each(|number| self.centred(number, self.fonts.small));
        }
    }

    fn title(&mut self, snapshot: &ReceiptSnapshot) {
        self.rule(Rule::Solid);
        self.centred(&snapshot.title, self.fonts.title);
        self.space(2);
        let number = joined(" ", &["Số", &snapshot.receipt_number]);
        let moment = joined(" ", &[&snapshot.business_date, &snapshot.local_time]);
        self.words_pair(Span::left(number, self.fonts.strong), Span::right(moment, self.fonts.moment));
        let cashier = Span::left(labelled("Thu ngân", &snapshot.cashier), self.fonts.body);
        self.words_pair(cashier, Span::right(clean(&snapshot.counter), self.fonts.body));
        self.rule(Rule::Solid);
    }

    /// Name and stars, then quantity × price with the amount at the end of it, then the line's own discount.
    fn line(&mut self, line: &SnapshotLine) {
        let lines = self.name_with_stars(&line.name, line.stars.unwrap_or(0).min(5));
        self.rows.extend(lines.into_iter().map(|text| Row::Text(vec![Span::left(text, self.fonts.body)])));
        let count = joined(" ", &[&quantity(line.quantity_milli), &line.unit, "×", &vnd(line.price_vnd)]);
        self.indented_amount(&count, &vnd(line.amount_vnd));
        if line.discount_vnd != 0 {
            self.indented_amount("Giảm giá", &reduction(line.discount_vnd));
        }
        self.space(4);
    }

    /// Stars are drawn one by one, or as "4★" where that saves a line.
    fn name_with_stars(&self, name: &str, stars: u8) -> Vec<String> {
        let drawn = "★".repeat(usize::from(stars));
        let full = wrap(&joined(" ", &[name, &drawn]), self.fonts.body, self.width);
        let short = wrap(&joined(" ", &[name, &format!("{stars}★")]), self.fonts.body, self.width);
        if short.len() < full.len() { short } else { full }
    }

    fn totals(&mut self, snapshot: &ReceiptSnapshot) {
        self.rule(Rule::Dashed);
        self.amount("Tổng tiền hàng", &vnd(snapshot.subtotal_vnd));
        if snapshot.discount_vnd != 0 {
            self.amount("Chiết khấu", &reduction(snapshot.discount_vnd));
        }
        if snapshot.rounding_vnd != 0 {
            self.amount("Làm tròn", &vnd(snapshot.rounding_vnd));
        }
        self.rule(Rule::Solid);
        let total = vnd(snapshot.total_vnd);
        let fits = measure(&total, self.fonts.total) <= self.width;
        let style = if fits { self.fonts.total } else { self.fonts.strong };
        self.amount_pair(Span::left("TỔNG THANH TOÁN", self.fonts.strong), Span::right(total, style));
        if !snapshot.total_in_words.is_empty() {
            let words = format!("Bằng chữ: {}.", clean(&snapshot.total_in_words).trim_end_matches('.'));
            self.paragraph(&words, self.fonts.small);
        }
        for vat in &snapshot.vat {
            let label = format!("Trong đó thuế GTGT {}", clean(&vat.rate));
            self.amount_pair(
                Span::left(label, self.fonts.small),
                Span::right(vnd(vat.tax_vnd), self.fonts.small),
            );
        }
        self.rule(Rule::Solid);
    }

    fn paid(&mut self, snapshot: &ReceiptSnapshot) {
        match snapshot.tenders.as_slice() {
            [] => self.centred("CHƯA THANH TOÁN", self.fonts.strong),
            [tender] => {
                self.amount(&format!("Khách đưa ({})", clean(&tender.label)), &vnd(tender.amount_vnd))
            }
            tenders => {
                tenders.iter().for_each(|tender| self.amount(&clean(&tender.label), &vnd(tender.amount_vnd)));
                self.amount("Tiền khách đưa", &vnd(snapshot.tendered_vnd));
            }
        }
        if snapshot.change_vnd != 0 {
            let change = Span::right(vnd(snapshot.change_vnd), self.fonts.strong);
            self.amount_pair(Span::left("Tiền thừa", self.fonts.body), change);
        }
        let reference = labelled("Mã giao dịch", &snapshot.payment_reference);
        self.paragraph(&reference, self.fonts.small);
    }

    fn vietqr(&mut self, snapshot: &ReceiptSnapshot) {
        let Some(payload) = snapshot.vietqr.as_deref() else { return };
        self.space(10);
        self.centred("QUÉT MÃ VIETQR ĐỂ CHUYỂN KHOẢN", self.fonts.strong);
        match Qr::new(payload, VIETQR_DOTS.min(self.width)) {
            Ok(qr) => self.rows.push(Row::Qr(qr, Vec::new())),
            Err(_) => self.paragraph(&clean(payload), self.fonts.small),
        }
    }

    /// A small QR, and beside it what it is for: so it costs no line of its own.
    fn verification(&mut self, snapshot: &ReceiptSnapshot) {
        if snapshot.verification_qr.is_empty() {
            return;
        }
        self.space(6);
        let Ok(qr) = Qr::new(&snapshot.verification_qr, VERIFICATION_QR_DOTS) else {
            return self.paragraph(&clean(&snapshot.verification_qr), self.fonts.small);
        };
        let indent = u16::try_from(qr.side()).unwrap_or(0);
        let room = self.width.saturating_sub(qr.side());
        let explained = ["Mã kiểm tra phiếu", "Quét để đối chiếu số phiếu và số tiền."];
        let beside = explained
            .into_iter()
            .zip([Style::bold(self.fonts.small.size), self.fonts.small])
            .flat_map(|(text, style)| wrap(text, style, room).into_iter().map(move |text| (text, style)))
            .map(|(text, style)| Span { text, style, align: Align::Left(indent) })
            .collect();
        self.rows.push(Row::Qr(qr, beside));
    }

    fn footer(&mut self, snapshot: &ReceiptSnapshot) {
        self.space(6);
        snapshot.footer.iter().for_each(|text| self.centred(text, self.fonts.small));
    }

    fn rule(&mut self, rule: Rule) {
        self.space(6);
        self.rows.push(Row::Rule(rule));
        self.space(4);
    }

    fn space(&mut self, dots: u16) {
        self.rows.push(Row::Space(dots));
    }

    fn centred(&mut self, text: &str, style: Style) {
        let lines = wrap_evenly(&clean(text), style, self.width);
        self.rows.extend(lines.into_iter().map(|text| Row::Text(vec![Span::centre(text, style)])));
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        let lines = wrap(text, style, self.width);
        self.rows.extend(lines.into_iter().map(|text| Row::Text(vec![Span::left(text, style)])));
    }

    fn amount(&mut self, label: &str, amount: &str) {
        self.amount_pair(Span::left(label, self.fonts.body), Span::right(amount, self.fonts.body));
    }

    fn indented_amount(&mut self, label: &str, amount: &str) {
        let label = Span { text: label.to_owned(), style: self.fonts.body, align: Align::Left(INDENT_DOTS) };
        self.amount_pair(label, Span::right(amount, self.fonts.body));
    }

    /// A label, wrapped, and its amount on the label's last line, or below it when there is no room.
    fn amount_pair(&mut self, label: Span, amount: Span) {
        let mut lines = self.wrapped(label);
        let beside = lines.pop_if(|last| self.stand_beside(last, &amount));
        self.rows.extend(lines.into_iter().map(|line| Row::Text(vec![line])));
        self.rows.push(Row::Text(beside.into_iter().chain([amount]).collect()));
    }

    /// Two texts on one line, or one below the other. Either may be empty.
    fn words_pair(&mut self, left: Span, right: Span) {
        if !left.text.is_empty() && !right.text.is_empty() && self.stand_beside(&left, &right) {
            self.rows.push(Row::Text(vec![left, right]));
            return;
        }
        for span in [left, right] {
            let lines = self.wrapped(Span { align: Align::Left(0), ..span });
            self.rows.extend(lines.into_iter().map(|line| Row::Text(vec![line])));
        }
    }

    fn stand_beside(&self, left: &Span, right: &Span) -> bool {
        let left_end = left.start(self.width) + measure(&left.text, left.style);
        left_end + GAP_DOTS + measure(&right.text, right.style) <= self.width
    }

    fn wrapped(&self, span: Span) -> Vec<Span> {
        let room = self.width.saturating_sub(span.start(self.width));
        wrap(&span.text, span.style, room).into_iter().map(|text| Span { text, ..span.clone() }).collect()
    }
}

/// Returns "label: value", or nothing for an empty value.
fn labelled(label: &str, value: &str) -> String {
    let value = clean(value);
    if value.is_empty() { value } else { format!("{label}: {value}") }
}

/// Joins the parts that are not empty, cleaned.
fn joined(separator: &str, parts: &[&str]) -> String {
    let present: Vec<String> = parts.iter().map(|part| clean(part)).filter(|part| !part.is_empty()).collect();
    present.join(separator)
}

/// Returns a discount as what it takes off. Only i64::MIN has no opposite; no sale reaches it.
fn reduction(discount_vnd: i64) -> String {
    vnd(discount_vnd.saturating_neg())
}
