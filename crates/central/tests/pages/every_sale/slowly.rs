//! Sales counted slowly: every entry of every journal is read, line by line, and nothing that central has added up.

use std::collections::{BTreeMap, BTreeSet};

use central::db::Db;
use central::db::engine::Sql;
use serde_json::Value;
use time::{Date, Duration};
use uuid::Uuid;

/// Id, categories, stars, group, commune and producer.
type FactsRow = (Uuid, String, Option<i64>, Option<String>, String, Option<Uuid>);

/// Id, what it was merged into, group, commune and producer.
type ProductRow = (Uuid, Option<Uuid>, Option<String>, String, Option<Uuid>);

/// First and last day.
pub(super) type Days = (Date, Date);

/// What a line counted as when it was sold; of which group it was, where from and whose, its product says now where nobody said then.
#[derive(Debug, Clone, Default)]
struct Standing {
    categories: Vec<String>,
    stars: Option<i64>,
    group: Option<String>,
    commune: String,
    producer: Option<Uuid>,
}

/// A line of a sale, or of goods that came back.
#[derive(Debug)]
struct Line {
    store: Uuid,
    day: Date,
    /// As the store told it.
    told: Uuid,
    /// What it was merged into.
    product: Uuid,
    standing: Standing,
    milli: i64,
    vnd: i64,
    /// The entry, and whether that is a receipt, a voided one, or none.
    entry: usize,
    receipts: i64,
}

/// Everything that was sold.
pub(super) struct Entries {
    lines: Vec<Line>,
    /// Store, day, and whether it is a receipt, a voided one, or none.
    receipts: Vec<(Uuid, Date, i64)>,
    pub(super) stores: Vec<Uuid>,
}

/// What a question is about.
#[derive(Debug, Clone, Default)]
pub(super) struct Pick {
    pub(super) store: Option<Uuid>,
    /// Those of the campaign, or of the operator who asks.
    pub(super) stores: Option<Vec<Uuid>>,
    pub(super) products: Option<Vec<Uuid>>,
    pub(super) category: Option<&'static str>,
    pub(super) holders: bool,
    pub(super) stars_least: Option<i64>,
    pub(super) stars: Option<i64>,
    pub(super) producers: Option<Vec<Uuid>>,
    pub(super) commune: Option<&'static str>,
    pub(super) group: Option<&'static str>,
}

/// What a product, store, category or part sold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) vnd: i64,
    pub(super) milli: i64,
    pub(super) products: i64,
    pub(super) receipts: Option<i64>,
    pub(super) stars: Option<i64>,
}

/// Sums by key; what nobody knew then is the empty one.
pub(super) type Sums = BTreeMap<String, Sum>;

impl Standing {
    fn or_of_now(self, (_, _, group, commune, producer): &ProductRow) -> Self {
        Self {
            group: self.group.or_else(|| group.clone()),
            commune: if self.commune.is_empty() { commune.clone() } else { self.commune },
            producer: self.producer.or(*producer),
            ..self
        }
    }
}

impl Entries {
    pub(super) async fn read(db: &Db) -> Self {
        let facts: Vec<FactsRow> = db
            .all(Sql::new(
                "select id, categories, stars, group_code, commune, producer_id from product_facts",
            ))
            .await
            .unwrap();
        let standing = |(id, categories, stars, group, commune, producer): FactsRow| {
            let categories =
                categories.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect();
            (id, Standing { categories, stars, group, commune, producer })
        };
        let facts: BTreeMap<Uuid, Standing> = facts.into_iter().map(standing).collect();
        let products: Vec<ProductRow> = db
            .all(Sql::new("select id, merged_into, group_code, commune, producer_id from products"))
            .await
            .unwrap();
        let products: BTreeMap<Uuid, ProductRow> =
            products.into_iter().map(|product| (product.0, product)).collect();
        let stores: Vec<(Uuid,)> = db.all(Sql::new("select id from stores")).await.unwrap();
        let entries: Vec<(Uuid, String, Option<Date>, Vec<u8>)> = db
            .all(Sql::new(
                "select store_id, kind, business_date, shared from entries where state = 'projected'",
            ))
            .await
            .unwrap();
        let mut all = Self {
            lines: Vec::new(),
            receipts: Vec::new(),
            stores: stores.into_iter().map(|(id,)| id).collect(),
        };
        for (entry, (store, kind, day, shared)) in entries.into_iter().enumerate() {
            let (sign, receipts) = match kind.as_str() {
                "sale" => (1, 1),
                "refund" => (-1, 0),
                "void" => (-1, -1),
                _ => continue,
            };
            let (told, day): (Value, Date) = (serde_json::from_slice(&shared).unwrap(), day.unwrap());
            all.receipts.push((store, day, receipts));
            for line in told["lines"].as_array().unwrap() {
                let number = |name: &str| line[name].as_i64().unwrap();
                let id = |value: &Value| value.as_str().map(|text| text.parse::<Uuid>().unwrap());
                let told = id(&line["product"]).unwrap();
                // A product that a counter added counted as nothing, but was somebody's.
                let unknown = || Standing { producer: id(&line["terms"]["producer"]), ..Standing::default() };
                let frozen = id(&line["facts"]).map_or_else(unknown, |facts_id| facts[&facts_id].clone());
                let product = products[&told].1.unwrap_or(told);
                all.lines.push(Line {
                    store,
                    day,
                    told,
                    product,
                    standing: frozen.or_of_now(&products[&product]),
                    milli: sign * number("quantity"),
                    vnd: sign * (number("gross") - number("discount")),
                    entry,
                    receipts,
                });
            }
        }
        all
    }

    /// Returns the first day of all in the stores that are asked about.
    pub(super) fn first_day(&self, pick: &Pick) -> Option<Date> {
        self.receipts.iter().filter(|(store, ..)| pick.is_in(*store)).map(|(_, day, _)| *day).min()
    }

    fn within<'a>(&'a self, pick: &'a Pick, (from, to): Days) -> impl Iterator<Item = &'a Line> {
        let is_there = move |line: &&Line| from <= line.day && line.day <= to && pick.is_in(line.store);
        self.lines.iter().filter(is_there)
    }

    pub(super) fn revenue(&self, pick: &Pick, days: Days) -> i64 {
        self.within(pick, days).filter(|line| pick.counts(line)).map(|line| line.vnd).sum()
    }

    fn sums<'a>(
        &'a self,
        (pick, days): (&'a Pick, Days),
        keys: impl Fn(&Line) -> Vec<String>,
    ) -> BTreeMap<String, Vec<&'a Line>> {
        let mut sums: BTreeMap<String, Vec<&Line>> = BTreeMap::new();
        for line in self.within(pick, days).filter(|line| pick.counts(line)) {
            keys(line).into_iter().for_each(|key| sums.entry(key).or_default().push(line));
        }
        sums
    }

    /// Returns the sum of all, with receipts where no goods are picked.
    pub(super) fn total(&self, pick: &Pick, days: Days) -> Sum {
        let all = self.sums((pick, days), |_| vec![String::new()]);
        let sum = all.get("").map(|lines| sum(lines)).unwrap_or_default();
        Sum { receipts: pick.receipts(self, days, None), ..sum }
    }

    pub(super) fn by_product(&self, pick: &Pick, days: Days) -> Sums {
        let sums = self.sums((pick, days), |line| vec![line.product.to_string()]);
        let of_all = |lines: &[&Line]| {
            // Where it also counted as something else, nobody knows which receipts those were.
            let told: BTreeSet<Uuid> = lines.iter().map(|line| line.told).collect();
            let is_whole = self
                .within(pick, days)
                .filter(|line| told.contains(&line.told))
                .all(|line| pick.counts(line));
            let receipts: BTreeSet<_> =
                lines.iter().map(|line| (line.entry, line.told, line.receipts)).collect();
            Sum {
                receipts: is_whole.then(|| receipts.iter().map(|(.., count)| count).sum()),
                stars: lines.iter().filter_map(|line| line.standing.stars).max(),
                ..sum(lines)
            }
        };
        sums.into_iter().map(|(key, lines)| (key, of_all(&lines))).collect()
    }

    /// Returns every store that is asked about.
    pub(super) fn by_store(&self, pick: &Pick, days: Days) -> Sums {
        let sums = self.sums((pick, days), |line| vec![line.store.to_string()]);
        let of_store = |store: &Uuid| {
            let key = store.to_string();
            let sold = sums.get(&key).map(|lines| sum(lines)).unwrap_or_default();
            (key, Sum { receipts: pick.receipts(self, days, Some(*store)), ..sold })
        };
        self.stores.iter().filter(|store| pick.is_in(**store)).map(of_store).collect()
    }

    pub(super) fn by_category(&self, pick: &Pick, days: Days) -> Sums {
        let keys = |line: &Line| {
            let most = if pick.holders { usize::MAX } else { 1 };
            let held: Vec<String> = line.standing.categories.iter().take(most).cloned().collect();
            if held.is_empty() { vec![String::new()] } else { held }
        };
        self.sums((pick, days), keys).into_iter().map(|(key, lines)| (key, sum(&lines))).collect()
    }

    pub(super) fn by_part(&self, by: &str, pick: &Pick, days: Days) -> Sums {
        let key = |line: &Line| {
            let standing = &line.standing;
            let known = match by {
                "producer" => standing.producer.map(|id| id.to_string()),
                "commune" => Some(standing.commune.clone()),
                "group" => standing.group.clone(),
                _ => standing.stars.map(|stars| stars.to_string()),
            };
            vec![known.unwrap_or_default()]
        };
        self.sums((pick, days), key).into_iter().map(|(key, lines)| (key, sum(&lines))).collect()
    }
}

fn sum(lines: &[&Line]) -> Sum {
    let products: BTreeSet<Uuid> = lines.iter().map(|line| line.product).collect();
    Sum {
        vnd: lines.iter().map(|line| line.vnd).sum(),
        milli: lines.iter().map(|line| line.milli).sum(),
        products: i64::try_from(products.len()).unwrap(),
        ..Sum::default()
    }
}

impl Pick {
    pub(super) fn is_in(&self, store: Uuid) -> bool {
        self.store.is_none_or(|picked| picked == store)
            && self.stores.as_ref().is_none_or(|stores| stores.contains(&store))
    }

    /// True when goods are picked, so that receipts cannot be told apart.
    fn is_of_goods(&self) -> bool {
        let standing = self.category.is_some() || self.stars_least.is_some() || self.stars.is_some();
        let origin = self.producers.is_some() || self.commune.is_some() || self.group.is_some();
        self.products.is_some() || standing || origin
    }

    fn receipts(&self, entries: &Entries, (from, to): Days, store: Option<Uuid>) -> Option<i64> {
        let is_there = |(of, day, _): &&(Uuid, Date, i64)| {
            from <= *day && *day <= to && self.is_in(*of) && store.is_none_or(|store| store == *of)
        };
        let count = || entries.receipts.iter().filter(is_there).map(|(.., count)| count).sum();
        (!self.is_of_goods()).then(count)
    }

    fn counts(&self, line: &Line) -> bool {
        let standing = &line.standing;
        let held =
            if self.holders { &standing.categories[..] } else { standing.categories.get(..1).unwrap_or(&[]) };
        self.products.as_ref().is_none_or(|picked| picked.contains(&line.product))
            && self.category.is_none_or(|category| held.iter().any(|code| code == category))
            && self.stars_least.is_none_or(|least| standing.stars.is_some_and(|stars| stars >= least))
            && self.stars.is_none_or(|stars| standing.stars == Some(stars))
            && self
                .producers
                .as_ref()
                .is_none_or(|picked| standing.producer.is_some_and(|id| picked.contains(&id)))
            && self.commune.is_none_or(|commune| standing.commune == commune)
            && self.group.is_none_or(|group| standing.group.as_deref() == Some(group))
    }
}

/// Returns the same day a year before; of a leap day the one before it.
pub(super) fn a_year_before(day: Date) -> Date {
    let year = day.year() - 1;
    day.replace_year(year).unwrap_or_else(|_| (day - Duration::DAY).replace_year(year).unwrap())
}

/// Returns the same day three months before; of a month's last day the last one.
pub(super) fn three_months_before(day: Date) -> Date {
    let first_of = |day: Date| day.replace_day(1).unwrap();
    let first = (0..3).fold(first_of(day), |first, _| first_of(first - Duration::DAY));
    let last = first_of(first + Duration::days(31)) - Duration::DAY;
    let is_last = (day + Duration::DAY).day() == 1;
    if is_last { last } else { first.replace_day(day.day().min(last.day())).unwrap() }
}
