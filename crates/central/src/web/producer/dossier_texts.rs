//! What the paper says that a producer lays into a product's dossier.

web::texts! {
    /// What is said on it; each sentence of the paper stands there in both languages.
    pub trait DossierTexts;

    page_dossier() "Xác nhận tiêu thụ" / "Confirmation of sales";
    dossier_title() "Xác nhận tình hình tiêu thụ sản phẩm" / "Confirmation of a product's sales";
    dossier_link() "Giấy xác nhận tiêu thụ cho hồ sơ OCOP" / "Confirmation of sales for the OCOP dossier";
    dossier_about() "Chọn sản phẩm và kỳ, rồi in để điểm bán ký xác nhận." / "Choose a product and a period, then print it for the point of sale to sign.";
    dossier_nothing() "Chưa có hàng của chủ thể ở điểm bán nào, nên chưa có gì để xác nhận." / "No point of sale has had your goods yet, so there is nothing to confirm.";
    dossier_producer() "Chủ thể" / "Producer";
    dossier_product() "Sản phẩm" / "Product";
    dossier_period() "Kỳ" / "Period";
    dossier_store() "Điểm bán" / "Point of sale";
    dossier_quantity() "Số lượng" / "Quantity";
    dossier_revenue() "Doanh thu" / "Revenue";
    dossier_signature() "Ký tên" / "Signature";
    dossier_sum() "Tổng cộng" / "Total";
    dossier_until(time) "số liệu đến {time}" / "figures up to {time}";
    dossier_never() "chưa gửi số liệu" / "has sent nothing";
    dossier_behind() "chưa đủ đến hết kỳ" / "not yet to the end of the period";
    dossier_source() "Số lượng đã bán trừ hàng khách trả lại; doanh thu là tiền khách trả, gồm thuế GTGT. Số liệu theo sổ bán hàng của từng điểm bán." / "What was sold less what came back; revenue is what buyers paid, VAT included. Figures are those of each point's sales journal.";
    dossier_made(day) "Lập ngày {day}" / "Made on {day}";
    dossier_by_point() "Xác nhận của điểm bán" / "Confirmed by the point of sale";
    dossier_by_producer() "Chủ thể" / "Producer";
    dossier_how_signed() "(ký, ghi rõ họ tên, đóng dấu)" / "(signature, full name, stamp)";
}

#[cfg(test)]
mod tests {
    use super::DossierTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as DossierTexts>::ALL), Vec::<String>::new());
    }
}
