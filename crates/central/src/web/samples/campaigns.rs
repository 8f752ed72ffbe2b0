//! Campaigns and what promotion brought: empty, usual, and with the longest texts; each thing that can be said of an effect.

use domain::Money;
use domain::campaign::{CampaignKind, CampaignState, Days};
use time::macros::date;
use uuid::Uuid;
use web::csrf::CsrfToken;
use web::fragment::Tone;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, TODAY, each, id};
use crate::db::campaigns::Campaign;
use crate::web::campaigns::detail_page::View;
use crate::web::campaigns::filter::CampaignsQuery;
use crate::web::campaigns::form::{self, Typed};
use crate::web::campaigns::list::{CampaignOfList, CampaignsReport, View as ListView};
use crate::web::campaigns::outcome::{
    FirstOfOutcome, OutcomeReport, RecognitionOfOutcome, Span, SpentOfOutcome,
};
use crate::web::campaigns::outcome_page;
use crate::web::campaigns::report::{
    CampaignReport, Effect, EnquiriesOfDay, Interval, Introductions, Missing, OtherCampaign,
    ProductOfCampaign, Smallest, StoreOfCampaign, Twice,
};
use crate::web::products::detail::ActOnProduct;
use crate::web::sales::freshness::Freshness;

const fn interval(low: i64, estimate: i64, high: i64) -> Interval {
    Interval { estimate, low, high }
}

fn effects() -> Vec<Option<Effect>> {
    let uplift = |change_per_mille, extra_vnd, stores_without| {
        Some(Effect::Uplift {
            change_per_mille,
            extra_vnd,
            is_by_stores: stores_without > 0,
            stores_with: 20,
            stores_without,
            weeks: 16,
        })
    };
    let missing = [
        Missing::NothingBefore,
        Missing::Weeks(3),
        Missing::Lines(12),
        Missing::Days(4),
        Missing::NothingDuring,
    ];
    let mut all = vec![
        None,
        uplift(interval(120, 342, 603), interval(4_000_000, 12_400_000, 20_000_000), 8),
        uplift(interval(-80, 50, 203), interval(-3_000_000, 2_000_000, 6_000_000), 0),
        uplift(interval(-400, -303, -108), interval(-9_000_000, -6_000_000, -2_000_000), 0),
        uplift(interval(-999, -20, 9_999_000), interval(-MOST_VND, -1, MOST_VND), 0),
        Some(Effect::BeforeAfter { before_vnd: MOST_VND, during_vnd: 0, weeks: 16 }),
    ];
    all.extend(missing.map(|why| Some(Effect::TooLittle(why))));
    all
}

fn campaign(effect: Option<Effect>, state: CampaignState, many: usize) -> CampaignReport {
    let name = if many > 0 { LONGEST } else { "Phiên chợ" };
    let product = |number: usize| ProductOfCampaign {
        product_id: id(1 + number as u128),
        sku: "OC-01".to_owned(),
        name: name.to_owned(),
    };
    let store = |number: usize| StoreOfCampaign {
        store_id: (number > 0).then(|| id(number as u128)),
        name: if number > 0 { LONGEST_STORE.to_owned() } else { String::new() },
        promoted_before_vnd: MOST_VND,
        promoted_vnd: 0,
        others_before_vnd: MOST_VND,
        others_vnd: MOST_VND,
    };
    let act = |(action, detail): (&str, &str)| ActOnProduct {
        at_ms: NOW_MS,
        actor: "quantri".to_owned(),
        action: action.to_owned(),
        detail: detail.to_owned(),
    };
    let twice = Twice { before_count: 1_000, during_count: 0 };
    let is_begun = effect.is_some();
    CampaignReport {
        campaign_id: id(7),
        name: name.to_owned(),
        kind: "media".to_owned(),
        state: state.code().to_owned(),
        first_day: TODAY,
        // Over, so that what each extra đồng cost is told, or running.
        last_day: if many == 1 { TODAY } else { date!(2026 - 12 - 31) },
        ended_on: (state == CampaignState::Ended).then_some(TODAY),
        cost_vnd: if many > 0 { MOST_VND } else { 0 },
        note: LONGEST.repeat(many.min(3)),
        recorded_by: "quantri".to_owned(),
        recorded_at_ms: NOW_MS,
        products: (0..=many).map(product).collect(),
        is_everywhere: many == 0,
        measured_to: is_begun.then_some(TODAY),
        freshness: Freshness { as_of_ms: Some(NOW_MS), reported: 1, stores: 5, notices: Vec::new() },
        smallest: match many {
            0 => Smallest::TooLittle(Missing::Weeks(2)),
            1 => Smallest::Change { change_per_mille: 2_001, extra_vnd: MOST_VND },
            _ => Smallest::Change { change_per_mille: 154, extra_vnd: 5_000_000 },
        },
        effect,
        overlapping: vec![OtherCampaign { campaign_id: id(8), name: LONGEST.to_owned() }; many.min(2)],
        left_out_weeks: many,
        sales: (1..=many).chain([0]).map(store).collect(),
        introductions: is_begun.then_some(Introductions {
            days: 14,
            visitors: twice,
            tastings: twice,
            scans: twice,
            enquiry_count: 12,
            later_enquiry_count: i64::try_from(many).unwrap(),
            shift_count: 20,
            answered_count: 18,
        }),
        enquiries: vec![EnquiriesOfDay { asked_on: TODAY, enquiry_count: 1_200 }; many],
        acts: [
            ("campaign.enquiries", "2026-11-23:  → 12"),
            ("campaign.update", "kind: fair → media\nfirst_day: 2026-11-01 → 2026-11-23\nproducts: −OC-1"),
            ("campaign.end", "2026-11-23"),
            ("campaign.add", LONGEST),
            ("campaign.other", ""),
        ]
        .map(act)
        .to_vec(),
    }
}

#[test]
fn one_campaign() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    each(|lang| {
        let mut pages = Vec::new();
        for (number, effect) in effects().into_iter().enumerate() {
            let state = CampaignState::ALL[number % CampaignState::ALL.len()];
            let report = campaign(effect, state, [0, 1, 20][number % 3]);
            for may_act in [false, true] {
                let told = may_act.then(|| (Tone::Good, LONGEST.to_owned()));
                let page = View { lang, csrf: &csrf, may_act, report: &report, told }.render();
                let forms = page.clone().into_string().matches("<form").count();
                assert!(may_act || forms == 0, "acts are for administrators");
                pages.push(page);
            }
        }
        pages
    });
}

#[test]
fn the_list_and_the_form() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let row = |(number, state): (u128, CampaignState)| CampaignOfList {
        campaign_id: id(number),
        name: LONGEST.to_owned(),
        kind: CampaignKind::ALL[usize::try_from(number).unwrap() % 6].code().to_owned(),
        state: state.code().to_owned(),
        first_day: TODAY,
        last_day: TODAY,
        ended_on: None,
        cost_vnd: MOST_VND,
        product_count: i64::try_from(number).unwrap(),
        one_product: LONGEST.to_owned(),
        store_count: i64::try_from(number).unwrap() - 1,
        one_store: LONGEST_STORE.to_owned(),
    };
    let full = CampaignsReport {
        campaigns: (1..).zip(CampaignState::ALL).map(row).collect(),
        campaign_count: 5,
        cost_vnd: MOST_VND,
        page_before: Some(id(1)),
        page_after: Some(id(5)),
    };
    let empty = CampaignsReport {
        campaigns: Vec::new(),
        campaign_count: 0,
        cost_vnd: 0,
        page_before: None,
        page_after: None,
    };
    let query = CampaignsQuery { kind: "fair".to_owned(), ..CampaignsQuery::default() };
    let known = Campaign {
        id: id(7).into(),
        name: LONGEST.to_owned(),
        kind: CampaignKind::Post,
        days: Days { first: TODAY, last: TODAY, ended_on: None },
        cost: Money::new(MOST_VND),
        note: String::new(),
        recorded_at_ms: NOW_MS,
        recorded_by: "quantri".to_owned(),
        products: Vec::new(),
        stores: vec![id(2).into()],
    };
    let choices = vec![(id(2).into(), LONGEST_STORE.to_owned()), (id(3).into(), "Lý Sơn".to_owned())];
    each(|lang| {
        let mut pages = Vec::new();
        for (report, may_act) in [(Some(&full), true), (Some(&empty), false), (None, false)] {
            pages.push(ListView { lang, today: TODAY, may_act, query: &query, report }.render());
        }
        let wrong = ["name", "kind", "skus", "found", "first_day", "cost"]
            .map(|field| (field.to_owned(), LONGEST.to_owned()));
        for typed in [
            Typed::new(Uuid::nil().into(), TODAY),
            Typed::of(&known, &["OC-01".to_owned(), "OC-02".to_owned()]),
            Typed::read(Uuid::nil().into(), wrong.to_vec()).unwrap(),
        ] {
            pages.push(form::page(lang, &csrf, (&typed, &choices), ("/campaigns/new", "/campaigns")));
        }
        pages
    });
}

#[test]
fn outcome() {
    let first = |producer: Option<&str>| FirstOfOutcome {
        name: LONGEST.to_owned(),
        producer: producer.map(str::to_owned),
        since: date!(2026 - 11 - 01),
    };
    let recognition = |months, before| RecognitionOfOutcome {
        product_id: id(1),
        name: LONGEST.to_owned(),
        category: "ocop".to_owned(),
        stars: Some(4),
        decision: "1898/QĐ-UBND".to_owned(),
        recognised_on: TODAY,
        months,
        product_before_vnd: before,
        product_after_vnd: MOST_VND,
        rest_before_vnd: MOST_VND,
        rest_after_vnd: 1,
    };
    let empty = OutcomeReport {
        from: date!(2026 - 10 - 01),
        to: date!(2026 - 12 - 31),
        freshness: Freshness { as_of_ms: None, reported: 0, stores: 0, notices: Vec::new() },
        revenue_vnd: 0,
        ocop_vnd: 0,
        producers_paid_vnd: 0,
        producers_paid_count: 0,
        producer_count: 0,
        commune_count: 0,
        product_count: 0,
        first_products: Vec::new(),
        first_product_count: 0,
        first_producers: Vec::new(),
        first_producer_count: 0,
        is_beginning: false,
        spent: Vec::new(),
        visitor_count: 0,
        tasting_count: 0,
        scan_count: 0,
        enquiry_count: 0,
        introduced_count: 0,
        recognised: Vec::new(),
    };
    let full = OutcomeReport {
        revenue_vnd: MOST_VND,
        ocop_vnd: MOST_VND / 3,
        producers_paid_vnd: MOST_VND,
        first_products: vec![first(Some(LONGEST)), first(None)],
        first_product_count: 70,
        first_producers: vec![first(None)],
        first_producer_count: 1,
        is_beginning: true,
        introduced_count: 1_234,
        spent: CampaignKind::ALL
            .map(|kind| SpentOfOutcome {
                kind: kind.code().to_owned(),
                campaign_count: 3,
                cost_vnd: MOST_VND,
            })
            .to_vec(),
        recognised: vec![recognition(6, 5), recognition(3, 0), recognition(0, 0)],
        ..empty.clone()
    };
    each(|lang| {
        let spans = [Span { year: 2026, quarter: Some(4) }, Span { year: 2024, quarter: None }];
        let pages = [&empty, &full].into_iter().zip(spans);
        pages.map(|(report, span)| outcome_page::main(lang, TODAY, span, report)).collect()
    });
}
