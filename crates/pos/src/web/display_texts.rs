//! Every sentence of the customer's screen.

web::texts! {
    /// What the customer's screen says.
    pub trait DisplayTexts;

    display_page() "Màn hình khách" / "Customer display";
    display_lost() "Đang nối lại với quầy…" / "Connecting to the counter again…";
    welcome() "Kính chào quý khách" / "Welcome";
    thank_you() "Cảm ơn quý khách" / "Thank you";
    covered() "Đã trừ: đặt cọc, hàng trả lại" / "Taken off: deposit, goods back";
    goes_back() "Trả lại quý khách" / "Back to you";
    receipt_qr() "Mã của phiếu" / "The receipt's code";
    receipt_qr_about() "Chụp mã này thay cho phiếu giấy, khi đổi trả thì đưa ra." / "Photograph this in place of the paper, to bring goods back.";
    display_pictures() "Ảnh màn hình khách" / "Pictures of the customer display";
    display_pictures_about(most) "Màn hình khách hiện lần lượt các ảnh này khi không có khách, mỗi ảnh 8 giây. Nhiều nhất {most} ảnh PNG hoặc JPEG, mỗi ảnh tối đa 1 MB và 3840 × 2160 điểm." / "The customer display shows these in turn while nobody is served, 8 seconds each. At most {most}, PNG or JPEG, up to 1 MB and 3840 × 2160 dots each.";
    no_display_pictures() "Chưa có ảnh nào. Màn hình khách hiện tên cửa hàng." / "No pictures yet. The customer display shows the store's name.";
    display_picture(number) "Ảnh {number}" / "Picture {number}";
    display_picture_size(width, height, kilobytes) "{width} × {height} điểm, {kilobytes} kB" / "{width} × {height} dots, {kilobytes} kB";
    display_picture_file() "Tệp ảnh" / "Picture file";
    display_picture_add() "Thêm ảnh" / "Add";
    display_picture_remove() "Gỡ ảnh" / "Remove";
    picture_too_large() "Ảnh lớn hơn 1 MB. Thu nhỏ ảnh còn khoảng 1920 × 1080 điểm rồi chọn lại." / "The picture is larger than 1 MB. Make it about 1920 × 1080 dots and choose it again.";
    picture_is_none() "Đây không phải ảnh PNG hoặc JPEG, hoặc tệp bị thiếu. Chọn tệp khác." / "This is no PNG or JPEG picture, or not all of one. Choose another file.";
    picture_has_too_many_dots(width, height) "Ảnh có {width} × {height} điểm, lớn quá. Thu nhỏ còn khoảng 1920 × 1080 điểm rồi chọn lại." / "The picture has {width} × {height} dots, which is too many. Make it about 1920 × 1080 and choose it again.";
    pictures_are_enough(most) "Đã có đủ {most} ảnh. Gỡ bớt một ảnh rồi thêm." / "There are {most} pictures already. Remove one, then add this.";

    paid() "Đã thanh toán" / "Paid";
    transferred_part() "Phần chuyển khoản" / "By transfer";
    scan_to_pay() "Quét mã để trả tiền" / "Scan to pay";
    more_rows(n) "và {n} dòng nữa" / "and {n} more";
}

#[cfg(test)]
mod tests {
    use super::DisplayTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as DisplayTexts>::ALL), Vec::<String>::new());
    }
}
