//! A settlement over several stores: the same facts for the page, the file, and for programs.

use std::collections::BTreeMap;

use domain::Money;
use protocol::Hash;
use protocol::payload::SettlementRow;
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::db::Tx;
use crate::db::joint_settlements::{self, Asker, Joint, Part, Recorded};
use crate::db::settlements::{find_told_in, list_adjusted_in, product_names};
use crate::error::{Error, Result};
use crate::web::producer::settlement::report::RowOfReport;
use crate::web::sales::report::iso;

/// A settlement as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JointOfList {
    /// It.
    pub id: Uuid,
    /// Its page.
    pub page: String,
    /// Its number, of the operator.
    pub number: String,
    /// With whom.
    pub producer: String,
    /// Who settles.
    pub operator: String,
    /// When the money was sent.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub paid_on: Date,
    /// What was sent for all stores, đồng.
    pub paid_vnd: i64,
    /// Stores that have not recorded their part yet.
    pub waiting: i64,
}

impl JointOfList {
    /// Arranges what was found; `root` is where addresses begin.
    pub fn of(joint: Joint, root: &str) -> Self {
        Self {
            page: format!("{root}/joint/{}", joint.id),
            id: joint.id,
            number: joint.number,
            producer: joint.producer,
            operator: joint.operator,
            paid_on: joint.paid_on,
            paid_vnd: joint.paid.vnd(),
            waiting: joint.waiting,
        }
    }
}

/// A settlement with all that the stores recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JointReport {
    /// What lists say of it.
    pub joint: JointOfList,
    /// Each store.
    pub stores: Vec<StoreOfJoint>,
    /// Sums of what the stores settled, by product.
    pub rows: Vec<RowOfReport>,
    /// Σ owed for the rows, đồng.
    pub due_vnd: i64,
    /// Σ owed from before.
    pub carried_vnd: i64,
    /// Of that what was put right.
    pub adjusted_vnd: i64,
    /// Σ that the stores recorded as paid.
    pub recorded_vnd: i64,
    /// SHA-256 over its id and the hash of each store's entry, in hex; none before all stores are in. It never changes after.
    pub hash: Option<String>,
}

/// A store's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoreOfJoint {
    /// The store's name.
    pub store: String,
    /// What the books said was owed when it was made, đồng.
    pub owed_vnd: i64,
    /// What was sent for it.
    pub paid_vnd: i64,
    /// The store's own paper; none while it is waited for.
    pub paper: Option<PaperOfJoint>,
}

/// The store's paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PaperOfJoint {
    /// The number on it.
    pub number: String,
    /// The business day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// Its page for the producer; none for the operator, and where there was nothing to settle.
    pub page: Option<String>,
    /// Its entry's place in the journal.
    pub seq: i64,
    /// The entry's hash in hex.
    pub hash: String,
    /// Owed for its rows, đồng.
    pub due_vnd: i64,
    /// Owed from before.
    pub carried_vnd: i64,
    /// Of that what was put right.
    pub adjusted_vnd: i64,
    /// Paid.
    pub paid_vnd: i64,
}

impl JointReport {
    /// Returns what is left owed; below zero when more was paid. Đồng.
    pub fn left_vnd(&self) -> i64 {
        self.carried_vnd.saturating_add(self.due_vnd).saturating_sub(self.recorded_vnd)
    }
}

/// Reads a settlement that the asker may see; `root` is where the addresses of the stores' papers begin, if the asker has any.
///
/// # Errors
/// When there is none, or the database fails.
pub async fn load(app: &App, asker: Asker, (id, root): (Uuid, Option<&str>)) -> Result<JointReport> {
    let mut tx = app.db.begin_reading().await?;
    let joint = joint_settlements::find_in(&mut tx, asker, id).await?;
    let joint = joint.ok_or(Error::NotFound("settlement"))?;
    let parts = joint_settlements::list_parts_in(&mut tx, id).await?;
    arrange(&mut tx, (joint, &parts), root).await
}

/// Arranges a settlement and its parts, which the asker was found to see.
///
/// # Errors
/// When the database fails.
pub async fn arrange(
    tx: &mut Tx,
    (joint, parts): (Joint, &[Part]),
    root: Option<&str>,
) -> Result<JointReport> {
    let rows = rows(tx, parts).await?;
    let adjusted = adjusted(tx, parts).await?;
    let recorded = || parts.iter().filter_map(|part| part.recorded.as_ref());
    let sum =
        |of: fn(&Recorded) -> Money| recorded().map(|paper| of(paper).vnd()).fold(0, i64::saturating_add);
    Ok(JointReport {
        due_vnd: sum(|paper| paper.due),
        carried_vnd: sum(|paper| paper.carried),
        adjusted_vnd: adjusted.iter().copied().fold(0, i64::saturating_add),
        recorded_vnd: sum(|paper| paper.paid),
        hash: hash(joint.id, parts),
        stores: parts.iter().zip(adjusted).map(|(part, vnd)| StoreOfJoint::of(part, vnd, root)).collect(),
        joint: JointOfList::of(joint, root.unwrap_or("/shops")),
        rows,
    })
}

fn hash(id: Uuid, parts: &[Part]) -> Option<String> {
    let hashes: Vec<&[u8]> =
        parts.iter().map(|part| Some(part.recorded.as_ref()?.hash.as_slice())).collect::<Option<_>>()?;
    let begin: [&[u8]; 2] = [b"ocop-joint-settlement\0", id.as_bytes()];
    Some(Hash::of(&begin.into_iter().chain(hashes).collect::<Vec<_>>()).to_string())
}

/// Adds up what each store put right since its settlement before.
async fn adjusted(tx: &mut Tx, parts: &[Part]) -> Result<Vec<i64>> {
    let mut sums = Vec::new();
    for part in parts {
        let rows = match &part.recorded {
            Some(paper) => list_adjusted_in(tx, paper.id).await?,
            None => Vec::new(),
        };
        sums.push(rows.iter().map(|row| row.adjusted_vnd).fold(0, i64::saturating_add));
    }
    Ok(sums)
}

/// Adds up what the stores settled, by the products' names.
async fn rows(tx: &mut Tx, parts: &[Part]) -> Result<Vec<RowOfReport>> {
    let mut sums: BTreeMap<Uuid, SettlementRow> = BTreeMap::new();
    for paper in parts.iter().filter_map(|part| part.recorded.as_ref()).filter(|paper| paper.is_settlement) {
        for row in find_told_in(tx, paper.id).await?.map(|told| told.rows).unwrap_or_default() {
            sums.entry(row.product).or_default().add(&row);
        }
    }
    let names = product_names(tx, sums.keys().copied()).await?;
    let mut rows: Vec<RowOfReport> = sums
        .into_iter()
        .map(|(product, row)| RowOfReport::of(&SettlementRow { product, ..row }, &names, &[]))
        .collect();
    rows.sort_by(|one, next| (&one.name, one.product_id).cmp(&(&next.name, next.product_id)));
    Ok(rows)
}

impl StoreOfJoint {
    fn of(part: &Part, adjusted_vnd: i64, root: Option<&str>) -> Self {
        Self {
            store: part.store.clone(),
            owed_vnd: part.owed.vnd(),
            paid_vnd: part.paid.vnd(),
            paper: part.recorded.as_ref().map(|paper| PaperOfJoint::of(paper, adjusted_vnd, root)),
        }
    }
}

impl PaperOfJoint {
    fn of(paper: &Recorded, adjusted_vnd: i64, root: Option<&str>) -> Self {
        let page = root.filter(|_| paper.is_settlement);
        Self {
            number: paper.number.clone(),
            day: paper.day,
            page: page.map(|root| format!("{root}/settlements/{}/{}", paper.id.stream, paper.id.seq)),
            seq: paper.id.seq,
            hash: hex::encode(&paper.hash),
            due_vnd: paper.due.vnd(),
            carried_vnd: paper.carried.vnd(),
            adjusted_vnd,
            paid_vnd: paper.paid.vnd(),
        }
    }
}
