//! One immutable record of a journal: an envelope, which is frozen for ever, and two payloads. The hash covers the
//! envelope's stored bytes, and through its two digests both payloads; only the shared payload leaves the store.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::stream::{Hash, StreamId, iso_date};

/// The most bytes that an envelope and its shared payload take together.
pub const ENTRY_BYTES_MAX: usize = 256 * 1024;
const HASH_DOMAIN: &[u8] = b"consign-entry-v1\0";

/// A place in a stream: the number of an entry and its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    /// 1, 2, 3 … without gaps; 0 before the first entry.
    pub seq: i64,
    /// The hash of that entry; zeros before the first.
    pub hash: Hash,
}

impl Position {
    /// Before the first entry.
    pub const START: Self = Self { seq: 0, hash: Hash::ZERO };
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident $name:literal;)*) => {
        /// What an entry tells. A kind that this version does not know is kept under its name.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum Kind {
            $($(#[$doc])* $variant,)*
            /// A kind of a later version; appended, acknowledged, and interpreted after the upgrade.
            Unknown(String),
        }

        impl Kind {
            /// Returns the name on the wire; it never changes.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $name,)*
                    Self::Unknown(name) => name,
                }
            }
        }

        impl From<&str> for Kind {
            fn from(name: &str) -> Self {
                match name {
                    $($name => Self::$variant,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }
    };
}

kinds! {
    /// The first entry of a stream: who begins it, with which key, after which other stream.
    Genesis "genesis";
    /// A cashier's turn begins.
    ShiftOpen "shift_open";
    /// A cashier's turn ends with a count of the drawer.
    ShiftClose "shift_close";
    /// A completed sale.
    Sale "sale";
    /// Goods came back and their money went out; the sale stands in the envelope.
    Refund "refund";
    /// A sale was reversed as a whole before its shift closed; the sale stands in the envelope.
    Void "void";
    /// Money was put into a drawer or taken out, other than by selling.
    CashMoved "cash_moved";
    /// Money came that the store had waited for since a sale; the sale stands in the envelope.
    TenderConfirmed "tender_confirmed";
    /// Goods were ordered, and a part of them paid in advance.
    DepositTaken "deposit_taken";
    /// A deposit was given back, or kept by the operator.
    DepositReturned "deposit_returned";
    /// Goods came in.
    GoodsIn "goods_in";
    /// Goods left the shelf and were not sold.
    GoodsOut "goods_out";
    /// The shelf was counted.
    GoodsCount "goods_count";
    /// Goods were sent to another store of the operator.
    TransferOut "transfer_out";
    /// Goods came from another store.
    TransferIn "transfer_in";
    /// Goods were packed anew.
    Repack "repack";
    /// What is owed to a producer was settled, and perhaps paid.
    Settlement "settlement";
    /// A producer was paid without a settlement.
    ProducerPaid "producer_paid";
    /// What was settled with a producer, or paid to one, was put right.
    ProducerAdjusted "producer_adjusted";
    /// A product that nobody knew was added at the counter.
    ProvisionalProduct "provisional_product";
    /// A producer whom nobody knew was added at the counter.
    ProvisionalProducer "provisional_producer";
    /// A drawer was opened without a sale.
    Drawer "drawer";
    /// A receipt was printed again.
    Reprint "reprint";
    /// The wall clock jumped or ran backwards.
    ClockChanged "clock_changed";
    /// A version of the terms with a producer was agreed at the store.
    Terms "terms";
}

/// What the clock did since the entry before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockFlag {
    /// Nothing strange.
    Ok,
    /// The wall clock was set, or drifted more than two minutes from the monotonic one.
    Jumped,
    /// It lies before the entry before, or before the program was built.
    Behind,
}

/// The last acknowledgement that the store had seen: the store is central's witness.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastAck {
    /// The acknowledged entry.
    pub seq: i64,
    /// Its hash.
    pub hash: Hash,
    /// Central's time then, UTC milliseconds.
    pub central_time: i64,
}

/// Version 1 of the envelope. The order of the fields is the order of the keys in the hashed bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Always 1.
    pub v: u8,
    /// The journal.
    pub stream: StreamId,
    /// The entry's number.
    pub seq: i64,
    /// Hash of the entry before; zeros for the first.
    pub prev_hash: Hash,
    /// Name of the kind (see [`Kind`]).
    pub kind: String,
    /// Version of the payload of this kind.
    pub schema: u16,
    /// The sale, for entries about one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sale_id: Option<Uuid>,
    /// The business date of the shift.
    #[serde(with = "iso_date")]
    pub business_date: Date,
    /// The device's wall clock, UTC milliseconds. Never used for order.
    pub wall_utc_ms: i64,
    /// The device's time zone, minutes east of UTC.
    pub utc_offset_min: i16,
    /// Changes with every start of the program, as the monotonic clock does.
    pub boot_id: Uuid,
    /// Milliseconds since that start.
    pub mono_ms: i64,
    /// What the clock did.
    pub clock_flag: ClockFlag,
    /// The last acknowledgement seen.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_central_ack: Option<LastAck>,
    /// Σ payable of all sales of the stream up to here, never reduced. Đồng.
    pub grand_total_after: i64,
    /// Bytes of the shared payload.
    pub shared_len: u32,
    /// Digest of the shared payload.
    pub shared_sha256: Hash,
    /// Bytes of the private payload.
    pub private_len: u32,
    /// Digest of the private payload.
    pub private_sha256: Hash,
}

impl Envelope {
    /// Returns the kind.
    pub fn kind(&self) -> Kind {
        Kind::from(self.kind.as_str())
    }
}

/// An entry with its stored bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The envelope, parsed.
    pub envelope: Envelope,
    /// The envelope's bytes: what is hashed, never written anew.
    pub envelope_bytes: String,
    /// The shared payload's bytes.
    pub shared: String,
    /// SHA-256("consign-entry-v1\0" || envelope bytes).
    pub hash: Hash,
}

/// An entry that is not what it says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Larger than [`ENTRY_BYTES_MAX`].
    #[error("the entry is larger than {ENTRY_BYTES_MAX} bytes")]
    TooLarge,
    /// The envelope is not version 1 in its one spelling.
    #[error("the envelope is not a version 1 envelope")]
    Envelope,
    /// The shared payload does not have the digest that the envelope tells.
    #[error("the payload is not the one that the envelope was made for")]
    Payload,
    /// The shared payload has a line break, and a batch carries it as one line.
    #[error("the payload is more than one line")]
    Lines,
}

impl Entry {
    /// Completes an envelope with the digests of its payloads and seals it.
    ///
    /// # Errors
    /// When the entry would be too large, or could not travel in a batch.
    pub fn seal(mut envelope: Envelope, shared: String, private: &str) -> Result<Self, EntryError> {
        if shared.contains('\n') {
            return Err(EntryError::Lines);
        }
        envelope.shared_len = u32::try_from(shared.len()).map_err(|_| EntryError::TooLarge)?;
        envelope.shared_sha256 = Hash::of(&[shared.as_bytes()]);
        envelope.private_len = u32::try_from(private.len()).map_err(|_| EntryError::TooLarge)?;
        envelope.private_sha256 = Hash::of(&[private.as_bytes()]);
        let envelope_bytes = serde_json::to_string(&envelope).map_err(|_| EntryError::Envelope)?;
        if envelope_bytes.len() + shared.len() > ENTRY_BYTES_MAX || private.len() > ENTRY_BYTES_MAX {
            return Err(EntryError::TooLarge);
        }
        let hash = hash_of(&envelope_bytes);
        Ok(Self { envelope, envelope_bytes, shared, hash })
    }

    /// Reads stored or received bytes and checks that they belong together. The bytes are kept as they came.
    ///
    /// # Errors
    /// When they are too large, no envelope of version 1, or do not belong together.
    pub fn read(envelope_bytes: String, shared: String) -> Result<Self, EntryError> {
        if envelope_bytes.len() + shared.len() > ENTRY_BYTES_MAX {
            return Err(EntryError::TooLarge);
        }
        let envelope: Envelope = serde_json::from_str(&envelope_bytes).map_err(|_| EntryError::Envelope)?;
        // One spelling only: other bytes with the same meaning would give one entry two hashes.
        let spelled = serde_json::to_string(&envelope).is_ok_and(|text| text == envelope_bytes);
        if envelope.v != 1 || envelope.seq < 1 || !spelled {
            return Err(EntryError::Envelope);
        }
        let fits = u32::try_from(shared.len()).is_ok_and(|length| length == envelope.shared_len);
        if !fits || Hash::of(&[shared.as_bytes()]) != envelope.shared_sha256 {
            return Err(EntryError::Payload);
        }
        let hash = hash_of(&envelope_bytes);
        Ok(Self { envelope, envelope_bytes, shared, hash })
    }

    /// Checks a private payload, which is stored beside the entry and may have been erased.
    ///
    /// # Errors
    /// When it is not the one that the envelope was made for.
    pub fn check_private(&self, private: &str) -> Result<(), EntryError> {
        let fits = u32::try_from(private.len()).is_ok_and(|length| length == self.envelope.private_len);
        let same = Hash::of(&[private.as_bytes()]) == self.envelope.private_sha256;
        if fits && same { Ok(()) } else { Err(EntryError::Payload) }
    }

    /// Returns the entry's place in its stream.
    pub const fn position(&self) -> Position {
        Position { seq: self.envelope.seq, hash: self.hash }
    }

    /// True when this entry follows `before` in its stream.
    pub fn follows(&self, before: Position) -> bool {
        before.seq.checked_add(1) == Some(self.envelope.seq) && self.envelope.prev_hash == before.hash
    }
}

fn hash_of(envelope_bytes: &str) -> Hash {
    Hash::of(&[HASH_DOMAIN, envelope_bytes.as_bytes()])
}

#[cfg(test)]
pub(crate) mod tests {
    use domain::ids::StoreId;
    use time::macros::date;

    use super::*;

    pub(crate) fn stream(incarnation: u128) -> StreamId {
        StreamId { store_id: StoreId::from_uuid(Uuid::from_u128(1)), incarnation }
    }

    pub(crate) fn envelope(stream: StreamId, before: Position) -> Envelope {
        Envelope {
            v: 1,
            stream,
            seq: before.seq + 1,
            prev_hash: before.hash,
            kind: "reprint".to_owned(),
            schema: 1,
            sale_id: Some(Uuid::from_u128(7)),
            business_date: date!(2026 - 11 - 23),
            wall_utc_ms: 1_795_000_000_000,
            utc_offset_min: 420,
            boot_id: Uuid::from_u128(3),
            mono_ms: 12,
            clock_flag: ClockFlag::Ok,
            last_central_ack: None,
            grand_total_after: 655_000,
            shared_len: 0,
            shared_sha256: Hash::ZERO,
            private_len: 0,
            private_sha256: Hash::ZERO,
        }
    }

    /// Entries 1..=n of a stream.
    pub(crate) fn chain(incarnation: u128, n: usize) -> Vec<Entry> {
        let mut before = Position::START;
        (0..n)
            .map(|i| {
                let shared = format!("{{\"n\":{i}}}");
                let entry = Entry::seal(envelope(stream(incarnation), before), shared, "{}").unwrap();
                before = entry.position();
                entry
            })
            .collect()
    }

    #[test]
    fn the_envelope_is_spelled_in_its_fixed_order() {
        let entry =
            Entry::seal(envelope(stream(2), Position::START), "{}".to_owned(), "{\"salt\":\"00\"}").unwrap();
        let expected = concat!(
            r#"{"v":1,"stream":"00000000-0000-0000-0000-000000000001.00000000000000000000000000000002","seq":1,"#,
            r#""prev_hash":"0000000000000000000000000000000000000000000000000000000000000000","kind":"reprint","#,
            r#""schema":1,"sale_id":"00000000-0000-0000-0000-000000000007","business_date":"2026-11-23","#,
            r#""wall_utc_ms":1795000000000,"utc_offset_min":420,"boot_id":"00000000-0000-0000-0000-000000000003","#,
            r#""mono_ms":12,"clock_flag":"ok","grand_total_after":655000,"shared_len":2,"#,
            r#""shared_sha256":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","private_len":13,"#,
            r#""private_sha256":"#
        );
        assert!(entry.envelope_bytes.starts_with(expected), "{}", entry.envelope_bytes);
    }

    #[test]
    fn an_entry_is_read_back_and_any_changed_byte_is_seen() {
        let entry = chain(2, 1).remove(0);
        let read = |envelope: &str, shared: &str| Entry::read(envelope.to_owned(), shared.to_owned());
        assert_eq!(read(&entry.envelope_bytes, &entry.shared), Ok(entry.clone()));
        assert_eq!(read(&entry.envelope_bytes, "{\"n\":1}"), Err(EntryError::Payload));
        assert_eq!(
            read(&entry.envelope_bytes.replace("\"v\":1", "\"v\": 1"), &entry.shared),
            Err(EntryError::Envelope)
        );
        assert_eq!(
            read(&entry.envelope_bytes.replace("\"v\":1", "\"v\":2"), &entry.shared),
            Err(EntryError::Envelope)
        );
        let changed = read(&entry.envelope_bytes.replace("655000", "655001"), &entry.shared).unwrap();
        assert_ne!(changed.hash, entry.hash);
        assert_eq!(entry.check_private("{}"), Ok(()));
        assert_eq!(entry.check_private("{ }"), Err(EntryError::Payload));
    }

    #[test]
    fn an_unknown_kind_keeps_its_name() {
        assert_eq!(Kind::from("sale"), Kind::Sale);
        assert_eq!(Kind::from("teleport").as_str(), "teleport");
    }

    #[test]
    fn a_payload_is_one_line() {
        let lines = Entry::seal(envelope(stream(2), Position::START), "{\n}".to_owned(), "{}");
        assert_eq!(lines, Err(EntryError::Lines));
    }

    #[test]
    fn a_huge_entry_is_refused() {
        let huge = "x".repeat(ENTRY_BYTES_MAX);
        assert_eq!(Entry::seal(envelope(stream(2), Position::START), huge, ""), Err(EntryError::TooLarge));
    }
}
