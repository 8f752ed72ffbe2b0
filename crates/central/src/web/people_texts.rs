//! Every sentence of the pages of people who may sign in.

web::texts! {
    /// What the pages of people say.
    pub trait PeopleTexts;

    page_people() "Người dùng" / "People";
    file_people() "nguoi-dung" / "people";
    column_code() "Mã xác nhận" / "Code at login";
    people_about() "Ai được đăng nhập vào hệ thống, với quyền gì. Nhân viên quầy có mã PIN riêng ở máy bán hàng." / "Who may sign in here, and what each may do. Cashiers have PINs of their own at the tills.";
    people_search() "Tên đăng nhập" / "Account";
    people_all_roles() "Mọi vai trò" / "All roles";
    people_none() "Không có ai như vậy." / "There is nobody like this.";
    people_pages() "Các trang người dùng" / "Pages of people";
    person_new() "Thêm người" / "Add somebody";
    person_edit() "Sửa quyền" / "Change the rights";

    role() "Vai trò" / "Role";
    role_admin() "Quản trị" / "Administrator";
    role_editor() "Cán bộ nhập liệu" / "Editor";
    role_department() "Cán bộ xem số liệu" / "Reader";
    role_auditor() "Kiểm toán" / "Auditor";
    role_operator() "Đơn vị quản lý" / "Operator";
    role_producer() "Chủ thể" / "Producer";
    role_editor_of(sections) "Cán bộ nhập liệu: {sections}" / "Editor: {sections}";
    role_about() "Quản trị làm mọi việc. Cán bộ nhập liệu xem mọi số liệu và sửa phần việc được giao. Cán bộ xem số liệu chỉ xem, in và tải về. Kiểm toán xem số liệu và nhật ký đến hết ngày đã định." / "Administrators do everything. Editors read all figures and change what their sections keep. Readers read, print and download. Auditors read figures and the log until their last day.";
    sections() "Phần việc được sửa" / "Sections";
    section_trade() "Thương mại: danh mục, điểm bán, khuyến mại, viết và chốt báo cáo" / "Trade: catalogue, points of sale, promotions, writing and sealing reports";
    section_industry() "Công nghiệp: công nhận CNNT tiêu biểu" / "Industry: rural industrial products";
    section_agriculture() "Nông nghiệp: công nhận OCOP" / "Agriculture: OCOP recognitions";
    section_finance() "Tài chính: kinh phí hỗ trợ" / "Finance: support";
    section_trade_short() "thương mại" / "trade";
    section_industry_short() "công nghiệp" / "industry";
    section_agriculture_short() "nông nghiệp" / "agriculture";
    section_finance_short() "tài chính" / "finance";

    column_person() "Người dùng" / "Person";
    column_rights() "Quyền" / "Rights";
    column_state() "Tình trạng" / "State";
    column_sessions() "Đang đăng nhập" / "Logins";
    person_active() "Đang dùng" / "Active";
    person_disabled() "Đã khóa" / "Disabled";
    person_over(day) "Hết hạn {day}" / "Ended {day}";
    person_until(day) "đến {day}" / "until {day}";
    person_has_code() "có mã xác nhận" / "with code";
    person_no_code() "chưa có mã xác nhận" / "without code";
    person_sessions(n) "{n} nơi" / "open: {n}";

    field_login() "Tên đăng nhập" / "Account";
    field_login_hint() "Không dấu cách, ví dụ: nguyenhuong" / "Without blanks, such as nguyenhuong";
    field_name() "Họ tên" / "Name";
    field_whose() "Của đơn vị hoặc chủ thể nào" / "Of which operator or producer";
    field_whose_hint() "Chỉ cho đơn vị quản lý và chủ thể; chọn đúng tên trong danh sách" / "For operators and producers alone; choose a name of the list";
    field_last_day() "Ngày cuối được vào" / "Last day";
    field_last_day_hint() "Kiểm toán phải có; người khác để trống là không hết hạn" / "Auditors need one; for others, empty means no end";
    back_to_people() "Trở về" / "Back";
    person_save() "Lưu" / "Save";
    person_add() "Thêm và lấy liên kết" / "Add and get the link";
    person_link(name) "Gửi liên kết này cho {name} qua Zalo hoặc thư. Liên kết dùng một lần để đặt mật khẩu, hết hạn sau 7 ngày, và chỉ hiện lần này." / "Send this link to {name} by Zalo or mail. It is used once to choose a password, ends after 7 days, and is shown only now.";
    person_new_link() "Liên kết đặt mật khẩu mới" / "Link for a new password";
    person_disable() "Khóa tài khoản" / "Disable";
    person_enable() "Mở lại tài khoản" / "Enable";
    person_end_sessions() "Đăng xuất mọi nơi, bỏ các khóa" / "End all logins and keys";
    person_end_code() "Bỏ mã xác nhận (mất điện thoại)" / "Take the code away (phone lost)";
    person_history() "Đã làm gì với tài khoản này" / "What was done to this account";
    wrong_login() "Gõ tên đăng nhập không dấu cách." / "Type an account without blanks.";
    taken_login() "Tên đăng nhập này đã có người dùng. Chọn tên khác." / "Somebody has this account. Choose another one.";
    wrong_name() "Gõ họ tên." / "Type the name.";
    wrong_sections() "Chọn ít nhất một phần việc." / "Choose one section at least.";
    wrong_whose() "Không có đơn vị hay chủ thể tên này. Chọn trong danh sách." / "There is no operator or producer of this name. Choose from the list.";
    wrong_last_day() "Kiểm toán cần ngày cuối, từ hôm nay trở đi." / "An auditor needs a last day, today or later.";
    fault_last_admin() "Đây là quản trị viên cuối cùng còn vào được. Giao quyền cho người khác trước." / "This is the last administrator who can sign in. Let somebody else administer first.";
}

#[cfg(test)]
mod tests {
    use super::PeopleTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PeopleTexts>::ALL), Vec::<String>::new());
    }
}
