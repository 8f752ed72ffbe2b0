//! Where everything stands on a receipt. It is a paper of a Vietnamese shop: names of goods, units, the shop's own texts and
//! what the law names stay as they are when the words around them are English.
//!
//! Every number in the right column can be added up from top to bottom by the buyer. Whatever is absent takes no room.

use crate::figures::vnd;
use crate::language::Language;
use crate::page::{Page, joined, labelled, reduction};
use crate::profile::Paper;
use crate::row::{Layout, Row, Rule, Span};
use crate::snapshot::ReceiptSnapshot;
use crate::symbols::Qr;
use crate::text::clean;

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
    let mut page = Page::new(paper);
    if let Some(copy) = copy {
        page.copy_mark(copy, snapshot.language);
    }
    let head = [&snapshot.point_name, &snapshot.address, &snapshot.phone, &snapshot.tax_number];
    page.letterhead(head.map(String::as_str), snapshot.language);
    page.title(snapshot);
    snapshot.lines.iter().for_each(|line| page.priced_line(line, snapshot.language));
    page.totals(snapshot);
    page.paid(snapshot);
    page.paragraph(&labelled(snapshot.pick("Ghi chú", "Note"), &snapshot.remark), page.fonts.small);
    page.vietqr(snapshot);
    page.invoice(snapshot);
    page.verification(snapshot);
    page.footer(snapshot);
    page.finish(paper)
}

impl ReceiptSnapshot {
    fn pick(&self, vietnamese: &'static str, english: &'static str) -> &'static str {
        self.language.pick(vietnamese, english)
    }
}

/// The number and time above are those of the entry; when the goods were handed over is told in words.
fn from_pad(language: Language, lines: &str, sold_at: &str) -> String {
    let (lines, sold_at) = (clean(lines), clean(sold_at));
    match language {
        Language::Vi => format!("Nhập từ sổ ghi tay, dòng {lines}, bán lúc {sold_at}"),
        Language::En => format!("Entered from the sales pad, line {lines}, sold at {sold_at}"),
    }
}

impl Page {
    fn title(&mut self, snapshot: &ReceiptSnapshot) {
        self.rule(Rule::Solid);
        self.centred(&snapshot.title, self.fonts.title);
        self.space(2);
        let number = joined(" ", &[snapshot.pick("Số", "No."), &snapshot.receipt_number]);
        let moment = joined(" ", &[&snapshot.business_date, &snapshot.local_time]);
        self.words_pair(Span::left(number, self.fonts.strong), Span::right(moment, self.fonts.moment));
        let cashier =
            Span::left(labelled(snapshot.pick("Thu ngân", "Cashier"), &snapshot.cashier), self.fonts.body);
        self.words_pair(cashier, Span::right(clean(&snapshot.counter), self.fonts.body));
        if let Some(pad) = &snapshot.pad {
            self.paragraph(&from_pad(snapshot.language, &pad.lines, &pad.sold_at), self.fonts.strong);
        }
        self.rule(Rule::Solid);
    }

    fn totals(&mut self, snapshot: &ReceiptSnapshot) {
        self.rule(Rule::Dashed);
        self.amount(snapshot.pick("Tổng tiền hàng", "Goods"), &vnd(snapshot.subtotal_vnd));
        if snapshot.discount_vnd != 0 {
            self.amount(snapshot.pick("Chiết khấu", "Discount"), &reduction(snapshot.discount_vnd));
        }
        if snapshot.rounding_vnd != 0 {
            self.amount(snapshot.pick("Làm tròn", "Rounding"), &vnd(snapshot.rounding_vnd));
        }
        self.rule(Rule::Solid);
        self.total(snapshot.pick("TỔNG THANH TOÁN", "TOTAL TO PAY"), snapshot.total_vnd);
        self.in_words(&snapshot.total_in_words, snapshot.language);
        for vat in &snapshot.vat {
            let label = joined(" ", &[snapshot.pick("Trong đó thuế GTGT", "VAT included"), &vat.rate]);
            self.amount_pair(
                Span::left(label, self.fonts.small),
                Span::right(vnd(vat.tax_vnd), self.fonts.small),
            );
        }
        self.rule(Rule::Solid);
    }

    fn paid(&mut self, snapshot: &ReceiptSnapshot) {
        match snapshot.tenders.as_slice() {
            [] => self.centred(snapshot.pick("CHƯA THANH TOÁN", "NOT PAID YET"), self.fonts.strong),
            [tender] => {
                let given = snapshot.pick("Khách đưa", "Given");
                self.amount(&format!("{given} ({})", clean(&tender.label)), &vnd(tender.amount_vnd));
            }
            tenders => {
                tenders.iter().for_each(|tender| self.amount(&clean(&tender.label), &vnd(tender.amount_vnd)));
                self.amount(snapshot.pick("Tiền khách đưa", "Given"), &vnd(snapshot.tendered_vnd));
            }
        }
        if snapshot.change_vnd != 0 {
            let change = Span::right(vnd(snapshot.change_vnd), self.fonts.strong);
            self.amount_pair(Span::left(snapshot.pick("Tiền thừa", "Change"), self.fonts.body), change);
        }
        let reference =
            labelled(snapshot.pick("Mã giao dịch", "Payment reference"), &snapshot.payment_reference);
        self.paragraph(&reference, self.fonts.small);
    }

    fn vietqr(&mut self, snapshot: &ReceiptSnapshot) {
        let Some(payload) = snapshot.vietqr.as_deref() else { return };
        self.space(10);
        self.centred(
            snapshot.pick("QUÉT MÃ VIETQR ĐỂ CHUYỂN KHOẢN", "SCAN THIS VIETQR TO PAY BY TRANSFER"),
            self.fonts.strong,
        );
        match Qr::new(payload, VIETQR_DOTS.min(self.width)) {
            Ok(qr) => self.rows.push(Row::Qr(qr, Vec::new())),
            Err(_) => self.paragraph(&clean(payload), self.fonts.small),
        }
    }

    fn invoice(&mut self, snapshot: &ReceiptSnapshot) {
        let Some(invoice) = &snapshot.invoice else { return };
        self.space(6);
        self.paragraph(
            &labelled(snapshot.pick("Mã CQT", "Tax authority's code (mã CQT)"), &invoice.code),
            self.fonts.small,
        );
        self.paragraph(
            &labelled(snapshot.pick("Tra cứu hóa đơn điện tử", "Look the e-invoice up at"), &invoice.lookup),
            self.fonts.small,
        );
    }

    fn verification(&mut self, snapshot: &ReceiptSnapshot) {
        let explained = [
            snapshot.pick("Mã kiểm tra phiếu", "Proof of this receipt"),
            snapshot.pick("Quét để đối chiếu số phiếu và số tiền.", "Scan it to compare number and amount."),
        ];
        self.qr_beside(&snapshot.verification_qr, explained);
    }

    fn footer(&mut self, snapshot: &ReceiptSnapshot) {
        self.space(6);
        snapshot.footer.iter().for_each(|text| self.centred(text, self.fonts.small));
    }
}
