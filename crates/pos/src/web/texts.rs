//! Every sentence of the counter, as a cashier would say it.

web::texts! {
    /// What the counter says.
    pub trait CounterTexts;

    counter_page() "Bán hàng" / "Sell";
    counter_no(n) "Quầy {n}" / "Counter {n}";
    counter_choice() "Quầy" / "Counter";
    box_hint() "Quét mã vạch hoặc gõ tên hàng (không cần dấu)…" / "Scan a barcode or type a name (marks not needed)…";
    box_label() "Mã vạch hoặc tên hàng" / "Barcode or name";
    results_label() "Mặt hàng tìm thấy" / "Products found";
    nothing_found() "Không tìm thấy mặt hàng nào." / "No product was found.";
    on_shelf(quantity) "kệ còn {quantity}" / "on the shelf: {quantity}";

    column_product() "Mặt hàng" / "Product";
    column_quantity() "SL" / "Qty";
    column_price() "Đơn giá" / "Price";
    column_amount() "Thành tiền" / "Amount";
    cart_label() "Đơn hàng" / "Cart";
    give_back() "Trả lại khách" / "Give back";
    cart_empty() "Quét món hàng đầu tiên." / "Scan the first product.";
    take_out(name) "Bỏ {name} khỏi đơn" / "Take {name} out of the sale";
    one_less(name) "Bớt một {name}" / "One less: {name}";
    one_more(name) "Thêm một {name}" / "One more: {name}";
    total_label() "Tổng cộng" / "Total";
    pieces() "Số món" / "Items";
    discount() "Giảm giá" / "Discount";
    keys_label() "Phím chức năng" / "Function keys";

    help() "Trợ giúp" / "Help";
    find() "Tìm hàng" / "Find";
    quantity() "Số lượng" / "Quantity";
    pay() "Thanh toán" / "Pay";
    print_again() "In lại" / "Print again";
    shift() "Ca" / "Shift";
    switch_person() "Đổi người" / "Switch person";
    clear() "Xóa đơn" / "Clear";
    menu() "Mục khác" / "More";
    row_above() "Chọn dòng trên" / "Choose the row above";
    row_below() "Chọn dòng dưới" / "Choose the row below";
    remove_row() "Bỏ dòng đang chọn" / "Remove the chosen row";
    more() "Thêm một" / "One more";
    less() "Bớt một" / "One less";
    back() "Quay lại" / "Back";
    close() "Đóng" / "Close";
    hint_rows() "chọn dòng" / "choose a row";
    hint_pieces() "thêm, bớt" / "more, less";
    hint_remove() "bỏ dòng" / "remove the row";
    hint_saved() "Mỗi lần quét được lưu ngay xuống đĩa" / "Each scan is on the disk at once";
    help_keys() "Các phím" / "Keys";
    help_paying() "Khi thanh toán" / "While paying";
    help_reducing() "Khi giảm giá" / "While giving a discount";
    help_twins() "Khi hỏi đơn có trùng không" / "When asked about sales that look alike";
    help_receipt() "Ở trang một phiếu" / "On the page of a receipt";
    help_goods() "Khi nhận hàng và in tem" / "While receiving goods and printing labels";
    finish_key() "Xong đơn" / "Finish";

    new_quantity() "Số lượng mới" / "New quantity";
    quantity_hint() "Ví dụ 3; hàng cân 1,25" / "For example 3, or 1,25 by weight";
    set_quantity() "Đổi số lượng" / "Change";
    clear_question() "Xóa cả đơn này?" / "Clear the whole cart?";
    clear_about(lines, total) "Đơn có {lines} dòng, {total}." / "It has rows: {lines}, {total}.";
    clear_yes() "Xóa đơn" / "Clear";

    due() "Phải trả" / "To pay";
    cash_rounding() "Làm tròn tiền mặt" / "Cash rounding";
    all_in_cash(amount) "Trả hết bằng tiền mặt thì thu {amount}." / "All in cash: take {amount}.";
    ways_label() "Hình thức thanh toán" / "Ways to pay";
    cash() "Tiền mặt" / "Cash";
    vietqr() "VietQR" / "VietQR";
    card() "Thẻ" / "Card";
    several_ways() "Nhiều cách" / "Pay in several ways";
    given() "Khách đưa" / "Given";
    given_exactly() "vừa đủ" / "exact";
    change() "Tiền thừa" / "Change";
    finish() "Xong" / "Done";
    money_came() "Đã nhận tiền" / "Money received";
    vietqr_wait() "Mời khách quét mã. Thấy tiền về tài khoản rồi mới bấm nhận." / "Ask the buyer to scan. Press the button only after the money is in the account.";
    vietqr_picture(amount) "Mã VietQR để chuyển {amount}" / "VietQR for a transfer of {amount}";
    transfer_amount() "Số tiền" / "Amount";
    transfer_reference() "Nội dung" / "Reference";
    transfer_account() "Tài khoản" / "Account";
    card_wait() "Quẹt thẻ trên máy của ngân hàng. Máy báo thành công rồi mới bấm “Đã nhận tiền”." / "Use the bank's card terminal. Press “Money received” only after it reports success.";
    several_hint() "Để trống ô không dùng. VietQR (F2) hiện mã cho phần chuyển khoản." / "Leave unused fields empty. VietQR (F2) shows a code for the transfer.";
    transfer() "Chuyển khoản" / "Transfer";
    part_of(payable) "Trong {payable}" / "Of {payable}";

    last_sale() "Đơn vừa xong" / "Last sale";
    show_receipt() "Xem phiếu" / "Show the receipt";

    printer_good() "Máy in" / "Printer";
    printer_waiting() "Máy in: đang thử lại" / "Printer: trying again";
    printer_unknown() "Máy in: xem lại giấy" / "Printer: look at the paper";
    paper_failed(receipt, why) "Chưa in được {receipt}. {why}" / "Receipt {receipt} was not printed. {why}";
    paper_failed_other(why) "Có phiếu chưa in được. {why}" / "A receipt was not printed. {why}";
    paper_unknown(receipt) "Phiếu {receipt} có thể đã in một phần. Nhìn giấy rồi chọn." / "Receipt {receipt} may be printed in part. Look at the paper, then choose.";
    paper_unknown_other() "Có phiếu có thể đã in một phần. Nhìn giấy rồi chọn." / "A receipt may be printed in part. Look at the paper, then choose.";
    paper_skip() "Bỏ qua" / "Skip";
    central_good() "Trung tâm" / "Central";
    central_starting() "Đang nối trung tâm" / "Connecting to central";
    central_waiting(n) "Trung tâm · {n} đơn đang gửi" / "Central · sending {n}";
    sales_count(n) "{n} đơn" / "sales: {n}";
    waiting_to_go() "chờ gửi" / "waiting";
    central_held() "Chờ trung tâm duyệt máy này" / "Central has not approved this computer";
    central_offline() "Chưa nối trung tâm" / "Central unreachable";
    offline_since(time) "từ {time}" / "since {time}";
    central_training() "Tập bán hàng: không gửi đi" / "Training: nothing is sent";
    central_not_enrolled() "Máy chưa ghi danh với trung tâm" / "Not enrolled with central";
    central_refused() "Trung tâm từ chối máy này: báo quản lý" / "Central refuses this computer: tell the manager";
    central_too_old() "Phần mềm quá cũ với trung tâm: báo quản lý" / "This program is too old for central: tell the manager";
    central_damaged(at) "Nhật ký hỏng ở mục {at}: báo quản lý" / "The journal is damaged at entry {at}: tell the manager";

    missed_label() "Mã chưa có" / "Codes nobody knew";
    missed(code) "Không có mã {code}" / "No item has code {code}";
    missed_add() "Thêm hàng mới" / "Add as new";
    missed_dismiss() "Bỏ" / "Dismiss";

    clock_before(day) "Giờ máy sai ({day})" / "This computer's clock is wrong ({day})";
    clock_set_back(by) "Giờ máy bị lùi {by}" / "This computer's clock was set back {by}";
    clock_skewed(by) "Giờ máy lệch {by} so với trung tâm" / "This computer's clock differs from central's by {by}";
    set_the_clock() "chỉnh lại đồng hồ, vẫn bán bình thường" / "set it right; selling goes on";
    disk_low(mb) "Ổ đĩa chỉ còn {mb} MB" / "Only {mb} MB left on the disk";
    disk_tidy() "xóa bớt tệp, vẫn bán bình thường" / "delete some files; selling goes on";
    disk_no_backups() "không sao lưu nữa, xóa bớt tệp ngay, vẫn bán được" / "no more backups; delete files now; selling goes on";
    minutes(n) "{n} phút" / "{n} min";
    hours(n) "{n} giờ" / "{n} h";
    days(n) "{n} ngày" / "{n} days";

    note_ready() "Sẵn sàng" / "Ready";
    note_added(name, quantity) "{name} — số lượng {quantity}" / "{name} — quantity {quantity}";
    note_beyond_stock(name, quantity) "{name} — số lượng {quantity}: hết hàng theo sổ, vẫn bán" / "{name} — quantity {quantity}: none left by the book, sold all the same";
    note_lapsed(name) "{name}: chứng nhận OCOP đã hết hạn, bán như hàng thường" / "{name}: its OCOP certificate has lapsed, sold as ordinary goods";
    note_removed(name) "Đã bỏ {name}" / "Removed {name}";
    note_cleared() "Đã xóa đơn" / "Cart cleared";
    note_unknown_code(code) "Không có mã {code}. Gõ tên để tìm." / "No item has code {code}. Type a name to search.";
    note_wrong_check_digit(code) "Mã {code} đọc sai số kiểm tra. Quét lại." / "Code {code} was misread: its check digit is wrong. Scan it again.";
    note_input_method() "Mã có dấu tiếng Việt: tắt Unikey (Ctrl+Shift) rồi quét lại." / "The code has Vietnamese marks: switch the input method off (Ctrl+Shift) and scan again.";
    note_foreign_label() "Tem QR này của cửa hàng khác. Quét mã vạch in trên bao bì." / "This QR is of another shop. Scan the bars on the pack.";
    note_unreadable() "Không đọc được mã này. Quét lại, hoặc gõ tên hàng." / "This code cannot be read. Scan it again, or type a name.";
    note_several(words) "Có nhiều mặt hàng khớp với “{words}”. Chọn một." / "Several products fit “{words}”. Choose one.";
    note_nothing(words) "Không tìm thấy “{words}”. Gõ ít chữ hơn, hoặc thêm hàng mới." / "Nothing fits “{words}”. Type fewer letters, or add it as a new product.";
    note_past_date(name, date) "{name}: gói này quá hạn từ {date}, vẫn bán được. Hỏi ý khách." / "{name}: this pack is past its date {date}, and may be sold. Ask the buyer.";
    note_fresh_left(name, fresh, date) "{name}: chỉ còn {fresh} còn hạn, số còn lại quá hạn {date}. Bán ít hơn; cất hàng quá hạn khỏi kệ." / "{name}: only {fresh} left in time, the rest is past its date {date}. Sell fewer; take the rest off the shelf.";
    note_expired(name, date) "{name}: hết hạn sử dụng {date}. Không bán; cất khỏi kệ." / "{name}: past its date {date}. Do not sell it; take it off the shelf.";
    note_whole() "Hàng này bán theo chiếc: gõ số nguyên." / "This product is sold by the piece: type a whole number.";
    note_quantity() "Số lượng chưa đúng. Gõ số như 3 hoặc 1,25." / "The quantity is not right. Type a number such as 3 or 1,25.";
    note_amount() "Số tiền chưa đúng. Gõ lại, ví dụ 700.000." / "The amount is not right. Type it again, such as 700.000.";
    note_cart_full() "Đơn đã đầy. Thanh toán đơn này rồi bán tiếp ở đơn sau." / "The cart is full. Take payment, then go on with the next.";
    note_no_line() "Dòng này không còn ở đó. Chọn lại." / "The row is no longer there. Choose again.";
    note_stale() "Đơn đó đã xong hoặc đang treo nên thao tác này không đổi gì." / "That sale is over or parked, so nothing was changed.";
    note_empty_cart() "Đơn chưa có hàng. Quét hàng trước đã." / "The cart is empty. Scan something first.";
    note_other_shift() "Ca vừa đếm đã đóng rồi. Muốn đóng ca đang mở thì đếm lại." / "The shift that was counted is closed already. To close the open one, count again.";
    note_no_shift() "Chưa mở ca. Mở ca (Ctrl+K) rồi bán." / "No shift is open. Open one (Ctrl+K), then sell.";
    note_short(missing) "Còn thiếu {missing}." / "{missing} is missing.";
    note_too_much(payable) "Chuyển khoản và thẻ không được quá {payable}." / "A transfer or card takes no more than {payable}.";
    note_no_tax_rate() "Chưa có thuế suất cho ngày bán này. Nối mạng để cập nhật danh mục, hoặc gọi quản lý." / "No VAT rate is known for this business date. Connect to update the catalogue, or call the manager.";
    note_no_bank_account() "Cửa hàng chưa có tài khoản nhận VietQR. Thu tiền mặt hoặc thẻ." / "This store has no account for VietQR. Take cash or a card.";
    note_vietqr_shown(reference) "Chờ tiền về với nội dung {reference}." / "Wait for the money with reference {reference}.";
    note_sold(receipt) "Xong đơn {receipt}." / "Sale {receipt} is done.";
    note_sold_change(receipt, change) "Xong đơn {receipt}. Trả lại khách {change}." / "Sale {receipt} is done. Give back {change}.";
    note_printing(receipt) "Đang in {receipt}." / "Printing {receipt}.";
    note_reprinted(receipt, copy) "Đang in lại {receipt}, bản sao {copy}." / "Printing {receipt} again, copy {copy}.";
    note_no_receipt() "Chưa có phiếu nào để in lại." / "There is no receipt to print again.";
    note_product_added(name) "Đã thêm hàng mới {name} vào đơn." / "{name} is new and in the cart.";
    note_bad_field() "Có ô chưa đúng. Sửa ô báo đỏ rồi lưu lại." / "A field is not right. Correct the red one and save again.";
    note_shift_opened() "Đã mở ca. Bắt đầu bán." / "The shift is open. Start selling.";
    note_shift_closed() "Đã đóng ca. Tiền đếm khớp sổ." / "The shift is closed. The count agrees with the book.";
    note_shift_over(over) "Đã đóng ca. Thừa {over} so với sổ." / "The shift is closed. {over} more than the book says.";
    note_shift_short(missing) "Đã đóng ca. Thiếu {missing} so với sổ." / "The shift is closed. {missing} less than the book says.";

    fault_disk_full() "Chưa lưu được. Chưa giao hàng. Ổ đĩa đầy: gọi quản lý dọn ổ đĩa rồi làm lại." / "Not saved. Do not hand over the goods. The disk is full: have the manager free some space, then try again.";
    fault_disk() "Chưa lưu được. Chưa giao hàng. Ổ đĩa hỏng: ngừng bán và gọi quản lý." / "Not saved. Do not hand over the goods. The disk is failing: stop selling and call the manager.";
    fault_busy() "Chưa lưu được. Chưa giao hàng. Chương trình khác đang giữ dữ liệu: đóng nó rồi làm lại." / "Not saved. Do not hand over the goods. Another program holds the data: close it, then try again.";
    fault_not_enrolled() "Máy này chưa ghi danh với trung tâm. Xin mã ghi danh rồi chạy ocop-pos enrol." / "This computer is not enrolled. Ask for a code, then run ocop-pos enrol.";
    fault_too_large() "Số tiền hoặc số lượng quá lớn để tính. Kiểm tra lại từng dòng." / "An amount or quantity is too large to compute with. Check each row.";
    fault_no_op_id() "Yêu cầu thiếu mã thao tác x-op-id nên bị từ chối." / "The request lacks its x-op-id and was refused.";
}

#[cfg(test)]
mod tests {
    use super::CounterTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as CounterTexts>::ALL), Vec::<String>::new());
    }
}
