//! Every sentence about labels.

web::texts! {
    /// What the page of labels says.
    pub trait LabelTexts;

    labels() "In tem" / "Labels";
    label_find() "Quét mã hoặc gõ tên hàng cần in tem…" / "Scan or type what needs a label…";
    label_first() "Quét mã hoặc gõ tên một mặt hàng để xem trước tem." / "Scan a code or type a name to see its labels.";
    label_no_printer() "Chưa cài máy in tem: chỉ xem được hình. Quản lý cài ở trang Máy in." / "No label printer is set up: labels can only be looked at. A manager sets one up on the page Printers.";
    label_shelf() "Tem kệ" / "Shelf label";
    label_pack() "Tem gói" / "Pack label";
    label_pack_of(lot) "Tem gói, lô {lot}" / "Pack label, lot {lot}";
    label_expires(date) "Hạn sử dụng {date}" / "Last day of sale {date}";
    label_made_on() "Ngày sản xuất (NSX)" / "Made on (NSX)";
    label_made_on_hint() "Theo giấy của chủ thể, ví dụ 15/09/2026; để trống thì không in" / "From the producer's paper, such as 15/09/2026; empty is not printed";
    label_bad_made_on() "Ngày sản xuất chưa đúng. Gõ như 15/09/2026: không sau hôm nay, và trước hạn sử dụng." / "The day of making is not right. Type it like 15/09/2026: not after today, and before the last day of sale.";
    label_no_lots() "Kệ chưa có lô nào của mặt hàng này, nên chưa in tem gói được. Nhận hàng trước." / "The shelf has no lot of this product, so there are no pack labels. Receive goods first.";
    label_picture(what) "Hình {what}" / "Picture: {what}";
    label_count() "Số tem" / "Labels";
    label_count_hint(most) "Từ 1 đến {most}" / "1 to {most}";
    label_print() "In tem" / "Print";
    labels_queued(count, name) "Đang in {count} tem: {name}" / "Printing {count} labels: {name}";
    label_bad_count(most) "Gõ số tem từ 1 đến {most}." / "Type a number of labels from 1 to {most}.";
    label_gone() "Lô này không còn trên kệ. Chọn lô khác." / "The shelf no longer has this lot. Choose another.";
}

#[cfg(test)]
mod tests {
    use super::LabelTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as LabelTexts>::ALL), Vec::<String>::new());
    }
}
