//! One changed value anywhere is found and named (I23).

use central::db::Db;
use central::db::engine::Sql;
use central::error::Error;
use central::verify::verify;

use crate::support::back::back;
use crate::support::settling::settlement;
use crate::support::{Till, World};

testkit::on_both_engines!(every_damage_is_named, what_is_right_is_counted);

async fn every_damage_is_named(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.open_shift(100_000);
    till.receive(&world.garlic, 3);
    till.sell(&[(&world.garlic, 1), (&world.salt, 2)]);
    till.sell(&[(&world.garlic.with_terms(|terms| terms.terms_id = None), 1)]);
    till.push_from(&world, 1).await.ack();
    let held = Till::enrol(&world, world.store).await;
    held.push_from(&world, 1).await.ack();
    let mut clone = till.clone();
    till.sell(&[(&world.basket, 1)]);
    clone.sell(&[(&world.basket, 2)]);
    till.push_from(&world, 6).await.ack();
    clone.push_from(&world, 6).await.problem();
    let mut other = world.other_till().await;
    other.open_shift(100_000);
    let line = other.line(&world.salt, 2, None);
    let sale = other.sell_lines(std::slice::from_ref(&line));
    other.take_back(sale, vec![back(0, &line, 0, 1)]);
    let settlement = settlement(world.sa_huynh, &[&other], 1_000);
    other.settle(&settlement);
    other.push_from(&world, 1).await.ack();
    verify(&world.app.db).await.unwrap();

    for (damage, repair, table) in [
        (
            "update entries set envelope = replace(envelope, 'shift_open', 'shift_opem')",
            "update entries set envelope = replace(envelope, 'shift_opem', 'shift_open')",
            "entries",
        ),
        (
            "update entries set received_at_ms = received_at_ms + 1 where state = 'exception'",
            "update entries set received_at_ms = received_at_ms - 1 where state = 'exception'",
            "exceptions",
        ),
        (
            "update entries set state = 'duplicate' where seq = 4 and state = 'projected'",
            "update entries set state = 'projected' where state = 'duplicate'",
            "entries",
        ),
        ("update entries set seq = 70 where seq = 4", "update entries set seq = 4 where seq = 70", "entries"),
        (
            "update streams set seq = seq - 1 where seq > 2",
            "update streams set seq = seq + 1 where seq > 2",
            "entries",
        ),
        (
            "update streams set fingerprint = 'x' || fingerprint",
            "update streams set fingerprint = substr(fingerprint, 2)",
            "streams",
        ),
        (
            "update store_heads set counted_no = counted_no + 1",
            "update store_heads set counted_no = counted_no - 1",
            "store_heads",
        ),
        (
            "update fork_entries set envelope = envelope || ' '",
            "update fork_entries set envelope = trim(envelope)",
            "fork_entries",
        ),
        (
            "update audit_log set detail = detail || 'x' where seq = 3",
            "update audit_log set detail = substr(detail, 1, length(detail) - 1) where seq = 3",
            "audit_log",
        ),
        (
            "update audit_log set at_ms = at_ms + 1 where seq = 1",
            "update audit_log set at_ms = at_ms - 1 where seq = 1",
            "audit_log",
        ),
        (
            "update audit_log set seq = seq + 1000 where seq = 2",
            "update audit_log set seq = seq - 1000 where seq = 1002",
            "audit_log",
        ),
        ("update audit_head set seq = seq + 1", "update audit_head set seq = seq - 1", "audit_log"),
        (
            "update lots set code = 'x' where code is null",
            "update lots set code = null where code = 'x'",
            "lots",
        ),
        (
            "update stock set quantity_milli = quantity_milli + 1",
            "update stock set quantity_milli = quantity_milli - 1",
            "stock",
        ),
        (
            "update balances set amount_vnd = amount_vnd + 1",
            "update balances set amount_vnd = amount_vnd - 1",
            "balances",
        ),
        (
            "update receipts set receipt = receipt || 'x'",
            "update receipts set receipt = substr(receipt, 1, length(receipt) - 1)",
            "receipts",
        ),
        (
            "update sale_lines set tax_vnd = tax_vnd + 1",
            "update sale_lines set tax_vnd = tax_vnd - 1",
            "sale_lines",
        ),
        (
            "update sales_daily set revenue_vnd = revenue_vnd + 1",
            "update sales_daily set revenue_vnd = revenue_vnd - 1",
            "sales_daily",
        ),
        (
            "update sales_monthly set line_count = line_count + 1",
            "update sales_monthly set line_count = line_count - 1",
            "sales_monthly",
        ),
        (
            "update receipts_daily set programme_vnd = 1 - programme_vnd",
            "update receipts_daily set programme_vnd = 1 - programme_vnd",
            "receipts_daily",
        ),
        (
            "update store_days set first_day = '2020-01-01'",
            "update store_days set first_day = (select min(day) from receipts_daily where receipts_daily.store_id = store_days.store_id)",
            "store_days",
        ),
        (
            "update product_receipts_daily set receipt_count = 1 + receipt_count",
            "update product_receipts_daily set receipt_count = receipt_count - 1",
            "product_receipts_daily",
        ),
        (
            "update product_receipts_monthly set receipt_count = 1 + receipt_count",
            "update product_receipts_monthly set receipt_count = receipt_count - 1",
            "product_receipts_monthly",
        ),
        (
            "update refunds set paid_vnd = paid_vnd + 1",
            "update refunds set paid_vnd = paid_vnd - 1",
            "refunds",
        ),
        (
            "update refunded_lines set quantity_milli = quantity_milli + 1",
            "update refunded_lines set quantity_milli = quantity_milli - 1",
            "refunded_lines",
        ),
        (
            "update stock_moves set due_vnd = due_vnd + 1",
            "update stock_moves set due_vnd = due_vnd - 1",
            "stock_moves",
        ),
        (
            "update settlements set paid_vnd = paid_vnd + 1",
            "update settlements set paid_vnd = paid_vnd - 1",
            "settlements",
        ),
        (
            "update settled set until_seq = until_seq + 1",
            "update settled set until_seq = until_seq - 1",
            "settled",
        ),
        (
            "update exceptions set suspended_vnd = suspended_vnd + 1",
            "update exceptions set suspended_vnd = suspended_vnd - 1",
            "exceptions",
        ),
        (
            "insert into balances (store_id, account, producer_id, amount_vnd) select id, 'zzz', id, 0 from stores",
            "delete from balances where account = 'zzz'",
            "balances",
        ),
    ] {
        world.app.db.exec(Sql::new(damage)).await.unwrap();
        match verify(&world.app.db).await {
            Err(Error::Damaged { table: named, row, .. }) => {
                assert_eq!(named, table, "{damage}");
                assert!(!row.is_empty());
            }
            other => panic!("{damage}: {other:?}"),
        }
        world.app.db.exec(Sql::new(repair)).await.unwrap();
        verify(&world.app.db).await.unwrap_or_else(|error| panic!("repaired from {damage}: {error}"));
    }
}

async fn what_is_right_is_counted(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.salt, 1)]);
    till.push_from(&world, 1).await.ack();
    let report = verify(&world.app.db).await.unwrap();
    assert_eq!((report.stores, report.entries), (1, 2));
    assert_eq!(report.acts, world.number("select cast(count(*) as bigint) from audit_log").await);
}
