//! What central's pages say of lists that come as files.

web::texts! {
    /// What is said of them.
    pub trait ImportTexts;

    page_imports() "Nhập danh sách" / "Import lists";
    imports_about() "Đưa danh sách sản phẩm được công nhận (Excel .xlsx, .xls, LibreOffice .ods hoặc CSV) vào danh mục. Từng dòng được đối chiếu và cho xem trước; chỉ những gì anh/chị chọn mới được ghi." / "Bring a list of recognised products (Excel .xlsx, .xls, LibreOffice .ods or CSV) into the catalogue. Each row is compared and shown first; only what you choose is written.";
    bring_title() "Tải tệp lên" / "Upload a file";
    field_source() "Đơn vị giữ danh sách" / "Who keeps the list";
    hint_source() "Ví dụ: Sở Nông nghiệp và Môi trường. Cách ghép cột được nhớ theo đơn vị và tiêu đề bảng." / "For example the agriculture department. Columns are remembered by office and headings.";
    field_file() "Tệp danh sách" / "File";
    hint_file() "Tối đa 8 MB, 20.000 dòng, 64 cột. Tệp không được giữ lại, chỉ giữ các dòng." / "At most 8 MB, 20.000 rows, 64 columns. The rows are kept, the file is not.";
    bring_now() "Tải lên và xem trước" / "Upload and look";
    history_title() "Các lần nhập" / "Imports";
    history_none() "Chưa nhập danh sách nào." / "No list has been imported.";
    history_pages() "Các trang lần nhập" / "Pages of imports";
    file_imports() "cac-lan-nhap" / "imports";
    applied_rows() "Số dòng đã ghi" / "Rows applied";
    brought_who() "Người tải lên" / "Brought by";
    brought_when() "Tải lên lúc" / "Brought at";
    applied_who() "Người ghi vào danh mục" / "Applied by";
    applied_when() "Ghi vào danh mục lúc" / "Applied at";
    column_file() "Tệp" / "File";
    column_brought() "Tải lên" / "Brought";
    column_rows() "Kết quả" / "Outcome";
    column_status() "Trạng thái" / "State";
    by_at(who, at) "{who}, {at}" / "{who}, {at}";
    status_brought() "Chờ ghép cột" / "Columns to be chosen";
    status_judged() "Chờ duyệt" / "To be applied";
    status_applied() "Đã ghi" / "Applied";
    hash_of(hash) "SHA-256: {hash}" / "SHA-256: {hash}";
    applied_by(who, at) "Ghi vào danh mục: {who}, {at}" / "Applied: {who}, {at}";
    brought_by(who, at) "Tải lên: {who}, {at}" / "Brought: {who}, {at}";

    told_again() "Tệp này giống hệt một tệp đã được ghi vào danh mục trước đây." / "This file is the same as one that was applied before.";
    told_open() "Tệp này đã được tải lên và còn chờ duyệt; tiếp tục từ đây." / "This file was brought before and waits; go on from here.";
    told_remembered() "Đã ghép cột như tệp lần trước của đơn vị này." / "Columns are as in the last file of this office.";
    told_stale(count) "Danh mục đã thay đổi sau khi xem trước: {count} dòng được đối chiếu lại và chưa có gì được ghi. Xem lại rồi ghi." / "The catalogue has changed since the preview: rows judged again: {count}. Nothing was written. Look again, then apply.";
    told_applied() "Đã ghi vào danh mục. Cửa hàng nhận ở lần nối mạng tới." / "The catalogue has it. Stores learn of it at their next contact.";
    told_decided() "Đã lưu lựa chọn." / "Your choice is kept.";
    told_nothing_chosen() "Chọn ít nhất một loại thay đổi để ghi." / "Choose at least one kind of change.";

    file_empty() "Tệp trống: không có dòng nào." / "The file is empty.";
    file_too_large() "Tệp lớn hơn 8 MB. Bỏ hình ảnh, trang tính thừa rồi lưu lại." / "The file is larger than 8 MB. Remove pictures and spare sheets, then save it again.";
    file_bomb() "Tệp bung ra lớn hơn mọi danh sách thật nên không được mở. Chép riêng bảng danh sách sang tệp mới." / "The file unpacks to more than any list, so it was not opened. Copy the list alone into a new file.";
    file_entities() "Tệp có khai báo thực thể XML nên không được mở. Lưu lại bằng Excel hoặc LibreOffice." / "The file declares XML entities, so it was not opened. Save it again with Excel or LibreOffice.";
    file_password() "Tệp có mật khẩu. Bỏ mật khẩu rồi tải lại." / "The file has a password. Remove it and upload again.";
    file_old() "Tệp Excel đời trước 1997. Mở bằng Excel, lưu thành .xlsx rồi tải lại." / "This is a file from before Excel 97. Open it in Excel, save it as .xlsx and upload again.";
    file_unknown() "Tệp này không phải danh sách .xlsx, .xls, .ods hoặc .csv." / "This is no list in .xlsx, .xls, .ods or .csv.";
    file_damaged() "Tệp bị hỏng, không đọc được. Mở lại và lưu thành tệp mới." / "The file is damaged. Open it and save it anew.";
    file_letters() "Không đọc được bảng mã chữ (có thể là TCVN3 hoặc VNI). Lưu lại dạng CSV UTF-8 hoặc .xlsx với phông Unicode." / "The letters cannot be told (perhaps TCVN3 or VNI). Save it as CSV UTF-8, or .xlsx with a Unicode font.";
    file_many_sheets() "Tệp có hơn 20 trang tính. Chỉ giữ trang có danh sách." / "The file has more than 20 sheets. Keep the one with the list.";
    file_many_rows() "Tệp có hơn 20.000 dòng. Chia thành nhiều tệp." / "The file has more than 20.000 rows. Split it.";
    file_many_columns() "Tệp có hơn 64 cột. Xóa các cột thừa ở bên phải." / "The file has more than 64 columns. Remove those on the right.";
    file_long_cell(row) "Dòng {row} có ô dài hơn 2.000 ký tự." / "Row {row} has a cell with more than 2.000 characters.";
    file_many_words() "Tệp có quá nhiều chữ so với một danh sách." / "The file has more words than a list.";
    file_missing() "Chọn một tệp." / "Choose a file.";
    wrong_source() "Nhập tên đơn vị, từ 1 đến 200 ký tự." / "Enter the office, 1 to 200 characters.";

    head_title() "Bảng nằm ở đâu" / "Where the table stands";
    field_sheet() "Trang tính" / "Sheet";
    field_head() "Dòng tiêu đề" / "Head";
    head_row(row, words) "Dòng {row}: {words}" / "Row {row}: {words}";
    field_head_rows() "Tiêu đề gồm" / "Head of";
    one_row() "1 dòng" / "1 row";
    two_rows() "2 dòng (ô gộp)" / "2 rows (merged)";
    look_at_head() "Xem lại" / "Look";
    columns_title() "Cột nào là gì" / "Which column says what";
    columns_about() "Cột không chọn thì để ngoài. Cần có tên sản phẩm và ít nhất một cột nữa." / "Columns that are not chosen stay out. A name and one more are needed.";
    column_heading() "Tiêu đề trong tệp" / "Heading";
    column_examples() "Ví dụ" / "Examples";
    column_field() "Ghép với" / "Says";
    no_heading(column) "Cột {column}" / "Column {column}";
    field_of_column(heading) "{heading} ghép với" / "{heading} says";
    left_aside() "Để ngoài" / "Nothing";
    new_goods_title() "Sản phẩm mới, khi danh sách không ghi" / "New products, where the list says nothing";
    field_unit() "Đơn vị tính" / "Unit";
    field_group() "Nhóm sản phẩm" / "Group";
    field_tax() "Thuế GTGT" / "VAT";
    compare_now() "Đối chiếu với danh mục" / "Compare with the catalogue";
    wrong_columns() "Ghép cột tên sản phẩm và ít nhất một cột nữa." / "Choose the name and at least one more column.";
    wrong_twice(field) "Hai cột cùng ghép với {field}. Chỉ chọn một." / "Two columns say {field}. Choose one.";

    f_name() "Tên sản phẩm" / "Name";
    f_unit() "Đơn vị, quy cách" / "Unit or pack";
    f_price() "Giá bán" / "Price";
    f_group() "Nhóm sản phẩm" / "Group";
    f_stars() "Hạng sao" / "Stars";
    f_category() "Loại công nhận" / "Category";
    f_decision_number() "Số quyết định" / "Decision number";
    f_decision_day() "Ngày quyết định" / "Decision day";
    f_last_day() "Ngày hết hạn" / "Last day";
    f_issuer() "Cơ quan công nhận" / "Who decided";
    f_level() "Cấp công nhận" / "Level";
    f_points() "Điểm đánh giá" / "Points";
    f_criteria() "Bộ tiêu chí" / "Criteria";
    f_group_printed() "Nhóm ghi trên giấy" / "Group as printed";
    f_producer() "Chủ thể" / "Producer";
    f_commune() "Xã, phường, đặc khu" / "Commune";
    f_barcode() "Mã vạch" / "Barcode";
    f_sku() "Mã hàng" / "Code";

    o_all() "Tất cả" / "All";
    o_likely() "Cần xác nhận" / "To confirm";
    o_wrong() "Lỗi" / "Wrong";
    o_new() "Mới" / "New";
    o_raised() "Nâng hạng" / "Raised";
    o_lowered() "Hạ sao" / "Lowered";
    o_renewed() "Công nhận lại" / "Renewed";
    o_changed() "Thay đổi" / "Changed";
    o_unchanged() "Không đổi" / "Unchanged";
    o_left_out() "Bỏ qua" / "Left out";
    o_aside() "Không phải sản phẩm" / "No product";
    o_vanished() "Vắng trong danh sách" / "Not in the list";
    outcome_count(outcome, count) "{outcome}: {count}" / "{outcome}: {count}";
    outcomes_label() "Xem theo kết quả" / "By outcome";

    column_row() "Dòng" / "Row";
    column_product() "Sản phẩm" / "Product";
    column_maker() "Chủ thể" / "Producer";
    column_decision() "Quyết định" / "Decision";
    column_outcome() "Kết quả" / "Outcome";
    until_day(day) "đến {day}" / "until {day}";
    row_pages() "Các trang dòng" / "Pages of rows";
    no_rows() "Không có dòng nào." / "No rows.";
    was_applied() "Đã ghi" / "Applied";
    change_of(field, before, after) "{field}: {before} → {after}" / "{field}: {before} → {after}";
    nothing_before() "(trống)" / "(nothing)";
    no_price_yet() "Chưa có giá: vào danh mục, chưa bán cho tới khi nhập giá" / "No price yet: in the catalogue, not on sale until there is one";
    decided_anew() "Quyết định mới" / "New decision";

    likely_title() "Có phải cùng một sản phẩm?" / "Is it the same product?";
    likely_about() "Tên gần giống, hoặc chủ thể, đơn vị chưa khớp. Xem cả hai bên rồi chọn; dòng chưa chọn thì chưa được ghi." / "The names look alike, or producer or unit do not fit. Look at both and choose; a row without a choice is not written.";
    likely_legend(row) "Dòng {row} của danh sách" / "Row {row} of the list";
    it_is(name) "Là {name} trong danh mục" / "It is {name} of the catalogue";
    it_is_new() "Là sản phẩm mới" / "It is a new product";
    leave_it_out() "Bỏ qua dòng này" / "Leave this row out";
    keep_choices() "Lưu lựa chọn" / "Keep the choices";
    take_back() "Chọn lại" / "Choose again";
    leave_out_row(row) "Bỏ qua dòng {row}" / "Leave out row {row}";
    take_back_row(row) "Chọn lại dòng {row}" / "Choose again for row {row}";

    apply_title() "Ghi vào danh mục" / "Apply";
    apply_about() "Đánh dấu những loại cần ghi: mỗi ô là mọi dòng của loại đó. Dòng lỗi và dòng chưa xác nhận không được ghi; sản phẩm chưa có giá vào danh mục nhưng chưa bán; sản phẩm vắng trong danh sách không bị xóa." / "Tick the kinds to write: each box is every row of its kind. Wrong and unconfirmed rows are not; products without a price are known and not on sale yet; products that are not in the list stay.";
    apply_now() "Ghi vào danh mục" / "Apply";
    nothing_to_apply() "Không có gì để ghi." / "There is nothing to apply.";
    apply_taken(value) "Chưa ghi gì: mã {value} (mã hàng hoặc mã vạch) đã có ở sản phẩm khác. Bỏ dòng đó ra, hoặc sửa danh sách rồi tải lại." / "Nothing was written: the code {value} (product code or barcode) belongs to another product. Leave that row out, or correct the list and bring it again.";
    apply_refused_field(field) "Chưa ghi gì: danh mục không nhận “{field}” của một dòng. Sửa danh sách rồi tải lại." / "Nothing was written: the catalogue does not take the {field} of a row. Correct the list and bring it again.";
    apply_refused() "Chưa ghi gì: danh mục không nhận một dòng được chọn. Xem lại từng loại rồi ghi lại." / "Nothing was written: the catalogue does not take one of the chosen rows. Look at each kind again.";
    change_columns() "Ghép cột lại" / "Choose columns again";
    as_workbook() "Tải kết quả (Excel)" / "Result (Excel)";
    as_text() "Tải kết quả (CSV)" / "Result (CSV)";
    back_to_history() "Các lần nhập" / "All imports";
    vanished_title() "Có trong danh mục, vắng trong danh sách" / "In the catalogue, not in the list";
    vanished_about() "Chỉ để biết: không sản phẩm nào bị ngừng bán vì việc này." / "To know only: nothing is retired by this.";
    vanished_none() "Không có." / "None.";
    cut_rows() "Còn nữa: xem trên trang" / "There are more: look at the page";
}

web::texts! {
    /// Why a cell of a list cannot be taken.
    pub trait ImportReasons;

    why_missing(field) "{field}: còn trống" / "{field}: is missing";
    why_too_long(field) "{field}: dài hơn 200 ký tự" / "{field}: longer than 200 characters";
    why_no_day(field) "{field}: không phải ngày (viết như 23/09/2023)" / "{field}: no day (write it as 23/09/2023)";
    why_days_turned(field) "{field}: trước ngày quyết định" / "{field}: before the day of the decision";
    why_no_stars(field) "{field}: không đọc được số sao từ 1 đến 5" / "{field}: no stars from 1 to 5";
    why_stars_elsewhere(field) "{field}: chỉ OCOP có hạng sao" / "{field}: only OCOP has stars";
    why_no_price(field) "{field}: không phải một giá lớn hơn 0" / "{field}: no single price above 0";
    why_no_level(field) "{field}: không rõ cấp nào (huyện, tỉnh, khu vực, trung ương)" / "{field}: no level (district, province, region, nation)";
    why_no_points(field) "{field}: không phải điểm từ 0 đến 100" / "{field}: no points from 0 to 100";
    why_no_group(field) "{field}: không phải tên một nhóm sản phẩm" / "{field}: no group’s name";
    why_group_ended(field, name) "{field}: nhóm {name} đã thôi dùng" / "{field}: the group {name} is no longer in use";
    why_level_ended(field) "{field}: cấp này không còn công nhận vào ngày quyết định" / "{field}: this level does not decide on that day";
    why_criteria_later(field) "{field}: bộ tiêu chí này có sau ngày quyết định" / "{field}: these criteria came after the decision";
    why_no_category(field) "{field}: không rõ loại công nhận" / "{field}: no known category";
    why_no_barcode(field) "{field}: không phải mã vạch" / "{field}: no barcode";
    why_rounded(field) "{field}: bảng tính đã làm tròn (như 8.93E+12). Định dạng cột là Văn bản rồi nhập lại mã" / "{field}: rounded by the spreadsheet (like 8.93E+12). Format the column as text and enter the code again";
    why_lost_zeros(field, code) "{field}: mất số 0 ở đầu, có lẽ là {code}. Định dạng cột là Văn bản" / "{field}: zeros in front are lost, perhaps it is {code}. Format the column as text";
    why_check_digit(field) "{field}: sai số kiểm tra, xem lại trên bao bì" / "{field}: wrong check digit, look at the pack";
    why_twice(field, row) "{field}: trùng với dòng {row}" / "{field}: the same as in row {row}";
    why_other_producer(field, name) "{field}: trong danh mục là {name}" / "{field}: the catalogue has {name}";
    why_two_products(field, name) "{field}: là của sản phẩm khác, {name}" / "{field}: belongs to another product, {name}";
    why_retired(field, name) "{field}: là mã của {name}, đã ngừng bán hoặc là bộ quà" / "{field}: is that of {name}, which is retired or a combo";
    why_other_stars(field, stars) "{field}: danh mục ghi {stars} sao cho cùng ngày quyết định" / "{field}: the catalogue has {stars} stars for the same day";
    why_several_producers(field) "{field}: danh mục có nhiều chủ thể cùng tên" / "{field}: several producers are called so";
}

#[cfg(test)]
mod tests {
    use web::{Lang, texts};

    use super::*;

    #[test]
    fn both_languages_are_sound() {
        let all = [<Lang as ImportTexts>::ALL, <Lang as ImportReasons>::ALL];
        for texts_of in all {
            assert_eq!(texts::faults(texts_of), Vec::<String>::new());
        }
    }
}
