//! Every sentence of somebody's own account: password, second factor, open logins.

web::texts! {
    /// What the page of somebody's own account says.
    pub trait AccountTexts;

    page_account() "Tài khoản của tôi" / "My account";
    account_login() "Tên đăng nhập" / "Account";
    account_role() "Vai trò" / "Role";
    account_ends(time) "Quyền truy cập hết lúc {time}" / "Access ends at {time}";

    sessions_title() "Nơi đang đăng nhập" / "Where you are logged in";
    sessions_about() "Thấy nơi lạ thì bấm Đăng xuất nơi đó, rồi đổi mật khẩu." / "Log out any place that you do not know, then change the password.";
    session_times(begun, seen) "đăng nhập {begun}, dùng lần cuối {seen}" / "logged in {begun}, last used {seen}";
    session_here() "nơi này" / "this one";
    session_end() "Đăng xuất nơi đó" / "Log out there";
    session_ended() "Đã đăng xuất nơi đó." / "That login has ended.";
    browser_on(browser, system) "{browser} trên {system}" / "{browser} on {system}";
    browser_unknown() "Không rõ" / "Unknown";

    keys_title() "Khóa cho chương trình" / "Keys for programs";
    keys_about() "Một chương trình đọc số liệu thay anh/chị qua /api/v1, với đúng quyền xem của anh/chị. Mô tả ở /api/openapi.json." / "A program reads in your name by /api/v1 what you may read. It is described at /api/openapi.json.";
    key_name() "Dùng cho việc gì" / "What it is for";
    key_make() "Tạo khóa" / "Make a key";
    key_made(key) "Khóa mới, chỉ hiện lần này: {key}. Gửi kèm mỗi lần đọc: Authorization: Bearer KHÓA." / "The new key, shown only now: {key}. Send it with each request: Authorization: Bearer KEY.";
    key_made_at(time) "tạo lúc {time}" / "made {time}";
    key_used(day) "dùng lần cuối ngày {day}" / "last used on {day}";
    key_unused() "chưa dùng" / "not used yet";
    key_end() "Bỏ khóa" / "Take it away";
    key_ended() "Đã bỏ khóa." / "The key is gone.";
    key_wrong_name() "Gõ khóa dùng cho việc gì, nhiều nhất 100 chữ." / "Say what the key is for, in at most 100 letters.";
    key_too_many(n) "Đã có {n} khóa. Bỏ bớt một khóa trước." / "There are {n} keys. Take one away first.";

    password_title() "Đổi mật khẩu" / "Change the password";
    password_old() "Mật khẩu hiện nay" / "Password now";
    password_new() "Mật khẩu mới" / "New password";
    password_change() "Đổi mật khẩu" / "Change the password";
    password_about() "Các nơi khác đang đăng nhập sẽ bị đăng xuất, khóa cho chương trình hết hiệu lực." / "Logins elsewhere will end, and so will keys for programs.";
    password_old_wrong() "Mật khẩu hiện nay không đúng." / "The password now is wrong.";
    password_changed() "Đã đổi mật khẩu. Các nơi khác đã đăng xuất." / "The password is changed. Logins elsewhere have ended.";

    code_section() "Mã xác nhận khi đăng nhập" / "Code at login";
    code_about() "Điện thoại cho một mã 6 số, đổi sau mỗi 30 giây. Người biết mật khẩu mà không có điện thoại này thì không vào được." / "A phone shows six digits, new ones every 30 seconds. Who knows the password but has not this phone does not get in.";
    code_is_off() "Đang tắt" / "Off";
    code_is_on() "Đang bật" / "On";
    code_needed() "Quản trị viên phải bật mã xác nhận trước khi làm việc." / "Administrators must turn the code on before they work.";
    code_turn_on() "Bật mã xác nhận" / "Turn the code on";
    code_scan() "Mở ứng dụng Google Authenticator, Microsoft Authenticator hoặc tương tự trên điện thoại và quét mã này." / "Open Google Authenticator, Microsoft Authenticator or one like them on the phone, and scan this.";
    code_by_hand() "Không quét được thì gõ khóa này:" / "Where it cannot be scanned, type this key:";
    code_picture() "Mã QR cho ứng dụng trên điện thoại" / "QR for the phone's app";
    code_field() "Mã 6 số trên điện thoại" / "Six digits on the phone";
    code_confirm() "Xác nhận" / "Confirm";
    code_confirmed() "Đã bật mã xác nhận. Lần đăng nhập sau sẽ hỏi mã." / "The code is on. The next login asks for it.";
    code_turn_off() "Tắt mã xác nhận" / "Turn the code off";
    code_ended() "Đã tắt mã xác nhận." / "The code is off.";
    code_wrong() "Mã không đúng hoặc đã dùng. Đợi mã mới trên điện thoại rồi gõ lại." / "The code is wrong or was used. Wait for the next one on the phone, then type it.";
    code_title() "Mã xác nhận" / "Code";
    code_asked() "Gõ mã 6 số đang hiện trên điện thoại." / "Type the six digits that the phone shows now.";
    code_begin_anew() "Đăng nhập lại từ đầu" / "Begin the login anew";
}

#[cfg(test)]
mod tests {
    use super::AccountTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as AccountTexts>::ALL), Vec::<String>::new());
    }
}
