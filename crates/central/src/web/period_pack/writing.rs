//! A zip that is written while it is sent: a thread packs, pieces go through short queues, so that no more of it is ever in memory.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest, Sha256};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{DateTime, ZipWriter};

use super::made::FileOfPack;
use crate::error::{Error, Result};

/// Pieces that wait on either side of the thread, at most.
const WAITING_MOST: usize = 4;
/// The size of a piece that is sent, bytes, about.
const PIECE_BYTES: usize = 64 << 10;

/// A piece of the zip, or why there are no more.
pub type Piece = io::Result<Vec<u8>>;

/// What the thread is told.
enum Told {
    /// Another file begins.
    Begin(String),
    /// The next bytes of it.
    Bytes(Vec<u8>),
    /// That was all.
    End,
}

/// Writes the files of a pack one after another, and keeps the digest of each.
pub struct PackWriter {
    told: Sender<Told>,
    files: Vec<FileOfPack>,
    hash: Sha256,
}

/// Sends what the zip writer writes, piece by piece.
struct Pieces {
    sender: Sender<Piece>,
    piece: Vec<u8>,
    /// Nothing more is taken.
    is_over: Arc<AtomicBool>,
}

impl Pieces {
    fn new(sender: Sender<Piece>) -> Self {
        Self { sender, piece: Vec::with_capacity(PIECE_BYTES), is_over: Arc::default() }
    }

    fn send(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE_BYTES));
        let is_gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
        if piece.is_empty() { Ok(()) } else { self.sender.blocking_send(Ok(piece)).map_err(is_gone) }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_over.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}

impl PackWriter {
    /// Begins a zip; its pieces come out of the receiver. An error that `sender` is given ends it for whoever reads.
    pub fn new() -> (Self, Sender<Piece>, Receiver<Piece>) {
        let (told, heard) = channel(WAITING_MOST);
        let (sender, pieces) = channel(WAITING_MOST);
        let out = sender.clone();
        tokio::task::spawn_blocking(move || {
            // Who no longer reads has closed the queue, and nobody is told.
            if let Err(error) = pack(heard, Pieces::new(out)) {
                tracing::debug!(%error, "a pack was not sent to its end");
            }
        });
        (Self { told, files: Vec::new(), hash: Sha256::new() }, sender, pieces)
    }

    /// Begins a file.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub async fn begin(&mut self, path: &str) -> Result<()> {
        self.end();
        self.files.push(FileOfPack { path: path.to_owned(), bytes: 0, sha256: String::new() });
        self.tell(Told::Begin(path.to_owned())).await
    }

    /// Writes the next bytes of the file.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub async fn write(&mut self, bytes: Vec<u8>) -> Result<()> {
        self.hash.update(&bytes);
        if let Some(file) = self.files.last_mut() {
            file.bytes += u64::try_from(bytes.len()).unwrap_or_default();
        }
        self.tell(Told::Bytes(bytes)).await
    }

    /// Writes a whole file.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub async fn file(&mut self, path: &str, bytes: Vec<u8>) -> Result<()> {
        self.begin(path).await?;
        self.write(bytes).await
    }

    /// Ends the zip. One that was not ended has no list of its files, and no program opens it.
    ///
    /// # Errors
    /// When nobody reads any more.
    pub async fn finish(self) -> Result<()> {
        self.tell(Told::End).await
    }

    /// Returns the files so far with their digests.
    pub fn files(&mut self) -> Vec<FileOfPack> {
        self.end();
        self.files.clone()
    }

    fn end(&mut self) {
        let hash = self.hash.finalize_reset();
        if let Some(file) = self.files.last_mut().filter(|file| file.sha256.is_empty()) {
            file.sha256 = hex::encode(hash);
        }
    }

    async fn tell(&self, told: Told) -> Result<()> {
        let is_gone = |_| Error::Program("whoever took the pack is gone".to_owned());
        self.told.send(told).await.map_err(is_gone)
    }
}

fn pack(mut heard: Receiver<Told>, pieces: Pieces) -> zip::result::ZipResult<()> {
    let is_over = Arc::clone(&pieces.is_over);
    let mut zip: ZipWriter<StreamWriter<Pieces>> = ZipWriter::new_stream(pieces);
    // Equal packs are equal bytes: nothing in them says when they were packed.
    let options =
        SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644);
    while let Some(told) = heard.blocking_recv() {
        match told {
            Told::Begin(path) => zip.start_file(path, options)?,
            Told::Bytes(bytes) => zip.write_all(&bytes)?,
            Told::End => {
                zip.finish()?.flush()?;
                return Ok(());
            }
        }
    }
    // Dropped as it is, the writer would end the zip by itself.
    is_over.store(true, Ordering::Relaxed);
    Ok(())
}
