//! Which products a point is meant to carry: ticked in the catalogue, or as another point has them. Its till sells the whole catalogue all
//! the same.

use std::collections::BTreeSet;

use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{PointId, ProductId};
use serde::{Deserialize, Serialize};
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Fault;
use web::format::local_date;

use super::chosen_page::{self, Choices};
use super::detail::{ChosenOfPoint, PointReport};
use super::edit::Pairs;
use super::{find, frame, id_of, may_act};
use crate::admin::points::CHOSEN_MAX;
use crate::app::App;
use crate::db::Db;
use crate::db::keyset;
use crate::db::points::{chosen, list as point_list};
use crate::db::product_list::{self, Picked};
use crate::db::users::Role;
use crate::error::Result as Found;
use crate::web::point_open_texts::PointOpenTexts;
use crate::web::products::filter::ProductsQuery;
use crate::web::products::report::{self as products, ProductOfList};
use crate::web::products::{file as catalogue_file, with_barcode};
use crate::web::provisional::form::Choices as Groups;
use crate::web::sheet_file::Download;
use crate::web::visit::{Visit, Wanted};
use crate::web::workbook::{Cell, ROWS_MOST};
use crate::web::{lists, shell};

/// Rows on a page: what a form of ticks holds.
const ROWS: usize = 200;
/// The most points that are offered.
const POINTS_MAX: usize = 500;

/// Beside the filter of products: those that are chosen alone, and what just happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ChosenQuery {
    /// `yes` for the products that are chosen alone.
    pub chosen: String,
    /// `saved` or `taken`.
    pub done: String,
}

impl ChosenQuery {
    /// True when those that are chosen alone are asked for.
    pub fn is_narrow(&self) -> bool {
        self.chosen == "yes"
    }
}

/// Products on sale, with whether they are chosen for a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PointProductsReport {
    /// The point.
    pub point_id: Uuid,
    /// Its name.
    pub name: String,
    /// How much is chosen for it.
    pub chosen: ChosenOfPoint,
    /// A page of the products that are picked, by name.
    pub products: Vec<ProductOfPoint>,
    /// How many are picked.
    pub product_count: i64,
    /// How many of them can be chosen: combos cannot.
    pub choosable_count: i64,
    /// For the page before: the field `before` of its address.
    pub page_before: Option<Uuid>,
    /// For the page behind: the field `after` of its address.
    pub page_after: Option<Uuid>,
}

/// A product on sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProductOfPoint {
    /// The product.
    #[serde(flatten)]
    pub product: ProductOfList,
    /// It is chosen for the point.
    pub is_chosen: bool,
}

/// What is asked for.
pub type Asked<'a> = (&'a ProductsQuery, &'a ChosenQuery);

/// Returns where the page of a point is.
pub fn path(point_id: Uuid) -> String {
    format!("/points/{point_id}/products")
}

/// Returns what stands behind the question mark, without the page.
pub fn query_text((filter, only): Asked<'_>) -> String {
    let mut pairs = filter.pairs();
    pairs.push(("chosen", &only.chosen));
    lists::query_text(&pairs)
}

/// Returns the address of what is asked for, its page of rows with it.
pub fn address(point_id: Uuid, (filter, only): Asked<'_>) -> String {
    let mut pairs = filter.pairs();
    let own = [("chosen", &only.chosen), ("after", &filter.after), ("before", &filter.before)];
    pairs.extend(own.map(|(name, value)| (name, value.as_str())));
    lists::href(&path(point_id), "", lists::query_text(&pairs), None)
}

/// The products: a page, or the same as JSON.
#[utoipa::path(
    get, path = "/points/{point}/products", tag = "stores",
    params(("point" = String, Path, description = "the point"), ProductsQuery, ChosenQuery),
    responses(
        (status = 200, description = "products on sale by name; JSON by `Accept: application/json`", body = PointProductsReport),
        (status = 401, description = "nobody is signed in"), (status = 403, description = "not for this role"),
        (status = 404, description = "no such point, or a page that begins at no product"),
        (status = 422, description = "a code in the query is unknown"),
    ),
)]
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    (Query(filter), Query(only)): (Query<ProductsQuery>, Query<ChosenQuery>),
) -> Result<Response, Fault> {
    let (point, asked) = (find(&app, &visit, &point).await?, (&filter, &only));
    let report = load(&app, &visit, &point, asked).await?;
    if visit.wanted == Wanted::Json {
        return Ok(axum::Json(&report).into_response());
    }
    let choices = visit.ok(choices(&app, &visit, &point).await)?;
    let view = chosen_page::View {
        lang: visit.lang,
        csrf: &visit.csrf,
        may_act: may_act(&visit),
        opens: point.still_opens() && visit.user.role == Role::Admin,
        asked,
        choices: &choices,
        report: &report,
    };
    Ok(shell::page(&visit, &frame(&visit, &query_text(asked)), view.render()).into_response())
}

async fn choices(app: &App, visit: &Visit, point: &PointReport) -> Found<Choices> {
    let all =
        point_list::page(&app.db, &point_list::Picked::default(), &keyset::From::Start, POINTS_MAX).await?;
    let others = all.rows.into_iter().filter(|each| each.id.uuid() != point.point_id);
    Ok(Choices {
        groups: Groups::load(&app.db, visit.lang).await?.groups,
        points: others.map(|each| (each.id.to_string(), each.name)).collect(),
    })
}

async fn load(
    app: &App,
    visit: &Visit,
    point: &PointReport,
    asked: Asked<'_>,
) -> Result<PointProductsReport, Fault> {
    let today = local_date(app.clock.now_ms());
    let picked = picked(app, visit, point.point_id.into(), asked).await?;
    let cursor = asked.0.cursor()?;
    let place = match cursor.id() {
        Some(id) => visit.ok(product_list::find_place(&app.db, id).await)?,
        None => None,
    };
    let from = cursor.at(place)?;
    visit.ok(report(&app.db, point, &picked, (today, &from)).await)
}

/// What is on sale and asked for.
async fn picked(app: &App, visit: &Visit, id: PointId, (filter, only): Asked<'_>) -> Result<Picked, Fault> {
    let today = local_date(app.clock.now_ms());
    let picked = with_barcode(app, visit, filter.read(today).map_err(|_| Fault::unprocessable())?).await?;
    Ok(Picked { status: Some("active"), chosen_for: only.is_narrow().then_some(id), ..picked })
}

async fn report(
    db: &Db,
    point: &PointReport,
    picked: &Picked,
    (today, from): (Date, &keyset::From),
) -> Found<PointProductsReport> {
    let single = Picked { is_single: true, ..picked.clone() };
    let (page, product_count, choosable_count) = tokio::try_join!(
        product_list::page(db, picked, today, from, ROWS),
        product_list::count(db, picked, today),
        product_list::count(db, &single, today),
    )?;
    let (first, last) = (page.rows.first().map(|row| row.id), page.rows.last().map(|row| row.id));
    let rows = products::rows(db, page.rows, today).await?;
    Ok(PointProductsReport {
        point_id: point.point_id,
        name: point.name.clone(),
        chosen: point.chosen.clone(),
        products: marked(db, point.point_id.into(), rows).await?,
        product_count,
        choosable_count,
        page_before: first.filter(|_| page.has_before).map(ProductId::uuid),
        page_after: last.filter(|_| page.has_after).map(ProductId::uuid),
    })
}

async fn marked(db: &Db, id: PointId, rows: Vec<ProductOfList>) -> Found<Vec<ProductOfPoint>> {
    let ids: Vec<ProductId> = rows.iter().map(|row| row.product_id.into()).collect();
    let chosen = chosen::list_among(&mut db.begin_reading().await?, id, &ids).await?;
    let chosen: BTreeSet<Uuid> = chosen.into_iter().map(ProductId::uuid).collect();
    let mark =
        |product: ProductOfList| ProductOfPoint { is_chosen: chosen.contains(&product.product_id), product };
    Ok(rows.into_iter().map(mark).collect())
}

/// The same products, all of them, as a file.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Path(point): Path<String>,
    (Query(filter), Query(only)): (Query<ProductsQuery>, Query<ChosenQuery>),
) -> Result<Response, Fault> {
    let point = find(&app, &visit, &point).await?;
    let (id, today) = (point.point_id.into(), local_date(app.clock.now_ms()));
    let picked = picked(&app, &visit, id, (&filter, &only)).await?;
    // One more than the sheet takes, so that it can say that some are missing.
    let page = product_list::page(&app.db, &picked, today, &keyset::From::Start, ROWS_MOST + 1).await;
    let rows = visit.ok(products::rows(&app.db, visit.ok(page)?.rows, today).await)?;
    let marked = visit.ok(marked(&app.db, id, rows).await)?;
    let groups = visit.ok(Groups::load(&app.db, visit.lang).await)?.groups;
    let (flags, rows): (Vec<bool>, Vec<ProductOfList>) =
        marked.into_iter().map(|each| (each.is_chosen, each.product)).unzip();
    let mut sheet = catalogue_file::sheet(visit.lang, rows, &groups);
    sheet.head.push(visit.lang.chosen_yes().to_owned());
    for (row, is_chosen) in sheet.rows.iter_mut().zip(flags) {
        row.push(if is_chosen { Cell::text(visit.lang.chosen_yes()) } else { Cell::Empty });
    }
    file.answer(&visit, visit.lang.chosen_file(), vec![sheet]).await
}

/// Writes the ticks of a page, or chooses all that is picked but what was unticked on it.
pub async fn save(
    State(app): State<App>,
    visit: Visit,
    Path(point): Path<String>,
    (Query(filter), Query(only)): (Query<ProductsQuery>, Query<ChosenQuery>),
    Form(pairs): Pairs,
) -> Result<Response, Fault> {
    let (id, asked) = (id_of(&point)?, (&filter, &only));
    let (mut on, off) = ticks(&pairs)?;
    if pairs.iter().any(|(name, value)| name == "all" && value == "yes") {
        on = all(&app, &visit, id, asked).await?;
        on.retain(|product| !off.contains(product));
    }
    visit.ok(visit.admin().choose_point_products(id, &on, &off).await)?;
    Ok(go_on(&address(id.uuid(), asked), "saved"))
}

/// Every product that is picked and can be chosen; more than one choice takes are too many, and not offered.
async fn all(app: &App, visit: &Visit, id: PointId, asked: Asked<'_>) -> Result<Vec<ProductId>, Fault> {
    let today = local_date(app.clock.now_ms());
    let picked = Picked { is_single: true, ..picked(app, visit, id, asked).await? };
    let page = product_list::page(&app.db, &picked, today, &keyset::From::Start, CHOSEN_MAX).await;
    let page = visit.ok(page)?;
    if page.has_after {
        return Err(Fault::unprocessable());
    }
    Ok(page.rows.into_iter().map(|row| row.id).collect())
}

/// Returns which products were ticked since the page was shown, and which are not any more. What somebody else chose or took off
/// meanwhile stays so.
fn ticks(pairs: &[(String, String)]) -> Result<(Vec<ProductId>, Vec<ProductId>), Fault> {
    let ids = |field: &str| -> Result<BTreeSet<ProductId>, Fault> {
        let named = pairs.iter().filter(|(name, _)| name == field);
        named.map(|(_, id)| id.parse::<ProductId>().map_err(|_| Fault::not_found())).collect()
    };
    let (before, now) = (ids("was")?, ids("product")?);
    Ok((now.difference(&before).copied().collect(), before.difference(&now).copied().collect()))
}

/// Chooses what another point has.
pub async fn take(visit: Visit, Path(point): Path<String>, Form(pairs): Pairs) -> Result<Response, Fault> {
    let id = id_of(&point)?;
    let other = pairs.iter().find(|(name, _)| name == "from").map_or("", |(_, value)| value.as_str());
    if other.is_empty() {
        return Err(Fault::unprocessable());
    }
    visit.ok(visit.admin().take_over_point_products(id, id_of(other)?).await)?;
    Ok(go_on(&path(id.uuid()), "taken"))
}

fn go_on(address: &str, done: &str) -> Response {
    let sign = if address.contains('?') { '&' } else { '?' };
    Redirect::to(&format!("{address}{sign}done={done}")).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_changed_on_the_page_is_changed() {
        let id = |number: u128| Uuid::from_u128(number).to_string();
        let pair = |name: &str, number: u128| (name.to_owned(), id(number));
        let pairs =
            [pair("was", 1), pair("was", 2), pair("product", 2), pair("product", 3), pair("product", 3)];
        let told = |numbers: &[u128]| -> Vec<ProductId> {
            numbers.iter().map(|number| Uuid::from_u128(*number).into()).collect()
        };
        assert_eq!(ticks(&pairs).unwrap(), (told(&[3]), told(&[1])));
        assert_eq!(ticks(&pairs[3..]).unwrap(), (told(&[3]), Vec::new()));
        assert_eq!(ticks(&[]).unwrap(), (Vec::new(), Vec::new()));
        assert!(ticks(&[("was".to_owned(), "x".to_owned())]).is_err());
    }

    #[test]
    fn an_address_keeps_what_was_asked() {
        let filter =
            ProductsQuery { group: "food".to_owned(), after: "7".to_owned(), ..ProductsQuery::default() };
        let only = ChosenQuery { chosen: "yes".to_owned(), done: "saved".to_owned() };
        let at = address(Uuid::nil(), (&filter, &only));
        assert_eq!(at, format!("/points/{}/products?group=food&chosen=yes&after=7", Uuid::nil()));
        assert_eq!(query_text((&filter, &only)), "group=food&chosen=yes");
        assert_eq!(
            address(Uuid::nil(), (&ProductsQuery::default(), &ChosenQuery::default())),
            path(Uuid::nil())
        );
    }
}
