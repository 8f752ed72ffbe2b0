//! The open sale: what was scanned, in which quantity, at which price.

use crate::basket::Basket;
use crate::catalog::{SoldBy, Stars};
use crate::combo::Combo;
use crate::discount::{ChangedPrice, Discount};
use crate::fixed_price::FixedPrice;
use crate::ids::{ProducerId, ProductFactsId, ProductId, SaleId};
use crate::money::{Money, MoneyError};
use crate::pad::PadSale;
use crate::past_date::PastDate;
use crate::promotion::Promotion;
use crate::quantity::{Quantity, QuantityError};
use crate::tax::TaxClass;

/// The most lines that a cart takes; beyond it a scanner is stuck.
pub const LINES_MAX: usize = 200;

/// A product as it is offered at the moment of the scan; the price of that moment is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The product.
    pub product_id: ProductId,
    /// What it counts as on the business date; `None` for a product that central does not know.
    pub facts_id: Option<ProductFactsId>,
    /// The shop's own code.
    pub sku: String,
    /// Name as printed.
    pub name: String,
    /// Unit or pack, such as `Hộp 250g` or `kg`.
    pub unit: String,
    /// Pieces or weight.
    pub sold_by: SoldBy,
    /// Price of one unit, VAT included.
    pub price: Money,
    /// Which version of the price that is.
    pub price_version: i64,
    /// VAT class.
    pub tax_class: TaxClass,
    /// OCOP stars in force.
    pub stars: Option<Stars>,
    /// Food, drink and medicinal goods are refused past their date.
    pub refuse_expired: bool,
    /// Whose goods are sold when the book has no lot; `None` for the operator's own.
    pub producer_id: Option<ProducerId>,
    /// Stands in central's catalogue, so its sales are always shared.
    pub in_catalogue: bool,
    /// What it is made of, when it is a combo: then these are the goods, and it is only their common code and price.
    pub combo: Option<Combo>,
}

/// The longest remark, in characters.
pub const REMARK_MOST: usize = 120;

/// What a cashier notes down about a row or a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// As typed; at most [`REMARK_MOST`] characters.
    pub text: String,
    /// Whether the buyer's paper says it.
    pub on_receipt: bool,
}

/// One row of the cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartLine {
    /// What, at which price.
    pub offer: Offer,
    /// How much.
    pub quantity: Quantity,
    /// A price set by hand for this row.
    pub changed_price: Option<ChangedPrice>,
    /// Taken off this row by hand.
    pub discount: Option<Discount>,
    /// Noted down about this row.
    pub remark: Option<Remark>,
    /// What is known of goods of this row that are past their date.
    pub past_date: Option<PastDate>,
    /// The number of the basket that it was packed into.
    pub basket: Option<u8>,
    /// What the price label of a scale says that this pack costs. The weight follows from it in whole grams, so price × weight
    /// would be some đồng more or less; another weight or price set by hand is not the label's any more.
    pub label: Option<Money>,
}

impl CartLine {
    /// Returns a row at the offered price.
    pub const fn new(offer: Offer, quantity: Quantity) -> Self {
        Self {
            offer,
            quantity,
            changed_price: None,
            discount: None,
            remark: None,
            past_date: None,
            basket: None,
            label: None,
        }
    }

    /// Returns the price of one unit: as changed by hand, or as offered.
    pub fn price(&self) -> Money {
        self.changed_price.as_ref().map_or(self.offer.price, |changed| changed.price)
    }

    /// True when a person set its price, took something off, noted something down, or packed it into a basket: the next
    /// piece of the product is not part of that.
    pub const fn is_special(&self) -> bool {
        self.changed_price.is_some()
            || self.discount.is_some()
            || self.remark.is_some()
            || self.basket.is_some()
    }

    /// Returns the quantity as it is shown: a weight with every gram.
    pub fn quantity_text(&self) -> String {
        match self.offer.sold_by {
            SoldBy::Piece => self.quantity.to_string(),
            SoldBy::Weight => self.quantity.kilograms(),
        }
    }

    /// Returns what the pack's price label says, where that is what it costs.
    pub fn labelled(&self) -> Option<Money> {
        self.label.filter(|_| self.changed_price.is_none())
    }

    /// Returns price × quantity, in whole đồng; of a pack with a price label what that says.
    ///
    /// # Errors
    /// When the amount does not fit in 64 bits.
    pub fn gross(&self) -> Result<Money, MoneyError> {
        self.labelled().map_or_else(|| self.price().for_quantity(self.quantity), Ok)
    }
}

/// An open sale. It has its sale's id from the first scan on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cart {
    /// The sale that it will be.
    pub sale_id: SaleId,
    /// Rows in the order of their first scan.
    pub lines: Vec<CartLine>,
    /// Off the whole sale.
    pub discount: Option<Discount>,
    /// Noted down about the whole sale.
    pub remark: Option<Remark>,
    /// The sale was made before, and stands on the pad.
    pub pad: Option<PadSale>,
    /// Its payable was shown for payment; any change lifts that.
    pub fixed: Option<FixedPrice>,
    /// Baskets that were packed of its rows, by number.
    pub baskets: Vec<Basket>,
    /// The promotions that ordered goods keep from the day of the order; `None` for a cart that has those of today.
    pub kept: Option<Vec<Promotion>>,
}

/// A change that a cart does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CartError {
    /// Too many rows.
    #[error("one sale takes {LINES_MAX} lines: finish this one and start another")]
    Full,
    /// There is no such row.
    #[error("that line is no longer in the cart")]
    NoLine,
    /// The quantity is not sellable.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
    /// An amount beyond 64 bits.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Cart {
    /// Returns an empty cart.
    pub const fn new(sale_id: SaleId) -> Self {
        Self {
            sale_id,
            lines: Vec::new(),
            discount: None,
            remark: None,
            pad: None,
            fixed: None,
            baskets: Vec::new(),
            kept: None,
        }
    }

    /// Returns how many things are in it: pieces, and one for each weighed pack.
    pub fn items(&self) -> i64 {
        let of = |line: &CartLine| match line.offer.sold_by {
            SoldBy::Piece => line.quantity.milli() / 1_000,
            SoldBy::Weight => 1,
        };
        self.lines.iter().map(of).sum()
    }

    /// Adds a product and returns its row. Pieces of a product at one price share a row; each weighed pack has
    /// its own, and so has what a person treated apart by hand.
    ///
    /// # Errors
    /// When the quantity cannot be sold or the cart is full; the cart is then as before.
    pub fn add(&mut self, offer: Offer, quantity: Quantity) -> Result<usize, CartError> {
        let same = |line: &CartLine| {
            line.offer.product_id == offer.product_id
                && line.offer.price == offer.price
                && !line.is_special()
                && offer.sold_by == SoldBy::Piece
        };
        if let Some(row) = self.lines.iter().position(same) {
            let sum = self.lines[row].quantity.plus(quantity).ok_or(QuantityError::OutOfRange)?;
            self.set_quantity(row, sum)?;
            return Ok(row);
        }
        // What counts is the sale that it becomes, in which each part of a combo has its own line.
        let lines: usize = self.lines.iter().map(|line| line.offer.line_count()).sum();
        if lines + offer.line_count() > LINES_MAX {
            return Err(CartError::Full);
        }
        let line = CartLine::new(offer.clone(), sellable(&offer, quantity)?);
        line.gross()?;
        self.lines.push(line);
        self.fixed = None;
        Ok(self.lines.len() - 1)
    }

    /// Returns how much of a product it takes from the shelf, in whichever rows and combos.
    pub fn wanted(&self, product_id: ProductId) -> Quantity {
        let goods = self.lines.iter().flat_map(|line| line.offer.goods(line.quantity).unwrap_or_default());
        let milli =
            goods.filter(|goods| goods.offer.product_id == product_id).map(|goods| goods.quantity.milli());
        Quantity::from_milli(milli.sum())
    }

    /// Sets the quantity of a row.
    ///
    /// # Errors
    /// When the row is gone or the quantity cannot be sold; the cart is then as before.
    pub fn set_quantity(&mut self, row: usize, quantity: Quantity) -> Result<(), CartError> {
        let line = self.lines.get_mut(row).ok_or(CartError::NoLine)?;
        let quantity = sellable(&line.offer, quantity)?;
        line.price().for_quantity(quantity)?;
        if line.quantity != quantity {
            line.label = None;
        }
        line.quantity = quantity;
        self.fixed = None;
        Ok(())
    }

    /// Takes a row out.
    ///
    /// # Errors
    /// When the row is gone.
    pub fn remove(&mut self, row: usize) -> Result<CartLine, CartError> {
        if row >= self.lines.len() {
            return Err(CartError::NoLine);
        }
        self.fixed = None;
        Ok(self.lines.remove(row))
    }
}

fn sellable(offer: &Offer, quantity: Quantity) -> Result<Quantity, QuantityError> {
    if offer.sold_by == SoldBy::Piece && !quantity.is_whole() {
        return Err(QuantityError::NotWhole);
    }
    for goods in offer.goods(quantity).map_err(|_| QuantityError::OutOfRange)? {
        goods.quantity.sellable()?;
    }
    quantity.sellable()
}

#[cfg(test)]
pub(crate) mod tests {
    use uuid::Uuid;

    use super::*;

    pub(crate) fn offer(id: u128, price_vnd: i64) -> Offer {
        Offer {
            product_id: ProductId::from_uuid(Uuid::from_u128(id)),
            facts_id: Some(ProductFactsId::from_uuid(Uuid::from_u128(id + 1_000))),
            sku: format!("SP{id:03}"),
            name: "Tỏi đen Lý Sơn".to_owned(),
            unit: "Hộp 250g".to_owned(),
            sold_by: SoldBy::Piece,
            price: Money::new(price_vnd),
            price_version: 1,
            tax_class: TaxClass::Standard,
            stars: Stars::new(4),
            refuse_expired: true,
            producer_id: None,
            in_catalogue: true,
            combo: None,
        }
    }

    pub(crate) fn cart() -> Cart {
        Cart::new(SaleId::from_uuid(Uuid::from_u128(9)))
    }

    fn gross(cart: &Cart) -> i64 {
        cart.lines.iter().map(|line| line.gross().unwrap().vnd()).sum()
    }

    #[test]
    fn two_scans_share_a_row_and_packs_of_weight_do_not() {
        let mut cart = cart();
        assert_eq!(cart.add(offer(1, 280_000), Quantity::pieces(1)), Ok(0));
        assert_eq!(cart.add(offer(2, 95_000), Quantity::pieces(1)), Ok(1));
        assert_eq!(cart.add(offer(1, 280_000), Quantity::pieces(1)), Ok(0));
        assert_eq!(gross(&cart), 655_000);
        let loose = Offer { sold_by: SoldBy::Weight, ..offer(3, 120_000) };
        assert_eq!(cart.add(loose.clone(), Quantity::from_milli(250)), Ok(2));
        assert_eq!(cart.add(loose, Quantity::from_milli(250)), Ok(3));
        assert_eq!(gross(&cart), 715_000);
    }

    #[test]
    fn a_price_label_is_what_its_pack_costs() {
        let mut cart = cart();
        let loose = Offer { sold_by: SoldBy::Weight, ..offer(3, 280_000) };
        cart.add(loose, Quantity::from_milli(179)).unwrap();
        assert_eq!(gross(&cart), 50_120);
        cart.lines[0].label = Some(Money::new(50_000));
        assert_eq!(gross(&cart), 50_000);
        cart.set_quantity(0, Quantity::from_milli(179)).unwrap();
        assert_eq!(gross(&cart), 50_000, "the same weight is the label's");
        let (reason, allowed) = (String::new(), Quantity::from_milli(179));
        cart.lines[0].changed_price =
            Some(ChangedPrice { price: Money::new(200_000), reason, approved_by: None, allowed });
        assert_eq!(gross(&cart), 35_800, "a price set by hand is not");
        cart.lines[0].changed_price = None;
        cart.set_quantity(0, Quantity::from_milli(180)).unwrap();
        assert_eq!((gross(&cart), cart.lines[0].label), (50_400, None), "nor is another weight");
    }

    #[test]
    fn a_changed_price_makes_a_new_row() {
        let mut cart = cart();
        cart.add(offer(1, 280_000), Quantity::pieces(1)).unwrap();
        assert_eq!(cart.add(offer(1, 290_000), Quantity::pieces(1)), Ok(1));
    }

    #[test]
    fn any_change_lifts_what_was_shown_for_payment() {
        let mut shown = cart();
        shown.add(offer(1, 280_000), Quantity::pieces(1)).unwrap();
        shown.fixed = Some(FixedPrice::new(0, Vec::new()));
        let after = |change: &dyn Fn(&mut Cart) -> bool| {
            let mut changed = shown.clone();
            (change(&mut changed), changed.fixed)
        };
        let one = Quantity::pieces(1);
        assert_eq!(after(&|cart| cart.add(offer(1, 280_000), one).is_ok()), (true, None));
        assert_eq!(after(&|cart| cart.add(offer(2, 280_000), one).is_ok()), (true, None));
        assert_eq!(after(&|cart| cart.set_quantity(0, Quantity::pieces(2)).is_ok()), (true, None));
        assert_eq!(after(&|cart| cart.remove(0).is_ok()), (true, None));
        assert_eq!(after(&|cart| cart.remove(5).is_ok()), (false, shown.fixed.clone()), "nothing changed");
    }

    #[test]
    fn a_bad_quantity_changes_nothing() {
        let mut cart = cart();
        cart.add(offer(1, 280_000), Quantity::pieces(1)).unwrap();
        let before = cart.clone();
        for quantity in
            [Quantity::ZERO, Quantity::from_milli(500), Quantity::from_milli(i64::MAX), Quantity::pieces(-1)]
        {
            assert!(cart.add(offer(1, 280_000), quantity).is_err() || quantity == Quantity::ZERO);
            assert!(cart.set_quantity(0, quantity).is_err());
        }
        assert_eq!(cart.set_quantity(5, Quantity::pieces(1)), Err(CartError::NoLine));
        assert!(cart.add(offer(2, i64::MAX), Quantity::pieces(2)).is_err());
        assert_eq!(cart, before);
    }

    #[test]
    fn a_combo_counts_with_its_parts() {
        let mut cart = cart();
        let gift = crate::combo::tests::combo(50, 500_000, &[(1, 280_000, 1), (2, 95_000, 3)]);
        for _ in 0..2 {
            assert_eq!(cart.add(gift.clone(), Quantity::pieces(1)), Ok(0));
        }
        cart.add(offer(2, 95_000), Quantity::pieces(1)).unwrap();
        let wanted = [1, 2, 50].map(|id| cart.wanted(offer(id, 0).product_id).milli() / 1_000);
        assert_eq!(wanted, [2, 7, 0]);
        // So many combos are beyond what a line takes of a part.
        let before = cart.clone();
        assert!(cart.set_quantity(0, Quantity::pieces(40_000)).is_err());
        assert_eq!(cart, before);
        let parts: Vec<_> = (0..20).map(|id| (id, 1_000, 1)).collect();
        for id in 100..109 {
            cart.add(crate::combo::tests::combo(id, 9_000, &parts), Quantity::pieces(1)).unwrap();
        }
        let one_more = crate::combo::tests::combo(110, 9_000, &parts);
        assert_eq!(cart.add(one_more, Quantity::pieces(1)), Err(CartError::Full));
    }

    #[test]
    fn a_stuck_scanner_is_stopped() {
        let mut cart = cart();
        for id in 0..200 {
            cart.add(offer(id, 1_000), Quantity::pieces(1)).unwrap();
        }
        assert_eq!(cart.add(offer(999, 1_000), Quantity::pieces(1)), Err(CartError::Full));
    }
}
