//! Goods of a product that a counter added and that is another one: the shelf's lots become lots of that one. Consigned goods by
//! entries as when goods are packed anew; the operator's own, which the department has not seen so far, leave as the one and come
//! in as the other. No paper comes with it: nobody carries anything.

use domain::Money;
use domain::fact::ReceivedLine;
use domain::ids::{LotId, ProductId};
use domain::merge::{Shelf, merge};
use domain::removal::{Cause, RemovedLine};
use domain::repack::{MadeLine, Repacked, UsedLine};
use domain::stock::Owner;
use protocol::Kind;
use protocol::payload::{GoodsIn, GoodsInLine, GoodsInPrivate, GoodsOut, GoodsOutLine, GoodsOutPrivate};

use super::act::Act;
use super::note::Delivering;
use super::repack::{Why, append};
use super::slip::number;
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::{lots, merged, streams};
use crate::journal::{Draft, JournalError};

/// Makes what the shelf has of a product what it is. All of it, or nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn merge_goods(app: &App, seat: &Seat, op_id: &str, product_id: ProductId) -> Result<CounterState> {
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let Some((other_id, name)) = merged::find_other(&mut act.tx, product_id).await? else {
        let note = Note::BadField { field: "product".to_owned() };
        return state::load(app, seat, note, None).await;
    };
    let from = lots::list_all(&mut act.tx, product_id).await?;
    let into = lots::list_all(&mut act.tx, other_id).await?;
    let shelf = |product_id, lots| Shelf { product_id, lots };
    let day = act.shift.business_date;
    let new_id = || LotId::from_uuid(app.clock().new_uuid());
    let goods = merge(shelf(product_id, &from), shelf(other_id, &into), day, new_id);
    if goods.is_empty() {
        return state::load(app, seat, Note::NothingChosen, None).await;
    }
    for repacked in &goods {
        if repacked.used.iter().any(|line| line.owner == Owner::Operator) {
            leave(app, &mut act, seat, (repacked, other_id)).await?;
            come(app, &mut act, seat, (repacked, other_id)).await?;
        } else {
            // The department sees both sides of consigned goods.
            append(app, &mut act, seat, (repacked, true), Why { reason: &name, approved: None }).await?;
        }
    }
    act.commit(app, seat, Note::Delivering(Delivering::Merged { name })).await
}

/// The operator's own goods leave as what they were. Of two products the department knows the one of the catalogue alone.
async fn leave(
    app: &App,
    act: &mut Act,
    seat: &Seat,
    (goods, shared_id): (&Repacked, ProductId),
) -> Result<()> {
    let head = streams::find_head(&mut act.tx).await?.ok_or(JournalError::NotEnrolled)?;
    let line = |used: &UsedLine| {
        let UsedLine { product_id, lot_id, owner, quantity, .. } = *used;
        GoodsOutLine::from(&RemovedLine { product_id, lot_id, owner, quantity, compensation: Money::ZERO })
    };
    let (shared, outside): (Vec<_>, Vec<_>) =
        goods.used.iter().map(line).partition(|line| line.product == shared_id.uuid());
    let writer = app.writer_of(act.store.store_id);
    let cause = Cause::Returned.code().to_owned();
    let private = GoodsOutPrivate {
        salt: writer.salt(),
        reason: String::new(),
        cause: if outside.is_empty() { String::new() } else { cause.clone() },
        lines: outside,
    };
    let shared = GoodsOut {
        voucher: number(&act.store, &head.stream, format_args!("XH{}", head.at.seq + 1)),
        cause,
        cashier: seat.cashier_id.uuid(),
        approved_by: None,
        takes_back: None,
        lines: shared,
    };
    let draft = Draft::both(Kind::GoodsOut, act.shift.business_date, (&shared, &private))?;
    writer.append_at(&mut act.tx, head, draft).await?;
    Ok(())
}

/// They come in as what they are.
async fn come(
    app: &App,
    act: &mut Act,
    seat: &Seat,
    (goods, shared_id): (&Repacked, ProductId),
) -> Result<()> {
    let head = streams::find_head(&mut act.tx).await?.ok_or(JournalError::NotEnrolled)?;
    let line = |made: &MadeLine| {
        let MadeLine { lot, quantity, covers_unreceived, .. } = made.clone();
        GoodsInLine::from(&ReceivedLine { lot, quantity, covers_unreceived })
    };
    let (shared, outside): (Vec<_>, Vec<_>) =
        goods.made.iter().map(line).partition(|line| line.product == shared_id.uuid());
    let writer = app.writer_of(act.store.store_id);
    let private =
        GoodsInPrivate { salt: writer.salt(), lines: outside, bought: Vec::new(), missing: Vec::new() };
    let shared = GoodsIn {
        delivery: writer.clock.new_uuid(),
        voucher: number(&act.store, &head.stream, format_args!("NH{}", head.at.seq + 1)),
        cashier: seat.cashier_id.uuid(),
        lines: shared,
        missing: Vec::new(),
    };
    let draft = Draft::both(Kind::GoodsIn, act.shift.business_date, (&shared, &private))?;
    writer.append_at(&mut act.tx, head, draft).await?;
    Ok(())
}
