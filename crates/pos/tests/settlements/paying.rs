//! How a producer is paid: what was transferred is recorded once and never asked for again, what was paid since the settlement before
//! stands on the next one, and a till that took another one's place settles nothing before it has that one's journal.

use super::*;
use domain::ids::StoreId;
use pos::db::streams;
use pos::sync::enrol::begin_stream;
use receipts::slip::settlement::SettlementSlip;

fn account() -> PayoutAccount {
    PayoutAccount::read("970405", "4801205012345", "BÙI VĂN TẤN").unwrap()
}

async fn paper(store: &TestStore, voucher: &str) -> SettlementSlip {
    let (_, paper) = slip::find_by_number(&store.app, voucher).await.unwrap().unwrap();
    let SlipBody::Settlement(paper) = paper.body else { panic!("{paper:?}") };
    paper
}

/// Refusing it because a box was sold meanwhile would make somebody transfer again, with a code or without.
#[tokio::test]
async fn what_was_transferred_is_recorded_whatever_was_sold_meanwhile() {
    let store = store().await;
    sell(&store, 1).await;
    let accounts = [(None, ""), (Some(account()), "Agribank · 4801205012345 · BÙI VĂN TẤN")];
    for ((account, on_paper), settles) in accounts.into_iter().zip([true, false]) {
        let means = transferred(&store, account).await;
        let transfer = Payout { means, settles, ..settling(&store, 100_000).await };
        store.clock.advance(60_000);
        sell(&store, 1).await;
        let voucher = match told(pay(&store, &transfer).await) {
            Settling::SettlementClosed { voucher, paid_vnd: 100_000, .. } if settles => voucher,
            Settling::ProducerPaid { voucher, paid_vnd: 100_000, .. } if !settles => voucher,
            other => panic!("{other:?}"),
        };
        assert_eq!(paper(&store, &voucher).await.to_account, on_paper);
        // The page of before knows nothing of it: whoever sends it again is led to the payments.
        assert_eq!(told(pay(&store, &transfer).await), Settling::PaidMeanwhile);
    }
    assert_eq!(owed(&store).await, 3 * DUE - 200_000);
    store.check().await;
}

/// A box comes back while the money is sent: what is too much is an advance, by the button of the page that asked.
#[tokio::test]
async fn more_than_is_owed_is_never_transferred_again() {
    let store = store().await;
    sell(&store, 1).await;
    for (account, paid_by) in [(None, PaidBy::Transfer), (Some(account()), PaidBy::Code)] {
        let means = transferred(&store, account).await;
        let transfer = Payout { means, ..settling(&store, DUE + 1).await };
        assert_eq!(told(pay(&store, &transfer).await), Settling::MoreThanOwed { owed_vnd: DUE, paid_by });
    }
    let means = transferred(&store, Some(account())).await;
    let advance = Payout { means, settles: false, ..settling(&store, DUE + 1).await };
    let done = told(pay(&store, &advance).await);
    assert!(matches!(done, Settling::ProducerPaid { left_vnd: -1, .. }), "{done:?}");
    store.check().await;
}

/// Pressed twice it is one payment, whichever button was pressed the second time.
#[tokio::test]
async fn a_form_that_is_sent_twice_pays_once() {
    let store = store().await;
    sell(&store, 2).await;
    let op = store.op();
    let means = transferred(&store, Some(account())).await;
    let first = Payout { means, ..settling(&store, DUE).await };
    let done = told(pay_producer(&store.app, &store.seat, &op, &first).await.unwrap());
    assert!(matches!(done, Settling::SettlementClosed { .. }), "{done:?}");
    for settles in [true, false] {
        let again = Payout { settles, ..first.clone() };
        let state = pay_producer(&store.app, &store.seat, &op, &again).await.unwrap();
        assert_eq!(told(state), Settling::RecordedBefore);
    }
    assert_eq!((papers(&store).await.len(), owed(&store).await), (1, DUE));
    store.check().await;
}

/// Two boxes' money was left over and 150.000 paid since: the paper says so, and not how much that is together.
#[tokio::test]
async fn a_settlement_lists_what_was_paid_since_the_one_before() {
    let store = store().await;
    sell(&store, 3).await;
    let part = told(pay(&store, &settling(&store, DUE).await).await);
    assert!(matches!(part, Settling::SettlementClosed { .. }), "{part:?}");
    let mut numbers = Vec::new();
    for vnd in [100_000, 50_000] {
        store.clock.advance(60_000);
        let advance = Payout { settles: false, ..settling(&store, vnd).await };
        let done = told(pay(&store, &advance).await);
        let Settling::ProducerPaid { voucher, .. } = done else { panic!("{done:?}") };
        assert!(paper(&store, &voucher).await.advances.is_empty(), "it is a payment alone");
        numbers.push(voucher);
    }
    sell(&store, 1).await;
    let done = settle(&store).await;
    let Settling::SettlementClosed { voucher, .. } = done else { panic!("{done:?}") };
    let paper = paper(&store, &voucher).await;
    assert_eq!((paper.carried_vnd, paper.due_vnd, paper.left_vnd), (2 * DUE, DUE, 0));
    let expected = [100_000, 50_000].into_iter().zip(&numbers);
    let expected = expected.map(|(vnd, number)| (format!("Đã trả 23/11/2026, phiếu {number}"), vnd));
    assert_eq!(paper.advances, expected.collect::<Vec<_>>());
    // In the journal it is one sum, as before.
    assert_eq!(settlements(&store).await[1].carried, 2 * DUE - 150_000);
    assert_eq!(open(&store).await.advances, [], "it is in that settlement, and in no other one");
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(open(&store).await.advances, []);
    store.check().await;
}

/// The copy does not know what was settled after it was made. What must be paid meanwhile is an advance.
#[tokio::test]
async fn a_restored_till_settles_nothing_before_it_has_the_former_journal() {
    let store = store().await;
    sell(&store, 2).await;
    begin_stream(&store.app, StoreId::from_uuid(id_of("store")), "restored").await.unwrap();
    sell(&store, 1).await;
    let before = entries(&store).await;
    for (means, paid_by) in [
        (Means::Cash, PaidBy::Drawer),
        (transferred(&store, None).await, PaidBy::Transfer),
        (transferred(&store, Some(account())).await, PaidBy::Code),
    ] {
        let payout = Payout { means, ..settling(&store, 3 * DUE).await };
        assert_eq!(told(pay(&store, &payout).await), Settling::NotCaughtUp { paid_by });
    }
    assert_eq!(entries(&store).await, before);
    let advance = Payout { settles: false, ..settling(&store, 50_000).await };
    let done = told(pay(&store, &advance).await);
    assert!(matches!(done, Settling::ProducerPaid { paid_vnd: 50_000, .. }), "{done:?}");
    // Central has told what it lacked; from then on it needs no network.
    let mut tx = store.app.db().begin().await.unwrap();
    let current = streams::find_current(&mut tx).await.unwrap().unwrap();
    streams::update_caught_up(&mut tx, current.stream_no).await.unwrap();
    tx.commit().await.unwrap();
    let done = settle(&store).await;
    assert!(matches!(done, Settling::SettlementClosed { left_vnd: 0, .. }), "{done:?}");
    store.check().await;
}
