//! Receipts to draw and to test with: a usual one, the longest, a bare one, one to be paid by VietQR, one of n lines.
//! The goods are those of the province; shops, people and numbers are invented.

use crate::language::Language;
use crate::snapshot::{
    ReceiptSnapshot, SNAPSHOT_VERSION, SnapshotInvoice, SnapshotLine, SnapshotPad, SnapshotPart,
    SnapshotTender, SnapshotVat,
};

/// Returns every sample with its name.
pub fn all() -> Vec<(&'static str, ReceiptSnapshot)> {
    vec![
        ("usual", usual()),
        ("longest", longest()),
        ("bare", bare()),
        ("to_be_paid", to_be_paid()),
        ("twenty_lines", with_lines(20)),
        ("english", english()),
        ("from_pad", from_pad()),
        ("combo", combo()),
    ]
}

/// Returns the usual sale with English words around it, and an e-invoice behind it.
pub fn english() -> ReceiptSnapshot {
    ReceiptSnapshot {
        language: Language::En,
        title: text("RECEIPT"),
        counter: text("Counter 1"),
        tenders: vec![tender("Cash", 700_000)],
        total_in_words: String::new(),
        payment_reference: text("LS7Q3F000123"),
        invoice: Some(SnapshotInvoice {
            code: text("M1-26-VZQYY-00000000123"),
            lookup: text("https://tracuu.example"),
        }),
        ..usual()
    }
}

/// Returns the usual sale as it is entered from the pad on the morning after.
pub fn from_pad() -> ReceiptSnapshot {
    ReceiptSnapshot {
        business_date: text("04/03/2026"),
        local_time: text("08:12"),
        pad: Some(SnapshotPad { lines: text("12–15"), sold_at: text("03/03/2026 16:40") }),
        ..usual()
    }
}

/// Returns the sale of a combo and of a product by itself.
pub fn combo() -> ReceiptSnapshot {
    let part = |name, stars, unit, quantity_milli| SnapshotPart {
        name: text(name),
        stars,
        unit: text(unit),
        quantity_milli,
    };
    let gift = SnapshotLine {
        parts: vec![
            part("Tỏi đen một nhánh Lý Sơn", Some(4), "hộp", 2_000),
            part("Nước mắm cốt đặc biệt Mười Quý chai thủy tinh", Some(4), "chai", 4_000),
            part("Quế thanh Trà Bồng", None, "kg", 500),
        ],
        ..line("Bộ quà Tết Hương biển Lý Sơn", None, "bộ", 2_000, 650_000, 130_000)
    };
    ReceiptSnapshot {
        lines: vec![gift, line("Mạch nha Mộ Đức", Some(3), "lon", 3_000, 45_000, 0)],
        subtotal_vnd: 1_305_000,
        discount_vnd: 0,
        total_vnd: 1_305_000,
        vat: vec![vat("8 %", 96_667)],
        tenders: vec![tender("Tiền mặt", 1_305_000)],
        tendered_vnd: 1_305_000,
        change_vnd: 0,
        total_in_words: text("Một triệu ba trăm linh năm nghìn đồng"),
        ..usual()
    }
}

/// Returns a cash sale of four products with a discount on a line and one on the whole.
pub fn usual() -> ReceiptSnapshot {
    ReceiptSnapshot {
        v: SNAPSHOT_VERSION,
        language: Language::Vi,
        point_name: text("ĐIỂM GIỚI THIỆU VÀ BÁN SẢN PHẨM OCOP LÝ SƠN"),
        address: text("Thôn Tây An Vĩnh, đặc khu Lý Sơn, tỉnh Quảng Ngãi"),
        phone: text("0255 3000 111"),
        tax_number: text("4300123456"),
        title: text("PHIẾU THANH TOÁN"),
        receipt_number: text("LS-7Q3F-000123"),
        business_date: text("03/03/2026"),
        local_time: text("14:05"),
        cashier: text("Nguyễn Thị Hoa"),
        counter: text("Quầy 1"),
        lines: vec![
            line("Tỏi đen một nhánh Lý Sơn", Some(4), "hộp", 2_000, 185_000, 0),
            line("Nước mắm nhĩ Sa Huỳnh 500 ml", Some(3), "chai", 1_000, 95_000, 0),
            SnapshotLine {
                promotion: text("Mừng lúa mới"),
                ..line("Quế thanh Trà Bồng", None, "kg", 250, 320_000, 8_000)
            },
            line("Mạch nha Mộ Đức", Some(3), "lon", 3_000, 45_000, 0),
        ],
        subtotal_vnd: 672_000,
        discount_vnd: 20_000,
        rounding_vnd: 0,
        total_vnd: 652_000,
        vat: vec![vat("8 %", 48_296)],
        tenders: vec![tender("Tiền mặt", 700_000)],
        tendered_vnd: 700_000,
        change_vnd: 48_000,
        total_in_words: text("Sáu trăm năm mươi hai nghìn đồng"),
        payment_reference: String::new(),
        verification_qr: text("OCOP1:7Q3F0B7E2A1C4D58:123:652000:9f2c41d07be8a356"),
        vietqr: None,
        invoice: None,
        pad: None,
        remark: String::new(),
        footer: vec![
            text("Đổi hàng trong 3 ngày khi còn nguyên bao bì và phiếu này."),
            text("Cảm ơn quý khách, hẹn gặp lại!"),
        ],
    }
}

/// Returns a receipt where every field is present and as long as it gets.
pub fn longest() -> ReceiptSnapshot {
    ReceiptSnapshot {
        point_name: text(
            "ĐIỂM GIỚI THIỆU VÀ BÁN SẢN PHẨM OCOP, ĐẶC SẢN VÀ QUÀ TẶNG DU LỊCH TỈNH QUẢNG NGÃI TẠI KHU DU LỊCH MĂNG ĐEN",
        ),
        address: text(
            "Số 1234 đường Nguyễn Nghiêm nối dài, tổ dân phố Trường Thọ Đông, phường Trương Quang Trọng, tỉnh Quảng Ngãi",
        ),
        phone: text("0255 3000 111 - 0900 000 222"),
        tax_number: text("4300123456-001"),
        receipt_number: text("QN-ZZZZ-999999"),
        cashier: text("Nguyễn Hoàng Thị Phương Nghiêm Thuỳ Trường"),
        counter: text("Quầy đặc sản tầng trệt số 12"),
        lines: vec![
            line(
                "Sâm Ngọc Linh nguyên củ tươi loại đặc biệt trồng dưới tán rừng tự nhiên, tuổi từ mười năm trở lên, kèm giấy chứng nhận nguồn gốc",
                Some(5),
                "kg",
                12_345,
                1_850_000,
                838_123,
            ),
            line(
                "Bộ quà tặng Tết \u{201c}Hương vị núi Ấn sông Trà\u{201d}: tỏi, hành, rong biển, đường phổi, kẹo gương",
                Some(4),
                "giỏ quà lớn",
                99_000,
                2_750_000,
                0,
            ),
        ],
        subtotal_vnd: 294_250_127,
        discount_vnd: 4_596_000,
        rounding_vnd: -127,
        total_vnd: 289_654_000,
        vat: vec![vat("5 %", 1_031_262), vat("8 %", 19_851_676)],
        tenders: vec![
            tender("Tiền mặt", 90_000_000),
            tender("Chuyển khoản VietQR", 150_000_000),
            tender("Thẻ ngân hàng", 50_000_000),
        ],
        tendered_vnd: 290_000_000,
        change_vnd: 346_000,
        total_in_words: text("Hai trăm tám mươi chín triệu sáu trăm năm mươi tư nghìn đồng"),
        payment_reference: text("FT26062123456789 / 004217"),
        verification_qr: text("OCOP1:ZZZZ0B7E2A1C4D58:999999:289654000:9f2c41d07be8a356"),
        vietqr: Some(text(
            "00020101021238540010A00000072701240006970436011010234567890208QRIBFTTA530370454092896540005802VN62120808QN99999963045474",
        )),
        footer: vec![
            text("Tra cứu hóa đơn tại hoadon.example.vn, mã tra cứu M1-26-ABCDE-00000999999."),
            text(
                "Hàng thực phẩm không đổi trả sau khi mở bao bì. Các mặt hàng khác đổi trong 7 ngày khi còn nguyên tem, nhãn và phiếu này.",
            ),
            text("Cảm ơn quý khách, hẹn gặp lại!"),
        ],
        ..usual()
    }
}

/// Returns a receipt where everything that may be absent is absent.
pub fn bare() -> ReceiptSnapshot {
    ReceiptSnapshot {
        point_name: text("Điểm bán OCOP Trà Bồng"),
        address: String::new(),
        phone: String::new(),
        tax_number: String::new(),
        receipt_number: text("TB-1A2B-000001"),
        cashier: String::new(),
        counter: String::new(),
        lines: vec![line("Gừng gió", None, "bó", 1_000, 15_000, 0)],
        subtotal_vnd: 15_000,
        discount_vnd: 0,
        total_vnd: 15_000,
        vat: vec![],
        tenders: vec![tender("Tiền mặt", 15_000)],
        tendered_vnd: 15_000,
        change_vnd: 0,
        total_in_words: String::new(),
        verification_qr: String::new(),
        footer: vec![],
        ..usual()
    }
}

/// Returns a slip that the buyer pays by scanning it.
pub fn to_be_paid() -> ReceiptSnapshot {
    ReceiptSnapshot {
        receipt_number: text("LS-7Q3F-000124"),
        lines: vec![line("Hành tím Lý Sơn", Some(4), "kg", 1_500, 80_000, 0)],
        subtotal_vnd: 120_000,
        discount_vnd: 0,
        total_vnd: 120_000,
        vat: vec![vat("5 %", 5_714)],
        tenders: vec![],
        tendered_vnd: 0,
        change_vnd: 0,
        total_in_words: text("Một trăm hai mươi nghìn đồng"),
        verification_qr: text("OCOP1:7Q3F0B7E2A1C4D58:124:120000:41d07be89f2ca356"),
        vietqr: Some(text(
            "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN62170813ung ho lu lut6304C15C",
        )),
        ..usual()
    }
}

/// Returns the usual receipt with `count` lines of one piece each.
pub fn with_lines(count: u16) -> ReceiptSnapshot {
    const NAMES: [&str; 5] = [
        "Tỏi đen một nhánh Lý Sơn",
        "Chè xanh Minh Long túi 200 g",
        "Rong biển sấy giòn",
        "Bánh tráng gạo Bình Sơn",
        "Dầu phộng nguyên chất",
    ];
    let lines: Vec<SnapshotLine> = NAMES
        .iter()
        .cycle()
        .take(usize::from(count))
        .map(|name| line(name, Some(3), "gói", 1_000, 50_000, 0))
        .collect();
    let total_vnd = 50_000 * i64::from(count);
    ReceiptSnapshot {
        lines,
        subtotal_vnd: total_vnd,
        discount_vnd: 0,
        total_vnd,
        vat: vec![],
        tenders: vec![tender("Tiền mặt", total_vnd)],
        tendered_vnd: total_vnd,
        change_vnd: 0,
        total_in_words: String::new(),
        verification_qr: format!("OCOP1:7Q3F0B7E2A1C4D58:123:{total_vnd}:9f2c41d07be8a356"),
        ..usual()
    }
}

fn line(
    name: &str,
    stars: Option<u8>,
    unit: &str,
    quantity_milli: i64,
    price_vnd: i64,
    discount_vnd: i64,
) -> SnapshotLine {
    let amount_vnd = quantity_milli * price_vnd / 1_000;
    SnapshotLine {
        name: text(name),
        stars,
        unit: text(unit),
        quantity_milli,
        price_vnd,
        amount_vnd,
        discount_vnd,
        list_price_vnd: None,
        promotion: String::new(),
        remark: String::new(),
        parts: Vec::new(),
    }
}

fn vat(rate: &str, tax_vnd: i64) -> SnapshotVat {
    SnapshotVat { rate: text(rate), tax_vnd }
}

fn tender(label: &str, amount_vnd: i64) -> SnapshotTender {
    SnapshotTender { label: text(label), amount_vnd }
}

fn text(words: &str) -> String {
    words.to_owned()
}
