//! What a pack's data files say: the manifest, a settlement, the seal of the department's report.

use serde::Serialize;
use time::Date;

use crate::web::producer::settlement::report::RowOfReport;
use crate::web::sales::report::iso;

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
    /// Paid with it.
    pub paid_vnd: i64,
    /// A product each.
    pub rows: Vec<RowOfReport>,
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
