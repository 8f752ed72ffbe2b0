//! The board of stores as sheets: what the page shows, and of what it cuts off all.

use web::Lang;
use web::format::datetime_text;

use super::devices::{fault, status_words};
use super::exceptions::words;
use super::report::{
    ConditionOfReport, DeviceOfReport, DisputeOfReport, ExceptionOfReport, LookedIntoOfReport,
    PadSaleOfReport, StoreOfReport, StoresReport,
};
use crate::web::board_texts::BoardTexts;
use crate::web::producer::settlement_texts::SettlementTexts;
use crate::web::producer::talk_texts::TalkTexts;
use crate::web::product_texts::ProductTexts;
use crate::web::texts::CentralTexts;
use crate::web::workbook::{Cell, ROWS_MOST, Sheet};

/// Returns the names of the sheets, in their order.
pub fn names(lang: Lang) -> [&'static str; 5] {
    [lang.board_sheet(), lang.disputes(), lang.exceptions(), lang.looked_into(), lang.pad_sales()]
}

/// Returns the sheets, in the order of the page.
pub fn sheets(lang: Lang, report: &StoresReport) -> Vec<Sheet> {
    vec![
        devices(lang, report),
        disputes(lang, report),
        exceptions(lang, report),
        looked_into(lang, report),
        pad_sales(lang, report),
    ]
}

fn moment(at_ms: i64) -> Cell {
    Cell::Text(datetime_text(at_ms))
}

/// A device a row; a store without any stands there alone.
fn devices(lang: Lang, report: &StoresReport) -> Sheet {
    let head = [
        lang.board_code(),
        lang.column_store(),
        lang.board_commune(),
        lang.board_operator(),
        lang.board_last_sale(),
        lang.exceptions(),
        lang.column_device(),
        lang.board_number(),
        lang.column_fingerprint(),
        lang.column_status(),
        lang.column_entries(),
        lang.column_held(),
        lang.board_joined(),
        lang.column_heard(),
        lang.board_version(),
        lang.board_not_sent(),
        lang.board_clock(),
        lang.board_printer(),
        lang.board_pending(),
    ];
    let mut rows = Vec::new();
    for store in &report.stores {
        for device in &store.devices {
            rows.push([of_store(store), of_device(lang, device)].concat());
        }
        if store.devices.is_empty() {
            rows.push(of_store(store));
        }
    }
    rows.iter_mut().for_each(|row| row.resize(head.len(), Cell::Empty));
    Sheet::new(lang.board_sheet(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn of_store(store: &StoreOfReport) -> Vec<Cell> {
    vec![
        Cell::text(&store.code),
        Cell::text(&store.name),
        Cell::text(&store.commune),
        Cell::text(&store.operator),
        store.sale_at_ms.map_or(Cell::Empty, moment),
        Cell::Count(store.exception_count),
    ]
}

fn of_device(lang: Lang, device: &DeviceOfReport) -> Vec<Cell> {
    let mut cells = vec![
        Cell::text(&device.device),
        device.number.map_or(Cell::Empty, Cell::Count),
        Cell::text(&device.fingerprint),
        Cell::text(status_words(lang, &device.status)),
        Cell::Count(device.entry_count),
        Cell::Vnd(device.held_vnd),
        moment(device.enrolled_at_ms),
        device.heard_at_ms.map_or(Cell::Empty, moment),
    ];
    if let Some(told) = &device.condition {
        cells.extend(of_condition(lang, told));
    }
    cells
}

fn of_condition(lang: Lang, told: &ConditionOfReport) -> [Cell; 5] {
    let printers = told.printer_faults.iter();
    let printers: Vec<String> =
        printers.map(|(counter, code)| lang.device_printer(counter, fault(lang, code))).collect();
    [
        Cell::text(&told.version),
        Cell::Count(told.backlog),
        Cell::Count(told.clock_ahead_ms / 1_000),
        Cell::Text(printers.join("; ")),
        Cell::Count(told.invoices_pending),
    ]
}

fn disputes(lang: Lang, report: &StoresReport) -> Sheet {
    let head = [
        lang.column_store(),
        lang.column_producer(),
        lang.column_paper(),
        lang.column_product(),
        lang.column_words(),
        lang.column_status(),
        lang.column_arrived(),
    ];
    let row = |row: &DisputeOfReport| {
        let waits = if row.is_replied { lang.waits_for_producer() } else { lang.waits_for_operator() };
        vec![
            Cell::text(&row.store),
            Cell::text(&row.producer),
            Cell::text(&row.number),
            Cell::text(&row.product),
            Cell::text(&row.words),
            Cell::text(waits),
            moment(row.disputed_at_ms),
        ]
    };
    let rows = report.disputes.iter().map(row).collect();
    Sheet::new(lang.disputes(), &head, rows, lang.products_cut(ROWS_MOST))
}

/// An entry, and what is the matter with it.
fn of_entry(lang: Lang, found: &ExceptionOfReport) -> Vec<Cell> {
    vec![
        Cell::text(&found.store),
        Cell::text(&found.stream),
        Cell::Count(found.seq),
        Cell::Text(words(lang, &found.reason).0),
        Cell::text(&found.detail),
    ]
}

fn exceptions(lang: Lang, report: &StoresReport) -> Sheet {
    let head = [
        lang.column_store(),
        lang.board_journal(),
        lang.board_entry(),
        lang.column_reason(),
        lang.board_detail(),
        lang.board_advice(),
        lang.column_suspended(),
        lang.column_arrived(),
    ];
    let row = |found: &ExceptionOfReport| -> Vec<Cell> {
        let advice = words(lang, &found.reason).1;
        let rest = [Cell::text(advice), Cell::Vnd(found.suspended_vnd), moment(found.raised_at_ms)];
        of_entry(lang, found).into_iter().chain(rest).collect()
    };
    let rows = report.exceptions.iter().map(row).collect();
    Sheet::new(lang.exceptions(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn looked_into(lang: Lang, report: &StoresReport) -> Sheet {
    let head = [
        lang.column_store(),
        lang.board_journal(),
        lang.board_entry(),
        lang.column_reason(),
        lang.board_detail(),
        lang.column_suspended(),
        lang.column_arrived(),
        lang.looked_into_found(),
        lang.looked_into_by(),
        lang.looked_into_at(),
    ];
    let row = |found: &LookedIntoOfReport| -> Vec<Cell> {
        let rest = [
            Cell::Vnd(found.entry.suspended_vnd),
            moment(found.entry.raised_at_ms),
            Cell::text(&found.answer),
            Cell::text(&found.answered_by),
            moment(found.answered_at_ms),
        ];
        of_entry(lang, &found.entry).into_iter().chain(rest).collect()
    };
    let rows = report.looked_into.iter().map(row).collect();
    Sheet::new(lang.looked_into(), &head, rows, lang.products_cut(ROWS_MOST))
}

fn pad_sales(lang: Lang, report: &StoresReport) -> Sheet {
    let head = [
        lang.column_store(),
        lang.column_receipt(),
        lang.column_claimed(),
        lang.board_first_line(),
        lang.board_last_line(),
        lang.column_paid(),
        lang.pad_past_date(),
        lang.board_alike(),
    ];
    let row = |sale: &PadSaleOfReport| {
        vec![
            Cell::text(&sale.store),
            Cell::text(&sale.receipt),
            moment(sale.claimed_at_ms),
            Cell::Count(sale.first_line),
            Cell::Count(sale.last_line),
            Cell::Vnd(sale.payable_vnd),
            Cell::text(if sale.past_date { "✓" } else { "" }),
            Cell::Count(sale.told_apart),
        ]
    };
    let rows = report.pad_sales.iter().map(row).collect();
    Sheet::new(lang.pad_sales(), &head, rows, lang.products_cut(ROWS_MOST))
}
