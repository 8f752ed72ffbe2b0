//! The page "sales per product".

use domain::catalog::Category;
use maud::{Markup, html};
use time::Date;
use web::Lang;
use web::chart::{Bar, Bars};
use web::form::{Field, select};
use web::format::{
    change_per_mille, compact_vnd, count_text, date_text, datetime_text, day_text, local_date,
    local_time_text,
};
use web::fragment::{Tone, change, chip};

use super::filter::{Filter, SalesQuery, Wrong, YEARS_MOST};
use super::freshness::{Freshness, Missing, Notice};
use super::period::{Period, Preset, Step};
use super::report::{PartOfSales, SalesReport, SalesTotals};
use super::tables;
use crate::web::texts::CentralTexts;

/// Stores that are named as silent before the rest is only counted.
const NOTICES_MOST: usize = 4;

/// What the page shows.
pub struct View<'a> {
    /// The language.
    pub lang: Lang,
    /// The moment of the page, UTC milliseconds.
    pub now_ms: i64,
    /// What was asked for.
    pub filter: &'a Filter,
    /// What was found.
    pub report: &'a SalesReport,
}

impl View<'_> {
    /// Returns the main part.
    pub fn render(&self) -> Markup {
        let today = local_date(self.now_ms);
        html! {
            (filters(self.lang, today, self.filter, &Typed::of(self.filter), &self.report.choices, None))
            (self.fresh())
            (self.figures())
            section.card { (self.bars()) }
            (tables::products(self.lang, self.filter, self.report))
            div.columns {
                (tables::stores(self.lang, self.filter, self.report))
                (tables::categories(self.lang, self.filter, self.report))
            }
        }
    }

    fn fresh(&self) -> Markup {
        let (lang, fresh) = (self.lang, &self.report.freshness);
        let until = match fresh.as_of_ms {
            Some(at_ms) => lang.data_until(moment(at_ms, self.now_ms)),
            None => lang.data_none().to_owned(),
        };
        let shown = fresh.notices.iter().take(NOTICES_MOST);
        html! {
            p.fresh {
                span {
                    strong { (range(lang, self.filter.period)) } " · " (until) " · "
                    (lang.stores_reported(fresh.reported, fresh.stores))
                }
                @for missing in shown { (self.notice(missing)) }
                @if let Some(more) = more(fresh) { span { (lang.more_stores(more)) } }
            }
        }
    }

    fn notice(&self, notice: &Notice) -> Markup {
        let (lang, store) = (self.lang, &notice.store);
        match notice.missing {
            Missing::Forked => chip(Tone::Bad, &lang.store_forked(store)),
            Missing::Held(vnd) => chip(Tone::Warn, &lang.store_held(store, domain::Money::new(vnd))),
            Missing::Quiet(at_ms) => {
                chip(Tone::Warn, &lang.store_last_sale(store, moment(at_ms, self.now_ms)))
            }
            Missing::All => chip(Tone::Warn, &lang.store_never(store)),
        }
    }

    fn figures(&self) -> Markup {
        let lang = self.lang;
        let money = |vnd| money_text(lang, vnd);
        let products = |totals: SalesTotals| i64::try_from(totals.product_count).ok();
        html! {
            div.figures {
                (self.figure(lang.revenue(), |totals| Some(totals.revenue_vnd), &money))
                (self.figure(lang.receipts(), |totals| totals.receipt_count, &count_text))
                (self.figure(lang.basket(), |totals| totals.basket_vnd(), &money))
                (self.figure(lang.products_sold(), products, &count_text))
            }
        }
    }

    fn figure(
        &self,
        name: &str,
        value: impl Fn(SalesTotals) -> Option<i64>,
        write: &dyn Fn(i64) -> String,
    ) -> Markup {
        let (lang, now) = (self.lang, value(self.report.totals));
        let before = self.report.before.and_then(value);
        html! {
            section.card.figure {
                span { (name) }
                strong { @match now { Some(value) => (write(value)), None => "–" } }
                p {
                    @match (now, before) {
                        (None, _) if self.filter.picks_products() => (lang.of_all_goods()),
                        (Some(now), Some(before)) => { (change(lang, change_per_mille(now, before))) " " (lang.against_before()) }
                        _ => (lang.nothing_before()),
                    }
                }
            }
        }
    }

    fn bars(&self) -> Markup {
        let (lang, step) = (self.lang, self.filter.period.step());
        let bars: Vec<Bar> = self.report.over_time.iter().map(|part| bar(part, step)).collect();
        let title = match step {
            Step::Day => lang.revenue_by_day(),
            Step::Week => lang.revenue_by_week(),
            Step::Month => lang.revenue_by_month(),
        };
        let before = format!("{} ({})", lang.period_before(), range(lang, self.filter.before()));
        Bars {
            lang,
            title,
            now: lang.this_period(),
            before: &before,
            write: &|vnd| compact_vnd(vnd, lang),
            bars: &bars,
        }
        .render()
    }
}

fn bar(part: &PartOfSales, step: Step) -> Bar {
    let label = match step {
        Step::Day | Step::Week => day_text(part.from),
        Step::Month => format!("{}/{}", u8::from(part.from.month()), part.from.year()),
    };
    Bar { label, now: part.revenue_vnd, before: part.before_vnd, is_complete: part.is_complete }
}

fn money_text(lang: Lang, vnd: i64) -> String {
    let text = compact_vnd(vnd, lang);
    if text.ends_with('₫') { text } else { format!("{text} ₫") }
}

fn more(fresh: &Freshness) -> Option<usize> {
    fresh.notices.len().checked_sub(NOTICES_MOST).filter(|more| *more > 0)
}

/// Writes a moment: the hour alone when it is today's.
fn moment(at_ms: i64, now_ms: i64) -> String {
    if local_date(at_ms) == local_date(now_ms) { local_time_text(at_ms) } else { datetime_text(at_ms) }
}

/// Writes days as people here do, since the fields above show them as the browser does: `01/10/2026–14/10/2026`.
pub fn range(lang: Lang, period: Period) -> String {
    if period.from == period.to {
        date_text(period.from)
    } else {
        lang.range(date_text(period.from), date_text(period.to))
    }
}

/// What stands in the fields of the form.
pub struct Typed {
    from: String,
    to: String,
    store: String,
    category: String,
    stars: String,
}

impl Typed {
    fn of(filter: &Filter) -> Self {
        Self {
            from: filter.period.from.to_string(),
            to: filter.period.to.to_string(),
            store: filter.store.map(|id| id.to_string()).unwrap_or_default(),
            category: filter.category.map(|category| category.code().to_owned()).unwrap_or_default(),
            stars: filter.stars.map(|stars| stars.to_string()).unwrap_or_default(),
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
        }
    }
}

/// The form, and the presets that keep what else is picked.
pub fn filters(
    lang: Lang,
    today: Date,
    filter: &Filter,
    typed: &Typed,
    stores: &[(domain::ids::StoreId, String)],
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
                button type="button" data-print { (lang.filter_print()) }
            }
            div {
                (date("from", lang.filter_from(), typed.from.as_str(), from_error.as_deref()).render())
                (date("to", lang.filter_to(), typed.to.as_str(), to_error.as_deref()).render())
                (store_choice(lang, stores, &typed.store))
                (category_choice(lang, &typed.category))
                (stars_choice(lang, &typed.stars))
                button.primary { (lang.filter_show()) }
            }
        }
    }
}

/// Writes a preset.
pub fn preset_words(lang: Lang, preset: Preset) -> &'static str {
    match preset {
        Preset::Today => lang.preset_today(),
        Preset::Week => lang.preset_week(),
        Preset::Month => lang.preset_month(),
        Preset::Quarter => lang.preset_quarter(),
        Preset::Year => lang.preset_year(),
    }
}

fn store_choice(lang: Lang, stores: &[(domain::ids::StoreId, String)], chosen: &str) -> Markup {
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

fn stars_choice(lang: Lang, chosen: &str) -> Markup {
    let (three, four) = (lang.stars_at_least(3), lang.stars_at_least(4));
    let options = [("", lang.all_stars()), ("3", &three), ("4", &four), ("5", lang.five_stars())];
    select("stars", lang.filter_stars(), &options, chosen, None)
}

/// Writes a category.
pub fn category_words(lang: Lang, code: Option<&str>) -> &'static str {
    match code.and_then(Category::from_code) {
        Some(Category::Ocop) => lang.category_ocop(),
        Some(Category::RuralIndustrial) => lang.category_rural_industrial(),
        Some(Category::Key) => lang.category_key(),
        Some(Category::Planned) => lang.category_planned(),
        Some(Category::Specialty) => lang.category_specialty(),
        None => lang.category_none(),
    }
}
