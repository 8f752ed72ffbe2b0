//! Sales added up by what products counted as when they were sold: whose they were, where they came from, their group, their stars.

use domain::Money;
use sqlx::FromRow;
use uuid::Uuid;

use super::{SalesQuery, grouped};
use crate::db::engine::{Sql, Tx};
use crate::db::users::Scope;
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

    /// The column of what was frozen.
    const fn select(self) -> (&'static str, &'static str) {
        match self {
            Self::Producer => (
                "select product_facts.producer_id as producer_id, null as words,
                    cast(sum(sold.revenue) as bigint) as revenue,
                    cast(count(distinct coalesce(told.merged_into, told.id)) as bigint) as products",
                " group by product_facts.producer_id",
            ),
            Self::Commune => (
                "select null as producer_id, product_facts.commune as words,
                    cast(sum(sold.revenue) as bigint) as revenue,
                    cast(count(distinct coalesce(told.merged_into, told.id)) as bigint) as products",
                " group by product_facts.commune",
            ),
            Self::Group => (
                "select null as producer_id, product_facts.group_code as words,
                    cast(sum(sold.revenue) as bigint) as revenue,
                    cast(count(distinct coalesce(told.merged_into, told.id)) as bigint) as products",
                " group by product_facts.group_code",
            ),
            Self::Stars => (
                "select null as producer_id, cast(product_facts.stars as text) as words,
                    cast(sum(sold.revenue) as bigint) as revenue,
                    cast(count(distinct coalesce(told.merged_into, told.id)) as bigint) as products",
                " group by product_facts.stars",
            ),
        }
    }
}

/// What one of them sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartSales {
    /// The producer's name, the commune, the group's code or the number of stars; none where nothing was known then.
    pub words: Option<String>,
    /// What buyers paid.
    pub revenue: Money,
    /// Products of which anything was sold.
    pub products: i64,
}

#[derive(FromRow)]
struct PartRow {
    producer_id: Option<Uuid>,
    words: Option<String>,
    revenue: i64,
    products: i64,
}

/// Returns what each part sold, the largest revenue first: each đồng in one part.
///
/// # Errors
/// As [`super::per_product`].
pub async fn per_part(
    tx: &mut Tx,
    scope: Scope,
    query: &SalesQuery,
    dimension: Dimension,
) -> Result<Vec<PartSales>> {
    let asked = query.within(tx, scope).await?;
    let (select, group) = dimension.select();
    let rows: Vec<PartRow> = grouped(tx, &asked, select, group).await?;
    let names: Vec<(Uuid, String)> = if dimension == Dimension::Producer {
        let ids: Vec<Uuid> = rows.iter().filter_map(|row| row.producer_id).collect();
        tx.all(Sql::new("select id, name from producers where id").is_among(ids)).await?
    } else {
        Vec::new()
    };
    let name = |id: Uuid| names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone());
    let mut parts: Vec<PartSales> = rows
        .into_iter()
        .map(|row| PartSales {
            words: row.producer_id.and_then(name).or(row.words).filter(|words| !words.is_empty()),
            revenue: Money::new(row.revenue),
            products: row.products,
        })
        .collect();
    parts.sort_by(|a, b| b.revenue.cmp(&a.revenue).then_with(|| a.words.cmp(&b.words)));
    Ok(parts)
}
