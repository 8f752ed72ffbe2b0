//! [Trả chủ thể]: settling with a producer at the counter, without a network. Everything that the store's journals hold of the
//! producer up to now is closed by one entry, which also pays from the drawer; what comes later goes into the next settlement.
//! A payment without a settlement is an advance, or the rest of one.

use std::collections::BTreeMap;

use ::receipts::language::Language;
use domain::Money;
use domain::ids::{ProducerId, ProductId};
use domain::payout::PayoutAccount;
use domain::settlement::{OpenAccount, StatementRow, statement};
use domain::tender::TenderKind;
use sqlx::SqliteConnection;

use super::act::Act;
use super::approval::{Approved, Word, approve};
use super::drawer_report::Figures;
use super::note::{PaidBy, Settling};
use super::settlement_entry::{Record, append, fits};
use super::settlement_paper::{self, Paid};
use super::shift::DRAWER_MOST;
use super::slip::{Issue, issue};
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::corrections::{self, Adjusted};
use crate::db::settlements::Advance;
use crate::db::{producers, settlements, streams};

/// What is open with a producer: the next settlement as it would be closed now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Products that were on the shelf or moved since the last settlement.
    pub rows: BTreeMap<ProductId, StatementRow>,
    /// What is owed for them, and from before.
    pub account: OpenAccount,
    /// When the last settlement was closed, UTC milliseconds; none before the first.
    pub since_ms: Option<i64>,
    /// What was put right since then: it is in what is owed from before.
    pub adjusted: Vec<Adjusted>,
    /// What was paid since then: it is taken off what is owed from before.
    pub advances: Vec<Advance>,
}

impl Open {
    /// Returns what is open with a producer.
    ///
    /// # Errors
    /// When the database does not answer, or an amount does not fit in 64 bits.
    pub async fn load(connection: &mut SqliteConnection, producer_id: ProducerId) -> Result<Self> {
        let (rows, due) = statement(&settlements::list_sums(connection, producer_id).await?)?;
        let carried = settlements::load_owed(connection, producer_id).await?.minus(due)?;
        let since_ms = settlements::find_settled_at(connection, producer_id).await?;
        let adjusted = corrections::list_open(connection, producer_id).await?;
        let advances = settlements::list_advances(connection, producer_id).await?;
        Ok(Self { rows, account: OpenAccount { carried, due }, since_ms, adjusted, advances })
    }

    /// Says whether goods or money moved since the last settlement; what only lies on the shelf is nothing to settle.
    pub(super) fn is_empty(&self) -> bool {
        let lies = |row: &StatementRow| {
            *row == StatementRow { opening: row.opening, closing: row.opening, ..StatementRow::default() }
        };
        self.rows.values().all(lies) && self.account.carried == Money::ZERO
    }
}

/// What a producer is paid.
#[derive(Clone, PartialEq, Eq)]
pub struct Payout {
    /// Who.
    pub producer_id: ProducerId,
    /// Settles everything until now; otherwise it is only paid.
    pub settles: bool,
    /// How much, đồng; zero is allowed with a settlement.
    pub amount: Money,
    /// By what it is paid.
    pub means: Means,
    /// What the page showed as owed; when it is another sum by now, nothing is paid.
    pub shown: Money,
    /// Language of the paper.
    pub language: Language,
    /// A manager's word.
    pub word: Word,
}

/// By what a producer is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Means {
    /// From the drawer.
    Cash,
    /// By a transfer of the operator's.
    Transfer(Transferred),
}

impl Means {
    fn words(&self, language: Language) -> &'static str {
        match (language, self) {
            (Language::Vi, Self::Cash) => "Trả tiền mặt",
            (Language::Vi, Self::Transfer(_)) => "Trả chuyển khoản",
            (Language::En, Self::Cash) => "Paid in cash",
            (Language::En, Self::Transfer(_)) => "Paid by transfer",
        }
    }

    /// Returns what was transferred before it is recorded.
    pub const fn transferred(&self) -> Option<&Transferred> {
        match self {
            Self::Cash => None,
            Self::Transfer(transferred) => Some(transferred),
        }
    }

    const fn paid_by(&self) -> PaidBy {
        match self {
            Self::Cash => PaidBy::Drawer,
            Self::Transfer(Transferred { account: None, .. }) => PaidBy::Transfer,
            Self::Transfer(_) => PaidBy::Code,
        }
    }
}

/// Money that has left the operator's account already, whether a code was shown for it or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transferred {
    /// Where to, as the code said; none without a code.
    pub account: Option<PayoutAccount>,
    /// When the producer had been paid last, as the page knew, UTC milliseconds; 0 for never. When it was later by now, somebody
    /// recorded this transfer, perhaps.
    pub last_paid_ms: i64,
}

/// Settles with a producer, or pays one: an entry, a paper, an open drawer. All of it, or nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn pay_producer(app: &App, seat: &Seat, op_id: &str, payout: &Payout) -> Result<CounterState> {
    let approved = match approve(app, seat, &payout.word).await? {
        Ok(approved) => approved,
        Err(refused) => return state::load(app, seat, refused, None).await,
    };
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        // Sent twice: it is recorded, and no page may ask for it as if it were not.
        Err(Note::Ready) => {
            return state::load(app, seat, Note::Settling(Settling::RecordedBefore), None).await;
        }
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let open = Open::load(&mut act.tx, payout.producer_id).await?;
    let Some(name) = producers::find_name(&mut act.tx, payout.producer_id).await? else {
        return state::load(app, seat, Note::BadField { field: "producer_id".to_owned() }, None).await;
    };
    if let Some(refused) = payout.refused(&mut act, &open).await? {
        return state::load(app, seat, refused, None).await;
    }
    let left_vnd = open.account.balance()?.minus(payout.amount)?.vnd();
    let record = payout.record(seat, (&open, &approved, &name));
    let (voucher, entry) = append(app, &mut act.tx, (&act.store, &act.shift), record).await?;
    let how = payout.means.words(payout.language);
    let transferred = payout.means.transferred().filter(|_| payout.amount > Money::ZERO);
    let account = transferred.and_then(|transferred| transferred.account.as_ref());
    let paid = Paid {
        producer: (payout.producer_id, name),
        open: &open,
        settles: payout.settles,
        language: payout.language,
        amount: payout.amount,
        how: how.to_owned(),
        to_account: account.map(PayoutAccount::text).unwrap_or_default(),
        entry,
        approved_by: approved.name,
    };
    let body = settlement_paper::body(&mut act.tx, paid).await?;
    let (tx, place) = act.parts();
    let slip = place.slip(app, seat, (voucher.clone(), payout.language), body);
    let opens_drawer = payout.means == Means::Cash && payout.amount > Money::ZERO;
    issue(app, tx, &slip, Issue { opens_drawer, ..Issue::default() }).await?;
    let paid_vnd = payout.amount.vnd();
    let told = if payout.settles {
        Settling::SettlementClosed { voucher, paid_vnd, left_vnd }
    } else {
        Settling::ProducerPaid { voucher, paid_vnd, left_vnd }
    };
    act.commit(app, seat, Note::Settling(told)).await
}

impl Payout {
    /// Returns why it cannot be paid so.
    async fn refused(&self, act: &mut Act, open: &Open) -> Result<Option<Note>> {
        let owed = open.account.balance()?;
        let bad = |field: &str| Some(Note::BadField { field: field.to_owned() });
        if self.amount.is_negative()
            || self.amount > DRAWER_MOST
            || (!self.settles && self.amount == Money::ZERO)
        {
            return Ok(bad("amount"));
        }
        // What was transferred has been paid, whatever was sold meanwhile: refusing it for that would make somebody pay twice.
        let sent = self.means.transferred().filter(|_| self.amount > Money::ZERO);
        let is_stale = match sent {
            Some(transferred) => {
                transferred.last_paid_ms != settlements::find_last_paid(&mut act.tx, self.producer_id).await?
            }
            None => owed != self.shown,
        };
        if is_stale {
            let told = if sent.is_some() { Settling::PaidMeanwhile } else { Settling::FiguresChanged };
            return Ok(Some(Note::Settling(told)));
        }
        if self.settles
            && let Some(told) = self.refused_to_settle(act, open).await?
        {
            return Ok(Some(Note::Settling(told)));
        }
        let has = Figures::load(&mut act.tx, &act.shift).await?.expected(act.shift.float)?;
        if self.means == Means::Cash && self.amount > has {
            return Ok(Some(Note::Settling(Settling::DrawerTooLow { has_vnd: has.vnd() })));
        }
        Ok(None)
    }

    /// Returns why it cannot be settled. Before this computer has what the one before it wrote, the same sales may be settled there:
    /// what is paid then is an advance, and is taken off when the journals are together.
    async fn refused_to_settle(&self, act: &mut Act, open: &Open) -> Result<Option<Settling>> {
        let paid_by = self.means.paid_by();
        if streams::lacks_former(&mut act.tx).await? {
            return Ok(Some(Settling::NotCaughtUp { paid_by }));
        }
        if open.is_empty() {
            return Ok(Some(Settling::NothingToSettle));
        }
        if !fits(&mut act.tx, open).await? {
            return Ok(Some(Settling::TooManyProducts { products: open.rows.len(), paid_by }));
        }
        let payable = open.account.payable()?;
        let is_more = self.amount > payable;
        Ok(is_more.then(|| Settling::MoreThanOwed { owed_vnd: payable.vnd(), paid_by }))
    }

    fn record<'a>(&self, seat: &Seat, (open, approved, name): (&'a Open, &Approved, &str)) -> Record<'a> {
        let kind = match self.means {
            Means::Cash => TenderKind::Cash,
            Means::Transfer(_) => TenderKind::VietQr,
        };
        let reason = match self.language {
            Language::Vi => format!("Trả chủ thể {name}"),
            Language::En => format!("Paid to {name}"),
        };
        Record {
            producer_id: self.producer_id,
            settled: self.settles.then_some(open),
            paid: (kind, self.amount),
            cashier: seat.cashier_id.uuid(),
            approved_by: Some(approved.manager_id.uuid()),
            reason,
            joint_part: None,
        }
    }
}
