//! What the department reads of a producer's ways in: the QR to look without a password, and the link to choose one.

web::texts! {
    /// What is said of them.
    pub trait KeyTexts;

    keys_title() "Cách chủ thể vào xem" / "How the producer gets in";
    keys_about() "Chủ thể không có máy tính vẫn xem được hàng và tiền: quét mã QR, hoặc mở liên kết để đặt mật khẩu." / "A producer without a computer can still look: by a QR, or by a link to choose a password.";
    keys_none() "Chưa có mã QR." / "There is no QR yet.";
    keys_since(time) "Mã QR đang dùng từ {time}. Mỗi đơn vị quản lý in lên phiếu một mã riêng, chỉ mở hàng và tiền ở điểm bán của mình; mã mở tất cả chỉ hiện khi tạo." / "The QR is in use since {time}. Each operator prints one of its own on slips, which opens goods and money in its stores alone; the one for everything is shown only when it is made.";
    keys_make() "Tạo mã QR" / "Make a QR";
    keys_renew() "Tạo lại mã mở tất cả" / "Make the one for everything anew";
    keys_renew_about() "Mã mở tất cả cũ hết dùng ngay; mã trên các phiếu đã in vẫn dùng được." / "The one for everything from before stops at once; those on printed slips go on.";
    keys_renew_all() "Đổi tất cả mã QR" / "Make all of them anew";
    keys_made_before() "Mã đã tạo, không hiện lại. Cần xem lại thì tạo mã mới." / "It was made already and is not shown again. To see one, make a new one.";
    keys_end() "Bỏ mã QR" / "Take the QR away";
    keys_end_about() "Đổi tất cả hoặc bỏ thì mã cũ, kể cả mã trên các phiếu đã in, hết dùng ngay." / "With all of them, or without any, the one before and those on printed slips stop at once.";
    keys_change() "Đổi hoặc bỏ mã QR" / "Change the QR or take it away";
    keys_login() "Tên đăng nhập của chủ thể" / "The producer's account name";
    keys_login_hint() "Chữ thường không dấu, số, gạch ngang. Chưa có thì tạo mới." / "Lower-case letters, numbers, hyphens. It is made if it is not there.";
    keys_login_wrong() "Tên này không dùng được hoặc là của người khác. Chọn tên khác." / "This name cannot be used or is somebody else's. Choose another one.";
    keys_link() "Tạo liên kết đặt mật khẩu" / "Make a link to choose a password";
    keys_shown(name) "Đưa mã này cho {name}. Trang này chỉ hiện một lần." / "Give this to {name}. This page is shown once.";
    keys_shown_reading() "Ai có mã này đều xem được hàng và tiền của chủ thể ở mọi điểm bán, không trả lời được quyết toán. Đừng đưa cho đơn vị quản lý: phiếu của họ có mã riêng." / "Whoever has it sees the producer's goods and money in all stores, and cannot answer settlements. Give it to no operator: their slips carry keys of their own.";
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
