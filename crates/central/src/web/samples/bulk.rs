//! Samples of the pages that change many products.

use web::csrf::CsrfToken;
use web::fragment::Tone;

use super::{LONGEST, LONGEST_STORE, each, id};
use crate::admin::bulk::Unfit;
use crate::web::points::typed::Typed;
use crate::web::products::bulk_page::{self, FIELDS, Preview, Row, Start};
use crate::web::products::page::Choices;

#[test]
fn changes_of_many() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let choices = Choices {
        groups: vec![("food".to_owned(), LONGEST.to_owned())],
        communes: vec![LONGEST_STORE.to_owned()],
        units: vec![LONGEST_STORE.to_owned()],
        producers: vec![LONGEST.to_owned()],
        picked_producer: None,
    };
    let row = |number: u128| Row {
        product_id: id(number),
        mark: "0123456789abcdef".to_owned(),
        sku: "OC001".to_owned(),
        name: LONGEST.to_owned(),
        old: LONGEST_STORE.to_owned(),
        new: LONGEST.to_owned(),
    };
    let left_out = [Unfit::Combo, Unfit::Waits, Unfit::Same, Unfit::Held, Unfit::Ended, Unfit::NoPrice];
    let full = Preview {
        field: "commune".to_owned(),
        to: LONGEST.to_owned(),
        rows: (1..=3).map(row).collect(),
        warning: Some(LONGEST.to_owned()),
        left_out: left_out.map(|why| ("OC002".to_owned(), LONGEST.to_owned(), why)).to_vec(),
    };
    let empty = Preview { field: "group".to_owned(), ..Preview::default() };
    let hidden = [("q", LONGEST.to_owned()), ("all", "yes".to_owned())];
    each(|lang| {
        let typed = Typed::with(lang, []);
        let mut wrong = Typed::with(lang, [("to_commune", LONGEST.to_owned())]);
        for name in FIELDS.map(|(_, name)| name).into_iter().chain(["field"]) {
            wrong.refuse(name, LONGEST);
        }
        let start =
            |typed| bulk_page::start(&Start { lang, count: 500, hidden: &hidden, choices: &choices, typed });
        vec![
            start(&typed),
            start(&wrong),
            bulk_page::preview(lang, &csrf, &full, None),
            bulk_page::preview(lang, &csrf, &empty, Some(LONGEST)),
            bulk_page::told(lang, Tone::Good, LONGEST),
        ]
    });
}
