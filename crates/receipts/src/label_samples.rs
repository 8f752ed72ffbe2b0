//! Labels to draw and to test with. The goods are those of the province; makers and numbers are invented.

use crate::label::{Label, PackLabel, ShelfLabel};

/// Returns every sample with its name.
pub fn all() -> Vec<(&'static str, Label)> {
    vec![
        ("shelf", shelf()),
        ("shelf_weight", shelf_by_weight()),
        ("shelf_longest", shelf_longest()),
        ("shelf_bare", shelf_bare()),
        ("pack", pack()),
        ("pack_longest", pack_longest()),
        ("pack_bars", pack_without_qr()),
    ]
}

/// Returns a recognised product in a box.
pub fn shelf() -> Label {
    Label::Shelf(ShelfLabel {
        name: text("Tỏi đen một nhánh Lý Sơn"),
        producer: text("HTX Tỏi Lý Sơn"),
        pack: text("Hộp 200 g"),
        price_vnd: 185_000,
        unit: text("hộp"),
        stars: Some(4),
        barcode: text("8938500000010"),
    })
}

/// Returns loose goods with a code of the store's own.
pub fn shelf_by_weight() -> Label {
    Label::Shelf(ShelfLabel {
        name: text("Quế thanh Trà Bồng"),
        producer: text("Cơ sở quế Trà Bồng"),
        pack: String::new(),
        price_vnd: 320_000,
        unit: text("kg"),
        stars: None,
        barcode: text("2900000000124"),
    })
}

/// Returns a label where every field is as long as it gets.
pub fn shelf_longest() -> Label {
    Label::Shelf(ShelfLabel {
        name: text(
            "Sâm Ngọc Linh nguyên củ tươi loại đặc biệt trồng dưới tán rừng tự nhiên, tuổi từ mười năm trở lên",
        ),
        producer: text("Hợp tác xã Nông nghiệp và Dịch vụ tổng hợp Măng Ri"),
        pack: text("Hộp gỗ 1 kg, bảo quản lạnh"),
        price_vnd: 12_345_000,
        unit: text("hộp"),
        stars: Some(5),
        barcode: text("8938500000010"),
    })
}

/// Returns a label with a name, a price and a code of letters.
pub fn shelf_bare() -> Label {
    Label::Shelf(ShelfLabel {
        name: text("Nón lá"),
        producer: String::new(),
        pack: String::new(),
        price_vnd: 60_000,
        unit: String::new(),
        stars: None,
        barcode: text("NL-004"),
    })
}

/// Returns a pack with lot, dates and QR.
pub fn pack() -> Label {
    Label::Pack(PackLabel {
        name: text("Tỏi đen một nhánh Lý Sơn"),
        producer: text("HTX Tỏi Lý Sơn"),
        pack: text("Hộp 200 g"),
        price_vnd: Some(185_000),
        lot: text("L260915"),
        made_on: text("15/09/2026"),
        expires_on: text("15/09/2027"),
        barcode: text("8938500000010"),
        link: text("https://ocop.example.vn/01/08938500000010/10/L260915?17=270915"),
    })
}

/// Returns a pack with a code of the store's own, where every field is as long as it gets.
pub fn pack_longest() -> Label {
    Label::Pack(PackLabel {
        name: text("Bánh nổ Quảng Ngãi gói quà Tết loại đặc biệt nhân mè đen, đậu phộng rang và gừng sẻ"),
        producer: text("Hợp tác xã Nông nghiệp và Dịch vụ tổng hợp Măng Ri"),
        pack: text("Gói 10 cái × 50 g"),
        price_vnd: Some(1_250_000),
        lot: text("LO-2026-09-15-A"),
        made_on: text("15/09/2026"),
        expires_on: text("15/12/2026"),
        barcode: text("2900000000124"),
        link: text("https://ocop.quangngai.example.vn/s/2900000000124/10/LO-2026-09-15-A?17=261215"),
    })
}

/// Returns a pack for scanners that read bars only.
pub fn pack_without_qr() -> Label {
    let Label::Pack(label) = pack() else { return pack() };
    Label::Pack(PackLabel { link: String::new(), producer: String::new(), pack: String::new(), ..label })
}

fn text(words: &str) -> String {
    words.to_owned()
}
