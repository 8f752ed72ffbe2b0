//! The page "sales per product".

use maud::{Markup, html};
use web::Lang;
use web::chart::{Bar, Bars};
use web::format::{change_per_mille, compact_vnd, count_text, day_text, local_date};
use web::fragment::{Tone, change, chip};

use super::filter::Filter;
use super::form::{Offered, Typed, filters};
use super::freshness::{Freshness, Missing, Notice};
use super::period::Step;
use super::report::{PartOfSales, SalesReport, SalesTotals};
use super::sealed;
use super::tables;
use super::trade;
use super::words::{against_words, category_words, group_words, moment, money_text, range, stars_words};
use crate::db::product_list::Whose;
use crate::db::sales::Dimension;
use crate::web::sales_texts::SalesTexts;
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
            (filters(self.lang, today, self.filter, &Typed::of(self.filter), &self.offered(), None))
            (self.fresh())
            (self.figures())
            @if let Some(sealed) = &self.report.sealed { (sealed::card(self.lang, sealed)) }
            @if let Some(trade) = &self.report.trade { (trade::card(self.lang, trade)) }
            section.card { (self.bars()) }
            (tables::products(self.lang, self.filter, self.report))
            div.columns {
                (tables::stores(self.lang, self.filter, self.report))
                (tables::categories(self.lang, self.filter, self.report))
            }
            (tables::groups(self.lang, self.filter, self.report))
        }
    }

    fn offered(&self) -> Offered<'_> {
        let report = self.report;
        Offered { stores: &report.choices, groups: &report.product_groups, origins: &report.origins }
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
                    strong { (range(lang, self.filter.period)) @for picked in self.picked() { " · " (picked) } }
                    @if self.filter.leads_to_some() { " " a href=(self.filter.of_all_products().href()) { (lang.of_all_products()) } } " · " (until) " · "
                    (lang.stores_reported(fresh.reported, fresh.stores))
                }
                @for missing in shown { (self.notice(missing)) }
                @if let Some(more) = more(fresh) { span { (lang.more_stores(more)) } }
            }
        }
    }

    /// Writes what is picked, since the form above does not print.
    fn picked(&self) -> Vec<String> {
        let (lang, filter) = (self.lang, self.filter);
        let store = self.report.choices.iter().find(|(id, _)| Some(*id) == filter.store);
        let category = filter.category.map(|category| category_words(lang, Some(category.code())).to_owned());
        let stars = filter.stars.map(|stars| stars_words(lang, stars));
        // What sold nothing has no name here: an operator is told of nobody else's goods.
        let product = filter.product.map(|_| match self.report.products.first() {
            Some(product) => product.name.clone(),
            None => lang.one_product_picked().to_owned(),
        });
        let campaign = self.report.campaign.as_ref().map(|name| lang.sales_of_campaign(name));
        let store = store.map(|(_, name)| name.clone()).into_iter().chain(product).chain(campaign);
        let producer = filter.producer.as_ref().map(|whose| match whose {
            Whose::Of(_) => {
                self.report.picked_producer.clone().unwrap_or_else(|| lang.one_producer_picked().to_owned())
            }
            Whose::Named(words) => lang.producer_like(words),
        });
        let group = filter.group.as_deref();
        let group =
            group.map(|code| group_words(lang, Dimension::Group, Some(code), &self.report.product_groups));
        let rank = filter.rank.map(|rank| format!("{rank} ★"));
        let origin = producer.into_iter().chain(filter.commune.clone()).chain(group).chain(rank);
        store.chain(origin).chain(category).chain(stars).collect()
    }

    fn notice(&self, notice: &Notice) -> Markup {
        let (lang, store) = (self.lang, &notice.store);
        match notice.missing {
            Missing::Forked => chip(Tone::Bad, &lang.store_forked(store)),
            Missing::Held(vnd) => chip(Tone::Warn, &lang.store_held(store, domain::Money::new(vnd))),
            Missing::Suspended { entries, vnd } => {
                let money = domain::Money::new(vnd);
                chip(Tone::Warn, &lang.store_suspended(store, count_text(entries), money))
            }
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
                        (Some(now), Some(before)) => { (change(lang, change_per_mille(now, before))) " " (lang.compared_with(against_words(lang, self.filter.against))) }
                        _ => (lang.nothing_to_compare()),
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
        let before =
            format!("{} ({})", against_words(lang, self.filter.against), range(lang, self.filter.before()));
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

fn more(fresh: &Freshness) -> Option<usize> {
    fresh.notices.len().checked_sub(NOTICES_MOST).filter(|more| *more > 0)
}
