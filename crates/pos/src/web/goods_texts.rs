//! Every sentence about producers and products that are added while goods come in.

web::texts! {
    /// What pages say of them.
    pub trait GoodsTexts;

    draft_goes_on(rows, when) "Đợt giao đang gõ dở, {rows} dòng, lưu lúc {when}. Gõ tiếp rồi nhận, hoặc bỏ." / "A delivery was begun: {rows} rows, kept at {when}. Go on and receive it, or give it up.";
    draft_not_kept() "Đợt này chỉ có trên trang này: quầy đang gõ dở một đợt khác ở cửa sổ khác. Nhận xong mới rời trang." / "This delivery is on this page alone: another window of this counter is typing another one. Receive it before you leave the page.";
    draft_received() "Đợt này đã nhận rồi, không vào sổ lần nữa. Xem phiếu ở Tồn kho, rồi mở lại trang này." / "This delivery was received before and is not booked again. Look at its paper under stock, then open this page anew.";
    draft_give_up() "Bỏ đợt này" / "Give it up";
    draft_given_up() "Đã bỏ đợt giao đang gõ. Chưa có gì vào sổ." / "The delivery was given up. Nothing of it is in the book.";
    announced_goods() "Chủ thể báo giao" / "Announced by producers";
    announced_day() "Ngày mang đến" / "Comes on";
    announced_came(quantity) "đã về {quantity}" / "{quantity} came";
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
    whose_by_goods() "Theo chủ thể của hàng quét" / "Whoever makes the goods";
    made_by(producer) "Hàng của {producer}" / "Made by {producer}";
    made_by_nobody() "Danh mục chưa ghi chủ thể" / "The catalogue names no producer";
    price_in_force(price) "Giá bán đang áp dụng {price}" / "Price in force {price}";
    not_theirs(name, producer, owner) "{name} là hàng của {producer}, đang nhập là {owner}." / "{name} is made by {producer}, and is about to come in as {owner}.";
    not_theirs_sure(producer) "Đúng vậy, lần này không phải hàng của {producer} giao" / "Yes, this was not delivered by {producer}";
    goods_of(producer) "hàng {producer} giao" / "delivered by {producer}";
    goods_of_store() "hàng của cửa hàng" / "the store's own goods";
    sold_before(name, quantity, owner) "{name}: đã bán trước {quantity}, tính là {owner}. Nếu số đó nằm trong lần giao này thì nhập riêng {quantity} là {owner}." / "{name}: {quantity} were sold before they came, as {owner}. If they are in this delivery, take in {quantity} apart as {owner}.";
    note_delivered_past_date(name, day) "{name}: hạn dùng {day} đã qua. Không nhận, trả lại người giao." / "{name}: the date {day} is over. Do not take it, give it back.";
    note_cost_missing(name) "{name} là hàng mua đứt: ghi giá mua một đơn vị để có trong bảng kê thu mua." / "{name} is bought outright: type the cost of a unit, so that it is on the list of purchases.";
    note_whose_goods(name, producer) "{name} là hàng của {producer}. Chọn lại chủ thể, hoặc đánh dấu xác nhận ở bảng dưới." / "{name} is made by {producer}. Choose the producer again, or confirm it below.";
    note_several_producers() "Hàng của nhiều chủ thể. Mỗi phiếu nhận một chủ thể: chọn chủ thể, bỏ các dòng của người khác." / "Goods of several producers. A delivery has one: choose it, and drop the rows of others.";
    note_delivery_touched(name) "{name} của phiếu này đã bán, chuyển hoặc đếm lại một phần: không rút cả phiếu được. Phần còn trên kệ thì trả lại người giao ở trang Lô hàng." / "Some {name} of this paper was sold, moved or counted: it cannot be taken back whole. Give back what is on the shelf, on the page of lots.";
    note_delivery_being_counted(name) "Kiểm kê đang mở đã đếm {name}: bấm Đếm lại hàng này hoặc chốt kiểm kê, rồi mới rút phiếu nhập." / "The stocktake that goes on has counted {name}: begin to count it again, or close the stocktake, then take the delivery back.";
    take_back_question() "Nhập nhầm? Rút phiếu này…" / "Entered by mistake? Take it back…";
    take_back_about() "Chỉ rút được khi chưa bán, chuyển hay đếm lại món nào của phiếu. Mọi hàng của phiếu ra khỏi kệ, rồi nhập lại cho đúng." / "Only while nothing of it was sold, moved or counted. All its goods leave the shelf; then take them in again as they are.";
    take_back() "Rút phiếu nhập nhầm" / "Take the delivery back";
    whose_new_goods() "Chọn chủ thể của hàng mới, hoặc Hàng của cửa hàng." / "Choose whose the new goods are, or the store's own.";
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
