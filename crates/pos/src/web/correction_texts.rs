//! Every sentence about putting right what was settled with a producer, or paid to one.

web::texts! {
    /// What pages say of what is put right.
    pub trait CorrectionTexts;

    correction_of(number) "Điều chỉnh {number}" / "Correction of {number}";
    correction_back_of(number) "Rút lại khoản trả {number}" / "Payment {number} taken back";
    correction_hint() "Kỳ đã chốt có chỗ sai, hay đã trả nhầm: mở phiếu của lần đó để điều chỉnh hoặc rút lại." / "Where a settlement is wrong, or a payment was: open its paper to put it right or to take it back.";
    correction_settlement() "Điều chỉnh" / "Correction";
    correction_payment() "Rút lại khoản trả nhầm" / "Take a wrong payment back";
    correction_both() "Điều chỉnh, hoặc rút lại khoản trả nhầm" / "Correction, or take a wrong payment back";
    correction_about() "Phiếu này giữ nguyên. Phần sửa là một phiếu mới và vào quyết toán kỳ sau; chủ thể đọc được lý do." / "This paper stays as it is. What is put right gets a paper of its own and goes into the next settlement; the producer reads the reason.";
    correction_how() "Cách sửa" / "How";
    correction_more() "Cộng thêm cho chủ thể" / "The producer is owed more";
    correction_less() "Trừ bớt tiền của chủ thể" / "The producer is owed less";
    correction_cash() "Đã nhận lại tiền mặt, bỏ vào ngăn kéo" / "Notes came back into the drawer";
    correction_transfer() "Đã nhận lại chuyển khoản" / "A transfer came back";
    correction_amount() "Số tiền" / "Amount";
    correction_most(paid) "Rút lại nhiều nhất {paid}, chỉ một lần." / "At most {paid} comes back, and only once.";
    correction_reason() "Lý do" / "Reason";
    correction_reason_hint(most) "Nhiều nhất {most} ký tự; đừng ghi tên khách. Ví dụ: bán nhầm mã của chủ thể khác." / "{most} letters at most, and no buyer's name. For example: sold under the code of another producer.";
    correction_submit() "Ghi phiếu điều chỉnh" / "Record it";
    correction_made() "Các phiếu điều chỉnh cho phiếu này" / "What put this paper right";

    note_correction_more(voucher, amount) "Đã cộng thêm {amount} cho chủ thể, phiếu {voucher}." / "The producer is owed {amount} more, paper {voucher}.";
    note_correction_less(voucher, amount) "Đã trừ {amount} vào tiền của chủ thể, phiếu {voucher}." / "The producer is owed {amount} less, paper {voucher}.";
    note_correction_back(voucher, amount) "Đã rút lại {amount}, phiếu {voucher}." / "{amount} came back, paper {voucher}.";
    note_correction_back_before() "Khoản trả này đã rút lại rồi. Mỗi khoản chỉ rút lại một lần." / "Of this payment something came back before. Each is taken back once.";
    note_correction_beyond(paid) "Lần đó chỉ trả {paid}. Gõ lại số tiền." / "Only {paid} was paid then. Type the amount again.";
}

#[cfg(test)]
mod tests {
    use super::CorrectionTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as CorrectionTexts>::ALL), Vec::<String>::new());
    }
}
