//! The form that a report is asked for with, and the presets that keep what else is picked.

use domain::catalog::Category;
use domain::ids::StoreId;
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::form::{Field, datalist, select};

use super::filter::{Filter, SalesQuery, Wrong, YEARS_MOST};
use super::period::{Against, Preset};
use super::report::Origins;
use super::words::{against_words, category_words, preset_words, stars_words};
use crate::db::products::Group;
use crate::web::sales_texts::SalesTexts;
use crate::web::texts::CentralTexts;

/// What stands in the fields of the form.
pub struct Typed {
    from: String,
    to: String,
    store: String,
    category: String,
    stars: String,
    against: String,
    by: String,
    counted: String,
    producer: String,
    commune: String,
    group: String,
    rank: String,
}

/// What the form offers.
pub struct Offered<'a> {
    /// Stores.
    pub stores: &'a [(StoreId, String)],
    /// Product groups.
    pub groups: &'a [Group],
    /// Producers and communes.
    pub origins: &'a Origins,
    /// The name of the producer that is picked by its id.
    pub picked_producer: Option<&'a str>,
}

impl Typed {
    /// Takes what is shown.
    pub fn of(filter: &Filter) -> Self {
        Self {
            from: filter.period.from.to_string(),
            to: filter.period.to.to_string(),
            store: filter.store.map(|id| id.to_string()).unwrap_or_default(),
            category: filter.category.map(|category| category.code().to_owned()).unwrap_or_default(),
            stars: filter.stars.map(|stars| stars.to_string()).unwrap_or_default(),
            against: filter.against.code().to_owned(),
            by: filter.by.code().to_owned(),
            counted: filter.counted.code().to_owned(),
            producer: filter.producer_text().unwrap_or_default(),
            commune: filter.commune.clone().unwrap_or_default(),
            group: filter.group.clone().unwrap_or_default(),
            rank: filter.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        }
    }

    /// Takes the query as it was typed.
    pub fn as_written(query: &SalesQuery) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            from: text(&query.from),
            to: text(&query.to),
            store: text(&query.store),
            category: text(&query.category),
            stars: text(&query.stars),
            against: text(&query.against),
            by: text(&query.by),
            counted: text(&query.counted),
            producer: text(&query.producer),
            commune: text(&query.commune),
            group: text(&query.group),
            rank: text(&query.rank),
        }
    }
}

/// The form, and the presets that keep what else is picked.
pub fn filters(
    lang: Lang,
    today: Date,
    filter: &Filter,
    typed: &Typed,
    offered: &Offered<'_>,
    wrong: Option<Wrong>,
) -> Markup {
    let (from_error, to_error) = match wrong {
        Some(Wrong::From) => (Some(lang.wrong_date().to_owned()), None),
        Some(Wrong::To) => (None, Some(lang.wrong_date().to_owned())),
        Some(Wrong::Order) => (None, Some(lang.wrong_order().to_owned())),
        Some(Wrong::TooLong) => (None, Some(lang.too_long(YEARS_MOST))),
        Some(Wrong::Unknown) | None => (None, None),
    };
    let date = |name, label, value, error| Field {
        kind: "date",
        value,
        error,
        is_required: false,
        ..Field::new(name, label)
    };
    html! {
        form.filters method="get" action="/sales" {
            div {
                nav.presets aria-label=(lang.presets_label()) {
                    @for preset in Preset::ALL {
                        @let is_here = filter.preset == Some(preset) && wrong.is_none();
                        a href=(filter.of_preset(preset, today).href()) aria-current=[is_here.then_some("true")] {
                            (preset_words(lang, preset))
                        }
                    }
                }
                div.actions {
                    a.button href=(filter.href_with(".xlsx")) { (lang.filter_xlsx()) }
                    a.button href=(filter.href_with(".csv")) { (lang.filter_csv()) }
                    button type="button" data-print { (lang.filter_print()) }
                }
            }
            div {
                (date("from", lang.filter_from(), typed.from.as_str(), from_error.as_deref()).render())
                (date("to", lang.filter_to(), typed.to.as_str(), to_error.as_deref()).render())
                @if let Some(product) = filter.product { input type="hidden" name="product" value=(product); }
                @if let Some(campaign) = filter.campaign { input type="hidden" name="campaign" value=(campaign); }
                (store_choice(lang, offered.stores, &typed.store))
                (category_choice(lang, &typed.category))
                (stars_choice(lang, &typed.stars))
                (group_choice(lang, offered.groups, &typed.group))
                (origin_choices(lang, offered, typed))
                (against_choice(lang, &typed.against))
                @if !typed.rank.is_empty() { input type="hidden" name="rank" value=(typed.rank); }
                input type="hidden" name="by" value=(typed.by);
                input type="hidden" name="counted" value=(typed.counted);
                button.primary { (lang.filter_show()) }
            }
        }
    }
}

fn store_choice(lang: Lang, stores: &[(StoreId, String)], chosen: &str) -> Markup {
    let all = lang.all_stores(stores.len());
    let ids: Vec<(String, &str)> = stores.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
    let mut options = vec![("", all.as_str())];
    options.extend(ids.iter().map(|(id, name)| (id.as_str(), *name)));
    select("store", lang.filter_store(), &options, chosen, None)
}

fn category_choice(lang: Lang, chosen: &str) -> Markup {
    let mut options = vec![("", lang.all_categories())];
    options
        .extend(Category::ALL.map(|category| (category.code(), category_words(lang, Some(category.code())))));
    select("category", lang.filter_category(), &options, chosen, None)
}

fn group_choice(lang: Lang, groups: &[Group], chosen: &str) -> Markup {
    let mut options = vec![("", lang.all_groups())];
    options.extend(groups.iter().map(|group| {
        (group.code.as_str(), if lang == Lang::Vi { group.name_vi.as_str() } else { group.name_en.as_str() })
    }));
    select("group", lang.by_group(), &options, chosen, None)
}

/// Where nothing is offered, what is picked stays.
fn origin_choices(lang: Lang, offered: &Offered<'_>, typed: &Typed) -> Markup {
    let Origins { producers, communes } = offered.origins;
    let hidden = |name: &str, value: &str| html! { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } };
    let producer = offered.picked_producer.unwrap_or(&typed.producer);
    let mut options = vec![("", lang.all_communes())];
    options.extend(communes.iter().map(|name| (name.as_str(), name.as_str())));
    html! {
        @if producers.is_empty() || offered.picked_producer.is_some() { (hidden("producer", &typed.producer)) }
        @else {
            (Field { list: Some("producers"), value: producer, is_required: false, ..Field::new("producer", lang.by_producer()) }.render())
            (datalist("producers", producers))
        }
        @if communes.is_empty() { (hidden("commune", &typed.commune)) }
        @else { (select("commune", lang.by_commune(), &options, &typed.commune, None)) }
    }
}

fn stars_choice(lang: Lang, chosen: &str) -> Markup {
    let [three, four, five] = [3, 4, 5].map(|stars| stars_words(lang, stars));
    let options = [("", lang.all_stars()), ("3", &three), ("4", &four), ("5", &five)];
    select("stars", lang.filter_stars(), &options, chosen, None)
}

fn against_choice(lang: Lang, chosen: &str) -> Markup {
    let options = Against::ALL.map(|against| (against.code(), against_words(lang, against)));
    select("against", lang.filter_against(), &options, chosen, None)
}
