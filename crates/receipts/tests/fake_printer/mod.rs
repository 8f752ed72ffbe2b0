//! Printers that misbehave, on a port of this machine. None of them waits for a time: they act on what they receive.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use receipts::reader::command_length;

/// A `DLE EOT` answer without any trouble.
pub(crate) const FINE: u8 = 0b0001_0010;

/// How a fake behaves.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Manner {
    /// Reads all, answers all; the four status answers are given.
    Answers([u8; 4]),
    /// Reads all, says nothing, closes when the other side does.
    Silent,
    /// Accepts and never reads.
    NeverReads,
    /// Reads so many bytes, then drops the connection with data unread, which resets it.
    ResetsAt(usize),
    /// Answers the first status question only when the job has begun, and the last one in its turn.
    AnswersLate,
    /// Says something that no printer says.
    Rubbish,
    /// Ends its own side at once, reads on.
    HalfCloses,
    /// Is well until the job, then has no paper: answers the status, not the question in its turn.
    RunsOutOfPaper,
}

/// A fake that serves one connection.
pub(crate) struct FakePrinter {
    pub(crate) port: u16,
    served: JoinHandle<Vec<u8>>,
    /// Dropped when the test is over: who never reads holds its connection until then.
    until_done: Option<Sender<()>>,
}

impl FakePrinter {
    pub(crate) fn start(manner: Manner) -> FakePrinter {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let (until_done, done) = channel();
        let served = thread::spawn(move || serve(listener.accept().unwrap().0, manner, &done));
        FakePrinter { port, served, until_done: Some(until_done) }
    }

    /// Returns what the fake received.
    pub(crate) fn received(mut self) -> Vec<u8> {
        self.until_done.take();
        self.served.join().unwrap()
    }
}

/// Returns a port on which nobody listens.
pub(crate) fn refusing_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn serve(mut stream: TcpStream, manner: Manner, done: &Receiver<()>) -> Vec<u8> {
    match manner {
        Manner::NeverReads => {
            let _ = done.recv();
            return Vec::new();
        }
        Manner::ResetsAt(count) => {
            let mut received = vec![0; count];
            stream.read_exact(&mut received).unwrap();
            // Something must lie unread, or the connection would end in peace.
            stream.peek(&mut [0]).unwrap();
            return received;
        }
        Manner::Rubbish => {
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n").unwrap()
        }
        Manner::HalfCloses => stream.shutdown(Shutdown::Write).unwrap(),
        _ => {}
    }
    let (mut received, mut understood) = (Vec::new(), 0);
    let mut buffer = [0; 4_096];
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        received.extend_from_slice(&buffer[..count]);
        while let Some(length) = command_length(&received[understood..]) {
            let command = &received[understood..understood + length];
            // Who is not interested in the answer any more may have gone.
            let _ = stream.write_all(&answer(command, manner, understood));
            understood += length;
        }
    }
    received
}

fn answer(command: &[u8], manner: Manner, position: usize) -> Vec<u8> {
    match (manner, command) {
        (Manner::Answers(status), &[0x10, 0x04, question]) => vec![status[usize::from(question) - 1]],
        (Manner::Answers(_) | Manner::AnswersLate, [0x1d, 0x72, 1]) => vec![0],
        (Manner::AnswersLate, [0x1b, 0x40]) => vec![FINE],
        (Manner::RunsOutOfPaper, [0x10, 0x04, 4]) if position > 100 => vec![FINE | 0b0110_0000],
        (Manner::RunsOutOfPaper, [0x10, 0x04, _]) => vec![FINE],
        _ => vec![],
    }
}
