//! What central's pages say of settlements over several stores.

web::texts! {
    /// What is said of settlements over several stores.
    pub trait JointTexts;

    page_owed() "Trả chủ thể" / "Paying producers";
    owed_about() "Quyết toán một lần cho mọi điểm bán, trả bằng tài khoản của đơn vị quản lý. Từng điểm bán tự chốt sổ của mình khi nghe tin." / "Settle once for all stores, with money from your own account. Each store closes its own journal when it hears of it.";
    owed_none() "Chưa điểm bán nào có hàng ký gửi." / "No store has had consigned goods yet.";
    file_owed() "phai-tra-chu-the" / "owed-to-producers";
    owed_on_its_way() "Đã trả, chờ điểm bán ghi sổ" / "Sent, waits to be recorded";
    owed_joint_number() "Số quyết toán chung" / "Number";
    owed_joint_waiting() "Điểm bán chưa ghi sổ" / "Stores waited for";
    see_all_owed() "Trả chủ thể cho mọi điểm bán" / "Pay producers for all stores";
    on_its_way(amount) "đã trả, chờ điểm bán ghi sổ {amount}" / "sent, waits to be recorded {amount}";
    owed_by_store() "Từng điểm bán còn phải trả" / "Owed by each store";
    owed_now() "Còn phải trả" / "Owed now";
    owes_you() "Chủ thể đang nhận trước" / "Paid in advance";
    store_never_told() "chưa gửi số liệu" / "has told nothing yet";
    joint_form() "Quyết toán mọi điểm bán" / "Settle for all stores";
    joint_amount() "Số tiền đã trả" / "Amount sent";
    joint_amount_hint() "Chuyển khoản hoặc trả tại đơn vị quản lý trước, rồi ghi ở đây. Để 0 nếu chỉ chốt sổ." / "Send the money first, then record it here. 0 only closes the journals.";
    joint_day() "Ngày trả" / "Sent on";
    joint_day_hint() "Chọn đúng ngày đã chuyển: số quyết toán mang ngày này, như nội dung chuyển khoản theo mã VietQR." / "The day of the transfer: the settlement's number carries it, as the note of a transfer by VietQR does.";
    joint_send() "Quyết toán và ghi đã trả" / "Settle and record";
    joint_final() "Ghi rồi thì không sửa được; trả thừa được trừ vào kỳ sau." / "This cannot be changed; what was paid too much is taken off the next one.";
    joint_wrong_amount(most) "Ghi từ 0 đến {most}." / "Type 0 to {most}.";
    joint_wrong_day() "Chọn ngày trong 60 ngày qua." / "Choose one of the last 60 days.";
    joint_figures_changed() "Số liệu vừa đổi. Xem lại số tiền bên dưới rồi ghi lại; chưa có gì được ghi." / "The figures changed just now. Look at the amount below and record it again; nothing was kept.";
    joint_list() "Các lần quyết toán chung" / "Settlements for all stores";
    joint_number(number) "Quyết toán chung {number}" / "Settlement for all stores {number}";
    joint_sent_on(day) "trả ngày {day}" / "sent on {day}";
    joint_waits(n) "chờ {n} điểm bán" / "stores waited for: {n}";
    joint_whole() "đủ các điểm bán" / "all stores are in";
    joint_of(producer, operator) "{producer} · {operator}" / "{producer} · {operator}";
    joint_sent() "Đã trả lần này" / "Sent";
    joint_due() "Phải trả cho kỳ này" / "Owed for this period";
    joint_carried() "Còn nợ từ trước" / "Owed from before";
    joint_paid() "Điểm bán đã ghi trả" / "Recorded as paid";
    joint_left() "Còn phải trả" / "Still owed";
    joint_left_ahead() "Trả trước, trừ kỳ sau" / "Ahead, taken off later";
    joint_stores() "Từng điểm bán" / "Each store";
    joint_store_waits() "Chờ điểm bán nghe tin, mở ca và ghi sổ." / "Waits until the store hears of it, opens a shift and records it.";
    joint_store_line(number, day) "{number} ngày {day}" / "{number} on {day}";
    joint_up_to(seq, code) "sổ đến bút toán {seq} · {code}" / "journal up to entry {seq} · {code}";
    joint_rows() "Cộng theo sản phẩm" / "Sums by product";
    joint_rows_none() "Chưa có hàng nào trong kỳ này." / "No goods are in it yet.";
    joint_hash() "Mã kiểm tra:" / "Check code:";
    joint_hash_later() "Mã kiểm tra có khi đủ các điểm bán." / "The check code comes when all stores are in.";
    joint_by_operator() "Đơn vị quản lý" / "Operator";
    joint_by_producer() "Chủ thể" / "Producer";
    joint_signed() "(ký, ghi rõ họ tên)" / "(signature and name)";
    sheet_joint() "Quyết toán chung" / "Settlement";
    sheet_joint_stores() "Điểm bán" / "Stores";
    file_joint() "quyet-toan-chung" / "joint-settlement";
    column_sent() "Đơn vị quản lý đã trả" / "Sent";
    column_hash() "Mã bút toán" / "Entry hash";
}

#[cfg(test)]
mod tests {
    use super::JointTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as JointTexts>::ALL), Vec::<String>::new());
    }
}
