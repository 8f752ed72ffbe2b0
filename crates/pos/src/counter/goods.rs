//! Goods that come in, in simple form: a producer brings consigned goods, or the store has bought some.

use domain::fact::ReceivedLine;
use domain::ids::{LotId, ProducerId, ProductId};
use domain::stock::{Location, Lot, Owner};
use domain::{Quantity, name_fold};
use protocol::Kind;
use protocol::payload::{self, GoodsIn, GoodsInLine, GoodsInPrivate};
use time::Date;

use super::{CounterError, CounterState, Note, Result, Seat, state};
use crate::App;
use crate::db::{Tx, combos, operations, products, shifts, stock};
use crate::journal::{Draft, JournalError, Writer};

/// The most lines of one delivery.
pub const LINES_MAX: usize = 200;
/// The longest lot code, in characters.
const CODE_MOST: usize = 40;

/// One line of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGoods {
    /// What.
    pub product_id: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// Last day of sale, if the pack has one.
    pub expires_on: Option<Date>,
    /// What the pack says.
    pub code: Option<String>,
    /// Whose; `None` for goods that the store bought.
    pub producer_id: Option<ProducerId>,
}

/// Records a delivery: each line is a lot of its own. What had been sold of a product before it came is covered first.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn receive(app: &App, seat: &Seat, op_id: &str, goods: Vec<NewGoods>) -> Result<CounterState> {
    if goods.is_empty() || goods.len() > LINES_MAX {
        return state::load(app, seat, Note::BadField { field: "lines".to_owned() }, None).await;
    }
    if goods.iter().any(|line| line.quantity.sellable().is_err()) {
        return state::load(app, seat, Note::BadQuantity { whole: false }, None).await;
    }
    let writer = app.writer().await?.ok_or(CounterError::NotEnrolled)?;
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, op_id, app.clock().now_ms()).await? {
        return state::load(app, seat, Note::Ready, None).await;
    }
    for line in &goods {
        if combos::is_combo(&mut tx, line.product_id).await? {
            return state::load(app, seat, Note::ComboNotStocked, None).await;
        }
    }
    let today = web::format::local_date(app.clock().now_ms());
    let date = shifts::find_open(&mut tx, &seat.counter).await?.map_or(today, |shift| shift.business_date);
    let lines = goods.len();
    append(&mut tx, &writer, seat, date, goods).await?;
    tx.commit().await?;
    app.tell_appended();
    app.tell_changed();
    state::load(app, seat, Note::Received { lines }, None).await
}

async fn append(tx: &mut Tx, writer: &Writer, seat: &Seat, date: Date, goods: Vec<NewGoods>) -> Result<()> {
    let (mut shared, mut outside) = (Vec::new(), Vec::new());
    let mut covered = std::collections::BTreeMap::new();
    for new in goods {
        let offer = products::load_offer(tx, new.product_id, date).await?;
        let in_programme = offer.in_catalogue || new.producer_id.is_some();
        let line = line(tx, writer, date, new, &mut covered).await?;
        let side = if in_programme { &mut shared } else { &mut outside };
        side.push(GoodsInLine::from(&line));
    }
    let delivery =
        GoodsIn { delivery: writer.clock.new_uuid(), cashier: seat.cashier_id.uuid(), lines: shared };
    let private = GoodsInPrivate { salt: writer.salt(), lines: outside };
    let mut draft = Draft::new(Kind::GoodsIn, date, &delivery, writer.salt())?;
    draft.private = payload::write(&private).map_err(JournalError::from)?;
    writer.append(tx, draft).await?;
    Ok(())
}

async fn line(
    tx: &mut Tx,
    writer: &Writer,
    received_on: Date,
    new: NewGoods,
    covered: &mut std::collections::BTreeMap<ProductId, i64>,
) -> Result<ReceivedLine> {
    let unreceived = LotId::unreceived(writer.store_id, new.product_id);
    let on_shelf = stock::load_quantity(tx, new.product_id, unreceived, Location::Shelf).await?;
    let already = covered.entry(new.product_id).or_default();
    let covers = (-on_shelf.milli() - *already).clamp(0, new.quantity.milli());
    *already += covers;
    let code = new.code.map(|code| code.trim().chars().take(CODE_MOST).collect::<String>());
    Ok(ReceivedLine {
        lot: Lot {
            id: LotId::from_uuid(writer.clock.new_uuid()),
            product_id: new.product_id,
            owner: Owner::from(new.producer_id),
            received_on,
            expires_on: new.expires_on,
            code: code.filter(|code| !name_fold::name_fold(code).is_empty()),
        },
        quantity: new.quantity,
        covers_unreceived: Quantity::from_milli(covers),
    })
}
