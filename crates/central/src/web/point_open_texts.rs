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
    commission_tax_link() "Thuế trên hoa hồng" / "VAT on commission";
    commission_tax_title(operator) "Thuế GTGT trên hoa hồng · {operator}" / "VAT on commission · {operator}";
    commission_tax_about() "Mỗi lần bán tính theo mức của ngày bán. Máy bán hàng ở mọi điểm của đơn vị được báo trước và tự đổi đúng ngày, kể cả khi mất mạng. Hàng đã bán giữ nguyên mức cũ." / "Each sale goes by the rate of its business date. The tills of all points of the operator are told in advance and change over by themselves, without a network too. What was sold keeps its rate.";
    commission_tax_at_first() "Từ đầu" / "From the beginning";
    commission_tax_from(day) "Từ {day}" / "From {day}";
    commission_tax_now() "đang áp dụng" / "in force";
    commission_tax_day() "Áp dụng từ ngày" / "In force from";
    commission_tax_save() "Đặt mức thuế" / "Set the rate";
    commission_tax_early() "Chọn từ ngày mai trở đi: hàng bán hôm nay giữ mức đang áp dụng." / "Choose tomorrow or later: what is sold today keeps its rate.";
    commission_tax_saved() "Đã đặt mức thuế trên hoa hồng và báo cho các máy bán hàng của đơn vị." / "VAT on commission is set, and the operator’s tills are told.";
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
    open_products_all(n) "Máy bán hàng nhận toàn bộ danh mục: {n} sản phẩm đang bán, nhập hàng nào bán hàng đó. Chọn ở đây những hàng điểm dự định bày." / "The till gets the whole catalogue: products on sale: {n}. It sells whatever is received. Choose here what the point is meant to carry.";
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
    open_no_till() "Chưa có máy bán hàng nào: điểm mở cửa mà chưa bán được. Làm bước 5 trước, hoặc mở rồi quay lại đây từ hồ sơ điểm." / "There is no till yet: the point would open and could not sell. Take step 5 first, or come back here from the file later.";
    opened_no_till() "Chưa có máy bán hàng nào: điểm đã mở mà chưa bán được. Làm bước 5." / "There is no till yet: the point is open and cannot sell. Take step 5.";
    open_till_waits() "Máy bán hàng chưa được duyệt: bán được, nhưng số liệu chưa được tính cho đến khi duyệt." / "The till is not approved yet: it sells, and counts once it is approved.";
    open_wait() "Làm bước trước đã." / "The step before comes first.";
    open_back() "Về hồ sơ điểm" / "Back to the file";

    chosen_title(name) "Chọn hàng cho điểm · {name}" / "Products of the point · {name}";
    chosen_about() "Hàng điểm dự định bày, để đối chiếu mức tối thiểu và in nhãn kệ trước khi nhập hàng. Máy bán hàng vẫn bán được toàn bộ danh mục." / "What the point is meant to carry: compared with the thresholds, and labelled before goods arrive. Its till sells the whole catalogue all the same.";
    chosen_card() "Hàng chọn cho điểm" / "Products chosen for the point";
    chosen_none() "Chưa chọn hàng nào." / "Nothing is chosen yet.";
    chosen_some(n, shelf) "Đã chọn {n} sản phẩm; {shelf} sản phẩm đang có trên kệ." / "Chosen products: {n}; on the shelf now: {shelf}.";
    chosen_choose() "Chọn hàng" / "Choose products";
    chosen_look() "Xem hàng đã chọn" / "Look at them";
    chosen_take() "Lấy theo điểm khác" / "As another point has them";
    chosen_take_about() "Thêm mọi hàng đang bán mà điểm kia đã chọn hoặc đang có trên kệ. Hàng đã chọn ở đây giữ nguyên." / "Adds all that is on sale and chosen for that point, or on its shelf. What is chosen here stays.";
    chosen_from() "Lấy theo điểm" / "From the point";
    chosen_take_now() "Thêm hàng của điểm kia" / "Add its products";
    chosen_which() "Hiện hàng nào" / "Which products";
    chosen_on_sale() "Hàng đang bán" / "All on sale";
    chosen_only(n) "Đã chọn ({n})" / "Chosen ({n})";
    chosen_every(n) "Chọn cả {n} sản phẩm đang lọc" / "Choose all that are picked: {n}";
    chosen_save() "Lưu lựa chọn" / "Save the choice";
    chosen_saved() "Đã lưu hàng chọn cho điểm." / "The choice is saved.";
    chosen_taken() "Đã thêm hàng của điểm kia." / "Its products are added.";
    chosen_yes() "Đã chọn" / "Chosen";
    chosen_file() "hang-cua-diem" / "point-products";

    point_labels() "Nhãn kệ" / "Shelf labels";
    labels_title(name) "Nhãn kệ · {name}" / "Shelf labels · {name}";
    labels_about(n, day) "{n} nhãn, giá ngày {day}. In trên giấy A4, cắt theo đường kẻ." / "labels: {n}, prices of {day}. Print on A4 and cut along the lines.";
    labels_all() "Toàn danh mục" / "Whole catalogue";
    labels_shelf() "Hàng trên kệ" / "On the shelf";
    labels_chosen() "Hàng đã chọn" / "Chosen";
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
