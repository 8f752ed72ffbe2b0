//! One printer: a job goes to it, and comes back as printed, failed or unknown. The calls block; callers run them on a
//! thread of their own. Each job is one connection.

use std::time::Duration;

use crate::address::{Answers, PrinterAddress};
use crate::commands::DrawerPulse;
use crate::conversation::Conversation;
use crate::encode::drawer_pulse;
use crate::printer_error::PrinterError;
use crate::profile::Profile;
use crate::status::Status;
use crate::transport::{DeviceLink, Link, SerialLink, TcpLink, write_job, write_pulse};

/// How long a printer is waited for. Tests take shorter ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For one answer about the status, which comes at once or not at all.
    pub status: Duration,
    /// Without progress while bytes are handed over: a printer out of paper takes none.
    pub stall: Duration,
    /// For the answer after a job: as long as the last buffer takes to print.
    pub answer: Duration,
    /// For the printer to close after we did.
    pub close: Duration,
    /// For everything together, or a printer that takes a byte now and then would hold the worker for hours.
    pub whole_job: Duration,
}

/// The times for real printers.
pub const TIMEOUTS: Timeouts = Timeouts {
    connect: Duration::from_millis(2_500),
    status: Duration::from_millis(700),
    stall: Duration::from_secs(12),
    answer: Duration::from_secs(15),
    close: Duration::from_secs(1),
    whole_job: Duration::from_secs(120),
};

impl Default for Timeouts {
    fn default() -> Timeouts {
        TIMEOUTS
    }
}

/// A printer with its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printer {
    /// Where it is.
    pub address: PrinterAddress,
    /// How it wants its jobs; a job must have been encoded for this profile.
    pub profile: Profile,
    /// How long it is waited for.
    pub timeouts: Timeouts,
}

/// A finished job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job<'a> {
    /// The name of its files when there is no printer: letters a-z, digits, `-` and `_`.
    pub name: &'a str,
    /// What [`crate::encode::encode`] gave.
    pub bytes: &'a [u8],
    /// Whether the last job on this printer may have broken off within a picture: its outcome was unknown, or the
    /// program has just started. Then white data goes first, or the printer would take this job for the rest of that picture.
    pub after_break: bool,
}

/// What became of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// On paper.
    Printed,
    /// Certainly not on paper, not a part of it: it may be sent again.
    Failed(PrinterError),
    /// Perhaps on paper, wholly or in part: only a person who looks at the printer can say.
    Unknown(PrinterError),
}

impl Printer {
    /// Returns a printer with the usual times.
    pub fn new(address: PrinterAddress, profile: Profile) -> Printer {
        Printer { address, profile, timeouts: TIMEOUTS }
    }

    /// Prints a job.
    pub fn send(&self, job: &Job) -> Outcome {
        if let PrinterAddress::File(folder) = &self.address {
            let written = write_job(folder, job.name, job.bytes, &self.profile);
            return written.map_or_else(Outcome::Failed, |()| Outcome::Printed);
        }
        match self.connect() {
            Ok(conversation) => conversation.print(job),
            Err(error) => Outcome::Failed(error),
        }
    }

    /// Opens the drawer. [`Outcome::Printed`] says that the pulse was taken; whether the drawer opened nobody can tell.
    pub fn open_drawer(&self, name: &str, pulse: DrawerPulse) -> Outcome {
        let Ok(bytes) = drawer_pulse(pulse) else { return Outcome::Failed(PrinterError::BadJob) };
        if let PrinterAddress::File(folder) = &self.address {
            return write_pulse(folder, name, &bytes).map_or_else(Outcome::Failed, |()| Outcome::Printed);
        }
        match self.connect() {
            Ok(conversation) => conversation.pulse(&bytes),
            Err(error) => Outcome::Failed(error),
        }
    }

    /// Asks the printer how it is. `None`: it does not answer, which is neither fine nor broken.
    pub fn status(&self) -> Result<Option<Status>, PrinterError> {
        match &self.address {
            PrinterAddress::File(_) => Ok(Some(Status::default())),
            PrinterAddress::Device(_) => Ok(None),
            _ => self.connect()?.status(),
        }
    }

    fn connect(&self) -> Result<Conversation, PrinterError> {
        let (link, answers): (Box<dyn Link>, Answers) = match &self.address {
            PrinterAddress::Tcp { host, port, answers } => {
                (Box::new(TcpLink::open(host, *port, self.timeouts.connect)?), *answers)
            }
            PrinterAddress::Serial { port, baud, flow, answers } => {
                (Box::new(SerialLink::open(port, *baud, *flow, self.timeouts.connect)?), *answers)
            }
            PrinterAddress::Device(path) => (Box::new(DeviceLink::open(path)?), Answers::No),
            // Files are written before anybody connects.
            PrinterAddress::File(_) => return Err(PrinterError::BadJob),
        };
        Ok(Conversation::new(link, answers, self.timeouts))
    }
}
