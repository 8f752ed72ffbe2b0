//! What a report is asked for: a GET form, so that every view is a link that can be kept, sent and printed.

use domain::catalog::Category;
use domain::ids::{CampaignId, ProductId, StoreId};
use serde::Deserialize;
use time::Date;
use utoipa::IntoParams;
use uuid::Uuid;
use web::address::encoded_value;

use super::period::{A_YEAR, Against, Period, Preset, a_year_back, same_day_back};
use super::sort::{Column, Sort};
use crate::db::product_list::Whose;
use crate::db::sales::Dimension;

/// Longest period of a report.
pub const YEARS_MOST: i64 = 5;
const DAYS_MOST: i64 = YEARS_MOST * 366;
const FEWEST_STARS: [u8; 3] = [3, 4, 5];
const RANKS: std::ops::RangeInclusive<u8> = 1..=5;
/// Signs of a producer's or commune's name at most.
const WORDS_MAX: usize = 200;

/// The query as it is written. Unknown names are left alone: messengers hang theirs on links that people send.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SalesQuery {
    /// `today`, `week`, `month` (without one and without days), `quarter` or `year`, up to today.
    pub(super) period: Option<String>,
    /// First day, `2026-10-01`; with `to`, in place of `period`, unless they are just its days.
    pub(super) from: Option<String>,
    /// Last day, included.
    pub(super) to: Option<String>,
    /// One store's id.
    pub(super) store: Option<String>,
    /// One product's id.
    pub(super) product: Option<String>,
    /// One campaign's id, for the department: its products in its stores, and on its days unless others are given.
    pub(super) campaign: Option<String>,
    /// `ocop`, `rural_industrial`, `key`, `planned` or `specialty`: the leading category, so each đồng counts once.
    pub(super) category: Option<String>,
    /// A producer's id, or words of the name: whose it was when it was sold.
    pub(super) producer: Option<String>,
    /// A commune, as it is written: where it came from when it was sold.
    pub(super) commune: Option<String>,
    /// Code of a product group: what it was of when it was sold.
    pub(super) group: Option<String>,
    /// 1 to 5: exactly so many OCOP stars when it was sold.
    pub(super) rank: Option<String>,
    /// `leading` (without one) or `holders`: whether a category counts what led with it, each đồng once, or all that held it.
    pub(super) counted: Option<String>,
    /// 3, 4 or 5: at least so many OCOP stars.
    pub(super) stars: Option<String>,
    /// `before` (without one), `year` or `tet`: what it is compared with.
    pub(super) against: Option<String>,
    /// `producer` (without one), `commune`, `group` or `stars`: by what sales are added up beside stores and categories.
    pub(super) by: Option<String>,
    /// `revenue`, `quantity`, `receipts`, `name` or `producer`; with `-` before it the other way round.
    pub(super) sort: Option<String>,
    /// 1, 2, 3 … of fifty products each.
    pub(super) page: Option<String>,
}

impl SalesQuery {
    /// Returns the campaign that is asked about without a word on days.
    pub(super) fn campaign_alone(&self) -> Option<CampaignId> {
        let is_empty = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().is_empty();
        let has_days = [&self.period, &self.from, &self.to].into_iter().any(|text| !is_empty(text));
        if has_days { None } else { self.campaign.as_deref()?.parse().ok() }
    }

    /// The same without a word on days.
    pub(super) fn without_days(&self) -> Self {
        Self { period: None, from: None, to: None, ..self.clone() }
    }

    /// The same on these days.
    pub(super) fn on_days(self, from: Date, to: Date) -> Self {
        Self { from: Some(from.to_string()), to: Some(to.to_string()), ..self }
    }
}

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// The named period, if it is one.
    pub preset: Option<Preset>,
    /// The days.
    pub period: Period,
    /// One store, or all that the person may see.
    pub store: Option<StoreId>,
    /// One product alone.
    pub product: Option<ProductId>,
    /// Products of one campaign, in its stores.
    pub campaign: Option<CampaignId>,
    /// Goods that lead in this category, or hold it.
    pub category: Option<Category>,
    /// For which goods a category counts.
    pub counted: Counted,
    /// Goods with so many stars or more.
    pub stars: Option<u8>,
    /// Whose it was.
    pub producer: Option<Whose>,
    /// Where it came from.
    pub commune: Option<String>,
    /// Code of its group.
    pub group: Option<String>,
    /// Exactly so many stars.
    pub rank: Option<u8>,
    /// What it is compared with.
    pub against: Against,
    /// By what sales are added up beside stores and categories.
    pub by: Dimension,
    /// The order of the products.
    pub sort: Sort,
    /// The page of the products, from 1 on.
    pub page: usize,
}

/// For which goods a category counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Counted {
    /// For those that it leads: each đồng once.
    #[default]
    Leading,
    /// For all that hold it: the sum may be more than the total.
    Holders,
}

impl Counted {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Leading, Self::Holders];

    /// Returns its name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Leading => "leading",
            Self::Holders => "holders",
        }
    }

    /// Returns the one of a name, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|counted| counted.code() == code)
    }
}

/// Why a query cannot be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// Not a day.
    From,
    /// Not a day.
    To,
    /// The last day stands before the first.
    Order,
    /// Longer than [`YEARS_MOST`].
    TooLong,
    /// A store that does not exist or is not this person's; or a product, category, number of stars or order that nobody knows.
    Unknown,
}

impl Filter {
    /// Reads a query.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn read(query: &SalesQuery, today: Date) -> Result<Self, Wrong> {
        let (preset, period) = read_period(query, today)?;
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let store = given(&query.store).map(|id| id.parse().map_err(|_| Wrong::Unknown)).transpose()?;
        let product = given(&query.product).map(|id| id.parse().map_err(|_| Wrong::Unknown)).transpose()?;
        let campaign = given(&query.campaign).map(|id| id.parse().map_err(|_| Wrong::Unknown)).transpose()?;
        let category = given(&query.category).map(|code| Category::from_code(&code).ok_or(Wrong::Unknown));
        let stars = given(&query.stars).map(|stars| {
            let count = stars.parse().map_err(|_| Wrong::Unknown)?;
            if FEWEST_STARS.contains(&count) { Ok(count) } else { Err(Wrong::Unknown) }
        });
        let counted = given(&query.counted).map(|code| Counted::from_code(&code).ok_or(Wrong::Unknown));
        let against = given(&query.against).map(|code| Against::from_code(&code).ok_or(Wrong::Unknown));
        let by = given(&query.by).map(|code| Dimension::from_code(&code).ok_or(Wrong::Unknown));
        let sort = given(&query.sort).map(|text| Sort::read(&text).ok_or(Wrong::Unknown));
        let rank = given(&query.rank)
            .map(|text| text.parse().ok().filter(|rank| RANKS.contains(rank)).ok_or(Wrong::Unknown));
        let words = |text: &Option<String>| {
            let text = text.as_deref().unwrap_or_default().trim();
            let is_short = text.chars().count() <= WORDS_MAX;
            if is_short {
                Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
            } else {
                Err(Wrong::Unknown)
            }
        };
        let producer = words(&query.producer)?.map(|text| match Uuid::try_parse(&text) {
            Ok(id) => Whose::Of(id.into()),
            Err(_) => Whose::Named(text),
        });
        let page = query.page.as_deref().and_then(|page| page.parse().ok()).unwrap_or(1).max(1);
        Ok(Self {
            preset,
            period,
            store,
            product,
            campaign,
            category: category.transpose()?,
            counted: counted.transpose()?.unwrap_or_default(),
            stars: stars.transpose()?,
            producer,
            commune: words(&query.commune)?,
            group: words(&query.group)?,
            rank: rank.transpose()?,
            against: against.transpose()?.unwrap_or_default(),
            by: by.transpose()?.unwrap_or_default(),
            sort: sort.transpose()?.unwrap_or_default(),
            page,
        })
    }

    /// Returns the one that stands without any query.
    pub fn usual(today: Date) -> Self {
        let preset = Preset::Month;
        Self {
            preset: Some(preset),
            period: preset.period(today),
            store: None,
            product: None,
            campaign: None,
            category: None,
            counted: Counted::default(),
            stars: None,
            producer: None,
            commune: None,
            group: None,
            rank: None,
            against: Against::default(),
            by: Dimension::default(),
            sort: Sort::default(),
            page: 1,
        }
    }

    /// Returns its address.
    pub fn href(&self) -> String {
        self.href_with("")
    }

    /// Returns the address of the same as a file with this ending.
    pub fn href_with(&self, ending: &str) -> String {
        format!("/sales{ending}?{}", self.query())
    }

    /// Returns what stands behind the question mark; what is as usual is left out.
    pub fn query(&self) -> String {
        let mut pairs = match self.preset {
            Some(preset) => vec![("period", preset.code().to_owned())],
            None => vec![("from", self.period.from.to_string()), ("to", self.period.to.to_string())],
        };
        pairs.extend(self.store.map(|id| ("store", id.to_string())));
        pairs.extend(self.product.map(|id| ("product", id.to_string())));
        pairs.extend(self.campaign.map(|id| ("campaign", id.to_string())));
        pairs.extend(self.category.map(|category| ("category", category.code().to_owned())));
        if self.counted != Counted::default() {
            pairs.push(("counted", self.counted.code().to_owned()));
        }
        pairs.extend(self.stars.map(|stars| ("stars", stars.to_string())));
        pairs.extend(self.producer_text().map(|text| ("producer", encoded_value(&text))));
        pairs.extend(self.commune.as_deref().map(|name| ("commune", encoded_value(name))));
        pairs.extend(self.group.as_deref().map(|code| ("group", encoded_value(code))));
        pairs.extend(self.rank.map(|rank| ("rank", rank.to_string())));
        if self.against != Against::default() {
            pairs.push(("against", self.against.code().to_owned()));
        }
        if self.by != Dimension::default() {
            pairs.push(("by", self.by.code().to_owned()));
        }
        if self.sort != Sort::default() {
            pairs.push(("sort", self.sort.text()));
        }
        if self.page > 1 {
            pairs.push(("page", self.page.to_string()));
        }
        let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("&")
    }

    /// Returns the producer as the address names it.
    pub fn producer_text(&self) -> Option<String> {
        self.producer.as_ref().map(|whose| match whose {
            Whose::Of(id) => id.to_string(),
            Whose::Named(words) => words.clone(),
        })
    }

    /// The same for one row of a table that is added up by a dimension; `None` where the row is of what nobody knows.
    pub fn of_part(&self, by: Dimension, key: Option<&str>) -> Option<Self> {
        let all = Self { page: 1, ..self.clone() };
        Some(match by {
            Dimension::Producer => Self { producer: Some(Whose::Of(key?.parse().ok()?)), ..all },
            Dimension::Commune => Self { commune: Some(key?.to_owned()), ..all },
            Dimension::Group => Self { group: Some(key?.to_owned()), ..all },
            Dimension::Stars => {
                Self { rank: Some(key?.parse().ok().filter(|rank| RANKS.contains(rank))?), ..all }
            }
        })
    }

    /// The same for another named period.
    pub fn of_preset(&self, preset: Preset, today: Date) -> Self {
        Self { preset: Some(preset), period: preset.period(today), page: 1, ..self.clone() }
    }

    /// The same in another order; a second time the other way round.
    pub fn sorted(&self, column: Column) -> Self {
        let is_reversed = self.sort.column == column && !self.sort.is_reversed;
        Self { sort: Sort { column, is_reversed }, page: 1, ..self.clone() }
    }

    /// The same on another page.
    pub fn on_page(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// The same for all products.
    pub fn of_all_products(&self) -> Self {
        Self {
            product: None,
            campaign: None,
            producer: None,
            commune: None,
            group: None,
            rank: None,
            page: 1,
            ..self.clone()
        }
    }

    /// Returns what the period is compared with.
    pub fn before(&self) -> Period {
        self.against.of(self.preset, self.period)
    }

    /// Returns the day that a day of the period is compared with.
    pub fn day_before(&self, day: Date) -> Date {
        match (self.against, self.preset, self.period.whole_months()) {
            (Against::Year, ..)
            | (Against::Before, Some(Preset::Year), _)
            | (Against::Before, None, Some(A_YEAR)) => a_year_back(day),
            (Against::Before, None, Some(months)) => same_day_back(day, months),
            _ => day.saturating_sub(self.period.from - self.before().from),
        }
    }

    /// True when single products are picked, so that receipts cannot be told apart.
    pub const fn picks_products(&self) -> bool {
        self.leads_to_some() || self.category.is_some() || self.stars.is_some()
    }

    /// True when only what counted as something, or was somebody's, is asked about.
    pub const fn asks_what_it_was(&self) -> bool {
        let standing = self.category.is_some() || self.stars.is_some() || self.rank.is_some();
        standing || self.producer.is_some() || self.commune.is_some() || self.group.is_some()
    }

    /// True when something is picked that a row or a campaign leads to: it has a way back to all goods.
    pub const fn leads_to_some(&self) -> bool {
        self.product.is_some()
            || self.campaign.is_some()
            || self.producer.is_some()
            || self.commune.is_some()
            || self.group.is_some()
            || self.rank.is_some()
    }
}

fn read_period(query: &SalesQuery, today: Date) -> Result<(Option<Preset>, Period), Wrong> {
    let given = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let (from, to, named) = (given(&query.from), given(&query.to), given(&query.period));
    if from.is_empty() && to.is_empty() {
        let preset = match named.as_str() {
            "" => Preset::Month,
            code => Preset::from_code(code).ok_or(Wrong::Unknown)?,
        };
        return Ok((Some(preset), preset.period(today)));
    }
    let period = read_days(&from, &to)?;
    // The form sends both: while nobody changes the days, they are those of the named period, and are compared as such.
    let preset = Preset::from_code(&named).filter(|preset| preset.period(today) == period);
    Ok((preset, period))
}

/// Reads the first and the last day; one alone means that day.
///
/// # Errors
/// Says what is wrong with them.
pub fn read_days(from: &str, to: &str) -> Result<Period, Wrong> {
    let from_day = read_day(if from.is_empty() { to } else { from }).ok_or(Wrong::From)?;
    let to_day = read_day(if to.is_empty() { from } else { to }).ok_or(Wrong::To)?;
    let period = Period { from: from_day, to: to_day };
    match period.days() {
        ..=0 => Err(Wrong::Order),
        days if days > DAYS_MOST => Err(Wrong::TooLong),
        _ => Ok(period),
    }
}

/// Reads `2026-10-01`, as browsers send a day. Days that no book can have are refused.
fn read_day(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next()?.parse::<u8>().ok()?.try_into().ok()?;
    let day = parts.next()?.parse().ok()?;
    Date::from_calendar_date(year, month, day).ok().filter(|day| (2000..=2199).contains(&day.year()))
}

#[cfg(test)]
mod tests;
