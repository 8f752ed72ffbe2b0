//! Whether a refund or void can have happened as told: never more than was sold and has not come back yet.
//!
//! What came back of a sale is judged in the order in which the books take entries up. A sale may stand in another stream
//! of its store: a restored computer takes back what its predecessor sold. As long as central does not count that sale (its
//! stream waits for approval, or has not been sent to the end), the refund is kept as an exception with its money in
//! suspense; nothing is lost, and nothing is counted on trust. It is judged again when the sale is counted
//! ([`super::waiting`]), so that the order in which streams arrive changes nothing. When more came back than there was, the
//! one that is taken up last is the exception.

use std::collections::{BTreeMap, BTreeSet};

use domain::consignment::FrozenTerms;
use domain::fact::{Fact, Refunded};
use domain::ids::{LotId, ProductFactsId, SaleId};
use domain::refund::RefundLine;
use domain::sale::SaleLine;
use domain::{Money, MoneyError};
use protocol::StreamId;
use time::Date;
use uuid::Uuid;

use super::effects::provisional_facts;
use super::judgement::{AMOUNT_MOST, ROUNDING_MOST_VND, judge_terms};
use super::knowledge::{CHUNK, Knowledge};
use super::told::{RefundTold, Told, told_at};
use crate::db::engine::{Sql, Tx};
use crate::db::entries::{DAY_MAX, DAY_MIN, Filed};
use crate::db::exceptions::{Finding, Reason};
use crate::error::Result;

/// A sale of which something comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownSale {
    /// What the buyer paid, đồng.
    pub payable_vnd: i64,
    /// The day that it counts on, where it was entered from the pad.
    pub pad_day: Option<Date>,
    /// Cash rounding in it, đồng.
    pub rounding_vnd: i64,
    /// Its lines of the programme, in their order.
    pub lines: Vec<SaleLine>,
}

/// What came back of a sale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returned {
    /// Thousandths of the unit by line.
    pub lines: BTreeMap<i64, i64>,
    /// What buyers got, đồng.
    pub paid_vnd: i64,
}

/// Returns the row that a line counted under when it was sold.
pub(super) fn facts_of(line: &RefundLine) -> ProductFactsId {
    line.facts_id.unwrap_or_else(|| provisional_facts(line.product_id))
}

impl Knowledge {
    /// Loads the sale that an entry takes goods back of, unless it is known. Only what was counted before is found.
    pub(super) async fn learn_sold(
        &mut self,
        tx: &mut Tx,
        here: &Told,
        entries: &[Filed],
        told: &[Told],
    ) -> Result<()> {
        let Told::Refund(refund) = here else { return Ok(()) };
        let Some(sale_id) = refund.sale_id.filter(|id| !self.sold.contains_key(id)) else { return Ok(()) };
        let Some((incarnation, seq)) = self.claims.get(&sale_id).copied() else { return Ok(()) };
        let stream = StreamId { store_id: self.store_id, incarnation };
        let known = told_at(tx, (stream, seq), (entries, told), known).await?.flatten();
        self.sold.extend(known.map(|known| (sale_id, known)));
        Ok(())
    }

    /// Loads what came back earlier of the sales that these entries name.
    pub(super) async fn learn_returned(&mut self, tx: &mut Tx, told: &[Told]) -> Result<()> {
        let named = told.iter().filter_map(|told| match told {
            Told::Refund(refund) => refund.sale_id.map(SaleId::uuid),
            _ => None,
        });
        let sales: BTreeSet<Uuid> = named.collect();
        let sales: Vec<Uuid> = sales.into_iter().collect();
        for chunk in sales.chunks(CHUNK) {
            let of = |list: &'static str| {
                Sql::new(list).bind(self.store_id).push(" and sale_id").is_among(chunk.iter().copied())
            };
            let lines = of("select sale_id, line_no, quantity_milli from refunded_lines where store_id = ");
            let lines: Vec<(Uuid, i64, i64)> = tx.all(lines).await?;
            let paid: Vec<(Uuid, i64)> =
                tx.all(of("select sale_id, paid_vnd from refunds where store_id = ")).await?;
            let suspended = of("select sale_id from receipts where is_counted = false and store_id = ");
            let suspended: Vec<(Uuid,)> = tx.all(suspended).await?;
            for (sale, line_no, milli) in lines {
                *self.returned.entry(sale.into()).or_default().lines.entry(line_no).or_default() += milli;
            }
            for (sale, vnd) in paid {
                self.returned.entry(sale.into()).or_default().paid_vnd += vnd;
            }
            self.suspended.extend(suspended.into_iter().map(|(sale,)| SaleId::from_uuid(sale)));
        }
        Ok(())
    }

    /// Returns the day in the totals that an entry counts on: that of its shift. A sale from the pad counts on the claimed
    /// day, and what voids it takes it from there again.
    pub(super) fn day_of(&self, filed: &Filed, told: &Told) -> Date {
        let from_pad = match told {
            Told::Refund(refund) if refund.is_void => {
                refund.sale_id.and_then(|id| self.sold.get(&id)).and_then(|sale| sale.pad_day)
            }
            _ => told.pad_day(),
        };
        from_pad.unwrap_or(filed.entry.envelope.business_date).clamp(DAY_MIN, DAY_MAX)
    }

    /// Keeps what came back, for the entries after it.
    pub(super) fn remember_returned(&mut self, refund: &RefundTold) {
        let (Some(sale_id), Some(refunded)) = (refund.sale_id, refund.refunded()) else { return };
        let returned = self.returned.entry(sale_id).or_default();
        returned.paid_vnd += refund.paid_vnd;
        for line in &refunded.lines {
            *returned.lines.entry(number(line)).or_default() += line.quantity.milli();
        }
    }
}

fn number(line: &RefundLine) -> i64 {
    i64::try_from(line.line_no).unwrap_or(i64::MAX)
}

/// Returns the sale that an entry tells, as its refunds are judged against.
pub(super) fn known(told: &Told) -> Option<KnownSale> {
    let Told::Sale(sale) = told else { return None };
    let sold = sale.sold()?;
    let (rounding_vnd, lines) = (sold.rounding.vnd(), sold.lines.clone());
    Some(KnownSale { payable_vnd: sale.payable_vnd, pad_day: told.pad_day(), rounding_vnd, lines })
}

/// Judges a refund or void.
pub(super) fn judge(filed: &Filed, told: &RefundTold, knowledge: &Knowledge) -> Result<(), Finding> {
    let Fact::Refunded(refunded) = &told.fact else { return Ok(()) };
    if told.tenders_vnd != Some(told.paid_vnd) {
        return Err(Finding::new(Reason::Contradiction, "the slip's total is not what was paid out"));
    }
    if told.paid_vnd > AMOUNT_MOST.vnd() {
        return Err(Finding::new(Reason::Implausible, format!("a refund of {}", Money::new(told.paid_vnd))));
    }
    if refunded.rounding.vnd().unsigned_abs() >= ROUNDING_MOST_VND {
        return Err(Finding::new(Reason::Implausible, format!("cash rounding of {}", refunded.rounding)));
    }
    match told.sale_id {
        Some(sale_id) => judge_against(sale_id, told, refunded, knowledge),
        None if told.is_void => Err(Finding::new(Reason::Value, "a void without its sale")),
        None if !told.is_approved => {
            Err(Finding::new(Reason::NoSale, "goods without a receipt, and no manager allowed it"))
        }
        None => refunded.lines.iter().try_for_each(|line| judge_without_receipt(filed, line, knowledge)),
    }
}

fn judge_against(
    sale_id: SaleId,
    told: &RefundTold,
    refunded: &Refunded,
    knowledge: &Knowledge,
) -> Result<(), Finding> {
    let Some(sale) = knowledge.sold.get(&sale_id).filter(|_| !knowledge.suspended.contains(&sale_id)) else {
        return Err(Finding::new(Reason::NoSale, format!("sale {sale_id} is not counted here")));
    };
    let nothing = Returned::default();
    let returned = knowledge.returned.get(&sale_id).unwrap_or(&nothing);
    let mut lines = returned.lines.clone();
    for line in &refunded.lines {
        let Some(sold) = sale.lines.get(line.line_no) else {
            return Err(Finding::new(Reason::Value, format!("the sale has no line {}", line.line_no)));
        };
        let back = lines.entry(number(line)).or_default();
        *back = back.saturating_add(line.quantity.milli());
        if *back > sold.quantity.milli() {
            let detail = format!("{}: {} sold, more came back", sold.sku, sold.quantity);
            return Err(Finding::new(Reason::TooMuchBack, detail));
        }
        judge_part(line, sold)?;
    }
    let (back_vnd, of_vnd) = (refunded.rounding.vnd(), sale.rounding_vnd);
    if back_vnd.signum() * of_vnd.signum() < 0 || back_vnd.unsigned_abs() > of_vnd.unsigned_abs() {
        let detail = format!("cash rounding of {} comes back of {}", refunded.rounding, Money::new(of_vnd));
        return Err(Finding::new(Reason::Contradiction, detail));
    }
    // Who does not know every line of the sale leaves its rounding out, so what was rounded off may have been paid out.
    let most_vnd = sale.payable_vnd.saturating_add_unsigned(ROUNDING_MOST_VND);
    if returned.paid_vnd.saturating_add(told.paid_vnd) > most_vnd {
        let detail = format!("more is paid back than the {} of the sale", Money::new(sale.payable_vnd));
        return Err(Finding::new(Reason::TooMuchBack, detail));
    }
    let whole = |(line, number): (&SaleLine, i64)| lines.get(&number) == Some(&line.quantity.milli());
    let is_first = returned.lines.is_empty() && returned.paid_vnd == 0;
    let is_whole = is_first && told.paid_vnd == sale.payable_vnd && sale.lines.iter().zip(0..).all(whole);
    if told.is_void && !is_whole {
        return Err(Finding::new(Reason::TooMuchBack, "a void of a sale that was not whole any more"));
    }
    Ok(())
}

/// A part has its share of each amount of the line that was sold. Two computers of a store may not know of each other's
/// refunds, so each share is compared by itself, to the đồng that rounding leaves open.
fn judge_part(line: &RefundLine, sold: &SaleLine) -> Result<(), Finding> {
    let same = (line.product_id, line.facts_id, line.lot_id) == (sold.product_id, sold.facts_id, sold.lot_id)
        && (line.tax_class, line.tax_rate, line.terms) == (sold.tax_class, sold.tax_rate, sold.terms);
    if !same {
        return Err(Finding::new(Reason::Lot, format!("{}: other goods or terms came back", sold.sku)));
    }
    let overflow = |error: MoneyError| Finding::new(Reason::Contradiction, error);
    let (part, whole) = (i128::from(line.quantity.milli()), i128::from(sold.quantity.milli()));
    let is_share = |back: Money, of: Money, off_by: i128| {
        let exact = i128::from(of.vnd()) * part;
        (i128::from(back.vnd()) * whole - exact).abs() <= off_by * whole
    };
    let split = sold.split().map_err(overflow)?;
    let is_split = match (line.split, split) {
        (Some(back), Some(sold)) => {
            is_share(back.producer_due, sold.producer_due, 1)
                && is_share(back.commission_tax, sold.commission_tax, 1)
                && is_share(back.commission, sold.commission, 3)
        }
        (None, None) => true,
        _ => false,
    };
    let total = sold.total().map_err(overflow)?;
    let is_part = is_split
        && is_share(line.total().map_err(overflow)?, total, 1)
        && is_share(line.discount, sold.discount, 1)
        && is_share(line.tax, sold.tax, 1);
    if is_part {
        Ok(())
    } else {
        Err(Finding::new(Reason::Contradiction, format!("{}: not its part of the sale's amounts", sold.sku)))
    }
}

/// Goods without a receipt come back as if they had been sold today, from the lot of goods that the book does not have.
fn judge_without_receipt(filed: &Filed, line: &RefundLine, knowledge: &Knowledge) -> Result<(), Finding> {
    let name = line.product_id.to_string();
    let unreceived = LotId::unreceived(knowledge.store_id, line.product_id);
    if !line.unreceived || line.lot_id != unreceived {
        return Err(Finding::new(Reason::Lot, format!("{name}: without a receipt nobody knows the lot")));
    }
    if knowledge.facts.get(&facts_of(line)).is_some_and(|product| *product != line.product_id) {
        return Err(Finding::new(Reason::Facts, format!("{name} counts as another product")));
    }
    let overflow = |error: MoneyError| Finding::new(Reason::Contradiction, error);
    let split = |terms: FrozenTerms| terms.split(line.gross, line.discount);
    if line.split != line.terms.map(split).transpose().map_err(overflow)? {
        return Err(Finding::new(Reason::Contradiction, format!("{name} is not divided as its terms say")));
    }
    let tax = line.total().and_then(|total| line.tax_rate.inside(total)).map_err(overflow)?;
    if line.tax != tax {
        return Err(Finding::new(
            Reason::Contradiction,
            format!("{name}: VAT does not follow from its rate"),
        ));
    }
    let day = filed.entry.envelope.business_date;
    line.terms.iter().try_for_each(|terms| judge_terms(day, (&name, line.product_id), terms, knowledge))
}
