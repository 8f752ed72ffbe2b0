//! A period of shifts by a seed: cash and transfers, the pad, refunds, voids, money in and out, deliveries, counts, payments and settlements,
//! and what puts those right; drawers that are counted right, wrong or not at all; and notices of the bank, some of nobody's sale.

use std::collections::BTreeSet;

use central::db::bank_notices::{self, BankNotice};
use domain::count::{CountedLot, CountedProduct};
use domain::fact::Fact;
use domain::fold::{Account, Posting, fold};
use domain::ids::{LotId, SaleId};
use domain::payment_reference::PaymentReference;
use domain::stock::Owner;
use domain::{Money, Quantity};
use protocol::payload::sale::SaleTender;
use protocol::payload::{self, CashMoved, GoodsCount, GoodsCountProduct, Payload, Sale, SalePad};
use protocol::{Entry, Kind};
use time::{Date, Duration};
use uuid::Uuid;

use super::back::back;
use super::random_world::Draws;
use super::settling::{adjustment, last_of, settlement, taking_back};
use super::{Goods, TODAY, Till, World};

/// Shifts of each store.
const SHIFTS: i64 = 30;
/// The drawer's money at the beginning of a shift.
const FLOAT: i64 = 500_000;

/// A notice of the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Noticed {
    /// Its number.
    pub(crate) notice: String,
    /// The day on which it was booked.
    pub(crate) day: Date,
    /// How much.
    pub(crate) vnd: i64,
    /// Whose sale its words name.
    pub(crate) sale: Option<SaleId>,
}

/// What happened in two stores of one operator.
pub(crate) struct Period {
    pub(crate) tills: Vec<Till>,
    pub(crate) notices: Vec<Noticed>,
}

/// Returns the fact of an entry.
pub(crate) fn fact_of(entry: &Entry) -> Fact {
    let kind = Kind::from(entry.envelope.kind.as_str());
    let payload = Payload::read(&kind, entry.envelope.schema, &entry.shared).unwrap();
    payload.fact(entry.envelope.business_date).unwrap()
}

/// Returns what an entry posts to an account.
pub(crate) fn posted(entry: &Entry, account: Account) -> i64 {
    let postings = fold(&fact_of(entry), entry.envelope.stream.store_id).unwrap();
    let amounts = postings.iter().filter_map(|posting| match posting {
        Posting::Money(on, amount) if *on == account => Some(amount.vnd()),
        _ => None,
    });
    amounts.sum()
}

impl Period {
    /// Lets it happen, and tells central.
    pub(crate) async fn new(world: &World, seed: u64) -> Self {
        let mut draws = Draws::new(seed);
        let mut period =
            Self { tills: vec![world.till().await, world.other_till().await], notices: Vec::new() };
        for place in 0..period.tills.len() {
            for shift in 0..SHIFTS {
                period.shift(world, (place, shift), &mut draws);
            }
            period.tills[place].push_from(world, 1).await.ack();
        }
        for noticed in &period.notices {
            period.tell(world, noticed).await;
        }
        period
    }

    /// A shift every fourth day, so that some lie before the period and some after it.
    fn shift(&mut self, world: &World, (place, shift): (usize, i64), draws: &mut Draws) {
        let day = TODAY - Duration::days((SHIFTS - shift) * 4 - 30);
        self.tills[place].day = day;
        self.tills[place].open_shift(FLOAT);
        let from = self.tills[place].journal.len() - 1;
        from_pad(world, &mut self.tills[place]);
        for _ in 0..draws.below(6) + 1 {
            self.act(world, place, draws);
        }
        let till = &mut self.tills[place];
        let cash: i64 = till.journal[from..].iter().map(|entry| posted(entry, Account::Cash)).sum();
        match draws.below(7) {
            0 => {}
            1 => till.close_shift(FLOAT, cash, cash - 20_000),
            2 => till.close_shift(FLOAT, cash + 5_000, cash),
            3 => till.close_shift(FLOAT, cash, cash + 15_000),
            _ => till.close_shift(FLOAT, cash, cash),
        }
    }

    fn act(&mut self, world: &World, place: usize, draws: &mut Draws) {
        let goods =
            [&world.garlic, &world.salt, &world.basket][usize::try_from(draws.below(3)).unwrap()].clone();
        let pieces = draws.pieces();
        let till = &mut self.tills[place];
        match draws.below(13) {
            0 | 1 => drop(till.receive(&goods, pieces * 4)),
            2 | 3 => self.transfer(place, &goods, pieces, draws),
            4 => {
                let line = till.line(&goods, pieces, None);
                let sale = till.sell_lines(std::slice::from_ref(&line));
                till.take_back(sale, vec![back(0, &line, 0, 1)]);
            }
            12 => {
                let line = till.line(&goods, pieces, None);
                let sale = till.sell_lines(std::slice::from_ref(&line));
                let void = till.refund_of(vec![back(0, &line, 0, pieces)]);
                till.write_refund("void", Some(sale), &void);
            }
            5 => move_cash(till, if pieces > 2 { -50_000 } else { 30_000 }),
            6 => drop(till.pay_producer(world.phu_sinh, pieces * 1_000)),
            7 => {
                let told = settlement(world.phu_sinh, &[till], pieces * 2_000);
                till.settle(&told);
            }
            9 => put_right(world, till, pieces),
            8 => {
                let lot = till.receive(&goods, 10);
                count(till, &goods, lot, pieces - 2);
            }
            _ => drop(till.sell(&[(&goods, pieces)])),
        }
    }

    /// A sale by transfer, of which the bank tells the same day, later, another sum, or nothing; or it tells of nobody's money.
    fn transfer(&mut self, place: usize, goods: &Goods, pieces: i64, draws: &mut Draws) {
        let till = &mut self.tills[place];
        let mut sale = till.sale_of(vec![till.line(goods, pieces, None)]);
        sale.tenders = vec![SaleTender { kind: "vietqr".to_owned(), amount: sale.payable }];
        let id = SaleId::from_uuid(Uuid::new_v5(&Uuid::nil(), till.head.hash.bytes()));
        till.write_sale(id, &sale);
        let day = till.day;
        let notice =
            |number: usize, day, vnd, sale| Noticed { notice: format!("N{number:04}"), day, vnd, sale };
        let number = self.notices.len();
        let told = match draws.below(6) {
            0 => None,
            1 => Some(notice(number, day, sale.payable - 1_000, Some(id))),
            2 => Some(notice(number, day + Duration::days(40), sale.payable, Some(id))),
            3 => {
                self.notices.push(notice(number, day, 77_000, None));
                Some(notice(number + 1, day, sale.payable, Some(id)))
            }
            _ => Some(notice(number, day, sale.payable, Some(id))),
        };
        self.notices.extend(told);
    }

    async fn tell(&self, world: &World, noticed: &Noticed) {
        let notice = BankNotice {
            notice: noticed.notice.clone(),
            amount: Money::new(noticed.vnd),
            account: "0123456789".to_owned(),
            booked_at_ms: web::format::moment_of(noticed.day, 600),
            references: noticed.sale.iter().map(|sale| PaymentReference::of(*sale)).collect::<BTreeSet<_>>(),
        };
        let mut tx = world.app.db.begin().await.unwrap();
        assert!(bank_notices::insert(&mut tx, world.operator, &notice, 5).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// Returns every entry of all tills.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.tills.iter().flat_map(|till| &till.journal)
    }
}

/// Enters a sale of the pad, of the day of the shift before: at both ends of a period that is another one.
fn from_pad(world: &World, till: &mut Till) {
    let day = till.day - Duration::days(4);
    let pad = SalePad {
        claimed_at: web::format::moment_of(day, 600),
        day,
        first_line: 1,
        last_line: 1,
        past_date: false,
        told_apart: Vec::new(),
    };
    let sale = Sale { pad: Some(pad), ..till.sale_of(vec![till.line(&world.salt, 1, None)]) };
    let id = SaleId::from_uuid(Uuid::new_v5(&Uuid::nil(), till.head.hash.bytes()));
    till.write_sale(id, &sale);
}

/// Owes the producer more or less beside their last settlement; or takes the last payment back that did not come back yet, into the
/// drawer or to the account.
fn put_right(world: &World, till: &mut Till, pieces: i64) {
    let producer = world.phu_sinh;
    let settled = last_of(till, "settlement", producer).filter(|_| pieces > 2);
    let paid = last_of(till, "producer_paid", producer);
    let came_back = |paid: i64| {
        let named = format!("\"seq\":{paid}}},\"amount\"");
        till.journal.iter().any(|entry| entry.shared.contains(&named))
    };
    let told = match (settled, paid.filter(|paid| !came_back(*paid))) {
        (Some(settled), _) => adjustment(producer, till, settled, pieces * 700 - 2_300),
        (None, Some(paid)) => {
            taking_back(producer, till, paid, (1_000, if pieces > 1 { "cash" } else { "vietqr" }))
        }
        (None, None) => {
            till.sell(&[(&world.garlic, pieces)]);
            return;
        }
    };
    till.adjust(&told);
}

fn move_cash(till: &mut Till, amount: i64) {
    let moved = CashMoved {
        voucher: format!("PC{}", till.head.seq),
        shift: Uuid::from_u128(6),
        cashier: Uuid::from_u128(8),
        approved_by: Some(Uuid::from_u128(9)),
        counter: "1".to_owned(),
        amount,
    };
    till.write("cash_moved", None, &payload::write(&moved).unwrap());
}

fn count(till: &mut Till, goods: &Goods, lot_id: LotId, pieces: i64) {
    let lot = CountedLot {
        lot_id,
        owner: Owner::from(goods.terms.map(|terms| terms.producer_id)),
        unreceived: false,
        quantity: Quantity::pieces(pieces),
        compensation: Money::ZERO,
    };
    let product = CountedProduct {
        product_id: goods.id,
        expected: Quantity::pieces(10),
        counted: Quantity::pieces(10 + pieces),
        lots: if pieces == 0 { Vec::new() } else { vec![lot] },
    };
    let told = GoodsCount {
        voucher: format!("KK{}", till.head.seq),
        cashier: Uuid::from_u128(8),
        approved_by: Uuid::from_u128(9),
        products: vec![GoodsCountProduct::from(&product)],
    };
    till.write("goods_count", None, &payload::write(&told).unwrap());
}
