//! What the counter says of carts: tabs, parking, taking back.

web::texts! {
    /// What is said of carts.
    pub trait CartTexts;

    carts_label() "Các đơn đang mở" / "Open carts";
    promotion(name) "KM {name}" / "Offer: {name}";
    cart_number(n) "Đơn {n}" / "Cart {n}";
    new_cart() "Đơn mới" / "New cart";
    any_cart() "Đến đơn số 1–9" / "To cart 1–9";
    park() "Treo đơn" / "Park";
    parked() "Đơn treo" / "Parked";
    park_question() "Treo đơn này để bán đơn khác" / "Park this cart and serve another buyer";
    park_name() "Tên để nhớ (không bắt buộc)" / "A name to remember it by (not needed)";
    park_hint() "Ví dụ: chị Lan, áo xanh, phòng 302. Đơn treo còn nguyên sau khi đóng ca hay tắt máy." / "For example: Ms Lan, blue shirt, room 302. A parked cart outlives the shift and the computer's night.";
    none_parked() "Không có đơn nào đang treo." / "No cart is parked.";
    parked_about(since, items) "treo lúc {since} · {items} món" / "parked at {since} · items: {items}";
    take_back() "Hoàn tác" / "Undo";

    reduce() "Giảm giá" / "Discount";
    remark() "Ghi chú" / "Note";
    off_line() "Dòng" / "Row";
    off_cart() "Cả đơn" / "Cart";
    other_price() "Đổi giá" / "Price";
    off_typed() "Giảm" / "Take off";
    off_hint() "Gõ số tiền như 10.000 hoặc phần trăm như 5%. Gõ 0 để bỏ giảm giá." / "Type an amount such as 10.000 or a part such as 5%. 0 takes the discount away.";
    price_typed() "Giá mới" / "New price";
    price_hint(price) "Giá lúc quét {price}. Gõ 0 để lấy lại giá đó." / "Price of the scan: {price}. 0 brings it back.";
    past_date() "Bán hàng quá hạn" / "Sell past the date";
    past_date_about() "Hàng còn hạn luôn được bán trước. Xem lại hàng, hỏi ý khách, rồi ghi lý do; đơn chưa bán được khi quản lý chưa cho phép." / "Goods in time always go first. Look at the goods, ask the buyer, and type why; the cart is not sold before a manager allows it.";
    reason() "Lý do" / "Reason";
    remark_typed() "Nội dung" / "Text";
    remark_on_receipt() "In lên phiếu của khách" / "Print it on the receipt";
    save() "Lưu" / "Save";
    whole_cart(total) "Cả đơn {total}" / "The whole cart, {total}";
    price_before() "giá cũ" / "before";

    note_discounted() "Đã giảm giá" / "Discount given";
    note_discount_gone() "Đã bỏ giảm giá" / "Discount taken away";
    note_bad_discount() "Giảm giá chưa đúng. Gõ số tiền như 10.000 hoặc phần trăm như 5%, không quá giá hàng." / "The discount is not right. Type an amount such as 10.000 or a part such as 5%, at most what the goods cost.";
    note_discount_needs_manager() "Giảm nhiều hơn mức của thu ngân. Nhờ quản lý, hoặc giảm ít hơn (F6)." / "That is more than a cashier may take off. Ask a manager, or take off less (F6).";
    note_price_needs_manager() "Đổi giá, hay bán thêm hàng theo giá đã đổi, cần quản lý. Nhờ quản lý (F6)." / "Another price, or more goods at one, needs a manager. Ask one (F6).";
    note_past_date_needs_manager(name, quantity) "{name}: có {quantity} đã quá hạn. Nhờ quản lý cho phép và ghi lý do, hoặc bớt ra." / "{name}: {quantity} past the date. Ask a manager and type why, or take it out.";
    note_past_date_allowed(name, quantity) "{name}: quản lý cho bán {quantity} quá hạn" / "{name}: {quantity} past the date allowed";
    note_beyond_leave() "Hàng đã nhiều hơn lúc quản lý cho giảm. Nhờ quản lý cho phép lại (F6) trước khi thu tiền." / "There are more goods than the manager allowed it for. Ask again (F6) before you take money.";
    note_needs_reason() "Cần ghi lý do. Gõ vài chữ rồi làm lại." / "A reason is needed. Type a few words, then try again.";
    note_bad_price() "Giá chưa đúng. Gõ giá một đơn vị lớn hơn 0, như 85.000." / "The price is not right. Type the price of a unit above 0, such as 85.000.";
    note_price_changed(name) "Đã đổi giá {name}" / "New price for {name}";
    note_price_restored(name) "Đã lấy lại giá cũ của {name}" / "{name} has its old price again";
    note_remarked() "Đã ghi chú" / "Noted down";
    note_remark_gone() "Đã bỏ ghi chú" / "Note taken away";
    note_taken_back(name) "Đã hoàn tác: {name}" / "Undone: {name}";
    note_restored() "Đã lấy lại đơn vừa xóa" / "The cleared cart is back";
    note_nothing_to_take_back() "Không còn gì để hoàn tác." / "There is nothing to undo.";
    note_parked(title) "Đã treo {title}. Mời khách tiếp theo." / "{title} is parked. Next buyer, please.";
    note_resumed(title) "Bán tiếp {title}" / "Going on with {title}";
    note_no_cart() "Đơn đó không còn mở. Chọn đơn khác." / "That cart is no longer open. Choose another.";
    help_prices() "Máy tính giá thế nào" / "How prices are made";
    help_prices_about() "Mỗi mặt hàng chỉ hưởng một khuyến mại, cái nào lợi cho khách nhất; khuyến mại không cộng dồn. Thứ tự: giá × số lượng, trừ khuyến mại, trừ giảm giá của dòng, rồi trừ giảm giá cả đơn. Dòng sửa giá bằng tay không có khuyến mại; gói hàng cân có tem giá thì tính đúng giá trên tem." / "A product gets one promotion, the best for the buyer; they do not add up. In this order: price × quantity, less the promotion, less what was taken off the row, less what was taken off the cart. A price set by hand has no promotion; a weighed pack with a price label costs what the label says.";
    note_price_since(name, was, price) "{name}: giá vừa đổi từ {was} thành {price}. Món quét trước giữ giá lúc quét; báo khách." / "{name}: its price has just changed from {was} to {price}. What was scanned before keeps its price; tell the buyer.";
    note_price_above(name, posted) "{name}: giá bán cao hơn giá niêm yết {posted}. Phải bán đúng giá niêm yết, hoặc niêm yết lại giá mới." / "{name}: above the posted price of {posted}. Sell at the posted price, or post the new one.";
    note_too_many_carts() "Đã có 20 đơn đang mở. Bán hoặc xóa bớt một đơn rồi mở đơn mới." / "There are 20 open carts. Sell or clear one before you open another.";
}

#[cfg(test)]
mod tests {
    use super::CartTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as CartTexts>::ALL), Vec::<String>::new());
    }
}
