//! From labels to the rows of a roll, and to the bytes of both kinds of printers: TSPL and ESC/POS.

use serde::{Deserialize, Serialize};

use crate::bitmap::Bitmap;
use crate::encode::{EncodeError, encode};
use crate::label::{LABELS_MAX, Label, LabelError};
use crate::label_layout::{draw, layout};
use crate::label_stock::LabelStock;
use crate::profile::{Cut, Profile};
use crate::raster::DOTS_PER_MM;

/// What a printer of labels speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelLanguage {
    /// The usual label printers.
    #[default]
    Tspl,
    /// Receipt printers.
    Escpos,
}

impl LabelLanguage {
    /// Both.
    pub const ALL: [LabelLanguage; 2] = [LabelLanguage::Tspl, LabelLanguage::Escpos];

    /// Returns its name in settings and forms.
    pub const fn code(self) -> &'static str {
        match self {
            LabelLanguage::Tspl => "tspl",
            LabelLanguage::Escpos => "escpos",
        }
    }

    /// Reads a name; `None` for another one.
    pub fn from_code(code: &str) -> Option<LabelLanguage> {
        LabelLanguage::ALL.into_iter().find(|language| language.code() == code)
    }
}

/// Rows of labels that are alike, and how many of them.
type Run = (Bitmap, usize);

/// Returns a picture of one label: the dots that a printer gets.
///
/// # Errors
/// As [`layout`].
pub fn label_picture(label: &Label, stock: &LabelStock) -> Result<Bitmap, LabelError> {
    Ok(draw(&layout(label, stock)?))
}

/// Returns the bytes for a printer; `profile` counts for receipt printers only.
///
/// # Errors
/// [`LabelError`] before anything is sent.
pub fn label_bytes(
    labels: &[(Label, usize)],
    stock: &LabelStock,
    language: LabelLanguage,
    profile: &Profile,
) -> Result<Vec<u8>, LabelError> {
    match language {
        LabelLanguage::Tspl => label_bytes_tspl(labels, stock),
        LabelLanguage::Escpos => label_bytes_escpos(labels, stock, profile),
    }
}

/// Returns the bytes for a label printer that speaks TSPL: each label with how many are wanted, row by row.
///
/// # Errors
/// [`LabelError`] before anything is sent.
pub fn label_bytes_tspl(labels: &[(Label, usize)], stock: &LabelStock) -> Result<Vec<u8>, LabelError> {
    let mut bytes = Vec::new();
    for (row, count) in rows(labels, stock)? {
        bytes.extend(tspl(&row, count, stock));
    }
    Ok(bytes)
}

/// Returns the bytes for a receipt printer. On labels it feeds over the gap and does not cut; on a roll each label is
/// cut off as the profile says.
///
/// # Errors
/// [`LabelError`] before anything is sent, [`LabelError::WiderThanPaper`] among them.
pub fn label_bytes_escpos(
    labels: &[(Label, usize)],
    stock: &LabelStock,
    profile: &Profile,
) -> Result<Vec<u8>, LabelError> {
    let cut = if stock.height_mm.is_some() { Cut::None } else { profile.cut };
    let profile = Profile { cut, ..*profile };
    let (row_mm, paper_mm) = (stock.row_mm(), u32::from(profile.paper.dots()) / DOTS_PER_MM);
    if row_mm > paper_mm {
        return Err(LabelError::WiderThanPaper { row_mm, paper_mm });
    }
    let gap = u32::from(stock.row_gap_mm) * DOTS_PER_MM;
    let mut bytes = Vec::new();
    for (row, count) in rows(labels, stock)? {
        let height = u32::try_from(row.height()).unwrap_or(u32::MAX).saturating_add(gap);
        let mut spaced = Bitmap::blank(row_mm * DOTS_PER_MM, height);
        spaced.stamp(&row, 0, 0);
        let once =
            encode(&spaced, &profile).map_err(|error: EncodeError| LabelError::Job(error.to_string()))?;
        (0..count).for_each(|_| bytes.extend_from_slice(&once));
    }
    Ok(bytes)
}

/// Fills rows from left to right; rows that are alike and follow each other become one run.
fn rows(labels: &[(Label, usize)], stock: &LabelStock) -> Result<Vec<Run>, LabelError> {
    stock.check()?;
    let count = labels.iter().fold(0_usize, |sum, (_, count)| sum.saturating_add(*count));
    if !(1..=LABELS_MAX).contains(&count) {
        return Err(LabelError::Count(count));
    }
    let pictures: Vec<Run> = labels
        .iter()
        .map(|(label, count)| Ok((label_picture(label, stock)?, *count)))
        .collect::<Result<_, LabelError>>()?;
    let wanted: Vec<&Bitmap> =
        pictures.iter().flat_map(|(picture, count)| std::iter::repeat_n(picture, *count)).collect();
    let mut runs: Vec<Run> = Vec::new();
    for row in wanted.chunks(usize::from(stock.columns)) {
        let row = row_picture(row, stock);
        match runs.last_mut() {
            Some((last, count)) if *last == row => *count += 1,
            _ => runs.push((row, 1)),
        }
    }
    Ok(runs)
}

fn row_picture(labels: &[&Bitmap], stock: &LabelStock) -> Bitmap {
    let height = labels.iter().map(|label| label.height()).max().unwrap_or(0);
    let height = u32::try_from(height).unwrap_or(u32::MAX);
    let mut whole = Bitmap::blank(stock.row_mm() * DOTS_PER_MM, height);
    for (column, label) in labels.iter().enumerate() {
        whole.stamp(label, stock.left_dots(column), 0);
    }
    whole
}

/// `SIZE`, `GAP`, `CLS`, `BITMAP`, `PRINT` (TSC's TSPL/TSPL2 manual). In its bitmaps 0 is black. Each line ends in CR LF.
/// `GAP 0,0` is an endless roll.
fn tspl(row: &Bitmap, count: usize, stock: &LabelStock) -> Vec<u8> {
    let height_dots = u32::try_from(row.height()).unwrap_or(u32::MAX);
    let height_mm = height_dots.div_ceil(DOTS_PER_MM);
    let mut bytes = format!(
        "SIZE {} mm,{height_mm} mm\r\nGAP {} mm,0 mm\r\nDIRECTION 1\r\nCLS\r\nBITMAP 0,0,{},{height_dots},0,",
        stock.row_mm(),
        stock.row_gap_mm,
        row.row_bytes()
    )
    .into_bytes();
    bytes.extend(row.data().iter().map(|byte| !byte));
    bytes.extend(format!("\r\nPRINT {count},1\r\n").into_bytes());
    bytes
}
