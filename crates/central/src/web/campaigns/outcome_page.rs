//! What promotion brought, as a page for a meeting.

use domain::Money;
use domain::campaign::CampaignKind;
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::format::{change_per_mille, count_text, date_text, percent_text};
use web::fragment::{Tone, change, message, stars};

use super::outcome::{FirstOfOutcome, OutcomeReport, RecognitionOfOutcome, Span};
use super::outcome_file;
use super::outcome_load::RECOGNISED_MOST;
use super::words::kind_words;
use crate::web::campaign_texts::CampaignTexts;
use crate::web::introduction_texts::IntroductionTexts;
use crate::web::outcome_texts::OutcomeTexts;
use crate::web::sales::words::{category_words, money_text};
use crate::web::sheet_file;
use crate::web::shell::Place;
use crate::web::texts::CentralTexts;

/// The main part.
pub fn main(lang: Lang, today: Date, span: Span, report: &OutcomeReport) -> Markup {
    html! {
        nav.presets aria-label=(lang.campaign_beside()) {
            @for place in [Place::Promotions, Place::Campaigns, Place::Introductions] { a href=(place.href()) { (place.words(lang)) } }
        }
        p.mute { (lang.outcome_about()) }
        div.filters {
            div {
                (periods(lang, today, span))
                div.actions {
                    a.button href=(span.href_with(".xlsx")) { (lang.campaign_xlsx()) }
                    (sheet_file::csv_links(lang, &span.href_with(".csv"), &outcome_file::names(lang)))
                    button type="button" data-print { (lang.filter_print()) }
                }
            }
        }
        p.fresh {
            strong { (lang.campaign_days(date_text(report.from), date_text(report.to))) } " · "
            (lang.stores_reported(report.freshness.reported, report.freshness.stores))
        }
        @if report.is_beginning { (message(Tone::Warn, lang.outcome_beginning())) }
        (figures(lang, report))
        (recognised(lang, report))
        div.columns { (spent(lang, report)) (first_producers(lang, report)) }
        (first_products(lang, report))
    }
}

fn periods(lang: Lang, today: Date, span: Span) -> Markup {
    let year = |year| Span { year, quarter: None };
    html! {
        nav.presets aria-label=(lang.outcome_periods()) {
            a href=(year(span.year - 1).href()) { (lang.outcome_year_before(span.year - 1)) }
            a href=(year(span.year).href()) aria-current=[span.quarter.is_none().then_some("true")] { (lang.outcome_year(span.year)) }
            @for quarter in 1..=4 {
                a href=(Span { quarter: Some(quarter), ..span }.href()) aria-current=[(span.quarter == Some(quarter)).then_some("true")] {
                    (lang.outcome_quarter(quarter))
                }
            }
            @if span.year < today.year() { a href=(year(span.year + 1).href()) { (lang.outcome_year_after(span.year + 1)) } }
        }
    }
}

fn figures(lang: Lang, report: &OutcomeReport) -> Markup {
    let share = report.ocop_vnd.saturating_mul(1_000).checked_div(report.revenue_vnd).unwrap_or_default();
    let (campaigns, cost): (i64, i64) = report
        .spent
        .iter()
        .fold((0, 0), |(count, cost), row| (count + row.campaign_count, cost + row.cost_vnd));
    let figure = |name: &str, value: String, about: String| {
        html! { div.card.figure { span.mute { (name) } strong { (value) } p { (about) } } }
    };
    let mut interest = lang.outcome_interest_about(
        count_text(report.tasting_count),
        count_text(report.scan_count),
        count_text(report.enquiry_count),
    );
    if report.introduced_count > 0 {
        interest =
            format!("{interest}; {}", lang.introductions_of_outcome(count_text(report.introduced_count)));
    }
    html! {
        div.figures {
            (figure(lang.outcome_paid(), money_text(lang, report.producers_paid_vnd), lang.outcome_paid_about(count_text(report.producers_paid_count))))
            (figure(lang.outcome_producers(), count_text(report.producer_count), lang.outcome_communes(count_text(report.commune_count))))
            (figure(lang.outcome_first(), count_text(report.first_product_count), lang.outcome_first_about(count_text(report.first_producer_count))))
            (figure(lang.outcome_revenue(), money_text(lang, report.revenue_vnd), lang.outcome_ocop(percent_text(share))))
            (figure(lang.outcome_cost(), money_text(lang, cost), lang.outcome_cost_about(count_text(campaigns))))
            (figure(lang.outcome_interest(), count_text(report.visitor_count), interest))
        }
    }
}

fn recognised(lang: Lang, report: &OutcomeReport) -> Markup {
    html! {
        section.card {
            h2 { (lang.outcome_recognised()) }
            @if report.recognised.is_empty() { p { (lang.outcome_recognised_none()) } } @else {
                p.mute { (lang.outcome_recognised_about()) }
                div.table.folds { table {
                    thead { tr {
                        th { (lang.column_product()) } th { (lang.outcome_column_recognition()) }
                        th.n { (lang.outcome_column_months()) } th.n { (lang.outcome_column_before()) }
                        th.n { (lang.outcome_column_after()) } th.n { (lang.outcome_column_change()) }
                        th.n { (lang.outcome_column_rest()) }
                    } }
                    tbody { @for row in &report.recognised { (recognition(lang, row)) } }
                } }
                @if i64::try_from(report.recognised.len()) == Ok(RECOGNISED_MOST) { p.mute { (lang.outcome_recognised_cut(RECOGNISED_MOST)) } }
            }
        }
    }
}

fn recognition(lang: Lang, row: &RecognitionOfOutcome) -> Markup {
    let changed = |before, after| change(lang, change_per_mille(after, before));
    html! {
        tr {
            td { a href={ "/products/" (row.product_id) } { (row.name) } }
            td {
                (category_words(lang, Some(&row.category))) (stars(lang, row.stars))
                small { (date_text(row.recognised_on)) @if !row.decision.is_empty() { " · " (row.decision) } }
            }
            @if row.months == 0 {
                td.n { "0" } td.mute colspan="4" { (lang.outcome_too_early()) }
            } @else {
                td.n { (row.months) }
                td.n { (Money::new(row.product_before_vnd)) } td.n { (Money::new(row.product_after_vnd)) }
                td.n { (changed(row.product_before_vnd, row.product_after_vnd)) }
                td.n { (changed(row.rest_before_vnd, row.rest_after_vnd)) }
            }
        }
    }
}

fn spent(lang: Lang, report: &OutcomeReport) -> Markup {
    html! {
        section.card {
            div.head { h2 { (lang.outcome_spent()) } a href=(Place::Campaigns.href()) { (lang.page_campaigns()) } }
            @if report.spent.is_empty() { p { (lang.outcome_no_campaigns()) } } @else {
                div.table { table {
                    thead { tr {
                        th { (lang.outcome_column_kind()) } th.n { (lang.outcome_column_campaigns()) } th.n { (lang.outcome_column_cost()) }
                    } }
                    tbody { @for row in &report.spent {
                        tr {
                            td { (CampaignKind::from_code(&row.kind).map_or("", |kind| kind_words(lang, kind))) }
                            td.n { (count_text(row.campaign_count)) } td.n { (Money::new(row.cost_vnd)) }
                        }
                    } }
                } }
            }
        }
    }
}

fn first_producers(lang: Lang, report: &OutcomeReport) -> Markup {
    html! {
        section.card {
            h2 { (lang.outcome_first_producers()) }
            (first(lang, lang.column_producer(), (&report.first_producers, report.first_producer_count), false))
        }
    }
}

fn first_products(lang: Lang, report: &OutcomeReport) -> Markup {
    html! {
        section.card {
            h2 { (lang.outcome_first_products()) }
            (first(lang, lang.column_product(), (&report.first_products, report.first_product_count), true))
        }
    }
}

fn first(lang: Lang, head: &str, (rows, count): (&[FirstOfOutcome], i64), has_producer: bool) -> Markup {
    let named = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    html! {
        @if rows.is_empty() { p { (lang.outcome_none()) } } @else {
            div.table { table {
                thead { tr {
                    th { (head) } @if has_producer { th { (lang.column_producer()) } } th.n { (lang.outcome_column_since()) }
                } }
                tbody { @for row in rows {
                    tr {
                        td { (row.name) }
                        @if has_producer { td { (row.producer.as_deref().unwrap_or("–")) } }
                        td.n { (lang.outcome_month(u8::from(row.since.month()), row.since.year())) }
                    }
                } }
            } }
            @if count > named { p.mute { (lang.outcome_more(count_text(count - named))) } }
        }
    }
}
