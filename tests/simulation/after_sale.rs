//! What a store does after a sale: takes goods back, voids, learns that money came. It knows what its own disk says, and
//! no more: a copy of the disk may do the same, or more than there was.

use domain::Quantity;
use domain::refund::take_back;
use domain::stock::Location;
use domain::tender::{Tender, TenderKind, give_back};
use domain::{Money, fact};
use protocol::payload::sale::{SaleOther, SaleTender};
use protocol::payload::{Payload, Refund, TenderConfirmed, write};
use protocol::{Entry, Kind};
use uuid::Uuid;

use super::goods::{self, Draft};
use super::random::Random;
use super::store::Machine;

/// A sale as a store remembers it.
struct Sold {
    sale_id: Uuid,
    receipt: String,
    back_pieces: i64,
    /// What is still waited for.
    open: Vec<Tender>,
}

/// Returns a payload that this version reads.
fn read(entry: &Entry) -> Option<Payload> {
    Payload::read(&entry.envelope.kind(), entry.envelope.schema, &entry.shared).ok()
}

/// Returns one of the sales on a computer's disk.
fn any_sale(machine: &Machine, random: &mut Random) -> Option<Sold> {
    let entries = || machine.disk.journals.iter().flat_map(|journal| &journal.entries);
    let sales: Vec<&Entry> =
        entries().filter(|entry| entry.envelope.kind() == Kind::Sale).map(|entry| &**entry).collect();
    if sales.is_empty() {
        return None;
    }
    // Mostly a recent one: that is where several acts meet.
    let among = if random.permille(700) { sales.len().min(4) } else { sales.len() };
    let entry = sales[sales.len() - 1 - random.below(among)];
    let sale_id = entry.envelope.sale_id?;
    let Payload::Sale(sale) = read(entry)? else { return None };
    let open = goods::tenders(sale_id).into_iter().filter(|tender| tender.kind.is_open()).collect();
    let mut sold = Sold { sale_id, receipt: sale.receipt, back_pieces: 0, open };
    for entry in entries().filter(|entry| entry.envelope.sale_id == Some(sale_id)) {
        match read(entry) {
            Some(Payload::Refund(refund) | Payload::Void(refund)) => {
                sold.back_pieces += refund.lines.iter().map(|line| line.quantity / 1_000).sum::<i64>();
                refund.tenders.iter().for_each(|tender| sold.less(&tender.kind, tender.amount));
            }
            Some(Payload::TenderConfirmed(came)) => {
                came.tenders.iter().for_each(|tender| sold.less(&came.from, tender.amount));
            }
            _ => {}
        }
    }
    Some(sold)
}

impl Sold {
    fn less(&mut self, kind: &str, vnd: i64) {
        for tender in self.open.iter_mut().filter(|tender| tender.kind.code() == kind) {
            tender.amount = Money::new(tender.amount.vnd() - vnd);
        }
        self.open.retain(|tender| tender.amount > Money::ZERO);
    }
}

/// Takes pieces of a sale back, or voids it; `None` when the store knows of none that it could be.
pub(crate) fn refund(machine: &Machine, random: &mut Random) -> Option<Draft> {
    let Sold { sale_id, receipt, back_pieces, open } = any_sale(machine, random)?;
    let line = goods::line(sale_id);
    let left = goods::pieces(sale_id) - back_pieces;
    if left <= 0 {
        return None;
    }
    let is_void = back_pieces == 0 && random.permille(200);
    let pieces = if is_void { left } else { random.between(1, left) };
    let back_to = if random.permille(100) { Location::Waste } else { Location::Shelf };
    let (before, pieces) = (Quantity::pieces(back_pieces), Quantity::pieces(pieces));
    let back = take_back(0, &line, before, pieces, back_to).unwrap();
    let total = back.total().unwrap();
    let tenders = give_back(total, &open, TenderKind::Cash).unwrap();
    let (refunded, _) = fact::refunded(vec![back], tenders, Money::ZERO).unwrap();
    let mut shared = Refund {
        receipt: format!("{}-TH{:04}", machine.store_code, machine.current().entries.len()),
        sale_receipt: receipt,
        shift: Uuid::from_u128(1),
        cashier: Uuid::from_u128(2),
        approved_by: Some(Uuid::from_u128(3)),
        counter: "1".to_owned(),
        paid: total.vnd(),
        lines: Vec::new(),
        tenders: Vec::new(),
        rounding: 0,
        other: SaleOther::default(),
    };
    shared.set_refunded(&refunded);
    let kind = if is_void { "void" } else { "refund" };
    Some(Draft { sale_id: Some(sale_id), ..Draft::new(kind, write(&shared).unwrap()) })
}

/// Money came that a sale waited for, in part or all of it.
pub(crate) fn confirmation(machine: &Machine, random: &mut Random) -> Option<Draft> {
    let Sold { sale_id, receipt, open, .. } = any_sale(machine, random)?;
    let waited = open.first()?;
    let most = waited.amount.vnd();
    let amount = Money::new(if random.permille(500) { most } else { random.between(1, most) });
    let kind = if waited.kind == TenderKind::Claimed { TenderKind::VietQr } else { TenderKind::Cash };
    let shared = TenderConfirmed {
        source: None,
        voucher: format!("{}-TN{:04}", machine.store_code, machine.current().entries.len()),
        sale_receipt: receipt,
        shift: Uuid::from_u128(1),
        cashier: Uuid::from_u128(2),
        counter: "1".to_owned(),
        from: waited.kind.code().to_owned(),
        tenders: vec![SaleTender::from(&Tender { kind, amount })],
    };
    Some(Draft { sale_id: Some(sale_id), ..Draft::new("tender_confirmed", write(&shared).unwrap()) })
}
