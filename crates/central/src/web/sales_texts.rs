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
    store_suspended(store, n, money) "{store}: {n} bút toán bán hàng chưa vào số liệu, {money} ở tài khoản chờ (kể cả bút toán đã có người xem)" / "{store}: sales that are not in the figures: {n}, {money} in suspense (looked into or not)";
    nothing_to_compare() "chưa có số liệu để so" / "nothing to compare with";
    filter_xlsx() "Tải Excel" / "Excel";
    filter_csv() "Tải CSV" / "CSV";
    by_producer() "Chủ thể" / "Producer";
    by_commune() "Xã, phường" / "Commune";
    by_group() "Nhóm" / "Group";
    by_stars() "Hạng sao" / "Stars";
    all_groups() "Tất cả nhóm" / "All groups";
    all_communes() "Tất cả xã, phường" / "All communes";
    one_producer_picked() "một chủ thể" / "one producer";
    producer_like(words) "chủ thể có tên “{words}”" / "producers called “{words}”";
    by_more() "Cộng theo" / "Added up by";
    no_stars() "Không có sao" / "No stars";
    counted_leading() "Mỗi đồng một lần" / "Each đồng once";
    counted_holders() "Mọi loại đang giữ" / "All holders";
    counted_label() "Cách tính loại công nhận" / "How categories count";
    counted_more() "Một sản phẩm tính vào mọi loại mà nó được công nhận lúc bán, nên tổng các loại có thể lớn hơn doanh số." / "A product counts in each category that it held when it was sold, so the categories together may be more than the total.";
    sheet_holders() "Phân loại (mọi loại)" / "Categories (all holders)";
    sealed_title() "Kỳ này đã chốt báo cáo" / "The report of this period is sealed";
    sealed_chip() "Đã chốt" / "Sealed";
    sealed_report() "Xem báo cáo" / "The report";
    sealed_about(when) "Chốt lúc {when}. Số liệu đến sau là đính chính, xếp theo ngày máy chủ nhận được; cộng lại là số hôm nay." / "Sealed {when}. What came later is a correction, by the day on which central received it; all together are today's figure.";
    sealed_row() "Doanh số" / "Sales";
    sealed_entries() "Bút toán" / "Entries";
    sealed_amount() "Số tiền" / "Amount";
    sealed_figure() "Số đã chốt" / "As sealed";
    sealed_correction(day) "Đính chính, đến ngày {day}" / "Correction, came on {day}";
    sealed_other() "Ghi sổ lại, duyệt máy sau" / "Judged again, or approved later";
    sealed_today() "Số hôm nay" / "Today";
    sheet_sealed() "Đã chốt" / "Sealed";
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
    column_against() "So sánh" / "Against";
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
