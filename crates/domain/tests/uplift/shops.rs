//! Simulated shops by a seed: a level of each, a season of all, weeks that scatter and resemble their neighbours, whole lines at whole
//! prices, weeks on which a shop was closed or had run out.

use std::f64::consts::TAU;

use domain::uplift::{StoreWeeks, Trade, Week};

/// What the shops are like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shops {
    /// With the campaign.
    pub(crate) stores: usize,
    /// Without it.
    pub(crate) elsewhere: usize,
    /// Weeks before the start.
    pub(crate) before: usize,
    /// Weeks of the campaign.
    pub(crate) during: usize,
    /// Lines of the campaign's products that a shop of middling size sells in a week.
    pub(crate) lines: f64,
    /// What the campaign changes: 0.3 for 30 % more.
    pub(crate) effect: f64,
    /// What the season changes during the campaign for these products alone, everywhere.
    pub(crate) season: f64,
}

impl Shops {
    /// Returns shops without a campaign's effect.
    pub(crate) const fn new(stores: usize) -> Self {
        Self { stores, elsewhere: 0, before: 16, during: 4, lines: 12.0, effect: 0.0, season: 0.0 }
    }

    /// Returns what they sell.
    pub(crate) fn trade(self, seed: u64) -> Trade {
        let mut draws = Draws(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ 0x5851_f42d);
        let phase = draws.even();
        let mut drift = 0.0;
        let season: Vec<f64> = (0..self.before + self.during)
            .map(|week| {
                drift = 0.6 * drift + 0.1 * draws.normal();
                0.25 * (TAU * (week as f64 / 26.0 + phase)).sin() + drift
            })
            .collect();
        let of = |effect, count: usize, draws: &mut Draws| {
            (0..count).map(|_| self.store(effect, &season, draws)).collect::<Vec<_>>()
        };
        let stores = of(self.effect, self.stores, &mut draws);
        let elsewhere = of(0.0, self.elsewhere, &mut draws);
        let during_days = 7 * i64::try_from(self.during).unwrap();
        Trade { stores, elsewhere, week_days: 7, during_days }
    }

    fn store(self, effect: f64, season: &[f64], draws: &mut Draws) -> StoreWeeks {
        let level = (0.5 * draws.normal()).exp();
        let others_each = 5.0 * (0.3 * draws.normal()).exp();
        let mut alike = 0.12 * draws.normal();
        let mut weeks = Vec::new();
        for (week, common) in season.iter().enumerate() {
            // Half of what moves the promoted goods this week moves them still the next one.
            alike = 0.3 * alike + 0.115 * draws.normal();
            let footfall = (common + 0.15 * draws.normal()).exp() * level;
            let is_closed = draws.even() < 0.02;
            let is_out = draws.even() < 0.01;
            let change = if week < self.before { 1.0 } else { (1.0 + effect) * (1.0 + self.season) };
            let lines = draws.count(self.lines * footfall * alike.exp() * change);
            let others = self.lines * others_each * footfall * (0.06 * draws.normal()).exp();
            let others = draws.count(others);
            let (price, other_price) = (80 + draws.below(30), 60 + draws.below(10));
            weeks.push(if is_closed {
                Week::default()
            } else {
                let lines = if is_out { 0 } else { lines };
                Week {
                    promoted_vnd: lines * price * 1_000,
                    promoted_lines: lines,
                    others_vnd: others * other_price * 1_000,
                }
            });
        }
        let during = weeks.split_off(self.before);
        StoreWeeks { before: weeks, during }
    }
}

/// Draws by a seed alone.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> i64 {
        i64::try_from(self.next() % end).unwrap()
    }

    /// From 0 to 1.
    fn even(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.even().ln()).sqrt() * (TAU * self.even()).cos()
    }

    /// How many come when so many are expected (Poisson's law).
    fn count(&mut self, expected: f64) -> i64 {
        // In pieces, so that the limit does not vanish.
        let (mut left, mut count) = (expected, 0);
        while left > 0.0 {
            let piece = left.min(30.0);
            let (limit, mut product) = ((-piece).exp(), self.even());
            while product > limit {
                count += 1;
                product *= self.even();
            }
            left -= piece;
        }
        count
    }
}
