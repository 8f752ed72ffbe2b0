//! Reads what promotion brought in a period.

use std::collections::{BTreeMap, BTreeSet};

use domain::catalog::{Category, month_after, month_of};
use domain::ids::{ProductId, StoreId};
use time::Date;
use uuid::Uuid;
use web::format::local_date;

use super::outcome::{FirstOfOutcome, OutcomeReport, RecognitionOfOutcome, Span, SpentOfOutcome};
use crate::db::campaign_outcome::{self, FirstSold, MonthSales, Recognised};
use crate::db::reports::{Sold, sold};
use crate::db::sales::completeness_in;
use crate::db::users::Scope;
use crate::db::{Db, Tx, campaign_figures, introductions};
use crate::error::{Error, Result};
use crate::web::sales::freshness::Freshness;

/// Products and producers that are named of those that sold for the first time.
const FIRST_NAMED: usize = 50;
/// Recognitions that are shown, at most.
pub const RECOGNISED_MOST: i64 = 50;
/// Whole months on both sides of a recognition's month.
const MONTHS_MOST: u8 = 6;

/// Returns what promotion brought in a period, as of a moment.
///
/// # Errors
/// [`Error::NotFound`] for whoever is not of the department; when the database fails.
pub async fn load(db: &Db, scope: Scope, span: Span, now_ms: i64) -> Result<OutcomeReport> {
    let Scope::Department(_) = scope else { return Err(Error::NotFound("outcome")) };
    let days = span.days();
    let mut tx = db.begin_reading().await?;
    let fresh = completeness_in(&mut tx, scope).await?;
    let stores: Vec<StoreId> = fresh.iter().map(|store| store.store_id).collect();
    let reached = Reached::of(&sold(&mut tx, &stores, days).await?);
    let first = First::of(campaign_outcome::first_sold(&mut tx, &stores).await?, days);
    let paid = campaign_outcome::paid(&mut tx, &stores, days).await?;
    let visits = campaign_figures::visits(&mut tx, &stores, days).await?;
    let interest = campaign_outcome::interest(&mut tx, days).await?;
    let introduced = introductions::sums(&mut tx, days).await?;
    let spent = campaign_outcome::spent(&mut tx, days).await?;
    let recognised = recognised(&mut tx, &stores, days, local_date(now_ms)).await?;
    Ok(OutcomeReport {
        from: days.0,
        to: days.1,
        freshness: Freshness::judge(&fresh, days, now_ms),
        revenue_vnd: reached.revenue_vnd,
        ocop_vnd: reached.ocop_vnd,
        producers_paid_vnd: paid.paid_vnd,
        producers_paid_count: paid.producer_count,
        producer_count: count(reached.producers.len()),
        commune_count: count(reached.communes.len()),
        product_count: count(reached.products.len()),
        first_product_count: count(first.products.len()),
        first_producer_count: count(first.producers.len()),
        first_products: first.products.into_iter().take(FIRST_NAMED).collect(),
        first_producers: first.producers.into_iter().take(FIRST_NAMED).collect(),
        is_beginning: first.is_beginning,
        spent: spent
            .into_iter()
            .map(|row| SpentOfOutcome {
                kind: row.kind,
                campaign_count: row.campaign_count,
                cost_vnd: row.cost_vnd,
            })
            .collect(),
        visitor_count: visits.visitor_count + introduced.visitors,
        tasting_count: visits.tasting_count + introduced.tastings,
        scan_count: interest.scan_count + introduced.scans,
        enquiry_count: interest.enquiry_count + introduced.enquiries,
        introduced_count: introduced.visitors + introduced.tastings + introduced.scans + introduced.enquiries,
        recognised,
    })
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Whom sales reached: of goods of which more was sold than came back.
#[derive(Default)]
struct Reached {
    revenue_vnd: i64,
    ocop_vnd: i64,
    products: BTreeSet<Uuid>,
    producers: BTreeSet<Uuid>,
    communes: BTreeSet<String>,
}

impl Reached {
    fn of(rows: &[Sold]) -> Self {
        let mut reached = Self::default();
        for row in rows {
            reached.revenue_vnd += row.revenue_vnd;
            if row.category.as_deref() == Some(Category::Ocop.code()) {
                reached.ocop_vnd += row.revenue_vnd;
            }
            if row.quantity.milli() <= 0 {
                continue;
            }
            reached.products.insert(row.product_id);
            reached.producers.extend(row.producer_id);
            if !row.commune.is_empty() {
                reached.communes.insert(row.commune.clone());
            }
        }
        reached
    }
}

/// What sold for the first time.
struct First {
    products: Vec<FirstOfOutcome>,
    producers: Vec<FirstOfOutcome>,
    is_beginning: bool,
}

impl First {
    /// Takes every product with its first month, the latest first.
    fn of(rows: Vec<FirstSold>, (from, to): (Date, Date)) -> Self {
        let is_in = |month: Date| from <= month && month <= to;
        // Its earliest product is a producer's last row.
        let mut makers: BTreeMap<Uuid, (String, Date)> = BTreeMap::new();
        for row in &rows {
            if let (Some(id), Some(name)) = (row.producer_id, &row.producer) {
                makers.insert(id, (name.clone(), row.month));
            }
        }
        let of_producer = |(name, since): (String, Date)| FirstOfOutcome { name, producer: None, since };
        let mut producers: Vec<FirstOfOutcome> =
            makers.into_values().filter(|(_, month)| is_in(*month)).map(of_producer).collect();
        producers.sort_by(|a, b| b.since.cmp(&a.since).then_with(|| a.name.cmp(&b.name)));
        let is_beginning = rows.last().is_some_and(|row| is_in(row.month));
        let of_product =
            |row: FirstSold| FirstOfOutcome { name: row.name, producer: row.producer, since: row.month };
        let products = rows.into_iter().filter(|row| is_in(row.month)).map(of_product).collect();
        Self { products, producers, is_beginning }
    }
}

/// Returns what products sold around their recognitions. The month of a recognition itself is on neither side.
async fn recognised(
    tx: &mut Tx,
    stores: &[StoreId],
    days: (Date, Date),
    today: Date,
) -> Result<Vec<RecognitionOfOutcome>> {
    let found = campaign_outcome::recognised(tx, days, RECOGNISED_MOST).await?;
    let range = (months_from(days.0, -i32::from(MONTHS_MOST)), months_from(days.1, i32::from(MONTHS_MOST)));
    let products: Vec<ProductId> = found.iter().map(|row| row.product_id).collect();
    let sales = campaign_outcome::months_of(tx, stores, &products, range).await?;
    let all = campaign_outcome::months(tx, stores, range).await?;
    let known = Known { sales, all, this_month: month_of(today) };
    Ok(found.into_iter().map(|row| known.around(row)).collect())
}

/// Returns the first day of the month that lies so many months after the one of `day`, or before it.
fn months_from(day: Date, months: i32) -> Date {
    let first = month_of(day);
    let back = |day: Date| month_of(day.previous_day().unwrap_or(day));
    (0..months.abs()).fold(first, |first, _| if months > 0 { month_after(first) } else { back(first) })
}

/// What was sold month by month.
struct Known {
    sales: Vec<MonthSales>,
    all: Vec<(Date, i64)>,
    /// The month that is not over.
    this_month: Date,
}

impl Known {
    /// As many whole months on both sides as there are on each, at most six.
    fn around(&self, row: Recognised) -> RecognitionOfOutcome {
        let first_sale = self.all.first().map_or(self.this_month, |(month, _)| *month);
        let is_whole = |months: i32| {
            months_from(row.valid_from, months) < self.this_month
                && months_from(row.valid_from, -months) >= first_sale
        };
        let months = (1..=i32::from(MONTHS_MOST)).take_while(|months| is_whole(*months)).last().unwrap_or(0);
        let side = |from: i32, to: i32| {
            let (from, to) = (months_from(row.valid_from, from), months_from(row.valid_from, to));
            let is_in = |month: Date| from <= month && month <= to && months > 0;
            let of_product = self.sales.iter().filter(|each| each.product_id == row.product_id);
            let product: i64 = of_product.filter(|each| is_in(each.month)).map(|each| each.revenue_vnd).sum();
            let all: i64 = self.all.iter().filter(|(month, _)| is_in(*month)).map(|(_, vnd)| vnd).sum();
            (product, all - product)
        };
        let (product_before_vnd, rest_before_vnd) = side(-months, -1);
        let (product_after_vnd, rest_after_vnd) = side(1, months);
        RecognitionOfOutcome {
            product_id: row.product_id.uuid(),
            name: row.name,
            category: row.category,
            stars: row.stars.and_then(|stars| u8::try_from(stars).ok()),
            decision: row.decision_number,
            recognised_on: row.valid_from,
            months: i64::from(months),
            product_before_vnd,
            product_after_vnd,
            rest_before_vnd,
            rest_after_vnd,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn months_are_counted_both_ways() {
        let day = date!(2026 - 03 - 31);
        for (months, expected) in [
            (0, date!(2026 - 03 - 01)),
            (1, date!(2026 - 04 - 01)),
            (10, date!(2027 - 01 - 01)),
            (-1, date!(2026 - 02 - 01)),
            (-3, date!(2025 - 12 - 01)),
        ] {
            assert_eq!(months_from(day, months), expected, "{months}");
        }
    }

    #[test]
    fn both_sides_of_a_recognition_have_as_many_months() {
        let product = ProductId::from_uuid(Uuid::from_u128(1));
        let month = |month: u8| Date::from_calendar_date(2026, month.try_into().unwrap(), 1).unwrap();
        let sales = (3..=11).map(|at| MonthSales {
            product_id: product,
            month: month(at),
            revenue_vnd: i64::from(at),
        });
        let all = (3..=11).map(|at| (month(at), 100)).collect();
        let known = Known { sales: sales.collect(), all, this_month: month(11) };
        let around = |valid_from| {
            let name = "Tỏi".to_owned();
            let row = Recognised {
                product_id: product,
                name,
                category: "ocop".to_owned(),
                stars: Some(4),
                decision_number: "1".to_owned(),
                valid_from,
            };
            let found = known.around(row);
            (found.months, found.product_before_vnd, found.product_after_vnd, found.rest_after_vnd)
        };
        // Three months before (3, 4, 5); after it there would be four.
        assert_eq!(around(date!(2026 - 06 - 20)), (3, 12, 24, 276));
        // One whole month after (10).
        assert_eq!(around(date!(2026 - 09 - 01)), (1, 8, 10, 90));
        assert_eq!(around(date!(2026 - 11 - 01)), (0, 0, 0, 0));
    }
}
