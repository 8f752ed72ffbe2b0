//! What travels between a store and central: JSON, in types that never change.

mod announced;
mod bank_notice;
mod cashier;
mod combo;
mod commission_tax;
mod condition;
mod invoice;
mod joint_part;
mod promotion;
mod terms;
mod transfer;

pub use announced::AnnouncedRow;
pub use bank_notice::{BankNoticeRow, BankNotices, NOTICES_EACH_MAX, REFERENCES_MAX};
pub use cashier::CashierRow;
pub use combo::{ComboPartRow, ComboRow};
pub use commission_tax::CommissionTaxRow;
pub use condition::{
    CONDITION_TEXT_MAX, Condition, FAULTS_MAX, PrinterFault, WAITING_SALES_MAX, WaitingInvoices,
};
pub use invoice::InvoiceRow;
pub use joint_part::JointPartRow;
pub use promotion::{PromotionOffer, PromotionRow};
use serde::{Deserialize, Serialize};
pub use terms::TermsRow;
use time::Date;
pub use transfer::{ARRIVING_MAX, SISTERS_MAX, SisterStore, TAKEN_MAX, TakenTransfer, Transfers};
use uuid::Uuid;

use crate::entry::{Entry, Position};
use crate::keys::{BadSignature, PublicKey, Purpose, SecretKey};
use crate::stream::{Hash, StreamId, iso_date};

/// The protocol that this program speaks.
pub const PROTOCOL: u16 = 1;
/// The oldest protocol that central takes.
pub const PROTOCOL_MIN: u16 = 1;
/// Header with the protocol's number.
pub const PROTOCOL_HEADER: &str = "x-ocop-protocol";
/// Header with a [`crate::batch::BatchHeader`] in JSON.
pub const BATCH_HEADER: &str = "x-ocop-batch";
/// Header with a [`ReadProof`] in JSON.
pub const READ_HEADER: &str = "x-ocop-read";
/// The most changes in one page of the catalogue.
pub const PAGE_CHANGES_MAX: i64 = 1_000;
/// The most entries in one page of a journal.
pub const PAGE_ENTRIES_MAX: i64 = 500;
/// A page of a journal ends with the entry that passes so many bytes.
pub const PAGE_ENTRIES_BYTES: usize = 2 * 1024 * 1024;

/// Central's word that entries are durable. Only a valid signed one counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ack {
    /// The stream.
    pub stream: StreamId,
    /// The last entry that central holds.
    pub acked_seq: i64,
    /// Its hash.
    pub acked_hash: Hash,
    /// Whether the stream waits for approval: entries are stored, not counted.
    pub held: bool,
    /// Changes when central is restored from a backup.
    pub central_epoch: Uuid,
    /// Central's clock, UTC milliseconds.
    pub central_time: i64,
    /// Entries of this batch that were stored but could not be interpreted.
    pub exceptions: Vec<i64>,
    /// By central's key over all fields above.
    pub signature: String,
}

impl Ack {
    /// Signs the acknowledgement.
    #[must_use]
    pub fn sign(mut self, key: &SecretKey) -> Self {
        self.signature = key.sign(Purpose::Ack, &self.fields().each_ref().map(String::as_bytes));
        self
    }

    /// Checks that central's key made it, for this stream.
    ///
    /// # Errors
    /// When the signature does not fit or it speaks of another stream.
    pub fn verify(&self, key: &PublicKey, stream: StreamId) -> Result<(), BadSignature> {
        if self.stream != stream {
            return Err(BadSignature);
        }
        key.verify(Purpose::Ack, &self.fields().each_ref().map(String::as_bytes), &self.signature)
    }

    /// Returns the acknowledged position.
    pub const fn position(&self) -> Position {
        Position { seq: self.acked_seq, hash: self.acked_hash }
    }

    fn fields(&self) -> [String; 7] {
        let exceptions: Vec<String> = self.exceptions.iter().map(i64::to_string).collect();
        [
            self.stream.to_string(),
            self.acked_seq.to_string(),
            self.acked_hash.to_string(),
            if self.held { "held".to_owned() } else { "counted".to_owned() },
            self.central_epoch.to_string(),
            self.central_time.to_string(),
            exceptions.join(","),
        ]
    }
}

/// Why central did not take a request. The name stands in `error`, a sentence for people in `message`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum Problem {
    /// The signature, the key or the stream is not known (401).
    Unauthorised,
    /// The key was revoked (403).
    Revoked,
    /// The body is no valid batch; nothing was stored (422).
    CorruptBatch {
        /// The first entry that is wrong.
        at: i64,
    },
    /// Other content stands at this place; both are kept, and a person decides (409).
    Fork {
        /// The first entry that differs.
        at_seq: i64,
        /// What central has there.
        central_hash: Hash,
    },
    /// Entries before this batch are missing (409).
    Gap {
        /// The entry that central expects next.
        expected: i64,
    },
    /// The protocol is too old or too new (426).
    Protocol {
        /// Oldest accepted.
        min: u16,
        /// Newest accepted.
        max: u16,
    },
    /// Too much or too often; try again later (429, 503).
    Busy {
        /// Not before this many seconds.
        retry_after_s: u32,
    },
    /// The catalogue cursor is too old, or of another central: pull everything anew (410).
    Resync,
    /// The enrolment code is wrong, used or expired (403).
    EnrolmentCode,
}

/// Proves that a reading request comes from the stream's device; good for a few minutes of central's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadProof {
    /// The stream.
    pub stream: StreamId,
    /// The device's clock, UTC milliseconds.
    pub device_time: i64,
    /// Over path with query, stream and time.
    pub signature: String,
}

impl ReadProof {
    /// Signs a reading request for a path with its query.
    pub fn sign(key: &SecretKey, path: &str, stream: StreamId, device_time: i64) -> Self {
        let fields = [path.to_owned(), stream.to_string(), device_time.to_string()];
        let signature = key.sign(Purpose::Read, &fields.each_ref().map(String::as_bytes));
        Self { stream, device_time, signature }
    }

    /// Checks it.
    ///
    /// # Errors
    /// When it was not signed by this key for this path.
    pub fn verify(&self, key: &PublicKey, path: &str) -> Result<(), BadSignature> {
        let fields = [path.to_owned(), self.stream.to_string(), self.device_time.to_string()];
        key.verify(Purpose::Read, &fields.each_ref().map(String::as_bytes), &self.signature)
    }
}

/// Where central stands with a stream (`GET …/head`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// As an acknowledgement of the last entry; signed alike.
    pub ack: Ack,
}

/// The other journals of a store that central counts (`GET /sync/v1/streams`): those of former computers, of a branch
/// that was adopted, of a second computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journals {
    /// The last entry of each, as an acknowledgement, in the order in which central came to know them.
    pub acks: Vec<Ack>,
}

/// A run of a journal's entries (`GET …/entries?after=N`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntriesPage {
    /// Central's word on the last entry of this page; through the chain, on all of them.
    pub ack: Ack,
    /// In order of their numbers.
    pub entries: Vec<SharedEntry>,
}

/// What central has of an entry: all but the private payload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedEntry {
    /// The hashed bytes.
    pub envelope: String,
    /// The shared payload.
    pub shared: String,
}

impl EntriesPage {
    /// Reads the entries; those of an adopted branch name the journal that they were written in, not the one asked for.
    /// `None` unless they are a chain that ends at what the page's acknowledgement says: with its signature, all of them
    /// are central's word.
    pub fn read(self) -> Option<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::with_capacity(self.entries.len());
        for SharedEntry { envelope, shared } in self.entries {
            let entry = Entry::read(envelope, shared).ok()?;
            if entries.last().is_some_and(|last| !entry.follows(last.position())) {
                return None;
            }
            entries.push(entry);
        }
        entries.last().is_some_and(|last| last.position() == self.ack.position()).then_some(entries)
    }
}

/// A device asks to become a stream (`POST /sync/v1/enrol`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrol {
    /// The one-time code of the store.
    pub code: String,
    /// The incarnation that the device made, in hex.
    pub incarnation: String,
    /// The device's key.
    pub public_key: PublicKey,
    /// A name by which people know the device.
    pub device: String,
    /// The stream that this one continues, for a restored store.
    pub predecessor: Option<StreamId>,
    /// Proves the key: over code, incarnation and device.
    pub signature: String,
}

impl Enrol {
    /// Signs the request.
    #[must_use]
    pub fn sign(mut self, key: &SecretKey) -> Self {
        self.signature = key.sign(Purpose::Enrol, &self.fields().each_ref().map(String::as_bytes));
        self
    }

    /// Checks that the sender has the key.
    ///
    /// # Errors
    /// When it has not.
    pub fn verify(&self) -> Result<(), BadSignature> {
        self.public_key.verify(
            Purpose::Enrol,
            &self.fields().each_ref().map(String::as_bytes),
            &self.signature,
        )
    }

    fn fields(&self) -> [String; 4] {
        let predecessor = self.predecessor.map_or_else(String::new, |stream| stream.to_string());
        [self.code.clone(), self.incarnation.clone(), self.device.clone(), predecessor]
    }
}

/// What an enrolled device needs to know (200).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The stream, with the store that the code was for.
    pub stream: StreamId,
    /// Central's key, which the store pins.
    pub central_key: PublicKey,
    /// The store's code, with which receipt numbers begin.
    pub store_code: String,
    /// Its name, for the first page.
    pub store_name: String,
}

/// A page of the catalogue, in commit order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CataloguePage {
    /// Central's identity; another one means `resync`.
    pub central_epoch: Uuid,
    /// The changes.
    pub changes: Vec<Change>,
    /// The cursor after them.
    pub next: i64,
    /// More is waiting.
    pub more: bool,
}

/// One row of the catalogue as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Place in commit order.
    pub change_seq: i64,
    /// Which table.
    pub kind: String,
    /// Which row.
    pub id: String,
    /// The row, or nothing when it was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<serde_json::Value>,
}

/// A row of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", rename_all = "snake_case")]
pub enum CatalogueRow {
    /// The store itself and its operator's settings.
    Store(StoreRow),
    /// A product.
    Product(ProductRow),
    /// Products that are sold together under one code.
    Combo(ComboRow),
    /// What a product counts as from a day on.
    ProductFacts(ProductFactsRow),
    /// A producer.
    Producer(ProducerRow),
    /// Consignment terms.
    Terms(TermsRow),
    /// A VAT rate.
    TaxRate(TaxRateRow),
    /// A cashier of the store.
    Cashier(CashierRow),
    /// A promotion.
    Promotion(PromotionRow),
    /// Goods that a producer will bring.
    Announced(AnnouncedRow),
    /// What the store is to settle with a producer.
    JointPart(JointPartRow),
}

/// The store as receipts and payments show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreRow {
    /// The store.
    pub id: Uuid,
    /// Code with which receipt numbers begin.
    pub code: String,
    /// Name on screen.
    pub name: String,
    /// First line of the receipt.
    pub receipt_title: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Tax number of the operator.
    pub tax_number: String,
    /// Bank identification number (NAPAS) for VietQR; empty when there is no account.
    pub bank_bin: String,
    /// Account for VietQR.
    pub bank_account: String,
    /// VAT on commission on the day on which the row was told, parts per million, for tills that know one rate alone.
    pub commission_tax_ppm: u32,
    /// Last line of the receipt.
    pub receipt_footer: String,
    /// E-invoices; none until the department or the accountant set them up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<Box<InvoiceRow>>,
    /// The same by business date; empty while it never changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commission_taxes: Vec<CommissionTaxRow>,
}

/// A product of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRow {
    /// The product.
    pub id: Uuid,
    /// The shop's own code.
    pub sku: String,
    /// All barcodes.
    pub barcodes: Vec<String>,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// `piece` or `weight`.
    pub sold_by: String,
    /// Price of a unit, đồng, VAT included.
    pub price: i64,
    /// Version of the price.
    pub price_version: i64,
    /// Code of the VAT class.
    pub tax_class: String,
    /// Refused past its date.
    pub refuse_expired: bool,
    /// Name of the product group.
    pub group: String,
    /// Whose goods, when consigned.
    pub producer: Option<Uuid>,
    /// Products that stores added at the counter and that are this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<Uuid>,
}

/// A dated row of what a product counts as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductFactsRow {
    /// The row.
    pub id: Uuid,
    /// The product.
    pub product: Uuid,
    /// First business date.
    #[serde(with = "iso_date")]
    pub valid_from: Date,
    /// Codes of the categories, the leading one first.
    pub categories: Vec<String>,
    /// OCOP stars.
    pub stars: Option<u8>,
}

/// A producer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProducerRow {
    /// The producer.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// The whole address under which phones read about the producer's goods and money; none without a reading key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading_url: Option<String>,
}

/// A dated VAT rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRateRow {
    /// The row.
    pub id: Uuid,
    /// Code of the class.
    pub class: String,
    /// First business date.
    #[serde(with = "iso_date")]
    pub valid_from: Date,
    /// Last business date.
    #[serde(default, with = "iso_date::option")]
    pub valid_to: Option<Date>,
    /// Parts per million.
    pub ppm: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::{chain, stream};

    fn page(entries: &[Entry], acked: Position) -> EntriesPage {
        let ack = Ack {
            stream: stream(2),
            acked_seq: acked.seq,
            acked_hash: acked.hash,
            held: false,
            central_epoch: Uuid::nil(),
            central_time: 0,
            exceptions: Vec::new(),
            signature: String::new(),
        };
        let shared = |entry: &Entry| SharedEntry {
            envelope: entry.envelope_bytes.clone(),
            shared: entry.shared.clone(),
        };
        EntriesPage { ack, entries: entries.iter().map(shared).collect() }
    }

    #[test]
    fn a_page_is_a_chain_that_ends_where_central_says() {
        let all = chain(2, 5);
        let end = all[4].position();
        assert_eq!(page(&all[2..], end).read(), Some(all[2..].to_vec()));
        assert_eq!(page(&all[2..4], end).read(), None, "shorter than what is signed");
        assert_eq!(page(&[all[2].clone(), all[4].clone()], end).read(), None, "a hole");
        assert_eq!(page(&[], end).read(), None);
        let mut changed = page(&all[2..], end);
        changed.entries[0].shared = "{\"n\":9}".to_owned();
        assert_eq!(changed.read(), None, "other content");
    }
}
