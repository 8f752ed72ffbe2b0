//! Samples of the papers of products.

use time::macros::date;
use web::csrf::CsrfToken;

use super::{LONGEST, LONGEST_STORE, NOW_MS, TODAY, each, id};
use crate::db::dossiers::kinds::PaperKind;
use crate::web::dossiers::filter::DossiersQuery;
use crate::web::dossiers::kinds_page::{self, Kinds};
use crate::web::dossiers::page::{Choices, View};
use crate::web::dossiers::paper_form;
use crate::web::dossiers::report::{
    DossierOfList, DossiersReport, KindOfDossier, KindOfList, PaperOfDossier,
};
use crate::web::points::typed::Typed;

fn kind_of_list((number, state): (u128, &str), days: Option<i64>) -> KindOfList {
    KindOfList {
        kind: format!("kind_{number}"),
        name_vi: LONGEST.to_owned(),
        name_en: LONGEST.to_owned(),
        state: state.to_owned(),
        until: days.map(|days| TODAY + time::Duration::days(days)),
        days_left: days.filter(|days| *days >= 0),
    }
}

fn kinds_of_list() -> Vec<KindOfList> {
    let all =
        [("missing", None), ("lapsed", Some(-3)), ("lapsing", Some(0)), ("held", Some(400)), ("held", None)];
    (1..).zip(all).map(|(number, (state, days))| kind_of_list((number, state), days)).collect()
}

fn paper(number: u128) -> PaperOfDossier {
    PaperOfDossier {
        paper_id: id(number),
        number: if number == 1 { LONGEST.to_owned() } else { String::new() },
        issuer: LONGEST_STORE.to_owned(),
        issued_on: (number == 1).then_some(TODAY),
        until: (number < 3).then_some(TODAY),
        note: LONGEST.to_owned(),
        has_scan: number != 2,
        added_by: "quantri".to_owned(),
        at_ms: NOW_MS,
        is_current: number < 3,
        withdrawn_why: if number == 4 { LONGEST.to_owned() } else { String::new() },
        ended_by: "quantri".to_owned(),
        ended_at_ms: (number > 2).then_some(NOW_MS),
    }
}

/// A dossier with a kind of each state, the first with papers of each state.
pub(super) fn dossier() -> Vec<KindOfDossier> {
    let owners = ["product", "producer", "recognition", "product", "producer"];
    let kinds = (1u128..).zip(kinds_of_list()).zip(owners);
    let kind = |((number, standing), held_by): ((u128, KindOfList), &str)| KindOfDossier {
        standing,
        held_by: held_by.to_owned(),
        is_asked: number != 5,
        papers: if number == 2 { (1..=4).map(paper).collect() } else { Vec::new() },
    };
    kinds.map(kind).collect()
}

#[test]
fn dossiers() {
    let row = |number: u128| DossierOfList {
        product_id: id(number),
        sku: "OC001".to_owned(),
        name: LONGEST.to_owned(),
        group: None,
        producer: (number == 1).then(|| LONGEST.to_owned()),
        papers: kinds_of_list(),
    };
    let full = DossiersReport {
        products: (1..=3).map(row).collect(),
        product_count: 20_000,
        page_before: Some(id(1)),
        page_after: Some(id(3)),
    };
    let empty =
        DossiersReport { products: Vec::new(), product_count: 0, page_before: None, page_after: None };
    let choices = Choices {
        groups: vec![("food".to_owned(), LONGEST.to_owned())],
        kinds: vec![("label".to_owned(), LONGEST.to_owned())],
        producers: vec![LONGEST.to_owned()],
    };
    let typed = DossiersQuery { q: LONGEST.to_owned(), state: "30".to_owned(), ..DossiersQuery::default() };
    each(|lang| {
        let query = DossiersQuery::default();
        let all = [(&query, Some(&full)), (&query, Some(&empty)), (&typed, Some(&empty)), (&typed, None)];
        all.map(|(query, report)| View { lang, query, choices: &choices, report }.render()).to_vec()
    });
}

#[test]
fn forms_of_papers() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let kind = |number: u8, valid_to| PaperKind {
        code: format!("kind_{number}"),
        valid_from: date!(2021 - 10 - 05),
        valid_to,
        name_vi: LONGEST.to_owned(),
        name_en: LONGEST.to_owned(),
        held_by: if number == 1 { "producer" } else { "recognition" }.to_owned(),
        asked_of: if number == 1 { "food drink" } else { "" }.to_owned(),
        source: LONGEST_STORE.to_owned(),
        set_by: "quantri".to_owned(),
    };
    let kinds = Kinds {
        today: TODAY,
        all: vec![kind(1, None), kind(2, Some(TODAY))],
        groups: vec![("food".to_owned(), LONGEST.to_owned())],
    };
    let report = super::products::product("active", false);
    let names = [("label".to_owned(), LONGEST.to_owned())];
    each(|lang| {
        let empty = Typed::with(lang, []);
        let mut wrong = Typed::with(
            lang,
            [
                ("code", "kind_1".to_owned()),
                ("name_vi", LONGEST.to_owned()),
                ("replaces", "x".to_owned()),
                ("kind", "label".to_owned()),
            ],
        );
        for field in ["kind", "number", "expires_on", "file", "name_vi", "from"] {
            wrong.refuse(field, LONGEST);
        }
        vec![
            kinds_page::page(lang, (&csrf, false), (&kinds, &empty), false),
            kinds_page::page(lang, (&csrf, true), (&kinds, &empty), true),
            kinds_page::page(lang, (&csrf, true), (&kinds, &wrong), false),
            paper_form::form(lang, &csrf, (&report, &names), &empty),
            paper_form::form(lang, &csrf, (&report, &names), &wrong),
        ]
    });
}
