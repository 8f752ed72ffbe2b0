//! A device joins a store: it shows a one-time code and proves its key; a person then compares fingerprints.

use protocol::wire::{Enrol, Enrolled, Problem};
use protocol::{Position, PublicKey, StreamId};

use crate::db::audit::{self, Act};
use crate::db::engine::sql;
use crate::db::enrolments::{Redeemed, redeem};
use crate::db::entries::plain;
use crate::db::streams::{self, Status, Stream};
use crate::db::{Db, Tx, stores};
use crate::error::{Error, Result};

/// Enrols a device. Its stream is held until a person approves it. The same device asking again gets the same answer.
///
/// # Errors
/// [`Problem::Unauthorised`] when the key is not proved, [`Problem::EnrolmentCode`] when the code is wrong, used or
/// expired, or the device claims what is another store's; the database's own.
pub async fn enrol(db: &Db, request: &Enrol, central_key: PublicKey, now_ms: i64) -> Result<Enrolled> {
    request.verify().map_err(|_| Problem::Unauthorised)?;
    let incarnation = read_incarnation(&request.incarnation).ok_or(Problem::Unauthorised)?;
    let mut tx = db.begin().await?;
    let redeemed = redeem(&mut tx, &request.code, incarnation, now_ms).await?;
    let (store_id, is_new) = match redeemed {
        Redeemed::Fresh(store_id) => (store_id, true),
        Redeemed::Again(store_id) => (store_id, false),
        Redeemed::Refused => {
            // A wrong try is counted.
            tx.commit().await?;
            return Err(Problem::EnrolmentCode.into());
        }
    };
    let stream = StreamId { store_id, incarnation };
    if is_new {
        insert_stream(&mut tx, stream, request, now_ms).await?;
    } else {
        let known = streams::find_in(&mut tx, stream).await?;
        if known.is_none_or(|known| known.public_key != request.public_key) {
            return Err(Problem::EnrolmentCode.into());
        }
    }
    let store = stores::find_in(&mut tx, store_id).await?.ok_or(Error::NotFound("store"))?;
    tx.commit().await?;
    Ok(Enrolled { stream, central_key, store_code: store.code, store_name: store.name })
}

async fn insert_stream(tx: &mut Tx, id: StreamId, request: &Enrol, now_ms: i64) -> Result<()> {
    let is_other_store = request.predecessor.is_some_and(|former| former.store_id != id.store_id);
    let key = request.public_key.to_bytes();
    let sql = sql!("select cast(count(*) as bigint) from streams where public_key = $1", key.as_slice());
    let (with_key,): (i64,) = tx.one(sql).await?;
    let is_taken = streams::find_in(tx, id).await?.is_some() || with_key > 0;
    // One key is bound to one journal, and a store's backup belongs into that store. The code stays unused, since the
    // transaction is dropped.
    if is_other_store || is_taken {
        return Err(Problem::EnrolmentCode.into());
    }
    let stream = Stream {
        id,
        public_key: request.public_key,
        fingerprint: request.public_key.fingerprint(),
        device: plain(&request.device, 60),
        status: Status::Held,
        epoch_no: None,
        predecessor: request.predecessor.map(|former| former.incarnation),
        after: Position::START,
        after_grand_total_vnd: 0,
        head: Position::START,
        grand_total_vnd: 0,
        fork: None,
        enrolled_at_ms: now_ms,
        heard_at_ms: None,
        sale_at_ms: None,
    };
    streams::insert(tx, &stream).await?;
    let (subject, detail) = (id.to_string(), format!("{} {}", stream.fingerprint, stream.device));
    let act =
        Act { at_ms: now_ms, actor: "device", action: "stream.enrol", subject: &subject, detail: &detail };
    audit::append(tx, &act).await
}

fn read_incarnation(hex: &str) -> Option<u128> {
    let incarnation = u128::from_str_radix(hex, 16).ok()?;
    (format!("{incarnation:032x}") == hex).then_some(incarnation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_incarnation_has_one_spelling() {
        assert_eq!(read_incarnation("000000000000000000000000000000ff"), Some(255));
        for wrong in ["ff", "000000000000000000000000000000FF", "", "+00000000000000000000000000000ff"] {
            assert_eq!(read_incarnation(wrong), None, "{wrong}");
        }
    }
}
