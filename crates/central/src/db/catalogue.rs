//! The feed by which stores learn of the catalogue: each row as it is now, at its place in commit order.

use std::collections::BTreeMap;

use domain::ids::{OperatorId, StoreId};
use protocol::wire::{CatalogueRow, ProducerRow};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use sqlx::FromRow;
use uuid::Uuid;

use super::engine::{Db, Tx, args, sql};
use crate::error::{Error, Result};

/// Who learns of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Every store.
    All,
    /// The stores of one operator.
    Operator(OperatorId),
    /// One store.
    Store(StoreId),
}

impl Audience {
    const fn id(self) -> Option<Uuid> {
        match self {
            Self::All => None,
            Self::Operator(id) => Some(id.uuid()),
            Self::Store(id) => Some(id.uuid()),
        }
    }
}

/// A row to tell stores of, or its end.
#[derive(Debug, Clone)]
pub struct News {
    kind: String,
    row_id: Uuid,
    /// The row that this one speaks of: itself, or its product.
    subject: Uuid,
    audience: Audience,
    body: Option<String>,
}

impl News {
    /// Tells of a row as it is now.
    ///
    /// # Errors
    /// When the row does not become JSON, which is a bug.
    pub fn of(row: &CatalogueRow, audience: Audience) -> Result<Self> {
        let row_id = match row {
            CatalogueRow::Store(row) => row.id,
            CatalogueRow::Product(row) => row.id,
            CatalogueRow::Combo(row) => row.product.id,
            CatalogueRow::ProductFacts(row) => row.id,
            CatalogueRow::Producer(row) => row.id,
            CatalogueRow::Terms(row) => row.id,
            CatalogueRow::TaxRate(row) => row.id,
            CatalogueRow::Cashier(row) => row.id,
            CatalogueRow::Promotion(row) => row.id,
            CatalogueRow::Announced(row) => row.id,
            CatalogueRow::JointPart(row) => row.id,
        };
        let damaged = || Error::damaged("catalogue_changes", row_id, "the row has no JSON form");
        let value = serde_json::to_value(row).map_err(|_| damaged())?;
        let kind = value.get("kind").and_then(|kind| kind.as_str()).ok_or_else(damaged)?.to_owned();
        let body = value.get("body").ok_or_else(damaged)?.to_string();
        let subject = if let CatalogueRow::ProductFacts(facts) = row { facts.product } else { row_id };
        Ok(Self { kind, row_id, subject, audience, body: Some(body) })
    }

    /// Tells that a row is gone.
    pub fn gone(kind: &str, row_id: Uuid) -> Self {
        Self { kind: kind.to_owned(), row_id, subject: row_id, audience: Audience::All, body: None }
    }

    /// What a product counts as comes right behind the product: its id, which no compression makes shorter, then stands
    /// near itself.
    fn place(&self) -> impl Ord + '_ {
        let group = if self.kind == "product_facts" { "product" } else { &self.kind };
        (group, self.subject, &self.kind, self.row_id)
    }
}

/// Lets nobody else change the catalogue until the commit: who decides by many rows of it calls this before reading them.
///
/// # Errors
/// When the database fails.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    tx.exec(sql!("update catalogue_head set change_seq = change_seq where only_row = 1")).await?;
    Ok(())
}

/// Writes news into the feed. Locks the feed's counter until the commit, so call it late in a transaction.
///
/// # Errors
/// When the database fails.
pub async fn publish(tx: &mut Tx, mut news: Vec<News>, now_ms: i64) -> Result<()> {
    if news.is_empty() {
        return Ok(());
    }
    // The last word on a row counts, and each row once.
    news.reverse();
    news.sort_by(|a, b| (&a.kind, a.row_id).cmp(&(&b.kind, b.row_id)));
    news.dedup_by(|later, first| (&later.kind, later.row_id) == (&first.kind, first.row_id));
    news.sort_by(|a, b| a.place().cmp(&b.place()));
    let count = i64::try_from(news.len()).unwrap_or(i64::MAX);
    let (last,): (i64,) = tx
        .one(sql!(
            "update catalogue_head set change_seq = change_seq + $1 where only_row = 1 returning change_seq",
            count
        ))
        .await?;
    tx.insert_rows(
        "insert into catalogue_changes (kind, row_id, change_seq, audience_id, body, changed_at_ms)",
        (last - count + 1..)
            .zip(news)
            .map(|(seq, row): (i64, News)| {
                args![row.kind, row.row_id, seq, row.audience.id(), row.body, now_ms]
            })
            .collect(),
        "on conflict (kind, row_id) do update set change_seq = excluded.change_seq,
            audience_id = coalesce(excluded.audience_id, catalogue_changes.audience_id), body = excluded.body,
            changed_at_ms = excluded.changed_at_ms",
    )
    .await
}

/// Returns the body of a row as stores are told it now; `None` when there is no such row, or it is gone.
///
/// # Errors
/// When the database fails.
pub async fn find_body(db: &Db, kind: &str, row_id: Uuid) -> Result<Option<String>> {
    let sql = sql!("select body from catalogue_changes where kind = $1 and row_id = $2", kind, row_id);
    let found: Option<(Option<String>,)> = db.opt(sql).await?;
    Ok(found.and_then(|(body,)| body))
}

/// What producers' rows are called.
const PRODUCER: &str = "producer";

/// A [`protocol::wire::CataloguePage`] whose bodies go out as they are stored, neither read nor written anew; but for the address that
/// a producer's papers carry, which each operator has its own of.
#[derive(Debug, Serialize)]
pub struct Page {
    central_epoch: Uuid,
    changes: Vec<Change>,
    next: i64,
    more: bool,
}

/// A [`protocol::wire::Change`].
#[derive(Debug, Serialize)]
struct Change {
    change_seq: i64,
    kind: String,
    id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
}

impl Page {
    /// Returns the producers that it tells of.
    pub fn producers(&self) -> Vec<Uuid> {
        let told = self.changes.iter().filter(|change| change.kind == PRODUCER && change.body.is_some());
        told.map(|change| change.id).collect()
    }

    /// Writes into the rows of producers where their papers lead.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn lead(&mut self, addresses: &BTreeMap<Uuid, String>) -> Result<()> {
        for change in self.changes.iter_mut().filter(|change| change.kind == PRODUCER) {
            let (Some(body), Some(address)) = (&change.body, addresses.get(&change.id)) else { continue };
            let id = change.id;
            let damaged = |error: serde_json::Error| Error::damaged("catalogue_changes", id, error);
            let row: ProducerRow = serde_json::from_str(body.get()).map_err(damaged)?;
            let row = ProducerRow { reading_url: Some(address.clone()), ..row };
            change.body = Some(to_raw_value(&row).map_err(damaged)?);
        }
        Ok(())
    }
}

#[derive(FromRow)]
struct ChangeRow {
    change_seq: i64,
    kind: String,
    row_id: Uuid,
    body: Option<String>,
}

/// Returns the changes after a cursor that concern a store; `None` when the cursor lies beyond the feed, so that it
/// was given by another central.
///
/// # Errors
/// When the database fails.
pub async fn page(
    db: &Db,
    central_epoch: Uuid,
    store: (StoreId, OperatorId),
    cursor: i64,
    limit: i64,
) -> Result<Option<Page>> {
    let (store_id, operator_id) = store;
    let (head,): (i64,) = db.one(sql!("select change_seq from catalogue_head where only_row = 1")).await?;
    if cursor > head {
        return Ok(None);
    }
    let sql = sql!(
        "select change_seq, kind, row_id, body from catalogue_changes
         where change_seq > $1 and (audience_id is null or audience_id = $2 or audience_id = $3)
         order by change_seq limit $4",
        cursor,
        store_id,
        operator_id,
        limit + 1
    );
    let mut rows: Vec<ChangeRow> = db.all(sql).await?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    // At the end the cursor jumps over changes for others, so that they are not looked through again.
    let last = rows.last().map_or(cursor, |row| row.change_seq);
    let next = if more { last } else { last.max(head) };
    let changes = rows.into_iter().map(ChangeRow::read).collect::<Result<_>>()?;
    Ok(Some(Page { central_epoch, changes, next, more }))
}

impl ChangeRow {
    fn read(self) -> Result<Change> {
        let damaged =
            |error| Error::damaged("catalogue_changes", format!("{} {}", self.kind, self.row_id), error);
        let body = self.body.map(RawValue::from_string).transpose().map_err(damaged)?;
        Ok(Change { change_seq: self.change_seq, kind: self.kind, id: self.row_id, body })
    }
}
