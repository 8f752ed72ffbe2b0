//! Buyers, corrections, replacements: an issued invoice is never changed and never taken back.

use domain::invoice::buyer::{Buyer, TypedBuyer};
use pos::invoicing::act::{Acted, send_again, set_buyer};
use pos::invoicing::outbox::Way;
use pos::maintenance::export::export;
use testkit::invoice_provider::Manner;

use super::{GARLIC, list, only, send, states, usual};

const BUYER: &str = "Công ty Du lịch Sa Kỳ";

fn buyer() -> Buyer {
    let text = str::to_owned;
    let typed = TypedBuyer {
        kind: text("organisation"),
        name: text(BUYER),
        number: text("0100109106"),
        address: text("Quảng Ngãi"),
    };
    typed.read().ok().unwrap()
}

#[tokio::test]
async fn a_buyer_is_written_until_it_is_sent() {
    let (store, provider) = usual().await;
    store.sell(GARLIC).await;
    let id = only(&store).await.0.invoice_id;
    assert_eq!(set_buyer(&store.app, &store.seat, &store.op(), (id, &buyer())).await.unwrap(), Acted::Done);
    provider.script([Manner::Later]);
    let mut way = Way::default();
    send(&store, &mut way).await;
    assert_eq!(provider.taken()[0].body["buyer"]["name"], BUYER);
    // On its way: what was sent stays what it is.
    assert_eq!(
        set_buyer(&store.app, &store.seat, &store.op(), (id, &Buyer::Anonymous)).await.unwrap(),
        Acted::OnItsWay
    );
    store.clock.advance(30_000);
    send(&store, &mut way).await;
    assert_eq!(states(&store).await, ["accepted"]);
    assert_eq!(provider.taken()[0].body["buyer"]["number"], "0100109106");
}

#[tokio::test]
async fn an_issued_invoice_is_replaced_once() {
    let (store, provider) = usual().await;
    store.sell(GARLIC).await;
    send(&store, &mut Way::default()).await;
    let (issued, before) = only(&store).await;
    store.clock.advance(60_000);
    let op = store.op();
    assert_eq!(
        set_buyer(&store.app, &store.seat, &op, (issued.invoice_id, &buyer())).await.unwrap(),
        Acted::Replaced
    );
    assert_eq!(
        set_buyer(&store.app, &store.seat, &op, (issued.invoice_id, &buyer())).await.unwrap(),
        Acted::Done,
        "the same form"
    );
    let again = set_buyer(&store.app, &store.seat, &store.op(), (issued.invoice_id, &Buyer::Anonymous))
        .await
        .unwrap();
    assert_eq!(again, Acted::WasReplaced);
    send(&store, &mut Way::default()).await;
    let all = list(&store).await;
    assert_eq!((all.len(), states(&store).await), (2, vec!["accepted", "accepted"]));
    assert!(all[0] == issued, "the issued one is what it was");
    assert_eq!((all[1].replaces, all[1].sale_id), (Some(issued.invoice_id), issued.sale_id));
    let second = provider
        .taken()
        .into_iter()
        .map(|taken| taken.body)
        .find(|body| body["id"] == all[1].invoice_id.to_string())
        .unwrap();
    assert_eq!(second["code"], "M1-26-VZQYY-00000000002");
    assert_eq!(second["invoice"]["replaces"]["code"], "M1-26-VZQYY-00000000001");
    assert_eq!(second["invoice"]["replaces"]["number"], 1);
    assert_eq!(second["invoice"]["lines"], before["lines"]);
    // A replacement is an invoice like any other.
    store.clock.advance(60_000);
    let third = set_buyer(&store.app, &store.seat, &store.op(), (all[1].invoice_id, &Buyer::Anonymous))
        .await
        .unwrap();
    assert_eq!(third, Acted::Replaced);
    store.check().await;
}

#[tokio::test]
async fn a_refused_invoice_is_corrected_and_sent_again() {
    let (store, provider) = usual().await;
    provider.script([Manner::Reject("thiếu người mua")]);
    store.sell(GARLIC).await;
    let mut way = Way::default();
    send(&store, &mut way).await;
    let (refused, _) = only(&store).await;
    assert_eq!((refused.state.code(), refused.revision), ("rejected", 1));
    assert_eq!(
        set_buyer(&store.app, &store.seat, &store.op(), (refused.invoice_id, &buyer())).await.unwrap(),
        Acted::Done
    );
    send(&store, &mut way).await;
    let (accepted, _) = only(&store).await;
    assert_eq!(
        (accepted.state.code(), accepted.revision, accepted.code == refused.code),
        ("accepted", 2, true)
    );
    assert_eq!((provider.taken().len(), provider.taken()[0].status), (1, "accepted"));
    // Once issued there is nothing to send.
    assert_eq!(send_again(&store.app, &store.op(), accepted.invoice_id).await.unwrap(), Acted::Done);
    send(&store, &mut way).await;
    assert_eq!(provider.requests().len(), 2);
}

#[tokio::test]
async fn sending_again_is_at_once_and_the_same() {
    let (store, provider) = usual().await;
    provider.script([Manner::LoseAnswer]);
    store.sell(GARLIC).await;
    let mut way = Way::default();
    send(&store, &mut way).await;
    let id = only(&store).await.0.invoice_id;
    send_again(&store.app, &store.op(), id).await.unwrap();
    send(&store, &mut way).await;
    assert_eq!((states(&store).await, provider.taken().len()), (vec!["accepted"], 1));
    let unknown = send_again(&store.app, &store.op(), uuid::Uuid::nil()).await.unwrap();
    assert_eq!(unknown, Acted::Unknown);
}

/// Whatever is in the journal may reach the department, or a file for an auditor: no buyer is in it.
#[tokio::test]
async fn a_buyer_is_in_no_journal() {
    let (store, _provider) = usual().await;
    store.sell(GARLIC).await;
    let id = only(&store).await.0.invoice_id;
    set_buyer(&store.app, &store.seat, &store.op(), (id, &buyer())).await.unwrap();
    send(&store, &mut Way::default()).await;
    let file = store.folder().join("journal.jsonl");
    export(&store.app, &file).await.unwrap();
    let journal = std::fs::read_to_string(file).unwrap();
    assert!(journal.contains("Tỏi đen") && !journal.contains("Sa Kỳ") && !journal.contains("0100109106"));
}
