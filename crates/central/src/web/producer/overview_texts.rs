//! What a producer's first page says of today, of this month and of recognitions.

web::texts! {
    /// What stands on a producer's first page.
    pub trait OverviewTexts;

    sold_of_today() "Bán hôm nay" / "Sold today";
    sold_of_month(month) "Bán tháng {month}" / "Sold in {month}";
    due_of_sales(amount) "sẽ được trả {amount}" / "owed of it {amount}";
    owed_each_store() "Từng cửa hàng" / "Store by store";
    lapsing_title() "Công nhận sắp hết hạn" / "Recognitions that lapse";
    lapsing_about() "Chuẩn bị hồ sơ đánh giá lại trước ngày hết hạn; hỏi phòng kinh tế xã, phường hoặc Sở Công Thương." / "Prepare the new assessment before the last day; ask the commune's economic office or the department.";
    lapses_on(category, day) "{category} · hết hạn {day}" / "{category} · until {day}";
    lapses_in(days) "còn {days} ngày" / "days left: {days}";
    lapses_today() "hết hạn hôm nay" / "last day today";
}

#[cfg(test)]
mod tests {
    use super::OverviewTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as OverviewTexts>::ALL), Vec::<String>::new());
    }
}
