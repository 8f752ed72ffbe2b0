//! What promotion brought, counted slowly: every entry of every journal is read, line by line, and nothing that central has added up.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use central::db::Db;
use central::db::engine::Sql;
use time::Date;
use uuid::Uuid;

use crate::support::TODAY;
use crate::support::raw::{self, Line, Told};

/// First and last day.
pub(super) type Days = (Date, Date);

/// Something that sold for the first time: its name, that of its producer, and the first day of the month.
pub(super) type First = (String, Option<String>, String);

/// What a product sold around a decision, and what everything else did.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Around {
    pub(super) product: Uuid,
    pub(super) category: String,
    pub(super) decision: String,
    pub(super) since: String,
    pub(super) months: i64,
    /// Of the product before and after, and of the rest.
    pub(super) sums: [i64; 4],
}

/// What the catalogue says of a product.
struct Product {
    name: String,
    producer: Option<Uuid>,
    commune: String,
    merged_into: Option<Uuid>,
}

/// Id, name, producer, commune, and what it was merged into.
type ProductRow = (Uuid, String, Option<Uuid>, String, Option<Uuid>);

/// Id, leading category, commune and producer.
type FactsRow = (Uuid, Option<String>, String, Option<Uuid>);

/// What a line counted as: leading category, commune, producer.
type Standing = (Option<String>, String, Option<Uuid>);

/// Product, category, decision and first day.
type Decision = (Uuid, String, String, Date);

/// Everything that was told, and the catalogue beside it.
pub(super) struct Slow {
    told: Vec<Told>,
    /// Of sales, and of what came back.
    lines: Vec<Line>,
    products: BTreeMap<Uuid, Product>,
    facts: BTreeMap<Uuid, Standing>,
    /// Name, and the one that it is counted as.
    producers: BTreeMap<Uuid, (String, Option<Uuid>)>,
    decisions: Vec<Decision>,
}

impl Slow {
    pub(super) async fn read(db: &Db) -> Self {
        let told = raw::read(db).await;
        let text = "select id, name, producer_id, commune, merged_into from products";
        let products: Vec<ProductRow> = db.all(Sql::new(text)).await.unwrap();
        let text = "select id, leading_category, commune, producer_id from product_facts";
        let facts: Vec<FactsRow> = db.all(Sql::new(text)).await.unwrap();
        let text = "select id, name, same_as from producers";
        let producers: Vec<(Uuid, String, Option<Uuid>)> = db.all(Sql::new(text)).await.unwrap();
        let text = "select product_id, category, decision_number, valid_from from recognitions where not is_withdrawn";
        let decisions: Vec<Decision> = db.all(Sql::new(text)).await.unwrap();
        let product = |(id, name, producer, commune, merged_into): ProductRow| {
            (id, Product { name, producer, commune, merged_into })
        };
        Self {
            lines: told.iter().flat_map(Told::lines).filter(|line| line.sold != 0).collect(),
            told,
            products: products.into_iter().map(product).collect(),
            facts: facts
                .into_iter()
                .map(|(id, category, commune, producer)| (id, (category, commune, producer)))
                .collect(),
            producers: producers.into_iter().map(|(id, name, same)| (id, (name, same))).collect(),
            decisions,
        }
    }

    /// Returns what a product is counted as.
    fn counted(&self, product: Uuid) -> Uuid {
        self.products[&product].merged_into.unwrap_or(product)
    }

    /// Returns whom a producer is counted as.
    fn maker(&self, producer: Option<Uuid>) -> Option<Uuid> {
        producer.map(|id| self.producers[&id].1.unwrap_or(id))
    }

    /// What a counter added counted as nothing, but was somebody's, and is from where the catalogue says.
    fn standing(&self, line: &Line) -> Standing {
        let product = &self.products[&self.counted(line.product)];
        let unknown = || (None, String::new(), line.producer);
        let (category, commune, producer) =
            line.facts.map_or_else(unknown, |facts_id| self.facts[&facts_id].clone());
        let commune = if commune.is_empty() { product.commune.clone() } else { commune };
        (category, commune, self.maker(producer.or(product.producer)))
    }

    /// True when something was put right without money, and with money that came back.
    pub(super) fn has_put_right(&self) -> bool {
        let put_right = || self.told.iter().filter(|told| told.kind == "producer_adjusted");
        [0, -30_000].iter().all(|vnd| put_right().any(|told| told.paid().is_some_and(|paid| paid.1 == *vnd)))
    }

    fn within(&self, (from, to): Days) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| from <= line.day && line.day <= to)
    }

    /// Returns figures by the name of their field.
    pub(super) fn figures(&self, days: Days) -> Vec<(&'static str, i64)> {
        let count = |length: usize| i64::try_from(length).unwrap();
        let is_ocop = |line: &&Line| self.standing(line).0.as_deref() == Some("ocop");
        let mut goods = BTreeMap::<(Uuid, Option<Uuid>), (i64, Standing)>::new();
        for line in self.within(days) {
            let sold = goods.entry((line.product, line.facts)).or_insert_with(|| (0, self.standing(line)));
            sold.0 += line.sold;
        }
        // Of which more was sold than came back.
        goods.retain(|_, (milli, _)| *milli > 0);
        let products: BTreeSet<Uuid> = goods.keys().map(|(product, _)| self.counted(*product)).collect();
        let makers: BTreeSet<Uuid> = goods.values().filter_map(|(_, standing)| standing.2).collect();
        let communes: BTreeSet<&String> = goods.values().map(|(_, standing)| &standing.1).collect();
        let communes = communes.into_iter().filter(|commune| !commune.is_empty()).count();
        let is_in = |told: &&Told| days.0 <= told.day && told.day <= days.1;
        let paid: Vec<(Uuid, i64)> = self.told.iter().filter(is_in).filter_map(Told::paid).collect();
        let paid_to: BTreeSet<Option<Uuid>> = paid
            .iter()
            .filter(|(_, vnd)| *vnd != 0)
            .map(|(producer, _)| self.maker(Some(*producer)))
            .collect();
        vec![
            ("revenue_vnd", self.within(days).map(|line| line.vnd).sum()),
            ("ocop_vnd", self.within(days).filter(is_ocop).map(|line| line.vnd).sum()),
            ("product_count", count(products.len())),
            ("producer_count", count(makers.len())),
            ("commune_count", count(communes)),
            ("producers_paid_vnd", paid.iter().map(|(_, vnd)| vnd).sum()),
            ("producers_paid_count", count(paid_to.len())),
        ]
    }

    /// Returns how many came and tasted, as shifts told when they ended.
    pub(super) fn visits(&self, (from, to): Days) -> (i64, i64) {
        let closings = || {
            self.told
                .iter()
                .filter(move |told| told.kind == "shift_close" && from <= told.day && told.day <= to)
        };
        let sum = |name: &str| closings().filter_map(|told| told.said[name].as_i64()).sum::<i64>();
        (sum("visitors"), sum("tastings"))
    }

    /// Returns the first month in which more of a product was sold than came back, by what it is counted as.
    fn first_months(&self) -> BTreeMap<Uuid, Date> {
        let mut months = BTreeMap::<(Uuid, Date), i64>::new();
        for line in &self.lines {
            *months.entry((line.product, month_of(line.day))).or_default() += line.sold;
        }
        let mut first = BTreeMap::<Uuid, Date>::new();
        for ((product, month), milli) in months {
            if milli > 0 {
                let since = first.entry(self.counted(product)).or_insert(month);
                *since = month.min(*since);
            }
        }
        first
    }

    /// Returns the month in which anything sold for the first time.
    pub(super) fn first_month(&self) -> Option<Date> {
        self.first_months().into_values().min()
    }

    pub(super) fn first_products(&self, (from, to): Days) -> Vec<First> {
        let first = self.first_months().into_iter().filter(|(_, month)| from <= *month && *month <= to);
        let row = |(product, month): (Uuid, Date)| {
            let product = &self.products[&product];
            let maker = self.maker(product.producer).map(|id| self.producers[&id].0.clone());
            (product.name.clone(), maker, month.to_string())
        };
        let mut rows: Vec<First> = first.map(row).collect();
        rows.sort();
        rows
    }

    pub(super) fn first_producers(&self, (from, to): Days) -> Vec<First> {
        let mut makers = BTreeMap::<Uuid, Date>::new();
        for (product, month) in self.first_months() {
            if let Some(maker) = self.maker(self.products[&product].producer) {
                let since = makers.entry(maker).or_insert(month);
                *since = month.min(*since);
            }
        }
        let first = makers.into_iter().filter(|(_, month)| from <= *month && *month <= to);
        let row = |(maker, month): (Uuid, Date)| (self.producers[&maker].0.clone(), None, month.to_string());
        let mut rows: Vec<First> = first.map(row).collect();
        rows.sort();
        rows
    }

    /// Returns what was sold around each decision that begins on these days.
    pub(super) fn recognised(&self, (from, to): Days) -> Vec<Around> {
        let begun = self.decisions.iter().filter(|decision| from <= decision.3 && decision.3 <= to);
        let mut rows: Vec<Around> = begun.map(|decision| self.around(decision, (from, to))).collect();
        rows.sort();
        rows
    }

    /// As many whole months on both sides as are over and have books, at most six; half a year around the period is looked at.
    fn around(&self, (product, category, decision, since): &Decision, (from, to): Days) -> Around {
        let at = index(*since);
        let looked_at = index(from) - 6..=index(to) + 6;
        let first = self.lines.iter().map(|line| index(line.day)).filter(|month| looked_at.contains(month));
        let first = first.min();
        let is_whole =
            |months: &i32| at + months < index(TODAY) && first.is_some_and(|first| at - months >= first);
        let months = (1..=6).take_while(is_whole).last().unwrap_or(0);
        let sum = |months: &RangeInclusive<i32>, is_product: bool| {
            let is_it = |line: &&Line| {
                months.contains(&index(line.day)) && (self.counted(line.product) == *product) == is_product
            };
            self.lines.iter().filter(is_it).map(|line| line.vnd).sum::<i64>()
        };
        let (before, after) = (at - months..=at - 1, at + 1..=at + months);
        let sums = [(&before, true), (&after, true), (&before, false), (&after, false)];
        let sums = sums.map(|(months, is_product)| sum(months, is_product));
        Around {
            product: *product,
            category: category.clone(),
            decision: decision.clone(),
            since: since.to_string(),
            months: i64::from(months),
            sums,
        }
    }
}

fn month_of(day: Date) -> Date {
    day.replace_day(1).unwrap()
}

/// Months since the year 0.
fn index(day: Date) -> i32 {
    day.year() * 12 + i32::from(u8::from(day.month()))
}
