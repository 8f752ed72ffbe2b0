//! Random histories of a producer's goods in two stores that come late to central: sales, refunds, deliveries, losses, packing anew,
//! transfers that come short or long or back, counts that differ, settlements, advances, both put right, new commissions, a central that is
//! away, books that are folded anew, a computer that is lost and comes back from its copy of days ago, which settles nothing before it has
//! what the lost one wrote. When all has come to rest, every piece is somewhere, every đồng is in a settlement or open, and stores and
//! central say the same.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that stumbles has failed")]

use std::path::PathBuf;

use central::db::engine::Sql;
use central::db::users::{self, ProducerScope, Role, Scope};
use central::db::{Db, consigned, exceptions, settlements};
use central::rebuild::snapshot_digest;
use domain::Quantity;
use domain::ids::{ProducerId, ProductId, SaleId};
use domain::stock::Location;
use domain::tender::TenderKind;
use pos::counter::correction::Change;
use pos::counter::note::{Delivering, PaidBy, Settling};
use pos::counter::refund::{self, Asked};
use pos::counter::settlement::Open;
use pos::counter::{Note, Request};
use pos::db::lots::{Listed, list_lots};
use pos::db::settlements::list_of_producer;
use pos::db::transfers;
use pos::maintenance::rebuild;
use protocol::Hash;
use stories::books;
use stories::garlic::{Goods, PACK, boxes, deliver};
use stories::goods::{count, give_back, repack, send, take_in, word};
use stories::restoring::{copy, restored};
use stories::settling::{agree, ask_to_pay, pay, producer, put_right};
use tempfile::TempDir;
use testkit::store::TestStore;
use testkit::world::{GARLIC, World, sync};
use uuid::Uuid;
use web::format::local_date;

testkit::on_both_engines!(first_history, second_history, third_history);

async fn first_history(db: Db) {
    History::play(db, 1, 100).await;
}

async fn second_history(db: Db) {
    History::play(db, 2, 100).await;
}

async fn third_history(db: Db) {
    History::play(db, 3, 100).await;
}

struct History {
    world: World,
    shops: [TestStore; 2],
    goods: Goods,
    producer_id: ProducerId,
    scope: ProducerScope,
    /// Sales that did not come back, with their store.
    sales: Vec<(usize, Uuid)>,
    is_central_away: bool,
    /// A copy of the first store's data, once it was made.
    copied: Option<PathBuf>,
    copies: TempDir,
    seed: u64,
    drawn: u64,
}

impl History {
    async fn play(db: Db, seed: u64, events: usize) {
        let mut history = Self::begin(db, seed).await;
        for number in 0..events {
            history.event().await;
            if number == events / 3 {
                history.copied = Some(copy(&history.shops[0], &history.copies).await);
            }
            if number == events * 2 / 3 {
                history.lose_a_computer().await;
            }
        }
        history.end().await;
    }

    async fn begin(db: Db, seed: u64) -> Self {
        let world = World::over(db).await;
        let producer_id = producer(&world).await;
        let (sack, packs) = Goods::add(&world, producer_id).await;
        let role = Role::Producer(producer_id);
        world.admin().add_user("toi-den", "Võ Thị Kim Ngân", role, "hành tím mồ côi").await.unwrap();
        let user = users::find_by_login(&world.central.db, "toi-den", world.central.clock.now_ms())
            .await
            .unwrap()
            .unwrap();
        let Scope::Producer(scope) = user.scope() else { panic!("{user:?}") };
        let shops = [world.open_store("LS").await, world.open_store("TK").await];
        let goods = Goods { boxes: boxes(&shops[0]).await, sack, packs };
        for shop in &shops {
            sync(shop).await;
            deliver(shop, producer_id, sack, 20).await;
        }
        let (sales, is_central_away, drawn) = (Vec::new(), false, 0);
        let (copied, copies) = (None, tempfile::tempdir().unwrap());
        Self { world, shops, goods, producer_id, scope, sales, is_central_away, copied, copies, seed, drawn }
    }

    /// Returns a number below another, from the seed alone.
    fn draw(&mut self, below: usize) -> usize {
        self.drawn += 1;
        let hash = Hash::of(&[&self.seed.to_be_bytes(), &self.drawn.to_be_bytes()]);
        let number = u64::from_be_bytes(hash.bytes()[..8].try_into().unwrap());
        usize::try_from(number % u64::try_from(below).unwrap()).unwrap()
    }

    fn pieces(&mut self, most: usize) -> i64 {
        i64::try_from(1 + self.draw(most)).unwrap()
    }

    /// Says whether the shelf of a shop has a lot with so many pieces of a product.
    async fn has(&self, shop: usize, product_id: ProductId, pieces: i64) -> bool {
        let reader = self.shops[shop].app.db().read();
        let lots = list_lots(reader, Listed::Product(product_id), 50).await.unwrap();
        lots.iter().any(|lot| lot.quantity_milli >= pieces * 1_000)
    }

    async fn event(&mut self) {
        let shop = self.draw(2);
        let Goods { boxes, sack, packs } = self.goods;
        match self.draw(18) {
            0..3 => {
                let code = [GARLIC, PACK][self.draw(2)];
                let sale = self.shops[shop].sell(code).await;
                self.sales.push((shop, sale));
            }
            3 => self.refund().await,
            4 => {
                let pieces = self.pieces(9);
                deliver(&self.shops[shop], self.producer_id, boxes, pieces).await;
            }
            5 if self.has(shop, boxes, 2).await => give_back(&self.shops[shop], boxes, 2).await,
            6 if self.has(shop, sack, 2).await => {
                let packed = repack(&self.shops[shop], (sack, 2), (packs, 3, 500)).await;
                let done = Note::Delivering(Delivering::Repacked { voucher: String::new() });
                assert_eq!(std::mem::discriminant(&packed.note), std::mem::discriminant(&done));
            }
            7 | 8 if self.has(shop, boxes, 3).await => {
                let pieces = self.pieces(3);
                let (from, to) = (&self.shops[shop], &self.shops[1 - shop]);
                send(from, to, &[(boxes, pieces * 1_000)]).await;
            }
            9 => self.take_in(shop).await,
            10 => self.settle(shop).await,
            11 if self.draw(3) == 0 => {
                if self.is_central_away {
                    self.world.start().await
                } else {
                    self.world.stop().await
                }
                self.is_central_away = !self.is_central_away;
            }
            12 if self.draw(3) == 0 => drop(rebuild::rebuild(&self.shops[shop].app).await.unwrap()),
            13 => self.count(shop).await,
            14 => self.advance(shop).await,
            15 => self.agree(shop).await,
            16 => self.put_right(shop).await,
            _ => drop(sync(&self.shops[shop]).await),
        }
    }

    async fn refund(&mut self) {
        if self.sales.is_empty() {
            return;
        }
        let which = self.draw(self.sales.len());
        let (shop, sale_id) = self.sales.swap_remove(which);
        let store = &self.shops[shop];
        let asked = Asked {
            is_late_allowed: true,
            rows: Vec::new(),
            back_to: if which.is_multiple_of(2) { Location::Shelf } else { Location::Waste },
            reason: "Hộp móp".to_owned(),
            kind: TenderKind::Cash,
            word: word(store).await,
        };
        let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) };
        let state = refund::refund(&store.app, &store.seat, &request, &asked).await.unwrap();
        assert!(matches!(state.note, Note::Refunded { .. }), "{:?}", state.note);
    }

    /// Takes in the first transfer that a shop was told of; sometimes a box is missing, or one too many.
    async fn take_in(&mut self, shop: usize) {
        let off = [0, 0, -1, 1][self.draw(4)];
        let store = &self.shops[shop];
        let mut reader = store.app.db().read().acquire().await.unwrap();
        let told = transfers::load_told(&mut reader).await.unwrap();
        let taken = transfers::list_taken_in(&mut reader).await.unwrap();
        drop(reader);
        let Some(open) = told.arriving.iter().find(|open| !taken.contains(&open.sent.voucher)) else {
            return;
        };
        let arrived = open.sent.lines[0].quantity + off * 1_000;
        let state = take_in(store, &open.sent.voucher, &[(self.goods.boxes, arrived.max(0))]).await;
        let done = matches!(state.note, Note::Delivering(Delivering::TakenIn { .. }));
        assert!(done, "{:?}", state.note);
    }

    async fn settle(&mut self, shop: usize) {
        let percent = i64::try_from(self.draw(101)).unwrap();
        let store = &self.shops[shop];
        let mut reader = store.app.db().read().acquire().await.unwrap();
        let open = Open::load(&mut reader, self.producer_id).await.unwrap();
        drop(reader);
        let owed = open.account.balance().unwrap().vnd().max(0);
        // The drawer pays no more than it has.
        let paid = (owed * percent / 100).min(store.drawer().await);
        let has_moved = open.rows.values().any(|row| row.opening != row.closing || row.sold > Quantity::ZERO);
        if has_moved {
            pay(&self.world, store, paid, true).await;
        }
    }

    /// Counts boxes and packs; sometimes one is missing, or one too many.
    async fn count(&mut self, shop: usize) {
        let mut counted = Vec::new();
        for product_id in [self.goods.boxes, self.goods.packs] {
            let reader = self.shops[shop].app.db().read();
            let lots = list_lots(reader, Listed::Product(product_id), 50).await.unwrap();
            let held: i64 = lots.iter().map(|lot| lot.quantity_milli).sum();
            counted.push((product_id, (held + [0, 0, -1_000, 1_000][self.draw(4)]).max(0)));
        }
        count(&self.shops[shop], &counted).await;
    }

    /// The producer needs money before anything is settled.
    async fn advance(&mut self, shop: usize) {
        let vnd = 1_000 * self.pieces(400);
        let store = &self.shops[shop];
        let vnd = vnd.min(store.drawer().await);
        if vnd > 0 {
            pay(&self.world, store, vnd, false).await;
        }
    }

    /// A settlement was wrong, or money of a payment comes back.
    async fn put_right(&mut self, shop: usize) {
        let reader = self.shops[shop].app.db().read();
        let mut papers = list_of_producer(reader, self.producer_id, 100).await.unwrap();
        papers.retain(|paper| paper.corrects_seq.is_none());
        if papers.is_empty() {
            return;
        }
        let which = self.draw(papers.len());
        let paper = papers.swap_remove(which);
        let (change, vnd) = if paper.paid_vnd == 0 || (paper.is_settlement && self.draw(2) == 0) {
            ([Change::More, Change::Less][self.draw(2)], 1_000 * self.pieces(50))
        } else {
            ([Change::Cash, Change::Transfer][self.draw(2)], paper.paid_vnd.min(1_000 * self.pieces(400)))
        };
        let note = put_right(&self.shops[shop], &paper.number, change, vnd).await;
        let done = matches!(
            note,
            Note::Settling(
                Settling::ProducerAdjusted { .. }
                    | Settling::PaymentTakenBack { .. }
                    | Settling::TakenBackBefore
            )
        );
        assert!(done, "{note:?}");
    }

    /// A new commission from today on, which the other store hears of when it syncs.
    async fn agree(&mut self, shop: usize) {
        let percent = u8::try_from(self.pieces(30)).unwrap();
        let today = local_date(self.shops[shop].app.clock().now_ms());
        agree(&self.world, &self.shops[shop], percent, today).await;
    }

    /// The first store's disk is lost when central has all of it; a copy of days ago comes back on another computer.
    async fn lose_a_computer(&mut self) {
        if self.is_central_away {
            self.world.start().await;
            self.is_central_away = false;
        }
        let store = &self.shops[0];
        sync(store).await;
        let (store_id, copied) = (books::id_of(store).await, self.copied.take().unwrap());
        let new = restored(store, &copied, 1_000 + self.seed).await;
        self.cannot_settle_yet(&new).await;
        self.world.enrol(&new, store_id, true).await;
        sync(&new).await;
        assert_eq!(books::of_store(&new).await, books::at_central(&self.world, store_id).await);
        self.shops[0] = new;
    }

    /// The producer comes before central has told the new computer what the lost one wrote: what the copy holds as open may be settled.
    async fn cannot_settle_yet(&self, new: &TestStore) {
        let before = books::of_store(new).await;
        let note = ask_to_pay(&self.world, new, 0, true).await;
        assert_eq!(note, Note::Settling(Settling::NotCaughtUp { paid_by: PaidBy::Drawer }));
        assert_eq!(books::of_store(new).await, before);
    }

    async fn end(mut self) {
        if self.is_central_away {
            self.world.start().await;
        }
        for _ in 0..2 {
            for shop in 0..2 {
                sync(&self.shops[shop]).await;
                for _ in 0..60 {
                    self.take_in(shop).await;
                }
                sync(&self.shops[shop]).await;
            }
        }
        let db = &self.world.central.db;
        let found = exceptions::list_open(db, 10).await.unwrap();
        assert!(found.is_empty(), "{found:?}");
        let mut open_vnd = 0;
        for shop in &self.shops {
            let store_id = books::id_of(shop).await;
            assert_eq!(books::of_store(shop).await, books::at_central(&self.world, store_id).await);
            shop.check().await;
            let mut reader = shop.app.db().read().acquire().await.unwrap();
            open_vnd += Open::load(&mut reader, self.producer_id).await.unwrap().account.due.vnd();
        }
        // Every piece is somewhere, and nothing is under way any more.
        let lost = "select lot_id from stock group by lot_id having sum(quantity_milli) <> 0";
        assert_eq!(db.all::<(Uuid,)>(Sql::new(lost)).await.unwrap(), []);
        let under_way =
            Sql::new("select cast(coalesce(sum(quantity_milli), 0) as bigint) from stock where location = ");
        assert_eq!(db.one::<(i64,)>(under_way.bind("in_transit")).await.unwrap(), (0,));
        // Every đồng is in a settlement or open; what was paid is not owed.
        let papers = settlements::list(db, self.scope, 500).await.unwrap();
        let settled: i64 = papers.iter().map(|paper| paper.due.vnd()).sum();
        let paid: i64 = papers.iter().map(|paper| paper.paid.vnd()).sum();
        let adjusted: i64 = papers.iter().map(|paper| paper.adjusted.vnd()).sum();
        let owed: i64 = consigned::owed(db, self.scope).await.unwrap().iter().map(|row| row.due.vnd()).sum();
        assert_eq!(settled + open_vnd, owed + paid - adjusted);
        assert!(papers.len() > 1 && settled != 0, "the history settles something: {papers:?}");
        let before = snapshot_digest(db).await.unwrap();
        central::rebuild::rebuild(db).await.unwrap();
        assert_eq!(snapshot_digest(db).await.unwrap(), before);
    }
}
