//! Counts what happened, so that nobody believes in a path that no run ever took.

use std::collections::BTreeMap;

/// What some run must have met.
pub(crate) const SOMETIMES: &[&str] = &[
    "approved later",
    "batch forged",
    "batch with a hole",
    "branch adopted",
    "busy",
    "captive portal",
    "central restarted",
    "central restored",
    "clock jumped",
    "cloned",
    "duplicate ack",
    "exception",
    "forged answer",
    "fork",
    "gap",
    "held",
    "money came",
    "more came back than was sold",
    "new stream: cloned",
    "new stream: restored",
    "old answer",
    "partition",
    "refund before its sale",
    "reorder",
    "reply cut",
    "reply lost",
    "request cut",
    "request doubled",
    "request lost",
    "restarted",
    "restored with key",
    "restored without key",
    "sale told twice",
    "taken back",
    "unknown outcome",
    "voided",
];

#[derive(Default)]
pub(crate) struct Seen(BTreeMap<&'static str, u64>);

impl Seen {
    pub(crate) fn mark(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (what, count) in &other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    pub(crate) fn missing(&self) -> Vec<&'static str> {
        SOMETIMES.iter().copied().filter(|what| !self.0.contains_key(what)).collect()
    }

    /// True for something that [`SOMETIMES`] does not ask for: a misspelled name.
    pub(crate) fn unasked(&self) -> Vec<&'static str> {
        self.0.keys().copied().filter(|what| !SOMETIMES.contains(what)).collect()
    }

    pub(crate) fn report(&self) -> String {
        let rows = self.0.iter().map(|(what, count)| format!("{count:>9}  {what}"));
        rows.collect::<Vec<_>>().join("\n")
    }
}
