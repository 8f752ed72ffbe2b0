//! The printer of labels as a manager sets it up: where it is, what it speaks, which labels lie in it, and trying it.

use ::receipts::address::PrinterAddress;
use ::receipts::label::{Label, LabelJob, PackLabel};
use ::receipts::label_picture;
use ::receipts::language::Language;

use super::labels::queue;
use super::printers::{folder, is_kind_choosable};
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::config::LabelsConfig;
use crate::db::{label_printer, operations};

/// What the test label is called.
const TEST_NAME: &str = "TEM IN THỬ";
/// Letters with two marks, where a bad print is seen first.
const TEST_LETTERS: &str = "Ắ Ẫ Ễ Ộ Ữ Ỵ Đ · ắ ẫ ễ ộ ữ ỵ đ";
/// No product's code.
const TEST_CODE: &str = "THU";

/// Says what of a set-up cannot be used: `address`, or `stock` for labels that there are not; `None` when all of it can.
pub fn unusable(app: &App, labels: &LabelsConfig) -> Option<&'static str> {
    if labels.stock().check().is_err() {
        return Some("stock");
    }
    let is_kept = labels.printer.is_empty() || labels.printer == app.labels().printer;
    let is_usable = |address: &PrinterAddress| is_kept || is_kind_choosable(&folder(app), address);
    match PrinterAddress::parse(&labels.printer) {
        _ if labels.printer.is_empty() => None,
        Ok(address) if is_usable(&address) => None,
        _ => Some("address"),
    }
}

/// Sets the label printer up, from the next label on.
///
/// # Errors
/// When the database does not keep it.
pub async fn save(app: &App, seat: &Seat, op_id: &str, labels: LabelsConfig) -> Result<CounterState> {
    if let Some(field) = unusable(app, &labels) {
        return state::load(app, seat, Note::BadField { field: field.to_owned() }, None).await;
    }
    let now_ms = app.clock().now_ms();
    let saved = Note::PrinterSaved { counter: String::new() };
    let mut tx = app.db().begin().await?;
    if !operations::insert_operation(&mut tx, op_id, now_ms).await? {
        drop(tx);
        return state::load(app, seat, saved, None).await;
    }
    label_printer::upsert_label_printer(&mut tx, &labels, now_ms).await?;
    tx.commit().await?;
    tracing::info!(by = %seat.cashier_id, address = labels.printer, "the label printer was set up");
    app.set_labels(labels);
    app.tell_printable();
    app.tell_changed();
    state::load(app, seat, saved, None).await
}

/// Queues a row of test labels.
///
/// # Errors
/// When the database does not keep it.
pub async fn print_test(app: &App, seat: &Seat, op_id: &str, language: Language) -> Result<CounterState> {
    let labels = app.labels();
    if labels.printer.is_empty() {
        return state::load(app, seat, Note::NoLabelPrinter, None).await;
    }
    let label = test_label(&labels);
    if let Err(error) = label_picture(&label, &labels.stock()) {
        return state::load(app, seat, Note::LabelUnfit { why: error.sentence(language) }, None).await;
    }
    let count = usize::from(labels.columns);
    queue(app, seat, op_id, (LabelJob::new(label, count), None), TEST_NAME).await
}

/// It says its size, to be measured, and has no price: nobody takes it for a product's.
fn test_label(labels: &LabelsConfig) -> Label {
    let size = match labels.height_mm {
        0 => format!("{} mm", labels.width_mm),
        height_mm => format!("{} × {height_mm} mm", labels.width_mm),
    };
    Label::Pack(PackLabel {
        name: TEST_NAME.to_owned(),
        producer: TEST_LETTERS.to_owned(),
        pack: size,
        price_vnd: None,
        lot: String::new(),
        made_on: String::new(),
        expires_on: String::new(),
        barcode: TEST_CODE.to_owned(),
        link: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::receipts::label_stock::LabelStock;

    #[test]
    fn the_test_label_fits_the_usual_labels() {
        for LabelStock { width_mm, height_mm, columns, column_gap_mm, row_gap_mm, edge_mm } in LabelStock::ALL
        {
            let height_mm = height_mm.unwrap_or_default();
            let labels = LabelsConfig {
                width_mm,
                height_mm,
                columns,
                column_gap_mm,
                row_gap_mm,
                edge_mm,
                ..LabelsConfig::default()
            };
            label_picture(&test_label(&labels), &labels.stock()).unwrap();
        }
    }
}
