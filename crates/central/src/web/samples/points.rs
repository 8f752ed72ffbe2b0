//! Samples of the pages of points.

use domain::point::{Measure, PointState};
use web::csrf::CsrfToken;
use web::fragment::Tone;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, TODAY, each, id};
use crate::db::points::criteria::{CriteriaSet, Criterion};
use crate::db::points::locations::Location;
use crate::db::points::shelf::Labelled;
use crate::db::points::thresholds::Threshold;
use crate::db::users::Role;
use crate::web::points::ages::{Ages, Mean, PointOfAges, WeekOfLife};
use crate::web::points::chosen::{ChosenQuery, PointProductsReport, ProductOfPoint};
use crate::web::points::chosen_page;
use crate::web::points::detail::{
    ActOnPoint, CheckOfPoint, ChosenOfPoint, CostOfPoint, CriteriaOfPoint, CriterionOfPoint,
    EquipmentOfPoint, FileOfPoint, LocationOfPoint, MeasureOfPoint, PointReport, StepOfPoint,
};
use crate::web::points::detail_page::View as PointView;
use crate::web::points::filter::PointsQuery;
use crate::web::points::labels::{self, Show};
use crate::web::points::opening_page::{self, Opening, TillOfOpening, Told};
use crate::web::points::page::{Choices, View as PointsView};
use crate::web::points::pieces::{Act, Wrong};
use crate::web::points::report::{PointOfList, PointsReport};
use crate::web::points::rules_page::{self, Rules};
use crate::web::points::typed::Typed;
use crate::web::points::{ages_page, check, form};
use crate::web::products::filter::ProductsQuery;
use crate::web::products::report::{HeldOfProduct, ProductOfList};

fn place() -> LocationOfPoint {
    LocationOfPoint {
        code: "market".to_owned(),
        name_vi: LONGEST_STORE.to_owned(),
        name_en: format!("{LONGEST_STORE} (en)"),
    }
}

fn choices() -> Choices {
    Choices {
        locations: vec![place()],
        communes: vec![LONGEST_STORE.to_owned()],
        units: vec![LONGEST_STORE.to_owned()],
        operators: vec![(id(7).to_string(), LONGEST_STORE.to_owned())],
    }
}

#[test]
fn points() {
    let row = |(number, state): (u128, PointState)| PointOfList {
        point_id: id(number),
        name: LONGEST_STORE.to_owned(),
        address: LONGEST.to_owned(),
        commune: LONGEST_STORE.to_owned(),
        former_district: LONGEST_STORE.to_owned(),
        operator: (number > 1).then(|| LONGEST.to_owned()),
        decision_number: if number > 1 { LONGEST.to_owned() } else { String::new() },
        decided_on: (number > 1).then_some(TODAY),
        funding: LONGEST.to_owned(),
        location_type: "market".to_owned(),
        state: state.code().to_owned(),
        since: (number > 1).then_some(TODAY),
        store: (number > 4).then(|| "LS".to_owned()),
    };
    let full = PointsReport {
        points: (1..).zip(PointState::ALL).map(row).collect(),
        point_count: 1_200,
        page_before: Some(id(1)),
        page_after: Some(id(7)),
    };
    let empty = PointsReport { points: Vec::new(), point_count: 0, page_before: None, page_after: None };
    let typed = PointsQuery { q: LONGEST.to_owned(), ..PointsQuery::default() };
    each(|lang| {
        let mut pages = Vec::new();
        for (query, report, may_act) in [
            (&PointsQuery::default(), Some(&full), false),
            (&typed, Some(&full), true),
            (&typed, Some(&empty), true),
            (&typed, None, true),
        ] {
            let view = PointsView { lang, may_act, query, choices: &choices(), report };
            let page = view.render();
            assert_eq!(page.clone().into_string().contains("/points/new"), may_act);
            pages.push(page);
        }
        pages
    });
}

pub(super) fn empty() -> PointReport {
    PointReport {
        point_id: id(1),
        name: "Lý Sơn".to_owned(),
        address: String::new(),
        commune: String::new(),
        former_district: String::new(),
        operator_id: None,
        operator: None,
        legal_status: String::new(),
        tax_number: String::new(),
        decision_number: String::new(),
        decided_on: None,
        funding: String::new(),
        location: None,
        state: "surveyed".to_owned(),
        next: vec!["chosen".to_owned(), "closed".to_owned()],
        store_id: None,
        store: None,
        has_till: false,
        steps: vec![step("surveyed", "")],
        criteria_in_force: None,
        checks: Vec::new(),
        checked_step_on: None,
        equipment: Vec::new(),
        costs: Vec::new(),
        files: Vec::new(),
        accepted: Vec::new(),
        chosen: ChosenOfPoint::default(),
        shelf: None,
        acts: Vec::new(),
    }
}

fn step(state: &str, note: &str) -> StepOfPoint {
    StepOfPoint { state: state.to_owned(), on: TODAY, note: note.to_owned(), taken_by: "quantri".to_owned() }
}

fn measures() -> Vec<MeasureOfPoint> {
    let measure = |(place, by): (i64, Measure)| MeasureOfPoint {
        measure: by.code().to_owned(),
        measured: 400,
        at_least: (place > 0).then_some(place * 200),
        from: (place > 0).then_some(TODAY),
        by_paper: LONGEST.to_owned(),
    };
    (0..).zip(Measure::ALL).map(measure).collect()
}

fn chosen() -> ChosenOfPoint {
    ChosenOfPoint { chosen_count: 2_000, on_shelf_count: 1_999, measures: measures() }
}

fn full() -> PointReport {
    let criterion = |(criterion_no, answer): (i64, Option<&str>)| CriterionOfPoint {
        criterion_no,
        block_vi: "Hàng hóa".to_owned(),
        block_en: "Goods".to_owned(),
        text_vi: LONGEST.to_owned(),
        text_en: format!("{LONGEST} (en)"),
        answer: answer.map(str::to_owned),
        note: if criterion_no == 1 { LONGEST.to_owned() } else { String::new() },
    };
    let answers = [Some("met"), Some("not_met"), Some("unknown"), None];
    let piece = |number: u128| EquipmentOfPoint {
        equipment_id: id(number),
        kind: if number == 20 { "sign" } else { "equipment" }.to_owned(),
        name: LONGEST.to_owned(),
        item_count: 10_000,
        value_vnd: (number == 20).then_some(MOST_VND),
        funding: LONGEST_STORE.to_owned(),
        paper_number: LONGEST_STORE.to_owned(),
        handed_on: (number == 20).then_some(TODAY),
        gone_on: (number == 21).then_some(TODAY),
        note: LONGEST.to_owned(),
        is_withdrawn: number == 22,
        withdrawn_note: LONGEST.to_owned(),
    };
    let cost = |(number, kind): (u128, &str)| CostOfPoint {
        cost_id: id(number),
        kind: kind.to_owned(),
        amount_vnd: MOST_VND,
        on: TODAY,
        funding: LONGEST_STORE.to_owned(),
        paper_number: LONGEST.to_owned(),
        note: LONGEST.to_owned(),
        is_withdrawn: number == 30,
    };
    let file = |number: u128| FileOfPoint {
        file_id: id(number),
        equipment_id: (number == 40).then(|| id(20)),
        title: LONGEST.to_owned(),
        kind: "jpeg".to_owned(),
        byte_count: 5 << 20,
        brought_by: "quantri".to_owned(),
        at_ms: NOW_MS,
    };
    let check = |number: u128| CheckOfPoint {
        decision: LONGEST_STORE.to_owned(),
        set_id: id(number),
        on: TODAY,
        note: LONGEST.to_owned(),
        checked_by: "quantri".to_owned(),
        counts: [100, 0, 3],
    };
    let act = |action: &str, detail: &str| ActOnPoint {
        at_ms: NOW_MS,
        actor: "quantri".to_owned(),
        action: action.to_owned(),
        detail: detail.to_owned(),
    };
    PointReport {
        name: LONGEST_STORE.to_owned(),
        address: LONGEST.to_owned(),
        commune: LONGEST_STORE.to_owned(),
        former_district: LONGEST_STORE.to_owned(),
        operator_id: Some(id(7)),
        operator: Some(LONGEST.to_owned()),
        legal_status: "household".to_owned(),
        tax_number: "4300000001-001".to_owned(),
        decision_number: LONGEST.to_owned(),
        decided_on: Some(TODAY),
        funding: LONGEST.to_owned(),
        location: Some(place()),
        state: "checked".to_owned(),
        next: vec!["checked".to_owned(), "closed".to_owned()],
        store_id: Some(id(9)),
        store: Some("LS".to_owned()),
        has_till: true,
        steps: PointState::ALL.map(|state| step(state.code(), LONGEST)).to_vec(),
        criteria_in_force: Some(CriteriaOfPoint {
            set_id: id(50),
            decision: "950/QĐ-BCT".to_owned(),
            in_force_from: TODAY,
            outlived_on: Some(TODAY),
            criteria: (1..).zip(answers).map(criterion).collect(),
        }),
        checks: vec![check(50), check(51)],
        equipment: vec![piece(20), piece(21), piece(22)],
        costs: (30..).zip(["repair", "sign", "equipment", "rent", "event", "other"]).map(cost).collect(),
        files: vec![file(40), file(41)],
        accepted: super::nominations::accepted(),
        chosen: chosen(),
        shelf: Some(measures()),
        acts: vec![
            act("point.update", "name: A → B\noperator\nfunding:  → C"),
            act("point.step", "open → checked"),
            act("point.cost", "rent 5.000.000 ₫"),
            act("point.file", LONGEST),
            act("store.seen", ""),
        ],
        ..empty()
    }
}

#[test]
fn a_point() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    each(|lang| {
        let mut pages = Vec::new();
        // Who may act has typed something wrong.
        let mut piece = Typed::with(lang, [("on", LONGEST.to_owned()), ("note", LONGEST.to_owned())]);
        piece.refuse("on", LONGEST);
        piece.refuse("note", LONGEST);
        for (report, act) in [
            (empty(), None),
            (empty(), Some(Act::Gone)),
            (full(), None),
            (full(), Some(Act::Gone)),
            (full(), Some(Act::Withdrawn)),
        ] {
            let mut step = Typed::with(lang, [("on", TODAY.to_string())]);
            step.refuse("note", LONGEST);
            let may_act = act.is_some();
            let told = may_act.then(|| (Tone::Good, LONGEST.to_owned()));
            let role = if may_act { Role::Admin } else { Role::Department };
            let wrong = act.map(|act| Wrong { equipment_id: id(20), act, typed: &piece });
            let wrong = wrong.as_ref();
            let view = PointView { lang, csrf: &csrf, role, report: &report, step: &step, told, wrong };
            let page = view.render();
            assert_eq!(page.clone().into_string().contains("<form"), may_act, "acts are for administrators");
            pages.push(page);
        }
        pages
    });
}

#[test]
fn forms_of_a_point() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    each(|lang| {
        let (full, mut wrong) = (full(), form::empty(lang, id(1).into(), TODAY));
        assert!(form::check(&mut wrong, &choices()).is_none(), "a name is needed");
        let by = full.criteria_in_force.clone().unwrap();
        let mut typed = Typed::with(lang, [("on", TODAY.to_string()), ("answer-1", "met".to_owned())]);
        typed.refuse("answer-2", LONGEST);
        typed.refuse("note-3", LONGEST);
        vec![
            form::page(lang, &csrf, (&wrong, &choices(), None), ("/points/new", "/points")),
            form::page(
                lang,
                &csrf,
                (&form::of(lang, &full), &choices(), Some(&full)),
                ("/points/1/edit", "/points/1"),
            ),
            check::page(lang, &csrf, &full, (&by, &typed)),
        ]
    });
}

#[test]
fn rules() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let set = |number: u128| CriteriaSet {
        id: id(number),
        decision: LONGEST_STORE.to_owned(),
        valid_from: TODAY,
        meant_until: Some(TODAY - time::Duration::days(1)),
        added_by: String::new(),
    };
    let criterion = Criterion {
        criterion_no: 1,
        block_vi: LONGEST_STORE.to_owned(),
        block_en: String::new(),
        text_vi: LONGEST.to_owned(),
        text_en: LONGEST.to_owned(),
    };
    let threshold = |(place, measure): (i64, Measure)| Threshold {
        measure: measure.code().to_owned(),
        valid_from: TODAY,
        at_least: (place > 0).then_some(place),
        paper: if place > 1 { LONGEST.to_owned() } else { String::new() },
        set_by: "quantri".to_owned(),
        set_at_ms: NOW_MS,
    };
    let location = |valid_to| Location {
        code: "market".to_owned(),
        name_vi: LONGEST_STORE.to_owned(),
        name_en: LONGEST.to_owned(),
        decision: LONGEST_STORE.to_owned(),
        valid_from: TODAY,
        valid_to,
    };
    let full = Rules {
        today: TODAY,
        locations: vec![location(None), location(Some(TODAY))],
        sets: vec![(set(1), vec![criterion]), (set(2), Vec::new())],
        thresholds: (0..).zip(Measure::ALL).map(threshold).collect(),
        used: vec![id(2)],
    };
    let none = Rules {
        today: TODAY,
        locations: Vec::new(),
        sets: Vec::new(),
        thresholds: Vec::new(),
        used: Vec::new(),
    };
    each(|lang| {
        let mut typed = Typed::with(lang, []);
        typed.refuse("criteria", LONGEST);
        typed.refuse("note", LONGEST);
        [(&full, true), (&full, false), (&none, true)]
            .map(|(rules, may_act)| rules_page::page(lang, (&csrf, may_act), (rules, &typed), may_act))
            .to_vec()
    });
}

#[test]
fn a_point_opens() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let till = |is_approved| TillOfOpening {
        name: LONGEST.to_owned(),
        fingerprint: "3f9a-01bc-77de-5a11".to_owned(),
        is_approved,
        waits: !is_approved,
    };
    let begun = Opening {
        operators: vec![(id(7).to_string(), LONGEST.to_owned())],
        product_count: 20_000,
        ..Opening::default()
    };
    let ended = Opening {
        managers: vec![LONGEST.to_owned()],
        logins: vec!["htx.lyson".to_owned()],
        tills: vec![till(true), till(false)],
        ..begun.clone()
    };
    let with_operator =
        PointReport { operator_id: Some(id(7)), operator: Some(LONGEST.to_owned()), ..empty() };
    let with_store =
        PointReport { store_id: Some(id(9)), store: Some("LS".to_owned()), ..with_operator.clone() };
    let link = Told::Link {
        login: "htx.lyson".to_owned(),
        link: format!("https://ocop.example/welcome/{}", "x".repeat(60)),
    };
    each(|lang| {
        let mut typed = Typed::with(lang, [("on", TODAY.to_string())]);
        typed.refuse("code", LONGEST);
        [
            (&empty(), &begun, &Told::Nothing),
            (&with_operator, &begun, &Told::Nothing),
            (&with_store, &begun, &link),
            (&with_store, &ended, &Told::Code("7Q3F-0123-ABCD-XY10".to_owned())),
            (&full(), &ended, &Told::Nothing),
        ]
        .map(|(report, opening, told)| opening_page::page(lang, &csrf, (report, opening), (&typed, told)))
        .to_vec()
    });
}

#[test]
fn products_of_a_point() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let row = |number: u128| ProductOfPoint {
        product: ProductOfList {
            product_id: id(number),
            sku: "NUOC-MAM-500".to_owned(),
            name: LONGEST.to_owned(),
            unit: LONGEST.to_owned(),
            price_vnd: Some(MOST_VND),
            stars: (number == 1).then_some(5),
            group: (number == 1).then(|| "food".to_owned()),
            producer: (number == 1).then(|| LONGEST.to_owned()),
            commune: LONGEST_STORE.to_owned(),
            status: "active".to_owned(),
            is_combo: number == 3,
            held: vec![HeldOfProduct { category: "ocop".to_owned(), until: Some(TODAY), days_left: Some(0) }],
        },
        is_chosen: number == 1,
    };
    let full = PointProductsReport {
        point_id: id(1),
        name: LONGEST_STORE.to_owned(),
        chosen: chosen(),
        products: (1..=3).map(row).collect(),
        product_count: 2_000,
        choosable_count: 1_999,
        page_before: Some(id(1)),
        page_after: Some(id(3)),
    };
    let none = PointProductsReport {
        chosen: ChosenOfPoint::default(),
        products: Vec::new(),
        page_before: None,
        page_after: None,
        ..full.clone()
    };
    let choices = chosen_page::Choices {
        groups: vec![("food".to_owned(), LONGEST.to_owned())],
        points: vec![(id(7).to_string(), LONGEST_STORE.to_owned())],
    };
    let (filter, all) = (ProductsQuery::default(), ChosenQuery::default());
    let only = ChosenQuery { chosen: "yes".to_owned(), done: "saved".to_owned() };
    each(|lang| {
        let mut pages = Vec::new();
        for (report, only, may_act) in [(&full, &all, false), (&full, &only, true), (&none, &all, true)] {
            let (asked, choices) = ((&filter, only), &choices);
            let view =
                chosen_page::View { lang, csrf: &csrf, may_act, opens: may_act, asked, choices, report };
            let page = view.render();
            assert_eq!(page.clone().into_string().contains("method=\"post\""), may_act);
            pages.push(page);
        }
        pages
    });
}

#[test]
fn labels_of_a_shelf() {
    let goods = |(number, barcode): (u128, Option<&str>)| Labelled {
        id: id(number),
        sku: "TOI-DEN".to_owned(),
        name: LONGEST.to_owned(),
        unit: LONGEST.to_owned(),
        price_vnd: MOST_VND,
        producer: (number == 1).then(|| LONGEST.to_owned()),
        stars: (number == 1).then_some(5),
        barcode: barcode.map(str::to_owned),
    };
    let all: Vec<Labelled> = (1..).zip([Some("8938500000041"), Some("mã lạ"), None]).map(goods).collect();
    each(|lang| {
        vec![
            labels::sheet(lang, &full(), &all, (TODAY, Show::Shelf)),
            labels::sheet(lang, &full(), &all, (TODAY, Show::Chosen)),
            labels::sheet(lang, &empty(), &[], (TODAY, Show::All)),
        ]
    });
}

#[test]
fn points_at_equal_age() {
    let mean = |count| Mean { sum_vnd: MOST_VND, count };
    let week = |week| WeekOfLife { week, new: mean(week % 3), old: mean(2) };
    let point = |number: u128| PointOfAges {
        point_id: id(number),
        name: LONGEST_STORE.to_owned(),
        opened_on: TODAY,
        is_new: number == 1,
        weeks: 104,
        mean: mean(if number == 1 { 104 } else { 0 }),
        last_vnd: (number == 1).then_some(MOST_VND),
    };
    let full = Ages { weeks: (1..=104).map(week).collect(), points: vec![point(1), point(2)] };
    let typed = ages_page::Typed { new_since: TODAY.to_string(), weeks: "104".to_owned() };
    each(|lang| {
        [Some(&full), Some(&Ages::default()), None].map(|ages| ages_page::page(lang, &typed, ages)).to_vec()
    });
}
