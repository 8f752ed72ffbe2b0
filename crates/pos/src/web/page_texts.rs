//! Every sentence of the pages beside the counter.

web::texts! {
    /// What the pages beside the counter say.
    pub trait PageTexts;

    receipts() "Đơn đã bán" / "Sales";
    goods() "Nhận hàng" / "Receive goods";
    stock() "Tồn kệ" / "Shelf stock";
    new_product() "Hàng mới" / "New product";
    practise() "Tập bán hàng" / "Practise selling";
    sell_really() "Về quầy thật" / "Back to the real counter";
    new_cashier() "Thêm nhân viên" / "Add a cashier";
    other_language() "English" / "Tiếng Việt";
    sign_out() "Khóa máy" / "Lock";

    product() "POS cửa hàng OCOP" / "OCOP store POS";
    sign_in() "Đăng nhập quầy" / "Sign in at a counter";
    choose_person() "Chọn người đứng quầy." / "Choose who is at the counter.";
    wrong_pin() "Mã PIN không đúng. Nhập lại." / "The PIN is wrong. Try again.";
    wait_pin(seconds) "Nhập sai nhiều lần. Đợi {seconds} giây rồi nhập lại." / "Too many wrong tries. Wait {seconds} s, then try again.";
    enrol_title() "Máy này chưa ghi danh" / "This computer is not enrolled";
    enrol_first() "Máy chưa thuộc cửa hàng nào nên chưa bán được." / "It belongs to no store yet, so it cannot sell.";
    enrol_second() "Xin Sở mã ghi danh của cửa hàng, rồi chạy trên máy này:" / "Ask the department for the store's code, then run on this computer:";
    enrol_third() "Xong thì tải lại trang này." / "Then reload this page.";
    no_cashiers_title() "Chưa có danh sách nhân viên" / "No cashiers yet";
    no_cashiers() "Máy đã ghi danh và đang chờ trung tâm gửi danh mục cùng danh sách nhân viên. Kiểm tra mạng, rồi tải lại trang này." / "This computer is enrolled and waits for the catalogue and the list of cashiers. Check the network, then reload this page.";
    reload() "Tải lại" / "Reload";

    receipt_number() "Số phiếu" / "Receipt";
    sold_at() "Lúc" / "Time";
    amount() "Số tiền" / "Amount";
    sale_state() "Tình trạng" / "State";
    only_here() "Chỉ có trên máy này" / "Only on this computer";
    held_at_central() "Đã về trung tâm, chờ duyệt máy" / "At central, waiting for approval";
    recorded() "Trung tâm đã ghi nhận" / "Recorded by central";
    no_sales() "Chưa có đơn nào." / "No sales yet.";
    newest_sales(n) "{n} đơn mới nhất" / "The {n} newest sales";
    receipt_title(receipt) "Phiếu {receipt}" / "Receipt {receipt}";
    receipt_picture(receipt) "Hình phiếu {receipt}" / "Picture of receipt {receipt}";
    print_receipt() "In lại phiếu" / "Print again";
    print_in_english() "In bằng tiếng Anh" / "Print in English";
    paper_state() "Giấy in" / "Paper";
    paper_none() "Không in" / "Not printed";
    paper_queued() "Đang chờ in" / "Waiting";
    paper_sending() "Đang in" / "Printing";
    paper_printed() "Đã in" / "Printed";
    paper_failed() "Chưa in được" / "Failed";
    paper_unknown() "Có thể đã in một phần" / "Perhaps in part";
    paper_skipped() "Bỏ qua" / "Skipped";
    to_counter() "Về quầy" / "To the counter";

    open_shift() "Mở ca" / "Open the shift";
    close_shift() "Đóng ca" / "Close the shift";
    business_date() "Ngày bán hàng" / "Business date";
    today() "Hôm nay" / "Today";
    yesterday() "Hôm qua, ca đêm" / "Yesterday, late shift";
    business_date_hint() "Giá, thuế và hạn dùng tính theo ngày này." / "Prices, taxes and dates of expiry follow this day.";
    bad_date() "Ngày này không mở ca được nữa. Chọn lại." / "A shift can no longer be opened for this day. Choose again.";
    float() "Tiền đầu ca trong ngăn kéo" / "Money in the drawer";
    float_hint() "Đếm rồi gõ, ví dụ 500.000; không có thì gõ 0." / "Count it, such as 500.000; type 0 for none.";
    shift_opened_at() "Mở lúc" / "Opened";
    shift_float() "Tiền đầu ca" / "Float";
    shift_sales() "Số đơn" / "Sales";
    bad_amount() "Gõ số tiền, ví dụ 500.000." / "Type an amount, such as 500.000.";
    open_cart_stays() "Đơn đang mở vẫn còn nguyên sau khi đóng ca." / "The open cart stays when the shift is closed.";

    own_goods() "Hàng của cửa hàng" / "The store's own goods";
    producer() "Chủ thể" / "Producer";
    find_goods() "Quét mã hoặc gõ tên hàng nhận về…" / "Scan or type what was delivered…";
    goods_lines() "Hàng nhận về" / "Delivered goods";
    goods_none() "Quét món hàng đầu tiên rồi gõ số lượng." / "Scan the first product, then type its quantity.";
    goods_quantity() "Số lượng" / "Quantity";
    expires_on() "Hạn sử dụng" / "Last day of sale";
    expires_hint() "Ví dụ 31/12/2027; không có thì để trống." / "For example 31/12/2027; leave empty for none.";
    bad_expiry() "Gõ ngày như 31/12/2027, hoặc để trống." / "Type a day such as 31/12/2027, or leave it empty.";
    lot_code() "Số lô" / "Lot code";
    lot_hint() "Trên bao bì, nếu có" / "On the pack, if any";
    add_line() "Thêm dòng" / "Add the row";
    drop_line(name) "Bỏ {name}" / "Drop {name}";
    receive() "Nhập kho" / "Receive";
    no_such_code(code) "Không có mã {code}. Gõ tên để tìm, hoặc thêm hàng mới." / "No item has code {code}. Type a name, or add it as a new product.";
    several_goods() "Có nhiều mặt hàng khớp. Chọn một." / "Several products fit. Choose one.";

    barcode() "Mã vạch" / "Barcode";
    barcode_hint() "Để trống nếu bao bì không có." / "Leave empty if the pack has none.";
    bad_barcode() "Mã vạch này sai. Quét lại, hoặc để trống." / "This barcode is wrong. Scan it again, or leave it empty.";
    name() "Tên hàng" / "Name";
    bad_name() "Gõ tên hàng, nhiều nhất 120 ký tự." / "Type a name of at most 120 characters.";
    unit() "Đơn vị, quy cách" / "Unit or pack";
    unit_hint() "Ví dụ hộp 250 g, chai 500 ml, kg" / "For example hộp 250 g, chai 500 ml, kg";
    bad_unit() "Gõ đơn vị, ví dụ hộp 250 g." / "Type a unit, such as hộp 250 g.";
    price() "Giá bán một đơn vị" / "Price of a unit";
    price_hint() "Đã gồm VAT, ví dụ 95.000" / "VAT included, such as 95.000";
    bad_price() "Gõ giá, từ 1 ₫ đến 1 tỷ." / "Type a price between 1 ₫ and 1,000,000,000 ₫.";
    sold_by() "Bán theo" / "Sold by";
    by_piece() "Chiếc, hộp, chai, gói" / "The piece";
    by_weight() "Cân (kg)" / "Weight (kg)";
    is_food() "Thực phẩm, đồ uống, thuốc: quá hạn là không bán; khách chỉ trả được trong ngày mua" / "Food, drink or medicine: not sold past its date, and brought back on the day of the sale alone";
    add_product() "Thêm và đưa vào đơn" / "Add it to the cart";
    new_product_about() "Hàng ký gửi sẽ được trung tâm kiểm tra và bổ sung sau." / "Central checks and completes consigned goods later.";

    cashier_name() "Họ và tên" / "Full name";
    bad_cashier_name() "Gõ họ và tên, nhiều nhất 60 ký tự." / "Type a name of at most 60 characters.";
    cashier_known() "Đã có người tên này. Thêm tên đệm để phân biệt." / "There is somebody of this name. Add a middle name.";
    pin_shape_hint() "6 chữ số, không dễ đoán" / "6 digits, not easily guessed";
    new_pin() "Mã PIN" / "PIN";
    pin_again() "Nhập lại mã PIN" / "PIN again";
    pin_differs() "Hai lần nhập PIN không giống nhau." / "The two PINs differ.";
    save_cashier() "Thêm nhân viên" / "Add";
    cashier_added(name) "Đã thêm {name}. Từ nay chọn tên này khi đăng nhập quầy." / "{name} was added and can sign in now.";
    cashiers() "Nhân viên" / "Cashiers";
    role_cashier() "Thu ngân" / "Cashier";
    role_manager() "Quản lý" / "Manager";

    stock_product() "Mặt hàng" / "Product";
    stock_quantity() "Còn theo sổ" / "By the book";
    stock_none() "Chưa nhận hàng lần nào." / "Nothing has been received yet.";
    stock_ended(quantity) "quá hạn {quantity}" / "past its date {quantity}";
    stock_below() "Bán nhiều hơn nhập: đếm lại" / "More sold than received: count it";
}

#[cfg(test)]
mod tests {
    use super::PageTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PageTexts>::ALL), Vec::<String>::new());
    }
}
