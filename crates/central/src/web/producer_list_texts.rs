//! What central's pages say of the list of producers.

web::texts! {
    /// What is said of producers.
    pub trait ProducerListTexts;

    page_producers() "Chủ thể" / "Producers";
    file_producers() "chu-the" / "producers";
    producers_find() "Tên chủ thể" / "Name";
    producers_about() "Hộ, hợp tác xã, công ty có hàng trong danh mục. Cửa hàng nhận tên mới ở lần nối mạng tới." / "Households, co-operatives and companies with goods in the catalogue. Stores learn a new name at their next contact.";
    producers_list() "Danh sách" / "All producers";
    producers_count(n) "{n} chủ thể" / "producers: {n}";
    producers_none() "Không có chủ thể nào như vậy." / "There is no such producer.";
    producers_all() "Tất cả" / "All";
    producers_provisional() "Cửa hàng thêm, chưa xem" / "Added by stores, not looked at";
    producers_which() "Chủ thể nào" / "Which producers";
    producer_new() "Thêm chủ thể" / "Add a producer";
    producer_column_phone() "Điện thoại" / "Telephone";
    producer_column_products() "Sản phẩm" / "Products";
    producer_column_lapsing(days) "Hết hạn trong {days} ngày" / "Lapses within {days} days";
    producer_added_by(store) "Cửa hàng thêm: {store}" / "Added by {store}";
    producer_added_by_store() "Cửa hàng thêm" / "Added by a store";
    producer_edit() "Sửa" / "Edit";
    producer_edit_of(name) "Sửa {name}" / "Edit {name}";
    producer_name() "Tên chủ thể" / "Name of the producer";
    producer_phone_hint() "để trống nếu chưa biết" / "empty when it is not known";
    producer_commune_hint() "gõ vài chữ rồi chọn" / "type a few letters and choose";
    producer_save() "Lưu chủ thể" / "Save the producer";
    producer_saved(name) "Đã lưu {name}." / "{name} is saved.";
    producer_taken_over() "Cửa hàng tự thêm chủ thể này tại quầy. Xem lại rồi lưu: mọi cửa hàng sẽ dùng tên này." / "A store added this producer at its counter. Look at it and save: all stores will use this name.";
    producer_same_name(n) "Đã có {n} chủ thể cùng tên. Nếu đúng là chủ thể khác, đánh dấu ở dưới rồi lưu." / "There are producers of this name: {n}. If this is another one, tick the box below and save.";
    producer_is_another() "Đây là chủ thể khác, chỉ trùng tên" / "This is another producer of the same name";
    producers_same() "Trùng với chủ thể khác" / "The same as another one";
    producer_is_same(name) "Là {name}" / "Is {name}";
    same_title() "Cùng một chủ thể" / "The same producer";
    same_about() "Chủ thể bị thêm hai lần thì ghi ở đây đó là ai: doanh số, sản phẩm, giấy tờ sản phẩm, chiến dịch và báo cáo chính thức tính chung. Tồn kho, đề cử, lượt quét mã, hợp đồng, tiền phải trả, phiếu quyết toán và tài khoản vẫn riêng từng bên." / "A producer that was added twice: say here which one it is, and sales, products, papers of products, campaigns and the official report count both as one. The inventory, nominations, scans, contracts, what is owed, settlements and logins stay each one's own.";
    same_find() "Tên chủ thể kia" / "Name of the other one";
    same_look() "Tìm" / "Search";
    same_none() "Không có chủ thể nào tên như vậy." / "There is no producer of this name.";
    same_now(name) "Đúng là {name}" / "It is {name}";
    same_products(n) "{n} sản phẩm" / "products: {n}";
    same_is() "Số liệu tính là" / "Counted as";
    same_counted() "được tính là chủ thể này" / "is counted as this one";
    same_end() "Tách lại" / "Part them";
    same_end_of(name) "Tách {name}" / "Part {name}";
    same_end_about() "Từ nay số liệu tính riêng trở lại, cả của những kỳ trước." / "Figures count them apart again, of earlier periods, too.";
    same_refused() "Không ghi được: chủ thể kia đang được tính là một chủ thể khác, hoặc đã có chủ thể được tính là chủ thể này. Tách ra trước." / "This cannot be said: the other one is counted as a third, or others are counted as this one. Part those first.";
    wrong_phone() "Số điện thoại gồm chữ số, nhiều nhất 40 ký tự." / "A telephone number has digits, 40 signs at most.";
}

#[cfg(test)]
mod tests {
    use super::ProducerListTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as ProducerListTexts>::ALL), Vec::<String>::new());
    }
}
