//! What the pages say that put a producer's goods side by side, and the papers made of them.

web::texts! {
    /// What is said of goods by product and store.
    pub trait GridTexts;

    page_grid() "Bảng tổng hợp" / "Goods by store";
    grid_of_month(month) "Tháng {month}" / "Month {month}";
    grid_months() "Chọn tháng" / "Month";
    grid_about() "“Còn” là số hiện nay theo sổ cửa hàng; “Bán” và “Sẽ được trả” là của cả tháng. Bấm vào số để xem chi tiết." / "“Left” is what the stores' books say now; “Sold” and “Yours” are of the month. Press a figure to see what makes it up.";
    grid_empty() "Tháng này không có hàng ở cửa hàng nào." / "No goods were in any store this month.";
    grid_link() "Bảng theo sản phẩm và cửa hàng" / "All by product and store";
    grid_due() "Phần của chủ thể trong tháng" / "Your part of the month";
    grid_owed_now() "Hiện còn được nhận" / "Owed to you now";
    by_store_sums() "Cộng theo cửa hàng" / "Sums by store";
    column_left() "Còn" / "Left";
    column_sold() "Bán" / "Sold";
    column_due() "Sẽ được trả" / "Yours";
    column_owed_now() "Còn nợ" / "Owed now";
    sum_of_all() "Cộng" / "Sum";
    left_and_sold(unit, left, sold) "{unit}: còn {left}, bán {sold}" / "{unit}: {left} left, {sold} sold";
    show_all() "Xem tất cả" / "Show all";
    day_by_day() "Từng ngày" / "Day by day";
    days_cut(n) "Chỉ hiện {n} dòng gần nhất. Tải tệp Excel của tháng để xem hết." / "Only the latest {n} lines are here. Download the month's Excel file to see all.";
    under_way_goods() "Đang trên đường giữa các cửa hàng" / "Under way between stores";
    lots_left() "Các lô còn lại" / "Lots that are left";
    lot_received(day) "nhận {day}" / "received {day}";
    lot_expires(day) "hạn dùng {day}" / "good until {day}";
    lot_code(code) "lô {code}" / "lot {code}";
    lots_about() "Số âm: bán trước khi cửa hàng ghi nhận hàng." / "Below zero: sold before the store had written down the delivery.";

    download_xlsx() "Tải tệp Excel" / "Download for Excel";
    sheet_grid() "Bảng tổng hợp" / "Goods by store";
    sheet_days() "Bán theo ngày" / "Sales by day";
    sheet_papers() "Quyết toán" / "Settlements";
    sheet_settlement() "Quyết toán" / "Settlement";
    sheet_rows() "Từng sản phẩm" / "Products";
    file_grid() "bang-tong-hop" / "goods-by-store";
    file_settlement() "quyet-toan" / "settlement";
    column_unit() "Đơn vị" / "Unit";
    column_day() "Ngày" / "Day";
    column_operator() "Đơn vị quản lý" / "Operator";
    column_number() "Số phiếu" / "Number";
    column_standing() "Tình trạng" / "State";
    column_carried() "Còn nợ từ trước" / "Owed from before";
    column_closed_due() "Phải trả kỳ này" / "Owed for this period";
    column_paid_out() "Đã trả" / "Paid";
    column_left_owed() "Còn phải trả" / "Still owed";
    column_commission() "Hoa hồng" / "Commission";
    column_rates() "Tỷ lệ hoa hồng" / "Rates of commission";
    column_field() "Mục" / "What";
    column_value() "Giá trị" / "Value";
    standing_payment() "Trả tiền" / "Payment";
    rows_cut(n) "Tệp này chỉ giữ {n} dòng đầu. Chọn tháng khác hoặc hỏi Sở Công Thương để lấy phần còn lại." / "This file holds the first {n} rows only. Choose another month, or ask the department for the rest.";
}

#[cfg(test)]
mod tests {
    use super::GridTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as GridTexts>::ALL), Vec::<String>::new());
    }
}
