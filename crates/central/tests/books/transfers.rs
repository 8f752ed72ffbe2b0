//! Goods between stores, and goods that were packed anew: the same books as in the stores, what is told to whom, and what cannot have
//! happened so.

use axum::body::Body;
use axum::http::Request;
use central::db::engine::Sql;
use central::db::{Db, exceptions, transfers};
use domain::ids::{LotId, StoreId};
use domain::repack::{MadeLine, Repacked, UsedLine};
use domain::stock::{Lot, Owner};
use domain::transfer::{ArrivedLine, SentLine};
use domain::{Money, Quantity};
use protocol::payload::{self, ArrivedLot, Repack, RepackGoods, TransferIn, TransferLot, TransferOut};
use uuid::Uuid;

use crate::support::{Answer, Goods, TODAY, Till, World};

testkit::on_both_engines!(
    what_is_sent_is_under_way_until_the_other_store_has_it,
    what_cannot_have_gone_so_is_an_exception,
    packs_remember_what_they_were_made_of
);

pub(crate) fn lot(goods: &Goods, lot_id: LotId) -> Lot {
    Lot {
        id: lot_id,
        product_id: goods.id,
        owner: Owner::from(goods.terms.map(|terms| terms.producer_id)),
        received_on: TODAY,
        expires_on: None,
        code: Some("L-1".to_owned()),
    }
}

/// Sends lots to a store; returns the number on their paper.
pub(crate) fn send(till: &mut Till, to: StoreId, lots: &[(Lot, i64)]) -> String {
    let voucher = format!("LS-{}-CK{}", till.stream.short_code(), till.head.seq + 1);
    let line = |(lot, pieces): &(Lot, i64)| {
        TransferLot::from(&SentLine { lot: lot.clone(), quantity: Quantity::pieces(*pieces) })
    };
    let out = TransferOut {
        voucher: voucher.clone(),
        to: to.uuid(),
        cashier: Uuid::from_u128(8),
        approved_by: Uuid::from_u128(9),
        lines: lots.iter().map(line).collect(),
    };
    till.write("transfer_out", None, &payload::write(&out).unwrap());
    voucher
}

/// Takes in lots: how many were sent, came, and what is owed for the missing ones.
pub(crate) fn take_in(till: &mut Till, from: StoreId, number: &str, lots: &[(Lot, i64, i64, i64)]) {
    let line = |(lot, sent, arrived, vnd): &(Lot, i64, i64, i64)| {
        ArrivedLot::from(&ArrivedLine {
            lot: lot.clone(),
            sent: Quantity::pieces(*sent),
            arrived: Quantity::pieces(*arrived),
            covers_unreceived: Quantity::ZERO,
            by_producer: Quantity::ZERO,
            compensation: Money::new(*vnd),
        })
    };
    let told = TransferIn {
        voucher: format!("QN-{}-NK{}", till.stream.short_code(), till.head.seq + 1),
        transfer: number.to_owned(),
        from: from.uuid(),
        cashier: Uuid::from_u128(8),
        approved_by: None,
        lines: lots.iter().map(line).collect(),
    };
    till.write("transfer_in", None, &payload::write(&told).unwrap());
}

fn packed(goods: &Goods, from: LotId, pieces: i64, into: (&Goods, LotId, i64)) -> Repacked {
    let owner = lot(goods, from).owner;
    let used = UsedLine::new((goods.id, from, owner), Quantity::pieces(pieces), Quantity::pieces(pieces));
    let (other, lot_id, packs) = into;
    let made = MadeLine {
        lot: lot(other, lot_id),
        quantity: Quantity::pieces(packs),
        weight: Quantity::pieces(pieces),
        covers_unreceived: Quantity::ZERO,
    };
    Repacked { used: vec![used], made: vec![made], loss: Quantity::ZERO }
}

pub(crate) fn repack(till: &mut Till, goods: &Repacked, producer: Option<Uuid>) {
    let told = Repack {
        voucher: format!("LS-{}-DG{}", till.stream.short_code(), till.head.seq + 1),
        cashier: Uuid::from_u128(8),
        approved_by: None,
        goods: Some(RepackGoods { producer, ..RepackGoods::from(goods) }),
    };
    till.write("repack", None, &payload::write(&told).unwrap());
}

async fn at(world: &World, location: &str) -> i64 {
    let sql =
        Sql::new("select cast(coalesce(sum(quantity_milli), 0) as bigint) from stock where location = ");
    let (milli,): (i64,) = world.app.db.one(sql.bind(location)).await.unwrap();
    milli / 1_000
}

/// What the producer sees of goods between stores, by the reading key.
async fn seen_under_way(world: &World, root: &str) -> serde_json::Value {
    let request = Request::get(format!("{root}/consigned")).header("host", "127.0.0.1:8080");
    let request = request.header("accept", "application/json").body(Body::empty()).unwrap();
    let answer = Answer::of(&world.router, request).await;
    serde_json::from_slice::<serde_json::Value>(&answer.body).unwrap()["under_way"].clone()
}

async fn what_is_sent_is_under_way_until_the_other_store_has_it(db: Db) {
    let world = World::new(db).await;
    let (mut till, mut other) = (world.till().await, world.other_till().await);
    let garlic = &world.garlic;
    let theirs = lot(garlic, till.receive(garlic, 10));
    let number = send(&mut till, world.other_store, &[(theirs.clone(), 6)]);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    assert_eq!((at(&world, "shelf").await, at(&world, "in_transit").await), (4, 6));
    let key = central::reading::make_key(&world.app, "test", world.phu_sinh).await.unwrap();
    let root = format!("/p/{}", key.rsplit('/').next().unwrap());
    let seen = seen_under_way(&world, &root).await;
    assert_eq!((seen.as_array().unwrap().len(), &seen[0]["quantity_milli"]), (1, &6_000.into()), "{seen}");
    let arriving = transfers::arriving(&world.app.db, world.other_store).await.unwrap();
    assert_eq!(arriving.len(), 1);
    assert!(arriving[0].shared.contains(&number), "{arriving:?}");
    assert_eq!(transfers::arriving(&world.app.db, world.store).await.unwrap(), []);
    // Five of six come; the sixth is owed for.
    take_in(&mut other, world.store, &number, &[(theirs, 6, 5, 405_000)]);
    assert_eq!(other.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    assert_eq!(
        (at(&world, "shelf").await, at(&world, "in_transit").await, at(&world, "waste").await),
        (9, 0, 1)
    );
    assert_eq!((world.balance("losses").await, world.balance("producer_due").await), (405_000, -405_000));
    assert_eq!(seen_under_way(&world, &root).await, serde_json::json!([]));
    assert_eq!(transfers::arriving(&world.app.db, world.other_store).await.unwrap(), []);
    let taken = transfers::taken(&world.app.db, world.store).await.unwrap();
    assert_eq!(taken.len(), 1);
    assert_eq!(
        (&taken[0].number, taken[0].by, taken[0].complete),
        (&number, world.other_store.uuid(), false)
    );
    world.check_books().await;
}

/// Other operators' stores, other goods' lots, producers that nobody knows, quantities that cannot be.
async fn what_cannot_have_gone_so_is_an_exception(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let (garlic, basket) = (&world.garlic, &world.basket);
    let (theirs, own) = (till.receive(garlic, 10), till.receive(basket, 10));
    let first_seq = till.head.seq + 1;
    let stranger = StoreId::from_uuid(Uuid::from_u128(77));
    send(&mut till, stranger, &[(lot(garlic, theirs), 1)]);
    send(&mut till, world.store, &[(lot(garlic, theirs), 1)]);
    send(&mut till, world.other_store, &[]);
    send(&mut till, world.other_store, &[(lot(garlic, own), 1)]);
    send(&mut till, world.other_store, &[(lot(garlic, theirs), 0)]);
    let nobody = Owner::Producer(Uuid::from_u128(78).into());
    let unknown = Lot { owner: nobody, id: LotId::from_uuid(Uuid::from_u128(79)), ..lot(garlic, theirs) };
    send(&mut till, world.other_store, &[(unknown, 1)]);
    take_in(&mut till, stranger, "QN-1", &[(lot(garlic, theirs), 1, 1, 0)]);
    take_in(&mut till, world.other_store, "QN-1", &[(lot(basket, theirs), 1, 1, 0)]);
    take_in(&mut till, world.other_store, "QN-1", &[(lot(garlic, theirs), 1, 1, 5)]);
    take_in(&mut till, world.other_store, "QN-1", &[(lot(basket, own), 2, 1, 5)]);
    let other_lot = LotId::from_uuid(Uuid::from_u128(80));
    let heavier = Repacked { loss: Quantity::pieces(1), ..packed(garlic, theirs, 2, (garlic, other_lot, 2)) };
    repack(&mut till, &heavier, Some(world.phu_sinh.uuid()));
    repack(&mut till, &packed(garlic, theirs, 2, (garlic, theirs, 2)), Some(world.phu_sinh.uuid()));
    repack(&mut till, &packed(garlic, theirs, 2, (garlic, other_lot, 2)), None);
    let last_seq = till.head.seq;
    let exceptions = till.push_from(&world, 1).await.ack().exceptions;
    assert_eq!(exceptions, (first_seq..=last_seq).collect::<Vec<_>>());
    let listed = exceptions::list_open(&world.app.db, 100).await.unwrap();
    let of = |reason: &str| listed.iter().filter(|listed| listed.reason == reason).count();
    assert_eq!((of("value"), of("lot"), of("contradiction")), (5, 3, 5), "{listed:#?}");
    assert_eq!((at(&world, "shelf").await, at(&world, "in_transit").await), (20, 0));
    assert_eq!(transfers::arriving(&world.app.db, world.other_store).await.unwrap(), []);
    world.check_books().await;
}

async fn packs_remember_what_they_were_made_of(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let (salt, new_lot) = (&world.salt, LotId::from_uuid(Uuid::from_u128(81)));
    let theirs = till.receive(salt, 10);
    repack(&mut till, &packed(salt, theirs, 4, (salt, new_lot, 8)), Some(world.sa_huynh.uuid()));
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    assert_eq!(at(&world, "shelf").await, 6 + 8);
    let sql = Sql::new("select lot_id, ancestor_id from lot_ancestors");
    let rows: Vec<(Uuid, Uuid)> = world.app.db.all(sql).await.unwrap();
    assert_eq!(rows, [(new_lot.uuid(), theirs.uuid())]);
    world.check_books().await;
}
