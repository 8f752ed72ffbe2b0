//! Every sentence about goods that go to other stores, come from them, or are packed anew.

web::texts! {
    /// What pages say of transfers and of packing anew.
    pub trait TransferTexts;

    transfers() "Chuyển kho" / "Between stores";
    transfers_about() "Hàng đi giữa các điểm bán của cùng một đơn vị. Điểm kia đếm lại khi nhận; nếu mạng chưa thông, cứ bán trước rồi nhận sau." / "Goods between the stores of one operator. The other store counts them when they come; while there is no network, sell first and take them in later.";
    arriving() "Hàng đang về đây" / "On the way here";
    arriving_none() "Không có hàng đang về." / "Nothing is on the way here.";
    sent() "Đã gửi đi" / "Sent";
    sent_none() "Chưa gửi hàng lần nào." / "Nothing has been sent yet.";
    send_goods() "Gửi hàng sang điểm khác" / "Send goods to another store";
    no_sisters() "Chưa biết điểm bán nào khác của đơn vị: nối mạng để Sở báo, hoặc đơn vị chỉ có một điểm." / "No other store of the operator is known here: connect, so that the department can tell; or there is none.";
    transfer_number() "Phiếu" / "Paper";
    transfer_from() "Từ" / "From";
    transfer_to() "Đến" / "To";
    transfer_when() "Gửi lúc" / "Sent at";
    transfer_lots() "Số lô" / "Lots";
    take_in() "Nhận hàng" / "Take in";
    take_back() "Hàng quay về" / "Came back";
    under_way() "Đang đi" / "Under way";
    taken() "Đã nhận đủ" / "Taken in, complete";
    taken_differs() "Đã nhận, có chênh lệch" / "Taken in, with a difference";
    came_back_whole() "Đã quay về" / "Came back";
    to_which_store() "Đến điểm bán" / "To the store";
    sends() "Gửi đi" / "Send";
    send_of(name) "Số lượng gửi đi: {name}" / "Quantity to send: {name}";
    send_about() "Gõ số lượng ở lô cần gửi. Phiếu in ra đi cùng hàng." / "Type how much of each lot to send. The printed paper goes with the goods.";
    find_lots() "Tìm hàng" / "Find goods";
    find() "Tìm" / "Find";
    send_more(most) "Chỉ hiện {most} lô đầu. Gõ tên hàng để tìm lô khác; số lượng đã gõ vẫn giữ." / "Only the first {most} lots are shown. Type a name to find others; what was typed stays.";
    send_these() "Chuyển sang điểm khác" / "Send to another store";
    was_sent() "Đã gửi" / "Sent";
    has_come() "Thực nhận" / "Has come";
    come_of(name) "Thực nhận: {name}" / "Has come: {name}";
    take_in_title(number) "Nhận hàng theo phiếu {number}" / "Take in paper {number}";
    take_in_about(store) "Hàng gửi từ {store}. Đếm từng lô rồi sửa số thực nhận nếu khác; có chênh lệch thì cần mã PIN của quản lý." / "Sent by {store}. Count each lot and correct what has come; a difference needs a manager's PIN.";
    take_back_about(store) "Hàng đã gửi sang {store} mà quay về. Chỉ nhận khi bên kia chưa nhận." / "Goods that were sent to {store} and came back. Only if that store has not taken them in.";
    missing_borne() "Ai chịu phần thiếu của hàng ký gửi" / "Who bears what is missing of consigned goods";
    note_sent(voucher, store) "Đã gửi sang {store}, phiếu {voucher} đi cùng hàng." / "Sent to {store}; paper {voucher} goes with the goods.";
    note_taken_in(lots, voucher) "Đã nhận {lots} lô, phiếu {voucher}." / "Lots taken in: {lots}, paper {voucher}.";
    note_repacked(voucher) "Đã đóng gói lại, phiếu {voucher}. In tem cho gói mới." / "Packed anew, paper {voucher}. Print labels for the new packs.";
    note_merged(name) "Hàng trên quầy giờ là {name}. In tem mới nếu bao bì còn tem cũ." / "The goods on the shelf are {name} now. Print new labels if old ones are on the packs.";
    merged_goods() "Hàng được nhập chung" / "Goods that are another product";
    merged_about() "Sở cho biết mặt hàng thêm tại quầy chính là mặt hàng của danh mục. Chuyển số còn lại sang mặt hàng đó để kiểm kê và bán tiếp." / "The department says that goods added at the counter are a product of the catalogue. Move what is left to it, so that it is counted and sold there.";
    merged_is() "Chính là" / "It is";
    merge_goods() "Chuyển sang" / "Move";
    merge_goods_to(name) "Chuyển sang {name}" / "Move to {name}";
    note_no_such_store() "Chọn điểm bán sẽ nhận hàng." / "Choose the store that will receive the goods.";
    note_no_such_transfer() "Phiếu này không chờ nhận ở đây: đã có nơi nhận, hoặc chưa đồng bộ." / "This paper does not wait here: somebody took it in, or it has not been synced yet.";
    note_unknown_goods() "Danh mục ở đây chưa có hàng trong phiếu: chờ đồng bộ rồi nhận. Hàng vẫn bán được." / "The catalogue here lacks goods of this paper: wait for the sync. They can be sold meanwhile.";
    note_outside_programme(name) "{name} không thuộc danh mục của Sở nên điểm kia không nhận tin được. Bỏ dòng này ra." / "{name} is outside the department's catalogue, so the other store would never hear of it. Leave it out.";
    repack() "Đóng gói lại" / "Pack anew";
    repack_title(name) "Đóng gói lại: {name}" / "Pack anew: {name}";
    repack_about() "Khối lượng mở ra = khối lượng đóng được + hao hụt. Hạn dùng và chủ hàng giữ nguyên theo lô mở ra." / "What is opened = what is packed + what is lost. Use-by date and owner stay those of the opened lot.";
    opened() "Mở ra" / "Opened";
    opened_quantity(unit, left) "Số lượng mở ra ({unit}, còn {left})" / "Quantity opened ({unit}, {left} left)";
    opened_weight() "Nặng tất cả (kg)" / "Weighs in all (kg)";
    packed_into() "Đóng thành" / "Packed into";
    pack_product() "Mặt hàng" / "Product";
    pack_count() "Số gói" / "Packs";
    pack_each() "Mỗi gói (kg hoặc g)" / "Each (kg or g)";
    pack_each_hint() "Ví dụ 0,5 hoặc 500g. Hàng bán cân: để trống, số gói là số kg." / "0.5 or 500g. Sold by weight: leave empty, packs are kilograms.";
    pack_code() "Mã lô trên gói" / "Lot code on the packs";
    pack_none() "– không –" / "– none –";
    lost_weight() "Hao hụt (kg hoặc g)" / "Lost (kg or g)";
    lost_weight_hint() "Có hao hụt thì cần mã PIN của quản lý." / "A loss needs a manager's PIN.";
    packed_from() "Đóng từ lô" / "Packed out of";
    note_weights_differ(used, made) "Mở ra {used} kg nhưng đóng gói và hao hụt cộng lại {made} kg. Sửa số gói hoặc hao hụt." / "{used} kg were opened, but packs and loss make {made} kg. Correct the packs or the loss.";
    note_repack_expired(name) "{name} đã hết hạn: không đóng gói lại, đưa ra khỏi kệ." / "{name} is past its date: do not pack it anew, take it off the shelf.";
    note_pack_of_another(name) "{name} là hàng của chủ thể khác. Chọn mặt hàng của đúng chủ thể." / "{name} belongs to another producer. Choose one of the same producer.";
    note_programme_mixed(name) "{name} và hàng mở ra không cùng ở trong danh mục của Sở. Thêm mặt hàng đó vào danh mục trước." / "{name} and the opened goods are not both in the department's catalogue. Have it added first.";
}

#[cfg(test)]
mod tests {
    use super::TransferTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as TransferTexts>::ALL), Vec::<String>::new());
    }
}
