//! Acts of the audit log in words.

use web::Lang;

use crate::web::audit_texts::AuditTexts;

/// What a row's action begins with, as the filter offers it.
pub const AREAS: [&str; 26] = [
    "login",
    "user",
    "product",
    "combo",
    "tax_rate",
    "dossier",
    "nomination",
    "producer",
    "place",
    "promotion",
    "campaign",
    "point",
    "import",
    "report",
    "store",
    "cashier",
    "stream",
    "operator",
    "terms",
    "delivery",
    "settlement",
    "bank_notice",
    "exception",
    "access",
    "export",
    "central",
];

/// Returns the name of an area.
pub fn area_words(lang: Lang, area: &str) -> &'static str {
    match area {
        "login" => lang.area_login(),
        "user" => lang.area_user(),
        "product" => lang.area_product(),
        "dossier" => lang.area_dossier(),
        "nomination" => lang.area_nomination(),
        "producer" => lang.area_producer(),
        "place" => lang.area_place(),
        "promotion" => lang.area_promotion(),
        "campaign" => lang.area_campaign(),
        "point" => lang.area_point(),
        "import" => lang.area_import(),
        "report" => lang.area_report(),
        "store" => lang.area_store(),
        "stream" => lang.area_stream(),
        "operator" => lang.area_operator(),
        "settlement" => lang.area_settlement(),
        "exception" => lang.area_exception(),
        "access" => lang.area_access(),
        "export" => lang.area_export(),
        "terms" => lang.area_terms(),
        "tax_rate" => lang.area_tax_rate(),
        "combo" => lang.area_combo(),
        "cashier" => lang.area_cashier(),
        "delivery" => lang.area_delivery(),
        "bank_notice" => lang.area_bank_notice(),
        "central" => lang.area_central(),
        _ => lang.audit_every_area(),
    }
}

/// Returns an act in words; its code when nobody has worded it.
pub fn action_words(lang: Lang, action: &str) -> &str {
    match action {
        "login.begin" => lang.did_login_begin(),
        "login.end" => lang.did_login_end(),
        "login.end_elsewhere" => lang.did_login_end_elsewhere(),
        "login.wrong" => lang.did_login_wrong(),
        "login.wrong_code" => lang.did_login_wrong_code(),
        "access.refused" => lang.did_access_refused(),
        "export" => lang.did_export(),
        "user.add" => lang.did_user_add(),
        "user.update" => lang.did_user_update(),
        "user.disable" => lang.did_user_disable(),
        "user.enable" => lang.did_user_enable(),
        "user.end_logins" => lang.did_user_end_logins(),
        "user.end_code" => lang.did_user_end_code(),
        "user.code_on" => lang.did_user_code_on(),
        "user.code_off" => lang.did_user_code_off(),
        "user.api_key" => lang.did_user_api_key(),
        "user.api_key_end" => lang.did_user_api_key_end(),
        "user.password" => lang.did_user_password(),
        "user.welcome_link" => lang.did_user_welcome_link(),
        "cashier.add" => lang.did_cashier_add(),
        "operator.add" => lang.did_operator_add(),
        "operator.invoices" => lang.did_operator_invoices(),
        "operator.commission_tax" => lang.did_operator_commission_tax(),
        "operator.bank_key" => lang.did_operator_bank_key(),
        "operator.bank_key_end" => lang.did_operator_bank_key_end(),
        "operator.payout_account" => lang.did_operator_payout_account(),
        "operator.payout_account_end" => lang.did_operator_payout_account_end(),
        "store.add" => lang.did_store_add(),
        "store.code" => lang.did_store_code(),
        "store.numbers" => lang.did_store_numbers(),
        "stream.enrol" => lang.did_stream_enrol(),
        "stream.approve" => lang.did_stream_approve(),
        "stream.adopt" => lang.did_stream_adopt(),
        "stream.revoke" => lang.did_stream_revoke(),
        "stream.fork" => lang.did_stream_fork(),
        "product.add" => lang.did_product_add(),
        "product.update" => lang.did_product_update(),
        "product.price" => lang.did_product_price(),
        "product.group" => lang.did_product_group(),
        "product.retire" => lang.did_product_retire(),
        "product.confirm" => lang.did_product_confirm(),
        "product.merge" => lang.did_product_merge(),
        "product.recognise" => lang.did_product_recognise(),
        "product.describe_recognition" => lang.did_product_describe_recognition(),
        "product.withdraw_recognition" => lang.did_product_withdraw_recognition(),
        "product.paper" => lang.did_product_paper(),
        "product.paper_replaced" => lang.did_product_paper_replaced(),
        "product.paper_withdrawn" => lang.did_product_paper_withdrawn(),
        "product.scan" => lang.did_product_scan(),
        "dossier.kind" => lang.did_dossier_kind(),
        "dossier.kind_end" => lang.did_dossier_kind_end(),
        "nomination.add" => lang.did_nomination_add(),
        "nomination.pass" => lang.did_nomination_passed(),
        "nomination.return" => lang.did_nomination_returned(),
        "nomination.again" => lang.did_nomination_proposed_again(),
        "nomination.withdraw" => lang.did_nomination_withdrawn(),
        "nomination.accept" => lang.did_nomination_accepted(),
        "nomination.decline" => lang.did_nomination_declined(),
        "place.set" => lang.did_place_set(),
        "place.end" => lang.did_place_end(),
        "place.bring" => lang.did_place_bring(),
        "combo.add" => lang.did_combo_add(),
        "producer.add" => lang.did_producer_add(),
        "producer.update" => lang.did_producer_update(),
        "producer.news_on" => lang.did_producer_news_on(),
        "producer.same" => lang.did_producer_same(),
        "producer.same_end" => lang.did_producer_same_end(),
        "producer.news_off" => lang.did_producer_news_off(),
        "producer.reading_key" => lang.did_producer_reading_key(),
        "producer.reading_key_all" => lang.did_producer_reading_key_all(),
        "producer.reading_key_end" => lang.did_producer_reading_key_end(),
        "promotion.add" => lang.did_promotion_add(),
        "promotion.end" => lang.did_promotion_end(),
        "terms.add" => lang.did_terms_add(),
        "terms.end" => lang.did_terms_end(),
        "tax_rate.add" => lang.did_tax_rate_add(),
        "import.bring" => lang.did_import_bring(),
        "import.columns" => lang.did_import_columns(),
        "import.judge" => lang.did_import_judge(),
        "import.decide" => lang.did_import_decide(),
        "import.apply" => lang.did_import_apply(),
        "report.words" => lang.did_report_words(),
        "report.template" => lang.did_report_template(),
        "report.template_reset" => lang.did_report_template_reset(),
        "report.seal" => lang.did_report_seal(),
        "report.sign" => lang.did_report_sign(),
        "delivery.announce" => lang.did_delivery_announce(),
        "delivery.take_back" => lang.did_delivery_take_back(),
        "exception.answer" => lang.did_exception_answer(),
        "settlement.confirm" => lang.did_settlement_confirm(),
        "settlement.dispute" => lang.did_settlement_dispute(),
        "settlement.reply" => lang.did_settlement_reply(),
        "settlement.insist" => lang.did_settlement_insist(),
        "settlement.accept" => lang.did_settlement_accept(),
        "settlement.sign" => lang.did_settlement_sign(),
        "settlement.paper" => lang.did_settlement_paper(),
        "settlement.joint" => lang.did_settlement_joint(),
        "bank_notice.differs" => lang.did_bank_notice_differs(),
        "central.restore" => lang.did_central_restore(),
        "campaign.add" => lang.did_campaign_add(),
        "campaign.update" => lang.did_campaign_update(),
        "campaign.end" => lang.did_campaign_end(),
        "campaign.enquiries" => lang.did_campaign_enquiries(),
        "campaign.introduction" => lang.did_introduction(),
        "campaign.introduction_withdrawn" => lang.did_introduction_withdrawn(),
        "product.group_name" => lang.did_product_group_name(),
        "product.group_end" => lang.did_product_group_end(),
        "product.level" => lang.did_product_level(),
        "product.criteria" => lang.did_product_criteria(),
        "place.former_end" => lang.did_place_former_end(),
        "point.add" => lang.did_point_add(),
        "point.update" => lang.did_point_update(),
        "point.step" => lang.did_point_step(),
        "point.check" => lang.did_point_check(),
        "point.cost" => lang.did_point_cost(),
        "point.cost_withdrawn" => lang.did_point_cost_withdrawn(),
        "point.equipment" => lang.did_point_equipment(),
        "point.equipment_withdrawn" => lang.did_point_equipment_withdrawn(),
        "point.criteria_withdrawn" => lang.did_point_criteria_withdrawn(),
        "point.equipment_gone" => lang.did_point_equipment_gone(),
        "point.file" => lang.did_point_file(),
        "point.operator" => lang.did_point_operator(),
        "point.store" => lang.did_point_store(),
        "point.products" => lang.did_point_products(),
        "point.criteria" => lang.did_point_criteria(),
        "point.location" => lang.did_point_location(),
        "point.location_end" => lang.did_point_location_end(),
        "point.threshold" => lang.did_point_threshold(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The one act that is its whole area: without a point in it, nobody finds it among the literals of the code.
    #[test]
    fn an_act_of_one_word_has_its_words() {
        assert!(AREAS.contains(&"export"));
        for lang in Lang::ALL {
            assert_ne!(action_words(lang, "export"), "export");
        }
    }

    #[test]
    fn each_area_has_its_name() {
        for lang in Lang::ALL {
            let names = AREAS.map(|area| area_words(lang, area));
            assert!(!names.contains(&lang.audit_every_area()), "{names:?}");
            for name in names {
                assert_eq!(names.iter().filter(|other| **other == name).count(), 1, "{name} stands twice");
            }
        }
    }
}
