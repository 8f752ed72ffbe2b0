//! One bit of one byte changed in anything that a store sent or a person did: the row is named (I23, F16).

use central::db::Db;
use central::db::engine::Sql;
use central::error::Error;
use central::verify::verify;
use uuid::Uuid;

use crate::support::{Till, World};

testkit::on_both_engines!(every_byte_of_an_entry_counts, columns_beside_an_entry_count, one_act_is_named);

/// The entry that is damaged: a sale in the middle of a journal.
const SEQ: i64 = 3;

async fn story(db: Db) -> (World, Till) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.open_shift(100_000);
    till.sell(&[(&world.garlic, 1), (&world.salt, 2)]);
    till.sell(&[(&world.basket, 1)]);
    till.push_from(&world, 1).await.ack();
    verify(&world.app.db).await.unwrap();
    (world, till)
}

/// Returns table and row that `verify` names.
async fn named(db: &Db) -> (&'static str, String) {
    match verify(db).await {
        Err(Error::Damaged { table, row, .. }) => (table, row),
        other => panic!("{other:?}"),
    }
}

/// Returns places all over some bytes.
fn places(length: usize) -> impl Iterator<Item = usize> {
    (0..length).step_by(length / 12 + 1).chain([length - 1])
}

async fn every_byte_of_an_entry_counts(db: Db) {
    let (world, till) = story(db).await;
    let db = &world.app.db;
    let row = format!("{} entry {SEQ}", till.stream);
    let (envelope, shared, hash): (String, Vec<u8>, Vec<u8>) =
        db.one(Sql::new("select envelope, shared, hash from entries where seq = ").bind(SEQ)).await.unwrap();
    let set = async |start: &'static str, value: central::db::engine::Val| {
        db.exec(Sql::new(start).bind(value).push(" where seq = ").bind(SEQ)).await.unwrap();
    };
    let bytes = envelope.as_bytes();
    for place in places(bytes.len()) {
        let mut bytes = bytes.to_vec();
        bytes[place] ^= 1;
        set("update entries set envelope = ", String::from_utf8(bytes).unwrap().into()).await;
        assert_eq!(named(db).await, ("entries", row.clone()), "envelope at {place}");
    }
    set("update entries set envelope = ", envelope.into()).await;
    for (start, whole) in [("update entries set shared = ", shared), ("update entries set hash = ", hash)] {
        for place in places(whole.len()) {
            let mut bytes = whole.clone();
            bytes[place] ^= 1;
            set(start, bytes.into()).await;
            assert_eq!(named(db).await, ("entries", row.clone()), "{start} at {place}");
        }
        set(start, whole.into()).await;
    }
    verify(db).await.unwrap();
}

async fn columns_beside_an_entry_count(db: Db) {
    let (world, till) = story(db).await;
    let db = &world.app.db;
    let sale = "update entries set sale_id = ";
    for (damage, repair) in [
        (Sql::new("update entries set kind = 'sald'"), Sql::new("update entries set kind = 'sale'")),
        (
            Sql::new("update entries set schema = schema + 1"),
            Sql::new("update entries set schema = schema - 1"),
        ),
        (
            Sql::new("update entries set business_date = ").bind(time::macros::date!(2026 - 11 - 22)),
            Sql::new("update entries set business_date = ").bind(crate::support::TODAY),
        ),
        (Sql::new(sale).bind(Uuid::nil()), Sql::new(sale).bind(till.journal[2].envelope.sale_id.unwrap())),
        (
            Sql::new("update entries set counted_no = counted_no + 100"),
            Sql::new("update entries set counted_no = counted_no - 100"),
        ),
    ] {
        let at = |sql: Sql| sql.push(" where seq = ").bind(SEQ);
        db.exec(at(damage.clone())).await.unwrap();
        let (table, row) = named(db).await;
        assert_eq!(table, "entries", "{damage:?}");
        let is_named = row == format!("{} entry {SEQ}", till.stream) || row == world.store.to_string();
        assert!(is_named, "{damage:?}: {row}");
        db.exec(at(repair)).await.unwrap();
        verify(db).await.unwrap();
    }
    // The last entry's hash at the head of the stream, and the key that signed it.
    for column in ["update streams set hash = ", "update streams set public_key = "] {
        let (hash, key): (Vec<u8>, Vec<u8>) =
            db.one(Sql::new("select hash, public_key from streams where seq > 0")).await.unwrap();
        let mut bytes = if column.contains("hash") { hash.clone() } else { key.clone() };
        let whole = bytes.clone();
        bytes[31] ^= 1;
        db.exec(Sql::new(column).bind(bytes).push(" where seq > 0")).await.unwrap();
        let (table, row) = named(db).await;
        assert!(row.starts_with(&till.stream.to_string()), "{column}: {table} {row}");
        db.exec(Sql::new(column).bind(whole).push(" where seq > 0")).await.unwrap();
    }
}

async fn one_act_is_named(db: Db) {
    let (world, _till) = story(db).await;
    let db = &world.app.db;
    let acts = world.number("select seq from audit_head").await;
    assert!(acts > 5);
    for seq in 1..=acts {
        let (actor, hash): (String, Vec<u8>) =
            db.one(Sql::new("select actor, hash from audit_log where seq = ").bind(seq)).await.unwrap();
        let at = |start: &'static str, value: central::db::engine::Val| {
            Sql::new(start).bind(value).push(" where seq = ").bind(seq)
        };
        let actor_of = "update audit_log set actor = ";
        db.exec(at(actor_of, format!("{actor}x").into())).await.unwrap();
        assert_eq!(named(db).await, ("audit_log", seq.to_string()));
        db.exec(at(actor_of, actor.into())).await.unwrap();
        let mut other = hash.clone();
        other[0] ^= 1;
        db.exec(at("update audit_log set hash = ", other.into())).await.unwrap();
        assert_eq!(named(db).await, ("audit_log", seq.to_string()));
        db.exec(at("update audit_log set hash = ", hash.into())).await.unwrap();
    }
    verify(db).await.unwrap();
}
