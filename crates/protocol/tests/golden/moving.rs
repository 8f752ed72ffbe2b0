//! Goods that were packed anew, goods that went to another store, goods that came from one, and a delivery that is not as its note says.

use domain::fact::{Fact, ReceivedLine};
use domain::ids::ProductId;
use domain::repack::{MadeLine, Repacked, UsedLine};
use domain::stock::{Lot, Owner};
use domain::transfer::{ArrivedLine, SentLine};
use domain::{Money, Quantity};
use protocol::payload::{
    ArrivedLot, GoodsIn, GoodsInLine, GoodsInMissing, GoodsInPrivate, ProvisionalProducer,
    ProvisionalProducerPrivate, ProvisionalProduct, ProvisionalProductShared, Repack, RepackGoods,
    RepackPrivate, TransferIn, TransferLot, TransferOut, TransferPrivate, write,
};
use time::macros::date;

use crate::facts::{DAY, id, producer, product};
use crate::journal::{Journal, draft, provisional};

fn lot(number: u8, product_id: ProductId, owner: Owner) -> Lot {
    let is_dated = owner.producer_id().is_some();
    Lot {
        id: id(4, number),
        product_id,
        owner,
        received_on: DAY,
        expires_on: is_dated.then_some(date!(2027 - 05 - 31)),
        code: is_dated.then(|| "L-7".to_owned()),
    }
}

const fn milli(milli: i64) -> Quantity {
    Quantity::from_milli(milli)
}

fn packed_anew(used: (Lot, i64, i64), made: (Lot, i64, i64), loss: i64) -> Repacked {
    let (from, quantity, weight) = used;
    let (product_id, lot_id, owner) = (from.product_id, from.id, from.owner);
    let used = UsedLine::new((product_id, lot_id, owner), milli(quantity), milli(weight));
    let (lot, quantity, weight) = made;
    let made =
        MadeLine { lot, quantity: milli(quantity), weight: milli(weight), covers_unreceived: milli(0) };
    Repacked { used: vec![used], made: vec![made], loss: milli(loss) }
}

/// Packs consigned goods anew, of which some are lost, and the operator's own outside the programme.
pub(crate) fn repack(journal: &mut Journal) {
    let theirs = Owner::Producer(producer(1));
    let consigned = packed_anew(
        (lot(1, product(1), theirs), 4_000, 2_000),
        (lot(30, product(30), theirs), 9_000, 1_800),
        200,
    );
    let own = packed_anew(
        (lot(9, product(9), Owner::Operator), 5_000, 5_000),
        (lot(22, product(21), Owner::Operator), 10_000, 5_000),
        0,
    );
    // A quarter of what is lost is the producer's, the rest the operator's.
    let mut divided = packed_anew(
        (lot(1, product(1), theirs), 2_000, 1_000),
        (lot(35, product(30), theirs), 4_000, 800),
        200,
    );
    (divided.used[0].lost_by_producer, divided.used[0].lost_by_operator) = (milli(100), milli(300));
    divided.used[0].compensation = Money::new(72_675);
    let all = [(1, Some(consigned), None), (2, None, Some(own)), (3, Some(divided), None)];
    for (number, shared, private) in all {
        let goods = |repacked: &Option<Repacked>| repacked.as_ref().map(RepackGoods::from);
        let told = Repack {
            voucher: format!("LS-{}-DG{number:04}", journal.stream.short_code()),
            cashier: id(9, 1),
            approved_by: shared.as_ref().map(|_| id(9, 2)),
            goods: goods(&shared),
        };
        let kept =
            RepackPrivate {
                salt: journal.salt(), reason: "Chia gói nhỏ".to_owned(), goods: goods(&private)
            };
        let facts = [Some(shared.map_or(Fact::Noted, Fact::Repacked)), private.map(Fact::Repacked)];
        journal.append(&draft("repack"), write(&told).unwrap(), write(&kept).unwrap(), facts);
    }
}

/// Sends goods to another store, and counts what came from there: a part of them is missing, of others there are more.
pub(crate) fn transfer(journal: &mut Journal) {
    let theirs = Owner::Producer(producer(1));
    let sent = |lot, quantity| SentLine { lot, quantity: milli(quantity) };
    let lines = vec![sent(lot(1, product(1), theirs), 3_000), sent(lot(30, product(30), theirs), 2_000)];
    let told = TransferOut {
        voucher: format!("LS-{}-CK0001", journal.stream.short_code()),
        to: id(1, 2),
        cashier: id(9, 1),
        approved_by: id(9, 2),
        lines: lines.iter().map(TransferLot::from).collect(),
    };
    let kept = TransferPrivate { salt: journal.salt(), reason: "Bên kia hết hàng".to_owned() };
    let facts = [Some(Fact::Sent { lines }), None];
    journal.append(&draft("transfer_out"), write(&told).unwrap(), write(&kept).unwrap(), facts);

    let line = |lot, (sent, arrived, covers), vnd| ArrivedLine {
        lot,
        sent: milli(sent),
        arrived: milli(arrived),
        covers_unreceived: milli(covers),
        by_producer: Quantity::ZERO,
        compensation: Money::new(vnd),
    };
    let divided = line(lot(34, product(1), theirs), (6_000, 3_000, 0), 242_250);
    let lines = vec![
        line(lot(31, product(1), theirs), (5_000, 4_000, 0), 242_250),
        line(lot(32, product(2), Owner::Operator), (1_000, 1_500, 500), 0),
        line(lot(33, product(30), theirs), (1_000, 0, 0), 0),
        ArrivedLine { by_producer: milli(2_000), ..divided },
    ];
    let told = TransferIn {
        voucher: format!("LS-{}-NK0001", journal.stream.short_code()),
        transfer: "TK-9Z9Z-CK0007".to_owned(),
        from: id(1, 2),
        cashier: id(9, 1),
        approved_by: Some(id(9, 2)),
        lines: lines.iter().map(ArrivedLot::from).collect(),
    };
    let kept = TransferPrivate { salt: journal.salt(), reason: String::new() };
    let facts = [Some(Fact::Arrived { lines }), None];
    journal.append(&draft("transfer_in"), write(&told).unwrap(), write(&kept).unwrap(), facts);
}

/// Adds a farmer whom nobody knew; the store keeps the personal data.
pub(crate) fn farmer(journal: &mut Journal) {
    let told =
        ProvisionalProducer {
            cashier: id(9, 1), producer: id(2, 9), name: "Hộ Phạm Thị Bốn".to_owned()
        };
    let kept = ProvisionalProducerPrivate {
        salt: journal.salt(),
        phone: "0900000009".to_owned(),
        address: "Thôn Đông, xã Bình Châu".to_owned(),
        id_number: "051000000009".to_owned(),
    };
    let facts = [Some(Fact::Noted), None];
    journal.append(&draft("provisional_producer"), write(&told).unwrap(), write(&kept).unwrap(), facts);
}

/// Adds a product that is not sold past its date.
pub(crate) fn food(journal: &mut Journal) {
    let product = ProvisionalProduct { refuse_expired: true, ..provisional(23, Some(producer(2))) };
    let told = ProvisionalProductShared { cashier: id(9, 1), product: Some(product) };
    journal.tell(&draft("provisional_product"), &told, Fact::Noted);
}

/// Takes in a lot that the producer's note does not name. Of other goods on it nothing came, some of them outside the programme.
pub(crate) fn deliver_otherwise(journal: &mut Journal) {
    let lot = lot(36, product(1), Owner::Producer(producer(1)));
    let lines = vec![ReceivedLine { lot, quantity: milli(2_000), covers_unreceived: milli(0) }];
    let theirs = Some(producer(1).uuid());
    let told = GoodsIn {
        delivery: id(11, 2),
        voucher: format!("LS-{}-NH0034", journal.stream.short_code()),
        cashier: id(9, 1),
        lines: lines.iter().map(|line| GoodsInLine { noted: Some(0), ..GoodsInLine::from(line) }).collect(),
        missing: vec![GoodsInMissing { product: product(30).uuid(), producer: theirs, noted: 12_000 }],
    };
    let kept = GoodsInPrivate {
        salt: journal.salt(),
        lines: Vec::new(),
        bought: Vec::new(),
        missing: vec![GoodsInMissing { product: product(21).uuid(), producer: None, noted: 5_000 }],
    };
    let facts = [Some(Fact::Received { lines }), Some(Fact::Received { lines: Vec::new() })];
    journal.append(&draft("goods_in"), write(&told).unwrap(), write(&kept).unwrap(), facts);
}
