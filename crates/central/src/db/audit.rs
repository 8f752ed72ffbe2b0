//! What people with rights have done: append-only, each row's hash over the one before.

use protocol::Hash;
use sqlx::FromRow;

use super::engine::{Db, Sql, Tx, args, sql};
use crate::error::{Error, Result};

const DOMAIN: &[u8] = b"ocop-audit-v1\0";

/// One act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act<'a> {
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Who: a login, or `command line`, or `central` itself.
    pub actor: &'a str,
    /// What, such as `store.add`.
    pub action: &'a str,
    /// To what.
    pub subject: &'a str,
    /// In which words.
    pub detail: &'a str,
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AuditRow {
    /// 1, 2, 3 … without gaps.
    pub seq: i64,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
    /// In which words.
    pub detail: String,
    /// Over all fields and the hash before.
    pub hash: Vec<u8>,
}

/// Appends an act. Locks the end of the log until the commit, so call it last in a transaction.
///
/// # Errors
/// When the database fails.
pub async fn append(tx: &mut Tx, act: &Act<'_>) -> Result<()> {
    append_all(tx, std::slice::from_ref(act)).await
}

/// Appends acts in their order, many in one statement. Locks the end of the log until the commit, so call it last in a transaction.
///
/// # Errors
/// When the database fails.
pub async fn append_all(tx: &mut Tx, acts: &[Act<'_>]) -> Result<()> {
    let count = i64::try_from(acts.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    let (last, mut hash): (i64, Vec<u8>) = tx
        .one(sql!("update audit_head set seq = seq + $1 where only_row = 1 returning seq, hash", count))
        .await?;
    let mut rows = Vec::with_capacity(acts.len());
    for (seq, act) in (last - count + 1..).zip(acts) {
        let row = AuditRow {
            seq,
            at_ms: act.at_ms,
            actor: act.actor.to_owned(),
            action: act.action.to_owned(),
            subject: act.subject.to_owned(),
            detail: act.detail.to_owned(),
            hash: Vec::new(),
        };
        hash = row.digest(&hash).bytes().to_vec();
        rows.push(args![seq, act.at_ms, act.actor, act.action, act.subject, act.detail, hash.as_slice()]);
    }
    let head = "insert into audit_log (seq, at_ms, actor, action, subject, detail, hash)";
    tx.insert_rows(head, rows, "").await?;
    tx.exec(sql!("update audit_head set hash = $1 where only_row = 1", hash.as_slice())).await?;
    Ok(())
}

/// Appends an act as the last of a transaction, and commits it: what was done and its row in the log are kept together.
///
/// # Errors
/// When the database fails; then nothing was done.
pub async fn commit(mut tx: Tx, act: &Act<'_>) -> Result<()> {
    append(&mut tx, act).await?;
    tx.commit().await
}

/// Which rows of the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    /// Those of this person.
    pub actor: Option<String>,
    /// Those whose action begins so, up to its point: `product` for `product.add`.
    pub area: Option<String>,
    /// Those on this thing.
    pub subject: Option<String>,
    /// Those from this moment on, UTC milliseconds.
    pub from_ms: Option<i64>,
    /// Those before this moment, UTC milliseconds.
    pub until_ms: Option<i64>,
}

/// Returns up to `limit` rows before a number, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_before(db: &Db, picked: &Picked, seq: i64, limit: i64) -> Result<Vec<AuditRow>> {
    let Some((first, last)) = numbers_of_days(db, picked).await? else {
        return Ok(Vec::new());
    };
    let mut sql =
        Sql::new("select seq, at_ms, actor, action, subject, detail, hash from audit_log where seq < ")
            .bind(seq.min(last.saturating_add(1)))
            .push(" and seq >= ")
            .bind(first);
    sql = sql.when(picked.actor.as_deref(), " and actor = ", "");
    sql = sql.when(picked.subject.as_deref(), " and subject = ", "");
    sql = sql.when(picked.from_ms, " and at_ms >= ", "").when(picked.until_ms, " and at_ms < ", "");
    if let Some(area) = &picked.area {
        // What stands between the point and the sign behind it.
        sql = sql
            .push(" and (action = ")
            .bind(area.as_str())
            .push(" or (action >= ")
            .bind(format!("{area}."))
            .push(" and action < ")
            .bind(format!("{area}/"))
            .push("))");
    }
    db.all(sql.push(" order by seq desc limit ").bind(limit)).await
}

/// Returns the least and the greatest number of the acts of the days that are asked for; nothing when there are none. They need not
/// follow each other by their moments: a clock may have been set back, and of two acts at once the later one may be noted first.
async fn numbers_of_days(db: &Db, picked: &Picked) -> Result<Option<(i64, i64)>> {
    if picked.from_ms.is_none() && picked.until_ms.is_none() {
        return Ok(Some((0, i64::MAX)));
    }
    // Of a plain column PostgreSQL takes the least by walking the key from its beginning, past all the days before.
    let sql = sql!(
        "select min(seq + 0), max(seq + 0) from audit_log where at_ms >= $1 and at_ms < $2",
        picked.from_ms.unwrap_or(i64::MIN),
        picked.until_ms.unwrap_or(i64::MAX)
    );
    let (first, last): (Option<i64>, Option<i64>) = db.one(sql).await?;
    Ok(first.zip(last))
}

/// Returns up to `limit` acts on one thing, the latest first.
///
/// # Errors
/// When the database fails.
pub async fn list_of(tx: &mut Tx, subject: &str, limit: i64) -> Result<Vec<AuditRow>> {
    let sql = sql!(
        "select seq, at_ms, actor, action, subject, detail, hash from audit_log where subject = $1
         order by seq desc limit $2",
        subject,
        limit
    );
    tx.all(sql).await
}

/// Checks the whole chain; returns how many acts it holds.
///
/// # Errors
/// When a row is missing or changed: the error names it.
pub async fn verify(tx: &mut Tx) -> Result<i64> {
    let (head_seq, head_hash): (i64, Vec<u8>) =
        tx.one(sql!("select seq, hash from audit_head where only_row = 1")).await?;
    let (mut seq, mut hash) = (0, Hash::ZERO.bytes().to_vec());
    loop {
        let sql = sql!(
            "select seq, at_ms, actor, action, subject, detail, hash from audit_log where seq > $1
             order by seq limit 1000",
            seq
        );
        let rows: Vec<AuditRow> = tx.all(sql).await?;
        for row in &rows {
            if row.seq != seq + 1 {
                return Err(Error::damaged("audit_log", seq + 1, "the row is missing"));
            }
            if row.digest(&hash).bytes().as_slice() != row.hash {
                return Err(Error::damaged("audit_log", row.seq, "the row was changed"));
            }
            (seq, hash) = (row.seq, row.hash.clone());
        }
        if rows.is_empty() {
            break;
        }
    }
    if (seq, &hash) == (head_seq, &head_hash) {
        Ok(seq)
    } else {
        Err(Error::damaged("audit_log", head_seq, "the last rows are missing"))
    }
}

impl AuditRow {
    fn digest(&self, before: &[u8]) -> Hash {
        let (seq, at_ms) = (self.seq.to_be_bytes(), self.at_ms.to_be_bytes());
        let mut bytes = DOMAIN.to_vec();
        for field in [
            before,
            &seq,
            &at_ms,
            self.actor.as_bytes(),
            self.action.as_bytes(),
            self.subject.as_bytes(),
            self.detail.as_bytes(),
        ] {
            bytes.extend(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
            bytes.extend(field);
        }
        Hash::of(&[&bytes])
    }
}
