//! What the department reads of a producer's ways in: the QR to look without a password, and the link to choose one.

web::texts! {
    /// What is said of them.
    pub trait KeyTexts;

    keys_title() "Cách chủ thể vào xem" / "How the producer gets in";
    keys_about() "Chủ thể không có máy tính vẫn xem được hàng và tiền: quét mã QR, hoặc mở liên kết để đặt mật khẩu." / "A producer without a computer can still look: by a QR, or by a link to choose a password.";
    keys_none() "Chưa có mã QR." / "There is no QR yet.";
    keys_since(time) "Mã QR đang dùng từ {time}; cửa hàng in mã này lên phiếu." / "The QR is in use since {time}; stores print it on slips.";
    keys_make() "Tạo mã QR" / "Make a QR";
    keys_renew() "Đổi mã QR" / "Make a new QR";
    keys_end() "Bỏ mã QR" / "Take the QR away";
    keys_end_about() "Mã trên các phiếu cũ hết dùng ngay." / "The one on older slips stops at once.";
    keys_change() "Đổi hoặc bỏ mã QR" / "Change the QR or take it away";
    keys_login() "Tên đăng nhập của chủ thể" / "The producer's account name";
    keys_login_hint() "Chữ thường không dấu, số, gạch ngang. Chưa có thì tạo mới." / "Lower-case letters, numbers, hyphens. It is made if it is not there.";
    keys_login_wrong() "Tên này không dùng được hoặc là của người khác. Chọn tên khác." / "This name cannot be used or is somebody else's. Choose another one.";
    keys_link() "Tạo liên kết đặt mật khẩu" / "Make a link to choose a password";
    keys_shown(name) "Đưa mã này cho {name}. Trang này chỉ hiện một lần." / "Give this to {name}. This page is shown once.";
    keys_shown_reading() "Ai có mã này đều xem được hàng và tiền của chủ thể, không trả lời được quyết toán." / "Whoever has it sees the producer's goods and money, and cannot answer settlements.";
    keys_shown_link(days) "Liên kết dùng một lần, trong {days} ngày, để đặt mật khẩu và trả lời quyết toán." / "It works once, for days: {days}, to choose a password and answer settlements.";
    keys_qr() "Mã QR" / "QR";
    keys_print() "In trang này" / "Print this page";
    keys_back() "Về chủ thể" / "Back to the producer";
}

#[cfg(test)]
mod tests {
    use super::KeyTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as KeyTexts>::ALL), Vec::<String>::new());
    }
}
