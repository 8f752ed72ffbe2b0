//! Which products of the inventory a page has, in which order: those first about which something is to be done.

use std::cmp::Reverse;

use domain::Quantity;
use domain::cover::{Cover, Pace};
use uuid::Uuid;

use super::filter::{Picked, Show, Whose};
use super::report::{InventoryCounts, ProductOfInventory, StoreOfInventory};
use crate::db::inventory::Held;
use crate::web::lists::{Cursor, ROWS};

/// A product with what it is looked for and ordered by.
pub struct Listed {
    /// As it is shown.
    pub product: ProductOfInventory,
    name_fold: String,
    /// Of product and producer.
    words: String,
}

/// The place of a product in a list. The id makes it one of its own.
type Place = (u8, Reverse<i64>, String, Uuid);

impl Listed {
    /// Returns the product that several stores hold; nothing for goods that are gone and that nobody asks for any more.
    fn of(held: &[Held]) -> Option<Self> {
        let first = held.first()?;
        let product = ProductOfInventory::of(first.product_id, held);
        let is_there =
            product.left_milli != 0 || product.under_way_milli != 0 || product.sold_lately_milli > 0;
        let producer = domain::name_fold::name_fold(first.producer.as_deref().unwrap_or_default());
        let words = format!("{} {producer}", first.name_fold);
        is_there.then(|| Self { product, name_fold: first.name_fold.clone(), words })
    }

    fn is_picked(&self, picked: &Picked) -> bool {
        let product = &self.product;
        let is_whose = match picked.whose {
            None => true,
            Some(Whose::Own) => product.own_milli > 0 || product.producer_id.is_none(),
            Some(Whose::Consigned) => product.left_milli > product.own_milli,
            Some(Whose::MadeBy(id)) => product.producer_id == Some(id),
        };
        is_whose && picked.words.iter().all(|word| self.words.contains(word))
    }

    /// Those that are out come first, then those that will be, the faster ones before the slower ones; fast ones by their pace,
    /// slow ones by how much lies there, what ends by how much does.
    fn place(&self, show: Show) -> Place {
        let product = &self.product;
        let rank = [Show::Out, Show::Low].iter().position(|show| is(product, *show)).unwrap_or(2);
        let (rank, most) = match show {
            Show::Fast => (0, product.sold_lately_milli),
            Show::Slow => (0, product.left_milli),
            Show::Expiring => (0, product.expiring_milli),
            Show::UnderWay => (0, product.under_way_milli),
            Show::All | Show::Out | Show::Low if rank < 2 => (rank, product.sold_lately_milli),
            Show::All | Show::Out | Show::Low => (rank, 0),
        };
        let rank = u8::try_from(rank).unwrap_or(u8::MAX);
        (rank, Reverse(most), self.name_fold.clone(), product.product_id)
    }
}

/// Says whether a product is of a choice.
fn is(product: &ProductOfInventory, show: Show) -> bool {
    let in_a_store = |of: fn(Cover) -> bool| product.stores.iter().map(StoreOfInventory::cover).any(of);
    let pace = || {
        Pace::of(Quantity::from_milli(product.good_milli), Quantity::from_milli(product.sold_lately_milli))
    };
    match show {
        Show::All => true,
        Show::Out => in_a_store(|cover| matches!(cover, Cover::Gone | Cover::Short)),
        Show::Low => in_a_store(|cover| matches!(cover, Cover::Low(_))),
        Show::Fast => pace() == Pace::Fast,
        Show::Slow => pace() == Pace::Slow,
        Show::Expiring => product.expiring_milli > 0,
        Show::UnderWay => product.under_way_milli > 0,
    }
}

/// Products of a page, or of a file.
pub struct Listing {
    /// How many products each choice shows.
    pub counts: InventoryCounts,
    /// In their order.
    pub products: Vec<ProductOfInventory>,
    /// There are some before these.
    pub has_before: bool,
    /// There are some behind these.
    pub has_after: bool,
}

/// Returns how many products each choice shows, of those that stores hold.
pub fn counts(held: &[Held]) -> InventoryCounts {
    count(&list(held).collect::<Vec<_>>())
}

fn list(held: &[Held]) -> impl Iterator<Item = Listed> {
    held.chunk_by(|one, next| one.product_id == next.product_id).filter_map(Listed::of)
}

fn count(listed: &[Listed]) -> InventoryCounts {
    let of = |show| listed.iter().filter(|listed| is(&listed.product, show)).count();
    InventoryCounts {
        all: listed.len(),
        out: of(Show::Out),
        low: of(Show::Low),
        fast: of(Show::Fast),
        slow: of(Show::Slow),
        expiring: of(Show::Expiring),
        under_way: of(Show::UnderWay),
    }
}

impl Listing {
    /// Returns the page that is asked for of what stores hold, which is in the order of products; nothing for a page at a product
    /// that no store has.
    pub fn page(held: &[Held], picked: &Picked) -> Option<Self> {
        let at = match picked.cursor.id() {
            Some(id) => Some(list(held).find(|listed| listed.product.product_id == id)?.place(picked.show)),
            None => None,
        };
        let Listing { counts, products, .. } =
            Self::all_from(held, picked, |place| match (&picked.cursor, &at) {
                (Cursor::After(_), Some(at)) => place > at,
                (Cursor::Before(_), Some(at)) => place < at,
                _ => true,
            });
        let is_more = products.len() > ROWS;
        let is_before = matches!(picked.cursor, Cursor::Before(_));
        let from = if is_before { products.len().saturating_sub(ROWS) } else { 0 };
        let products = products.into_iter().skip(from).take(ROWS).collect();
        Some(Self {
            counts,
            products,
            has_before: if is_before { is_more } else { at.is_some() },
            has_after: is_before || is_more,
        })
    }

    /// Returns everything that is picked, whatever the page.
    pub fn all(held: &[Held], picked: &Picked) -> Self {
        Self::all_from(held, picked, |_| true)
    }

    fn all_from(held: &[Held], picked: &Picked, is_beyond: impl Fn(&Place) -> bool) -> Self {
        let mut listed: Vec<Listed> = list(held).filter(|listed| listed.is_picked(picked)).collect();
        let counts = count(&listed);
        listed.retain(|listed| is(&listed.product, picked.show) && is_beyond(&listed.place(picked.show)));
        listed.sort_by_cached_key(|listed| listed.place(picked.show));
        let products = listed.into_iter().map(|listed| listed.product).collect();
        Self { counts, products, has_before: false, has_after: false }
    }
}
