//! Layouts against the files in `tests/expected`, and what holds of every layout.

use std::fs;
use std::path::Path;

use receipts::font::{Style, measure};
use receipts::row::{Align, Layout, Row, Span};

/// Compares a text with the file of its name, or writes the file when `UPDATE_EXPECTED` is set.
pub(crate) fn compare(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(text, expected, "{}", path.display());
}

/// Returns all words of a layout.
pub(crate) fn spans(layout: &Layout) -> Vec<&Span> {
    layout.rows.iter().flat_map(row_spans).collect()
}

fn row_spans(row: &Row) -> &[Span] {
    match row {
        Row::Text(spans) | Row::Qr(_, spans) => spans,
        Row::Banner(span) => std::slice::from_ref(span),
        Row::Rule(_) | Row::Space(_) | Row::Barcode(_) | Row::Block(..) | Row::Ruler | Row::Boxes(..) => &[],
    }
}

/// No words leave the paper, and none of a row touch.
pub(crate) fn assert_fits(layout: &Layout) {
    let width = u32::from(layout.paper.dots());
    for span in spans(layout) {
        let end = span.start(width) + measure(&span.text, span.style);
        assert!(end <= width, "{span} ends at {end} of {width}");
    }
    for row in &layout.rows {
        if let Row::Text(spans) = row
            && let [left, right] = spans.as_slice()
        {
            assert_eq!((left.align == Align::Centre, right.align), (false, Align::Right));
            let end = left.start(width) + measure(&left.text, left.style);
            assert!(end + 16 <= right.start(width), "{row}");
        }
        if let Row::Qr(qr, _) = row {
            assert!(qr.side() <= width && qr.module_dots >= 3);
        }
        if let Row::Boxes(cells, height) = row {
            assert!(cells.iter().map(|cell| u32::from(cell.width)).sum::<u32>() <= width && *height > 40);
            for cell in cells {
                let words = measure(&cell.label, Style::regular(18)) + 5;
                assert!(words <= u32::from(cell.width), "{} needs {words} of {}", cell.label, cell.width);
            }
        }
    }
}
