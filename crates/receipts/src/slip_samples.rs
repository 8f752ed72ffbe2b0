//! Slips to draw and to test with. Stores, people and numbers are invented.

mod advancing;
mod agreement;
mod correcting;
mod counting;
mod moving;

pub use advancing::settlement_advanced;
pub use agreement::agreement;
pub use correcting::{correction, settlement_adjusted};
pub use counting::{count, count_as_in_the_book};

use crate::language::Language;
use crate::samples;
use crate::slip::cash::CashVoucher;
use crate::slip::delivery::{DeliveryLine, DeliverySlip};
use crate::slip::gift::{GiftLine, GiftSlip};
use crate::slip::order::OrderSlip;
use crate::slip::pad::PadSlip;
use crate::slip::refund::RefundSlip;
use crate::slip::removal::{RemovalLine, RemovalSlip};
use crate::slip::settlement::{SettlementLine, SettlementSlip};
use crate::slip::shift::{CashMove, Counted, Notes, ShiftReport, TenderTotal, VatTotal};
use crate::slip::{SLIP_VERSION, Slip, SlipBody};
use crate::snapshot::{SnapshotInvoice, SnapshotLine, SnapshotTender};

/// Returns every sample with its name, in one language.
pub fn all(language: Language) -> Vec<(&'static str, Slip)> {
    vec![
        ("z_report", z_report(language)),
        ("x_report", x_report(language)),
        ("cash_in", cash(language, true)),
        ("cash_out", cash(language, false)),
        ("refund", refund(language)),
        ("gift", gift(language)),
        ("order", order(language)),
        ("pad", pad(language)),
        ("z_rounded", z_rounded(language)),
        ("refund_invoiced", refund_invoiced(language)),
        ("z_from_pad", z_from_pad(language)),
        ("goods_lost", goods_lost(language)),
        ("goods_returned", goods_returned(language)),
        ("delivery", delivery(language)),
        ("settlement", settlement(language)),
        ("producer_paid", producer_paid(language)),
        ("count", count(language)),
        ("count_as_in_the_book", count_as_in_the_book(language)),
        ("settlement_counted", settlement_counted(language)),
        ("transfer_out", moving::transfer_out(language)),
        ("transfer_in", moving::transfer_in(language)),
        ("repack", moving::repack(language)),
        ("agreement", agreement(language)),
        ("settlement_adjusted", settlement_adjusted(language)),
        ("correction", correction(language, false)),
        ("payment_back", correction(language, true)),
        ("settlement_advanced", settlement_advanced(language)),
    ]
}

fn slip(language: Language, number: &str, body: SlipBody) -> Slip {
    let receipt = samples::usual();
    Slip {
        v: SLIP_VERSION,
        language,
        point_name: receipt.point_name,
        address: receipt.address,
        phone: receipt.phone,
        tax_number: receipt.tax_number,
        number: text(number),
        business_date: receipt.business_date,
        local_time: text("21:04"),
        cashier: receipt.cashier,
        counter: receipt.counter,
        body,
    }
}

/// Returns the end of a shift with a small difference.
pub fn z_report(language: Language) -> Slip {
    let pick = |vietnamese, english| language.pick(vietnamese, english);
    let tender =
        |label, is_cash, count, amount_vnd| TenderTotal { label: text(label), is_cash, count, amount_vnd };
    let moved =
        |time, reason, amount_vnd| CashMove { local_time: text(time), reason: text(reason), amount_vnd };
    let notes = [(500_000, 6), (200_000, 4), (100_000, 3), (50_000, 5), (20_000, 4), (10_000, 4), (5_000, 3)];
    let body = SlipBody::Shift(ShiftReport {
        is_final: true,
        opened_at: text("03/03/2026 07:02"),
        closed_at: text("21:04"),
        first_seq: 1_201,
        last_seq: 1_268,
        sales_count: 41,
        sales_vnd: 8_652_000,
        pad_count: 0,
        pad_vnd: 0,
        discount_vnd: 214_000,
        rounding_vnd: 0,
        refunds_count: 2,
        refunds_vnd: 185_000,
        deposits_vnd: 500_000,
        tenders: vec![
            tender(pick("Tiền mặt", "Cash"), true, 27, 4_180_000),
            tender(pick("Chuyển khoản VietQR", "VietQR transfer"), false, 13, 4_337_000),
            tender(pick("Quẹt thẻ", "Card"), false, 2, 450_000),
        ],
        vat: vec![
            VatTotal { rate: text("5 %"), gross_vnd: 1_260_000, tax_vnd: 60_000 },
            VatTotal { rate: text("8 %"), gross_vnd: 7_207_000, tax_vnd: 533_852 },
        ],
        float_vnd: 1_000_000,
        cash_moves: vec![
            moved("10:40", pick("Đổi tiền lẻ", "Change from the bank"), 500_000),
            moved("15:12", pick("Mua túi giấy và dây buộc quà", "Paper bags and ribbon"), -120_000),
            moved("19:30", pick("Nộp quỹ", "To the safe"), -1_070_000),
        ],
        expected_vnd: Some(4_490_000),
        counted: Some(Counted {
            notes: notes.map(|(face_vnd, count)| Notes { face_vnd, count }).to_vec(),
            counted_vnd: 4_485_000,
            difference_vnd: -5_000,
            remark: text(pick("Thiếu tiền lẻ trả khách lúc 18 giờ", "Short of change at 18:00")),
        }),
        invoices_pending: 3,
        visitors: Some(150),
        tastings: Some(36),
        open_carts: 1,
    });
    slip(language, "Z-000214", body)
}

/// Returns the end of a shift at a store that rounds what is paid in cash.
pub fn z_rounded(language: Language) -> Slip {
    let z = z_report(language);
    let SlipBody::Shift(report) = z.body else { return z };
    Slip { body: SlipBody::Shift(ShiftReport { rounding_vnd: -1_500, ..report }), ..z }
}

/// Returns the end of a shift in which sales of a day without power were entered.
pub fn z_from_pad(language: Language) -> Slip {
    let z = z_report(language);
    let SlipBody::Shift(report) = z.body else { return z };
    Slip { body: SlipBody::Shift(ShiftReport { pad_count: 5, pad_vnd: 1_120_000, ..report }), ..z }
}

/// Returns a refund of a sale that had an e-invoice.
pub fn refund_invoiced(language: Language) -> Slip {
    let slip = refund(language);
    let SlipBody::Refund(refund) = slip.body else { return slip };
    let invoice = SnapshotInvoice {
        code: text("M1-26-VZQYY-00000000214"),
        lookup: text("https://tracuu.hoadon.example"),
    };
    Slip { body: SlipBody::Refund(RefundSlip { invoice: Some(invoice), ..refund }), ..slip }
}

/// Returns a report in mid-shift for who counts blind.
pub fn x_report(language: Language) -> Slip {
    let z = z_report(language);
    let SlipBody::Shift(report) = &z.body else { return z };
    let report = ShiftReport {
        is_final: false,
        closed_at: String::new(),
        expected_vnd: None,
        counted: None,
        visitors: None,
        tastings: None,
        open_carts: 0,
        invoices_pending: 0,
        ..report.clone().blind()
    };
    Slip { number: String::new(), local_time: text("15:20"), body: SlipBody::Shift(report), ..z }
}

/// Returns a voucher for cash in or out.
pub fn cash(language: Language, is_in: bool) -> Slip {
    let pick = |vietnamese, english| language.pick(vietnamese, english);
    let (person, reason, amount_vnd, words) = if is_in {
        let words = pick("Năm trăm nghìn đồng", "Five hundred thousand dong");
        ("Trần Thị Mai", pick("Đổi tiền lẻ từ ngân hàng", "Change from the bank"), 500_000, words)
    } else {
        let words = pick("Một trăm hai mươi nghìn đồng", "One hundred and twenty thousand dong");
        (
            "Cửa hàng bao bì Hoàng Gia",
            pick("Mua túi giấy và dây buộc quà", "Paper bags and ribbon"),
            120_000,
            words,
        )
    };
    let voucher = CashVoucher {
        is_in,
        person: text(person),
        reason: text(reason),
        amount_vnd,
        amount_in_words: text(words),
        approved_by: text(if is_in { "" } else { "Trần Thị Mai" }),
    };
    slip(language, if is_in { "PT-000031" } else { "PC-000012" }, SlipBody::Cash(voucher))
}

/// Returns a refund of one of two packs.
pub fn refund(language: Language) -> Slip {
    let pick = |vietnamese, english| language.pick(vietnamese, english);
    let body = RefundSlip {
        receipt_number: text("LS-7Q3F-000123"),
        receipt_date: text("03/03/2026"),
        lines: vec![line("Tỏi đen một nhánh Lý Sơn", Some(4), "hộp", 1_000, 185_000)],
        discount_vnd: 5_506,
        rounding_vnd: 6,
        total_vnd: 179_500,
        total_in_words: text(pick(
            "Một trăm bảy mươi chín nghìn năm trăm đồng",
            "One hundred and seventy-nine thousand five hundred dong",
        )),
        tenders: vec![tender(pick("Tiền mặt", "Cash"), 179_500)],
        reason: text(pick("Hộp bị móp, rách tem", "Dented box, torn seal")),
        approved_by: text("Trần Thị Mai"),
        invoice: None,
        verification_qr: text("OCOP1:7Q3F0B7E2A1C4D58:131:-179500:2ca35641d07be89f"),
    };
    slip(language, "TH-000009", SlipBody::Refund(body))
}

/// Returns a basket for Tết.
pub fn gift(language: Language) -> Slip {
    let pick = |vietnamese, english| language.pick(vietnamese, english);
    let gift_line = |name, stars, count: i64, unit, producer| GiftLine {
        name: text(name),
        stars,
        quantity_milli: count * 1_000,
        unit: text(unit),
        producer: text(producer),
    };
    let body = GiftSlip {
        from: text("Gia đình anh Nguyễn Văn Bình"),
        to: text("Cô Lê Thị Hồng"),
        message: text(pick("Chúc mừng năm mới, an khang thịnh vượng!", "A happy and prosperous new year!")),
        title: text("Giỏ quà Hương núi Ấn sông Trà"),
        lines: vec![
            gift_line("Tỏi đen một nhánh Lý Sơn", Some(4), 1, "hộp", "HTX Tỏi Lý Sơn"),
            gift_line("Nước mắm nhĩ Sa Huỳnh 500 ml", Some(3), 2, "chai", "Cơ sở nước mắm Sa Huỳnh"),
            gift_line("Kẹo gương Quảng Ngãi", None, 1, "hộp", "Cơ sở kẹo gương Thu Xà"),
        ],
        exchange_qr: text("OCOPG:7Q3F0B7E2A1C4D58:123"),
        footer: vec![text(pick(
            "Đổi hàng trong 7 ngày khi còn nguyên tem.",
            "Exchange within 7 days, seal unbroken.",
        ))],
    };
    slip(language, "LS-7Q3F-000123", SlipBody::Gift(body))
}

/// Returns the record of goods that went bad, some of them at the store's cost.
pub fn goods_lost(language: Language) -> Slip {
    let pick = |vietnamese, english| language.pick(vietnamese, english);
    let body = RemovalSlip {
        is_return: false,
        cause: text(pick("Hết hạn", "Past its date")),
        reason: text(pick("Nắp phồng, đã chụp ảnh", "Lids bulge, photographed")),
        lines: vec![
            removed("Nước mắm nhĩ Sa Huỳnh 500 ml", "chai", "Cơ sở nước mắm Sa Huỳnh", 2_000, 167_200),
            removed("Chả cá thác lác Bình Sơn", "kg", "HTX Chả cá Bình Sơn", 350, 0),
            removed("Túi giấy in hình đảo", "cái", "", 12_000, 0),
        ],
        compensation_vnd: 167_200,
        approved_by: text("Trần Văn Quản"),
    };
    slip(language, "LS-7Q3F-XH123", SlipBody::Removal(body))
}

/// Returns what goes home with its producer.
pub fn goods_returned(language: Language) -> Slip {
    let body = RemovalSlip {
        is_return: true,
        cause: text(language.pick("Trả lại người giao", "Back to who delivered")),
        reason: String::new(),
        lines: vec![removed("Tỏi đen một nhánh Lý Sơn", "hộp", "HTX Tỏi Lý Sơn", 6_000, 0)],
        compensation_vnd: 0,
        approved_by: String::new(),
    };
    slip(language, "LS-7Q3F-XH124", SlipBody::Removal(body))
}

fn removed(
    name: &str,
    unit: &str,
    producer: &str,
    quantity_milli: i64,
    compensation_vnd: i64,
) -> RemovalLine {
    let (lot, expires) = if producer.is_empty() { ("", "") } else { ("L-0526", "31/05/2026") };
    RemovalLine {
        name: text(name),
        unit: text(unit),
        producer: text(producer),
        quantity_milli,
        lot: text(lot),
        expires: text(expires),
        compensation_vnd,
    }
}

const READING_URL: &str = "https://ocop.quangngai.gov.vn/p/7Q3F9K2M4N5P6R8STVWXYZ0123";

/// Returns a delivery of consigned goods that is not quite what its note says.
pub fn delivery(language: Language) -> Slip {
    let line = |name, unit, quantity_milli, noted_milli, lot, expires| DeliveryLine {
        is_bought: false,
        cost_vnd: None,
        price_vnd: 280_000,
        commission_ppm: Some(120_000),
        not_of: String::new(),
        name: text(name),
        unit: text(unit),
        quantity_milli,
        noted_milli,
        lot: text(lot),
        expires: text(expires),
    };
    let body = DeliverySlip {
        producer: text("HTX Nông nghiệp và Dịch vụ Trà Bồng"),
        lines: vec![
            line("Tỏi đen một nhánh Lý Sơn", "hộp 250 g", 22_000, Some(24_000), "L-0526", "31/05/2026"),
            line("Mật ong rừng Trà Bồng", "kg", 7_500, Some(7_500), "", ""),
            DeliveryLine {
                is_bought: true,
                cost_vnd: Some((180_000, 585_000)),
                price_vnd: 0,
                commission_ppm: None,
                not_of: text("Hộ kinh doanh Quế Trà My"),
                ..line("Quế Trà Bồng", "kg", 3_250, Some(3_000), "", "30/06/2027")
            },
            line("Bánh nổ Nghĩa Hành gói 10 cái", "gói", 40_000, None, "", "15/04/2026"),
        ],
        bought_vnd: 585_000,
        reading_url: text(READING_URL),
    };
    slip(language, "LS-7Q3F-NH121", SlipBody::Delivery(body))
}

/// Returns a settlement of two products with everything that can happen to them.
pub fn settlement(language: Language) -> Slip {
    let pick = |vietnamese, english| text(language.pick(vietnamese, english));
    let garlic = SettlementLine {
        name: text("Tỏi đen một nhánh Lý Sơn"),
        unit: text("hộp 250 g"),
        opening_milli: 12_000,
        received_milli: 24_000,
        sold_milli: 15_000,
        refunded_milli: 1_000,
        returned_milli: 6_000,
        lost_by_producer_milli: 1_000,
        lost_by_operator_milli: 2_000,
        counted_milli: 0,
        transferred_milli: 0,
        repacked_milli: 0,
        closing_milli: 13_000,
        gross_vnd: 3_920_000,
        discount_vnd: 56_000,
        commission_rate: text("12 %"),
        commission_vnd: 414_400,
        commission_tax_vnd: 37_632,
        compensation_vnd: 487_424,
        due_vnd: 3_899_392,
    };
    let honey = SettlementLine {
        name: text("Mật ong rừng Trà Bồng"),
        unit: text("kg"),
        received_milli: 7_500,
        sold_milli: 1_250,
        closing_milli: 6_250,
        gross_vnd: 437_500,
        commission_rate: text("10 %, 12 %"),
        commission_vnd: 47_500,
        commission_tax_vnd: 3_800,
        due_vnd: 386_200,
        ..SettlementLine::default()
    };
    let body = SettlementSlip {
        producer: text("HTX Nông nghiệp và Dịch vụ Trà Bồng"),
        is_settlement: true,
        since: text("31/01/2026"),
        lines: vec![garlic, honey],
        due_vnd: 4_285_592,
        carried_vnd: -500_000,
        adjusted: Vec::new(),
        advances: Vec::new(),
        paid: vec![(pick("Trả tiền mặt", "Paid in cash"), 3_000_000)],
        to_account: String::new(),
        left_vnd: 785_592,
        paid_in_words: pick("Ba triệu đồng", ""),
        entry: text("S1/1203 · 4f2a09c1d7e83b56"),
        approved_by: text("Lê Thị Hòa"),
        reading_url: text(READING_URL),
    };
    slip(language, "LS-7Q3F-QT125", SlipBody::Settlement(body))
}

/// Returns an advance by bank transfer.
pub fn producer_paid(language: Language) -> Slip {
    let pick = |vietnamese, english| text(language.pick(vietnamese, english));
    let body = SettlementSlip {
        producer: text("Hộ kinh doanh Võ Thị Sáu"),
        is_settlement: false,
        since: String::new(),
        lines: Vec::new(),
        due_vnd: 0,
        carried_vnd: 200_000,
        adjusted: Vec::new(),
        advances: Vec::new(),
        paid: vec![(pick("Trả chuyển khoản", "Paid by transfer"), 500_000)],
        to_account: text("Agribank · 4801205012345 · VÕ THỊ SÁU"),
        left_vnd: -300_000,
        paid_in_words: pick("Năm trăm nghìn đồng", ""),
        entry: text("S1/1204 · 0a61c3d2f4b59e87"),
        approved_by: String::new(),
        reading_url: String::new(),
    };
    slip(language, "LS-7Q3F-TT126", SlipBody::Settlement(body))
}

/// Returns an order with a deposit.
pub fn order(language: Language) -> Slip {
    let pick = |vietnamese, english| language.pick(vietnamese, english);
    let body = OrderSlip {
        customer: text("Chị Phạm Thị Lan"),
        customer_phone: text("0905 000 456"),
        due: text("07/03/2026 09:00"),
        place: text("Khách sạn Sông Trà, phường Trương Quang Trọng"),
        lines: vec![
            line("Giỏ quà Hương núi Ấn sông Trà", None, "giỏ", 3_000, 520_000),
            line("Hành tím Lý Sơn", Some(4), "kg", 2_500, 80_000),
        ],
        discount_vnd: 60_000,
        total_vnd: 1_700_000,
        deposit_vnd: 500_000,
        tenders: vec![tender(pick("Tiền mặt", "Cash"), 500_000)],
        remaining_vnd: 1_200_000,
        note: text(pick("Thắt nơ đỏ, không ghi giá", "Red ribbon, no prices")),
        order_qr: text("OCOPD:7Q3F0B7E2A1C4D58:000045"),
        footer: vec![text(pick(
            "Báo đổi hoặc hủy trước 24 giờ để nhận lại tiền cọc.",
            "Change or cancel 24 hours ahead to have the deposit back.",
        ))],
    };
    slip(language, "DH-000045", SlipBody::Order(body))
}

/// Returns a page of twelve lines.
pub fn pad(language: Language) -> Slip {
    let pad = SlipBody::Pad(PadSlip { first_line: 1, lines: 12 });
    let slip = slip(language, "", pad);
    Slip { address: String::new(), phone: String::new(), tax_number: String::new(), ..slip }
}

fn line(name: &str, stars: Option<u8>, unit: &str, quantity_milli: i64, price_vnd: i64) -> SnapshotLine {
    let amount_vnd = quantity_milli * price_vnd / 1_000;
    SnapshotLine {
        name: text(name),
        stars,
        unit: text(unit),
        quantity_milli,
        price_vnd,
        amount_vnd,
        discount_vnd: 0,
        list_price_vnd: None,
        promotion: String::new(),
        remark: String::new(),
        parts: Vec::new(),
    }
}

fn tender(label: &str, amount_vnd: i64) -> SnapshotTender {
    SnapshotTender { label: text(label), amount_vnd }
}

fn text(words: &str) -> String {
    words.to_owned()
}

/// Returns a settlement in which a count found less of one product and more of the other, some went to another store and others
/// were packed anew.
pub fn settlement_counted(language: Language) -> Slip {
    let mut slip = settlement(language);
    if let SlipBody::Settlement(body) = &mut slip.body {
        for (line, counted_milli) in body.lines.iter_mut().zip([-2_000, 1_000]) {
            (line.counted_milli, line.transferred_milli, line.repacked_milli) =
                (counted_milli, -1_000, 3_000);
            line.closing_milli += counted_milli + 2_000;
        }
    }
    slip
}
