//! The bytes of a file as text, in the encodings that spreadsheets and banks here write.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1258};

use super::BankFileError;

/// How workbooks begin: XLSX is a ZIP, XLS an OLE file.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

/// Returns the text: UTF-8, UTF-16 with its mark, and windows-1258 for what is neither. The last one fits any bytes; whether
/// it was the right one shows in the names of the columns.
pub(super) fn decode(bytes: &[u8]) -> Result<String, BankFileError> {
    if WORKBOOKS.iter().any(|begin| bytes.starts_with(begin)) {
        return Err(BankFileError::Workbook);
    }
    let encoding = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => WINDOWS_1258,
    };
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    if had_errors || text.contains('\0') {
        return Err(BankFileError::NoText);
    }
    Ok(text.into_owned())
}
