//! A bank's file beside the books: which claimed transfers it confirms, which money nobody waits for, which amounts differ,
//! and which transfers of its days it does not show. It is read for this alone; nothing of it is kept but what a manager
//! confirms.

use std::collections::{BTreeMap, BTreeSet};

use domain::Money;
use domain::arrival::Arrival;
use domain::ids::SaleId;
use domain::payment_reference::PaymentReference;
use domain::tender::{Tender, TenderKind};
use protocol::payload::confirmed::BANK_FILE;
use serde::Serialize;
use time::Duration;
use utoipa::ToSchema;
use uuid::Uuid;
use web::format::{local_date, moment_of};

use super::act::Act;
use super::open_tender::{Came, append};
use super::{CounterState, Note, Result, Seat, state};
use crate::App;
use crate::bank_file::{BankFile, BankLine, WrongLine};
use crate::db::bank_notices::{self, TransferRow};
use crate::db::open_tenders;

/// Buyers' transfers come at most so many days after their codes were shown; what was claimed is waited for without end.
const DAYS_BEFORE: i64 = 60;
/// The most of each list; how many there are is told.
pub const LISTED_MAX: usize = 200;
/// A day, milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// What a bank's file says of the books.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct BankReport {
    /// Its first day, `2026-11-23`.
    pub first_day: String,
    /// Its last day.
    pub last_day: String,
    /// Claimed transfers that it shows, to the đồng.
    pub to_confirm: Vec<Confirmable>,
    /// How many transfers it shows that the books have already.
    pub settled: usize,
    /// Transfers of other amounts than the books say.
    pub other: Vec<OtherAmount>,
    /// Money that came for nothing that the books have.
    pub unmatched: Vec<Unmatched>,
    /// Transfers of its days that it does not show.
    pub missing: Vec<Missing>,
    /// Lines that cannot be read.
    pub wrong: Vec<WrongLine>,
}

/// A claimed transfer that the bank shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Confirmable {
    /// The sale.
    pub sale_id: Uuid,
    /// The number on its receipt.
    pub receipt: String,
    /// What is waited for, đồng.
    pub amount_vnd: i64,
}

/// A transfer of another amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OtherAmount {
    /// The sale.
    pub sale_id: Uuid,
    /// The number on its receipt.
    pub receipt: String,
    /// What the books say, đồng.
    pub due_vnd: i64,
    /// What the file shows, đồng.
    pub came_vnd: i64,
}

/// Money that came for nothing that the books have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unmatched {
    /// The line of the file.
    pub number: u64,
    /// As printed.
    pub day: String,
    /// Đồng.
    pub amount_vnd: i64,
    /// The words of the transfer.
    pub words: String,
    /// A code with its reference was shown here, but no sale was made by transfer.
    pub was_shown: bool,
}

/// A transfer that the bank does not show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Missing {
    /// The sale.
    pub sale_id: Uuid,
    /// The number on its receipt.
    pub receipt: String,
    /// UTC milliseconds.
    pub sold_at_ms: i64,
    /// Đồng.
    pub due_vnd: i64,
    /// It was only claimed; otherwise somebody said that the money was there.
    pub is_claimed: bool,
}

/// Compares a file with the books; nothing changes.
///
/// # Errors
/// When the database does not answer.
pub async fn compare(app: &App, file: &BankFile) -> Result<BankReport> {
    let since_ms = moment_of(file.first_day - Duration::days(DAYS_BEFORE), 0);
    let transfers = bank_notices::list_transfers(app.db().read(), since_ms).await?;
    let shown = bank_notices::list_attempts(app.db().read(), since_ms).await?;
    Ok(report(file, &transfers, &shown))
}

/// Compares lines with transfers by their references.
fn report(file: &BankFile, transfers: &[TransferRow], shown: &[Uuid]) -> BankReport {
    let reference = |id: Uuid| PaymentReference::of(SaleId::from_uuid(id));
    let by_reference: BTreeMap<PaymentReference, usize> =
        transfers.iter().enumerate().map(|(place, row)| (reference(row.sale_id), place)).collect();
    let shown: BTreeSet<PaymentReference> = shown.iter().map(|id| reference(*id)).collect();
    let mut came: BTreeMap<usize, i64> = BTreeMap::new();
    let mut found = BankReport {
        first_day: file.first_day.to_string(),
        last_day: file.last_day.to_string(),
        wrong: file.wrong.clone(),
        ..BankReport::default()
    };
    for line in &file.lines {
        let places: BTreeSet<usize> =
            line.references.iter().filter_map(|reference| by_reference.get(reference)).copied().collect();
        // The words of one transfer name one sale; with two a person has to look.
        match places.first() {
            Some(place) if places.len() == 1 => {
                let sum = came.entry(*place).or_default();
                *sum = sum.saturating_add(line.amount.vnd());
            }
            _ => found.unmatched.push(unmatched(line, &shown)),
        }
    }
    for (place, row) in transfers.iter().enumerate() {
        judge(&mut found, file, row, came.get(&place).copied());
    }
    found
}

fn unmatched(line: &BankLine, shown: &BTreeSet<PaymentReference>) -> Unmatched {
    Unmatched {
        number: line.number,
        day: web::format::date_text(line.day),
        amount_vnd: line.amount.vnd(),
        words: line.words.clone(),
        was_shown: line.references.iter().any(|reference| shown.contains(reference)),
    }
}

fn judge(found: &mut BankReport, file: &BankFile, row: &TransferRow, came_vnd: Option<i64>) {
    let (sale_id, receipt, due_vnd) = (row.sale_id, row.receipt_number.clone(), row.due_vnd);
    let Some(came_vnd) = came_vnd else {
        if (file.first_day..=file.last_day).contains(&local_date(row.sold_at_ms)) {
            let (sold_at_ms, is_claimed) = (row.sold_at_ms, row.left_vnd > 0);
            found.missing.push(Missing { sale_id, receipt, sold_at_ms, due_vnd, is_claimed });
        }
        return;
    };
    match Arrival::of(Money::new(due_vnd), Money::new(came_vnd)) {
        Arrival::Exact if row.left_vnd > 0 => {
            found.to_confirm.push(Confirmable { sale_id, receipt, amount_vnd: row.left_vnd });
        }
        Arrival::Exact => found.settled += 1,
        _ => found.other.push(OtherAmount { sale_id, receipt, due_vnd, came_vnd }),
    }
}

/// Confirms claimed transfers that a manager saw in a bank's file: all of them in one transaction. What is no longer waited
/// for with exactly this amount is left as it is, so the same file twice confirms nothing twice.
///
/// # Errors
/// When the store is not enrolled or the database does not keep it.
pub async fn confirm(app: &App, seat: &Seat, op_id: &str, seen: &[(SaleId, Money)]) -> Result<CounterState> {
    let mut act = match Act::begin(app, seat, op_id).await? {
        Ok(act) => act,
        Err(note) => return state::load(app, seat, note, None).await,
    };
    let (mut count, mut sum) = (0, Money::ZERO);
    for (sale_id, amount) in seen {
        let open = open_tenders::find_open(&mut act.tx, *sale_id, TenderKind::Claimed).await?;
        let Some(open) = open.filter(|open| open.left_vnd == amount.vnd()) else { continue };
        let tender = Tender { kind: TenderKind::VietQr, amount: *amount };
        let came = Came { sale_id: *sale_id, from: TenderKind::Claimed, tender, source: Some(BANK_FILE) };
        let (tx, place) = act.parts();
        append(app, tx, (place.store, place.shift), &open, &came, seat.cashier_id.uuid()).await?;
        (count, sum) = (count + 1, sum.plus(*amount)?);
    }
    let note = match count {
        0 => Note::NothingOpen,
        count => Note::BankFileTaken { count, amount_vnd: sum.vnd() },
    };
    act.commit(app, seat, note).await
}

/// Since when odd transfers are listed, UTC milliseconds.
pub(super) const fn odd_since_ms(now_ms: i64) -> i64 {
    now_ms - DAYS_BEFORE * DAY_MS
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const SOLD_MS: i64 = 1_795_417_357_000; // 23/11/2026 14:02 in Vietnam.

    fn sale(number: u128, due_vnd: i64, left_vnd: i64) -> TransferRow {
        let sale_id = id(number);
        TransferRow {
            sale_id,
            receipt_number: format!("LS-{number}"),
            sold_at_ms: SOLD_MS,
            due_vnd,
            left_vnd,
        }
    }

    fn id(number: u128) -> Uuid {
        // A letter in every reference.
        Uuid::from_u128(0x019a_0000_0000_7000_8000_0000_0000_0000 + (31 << 45) + number)
    }

    fn line(number: u64, words: &str, vnd: i64) -> BankLine {
        let references = PaymentReference::all_in(words);
        BankLine {
            number,
            day: date!(2026 - 11 - 23),
            amount: Money::new(vnd),
            words: words.to_owned(),
            references,
        }
    }

    fn words(number: u128) -> String {
        format!("MBVCB.1.{}.CT", PaymentReference::of(SaleId::from_uuid(id(number))))
    }

    fn file(lines: Vec<BankLine>) -> BankFile {
        let (first_day, last_day) = (date!(2026 - 11 - 23), date!(2026 - 11 - 24));
        BankFile { lines, wrong: Vec::new(), first_day, last_day }
    }

    #[test]
    fn each_line_and_each_transfer_is_told_once() {
        let transfers = [
            sale(1, 655_000, 655_000),
            sale(2, 280_000, 0),
            sale(3, 100_000, 100_000),
            sale(4, 50_000, 50_000),
            sale(5, 40_000, 0),
            sale(6, 90_000, 60_000),
        ];
        let lines = vec![
            line(2, &words(1), 655_000),
            line(3, &words(2), 280_000),
            line(4, &words(3), 90_000),
            line(5, "ung ho", 1_000),
            line(6, &words(9), 5_000),
            line(7, &format!("{} {}", words(1), words(2)), 7_000),
            line(8, &words(6), 30_000),
            line(9, &words(6), 60_000),
        ];
        let found = report(&file(lines), &transfers, &[id(1), id(9)]);
        let confirmed: Vec<_> =
            found.to_confirm.iter().map(|row| (row.receipt.as_str(), row.amount_vnd)).collect();
        assert_eq!(confirmed, [("LS-1", 655_000), ("LS-6", 60_000)], "also what came in two parts");
        assert_eq!(found.settled, 1);
        let other: Vec<_> =
            found.other.iter().map(|row| (row.receipt.as_str(), row.due_vnd, row.came_vnd)).collect();
        assert_eq!(other, [("LS-3", 100_000, 90_000)]);
        let unmatched: Vec<_> = found.unmatched.iter().map(|row| (row.number, row.was_shown)).collect();
        assert_eq!(unmatched, [(5, false), (6, true), (7, true)]);
        let missing: Vec<_> =
            found.missing.iter().map(|row| (row.receipt.as_str(), row.is_claimed)).collect();
        assert_eq!(missing, [("LS-4", true), ("LS-5", false)]);
    }

    #[test]
    fn money_that_came_twice_confirms_nothing() {
        let lines = vec![line(2, &words(1), 655_000), line(3, &words(1), 655_000)];
        let found = report(&file(lines), &[sale(1, 655_000, 655_000)], &[]);
        assert_eq!((found.to_confirm.len(), found.other[0].came_vnd), (0, 1_310_000));
    }

    #[test]
    fn only_transfers_of_its_days_are_missed_in_a_file() {
        let older = TransferRow { sold_at_ms: SOLD_MS - DAY_MS, ..sale(1, 1_000, 1_000) };
        let newer = TransferRow { sold_at_ms: SOLD_MS + 2 * DAY_MS, ..sale(2, 1_000, 1_000) };
        assert_eq!(report(&file(vec![]), &[older, newer], &[]).missing, []);
    }
}
