//! Ninety days of plausible sales, by a seed, through the real path: shifts, deliveries and sales are entries of the
//! store's journal, and reach central as any other. Only the clock is driven.

use std::sync::Arc;

use domain::cart::CartLine;
use domain::catalog::SoldBy;
use domain::ids::{CashierId, ProducerId, ProductId, SaleId};
use domain::tender::{Tender, TenderKind};
use domain::{Money, Quantity};
use pos::App;
use pos::counter::goods::{Language, NewGoods, receive};
use pos::counter::provisional::{NewProduct, add};
use pos::counter::{Note, Request, Seat, finish, shift, state};
use pos::db::{carts, products};
use time::{Date, Duration};

use crate::campaigns::sells_tenths;
use crate::goods::Goods;
use crate::history_clock::HistoryClock;
use crate::random::Random;
use crate::shops::bring_to_central;

/// How far back history begins.
pub(crate) const DAYS: i64 = 90;
/// The counter of history; it has no printer.
pub(crate) const COUNTER: &str = "minh họa";
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// A product of the store as history needs it.
#[derive(Debug, Clone)]
pub(crate) struct Stocked {
    /// The product.
    pub(crate) product_id: ProductId,
    /// Its goods.
    pub(crate) goods: Goods,
    /// Whose, when consigned.
    pub(crate) producer_id: Option<ProducerId>,
    /// How often it sells, against the others.
    pub(crate) weight: u64,
}

/// Makes the history of one store.
pub(crate) struct Historian {
    /// The store.
    pub(crate) app: App,
    /// Its clock.
    pub(crate) clock: Arc<HistoryClock>,
    /// What it sells.
    pub(crate) stocked: Vec<Stocked>,
    /// The store's code.
    pub(crate) code: String,
    /// The day on which history is made.
    pub(crate) today: Date,
    /// Who sells.
    pub(crate) cashier: (CashierId, String),
    /// Its chance.
    pub(crate) random: Random,
}

impl Historian {
    /// Makes the days after `from` up to yesterday; returns how many sales it made.
    ///
    /// # Errors
    /// When the store refuses something; a bug of ours.
    pub(crate) async fn make(&mut self, from: Date, yesterday: Date) -> anyhow::Result<usize> {
        let mut sales = 0;
        let mut day = from;
        while day <= yesterday {
            sales += self.day(day, day == from).await?;
            if day.weekday() == time::Weekday::Sunday || day == yesterday {
                // A line that is up once a week is enough for a store.
                bring_to_central(&self.app).await?;
            }
            day += Duration::days(1);
        }
        self.clock.tell_present();
        Ok(sales)
    }

    fn seat(&self) -> Seat {
        Seat {
            counter: COUNTER.to_owned(),
            cashier_id: self.cashier.0,
            cashier: self.cashier.1.clone(),
            manager: false,
        }
    }

    async fn day(&mut self, day: Date, first: bool) -> anyhow::Result<usize> {
        let seat = self.seat();
        let morning_ms = day_start_ms(day) + 7 * HOUR_MS + 30 * 60_000;
        self.clock.tell(morning_ms);
        // Central told what time it is today; a day of history sells by the clock of then.
        self.app.clock_watch().compare(self.app.clock(), morning_ms);
        shift::open(&self.app, &seat, &self.op(), day, Money::new(500_000)).await?;
        if first || self.random.percent(30) {
            self.deliver(&seat, day, first).await?;
        }
        if first {
            self.add_own_goods(&seat).await?;
        }
        let busy = if day.weekday().number_from_monday() >= 6 { 20 } else { 11 };
        let count = self.random.between(busy - 5, busy + 6);
        for number in 1..=count {
            self.clock
                .tell(morning_ms + number * (11 * HOUR_MS / (count + 1)) + self.random.between(0, 300_000));
            self.sell(&seat, day).await?;
        }
        self.clock.tell(morning_ms + 12 * HOUR_MS);
        let totals = shift::expected_in_drawer(&self.app, &seat).await?;
        let off = if self.random.percent(12) { self.random.between(-2, 2) * 1_000 } else { 0 };
        shift::close(&self.app, &seat, &self.op(), Money::new((totals.vnd() + off).max(0))).await?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    fn op(&self) -> String {
        self.app.clock().random_token()
    }

    /// The first delivery brings everything; later ones bring what sells.
    async fn deliver(&mut self, seat: &Seat, day: Date, everything: bool) -> anyhow::Result<()> {
        let mut goods = Vec::new();
        for index in 0..self.stocked.len() {
            if !everything && !self.random.percent(25) {
                continue;
            }
            let stocked = &self.stocked[index];
            let pieces = i64::try_from(stocked.weight / 2).unwrap_or(10).clamp(6, 40);
            goods.push(NewGoods {
                cost: None,
                product_id: stocked.product_id,
                quantity: Quantity::pieces(pieces),
                expires_on: stocked.goods.group.starts_with("Thực").then(|| day + Duration::days(240)),
                code: Some(format!("L{}{:02}", day.ordinal(), index % 100)),
                noted: None,
                producer_id: stocked.producer_id,
            });
        }
        if !goods.is_empty() {
            receive(&self.app, seat, &self.op(), goods, Language::Vi).await?;
        }
        Ok(())
    }

    /// Two products outside the programme: the store's own business, which the department sees as one amount.
    async fn add_own_goods(&self, seat: &Seat) -> anyhow::Result<()> {
        for (name, unit, price, refuse_expired) in
            [("Nước suối", "Chai 500ml", 8_000, true), ("Túi giấy", "Cái", 5_000, false)]
        {
            let new = NewProduct {
                barcode: None,
                name: name.to_owned(),
                unit: unit.to_owned(),
                price: Money::new(price),
                sold_by: SoldBy::Piece,
                producer_id: None,
                refuse_expired,
            };
            let request = self.request(seat).await?;
            add(&self.app, seat, &request, new).await?;
        }
        self.pay(seat, TenderKind::Cash).await
    }

    async fn request(&self, seat: &Seat) -> anyhow::Result<Request> {
        let state = state::load(&self.app, seat, Note::Ready, None).await?;
        Ok(Request { op_id: self.op(), sale_id: SaleId::from_uuid(state.sale_id) })
    }

    async fn sell(&mut self, seat: &Seat, day: Date) -> anyhow::Result<()> {
        let weight = |one: &Stocked| one.weight * sells_tenths(&self.code, &one.goods, day, self.today);
        let weights: Vec<u64> = self.stocked.iter().map(weight).collect();
        let rows = 1 + self.random.weighted(&[55, 28, 12, 5]);
        let request = self.request(seat).await?;
        let mut tx = self.app.db().begin().await?;
        let mut chosen = Vec::new();
        while chosen.len() < rows {
            let index = self.random.weighted(&weights);
            if !chosen.contains(&index) {
                let stocked = &self.stocked[index];
                let offer = products::load_offer(&mut tx, stocked.product_id, day).await?;
                let quantity = match stocked.goods.sold_by {
                    SoldBy::Piece => {
                        Quantity::pieces(1 + i64::try_from(self.random.weighted(&[70, 20, 10])).unwrap_or(0))
                    }
                    SoldBy::Weight => Quantity::from_milli(self.random.between(2, 15) * 100),
                };
                let line = CartLine::new(offer, quantity);
                carts::upsert_line(&mut tx, request.sale_id, chosen.len(), &line, None).await?;
                chosen.push(index);
            }
        }
        tx.commit().await?;
        let kind = match self.random.weighted(&[66, 29, 5]) {
            0 => TenderKind::Cash,
            1 => TenderKind::VietQr,
            _ => TenderKind::Card,
        };
        self.pay(seat, kind).await
    }

    async fn pay(&self, seat: &Seat, kind: TenderKind) -> anyhow::Result<()> {
        let state = state::load(&self.app, seat, Note::Ready, None).await?;
        let request = Request { op_id: self.op(), sale_id: SaleId::from_uuid(state.sale_id) };
        let tender = Tender { kind, amount: Money::new(state.payable_vnd) };
        let done = finish::finish(&self.app, seat, &request, vec![tender]).await?;
        anyhow::ensure!(matches!(done.note, Note::Sold { .. }), "a sale of the history: {:?}", done.note);
        Ok(())
    }
}

/// Returns the first moment of a day in Vietnam, UTC milliseconds.
pub(crate) fn day_start_ms(day: Date) -> i64 {
    let epoch = time::macros::date!(1970 - 01 - 01);
    (day - epoch).whole_days() * DAY_MS - 7 * HOUR_MS
}
