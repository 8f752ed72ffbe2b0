//! The buyer's paper: what it says, frozen with the sale, and printing it again.

use ::receipts::label::LabelJob;
use ::receipts::language::Language;
use ::receipts::layout::CopyMark;
use ::receipts::queue::{Action as Next, Event, Print, State};
use ::receipts::snapshot::{
    ReceiptSnapshot, SNAPSHOT_VERSION, SnapshotLine, SnapshotPad, SnapshotPart, SnapshotTender, SnapshotVat,
};
use ::receipts::test_page::TestPage;
use domain::cart::{Cart, CartLine, Remark};
use domain::catalog::Stars;
use domain::ids::SaleId;
use domain::pricing::{PricedLine, Pricing};
use domain::sale::Sale;
use domain::tender::{Payment, TenderKind};
use domain::words::vnd_in_words;
use protocol::payload::Reprint;
use protocol::wire::StoreRow;
use protocol::{Entry, Kind};

use super::{CounterError, CounterState, Note, Result, Seat, pad_page, receipt_logo, state};
use crate::App;
use crate::db::prints::ReceiptPrint;
use crate::db::{operations, prints, receipts, sales, shifts, slips};
use crate::journal::Draft;

/// What a receipt is called, in both languages.
const TITLE: (&str, &str) = ("PHIẾU THANH TOÁN", "RECEIPT");

/// What a receipt is made from.
pub(super) struct Paper<'a> {
    pub(super) entry: &'a Entry,
    pub(super) cart: &'a Cart,
    pub(super) sale: &'a Sale,
    pub(super) payment: &'a Payment,
    pub(super) receipt: &'a str,
    pub(super) seat: &'a Seat,
}

/// Returns what the paper says. Its lines are the cart's rows, as the buyer saw them; from which lots they came is not
/// the buyer's business.
pub(super) fn snapshot(paper: &Paper<'_>, store: Option<&StoreRow>) -> ReceiptSnapshot {
    let text = |field: fn(&StoreRow) -> &String| store.map(|row| field(row).clone()).unwrap_or_default();
    let Paper { cart, sale, payment, .. } = paper;
    let pricing = &sale.pricing;
    let (rounding_vnd, total_vnd) =
        (payment.rounding.vnd(), sale.payable.vnd().saturating_add(payment.rounding.vnd()));
    let lines = lines(cart, pricing);
    let tenders: Vec<SnapshotTender> = payment
        .tendered
        .iter()
        .map(|tender| SnapshotTender {
            label: label(tender.kind, Language::Vi).to_owned(),
            amount_vnd: tender.amount.vnd(),
        })
        .collect();
    let paid_by_transfer = payment.tendered.iter().any(|tender| tender.kind.is_transfer());
    ReceiptSnapshot {
        v: SNAPSHOT_VERSION,
        language: Language::Vi,
        point_name: text(|row| &row.receipt_title),
        address: text(|row| &row.address),
        phone: text(|row| &row.phone),
        tax_number: text(|row| &row.tax_number),
        title: TITLE.0.to_owned(),
        receipt_number: paper.receipt.to_owned(),
        business_date: web::format::date_text(paper.entry.envelope.business_date),
        local_time: web::format::local_time_text(paper.entry.envelope.wall_utc_ms),
        cashier: paper.seat.cashier.clone(),
        counter: paper.seat.counter.clone(),
        subtotal_vnd: pricing.subtotal.vnd(),
        lines,
        discount_vnd: pricing.discount.vnd(),
        rounding_vnd,
        total_vnd,
        vat: vat(sale),
        tendered_vnd: tenders.iter().map(|tender| tender.amount_vnd).sum(),
        tenders,
        change_vnd: payment.change.vnd(),
        total_in_words: vnd_in_words(domain::Money::new(total_vnd)),
        payment_reference: if paid_by_transfer { sale.id.payment_reference() } else { String::new() },
        verification_qr: proof(paper.entry, total_vnd),
        vietqr: None,
        invoice: None,
        pad: cart.pad.as_ref().map(|pad| SnapshotPad {
            lines: pad.lines.to_string(),
            sold_at: web::format::datetime_text(pad.claimed_at_ms),
        }),
        remark: for_buyer(cart.remark.as_ref()),
        footer: text(|row| &row.receipt_footer).lines().map(str::to_owned).collect(),
    }
}

/// As papers have it: in Vietnamese, like the names of goods.
const BY_LABEL: &str = "Giá theo tem cân";

/// What a combo holds; nothing for a product by itself.
fn parts(line: &CartLine) -> Vec<SnapshotPart> {
    let goods = line.offer.goods(line.quantity).unwrap_or_default();
    let parts = goods.into_iter().filter(|goods| goods.part.is_some());
    parts
        .map(|goods| SnapshotPart {
            name: goods.offer.name.clone(),
            stars: goods.offer.stars.map(Stars::count),
            unit: goods.offer.unit.clone(),
            quantity_milli: goods.quantity.milli(),
        })
        .collect()
}

/// Returns the cart's rows, as paper shows them.
pub(super) fn lines(cart: &Cart, pricing: &Pricing) -> Vec<SnapshotLine> {
    let line = |(line, priced): (&CartLine, &PricedLine)| SnapshotLine {
        name: line.offer.name.clone(),
        stars: line.offer.stars.map(Stars::count),
        unit: line.offer.unit.clone(),
        quantity_milli: line.quantity.milli(),
        price_vnd: line.price().vnd(),
        amount_vnd: priced.gross.vnd(),
        discount_vnd: priced.gross.vnd() - priced.amount().map_or(0, domain::Money::vnd),
        list_price_vnd: line.changed_price.as_ref().map(|_| line.offer.price.vnd()),
        promotion: priced.promotion.as_ref().map(|applied| applied.name.clone()).unwrap_or_default(),
        remark: beneath(line),
        parts: parts(line),
    };
    cart.lines.iter().zip(&pricing.lines).map(line).collect()
}

/// What stands beneath a row: its remark, and why its amount is not quite price × weight.
fn beneath(line: &CartLine) -> String {
    let remark = for_buyer(line.remark.as_ref());
    let is_other = line.labelled().is_some_and(|label| line.price().for_quantity(line.quantity) != Ok(label));
    match (is_other, remark.is_empty()) {
        (false, _) => remark,
        (true, true) => BY_LABEL.to_owned(),
        (true, false) => format!("{remark}. {BY_LABEL}"),
    }
}

/// A remark that the buyer is to read.
pub(super) fn for_buyer(remark: Option<&Remark>) -> String {
    remark.filter(|remark| remark.on_receipt).map(|remark| remark.text.clone()).unwrap_or_default()
}

/// Evidence outside the computer: stream, number, total and half of the entry's hash.
pub(super) fn proof(entry: &Entry, total_vnd: i64) -> String {
    let hash = entry.hash.to_string();
    // Capitals: a QR holds them in its denser alphabet.
    format!("OCOP1 {} {} {} {}", entry.envelope.stream, entry.envelope.seq, total_vnd, &hash[..32])
        .to_uppercase()
}

fn vat(sale: &Sale) -> Vec<SnapshotVat> {
    let mut rows: Vec<SnapshotVat> = Vec::new();
    for line in &sale.lines {
        let rate = line.tax_class.label(line.tax_rate);
        match rows.iter_mut().find(|row| row.rate == rate) {
            Some(row) => row.tax_vnd += line.tax.vnd(),
            None => rows.push(SnapshotVat { rate, tax_vnd: line.tax.vnd() }),
        }
    }
    rows.retain(|row| row.tax_vnd != 0);
    rows
}

/// Returns how papers call a way of paying.
pub(super) const fn label(kind: TenderKind, language: Language) -> &'static str {
    match (kind, language) {
        (TenderKind::Cash, Language::Vi) => "Tiền mặt",
        (TenderKind::Cash, Language::En) => "Cash",
        (TenderKind::VietQr, Language::Vi) => "Chuyển khoản VietQR",
        (TenderKind::VietQr, Language::En) => "VietQR transfer",
        (TenderKind::Card, Language::Vi) => "Quẹt thẻ",
        (TenderKind::Card, Language::En) => "Card",
        (TenderKind::Claimed, Language::Vi) => "Chuyển khoản, chờ ngân hàng báo",
        (TenderKind::Claimed, Language::En) => "Transfer, awaiting the bank",
        (TenderKind::Credit, Language::Vi) => "Ghi nợ",
        (TenderKind::Credit, Language::En) => "On credit",
        (TenderKind::Exchange, Language::Vi) => "Đổi hàng",
        (TenderKind::Exchange, Language::En) => "Exchanged goods",
        (TenderKind::Deposit, Language::Vi) => "Tiền đã đặt cọc",
        (TenderKind::Deposit, Language::En) => "Deposit paid",
    }
}

/// Returns a receipt with the words of ours in English. What the shop wrote and the names of goods stay; an amount in words
/// is Vietnamese, as the law has it, and is left out.
pub(crate) fn in_english(snapshot: ReceiptSnapshot) -> ReceiptSnapshot {
    let translate = |text: &str| {
        let kind = TenderKind::ALL.into_iter().find(|kind| label(*kind, Language::Vi) == text);
        kind.map_or(text, |kind| label(kind, Language::En)).to_owned()
    };
    let tenders =
        snapshot.tenders.iter().map(|tender| SnapshotTender { label: translate(&tender.label), ..*tender });
    let title = if snapshot.title == TITLE.0 { TITLE.1.to_owned() } else { snapshot.title };
    let counter = snapshot.counter.strip_prefix("Quầy ").map(|number| format!("Counter {number}"));
    ReceiptSnapshot {
        language: Language::En,
        title,
        counter: counter.unwrap_or(snapshot.counter),
        tenders: tenders.collect(),
        total_in_words: String::new(),
        ..snapshot
    }
}

/// Prints a receipt or another paper again, with the copy mark and an entry in the journal. Only a first print that
/// certainly never reached paper comes without the mark. `language` is that of a receipt's words.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn reprint(
    app: &App,
    seat: &Seat,
    op_id: &str,
    sale_id: SaleId,
    language: Language,
) -> Result<CounterState> {
    let writer = app.writer().await?.ok_or(CounterError::NotEnrolled)?;
    let now_ms = app.clock().now_ms();
    state::open_first_cart(app, seat).await?;
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, op_id, now_ms).await? {
        return state::load(app, seat, Note::Ready, None).await;
    }
    let sale = sales::find_sale(app.db().read(), sale_id).await?;
    let is_receipt = sale.is_some();
    // Labels, test pages and empty pads are no proof of anything: nobody is told of a second print.
    let mut is_recorded = true;
    let number = match sale {
        Some(sale) => Some(sale.receipt_number),
        None => slips::find_slip(&mut tx, sale_id.uuid()).await?.map(|slip| {
            is_recorded = LabelJob::from_json(&slip.snapshot).is_none()
                && TestPage::from_json(&slip.snapshot).is_none()
                && !pad_page::is_page(&slip.snapshot);
            slip.number
        }),
    };
    let print = prints::find_print(&mut tx, sale_id).await?;
    let Some(number) = number else {
        return state::load(app, seat, Note::NoReceipt, None).await;
    };
    if !app.has_printer(&seat.counter) && is_recorded {
        return state::load(app, seat, Note::NoPrinter, None).await;
    }
    // A paper that was made while its counter had no printer was never printed.
    let before = print.unwrap_or_else(|| {
        let first = ReceiptPrint::first(sale_id, &seat.counter, now_ms);
        ReceiptPrint { print: Print { state: State::Skipped, ..first.print }, ..first }
    });
    let (print, next) = before.print.step(Event::PrintAgain, now_ms);
    if let Next::RenderCopy(copy) = next
        && is_recorded
    {
        let today = web::format::local_date(now_ms);
        let date =
            shifts::find_open(&mut tx, &seat.counter).await?.map_or(today, |shift| shift.business_date);
        let cashier = seat.cashier_id.uuid();
        let note = Reprint { receipt: number.clone(), copy: i64::from(copy), cashier };
        let mut draft = Draft::new(Kind::Reprint, date, &note, writer.salt())?;
        draft.sale_id = is_receipt.then_some(sale_id);
        writer.append(&mut tx, draft).await?;
    }
    let copied_by = if print.copy == 0 { String::new() } else { seat.cashier.clone() };
    let counter = seat.counter.clone();
    let again = ReceiptPrint {
        print,
        copied_by,
        drawer_asked_at_ms: None,
        asked_at_ms: now_ms,
        counter,
        language,
        ..before
    };
    prints::upsert_print(&mut tx, &again).await?;
    tx.commit().await?;
    app.tell_appended();
    app.tell_printable();
    app.tell_changed();
    let note = Note::Reprinted { receipt: number, copy: print.copy };
    state::load(app, seat, note, None).await
}

/// The cashier looked at the paper and needs no other: the printer's chip is quiet again.
///
/// # Errors
/// When the database does not keep it.
pub async fn skip_print(app: &App, seat: &Seat, sale_id: SaleId) -> Result<CounterState> {
    let mut tx = app.db().begin().await?;
    if let Some(before) = prints::find_print(&mut tx, sale_id).await? {
        let (print, _) = before.print.step(Event::Skip, app.clock().now_ms());
        prints::upsert_print(&mut tx, &ReceiptPrint { print, ..before }).await?;
    }
    tx.commit().await?;
    app.tell_changed();
    state::load(app, seat, Note::Ready, None).await
}

/// Returns the receipt of a sale as a PNG picture, as its first print looks on its counter's paper.
///
/// # Errors
/// When the database does not answer or the stored receipt cannot be read.
pub async fn picture(app: &App, sale_id: SaleId) -> Result<Option<Vec<u8>>> {
    let mut reader = app.db().read().acquire().await?;
    let Some(text) = receipts::find_snapshot(&mut reader, sale_id).await? else { return Ok(None) };
    let snapshot = ReceiptSnapshot::from_json(&text)?;
    let paper = app.paper_of(&snapshot.counter);
    let logo = receipt_logo::find(app).await?;
    let bitmap = ::receipts::receipt_picture(&snapshot, paper, None, logo.as_ref());
    Ok(::receipts::png::encode(&bitmap).ok())
}

/// Returns the mark of a copy, or `None` for a first print.
pub(crate) fn copy_mark(print: &ReceiptPrint) -> Option<CopyMark> {
    (print.print.copy > 0).then(|| CopyMark {
        n: print.print.copy,
        by: print.copied_by.clone(),
        at: web::format::datetime_text(print.asked_at_ms),
    })
}

#[cfg(test)]
mod tests {
    use ::receipts::layout::layout;
    use ::receipts::profile::Paper as PaperWidth;
    use ::receipts::samples;

    use super::*;

    #[test]
    fn a_receipt_in_english_says_nothing_of_ours_in_vietnamese() {
        for paper in PaperWidth::ALL {
            for snapshot in [samples::usual(), samples::with_lines(20)] {
                let mark = CopyMark { n: 1, by: "Hoa".to_owned(), at: "09:12 04/03/2026".to_owned() };
                let text = layout(&in_english(snapshot.clone()), paper, Some(&mark)).to_string();
                for words in ["RECEIPT", "Cashier", "Goods", "TOTAL TO PAY", "Given (Cash)", "COPY - REPRINT"]
                {
                    assert!(text.contains(words), "{words} is not in {text}");
                }
                for words in [
                    "Tổng",
                    "TỔNG",
                    "Khách",
                    "Tiền",
                    "Thu ngân",
                    "Bằng chữ",
                    "Quầy",
                    "thuế",
                    "PHIẾU",
                    "BẢN SAO",
                ] {
                    assert!(!text.contains(words), "{words} is in {text}");
                }
                let total = domain::Money::new(snapshot.total_vnd).to_string();
                assert!(text.contains(&total), "the same total: {text}");
            }
        }
    }
}
