//! The two signs that Noto Sans lacks, as polygons in a square of 1 × 1 with y downwards.

/// Corners of ★, which prints the stars of a recognised product.
pub(crate) const STAR: [(f32, f32); 10] = [
    (0.500, 0.000),
    (0.624, 0.345),
    (0.990, 0.357),
    (0.701, 0.582),
    (0.803, 0.934),
    (0.500, 0.728),
    (0.197, 0.934),
    (0.299, 0.582),
    (0.010, 0.357),
    (0.376, 0.345),
];

/// Corners of ✓.
pub(crate) const CHECK: [(f32, f32); 6] =
    [(0.02, 0.56), (0.15, 0.43), (0.36, 0.66), (0.84, 0.10), (0.98, 0.21), (0.37, 0.93)];

/// Samples in a pixel along each axis.
const FINENESS: u16 = 4;

/// Returns which pixels of a square of `side` dots a polygon covers by half or more, row after row.
pub(crate) fn fill(corners: &[(f32, f32)], side: u16) -> Vec<bool> {
    let step = 1.0 / (f32::from(side) * f32::from(FINENESS));
    let centre =
        |pixel: u16, part: u16| (f32::from(pixel) * f32::from(FINENESS) + f32::from(part) + 0.5) * step;
    let mut ink = Vec::with_capacity(usize::from(side) * usize::from(side));
    for y in 0..side {
        for x in 0..side {
            let hits = (0..FINENESS)
                .flat_map(|part_y| (0..FINENESS).map(move |part_x| (part_x, part_y)))
                .filter(|&(part_x, part_y)| is_inside(corners, centre(x, part_x), centre(y, part_y)))
                .count();
            ink.push(hits * 2 >= usize::from(FINENESS * FINENESS));
        }
    }
    ink
}

/// Even-odd rule: a ray to the right crosses the edge an odd number of times.
fn is_inside(corners: &[(f32, f32)], x: f32, y: f32) -> bool {
    let next = corners.iter().cycle().skip(1);
    let crossings = corners.iter().zip(next).filter(|&(&(x1, y1), &(x2, y2))| {
        let spans = (y1 > y) != (y2 > y);
        spans && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_star_is_symmetric_and_pointed() {
        let ink = fill(&STAR, 20);
        let row = |y: usize| &ink[y * 20..y * 20 + 20];
        assert!(row(9)[10] && row(7)[2] && row(7)[17], "middle and the two arms");
        assert!(!row(1)[2] && !row(19)[10], "nothing beside the tip, nothing between the legs");
        for y in 0..20 {
            let mirrored: Vec<bool> = row(y).iter().rev().copied().collect();
            assert_eq!(row(y), mirrored, "row {y}");
        }
    }

    #[test]
    fn a_square_is_filled_to_its_edge() {
        let half = [(0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)];
        let ink = fill(&half, 8);
        assert!(ink.chunks(8).all(|row| row == [true, true, true, true, false, false, false, false]));
    }
}
