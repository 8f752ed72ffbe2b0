//! What a cart costs. The order is fixed and stated on screen and paper: price × quantity, less the best single promotion
//! of the product over its rows (a pack with a price label costs what that says), less what a person takes off the line, less what a person takes off the whole sale.

use std::collections::BTreeMap;

use crate::cart::{Cart, CartLine};
use crate::ids::ProductId;
use crate::money::{Money, MoneyError};
use crate::promotion::{self, Applied, Moment, Promotion};
use crate::quantity::Quantity;
use crate::share::share;

/// One row of the cart, priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedLine {
    /// Price × quantity.
    pub gross: Money,
    /// The promotion that it gets.
    pub promotion: Option<Applied>,
    /// Taken off this line by hand.
    pub discount: Money,
    /// Its part of what was taken off the whole sale.
    pub share: Money,
}

impl PricedLine {
    /// Returns all that is taken off.
    ///
    /// # Errors
    /// When the amount does not fit in 64 bits.
    pub fn off(&self) -> Result<Money, MoneyError> {
        let promotion = self.promotion.as_ref().map_or(Money::ZERO, |applied| applied.off);
        promotion.plus(self.discount)?.plus(self.share)
    }

    /// Returns the row's amount on screen: before its part of what was taken off the whole sale.
    ///
    /// # Errors
    /// When the amount does not fit in 64 bits.
    pub fn amount(&self) -> Result<Money, MoneyError> {
        self.gross.minus(self.off()?)?.plus(self.share)
    }
}

/// A cart, priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pricing {
    /// Its rows, in the cart's order.
    pub lines: Vec<PricedLine>,
    /// Σ of the rows' amounts.
    pub subtotal: Money,
    /// Taken off the whole sale.
    pub discount: Money,
    /// What the buyer has to pay: subtotal − discount. Never negative.
    pub payable: Money,
}

/// Prices a cart.
///
/// # Errors
/// When an amount does not fit in 64 bits.
pub fn price(cart: &Cart, promotions: &[Promotion], moment: Moment) -> Result<Pricing, MoneyError> {
    let chosen = choose(cart, promotions, moment)?;
    let mut lines = cart.lines.iter().zip(chosen).map(price_line).collect::<Result<Vec<_>, _>>()?;
    let amounts = lines.iter().map(PricedLine::amount).collect::<Result<Vec<_>, _>>()?;
    let subtotal = Money::sum(amounts.iter().copied())?;
    let discount = cart.discount.as_ref().map_or(Ok(Money::ZERO), |discount| discount.off.of(subtotal))?;
    let weights: Vec<i64> = amounts.iter().map(|amount| amount.vnd()).collect();
    for (line, share) in lines.iter_mut().zip(share(discount, &weights)?) {
        line.share = share;
    }
    Ok(Pricing { lines, subtotal, discount, payable: subtotal.minus(discount)? })
}

/// Chooses the promotion of each row: the best one for all rows of its product. A price set by hand gets none, and its pieces
/// count for none.
fn choose(cart: &Cart, promotions: &[Promotion], moment: Moment) -> Result<Vec<Option<Applied>>, MoneyError> {
    let mut rows: BTreeMap<ProductId, Vec<usize>> = BTreeMap::new();
    let is_listed = |(_, line): &(usize, &CartLine)| line.changed_price.is_none();
    for (row, line) in cart.lines.iter().enumerate().filter(is_listed) {
        rows.entry(line.offer.product_id).or_default().push(row);
    }
    let mut chosen = vec![None; cart.lines.len()];
    for (product, rows) in rows {
        let of = |row: &usize| (cart.lines[*row].price(), cart.lines[*row].quantity);
        let amounts: Vec<(Money, Quantity)> = rows.iter().map(of).collect();
        for (row, applied) in rows.into_iter().zip(promotion::best(promotions, product, &amounts, moment)?) {
            chosen[row] = applied;
        }
    }
    Ok(chosen)
}

fn price_line((line, promotion): (&CartLine, Option<Applied>)) -> Result<PricedLine, MoneyError> {
    let gross = line.gross()?;
    // A promotion counts on price × quantity, which a price label may say some đồng less for.
    let promotion = promotion.map(|applied| Applied { off: applied.off.min(gross), ..applied });
    let left = gross.minus(promotion.as_ref().map_or(Money::ZERO, |applied| applied.off))?;
    let discount = line.discount.as_ref().map_or(Ok(Money::ZERO), |discount| discount.off.of(left))?;
    Ok(PricedLine { gross, promotion, discount, share: Money::ZERO })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Rate;
    use crate::cart::Remark;
    use crate::cart::tests::{cart, offer};
    use crate::discount::{ChangedPrice, Discount, Off};
    use crate::promotion::PromotionKind;
    use crate::promotion::tests::{NOW, promotion};

    fn discount(off: Off) -> Option<Discount> {
        Some(Discount { off, reason: String::new(), approved_by: None, allowed: Money::ZERO })
    }

    #[test]
    fn the_order_of_what_is_taken_off() {
        let mut cart = cart();
        cart.add(offer(1, 100_000), Quantity::pieces(2)).unwrap();
        cart.add(offer(2, 50_000), Quantity::pieces(1)).unwrap();
        cart.lines[0].discount = discount(Off::Percent(Rate::percent(10)));
        cart.discount = discount(Off::Amount(Money::new(21_200)));
        let promotions = [promotion(1, offer(1, 0).product_id, PromotionKind::Percent(Rate::percent(10)))];
        let priced = price(&cart, &promotions, NOW).unwrap();
        let seen: Vec<_> = priced
            .lines
            .iter()
            .map(|line| {
                let promotion = line.promotion.as_ref().map_or(0, |applied| applied.off.vnd());
                (
                    line.gross.vnd(),
                    promotion,
                    line.discount.vnd(),
                    line.share.vnd(),
                    line.amount().unwrap().vnd(),
                )
            })
            .collect();
        assert_eq!(seen, [(200_000, 20_000, 18_000, 16_200, 162_000), (50_000, 0, 0, 5_000, 50_000)]);
        assert_eq!(
            (priced.subtotal.vnd(), priced.discount.vnd(), priced.payable.vnd()),
            (212_000, 21_200, 190_800)
        );
    }

    #[test]
    fn a_price_set_by_hand_gets_no_promotion() {
        let mut cart = cart();
        cart.add(offer(1, 100_000), Quantity::pieces(1)).unwrap();
        cart.lines[0].changed_price = Some(ChangedPrice {
            price: Money::new(90_000),
            reason: "móp hộp".to_owned(),
            approved_by: None,
            allowed: Quantity::ZERO,
        });
        let promotions = [promotion(1, offer(1, 0).product_id, PromotionKind::Percent(Rate::percent(50)))];
        assert_eq!(price(&cart, &promotions, NOW).unwrap().payable.vnd(), 90_000);
    }

    #[test]
    fn a_remark_on_a_row_does_not_lose_the_piece_that_comes_for_nothing() {
        let mut open = cart();
        open.add(offer(1, 100_000), Quantity::pieces(2)).unwrap();
        open.lines[0].remark = Some(Remark { text: "gói quà".to_owned(), on_receipt: false });
        open.add(offer(1, 100_000), Quantity::pieces(1)).unwrap();
        let kind = PromotionKind::BuyGet { buy: 2, get: 1 };
        let promotions = [promotion(1, offer(1, 0).product_id, kind)];
        assert_eq!((open.lines.len(), price(&open, &promotions, NOW).unwrap().payable.vnd()), (2, 200_000));
        open.lines[1].changed_price = Some(ChangedPrice {
            price: Money::new(90_000),
            reason: String::new(),
            approved_by: None,
            allowed: Quantity::ZERO,
        });
        assert_eq!(
            price(&open, &promotions, NOW).unwrap().payable.vnd(),
            290_000,
            "its own price, and no more"
        );
    }

    proptest! {
        #[test]
        fn rows_of_a_product_cost_together_what_one_row_costs(
            vnd in 1i64..900_000,
            split in prop::collection::vec(1i64..7, 1..6),
            many in 2i64..5,
            together in 1i64..900_000,
            get in 1i64..3,
        ) {
            let kinds = [
                PromotionKind::Bundle { pieces: many, price: Money::new(together) },
                PromotionKind::BuyGet { buy: many, get },
            ];
            let promotions =
                [1, 2].map(|id| promotion(id, offer(1, 0).product_id, kinds[usize::try_from(id).unwrap() - 1]));
            let (mut one, mut rows) = (cart(), cart());
            for pieces in split {
                one.add(offer(1, vnd), Quantity::pieces(pieces)).unwrap();
                rows.lines.push(CartLine::new(offer(1, vnd), Quantity::pieces(pieces)));
            }
            let cost = |cart: &Cart| price(cart, &promotions, NOW).unwrap().payable;
            prop_assert_eq!(cost(&one), cost(&rows));
        }

        #[test]
        fn lines_add_up_and_nothing_is_negative(
            rows in prop::collection::vec((1u128..6, 1i64..2_000_000, 1i64..20, 0i64..3_000_000, 0u32..=1_000_000), 1..12),
            label in prop::option::of(1i64..2_000_000),
            off in 0i64..10_000_000,
            percent in any::<bool>(),
        ) {
            let mut cart = cart();
            let mut promotions = Vec::new();
            for (id, price, pieces, hand, ppm) in rows {
                let row = cart.add(offer(id, price), Quantity::pieces(pieces)).unwrap();
                cart.lines[row].discount = discount(Off::Amount(Money::new(hand)));
                let rate = Rate::from_ppm(ppm).unwrap();
                promotions.push(promotion(id, offer(id, 0).product_id, PromotionKind::Percent(rate)));
            }
            cart.lines[0].label = label.map(Money::new);
            let rate = Rate::from_ppm(u32::try_from(off % 1_000_001).unwrap()).unwrap();
            cart.discount = discount(if percent { Off::Percent(rate) } else { Off::Amount(Money::new(off)) });
            let priced = price(&cart, &promotions, NOW).unwrap();
            let totals = priced.lines.iter().map(|line| line.gross.minus(line.off().unwrap()).unwrap());
            for total in totals.clone() {
                prop_assert!(total >= Money::ZERO);
            }
            prop_assert_eq!(Money::sum(totals).unwrap(), priced.payable);
            prop_assert!(priced.payable >= Money::ZERO);
        }
    }
}
