//! What the counter says of weights, combos and presents.

web::texts! {
    /// What is said of weights, combos and presents.
    pub trait GiftTexts;

    weight() "Cân nặng (kg)" / "Weight (kg)";
    weight_hint() "Gõ số kg như 0,35 hoặc số gam như 350g." / "Type kilograms such as 0,35, or grams such as 350g.";
    add_weighed() "Thêm" / "Add";
    weigh_again() "Cân lại" / "Weigh again";
    note_needs_weight(name) "Cân {name} rồi gõ số kg." / "Weigh {name} and type the kilograms.";
    note_bad_weight() "Cân nặng chưa đúng. Gõ số kg như 0,35 hoặc số gam như 350g, nhiều nhất 100 kg." / "The weight is not right. Type kilograms such as 0,35 or grams such as 350g, 100 kg at most.";

    combo_holds(parts) "gồm {parts}" / "holds {parts}";
    in_combo(name) "trong {name}" / "in {name}";
    note_combo_not_whole(name) "{name}: máy này chưa có đủ các món trong bộ. Bán từng món, hoặc đợi máy nhận xong danh mục." / "{name}: not all of its parts are known here yet. Sell them one by one, or wait for the catalogue.";
    note_combo_not_stocked() "Bộ quà không nhập kho. Nhập từng món trong bộ." / "A combo has no stock of its own. Receive its parts.";

    basket() "Giỏ quà" / "Gift basket";
    pack() "Gói quà" / "Gift basket";
    pack_rows(rows) "Gói {rows} dòng" / "Pack rows: {rows}";
    basket_name() "Tên giỏ" / "Called";
    gift_words() "Lời đề tặng" / "Words on the slip";
    gift_to() "Kính tặng" / "To";
    gift_from() "Người tặng" / "From";
    gift_message() "Lời chúc" / "Wish";
    wrapping() "Kiểu gói" / "Wrapping";
    no_wrapping() "Không" / "None";
    gift_slip_wanted() "In phiếu quà, không ghi giá" / "Print a gift slip without prices";
    all_packed() "Mọi dòng đã vào giỏ. Quét hàng cho giỏ tiếp theo, hoặc tháo giỏ." / "Every row is in a basket. Scan goods for the next one, or unpack one.";
    unpack(name) "Tháo: {name}" / "Unpack: {name}";
    note_packed(name) "Đã gói {name}" / "{name} is packed";
    note_unpacked(name) "Đã tháo {name}. Hàng vẫn còn trong đơn." / "{name} is unpacked. Its goods are still in the cart.";
    note_nothing_to_pack() "Mọi dòng đã vào giỏ. Quét hàng cho giỏ tiếp theo." / "Every row is in a basket already. Scan goods for the next one.";
    note_too_many_baskets() "Một đơn có nhiều nhất 9 giỏ quà. Bán đơn này rồi mở đơn mới." / "One sale takes nine baskets. Sell this one and open another.";
    note_basket_name() "Giỏ quà cần một cái tên. Gõ tên giỏ." / "A basket needs a name. Type one.";
    note_wrapping() "Kiểu gói này không còn bán. Chọn kiểu khác." / "This wrapping is no longer on sale. Choose another.";
    gift_slips() "Phiếu quà" / "Gift slips";
    show_slip() "Xem" / "Show";
    print_slip() "In phiếu quà" / "Print the slip";
}

#[cfg(test)]
mod tests {
    use super::GiftTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as GiftTexts>::ALL), Vec::<String>::new());
    }
}
