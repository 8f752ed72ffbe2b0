//! A thousand runs of stores and central in memory, each from a seed: the real plan, entries, batches, signatures and
//! verdict, over a network and a nemesis that do their worst, and then over a good one.
//!
//! `OCOP_SEED=123 cargo test -p stories --test simulation` runs one seed alone.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod simulation {
    pub(crate) mod after_sale;
    pub(crate) mod backs;
    pub(crate) mod books;
    pub(crate) mod central;
    pub(crate) mod goods;
    pub(crate) mod invariants;
    pub(crate) mod nemesis;
    pub(crate) mod network;
    pub(crate) mod planted;
    pub(crate) mod random;
    pub(crate) mod reversal;
    pub(crate) mod seen;
    pub(crate) mod session;
    pub(crate) mod store;
    pub(crate) mod trace;
    pub(crate) mod world;
}

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

use simulation::planted::PLANTS;
use simulation::seen::Seen;
use simulation::world::World;

const SEEDS: u64 = 1_000;

/// Short runs fail with short stories, long ones meet more: 200 on average.
fn steps(seed: u64) -> usize {
    [100, 150, 200, 250, 300][usize::try_from(seed % 5).unwrap()]
}

/// Runs one seed; a failure, a panic too, tells how to repeat it.
fn run(seed: u64) -> Result<World, String> {
    let mut world = World::new(seed);
    let result = catch_unwind(AssertUnwindSafe(|| world.run(steps(seed))));
    let result = result.unwrap_or_else(|_| Err("panicked, see above".to_owned()));
    match result {
        Ok(()) => Ok(world),
        Err(broken) => Err(format!(
            "seed {seed}: {broken}\n{}run it alone: OCOP_SEED={seed} cargo test -p stories --test simulation",
            world.trace.tail()
        )),
    }
}

/// Runs seeds on all processors, up to the first failure.
fn run_all(seeds: impl Iterator<Item = u64> + Send) -> Result<Seen, String> {
    let rest = Mutex::new((seeds, Ok(Seen::default())));
    let work = || {
        loop {
            let next = {
                let (seeds, all) = &mut *rest.lock().unwrap();
                if all.is_ok() { seeds.next() } else { None }
            };
            let Some(seed) = next else { return };
            let ran = run(seed).map(|world| world.seen);
            let (_, all) = &mut *rest.lock().unwrap();
            match (all.as_mut(), ran) {
                (Ok(all), Ok(seen)) => all.add(&seen),
                (Ok(_), Err(failure)) => *all = Err(failure),
                (Err(_), _) => {}
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    rest.into_inner().unwrap().1
}

#[test]
fn nothing_is_lost_or_counted_twice_whatever_happens() {
    let alone: Option<u64> =
        std::env::var("OCOP_SEED").ok().map(|seed| seed.parse().expect("OCOP_SEED is a number"));
    let seeds = alone.map_or(0..SEEDS, |seed| seed..seed + 1);
    let seen = run_all(seeds).unwrap_or_else(|failure| panic!("{failure}"));
    println!("{}", seen.report());
    if alone.is_none() {
        assert_eq!(seen.missing(), Vec::<&str>::new(), "no run ever met these: the nemesis is too kind");
    }
    assert_eq!(seen.unasked(), Vec::<&str>::new(), "add these to what must be met");
}

#[test]
fn a_seed_repeats_its_run() {
    let hash = |seed| run(seed).map(|world| world.trace.hash()).unwrap_or_else(|failure| panic!("{failure}"));
    for seed in 0..8 {
        assert_eq!(hash(seed), hash(seed), "seed {seed}");
        assert_ne!(hash(seed), hash(seed + 1), "seed {seed}");
    }
}

#[test]
fn every_check_finds_what_was_planted() {
    for (invariant, plant) in PLANTS {
        let found = (0..50).find_map(|seed| {
            let mut world = run(seed).unwrap_or_else(|failure| panic!("{failure}"));
            plant(&mut world)
        });
        let found = found.unwrap_or_else(|| panic!("no run has a place for {invariant}"));
        let broken = found.expect_err(invariant);
        assert!(broken.starts_with(&format!("{invariant}:")), "{invariant} was planted, and found: {broken}");
    }
}
