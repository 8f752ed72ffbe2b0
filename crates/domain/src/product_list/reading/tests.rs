use proptest::prelude::*;
use time::macros::date;

use super::super::GroupName;
use super::*;

fn words(text: &str) -> Cell {
    Cell::of_text(text)
}

#[test]
fn days_as_people_write_them() {
    let expected = Ok(Some(date!(2023 - 09 - 23)));
    for text in [
        "23/09/2023",
        "23-9-2023",
        "23.09.2023",
        "2023-09-23",
        " 23 / 09 / 2023 ",
        "ngày 23 tháng 9 năm 2023",
        "Ngày 23/9/2023",
    ] {
        assert_eq!(day(&words(text)), expected, "{text}");
    }
    for cell in
        [Cell::Day(date!(2023 - 09 - 23)), Cell::Number("45192".into()), Cell::Number("45192.5".into())]
    {
        assert_eq!(day(&cell), expected, "{cell:?}");
    }
    assert_eq!(day(&Cell::Empty), Ok(None));
    for text in
        ["31/02/2023", "09/23/2023", "23/09/23", "9/2023", "hết hạn", "23/09/2023 và 24/09/2023", "2023"]
    {
        assert_eq!(day(&words(text)), Err(Why::NoDay), "{text}");
    }
    assert_eq!(day(&Cell::Number("2023".into())), Err(Why::NoDay), "a year is no day");
}

#[test]
fn points_as_people_and_spreadsheets_write_them() {
    for (cell, expected) in [
        (words("82"), Some(8_200)),
        (words("82,5 điểm"), Some(8_250)),
        (words("82.25/100"), Some(8_225)),
        (Cell::Number("78.3333333333333".into()), Some(7_833)),
        (Cell::Number("78.335".into()), Some(7_834)),
        (Cell::Number("99.999".into()), Some(10_000)),
        (words("78,333"), None),
        (words("100,01"), None),
        (Cell::Number("1e2".into()), None),
        (Cell::Number("-1".into()), None),
        (Cell::Number("-0.5".into()), None),
        (Cell::Number("+5".into()), None),
        (words("đạt"), None),
    ] {
        let expected = expected.and_then(Points::from_hundredths);
        assert_eq!(points(&cell).ok().flatten(), expected, "{cell:?}");
    }
    assert_eq!(points(&Cell::Empty), Ok(None));
}

#[test]
fn levels_as_offices_write_them() {
    for (text, expected) in [
        ("Cấp tỉnh", Some(Level::Province)),
        ("UBND tỉnh", Some(Level::Province)),
        ("TRUNG ƯƠNG", Some(Level::Nation)),
        ("huyện", Some(Level::District)),
        ("khu vực", Some(Level::Region)),
        ("region", Some(Level::Region)),
        ("thôn", None),
    ] {
        assert_eq!(level(&words(text)).ok().flatten(), expected, "{text}");
    }
}

#[test]
fn stars_as_people_write_them() {
    for (cell, count) in [
        (words("4 sao"), 4),
        (words("4"), 4),
        (Cell::Number("4".into()), 4),
        (Cell::Number("4.0".into()), 4),
        (words("★★★★"), 4),
        (words("****"), 4),
        (words("OCOP 3 sao"), 3),
        (words("Hạng 5 sao"), 5),
        (words("4*"), 4),
        (words("3sao"), 3),
        (words("Bốn sao"), 4),
        (words("Đạt 3 ★"), 3),
    ] {
        assert_eq!(stars(&cell), Ok(Stars::new(count)), "{cell:?}");
    }
    for text in ["6 sao", "0", "sao", "3-4 sao", "4.5", "★★★★★★", "đang chờ"] {
        assert_eq!(stars(&words(text)), Err(Why::NoStars), "{text}");
    }
    assert_eq!(stars(&words(" ")), Ok(None));
}

#[test]
fn prices_as_people_write_them() {
    for (cell, vnd) in [
        (words("120.000đ"), 120_000),
        (words("120,000"), 120_000),
        (words("120.000 đồng"), 120_000),
        (words("120000 VNĐ"), 120_000),
        (words("120 nghìn"), 120_000),
        (words("120k"), 120_000),
        (words("120.000 đ/"), 120_000),
        (words("1 triệu"), 1_000_000),
        (words("1\u{a0}250\u{a0}000"), 1_250_000),
        (Cell::Number("120000".into()), 120_000),
        (Cell::Number("120000.00".into()), 120_000),
    ] {
        assert_eq!(price(&cell), Ok(Some(Money::new(vnd))), "{cell:?}");
    }
    for cell in [
        words("100.000-120.000"),
        words("0"),
        words("1.50"),
        words("liên hệ"),
        words("-5000"),
        words("120 k k"),
        words("99999999999"),
        Cell::Number("0.5".into()),
        Cell::Number("-1".into()),
        Cell::Day(date!(2023 - 09 - 23)),
    ] {
        assert_eq!(price(&cell), Err(Why::NoPrice), "{cell:?}");
    }
}

fn groups() -> GroupNames {
    let name = |(name, code, is_in_use): (&str, &str, bool)| GroupName {
        name: name.to_owned(),
        code: code.to_owned(),
        is_current: true,
        is_in_use,
    };
    let names = [
        ("Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch", "tourism", true),
        ("du lịch", "tourism", true),
        ("Sinh vật cảnh", "ornamental", true),
        ("Hàng thủ công mỹ nghệ", "handicraft", true),
        ("Vải, may mặc", "handicraft", true),
        ("Lưu niệm", "handicraft", true),
        ("Dược liệu và sản phẩm từ dược liệu", "medicinal", true),
        ("dược liệu", "medicinal", true),
        ("Thảo dược", "medicinal", true),
        ("Đồ uống", "drink", true),
        ("Thực phẩm", "food", true),
        ("Đồ chơi dân gian", "toys", false),
    ];
    GroupNames::new(names.map(name))
}

#[test]
fn groups_have_names_of_both_decrees() {
    for (text, code) in [
        ("Thực phẩm", "food"),
        ("NHÓM THỰC PHẨM", "food"),
        ("I. Đồ uống", "drink"),
        ("Thảo dược", "medicinal"),
        ("Dược liệu và sản phẩm từ dược liệu", "medicinal"),
        ("Vải, may mặc", "handicraft"),
        ("Lưu niệm - nội thất - trang trí", "handicraft"),
        ("Hàng thủ công mỹ nghệ", "handicraft"),
        ("Sinh vật cảnh", "ornamental"),
        ("Dịch vụ du lịch cộng đồng, du lịch sinh thái và điểm du lịch", "tourism"),
    ] {
        assert_eq!(group(&words(text), &groups()), Ok(Some(code.to_owned())), "{text}");
    }
    assert_eq!(group(&words("Khác"), &groups()), Err(Why::NoGroup));
    assert_eq!(group(&words(" "), &groups()), Ok(None));
    let ended = Err(Why::GroupEnded("Đồ chơi dân gian".to_owned()));
    assert_eq!(group(&words("Nhóm đồ chơi dân gian"), &groups()), ended, "nothing is put into it any more");
}

#[test]
fn categories_have_names() {
    for (text, expected) in [
        ("OCOP", Category::Ocop),
        ("Tiên OCOP", Category::Planned),
        ("Sản phẩm CNNT tiêu biểu", Category::RuralIndustrial),
        ("Sản phẩm chủ lực", Category::Key),
        ("Đặc sản địa phương", Category::Specialty),
    ] {
        assert_eq!(category(&words(text)), Ok(Some(expected)), "{text}");
    }
    assert_eq!(category(&words("khác")), Err(Why::NoCategory));
}

#[test]
fn what_a_spreadsheet_did_to_a_barcode_is_told() {
    let good = Ok(Some(Barcode::parse("8938500000010").unwrap()));
    for cell in [words("8938500000010"), words("'8938500000010"), Cell::Number("8938500000010".into())] {
        assert_eq!(barcode(&cell), good, "{cell:?}");
    }
    for text in ["8.93E+12", "8.9385E+12", "8,9385e12", "9E+12"] {
        assert_eq!(barcode(&words(text)), Err(Why::Rounded), "{text}");
    }
    assert_eq!(barcode(&Cell::Number("8930000000000".into())), Err(Why::Rounded));
    // 0000096385074 and 01234565 without their zeros.
    assert_eq!(barcode(&Cell::Number("1234565".into())), Err(Why::LostZeros("01234565".into())));
    let lost = barcode(&words("12345678905".trim_start_matches('0')));
    assert_eq!(lost, Err(Why::LostZeros("0012345678905".into())));
    assert_eq!(barcode(&words("8938500000011")), Err(Why::WrongCheckDigit));
    assert_eq!(barcode(&words("mã vạch")), Err(Why::NoBarcode));
    assert_eq!(barcode(&words("QN-E12")).unwrap().unwrap().as_str(), "QN-E12");
    assert_eq!(barcode(&Cell::Empty), Ok(None));
}

#[test]
fn a_text_stands_on_one_line_and_is_not_endless() {
    assert_eq!(text(&words("Tỏi\n Lý  Sơn\u{7}")), Ok(Some("Tỏi Lý Sơn".to_owned())));
    assert_eq!(text(&words(&"a".repeat(201))), Err(Why::TooLong));
    // What would run in a spreadsheet is words here.
    assert_eq!(text(&words("=cmd|' /C calc'!A0")), Ok(Some("=cmd|' /C calc'!A0".to_owned())));
}

proptest! {
    #[test]
    fn any_cell_is_read_or_refused(words: String, number in "[0-9.]{0,20}") {
        for cell in [Cell::Text(words.clone()), Cell::Number(words), Cell::Number(number)] {
            let _ = (day(&cell), stars(&cell), price(&cell), barcode(&cell));
            let _ = (group(&cell, &groups()), category(&cell), text(&cell));
        }
    }

    #[test]
    fn each_day_is_read_back(days in 0i32..36_000) {
        let one = Date::from_julian_day(2_447_893 + days).unwrap();
        let (date, month, year) = (one.day(), u8::from(one.month()), one.year());
        for text in [format!("{date}/{month}/{year}"), format!("{year}-{month:02}-{date:02}")] {
            prop_assert_eq!(day(&words(&text)), Ok(Some(one)), "{}", text);
        }
        let count = one.to_julian_day() - SHEET_DAY_ZERO;
        if SHEET_DAYS.contains(&count) {
            prop_assert_eq!(day(&Cell::Number(count.to_string())), Ok(Some(one)));
        }
    }

    #[test]
    fn each_price_is_read_back(vnd in 1i64..=PRICE_MAX) {
        let grouped = Money::new(vnd).to_string();
        for text in [vnd.to_string(), grouped.clone(), grouped.replace('.', ",")] {
            prop_assert_eq!(price(&words(&text)), Ok(Some(Money::new(vnd))), "{}", text);
        }
    }

    #[test]
    fn a_number_that_lost_its_zeros_is_never_taken(item in 0u64..100_000_000) {
        let digits = format!("{item:012}");
        let code = format!("{digits}{}", crate::barcode::check_digit(&digits));
        let lost = code.trim_start_matches('0');
        if (9..=11).contains(&lost.len()) {
            prop_assert_eq!(barcode(&words(lost)), Err(Why::LostZeros(code)));
        }
    }
}
