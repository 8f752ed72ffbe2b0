//! What the page of sales says of one product's returns, baskets and shelves.

web::texts! {
    /// What stands on the card of one product.
    pub trait TradeTexts;

    trade_title() "Trả lại, giỏ hàng và kệ" / "Returns, baskets and shelves";
    trade_back() "Khách trả lại" / "Taken back";
    trade_back_for() "Tiền hoàn lại" / "Money back";
    trade_all_receipts() "Tất cả hóa đơn" / "All receipts";
    trade_baskets() "Tỷ lệ hóa đơn có sản phẩm" / "Share of baskets";
    trade_there() "Tồn đầu kỳ và nhập" / "Opening stock and what came";
    trade_sold() "Đã bán, trừ trả lại" / "Sold, less returns";
    trade_through() "Tỷ lệ bán được" / "Sell-through";
    trade_listed() "Số ngày có bày bán" / "Days listed";
    trade_empty() "Số ngày hết hàng" / "Days without stock";
    trade_not_known() "Chưa rõ" / "Not known";
    trade_of_receipts(n, all) "{n} trên {all} hóa đơn" / "{n} of {all} receipts";
    trade_of_there(sold, there) "bán {sold} trên {there} có để bán" / "sold {sold} of {there} that were there";
    trade_of_days(n) "trên {n} ngày bày bán của các điểm" / "of {n} days on which stores listed it";
    trade_about(days) "Hàng trả lại không kể đơn hủy. Tỷ lệ bán được là số đã bán chia cho tồn đầu kỳ cộng hàng nhập, chỉ tính điểm mà sổ có hàng. Ngày hết hàng là ngày mà cuối ngày sổ của điểm không còn hàng; sau {days} ngày không có hàng, điểm được coi là thôi bày bán." / "Voided sales are no returns. Sell-through is what was sold of the opening stock and what came, in stores whose book had any. A day without stock ends with none by the store's book; after {days} days without any the store no longer lists it.";
    sheet_trade_stores() "Tồn kệ theo cửa hàng" / "Shelves by store";
}

#[cfg(test)]
mod tests {
    use super::TradeTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as TradeTexts>::ALL), Vec::<String>::new());
    }
}
