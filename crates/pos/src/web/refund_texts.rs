//! Every sentence about what happens after a sale.

web::texts! {
    /// What the pages of refunds and voids say.
    pub trait RefundTexts;

    manager() "Quản lý" / "Manager";
    manager_pin() "PIN của quản lý" / "The manager's PIN";

    take_back() "Nhận lại hàng, hoàn tiền" / "Take goods back";
    returns() "Đổi, trả hàng" / "Returns";
    came_back() "Đã trả lại" / "Came back";
    nothing_back() "Chưa trả lại món nào." / "Nothing has come back.";
    void_slip() "hủy đơn" / "voided";
    sold_quantity() "Đã bán" / "Sold";
    left_quantity() "Còn trả được" / "Can come back";
    back_quantity() "Trả lại" / "Back";
    back_quantity_of(name) "Số lượng trả lại: {name}" / "How much comes back: {name}";
    reason() "Lý do" / "Reason";
    reason_changed_mind() "Khách đổi ý" / "The buyer changed their mind";
    reason_faulty() "Hàng lỗi" / "Faulty goods";
    reason_wrong() "Bán nhầm hàng" / "Wrong goods";
    back_to() "Hàng trả lại để ở đâu" / "Where the goods go";
    to_shelf() "Về kệ, bán tiếp" / "To the shelf";
    to_waste() "Bỏ, không bán được nữa" / "To waste";
    paid_in() "Hoàn tiền bằng" / "Money back by";
    take_back_all() "Trả hết phần còn lại" / "Everything that is left";
    take_back_chosen() "Trả các món đã gõ" / "What is typed above";
    exchange() "Đổi lấy hàng khác" / "Exchange for other goods";
    goods_back() "Hàng trả lại" / "Goods that come back";
    give_up_exchange() "Bỏ đổi hàng" / "No exchange";
    give_up_exchange_of(receipt) "Bỏ đổi hàng phiếu {receipt}" / "No exchange of {receipt}";
    all_came_back() "Đã trả lại hết. Không trả thêm được nữa." / "Everything came back. Nothing more can.";
    void_sale() "Hủy đơn" / "Void the sale";
    void_about() "Chỉ hủy được cả đơn, khi ca còn mở. Tiền hoàn lại đúng cách khách đã trả." / "Only a whole sale, before its shift closes. The money goes back the way it came.";
    find_receipt() "Tìm phiếu" / "Find a receipt";
    find_receipt_hint() "Quét mã trên phiếu, hoặc gõ số phiếu, số tiền, giờ (14:05) hay ngày (23/11/2026)." / "Scan the receipt, or type its number, amount, time (14:05) or day (23/11/2026).";
    compared() "Đối chiếu" / "Compared with the journal";
    genuine() "Phiếu thật của cửa hàng này" / "A genuine receipt of this store";
    without_receipt() "Trả hàng không có phiếu" / "Take goods back without a receipt";
    without_receipt_about() "Quét hàng khách trả vào đơn đang mở ở quầy, rồi hoàn tiền theo giá hôm nay." / "Scan the goods into the open cart, then pay for them at today's prices.";
    return_until(day) "trả đến {day}" / "until {day}";
    return_was_until(day) "quá hạn trả {day}" / "was until {day}";
    return_is_over() "Hàng quá hạn trả" / "Goods after their last day";
    takes_late() "Vẫn nhận hàng quá hạn trả" / "Take goods back after their last day";
    takes_late_hint() "Quản lý cho phép; ghi lý do." / "A manager allows it; say why.";
    to_pay_back() "Hoàn lại khách" / "To pay back";

    note_manager_needed() "Việc này cần quản lý. Chọn quản lý và nhập PIN." / "This needs a manager. Choose one and type the PIN.";
    note_wrong_pin() "PIN của quản lý không đúng. Nhập lại." / "The manager's PIN is wrong. Type it again.";
    note_wait_pin(seconds) "Nhập sai PIN nhiều lần. Đợi {seconds} giây rồi nhập lại." / "Too many wrong PINs. Wait {seconds} s, then try again.";
    note_receipt_found(receipt) "Phiếu {receipt} là phiếu thật của cửa hàng này." / "Receipt {receipt} is a genuine one of this store.";
    note_other_store(receipt) "Phiếu {receipt} là của cửa hàng khác. Mời khách về cửa hàng đó." / "Receipt {receipt} is another store's. Ask the buyer to go there.";
    note_unknown_receipt(receipt) "Sổ của máy này không có phiếu {receipt}. Đừng hoàn tiền; hỏi quản lý." / "This computer's journal does not have receipt {receipt}. Pay nothing back; ask the manager.";
    note_made_up_receipt(receipt) "Phiếu {receipt} không khớp sổ: phiếu giả hoặc in hỏng. Đừng hoàn tiền." / "Receipt {receipt} does not agree with the journal: made up or badly printed. Pay nothing back.";
    note_refund_slip(receipt) "{receipt} là phiếu trả hàng, không trả lại lần nữa được." / "{receipt} is a refund's slip: nothing comes back of it again.";
    note_nothing_chosen() "Chưa chọn món trả lại. Gõ số lượng, ít nhất một món." / "Nothing is chosen. Type how much of at least one row comes back.";
    note_all_back(receipt) "Phiếu {receipt} đã trả lại hết." / "Everything of receipt {receipt} came back already.";
    note_too_much_back(name, left) "{name}: chỉ còn trả được {left}. Gõ lại số lượng." / "{name}: only {left} can still come back. Type the quantity again.";
    note_refunded(slip, paid) "Đã nhận lại hàng, phiếu {slip}. Hoàn khách {paid}." / "The goods are back, slip {slip}. Give the buyer {paid}.";
    note_voided(receipt, paid) "Đã hủy đơn {receipt}. Hoàn khách {paid}." / "Sale {receipt} is voided. Give the buyer {paid}.";
    note_not_voidable(receipt) "Không hủy được {receipt}: ca đã đóng, quầy khác bán, đã trả một phần, hay có đổi hàng, đặt cọc. Hãy nhận lại hàng." / "{receipt} cannot be voided: its shift is closed, another counter sold it, a part came back, or an exchange or deposit paid for it. Take the goods back instead.";
    note_exchange_started(receipt, worth) "Hàng trả lại của phiếu {receipt} trừ {worth}. Quét hàng khách lấy." / "The goods of {receipt} count {worth}. Scan what the buyer takes.";
    note_exchange_open(receipt) "Đơn ở quầy đang đổi hàng của phiếu {receipt}. Thanh toán hoặc bỏ đổi hàng đó trước." / "The cart is an exchange for {receipt} already. Finish it or give it up first.";
    note_exchange_given_up() "Đã bỏ đổi hàng. Hàng của khách chưa được trả lại." / "No exchange any more. Nothing came back.";
    note_exchange_gone(receipt) "Phiếu {receipt} vừa có thay đổi ở chỗ khác. Bỏ đổi hàng rồi mở lại phiếu." / "Receipt {receipt} just changed elsewhere. Give the exchange up and open the receipt again.";
    note_exchanged(receipt) "Đã đổi hàng, phiếu mới {receipt}." / "Exchanged, new receipt {receipt}.";
    note_exchanged_back(receipt, back) "Đã đổi hàng, phiếu mới {receipt}. Trả lại khách {back}." / "Exchanged, new receipt {receipt}. Give the buyer {back}.";
    note_nothing_to_transfer() "Khách không còn phải trả gì. Bấm F9 rồi Enter." / "Nothing is left to pay. Press F9, then Enter.";
}

#[cfg(test)]
mod tests {
    use super::RefundTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as RefundTexts>::ALL), Vec::<String>::new());
    }
}
