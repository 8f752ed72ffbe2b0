//! A bank's file of what moved on an account, as it is downloaded there: CSV, in whatever way the bank writes it. Only what
//! came in is of interest. Nothing is guessed: a line that cannot be read is told with its number.
//!
//! XLSX is not read: a reader of it is the largest door for hostile files (a few hundred kilobytes unpack to half a
//! gigabyte), and every spreadsheet saves CSV.

mod amount;
mod columns;
mod text;

use std::collections::BTreeSet;

use columns::{Columns, Moved};
use domain::Money;
use domain::payment_reference::PaymentReference;
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;

/// The largest file.
pub const BYTES_MAX: usize = 1 << 20;
/// The most lines of a file.
pub const LINES_MAX: usize = 5_000;
/// The head of a table stands among so many first lines.
const HEAD_MOST: usize = 40;
/// What stands between cells.
const SEPARATORS: [u8; 3] = [b';', b',', b'\t'];
/// The payer's words are shown up to here.
const WORDS_MOST: usize = 200;
/// So far a reference is looked for in them; banks give at most a third of it.
const LOOKED_THROUGH_MOST: usize = 1_000;
/// The most days from the first to the last: the books of all of them are compared.
pub const DAYS_MAX: i64 = 366;

/// What came in by a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankFile {
    /// Money that came in, in the order of the file.
    pub lines: Vec<BankLine>,
    /// Lines that cannot be read.
    pub wrong: Vec<WrongLine>,
    /// The first day that the file tells of, in or out.
    pub first_day: Date,
    /// The last one.
    pub last_day: Date,
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankLine {
    /// The line of the file, from 1.
    pub number: u64,
    /// When the bank booked it.
    pub day: Date,
    /// How much; above zero.
    pub amount: Money,
    /// The words of the transfer, for the screen alone.
    pub words: String,
    /// What in them may be a payment reference.
    pub references: BTreeSet<PaymentReference>,
}

/// A line that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct WrongLine {
    /// The line of the file, from 1.
    pub number: u64,
    /// Why.
    pub why: WrongCell,
}

/// What cannot be read in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WrongCell {
    /// The day.
    Day,
    /// The amount.
    Amount,
    /// Whether it came in or went out.
    Way,
}

/// Why a whole file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BankFileError {
    /// Larger than [`BYTES_MAX`].
    #[error("the file is larger than 1 MiB")]
    TooLarge,
    /// A workbook.
    #[error("the file is a workbook, not CSV")]
    Workbook,
    /// No text.
    #[error("the file is no text")]
    NoText,
    /// No head with a day, words and an amount that came in.
    #[error("the file has no columns for day, words and amount")]
    NoColumns,
    /// More than [`LINES_MAX`] lines.
    #[error("the file has more than 5000 lines")]
    TooManyLines,
    /// More than [`DAYS_MAX`] days from the first to the last.
    #[error("the file spans more than 366 days")]
    TooLong,
    /// No line with a day.
    #[error("the file tells of no day")]
    Empty,
}

impl BankFile {
    /// Reads a file.
    ///
    /// # Errors
    /// When it is not taken as a whole; lines that cannot be read are told by [`BankFile::wrong`].
    pub fn read(bytes: &[u8]) -> Result<Self, BankFileError> {
        if bytes.len() > BYTES_MAX {
            return Err(BankFileError::TooLarge);
        }
        let text = text::decode(bytes)?;
        for separator in SEPARATORS {
            if let Some(file) = read_with(&text, separator)? {
                return Ok(file);
            }
        }
        Err(BankFileError::NoColumns)
    }
}

/// Reads a text with this between its cells; `None` when it then has no head.
fn read_with(text: &str, separator: u8) -> Result<Option<BankFile>, BankFileError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let head = records.by_ref().take(HEAD_MOST).flatten().find_map(|record| Columns::of(&record));
    let Some(columns) = head else { return Ok(None) };
    let (mut lines, mut wrong, mut days) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (count, record) in records.enumerate() {
        if count >= LINES_MAX {
            return Err(BankFileError::TooManyLines);
        }
        let record = record.map_err(|_| BankFileError::NoText)?;
        let number = record.position().map_or(0, csv::Position::line);
        match columns.read(&record) {
            Ok(None) => {}
            Ok(Some(Moved { day, amount, words })) => {
                days.insert(day);
                lines.extend(amount.map(|amount| line(number, day, amount, words)));
            }
            Err(why) => wrong.push(WrongLine { number, why }),
        }
    }
    let (Some(first_day), Some(last_day)) = (days.first().copied(), days.last().copied()) else {
        return Err(BankFileError::Empty);
    };
    if (last_day - first_day).whole_days() >= DAYS_MAX {
        return Err(BankFileError::TooLong);
    }
    Ok(Some(BankFile { lines, wrong, first_day, last_day }))
}

fn line(number: u64, day: Date, amount: Money, words: &str) -> BankLine {
    let end = words.char_indices().nth(LOOKED_THROUGH_MOST).map_or(words.len(), |(place, _)| place);
    let references = PaymentReference::all_in(&words[..end]);
    let shown: Vec<&str> = words.split_whitespace().collect();
    let words = shown.join(" ").chars().filter(|letter| !letter.is_control()).take(WORDS_MOST).collect();
    BankLine { number, day, amount, words, references }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn amounts(text: &str) -> Vec<(String, i64)> {
        let file = BankFile::read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(file.wrong, [], "{text}");
        file.lines.iter().map(|line| (line.day.to_string(), line.amount.vnd())).collect()
    }

    /// The same two movements as banks write them.
    #[test]
    fn files_of_usual_banks_are_read() {
        for text in [
            "\u{feff}SAO KÊ TÀI KHOẢN\nTài khoản;0123456789\n\nSTT;Ngày giao dịch/ TNX Date;Số CT/ Doc No;Số tiền ghi nợ/ Debit;\
             Số tiền ghi có/ Credit;Số dư/ Balance;Nội dung chi tiết/ Transactions in detail\n\
             1;23/11/2026;5074;;655.000;1.655.000;T5CY4TQKFF\n2;24/11/2026;5075;100.000;;1.555.000;phí\n",
            "Ngày giao dịch,Đối tác,NH đối tác,Diễn giải,Số bút toán,Nợ/Debit,Có/Credit,Số dư/Balance\r\n\
             23/11/2026,NGUYEN VAN A,VCB,\"T5CY4TQKFF, cam on\",FT1,,\"655,000\",\"1,655,000\"\r\n\
             24/11/2026,,,phi,FT2,\"-100,000\",,\"1,555,000\"\r\n",
            "NGÀY GIAO DỊCH\tSỐ BÚT TOÁN\tPHÁT SINH NỢ\tPHÁT SINH CÓ\tSỐ DƯ\tNỘI DUNG\n\
             23/11/2026 14:02:37\tFT1\t0\t655000\t1655000\tT5CY4TQKFF\n24/11/2026 08:00:00\tFT2\t100000\t0\t1555000\tphi\n",
            "Ngày hiệu lực,Số GD,Nội dung giao dịch,Rút ra,Gửi vào,Số dư\n\
             2026-11-23,1,T5CY4TQKFF,,\"655,000.00\",0\n2026-11-24,2,phi,\"100,000.00\",,0\n",
            "Ngày,Số tiền,Loại tiền,Mô tả\n23-11-2026,+655.000 VND,VND,T5CY4TQKFF\n24-11-2026,-100.000 VND,VND,phí\n",
            "Date;Type;Amount;Description\n14:02 23/11/2026;in;655000;T5CY4TQKFF\n08:00 24/11/2026;out;100000;fee\n",
        ] {
            assert_eq!(amounts(text), [("2026-11-23".to_owned(), 655_000)], "{text}");
            let file = BankFile::read(text.as_bytes()).unwrap();
            assert_eq!(
                (file.first_day.to_string(), file.last_day.to_string()),
                ("2026-11-23".into(), "2026-11-24".into())
            );
            assert!(
                file.lines[0].references.contains(&PaymentReference::parse("T5CY4TQKFF").unwrap()),
                "{text}"
            );
        }
    }

    #[test]
    fn other_encodings_say_the_same() {
        let text = "Ngày,Ghi có,Nội dung\n23/11/2026,655.000,T5CY4TQKFF ủng hộ\n";
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(utf16.iter().flat_map(|unit| unit.to_le_bytes())).collect();
        let big: Vec<u8> =
            [0xfe, 0xff].into_iter().chain(utf16.iter().flat_map(|unit| unit.to_be_bytes())).collect();
        // Windows-1258 writes a letter and its tone apart.
        let (windows, _, _) = encoding_rs::WINDOWS_1258
            .encode("Nga\u{300}y,Ghi co\u{301},N\u{f4}\u{323}i dung\n23/11/2026,655.000,T5CY4TQKFF\n");
        for bytes in [text.as_bytes(), &little, &big, &windows] {
            let file = BankFile::read(bytes).unwrap();
            assert_eq!(file.lines.len(), 1);
            assert_eq!(file.lines[0].amount.vnd(), 655_000);
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_is_told_and_no_other_suffers() {
        let text = "Ngày,Ghi nợ,Ghi có,Nội dung\n\
            23/11/2026,,655.000,a\n\
            31/02/2026,,655.000,b\n\
            11/23/2026,,1,b\n\
            23/11/26,,1,b\n\
            23/11/2026,,6.55E+05,c\n\
            23/11/2026,,NaN,c\n\
            23/11/2026,,1.5,c\n\
            23/11/2026,,-655.000,c\n\
            23/11/2026,5.000,655.000,d\n\
            ,,,\n\
            Tổng cộng,,655.000,\n\
            23/11/2026,,0,e\n\
            23/11/2026\n\
            24/11/2026,,9.999.999.999.999.999.999,f\n\
            25/11/2026,,1 000,g\n";
        let file = BankFile::read(text.as_bytes()).unwrap();
        let read: Vec<(u64, i64)> = file.lines.iter().map(|line| (line.number, line.amount.vnd())).collect();
        assert_eq!(read, [(2, 655_000), (16, 1_000)]);
        let wrong: Vec<(u64, WrongCell)> = file.wrong.iter().map(|line| (line.number, line.why)).collect();
        use WrongCell::*;
        let expected = [
            (3, Day),
            (4, Day),
            (5, Day),
            (6, Amount),
            (7, Amount),
            (8, Amount),
            (9, Amount),
            (10, Way),
            (12, Day),
            (15, Amount),
        ];
        assert_eq!(wrong, expected);
    }

    #[test]
    fn without_a_sign_or_a_kind_nobody_knows_which_way_an_amount_went() {
        let file =
            BankFile::read("Ngày,Số tiền,Nội dung\n23/11/2026,655.000,a\n24/11/2026,+1.000,b\n".as_bytes())
                .unwrap();
        assert_eq!(file.wrong, [WrongLine { number: 2, why: WrongCell::Way }]);
        assert_eq!(file.lines.len(), 1);
    }

    #[test]
    fn a_year_is_read_and_words_only_as_far_as_banks_write_them() {
        let far = format!("{}{}", "đ ".repeat(LOOKED_THROUGH_MOST / 2), "T5CY4TQKFF");
        let text = format!("Ngày,Ghi có,Nội dung\n24/11/2025,1,T5CY4TQKFF\n24/11/2026,1,{far}\n");
        let file = BankFile::read(text.as_bytes()).unwrap();
        let found: Vec<usize> = file.lines.iter().map(|line| line.references.len()).collect();
        assert_eq!(found, [1, 0]);
    }

    #[test]
    fn a_file_that_is_none_is_refused() {
        let head = "Ngày,Ghi có,Nội dung\n";
        let many = format!("{head}{}", "23/11/2026,1,a\n".repeat(LINES_MAX + 1));
        let large = format!("{head}{}", "a".repeat(BYTES_MAX));
        for (bytes, expected) in [
            (&b""[..], BankFileError::NoColumns),
            (head.as_bytes(), BankFileError::Empty),
            (b"PK\x03\x04 a workbook", BankFileError::Workbook),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one", BankFileError::Workbook),
            (b"%PDF-1.7", BankFileError::NoColumns),
            (b"Ngay,Ghi co,Noi dung\n23/11/2026,\x00,a\n", BankFileError::NoText),
            (b"\xff\xfe\x00\xd8", BankFileError::NoText),
            ("Họ tên,Số điện thoại\nA,0905\n".as_bytes(), BankFileError::NoColumns),
            (many.as_bytes(), BankFileError::TooManyLines),
            (format!("{head}23/11/2025,1,a\n24/11/2026,1,a\n").as_bytes(), BankFileError::TooLong),
            (large.as_bytes(), BankFileError::TooLarge),
        ] {
            assert_eq!(
                BankFile::read(bytes).unwrap_err(),
                expected,
                "{}",
                String::from_utf8_lossy(&bytes[..bytes.len().min(40)])
            );
        }
    }

    #[test]
    fn words_are_shown_on_one_line_and_not_for_ever() {
        let text = format!("Ngày,Ghi có,Nội dung\n23/11/2026,1,\"a\n\u{7}b {}\"\n", "c".repeat(5_000));
        let file = BankFile::read(text.as_bytes()).unwrap();
        assert!(file.lines[0].words.starts_with("a b c"), "{}", file.lines[0].words);
        assert_eq!(file.lines[0].words.chars().count(), WORDS_MOST);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = BankFile::read(&bytes);
            let text = [b"Ng\xc3\xa0y;Ghi c\xc3\xb3;N\xe1\xbb\x99i dung\n".as_slice(), &bytes].concat();
            let _ = BankFile::read(&text);
        }
    }
}
