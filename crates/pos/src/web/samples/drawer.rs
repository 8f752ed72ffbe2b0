//! Samples of reports and of the customer's screen.

use maud::Markup;
use receipts::language::Language;
use receipts::slip::SlipBody;
use receipts::slip::shift::ShiftReport;
use receipts::slip_samples::{x_report, z_report};
use web::Lang;

use super::{LONG, OFFLINE_SINCE_MS, empty, id, longest, usual};
use crate::counter::CounterState;
use crate::counter::display::{DisplayLine, DisplayState, Thanks};
use crate::counter::display_pictures::ShownPicture;
use crate::counter::payment::VietQrState;
use crate::web::{display, drawer_report};

fn reports(language: Language) -> Vec<ShiftReport> {
    let slips = [x_report(language), z_report(language)];
    let reports = slips.into_iter().filter_map(|slip| match slip.body {
        SlipBody::Shift(report) => Some(report),
        _ => None,
    });
    reports.collect()
}

fn screen(state: &CounterState) -> DisplayState {
    DisplayState {
        store: state.store.clone(),
        lines: state.lines.iter().map(DisplayLine::from).collect(),
        newest: state.chosen,
        discount_vnd: state.discount_vnd,
        payable_vnd: state.payable_vnd,
        ..DisplayState::default()
    }
}

fn screens() -> Vec<DisplayState> {
    let thanks = |change_vnd| {
        let receipt_qr = (change_vnd == 0).then(|| "OCOP1:7Q3F:122:655000:0A1B2C3D".to_owned());
        let thanks = Thanks { payable_vnd: 655_000, change_vnd, until_ms: OFFLINE_SINCE_MS, receipt_qr };
        DisplayState { thanks: Some(thanks), ..screen(&empty()) }
    };
    let vietqr = VietQrState {
        payload: "00020101021238540010A000000727012400069704360110102345678902".to_owned(),
        amount_vnd: 655_000,
        reference: "SAJ0C30CNR".to_owned(),
        account: LONG.to_owned(),
        came_vnd: 0,
    };
    vec![
        screen(&empty()),
        screen(&usual()),
        screen(&longest()),
        DisplayState { newest: Some(500), ..screen(&usual()) },
        DisplayState { vietqr: Some(vietqr), ..screen(&usual()) },
        thanks(0),
        thanks(45_000),
        DisplayState {
            picture: Some(ShownPicture { picture_id: id(7), until_ms: None }),
            ..screen(&empty())
        },
    ]
}

/// Returns everything of them that can be rendered without a request.
pub(super) fn rendered(lang: Lang) -> Vec<Markup> {
    let mut all: Vec<Markup> = screens().iter().map(|state| display::fragment(lang, state)).collect();
    for language in Language::ALL {
        all.extend(reports(language).iter().map(|report| drawer_report::fragment(lang, report)));
    }
    all.extend([0, 5_000, i64::MIN].map(|over_vnd| drawer_report::difference(lang, over_vnd)));
    all
}

#[test]
fn a_screen_shows_the_newest_row_and_no_more_than_fit() {
    let shown = display::fragment(Lang::Vi, &screen(&longest())).into_string();
    assert_eq!(shown.matches("<li>").count(), 7, "six rows and how many are not shown");
    assert!(shown.contains("và 193 dòng nữa"), "{shown}");
    assert!(!shown.contains("href") && !shown.contains("<button"), "a buyer can do nothing here");
}
