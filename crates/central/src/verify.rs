//! An independent look at everything that central holds: chains, books and audit log, each against what it follows from.
//! Reads one state of the database while the service goes on, and writes nothing.

use std::collections::BTreeMap;

use domain::ids::StoreId;
use protocol::StreamId;
use uuid::Uuid;

use crate::db::engine::{Cells, Sql, Val, sql};
use crate::db::entries::State;
use crate::db::projection::effects::Effects;
use crate::db::projection::knowledge::Knowledge;
use crate::db::projection::replay::Replay;
use crate::db::projection::tables::Table;
use crate::db::projection::{Reader, TABLES};
use crate::db::{Db, Tx, audit, forks, streams};
use crate::error::{Error, Result};
use crate::rebuild::stores_with_journal;

/// What was found right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Stores with a journal.
    pub stores: usize,
    /// Entries that the books have taken up.
    pub entries: i64,
    /// Acts in the audit log.
    pub acts: i64,
}

/// Checks everything.
///
/// # Errors
/// At the first row that is not what it must be: `… is damaged at …` names it.
pub async fn verify(db: &Db) -> Result<Report> {
    let mut tx = db.begin_reading().await?;
    let acts = audit::verify(&mut tx).await?;
    let stores = stores_with_journal(&mut tx).await?;
    let mut entries = 0;
    for store_id in &stores {
        entries += verify_store(&mut tx, *store_id).await?;
    }
    Ok(Report { stores: stores.len(), entries, acts })
}

async fn verify_store(tx: &mut Tx, store_id: StoreId) -> Result<i64> {
    let mut knowledge = Knowledge::of_store(tx, store_id).await?;
    (knowledge.is_replay, knowledge.is_beside) = (true, true);
    let mut reader = Reader { knowledge: &mut knowledge, effects: Effects::new(store_id) };
    let mut replay = Replay::of_store(tx, store_id).await?;
    let mut exceptions = Vec::new();
    while let Some(run) = replay.next_run(tx).await? {
        let mut read = run.entries.clone();
        let before_no = replay.counted_no() - i64::try_from(read.len()).unwrap_or(0);
        reader.read(tx, &mut read, run.grand_total_vnd, before_no).await?;
        for (now, stored) in read.iter().zip(&run.entries) {
            if now.state == State::Exception {
                exceptions.push((stored.stream, stored.seq(), stored.state));
            } else {
                check_state(stored.stream, stored.seq(), now.state, stored.state)?;
            }
        }
    }
    // What becomes of an exception is known at the end: a refund may have waited for its sale.
    for (stream, seq, stored) in exceptions {
        let again = reader.effects.judged_again.get(&(stream.incarnation, seq)).copied();
        check_state(stream, seq, again.unwrap_or(State::Exception), stored)?;
    }
    let counted_no = replay.counted_no();
    let effects = reader.effects;
    verify_heads(tx, store_id, counted_no).await?;
    for table in TABLES {
        verify_table(tx, &table, &effects).await?;
    }
    verify_moves(store_id, &effects)?;
    verify_days(store_id, &effects)?;
    if effects.balances.values().map(|vnd| i128::from(*vnd)).sum::<i128>() != 0 {
        return Err(Error::damaged("balances", store_id, "they do not add up to zero"));
    }
    Ok(counted_no)
}

/// The moves add up to what lies on the shelf of each lot, and to what each producer is owed, less what was paid, and put right.
fn verify_moves(store_id: StoreId, effects: &Effects) -> Result<()> {
    let shelf = domain::stock::Location::Shelf.code();
    let on_shelf = effects.stock.iter().filter(|((_, _, location), _)| *location == shelf);
    let mut lots: BTreeMap<_, i64> =
        on_shelf.map(|((product, lot, _), milli)| ((*product, *lot), *milli)).collect();
    let owed = effects.balances.iter().filter(|((account, _), _)| *account == "producer_due");
    let mut owed: BTreeMap<Uuid, i64> = owed.map(|((_, producer), vnd)| (*producer, *vnd)).collect();
    for moved in effects.stock_moves.values() {
        *lots.entry((moved.product_id, moved.lot_id)).or_default() -= moved.quantity.milli();
        if let Some(producer) = moved.owner.producer_id() {
            *owed.entry(producer.uuid()).or_default() += moved.worth.due.vnd();
        }
    }
    for row in effects.settlements.values() {
        *owed.entry(row.producer_id.uuid()).or_default() -= row.paid_vnd - row.adjusted_vnd;
    }
    if lots.values().any(|milli| *milli != 0) {
        return Err(Error::damaged("stock_moves", store_id, "they do not add up to what lies on the shelf"));
    }
    if owed.values().any(|vnd| *vnd != 0) {
        return Err(Error::damaged("stock_moves", store_id, "they do not add up to what producers are owed"));
    }
    Ok(())
}

/// What days hold of money and goods adds up to the balances, and to what lies on the shelves.
fn verify_days(store_id: StoreId, effects: &Effects) -> Result<()> {
    let mut accounts: BTreeMap<&str, i64> = BTreeMap::new();
    for ((account, _), vnd) in &effects.balances {
        *accounts.entry(account).or_default() += vnd;
    }
    for ((_, account, _), row) in &effects.money_daily {
        *accounts.entry(account).or_default() -= row.amount_vnd;
    }
    if accounts.values().any(|vnd| *vnd != 0) {
        return Err(Error::damaged("money_daily", store_id, "its days do not add up to the balances"));
    }
    let shelf = domain::stock::Location::Shelf.code();
    let on_shelf: i64 =
        effects.stock.iter().filter(|((_, _, location), _)| *location == shelf).map(|(_, milli)| milli).sum();
    if on_shelf != effects.goods_daily.values().sum::<i64>() {
        return Err(Error::damaged("goods_daily", store_id, "its days do not add up to the shelves"));
    }
    Ok(())
}

fn check_state(stream: StreamId, seq: i64, now: State, stored: State) -> Result<()> {
    if now == stored {
        return Ok(());
    }
    let why = format!("it is {}, not {}: rebuild", now.code(), stored.code());
    Err(Error::damaged("entries", format!("{stream} entry {seq}"), why))
}

async fn verify_heads(tx: &mut Tx, store_id: StoreId, counted_no: i64) -> Result<()> {
    let sql = sql!("select counted_no from store_heads where store_id = $1", store_id);
    let stored: Option<(i64,)> = tx.opt(sql).await?;
    if stored.map_or(0, |(stored,)| stored) != counted_no {
        return Err(Error::damaged(
            "store_heads",
            store_id,
            format!("the journal counts {counted_no} entries"),
        ));
    }
    for stream in streams::list_in(tx, store_id).await? {
        if stream.public_key.fingerprint() != stream.fingerprint {
            return Err(Error::damaged("streams", stream.id, "the fingerprint is not the key's"));
        }
        forks::list(tx, stream.id).await?;
    }
    Ok(())
}

/// Compares a table with what it must hold, row by row in the order of its keys.
async fn verify_table(tx: &mut Tx, table: &Table, effects: &Effects) -> Result<()> {
    let mut wanted = (table.rows)(effects);
    let sql = Sql::new(table.select).push(" where store_id = ").bind(effects.store_id).push(table.order);
    let cells = |row: Vec<Val>| row.iter().map(Val::cell).collect::<Vec<_>>();
    tx.each(sql, |found: Cells| {
        let wanted = wanted.next().map(cells);
        if wanted.as_ref() == Some(&found.0) {
            return Ok(());
        }
        let why = wanted
            .map_or("no entry tells of it".to_owned(), |row| format!("the journal tells {}", row.join(" ")));
        Err(Error::damaged(table.name, found.0.join(" "), why))
    })
    .await?;
    match wanted.next() {
        None => Ok(()),
        Some(row) => Err(Error::damaged(table.name, cells(row).join(" "), "the row is missing")),
    }
}
