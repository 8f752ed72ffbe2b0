//! Presents that are packed at the counter (giỏ quà tự chọn): rows of a cart under a name, with a slip that tells no price.
//! A basket changes no price and nothing in the books: its rows are sold as any others.

use crate::cart::{Cart, CartLine};

/// The most baskets of one sale.
pub const BASKETS_MAX: usize = 9;
/// The longest name of a basket, giver or receiver, in characters.
pub const NAME_MOST: usize = 60;
/// The longest wish, in characters.
pub const MESSAGE_MOST: usize = 160;

/// A present, as its slip tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basket {
    /// 1, 2, 3 … within the sale.
    pub number: u8,
    /// What it is called; never empty.
    pub name: String,
    /// Who receives it; may be empty.
    pub to: String,
    /// Who gives it; may be empty.
    pub from: String,
    /// A wish; may be empty.
    pub message: String,
    /// Whether a slip without prices is printed with the sale.
    pub wants_slip: bool,
}

/// A basket that cannot be packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BasketError {
    /// Every row lies in a basket already.
    #[error("every row is in a basket already: scan what goes into this one")]
    Nothing,
    /// Too many of them.
    #[error("one sale takes {BASKETS_MAX} baskets")]
    TooMany,
}

impl Cart {
    /// Packs every row that is in no basket yet into a new one, and returns its number. What is scanned afterwards stays
    /// outside.
    ///
    /// # Errors
    /// When there is nothing to pack, or there are too many baskets; the cart is then as before.
    pub fn pack(&mut self, basket: Basket) -> Result<u8, BasketError> {
        if self.lines.iter().all(|line| line.basket.is_some()) {
            return Err(BasketError::Nothing);
        }
        // Numbers of baskets that were unpacked are given again.
        let free = (1..).take(BASKETS_MAX).find(|number| self.basket(*number).is_none());
        let number = free.ok_or(BasketError::TooMany)?;
        for line in self.lines.iter_mut().filter(|line| line.basket.is_none()) {
            line.basket = Some(number);
        }
        self.baskets.push(Basket { number, ..basket });
        self.baskets.sort_by_key(|basket| basket.number);
        Ok(number)
    }

    /// Unpacks a basket; its rows stay. False when there is none of that number.
    pub fn unpack(&mut self, number: u8) -> bool {
        for line in self.lines.iter_mut().filter(|line| line.basket == Some(number)) {
            line.basket = None;
        }
        let before = self.baskets.len();
        self.baskets.retain(|basket| basket.number != number);
        self.baskets.len() < before
    }

    /// Returns the basket of a number.
    pub fn basket(&self, number: u8) -> Option<&Basket> {
        self.baskets.iter().find(|basket| basket.number == number)
    }

    /// Returns the rows of a basket.
    pub fn rows_of(&self, number: u8) -> impl Iterator<Item = &CartLine> {
        self.lines.iter().filter(move |line| line.basket == Some(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Quantity;
    use crate::cart::tests::{cart, offer};

    fn named(name: &str) -> Basket {
        let text = String::new;
        Basket {
            number: 0,
            name: name.to_owned(),
            to: text(),
            from: text(),
            message: text(),
            wants_slip: true,
        }
    }

    #[test]
    fn what_is_scanned_after_packing_stays_outside() {
        let mut cart = cart();
        assert_eq!(cart.pack(named("Tết")), Err(BasketError::Nothing));
        cart.add(offer(1, 280_000), Quantity::pieces(1)).unwrap();
        cart.add(offer(2, 95_000), Quantity::pieces(2)).unwrap();
        assert_eq!(cart.pack(named("Tết")), Ok(1));
        assert_eq!(cart.pack(named("Tết nữa")), Err(BasketError::Nothing));
        assert_eq!(cart.add(offer(1, 280_000), Quantity::pieces(1)), Ok(2), "a row of its own");
        assert_eq!(cart.rows_of(1).count(), 2);
        assert_eq!(cart.pack(named("Cô giáo")), Ok(2));
        assert!(cart.unpack(1) && !cart.unpack(1));
        assert_eq!(cart.pack(named("Tết")), Ok(1), "a number is given again");
        let names: Vec<_> = cart.baskets.iter().map(|basket| basket.name.as_str()).collect();
        assert_eq!(names, ["Tết", "Cô giáo"]);
    }

    #[test]
    fn there_are_nine_at_most() {
        let mut cart = cart();
        for id in 0..9 {
            cart.add(offer(id, 1_000), Quantity::pieces(1)).unwrap();
            cart.pack(named("Quà")).unwrap();
        }
        cart.add(offer(10, 1_000), Quantity::pieces(1)).unwrap();
        let before = cart.clone();
        assert_eq!(cart.pack(named("Quà")), Err(BasketError::TooMany));
        assert_eq!(cart, before);
    }
}
