//! Every sentence about what a counter is held to: what it showed for payment, the day of its shift.

web::texts! {
    /// What such a refusal says.
    pub trait HoldingTexts;

    note_cart_changed(shown, payable) "Đơn vừa thay đổi: từ {shown} thành {payable}. Chưa bán gì. Xem lại đơn, báo khách rồi thu." / "The cart has just changed: from {shown} to {payable}. Nothing was sold. Look at the cart, tell the buyer, then take the money.";
    note_scanned_for_real() "Mã vừa quét vào đơn bán thật: quầy này đang mở ca. Muốn tập bằng máy quét này thì đóng ca bên bán thật, hoặc gõ mã." / "The code is in the real cart: the shift of this counter is open. To practise with this scanner, close that shift, or type codes.";
    note_day_over(day, now) "Ca ngày {day} chỉ bán đến 04:00 sáng hôm sau, bây giờ là {now}. Đếm tiền, đóng ca rồi mở ca mới (Ctrl+K), đơn vẫn còn; giờ máy sai thì chỉnh lại." / "The shift of {day} sells until 04:00 of the next day, and it is {now} now. Count, close it and open a new one (Ctrl+K), the carts stay; if the clock is wrong, set it right.";
    day_not_today(day) "Ngày bán {day}" / "Business date {day}";
    day_over(day) "Ngày bán {day} đã hết" / "Business date {day} is over";
    day_close_shift() "đóng ca, mở ca mới" / "close the shift, open a new one";
    day_old_rates() "từ hôm nay thuế suất khác: đóng ca, mở ca mới" / "other tax rates hold from today: close the shift, open a new one";
    day_begins_rates(day) "Từ {day} áp dụng thuế suất GTGT mới. Ca mở cho ngày nào thì tính thuế của ngày đó." / "New VAT rates hold from {day}. A shift has the rates of the day that it is opened for.";
    note_price_moved(shown, payable) "Giá đã đổi trong lúc chờ: từ {shown} thành {payable}. Chưa bán gì. Báo khách rồi thu." / "A price changed while you waited: from {shown} to {payable}. Nothing was sold. Tell the buyer, then take the money.";
}

#[cfg(test)]
mod tests {
    use super::HoldingTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as HoldingTexts>::ALL), Vec::<String>::new());
    }
}
