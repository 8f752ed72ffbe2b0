//! Settling with a producer for all stores of an operator at once, with money from the operator's own account. What is decided
//! here goes to the stores with the catalogue; each closes its own journal and records its part ([`crate::db::joint_settlements`]).

use domain::Money;
use domain::ids::{ProducerId, crockford};
use domain::joint_settlement::share;
use protocol::wire::{CatalogueRow, JointPartRow};
use time::{Date, Duration};
use uuid::Uuid;
use web::format::local_date;

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::catalogue::{self, Audience, News};
use crate::db::joint_settlements::{self, Asker, NewJoint, NewPart, StoreOwes};
use crate::db::users::OperatorScope;
use crate::db::{Tx, producers, streams};
use crate::error::{Error, Refusal, Result};

/// Money that was sent so many days ago can still be recorded.
pub const DAYS_AGO_MAX: i64 = 60;

/// What is to be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Drawn with the form; the same again changes nothing.
    pub id: Uuid,
    /// With whom.
    pub producer_id: ProducerId,
    /// What the page showed as owed; when it is another sum by now, nothing is done.
    pub shown: Money,
    /// What was sent; zero settles without paying.
    pub amount: Money,
    /// When.
    pub paid_on: Date,
}

/// Settles, and tells the stores.
///
/// # Errors
/// [`Refusal::Invalid`] names the field: `shown` when the figures changed since, `amount`, `day`, or `nothing` when the producer has
/// no account with the operator's stores. [`Error::NotFound`] for no producer. When the database fails.
pub async fn settle(app: &App, (scope, login): (OperatorScope, &str), wanted: &Wanted) -> Result<Uuid> {
    let (now_ms, invalid) = (app.clock.now_ms(), |what, rule| Err(Refusal::Invalid { what, rule }.into()));
    let mut tx = app.db.begin().await?;
    let producer = producers::find_in(&mut tx, wanted.producer_id).await?;
    let producer = producer.ok_or(Error::NotFound("producer"))?;
    let stores = lock_owing(&mut tx, scope, wanted.producer_id).await?;
    if joint_settlements::find_in(&mut tx, Asker::Operator(scope), wanted.id).await?.is_some() {
        return Ok(wanted.id);
    }
    if stores.is_empty() {
        return invalid("nothing", "a producer whose goods the stores had");
    }
    let today = local_date(now_ms);
    if !(today - Duration::days(DAYS_AGO_MAX)..=today).contains(&wanted.paid_on) {
        return invalid("day", "today, or at most 60 days ago");
    }
    let owed: Vec<Money> = stores.iter().map(StoreOwes::left).collect();
    if Money::sum(owed.iter().copied()) != Ok(wanted.shown) {
        return invalid("shown", "as it is now: look at the figures again");
    }
    let Some(shares) = share(&owed, wanted.amount) else {
        return invalid("amount", "0 đồng, or at most what is owed");
    };
    let parts: Vec<NewPart> = stores
        .iter()
        .zip(owed.into_iter().zip(shares))
        .map(|(store, (owed, paid))| NewPart {
            id: app.clock.new_uuid(),
            store_id: store.store_id,
            owed,
            paid,
        })
        .collect();
    let Wanted { id, producer_id, paid_on, amount, .. } = *wanted;
    let number = number_of(id, today);
    let new = NewJoint { id, producer_id, number: &number, paid_on, made_at_ms: now_ms, made_by: login };
    joint_settlements::insert(&mut tx, scope.operator_id(), new, &parts).await?;
    let news = parts.iter().map(|part| told(part, &number, wanted)).collect::<Result<_>>()?;
    catalogue::publish(&mut tx, news, now_ms).await?;
    let (subject, detail) = (id.to_string(), format!("{number} {} {amount}", producer.name));
    let act =
        Act { at_ms: now_ms, actor: login, action: "settlement.joint", subject: &subject, detail: &detail };
    audit::commit(tx, &act).await?;
    Ok(id)
}

/// Returns the number on papers: `TC-261123-7Q3FK`. It counts nothing, so that it tells no producer of settlements with others.
fn number_of(id: Uuid, today: Date) -> String {
    let (year, month, day) = (today.year().rem_euclid(100), u8::from(today.month()), today.day());
    format!("TC-{year:02}{month:02}{day:02}-{}", crockford(id.as_u128(), 5))
}

/// Returns the stores, of which nobody else settles or counts anything until the commit: of two forms at once the second sees
/// what the first did.
async fn lock_owing(tx: &mut Tx, scope: OperatorScope, producer_id: ProducerId) -> Result<Vec<StoreOwes>> {
    for store in joint_settlements::list_owing_in(tx, scope, producer_id).await? {
        streams::lock_store(tx, store.store_id).await?;
    }
    joint_settlements::list_owing_in(tx, scope, producer_id).await
}

fn told(part: &NewPart, number: &str, wanted: &Wanted) -> Result<News> {
    let row = JointPartRow {
        id: part.id,
        number: number.to_owned(),
        producer: wanted.producer_id.uuid(),
        paid: part.paid.vnd(),
        paid_on: wanted.paid_on,
    };
    News::of(&CatalogueRow::JointPart(row), Audience::Store(part.store_id))
}
