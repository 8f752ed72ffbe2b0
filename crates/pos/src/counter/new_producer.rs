//! A producer whom nobody knew, added when the goods come: a name is enough. The department gets the name; telephone, address and
//! identity number stay in the store.

use domain::ids::ProducerId;
use domain::name_fold::name_fold;
use protocol::Kind;
use protocol::payload::{ProvisionalProducer, ProvisionalProducerPrivate};

use super::note::Delivering;
use super::{CounterError, CounterState, Note, Result, Seat, state, words};
use crate::App;
use crate::db::counters::{self, Counter};
use crate::db::{operations, producers};
use crate::journal::Draft;

/// The longest name or address, in characters.
const TEXT_MOST: usize = 120;
/// The longest telephone or identity number.
const NUMBER_MOST: usize = 20;

/// What the cashier tells of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewProducer {
    /// Name of the household, co-operative or company.
    pub name: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Where they live; may be empty.
    pub address: String,
    /// Identity card or tax number; may be empty.
    pub id_number: String,
    /// Another one of this name is known, and this is somebody else.
    pub is_another: bool,
}

/// Adds a producer; returns the counter's state with who it is, or why not.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn add(
    app: &App,
    seat: &Seat,
    op_id: &str,
    new: &NewProducer,
) -> Result<(CounterState, Option<ProducerId>)> {
    let told = async |note| Ok((state::load(app, seat, note, None).await?, None));
    let name = words(&new.name, TEXT_MOST);
    let folded = name_fold(&name);
    if folded.is_empty() {
        return told(Note::BadField { field: "name".to_owned() }).await;
    }
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, op_id, app.clock().now_ms()).await? {
        return told(Note::Ready).await;
    }
    if !new.is_another && producers::is_known(&mut tx, &folded).await? {
        return told(Note::Delivering(Delivering::ProducerKnown { name })).await;
    }
    let Counter { store, shift, .. } = counters::load_counter(&mut tx, &seat.counter).await?;
    let store = store.ok_or(CounterError::NotEnrolled)?;
    let today = web::format::local_date(app.clock().now_ms());
    let date = shift.map_or(today, |shift| shift.business_date);
    let writer = app.writer_of(store.store_id);
    let producer_id = app.clock().new_uuid();
    let shared =
        ProvisionalProducer { cashier: seat.cashier_id.uuid(), producer: producer_id, name: name.clone() };
    let private = ProvisionalProducerPrivate {
        salt: writer.salt(),
        phone: words(&new.phone, NUMBER_MOST),
        address: words(&new.address, TEXT_MOST),
        id_number: words(&new.id_number, NUMBER_MOST),
    };
    let draft = Draft::both(Kind::ProvisionalProducer, date, (&shared, &private))?;
    writer.append(&mut tx, draft).await?;
    tx.commit().await?;
    app.tell_appended();
    app.tell_changed();
    let note = Note::Delivering(Delivering::ProducerAdded { name });
    Ok((state::load(app, seat, note, None).await?, Some(producer_id.into())))
}
