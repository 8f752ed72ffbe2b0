//! What people do while they count: they begin, scan, type a number, count again, give up. What is done in an area answers with the
//! parts of its page.

use axum::Json;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use web::{Fault, Lang};

use super::goods::{PickGoods, ScanGoods};
use super::refund::done;
use super::stocktake::{self, STOCKTAKE, StocktakeState, address, under};
use super::visit::{Visit, Wanted, check_op_id};
use super::{find, note, results};
use crate::counter::note::{Counting, Level};
use crate::counter::stocktake::{self as counting, Count, HowMuch, read_quantity};
use crate::counter::{CounterState, Note};
use crate::db::products;

/// A stocktake to begin.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginStocktake {
    /// Names this form; posting it twice begins one.
    op_id: String,
    /// What it is called; may be empty.
    title: String,
    /// Where counting begins.
    area: String,
}

/// A stocktake to give up.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveUpStocktake {
    op_id: String,
    stocktake_id: Uuid,
}

/// A product to be counted again.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgainOf {
    op_id: String,
    product_id: Uuid,
}

/// How much of a product an area has.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TypeCount {
    product_id: Uuid,
    /// As typed; 0 for none.
    quantity: String,
}

/// Begins a stocktake.
pub async fn begin(visit: Visit, Form(form): Form<BeginStocktake>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let state = visit.ok(counting::begin(&visit.app, &visit.seat, &op_id, &form.title).await)?;
    let has_begun = matches!(state.note, Note::Counting(Counting::StocktakeBegun));
    let to = if has_begun { address(&form.area) } else { STOCKTAKE.to_owned() };
    done(&visit, state, &to)
}

/// Lets a product be counted again, and leads back to where people count.
pub async fn begin_again(visit: Visit, Form(form): Form<AgainOf>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let product_id = form.product_id.into();
    let state = visit.ok(counting::count_again(&visit.app, &visit.seat, &op_id, product_id).await)?;
    done(&visit, state, STOCKTAKE)
}

/// Gives a stocktake up.
pub async fn give_up(visit: Visit, Form(form): Form<GiveUpStocktake>) -> Result<Response, Fault> {
    let op_id = check_op_id(&form.op_id)?;
    let state = visit.ok(counting::give_up(&visit.app, &visit.seat, &op_id, form.stocktake_id).await)?;
    done(&visit, state, STOCKTAKE)
}

/// Searches products by words. What the shelf should have of them is not told.
pub async fn search(
    visit: Visit,
    Path(area): Path<String>,
    Query(search): Query<results::Search>,
) -> Result<Response, Fault> {
    let found = results::find(&visit, search.words()).await?;
    Ok(results::blind(visit.lang, &found, &under(&area, "pick")).into_response())
}

/// Counts one more of what was scanned. A product that was found by words waits for its number.
pub async fn scan(
    visit: Visit,
    Path(area): Path<String>,
    Form(form): Form<ScanGoods>,
) -> Result<Response, Fault> {
    let pick = under(&area, "pick");
    let offer = |lang: Lang, found: &[results::FoundState]| results::blind(lang, found, &pick);
    let one = match find::one_of(&visit, form.code(), offer).await? {
        Ok(one) => one,
        Err(told) => return Ok(told.into_response()),
    };
    if !one.is_scanned {
        return show(&visit, &area, one.product_id).await;
    }
    let how_much = HowMuch::OneMore;
    let state =
        count_so(&visit, Count { product_id: one.product_id.into(), area: area.clone(), how_much }).await?;
    answer(&visit, state, &area, Some(one.product_id)).await
}

/// Shows a product whose number is to be typed.
pub async fn pick(
    visit: Visit,
    Path(area): Path<String>,
    Form(form): Form<PickGoods>,
) -> Result<Response, Fault> {
    show(&visit, &area, form.product_id()).await
}

/// Keeps a typed number.
pub async fn count(
    visit: Visit,
    Path(area): Path<String>,
    Form(form): Form<TypeCount>,
) -> Result<Response, Fault> {
    let state = match read_quantity(&form.quantity) {
        Ok(quantity) => {
            let how_much = HowMuch::Exactly(quantity);
            count_so(&visit, Count { product_id: form.product_id.into(), area: area.clone(), how_much })
                .await?
        }
        Err(refused) => visit.state(refused).await?,
    };
    // What was wrong is typed again.
    let shown = (state.note.level() == Level::Bad).then_some(form.product_id);
    answer(&visit, state, &area, shown).await
}

/// Lets a product be counted again from the beginning.
pub async fn again(
    visit: Visit,
    Path(area): Path<String>,
    Form(form): Form<PickGoods>,
) -> Result<Response, Fault> {
    let op_id = visit.request(Uuid::nil())?.op_id;
    let product_id = form.product_id().into();
    let state = visit.ok(counting::count_again(&visit.app, &visit.seat, &op_id, product_id).await)?;
    answer(&visit, state, &area, None).await
}

async fn count_so(visit: &Visit, count: Count) -> Result<CounterState, Fault> {
    let op_id = visit.request(Uuid::nil())?.op_id;
    visit.ok(counting::count(&visit.app, &visit.seat, &op_id, &count).await)
}

async fn show(visit: &Visit, area: &str, product_id: Uuid) -> Result<Response, Fault> {
    let (name, _) = name_of(visit, product_id).await?;
    let state = visit.state(Note::Counting(Counting::TypeHowMuch { name })).await?;
    answer(visit, state, area, Some(product_id)).await
}

async fn name_of(visit: &Visit, product_id: Uuid) -> Result<(String, String), Fault> {
    let mut reader = visit.ok(visit.app.db().read().acquire().await.map_err(crate::db::Error::from))?;
    let found = visit.ok(products::find_name(&mut reader, product_id.into()).await)?;
    found.ok_or_else(Fault::not_found)
}

/// Answers with the note and the parts of the area's page; `shown` is the product whose number can be typed.
async fn answer(
    visit: &Visit,
    state: CounterState,
    area: &str,
    shown: Option<Uuid>,
) -> Result<Response, Fault> {
    if visit.wanted == Wanted::Json {
        let refused = state.note.level() == Level::Bad;
        let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        return Ok((status, Json(state)).into_response());
    }
    let Some(shelf) = stocktake::load(visit, Some(area)).await? else {
        return Ok(note::fragment(visit.lang, &Note::Counting(Counting::NoStocktake)).into_response());
    };
    let picked = match shown {
        Some(product_id) => picked(visit, &shelf, &state.note, product_id).await?,
        None => stocktake::nothing_picked(),
    };
    let markup = html! {
        (note::fragment(visit.lang, &state.note))
        (picked)
        (stocktake::here(visit.lang, &shelf))
        (stocktake::again(visit.lang, &shelf))
    };
    Ok(markup.into_response())
}

/// The field has the cursor unless a scanner goes on counting.
async fn picked(
    visit: &Visit,
    shelf: &StocktakeState,
    told: &Note,
    product_id: Uuid,
) -> Result<Markup, Fault> {
    let (name, unit) = name_of(visit, product_id).await?;
    let goes_on = matches!(told, Note::Counting(Counting::Counted { .. }));
    Ok(stocktake::picked(visit.lang, shelf, (product_id, &name, &unit), !goes_on))
}
