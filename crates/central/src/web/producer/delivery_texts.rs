//! What is said of deliveries.

web::texts! {
    /// What a producer reads of deliveries.
    pub trait DeliveryTexts;

    page_deliveries() "Hàng đã giao" / "Delivered goods";
    deliveries_about() "Cửa hàng đếm lại khi nhận. Khác phiếu giao thì có dấu; hỏi cửa hàng ngay khi thấy." / "Stores count what comes. Where it differs from the note there is a mark; ask the store when you see one.";
    deliveries_none() "Tháng này chưa giao hàng." / "Nothing was delivered in this month.";
    deliveries_cut(n) "Chỉ hiện {n} lần gần nhất." / "Only the latest {n} are shown.";
    deliveries_link() "Hàng đã giao theo ngày, lô" / "Delivered goods by day and lot";
    delivery_differs(noted, counted) "phiếu {noted}, đếm {counted}" / "noted {noted}, counted {counted}";
    delivery_lot(code) "lô {code}" / "lot {code}";
    delivery_expires(day) "hạn {day}" / "until {day}";
}

#[cfg(test)]
mod tests {
    use super::DeliveryTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as DeliveryTexts>::ALL), Vec::<String>::new());
    }
}
