//! What the page of product groups says.

web::texts! {
    /// What is said there.
    pub trait ProductGroupTexts;

    page_groups() "Nhóm sản phẩm" / "Product groups";
    groups_about() "Nhóm sản phẩm theo quyết định đang áp dụng. Tên mới tính từ ngày ghi ở đây; báo cáo của kỳ trước vẫn dùng tên của kỳ đó. Hàng đã bán giữ nhóm lúc bán." / "Groups of products by the decision in force. A new name holds from its day on; reports of earlier periods keep the name of then. What was sold keeps the group that it was sold in.";
    groups_saved() "Đã lưu. Các điểm bán nhận tên mới ở lần đồng bộ tới." / "Saved. Stores get it with their next contact.";
    groups_ended() "Đã thôi dùng nhóm." / "The group is no longer in use.";
    groups_in_use() "Chưa thôi dùng được: còn sản phẩm đang bán hoặc chưa có giá trong nhóm. Chuyển các sản phẩm đó sang nhóm khác ở trang Sản phẩm, rồi làm lại." / "It cannot end yet: products on sale or waiting for a price are in it. Move them to another group on the page of products, and try again.";
    groups_refused() "Tên bị trùng hoặc không dùng được. Nhập tên khác, hoặc chọn Đổi ở nhóm đã có." / "The name is taken or cannot be used. Enter another one, or choose Change at the group that is there.";
    groups_name() "Nhóm" / "Group";
    groups_from() "Từ ngày" / "From";
    groups_decision() "Quyết định" / "Decision";
    groups_decision_hint() "số quyết định, thí dụ 148/QĐ-TTg" / "its number, such as 148/QĐ-TTg";
    groups_refuses() "Hàng quá hạn không được bán" / "Goods past their date are refused";
    groups_ended_on(day) "Thôi dùng từ {day}" / "Not in use since {day}";
    groups_before() "tên trước đây" / "its name before";
    groups_change() "Đổi" / "Change";
    groups_change_of(name) "Đổi nhóm: {name}" / "Change the group {name}";
    groups_end() "Thôi dùng" / "End";
    groups_end_of(name) "Thôi dùng nhóm: {name}" / "End the group {name}";
    groups_end_about() "Không còn chọn được nhóm này cho sản phẩm mới. Báo cáo và hàng đã bán vẫn giữ nhóm." / "No product can be put into it any more. Reports and what was sold keep it.";
    groups_add() "Thêm nhóm" / "Add a group";
    groups_name_vi() "Tên nhóm" / "Name";
    groups_name_en() "Tên tiếng Anh" / "Name in English";
    groups_save() "Lưu nhóm" / "Save the group";
    file_groups() "nhom-san-pham" / "product-groups";
    groups_code() "Mã nhóm" / "Code";
    groups_recorded_by() "Người ghi" / "Recorded by";
    groups_last_day() "Thôi dùng từ ngày" / "Not in use since";
}

#[cfg(test)]
mod tests {
    use super::ProductGroupTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as ProductGroupTexts>::ALL), Vec::<String>::new());
    }
}
