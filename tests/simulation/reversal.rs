//! Money and goods in central's books: what sales brought is what the parties got (I9), goods are somewhere (I10), and what
//! comes back is the sale in reverse, never more of it (I25).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use domain::fact::Fact;
use domain::fold::{Account, Posting, fold};
use domain::ids::StoreId;
use domain::stock::Location;
use protocol::{Entry, Kind, Payload};
use uuid::Uuid;

use super::books::Books;
use super::goods;

/// Pieces in each delivery.
const DELIVERED: i64 = 24;

/// Whose accounts take what a sale brings: everybody's but the store's own purses.
fn is_party(account: Account) -> bool {
    matches!(
        account,
        Account::ProducerDue(_)
            | Account::Commission
            | Account::Tax
            | Account::Sales
            | Account::Other
            | Account::Rounding
    )
}

/// Checks what must hold after every step.
pub(crate) fn check_step(books: &Books) -> Result<(), String> {
    for (sale_id, back) in &books.backs.of_sales {
        let (sold, paid) = (goods::pieces(*sale_id), goods::payable(*sale_id));
        if back.pieces > sold || back.paid > paid {
            let (pieces, vnd) = (back.pieces, back.paid);
            return Err(format!("I25: of {sold} for {paid}, {pieces} came back for {vnd}: {sale_id}"));
        }
    }
    let parties: i64 =
        books.balances.iter().filter(|(account, _)| is_party(**account)).map(|(_, vnd)| vnd).sum();
    let brought = books.turnover - books.backs.paid();
    if parties != -brought {
        return Err(format!("I9: sales less refunds brought {brought}, and the parties have {}", -parties));
    }
    Ok(())
}

/// Checks the books against the journals that they were counted from.
pub(crate) fn check_end(
    store: StoreId,
    books: &Books,
    told: &BTreeSet<Uuid>,
    streams: &[&[Rc<Entry>]],
) -> Result<(), String> {
    let deliveries = streams.iter().copied().flatten().filter(|entry| entry.envelope.kind() == Kind::GoodsIn);
    let received = DELIVERED * i64::try_from(deliveries.count()).unwrap();
    let sold: i64 = told.iter().copied().map(goods::pieces).sum();
    let (shelf, waste) = (books.pieces_at(Location::Shelf), books.pieces_at(Location::Waste));
    let back = books.backs.pieces();
    if books.pieces_at(Location::Customer) != sold - back || shelf + waste != received - sold + back {
        return Err(format!(
            "I10: {store}: {received} received, {sold} sold, {back} back, and {shelf} on the shelf, {waste} waste"
        ));
    }
    for (sale_id, back) in &books.backs.of_sales {
        if back.pieces == goods::pieces(*sale_id) && told.contains(sale_id) {
            let mut left: BTreeMap<Account, i64> = back.money.clone();
            for posting in fold(&sold_fact(*sale_id), store).unwrap() {
                if let Posting::Money(account, amount) = posting {
                    *left.entry(account).or_default() += amount.vnd();
                }
            }
            left.retain(|account, vnd| is_party(*account) && *vnd != 0);
            if !left.is_empty() || back.paid != goods::payable(*sale_id) {
                return Err(format!("I25: sale {sale_id} came back whole and leaves {left:?}"));
            }
        }
    }
    Ok(())
}

fn sold_fact(sale_id: Uuid) -> Fact {
    let draft = goods::sale(sale_id, String::new());
    let payload = Payload::read(&Kind::Sale, protocol::payload::SCHEMA, &draft.shared).unwrap();
    payload.fact(goods::DAY).unwrap()
}
