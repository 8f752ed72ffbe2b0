//! Recognitions of a producer's own products that lapse soon, on the producer's first page.

use domain::recognition::{WARNING_DAYS, held};
use maud::{Markup, html};
use serde::Serialize;
use time::Date;
use utoipa::ToSchema;
use uuid::Uuid;
use web::Lang;
use web::format::date_text;
use web::fragment::{Tone, chip, stars};

use super::overview_texts::OverviewTexts;
use crate::db::recognitions::OfProduct;
use crate::web::sales::report::iso;
use crate::web::sales::words::category_words;

/// Days before the end from which on it is told.
const DAYS: i64 = WARNING_DAYS[0];
/// Days before the end from which on it is urgent.
const DAYS_URGENT: i64 = WARNING_DAYS[2];

/// What a product of the producer's holds, and when that ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LapsingOfProducer {
    /// The product.
    pub product_id: Uuid,
    /// Its name.
    pub name: String,
    /// As what it counts.
    pub counts_as: String,
    /// The rank, for OCOP.
    pub rank: Option<u8>,
    /// The last day.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = String, format = Date)]
    pub lapse_day: Date,
    /// Days until then; 0 on the last one.
    pub lapses_in_days: i64,
}

/// Returns what lapses within 90 days, the earliest first; `found` comes by product.
pub fn lapsing(found: &[OfProduct], today: Date) -> Vec<LapsingOfProducer> {
    let mut all = Vec::new();
    for product in found.chunk_by(|one, next| one.product_id == next.product_id) {
        let recognitions: Vec<_> = product.iter().map(|each| each.recognition).collect();
        let soon = held(&recognitions, today).into_iter().filter_map(|held| {
            let (lapse_day, first) = (held.until?, product.first()?);
            let lapses_in_days = held.days_left(today).filter(|days| *days <= DAYS)?;
            Some(LapsingOfProducer {
                product_id: first.product_id.uuid(),
                name: first.name.clone(),
                counts_as: held.category.code().to_owned(),
                rank: held.stars.map(|stars| stars.count()),
                lapse_day,
                lapses_in_days,
            })
        });
        all.extend(soon);
    }
    all.sort_by_key(|each| each.lapses_in_days);
    all
}

/// The card; nothing where nothing lapses.
pub fn card(lang: Lang, all: &[LapsingOfProducer]) -> Markup {
    html! {
        @if !all.is_empty() {
            h2 { (lang.lapsing_title()) }
            section.card {
                ul.list { @for each in all { (line(lang, each)) } }
                p.mute { (lang.lapsing_about()) }
            }
        }
    }
}

fn line(lang: Lang, each: &LapsingOfProducer) -> Markup {
    let tone = if each.lapses_in_days <= DAYS_URGENT { Tone::Bad } else { Tone::Warn };
    let category = category_words(lang, Some(&each.counts_as));
    html! {
        li {
            span {
                (each.name) " " @if each.rank.is_some() { (stars(lang, each.rank)) }
                small.small { (lang.lapses_on(category, date_text(each.lapse_day))) }
            }
            @match each.lapses_in_days {
                0 => (chip(Tone::Bad, lang.lapses_today())),
                days => (chip(tone, &lang.lapses_in(days))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::catalog::{Recognition, Stars};
    use time::macros::date;

    use super::*;

    #[test]
    fn what_ends_within_ninety_days_is_told_unless_a_newer_decision_follows() {
        let of = |number: u128, stars, from| OfProduct {
            product_id: Uuid::from_u128(number).into(),
            name: format!("P{number}"),
            recognition: Recognition::ocop(Stars::new(stars).unwrap(), from),
        };
        // OCOP results hold for three years.
        let today = date!(2026 - 11 - 23);
        let found = [
            of(1, 4, date!(2024 - 02 - 20)),
            of(2, 3, date!(2024 - 02 - 21)),
            of(3, 3, date!(2023 - 11 - 23)),
            of(4, 3, date!(2024 - 01 - 01)),
            of(4, 4, date!(2026 - 10 - 01)),
        ];
        let seen: Vec<_> = lapsing(&found, today)
            .into_iter()
            .map(|each| (each.name, each.rank, each.lapses_in_days))
            .collect();
        assert_eq!(
            seen,
            [("P3".to_owned(), Some(3), 0), ("P1".to_owned(), Some(4), 89), ("P2".to_owned(), Some(3), 90)]
        );
    }
}
