//! What a run did, as a hash that tells runs apart, and its last lines for whoever has to find out why it failed.

use std::collections::VecDeque;

const LINES_MOST: usize = 80;

pub(crate) struct Trace {
    hash: u64,
    lines: VecDeque<String>,
}

impl Default for Trace {
    fn default() -> Self {
        Self { hash: 0xcbf2_9ce4_8422_2325, lines: VecDeque::new() }
    }
}

impl Trace {
    pub(crate) fn note(&mut self, now_ms: i64, line: impl FnOnce() -> String) {
        let line = format!("{} {}", now_ms % 10_000_000_000, line());
        for byte in line.bytes() {
            // FNV-1a: nobody forges a trace.
            self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        if self.lines.len() == LINES_MOST {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
    }

    pub(crate) const fn hash(&self) -> u64 {
        self.hash
    }

    pub(crate) fn tail(&self) -> String {
        self.lines.iter().map(|line| format!("  {line}\n")).collect()
    }
}
