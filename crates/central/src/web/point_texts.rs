//! What central's pages say of points of sale and their files.

web::texts! {
    /// What is said of points.
    pub trait PointTexts;

    page_points() "Hồ sơ điểm" / "Points of sale";
    points_about() "Mỗi điểm giới thiệu và bán sản phẩm có một hồ sơ, từ lúc khảo sát đến khi kết thúc." / "Each point of sale has a file, from its first survey to its end.";
    points_find() "Tên điểm hoặc mã cửa hàng" / "Name, or code of its store";
    points_state() "Tình trạng" / "State";
    points_location() "Loại địa điểm" / "Kind of place";
    points_commune() "Xã, phường, đặc khu" / "Commune";
    points_any() "Tất cả" / "All";
    points_list() "Danh sách điểm" / "Points";
    points_count(n) "{n} điểm" / "points: {n}";
    points_none() "Không có điểm nào như vậy." / "There is no such point.";
    points_none_hint() "Bỏ bớt điều kiện lọc, hoặc thêm điểm mới." / "Drop a filter, or add a point.";
    points_wrong() "Điều kiện lọc này không có. Chọn lại ở trên." / "There is no such filter. Choose again above.";
    points_excel() "Tải Excel" / "Excel";
    points_csv() "Tải CSV" / "CSV";
    points_cut(n) "Tệp chỉ có {n} dòng đầu. Lọc bớt rồi tải lại." / "This file has the first rows only: {n}. Pick fewer and download again.";
    file_things() "trang-bi-chi-phi" / "equipment-and-costs";
    file_equipment() "trang-bi" / "equipment";
    file_costs() "chi-phi" / "costs";
    file_ages() "diem-moi-diem-cu" / "points-at-equal-age";
    sheet_equipment() "Trang bị" / "Equipment";
    things_excel() "Trang bị, chi phí mọi điểm (Excel)" / "Equipment and costs (Excel)";
    things_csv() "Trang bị (CSV)" / "Equipment (CSV)";
    costs_csv() "Chi phí (CSV)" / "Costs (CSV)";
    file_points() "ho-so-diem" / "points";
    sheet_points() "Hồ sơ điểm" / "Points";
    points_ages() "So điểm mới, điểm cũ" / "New points and old ones";
    points_rules() "Tiêu chí, mức tối thiểu" / "Criteria and thresholds";
    point_new() "Thêm điểm" / "Add a point";
    point_edit() "Sửa" / "Edit";
    point_open() "Mở điểm" / "Open it";
    point_open_on() "Tiếp tục mở điểm" / "Go on opening it";
    column_point() "Điểm" / "Point";
    column_operator() "Đơn vị quản lý" / "Operator";
    column_decided() "Quyết định" / "Decision";
    column_since_day() "Từ ngày" / "Since";
    since_day(day) "từ {day}" / "since {day}";

    state_surveyed() "Đã khảo sát" / "Surveyed";
    state_chosen() "Đã chọn" / "Chosen";
    state_contracted() "Đã ký hợp đồng" / "Contracted";
    state_equipped() "Đã trang bị" / "Equipped";
    state_open() "Đang hoạt động" / "Open";
    state_checked() "Đã kiểm tra" / "Checked";
    state_closed() "Đã kết thúc" / "Closed";

    point_name() "Tên điểm" / "Name";
    point_address() "Địa chỉ" / "Address";
    point_address_hint() "số nhà, đường, thôn" / "number, street, village";
    point_commune_hint() "đơn vị hành chính hiện nay" / "the unit of today";
    point_district() "Huyện cũ" / "Former district";
    point_district_hint() "như ghi trên giấy tờ trước tháng 7/2025" / "as papers from before 7/2025 name it";
    point_operator() "Đơn vị quản lý" / "Operator";
    point_no_operator() "Chưa có" / "Nobody yet";
    point_legal() "Loại hình" / "Legal status";
    legal_unknown() "Chưa rõ" / "Not known";
    legal_company() "Doanh nghiệp" / "Company";
    legal_cooperative() "Hợp tác xã" / "Co-operative";
    legal_household() "Hộ kinh doanh" / "Household business";
    legal_state_unit() "Đơn vị nhà nước" / "State unit";
    point_tax() "Mã số thuế" / "Tax code";
    point_decision() "Số quyết định" / "Decision number";
    point_decision_hint() "như 1984/KH-SCT" / "such as 1984/KH-SCT";
    point_decided_on() "Ngày quyết định" / "Day of the decision";
    point_decision_of(number, day) "{number} ngày {day}" / "{number} of {day}";
    point_funding() "Nguồn kinh phí" / "Funding";
    point_funding_hint() "như ngân sách tỉnh, xã hội hóa" / "such as provincial budget, private";
    point_location_none() "Chưa ghi" / "Not given";
    point_store() "Cửa hàng trên máy" / "Store at the till";
    point_no_store() "chưa mở" / "not opened";
    point_surveyed_on() "Ngày khảo sát" / "Day of the survey";
    point_form_about() "Đơn vị quản lý có thể để trống đến khi ký hợp đồng." / "The operator may stay empty until the contract.";
    point_operator_stays() "Điểm đã có cửa hàng nên đơn vị quản lý giữ nguyên. Phiếu bán hàng vẫn in tên, địa chỉ của cửa hàng." / "The point has a store, so its operator stays. Receipts go on naming the store and its address.";
    point_save_new() "Thêm điểm" / "Add it";
    point_save() "Lưu" / "Save";
    back() "Bỏ qua" / "Cancel";
    nothing_given() "chưa ghi" / "not given";

    steps_title() "Các bước" / "Steps";
    step_take() "Ghi bước tiếp theo" / "Record a step";
    step_to() "Chuyển sang" / "It became";
    step_on() "Ngày" / "Day";
    step_note() "Ghi chú" / "Note";
    step_note_hint() "bắt buộc khi lùi bước, kết thúc hoặc mở lại" / "needed when going back, closing or opening again";
    step_save() "Ghi" / "Record";
    step_order() "Bước này không theo sau bước hiện tại. Chọn bước khác." / "This step does not follow. Choose another one.";
    step_no_operator() "Ghi đơn vị quản lý trước (Sửa)." / "Name the operator first (Edit).";
    step_no_store() "Mở điểm theo trình tự “Mở điểm” để có cửa hàng trước." / "Open the point by “Open it” first, which makes its store.";
    step_day() "Chọn ngày từ bước trước đến hôm nay." / "Choose a day from that of the last step up to today.";
    step_no_note() "Ghi lý do." / "Say why.";
    step_no_check() "Điểm chưa có kết quả kiểm tra theo bộ tiêu chí áp dụng vào ngày này. Bấm “Kiểm tra” để ghi trước." / "The point has no check by the criteria in force on this day. Record one first (“Check it”).";
    step_after_check() "Ghi tiếp bước “Đã kiểm tra” ở dưới nếu điểm đã được kiểm tra xong." / "When the check is done, take the step “Checked” below.";
    step_saved() "Đã ghi bước." / "The step is recorded.";
    point_saved(name) "Đã lưu {name}." / "{name} is saved.";
    point_thing_saved() "Đã lưu vào hồ sơ." / "Saved into the file.";
    point_check_saved() "Đã ghi kết quả kiểm tra." / "The check is recorded.";
    point_opened(name) "{name} đã mở." / "{name} is open.";

    wrong_needed() "Nhập từ 1 đến 200 ký tự." / "Enter 1 to 200 characters.";
    wrong_long(n) "Nhập nhiều nhất {n} ký tự." / "Enter at most {n} characters.";
    wrong_day() "Chọn một ngày từ năm 2000." / "Choose a day from 2000 on.";
    wrong_day_later() "Chọn ngày không muộn hơn hôm nay." / "Choose a day that is not after today.";
    wrong_one() "Chọn một mục trong danh sách." / "Choose one of the list.";
    wrong_vnd() "Nhập số tiền bằng đồng, như 12.500.000." / "Enter đồng, such as 12.500.000.";
    wrong_count(least, most) "Nhập số nguyên từ {least} đến {most}." / "Enter a whole number from {least} to {most}.";

    point_history() "Lịch sử thay đổi" / "Changes";
    did_point_add() "Lập hồ sơ" / "File begun";
    did_point_update() "Sửa thông tin" / "Facts edited";
    did_point_step() "Ghi bước" / "Step recorded";
    did_point_equipment_back() "Rút trang bị ghi nhầm" / "Equipment withdrawn";
    did_point_equipment() "Thêm trang bị" / "Equipment entered";
    did_point_gone() "Ghi giảm trang bị" / "Equipment gone";
    did_point_cost() "Thêm chi phí" / "Cost entered";
    did_point_cost_withdrawn() "Rút chi phí ghi nhầm" / "Cost withdrawn";
    did_point_file() "Thêm ảnh, bản chụp" / "Photo or scan added";
    did_point_check() "Kiểm tra theo tiêu chí" / "Checked";
    did_point_operator() "Giao đơn vị quản lý" / "Operator named";
    did_point_store() "Lập cửa hàng trên máy" / "Store made";
    did_point_products() "Chọn hàng" / "Products chosen";
    did_store_add() "Thêm cửa hàng" / "Store added";
    did_store_code() "Cấp mã ghi danh" / "Enrolment code issued";
}

#[cfg(test)]
mod tests {
    use super::PointTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PointTexts>::ALL), Vec::<String>::new());
    }
}
