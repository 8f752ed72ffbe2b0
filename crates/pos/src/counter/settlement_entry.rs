//! The entry of a settlement with a producer, and of a payment without one.

use domain::Money;
use domain::ids::ProducerId;
use domain::tender::TenderKind;
use protocol::entry::ENTRY_BYTES_MAX;
use protocol::payload::sale::SaleTender;
use protocol::payload::{ProducerPaid, ProducerPaidPrivate, SettledUntil, Settlement, SettlementRow, write};
use protocol::{Entry, Kind};
use uuid::Uuid;

use super::Result;
use super::settlement::Open;
use super::slip::number;
use crate::App;
use crate::db::counters::StoreName;
use crate::db::shifts::Shift;
use crate::db::{Tx, settlements, streams};
use crate::journal::{Draft, JournalError};

/// Kept free in an entry for its envelope, for everything but the rows, and for what is sold until it is written.
const ROOM_BYTES: usize = 16 * 1024;

/// What an entry is to tell.
pub(super) struct Record<'a> {
    /// With whom.
    pub(super) producer_id: ProducerId,
    /// What is settled; none for a payment alone.
    pub(super) settled: Option<&'a Open>,
    /// How much is paid, and how.
    pub(super) paid: (TenderKind, Money),
    /// Who does it; zeros for nobody at the store.
    pub(super) cashier: Uuid,
    /// The manager who allowed it.
    pub(super) approved_by: Option<Uuid>,
    /// What the drawer's report calls it.
    pub(super) reason: String,
    /// The part of a settlement over several stores that it records.
    pub(super) joint_part: Option<Uuid>,
}

/// Appends the entry; returns the number of its paper, and the entry as papers name it: `S1/1203 · 4f2a09c1d7e83b56`.
pub(super) async fn append(
    app: &App,
    tx: &mut Tx,
    (store, shift): (&StoreName, &Shift),
    record: Record<'_>,
) -> Result<(String, String)> {
    let head = streams::find_head(tx).await?.ok_or(JournalError::NotEnrolled)?;
    let letters = if record.settled.is_some() { "QT" } else { "TT" };
    // The entry's own number: nothing has to be counted, and no two papers share one.
    let voucher = number(store, &head.stream, format_args!("{letters}{}", head.at.seq + 1));
    let stream_no = head.stream.stream_no;
    let writer = app.writer_of(store.store_id);
    let Record { producer_id, settled, paid: (kind, amount), cashier, approved_by, reason, joint_part } =
        record;
    let private = ProducerPaidPrivate { salt: writer.salt(), reason };
    let tender = SaleTender { kind: kind.code().to_owned(), amount: amount.vnd() };
    let paid = ProducerPaid {
        voucher: voucher.clone(),
        producer: producer_id.uuid(),
        shift: shift.shift_id.uuid(),
        cashier,
        approved_by,
        counter: shift.counter.clone(),
        tenders: if amount == Money::ZERO { Vec::new() } else { vec![tender] },
        joint_part,
    };
    let date = shift.business_date;
    let draft = match settled {
        Some(open) => {
            let until = settlements::list_ends(tx).await?;
            let shared = settlement(paid, open, until);
            let draft = Draft::both(Kind::Settlement, date, (&shared, &private))?;
            Draft { schema: shared.schema(), ..draft }
        }
        None => Draft::both(Kind::ProducerPaid, date, (&paid, &private))?,
    };
    let entry = writer.append_at(tx, head, draft).await?;
    Ok((voucher, named(stream_no, &entry)))
}

/// Returns an entry as papers name it.
pub(super) fn named(stream_no: i64, entry: &Entry) -> String {
    let hash = entry.hash.to_string();
    format!("S{stream_no}/{} · {}", entry.envelope.seq, hash.get(..16).unwrap_or(&hash))
}

/// Says whether an entry holds a settlement of what is open: about two thousand five hundred products.
///
/// # Errors
/// When it cannot be written; a bug of ours.
pub(super) async fn fits(tx: &mut Tx, open: &Open) -> Result<bool> {
    let nobody = ProducerPaid {
        voucher: String::new(),
        producer: Uuid::nil(),
        shift: Uuid::nil(),
        cashier: Uuid::nil(),
        approved_by: None,
        counter: String::new(),
        tenders: Vec::new(),
        joint_part: None,
    };
    let shared = settlement(nobody, open, settlements::list_ends(tx).await?);
    let text = write(&shared).map_err(JournalError::from)?;
    Ok(text.len() + ROOM_BYTES <= ENTRY_BYTES_MAX)
}

fn settlement(paid: ProducerPaid, open: &Open, until: Vec<SettledUntil>) -> Settlement {
    let ProducerPaid { voucher, producer, shift, cashier, approved_by, counter, tenders, joint_part } = paid;
    let rows = open.rows.iter().map(|(product_id, row)| SettlementRow::of(*product_id, row)).collect();
    let (carried, due) = (open.account.carried.vnd(), open.account.due.vnd());
    Settlement {
        voucher,
        producer,
        shift,
        cashier,
        approved_by,
        counter,
        until,
        rows,
        carried,
        due,
        tenders,
        joint_part,
    }
}
