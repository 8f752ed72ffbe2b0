//! What the page of sales says of comparing, of adding up and of files.

web::texts! {
    /// What the page of sales says beside [`super::texts::CentralTexts`].
    pub trait SalesTexts;

    sales_of_campaign(name) "chiến dịch {name}" / "the campaign {name}";
    filter_against() "So với" / "Against";
    against_period() "Kỳ trước" / "Period before";
    against_year() "Cùng kỳ năm trước" / "Year before";
    against_tet() "Cùng kỳ theo Tết" / "Year before, by Tết";
    compared_with(period) "so với: {period}" / "against: {period}";
    nothing_to_compare() "chưa có số liệu để so" / "nothing to compare with";
    filter_xlsx() "Tải Excel" / "Excel";
    filter_csv() "Tải CSV" / "CSV";
    by_producer() "Chủ thể" / "Producer";
    by_commune() "Xã, phường" / "Commune";
    by_group() "Nhóm" / "Group";
    by_stars() "Hạng sao" / "Stars";
    by_more() "Cộng theo" / "Added up by";
    no_stars() "Không có sao" / "No stars";
    not_known() "Chưa rõ" / "Not known";
    file_sales() "doanh-so" / "sales";
    sheet_products() "Sản phẩm" / "Products";
    sheet_stores() "Cửa hàng" / "Stores";
    sheet_categories() "Phân loại" / "Categories";
    sheet_time() "Theo thời gian" / "Over time";
    column_from() "Từ ngày" / "From";
    column_to() "Đến ngày" / "To";
    column_stars() "Sao" / "Stars";
    column_before() "Kỳ so sánh" / "Compared with";
    column_products() "Số sản phẩm" / "Products";
    sales_cut(n) "Tệp này chỉ giữ {n} dòng đầu. Chọn kỳ ngắn hơn hoặc một điểm bán để lấy hết." / "This file holds the first {n} rows only. Choose a shorter period, or a store, to get all.";
}

#[cfg(test)]
mod tests {
    use super::SalesTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as SalesTexts>::ALL), Vec::<String>::new());
    }
}
