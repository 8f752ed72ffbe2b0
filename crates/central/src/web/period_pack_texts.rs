//! What a period's pack says of its papers.

web::texts! {
    /// What is said of the papers of a pack.
    pub trait PeriodPackTexts;

    pack_too_many_papers(most) "Kỳ này có hơn {most} giấy tờ. Chọn một cửa hàng hoặc kỳ ngắn hơn." / "This period has more than {most} papers. Choose one store or a shorter period.";
    papers_sheet() "Giấy tờ" / "Papers";
    papers_path() "Tệp" / "File";
    papers_left_out() "Không có trong gói vì gói đã đầy; xin ở Sở" / "Not in the pack, which is full: ask the department";
    papers_about() "Thuộc về" / "About";
    papers_whose() "Của ai" / "Whose";
    papers_number() "Số" / "Number";
    papers_what() "Là gì" / "What";
    papers_day() "Ngày giấy" / "Its day";
    papers_side() "Bên nộp" / "Which side";
    papers_brought_by() "Người tải lên" / "Brought by";
    papers_brought_at() "Tải lên lúc" / "Brought at";
    papers_bytes() "Số byte" / "Bytes";
    papers_journal() "Nhật ký máy" / "Journal";
    papers_entry() "Bút toán" / "Entry";
    papers_by_operator() "Đơn vị" / "Operator";
    papers_by_producer() "Chủ thể" / "Producer";
    papers_of_settlement() "Quyết toán" / "Settlement";
    papers_of_point() "Hồ sơ điểm" / "Point of sale";
    papers_of_recognition() "Quyết định công nhận" / "Recognition";
    papers_of_product() "Hồ sơ sản phẩm" / "Product";
}

#[cfg(test)]
mod tests {
    use web::{Lang, texts};

    use super::PeriodPackTexts;

    #[test]
    fn every_text_is_whole() {
        assert_eq!(texts::faults(<Lang as PeriodPackTexts>::ALL), Vec::<String>::new());
    }
}
