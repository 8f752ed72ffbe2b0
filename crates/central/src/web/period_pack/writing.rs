//! A zip that is written while it is sent: a thread packs, pieces go through short queues, so that no more of it is ever in memory.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{DateTime, ZipWriter};

use super::made::FileOfPack;
use crate::error::{Error, Result};

/// Pieces that wait on either side of the thread, at most.
const WAITING_MOST: usize = 4;
/// The size of a piece that is sent, bytes, about; large files are written in pieces of it, so that no more of them waits.
pub const PIECE_BYTES: usize = 64 << 10;

/// How long a reader may take for a piece. One that stalls would hold a permit and a state of the database for ever.
pub const PATIENCE: Duration = Duration::from_secs(60);

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
    patience: Duration,
    /// Nothing more is taken.
    is_over: Arc<AtomicBool>,
}

impl Pieces {
    fn new(sender: Sender<Piece>, patience: Duration) -> Self {
        Self { sender, piece: Vec::with_capacity(PIECE_BYTES), patience, is_over: Arc::default() }
    }

    fn send(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE_BYTES));
        if piece.is_empty() {
            return Ok(());
        }
        // Within the runtime's context, which the clock of the patience needs.
        let handed =
            Handle::current().block_on(async { timeout(self.patience, self.sender.send(Ok(piece))).await });
        let failed = match handed {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(_)) => io::ErrorKind::BrokenPipe,
            Err(_) => io::ErrorKind::TimedOut,
        };
        // The writer is dropped now, and would wait as long again for the end of the zip.
        self.is_over.store(true, Ordering::Relaxed);
        Err(failed.into())
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
        if self.is_over.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        self.send()
    }
}

impl PackWriter {
    /// Begins a zip; its pieces come out of the receiver, each within `patience`, or it ends there. An error that `sender` is given ends
    /// it for whoever reads.
    pub fn new(patience: Duration) -> (Self, Sender<Piece>, Receiver<Piece>) {
        let (told, heard) = channel(WAITING_MOST);
        let (sender, pieces) = channel(WAITING_MOST);
        let out = sender.clone();
        tokio::task::spawn_blocking(move || {
            // Who no longer reads has closed the queue, and nobody is told.
            if let Err(error) = pack(heard, Pieces::new(out, patience)) {
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
        let is_gone = |_| Error::Program("whoever took the pack is gone, or stalls".to_owned());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reader_who_stalls_ends_a_pack() {
        let (mut writer, sender, mut pieces) = PackWriter::new(Duration::from_millis(20));
        drop(sender);
        let mut digest = Sha256::digest(b"what does not pack");
        writer.begin("journal").await.unwrap();
        let mut written = 0;
        // Nobody reads: more than the queues hold is never taken.
        let ended = loop {
            let mut bytes = Vec::with_capacity(PIECE_BYTES);
            while bytes.len() < PIECE_BYTES {
                digest = Sha256::digest(digest);
                bytes.extend_from_slice(&digest);
            }
            if let Err(error) = writer.write(bytes).await {
                break error;
            }
            written += 1;
            assert!(written < 100, "it goes on");
        };
        assert!(ended.to_string().contains("stalls"), "{ended}");
        drop(writer);
        let mut read = 0;
        while let Some(piece) = pieces.recv().await {
            piece.unwrap();
            read += 1;
        }
        assert_eq!(read, WAITING_MOST, "what waited, and no end of a zip");
    }
}
