//! What a printer says about itself when asked by `DLE EOT`.

use escpos::utils::{RealTimeStatusRequest as Request, RealTimeStatusResponse as Response};

use crate::printer_error::PrinterError;

/// The four questions, in the order in which they are asked.
pub(crate) const QUESTIONS: [Request; 4] =
    [Request::Printer, Request::OfflineCause, Request::ErrorCause, Request::RollPaperSensor];

/// The state of a printer that answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// It takes no data.
    pub offline: bool,
    /// Its lid is open.
    pub cover_open: bool,
    /// It has no paper.
    pub paper_out: bool,
    /// Its paper ends soon; it still prints.
    pub paper_low: bool,
    /// Cutter or electronics report a fault.
    pub fault: bool,
}

impl Status {
    /// Takes one answer in. An answer that is none of `DLE EOT` is [`PrinterError::Rubbish`].
    pub(crate) fn learn(&mut self, question: Request, answer: u8) -> Result<(), PrinterError> {
        let bits = Response::parse(question, answer).map_err(|_| PrinterError::Rubbish)?;
        let says = |bit, value| bits.get(&bit) == Some(&value);
        self.offline |= says(Response::Online, false);
        self.cover_open |= says(Response::CoverClosed, false);
        self.paper_out |= says(Response::PrintingStopsDueToPaperEnd, true);
        self.paper_out |= says(Response::RollPaperEndSensorPaperPresent, false);
        self.paper_low |= says(Response::RollPaperNearEndSensorPaperAdequate, false);
        self.fault |= says(Response::AutocutterErrorOccurred, true);
        self.fault |= says(Response::UnrecoverableErrorOccurred, true);
        Ok(())
    }

    /// Returns why it cannot print now, the cause that a person can mend first.
    pub fn trouble(&self) -> Option<PrinterError> {
        [
            (self.cover_open, PrinterError::CoverOpen),
            (self.paper_out, PrinterError::PaperOut),
            (self.fault, PrinterError::Fault),
            (self.offline, PrinterError::Offline),
        ]
        .into_iter()
        .find_map(|(is_so, error)| is_so.then_some(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_of_the_four_answers() {
        let fine = 0b0001_0010;
        for (question, answer, expected) in [
            (0, fine, None),
            (0, fine | 1 << 3, Some(PrinterError::Offline)),
            (1, fine | 1 << 2, Some(PrinterError::CoverOpen)),
            (1, fine | 1 << 5, Some(PrinterError::PaperOut)),
            (2, fine | 1 << 3, Some(PrinterError::Fault)),
            (2, fine | 1 << 5, Some(PrinterError::Fault)),
            (3, fine | 0b11 << 5, Some(PrinterError::PaperOut)),
            (3, fine | 0b11 << 2, None),
        ] {
            let mut status = Status::default();
            status.learn(QUESTIONS[question], answer).unwrap();
            assert_eq!(status.trouble(), expected, "EOT {} {answer:08b}", question + 1);
            assert_eq!(status.paper_low, answer & 0b1100 != 0 && question == 3);
        }
        assert_eq!(Status::default().learn(QUESTIONS[0], b'H'), Err(PrinterError::Rubbish));
    }
}
