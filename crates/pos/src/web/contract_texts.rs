//! Every sentence about contracts with producers: making one, and where it is asked for.

web::texts! {
    /// What pages say of contracts.
    pub trait TillContractTexts;

    contract() "Hợp đồng" / "Contract";
    contract_of(producer) "Hợp đồng với {producer}" / "Contract with {producer}";
    see_contract() "Xem, lập hợp đồng" / "See or make a contract";
    no_contract() "Chưa có hợp đồng đang áp dụng: hàng ký gửi bán không có hoa hồng. Lập hợp đồng trước khi bán." / "No contract is in force: consigned goods are sold without commission. Make one before selling.";
    contract_about() "Mỗi lần bán theo bản có hiệu lực ngày hôm đó. Bản mới không đổi những lần bán trước." / "Each sale follows the version of its day. A new one changes nothing that was sold before.";
    all_versions() "Các bản" / "Versions";
    no_versions() "Chưa có bản nào." / "There is none yet.";
    version_from() "Từ ngày" / "From";
    version_goods() "Hàng" / "Goods";
    version_says() "Nội dung" / "What it says";
    all_goods() "Mọi sản phẩm" / "All products";
    version_in_force() "Đang áp dụng" / "In force";
    version_later() "Sắp áp dụng" / "Later";
    version_replaced() "Đã thay bằng bản cùng ngày" / "Replaced by one of the same day";
    version_ended() "Đã kết thúc" / "Ended";
    end_contract() "Kết thúc hợp đồng" / "End the contract";
    end_about() "Từ ngày đó hàng còn lại của chủ thể bán không có hoa hồng: trả lại hàng, hoặc lập bản mới. Sản phẩm có bản riêng thì kết thúc từng bản; bản riêng hết thì theo bản cho mọi sản phẩm." / "From that day on what is left of the producer's goods is sold without commission: give it back, or make a new version. Versions for single products are ended one by one; then the one for all products holds.";
    end_goods() "Bản cho hàng" / "The version for";
    end_from() "Kết thúc từ ngày" / "First day without it";
    end_from_hint() "Ngày đầu tiên không còn hợp đồng, không sớm hơn hôm nay" / "The first day without it, today or later";
    end_now() "Kết thúc và in để ký" / "End it, and print to sign";
    new_version() "Lập bản mới" / "A new version";
    first_day() "Áp dụng từ ngày" / "From which day on";
    first_day_hint() "Không sớm hơn hôm nay" / "Today or later";
    for_goods() "Cho hàng" / "For";
    goods_mode() "Nhận hàng thì là" / "Delivered goods are";
    mode_consigned() "Hàng ký gửi" / "Consigned";
    mode_bought() "Hàng mua đứt" / "Bought outright";
    commission_rate() "Hoa hồng, %" / "Commission, %";
    commission_hint() "Mua đứt thì để trống" / "Empty when bought outright";
    commission_of() "Hoa hồng tính trên" / "Commission is on";
    of_gross() "Giá niêm yết" / "The list price";
    of_net() "Tiền khách trả" / "What the buyer pays";
    discounts_by() "Ai chịu phần giảm giá" / "Who bears discounts";
    losses_by() "Ai chịu hàng hỏng, mất, nếm thử" / "Who bears losses and tastings";
    expiry_by() "Ai chịu hàng hết hạn" / "Who bears goods past their date";
    by_store() "Điểm bán" / "The store";
    by_producer() "Chủ thể" / "The producer";
    by_manager() "Quản lý nói từng lần" / "A manager says each time";
    shrinkage() "Hao hụt cho phép, %" / "Allowance for losses, %";
    shrinkage_hint() "Trong kỳ, hỏng và mất đến mức này của số đã bán là của chủ thể" / "Within a period, losses up to this part of what was sold are the producer's";
    return_days() "Khách trả lại trong, ngày" / "Buyers return within, days";
    return_days_hint() "Trống: thực phẩm, đồ uống, dược liệu trong ngày mua; hàng khác lúc nào cũng được" / "Empty: food, drink and medicine on the day of the sale; other goods whenever";
    silence_days() "Im lặng là đồng ý sau, ngày" / "Silence is consent after, days";
    silence_hint() "Trống: theo lệ chung của trung tâm" / "Empty: as is usual at central";
    agree() "Lập và in để ký" / "Agree, and print to sign";
    to_producer() "Về trang chủ thể" / "To the producer's page";
    bad_first_day() "Gõ ngày từ hôm nay trở đi, như 25/11/2026." / "Type a day from today on, like 25/11/2026.";
    bad_percent() "Gõ số phần trăm từ 0 đến 100, như 12 hoặc 12,5." / "Type a percentage from 0 to 100, like 12 or 12.5.";
    bad_days() "Gõ số ngày từ 0 đến 365." / "Type a number of days from 0 to 365.";
    bad_silence() "Gõ số ngày từ 1 đến 365." / "Type a number of days from 1 to 365.";
    bad_goods() "Chọn lại hàng." / "Choose the goods again.";
    by_contract() "Theo hợp đồng của từng chủ thể" / "By each producer's contract";
    bought_here() "mua đứt" / "bought outright";
    delivered_without_contract() "Chưa có hợp đồng cho hàng này: bán sẽ không có hoa hồng. Lập hợp đồng ở trang Trả chủ thể." / "There is no contract for these goods: they would be sold without commission. Make one on the page Pay producers.";
    without_contract() "chưa có hợp đồng" / "no contract";
    note_terms_agreed(voucher) "Đã lập hợp đồng, phiếu {voucher}. Hai bên ký vào phiếu." / "Agreed, paper {voucher}. Both sign it.";
    note_terms_replaced(voucher) "Đã lập hợp đồng, phiếu {voucher}, thay cho bản cùng ngày." / "Agreed, paper {voucher}, instead of the one of the same day.";
    note_terms_ended(voucher) "Đã kết thúc hợp đồng, phiếu {voucher}. Hai bên ký vào phiếu." / "Ended, paper {voucher}. Both sign it.";
    note_nothing_to_end() "Ngày đó không có hợp đồng nào cho hàng này. Chọn lại hàng hoặc ngày." / "No contract for these goods is in force on that day. Choose other goods or another day.";
    note_terms_too_early(day) "Hợp đồng chỉ áp dụng từ {day} trở đi. Những lần bán trước giữ nguyên." / "A contract begins on {day} or later. What was sold before stays as it is.";
    note_no_bearer(producer) "Hợp đồng với {producer} chưa ghi ai chịu. Chọn người chịu." / "The contract with {producer} does not say who bears it. Choose who does.";
    note_why_not_contract(producer) "Người chịu khác với hợp đồng với {producer}. Ghi lý do ở ô ghi chú." / "This is not what the contract with {producer} says. Write why into the remark.";
    note_return_over(name, day) "{name}: chỉ trả được đến {day}. Quản lý đồng ý thì đánh dấu “Vẫn nhận hàng quá hạn trả”." / "{name}: could come back until {day}. If a manager agrees, tick “Take goods back after their last day”.";
    note_why_late() "Ghi lý do nhận hàng quá hạn trả." / "Say why goods are taken back late.";
}

#[cfg(test)]
mod tests {
    use super::TillContractTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as TillContractTexts>::ALL), Vec::<String>::new());
    }
}
