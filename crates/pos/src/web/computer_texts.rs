//! Every sentence about the computer that the till runs on.

web::texts! {
    /// What the page of this computer says.
    pub trait ComputerTexts;

    computer() "Máy tính này" / "This computer";
    compared() "Đối chiếu với trung tâm" / "Comparison with central";
    compared_same(entries, at) "{entries} bút toán, khớp lúc {at}" / "{entries} entries, the same at {at}";
    compared_long_ago(entries, at) "{entries} bút toán, khớp lúc {at}. Từ đó chưa đối chiếu lại được: xem đường mạng." / "{entries} entries, the same at {at}. Not compared since: look at the network.";
    compared_fewer(journal, entries, own, at) "Sổ {journal} lúc {at}: trung tâm có {entries} bút toán, máy này chỉ có {own}. Vẫn bán được; báo quản lý." / "Journal {journal} at {at}: central has {entries} entries, this computer only {own}. Selling goes on; tell the manager.";
    compared_other(journal, entries, at) "Sổ {journal} lúc {at}: bút toán {entries} ở trung tâm khác với máy này. Vẫn bán được; báo quản lý." / "Journal {journal} at {at}: entry {entries} at central is another one than here. Selling goes on; tell the manager.";
    compared_never() "Chưa đối chiếu lần nào. Máy tự đối chiếu khi nối được trung tâm." / "Never compared yet. It is done by itself as soon as central is reached.";
    compared_waiting() "Bút toán chưa có ở trung tâm" / "Entries that central does not have yet";
    compared_about() "Mỗi lần bán, trả hàng, thu chi là một bút toán. Máy tự so số bút toán và nội dung với trung tâm mỗi giờ khi có mạng." / "Each sale, refund and move of cash is an entry. While there is a network, their count and content are compared every hour.";
    computer_version() "Phiên bản phần mềm" / "Version of the program";
    computer_disk() "Ổ đĩa" / "Disk";
    computer_disk_free() "Chỗ trống nơi giữ sổ bán hàng" / "Room where the sales are kept";
    computer_mb(mb) "{mb} MB" / "{mb} MB";
    computer_disk_unknown() "Chưa đo được" / "Not known";
    computer_disk_good() "Còn đủ chỗ." / "There is room enough.";
    computer_disk_low() "Sắp hết chỗ: xóa bớt tệp không cần trên máy này. Vẫn bán bình thường." / "There is little room left: delete files on this computer that nobody needs. Selling goes on.";
    computer_disk_full() "Gần đầy: máy không ghi bản sao lưu nữa, chỗ còn lại để dành cho sổ bán hàng. Vẫn bán được cho tới khi không ghi được đơn nào nữa. Xóa bớt tệp ngay." / "Nearly full: no backups are written any more, what is left is kept for sales. Selling goes on until a sale cannot be written. Delete files now.";
}

#[cfg(test)]
mod tests {
    use super::ComputerTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as ComputerTexts>::ALL), Vec::<String>::new());
    }
}
