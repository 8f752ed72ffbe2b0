//! Goods of a product that a counter added and that is another one: the shelf's lots become lots of that one, by entries as when
//! goods are packed anew. No paper comes with it: nobody carries anything.

use domain::ids::{LotId, ProductId};
use domain::merge::{Shelf, merge};

use super::act::Act;
use super::note::Delivering;
use super::repack::{Why, append};
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::{lots, merged};

/// Makes what the shelf has of a product what it is. All of it, or nothing.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn merge_goods(app: &App, seat: &Seat, op_id: &str, product_id: ProductId) -> Result<CounterState> {
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let Some((other_id, name)) = merged::find_other(&mut act.tx, product_id).await? else {
        let note = Note::BadField { field: "product".to_owned() };
        return state::load(app, seat, note, None).await;
    };
    let from = lots::list_all(&mut act.tx, product_id).await?;
    let into = lots::list_all(&mut act.tx, other_id).await?;
    let shelf = |product_id, lots| Shelf { product_id, lots };
    let day = act.shift.business_date;
    let new_id = || LotId::from_uuid(app.clock().new_uuid());
    let goods = merge(shelf(product_id, &from), shelf(other_id, &into), day, new_id);
    if goods.is_empty() {
        return state::load(app, seat, Note::NothingChosen, None).await;
    }
    for repacked in &goods {
        // Central knows both, or it could not have said that they are one.
        append(app, &mut act, seat, (repacked, true), Why { reason: &name, approved: None }).await?;
    }
    act.commit(app, seat, Note::Delivering(Delivering::Merged { name })).await
}
