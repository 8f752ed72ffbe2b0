//! Random histories of one producer: after each settlement every piece and every đồng is where a second, plainer account says.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::corrections::put_right;
use super::*;
use domain::settlement::MoveSum;
use pos::counter::correction::Change;
use pos::counter::note::Delivering;
use pos::counter::repack::{self, NewPacks, Repacking};
use pos::counter::transfer::{self, Sending};
use pos::counter::transfer_in::{self, TakingIn};
use pos::db::settlements::{list_open, list_sums};
use pos::db::transfers::{self, Told};
use protocol::wire::SisterStore;

/// What happens next.
#[derive(Debug, Clone, Copy)]
enum Event {
    /// So many boxes are sold, perhaps more than the book has.
    Sell(i64),
    /// A box of an earlier sale comes back, to be sold again or not.
    TakeBack { is_waste: bool },
    /// So many boxes leave unsold.
    Remove { cause: Cause, bearer: LossBearer, pieces: i64 },
    /// So many come in.
    Receive(i64),
    /// The shelf is counted, and so many boxes are there beyond the book, or missing.
    Count { off: i64, bearer: LossBearer },
    /// So many boxes go to another store.
    Send(i64),
    /// What was sent first comes back, so many boxes less or more.
    ComeBack { off: i64, bearer: LossBearer },
    /// So many boxes are opened, and one less is packed of them.
    Repack(i64),
    /// The producer is paid in advance.
    Advance(i64),
    /// The last settlement was wrong by so much.
    Adjust(i64),
    /// So many hundredths of the last payment come back, once.
    TakePaymentBack { percent: i64 },
    /// Everything is settled; so many hundredths of what is owed are paid.
    Settle { percent: i64 },
    /// The journal is folded anew.
    Rebuild,
}

fn bearer(pays: bool) -> LossBearer {
    if pays { LossBearer::Store } else { LossBearer::Producer }
}

fn event() -> impl Strategy<Value = Event> {
    let removed = (prop::sample::select(&Cause::ALL[..]), any::<bool>(), 1i64..4)
        .prop_map(|(cause, pays, pieces)| Event::Remove { cause, bearer: bearer(pays), pieces });
    prop_oneof![
        6 => (1i64..5).prop_map(Event::Sell),
        2 => any::<bool>().prop_map(|is_waste| Event::TakeBack { is_waste }),
        2 => removed,
        2 => (1i64..8).prop_map(Event::Receive),
        2 => (-4i64..4, any::<bool>()).prop_map(|(off, pays)| Event::Count { off, bearer: bearer(pays) }),
        2 => (1i64..4).prop_map(Event::Send),
        2 => (-2i64..2, any::<bool>()).prop_map(|(off, pays)| Event::ComeBack { off, bearer: bearer(pays) }),
        1 => (2i64..4).prop_map(Event::Repack),
        1 => (1i64..200_000).prop_map(Event::Advance),
        1 => (1i64..90_000, any::<bool>()).prop_map(|(vnd, less)| Event::Adjust(if less { -vnd } else { vnd })),
        1 => (1i64..=100).prop_map(|percent| Event::TakePaymentBack { percent }),
        2 => (0i64..=100).prop_map(|percent| Event::Settle { percent }),
        1 => Just(Event::Rebuild),
    ]
}

/// The second account: counts of a period, and sums of all.
#[derive(Debug, Default)]
struct Plain {
    opening: i64,
    received: i64,
    sold: i64,
    refunded: i64,
    returned: i64,
    lost_by_producer: i64,
    lost_by_operator: i64,
    counted: i64,
    transferred: i64,
    repacked: i64,
    /// Missing when it was counted, at the operator's cost.
    missing: i64,
    carried_vnd: i64,
    /// Less what came back.
    paid_vnd: i64,
    /// Owed more beside settlements.
    adjusted_vnd: i64,
}

impl Plain {
    fn left(&self) -> i64 {
        self.opening + self.received + self.refunded + self.counted + self.transferred + self.repacked
            - self.sold
            - self.returned
            - self.lost_by_producer
            - self.lost_by_operator
    }

    fn due_vnd(&self) -> i64 {
        (self.sold - self.refunded + self.lost_by_operator + self.missing) * DUE
    }

    fn owed_vnd(&self) -> i64 {
        self.carried_vnd + self.due_vnd()
    }

    fn is_told_by(&self, told: &Settlement) {
        assert_eq!((told.due, told.carried), (self.due_vnd(), self.carried_vnd), "{self:?} {told:?}");
        let row = told.rows.first().cloned().unwrap_or_default();
        let pieces = [
            (row.opening, self.opening),
            (row.received, self.received),
            (row.sold, self.sold),
            (row.refunded, self.refunded),
            (row.returned, self.returned),
            (row.lost_by_producer, self.lost_by_producer),
            (row.lost_by_operator, self.lost_by_operator),
            (row.counted, self.counted),
            (row.transferred, self.transferred),
            (row.repacked, self.repacked),
            (row.closing, self.left()),
        ];
        for (milli, pieces) in pieces {
            assert_eq!(milli, pieces * 1_000, "{self:?} {told:?}");
        }
    }
}

struct Run {
    store: TestStore,
    plain: Plain,
    /// Sales, and how many boxes of each did not come back.
    sales: Vec<(Uuid, i64)>,
    closed: Vec<Settlement>,
    /// Numbers of what was paid and did not come back, and how much it was.
    paid: Vec<(String, i64)>,
    /// Numbers of transfers that are under way, with their boxes.
    under_way: Vec<(String, LotId, i64)>,
}

impl Run {
    async fn play(&mut self, event: Event) {
        match event {
            Event::Sell(pieces) => {
                self.sales.push((sell(&self.store, pieces).await, pieces));
                self.plain.sold += pieces;
            }
            Event::TakeBack { is_waste } => self.take_back(is_waste).await,
            Event::Remove { cause, bearer, pieces } => self.remove(cause, bearer, pieces).await,
            Event::Receive(pieces) => {
                self.store.receive(GARLIC_NAME, pieces, Some(PRODUCER)).await;
                self.plain.received += pieces;
            }
            Event::Count { off, bearer } => self.count(off, bearer).await,
            Event::Send(pieces) => self.send(pieces).await,
            Event::ComeBack { off, bearer } => self.come_back(off, bearer).await,
            Event::Repack(pieces) => self.repack(pieces).await,
            Event::Advance(vnd) => {
                let advance = Payout {
                    settles: false,
                    means: transferred(&self.store, None).await,
                    ..settling(&self.store, vnd).await
                };
                let told = told(pay(&self.store, &advance).await);
                let Settling::ProducerPaid { voucher, .. } = told else { panic!("{told:?}") };
                self.paid.push((voucher, vnd));
                (self.plain.carried_vnd, self.plain.paid_vnd) =
                    (self.plain.carried_vnd - vnd, self.plain.paid_vnd + vnd);
            }
            Event::Adjust(vnd) => self.adjust(vnd).await,
            Event::TakePaymentBack { percent } => self.take_payment_back(percent).await,
            Event::Settle { percent } => self.settle(percent).await,
            Event::Rebuild => drop(rebuild::rebuild(&self.store.app).await.unwrap()),
        }
        assert_eq!(owed(&self.store).await, self.plain.owed_vnd(), "{event:?}");
        assert_eq!(-self.store.balance("producer_due").await, self.plain.owed_vnd(), "{event:?}");
    }

    async fn take_back(&mut self, is_waste: bool) {
        // A box sold from the "unreceived" lot and thrown away when it came back is lost to the producer all the same.
        let Some(sale) = self.sales.iter_mut().find(|(_, left)| *left > 0) else { return };
        sale.1 -= 1;
        take_back(&self.store, sale.0, if is_waste { Location::Waste } else { Location::Shelf }).await;
        self.plain.refunded += 1;
        self.plain.lost_by_producer += i64::from(is_waste);
    }

    async fn remove(&mut self, cause: Cause, bearer: LossBearer, pieces: i64) {
        let listed = Listed::Product(id_of(GARLIC_NAME).into());
        let lots = list_lots(self.store.app.db().read(), listed, 100).await.unwrap();
        if !lots.iter().any(|lot| lot.quantity_milli >= pieces * 1_000) {
            return;
        }
        remove(&self.store, cause, bearer, pieces).await;
        *match (cause, bearer) {
            (Cause::Returned, _) => &mut self.plain.returned,
            (_, LossBearer::Store) => &mut self.plain.lost_by_operator,
            (_, LossBearer::Contract | LossBearer::Producer) => &mut self.plain.lost_by_producer,
        } += pieces;
    }

    async fn count(&mut self, off: i64, bearer: LossBearer) {
        // Less than nothing cannot be there.
        let counted = (self.plain.left() + off).max(0);
        count_shelf(&self.store, counted, bearer).await;
        let off = counted - self.plain.left();
        self.plain.counted += off;
        self.plain.missing += if bearer == LossBearer::Store { off.min(0).abs() } else { 0 };
    }

    /// Returns a lot that has so many boxes.
    async fn lot_of(&self, pieces: i64) -> Option<LotId> {
        let listed = Listed::Product(id_of(GARLIC_NAME).into());
        let lots = list_lots(self.store.app.db().read(), listed, 100).await.unwrap();
        lots.iter().rfind(|lot| lot.quantity_milli >= pieces * 1_000).map(|lot| lot.lot_id.into())
    }

    async fn send(&mut self, pieces: i64) {
        let Some(lot_id) = self.lot_of(pieces).await else { return };
        let sending = Sending {
            to: id_of("sister"),
            lots: vec![(lot_id, Quantity::pieces(pieces))],
            reason: String::new(),
            language: Language::Vi,
            word: manager_word(),
        };
        let store = &self.store;
        let state = transfer::send(&store.app, &store.seat, &store.op(), &sending).await.unwrap();
        let Note::Delivering(Delivering::Sent { voucher, .. }) = state.note else {
            panic!("{:?}", state.note)
        };
        self.under_way.push((voucher, lot_id, pieces));
        self.plain.transferred -= pieces;
    }

    async fn come_back(&mut self, off: i64, bearer: LossBearer) {
        if self.under_way.is_empty() {
            return;
        }
        let (transfer, lot_id, sent) = self.under_way.remove(0);
        let arrived = (sent + off).max(0);
        let taking = TakingIn {
            transfer,
            arrived: [(lot_id, Quantity::pieces(arrived))].into(),
            bearer,
            reason: String::new(),
            language: Language::Vi,
            word: manager_word(),
        };
        let store = &self.store;
        let state = transfer_in::take_in(&store.app, &store.seat, &store.op(), &taking).await.unwrap();
        assert!(matches!(state.note, Note::Delivering(Delivering::TakenIn { .. })), "{:?}", state.note);
        self.plain.transferred += sent;
        self.plain.counted += (arrived - sent).max(0);
        *match bearer {
            LossBearer::Store => &mut self.plain.lost_by_operator,
            LossBearer::Contract | LossBearer::Producer => &mut self.plain.lost_by_producer,
        } += (sent - arrived).max(0);
    }

    async fn repack(&mut self, pieces: i64) {
        let Some(lot_id) = self.lot_of(pieces).await else { return };
        let quarter = Quantity::from_milli(250);
        let packs = NewPacks {
            product_id: id_of(GARLIC_NAME).into(),
            quantity: Quantity::pieces(pieces - 1),
            each: Some(quarter),
            code: "L-MỚI".to_owned(),
        };
        let repacking = Repacking {
            lot_id,
            quantity: Quantity::pieces(pieces),
            weight: quarter.times(Quantity::pieces(pieces)),
            made: vec![packs],
            loss: quarter,
            reason: String::new(),
            language: Language::Vi,
            word: manager_word(),
        };
        let store = &self.store;
        let state = repack::repack(&store.app, &store.seat, &store.op(), &repacking).await.unwrap();
        assert!(matches!(state.note, Note::Delivering(Delivering::Repacked { .. })), "{:?}", state.note);
        self.plain.repacked -= 1;
    }

    async fn adjust(&mut self, vnd: i64) {
        let Some(last) = self.closed.last() else { return };
        let change = if vnd < 0 { Change::Less } else { Change::More };
        let told = put_right(&self.store, &last.voucher, change, vnd.abs()).await;
        assert!(matches!(told, Settling::ProducerAdjusted { .. }), "{told:?}");
        self.plain.carried_vnd += vnd;
        self.plain.adjusted_vnd += vnd;
    }

    async fn take_payment_back(&mut self, percent: i64) {
        let Some((number, paid_vnd)) = self.paid.pop() else { return };
        let vnd = (paid_vnd * percent / 100).max(1);
        let told = put_right(&self.store, &number, Change::Cash, vnd).await;
        assert!(matches!(told, Settling::PaymentTakenBack { .. }), "{told:?}");
        let again = put_right(&self.store, &number, Change::Transfer, 1).await;
        assert_eq!(again, Settling::TakenBackBefore);
        self.plain.carried_vnd += vnd;
        self.plain.paid_vnd -= vnd;
    }

    async fn settle(&mut self, percent: i64) {
        let vnd = self.plain.owed_vnd().max(0) * percent / 100;
        open_moves_are_those_that_no_settlement_holds(&self.store).await;
        let means = transferred(&self.store, None).await;
        let payout = Payout { means, ..settling(&self.store, vnd).await };
        let before = self.closed.len();
        let told = told(pay(&self.store, &payout).await);
        let now = settlements(&self.store).await;
        assert_eq!(now[..before], self.closed, "a closed one never changes");
        if told == Settling::NothingToSettle {
            let plain =
                Plain { opening: self.plain.left(), paid_vnd: self.plain.paid_vnd, ..Plain::default() };
            assert_eq!((self.plain.owed_vnd(), self.plain.left()), (0, plain.opening), "{:?}", self.plain);
            return;
        }
        let Settling::SettlementClosed { voucher, .. } = told else { panic!("{told:?}") };
        self.paid.extend((vnd > 0).then_some((voucher, vnd)));
        self.plain.is_told_by(now.last().unwrap());
        self.plain = Plain {
            opening: self.plain.left(),
            carried_vnd: self.plain.owed_vnd() - vnd,
            paid_vnd: self.plain.paid_vnd + vnd,
            adjusted_vnd: self.plain.adjusted_vnd,
            ..Plain::default()
        };
        self.closed = now;
    }

    async fn end(self) {
        let settled: i64 = self.closed.iter().map(|told| told.due).sum();
        let open = open(&self.store).await.account.due.vnd();
        assert_eq!(
            settled + open,
            self.plain.owed_vnd() + self.plain.paid_vnd - self.plain.adjusted_vnd,
            "settled + open = all that was due"
        );
        self.store.check().await;
    }
}

/// What is read since the last settlement is what is not settled of everything that ever moved.
async fn open_moves_are_those_that_no_settlement_holds(store: &TestStore) {
    let mut reader = store.app.db().read().acquire().await.unwrap();
    let in_order = |mut sums: Vec<MoveSum>| {
        sums.sort_by_key(|sum| (sum.product_id, sum.cause.code(), sum.worth.commission_rate, sum.worth.due));
        sums
    };
    let mut all = list_sums(&mut reader, producer()).await.unwrap();
    all.retain(|sum| !sum.is_settled);
    assert_eq!(in_order(list_open(&mut reader, producer()).await.unwrap()), in_order(all));
}

async fn tell_of_a_sister(store: &TestStore) {
    let sister = SisterStore { id: id_of("sister"), code: "TK".to_owned(), name: "Trà Khúc".to_owned() };
    let mut tx = store.app.db().begin().await.unwrap();
    transfers::replace_told(&mut tx, &Told { sisters: vec![sister], ..Told::default() }).await.unwrap();
    tx.commit().await.unwrap();
}

#[test]
fn every_piece_and_every_dong_is_in_exactly_one_settlement() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let histories = prop::collection::vec(event(), 1..40);
    let config = Config { cases: 24, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&histories, |events| {
            runtime.block_on(async {
                let plain = Plain { received: 10, ..Plain::default() };
                let mut run = Run {
                    store: store().await,
                    plain,
                    sales: Vec::new(),
                    closed: Vec::new(),
                    paid: Vec::new(),
                    under_way: Vec::new(),
                };
                tell_of_a_sister(&run.store).await;
                for event in events {
                    run.play(event).await;
                }
                run.end().await;
            });
            Ok(())
        })
        .unwrap();
}
