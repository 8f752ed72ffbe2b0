//! The golden journal: every kind of entry, in two streams of one store.

use domain::Money;
use domain::fact::{Fact, Refunded, Sold};
use domain::ids::ProducerId;
use domain::removal::{Cause, RemovedLine};
use domain::sale::SaleLine;
use domain::tender::{Tender, TenderKind};
use protocol::entry::{ClockFlag, LastAck};
use protocol::payload::{
    ClockChanged, DepositReturned, DepositReturnedPrivate, DepositTaken, DepositTakenPrivate, Genesis,
    GoodsIn, GoodsInLine, GoodsInPrivate, GoodsOut, GoodsOutLine, GoodsOutPrivate, NothingPrivate,
    Predecessor, ProvisionalProduct, ProvisionalProductPrivate, ProvisionalProductShared, Refund, RefundLine,
    RefundPrivate, Reprint, SCHEMA, Sale, SalePad, SalePrivate, Salt, ShiftClose, ShiftOpen, TenderConfirmed,
    sale, write,
};
use protocol::wire::Ack;
use protocol::{Entry, Envelope, Hash, Position, SecretKey, StreamId};
use serde::{Deserialize, Serialize};
use time::macros::date;
use uuid::Uuid;

use crate::facts::{self, DAY, id, producer, product, store};
use crate::{moving, settling};

/// A line of an exported journal.
#[derive(Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) envelope: String,
    pub(crate) shared: String,
    pub(crate) private: Option<String>,
}

/// An entry with the facts that it tells; no shared fact when this version does not understand it.
pub(crate) struct Told {
    pub(crate) entry: Entry,
    pub(crate) private: String,
    pub(crate) shared_fact: Option<Fact>,
    pub(crate) private_fact: Option<Fact>,
}

pub(crate) const CENTRAL_TIME: i64 = 1_795_402_800_000;

pub(crate) fn key(number: u8) -> SecretKey {
    SecretKey::from_bytes(&[number; 32])
}

pub(crate) const STORE_KEY: u8 = 1;
pub(crate) const CENTRAL_KEY: u8 = 2;
pub(crate) const RESTORED_KEY: u8 = 3;

pub(crate) fn stream(number: u128) -> StreamId {
    StreamId { store_id: store(), incarnation: 0x0001_0203_0405_0607_0809_0a0b_0c0d_0e00 | number }
}

pub(crate) struct Journal {
    pub(crate) stream: StreamId,
    boot_id: Uuid,
    last_ack: Option<LastAck>,
    grand_total: i64,
    pub(crate) told: Vec<Told>,
}

/// What an entry will be: kind, sale and the payable that it adds.
pub(crate) struct Draft<'a> {
    kind: &'a str,
    schema: u16,
    sale_id: Option<Uuid>,
    payable: i64,
    clock_flag: ClockFlag,
}

pub(crate) const fn draft(kind: &str) -> Draft<'_> {
    Draft { kind, schema: SCHEMA, sale_id: None, payable: 0, clock_flag: ClockFlag::Ok }
}

impl Journal {
    fn new(stream: StreamId) -> Self {
        let mut journal =
            Self { stream, boot_id: Uuid::nil(), last_ack: None, grand_total: 0, told: Vec::new() };
        journal.boot_id = id(7, journal.number());
        journal
    }

    fn position(&self) -> Position {
        self.told.last().map_or(Position::START, |told| told.entry.position())
    }

    /// Random in a real journal: here the stream's number and the entry's.
    pub(crate) fn salt(&self) -> Salt {
        let mut salt = [u8::try_from(self.told.len() + 1).unwrap(); 16];
        salt[0] = self.number();
        Salt::new(salt)
    }

    fn number(&self) -> u8 {
        u8::try_from(self.stream.incarnation & 0xff).unwrap()
    }

    pub(crate) fn append(
        &mut self,
        draft: &Draft<'_>,
        shared: String,
        private: String,
        facts: [Option<Fact>; 2],
    ) {
        let before = self.position();
        self.grand_total += draft.payable;
        let mono_ms = 60_000 * (before.seq + 1);
        let envelope = Envelope {
            v: 1,
            stream: self.stream,
            seq: before.seq + 1,
            prev_hash: before.hash,
            kind: draft.kind.to_owned(),
            schema: draft.schema,
            sale_id: draft.sale_id,
            business_date: DAY,
            wall_utc_ms: 1_795_395_600_000 + mono_ms,
            utc_offset_min: 420,
            boot_id: self.boot_id,
            mono_ms,
            clock_flag: draft.clock_flag,
            last_central_ack: self.last_ack.clone(),
            grand_total_after: self.grand_total,
            shared_len: 0,
            shared_sha256: Hash::ZERO,
            private_len: 0,
            private_sha256: Hash::ZERO,
        };
        let entry = Entry::seal(envelope, shared, &private).unwrap();
        let [shared_fact, private_fact] = facts;
        self.told.push(Told { entry, private, shared_fact, private_fact });
    }

    /// Appends an entry without anything private.
    pub(crate) fn tell(&mut self, draft: &Draft<'_>, shared: &impl Serialize, fact: Fact) {
        let private = write(&NothingPrivate { salt: self.salt() }).unwrap();
        self.append(draft, write(shared).unwrap(), private, [Some(fact), None]);
    }

    fn sell(&mut self, number: u8, sale: (Sold, Vec<SaleLine>), change: i64) {
        self.sell_from(None, number, sale, change);
    }

    /// As [`Self::sell`], perhaps from the pad.
    fn sell_from(
        &mut self,
        pad: Option<SalePad>,
        number: u8,
        (sold, outside): (Sold, Vec<SaleLine>),
        change: i64,
    ) {
        let payable: i64 = sold.kept.iter().map(|tender| tender.amount.vnd()).sum();
        let mut shared = Sale {
            receipt: format!("LS-{}-{number:06}", self.stream.short_code()),
            shift: id(8, 1),
            cashier: id(9, 1),
            counter: "Quầy 1".to_owned(),
            payable,
            lines: Vec::new(),
            tenders: Vec::new(),
            tendered: payable + change,
            change,
            rounding: 0,
            other: sale::SaleOther::default(),
            pad,
        };
        shared.set_sold(&sold);
        let sale_id = id(10, 100 * self.number() + number);
        let private = SalePrivate {
            salt: self.salt(),
            lines: outside.iter().map(sale::SaleLine::from).collect(),
            reductions: Vec::new(),
            remarks: Vec::new(),
            owed: None,
        };
        let draft = Draft { sale_id: Some(sale_id), payable, ..draft("sale") };
        let facts = [Some(Fact::Sold(sold)), Some(Fact::SoldOutside { lines: outside })];
        self.append(&draft, write(&shared).unwrap(), write(&private).unwrap(), facts);
    }

    /// `of` is the sale's id and the count in the number on its receipt.
    fn confirm(&mut self, number: u8, (sale_id, sale): (Uuid, u8), (from, tender): (TenderKind, Tender)) {
        let short_code = self.stream.short_code();
        let shared = TenderConfirmed {
            voucher: format!("LS-{short_code}-TN{number:04}"),
            sale_receipt: format!("LS-{short_code}-{sale:06}"),
            shift: id(8, 1),
            cashier: id(9, 1),
            counter: "Quầy 1".to_owned(),
            from: from.code().to_owned(),
            tenders: vec![sale::SaleTender::from(&tender)],
            source: None,
        };
        let fact = Fact::Confirmed { from, paid: vec![tender] };
        self.tell(&Draft { sale_id: Some(sale_id), ..draft("tender_confirmed") }, &shared, fact);
    }

    /// `sale_id` is what the order is to become.
    fn order(&mut self, sale_id: Uuid) {
        let paid = facts::deposit();
        let shared = DepositTaken {
            voucher: format!("LS-{}-DC0001", self.stream.short_code()),
            shift: id(8, 1),
            cashier: id(9, 1),
            counter: "Quầy 1".to_owned(),
            due: date!(2026 - 12 - 24),
            total: 300_000,
            tenders: paid.iter().map(sale::SaleTender::from).collect(),
        };
        let private = DepositTakenPrivate {
            salt: self.salt(),
            person: "Chị Lan".to_owned(),
            phone: "0905 000 111".to_owned(),
        };
        let draft = Draft { sale_id: Some(sale_id), ..draft("deposit_taken") };
        let facts = [Some(Fact::DepositTaken { paid }), None];
        self.append(&draft, write(&shared).unwrap(), write(&private).unwrap(), facts);
    }

    fn give_deposit_back(&mut self, sale_id: Uuid) {
        let (paid, kept) = facts::deposit_back();
        let short_code = self.stream.short_code();
        let shared = DepositReturned {
            voucher: format!("LS-{short_code}-HC0001"),
            deposit: format!("LS-{short_code}-DC0001"),
            shift: id(8, 1),
            cashier: id(9, 1),
            approved_by: Some(id(9, 2)),
            counter: "Quầy 1".to_owned(),
            tenders: paid.iter().map(sale::SaleTender::from).collect(),
            kept: kept.vnd(),
        };
        let private = DepositReturnedPrivate { salt: self.salt(), reason: "Bớt một món".to_owned() };
        let draft = Draft { sale_id: Some(sale_id), ..draft("deposit_returned") };
        let facts = [Some(Fact::DepositReturned { paid, kept }), None];
        self.append(&draft, write(&shared).unwrap(), write(&private).unwrap(), facts);
    }

    /// `of` is the sale's id and the number on its receipt.
    fn refund(
        &mut self,
        number: u8,
        kind: &str,
        of: Option<(Uuid, String)>,
        (refunded, outside): (Refunded, Vec<domain::refund::RefundLine>),
    ) {
        let short_code = self.stream.short_code();
        let (sale_id, sale_receipt) = of.unzip();
        let mut shared = Refund {
            receipt: format!("LS-{short_code}-TH{number:04}"),
            sale_receipt: sale_receipt.unwrap_or_default(),
            shift: id(8, 1),
            cashier: id(9, 1),
            approved_by: (number != 2).then(|| id(9, 2)),
            counter: "Quầy 1".to_owned(),
            paid: refunded.paid.iter().map(|tender| tender.amount.vnd()).sum(),
            lines: Vec::new(),
            tenders: Vec::new(),
            rounding: 0,
            other: sale::SaleOther::default(),
        };
        shared.set_refunded(&refunded);
        let private = RefundPrivate {
            salt: self.salt(),
            reason: if number == 1 { "Hàng lỗi: \"móp\" hộp".to_owned() } else { String::new() },
            lines: outside.iter().map(RefundLine::from).collect(),
        };
        let draft = Draft { sale_id, ..draft(kind) };
        let facts = [Some(Fact::Refunded(refunded)), Some(Fact::RefundedOutside { lines: outside })];
        self.append(&draft, write(&shared).unwrap(), write(&private).unwrap(), facts);
    }

    fn begin(&mut self, key_number: u8, reason: &str, predecessor: Option<Predecessor>) {
        let genesis = Genesis {
            public_key: key(key_number).public(),
            reason: reason.to_owned(),
            predecessor,
            software: "0.1.0".to_owned(),
        };
        self.tell(&draft("genesis"), &genesis, Fact::Noted);
    }
}

pub(crate) fn provisional(number: u8, producer: Option<ProducerId>) -> ProvisionalProduct {
    ProvisionalProduct {
        product: product(number).uuid(),
        sku: format!("TAM-{number:03}"),
        barcode: producer.map(|_| "8930000000019".to_owned()),
        name: "Mắm nhum".to_owned(),
        unit: "chai 250 ml".to_owned(),
        sold_by: "piece".to_owned(),
        price: 135_000,
        tax_class: "standard".to_owned(),
        producer: producer.map(ProducerId::uuid),
        refuse_expired: false,
    }
}

fn goods_in(journal: &mut Journal) {
    let (lines, outside) = facts::delivery();
    let shared = GoodsIn {
        delivery: id(11, 1),
        voucher: String::new(),
        cashier: id(9, 1),
        lines: lines.iter().map(GoodsInLine::from).collect(),
        missing: Vec::new(),
    };
    let private = GoodsInPrivate {
        salt: journal.salt(),
        lines: outside.iter().map(GoodsInLine::from).collect(),
        bought: Vec::new(),
        missing: Vec::new(),
    };
    let facts = [Some(Fact::Received { lines }), Some(Fact::Received { lines: outside })];
    journal.append(&draft("goods_in"), write(&shared).unwrap(), write(&private).unwrap(), facts);
}

/// Goods that went bad, and consigned goods that went home.
fn goods_out(journal: &mut Journal) {
    let (bad, outside) = facts::gone_bad();
    let home = vec![RemovedLine { compensation: Money::ZERO, ..bad[0] }];
    for (number, cause, lines, outside) in
        [(1, Cause::Expired, bad, outside), (2, Cause::Returned, home, Vec::new())]
    {
        let shared = GoodsOut {
            voucher: format!("LS-{}-XH{number:04}", journal.stream.short_code()),
            cause: cause.code().to_owned(),
            cashier: id(9, 1),
            approved_by: (cause == Cause::Expired).then(|| id(9, 2)),
            takes_back: None,
            lines: lines.iter().map(GoodsOutLine::from).collect(),
        };
        let private = GoodsOutPrivate {
            salt: journal.salt(),
            reason: "Nắp phồng".to_owned(),
            cause: if outside.is_empty() { String::new() } else { cause.code().to_owned() },
            lines: outside.iter().map(GoodsOutLine::from).collect(),
        };
        let outside = (!outside.is_empty()).then_some(Fact::Removed { cause, lines: outside });
        let facts = [Some(Fact::Removed { cause, lines }), outside];
        journal.append(&draft("goods_out"), write(&shared).unwrap(), write(&private).unwrap(), facts);
    }
}

fn products(journal: &mut Journal) {
    for (number, producer) in [(20, Some(producer(2))), (21, None)] {
        let product = provisional(number, producer);
        let (consigned, own) = if producer.is_some() { (Some(product), None) } else { (None, Some(product)) };
        let shared = ProvisionalProductShared { cashier: id(9, 1), product: consigned };
        let private = ProvisionalProductPrivate { salt: journal.salt(), product: own };
        let facts = [Some(Fact::Noted), None];
        journal.append(
            &draft("provisional_product"),
            write(&shared).unwrap(),
            write(&private).unwrap(),
            facts,
        );
    }
}

/// A kind and a version that this program does not know: kept, acknowledged, not understood.
fn later(journal: &mut Journal) {
    let private = write(&NothingPrivate { salt: journal.salt() }).unwrap();
    let shared = "{ \"to\": \"Bình Châu\", \"n\": 1.50 }".to_owned();
    journal.append(&draft("teleport"), shared, private, [None, None]);
    let private = write(&NothingPrivate { salt: journal.salt() }).unwrap();
    let later = Draft { schema: 2, sale_id: Some(id(10, 190)), payable: 45_000, ..draft("sale") };
    journal.append(&later, "{\"payable\":{\"vnd\":45000}}".to_owned(), private, [None, None]);
}

fn first_stream() -> Journal {
    let mut journal = Journal::new(stream(1));
    journal.begin(STORE_KEY, "new", None);
    let open =
        ShiftOpen { shift: id(8, 1), cashier: id(9, 1), counter: "Quầy 1".to_owned(), float: 500_000 };
    journal.tell(&draft("shift_open"), &open, facts::shift_opened());
    goods_in(&mut journal);
    products(&mut journal);
    let Position { seq, hash } = journal.position();
    journal.last_ack = Some(LastAck { seq, hash, central_time: CENTRAL_TIME });
    journal.sell(1, facts::mixed_sale(), 9_331);
    journal.sell(2, facts::rounded_sale(), 0);
    let reprint =
        Reprint { receipt: format!("LS-{}-000002", journal.stream.short_code()), copy: 1, cashier: id(9, 1) };
    journal.tell(&Draft { sale_id: Some(id(10, 102)), ..draft("reprint") }, &reprint, Fact::Noted);
    let changed = ClockChanged { expected_ms: 1_795_396_200_000, now_ms: 1_795_392_600_000 };
    let behind = Draft { clock_flag: ClockFlag::Behind, ..draft("clock_changed") };
    journal.tell(&behind, &changed, Fact::Noted);
    journal.sell(3, facts::card_sale(), 0);
    later(&mut journal);
    let close = ShiftClose {
        shift: id(8, 1),
        cashier: id(9, 1),
        float: 500_000,
        expected: 1_313_669,
        counted: 1_313_000,
        sales: 4,
        sales_total: journal.grand_total,
        visitors: None,
        tastings: None,
    };
    journal.tell(&draft("shift_close"), &close, facts::shift_closed());
    journal
}

/// Writes the journal anew: a stream with every kind, and the one that a restored store goes on in.
pub(crate) fn written() -> Vec<Told> {
    let first = first_stream();
    let mut second = Journal::new(stream(2));
    let Position { seq, hash } = first.position();
    second.begin(RESTORED_KEY, "restored", Some(Predecessor { stream: first.stream, seq, hash }));
    second.sell(1, facts::card_sale(), 0);
    // Two sales of the former journal, and one of nobody knows which.
    let of = |number: u8| (id(10, 100 + number), format!("LS-{}-{number:06}", first.stream.short_code()));
    second.refund(1, "refund", Some(of(1)), facts::part_of_mixed_sale());
    second.refund(2, "void", Some(of(2)), facts::rounded_sale_back());
    second.refund(3, "refund", None, facts::without_receipt());
    second.sell(2, facts::open_sale(), 0);
    for (number, came) in (1..).zip(facts::money_came()) {
        second.confirm(number, (id(10, 202), 2), came);
    }
    second.sell_from(Some(facts::pad()), 3, facts::card_sale(), 0);
    second.sell(4, facts::combo_sale(), 0);
    second.refund(4, "refund", Some(of(3)), facts::card_sale_exchanged());
    second.sell(5, facts::bought_in_exchange(), 0);
    let ordered = id(10, 206);
    second.order(ordered);
    second.give_deposit_back(ordered);
    second.sell(6, facts::delivered(), 20_000);
    goods_out(&mut second);
    settling::settle(&mut second, &first.told, 0);
    let settled = second.told.len();
    settling::pay_ahead(&mut second);
    settling::count(&mut second);
    settling::settle(&mut second, &first.told, settled);
    let settled = second.told.len();
    moving::repack(&mut second);
    moving::transfer(&mut second);
    settling::settle(&mut second, &first.told, settled);
    moving::farmer(&mut second);
    settling::agree(&mut second);
    settling::pay_jointly(&mut second);
    settling::correct(&mut second);
    moving::food(&mut second);
    moving::deliver_otherwise(&mut second);
    first.told.into_iter().chain(second.told).collect()
}

/// Returns central's word for the last entry of a stream.
pub(crate) fn ack(told: &[Told], stream: StreamId, held: bool) -> Ack {
    let last = told.iter().rfind(|told| told.entry.envelope.stream == stream).unwrap();
    let ack = Ack {
        stream,
        acked_seq: last.entry.envelope.seq,
        acked_hash: last.entry.hash,
        held,
        central_epoch: id(12, 1),
        central_time: CENTRAL_TIME,
        exceptions: if held { Vec::new() } else { vec![11, 12] },
        signature: String::new(),
    };
    ack.sign(&key(CENTRAL_KEY))
}

/// Writes the journal as a store exports it: entry by entry, then central's last word on each stream. The private
/// payload of the second sale has been erased.
pub(crate) fn export(told: &[Told]) -> String {
    #[derive(Serialize)]
    struct Last {
        ack: Ack,
    }
    let mut text = String::new();
    for Told { entry, private, .. } in told {
        let erased = entry.envelope.stream == stream(1) && entry.envelope.seq == 7;
        let line = Line {
            envelope: entry.envelope_bytes.clone(),
            shared: entry.shared.clone(),
            private: (!erased).then(|| private.clone()),
        };
        text += &(write(&line).unwrap() + "\n");
    }
    for (stream, held) in [(stream(1), false), (stream(2), true)] {
        text += &(write(&Last { ack: ack(told, stream, held) }).unwrap() + "\n");
    }
    text
}
