//! What central's pages say of the accounts to which operators send what they owe producers.

web::texts! {
    /// What is said of accounts for transfers.
    pub trait PayoutTexts;

    payout_by_code() "Chuyển khoản bằng VietQR" / "Transfer by VietQR";
    payout_about() "Quét mã bằng ứng dụng ngân hàng của đơn vị. Chuyển xong thì ghi ở dưới." / "Scan the code with your bank's app. When the transfer is done, record it below.";
    payout_sum() "Số tiền" / "Amount";
    payout_bank() "Ngân hàng" / "Bank";
    payout_number() "Số tài khoản" / "Account number";
    payout_holder() "Tên chủ tài khoản" / "Holder";
    payout_note() "Nội dung chuyển khoản" / "Transfer note";
    payout_picture(amount) "Mã VietQR để chuyển {amount}" / "VietQR to transfer {amount}";
    payout_nothing() "Lúc này không còn khoản nào phải trả." / "Nothing is owed at the moment.";
    payout_amount() "Số tiền chuyển" / "Amount to transfer";
    payout_show() "Hiện mã" / "Show the code";
    payout_wrong_amount(most) "Nhập từ 1 ₫ đến {most} rồi bấm “Hiện mã”." / "Enter 1 ₫ to {most}, then press “Show the code”.";
    payout_none() "Chưa có tài khoản của chủ thể nên chưa có mã VietQR." / "No account of the producer is kept here, so there is no VietQR.";
    payout_enter() "Nhập tài khoản" / "Enter the account";
    payout_edit() "Sửa tài khoản" / "Change the account";
    payout_account() "Tài khoản nhận tiền" / "Account for transfers";
    payout_account_about() "Hỏi chủ thể số tài khoản rồi nhập đúng như trên ứng dụng ngân hàng. Chỉ đơn vị và chủ thể xem được. Nhật ký chỉ ghi bốn số cuối. Tài khoản ghi ở cửa hàng không đổi theo." / "Ask the producer for it, and enter it as the bank's app shows it. Only you and the producer see it; the log keeps its last four characters alone. What a store keeps does not change with it.";
    payout_set_by(login, time) "Người ghi: {login}, lúc {time}." / "Written by {login} at {time}.";
    payout_set_at(time) "Ghi lúc {time}." / "Written at {time}.";
    payout_wrong_bank() "Chọn ngân hàng." / "Choose a bank.";
    payout_wrong_number() "Số tài khoản có 1 đến 19 chữ số hoặc chữ cái, không dấu cách." / "An account number has 1 to 19 digits or letters, without blanks.";
    payout_save() "Lưu tài khoản" / "Keep the account";
    payout_forget() "Xóa tài khoản" / "Forget the account";
    payout_back() "Quay lại" / "Back";
    payout_on_file_about() "Tiền hàng được chuyển vào tài khoản này. Thấy sai thì báo ngay cho đơn vị đó." / "What you are owed is transferred to this account. If it is wrong, tell the operator at once.";
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
