//! What central's pages say of products that stores added at the counter.

web::texts! {
    /// What is said of them.
    pub trait ProvisionalTexts;

    page_provisional() "Hàng mới" / "New goods";
    file_provisional() "hang-moi" / "new-goods";
    provisional_about() "Hàng ký gửi mà cửa hàng tự thêm tại quầy vì danh mục chưa có. Nhận từng mặt hàng vào danh mục, hoặc nhập chung với mặt hàng đã có. Số đã bán không đổi." / "Consigned goods that stores added at the counter, since the catalogue had them not. Take each into the catalogue, or merge it with one that is there. What was sold stays the same.";
    provisional_list() "Chờ xử lý" / "Waiting";
    provisional_none() "Không có mặt hàng nào chờ xử lý." / "Nothing waits.";
    column_told() "Mặt hàng" / "Product";
    column_producer_of() "Chủ thể" / "Producer";
    column_told_by() "Cửa hàng thêm" / "Added by";
    column_price_of() "Giá" / "Price";
    column_sold_of() "Đã bán" / "Sold";
    column_took() "Doanh số" / "Sales";
    look_into() "Xử lý" / "Sort in";
    nobody_told() "Không rõ" / "Not known";
    barcode_of(code) "Mã vạch {code}" / "Barcode {code}";
    no_barcode_of() "Không có mã vạch" / "No barcode";
    merged_now(name) "Đã nhập chung vào {name}. Cửa hàng nhận ở lần nối mạng tới." / "Merged into {name}. Stores learn of it at their next contact.";
    confirmed_now(name) "Đã nhận {name} vào danh mục. Cửa hàng nhận ở lần nối mạng tới." / "{name} is in the catalogue. Stores learn of it at their next contact.";

    merge_title() "Nhập chung với mặt hàng đã có" / "Merge with one that is there";
    merge_about() "Báo cáo cộng hai mặt hàng làm một, mã vạch chuyển sang mặt hàng đã có. Không tách lại được." / "Reports add both up, and the barcode goes to the other one. They cannot be taken apart again.";
    merge_find() "Tìm trong danh mục" / "Search the catalogue";
    merge_look() "Tìm" / "Search";
    merge_none() "Danh mục không có mặt hàng nào giống. Tìm bằng tên khác bên dưới, hoặc nhận thành mặt hàng mới." / "The catalogue has nothing like it. Search for another name below, or take it in as a new product.";
    merge_here() "Nhập chung" / "Merge";
    merge_with(name) "Nhập chung với {name}" / "Merge with {name}";
    merge_forever() "Đã nhập chung thì không tách ra lại được." / "What is merged cannot be parted again.";
    same_barcode() "Trùng mã vạch" / "Same barcode";
    same_name() "Trùng tên, đơn vị" / "Same name and unit";
    wrong_target() "Không nhập chung được: hai mặt hàng phải của cùng một chủ thể, cùng bán theo cái hoặc cùng bán theo cân. Chọn mặt hàng khác." / "These cannot be merged: both must be of one producer, and both sold by the piece or both by weight. Choose another one.";

    confirm_title() "Nhận thành mặt hàng mới" / "Take it in as a new product";
    confirm_about() "Vẫn là mặt hàng cửa hàng đang bán; cửa hàng nhận mã, giá, nhóm mới ở lần nối mạng tới." / "It stays the product that the store sells; stores learn its code, price and group at their next contact.";
    confirm_now() "Nhận vào danh mục" / "Take it in";
    sku_of() "Mã hàng" / "Code";
    name_of() "Tên hàng" / "Name";
    unit_of() "Đơn vị, quy cách" / "Unit or pack";
    price_of() "Giá bán, đã gồm thuế" / "Price, VAT included";
    barcode_field() "Mã vạch" / "Barcode";
    group_of() "Nhóm sản phẩm" / "Group";
    tax_of() "Thuế GTGT" / "VAT";
    commune_of() "Xã, phường, đặc khu" / "Commune, ward or special zone";
    wrong_sku() "Mã này đã có. Nhập mã khác." / "This code is taken. Enter another one.";
    wrong_text() "Nhập từ 1 đến 200 ký tự." / "Enter 1 to 200 characters.";
    wrong_price() "Nhập giá bằng đồng, lớn hơn 0." / "Enter a price in đồng, above 0.";
    wrong_barcode() "Mã vạch này của mặt hàng khác, hoặc không đúng. Kiểm tra trên bao bì." / "This barcode is another product's, or wrong. Look at the pack.";
    wrong_group() "Chọn nhóm sản phẩm." / "Choose a group.";
    tax_exempt() "Không chịu thuế" / "Exempt";
    tax_undeclared() "Không kê khai" / "Not declared";
    tax_zero() "0 %" / "0 %";
    tax_reduced() "5 %" / "5 %";
    tax_standard() "10 % (giảm khi có quy định)" / "10 % (less while a cut holds)";
    tax_standard_uncut() "10 %, không giảm" / "10 %, never less";
}
