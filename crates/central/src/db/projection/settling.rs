//! Whether a settlement with a producer can have happened as told: its rows add up, and they are what central's own books
//! hold of the producer's goods up to where it reaches ([`super::statement`]). What puts one right: [`super::correcting`].

use std::collections::{BTreeMap, BTreeSet};

use domain::Money;
use domain::ids::ProductId;
use domain::settlement::StatementRow;
use protocol::payload::Settlement;

use super::correcting;
use super::judgement::AMOUNT_MOST;
use super::knowledge::Knowledge;
use super::statement::Statement;
use super::told::SettlingTold;
use crate::db::entries::Filed;
use crate::db::exceptions::{Finding, Reason};

/// How far something reaches into the journals of a store, by incarnation.
pub(super) type Reach = BTreeMap<u128, i64>;

/// Judges a settlement, a payment without one, or what puts such a one right.
pub(super) fn judge(filed: &Filed, told: &SettlingTold, knowledge: &Knowledge) -> Result<(), Finding> {
    let value = |why: &str| Err(Finding::new(Reason::Value, why));
    if !knowledge.producers.contains(&told.producer_id) {
        return value("central knows no such producer");
    }
    if let Some(correction) = &told.correction {
        return correcting::judge(filed, told, correction, knowledge.named);
    }
    if told.paid_vnd > AMOUNT_MOST.vnd() {
        return Err(implausible(told.paid_vnd));
    }
    let Some(settlement) = &told.settlement else {
        return if told.paid_vnd > 0 { Ok(()) } else { value("nothing was paid") };
    };
    if reach_of(filed, settlement).is_none() {
        return value("it does not reach to an entry before it in its own journal and those of its store");
    }
    let rows = read_rows(settlement)?;
    let owed = |amount: i64| amount.unsigned_abs() <= AMOUNT_MOST.vnd().unsigned_abs();
    if let Some(amount) = [settlement.due, settlement.carried].into_iter().find(|amount| !owed(*amount)) {
        return Err(implausible(amount));
    }
    let Some(statement) = &knowledge.statement else { return Ok(()) };
    compare(settlement, &rows, statement)
}

fn implausible(vnd: i64) -> Finding {
    Finding::new(Reason::Implausible, format!("a settlement or payment of {}", Money::new(vnd)))
}

/// Returns how far a settlement reaches: among others, to an entry before it in its own journal.
pub(super) fn reach_of(filed: &Filed, settlement: &Settlement) -> Option<Reach> {
    let reach = settlement.reach(filed.stream.store_id)?;
    let own = reach.get(&filed.entry.envelope.stream.incarnation);
    own.is_some_and(|seq| *seq < filed.seq()).then_some(reach)
}

/// Reads the rows, each of which has to add up, and all of them to what is due.
fn read_rows(settlement: &Settlement) -> Result<BTreeMap<ProductId, StatementRow>, Finding> {
    let contradiction = |why: String| Finding::new(Reason::Contradiction, why);
    let mut rows = BTreeMap::new();
    for told in &settlement.rows {
        let row = told.read().map_err(|error| Finding::new(Reason::Value, error))?;
        if !row.adds_up() {
            return Err(contradiction(format!("the row of {} does not add up", told.product)));
        }
        rows.insert(told.product.into(), row);
    }
    let is_in_order = settlement.rows.is_sorted_by(|one, next| one.product < next.product);
    if !is_in_order {
        return Err(Finding::new(
            Reason::Value,
            "its rows are not a product each, in the order of their ids",
        ));
    }
    match Money::sum(rows.values().map(|row| row.due)) {
        Ok(due) if due.vnd() == settlement.due => Ok(rows),
        _ => Err(contradiction(format!("its rows do not add up to {}", Money::new(settlement.due)))),
    }
}

fn compare(
    settlement: &Settlement,
    rows: &BTreeMap<ProductId, StatementRow>,
    books: &Statement,
) -> Result<(), Finding> {
    let products: BTreeSet<&ProductId> = rows.keys().chain(books.rows.keys()).collect();
    if let Some(product) = products.into_iter().find(|id| rows.get(id) != books.rows.get(id)) {
        let due = |rows: &BTreeMap<ProductId, StatementRow>| rows.get(product).map_or(Money::ZERO, |r| r.due);
        let (here, told) = (due(&books.rows), due(rows));
        let detail = format!("the goods {product} moved otherwise: {here} is owed for them, and not {told}");
        return Err(Finding::new(Reason::Settlement, detail));
    }
    if books.carried.vnd() != settlement.carried {
        let told = Money::new(settlement.carried);
        let detail = format!("{} is owed from before, and not {told}", books.carried);
        return Err(Finding::new(Reason::Settlement, detail));
    }
    Ok(())
}
