//! What the form of sales offers to pick from.

use domain::ids::StoreId;

use super::filter::Filter;
use super::form::Offered;
use super::report::Origins;
use crate::db::products::Group;
use crate::db::sales::completeness_in;
use crate::db::users::Scope;
use crate::db::{Db, producer_list, product_groups, product_list};
use crate::error::Result;

/// Everything that may be picked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    stores: Vec<(StoreId, String)>,
    groups: Vec<Group>,
    origins: Origins,
}

impl Choices {
    /// Returns it as the form takes it.
    pub fn offered(&self) -> Offered<'_> {
        Offered { stores: &self.stores, groups: &self.groups, origins: &self.origins }
    }
}

/// Loads what may be picked, for a form without figures below it.
///
/// # Errors
/// For a producer; when the database fails.
pub async fn load(db: &Db, scope: Scope, filter: &Filter) -> Result<Choices> {
    let origins = origins(db, scope).await?;
    let tx = &mut db.begin_reading().await?;
    let stores = completeness_in(tx, scope).await?;
    Ok(Choices {
        stores: stores.into_iter().map(|store| (store.store_id, store.name)).collect(),
        groups: product_groups::list_on(tx, filter.period.to).await?,
        origins,
    })
}

/// Loads whose and from where goods may be picked.
///
/// # Errors
/// When the database fails.
pub(super) async fn origins(db: &Db, scope: Scope) -> Result<Origins> {
    let Scope::Department(_) = scope else { return Ok(Origins::default()) };
    Ok(Origins {
        producers: producer_list::list_names(db).await?,
        communes: product_list::list_communes(db).await?,
    })
}
