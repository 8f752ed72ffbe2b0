//! What central does with a batch that is whole and signed: the answer table of the protocol as a pure function.

use crate::entry::{Entry, Position};
use crate::stream::Hash;

/// What central decides about a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Append all entries after the first `known`; with none left it was a duplicate. Answer with an acknowledgement.
    Append {
        /// Entries that central already has, equal to the byte.
        known: usize,
    },
    /// Other content stands at a place; keep both, append nothing, raise an alarm.
    Fork {
        /// The first entry that differs.
        at_seq: i64,
        /// What central has there.
        central_hash: Hash,
    },
    /// Entries before the batch are missing; keep nothing.
    Gap {
        /// The entry that comes next.
        expected: i64,
    },
}

/// Judges a batch against a stream. `stored` holds central's hashes from the entry *before* the batch's first one on
/// (the zero hash before entry 1), in order, up to the batch's end or the head, whichever is first.
pub fn judge(head: Position, stored: &[Hash], batch: &[Entry]) -> Verdict {
    let Some(first) = batch.first() else { return Verdict::Append { known: 0 } };
    let before = first.envelope.seq - 1;
    if before > head.seq {
        return Verdict::Gap { expected: head.seq + 1 };
    }
    let Some((before_hash, stored)) = stored.split_first() else {
        return Verdict::Gap { expected: head.seq + 1 };
    };
    if *before_hash != first.envelope.prev_hash {
        return Verdict::Fork { at_seq: before, central_hash: *before_hash };
    }
    for (entry, central_hash) in batch.iter().zip(stored) {
        if entry.hash != *central_hash {
            return Verdict::Fork { at_seq: entry.envelope.seq, central_hash: *central_hash };
        }
    }
    Verdict::Append { known: stored.len().min(batch.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::tests::{chain, envelope, stream};

    fn hashes(entries: &[Entry]) -> Vec<Hash> {
        entries.iter().map(|entry| entry.hash).collect()
    }

    /// Judges `batch` against a central that holds `held`.
    fn judged(held: &[Entry], batch: &[Entry]) -> Verdict {
        let head = held.last().map_or(Position::START, Entry::position);
        let mut all = vec![Hash::ZERO];
        all.extend(hashes(held));
        let before = usize::try_from(batch[0].envelope.seq - 1).unwrap();
        let end = (before + 1 + batch.len()).min(all.len());
        judge(head, all.get(before..end).unwrap_or_default(), batch)
    }

    #[test]
    fn the_answer_table() {
        let a = chain(2, 6);
        let mut b = a[..3].to_vec();
        for _ in 0..3 {
            let before = b.last().unwrap().position();
            b.push(Entry::seal(envelope(stream(2), before), "{\"other\":1}".to_owned(), "{}").unwrap());
        }
        for (held, batch, expected) in [
            (&a[..0], &a[..3], Verdict::Append { known: 0 }),
            (&a[..3], &a[3..], Verdict::Append { known: 0 }),
            (&a[..3], &a[..3], Verdict::Append { known: 3 }),
            (&a[..6], &a[1..3], Verdict::Append { known: 2 }),
            (&a[..3], &a[1..5], Verdict::Append { known: 2 }),
            (&a[..2], &a[3..], Verdict::Gap { expected: 3 }),
            (&a[..0], &a[1..], Verdict::Gap { expected: 1 }),
            (&a[..4], &b[4..], Verdict::Fork { at_seq: 4, central_hash: a[3].hash }),
            (&a[..5], &b[2..], Verdict::Fork { at_seq: 4, central_hash: a[3].hash }),
            (&a[..5], &b[4..], Verdict::Fork { at_seq: 4, central_hash: a[3].hash }),
        ] {
            assert_eq!(judged(held, batch), expected);
        }
    }

    #[test]
    fn every_prefix_sent_twice_is_a_duplicate() {
        let a = chain(2, 8);
        for first in 0..8 {
            for end in first + 1..=8 {
                assert_eq!(judged(&a, &a[first..end]), Verdict::Append { known: end - first });
            }
        }
    }
}
