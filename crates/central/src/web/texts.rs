//! Every sentence of central's pages.

web::texts! {
    /// What central's pages say.
    pub trait CentralTexts;

    brand() "OCOP Quảng Ngãi" / "OCOP Quảng Ngãi";
    login_about() "Doanh số và hàng ký gửi của các điểm giới thiệu, bán sản phẩm OCOP." / "Sales and consigned goods of the OCOP sales points.";
    login_wrong() "Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra rồi nhập lại." / "The account or the password is wrong. Check both and try again.";
    login_wait(time) "Thử sai nhiều lần. Đợi {time} rồi đăng nhập lại." / "Too many wrong tries. Wait ({time}), then log in again.";
    seconds(n) "{n} giây" / "seconds: {n}";
    minutes(n) "{n} phút" / "minutes: {n}";
    fault_not_waiting() "Máy này không còn chờ duyệt. Tải lại trang để xem tình trạng mới." / "This device no longer waits for approval. Reload the page to see its state.";

    page_sales() "Doanh số" / "Sales";
    page_stores() "Cửa hàng" / "Stores";
    page_overview() "Tổng quan" / "Overview";
    page_consigned() "Ký gửi" / "Consigned";
    page_sold() "Đã bán" / "Sold";

    preset_today() "Hôm nay" / "Today";
    preset_week() "Tuần này" / "This week";
    preset_month() "Tháng này" / "This month";
    preset_quarter() "Quý này" / "This quarter";
    preset_year() "Năm nay" / "This year";
    presets_label() "Kỳ báo cáo" / "Period";
    filter_from() "Từ ngày" / "From";
    filter_to() "Đến ngày" / "To";
    filter_store() "Cửa hàng" / "Store";
    filter_category() "Loại công nhận" / "Recognition";
    filter_stars() "Hạng sao" / "Stars";
    filter_show() "Xem" / "Show";
    filter_print() "In" / "Print";
    all_stores(n) "Tất cả ({n})" / "All ({n})";
    one_product_picked() "một sản phẩm" / "one product";
    of_all_products() "Xem mọi sản phẩm" / "All products";
    all_categories() "Tất cả" / "All";
    all_stars() "Tất cả" / "All";
    stars_at_least(n) "{n} sao trở lên" / "{n} stars or more";
    five_stars() "5 sao" / "5 stars";
    wrong_date() "Ngày phải có dạng 2026-10-01." / "A date is written 2026-10-01.";
    wrong_order() "Ngày cuối đứng trước ngày đầu. Chọn lại." / "The last day comes before the first. Choose again.";
    wrong_filter() "Chưa xem được số liệu. Sửa chỗ báo lỗi ở trên rồi bấm Xem." / "There is nothing to show yet. Correct what is marked above, then press Show.";
    too_long(years) "Kỳ dài quá {years} năm. Chọn kỳ ngắn hơn." / "The period is longer than {years} years. Choose a shorter one.";

    category_ocop() "OCOP" / "OCOP";
    category_rural_industrial() "Công nghiệp nông thôn tiêu biểu" / "Rural industrial";
    category_key() "Sản phẩm chủ lực" / "Key product";
    category_planned() "OCOP tiềm năng" / "Planned OCOP";
    category_specialty() "Đặc sản" / "Specialty";
    category_none() "Chưa được công nhận" / "Not recognised";

    range(from, to) "{from}–{to}" / "{from}–{to}";
    data_until(time) "Số liệu đến {time}" / "Figures up to {time}";
    data_none() "Chưa có số liệu" / "No figures yet";
    stores_reported(n, m) "{n}/{m} cửa hàng đã gửi" / "{n} of {m} stores have reported";
    store_last_sale(store, time) "{store}: đơn cuối lúc {time}" / "{store}: last sale at {time}";
    store_never(store) "{store}: chưa gửi đơn nào" / "{store}: has sent nothing yet";
    store_held(store, money) "{store}: máy chờ duyệt, {money} chưa tính" / "{store}: device waits for approval, {money} not counted";
    store_forked(store) "{store}: hai máy cùng một khóa, chờ xử lý" / "{store}: two devices share one key, waits for a decision";
    more_stores(n) "và {n} cửa hàng khác" / "and {n} more";

    revenue() "Doanh thu" / "Revenue";
    receipts() "Số đơn" / "Receipts";
    basket() "Giá trị đơn" / "Average basket";
    products_sold() "Sản phẩm có bán" / "Products sold";
    of_all_goods() "không tách được theo bộ lọc" / "cannot be told apart by this filter";
    revenue_by_day() "Doanh thu theo ngày" / "Revenue by day";
    revenue_by_week() "Doanh thu theo tuần" / "Revenue by week";
    revenue_by_month() "Doanh thu theo tháng" / "Revenue by month";
    this_period() "Kỳ này" / "This period";
    by_product() "Theo sản phẩm" / "By product";
    by_store() "Theo cửa hàng" / "By store";
    by_category() "Theo loại công nhận" / "By recognition";
    product_count(n) "{n} sản phẩm" / "products: {n}";
    column_product() "Sản phẩm" / "Product";
    column_producer() "Chủ thể" / "Producer";
    column_quantity() "Số lượng" / "Quantity";
    column_revenue() "Doanh thu" / "Revenue";
    column_receipts() "Số đơn" / "Receipts";
    column_share() "Tỷ trọng" / "Share";
    column_store() "Cửa hàng" / "Store";
    column_category() "Loại" / "Recognition";
    total() "Tổng cộng" / "Total";
    nothing_sold() "Chưa bán được gì trong kỳ này." / "Nothing was sold in this period.";
    nothing_sold_hint() "Chọn kỳ khác hoặc bỏ bớt bộ lọc." / "Choose another period or drop a filter.";
    owed() "Còn được nhận" / "Owed to you";
    owed_until(time) "tính đến {time}" / "as of {time}";
    owed_none() "Không còn tiền hàng nào chưa trả." / "Nothing is left to be paid.";
    owed_about() "Tiền hàng đã bán, đã trừ hoa hồng và tiền đã trả." / "For goods sold, less commission and what was paid.";
    owed_ahead() "Số âm là tiền nhận trước, trừ vào hàng bán sau." / "Below zero you were paid in advance; later sales make up for it.";
    sold_last_days(n) "Đã bán {n} ngày qua" / "Sold in the last {n} days";
    needs_goods() "Cần gửi thêm" / "Send more";
    needs_nothing() "Hàng ở các cửa hàng còn đủ bán." / "The stores have enough goods.";
    all_goods(n) "Tất cả hàng ký gửi ({n})" / "All consigned goods ({n})";
    all_sold() "Tất cả hàng đã bán" / "Everything sold";
    consigned_goods() "Hàng đang ký gửi" / "Goods on consignment";
    consigned_about(days) "Số còn lại tính theo sổ của cửa hàng. Tốc độ bán tính trong {days} ngày qua." / "What is left is what the store's book says. The pace is that of the last {days} days.";
    nothing_consigned() "Chưa có hàng nào đang ký gửi." / "No goods are on consignment.";
    nothing_consigned_hint() "Khi cửa hàng nhận hàng, số lượng sẽ hiện ở đây." / "When a store receives goods, they appear here.";
    left(quantity) "còn {quantity}" / "{quantity} left";
    left_ended(quantity) "trong đó {quantity} đã quá hạn" / "{quantity} of it past its date";
    sold_in_days(quantity, days) "bán {quantity} trong {days} ngày" / "{quantity} sold in {days} days";
    cover_short() "Bán nhiều hơn số cửa hàng ghi đã nhận. Hỏi lại cửa hàng." / "More was sold than the store says it received. Ask the store.";
    cover_gone(quantity) "Đã hết hàng — gửi thêm {quantity}" / "Sold out — send {quantity}";
    cover_gone_unsold() "Đã hết hàng" / "None left";
    cover_low_today(quantity) "Sắp hết trong hôm nay — gửi thêm {quantity}" / "Gone within a day — send {quantity}";
    cover_low(days, quantity) "Sắp hết, đủ bán khoảng {days} ngày — gửi thêm {quantity}" / "Lasts about {days} days — send {quantity}";
    sold_revenue() "Tiền bán hàng" / "Revenue";
    due_of_it(money) "Phần của chủ thể: {money}" / "Your part: {money}";
    due_short(money) "sẽ được trả {money}" / "yours: {money}";
    sold_lately() "Bán gần đây" / "Last sales";
    nothing_sold_lately() "Chưa bán được gì gần đây." / "Nothing was sold lately.";
    nothing_sold_by_producer_hint() "Chọn kỳ dài hơn." / "Choose a longer period.";
    stores_beside() "Trang liên quan" / "Beside";
    stores_about() "Mỗi máy bán hàng ký sổ bằng khóa riêng. Chỉ số liệu của máy đã duyệt mới được tính." / "Each till signs its journal with a key of its own. Only approved devices are counted.";
    operator_of(name) "Đơn vị: {name}" / "Operator: {name}";
    devices() "Máy bán hàng" / "Devices";
    no_device() "Chưa có máy nào nối vào cửa hàng này." / "No device has joined this store yet.";
    no_device_hint() "Cấp mã một lần, rồi nhập mã đó ở máy bán hàng." / "Issue a one-time code, then enter it at the till.";
    no_stores() "Chưa có cửa hàng nào." / "There are no stores yet.";
    column_device() "Máy" / "Device";
    column_fingerprint() "Dấu khóa" / "Fingerprint";
    column_status() "Tình trạng" / "State";
    column_entries() "Bút toán" / "Entries";
    column_heard() "Liên lạc cuối" / "Last contact";
    column_held() "Tiền chờ tính" / "Held money";
    enrolled_at(time) "nối lúc {time}" / "joined {time}";
    status_held() "Chờ duyệt" / "Waits for approval";
    status_approved() "Đang dùng" / "In use";
    status_forked() "Trùng khóa" / "Forked";
    status_revoked() "Đã thu hồi" / "Revoked";
    device_no(n) "máy số {n}" / "no. {n}";
    same_as_till(at) "khớp với máy, {at}" / "as at the till, {at}";
    never_heard() "chưa gửi" / "never";
    approve() "Duyệt máy này" / "Approve this device";
    approve_about() "Chỉ duyệt khi dấu khóa giống hệt dấu trên màn hình máy bán hàng." / "Approve only when the fingerprint equals the one on the till's screen.";
    approved(device) "Đã duyệt {device}. Số liệu của máy này được tính từ bây giờ." / "{device} is approved. Its figures count from now on.";
    issue_code() "Cấp mã nối máy" / "Issue a code";
    code_for(store) "Mã nối máy cho {store}" / "Code for {store}";
    code_about(minutes) "Nhập mã này ở máy bán hàng trong {minutes} phút. Mã dùng một lần và chỉ hiện lần này." / "Enter it at the till within {minutes} minutes. It works once and is shown only now.";
    exceptions() "Bút toán cần xem" / "Entries to look at";
    exceptions_about() "Các bút toán này có trong sổ nhưng chưa vào số liệu; tiền của chúng nằm ở tài khoản chờ." / "These entries stand in the journal but not in the figures; their money is in suspense.";
    exception_count(n) "{n} bút toán cần xem" / "entries to look at: {n}";
    column_reason() "Lý do" / "Reason";
    column_suspended() "Tiền chờ" / "In suspense";
    column_arrived() "Đến lúc" / "Arrived";
    entry_no(n) "bút toán {n}" / "entry {n}";
    reason_malformed() "Nội dung sai cấu trúc" / "Malformed content";
    reason_later() "Do phần mềm mới hơn ghi; cập nhật trung tâm" / "Written by a later program; update central";
    reason_business_date() "Ngày bán hàng không thể có" / "Impossible business day";
    reason_value() "Giá trị không hợp lệ" / "Invalid value";
    reason_contradiction() "Các con số mâu thuẫn nhau" / "Its numbers contradict each other";
    reason_grand_total() "Tổng lũy kế không khớp" / "The running total does not follow";
    reason_terms() "Điều khoản ký gửi không do trung tâm cấp" / "Terms that central never gave";
    reason_lot() "Lô hàng của chủ thể hoặc sản phẩm khác" / "A lot of another producer or product";
    reason_facts() "Tính cho sản phẩm khác" / "Counted as another product";
    reason_twin() "Một đơn khác đã mang mã này" / "Another sale has this identity already";
    reason_implausible() "Số lượng hoặc số tiền quá lớn" / "An implausible amount or quantity";
    reason_no_sale() "Trả hàng của đơn mà trung tâm chưa có" / "Goods came back of a sale that is not here";
    reason_too_much_back() "Trả lại nhiều hơn đã bán hoặc đã trả" / "More came back than was sold or paid";
    reason_settlement() "Quyết toán không khớp với sổ của trung tâm" / "A settlement that differs from central's books";
    reason_other(code) "Lý do khác: {code}" / "Other reason: {code}";
    pad_sales() "Đơn viết tay nhập sau" / "Sales entered from the pad";
    pad_sales_about() "Bán khi mất điện, ghi vào sổ ghi tay rồi nhập lại. Tính vào ngày đã bán." / "Sold while the power was out, written on the pad and entered afterwards. They count on the day of the sale.";
    column_receipt() "Số phiếu" / "Receipt";
    column_claimed() "Bán lúc" / "Sold at";
    column_paid() "Số tiền" / "Amount";
    column_remarks() "Lưu ý" / "Remarks";
    pad_lines(lines) "dòng {lines}" / "line {lines}";
    pad_past_date() "Hàng quá hạn" / "Past its date";
    pad_told_apart(n) "Giống {n} đơn khác" / "Looks like {n} others";
    last_sale_at(time) "đơn cuối lúc {time}" / "last sale at {time}";
    no_sale_yet() "chưa có đơn nào" / "no sale yet";
    page_of(page, pages) "Trang {page}/{pages}" / "Page {page} of {pages}";
    page_before() "Trang trước" / "Previous page";
    page_next() "Trang sau" / "Next page";
}

#[cfg(test)]
mod tests {
    use web::{Lang, texts};

    use super::CentralTexts;

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as CentralTexts>::ALL), Vec::<String>::new());
    }
}
