//! Samples of the catalogue's pages.

use domain::recognition::Level;
use domain::standards::{CriteriaSet, LevelSaid, Standards};
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::fragment::Tone;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, TODAY, each, id};
use crate::db::producers::Producer;
use crate::db::same_producers::{Named, Sameness};
use crate::db::users::Role;
use crate::web::producers::form::{self as producer_form, Typed as ProducerTyped};
use crate::web::producers::keys::{self, Keys, Shown};
use crate::web::producers::page::View as ProducersView;
use crate::web::producers::same::{self, Card};
use crate::web::producers::{ProducerOfList, ProducersQuery, ProducersReport};
use crate::web::products::decision_form::{self, Offered, Typed as DecisionTyped};
use crate::web::products::describe_form::{self, Described};
use crate::web::products::detail::{
    ActOnProduct, PriceOfProduct, ProductReport, RecognitionOfProduct, RecognitionState,
};
use crate::web::products::detail_page::View as ProductView;
use crate::web::products::filter::ProductsQuery;
use crate::web::products::form::{self, Purpose, Typed};
use crate::web::products::page::{Choices, View as ProductsView};
use crate::web::products::report::{HeldOfProduct, ProductOfList, ProductsReport};

fn choices() -> Choices {
    Choices {
        groups: vec![("food".to_owned(), LONGEST.to_owned())],
        communes: vec![LONGEST_STORE.to_owned()],
        units: vec![LONGEST_STORE.to_owned()],
        producers: vec![LONGEST.to_owned()],
        picked_producer: None,
    }
}

fn held() -> Vec<HeldOfProduct> {
    [("ocop", Some(0)), ("key", Some(91)), ("specialty", None)]
        .map(|(category, days)| HeldOfProduct {
            category: category.to_owned(),
            until: days.map(|days| TODAY + time::Duration::days(days)),
            days_left: days,
        })
        .to_vec()
}

#[test]
fn products() {
    let row = |(number, status): (u128, &str)| ProductOfList {
        product_id: id(number),
        sku: LONGEST.chars().take(40).collect(),
        name: LONGEST.to_owned(),
        unit: LONGEST.to_owned(),
        price_vnd: (status != "unpriced").then_some(MOST_VND),
        stars: (number == 1).then_some(5),
        group: None,
        producer: (number == 1).then(|| LONGEST.to_owned()),
        commune: LONGEST_STORE.to_owned(),
        status: status.to_owned(),
        is_combo: number == 2,
        held: if number == 1 { held() } else { Vec::new() },
    };
    let full = ProductsReport {
        products: (1..).zip(["active", "retired", "provisional", "unpriced"]).map(row).collect(),
        product_count: 20_000,
        unpriced_count: 20_000,
        page_before: Some(id(1)),
        page_after: Some(id(3)),
    };
    let empty = ProductsReport {
        products: Vec::new(),
        product_count: 0,
        unpriced_count: 0,
        page_before: None,
        page_after: None,
    };
    let typed = ProductsQuery { q: LONGEST.to_owned(), lapse: "30".to_owned(), ..ProductsQuery::default() };
    each(|lang| {
        let mut pages = Vec::new();
        for (query, report, may_act) in [
            (&ProductsQuery::default(), Some(&full), false),
            (&typed, Some(&full), true),
            (&typed, Some(&empty), true),
            (&typed, None, true),
        ] {
            let view =
                ProductsView { lang, may_act, may_import: may_act, query, choices: &choices(), report };
            let page = view.render();
            assert_eq!(page.clone().into_string().contains("/products/new"), may_act);
            pages.push(page);
        }
        pages
    });
}

pub(super) fn product(status: &str, is_combo: bool) -> ProductReport {
    let states = [
        RecognitionState::InForce,
        RecognitionState::Lapsed,
        RecognitionState::ToCome,
        RecognitionState::Withdrawn,
    ];
    let recognition = |(number, state): (u128, RecognitionState)| RecognitionOfProduct {
        recognition_id: id(number),
        category: "ocop".to_owned(),
        stars: Some(4),
        number: if number == 1 { LONGEST.to_owned() } else { String::new() },
        decided_on: (number == 1).then_some(TODAY),
        issuer: LONGEST.to_owned(),
        level: (number == 1).then(|| "nation".to_owned()),
        points_hundredths: Some(9_205),
        criteria: LONGEST.to_owned(),
        group_printed: LONGEST.to_owned(),
        from: TODAY,
        until: (number < 3).then_some(TODAY),
        state,
        days_left: (number == 1).then_some(0),
        has_scan: number > 2,
    };
    let act = |(action, detail): &(&str, &str)| ActOnProduct {
        at_ms: NOW_MS,
        actor: "socongthuong".to_owned(),
        action: (*action).to_owned(),
        detail: (*detail).to_owned(),
    };
    let acts = [
        ("product.update", "name: Tỏi → Tỏi đen\ngroup:  → food\nproducer: 1 → 2\nstatus: retired → active"),
        ("product.price", "price: 1.000 ₫ → 2.000 ₫"),
        ("product.recognise", "OC1 ocop 1898/QĐ-UBND"),
        ("product.withdraw_recognition", "OC1 key "),
        ("product.describe_recognition", "OC1 ocop 1898\nlevel:  → province\npoints:  → 82,5"),
        ("product.add", "1 products from OC1 on"),
        ("product.confirm", ""),
        ("product.merge", ""),
        ("product.retire", "OC1"),
        ("combo.add", ""),
        ("product.paper_replaced", "Nhãn: 1 → 2"),
        ("product.odd", ""),
    ];
    let price = |version| PriceOfProduct {
        version,
        price_vnd: MOST_VND,
        set_at_ms: (version > 1).then_some(NOW_MS),
        set_by: "quantri".to_owned(),
    };
    ProductReport {
        product_id: id(1),
        sku: "OC001".to_owned(),
        barcodes: vec!["8938500000010".to_owned(); 20],
        name: LONGEST.to_owned(),
        unit: LONGEST.to_owned(),
        sold_by: "weight".to_owned(),
        price_vnd: (status != "unpriced").then_some(MOST_VND),
        tax_class: "standard".to_owned(),
        group: Some("food".to_owned()),
        producer_id: Some(id(2)),
        producer: Some(LONGEST.to_owned()),
        commune: LONGEST_STORE.to_owned(),
        status: status.to_owned(),
        is_combo,
        stars: Some(4),
        held: held(),
        prices: [3, 2, 1].map(price).to_vec(),
        recognitions: (1..).zip(states).map(recognition).collect(),
        dossier: super::dossiers::dossier(),
        nominations: super::nominations::nominations(),
        acts: acts.iter().map(act).collect(),
    }
}

#[test]
fn one_product() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let choices = choices();
    let bare = ProductReport {
        barcodes: Vec::new(),
        producer: None,
        producer_id: None,
        group: None,
        commune: String::new(),
        prices: Vec::new(),
        recognitions: Vec::new(),
        dossier: Vec::new(),
        nominations: Vec::new(),
        acts: Vec::new(),
        held: Vec::new(),
        ..product("active", false)
    };
    let all = [
        bare,
        product("active", false),
        product("active", true),
        product("retired", false),
        product("provisional", false),
        product("unpriced", false),
    ];
    each(|lang| {
        let mut pages = Vec::new();
        for report in &all {
            for may_act in [false, true] {
                let role = if may_act { Role::Admin } else { Role::Department };
                let told = may_act.then(|| (Tone::Good, LONGEST.to_owned()));
                let view = ProductView { lang, csrf: &csrf, role, groups: &choices.groups, report, told };
                let page = view.render();
                let forms = page.clone().into_string().matches("<form").count();
                assert!(may_act || forms == 0, "acts are for administrators");
                pages.push(page);
            }
        }
        let said = LevelSaid { level: Level::District, from: TODAY, decides: false };
        let set = CriteriaSet { name: LONGEST.to_owned(), from: TODAY };
        let offered = Offered::new(lang, &Standards::new(vec![said], vec![set]), TODAY);
        pages.push(decision_form::page(
            lang,
            &csrf,
            &all[1],
            (&DecisionTyped::new(Uuid::nil(), Role::Admin), Role::Admin, &offered),
        ));
        for wrong in [None, Some("points")] {
            let described = Described::sample(&all[1].recognitions[0], wrong.map(|field| (field, LONGEST)));
            pages.push(describe_form::page(lang, &csrf, &all[1], (&described, Uuid::nil(), &offered)));
        }
        for (typed, purpose) in [
            (Typed::new(Uuid::nil().into()), Purpose::Add),
            (Typed::of(&all[1]), Purpose::Edit),
            (Typed::of(&all[3]), Purpose::Restore),
        ] {
            pages.push(form::page(lang, &csrf, (&typed, &choices, purpose), ("/products/new", "/products")));
        }
        pages
    });
}

#[test]
fn producers() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let row = |number: u128| ProducerOfList {
        producer_id: id(number),
        name: LONGEST.to_owned(),
        commune: LONGEST_STORE.to_owned(),
        phone: "0255 000 000 / 0905 000 000".to_owned(),
        is_provisional: number == 1,
        store: (number == 1).then(|| LONGEST_STORE.to_owned()),
        same_as: (number == 2).then(|| LONGEST.to_owned()),
        product_count: 20_000 * i64::from(number == 1),
        lapsing_count: i64::from(number == 1),
    };
    let full = ProducersReport {
        producers: (1..=3).map(row).collect(),
        producer_count: 3,
        page_before: Some(id(1)),
        page_after: None,
    };
    let empty =
        ProducersReport { producers: Vec::new(), producer_count: 0, page_before: None, page_after: None };
    let query = ProducersQuery { q: LONGEST.to_owned(), ..ProducersQuery::default() };
    let producer = Producer {
        id: id(1).into(),
        name: LONGEST.to_owned(),
        commune: LONGEST_STORE.to_owned(),
        phone: "0255".to_owned(),
    };
    each(|lang| {
        let mut pages = Vec::new();
        for (report, may_act) in [(&full, false), (&full, true), (&empty, true)] {
            let told = may_act.then(|| (Tone::Warn, LONGEST.to_owned()));
            let communes = [LONGEST_STORE.to_owned()];
            let view = ProducersView { lang, may_act, query: &query, communes: &communes, report, told };
            pages.push(view.render());
        }
        for (typed, is_provisional) in
            [(ProducerTyped::new(Uuid::nil()), false), (ProducerTyped::of(&producer), true)]
        {
            pages.push(producer_form::page(lang, &csrf, &typed, ("/producers/new", &[], is_provisional)));
            let named = |number: u128| Named {
                id: id(number).into(),
                name: LONGEST.to_owned(),
                commune: if number == 4 { String::new() } else { LONGEST_STORE.to_owned() },
                product_count: 20_000,
            };
            for sameness in [
                Sameness::default(),
                Sameness { same_as: Some(named(4)), counted_as_it: Vec::new() },
                Sameness { same_as: None, counted_as_it: vec![named(5), named(6)] },
            ] {
                for likely in [&[named(7)][..], &[]] {
                    let find = if is_provisional { LONGEST } else { "" };
                    let card = Card {
                        producer_id: id(3).into(),
                        sameness: &sameness,
                        likely,
                        find,
                        is_refused: is_provisional,
                    };
                    pages.push(same::card(lang, &csrf, &card));
                }
            }
            let made_at_ms = is_provisional.then_some(NOW_MS);
            let wrong = is_provisional.then_some((LONGEST, LONGEST));
            let keys = Keys { producer_id: id(3).into(), made_at_ms, form_id: id(9), wrong };
            pages.push(keys::card(lang, &csrf, &keys));
            let shown = Shown { address: "https://ocop.example/p/7Q3F", about: LONGEST.to_owned() };
            pages.push(keys::once(lang, (LONGEST, "/producers"), &shown));
            pages.push(keys::made_before(lang, "/producers"));
        }
        pages
    });
}
