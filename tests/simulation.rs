//! A thousand runs of stores and central in memory, each from a seed: the real plan, entries, batches, signatures and
//! verdict, over a network and a nemesis that do their worst, and then over a good one.
//!
//! `OCOP_SEED=123 cargo test -p stories --test simulation` runs one seed alone.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod simulation {
    pub(crate) mod books;
    pub(crate) mod central;
    pub(crate) mod goods;
    pub(crate) mod invariants;
    pub(crate) mod nemesis;
    pub(crate) mod network;
    pub(crate) mod planted;
    pub(crate) mod random;
    pub(crate) mod seen;
    pub(crate) mod session;
    pub(crate) mod store;
    pub(crate) mod trace;
    pub(crate) mod world;
}

use std::thread;

use simulation::planted::PLANTS;
use simulation::seen::Seen;
use simulation::world::World;

const SEEDS: u64 = 1_000;

/// Short runs fail with short stories, long ones meet more: 200 on average.
fn steps(seed: u64) -> usize {
    [100, 150, 200, 250, 300][usize::try_from(seed % 5).unwrap()]
}

/// Runs one seed; a failure tells how to repeat it.
fn run(seed: u64) -> Result<World, String> {
    let mut world = World::new(seed);
    match world.run(steps(seed)) {
        Ok(()) => Ok(world),
        Err(broken) => Err(format!(
            "seed {seed}: {broken}\n{}run it alone: OCOP_SEED={seed} cargo test -p stories --test simulation",
            world.trace.tail()
        )),
    }
}

fn run_all(seeds: &[u64]) -> Result<Seen, String> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let part = seeds.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let run_part = |part: &[u64]| {
            let mut all = Seen::default();
            for seed in part {
                all.add(&run(*seed)?.seen);
            }
            Ok(all)
        };
        let running: Vec<_> = seeds.chunks(part).map(|part| scope.spawn(move || run_part(part))).collect();
        let mut all = Seen::default();
        for thread in running {
            let seen: Result<Seen, String> = thread.join().unwrap();
            all.add(&seen?);
        }
        Ok(all)
    })
}

#[test]
fn nothing_is_lost_or_counted_twice_whatever_happens() {
    let alone = std::env::var("OCOP_SEED").ok().map(|seed| seed.parse().expect("OCOP_SEED is a number"));
    let seeds: Vec<u64> = alone.map_or_else(|| (0..SEEDS).collect(), |seed| vec![seed]);
    let seen = run_all(&seeds).unwrap_or_else(|failure| panic!("{failure}"));
    println!("{}", seen.report());
    if alone.is_none() {
        assert_eq!(seen.missing(), Vec::<&str>::new(), "no run ever met these: the nemesis is too kind");
    }
    assert_eq!(seen.unasked(), Vec::<&str>::new(), "add these to what must be met");
}

#[test]
fn a_seed_repeats_its_run() {
    let hash = |seed| run(seed).map(|world| world.trace.hash()).unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(hash(7), hash(7));
    assert_ne!(hash(7), hash(8));
}

#[test]
fn every_check_finds_what_was_planted() {
    for (invariant, plant) in PLANTS {
        let found = (0..50).find_map(|seed| plant(&mut run(seed).ok()?));
        let found = found.unwrap_or_else(|| panic!("no run has a place for {invariant}"));
        let broken = found.expect_err(invariant);
        assert!(broken.starts_with(&format!("{invariant}:")), "{invariant} was planted, and found: {broken}");
    }
}
