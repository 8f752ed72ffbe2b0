//! What a page of a producer is narrowed to, and the way back to all.

use domain::ids::{ProductId, StoreId};
use maud::{Markup, html};
use serde::Serialize;
use utoipa::ToSchema;
use web::{Fault, Lang};

use super::Reader;
use super::grid_texts::GridTexts;
use crate::db::consigned::{Named, Only, named};

/// One product, one store, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Picked {
    /// The picked product's name.
    pub product: Option<String>,
    /// The picked store's name.
    pub store: Option<String>,
    #[serde(skip)]
    /// The ids.
    pub only: Only,
}

impl Picked {
    /// Reads the ids of an address. What is not this producer's is not there.
    ///
    /// # Errors
    /// With what the person is told.
    pub async fn read(reader: &Reader, product: Option<&str>, store: Option<&str>) -> Result<Self, Fault> {
        let given = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        let product = given(product).map(|id| id.parse::<ProductId>().map_err(|_| Fault::not_found()));
        let store = given(store).map(|id| id.parse::<StoreId>().map_err(|_| Fault::not_found()));
        let only = Only { product: product.transpose()?, store: store.transpose()? };
        let Named { product, store } = reader.ok(named(&reader.app.db, reader.scope, only).await)?;
        Ok(Self { product, store, only })
    }

    /// Says whether there is less than everything.
    pub const fn is_narrow(&self) -> bool {
        self.only.product.is_some() || self.only.store.is_some()
    }

    /// Returns the line that says so, with the way back; nothing for everything.
    pub fn line(&self, lang: Lang, all: &str) -> Markup {
        let names: Vec<&str> = self.product.iter().chain(&self.store).map(String::as_str).collect();
        html! {
            @if self.is_narrow() {
                p { strong { (names.join(" · ")) } " " a href=(all) { (lang.show_all()) } }
            }
        }
    }
}

/// Returns what an address adds for them: `&product=…&store=…`.
pub fn query_of(only: Only) -> String {
    let product = only.product.map(|id| format!("&product={id}"));
    let store = only.store.map(|id| format!("&store={id}"));
    product.into_iter().chain(store).collect()
}
