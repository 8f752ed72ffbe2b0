//! Every sentence of the inventory page.

web::texts! {
    /// What the inventory page says.
    pub trait InventoryTexts;

    page_inventory() "Tồn kho" / "Inventory";
    inventory_about(since, until) "Tồn theo sổ của từng cửa hàng đến lần gửi cuối; sức bán tính từ {since} đến {until}." / "Stock by each store's book at its last report; the pace is that of {since} to {until}.";
    inventory_find() "Tìm sản phẩm, chủ thể" / "Product or producer";
    inventory_store() "Cửa hàng" / "Store";
    inventory_owner() "Hàng của ai" / "Whose goods";
    owner_consigned() "Ký gửi" / "Consigned";
    owner_own() "Của điểm bán" / "The operator's own";
    owner_one() "Một chủ thể" / "One producer";
    file_inventory() "ton-kho" / "inventory";
    show_all(n) "Tất cả ({n})" / "All ({n})";
    show_out(n) "Hết hàng ({n})" / "Gone ({n})";
    show_low(n) "Sắp hết ({n})" / "Nearly gone ({n})";
    show_fast(n) "Bán nhanh ({n})" / "Fast ({n})";
    show_slow(n) "Bán chậm ({n})" / "Slow ({n})";
    show_expiring(n) "Cận hạn ({n})" / "Near expiry ({n})";
    show_under_way(n) "Đang chuyển ({n})" / "Under way ({n})";
    about_fast(units, days) "Mỗi tuần bán từ {units} đơn vị, và số còn lại đủ bán không quá {days} ngày." / "Sells {units} units a week or more, and what is left lasts {days} days at most.";
    about_slow(days, pace) "Số còn lại đủ bán hơn {days} ngày, hoặc {pace} ngày qua không ai mua." / "What is left lasts more than {days} days, or nobody bought any in the last {pace}.";
    about_expiring(days) "Có lô đã hết hạn, hoặc còn không quá {days} ngày." / "Has lots that are past their last day, or within {days} days of it.";
    show_label() "Loại hàng" / "Which goods";
    column_left() "Còn" / "Left";
    column_of_own(quantity) "của điểm bán {quantity}" / "own {quantity}";
    column_left_on(day) "Còn đến {day}" / "Left on {day}";
    column_own() "Của điểm bán" / "The operator's own";
    column_between() "Đang chuyển" / "Under way";
    column_expiring(days) "Còn hạn không quá {days} ngày" / "Good for {days} days at most";
    column_of_ended(quantity) "quá hạn {quantity}" / "past its date {quantity}";
    column_of_expiring(quantity) "cận hạn {quantity}" / "near expiry {quantity}";
    column_sold(days) "Bán {days} ngày" / "Sold in {days} days";
    sold_in(days, quantity) "{days} ngày: {quantity}" / "{days} days: {quantity}";
    column_pace() "Bán mỗi tuần" / "Sold a week";
    column_lasts() "Đủ bán (ngày)" / "Lasts (days)";
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
