//! What central's pages say of the papers of products.

web::texts! {
    /// What is said of dossiers.
    pub trait PaperTexts;

    page_dossiers() "Giấy tờ sản phẩm" / "Papers of products";
    dossiers_about() "Sản phẩm đang bán mà giấy tờ còn thiếu, đã hết hạn hoặc sắp hết hạn. Thiếu giấy tờ là việc phải làm, không chặn bán hàng." / "Products on sale whose papers are missing, have lapsed or soon will. A missing paper is a task; it stops no sale.";
    dossiers_kinds() "Danh mục giấy tờ" / "Kinds of papers";
    dossiers_state() "Tình trạng giấy tờ" / "State of papers";
    dossiers_gap() "Thiếu hoặc hết hạn" / "Missing or lapsed";
    dossiers_missing() "Thiếu" / "Missing";
    dossiers_lapsed() "Hết hạn" / "Lapsed";
    dossiers_lapsing(days) "Hết hạn trong {days} ngày" / "Lapses within {days} days";
    dossiers_any() "Tất cả" / "All";
    dossiers_find() "Tên hoặc mã hàng" / "Name or code";
    dossiers_kind() "Loại giấy tờ" / "Kind of paper";
    dossiers_list() "Sản phẩm" / "Products";
    dossiers_none() "Không có sản phẩm nào như vậy." / "There is no such product.";
    dossiers_none_gap() "Mọi giấy tờ cần có đều đã có và còn hạn." / "Every paper that is asked for is there and holds.";
    dossiers_wrong() "Điều kiện lọc này không có. Chọn lại ở trên." / "There is no such filter. Choose again above.";
    dossiers_file() "giay-to-san-pham" / "papers-of-products";
    dossiers_cut(n) "Tệp chỉ có {n} dòng đầu. Lọc bớt rồi tải lại." / "This file has the first rows only: {n}. Pick fewer and download again.";
    column_papers() "Giấy tờ" / "Papers";
    column_last_day() "Ngày cuối" / "Last day";

    dossier_title() "Hồ sơ sản phẩm" / "Dossier of the product";
    dossier_complete() "Đủ giấy tờ" / "Complete";
    dossier_lacks(n) "Còn {n} giấy tờ phải bổ sung" / "Papers to bring: {n}";
    dossier_stops_nothing() "Thiếu giấy tờ không chặn bán hàng." / "A missing paper stops no sale.";
    dossier_not_asked() "không bắt buộc" / "not asked for";
    dossier_of_producer() "của chủ thể, dùng chung cho mọi sản phẩm" / "the producer’s, for all its products";
    dossier_by_recognition() "Tính theo các quyết định ở mục Công nhận." / "Counted by the decisions under Recognitions.";
    dossier_ended() "Giấy tờ đã thay, đã rút" / "Replaced and withdrawn papers";
    standing_missing() "Thiếu" / "Missing";
    standing_lapsed_on(day) "Hết hạn {day}" / "Lapsed on {day}";
    standing_until(day) "Đến {day}" / "Until {day}";
    standing_open() "Không thời hạn" / "No last day";
    paper_no_number() "không số" / "no number";
    paper_of_day(day) "ngày {day}" / "of {day}";
    paper_scan() "Bản chụp" / "Scan";
    paper_no_scan() "chưa có bản chụp" / "no scan";
    paper_add() "Thêm giấy tờ" / "Add a paper";
    paper_add_kind(kind) "Thêm: {kind}" / "Add: {kind}";
    paper_add_short() "Thêm" / "Add";
    paper_replace() "Thay bằng bản mới" / "Replace it";
    paper_replace_title(number) "Thay {number} bằng bản mới" / "Replace {number} by a newer one";
    paper_replaced_on(when, who) "Đã thay {when} ({who})" / "Replaced {when} ({who})";
    paper_withdrawn_on(when, who) "Đã rút {when} ({who})" / "Withdrawn {when} ({who})";
    paper_by(who, when) "{who} nhập {when}" / "entered by {who} {when}";
    paper_withdraw() "Rút" / "Withdraw";
    paper_withdraw_now(number) "Rút {number}" / "Withdraw {number}";
    paper_withdraw_about() "Giấy tờ ở lại trong hồ sơ với lý do, nhưng không còn được tính." / "The paper stays in the dossier with the reason, and counts no more.";
    paper_why() "Lý do" / "Why";
    paper_number() "Số" / "Number";
    paper_number_hint() "như 12/2026/ATTP-QNg; để trống nếu không có số" / "such as 12/2026/ATTP-QNg; empty if it has none";
    paper_issuer() "Nơi cấp" / "Issued by";
    paper_issued_on() "Ngày cấp" / "Day";
    paper_expires_on() "Ngày hết hạn" / "Last day";
    paper_expires_hint() "để trống nếu không thời hạn" / "empty if nothing ends it";
    paper_note() "Ghi chú" / "Note";
    paper_save() "Lưu giấy tờ" / "Keep the paper";
    paper_wrong_days() "Ngày hết hạn không được trước ngày cấp." / "The last day cannot lie before the first.";
    paper_not_kept() "Không lưu được: giấy tờ này đã được thay hoặc rút. Mở lại hồ sơ." / "It was not kept: that paper was replaced or withdrawn already. Open the dossier again.";
    paper_refused() "Không lưu được. Chọn lại loại giấy tờ và xem lại các ô; một hồ sơ có nhiều nhất 500 giấy tờ." / "It was not kept. Choose the kind again and look at the fields; a dossier has at most 500 papers.";
    paper_was_replaced() "Giấy tờ này đã được thay bằng bản mới. Mở lại hồ sơ." / "A newer paper has taken its place. Open the dossier again.";
    paper_saved() "Đã lưu giấy tờ." / "The paper is kept.";
    paper_withdrawn_now() "Đã rút giấy tờ." / "The paper is withdrawn.";
    scan_add() "Đưa bản chụp lên" / "Add the scan";
    scan_replace() "Thay bản chụp" / "Replace the scan";
    scan_of(number) "Bản chụp {number}" / "Scan of {number}";
    scan_save() "Lưu bản chụp" / "Keep the scan";
    scan_saved() "Đã lưu bản chụp." / "The scan is kept.";
    did_paper() "Thêm giấy tờ" / "Paper added";
    did_paper_replaced() "Thay giấy tờ" / "Paper replaced";
    did_paper_withdrawn() "Rút giấy tờ" / "Paper withdrawn";
    did_scan() "Đưa bản chụp quyết định" / "Scan of a decision added";

    kinds_about() "Giấy tờ cần có theo từng nhóm hàng. Chưa có văn bản nào liệt kê cho điểm bán, nên danh mục này sửa được; mỗi thay đổi có ngày bắt đầu." / "The papers that each group of goods needs. No document lists them for the points of sale, so this list can be edited; each change has its first day.";
    kinds_name() "Tên giấy tờ" / "Name of the paper";
    kinds_name_en() "Tên tiếng Anh" / "Name in English";
    kinds_held_by() "Giấy tờ của" / "Whose paper";
    kinds_held_product() "Sản phẩm" / "The product";
    kinds_held_producer() "Chủ thể (dùng chung)" / "The producer (for all products)";
    kinds_held_recognition() "Theo quyết định công nhận" / "By recognitions";
    kinds_asked_of() "Bắt buộc với nhóm" / "Asked of";
    kinds_asked_of_none() "không nhóm nào" / "no group";
    kinds_from() "Từ ngày" / "From";
    kinds_until_day(day) "đến {day}" / "until {day}";
    file_kinds() "loai-giay-to" / "kinds-of-papers";
    kinds_code() "Mã" / "Code";
    kinds_until() "Đến ngày" / "Until";
    kinds_set_by() "Người ghi" / "Recorded by";
    kinds_source() "Căn cứ" / "What asks for it";
    kinds_add() "Thêm loại giấy tờ" / "Add a kind of paper";
    kinds_change() "Sửa" / "Change";
    kinds_change_title(name) "Sửa {name}" / "Change {name}";
    kinds_end() "Thôi dùng" / "End";
    kinds_end_about() "Từ ngày mai không đòi giấy tờ này nữa; giấy tờ đã nhập vẫn còn." / "From tomorrow on it is asked for no more; papers that were entered stay.";
    kinds_save() "Lưu" / "Save";
    kinds_saved() "Đã lưu danh mục giấy tờ." / "The kinds of papers are saved.";
    kinds_taken() "Đã có loại giấy tờ tên này." / "There is a kind of that name.";
    kinds_refused() "Không lưu được. Tên phải có chữ; xem lại tên và các nhóm hàng." / "It was not saved. The name needs letters; look at it and at the groups again.";
    kinds_day_wrong() "Chọn ngày từ ngày bắt đầu hiện tại trở đi." / "Choose a day from its present first day on.";
}

#[cfg(test)]
mod tests {
    use super::PaperTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PaperTexts>::ALL), Vec::<String>::new());
    }
}
