//! Which of a producer's goods a question is about.

use domain::ids::{ProductId, StoreId};

use crate::db::engine::{Db, sql};
use crate::db::users::ProducerScope;
use crate::error::{Error, Result};

/// One product, or all of the producer; in one store, or in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Only {
    /// The product.
    pub product: Option<ProductId>,
    /// The store.
    pub store: Option<StoreId>,
}

/// The names of what was picked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The product's.
    pub product: Option<String>,
    /// The store's.
    pub store: Option<String>,
}

/// Returns the names of what is picked.
///
/// # Errors
/// [`Error::NotFound`] for a product that is not this producer's and was never consigned by it, and for a store that never
/// had its goods: whether such a thing exists is not told. When the database fails.
pub async fn named(db: &Db, scope: ProducerScope, only: Only) -> Result<Named> {
    let product = match only.product {
        Some(id) => Some(product_name(db, scope, id).await?.ok_or(Error::NotFound("product"))?),
        None => None,
    };
    let store = match only.store {
        Some(id) => Some(store_name(db, scope, id).await?.ok_or(Error::NotFound("store"))?),
        None => None,
    };
    Ok(Named { product, store })
}

/// Sales without a delivery take from a lot too, so whatever was ever sold for the producer has one.
async fn product_name(db: &Db, scope: ProducerScope, id: ProductId) -> Result<Option<String>> {
    let sql = sql!(
        "select coalesce((select name from products where id = $2), '?')
         where exists (select 1 from products where id = $2 and producer_id = $1)
            or exists (select 1 from lots where producer_id = $1 and product_id = $2
                and store_id in (select id from stores where $3 is null or operator_id = $3))",
        scope.producer_id(),
        id,
        scope.operator_id()
    );
    let found: Option<(String,)> = db.opt(sql).await?;
    Ok(found.map(|(name,)| name))
}

async fn store_name(db: &Db, scope: ProducerScope, id: StoreId) -> Result<Option<String>> {
    let sql = sql!(
        "select name from stores where id = $2 and ($3 is null or operator_id = $3)
            and exists (select 1 from lots where store_id = $2 and producer_id = $1)",
        scope.producer_id(),
        id,
        scope.operator_id()
    );
    let found: Option<(String,)> = db.opt(sql).await?;
    Ok(found.map(|(name,)| name))
}
