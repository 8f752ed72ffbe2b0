//! Settlements over both journals of the store, a payment without one, a count between them, and new terms.

use domain::Money;
use domain::fact::Fact;
use domain::fold::{Posting, fold};
use domain::settlement::{MoveSum, statement};
use domain::stock_move::moves;
use domain::tender::{Tender, TenderKind};
use protocol::payload::{
    EntryPlace, GoodsCount, GoodsCountPrivate, GoodsCountProduct, ProducerAdjusted, ProducerPaid,
    ProducerPaidPrivate, SettledUntil, Settlement, SettlementRow, TermsAgreed, sale::SaleTender, write,
};
use protocol::wire::TermsRow;

use crate::facts::{self, DAY, id, producer, store};
use crate::journal::{Journal, Told, draft};

/// Settles with the first producer for everything after the first so many entries of this journal, which an earlier settlement
/// holds, and pays a part.
pub(crate) fn settle(journal: &mut Journal, before: &[Told], settled: usize) {
    let held = before.len() * usize::from(settled > 0) + settled;
    let all = before.iter().chain(&journal.told).enumerate();
    let facts = all.flat_map(|(at, told)| {
        [&told.shared_fact, &told.private_fact].into_iter().flatten().map(move |fact| (at < held, fact))
    });
    let (mut sums, mut owed_vnd) = (Vec::new(), 0);
    for (is_settled, fact) in facts {
        for moved in moves(fact, store()).unwrap() {
            if moved.owner.producer_id() == Some(producer(1)) {
                let (product_id, cause, quantity) = (moved.product_id, moved.cause, moved.quantity);
                sums.push(MoveSum { product_id, cause, is_settled, quantity, worth: moved.worth });
            }
        }
        for posting in fold(fact, store()).unwrap() {
            if let Posting::Money(account, amount) = posting
                && account.producer_id() == Some(producer(1))
            {
                owed_vnd -= amount.vnd();
            }
        }
    }
    let (rows, due) = statement(&sums).unwrap();
    let carried = owed_vnd - due.vnd();
    assert_eq!(carried == 0, settled == 0, "{rows:?}");
    let number = 1 + journal.told.iter().filter(|told| told.entry.envelope.kind == "settlement").count();
    let end = |told: &Told| SettledUntil {
        stream: told.entry.envelope.stream.to_string(),
        seq: told.entry.envelope.seq,
    };
    let paid = vec![Tender { kind: TenderKind::Cash, amount: Money::new(owed_vnd / 1_000 * 1_000) }];
    let shared = Settlement {
        voucher: format!("LS-{}-QT{number:04}", journal.stream.short_code()),
        producer: producer(1).uuid(),
        shift: id(8, 1),
        cashier: id(9, 1),
        approved_by: Some(id(9, 2)),
        counter: "Quầy 1".to_owned(),
        until: before.last().into_iter().chain(journal.told.last()).map(end).collect(),
        rows: rows.iter().map(|(product_id, row)| SettlementRow::of(*product_id, row)).collect(),
        carried,
        due: due.vnd(),
        tenders: paid.iter().map(SaleTender::from).collect(),
        joint_part: None,
    };
    let reason = "Trả chủ thể HTX Lý Sơn".to_owned();
    let private = ProducerPaidPrivate { salt: journal.salt(), reason };
    let facts = [Some(Fact::ProducerPaid { producer_id: producer(1), paid }), None];
    journal.append(&draft("settlement"), write(&shared).unwrap(), write(&private).unwrap(), facts);
}

/// Records what the operator settled with the second producer for all its stores: nothing was to be settled here.
pub(crate) fn pay_jointly(journal: &mut Journal) {
    let paid = vec![Tender { kind: TenderKind::VietQr, amount: Money::new(250_000) }];
    let shared = ProducerPaid {
        voucher: format!("LS-{}-TT0003", journal.stream.short_code()),
        producer: producer(2).uuid(),
        shift: id(8, 1),
        cashier: uuid::Uuid::nil(),
        approved_by: None,
        counter: "Quầy 1".to_owned(),
        tenders: paid.iter().map(SaleTender::from).collect(),
        joint_part: Some(id(16, 1)),
    };
    let private = ProducerPaidPrivate { salt: journal.salt(), reason: String::new() };
    let facts = [Some(Fact::ProducerPaid { producer_id: producer(2), paid }), None];
    journal.append(&draft("producer_paid"), write(&shared).unwrap(), write(&private).unwrap(), facts);
}

/// Pays the second producer in advance, by bank.
pub(crate) fn pay_ahead(journal: &mut Journal) {
    let paid = vec![Tender { kind: TenderKind::VietQr, amount: Money::new(500_000) }];
    let shared = ProducerPaid {
        voucher: format!("LS-{}-TT0002", journal.stream.short_code()),
        producer: producer(2).uuid(),
        shift: id(8, 1),
        cashier: id(9, 1),
        approved_by: None,
        counter: "Quầy 1".to_owned(),
        tenders: paid.iter().map(SaleTender::from).collect(),
        joint_part: None,
    };
    let private = ProducerPaidPrivate { salt: journal.salt(), reason: String::new() };
    let facts = [Some(Fact::ProducerPaid { producer_id: producer(2), paid }), None];
    journal.append(&draft("producer_paid"), write(&shared).unwrap(), write(&private).unwrap(), facts);
}

/// Owes the first producer more beside the last settlement, and takes back what the second one was paid in advance.
pub(crate) fn correct(journal: &mut Journal) {
    let place = |told: Option<&Told>| {
        let envelope = &told.unwrap().entry.envelope;
        EntryPlace { stream: envelope.stream.to_string(), seq: envelope.seq }
    };
    let is = |kind: &'static str| move |told: &&Told| told.entry.envelope.kind == kind;
    let settled = place(journal.told.iter().rfind(is("settlement")));
    let advance = place(journal.told.iter().find(is("producer_paid")));
    let back = vec![Tender { kind: TenderKind::Cash, amount: Money::new(500_000) }];
    for (number, of, corrects, vnd, reason, came_back, called) in [
        ("DN0001", 1, settled, 40_000, "Hoa hồng 10 %, không phải 12 %", Vec::new(), ""),
        ("RL0001", 2, advance, 500_000, "Trả nhầm người", back, "Rút lại khoản trả nhầm"),
    ] {
        let shared = ProducerAdjusted {
            voucher: format!("LS-{}-{number}", journal.stream.short_code()),
            producer: producer(of).uuid(),
            shift: id(8, 1),
            cashier: id(9, 1),
            approved_by: id(9, 2),
            counter: "Quầy 1".to_owned(),
            corrects,
            amount: vnd,
            reason: reason.to_owned(),
            tenders: came_back.iter().map(SaleTender::from).collect(),
        };
        let private = ProducerPaidPrivate { salt: journal.salt(), reason: called.to_owned() };
        let amount = Money::new(vnd);
        let fact = Fact::ProducerAdjusted { producer_id: producer(of), amount, came_back };
        let (shared, private) = (write(&shared).unwrap(), write(&private).unwrap());
        journal.append(&draft("producer_adjusted"), shared, private, [Some(fact), None]);
    }
}

/// Counts the shelf: less, more, and as it is in the book.
pub(crate) fn count(journal: &mut Journal) {
    let (products, outside) = facts::counted();
    let shared = GoodsCount {
        voucher: format!("LS-{}-KK0001", journal.stream.short_code()),
        cashier: id(9, 1),
        approved_by: id(9, 2),
        products: products.iter().map(GoodsCountProduct::from).collect(),
    };
    let private = GoodsCountPrivate {
        salt: journal.salt(),
        reason: "Kiểm kê cuối tháng".to_owned(),
        products: outside.iter().map(GoodsCountProduct::from).collect(),
    };
    let facts = [Some(Fact::Counted { products }), Some(Fact::Counted { products: outside })];
    journal.append(&draft("goods_count"), write(&shared).unwrap(), write(&private).unwrap(), facts);
}

/// Terms with everything in them, as a store agrees on them and as central tells them.
pub(crate) fn terms() -> TermsRow {
    TermsRow {
        id: id(6, 3),
        producer: producer(1).uuid(),
        product: None,
        commission_ppm: 120_000,
        basis: "gross".to_owned(),
        discount_bearer: "store".to_owned(),
        valid_from: DAY,
        mode: String::new(),
        return_days: Some(3),
        shrinkage_ppm: 20_000,
        loss_bearer: Some("store".to_owned()),
        expiry_bearer: Some("producer".to_owned()),
        agreed_after_days: Some(7),
        ends: false,
    }
}

/// Agrees with the first producer on new terms.
pub(crate) fn agree(journal: &mut Journal) {
    let shared = TermsAgreed {
        voucher: format!("LS-{}-HD0001", journal.stream.short_code()),
        terms: terms(),
        cashier: id(9, 1),
        approved_by: id(9, 2),
    };
    journal.tell(&draft("terms"), &shared, Fact::Noted);
}
