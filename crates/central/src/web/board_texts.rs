//! Every sentence of the board of stores: how devices stand, what to look into, and what to do about an entry.

web::texts! {
    /// What the board of stores says.
    pub trait BoardTexts;

    board_title() "Việc cần xem" / "To look at";
    board_nothing() "Không có việc gì: mọi cửa hàng đang liên lạc bình thường." / "Nothing: all stores are in touch as usual.";
    board_urgent() "gấp" / "urgent";
    board_look() "cần xem" / "look";
    board_ahead() "báo trước" / "ahead";
    board_waiting(n) "{n} máy chờ duyệt" / "devices that wait for approval: {n}";
    board_forked(n) "{n} máy trùng khóa" / "forked devices: {n}";
    board_silent(n, hours) "{n} cửa hàng không liên lạc quá {hours} giờ" / "stores not heard of for {hours} hours: {n}";
    board_backlog(n) "{n} máy còn bút toán chưa gửi về" / "devices with entries that are not here: {n}";
    board_clocks(n) "{n} máy lệch giờ" / "devices with a wrong clock: {n}";
    board_printers(n) "{n} máy có máy in lỗi" / "devices with a printer in trouble: {n}";
    board_invoices(n) "{n} hóa đơn điện tử chưa được tiếp nhận" / "e-invoices that are not issued: {n}";
    board_exceptions(n) "{n} bút toán cần xem" / "entries to look at: {n}";
    board_disputes(n) "{n} phiếu quyết toán chủ thể chưa thống nhất" / "settlements in dispute: {n}";
    board_lapsing(n, days) "{n} sản phẩm hết hạn công nhận trong {days} ngày" / "products whose recognition ends within {days} days: {n}";

    file_board() "cua-hang-va-may" / "stores-and-devices";
    board_sheet() "Cửa hàng và máy" / "Stores and devices";
    board_code() "Mã cửa hàng" / "Store code";
    board_commune() "Xã, phường, đặc khu" / "Commune";
    board_operator() "Đơn vị quản lý" / "Operator";
    board_last_sale() "Đơn cuối lúc" / "Last sale";
    board_number() "Máy số" / "Number";
    board_joined() "Nối lúc" / "Joined";
    board_version() "Phiên bản" / "Version";
    board_not_sent() "Bút toán chưa gửi" / "Entries not sent";
    board_clock() "Đồng hồ nhanh (giây)" / "Clock ahead (seconds)";
    board_printer() "Máy in lỗi" / "Printers in trouble";
    board_pending() "Hóa đơn điện tử chưa được tiếp nhận" / "E-invoices not issued";
    board_journal() "Sổ" / "Journal";
    board_entry() "Bút toán số" / "Entry";
    board_detail() "Chi tiết" / "Detail";
    looked_into() "Bút toán đã xem" / "Entries looked into";
    looked_into_about() "Đã có người xem nhưng các bút toán này vẫn chưa vào số liệu; tiền vẫn nằm ở tài khoản chờ cho đến khi ghi sổ lại được." / "Somebody looked into these entries, and they are still not in the figures; their money stays in suspense until they can be judged again.";
    looked_into_found() "Kết quả xem" / "What came of it";
    looked_into_by() "Người xem" / "Looked into by";
    looked_into_at() "Xem lúc" / "When";
    board_advice() "Việc cần làm" / "What to do";
    board_first_line() "Dòng đầu" / "First line";
    board_last_line() "Dòng cuối" / "Last line";
    board_alike() "Số đơn giống" / "Sales that look like it";

    device_version(version) "bản {version}" / "version {version}";
    device_clock_ahead(time) "đồng hồ nhanh {time}" / "clock ahead ({time})";
    device_clock_behind(time) "đồng hồ chậm {time}" / "clock behind ({time})";
    device_backlog(n) "còn {n} bút toán chưa gửi" / "entries not sent: {n}";
    device_printer(counter, fault) "máy in quầy {counter}: {fault}" / "printer of counter {counter}: {fault}";
    device_invoices(n, since) "{n} hóa đơn chưa được tiếp nhận, lâu nhất từ {since}" / "e-invoices not issued: {n}, the oldest since {since}";
    fault_paper() "hết giấy" / "out of paper";
    fault_cover() "nắp mở" / "cover open";
    fault_broken() "báo lỗi" / "reports a fault";
    fault_unreachable() "không liên lạc được" / "cannot be reached";
    fault_unknown() "không rõ giấy đã ra chưa" / "nobody knows whether paper came out";
    hours(n) "{n} giờ" / "hours: {n}";
    days(n) "{n} ngày" / "days: {n}";

    adopt() "Tính đơn của cả hai máy" / "Count the sales of both";
    adopt_about() "Hai máy đã ghi tiếp cùng một sổ (do sao chép hoặc khôi phục). Bấm thì mọi đơn của cả hai máy đều được tính, đơn trùng chỉ tính một lần." / "Two computers went on with one journal (copied or restored). All sales of both are then counted; what both have counts once.";
    adopted_now() "Đã tính đơn của cả hai máy." / "The sales of both are counted.";
    status_adopted() "Trùng khóa, đã tính đủ" / "Forked, all counted";
    revoke() "Thu hồi máy" / "Revoke the device";
    revoke_about() "Từ nay không nhận gì của máy này nữa. Những gì đã gửi vẫn được tính." / "Nothing that it signs is taken any more. What it sent stays counted.";
    revoke_now(device) "Thu hồi {device}" / "Revoke {device}";
    revoked_now() "Đã thu hồi máy." / "The device is revoked.";
    fault_no_branch() "Không còn đơn nào của máy kia chờ tính. Tải lại trang." / "No sale of the other computer waits to be counted. Reload the page.";

    answer_field() "Đã xem, kết quả là" / "Looked into, with the outcome";
    answer_save() "Ghi lại" / "Note it";
    answer_open() "Đã xem" / "Looked into";
    answered_now() "Đã ghi lại kết quả." / "The outcome is noted.";
    do_malformed() "Chương trình ở máy bán hàng hỏng hoặc bị sửa. Chạy kiểm tra sổ (verify) ở máy đó và báo người cài đặt." / "The till’s program is broken or was changed. Run verify there and tell whoever installed it.";
    do_later() "Máy bán hàng mới hơn trung tâm. Nâng cấp trung tâm, bút toán sẽ tự vào số liệu." / "The till is newer than central. Upgrade central, and the entry is counted by itself.";
    do_business_date() "Ngày bán không thể có. Xem đồng hồ của máy đó." / "The business day cannot be. Look at that till’s clock.";
    do_value() "Bút toán ghi số hoặc tên không hợp lệ. Xem mặt hàng đó ở cửa hàng." / "A number or a name cannot be. Look at that product in the store.";
    do_contradiction() "Các số trong bút toán không khớp nhau. Hỏi cửa hàng và đối chiếu hóa đơn." / "Its numbers contradict each other. Ask the store and compare the receipt.";
    do_grand_total() "Tổng cộng dồn của sổ không nối tiếp. Chạy kiểm tra sổ (verify) ở máy đó." / "The running total does not follow. Run verify at that till.";
    do_terms() "Cửa hàng dùng điều khoản mà trung tâm không có. Xem hợp đồng với chủ thể." / "The store used terms that central never gave. Look at the contract with the producer.";
    do_lot() "Lô hàng thuộc chủ thể hoặc mặt hàng khác. Hỏi cửa hàng nhận lại đúng lô." / "The lot is another producer’s or product’s. Ask the store to receive the right lot.";
    do_facts() "Mặt hàng được tính khác với danh mục. Xem quyết định công nhận của mặt hàng." / "The product was counted as another one. Look at its recognitions.";
    do_implausible() "Số lượng hoặc số tiền quá lớn. Hỏi cửa hàng có gõ nhầm không." / "The quantity or the amount is too large. Ask the store whether it was mistyped.";
    do_twin() "Đã có đơn khác trùng số. Thường là do máy bị sao chép; xem máy trùng khóa ở trên." / "Another sale has its number, mostly because a computer was copied; look at the forked device above.";
    do_no_sale() "Hàng trả lại của đơn mà trung tâm chưa có. Sẽ tự đúng khi đơn đó về; nếu không, hỏi cửa hàng." / "Goods came back of a sale that is not here. It comes right when that sale arrives; if not, ask the store.";
    do_too_much_back() "Trả lại nhiều hơn đã bán, hoặc rút lại nhiều hơn đã trả chủ thể. Hỏi cửa hàng và đối chiếu phiếu." / "More came back than was sold, or than a producer was paid. Ask the store and compare the paper.";
    do_settlement() "Phiếu trả chủ thể không khớp sổ. Đối chiếu phiếu với cửa hàng và chủ thể." / "The settlement is not what the books hold. Compare the paper with store and producer.";
    do_other() "Hỏi cửa hàng và người cài đặt." / "Ask the store and whoever installed it.";
}

#[cfg(test)]
mod tests {
    use super::BoardTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as BoardTexts>::ALL), Vec::<String>::new());
    }
}
