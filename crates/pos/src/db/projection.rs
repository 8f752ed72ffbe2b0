//! The fold of the journal into this database: the same postings that central applies with its own SQL. It reads the
//! entry's stored bytes and nothing else, so that a rebuild gives the same rows, byte for byte.

use std::collections::BTreeMap;

use domain::fact::Fact;
use domain::fold::{FoldError, Posting, fold};
use domain::ids::StoreId;
use domain::stock_move::moves;
use domain::{Money, Quantity};
use protocol::payload::{
    FactError, Payload, PrivateError, ShiftClose, ShiftOpen, Uninterpreted, private_fact,
};
use protocol::{Entry, payload};
use sqlx::{query, query_scalar};

use super::stock_moves::MovePlace;
use super::streams::is_own;
use super::{
    Db, Error, Result, Tx, balances, cash_moves, deposits, lots, open_tenders, pad_sales, producers,
    products, purchases, refunds, sales, settlements, shifts, stock, stock_moves, terms, transfers,
};

/// An entry of this store that cannot be projected; our own program never writes one.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// Of a later version, or not of its kind.
    #[error(transparent)]
    Uninterpreted(#[from] Uninterpreted),
    /// A value outside its type.
    #[error(transparent)]
    Fact(#[from] FactError),
    /// The private part alike.
    #[error(transparent)]
    Private(#[from] PrivateError),
    /// Numbers that contradict each other.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// The database.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Applies an entry: its rows, its lots, its goods, its money. Returns false for a sale that another entry has told
/// before, as in a branch of the journal: it counts once, here as at central.
///
/// Drawers are of this computer: shifts of another one's journal are not listed, though their money is posted.
///
/// # Errors
/// When the entry contradicts itself or the database does not answer; the caller drops the transaction.
pub async fn project(
    tx: &mut Tx,
    store_id: StoreId,
    stream_no: i64,
    entry: &Entry,
    private: Option<&str>,
) -> Result<bool, ProjectError> {
    let envelope = &entry.envelope;
    let kind = envelope.kind();
    let payload = Payload::read(&kind, envelope.schema, &entry.shared)?;
    match &payload {
        Payload::ShiftOpen(open) if is_own(stream_no) => shift_opened(tx, open, stream_no, entry).await?,
        Payload::ShiftClose(close) if is_own(stream_no) => shift_closed(tx, close, entry).await?,
        Payload::Sale(sale) => {
            if !sales::insert_sale(tx, stream_no, entry, sale).await? {
                return Ok(false);
            }
            let private: Option<payload::SalePrivate> =
                private.and_then(|text| serde_json::from_str(text).ok());
            open_tenders::insert_open(tx, entry, sale, private.as_ref()).await?;
            if let Some(pad) = &sale.pad {
                pad_sales::insert_pad_sale(tx, entry, pad).await?;
            }
            deposits::reduce_by_sale(tx, entry, sale).await?;
        }
        Payload::CashMoved(moved) => {
            cash_moves::insert_move(tx, stream_no, entry.envelope.seq, moved).await?
        }
        Payload::Refund(refund) | Payload::Void(refund) => {
            let private: Option<payload::RefundPrivate> =
                private.and_then(|text| serde_json::from_str(text).ok());
            refunds::insert_refund(tx, stream_no, entry, refund, private.as_ref()).await?;
            open_tenders::reduce_open(tx, entry, &refund.tenders).await?;
        }
        Payload::GoodsIn(delivery) => {
            let private: Option<payload::GoodsInPrivate> =
                private.and_then(|text| serde_json::from_str(text).ok());
            if let Some(private) = private {
                purchases::insert_purchases(tx, (stream_no, entry), delivery, &private).await?;
            }
        }
        Payload::ProvisionalProduct(shared) => {
            let private: Option<payload::ProvisionalProductPrivate> =
                private.and_then(|text| serde_json::from_str(text).ok());
            let product = shared.product.clone().or_else(|| private.and_then(|private| private.product));
            if let Some(product) = product {
                products::insert_provisional(tx, &product).await?;
            }
        }
        Payload::ProvisionalProducer(told) => {
            let private: Option<payload::ProvisionalProducerPrivate> =
                private.and_then(|text| serde_json::from_str(text).ok());
            producers::insert_provisional(tx, told, private.as_ref()).await?;
        }
        Payload::TenderConfirmed(confirmed) => {
            open_tenders::insert_confirmed(tx, stream_no, entry, confirmed).await?;
        }
        Payload::DepositTaken(taken) => {
            let private: Option<payload::DepositTakenPrivate> =
                private.and_then(|text| serde_json::from_str(text).ok());
            deposits::insert_taken(tx, stream_no, entry, taken, private.as_ref()).await?;
        }
        Payload::DepositReturned(returned) => {
            deposits::insert_returned(tx, stream_no, entry, returned).await?;
        }
        Payload::TransferOut(told) => transfers::insert_sent(tx, stream_no, entry, told).await?,
        Payload::TransferIn(told) => transfers::insert_in(tx, stream_no, entry, told).await?,
        Payload::Settlement(told) => settlements::insert_settlement(tx, stream_no, entry, told).await?,
        Payload::ProducerPaid(told) => settlements::insert_paid(tx, stream_no, entry, told).await?,
        Payload::ProducerAdjusted(told) => settlements::insert_adjusted(tx, stream_no, entry, told).await?,
        Payload::Terms(agreed) => terms::upsert_agreed(tx, &agreed.terms.read()?).await?,
        Payload::ShiftOpen(_)
        | Payload::ShiftClose(_)
        | Payload::Genesis(_)
        | Payload::GoodsOut(_)
        | Payload::GoodsCount(_)
        | Payload::Repack(_)
        | Payload::Drawer(_)
        | Payload::Reprint(_)
        | Payload::ClockChanged(_) => {}
    }
    let mut facts = vec![payload.fact(envelope.business_date)?];
    if let Some(private) = private {
        facts.push(private_fact(&kind, private, envelope.business_date)?);
    }
    let mut moved = Vec::new();
    for fact in facts {
        apply(tx, &fact, store_id, entry).await?;
        moved.extend(moves(&fact, store_id).map_err(FoldError::from)?);
    }
    let first = MovePlace { stream_no, seq: envelope.seq, move_no: 1 };
    stock_moves::insert_moves(tx, first, &moved).await?;
    Ok(true)
}

async fn apply(tx: &mut Tx, fact: &Fact, store_id: StoreId, entry: &Entry) -> Result<(), ProjectError> {
    let postings = fold(fact, store_id)?;
    for lot in fact.lots(entry.envelope.business_date) {
        lots::insert_lot(tx, &lot).await?;
    }
    if let Fact::Repacked(goods) = fact {
        lots::insert_ancestors(tx, goods).await?;
    }
    let (mut money, mut goods) = (BTreeMap::new(), BTreeMap::new());
    for posting in postings {
        match posting {
            Posting::Money(account, amount) => {
                let sum = money.entry(account).or_insert(Money::ZERO);
                *sum = sum.plus(amount).map_err(FoldError::from)?;
            }
            Posting::Stock(place, quantity) => {
                let sum = goods.entry(place).or_insert(Quantity::ZERO);
                *sum = sum.plus(quantity).ok_or(FoldError::Quantity)?;
            }
        }
    }
    balances::add_balances(tx, &money).await?;
    Ok(stock::add_stock(tx, &goods).await?)
}

async fn shift_opened(tx: &mut Tx, open: &ShiftOpen, stream_no: i64, entry: &Entry) -> Result<()> {
    let shift = shifts::Shift {
        shift_id: open.shift.into(),
        counter: open.counter.clone(),
        cashier_id: open.cashier.into(),
        business_date: entry.envelope.business_date,
        opened_at_ms: entry.envelope.wall_utc_ms,
        float: Money::new(open.float),
    };
    // A restored computer may have opened the drawer anew before it learned of this: nobody can count that turn any more.
    shifts::end_uncounted(tx, &shift.counter, shift.opened_at_ms).await?;
    shifts::insert_shift(tx, &shift, stream_no, entry.envelope.seq).await
}

async fn shift_closed(tx: &mut Tx, close: &ShiftClose, entry: &Entry) -> Result<()> {
    let count = shifts::Count {
        expected: Money::new(close.expected),
        counted: Money::new(close.counted),
        closed_at_ms: entry.envelope.wall_utc_ms,
        closed_seq: entry.envelope.seq,
    };
    shifts::update_closed(tx, close.shift.into(), &count).await
}

/// Says whether a migration asks for the journal to be folded anew: it added a projection that older entries belong to.
///
/// # Errors
/// When the database does not answer.
pub async fn is_refold_due(db: &Db) -> Result<bool> {
    Ok(query_scalar("select exists (select 1 from refold)").fetch_one(db.read()).await?)
}

/// Empties all projections, before the journal is folded again.
///
/// # Errors
/// When the database does not answer.
pub async fn clear(tx: &mut Tx) -> Result<()> {
    for statement in [
        query("delete from balances"),
        query("delete from stock"),
        query("delete from stock_moves"),
        query("delete from settled"),
        query("delete from producer_payments"),
        query("delete from purchases"),
        query("delete from lots"),
        query("delete from lot_ancestors"),
        query("delete from producer_details"),
        query("delete from sent_transfers"),
        query("delete from transfers_in"),
        query("delete from refund_lines"),
        query("delete from refunds"),
        query("delete from pad_sales"),
        query("delete from sales"),
        query("delete from shifts"),
        query("delete from cash_moves"),
        query("delete from confirmed_tenders"),
        query("delete from open_tenders"),
        query("delete from deposit_moves"),
        query("delete from deposits"),
        query("delete from refold"),
    ] {
        statement.execute(&mut **tx).await?;
    }
    Ok(())
}
