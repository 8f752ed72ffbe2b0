//! What the page of introductions outside campaigns says.

web::texts! {
    /// What is said there.
    pub trait IntroductionTexts;

    page_introductions() "Giới thiệu ngoài chiến dịch" / "Introductions outside campaigns";
    introductions_about() "Những lượt khách, dùng thử, quét mã, hỏi mua không thuộc chiến dịch nào: một đoàn đến xem, một bên mua xin báo giá. Khách do ca bán hàng đếm, mã trên bao bì và lượt hỏi của chiến dịch đã được tính riêng, không ghi lại ở đây." / "Visitors, tastings, scans and enquiries of no campaign: a delegation, a buyer who asks for an offer. What shifts, labels and campaigns count is counted there, and not recorded here again.";
    introductions_year(year) "Năm {year}" / "{year}";
    introductions_years() "Chọn năm" / "Year";
    introductions_none() "Chưa ghi lượt nào trong năm này." / "None was recorded in this year.";
    introductions_saved() "Đã ghi." / "Recorded.";
    introductions_withdrawn_now() "Đã rút. Lượt này không còn được tính." / "Withdrawn. It counts no more.";
    introductions_add() "Ghi một lượt giới thiệu" / "Record an introduction";
    introduction_kind() "Loại" / "Kind";
    introduction_visitors() "Khách đến xem" / "Visitors";
    introduction_tastings() "Dùng thử" / "Tastings";
    introduction_scans() "Quét mã" / "Scans";
    introduction_enquiries() "Hỏi mua" / "Enquiries";
    introduction_day() "Ngày" / "Day";
    introduction_people() "Số người" / "People";
    introduction_store() "Tại điểm" / "At the point";
    introduction_elsewhere() "Nơi khác" / "Elsewhere";
    introduction_who() "Ai" / "Who";
    introduction_who_hint() "tên đoàn, đơn vị, bên mua; không ghi số điện thoại cá nhân" / "name of the delegation, office or buyer; no person’s telephone";
    introduction_note() "Ghi chú" / "Note";
    introduction_by() "Người ghi" / "Recorded by";
    introduction_save() "Ghi" / "Record";
    introduction_withdraw() "Rút" / "Withdraw";
    introduction_withdraw_of(who) "Rút: {who}" / "Withdraw: {who}";
    introduction_withdraw_about() "Dòng này vẫn còn trong danh sách và nhật ký, nhưng không được tính nữa." / "It stays on the list and in the log, and counts no more.";
    introduction_is_withdrawn() "Đã rút" / "Withdrawn";
    introductions_sums(visitors, tastings, scans, enquiries) "{visitors} khách · {tastings} dùng thử · {scans} quét mã · {enquiries} hỏi mua" / "visitors: {visitors} · tastings: {tastings} · scans: {scans} · enquiries: {enquiries}";
    introductions_cut(n) "Chỉ giữ {n} dòng gần nhất của năm." / "The latest ones of the year are kept: {n}.";
    introductions_of_outcome(n) "trong đó {n} lượt do cơ quan quản lý ghi ngoài chiến dịch" / "of which the department recorded outside campaigns: {n}";
    introductions_counted() "Trong đó ghi ngoài chiến dịch" / "Of which recorded outside campaigns";
    introductions_file() "gioi-thieu-ngoai-chien-dich" / "introductions";
}

#[cfg(test)]
mod tests {
    use super::IntroductionTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as IntroductionTexts>::ALL), Vec::<String>::new());
    }
}
