//! One changed byte of anything that is kept is found, and the row is named (I23, F16).

use std::process::Command;

use pos::maintenance::verify;
use testkit::store::TestStore;
use testkit::world::{GARLIC, World, sync};

/// A change to a row, and the words that name it.
const CHANGES: [(&str, &[&str]); 17] = [
    (
        "update entries set envelope = replace(envelope, '\"seq\":5', '\"seq\":6') where seq = 5",
        &["entry 5 "],
    ),
    ("update entries set envelope = envelope || ' ' where seq = 3", &["entry 3 "]),
    ("update entries set shared = replace(shared, '280000', '280001') where seq = 5", &["entry 5 "]),
    ("update entries set private = replace(private, 'salt', 'salu') where seq = 4", &["entry 4 "]),
    ("update entries set hash = cast(substr(hash, 1, 31) || 'x' as blob) where seq = 2", &["entry 2 "]),
    ("update entries set kind = 'sald' where kind = 'sale'", &["entry 5 "]),
    ("update entries set sale_id = cast(substr(sale_id, 1, 15) || 'x' as blob) where seq = 5", &["entry 5 "]),
    ("delete from entries where seq = 3", &["entry 4 "]),
    (
        "update streams set acked_hash = cast(substr(acked_hash, 1, 31) || 'x' as blob)",
        &["acknowledged another entry 5"],
    ),
    ("update streams set acked_seq = acked_seq - 1", &["acknowledged another entry 4"]),
    ("update streams set grand_total_vnd = grand_total_vnd + 1", &["table streams", "running total"]),
    ("update streams set receipts = receipts + 1", &["table streams", "2 receipts of 1 sales"]),
    (
        "update balances set amount_vnd = amount_vnd + 1 where account = 'cash'",
        &["table balances", "'cash'", "780001"],
    ),
    (
        "update stock set quantity_milli = quantity_milli + 1 where quantity_milli = 9000",
        &["table stock", "'shelf'", "9001"],
    ),
    ("update lots set received_on = '2026-11-22'", &["table lots", "'2026-11-22'"]),
    ("update sales set payable_vnd = payable_vnd + 1", &["table sales", "280001"]),
    ("update shifts set float_vnd = float_vnd + 1", &["table shifts", "500001"]),
];

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the statements stand in the table above")]
async fn every_kind_of_row_is_named() {
    let world = World::with_catalogue().await;
    let store = world.open_store("LS").await;
    store.sell(GARLIC).await;
    sync(&store).await;
    store.check().await;
    store.app.db().close().await;
    for (change, words) in CHANGES {
        let copy = store.snapshot();
        let damaged = TestStore::on(copy, store.app.config().clone(), store.seat.clone(), 3).await;
        let mut tx = damaged.app.db().begin().await.unwrap();
        for statement in
            ["drop trigger entries_are_not_edited", "drop trigger entries_are_not_deleted", change]
        {
            sqlx::query(sqlx::AssertSqlSafe(statement.to_owned())).execute(&mut *tx).await.unwrap();
        }
        tx.commit().await.unwrap();
        let faults = verify::verify(&damaged.app).await.unwrap().faults;
        let is_named = |fault: &String| words.iter().all(|word| fault.contains(word));
        assert!(faults.iter().any(is_named), "{change}: {faults:?}");
        damaged.app.db().close().await;
    }
}

/// Flips the lowest bit of one byte of the file itself, and asks the program.
#[tokio::test]
async fn a_flipped_bit_on_the_disk_is_named_by_the_program() {
    let store = TestStore::new().await;
    store.sell(GARLIC).await;
    store.app.db().close().await;
    let whole = std::fs::read(store.folder().join("pos.sqlite")).unwrap();
    for (near, named) in [
        ("\"kind\":\"sale\"", "entry 5 is damaged"),
        ("\"payable\":280000", "entry 5 is damaged"),
        ("\"kind\":\"genesis\"", "entry 1 is damaged"),
    ] {
        let copy = store.snapshot();
        let mut bytes = whole.clone();
        let at = bytes.windows(near.len()).position(|window| window == near.as_bytes()).unwrap();
        bytes[at + near.len() - 2] ^= 1;
        std::fs::write(copy.path().join("pos.sqlite"), bytes).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_ocop-pos"));
        command.arg("verify").env("OCOP_POS_DATA_DIR", copy.path()).env("RUST_LOG", "off");
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(!output.status.success() && said.contains(named), "{near}: {said}");
        assert_eq!(String::from_utf8_lossy(&output.stderr).trim().lines().count(), 1);
    }
}
