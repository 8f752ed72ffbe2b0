//! A settlement with all its rows: the same facts for the page and for programs.

use std::collections::BTreeMap;

use domain::ids::ProductId;
use protocol::payload::SettlementRow;
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::answers::{self, Standing, is_replied, silent_until_ms};
use crate::app::App;
use crate::db::joint_settlements::Asker;
use crate::db::settlement_answers::{self, Answer, Answered, Claim, Figure};
use crate::db::settlement_words::{self, Kind, Word};
use crate::db::settlements::{self, Adjusted, Advance, PaperId};
use crate::error::{Error, Result};
use crate::web::producer::Reader;
use crate::web::producer::settlements::PaperOfReport;
use crate::web::sales::report::{iso, iso_maybe};

/// A settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SettlementReport {
    /// What the list says of it.
    pub paper: PaperOfReport,
    /// A product each.
    pub rows: Vec<RowOfReport>,
    /// What the producer finds wrong with all of it.
    pub dispute: Option<String>,
    /// When silence becomes consent, UTC milliseconds.
    pub silent_until_ms: i64,
    /// The producer may still say something.
    pub is_open: bool,
    /// What was disputed, with both sides: all of the settlement first, then row by row.
    pub disputed_rows: Vec<DisputedRow>,
    /// When the producer agreed after that, UTC milliseconds.
    pub accepted_at_ms: Option<i64>,
    /// The producer's signature on paper, as the operator recorded it.
    pub signature: Option<SignatureOfReport>,
    /// Photographs and scans that either side brought.
    pub attached: Vec<AttachedOfReport>,
    /// What was put right since the settlement before: it is in what is owed from before.
    pub adjusted: Vec<AdjustedOfReport>,
    /// What was paid since the settlement before: it is taken off what is owed from before.
    pub advances: Vec<AdvanceOfReport>,
    /// What put this settlement right later: it goes into the next one.
    pub corrected_by: Vec<AdjustedOfReport>,
}

/// What puts a settlement or a payment right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AdjustedOfReport {
    /// The number on its paper.
    pub number: String,
    /// The business day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// The number of the paper that it puts right; empty while central does not know it.
    pub corrected_number: String,
    /// What is owed more, đồng; below zero for less.
    pub adjusted_vnd: i64,
    /// Money of a payment came back; else the operator bears it.
    pub is_taken_back: bool,
    /// Why.
    pub correction_reason: String,
}

impl From<Adjusted> for AdjustedOfReport {
    fn from(row: Adjusted) -> Self {
        Self {
            number: row.number,
            day: row.day,
            corrected_number: row.corrected_number,
            adjusted_vnd: row.adjusted_vnd,
            is_taken_back: row.is_back,
            correction_reason: row.reason,
        }
    }
}

/// A payment without a settlement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AdvanceOfReport {
    /// The number on its paper.
    pub number: String,
    /// The business day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// What was paid, đồng.
    pub paid_vnd: i64,
}

impl From<Advance> for AdvanceOfReport {
    fn from(row: Advance) -> Self {
        Self { number: row.number, day: row.day, paid_vnd: row.paid_vnd }
    }
}

/// What was disputed, with both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DisputedRow {
    /// The product; none for all of the settlement.
    pub product_id: Option<Uuid>,
    /// Its name.
    pub name: Option<String>,
    /// `received`, `sold`, `returned`, `closing` or `due`; none where only words were said.
    pub figure: Option<String>,
    /// What the settlement says of it, thousandths of the unit or đồng.
    pub figure_told: Option<i64>,
    /// What it should be, as the producer says.
    pub figure_claimed: Option<i64>,
    /// What was said, the earliest first; the dispute itself leads.
    pub talk: Vec<TalkOfReport>,
    /// The operator's word is the last one.
    pub is_replied: bool,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TalkOfReport {
    /// `disputed`, `insisted`; `as_told`, `next_one`: the operator's answer.
    pub talk_kind: String,
    /// In which words.
    pub talk_words: String,
    /// When, UTC milliseconds.
    pub talked_at_ms: i64,
}

/// A producer's signature on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SignatureOfReport {
    /// Who signed.
    pub signer: String,
    /// When.
    #[serde(serialize_with = "iso_maybe")]
    #[schema(value_type = Option<String>, format = Date)]
    pub signed_paper_on: Option<Date>,
    /// When the operator recorded it, UTC milliseconds.
    pub signed_at_ms: i64,
}

/// A photograph or scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AttachedOfReport {
    /// Its address.
    pub attached_page: String,
    /// The operator brought it; else the producer.
    pub is_operators: bool,
    /// When, UTC milliseconds.
    pub attached_at_ms: i64,
}

/// The goods and the money of a product. Quantities are thousandths of the unit, amounts đồng.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RowOfSettlement)]
pub struct RowOfReport {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its unit or pack.
    pub unit: String,
    /// On the shelf after the settlement before.
    pub opening_milli: i64,
    /// Delivered.
    pub received_milli: i64,
    /// Sold.
    pub sold_milli: i64,
    /// Brought back by buyers.
    pub refunded_milli: i64,
    /// Gone back to the producer.
    pub returned_milli: i64,
    /// Lost at the producer's cost.
    pub lost_by_producer_milli: i64,
    /// Lost at the operator's cost.
    pub lost_by_operator_milli: i64,
    /// What counting the shelf found; below zero for what was missing.
    pub counted_milli: i64,
    /// Came from other stores of the operator, less what was sent there.
    pub transferred_milli: i64,
    /// Made by packing other goods anew, less what was opened for it.
    pub repacked_milli: i64,
    /// On the shelf at its end.
    pub closing_milli: i64,
    /// Sales less what came back, before discounts.
    pub gross_vnd: i64,
    /// Discounts on them.
    pub discount_vnd: i64,
    /// The rates of commission, parts per million.
    pub commission_ppm: Vec<u32>,
    /// The operator's commission.
    pub commission_vnd: i64,
    /// VAT on it.
    pub commission_tax_vnd: i64,
    /// For goods that were lost at the operator's cost.
    pub compensation_vnd: i64,
    /// Owed to the producer.
    pub due_vnd: i64,
    /// What the producer finds wrong with it.
    pub dispute: Option<String>,
}

/// Reads a settlement of a producer.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn load(app: &App, reader: &Reader, id: PaperId) -> Result<SettlementReport> {
    load_for(app, (Asker::Producer(reader.scope), &reader.root), id).await
}

/// Reads the asker's settlement; `root` is where addresses begin.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn load_for(app: &App, (asker, root): (Asker, &str), id: PaperId) -> Result<SettlementReport> {
    let mut tx = app.db.begin_reading().await?;
    let missing = Error::NotFound("settlement");
    let paper = settlements::find_in(&mut tx, asker, id).await?.ok_or(missing)?;
    let told = settlements::find_told_in(&mut tx, id).await?.ok_or(Error::NotFound("settlement"))?;
    let names = settlements::product_names(&mut tx, told.rows.iter().map(|row| row.product)).await?;
    let answers = settlement_answers::list_in(&mut tx, id).await?;
    let words = settlement_words::list_in(&mut tx, id).await?;
    let adjusted = settlements::list_adjusted_in(&mut tx, id).await?;
    let advances = settlements::list_advances_in(&mut tx, id).await?;
    let corrected_by = settlements::list_adjusting_in(&mut tx, paper.producer_id, id).await?;
    let (settings, now_ms) = (&app.config.settlements, app.clock.now_ms());
    let rows: Vec<RowOfReport> = told.rows.iter().map(|row| RowOfReport::of(row, &names, &answers)).collect();
    let until_ms = silent_until_ms(&paper, settings);
    let paper_standing = answers::standing(&paper, settings, now_ms);
    let last = |kind| words.iter().rev().find(|word| word.kind == kind);
    let paper = PaperOfReport::of(paper, root, now_ms, settings);
    Ok(SettlementReport {
        dispute: dispute_of(&answers, None),
        silent_until_ms: until_ms,
        is_open: paper_standing.is_open(until_ms, now_ms),
        disputed_rows: disputed_rows((&paper, &rows), &answers, &words),
        accepted_at_ms: last(Kind::Accepted).map(|word| word.said_at_ms),
        signature: last(Kind::Signed).map(|word| SignatureOfReport {
            signer: word.words.clone(),
            signed_paper_on: word.signed_on,
            signed_at_ms: word.said_at_ms,
        }),
        attached: attached(&paper, &words),
        adjusted: adjusted.into_iter().map(AdjustedOfReport::from).collect(),
        advances: advances.into_iter().map(AdvanceOfReport::from).collect(),
        corrected_by: corrected_by.into_iter().map(AdjustedOfReport::from).collect(),
        rows,
        paper,
    })
}

fn attached(paper: &PaperOfReport, words: &[Word]) -> Vec<AttachedOfReport> {
    let page = paper.page.as_deref().unwrap_or_default();
    let of_word = |word: &Word| {
        let attached_page = format!("{page}/papers/{}", word.file_id?);
        Some(AttachedOfReport {
            attached_page,
            is_operators: word.is_operators,
            attached_at_ms: word.said_at_ms,
        })
    };
    words.iter().filter_map(of_word).collect()
}

/// Arranges what was disputed: all of the settlement first, then in the order of its rows.
fn disputed_rows(
    (paper, rows): (&PaperOfReport, &[RowOfReport]),
    answers: &[Answered],
    words: &[Word],
) -> Vec<DisputedRow> {
    let of_row = |row: Option<&RowOfReport>| {
        let product_id = row.map(|row| ProductId::from_uuid(row.product_id));
        let disputed = |each: &&Answered| each.answer == Answer::Disputed && each.product_id == product_id;
        let dispute = answers.iter().find(disputed)?;
        let first = TalkOfReport {
            talk_kind: "disputed".to_owned(),
            talk_words: dispute.words.clone(),
            talked_at_ms: dispute.answered_at_ms,
        };
        let about_it = words.iter().filter(|word| word.product_id == product_id);
        let later = about_it.filter(|word| word.kind.is_reply() || word.kind == Kind::Insisted).map(|word| {
            TalkOfReport {
                talk_kind: word.kind.code().to_owned(),
                talk_words: word.words.clone(),
                talked_at_ms: word.said_at_ms,
            }
        });
        Some(DisputedRow {
            product_id: product_id.map(ProductId::uuid),
            name: row.map(|row| row.name.clone()),
            figure: dispute.claim.map(|claim| claim.figure.code().to_owned()),
            figure_told: dispute.claim.map(|claim| told_figure(paper, row, claim)),
            figure_claimed: dispute.claim.map(|claim| claim.claimed),
            talk: std::iter::once(first).chain(later).collect(),
            is_replied: is_replied(answers, words, product_id) == Some(true),
        })
    };
    std::iter::once(None).chain(rows.iter().map(Some)).filter_map(of_row).collect()
}

fn told_figure(paper: &PaperOfReport, row: Option<&RowOfReport>, claim: Claim) -> i64 {
    row.map_or(paper.due_vnd, |row| match claim.figure {
        Figure::Received => row.received_milli,
        Figure::Sold => row.sold_milli,
        Figure::Returned => row.returned_milli,
        Figure::Closing => row.closing_milli,
        Figure::Due => row.due_vnd,
    })
}

/// Returns what is wrong with a row, or with all of the settlement.
fn dispute_of(answers: &[Answered], product_id: Option<ProductId>) -> Option<String> {
    let mut disputes = answers.iter().filter(|answered| answered.answer == Answer::Disputed);
    disputes.find(|answered| answered.product_id == product_id).map(|answered| answered.words.clone())
}

impl RowOfReport {
    /// Arranges a row of a settlement's entry.
    pub fn of(
        row: &SettlementRow,
        names: &BTreeMap<ProductId, (String, String)>,
        answers: &[Answered],
    ) -> Self {
        let product_id = ProductId::from_uuid(row.product);
        let (name, unit) = names.get(&product_id).cloned().unwrap_or_else(|| ("?".to_owned(), String::new()));
        Self {
            product_id: row.product,
            name,
            unit,
            opening_milli: row.opening,
            received_milli: row.received,
            sold_milli: row.sold,
            refunded_milli: row.refunded,
            returned_milli: row.returned,
            lost_by_producer_milli: row.lost_by_producer,
            lost_by_operator_milli: row.lost_by_operator,
            counted_milli: row.counted,
            transferred_milli: row.transferred,
            repacked_milli: row.repacked,
            closing_milli: row.closing,
            gross_vnd: row.gross,
            discount_vnd: row.discount,
            commission_ppm: row.commission_ppm.clone(),
            commission_vnd: row.commission,
            commission_tax_vnd: row.commission_tax,
            compensation_vnd: row.compensation,
            due_vnd: row.due,
            dispute: dispute_of(answers, Some(product_id)),
        }
    }
}

impl SettlementReport {
    /// Returns what the settlement before left, without what was put right and paid since; below zero when the producer owed. Đồng.
    pub fn before_vnd(&self) -> i64 {
        let adjusted = self.adjusted.iter().map(|row| row.adjusted_vnd.saturating_neg());
        let paid = self.advances.iter().map(|row| row.paid_vnd);
        adjusted.chain(paid).fold(self.paper.carried_vnd, i64::saturating_add)
    }

    /// Says whether the producer may still confirm it; what is disputed waits for its answer first.
    pub fn may_confirm(&self) -> bool {
        self.is_open && self.paper.standing != Some(Standing::Disputed)
    }

    /// Says whether the producer may dispute all of it.
    pub fn may_dispute_all(&self) -> bool {
        self.may_dispute() && self.dispute.is_none()
    }

    /// Says whether the producer may dispute something that was not disputed yet.
    pub fn may_dispute(&self) -> bool {
        self.is_open && (self.dispute.is_none() || self.rows.iter().any(|row| row.dispute.is_none()))
    }
}
