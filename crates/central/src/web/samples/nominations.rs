//! Samples of nominations.

use web::csrf::CsrfToken;
use web::fragment::Tone;

use super::{LONGEST, LONGEST_STORE, NOW_MS, each, id};
use crate::db::users::Role;
use crate::web::dossiers::report::KindOfList;
use crate::web::nominations::detail_page::View as NominationView;
use crate::web::nominations::filter::NominationsQuery;
use crate::web::nominations::form;
use crate::web::nominations::page::View;
use crate::web::nominations::report::{
    AcceptedOfPoint, AnswerOfPoint, NominationOfList, NominationOfProduct, NominationReport,
    NominationsReport,
};
use crate::web::points::typed::Typed;
use crate::web::shop_nominations::{self, AskedOfStore, AskedReport};

const STAGES: [&str; 4] = ["proposed", "returned", "passed", "withdrawn"];
const ANSWERS: [&str; 3] = ["waiting", "accepted", "declined"];

/// A nomination at each stage, with each answer.
pub(super) fn nominations() -> Vec<NominationOfProduct> {
    let answer = |(number, answer): (u128, &str)| AnswerOfPoint {
        store_id: id(number),
        store: LONGEST_STORE.to_owned(),
        point_id: (number > 1).then(|| id(number)),
        answer: answer.to_owned(),
        reason: if number > 2 { LONGEST.to_owned() } else { String::new() },
        answered_by: "htx.sahuynh".to_owned(),
        answered_at_ms: (number > 1).then_some(NOW_MS),
    };
    let nomination = |(number, stage): (u128, &str)| NominationOfProduct {
        nomination_id: id(number),
        section: ["trade", "industry", "agriculture"][number as usize % 3].to_owned(),
        reason: LONGEST.to_owned(),
        is_for_all: number == 3,
        stage: stage.to_owned(),
        gap_count: (number > 1).then_some(5),
        said: if number > 1 { LONGEST.to_owned() } else { String::new() },
        nominated_by: "congnghiep".to_owned(),
        nominated_at_ms: NOW_MS,
        changed_by: "thuongmai".to_owned(),
        changed_at_ms: NOW_MS,
        answers: (1..).zip(ANSWERS).map(answer).collect(),
    };
    (1..).zip(STAGES).map(nomination).collect()
}

/// What a point has accepted: on its shelf and not.
pub(super) fn accepted() -> Vec<AcceptedOfPoint> {
    let row = |number: u128| AcceptedOfPoint {
        nomination_id: id(number),
        product_id: id(number),
        sku: "OC001".to_owned(),
        name: LONGEST.to_owned(),
        answered_at_ms: Some(NOW_MS),
        is_on_shelf: number == 1,
        stage: if number == 1 { "passed" } else { "withdrawn" }.to_owned(),
    };
    (1..=2).map(row).collect()
}

#[test]
fn lists_of_nominations() {
    let row = |(number, stage): (u128, &str)| NominationOfList {
        nomination_id: id(number),
        product_id: id(number),
        sku: "OC001".to_owned(),
        name: LONGEST.to_owned(),
        producer: (number > 1).then(|| LONGEST.to_owned()),
        section: "industry".to_owned(),
        stage: stage.to_owned(),
        said: if number > 1 { LONGEST.to_owned() } else { String::new() },
        nominated_at_ms: NOW_MS,
        waiting_count: 3,
        accepted_count: 12,
        declined_count: 1,
    };
    let full = NominationsReport {
        nominations: (1..).zip(STAGES).map(row).collect(),
        nomination_count: 20_000,
        page_before: Some(id(1)),
        page_after: Some(id(3)),
    };
    let empty = NominationsReport {
        nominations: Vec::new(),
        nomination_count: 0,
        page_before: None,
        page_after: None,
    };
    let query = NominationsQuery { q: LONGEST.to_owned(), ..NominationsQuery::default() };
    each(|lang| {
        [Some(&full), Some(&empty), None].map(|report| View { lang, query: &query, report }.render()).to_vec()
    });
}

#[test]
fn one_nomination() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let gap = KindOfList {
        kind: "label".to_owned(),
        name_vi: LONGEST.to_owned(),
        name_en: LONGEST.to_owned(),
        state: "missing".to_owned(),
        until: None,
        days_left: None,
    };
    let report = super::products::product("active", false);
    let stores = [(id(1).into(), LONGEST_STORE.to_owned()), (id(2).into(), "Lý Sơn".to_owned())];
    each(|lang| {
        let mut pages = Vec::new();
        for nomination in nominations() {
            let gaps = if nomination.stage == "passed" { Vec::new() } else { vec![gap.clone()] };
            let report = NominationReport {
                product_id: id(1),
                sku: "OC001".to_owned(),
                name: LONGEST.to_owned(),
                nomination,
                gaps,
            };
            for role in [Role::Admin, Role::Department] {
                let told = (role == Role::Admin).then_some((Tone::Bad, LONGEST));
                let view = NominationView { lang, csrf: &csrf, role, report: &report, told, typed: LONGEST };
                let page = view.render();
                assert!(role == Role::Admin || !page.clone().into_string().contains("<form"), "only looks");
                pages.push(page);
            }
        }
        let empty = Typed::with(lang, []);
        let mut wrong = Typed::with(lang, [("reason", LONGEST.to_owned())]);
        wrong.refuse("reason", LONGEST);
        wrong.refuse("section", LONGEST);
        for typed in [&empty, &wrong] {
            pages.push(form::form(lang, (&csrf, Role::Admin), (&report, &stores), typed));
        }
        pages
    });
}

#[test]
fn asked_of_stores() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let asked = |(number, answer): (u128, &str)| AskedOfStore {
        nomination_id: id(number),
        product_id: id(number),
        code: "OC001".to_owned(),
        name: LONGEST.to_owned(),
        unit: LONGEST.to_owned(),
        producer: (number > 1).then(|| LONGEST.to_owned()),
        why: LONGEST.to_owned(),
        said: if number > 1 { LONGEST.to_owned() } else { String::new() },
        store_id: id(number),
        store: LONGEST_STORE.to_owned(),
        answer: answer.to_owned(),
        reason: if number > 2 { LONGEST.to_owned() } else { String::new() },
        answered_at_ms: (number > 1).then_some(NOW_MS),
    };
    let full = AskedReport { nominations: (1..).zip(ANSWERS).map(asked).collect() };
    let empty = AskedReport { nominations: Vec::new() };
    each(|lang| {
        vec![
            shop_nominations::main(lang, &csrf, &full, Some((Tone::Good, LONGEST))),
            shop_nominations::main(lang, &csrf, &empty, None),
        ]
    });
}
