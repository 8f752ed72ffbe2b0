//! Labels as they are asked for: a shelf's with the price, a pack's with lot and dates.
//!
//! Like a receipt, a label is a snapshot: stars, price and dates are what held when it was asked for.

use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::snapshot::SnapshotError;
use crate::symbols::SymbolError;

/// Most labels of one job: more is a mistake at the keyboard.
pub const LABELS_MAX: usize = 500;

/// A label to print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Label {
    /// For the edge of a shelf.
    Shelf(ShelfLabel),
    /// For a pack.
    Pack(PackLabel),
}

/// Labels that were asked for, as they are stored until they are printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelJob {
    /// Version of this format: [`LABEL_JOB_VERSION`].
    v: u32,
    /// The label.
    pub label: Label,
    /// How many of it.
    pub count: usize,
}

/// The version that a [`LabelJob`] names.
pub const LABEL_JOB_VERSION: u32 = 1;

impl LabelJob {
    /// Returns so many of a label.
    pub fn new(label: Label, count: usize) -> LabelJob {
        LabelJob { v: LABEL_JOB_VERSION, label, count }
    }

    /// Returns the text to store.
    ///
    /// # Errors
    /// [`SnapshotError::Json`], which no job of ours gives.
    pub fn to_json(&self) -> Result<String, SnapshotError> {
        serde_json::to_string(self).map_err(|error| SnapshotError::Json(error.to_string()))
    }

    /// Reads a stored text; `None` for another paper, and for another version.
    pub fn from_json(text: &str) -> Option<LabelJob> {
        serde_json::from_str(text).ok().filter(|job: &LabelJob| job.v == LABEL_JOB_VERSION)
    }
}

/// What stands at a product's place on the shelf. Absent texts are empty and take no room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShelfLabel {
    /// Name of the product.
    pub name: String,
    /// Who makes it.
    pub producer: String,
    /// What a pack holds, for example "Hộp 200 g".
    pub pack: String,
    /// Price of one unit with VAT.
    pub price_vnd: i64,
    /// The unit of the price: "kg" for goods sold by weight, "hộp", or nothing.
    pub unit: String,
    /// OCOP stars that are valid today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stars: Option<u8>,
    /// The product's code.
    pub barcode: String,
}

/// What goes on a pack. Dates are as they are to be read, for example "15/09/2027".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackLabel {
    /// Name of the product.
    pub name: String,
    /// Who makes it.
    pub producer: String,
    /// What the pack holds.
    pub pack: String,
    /// Price of the pack with VAT; none leaves it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_vnd: Option<i64>,
    /// Lot code.
    pub lot: String,
    /// NSX, the day it was made.
    pub made_on: String,
    /// HSD, the last day of sale.
    pub expires_on: String,
    /// The product's code.
    pub barcode: String,
    /// Text of the QR: what `domain::pack_link::link` returns, or nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
}

/// Why a label is not printed. Nothing has been sent then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// Bars or QR cannot be drawn.
    #[error(transparent)]
    Symbol(#[from] SymbolError),
    /// Lot, dates, price and symbols need more room.
    #[error("what the label of {0:?} must show does not fit: use larger labels")]
    TooSmall(String),
    /// The stock is no stock.
    #[error(
        "labels are 20 to 104 mm wide, 15 to 300 mm high, in 1 to 4 columns, and a row is at most 112 mm wide"
    )]
    Stock,
    /// None, or more than [`LABELS_MAX`].
    #[error("a job has 1 to {LABELS_MAX} labels, not {0}")]
    Count(usize),
    /// The row of labels is wider than the printer's paper.
    #[error("a row of labels is {row_mm} mm wide, and the printer prints {paper_mm} mm")]
    WiderThanPaper {
        /// Width of a row.
        row_mm: u32,
        /// Printable width.
        paper_mm: u32,
    },
    /// The command builder refused.
    #[error("the print job cannot be built: {0}")]
    Job(String),
}

impl LabelError {
    /// Returns the sentence for whoever asked for the label.
    pub fn sentence(&self, language: Language) -> String {
        let vietnamese = language == Language::Vi;
        match self {
            LabelError::Symbol(SymbolError::BarsTooWide { code, needed_dots, room_dots }) => {
                let (needed, room) = (needed_dots.div_ceil(8), room_dots / 8);
                if vietnamese {
                    format!(
                        "Mã vạch {code} cần {needed} mm, tem chỉ có {room} mm. Dùng tem rộng hơn hoặc mã ngắn hơn."
                    )
                } else {
                    format!(
                        "The bars of {code} need {needed} mm, the label has {room} mm. Use a wider label or a shorter code."
                    )
                }
            }
            LabelError::Symbol(SymbolError::NoCode(code)) if vietnamese => {
                format!("{code:?} không phải là mã hàng. Kiểm tra lại mã của sản phẩm.")
            }
            LabelError::Symbol(SymbolError::NoCode(code)) => {
                format!("{code:?} is no product code. Check the product's code.")
            }
            LabelError::Symbol(_) => language
                .pick(
                    "Mã QR quá dài so với tem. Dùng tem lớn hơn.",
                    "The QR is too long for the label. Use a larger label.",
                )
                .to_owned(),
            LabelError::TooSmall(name) if vietnamese => {
                format!("Tem quá nhỏ cho {name:?}: không đủ chỗ in giá, lô và hạn dùng. Dùng tem lớn hơn.")
            }
            LabelError::TooSmall(name) => {
                format!(
                    "The label is too small for {name:?}: price, lot and dates do not fit. Use a larger label."
                )
            }
            LabelError::Stock => language
                .pick(
                    "Khổ tem không hợp lệ. Kiểm tra chiều rộng, chiều cao và số tem mỗi hàng.",
                    "This is no size of labels. Check width, height and labels a row.",
                )
                .to_owned(),
            LabelError::Count(_) if vietnamese => format!("Mỗi lần in từ 1 đến {LABELS_MAX} tem."),
            LabelError::Count(_) => format!("Print 1 to {LABELS_MAX} labels at a time."),
            LabelError::WiderThanPaper { row_mm, paper_mm } if vietnamese => {
                format!("Hàng tem rộng {row_mm} mm, máy in chỉ in được {paper_mm} mm. Chọn khổ tem khác.")
            }
            LabelError::WiderThanPaper { row_mm, paper_mm } => {
                format!(
                    "A row of labels is {row_mm} mm wide, the printer prints {paper_mm} mm. Choose other labels."
                )
            }
            LabelError::Job(_) => language
                .pick(
                    "Không tạo được lệnh in tem. Báo người cài đặt.",
                    "The labels could not be prepared. Tell whoever installed this.",
                )
                .to_owned(),
        }
    }
}
