//! Cash, bank, stock and settlements of a period: every figure against a slow count of the raw entries, and each gap down to exactly the
//! entries that make it.

use std::collections::{BTreeMap, BTreeSet};

use central::db::Db;
use central::db::invoices::OperatorInvoices;
use central::db::users::Role;
use domain::fold::{Account, Posting, fold};
use domain::ids::{OperatorId, StoreId};
use domain::stock::Location;
use domain::stock_move::{MoveCause, StockMove, moves};
use protocol::Entry;
use protocol::payload::{Payload, Sale, Settlement};
use protocol::{Kind, StreamId};
use serde_json::Value;
use time::Date;
use time::macros::date;
use uuid::Uuid;

use super::browser::{Browser, text};
use super::waiting_invoices::tell_some;
use crate::support::period::{Period, fact_of, posted};
use crate::support::{TODAY, World};

testkit::on_both_engines!(
    every_figure_is_what_the_raw_entries_say,
    a_shift_that_was_not_closed_opens_to_its_entries,
    a_notice_of_nobodys_sale_is_a_gap_of_the_bank,
    nobody_else_may_compare
);

/// Of the fourth quarter, after the decree.
const DAYS: (Date, Date) = (date!(2026 - 09 - 15), date!(2026 - 12 - 14));
/// Seeds of each engine; more are `OCOP_SEEDS=100`.
const SEEDS: u64 = 2;

/// A journal, and the number of an entry in it.
pub(super) type Place = (String, i64);

/// A slow account of the raw entries.
struct Slow<'a> {
    period: &'a Period,
    /// How many invoices of a sale wait, and how many of them were refused, as the tills told.
    waiting: &'a BTreeMap<Place, (i64, i64)>,
    store: Option<StoreId>,
}

impl<'a> Slow<'a> {
    fn entries(&self) -> impl Iterator<Item = &'a Entry> {
        let store = self.store;
        self.period.entries().filter(move |entry| store.is_none_or(|id| entry.envelope.stream.store_id == id))
    }

    fn within(&self) -> impl Iterator<Item = &'a Entry> {
        self.entries().filter(|entry| is_within(entry.envelope.business_date))
    }

    fn until(&self) -> impl Iterator<Item = &'a Entry> {
        self.entries().filter(|entry| entry.envelope.business_date <= DAYS.1)
    }

    fn cash(&self) -> (i64, i64) {
        let book = self.within().filter(|entry| entry.envelope.kind != "shift_close");
        let book = book.map(|entry| posted(entry, Account::Cash)).sum();
        (book, self.within().filter_map(closing).map(|(_, counted)| counted).sum())
    }

    fn bank(&self) -> (i64, i64) {
        let book = self.within().map(|entry| posted(entry, Account::Bank).max(0)).sum();
        let mine: BTreeSet<Uuid> = self.entries().filter_map(|entry| entry.envelope.sale_id).collect();
        let heard = self.period.notices.iter().filter(|told| is_within(told.day));
        // Both stores have the account.
        let heard = heard.filter(|told| told.sale.is_none_or(|sale| mine.contains(&sale.uuid())));
        (book, heard.map(|told| told.vnd).sum())
    }

    /// Sales less those that were voided, each on the day on which it was made; and refunds.
    fn invoices(&self) -> (i64, i64) {
        let mut days: BTreeMap<Uuid, Date> = BTreeMap::new();
        let (mut sales, mut refunds) = (0, 0);
        for entry in self.entries() {
            let (kind, sale) = (entry.envelope.kind.as_str(), entry.envelope.sale_id);
            match (kind, sale) {
                ("sale", Some(id)) => {
                    let told: Sale = serde_json::from_str(&entry.shared).unwrap();
                    let day = told.pad.map_or(entry.envelope.business_date, |pad| pad.day);
                    days.insert(id, day);
                    sales += i64::from(is_within(day));
                }
                ("void", Some(id)) => sales -= i64::from(is_within(days[&id])),
                ("refund", _) => refunds += i64::from(is_within(entry.envelope.business_date)),
                _ => {}
            }
        }
        (sales, refunds)
    }

    fn stock(&self) -> (i64, i64) {
        let came = self.until().flat_map(|entry| {
            let counts = is_within(entry.envelope.business_date);
            moved(entry).into_iter().filter(move |moved| !counts || moved.cause != MoveCause::Counted)
        });
        let left =
            self.until().flat_map(|entry| fold(&fact_of(entry), entry.envelope.stream.store_id).unwrap());
        let left = left.map(|posting| match posting {
            Posting::Stock(place, quantity) if place.location == Location::Shelf => quantity.milli(),
            _ => 0,
        });
        (came.map(|moved| moved.quantity.milli()).sum(), left.sum())
    }

    fn settlement(&self) -> (i64, i64) {
        let arisen: i64 = self.until().flat_map(moved).map(|moved| moved.worth.due.vnd()).sum();
        let settled =
            self.entries().filter_map(|entry| Some((entry.envelope.business_date, settlement(entry)?)));
        let (mut before, mut within) = (0, 0);
        for (day, told) in settled {
            before += if day < DAYS.0 { told.due } else { 0 };
            within += if is_within(day) { told.due } else { 0 };
        }
        (arisen - before, within)
    }

    fn cash_gap(&self) -> BTreeSet<Place> {
        let mut days: BTreeMap<(StoreId, Date), Vec<&Entry>> = BTreeMap::new();
        for entry in self.within() {
            days.entry((entry.envelope.stream.store_id, entry.envelope.business_date))
                .or_default()
                .push(entry);
        }
        let mut gap = BTreeSet::new();
        for entries in days.into_values() {
            let closings = || entries.iter().filter_map(|entry| Some((*entry, closing(entry)?)));
            let book: i64 = entries
                .iter()
                .filter(|entry| entry.envelope.kind != "shift_close")
                .map(|entry| posted(entry, Account::Cash))
                .sum();
            let expected: i64 = closings().map(|(_, (expected, _))| expected).sum();
            let counted: i64 = closings().map(|(_, (_, counted))| counted).sum();
            if book == counted {
                continue;
            }
            gap.extend(
                closings().filter(|(_, (expected, counted))| expected != counted).map(|(e, _)| place(e)),
            );
            if book != expected {
                let cash = entries
                    .iter()
                    .filter(|entry| closing(entry).is_some() || posted(entry, Account::Cash) != 0);
                gap.extend(cash.map(|entry| place(entry)));
            }
        }
        gap
    }

    fn bank_gap(&self) -> BTreeSet<Place> {
        let transfers = self.within().filter(|entry| posted(entry, Account::Bank) > 0);
        let differs = |entry: &&Entry| {
            let of_sale = |told: &&crate::support::period::Noticed| {
                told.sale.map(|sale| sale.uuid()) == entry.envelope.sale_id && is_within(told.day)
            };
            let heard: i64 = self.period.notices.iter().filter(of_sale).map(|told| told.vnd).sum();
            heard != posted(entry, Account::Bank)
        };
        transfers.filter(differs).map(place).collect()
    }

    /// Sales of whatever day, with what was told of each.
    fn invoice_gap(&self) -> BTreeMap<Place, (i64, i64)> {
        let told = |entry: &Entry| Some((place(entry), *self.waiting.get(&place(entry))?));
        self.entries().filter_map(told).collect()
    }

    fn stock_gap(&self) -> BTreeSet<Place> {
        let counts = self.within().filter(|entry| {
            let found = moved(entry).into_iter().filter(|moved| moved.cause == MoveCause::Counted);
            found.map(|moved| moved.quantity.milli()).sum::<i64>() != 0
        });
        counts.map(place).collect()
    }

    fn settlement_gap(&self) -> BTreeSet<Place> {
        let mut reach: BTreeMap<(Uuid, StreamId), i64> = BTreeMap::new();
        for told in self.until().filter_map(settlement) {
            for until in told.until {
                reach.insert((told.producer, until.stream.parse().unwrap()), until.seq);
            }
        }
        let open = self.until().filter(|entry| {
            let (stream, seq) = (entry.envelope.stream, entry.envelope.seq);
            let theirs = moved(entry).into_iter().filter_map(|moved| {
                let producer = moved.owner.producer_id()?.uuid();
                let settled = reach.get(&(producer, stream)).copied().unwrap_or_default();
                (seq > settled && moved.worth.due.vnd() != 0).then_some(())
            });
            theirs.count() > 0
        });
        open.map(place).collect()
    }
}

fn is_within(day: Date) -> bool {
    (DAYS.0..=DAYS.1).contains(&day)
}

pub(super) fn place(entry: &Entry) -> Place {
    (entry.envelope.stream.to_string(), entry.envelope.seq)
}

fn moved(entry: &Entry) -> Vec<StockMove> {
    moves(&fact_of(entry), entry.envelope.stream.store_id).unwrap()
}

fn settlement(entry: &Entry) -> Option<Settlement> {
    let kind = Kind::from(entry.envelope.kind.as_str());
    match Payload::read(&kind, entry.envelope.schema, &entry.shared).unwrap() {
        Payload::Settlement(told) => Some(told),
        _ => None,
    }
}

/// What a closing expected and counted.
fn closing(entry: &Entry) -> Option<(i64, i64)> {
    match fact_of(entry) {
        domain::fact::Fact::ShiftClosed { expected, counted, .. } => Some((expected.vnd(), counted.vnd())),
        _ => None,
    }
}

fn line<'a>(report: &'a Value, name: &str) -> &'a Value {
    report["lines"].as_array().unwrap().iter().find(|line| line["line"] == name).unwrap()
}

pub(super) fn sides(report: &Value, name: &str) -> (i64, i64) {
    let line = line(report, name);
    (line["book"].as_i64().unwrap(), line["found"].as_i64().unwrap())
}

pub(super) fn part(report: &Value, name: &str, part: &str) -> i64 {
    let parts = line(report, name)["parts"].as_array().unwrap();
    parts.iter().find(|found| found["part"] == part).unwrap()["amount"].as_i64().unwrap()
}

/// The operator needs an invoice for each sale.
pub(super) fn invoices(operator_id: OperatorId) -> OperatorInvoices {
    let text = str::to_owned;
    OperatorInvoices {
        operator_id,
        duty: text("always"),
        symbol: text("1C26MAA"),
        authority_chars: text("VZQYY"),
        form_version: text("2.0.1"),
        cutoff_min: 1_435,
        provider: text("Nhà cung cấp"),
        provider_tax_number: text("0100109106"),
        lookup_url: text("https://tracuu.example"),
    }
}

/// Reads a gap page after page.
pub(super) async fn gap(world: &World, browser: &mut Browser, name: &str, query: &str) -> Vec<Value> {
    let (mut entries, mut after) = (Vec::new(), String::new());
    loop {
        let path = format!("/audit/period/{name}?{query}&after={after}");
        let page = browser.json(world, &path).await;
        entries.extend(page["entries"].as_array().unwrap().iter().cloned());
        match page["after"].as_str() {
            Some(next) => after = next.to_owned(),
            None => return entries,
        }
    }
}

pub(super) fn places(entries: &[Value]) -> BTreeSet<Place> {
    let place = |entry: &Value| {
        (entry["stream"].as_str().unwrap().to_owned(), entry["entry_number"].as_i64().unwrap())
    };
    let all: BTreeSet<Place> = entries.iter().map(place).collect();
    assert_eq!(all.len(), entries.len(), "each once");
    all
}

async fn every_figure_is_what_the_raw_entries_say(db: Db) {
    let mut db = Some(db);
    let seeds = std::env::var("OCOP_SEEDS").ok().and_then(|count| count.parse().ok()).unwrap_or(SEEDS);
    for seed in 0..seeds {
        let more = testkit::databases::TestDatabase::sqlite().await;
        let world = World::new(db.take().unwrap_or_else(|| more.db())).await;
        world.admin.set_invoices(&invoices(world.operator)).await.unwrap();
        let period = Period::new(&world, seed).await;
        assert_eq!(world.number("select cast(count(*) as bigint) from exceptions").await, 0, "seed {seed}");
        let waiting = tell_some(&world, &period).await;
        let mut auditor = Browser::of(&world, Role::Auditor).await;
        for store in [None, Some(world.store)] {
            check(&world, &mut auditor, &Slow { period: &period, waiting: &waiting, store }, seed).await;
        }
        world.check_books().await;
        more.check().await;
    }
}

async fn check(world: &World, auditor: &mut Browser, slow: &Slow<'_>, seed: u64) {
    let store = slow.store.map(|id| format!("&store={id}")).unwrap_or_default();
    let query = format!("period=2026-q4&operator={}{store}", world.operator);
    let report = auditor.json(world, &format!("/audit/period?{query}")).await;
    let told = ["cash", "bank", "invoices", "stock", "settlement"].map(|name| sides(&report, name));
    let (sales, refunds) = slow.invoices();
    let invoice_gap = slow.invoice_gap();
    let waiting: i64 = invoice_gap.values().map(|(waiting, _)| waiting).sum();
    let expected = [slow.cash(), slow.bank(), (sales, sales - waiting), slow.stock(), slow.settlement()];
    assert_eq!(part(&report, "invoices", "replaced"), refunds, "seed {seed} {store}");
    assert_eq!(told, expected, "seed {seed} {store}");
    assert!(
        told.iter().all(|(book, found)| *book != 0 && *found != 0),
        "there is something to compare: {told:?}"
    );
    for (name, expected) in [
        ("cash", slow.cash_gap()),
        ("bank", slow.bank_gap()),
        ("invoices", invoice_gap.keys().cloned().collect()),
        ("stock", slow.stock_gap()),
        ("settlement", slow.settlement_gap()),
    ] {
        let entries = gap(world, auditor, name, &query).await;
        assert_eq!(places(&entries), expected, "seed {seed} {name} {store}");
        let told: i64 = entries.iter().map(|entry| entry["told"].as_i64().unwrap()).sum();
        let (book, found) = sides(&report, name);
        if ["invoices", "stock", "settlement"].contains(&name) {
            assert_eq!(told.abs(), (book - found).abs(), "seed {seed}: the entries of {name} are the gap");
        }
    }
    let entries = gap(world, auditor, "invoices", &query).await;
    let figures = |entry: &Value| {
        let [waiting, refused] = ["told", "invoices_refused"].map(|name| entry[name].as_i64().unwrap());
        (places(std::slice::from_ref(entry)).pop_first().unwrap(), (waiting, refused))
    };
    assert_eq!(entries.iter().map(figures).collect::<BTreeMap<_, _>>(), invoice_gap, "seed {seed} {store}");
}

async fn a_shift_that_was_not_closed_opens_to_its_entries(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.open_shift(200_000);
    till.sell(&[(&world.basket, 1)]);
    till.close_shift(200_000, 300_000, 300_000);
    till.day = TODAY.previous_day().unwrap();
    till.open_shift(200_000);
    till.sell(&[(&world.basket, 2)]);
    let (first, last) = (till.head.seq - 1, till.head.seq);
    till.push_from(&world, 1).await.ack();
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let report = auditor.json(&world, "/audit/period").await;
    assert_eq!((sides(&report, "cash"), report["period"].as_str()), ((700_000, 300_000), Some("2026-q4")));
    let query = "period=2026-q4";
    let entries = gap(&world, &mut auditor, "cash", query).await;
    let stream = till.stream.to_string();
    assert_eq!(places(&entries), BTreeSet::from([(stream.clone(), first), (stream, last)]));
    assert_eq!(entries.iter().map(|entry| entry["told"].as_i64().unwrap()).sum::<i64>(), 400_000);
    let page = text(&auditor.get(&world, "/audit/period").await);
    for words in ["Đối chiếu kỳ", "700.000 ₫", "-400.000 ₫", "Mở bút toán: Tiền mặt", "Quý IV năm 2026"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let page = text(&auditor.get(&world, "/audit/period/cash").await);
    assert!(page.contains("Mở ca") && page.contains("Bút toán 5"), "{page}");
    assert_eq!(auditor.get(&world, "/audit/period.xlsx").await.status, 200);
    let taken = "select cast(count(*) as bigint) from audit_log where action = 'export'";
    assert_eq!(world.number(taken).await, 1, "the file is noted");
    // While packs are made nothing else reads what lies behind gaps; the lines and their parts need none of it.
    let _packs: Vec<_> = std::iter::from_fn(|| world.app.gate.pack()).collect();
    for (file, status) in [("xlsx", 503), ("csv?sheet=3", 503), ("csv", 200), ("csv?sheet=2", 200)] {
        assert_eq!(auditor.get(&world, &format!("/audit/period.{file}")).await.status, status, "{file}");
    }
}

async fn a_notice_of_nobodys_sale_is_a_gap_of_the_bank(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.sell(&[(&world.basket, 1)]);
    till.push_from(&world, 1).await.ack();
    // The last minute of the period, and the first one after it.
    let (last, next) = (web::format::moment_of(DAYS.1, 1_439), web::format::moment_of(DAYS.1, 1_440));
    for (number, account, vnd, booked_at_ms) in [
        ("SP-1", "0123456789", 55_000, last),
        ("SP-2", "0123456789", 1_000, next),
        ("SP-3", "999", 3_000, last),
    ] {
        let notice = central::db::bank_notices::BankNotice {
            notice: number.to_owned(),
            amount: domain::Money::new(vnd),
            account: account.to_owned(),
            booked_at_ms,
            references: BTreeSet::new(),
        };
        let mut tx = world.app.db.begin().await.unwrap();
        assert!(central::db::bank_notices::insert(&mut tx, world.operator, &notice, 5).await.unwrap());
        tx.commit().await.unwrap();
    }
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    assert_eq!(sides(&auditor.json(&world, "/audit/period").await, "bank"), (0, 55_000));
    let found = auditor.json(&world, "/audit/period/bank").await;
    assert_eq!(
        (found["entries"].as_array().unwrap().len(), found["bank_notices"].as_array().unwrap().len()),
        (0, 1)
    );
    assert_eq!(found["bank_notices"][0]["notice"], "SP-1");
    let before = auditor.json(&world, "/audit/period?period=2026-q3").await;
    assert_eq!(sides(&before, "bank"), (0, 0), "it was booked later");
}

async fn nobody_else_may_compare(db: Db) {
    let world = World::new(db).await;
    let mut department = Browser::of(&world, Role::Department).await;
    assert_eq!(
        department.get(&world, "/audit/period").await.status,
        403,
        "differences of cash are the operator's"
    );
    let mut auditor = Browser::of(&world, Role::Auditor).await;
    let foreign = format!("/audit/period?operator={}", world.store);
    for (path, status) in [
        ("/audit/period?period=2026-q5", 422),
        ("/audit/period?period=quarter", 422),
        ("/audit/period?operator=x", 404),
        (foreign.as_str(), 404),
        ("/audit/period/x", 404),
        ("/audit/period/cash?after=x", 422),
    ] {
        assert_eq!(auditor.get(&world, path).await.status, status, "{path}");
    }
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    assert_eq!(operator.get(&world, "/audit/period").await.status, 403);
}
