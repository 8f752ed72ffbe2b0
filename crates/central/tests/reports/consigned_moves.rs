//! How consigned goods moved in the department's report: what was a mistake, or moved nothing, is no move.

use central::db::Db;
use central::db::users::Role;
use central::web::reports::load::load;
use central::web::reports::report::MovesOfReport;
use domain::Quantity;
use domain::fact::ReceivedLine;
use domain::ids::LotId;
use domain::removal::Cause;
use domain::report_period::{Cutoff, ReportPeriod};
use domain::stock::{Lot, Owner};
use protocol::payload::{self, GoodsIn, GoodsInLine, GoodsOut, GoodsOutLine};
use uuid::Uuid;

use super::scope;
use crate::support::{Till, World};

testkit::on_both_engines!(mistakes_and_what_moves_nothing_are_no_moves);

/// Garlic comes of which some was sold before.
fn receive_covering(till: &mut Till, world: &World, (pieces, covers): (i64, i64)) -> LotId {
    let lot = LotId::from_uuid(Uuid::from_u128(77));
    let received = ReceivedLine {
        lot: Lot {
            id: lot,
            product_id: world.garlic.id,
            owner: Owner::from(Some(world.phu_sinh)),
            received_on: till.day,
            expires_on: None,
            code: None,
        },
        quantity: Quantity::pieces(pieces),
        covers_unreceived: Quantity::pieces(covers),
    };
    let goods_in = GoodsIn {
        delivery: Uuid::from_u128(9),
        voucher: String::new(),
        cashier: Uuid::from_u128(8),
        lines: vec![GoodsInLine::from(&received)],
        missing: Vec::new(),
    };
    till.write("goods_in", None, &payload::write(&goods_in).unwrap());
    lot
}

/// Garlic leaves; `takes_back` is the paper of the delivery that was a mistake.
fn give_back(till: &mut Till, world: &World, (lot, pieces): (LotId, i64), takes_back: Option<&str>) {
    let out = GoodsOut {
        voucher: String::new(),
        cause: Cause::Returned.code().to_owned(),
        cashier: Uuid::from_u128(8),
        approved_by: Some(Uuid::from_u128(8)),
        takes_back: takes_back.map(str::to_owned),
        lines: vec![GoodsOutLine {
            lot: lot.uuid(),
            product: world.garlic.id.uuid(),
            producer: Some(world.phu_sinh.uuid()),
            quantity: pieces * 1_000,
            compensation: 0,
        }],
    };
    till.write("goods_out", None, &payload::write(&out).unwrap());
}

async fn mistakes_and_what_moves_nothing_are_no_moves(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.garlic, 2)]);
    let lot = receive_covering(&mut till, &world, (10, 2));
    give_back(&mut till, &world, (lot, 3), None);
    let mistaken = till.receive(&world.garlic, 5);
    give_back(&mut till, &world, (mistaken, 5), Some("LS-0000-NH9"));
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    let department = scope(&world, Role::Department).await;
    let period = ReportPeriod::from_code("2026-q4").unwrap();
    let now_ms = world.app.clock.now_ms();
    let report = load(&world.app.db, department, period, Cutoff::Calendar, now_ms).await.unwrap();
    let [row] = report.consigned.as_slice() else { panic!("{:?}", report.consigned) };
    let expected = MovesOfReport {
        delivered_count: 1,
        consigned_vnd: 900_000,
        given_back_count: 1,
        wasted_count: 0,
        adjusted_count: 0,
    };
    assert_eq!(row.by_move, Some(expected));
    assert_eq!(
        (row.delivered_milli, row.given_back_milli, row.net_sold_milli, row.adjusted_milli),
        (10_000, 3_000, 2_000, 0)
    );
    world.check_books().await;
}
