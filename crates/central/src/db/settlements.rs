//! Settlements with producers and what they were paid, as the books of the stores tell. Every statement about papers takes the scope
//! of whoever asks.

use std::collections::BTreeMap;

use domain::Money;
use domain::ids::{ProducerId, ProductId};
use protocol::payload::{Payload, Settlement};
use protocol::{Kind, StreamId};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::engine::{Db, Sql, Tx, sql};
use super::entries;
use super::identity::stream_id;
use super::joint_settlements::Asker;
use super::moves::reach_of;
use super::settlement_answers::Answer;
use super::users::{OperatorScope, ProducerScope};
use crate::error::Result;

/// Where a paper's entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperId {
    /// The journal.
    pub stream: StreamId,
    /// The entry.
    pub seq: i64,
}

/// A settlement, a payment without one, or what puts such a one right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its entry.
    pub id: PaperId,
    /// The store's name.
    pub store: String,
    /// Who pays.
    pub operator: String,
    /// To whom.
    pub producer_id: ProducerId,
    /// The producer's name.
    pub producer: String,
    /// The number on the paper.
    pub number: String,
    /// A settlement; else an advance, the rest of one, or what puts another paper right.
    pub is_settlement: bool,
    /// The business day.
    pub day: Date,
    /// Of a settlement: what was owed for it.
    pub due: Money,
    /// Of a settlement: what was owed from before; below zero after an advance.
    pub carried: Money,
    /// What was paid; below zero for what came back of an earlier payment.
    pub paid: Money,
    /// What is owed more to put a settlement right; below zero for less.
    pub adjusted: Money,
    /// What it puts right; none for a settlement or a payment.
    pub correction: Option<Correction>,
    /// When central counted it, UTC milliseconds: before, the producer could not see it here.
    pub received_at_ms: i64,
    /// What was said of it.
    pub said: Said,
    /// After how many days silence is consent by the contract for all products that was in force on its day, as central knew it
    /// when the settlement came; none where that says nothing.
    pub agreed_after_days: Option<i64>,
}

/// That a paper puts another one right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The number of that paper; empty while central does not know it.
    pub number: String,
    /// Why.
    pub reason: String,
}

/// What producer and operator said of a settlement, as far as its standing depends on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// The producer's first answer; a dispute of a row is one of the settlement.
    pub answer: Option<Answer>,
    /// When the first dispute was said, UTC milliseconds.
    pub disputed_at_ms: Option<i64>,
    /// Disputes that the operator has not answered, or whose answer did not satisfy.
    pub open_count: i64,
    /// When the operator answered last.
    pub replied_at_ms: Option<i64>,
    /// The producer agrees after what was answered.
    pub is_accepted: bool,
    /// When it was recorded that the producer signed on paper.
    pub signed_at_ms: Option<i64>,
}

#[derive(FromRow)]
struct PaperRow {
    store_id: Uuid,
    incarnation: Uuid,
    seq: i64,
    store: String,
    operator: String,
    producer_id: Uuid,
    producer: String,
    number: String,
    is_settlement: bool,
    day: Date,
    due_vnd: i64,
    carried_vnd: i64,
    paid_vnd: i64,
    adjusted_vnd: i64,
    corrects_seq: Option<i64>,
    corrected_number: Option<String>,
    reason: String,
    received_at_ms: i64,
    confirmed_count: i64,
    disputed_count: i64,
    disputed_at_ms: Option<i64>,
    replied_count: i64,
    insisted_count: i64,
    replied_at_ms: Option<i64>,
    accepted_count: i64,
    signed_at_ms: Option<i64>,
    agreed_after_days: Option<i64>,
}

/// Returns the start of a statement about somebody's papers. A settlement came when central counted it: that
/// of a journal which waited for approval, or of a branch that was adopted, on the day of that. What a contract says about silence
/// counts as central knew it then, a contract of such a journal since the same day: neither one that was made later nor one that was told by a later entry of the same journal changes it.
fn select(asker: Asker) -> Sql {
    let sql = Sql::new(
        "with answers as (select store_id, incarnation, seq,
                sum(case when answer = 'confirmed' then 1 else 0 end) as confirmed,
                sum(case when answer = 'disputed' then 1 else 0 end) as disputed,
                min(case when answer = 'disputed' then answered_at_ms end) as disputed_at_ms
            from settlement_answers where ",
    );
    let sql = own(asker, sql).push(
        " group by store_id, incarnation, seq),
        words as (select store_id, incarnation, seq,
                sum(case when kind = 'replied' then 1 else 0 end) as replied,
                sum(case when kind = 'insisted' then 1 else 0 end) as insisted,
                max(case when kind = 'replied' then said_at_ms end) as replied_at_ms,
                sum(case when kind = 'accepted' then 1 else 0 end) as accepted,
                max(case when kind = 'signed' then said_at_ms end) as signed_at_ms
            from settlement_words where ",
    );
    let sql = own(asker, sql).push(
        " group by store_id, incarnation, seq),
        counting as (select store_id, incarnation,
                case when coalesce(approved_at_ms, 0) > enrolled_at_ms then approved_at_ms else enrolled_at_ms end as since_ms
            from streams),
        papers as (select store_id, incarnation, seq, producer_id, number, is_settlement, day, due_vnd, carried_vnd, paid_vnd,
                closed_at_ms, adjusted_vnd, corrects_incarnation, corrects_seq, reason
            from settlements where ",
    );
    own(asker, sql).push(
        ")
        select papers.store_id, papers.incarnation, papers.seq, stores.name as store, operators.name as operator,
            papers.producer_id, producers.name as producer, papers.number, papers.is_settlement, papers.day,
            papers.due_vnd, papers.carried_vnd, papers.paid_vnd, papers.adjusted_vnd, papers.corrects_seq,
            corrected.number as corrected_number, papers.reason,
            case when counting.since_ms > entries.received_at_ms then counting.since_ms else entries.received_at_ms end
                as received_at_ms,
            cast(coalesce(answers.confirmed, 0) as bigint) as confirmed_count,
            cast(coalesce(answers.disputed, 0) as bigint) as disputed_count, answers.disputed_at_ms,
            cast(coalesce(words.replied, 0) as bigint) as replied_count,
            cast(coalesce(words.insisted, 0) as bigint) as insisted_count, words.replied_at_ms,
            cast(coalesce(words.accepted, 0) as bigint) as accepted_count, words.signed_at_ms,
            (select terms.agreed_after_days from terms
                left join counting as teller on teller.store_id = terms.store_id
                    and teller.incarnation = terms.told_incarnation
                where terms.operator_id = stores.operator_id and terms.producer_id = papers.producer_id
                    and terms.product_id is null and terms.valid_from <= papers.day
                    and (terms.known_at_ms <= entries.received_at_ms or terms.known_at_ms <= counting.since_ms)
                    and (coalesce(teller.since_ms, 0) <= entries.received_at_ms
                        or coalesce(teller.since_ms, 0) <= counting.since_ms)
                    and (terms.store_id is distinct from papers.store_id
                        or terms.told_incarnation is distinct from papers.incarnation or terms.told_seq < papers.seq)
                order by terms.valid_from desc, terms.id desc limit 1) as agreed_after_days
         from papers
         join stores on stores.id = papers.store_id
         join operators on operators.id = stores.operator_id
         join producers on producers.id = papers.producer_id
         join entries on entries.store_id = papers.store_id and entries.incarnation = papers.incarnation
            and entries.seq = papers.seq
         join counting on counting.store_id = papers.store_id and counting.incarnation = papers.incarnation
         left join settlements as corrected on corrected.store_id = papers.store_id
            and corrected.producer_id = papers.producer_id and corrected.incarnation = papers.corrects_incarnation
            and corrected.seq = papers.corrects_seq
         left join answers on answers.store_id = papers.store_id and answers.incarnation = papers.incarnation
            and answers.seq = papers.seq
         left join words on words.store_id = papers.store_id and words.incarnation = papers.incarnation
            and words.seq = papers.seq
         where 1 = 1",
    )
}

/// Whose rows they are.
fn own(asker: Asker, sql: Sql) -> Sql {
    match asker {
        Asker::Producer(scope) => sql
            .push("producer_id = ")
            .bind(scope.producer_id())
            .push(" and store_id in (select id from stores")
            .when(scope.operator_id(), " where operator_id = ", "")
            .push(")"),
        Asker::Operator(scope) => sql
            .push("store_id in (select id from stores where operator_id = ")
            .bind(scope.operator_id())
            .push(")"),
    }
}

/// Returns a producer's settlements and payments, the latest first, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn list(db: &Db, scope: ProducerScope, limit: i64) -> Result<Vec<Paper>> {
    let sql = select(Asker::Producer(scope))
        .push(
            " order by papers.day desc, papers.closed_at_ms desc, papers.store_id, papers.incarnation,
                papers.seq desc limit ",
        )
        .bind(limit);
    Ok(db.all(sql).await?.into_iter().map(PaperRow::read).collect())
}

/// Where a settlement stands in its operator's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    is_waited_for: bool,
    day: Date,
    closed_at_ms: i64,
    id: PaperId,
}

/// One with a dispute that waits for an answer is 1, others are 0; then all keys of the list, the same way down.
const WAITED_FOR: &str =
    "case when coalesce(answers.disputed, 0) + coalesce(words.insisted, 0) > coalesce(words.replied, 0)
        and coalesce(words.accepted, 0) = 0 then cast(1 as bigint) else cast(0 as bigint) end";

/// Returns the settlements of an operator's stores: those with a dispute that waits for an answer first, then the latest; at most
/// `limit`, those behind a place.
///
/// # Errors
/// When the database fails.
pub async fn list_of_operator(
    db: &Db,
    scope: OperatorScope,
    after: Option<Listed>,
    limit: i64,
) -> Result<Vec<Paper>> {
    let mut sql = select(Asker::Operator(scope)).push(" and papers.is_settlement");
    if let Some(Listed { is_waited_for, day, closed_at_ms, id }) = after {
        sql = sql
            .push(" and (")
            .push(WAITED_FOR)
            .push(", papers.day, papers.closed_at_ms, papers.store_id, papers.incarnation, papers.seq) < (")
            .bind(i64::from(is_waited_for))
            .push(", ")
            .bind(day)
            .push(", ")
            .bind(closed_at_ms)
            .push(", ")
            .bind(id.stream.store_id)
            .push(", ")
            .bind(id.stream.incarnation)
            .push(", ")
            .bind(id.seq)
            .push(")");
    }
    let sql = sql
        .push(" order by ")
        .push(WAITED_FOR)
        .push(
            " desc, papers.day desc, papers.closed_at_ms desc, papers.store_id desc, papers.incarnation desc,
                papers.seq desc limit ",
        )
        .bind(limit);
    Ok(db.all(sql).await?.into_iter().map(PaperRow::read).collect())
}

/// Returns where a settlement of an operator's stands in the list; another one's is none at all.
///
/// # Errors
/// When the database fails.
pub async fn find_listed(db: &Db, scope: OperatorScope, id: PaperId) -> Result<Option<Listed>> {
    let mut tx = db.begin_reading().await?;
    let Some(paper) = find_in(&mut tx, Asker::Operator(scope), id).await? else { return Ok(None) };
    let sql = sql!(
        "select closed_at_ms from settlements where store_id = $1 and incarnation = $2 and seq = $3",
        id.stream.store_id,
        id.stream.incarnation,
        id.seq
    );
    let (closed_at_ms,): (i64,) = tx.one(sql).await?;
    let is_waited_for = paper.said.open_count > 0 && !paper.said.is_accepted;
    Ok(Some(Listed { is_waited_for, day: paper.day, closed_at_ms, id }))
}

/// Returns the asker's settlement; another one's is none at all, and neither is a payment.
///
/// # Errors
/// When the database fails.
pub async fn find_in(tx: &mut Tx, asker: Asker, id: PaperId) -> Result<Option<Paper>> {
    let sql = select(asker)
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

/// What puts a settlement or a payment right.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Adjusted {
    /// The number on its paper.
    pub number: String,
    /// The business day.
    pub day: Date,
    /// The number of what it puts right; empty while central does not know it.
    pub corrected_number: String,
    /// What the producer is owed more by it; below zero for less. Đồng.
    pub adjusted_vnd: i64,
    /// Money of a payment came back; else the operator bears it.
    pub is_back: bool,
    /// Why.
    pub reason: String,
}

/// Of a statement about what puts papers right, named `adjusted`, for a settlement that was found to be the asker's.
const ADJUSTED: &str =
    " select adjusted.number, adjusted.day, coalesce(corrected.number, '') as corrected_number,
            adjusted.adjusted_vnd - adjusted.paid_vnd as adjusted_vnd, (adjusted.paid_vnd < 0) as is_back, adjusted.reason
         from adjusted
         left join settlements as corrected on corrected.store_id = adjusted.store_id
            and corrected.producer_id = adjusted.producer_id
            and corrected.incarnation = adjusted.corrects_incarnation and corrected.seq = adjusted.corrects_seq
         order by adjusted.day, adjusted.closed_at_ms, adjusted.incarnation, adjusted.seq";

/// Returns what was put right with the producer after the settlement before one and up to where this one reaches: it is in what this one
/// carries from before. The settlement was found to be the asker's.
///
/// # Errors
/// When the database fails.
pub async fn list_adjusted_in(tx: &mut Tx, id: PaperId) -> Result<Vec<Adjusted>> {
    let sql = reach_of(id).push(
        ", adjusted as (select settlements.store_id, settlements.incarnation, settlements.seq, settlements.producer_id,
                settlements.number, settlements.day, settlements.closed_at_ms, settlements.adjusted_vnd,
                settlements.paid_vnd, settlements.reason, settlements.corrects_incarnation, settlements.corrects_seq
            from reach join settlements on settlements.store_id = reach.store_id
                and settlements.producer_id = reach.producer_id and settlements.incarnation = reach.incarnation
                and settlements.seq > reach.from_seq and settlements.seq <= reach.to_seq
            where settlements.corrects_seq is not null)",
    );
    tx.all(sql.push(ADJUSTED)).await
}

/// A payment without a settlement.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Advance {
    /// The number on its paper.
    pub number: String,
    /// The business day.
    pub day: Date,
    /// What was paid, đồng.
    pub paid_vnd: i64,
}

/// Returns what the producer was paid after the settlement before one and up to where this one reaches: it is taken off what this one
/// carries from before. The settlement was found to be the asker's.
///
/// # Errors
/// When the database fails.
pub async fn list_advances_in(tx: &mut Tx, id: PaperId) -> Result<Vec<Advance>> {
    let sql = reach_of(id).push(
        " select settlements.number, settlements.day, settlements.paid_vnd
         from reach join settlements on settlements.store_id = reach.store_id
            and settlements.producer_id = reach.producer_id and settlements.incarnation = reach.incarnation
            and settlements.seq > reach.from_seq and settlements.seq <= reach.to_seq
         where not settlements.is_settlement and settlements.corrects_seq is null and settlements.paid_vnd > 0
         order by settlements.day, settlements.closed_at_ms, settlements.incarnation, settlements.seq",
    );
    tx.all(sql).await
}

/// Returns what put a settlement right later. The settlement was found to be the asker's.
///
/// # Errors
/// When the database fails.
pub async fn list_adjusting_in(tx: &mut Tx, producer_id: ProducerId, id: PaperId) -> Result<Vec<Adjusted>> {
    let sql = sql!(
        "with adjusted as (select store_id, incarnation, seq, producer_id, number, day, closed_at_ms, adjusted_vnd, paid_vnd,
                reason, corrects_incarnation, corrects_seq
            from settlements
            where store_id = $1 and producer_id = $2 and corrects_incarnation = $3 and corrects_seq = $4)",
        id.stream.store_id,
        producer_id,
        id.stream.incarnation,
        id.seq
    );
    tx.all(sql.push(ADJUSTED)).await
}

impl PaperRow {
    fn read(self) -> Paper {
        let correction = self
            .corrects_seq
            .map(|_| Correction { number: self.corrected_number.unwrap_or_default(), reason: self.reason });
        Paper {
            id: PaperId { stream: stream_id(self.store_id, self.incarnation), seq: self.seq },
            store: self.store,
            operator: self.operator,
            producer_id: self.producer_id.into(),
            producer: self.producer,
            number: self.number,
            is_settlement: self.is_settlement,
            day: self.day,
            due: Money::new(self.due_vnd),
            carried: Money::new(self.carried_vnd),
            paid: Money::new(self.paid_vnd),
            adjusted: Money::new(self.adjusted_vnd),
            correction,
            received_at_ms: self.received_at_ms,
            said: Said {
                // A dispute is the graver of the two.
                answer: match (self.disputed_count, self.confirmed_count) {
                    (1.., _) => Some(Answer::Disputed),
                    (_, 1..) => Some(Answer::Confirmed),
                    _ => None,
                },
                disputed_at_ms: self.disputed_at_ms,
                open_count: self.disputed_count + self.insisted_count - self.replied_count,
                replied_at_ms: self.replied_at_ms,
                is_accepted: self.accepted_count > 0,
                signed_at_ms: self.signed_at_ms,
            },
            agreed_after_days: self.agreed_after_days,
        }
    }
}
