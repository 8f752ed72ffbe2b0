//! The power of a store's computer is cut, and only what was synced is left on its disk (F3, F4, F10, F15).

use clock::Clock;
use stories::till::{Said, Shop, command};
use testkit::clock::DrivenClock;
use testkit::durable::{Disk, Durable};
use testkit::strace::{DISK_CALLS, Injection, Strace};

const TILL: &str = env!("CARGO_BIN_EXE_till");
const CUTS: u32 = 40;
const SALES: usize = 6;
/// About as many calls as that many sales make with the shim that watches them.
const CALLS: u32 = 500;

fn drawn(random: &Clock, most: u32) -> u32 {
    let mut bytes = [0; 4];
    random.fill(&mut bytes);
    1 + u32::from_be_bytes(bytes) % most
}

/// One computer that sells, loses its power, and sells on with what is left, again and again.
#[tokio::test]
async fn forty_cuts_lose_no_confirmed_sale() {
    let (_, random) = DrivenClock::new(30);
    let mut shop = Shop::prepare().await;
    let folder = shop.copy();
    let database = || std::fs::read(folder.path().join("pos.sqlite")).unwrap();
    let before = database();
    let (mut confirmed, mut cut_short) = (0, 0);
    for cut in 0..CUTS {
        let durable = Durable::watch(folder.path());
        let call = drawn(&random, CALLS);
        let mut till = command(TILL, folder.path(), SALES);
        till.envs(durable.variables(Disk::Honest));
        let (output, outcome) = Strace::new(Injection::kill_at(DISK_CALLS, call)).run(&till);
        let said = Said::read(&output.stdout);
        assert_eq!(said.stopped, None, "cut {cut} at call {call}");
        durable.cut();
        shop.sold = shop.check(folder.path(), &said).await.sold;
        confirmed += said.sold.len();
        cut_short += usize::from(outcome.was_killed);
    }
    assert!(cut_short >= 30, "{cut_short} cuts fell while the till was selling");
    assert!(confirmed >= 60, "{confirmed} sales");
    assert_ne!(database(), before, "no checkpoint fell between the cuts");
}

/// Shows that the test above can fail: a disk that lies about syncing loses what was confirmed.
#[tokio::test]
async fn a_disk_that_lies_loses_confirmed_sales() {
    let shop = Shop::prepare().await;
    let folder = shop.copy();
    let durable = Durable::watch(folder.path());
    let mut till = command(TILL, folder.path(), SALES);
    let output = till.envs(durable.variables(Disk::Lies)).output().unwrap();
    let said = Said::read(&output.stdout);
    assert_eq!(said.sold.len(), SALES);
    durable.cut();
    let nothing_said = Said::default();
    let left = shop.check(folder.path(), &nothing_said).await;
    assert_eq!(left.sold, shop.sold, "the sales of this run are gone");
}
