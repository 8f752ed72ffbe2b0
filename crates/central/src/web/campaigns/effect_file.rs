//! What a campaign brought as sheets: the figures with their intervals; behind them its stores, introductions, enquiries, products.

use domain::campaign::{CampaignState, each_hundredths};
use web::Lang;
use web::format::count_text;

use super::effect::{TOO_LARGE, cost_each, method, verdict};
use super::report::{CampaignReport, Effect, Interval, Smallest, StoreOfCampaign, Twice};
use super::words::{kind_words, missing_words, state_words};
use crate::web::campaign_texts::CampaignTexts;
use crate::web::outcome_texts::OutcomeTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the names of the sheets, in their order.
pub fn names(lang: Lang) -> [&'static str; 5] {
    [
        lang.outcome_sheet_figures(),
        lang.campaign_sheet_sales(),
        lang.campaign_introductions(),
        lang.campaign_enquiries_by_day(),
        lang.campaign_products(),
    ]
}

/// Returns all sheets, the figures first.
pub fn sheets(lang: Lang, report: &CampaignReport) -> Vec<Sheet> {
    vec![
        figures(lang, report),
        sales(lang, report),
        introductions(lang, report),
        enquiries(lang, report),
        products(lang, report),
    ]
}

fn figures(lang: Lang, report: &CampaignReport) -> Sheet {
    let head =
        [lang.campaign_column_what(), lang.outcome_sheet_figure(), lang.campaign_low(), lang.campaign_high()];
    let rows = [what(lang, report), brought(lang, report), limits(lang, report)].concat();
    Sheet::new(lang.outcome_sheet_figures(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn line(words: &str, figure: Cell) -> Vec<Cell> {
    vec![Cell::text(words), figure, Cell::Empty, Cell::Empty]
}

fn between(words: &str, found: Interval, cell: fn(i64) -> Cell) -> Vec<Cell> {
    vec![Cell::text(words), cell(found.estimate), cell(found.low), cell(found.high)]
}

/// What it is.
fn what(lang: Lang, report: &CampaignReport) -> Vec<Vec<Cell>> {
    let stores = report.sales.iter().filter(|row| row.store_id.is_some()).map(|row| row.name.as_str());
    let places = if report.is_everywhere {
        lang.campaign_everywhere().to_owned()
    } else {
        stores.collect::<Vec<_>>().join(", ")
    };
    let mut rows = vec![
        line(lang.campaign_name(), Cell::text(&report.name)),
        line(lang.campaign_kind(), Cell::text(kind_words(lang, report.kind()))),
        line(lang.campaign_state(), Cell::text(state_words(lang, report.state()))),
        line(lang.campaign_first_day(), Cell::Day(report.first_day)),
        line(lang.campaign_last_day(), Cell::Day(report.last_day)),
    ];
    rows.extend(report.ended_on.map(|day| line(lang.campaign_ended(), Cell::Day(day))));
    rows.extend([
        line(lang.campaign_column_where(), Cell::Text(places)),
        line(lang.campaign_column_cost(), Cell::Vnd(report.cost_vnd)),
    ]);
    rows
}

/// What it brought so far.
fn brought(lang: Lang, report: &CampaignReport) -> Vec<Vec<Cell>> {
    let told = |words: &str| vec![line(lang.campaign_effect(), Cell::text(words))];
    if report.state() == CampaignState::CalledOff {
        return told(lang.campaign_never_was());
    }
    let (Some(to), Some(effect)) = (report.measured_to, report.effect) else {
        return told(lang.campaign_not_begun());
    };
    let reported = lang.stores_reported(report.freshness.reported, report.freshness.stores);
    let mut rows = vec![
        line(lang.campaign_measured_to(), Cell::Day(to)),
        line(lang.campaign_reported(), Cell::Text(reported)),
    ];
    rows.extend(match effect {
        Effect::Uplift { change_per_mille, extra_vnd, is_by_stores, stores_with, stores_without, weeks } => {
            let method = method(lang, (stores_with, stores_without), weeks, is_by_stores);
            vec![
                line(lang.campaign_effect(), Cell::Text(verdict(lang, change_per_mille).2)),
                between(lang.campaign_change(), change_per_mille, Cell::Share),
                between(lang.campaign_extra(), extra_vnd, Cell::Vnd),
                cost(lang, extra_vnd, report),
                line(lang.campaign_method(), Cell::Text(method)),
            ]
        }
        Effect::BeforeAfter { before_vnd, during_vnd, .. } => vec![
            line(lang.campaign_effect(), Cell::text(lang.campaign_before_after())),
            line(lang.campaign_before(), Cell::Vnd(before_vnd)),
            line(lang.campaign_during(), Cell::Vnd(during_vnd)),
            line(lang.campaign_method(), Cell::text(lang.campaign_before_after_about())),
        ],
        Effect::TooLittle(missing) => {
            told(&format!("{}: {}", lang.campaign_too_little(), missing_words(lang, missing)))
        }
    });
    rows
}

/// What each extra đồng cost: a number only where something extra was sold for sure and all of it is over, as on the page.
fn cost(lang: Lang, extra: Interval, report: &CampaignReport) -> Vec<Cell> {
    let (words, cost_vnd) = (lang.campaign_cost_each(), report.cost_vnd);
    if cost_vnd == 0 || extra.low <= 0 || !report.is_whole() {
        return line(words, Cell::Text(cost_each(lang, extra, report).1));
    }
    let each = |extra_vnd| Cell::Quantity(each_hundredths(cost_vnd, extra_vnd).saturating_mul(10));
    vec![Cell::text(words), each(extra.estimate), each(extra.high), each(extra.low)]
}

/// What could be seen at all, and what else was going on.
fn limits(lang: Lang, report: &CampaignReport) -> Vec<Vec<Cell>> {
    let words = lang.campaign_smallest_change();
    let mut rows = match report.smallest {
        Smallest::Change { change_per_mille, .. } if change_per_mille > TOO_LARGE => {
            vec![line(words, Cell::text(lang.campaign_smallest_too_large()))]
        }
        Smallest::Change { change_per_mille, extra_vnd } => vec![
            line(words, Cell::Share(change_per_mille)),
            line(lang.campaign_smallest_extra(), Cell::Vnd(extra_vnd)),
        ],
        Smallest::TooLittle(missing) => vec![line(words, Cell::Text(missing_words(lang, missing)))],
    };
    if report.left_out_weeks > 0 {
        let weeks = i64::try_from(report.left_out_weeks).unwrap_or(i64::MAX);
        rows.push(line(lang.campaign_left_out_weeks(), Cell::Count(weeks)));
    }
    if !report.overlapping.is_empty() {
        let names: Vec<&str> = report.overlapping.iter().map(|other| other.name.as_str()).collect();
        rows.push(line(lang.campaign_overlapping(), Cell::Text(names.join(", "))));
    }
    rows
}

/// What its stores sold on average on a day; nothing before a day of it is over.
fn sales(lang: Lang, report: &CampaignReport) -> Sheet {
    let head = [
        lang.column_store(),
        lang.campaign_goods_before(),
        lang.campaign_goods_during(),
        lang.campaign_others_before(),
        lang.campaign_others_during(),
    ];
    let row = |row: &StoreOfCampaign| {
        let name = if row.store_id.is_some() { row.name.as_str() } else { lang.total() };
        vec![
            Cell::text(name),
            Cell::Vnd(row.promoted_before_vnd),
            Cell::Vnd(row.promoted_vnd),
            Cell::Vnd(row.others_before_vnd),
            Cell::Vnd(row.others_vnd),
        ]
    };
    let rows = report.sales.iter().filter(|_| report.measured_to.is_some()).map(row).collect();
    Sheet::new(lang.campaign_sheet_sales(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn introductions(lang: Lang, report: &CampaignReport) -> Sheet {
    let head = [lang.campaign_column_what(), lang.campaign_before(), lang.campaign_during()];
    let mut rows = Vec::new();
    if let Some(told) = &report.introductions {
        let twice = |words: &str, twice: Twice| {
            vec![Cell::text(words), Cell::Count(twice.before_count), Cell::Count(twice.during_count)]
        };
        rows.extend([
            twice(lang.campaign_visitors(), told.visitors),
            twice(lang.campaign_tastings(), told.tastings),
            twice(lang.campaign_scans(), told.scans),
            vec![Cell::text(lang.campaign_enquiries()), Cell::Empty, Cell::Count(told.enquiry_count)],
        ]);
        if told.later_enquiry_count > 0 {
            let words = lang.campaign_enquiries_later(count_text(told.later_enquiry_count));
            rows.push(vec![Cell::Text(words), Cell::Empty, Cell::Empty]);
        }
        if told.shift_count > 0 {
            let words = lang.campaign_answered(count_text(told.answered_count), count_text(told.shift_count));
            rows.push(vec![Cell::Text(words), Cell::Empty, Cell::Empty]);
        }
    }
    Sheet::new(lang.campaign_introductions(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn enquiries(lang: Lang, report: &CampaignReport) -> Sheet {
    let head = [lang.campaign_enquiry_day(), lang.campaign_enquiry_count()];
    let days = report.enquiries.iter();
    let rows = days.map(|day| vec![Cell::Day(day.asked_on), Cell::Count(day.enquiry_count)]).collect();
    Sheet::new(lang.campaign_enquiries_by_day(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn products(lang: Lang, report: &CampaignReport) -> Sheet {
    let head = [lang.product_column_code(), lang.column_product()];
    let products = report.products.iter();
    let rows = products.map(|product| vec![Cell::text(&product.sku), Cell::text(&product.name)]).collect();
    Sheet::new(lang.campaign_products(), &head, rows, lang.products_cut(ROWS_MOST))
}
