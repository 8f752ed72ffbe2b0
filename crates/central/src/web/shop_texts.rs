//! Every sentence of an operator's first page.

web::texts! {
    /// What an operator's first page says.
    pub trait ShopTexts;

    page_shops() "Điểm bán" / "My stores";
    sales_today() "Bán hôm nay" / "Sold today";
    receipts_today(n) "{n} đơn" / "receipts: {n}";
    against_yesterday() "so với hôm qua" / "against yesterday";
    cash_in_drawers() "Tiền mặt trong ngăn kéo, ca đang mở" / "Cash in the drawers of open shifts";
    cash_in(amount) "tiền mặt {amount}" / "cash {amount}";
    told_until(time) "số liệu đến {time}" / "told until {time}";
    money_waited_for() "Khách còn nợ, chờ chuyển khoản" / "Owed by buyers, transfers waited for";
    owed_to_producers() "Phải trả chủ thể" / "Owed to producers";
    each_store() "Từng điểm bán" / "Each store";
    no_store_of_yours() "Chưa có điểm bán nào." / "There is no store yet.";
    goods_of_yours() "Hàng trên kệ" / "Goods on the shelves";
    goods_out() "Hết hàng" / "Gone";
    goods_low() "Sắp hết" / "Nearly gone";
    goods_slow() "Bán chậm" / "Slow";
    transfers_are_late(n, days) "{n} phiếu chuyển hàng đi quá {days} ngày chưa nhận. Xem ở Tồn kho, hỏi điểm nhận." / "Transfers on their way for more than {days} days: {n}. See the inventory and ask the store they go to.";
    transfers_are_twice(n) "{n} phiếu chuyển hàng có hai điểm cùng nhận. Xem ở Tồn kho, hỏi hai điểm ai đang giữ hàng, rồi gọi Sở để xử lý." / "Transfers that two stores took in: {n}. See the inventory, ask both who has the goods, and call the department.";
    transfers_are_unknown(n, days) "{n} phiếu chuyển hàng đã nhận quá {days} ngày mà điểm gửi chưa báo. Kiểm tra máy và mạng ở điểm gửi; nếu điểm đó không gửi phiếu này thì gọi Sở." / "Transfers taken in more than {days} days ago of which the sender has not told: {n}. Check the sender’s computer and network; if it never sent them, call the department.";
    store_is_silent(store) "{store}: hơn một ngày chưa gửi số liệu. Kiểm tra máy và mạng." / "{store} has told nothing for more than a day. Check the computer and the network.";
    store_waits(store, amount) "{store}: máy chờ Sở duyệt, {amount} chưa tính." / "{store}: a computer waits for approval, {amount} is not counted yet.";
    store_is_forked(store) "{store}: hai máy dùng chung một sổ. Gọi Sở để xử lý." / "{store}: two computers wrote one journal. Call the department.";
    store_has_exceptions(store, n) "{store}: {n} bút toán Sở cần xem lại." / "{store}: entries that the department has to look at: {n}.";
}

#[cfg(test)]
mod tests {
    use super::ShopTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as ShopTexts>::ALL), Vec::<String>::new());
    }
}
