//! The books anew, from the journal alone: after an upgrade that understands more, or when they are in doubt.

use domain::ids::StoreId;
use protocol::Hash;

use crate::db::engine::{Cells, Sql, sql};
use crate::db::projection::effects::Effects;
use crate::db::projection::knowledge::Knowledge;
use crate::db::projection::replay::Replay;
use crate::db::projection::{Reader, TABLES, clear, write};
use crate::db::{Db, Tx, entries, streams};
use crate::error::{Error, Result};

/// Empties the books and fills them from the journals of all stores, in one transaction. Returns the entries read.
///
/// # Errors
/// When a journal is damaged or the database fails; the books are then as before.
pub async fn rebuild(db: &Db) -> Result<i64> {
    let mut tx = db.begin().await?;
    let stores = stores_with_journal(&mut tx).await?;
    for store_id in &stores {
        streams::lock_store(&mut tx, *store_id).await?;
    }
    clear(&mut tx).await?;
    let mut count = 0;
    for store_id in stores {
        count += rebuild_store(&mut tx, store_id).await?;
    }
    tx.exec(sql!("delete from refold")).await?;
    tx.commit().await?;
    Ok(count)
}

/// Fills the books anew where a migration asks for it, because it added some that older entries belong to. A journal that
/// is damaged stays as it is, and so do the books: `verify` names the damage, and the stores go on.
///
/// # Errors
/// When the database fails.
pub(crate) async fn refold(db: &Db) -> Result<()> {
    let due: Vec<(String,)> = db.all(sql!("select reason from refold order by reason")).await?;
    if due.is_empty() {
        return Ok(());
    }
    match rebuild(db).await {
        Ok(entries) => tracing::info!(entries, "the books were filled anew for this version"),
        Err(error @ Error::Damaged { .. }) => tracing::error!(%error, "the books could not be filled anew"),
        Err(error) => return Err(error),
    }
    Ok(())
}

async fn rebuild_store(tx: &mut Tx, store_id: StoreId) -> Result<i64> {
    let mut knowledge = Knowledge::of_store(tx, store_id).await?;
    knowledge.is_replay = true;
    let mut replay = Replay::of_store(tx, store_id).await?;
    while let Some(run) = replay.next_run(tx).await? {
        let mut read = run.entries.clone();
        let mut reader = Reader { knowledge: &mut knowledge, effects: Effects::new(store_id) };
        let before_no = replay.counted_no() - i64::try_from(read.len()).unwrap_or(0);
        reader.read(tx, &mut read, run.grand_total_vnd, before_no).await?;
        let effects = reader.effects;
        write(tx, &effects, &mut knowledge).await?;
        let changed = read.into_iter().zip(&run.entries).filter(|(now, before)| now.state != before.state);
        entries::set_counted(tx, &changed.map(|(now, _)| now).collect::<Vec<_>>()).await?;
    }
    Ok(replay.counted_no())
}

/// Returns the stores that have streams, in the order in which their locks are taken.
///
/// # Errors
/// When the database fails.
pub(crate) async fn stores_with_journal(tx: &mut Tx) -> Result<Vec<StoreId>> {
    let rows: Vec<(uuid::Uuid,)> =
        tx.all(sql!("select distinct store_id from streams order by store_id")).await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// Returns a digest over every row of the books: the same content gives the same digest, on either database.
///
/// # Errors
/// When the database fails.
pub async fn snapshot_digest(db: &Db) -> Result<Hash> {
    let mut tx = db.begin_reading().await?;
    let mut digests = Vec::new();
    for table in TABLES {
        let mut digest = Hash::of(&[table.name.as_bytes()]);
        tx.each(Sql::new(table.select).push(table.order), |row: Cells| {
            let text = row.0.join("\u{1f}");
            digest = Hash::of(&[digest.bytes(), text.as_bytes()]);
            Ok(())
        })
        .await?;
        digests.push(*digest.bytes());
    }
    let parts: Vec<&[u8]> = digests.iter().map(<[u8; 32]>::as_slice).collect();
    Ok(Hash::of(&parts))
}
