//! What a print puts on paper: a receipt, a slip, labels or a test page, drawn for the printer that gets it.

use domain::ids::SaleId;
use receipts::label::LabelJob;
use receipts::language::Language;
use receipts::layout::CopyMark;
use receipts::logo::Logo;
use receipts::printer::{Job, Outcome};
use receipts::printer_error::PrinterError;
use receipts::profile::Profile;
use receipts::queue::drawer_pulse_is_due;
use receipts::slip::Slip;
use receipts::snapshot::ReceiptSnapshot;
use receipts::test_page::TestPage;
use receipts::{label_bytes, receipt_bytes};

use crate::App;
use crate::config::{LabelsConfig, PrinterSetUp};
use crate::counter::receipt::{copy_mark, in_english};
use crate::counter::receipt_logo;
use crate::db::prints::ReceiptPrint;
use crate::db::{self, receipts as stored, sales, slips};

/// A paper as it was stored.
enum Paper {
    Receipt(Box<ReceiptSnapshot>),
    Slip(Box<Slip>),
    Labels(Box<LabelJob>),
    Test(TestPage),
}

impl Paper {
    fn in_english(self) -> Self {
        match self {
            Self::Receipt(snapshot) => Self::Receipt(Box::new(in_english(*snapshot))),
            other => other,
        }
    }

    /// The logo stands above receipts alone.
    fn bytes(
        &self,
        labels: &LabelsConfig,
        profile: &Profile,
        (mark, logo): (Option<&CopyMark>, Option<&Logo>),
    ) -> Option<Vec<u8>> {
        match self {
            Self::Labels(job) => {
                let wanted = [(job.label.clone(), job.count)];
                label_bytes(&wanted, &labels.stock(), labels.language, profile).ok()
            }
            Self::Receipt(snapshot) => receipt_bytes(snapshot, profile, mark, logo).ok(),
            Self::Slip(slip) => slip.bytes(profile, mark).ok(),
            Self::Test(page) => page.bytes(profile).ok(),
        }
    }
}

/// Sends a paper to its printer, its drawer first. What cannot be read or drawn fails, and holds up nothing behind it.
pub(super) async fn send(
    app: &App,
    print: &ReceiptPrint,
    set_up: Option<PrinterSetUp>,
    after_break: bool,
) -> Outcome {
    let found = load(app, print.sale_id).await;
    let (Ok(Some((name, paper))), Some(set_up)) = (found, set_up) else {
        return Outcome::Failed(PrinterError::Closed);
    };
    let paper = if print.language == Language::En { paper.in_english() } else { paper };
    let labels = app.labels();
    // A receipt without its logo is a receipt.
    let logo = receipt_logo::find(app).await.ok().flatten();
    let after_break = after_break && !print.is_label;
    let mark = copy_mark(print);
    let now_ms = app.clock().now_ms();
    let drawer = print.drawer_asked_at_ms.is_some_and(|asked_ms| drawer_pulse_is_due(asked_ms, now_ms));
    let job = move || {
        let printer = set_up.printer();
        if drawer {
            let _ = printer.open_drawer(&format!("{name}-drawer"), set_up.pulse);
        }
        match paper.bytes(&labels, &printer.profile, (mark.as_ref(), logo.as_ref())) {
            Some(bytes) => {
                let name = mark.map_or(name.clone(), |mark| format!("{name}-{}", mark.n));
                printer.send(&Job { name: &name, bytes: &bytes, after_break })
            }
            None => Outcome::Failed(PrinterError::Closed),
        }
    };
    tokio::task::spawn_blocking(job).await.unwrap_or(Outcome::Unknown(PrinterError::Closed))
}

/// Returns the paper of a print under the name of its file: a sale's receipt, or another paper.
async fn load(app: &App, id: SaleId) -> db::Result<Option<(String, Paper)>> {
    let mut reader = app.db().read().acquire().await?;
    if let Some(row) = slips::find_slip(&mut reader, id.uuid()).await? {
        let labels = LabelJob::from_json(&row.snapshot).map(|job| Paper::Labels(Box::new(job)));
        let test = || TestPage::from_json(&row.snapshot).map(Paper::Test);
        let slip = || Slip::from_json(&row.snapshot).ok().map(|slip| Paper::Slip(Box::new(slip)));
        return Ok(labels.or_else(test).or_else(slip).map(|paper| (row.number.to_lowercase(), paper)));
    }
    let text = stored::find_snapshot(&mut reader, id).await?;
    drop(reader);
    let sale = sales::find_sale(app.db().read(), id).await?;
    let snapshot = text.and_then(|text| ReceiptSnapshot::from_json(&text).ok());
    Ok(sale
        .map(|sale| sale.receipt_number.to_lowercase())
        .zip(snapshot.map(|snapshot| Paper::Receipt(Box::new(snapshot)))))
}
