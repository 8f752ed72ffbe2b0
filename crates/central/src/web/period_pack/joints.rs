//! The settlements over several stores of a pack: each as data and as a workbook. What a store recorded of one is a settlement of its own.

use web::Lang;

use super::made::{EntryOfPart, JointOfPack, PartOfPack};
use super::making::{json, piece_of};
use super::writing::PackWriter;
use crate::db::Tx;
use crate::db::joint_settlements::{self, Joint, Part, Recorded};
use crate::error::Result;
use crate::web::joint::file::sheets;
use crate::web::joint::report::arrange;
use crate::web::workbook;

/// Writes the two files of one; `number` is its place among those of the pack, from 1.
///
/// # Errors
/// When the database fails, or nobody reads any more.
pub async fn write(
    tx: &mut Tx,
    pack: &mut PackWriter,
    (lang, now_ms): (Lang, i64),
    (number, joint): (usize, Joint),
) -> Result<()> {
    let parts = joint_settlements::list_parts_in(tx, joint.id).await?;
    let report = arrange(tx, (joint.clone(), &parts), None).await?;
    let name = format!("joint_settlements/{number:04}-{}", piece_of(&joint.number));
    let data = json(&JointOfPack::of(joint, report.hash.clone(), &parts))?;
    pack.file(&format!("{name}.json"), data).await?;
    let bytes = workbook::write(sheets(lang, &report), now_ms).await?;
    pack.file(&format!("{name}.xlsx"), bytes).await
}

impl JointOfPack {
    fn of(joint: Joint, sha256: Option<String>, parts: &[Part]) -> Self {
        Self {
            id: joint.id,
            number: joint.number,
            producer: joint.producer,
            paid_on: joint.paid_on,
            paid_vnd: joint.paid.vnd(),
            sha256,
            stores: parts.iter().map(PartOfPack::of).collect(),
        }
    }
}

impl PartOfPack {
    fn of(part: &Part) -> Self {
        Self {
            store: part.store.clone(),
            owed_vnd: part.owed.vnd(),
            sent_vnd: part.paid.vnd(),
            paper: part.recorded.as_ref().map(EntryOfPart::of),
        }
    }
}

impl EntryOfPart {
    fn of(paper: &Recorded) -> Self {
        Self {
            number: paper.number.clone(),
            day: paper.day,
            stream: paper.id.stream.to_string(),
            seq: paper.id.seq,
            sha256: hex::encode(&paper.hash),
            due_vnd: paper.due.vnd(),
            carried_vnd: paper.carried.vnd(),
            paid_vnd: paper.paid.vnd(),
        }
    }
}
