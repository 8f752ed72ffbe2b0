//! Every sentence about lots in the store and goods that leave it unsold.

web::texts! {
    /// What pages say of stock.
    pub trait StockTexts;

    lots() "Các lô hàng" / "Lots";
    lots_to_sell_soon() "Hàng gần hết hạn" / "Goods to sell soon";
    lots_about() "Gõ số lượng ra khỏi kệ ở lô cần trả hoặc bỏ, rồi chọn lý do. Mỗi lần ra khỏi kệ có một phiếu." / "Type what leaves the shelf of each lot, and choose why. A paper is made each time.";
    no_lots() "Không có lô nào." / "There are no lots.";
    lot_of() "Hàng của" / "Whose";
    lot_received() "Ngày nhận" / "Received";
    lot_expires() "Hạn sử dụng" / "Use by";
    lot_is_over() "Đã hết hạn" / "Past its date";
    lot_days_left(days) "Còn {days} ngày" / "{days} days left";
    lot_not_received() "Bán trước khi nhập" / "Sold before it came";
    leaves() "Ra khỏi kệ" / "Leaves";
    leaves_of(name) "Số lượng ra khỏi kệ: {name}" / "Quantity that leaves: {name}";
    take_off() "Đưa ra khỏi kệ" / "Take off the shelf";
    take_off_about() "Trả lại người giao thì không cần quản lý. Hàng hỏng, hết hạn, thiếu hoặc mời nếm thử cần mã PIN của quản lý; ai chịu khác hợp đồng thì ghi lý do." / "Goods that go back need no manager. Losses and tastings need a manager's PIN; say why where somebody else bears them than the contract says.";
    who_bears() "Ai chịu phần hàng ký gửi" / "Who bears consigned goods";
    store_bears() "Điểm bán đền cho chủ thể" / "The store pays the producer";
    producer_bears() "Chủ thể chịu" / "The producer";
    remark_on_paper() "Ghi chú trên phiếu" / "Remark on the paper";
    stock_which() "Hàng nào" / "Which goods";
    stock_all(n) "Tất cả ({n})" / "All ({n})";
    stock_short(n) "Cần mang thêm ({n})" / "To be brought ({n})";
    stock_pace() "Bán 30 ngày" / "Sold in 30 days";
    stock_days() "Đủ bán" / "Lasts";
    lasts_days(n) "{n} ngày" / "{n} days";
    stock_minimum() "Tồn tối thiểu" / "Minimum";
    stock_to_bring() "Mang thêm" / "To bring";
    set_minimum() "Đặt mức tối thiểu" / "Set the minimum";
    minimum_hint() "Dưới mức này thì báo cần mang thêm. Để trống là không đặt." / "Below it the list says to bring some. Empty for none.";
    card() "Thẻ kho" / "Stock card";
    card_of(name) "Thẻ kho {name}" / "Stock card of {name}";
    card_about() "Mọi lần hàng lên kệ và rời kệ, mới nhất ở trên; cộng lại thành số còn." / "Every time goods came to the shelf or left it, the latest first; together they make what is left.";
    card_is_empty() "Hàng này chưa lên kệ lần nào." / "This product has not been on the shelf yet.";
    card_when() "Lúc" / "When";
    card_cause() "Việc" / "What happened";
    card_paper() "Chứng từ" / "Paper";
    card_lot() "Lô" / "Lot";
    card_change() "Tăng, giảm" / "Change";
    card_left() "Còn" / "Left";
    card_older() "Cũ hơn" / "Older";
    cause_received() "Nhận hàng" / "Received";
    cause_covered() "Bù hàng bán trước khi nhập" / "For goods sold before they came";
    cause_sold() "Bán" / "Sold";
    cause_counted() "Kiểm kê" / "Counted";
    cause_refunded() "Khách trả" / "Brought back by a buyer";
    cause_sent() "Chuyển kho đi" / "Sent to another store";
    cause_arrived() "Chuyển kho đến" / "Came from another store";
    cause_repacked() "Đóng gói lại" / "Packed anew";
    note_received(lines, voucher) "Đã nhận {lines} dòng hàng, phiếu {voucher}." / "Goods received, rows: {lines}, paper {voucher}.";
    whole_pieces() "Hàng bán theo cái: gõ số nguyên." / "Sold by the piece: type a whole number.";
    delivery_is_over() "Hạn dùng này đã qua: không nhận, trả lại người giao." / "This date is over: do not take it, give it back.";
    note_lot_of_another(code, producer) "Mã lô {code} là của {producer}. Xem lại chủ thể hoặc mã lô." / "Lot {code} is of {producer}. Check the producer or the code.";
    note_lot_of_the_store(code) "Mã lô {code} là hàng điểm bán đã mua. Xem lại chủ thể hoặc mã lô." / "Lot {code} is the store's own. Check the producer or the code.";
    noted_quantity() "Theo phiếu giao" / "On the delivery note";
    noted_hint() "Chỉ gõ khi khác số đếm được. Phiếu giao không ghi hàng này thì gõ 0." / "Only if it differs from what was counted. Type 0 if these goods are not on the note.";
    came_hint() "Ví dụ 3; hàng cân 1,25. Phiếu giao có mà không mang tới thì gõ 0, rồi gõ số trên phiếu." / "For example 3, or 1,25 by weight. Type 0 if nothing came of what the note says, then what it says.";
    see_paper(number) "Xem phiếu {number}" / "See paper {number}";
    note_goods_removed(lots, voucher) "Đã đưa {lots} lô ra khỏi kệ, phiếu {voucher}." / "{lots} lots left the shelf, paper {voucher}.";
    note_more_than_on_shelf(name, left) "{name}: trên kệ chỉ còn {left}. Gõ không nhiều hơn số đó." / "{name}: only {left} left on the shelf. Type no more than that.";
}

#[cfg(test)]
mod tests {
    use super::StockTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as StockTexts>::ALL), Vec::<String>::new());
    }
}
