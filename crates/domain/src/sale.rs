//! From cart to sale: lots chosen, discount spread, tax taken out, terms frozen. A sale never changes afterwards.

use std::collections::BTreeMap;

use crate::cart::{Cart, CartLine};
use crate::combo::{Goods, spread};
use crate::consignment::{FrozenTerms, Split, Terms, terms_on};
use crate::contract::owner_on;
use crate::ids::{LotId, ProductFactsId, ProductId, PromotionId, SaleId, StoreId};
use crate::money::{Money, MoneyError};
use crate::pricing::{self, PricedLine, Pricing};
use crate::promotion::{Moment, Promotion};
use crate::stock::{Expired, LotOnShelf, Owner, Take, take_as_handed_over, take_first_expired};
use crate::tax::{NoRate, TaxClass, TaxTable};
use crate::{Quantity, Rate, share::share};

/// One product from one lot within a sale, with everything frozen that later questions need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleLine {
    /// The product.
    pub product_id: ProductId,
    /// What it counted as on the business date.
    pub facts_id: Option<ProductFactsId>,
    /// The shop's own code.
    pub sku: String,
    /// Name as printed.
    pub name: String,
    /// Unit or pack.
    pub unit: String,
    /// Price of one unit, VAT included.
    pub price: Money,
    /// Which version of the price.
    pub price_version: i64,
    /// How much.
    pub quantity: Quantity,
    /// Before any discount.
    pub gross: Money,
    /// All that was taken off it: promotion, by hand, its part of what was taken off the whole sale.
    pub discount: Money,
    /// The promotion among it.
    pub promotion: Option<PromotionOff>,
    /// The price of the catalogue, where another was set by hand.
    pub list_price: Option<Money>,
    /// VAT class.
    pub tax_class: TaxClass,
    /// Its rate on the business date.
    pub tax_rate: Rate,
    /// VAT inside gross − discount.
    pub tax: Money,
    /// Where it was taken from.
    pub lot_id: LotId,
    /// The book had none: the lot is the product's "unreceived" one, and a count is due.
    pub unreceived: bool,
    /// Shared with the department: consigned, or in central's catalogue.
    pub in_programme: bool,
    /// The consignment terms; `None` for the operator's own goods.
    pub terms: Option<FrozenTerms>,
    /// The combo that it was sold in; `None` for a product by itself.
    pub combo: Option<PartOf>,
}

/// Of which combo a line is a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartOf {
    /// The combo, as a product.
    pub combo_id: ProductId,
    /// Its name as printed.
    pub name: String,
    /// The row of the receipt, from 0: a combo may stand in several.
    pub row: usize,
    /// Which part of it, from 0. Lots of one part share it.
    pub part: usize,
}

/// What a promotion took off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PromotionOff {
    /// Which.
    pub id: PromotionId,
    /// How much of the line's discount.
    pub off: Money,
}

impl SaleLine {
    /// Returns what the buyer pays for the line.
    ///
    /// # Errors
    /// When the amount does not fit in 64 bits.
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.gross.minus(self.discount)
    }

    /// Returns what the line is worth to whom, for consigned goods.
    ///
    /// # Errors
    /// When an amount does not fit in 64 bits.
    pub fn split(&self) -> Result<Option<Split>, MoneyError> {
        self.terms.map(|terms| terms.split(self.gross, self.discount)).transpose()
    }

    /// Returns whose goods they were.
    pub fn owner(&self) -> Owner {
        Owner::from(self.terms.map(|terms| terms.producer_id))
    }
}

/// A sale whose lines add up to its payable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sale {
    /// Its identity.
    pub id: SaleId,
    /// Its lines, in the order of the cart.
    pub lines: Vec<SaleLine>,
    /// What the cart's rows cost, as the buyer saw them.
    pub pricing: Pricing,
    /// What the buyer has to pay, fixed before any tender.
    pub payable: Money,
    /// Of a sale from the pad: goods that are refused at the till, since all that there was of them was past its date.
    /// They were handed over, so they are recorded.
    pub past_date: bool,
}

/// What a store knows that a checkout needs.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The store.
    pub store_id: StoreId,
    /// The business date of the open shift, which picks price, rate, recognition and expiry; and the minute, for
    /// promotions of some hours.
    pub moment: Moment,
    /// Promotions of the catalogue.
    pub promotions: &'a [Promotion],
    /// VAT rates.
    pub taxes: &'a TaxTable,
    /// Consignment terms of the operator.
    pub terms: &'a [Terms],
    /// VAT on commission on the business date; a setting of the operator.
    pub commission_tax: Rate,
}

/// Why a cart cannot become a sale.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckoutError {
    /// Nothing is in the cart.
    #[error("scan something first: the cart is empty")]
    Empty,
    /// What else is left of a product is past its date.
    #[error("{name}: {expired}")]
    Expired {
        /// The product's name.
        name: String,
        /// Since when, and what is not.
        expired: Expired,
    },
    /// Goods that may be sold past their date, and no manager allowed it for so many.
    #[error("{quantity} of {name} past their date: a manager has to allow it")]
    PastDate {
        /// The row of the cart that takes the last of them.
        row: usize,
        /// The product's name.
        name: String,
        /// How much, beyond what was allowed.
        quantity: Quantity,
    },
    /// A part of a combo is not known here yet.
    #[error(
        "{name}: not all of its parts are known here yet: sell them one by one, or wait for the catalogue"
    )]
    NotWhole {
        /// The combo's name.
        name: String,
    },
    /// A VAT rate is missing.
    #[error(transparent)]
    NoRate(#[from] NoRate),
    /// An amount beyond 64 bits.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Turns a cart into a sale. `lots` holds the lots on the shelf of each product in the cart and in its combos. A sale from the
/// pad was made before: it takes nothing that came in after its day, and goods past their date are recorded all the same.
/// Nothing past its date goes into a combo.
///
/// # Errors
/// When the cart is empty, a product is past its date and may not be sold so, or nobody allowed it yet, a combo is not whole,
/// a VAT rate is missing or an amount overflows.
pub fn checkout(
    cart: &Cart,
    rules: &Rules<'_>,
    mut lots: BTreeMap<ProductId, Vec<LotOnShelf>>,
) -> Result<Sale, CheckoutError> {
    if cart.lines.is_empty() {
        return Err(CheckoutError::Empty);
    }
    let pricing = pricing::price(cart, rules.promotions, rules.moment)?;
    let payable = pricing.payable;

    let date = rules.moment.business_date;
    let mut lines = Vec::with_capacity(cart.lines.len());
    let mut past_date = false;
    let mut from_expired: BTreeMap<ProductId, Quantity> = BTreeMap::new();
    for (number, (row, priced)) in cart.lines.iter().zip(&pricing.lines).enumerate() {
        for piece in pieces(number, row, priced)? {
            let Goods { offer, quantity, part } = piece.goods;
            let shelf = lots.entry(offer.product_id).or_default();
            let takes = match &cart.pad {
                Some(pad) => {
                    let taken = take_as_handed_over(shelf, quantity, pad.day, offer.refuse_expired);
                    past_date |= taken.expired_on.is_some();
                    taken.takes
                }
                None => {
                    let refuses = offer.refuse_expired || part.is_some();
                    let taken = take_first_expired(shelf, quantity, date, refuses)
                        .map_err(|expired| CheckoutError::Expired { name: offer.name.clone(), expired })?;
                    let sum = from_expired.entry(offer.product_id).or_default();
                    *sum = Quantity::from_milli(sum.milli().saturating_add(taken.past_date.milli()));
                    taken.takes
                }
            };
            take_off(shelf, &takes);
            for (take, amounts) in takes.iter().zip(divide(piece.amounts, &takes)?) {
                lines.push(freeze(&piece, take, amounts, rules)?);
            }
        }
    }
    for (product_id, quantity) in from_expired {
        let quantity = cart.past_date_beyond(product_id, quantity);
        let row = cart.lines.iter().rposition(|line| line.offer.product_id == product_id);
        if let Some(row) = row.filter(|_| quantity > Quantity::ZERO) {
            return Err(CheckoutError::PastDate { row, name: cart.lines[row].offer.name.clone(), quantity });
        }
    }
    let sum = lines.iter().try_fold(Money::ZERO, |sum, line| sum.plus(line.total()?))?;
    assert_eq!(sum, payable, "the lines of a sale add up to its payable");
    Ok(Sale { id: cart.sale_id, lines, pricing, payable, past_date })
}

/// Leaves on the shelf what is not taken, so that two rows of one product do not take the same pieces.
fn take_off(shelf: &mut [LotOnShelf], takes: &[Take]) {
    for lot in shelf {
        for take in takes.iter().filter(|take| take.from.is_some_and(|(id, _)| id == lot.lot.id)) {
            lot.on_hand = Quantity::from_milli(lot.on_hand.milli() - take.quantity.milli());
        }
    }
}

/// What a row, a part of it or one of its lots costs.
#[derive(Clone, Copy)]
struct Amounts {
    gross: Money,
    discount: Money,
    promotion: Option<PromotionOff>,
}

/// Goods of a row, before their lots are chosen.
struct Piece<'a> {
    goods: Goods<'a>,
    price: Money,
    list_price: Option<Money>,
    amounts: Amounts,
    combo: Option<PartOf>,
}

/// Returns the goods of a row with what each of them costs.
fn pieces<'a>(
    number: usize,
    row: &'a CartLine,
    priced: &PricedLine,
) -> Result<Vec<Piece<'a>>, CheckoutError> {
    let offer = &row.offer;
    let goods = offer.goods(row.quantity)?;
    let applied = priced.promotion.as_ref();
    let off = applied.map(|applied| PromotionOff { id: applied.id, off: applied.off });
    let amounts = Amounts { gross: priced.gross, discount: priced.off()?, promotion: off };
    let Some(combo) = &offer.combo else {
        let list_price = row.changed_price.as_ref().map(|_| offer.price);
        let piece = |goods| Piece { goods, price: row.price(), list_price, amounts, combo: None };
        return Ok(goods.into_iter().map(piece).collect());
    };
    if !combo.is_whole || goods.is_empty() {
        return Err(CheckoutError::NotWhole { name: offer.name.clone() });
    }
    let parts = spread(amounts.gross, amounts.gross.minus(amounts.discount)?, &goods)?;
    let discounts: Vec<i64> = parts.iter().map(|part| part.discount.vnd()).collect();
    let promotions = share(off.map_or(Money::ZERO, |off| off.off), &discounts)?;
    let piece = |(goods, (part, promotion)): (Goods<'a>, (crate::combo::PartPrice, Money))| {
        let promotion = off.map(|off| PromotionOff { off: promotion, ..off });
        let amounts = Amounts { gross: part.gross, discount: part.discount, promotion };
        let (combo_id, name) = (offer.product_id, offer.name.clone());
        let combo = goods.part.map(|part| PartOf { combo_id, name, row: number, part });
        Piece { goods, price: part.price, list_price: None, amounts, combo }
    };
    Ok(goods.into_iter().zip(parts.into_iter().zip(promotions)).map(piece).collect())
}

/// Divides amounts over the lots that are taken, so that no đồng is lost. A part shared in proportion to other parts
/// never exceeds them, so no lot is sold for less than nothing.
fn divide(whole: Amounts, takes: &[Take]) -> Result<Vec<Amounts>, MoneyError> {
    let weights: Vec<i64> = takes.iter().map(|take| take.quantity.milli()).collect();
    let vnd = |parts: &[Money]| parts.iter().map(|part| part.vnd()).collect::<Vec<_>>();
    let grosses = share(whole.gross, &weights)?;
    let discounts = share(whole.discount, &vnd(&grosses))?;
    let promotions = share(whole.promotion.map_or(Money::ZERO, |off| off.off), &vnd(&discounts))?;
    let parts = grosses.into_iter().zip(discounts).zip(promotions);
    let amounts = |((gross, discount), off)| {
        let promotion = whole.promotion.map(|promotion| PromotionOff { off, ..promotion });
        Amounts { gross, discount, promotion }
    };
    Ok(parts.map(amounts).collect())
}

fn freeze(
    piece: &Piece<'_>,
    take: &Take,
    amounts: Amounts,
    rules: &Rules<'_>,
) -> Result<SaleLine, CheckoutError> {
    let offer = piece.goods.offer;
    let date = rules.moment.business_date;
    let Amounts { gross, discount, promotion } = amounts;
    let (lot_id, owner) = take.from.unwrap_or_else(|| {
        let owner = owner_on(rules.terms, offer.producer_id, offer.product_id, date);
        (LotId::unreceived(rules.store_id, offer.product_id), owner)
    });
    let terms = owner.producer_id().map(|producer_id| {
        let found = terms_on(rules.terms, producer_id, offer.product_id, date);
        FrozenTerms::of(producer_id, found, rules.commission_tax)
    });
    let tax_rate = rules.taxes.rate_on(offer.tax_class, date)?;
    Ok(SaleLine {
        product_id: offer.product_id,
        facts_id: offer.facts_id,
        sku: offer.sku.clone(),
        name: offer.name.clone(),
        unit: offer.unit.clone(),
        price: piece.price,
        price_version: offer.price_version,
        quantity: take.quantity,
        gross,
        discount,
        promotion,
        list_price: piece.list_price,
        tax_class: offer.tax_class,
        tax_rate,
        tax: tax_rate.inside(gross.minus(discount)?)?,
        lot_id,
        // What was found or brought back without a delivery lies in that lot, too, and is sold out of it.
        unreceived: lot_id == LotId::unreceived(rules.store_id, offer.product_id),
        in_programme: offer.in_catalogue || terms.is_some(),
        terms,
        combo: piece.combo.clone(),
    })
}

#[cfg(test)]
mod tests;
