//! What an entry did to the shelf, lot by lot, and what each piece of consigned goods brought its producer: the lines of a
//! stock card and of a settlement. Store and central keep the same ones beside the postings of the fold, which they equal.

use crate::Rate;
use crate::count::{CountedLot, CountedProduct};
use crate::fact::Fact;
use crate::ids::{LotId, ProductId, StoreId};
use crate::money::{Money, MoneyError};
use crate::quantity::Quantity;
use crate::refund::RefundLine;
use crate::removal::{Cause, RemovedLine};
use crate::repack::Repacked;
use crate::sale::SaleLine;
use crate::stock::{Location, Lot, Owner};
use crate::transfer::ArrivedLine;

/// Why goods came to the shelf or left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MoveCause {
    /// Delivered.
    Received,
    /// Sold before they came: from the new lot to the product's "unreceived" one, which had sold them.
    Covered,
    /// Sold.
    Sold,
    /// Brought back by a buyer; what cannot be sold again leaves as [`Cause::Damaged`] in the same entry.
    Refunded,
    /// Left the shelf unsold.
    Removed(Cause),
    /// Found, or found missing, when the shelf was counted; or more came from another store than it sent.
    Counted,
    /// Went to another store of the operator.
    Sent,
    /// Came from there; what got lost on the way leaves as [`Cause::Lost`] in the same entry.
    Arrived,
    /// Opened to be packed anew, or made of what was opened. What was lost of it leaves as [`Cause::Damaged`] in the
    /// same entry, where a contract says who bears it; without a word all of it stays here.
    Repacked,
}

impl MoveCause {
    /// Every cause.
    pub const ALL: [Self; 13] = [
        Self::Received,
        Self::Covered,
        Self::Sold,
        Self::Refunded,
        Self::Removed(Cause::Returned),
        Self::Removed(Cause::Damaged),
        Self::Removed(Cause::Expired),
        Self::Removed(Cause::Lost),
        Self::Removed(Cause::Tasted),
        Self::Counted,
        Self::Sent,
        Self::Arrived,
        Self::Repacked,
    ];

    /// Returns the name that tables use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Covered => "covered",
            Self::Sold => "sold",
            Self::Refunded => "refunded",
            Self::Removed(cause) => cause.code(),
            Self::Counted => "counted",
            Self::Sent => "sent",
            Self::Arrived => "arrived",
            Self::Repacked => "repacked",
        }
    }

    /// Returns the cause of a code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }
}

/// A quantity of one lot that came to the shelf or left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockMove {
    /// The product.
    pub product_id: ProductId,
    /// Its lot.
    pub lot_id: LotId,
    /// Whose it is.
    pub owner: Owner,
    /// Why.
    pub cause: MoveCause,
    /// To the shelf; negative for away from it.
    pub quantity: Quantity,
    /// What it was worth; amounts of what came back are negative.
    pub worth: Worth,
}

/// What a move of goods was worth to whom, in đồng. Of goods that were not sold, only [`Self::due`] can be other than zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Worth {
    /// Before discounts.
    pub gross: Money,
    /// All discounts.
    pub discount: Money,
    /// The frozen rate of commission; none for goods that are the operator's own, or were not sold.
    pub commission_rate: Option<Rate>,
    /// The operator's commission.
    pub commission: Money,
    /// VAT on it.
    pub commission_tax: Money,
    /// Owed to the producer.
    pub due: Money,
}

impl Worth {
    fn of_sale(line: &SaleLine) -> Result<Self, MoneyError> {
        let split = line.split()?;
        Ok(Self {
            gross: line.gross,
            discount: line.discount,
            commission_rate: line.terms.map(|terms| terms.commission),
            commission: split.map_or(Money::ZERO, |split| split.commission),
            commission_tax: split.map_or(Money::ZERO, |split| split.commission_tax),
            due: split.map_or(Money::ZERO, |split| split.producer_due),
        })
    }

    fn of_refund(line: &RefundLine) -> Result<Self, MoneyError> {
        let split = line.split;
        Ok(Self {
            gross: line.gross.negated()?,
            discount: line.discount.negated()?,
            commission_rate: line.terms.map(|terms| terms.commission),
            commission: split.map_or(Money::ZERO, |split| split.commission).negated()?,
            commission_tax: split.map_or(Money::ZERO, |split| split.commission_tax).negated()?,
            due: split.map_or(Money::ZERO, |split| split.producer_due).negated()?,
        })
    }
}

/// Returns what a fact did to the shelf, in the order of its lines. Per lot the quantities add up to what
/// [`crate::fold::fold`] posts at [`Location::Shelf`], and per producer what is due is what it credits.
///
/// # Errors
/// When an amount does not fit in 64 bits; the fold of the same fact fails then, too.
pub fn moves(fact: &Fact, store_id: StoreId) -> Result<Vec<StockMove>, MoneyError> {
    match fact {
        Fact::Sold(sale) => sale.lines.iter().map(sold).collect(),
        Fact::SoldOutside { lines } => lines.iter().map(sold).collect(),
        Fact::Refunded(refund) => refunded(&refund.lines),
        Fact::RefundedOutside { lines } => refunded(lines),
        Fact::Received { lines } => {
            let came = lines.iter().map(|line| (&line.lot, line.quantity, line.covers_unreceived));
            came_in(MoveCause::Received, came, store_id)
        }
        Fact::Removed { cause, lines } => lines.iter().map(|line| removed(*cause, line)).collect(),
        Fact::Counted { products } => Ok(products.iter().flat_map(counted).collect()),
        Fact::Sent { lines } => {
            lines.iter().map(|line| Ok(whole(&line.lot, MoveCause::Sent, away(line.quantity)?))).collect()
        }
        Fact::Arrived { lines } => arrived(lines, store_id),
        Fact::Repacked(goods) => repacked(goods, store_id),
        Fact::ShiftOpened { .. }
        | Fact::ShiftClosed { .. }
        | Fact::CashMoved { .. }
        | Fact::Confirmed { .. }
        | Fact::DepositTaken { .. }
        | Fact::DepositReturned { .. }
        | Fact::ProducerPaid { .. }
        | Fact::ProducerAdjusted { .. }
        | Fact::Noted => Ok(Vec::new()),
    }
}

fn sold(line: &SaleLine) -> Result<StockMove, MoneyError> {
    Ok(StockMove {
        product_id: line.product_id,
        lot_id: line.lot_id,
        owner: line.owner(),
        cause: MoveCause::Sold,
        quantity: away(line.quantity)?,
        worth: Worth::of_sale(line)?,
    })
}

fn refunded(lines: &[RefundLine]) -> Result<Vec<StockMove>, MoneyError> {
    let mut moves = Vec::new();
    for line in lines {
        let back = StockMove {
            product_id: line.product_id,
            lot_id: line.lot_id,
            owner: line.owner(),
            cause: MoveCause::Refunded,
            quantity: line.quantity,
            worth: Worth::of_refund(line)?,
        };
        moves.push(back);
        if line.back_to == Location::Waste {
            let rest = line.quantity.minus(line.by_producer).ok_or(MoneyError)?;
            let lost = StockMove { cause: MoveCause::Removed(Cause::Damaged), ..back };
            moves.extend(parts(lost, (line.by_producer, rest), line.compensation)?);
        }
    }
    Ok(moves)
}

/// A move in two parts: the producer's, then what is owed for; none for nothing.
fn parts(
    goods: StockMove,
    (by_producer, rest): (Quantity, Quantity),
    due: Money,
) -> Result<Vec<StockMove>, MoneyError> {
    let mut parts = Vec::new();
    for (part, due) in [(by_producer, Money::ZERO), (rest, due)] {
        if part != Quantity::ZERO {
            let worth = Worth { due, ..Worth::default() };
            parts.push(StockMove { quantity: away(part)?, worth, ..goods });
        }
    }
    Ok(parts)
}

/// A move of a lot that no money goes with.
fn whole(lot: &Lot, cause: MoveCause, quantity: Quantity) -> StockMove {
    let worth = Worth::default();
    StockMove { product_id: lot.product_id, lot_id: lot.id, owner: lot.owner, cause, quantity, worth }
}

fn came_in<'a>(
    cause: MoveCause,
    lots: impl Iterator<Item = (&'a Lot, Quantity, Quantity)>,
    store_id: StoreId,
) -> Result<Vec<StockMove>, MoneyError> {
    let mut moves = Vec::new();
    for (lot, quantity, covers) in lots {
        moves.push(whole(lot, cause, quantity));
        if covers != Quantity::ZERO {
            let lot_id = LotId::unreceived(store_id, lot.product_id);
            moves.push(whole(lot, MoveCause::Covered, away(covers)?));
            moves.push(StockMove { lot_id, ..whole(lot, MoveCause::Covered, covers) });
        }
    }
    Ok(moves)
}

fn arrived(lines: &[ArrivedLine], store_id: StoreId) -> Result<Vec<StockMove>, MoneyError> {
    let came = lines.iter().map(|line| (&line.lot, line.sent, line.covers_unreceived));
    let mut moves = came_in(MoveCause::Arrived, came, store_id)?;
    for line in lines {
        let missing = line.missing().ok_or(MoneyError)?;
        let is_more = missing < Quantity::ZERO;
        let cause = if is_more { MoveCause::Counted } else { MoveCause::Removed(Cause::Lost) };
        let rest = missing.minus(line.by_producer).ok_or(MoneyError)?;
        let whole = whole(&line.lot, cause, Quantity::ZERO);
        moves.extend(parts(whole, (line.by_producer, rest), line.compensation)?);
    }
    Ok(moves)
}

fn repacked(goods: &Repacked, store_id: StoreId) -> Result<Vec<StockMove>, MoneyError> {
    let mut moves = Vec::new();
    for line in &goods.used {
        let (product_id, lot_id, owner) = (line.product_id, line.lot_id, line.owner);
        let (by_producer, by_operator) = (line.lost_by_producer, line.lost_by_operator);
        let packed = line.quantity.minus(by_producer).and_then(|left| left.minus(by_operator));
        let quantity = away(packed.ok_or(MoneyError)?)?;
        let (cause, worth) = (MoveCause::Repacked, Worth::default());
        let opened = StockMove { product_id, lot_id, owner, cause, quantity, worth };
        moves.extend(Some(opened).filter(|moved| moved.quantity != Quantity::ZERO));
        let lost = StockMove { cause: MoveCause::Removed(Cause::Damaged), ..opened };
        moves.extend(parts(lost, (by_producer, by_operator), line.compensation)?);
    }
    let made = goods.made.iter().map(|line| (&line.lot, line.quantity, line.covers_unreceived));
    moves.extend(came_in(MoveCause::Repacked, made, store_id)?);
    Ok(moves)
}

fn removed(cause: Cause, line: &RemovedLine) -> Result<StockMove, MoneyError> {
    Ok(StockMove {
        product_id: line.product_id,
        lot_id: line.lot_id,
        owner: line.owner,
        cause: MoveCause::Removed(cause),
        quantity: away(line.quantity)?,
        worth: Worth { due: line.compensation, ..Worth::default() },
    })
}

fn counted(product: &CountedProduct) -> impl Iterator<Item = StockMove> {
    let moved = |lot: &CountedLot| StockMove {
        product_id: product.product_id,
        lot_id: lot.lot_id,
        owner: lot.owner,
        cause: MoveCause::Counted,
        quantity: lot.quantity,
        worth: Worth { due: lot.compensation, ..Worth::default() },
    };
    product.lots.iter().map(moved)
}

fn away(quantity: Quantity) -> Result<Quantity, MoneyError> {
    Quantity::ZERO.minus(quantity).ok_or(MoneyError)
}
