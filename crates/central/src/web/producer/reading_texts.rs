//! What is said of reading keys, and of links by which somebody chooses a password.

web::texts! {
    /// What is said of them.
    pub trait ReadingTexts;

    reading_title() "Mã QR xem không cần mật khẩu" / "QR to look without a password";
    reading_none() "Chưa có mã. Khi có mã, cửa hàng in mã QR lên phiếu nhận hàng và phiếu quyết toán; ai quét mã trên phiếu xem được hàng và tiền của cơ sở ở các điểm bán của đơn vị quản lý đó, nhưng không trả lời được quyết toán." / "There is none yet. With one, stores print a QR on delivery slips and settlements; whoever scans it sees your goods and money in the stores of that operator, but cannot answer settlements.";
    reading_since(time) "Mã đang dùng từ {time}. Mỗi đơn vị quản lý in lên phiếu một mã riêng, chỉ mở hàng và tiền ở các điểm bán của mình. Mã mở tất cả chỉ hiện khi tạo: cần lại thì tạo mã mới." / "In use since {time}. Each operator prints one of its own on slips, for its stores alone. The one for everything is shown only when it is made: to see one again, make a new one.";
    reading_shown() "Mã QR xem tất cả" / "The QR for everything";
    reading_shown_about() "Ai có mã này đều xem được hàng và tiền của cơ sở ở mọi điểm bán, không cần mật khẩu. Trang này chỉ hiện một lần: chụp lại hoặc in ra. Đừng đưa cho đơn vị quản lý: phiếu của họ có mã riêng." / "Whoever has it sees your goods and money in all stores, without a password. This page is shown once: photograph or print it. Give it to no operator: their slips carry keys of their own.";
    reading_print() "In trang này" / "Print this page";
    reading_back() "Về trang đầu" / "Back to the first page";
    reading_ended() "Mã QR trên phiếu này đã ngừng dùng: mã cũ mở sổ của mọi đơn vị quản lý, nên đã thay bằng mã riêng của từng đơn vị. Xin cửa hàng in lại phiếu để có mã mới, hoặc đăng nhập để xem." / "The QR on this slip has ended: it opened what all operators sell, and each has one of its own now. Ask the store to print the slip again, or sign in to look.";
    reading_make() "Tạo mã QR" / "Make a QR";
    reading_renew() "Tạo lại mã mở tất cả" / "Make the one for everything anew";
    reading_renew_all() "Đổi tất cả mã" / "Make all of them anew";
    reading_end() "Bỏ mã" / "Take it away";
    reading_renew_about() "Mã mở tất cả cũ hết dùng ngay; mã trên các phiếu đã in vẫn dùng được." / "The one for everything from before stops at once; those on printed slips go on.";
    reading_renew_all_about() "Đổi tất cả hoặc bỏ thì mã cũ, kể cả mã trên các phiếu đã in, hết dùng ngay. Làm khi phiếu bị mất, bị lộ." / "With all of them, or without any, the one before and those on printed slips stop at once. Do it when a slip was lost or seen.";
    reading_made_before() "Mã đã tạo, không hiện lại. Cần xem lại thì tạo mã mới." / "It was made already and is not shown again. To see one, make a new one.";
    reading_change() "Đổi hoặc bỏ mã" / "Change it or take it away";
    read_only() "Trang này chỉ để xem." / "These pages are only to read.";
    read_only_answer() "Đăng nhập để trả lời quyết toán" / "Log in to answer settlements";
    read_one_operator() "Mã trên phiếu chỉ mở hàng và tiền ở các điểm bán của đơn vị quản lý đã in phiếu. Đăng nhập để xem mọi điểm bán." / "The code on a slip opens goods and money in the stores of the operator that printed it. Log in to see all of them.";
    paper_one_operator() "Chỉ gồm các điểm bán của đơn vị quản lý đã in mã QR, chưa phải mọi điểm bán." / "Of the stores of the operator that printed the QR alone, not of all stores.";

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
