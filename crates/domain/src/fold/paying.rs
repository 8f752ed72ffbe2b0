//! What a producer is paid, and what puts right what was settled with one or paid to one.

use super::{Account, FoldError, Posting, move_money};
use crate::ids::ProducerId;
use crate::money::Money;
use crate::tender::{Tender, TenderKind};

/// Posts what a producer is paid.
pub(super) fn paid(
    postings: &mut Vec<Posting>,
    producer_id: ProducerId,
    tenders: &[Tender],
) -> Result<(), FoldError> {
    for tender in tenders {
        check(tender)?;
        move_money(postings, tender.kind.into(), Account::ProducerDue(producer_id), tender.amount)?;
    }
    Ok(())
}

/// Posts what a producer is owed more or less: as a cost of the operator's, or a gain; or because money of a payment came back.
pub(super) fn adjusted(
    postings: &mut Vec<Posting>,
    producer_id: ProducerId,
    amount: Money,
    came_back: &[Tender],
) -> Result<(), FoldError> {
    let due = Account::ProducerDue(producer_id);
    if amount == Money::ZERO {
        return Err(FoldError::Amount);
    }
    if came_back.is_empty() {
        return move_money(postings, due, Account::Adjustments, amount);
    }
    for tender in came_back {
        check(tender)?;
        move_money(postings, due, tender.kind.into(), tender.amount)?;
    }
    let all = Money::sum(came_back.iter().map(|tender| tender.amount))?;
    if all == amount { Ok(()) } else { Err(FoldError::Unbalanced) }
}

/// Refuses what no producer is paid by.
fn check(tender: &Tender) -> Result<(), FoldError> {
    let is_sound =
        tender.amount > Money::ZERO && matches!(tender.kind, TenderKind::Cash | TenderKind::VietQr);
    if is_sound { Ok(()) } else { Err(FoldError::Amount) }
}
