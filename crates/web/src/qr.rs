//! QR symbols on pages.

use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};

/// Blank modules around a QR, as its standard asks for.
const QUIET_MODULES: usize = 4;

/// A QR as a picture that prints and scales; drawn here, so it needs no network.
pub fn picture(payload: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::with_error_correction_level(payload, EcLevel::M) else { return html! {} };
    let width = code.width();
    let side = width + 2 * QUIET_MODULES;
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (place % width + QUIET_MODULES, place / width + QUIET_MODULES);
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    html! {
        svg.qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) {
            path d=(path) {}
        }
    }
}
