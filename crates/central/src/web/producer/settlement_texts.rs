//! What central's pages say of settlements, and of what was agreed.

web::texts! {
    /// What is said of settlements.
    pub trait SettlementTexts;

    page_settlements() "Quyết toán" / "Settlements";
    settlements_about() "Cửa hàng chốt số hàng và tiền tại quầy. Mở từng quyết toán để xem và trả lời." / "A store closes goods and money at its counter. Open a settlement to look at it and to answer.";
    no_papers() "Chưa có quyết toán hay lần trả tiền nào." / "There is no settlement or payment yet.";
    all_papers() "Tất cả quyết toán" / "All settlements";
    paper_settled(number) "Quyết toán {number}" / "Settlement {number}";
    paper_paid(number) "Trả tiền {number}" / "Payment {number}";
    standing_sent() "Chờ trả lời" / "Waits for your answer";
    standing_confirmed() "Đã đồng ý" / "Confirmed";
    standing_disputed() "Có ý kiến" / "Disputed";
    standing_agreed() "Coi như đồng ý" / "Counts as agreed";
    due_of_settlement() "Phải trả kỳ này" / "Owed for this period";
    owed_before() "Còn nợ từ trước" / "Owed from before";
    paid_ahead() "Đã trả trước" / "Paid in advance";
    paid_now() "Đã trả" / "Paid";
    advance_paid(day, number) "Đã trả {day}, phiếu {number}" / "Paid {day}, paper {number}";
    of_it_paid(day, number) "Trong đó đã trả {day}, phiếu {number}" / "Of it paid {day}, paper {number}";
    left_owed() "Còn phải trả" / "Still owed";
    left_ahead() "Trả trước, trừ vào kỳ sau" / "Paid ahead, taken off the next one";
    paid_and_left(paid, left) "đã trả {paid} · còn {left}" / "{paid} paid · {left} still owed";
    print_paper() "In hoặc lưu PDF" / "Print, or save as PDF";
    all_rows() "Từng sản phẩm" / "Product by product";
    no_rows() "Kỳ này không có hàng." / "No goods are in it.";
    row_opening() "Tồn đầu" / "Opening";
    row_received() "Nhận" / "Received";
    row_sold() "Bán" / "Sold";
    row_refunded() "Khách trả" / "Brought back";
    row_returned() "Trả lại chủ thể" / "Returned to you";
    row_lost_by_producer() "Hao hụt, chủ thể chịu" / "Lost, at your cost";
    row_lost_by_operator() "Hao hụt, cửa hàng đền" / "Lost, the store pays";
    row_counted() "Kiểm kê thừa, thiếu" / "Found by counting";
    row_transferred() "Chuyển kho đến, đi" / "From and to other stores";
    row_repacked() "Đóng gói lại" / "Packed anew";
    row_closing() "Còn" / "Left";
    row_gross() "Doanh thu" / "Sales";
    row_discount() "Giảm giá" / "Discounts";
    row_commission(rates) "Hoa hồng {rates}" / "Commission {rates}";
    row_commission_tax() "Thuế GTGT trên hoa hồng" / "VAT on commission";
    row_compensation() "Tiền đền hàng hao hụt" / "For lost goods";
    row_due() "Sẽ được trả" / "Owed to you";
    row_disputed(words) "Ý kiến: {words}" / "Disputed: {words}";
    answer_until(time) "Trả lời trước {time}. Sau đó coi như đồng ý." / "Answer before {time}. After that it counts as agreed.";
    confirm_settlement() "Đúng, tôi đồng ý" / "It is right, I agree";
    confirm_about() "Đồng ý rồi thì không đổi được." / "This cannot be changed afterwards.";
    dispute_settlement() "Có chỗ sai" / "Something is wrong";
    dispute_about() "Viết ngắn chỗ sai. Sở và cửa hàng xem lại cùng chủ thể; phần chênh tính vào kỳ sau." / "Say briefly what is wrong. The department and the store look at it with you; the difference goes into the next settlement.";
    dispute_row() "Sai ở đâu" / "Where";
    whole_settlement() "Cả quyết toán" / "The whole settlement";
    dispute_words() "Sai thế nào (nhiều nhất 300 chữ cái)" / "What is wrong (300 letters at most)";
    send_dispute() "Gửi ý kiến" / "Send";
    wrong_words() "Viết chỗ sai, nhiều nhất 300 chữ cái." / "Say what is wrong, in at most 300 letters.";
    was_confirmed() "Đã ghi: chủ thể đồng ý với quyết toán này." / "Kept: you agree with this settlement.";
    was_disputed() "Đã gửi ý kiến. Đơn vị quản lý và Sở Công Thương thấy ngay." / "Sent. The operator and the department see it at once.";
    fault_answered() "Quyết toán này đã được trả lời. Tải lại trang để xem." / "This settlement was answered already. Reload the page to see.";
    disputes() "Chủ thể có ý kiến" / "Disputed settlements";
    disputes_about() "Chủ thể cho là quyết toán ở cửa hàng chưa đúng. Xem lại với cửa hàng; phần chênh tính vào kỳ sau." / "Producers find these settlements wrong. Look at them with the store; the difference goes into the next one.";
    column_words() "Ý kiến" / "What is wrong";
    column_paper() "Quyết toán" / "Settlement";
    page_terms() "Hợp đồng" / "Contracts";
    terms_about() "Những điều chủ thể và cửa hàng đã thỏa thuận. Mỗi lần bán theo bản có hiệu lực ngày hôm đó; bản mới không đổi những lần bán trước." / "What you and the stores agreed on. Each sale follows what held on its day; a new version changes nothing that was sold before.";
    no_terms() "Chưa có hợp đồng nào. Hàng ký gửi đang bán không tính hoa hồng." / "There is no contract yet. Consigned goods are sold without commission.";
    no_terms_now() "Hôm nay chưa có bản nào cho mọi sản phẩm. Sản phẩm không có bản riêng bán không tính hoa hồng." / "No version for all products holds today. Products without their own are sold without commission.";
    terms_of_before() "Các bản trước" / "Versions of before";
    terms_all_products() "Mọi sản phẩm" / "All products";
    terms_in_force() "Đang áp dụng" / "In force";
    terms_later() "Sắp áp dụng" / "From a later day";
    terms_ended() "Đã kết thúc" / "Ended";
    terms_from(day) "Từ ngày {day}" / "From {day} on";
    see_terms() "Xem hợp đồng với từng đơn vị quản lý" / "See the contracts";
    terms_agreed_at(store) "lập tại {store}" / "agreed at {store}";
}

#[cfg(test)]
mod tests {
    use super::SettlementTexts;
    use crate::web::producer::grid_texts::GridTexts;
    use crate::web::texts::CentralTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as SettlementTexts>::ALL), Vec::<String>::new());
    }

    /// What a contract and a slip call the commission, a phone calls so too.
    #[test]
    fn the_commission_has_one_name() {
        let all = [<Lang as SettlementTexts>::ALL, <Lang as GridTexts>::ALL, <Lang as CentralTexts>::ALL];
        for text in all.into_iter().flatten().filter(|text| text.en.to_lowercase().contains("commission")) {
            assert!(text.vi.to_lowercase().contains("hoa hồng"), "{}: {}", text.name, text.vi);
        }
    }
}
