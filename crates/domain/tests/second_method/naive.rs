//! The second method: whole fractions, one đồng and one piece at a time. It reads what was drawn and calls nothing of the
//! code under test.

use std::collections::BTreeMap;

use domain::consignment::{Basis, Bearer};
use domain::discount::Off;
use domain::promotion::{Promotion, PromotionKind};
use domain::sale::SaleLine;
use domain::tender::TenderKind;

use crate::drawn::{CLASSES, CartRow, Day, DrawnTerms, producer_id, product_id};

/// Part of producers' commission that is VAT, parts per million.
const COMMISSION_TAX: i64 = 80_000;
const MILLION: i64 = 1_000_000;

/// Returns n / d to the nearest whole number, half away from zero; d above zero.
pub(crate) fn half_up(n: i64, d: i64) -> i64 {
    let (n, d) = (i128::from(n), i128::from(d));
    let up = (2 * n.abs() + d) / (2 * d);
    i64::try_from(if n < 0 { -up } else { up }).unwrap()
}

/// Returns the multiple of a step that is nearest, the higher one of two; what would become nothing stays.
pub(crate) fn rounded(exact: i64, step: i64) -> i64 {
    if step == 0 {
        return exact;
    }
    let best = (0..).map(|count| count * step).skip_while(|multiple| exact - multiple > step).take(3);
    let nearest = best.min_by_key(|multiple| ((multiple - exact).abs(), -multiple)).unwrap();
    if nearest == 0 { exact } else { nearest }
}

/// Gives out whole đồng one by one, each to whoever is furthest below the exact share, the first of equals.
fn deal(total: i64, weights: &[i64]) -> Vec<i64> {
    let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    let mut parts: Vec<i64> = weights.iter().map(|_| 0).collect();
    if whole == 0 {
        if let Some(first) = parts.first_mut() {
            *first = total;
        }
        return parts;
    }
    for (part, weight) in parts.iter_mut().zip(weights) {
        *part = i64::try_from(i128::from(total) * i128::from(*weight) / whole).unwrap();
    }
    while parts.iter().sum::<i64>() < total {
        let missing =
            |place: usize| i128::from(total) * i128::from(weights[place]) - i128::from(parts[place]) * whole;
        let next = (0..parts.len()).min_by_key(|place| (-missing(*place), *place)).unwrap();
        parts[next] += 1;
    }
    parts
}

/// A line of the sale in plain numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) product: String,
    pub(crate) milli: i64,
    pub(crate) gross: i64,
    pub(crate) discount: i64,
    pub(crate) promotion_off: i64,
    pub(crate) ppm: i64,
    pub(crate) tax: i64,
    pub(crate) in_programme: bool,
    pub(crate) unreceived: bool,
    /// Producer, what they are owed, commission, VAT on it.
    pub(crate) split: Option<(String, i64, i64, i64)>,
}

impl Line {
    /// Reads a line of the code under test.
    pub(crate) fn of(line: &SaleLine) -> Self {
        let split = line.split().unwrap().zip(line.terms).map(|(split, terms)| {
            let parts = [split.producer_due, split.commission, split.commission_tax].map(|part| part.vnd());
            (terms.producer_id.to_string(), parts[0], parts[1], parts[2])
        });
        Self {
            product: line.product_id.to_string(),
            milli: line.quantity.milli(),
            gross: line.gross.vnd(),
            discount: line.discount.vnd(),
            promotion_off: line.promotion.map_or(0, |promotion| promotion.off.vnd()),
            ppm: line.tax_rate.ppm().into(),
            tax: line.tax.vnd(),
            in_programme: line.in_programme,
            unreceived: line.unreceived,
            split,
        }
    }

    pub(crate) fn total(&self) -> i64 {
        self.gross - self.discount
    }
}

/// A sale as the second method sees it, and its accounts.
#[derive(Debug, Clone)]
pub(crate) struct Naive {
    pub(crate) lines: Vec<Line>,
    pub(crate) payable: i64,
    pub(crate) rounding: i64,
    pub(crate) accounts: BTreeMap<String, i64>,
    /// Lines in the order of refunds, and thousandths that came back of each.
    back: Vec<(Line, i64)>,
}

impl Naive {
    pub(crate) fn of(day: &Day) -> Self {
        let mut left: Vec<Vec<(i64, bool)>> = day.goods.iter().map(|goods| goods.lots.clone()).collect();
        let promoted = promotions(day);
        let rows: Vec<(i64, i64, i64)> = day
            .rows
            .iter()
            .zip(promoted)
            .map(|((place, row), promotion)| priced(day, *place, row, promotion))
            .collect();
        let amounts: Vec<i64> =
            rows.iter().map(|(gross, promotion, hand)| gross - promotion - hand).collect();
        let subtotal: i64 = amounts.iter().sum();
        let off_cart = day.cart.discount.as_ref().map_or(0, |discount| taken(discount.off, subtotal));
        let shares = deal(off_cart, &amounts);
        let mut lines = Vec::new();
        for (((place, row), (gross, promotion, hand)), share) in day.rows.iter().zip(rows).zip(shares) {
            let takes = take(&mut left[*place], row.milli, day.goods[*place].terms.is_some());
            let quantities: Vec<i64> = takes.iter().map(|(milli, _, _)| *milli).collect();
            let grosses = deal(gross, &quantities);
            let discounts = deal(promotion + hand + share, &grosses);
            let promotions = deal(promotion, &discounts);
            for (at, (milli, consigned, unreceived)) in takes.into_iter().enumerate() {
                let terms = day.goods[*place].terms.filter(|_| consigned);
                let amounts = (grosses[at], discounts[at], promotions[at]);
                lines.push(line(day, *place, (milli, unreceived), amounts, terms));
            }
        }
        let payable = subtotal - off_cart;
        let ordered = |wanted: bool| lines.iter().filter(move |line| line.in_programme == wanted);
        let back = ordered(true).chain(ordered(false)).map(|line| (line.clone(), 0)).collect();
        Self { lines, payable, rounding: 0, accounts: BTreeMap::new(), back }
    }

    fn add(&mut self, account: &str, vnd: i64) {
        *self.accounts.entry(account.to_owned()).or_default() += vnd;
        self.accounts.retain(|_, vnd| *vnd != 0);
    }

    /// Posts the sale: what was kept, less what the lines are worth to whom.
    pub(crate) fn paid(&mut self, kept: &[(TenderKind, i64)], step: i64) {
        let kept_vnd: i64 = kept.iter().map(|(_, vnd)| vnd).sum();
        let is_cash = kept.iter().all(|(kind, _)| *kind == TenderKind::Cash);
        self.rounding = if is_cash { rounded(self.payable, step) - self.payable } else { 0 };
        assert_eq!(kept_vnd, self.payable + self.rounding, "what stays in the store is what was asked for");
        for (kind, vnd) in kept {
            self.add(account(*kind), *vnd);
        }
        self.add("Rounding", -self.rounding);
        for line in self.lines.clone() {
            self.post(
                &line,
                (line.total(), line.tax),
                line.split.as_ref().map(|split| (split.1, split.3)),
                -1,
            );
        }
    }

    fn post(&mut self, line: &Line, (total, tax): (i64, i64), split: Option<(i64, i64)>, sign: i64) {
        match (&line.split, split) {
            (Some((producer, ..)), Some((due, commission_tax))) => {
                self.add(&format!("ProducerDue(ProducerId({producer}))"), sign * due);
                self.add("Commission", sign * (total - due - commission_tax));
                self.add("Tax", sign * commission_tax);
            }
            _ => {
                self.add("Sales", sign * (total - tax));
                self.add("Tax", sign * tax);
            }
        }
    }

    /// What came of money that was waited for.
    pub(crate) fn confirmed(&mut self, from: TenderKind, vnd: i64) {
        self.add(account(from), -vnd);
        self.add("Cash", vnd);
    }

    /// Takes thousandths of lines back; returns what the buyer gets and the rounding in it.
    pub(crate) fn take_back(&mut self, rows: &[(usize, i64)]) -> (i64, i64) {
        let before = self.given();
        for (row, milli) in rows {
            let (line, earlier) = self.back[*row].clone();
            let part = |amount: i64| {
                half_up(amount * (earlier + milli), line.milli) - half_up(amount * earlier, line.milli)
            };
            let split = line.split.as_ref().map(|split| (part(split.1), part(split.3)));
            self.post(&line, (part(line.total()), part(line.tax)), split, 1);
            self.back[*row].1 += milli;
        }
        let after = self.given();
        let rounding = (after.0 - before.0) - (after.1 - before.1);
        self.add("Rounding", rounding);
        (after.0 - before.0, rounding)
    }

    /// All that buyers got until now, and what the goods are worth that came back: never more than was paid, and all of
    /// what was paid once everything is back.
    fn given(&self) -> (i64, i64) {
        let worth: i64 =
            self.back.iter().map(|(line, milli)| half_up(line.total() * milli, line.milli)).sum();
        let paid = self.payable + self.rounding;
        let is_all = self.back.iter().all(|(line, milli)| *milli == line.milli);
        (if is_all { paid } else { worth.min(paid) }, worth)
    }

    /// Money that went out, and debts that were struck off.
    pub(crate) fn given_back(&mut self, tenders: &[(TenderKind, i64)]) {
        for (kind, vnd) in tenders {
            self.add(account(*kind), -vnd);
        }
    }
}

fn account(kind: TenderKind) -> &'static str {
    match kind {
        TenderKind::Cash => "Cash",
        TenderKind::VietQr => "Bank",
        TenderKind::Card => "Card",
        TenderKind::Claimed => "Claimed",
        TenderKind::Credit => "Receivable",
        TenderKind::Exchange => "Exchange",
        TenderKind::Deposit => "Deposits",
    }
}

/// What promotions take off each row: of each product the one that takes most off all its rows whose price nobody changed, and
/// of equals the older one.
fn promotions(day: &Day) -> Vec<i64> {
    let mut all = vec![0; day.rows.len()];
    for (place, goods) in day.goods.iter().enumerate() {
        let is_ours = |row: &usize| day.rows[*row].0 == place && day.rows[*row].1.changed_price.is_none();
        let rows: Vec<usize> = (0..day.rows.len()).filter(is_ours).collect();
        let millis: Vec<i64> = rows.iter().map(|row| day.rows[*row].1.milli).collect();
        let mut holding: Vec<&Promotion> = day
            .promotions
            .iter()
            .filter(|promotion| promotion.products.contains(&product_id(place)))
            .collect();
        holding.sort_by_key(|promotion| (promotion.first_day, promotion.id));
        let mut best = vec![0; rows.len()];
        for promotion in holding {
            let offs = promoted_rows(promotion, goods.price, &millis);
            if offs.iter().sum::<i64>() > best.iter().sum::<i64>() {
                best = offs;
            }
        }
        for (row, off) in rows.into_iter().zip(best) {
            all[row] = off;
        }
    }
    all
}

/// Parts and amounts row by row; pieces from the first row to the last, as if they stood in one.
fn promoted_rows(promotion: &Promotion, price: i64, millis: &[i64]) -> Vec<i64> {
    let grosses: Vec<i64> = millis.iter().map(|milli| half_up(price * milli, 1_000)).collect();
    match promotion.kind {
        PromotionKind::Percent(_) | PromotionKind::AmountOff(_) => millis
            .iter()
            .zip(&grosses)
            .map(|(milli, gross)| promoted(promotion, price, *milli, *gross))
            .collect(),
        PromotionKind::Bundle { .. } | PromotionKind::BuyGet { .. } => {
            let (milli, gross): (i64, i64) = (millis.iter().sum(), grosses.iter().sum());
            let most = gross.min(half_up(price * milli, 1_000));
            deal(promoted(promotion, price, milli, most), &grosses)
        }
    }
}

/// Price × quantity, the promotion, what was taken off by hand.
fn priced(day: &Day, place: usize, row: &CartRow, promotion: i64) -> (i64, i64, i64) {
    let price = row.changed_price.unwrap_or(day.goods[place].price);
    let gross = half_up(price * row.milli, 1_000);
    let hand = row.off.map_or(0, |off| taken(off, gross - promotion));
    (gross, promotion, hand)
}

fn taken(off: Off, base: i64) -> i64 {
    match off {
        Off::Amount(amount) => amount.vnd().min(base),
        Off::Percent(rate) => half_up(i64::from(rate.ppm()) * base, MILLION),
    }
}

/// Walks over the pieces one by one.
fn promoted(promotion: &Promotion, price: i64, milli: i64, gross: i64) -> i64 {
    let pieces = milli / 1_000;
    let mut off = 0;
    match promotion.kind {
        PromotionKind::Percent(rate) => off = half_up(i64::from(rate.ppm()) * gross, MILLION),
        PromotionKind::AmountOff(amount) => off = half_up(amount.vnd() * milli, 1_000),
        PromotionKind::Bundle { pieces: many, price: together } => {
            for piece in 1..=pieces {
                if piece % many == 0 {
                    off += many * price - together.vnd();
                }
            }
        }
        PromotionKind::BuyGet { buy, get } => {
            for piece in 0..pieces {
                if piece % (buy + get) >= buy {
                    off += price;
                }
            }
        }
    }
    off.clamp(0, gross)
}

/// Takes from the lots in their order; what none has comes from nowhere, with the product's own owner.
fn take(lots: &mut [(i64, bool)], wanted: i64, consigned: bool) -> Vec<(i64, bool, bool)> {
    let mut missing = wanted;
    let mut takes = Vec::new();
    for (on_hand, of_producer) in lots {
        let part = missing.min(*on_hand);
        if part > 0 {
            takes.push((part, *of_producer, false));
            *on_hand -= part;
            missing -= part;
        }
    }
    if missing > 0 {
        takes.push((missing, consigned, true));
    }
    takes
}

fn line(
    day: &Day,
    place: usize,
    (milli, unreceived): (i64, bool),
    (gross, discount, promotion_off): (i64, i64, i64),
    terms: Option<DrawnTerms>,
) -> Line {
    let goods = &day.goods[place];
    let ppm = i64::from(CLASSES[goods.class].1);
    let total = gross - discount;
    let split = terms.map(|(percent, basis, bearer)| {
        let of = if basis == Basis::Gross { gross } else { total };
        let commission = half_up(i64::from(percent) * of, 100);
        let commission_tax = half_up(commission * COMMISSION_TAX, MILLION);
        let owed_on = if bearer == Bearer::Store { gross } else { total };
        let due = owed_on - commission - commission_tax;
        (producer_id(place).to_string(), due, total - due - commission_tax, commission_tax)
    });
    Line {
        product: product_id(place).to_string(),
        milli,
        gross,
        discount,
        promotion_off,
        ppm,
        tax: half_up(total * ppm, MILLION + ppm),
        in_programme: goods.in_catalogue || split.is_some(),
        unreceived,
        split,
    }
}
