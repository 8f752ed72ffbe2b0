//! Every sentence of the inventory page.

web::texts! {
    /// What the inventory page says.
    pub trait InventoryTexts;

    page_inventory() "Tồn kho" / "Inventory";
    inventory_about(days) "Tồn theo sổ của từng cửa hàng đến lần gửi cuối; sức bán tính trên {days} ngày qua." / "Stock by each store's book at its last report; the pace is that of the last {days} days.";
    show_all(n) "Tất cả ({n})" / "All ({n})";
    show_out(n) "Hết hàng ({n})" / "Gone ({n})";
    show_low(n) "Sắp hết ({n})" / "Nearly gone ({n})";
    show_slow(n) "Không bán được ({n})" / "Not selling ({n})";
    show_label() "Loại hàng" / "Which goods";
    column_left() "Còn" / "Left";
    column_of_own(quantity) "của điểm bán {quantity}" / "own {quantity}";
    column_pace() "Bán 30 ngày" / "Sold in 30 days";
    column_days() "Đủ bán" / "Lasts";
    days_left(n) "{n} ngày" / "{n} days";
    column_where() "Ở đâu" / "Where";
    column_suggestion() "Nên làm" / "Suggestion";
    place_short(code, quantity) "{code} bán quá sổ {quantity}" / "{code} sold {quantity} more than its book";
    place_gone(code) "{code} hết" / "{code} gone";
    place_low(code, quantity) "{code} còn {quantity}" / "{code} {quantity} left";
    place_has(code, quantity) "{code} {quantity}" / "{code} {quantity}";
    transfer(quantity, from, to) "Chuyển {quantity} từ {from} sang {to}" / "Move {quantity} from {from} to {to}";
    bring(quantity) "Giao thêm {quantity}" / "Deliver {quantity} more";
    column_under_way(quantity) "đang chuyển {quantity}" / "under way {quantity}";
    open_transfers() "Hàng đang chuyển giữa các điểm" / "Goods between stores";
    open_paper() "Phiếu" / "Paper";
    open_from() "Từ" / "From";
    open_to() "Đến" / "To";
    open_since() "Từ lúc" / "Since";
    open_lots() "Số lô" / "Lots";
    open_under_way() "Đang đi" / "Under way";
    open_unknown() "Đã nhận, nơi gửi chưa báo" / "Taken in, the sender has not told of it";
    open_twice() "Hai nơi cùng nhận: hỏi lại" / "Taken in twice: ask both";
    inventory_none() "Không có hàng nào như vậy." / "There are no such goods.";
}

#[cfg(test)]
mod tests {
    use super::InventoryTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as InventoryTexts>::ALL), Vec::<String>::new());
    }
}
