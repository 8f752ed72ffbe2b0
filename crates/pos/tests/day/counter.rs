//! A counter that does what it is told, if it can be done.

use domain::catalog::SoldBy;
use domain::discount::Off;
use domain::ids::{CashierId, SaleId, ShiftId};
use domain::refund::remaining::Ask;
use domain::stock::Location;
use domain::tender::{Tender, TenderKind};
use domain::{Money, Quantity, Rate};
use pos::counter::approval::Word;
use pos::counter::credit::{self, Credit};
use pos::counter::discount::{Leave, Target, change_price, discount};
use pos::counter::drawer::{self, CashMove};
use pos::counter::edit::Row;
use pos::counter::open_tender::{self, Came};
use pos::counter::refund::{self, Asked, Sold};
use pos::counter::shift::Closing;
use pos::counter::{self as counters, CounterState, Note, Request, Seat, provisional, slip};
use pos::db::{open_tenders, shifts};
use receipts::language::Language;
use receipts::slip::SlipBody;
use receipts::slip::shift::ShiftReport;
use testkit::catalogue::{MANAGER, id_of, manager_word};
use testkit::store::TestStore;
use uuid::Uuid;

pub(crate) struct Counter<'a> {
    pub(crate) store: &'a TestStore,
    pub(crate) seat: Seat,
    last_sale: Option<Uuid>,
}

impl<'a> Counter<'a> {
    pub(crate) async fn open(store: &'a TestStore, name: &str) -> Self {
        let seat = Seat { counter: name.to_owned(), manager: true, ..store.seat.clone() };
        let counter = Self { store, seat, last_sale: None };
        counter.open_shift(500_000).await;
        counter
    }

    async fn open_shift(&self, float_vnd: i64) {
        let date = web::format::local_date(self.store.app.clock().now_ms());
        let (app, op_id) = (&self.store.app, self.store.op());
        let state =
            counters::shift::open(app, &self.seat, &op_id, date, Money::new(float_vnd)).await.unwrap();
        assert_eq!(state.note, Note::ShiftOpened);
    }

    pub(crate) async fn state(&self) -> CounterState {
        counters::state::load(&self.store.app, &self.seat, Note::Ready, None).await.unwrap()
    }

    pub(crate) async fn request(&self) -> Request {
        Request { op_id: self.store.op(), sale_id: SaleId::from_uuid(self.state().await.sale_id) }
    }

    /// Adds the store's own bag to the catalogue, and to the cart.
    pub(crate) async fn know_bag(&self) {
        let new = provisional::NewProduct {
            barcode: Some(super::BAG.to_owned()),
            name: "Túi giấy".to_owned(),
            unit: "Cái".to_owned(),
            price: Money::new(10_800),
            sold_by: SoldBy::Piece,
            producer_id: None,
            refuse_expired: false,
        };
        provisional::add(&self.store.app, &self.seat, &self.request().await, new).await.unwrap();
    }

    pub(crate) async fn scan(&self, code: &str) {
        let request = self.request().await;
        counters::scan::scan(&self.store.app, &self.seat, &request, code).await.unwrap();
    }

    async fn row(&self, place: usize) -> Option<Row> {
        let lines = self.state().await.lines;
        let index = place.checked_rem(lines.len())?;
        Some(Row { index, product_id: lines[index].product_id.into() })
    }

    fn leave() -> Leave {
        Leave { reason: "móp hộp".to_owned(), approved_by: Some(CashierId::from_uuid(id_of(MANAGER))) }
    }

    pub(crate) async fn reduce(&self, place: usize, off: i64, is_percent: bool, is_cart: bool) {
        let Some(row) = self.row(place).await else { return };
        let target = if is_cart { Target::Cart } else { Target::Row(row) };
        let off = if is_percent {
            Off::Percent(Rate::percent(u8::try_from(off).unwrap()))
        } else {
            Off::Amount(Money::new(off * 1_234))
        };
        let request = self.request().await;
        discount(&self.store.app, &self.seat, &request, target, Some(off), &Self::leave()).await.unwrap();
    }

    pub(crate) async fn price(&self, place: usize, vnd: i64) {
        let Some(row) = self.row(place).await else { return };
        let request = self.request().await;
        let wanted = Some(Money::new(vnd));
        change_price(&self.store.app, &self.seat, &request, row, wanted, &Self::leave()).await.unwrap();
    }

    /// Pays the open cart: each kind but the last a part of it, the last one the rest; more than that in notes.
    pub(crate) async fn pay(&mut self, kinds: &[TenderKind], part: i64, notes: i64) -> Option<Uuid> {
        let state = self.state().await;
        if state.lines.is_empty() {
            return None;
        }
        let exact = state.payable_vnd;
        let is_cash = kinds.iter().all(|kind| *kind == TenderKind::Cash);
        let asked = self.store.app.cash_step().payable(Money::new(exact)).unwrap().vnd();
        let mut left = if is_cash { asked } else { exact };
        let mut tenders = Vec::new();
        for (place, kind) in kinds.iter().enumerate() {
            let vnd = if place + 1 == kinds.len() { left } else { left * part / 100 };
            left -= vnd;
            let over = if *kind == TenderKind::Cash && vnd > 0 { notes } else { 0 };
            tenders.push(Tender { kind: *kind, amount: Money::new(vnd + over) });
        }
        tenders.retain(|tender| tender.amount > Money::ZERO);
        let request = self.request().await;
        let (app, seat) = (&self.store.app, &self.seat);
        let owes = tenders.iter().any(|tender| tender.kind == TenderKind::Credit);
        let done = if owes {
            let credit = Credit { person: "Chị Bảy".to_owned(), word: Word::default() };
            credit::sell_on_credit(app, seat, &request, tenders, &credit).await.unwrap()
        } else {
            counters::finish::finish(app, seat, &request, tenders).await.unwrap()
        };
        assert!(matches!(done.note, Note::Sold { .. } | Note::SoldOpen { .. }), "{:?}", done.note);
        self.last_sale = Some(state.sale_id);
        Some(state.sale_id)
    }

    pub(crate) async fn come(&self, which: usize, percent: i64) {
        let open = open_tenders::list_open(self.store.app.db().read(), 100).await.unwrap();
        let Some(open) = which.checked_rem(open.len()).map(|place| &open[place]) else { return };
        let from = TenderKind::from_code(&open.kind).unwrap();
        let amount = Money::new((open.left_vnd * percent / 100).max(1));
        let kind = if which.is_multiple_of(2) { TenderKind::Cash } else { TenderKind::VietQr };
        let came = Came { sale_id: open.sale_id.into(), from, tender: Tender { kind, amount }, source: None };
        let op_id = self.store.op();
        let note = open_tender::confirm(&self.store.app, &self.seat, &op_id, &came).await.unwrap().note;
        assert!(matches!(note, Note::MoneyCame { .. }), "{note:?}");
    }

    /// Takes a part of one row back, or all that is left.
    pub(crate) async fn take_back(&self, sale_id: Uuid, part: Option<(usize, i64)>, is_waste: bool) {
        let sale_id = SaleId::from_uuid(sale_id);
        let mut reader = self.store.app.db().read().acquire().await.unwrap();
        let sold = Sold::find(&mut reader, sale_id).await.unwrap().unwrap();
        drop(reader);
        let back_to = if is_waste { Location::Waste } else { Location::Shelf };
        let mut rows = sold.remaining.everything(back_to);
        if rows.is_empty() {
            return;
        }
        if let Some((place, milli)) = part {
            let place = place % rows.len();
            let ask = rows[place];
            // What is sold by the piece comes back in whole pieces.
            let milli = match sold.remaining.rows[ask.row].sold_by {
                SoldBy::Piece => (milli / 1_000).max(1) * 1_000,
                SoldBy::Weight => milli,
            };
            rows = vec![Ask { quantity: ask.quantity.min(Quantity::from_milli(milli)), ..ask }];
        }
        let asked = Asked {
            is_late_allowed: false,
            rows,
            back_to,
            reason: "Hàng lỗi".to_owned(),
            kind: TenderKind::Cash,
            word: manager_word(),
        };
        let request = Request { op_id: self.store.op(), sale_id };
        let state = refund::refund(&self.store.app, &self.seat, &request, &asked).await.unwrap();
        assert!(matches!(state.note, Note::Refunded { .. }), "{:?}", state.note);
    }

    /// Voids the last sale of this counter, if it can be.
    pub(crate) async fn void_last(&mut self) {
        let Some(sale_id) = self.last_sale.take() else { return };
        let request = Request { op_id: self.store.op(), sale_id: SaleId::from_uuid(sale_id) };
        let state = refund::void(&self.store.app, &self.seat, &request, "", &manager_word()).await.unwrap();
        assert!(matches!(state.note, Note::Voided { .. } | Note::NotVoidable { .. }), "{:?}", state.note);
    }

    pub(crate) async fn move_cash(&self, vnd: i64) {
        let moved = CashMove {
            amount: Money::new(vnd),
            person: "Chị Bảy".to_owned(),
            reason: "đổi tiền lẻ".to_owned(),
            language: Language::Vi,
        };
        let op_id = self.store.op();
        let done =
            drawer::move_cash(&self.store.app, &self.seat, &op_id, &moved, &Word::default()).await.unwrap();
        assert!(matches!(done.note, Note::CashMoved { .. }), "{:?}", done.note);
    }

    /// Closes the shift, whatever was counted, and opens the next one.
    pub(crate) async fn close_and_open(&self, counted_vnd: i64) -> (ShiftId, ShiftReport) {
        let closing = Closing { is_empty: true, ..Closing::from(Money::new(counted_vnd)) };
        let (app, op_id) = (&self.store.app, self.store.op());
        let state = counters::shift::close(app, &self.seat, &op_id, closing).await.unwrap();
        assert!(matches!(state.note, Note::ShiftClosed { .. }), "{:?}", state.note);
        let closed = shifts::list_closed(app.db().read(), Some(&self.seat.counter), 1).await.unwrap();
        let shift_id = ShiftId::from_uuid(closed[0].shift_id);
        let (_, slip) = slip::find_of_shift(app, shift_id).await.unwrap().unwrap();
        let SlipBody::Shift(report) = slip.body else { panic!("a Z") };
        self.open_shift(100_000).await;
        (shift_id, report)
    }
}
