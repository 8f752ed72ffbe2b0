//! Every sentence of the audit log's page.

web::texts! {
    /// What the audit log's page says.
    pub trait AuditTexts;

    page_audit() "Nhật ký" / "Audit log";
    audit_about() "Ai đã làm gì, lúc nào. Mỗi dòng mang dấu của dòng trước, nên không dòng nào sửa hay xóa được mà không lộ." / "Who did what, and when. Each row carries the seal of the one before, so none can be changed or taken out unnoticed.";
    audit_who() "Người làm" / "By";
    audit_area() "Việc" / "Area";
    audit_every_area() "Mọi việc" / "Everything";
    audit_check() "Kiểm tra chuỗi" / "Check the chain";
    audit_is_whole(count) "Chuỗi nguyên vẹn: {count} dòng, không dòng nào bị sửa." / "The chain is whole: {count} rows, none was changed.";
    audit_is_damaged() "Chuỗi không còn nguyên vẹn: có dòng bị sửa hoặc mất. Giữ nguyên máy và gọi người quản trị." / "The chain is not whole: rows were changed or are missing. Leave the machine as it is and call the administrator.";
    audit_none() "Không có dòng nào như vậy." / "There are no such rows.";
    audit_older() "Cũ hơn" / "Older";
    audit_newest() "Mới nhất" / "Newest";
    audit_pages() "Các trang nhật ký" / "Pages of the log";
    audit_file() "nhat-ky" / "audit-log";
    column_seq() "Số" / "No.";
    column_subject() "Với" / "To";
    column_detail() "Chi tiết" / "Detail";
    command_line() "dòng lệnh" / "command line";

    area_login() "Đăng nhập" / "Logins";
    area_user() "Người dùng" / "People";
    area_product() "Sản phẩm" / "Products";
    area_dossier() "Danh mục giấy tờ" / "Kinds of papers";
    area_nomination() "Đề cử lên điểm" / "Nominations";
    area_producer() "Chủ thể" / "Producers";
    area_place() "Xã, phường, đặc khu" / "Communes and wards";
    area_promotion() "Khuyến mại" / "Promotions";
    area_campaign() "Chiến dịch" / "Campaigns";
    area_point() "Hồ sơ điểm" / "Points";
    area_import() "Nhập danh sách" / "Lists";
    area_report() "Báo cáo" / "Reports";
    area_store() "Cửa hàng" / "Stores";
    area_stream() "Máy bán hàng" / "Devices";
    area_operator() "Đơn vị quản lý" / "Operators";
    area_settlement() "Quyết toán" / "Settlements";
    area_exception() "Bút toán đã xem" / "Entries looked into";
    area_access() "Bị từ chối" / "Refusals";
    area_export() "Tải tệp" / "Files taken";

    did_login_begin() "Đăng nhập" / "Logged in";
    did_login_end() "Đăng xuất" / "Logged out";
    did_login_end_elsewhere() "Đăng xuất một nơi khác" / "Ended another login";
    did_login_wrong() "Sai mật khẩu" / "Wrong password";
    did_login_wrong_code() "Sai mã xác nhận" / "Wrong code";
    did_access_refused() "Bị từ chối" / "Was refused";
    did_export() "Tải tệp" / "Took a file";
    did_user_add() "Thêm người dùng" / "Added a person";
    did_user_update() "Sửa quyền người dùng" / "Changed rights";
    did_user_disable() "Khóa tài khoản" / "Disabled an account";
    did_user_enable() "Mở lại tài khoản" / "Enabled an account";
    did_user_end_logins() "Đăng xuất mọi nơi của một người" / "Ended all logins of a person";
    did_user_end_code() "Bỏ mã xác nhận của một người" / "Took a code away";
    did_user_code_on() "Bật mã xác nhận" / "Turned the code on";
    did_user_code_off() "Tắt mã xác nhận" / "Turned the code off";
    did_user_api_key() "Tạo khóa cho chương trình" / "Made a key for a program";
    did_user_api_key_end() "Bỏ khóa cho chương trình" / "Took a program’s key away";
    did_user_password() "Đổi mật khẩu" / "Changed a password";
    did_user_welcome_link() "Làm liên kết đặt mật khẩu" / "Made a link for a password";
    did_cashier_add() "Thêm nhân viên quầy" / "Added a cashier";
    did_operator_add() "Thêm đơn vị quản lý" / "Added an operator";
    did_operator_invoices() "Đặt hóa đơn điện tử" / "Set e-invoices";
    did_operator_bank_key() "Làm khóa báo có" / "Made a key for bank notices";
    did_operator_bank_key_end() "Bỏ khóa báo có" / "Ended a key for bank notices";
    did_store_add() "Thêm cửa hàng" / "Added a store";
    did_store_code() "Cấp mã nối máy" / "Issued a code for a device";
    did_store_numbers() "Cấp dải số hóa đơn" / "Gave invoice numbers";
    did_stream_enrol() "Máy nối vào" / "A device joined";
    did_stream_approve() "Duyệt máy" / "Approved a device";
    did_stream_adopt() "Tính đơn của cả hai máy" / "Counted the sales of both";
    did_stream_revoke() "Thu hồi máy" / "Revoked a device";
    did_stream_fork() "Hai máy trùng khóa" / "Two devices share a key";
    did_product_add() "Thêm sản phẩm" / "Added a product";
    did_product_update() "Sửa sản phẩm" / "Changed a product";
    did_product_price() "Đổi giá" / "Changed a price";
    did_product_group() "Đổi nhóm" / "Changed a group";
    did_product_retire() "Ngừng bán" / "Retired a product";
    did_product_confirm() "Xác nhận sản phẩm của cửa hàng" / "Confirmed a store’s product";
    did_product_merge() "Gộp sản phẩm" / "Merged a product";
    did_product_recognise() "Ghi quyết định công nhận" / "Recorded a recognition";
    did_product_withdraw_recognition() "Rút quyết định công nhận" / "Withdrew a recognition";
    did_product_paper() "Thêm giấy tờ của sản phẩm" / "Added a paper of a product";
    did_product_paper_replaced() "Thay giấy tờ của sản phẩm" / "Replaced a paper of a product";
    did_product_paper_withdrawn() "Rút giấy tờ của sản phẩm" / "Withdrew a paper of a product";
    did_product_scan() "Đưa bản chụp quyết định" / "Added the scan of a decision";
    did_dossier_kind() "Sửa danh mục giấy tờ" / "Changed the kinds of papers";
    did_dossier_kind_end() "Thôi dùng loại giấy tờ" / "Ended a kind of paper";
    did_nomination_add() "Đề cử sản phẩm lên điểm" / "Nominated a product";
    did_nomination_passed() "Chuyển đề cử cho điểm" / "Passed a nomination on";
    did_nomination_returned() "Trả lại đề cử" / "Sent a nomination back";
    did_nomination_proposed_again() "Đề cử lại" / "Nominated again";
    did_nomination_withdrawn() "Rút đề cử" / "Took a nomination back";
    did_nomination_accepted() "Nhận bán sản phẩm đề cử" / "Accepted a nominated product";
    did_nomination_declined() "Từ chối sản phẩm đề cử" / "Declined a nominated product";
    did_place_set() "Sửa đơn vị hành chính" / "Changed a commune or ward";
    did_place_end() "Thôi dùng đơn vị hành chính" / "Ended a commune or ward";
    did_place_bring() "Dán danh sách đơn vị hành chính" / "Pasted communes and wards";
    did_combo_add() "Thêm bộ quà" / "Added a combo";
    did_producer_add() "Thêm chủ thể" / "Added a producer";
    did_producer_update() "Sửa chủ thể" / "Changed a producer";
    did_producer_news_on() "Nhận tin" / "Asked for news";
    did_producer_news_off() "Thôi nhận tin" / "Ended news";
    did_producer_reading_key() "Làm khóa xem" / "Made a reading key";
    did_producer_reading_key_end() "Bỏ khóa xem" / "Ended a reading key";
    did_promotion_add() "Thêm khuyến mại" / "Added a promotion";
    did_promotion_end() "Kết thúc khuyến mại" / "Ended a promotion";
    did_terms_add() "Thêm điều khoản ký gửi" / "Added terms";
    did_tax_rate_add() "Thêm thuế suất" / "Added a tax rate";
    did_import_bring() "Nhập tệp danh sách" / "Brought a list";
    did_import_columns() "Chọn cột" / "Chose columns";
    did_import_judge() "So danh sách" / "Compared a list";
    did_import_decide() "Quyết định một dòng" / "Decided a row";
    did_import_apply() "Áp dụng danh sách" / "Applied a list";
    did_report_words() "Viết báo cáo" / "Wrote a report";
    did_report_template() "Sửa mẫu báo cáo" / "Changed the report’s template";
    did_report_template_reset() "Trả mẫu báo cáo về gốc" / "Reset the report’s template";
    did_report_seal() "Khóa sổ báo cáo" / "Sealed a report";
    did_delivery_announce() "Báo giao hàng" / "Announced a delivery";
    did_delivery_take_back() "Thôi giao hàng" / "Took a delivery back";
    did_exception_answer() "Ghi kết quả xem bút toán" / "Noted the outcome of an entry";
    did_settlement_confirm() "Xác nhận quyết toán" / "Confirmed a settlement";
    did_settlement_dispute() "Không đồng ý quyết toán" / "Disputed a settlement";
    did_settlement_reply() "Trả lời ý kiến về quyết toán" / "Answered a dispute";
    did_settlement_insist() "Giữ ý kiến về quyết toán" / "Insisted on a dispute";
    did_settlement_accept() "Đồng ý quyết toán sau khi được trả lời" / "Agreed to a settlement after the answer";
    did_settlement_sign() "Ghi nhận chữ ký trên giấy quyết toán" / "Recorded a signature on a settlement";
    did_settlement_paper() "Gửi ảnh kèm quyết toán" / "Added a photograph to a settlement";
    did_settlement_joint() "Quyết toán cho mọi cửa hàng" / "Settled for all stores";
    did_bank_notice_differs() "Báo có trùng số" / "Two bank notices of one number";
    did_central_restore() "Khôi phục từ bản sao" / "Restored a backup";
    did_campaign_add() "Thêm chiến dịch" / "Added a campaign";
    did_campaign_update() "Sửa chiến dịch" / "Changed a campaign";
    did_campaign_end() "Kết thúc chiến dịch" / "Ended a campaign";
    did_campaign_enquiries() "Ghi số lượt hỏi" / "Noted enquiries";
    did_introduction() "Ghi lượt giới thiệu ngoài chiến dịch" / "Recorded an introduction";
    did_introduction_withdrawn() "Rút lượt giới thiệu" / "Withdrew an introduction";
    did_product_group_name() "Đặt tên nhóm sản phẩm" / "Named a product group";
    did_product_group_end() "Thôi dùng nhóm sản phẩm" / "Ended a product group";
    did_point_add() "Thêm điểm" / "Added a point";
    did_point_update() "Sửa hồ sơ điểm" / "Changed a point’s file";
    did_point_step() "Chuyển bước của điểm" / "Took a step of a point";
    did_point_check() "Kiểm tra điểm" / "Checked a point";
    did_point_cost() "Ghi chi phí của điểm" / "Noted a cost of a point";
    did_point_cost_withdrawn() "Rút chi phí của điểm" / "Withdrew a cost of a point";
    did_point_equipment() "Ghi trang thiết bị" / "Noted equipment";
    did_point_equipment_gone() "Trang thiết bị không còn" / "Equipment is gone";
    did_point_file() "Thêm tệp vào hồ sơ" / "Added a file";
    did_point_operator() "Giao điểm cho đơn vị" / "Gave a point an operator";
    did_point_store() "Mở cửa hàng của điểm" / "Made a point’s store";
    did_point_criteria() "Thêm bộ tiêu chí" / "Added criteria";
    did_point_location() "Thêm loại địa điểm" / "Added a kind of place";
    did_point_location_end() "Thôi dùng loại địa điểm" / "Ended a kind of place";
    did_point_threshold() "Đặt mức tối thiểu" / "Set a threshold";
}

#[cfg(test)]
mod tests {
    use super::AuditTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as AuditTexts>::ALL), Vec::<String>::new());
    }
}
