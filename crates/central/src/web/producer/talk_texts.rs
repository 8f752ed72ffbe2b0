//! What producer and operator say of a settlement after it was disputed, and of signatures on paper.

web::texts! {
    /// What is said around disputes.
    pub trait TalkTexts;

    standing_answered() "Đã được trả lời" / "Answered";
    standing_signed() "Đã ký trên giấy" / "Signed on paper";
    page_shop_settlements() "Quyết toán của các điểm bán" / "Settlements of your stores";
    shop_settlements_about() "Quyết toán mà chủ thể chưa đồng ý đứng đầu. Mở ra để xem hai bên nói gì và trả lời." / "Settlements that a producer disputes stand first. Open one to see what both sides say, and to answer.";
    file_shop_settlements() "quyet-toan-cac-diem" / "settlements-of-stores";
    settled_on() "Ngày chốt" / "Settled on";
    column_unanswered() "Chưa trả lời (ngày)" / "Unanswered (days)";
    shop_settlements_none() "Chưa có quyết toán nào." / "There is no settlement yet.";
    disputes_wait(n, days) "{n} quyết toán chủ thể chưa đồng ý, lâu nhất {days} ngày. Mở để trả lời." / "Settlements that a producer disputes: {n}, the oldest for days: {days}. Open to answer.";
    see_shop_settlements() "Quyết toán và ý kiến của chủ thể" / "Settlements and what producers say";
    disputed_since(days) "chưa trả lời {days} ngày" / "unanswered, days: {days}";
    talk_title() "Chỗ hai bên chưa khớp" / "Where both sides differ";
    talk_whole() "Cả quyết toán" / "The whole settlement";
    figure_received() "Nhận" / "Received";
    figure_sold() "Bán" / "Sold";
    figure_returned() "Trả lại" / "Returned";
    figure_closing() "Còn" / "Left";
    figure_due() "Sẽ được trả" / "Owed";
    figure_none() "Không ghi con số" / "No figure";
    on_paper(figure) "Phiếu ghi: {figure}" / "On the paper: {figure}";
    by_producer(figure) "Chủ thể nói: {figure}" / "The producer says: {figure}";
    said_disputed() "Chủ thể" / "Producer";
    said_insisted() "Chủ thể chưa đồng ý" / "Producer, not satisfied";
    said_as_told() "Đơn vị quản lý trả lời: đúng như phiếu" / "Operator: right as on the paper";
    said_next_one() "Đơn vị quản lý trả lời: sẽ sửa ở kỳ sau" / "Operator: put right in the next one";
    waits_for_operator() "Chờ đơn vị quản lý trả lời" / "Waits for the operator";
    waits_for_producer() "Chờ chủ thể xem lại" / "Waits for the producer";
    claim_figure() "Con số nào sai" / "Which figure is wrong";
    claim_number() "Theo chủ thể phải là" / "What it should be";
    claim_hint() "Số lượng theo đơn vị của hàng; tiền tính bằng đồng. Không rõ thì để trống." / "Goods in their unit, money in đồng. Leave both empty if you do not know.";
    claim_wrong() "Chọn con số và ghi số đúng, hoặc để trống cả hai. Cả quyết toán chỉ có số tiền sẽ được trả." / "Choose a figure and write what it should be, or leave both empty. The whole settlement has only what is owed.";
    reply_outcome() "Kết quả xem lại" / "What follows";
    reply_as_told() "Đúng như phiếu" / "Right as on the paper";
    reply_next_one() "Sẽ sửa ở kỳ sau" / "Put right in the next one";
    reply_words() "Nói rõ cho chủ thể (nhiều nhất 300 chữ cái)" / "Explain it to the producer (300 letters at most)";
    reply_about() "Số đã chốt không đổi. Nếu chọn “Sẽ sửa ở kỳ sau”: ở máy của điểm bán, mở phiếu này, bấm “Điều chỉnh” và ghi phần chênh. Phần đó hiện ở đây và vào quyết toán kỳ sau." / "Closed figures never change. After “Put right in the next one”: open this paper at the store's till, press “Correction” and write the difference. It shows here and comes into the next settlement.";
    reply_send() "Gửi trả lời" / "Send the answer";
    not_taken() "Chưa nhận: mẫu này đã gửi một lần với nội dung khác. Dưới đây là điều đã ghi nhận; cần nói thêm thì gửi ở mẫu mới." / "Not taken: this form was sent before with something else in it. What was recorded stands below; to say more, use a new form.";
    reply_kept() "Đã gửi trả lời. Chủ thể thấy ngay." / "Sent. The producer sees it at once.";
    confirm_answered() "Đồng ý sau khi được trả lời" / "I agree after this answer";
    insist() "Vẫn chưa đúng" / "It is still not right";
    insist_words() "Chưa đúng ở đâu (nhiều nhất 300 chữ cái)" / "What is still wrong (300 letters at most)";
    insist_send() "Gửi lại ý kiến" / "Send again";
    accepted_at(time) "Chủ thể đồng ý sau khi được trả lời, {time}." / "The producer agreed after the answer, {time}.";
    signed_by(name, day, time) "Đã ký trên giấy: {name}, ngày {day}. Đơn vị quản lý ghi nhận {time}." / "Signed on paper: {name}, on {day}. Recorded by the operator {time}.";
    signed_object(time) "Nếu không phải chữ ký của mình hoặc số chưa đúng, báo trước {time}." / "If this is not your signature or the figures are wrong, say so before {time}.";
    sign_title() "Chủ thể đã ký trên giấy" / "The producer signed on paper";
    sign_about() "Ghi ai ký và ngày ký. Chủ thể thấy ghi nhận này và có thể phản đối trong thời hạn của hợp đồng." / "Write who signed and when. The producer sees it and may object for as long as the contract says.";
    signer() "Người ký" / "Who signed";
    signer_wrong() "Ghi họ tên người ký, nhiều nhất 100 chữ cái." / "Write the name of whoever signed, in at most 100 letters.";
    signed_day() "Ngày ký" / "Day of the signature";
    signed_day_wrong() "Ngày ký từ ngày chốt quyết toán đến hôm nay." / "From the settlement's day to today.";
    sign_send() "Ghi nhận chữ ký" / "Record the signature";
    sign_kept() "Đã ghi nhận chữ ký trên giấy." / "The signature on paper is recorded.";
    attached_title() "Ảnh và bản quét" / "Photographs and scans";
    attached_by_operator(time) "Đơn vị quản lý gửi {time}" / "From the operator, {time}";
    attached_by_producer(time) "Chủ thể gửi {time}" / "From the producer, {time}";
    attach_send() "Gửi ảnh hoặc bản quét" / "Send a photograph or a scan";
    attach_kept() "Đã gửi ảnh." / "It was sent.";
    words_wrong() "Viết ít nhất một chữ, nhiều nhất 300 chữ cái." / "Write something, in at most 300 letters.";
}

#[cfg(test)]
mod tests {
    use super::TalkTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as TalkTexts>::ALL), Vec::<String>::new());
    }
}
