//! The catalogue as a list is compared with it: found by code, by barcode, and by what a name looks like.

use std::collections::HashMap;

use super::ListRow;
use super::likeness::{is_close, is_same_name, name_key, plain, producer_key};
use crate::Money;
use crate::barcode::Barcode;
use crate::catalog::Recognition;
use crate::ids::ProductId;

/// Products that are proposed for a row, at most.
pub const LIKELY_MAX: usize = 5;
/// Products of one producer that are compared letter by letter, at most.
const COMPARED_MAX: usize = 500;

/// A product of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownProduct {
    /// The product.
    pub id: ProductId,
    /// The shops' own code.
    pub sku: String,
    /// All barcodes.
    pub barcodes: Vec<String>,
    /// Name.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of a unit; none while nobody has given one.
    pub price: Option<Money>,
    /// Code of the group.
    pub group: Option<String>,
    /// Name of the producer; none for an operator's own goods.
    pub producer: Option<String>,
    /// Where it comes from.
    pub commune: String,
    /// It can be sold.
    pub is_active: bool,
    /// What was decided of it.
    pub recognitions: Vec<Recognition>,
}

/// The catalogue, with ways to find a product in it.
#[derive(Debug, Default)]
pub struct Catalogue {
    products: Vec<KnownProduct>,
    names: Vec<String>,
    by_sku: HashMap<String, usize>,
    by_barcode: HashMap<String, usize>,
    by_id: HashMap<ProductId, usize>,
    by_name: HashMap<String, Vec<usize>>,
    by_producer: HashMap<String, Vec<usize>>,
    /// How many producers have this key.
    producers: HashMap<String, usize>,
}

/// What the catalogue has for a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    /// This product, for sure.
    One(usize),
    /// One of these, perhaps; or none of them.
    Likely(Vec<usize>),
    /// Code and barcode say two products.
    Two(usize, usize),
    /// Nothing.
    None,
}

impl Catalogue {
    /// Takes products and the names of all producers.
    pub fn new(products: Vec<KnownProduct>, producers: &[String]) -> Self {
        let mut catalogue = Self::default();
        for (place, product) in products.iter().enumerate() {
            let key = name_key(&product.name);
            catalogue.by_sku.insert(product.sku.to_uppercase(), place);
            for code in &product.barcodes {
                catalogue.by_barcode.insert(barcode_key(code), place);
            }
            catalogue.by_id.insert(product.id, place);
            if product.is_active {
                catalogue.by_name.entry(key.clone()).or_default().push(place);
                catalogue.by_producer.entry(maker(product)).or_default().push(place);
            }
            catalogue.names.push(key);
        }
        for name in producers {
            *catalogue.producers.entry(producer_key(name)).or_default() += 1;
        }
        catalogue.products = products;
        catalogue
    }

    /// Returns every product.
    pub fn products(&self) -> &[KnownProduct] {
        &self.products
    }

    /// Returns a product by its place.
    pub(super) fn at(&self, place: usize) -> Option<&KnownProduct> {
        self.products.get(place)
    }

    pub(super) fn place_of(&self, id: ProductId) -> Option<usize> {
        self.by_id.get(&id).copied().filter(|place| self.at(*place).is_some_and(|product| product.is_active))
    }

    /// Returns how many producers are called so.
    pub(super) fn producer_count(&self, name: &str) -> usize {
        self.producers.get(&producer_key(name)).copied().unwrap_or_default()
    }

    /// Returns the code with the zeros that a spreadsheet took from it, when the catalogue has that one.
    pub(super) fn with_zeros(&self, sku: &str) -> Option<String> {
        let is_digits = !sku.is_empty() && sku.bytes().all(|byte| byte.is_ascii_digit());
        (1..=6)
            .filter(|_| is_digits)
            .map(|zeros| format!("{}{sku}", "0".repeat(zeros)))
            .find(|code| self.by_sku.contains_key(code))
    }

    /// Finds what a row means: by code, by barcode, by the same name of the same producer; else what looks like it.
    pub(super) fn find(&self, row: &ListRow) -> Match {
        let by_sku = row.sku.as_ref().and_then(|sku| self.by_sku.get(&sku.to_uppercase())).copied();
        let by_barcode = row.barcode.as_ref().and_then(|code| self.by_barcode.get(code.as_str())).copied();
        match (by_sku, by_barcode) {
            (Some(one), Some(other)) if one != other => return Match::Two(one, other),
            (Some(one), _) | (None, Some(one)) => return Match::One(one),
            (None, None) => {}
        }
        let (key, maker_of_row) =
            (name_key(&row.name), row.producer.as_deref().map(producer_key).unwrap_or_default());
        let likely = self.likely(&key, &maker_of_row);
        let is_it = |place: &&usize| {
            self.at(**place).is_some_and(|product| {
                is_same_name(&product.name, &row.name)
                    && maker(product) == maker_of_row
                    && !maker_of_row.is_empty()
            })
        };
        let same: Vec<usize> = likely.iter().filter(is_it).copied().collect();
        let of_unit = |place: &&usize| {
            let unit = row.unit.as_deref().map(plain);
            // One that waits for a price may have none yet.
            self.at(**place).is_some_and(|product| {
                product.unit.is_empty() || unit.is_none_or(|unit| unit == plain(&product.unit))
            })
        };
        let mut of_unit = same.iter().filter(of_unit);
        match (of_unit.next(), of_unit.next()) {
            (Some(one), None) => Match::One(*one),
            _ if likely.is_empty() => Match::None,
            _ => Match::Likely(likely.into_iter().take(LIKELY_MAX).collect()),
        }
    }

    /// Products of the same name, whoever makes them, then those of this producer whose name is close.
    fn likely(&self, key: &str, maker_of_row: &str) -> Vec<usize> {
        if key.is_empty() {
            return Vec::new();
        }
        let of_name = self.by_name.get(key).map_or(&[][..], Vec::as_slice);
        let of_maker = self.by_producer.get(maker_of_row).map_or(&[][..], Vec::as_slice);
        let mut likely: Vec<usize> = of_name.to_vec();
        // The same name of this producer first.
        likely.sort_by_key(|place| self.at(*place).is_none_or(|product| maker(product) != maker_of_row));
        for place in of_maker.iter().take(COMPARED_MAX) {
            let is_close = self.names.get(*place).is_some_and(|name| is_close(name, key));
            if is_close && !likely.contains(place) {
                likely.push(*place);
            }
        }
        likely
    }
}

/// Barcodes that an administrator typed are whatever is on the pack.
fn barcode_key(code: &str) -> String {
    Barcode::parse(code).map_or_else(|_| code.to_owned(), |barcode| barcode.as_str().to_owned())
}

pub(super) fn maker(product: &KnownProduct) -> String {
    product.producer.as_deref().map(producer_key).unwrap_or_default()
}
