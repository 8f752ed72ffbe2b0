//! What a pack's data files say: the manifest, a settlement, the list of papers, the seal of the department's report.

use serde::Serialize;
use time::Date;
use uuid::Uuid;

use crate::web::producer::settlement::report::RowOfReport;
use crate::web::sales::report::{iso, iso_maybe};

/// What is in a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// The form of this file.
    pub version: u8,
    /// The period: `2026-q4`.
    pub period: String,
    /// Its first day.
    #[serde(serialize_with = "iso")]
    pub from: Date,
    /// Its last day.
    #[serde(serialize_with = "iso")]
    pub to: Date,
    /// The operator's name.
    pub operator: String,
    /// When it was made, UTC milliseconds.
    pub made_at_ms: i64,
    /// Central's key, in hex: it signed what stores were acknowledged, and `manifest.sig`. An auditor has it from elsewhere.
    pub central_key: String,
    /// The journals.
    pub journals: Vec<JournalOfPack>,
    /// Entries that are not in the books as told.
    pub exceptions: Vec<ExceptionOfPack>,
    /// Every file but this one and its signature.
    pub files: Vec<FileOfPack>,
}

/// A journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JournalOfPack {
    /// Its file.
    pub path: String,
    /// The store's code.
    pub store: String,
    /// The stream.
    pub stream: String,
    /// The stream that its entries name: another one for a branch that was adopted.
    pub named: String,
    /// Up to which entry its file repeats that stream; 0 for a journal of its own.
    pub after_seq: i64,
    /// The number of its last entry here.
    pub last_seq: i64,
    /// Its hash.
    pub last_hash: String,
}

/// An entry that is not in the books as told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExceptionOfPack {
    /// The stream.
    pub stream: String,
    /// Its number.
    pub seq: i64,
    /// Why.
    pub reason: String,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileOfPack {
    /// Its place in the pack.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 in hex.
    pub sha256: String,
}

/// A settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettlementOfPack {
    /// The number on its paper.
    pub number: String,
    /// The store.
    pub store: String,
    /// With whom.
    pub producer: String,
    /// The business day.
    #[serde(serialize_with = "iso")]
    pub day: Date,
    /// The journal of its entry.
    pub stream: String,
    /// The entry's number.
    pub seq: i64,
    /// Owed for its rows, đồng.
    pub due_vnd: i64,
    /// Owed from before.
    pub carried_vnd: i64,
    /// Of what is owed from before: what was put right since the settlement before.
    pub adjusted_vnd: i64,
    /// Paid with it.
    pub paid_vnd: i64,
    /// A product each.
    pub rows: Vec<RowOfReport>,
    /// What producer and operator said of it, the earliest of each first: the producer's answers, then what followed.
    pub said: Vec<SaidOfPack>,
}

/// Something that was said of a settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SaidOfPack {
    /// `confirmed`, `disputed`; `as_told`, `next_one`, `insisted`, `accepted`, `signed`, `paper`.
    pub said: &'static str,
    /// The row that it is about; none for all of the settlement.
    pub product_id: Option<Uuid>,
    /// In which words; of a signature whose it is.
    pub words: String,
    /// Of a dispute: the figure that is wrong.
    pub figure: Option<&'static str>,
    /// What it should be, thousandths of the unit or đồng.
    pub claimed: Option<i64>,
    /// When a paper was signed.
    #[serde(serialize_with = "iso_maybe")]
    pub signed_on: Option<Date>,
    /// The operator said it; else the producer.
    pub by_operator: bool,
    /// The login of who said it.
    pub said_by: String,
    /// When, UTC milliseconds.
    pub said_at_ms: i64,
}

/// A settlement over several stores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JointOfPack {
    /// It.
    pub id: Uuid,
    /// Its number, of the operator.
    pub number: String,
    /// With whom.
    pub producer: String,
    /// When the money was sent.
    #[serde(serialize_with = "iso")]
    pub paid_on: Date,
    /// What was sent for all stores, đồng.
    pub paid_vnd: i64,
    /// SHA-256 over its id and the hashes of the stores' entries, in hex; none before all stores are in.
    pub sha256: Option<String>,
    /// Each store, in the order of that hash.
    pub stores: Vec<PartOfPack>,
}

/// A store's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartOfPack {
    /// The store's name.
    pub store: String,
    /// What the books said was owed when it was made, đồng.
    pub owed_vnd: i64,
    /// What was sent for it.
    pub sent_vnd: i64,
    /// The store's own paper; none while it is waited for.
    pub paper: Option<EntryOfPart>,
}

/// The store's paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryOfPart {
    /// The number on it.
    pub number: String,
    /// The business day.
    #[serde(serialize_with = "iso")]
    pub day: Date,
    /// The journal of its entry.
    pub stream: String,
    /// The entry's number.
    pub seq: i64,
    /// The entry's hash, in hex.
    pub sha256: String,
    /// Owed for its rows, đồng.
    pub due_vnd: i64,
    /// Owed from before.
    pub carried_vnd: i64,
    /// Paid.
    pub paid_vnd: i64,
}

/// The list of papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PapersOfPack {
    /// The most bytes of papers in a pack: what does not fit stands in the list, and not in the pack.
    pub bytes_most: i64,
    /// The papers, those of settlements first.
    pub papers: Vec<PaperOfPack>,
}

/// A photograph or scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaperOfPack {
    /// Its file; none for one that did not fit.
    pub path: Option<String>,
    /// `settlement`, `point`, `recognition` or `product`: what it is about.
    pub about: &'static str,
    /// Of a settlement the producer, of a point its name, else the product.
    pub whose: String,
    /// The number of the settlement, the handover, the decision or the paper; empty where it has none.
    pub number: String,
    /// Of a settlement the store, of a point the file's title, of a decision its issuer, of a product's paper its kind.
    pub what: String,
    /// The day of the settlement, the handover, the decision or the paper.
    #[serde(serialize_with = "iso_maybe")]
    pub day: Option<Date>,
    /// Of a settlement: the journal of its entry.
    pub stream: Option<String>,
    /// Of a settlement: the entry's number.
    pub seq: Option<i64>,
    /// Of a settlement: the operator brought it; else the producer.
    pub by_operator: Option<bool>,
    /// The login of who brought it.
    pub brought_by: String,
    /// When, UTC milliseconds.
    pub brought_at_ms: i64,
    /// Its size.
    pub bytes: i64,
    /// SHA-256 of it as it was brought, in hex.
    pub sha256: String,
}

/// The seal of the department's report, and what it says of this operator's stores.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SealOfPack {
    /// The report of the period is sealed.
    pub is_sealed: bool,
    /// When, UTC milliseconds.
    pub sealed_at_ms: Option<i64>,
    /// SHA-256 of what was sealed, in hex.
    pub sha256: Option<String>,
    /// The operator's stores in it: as sealed, or as they stand now.
    pub stores: Vec<StoreOfSeal>,
}

/// A store in the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoreOfSeal {
    /// Its name.
    pub store: String,
    /// What buyers paid, đồng.
    pub revenue_vnd: i64,
    /// Receipts.
    pub receipt_count: i64,
}
