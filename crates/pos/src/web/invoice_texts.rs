//! Every sentence about e-invoices.

web::texts! {
    /// What the pages say of e-invoices.
    pub trait InvoiceTexts;

    invoices() "Hóa đơn điện tử" / "E-invoices";
    invoices_waiting(n, since) "Hóa đơn chờ gửi: {n}, từ {since}" / "Invoices waiting: {n}, since {since}";
    invoices_missed(n) "Hóa đơn quá giờ gửi: {n}" / "Invoices past the day's cut-off: {n}";
    invoices_few_numbers(n) "Số hóa đơn còn {n}: báo quản lý" / "Invoice numbers left: {n}. Tell the manager";
    invoices_no_numbers() "Hết số hóa đơn: báo quản lý" / "No invoice number left: tell the manager";

    invoices_none() "Chưa có hóa đơn nào." / "No invoices yet.";
    invoices_all_issued() "Mọi hóa đơn đã được tiếp nhận." / "Every invoice is issued.";
    invoices_pending(n, since) "{n} hóa đơn chưa được tiếp nhận, lâu nhất từ {since}." / "Not issued: {n}, the oldest since {since}.";
    invoices_step(n) "Đã tới mức phạt từ {n} hóa đơn: liên hệ nhà cung cấp ngay." / "The fines for {n} invoices and more are reached: call the provider now.";
    invoices_urgent() "Gửi xong trước giờ chốt hôm nay." / "They must be out before today's cut-off.";
    invoices_missed_about() "Đã quá giờ chốt: liên hệ nhà cung cấp và kế toán ngay." / "The cut-off has passed: call the provider and the accountant now.";
    invoices_numbers_about(n) "Dải số còn {n} số. Xin Sở dải số mới; bán hàng vẫn tiếp tục." / "Numbers left in this range: {n}. Ask the department for a new one; selling goes on.";
    invoices_no_adapter() "Chưa đặt nơi nhận hóa đơn trên máy này (khóa invoices.adapter): hóa đơn được giữ lại chờ gửi." / "This computer has nowhere to send invoices (setting invoices.adapter): they are kept.";

    invoice_code() "Mã CQT" / "Code";
    invoice_no_code() "Chưa có số" / "No number yet";
    invoice_receipt() "Số phiếu" / "Receipt";
    invoice_sold_at() "Lúc bán" / "Sold";
    invoice_total() "Số tiền" / "Amount";
    invoice_state() "Tình trạng" / "State";
    invoice_buyer() "Người mua" / "Buyer";
    invoice_anonymous() "Người tiêu dùng" / "Consumer";
    invoice_named_by(name, time) "{name} ghi lúc {time}" / "Written by {name} at {time}";
    invoice_replacing() "Thay thế" / "Replacement";
    invoice_follows() "Gửi sau khi hóa đơn trước được tiếp nhận" / "Leaves once the one before it is issued";

    state_intent() "Chờ số hóa đơn" / "Waits for a number";
    state_waiting() "Chờ gửi" / "Waiting";
    state_sent() "Đã gửi, chờ trả lời" / "Sent, no answer yet";
    state_accepted() "Đã tiếp nhận" / "Issued";
    state_rejected() "Bị từ chối" / "Refused";
    state_replaced() "Đã được thay thế" / "Replaced";

    send_again() "Gửi lại" / "Send again";
    edit_buyer() "Ghi người mua" / "Write the buyer";
    replace_buyer() "Thay thế" / "Replace";

    problem_unreachable() "Không nối được nhà cung cấp. Kiểm tra mạng." / "The provider cannot be reached. Check the network.";
    problem_no_answer() "Nhà cung cấp chưa trả lời. Máy tự gửi lại." / "The provider has not answered. It is sent again by itself.";
    problem_not_ready() "Nhà cung cấp đang bận. Máy tự gửi lại." / "The provider is busy. It is sent again by itself.";
    problem_token() "Nhà cung cấp không nhận mã truy cập. Kiểm tra invoices.token_file." / "The provider does not take the token. Look at invoices.token_file.";
    problem_not_understood() "Trả lời không phải của nhà cung cấp. Kiểm tra mạng và địa chỉ." / "The answer is not the provider's. Check the network and the address.";
    problem_folder() "Không ghi được thư mục hóa đơn. Kiểm tra ổ đĩa." / "The folder of invoices cannot be written. Check the disk.";
    problem_damaged() "Nội dung hóa đơn lưu trong máy bị hỏng nên chưa gửi. Gọi người cài đặt; các hóa đơn khác vẫn gửi." / "What is stored of this invoice is damaged, so it was not sent. Call whoever installed this; the others go on.";
    problem_conflict() "Thư mục đã có hóa đơn khác cùng tên. Báo người quản trị." / "The folder has another invoice of this name. Tell the administrator.";

    buyer_key() "Lấy hóa đơn" / "Invoice to";
    buyer_question() "Hóa đơn của đơn này ghi cho ai?" / "Who is the invoice of this sale made out to?";
    buyer_nobody() "Không ghi tên" / "No name";
    buyer_here(name) "Hóa đơn: {name}" / "Invoice: {name}";
    buyer_needs_transfer() "Đơn từ 5 triệu: khách trả bằng chuyển khoản hoặc thẻ mới được khấu trừ thuế." / "From 5 million on the buyer deducts VAT only when it is not paid in cash.";
    note_buyer_kept() "Đã ghi người mua. Hóa đơn ra cùng lúc bán." / "The buyer is written down. The invoice comes with the sale.";
    note_buyer_gone() "Hóa đơn không ghi tên người mua." / "The invoice names no buyer.";
    note_no_invoices() "Cửa hàng này không lập hóa đơn điện tử." / "This store makes no e-invoices.";
    buyer_title(receipt) "Người mua trên hóa đơn của phiếu {receipt}" / "The buyer on the invoice of receipt {receipt}";
    buyer_about() "Chỉ ghi khi người mua yêu cầu và đồng ý. Thông tin này chỉ lưu tại cửa hàng và trên hóa đơn." / "Only when the buyer asks and agrees. It stays in the shop and on the invoice.";
    buyer_replaces() "Hóa đơn đã được tiếp nhận nên không sửa, không hủy được: lưu sẽ lập hóa đơn thay thế." / "This invoice is issued, so it cannot be changed or cancelled: saving issues another one in its place.";
    buyer_kind() "Loại người mua" / "Kind of buyer";
    kind_none() "Người tiêu dùng, không ghi tên" / "Consumer, no name";
    kind_person() "Cá nhân có CCCD" / "Person with a personal number";
    kind_organisation() "Đơn vị có mã số thuế" / "Organisation with a tax number";
    kind_foreigner() "Người nước ngoài" / "Foreigner";
    buyer_name() "Tên" / "Name";
    buyer_number() "Mã số thuế, số CCCD hoặc hộ chiếu" / "Tax number, personal number or passport";
    buyer_address() "Địa chỉ; người nước ngoài: quốc tịch" / "Address; the country of a foreigner";
    save_buyer() "Lưu" / "Save";
    bad_buyer_kind() "Chọn loại người mua." / "Choose the kind of buyer.";
    bad_buyer_name() "Gõ tên người mua, nhiều nhất 200 ký tự." / "Type the buyer's name, at most 200 characters.";
    bad_tax_number() "Mã số thuế sai: so lại từng chữ số." / "The tax number is wrong: compare its digits.";
    bad_personal_number() "Số CCCD có 12 chữ số." / "The personal number has 12 digits.";
    bad_passport() "Gõ số hộ chiếu, nhiều nhất 20 chữ và số." / "Type the passport number, at most 20 letters and digits.";
    bad_address() "Gõ địa chỉ, nhiều nhất 200 ký tự." / "Type the address, at most 200 characters.";
    bad_country() "Gõ quốc tịch." / "Type the country.";

    acted_done() "Đã lưu. Hóa đơn được gửi ngay khi có thể." / "Saved. The invoice goes out as soon as it can.";
    acted_replaced() "Đã lập hóa đơn thay thế." / "Another invoice was issued in its place.";
    acted_unknown() "Không có hóa đơn này." / "There is no such invoice.";
    acted_on_its_way() "Hóa đơn đang gửi. Đợi trả lời rồi thử lại." / "It is on its way. Wait for the answer, then try again.";
    acted_was_replaced() "Hóa đơn này đã được thay thế. Mở hóa đơn thay thế." / "It is replaced already. Open the one in its place.";
    acted_no_settings() "Cửa hàng chưa có thiết lập hóa đơn nên không thay thế được. Báo Sở." / "This store has no settings for invoices, so it cannot be replaced. Tell the department.";
}

#[cfg(test)]
mod tests {
    use super::InvoiceTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as InvoiceTexts>::ALL), Vec::<String>::new());
    }
}
