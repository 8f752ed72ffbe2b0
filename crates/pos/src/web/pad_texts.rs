//! Every sentence about the pad and the sales from it.

web::texts! {
    /// What the counter and the pages say of the pad.
    pub trait PadTexts;

    enter_from_pad() "Nhập đơn viết tay" / "Enter from the pad";
    pad_panel() "Đơn viết tay bán lúc nào?" / "When was it sold?";
    pad_about() "Giá, khuyến mại, thuế và lô hàng tính theo lúc bán." / "Prices, promotions, tax and lots are those of that time.";
    pad_day() "Ngày bán" / "Day of the sale";
    pad_today(day) "Hôm nay {day}" / "Today {day}";
    pad_yesterday(day) "Hôm qua {day}" / "Yesterday {day}";
    pad_time() "Giờ bán" / "Time of the sale";
    pad_time_hint() "Như ghi trong sổ: 16:40 hoặc 1640." / "As written on the pad: 16:40 or 1640.";
    pad_line() "Dòng số" / "Line number";
    pad_line_hint() "12, hoặc 12-14 nếu đơn có nhiều dòng. Giấy không in số thì tự đánh số." / "12, or 12-14 for several. Number the lines yourself on paper without numbers.";
    pad_begin() "Nhập hàng" / "Enter the goods";
    from_pad(at, lines) "Đơn viết tay {at} · dòng {lines}" / "From the pad {at} · line {lines}";
    pad_correct() "Sửa giờ, dòng" / "Correct";
    pad_leave() "Bỏ, bán như thường" / "Leave, sell as usual";

    pad_twins() "Máy đã có đơn giống đơn này" / "The till has a sale like this one";
    pad_is_it(receipt, at) "Có phải đơn {receipt} lúc {at} không?" / "Is it {receipt} at {at}?";
    pad_is_it_one() "Có phải một trong các đơn này không?" / "Is it one of these?";
    pad_twin_lines(lines) "dòng {lines} trong sổ" / "line {lines} of the pad";
    pad_same() "Đúng, không ghi nữa" / "Yes, do not record it";
    pad_other() "Đơn khác, cứ ghi" / "Another one, record it";

    note_pad_begun(at, lines) "Đơn viết tay {at}, dòng {lines}: quét mã hoặc gõ tên hàng." / "From the pad {at}, line {lines}: scan or type the goods.";
    note_pad_future() "Giờ bán đó chưa tới. Gõ lúc đã giao hàng." / "That time is still to come. Type when the goods were handed over.";
    note_pad_too_old(days) "Chỉ nhập được đơn viết tay trong {days} ngày qua. Xem lại ngày." / "Only sales of the last {days} days can be entered. Look at the day again.";
    note_pad_lines() "Dòng số chưa đúng. Gõ như 12, hoặc 12-14." / "That is no line of the pad. Type 12, or 12-14.";
    note_pad_time() "Giờ bán chưa đúng. Gõ như 16:40." / "That is no time of day. Type it as 16:40.";
    note_pad_twins() "Máy có thể đã có đơn này. Trả lời trước khi ghi." / "The till may have this sale already. Answer before it is recorded.";
    note_pad_same(at, lines) "Không ghi thêm: đơn {at}, dòng {lines} đã có trong máy. Ctrl+Z để lấy lại." / "Not recorded: the sale of {at}, line {lines} is there already. Ctrl+Z brings it back.";
    note_pad_kept(receipt, at, lines) "Đã ghi {receipt}: dòng {lines}, bán lúc {at}." / "Recorded {receipt}: line {lines}, sold at {at}.";
    note_pad_here() "Đang nhập đơn viết tay. Ghi xong hoặc bỏ đơn này trước." / "A sale from the pad is being entered. Finish or leave it first.";
    note_handed_over_past_date(name, date) "{name}: lúc bán đã quá hạn {date}. Hàng đã giao nên vẫn ghi; báo quản lý." / "{name}: it was past its date {date} when sold. It is recorded, since it was handed over; tell the manager.";
    note_pad_made(lines) "Đã làm trang sổ, dòng {lines}. Bấm In trang này." / "A page is made, lines {lines}. Press Print this page.";
    note_pad_printing(lines) "Đang in trang sổ, dòng {lines}." / "Printing a page, lines {lines}.";

    pad_pages() "Sổ ghi tay" / "Sales pad";
    pad_pages_about() "In sẵn vài trang để cạnh quầy. Mất điện thì ghi tay, có điện thì nhập lại bằng Alt+P ở quầy bán." / "Keep a few pages beside the counter. Write by hand while the power is out, and enter them with Alt+P at the counter afterwards.";
    pad_print() "In sổ ghi tay" / "Print a page";
    pad_make() "Làm trang sổ mới" / "Make a new page";
    pad_lines_count() "Số dòng một trang" / "Lines of a page";
    pad_lines_of(count) "{count} dòng" / "{count} lines";
    pad_made_before() "Các trang đã làm" / "Pages made";
    pad_page_lines() "Dòng" / "Lines";
    pad_made_at() "Làm lúc" / "Made at";
    pad_look_of(lines) "Xem, in lại dòng {lines}" / "Look at lines {lines}, print again";
    pad_look() "Xem, in lại" / "Look, print again";
    pad_picture(lines) "Trang sổ ghi tay, dòng {lines}" / "Page of the pad, lines {lines}";
    pad_print_here() "In trang này" / "Print this page";
    pad_no_pages() "Chưa làm trang nào." / "No page yet.";

    sale_from_pad(at) "Viết tay {at}" / "From the pad {at}";
    sale_from_pad_line() "Nhập từ sổ ghi tay" / "Entered from the pad";
    sale_from_pad_about(at, lines) "dòng {lines}, bán lúc {at}" / "line {lines}, sold at {at}";
}
