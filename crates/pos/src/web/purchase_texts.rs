//! Every sentence about goods that were bought outright.

web::texts! {
    /// What pages say of them.
    pub trait PurchaseTexts;

    purchases() "Bảng kê thu mua" / "Purchases without invoice";
    purchases_about() "Hàng mua đứt của người bán không có hóa đơn, theo mẫu 01/TNDN. Chỉ lưu ở cửa hàng này. Chỗ trống điền bằng tay." / "Goods bought outright from sellers without invoices, in form 01/TNDN. Kept in this store alone. Empty places are for the pen.";
    purchases_title() "BẢNG KÊ THU MUA HÀNG HÓA, DỊCH VỤ MUA VÀO KHÔNG CÓ HÓA ĐƠN" / "LIST OF GOODS AND SERVICES BOUGHT WITHOUT INVOICE";
    purchases_form() "Mẫu số 01/TNDN" / "Form 01/TNDN";
    purchases_month(month) "Tháng {month}" / "Month {month}";
    purchases_none() "Tháng này chưa mua đứt hàng nào có ghi giá mua." / "No goods with a cost were bought outright in this month.";
    purchases_print() "In bảng kê" / "Print the list";
    purchases_before() "← Tháng trước" / "← Month before";
    purchases_after() "Tháng sau →" / "Month after →";
    purchases_operator() "Tên cơ sở kinh doanh" / "Operator";
    purchases_tax_number() "Mã số thuế" / "Tax number";
    purchases_address() "Địa chỉ nơi tổ chức thu mua" / "Where it is bought";
    purchases_by() "Người phụ trách thu mua" / "Bought by";
    purchase_day() "Ngày mua" / "Day";
    purchase_seller() "Người bán" / "Seller";
    purchase_seller_address() "Địa chỉ" / "Address";
    purchase_id_number() "Số CCCD" / "Identity number";
    purchase_goods() "Hàng hóa" / "Goods";
    purchase_quantity() "Số lượng" / "Quantity";
    purchase_cost() "Đơn giá" / "Price";
    purchase_amount() "Thành tiền" / "Amount";
    purchase_paper() "Phiếu nhận" / "Paper";
    purchase_sum() "Tổng giá trị hàng hóa mua vào" / "Bought in all";
    purchase_in_words(words) "Bằng chữ: {words}" / "In words: {words}";
    purchases_signed_by() "Người lập bảng kê (ký, ghi rõ họ tên)" / "Made by (signature, name)";
    purchases_head() "Người đại diện (ký tên, đóng dấu)" / "Representative (signature, seal)";
    cost_field() "Giá mua một đơn vị" / "Cost of a unit";
    cost_hint() "Chỉ hàng mua đứt. Để trống nếu ký gửi." / "Bought outright only. Empty for consigned goods.";
    cost_needed() "Hàng mua đứt: ghi giá mua một đơn vị, ví dụ 120.000." / "Bought outright: type the cost of a unit, such as 120.000.";
    bad_cost() "Nhập giá mua bằng đồng, ví dụ 120.000." / "Enter the cost in đồng, such as 120.000.";
}

#[cfg(test)]
mod tests {
    use super::PurchaseTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PurchaseTexts>::ALL), Vec::<String>::new());
    }
}
