//! Promotions of the catalogue. A product gets at most one in a sale: the one that takes most off all its rows together, so
//! that pieces of a product count together, however many rows they stand in.

use time::Date;
use time::macros::date;

use crate::Rate;
use crate::ids::{ProductId, PromotionId};
use crate::money::{Money, MoneyError};
use crate::quantity::Quantity;
use crate::share::share;

/// From before the first business date to after the last.
const ALL_DAYS: (Date, Date) = (date!(2000 - 01 - 01), date!(9999 - 12 - 31));

/// What a promotion does to the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromotionKind {
    /// A part off.
    Percent(Rate),
    /// Đồng off each unit (off each kilogram of weighed goods).
    AmountOff(Money),
    /// So many pieces together at one price.
    Bundle {
        /// How many.
        pieces: i64,
        /// What they cost together, VAT included.
        price: Money,
    },
    /// Pay for some, get more of the same for nothing.
    BuyGet {
        /// Pieces that are paid.
        buy: i64,
        /// Pieces that follow for nothing.
        get: i64,
    },
}

/// Minutes of the day (Vietnam's time), the first included, the last not: 480..600 is 08:00-10:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// First minute.
    pub from_minute: u16,
    /// The minute after the last.
    pub to_minute: u16,
}

/// A dated promotion for some products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    /// Its identity.
    pub id: PromotionId,
    /// Name as shown on the line.
    pub name: String,
    /// What it does.
    pub kind: PromotionKind,
    /// For which products.
    pub products: Vec<ProductId>,
    /// First business date.
    pub first_day: Date,
    /// Last business date.
    pub last_day: Date,
    /// Only then, every day; `None` for the whole day.
    pub hours: Option<Hours>,
}

/// When something is priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The business date of the shift.
    pub business_date: Date,
    /// Minute of the day on the wall clock, Vietnam's time: 0-1439.
    pub minute: u16,
}

/// A promotion as applied to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Which.
    pub id: PromotionId,
    /// Name as shown on the line.
    pub name: String,
    /// What it takes off the line, above zero.
    pub off: Money,
}

impl Promotion {
    /// True when it holds for a product at a moment.
    pub fn holds(&self, product: ProductId, moment: Moment) -> bool {
        self.is_on(moment) && self.products.contains(&product)
    }

    fn is_on(&self, moment: Moment) -> bool {
        let days = self.first_day..=self.last_day;
        let hours = |hours: Hours| (hours.from_minute..hours.to_minute).contains(&moment.minute);
        days.contains(&moment.business_date) && self.hours.is_none_or(hours)
    }

    /// Returns those that hold at a moment as goods that are ordered then keep them: for every day and hour.
    pub fn kept(promotions: &[Self], moment: Moment) -> Vec<Self> {
        let (first_day, last_day) = ALL_DAYS;
        let on = promotions.iter().filter(|promotion| promotion.is_on(moment)).cloned();
        on.map(|promotion| Self { first_day, last_day, hours: None, ..promotion }).collect()
    }

    /// Returns what it takes off a line of `quantity` at `price` a unit; never more than the line.
    ///
    /// # Errors
    /// When an amount does not fit in 64 bits.
    pub fn off(&self, price: Money, quantity: Quantity) -> Result<Money, MoneyError> {
        let gross = price.for_quantity(quantity)?;
        let pieces = quantity.milli() / 1_000;
        let off = match self.kind {
            PromotionKind::Percent(rate) => rate.of(gross)?,
            PromotionKind::AmountOff(amount) => amount.for_quantity(quantity)?,
            PromotionKind::Bundle { pieces: many, price: together } if many > 0 => {
                let apart = price.for_quantity(Quantity::pieces(many))?;
                apart.minus(together)?.for_quantity(Quantity::pieces(pieces / many))?
            }
            PromotionKind::BuyGet { buy, get } if buy > 0 && get > 0 => {
                let round = buy.saturating_add(get);
                let free = (pieces / round).saturating_mul(get) + (pieces % round - buy).max(0);
                price.for_quantity(Quantity::pieces(free))?
            }
            PromotionKind::Bundle { .. } | PromotionKind::BuyGet { .. } => Money::ZERO,
        };
        Ok(off.clamp(Money::ZERO, gross.max(Money::ZERO)))
    }

    /// Returns what it takes off each row of a product. A part and an amount are taken off row by row. Pieces that go together
    /// are counted over all rows, and what they save is shared among the rows in proportion to what these cost; where the
    /// price changed between two scans, they count at the lower one.
    fn off_rows(&self, rows: &[(Money, Quantity)]) -> Result<Vec<Money>, MoneyError> {
        match self.kind {
            PromotionKind::Percent(_) | PromotionKind::AmountOff(_) => {
                rows.iter().map(|(price, quantity)| self.off(*price, *quantity)).collect()
            }
            PromotionKind::Bundle { .. } | PromotionKind::BuyGet { .. } => {
                let gross = |(price, quantity): &(Money, Quantity)| price.for_quantity(*quantity);
                let grosses = rows.iter().map(gross).collect::<Result<Vec<_>, _>>()?;
                let all = rows.iter().try_fold(Quantity::ZERO, |all, (_, quantity)| all.plus(*quantity));
                let lowest = rows.iter().map(|(price, _)| *price).min().unwrap_or(Money::ZERO);
                let off = self.off(lowest, all.ok_or(MoneyError)?)?;
                // Weights are rounded row by row.
                let off = off.min(Money::sum(grosses.iter().copied())?);
                share(off, &grosses.iter().map(|gross| gross.vnd()).collect::<Vec<_>>())
            }
        }
    }
}

/// Returns the promotion of each row of a product, each with the price of a unit and a quantity: the one that takes most off
/// all rows together; of equals the one that began first, then the one with the lower id. `None` for a row that nothing is
/// taken off.
///
/// # Errors
/// When an amount does not fit in 64 bits.
pub fn best(
    promotions: &[Promotion],
    product: ProductId,
    rows: &[(Money, Quantity)],
    moment: Moment,
) -> Result<Vec<Option<Applied>>, MoneyError> {
    let mut chosen: Option<(Money, &Promotion, Vec<Money>)> = None;
    for promotion in promotions.iter().filter(|promotion| promotion.holds(product, moment)) {
        let offs = promotion.off_rows(rows)?;
        let off = Money::sum(offs.iter().copied())?;
        let rank = |off: Money, p: &Promotion| (off, std::cmp::Reverse((p.first_day, p.id)));
        let is_better =
            |(most, first, _): &(Money, &Promotion, Vec<Money>)| rank(off, promotion) > rank(*most, first);
        if off > Money::ZERO && chosen.as_ref().is_none_or(is_better) {
            chosen = Some((off, promotion, offs));
        }
    }
    let Some((_, promotion, offs)) = chosen else { return Ok(vec![None; rows.len()]) };
    let applied = |off: Money| Applied { id: promotion.id, name: promotion.name.clone(), off };
    Ok(offs.into_iter().map(|off| (off > Money::ZERO).then(|| applied(off))).collect())
}

#[cfg(test)]
pub(crate) mod tests {
    use time::macros::date;
    use uuid::Uuid;

    use super::*;

    pub(crate) fn promotion(id: u128, product: ProductId, kind: PromotionKind) -> Promotion {
        Promotion {
            id: PromotionId::from_uuid(Uuid::from_u128(id)),
            name: format!("Khuyến mại {id}"),
            kind,
            products: vec![product],
            first_day: date!(2026 - 11 - 01),
            last_day: date!(2026 - 11 - 30),
            hours: None,
        }
    }

    fn product() -> ProductId {
        ProductId::from_uuid(Uuid::from_u128(1))
    }

    pub(crate) const NOW: Moment = Moment { business_date: date!(2026 - 11 - 23), minute: 9 * 60 };

    #[test]
    fn what_is_ordered_keeps_the_promotions_of_that_moment_alone() {
        let moment = Moment { business_date: date!(2026 - 12 - 01), minute: 600 };
        let later = Moment { business_date: date!(2027 - 03 - 01), minute: 60 };
        let hours = Some(Hours { from_minute: 600, to_minute: 660 });
        let kind = PromotionKind::AmountOff(Money::new(5_000));
        let days =
            |first_day, last_day| Promotion { first_day, last_day, hours, ..promotion(1, product(), kind) };
        let (on, over) = (
            days(date!(2026 - 12 - 01), date!(2026 - 12 - 01)),
            days(date!(2026 - 11 - 01), date!(2026 - 11 - 30)),
        );
        let kept = Promotion::kept(&[on.clone(), over], moment);
        assert_eq!(kept.len(), 1);
        assert!(kept[0].holds(on.products[0], later) && !on.holds(on.products[0], later));
        assert_eq!((kept[0].id, kept[0].kind), (on.id, on.kind));
    }

    #[test]
    fn what_each_kind_takes_off() {
        use PromotionKind::*;
        let bundle = Bundle { pieces: 3, price: Money::new(100_000) };
        for (kind, price, milli, off) in [
            (Percent(Rate::percent(10)), 95_000, 2_000, 19_000),
            (Percent(Rate::percent(10)), 280_000, 250, 7_000),
            (AmountOff(Money::new(5_000)), 95_000, 3_000, 15_000),
            (AmountOff(Money::new(200_000)), 95_000, 1_000, 95_000),
            (bundle, 40_000, 2_000, 0),
            (bundle, 40_000, 3_000, 20_000),
            (bundle, 40_000, 7_000, 40_000),
            (bundle, 20_000, 3_000, 0),
            (BuyGet { buy: 2, get: 1 }, 40_000, 2_000, 0),
            (BuyGet { buy: 2, get: 1 }, 40_000, 3_000, 40_000),
            (BuyGet { buy: 2, get: 1 }, 40_000, 8_000, 80_000),
            (BuyGet { buy: 2, get: 2 }, 40_000, 3_000, 40_000),
            (BuyGet { buy: 0, get: 2 }, 40_000, 3_000, 0),
        ] {
            let seen =
                promotion(1, product(), kind).off(Money::new(price), Quantity::from_milli(milli)).unwrap();
            assert_eq!(seen.vnd(), off, "{kind:?} {price} {milli}");
        }
    }

    #[test]
    fn only_on_its_days_in_its_hours_for_its_products() {
        let hours = Some(Hours { from_minute: 540, to_minute: 600 });
        let happy = Promotion { hours, ..promotion(1, product(), PromotionKind::Percent(Rate::percent(5))) };
        let other = ProductId::from_uuid(Uuid::from_u128(2));
        for (product, day, minute, holds) in [
            (product(), date!(2026 - 11 - 01), 540, true),
            (product(), date!(2026 - 11 - 30), 599, true),
            (product(), date!(2026 - 11 - 30), 600, false),
            (product(), date!(2026 - 11 - 30), 539, false),
            (product(), date!(2026 - 12 - 01), 540, false),
            (product(), date!(2026 - 10 - 31), 540, false),
            (other, date!(2026 - 11 - 23), 540, false),
        ] {
            assert_eq!(happy.holds(product, Moment { business_date: day, minute }), holds, "{day} {minute}");
        }
    }

    #[test]
    fn the_best_single_one_is_taken() {
        use PromotionKind::*;
        let all = [
            promotion(1, product(), Percent(Rate::percent(10))),
            promotion(2, product(), AmountOff(Money::new(12_000))),
            promotion(3, product(), AmountOff(Money::new(12_000))),
        ];
        let row = (Money::new(100_000), Quantity::pieces(1));
        let seen: Vec<_> = best(&all, product(), &[row], NOW)
            .unwrap()
            .into_iter()
            .map(|applied| applied.map(|a| (a.name, a.off.vnd())))
            .collect();
        assert_eq!(seen, [Some(("Khuyến mại 2".to_owned(), 12_000))]);
        assert_eq!(best(&[], product(), &[row], NOW).unwrap(), [None]);
    }

    #[test]
    fn pieces_count_together_over_the_rows_of_a_product() {
        use PromotionKind::*;
        let buy_get = promotion(1, product(), BuyGet { buy: 2, get: 1 });
        let bundle = promotion(2, product(), Bundle { pieces: 3, price: Money::new(250_000) });
        let percent = promotion(3, product(), Percent(Rate::percent(10)));
        let offs = |promotions: &[Promotion], rows: &[(i64, i64)]| -> Vec<i64> {
            let rows: Vec<_> =
                rows.iter().map(|(vnd, pieces)| (Money::new(*vnd), Quantity::pieces(*pieces))).collect();
            let applied = best(promotions, product(), &rows, NOW).unwrap();
            applied.iter().map(|row| row.as_ref().map_or(0, |applied| applied.off.vnd())).collect()
        };
        let price = 100_000;
        for (promotions, rows, expected) in [
            (vec![&buy_get], vec![(price, 2), (price, 1)], vec![66_667, 33_333]),
            (vec![&buy_get], vec![(price, 1), (price, 1)], vec![0, 0]),
            (vec![&bundle], vec![(price, 1), (price, 1), (price, 1)], vec![16_667, 16_667, 16_666]),
            // One for all rows: the best for the product, not for each row.
            (vec![&bundle, &percent], vec![(price, 3), (price, 3)], vec![50_000, 50_000]),
            (vec![&bundle, &percent], vec![(price, 1), (price, 1)], vec![10_000, 10_000]),
            // The price rose between two scans.
            (vec![&buy_get], vec![(price, 2), (120_000, 1)], vec![62_500, 37_500]),
        ] {
            let promotions: Vec<Promotion> = promotions.into_iter().cloned().collect();
            assert_eq!(offs(&promotions, &rows), expected, "{promotions:?} {rows:?}");
        }
    }
}
