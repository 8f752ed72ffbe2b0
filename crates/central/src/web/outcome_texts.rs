//! What the page on the outcome of promotion says.

web::texts! {
    /// What is said there.
    pub trait OutcomeTexts;

    page_outcome() "Kết quả quảng bá" / "Outcome of promotion";
    outcome_about() "Một trang cho cuộc họp: quảng bá và bán hàng ở các điểm mang lại gì cho chủ thể và các xã, phường trong kỳ." / "One page for a meeting: what promotion and sales at the points brought to producers and communes in the period.";
    outcome_periods() "Chọn kỳ" / "Period";
    outcome_year(year) "Cả năm {year}" / "All of {year}";
    outcome_quarter(n) "Quý {n}" / "Quarter {n}";
    outcome_year_before(year) "← {year}" / "← {year}";
    outcome_year_after(year) "{year} →" / "{year} →";
    outcome_paid() "Đã trả cho chủ thể" / "Paid to producers";
    outcome_paid_about(n) "cho {n} chủ thể, theo quyết toán và ứng trước" / "to producers: {n}, by settlements and in advance";
    outcome_producers() "Chủ thể có hàng bán được" / "Producers that sold";
    outcome_communes(n) "từ {n} xã, phường, đặc khu" / "from communes: {n}";
    outcome_first() "Lần đầu bán được" / "Sold for the first time";
    outcome_first_about(n) "sản phẩm, của {n} chủ thể lần đầu có hàng bán" / "products, with producers that never sold before: {n}";
    outcome_cost() "Kinh phí chiến dịch" / "Cost of campaigns";
    outcome_cost_about(n) "{n} chiến dịch bắt đầu trong kỳ" / "campaigns that began in the period: {n}";
    outcome_revenue() "Doanh thu" / "Sales";
    outcome_ocop(percent) "hàng OCOP chiếm {percent}" / "of which OCOP {percent}";
    outcome_interest() "Người biết đến" / "Interest";
    outcome_interest_about(tastings, scans, enquiries) "khách vào cửa hàng · {tastings} lượt dùng thử · {scans} lượt quét mã · {enquiries} lượt hỏi" / "visitors · tastings: {tastings} · scans: {scans} · enquiries: {enquiries}";
    outcome_beginning() "Sổ bán hàng bắt đầu trong kỳ này, nên mọi thứ đều là lần đầu." / "The books begin in this period, so everything in them is a first.";
    outcome_spent() "Kinh phí theo hình thức" / "Cost by kind";
    outcome_column_kind() "Hình thức" / "Kind";
    outcome_column_campaigns() "Số chiến dịch" / "Campaigns";
    outcome_column_cost() "Kinh phí" / "Cost";
    outcome_no_campaigns() "Không có chiến dịch nào bắt đầu trong kỳ." / "No campaign began in the period.";
    outcome_first_products() "Sản phẩm lần đầu bán được" / "Products sold for the first time";
    outcome_first_producers() "Chủ thể lần đầu có hàng bán" / "Producers that sold for the first time";
    outcome_column_since() "Từ tháng" / "Month";
    outcome_none() "Không có." / "None.";
    outcome_more(n) "và {n} mục nữa" / "and more: {n}";
    outcome_recognised() "Trước và sau khi được công nhận" / "Before and after a recognition";
    outcome_recognised_about() "Nhiều nhất sáu tháng tròn mỗi bên, không tính tháng có quyết định. Chỉ là so trước và sau, cạnh mọi sản phẩm khác trong cùng thời gian; không kết luận là do công nhận." / "At most six whole months on each side, without the month of the decision. It is before and after and no more, beside everything else at the same time; it does not say that the recognition did it.";
    outcome_recognised_none() "Không có công nhận nào bắt đầu trong kỳ." / "No recognition began in the period.";
    outcome_recognised_cut(n) "Chỉ hiện {n} công nhận gần nhất." / "The latest ones are shown: {n}.";
    outcome_column_recognition() "Công nhận" / "Recognition";
    outcome_column_months() "Số tháng" / "Months";
    outcome_column_before() "Trước" / "Before";
    outcome_column_after() "Sau" / "After";
    outcome_column_change() "Thay đổi" / "Change";
    outcome_column_rest() "Sản phẩm khác" / "Everything else";
    outcome_too_early() "chưa đủ một tháng tròn mỗi bên" / "no whole month on each side yet";
    outcome_paid_to() "Số chủ thể đã trả" / "Producers that were paid";
    outcome_commune_count() "Số xã, phường, đặc khu" / "Communes";
    outcome_ocop_revenue() "Trong đó hàng OCOP" / "Of which OCOP";
    outcome_scans() "Lượt quét mã trên bao bì" / "Scans of packs";
    outcome_column_decision() "Quyết định" / "Decision";
    outcome_column_day() "Từ ngày" / "Since";
    outcome_rest_before() "Sản phẩm khác, trước" / "Everything else, before";
    outcome_rest_after() "Sản phẩm khác, sau" / "Everything else, after";
    outcome_sheet_figures() "Kết quả" / "Outcome";
    outcome_sheet_figure() "Số liệu" / "Figure";
    outcome_sheet_recognised() "Công nhận" / "Recognitions";
    outcome_sheet_cost() "Kinh phí" / "Cost";
    outcome_sheet_products() "Sản phẩm lần đầu" / "New products";
    outcome_sheet_producers() "Chủ thể lần đầu" / "New producers";
    outcome_month(month, year) "{month}/{year}" / "{month}/{year}";
}

#[cfg(test)]
mod tests {
    use super::OutcomeTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as OutcomeTexts>::ALL), Vec::<String>::new());
    }
}
