//! Samples of weights, combos and presents.

use super::{LONG, id};
use crate::counter::Note;
use crate::counter::basket::NewBasket;
use crate::web::basket::Packing;
use crate::web::side::Side;
use crate::web::weigh::Weighing;

/// Returns the panels: a weight that is none, an empty present, and the longest one.
pub(super) fn sides() -> Vec<Side> {
    vec![
        Side::Weigh(Box::new(Weighing { product_id: id(3), name: LONG.to_owned(), typed: "<b>".to_owned() })),
        Side::Basket(Box::default()),
        Side::Basket(Box::new(Packing {
            typed: NewBasket {
                name: LONG.to_owned(),
                to: LONG.to_owned(),
                from: LONG.to_owned(),
                message: LONG.to_owned(),
                wrapping: Some(id(4).into()),
                wants_slip: false,
            },
            wrappings: vec![(id(4), LONG.to_owned(), 1_000_000_000), (id(5), "Giỏ mây".to_owned(), 60_000)],
        })),
    ]
}

/// Returns every note of weights, combos and presents.
pub(super) fn notes() -> Vec<Note> {
    let name = LONG.to_owned();
    vec![
        Note::NeedsWeight { product_id: id(3), name: name.clone() },
        Note::BadWeight,
        Note::ComboNotWhole { name: name.clone() },
        Note::ComboNotStocked,
        Note::Packed { name: name.clone() },
        Note::Unpacked { name: name.clone() },
        Note::NothingToPack,
        Note::TooManyBaskets,
        Note::BadField { field: "basket".to_owned() },
        Note::BadField { field: "wrapping".to_owned() },
    ]
}
