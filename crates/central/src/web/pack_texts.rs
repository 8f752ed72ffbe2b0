//! Every sentence of the pages behind the QR on packs, and of the page that counts them.

web::texts! {
    /// What the pages of packs say.
    pub trait PackTexts;

    pack_unknown() "Mã này chưa có trong danh mục" / "Nobody knows this code";
    pack_unknown_about() "Kiểm tra lại tem trên bao bì, hoặc hỏi điểm bán nơi anh/chị đã mua." / "Look at the label again, or ask the store where you bought it.";
    pack_retired() "Sản phẩm này không còn bán ở các điểm giới thiệu." / "The points of sale no longer sell this product.";
    pack_provisional() "Điểm bán tự thêm sản phẩm này; Sở Công Thương chưa xác nhận." / "A store added this product; the department has not confirmed it yet.";
    pack_expired(day) "Lô này đã hết hạn ngày {day}. Đừng dùng, và báo cho điểm bán." / "This lot was good until {day}. Do not use it, and tell the store.";
    pack_producer() "Chủ thể" / "Producer";
    pack_commune() "Nơi sản xuất" / "Made in";
    pack_valid_to(day) "có hiệu lực đến {day}" / "valid until {day}";
    pack_lot(code) "Lô {code}" / "Lot {code}";
    pack_expires_on(day) "Hạn dùng {day}" / "Good until {day}";
    pack_lot_unknown() "Chưa điểm bán nào ghi nhận lô này. Nếu mới mua, hỏi điểm bán." / "No store has written down this lot. If you bought it just now, ask the store.";
    pack_received_on(day) "nhận ngày {day}" / "received on {day}";
    pack_stores() "Đang có bán tại" / "Sold at";
    pack_no_store() "Hôm nay các điểm bán tạm hết hàng." / "The stores have none left today.";
    pack_order() "Đặt qua Zalo" / "Order by Zalo";
    pack_about() "Số liệu của Sở Công Thương tỉnh Quảng Ngãi. Trang này đếm số lượt xem, không lưu gì về người xem." / "Figures of the department of industry and trade of Quảng Ngãi. Looks at this page are counted; nothing is kept about who looks.";

    page_scans() "Lượt quét mã" / "Scans of labels";
    scans_about() "Khách quét mã trên tem 30 ngày qua. Lô bị quét nhiều hơn hẳn số đã bán và số còn trên kệ có thể bị dán tem giả." / "Labels that buyers scanned in the last 30 days. A lot that is scanned far more often than it was sold or lies on shelves may be on other packs.";
    scans_none() "30 ngày qua chưa ai quét mã." / "Nobody scanned a label in the last 30 days.";
    scans_all(n) "{n} lượt trong 30 ngày" / "scans in 30 days: {n}";
    file_scans() "luot-quet" / "scans";
    column_scans_odd() "Cần xem" / "To look at";
    column_lot() "Lô" / "Lot";
    column_scans() "Lượt quét" / "Scans";
    column_lot_sold() "Đã bán" / "Sold";
    column_on_shelf() "Trên kệ" / "On shelves";
    scans_suspicious() "nghi tem giả" / "copied labels?";
    scans_without_lot() "không ghi lô" / "no lot";
}

#[cfg(test)]
mod tests {
    use super::PackTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PackTexts>::ALL), Vec::<String>::new());
    }
}
