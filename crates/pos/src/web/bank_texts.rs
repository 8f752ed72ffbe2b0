//! Every sentence about what the bank tells, by way of central or by a file of its own.

web::texts! {
    /// What the tender panel, the page of open amounts and the page of a bank's file say.
    pub trait BankTexts;

    bank_told(amount) "Ngân hàng đã báo có {amount}. Bấm nhận tiền." / "The bank has {amount}. Take it now.";
    bank_told_other(came, due) "Ngân hàng báo có {came}, mã này là {due}. Hỏi lại khách trước khi nhận." / "The bank has {came}, the code asks for {due}. Ask the buyer before you take it.";
    note_bank_told(receipt, amount) "Ngân hàng đã báo có {amount} của đơn {receipt}." / "The bank has the {amount} of {receipt}.";
    note_bank_file_taken(count, amount) "Đã xác nhận {count} khoản theo sổ ngân hàng, tổng {amount}." / "Confirmed by the bank's file: {count}, in all {amount}.";
    transfer_is_here() "Đã nhận chuyển khoản" / "Transfer received";
    row_bank_told(came) "Ngân hàng báo có {came}" / "The bank has {came}";

    odd_transfers() "Tiền về chưa khớp" / "Money that does not fit";
    odd_transfers_about() "Ngân hàng báo có nhưng số tiền khác với đơn, hoặc không có đơn nào trả bằng chuyển khoản. Xem lại, rồi trả lại khách hoặc thu vào đơn." / "The bank has it, but another amount than the sale, or no sale was paid by transfer. Look at it, then pay it back or take it for the sale.";
    no_sale() "Không có đơn" / "No sale";
    bank_has() "Ngân hàng báo có" / "The bank has";
    books_have() "Sổ cửa hàng" / "The books have";
    booked_at() "Lúc" / "When";

    bank_file() "Đối chiếu sổ ngân hàng" / "Compare with the bank's file";
    bank_file_about() "Tải sao kê tài khoản từ ngân hàng về dạng CSV, rồi chọn tệp ở đây. Tệp chỉ dùng để so, không lưu lại." / "Download the account's statement from the bank as CSV and choose it here. It is compared and not kept.";
    bank_file_field() "Tệp CSV của ngân hàng" / "The bank's CSV file";
    compare_file() "So với sổ" / "Compare";
    bank_file_days(first, last) "Sao kê từ {first} đến {last}." / "Statement from {first} to {last}.";
    bank_file_settled(count) "{count} khoản đã khớp từ trước." / "Fitting already: {count}.";
    to_confirm() "Khớp, chờ xác nhận" / "Fitting, to be confirmed";
    confirm_all(count, amount) "Xác nhận cả {count} khoản, {amount}" / "Confirm all: {count}, {amount}";
    confirm_one() "Xác nhận" / "Confirm";
    confirm_one_of(receipt) "Xác nhận đơn {receipt}" / "Confirm {receipt}";
    other_amounts() "Khác số tiền" / "Other amounts";
    unmatched_lines() "Không khớp đơn nào" / "For no sale";
    was_shown() "Mã này đã hiện ở quầy nhưng không có đơn trả bằng chuyển khoản." / "This code was shown here, but no sale was paid by transfer.";
    missing_transfers() "Chưa thấy ở ngân hàng" / "Not seen at the bank";
    missing_about() "Bán trong những ngày của sao kê mà sao kê không có. Có thể tiền về vào tài khoản khác hoặc sang ngày hôm sau." / "Sold on days of the statement and not in it. The money may have come to another account or a day later.";
    was_taken() "Quầy đã bấm nhận tiền" / "Taken at the counter";
    wrong_lines() "Dòng không đọc được" / "Lines that cannot be read";
    file_line(number) "Dòng {number}" / "Line {number}";
    wrong_day() "Không đọc được ngày. Ngày viết như 23/11/2026." / "The day cannot be read. Write it like 23/11/2026.";
    wrong_amount() "Không đọc được số tiền." / "The amount cannot be read.";
    wrong_way() "Không rõ tiền vào hay tiền ra." / "Not clear whether it came in or went out.";
    and_more(count) "và {count} khoản nữa" / "and {count} more";
    nothing_here() "Không có." / "None.";
    transfer_words() "Nội dung chuyển khoản" / "Words of the transfer";
    on_day() "Ngày" / "Day";
    bank_amount() "Số tiền" / "Amount";

    file_too_large() "Tệp lớn hơn 1 MB. Tải sao kê của ít ngày hơn." / "The file is larger than 1 MB. Download fewer days.";
    file_is_workbook() "Đây là tệp Excel. Mở bằng Excel rồi lưu thành CSV, sau đó chọn lại." / "This is an Excel workbook. Open it, save it as CSV and choose that.";
    file_is_no_text() "Không đọc được tệp này. Chọn tệp CSV tải từ ngân hàng." / "This file cannot be read. Choose the CSV file from the bank.";
    file_has_no_columns() "Không thấy cột ngày, cột nội dung và cột số tiền ghi có. Chọn tệp CSV tải từ ngân hàng, để nguyên tên cột." / "No columns for day, description and credit. Choose the CSV file as the bank gave it.";
    file_has_too_many_days() "Tệp dài hơn một năm. Tải sao kê của ít ngày hơn." / "The file is longer than a year. Download fewer days.";
    file_has_too_many_lines() "Tệp có hơn 5.000 dòng. Tải sao kê của ít ngày hơn." / "The file has more than 5,000 lines. Download fewer days.";
    file_is_empty() "Trong tệp không có giao dịch nào." / "Nothing moved in this file.";
}

#[cfg(test)]
mod tests {
    use super::BankTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as BankTexts>::ALL), Vec::<String>::new());
    }
}
