//! The form that a report is asked for with, and the presets that keep what else is picked.

use domain::catalog::Category;
use domain::ids::StoreId;
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::form::{Field, datalist, select};

use super::file;
use super::filter::{Filter, SalesQuery, Wrong, YEARS_MOST};
use super::period::{Against, Preset};
use super::report::Origins;
use super::sort::Sort;
use super::words::{against_words, category_words, preset_words, stars_words};
use crate::db::product_list::Whose;
use crate::db::products::Group;
use crate::web::sales_texts::SalesTexts;
use crate::web::sheet_file;
use crate::web::texts::CentralTexts;

/// What stands in the fields of the form.
pub struct Typed {
    /// The named period whose days stand in the fields.
    period: String,
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
    sort: String,
}

/// What the form offers.
pub struct Offered<'a> {
    /// Stores.
    pub stores: &'a [(StoreId, String)],
    /// Product groups.
    pub groups: &'a [Group],
    /// Producers and communes.
    pub origins: &'a Origins,
}

impl Typed {
    /// Takes what is shown.
    pub fn of(filter: &Filter) -> Self {
        Self {
            period: filter.preset.map(|preset| preset.code().to_owned()).unwrap_or_default(),
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
            sort: if filter.sort == Sort::default() { String::new() } else { filter.sort.text() },
        }
    }

    /// Takes the query as it was typed.
    pub fn as_written(query: &SalesQuery) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            period: text(&query.period),
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
            sort: text(&query.sort),
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
                    (sheet_file::csv_links(lang, &filter.href_with(".csv"), &file::names(lang, filter)))
                    button type="button" data-print { (lang.filter_print()) }
                }
            }
            div {
                (date("from", lang.filter_from(), typed.from.as_str(), from_error.as_deref()).render())
                (date("to", lang.filter_to(), typed.to.as_str(), to_error.as_deref()).render())
                (store_choice(lang, offered.stores, &typed.store))
                (category_choice(lang, &typed.category))
                (stars_choice(lang, &typed.stars))
                (group_choice(lang, offered.groups, &typed.group))
                (origin_choices(lang, filter, offered.origins, typed))
                (against_choice(lang, &typed.against))
                (kept(filter, typed))
                button.primary { (lang.filter_show()) }
            }
        }
    }
}

/// What no field shows and the form keeps. The period's name goes with its days: only so are they compared as that period.
fn kept(filter: &Filter, typed: &Typed) -> Markup {
    let product = filter.product.map(|id| id.to_string()).unwrap_or_default();
    let campaign = filter.campaign.map(|id| id.to_string()).unwrap_or_default();
    html! {
        (hidden("period", &typed.period))
        (hidden("product", &product))
        (hidden("campaign", &campaign))
        (hidden("rank", &typed.rank))
        (hidden("by", &typed.by))
        (hidden("counted", &typed.counted))
        (hidden("sort", &typed.sort))
    }
}

/// Nothing where there is no value.
fn hidden(name: &str, value: &str) -> Markup {
    html! { @if !value.is_empty() { input type="hidden" name=(name) value=(value); } }
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
    add_picked(&mut options, chosen);
    select("group", lang.by_group(), &options, chosen, None)
}

/// Where nothing is offered, what is picked stays; so does a producer that is picked by its id, which says nothing to a reader.
fn origin_choices(lang: Lang, filter: &Filter, origins: &Origins, typed: &Typed) -> Markup {
    let Origins { producers, communes } = origins;
    let is_by_id = matches!(filter.producer, Some(Whose::Of(_)));
    let mut options = vec![("", lang.all_communes())];
    options.extend(communes.iter().map(|name| (name.as_str(), name.as_str())));
    add_picked(&mut options, &typed.commune);
    html! {
        @if producers.is_empty() || is_by_id { (hidden("producer", &typed.producer)) }
        @else {
            (Field { list: Some("producers"), value: &typed.producer, is_required: false, ..Field::new("producer", lang.by_producer()) }.render())
            (datalist("producers", producers))
        }
        @if communes.is_empty() { (hidden("commune", &typed.commune)) }
        @else { (select("commune", lang.by_commune(), &options, &typed.commune, None)) }
    }
}

/// Offers what is picked also where it is not of today: what no product comes from any more was sold all the same.
fn add_picked<'a>(options: &mut Vec<(&'a str, &'a str)>, picked: &'a str) {
    if options.iter().all(|(value, _)| *value != picked) {
        options.push((picked, picked));
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
