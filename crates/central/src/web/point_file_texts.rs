//! What a point's file says of criteria, equipment, money, papers and the shelf.

web::texts! {
    /// What is said in it.
    pub trait PointFileTexts;

    criteria_title() "Tiêu chí điểm bán" / "Criteria";
    criteria_of_decision(decision, day) "Theo {decision}, áp dụng từ {day}" / "After {decision}, in force from {day}";
    criteria_outlived(day) "Quyết định này dành cho giai đoạn đến {day}. Dùng tiếp cho đến khi nhập văn bản thay thế." / "This decision is meant for the time up to {day}. It is used on until the next one is entered.";
    criteria_none() "Chưa có bộ tiêu chí nào. Nhập ở trang “Tiêu chí, mức tối thiểu”." / "There are no criteria. Enter them on “Criteria and thresholds”.";
    criteria_checked(day, who) "Kiểm tra ngày {day} ({who})" / "Checked on {day} ({who})";
    criteria_unchecked() "Chưa kiểm tra theo bộ tiêu chí này." / "Not checked by these yet.";
    criteria_check() "Kiểm tra" / "Check it";
    check_title(name) "Kiểm tra {name}" / "Check {name}";
    check_on() "Ngày kiểm tra" / "Day of the check";
    check_other_criteria(decision) "Ngày này áp dụng bộ tiêu chí theo {decision}. Đánh giá theo bộ tiêu chí đó rồi ghi lại." / "On that day the criteria of {decision} were in force. Answer those and record it again.";
    check_no_criteria() "Ngày này chưa có bộ tiêu chí nào áp dụng." / "No criteria were in force on that day.";
    check_note() "Nhận xét chung" / "Remarks";
    check_answer() "Kết quả" / "Result";
    check_answer_note() "Ghi chú" / "Note";
    check_save() "Ghi kết quả" / "Record it";
    answer_met() "Đạt" / "Met";
    answer_not_met() "Chưa đạt" / "Not met";
    answer_unknown() "Chưa rõ" / "Not known";
    checks_before() "Các lần kiểm tra" / "Checks";
    check_counts(met, not_met, unknown) "{met} đạt · {not_met} chưa đạt · {unknown} chưa rõ" / "met: {met} · not met: {not_met} · not known: {unknown}";
    column_criterion() "Tiêu chí" / "Criterion";

    shelf_title() "Hàng trên kệ" / "Goods on the shelf";
    shelf_no_store() "Điểm chưa có cửa hàng nên chưa có số liệu." / "The point has no store yet, so there are no figures.";
    shelf_no_threshold() "Chưa đặt mức tối thiểu nào." / "No threshold is set.";
    shelf_now() "Theo sổ của cửa hàng lúc này" / "By the store's book at this moment";
    column_measure() "Chỉ tiêu" / "Measure";
    column_now() "Hiện có" / "Now";
    column_least() "Tối thiểu" / "At least";
    column_result() "Kết quả" / "Result";
    measure_products() "Số sản phẩm" / "Products";
    measure_ocop() "Sản phẩm OCOP còn hạn" / "OCOP products in force";
    measure_share() "Tỷ lệ OCOP" / "Share of OCOP";
    measure_producers() "Số chủ thể" / "Producers";
    least_from(day) "từ {day}" / "from {day}";
    no_least() "không đặt" / "none";

    equipment_title() "Biển hiệu, trang thiết bị" / "Signs and equipment";
    equipment_none() "Chưa ghi biển hiệu, thiết bị nào." / "Nothing is entered.";
    equipment_add() "Thêm trang bị" / "Add equipment";
    equipment_kind() "Loại" / "Kind";
    kind_sign() "Biển hiệu" / "Sign";
    kind_equipment() "Trang thiết bị" / "Equipment";
    equipment_name() "Tên" / "Name";
    equipment_name_hint() "như kệ gỗ 3 tầng, tủ mát 400 lít" / "such as wooden shelf, fridge of 400 litres";
    equipment_count() "Số lượng" / "How many";
    equipment_value() "Tổng giá trị" / "Value of all";
    equipment_value_hint() "đồng; để trống nếu chưa rõ" / "đồng; empty if not known";
    equipment_funding() "Nguồn kinh phí" / "Funding";
    equipment_paper() "Số biên bản bàn giao" / "Handover paper";
    equipment_handed() "Ngày bàn giao" / "Day of the handover";
    equipment_gone() "Ghi giảm" / "It is gone";
    equipment_gone_on() "Ngày giảm" / "Since";
    equipment_gone_why() "Lý do" / "Why";
    equipment_gone_at(day) "Đã giảm {day}" / "Gone since {day}";
    equipment_withdraw_now(name) "Rút {name}" / "Withdraw {name}";
    equipment_total(vnd) "Đang dùng: {vnd}" / "In use: {vnd}";
    column_paper() "Giấy tờ" / "Paper";
    column_photo() "Ảnh, bản chụp" / "Photos, scans";
    column_value() "Giá trị" / "Value";

    costs_title() "Chi phí" / "Costs";
    costs_none() "Chưa ghi khoản chi nào." / "No cost is entered.";
    cost_add() "Thêm chi phí" / "Add a cost";
    cost_kind() "Khoản chi" / "Kind";
    cost_repair() "Sửa chữa, cải tạo" / "Building work";
    cost_sign() "Biển hiệu" / "Signs";
    cost_equipment() "Trang thiết bị" / "Equipment";
    cost_rent() "Mặt bằng" / "Rent";
    cost_event() "Truyền thông, sự kiện" / "Events and communication";
    cost_other() "Khác" / "Other";
    cost_amount() "Số tiền" / "Amount";
    cost_amount_hint() "đồng, như 12.500.000" / "đồng, such as 12.500.000";
    cost_on() "Ngày chi" / "Day";
    cost_paper() "Chứng từ" / "Paper";
    cost_note() "Ghi chú" / "Note";
    cost_total() "Cộng" / "Total";
    cost_withdrawn() "Đã rút, ghi nhầm" / "Withdrawn";
    cost_withdraw() "Rút" / "Withdraw";
    cost_withdraw_now(amount) "Rút khoản {amount}" / "Withdraw {amount}";
    cost_withdraw_about() "Chỉ rút khi ghi nhầm. Dòng vẫn hiện trong hồ sơ." / "Only for what was entered by mistake. The row stays in the file.";
    thing_save() "Lưu" / "Save";

    files_title() "Ảnh, bản chụp giấy tờ" / "Photos and scans";
    files_none() "Chưa có ảnh, bản chụp nào." / "There are no photos or scans.";
    files_add() "Thêm ảnh, bản chụp" / "Add a photo or scan";
    files_of() "Của" / "Of";
    files_of_point() "Cả điểm" / "The point";
    files_what() "Tên giấy tờ, ảnh" / "What it is";
    files_what_hint() "như biên bản bàn giao, ảnh mặt tiền" / "such as handover paper, photo of the front";
    files_file() "Tệp JPG, PNG hoặc PDF" / "JPG, PNG or PDF";
    files_file_hint(size) "nhiều nhất {size} MB" / "{size} MB at most";
    files_save() "Tải lên" / "Upload";
    files_size(kind, size) "{kind} · {size} KB" / "{kind} · {size} KB";
    files_by(who, when) "{who}, {when}" / "{who}, {when}";
    file_not_taken() "Tệp phải là ảnh JPG, PNG hoặc PDF còn nguyên. Kiểm tra rồi chọn lại." / "The file must be a whole JPG, PNG or PDF. Look at it and choose again.";
    file_too_large(size) "Tệp lớn hơn {size} MB. Giảm kích thước rồi tải lại." / "The file is larger than {size} MB. Make it smaller and try again.";
    file_missing() "Chọn một tệp." / "Choose a file.";
    file_again() "Tệp này đã có trong hồ sơ, hoặc hồ sơ đã đủ 200 tệp." / "This file is there already, or there are 200.";

    rules_about() "Tiêu chí và mức tối thiểu ghi theo ngày áp dụng; hệ thống không đặt sẵn con số nào." / "Criteria and thresholds are dated; the system brings no number of its own.";
    rules_thresholds() "Mức tối thiểu trên kệ" / "Thresholds of the shelf";
    rules_set_threshold() "Đặt mức tối thiểu" / "Set a threshold";
    rules_measure() "Chỉ tiêu" / "Measure";
    rules_from() "Áp dụng từ ngày" / "In force from";
    rules_least() "Tối thiểu" / "At least";
    rules_least_hint() "tỷ lệ tính bằng %; để trống là thôi áp dụng" / "a share in %; empty ends it";
    rules_paper() "Văn bản" / "Paper";
    rules_save() "Đặt mức" / "Set it";
    rules_none() "Chưa đặt mức nào." / "None is set.";
    rules_ended() "thôi áp dụng" / "ended";
    rules_locations() "Loại địa điểm" / "Kinds of places";
    rules_place() "Loại địa điểm" / "Kind of place";
    rules_place_until() "Đến ngày" / "Until";
    rules_place_add() "Thêm loại địa điểm" / "Add a kind of place";
    rules_place_taken() "Đã có loại địa điểm này." / "There is such a kind already.";
    rules_place_end() "Thôi áp dụng" / "End it";
    rules_place_end_about() "Hôm nay là ngày cuối. Điểm đã ghi loại này giữ nguyên; điểm khác không chọn được nữa." / "Today is its last day. Points that have it keep it; no other one can choose it.";
    rules_sets() "Bộ tiêu chí" / "Sets of criteria";
    rules_add_set() "Thêm bộ tiêu chí" / "Add a set";
    rules_decision() "Quyết định" / "Decision";
    rules_meant_until() "Giai đoạn đến ngày" / "Meant until";
    rules_criteria() "Tiêu chí, mỗi dòng một tiêu chí" / "Criteria, one a line";
    rules_criteria_hint() "dòng bắt đầu bằng # là tên phần, như “# Địa điểm”" / "a line that begins with # names a part, such as “# Location”";
    rules_criteria_wrong() "Nhập từ 1 đến 100 dòng tiêu chí, mỗi dòng nhiều nhất 1.000 ký tự." / "Enter 1 to 100 criteria, 1.000 characters each at most.";
    rules_day_taken() "Đã có bộ tiêu chí áp dụng từ ngày này." / "Another set begins on this day.";
    rules_set_withdraw() "Rút bộ tiêu chí" / "Take this set back";
    rules_set_withdraw_about() "Chỉ rút khi nhập nhầm, khi chưa điểm nào được đánh giá theo bộ này. Bộ trước áp dụng trở lại; nhật ký giữ nguyên câu chữ." / "Only for what was entered by mistake, while no point was checked by it. The set before holds again; the log keeps its words.";
    rules_set_in_use() "Đã có điểm được đánh giá theo bộ tiêu chí này nên không rút được. Nhập bộ mới từ ngày khác." / "A point was checked by these criteria, so they stay. Enter a new set from another day.";
    rules_why_missing() "Ghi lý do rút." / "Say why it is taken back.";
    rules_saved() "Đã lưu." / "Saved.";
    rules_in_force() "Đang áp dụng" / "In force";
    file_rules() "tieu-chi-muc-toi-thieu" / "criteria-and-thresholds";
    rules_number() "Số thứ tự" / "Number";
    rules_part() "Phần" / "Part";
    rules_criterion() "Tiêu chí" / "Criterion";
    rules_recorded_by() "Người ghi" / "Recorded by";
}

#[cfg(test)]
mod tests {
    use super::PointFileTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PointFileTexts>::ALL), Vec::<String>::new());
    }
}
