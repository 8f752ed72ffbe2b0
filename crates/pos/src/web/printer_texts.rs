//! Every sentence about setting printers up.

web::texts! {
    /// What the page of printers says.
    pub trait PrinterTexts;

    printers() "Máy in" / "Printers";
    printers_of_shop() "Máy in của cửa hàng" / "Printers of this shop";
    printer_address() "Máy in" / "Printer";
    printer_paper() "Khổ giấy" / "Paper";
    printer_standing() "Tình trạng" / "State";
    printer_none() "Không có máy in" / "No printer";
    printer_fine() "Không có lỗi" / "No fault";
    printer_waits(count) "{count} phiếu đang chờ" / "{count} papers wait";
    printer_set_up() "Cài đặt" / "Set up";
    printer_of(counter) "Máy in của {counter}" / "Printer of {counter}";
    printer_choose() "Chọn máy in" / "Choose a printer";
    printer_other() "Máy khác: gõ địa chỉ bên dưới" / "Another one: type its address below";
    printer_folder() "Không in: lưu hình vào thư mục" / "Print nothing: keep pictures in a folder";
    printer_typed() "Địa chỉ máy khác" / "Address of another printer";
    printer_typed_hint() "Ví dụ tcp:192.168.1.50:9100 hoặc device:/dev/usb/lp0. Máy không trả lời được thì thêm ?answers=no." / "Such as tcp:192.168.1.50:9100 or device:/dev/usb/lp0. Add ?answers=no for a printer that cannot answer.";
    printer_bad_address() "Địa chỉ này không dùng được. Gõ như tcp:192.168.1.50:9100, device:/dev/usb/lp0 hoặc serial:/dev/ttyUSB0?baud=115200." / "This address cannot be used. Type one such as tcp:192.168.1.50:9100, device:/dev/usb/lp0 or serial:/dev/ttyUSB0?baud=115200.";
    printer_find() "Tìm máy in trong mạng" / "Find printers in the network";
    printer_find_about() "Hỏi các máy trong mạng của cửa hàng, mất khoảng bốn giây. Máy đang bật mới tìm thấy." / "Asks the devices of the shop's network, for about four seconds. Only those that are switched on are found.";
    printer_found_none() "Không thấy máy in nào trong mạng. Bật máy in, xem dây mạng, rồi tìm lại." / "No printer was found in the network. Switch it on, look at its cable, then search again.";
    printer_found(count) "Thấy {count} máy trong mạng: chọn trong danh sách bên dưới." / "{count} found in the network: choose one in the list below.";
    paper_58() "58 mm (384 chấm)" / "58 mm (384 dots)";
    paper_80_narrow() "80 mm hẹp (512 chấm)" / "80 mm narrow (512 dots)";
    paper_80() "80 mm (576 chấm)" / "80 mm (576 dots)";
    printer_cut() "Cắt giấy" / "Cut";
    cut_partial() "Cắt chừa một điểm" / "Cut, with a bridge left";
    cut_full() "Cắt đứt" / "Cut through";
    cut_tear_bar() "Không có dao: cuộn tới chỗ xé" / "No blade: feed to the tear bar";
    cut_none() "Không cắt, không cuộn" / "Neither cut nor feed";
    feed_steps() "Bước cuộn giấy" / "Feed steps";
    feed_one() "1 bước mỗi chấm (thường dùng)" / "1 step a dot (usual)";
    feed_two() "2 bước mỗi chấm (một số máy Epson)" / "2 steps a dot (some Epson printers)";
    drawer_pin() "Chân cắm ngăn kéo" / "Pin of the drawer";
    pin_two() "Chân 2 (thường dùng)" / "Pin 2 (usual)";
    pin_five() "Chân 5" / "Pin 5";
    printer_save() "Lưu" / "Save";
    printer_try() "In thử" / "Print a test page";
    printer_try_about() "Trang thử có thước đo, mọi chữ tiếng Việt, mã vạch, mã QR và lệnh cắt." / "The test page has a ruler, every Vietnamese letter, bars, a QR and the cut.";
    printer_labels() "Tem" / "Labels";
    label_printer() "Máy in tem" / "Label printer";
    label_language() "Máy hiểu lệnh" / "It speaks";
    label_tspl() "TSPL (máy in tem)" / "TSPL (label printers)";
    label_escpos() "ESC/POS (máy in phiếu)" / "ESC/POS (receipt printers)";
    label_stock(width, height, columns) "{width} × {height} mm, {columns} tem một hàng" / "{width} × {height} mm, {columns} in a row";
    label_stock_roll(width) "Cuộn liền rộng {width} mm" / "Endless roll, {width} mm wide";
    label_stock_about() "Đo tem đang nằm trong máy. Hay gặp: 35 × 22 mm, 2 hoặc 3 tem một hàng; 50 × 30 mm, 1 tem một hàng. Khe thường là 2 mm." / "Measure the labels in the printer. Usual ones: 35 × 22 mm, 2 or 3 in a row; 50 × 30 mm, 1 in a row. Gaps are usually 2 mm.";
    label_width() "Tem rộng (mm)" / "Width (mm)";
    label_height() "Tem cao (mm)" / "Height (mm)";
    label_height_hint() "0 nếu là cuộn liền, không có khe" / "0 for an endless roll without gaps";
    label_columns() "Số tem một hàng" / "Labels in a row";
    label_column_gap() "Khe giữa hai tem cạnh nhau (mm)" / "Gap between two side by side (mm)";
    label_row_gap() "Khe giữa hai hàng (mm)" / "Gap between two rows (mm)";
    label_edge() "Lề trái của giấy đế (mm)" / "Left edge of the backing (mm)";
    label_edge_hint() "Từ mép giấy đế tới tem đầu; thường là 0" / "From the backing's edge to the first label; usually 0";
    label_try() "In tem thử" / "Print a test label";
    label_try_about() "In một hàng tem thử. Chữ phải nằm gọn trong tem, không lệch sang tem bên cạnh. Lệch thì đo lại khổ tem." / "Prints one row of test labels. All of it must stand within each label. If it does not, measure the labels again.";
    note_label_printer_saved() "Đã lưu máy in tem. In tem thử để kiểm tra." / "The label printer is saved. Print a test label to see.";
    drawer_try() "Thử mở ngăn kéo" / "Try the drawer";
    drawer_try_reason() "Thử ngăn kéo khi cài máy in" / "Drawer tried while setting the printer up";
    printers_training() "Đây là máy tập bán hàng: không in gì. Cài máy in ở máy bán thật." / "This till is for practising and prints nothing. Set printers up at the real one.";
    scanner_of(counter) "Máy quét cổng nối tiếp của {counter}" / "Serial scanner of {counter}";
    scanner_about() "Chỉ cho máy quét ở chế độ USB-COM. Máy quét gõ phím không cần cài ở đây." / "Only for scanners in USB-COM mode. One that types needs no setting here.";
    scanner_port() "Cổng" / "Port";
    scanner_none() "Không có" / "None";
    scanner_typed() "Cổng khác" / "Another port";
    scanner_typed_hint() "Ví dụ /dev/ttyACM0 hoặc COM3" / "Such as /dev/ttyACM0 or COM3";
    scanner_bad_port() "Đây không phải cổng nối tiếp. Gõ như /dev/ttyACM0 hoặc COM3." / "This is no serial port. Type one such as /dev/ttyACM0 or COM3.";
    scanner_baud() "Tốc độ" / "Bits a second";
    scanner_connected() "Máy quét đã nối" / "Scanner connected";
    scanner_lost() "Chưa nối được máy quét" / "Scanner not connected";
    note_scanner_saved(counter) "Đã lưu máy quét của {counter}. Quét thử một mã." / "The scanner of {counter} is saved. Scan something to try it.";
    receipt_logo() "Logo trên phiếu" / "Logo on receipts";
    logo_about(side) "Logo in đen trắng ở đầu phiếu bán hàng. Chọn tệp PNG nét đậm, tối đa 256 kB và {side} điểm mỗi cạnh; giấy hẹp thì tự thu nhỏ." / "The logo is printed in black and white above each receipt of a sale. Choose a PNG with bold lines, up to 256 kB and {side} dots a side; it is made smaller for narrow paper.";
    logo_file() "Tệp PNG" / "PNG file";
    logo_save() "Dùng logo này" / "Use this logo";
    logo_remove() "Gỡ logo" / "Remove the logo";
    logo_none() "Chưa có logo." / "No logo yet.";
    logo_picture(paper) "Phiếu mẫu có logo, {paper}" / "Sample receipt with the logo, {paper}";
    logo_too_large() "Tệp lớn hơn 256 kB. Thu nhỏ ảnh rồi chọn lại." / "The file is larger than 256 kB. Make the picture smaller and choose it again.";
    logo_has_too_many_dots(width, height, side) "Ảnh có {width} × {height} điểm. Thu nhỏ còn nhiều nhất {side} điểm mỗi cạnh rồi chọn lại." / "The picture has {width} × {height} dots. Make it at most {side} on each side and choose it again.";
    logo_is_none() "Đây không phải ảnh PNG, hoặc tệp bị thiếu. Chọn tệp khác." / "This is no PNG picture, or not all of one. Choose another file.";
    logo_is_blank() "In ra giấy ảnh này trắng cả. Chọn ảnh có nét đậm." / "On paper all of this picture is white. Choose one with dark lines.";
    scan_habit_of(counter) "Máy quét của {counter} gõ thế nào" / "How the scanner of {counter} types";
    scan_habit_about() "Chỉ cần đổi khi quét không ăn. Mã nhận dạng như ]E0 được tự bỏ." / "Change it only when scans go wrong. Identifiers such as ]E0 are cut by themselves.";
    scan_gap() "Nhịp gõ (mili giây mỗi phím)" / "Pace (ms a key)";
    scan_gap_hint(least, most) "Từ {least} đến {most}; thường là 35" / "From {least} to {most}; usually 35";
    scan_prefix() "Ký tự đầu mã" / "Before each code";
    scan_suffix() "Ký tự cuối mã" / "Behind each code";
    scan_mark_hint() "Máy quét thêm vào, quầy sẽ cắt đi; thường để trống" / "The scanner adds it and the counter cuts it; usually empty";
    scan_save() "Lưu cách gõ" / "Save";
    scan_bad_gap(least, most) "Nhịp gõ phải từ {least} đến {most} mili giây. Quét thử để biết nên đặt bao nhiêu." / "The pace is {least} to {most} ms. Try the scanner to see which.";
    scan_bad_mark(most) "Ký tự đầu và cuối mã nhiều nhất {most} chữ, số hoặc dấu, không có dấu cách." / "What stands around a code has at most {most} letters, digits or signs, and no blanks.";
    scan_try() "Quét thử" / "Try the scanner";
    scan_try_field() "Bấm vào đây rồi quét" / "Click here, then scan";
    scan_try_about() "Không bán gì. Trang cho biết máy quét gửi gì, nhanh chậm ra sao và quầy hiểu thế nào." / "Nothing is sold. The page tells what the scanner sends, how fast, and what the counter understands.";
    scan_came() "Nhận được" / "What came";
    scan_pace() "Nhịp" / "Pace";
    scan_pace_told(keys, average, slowest) "{keys} phím, trung bình {average} ms, chậm nhất {slowest} ms" / "keys: {keys}, {average} ms on average, {slowest} ms at most";
    scan_end() "Phím kết thúc" / "Ends with";
    scan_no_end() "không có; bật phím Enter ở máy quét cho chắc" / "nothing; switch Enter on at the scanner to be sure";
    scan_code() "Mã" / "Code";
    scan_is() "Quầy hiểu là" / "The counter reads";
    scan_unknown() "mã đúng, chưa có mặt hàng" / "a sound code, of no product here";
    scan_scale() "nhãn của cân" / "a scale's label";
    scan_words() "chữ để tìm theo tên" / "words to search for";
    scan_unreadable() "không đọc được; kiểm tra bộ gõ và ký tự đầu, cuối mã" / "nothing; check the input method and what stands around the code";
    scan_is_scanner() "Quầy nhận ra đây là máy quét" / "The counter knows it for a scanner";
    scan_is_slow(gap) "Chậm hơn nhịp đang đặt: đặt nhịp {gap} ms" / "Slower than set up: set the pace to {gap} ms";
    scan_is_person() "Như người gõ: quét lại, hoặc chỉnh máy quét gửi nhanh hơn" / "Like a person typing: scan again, or set the scanner to send faster";
    note_not_kept(code) "Chưa lưu được mã {code}. Xem ổ đĩa còn chỗ không rồi quét lại." / "Code {code} was not saved. See whether the disk has room, then scan it again.";
    note_printer_saved(counter) "Đã lưu máy in của {counter}. In thử để kiểm tra." / "The printer of {counter} is saved. Print a test page to see.";
    note_test_page(counter) "Đang in trang thử ở {counter}." / "Printing a test page at {counter}.";
}

#[cfg(test)]
mod tests {
    use super::PrinterTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PrinterTexts>::ALL), Vec::<String>::new());
    }
}
