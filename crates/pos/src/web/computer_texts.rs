//! Every sentence about the computer that the till runs on.

web::texts! {
    /// What the page of this computer says.
    pub trait ComputerTexts;

    computer() "Máy tính này" / "This computer";
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
