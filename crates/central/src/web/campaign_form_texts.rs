//! What the form of a campaign says.

web::texts! {
    /// What is said in it.
    pub trait CampaignFormTexts;

    campaign_form_about() "Máy bán hàng không nhận gì từ đây; giảm giá ở quầy thì tạo thêm ở trang Khuyến mại. Ghi trước khi chạy thì biết sớm có đo được hay không." / "Tills hear nothing of this; a price that tills give is made on the page Promotions. Recorded in advance, it tells whether an effect could be measured at all.";
    campaign_cost() "Kinh phí, đồng" / "Cost, đồng";
    campaign_cost_hint() "như 5.000.000; để trống nếu không tốn" / "such as 5.000.000; empty if it costs nothing";
    campaign_skus() "Mã sản phẩm, cách nhau bằng dấu phẩy" / "Codes of the products, with commas between";
    campaign_find() "Tìm sản phẩm theo tên" / "Find products by name";
    campaign_find_products() "Tìm" / "Find";
    campaign_take(name, sku) "+ {name} ({sku})" / "+ {name} ({sku})";
    campaign_nothing_like(words) "Không có sản phẩm nào tên như “{words}”." / "No product is called anything like “{words}”.";
    campaign_stores() "Cửa hàng (không chọn: mọi cửa hàng)" / "Stores (none chosen: all of them)";
    campaign_note_hint() "nơi tổ chức, đơn vị phối hợp, liên kết bài đăng" / "where it is held, who takes part, addresses of posts";
    campaign_save() "Lưu chiến dịch" / "Save the campaign";
    campaign_cancel() "Bỏ qua" / "Cancel";

    campaign_wrong_name() "Gõ tên, nhiều nhất 120 ký tự." / "Type a name of at most 120 letters.";
    campaign_wrong_note() "Ghi chú nhiều nhất 500 ký tự." / "A note has at most 500 letters.";
    campaign_wrong_kind() "Chọn một hình thức." / "Choose a kind.";
    campaign_wrong_day() "Chọn ngày." / "Choose a day.";
    campaign_wrong_last_day() "Ngày cuối đứng trước ngày đầu. Chọn lại." / "The last day comes before the first. Choose again.";
    campaign_too_long() "Một chiến dịch dài nhất 366 ngày. Chia ra nếu dài hơn." / "A campaign has at most 366 days. Split a longer one.";
    campaign_wrong_cost() "Gõ số tiền từ 0 đến 100 tỷ, như 5.000.000." / "Type an amount from 0 to 100 bn, such as 5.000.000.";
    campaign_wrong_products() "Cần ít nhất một mã sản phẩm, nhiều nhất 500." / "One product is needed, 500 at most.";
    campaign_unknown_products(skus) "Không có mã {skus} trong hàng đang bán. Sửa lại hoặc tìm theo tên." / "No product on sale has the code {skus}. Correct it, or find it by name.";
    campaign_wrong_store() "Có cửa hàng không còn trong danh sách. Chọn lại." / "A store is not in the list any more. Choose again.";
}

#[cfg(test)]
mod tests {
    use super::CampaignFormTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as CampaignFormTexts>::ALL), Vec::<String>::new());
    }
}
