//! Makes a pack, in one state of the database, file after file.

use std::io;

use protocol::Hash;
use protocol::keys::Purpose;
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::Receiver;
use web::Lang;

use super::made::{ExceptionOfPack, JournalOfPack, Manifest, SealOfPack, StoreOfSeal};
use super::writing::{PATIENCE, PackWriter, Piece};
use super::{PAPER_BYTES_MOST, SETTLEMENTS_MOST, joints, page, papers, statement};
use crate::app::App;
use crate::db::reconciliation::Asked;
use crate::db::reconciliation::journals::{self, Journal, Stretch};
use crate::db::reconciliation::papers::PeriodPaper;
use crate::db::users::Scope;
use crate::db::{Tx, entries, joint_settlements};
use crate::error::{Error, Result};
use crate::web::reconciliation::load::{self, Wanted};
use crate::web::reconciliation::page::period_words;
use crate::web::reconciliation::report::ReconciliationReport;
use crate::web::reconciliation::{file, gap};
use crate::web::reports::shown::Shown;
use crate::web::workbook;

/// Entries that are read at once.
const PAGE: i64 = 500;
/// The form of the manifest.
const VERSION: u8 = 1;

/// The program that checks a pack, with everything that it needs.
const VERIFIER: [(&str, &str); 5] = [
    ("verifier.py", include_str!("../../../assets/verifier/verifier.py")),
    ("verifier_books.py", include_str!("../../../assets/verifier/verifier_books.py")),
    ("verifier_pack.py", include_str!("../../../assets/verifier/verifier_pack.py")),
    ("ed25519.py", include_str!("../../../assets/verifier/ed25519.py")),
    ("pad.py", include_str!("../../../assets/verifier/pad.py")),
];
const README: &str = include_str!("../../../assets/pack/README.md");

/// What is to be packed.
pub struct Pack {
    /// The service.
    pub app: App,
    /// Who asks.
    pub scope: Scope,
    /// The language of pages and sheets.
    pub lang: Lang,
    /// What was asked for.
    pub wanted: Wanted,
    /// Whose entries.
    pub asked: Asked,
    /// Their journals.
    pub journals: Vec<Journal>,
    /// Their papers.
    pub papers: Vec<PeriodPaper>,
}

/// Begins a pack; its bytes come out of the receiver. The permit is held until it is whole or nobody reads any more,
/// which a reader who stalls does not.
pub fn begin(pack: Pack, tx: Tx, permit: OwnedSemaphorePermit) -> Receiver<Piece> {
    let (writer, sender, pieces) = PackWriter::new(PATIENCE);
    tokio::spawn(async move {
        let written = pack.write(tx, writer).await;
        // Whoever stalls may be told of it late, and holds nothing until then.
        drop((pack, permit));
        if let Err(error) = written {
            tracing::error!(%error, "a pack was not finished");
            // The zip has no end then, and whoever reads it is told so.
            let _gone = sender.send(Err(io::Error::other("the pack was not finished"))).await;
        }
    });
    pieces
}

impl Pack {
    async fn write(&self, mut tx: Tx, mut writer: PackWriter) -> Result<()> {
        writer.file("README.md", README.as_bytes().to_vec()).await?;
        for (name, program) in VERIFIER {
            writer.file(name, program.as_bytes().to_vec()).await?;
        }
        let mut exceptions = Vec::new();
        for journal in &self.journals {
            self.journal(&mut tx, &mut writer, journal).await?;
            let found = journals::exceptions(&mut tx, journal).await?;
            let stream = journal.stream.to_string();
            exceptions.extend(found.into_iter().map(|(seq, reason)| ExceptionOfPack {
                stream: stream.clone(),
                seq,
                reason,
            }));
        }
        let now_ms = self.app.clock.now_ms();
        self.statements(&mut tx, &mut writer, now_ms).await?;
        let brought = (self.papers.as_slice(), PAPER_BYTES_MOST);
        papers::write(&mut tx, &mut writer, (self.lang, now_ms), brought).await?;
        let figures = load::figures(&mut tx, &self.asked).await?;
        drop(tx);
        let (mut report, _) = load::load(&self.app, self.scope, self.wanted).await?;
        // Of the same state as the entries.
        report.lines = figures.lines();
        report.suspended_vnd = figures.suspended_vnd();
        self.reconciliation(&mut writer, &report).await?;
        writer.file("report/seal.json", json(&self.seal().await?)?).await?;
        let files = writer.files();
        let manifest = self.manifest(&report, exceptions, (files, now_ms));
        let manifest = json(&manifest)?;
        let signature = self.sign(&manifest);
        writer.file("manifest.json", manifest).await?;
        writer.file("manifest.sig", signature.into_bytes()).await?;
        writer.finish().await
    }

    /// Writes what was settled. A settlement over several stores tells of all of them, so one store's pack has none: its part is there.
    async fn statements(&self, tx: &mut Tx, writer: &mut PackWriter, now_ms: i64) -> Result<()> {
        let closed = journals::closed(tx, &self.asked, SETTLEMENTS_MOST).await?;
        for (number, closed) in (1..).zip(&closed) {
            statement::write(tx, writer, (self.lang, now_ms), (number, closed)).await?;
        }
        if self.wanted.store.is_some() {
            return Ok(());
        }
        let joint = joint_settlements::list_of_period(tx, &self.asked, SETTLEMENTS_MOST).await?;
        for (number, joint) in (1..).zip(joint) {
            joints::write(tx, writer, (self.lang, now_ms), (number, joint)).await?;
        }
        Ok(())
    }

    /// Signs the manifest: whoever writes entries, their chain and the manifest anew has no signature of it.
    fn sign(&self, manifest: &[u8]) -> String {
        let digest = Hash::of(&[manifest]).to_string();
        self.app.key.sign(Purpose::Pack, &[digest.as_bytes()]) + "\n"
    }

    /// Writes a journal as it was received: an entry a line.
    async fn journal(&self, tx: &mut Tx, writer: &mut PackWriter, journal: &Journal) -> Result<()> {
        writer.begin(&path_of(journal)).await?;
        // A branch is checked from the first entry on, too: those that it goes on from stand before its own.
        for stretch in journal.stretches() {
            self.entries(tx, writer, stretch).await?;
        }
        Ok(())
    }

    /// Writes the entries of a stream behind one up to another.
    async fn entries(&self, tx: &mut Tx, writer: &mut PackWriter, stretch: Stretch) -> Result<()> {
        let Stretch { stream, after_seq: mut after, until_seq: until } = stretch;
        while after < until {
            let page = entries::list_after(tx, stream, after, PAGE.min(until - after)).await?;
            let Some(last) = page.last() else { break };
            after = last.seq();
            let mut lines = Vec::new();
            for filed in page.iter().filter(|filed| filed.seq() <= until) {
                let line = Line {
                    envelope: &filed.entry.envelope_bytes,
                    shared: &filed.entry.shared,
                    private: None,
                };
                lines.extend(json_line(&line)?);
            }
            writer.write(lines).await?;
        }
        Ok(())
    }

    async fn reconciliation(&self, writer: &mut PackWriter, report: &ReconciliationReport) -> Result<()> {
        let period = period_words(self.lang, self.wanted.period);
        let html = page::render(self.lang, &period, report);
        writer.file("reconciliation/reconciliation.html", html.into_bytes()).await?;
        let gaps = gap::all(&self.app, self.scope, self.wanted).await?;
        let sheets = file::sheets(self.lang, report, &gaps);
        let bytes = workbook::write(sheets, self.app.clock.now_ms()).await?;
        writer.file("reconciliation/reconciliation.xlsx", bytes).await?;
        writer.file("reconciliation/reconciliation.json", json(report)?).await
    }

    /// The department's report names everybody's stores, so only its seal and this operator's part of it go into a pack.
    async fn seal(&self) -> Result<SealOfPack> {
        let cutoff = self.app.config.reports.cutoff;
        let shown = Shown::load(&self.app, self.scope, self.wanted.period, cutoff).await?;
        let mine = |id| self.asked.stores.iter().any(|store| store.id.uuid() == id);
        let stores = shown.report.traffic.iter().filter(|row| mine(row.store_id)).map(|row| StoreOfSeal {
            store: row.store.clone(),
            revenue_vnd: row.revenue_vnd,
            receipt_count: row.receipt_count,
        });
        Ok(SealOfPack {
            is_sealed: shown.seal.is_some(),
            sealed_at_ms: shown.seal.as_ref().map(|seal| seal.sealed_at_ms),
            sha256: shown.seal.as_ref().map(|seal| seal.sha256.clone()),
            stores: stores.collect(),
        })
    }

    fn manifest(
        &self,
        report: &ReconciliationReport,
        exceptions: Vec<ExceptionOfPack>,
        (files, made_at_ms): (Vec<super::made::FileOfPack>, i64),
    ) -> Manifest {
        let journals = self.journals.iter().map(|journal| JournalOfPack {
            path: path_of(journal),
            store: journal.store_code.clone(),
            stream: journal.stream.to_string(),
            named: journal.named.to_string(),
            after_seq: journal.after_seq,
            last_seq: journal.last.seq,
            last_hash: journal.last.hash.to_string(),
        });
        Manifest {
            version: VERSION,
            period: report.period.clone(),
            from: report.days_of.from,
            to: report.days_of.to,
            operator: report.operator.clone(),
            made_at_ms,
            central_key: self.app.key.public().to_string(),
            journals: journals.collect(),
            exceptions,
            files,
        }
    }
}

/// A line of a journal, as `verifier.py` reads it.
#[derive(Serialize)]
struct Line<'a> {
    envelope: &'a str,
    shared: &'a str,
    /// Stays in the store.
    private: Option<&'a str>,
}

fn path_of(journal: &Journal) -> String {
    format!("journals/{}/{}.jsonl", piece_of(&journal.store_code), journal.stream)
}

/// Returns a text as a piece of a path: letters and digits of ASCII, and hyphens.
pub fn piece_of(text: &str) -> String {
    text.chars().map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' }).collect()
}

/// Writes a data file.
///
/// # Errors
/// For what JSON cannot say.
pub fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec_pretty(value).map_err(|error| Error::Program(format!("a file of a pack: {error}")))
}

fn json_line(line: &Line<'_>) -> Result<Vec<u8>> {
    let mut text =
        serde_json::to_vec(line).map_err(|error| Error::Program(format!("a line of a pack: {error}")))?;
    text.push(b'\n');
    Ok(text)
}
