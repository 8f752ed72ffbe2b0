//! Every sentence of the customer's screen.

web::texts! {
    /// What the customer's screen says.
    pub trait DisplayTexts;

    display_page() "Màn hình khách" / "Customer display";
    display_lost() "Đang nối lại với quầy…" / "Connecting to the counter again…";
    welcome() "Kính chào quý khách" / "Welcome";
    thank_you() "Cảm ơn quý khách" / "Thank you";
    covered() "Đã trừ: đặt cọc, hàng trả lại" / "Taken off: deposit, goods back";
    goes_back() "Trả lại quý khách" / "Back to you";
    paid() "Đã thanh toán" / "Paid";
    scan_to_pay() "Quét mã để trả tiền" / "Scan to pay";
    more_rows(n) "và {n} dòng nữa" / "and {n} more";
}

#[cfg(test)]
mod tests {
    use super::DisplayTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as DisplayTexts>::ALL), Vec::<String>::new());
    }
}
