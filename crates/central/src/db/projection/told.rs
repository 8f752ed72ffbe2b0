//! What an entry tells, read once.

use domain::consignment::Terms;
use domain::fact::{Fact, Refunded, Sold};
use domain::ids::{ProducerId, SaleId, StoreId};
use domain::stock::Lot;
use protocol::payload::sale::SaleTender;
use protocol::payload::{
    GoodsInMissing, Payload, ProducerAdjusted, ProducerPaid, ProvisionalProduct, Refund, Sale, SalePad,
    Settlement, TransferIn, TransferOut, Uninterpreted,
};
use protocol::{Entry, Kind, StreamId};
use time::Date;
use uuid::Uuid;

use crate::db::engine::Tx;
use crate::db::entries::{self, DAY_MAX, DAY_MIN, Filed};
use crate::db::exceptions::{Finding, Reason};
use crate::error::Result;

/// What an entry tells.
#[derive(Debug)]
pub(super) enum Told {
    /// A sale, with its payload for what the fact leaves out.
    Sale(Box<SaleTold>),
    /// Goods came back and money went out, or a sale was voided.
    Refund(Box<RefundTold>),
    /// A settlement with a producer, a payment without one, or what puts such a one right.
    Settling(Box<SettlingTold>),
    /// Goods went to another store of the operator, or came from one.
    Transfer(Box<TransferTold>),
    /// Goods or money moved.
    Moved {
        /// How.
        fact: Fact,
        /// The lots that it brings into the book.
        lots: Vec<Lot>,
        /// Of a delivery: what its note says of each lot, thousandths of the unit.
        noted: Vec<Option<i64>>,
        /// Of a delivery: what its note names and of which nothing came.
        missing: Vec<GoodsInMissing>,
        /// Goods that left: they are all of a delivery that was entered by mistake.
        takes_back: bool,
    },
    /// A shift was closed.
    Shift {
        /// About how many visitors came, where somebody answered.
        visitors: Option<i64>,
        /// Tastings given.
        tastings: Option<i64>,
        /// The fact for the fold.
        fact: Fact,
    },
    /// A product was added at the counter.
    Product(Box<ProvisionalProduct>),
    /// A producer was added at the counter.
    Producer {
        /// Who.
        producer_id: ProducerId,
        /// Under which name.
        name: String,
    },
    /// A version of the terms with a producer was agreed.
    Terms(Box<Terms>),
    /// Nothing for the books.
    Nothing,
    /// A kind or version of a later program.
    Later(Finding),
    /// Not readable; nothing of it is known.
    Unreadable(Finding),
}

/// A sale as told.
#[derive(Debug)]
pub(super) struct SaleTold {
    /// Its identity; an envelope without one is an exception.
    pub(super) sale_id: Option<SaleId>,
    /// What the pad says of it, where it was entered afterwards.
    pub(super) pad: Option<SalePad>,
    /// The receipt's number.
    pub(super) receipt: String,
    /// What the buyer had to pay.
    pub(super) payable_vnd: i64,
    /// What was handed over less what went back.
    pub(super) kept_vnd: Option<i64>,
    /// The lots that it brings into the book.
    pub(super) lots: Vec<Lot>,
    /// The fact for the fold.
    pub(super) fact: Fact,
}

/// A refund or void as told.
#[derive(Debug)]
pub(super) struct RefundTold {
    /// A whole sale was reversed before its shift closed.
    pub(super) is_void: bool,
    /// The sale; none for a refund without a receipt.
    pub(super) sale_id: Option<SaleId>,
    /// The number of its slip.
    pub(super) receipt: String,
    /// What the buyer got.
    pub(super) paid_vnd: i64,
    /// Σ of what went out per kind.
    pub(super) tenders_vnd: Option<i64>,
    /// A manager allowed it.
    pub(super) is_approved: bool,
    /// The lots that it brings into the book.
    pub(super) lots: Vec<Lot>,
    /// The fact for the fold.
    pub(super) fact: Fact,
}

/// A settlement or payment, or what puts such a one right, as told.
#[derive(Debug)]
pub(super) struct SettlingTold {
    /// With whom.
    pub(super) producer_id: ProducerId,
    /// The number on its paper.
    pub(super) number: String,
    /// What was settled; none for an advance, or the rest of one.
    pub(super) settlement: Option<Settlement>,
    /// What it puts right; none for a settlement or a payment.
    pub(super) correction: Option<CorrectionTold>,
    /// Σ of what was paid per kind; below zero for what came back.
    pub(super) paid_vnd: i64,
    /// The part of a settlement over several stores that it records.
    pub(super) joint_part: Option<Uuid>,
    /// The fact for the fold; a settlement that nothing was paid with has [`Fact::Noted`].
    pub(super) fact: Fact,
}

/// What puts a settlement or a payment right, as told.
#[derive(Debug)]
pub(super) struct CorrectionTold {
    /// The journal of the entry that it puts right; none where it names no journal.
    pub(super) stream: Option<StreamId>,
    /// That entry.
    pub(super) seq: i64,
    /// What the producer is owed more, đồng; below zero for less.
    pub(super) amount_vnd: i64,
    /// Money that had been paid came back; else the operator bears it.
    pub(super) takes_back: bool,
    /// Why.
    pub(super) reason: String,
}

impl CorrectionTold {
    /// Returns what is owed more or less beside what was paid, đồng; nothing where a payment came back.
    pub(super) const fn adjusted_vnd(&self) -> i64 {
        if self.takes_back { 0 } else { self.amount_vnd }
    }
}

/// A half of a transfer as told.
#[derive(Debug)]
pub(super) struct TransferTold {
    /// The number on the sender's paper.
    pub(super) number: String,
    /// Goods were sent; else they came.
    pub(super) is_out: bool,
    /// To which store, or from which.
    pub(super) other_store_id: StoreId,
    /// What came is what was sent.
    pub(super) is_whole: bool,
    /// The lots that it brings into the book.
    pub(super) lots: Vec<Lot>,
    /// The fact for the fold.
    pub(super) fact: Fact,
}

impl TransferTold {
    fn out(told: TransferOut, fact: Fact) -> Self {
        let (number, other_store_id) = (told.voucher, told.to.into());
        Self { number, is_out: true, other_store_id, is_whole: true, lots: Vec::new(), fact }
    }

    fn came(told: TransferIn, lots: Vec<Lot>, fact: Fact) -> Self {
        let is_whole = told.lines.iter().all(|line| line.arrived == line.sent.quantity);
        let (number, other_store_id) = (told.transfer, told.from.into());
        Self { number, is_out: false, other_store_id, is_whole, lots, fact }
    }
}

impl SettlingTold {
    fn paid(told: &ProducerPaid, fact: Fact) -> Self {
        Self {
            producer_id: told.producer.into(),
            number: told.voucher.clone(),
            settlement: None,
            correction: None,
            paid_vnd: sum(&told.tenders),
            joint_part: told.joint_part,
            fact,
        }
    }

    fn adjusted(told: ProducerAdjusted, fact: Fact) -> Self {
        let correction = CorrectionTold {
            stream: told.corrects.stream.parse().ok(),
            seq: told.corrects.seq,
            amount_vnd: told.amount,
            takes_back: !told.tenders.is_empty(),
            reason: told.reason,
        };
        Self {
            producer_id: told.producer.into(),
            number: told.voucher,
            settlement: None,
            correction: Some(correction),
            paid_vnd: sum(&told.tenders).saturating_neg(),
            joint_part: None,
            fact,
        }
    }

    /// Returns what a producer was paid by it less what they are owed more, đồng: by so much less is owed afterwards.
    pub(super) fn less_vnd(&self) -> i64 {
        let adjusted_vnd = self.correction.as_ref().map_or(0, CorrectionTold::adjusted_vnd);
        self.paid_vnd.saturating_sub(adjusted_vnd)
    }

    fn settled(told: Settlement, fact: Fact) -> Self {
        Self {
            producer_id: told.producer.into(),
            number: told.voucher.clone(),
            paid_vnd: sum(&told.tenders),
            joint_part: told.joint_part,
            correction: None,
            settlement: Some(told),
            fact,
        }
    }
}

fn sum(tenders: &[SaleTender]) -> i64 {
    tenders.iter().map(|tender| tender.amount).fold(0, i64::saturating_add)
}

impl RefundTold {
    /// Returns the lines and tenders.
    pub(super) const fn refunded(&self) -> Option<&Refunded> {
        match &self.fact {
            Fact::Refunded(refunded) => Some(refunded),
            _ => None,
        }
    }
}

impl SaleTold {
    /// Returns the lines and tenders.
    pub(super) const fn sold(&self) -> Option<&Sold> {
        match &self.fact {
            Fact::Sold(sold) => Some(sold),
            _ => None,
        }
    }
}

impl Told {
    /// Reads an entry's shared payload.
    pub(super) fn read(entry: &Entry) -> Self {
        let envelope = &entry.envelope;
        let day = envelope.business_date.clamp(DAY_MIN, DAY_MAX);
        let payload = match Payload::read(&Kind::from(envelope.kind.as_str()), envelope.schema, &entry.shared)
        {
            Ok(payload) => payload,
            Err(error @ Uninterpreted::Later { .. }) => {
                return Self::Later(Finding::new(Reason::Later, error));
            }
            Err(error @ Uninterpreted::Malformed { .. }) => {
                return Self::Unreadable(Finding::new(Reason::Malformed, error));
            }
        };
        let fact = match payload.fact(day) {
            Ok(fact) => fact,
            Err(error) => return Self::Unreadable(Finding::new(Reason::Value, error)),
        };
        let lots = fact.lots(day);
        match payload {
            Payload::Sale(sale) => Self::Sale(Box::new(SaleTold {
                sale_id: envelope.sale_id.map(SaleId::from_uuid),
                kept_vnd: kept_vnd(&sale),
                pad: sale.pad,
                receipt: sale.receipt,
                payable_vnd: sale.payable,
                lots,
                fact,
            })),
            Payload::Refund(refund) => Self::refund(entry, false, refund, lots, fact),
            Payload::Void(refund) => Self::refund(entry, true, refund, lots, fact),
            Payload::Settlement(told) => Self::Settling(Box::new(SettlingTold::settled(told, fact))),
            Payload::ProducerPaid(told) => Self::Settling(Box::new(SettlingTold::paid(&told, fact))),
            Payload::ProducerAdjusted(told) => Self::Settling(Box::new(SettlingTold::adjusted(told, fact))),
            Payload::TransferOut(told) => Self::Transfer(Box::new(TransferTold::out(told, fact))),
            Payload::TransferIn(told) => Self::Transfer(Box::new(TransferTold::came(told, lots, fact))),
            Payload::ShiftClose(told) => {
                Self::Shift { visitors: told.visitors, tastings: told.tastings, fact }
            }
            Payload::ProvisionalProducer(told) => {
                Self::Producer { producer_id: told.producer.into(), name: told.name }
            }
            Payload::ProvisionalProduct(shared) => {
                shared.product.map_or(Self::Nothing, |product| Self::Product(Box::new(product)))
            }
            Payload::Terms(agreed) => match agreed.terms.read() {
                Ok(terms) => Self::Terms(Box::new(terms)),
                Err(error) => Self::Unreadable(Finding::new(Reason::Value, error)),
            },
            _ if fact == Fact::Noted => Self::Nothing,
            Payload::GoodsIn(told) => {
                let noted = told.lines.iter().map(|line| line.noted).collect();
                Self::Moved { fact, lots, noted, missing: told.missing, takes_back: false }
            }
            Payload::GoodsOut(told) => Self::moved(fact, lots, told.takes_back.is_some()),
            _ => Self::moved(fact, lots, false),
        }
    }

    /// Of goods that are no delivery.
    fn moved(fact: Fact, lots: Vec<Lot>, takes_back: bool) -> Self {
        Self::Moved { fact, lots, noted: Vec::new(), missing: Vec::new(), takes_back }
    }

    fn refund(entry: &Entry, is_void: bool, refund: Refund, lots: Vec<Lot>, fact: Fact) -> Self {
        let tenders = refund.tenders.iter();
        Self::Refund(Box::new(RefundTold {
            is_void,
            sale_id: entry.envelope.sale_id.map(SaleId::from_uuid),
            paid_vnd: refund.paid,
            tenders_vnd: tenders.map(|tender| tender.amount).try_fold(0i64, i64::checked_add),
            is_approved: refund.approved_by.is_some(),
            receipt: refund.receipt,
            lots,
            fact,
        }))
    }

    /// Returns the day that a sale from the pad counts on; `None` for everything else.
    pub(super) fn pad_day(&self) -> Option<Date> {
        match self {
            Self::Sale(sale) => sale.pad.as_ref().map(|pad| pad.day),
            _ => None,
        }
    }

    /// Returns the sale that is told, for the rule that each is counted once.
    pub(super) fn sale_id(&self) -> Option<SaleId> {
        match self {
            Self::Sale(sale) => sale.sale_id,
            _ => None,
        }
    }

    /// Says whether both tell one sale: the same goods at the same prices. A restored copy may tell a sale again, with
    /// another number, lot or tender; a sale of other goods is another one, whatever its identity says.
    pub(super) fn is_same_sale(&self, other: &Self) -> bool {
        let goods = |told: &Self| match told {
            Self::Sale(sale) => sale.sold().map(|sold| {
                let lines = sold.lines.iter();
                let mut goods: Vec<_> =
                    lines.map(|l| (l.product_id, l.quantity, l.gross, l.discount)).collect();
                goods.sort();
                (sale.payable_vnd.saturating_sub(sold.rounding.vnd()), goods)
            }),
            _ => None,
        };
        goods(self).is_some() && goods(self) == goods(other)
    }

    /// Returns the fact for the fold.
    pub(super) fn fact(&self) -> Option<&Fact> {
        match self {
            Self::Sale(sale) => Some(&sale.fact),
            Self::Refund(refund) => Some(&refund.fact),
            Self::Settling(settling) => Some(&settling.fact),
            Self::Transfer(transfer) => Some(&transfer.fact),
            Self::Moved { fact, .. } | Self::Shift { fact, .. } => Some(fact),
            _ => None,
        }
    }

    /// Returns the lots that it brings into the book.
    pub(super) fn lots(&self) -> &[Lot] {
        match self {
            Self::Sale(sale) => &sale.lots,
            Self::Refund(refund) => &refund.lots,
            Self::Transfer(transfer) => &transfer.lots,
            Self::Moved { lots, .. } => lots,
            _ => &[],
        }
    }
}

/// Reads what an entry of a store tells: one of those at hand, or a stored one; `None` when there is no such entry.
pub(super) async fn told_at<T>(
    tx: &mut Tx,
    (stream, seq): (StreamId, i64),
    (entries, told): (&[Filed], &[Told]),
    read: impl Fn(&Told) -> T,
) -> Result<Option<T>> {
    let is_it = |filed: &Filed| (filed.stream, filed.seq()) == (stream, seq);
    if let Some((_, told)) = entries.iter().zip(told).find(|(filed, _)| is_it(filed)) {
        return Ok(Some(read(told)));
    }
    let stored = entries::list_after(tx, stream, seq - 1, 1).await?.pop();
    Ok(stored.filter(is_it).map(|filed| read(&Told::read(&filed.entry))))
}

/// Returns tendered − change, when that is also the sum of what stayed per kind.
fn kept_vnd(sale: &Sale) -> Option<i64> {
    let kept = sale.tenders.iter().try_fold(0i64, |sum, tender| sum.checked_add(tender.amount))?;
    (sale.tendered.checked_sub(sale.change) == Some(kept)).then_some(kept)
}
