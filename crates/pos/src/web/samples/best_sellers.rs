//! Samples of best sellers.

use std::sync::Arc;

use super::{LONG, id};
use crate::db::best_sellers::BestSeller;
use crate::web::best_sellers::BestSellers;
use crate::web::side::Side;

/// Returns the tiles: none, those of the catalogue, and all groups with the longest names.
pub(super) fn sides() -> Vec<Side> {
    let product = |number: u128, name: &str, product_group: &str| BestSeller {
        product_id: id(number),
        name: name.to_owned(),
        unit: LONG.to_owned(),
        price_vnd: 1_000_000_000,
        stars: number.is_multiple_of(2).then_some(5),
        product_group: product_group.to_owned(),
    };
    let usual =
        (1..=40).map(|number| product(number, LONG, ["Thực phẩm", LONG, "<b>", ""][number as usize % 4]));
    let shown = |products: Vec<BestSeller>, group: Option<&str>| BestSellers {
        are_by_name: products.len() == 1,
        products,
        group: group.map(str::to_owned),
        read_at_ms: 0,
    };
    let side = |shown, is_new| Side::BestSellers { shown: Arc::new(shown), is_new };
    vec![
        Side::AsItIs,
        side(shown(Vec::new(), None), true),
        side(shown(vec![product(1, "Tỏi đen", "")], None), true),
        side(shown(usual.clone().collect(), None), true),
        side(shown(usual.collect(), Some("")), false),
    ]
}
