//! A store with a large catalogue: twenty thousand products with stars, terms, lots and words that repeat as those of a real
//! catalogue do. What is measured is measured on it.
#![expect(clippy::expect_used, reason = "a set-up that fails is a failed test")]

use domain::Quantity;
use pos::counter::goods::{LINES_MAX, Language, NewGoods, receive};
use protocol::wire::{CatalogueRow, TermsRow};
use time::macros::date;

use crate::catalogue::{Catalogue, id_of};
use crate::store::TestStore;

/// How many products there are.
pub const PRODUCTS: usize = 20_000;
const PRODUCERS: usize = 400;

const GOODS: [&str; 8] = [
    "Tỏi đen",
    "Nước mắm cá cơm",
    "Mạch nha",
    "Đường phổi",
    "Quế thanh",
    "Kẹo gương",
    "Cá bống sông Trà",
    "Hành tím sấy",
];
const PLACES: [&str; 5] = ["Lý Sơn", "Sa Huỳnh", "Trà Bồng", "Mộ Đức", "Nghĩa Hành"];

/// Returns the name of the n-th product.
pub fn name(number: usize) -> String {
    format!("{} {} loại {number}", GOODS[number % GOODS.len()], PLACES[number / 8 % PLACES.len()])
}

/// Returns the barcode of the n-th product, with its check digit.
pub fn barcode(number: usize) -> String {
    let body = format!("8935{number:08}");
    let sum: u32 =
        body.bytes().zip([1, 3].into_iter().cycle()).map(|(digit, by)| u32::from(digit - b'0') * by).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

fn producer(number: usize) -> String {
    format!("Cơ sở sản xuất số {}", number % PRODUCERS)
}

/// Gives a store the catalogue, and fifty of each product on the shelf in a lot of its own.
pub async fn fill(store: &TestStore) {
    store.load(&catalogue()).await;
    for first in (0..PRODUCTS).step_by(LINES_MAX) {
        let goods = (first..first + LINES_MAX).map(|number| NewGoods {
            cost: None,
            product_id: id_of(&name(number)).into(),
            quantity: Quantity::pieces(50),
            expires_on: Some(date!(2027 - 11 - 23)),
            code: Some(format!("L{number}")),
            noted: None,
            producer_id: Some(id_of(&producer(number)).into()),
        });
        receive(&store.app, &store.seat, &store.op(), goods.collect(), Language::Vi).await.expect("goods");
    }
}

fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue::default();
    for number in 0..PRODUCERS {
        let name = producer(number);
        catalogue = catalogue.producer(&name).terms(&name, 120_000);
    }
    for number in 0..PRODUCTS {
        let (name, producer) = (name(number), producer(number));
        let price_vnd = 20_000 + 1_000 * i64::try_from(number % 300).expect("a small number");
        catalogue = catalogue
            .product(&name, &barcode(number), price_vnd, Some(&producer))
            .facts(&name, date!(2025 - 01 - 01), &["ocop"], Some(3))
            .facts(&name, date!(2026 - 06 - 01), &["ocop"], Some(4));
        if number % 4 == 0 {
            catalogue = catalogue.row(CatalogueRow::Terms(own_terms(&name, &producer)));
        }
    }
    catalogue
}

/// Terms for one product.
fn own_terms(product: &str, producer: &str) -> TermsRow {
    let of = (id_of(producer), Some(id_of(product)));
    TermsRow::plain(id_of(&format!("terms {product}")), of, 150_000, date!(2026 - 01 - 01))
}
