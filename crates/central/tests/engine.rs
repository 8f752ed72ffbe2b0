//! The engine below everything: values, bulk rows, transactions, schema.

use std::collections::BTreeMap;

use central::db::Db;
use central::db::engine::{Cells, Sql, Val};
use central::error::Error;
use domain::{Money, Quantity};
use sqlx::FromRow;
use testkit::databases::TestDatabase;
use time::Date;
use time::macros::date;
use uuid::Uuid;

testkit::on_both_engines!(
    values_come_back_as_they_went,
    bulk_rows_and_upserts,
    a_dropped_transaction_leaves_nothing,
    a_newer_schema_is_refused,
    a_full_disk_is_told_apart
);

#[derive(Debug, PartialEq, FromRow)]
struct Facts {
    #[sqlx(try_from = "Uuid")]
    id: domain::ids::ProductFactsId,
    valid_from: Date,
    categories: String,
    leading_category: Option<String>,
    stars: Option<i64>,
    producer_id: Option<Uuid>,
    is_retired: bool,
}

async fn values_come_back_as_they_went(db: Db) {
    let rows: Vec<Facts> = (0..3)
        .map(|n| Facts {
            id: Uuid::from_u128(n + 1).into(),
            valid_from: date!(2024 - 02 - 29),
            categories: "Tỏi, 'ớt' %".to_owned(),
            leading_category: (n == 1).then(|| "ocop".to_owned()),
            stars: (n == 2).then_some(i64::MAX),
            producer_id: (n == 1).then(Uuid::max),
            is_retired: n == 0,
        })
        .collect();
    let mut tx = db.begin().await.unwrap();
    for row in &rows {
        let sql = Sql::new("insert into product_facts (id, product_id, valid_from, categories, leading_category, stars, producer_id, commune, is_retired) values (")
            .bind(row.id).push(", ").bind(row.id).push(", ").bind(row.valid_from).push(", ").bind(&row.categories).push(", ")
            .bind(row.leading_category.as_deref()).push(", ").bind(row.stars).push(", ").bind(row.producer_id).push(", ")
            .bind("").push(", ").bind(row.is_retired).push(")");
        assert_eq!(tx.exec(sql).await.unwrap(), 1);
    }
    tx.commit().await.unwrap();
    let select = "select id, valid_from, categories, leading_category, stars, producer_id, is_retired from product_facts";
    assert_eq!(db.all::<Facts>(Sql::new(select).push(" order by id")).await.unwrap(), rows);
    let some = Sql::new(select)
        .push(" where id")
        .is_in([Uuid::from_u128(3), Uuid::from_u128(1)])
        .push(" order by id");
    assert_eq!(db.all::<Facts>(some).await.unwrap().len(), 2);
    assert_eq!(db.opt::<Facts>(Sql::new(select).push(" where id = ").bind(Uuid::nil())).await.unwrap(), None);
    assert!(db.one::<Facts>(Sql::new(select).push(" where id = ").bind(Uuid::nil())).await.is_err());
    let cells: Vec<Cells> =
        db.all(Sql::new(select).push(" where id = ").bind(Uuid::from_u128(2))).await.unwrap();
    let expected = [
        "00000000000000000000000000000002",
        "2024-02-29",
        "Tỏi, 'ớt' %",
        "ocop",
        "-",
        "ffffffffffffffffffffffffffffffff",
        "0",
    ];
    assert_eq!(cells[0].0, expected);
}

fn balance(number: i64, vnd: i64) -> Vec<Val> {
    let id = Uuid::from_u128(u128::try_from(number).unwrap());
    vec![Val::from(id), Val::from(format!("{number:04}")), Val::from(id), Val::from(Money::new(vnd))]
}

async fn bulk_rows_and_upserts(db: Db) {
    let head = "insert into balances (store_id, account, producer_id, amount_vnd)";
    let tail = "on conflict (store_id, account, producer_id)
        do update set amount_vnd = balances.amount_vnd + excluded.amount_vnd";
    // Around each step of the ladder, and beyond what one statement takes.
    let counts = [0, 1, 2, 3, 31, 129, 4_200];
    let mut tx = db.begin().await.unwrap();
    for count in counts {
        tx.insert_rows(head, (0..count).map(|n| balance(n, n)).collect(), tail).await.unwrap();
    }
    let (rows, sum): (i64, i64) = tx
        .one(Sql::new("select cast(count(*) as bigint), cast(sum(amount_vnd) as bigint) from balances"))
        .await
        .unwrap();
    assert_eq!(rows, 4_200);
    assert_eq!(sum, counts.iter().map(|count| count * (count - 1) / 2).sum::<i64>());
    tx.exec(Sql::new("delete from balances")).await.unwrap();
    let quantities = vec![vec![
        Val::from(Uuid::nil()),
        Val::from("a"),
        Val::from(Uuid::nil()),
        Val::from(Quantity::pieces(2)),
    ]];
    tx.insert_rows(head, quantities, "").await.unwrap();
    let (milli,): (i64,) = tx.one(Sql::new("select amount_vnd from balances")).await.unwrap();
    assert_eq!(milli, 2_000);
    let mut seen = Vec::new();
    tx.each(Sql::new("select account from balances"), |(account,): (String,)| {
        seen.push(account);
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(seen, ["a"]);
}

async fn a_dropped_transaction_leaves_nothing(db: Db) {
    let count = || db.one::<(i64,)>(Sql::new("select cast(count(*) as bigint) from producers"));
    let insert = "insert into producers (id, name, name_fold, commune, phone) values ($1, 'a', 'a', '', '')";
    {
        let mut tx = db.begin().await.unwrap();
        tx.exec(Sql::new("delete from producers")).await.unwrap();
        tx.insert_rows(
            "insert into producers (id, name, name_fold, commune, phone)",
            vec![vec![Val::from(Uuid::nil()), "a".into(), "a".into(), "".into(), "".into()]],
            "",
        )
        .await
        .unwrap();
    }
    assert_eq!(count().await.unwrap(), (0,));
    assert!(db.exec(Sql::new(insert)).await.is_err(), "a value is missing");
    // What is read stays the same to the end, whatever others write.
    let mut reading = db.begin_reading().await.unwrap();
    let (before,): (i64,) = reading.one(Sql::new("select change_seq from catalogue_head")).await.unwrap();
    db.exec(Sql::new("update catalogue_head set change_seq = change_seq + 5")).await.unwrap();
    let (after,): (i64,) = reading.one(Sql::new("select change_seq from catalogue_head")).await.unwrap();
    assert_eq!(before, after);
    assert!(
        reading.exec(Sql::new("update catalogue_head set change_seq = 0")).await.is_err(),
        "it only reads"
    );
}

async fn a_newer_schema_is_refused(db: Db) {
    db.migrate().await.unwrap();
    let later = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
        select 9999, 'later', success, checksum, 0 from _sqlx_migrations where version = 1";
    db.exec(Sql::new(later)).await.unwrap();
    let refused = db.migrate().await.unwrap_err().to_string();
    assert!(refused.contains("9999") && refused.contains("newer"), "{refused}");
}

async fn a_full_disk_is_told_apart(db: Db) {
    let written = if db.file().is_some() {
        db.exec(Sql::new("create table filler (bytes blob)")).await.unwrap();
        // No page more than there are.
        db.exec(Sql::new("pragma max_page_count = 1")).await.unwrap();
        db.exec(Sql::new("insert into filler values (zeroblob(1000000))")).await
    } else {
        db.exec(Sql::new("do $$ begin raise exception 'no space' using errcode = 'disk_full'; end $$")).await
    };
    let error = written.unwrap_err();
    assert!(matches!(error, Error::DiskFull), "{error}");
    assert_eq!(error.status(), 503, "whoever sent it keeps it and tries again");
}

#[tokio::test]
async fn two_processes_may_start_at_once() {
    for url in [None, Some(testkit::postgres::PostgresServer::shared().fresh_database())] {
        let folder = tempfile::tempdir().unwrap();
        let file = format!("sqlite:{}", folder.path().join("central.sqlite").display());
        let url = url.as_ref().map_or(file.as_str(), |database| database.as_str());
        let (first, second) = (Db::open(url).await.unwrap(), Db::open(url).await.unwrap());
        let (one, other) = tokio::join!(first.migrate(), second.migrate());
        one.and(other).unwrap();
    }
}

#[tokio::test]
async fn an_address_that_is_no_database_is_named() {
    let refused = Db::open("mysql://x").await.unwrap_err().to_string();
    assert!(refused.contains("mysql://x") && refused.contains("sqlite:"), "{refused}");
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_reads_the_file_its_log_and_its_index() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}", folder.path().join("central.sqlite").display())).await.unwrap();
    db.migrate().await.unwrap();
    for name in ["central.sqlite", "central.sqlite-wal", "central.sqlite-shm"] {
        let mode = std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

type Schema = BTreeMap<(String, String), bool>;

#[tokio::test]
async fn both_schemas_have_the_same_tables_and_columns() {
    let (sqlite, postgres) = (TestDatabase::sqlite().await, TestDatabase::postgres().await);
    let rows: Vec<(String, String, i64, i64)> = sqlite
        .db()
        .all(Sql::new(
            "select m.name, c.name, c.\"notnull\", c.pk from sqlite_master m join pragma_table_info(m.name) c
             where m.type = 'table' and m.name not like '%sqlx%' and m.name not like 'sqlite%'",
        ))
        .await
        .unwrap();
    let here: Schema =
        rows.into_iter().map(|(t, c, not_null, pk)| ((t, c), not_null == 1 || pk > 0)).collect();
    let rows: Vec<(String, String, String)> = postgres
        .db()
        .all(Sql::new(
            "select cast(table_name as text), cast(column_name as text), cast(is_nullable as text)
             from information_schema.columns where table_schema = 'public' and table_name not like '%sqlx%'",
        ))
        .await
        .unwrap();
    let there: Schema = rows.into_iter().map(|(t, c, nullable)| ((t, c), nullable == "NO")).collect();
    assert!(here.len() > 100, "{}", here.len());
    assert_eq!(here, there);
    let names = |folder: &str| {
        let path = format!("{}/../../migrations/central/{folder}", env!("CARGO_MANIFEST_DIR"));
        let mut names: Vec<_> =
            std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
}
