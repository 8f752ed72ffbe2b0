//! How fast somebody may guess passwords and PINs (ASVS 6.1.1, 6.3.1).
//!
//! A pure rule. The caller counts failures for each [`key`] since the last success and stores the moment of the last one.
//! A delay, never a hard lock: whoever wants to lock a colleague out only slows down his own network.

use std::net::IpAddr;

/// Failures that cost nothing: people mistype.
pub const FREE_FAILURES: u32 = 5;

/// The longest delay: a quarter of an hour.
pub const DELAY_MAX_MS: i64 = 15 * 60 * 1_000;

/// The first delay; each failure more doubles it.
const DELAY_FIRST_MS: i64 = 2_000;

/// Returns the moment (UTC milliseconds) from which the next try may be checked: at once for the first
/// [`FREE_FAILURES`], then 2 s, 4 s, 8 s … up to [`DELAY_MAX_MS`] after the last failure.
///
/// A try that comes earlier is answered with 429 without hashing anything, and is not counted as a failure.
pub fn next_allowed_ms(failures: u32, last_failure_ms: i64) -> i64 {
    let Some(doublings) = failures.checked_sub(FREE_FAILURES) else { return last_failure_ms };
    let delay_ms = DELAY_FIRST_MS.checked_shl(doublings.min(20)).unwrap_or(DELAY_MAX_MS).min(DELAY_MAX_MS);
    last_failure_ms.saturating_add(delay_ms)
}

/// Returns how long from now the next try has to wait, milliseconds; 0 when it may be checked at once, as always before
/// [`FREE_FAILURES`]. A last failure in the future was stored by a clock that has been set back since: it counts as one of
/// now, and the caller stores it so, or the wait would begin anew with each try.
pub fn wait_ms(failures: u32, last_failure_ms: i64, now_ms: i64) -> i64 {
    if failures < FREE_FAILURES {
        return 0;
    }
    next_allowed_ms(failures, last_failure_ms.min(now_ms)).saturating_sub(now_ms).max(0)
}

/// Returns whom failures are counted for: the account as typed (folded to lower case) and the network that asks.
///
/// Networks are IPv4 /24 and IPv6 /56, since one person easily changes the rest. The rightful user elsewhere has
/// another key, so nobody can lock him out. Count the same failures for `key("", address)` too, with a larger
/// allowance, against guessing one password for many accounts.
pub fn key(account: &str, address: IpAddr) -> String {
    let network = match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => format!("{:x}/56", v6.to_bits() >> 72),
    };
    format!("{}@{network}", account.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delay_doubles_after_five_failures_and_is_bounded() {
        for (failures, delay_ms) in [
            (0, 0),
            (4, 0),
            (5, 2_000),
            (6, 4_000),
            (7, 8_000),
            (13, 512_000),
            (14, DELAY_MAX_MS),
            (1_000, DELAY_MAX_MS),
            (u32::MAX, DELAY_MAX_MS),
        ] {
            assert_eq!(next_allowed_ms(failures, 1_000), 1_000 + delay_ms, "after {failures} failures");
        }
        assert_eq!(next_allowed_ms(9, i64::MAX), i64::MAX);
    }

    #[test]
    fn a_clock_that_was_set_back_holds_nobody_up() {
        let hour_ms = 3_600_000;
        for (failures, last_ms, expected_ms) in [
            (0, hour_ms, 0),
            (4, hour_ms, 0),
            (4, i64::MAX, 0),
            (5, 0, 2_000),
            (5, -1_500, 500),
            (5, -2_000, 0),
            (5, hour_ms, 2_000),
            (1_000, i64::MAX, DELAY_MAX_MS),
            (1_000, i64::MIN, 0),
        ] {
            assert_eq!(
                wait_ms(failures, last_ms, 0),
                expected_ms,
                "{failures} failures, the last at {last_ms}"
            );
        }
    }

    /// ASVS test of the security checklist: guessing as fast as allowed costs at most 30 hashes a minute.
    #[test]
    fn a_thousand_tries_cost_at_most_30_hashes_a_minute() {
        let (mut failures, mut now_ms, mut in_first_minute) = (0, 0, 0);
        for _ in 0..1_000 {
            now_ms = next_allowed_ms(failures, now_ms);
            failures += 1;
            in_first_minute += u32::from(now_ms < 60_000);
        }
        assert!(in_first_minute <= 30, "{in_first_minute}");
        assert!(in_first_minute >= FREE_FAILURES);
    }

    #[test]
    fn neighbours_share_a_key_and_the_rightful_user_elsewhere_does_not() {
        let of = |account: &str, address: &str| key(account, address.parse().unwrap());
        assert_eq!(of("Huong ", "203.0.113.7"), of("huong", "203.0.113.250"));
        assert_eq!(of("huong", "203.0.113.7"), of("huong", "::ffff:203.0.113.9"));
        assert_ne!(of("huong", "203.0.113.7"), of("huong", "203.0.114.7"));
        assert_ne!(of("huong", "203.0.113.7"), of("lan", "203.0.113.7"));
        assert_eq!(of("a", "2001:db8:1:200::1"), of("a", "2001:db8:1:2ff:9::1"));
        assert_ne!(of("a", "2001:db8:1:200::1"), of("a", "2001:db8:1:300::1"));
    }
}
