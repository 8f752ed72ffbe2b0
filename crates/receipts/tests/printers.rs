//! Printers that refuse, stall, reset, lie and half-close: what becomes of a job, and that no call hangs.
#![expect(clippy::unwrap_used, reason = "a helper that fails should fail its test")]

mod fake_printer;

use std::fs;
use std::time::Duration;

use fake_printer::{FINE, FakePrinter, Manner, refusing_port};
use receipts::address::PrinterAddress;
use receipts::layout::CopyMark;
use receipts::printer::{Job, Outcome, Printer, Timeouts};
use receipts::printer_error::PrinterError;
use receipts::profile::{Paper, Profile};
use receipts::queue::{Action, Event, Print};
use receipts::{DrawerPulse, png, raster, reader, receipt_bytes, samples};

/// Long where a fake acts at once, so that a busy machine fails no test.
const PATIENT: Timeouts = Timeouts {
    connect: Duration::from_secs(20),
    status: Duration::from_secs(20),
    stall: Duration::from_secs(20),
    answer: Duration::from_secs(20),
    close: Duration::from_secs(20),
    whole_job: Duration::from_secs(60),
};

/// Short where a fake never does what is waited for.
const HASTY: Timeouts = Timeouts {
    status: Duration::from_millis(40),
    stall: Duration::from_millis(150),
    answer: Duration::from_millis(150),
    close: Duration::from_millis(150),
    ..PATIENT
};

fn profile() -> Profile {
    Profile::new(Paper::Dots384)
}

fn tcp(port: u16, settings: &str, timeouts: Timeouts) -> Printer {
    let address = PrinterAddress::parse(&format!("tcp:127.0.0.1:{port}{settings}")).unwrap();
    Printer { address, profile: profile(), timeouts }
}

fn receipt() -> Vec<u8> {
    receipt_bytes(&samples::bare(), &profile(), None, None).unwrap()
}

fn job(bytes: &[u8]) -> Job<'_> {
    Job { name: "TB-1A2B-000001", bytes, after_break: false }
}

#[test]
fn a_job_that_is_answered_is_printed() {
    let fake = FakePrinter::start(Manner::Answers([FINE; 4]));
    let bytes = receipt();
    assert_eq!(tcp(fake.port, "", PATIENT).send(&job(&bytes)), Outcome::Printed);
    let asked = [[0x10, 4, 1], [0x10, 4, 2], [0x10, 4, 3], [0x10, 4, 4]].concat();
    assert_eq!(fake.received(), [asked, bytes, vec![0x1d, 0x72, 1]].concat());
}

#[test]
fn trouble_that_is_known_before_prints_nothing() {
    for (status, expected) in [
        ([FINE | 8, FINE | 4, FINE, FINE], PrinterError::CoverOpen),
        ([FINE | 8, FINE, FINE, FINE | 0x60], PrinterError::PaperOut),
        ([FINE, FINE, FINE | 8, FINE], PrinterError::Fault),
        ([FINE | 8, FINE, FINE, FINE], PrinterError::Offline),
    ] {
        let fake = FakePrinter::start(Manner::Answers(status));
        assert_eq!(tcp(fake.port, "", PATIENT).send(&job(&receipt())), Outcome::Failed(expected));
        assert_eq!(fake.received().len(), 12, "four questions and no receipt");
    }
}

#[test]
fn a_refusal_prints_nothing() {
    let outcome = tcp(refusing_port(), "", PATIENT).send(&job(&receipt()));
    assert_eq!(outcome, Outcome::Failed(PrinterError::Refused));
}

#[test]
fn a_printer_that_never_reads_is_left_behind() {
    let fake = FakePrinter::start(Manner::NeverReads);
    // More than the buffers of both sides of a connection take.
    let bytes = vec![0; 64 << 20];
    assert_eq!(tcp(fake.port, "", HASTY).send(&job(&bytes)), Outcome::Unknown(PrinterError::TimedOut));
    drop(fake.received());

    let fake = FakePrinter::start(Manner::NeverReads);
    let outcome = tcp(fake.port, "", HASTY).send(&job(&receipt()));
    assert_eq!(
        outcome,
        Outcome::Unknown(PrinterError::TimedOut),
        "all taken by the buffers, nothing answered"
    );
    drop(fake.received());
}

#[test]
fn a_reset_in_the_middle_leaves_doubt() {
    let bytes = receipt();
    for count in [3, 12, 1_000] {
        let fake = FakePrinter::start(Manner::ResetsAt(count));
        let outcome = tcp(fake.port, "?answers=no", HASTY).send(&job(&bytes.repeat(200)));
        assert_eq!(outcome, Outcome::Unknown(PrinterError::Closed), "after {count}");
        assert_eq!(fake.received(), bytes[..count]);
    }
}

#[test]
fn a_printer_that_closes_before_the_job_prints_nothing() {
    for manner in [Manner::HalfCloses, Manner::ResetsAt(1)] {
        let fake = FakePrinter::start(manner);
        let outcome = tcp(fake.port, "", HASTY).send(&job(&receipt()));
        assert_eq!(outcome, Outcome::Failed(PrinterError::Closed), "{manner:?}");
        fake.received();
    }
}

#[test]
fn late_answers_are_told_apart() {
    let fake = FakePrinter::start(Manner::AnswersLate);
    let timeouts = Timeouts { status: HASTY.status, ..PATIENT };
    assert_eq!(tcp(fake.port, "", timeouts).send(&job(&receipt())), Outcome::Printed);
    assert!(fake.received().starts_with(&[0x10, 4, 1, 0x1b, 0x40]), "one question, then the job");
}

#[test]
fn rubbish_proves_nothing() {
    let fake = FakePrinter::start(Manner::Rubbish);
    let outcome = tcp(fake.port, "", PATIENT).send(&job(&receipt()));
    assert_eq!(outcome, Outcome::Unknown(PrinterError::Rubbish));
    fake.received();
}

#[test]
fn paper_that_ends_during_a_job_leaves_doubt_with_its_cause() {
    let fake = FakePrinter::start(Manner::RunsOutOfPaper);
    let timeouts = Timeouts { answer: HASTY.answer, ..PATIENT };
    let outcome = tcp(fake.port, "", timeouts).send(&job(&receipt()));
    assert_eq!(outcome, Outcome::Unknown(PrinterError::PaperOut));
    fake.received();
}

#[test]
fn a_printer_that_is_known_not_to_answer_prints_without() {
    let fake = FakePrinter::start(Manner::Silent);
    let bytes = receipt();
    assert_eq!(tcp(fake.port, "?answers=no", PATIENT).send(&job(&bytes)), Outcome::Printed);
    assert_eq!(fake.received(), bytes);

    let fake = FakePrinter::start(Manner::Silent);
    let outcome = tcp(fake.port, "", HASTY).send(&job(&bytes));
    assert_eq!(outcome, Outcome::Unknown(PrinterError::TimedOut), "answers were promised");
    fake.received();
}

#[test]
fn status_is_known_or_unknown() {
    let fake = FakePrinter::start(Manner::Answers([FINE, FINE, FINE, FINE | 0b1100]));
    let status = tcp(fake.port, "", PATIENT).status().unwrap().unwrap();
    assert!(status.paper_low && status.trouble().is_none());
    fake.received();

    let fake = FakePrinter::start(Manner::Silent);
    assert_eq!(tcp(fake.port, "", HASTY).status(), Ok(None));
    fake.received();
}

/// The printer loses power in the middle of a receipt, and the program with it.
#[test]
fn half_a_receipt_is_followed_by_a_marked_copy() {
    let bytes = receipt();
    let (print, action) = Print::first(0).step(Event::WorkerFree, 0);
    assert_eq!(action, Action::Send);
    let fake = FakePrinter::start(Manner::ResetsAt(2_000));
    tcp(fake.port, "?answers=no", HASTY).send(&job(&bytes.repeat(200)));
    let half = fake.received();

    let (print, action) = print.step(Event::Restarted, 0);
    assert_eq!(action, Action::AskPerson(PrinterError::Closed));
    let (_, action) = print.step(Event::PrintAgain, 0);
    assert_eq!(action, Action::RenderCopy(1));

    let mark = CopyMark { n: 1, by: "Trần Thị Mai".to_owned(), at: "09:12 04/03/2026".to_owned() };
    let copy = receipt_bytes(&samples::bare(), &profile(), Some(&mark), None).unwrap();
    let fake = FakePrinter::start(Manner::Silent);
    let outcome =
        tcp(fake.port, "?answers=no", PATIENT).send(&Job { name: "copy", bytes: &copy, after_break: true });
    assert_eq!(outcome, Outcome::Printed);
    let paper = reader::read(&[half, fake.received()].concat(), &profile()).unwrap().bitmap;
    let expected = raster::draw(&receipts::layout::layout(&samples::bare(), Paper::Dots384, Some(&mark)));
    assert!(paper.data().ends_with(expected.data()), "the copy is whole");
}

#[test]
fn the_drawer_opens_without_a_question() {
    let fake = FakePrinter::start(Manner::Silent);
    assert_eq!(tcp(fake.port, "", PATIENT).open_drawer("drawer", DrawerPulse::default()), Outcome::Printed);
    assert_eq!(fake.received(), [0x1b, 0x70, 0, 25, 250]);
    let outcome = tcp(refusing_port(), "", PATIENT).open_drawer("drawer", DrawerPulse::default());
    assert_eq!(outcome, Outcome::Failed(PrinterError::Refused));
}

#[test]
fn a_file_printer_writes_bytes_and_picture() {
    let folder = tempfile::tempdir().unwrap();
    let address = PrinterAddress::File(folder.path().join("giấy in"));
    let printer = Printer::new(address, profile());
    let bytes = receipt();
    assert_eq!(printer.send(&job(&bytes)), Outcome::Printed);
    assert_eq!(printer.send(&job(&bytes)), Outcome::Printed, "again, over the same files");
    assert_eq!(printer.open_drawer("drawer-1", DrawerPulse::default()), Outcome::Printed);
    assert_eq!(printer.status().unwrap().unwrap().trouble(), None);
    assert_eq!(printer.send(&Job { name: "../out", ..job(&bytes) }), Outcome::Failed(PrinterError::BadJob));
    assert_eq!(printer.send(&job(b"no job")), Outcome::Failed(PrinterError::BadJob));

    let file = |name: &str| fs::read(folder.path().join("giấy in").join(name)).unwrap();
    assert_eq!(file("TB-1A2B-000001.bin"), bytes);
    let drawn = raster::draw(&receipts::layout::layout(&samples::bare(), Paper::Dots384, None));
    assert_eq!(file("TB-1A2B-000001.png"), png::encode(&drawn).unwrap());
    assert_eq!(file("drawer-1.bin"), [0x1b, 0x70, 0, 25, 250]);
    assert_eq!(fs::read_dir(folder.path().join("giấy in")).unwrap().count(), 3, "no unfinished file is left");
}

#[test]
fn a_device_is_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lp0");
    let printer = Printer::new(PrinterAddress::Device(path.clone()), profile());
    assert_eq!(printer.send(&job(&receipt())), Outcome::Failed(PrinterError::NotFound), "nothing is created");
    fs::write(&path, []).unwrap();
    assert_eq!(printer.send(&job(&receipt())), Outcome::Printed);
    assert_eq!(fs::read(&path).unwrap(), receipt());
    assert_eq!(printer.status(), Ok(None));
}

#[test]
fn a_serial_port_that_is_not_there() {
    let printer = Printer::new(PrinterAddress::parse("serial:/dev/no-such-port").unwrap(), profile());
    assert_eq!(printer.send(&job(&receipt())), Outcome::Failed(PrinterError::NotFound));
}

/// A pair of pseudo-terminals stands for a cable; only Unix has them.
#[cfg(unix)]
#[test]
fn a_serial_printer_takes_a_job_and_answers() {
    use std::io::{Read, Write};

    use serialport::{SerialPort, TTYPort};

    let (mut printer_end, shop_end) = TTYPort::pair().unwrap();
    let address = format!("serial:{}?flow=none", shop_end.name().unwrap());
    let bytes = receipt();
    let question = [0x1d, 0x72, 0x01];
    printer_end.set_timeout(PATIENT.answer).unwrap();
    let printed = std::thread::spawn(move || {
        let mut received = vec![];
        let mut buffer = [0; 256];
        while !received.ends_with(&question) {
            let count = printer_end.read(&mut buffer).unwrap();
            received.extend_from_slice(&buffer[..count]);
            if received.starts_with(&[0x10, 4]) && received.len() <= 12 {
                printer_end.write_all(&[FINE]).unwrap();
            }
        }
        printer_end.write_all(&[0]).unwrap();
        // The cable stays until the answer was read.
        (received, printer_end)
    });
    let printer =
        Printer { address: PrinterAddress::parse(&address).unwrap(), profile: profile(), timeouts: PATIENT };
    assert_eq!(printer.send(&job(&bytes)), Outcome::Printed);
    let (received, _cable) = printed.join().unwrap();
    assert_eq!(received[12..], [bytes.as_slice(), &question].concat());
    drop(shop_end);
}
