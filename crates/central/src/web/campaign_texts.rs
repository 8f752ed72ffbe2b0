//! What central's pages say of campaigns.

web::texts! {
    /// What is said of campaigns.
    pub trait CampaignTexts;

    page_campaigns() "Chiến dịch" / "Campaigns";
    campaign_beside() "Trang liên quan" / "Pages beside this one";
    campaigns_about() "Mỗi hoạt động quảng bá ghi ở đây một lần: làm gì, cho sản phẩm nào, ở đâu, ngày nào, hết bao nhiêu. Máy tự so với sản phẩm ngoài chiến dịch để cho biết bán thêm được bao nhiêu, và chắc đến mức nào." / "Each promotional activity is recorded here once: what, for which products, where, when, at what cost. Its sales are held against goods outside it, to tell how much more was sold, and how sure that is.";
    campaigns_wrong() "Không có năm, hình thức hay tình trạng này. Chọn lại rồi bấm Xem." / "There is no such year, kind or state. Choose again, then press Show.";
    campaigns_none() "Không có chiến dịch nào." / "There is no campaign.";
    campaign_list() "Danh sách chiến dịch" / "All campaigns";
    campaign_count(n, money) "{n} chiến dịch · kinh phí {money}" / "Campaigns: {n} · cost {money}";
    campaign_year() "Năm" / "Year";
    campaign_kind() "Hình thức" / "Kind";
    campaign_state() "Tình trạng" / "State";
    campaign_any_year() "Mọi năm" / "Every year";
    campaign_any_kind() "Mọi hình thức" / "Every kind";
    campaign_any_state() "Tất cả" / "All";
    campaign_new() "Thêm chiến dịch" / "Add a campaign";
    campaign_xlsx() "Tải Excel" / "Excel";
    campaign_csv() "Tải CSV" / "CSV";
    campaign_column() "Chiến dịch" / "Campaign";
    campaign_column_days() "Thời gian" / "When";
    campaign_column_where() "Nơi thực hiện" / "Where";
    campaign_column_cost() "Kinh phí" / "Cost";
    campaign_first_day() "Từ ngày" / "First day";
    campaign_last_day() "Đến hết ngày" / "Last day";
    campaign_products() "Sản phẩm" / "Products";
    campaign_note() "Ghi chú" / "Note";
    campaign_name() "Tên chiến dịch" / "Name";
    campaign_recorded() "Người ghi" / "Recorded by";
    campaign_days(from, until) "{from} – {until}" / "{from} – {until}";
    campaign_ended_on(day) "kết thúc ngày {day}" / "ended on {day}";
    campaign_everywhere() "Mọi cửa hàng" / "All stores";
    campaign_and_products(name, more) "{name} và {more} sản phẩm khác" / "{name} and more products: {more}";
    campaign_and_stores(name, more) "{name} và {more} cửa hàng khác" / "{name} and more stores: {more}";
    campaign_and_more(more) "và {more} mục nữa" / "and more: {more}";

    campaign_kind_price() "Giảm giá" / "Lower prices";
    campaign_kind_fair() "Hội chợ, hội nghị kết nối" / "Fair, trade meeting";
    campaign_kind_tasting() "Mời dùng thử" / "Tasting";
    campaign_kind_media() "Báo, đài" / "Press, radio, television";
    campaign_kind_post() "Bài đăng trên mạng" / "Posts on the net";
    campaign_kind_banner() "Băng rôn, tờ rơi, kệ riêng" / "Banner, leaflet, own shelf";
    campaign_running() "Đang diễn ra" / "Running";
    campaign_coming() "Sắp tới" / "Coming";
    campaign_over() "Đã xong" / "Over";
    campaign_ended() "Kết thúc sớm" / "Ended early";
    campaign_called_off() "Đã hủy" / "Called off";

    campaign_sales() "Doanh số chiến dịch" / "Its sales";
    campaign_edit() "Sửa" / "Edit";
    campaign_end() "Kết thúc sớm" / "End it early";
    campaign_end_about() "Hôm nay là ngày cuối; chưa đến ngày đầu thì coi như hủy. Không mở lại được." / "Today becomes its last day; before its first day it is called off. It cannot be taken up again.";
    campaign_end_now() "Kết thúc hôm nay" / "End it today";
    campaign_saved(name) "Đã lưu chiến dịch {name}." / "The campaign {name} is saved.";
    campaign_ended_now(name) "Đã kết thúc chiến dịch {name}." / "The campaign {name} has ended.";
    campaign_counted() "Đã ghi số lượt hỏi." / "The enquiries are counted.";

    campaign_effect() "Chiến dịch mang lại gì" / "What it brought";
    campaign_measured(from, until) "Tính từ {from} đến hết {until}" / "From {from} to {until}";
    campaign_so_far() "Chưa xong, mới tính đến nay" / "So far: it still runs";
    campaign_not_begun() "Chưa có ngày nào trọn vẹn để tính." / "No day of it is over yet.";
    campaign_never_was() "Chiến dịch đã hủy trước ngày đầu, không có gì để tính." / "It was called off before its first day: there is nothing to measure.";
    campaign_more() "Bán được nhiều hơn" / "More was sold";
    campaign_less() "Bán được ít hơn" / "Less was sold";
    campaign_unclear() "Chưa đủ chắc để kết luận" / "Not sure enough to tell";
    campaign_seen_more(percent, low, high) "Sản phẩm trong chiến dịch bán nhiều hơn khoảng {percent} so với mức lẽ ra bán được; mức thật nằm giữa {low} và {high} (đúng 95 trên 100 lần)." / "The campaign's goods sold about {percent} more than they would have sold without it; the truth lies between {low} and {high} (95 times in 100).";
    campaign_seen_less(percent, low, high) "Sản phẩm trong chiến dịch bán ít hơn khoảng {percent} so với mức lẽ ra bán được; mức thật nằm giữa {low} và {high} (đúng 95 trên 100 lần)." / "The campaign's goods sold about {percent} less than they would have sold without it; the truth lies between {low} and {high} (95 times in 100).";
    campaign_not_seen(estimate, low, high) "Ước khoảng {estimate}, nhưng mức thật có thể từ {low} đến {high}, tức là có thể không thêm gì. Chênh lệch cỡ này có thể chỉ là ngẫu nhiên." / "About {estimate}, but the truth may be anything from {low} to {high}, so perhaps nothing at all. A difference of this size may be mere chance.";
    campaign_change() "Bán thêm, ước tính" / "Sold more, estimated";
    campaign_extra() "Bán thêm, tính ra tiền" / "Sold more, in money";
    campaign_between(low, high) "từ {low} đến {high}" / "from {low} to {high}";
    campaign_cost_each() "Kinh phí cho mỗi đồng bán thêm" / "Cost of each extra đồng";
    campaign_cost_perhaps(each) "có thể {each}, nhưng chưa chắc có bán thêm" / "perhaps {each}, if anything extra was sold";
    campaign_cost_lost() "không thấy đồng bán thêm nào" / "no extra đồng is seen";
    campaign_cost_nothing() "không có kinh phí" / "it cost nothing";
    campaign_cost_not_over() "tính khi chiến dịch xong, vì kinh phí là của cả đợt" / "told when it is over, since the cost is that of all its days";
    campaign_against_others(with, weeks) "So với sản phẩm ngoài chiến dịch ở cùng cửa hàng ({with} cửa hàng) và với {weeks} tuần trước đó." / "Held against other goods of the same stores (stores: {with}) and against the weeks before (weeks: {weeks}).";
    campaign_against_both(with, without, weeks) "So với sản phẩm ngoài chiến dịch ở cùng cửa hàng ({with} cửa hàng), với chính các sản phẩm này ở {without} cửa hàng không có chiến dịch, và với {weeks} tuần trước đó." / "Held against other goods of the same stores (stores: {with}), against the same goods in stores without the campaign (stores: {without}), and against the weeks before (weeks: {weeks}).";
    campaign_by_stores() "Độ chắc chắn tính từ chênh lệch giữa các cửa hàng." / "How sure it is comes from how stores differ from each other.";
    campaign_by_weeks() "Ít cửa hàng nên độ chắc chắn tính từ chênh lệch giữa các tuần trước." / "With few stores, how sure it is comes from how the weeks before differ from each other.";
    campaign_before_after() "Chỉ so trước và sau" / "Before and after, no more";
    campaign_before_after_sums(before, during, weeks) "Cùng số ngày: trước {before} (bình quân {weeks} tuần), trong chiến dịch {during}." / "In as many days: before {before} (mean of weeks: {weeks}), during the campaign {during}.";
    campaign_before_after_about() "Cửa hàng không bán sản phẩm nào khác để so, nên chưa loại được mùa vụ, ngày lễ. Không kết luận là do chiến dịch." / "The stores sold no other goods to compare with, so seasons and holidays are not taken out. It does not say that the campaign did it.";
    campaign_too_little() "Quá ít dữ liệu" / "Too little data";
    campaign_missing_before() "Trước chiến dịch các cửa hàng này chưa bán sản phẩm nào trong chiến dịch." / "Before it, these stores sold none of its goods.";
    campaign_missing_during() "Từ ngày đầu chưa bán được sản phẩm nào trong chiến dịch." / "None of its goods was sold since its first day.";
    campaign_missing_weeks(found, needed) "Mới có {found} tuần có bán hàng trước chiến dịch, cần ít nhất {needed} tuần." / "Weeks with sales before it: {found}; at least {needed} are needed.";
    campaign_missing_lines(found, needed) "Trước chiến dịch mới có {found} lượt bán các sản phẩm này, cần ít nhất {needed}." / "Lines of its goods sold before it: {found}; at least {needed} are needed.";
    campaign_missing_days(found, needed) "Với mức bán cũ, số ngày này chỉ chừng {found} lượt bán, cần ít nhất {needed}." / "At the usual pace its days would see {found} lines of its goods; at least {needed} are needed.";
    campaign_smallest(percent, money, days) "Với số liệu trước chiến dịch, trong {days} ngày chỉ thấy được thay đổi từ {percent} (chừng {money}) trở lên; nhỏ hơn thì khó phân biệt với ngẫu nhiên." / "By what was sold before it, its days (days: {days}) can show a change of {percent} (about {money}) or more; less can hardly be told from chance.";
    campaign_smallest_too_large() "Bán trước chiến dịch thất thường: chỉ thay đổi gấp ba trở lên mới thấy rõ. Thêm sản phẩm, cửa hàng hoặc ngày thì dễ thấy hơn." / "Sales before it were too uneven: only a threefold change or more would be seen. More products, stores or days make it easier.";
    campaign_smallest_unknown() "Chưa tính được thay đổi nhỏ nhất có thể thấy." / "The smallest change that could be seen is not known.";
    campaign_incomplete() "Chưa đủ cửa hàng gửi số liệu" / "Not all stores have reported";
    campaign_incomplete_about() "Kết quả còn có thể đổi khi các cửa hàng gửi nốt." / "The result may change when the others report.";
    campaign_overlapping() "Trùng ngày với chiến dịch khác" / "At the same time as another campaign";
    campaign_overlapping_about() "Cùng sản phẩm, nên kết quả là của tất cả." / "For the same goods, so the result is of all of them.";
    campaign_left_out(n) "Không tính {n} tuần trước đó, vì khi ấy có chiến dịch khác cho cùng sản phẩm." / "Weeks before it that are left out, since another campaign for the same goods ran in them: {n}.";
    file_campaign_effect() "ket-qua-chien-dich" / "campaign-outcome";
    campaign_sheet_sales() "Bán mỗi ngày" / "Sales a day";
    campaign_low() "Thấp nhất (95 %)" / "At least (95 %)";
    campaign_high() "Cao nhất (95 %)" / "At most (95 %)";
    campaign_measured_to() "Tính đến hết ngày" / "Measured to";
    campaign_reported() "Cửa hàng đã gửi số liệu" / "Stores that have reported";
    campaign_method() "Cách tính" / "Method";
    campaign_smallest_change() "Thay đổi nhỏ nhất thấy được" / "Smallest change that would be seen";
    campaign_smallest_extra() "Thay đổi nhỏ nhất, tính ra tiền" / "The same in money";
    campaign_left_out_weeks() "Số tuần trước không tính" / "Weeks before that are left out";
    campaign_effect_limits() "Không thấy được: khách bỏ món khác để mua món trong chiến dịch, hàng hết giữa chừng, và chiến dịch chọn đúng lúc đang bán kém." / "Not seen: buyers who leave another product for these, goods that ran out, and campaigns begun just when sales were poor.";

    campaign_sales_title() "Bán mỗi ngày, trước và trong chiến dịch" / "Sales a day, before and during it";
    campaign_sales_about() "Bình quân một ngày. Trước: nhiều nhất 16 tuần ngay trước ngày đầu." / "Mean of a day. Before: at most the 16 weeks before its first day.";
    campaign_goods_before() "Hàng chiến dịch, trước" / "Its goods, before";
    campaign_goods_during() "Hàng chiến dịch, khi chạy" / "Its goods, during";
    campaign_others_before() "Hàng khác, trước" / "Other goods, before";
    campaign_others_during() "Hàng khác, khi chạy" / "Other goods, during";

    campaign_introductions() "Bao nhiêu người biết đến" / "Who heard of the goods";
    campaign_introductions_about(days) "{days} ngày của chiến dịch so với {days} ngày ngay trước." / "Days of the campaign: {days}, beside as many days just before.";
    campaign_answered(n, m) "{n}/{m} ca có đếm khách." / "Shifts that counted visitors: {n} of {m}.";
    campaign_column_what() "Nội dung" / "What";
    campaign_before() "Trước" / "Before";
    campaign_during() "Trong chiến dịch" / "During";
    campaign_visitors() "Khách vào cửa hàng" / "Visitors of its stores";
    campaign_tastings() "Lượt dùng thử" / "Tastings";
    campaign_scans() "Lượt quét mã trên bao bì" / "Scans of its packs";
    campaign_enquiries() "Lượt hỏi mua, gọi điện, nhắn tin" / "Enquiries by phone, message, word of mouth";
    campaign_enquiries_later(n) "Sau ngày cuối còn {n} lượt hỏi." / "Enquiries after its last day: {n}.";
    campaign_enquiries_by_day() "Lượt hỏi từng ngày" / "Enquiries day by day";
    campaign_enquiries_of(day, count) "{day}: {count}" / "{day}: {count}";
    campaign_enquiry_day() "Ngày có người hỏi" / "Day of the enquiries";
    campaign_enquiry_count() "Số lượt hỏi" / "Enquiries";
    campaign_enquiry_hint() "cả ngày đó; ghi lại thì thay số cũ" / "of that whole day; a new number replaces the old one";
    campaign_enquiry_save() "Ghi lượt hỏi" / "Count them";
    campaign_enquiry_wrong() "Ngày phải từ ngày đầu chiến dịch đến hôm nay, số lượt hỏi từ 0 đến 100.000. Nhập lại." / "The day lies between its first day and today, the count between 0 and 100.000. Enter them again.";

    campaign_history() "Lịch sử thay đổi" / "Changes";
    campaign_column_when() "Lúc" / "When";
    campaign_column_who() "Người làm" / "By";
    campaign_column_act() "Việc" / "Act";
    campaign_did_add() "Ghi chiến dịch" / "Recorded";
    campaign_did_update() "Sửa" / "Edited";
    campaign_did_end() "Kết thúc sớm" / "Ended early";
    campaign_did_count() "Ghi lượt hỏi" / "Enquiries counted";
    campaign_did_other(code) "Việc khác: {code}" / "Another act: {code}";
    campaign_changed(field, words) "{field}: {words}" / "{field}: {words}";
}

#[cfg(test)]
mod tests {
    use super::CampaignTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as CampaignTexts>::ALL), Vec::<String>::new());
    }
}
