//! A season of one producer in two stores of a co-operative: deliveries, sales, refunds before and after a settlement, a loss on the
//! way between the stores, packing anew with loss, another commission from the second day, a count, two settlements of each store at
//! the counter without a network, a dispute. Every figure was computed by hand and stands in a table here.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a story that stumbles has failed")]

use std::collections::BTreeMap;

use central::admin::NewTerms;
use central::db::engine::Sql;
use central::db::settlement_answers::{self, Answer, Answered};
use central::db::settlements::{self, Paper};
use central::db::users::{self, ProducerScope, Role, Scope};
use central::db::{Db, consigned, exceptions, transfers};
use domain::consignment::{Basis, Bearer};
use domain::contract::Clauses;
use domain::ids::{ProducerId, ProductId, SaleId};
use domain::stock::Location;
use domain::tender::TenderKind;
use domain::{Money, Rate};
use pos::counter::note::Delivering;
use pos::counter::refund::{self, Asked};
use pos::counter::{Note, Request, shift};
use protocol::payload::SettlementRow;
use stories::books;
use stories::garlic::{Goods, PACK, boxes, deliver};
use stories::goods::{count, give_back, repack, send, take_in, under_way, word};
use stories::settling::{pay, producer};
use testkit::store::TestStore;
use testkit::world::{FISH_SAUCE, GARLIC, World, sync};
use time::OffsetDateTime;
use uuid::Uuid;

testkit::on_both_engines!(every_balance_of_a_season_is_what_was_computed_by_hand);

const DAY_MS: i64 = 86_400_000;

/// What the producer is owed for a box of 280.000 ₫ and a pack of 85.000 ₫: at 12 % commission with 8 % VAT on it, then at 15 %.
const BOX: [i64; 2] = [280_000 - 33_600 - 2_688, 280_000 - 42_000 - 3_360];
const PACK_DUE: [i64; 2] = [85_000 - 10_200 - 816, 85_000 - 12_750 - 1_020];

/// Two stores, the producer's goods, and what central shows the producer.
struct Season {
    world: World,
    shops: [TestStore; 2],
    goods: Goods,
    producer_id: ProducerId,
    scope: ProducerScope,
    department: Scope,
}

async fn begin(db: Db) -> Season {
    let world = World::over(db).await;
    let producer_id = producer(&world).await;
    let (sack, packs) = Goods::add(&world, producer_id).await;
    let role = Role::Producer(producer_id);
    world.admin().add_user("toi-den", "Võ Thị Kim Ngân", role, "hành tím mồ côi").await.unwrap();
    let Scope::Producer(scope) = scope_of(&world, "toi-den").await else { panic!("no producer") };
    world
        .admin()
        .add_user("so-cong-thuong", "Phạm Thị Sở", Role::Department, "hành tím mồ côi")
        .await
        .unwrap();
    let department = scope_of(&world, "so-cong-thuong").await;
    let shops = [world.open_store("LS").await, world.open_store("TK").await];
    let boxes = boxes(&shops[0]).await;
    // Each is told of the other.
    for shop in &shops {
        sync(shop).await;
    }
    Season { world, shops, goods: Goods { boxes, sack, packs }, producer_id, scope, department }
}

/// Returns what a login may see.
async fn scope_of(world: &World, login: &str) -> Scope {
    users::find_by_login(&world.central.db, login, world.central.clock.now_ms())
        .await
        .unwrap()
        .unwrap()
        .scope()
}

impl Season {
    async fn deliver(&self, shop: usize, product_id: ProductId, pieces: i64) {
        deliver(&self.shops[shop], self.producer_id, product_id, pieces).await;
    }

    /// Sells so many, one by one; returns the last sale.
    async fn sell(&self, shop: usize, code: &str, pieces: usize) -> Uuid {
        let mut last = Uuid::nil();
        for _ in 0..pieces {
            last = self.shops[shop].sell(code).await;
        }
        last
    }

    /// A buyer brings back all of a sale.
    async fn refund(&self, shop: usize, sale_id: Uuid) {
        let store = &self.shops[shop];
        let asked = Asked {
            is_late_allowed: true,
            rows: Vec::new(),
            back_to: Location::Shelf,
            reason: "Hộp móp".to_owned(),
            kind: TenderKind::Cash,
            word: word(store).await,
        };
        let request = Request { op_id: store.op(), sale_id: SaleId::from_uuid(sale_id) };
        let state = refund::refund(&store.app, &store.seat, &request, &asked).await.unwrap();
        assert!(matches!(state.note, Note::Refunded { .. }), "{:?}", state.note);
    }

    /// The night between two days, in which the department gives the producer other terms.
    async fn night(&self) {
        for clock in [&self.world.clock, &self.shops[0].clock, &self.shops[1].clock] {
            clock.advance(DAY_MS);
        }
        // Vietnam's clocks are seven hours ahead.
        let seconds = self.shops[0].app.clock().now_ms() / 1_000 + 7 * 3_600;
        let today = OffsetDateTime::from_unix_timestamp(seconds).unwrap().date();
        let terms = NewTerms {
            operator_id: self.world.operator(),
            producer_id: self.producer_id,
            product_id: None,
            commission: Rate::percent(15),
            basis: Basis::Gross,
            discount_bearer: Bearer::Store,
            valid_from: today,
            clauses: Clauses::default(),
        };
        self.world.admin().add_terms(&terms).await.unwrap();
        for shop in &self.shops {
            let counted = Money::new(shop.drawer().await);
            shift::close(&shop.app, &shop.seat, &shop.op(), counted).await.unwrap();
            sync(shop).await;
            shop.open_shift().await;
        }
    }

    /// Returns the settlements that central shows the producer, the first first, with their rows.
    async fn settlements(&self) -> Vec<(Paper, BTreeMap<ProductId, SettlementRow>)> {
        let db = &self.world.central.db;
        let mut papers = settlements::list(db, self.scope, 20).await.unwrap();
        papers.retain(|paper| paper.is_settlement);
        papers.reverse();
        let mut all = Vec::new();
        for paper in papers {
            let mut tx = db.begin_reading().await.unwrap();
            let told = settlements::find_told_in(&mut tx, paper.id).await.unwrap().unwrap();
            all.push((paper, told.rows.into_iter().map(|row| (row.product.into(), row)).collect()));
        }
        all
    }

    async fn owed(&self) -> i64 {
        let owed = consigned::owed(&self.world.central.db, self.scope).await.unwrap();
        owed.iter().map(|row| row.due.vnd()).sum()
    }

    /// Store and central have the same books, and nothing is in suspense.
    async fn agree(&self) {
        let found = exceptions::list_open(&self.world.central.db, 10).await.unwrap();
        assert!(found.is_empty(), "{found:?}");
        for shop in &self.shops {
            sync(shop).await;
            let store_id = books::id_of(shop).await;
            assert_eq!(books::of_store(shop).await, books::at_central(&self.world, store_id).await);
            shop.check().await;
        }
    }

    /// Thousandths of all goods at a location, over both stores.
    async fn at_central(&self, location: &str) -> i64 {
        let sql =
            Sql::new("select cast(coalesce(sum(quantity_milli), 0) as bigint) from stock where location = ")
                .bind(location);
        let (milli,): (i64,) = self.world.central.db.one(sql).await.unwrap();
        milli
    }

    async fn first_day(&mut self) -> Uuid {
        let Goods { boxes, sack, packs } = self.goods;
        self.deliver(0, boxes, 14).await;
        self.deliver(0, sack, 10).await;
        let kept = self.sell(0, GARLIC, 4).await;
        let back = self.sell(0, GARLIC, 1).await;
        self.refund(0, back).await;
        let packed = repack(&self.shops[0], (sack, 10), (packs, 19, 500)).await;
        assert!(matches!(packed.note, Note::Delivering(Delivering::Repacked { .. })), "{:?}", packed.note);
        self.sell(0, PACK, 3).await;
        let number = send(&self.shops[0], &self.shops[1], &[(boxes, 6_000), (packs, 5_000)]).await;
        sync(&self.shops[0]).await;
        assert_eq!(self.at_central("in_transit").await, 11_000);
        let open = transfers::list_open(&self.world.central.db, self.department, None).await.unwrap();
        assert_eq!(open.iter().map(|row| row.state.as_str()).collect::<Vec<_>>(), ["under_way"]);
        sync(&self.shops[1]).await;
        let taken = take_in(&self.shops[1], &number, &[(boxes, 5_000)]).await;
        assert!(
            matches!(taken.note, Note::Delivering(Delivering::TakenIn { lots: 2, .. })),
            "{:?}",
            taken.note
        );
        // Nobody takes it in a second time, here or there.
        for shop in self.shops.iter().rev() {
            sync(shop).await;
            let again = take_in(shop, &number, &[]).await;
            assert_eq!(again.note, Note::Delivering(Delivering::NoSuchTransfer));
        }
        assert_eq!((self.at_central("in_transit").await, under_way(&self.shops[0]).await), (0, 0));
        self.sell(1, GARLIC, 2).await;
        self.sell(1, PACK, 2).await;
        // The network is gone when the producer comes; the first store pays all, the second a part.
        self.world.stop().await;
        pay(&self.world, &self.shops[0], 4 * BOX[0] + 3 * PACK_DUE[0], true).await;
        pay(&self.world, &self.shops[1], 500_000, true).await;
        self.world.start().await;
        kept
    }

    async fn second_day(&mut self, sold_before: Uuid) {
        let Goods { boxes, packs, .. } = self.goods;
        self.refund(0, sold_before).await;
        self.sell(0, GARLIC, 2).await;
        self.sell(0, PACK, 4).await;
        give_back(&self.shops[0], boxes, 3).await;
        self.sell(1, GARLIC, 1).await;
        // So that the drawer has enough.
        self.sell(1, FISH_SAUCE, 1).await;
        count(&self.shops[1], &[(boxes, 11_000), (packs, 3_000)]).await;
        self.world.stop().await;
        pay(&self.world, &self.shops[0], BOX[1] * 2 - BOX[0] + 4 * PACK_DUE[1], true).await;
        pay(&self.world, &self.shops[1], 379_104 + 2 * BOX[1], true).await;
        self.world.start().await;
    }
}

/// What one product of a settlement must say: its pieces and what is due.
type Row = (ProductId, Pieces, i64);
/// Pieces of a row: opening, received, sold, refunded, returned, lost at the store's cost, counted, transferred, repacked, closing.
type Pieces = [i64; 10];

fn pieces(row: &SettlementRow) -> Pieces {
    assert_eq!(row.lost_by_producer, 0);
    let milli = [
        row.opening,
        row.received,
        row.sold,
        row.refunded,
        row.returned,
        row.lost_by_operator,
        row.counted,
        row.transferred,
        row.repacked,
        row.closing,
    ];
    milli.map(|milli| milli / 1_000)
}

async fn every_balance_of_a_season_is_what_was_computed_by_hand(db: Db) {
    let mut season = begin(db).await;
    let sold = season.first_day().await;
    season.agree().await;
    season.night().await;
    season.second_day(sold).await;
    season.agree().await;
    let Goods { boxes, sack, packs } = season.goods;

    // Store, day: product, pieces, due.
    let table: [(&str, i64, i64, &[Row]); 4] = [
        (
            "LS",
            0,
            1_196_800,
            &[
                (boxes, [0, 24, 5, 1, 0, 0, 0, -6, 0, 14], 974_848),
                (sack, [0, 10, 0, 0, 0, 0, 0, 0, -10, 0], 0),
                (packs, [0, 0, 3, 0, 0, 0, 0, -5, 19, 11], 221_952),
            ],
        ),
        (
            "TK",
            0,
            879_104,
            &[
                (boxes, [0, 10, 2, 0, 0, 1, 0, 6, 0, 13], 731_136),
                (packs, [0, 0, 2, 0, 0, 0, 0, 5, 0, 3], 147_968),
            ],
        ),
        (
            "LS",
            0,
            510_488,
            &[
                (boxes, [14, 0, 2, 1, 3, 0, 0, 0, 0, 10], 225_568),
                (packs, [11, 0, 4, 0, 0, 0, 0, 0, 0, 7], 284_920),
            ],
        ),
        (
            "TK",
            379_104,
            469_280,
            &[
                (boxes, [13, 0, 1, 0, 0, 0, -1, 0, 0, 11], 469_280),
                (packs, [3, 0, 0, 0, 0, 0, 0, 0, 0, 3], 0),
            ],
        ),
    ];
    let shown = season.settlements().await;
    assert_eq!(shown.len(), table.len());
    for (code, carried, due, rows) in table {
        let found = shown.iter().find(|(paper, _)| paper.number.starts_with(code) && paper.due.vnd() == due);
        let (paper, found) = found.unwrap_or_else(|| panic!("{code} {due}: {shown:#?}"));
        assert_eq!((paper.carried.vnd(), found.len()), (carried, rows.len()), "{code} {due}");
        for (product_id, expected, due) in rows {
            let row = &found[product_id];
            assert_eq!((pieces(row), row.due), (*expected, *due), "{code} {product_id}");
        }
    }
    // All that was settled is all that was paid, and nothing is owed any more.
    let settled: i64 = shown.iter().map(|(paper, _)| paper.due.vnd()).sum();
    assert_eq!((settled, season.owed().await), (3_055_672, 0));
    let paid: i64 = shown.iter().map(|(paper, _)| paper.paid.vnd()).sum();
    assert_eq!(paid, settled);
    // What the shelves have is what the last settlements close with.
    assert_eq!(
        season.at_central("shelf").await,
        (10 + 7 + 11 + 3 + 10 + 9) * 1_000,
        "with the stores' own fish sauce"
    );

    season.dispute(&shown[1].0, boxes).await;
    assert_eq!(season.settlements().await.len(), 4, "a dispute changes no settlement");
    central::verify::verify(&season.world.central.db).await.unwrap();
}

impl Season {
    /// The producer disputes the boxes of a settlement; the department sees it.
    async fn dispute(&self, paper: &Paper, product_id: ProductId) {
        let db = &self.world.central.db;
        let answered = Answered {
            product_id: Some(product_id),
            answer: Answer::Disputed,
            words: "Hộp thiếu trên đường không phải do tôi".to_owned(),
            claim: None,
            op_id: Uuid::from_u128(5),
            answered_by: "toi-den".to_owned(),
            answered_at_ms: self.world.central.clock.now_ms(),
        };
        let mut tx = db.begin().await.unwrap();
        settlement_answers::insert(&mut tx, paper.id, self.producer_id, &answered).await.unwrap();
        tx.commit().await.unwrap();
        let disputes = settlement_answers::list_disputes(db, 0, 10).await.unwrap();
        assert_eq!(disputes.len(), 1);
        assert_eq!((&disputes[0].number, &disputes[0].words), (&paper.number, &answered.words));
    }
}
