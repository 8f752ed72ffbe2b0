//! Whether an entry can have happened as told. Only what contradicts itself, or central's own record, is found here:
//! an old price or a late recognition is a store that was offline, not a lie.

use std::collections::BTreeSet;

use domain::Money;
use domain::Quantity;
use domain::catalog::SoldBy;
use domain::consignment::{FrozenTerms, Terms};
use domain::count::CountedProduct;
use domain::fact::{Fact, Sold};
use domain::fold::{Posting, fold};
use domain::ids::{LotId, ProductId};
use domain::pad::is_believed;
use domain::removal::RemovedLine;
use domain::sale::SaleLine;
use domain::tax::TaxClass;
use protocol::payload::{ProvisionalProduct, SalePad};
use time::Date;

use super::knowledge::Knowledge;
use super::refunds;
use super::settling;
use super::told::{SaleTold, Told};
use super::transfers;
use crate::db::entries::{DAY_MAX, DAY_MIN, Filed, plain};
use crate::db::exceptions::{Finding, Reason};

/// The largest amount that one entry moves: 100 billion đồng. Sums of all stores then stay within 64 bits.
pub(super) const AMOUNT_MOST: Money = Money::new(100_000_000_000);
/// Cash rounding stays below the largest note that it avoids, 1 000 đồng.
pub(super) const ROUNDING_MOST_VND: u64 = 1_000;

/// The longest name of a producer, in characters.
pub(super) const NAME_MOST: usize = 120;

/// Returns the postings of an entry.
pub(super) fn judge(
    filed: &Filed,
    told: &Told,
    before_vnd: i64,
    knowledge: &Knowledge,
) -> Result<Vec<Posting>, Finding> {
    let envelope = &filed.entry.envelope;
    match told {
        Told::Later(finding) | Told::Unreadable(finding) => return Err(finding.clone()),
        _ => {}
    }
    if !(DAY_MIN..=DAY_MAX).contains(&envelope.business_date) {
        let day = envelope.business_date;
        return Err(Finding::new(Reason::BusinessDate, format!("{day} is no business day")));
    }
    let payable_vnd = if let Told::Sale(sale) = told { sale.payable_vnd } else { 0 };
    if before_vnd.checked_add(payable_vnd) != Some(envelope.grand_total_after) {
        let detail = format!("{before_vnd} and {payable_vnd} do not give {}", envelope.grand_total_after);
        return Err(Finding::new(Reason::GrandTotal, detail));
    }
    match told {
        Told::Sale(sale) => judge_sale(filed, sale, knowledge)?,
        Told::Refund(refund) => refunds::judge(filed, refund, knowledge)?,
        Told::Settling(settling) => settling::judge(filed, settling, knowledge)?,
        Told::Transfer(transfer) => transfers::judge(transfer, knowledge)?,
        Told::Moved { fact: Fact::Repacked(goods), .. } => transfers::judge_repacked(goods, knowledge)?,
        Told::Moved { fact: Fact::Received { .. }, lots, missing, .. } => {
            if missing.iter().any(|goods| goods.noted <= 0) {
                return Err(Finding::new(Reason::Value, "goods did not come that no note names"));
            }
            for lot in lots {
                let known = knowledge.lots.get(&lot.id);
                if known.is_some_and(|known| *known != (lot.product_id, lot.owner.producer_id())) {
                    return Err(Finding::new(Reason::Lot, format!("lot {} is of other goods", lot.id)));
                }
                if lot.owner.producer_id().is_some_and(|id| !knowledge.producers.contains(&id)) {
                    return Err(Finding::new(Reason::Value, "central knows no such producer"));
                }
            }
        }
        Told::Moved { fact: Fact::Removed { lines, .. }, .. } => judge_removal(lines, knowledge)?,
        Told::Moved { fact: Fact::Counted { products }, .. } => judge_count(products, knowledge)?,
        Told::Product(product) => judge_product(product)?,
        Told::Producer { name, .. } if plain(name, NAME_MOST).trim().is_empty() => {
            return Err(Finding::new(Reason::Value, "a producer without a name"));
        }
        Told::Terms(terms) => judge_agreed(envelope.business_date, terms, knowledge)?,
        _ => {}
    }
    let Some(fact) = told.fact() else { return Ok(Vec::new()) };
    let postings =
        fold(fact, knowledge.store_id).map_err(|error| Finding::new(Reason::Contradiction, error))?;
    if postings.iter().all(is_plausible) {
        Ok(postings)
    } else {
        Err(Finding::new(Reason::Implausible, "an amount or quantity beyond what a store moves"))
    }
}

/// True for amounts and quantities that a store can move at once.
pub(super) fn is_plausible(posting: &Posting) -> bool {
    match posting {
        Posting::Money(_, amount) => amount.vnd().unsigned_abs() <= AMOUNT_MOST.vnd().unsigned_abs(),
        Posting::Stock(_, quantity) => {
            quantity.milli().unsigned_abs() <= Quantity::MOST.milli().unsigned_abs()
        }
    }
}

fn judge_sale(filed: &Filed, sale: &SaleTold, knowledge: &Knowledge) -> Result<(), Finding> {
    if sale.sale_id.is_none() {
        return Err(Finding::new(Reason::Value, "a sale without its id"));
    }
    if let Some(Err(error)) = sale.pad.as_ref().map(SalePad::read) {
        return Err(Finding::new(Reason::Value, error));
    }
    let business_date = filed.entry.envelope.business_date;
    let day = sale.pad.as_ref().map_or(business_date, |pad| pad.day);
    if !is_believed(day, business_date) {
        let detail = format!("a sale of {day} from the pad cannot be entered on {business_date}");
        return Err(Finding::new(Reason::BusinessDate, detail));
    }
    let Some(sold) = sale.sold() else { return Ok(()) };
    if sale.kept_vnd != Some(sale.payable_vnd) {
        return Err(Finding::new(Reason::Contradiction, "the receipt's total is not what was paid"));
    }
    if sale.payable_vnd > AMOUNT_MOST.vnd() {
        return Err(Finding::new(Reason::Implausible, format!("a sale of {}", Money::new(sale.payable_vnd))));
    }
    if sold.rounding.vnd().unsigned_abs() >= ROUNDING_MOST_VND {
        return Err(Finding::new(Reason::Implausible, format!("cash rounding of {}", sold.rounding)));
    }
    judge_lines(day, sold, knowledge)
}

fn judge_lines(day: Date, sold: &Sold, knowledge: &Knowledge) -> Result<(), Finding> {
    for line in &sold.lines {
        if line.gross > AMOUNT_MOST {
            return Err(Finding::new(Reason::Implausible, format!("a line of {}", line.gross)));
        }
        let facts = super::effects::facts_of(line);
        if knowledge.facts.get(&facts).is_some_and(|product| *product != line.product_id) {
            return Err(Finding::new(Reason::Facts, format!("{} counts as another product", line.sku)));
        }
        judge_lot(line, knowledge)?;
        if let Some(terms) = &line.terms {
            judge_terms(day, (&line.sku, line.product_id), terms, knowledge)?;
        }
    }
    Ok(())
}

fn judge_lot(line: &SaleLine, knowledge: &Knowledge) -> Result<(), Finding> {
    let unreceived = LotId::unreceived(knowledge.store_id, line.product_id);
    if line.unreceived != (line.lot_id == unreceived) {
        return Err(Finding::new(Reason::Lot, format!("{} names a lot that is not its own", line.sku)));
    }
    let owner = (line.product_id, line.owner().producer_id());
    // A lot that is not known yet comes with another stream of the same store; an unreceived one has whatever owner
    // the product had when it was first sold.
    let known = knowledge.lots.get(&line.lot_id).filter(|_| !line.unreceived);
    if known.is_some_and(|known| *known != owner) {
        return Err(Finding::new(Reason::Lot, format!("{} names a lot of other goods", line.sku)));
    }
    Ok(())
}

/// Checks the terms that a line of a day has; it is named by its code and its product.
pub(super) fn judge_terms(
    day: Date,
    (sku, product_id): (&str, ProductId),
    frozen: &FrozenTerms,
    knowledge: &Knowledge,
) -> Result<(), Finding> {
    let wrong = |why: &str| Err(Finding::new(Reason::Terms, format!("{sku}: {why}")));
    if !knowledge.producers.contains(&frozen.producer_id) {
        return wrong("central knows no such producer");
    }
    let Some(terms_id) = frozen.terms_id else {
        let nothing_kept = frozen.commission.ppm() == 0;
        return if nothing_kept { Ok(()) } else { wrong("a commission without terms") };
    };
    let Some((operator_id, terms)) = knowledge.terms.get(&terms_id) else {
        return wrong("central never gave these terms");
    };
    let is_theirs = knowledge.operator_id == Some(*operator_id)
        && terms.producer_id == frozen.producer_id
        && terms.product_id.is_none_or(|only| only == product_id)
        && terms.valid_from <= day;
    if !is_theirs {
        return wrong("the terms are not of these goods, this operator and this day");
    }
    let is_same = terms.commission == frozen.commission
        && terms.basis == frozen.basis
        && terms.discount_bearer == frozen.discount_bearer
        // By the business date: a line that comes late is judged as one that came at once.
        && knowledge.commission_taxes.admits(frozen.commission_tax, day);
    if is_same { Ok(()) } else { wrong("commission, basis, discount or tax differ from the terms") }
}

/// Terms that a store agreed on begin on their day or later, so that nothing that was sold before changes, and are with
/// somebody whom central knows.
fn judge_agreed(day: Date, terms: &Terms, knowledge: &Knowledge) -> Result<(), Finding> {
    let wrong = |why: &str| Err(Finding::new(Reason::Terms, why));
    let Some(operator_id) = knowledge.operator_id else { return wrong("nobody runs this store") };
    if !knowledge.producers.contains(&terms.producer_id) {
        return wrong("central knows no such producer");
    }
    let is_known = |id: &ProductId| knowledge.products.contains(id) || knowledge.added.contains(id);
    if terms.product_id.is_some_and(|id| !is_known(&id)) {
        return wrong("central knows no such product");
    }
    if terms.valid_from < day {
        return wrong("they begin before the day on which they were agreed");
    }
    match knowledge.terms.get(&terms.id) {
        Some(known) if *known != (operator_id, *terms) => wrong("other terms have the same identity"),
        _ => Ok(()),
    }
}

/// Goods that left the shelf are of the lots that they name. A lot that is not known yet comes with another stream.
fn judge_removal(lines: &[RemovedLine], knowledge: &Knowledge) -> Result<(), Finding> {
    for line in lines {
        let known = knowledge.lots.get(&line.lot_id);
        if known.is_some_and(|known| *known != (line.product_id, line.owner.producer_id())) {
            return Err(Finding::new(Reason::Lot, format!("lot {} is of other goods", line.lot_id)));
        }
        if line.owner.producer_id().is_some_and(|id| !knowledge.producers.contains(&id)) {
            return Err(Finding::new(Reason::Value, "central knows no such producer"));
        }
    }
    Ok(())
}

/// What a count found is of the lots that it names, and each product is counted once in it.
fn judge_count(products: &[CountedProduct], knowledge: &Knowledge) -> Result<(), Finding> {
    let mut seen = BTreeSet::new();
    for CountedProduct { product_id, lots, .. } in products {
        if !seen.insert(*product_id) {
            return Err(Finding::new(
                Reason::Contradiction,
                format!("product {product_id} is counted twice"),
            ));
        }
        let unreceived = LotId::unreceived(knowledge.store_id, *product_id);
        for lot in lots {
            let producer_id = lot.owner.producer_id();
            // As at a sale, an unreceived lot has whatever owner its product had then.
            let known = knowledge.lots.get(&lot.lot_id).filter(|_| !lot.unreceived);
            if lot.unreceived != (lot.lot_id == unreceived)
                || known.is_some_and(|known| *known != (*product_id, producer_id))
            {
                return Err(Finding::new(Reason::Lot, format!("lot {} is of other goods", lot.lot_id)));
            }
            if producer_id.is_some_and(|id| !knowledge.producers.contains(&id)) {
                return Err(Finding::new(Reason::Value, "central knows no such producer"));
            }
        }
    }
    Ok(())
}

fn judge_product(product: &ProvisionalProduct) -> Result<(), Finding> {
    let is_known = SoldBy::from_code(&product.sold_by).is_some()
        && TaxClass::from_code(&product.tax_class).is_some()
        && (0..=AMOUNT_MOST.vnd()).contains(&product.price);
    if is_known { Ok(()) } else { Err(Finding::new(Reason::Value, "a product that cannot be sold so")) }
}
