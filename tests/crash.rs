//! A store's program is killed at each of its calls that change files, and started again (F1, F2, F4, F10, F93).
//!
//! A kill loses nothing that was written; what a power cut loses is in `power.rs`.

use stories::till::{Said, Shop, command};
use testkit::strace::{DISK_CALLS, Injection, Strace};

const TILL: &str = env!("CARGO_BIN_EXE_till");

/// Kills a till at call after call, until it gets by unharmed; returns how often it was killed, and how often the
/// sale on the screen was kept without having been confirmed.
async fn sweep(shop: &Shop, calls: &'static str, sales: usize, step: usize) -> (usize, usize) {
    let (mut kills, mut kept) = (0, 0);
    for number in (1..).step_by(step) {
        let folder = shop.copy();
        let strace = Strace::new(Injection::kill_at(calls, number));
        let (output, outcome) = strace.run(&command(TILL, folder.path(), sales));
        let said = Said::read(&output.stdout);
        assert_eq!((&said.stopped, said.refused.len()), (&None, 0), "at {number}");
        kept += usize::from(shop.check(folder.path(), &said).await.has_unconfirmed);
        if !outcome.was_killed {
            assert_eq!(said.sold.len(), sales);
            return (kills, kept);
        }
        kills += 1;
    }
    unreachable!("the numbers do not end")
}

#[tokio::test]
async fn killed_at_each_call_of_three_sales() {
    let shop = Shop::prepare().await;
    let (kills, kept) = sweep(&shop, DISK_CALLS, 3, 1).await;
    assert!(kills >= 100, "{kills} kills");
    assert!(kept < kills / 4, "{kept} of {kills} sales were kept, and the cashier does not know");
}

#[tokio::test]
async fn killed_at_each_call_of_a_checkpoint() {
    let shop = Shop::prepare().await;
    let (kills, _) = sweep(&shop, DISK_CALLS, 0, 1).await;
    assert!(kills >= 20, "{kills} kills");
}

#[tokio::test]
async fn killed_between_the_commit_and_the_screen() {
    let shop = Shop::prepare().await;
    // Which thread makes the n-th call is chance, so a sweep may miss the moment; ten do not.
    for _ in 0..10 {
        let (kills, kept) = sweep(&shop, "write", 2, 1).await;
        assert!(kills > 0, "nothing was killed");
        if kept > 0 {
            return;
        }
    }
    unreachable!("no kill fell between a commit and its word to the cashier");
}
