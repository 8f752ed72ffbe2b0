//! What central's pages say of nominations for points of sale.

web::texts! {
    /// What is said of nominations.
    pub trait NominationTexts;

    page_nominations() "Đề cử lên điểm" / "Nominations for points";
    page_shop_nominations() "Đề cử nhận bán" / "Nominated goods";
    nominations_about() "Phòng chuyên môn đề cử sản phẩm lên điểm; phòng Quản lý thương mại xem hồ sơ; từng điểm nhận hoặc từ chối." / "A section nominates a product for points; trade looks at its dossier; each point accepts or declines.";
    nominations_find() "Tên hoặc mã hàng" / "Name or code";
    nominations_stage() "Bước" / "Stage";
    nominations_section() "Phòng đề cử" / "Nominated by";
    nominations_answer() "Điểm trả lời" / "Points say";
    nominations_any() "Tất cả" / "All";
    nominations_list() "Đề cử" / "Nominations";
    nominations_count(n) "{n} đề cử" / "nominations: {n}";
    nominations_none() "Không có đề cử nào như vậy." / "There is no such nomination.";
    nominations_none_hint() "Mở một sản phẩm rồi bấm “Đề cử lên điểm”." / "Open a product and press “Nominate”.";
    nominations_wrong() "Điều kiện lọc này không có. Chọn lại ở trên." / "There is no such filter. Choose again above.";
    nominations_file() "de-cu-len-diem" / "nominations";
    nominations_cut(n) "Tệp chỉ có {n} dòng đầu. Lọc bớt rồi tải lại." / "This file has the first rows only: {n}. Pick fewer and download again.";
    stage_proposed() "Chờ xem hồ sơ" / "Dossier to be looked at";
    stage_returned() "Trả lại bổ sung" / "Sent back";
    stage_passed() "Đã chuyển điểm" / "With the points";
    stage_withdrawn() "Đã rút" / "Withdrawn";
    answer_waiting() "Chờ trả lời" / "No answer yet";
    answer_accepted() "Nhận bán" / "Accepted";
    answer_declined() "Từ chối" / "Declined";
    answers_count(accepted, declined, waiting) "{accepted} nhận · {declined} từ chối · {waiting} chờ" / "accepted: {accepted} · declined: {declined} · waiting: {waiting}";
    column_nominated() "Ngày đề cử" / "Nominated";
    column_accepted() "Nhận bán" / "Accepted";
    column_declined() "Từ chối" / "Declined";
    column_waiting() "Chờ trả lời" / "No answer";
    section_of_trade() "Thương mại" / "Trade";
    section_of_industry() "Công nghiệp" / "Industry";
    section_of_agriculture() "Nông nghiệp" / "Agriculture";

    nominate() "Đề cử lên điểm" / "Nominate for points";
    nominate_about() "Phòng Quản lý thương mại xem hồ sơ rồi chuyển cho các điểm. Điểm nhận hay từ chối, trang này cho thấy." / "Trade looks at the dossier and passes it on to the points. This page shows which accept.";
    nominate_section() "Đề cử thay mặt" / "On behalf of";
    nominate_reason() "Lý do đề cử" / "Why";
    nominate_reason_hint() "như mới được công nhận 4 sao, đã có hàng đều, phù hợp khách du lịch" / "such as newly recognised with 4 stars, steady supply, right for visitors";
    nominate_stores() "Cho điểm" / "For";
    nominate_all() "Để trống là tất cả điểm, kể cả điểm mở sau này." / "None ticked: all points, also those opened later.";
    nominate_save() "Gửi đề cử" / "Send the nomination";
    nominate_taken() "Sản phẩm này đang có một đề cử chờ xử lý. Mở đề cử đó để làm tiếp." / "Another nomination of this product is being looked at. Go on with that one.";
    nominate_refused() "Chưa gửi được: kiểm tra lại phòng đề cử và các điểm." / "It was not sent: look at the section and the points again.";
    nominated_now() "Đã gửi đề cử. Phòng Quản lý thương mại xem hồ sơ." / "The nomination is sent. Trade looks at the dossier.";
    nomination_of(name) "Đề cử {name}" / "Nomination of {name}";
    nomination_by(section, who, when) "{section} đề cử ({who}, {when})" / "nominated by {section} ({who}, {when})";
    nomination_for_all() "tất cả điểm" / "all points";
    nomination_for_some(n) "{n} điểm được nêu tên" / "named points: {n}";
    nomination_reason() "Lý do" / "Reason";
    nomination_for() "Cho" / "For";
    nomination_said() "Ý kiến sau cùng" / "Last words";
    nomination_said_by(who, when) "{who}, {when}" / "{who}, {when}";
    nomination_dossier() "Hồ sơ lúc này" / "The dossier now";
    nomination_complete() "Đủ giấy tờ" / "Complete";
    nomination_gaps(n) "Thiếu hoặc hết hạn: {n}" / "Missing or lapsed: {n}";
    nomination_gaps_then(n) "Lúc xem hồ sơ: thiếu hoặc hết hạn {n} giấy tờ" / "When it was looked at, missing or lapsed papers: {n}";
    nomination_see_dossier() "Mở hồ sơ sản phẩm" / "Open the product’s dossier";
    nomination_points() "Các điểm" / "Points";
    check_now() "Xem hồ sơ" / "Look at the dossier";
    check_words() "Ý kiến" / "Words";
    check_words_hint() "Cần ghi khi trả lại, hoặc khi chuyển tiếp lúc hồ sơ còn thiếu." / "Needed when it is sent back, or passed on while papers are missing.";
    check_pass() "Chuyển cho điểm" / "Pass it on to the points";
    check_return() "Trả lại để bổ sung" / "Send it back";
    again_now() "Đề cử lại" / "Propose it again";
    again_about() "Sau khi bổ sung giấy tờ." / "After the papers were brought.";
    withdraw_nomination() "Rút đề cử" / "Take it back";
    withdraw_why() "Lý do rút" / "Why";
    withdraw_passed_about() "Các điểm không còn được hỏi nữa. Câu trả lời đã có và hàng điểm đã chọn vẫn giữ nguyên." / "Points are asked no more. What they have answered, and what they carry, stays.";
    step_no_words() "Ghi ý kiến hoặc lý do." / "Say why.";
    step_not_next() "Đề cử đã sang bước khác. Xem lại bên dưới." / "The nomination has moved on. Look at it again below.";
    step_not_on_sale() "Sản phẩm đã ngừng bán." / "The product is not on sale any more.";
    step_saved_nomination() "Đã ghi." / "It is recorded.";

    product_nominations() "Đề cử lên điểm" / "Nominations";
    product_nominations_none() "Chưa đề cử lên điểm nào." / "Not nominated for any point.";
    accepted_by_points(names) "Nhận bán: {names}" / "Accepted by {names}";
    accepted_title() "Sản phẩm nhận bán theo đề cử" / "Accepted nominations";
    accepted_none() "Điểm chưa nhận sản phẩm đề cử nào." / "The point has accepted no nominated product.";
    accepted_on_shelf() "đang có trên kệ" / "on the shelf";
    accepted_not_on_shelf() "chưa có trên kệ" / "not on the shelf yet";
    accepted_since(day) "nhận {day}" / "accepted {day}";
    accepted_withdrawn() "đề cử đã rút" / "nomination withdrawn";

    asked_about() "Sở Công Thương đề cử các sản phẩm này cho cửa hàng của bạn. Nhận thì lấy hàng như thường lệ; từ chối thì ghi lý do." / "The department nominates these goods for your stores. If you accept, order as usual; if not, say why.";
    asked_none() "Chưa có sản phẩm nào được đề cử." / "No product is nominated.";
    asked_for(store) "cho {store}" / "for {store}";
    asked_why(words) "Lý do đề cử: {words}" / "Why: {words}";
    asked_words(words) "Ý kiến của phòng: {words}" / "The department says: {words}";
    asked_accept() "Nhận bán" / "Accept";
    asked_decline() "Từ chối" / "Decline";
    asked_decline_why() "Lý do từ chối" / "Why not";
    asked_change() "Đổi ý" / "Change your mind";
    asked_saved() "Đã ghi câu trả lời." / "Your answer is recorded.";
    asked_link(n) "Sản phẩm đề cử chờ bạn trả lời: {n}" / "Nominated goods that wait for your answer: {n}";
    asked_link_none() "Sản phẩm đề cử" / "Nominated goods";

    did_nominate() "Đề cử lên điểm" / "Nominated for points";
    did_nomination_pass() "Chuyển đề cử cho điểm" / "Nomination passed on";
    did_nomination_return() "Trả lại đề cử" / "Nomination sent back";
    did_nomination_again() "Đề cử lại" / "Nominated again";
    did_nomination_withdraw() "Rút đề cử" / "Nomination withdrawn";
    did_nomination_accept() "Điểm nhận bán" / "A point accepted";
    did_nomination_decline() "Điểm từ chối" / "A point declined";
}

#[cfg(test)]
mod tests {
    use super::NominationTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as NominationTexts>::ALL), Vec::<String>::new());
    }
}
