//! Every sentence about transfers to producers.

web::texts! {
    /// What pages say of them.
    pub trait PayoutTexts;

    payout_by_code() "Chuyển khoản bằng VietQR" / "Transfer by VietQR";
    payout_title(name) "Chuyển khoản cho {name}" / "Transfer to {name}";
    payout_about() "Quét mã bằng ứng dụng ngân hàng của đơn vị, chuyển xong mới ghi nhận." / "Scan the code with the operator's bank app; record it when the transfer is done.";
    payout_amount() "Số tiền chuyển" / "Amount to transfer";
    payout_show() "Hiện mã" / "Show the code";
    payout_no_amount() "Không nợ chủ thể đồng nào. Muốn tạm ứng, nhập số tiền rồi bấm “Hiện mã”." / "Nothing is owed. For an advance, enter an amount and press “Show the code”.";
    payout_wrong_amount() "Nhập số tiền bằng đồng, ví dụ 1.500.000, rồi bấm “Hiện mã”." / "Enter an amount in đồng, such as 1.500.000, and press “Show the code”.";
    payout_record() "Ghi nhận đã chuyển" / "Record the transfer";
    payout_settle() "Đã chuyển, quyết toán" / "Transferred: settle";
    payout_advance() "Đã chuyển, chỉ ghi trả" / "Transferred: only record";
    account() "Tài khoản nhận tiền" / "Account for transfers";
    account_none() "Chưa có tài khoản của chủ thể." / "No account of the producer is kept here.";
    account_ask_manager() "Nhờ quản lý nhập tài khoản của chủ thể." / "Ask a manager to enter the producer's account.";
    account_about() "Chỉ lưu ở cửa hàng này, không gửi đi đâu. Hỏi chủ thể số tài khoản rồi nhập đúng như trên ứng dụng ngân hàng." / "Kept in this store alone. Ask the producer for it, and enter it as the bank app shows it.";
    account_set_by(name, time) "Người ghi: {name}, lúc {time}." / "Written by {name} at {time}.";
    account_edit() "Sửa tài khoản" / "Change the account";
    account_bank() "Ngân hàng" / "Bank";
    account_number() "Số tài khoản" / "Account number";
    account_holder() "Tên chủ tài khoản" / "Holder";
    account_save() "Lưu tài khoản" / "Keep the account";
    account_forget() "Xóa tài khoản" / "Forget the account";
    account_wrong_bank() "Chọn ngân hàng." / "Choose a bank.";
    account_wrong_number() "Số tài khoản có 1 đến 19 chữ số hoặc chữ cái, không dấu cách." / "An account number has 1 to 19 digits or letters, without blanks.";
}

#[cfg(test)]
mod tests {
    use super::PayoutTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PayoutTexts>::ALL), Vec::<String>::new());
    }
}
