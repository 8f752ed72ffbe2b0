//! What is said of news.

web::texts! {
    /// What is said of them.
    pub trait PhoneNewsTexts;

    news_title() "Tin nhắn bán hàng" / "News by message";
    news_about() "Sáng thứ Hai báo tuần trước bán được gì, còn gì, mang thêm gì; hết hàng ở cửa hàng nào thì báo ngay. Số điện thoại chỉ dùng để nhắn tin này, dừng lúc nào cũng được." / "On Monday mornings what sold in the week before, what is left, what to bring; and at once what is gone in which store. The number is used for these messages alone, and you can stop them at any time.";
    news_phone() "Số điện thoại nhận tin (Zalo hoặc SMS)" / "Telephone number (Zalo or SMS)";
    news_ask() "Đồng ý nhận tin" / "Send me news";
    news_change() "Đổi số" / "Change the number";
    news_change_or_end() "Đổi số hoặc thôi nhận" / "Change the number or stop";
    news_end() "Thôi nhận tin" / "Stop them";
    news_end_about() "Dừng ngay; tin chưa gửi cũng bỏ." / "It stops at once; messages that wait are dropped too.";
    news_since(phone, time) "Đang nhắn đến {phone}, đồng ý lúc {time}." / "Sent to {phone}, as agreed at {time}.";
    news_latest() "Tin gần đây" / "Latest messages";
    news_waiting() "đang chờ gửi" / "waiting";
    news_refused() "không gửi được, số này không nhận tin: hãy đổi số" / "not sent, this number takes no messages: change it";
    news_late() "không gửi được trong ba ngày nên đã bỏ" / "not sent within three days, so it was dropped";
    news_wrong_phone() "Số điện thoại có 8 đến 15 chữ số." / "A telephone number has 8 to 15 digits.";
}

#[cfg(test)]
mod tests {
    use super::PhoneNewsTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PhoneNewsTexts>::ALL), Vec::<String>::new());
    }
}
