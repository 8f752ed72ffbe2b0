//! What was sold in a range of days by product and what it counted as then: one answer of the database, from which every sum over
//! goods follows.

use std::collections::{BTreeMap, BTreeSet};

use domain::catalog::Category;
use domain::ids::{ProducerId, ProductId};
use domain::{Money, Quantity};
use sqlx::FromRow;
use time::Date;
use uuid::Uuid;

use super::asked::Asked;
use super::range::{push_goods, push_receipts};
use super::{CategorySales, ProductSales, first_sale_day};
use crate::db::engine::{Sql, Tx};
use crate::db::{counted_as, same_producers};
use crate::error::Result;

/// By what sales are added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dimension {
    /// Whose products they were.
    #[default]
    Producer,
    /// Where they came from.
    Commune,
    /// The group.
    Group,
    /// OCOP stars.
    Stars,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Producer, Self::Commune, Self::Group, Self::Stars];

    /// Returns its name in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Producer => "producer",
            Self::Commune => "commune",
            Self::Group => "group",
            Self::Stars => "stars",
        }
    }

    /// Returns the one of a name, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.code() == code)
    }
}

/// What one of them sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartSales {
    /// By what it is told apart: the producer's id; otherwise as the words. None where nothing was known then.
    pub key: Option<String>,
    /// The producer's name, the commune, the group's code or the number of stars; none where nothing was known then.
    pub words: Option<String>,
    /// What buyers paid.
    pub revenue: Money,
    /// Products of which anything was sold.
    pub products: i64,
}

/// What was sold, by product and what it counted as.
#[derive(Debug, Clone, Default)]
pub struct Sold {
    cells: Vec<Cell>,
    /// Products that sold as something that is not asked about, too.
    elsewhere: BTreeSet<Uuid>,
}

#[derive(Debug, Clone, FromRow)]
struct Cell {
    /// What lines name; the catalogue's product, where this one was merged into it.
    told_id: Uuid,
    product_id: Uuid,
    categories: String,
    stars: Option<i64>,
    group_code: Option<String>,
    commune: String,
    producer_id: Option<Uuid>,
    producer: Option<String>,
    quantity_milli: i64,
    revenue_vnd: i64,
    /// 1 where it counted as what is asked about.
    is_asked: i64,
}

/// Revenue and products of a part.
#[derive(Default)]
struct Sum {
    revenue_vnd: i64,
    products: BTreeSet<Uuid>,
}

impl Sum {
    fn add(&mut self, cell: &Cell) {
        self.revenue_vnd += cell.revenue_vnd;
        self.products.insert(cell.product_id);
    }

    fn count(&self) -> i64 {
        i64::try_from(self.products.len()).unwrap_or(i64::MAX)
    }
}

impl Sold {
    /// Returns what buyers paid for all of it.
    pub fn revenue(&self) -> Money {
        Money::new(self.cells.iter().map(|cell| cell.revenue_vnd).sum())
    }

    /// Returns how many products it was.
    pub fn product_count(&self) -> i64 {
        let products: BTreeSet<Uuid> = self.cells.iter().map(|cell| cell.product_id).collect();
        i64::try_from(products.len()).unwrap_or(i64::MAX)
    }

    /// Returns the name of a producer of whom anything was sold.
    pub fn producer_name(&self, id: ProducerId) -> Option<String> {
        self.cells.iter().find(|cell| cell.producer_id == Some(id.uuid()))?.producer.clone()
    }

    /// Returns what each product sold, đồng.
    pub fn per_product_vnd(&self) -> BTreeMap<ProductId, i64> {
        let mut sums: BTreeMap<ProductId, i64> = BTreeMap::new();
        for cell in &self.cells {
            *sums.entry(cell.product_id.into()).or_default() += cell.revenue_vnd;
        }
        sums
    }

    /// Returns the sales of each category, in the order in which categories lead, and those without any last: of the leading one, so
    /// that each đồng counts once; or of all holders, so that the sum may be more than what was sold.
    pub fn per_category(&self, by_holder: bool) -> Vec<CategorySales> {
        let mut sums: BTreeMap<(bool, Option<Category>), Sum> = BTreeMap::new();
        for cell in &self.cells {
            for category in held(&cell.categories, by_holder) {
                sums.entry((category.is_none(), category)).or_default().add(cell);
            }
        }
        let read = |((_, category), sum): ((bool, Option<Category>), Sum)| CategorySales {
            category,
            revenue: Money::new(sum.revenue_vnd),
            products: sum.count(),
        };
        sums.into_iter().map(read).collect()
    }

    /// Returns what each part sold, the largest revenue first: each đồng in one part.
    pub fn per_part(&self, dimension: Dimension) -> Vec<PartSales> {
        // Two producers may have one name.
        let mut sums: BTreeMap<(Option<Uuid>, Option<String>), Sum> = BTreeMap::new();
        for cell in &self.cells {
            let key = match dimension {
                Dimension::Producer => (cell.producer_id, cell.producer.clone()),
                Dimension::Commune => (None, Some(cell.commune.clone())),
                Dimension::Group => (None, cell.group_code.clone()),
                Dimension::Stars => (None, cell.stars.map(|stars| stars.to_string())),
            };
            sums.entry(key).or_default().add(cell);
        }
        let read = |((producer, words), sum): ((Option<Uuid>, Option<String>), Sum)| {
            let words = words.filter(|words| !words.is_empty());
            PartSales {
                key: producer.map(|id| id.to_string()).or_else(|| words.clone()),
                words,
                revenue: Money::new(sum.revenue_vnd),
                products: sum.count(),
            }
        };
        let mut parts: Vec<PartSales> = sums.into_iter().map(read).collect();
        parts.sort_by(|a, b| {
            b.revenue.cmp(&a.revenue).then_with(|| (&a.words, &a.key).cmp(&(&b.words, &b.key)))
        });
        parts
    }
}

/// Reads the codes of what a product counted as: the leading one, or all of them; one `None` where there are none.
fn held(codes: &str, by_holder: bool) -> BTreeSet<Option<Category>> {
    let most = if by_holder { usize::MAX } else { 1 };
    let found: BTreeSet<_> = codes.split(',').take(most).filter_map(Category::from_code).map(Some).collect();
    if found.is_empty() { BTreeSet::from([None]) } else { found }
}

#[derive(FromRow)]
struct Named {
    id: Uuid,
    sku: String,
    name: String,
    unit: String,
    producer: Option<String>,
}

impl Asked {
    /// Returns what was sold.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sold(&self, tx: &mut Tx) -> Result<Sold> {
        let sql = Sql::new(
            "with sold as (select product_id, product_facts_id, sum(quantity_milli) as quantity,
                sum(revenue_vnd) as revenue from (",
        );
        let sql = push_goods(sql, &self.range, &self.stores, self.products.as_deref()).push(concat!(
            ") as cells group by product_id, product_facts_id)
            select told.id as told_id, products.id as product_id, product_facts.categories, product_facts.stars, ",
            counted_as::group_code!(),
            " as group_code, ",
            counted_as::commune!(),
            " as commune, producers.id as producer_id, producers.name as producer,
                cast(sold.quantity as bigint) as quantity_milli, cast(sold.revenue as bigint) as revenue_vnd,
                case when 1 = 1"
        ));
        let sql = self.push_standing(sql).push(concat!(
            " then cast(1 as bigint) else cast(0 as bigint) end as is_asked
            from sold join product_facts on product_facts.id = sold.product_facts_id",
            counted_as::join_products!(),
            counted_as::join_producers!(),
            " where 1 = 1"
        ));
        let sql = self.push_products(sql).push(" order by sold.product_id, sold.product_facts_id");
        let found: Vec<Cell> = tx.all(sql).await?;
        let (cells, others): (Vec<Cell>, Vec<Cell>) = found.into_iter().partition(|cell| cell.is_asked == 1);
        Ok(Sold { cells, elsewhere: others.into_iter().map(|cell| cell.told_id).collect() })
    }

    /// Returns what each product sold, the largest revenue first; with what stores sold as products of their own that were merged
    /// into it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn per_product(&self, tx: &mut Tx, sold: &Sold) -> Result<Vec<ProductSales>> {
        let sql = Sql::new("select product_id, cast(sum(receipt_count) as bigint) from (");
        let sql = push_receipts(sql, &self.range, &self.stores, self.products.as_deref())
            .push(") as cells group by product_id");
        let receipts: BTreeMap<Uuid, i64> = tx.all::<(Uuid, i64)>(sql).await?.into_iter().collect();
        let mut cells: BTreeMap<Uuid, Vec<&Cell>> = BTreeMap::new();
        for cell in &sold.cells {
            cells.entry(cell.product_id).or_default().push(cell);
        }
        let sql = Sql::new(concat!(
            "select products.id, products.sku, products.name, products.unit, producers.name as producer
             from products",
            same_producers::join_counted!("products.producer_id"),
            " where products.id"
        ));
        let named: Vec<Named> =
            tx.all(sql.is_among(cells.keys().copied()).push(" order by products.id")).await?;
        let read = |named: Named| {
            let cells = cells.get(&named.id).map_or(&[][..], Vec::as_slice);
            let told: BTreeSet<Uuid> = cells.iter().map(|cell| cell.told_id).collect();
            ProductSales {
                product_id: named.id.into(),
                sku: named.sku,
                name: named.name,
                unit: named.unit,
                producer: named.producer,
                stars: cells.iter().filter_map(|cell| cell.stars).max(),
                quantity: Quantity::from_milli(cells.iter().map(|cell| cell.quantity_milli).sum()),
                revenue: Money::new(cells.iter().map(|cell| cell.revenue_vnd).sum()),
                receipts: told
                    .is_disjoint(&sold.elsewhere)
                    .then(|| told.iter().filter_map(|id| receipts.get(id)).sum()),
            }
        };
        let mut products: Vec<ProductSales> = named.into_iter().map(read).collect();
        products.sort_by_key(|row| std::cmp::Reverse(row.revenue));
        Ok(products)
    }

    /// Returns the first day of all on which anything was sold in the stores that the question is about; none before the first sale.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn first_day(&self, tx: &mut Tx) -> Result<Option<Date>> {
        first_sale_day(tx, &self.stores).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_category_that_is_held_counts_once() {
        let both = BTreeSet::from([Some(Category::Ocop), Some(Category::Key)]);
        assert_eq!(held("ocop,key,ocop", true), both);
        assert_eq!(held("ocop,key,ocop", false), BTreeSet::from([Some(Category::Ocop)]));
        for codes in ["", "best"] {
            assert_eq!(held(codes, true), BTreeSet::from([None]));
            assert_eq!(held(codes, false), BTreeSet::from([None]));
        }
    }
}
