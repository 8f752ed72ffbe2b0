//! Exchanges, and goods that are ordered and paid in part: the same accounts as in the store, and sales counted once they are
//! sales.

use central::db::{Db, exceptions};
use domain::Money;
use domain::fact;
use domain::ids::SaleId;
use domain::sale::SaleLine;
use domain::tender::{Tender, TenderKind};
use protocol::payload::sale::SaleTender;
use protocol::payload::{self, DepositReturned, DepositTaken, Sale};
use time::macros::date;
use uuid::Uuid;

use crate::support::back::back;
use crate::support::{Till, World};

testkit::on_both_engines!(
    an_exchange_leaves_nothing_between_its_halves,
    a_deposit_counts_as_sold_when_the_goods_are_handed_over,
    a_deposit_that_goes_back_is_no_sale,
    what_cannot_pay_a_deposit_goes_to_suspense
);

async fn check(world: &World) {
    world.check_books().await;
    assert_eq!(world.number("select cast(coalesce(sum(amount_vnd), 0) as bigint) from balances").await, 0);
}

fn tender(kind: TenderKind, vnd: i64) -> Tender {
    Tender { kind, amount: Money::new(vnd) }
}

/// A sale of lines that is paid so.
fn paid_by(till: &Till, lines: &[SaleLine], kept: Vec<Tender>) -> Sale {
    let mut sale = till.sale_of(lines.to_vec());
    let (sold, _) = fact::sold(lines.to_vec(), kept, Money::ZERO).unwrap();
    sale.set_sold(&sold);
    sale
}

fn take(till: &mut Till, sale_id: SaleId, kind: TenderKind, vnd: i64) {
    let taken = DepositTaken {
        voucher: "LS-0000-DC0001".to_owned(),
        shift: Uuid::from_u128(6),
        cashier: Uuid::from_u128(8),
        counter: "1".to_owned(),
        due: date!(2026 - 12 - 24),
        total: 450_000,
        tenders: vec![SaleTender::from(&tender(kind, vnd))],
    };
    till.write("deposit_taken", Some(sale_id.uuid()), &payload::write(&taken).unwrap());
}

async fn an_exchange_leaves_nothing_between_its_halves(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let (old, new) = ([till.line(&world.garlic, 1, None)], [till.line(&world.garlic, 2, None)]);
    let worth = old[0].total().unwrap().vnd();
    let sold = till.sell_lines(&old);
    let mut refund = till.refund_of(vec![back(0, &old[0], 0, 1)]);
    refund.tenders = vec![SaleTender::from(&tender(TenderKind::Exchange, worth))];
    till.write_refund("refund", Some(sold), &refund);
    let kept = vec![tender(TenderKind::Exchange, worth), tender(TenderKind::Cash, worth)];
    let sale = paid_by(&till, &new, kept);
    till.write_sale(SaleId::from_uuid(Uuid::from_u128(77)), &sale);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    assert_eq!((world.balance("exchange").await, world.balance("cash").await), (0, 2 * worth));
    let revenue = "select cast(sum(revenue_vnd) as bigint) from sales_daily";
    assert_eq!(world.number(revenue).await, 2 * worth, "sold minus what came back");
    check(&world).await;
}

async fn a_deposit_counts_as_sold_when_the_goods_are_handed_over(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let sale_id = SaleId::from_uuid(Uuid::from_u128(77));
    take(&mut till, sale_id, TenderKind::VietQr, 100_000);
    till.push_from(&world, 1).await.ack();
    assert_eq!((world.balance("bank").await, world.balance("deposits").await), (100_000, -100_000));
    assert_eq!(world.number("select count(*) from sales_daily").await, 0, "nothing is sold yet");
    assert_eq!(world.number("select count(*) from receipts_daily").await, 0);
    let line = [till.line(&world.garlic, 1, None)];
    let rest = line[0].total().unwrap().vnd() - 100_000;
    let kept = vec![tender(TenderKind::Deposit, 100_000), tender(TenderKind::Cash, rest)];
    let sale = paid_by(&till, &line, kept);
    let seq = till.write_sale(sale_id, &sale).envelope.seq;
    assert_eq!(till.push_from(&world, seq).await.ack().exceptions, Vec::<i64>::new());
    assert_eq!((world.balance("deposits").await, world.balance("cash").await), (0, rest));
    let revenue = "select cast(sum(revenue_vnd) as bigint) from sales_daily";
    assert_eq!(world.number(revenue).await, rest + 100_000);
    check(&world).await;
}

async fn a_deposit_that_goes_back_is_no_sale(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    let sale_id = SaleId::from_uuid(Uuid::from_u128(77));
    take(&mut till, sale_id, TenderKind::Cash, 100_000);
    let returned = DepositReturned {
        voucher: "LS-0000-HC0001".to_owned(),
        deposit: "LS-0000-DC0001".to_owned(),
        shift: Uuid::from_u128(6),
        cashier: Uuid::from_u128(8),
        approved_by: Some(Uuid::from_u128(9)),
        counter: "1".to_owned(),
        tenders: vec![SaleTender::from(&tender(TenderKind::Cash, 70_000))],
        kept: 30_000,
    };
    till.write("deposit_returned", Some(sale_id.uuid()), &payload::write(&returned).unwrap());
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());
    assert_eq!((world.balance("cash").await, world.balance("deposits").await), (30_000, 0));
    assert_eq!(world.balance("forfeited").await, -30_000);
    assert_eq!(world.number("select count(*) from receipts_daily").await, 0);
    check(&world).await;
}

async fn what_cannot_pay_a_deposit_goes_to_suspense(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    take(&mut till, SaleId::from_uuid(Uuid::from_u128(77)), TenderKind::Credit, 100_000);
    till.push_from(&world, 1).await.ack();
    let listed = exceptions::list_open(&world.app.db, 50).await.unwrap();
    assert_eq!(listed.iter().map(|row| row.reason.as_str()).collect::<Vec<_>>(), ["contradiction"]);
    assert_eq!((world.balance("deposits").await, world.balance("suspense").await), (0, -100_000));
    check(&world).await;
}
