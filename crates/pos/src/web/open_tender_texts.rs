//! Every sentence about money that comes after its sale.

web::texts! {
    /// What the tender panel and the page of open amounts say.
    pub trait OpenTenderTexts;

    on_credit() "Ghi nợ" / "On credit";
    owed_by() "Tên khách nợ" / "Who owes it";
    owed() "Ghi nợ" / "Owed";
    credit_hint() "Gõ phần trả ngay; còn lại ghi nợ cho tên này. VietQR (F2) hiện mã." / "Type what is paid now; the rest is owed under this name. VietQR (F2) shows a code.";
    buyer_says_sent() "Khách báo đã chuyển" / "Buyer says it was sent";

    open_tenders() "Khoản chờ thu" / "Money to come";
    open_tenders_about() "Chuyển khoản khách đã báo mà ngân hàng chưa báo có, và tiền khách còn nợ. Thu ở quầy nào thì tính vào ca của quầy đó." / "Transfers that buyers told of and the bank has not shown yet, and what buyers owe. It counts in the shift of the counter that takes it.";
    no_open_tenders() "Không còn khoản nào chờ thu." / "Nothing is waited for.";
    who_owes() "Ai trả" / "From whom";
    open_amount() "Còn chờ" / "To come";
    amount_came() "Số tiền về" / "Amount that came";
    amount_came_of(receipt) "Số tiền về của đơn {receipt}" / "Amount that came of {receipt}";
    way_came() "Về bằng" / "Came by";
    way_came_of(receipt) "Đơn {receipt} về bằng" / "How {receipt} came";
    by_transfer() "Chuyển khoản" / "Transfer";
    money_is_here() "Đã nhận" / "Received";
    claimed_transfer() "Khách báo đã chuyển" / "Transfer told of";

    note_no_credit() "Cửa hàng chưa cho bán nợ. Thu tiền bằng cách khác." / "This store does not sell on credit. Take the money another way.";
    note_credit_needs_manager(owes, most) "Tính cả đơn này khách nợ {owes}, quá mức {most}. Quản lý chọn tên và gõ PIN để đồng ý." / "With this sale they owe {owes}, beyond {most}. A manager chooses their name and types the PIN to allow it.";
    note_owed_by() "Gõ tên khách nợ, nhiều nhất 60 ký tự." / "Type who owes it, 60 letters at most.";
    note_sold_open(receipt, open) "Đã bán, {receipt}. Còn chờ thu {open}." / "Sold, {receipt}. {open} is still to come.";
    note_nothing_open() "Khoản này đã thu đủ rồi." / "All of this has come already.";
    note_money_came(receipt, amount) "Đã thu {amount} của đơn {receipt}." / "{amount} came for {receipt}.";
    note_money_came_in_part(receipt, amount, left) "Đã thu {amount} của đơn {receipt}, còn chờ {left}." / "{amount} came for {receipt}, {left} is still to come.";
    note_more_than_open(left) "Khoản này chỉ còn chờ {left}. Gõ lại số tiền." / "Only {left} of this is still to come. Type the amount again.";
}

#[cfg(test)]
mod tests {
    use super::OpenTenderTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as OpenTenderTexts>::ALL), Vec::<String>::new());
    }
}
