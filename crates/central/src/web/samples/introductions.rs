//! Samples of the page of introductions outside campaigns.

use web::csrf::CsrfToken;

use super::{LONGEST, LONGEST_STORE, NOW_MS, TODAY, each, id};
use crate::web::introductions::page::View;
use crate::web::introductions::{IntroductionOfList, IntroductionsReport};
use crate::web::points::typed::Typed;

#[test]
fn introductions() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let row = |number: usize| IntroductionOfList {
        introduction_id: id(9),
        on: TODAY,
        kind: ["visitors", "tastings", "scans", "enquiries"][number % 4].to_owned(),
        people_count: 12_345,
        store: (number > 0).then(|| LONGEST_STORE.to_owned()),
        who: LONGEST.to_owned(),
        note: if number == 1 { String::new() } else { LONGEST.to_owned() },
        recorded_by: "so.congthuong".to_owned(),
        recorded_at_ms: NOW_MS,
        is_withdrawn: number == 2,
    };
    let empty = IntroductionsReport {
        year: 2025,
        visitors_recorded: 0,
        tastings_recorded: 0,
        scans_recorded: 0,
        enquiries_recorded: 0,
        recorded: Vec::new(),
    };
    let full = IntroductionsReport {
        year: 2026,
        visitors_recorded: 1_234,
        recorded: (0..4).map(row).collect(),
        ..empty.clone()
    };
    let stores = [(id(9).to_string(), LONGEST_STORE.to_owned())];
    each(|lang| {
        let blank = Typed::with(lang, []);
        let mut wrong = Typed::with(lang, [("who", LONGEST.to_owned())]);
        for field in ["kind", "store", "on", "people_count", "who", "note"] {
            wrong.refuse(field, LONGEST);
        }
        let all =
            [(&full, true, &blank, "saved"), (&full, false, &blank, ""), (&empty, true, &wrong, "withdrawn")];
        all.map(|(report, may_act, typed, done)| {
            let view =
                View { lang, csrf: &csrf, may_act, today: TODAY, report, stores: &stores, typed, done };
            view.render()
        })
        .to_vec()
    });
}
