//! The label on a pack: name, producer, price, lot and dates; a QR beside them, and bars below where there is room.

use super::{
    Bars, DIGITS, DIGITS_DOTS, LabelError, LabelLayout, LabelStock, MARGIN_DOTS, Mark, PackLabel, Sheet,
    Sizes, Span, bottom, clean, measure, sizes, vnd,
};
use crate::font::Style;
use crate::page::{joined, labelled};
use crate::symbols::{QR_MODULE_DOTS_MIN, Qr};

/// Dots between the QR, whose quiet zone is white as well, and the words.
const GAP_DOTS: u32 = 2;

/// What one attempt shows.
#[derive(Clone, Copy)]
struct Shape<'label> {
    qr: Option<&'label Qr>,
    /// Over the whole width, or beside the QR.
    name_on_top: bool,
    bars: Option<&'label Bars>,
}

/// With a QR the bars may be missing: it says what they say. Without one they may not.
pub(super) fn layout(label: &PackLabel, stock: &LabelStock) -> Result<LabelLayout, LabelError> {
    let width = stock.width_dots();
    let bars = Bars::new(&label.barcode, width);
    let qrs = qrs(&label.link, width)?;
    let mut shapes = Vec::new();
    if qrs.is_empty() {
        shapes.push(Shape { qr: None, name_on_top: true, bars: Some(bars.as_ref().map_err(Clone::clone)?) });
    }
    for bars in [bars.as_ref().ok(), None] {
        let with = |name_on_top| qrs.iter().map(move |qr| Shape { qr: Some(qr), name_on_top, bars });
        shapes.extend(with(true).chain(with(false)));
    }
    // Rather without bars, which the QR replaces, than without the producer.
    let laid = [false, true].into_iter().find_map(|drops| {
        shapes.iter().find_map(|shape| {
            let mut sizes = sizes(stock).filter(|sizes| sizes.drops == drops);
            sizes.find_map(|sizes| sheet(label, *shape, sizes, width, bottom(stock)))
        })
    });
    let sheet = laid.ok_or_else(|| LabelError::TooSmall(label.name.clone()))?;
    let height = stock.height_dots().unwrap_or(sheet.top + MARGIN_DOTS);
    Ok(LabelLayout { width, height, marks: sheet.marks })
}

/// Returns the QR in every size that leaves words some room, largest first.
fn qrs(link: &str, width: u32) -> Result<Vec<Qr>, LabelError> {
    if link.is_empty() {
        return Ok(Vec::new());
    }
    let largest = Qr::new(link, width * 3 / 5)?;
    let modules = largest.side() / largest.module_dots;
    let sizes = (QR_MODULE_DOTS_MIN..=largest.module_dots.min(5)).rev();
    Ok(sizes.map(|dots| Qr::new(link, modules * dots)).collect::<Result<_, _>>()?)
}

fn sheet(label: &PackLabel, shape: Shape, sizes: Sizes, width: u32, bottom: u32) -> Option<Sheet> {
    let inner = width - 2 * MARGIN_DOTS;
    let mut sheet = Sheet::new(MARGIN_DOTS, MARGIN_DOTS / 2, inner);
    if shape.name_on_top {
        sheet.paragraph(&label.name, sizes.name, sizes.name_lines, sizes.cuts)?;
    }
    let top = sheet.top;
    if let Some(qr) = shape.qr {
        // The quiet zone lies in the margin.
        sheet.marks.push(Mark::Qr { qr: qr.clone(), left: 0, top });
        sheet.left = qr.side() + GAP_DOTS;
        sheet.width = width.checked_sub(sheet.left + MARGIN_DOTS)?;
    }
    if !shape.name_on_top {
        sheet.paragraph(&label.name, sizes.name, if sizes.drops { 2 } else { 3 }, sizes.cuts)?;
    }
    facts(&mut sheet, label, sizes)?;
    if let Some(qr) = shape.qr {
        let words_end = sheet.top;
        sheet.top = top + qr.side();
        if shape.bars.is_none() {
            code_below(&mut sheet, label, qr, bottom);
        }
        sheet.top = sheet.top.max(words_end);
    }
    (sheet.left, sheet.width) = (0, width);
    match shape.bars {
        Some(bars) => sheet.bars(bars.clone(), bottom + MARGIN_DOTS / 2)?,
        None if sheet.top > bottom + MARGIN_DOTS => return None,
        None => {}
    }
    Some(sheet)
}

/// Producer, pack and price, then what food law wants whole: lot, day made, last day.
fn facts(sheet: &mut Sheet, label: &PackLabel, sizes: Sizes) -> Option<()> {
    let price = label.price_vnd.map(vnd).unwrap_or_default();
    let pack = if sizes.drops { String::new() } else { clean(&label.pack) };
    if !sizes.drops {
        sheet.paragraph(&label.producer, sizes.body, sizes.body_lines, sizes.cuts)?;
    }
    if !pair(sheet, [&pack, &price], sizes.strong) {
        sheet.paragraph(&pack, sizes.body, sizes.body_lines, sizes.cuts)?;
        sheet.paragraph(&price, sizes.strong, 1, false)?;
    }
    let [lot, made_on, expires_on] =
        [("Lô", &label.lot), ("NSX", &label.made_on), ("HSD", &label.expires_on)]
            .map(|(name, value)| labelled(name, value));
    if !pair(sheet, [&lot, &made_on], sizes.body) {
        sheet.paragraph(&lot, sizes.body, 3, false)?;
        sheet.paragraph(&made_on, sizes.body, 1, false)?;
    }
    sheet.paragraph(&expires_on, sizes.strong, 1, false)
}

/// Sets two texts on one line where both fit.
fn pair(sheet: &mut Sheet, texts: [&str; 2], style: Style) -> bool {
    let text = joined(" · ", &texts);
    let fits = measure(&text, style) <= sheet.width;
    if fits && !text.is_empty() {
        sheet.words(Span::left(text, style));
    }
    fits
}

/// The code in digits below the QR, for whose telephone or scanner does not read it; where there is room.
fn code_below(sheet: &mut Sheet, label: &PackLabel, qr: &Qr, bottom: u32) {
    let code = Span::centre(clean(&label.barcode), DIGITS);
    let code_width = measure(&code.text, DIGITS);
    if code_width <= qr.side() && sheet.top + DIGITS_DOTS <= bottom + MARGIN_DOTS / 2 {
        let left = (qr.side() - code_width) / 2;
        sheet.marks.push(Mark::Words { span: code, left, top: sheet.top });
        sheet.top += DIGITS_DOTS;
    }
}
