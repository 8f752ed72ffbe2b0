//! What is said of the moves behind a settlement, and of what is owed and not settled yet.

web::texts! {
    /// What is said of moves.
    pub trait MoveTexts;

    page_moves() "Từng lần nhập, bán, trả" / "Every move of goods";
    moves_of(number) "Những lần hàng đi, đến trong quyết toán {number}." / "What moved in settlement {number}.";
    moves_open(store) "{store}: những lần hàng đi, đến sau quyết toán gần nhất." / "{store}: what moved since the last settlement.";
    moves_none() "Không có lần nào." / "There is none.";
    moves_next() "Trang sau" / "Next page";
    moves_first() "Về trang đầu" / "First page";
    moves_link() "Xem từng lần" / "See every move";
    moves_back() "Về quyết toán" / "Back to the settlement";
    moves_sum(n) "Cộng tất cả {n} lần" / "All {n} moves";
    moves_due(amount) "sẽ được trả {amount}" / "owed {amount}";
    moves_lot(code) "lô {code}" / "lot {code}";
    move_received() "Nhận" / "Received";
    move_covered() "Bù hàng bán trước khi nhận" / "Sold before it came";
    move_sold() "Bán" / "Sold";
    move_refunded() "Khách trả" / "Brought back";
    move_returned() "Trả lại chủ thể" / "Returned";
    move_damaged() "Hư hỏng" / "Damaged";
    move_expired() "Hết hạn" / "Expired";
    move_lost() "Mất" / "Lost";
    move_tasted() "Dùng thử" / "Tasted";
    move_counted() "Kiểm kê" / "Counted";
    move_sent() "Chuyển đi" / "Sent to another store";
    move_arrived() "Chuyển đến" / "Came from another store";
    move_repacked() "Đóng gói lại" / "Packed anew";
}

#[cfg(test)]
mod tests {
    use super::MoveTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as MoveTexts>::ALL), Vec::<String>::new());
    }
}
