//! Gathers the comparison of a period, all of it in one state of the database.

use domain::ids::{OperatorId, StoreId};
use domain::report_period::{Cutoff, Days, Part, ReportPeriod};
use time::Date;
use web::format::{local_date, moment_of};

use super::report::{Figures, ReconciliationReport};
use crate::app::App;
use crate::db::Tx;
use crate::db::operators;
use crate::db::reconciliation::{self, Asked};
use crate::db::sales::completeness;
use crate::db::users::Scope;
use crate::error::{Error, Result};
use crate::web::reports::report::Span;
use crate::web::sales::freshness::Freshness;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The period.
    pub period: ReportPeriod,
    /// The operator; without one the first by name.
    pub operator: Option<OperatorId>,
    /// One of its stores alone.
    pub store: Option<StoreId>,
}

/// What can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Operators by name.
    pub operators: Vec<(OperatorId, String)>,
    /// The stores of the one that is shown.
    pub stores: Vec<(StoreId, String)>,
    /// The one that is shown.
    pub operator: OperatorId,
}

/// Returns the quarter in which a day lies.
pub fn quarter_of(cutoff: Cutoff, today: Date) -> Option<ReportPeriod> {
    let quarters = (today.year()..=today.year() + 1)
        .flat_map(|year| (1..=4).filter_map(move |number| ReportPeriod::new(year, Part::Quarter(number))));
    let mut quarters = quarters.map(|quarter| (quarter, quarter.days(cutoff)));
    let (quarter, _) = quarters.find(|(_, days)| (days.from..=days.to).contains(&today))?;
    Some(quarter)
}

/// Finds whose figures are asked for.
///
/// # Errors
/// [`Error::NotFound`] for anybody but the department, for an operator or a store that is none; when the database fails.
pub async fn ask(app: &App, scope: Scope, wanted: Wanted) -> Result<(Asked, Choices)> {
    let Scope::Department(scope) = scope else { return Err(Error::NotFound("operator")) };
    let operators = operators::list(&app.db).await?.into_iter().map(|operator| (operator.id, operator.name));
    let operators: Vec<(OperatorId, String)> = operators.collect();
    let operator = wanted.operator.or_else(|| operators.first().map(|(id, _)| *id));
    let operator = operator.ok_or(Error::NotFound("operator"))?;
    let days = wanted.period.days(app.config.reports.cutoff);
    let after = days.to.next_day().unwrap_or(days.to);
    let moments = (moment_of(days.from, 0), moment_of(after, 0));
    let mut tx = app.db.begin_reading().await?;
    let all = Asked::find(&mut tx, scope, (operator, None), (days, moments)).await?;
    let stores = all.stores.iter().map(|store| (store.id, store.name.clone())).collect();
    let asked = match wanted.store {
        None => all,
        Some(_) => Asked::find(&mut tx, scope, (operator, wanted.store), (days, moments)).await?,
    };
    Ok((asked, Choices { operators, stores, operator }))
}

/// Loads the comparison.
///
/// # Errors
/// As [`ask`].
pub async fn load(app: &App, scope: Scope, wanted: Wanted) -> Result<(ReconciliationReport, Choices)> {
    let (asked, choices) = ask(app, scope, wanted).await?;
    let now_ms = app.clock.now_ms();
    let mut fresh = completeness(&app.db, scope).await?;
    fresh.retain(|store| asked.stores.iter().any(|each| each.id == store.store_id));
    let mut tx = app.db.begin_reading().await?;
    let figures = figures(&mut tx, &asked).await?;
    let first = reconciliation::first_day(&mut tx, &asked).await?;
    let Days { from, to } = asked.days;
    let name = choices.operators.iter().find(|(id, _)| *id == choices.operator);
    let report = ReconciliationReport {
        period: wanted.period.code(),
        days_of: Span { from, to, is_known: first.is_some_and(|first| first <= from) },
        is_over: wanted.period.is_over(app.config.reports.cutoff, local_date(now_ms)),
        operator: name.map(|(_, name)| name.clone()).unwrap_or_default(),
        store: wanted.store.and_then(|_| asked.stores.first().map(|store| store.name.clone())),
        freshness: Freshness::judge(&fresh, (from, to), now_ms),
        suspended_vnd: figures.suspended_vnd(),
        lines: figures.lines(),
    };
    Ok((report, choices))
}

/// Gathers the figures of both sides.
///
/// # Errors
/// When the database fails.
pub async fn figures(tx: &mut Tx, asked: &Asked) -> Result<Figures> {
    Ok(Figures {
        money: reconciliation::money(tx, asked).await?,
        drawers: reconciliation::drawers(tx, asked).await?,
        bank: reconciliation::bank(tx, asked).await?,
        invoices: reconciliation::invoices(tx, asked).await?,
        goods: reconciliation::goods(tx, asked).await?,
        settled: reconciliation::settled(tx, asked).await?,
    })
}
