//! Every sentence about settling with producers and paying them.

web::texts! {
    /// What pages say of producers.
    pub trait ProducerTexts;

    producers() "Trả chủ thể" / "Pay producers";
    producers_about() "Hàng ký gửi bán được đến đâu, điểm bán nợ chủ thể đến đó. Chọn chủ thể để quyết toán và trả tiền, không cần mạng." / "What consigned goods brought is owed to their producer. Choose one to settle and pay; no network is needed.";
    no_producers() "Chưa có hàng ký gửi nào." / "There are no consigned goods yet.";
    producer() "Chủ thể" / "Producer";
    last_settled() "Quyết toán gần nhất" / "Last settled";
    never_settled() "Chưa lần nào" / "Never";
    owed_in_all() "Phải trả" / "Owed";
    open_settlement() "Kỳ này, tính đến lúc này" / "This period, until now";
    nothing_moved() "Kỳ này chưa có hàng vào, ra." / "Nothing came or went in this period.";
    stock_product_name() "Sản phẩm" / "Product";
    opening() "Tồn đầu" / "Opening";
    received() "Nhận" / "Received";
    sold() "Bán" / "Sold";
    refunded() "Khách trả" / "Brought back";
    returned() "Trả lại" / "Returned";
    lost() "Hao hụt" / "Lost";
    store_pays() "Đền" / "Paid for";
    counted() "Kiểm kê" / "Counted";
    transferred() "Chuyển kho" / "Between stores";
    repacked() "Đóng gói" / "Packed anew";
    for_lost() "có đền" / "of it for lost";
    closing() "Còn" / "Left";
    gross() "Doanh thu" / "Sales";
    discounts() "giảm" / "discounts";
    commission() "Hoa hồng" / "Commission";
    tax_on_it() "thuế" / "VAT";
    owed_for_it() "Sẽ được trả" / "Owed";
    due_now() "Phải trả kỳ này" / "Owed for this period";
    owed_before() "Còn nợ từ trước" / "Owed from before";
    paid_ahead() "Đã trả trước" / "Paid in advance";
    to_account() "Vào tài khoản" / "To the account";
    advance_paid(day, number) "Đã trả {day}, phiếu {number}" / "Paid {day}, paper {number}";
    left_owed() "Còn phải trả" / "Still owed";
    left_ahead() "Trả trước, trừ vào kỳ sau" / "Paid ahead, taken off the next one";
    not_caught_up() "Máy này thay máy trước và chưa nhận lại sổ từ trung tâm: số ở đây có thể đã trả rồi. Chưa quyết toán được; chỉ trả tạm ứng khi biết chắc chủ thể chưa nhận tiền." / "This computer took another one's place and does not have its journal from central yet: what stands here may have been paid. It cannot be settled yet; pay an advance only when you are sure that the producer has not had the money.";
    pay_producer() "Trả tiền" / "Pay";
    amount_paid() "Số tiền trả" / "Amount";
    amount_hint() "Để trống thì chỉ chốt số, chưa trả tiền." / "Leave it empty to settle without paying.";
    how_paid() "Cách trả" / "How";
    from_drawer() "Tiền mặt trong ngăn kéo" / "Cash from the drawer";
    by_transfer() "Chuyển khoản" / "Bank transfer";
    settle_about() "Quyết toán chốt mọi lần bán đến lúc này và không sửa được nữa; hàng khách trả sau đó tính vào kỳ sau. Chỉ trả tiền là tạm ứng, hoặc trả nốt phần còn nợ." / "A settlement closes all sales until now and cannot be changed; what buyers bring back later goes into the next one. Only paying is an advance, or the rest of what is owed.";
    settle_and_pay() "Quyết toán và trả" / "Settle and pay";
    pay_only() "Chỉ trả tiền" / "Only pay";
    news() "Nhắn chủ thể" / "News for the producer";
    news_about() "Chép rồi dán vào Zalo của chủ thể." / "Copy it into a message to the producer.";
    earlier_papers() "Các kỳ và lần trả trước" / "Earlier settlements and payments";
    no_papers() "Chưa có lần nào." / "None yet.";
    paper() "Phiếu" / "Paper";
    paper_when() "Lúc" / "When";
    due_then() "Phải trả" / "Owed";
    paid_then() "Đã trả" / "Paid";
    paper_title(number) "Phiếu {number}" / "Paper {number}";
    paper_picture(number) "Hình phiếu {number}" / "Picture of paper {number}";
    print_again() "In lại phiếu" / "Print again";
    print_sheet() "In khổ A4" / "Print on A4";
    since_settlement(day) "tiếp theo kỳ {day}" / "after the settlement of {day}";
    paper_entry() "Bút toán" / "Entry";
    signed_by_producer() "Chủ thể (ký, ghi rõ họ tên)" / "Producer (signature, name)";
    signed_by_cashier() "Người trả (ký, ghi rõ họ tên)" / "Paid by (signature, name)";
    note_settled(voucher, paid) "Đã quyết toán, phiếu {voucher}. Trả {paid}." / "Settled, paper {voucher}. Pay {paid}.";
    note_settled_left(voucher, paid, left) "Đã quyết toán, phiếu {voucher}. Trả {paid}, còn nợ {left}." / "Settled, paper {voucher}. Pay {paid}, {left} is still owed.";
    note_producer_paid(voucher, paid) "Đã trả {paid}, phiếu {voucher}." / "Paid {paid}, paper {voucher}.";
    note_producer_paid_ahead(voucher, paid, ahead) "Đã trả {paid}, phiếu {voucher}. Trả trước {ahead}, trừ vào kỳ sau." / "Paid {paid}, paper {voucher}. {ahead} is paid in advance and taken off the next settlement.";
    note_nothing_to_settle() "Không có gì để quyết toán: từ kỳ trước chưa có hàng vào, ra." / "There is nothing to settle: nothing moved since the last settlement.";
    note_figures_changed() "Số vừa thay đổi vì quầy khác bán hàng hoặc nhận hàng. Xem lại số mới rồi trả." / "The figures have just changed, because goods were sold or came in. Look at them again, then pay.";
    note_paid_meanwhile() "Vừa có một lần trả khác cho chủ thể này được ghi. Xem các lần trả bên dưới; chỉ ghi nếu lần chuyển này chưa có, và không chuyển lại." / "Another payment to this producer was recorded just now. Look at the payments below: record this transfer only if it is not there, and do not transfer again.";
    note_recorded_before() "Lần trả này đã ghi rồi, xem các lần trả bên dưới. Không trả và không chuyển lại." / "This payment is recorded already: look at the payments below. Do not pay or transfer it again.";
    note_not_caught_up(button) "Máy này thay máy trước và chưa nhận lại sổ từ trung tâm: hàng này có thể đã quyết toán rồi. Nối mạng, chờ duyệt máy rồi mới quyết toán; cần trả ngay thì bấm “{button}” để ghi tạm ứng." / "This computer took another one's place and does not have its journal from central yet: these goods may be settled already. Connect it and have it approved before settling; to pay now, use “{button}”: it is an advance.";
    note_transferred_more(owed, button) "Chỉ phải trả {owed}, đã chuyển nhiều hơn. Ghi đúng số đã chuyển bằng “{button}”: phần hơn là tạm ứng. Không chuyển lại." / "Only {owed} is owed, and more was transferred. Record what was transferred by “{button}”: the rest is an advance. Do not transfer again.";
    note_more_than_owed(owed) "Chỉ phải trả {owed}. Muốn trả thêm, bấm “Chỉ trả tiền” để ghi tạm ứng." / "Only {owed} is owed. To pay more, use “Only pay”: it is an advance.";
    note_drawer_too_low(has) "Ngăn kéo chỉ còn {has}. Trả ít hơn, hoặc chọn chuyển khoản." / "The drawer has only {has}. Pay less, or choose a transfer.";
    note_too_many_products(products, button) "Kỳ này có {products} sản phẩm, quá một phiếu. Bấm “{button}” để ghi tạm ứng, rồi gọi hỗ trợ." / "{products} products are in this period, too many for one paper. Use “{button}” for now, then call for help.";
}

#[cfg(test)]
mod tests {
    use super::ProducerTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as ProducerTexts>::ALL), Vec::<String>::new());
    }
}
