//! What the page of places says.

web::texts! {
    /// What is said of places.
    pub trait PlaceTexts;

    page_places() "Xã, phường, đặc khu" / "Communes, wards, zones";
    places_about() "Đơn vị hành chính cấp xã theo thời gian. Từ 01/07/2025 không còn cấp huyện; giấy tờ cũ vẫn giữ tên cũ, trang này chỉ để tra và gợi ý khi nhập." / "Communes, wards and special zones through time. Districts ended on 30/6/2025; old papers keep their names, this list is for looking up and for what forms offer.";
    commune_unknown(name) "“{name}” không có trong danh mục xã, phường, đặc khu hiện hành; xem lại cách viết." / "“{name}” is no commune, ward or special zone of today; look at how it is written.";
    places_find() "Tên, mã hoặc tên cũ" / "Name, code or former name";
    places_kind() "Loại" / "Kind";
    places_district() "Huyện cũ" / "Former district";
    places_any() "Tất cả" / "All";
    places_count(n) "{n} đơn vị" / "units: {n}";
    places_none() "Không có đơn vị nào như vậy." / "There is no such unit.";
    places_name() "Tên" / "Name";
    places_name_hint() "kèm loại: Xã Bình Sơn, Phường Sa Huỳnh, Đặc khu Lý Sơn" / "with its kind: Xã Bình Sơn, Phường Sa Huỳnh, Đặc khu Lý Sơn";
    places_code() "Mã" / "Code";
    places_code_hint() "mã danh mục nhà nước, như 21040" / "the code of the state’s list, such as 21040";
    places_was() "Gồm đơn vị cũ" / "Former units in it";
    places_from() "Từ ngày" / "From";
    places_until() "Đến ngày" / "Until";
    places_until_day(day) "đến {day}" / "until {day}";
    places_source() "Căn cứ" / "Paper";
    kind_commune() "Xã" / "Commune";
    kind_ward() "Phường" / "Ward";
    kind_special_zone() "Đặc khu" / "Special zone";
    places_add() "Thêm hoặc sửa một đơn vị" / "Add or change a unit";
    places_change(name) "Sửa {name}" / "Change {name}";
    places_change_short() "Sửa" / "Change";
    places_end() "Thôi dùng" / "End";
    places_end_about() "Từ ngày mai không gợi ý đơn vị này nữa. Những gì đã ghi tên này giữ nguyên." / "From tomorrow on forms offer it no more. What was written with its name stays.";
    places_bring() "Dán danh sách" / "Paste a list";
    places_bring_label() "Mỗi dòng một đơn vị" / "A unit a line";
    places_bring_hint() "Đơn vị mới: mã; tên; từ ngày; huyện cũ. Đơn vị cũ: tên cũ; huyện cũ; tên hoặc mã đơn vị mới. Dán thẳng từ Excel cũng được." / "New unit: code; name; from; former district. Former unit: its name; its district; name or code of the unit today. A paste from Excel will do.";
    places_bring_wrong(line) "Dòng {line} chưa đúng. Sửa rồi dán lại; chưa có gì được ghi." / "Line {line} is wrong. Correct it and paste again; nothing was written.";
    places_bring_refused() "Chưa ghi gì: có đơn vị mới chưa có trong danh sách, tên không kèm loại, hoặc ngày trước ngày hiện có." / "Nothing was written: a unit of today is unknown, a name has no kind, or a day lies before the one that is there.";
    places_save() "Lưu" / "Save";
    places_saved() "Đã lưu." / "It is saved.";
    places_refused() "Chưa lưu được: tên phải kèm loại, mã gồm chữ số, ngày không trước ngày hiện có." / "It was not saved: the name needs its kind, the code is digits, and the day cannot lie before the one that is there.";
    places_file() "xa-phuong-dac-khu" / "communes-and-wards";
    places_file_bring() "Nhập từ tệp" / "Bring a file";
    places_file_label() "Tệp danh sách" / "File";
    places_file_hint() "Tệp Excel hoặc CSV có cột như tệp tải về ở trang này; dòng đầu là tiêu đề. Ghi tất cả hoặc không ghi gì." / "An Excel or CSV file with the columns of the one that this page gives; the first row is the head. All of it is written or nothing.";
    places_file_wrong(line) "Dòng {line} của tệp chưa đúng (đếm qua các trang tính). Sửa rồi nhập lại; chưa có gì được ghi." / "Row {line} of the file is wrong (counted through its sheets). Correct it and bring it again; nothing was written.";
    page_former_places() "Đơn vị trước 01/07/2025" / "Units before 1/7/2025";
    places_former_about() "Xã, phường, thị trấn trước 01/07/2025 nay thuộc đơn vị nào, theo văn bản nào. Dùng để tra giấy tờ cũ và nhận địa chỉ trong danh sách nhập vào." / "Which unit a commune, ward or town of before 1/7/2025 is part of, by which paper: for looking up old papers, and for addresses in lists that are brought.";
    places_former_add() "Thêm một đơn vị cũ" / "Add a unit from before";
    places_former_name() "Đơn vị cũ" / "Unit before";
    places_former_name_hint() "kèm loại: Xã Bình Thạnh, Thị trấn Châu Ổ" / "with its kind: Xã Bình Thạnh, Thị trấn Châu Ổ";
    places_former_became() "Nay thuộc" / "Part of today";
    places_former_became_hint() "tên hoặc mã đơn vị hiện nay" / "name or code of the unit of today";
    places_former_code() "Mã đơn vị nay" / "Code today";
    places_former_refused() "Không có đơn vị hiện nay nào tên hoặc mã như vậy. Chọn trong danh sách xã, phường, đặc khu." / "No unit of today has that name or code. Take one of the list of communes, wards and zones.";
    places_former_end() "Gỡ" / "Take away";
    places_former_end_of(name, became) "Gỡ: {name} → {became}" / "Take away: {name} → {became}";
    places_former_end_about() "Dùng khi dòng này ghi sai; nhật ký vẫn giữ dòng đã gỡ. Rồi thêm dòng đúng." / "For a pair that is wrong; the log keeps it. Then add the right one.";
    places_former_sheet() "Đơn vị cũ" / "Units before";
    places_former_file() "don-vi-truoc-2025" / "units-before-2025";
    places_cut(n) "Tệp chỉ có {n} dòng đầu." / "This file has the first rows only: {n}.";
}

#[cfg(test)]
mod tests {
    use super::PlaceTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as PlaceTexts>::ALL), Vec::<String>::new());
    }
}
