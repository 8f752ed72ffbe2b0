//! A run of entries on its way to central: `envelope \n shared \n` for each, compressed with zstd and signed.

use serde::{Deserialize, Serialize};

use crate::entry::{ENTRY_BYTES_MAX, Entry, Position};
use crate::keys::{BadSignature, PublicKey, Purpose, SecretKey};
use crate::stream::{Hash, StreamId};

/// The most entries in a batch.
pub const BATCH_ENTRIES_MAX: usize = 500;
/// The most bytes of a compressed body.
pub const BATCH_BYTES_MAX: usize = 1024 * 1024;
/// The most bytes that a body may grow to; counted while it is unpacked.
pub const BATCH_UNPACKED_MAX: usize = 8 * 1024 * 1024;
const LEVEL: i32 = 3;
/// What zstd can never make larger than [`BATCH_BYTES_MAX`]: bytes without any pattern grow by at most one in 256.
const BATCH_FITTING_MAX: usize = BATCH_BYTES_MAX - BATCH_BYTES_MAX / 128;

/// What a batch claims, beside its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchHeader {
    /// Number of the first entry.
    pub first_seq: i64,
    /// How many entries.
    pub count: i64,
    /// Hash before the first.
    pub prev_hash: Hash,
    /// Hash of the last.
    pub last_hash: Hash,
    /// The device's clock, UTC milliseconds.
    pub device_time: i64,
    /// By the stream's key over address, header and body.
    pub signature: String,
}

/// To whom a batch is addressed; signed, so that it cannot be replayed elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'a> {
    /// Path of the request.
    pub path: &'a str,
    /// Central's key.
    pub central_key: &'a PublicKey,
    /// The stream.
    pub stream: StreamId,
}

/// A body that is no batch. Nothing of it is stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// Larger than a limit.
    #[error("the batch is larger than central takes")]
    TooLarge,
    /// Not zstd, not UTF-8, or not pairs of lines.
    #[error("the batch cannot be unpacked")]
    Malformed,
    /// Wrong from this entry on: not contiguous, chain broken, digest wrong, other stream.
    #[error("the batch is wrong at entry {at}")]
    Corrupt {
        /// The entry.
        at: i64,
    },
}

/// Returns how many of the entries fit into one batch: at least one, since a single entry always fits.
pub fn fitting(entries: &[Entry]) -> usize {
    let mut bytes = 0;
    let fits = entries.iter().take(BATCH_ENTRIES_MAX).take_while(|entry| {
        bytes += entry.envelope_bytes.len() + entry.shared.len() + 2;
        // Not one byte of compression is counted on: a batch that cannot be packed would block the queue for ever.
        bytes <= BATCH_FITTING_MAX
    });
    fits.count().max(1)
}

/// Packs entries into a body.
///
/// # Errors
/// When they are more than a batch takes.
pub fn pack(entries: &[Entry]) -> Result<Vec<u8>, BatchError> {
    if entries.len() > BATCH_ENTRIES_MAX {
        return Err(BatchError::TooLarge);
    }
    let mut text = String::new();
    for entry in entries {
        for line in [&entry.envelope_bytes, &entry.shared] {
            text.push_str(line);
            text.push('\n');
        }
    }
    let body = pack_bytes(text.as_bytes())?;
    if body.len() > BATCH_BYTES_MAX || text.len() > BATCH_UNPACKED_MAX {
        Err(BatchError::TooLarge)
    } else {
        Ok(body)
    }
}

/// Unpacks a body and checks that its entries are a chain of this stream which fits the header.
///
/// # Errors
/// When a limit is passed, it cannot be unpacked, or an entry is wrong.
pub fn unpack(body: &[u8], header: &BatchHeader, stream: StreamId) -> Result<Vec<Entry>, BatchError> {
    let count = usize::try_from(header.count).map_err(|_| BatchError::Malformed)?;
    if body.len() > BATCH_BYTES_MAX || count > BATCH_ENTRIES_MAX {
        return Err(BatchError::TooLarge);
    }
    if count == 0 || header.first_seq < 1 {
        return Err(BatchError::Malformed);
    }
    if header.first_seq == 1 && header.prev_hash != Hash::ZERO {
        return Err(BatchError::Corrupt { at: 1 });
    }
    let text = unpack_text(body)?;
    let mut lines = text.split_terminator('\n');
    let mut before = Position { seq: header.first_seq - 1, hash: header.prev_hash };
    let mut entries = Vec::with_capacity(count);
    while let Some(envelope) = lines.next() {
        let corrupt = BatchError::Corrupt { at: before.seq + 1 };
        let shared = lines.next().ok_or(BatchError::Malformed)?;
        if envelope.len() + shared.len() > ENTRY_BYTES_MAX || entries.len() == count {
            return Err(BatchError::TooLarge);
        }
        let entry = Entry::read(envelope.to_owned(), shared.to_owned()).map_err(|_| corrupt.clone())?;
        if entry.envelope.stream != stream || !entry.follows(before) {
            return Err(corrupt);
        }
        before = entry.position();
        entries.push(entry);
    }
    if entries.len() != count || before.hash != header.last_hash {
        return Err(BatchError::Corrupt { at: before.seq });
    }
    Ok(entries)
}

fn unpack_text(body: &[u8]) -> Result<String, BatchError> {
    String::from_utf8(unpack_limited(body, BATCH_UNPACKED_MAX)?).map_err(|_| BatchError::Malformed)
}

/// Unpacks zstd, counting while it grows.
///
/// # Errors
/// When it would grow beyond `most` bytes, or is no zstd.
pub fn unpack_limited(body: &[u8], most: usize) -> Result<Vec<u8>, BatchError> {
    use std::io::Read;
    let decoder = zstd::stream::read::Decoder::new(body).map_err(|_| BatchError::Malformed)?;
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    decoder.take(limit).read_to_end(&mut bytes).map_err(|_| BatchError::Malformed)?;
    if bytes.len() > most { Err(BatchError::TooLarge) } else { Ok(bytes) }
}

/// Packs bytes with zstd.
///
/// # Errors
/// When the compressor fails; a bug or a lack of memory.
pub fn pack_bytes(bytes: &[u8]) -> Result<Vec<u8>, BatchError> {
    zstd::bulk::compress(bytes, LEVEL).map_err(|_| BatchError::Malformed)
}

impl BatchHeader {
    /// Describes and signs a batch.
    ///
    /// # Errors
    /// When there are no entries.
    pub fn sign(
        key: &SecretKey,
        address: Address<'_>,
        entries: &[Entry],
        body: &[u8],
        device_time: i64,
    ) -> Result<Self, BatchError> {
        let (first, last) = entries.first().zip(entries.last()).ok_or(BatchError::Malformed)?;
        let mut header = Self {
            first_seq: first.envelope.seq,
            count: i64::try_from(entries.len()).map_err(|_| BatchError::TooLarge)?,
            prev_hash: first.envelope.prev_hash,
            last_hash: last.hash,
            device_time,
            signature: String::new(),
        };
        header.signature =
            key.sign(Purpose::Batch, &header.fields(address, body).each_ref().map(String::as_bytes));
        Ok(header)
    }

    /// Checks the signature.
    ///
    /// # Errors
    /// When the stream's key did not sign this header and body for this address.
    pub fn verify(&self, key: &PublicKey, address: Address<'_>, body: &[u8]) -> Result<(), BadSignature> {
        let fields = self.fields(address, body);
        key.verify(Purpose::Batch, &fields.each_ref().map(String::as_bytes), &self.signature)
    }

    fn fields(&self, address: Address<'_>, body: &[u8]) -> [String; 10] {
        [
            "POST".to_owned(),
            address.path.to_owned(),
            address.central_key.to_string(),
            address.stream.to_string(),
            self.first_seq.to_string(),
            self.count.to_string(),
            self.prev_hash.to_string(),
            self.last_hash.to_string(),
            Hash::of(&[body]).to_string(),
            self.device_time.to_string(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::{chain, envelope, stream};

    const PATH: &str = "/sync/v1/streams/x/entries";

    fn signed(entries: &[Entry]) -> (BatchHeader, Vec<u8>, SecretKey, PublicKey) {
        let key = SecretKey::from_bytes(&[1; 32]);
        let central = SecretKey::from_bytes(&[2; 32]).public();
        let body = pack(entries).unwrap();
        let address = Address { path: PATH, central_key: &central, stream: stream(2) };
        let header = BatchHeader::sign(&key, address, entries, &body, 5).unwrap();
        (header, body, key, central)
    }

    #[test]
    fn a_batch_is_read_back() {
        let entries = chain(2, 5);
        let (header, body, key, central) = signed(&entries[1..4]);
        let address = Address { path: PATH, central_key: &central, stream: stream(2) };
        assert_eq!(header.verify(&key.public(), address, &body), Ok(()));
        assert_eq!(unpack(&body, &header, stream(2)), Ok(entries[1..4].to_vec()));
    }

    #[test]
    fn a_changed_address_header_or_body_does_not_verify() {
        let (header, body, key, central) = signed(&chain(2, 3));
        let address = Address { path: PATH, central_key: &central, stream: stream(2) };
        let public = key.public();
        let mut other_body = body.clone();
        other_body[0] ^= 1;
        assert!(header.verify(&public, address, &other_body).is_err());
        assert!(header.verify(&public, Address { path: "/", ..address }, &body).is_err());
        assert!(header.verify(&public, Address { stream: stream(3), ..address }, &body).is_err());
        assert!(header.verify(&public, Address { central_key: &public, ..address }, &body).is_err());
        for changed in [
            BatchHeader { first_seq: 2, ..header.clone() },
            BatchHeader { count: 2, ..header.clone() },
            BatchHeader { device_time: 6, ..header.clone() },
            BatchHeader { prev_hash: header.last_hash, ..header.clone() },
        ] {
            assert!(changed.verify(&public, address, &body).is_err());
        }
    }

    #[test]
    fn broken_chains_are_named() {
        let entries = chain(2, 5);
        let (header, _, _, _) = signed(&entries);
        let corrupt =
            |entries: &[Entry], header: &BatchHeader| unpack(&pack(entries).unwrap(), header, stream(2));
        let mut hole = entries.clone();
        hole.remove(2);
        assert_eq!(corrupt(&hole, &header), Err(BatchError::Corrupt { at: 3 }));
        let mut swapped = entries.clone();
        swapped.swap(1, 2);
        assert_eq!(corrupt(&swapped, &header), Err(BatchError::Corrupt { at: 2 }));
        let mut payload = entries.clone();
        payload[4].shared = "{\"n\":9}".to_owned();
        assert_eq!(corrupt(&payload, &header), Err(BatchError::Corrupt { at: 5 }));
        assert_eq!(corrupt(&entries[..4], &header), Err(BatchError::Corrupt { at: 4 }));
        assert_eq!(unpack(&pack(&entries).unwrap(), &header, stream(3)), Err(BatchError::Corrupt { at: 1 }));
    }

    #[test]
    fn bombs_and_rubbish_are_refused() {
        let (header, body, _, _) = signed(&chain(2, 2));
        let bomb = zstd::bulk::compress(&vec![b'x'; BATCH_UNPACKED_MAX + 1], 3).unwrap();
        assert!(bomb.len() < BATCH_BYTES_MAX);
        assert_eq!(unpack(&bomb, &header, stream(2)), Err(BatchError::TooLarge));
        assert_eq!(unpack(&vec![0; BATCH_BYTES_MAX + 1], &header, stream(2)), Err(BatchError::TooLarge));
        assert_eq!(unpack(b"not zstd", &header, stream(2)), Err(BatchError::Malformed));
        assert_eq!(unpack(&body[..body.len() - 1], &header, stream(2)), Err(BatchError::Malformed));
        for count in [0, -1, 501, i64::MAX] {
            assert!(unpack(&body, &BatchHeader { count, ..header.clone() }, stream(2)).is_err());
        }
        let invalid = zstd::bulk::compress(&[0xff, 0xfe, b'\n', b'\n'], 3).unwrap();
        assert_eq!(unpack(&invalid, &header, stream(2)), Err(BatchError::Malformed));
    }

    #[test]
    fn nothing_stands_before_the_first_entry() {
        let mut before = envelope(stream(2), Position::START);
        before.prev_hash = Hash::of(&[b"something"]);
        let entries = [Entry::seal(before, "{}".to_owned(), "{}").unwrap()];
        let (header, body, _, _) = signed(&entries);
        assert_eq!(unpack(&body, &header, stream(2)), Err(BatchError::Corrupt { at: 1 }));
    }

    #[test]
    fn what_fits_is_bounded() {
        assert_eq!(fitting(&chain(2, 3)), 3);
        assert_eq!(fitting(&chain(2, 600)), BATCH_ENTRIES_MAX);
    }

    #[test]
    fn what_fits_can_be_packed_however_little_pattern_it_has() {
        let mut before = Position::START;
        let mut entries = Vec::new();
        for number in 0u32..60 {
            // Characters without pattern: 15 bits in three bytes, the densest that UTF-8 text is.
            let blocks = (0u32..1_000).flat_map(|block| {
                let digest = Hash::of(&[&number.to_be_bytes(), &block.to_be_bytes()]);
                let pairs: Vec<_> = digest.bytes().chunks(2).map(<[u8]>::to_vec).collect();
                pairs.into_iter().map(|pair| u32::from(pair[0] & 0x7f) << 8 | u32::from(pair[1]))
            });
            let shared: String = blocks.filter_map(|bits| char::from_u32(0x1000 + bits)).collect();
            let entry = Entry::seal(envelope(stream(2), before), shared, "{}").unwrap();
            before = entry.position();
            entries.push(entry);
        }
        let fitting = fitting(&entries);
        assert!((10..60).contains(&fitting), "{fitting}");
        assert!(pack(&entries[..fitting]).unwrap().len() <= BATCH_BYTES_MAX);
    }
}
