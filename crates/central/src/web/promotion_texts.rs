//! What central's pages say of promotions.

web::texts! {
    /// What is said of promotions.
    pub trait PromotionTexts;

    page_promotions() "Khuyến mại" / "Promotions";
    promotions_about() "Máy bán hàng nhận khuyến mại cùng danh mục và tự áp cho từng dòng: mỗi dòng được một khuyến mại, cái giảm nhiều nhất." / "Tills learn of promotions with the catalogue and give each row one of them: the one that takes most off.";
    promotion_add() "Thêm khuyến mại" / "Add a promotion";
    promotion_list() "Danh sách" / "All promotions";
    promotions_none() "Chưa có khuyến mại nào." / "There is no promotion yet.";
    column_promotion() "Khuyến mại" / "Promotion";
    column_offer() "Cách giảm" / "Offer";
    column_days() "Thời gian" / "When";
    column_given_by() "Nơi áp dụng" / "Where";
    column_state() "Tình trạng" / "State";
    state_coming() "Sắp tới" / "Coming";
    state_running() "Đang chạy" / "Running";
    state_over() "Đã hết hạn" / "Over";
    state_ended() "Đã dừng sớm" / "Ended early";
    offer_percent(rate) "Giảm {rate}" / "{rate} off";
    offer_amount(money) "Giảm {money} mỗi đơn vị" / "{money} off each unit";
    offer_bundle(pieces, money) "{pieces} món giá {money}" / "{pieces} for {money}";
    offer_buy_get(buy, get) "Mua {buy} tặng {get}" / "Buy {buy}, get {get} free";
    offer_unknown() "Không đọc được" / "Unreadable";
    days(from, until) "{from} – {until}" / "{from} – {until}";
    hours(from, until) "{from}–{until} mỗi ngày" / "{from}–{until} each day";
    all_its_stores(operator) "Mọi cửa hàng của {operator}" / "All stores of {operator}";
    one_product(name) "{name}" / "{name}";
    many_products(name, more) "{name} và {more} sản phẩm khác" / "{name} and more products: {more}";
    end_early() "Dừng sớm" / "End early";
    end_about() "Máy bán hàng thôi áp dụng ở lần nối mạng tới. Không mở lại được." / "Tills stop giving it at their next contact. It cannot be taken up again.";
    end_now() "Dừng ngay" / "End it now";
    promotion_added(name) "Đã tạo khuyến mại {name}." / "The promotion {name} is made.";
    promotion_ended(name) "Đã dừng khuyến mại {name}." / "The promotion {name} has ended.";
    file_promotions() "khuyen-mai" / "promotions";
    column_hours() "Giờ áp dụng" / "Hours";
    column_product_count() "Số sản phẩm" / "Products";
    column_one_product() "Sản phẩm" / "Product";

    field_operator() "Đơn vị" / "Operator";
    field_store() "Cửa hàng" / "Store";
    every_store() "Mọi cửa hàng của đơn vị" / "All stores of the operator";
    field_name() "Tên, in trên phiếu" / "Name, printed on receipts";
    field_kind() "Cách giảm" / "Offer";
    kind_percent() "Giảm phần trăm" / "A part off";
    kind_amount() "Giảm tiền" / "An amount off";
    kind_bundle() "Nhiều món một giá" / "Several at one price";
    kind_buy_get() "Mua kèm tặng" / "Buy some, get some";
    field_percent() "Giảm mấy phần trăm" / "Percent off";
    field_amount() "Giảm bao nhiêu đồng mỗi đơn vị" / "Đồng off each unit";
    field_pieces() "Mấy món" / "How many";
    field_price() "Giá cả nhóm, đồng" / "Together for, đồng";
    field_buy() "Mua mấy" / "Buy";
    field_get() "Tặng mấy" / "Get free";
    field_skus() "Mã hàng, cách nhau bằng dấu phẩy" / "Own codes of the products, with commas between";
    field_find() "Tìm hàng theo tên" / "Find products by name";
    find_products() "Tìm" / "Find";
    take_product(name, sku) "+ {name} ({sku})" / "+ {name} ({sku})";
    nothing_like(words) "Không có hàng nào tên như “{words}”." / "No product is called anything like “{words}”.";
    field_first_day() "Từ ngày" / "First day";
    field_last_day() "Đến hết ngày" / "Last day";
    field_from_time() "Từ giờ (để trống: cả ngày)" / "From (empty: the whole day)";
    field_to_time() "Đến giờ" / "Until";
    save_promotion() "Tạo khuyến mại" / "Make the promotion";
    cancel() "Bỏ qua" / "Cancel";
    never_changed() "Khuyến mại đã tạo thì không sửa được, chỉ dừng sớm: đơn đã bán luôn ghi đúng khuyến mại đã hưởng." / "A promotion is never changed, only ended: each sale names what it was given.";

    wrong_operator() "Chọn đơn vị." / "Choose an operator.";
    wrong_store() "Cửa hàng này không thuộc đơn vị đã chọn. Chọn lại." / "This store is not of that operator. Choose again.";
    wrong_name() "Gõ tên, nhiều nhất 40 ký tự." / "Type a name of at most 40 letters.";
    wrong_percent() "Gõ số từ trên 0 đến 100, như 10 hoặc 12,5." / "Type a number above 0 and at most 100, such as 10 or 12,5.";
    wrong_vnd() "Gõ số tiền lớn hơn 0, như 5.000." / "Type an amount above 0, such as 5.000.";
    wrong_pieces() "Gõ số từ 2 trở lên." / "Type a number of 2 or more.";
    wrong_count() "Gõ số từ 1 trở lên." / "Type a number of 1 or more.";
    wrong_skus() "Cần ít nhất một mã hàng, nhiều nhất 2.000." / "One product is needed, 2.000 at most.";
    unknown_skus(skus) "Không có mã {skus}. Sửa lại hoặc tìm theo tên." / "There is no product {skus}. Correct it, or find it by name.";
    wrong_day() "Chọn ngày." / "Choose a day.";
    wrong_last_day() "Ngày cuối đứng trước ngày đầu. Chọn lại." / "The last day comes before the first. Choose again.";
    day_is_over() "Ngày cuối đã qua. Chọn ngày sau." / "The last day is over. Choose a later one.";
    wrong_hours() "Gõ cả hai giờ, giờ sau muộn hơn giờ trước; hoặc để trống cả hai." / "Give both times, the second after the first, or none.";
}

#[cfg(test)]
mod tests {
    use super::PromotionTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PromotionTexts>::ALL), Vec::<String>::new());
    }
}
