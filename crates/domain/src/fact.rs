//! What happened, as the fold sees it. A fact carries every number that its postings need.

use crate::Rate;
use crate::count::CountedProduct;
use crate::ids::ProducerId;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::refund::RefundLine;
use crate::removal::{Cause, RemovedLine};
use crate::repack::Repacked;
use crate::sale::SaleLine;
use crate::stock::Lot;
use crate::tax::TaxClass;
use crate::tender::{Tender, TenderKind};
use crate::transfer::{ArrivedLine, SentLine};
use time::Date;

/// One thing that happened in a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A shift began with money in the drawer.
    ShiftOpened {
        /// What was in it.
        float: Money,
    },
    /// A shift ended: the drawer was counted and its float put back.
    ShiftClosed {
        /// What it began with.
        float: Money,
        /// What the book said.
        expected: Money,
        /// What was counted, without looking at the book.
        counted: Money,
    },
    /// A sale, as the department sees it: the lines of the programme, and the rest as one amount.
    Sold(Sold),
    /// The lines of a sale that are outside the programme; known in the store only.
    SoldOutside {
        /// Their lines.
        lines: Vec<SaleLine>,
    },
    /// Goods came back and their money went out, as the department sees it: a refund, or a sale that was voided.
    Refunded(Refunded),
    /// The lines of a refund that are outside the programme; known in the store only.
    RefundedOutside {
        /// Their lines.
        lines: Vec<RefundLine>,
    },
    /// Money was put into a drawer or taken out of it, other than by selling.
    CashMoved {
        /// Into the drawer; negative for out of it.
        amount: Money,
    },
    /// Money came that the store had waited for since a sale.
    Confirmed {
        /// What it had been: a transfer that was only claimed, or what the buyer owed.
        from: TenderKind,
        /// What came, per kind.
        paid: Vec<Tender>,
    },
    /// A buyer ordered goods and paid a part of them in advance.
    DepositTaken {
        /// What came, per kind.
        paid: Vec<Tender>,
    },
    /// A deposit, or a part of it, is no longer owed to its buyer, and no sale took it.
    DepositReturned {
        /// What went back, per kind.
        paid: Vec<Tender>,
        /// What the operator keeps.
        kept: Money,
    },
    /// Goods came in.
    Received {
        /// One lot each.
        lines: Vec<ReceivedLine>,
    },
    /// Goods left the shelf and were not sold.
    Removed {
        /// Why.
        cause: Cause,
        /// One lot each.
        lines: Vec<RemovedLine>,
    },
    /// The shelf was counted.
    Counted {
        /// What was counted.
        products: Vec<CountedProduct>,
    },
    /// Goods went to another store of the operator.
    Sent {
        /// One lot each.
        lines: Vec<SentLine>,
    },
    /// Goods came from another store, or came back from the way there.
    Arrived {
        /// One lot each.
        lines: Vec<ArrivedLine>,
    },
    /// Goods were packed anew.
    Repacked(Repacked),
    /// A producer was paid for consigned goods, or in advance.
    ProducerPaid {
        /// Who.
        producer_id: ProducerId,
        /// What they got, per kind: from the drawer, or from the operator's bank account.
        paid: Vec<Tender>,
    },
    /// What was settled with a producer or paid to one was put right.
    ProducerAdjusted {
        /// Who.
        producer_id: ProducerId,
        /// What they are owed more; negative for less.
        amount: Money,
        /// What came back of a payment, per kind: all of the amount, or nothing.
        came_back: Vec<Tender>,
    },
    /// Something worth keeping that moves neither goods nor money.
    Noted,
}

/// A sale's shared part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sold {
    /// Lines of the programme.
    pub lines: Vec<SaleLine>,
    /// What stayed in the store, per kind: tendered less change.
    pub kept: Vec<Tender>,
    /// Cash rounding: payable − Σ lines.
    pub rounding: Money,
    /// Everything else on the same receipt.
    pub other: Other,
}

/// A refund's shared part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refunded {
    /// Lines of the programme.
    pub lines: Vec<RefundLine>,
    /// What the buyer got, per kind.
    pub paid: Vec<Tender>,
    /// The sale's cash rounding, given back with its last pieces: all refunds together pay what was paid.
    pub rounding: Money,
    /// Everything else of the same refund.
    pub other: Other,
}

/// The lines outside the programme, summed up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Other {
    /// What the buyer paid for them.
    pub gross: Money,
    /// The VAT inside, per class and rate.
    pub taxes: Vec<(TaxClass, Rate, Money)>,
}

/// A lot that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedLine {
    /// The lot that it makes.
    pub lot: Lot,
    /// How much.
    pub quantity: Quantity,
    /// How much of it had been sold already from the product's "unreceived" lot.
    pub covers_unreceived: Quantity,
}

impl Fact {
    /// Returns the lots that this fact brings into the book: those that came or were made, and the "unreceived" ones that goods were sold
    /// from, come back to, or are found for.
    pub fn lots(&self, business_date: Date) -> Vec<Lot> {
        let unreceived = |id, product_id, owner| Lot {
            id,
            product_id,
            owner,
            received_on: business_date,
            expires_on: None,
            code: None,
        };
        let sold = |lines: &[SaleLine]| {
            let lines = lines.iter().filter(|line| line.unreceived);
            lines.map(|line| unreceived(line.lot_id, line.product_id, line.owner())).collect()
        };
        let refunded = |lines: &[RefundLine]| {
            let lines = lines.iter().filter(|line| line.unreceived);
            lines.map(|line| unreceived(line.lot_id, line.product_id, line.owner())).collect()
        };
        match self {
            Self::Sold(sale) => sold(&sale.lines),
            Self::SoldOutside { lines } => sold(lines),
            Self::Refunded(refund) => refunded(&refund.lines),
            Self::RefundedOutside { lines } => refunded(lines),
            Self::Received { lines } => lines.iter().map(|line| line.lot.clone()).collect(),
            Self::Arrived { lines } => lines.iter().map(|line| line.lot.clone()).collect(),
            Self::Repacked(repacked) => repacked.made.iter().map(|line| line.lot.clone()).collect(),
            Self::Counted { products } => {
                let of = |product: &CountedProduct| {
                    let (product_id, lots) = (product.product_id, product.lots.clone());
                    lots.into_iter().filter(|lot| lot.unreceived).map(move |lot| (product_id, lot))
                };
                let lots = products.iter().flat_map(of);
                lots.map(|(product_id, lot)| unreceived(lot.lot_id, product_id, lot.owner)).collect()
            }
            Self::ShiftOpened { .. }
            | Self::ShiftClosed { .. }
            | Self::CashMoved { .. }
            | Self::Confirmed { .. }
            | Self::DepositTaken { .. }
            | Self::DepositReturned { .. }
            | Self::Removed { .. }
            | Self::Sent { .. }
            | Self::ProducerPaid { .. }
            | Self::ProducerAdjusted { .. }
            | Self::Noted => Vec::new(),
        }
    }
}

/// Returns a sale in its two parts: what is shared, and the lines outside the programme.
///
/// # Errors
/// When an amount does not fit in 64 bits.
pub fn sold(
    lines: Vec<SaleLine>,
    kept: Vec<Tender>,
    rounding: Money,
) -> Result<(Sold, Vec<SaleLine>), crate::MoneyError> {
    let (lines, outside): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.in_programme);
    let mut other = Other::default();
    for line in &outside {
        other.add(line.total()?, line.tax_class, line.tax_rate, line.tax)?;
    }
    Ok((Sold { lines, kept, rounding, other }, outside))
}

/// Returns a refund in its two parts, as [`sold`] does for a sale.
///
/// # Errors
/// When an amount does not fit in 64 bits.
pub fn refunded(
    lines: Vec<RefundLine>,
    paid: Vec<Tender>,
    rounding: Money,
) -> Result<(Refunded, Vec<RefundLine>), crate::MoneyError> {
    let (lines, outside): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.in_programme);
    let mut other = Other::default();
    for line in &outside {
        other.add(line.total()?, line.tax_class, line.tax_rate, line.tax)?;
    }
    Ok((Refunded { lines, paid, rounding, other }, outside))
}

impl Other {
    fn add(
        &mut self,
        gross: Money,
        class: TaxClass,
        rate: Rate,
        tax: Money,
    ) -> Result<(), crate::MoneyError> {
        self.gross = self.gross.plus(gross)?;
        match self.taxes.iter_mut().find(|(other, at, _)| (*other, *at) == (class, rate)) {
            Some((_, _, sum)) => *sum = sum.plus(tax)?,
            None => self.taxes.push((class, rate, tax)),
        }
        Ok(())
    }
}
