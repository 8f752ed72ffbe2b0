//! Settlements with producers and what they were paid, as the books of the stores tell. Every statement about a producer's
//! papers names the producer of the scope.

use std::collections::BTreeMap;

use domain::Money;
use domain::ids::ProductId;
use protocol::payload::{Payload, Settlement};
use protocol::{Kind, StreamId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use super::entries;
use super::identity::stream_id;
use super::settlement_answers::Answer;
use super::users::ProducerScope;
use crate::error::Result;

/// Where a paper's entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperId {
    /// The journal.
    pub stream: StreamId,
    /// The entry.
    pub seq: i64,
}

/// A settlement, or a payment without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its entry.
    pub id: PaperId,
    /// The store's name.
    pub store: String,
    /// Who pays.
    pub operator: String,
    /// The number on the paper.
    pub number: String,
    /// A settlement; else an advance, or the rest of one.
    pub is_settlement: bool,
    /// The business day.
    pub day: Date,
    /// Of a settlement: what was owed for it.
    pub due: Money,
    /// Of a settlement: what was owed from before; below zero after an advance.
    pub carried: Money,
    /// What was paid.
    pub paid: Money,
    /// When it came to central, UTC milliseconds: before, the producer could not see it here.
    pub received_at_ms: i64,
    /// What the producer said of it; a dispute of a row is one of the settlement.
    pub answer: Option<Answer>,
    /// After how many days silence is consent by the contract for all products that was in force on its day; none where that
    /// says nothing.
    pub agreed_after_days: Option<i64>,
}

#[derive(FromRow)]
struct PaperRow {
    store_id: Uuid,
    incarnation: Uuid,
    seq: i64,
    store: String,
    operator: String,
    number: String,
    is_settlement: bool,
    day: Date,
    due_vnd: i64,
    carried_vnd: i64,
    paid_vnd: i64,
    received_at_ms: i64,
    answer: Option<String>,
    agreed_after_days: Option<i64>,
}

/// Returns the start of a statement about a producer's papers.
fn select(scope: ProducerScope) -> Sql {
    // Of the two answers the larger word is the graver one.
    sql!(
        "select papers.store_id, papers.incarnation, papers.seq, stores.name as store, operators.name as operator,
            papers.number, papers.is_settlement, papers.day, papers.due_vnd, papers.carried_vnd, papers.paid_vnd,
            entries.received_at_ms, answers.answer,
            (select terms.agreed_after_days from terms
                where terms.operator_id = stores.operator_id and terms.producer_id = $1 and terms.product_id is null
                    and terms.valid_from <= papers.day
                order by terms.valid_from desc, terms.id desc limit 1) as agreed_after_days
         from settlements as papers
         join stores on stores.id = papers.store_id
         join operators on operators.id = stores.operator_id
         join entries on entries.store_id = papers.store_id and entries.incarnation = papers.incarnation
            and entries.seq = papers.seq
         left join (select store_id, incarnation, seq, max(answer) as answer from settlement_answers
                where producer_id = $1 group by store_id, incarnation, seq) as answers
            on answers.store_id = papers.store_id and answers.incarnation = papers.incarnation
                and answers.seq = papers.seq
         where papers.producer_id = $1 and papers.store_id in (select id from stores)",
        scope.producer_id()
    )
}

/// Returns a producer's settlements and payments, the latest first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, scope: ProducerScope, limit: i64) -> Result<Vec<Paper>> {
    let sql = select(scope)
        .push(
            " order by papers.day desc, papers.closed_at_ms desc, papers.store_id, papers.incarnation,
                papers.seq desc limit ",
        )
        .bind(limit);
    Ok(db.all(sql).await?.into_iter().map(PaperRow::read).collect())
}

/// Returns a producer's settlement; another one's is none at all, and neither is a payment.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, scope: ProducerScope, id: PaperId) -> Result<Option<Paper>> {
    let sql = select(scope)
        .push(" and papers.is_settlement and papers.store_id = ")
        .bind(id.stream.store_id)
        .push(" and papers.incarnation = ")
        .bind(id.stream.incarnation)
        .push(" and papers.seq = ")
        .bind(id.seq);
    Ok(tx.opt(sql).await?.map(PaperRow::read))
}

/// Returns what a settlement's entry tells: all its rows.
///
/// # Errors
/// When the database fails.
pub async fn find_told_in(tx: &mut Tx, id: PaperId) -> Result<Option<Settlement>> {
    let found = entries::list_after(tx, id.stream, id.seq - 1, 1).await?.pop();
    Ok(found.filter(|filed| filed.seq() == id.seq).and_then(|filed| {
        let envelope = &filed.entry.envelope;
        let kind = Kind::from(envelope.kind.as_str());
        match Payload::read(&kind, envelope.schema, &filed.entry.shared) {
            Ok(Payload::Settlement(told)) => Some(told),
            _ => None,
        }
    }))
}

/// Returns name and unit of products.
///
/// # Errors
/// When the database fails.
pub async fn product_names(
    tx: &mut Tx,
    ids: impl IntoIterator<Item = Uuid>,
) -> Result<BTreeMap<ProductId, (String, String)>> {
    let sql = Sql::new("select id, name, unit from products where id").is_among(ids);
    let rows: Vec<(Uuid, String, String)> = tx.all(sql).await?;
    Ok(rows.into_iter().map(|(id, name, unit)| (id.into(), (name, unit))).collect())
}

impl PaperRow {
    fn read(self) -> Paper {
        Paper {
            id: PaperId { stream: stream_id(self.store_id, self.incarnation), seq: self.seq },
            store: self.store,
            operator: self.operator,
            number: self.number,
            is_settlement: self.is_settlement,
            day: self.day,
            due: Money::new(self.due_vnd),
            carried: Money::new(self.carried_vnd),
            paid: Money::new(self.paid_vnd),
            received_at_ms: self.received_at_ms,
            answer: self.answer.as_deref().and_then(Answer::from_code),
            agreed_after_days: self.agreed_after_days,
        }
    }
}
