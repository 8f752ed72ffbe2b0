//! Settlements that the operator made with a producer for all its stores at once, with the money sent from its own account. This
//! store closes its own journal and records its part as soon as it hears of it and a counter is open: nobody presses anything,
//! the paper waits among the others. So each line is in one settlement, whoever made it.

use ::receipts::language::Language;
use domain::Money;
use domain::ids::CashierId;
use domain::tender::TenderKind;
use uuid::Uuid;

use super::settlement::Open;
use super::settlement_entry::{Record, append, fits};
use super::settlement_paper::{self, Paid};
use super::slip::{Head, Issue, keep};
use super::{Result, Seat};
use crate::App;
use crate::db::counters::{self, Counter};
use crate::db::joint_parts::{self, JointPart};
use crate::db::shifts::{self, Shift};
use crate::db::{producers, streams};

/// So many parts are recorded at a time.
const AT_ONCE_MOST: i64 = 200;

/// Records every part that waits, a transaction each. Without an open counter, or before this computer has what others of the
/// store wrote, which may hold them already, they go on waiting.
///
/// # Errors
/// When the database does not keep one; those before it are kept.
pub async fn record_all(app: &App) -> Result<()> {
    let waiting = joint_parts::list_waiting(app.db().read(), AT_ONCE_MOST).await?;
    let mut is_new = false;
    for part in &waiting {
        is_new |= record(app, part).await?;
    }
    if is_new {
        app.tell_appended();
        app.tell_changed();
    }
    Ok(())
}

/// Records a part; false when it cannot be yet, or was.
async fn record(app: &App, part: &JointPart) -> Result<bool> {
    let mut tx = app.db().begin().await?;
    if !streams::is_caught_up(&mut tx).await? || joint_parts::is_recorded(&mut tx, part.part_id).await? {
        return Ok(false);
    }
    let Some(shift) = shifts::find_any_open(&mut tx).await? else { return Ok(false) };
    let Counter { store: Some(store), settings, .. } =
        counters::load_counter(&mut tx, &shift.counter).await?
    else {
        return Ok(false);
    };
    let open = Open::load(&mut tx, part.producer_id).await?;
    // A payment alone where nothing is to be settled, or more than an entry holds.
    let settles = (part.paid == Money::ZERO || !open.is_empty()) && fits(&mut tx, &open).await?;
    if !settles && part.paid == Money::ZERO {
        tracing::warn!(number = part.number, "a producer has too many products for one settlement");
        return Ok(false);
    }
    let record = Record {
        producer_id: part.producer_id,
        settled: settles.then_some(&open),
        paid: (TenderKind::VietQr, part.paid),
        cashier: Uuid::nil(),
        approved_by: None,
        reason: String::new(),
        joint_part: Some(part.part_id),
    };
    let (voucher, entry) = append(app, &mut tx, (&store, &shift), record).await?;
    let paid = Paid {
        producer: (
            part.producer_id,
            producers::find_name(&mut tx, part.producer_id).await?.unwrap_or_default(),
        ),
        open: &open,
        settles,
        language: Language::Vi,
        amount: part.paid,
        how: format!("Cơ sở trả, phiếu {}", part.number),
        to_account: String::new(),
        entry,
        approved_by: String::new(),
    };
    let body = settlement_paper::body(&mut tx, paid).await?;
    let head = Head { settings: settings.as_ref(), business_date: shift.business_date };
    let slip = head.slip(app, &nobody(&shift), (voucher, Language::Vi), body);
    keep(app, &mut tx, &slip, Issue::default()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Who stands on the paper: the counter, and nobody at it.
fn nobody(shift: &Shift) -> Seat {
    let cashier_id = CashierId::from_uuid(Uuid::nil());
    Seat { counter: shift.counter.clone(), cashier_id, cashier: String::new(), manager: false }
}
