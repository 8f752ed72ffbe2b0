//! What is said of deliveries that a producer announces.

web::texts! {
    /// What is said of them.
    pub trait AnnouncedTexts;

    page_announced() "Báo giao hàng" / "Announce a delivery";
    announced_about() "Báo trước hàng sắp mang đến. Cửa hàng thấy khi mở trang Nhận hàng, đếm rồi nhận. Báo trước không thay phiếu giao." / "Say what you will bring. The store sees it when it opens its page of deliveries, counts and takes it in. This is no delivery note.";
    announced_store() "Cửa hàng" / "Store";
    announced_product() "Hàng" / "Product";
    announced_quantity() "Số lượng" / "Quantity";
    announced_day() "Ngày mang đến" / "Day";
    announced_send() "Báo cửa hàng" / "Tell the store";
    announced_list() "Đã báo" / "Announced";
    announced_none() "Chưa báo lần giao nào." / "Nothing is announced.";
    announced_comes(day) "mang đến {day}" / "comes on {day}";
    announced_arrived(quantity) "đã nhận {quantity}" / "taken in: {quantity}";
    announced_waits() "cửa hàng đang chờ" / "the store expects it";
    announced_ended() "đã rút lại" / "taken back";
    announced_end() "Rút lại" / "Take back";
    announced_end_of(name) "Rút lại lần báo {name}" / "Take back {name}";
    announced_no_choice() "Chưa có cửa hàng hoặc sản phẩm nào để báo." / "There is no store or product to announce for yet.";
    announced_wrong_store() "Chọn cửa hàng." / "Choose a store.";
    announced_wrong_product() "Chọn hàng." / "Choose a product.";
    announced_wrong_quantity() "Nhập số lượng lớn hơn 0; hàng bán theo cái thì số nguyên." / "Enter a quantity above 0, whole pieces of what is sold by the piece.";
    announced_wrong_day() "Chọn ngày từ hôm nay đến 60 ngày tới." / "Choose a day from today to 60 days ahead.";
    announced_too_many() "Đã báo 50 lần chưa giao. Rút lại lần nào không còn đúng." / "Fifty deliveries are announced. Take back those that do not hold any more.";
}

#[cfg(test)]
mod tests {
    use super::AnnouncedTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as AnnouncedTexts>::ALL), Vec::<String>::new());
    }
}
