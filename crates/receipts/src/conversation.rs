//! What is said to a printer around a job, and what its answers prove.
//!
//! `DLE EOT` is answered past all data that waits, so it tells before a job whether to begin, and after it nothing.
//! `GS r 1` is answered in its turn, so its answer proves that all before it was processed.

use crate::address::Answers;
use crate::commands::{ask_status, collect};
use crate::encode::{answer_request, break_filler};
use crate::printer::{Job, Outcome, Timeouts};
use crate::printer_error::PrinterError;
use crate::status::{QUESTIONS, Status};
use crate::transport::{CHUNK_BYTES_MAX, Deadline, Link};

/// Bytes that are none of the awaited answer, after which whoever talks is no receipt printer. A late answer about the
/// status, or a report that the printer sends by itself, is a few.
const STRAY_BYTES_MAX: usize = 16;

pub(crate) struct Conversation {
    link: Box<dyn Link>,
    answers: Answers,
    timeouts: Timeouts,
    deadline: Deadline,
}

impl Conversation {
    pub(crate) fn new(link: Box<dyn Link>, answers: Answers, timeouts: Timeouts) -> Conversation {
        Conversation { link, answers, timeouts, deadline: Deadline::after(timeouts.whole_job) }
    }

    /// Asks whether it can print, hands the job over, asks whether it did.
    pub(crate) fn print(mut self, job: &Job) -> Outcome {
        if self.answers == Answers::Yes
            && let Err(error) = self.begin()
        {
            return Outcome::Failed(error);
        }
        if job.after_break
            && let Err((_, error)) = self.write(&break_filler())
        {
            return Outcome::Failed(error);
        }
        match self.write(job.bytes) {
            Ok(()) => self.conclude(),
            Err((0, error)) => Outcome::Failed(error),
            Err((_, error)) => Outcome::Unknown(self.cause(error)),
        }
    }

    /// Sends a drawer pulse. Nothing is asked: the drawer opens now or not at all.
    pub(crate) fn pulse(mut self, bytes: &[u8]) -> Outcome {
        match self.write(bytes) {
            Ok(()) => self.hang_up(),
            Err((0, error)) => Outcome::Failed(error),
            Err((_, error)) => Outcome::Unknown(error),
        }
    }

    /// Asks the four questions. `None`: no answer within its time, which is neither fine nor broken.
    pub(crate) fn status(&mut self) -> Result<Option<Status>, PrinterError> {
        let mut status = Status::default();
        for question in QUESTIONS {
            let request =
                collect(|builder| ask_status(builder, question)).map_err(|_| PrinterError::BadJob)?;
            self.write(&request).map_err(|(_, error)| error)?;
            let patience = Deadline::after(self.timeouts.status);
            match self.await_byte(&patience, |byte| status.learn(question, byte).is_ok()) {
                Ok(()) => {}
                Err(PrinterError::TimedOut) => return Ok(None),
                Err(error) => return Err(error),
            }
        }
        Ok(Some(status))
    }

    /// Returns why nothing should be sent. Strange answers are no reason: clones invent their own, and the answer after
    /// the job decides.
    fn begin(&mut self) -> Result<(), PrinterError> {
        match self.status() {
            Ok(status) => status.and_then(|status| status.trouble()).map_or(Ok(()), Err),
            Err(PrinterError::Rubbish) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn conclude(mut self) -> Outcome {
        if self.answers == Answers::No {
            return self.hang_up();
        }
        match self.ask_whether_processed() {
            Ok(()) => {
                // It is printed, however the connection ends.
                let _ = self.link.finish(self.timeouts.close);
                Outcome::Printed
            }
            Err(error) => Outcome::Unknown(self.cause(error)),
        }
    }

    fn ask_whether_processed(&mut self) -> Result<(), PrinterError> {
        let request = answer_request().map_err(|_| PrinterError::BadJob)?;
        self.write(&request).map_err(|(_, error)| error)?;
        let patience = Deadline::after(self.timeouts.answer);
        self.await_byte(&patience, is_paper_sensor_answer)
    }

    fn hang_up(mut self) -> Outcome {
        self.link.finish(self.timeouts.close).map_or_else(Outcome::Unknown, |()| Outcome::Printed)
    }

    /// Looks for the reason of a standstill that a person can mend: paper, cover.
    fn cause(&mut self, error: PrinterError) -> PrinterError {
        if error != PrinterError::TimedOut || self.answers == Answers::No {
            return error;
        }
        self.timeouts.stall = self.timeouts.status;
        match self.status() {
            Ok(Some(status)) => status.trouble().unwrap_or(error),
            _ => error,
        }
    }

    /// Hands bytes over; on failure returns how many were taken.
    fn write(&mut self, bytes: &[u8]) -> Result<(), (usize, PrinterError)> {
        let mut taken = 0;
        while let Some(rest) = bytes.get(taken..).filter(|rest| !rest.is_empty()) {
            let chunk = rest.get(..CHUNK_BYTES_MAX).unwrap_or(rest);
            let left = self.deadline.left().map_err(|error| (taken, error))?;
            let count =
                self.link.write_some(chunk, left.min(self.timeouts.stall)).map_err(|error| (taken, error))?;
            taken += count;
        }
        Ok(())
    }

    /// Waits for a byte that is wanted, past a few that are not.
    fn await_byte(
        &mut self,
        patience: &Deadline,
        mut is_wanted: impl FnMut(u8) -> bool,
    ) -> Result<(), PrinterError> {
        for _ in 0..STRAY_BYTES_MAX {
            let left = patience.left()?.min(self.deadline.left()?);
            if is_wanted(self.link.read_byte(left)?) {
                return Ok(());
            }
        }
        Err(PrinterError::Rubbish)
    }
}

/// `GS r 1` is answered with two pairs of bits, near end and end of paper; the bits of a pair are alike, all others are 0.
fn is_paper_sensor_answer(byte: u8) -> bool {
    matches!(byte, 0x00 | 0x03 | 0x0c | 0x0f)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};
    use std::time::Duration;

    use super::*;
    use crate::printer::TIMEOUTS;

    /// Takes one byte at a time and passes it on; never says anything.
    struct Narrow(Sender<u8>);

    impl Link for Narrow {
        fn write_some(&mut self, bytes: &[u8], _patience: Duration) -> Result<usize, PrinterError> {
            self.0.send(bytes[0]).map(|()| 1).map_err(|_| PrinterError::Closed)
        }

        fn read_byte(&mut self, _patience: Duration) -> Result<u8, PrinterError> {
            Err(PrinterError::TimedOut)
        }

        fn finish(&mut self, _patience: Duration) -> Result<(), PrinterError> {
            Ok(())
        }
    }

    #[test]
    fn every_byte_is_counted() {
        let bytes: Vec<u8> = (0..=255).cycle().take(10_000).collect();
        let job = Job { name: "job", bytes: &bytes, after_break: false };
        for (answers, expected) in
            [(Answers::No, Outcome::Printed), (Answers::Yes, Outcome::Unknown(PrinterError::TimedOut))]
        {
            let (send, receive) = channel();
            assert_eq!(Conversation::new(Box::new(Narrow(send)), answers, TIMEOUTS).print(&job), expected);
            let taken: Vec<u8> = receive.into_iter().collect();
            let start = taken.windows(256).position(|window| window == &bytes[..256]).unwrap();
            assert_eq!(&taken[start..start + bytes.len()], bytes);
        }
    }

    #[test]
    fn there_is_an_end_to_every_job() {
        let timeouts = Timeouts { whole_job: Duration::ZERO, ..TIMEOUTS };
        let (send, _receive) = channel();
        let job = Job { name: "job", bytes: b"never sent", after_break: false };
        let outcome = Conversation::new(Box::new(Narrow(send)), Answers::Yes, timeouts).print(&job);
        assert_eq!(outcome, Outcome::Failed(PrinterError::TimedOut));
    }

    #[test]
    fn answers_of_the_paper_sensor() {
        let good: Vec<u8> = (0..=255).filter(|byte| is_paper_sensor_answer(*byte)).collect();
        assert_eq!(good, [0x00, 0x03, 0x0c, 0x0f], "a late answer to DLE EOT, 0xx1xx10, is none");
    }
}
