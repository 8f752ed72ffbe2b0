//! The department's board of computers against what tills wrote and told: computers by a seed, in three stores, of which some wait for
//! approval, have not sent all, stand wrong, or have been silent for a day.

use central::db::Db;
use central::db::users::Role;
use domain::ids::StoreId;
use protocol::Entry;
use protocol::payload::Sale;
use protocol::wire::{Condition, PrinterFault};
use serde_json::Value;

use super::browser::{Browser, text};
use super::figures::rows;
use crate::support::random_world::Draws;
use crate::support::{Till, World, new_store};

testkit::on_both_engines!(every_figure_of_the_board_is_what_tills_wrote_and_told);

/// Computers that come first; as many come after a pause.
const FIRST: usize = 6;
/// Longer than words of a computer are of use.
const PAUSE_MS: i64 = 30 * 3_600_000;
const DAY_MS: i64 = 24 * 3_600_000;
/// A clock that is further off is told.
const CLOCK_OFF_MS: i64 = 5 * 60_000;

/// A computer with what it did.
struct Computer {
    till: Till,
    is_approved: bool,
    /// How many of its entries came, and when.
    sent: usize,
    sent_at_ms: i64,
    /// What it told of itself, when by its own clock, and when.
    told: Option<(Condition, i64, i64)>,
}

impl Computer {
    /// Sells, sends a part of it, and perhaps tells how it stands.
    async fn new(world: &World, store: StoreId, draws: &mut Draws) -> Self {
        let mut till = Till::enrol(world, store).await;
        let is_approved = draws.below(3) > 0;
        if is_approved {
            world.admin.approve(&till.key.public().fingerprint()).await.unwrap();
        }
        for _ in 0..draws.below(5) + 2 {
            if draws.below(4) == 0 {
                till.write("teleport", None, "{}");
            }
            till.sell(&[(&world.basket, draws.pieces())]);
        }
        let length = u64::try_from(till.journal.len()).unwrap();
        let sent = usize::try_from(draws.below(length) + 1).unwrap();
        let sent_at_ms = world.app.clock.now_ms();
        till.push(world, &till.journal[..sent]).await.ack();
        let mut computer = Self { till, is_approved, sent, sent_at_ms, told: None };
        if draws.below(5) > 0 {
            world.clock.advance(60_000);
            computer.tell(world, draws).await;
        }
        computer
    }

    async fn tell(&mut self, world: &World, draws: &mut Draws) {
        let now_ms = world.app.clock.now_ms();
        let fault = PrinterFault { counter: "1".to_owned(), fault: "paper_out".to_owned() };
        let pending = i64::try_from(draws.below(4)).unwrap();
        let condition = Condition {
            version: "0.1.0".to_owned(),
            head_seq: self.till.head.seq,
            printer_faults: if draws.below(3) == 0 { vec![fault] } else { Vec::new() },
            invoices_pending: pending,
            invoices_oldest_ms: (pending > 0).then_some(now_ms - 60_000),
            ..Condition::default()
        };
        let ahead = [0, 60_000, -2 * CLOCK_OFF_MS, 3_600_000][usize::try_from(draws.below(4)).unwrap()];
        let body = serde_json::to_vec(&condition).unwrap();
        assert_eq!(self.till.tell(world, &body, &body, now_ms + ahead).await.status, 200);
        self.told = Some((condition, now_ms + ahead, now_ms));
    }

    fn came(&self) -> &[Entry] {
        &self.till.journal[..self.sent]
    }

    fn count(&self, kind: &str) -> usize {
        self.came().iter().filter(|entry| entry.envelope.kind == kind).count()
    }

    /// Entries that only a later program knows; nobody looks at those of a computer that waits.
    fn unknown(&self) -> usize {
        if self.is_approved { self.count("teleport") } else { 0 }
    }

    fn sold_vnd(&self) -> i64 {
        let sales = self.came().iter().filter(|entry| entry.envelope.kind == "sale");
        sales.map(|entry| serde_json::from_str::<Sale>(&entry.shared).unwrap().payable).sum()
    }

    fn backlog(&self) -> i64 {
        i64::try_from(self.till.journal.len() - self.sent).unwrap()
    }

    fn heard_at_ms(&self) -> i64 {
        self.told.as_ref().map_or(self.sent_at_ms, |(.., at_ms)| self.sent_at_ms.max(*at_ms))
    }

    /// What it told within a day.
    fn lately(&self, now_ms: i64) -> Option<(&Condition, i64)> {
        let (condition, device_ms, at_ms) = self.told.as_ref()?;
        (now_ms - at_ms <= DAY_MS).then_some((condition, device_ms - at_ms))
    }
}

async fn every_figure_of_the_board_is_what_tills_wrote_and_told(db: Db) {
    let world = World::new(db).await;
    let third = world.admin.add_store(&new_store(world.operator, "SK")).await.unwrap();
    let mut draws = Draws::new(81);
    let mut computers = Vec::new();
    // The third store has one computer, which tells nothing after the pause.
    for place in 0..FIRST * 2 {
        if place == FIRST {
            world.clock.advance(PAUSE_MS);
        }
        let store = match place {
            0 => third,
            _ => [world.store, world.other_store][place % 2],
        };
        computers.push(Computer::new(&world, store, &mut draws).await);
    }
    let looked_into = look_into(&world, &computers).await;
    let mut browser = Browser::of(&world, Role::Department).await;
    let report = browser.json(&world, "/stores").await;
    for store in [world.store, world.other_store, third] {
        check_store(&report, &computers, (store, looked_into.iter().filter(|of| **of == store).count()));
    }
    for computer in &computers {
        check_device(&report, computer);
    }
    let page = text(&browser.get(&world, "/stores").await);
    check_board(&page, &computers, (world.app.clock.now_ms(), looked_into.len()));
}

/// Somebody looks into the first unknown entry of each computer that has one; returns their stores.
async fn look_into(world: &World, computers: &[Computer]) -> Vec<StoreId> {
    let mut stores = Vec::new();
    for computer in computers.iter().filter(|computer| computer.unknown() > 0) {
        let first = computer.came().iter().find(|entry| entry.envelope.kind == "teleport").unwrap();
        let (stream, seq) = (computer.till.stream, first.envelope.seq);
        world.admin.answer_exception(stream, seq, "Đã nâng cấp").await.unwrap();
        stores.push(stream.store_id);
    }
    stores
}

fn check_store(report: &Value, computers: &[Computer], (store, looked_into): (StoreId, usize)) {
    let of_store = || computers.iter().filter(|computer| computer.till.stream.store_id == store);
    let id = store.to_string();
    let row = rows(report, "stores").iter().find(|row| row["store_id"] == id.as_str()).unwrap();
    let unknown: usize = of_store().map(Computer::unknown).sum();
    assert_eq!(row["exception_count"].as_u64(), u64::try_from(unknown - looked_into).ok(), "{row}");
    assert_eq!(rows(row, "devices").len(), of_store().count(), "{row}");
    let with_sales = of_store().filter(|computer| computer.count("sale") > 0);
    assert_eq!(row["sale_at_ms"].as_i64(), with_sales.map(|computer| computer.sent_at_ms).max(), "{row}");
}

fn check_device(report: &Value, computer: &Computer) {
    let fingerprint = computer.till.key.public().fingerprint();
    let mut devices = rows(report, "stores").iter().flat_map(|store| rows(store, "devices"));
    let row = devices.find(|device| device["fingerprint"] == fingerprint.as_str()).unwrap();
    let (status, held) = if computer.is_approved { ("approved", 0) } else { ("held", computer.sold_vnd()) };
    assert_eq!(row["status"], status);
    assert_eq!(row["held_vnd"].as_i64(), Some(held), "{row}");
    assert_eq!(row["entry_count"].as_u64(), u64::try_from(computer.sent).ok(), "{row}");
    assert_eq!(row["heard_at_ms"].as_i64(), Some(computer.heard_at_ms()), "{row}");
    let Some((condition, device_ms, at_ms)) = &computer.told else {
        assert!(row["condition"].is_null(), "{row}");
        return;
    };
    let told = &row["condition"];
    assert_eq!(told["backlog"].as_i64(), Some(computer.backlog()), "{row}");
    assert_eq!(told["clock_ahead_ms"].as_i64(), Some(device_ms - at_ms), "{row}");
    assert_eq!(told["invoices_pending"].as_i64(), Some(condition.invoices_pending), "{row}");
    assert_eq!(rows(told, "printer_faults").len(), condition.printer_faults.len(), "{row}");
}

/// Each line of the card counts what somebody should look into, and stands there when there is anything.
fn check_board(page: &str, computers: &[Computer], (now_ms, looked_into): (i64, usize)) {
    let lately = || computers.iter().filter_map(|computer| Some((computer, computer.lately(now_ms)?)));
    let waiting = computers.iter().filter(|computer| !computer.is_approved).count();
    let unknown = computers.iter().map(Computer::unknown).sum::<usize>() - looked_into;
    let behind = lately().filter(|(computer, _)| computer.backlog() > 0).count();
    let off = lately().filter(|(_, (_, ahead))| ahead.abs() > CLOCK_OFF_MS).count();
    let printers = lately().filter(|(_, (told, _))| !told.printer_faults.is_empty()).count();
    let invoices: i64 = lately().map(|(_, (told, _))| told.invoices_pending).sum();
    assert!(computers.len() > lately().count(), "some words are too old");
    for (count, words) in [
        (waiting, "máy chờ duyệt"),
        (unknown, "bút toán cần xem"),
        // The third store's only computer.
        (1, "cửa hàng không liên lạc quá 24 giờ"),
        (behind, "máy còn bút toán chưa gửi về"),
        (off, "máy lệch giờ"),
        (printers, "máy có máy in lỗi"),
        (usize::try_from(invoices).unwrap(), "hóa đơn điện tử chưa được tiếp nhận"),
    ] {
        assert_eq!(page.contains(&format!(">{count} {words}<")), count > 0, "{count} {words} in {page}");
        assert!(count > 0 || !page.contains(&format!(" {words}<")), "{words} in {page}");
    }
}
