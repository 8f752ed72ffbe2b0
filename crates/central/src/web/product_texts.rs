//! What central's pages say of the catalogue's products.

web::texts! {
    /// What is said of products.
    pub trait ProductTexts;

    page_products() "Sản phẩm" / "Products";
    products_find() "Tên, mã hàng hoặc mã vạch" / "Name, code or barcode";
    products_group() "Nhóm sản phẩm" / "Group";
    products_standing() "Loại công nhận" / "Recognition";
    products_stars() "Hạng sao" / "Stars";
    products_producer() "Chủ thể" / "Producer";
    products_commune() "Xã, phường, đặc khu" / "Commune";
    products_status() "Tình trạng" / "State";
    products_any() "Tất cả" / "All";
    products_n_stars(n) "{n} sao" / "{n} stars";
    products_lapse_label() "Hạn công nhận" / "End of recognition";
    products_lapse_any() "Mọi sản phẩm" / "All products";
    products_lapse(days) "Hết hạn trong {days} ngày" / "Lapses within {days} days";
    status_active() "Đang bán" / "On sale";
    status_unpriced() "Chưa có giá" / "No price yet";
    price_none() "chưa có giá" / "no price yet";
    price_enter() "Nhập giá" / "Enter a price";
    price_waits() "Sản phẩm đã có trong danh mục, chưa bán: cửa hàng chỉ thấy khi có giá." / "The catalogue knows it, and it is not on sale: stores learn of it with its price.";
    products_unpriced(n) "{n} sản phẩm chưa có giá, chưa bán" / "Products without a price, not on sale: {n}";
    status_retired() "Ngừng bán" / "Retired";
    status_provisional() "Chờ xử lý" / "Waiting";
    products_list() "Danh mục" / "Catalogue";
    products_count(n) "{n} sản phẩm" / "products: {n}";
    products_none() "Không có sản phẩm nào như vậy." / "There is no such product.";
    products_none_hint() "Bỏ bớt điều kiện lọc hoặc tìm bằng từ khác." / "Drop a filter, or look for other words.";
    products_wrong() "Điều kiện lọc này không có. Chọn lại ở trên." / "There is no such filter. Choose again above.";
    product_new() "Thêm sản phẩm" / "Add a product";
    product_column_code() "Mã hàng" / "Code";
    product_column_price() "Giá bán" / "Price";
    product_column_held() "Công nhận đến" / "Recognised until";
    product_combo() "Combo" / "Combo";
    held_open(words) "{words}: không thời hạn" / "{words}: no last day";
    held_until(words, day) "{words}: đến {day}" / "{words}: until {day}";
    unlimited() "không thời hạn" / "no last day";
    days_left(n) "còn {n} ngày" / "days left: {n}";
    last_day_today() "hôm nay là ngày cuối" / "today is the last day";
    download_xlsx() "Tải Excel" / "Excel";
    products_beside() "Trang liên quan" / "Pages beside this one";
    download_csv() "Tải CSV" / "CSV";
    download_csv_of(sheet) "CSV · {sheet}" / "CSV · {sheet}";
    file_products() "san-pham" / "products";
    sheet_products() "Sản phẩm" / "Products";
    products_cut(n) "Tệp chỉ có {n} dòng đầu. Lọc bớt rồi tải lại." / "This file has the first rows only: {n}. Pick fewer and download again.";
    list_first() "Về đầu" / "First page";
    list_before() "Trang trước" / "Previous page";
    list_after() "Trang sau" / "Next page";

    product_barcodes() "Mã vạch" / "Barcodes";
    product_unit() "Đơn vị, quy cách" / "Unit or pack";
    product_sold_by() "Cách bán" / "Sold by";
    sold_by_piece() "Theo cái, gói, hộp" / "By the piece";
    sold_by_weight() "Theo cân (kg)" / "By weight (kg)";
    product_tax() "Thuế GTGT" / "VAT";
    file_product_history() "gia-va-cong-nhan" / "prices-and-decisions";
    file_prices() "lich-su-gia" / "prices";
    file_decisions() "cong-nhan" / "decisions";
    column_version() "Lần" / "Version";
    sheet_decisions() "Công nhận" / "Decisions";
    decision_withdrawn() "Đã rút" / "Withdrawn";
    prices_xlsx() "Giá, công nhận (Excel)" / "Prices and decisions (Excel)";
    prices_csv() "Giá (CSV)" / "Prices (CSV)";
    decisions_csv() "Công nhận (CSV)" / "Decisions (CSV)";
    product_prices() "Lịch sử giá" / "Prices";
    price_version(n) "lần {n}" / "no. {n}";
    price_now() "đang dùng" / "in use";
    price_before_kept() "trước khi có sổ giá" / "before prices were kept";
    column_when() "Lúc" / "When";
    column_since() "Từ lúc" / "Since";
    column_who() "Người làm" / "By";
    column_what() "Việc" / "What";
    nothing_given() "chưa có" / "none";
    product_sales() "Xem doanh số" / "Its sales";
    product_edit() "Sửa" / "Edit";
    product_restore() "Sửa và bán lại" / "Edit and put back on sale";
    product_waits() "Cửa hàng tự thêm sản phẩm này, đang chờ nhận vào danh mục." / "A store added this product; it waits to be taken into the catalogue.";
    product_is_retired() "Sản phẩm này đã ngừng bán. Doanh số cũ vẫn giữ nguyên." / "This product is retired. Its past sales stay.";
    product_retire() "Ngừng bán" / "Retire";
    product_retire_about() "Máy bán hàng bỏ sản phẩm này ở lần nối mạng tới. Số đã bán không đổi; bán lại được bằng cách sửa." / "Tills drop it at their next contact. What was sold stays; editing puts it back on sale.";
    product_retire_now(name) "Ngừng bán {name}" / "Retire {name}";
    product_held_by(sku) "Chưa ngừng bán được: combo {sku} đang dùng sản phẩm này. Ngừng bán combo trước." / "It cannot be retired: the combo {sku} holds it. Retire that first.";
    product_saved(name) "Đã lưu {name}. Cửa hàng nhận ở lần nối mạng tới." / "{name} is saved. Stores learn of it at their next contact.";
    product_retired_now(name) "Đã ngừng bán {name}. Cửa hàng nhận ở lần nối mạng tới." / "{name} is retired. Stores learn of it at their next contact.";
    recognition_saved() "Đã ghi công nhận. Hạng sao trên tem, phiếu đổi theo ở lần nối mạng tới." / "The recognition is recorded. Labels and receipts follow at the stores' next contact.";
    recognition_withdrawn_now() "Đã rút công nhận ghi nhầm. Số đã bán giữ nguyên như lúc bán." / "The recognition is withdrawn. What was sold stays as it was.";

    recognitions_title() "Công nhận" / "Recognitions";
    recognitions_none() "Chưa có quyết định công nhận nào." / "No decision is recorded.";
    recognition_add() "Thêm công nhận" / "Add a recognition";
    column_decision() "Quyết định" / "Decision";
    column_kind() "Loại" / "Kind";
    column_valid() "Hiệu lực" / "Holds";
    decided_on_day(day) "ngày {day}" / "of {day}";
    no_number() "không ghi số" / "no number";
    points_of(points) "{points} điểm" / "points: {points}";
    criteria_of(words) "Bộ tiêu chí {words}" / "Criteria {words}";
    group_printed_of(words) "Nhóm in trên giấy: {words}" / "Group as printed: {words}";
    valid_between(from, until) "{from} – {until}" / "{from} – {until}";
    valid_open(from) "từ {from}" / "from {from}";
    standing_in_force() "Còn hiệu lực" / "In force";
    standing_lapsed() "Đã hết hạn" / "Lapsed";
    standing_to_come() "Chưa đến ngày" / "To come";
    standing_withdrawn() "Đã rút, ghi nhầm" / "Withdrawn";
    describe() "Bổ sung" / "Complete";
    describe_now(number) "Bổ sung {number}" / "Complete {number}";
    recognition_described() "Đã ghi bổ sung." / "It is completed.";
    did_describe() "Bổ sung công nhận" / "Recognition completed";
    withdraw() "Rút" / "Withdraw";
    withdraw_about() "Chỉ rút khi ghi nhầm. Từ hôm nay sản phẩm được tính như chưa có quyết định này; số đã bán không đổi. Không lấy lại được." / "Only for what was entered by mistake. From today on the product counts as if it had never been; what was sold stays. It cannot be taken back.";
    withdraw_now(number) "Rút {number}" / "Withdraw {number}";

    history_title() "Lịch sử thay đổi" / "Changes";
    history_none() "Chưa có thay đổi nào." / "Nothing was changed.";
    history_cut(n) "{n} thay đổi gần nhất." / "The last changes: {n}.";
    did_add() "Thêm vào danh mục" / "Added";
    did_unite() "Ghi là cùng một chủ thể" / "Said to be the same producer";
    did_part() "Tách lại" / "Parted again";
    did_update() "Sửa" / "Edited";
    did_price() "Đổi giá" / "Price changed";
    did_retire() "Ngừng bán" / "Retired";
    did_recognise() "Ghi công nhận" / "Recognition recorded";
    did_withdraw() "Rút công nhận" / "Recognition withdrawn";
    did_confirm() "Nhận vào danh mục" / "Taken into the catalogue";
    did_merge() "Nhập chung hàng cửa hàng thêm" / "Merged with a store's product";
    did_combo() "Tạo combo" / "Combo made";
    did_group() "Đổi nhóm" / "Group changed";
    did_other(code) "Việc khác: {code}" / "Another act: {code}";
    changed(field, words) "{field}: {words}" / "{field}: {words}";
    field_status() "Tình trạng" / "State";
    field_product_name() "Tên" / "Name";
    phone_changed() "Điện thoại: đổi" / "Telephone: changed";
    producer_changed() "Chủ thể: đổi" / "Producer: changed";
    product_group_of() "Nhóm" / "Group";
    nobody() "Không rõ" / "Not known";

    level_district() "Cấp huyện" / "District";
    level_province() "Cấp tỉnh" / "Province";
    level_region() "Cấp khu vực" / "Region";
    level_nation() "Cấp quốc gia" / "National";
}

#[cfg(test)]
mod tests {
    use super::ProductTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as ProductTexts>::ALL), Vec::<String>::new());
    }
}
