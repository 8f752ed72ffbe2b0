//! Samples of the page of places.

use web::csrf::CsrfToken;

use super::{LONGEST, LONGEST_STORE, TODAY, each};
use crate::web::places::former::{FormerOfList, FormerReport, View as FormerView};
use crate::web::places::page::View;
use crate::web::places::{PlaceOfList, PlacesQuery, PlacesReport};
use crate::web::points::typed::Typed;

#[test]
fn places() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let place = |number: u8| PlaceOfList {
        code: format!("2104{number}"),
        name: LONGEST_STORE.to_owned(),
        kind: ["commune", "ward", "special_zone"][usize::from(number) % 3].to_owned(),
        former_district: if number == 1 { String::new() } else { LONGEST_STORE.to_owned() },
        was: vec![LONGEST_STORE.to_owned(); usize::from(number) - 1],
        from: TODAY,
        until: (number == 2).then_some(TODAY),
        source: LONGEST.to_owned(),
    };
    let full = PlacesReport { places: (1..=3).map(place).collect() };
    let empty = PlacesReport { places: Vec::new() };
    let districts = [LONGEST_STORE.to_owned()];
    let query = PlacesQuery { q: LONGEST.to_owned(), done: "yes".to_owned(), ..PlacesQuery::default() };
    each(|lang| {
        let blank = Typed::with(lang, []);
        let mut wrong = Typed::with(lang, [("code", "1".to_owned()), ("lines", LONGEST.to_owned())]);
        for field in ["code", "name", "from", "former_district", "lines", "file"] {
            wrong.refuse(field, LONGEST);
        }
        let all = [(&full, true, &blank), (&full, false, &blank), (&empty, true, &wrong)];
        all.map(|(report, may_act, typed)| {
            let today = TODAY;
            let view = View {
                lang,
                csrf: &csrf,
                may_act,
                today,
                query: &query,
                districts: &districts,
                report,
                typed,
            };
            view.render()
        })
        .to_vec()
    });
}

#[test]
fn former_places() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let row = |number: usize| FormerOfList {
        name: LONGEST_STORE.to_owned(),
        former_district: if number == 0 { String::new() } else { LONGEST_STORE.to_owned() },
        code: "21040".to_owned(),
        became: LONGEST_STORE.to_owned(),
        source: LONGEST.to_owned(),
        recorded_by: if number == 0 { String::new() } else { "quantri".to_owned() },
    };
    let (full, empty) = (
        FormerReport { former_places: (0..2).map(row).collect() },
        FormerReport { former_places: Vec::new() },
    );
    each(|lang| {
        let blank = Typed::with(lang, []);
        let mut wrong = Typed::with(lang, [("name", LONGEST.to_owned())]);
        for field in ["name", "former_district", "became", "source"] {
            wrong.refuse(field, LONGEST);
        }
        let all = [(&full, true, &blank), (&full, false, &blank), (&empty, true, &wrong)];
        all.map(|(report, may_act, typed)| {
            FormerView { lang, csrf: &csrf, may_act, report, typed, is_done: may_act }.render()
        })
        .to_vec()
    });
}
