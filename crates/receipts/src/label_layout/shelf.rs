//! The label at a product's place: name, stars and price, producer and pack, bars.

use super::{
    Bars, LabelError, LabelLayout, LabelStock, MARGIN_DOTS, Mark, Sheet, ShelfLabel, Sizes, Span, bottom,
    clean, measure, sizes, vnd,
};

/// Fewest dots between stars and price.
const GAP_DOTS: u32 = 12;
/// Dots between price and unit.
const UNIT_GAP_DOTS: u32 = 2;

pub(super) fn layout(label: &ShelfLabel, stock: &LabelStock) -> Result<LabelLayout, LabelError> {
    let inner = stock.width_dots() - 2 * MARGIN_DOTS;
    // Quiet zones are white anyway: they may lie in the margin.
    let bars = Bars::new(&label.barcode, stock.width_dots())?;
    let laid = sizes(stock).find_map(|sizes| sheet(label, sizes, inner, &bars, bottom(stock)));
    let sheet = laid.ok_or_else(|| LabelError::TooSmall(label.name.clone()))?;
    let height = stock.height_dots().unwrap_or(sheet.top + MARGIN_DOTS);
    Ok(LabelLayout { width: stock.width_dots(), height, marks: sheet.marks })
}

fn sheet(label: &ShelfLabel, sizes: Sizes, inner: u32, bars: &Bars, bottom: u32) -> Option<Sheet> {
    let mut sheet = Sheet::new(MARGIN_DOTS, MARGIN_DOTS / 2, inner);
    sheet.paragraph(&label.name, sizes.name, sizes.name_lines, sizes.cuts)?;
    price(&mut sheet, label, sizes)?;
    let about: Vec<String> = [&label.producer, &label.pack]
        .into_iter()
        .map(|text| clean(text))
        .filter(|text| !text.is_empty())
        .collect();
    if !sizes.drops {
        sheet.paragraph(&about.join(" · "), sizes.body, sizes.body_lines, sizes.cuts)?;
    }
    // Bars use the whole width.
    (sheet.left, sheet.width) = (0, inner + 2 * MARGIN_DOTS);
    sheet.bars(bars.clone(), bottom + MARGIN_DOTS / 2)?;
    Some(sheet)
}

/// Stars on the left, the price on the right with its unit in small letters, all on one line.
fn price(sheet: &mut Sheet, label: &ShelfLabel, sizes: Sizes) -> Option<()> {
    let amount = Span::left(vnd(label.price_vnd), sizes.price);
    let unit = clean(&label.unit);
    let unit = Span::left(if unit.is_empty() { unit } else { format!("/{unit}") }, sizes.strong);
    let [amount_width, unit_width] = [&amount, &unit].map(|span| measure(&span.text, span.style));
    let room = sheet.width.checked_sub(amount_width + UNIT_GAP_DOTS + unit_width)?;
    let stars = usize::from(label.stars.unwrap_or(0).min(5));
    let all = "★".repeat(stars);
    let drawn = [(all.clone(), sizes.name), (all, sizes.strong), (format!("{stars}★"), sizes.name)]
        .into_iter()
        .map(|(text, style)| Span::left(text, style))
        .find(|span| stars == 0 || measure(&span.text, span.style) + GAP_DOTS <= room)?;
    let (left, top) = (sheet.left, sheet.top);
    let baseline = top + u32::from(sizes.price.ascent());
    let on_baseline = |span: &Span| baseline - u32::from(span.style.ascent());
    if stars > 0 {
        let top = on_baseline(&drawn);
        sheet.marks.push(Mark::Words { span: drawn, left, top });
    }
    let unit_top = on_baseline(&unit);
    sheet.marks.push(Mark::Words { span: amount, left: left + room, top });
    if unit_width > 0 {
        sheet.marks.push(Mark::Words {
            span: unit,
            left: left + room + amount_width + UNIT_GAP_DOTS,
            top: unit_top,
        });
    }
    sheet.top += u32::from(sizes.price.line_height());
    Some(())
}
