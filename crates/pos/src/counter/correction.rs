//! What was settled with a producer, or paid to one, is put right under its paper, without a network. The paper that was wrong stays; an
//! entry beside it says what the producer is owed more or less, or that money which should not have been paid came back. It goes
//! into the next settlement.

use ::receipts::language::Language;
use ::receipts::slip::SlipBody;
use ::receipts::slip::correction::CorrectionSlip;
use domain::Money;
use domain::correction::{CorrectionError, REASON_MOST};
use domain::tender::TenderKind;
use domain::words::vnd_in_words;
use protocol::Kind;
use protocol::payload::sale::SaleTender;
use protocol::payload::{ProducerAdjusted, ProducerPaidPrivate};

use super::act::Act;
use super::approval::{Approved, Word, approve};
use super::note::Settling;
use super::settlement_entry::named;
use super::shift::DRAWER_MOST;
use super::slip::{Issue, issue, number};
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::corrections::{self, Found};
use crate::db::{producers, settlements, streams};
use crate::journal::{Draft, JournalError};

/// What puts a settlement or a payment right.
#[derive(Clone, PartialEq, Eq)]
pub struct Correction {
    /// The number on the paper that was wrong.
    pub number: String,
    /// How.
    pub change: Change,
    /// How much, đồng.
    pub amount: Money,
    /// Why; the producer reads it.
    pub reason: String,
    /// Language of the new paper.
    pub language: Language,
    /// A manager's word.
    pub word: Word,
}

/// How a settlement or a payment is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The producer is owed more beside the settlement.
    More,
    /// The producer is owed less beside it.
    Less,
    /// What was paid came back as notes, which are put into the drawer.
    Cash,
    /// What was paid came back to the operator's account.
    Transfer,
}

impl Change {
    /// Returns by what money came back; none where the store bears it.
    const fn came_by(self) -> Option<TenderKind> {
        match self {
            Self::More | Self::Less => None,
            Self::Cash => Some(TenderKind::Cash),
            Self::Transfer => Some(TenderKind::VietQr),
        }
    }

    const fn words(self, language: Language) -> &'static str {
        match (language, self) {
            (_, Self::More | Self::Less) => "",
            (Language::Vi, Self::Cash) => "Nhận lại tiền mặt",
            (Language::Vi, Self::Transfer) => "Nhận lại chuyển khoản",
            (Language::En, Self::Cash) => "Cash came back",
            (Language::En, Self::Transfer) => "A transfer came back",
        }
    }
}

/// Puts a settlement or a payment right: an entry, a paper, for notes that came back an open drawer. All of it, or nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn correct(app: &App, seat: &Seat, op_id: &str, correction: &Correction) -> Result<CounterState> {
    let approved = match approve(app, seat, &correction.word).await? {
        Ok(approved) => approved,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let found = match correction.find(&mut act).await? {
        Ok(found) => found,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    let before = settlements::load_owed(&mut act.tx, found.paper.producer_id).await?;
    let left_vnd = before.plus(correction.owed()?)?.vnd();
    let (voucher, entry) = correction.append(app, seat, &mut act, (&found, &approved)).await?;
    let body = correction.body(&mut act, &found, (before, entry, approved.name)).await?;
    let (tx, place) = act.parts();
    let slip = place.slip(app, seat, (voucher.clone(), correction.language), SlipBody::Correction(body));
    let opens_drawer = correction.change == Change::Cash;
    issue(app, tx, &slip, Issue { opens_drawer, ..Issue::default() }).await?;
    let told = match correction.change.came_by() {
        None => Settling::ProducerAdjusted { voucher, adjusted_vnd: correction.owed()?.vnd(), left_vnd },
        Some(_) => Settling::PaymentTakenBack { voucher, back_vnd: correction.amount.vnd(), left_vnd },
    };
    act.commit(app, seat, Note::Settling(told)).await
}

impl Correction {
    /// Returns what the producer is owed more.
    fn owed(&self) -> Result<Money> {
        Ok(if self.change == Change::Less { self.amount.negated()? } else { self.amount })
    }

    /// Returns the paper that it puts right; or why it cannot be.
    async fn find(&self, act: &mut Act) -> Result<std::result::Result<Found, Note>> {
        let bad = |field: &str| Ok(Err(Note::BadField { field: field.to_owned() }));
        if self.amount <= Money::ZERO || self.amount > DRAWER_MOST {
            return bad("amount");
        }
        match self.reason.trim().chars().count() {
            0 => return Ok(Err(Note::NeedsReason)),
            1..=REASON_MOST => {}
            _ => return bad("reason"),
        }
        let Some(found) = corrections::find_by_number(&mut act.tx, &self.number).await? else {
            return bad("number");
        };
        let came_back = self.change.came_by().map(|_| self.amount);
        match found.paper.check(found.paper.producer_id, came_back) {
            Ok(()) => Ok(Ok(found)),
            Err(CorrectionError::TakenBackBefore) => Ok(Err(Note::Settling(Settling::TakenBackBefore))),
            Err(CorrectionError::MoreThanPaid) => {
                let paid_vnd = found.paper.paid.vnd();
                Ok(Err(Note::Settling(Settling::MoreThanPaid { paid_vnd })))
            }
            Err(CorrectionError::NoSettlement | CorrectionError::OtherProducer) => bad("number"),
        }
    }

    /// Appends the entry; returns the number of its paper, and the entry as papers name it.
    async fn append(
        &self,
        app: &App,
        seat: &Seat,
        act: &mut Act,
        (found, approved): (&Found, &Approved),
    ) -> Result<(String, String)> {
        let head = streams::find_head(&mut act.tx).await?.ok_or(JournalError::NotEnrolled)?;
        let kind = self.change.came_by();
        let letters = if kind.is_some() { "RL" } else { "DN" };
        let voucher = number(&act.store, &head.stream, format_args!("{letters}{}", head.at.seq + 1));
        let (stream_no, writer) = (head.stream.stream_no, app.writer_of(act.store.store_id));
        let tender =
            |kind: TenderKind| SaleTender { kind: kind.code().to_owned(), amount: self.amount.vnd() };
        let shared = ProducerAdjusted {
            voucher: voucher.clone(),
            producer: found.paper.producer_id.uuid(),
            shift: act.shift.shift_id.uuid(),
            cashier: seat.cashier_id.uuid(),
            approved_by: approved.manager_id.uuid(),
            counter: act.shift.counter.clone(),
            corrects: found.place.clone(),
            amount: self.owed()?.vnd(),
            reason: self.reason.trim().to_owned(),
            tenders: kind.map(tender).into_iter().collect(),
        };
        let private = ProducerPaidPrivate { salt: writer.salt(), reason: self.called() };
        let draft = Draft::both(Kind::ProducerAdjusted, act.shift.business_date, (&shared, &private))?;
        let entry = writer.append_at(&mut act.tx, head, draft).await?;
        Ok((voucher, named(stream_no, &entry)))
    }

    /// Returns what the drawer's report calls it.
    fn called(&self) -> String {
        match (self.change.came_by(), self.language) {
            (None, _) => String::new(),
            (Some(_), Language::Vi) => format!("Rút lại khoản trả {}", self.number),
            (Some(_), Language::En) => format!("Payment {} taken back", self.number),
        }
    }

    async fn body(
        &self,
        act: &mut Act,
        found: &Found,
        (before, entry, approved_by): (Money, String, String),
    ) -> Result<CorrectionSlip> {
        let (tx, producer_id, owed) = (&mut act.tx, found.paper.producer_id, self.owed()?);
        // The words of amounts are Vietnamese, as the law has them; an English paper goes without.
        let has_words = self.language == Language::Vi;
        Ok(CorrectionSlip {
            producer: producers::find_name(tx, producer_id).await?.unwrap_or_default(),
            corrects: self.number.clone(),
            way: self.change.words(self.language).to_owned(),
            reason: self.reason.trim().to_owned(),
            before_vnd: before.vnd(),
            amount_vnd: owed.vnd(),
            in_words: if has_words { vnd_in_words(self.amount) } else { String::new() },
            left_vnd: before.plus(owed)?.vnd(),
            entry,
            approved_by,
            reading_url: producers::find_reading_url(tx, producer_id).await?,
        })
    }
}
