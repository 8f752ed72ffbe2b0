//! Deliveries that a producer announces: the store learns of them with the catalogue, and nothing else follows.

use domain::Quantity;
use domain::catalog::SoldBy;
use domain::ids::{ProductId, StoreId};
use protocol::wire::{AnnouncedRow, CatalogueRow};
use time::{Date, Duration};
use uuid::Uuid;
use web::format::local_date;

use crate::app::App;
use crate::db::Tx;
use crate::db::announced::{self, Kept, NewDelivery};
use crate::db::audit::{self, Act};
use crate::db::catalogue::{self, Audience, News};
use crate::db::products;
use crate::db::users::ProducerScope;
use crate::error::{Error, Refusal, Result};

/// Goods can be announced so many days ahead.
pub const DAYS_AHEAD_MAX: i64 = 60;
/// Announcements of one producer that are open at a time.
const OPEN_MAX: i64 = 50;

/// What is announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Drawn with the form: sent twice, it announces once. Nil for none, as in a page that was open since before forms had one.
    pub id: Uuid,
    /// Where to.
    pub store_id: StoreId,
    /// What.
    pub product_id: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// When.
    pub comes_on: Date,
}

/// Announces goods, and tells the store; announced before from the same form, it stays as it is. A form that was filled in anew after
/// Back, or sent again after its announcement was taken back, announces another time. Returns the announcement.
///
/// # Errors
/// [`Refusal::Invalid`] names the field: `store`, `product`, `quantity`, `day`, or `many` for too many at a time. When the database
/// fails.
pub async fn announce(app: &App, (scope, login): (ProducerScope, &str), wanted: &Wanted) -> Result<Uuid> {
    let (now_ms, invalid) = (app.clock.now_ms(), |what, rule| Err(Refusal::Invalid { what, rule }.into()));
    let today = local_date(now_ms);
    let has = |choices: &[announced::Choice], id: Uuid| choices.iter().any(|choice| choice.id == id);
    if !has(&announced::list_stores(&app.db, scope).await?, wanted.store_id.uuid()) {
        return invalid("store", "one that can have these goods");
    }
    let product = products::find(&app.db, wanted.product_id).await?;
    let Some(product) = product
        .filter(|product| product.status == "active" && product.producer_id == Some(scope.producer_id()))
    else {
        return invalid("product", "one of the producer's that is on sale");
    };
    let is_whole = product.sold_by == SoldBy::Weight || wanted.quantity.is_whole();
    if wanted.quantity.sellable().is_err() || !is_whole {
        return invalid("quantity", "above zero, whole pieces of what is sold by the piece");
    }
    if !(today..=today + Duration::days(DAYS_AHEAD_MAX)).contains(&wanted.comes_on) {
        return invalid("day", "today, or at most 60 days ahead");
    }
    let Wanted { id, store_id, product_id, quantity, comes_on } = *wanted;
    let mut tx = app.db.begin().await?;
    // So that two of one form, sent at the same moment, come one after the other.
    catalogue::lock(&mut tx).await?;
    let id = if id.is_nil() { app.clock.new_uuid() } else { id };
    let (id, is_kept) = place_of(&mut tx, scope, &Wanted { id, ..*wanted }).await?;
    if is_kept {
        return Ok(id);
    }
    let new = NewDelivery { id, store_id, product_id, quantity, comes_on, announced_on: today };
    if announced::count_open(&mut tx, scope, today).await? >= OPEN_MAX {
        return invalid("many", "at most 50 at a time");
    }
    announced::insert(&mut tx, scope, &new, (login, now_ms)).await?;
    let row = AnnouncedRow {
        id,
        producer: scope.producer_id().uuid(),
        product: product_id.uuid(),
        quantity: quantity.milli(),
        comes_on,
        announced_on: today,
    };
    let news = News::of(&CatalogueRow::Announced(row), Audience::Store(store_id))?;
    catalogue::publish(&mut tx, vec![news], now_ms).await?;
    finish(app, tx, (login, "delivery.announce"), id).await?;
    Ok(id)
}

/// Returns where an announcement stands, or is to stand: the form's own id, or the next one that follows from it where the form was sent
/// with something else before, or its announcement was taken back. What is sent twice comes to the same place. True where it stands.
async fn place_of(tx: &mut Tx, scope: ProducerScope, wanted: &Wanted) -> Result<(Uuid, bool)> {
    let mut id = wanted.id;
    while let Some(kept) = announced::find_in(tx, id).await? {
        if is_open_as(&kept, scope, wanted) {
            return Ok((id, true));
        }
        id = following(id, scope, wanted);
    }
    Ok((id, false))
}

fn following(id: Uuid, scope: ProducerScope, wanted: &Wanted) -> Uuid {
    let (producer, store, product) =
        (scope.producer_id().uuid(), wanted.store_id.uuid(), wanted.product_id.uuid());
    let content = format!("{producer} {store} {product} {} {}", wanted.quantity.milli(), wanted.comes_on);
    Uuid::new_v5(&id, content.as_bytes())
}

/// Says whether the producer announced just this, and has not taken it back.
fn is_open_as(kept: &Kept, scope: ProducerScope, wanted: &Wanted) -> bool {
    let told = (kept.store_id, kept.product_id, kept.quantity, kept.comes_on);
    !kept.is_ended
        && kept.producer_id == scope.producer_id()
        && told == (wanted.store_id, wanted.product_id, wanted.quantity, wanted.comes_on)
}

/// Takes an announcement back, and tells the store.
///
/// # Errors
/// [`Error::NotFound`] for one that is not the producer's, or was taken back before; when the database fails.
pub async fn end(app: &App, (scope, login): (ProducerScope, &str), id: Uuid) -> Result<()> {
    let now_ms = app.clock.now_ms();
    let mut tx = app.db.begin().await?;
    if !announced::update_ended(&mut tx, scope, id, now_ms).await? {
        return Err(Error::NotFound("delivery"));
    }
    catalogue::publish(&mut tx, vec![News::gone("announced", id)], now_ms).await?;
    finish(app, tx, (login, "delivery.take_back"), id).await
}

async fn finish(app: &App, tx: Tx, (actor, action): (&str, &str), id: Uuid) -> Result<()> {
    let subject = id.to_string();
    let act = Act { at_ms: app.clock.now_ms(), actor, action, subject: &subject, detail: "" };
    audit::commit(tx, &act).await
}
