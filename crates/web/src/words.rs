//! The texts that both applications share.

crate::texts! {
    /// Words of the shell, the login, the errors and the charts.
    pub trait WebTexts;
    language() "Tiếng Việt" / "English";
    skip_to_content() "Đến nội dung chính" / "Skip to content";
    main_navigation() "Các trang" / "Pages";
    training() "TẬP BÁN HÀNG: không bán thật" / "TRAINING: nothing is sold";
    demo_data() "Dữ liệu minh họa" / "Demonstration data";
    log_out() "Đăng xuất" / "Log out";
    home() "Về trang đầu" / "To the first page";
    required() "bắt buộc" / "required";

    log_in() "Đăng nhập" / "Log in";
    account() "Tên đăng nhập" / "Account";
    password() "Mật khẩu" / "Password";
    enter_pin() "Nhập mã PIN" / "Enter the PIN";
    pin_hint() "6 chữ số" / "6 digits";
    pin_digit(digit) "Số {digit}" / "Digit {digit}";
    delete_digit() "Xóa một số" / "Delete a digit";
    unlock() "Mở khóa" / "Unlock";
    who_is_at_the_counter() "Ai đang đứng quầy?" / "Who is at the counter?";

    waiting_slow() "Đang lưu — {n} lần quét đang chờ" / "Saving — scans waiting: {n}";
    waiting_lost() "✕ Máy bán hàng không trả lời — {n} lần quét đang chờ" / "✕ The till does not answer — scans waiting: {n}";
    choice() "Máy bán hàng báo lỗi nhiều lần với thao tác này:" / "The till keeps failing on this request:";
    choice_retry() "Thử lại" / "Try again";
    choice_drop() "Bỏ qua thao tác này" / "Skip this request";

    error_title() "Chưa làm được" / "That did not work";
    error_incident() "Mã sự cố" / "Incident";
    bad_request() "Nội dung gửi lên không đúng. Quay lại, kiểm tra rồi thử lại." / "What was sent is not right. Go back, check it and try again.";
    login_needed() "Phiên làm việc đã hết. Đăng nhập lại." / "Your session is over. Log in again.";
    forbidden() "Bạn không có quyền làm việc này." / "You may not do this.";
    foreign_page() "Yêu cầu không đến từ trang này nên bị từ chối. Mở lại trang rồi thử lại." / "The request did not come from this page and was refused. Open the page again and retry.";
    stale_page() "Trang đã cũ. Tải lại trang rồi thử lại." / "This page is out of date. Reload it and try again.";
    not_found() "Không tìm thấy trang này." / "There is no such page.";
    too_large() "Nội dung gửi lên quá lớn." / "What was sent is too large.";
    too_many() "Thử quá nhiều lần. Đợi một lát rồi thử lại." / "Too many tries. Wait a moment and try again.";
    internal() "Máy gặp lỗi nên chưa làm được. Thử lại; nếu vẫn lỗi, báo người quản lý." / "Something broke, so this was not done. Try again; if it persists, tell the manager.";
    unavailable() "Hệ thống đang bận. Thử lại sau ít phút." / "The system is busy. Try again in a few minutes.";

    password_too_short(least) "Mật khẩu phải có ít nhất {least} ký tự." / "The password needs at least {least} characters.";
    password_too_long(most) "Mật khẩu có nhiều nhất {most} ký tự." / "The password may have at most {most} characters.";
    password_common() "Mật khẩu này quá dễ đoán. Chọn mật khẩu khác." / "This password is too easy to guess. Choose another.";
    pin_shape() "Mã PIN gồm đúng 6 chữ số." / "A PIN has exactly 6 digits.";
    pin_common() "Mã PIN này quá dễ đoán. Chọn mã khác." / "This PIN is too easy to guess. Choose another.";

    chart_incomplete() "Thiếu số liệu" / "Incomplete";
    chart_incomplete_day(label) "{label}: có cửa hàng chưa gửi số liệu" / "{label}: a store has not reported";
    change_up(percent) "tăng {percent}" / "up {percent}";
    change_down(percent) "giảm {percent}" / "down {percent}";
    stars(n) "{n} sao OCOP" / "{n} OCOP stars";
}

#[cfg(test)]
mod tests {
    use super::WebTexts;
    use crate::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        // The two waiting texts keep their `{n}`: app.js fills it in.
        let (waiting, others): (Vec<_>, Vec<_>) =
            <Lang as WebTexts>::ALL.iter().copied().partition(|text| text.name.starts_with("waiting_"));
        assert_eq!(texts::faults(&others), Vec::<String>::new());
        assert!(waiting.iter().all(|text| text.vi.contains("{n}") && text.en.contains("{n}")));
        assert_eq!(waiting.len(), 2);
    }
}
