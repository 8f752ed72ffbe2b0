//! What the forms for products, recognitions and producers say.

web::texts! {
    /// What is said in them.
    pub trait ProductFormTexts;

    product_form_about() "Cửa hàng nhận ở lần nối mạng tới. Giá mới chỉ áp cho hàng bán sau đó; số đã bán không đổi." / "Stores learn of it at their next contact. A new price holds for what is sold after that; what was sold stays.";
    unit_hint() "như: hộp 250 g, chai 500 ml, kg" / "such as: box of 250 g, bottle of 500 ml, kg";
    price_hint() "đồng, như 85.000" / "đồng, such as 85.000";
    barcodes_hint() "nhiều mã cách nhau bằng dấu phẩy" / "several with commas between";
    producer_hint() "gõ vài chữ rồi chọn; để trống nếu cửa hàng tự mua" / "type a few letters and choose; empty for a store's own goods";
    save_new_product() "Thêm vào danh mục" / "Add it";
    save_product() "Lưu" / "Save";
    save_restored_product() "Lưu và bán lại" / "Save and put back on sale";
    back_without_saving() "Bỏ qua" / "Cancel";
    which_producer() "Chủ thể nào" / "Which producer";
    unknown_producer(name) "Chưa có chủ thể nào tên “{name}”. Thêm chủ thể trước, hoặc sửa tên." / "There is no producer called “{name}”. Add the producer first, or correct the name.";
    near_producers(name, near) "Không có chủ thể nào tên đúng “{name}”. Gần giống: {near}." / "There is no producer called “{name}”. Similar ones: {near}.";
    several_producers() "Có nhiều chủ thể cùng tên này. Chọn một ở dưới." / "Several producers have this name. Choose one below.";
    wrong_long_text() "Nhập nhiều nhất 200 ký tự." / "Enter at most 200 characters.";
    wrong_choice() "Chọn một mục." / "Choose one.";
    wrong_barcodes() "Mã vạch gồm chữ không dấu và số, nhiều nhất 48 ký tự; một sản phẩm có nhiều nhất 20 mã." / "A barcode has plain letters and digits, 48 at most; a product has at most 20 of them.";
    taken_barcode(code) "Mã vạch {code} là của sản phẩm khác. Kiểm tra trên bao bì." / "The barcode {code} is another product's. Look at the pack.";

    recognise_title(name) "Thêm công nhận cho {name}" / "Add a recognition of {name}";
    recognise_about() "Ghi theo quyết định. Kết quả OCOP có hiệu lực 36 tháng từ ngày quyết định; để trống ngày cuối thì máy tự tính." / "As the decision says. An OCOP result holds for 36 months from the day of the decision; leave the last day empty to have it computed.";
    recognise_kind() "Loại" / "Kind";
    recognise_number() "Số quyết định" / "Number of the decision";
    recognise_number_hint() "như 1898/QĐ-UBND" / "such as 1898/QĐ-UBND";
    recognise_decided_on() "Ngày quyết định" / "Day of the decision";
    recognise_until() "Ngày cuối" / "Last day";
    recognise_until_hint() "để trống: OCOP đủ 36 tháng, loại khác không thời hạn" / "empty: 36 months for OCOP, none for others";
    recognise_issuer() "Cơ quan quyết định" / "Who decided";
    recognise_level() "Cấp" / "Level";
    recognise_points() "Điểm" / "Points";
    recognise_points_hint() "như 82,5" / "such as 82,5";
    recognise_criteria() "Bộ tiêu chí" / "Set of criteria";
    recognise_criteria_hint() "như QĐ 148/QĐ-TTg" / "such as QĐ 148/QĐ-TTg";
    recognise_group() "Nhóm in trên giấy chứng nhận" / "Group as printed on the certificate";
    recognise_save() "Ghi công nhận" / "Record it";
    describe_title(name) "Bổ sung công nhận của {name}" / "Complete a recognition of {name}";
    describe_about() "Ghi theo giấy. Loại, hạng sao và thời hạn không sửa ở đây: ghi sai thì rút rồi ghi lại." / "As the paper says. Kind, stars and days are not changed here: what is wrong there is withdrawn and recorded anew.";
    describe_save() "Lưu" / "Save";
    not_given() "Không ghi" / "Not given";
    no_stars() "Không có sao" / "No stars";
    wrong_day_of_decision() "Chọn ngày quyết định, từ năm 2000 và không muộn hơn hôm nay." / "Choose the day of the decision, from 2000 on and not after today.";
    wrong_last_day_of_decision() "Ngày cuối phải sau ngày quyết định. Chọn lại hoặc để trống." / "The last day must come after the day of the decision. Choose again, or leave it empty.";
    wrong_stars_missing() "Kết quả OCOP phải có hạng sao." / "An OCOP result has stars.";
    wrong_stars_given() "Chỉ kết quả OCOP có hạng sao. Chọn “Không có sao”." / "Only an OCOP result has stars. Choose “No stars”.";
    wrong_points() "Điểm từ 0 đến 100, như 82,5." / "Points from 0 to 100, such as 82,5.";
    recognise_refused() "Chưa lưu được: danh mục không nhận công nhận này. Xem lại các ô rồi lưu lại." / "It was not saved: the catalogue does not take this recognition. Look at the fields, then save again.";
    wrong_number() "Nhập số quyết định, nhiều nhất 200 ký tự." / "Enter the number of the decision, 200 characters at most.";
}

#[cfg(test)]
mod tests {
    use super::ProductFormTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as ProductFormTexts>::ALL), Vec::<String>::new());
    }
}
