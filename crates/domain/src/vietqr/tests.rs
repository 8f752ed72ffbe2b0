use proptest::prelude::*;

use super::*;

fn request(
    bin: &str,
    payee: Result<Payee, VietQrError>,
    vnd: i64,
    bill_number: Option<&str>,
    purpose: &str,
) -> VietQr {
    VietQr {
        bank_bin: BankBin::parse(bin).unwrap(),
        payee: payee.unwrap(),
        amount: Some(Money::new(vnd)),
        bill_number: bill_number.map(|number| BillNumber::parse(number).unwrap()),
        purpose: Some(Purpose::fold(purpose).unwrap()),
    }
}

fn usual() -> VietQr {
    request("970415", Payee::account("0011001932418"), 120_000, None, "ung ho lu lut")
}

/// Puts a right checksum behind a payload that may be wrong otherwise.
fn sealed(body: &str) -> String {
    format!("{body}6304{:04X}", crc16(format!("{body}6304").as_bytes()))
}

#[test]
fn published_codes_are_written_and_read_byte_for_byte() {
    for (transfer, text) in [
        (
            usual(),
            "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA5303704540612000\
             05802VN62170813ung ho lu lut6304C15C",
        ),
        (
            request("970436", Payee::account("1023456789"), 1_943_000, None, "TT000069"),
            "00020101021238540010A00000072701240006970436011010234567890208QRIBFTTA53037045407194300\
             05802VN62120808TT0000696304A8E5",
        ),
        (
            request(
                "970403",
                Payee::card("9704031101234567"),
                180_000,
                Some("NPS6869"),
                "thanh toan don hang",
            ),
            "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800\
             005802VN62340107NPS68690819thanh toan don hang6304A203",
        ),
        (
            request("970436", Payee::account("1023456789"), 1_002_000, None, "TT000069"),
            "00020101021238540010A00000072701240006970436011010234567890208QRIBFTTA53037045407100200\
             05802VN62120808TT00006963040A28",
        ),
    ] {
        assert_eq!(transfer.encode().as_deref(), Ok(text));
        assert_eq!(VietQr::parse(text), Ok(transfer));
    }
}

#[test]
fn a_static_code_has_neither_amount_nor_text() {
    let transfer = VietQr { amount: None, purpose: None, ..usual() };
    let text = transfer.encode().unwrap();
    assert!(text.starts_with("000201010211") && text.contains("53037045802VN6304"), "{text}");
    assert_eq!(VietQr::parse(&text), Ok(transfer));
}

#[test]
fn checksum_is_ccitt_false() {
    assert_eq!(crc16(b"123456789"), 0x29B1);
    assert_eq!(crc16(b""), 0xFFFF);
}

#[test]
fn damaged_codes_are_refused() {
    // Published, with a right checksum; its field 62 declares four bytes more than it holds.
    let overlong = "00020101021238500010A0000007270120000697041601065454460208QRIBFTTA530370454061800\
                    005802VN62270823thanh toan don hang63044302";
    let text = usual().encode().unwrap();
    let body = text.strip_suffix("6304C15C").unwrap();
    for (text, error) in [
        (overlong.to_owned(), VietQrError::Damaged { at: 89 }),
        (String::new(), VietQrError::ChecksumMissing),
        ("630".to_owned(), VietQrError::ChecksumMissing),
        (body.to_owned(), VietQrError::ChecksumMissing),
        (format!("{text} "), VietQrError::ChecksumMissing),
        (format!("{body}6304c15c"), VietQrError::ChecksumWrong),
        (format!("{body}6304C15D"), VietQrError::ChecksumWrong),
        (sealed(&text), VietQrError::Unexpected("63".to_owned())),
        (sealed(""), VietQrError::Missing("00")),
        (sealed("00"), VietQrError::Damaged { at: 0 }),
        (sealed("000201+10212"), VietQrError::Damaged { at: 6 }),
        (sealed("00+201"), VietQrError::Damaged { at: 0 }),
        (text.replace("ung ho", "ủng hộ"), VietQrError::NotAscii),
        ("0".repeat(10_000), VietQrError::TooLong),
    ] {
        assert_eq!(VietQr::parse(&text), Err(error), "{text}");
    }
}

#[test]
fn what_is_never_written_is_never_read() {
    let text = usual().encode().unwrap();
    let body = text.strip_suffix("6304C15C").unwrap();
    let unexpected = |id: &str| VietQrError::Unexpected(id.to_owned());
    for (written, changed, error) in [
        ("010212", "", VietQrError::Missing("01")),
        ("0208QRIBFTTA", "0208XRIBFTTA", VietQrError::NotCanonical),
        ("0208QRIBFTTA", "0206QRPUSH__", VietQrError::Damaged { at: 55 }),
        ("0010A000000727", "0010A000000728", VietQrError::NotCanonical),
        ("970415", "97041x", VietQrError::BankBin),
        ("0011001932418", "001100193241-", VietQrError::AccountNumber),
        ("324180208QRIBFTTA", "3241x0208QRIBFTTC", VietQrError::CardNumber),
        ("5406120000", "5406000000", VietQrError::Amount),
        ("5406120000", "5406012000", VietQrError::NotCanonical),
        ("5406120000", "54061200.0", VietQrError::Amount),
        ("5406120000", "5400", VietQrError::Amount),
        ("5406120000", "541410000000000000", VietQrError::Amount),
        ("5406120000", "", VietQrError::NotCanonical),
        ("5303704", "5303840", VietQrError::NotCanonical),
        ("53037045406120000", "54061200005303704", VietQrError::NotCanonical),
        ("5802VN", "5802VN5907TOI LYS", unexpected("59")),
        ("5802VN", "5802VN5802VN", unexpected("58")),
        ("ung ho lu lut", "ung  ho lulut", VietQrError::NotCanonical),
        ("0813ung ho lu lut", "0813-------------", VietQrError::PurposeEmpty),
        ("62170813ung ho lu lut", "6200", VietQrError::NotCanonical),
        ("62170813ung ho lu lut", "62050701A", unexpected("07")),
        ("62170813ung ho lu lut", "62050101/", VietQrError::BillNumber),
    ] {
        let changed = body.replace(written, changed);
        assert_ne!(changed, body, "{written} is not in the code");
        assert_eq!(VietQr::parse(&sealed(&changed)), Err(error), "{changed}");
    }
}

#[test]
fn limits() {
    for (vnd, is_written) in
        [(-1, false), (0, false), (1, true), (9_999_999_999_999, true), (10_000_000_000_000, false)]
    {
        let transfer = VietQr { amount: Some(Money::new(vnd)), ..usual() };
        assert_eq!(transfer.encode().is_ok(), is_written, "{vnd}");
    }
    for number in ["", "12345678901234567890", "001 234", "001-234", "số1"] {
        assert_eq!(Payee::account(number), Err(VietQrError::AccountNumber), "{number}");
        assert_eq!(Payee::card(number), Err(VietQrError::CardNumber), "{number}");
    }
    assert_eq!(Payee::card("97040311VQR"), Err(VietQrError::CardNumber));
    assert_eq!(Payee::account("97040311VQR").unwrap().number(), "97040311VQR");
    for number in ["", "12345678901234567890123456", "LS 1", "LS/1", "LSở1"] {
        assert_eq!(BillNumber::parse(number), Err(VietQrError::BillNumber), "{number}");
    }
}

#[test]
fn purposes() {
    let long = "á".repeat(10_000);
    for (text, purpose) in [
        ("Thanh toán đơn LS-12", Ok("Thanh toan don LS 12")),
        ("ỦNG HỘ  lũ, lụt!", Ok("UNG HO lu lut")),
        ("  TT000069\n", Ok("TT000069")),
        ("thanh toán đơn hàng 12345", Ok("thanh toan don hang 12345")),
        ("thanh toán đơn hàng 123456", Err(VietQrError::PurposeTooLong)),
        ("★ 订单 !", Err(VietQrError::PurposeEmpty)),
        ("", Err(VietQrError::PurposeEmpty)),
        (long.as_str(), Err(VietQrError::PurposeTooLong)),
    ] {
        let folded = Purpose::fold(text);
        assert_eq!(folded.as_ref().map(Purpose::as_str), purpose.as_ref().copied(), "{text}");
    }
}

prop_compose! {
    fn transfers()(
        bin in "[0-9]{6}",
        is_card: bool,
        digits in "[0-9]{1,19}",
        account in "[0-9A-Za-z]{1,19}",
        vnd in prop::option::of(1..=AMOUNT_VND_MAX),
        bill_number in prop::option::of("[0-9A-Za-z-]{1,25}"),
        purpose in prop::option::of("[0-9A-Za-zăâđêôơưáàảãạ]{1,8}( [0-9A-Za-zĐỒỬẠ]{1,7}){0,2}"),
    ) -> VietQr {
        VietQr {
            bank_bin: BankBin::parse(&bin).unwrap(),
            payee: if is_card { Payee::card(&digits) } else { Payee::account(&account) }.unwrap(),
            amount: vnd.map(Money::new),
            bill_number: bill_number.map(|number| BillNumber::parse(&number).unwrap()),
            purpose: purpose.map(|purpose| Purpose::fold(&purpose).unwrap()),
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(transfer in transfers()) {
        let text = transfer.encode().unwrap();
        prop_assert!(text.is_ascii() && text.len() <= PAYLOAD_BYTES_MAX);
        prop_assert_eq!(VietQr::parse(&text), Ok(transfer));
    }

    #[test]
    fn one_changed_byte_is_refused(transfer in transfers(), place: prop::sample::Index, by in 1_u8..128) {
        let mut bytes = transfer.encode().unwrap().into_bytes();
        let place = place.index(bytes.len());
        bytes[place] = (bytes[place] + by) % 128;
        prop_assert!(VietQr::parse(std::str::from_utf8(&bytes).unwrap()).is_err());
    }

    #[test]
    fn what_is_read_is_written_alike(transfer in transfers(), place: prop::sample::Index, text in "[0-9A-Z ]{0,4}") {
        let mut body = transfer.encode().unwrap();
        body.truncate(body.len() - 8);
        body.insert_str(place.index(body.len()), &text);
        let text = sealed(&body);
        if let Ok(read) = VietQr::parse(&text) {
            prop_assert_eq!(read.encode(), Ok(text));
        }
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        prop_assert!(VietQr::parse(&text).is_err());
    }
}
