use proptest::prelude::*;
use time::macros::date;

use super::*;
use crate::mask::Masks;
use crate::scan::{Scan, ScanError, read};

fn host() -> LinkHost {
    LinkHost::new("ocop.example.vn").unwrap()
}

fn code(text: &str) -> Barcode {
    Barcode::parse(text).unwrap()
}

#[test]
fn links_as_they_are_printed() {
    let last = Some(date!(2027 - 09 - 15));
    for (barcode, lot, expires_on, expected) in [
        ("8938500000010", Some("L240915"), last, "01/08938500000010/10/L240915?17=270915"),
        ("8938500000010", None, None, "01/08938500000010"),
        ("96385074", None, last, "01/00000096385074?17=270915"),
        ("18938500000017", Some("A/1"), None, "01/18938500000017/10/A%2F1"),
        ("036000291452", None, None, "01/00036000291452"),
        ("2900000000124", Some("L1"), last, "s/2900000000124/10/L1?17=270915"),
        ("21234569", None, None, "s/21234569"),
        ("TD-004", Some("L1"), None, "s/TD-004/10/L1"),
        ("8938500000010", Some("Lô 12"), None, "s/8938500000010/10/L%C3%B4%2012"),
        ("8938500000010", Some("ABCDEFGHIJKLMNOPQRSTU"), None, "s/8938500000010/10/ABCDEFGHIJKLMNOPQRSTU"),
    ] {
        let text = link(&host(), &code(barcode), lot, expires_on).unwrap();
        assert_eq!(text, format!("https://ocop.example.vn/{expected}"), "{barcode} {lot:?}");
        let read = PackLink::parse(&text).unwrap().unwrap();
        assert_eq!(read.barcode(Some(&host())), Ok(&code(barcode)));
        assert_eq!((read.lot(), read.expires_on(date!(2026 - 11 - 23))), (lot, expires_on), "{text}");
    }
}

#[test]
fn what_no_label_may_say_is_refused_before_it_is_printed() {
    let ean = code("8938500000010");
    for (lot, expires_on, error) in [
        (Some(""), None, LinkError::Lot),
        (Some("  "), None, LinkError::Lot),
        (Some("L\n1"), None, LinkError::Lot),
        (Some("12345678901234567890123456789012345678901"), None, LinkError::Lot),
        (None, Some(date!(1999 - 12 - 31)), LinkError::Date),
        (None, Some(date!(2100 - 01 - 01)), LinkError::Date),
    ] {
        assert_eq!(link(&host(), &ean, lot, expires_on), Err(error), "{lot:?} {expires_on:?}");
    }
    for name in ["", ".", "a..b", "-a.vn", "a-.vn", "a b.vn", "a/b", "a@b", "a:b", "a:", "a:123456", "ă.vn"]
    {
        assert_eq!(LinkHost::new(name), Err(LinkError::Host), "{name:?}");
    }
    assert_eq!(LinkHost::new(&"a".repeat(101)), Err(LinkError::Host));
    assert_eq!(LinkHost::new("OCOP.example.vn:8443").unwrap().as_str(), "ocop.example.vn:8443");
}

#[test]
fn links_of_makers_are_read() {
    for (text, lot, expires_on) in [
        ("https://id.gs1.org/01/08938500000010", None, None),
        ("http://id.gs1.org/01/08938500000010/", None, None),
        ("HTTPS://ID.GS1.ORG/01/08938500000010/10/l1", Some("l1"), None),
        ("https://maker.vn/products/01/08938500000010/22/2A/10/L1/21/777", Some("L1"), None),
        (
            "https://maker.vn/01/8938500000010?linkType=gs1:pip&17=270900#top",
            None,
            Some(date!(2027 - 09 - 30)),
        ),
        ("https://maker.vn/01/08938500000010?11=260101&15=270228", None, Some(date!(2027 - 02 - 28))),
        ("https://maker.vn/01/08938500000010?15=270228&17=270301", None, Some(date!(2027 - 03 - 01))),
        ("https://maker.vn/01/08938500000010?10=L%2F1", Some("L/1"), None),
    ] {
        let read = PackLink::parse(text).unwrap().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read.barcode(Some(&host())), Ok(&code("8938500000010")), "{text}");
        assert_eq!((read.lot(), read.expires_on(date!(2026 - 11 - 23))), (lot, expires_on), "{text}");
    }
}

#[test]
fn what_is_no_address_of_a_pack_is_left_alone() {
    for text in [
        "",
        "8938500000010",
        "tỏi đen",
        "https://",
        "https://ocop.vn",
        "https://ocop.vn/",
        "https://ocop.vn/01",
        "https://ocop.vn/01/about",
        "https://ocop.vn/san-pham/td-004",
        "https://ocop.vn/s",
        "ftp://ocop.vn/01/08938500000010",
        "httpsx//ocop.vn/01/08938500000010",
        "đđđđđđđ",
    ] {
        assert_eq!(PackLink::parse(text), None, "{text}");
    }
}

#[test]
fn hostile_links_are_refused() {
    let wrong_digit = BarcodeError::WrongCheckDigit { expected: 0, found: 1 };
    for (path, error) in [
        ("01/08938500000011", LinkError::Code(wrong_digit)),
        ("s/8938500000011", LinkError::Code(wrong_digit)),
        ("s/2900000000125", LinkError::Code(BarcodeError::WrongCheckDigit { expected: 4, found: 5 })),
        ("01/02900000000124", LinkError::NotGlobal),
        ("01/12900000000121", LinkError::NotGlobal),
        ("01/00000021234569", LinkError::NotGlobal),
        ("01/123", LinkError::NotGlobal),
        ("s/%C4%83", LinkError::Code(BarcodeError::NotAscii)),
        ("s/a%20b", LinkError::Code(BarcodeError::OtherCharacter(' '))),
        ("s/%", LinkError::Encoding),
        ("s/%4", LinkError::Encoding),
        ("s/%zz", LinkError::Encoding),
        ("s/%ff", LinkError::Encoding),
        ("01/08938500000010/10", LinkError::Shape),
        ("01/08938500000010/10/A/10/B", LinkError::Shape),
        ("01/08938500000010/10/A?10=B", LinkError::Shape),
        ("01/08938500000010/99/A", LinkError::Shape),
        ("01/08938500000010/10/%0A", LinkError::Lot),
        ("01/08938500000010/10/A%00B", LinkError::Lot),
        ("01/08938500000010/10/%F0%9F%92", LinkError::Encoding),
        ("01/08938500000010?17=270931", LinkError::Date),
        ("01/08938500000010?17=270229", LinkError::Date),
        ("01/08938500000010?17=271301", LinkError::Date),
        ("01/08938500000010?17=270001", LinkError::Date),
        ("01/08938500000010?17=", LinkError::Date),
        ("01/08938500000010?17=2709150", LinkError::Date),
        ("01/08938500000010?17=+70915", LinkError::Date),
        ("01/08938500000010?17=270915&17=280915", LinkError::Shape),
        ("01/08938500000010?3103=000500", LinkError::Measure),
        ("01/08938500000010?3922=50000", LinkError::Measure),
        ("01/08938500000010?30=12", LinkError::Measure),
    ] {
        let text = format!("https://ocop.example.vn/{path}");
        assert_eq!(PackLink::parse(&text), Some(Err(error)), "{text}");
    }
    let lot = "x".repeat(41);
    let text = format!("https://ocop.example.vn/s/TD-004/10/{lot}");
    assert_eq!(PackLink::parse(&text), Some(Err(LinkError::Lot)));
    let text = format!("https://ocop.example.vn/01/08938500000010?note={}", "x".repeat(512));
    assert_eq!(PackLink::parse(&text), Some(Err(LinkError::TooLong)));
    assert_eq!(PackLink::parse("https://user@host/s/TD-004"), Some(Err(LinkError::Host)));
}

#[test]
fn an_own_code_counts_at_its_own_host_only() {
    let other = LinkHost::new("other.example.vn").unwrap();
    let own = PackLink::parse("https://ocop.example.vn/s/2900000000124").unwrap().unwrap();
    assert_eq!(own.barcode(Some(&other)), Err(LinkError::Foreign));
    assert_eq!(own.barcode(None), Err(LinkError::Foreign));
    let everywhere = PackLink::parse("https://ocop.example.vn/01/08938500000010").unwrap().unwrap();
    assert!(everywhere.barcode(Some(&other)).is_ok());
    assert!(everywhere.barcode(None).is_ok());
}

#[test]
fn the_century_is_the_near_one() {
    for (digits, today, expected) in [
        ("270915", date!(2026 - 11 - 23), date!(2027 - 09 - 15)),
        ("760101", date!(2026 - 11 - 23), date!(2076 - 01 - 01)),
        ("770101", date!(2026 - 11 - 23), date!(1977 - 01 - 01)),
        ("991231", date!(2026 - 11 - 23), date!(1999 - 12 - 31)),
        ("020101", date!(2098 - 01 - 01), date!(2102 - 01 - 01)),
        ("280200", date!(2026 - 11 - 23), date!(2028 - 02 - 29)),
        ("280229", date!(2026 - 11 - 23), date!(2028 - 02 - 29)),
        ("000229", date!(2098 - 01 - 01), date!(2100 - 02 - 28)),
    ] {
        let text = format!("https://a.vn/01/08938500000010?17={digits}");
        assert_eq!(PackLink::parse(&text).unwrap().unwrap().expires_on(today), Some(expected), "{digits}");
    }
}

#[test]
fn the_till_reads_them() {
    let pack = |text: &str| match read(text, &Masks::default()) {
        Scan::Pack(pack) => {
            Some((pack.barcode(Some(&host())).unwrap().clone(), pack.lot().map(str::to_owned)))
        }
        _ => None,
    };
    let gs1 = "https://ocop.example.vn/01/08938500000010/10/L1?17=270915";
    for text in [gs1.to_owned(), format!("]Q1{gs1}"), format!("]d1{gs1}\r"), format!("  {gs1}\r\n")] {
        assert_eq!(pack(&text), Some((code("8938500000010"), Some("L1".to_owned()))), "{text}");
    }
    assert_eq!(pack("https://OCOP.example.vn/S/td-004"), Some((code("TD-004"), None)));
    assert_eq!(
        read("https://ocop.example.vn/01/08938500000010?17=270931", &Masks::default()),
        Scan::Refused(ScanError::Link(LinkError::Date))
    );
    // "aa" and "ee" under Telex.
    assert_eq!(
        read("https://ocop.exâmple.vn/01/08938500000010", &Masks::default()),
        Scan::Refused(ScanError::InputMethod)
    );
}

proptest! {
    #[test]
    fn what_is_printed_is_read(
        digits in "[0-9]{12}", own in any::<bool>(), letters in "[A-Z][A-Z0-9-]{0,11}",
        lot in prop::option::of("[\\PC]{1,40}"), days in 0_i32..20_000,
    ) {
        let digits = format!("{digits}{}", barcode::check_digit(&digits));
        let barcode = code(if own { &letters } else { &digits });
        let lot = lot.filter(|lot| !lot.trim().is_empty());
        let today = date!(2026 - 11 - 23);
        let last = Date::from_julian_day(date!(2020 - 01 - 01).to_julian_day() + days).unwrap();
        let text = link(&host(), &barcode, lot.as_deref(), Some(last)).unwrap();
        prop_assert!(text.is_ascii());
        let read = PackLink::parse(&text).unwrap().unwrap();
        prop_assert_eq!(read.barcode(Some(&host())), Ok(&barcode));
        prop_assert_eq!(read.lot(), lot.as_deref().map(str::trim));
        prop_assert_eq!(read.expires_on(today), Some(last));
    }

    #[test]
    fn any_text_is_answered(text in "(https://)?[a-z0-9./%?&=s\\PC]{0,120}") {
        let _ = PackLink::parse(&text);
    }
}
