//! News for producers: who asked for them, what was made, what was handed on.

use domain::ids::{ProductId, StoreId};
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Tx, sql};
use super::users::ProducerScope;
use crate::error::Result;

/// A producer who asked for news.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Wish {
    producer_id: Uuid,
    /// Where to.
    pub phone: String,
    /// When it was asked for, UTC milliseconds.
    pub asked_at_ms: i64,
}

impl Wish {
    /// Returns what the news may tell of.
    pub fn scope(&self) -> ProducerScope {
        ProducerScope::of_wish(self.producer_id.into())
    }
}

/// What is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewsKind {
    /// What sold in a week.
    Weekly,
    /// Goods are gone in a store.
    SoldOut,
}

impl NewsKind {
    /// Returns the name that tables and files use; it never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::SoldOut => "sold_out",
        }
    }
}

/// News that were made.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Made {
    /// Its identity.
    pub id: Uuid,
    /// `weekly` or `sold_out`.
    pub kind: String,
    /// The message.
    pub words: String,
    /// When it was made, UTC milliseconds.
    pub made_at_ms: i64,
    /// When it was handed on, or given up.
    pub sent_at_ms: Option<i64>,
    /// Why it was given up: `refused` or `late`; empty otherwise.
    pub given_up: String,
}

/// Why news are not sent any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenUp {
    /// The gateway will never send them, to a number that takes none for example.
    Refused,
    /// They waited until they were none.
    Late,
}

impl GivenUp {
    /// Returns the name that the table uses; it never changes.
    const fn code(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Late => "late",
        }
    }
}

/// News that wait, with whom they go to.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Waiting {
    /// Their identity.
    pub id: Uuid,
    /// `weekly` or `sold_out`.
    pub kind: String,
    /// The message.
    pub words: String,
    /// When it was made, UTC milliseconds.
    pub made_at_ms: i64,
    /// Where to.
    pub phone: String,
    /// The producer's name.
    pub producer: String,
}

/// Keeps a producer's wish, in place of the one before.
///
/// # Errors
/// When the database fails.
pub async fn replace_wish(
    tx: &mut Tx,
    scope: ProducerScope,
    phone: &str,
    (login, now_ms): (&str, i64),
) -> Result<()> {
    let sql = sql!(
        "insert into news_wishes (producer_id, phone, asked_at_ms, asked_by) values ($1, $2, $3, $4)
         on conflict (producer_id) do update set phone = excluded.phone, asked_at_ms = excluded.asked_at_ms,
            asked_by = excluded.asked_by",
        scope.producer_id(),
        phone,
        now_ms,
        login
    );
    tx.exec(sql).await?;
    Ok(())
}

/// Forgets a producer's wish, and what still waits for it.
///
/// # Errors
/// When the database fails.
pub async fn delete_wish(tx: &mut Tx, scope: ProducerScope) -> Result<()> {
    tx.exec(sql!("delete from news_wishes where producer_id = $1", scope.producer_id())).await?;
    let waiting = "delete from producer_news where producer_id = $1 and sent_at_ms is null";
    tx.exec(sql!(waiting, scope.producer_id())).await?;
    Ok(())
}

/// Returns a producer's wish; `None` without one.
///
/// # Errors
/// When the database fails.
pub async fn find_wish(db: &Db, scope: ProducerScope) -> Result<Option<Wish>> {
    let sql = "select producer_id, phone, asked_at_ms from news_wishes where producer_id = $1";
    db.opt(sql!(sql, scope.producer_id())).await
}

/// Returns the wishes of all producers.
///
/// # Errors
/// When the database fails.
pub async fn list_wishes(db: &Db) -> Result<Vec<Wish>> {
    db.all(sql!("select producer_id, phone, asked_at_ms from news_wishes order by producer_id")).await
}

/// Says whether news of this are made.
///
/// # Errors
/// When the database fails.
pub async fn is_made(db: &Db, scope: ProducerScope, (kind, about): (NewsKind, &str)) -> Result<bool> {
    let sql = sql!(
        "select count(*) from producer_news where producer_id = $1 and kind = $2 and about = $3",
        scope.producer_id(),
        kind.code(),
        about
    );
    Ok(db.one::<(i64,)>(sql).await?.0 > 0)
}

/// Adds news, once, for as long as the producer wants any: empty words say that there was nothing to tell, or that it is told with
/// others. Returns false when they were made before, or are not wanted any more.
///
/// # Errors
/// When the database fails.
pub async fn insert(
    tx: &mut Tx,
    scope: ProducerScope,
    (kind, about): (NewsKind, &str),
    (id, words, now_ms): (Uuid, &str, i64),
) -> Result<bool> {
    let sent_at_ms = words.is_empty().then_some(now_ms);
    let sql = sql!(
        "insert into producer_news (id, producer_id, kind, about, words, made_at_ms, sent_at_ms)
         select $1, producer_id, $3, $4, $5, $6, $7 from news_wishes where producer_id = $2
         on conflict (producer_id, kind, about) do nothing",
        id,
        scope.producer_id(),
        kind.code(),
        about,
        words,
        now_ms,
        sent_at_ms
    );
    Ok(tx.exec(sql).await? == 1)
}

/// Returns news that wait, the oldest first; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_waiting(db: &Db, limit: i64) -> Result<Vec<Uuid>> {
    let sql = "select id from producer_news where sent_at_ms is null order by made_at_ms, id limit $1";
    Ok(db.all::<(Uuid,)>(sql!(sql, limit)).await?.into_iter().map(|(id,)| id).collect())
}

/// Returns news that wait, with the number of now; `None` when they wait no more, or nobody wants them any more.
///
/// # Errors
/// When the database fails.
pub async fn find_waiting(db: &Db, id: Uuid) -> Result<Option<Waiting>> {
    let sql = sql!(
        "select producer_news.id, producer_news.kind, producer_news.words, producer_news.made_at_ms,
            news_wishes.phone, producers.name as producer
         from producer_news
         join news_wishes on news_wishes.producer_id = producer_news.producer_id
         join producers on producers.id = producer_news.producer_id
         where producer_news.id = $1 and producer_news.sent_at_ms is null",
        id
    );
    db.opt(sql).await
}

/// Notes that a gateway has news. That they are gone meanwhile is as good.
///
/// # Errors
/// When the database fails.
pub async fn mark_sent(tx: &mut Tx, id: Uuid, now_ms: i64) -> Result<()> {
    let sql = "update producer_news set sent_at_ms = $2 where id = $1 and sent_at_ms is null";
    tx.exec(sql!(sql, id, now_ms)).await?;
    Ok(())
}

/// Gives up news that wait. That they are gone meanwhile is as good.
///
/// # Errors
/// When the database fails.
pub async fn give_up(tx: &mut Tx, id: Uuid, (why, now_ms): (GivenUp, i64)) -> Result<()> {
    let sql = "update producer_news set sent_at_ms = $2, given_up = $3 where id = $1 and sent_at_ms is null";
    tx.exec(sql!(sql, id, now_ms, why.code())).await?;
    Ok(())
}

/// Returns a producer's last news that said something, the latest first; at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list_latest(db: &Db, scope: ProducerScope, limit: i64) -> Result<Vec<Made>> {
    let sql = sql!(
        "select id, kind, words, made_at_ms, sent_at_ms, given_up from producer_news
         where producer_id = $1 and words <> '' order by made_at_ms desc, id desc limit $2",
        scope.producer_id(),
        limit
    );
    db.all(sql).await
}

/// Forgets news made before a moment.
///
/// # Errors
/// When the database fails.
pub async fn delete_before(tx: &mut Tx, made_at_ms: i64) -> Result<()> {
    tx.exec(sql!("delete from producer_news where made_at_ms < $1 and sent_at_ms is not null", made_at_ms))
        .await?;
    Ok(())
}

/// Returns the last lot of a producer's product that came to a store, whatever the store called it then; `None` before the first.
///
/// # Errors
/// When the database fails.
pub async fn find_last_lot(
    db: &Db,
    scope: ProducerScope,
    (store_id, product_id): (StoreId, ProductId),
) -> Result<Option<Uuid>> {
    let sql = sql!(
        "select lots.lot_id from lots left join products told on told.id = lots.product_id
         where lots.producer_id = $1 and lots.store_id = $2 and coalesce(told.merged_into, lots.product_id) = $3
            and exists (select 1 from stock_moves
                where stock_moves.producer_id = lots.producer_id and stock_moves.store_id = lots.store_id
                    and stock_moves.lot_id = lots.lot_id
                    and stock_moves.cause in ('received', 'arrived', 'repacked') and stock_moves.quantity_milli > 0)
         order by lots.received_on desc, lots.lot_id desc limit 1",
        scope.producer_id(),
        store_id,
        product_id
    );
    Ok(db.opt::<(Uuid,)>(sql).await?.map(|(id,)| id))
}
