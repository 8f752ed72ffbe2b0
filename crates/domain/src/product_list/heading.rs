//! The head of a list: where it stands, and what its columns say. What is found here is a proposal that a person looks at.

use super::likeness::plain;
use super::{Cell, Columns, Field};

/// The head stands among so many first rows.
pub const HEAD_WITHIN: usize = 40;

/// What headings are called, without marks; the first whose phrases all stand in a heading is meant, `None` for a column that
/// looks like another one.
const NAMES: &[(&[&str], Option<Field>)] = &[
    (&["ghi chu"], None),
    (&["dien thoai"], None),
    (&["diem ban"], None),
    (&["dia diem"], None),
    (&["thoi diem"], None),
    (&["dac diem"], None),
    (&["diem gioi thieu"], None),
    (&["diem"], Some(Field::Points)),
    (&["points"], Some(Field::Points)),
    (&["tieu chi"], Some(Field::Criteria)),
    (&["criteria"], Some(Field::Criteria)),
    (&["co quan"], Some(Field::Issuer)),
    (&["noi cap"], Some(Field::Issuer)),
    (&["issuer"], Some(Field::Issuer)),
    (&["cap cong nhan"], Some(Field::Level)),
    (&["cap quyet dinh"], Some(Field::Level)),
    (&["cap danh gia"], Some(Field::Level)),
    (&["level"], Some(Field::Level)),
    (&["nhom", "giay"], Some(Field::GroupPrinted)),
    (&["group printed"], Some(Field::GroupPrinted)),
    (&["ma vach"], Some(Field::Barcode)),
    (&["barcode"], Some(Field::Barcode)),
    (&["gtin"], Some(Field::Barcode)),
    (&["ma so thue"], None),
    (&["ma san pham"], Some(Field::Sku)),
    (&["ma hang"], Some(Field::Sku)),
    (&["ma sp"], Some(Field::Sku)),
    (&["sku"], Some(Field::Sku)),
    (&["het han"], Some(Field::LastDay)),
    (&["het hieu luc"], Some(Field::LastDay)),
    (&["hieu luc den"], Some(Field::LastDay)),
    (&["gia tri den"], Some(Field::LastDay)),
    (&["thoi han"], Some(Field::LastDay)),
    (&["last day"], Some(Field::LastDay)),
    (&["expiry"], Some(Field::LastDay)),
    (&["ngay", "quyet dinh"], Some(Field::DecisionDay)),
    (&["ngay", "qd"], Some(Field::DecisionDay)),
    (&["ngay", "cong nhan"], Some(Field::DecisionDay)),
    (&["ngay ky"], Some(Field::DecisionDay)),
    (&["ngay cap"], Some(Field::DecisionDay)),
    (&["ngay ban hanh"], Some(Field::DecisionDay)),
    (&["decision day"], Some(Field::DecisionDay)),
    (&["decision date"], Some(Field::DecisionDay)),
    (&["quyet dinh"], Some(Field::DecisionNumber)),
    (&["so qd"], Some(Field::DecisionNumber)),
    (&["qd cong nhan"], Some(Field::DecisionNumber)),
    (&["decision"], Some(Field::DecisionNumber)),
    (&["sao"], Some(Field::Stars)),
    (&["xep hang"], Some(Field::Stars)),
    (&["phan hang"], Some(Field::Stars)),
    (&["hang"], Some(Field::Stars)),
    (&["stars"], Some(Field::Stars)),
    (&["nhom"], Some(Field::Group)),
    (&["nganh hang"], Some(Field::Group)),
    (&["group"], Some(Field::Group)),
    (&["loai cong nhan"], Some(Field::Category)),
    (&["danh hieu"], Some(Field::Category)),
    (&["loai"], Some(Field::Category)),
    (&["category"], Some(Field::Category)),
    (&["dia chi"], Some(Field::Commune)),
    (&["xa"], Some(Field::Commune)),
    (&["phuong"], Some(Field::Commune)),
    (&["commune"], Some(Field::Commune)),
    (&["chu the"], Some(Field::Producer)),
    (&["co so"], Some(Field::Producer)),
    (&["don vi san xuat"], Some(Field::Producer)),
    (&["nha san xuat"], Some(Field::Producer)),
    (&["producer"], Some(Field::Producer)),
    (&["don vi"], Some(Field::Unit)),
    (&["dvt"], Some(Field::Unit)),
    (&["quy cach"], Some(Field::Unit)),
    (&["unit"], Some(Field::Unit)),
    (&["gia"], Some(Field::Price)),
    (&["don gia"], Some(Field::Price)),
    (&["price"], Some(Field::Price)),
    (&["san pham"], Some(Field::Name)),
    (&["ten"], Some(Field::Name)),
    (&["name"], Some(Field::Name)),
];

/// Where the head of a list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Its first row, counted from 0 among the rows given.
    pub first: usize,
    /// One row, or two: a group of columns, and below it what each of them says.
    pub rows: usize,
}

/// Returns what a heading says, or `None`.
pub fn field_of(heading: &str) -> Option<Field> {
    let words = format!(" {} ", plain(heading));
    let stands = |phrase: &&str| words.contains(&format!(" {phrase} "));
    NAMES.iter().find(|(phrases, _)| phrases.iter().all(&stands)).and_then(|(_, field)| *field)
}

/// Returns the fields that the columns seem to say, the first column of each.
pub fn guess(headings: &[String]) -> Columns {
    let mut columns = Columns::default();
    for (column, heading) in headings.iter().enumerate() {
        if let Some(field) = field_of(heading) {
            // A second column of the same name stays out until a person says otherwise.
            let _is_first = columns.add(field, column);
        }
    }
    columns
}

/// Returns where the head seems to stand: the row that names most, and the one below it when that names more; `None` when no
/// row names a product and anything of it.
pub fn find_head(rows: &[Vec<Cell>]) -> Option<Head> {
    let mut best: Option<(usize, usize)> = None;
    for first in 0..rows.len().min(HEAD_WITHIN) {
        let columns = guess(&headings(rows, Head { first, rows: 1 }));
        if columns.are_enough() && best.is_none_or(|(_, count)| columns.count() > count) {
            best = Some((first, columns.count()));
        }
    }
    let (first, count) = best?;
    let is_words = |row: &Vec<Cell>| row.iter().all(|cell| matches!(cell, Cell::Empty | Cell::Text(_)));
    let two = Head { first, rows: 2 };
    let names_more = rows.get(first + 1).is_some_and(is_words) && guess(&headings(rows, two)).count() > count;
    Some(if names_more { two } else { Head { first, rows: 1 } })
}

/// Returns the heading of each column. Of two rows the upper one also stands over the columns right of it, as far as it is
/// merged there.
pub fn headings(rows: &[Vec<Cell>], head: Head) -> Vec<String> {
    let upper = rows.get(head.first).map_or(&[][..], Vec::as_slice);
    let lower = if head.rows > 1 { rows.get(head.first + 1).map_or(&[][..], Vec::as_slice) } else { &[] };
    let words = |row: &[Cell], column: usize| {
        let words = row.get(column).map(|cell| cell.words().into_owned()).unwrap_or_default();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut over = String::new();
    (0..upper.len().max(lower.len()))
        .map(|column| {
            let (above, below) = (words(upper, column), words(lower, column));
            if !above.is_empty() {
                over.clone_from(&above);
            }
            match (above.is_empty(), below.is_empty()) {
                (_, true) => above,
                (true, false) => format!("{over} {below}").trim().to_owned(),
                // Merged downwards: both rows say the same.
                (false, false) if above == below => above,
                (false, false) => format!("{above} {below}"),
            }
        })
        .collect()
}

/// Returns what two files of one kind have in common: their headings, without regard to case, marks and signs.
pub fn shape(headings: &[String]) -> String {
    let plain: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    plain.join("|").trim_end_matches('|').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<Cell>> {
        text.lines().map(|line| line.split(';').map(Cell::of_text).collect()).collect()
    }

    #[test]
    fn headings_as_offices_write_them() {
        use Field::*;
        for (heading, field) in [
            ("Tên sản phẩm", Some(Name)),
            ("TÊN SẢN PHẨM OCOP", Some(Name)),
            ("Sản phẩm", Some(Name)),
            ("Tên chủ thể", Some(Producer)),
            ("Chủ thể sản xuất", Some(Producer)),
            ("Cơ sở/ Đơn vị sản xuất", Some(Producer)),
            ("ĐVT", Some(Unit)),
            ("Đơn vị tính", Some(Unit)),
            ("Quy cách", Some(Unit)),
            ("Giá bán (đồng)", Some(Price)),
            ("Nhóm sản phẩm", Some(Group)),
            ("Hạng sao", Some(Stars)),
            ("Xếp hạng (sao)", Some(Stars)),
            ("Số QĐ", Some(DecisionNumber)),
            ("Quyết định công nhận", Some(DecisionNumber)),
            ("Quyết định công nhận Ngày", Some(DecisionDay)),
            ("Ngày QĐ", Some(DecisionDay)),
            ("Ngày ký", Some(DecisionDay)),
            ("Ngày hết hạn", Some(LastDay)),
            ("Có giá trị đến", Some(LastDay)),
            ("Xã/phường/đặc khu", Some(Commune)),
            ("Địa chỉ", Some(Commune)),
            ("Mã vạch", Some(Barcode)),
            ("Mã sản phẩm", Some(Sku)),
            ("Mã số thuế", None),
            ("Điểm đánh giá", Some(Points)),
            ("Điểm bán", None),
            ("Địa điểm sản xuất", None),
            ("Thời điểm công nhận", None),
            ("Đặc điểm", None),
            ("Bộ tiêu chí", Some(Criteria)),
            ("Cơ quan ban hành quyết định", Some(Issuer)),
            ("Cấp công nhận", Some(Level)),
            ("Nhóm ghi trên giấy công nhận", Some(GroupPrinted)),
            ("Điện thoại", None),
            ("STT", None),
            ("Ghi chú", None),
            ("", None),
        ] {
            assert_eq!(field_of(heading), field, "{heading}");
        }
    }

    #[test]
    fn a_head_is_found_below_a_title() {
        let list = rows(
            "ỦY BAN NHÂN DÂN TỈNH\nDANH SÁCH SẢN PHẨM OCOP\n\nTT;Tên sản phẩm;Chủ thể;Hạng sao\n1;Tỏi;HTX;4",
        );
        assert_eq!(find_head(&list), Some(Head { first: 3, rows: 1 }));
        assert_eq!(find_head(&rows("a;b\n1;2")), None);
        assert_eq!(find_head(&[]), None);
    }

    #[test]
    fn two_rows_of_headings_are_read_as_one() {
        let list =
            rows("TT;Tên sản phẩm;Quyết định công nhận;;Hạng sao\n;;Số;Ngày;\n1;Tỏi;QĐ 1;23/09/2023;4");
        let head = find_head(&list).unwrap();
        assert_eq!(head, Head { first: 0, rows: 2 });
        let headings = headings(&list, head);
        assert_eq!(headings[2..4], ["Quyết định công nhận Số", "Quyết định công nhận Ngày"]);
        assert_eq!(guess(&headings).code(), "name=1 stars=4 decision_number=2 decision_day=3");
    }

    #[test]
    fn the_shape_is_the_words_alone() {
        let one = shape(&["TT".to_owned(), "Tên sản phẩm".to_owned(), String::new()]);
        assert_eq!(one, shape(&["tt".to_owned(), "TÊN  SẢN PHẨM:".to_owned()]));
        assert_ne!(one, shape(&["TT".to_owned(), "Sản phẩm".to_owned()]));
    }
}
