//! A product's code as bars, drawn as SVG: EAN where it is one, Code 128 else. Positions are whole modules.

use barcoders::sym::code128::Code128;
use barcoders::sym::ean8::EAN8;
use barcoders::sym::ean13::EAN13;
use domain::barcode::{Barcode, BarcodeKind};
use maud::{Markup, html};

/// Empty modules at each side, as many as the broadest kind needs (GS1 General Specifications 5.2.3.4).
const QUIET: usize = 11;
/// Begins set B of Code 128, as `barcoders` writes it: letters, digits and signs.
const SET_B: char = '\u{181}';
/// Longer codes have bars that are too fine for a label of 61 mm: 20 signs are 255 modules and the quiet zones, 0.2 mm each.
const SIGNS_MAX: usize = 20;

/// Returns the drawing; nothing for a code that has no bars.
pub fn drawn(code: &str) -> Option<Markup> {
    let modules = modules(code)?;
    let width = modules.len() + 2 * QUIET;
    let mut runs = Vec::new();
    let mut at = 0;
    for run in modules.chunk_by(|a, b| a == b) {
        if run.first() == Some(&1) {
            runs.push((QUIET + at, run.len()));
        }
        at += run.len();
    }
    Some(html! {
        svg viewBox={ "0 0 " (width) " 40" } preserveAspectRatio="none" shape-rendering="crispEdges" aria-hidden="true" {
            @for (x, wide) in runs { rect x=(x) y="0" width=(wide) height="40" {} }
        }
    })
}

fn modules(code: &str) -> Option<Vec<u8>> {
    let barcode = Barcode::parse(code).ok()?;
    let text = barcode.as_str();
    match barcode.kind() {
        BarcodeKind::Ean13 => Some(EAN13::new(text).ok()?.encode()),
        BarcodeKind::Ean8 => Some(EAN8::new(text).ok()?.encode()),
        BarcodeKind::Gtin14 | BarcodeKind::Own => {
            let is_drawable =
                text.len() <= SIGNS_MAX && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
            is_drawable.then(|| Code128::new(format!("{SET_B}{text}")).ok())?.map(|code| code.encode())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_as_many_modules_as_its_standard_says() {
        for (code, expected) in [
            ("8938500000041", Some(95)),
            ("96385074", Some(67)),
            // Start, seven signs, check, stop.
            ("TOI-DEN", Some(11 * 9 + 13)),
            ("a code that is much too long", None),
            ("mã", None),
            ("", None),
        ] {
            assert_eq!(modules(code).map(|modules| modules.len()), expected, "{code}");
        }
    }

    #[test]
    fn the_drawing_has_quiet_zones() {
        let drawn = drawn("8938500000041").unwrap().into_string();
        assert!(drawn.starts_with("<svg viewBox=\"0 0 117 40\""), "{drawn}");
        // The guard: bar, gap, bar.
        assert!(
            drawn.contains("<rect x=\"11\" y=\"0\" width=\"1\"") && drawn.contains("<rect x=\"13\""),
            "{drawn}"
        );
        assert_eq!(drawn.matches("<rect").count(), 30, "thirty bars");
    }
}
