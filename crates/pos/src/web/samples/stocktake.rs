//! Samples of counting the shelf.

use maud::{Markup, html};
use web::Lang;

use super::{LONG, id, refunds};
use crate::counter::Note;
use crate::counter::note::Counting;
use crate::db::stocktakes::SheetRow;
use crate::web::refund::Opening;
use crate::web::stocktake::{self, AgainState, HereState, StocktakeState};
use crate::web::stocktake_close::{self, ClosingState, DifferenceState, UncountedState};
use crate::web::stocktake_sheet::sheet;

/// Returns every note of counting.
pub(super) fn notes() -> Vec<Note> {
    let (name, area, quantity) = (LONG.to_owned(), LONG.to_owned(), "1,25".to_owned());
    let voucher = "LS-7Q3F-KK123456".to_owned();
    [
        Counting::StocktakeBegun,
        Counting::StocktakeGoesOn,
        Counting::NoStocktake,
        Counting::NoArea,
        Counting::Counted { name: name.clone(), area, quantity },
        Counting::TypeHowMuch { name: name.clone() },
        Counting::CountedAnew { name },
        Counting::OnPaper {
            area: LONG.to_owned(),
            from: "22/11/2026 10:00".to_owned(),
            to: "22/11/2026 10:20".to_owned(),
        },
        Counting::AtShelf { area: LONG.to_owned() },
        Counting::CountedSince,
        Counting::StocktakeGivenUp,
        Counting::StocktakeClosed { vouchers: vec![voucher; 3], products: 2_400, wrong: 12 },
        Counting::CountAgainFirst { products: 3 },
        Counting::NothingCounted,
        Counting::CountsChanged,
        Counting::PadFirst,
    ]
    .map(Note::Counting)
    .into()
}

/// Returns the pages: before a stocktake, in an area with nothing and with everything, at the end for a cashier and a manager, and
/// the sheet.
pub(super) fn rendered(lang: Lang) -> Vec<Markup> {
    let mut all = Vec::new();
    let empty =
        StocktakeState { stocktake_id: Some(id(8)), area: "Kệ 1".to_owned(), ..StocktakeState::default() };
    let full = StocktakeState {
        title: LONG.to_owned(),
        begun_at_ms: 1_795_000_000_000,
        areas: vec!["Kệ 1".to_owned(), "A/B \"<&".to_owned(), LONG.to_owned()],
        here: vec![here(4, 999_999_000), here(5, 1_250), here(6, 0)],
        again: agains(),
        on_paper: Some((1_795_000_000_000, 1_795_000_900_000)),
        ..empty.clone()
    };
    for managers in refunds::managers() {
        let opening = Opening { csrf: html! {}, op_id: "a1".to_owned(), managers };
        all.push(stocktake::begin_form(lang, &opening));
        all.extend([&empty, &full].map(|state| stocktake::counting(lang, state, &opening)));
        all.extend(closings().iter().map(|state| stocktake_close::closing(lang, state, &opening)));
    }
    for (has_focus, number) in [(true, 9), (false, 5)] {
        all.push(stocktake::picked(lang, &full, (id(number), LONG, "kg"), has_focus));
    }
    all.extend([&[][..], &sheet_rows()].map(|rows| sheet(lang, rows, 1_795_000_000_000)));
    all
}

fn here(number: u128, quantity_milli: i64) -> HereState {
    let (name, unit) = (LONG.to_owned(), "kg".to_owned());
    HereState { product_id: id(number), name, unit, quantity_milli, at_ms: 1_795_000_000_000 }
}

fn agains() -> Vec<AgainState> {
    let again = |number, why, areas: &[&str]| AgainState {
        product_id: id(number),
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        why,
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
    };
    vec![
        again(4, "moved", &[]),
        again(5, "large", &[]),
        again(6, "former_journal", &[]),
        again(7, "unfinished", &["Kệ 1", "Kho"]),
        again(8, "unfinished", &[]),
    ]
}

fn closings() -> [ClosingState; 4] {
    let wrong = |expected_milli, counted_milli, is_again| DifferenceState {
        product_id: id(4),
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        expected_milli,
        counted_milli,
        worth_vnd: (counted_milli - expected_milli) * 250,
        is_again,
    };
    let uncounted = |expected_milli| UncountedState {
        product_id: id(6),
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        expected_milli,
        has_come: expected_milli.is_none_or(|milli| milli > 0),
    };
    let nothing = ClosingState {
        is_named: true,
        has_pad: false,
        stocktake_id: id(8),
        title: String::new(),
        counted: 0,
        again: Vec::new(),
        wrong: Some(Vec::new()),
        uncounted: Vec::new(),
        shown_counted: "ab".to_owned(),
        shown_uncounted: "cd".to_owned(),
    };
    let managers = ClosingState {
        title: LONG.to_owned(),
        counted: 148,
        wrong: Some(vec![wrong(10_000, 8_000, false), wrong(-3_000, 1_250, false)]),
        uncounted: vec![uncounted(Some(-2_000)), uncounted(Some(1_250))],
        ..nothing.clone()
    };
    let unsure =
        ClosingState { again: agains(), wrong: Some(vec![wrong(10_000, 2_000, true)]), ..managers.clone() };
    let cashiers =
        ClosingState { wrong: None, uncounted: vec![uncounted(None)], has_pad: true, ..managers.clone() };
    [nothing, managers, unsure, cashiers]
}

fn sheet_rows() -> Vec<SheetRow> {
    let row = |group: &str, lots: &str| SheetRow {
        product_group: group.to_owned(),
        name: LONG.to_owned(),
        unit: "kg".to_owned(),
        sku: "TD-004".to_owned(),
        lots: lots.to_owned(),
    };
    vec![row("Tỏi", "L-1 31/05/2027\nL-2"), row("Tỏi", ""), row("", "<31/12/2026")]
}
