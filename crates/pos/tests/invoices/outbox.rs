//! The way out: crashes, lost answers, refusals, a provider that is away.

use pos::db::{invoices, streams};
use pos::invoicing::outbox::{PAUSE_FIRST_MS, Way};
use pos::sync::condition;
use protocol::wire::WaitingInvoices;
use testkit::catalogue::{id_of, invoice_row};
use testkit::invoice_provider::Manner;

use super::{FISH_SAUCE, GARLIC, list, only, send, states, store, usual};

#[tokio::test]
async fn an_invoice_of_before_a_crash_is_sent_after_it() {
    let (store, provider) = usual().await;
    store.sell(GARLIC).await;
    let store = store.restart().await;
    assert_eq!((states(&store).await, provider.taken().len()), (vec!["waiting"], 0));
    send(&store, &mut Way::default()).await;
    let (invoice, document) = only(&store).await;
    assert_eq!((invoice.state.code(), invoice.reference.starts_with("HD-")), ("accepted", true));
    let taken = &provider.taken()[0].body;
    assert_eq!((&taken["invoice"], &taken["number"]), (&document, &1.into()));
    assert_eq!(
        (taken["code"].as_str(), &taken["buyer"]),
        (invoice.code.as_deref(), &serde_json::Value::Null)
    );
    send(&store, &mut Way::default()).await;
    assert_eq!(provider.requests().len(), 1, "what is issued is not sent again");
    store.check().await;
}

#[tokio::test]
async fn a_lost_answer_makes_no_second_invoice() {
    let (store, provider) = usual().await;
    provider.script([Manner::LoseAnswer]);
    store.sell(GARLIC).await;
    send(&store, &mut Way::default()).await;
    assert_eq!((states(&store).await, provider.taken().len()), (vec!["sent"], 1));
    assert_eq!(only(&store).await.0.problem, "no_answer");
    // Nobody knows whether it is issued: after a crash, too, the very same is sent.
    let store = store.restart().await;
    send(&store, &mut Way::default()).await;
    assert_eq!((states(&store).await, provider.taken().len()), (vec!["accepted"], 1));
    let requests = provider.requests();
    assert_eq!((requests.len(), &requests[0]), (2, &requests[1]));
}

#[tokio::test]
async fn a_repeated_request_makes_no_second_invoice() {
    let (store, provider) = usual().await;
    provider.script([Manner::AcceptTwice]);
    store.sell(GARLIC).await;
    send(&store, &mut Way::default()).await;
    assert_eq!((states(&store).await, provider.taken().len()), (vec!["accepted"], 1));
}

#[tokio::test]
async fn who_answers_later_is_asked_again() {
    let (store, provider) = usual().await;
    provider.script([Manner::Later, Manner::Busy, Manner::Later]);
    let mut way = Way::default();
    store.sell(GARLIC).await;
    for (pause_ms, expected) in [(30_000, "sent"), (7_000, "sent"), (30_000, "sent")] {
        send(&store, &mut way).await;
        assert_eq!(states(&store).await, [expected]);
        let asked = provider.requests().len();
        store.clock.advance(pause_ms - 1);
        send(&store, &mut way).await;
        assert_eq!(provider.requests().len(), asked, "not before the pause is over");
        store.clock.advance(1);
    }
    send(&store, &mut way).await;
    assert_eq!((states(&store).await, provider.taken().len()), (vec!["accepted"], 1));
}

#[tokio::test]
async fn an_odd_answer_is_no_answer() {
    let (store, provider) = usual().await;
    let mut way = Way::default();
    store.sell(GARLIC).await;
    for (manner, problem) in
        [(Manner::Page, "not_understood"), (Manner::Unauthorised, "token"), (Manner::Busy, "not_ready")]
    {
        provider.script([manner]);
        send(&store, &mut way).await;
        let (invoice, _) = only(&store).await;
        assert_eq!((invoice.state.code(), invoice.problem.as_str()), ("sent", problem));
        store.clock.advance(15 * 60_000);
    }
    send(&store, &mut way).await;
    assert_eq!((states(&store).await, provider.taken().len()), (vec!["accepted"], 1));
    assert_eq!(only(&store).await.0.problem, "");
}

#[tokio::test]
async fn one_bad_invoice_keeps_no_other_waiting() {
    let (store, provider) = usual().await;
    provider.script([Manner::Reject("sai thuế suất")]);
    store.sell(GARLIC).await;
    store.clock.advance(1_000);
    store.sell(FISH_SAUCE).await;
    send(&store, &mut Way::default()).await;
    assert_eq!(states(&store).await, ["rejected", "accepted"]);
    assert_eq!(list(&store).await[0].problem, "sai thuế suất");
    assert_eq!(store.state().await.invoices.waiting, 1, "a person has to look at it");
}

#[tokio::test]
async fn central_is_told_whose_invoices_wait() {
    let (store, provider) = usual().await;
    provider.script([Manner::Reject("sai thuế suất")]);
    for code in [GARLIC, FISH_SAUCE] {
        store.sell(code).await;
        store.clock.advance(1_000);
    }
    send(&store, &mut Way::default()).await;
    store.sell(GARLIC).await;
    assert_eq!(states(&store).await, ["rejected", "accepted", "waiting"]);
    let mut tx = store.app.db().begin().await.unwrap();
    let stream = streams::find_current(&mut tx).await.unwrap().unwrap();
    drop(tx);
    let told = condition::load(&store.app, &stream).await.unwrap();
    let all = list(&store).await;
    let expected = [(0, 1), (2, 0)].map(|(place, refused)| WaitingInvoices {
        sale: all[place].sale_id.uuid(),
        waiting: 1,
        refused,
    });
    assert!(told.is_plausible(), "{told:?}");
    assert_eq!((told.invoices_pending, told.invoices_waiting), (2, expected.to_vec()));
    let first = invoices::list_waiting_sales(store.app.db().read(), 1).await.unwrap();
    assert_eq!(first.iter().map(|sale| sale.sale_id).collect::<Vec<_>>(), [expected[0].sale]);
}

/// Nobody listens there: the sale is as quick as ever, and the buyer may still be written on the invoice.
#[tokio::test]
async fn without_a_way_everything_waits_together() {
    let store = store("http://127.0.0.1:9", invoice_row()).await;
    let mut way = Way::default();
    for _ in 0..3 {
        store.sell(GARLIC).await;
        store.clock.advance(1_000);
    }
    send(&store, &mut way).await;
    let all = list(&store).await;
    assert_eq!(states(&store).await, ["waiting", "waiting", "waiting"]);
    assert_eq!(all.iter().filter(|invoice| invoice.problem == "unreachable").count(), 1, "one try for all");
    assert!(all.iter().all(|invoice| invoice.state.takes_buyer() && invoice.tries == 0));
    store.clock.advance(PAUSE_FIRST_MS);
    send(&store, &mut way).await;
    store.check().await;
}

#[tokio::test]
async fn a_folder_gets_one_file_of_the_data_form() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("hóa đơn");
    let mut store = store(&format!("folder:{}", folder.display()), invoice_row()).await;
    for _ in 0..2 {
        let request = store.request().await;
        let cinnamon = id_of("Quế Trà Bồng").into();
        pos::counter::scan::weigh(&store.app, &store.seat, &request, cinnamon, "0,35").await.unwrap();
        store.sell(GARLIC).await;
        send(&store, &mut Way::default()).await;
        store = store.restart().await;
    }
    assert_eq!(states(&store).await, ["accepted", "accepted"]);
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["M1-26-VZQYY-00000000001.xml", "M1-26-VZQYY-00000000002.xml"]);
    // Read by a parser of somebody else.
    let script = "import sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
for path in sys.argv[2:]: print('|'.join(found.text or '' for found in root.findall(path)))";
    let paths = [
        "TTChung/MLTDiep",
        "DLieu/HDon/MCCQT",
        "DLieu/HDon/DLHDon/TTChung/KHHDon",
        "DLieu/HDon/DLHDon/NDHDon/NMua/*",
        "DLieu/HDon/DLHDon/NDHDon/DSHHDVu/HHDVu/TSuat",
        "DLieu/HDon/DLHDon/NDHDon/TToan/TgTTTBSo",
    ];
    let read = testkit::python()
        .arg("-c")
        .arg(script)
        .arg(folder.join(&files[0]))
        .args(paths)
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .unwrap();
    let read = String::from_utf8(read.stdout).unwrap();
    let total = list(&store).await[0].total_vnd.to_string();
    let read: Vec<_> = read.lines().collect();
    assert_eq!(read[..4], ["206", "M1-26-VZQYY-00000000001", "C26MAA", "Bán cho người tiêu dùng"]);
    assert_eq!((read[4].split('|').next().unwrap(), read[5]), ("8%", total.as_str()));
}

/// A backup knows less than the folder: what it sends again is the same file, and nothing takes another one's place.
#[tokio::test]
async fn a_folder_never_changes_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&format!("folder:{}", folder.path().display()), invoice_row()).await;
    std::fs::write(folder.path().join("M1-26-VZQYY-00000000001.xml"), "another").unwrap();
    store.sell(GARLIC).await;
    send(&store, &mut Way::default()).await;
    let (invoice, _) = only(&store).await;
    assert_eq!((invoice.state.code(), invoice.problem.as_str()), ("rejected", "conflict"));
    assert_eq!(
        std::fs::read_to_string(folder.path().join("M1-26-VZQYY-00000000001.xml")).unwrap(),
        "another"
    );
}

/// What is stored of one invoice cannot be read, with a number or without one: it is held, and the others go out.
#[tokio::test]
async fn a_damaged_invoice_holds_up_none_behind_it() {
    let (store, provider) = usual().await;
    for code in [GARLIC, FISH_SAUCE, GARLIC] {
        store.sell(code).await;
        store.clock.advance(1_000);
    }
    let mut tx = store.app.db().begin().await.unwrap();
    sqlx::query(
        "update invoices set document = '{' where sold_at_ms = (select min(sold_at_ms) from invoices)",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        "update invoices set document = '{', state = 'intent', code = null, number = null
         where receipt_number like '%000002'",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let mut way = Way::default();
    send(&store, &mut way).await;
    assert_eq!(states(&store).await, ["rejected", "intent", "accepted"]);
    let problems: Vec<String> = list(&store).await.into_iter().map(|invoice| invoice.problem).collect();
    assert_eq!(problems, ["damaged", "damaged", ""]);
    store.sell(FISH_SAUCE).await;
    send(&store, &mut way).await;
    assert_eq!((states(&store).await.len(), provider.taken().len()), (4, 2));
    store.check().await;
}
