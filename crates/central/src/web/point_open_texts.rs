//! What is said when a point opens, on its shelf labels, and of points at equal age.

web::texts! {
    /// What is said then.
    pub trait PointOpenTexts;

    open_title(name) "Mở điểm mới · {name}" / "Opening · {name}";
    open_about() "Làm lần lượt từng bước. Dừng lúc nào cũng được: mở lại trang này là tiếp tục đúng chỗ." / "One step after the other. Stop whenever you like: this page goes on where it ended.";
    open_done_step() "Xong" / "Done";
    open_operator() "Đơn vị quản lý" / "Operator";
    open_operator_known() "Chọn đơn vị đã có" / "One that is known";
    open_operator_new() "Hoặc thêm đơn vị mới" / "Or a new one";
    open_operator_name() "Tên đơn vị" / "Its name";
    open_operator_choose() "Chọn một đơn vị đã có, hoặc nhập tên đơn vị mới." / "Choose one that is known, or enter the name of a new one.";
    open_commission_tax() "Thuế GTGT trên hoa hồng, %" / "VAT on commission, %";
    open_operator_save() "Giao điểm cho đơn vị này" / "Name this operator";
    open_store() "Cửa hàng trên máy bán hàng" / "Store at the till";
    open_store_about() "Tên, địa chỉ lấy từ hồ sơ điểm. Mã đứng đầu số phiếu bán hàng và không đổi được." / "Name and address are those of the file. Receipt numbers begin with the code, which never changes.";
    open_code() "Mã cửa hàng" / "Code";
    open_code_hint() "2 đến 6 chữ hoa, chữ số, như LS" / "2 to 6 capitals and digits, such as LS";
    open_receipt_title() "Dòng đầu phiếu bán hàng" / "First line of the receipt";
    open_receipt_footer() "Dòng cuối phiếu bán hàng" / "Last line of the receipt";
    open_phone() "Điện thoại" / "Telephone";
    open_bank_bin() "Mã ngân hàng (VietQR)" / "Bank number (VietQR)";
    open_bank_bin_hint() "6 chữ số; để trống nếu chưa nhận chuyển khoản" / "6 digits; empty without transfers";
    open_bank_account() "Số tài khoản" / "Account";
    open_store_save() "Lập cửa hàng" / "Make the store";
    open_wrong_code() "Mã gồm 2 đến 6 chữ hoa không dấu hoặc chữ số." / "The code has 2 to 6 capitals or digits.";
    open_code_taken() "Mã này đã có cửa hàng dùng." / "Another store has this code.";
    open_people() "Người dùng" / "People";
    open_manager() "Quản lý đầu tiên của quầy" / "First manager of the till";
    open_manager_is(names) "Quản lý: {names}" / "Managers: {names}";
    open_manager_name() "Họ tên" / "Name";
    open_pin() "PIN 6 chữ số" / "PIN of 6 digits";
    open_pin_hint() "để chính người quản lý gõ; không hiện lại" / "let the manager type it; it is not shown again";
    open_pin_again() "Gõ lại PIN" / "The PIN again";
    open_pin_differs() "Hai lần gõ PIN khác nhau." / "The two PINs differ.";
    open_pin_wrong() "PIN gồm 6 chữ số, không dễ đoán như 123456." / "A PIN has six digits and is not easy to guess, such as 123456.";
    open_manager_save() "Thêm quản lý" / "Add the manager";
    open_login_about() "Người của đơn vị xem doanh số, tồn kho, công nợ các điểm của mình trên trang này." / "The operator's person sees sales, stock and debts of its points here.";
    open_login_is(logins) "Tài khoản của đơn vị: {logins}" / "The operator's accounts: {logins}";
    open_login_none() "Đơn vị chưa có tài khoản." / "The operator has no account.";
    open_login() "Tên đăng nhập" / "Login";
    open_login_hint() "không dấu cách, như htx.lyson" / "no blanks, such as htx.lyson";
    open_person() "Họ tên người dùng" / "Person";
    open_login_save() "Tạo liên kết đặt mật khẩu" / "Make a link to choose a password";
    open_login_taken() "Tên đăng nhập này là của người khác. Chọn tên khác." / "This login is another person's. Choose another one.";
    open_link_told(login, days) "Gửi riêng cho {login}. Liên kết chỉ hiện lần này, dùng một lần trong {days} ngày." / "Give it to {login} alone. It is shown this once, and works once within {days} days.";
    open_products() "Sản phẩm" / "Products";
    open_products_all(n) "Máy bán hàng nhận toàn bộ danh mục: {n} sản phẩm đang bán. Không phải chọn từng sản phẩm; hàng có trên kệ khi nhập kho." / "The till gets the whole catalogue: products on sale: {n}. Nothing has to be chosen; goods stand on the shelf once they are received.";
    open_products_look() "Xem danh mục" / "The catalogue";
    open_labels_look() "In nhãn kệ" / "Print shelf labels";
    open_device() "Máy bán hàng" / "Till";
    open_device_none() "Chưa có máy nào ghi danh." / "No till has enrolled.";
    open_device_waits(name, fingerprint) "{name} chờ duyệt, dấu vân tay {fingerprint}" / "{name} waits for approval, fingerprint {fingerprint}";
    open_device_is(name) "{name} đã duyệt" / "{name} is approved";
    open_device_approve() "Duyệt ở trang “Cửa hàng”" / "Approve it on “Stores”";
    open_device_code() "Cấp mã ghi danh" / "Make a code";
    open_device_told(minutes) "Nhập mã này trên máy bán hàng. Mã chỉ hiện lần này, dùng được {minutes} phút." / "Enter this code at the till. It is shown this once and good for {minutes} minutes.";
    open_finish() "Mở cửa" / "Open";
    open_finish_about() "Chuyển hồ sơ sang “Đang hoạt động”. Máy bán hàng chưa duyệt vẫn bán được và gửi số liệu sau." / "The file becomes “Open”. A till that is not approved yet sells already and is counted later.";
    open_finish_on() "Ngày mở cửa" / "Day of the opening";
    open_finish_save() "Mở điểm" / "Open the point";
    open_wait() "Làm bước trước đã." / "The step before comes first.";
    open_back() "Về hồ sơ điểm" / "Back to the file";

    point_labels() "Nhãn kệ" / "Shelf labels";
    labels_title(name) "Nhãn kệ · {name}" / "Shelf labels · {name}";
    labels_about(n, day) "{n} nhãn, giá ngày {day}. In trên giấy A4, cắt theo đường kẻ." / "labels: {n}, prices of {day}. Print on A4 and cut along the lines.";
    labels_all() "Toàn danh mục" / "Whole catalogue";
    labels_shelf() "Hàng trên kệ" / "On the shelf";
    labels_none() "Chưa có sản phẩm nào để in nhãn." / "There is no product to label.";
    labels_cut(n) "Mỗi tờ nhiều nhất {n} nhãn." / "A sheet holds {n} labels at most.";
    labels_next() "Các nhãn tiếp theo" / "The next labels";
    labels_print() "In (Ctrl+P)" / "Print (Ctrl+P)";
    label_price_unit(unit) "/ {unit}" / "/ {unit}";

    ages_title() "Doanh thu theo tuần kể từ ngày mở" / "Sales by week since the opening";
    ages_about() "So điểm mới với điểm cũ ở cùng tuổi. Tuần 1 là bảy ngày đầu; chỉ tính tuần đã trọn." / "New points against old ones at equal age. Week 1 is the first seven days; only whole weeks count.";
    ages_new_since() "Điểm mới: mở từ ngày" / "New: opened from this day on";
    ages_weeks() "Số tuần" / "Weeks";
    ages_show() "Xem" / "Show";
    ages_new() "Điểm mới (trung bình)" / "New points (mean)";
    ages_old() "Điểm cũ (trung bình)" / "Old points (mean)";
    ages_new_count() "Số điểm mới" / "New points";
    ages_old_count() "Số điểm cũ" / "Old points";
    ages_week() "Tuần" / "Week";
    ages_points(n) "{n} điểm" / "points: {n}";
    ages_by_week() "Từng tuần" / "Week by week";
    ages_by_point() "Từng điểm" / "Point by point";
    ages_opened() "Ngày mở" / "Opened";
    ages_whole_weeks() "Tuần trọn" / "Whole weeks";
    ages_mean() "Bình quân tuần" / "Mean of a week";
    ages_last() "Tuần trọn gần nhất" / "Last whole week";
    ages_is_new() "Mới" / "New";
    ages_too_few() "Chưa đủ tuần trọn để so." / "There are no whole weeks to compare yet.";
    ages_change() "So với điểm cũ" / "Against old ones";
    ages_wrong() "Chọn một ngày, và từ 4 đến 104 tuần." / "Choose a day, and 4 to 104 weeks.";
}

#[cfg(test)]
mod tests {
    use super::PointOpenTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PointOpenTexts>::ALL), Vec::<String>::new());
    }
}
