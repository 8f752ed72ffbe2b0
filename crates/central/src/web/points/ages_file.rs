//! New points against old ones at equal age, as files.

use axum::extract::{Query, State};
use axum::response::Response;
use web::format::change_per_mille;
use web::{Fault, Lang};

use super::ages::{Ages, AgesQuery, Mean, load};
use crate::app::App;
use crate::web::point_open_texts::PointOpenTexts;
use crate::web::point_texts::PointTexts;
use crate::web::sheet_file::Download;
use crate::web::visit::Visit;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Points at equal age as a file: week by week, and point by point.
pub async fn download(
    State(app): State<App>,
    visit: Visit,
    file: Download,
    Query(query): Query<AgesQuery>,
) -> Result<Response, Fault> {
    let ages = load(&app, &visit, &query).await?.1.ok_or_else(Fault::unprocessable)?;
    let sheets = vec![weeks(visit.lang, &ages), points(visit.lang, &ages)];
    file.answer(&visit, visit.lang.file_ages(), sheets).await
}

fn weeks(lang: Lang, ages: &Ages) -> Sheet {
    let of = |mean: Mean| [mean.vnd().map_or(Cell::Empty, Cell::Vnd), Cell::Count(mean.count)];
    let rows = ages.weeks.iter().map(|week| {
        let change = week.new.vnd().zip(week.old.vnd()).and_then(|(new, old)| change_per_mille(new, old));
        let mut row = vec![Cell::Count(week.week)];
        row.extend(of(week.new));
        row.extend(of(week.old));
        row.push(change.map_or(Cell::Empty, Cell::Share));
        row
    });
    let head = [
        lang.ages_week(),
        lang.ages_new(),
        lang.ages_new_count(),
        lang.ages_old(),
        lang.ages_old_count(),
        lang.ages_change(),
    ];
    Sheet::new(lang.ages_by_week(), &head, rows.collect(), lang.points_cut(ROWS_MOST))
}

fn points(lang: Lang, ages: &Ages) -> Sheet {
    let rows = ages.points.iter().map(|point| {
        vec![
            Cell::text(&point.name),
            Cell::text(if point.is_new { lang.ages_is_new() } else { "" }),
            Cell::Day(point.opened_on),
            Cell::Count(point.weeks),
            point.mean.vnd().map_or(Cell::Empty, Cell::Vnd),
            point.last_vnd.map_or(Cell::Empty, Cell::Vnd),
        ]
    });
    let head = [
        lang.column_point(),
        lang.ages_is_new(),
        lang.ages_opened(),
        lang.ages_whole_weeks(),
        lang.ages_mean(),
        lang.ages_last(),
    ];
    Sheet::new(lang.ages_by_point(), &head, rows.collect(), lang.points_cut(ROWS_MOST))
}
