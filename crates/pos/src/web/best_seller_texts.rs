//! What the counter says of best sellers.

web::texts! {
    /// What is said of best sellers.
    pub trait BestSellerTexts;

    best_sellers() "Hàng hay bán" / "Best sellers";
    groups_label() "Nhóm hàng" / "Groups";
    all_groups() "Tất cả" / "All";
    no_group() "Khác" / "Other";
    sold_lately(days) "Bán nhiều trong {days} ngày qua" / "Sold most in the last {days} days";
    sold_nothing() "Chưa bán được gì, nên xếp theo tên." / "Nothing was sold yet, so these are by name.";
    sells_nothing() "Chưa có mặt hàng nào. Chờ trung tâm gửi danh mục, hoặc thêm hàng mới." / "There are no products. Wait for central's catalogue, or add one.";
}

#[cfg(test)]
mod tests {
    use super::BestSellerTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as BestSellerTexts>::ALL), Vec::<String>::new());
    }
}
