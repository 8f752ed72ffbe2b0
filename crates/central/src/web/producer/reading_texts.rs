//! What is said of reading keys, and of links by which somebody chooses a password.

web::texts! {
    /// What is said of them.
    pub trait ReadingTexts;

    reading_title() "Mã QR xem không cần mật khẩu" / "QR to look without a password";
    reading_none() "Chưa có mã. Khi có mã, cửa hàng in mã QR lên phiếu nhận hàng và phiếu quyết toán; ai quét mã đều xem được hàng và tiền của cơ sở, nhưng không trả lời được quyết toán." / "There is none yet. With one, stores print a QR on delivery slips and settlements; whoever scans it sees your goods and money, but cannot answer settlements.";
    reading_since(time) "Mã đang dùng từ {time}. Cửa hàng in mã này lên phiếu; ai có mã đều xem được, không cần mật khẩu." / "In use since {time}. Stores print it on slips; whoever has it can look, without a password.";
    reading_link() "Mở trang chỉ xem" / "Open the pages to read";
    reading_make() "Tạo mã QR" / "Make a QR";
    reading_renew() "Đổi mã mới" / "Make a new one";
    reading_end() "Bỏ mã" / "Take it away";
    reading_renew_about() "Mã trên các phiếu cũ hết dùng ngay. Đổi khi phiếu bị mất hoặc lộ." / "The one on older slips stops at once. Do it when a slip was lost or seen.";
    reading_change() "Đổi hoặc bỏ mã" / "Change it or take it away";
    read_only() "Trang này chỉ để xem." / "These pages are only to read.";
    read_only_answer() "Đăng nhập để trả lời quyết toán" / "Log in to answer settlements";

    welcome_title() "Đặt mật khẩu" / "Choose a password";
    welcome_about(name) "Chào {name}. Đặt mật khẩu để xem hàng, tiền và trả lời quyết toán. Liên kết này dùng một lần." / "Welcome, {name}. Choose a password to see goods and money and to answer settlements. This link works once.";
    welcome_account() "Tên đăng nhập" / "Account";
    welcome_password() "Mật khẩu mới" / "New password";
    welcome_hint() "Ít nhất 8 chữ cái hoặc số" / "At least 8 characters";
    welcome_choose() "Đặt mật khẩu và đăng nhập" / "Choose it and log in";
    welcome_used() "Liên kết này đã được dùng để đặt mật khẩu. Đăng nhập bằng mật khẩu đó, hoặc xin Sở Công Thương liên kết mới." / "A password was chosen with this link already. Log in with it, or ask the department for another link.";
    welcome_over() "Liên kết này đã hết hạn. Xin Sở Công Thương liên kết mới." / "This link is over. Ask the department for another one.";
}

#[cfg(test)]
mod tests {
    use super::ReadingTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as ReadingTexts>::ALL), Vec::<String>::new());
    }
}
