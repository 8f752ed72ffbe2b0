//! What was settled or paid wrongly is put right under its paper: the paper stays, the next settlement says what was put right, and money
//! that came back is in the drawer.

use super::*;
use domain::correction::REASON_MOST;
use pos::counter::correction::{Change, Correction, correct};
use receipts::slip::correction::CorrectionSlip;

/// What puts a paper right.
pub(super) fn putting_right(number: &str, change: Change, vnd: i64) -> Correction {
    Correction {
        number: number.to_owned(),
        change,
        amount: Money::new(vnd),
        reason: " Tính nhầm hoa hồng ".to_owned(),
        language: Language::Vi,
        word: manager_word(),
    }
}

/// Puts a paper right; returns what is told of it.
pub(super) async fn put_right(store: &TestStore, number: &str, change: Change, vnd: i64) -> Settling {
    let correction = putting_right(number, change, vnd);
    told(correct(&store.app, &store.seat, &store.op(), &correction).await.unwrap())
}

async fn advance(store: &TestStore, means: Means, vnd: i64) -> String {
    let advance = Payout { settles: false, means, ..settling(store, vnd).await };
    let done = told(pay(store, &advance).await);
    let Settling::ProducerPaid { voucher, .. } = done else { panic!("{done:?}") };
    voucher
}

async fn settled(store: &TestStore) -> String {
    let done = settle(store).await;
    let Settling::SettlementClosed { voucher, .. } = done else { panic!("{done:?}") };
    voucher
}

async fn body(store: &TestStore, number: &str) -> SlipBody {
    slip::find_by_number(&store.app, number).await.unwrap().unwrap().1.body
}

async fn paper(store: &TestStore, number: &str) -> CorrectionSlip {
    match body(store, number).await {
        SlipBody::Correction(paper) => paper,
        other => panic!("{other:?}"),
    }
}

/// 50.000 too little, then 20.000 of it too much: the closed settlement stays, the next one says both and why.
#[tokio::test]
async fn what_was_settled_wrongly_goes_into_the_next_settlement() {
    let store = store().await;
    sell(&store, 2).await;
    let number = settled(&store).await;
    let (first, drawer) = (settlements(&store).await, store.drawer().await);
    let more = put_right(&store, &number, Change::More, 50_000).await;
    let Settling::ProducerAdjusted { voucher, adjusted_vnd: 50_000, left_vnd: 50_000 } = more else {
        panic!("{more:?}")
    };
    assert!(voucher.contains("-DN"), "{voucher}");
    let on_paper = paper(&store, &voucher).await;
    assert_eq!((on_paper.before_vnd, on_paper.amount_vnd, on_paper.left_vnd), (0, 50_000, 50_000));
    assert_eq!((on_paper.corrects, on_paper.reason), (number.clone(), "Tính nhầm hoa hồng".to_owned()));
    assert_eq!((on_paper.producer.as_str(), on_paper.way.as_str()), (PRODUCER, ""));
    assert_eq!(on_paper.in_words, "Năm mươi nghìn đồng");
    let less = put_right(&store, &number, Change::Less, 20_000).await;
    assert!(
        matches!(less, Settling::ProducerAdjusted { adjusted_vnd: -20_000, left_vnd: 30_000, .. }),
        "{less:?}"
    );
    // It is a cost of the operator's, and no money moved.
    assert_eq!((store.balance("adjustments").await, store.balance("producer_due").await), (30_000, -30_000));
    assert_eq!(store.drawer().await, drawer);
    let now = open(&store).await;
    assert_eq!((now.account.carried.vnd(), now.account.due.vnd()), (30_000, 0));
    let rows: Vec<(&str, i64)> =
        now.adjusted.iter().map(|row| (row.corrected_number.as_str(), row.adjusted_vnd)).collect();
    assert_eq!(rows, [(number.as_str(), 50_000), (number.as_str(), -20_000)]);
    sell(&store, 1).await;
    let next = settled(&store).await;
    let SlipBody::Settlement(next) = body(&store, &next).await else { panic!("a settlement") };
    let said = format!("Điều chỉnh {number}: Tính nhầm hoa hồng");
    assert_eq!(next.adjusted, [(said.clone(), 50_000), (said, -20_000)]);
    assert_eq!((next.due_vnd, next.carried_vnd, next.left_vnd), (DUE, 0, 0));
    assert_eq!(settlements(&store).await[..1], first, "a closed one never changes");
    assert_eq!(settlements(&store).await[1].carried, 30_000);
    assert!(open(&store).await.adjusted.is_empty(), "they are in that settlement, and in no other one");
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!((open(&store).await.adjusted, papers(&store).await.len()), (Vec::new(), 4));
    store.check().await;
}

/// Paid to the wrong one, the notes are brought back: the drawer has them, and its report says what they are.
#[tokio::test]
async fn a_wrong_payment_comes_back_into_the_drawer() {
    let store = store().await;
    let number = advance(&store, Means::Cash, 300_000).await;
    assert_eq!(store.drawer().await, 200_000);
    let back = put_right(&store, &number, Change::Cash, 300_000).await;
    let Settling::PaymentTakenBack { voucher, back_vnd: 300_000, left_vnd: 0 } = back else {
        panic!("{back:?}")
    };
    assert!(voucher.contains("-RL"), "{voucher}");
    let on_paper = paper(&store, &voucher).await;
    assert_eq!((on_paper.before_vnd, on_paper.amount_vnd, on_paper.left_vnd), (-300_000, 300_000, 0));
    assert_eq!((on_paper.corrects.as_str(), on_paper.way.as_str()), (number.as_str(), "Nhận lại tiền mặt"));
    assert_eq!((store.drawer().await, owed(&store).await), (500_000, 0));
    assert_eq!((store.balance("producer_due").await, store.balance("adjustments").await), (0, 0));
    let report = shift::report(&store.app, &store.seat, Language::Vi).await.unwrap().unwrap();
    let moves: Vec<(String, i64)> =
        report.cash_moves.iter().map(|moved| (moved.reason.clone(), moved.amount_vnd)).collect();
    let expected = [
        ("Trả chủ thể Tỏi đen Lý Sơn".to_owned(), -300_000),
        (format!("Rút lại khoản trả {number}"), 300_000),
    ];
    assert_eq!(moves, expected);
    // The Z finds in the drawer what is there.
    let state = shift::close(&store.app, &store.seat, &store.op(), Money::new(500_000)).await.unwrap();
    assert_eq!(state.note, Note::ShiftClosed { over_vnd: 0 });
    store.check().await;
}

/// A transfer to a wrong account comes back to the operator's; of what a settlement paid, a part comes back.
#[tokio::test]
async fn a_transfer_comes_back_and_so_does_a_part() {
    let store = store().await;
    let means = transferred(&store, None).await;
    let number = advance(&store, means, 100_000).await;
    assert_eq!(store.balance("bank").await, -100_000);
    let drawer = store.drawer().await;
    let back = put_right(&store, &number, Change::Transfer, 100_000).await;
    assert!(matches!(back, Settling::PaymentTakenBack { left_vnd: 0, .. }), "{back:?}");
    assert_eq!((store.balance("bank").await, store.drawer().await), (0, drawer));
    sell(&store, 1).await;
    let number = settled(&store).await;
    let drawer = store.drawer().await;
    let back = put_right(&store, &number, Change::Cash, 43_000).await;
    assert!(matches!(back, Settling::PaymentTakenBack { left_vnd: 43_000, .. }), "{back:?}");
    assert_eq!((store.drawer().await, owed(&store).await), (drawer + 43_000, 43_000));
    let now = open(&store).await;
    assert_eq!((now.adjusted.len(), now.advances.len()), (1, 0), "the first is in the settlement");
    assert!(now.adjusted[0].is_back);
    // What is owed beside that settlement is put right all the same.
    let more = put_right(&store, &number, Change::Less, 3_000).await;
    assert!(matches!(more, Settling::ProducerAdjusted { left_vnd: 40_000, .. }), "{more:?}");
    // It is paid as any rest is.
    advance(&store, Means::Cash, 40_000).await;
    assert_eq!(owed(&store).await, 0);
    rebuild::rebuild(&store.app).await.unwrap();
    assert_eq!(owed(&store).await, 0);
    store.check().await;
}

#[tokio::test]
async fn a_form_that_is_sent_twice_puts_right_once() {
    let store = store().await;
    sell(&store, 1).await;
    let number = settled(&store).await;
    let (op, before) = (store.op(), entries(&store).await);
    let correction = putting_right(&number, Change::Cash, 40_000);
    let once = correct(&store.app, &store.seat, &op, &correction).await.unwrap();
    assert!(matches!(told(once), Settling::PaymentTakenBack { .. }));
    let again = correct(&store.app, &store.seat, &op, &correction).await.unwrap();
    assert_eq!((again.note, entries(&store).await), (Note::Ready, before + 1));
    // Two counters at once: one of them is told.
    let number = advance(&store, Means::Cash, 10_000).await;
    let (one, other) = tokio::join!(
        put_right(&store, &number, Change::Cash, 10_000),
        put_right(&store, &number, Change::Cash, 10_000)
    );
    let both = [one, other];
    assert!(both.contains(&Settling::TakenBackBefore), "{both:?}");
    assert_eq!((entries(&store).await, owed(&store).await), (before + 3, 40_000));
    store.check().await;
}

#[tokio::test]
async fn what_puts_nothing_right_changes_nothing() {
    let store = store().await;
    let paid = advance(&store, Means::Cash, 90_000).await;
    sell(&store, 1).await;
    let number = settled(&store).await;
    let back = put_right(&store, &paid, Change::Cash, 30_000).await;
    let Settling::PaymentTakenBack { voucher, .. } = back else { panic!("{back:?}") };
    let before = (entries(&store).await, owed(&store).await, store.drawer().await);
    let bad = |field: &str| Note::BadField { field: field.to_owned() };
    let with = |change: fn(&mut Correction)| {
        let mut correction = putting_right(&number, Change::More, 50_000);
        change(&mut correction);
        correction
    };
    let of = putting_right;
    let settled_paid = DUE - 90_000;
    for (wrong, note) in [
        (with(|it| it.word = Word::default()), Note::ManagerNeeded),
        (with(|it| it.amount = Money::ZERO), bad("amount")),
        (with(|it| it.amount = Money::new(-1)), bad("amount")),
        (with(|it| it.amount = Money::new(i64::MAX)), bad("amount")),
        (with(|it| it.reason = " ".to_owned()), Note::NeedsReason),
        (with(|it| it.reason = "ạ".repeat(REASON_MOST + 1)), bad("reason")),
        (of("LS-0000-QT1", Change::More, 1), bad("number")),
        // A payment settles nothing that could be wrong, and what put one right is put right beside its paper.
        (of(&paid, Change::Less, 1), bad("number")),
        (of(&voucher, Change::Cash, 1), bad("number")),
        (of(&paid, Change::Transfer, 1), Note::Settling(Settling::TakenBackBefore)),
        (
            of(&number, Change::Cash, settled_paid + 1),
            Note::Settling(Settling::MoreThanPaid { paid_vnd: settled_paid }),
        ),
    ] {
        let state = correct(&store.app, &store.seat, &store.op(), &wrong).await.unwrap();
        assert_eq!(state.note, note);
    }
    assert_eq!((entries(&store).await, owed(&store).await, store.drawer().await), before);
    // The longest reason fits its paper and its entry.
    let longest = with(|it| it.reason = "ạ".repeat(REASON_MOST));
    let state = correct(&store.app, &store.seat, &store.op(), &longest).await.unwrap();
    assert!(matches!(told(state), Settling::ProducerAdjusted { .. }));
    store.check().await;
}
