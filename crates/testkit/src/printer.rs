//! A receipt printer on a port of this machine: it keeps every byte that it is sent, answers as such printers do, and is
//! without paper when a test says so.
#![expect(clippy::expect_used, clippy::panic, reason = "a set-up that fails is a failed test")]

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use receipts::profile::Profile;
use receipts::reader::{Reading, command_length, read};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The answer to a status question when all is well.
const FINE: u8 = 0b0001_0010;
/// The bits of the fourth answer that say that the paper is at its end.
const NO_PAPER: u8 = 0b0110_0000;

/// A printer that anybody may send jobs to; it ends with its handle.
pub struct FakePrinter {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    listening: JoinHandle<()>,
}

#[derive(Default)]
struct State {
    is_out_of_paper: bool,
    refused: u32,
    connections: Vec<Vec<u8>>,
}

impl FakePrinter {
    /// Switches a printer on.
    pub async fn start() -> Self {
        Self::listen(TcpListener::bind("127.0.0.1:0").await.expect("a port"))
    }

    /// Switches one on at a port where printers are, and which a manager may name: on an address of this process alone.
    pub async fn start_at_printer_port() -> Self {
        let [.., high, low] = std::process::id().to_be_bytes();
        for port in 9_100..9_110 {
            if let Ok(listener) = TcpListener::bind(SocketAddr::from(([127, 91, high, low], port))).await {
                return Self::listen(listener);
            }
        }
        panic!("no port of a printer is free")
    }

    fn listen(listener: TcpListener) -> Self {
        let address = listener.local_addr().expect("its address");
        let state = Arc::new(Mutex::new(State::default()));
        let of_connections = Arc::clone(&state);
        let listening = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = Arc::clone(&of_connections);
                tokio::spawn(async move {
                    let number = with(&state, |state| {
                        state.connections.push(Vec::new());
                        state.connections.len() - 1
                    });
                    // Who hangs up in the middle is seen by what has arrived.
                    let _ = serve(stream, &state, number).await;
                });
            }
        });
        Self { address, state, listening }
    }

    /// Returns its name in a store's settings.
    pub fn address(&self) -> String {
        format!("tcp:{}", self.address)
    }

    /// Returns the bytes that came, connection by connection.
    pub fn received(&self) -> Vec<Vec<u8>> {
        with(&self.state, |state| state.connections.clone())
    }

    /// Takes the paper out, or puts a new roll in.
    pub fn set_out_of_paper(&self, is_out_of_paper: bool) {
        with(&self.state, |state| state.is_out_of_paper = is_out_of_paper);
    }

    /// Returns how often it had to say that it has no paper.
    pub fn refused(&self) -> u32 {
        with(&self.state, |state| state.refused)
    }

    /// Returns the papers that lie before it, in order, as its dots show them. Panics for bytes that are no job of ours.
    pub fn papers(&self, profile: &Profile) -> Vec<Reading> {
        let connections = with(&self.state, |state| state.connections.clone());
        let readings = connections.iter().map(|bytes| read(bytes, profile).expect("a job of ours"));
        readings.filter(|reading| reading.cuts > 0).collect()
    }

    /// Returns how often its drawer was opened.
    pub fn drawer_pulses(&self, profile: &Profile) -> u32 {
        let connections = with(&self.state, |state| state.connections.clone());
        connections.iter().map(|bytes| read(bytes, profile).map_or(0, |reading| reading.drawer_pulses)).sum()
    }
}

impl Drop for FakePrinter {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

fn with<T>(state: &Mutex<State>, act: impl FnOnce(&mut State) -> T) -> T {
    act(&mut state.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Keeps what one connection sends, and answers each question when all before it has come.
async fn serve(mut stream: TcpStream, state: &Mutex<State>, number: usize) -> io::Result<()> {
    let (mut buffer, mut understood) = ([0; 4_096], 0);
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        let answers = with(state, |state| {
            state.connections[number].extend_from_slice(&buffer[..count]);
            answers(state, number, &mut understood)
        });
        stream.write_all(&answers).await?;
    }
}

fn answers(state: &mut State, number: usize, understood: &mut usize) -> Vec<u8> {
    let mut answers = Vec::new();
    while let Some(length) = command_length(&state.connections[number][*understood..]) {
        match state.connections[number][*understood..*understood + length] {
            [0x10, 0x04, 4] if state.is_out_of_paper => {
                state.refused += 1;
                answers.push(FINE | NO_PAPER);
            }
            [0x10, 0x04, _] => answers.push(FINE),
            [0x1d, 0x72, _] => answers.push(0),
            _ => {}
        }
        *understood += length;
    }
    answers
}
