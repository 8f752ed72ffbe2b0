//! Goods that are sold together under one code and at one price (combo, bộ quà). Only the parts are goods: a combo has no
//! lots, no owner and no VAT of its own. A promotion that names the combo holds for its row before the price is divided;
//! promotions of its parts do not hold within it.

use rust_decimal::Decimal;

use crate::cart::Offer;
use crate::money::{Money, MoneyError, round_vnd};
use crate::quantity::Quantity;
use crate::share::share;

/// The most parts that a combo has.
pub const PARTS_MAX: usize = 20;

/// What a combo holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combo {
    /// The parts, in their order.
    pub parts: Vec<Part>,
    /// False while a part is not known here yet; such a combo is not sold, since somebody would not be paid for it.
    pub is_whole: bool,
}

/// A part of a combo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The product as it is offered by itself; never a combo.
    pub offer: Offer,
    /// How much of it one combo holds.
    pub quantity: Quantity,
}

/// Goods that leave the shelf for a row of a cart: the product itself, or a part of the combo that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Goods<'a> {
    /// What.
    pub offer: &'a Offer,
    /// How much.
    pub quantity: Quantity,
    /// Which part of a combo, from 0; `None` for a product by itself.
    pub part: Option<usize>,
}

impl Offer {
    /// Returns the goods that leave the shelf for a quantity of it.
    ///
    /// # Errors
    /// When a quantity does not fit in 64 bits.
    pub fn goods(&self, quantity: Quantity) -> Result<Vec<Goods<'_>>, MoneyError> {
        let Some(combo) = &self.combo else {
            return Ok(vec![Goods { offer: self, quantity, part: None }]);
        };
        let combos = quantity.milli() / 1_000;
        let parts = combo.parts.iter().enumerate();
        parts
            .map(|(index, part)| {
                let milli = part.quantity.milli().checked_mul(combos).ok_or(MoneyError)?;
                Ok(Goods { offer: &part.offer, quantity: Quantity::from_milli(milli), part: Some(index) })
            })
            .collect()
    }

    /// Returns how many lines of a sale it makes at least.
    pub fn line_count(&self) -> usize {
        self.combo.as_ref().map_or(1, |combo| combo.parts.len().max(1))
    }
}

/// What a part gets of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartPrice {
    /// Price of one unit: the product's own, or what it comes to in a combo that costs more than its parts.
    pub price: Money,
    /// Before discounts.
    pub gross: Money,
    /// What is taken off it: all that the combo costs less than its parts apart, and all that was taken off its row.
    pub discount: Money,
}

/// Divides a row of a combo over its goods, in proportion to what they cost apart that day, so that no đồng is lost: `gross`
/// is price × quantity of the row, `total` what the buyer pays for it. What the combo saves against its parts is a discount
/// like any other, borne by whom each part's terms name. No part is sold for less than nothing.
///
/// # Errors
/// When an amount does not fit in 64 bits, or the total is negative or above the gross.
pub fn spread(gross: Money, total: Money, goods: &[Goods<'_>]) -> Result<Vec<PartPrice>, MoneyError> {
    if total.is_negative() || total > gross {
        return Err(MoneyError);
    }
    let apart: Vec<Money> =
        goods.iter().map(|goods| goods.offer.price.for_quantity(goods.quantity)).collect::<Result<_, _>>()?;
    let is_dearer = gross > Money::sum(apart.iter().copied())?;
    let grosses = if is_dearer { share(gross, &vnd(&apart))? } else { apart };
    let totals = share(total, &vnd(&grosses))?;
    let parts = goods.iter().zip(grosses).zip(totals);
    parts
        .map(|((goods, gross), total)| {
            let price = if is_dearer { unit_price(gross, goods.quantity)? } else { goods.offer.price };
            Ok(PartPrice { price, gross, discount: gross.minus(total)? })
        })
        .collect()
}

fn vnd(parts: &[Money]) -> Vec<i64> {
    parts.iter().map(|part| part.vnd()).collect()
}

fn unit_price(gross: Money, quantity: Quantity) -> Result<Money, MoneyError> {
    let exact = Decimal::from(gross.vnd()).checked_div(quantity.decimal());
    round_vnd(exact.ok_or(MoneyError)?)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::cart::tests::offer;

    /// A combo of products by number, with their price and pieces.
    pub(crate) fn combo(id: u128, price_vnd: i64, parts: &[(u128, i64, i64)]) -> Offer {
        let part = |&(id, price, pieces): &(u128, i64, i64)| Part {
            offer: offer(id, price),
            quantity: Quantity::pieces(pieces),
        };
        let combo = Combo { parts: parts.iter().map(part).collect(), is_whole: true };
        Offer { combo: Some(combo), name: "Bộ quà Lý Sơn".to_owned(), ..offer(id, price_vnd) }
    }

    fn divided(offer: &Offer, pieces: i64, total: i64) -> Vec<(i64, i64, i64)> {
        let goods = offer.goods(Quantity::pieces(pieces)).unwrap();
        let gross = offer.price.for_quantity(Quantity::pieces(pieces)).unwrap();
        let parts = spread(gross, Money::new(total), &goods).unwrap();
        parts.iter().map(|part| (part.price.vnd(), part.gross.vnd(), part.discount.vnd())).collect()
    }

    #[test]
    fn parts_keep_their_prices_and_share_what_the_combo_saves() {
        let gift = combo(50, 500_000, &[(1, 280_000, 1), (2, 95_000, 3)]);
        // Apart 280.000 + 285.000; 65.000 less together, in that proportion.
        assert_eq!(divided(&gift, 1, 500_000), [(280_000, 280_000, 32_212), (95_000, 285_000, 32_788)]);
        // Two of them, and 100.000 less for the row.
        assert_eq!(divided(&gift, 2, 900_000), [(280_000, 560_000, 113_982), (95_000, 570_000, 116_018)]);
        assert_eq!(divided(&gift, 1, 0), [(280_000, 280_000, 280_000), (95_000, 285_000, 285_000)]);
    }

    #[test]
    fn a_combo_that_costs_more_than_its_parts_makes_them_dearer() {
        let gift = combo(50, 400_000, &[(1, 280_000, 1), (2, 20_000, 1)]);
        assert_eq!(divided(&gift, 1, 400_000), [(373_333, 373_333, 0), (26_667, 26_667, 0)]);
        let free = combo(51, 30_000, &[(1, 0, 1), (2, 0, 1)]);
        assert_eq!(divided(&free, 1, 30_000), [(30_000, 30_000, 0), (0, 0, 0)]);
    }

    #[test]
    fn a_total_beyond_the_row_is_refused() {
        let gift = combo(50, 400_000, &[(1, 280_000, 1)]);
        let goods = gift.goods(Quantity::pieces(1)).unwrap();
        for total in [-1, 400_001] {
            assert_eq!(spread(gift.price, Money::new(total), &goods), Err(MoneyError));
        }
        let many = combo(50, 400_000, &[(1, 280_000, 3)]);
        assert!(many.goods(Quantity::from_milli(i64::MAX)).is_err());
    }
}
