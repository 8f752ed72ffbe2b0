//! Goods past their date that may be sold all the same (food, drink and medicinal goods may not): a manager allows so much of
//! a row, and why is kept. More than was allowed needs another leave.

use crate::cart::Cart;
use crate::ids::{CashierId, ProductId};
use crate::quantity::Quantity;

/// What is known of a row's goods that are past their date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PastDate {
    /// How much says so itself, by the QR on the pack, whatever the book says.
    pub told: Quantity,
    /// How much a manager allowed.
    pub allowed: Quantity,
    /// Why, as typed. It stays in the store.
    pub reason: String,
    /// The manager who allowed it; `None` until one did.
    pub approved_by: Option<CashierId>,
}

impl Cart {
    /// Returns how much of a product is past its date beyond what was allowed; `from_lots` is how much its rows take together
    /// from lots that are.
    pub fn past_date_beyond(&self, product: ProductId, from_lots: Quantity) -> Quantity {
        let (mut told, mut allowed) = (0_i64, 0_i64);
        for line in self.lines.iter().filter(|line| line.offer.product_id == product) {
            if let Some(known) = &line.past_date {
                // Some of the row may have left the cart since; what was allowed holds for all rows of the product.
                told = told.saturating_add(known.told.min(line.quantity).milli());
                allowed = allowed.saturating_add(known.allowed.milli());
            }
        }
        Quantity::from_milli((from_lots.milli().max(told) - allowed).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cart::tests::{cart, offer};

    #[test]
    fn what_was_allowed_is_not_asked_for_again_and_more_is() {
        let pieces = Quantity::pieces;
        for (told, allowed, quantity, from_lots, beyond) in [
            (0, 0, 2, 0, 0),
            (0, 0, 2, 1, 1),
            (1, 0, 2, 0, 1),
            (1, 0, 2, 2, 2),
            (0, 2, 5, 2, 0),
            (0, 2, 5, 5, 3),
            (3, 2, 5, 0, 1),
            // Packs that left the cart again are no longer asked about.
            (3, 2, 1, 1, 0),
            (3, 0, 1, 0, 1),
        ] {
            let mut open = cart();
            open.add(offer(1, 100), pieces(quantity)).unwrap();
            open.add(offer(2, 100), pieces(9)).unwrap();
            let known = PastDate { told: pieces(told), allowed: pieces(allowed), ..PastDate::default() };
            open.lines[0].past_date = Some(known.clone());
            open.lines[1].past_date = Some(PastDate { allowed: pieces(9), ..known });
            let product = offer(1, 0).product_id;
            let seen = open.past_date_beyond(product, pieces(from_lots));
            assert_eq!(seen, pieces(beyond), "{told} {allowed} {quantity} {from_lots}");
        }
    }
}
