//! What an operator reads of contracts with producers, and types to make one.

web::texts! {
    /// What is said of contracts.
    pub trait ShopTermTexts;

    page_shop_terms() "Hợp đồng với chủ thể" / "Contracts with producers";
    shop_terms_about() "Mỗi lần bán theo bản có hiệu lực ngày hôm đó. Bản mới thay bản cũ từ ngày của nó và không đổi những lần bán trước; mọi điểm bán nhận bản mới ngay khi có mạng." / "Each sale follows the version of its day. A new version replaces the old one from its day on and changes nothing that was sold before; all stores hear of it as soon as they are online.";
    shop_terms_none() "Chưa có hợp đồng nào. Hàng ký gửi đang bán không tính hoa hồng." / "There is no contract yet. Consigned goods are sold without commission.";
    shop_terms_cut(n) "Chỉ hiện {n} bản mới nhất của các chủ thể đầu tiên." / "Only {n} versions are shown.";
    file_shop_terms() "hop-dong-chu-the" / "contracts";
    terms_for() "Áp dụng cho" / "For";
    terms_standing() "Tình trạng" / "State";
    terms_past() "Bản trước" / "Of before";
    terms_made_at() "Lập tại" / "Agreed at";
    terms_clauses() "Nội dung" / "What it says";
    shop_terms_made() "Đã lập hợp đồng. In ra để hai bên ký." / "The contract is made. Print it for both to sign.";
    shop_terms_ended() "Đã kết thúc hợp đồng. In ra để hai bên ký." / "The contract is ended. Print it for both to sign.";
    terms_end() "Kết thúc hợp đồng" / "End a contract";
    terms_end_about() "Từ ngày đó hàng còn lại của chủ thể bán không tính hoa hồng: trả lại hàng, hoặc lập bản mới. Sản phẩm có bản riêng thì kết thúc từng bản; bản riêng hết thì theo bản cho mọi sản phẩm." / "From that day on what is left of the producer's goods is sold without commission: give it back, or make a new version. Versions for single products are ended one by one; then the one for all products holds.";
    terms_end_goods_hint() "Để trống: bản cho mọi sản phẩm" / "Empty: the version for all products";
    terms_end_from() "Kết thúc từ ngày" / "First day without it";
    terms_end_from_hint() "Ngày đầu tiên không còn hợp đồng" / "The first day without it";
    terms_nothing_to_end() "Ngày đó không có hợp đồng nào cho hàng này." / "No contract for these goods is in force on that day.";
    terms_end_now() "Kết thúc" / "End it";
    terms_new() "Lập bản mới" / "A new version";
    terms_who() "Chủ thể" / "Producer";
    terms_who_hint() "Gõ tên rồi chọn trong danh sách" / "Type the name and choose it from the list";
    terms_who_wrong() "Không có chủ thể tên này, hoặc có nhiều. Ghi đúng tên trong danh mục." / "There is no producer of this name, or several. Write it as in the catalogue.";
    terms_goods() "Mã sản phẩm" / "Product code";
    terms_goods_hint() "Để trống: mọi sản phẩm của chủ thể" / "Empty: all of the producer's products";
    terms_goods_wrong() "Chủ thể này không có sản phẩm mã này." / "This producer has no product of this code.";
    terms_first_day() "Áp dụng từ ngày" / "From which day on";
    terms_first_day_wrong() "Từ hôm nay trở đi." / "From today on.";
    terms_mode() "Nhận hàng thì là" / "Delivered goods are";
    terms_mode_consigned() "Hàng ký gửi" / "Consigned";
    terms_mode_bought() "Hàng mua đứt" / "Bought outright";
    terms_rate() "Hoa hồng, %" / "Commission, %";
    terms_rate_hint() "Mua đứt thì để trống; không lấy hoa hồng thì ghi 0" / "Empty when bought outright; 0 for no commission";
    terms_rate_wrong() "Ghi phần trăm từ 0 đến 100, như 12 hoặc 12,5." / "A percentage from 0 to 100, like 12 or 12.5.";
    terms_basis() "Hoa hồng tính trên" / "Commission is on";
    terms_basis_gross() "Giá niêm yết" / "The list price";
    terms_basis_net() "Tiền khách trả" / "What the buyer pays";
    terms_discounts() "Ai chịu phần giảm giá" / "Who bears discounts";
    terms_losses() "Ai chịu hàng hỏng, mất, nếm thử" / "Who bears losses and tastings";
    terms_expiry() "Ai chịu hàng hết hạn" / "Who bears goods past their date";
    terms_by_store() "Cửa hàng" / "The store";
    terms_by_producer() "Chủ thể" / "The producer";
    terms_by_manager() "Quản lý nói từng lần" / "A manager says each time";
    terms_shrinkage() "Hao hụt cho phép, %" / "Allowance for losses, %";
    terms_shrinkage_hint() "Trong kỳ, hỏng và mất đến mức này của số đã bán do chủ thể chịu" / "Within a period, losses up to this part of what was sold are the producer's";
    terms_return_days() "Khách trả lại trong, ngày" / "Buyers return within, days";
    terms_return_days_hint() "Để trống: thực phẩm, đồ uống trong ngày mua; hàng khác lúc nào cũng được" / "Empty: food and drink on the day of the sale; other goods whenever";
    terms_silence_days() "Im lặng là đồng ý sau, ngày" / "Silence is consent after, days";
    terms_silence_hint() "Để trống: theo lệ chung" / "Empty: as is usual";
    terms_days_wrong() "Ghi số ngày từ 0 đến 365; im lặng từ 1 ngày." / "A number of days from 0 to 365; for silence from 1 on.";
    terms_agree() "Lập hợp đồng" / "Make the contract";
}

#[cfg(test)]
mod tests {
    use super::ShopTermTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as ShopTermTexts>::ALL), Vec::<String>::new());
    }
}
