//! Every sentence about shifts, drawers and their reports.

web::texts! {
    /// What the pages of shift and drawer say.
    pub trait DrawerTexts;

    shift_open() "Ca đang mở" / "The open shift";
    expected() "Theo sổ phải có" / "The book says";
    x_report() "Báo cáo X" / "X report";
    z_report() "Báo cáo Z" / "Z report";
    x_title() "Báo cáo X, giữa ca" / "X report, shift open";
    z_title(number) "Báo cáo Z {number}" / "Z report {number}";
    print_report() "In báo cáo" / "Print the report";
    report_picture(number) "Hình báo cáo {number}" / "Picture of report {number}";
    closed_shifts() "Các ca đã đóng" / "Shifts that were closed";
    closed_at() "Đóng lúc" / "Closed";
    difference() "Chênh lệch" / "Difference";
    agrees() "Khớp" / "Agrees";
    over(amount) "Thừa {amount}" / "{amount} over";
    short(amount) "Thiếu {amount}" / "{amount} short";

    count_drawer() "Đóng ca: đếm ngăn kéo" / "Close the shift: count the drawer";
    by_notes() "Số tờ mỗi loại" / "How many of each note";
    bad_count() "Có số tờ chưa đúng. Gõ số nguyên, hoặc để trống." / "A number of notes is not right. Type a whole number, or leave it empty.";
    or_sum() "Hoặc gõ tổng tiền mặt" / "Or type the sum";
    or_sum_hint() "Đếm theo tờ rồi thì để trống. Tính cả tiền đầu ca." / "Leave it empty after counting notes. The float counts too.";
    bad_sum() "Gõ số tiền, ví dụ 500.000; đếm theo tờ rồi thì hai số phải bằng nhau." / "Type an amount, such as 500.000; if notes were counted, both must agree.";
    next() "Tiếp tục" / "Go on";
    counted_sum() "Đếm được" / "Counted";
    count_again() "Đếm lại" / "Count again";
    visitors() "Khoảng bao nhiêu khách ghé?" / "About how many visitors came?";
    visitors_hint() "Ước lượng; không biết thì để trống." / "A guess; leave it empty if nobody knows.";
    tastings() "Bao nhiêu lượt nếm thử?" / "How many tastings were given?";
    tastings_hint() "Không có thì để trống." / "Leave it empty for none.";
    bad_number() "Gõ số nguyên, hoặc để trống." / "Type a whole number, or leave it empty.";
    shift_refunds() "Số lần trả hàng" / "Refunds";
    blind_hint() "Tổng tiền chỉ hiện sau khi đóng ca: đếm két trước đã." / "The sums are shown after closing: count the drawer first.";
    blind_about() "Số nào cũng được ghi nhận; chênh lệch chỉ hiện sau khi đóng ca." / "Any count is taken; the difference is shown after closing.";
    any_count_about() "Số nào cũng được ghi nhận cùng chênh lệch." / "Any count is taken, with its difference.";
    empty_question() "Sổ có tiền mà đếm được 0 ₫. Đánh dấu nếu ngăn kéo trống thật." / "The book has money and 0 ₫ was counted. Tick the box if the drawer really is empty.";
    empty_yes() "Ngăn kéo trống thật" / "The drawer really is empty";

    sold() "Bán hàng" / "Sales";
    sales_of(n) "Đơn bán ({n})" / "Sales ({n})";
    from_pad_of(n) "— trong đó từ sổ ghi tay ({n})" / "— of which from the pad ({n})";
    from_pad() "— trong đó từ sổ ghi tay" / "— of which from the pad";
    refunds_of(n) "Trả hàng ({n})" / "Refunds ({n})";
    deposits() "Đặt cọc" / "Deposits";
    taken() "Tổng thu" / "Total taken";
    discounts() "Giảm giá đã trừ" / "Discounts, taken off above";
    vat_of(rate, gross) "Thuế GTGT {rate} / {gross}" / "VAT {rate} / {gross}";
    drawer() "Ngăn kéo" / "The drawer";
    counted() "Thực đếm" / "Counted";
    range() "Bút toán" / "Entries";
    invoices_waiting() "Hóa đơn chờ gửi" / "Invoices waiting";
    visitors_about() "Khách ghé, khoảng" / "Visitors, about";
    tastings_given() "Lượt nếm thử" / "Tastings";
    carts_open() "Đơn còn mở" / "Open carts";
    shift_times() "Ca" / "Shift";

    cash_and_drawer() "Thu chi" / "Cash in, out";
    move_cash() "Thu, chi tiền mặt" / "Cash in or out";
    cash_in() "Thu vào ngăn kéo" / "Into the drawer";
    cash_out() "Chi ra" / "Out of the drawer";
    amount() "Số tiền" / "Amount";
    bad_amount() "Gõ số tiền, ví dụ 200.000." / "Type an amount, such as 200.000.";
    person() "Người nộp hoặc nhận" / "Who brings or gets it";
    person_hint() "Có thể để trống." / "May stay empty.";
    bad_person() "Gõ nhiều nhất 120 ký tự." / "Type at most 120 characters.";
    reason() "Lý do" / "Reason";
    reason_hint() "Ví dụ: đổi tiền lẻ, trả tiền đá, nộp quỹ" / "For example change, ice, to the safe";
    bad_reason() "Gõ lý do, nhiều nhất 120 ký tự." / "Type why, in at most 120 characters.";
    save_move() "Ghi và in phiếu" / "Record and print";
    open_drawer() "Mở ngăn kéo" / "Open the drawer";
    open_about() "Không có đơn bán: lý do được ghi vào nhật ký." / "Without a sale: the journal keeps the reason.";
    why() "Vì sao mở" / "Why";
    why_hint() "Ví dụ: đổi tiền cho khách, kiểm tra" / "For example change for a customer, a check";
    moves_of_shift() "Thu chi trong ca" / "Cash in and out of this shift";
    no_moves() "Chưa có khoản nào." / "None yet.";
    moved_in() "Thu" / "In";
    moved_out() "Chi" / "Out";

    note_empty_drawer() "Sổ có tiền mà đếm được 0 ₫. Đếm lại, hoặc xác nhận ngăn kéo trống." / "The book has money and 0 ₫ was counted. Count again, or say that the drawer is empty.";
    note_cash_in(voucher, amount) "Đã thu {amount}, phiếu {voucher}." / "{amount} came in, voucher {voucher}.";
    note_cash_out(voucher, amount) "Đã chi {amount}, phiếu {voucher}." / "{amount} went out, voucher {voucher}.";
    note_needs_manager(most) "Mỗi ca thu ngân chỉ tự chi đến {most}. Quản lý chọn tên và gõ PIN bên dưới." / "A cashier takes out at most {most} a shift alone. A manager chooses a name and types the PIN below.";
    note_drawer_opened() "Đã gửi lệnh mở ngăn kéo." / "The drawer is told to open.";
    note_no_printer() "Quầy này chưa có máy in. Mở ngăn kéo bằng chìa, xem báo cáo trên màn hình." / "This counter has no printer. Open the drawer with its key, read reports on the screen.";
}

#[cfg(test)]
mod tests {
    use super::DrawerTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as DrawerTexts>::ALL), Vec::<String>::new());
    }
}
