//! Every page with every sample, in both languages: empty, usual, and with the longest texts that people here write.

mod bulk;
mod campaigns;
mod commission_tax;
mod dossiers;
mod imports;
mod introductions;
mod joint;
mod nominations;
mod packs;
mod people;
mod places;
mod points;
mod producer;
mod product_groups;
mod products;
mod reconciliation;
mod reports;
mod settlements;
mod shops;
mod standards;

use domain::catalog::Category;
use domain::ids::{ProductId, StoreId};
use maud::Markup;
use protocol::wire::PromotionOffer;
use time::Date;
use time::macros::date;
use uuid::Uuid;
use web::Lang;
use web::csrf::CsrfToken;

use super::login::{self, View as LoginView};
use super::promotions::form::{self, Choices, Typed as PromotionTyped};
use super::promotions::page::{Told as PromotionTold, View as PromotionsView};
use super::promotions::report::{PromotionOfReport, PromotionsReport, State};
use super::sales::filter::{Filter, SalesQuery, Wrong};
use super::sales::form::{Offered, Typed, filters};
use super::sales::freshness::{Freshness, Missing, Notice};
use super::sales::page::View as SalesView;
use super::sales::period::Preset;
use super::sales::report::{
    CategoryOfSales, GroupOfSales, Origins, PartOfSales, ProductOfSales, SalesReport, SalesTotals,
    StoreOfSales,
};
use super::sales::sealed::{CorrectionOfSales, SealedOfSales};
use super::sales::trade::{TradeOfProduct, TradeOfStore};
use super::stores::page::{Told, View as StoresView};
use super::stores::report::{
    ConditionOfReport, DeviceOfReport, DisputeOfReport, ExceptionOfReport, LapsingOfStores,
    LookedIntoOfReport, PadSaleOfReport, StoreOfReport, StoresReport,
};
use crate::config::Config;

/// 23/11/2026 14:02 in Vietnam.
const NOW_MS: i64 = 1_795_417_320_000;
const TODAY: Date = date!(2026 - 11 - 23);
const LONGEST: &str =
    "Nước cốt gừng mật ong Nghĩa Hành thượng hạng — quà biếu 12 chai, hộp gỗ khắc tên <“Đặc sản Quảng Ngãi”>";
const LONGEST_STORE: &str = "Điểm giới thiệu và bán sản phẩm OCOP thị trấn Trà Xuân, huyện Trà Bồng cũ";
const MOST_VND: i64 = 99_999_999_999;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

impl SalesReport {
    fn samples() -> [Self; 3] {
        [
            Self::empty(),
            Self::usual("Tỏi đen Lý Sơn", "Lý Sơn", 1_250_000),
            Self::usual(LONGEST, LONGEST_STORE, MOST_VND),
        ]
    }

    fn empty() -> Self {
        let period = Preset::Month.period(TODAY);
        let freshness = Freshness { as_of_ms: None, reported: 0, stores: 0, notices: Vec::new() };
        Self {
            from: period.from,
            to: period.to,
            freshness,
            totals: SalesTotals { receipt_count: Some(0), ..SalesTotals::default() },
            before_from: period.before().from,
            before_to: period.before().to,
            before: None,
            over_time: Vec::new(),
            products: Vec::new(),
            product_count: 0,
            page: 1,
            pages: 1,
            stores: Vec::new(),
            categories: Vec::new(),
            counted_by: "leading",
            sealed: None,
            trade: None,
            groups: Vec::new(),
            product_groups: Vec::new(),
            campaign: None,
            picked_producer: None,
            choices: Vec::new(),
            origins: Origins::default(),
        }
    }

    fn usual(name: &str, store: &str, vnd: i64) -> Self {
        let product = |number: u128| ProductOfSales {
            product_id: ProductId::from_uuid(id(number)),
            name: name.to_owned(),
            unit: "Hộp 250g".to_owned(),
            stars: Some(4),
            producer: (number > 1).then(|| LONGEST.to_owned()),
            quantity_milli: 1_250,
            revenue_vnd: vnd,
            before_vnd: (number > 1).then_some(vnd / 2),
            receipt_count: (number > 1).then_some(3),
        };
        let notice = |missing| Notice { missing, store: store.to_owned() };
        let mut missing = [
            Missing::Forked,
            Missing::Held(vnd),
            Missing::Suspended { entries: 1_234, vnd },
            Missing::Quiet(NOW_MS - 90_000_000),
            Missing::All,
        ];
        // The page shows four: one sample the gravest, the other one the last.
        if vnd == MOST_VND {
            missing.reverse();
        }
        let part =
            PartOfSales { from: TODAY, to: TODAY, revenue_vnd: vnd, before_vnd: vnd / 2, is_complete: false };
        let totals = SalesTotals { revenue_vnd: vnd, receipt_count: Some(7), product_count: 120 };
        let categories =
            Category::ALL.map(|category| Some(category.code().to_owned())).into_iter().chain([None]);
        Self {
            freshness: Freshness {
                as_of_ms: Some(NOW_MS),
                reported: 1,
                stores: 5,
                notices: missing.map(notice).to_vec(),
            },
            totals,
            before: Some(SalesTotals { revenue_vnd: vnd / 2, ..totals }),
            over_time: vec![part; 31],
            products: (1..=3).map(product).collect(),
            product_count: 120,
            page: 2,
            pages: 3,
            stores: vec![StoreOfSales {
                store_id: StoreId::from_uuid(id(9)),
                name: store.to_owned(),
                revenue_vnd: vnd,
                before_vnd: Some(vnd / 2),
                receipt_count: None,
            }],
            categories: categories
                .map(|category| CategoryOfSales {
                    category,
                    revenue_vnd: vnd,
                    before_vnd: None,
                    product_count: 3,
                })
                .collect(),
            groups: [Some(name.to_owned()), None]
                .map(|name| GroupOfSales {
                    key: name.as_ref().map(|_| id(9).to_string()),
                    name,
                    revenue_vnd: vnd,
                    before_vnd: Some(vnd / 2),
                    product_count: 3,
                })
                .to_vec(),
            choices: vec![(StoreId::from_uuid(id(9)), store.to_owned())],
            origins: Origins {
                producers: vec![LONGEST.to_owned()],
                communes: vec!["Đặc khu Lý Sơn".to_owned()],
            },
            picked_producer: None,
            trade: Some(TradeOfProduct {
                taken_back_milli: 2_000,
                taken_back_vnd: vnd / 9,
                basket_count: 3,
                all_basket_count: 7,
                basket_per_mille: Some(429),
                to_be_sold_milli: 40_000,
                sold_of_it_milli: 12_500,
                sell_through_per_mille: (vnd < MOST_VND).then_some(313),
                listed_days: 1_234,
                empty_days: 56,
                traded: [Some(313), None]
                    .map(|share| TradeOfStore {
                        store_id: id(9),
                        name: store.to_owned(),
                        taken_back_milli: 2_000,
                        taken_back_vnd: vnd / 9,
                        to_be_sold_milli: share.map(|_| 40_000),
                        sold_of_it_milli: 12_500,
                        sell_through_per_mille: share,
                        listed_days: 31,
                        empty_days: 28,
                    })
                    .to_vec(),
            }),
            sealed: Some(SealedOfSales {
                sealed_period: "2026-q3".to_owned(),
                sealed_at_ms: NOW_MS,
                sealed_vnd: vnd,
                corrections: vec![
                    CorrectionOfSales {
                        arrived_on: TODAY,
                        correction_vnd: -vnd,
                        entry_count: 1_234
                    };
                    3
                ],
                other_vnd: 1,
                today_vnd: vnd,
            }),
            campaign: Some(name.to_owned()),
            ..Self::empty()
        }
    }
}

impl StoresReport {
    fn samples() -> [Self; 3] {
        let empty = Self {
            stores: Vec::new(),
            lapsing: Vec::new(),
            exceptions: Vec::new(),
            looked_into: Vec::new(),
            disputes: Vec::new(),
            pad_sales: Vec::new(),
        };
        [empty, Self::full("Lý Sơn", "Máy quầy 1"), Self::full(LONGEST_STORE, LONGEST)]
    }

    fn full(store: &str, device: &str) -> Self {
        let with = |devices| StoreOfReport {
            store_id: id(9),
            code: "LS".to_owned(),
            name: store.to_owned(),
            commune: "Đặc khu Lý Sơn".to_owned(),
            operator: store.to_owned(),
            is_running: true,
            sale_at_ms: Some(NOW_MS),
            exception_count: 3,
            devices,
        };
        let device = |(number, status): (i64, &&str)| DeviceOfReport {
            device: device.to_owned(),
            fingerprint: format!("3f9a-01bc-77de-5a1{number}"),
            status: (*status).to_owned(),
            number: (number > 1).then_some(number),
            entry_count: 1_482,
            branch_entry_count: if number == 3 { 1_482 } else { 0 },
            held_vnd: if number == 1 { MOST_VND } else { 0 },
            enrolled_at_ms: NOW_MS,
            heard_at_ms: (number > 1).then_some(NOW_MS),
            condition: (number > 1).then(|| ConditionOfReport {
                told_at_ms: NOW_MS,
                version: "0.1.0".to_owned(),
                clock_ahead_ms: (number - 3) * 7_200_000 * number * number,
                backlog: (number - 2) * 1_234,
                printer_faults: ["paper_out", "cover_open", "offline", "fault", ""]
                    .map(|code| ("1".to_owned(), code.to_owned()))
                    .to_vec(),
                invoices_pending: 1_234,
                invoices_oldest_ms: Some(NOW_MS - 90_000_000),
            }),
        };
        let devices = (1..).zip(&["held", "approved", "forked", "revoked", "adopted"]).map(device).collect();
        let reasons = [
            "malformed",
            "later",
            "business_date",
            "value",
            "contradiction",
            "grand_total",
            "terms",
            "lot",
            "facts",
            "implausible",
            "twin",
            "no_sale",
            "too_much_back",
            "settlement",
            "another",
        ];
        let exception = |reason: &str| ExceptionOfReport {
            store: store.to_owned(),
            stream: "stream".to_owned(),
            seq: 17,
            reason: reason.to_owned(),
            detail: LONGEST.to_owned(),
            suspended_vnd: MOST_VND,
            raised_at_ms: NOW_MS,
        };
        let looked_into = |reason: &str| LookedIntoOfReport {
            entry: exception(reason),
            answered_by: "quantri".to_owned(),
            answered_at_ms: NOW_MS,
            answer: LONGEST.to_owned(),
        };
        let unheard = StoreOfReport { sale_at_ms: None, exception_count: 0, ..with(Vec::new()) };
        let pad_sale = |(last_line, past_date, told_apart)| PadSaleOfReport {
            store: store.to_owned(),
            receipt: "LS-7Q3F-000122".to_owned(),
            claimed_at_ms: NOW_MS,
            first_line: 65_416,
            last_line,
            payable_vnd: MOST_VND,
            past_date,
            told_apart,
        };
        let pad_sales = [(65_416, false, 0), (65_535, true, 20)].map(pad_sale).to_vec();
        let dispute = |product: &str| DisputeOfReport {
            store: store.to_owned(),
            producer: LONGEST.to_owned(),
            number: "LS-7Q3F-QT122".to_owned(),
            product: product.to_owned(),
            words: LONGEST.repeat(3).chars().take(300).collect(),
            disputed_at_ms: NOW_MS,
            is_replied: product.is_empty(),
        };
        Self {
            stores: vec![with(devices), unheard],
            lapsing: [30, 60, 90].map(|days| LapsingOfStores { days, product_count: days }).to_vec(),
            exceptions: reasons.map(exception).to_vec(),
            looked_into: ["lot", "another"].map(looked_into).to_vec(),
            disputes: ["", LONGEST].map(dispute).to_vec(),
            pad_sales,
        }
    }
}

/// Checks what must hold for any markup of ours.
fn check(markup: Markup) -> String {
    let text = markup.into_string();
    for forbidden in ["style=\"", "onclick", "<“", "{", "}"] {
        assert!(!text.contains(forbidden), "{forbidden} in {text}");
    }
    let ids: Vec<&str> = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    for id in &ids {
        assert_eq!(ids.iter().filter(|other| other == &id).count(), 1, "the id {id} stands twice");
    }
    for label in text.split("<label for=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(&label), "no field for the label {label}");
    }
    text
}

fn each(pages: impl Fn(Lang) -> Vec<Markup>) {
    let [vi, en] = Lang::ALL.map(|lang| pages(lang).into_iter().map(check).collect::<Vec<_>>());
    for (vi, en) in vi.iter().zip(&en) {
        assert_ne!(vi, en, "both languages say the same");
    }
}

#[test]
fn sales() {
    let queries = [
        "",
        "period=year&stars=4&page=2&sort=-name",
        "from=2026-10-01&to=2026-12-30&category=key&counted=holders",
    ];
    each(|lang| {
        let mut pages = Vec::new();
        for report in SalesReport::samples() {
            for query in queries {
                let uri = format!("/sales?{query}").parse().unwrap();
                let query: SalesQuery = axum::extract::Query::try_from_uri(&uri).unwrap().0;
                let filter = Filter::read(&query, TODAY).unwrap();
                pages.push(SalesView { lang, now_ms: NOW_MS, filter: &filter, report: &report }.render());
            }
        }
        pages
    });
}

#[test]
fn a_wrong_period_comes_back_as_it_was_typed() {
    let uri = "/sales?from=2026-11-24&to=2026-11-01&stars=4".parse().unwrap();
    let query: SalesQuery = axum::extract::Query::try_from_uri(&uri).unwrap().0;
    for wrong in [Wrong::From, Wrong::To, Wrong::Order, Wrong::TooLong] {
        each(|lang| {
            let (filter, typed) = (Filter::usual(TODAY), Typed::as_written(&query));
            let origins = Origins::default();
            let offered = Offered { stores: &[], groups: &[], origins: &origins };
            let form = filters(lang, TODAY, &filter, &typed, &offered, Some(wrong));
            let text = form.clone().into_string();
            assert!(text.contains("value=\"2026-11-24\"") && text.contains("value=\"2026-11-01\""), "{text}");
            assert!(text.contains("value=\"4\" selected") && text.contains("aria-invalid"), "{text}");
            vec![form]
        });
    }
}

#[test]
fn stores() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let code = Told::Code { store_id: StoreId::from_uuid(id(9)), code: "7Q3F-0123-ABCD-XY10".to_owned() };
    let told = [Told::Nothing, Told::Approved("Máy quầy 1".to_owned()), code];
    each(|lang| {
        let mut pages = Vec::new();
        for report in StoresReport::samples() {
            for (told, may_act) in told.iter().zip([false, true, true]) {
                let view = StoresView { lang, now_ms: NOW_MS, csrf: &csrf, may_act, report: &report, told };
                let page = view.render();
                let forms = page.clone().into_string().matches("<form").count();
                assert_eq!(forms > 0, may_act && !report.stores.is_empty(), "acts are for administrators");
                pages.push(page);
            }
        }
        pages
    });
}

#[test]
fn promotions() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let offers = [
        Some(PromotionOffer::Percent(125_000)),
        Some(PromotionOffer::AmountOff(MOST_VND)),
        Some(PromotionOffer::Bundle(3, MOST_VND)),
        Some(PromotionOffer::BuyGet(2, 1)),
        None,
    ];
    let row = |(number, offer): (u128, Option<PromotionOffer>)| PromotionOfReport {
        promotion_id: id(number),
        name: LONGEST.chars().take(40).collect(),
        offer,
        first_day: TODAY,
        last_day: TODAY,
        minutes: (number % 2 == 0).then_some([480, 1_440]),
        operator: LONGEST_STORE.to_owned(),
        store: (number % 2 == 0).then(|| LONGEST_STORE.to_owned()),
        product_count: 2_000,
        product: LONGEST.to_owned(),
        state: [State::Running, State::Coming, State::Over, State::Ended]
            [usize::try_from(number % 4).unwrap()],
    };
    let full = PromotionsReport { promotions: (1..).zip(offers).map(row).collect() };
    let told = [
        PromotionTold::Nothing,
        PromotionTold::Added(LONGEST.to_owned()),
        PromotionTold::Ended("Tết đến".to_owned()),
    ];
    each(|lang| {
        let mut pages = Vec::new();
        for report in [&full, &PromotionsReport { promotions: Vec::new() }] {
            for (told, may_act) in told.iter().zip([false, true, true]) {
                let view =
                    PromotionsView { lang, csrf: &csrf, may_act, has_campaigns: may_act, report, told };
                let page = view.render();
                let acts = page.clone().into_string().matches("/end\"").count();
                assert_eq!(acts > 0, may_act && !report.promotions.is_empty(), "acts are for administrators");
                pages.push(page);
            }
        }
        let choices = Choices {
            operators: vec![(id(1).into(), LONGEST_STORE.to_owned())],
            stores: vec![(id(2).into(), id(1).into(), LONGEST_STORE.to_owned())],
        };
        let typed = ["operator", "name", "percent", "skus", "found", "first_day", "to_time"]
            .map(|field| (field.to_owned(), LONGEST.to_owned()));
        let typed = PromotionTyped::read(Uuid::nil().into(), typed.to_vec()).unwrap();
        pages.extend(
            [PromotionTyped::new(Uuid::nil().into(), TODAY, &choices), typed]
                .map(|typed| form::page(lang, &csrf, &typed, &choices)),
        );
        pages
    });
}

#[test]
fn sign_in() {
    let token = CsrfToken::from_text("f00".to_owned());
    each(|lang| {
        let views = [
            LoginView { account: "", next: None, error: None },
            LoginView { account: LONGEST, next: Some("/sales?period=week&stars=4"), error: Some(LONGEST) },
        ];
        views.map(|view| login::page(&Config::default(), lang, &token, &view)).to_vec()
    });
}
