//! Student's t, for any number of degrees of freedom.

use std::f64::consts::FRAC_PI_2;

/// Pieces of the integral, an even number: enough for five right digits.
const PIECES: usize = 1_000;

/// Returns the value that lies so far out that `within` (0.95 for an interval of 95 %) of the distribution lies between it and its
/// negative. Below one degree of freedom it is taken as one.
///
/// By t = √n · tan φ the density becomes cosⁿ⁻¹ φ, which needs no gamma function: what lies within is the part of the quarter turn's
/// integral up to φ.
pub fn quantile(within: f64, degrees: f64) -> f64 {
    let degrees = degrees.max(1.0);
    let step = FRAC_PI_2 / PIECES as f64;
    // The last point is 0 but for one degree of freedom, where the density is flat; rounding must not make it negative.
    let density = |point: usize| (step * point as f64).cos().max(0.0).powf(degrees - 1.0);
    let piece = |at: usize| (density(2 * at) + 4.0 * density(2 * at + 1) + density(2 * at + 2)) * step / 3.0;
    let pieces: Vec<f64> = (0..PIECES / 2).map(piece).collect();
    let mut left = within * pieces.iter().sum::<f64>();
    for (at, size) in pieces.iter().enumerate() {
        if *size >= left && *size > 0.0 {
            let angle =
                step * (2.0 * at as f64 + 2.0 * inside(left / size, density(2 * at), density(2 * at + 2)));
            return degrees.sqrt() * angle.tan();
        }
        left -= size;
    }
    f64::INFINITY
}

/// Returns where in a piece, from 0 to 1, a share of its area is reached when its density falls evenly from `first` to `last`.
fn inside(share: f64, first: f64, last: f64) -> f64 {
    let (fall, all) = (first - last, f64::midpoint(first, last));
    if fall.abs() < 1e-12 * first {
        return share;
    }
    // first·x − fall·x²/2 = share·all
    (first - (first * first - 2.0 * fall * share * all).max(0.0).sqrt()) / fall
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_the_tables() {
        for (within, degrees, expected) in [
            (0.95, 1.0, 12.7062),
            (0.95, 2.0, 4.3027),
            (0.95, 3.0, 3.1824),
            (0.95, 5.0, 2.5706),
            (0.95, 10.0, 2.2281),
            (0.95, 19.0, 2.0930),
            (0.95, 120.0, 1.9799),
            (0.95, 1_000.0, 1.9623),
            (0.60, 1.0, 1.3764),
            (0.60, 4.0, 0.9410),
            (0.60, 30.0, 0.8538),
            (0.99, 9.0, 3.2498),
            (0.0, 9.0, 0.0),
        ] {
            let found = quantile(within, degrees);
            assert!((found - expected).abs() < 2e-4 * expected.max(1.0), "{within} {degrees}: {found}");
        }
    }

    #[test]
    fn between_whole_degrees_it_falls_evenly() {
        let of = |degrees| quantile(0.95, degrees);
        assert!(of(4.0) > of(4.5) && of(4.5) > of(5.0));
        assert!((of(0.3) - of(1.0)).abs() < 1e-9);
    }
}
