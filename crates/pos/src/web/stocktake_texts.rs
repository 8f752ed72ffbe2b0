//! Every sentence about counting the shelf.

web::texts! {
    /// What pages say of a stocktake.
    pub trait StocktakeTexts;

    stocktake() "Kiểm kê" / "Stocktake";
    stocktake_about() "Vẫn bán hàng bình thường trong lúc đếm: mỗi mặt hàng được so với sổ đúng lúc đếm, nên bán trước hay bán sau đều không làm lệch." / "Selling goes on while you count: each product is compared with the book of the moment when it was counted, so sales before or after make no difference.";
    stocktake_title() "Tên đợt kiểm kê" / "What this stocktake is called";
    stocktake_title_hint() "Ví dụ kiểm kê cuối tháng 11. Để trống cũng được." / "For example end of November. May stay empty.";
    first_area() "Khu đếm đầu tiên" / "The first area";
    area_hint() "Ví dụ Kệ 1, Tủ lạnh, Kho sau" / "For example Shelf 1, Fridge, Store room";
    usual_area() "Kệ 1" / "Shelf 1";
    begin_stocktake() "Bắt đầu kiểm kê" / "Begin";
    sheet() "Phiếu đếm tay" / "Sheet to count on";
    begun_at(time) "Bắt đầu {time}" / "Begun {time}";
    other_area() "Khu khác, ví dụ Tủ lạnh" / "Another area, such as Fridge";
    go_there() "Đếm khu này" / "Count there";
    box_to_count() "Quét mã vạch: mỗi lần quét là thêm một. Hoặc gõ tên hàng…" / "Scan a barcode: each scan adds one. Or type a name…";
    count_about() "Hàng khách đang cầm hay nằm trong đơn chưa thanh toán vẫn phải đếm: lúc này sổ còn tính." / "Goods in a buyer's hands or in a cart that is not paid are counted, too: the book still has them.";
    how_many_hint(area) "Số có ở {area}, thay cho số đã đếm ở đó; không có thì gõ 0" / "All of it in {area}, in place of what was counted there; 0 for none";
    keep_count() "Ghi số này" / "Keep this number";
    counted_here(area) "Đã đếm ở {area}" / "Counted in {area}";
    nothing_here() "Chưa đếm gì ở khu này." / "Nothing has been counted here yet.";
    counted_column() "Đã đếm" / "Counted";
    counted_when() "Lúc" / "When";
    correct() "Sửa" / "Correct";
    correct_of(name) "Sửa số đếm: {name}" / "Correct the count of {name}";
    only_latest(most) "Chỉ hiện {most} mặt hàng vừa đếm." / "Only the {most} counted last are shown.";
    again_title(products) "Phải đếm lại: {products}" / "To be counted again: {products}";
    again_moved() "Có bán hoặc nhập trong lúc đếm, hoặc nhập đơn viết tay của lúc trước đó: không biết số đếm đã trừ chưa. Đếm lại một mạch." / "Some was sold or came in while it was counted, or a sale of before was entered from the pad: nobody knows what the count has of it. Count it again in one go.";
    again_large() "Lệch nhiều so với sổ. Đếm thêm lần nữa: hai lần liền ra như nhau mới tính." / "Far from what the book says. Count it once more: it is believed when two counts in a row find the same.";
    again_former() "Máy đã được thay hoặc phục hồi sau khi đếm. Đếm lại." / "The computer was replaced or restored after it was counted. Count it again.";
    again_areas(areas) "Đang đếm lại, còn: {areas}" / "Being counted again, still: {areas}";
    again_all() "Đang đếm lại từ đầu." / "Being counted again from the beginning.";
    count_again() "Đếm lại" / "Count again";
    count_again_of(name) "Đếm lại {name}" / "Count {name} again";
    to_closing() "Xem chênh lệch và chốt" / "See differences and close";
    back_to_counting() "Đếm tiếp" / "Go on counting";
    give_up_question() "Bỏ đợt kiểm kê này…" / "Give this stocktake up…";
    give_up_about() "Mọi số đã đếm sẽ mất. Sổ giữ nguyên như cũ. Có chắc không?" / "Everything that was counted will be lost. The book stays as it was. Are you sure?";
    give_up() "Bỏ, xóa các số đã đếm" / "Give up, drop the counts";
    close_stocktake() "Chốt kiểm kê" / "Close the stocktake";
    in_all(products, wrong) "Đã đếm {products} mặt hàng, lệch {wrong}." / "Products counted: {products}, differing: {wrong}.";
    in_all_blind(products) "Đã đếm {products} mặt hàng. Số chênh lệch chỉ quản lý đăng nhập mới xem được." / "Products counted: {products}. Only a manager who signs in sees the differences.";
    book_then() "Sổ lúc đếm" / "Book then";
    difference() "Chênh lệch" / "Difference";
    worth() "Trị giá" / "Worth";
    as_in_book() "Mọi mặt hàng đã đếm đều đúng như sổ." / "Everything that was counted is as in the book.";
    uncounted_title(products) "Chưa đếm: {products}" / "Not counted: {products}";
    uncounted_about() "Sổ còn những hàng này mà chưa ai đếm. Chốt thì số trong sổ của chúng giữ nguyên." / "The book has these, and nobody has counted them. They stay as they are in the book.";
    uncounted_came() "Mới nhập trong lúc kiểm" / "Came in meanwhile";
    uncounted_none() "Mọi hàng trong sổ đều đã đếm." / "Everything in the book has been counted.";
    takes_uncounted() "Những hàng chưa đếm coi như hết" / "Take what was not counted as gone";
    takes_uncounted_hint() "Chỉ chọn khi đã đếm cả cửa hàng: sổ của những hàng chưa đếm sẽ về 0." / "Only when the whole store was counted: the book of what was not counted becomes 0.";
    pad_entered() "Đơn viết tay từ trước lúc đếm đã nhập hết vào máy" / "Every sale of before the count that was written on the pad is entered";
    pad_entered_hint() "Nhập sau khi chốt thì hàng bị trừ hai lần. Nhập bằng Alt+P ở quầy bán." / "One that is entered afterwards is taken off twice. Enter them with Alt+P at the counter.";
    who_bears_missing() "Hàng ký gửi bị thiếu: ai chịu" / "Missing consigned goods: who bears them";
    close_about() "Cần mã PIN của quản lý. Sổ được sửa theo số đã đếm, và có một biên bản." / "A manager's PIN is needed. The book is brought to what was counted, and a paper is made.";
    nothing_to_close() "Chưa có đợt kiểm kê nào đang mở." / "No stocktake is going on.";
    print_count_sheet() "In phiếu (A4)" / "Print the sheet (A4)";
    sheet_title() "Phiếu đếm hàng" / "Sheet for counting";
    sheet_about() "Đếm tại kệ, ghi số vào ô trống, ghi giờ bắt đầu và giờ xong. Khi gõ vào máy, bấm “Gõ từ phiếu đếm tay” ở khu đó và gõ hai giờ ấy: số đếm được so với sổ lúc đếm, không phải lúc gõ." / "Count at the shelf, write the numbers into the boxes, and when you began and ended. To type them in, press “Type from a sheet” in that area and type both times: the numbers are compared with the book of then, not of when you type.";
    sheet_times() "Đếm từ: ......... giờ ......... đến: ......... giờ ........." / "Counted from: ................... to: ...................";
    sheet_printed(time) "In lúc {time}" / "Printed {time}";
    sheet_area() "Khu: ......................................" / "Area: ......................................";
    sheet_by() "Người đếm: ......................................" / "Counted by: ......................................";
    sheet_lots() "Lô, hạn dùng" / "Lots, use by";
    sheet_box() "Đếm được" / "Counted";
    sheet_to_fill() "ô trống để ghi" / "to be filled in";
    sheet_code() "Mã hàng" / "Code";
    sheet_other_goods() "Hàng khác" / "Other goods";
    sheet_empty() "Chưa có hàng nào trên kệ theo sổ." / "The book has nothing on the shelf.";

    type_from_sheet() "Gõ từ phiếu đếm tay…" / "Type from a sheet…";
    type_from_sheet_about() "Gõ giờ ghi trên phiếu. Hàng bán sau giờ đó không làm lệch; hàng bán đúng trong lúc đếm thì phải đếm lại." / "Type the times on the sheet. What was sold after them makes no difference; what was sold while it was counted has to be counted again.";
    counted_from() "Bắt đầu đếm lúc" / "Counted from";
    counted_to() "Đếm xong lúc" / "To";
    counted_time_hint() "Ví dụ 10:00. Giờ chưa tới là của hôm qua." / "For example 10:00. A time still to come was yesterday.";
    use_sheet() "Gõ theo phiếu" / "Type by the sheet";
    on_paper(from, to) "Khu này gõ từ phiếu đếm tay lúc {from} – {to}: so với sổ lúc đó. Hàng phải đếm lại thì đếm tại kệ." / "This area is typed from a sheet of {from} – {to}: compared with the book of then. What has to be counted again is counted at the shelf.";
    count_at_shelf() "Thôi, đếm tại kệ" / "Count at the shelf instead";
    note_on_paper(area, from, to) "{area}: gõ số theo phiếu đếm lúc {from} – {to}." / "{area}: type the numbers of the sheet of {from} – {to}.";
    note_at_shelf(area) "{area}: đếm tại kệ." / "{area}: counted at the shelf.";
    note_counted_since() "Sau giờ đó đã chốt một đợt kiểm kê khác. Đếm lại tại kệ." / "Another stocktake was closed after that. Count again at the shelf.";
    note_stocktake_begun() "Bắt đầu kiểm kê. Quét hàng ở khu này." / "The stocktake has begun. Scan the goods of this area.";
    note_stocktake_goes_on() "Đang có một đợt kiểm kê. Đếm tiếp đợt này." / "A stocktake is going on. Go on with it.";
    note_no_stocktake() "Đợt kiểm kê này đã chốt hoặc đã bỏ. Mở lại trang kiểm kê." / "This stocktake was closed or given up. Open its page again.";
    note_no_area() "Chưa ghi đang đếm khu nào. Gõ tên khu, ví dụ Kệ 1." / "No area was named. Type one, such as Shelf 1.";
    note_counted(name, quantity, area) "{name}: {quantity} ở {area}" / "{name}: {quantity} in {area}";
    note_type_how_much(name) "{name}: gõ số đếm được." / "{name}: type how much there is.";
    note_counted_anew(name) "Đếm lại {name} từ đầu, ở mọi khu có hàng này." / "Count {name} again from the beginning, in every area that has it.";
    note_stocktake_given_up() "Đã bỏ đợt kiểm kê. Sổ giữ nguyên." / "The stocktake was given up. The book stays as it was.";
    note_stocktake_closed(products, wrong, voucher) "Đã chốt kiểm kê {products} mặt hàng, sửa {wrong}, biên bản {voucher}." / "The stocktake of {products} products is closed, {wrong} corrected, paper {voucher}.";
    note_count_again_first(products) "Còn {products} mặt hàng phải đếm lại. Đếm lại xong rồi chốt." / "Count again first, then close: {products} products.";
    note_nothing_counted() "Chưa đếm mặt hàng nào." / "Nothing was counted.";
    note_counts_changed() "Vừa có người đếm thêm hoặc nhập thêm hàng. Xem lại số mới rồi chốt." / "Somebody has counted more, or more came in meanwhile. Look at the new figures, then close.";
    note_pad_first() "Nhập hết đơn viết tay của lúc trước khi đếm (Alt+P ở quầy bán), đánh dấu rồi chốt." / "Enter the sales of before the count that are on the pad (Alt+P at the counter), tick that, then close.";
}

#[cfg(test)]
mod tests {
    use super::StocktakeTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as StocktakeTexts>::ALL), Vec::<String>::new());
    }
}
