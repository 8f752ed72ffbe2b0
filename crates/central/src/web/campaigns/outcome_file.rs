//! What promotion brought as a workbook: the figures, recognitions, what campaigns cost, what sold for the first time.

use domain::campaign::CampaignKind;
use web::Lang;

use super::outcome::{FirstOfOutcome, OutcomeReport, RecognitionOfOutcome};
use super::words::kind_words;
use crate::web::campaign_texts::CampaignTexts;
use crate::web::introduction_texts::IntroductionTexts;
use crate::web::outcome_texts::OutcomeTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::sales::words::category_words;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the names of the sheets, in their order.
pub fn names(lang: Lang) -> [&'static str; 5] {
    [
        lang.outcome_sheet_figures(),
        lang.outcome_sheet_recognised(),
        lang.outcome_sheet_cost(),
        lang.outcome_sheet_products(),
        lang.outcome_sheet_producers(),
    ]
}

/// Returns all sheets.
pub fn sheets(lang: Lang, report: &OutcomeReport) -> Vec<Sheet> {
    vec![
        figures(lang, report),
        recognised(lang, report),
        spent(lang, report),
        first(lang, lang.outcome_sheet_products(), lang.column_product(), &report.first_products),
        first(lang, lang.outcome_sheet_producers(), lang.column_producer(), &report.first_producers),
    ]
}

/// Returns the figures, without the lists beside them.
pub fn figures(lang: Lang, report: &OutcomeReport) -> Sheet {
    let cost = report.spent.iter().map(|row| row.cost_vnd).sum();
    let rows = [
        (lang.campaign_first_day(), Cell::Day(report.from)),
        (lang.campaign_last_day(), Cell::Day(report.to)),
        (lang.outcome_paid(), Cell::Vnd(report.producers_paid_vnd)),
        (lang.outcome_paid_to(), Cell::Count(report.producers_paid_count)),
        (lang.outcome_producers(), Cell::Count(report.producer_count)),
        (lang.outcome_commune_count(), Cell::Count(report.commune_count)),
        (lang.outcome_first_products(), Cell::Count(report.first_product_count)),
        (lang.outcome_first_producers(), Cell::Count(report.first_producer_count)),
        (lang.outcome_revenue(), Cell::Vnd(report.revenue_vnd)),
        (lang.outcome_ocop_revenue(), Cell::Vnd(report.ocop_vnd)),
        (lang.outcome_cost(), Cell::Vnd(cost)),
        (lang.campaign_visitors(), Cell::Count(report.visitor_count)),
        (lang.campaign_tastings(), Cell::Count(report.tasting_count)),
        (lang.outcome_scans(), Cell::Count(report.scan_count)),
        (lang.campaign_enquiries(), Cell::Count(report.enquiry_count)),
        (lang.introductions_counted(), Cell::Count(report.introduced_count)),
    ];
    let rows = rows.into_iter().map(|(words, cell)| vec![Cell::text(words), cell]).collect();
    let head = [lang.campaign_column_what(), lang.outcome_sheet_figure()];
    Sheet::new(lang.outcome_sheet_figures(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn recognised(lang: Lang, report: &OutcomeReport) -> Sheet {
    let head = [
        lang.column_product(),
        lang.column_category(),
        lang.outcome_column_decision(),
        lang.outcome_column_day(),
        lang.outcome_column_months(),
        lang.outcome_column_before(),
        lang.outcome_column_after(),
        lang.outcome_rest_before(),
        lang.outcome_rest_after(),
    ];
    let row = |row: &RecognitionOfOutcome| {
        let sums = [row.product_before_vnd, row.product_after_vnd, row.rest_before_vnd, row.rest_after_vnd];
        let mut cells = vec![
            Cell::text(&row.name),
            Cell::text(category_words(lang, Some(&row.category))),
            Cell::text(&row.decision),
            Cell::Day(row.recognised_on),
            Cell::Count(row.months),
        ];
        cells.extend(sums.map(|vnd| if row.months > 0 { Cell::Vnd(vnd) } else { Cell::Empty }));
        cells
    };
    let rows = report.recognised.iter().map(row).collect();
    Sheet::new(lang.outcome_sheet_recognised(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn spent(lang: Lang, report: &OutcomeReport) -> Sheet {
    let head = [lang.outcome_column_kind(), lang.outcome_column_campaigns(), lang.outcome_column_cost()];
    let rows = report.spent.iter().map(|row| {
        let kind = CampaignKind::from_code(&row.kind).map_or("", |kind| kind_words(lang, kind));
        vec![Cell::text(kind), Cell::Count(row.campaign_count), Cell::Vnd(row.cost_vnd)]
    });
    Sheet::new(lang.outcome_sheet_cost(), &head, rows.collect(), lang.products_cut(ROWS_MOST))
}

fn first(lang: Lang, name: &str, what: &str, rows: &[FirstOfOutcome]) -> Sheet {
    let row = |row: &FirstOfOutcome| {
        let producer = row.producer.as_ref().map_or(Cell::Empty, Cell::text);
        vec![Cell::text(&row.name), producer, Cell::Day(row.since)]
    };
    let head = [what, lang.column_producer(), lang.outcome_column_since()];
    Sheet::new(name, &head, rows.iter().map(row).collect(), lang.products_cut(ROWS_MOST))
}
