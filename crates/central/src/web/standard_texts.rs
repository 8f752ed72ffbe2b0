//! What is said of levels and criteria that recognitions are decided by.

web::texts! {
    /// What is said of them.
    pub trait StandardTexts;

    page_standards() "Cấp và bộ tiêu chí" / "Levels and criteria";
    standards_about() "Cấp nào ra quyết định công nhận và chấm theo bộ tiêu chí nào, tính theo ngày quyết định. Quyết định đã ghi vẫn giữ nguyên." / "Which level decides and under which criteria, by the day of the decision. Decisions that are recorded stay as they are.";
    standards_saved() "Đã lưu." / "Saved.";
    standards_levels() "Cấp công nhận" / "Levels";
    standards_level() "Cấp" / "Level";
    standards_from() "Từ ngày" / "From";
    standards_state() "Tình trạng" / "State";
    standards_decides() "Ra quyết định công nhận" / "Decides";
    standards_decides_no_more() "Thôi ra quyết định công nhận" / "Decides no more";
    standards_paper() "Văn bản" / "Paper";
    standards_paper_hint() "số văn bản, thí dụ 1489/QĐ-TTg" / "its number, such as 1489/QĐ-TTg";
    standards_in_force() "đang áp dụng" / "in force";
    standards_set_level() "Ghi thay đổi của một cấp" / "Record a change of a level";
    standards_set_level_about() "Ghi lại cùng cấp và cùng ngày để sửa." / "Write the same level and day again to correct it.";
    standards_sets() "Bộ tiêu chí" / "Sets of criteria";
    standards_name() "Quyết định" / "Decision";
    standards_name_hint() "số quyết định, thí dụ 148/QĐ-TTg" / "its number, such as 148/QĐ-TTg";
    standards_until() "Đến ngày" / "Until";
    standards_until_hint() "Để trống khi còn áp dụng." / "Empty while it is in force.";
    standards_set_criteria() "Ghi một bộ tiêu chí" / "Record a set of criteria";
    standards_set_criteria_about() "Ghi lại cùng số quyết định để sửa ngày." / "Write the same number again to correct its days.";
    standards_save_level() "Lưu cấp" / "Save the level";
    standards_save_criteria() "Lưu bộ tiêu chí" / "Save the criteria";
    standards_days_turned() "Ngày cuối không được trước ngày đầu." / "The last day is before the first.";
    standards_name_wrong() "Nhập số quyết định, nhiều nhất 200 ký tự." / "Enter the number of the decision, 200 characters at most.";
    standards_paper_wrong() "Nhập số văn bản, nhiều nhất 200 ký tự." / "Enter the number of the paper, 200 characters at most.";
    standards_recorded_by() "Người ghi" / "Recorded by";
    file_standards() "cap-va-bo-tieu-chi" / "levels-and-criteria";

    level_until(level, day) "{level} (đến {day})" / "{level} (until {day})";
    wrong_level_day() "Cấp này không ra quyết định công nhận vào ngày đó. Xem lại cấp hoặc ngày quyết định." / "This level does not decide on that day. Look at the level or the day again.";
    wrong_criteria_day() "Bộ tiêu chí này có sau ngày quyết định." / "These criteria came after the decision.";
}

#[cfg(test)]
mod tests {
    use super::StandardTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as StandardTexts>::ALL), Vec::<String>::new());
    }
}
