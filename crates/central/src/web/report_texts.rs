//! What the pages around the department's report say. The paper itself is in Vietnamese alone.

web::texts! {
    /// What is said around the report.
    pub trait ReportTexts;

    page_reports() "Báo cáo" / "Reports";
    reports_about() "Báo cáo tình hình hoạt động các Điểm giới thiệu và bán sản phẩm OCOP, theo tháng, quý, 6 tháng, 9 tháng và năm." / "The official report on the points of sale, by month, quarter, six and nine months, and year.";
    cutoff_decree() "Số liệu tính từ ngày 15 đến ngày 14 theo Nghị định 09/2019/NĐ-CP." / "Figures run from the 15th to the 14th, after Decree 09/2019/NĐ-CP.";
    cutoff_calendar() "Số liệu tính theo tháng dương lịch." / "Figures run by calendar months.";
    reports_of_year(year) "Các kỳ năm {year}" / "Periods of {year}";
    other_years() "Năm khác" / "Other years";
    column_period() "Kỳ" / "Period";
    column_report_days() "Số liệu" / "Days";
    column_first_day() "Từ ngày" / "From";
    column_last_day() "Đến hết ngày" / "To";
    file_reports() "cac-ky-bao-cao" / "report-periods";
    column_report_state() "Tình trạng" / "State";
    report_sealed() "Đã chốt" / "Sealed";
    report_open() "Chưa chốt" / "Open";
    report_running() "Chưa hết kỳ" / "Still running";
    report_word() "Tải Word" / "Word file";
    report_excel() "Tải Excel" / "Excel file";
    report_slides() "Trình chiếu" / "Slides";
    report_slides_about() "Năm trang chiếu trong một tệp, mở được khi không có mạng" / "Five slides in one file, which opens without network";
    report_sales() "Doanh số của kỳ" / "Sales of the period";
    report_print() "In" / "Print";
    report_write() "Điền số, nơi nhận, khó khăn, kiến nghị" / "Number, recipients, difficulties, proposals";
    report_back() "Các kỳ khác" / "Other periods";
    words_about() "Nội dung điền lần trước chỉ được gợi ý ở đây, chưa có trong báo cáo. Bấm Lưu để đưa vào báo cáo này." / "What was written last time is only proposed here, and not in the report yet. Save to put it into this report.";
    words_saved(when, who) "Đã lưu {when} ({who})." / "Saved {when} ({who}).";
    field_difficulties() "Khó khăn, vướng mắc" / "Difficulties";
    field_proposals() "Đề xuất, kiến nghị" / "Proposals";
    field_number() "Số báo cáo" / "Number";
    field_signed_on() "Ngày ký" / "Date";
    field_signer_title() "Chức vụ người ký" / "Signer's title";
    field_signer_name() "Họ tên người ký" / "Signer's name";
    field_recipients() "Nơi nhận, mỗi dòng một nơi" / "Recipients, one a line";
    words_save() "Lưu" / "Save";
    words_kept() "Đã lưu vào báo cáo." / "Saved into the report.";
    text_too_long(most) "Nhiều nhất {most} ký tự." / "{most} letters at most.";
    wrong_signed_on() "Chọn ngày, hoặc để trống." / "Choose a day, or leave it empty.";
    seal() "Chốt báo cáo" / "Seal the report";
    seal_about() "Giữ nguyên số liệu và nội dung như lúc này. Không mở lại được; số liệu đến sau hiện thành phần đính chính bên cạnh. Số, ngày ký và người ký còn trống thì ghi thêm được một lần sau khi chốt." / "Keeps figures and words as they are now. It cannot be undone; what arrives later is shown beside it as a correction. Number, date and signer that are still empty can be added once afterwards.";
    seal_gaps() "Còn điểm bán chưa gửi đủ số liệu của kỳ." / "Some stores have not sent all of the period yet.";
    seal_suspended(n, money) "Còn {n} bút toán bán hàng của kỳ chưa vào số liệu ({money} ở tài khoản chờ). Xem ở trang Cửa hàng trước khi chốt." / "Sales of the period that are not in the figures: {n} ({money} in suspense). Look at them on the page of stores before sealing.";
    seal_unsaved() "Chưa lưu nội dung cho kỳ này: chốt bây giờ thì báo cáo ghi “Không.” ở khó khăn, kiến nghị, và không lấy gì của lần trước." / "Nothing was saved for this period: sealed now, the report says that there are no difficulties and proposals, and takes nothing from last time.";
    seal_now() "Chốt ngay" / "Seal it now";
    seal_not_yet() "Hết kỳ mới chốt được." / "It can be sealed when the period is over.";
    seal_told(when, who) "Đã chốt {when} ({who})." / "Sealed {when} ({who}).";
    signing_paper() "Ghi số, ngày ký, người ký" / "Add number, date and signer";
    signing_about() "Báo cáo chốt khi chưa đủ số, ngày ký hoặc người ký. Ghi thêm được một lần, không sửa lại được; số liệu và nội dung đã chốt giữ nguyên." / "The report was sealed without its number, date or signer. They can be added once and never changed; the sealed figures and words stay as they are.";
    signing_now() "Ghi vào báo cáo" / "Put into the report";
    signing_needed() "Điền mục này, nhiều nhất 120 ký tự." / "Fill this in, with 120 letters at most.";
    signing_day_wrong() "Chọn ngày ký từ ngày cuối của kỳ báo cáo đến hôm nay." / "Choose the day of signing, from the period’s last day to today.";
    signing_told(when, who) "Số, ngày ký và người ký được ghi thêm sau khi chốt: {when} ({who})." / "Number, date and signer were added after sealing: {when} ({who}).";
    seal_hash(hash) "Mã kiểm tra SHA-256: {hash}" / "SHA-256: {hash}";
    later_none() "Từ lúc chốt chưa có số liệu nào đến sau." / "Nothing has arrived since it was sealed.";
    later_some(when, money, receipts) "Số liệu đến sau (đến {when}): {money}, {receipts} giao dịch." / "Arrived later (up to {when}): {money}, receipts: {receipts}.";
    later_store(store, money) "{store}: {money}" / "{store}: {money}";
    template_title() "Mẫu báo cáo" / "Report template";
    template_about() "Câu chữ cố định của báo cáo, dùng cho trang xem, bản in và Word của mọi kỳ chưa chốt. Báo cáo đã chốt giữ nguyên câu chữ lúc chốt." / "The fixed words of the report: page, print and Word of every period that is not sealed. A sealed report keeps the words that it was sealed with.";
    template_read() "Quản trị và cán bộ thương mại sửa mẫu này." / "Administrators and trade editors change these words.";
    template_names(names) "Có thể chèn: {names}" / "May be put in: {names}";
    template_subject() "Trích yếu (về việc gì)" / "Subject";
    template_heading(number) "Tiêu đề phần {number}" / "Heading of part {number}";
    template_opening() "Mở đầu (có thể để trống)" / "Opening (may be empty)";
    template_closing() "Kết thúc (có thể để trống)" / "Closing (may be empty)";
    template_sign() "Ký hiệu sau số báo cáo" / "Sign behind the number";
    template_preview() "Xem thử" / "Preview";
    template_kept() "Đã lưu mẫu báo cáo." / "The template was saved.";
    template_wrong(fields) "Chưa lưu. Xem lại: {fields}." / "Not saved. See: {fields}.";
    template_empty() "Không được để trống." / "This may not be empty.";
    template_unknown(braces, names) "Không rõ {braces}. Chỉ dùng: {names}." / "{braces} is not known. There are: {names}.";
    template_versions() "Các lần sửa mẫu, trả về mẫu gốc" / "Versions, and back to the original";
    template_never() "Đang dùng mẫu gốc, chưa sửa lần nào." / "The original is in use; it was never changed.";
    template_from(day, when, who) "Áp dụng từ {day} (lưu {when}, {who})" / "In use from {day} (saved {when}, {who})";
    template_is_original() "– mẫu gốc" / "– the original";
    template_reset() "Trả về mẫu gốc" / "Back to the original";
    fault_sealed() "Báo cáo kỳ này đã chốt nên không sửa được. Mở lại trang để xem." / "The report of this period is sealed and cannot be changed. Look at the page again.";
    fault_signed() "Báo cáo này đã có số và ngày ký nên không ghi lại được. Mở lại trang để xem." / "This report has its number and date, and they stay. Look at the page again.";
    fault_not_over() "Kỳ này chưa hết nên chưa chốt được." / "This period is not over, so it cannot be sealed yet.";
}

#[cfg(test)]
mod tests {
    use super::ReportTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as ReportTexts>::ALL), Vec::<String>::new());
    }
}
