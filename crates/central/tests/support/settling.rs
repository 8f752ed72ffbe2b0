//! Settlements as a store makes them that knows some journals, added up from those alone.

use std::collections::BTreeMap;

use central::db::joint_settlements::list_owing_in;
use central::db::users::{self, OperatorScope, Role, Scope};
use central::joint_settling::{Wanted, next_in, settle};
use domain::Money;
use domain::ids::ProducerId;
use domain::settlement::{MoveSum, statement};
use domain::stock_move::moves;
use protocol::payload::sale::SaleTender;
use protocol::payload::{
    self, EntryPlace, Payload, ProducerAdjusted, ProducerPaid, SettledUntil, Settlement, SettlementRow,
};
use protocol::{Entry, Kind};
use uuid::Uuid;

use super::{Till, World};

/// Returns what tills of one store settle with a producer now, paying so much in cash; the first of them writes it.
pub(crate) fn settlement(producer: ProducerId, tills: &[&Till], paid_vnd: i64) -> Settlement {
    let told = || tills.iter().flat_map(|till| till.journal.iter().map(|entry| (till.stream, entry)));
    let (mut settled, mut paid_before) = (BTreeMap::new(), 0);
    for (stream, entry) in told() {
        let tenders = match read(entry) {
            Some(Payload::Settlement(told)) if told.producer == producer.uuid() => {
                for (incarnation, seq) in told.reach(stream.store_id).into_iter().flatten() {
                    let at = settled.entry(incarnation).or_insert(seq);
                    *at = seq.max(*at);
                }
                told.tenders
            }
            Some(Payload::ProducerPaid(told)) if told.producer == producer.uuid() => told.tenders,
            Some(Payload::ProducerAdjusted(told)) if told.producer == producer.uuid() => {
                paid_before -= told.amount;
                continue;
            }
            _ => continue,
        };
        paid_before += tenders.iter().map(|tender| tender.amount).sum::<i64>();
    }
    let mut sums = Vec::new();
    for (stream, entry) in told() {
        let fact = read(entry).map(|payload| payload.fact(entry.envelope.business_date).unwrap());
        let moved = fact.map_or_else(Vec::new, |fact| moves(&fact, stream.store_id).unwrap());
        let is_settled = settled.get(&stream.incarnation).is_some_and(|seq| entry.envelope.seq <= *seq);
        let theirs = moved.into_iter().filter(|moved| moved.owner.producer_id() == Some(producer));
        sums.extend(theirs.map(|moved| MoveSum {
            product_id: moved.product_id,
            cause: moved.cause,
            is_settled,
            quantity: moved.quantity,
            worth: moved.worth,
        }));
    }
    let (rows, due) = statement(&sums).unwrap();
    let carried: i64 = sums.iter().filter(|sum| sum.is_settled).map(|sum| sum.worth.due.vnd()).sum();
    Settlement {
        voucher: format!("LS-{}-QT{}", tills[0].stream.short_code(), tills[0].head.seq + 1),
        producer: producer.uuid(),
        shift: Uuid::from_u128(6),
        cashier: Uuid::from_u128(8),
        approved_by: Some(Uuid::from_u128(9)),
        counter: "1".to_owned(),
        until: tills
            .iter()
            .map(|till| SettledUntil { stream: till.stream.to_string(), seq: till.head.seq })
            .collect(),
        rows: rows.iter().map(|(product_id, row)| SettlementRow::of(*product_id, row)).collect(),
        carried: carried - paid_before,
        due: due.vnd(),
        tenders: cash(paid_vnd),
        joint_part: None,
    }
}

/// Returns what owes a producer so much more beside a settlement, or a payment, in the journal of a till.
pub(crate) fn adjustment(producer: ProducerId, till: &Till, corrects: i64, vnd: i64) -> ProducerAdjusted {
    ProducerAdjusted {
        voucher: format!("LS-{}-DN{}", till.stream.short_code(), till.head.seq + 1),
        producer: producer.uuid(),
        shift: Uuid::from_u128(6),
        cashier: Uuid::from_u128(8),
        approved_by: Uuid::from_u128(9),
        counter: "1".to_owned(),
        corrects: EntryPlace { stream: till.stream.to_string(), seq: corrects },
        amount: vnd,
        reason: "Hoa hồng 10 %, không phải 12 %".to_owned(),
        tenders: Vec::new(),
    }
}

/// Returns what takes so much of a payment back that came by these means.
pub(crate) fn taking_back(
    producer: ProducerId,
    till: &Till,
    corrects: i64,
    (vnd, kind): (i64, &str),
) -> ProducerAdjusted {
    let tenders = vec![SaleTender { kind: kind.to_owned(), amount: vnd }];
    ProducerAdjusted { tenders, ..adjustment(producer, till, corrects, vnd) }
}

/// Returns the last entry of a kind in a till's journal that is about a producer.
pub(crate) fn last_of(till: &Till, kind: &str, producer: ProducerId) -> Option<i64> {
    let id = producer.to_string();
    let is_it = |entry: &&Entry| entry.envelope.kind == kind && entry.shared.contains(&id);
    till.journal.iter().rfind(is_it).map(|entry| entry.envelope.seq)
}

/// Returns what the first operator may see, in the name of a login that is added the first time.
pub(crate) async fn office(world: &World) -> OperatorScope {
    let find = async || users::find_by_login(&world.app.db, "co-so", world.app.clock.now_ms()).await.unwrap();
    if find().await.is_none() {
        let role = Role::Operator(world.operator);
        world.admin.add_user("co-so", "Kế toán", role, "hành tím mồ côi").await.unwrap();
    }
    let Scope::Operator(scope) = find().await.unwrap().scope() else { panic!("an operator") };
    scope
}

/// Settles with Phú Sinh for all stores of the first operator, and says that so much was sent.
pub(crate) async fn joint(world: &World, vnd: i64) -> Uuid {
    let scope = office(world).await;
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let stores = list_owing_in(&mut tx, scope, world.phu_sinh).await.unwrap();
    let id = next_in(&mut tx, scope, world.phu_sinh).await.unwrap();
    drop(tx);
    let shown = Money::sum(stores.iter().map(|store| store.left())).unwrap();
    let (producer_id, amount, paid_on) = (world.phu_sinh, Money::new(vnd), super::TODAY);
    settle(&world.app, (scope, "co-so"), &Wanted { id, producer_id, shown, amount, paid_on }).await.unwrap()
}

/// Lets a till record a part of what was settled with Phú Sinh, as it hears of it, and tells central.
pub(crate) async fn record(world: &World, till: &mut Till, (part, vnd): (Uuid, i64)) {
    let told = settlement(world.phu_sinh, &[till], vnd);
    let sent = |tender: &SaleTender| SaleTender { kind: "vietqr".to_owned(), ..tender.clone() };
    let tenders = told.tenders.iter().map(sent).collect();
    let joint_part = Some(part);
    till.settle(&Settlement { joint_part, tenders, cashier: Uuid::nil(), approved_by: None, ..told });
    till.push_from(world, till.head.seq).await.ack();
}

/// A computer settles and writes one thing more; the next one settles twice, each time after a sale. Returns where both settlements stand.
pub(crate) async fn settle_twice_after(world: &World, last: impl FnOnce(&mut Till)) -> [String; 2] {
    let (mut former, mut till) = (world.till().await, world.till().await);
    former.sell(&[(&world.garlic, 2)]);
    let first = settlement(world.phu_sinh, &[&former], 0);
    former.settle(&first);
    last(&mut former);
    let pages = [(); 2].map(|()| {
        till.sell(&[(&world.garlic, 1)]);
        let told = settlement(world.phu_sinh, &[&till, &former], 0);
        till.settle(&told);
        format!("/me/settlements/{}/{}", till.stream, till.head.seq)
    });
    for till in [&former, &till] {
        assert_eq!(till.push_from(world, 1).await.ack().exceptions, Vec::<i64>::new());
    }
    pages
}

fn read(entry: &Entry) -> Option<Payload> {
    Payload::read(&Kind::from(entry.envelope.kind.as_str()), entry.envelope.schema, &entry.shared).ok()
}

fn cash(vnd: i64) -> Vec<SaleTender> {
    if vnd == 0 { Vec::new() } else { vec![SaleTender { kind: "cash".to_owned(), amount: vnd }] }
}

impl Till {
    /// Writes a settlement.
    pub(crate) fn settle(&mut self, settlement: &Settlement) -> Entry {
        self.write("settlement", None, &payload::write(settlement).unwrap())
    }

    /// Writes what puts a settlement or a payment right.
    pub(crate) fn adjust(&mut self, told: &ProducerAdjusted) -> Entry {
        self.write("producer_adjusted", None, &payload::write(told).unwrap())
    }

    /// Pays a producer in cash without a settlement.
    pub(crate) fn pay_producer(&mut self, producer: ProducerId, vnd: i64) -> Entry {
        let paid = ProducerPaid {
            voucher: format!("LS-{}-TT{}", self.stream.short_code(), self.head.seq + 1),
            producer: producer.uuid(),
            shift: Uuid::from_u128(6),
            cashier: Uuid::from_u128(8),
            approved_by: None,
            counter: "1".to_owned(),
            tenders: cash(vnd),
            joint_part: None,
        };
        self.write("producer_paid", None, &payload::write(&paid).unwrap())
    }
}
