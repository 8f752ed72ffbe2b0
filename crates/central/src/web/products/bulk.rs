//! One field of many products: they are chosen in the list, what becomes of each is looked at first, and all is written at once.

use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::ProductId;
use domain::tax::TaxClass;
use maud::Markup;
use web::format::local_date;
use web::fragment::Tone;
use web::{Fault, Lang};

use super::bulk_page::{self, FIELDS, Preview, Row, Start};
use super::filter::ProductsQuery;
use super::page::Choices;
use super::{choices, form_choices, frame, with_barcode};
use crate::admin::bulk::{self, BULK_MAX, BulkChange};
use crate::app::App;
use crate::db::keyset::From;
use crate::db::producers::Producer;
use crate::db::{places, producer_list, producers, product_list, products};
use crate::error::{Error, Refusal, Result as Found};
use crate::web::bulk_texts::BulkTexts;
use crate::web::place_texts::PlaceTexts;
use crate::web::points::typed::Typed;
use crate::web::shell;
use crate::web::visit::Visit;

/// A query or a form as it came.
type Pairs = Vec<(String, String)>;

/// What to change; with a field, what becomes of each product.
pub async fn get(
    State(app): State<App>,
    visit: Visit,
    Query(filter): Query<ProductsQuery>,
    Query(pairs): Query<Pairs>,
) -> Result<Response, Fault> {
    let ids = match chosen(&app, &visit, &filter, &pairs).await? {
        Ok(ids) => ids,
        Err(words) => return Ok(told(&visit, StatusCode::UNPROCESSABLE_ENTITY, Tone::Bad, &words)),
    };
    if let Some(count) = value(&pairs, "done").and_then(|text| text.parse::<usize>().ok()) {
        return Ok(told(&visit, StatusCode::OK, Tone::Good, &visit.lang.bulk_done(count)));
    }
    if ids.is_empty() {
        return Ok(told(&visit, StatusCode::UNPROCESSABLE_ENTITY, Tone::Bad, visit.lang.bulk_none()));
    }
    let choices = visit.ok(form_choices(&app, &visit).await)?;
    let rest =
        pairs.iter().filter(|(name, _)| name != "product").map(|(name, text)| (name.as_str(), text.clone()));
    let mut typed = Typed::with(visit.lang, rest);
    if typed.get("field").is_empty() {
        return Ok(start(&visit, (&filter, &ids), &choices, &typed).into_response());
    }
    match read(&app, &visit, &choices, &mut typed).await? {
        Some((change, to)) => {
            let field = typed.get("field").to_owned();
            let preview = visit.ok(preview(&app, visit.lang, &ids, (&change, &field, &to), &choices).await)?;
            Ok(look(&visit, &preview, None).into_response())
        }
        None => {
            let page = start(&visit, (&filter, &ids), &choices, &typed);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// The products that are named, or all of the filter; words when they are too many.
async fn chosen(
    app: &App,
    visit: &Visit,
    filter: &ProductsQuery,
    pairs: &Pairs,
) -> Result<Result<Vec<ProductId>, String>, Fault> {
    let too_many = || Err(visit.lang.bulk_too_many(BULK_MAX));
    if value(pairs, "all").is_none() {
        let named = pairs.iter().filter(|(name, _)| name == "product").take(BULK_MAX + 1);
        let ids: Option<Vec<ProductId>> = named.map(|(_, id)| id.parse().ok()).collect();
        let ids = ids.ok_or_else(Fault::not_found)?;
        return Ok(if ids.len() > BULK_MAX { too_many() } else { Ok(ids) });
    }
    let today = local_date(app.clock.now_ms());
    let picked = filter.read(today).map_err(|_| Fault::unprocessable())?;
    let picked = with_barcode(app, visit, picked).await?;
    let page = visit.ok(product_list::page(&app.db, &picked, today, &From::Start, BULK_MAX).await)?;
    Ok(if page.has_after { too_many() } else { Ok(page.rows.into_iter().map(|row| row.id).collect()) })
}

fn value<'a>(pairs: &'a Pairs, name: &str) -> Option<&'a str> {
    let found = pairs.iter().find(|(field, text)| field == name && !text.is_empty());
    found.map(|(_, text)| text.as_str())
}

/// Reads the form: the change, and its value as a form sends it on.
async fn read(
    app: &App,
    visit: &Visit,
    choices: &Choices,
    typed: &mut Typed,
) -> Result<Option<(BulkChange, String)>, Fault> {
    let field = typed.get("field").to_owned();
    if field == "producer" {
        let name = typed.get("to_producer").trim().to_owned();
        if name.is_empty() {
            return Ok(Some((BulkChange::Producer(None), String::new())));
        }
        let named: Vec<Producer> = visit.ok(producer_list::list_named(&app.db, &name).await)?;
        if let [only] = named.as_slice() {
            return Ok(Some((BulkChange::Producer(Some(only.id)), only.id.to_string())));
        }
        typed.refuse("to_producer", visit.lang.bulk_producer_unknown());
        return Ok(None);
    }
    let name = FIELDS.into_iter().find(|(known, _)| *known == field).map(|(_, name)| name);
    let Some(name) = name else {
        let _none = typed.choice("field", |_| None::<()>);
        return Ok(None);
    };
    let mut to = typed.get(name).trim().to_owned();
    if field == "commune" {
        let _checked = typed.optional(name);
        // It is looked at as it will be kept.
        let mut tx = visit.ok(app.db.begin_reading().await)?;
        to = visit.ok(places::gazetteer(&mut tx, local_date(app.clock.now_ms())).await)?.written(&to);
    }
    let change = change_of(&field, &to, choices).filter(|_| typed.is_right());
    if change.is_none() {
        let _none = typed.choice(name, |_| None::<()>);
    }
    Ok(change.map(|change| (change, to)))
}

/// Returns the change that a form names; `None` for what is none.
fn change_of(field: &str, to: &str, choices: &Choices) -> Option<BulkChange> {
    match field {
        "group" => {
            let is_known = choices.groups.iter().any(|(code, _)| code == to);
            is_known.then(|| BulkChange::Group(to.to_owned()))
        }
        "tax" => TaxClass::from_code(to).map(BulkChange::Tax),
        "producer" if to.is_empty() => Some(BulkChange::Producer(None)),
        "producer" => to.parse().ok().map(|id| BulkChange::Producer(Some(id))),
        "commune" => Some(BulkChange::Commune(to.to_owned())),
        "status" => match to {
            "active" => Some(BulkChange::OnSale(true)),
            "retired" => Some(BulkChange::OnSale(false)),
            _ => None,
        },
        _ => None,
    }
}

/// What becomes of each product, as it is now.
async fn preview(
    app: &App,
    lang: Lang,
    ids: &[ProductId],
    (change, field, to): (&BulkChange, &str, &str),
    choices: &Choices,
) -> Found<Preview> {
    let mut tx = app.db.begin_reading().await?;
    let mut names = std::collections::BTreeMap::new();
    let mut preview = Preview { field: field.to_owned(), to: to.to_owned(), ..Preview::default() };
    if let BulkChange::Commune(name) = change
        && !name.is_empty()
        && !places::is_unit(&mut tx, name, local_date(app.clock.now_ms())).await?
    {
        preview.warning = Some(lang.commune_unknown(name));
    }
    for product in products::list_among(&mut tx, ids).await? {
        if let Some(why) = bulk::unfit(&mut tx, &product, change).await? {
            preview.left_out.push((product.sku, product.name, why));
            continue;
        }
        let new = change.of(&product);
        for id in [product.producer_id, new.producer_id].into_iter().flatten() {
            if let std::collections::btree_map::Entry::Vacant(place) = names.entry(id) {
                place.insert(producers::find_in(&mut tx, id).await?.map(|found| found.name));
            }
        }
        let words = |product: &products::Product| {
            let producer = product.producer_id.and_then(|id| names.get(&id).cloned().flatten());
            bulk_page::value_words(lang, field, product, (producer, &choices.groups))
        };
        preview.rows.push(Row {
            product_id: product.id.uuid(),
            mark: bulk::fingerprint(&product),
            old: words(&product),
            new: words(&new),
            sku: product.sku,
            name: product.name,
        });
    }
    Ok(preview)
}

/// Writes the change; when somebody has changed one of the products meanwhile, nothing is written and it is looked at again.
pub async fn apply(
    State(app): State<App>,
    visit: Visit,
    Form(pairs): Form<Pairs>,
) -> Result<Response, Fault> {
    let choices = visit.ok(choices(&app, &visit).await)?;
    let field = value(&pairs, "field").unwrap_or_default();
    let to = value(&pairs, "to").unwrap_or_default();
    let change = change_of(field, to, &choices).ok_or_else(Fault::unprocessable)?;
    let rows = pairs.iter().filter(|(name, _)| name == "row").take(BULK_MAX + 1);
    let rows = rows.map(|(_, row)| {
        let (id, mark) = row.split_once('.')?;
        Some((id.parse::<ProductId>().ok()?, mark.to_owned()))
    });
    let seen = rows.collect::<Option<Vec<_>>>().ok_or_else(Fault::unprocessable)?;
    match visit.admin().change_many_products(&seen, &change).await {
        Ok(count) => Ok(Redirect::to(&format!("/products/bulk?done={count}")).into_response()),
        Err(Error::Refused(Refusal::Changed { codes })) => {
            let ids: Vec<ProductId> = seen.into_iter().map(|(id, _)| id).collect();
            let preview = visit.ok(preview(&app, visit.lang, &ids, (&change, field, to), &choices).await)?;
            let words = visit.lang.bulk_changed(codes);
            Ok((StatusCode::CONFLICT, look(&visit, &preview, Some(&words))).into_response())
        }
        Err(Error::Refused(_)) => Err(Fault::unprocessable()),
        Err(error) => visit.ok(Err(error)),
    }
}

/// What was chosen goes on as it came: an address with all products of a filter in it would be too long for some servers.
fn start(
    visit: &Visit,
    (filter, ids): (&ProductsQuery, &[ProductId]),
    choices: &Choices,
    typed: &Typed,
) -> Markup {
    let named = ids.iter().map(|id| ("product", id.to_string()));
    let hidden: Vec<(&str, String)> = if typed.get("all").is_empty() {
        named.collect()
    } else {
        let filter = filter.pairs().into_iter().map(|(name, value)| (name, value.to_owned()));
        filter.chain([("all", "yes".to_owned())]).collect()
    };
    let page = Start { lang: visit.lang, count: ids.len(), hidden: &hidden, choices, typed };
    let main = bulk_page::start(&page);
    shell::page(visit, &frame(visit, ""), main)
}

fn look(visit: &Visit, preview: &Preview, wrong: Option<&str>) -> Markup {
    let main = bulk_page::preview(visit.lang, &visit.csrf, preview, wrong);
    shell::page(visit, &frame(visit, ""), main)
}

fn told(visit: &Visit, status: StatusCode, tone: Tone, words: &str) -> Response {
    let main = bulk_page::told(visit.lang, tone, words);
    (status, shell::page(visit, &frame(visit, ""), main)).into_response()
}
