//! The fold: a fact becomes postings of goods and money that sum to zero. Store and central apply the same ones,
//! each with its own SQL, so their books can be compared figure by figure.

mod moving;
mod paying;

use self::moving::{arrived, came_in, repacked};
use self::paying::{adjusted, paid};
use crate::count::{CountedLot, CountedProduct};
use crate::fact::{Fact, Other, Refunded, Sold};
use crate::ids::{LotId, ProducerId, ProductId, StoreId};
use crate::money::{Money, MoneyError};
use crate::quantity::Quantity;
use crate::refund::RefundLine;
use crate::removal::{Cause, RemovedLine};
use crate::repack::RepackError;
use crate::sale::SaleLine;
use crate::stock::{Location, Owner};
use crate::tender::{Tender, TenderKind};

/// Where money stands. Debits are positive, credits negative; all accounts together are always zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// Notes in the drawer.
    Cash,
    /// Transfers received.
    Bank,
    /// Card payments received.
    Card,
    /// Transfers that buyers say were made, not seen at the bank yet.
    Claimed,
    /// Owed by buyers.
    Receivable,
    /// Owed to buyers who paid in advance.
    Deposits,
    /// Deposits that the operator kept: an income that is no sale.
    Forfeited,
    /// Between goods that come back and those bought in the same moment; zero after each exchange.
    Exchange,
    /// What the operator pays for consigned goods that were lost, or found missing.
    Losses,
    /// What producers were owed more, or less, when something that was settled with them was put right: a cost of the operator, or a
    /// gain.
    Adjustments,
    /// Money put into drawers to give change from.
    Float,
    /// Differences found by counting.
    CashOverShort,
    /// The operator's money outside the drawers: what was put in or taken out by hand.
    Operator,
    /// Cash rounding.
    Rounding,
    /// Owed to a producer.
    ProducerDue(ProducerId),
    /// The operator's commission.
    Commission,
    /// The operator's own goods, without VAT.
    Sales,
    /// VAT on own goods and on commission.
    Tax,
    /// Lines outside the programme, as the department sees them.
    Other,
    /// Money of entries that could not be interpreted.
    Suspense,
}

impl Account {
    /// Returns the name that tables use; the producer of [`Account::ProducerDue`] stands beside it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Bank => "bank",
            Self::Card => "card",
            Self::Claimed => "claimed",
            Self::Receivable => "receivable",
            Self::Deposits => "deposits",
            Self::Forfeited => "forfeited",
            Self::Exchange => "exchange",
            Self::Losses => "losses",
            Self::Adjustments => "adjustments",
            Self::Float => "float",
            Self::CashOverShort => "cash_over_short",
            Self::Operator => "operator",
            Self::Rounding => "rounding",
            Self::ProducerDue(_) => "producer_due",
            Self::Commission => "commission",
            Self::Sales => "sales",
            Self::Tax => "tax",
            Self::Other => "other",
            Self::Suspense => "suspense",
        }
    }

    /// Returns the producer of [`Account::ProducerDue`].
    pub const fn producer_id(self) -> Option<ProducerId> {
        match self {
            Self::ProducerDue(id) => Some(id),
            _ => None,
        }
    }
}

impl From<TenderKind> for Account {
    fn from(kind: TenderKind) -> Self {
        match kind {
            TenderKind::Cash => Self::Cash,
            TenderKind::VietQr => Self::Bank,
            TenderKind::Card => Self::Card,
            TenderKind::Claimed => Self::Claimed,
            TenderKind::Credit => Self::Receivable,
            TenderKind::Exchange => Self::Exchange,
            TenderKind::Deposit => Self::Deposits,
        }
    }
}

/// One leg of what a fact does to the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Posting {
    /// Money on an account; debit positive.
    Money(Account, Money),
    /// A quantity of a lot at a location; what arrives is positive.
    Stock(Place, Quantity),
}

/// A lot of a product at a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The product.
    pub product_id: ProductId,
    /// Its lot.
    pub lot_id: LotId,
    /// Where.
    pub location: Location,
}

/// A fact that cannot have happened as told. Central keeps its entry all the same, and its money in suspense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// A quantity of nothing, or less.
    #[error("a line has no positive quantity")]
    Quantity,
    /// Negative amounts, or a discount above the price.
    #[error("a line has a negative amount")]
    Amount,
    /// VAT that does not follow from total and rate.
    #[error("a line's VAT does not follow from its total and rate")]
    Tax,
    /// Tenders and lines differ.
    #[error("the money handed over is not the sum of the lines")]
    Unbalanced,
    /// Goods that cannot have been packed anew so.
    #[error(transparent)]
    Repack(#[from] RepackError),
    /// An amount beyond 64 bits.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Returns the postings of a fact.
///
/// # Errors
/// When its numbers contradict each other.
pub fn fold(fact: &Fact, store_id: StoreId) -> Result<Vec<Posting>, FoldError> {
    let mut postings = Vec::new();
    match fact {
        Fact::ShiftOpened { float } => move_money(&mut postings, Account::Float, Account::Cash, *float)?,
        Fact::ShiftClosed { float, expected, counted } => {
            let over = counted.minus(*expected)?;
            move_money(&mut postings, Account::CashOverShort, Account::Cash, over)?;
            move_money(&mut postings, Account::Cash, Account::Float, *float)?;
        }
        Fact::Sold(sale) => sold(&mut postings, sale)?,
        Fact::SoldOutside { lines } => {
            let mut gross = Money::ZERO;
            for line in lines {
                gross = gross.plus(sold_line(&mut postings, line)?)?;
            }
            postings.push(Posting::Money(Account::Other, gross));
        }
        Fact::Refunded(refund) => refunded(&mut postings, refund)?,
        Fact::RefundedOutside { lines } => {
            let mut gross = Money::ZERO;
            for line in lines {
                gross = gross.plus(refunded_line(&mut postings, line)?)?;
            }
            postings.push(Posting::Money(Account::Other, gross.negated()?));
        }
        Fact::CashMoved { amount } => move_money(&mut postings, Account::Operator, Account::Cash, *amount)?,
        Fact::Confirmed { from, paid } => {
            for tender in paid {
                if !from.is_open() {
                    return Err(FoldError::Amount);
                }
                check_money(tender)?;
                move_money(&mut postings, (*from).into(), tender.kind.into(), tender.amount)?;
            }
        }
        Fact::DepositTaken { paid } => {
            for tender in paid {
                check_money(tender)?;
                move_money(&mut postings, Account::Deposits, tender.kind.into(), tender.amount)?;
            }
        }
        Fact::DepositReturned { paid, kept } => {
            if kept.is_negative() {
                return Err(FoldError::Amount);
            }
            for tender in paid {
                check_money(tender)?;
                move_money(&mut postings, tender.kind.into(), Account::Deposits, tender.amount)?;
            }
            move_money(&mut postings, Account::Forfeited, Account::Deposits, *kept)?;
        }
        Fact::Received { lines } => {
            for line in lines {
                let came = (&line.lot, line.quantity, line.covers_unreceived);
                came_in(&mut postings, Location::Producer, came, store_id)?;
            }
        }
        Fact::Removed { cause, lines } => {
            for line in lines {
                removed(&mut postings, *cause, line)?;
            }
        }
        Fact::Counted { products } => {
            for product in products {
                counted(&mut postings, product)?;
            }
        }
        Fact::Sent { lines } => {
            for line in lines {
                if line.quantity <= Quantity::ZERO {
                    return Err(FoldError::Quantity);
                }
                let place =
                    |location| Place { product_id: line.lot.product_id, lot_id: line.lot.id, location };
                move_stock(&mut postings, place(Location::Shelf), place(Location::InTransit), line.quantity)?;
            }
        }
        Fact::Arrived { lines } => {
            for line in lines {
                arrived(&mut postings, line, store_id)?;
            }
        }
        Fact::Repacked(goods) => repacked(&mut postings, goods, store_id)?,
        Fact::ProducerPaid { producer_id, paid: tenders } => paid(&mut postings, *producer_id, tenders)?,
        Fact::ProducerAdjusted { producer_id, amount, came_back } => {
            adjusted(&mut postings, *producer_id, *amount, came_back)?;
        }
        Fact::Noted => {}
    }
    postings.retain(|posting| *posting != zero_of(posting));
    balanced(&postings)?;
    Ok(postings)
}

/// Refuses what is no money that changes hands.
fn check_money(tender: &Tender) -> Result<(), FoldError> {
    let is_sound = tender.amount > Money::ZERO && tender.kind.is_money();
    if is_sound { Ok(()) } else { Err(FoldError::Amount) }
}

/// Returns the postings of a fact that [`fold`] or central refuses: its money goes to suspense, no goods move.
///
/// # Errors
/// When its tenders alone do not fit in 64 bits.
pub fn suspend(fact: &Fact) -> Result<Vec<Posting>, FoldError> {
    let mut postings = Vec::new();
    match fact {
        Fact::Sold(sale) => {
            for tender in &sale.kept {
                move_money(&mut postings, Account::Suspense, tender.kind.into(), tender.amount)?;
            }
        }
        Fact::Refunded(Refunded { paid, .. })
        | Fact::DepositReturned { paid, .. }
        | Fact::ProducerPaid { paid, .. } => {
            for tender in paid {
                move_money(&mut postings, tender.kind.into(), Account::Suspense, tender.amount)?;
            }
        }
        Fact::Confirmed { paid, .. }
        | Fact::DepositTaken { paid }
        | Fact::ProducerAdjusted { came_back: paid, .. } => {
            for tender in paid {
                move_money(&mut postings, Account::Suspense, tender.kind.into(), tender.amount)?;
            }
        }
        _ => {}
    }
    Ok(postings)
}

fn sold(postings: &mut Vec<Posting>, sale: &Sold) -> Result<(), FoldError> {
    for tender in &sale.kept {
        if tender.amount <= Money::ZERO {
            return Err(FoldError::Amount);
        }
        postings.push(Posting::Money(tender.kind.into(), tender.amount));
    }
    for line in &sale.lines {
        sold_line(postings, line)?;
    }
    let Other { gross, taxes } = &sale.other;
    if gross.is_negative() || taxes.iter().any(|(_, _, tax)| tax.is_negative()) {
        return Err(FoldError::Amount);
    }
    postings.push(Posting::Money(Account::Other, gross.negated()?));
    postings.push(Posting::Money(Account::Rounding, sale.rounding.negated()?));
    Ok(())
}

/// Posts a line's credits and its goods; returns what the buyer paid for it.
fn sold_line(postings: &mut Vec<Posting>, line: &SaleLine) -> Result<Money, FoldError> {
    let total = line.total()?;
    if line.quantity <= Quantity::ZERO {
        return Err(FoldError::Quantity);
    }
    if line.gross.is_negative() || line.discount.is_negative() || total.is_negative() {
        return Err(FoldError::Amount);
    }
    if line.tax != line.tax_rate.inside(total)? {
        return Err(FoldError::Tax);
    }
    let mut credit = |account, amount: Money| -> Result<(), FoldError> {
        postings.push(Posting::Money(account, amount.negated()?));
        Ok(())
    };
    match (line.terms, line.split()?) {
        (Some(terms), Some(split)) => {
            credit(Account::ProducerDue(terms.producer_id), split.producer_due)?;
            credit(Account::Commission, split.commission)?;
            credit(Account::Tax, split.commission_tax)?;
        }
        _ => {
            credit(Account::Sales, total.minus(line.tax)?)?;
            credit(Account::Tax, line.tax)?;
        }
    }
    let place = |location| Place { product_id: line.product_id, lot_id: line.lot_id, location };
    move_stock(postings, place(Location::Shelf), place(Location::Customer), line.quantity)?;
    Ok(total)
}

/// The sale's postings in reverse.
fn refunded(postings: &mut Vec<Posting>, refund: &Refunded) -> Result<(), FoldError> {
    for tender in &refund.paid {
        // A deposit is given back by an entry of its own.
        if tender.amount <= Money::ZERO || tender.kind == TenderKind::Deposit {
            return Err(FoldError::Amount);
        }
        postings.push(Posting::Money(tender.kind.into(), tender.amount.negated()?));
    }
    for line in &refund.lines {
        refunded_line(postings, line)?;
    }
    let Other { gross, taxes } = &refund.other;
    if gross.is_negative() || taxes.iter().any(|(_, _, tax)| tax.is_negative()) {
        return Err(FoldError::Amount);
    }
    postings.push(Posting::Money(Account::Other, *gross));
    postings.push(Posting::Money(Account::Rounding, refund.rounding));
    Ok(())
}

/// Posts a line's debits and its goods; returns what the buyer got for it.
fn refunded_line(postings: &mut Vec<Posting>, line: &RefundLine) -> Result<Money, FoldError> {
    let total = line.total()?;
    if line.quantity <= Quantity::ZERO || !matches!(line.back_to, Location::Shelf | Location::Waste) {
        return Err(FoldError::Quantity);
    }
    if line.discount.is_negative() || total.is_negative() || line.tax.is_negative() || !line.is_borne() {
        return Err(FoldError::Amount);
    }
    compensated(postings, line.owner(), line.compensation)?;
    // Where a part's VAT is rounded up, its total may be rounded down: by one đồng the VAT can be the larger one.
    if line.tax > total.plus(Money::new(1))? {
        return Err(FoldError::Tax);
    }
    match (line.terms, line.split) {
        (Some(terms), Some(split)) => {
            postings.push(Posting::Money(Account::ProducerDue(terms.producer_id), split.producer_due));
            postings.push(Posting::Money(Account::Commission, split.commission));
            postings.push(Posting::Money(Account::Tax, split.commission_tax));
        }
        (None, None) => {
            postings.push(Posting::Money(Account::Sales, total.minus(line.tax)?));
            postings.push(Posting::Money(Account::Tax, line.tax));
        }
        _ => return Err(FoldError::Amount),
    }
    let place = |location| Place { product_id: line.product_id, lot_id: line.lot_id, location };
    move_stock(postings, place(Location::Customer), place(line.back_to), line.quantity)?;
    Ok(total)
}

fn removed(postings: &mut Vec<Posting>, cause: Cause, line: &RemovedLine) -> Result<(), FoldError> {
    if line.quantity <= Quantity::ZERO {
        return Err(FoldError::Quantity);
    }
    match line.owner.producer_id() {
        Some(_) if cause != Cause::Returned && !line.compensation.is_negative() => {
            compensated(postings, line.owner, line.compensation)?;
        }
        // Nobody is owed for goods that are back, or for the operator's own.
        _ if line.compensation != Money::ZERO => return Err(FoldError::Amount),
        _ => {}
    }
    let place = |location| Place { product_id: line.product_id, lot_id: line.lot_id, location };
    move_stock(postings, place(Location::Shelf), place(cause.destination()), line.quantity)
}

fn counted(postings: &mut Vec<Posting>, product: &CountedProduct) -> Result<(), FoldError> {
    if !product.is_sound() {
        return Err(FoldError::Quantity);
    }
    for CountedLot { lot_id, owner, quantity, compensation, .. } in &product.lots {
        match owner.producer_id() {
            Some(_) if *quantity < Quantity::ZERO && !compensation.is_negative() => {
                compensated(postings, *owner, *compensation)?;
            }
            // Nobody is owed for what is there, or for the operator's own.
            _ if *compensation != Money::ZERO => return Err(FoldError::Amount),
            _ => {}
        }
        // What is missing went where lost goods are; what is there beyond the book had been lost to it.
        let place = |location| Place { product_id: product.product_id, lot_id: *lot_id, location };
        move_stock(postings, place(Location::Waste), place(Location::Shelf), *quantity)?;
    }
    Ok(())
}

/// Posts what the operator owes a producer for lost goods; for its own it owes nobody.
fn compensated(postings: &mut Vec<Posting>, owner: Owner, owed: Money) -> Result<(), FoldError> {
    match owner.producer_id() {
        Some(producer_id) => move_money(postings, Account::ProducerDue(producer_id), Account::Losses, owed),
        None => Ok(()),
    }
}

fn move_money(
    postings: &mut Vec<Posting>,
    from: Account,
    to: Account,
    amount: Money,
) -> Result<(), FoldError> {
    postings.push(Posting::Money(from, amount.negated()?));
    postings.push(Posting::Money(to, amount));
    Ok(())
}

fn move_stock(
    postings: &mut Vec<Posting>,
    from: Place,
    to: Place,
    quantity: Quantity,
) -> Result<(), FoldError> {
    let out = Quantity::ZERO.minus(quantity).ok_or(FoldError::Quantity)?;
    postings.push(Posting::Stock(from, out));
    postings.push(Posting::Stock(to, quantity));
    Ok(())
}

const fn zero_of(posting: &Posting) -> Posting {
    match posting {
        Posting::Money(account, _) => Posting::Money(*account, Money::ZERO),
        Posting::Stock(place, _) => Posting::Stock(*place, Quantity::ZERO),
    }
}

/// Goods balance by construction (each move has two legs); money is checked.
fn balanced(postings: &[Posting]) -> Result<(), FoldError> {
    let money = postings.iter().filter_map(|posting| match posting {
        Posting::Money(_, amount) => Some(*amount),
        Posting::Stock(..) => None,
    });
    if Money::sum(money)? == Money::ZERO { Ok(()) } else { Err(FoldError::Unbalanced) }
}

#[cfg(test)]
mod tests;
