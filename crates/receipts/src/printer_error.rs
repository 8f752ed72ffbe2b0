//! What can go wrong between the shop and its printer, told apart: a reader of a log, and the person at the counter,
//! must do something else about each.

use std::io;

/// Why a printer did not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum PrinterError {
    /// Nobody listens at the address.
    #[error("the printer refused the connection")]
    Refused,
    /// No such host, port or device.
    #[error("there is no printer at the address")]
    NotFound,
    /// The system does not let this program use the device.
    #[error("no permission to use the printer")]
    NoPermission,
    /// Another program holds the device.
    #[error("the printer is in use by another program")]
    Busy,
    /// No progress, or no answer, within its time.
    #[error("the printer took too long")]
    TimedOut,
    /// The connection ended.
    #[error("the printer closed the connection")]
    Closed,
    /// No paper.
    #[error("the printer is out of paper")]
    PaperOut,
    /// The lid is open.
    #[error("the cover of the printer is open")]
    CoverOpen,
    /// The cutter is jammed, or the printer reports a fault of its own.
    #[error("the printer reports a fault")]
    Fault,
    /// Switched to offline, without a further reason.
    #[error("the printer is offline")]
    Offline,
    /// Answers that no printer of this kind gives: something else listens there.
    #[error("the answers are not those of a receipt printer")]
    Rubbish,
    /// The job cannot be written: its name or its bytes are not of this program.
    #[error("the job is not a print job")]
    BadJob,
    /// Anything else that the system reports.
    #[error("the printer cannot be written to")]
    Other,
}

/// Every error with the word that is stored, and the sentence for the counter in Vietnamese and English.
const WORDS: [(PrinterError, &str, &str, &str); 13] = {
    use PrinterError as E;
    [
        (
            E::Refused,
            "refused",
            "Máy in từ chối kết nối. Kiểm tra máy in đã bật và đúng địa chỉ.",
            "The printer refused the connection. Check that it is on and that its address is right.",
        ),
        (
            E::NotFound,
            "not_found",
            "Không tìm thấy máy in. Kiểm tra nguồn, dây cắm và địa chỉ.",
            "No printer was found. Check power, cable and address.",
        ),
        (
            E::NoPermission,
            "no_permission",
            "Máy tính chưa cho phép dùng máy in. Báo người cài đặt.",
            "This computer does not allow the printer to be used. Tell whoever installed it.",
        ),
        (
            E::Busy,
            "busy",
            "Máy in đang được chương trình khác sử dụng. Đóng chương trình đó rồi in lại.",
            "Another program uses the printer. Close it, then print again.",
        ),
        (
            E::TimedOut,
            "timed_out",
            "Máy in không phản hồi. Kiểm tra nguồn và dây mạng.",
            "The printer does not respond. Check power and network cable.",
        ),
        (
            E::Closed,
            "closed",
            "Máy in ngắt kết nối giữa chừng. Kiểm tra dây cắm.",
            "The printer ended the connection. Check the cable.",
        ),
        (
            E::PaperOut,
            "paper_out",
            "Máy in hết giấy. Thay cuộn giấy mới.",
            "The printer is out of paper. Put in a new roll.",
        ),
        (
            E::CoverOpen,
            "cover_open",
            "Nắp máy in đang mở. Đóng nắp lại.",
            "The cover of the printer is open. Close it.",
        ),
        (
            E::Fault,
            "fault",
            "Máy in báo lỗi dao cắt hoặc đầu in. Tắt máy, gỡ giấy kẹt rồi bật lại.",
            "The printer reports a fault. Switch it off, remove jammed paper, switch it on.",
        ),
        (
            E::Offline,
            "offline",
            "Máy in đang ngoại tuyến. Bấm nút ONLINE hoặc tắt bật lại máy in.",
            "The printer is offline. Press its ONLINE button, or switch it off and on.",
        ),
        (
            E::Rubbish,
            "rubbish",
            "Thiết bị ở địa chỉ này không phải máy in hóa đơn. Kiểm tra địa chỉ.",
            "The device at this address is not a receipt printer. Check the address.",
        ),
        (
            E::BadJob,
            "bad_job",
            "Lệnh in không hợp lệ. Báo người quản lý.",
            "The print job is not valid. Tell the manager.",
        ),
        (
            E::Other,
            "other",
            "Không in được. Tắt bật lại máy in rồi in lại.",
            "It cannot be printed. Switch the printer off and on, then print again.",
        ),
    ]
};

impl PrinterError {
    /// Returns the word that is stored with a job.
    pub fn code(self) -> &'static str {
        self.words().0
    }

    /// Returns the error of a stored word; an unknown word is [`PrinterError::Other`].
    pub fn from_code(code: &str) -> PrinterError {
        WORDS.iter().find(|words| words.1 == code).map_or(PrinterError::Other, |words| words.0)
    }

    /// Returns what to do about it, in Vietnamese.
    pub fn advice_vi(self) -> &'static str {
        self.words().1
    }

    /// Returns what to do about it, in English.
    pub fn advice_en(self) -> &'static str {
        self.words().2
    }

    fn words(self) -> (&'static str, &'static str, &'static str) {
        let found = WORDS.iter().find(|words| words.0 == self);
        found.map_or(("other", "", ""), |&(_, code, vi, en)| (code, vi, en))
    }
}

impl From<io::Error> for PrinterError {
    fn from(error: io::Error) -> PrinterError {
        use io::ErrorKind as Kind;
        match error.kind() {
            Kind::ConnectionRefused => PrinterError::Refused,
            Kind::NotFound | Kind::HostUnreachable | Kind::NetworkUnreachable => PrinterError::NotFound,
            Kind::PermissionDenied => PrinterError::NoPermission,
            Kind::ResourceBusy => PrinterError::Busy,
            // A read or write that ran into its time-out is WouldBlock on one system and TimedOut on another.
            Kind::TimedOut | Kind::WouldBlock => PrinterError::TimedOut,
            Kind::ConnectionReset
            | Kind::ConnectionAborted
            | Kind::BrokenPipe
            | Kind::UnexpectedEof
            | Kind::WriteZero => PrinterError::Closed,
            _ => PrinterError::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_words_of_its_own() {
        for (index, &(error, code, vi, en)) in WORDS.iter().enumerate() {
            assert_eq!((error.code(), PrinterError::from_code(code)), (code, error));
            assert_eq!((error.advice_vi(), error.advice_en()), (vi, en));
            assert!(
                WORDS.iter().skip(index + 1).all(|other| other.1 != code && other.2 != vi && other.3 != en)
            );
        }
        assert_eq!(PrinterError::from_code("of another version"), PrinterError::Other);
    }
}
