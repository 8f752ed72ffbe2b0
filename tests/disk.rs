//! The disk of a store's computer fails or is full, once or for ever, at call after call (F11, F13, F14, F20).
//!
//! What the cashier was told is sold stays sold; what was refused was refused with an error of its kind, and can be
//! tried again.

use stories::till::{Said, Shop, command};
use testkit::durable::{Disk, Durable};
use testkit::strace::{Injection, SYNC_CALLS, Strace};

const TILL: &str = env!("CARGO_BIN_EXE_till");
const WRITES: &str = "pwrite64,ftruncate";
const SALES: usize = 3;

/// Makes a till's calls fail, one position after another, until the injection comes too late; returns what each till
/// said. Every refusal must be of the kind.
async fn sweep(kind: &str, step: usize, injection: impl Fn(u32) -> Injection) -> Vec<Said> {
    let shop = Shop::prepare().await;
    let mut all = Vec::new();
    for number in (1..).step_by(step) {
        let folder = shop.copy();
        let (output, outcome) = Strace::new(injection(number)).run(&command(TILL, folder.path(), SALES));
        assert!(output.status.success(), "at {number}: {}", String::from_utf8_lossy(&output.stderr));
        if outcome.failed_calls == 0 {
            return all;
        }
        let said = Said::read(&output.stdout);
        assert!(said.refused.iter().all(|refused| refused == kind), "at {number}: {:?}", said.refused);
        // A full disk at the start shows as a shared-memory file that cannot be made.
        let at_start = said.cart.is_none() && said.stopped.as_deref() == Some("disk");
        assert!(
            at_start || said.stopped.as_ref().is_none_or(|why| why == kind),
            "at {number}: {:?}",
            said.stopped
        );
        assert!(said.stopped.is_some() || said.sold.len() == SALES, "at {number}: {said:?}");
        shop.check(folder.path(), &said).await;
        all.push(said);
    }
    unreachable!("the numbers do not end")
}

/// Counts tills that were refused once and then sold all the same.
fn recovered(tills: &[Said]) -> usize {
    tills.iter().filter(|said| said.refused.len() == 1 && said.stopped.is_none()).count()
}

/// Counts tills that had to stop selling.
fn stopped(tills: &[Said]) -> usize {
    tills.iter().filter(|said| !said.refused.is_empty() && said.stopped.is_some()).count()
}

#[tokio::test]
async fn a_write_that_fails_once_is_refused_and_then_repeated() {
    // strace counts for each thread, and each failure brings a fresh connection with a thread of its own: a number
    // beyond the calls of one sale fails once.
    let tills = sweep("disk", 4, |number| Injection::fail_at(WRITES, "EIO", number)).await;
    assert!(recovered(&tills) >= 10, "{} of {}", recovered(&tills), tills.len());
}

#[tokio::test]
async fn a_sync_that_fails_once_is_refused_and_then_repeated() {
    let tills = sweep("disk", 1, |number| Injection::fail_at(SYNC_CALLS, "EIO", number)).await;
    assert!(recovered(&tills) >= 2, "{} of {}", recovered(&tills), tills.len());
}

#[tokio::test]
async fn a_disk_that_is_full_for_a_moment_is_refused_and_then_repeated() {
    let tills = sweep("disk_full", 4, |number| Injection::fail_at(WRITES, "ENOSPC", number)).await;
    assert!(recovered(&tills) >= 10, "{} of {}", recovered(&tills), tills.len());
}

#[tokio::test]
async fn a_full_disk_loses_nothing() {
    let tills = sweep("disk_full", 4, |number| Injection::fail_from(WRITES, "ENOSPC", number)).await;
    assert!(stopped(&tills) >= 5, "{} of {}", stopped(&tills), tills.len());
}

/// The disk stops syncing for ever, then the power goes: nothing is confirmed that the disk did not keep.
#[tokio::test]
async fn a_disk_that_stops_syncing_and_a_cut_lose_nothing() {
    let shop = Shop::prepare().await;
    let mut sold = Vec::new();
    for first in 1.. {
        let folder = shop.copy();
        let durable = Durable::watch(folder.path());
        let mut till = command(TILL, folder.path(), SALES);
        let output = till.envs(durable.variables(Disk::FailsFrom(first))).output().unwrap();
        assert!(output.status.success(), "from {first}: {}", String::from_utf8_lossy(&output.stderr));
        let said = Said::read(&output.stdout);
        durable.cut();
        shop.check(folder.path(), &said).await;
        assert!(
            said.refused.iter().chain(&said.stopped).all(|kind| kind == "disk"),
            "from {first}: {said:?}"
        );
        sold.push(said.sold.len());
        if said.stopped.is_none() {
            break;
        }
    }
    assert!(sold.len() >= 8 && sold.is_sorted() && sold.last() == Some(&SALES), "{sold:?}");
}
