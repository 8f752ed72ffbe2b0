use std::fs;
use std::path::Path;

use proptest::prelude::*;
use receipts::language::Language;
use receipts::layout::CopyMark;
use receipts::profile::{Paper, Profile};
use receipts::raster::draw;
use receipts::reader::read;
use receipts::slip::shift::{Notes, ShiftReport};
use receipts::slip::{Slip, SlipBody};
use receipts::slip_samples::{
    all, count, delivery, gift, goods_lost, order, pad, refund, settlement, settlement_advanced, z_report,
};
use receipts::snapshot::SnapshotError;

use crate::golden::{assert_fits, compare, spans};

#[test]
fn samples_are_laid_out_as_expected() {
    for (name, slip) in all(Language::Vi) {
        for paper in [Paper::Dots384, Paper::Dots576] {
            compare(&format!("{name}-{}.txt", paper.dots()), &slip.layout(paper, None).to_string());
        }
    }
    for (name, slip) in all(Language::En) {
        compare(&format!("{name}-en-384.txt"), &slip.layout(Paper::Dots384, None).to_string());
    }
}

#[test]
fn every_sample_fits_and_reads_back_from_its_bytes() {
    for language in Language::ALL {
        for (name, slip) in all(language) {
            assert_eq!(slip.check(), Ok(()), "{name}");
            for paper in Paper::ALL {
                let (page, profile) = (slip.layout(paper, None), Profile::new(paper));
                assert_fits(&page);
                let reading = read(&slip.bytes(&profile, None).unwrap(), &profile).unwrap();
                assert_eq!((reading.bitmap, reading.cuts), (draw(&page), 1), "{name} {}", paper.dots());
            }
        }
    }
}

/// Twenty metres of paper help nobody: with hundreds of products the roll has sums, and the paper says where the products are.
#[test]
fn a_settlement_of_hundreds_of_products_has_their_sums_on_the_roll() {
    for (times, is_listed) in [(75, true), (76, false)] {
        let mut slip = settlement(Language::Vi);
        let SlipBody::Settlement(body) = &mut slip.body else { unreachable!() };
        body.lines = body.lines.iter().cycle().take(2 * times).cloned().collect();
        let due_vnd = 4_285_592 * i64::try_from(times).unwrap();
        (body.left_vnd, body.due_vnd) = (body.left_vnd + due_vnd - body.due_vnd, due_vnd);
        assert_eq!(slip.check(), Ok(()));
        let text = slip.layout(Paper::Dots384, None).to_string();
        assert_eq!(text.contains("Mật ong rừng Trà Bồng"), is_listed, "{text}");
        assert_eq!(text.contains("bảng kê khổ A4"), !is_listed, "{text}");
        if !is_listed {
            for words in ["152", "331.170.000", "325.704.992"] {
                assert!(text.contains(words), "{words}: {text}");
            }
            assert!(text.lines().count() < 60, "{text}");
        }
    }
}

/// Eight hundred thousand were paid since: the paper says so payment by payment, and what is left adds up with them.
#[test]
fn a_settlement_lists_what_was_paid_since_the_one_before() {
    let mut slip = settlement_advanced(Language::Vi);
    let text = slip.layout(Paper::Dots384, None).to_string();
    for words in ["Còn nợ từ trước", "Đã trả 05/02/2026", "-500.000 ₫", "LS-7Q3F-TT112", "-300.000 ₫"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let SlipBody::Settlement(body) = &mut slip.body else { panic!("a settlement") };
    body.advances[0].1 += 1;
    assert_eq!(refusal(&slip), Some("left"));
    // Very many are one sum on the roll.
    for (times, is_listed) in [(40, true), (41, false)] {
        let mut slip = settlement_advanced(Language::Vi);
        let SlipBody::Settlement(body) = &mut slip.body else { panic!("a settlement") };
        body.advances = vec![("Đã trả 05/02/2026".to_owned(), 10_000); times];
        let text = slip.layout(Paper::Dots384, None).to_string();
        assert_eq!(text.contains("Đã trả 05/02/2026"), is_listed, "{text}");
        assert_eq!(text.contains("-410.000 ₫"), !is_listed, "{text}");
    }
}

/// The stored form is read years later: this file may be added to, never changed.
#[test]
fn the_stored_form_stays() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected/slips-v1.json");
    let slips: Vec<Slip> = all(Language::Vi).into_iter().map(|(_, slip)| slip).collect();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, serde_json::to_string_pretty(&slips).unwrap() + "\n").unwrap();
    }
    let stored: Vec<serde_json::Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(stored.len(), slips.len());
    for (stored, slip) in stored.into_iter().zip(slips) {
        assert_eq!(Slip::from_json(&stored.to_string()).unwrap(), slip);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&slip.to_json().unwrap()).unwrap(), stored);
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    for (text, version) in [(r#"{"v":2}"#, Some(2)), (r#"{"v":1}"#, None), ("{}", None), ("", None)] {
        match (Slip::from_json(text), version) {
            (Err(SnapshotError::Version(found)), Some(version)) => assert_eq!(found, version),
            (Err(SnapshotError::Json(_)), None) => {}
            other => panic!("{text}: {other:?}"),
        }
    }
}

fn refusal(slip: &Slip) -> Option<&'static str> {
    match slip.check() {
        Err(SnapshotError::Sum { what, .. }) => Some(what),
        _ => None,
    }
}

#[test]
fn a_report_that_contradicts_itself_is_refused() {
    type Spoil = fn(&mut ShiftReport);
    let cases: [(Option<&str>, Spoil); 12] = [
        (None, |_| {}),
        (Some("tenders"), |r| r.sales_vnd += 1),
        (Some("tenders"), |r| r.refunds_vnd += 1),
        (Some("tenders"), |r| r.deposits_vnd += 1),
        (Some("tenders"), |r| r.tenders[1].amount_vnd += 1),
        (Some("expected"), |r| r.float_vnd += 1),
        (Some("expected"), |r| r.cash_moves[0].amount_vnd += 1),
        (Some("expected"), |r| r.tenders[0].is_cash = false),
        (Some("counted"), |r| r.counted.as_mut().unwrap().notes[0].count += 1),
        (Some("difference"), |r| r.counted.as_mut().unwrap().difference_vnd = 0),
        // Only the sum was given.
        (None, |r| r.counted.as_mut().unwrap().notes.clear()),
        // Who counts blind is not told on X.
        (None, |r| (r.expected_vnd, r.counted) = (None, None)),
    ];
    for (number, (expected, spoil)) in cases.into_iter().enumerate() {
        let mut slip = z_report(Language::Vi);
        let SlipBody::Shift(report) = &mut slip.body else { panic!("a report") };
        spoil(report);
        assert_eq!(refusal(&slip), expected, "case {number}");
    }
    let mut slip = z_report(Language::Vi);
    let SlipBody::Shift(report) = &mut slip.body else { panic!("a report") };
    report.counted.as_mut().unwrap().notes = vec![Notes { face_vnd: i64::MAX, count: 2 }; 3];
    assert_eq!(slip.check(), Err(SnapshotError::TooLarge));
}

#[test]
fn refunds_and_orders_add_up() {
    let mut slip = refund(Language::Vi);
    let SlipBody::Refund(body) = &mut slip.body else { panic!("a refund") };
    body.rounding_vnd = 0;
    assert_eq!(refusal(&slip), Some("total"));
    let mut slip = refund(Language::Vi);
    let SlipBody::Refund(body) = &mut slip.body else { panic!("a refund") };
    body.tenders[0].amount_vnd -= 500;
    assert_eq!(refusal(&slip), Some("tendered"));
    for (what, change) in [("total", [1, 0, 0]), ("deposit", [0, 1, 0]), ("remaining", [0, 0, 1])] {
        let mut slip = order(Language::Vi);
        let SlipBody::Order(body) = &mut slip.body else { panic!("an order") };
        body.total_vnd += change[0];
        body.deposit_vnd += change[1];
        body.remaining_vnd += change[2];
        assert_eq!(refusal(&slip), Some(what));
    }
}

#[test]
fn what_is_owed_for_lost_goods_adds_up() {
    let mut slip = goods_lost(Language::Vi);
    let SlipBody::Removal(body) = &mut slip.body else { panic!("lost goods") };
    body.compensation_vnd += 1;
    assert_eq!(refusal(&slip), Some("compensation"));
}

#[test]
fn what_is_to_pay_for_goods_bought_adds_up() {
    let mut slip = delivery(Language::Vi);
    let SlipBody::Delivery(body) = &mut slip.body else { panic!("a delivery") };
    body.bought_vnd -= 1;
    assert_eq!(refusal(&slip), Some("goods bought"));
}

#[test]
fn a_count_adds_up() {
    type Spoil = fn(&mut receipts::slip::count::CountSlip);
    let cases: [(&str, Spoil); 3] = [
        ("compensation", |count| count.compensation_vnd += 1),
        ("difference", |count| count.lines[0].difference_milli += 1),
        ("difference", |count| count.lines[1].counted_milli -= 1),
    ];
    for (what, spoil) in cases {
        let mut slip = count(Language::Vi);
        let SlipBody::Count(body) = &mut slip.body else { panic!("a count") };
        spoil(body);
        assert_eq!(refusal(&slip), Some(what));
    }
}

#[test]
fn a_gift_shows_no_price() {
    for language in Language::ALL {
        let text = gift(language).layout(Paper::Dots384, None).to_string();
        assert!(!text.contains('₫'), "{text}");
    }
}

#[test]
fn a_refund_names_the_receipt_it_is_against() {
    let mut slip = refund(Language::Vi);
    assert!(
        slip.layout(Paper::Dots576, None).to_string().contains("Theo phiếu: LS-7Q3F-000123 ngày 03/03/2026")
    );
    let SlipBody::Refund(body) = &mut slip.body else { panic!("a refund") };
    body.receipt_number.clear();
    assert!(slip.layout(Paper::Dots576, None).to_string().contains("Trả hàng không có phiếu"));
}

#[test]
fn the_lines_of_the_pad_go_on_counting_and_have_an_end() {
    let mut slip = pad(Language::Vi);
    let SlipBody::Pad(body) = &mut slip.body else { panic!("a pad") };
    (body.first_line, body.lines) = (41, 10_000);
    let page = slip.layout(Paper::Dots384, None);
    assert_fits(&page);
    let text = page.to_string();
    assert!(text.contains(" 41 Giờ |") && text.contains(" 160 |") && !text.contains(" 161 |"), "{text}");
}

#[test]
fn a_copy_is_marked_in_its_language() {
    let copy = CopyMark { n: 1, by: "Mai".to_owned(), at: "09:12".to_owned() };
    for (language, mark) in [(Language::Vi, "BẢN SAO - IN LẠI LẦN 1"), (Language::En, "COPY - REPRINT 1")]
    {
        assert!(z_report(language).layout(Paper::Dots576, Some(&copy)).to_string().contains(mark));
        assert!(!z_report(language).layout(Paper::Dots576, None).to_string().contains(mark));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever staff typed and however large the amounts, nothing leaves the paper.
    #[test]
    fn any_slip_fits_any_paper(
        words in "[\\PC\u{300}-\u{309}]{0,80}", amount_vnd: i64,
        paper in prop::sample::select(Paper::ALL.to_vec()), english: bool,
    ) {
        let language = if english { Language::En } else { Language::Vi };
        for (name, mut slip) in all(language) {
            (slip.point_name, slip.number, slip.cashier) = (words.clone(), words.clone(), words.clone());
            match &mut slip.body {
                SlipBody::Shift(body) => {
                    (body.sales_vnd, body.expected_vnd) = (amount_vnd, Some(amount_vnd));
                    (body.cash_moves[0].reason, body.tenders[0].label) = (words.clone(), words.clone());
                    (body.cash_moves[0].amount_vnd, body.visitors) = (amount_vnd, Some(amount_vnd));
                }
                SlipBody::Cash(body) => (body.reason, body.person, body.amount_vnd) = (words.clone(), words.clone(), amount_vnd),
                SlipBody::Refund(body) => {
                    (body.reason, body.receipt_number, body.verification_qr) = (words.clone(), words.clone(), words.clone());
                    (body.lines[0].name, body.total_vnd) = (words.clone(), amount_vnd);
                }
                SlipBody::Gift(body) => {
                    (body.message, body.exchange_qr) = (words.clone(), words.clone());
                    (body.lines[0].name, body.lines[0].unit) = (words.clone(), words.clone());
                }
                SlipBody::Order(body) => {
                    (body.customer, body.place, body.due) = (words.clone(), words.clone(), words.clone());
                    body.remaining_vnd = amount_vnd;
                }
                SlipBody::Removal(body) => {
                    (body.reason, body.approved_by) = (words.clone(), words.clone());
                    (body.lines[0].name, body.lines[0].unit) = (words.clone(), words.clone());
                    (body.lines[0].lot, body.lines[0].compensation_vnd) = (words.clone(), amount_vnd);
                }
                SlipBody::Transfer(body) => {
                    (body.store, body.transfer, body.reason) = (words.clone(), words.clone(), words.clone());
                    (body.lines[0].name, body.lines[0].producer) = (words.clone(), words.clone());
                    (body.lines[0].sent_milli, body.lines[0].compensation_vnd) = (amount_vnd, amount_vnd);
                }
                SlipBody::Repack(body) => {
                    (body.producer, body.reason, body.made[0].name) = (words.clone(), words.clone(), words.clone());
                    (body.made[0].grams, body.loss_grams) = (amount_vnd, amount_vnd);
                }
                SlipBody::Delivery(body) => {
                    (body.producer, body.lines[0].name, body.lines[0].lot) = (words.clone(), words.clone(), words.clone());
                    (body.lines[0].quantity_milli, body.lines[0].noted_milli) = (amount_vnd, Some(7));
                }
                SlipBody::Count(body) => {
                    (body.title, body.reason, body.approved_by) = (words.clone(), words.clone(), words.clone());
                    (body.bearer, body.begun, body.products) = (words.clone(), words.clone(), amount_vnd);
                    for line in &mut body.lines {
                        (line.name, line.unit) = (words.clone(), words.clone());
                        (line.difference_milli, line.compensation_vnd) = (amount_vnd, amount_vnd);
                    }
                }
                SlipBody::Settlement(body) => {
                    (body.producer, body.since, body.entry) = (words.clone(), words.clone(), words.clone());
                    (body.due_vnd, body.carried_vnd, body.left_vnd) = (amount_vnd, amount_vnd, amount_vnd);
                    body.advances = vec![(words.clone(), amount_vnd)];
                    for line in &mut body.lines {
                        (line.name, line.commission_rate) = (words.clone(), words.clone());
                        (line.lost_by_operator_milli, line.gross_vnd) = (amount_vnd, amount_vnd);
                        line.counted_milli = amount_vnd;
                    }
                }
                SlipBody::Correction(body) => {
                    (body.producer, body.corrects, body.way) = (words.clone(), words.clone(), words.clone());
                    (body.reason, body.entry, body.amount_vnd) = (words.clone(), words.clone(), amount_vnd);
                }
                SlipBody::Agreement(body) => {
                    (body.producer, body.product, body.approved_by) = (words.clone(), words.clone(), words.clone());
                    body.clauses = vec![words.clone(); 3];
                }
                SlipBody::Pad(_) => {}
            }
            let page = slip.layout(paper, None);
            assert_fits(&page);
            prop_assert!(!spans(&page).is_empty(), "{}", name);
        }
    }
}
