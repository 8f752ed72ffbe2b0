//! What the pages say that change many products at once.

web::texts! {
    /// What is said of it.
    pub trait BulkTexts;

    bulk_open() "Sửa hàng loạt" / "Change many";
    bulk_pick(name) "Chọn {name}" / "Choose {name}";
    bulk_pick_column() "Chọn" / "Choose";
    bulk_all(n) "Tất cả {n} sản phẩm theo bộ lọc" / "All of this filter: {n}";
    bulk_title(n) "Sửa {n} sản phẩm" / "Products to change: {n}";
    bulk_about() "Chọn một mục rồi xem trước; chưa có gì được ghi." / "Choose what to change and look at it first; nothing is written yet.";
    bulk_none() "Chưa chọn sản phẩm nào. Đánh dấu trong danh mục, hoặc chọn tất cả theo bộ lọc." / "No product is chosen. Tick some in the catalogue, or take all of the filter.";
    bulk_too_many(n) "Mỗi lần sửa nhiều nhất {n} sản phẩm. Lọc bớt rồi làm lại." / "At most {n} products at once. Pick fewer.";
    bulk_field() "Mục cần sửa" / "What to change";
    bulk_group() "Nhóm sản phẩm" / "Group";
    bulk_tax() "Thuế GTGT" / "VAT class";
    bulk_producer() "Chủ thể" / "Producer";
    bulk_commune() "Xã, phường, đặc khu" / "Commune";
    bulk_status() "Tình trạng" / "State";
    bulk_to() "Thành" / "To";
    bulk_to_hint() "Chỉ mục đã chọn ở trên được dùng." / "Only the one that is chosen above is used.";
    bulk_producer_hint() "Để trống nếu không của chủ thể nào." / "Empty for nobody’s goods.";
    bulk_producer_unknown() "Không có đúng một chủ thể tên này. Chọn trong danh sách." / "There is not exactly one producer of that name. Choose from the list.";
    bulk_look() "Xem trước" / "Look at it first";
    bulk_preview(n) "Sẽ sửa {n} sản phẩm" / "To be changed: {n}";
    bulk_preview_about() "Ghi cả loạt một lần; cửa hàng nhận ở lần nối mạng tới. Nếu ai đó vừa sửa một sản phẩm trong danh sách này thì chưa ghi gì." / "All is written at once; stores learn of it at their next contact. If somebody has just changed one of these, nothing is written.";
    bulk_nothing() "Không có sản phẩm nào thay đổi." / "Nothing would change.";
    bulk_old() "Hiện tại" / "Now";
    bulk_new() "Sẽ thành" / "Becomes";
    bulk_left_out() "Giữ nguyên" / "Left as they are";
    bulk_is_combo() "combo: sửa từng món bên trong" / "a combo: change what is in it";
    bulk_waits() "hàng mới của cửa hàng, chưa nhận vào danh mục" / "added by a store, not taken in yet";
    bulk_same() "đã như vậy" / "it is so already";
    bulk_held() "combo đang dùng" / "a combo holds it";
    bulk_no_price() "chưa có giá, nhập giá trước" / "it has no price: enter one first";
    bulk_group_ended() "nhóm đã hết dùng, đổi nhóm trước" / "its group has ended: choose another one first";
    bulk_apply(n) "Ghi thay đổi cho {n} sản phẩm" / "Change them: {n}";
    bulk_back() "Chọn lại" / "Choose again";
    bulk_changed(codes) "Chưa ghi gì: người khác vừa sửa {codes}. Xem lại giá trị mới bên dưới rồi ghi lại." / "Nothing was written: somebody has just changed {codes}. Look at the new values below and try again.";
    bulk_done(n) "Đã sửa {n} sản phẩm. Cửa hàng nhận ở lần nối mạng tới." / "Products changed: {n}. Stores learn of it at their next contact.";
}

#[cfg(test)]
mod tests {
    use super::BulkTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as BulkTexts>::ALL), Vec::<String>::new());
    }
}
