//! From cart to sale: lots chosen, discount spread, tax taken out, terms frozen. A sale never changes afterwards.

use std::collections::BTreeMap;

use crate::cart::{Cart, CartLine};
use crate::consignment::{Basis, Bearer, FrozenTerms, Split, Terms, terms_on};
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
    /// VAT on commission; a setting of the operator.
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
    /// A VAT rate is missing.
    #[error(transparent)]
    NoRate(#[from] NoRate),
    /// An amount beyond 64 bits.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Turns a cart into a sale. `lots` holds the lots on the shelf of each product in the cart. A sale from the pad was made
/// before: it takes nothing that came in after its day, and goods past their date are recorded all the same.
///
/// # Errors
/// When the cart is empty, a product is past its date and may not be sold so, or nobody allowed it yet, a VAT rate is missing or an amount overflows.
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

    let mut lines = Vec::with_capacity(cart.lines.len());
    let mut past_date = false;
    let mut from_expired: BTreeMap<ProductId, Quantity> = BTreeMap::new();
    for (row, priced) in cart.lines.iter().zip(&pricing.lines) {
        let shelf = lots.entry(row.offer.product_id).or_default();
        let date = rules.moment.business_date;
        let takes = match &cart.pad {
            Some(pad) => {
                let taken = take_as_handed_over(shelf, row.quantity, pad.day, row.offer.refuse_expired);
                past_date |= taken.expired_on.is_some();
                taken.takes
            }
            None => {
                let taken = take_first_expired(shelf, row.quantity, date, row.offer.refuse_expired)
                    .map_err(|expired| CheckoutError::Expired { name: row.offer.name.clone(), expired })?;
                let sum = from_expired.entry(row.offer.product_id).or_default();
                *sum = Quantity::from_milli(sum.milli().saturating_add(taken.past_date.milli()));
                taken.takes
            }
        };
        take_off(shelf, &takes);
        for (take, amounts) in takes.iter().zip(divide(priced, &takes)?) {
            lines.push(freeze(row, take, amounts, rules)?);
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

/// What one lot gets of a row's amounts.
struct Amounts {
    gross: Money,
    discount: Money,
    promotion: Option<PromotionOff>,
}

/// Divides a row's amounts over the lots that it takes, so that no đồng is lost. A part shared in proportion to other
/// parts never exceeds them, so no lot is sold for less than nothing.
fn divide(priced: &PricedLine, takes: &[Take]) -> Result<Vec<Amounts>, MoneyError> {
    let weights: Vec<i64> = takes.iter().map(|take| take.quantity.milli()).collect();
    let applied = priced.promotion.as_ref();
    let vnd = |parts: &[Money]| parts.iter().map(|part| part.vnd()).collect::<Vec<_>>();
    let grosses = share(priced.gross, &weights)?;
    let discounts = share(priced.off()?, &vnd(&grosses))?;
    let promotions = share(applied.map_or(Money::ZERO, |applied| applied.off), &vnd(&discounts))?;
    let parts = grosses.into_iter().zip(discounts).zip(promotions);
    let amounts = |((gross, discount), off)| {
        let promotion = applied.map(|applied| PromotionOff { id: applied.id, off });
        Amounts { gross, discount, promotion }
    };
    Ok(parts.map(amounts).collect())
}

fn freeze(
    row: &CartLine,
    take: &Take,
    amounts: Amounts,
    rules: &Rules<'_>,
) -> Result<SaleLine, CheckoutError> {
    let offer = &row.offer;
    let date = rules.moment.business_date;
    let Amounts { gross, discount, promotion } = amounts;
    let (lot_id, owner) = take.from.unwrap_or_else(|| {
        (LotId::unreceived(rules.store_id, offer.product_id), Owner::from(offer.producer_id))
    });
    let terms = owner.producer_id().map(|producer_id| {
        let found = terms_on(rules.terms, producer_id, offer.product_id, date);
        FrozenTerms {
            producer_id,
            terms_id: found.map(|terms| terms.id),
            commission: found.map_or(Rate::ZERO, |terms| terms.commission),
            basis: found.map_or(Basis::Gross, |terms| terms.basis),
            discount_bearer: found.map_or(Bearer::Store, |terms| terms.discount_bearer),
            commission_tax: rules.commission_tax,
        }
    });
    let tax_rate = rules.taxes.rate_on(offer.tax_class, date)?;
    Ok(SaleLine {
        product_id: offer.product_id,
        facts_id: offer.facts_id,
        sku: offer.sku.clone(),
        name: offer.name.clone(),
        unit: offer.unit.clone(),
        price: row.price(),
        price_version: offer.price_version,
        quantity: take.quantity,
        gross,
        discount,
        promotion,
        list_price: row.changed_price.as_ref().map(|_| offer.price),
        tax_class: offer.tax_class,
        tax_rate,
        tax: tax_rate.inside(gross.minus(discount)?)?,
        lot_id,
        unreceived: take.from.is_none(),
        in_programme: offer.in_catalogue || terms.is_some(),
        terms,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::Date;
    use time::macros::date;
    use uuid::Uuid;

    use super::*;
    use crate::cart::tests::{cart, offer};
    use crate::cart::{Offer, Remark};
    use crate::discount::{Discount, Off};
    use crate::ids::{ProducerId, TermsId};
    use crate::past_date::PastDate;
    use crate::stock::Lot;
    use crate::tax::DatedRate;

    const TODAY: Date = date!(2026 - 11 - 23);

    fn taxes() -> TaxTable {
        let rate = Rate::percent(8);
        TaxTable::new(vec![DatedRate {
            class: TaxClass::Standard,
            valid_from: date!(2025 - 07 - 01),
            valid_to: None,
            rate,
        }])
    }

    fn rules<'a>(taxes: &'a TaxTable, terms: &'a [Terms]) -> Rules<'a> {
        let store_id = StoreId::from_uuid(Uuid::from_u128(77));
        let moment = Moment { business_date: TODAY, minute: 600 };
        Rules { store_id, moment, promotions: &[], taxes, terms, commission_tax: Rate::ZERO }
    }

    fn off(vnd: i64) -> Option<Discount> {
        Some(Discount {
            off: Off::Amount(Money::new(vnd)),
            reason: String::new(),
            approved_by: None,
            allowed: Money::ZERO,
        })
    }

    fn on_shelf(id: u128, product: ProductId, owner: Owner, milli: i64) -> LotOnShelf {
        let id = LotId::from_uuid(Uuid::from_u128(id));
        let lot = Lot { id, product_id: product, owner, received_on: TODAY, expires_on: None, code: None };
        LotOnShelf { lot, on_hand: Quantity::from_milli(milli) }
    }

    #[test]
    fn a_row_over_two_lots_becomes_two_lines() {
        let producer = ProducerId::from_uuid(Uuid::from_u128(500));
        let product = offer(1, 0).product_id;
        let terms = [Terms {
            id: TermsId::from_uuid(Uuid::from_u128(600)),
            producer_id: producer,
            product_id: None,
            commission: Rate::percent(12),
            basis: Basis::Gross,
            discount_bearer: Bearer::Producer,
            valid_from: date!(2026 - 01 - 01),
        }];
        let mut cart = cart();
        cart.add(offer(1, 280_000), Quantity::pieces(3)).unwrap();
        cart.discount = off(40_000);
        let shelf = vec![
            on_shelf(1, product, Owner::Producer(producer), 1_000),
            on_shelf(2, product, Owner::Operator, 1_000),
        ];
        let sale = checkout(&cart, &rules(&taxes(), &terms), BTreeMap::from([(product, shelf)])).unwrap();
        let seen: Vec<_> = sale
            .lines
            .iter()
            .map(|l| (l.gross.vnd(), l.discount.vnd(), l.terms.is_some(), l.unreceived))
            .collect();
        assert_eq!(
            seen,
            [(280_000, 13_334, true, false), (280_000, 13_333, false, false), (280_000, 13_333, false, true)]
        );
        assert_eq!(sale.payable.vnd(), 800_000);
        assert_eq!(sale.lines[2].lot_id, LotId::unreceived(StoreId::from_uuid(Uuid::from_u128(77)), product));
        assert_eq!(sale.lines[0].split().unwrap().unwrap().producer_due.vnd(), 280_000 - 13_334 - 33_600);
    }

    #[test]
    fn two_rows_never_take_the_same_pieces() {
        let mut cart = cart();
        cart.add(offer(1, 280_000), Quantity::pieces(1)).unwrap();
        cart.add(offer(1, 290_000), Quantity::pieces(1)).unwrap();
        let product = offer(1, 0).product_id;
        let shelf = vec![on_shelf(1, product, Owner::Operator, 1_000)];
        let sale = checkout(&cart, &rules(&taxes(), &[]), BTreeMap::from([(product, shelf)])).unwrap();
        assert_eq!(sale.lines.iter().map(|l| l.unreceived).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn goods_past_their_date_are_sold_by_a_managers_leave_and_food_never_is() {
        let taxes = taxes();
        let product = offer(1, 0).product_id;
        let lot = |id, days: i64, milli| {
            let mut lot = on_shelf(id, product, Owner::Operator, milli);
            lot.lot.expires_on = Some(TODAY + time::Duration::days(days));
            lot
        };
        let shelf = || BTreeMap::from([(product, vec![lot(1, -1, 9_000), lot(2, 5, 1_000)])]);
        let sell = |cart: &Cart| checkout(cart, &rules(&taxes, &[]), shelf());
        // Two rows, since one has a remark: together they want more than is in time.
        let mut cart = cart();
        let goods = Offer { refuse_expired: false, ..offer(1, 10_000) };
        cart.add(goods.clone(), Quantity::pieces(1)).unwrap();
        cart.lines[0].remark = Some(Remark { text: "gói quà".to_owned(), on_receipt: false });
        assert_eq!(sell(&cart).unwrap().lines[0].lot_id, lot(2, 5, 0).lot.id, "what is in time goes first");
        cart.add(goods, Quantity::pieces(2)).unwrap();
        let beyond = |pieces| {
            let name = "Tỏi đen Lý Sơn".to_owned();
            Err(CheckoutError::PastDate { row: 1, name, quantity: Quantity::pieces(pieces) })
        };
        assert_eq!(sell(&cart), beyond(2));
        let allow = |pieces| Some(PastDate { allowed: Quantity::pieces(pieces), ..PastDate::default() });
        let mut allowed = cart.clone();
        allowed.lines[1].past_date = allow(1);
        assert_eq!(sell(&allowed), beyond(1));
        allowed.lines[1].past_date = allow(2);
        assert_eq!(sell(&allowed).unwrap().lines.len(), 2);

        allowed.lines.iter_mut().for_each(|line| line.offer.refuse_expired = true);
        assert!(matches!(sell(&allowed), Err(CheckoutError::Expired { .. })), "nobody can allow it");
    }

    #[test]
    fn what_cannot_be_sold() {
        let taxes = taxes();
        let mut cart = cart();
        assert_eq!(checkout(&cart, &rules(&taxes, &[]), BTreeMap::new()), Err(CheckoutError::Empty));
        cart.add(offer(1, 10_000), Quantity::pieces(1)).unwrap();
        let none = TaxTable::default();
        assert!(matches!(
            checkout(&cart, &rules(&none, &[]), BTreeMap::new()),
            Err(CheckoutError::NoRate(_))
        ));
    }

    #[test]
    fn a_sale_from_the_pad_has_the_rules_and_the_lots_of_its_day() {
        let day = date!(2026 - 11 - 20);
        let taxes = TaxTable::new(vec![
            DatedRate {
                class: TaxClass::Standard,
                valid_from: date!(2025 - 07 - 01),
                valid_to: Some(day),
                rate: Rate::percent(8),
            },
            DatedRate {
                class: TaxClass::Standard,
                valid_from: date!(2026 - 11 - 21),
                valid_to: None,
                rate: Rate::percent(10),
            },
        ]);
        let mut cart = cart();
        cart.add(offer(1, 108_000), Quantity::pieces(2)).unwrap();
        let product = offer(1, 0).product_id;
        let mut came_before = on_shelf(1, product, Owner::Operator, 1_000);
        came_before.lot.received_on = date!(2026 - 11 - 01);
        came_before.lot.expires_on = Some(date!(2026 - 11 - 19));
        let shelf = || {
            BTreeMap::from([(
                product,
                vec![came_before.clone(), on_shelf(2, product, Owner::Operator, 5_000)],
            )])
        };
        let now = checkout(&cart, &rules(&taxes, &[]), shelf()).unwrap();
        assert_eq!((now.lines[0].tax.vnd(), now.lines[0].unreceived, now.past_date), (19_636, false, false));

        let lines = crate::pad::PadLines::parse("7").unwrap();
        cart.pad = Some(crate::pad::PadSale { claimed_at_ms: 0, day, lines });
        let moment = Moment { business_date: day, minute: 600 };
        let sale = checkout(&cart, &Rules { moment, ..rules(&taxes, &[]) }, shelf()).unwrap();
        let seen: Vec<_> = sale.lines.iter().map(|l| (l.lot_id, l.tax.vnd(), l.unreceived)).collect();
        let unreceived = LotId::unreceived(StoreId::from_uuid(Uuid::from_u128(77)), product);
        assert_eq!(seen, [(came_before.lot.id, 8_000, false), (unreceived, 8_000, true)]);
        assert!(sale.past_date, "it was handed over, so it is recorded and told");
    }

    proptest! {
        #[test]
        fn lines_add_up_to_the_payable_and_quantities_to_the_cart(
            rows in prop::collection::vec((1u128..6, 1i64..2_000_000, 1i64..20), 1..12),
            stock in prop::collection::vec((1u128..6, 1i64..15_000), 0..10),
            off in 0i64..1_000_000,
        ) {
            let mut cart = cart();
            for (id, price, pieces) in rows {
                cart.add(offer(id, price), Quantity::pieces(pieces)).unwrap();
            }
            cart.discount = self::off(off);
            let mut shelf: BTreeMap<ProductId, Vec<LotOnShelf>> = BTreeMap::new();
            for ((id, milli), lot) in stock.into_iter().zip(1_000u128..) {
                let product = offer(id, 0).product_id;
                shelf.entry(product).or_default().push(on_shelf(lot, product, Owner::Operator, milli));
            }
            let sale = checkout(&cart, &rules(&taxes(), &[]), shelf.clone()).unwrap();
            prop_assert!(sale.lines.iter().all(|l| l.total().unwrap() >= Money::ZERO));
            let total = Money::sum(sale.lines.iter().map(|l| l.total().unwrap())).unwrap();
            prop_assert_eq!(total, sale.payable);
            let sold: i64 = sale.lines.iter().map(|l| l.quantity.milli()).sum();
            prop_assert_eq!(sold, cart.lines.iter().map(|l| l.quantity.milli()).sum::<i64>());
            for lot in shelf.values().flatten() {
                let taken: i64 = sale.lines.iter().filter(|l| l.lot_id == lot.lot.id).map(|l| l.quantity.milli()).sum();
                prop_assert!(taken <= lot.on_hand.milli());
            }
        }
    }
}
