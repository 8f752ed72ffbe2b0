//! Adds a report up from what the database found, all of it in one state of the database.

use std::collections::{BTreeMap, BTreeSet};

use domain::catalog::Category;
use domain::ids::StoreId;
use domain::point::PointState;
use domain::removal::Cause;
use domain::report_period::{Cutoff, Days, ReportPeriod};
use domain::stock_move::MoveCause;
use time::{Date, Duration};
use uuid::Uuid;
use web::format::local_date;

use super::campaigns;
use super::over_time::over_time;
use super::report::{
    ConsignedOfReport, FreshProduct, KindOnSale, LapsingOfReport, MovesOfReport, OnSale, PaidOfReport,
    PieceOfReport, PointOfReport, PromotedOfReport, Reach, Report, SalesOfReport, SoldOfReport, Span,
    Stopped, Traffic,
};
use super::sums::{Dimension, Sums};
use crate::db::reports::{
    self, Consigned, DaySold, GoodsOnSale, Group, Lapsing, Point, Sold, StoreSold, StoreVisitors,
};
use crate::db::sales::{StoreFreshness, completeness, completeness_in, first_sale_day};
use crate::db::users::Scope;
use crate::db::{Db, Tx, campaign_outcome};
use crate::error::{Error, Result};
use crate::web::sales::freshness::{Freshness, has_reported, is_judged, suspended};

/// Recognitions that end within so many days are named.
const LAPSING_DAYS: i64 = 90;

/// What was sold in the period, the one before, and the same days of last year.
struct Three<T>([Vec<T>; 3]);

/// Adds up the report of a period.
///
/// # Errors
/// [`Error::NotFound`] for anybody but the department; when the database fails.
pub async fn load(
    db: &Db,
    scope: Scope,
    period: ReportPeriod,
    cutoff: Cutoff,
    now_ms: i64,
) -> Result<Report> {
    let Scope::Department(_) = scope else { return Err(Error::NotFound("report")) };
    let mut tx = db.begin_reading().await?;
    let fresh = completeness_in(&mut tx, scope).await?;
    let stores: Vec<StoreId> = fresh.iter().map(|store| store.store_id).collect();
    let first = first_sale_day(&mut tx, &stores).await?;
    let span = |days: Days| Span {
        from: days.from,
        to: days.to,
        is_known: first.is_some_and(|first| first <= days.from),
    };
    let spans = [period.days(cutoff), period.days_before(cutoff), period.days_last_year(cutoff)].map(span);
    let [days, previous, last_year] = spans;
    let groups = reports::groups(&mut tx, days.to).await?;
    let points = reports::points(&mut tx).await?;
    let (mut products, mut by_store) = (Three([const { Vec::new() }; 3]), Three([const { Vec::new() }; 3]));
    for ((span, products), by_store) in spans.iter().zip(&mut products.0).zip(&mut by_store.0) {
        *products = reports::sold(&mut tx, &stores, (span.from, span.to)).await?;
        *by_store = reports::sold_by_store(&mut tx, &stores, (span.from, span.to)).await?;
    }
    let mut by_day = Three([const { Vec::new() }; 3]);
    for (span, by_day) in spans.iter().zip(&mut by_day.0) {
        *by_day = reports::sold_by_day(&mut tx, &stores, (span.from, span.to)).await?;
    }
    let range = (days.from, days.to);
    let visitors = reports::visitors(&mut tx, range).await?;
    let today = local_date(now_ms);
    let on_sale = on_sale(&mut tx, days, days.to.min(today), (&products, &groups)).await?;
    let promoted = reports::promoted(&mut tx, range).await?.into_iter().map(promotion).collect();
    let consigned = consigned(&reports::consigned(&mut tx, range).await?);
    let paid = campaign_outcome::paid(&mut tx, &stores, range).await?;
    drop(tx);
    let campaigns = campaigns::list(db, stores, (range, today)).await?;
    Ok(Report {
        period: period.code(),
        days_of: days,
        previous,
        last_year,
        made_at_ms: now_ms,
        freshness: Freshness::judge(&fresh, range, now_ms),
        reach: (fresh.iter().filter(|store| is_judged(store, range)))
            .map(|store| reach(store, range, now_ms))
            .collect(),
        on_sale,
        sold: SalesOfReport {
            over_time: pieces(spans, &by_day),
            ..sold(&products, &by_store, &groups, &points)
        },
        traffic: traffic_of_period(&points, &by_store.0[0], &visitors, range),
        points: points.into_iter().filter(|each| is_of(each, (days.from, days.to))).map(point).collect(),
        promoted,
        consigned,
        campaigns,
        producers_paid: Some(PaidOfReport {
            producers_paid_vnd: paid.paid_vnd,
            producers_paid_count: paid.producer_count,
        }),
    })
}

fn reach(store: &StoreFreshness, days: (Date, Date), now_ms: i64) -> Reach {
    let is_complete = has_reported(store, days.1, now_ms) && store.held.vnd() == 0 && !store.is_forked;
    let (suspended_count, suspended_vnd) = suspended(store, days);
    let (store, heard_at_ms) = (store.name.clone(), store.heard_at_ms);
    Reach { store, heard_at_ms, is_complete, suspended_count, suspended_vnd }
}

fn point(found: Point) -> PointOfReport {
    let Point { name: store, address, commune, operator, decided_on, closed_on, .. } = found;
    let (decision_number, funding) =
        (found.decision_number.unwrap_or_default(), found.funding.unwrap_or_default());
    PointOfReport { store, address, commune, operator, decision_number, decided_on, funding, closed_on }
}

/// A store that is made ready, or opened after the period, has not opened yet; one that closed before it is past. Their sales, if there are any, count.
fn is_of(point: &Point, (first_day, last_day): (Date, Date)) -> bool {
    let state = point.state.as_deref().and_then(PointState::from_code);
    let has_opened = state.is_none_or(|state| state.is_running() || state == PointState::Closed);
    has_opened
        && point.opened_on.is_none_or(|day| day <= last_day)
        && point.closed_on.is_none_or(|last| last >= first_day)
}

async fn on_sale(
    tx: &mut Tx,
    days: Span,
    on: Date,
    (products, groups): (&Three<Sold>, &[Group]),
) -> Result<OnSale> {
    let sold = products.0[0].iter().filter(|row| row.quantity.milli() != 0).map(|row| row.product_id);
    let goods = reports::goods_on_sale(tx, on, sold.collect()).await?;
    let producers: BTreeSet<Uuid> = goods.iter().filter_map(|goods| goods.producer_id).collect();
    let fresh = reports::first_days(tx, (days.from, days.to)).await?.into_iter();
    let until = on.saturating_add(Duration::days(LAPSING_DAYS));
    let lapsing = reports::lapsing(tx, (on, until)).await?;
    Ok(OnSale {
        on,
        product_count: count(goods.len()),
        producer_count: count(producers.len()),
        kinds: kinds(&goods, groups),
        fresh: fresh
            .map(|row| FreshProduct { name: row.name, producer: row.producer, since: row.day })
            .collect(),
        stopped: stopped(products),
        lapsing: lapsing.into_iter().map(|row| lapse(row, on)).collect(),
    })
}

fn kinds(goods: &[GoodsOnSale], groups: &[Group]) -> Vec<KindOnSale> {
    let mut counts: BTreeMap<_, i64> = BTreeMap::new();
    for product in goods {
        let kind = (&product.category, &product.group_code, product.stars, &product.commune);
        *counts.entry(kind).or_default() += 1;
    }
    let name =
        |code: &String| groups.iter().find(|group| group.code == *code).map(|group| group.name.clone());
    let mut kinds: Vec<KindOnSale> = counts
        .into_iter()
        .map(|((category, group, stars, commune), product_count)| KindOnSale {
            category: category.clone(),
            group: group.as_ref().and_then(name),
            stars,
            commune: commune.clone(),
            product_count,
        })
        .collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.product_count));
    kinds
}

/// Returns what sold in the period before and not in this one, the largest revenue first.
fn stopped(Three([now, before, _]): &Three<Sold>) -> Vec<Stopped> {
    let sold_now: BTreeSet<Uuid> =
        now.iter().filter(|row| row.quantity.milli() != 0).map(|row| row.product_id).collect();
    let mut gone: BTreeMap<Uuid, Stopped> = BTreeMap::new();
    for row in before.iter().filter(|row| row.quantity.milli() > 0 && !sold_now.contains(&row.product_id)) {
        let entry = gone.entry(row.product_id).or_insert_with(|| Stopped {
            name: row.name.clone(),
            producer: row.producer.clone(),
            previous_vnd: 0,
        });
        entry.previous_vnd += row.revenue_vnd;
    }
    let mut gone: Vec<Stopped> = gone.into_values().collect();
    gone.sort_by_key(|row| std::cmp::Reverse(row.previous_vnd));
    gone
}

fn lapse(row: Lapsing, on: Date) -> LapsingOfReport {
    let left = (row.valid_to - on).whole_days();
    LapsingOfReport {
        category: row.category().map(|category| category.code().to_owned()),
        name: row.name,
        producer: row.producer,
        stars: row.stars,
        decision: row.decision_number,
        lapses_on: row.valid_to,
        within_days: [30, 60].into_iter().find(|days| left <= *days).unwrap_or(LAPSING_DAYS),
    }
}

fn sold(
    Three(products): &Three<Sold>,
    Three(stores): &Three<StoreSold>,
    groups: &[Group],
    points: &[Point],
) -> SalesOfReport {
    let mut sums = Sums::default();
    for (which, rows) in products.iter().enumerate() {
        for row in rows {
            sums.add(which, row, groups);
        }
    }
    let mut by_store: Vec<SoldOfReport> =
        points.iter().map(|point| store_sold(point, stores)).filter(|row| row.is_anything()).collect();
    by_store.sort_by_key(|row| std::cmp::Reverse(row.revenue_vnd));
    let receipt_count = by_store.iter().filter_map(|row| row.receipt_count).sum();
    SalesOfReport {
        by_product: sums.take(Dimension::Product),
        by_producer: sums.take(Dimension::Producer),
        by_category: sums.take(Dimension::Category),
        by_group: sums.take(Dimension::Group),
        by_stars: sums.take(Dimension::Stars),
        by_commune: sums.take(Dimension::Commune),
        by_store,
        ocop: sums.of_category(Category::Ocop),
        total: SoldOfReport { receipt_count: Some(receipt_count), ..sums.total() },
        over_time: Vec::new(),
    }
}

fn pieces(spans: [Span; 3], Three([now, before, last_year]): &Three<DaySold>) -> Vec<PieceOfReport> {
    over_time(spans, [now, before, last_year])
}

fn store_sold(point: &Point, stores: &[Vec<StoreSold>; 3]) -> SoldOfReport {
    let mut sum =
        SoldOfReport { key: point.store_id.to_string(), name: point.name.clone(), ..SoldOfReport::default() };
    for (which, rows) in stores.iter().enumerate() {
        for row in rows.iter().filter(|row| row.store_id == point.store_id) {
            sum.add(which, row.quantity.milli(), row.revenue_vnd);
        }
    }
    let now = stores[0].iter().filter(|row| row.store_id == point.store_id);
    SoldOfReport { receipt_count: Some(now.map(|row| row.receipt_count).sum()), ..sum }
}

fn traffic(points: &[Point], sold: &[StoreSold], visitors: &[StoreVisitors]) -> Vec<Traffic> {
    let of_store = |point: &Point| {
        let sold = sold.iter().find(|row| row.store_id == point.store_id);
        let came = visitors.iter().find(|row| row.store_id == point.store_id);
        Traffic {
            store_id: point.store_id,
            store: point.name.clone(),
            shift_count: came.map_or(0, |row| row.shift_count),
            answered_count: came.map_or(0, |row| row.answered_count),
            visitor_count: came.map_or(0, |row| row.visitor_count),
            tasting_count: came.map_or(0, |row| row.tasting_count),
            receipt_count: sold.map_or(0, |row| row.receipt_count),
            revenue_vnd: sold.map_or(0, |row| row.revenue_vnd),
        }
    };
    points.iter().map(of_store).collect()
}

/// Leaves out points that were not open in the period, unless something was sold or counted there all the same.
fn traffic_of_period(
    points: &[Point],
    sold: &[StoreSold],
    visitors: &[StoreVisitors],
    days: (Date, Date),
) -> Vec<Traffic> {
    let rows = traffic(points, sold, visitors).into_iter().zip(points);
    rows.filter(|(row, point)| is_of(point, days) || row.is_anything()).map(|(row, _)| row).collect()
}

fn promotion(found: reports::Promoted) -> PromotedOfReport {
    PromotedOfReport {
        name: found.name,
        operator: found.operator,
        store: found.store,
        first_day: found.first_day,
        last_day: found.last_day,
        quantity_milli: found.quantity.milli(),
        line_count: Some(found.line_count),
        revenue_vnd: found.revenue_vnd,
        off_vnd: found.off_vnd,
    }
}

/// Sums causes by operator; the rows come operator after operator.
fn consigned(rows: &[Consigned]) -> Vec<ConsignedOfReport> {
    let of_operator = |rows: &[Consigned]| {
        let name = rows.first().map(|row| row.operator.clone()).unwrap_or_default();
        let mut sum = ConsignedOfReport { operator: name, ..ConsignedOfReport::default() };
        let mut moves = MovesOfReport::default();
        for row in rows {
            let (milli, count) = (row.quantity.milli(), row.move_count);
            match MoveCause::from_code(&row.cause) {
                Some(MoveCause::Received) => {
                    sum.delivered_milli += milli;
                    moves.delivered_count += count;
                }
                Some(MoveCause::Sold | MoveCause::Refunded) => {
                    sum.net_sold_milli -= milli;
                    moves.consigned_vnd += row.revenue_vnd;
                }
                Some(MoveCause::Removed(Cause::Returned)) => {
                    sum.given_back_milli -= milli;
                    moves.given_back_count += count;
                }
                Some(MoveCause::Removed(_)) => {
                    sum.wasted_milli -= milli;
                    moves.wasted_count += count;
                }
                _ => {
                    sum.adjusted_milli += milli;
                    moves.adjusted_count += count;
                }
            }
        }
        sum.by_move = Some(moves);
        sum
    };
    rows.chunk_by(|a, b| a.operator_id == b.operator_id).map(of_operator).collect()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Returns what each store sold from the first to the last day, as it is known now.
///
/// # Errors
/// As [`load`].
pub async fn traffic_of(db: &Db, scope: Scope, days: (Date, Date)) -> Result<Vec<Traffic>> {
    let mut tx = db.begin_reading().await?;
    let stores = crate::db::sales::stores_in(&mut tx, scope, None).await?;
    let points = reports::points(&mut tx).await?;
    let sold = reports::sold_by_store(&mut tx, &stores, days).await?;
    Ok(traffic(&points, &sold, &[]))
}

/// Returns when anything came last from any store, UTC milliseconds.
///
/// # Errors
/// As [`load`].
pub async fn until(db: &Db, scope: Scope) -> Result<Option<i64>> {
    Ok(completeness(db, scope).await?.iter().filter_map(|store| store.heard_at_ms).max())
}
