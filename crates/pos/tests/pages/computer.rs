//! The page of the computer that the till runs on: what people are told of its disk.

use pos::db::comparisons::{Comparison, upsert_comparison};
use pos::db::streams;
use pos::disk_watch::{FULL_BYTES, LOW_BYTES};
use pos::maintenance::backup::{BackupError, backup, backup_beside};
use protocol::Hash;

use crate::visitor::{As, CASHIER, GARLIC, Visitor, store};

#[tokio::test]
async fn a_disk_that_fills_up_is_told_and_sales_go_on() {
    let store = testkit::store::TestStore::new().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    for (free_bytes, code, shown, told) in [
        (None, "good", "Chưa đo được", ""),
        (Some(LOW_BYTES), "good", "500 MB", "Còn đủ chỗ."),
        (Some(LOW_BYTES - 1), "low", "499 MB", "Sắp hết chỗ"),
        (Some(FULL_BYTES - 1), "full", "99 MB", "máy không ghi bản sao lưu nữa"),
    ] {
        store.app.disk_watch().take(free_bytes);
        assert_eq!(visitor.state().await["disk"]["code"], code);
        let page = visitor.get(As::Page, "/computer").await;
        page.has(shown);
        page.has(told);
        let counter = visitor.get(As::Page, "/").await;
        assert_eq!(counter.text.contains("Ổ đĩa chỉ còn"), code != "good", "{code}");
        let free_mb = free_bytes.map(|bytes| bytes >> 20);
        assert_eq!(
            visitor.get(As::Json, "/healthz").await.json()["disk_free_mb"],
            serde_json::json!(free_mb)
        );
        store.sell(GARLIC).await;
    }
    store.check().await;
}

#[tokio::test]
async fn what_is_left_of_a_full_disk_is_kept_for_sales() {
    let store = store().await;
    let file = store.folder().join("copy.sqlite");
    let refused = backup_beside(&store.app, &file, Some(FULL_BYTES - 1)).await.unwrap_err();
    assert!(matches!(refused, BackupError::DiskFull { free_mb: 99, .. }), "{refused}");
    assert!(refused.to_string().contains("kept for sales"), "{refused}");
    assert!(!file.exists());
    backup_beside(&store.app, &file, Some(FULL_BYTES)).await.unwrap();
    assert!(file.exists());
    std::fs::remove_file(&file).unwrap();
    backup(&store.app, &file).await.unwrap();
    assert!(file.exists(), "this disk has room");
}

/// What the sync keeps is what people see: the same, long ago, too few, another one.
#[tokio::test]
async fn a_comparison_with_central_is_told_with_its_time() {
    let store = testkit::store::TestStore::new().await;
    let mut visitor = Visitor::signed_in(&store, CASHIER).await;
    visitor.get(As::Page, "/computer").await.has("Chưa đối chiếu lần nào");
    let head =
        streams::find_head(&mut store.app.db().read().acquire().await.unwrap()).await.unwrap().unwrap();
    let same = Comparison {
        stream_no: head.stream.stream_no,
        stream: head.stream.stream,
        compared_at_ms: store.app.clock().now_ms(),
        central: head.at,
        own_entries: head.at.seq,
        own_hash: Some(head.at.hash),
    };
    let fewer = Comparison { own_entries: head.at.seq - 1, own_hash: None, ..same.clone() };
    let other = Comparison { own_hash: Some(Hash::ZERO), ..same.clone() };
    let n = head.at.seq;
    for (comparison, sentence) in [
        (&same, format!("{n} bút toán, khớp lúc 23/11/2026")),
        (&fewer, format!("trung tâm có {n} bút toán, máy này chỉ có {}", n - 1)),
        (&other, format!("bút toán {n} ở trung tâm khác với máy này")),
    ] {
        let mut tx = store.app.db().begin().await.unwrap();
        upsert_comparison(&mut tx, comparison).await.unwrap();
        tx.commit().await.unwrap();
        visitor.get(As::Page, "/computer").await.has(&sentence);
        let told = visitor.get(As::Json, "/computer").await.json();
        assert_eq!(told["comparisons"][0]["agrees"], *comparison == same);
        assert_eq!(told["waiting_entries"], n);
    }
}
