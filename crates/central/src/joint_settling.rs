//! Settling with a producer for all stores of an operator at once, with money from the operator's own account. What is decided
//! here goes to the stores with the catalogue; each closes its own journal and records its part ([`crate::db::joint_settlements`]).

use domain::Money;
use domain::ids::{OperatorId, ProducerId, crockford};
use domain::joint_settlement::share;
use domain::vietqr::{Purpose, VietQrError};
use protocol::wire::{CatalogueRow, JointPartRow};
use time::{Date, Duration};
use uuid::Uuid;
use web::format::local_date;

use crate::app::App;
use crate::db::audit::{self, Act};
use crate::db::catalogue::{self, Audience, News};
use crate::db::joint_settlements::{self, Asker, Joint, NewJoint, NewPart, StoreOwes};
use crate::db::users::OperatorScope;
use crate::db::{Tx, producers, streams};
use crate::error::{Error, Refusal, Result};

/// Money that was sent so many days ago can still be recorded.
pub const DAYS_AGO_MAX: i64 = 60;

/// What is to be settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// As [`next_in`] told the form; the same again by the same login changes nothing.
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
/// [`Refusal::Invalid`] names the field: `shown` when the figures changed since, or the id is not that of the next one; `amount`,
/// `day`, or `nothing` when the producer has no account with the operator's stores. [`Error::NotFound`] for no producer. When the
/// database fails.
pub async fn settle(app: &App, (scope, login): (OperatorScope, &str), wanted: &Wanted) -> Result<Uuid> {
    let (now_ms, invalid) = (app.clock.now_ms(), |what, rule| Err(Refusal::Invalid { what, rule }.into()));
    let mut tx = app.db.begin().await?;
    let producer = producers::find_in(&mut tx, wanted.producer_id).await?;
    let producer = producer.ok_or(Error::NotFound("producer"))?;
    let stores = lock_owing(&mut tx, scope, wanted.producer_id).await?;
    if let Some(known) = joint_settlements::find_in(&mut tx, Asker::Operator(scope), wanted.id).await? {
        // Of somebody else, or of another sum: taken for this one, what was sent now would be recorded nowhere.
        return if wanted.is(&known, login) { Ok(known.id) } else { invalid("shown", "not recorded yet") };
    }
    if stores.is_empty() {
        return invalid("nothing", "a producer whose goods the stores had");
    }
    let today = local_date(now_ms);
    if !(today - Duration::days(DAYS_AGO_MAX)..=today).contains(&wanted.paid_on) {
        return invalid("day", "today, or at most 60 days ago");
    }
    let id = next_in(&mut tx, scope, wanted.producer_id).await?;
    let owed: Vec<Money> = stores.iter().map(StoreOwes::left).collect();
    if id != wanted.id || Money::sum(owed.iter().copied()) != Ok(wanted.shown) {
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
    let Wanted { producer_id, paid_on, amount, .. } = *wanted;
    let number = number_of(id, paid_on);
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

impl Wanted {
    /// True when a settlement is what this asks for, made by the same login.
    fn is(&self, known: &Joint, login: &str) -> bool {
        (known.producer_id, known.paid, known.paid_on) == (self.producer_id, self.amount, self.paid_on)
            && known.made_by == login
    }
}

/// Returns the id of the settlement that comes next, by how many were made: none of them is ever taken back, and clocks may be set.
///
/// # Errors
/// When the database fails.
pub async fn next_in(tx: &mut Tx, scope: OperatorScope, producer_id: ProducerId) -> Result<Uuid> {
    let made = joint_settlements::count_in(tx, scope, producer_id).await?;
    Ok(next_id(scope.operator_id(), producer_id, made))
}

/// Returns the id of the settlement that comes after so many with a producer. It stays the same until that is made, since the
/// transfer names it: a page that is loaded anew on the same day shows the same number. The number carries the day too, so that
/// of a transfer that is recorded with another day ends alike and begins otherwise.
fn next_id(operator_id: OperatorId, producer_id: ProducerId, made: i64) -> Uuid {
    let operator = operator_id.uuid();
    let name = [operator.as_bytes().as_slice(), made.to_be_bytes().as_slice()].concat();
    Uuid::new_v5(&producer_id.uuid(), &name)
}

/// Returns the number on papers, `TC-261123-7Q3FK`, with the day on which the money was sent, as the transfer names it. It counts
/// nothing, so that it tells no producer of settlements with others.
pub fn number_of(id: Uuid, paid_on: Date) -> String {
    let (year, month, day) = (paid_on.year().rem_euclid(100), u8::from(paid_on.month()), paid_on.day());
    format!("TC-{year:02}{month:02}{day:02}-{}", crockford(id.as_u128(), 5))
}

/// Returns what the bank's statements say of a transfer that pays a settlement: `Tien hang TC 261123 7Q3FK`, as long as it may be.
///
/// # Errors
/// When the number is longer than any of ours.
pub fn purpose_of(number: &str) -> Result<Purpose, VietQrError> {
    Purpose::fold(&format!("Tien hang {number}"))
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

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn the_next_id_is_of_both_and_of_how_many_were_before() {
        let next = |operator, producer, made| {
            let (operator, producer) = (Uuid::from_u128(operator), Uuid::from_u128(producer));
            next_id(operator.into(), producer.into(), made)
        };
        let first = next(1, 2, 0);
        assert_eq!(first, next(1, 2, 0));
        for other in [next(1, 2, 1), next(2, 1, 0), next(1, 3, 0), next(3, 2, 0)] {
            assert_ne!(first, other);
        }
    }

    #[test]
    fn a_number_fits_into_the_words_of_a_transfer() {
        let number = number_of(Uuid::from_u128(u128::MAX), date!(2026 - 11 - 03));
        assert_eq!(number, "TC-261103-ZZZZZ");
        assert_eq!(purpose_of(&number).unwrap().as_str(), "Tien hang TC 261103 ZZZZZ");
    }
}
