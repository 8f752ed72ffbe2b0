//! Every sentence about producers and products that are added while goods come in.

web::texts! {
    /// What pages say of them.
    pub trait GoodsTexts;

    announced_goods() "Chủ thể báo giao" / "Announced by producers";
    announced_day() "Ngày mang đến" / "Comes on";
    announced_by_another() "Nhập kho các dòng đang gõ trước, rồi nhận hàng của chủ thể này." / "Take in the rows that are typed first, then the goods of this producer.";
    take_in_announced() "Nhận" / "Take in";
    new_producer() "Chủ thể mới" / "New producer";
    producer_name() "Tên hộ, hợp tác xã, cơ sở" / "Household, co-operative or company";
    producer_phone() "Điện thoại" / "Telephone";
    producer_address() "Địa chỉ" / "Address";
    producer_id_number() "Số CCCD hoặc mã số thuế" / "Identity card or tax number";
    producer_id_number_hint() "Cho bảng kê mua hàng không hóa đơn; chỉ lưu tại điểm bán." / "For the list of goods bought without an invoice; it stays in the shop.";
    somebody_else() "Đây là người khác trùng tên" / "This is somebody else of the same name";
    new_producer_about() "Chỉ cần tên là nhận hàng được. Sở chỉ biết tên; điện thoại, địa chỉ và số giấy tờ ở lại điểm bán." / "A name is enough to receive goods. The department gets the name only; the rest stays in the shop.";
    add_producer() "Thêm và nhận hàng" / "Add, and receive goods";
    back_to_delivery() "Về nhận hàng" / "Back to the delivery";
    new_goods() "Hàng mới chưa có mã" / "New product";
    new_goods_about() "Điền một lần; hàng vào sổ cùng dòng này và bán được ngay." / "Filled in once; the product comes into the book with this row and can be sold at once.";
    print_shelf_label(name) "In tem kệ: {name}" / "Shelf label: {name}";
    note_producer_added(name) "Đã thêm {name}. Quét hàng nhận về, hoặc bấm Hàng mới." / "{name} is added. Scan what was delivered, or press New product.";
    note_producer_known(name) "Đã có chủ thể tên {name}. Chọn trong danh sách, hoặc đánh dấu nếu là người khác." / "A producer named {name} is known. Choose it from the list, or tick if this is somebody else.";
}

#[cfg(test)]
mod tests {
    use super::GoodsTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as GoodsTexts>::ALL), Vec::<String>::new());
    }
}
