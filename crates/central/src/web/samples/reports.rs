//! The department's report: empty, usual, and with the longest texts; open, refused and sealed.

use domain::report_period::{Cutoff, ReportPeriod};
use maud::PreEscaped;
use time::macros::date;
use web::csrf::CsrfToken;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, TODAY, each, id};
use crate::config::Reports;
use crate::db::reports::SavedTemplate;
use crate::web::reports::form::Typed;
use crate::web::reports::list::Periods;
use crate::web::reports::page::View;
use crate::web::reports::report::{
    CampaignOfReport, ConsignedOfReport, FreshProduct, KindOnSale, LapsingOfReport, MovesOfReport, OnSale,
    PaidOfReport, PieceOfReport, PointOfReport, PromotedOfReport, Reach, Report, SalesOfReport, SoldOfReport,
    Span, Stopped, Traffic,
};
use crate::web::reports::shown::{Later, LaterOfStore, SealOfReport, Shown, SignedOfReport};
use crate::web::reports::signing::TypedSignature;
use crate::web::reports::template::{NAMES, Template, Wrong};
use crate::web::reports::template_form::TemplateView;
use crate::web::reports::words::WordsOfReport;
use crate::web::reports::{docx, slides};
use crate::web::sales::freshness::Freshness;

fn span(is_known: bool) -> Span {
    Span { from: date!(2026 - 09 - 15), to: date!(2026 - 12 - 14), is_known }
}

fn report(rows: usize) -> Report {
    fn several<T: Clone>(row: T, rows: usize) -> Vec<T> {
        vec![row; rows]
    }
    let (name, producer) = (LONGEST.to_owned(), Some(LONGEST.to_owned()));
    let store = LONGEST_STORE.to_owned();
    let sold = SoldOfReport {
        key: "ocop".to_owned(),
        name: name.clone(),
        unit: Some("Hộp 250g".to_owned()),
        quantity_milli: 1_250,
        product_count: Some(12_345),
        receipt_count: None,
        revenue_vnd: MOST_VND,
        previous_vnd: 0,
        last_year_vnd: 1,
    };
    let piece = PieceOfReport {
        from: date!(2026 - 09 - 15),
        to: TODAY,
        revenue_vnd: MOST_VND,
        previous_vnd: -1,
        last_year_vnd: 1,
    };
    let kind = KindOnSale {
        category: None,
        group: Some("Dược liệu và sản phẩm từ dược liệu".to_owned()),
        stars: Some(4),
        commune: String::new(),
        product_count: 7,
    };
    let lapsing = LapsingOfReport {
        name: name.clone(),
        producer: producer.clone(),
        category: Some("ocop".to_owned()),
        stars: Some(3),
        decision: "1898/QĐ-UBND".to_owned(),
        lapses_on: date!(2027 - 01 - 31),
        within_days: 90,
    };
    let promoted = PromotedOfReport {
        name: name.clone(),
        operator: store.clone(),
        store: None,
        first_day: TODAY,
        last_day: TODAY,
        quantity_milli: 5,
        line_count: Some(1_234),
        revenue_vnd: 1,
        off_vnd: MOST_VND,
    };
    let traffic = Traffic { store_id: id(5), store: store.clone(), ..Traffic::default() };
    Report {
        period: "2026-q4".to_owned(),
        days_of: span(true),
        previous: span(rows > 0),
        last_year: span(rows > 1),
        made_at_ms: NOW_MS,
        freshness: Freshness {
            as_of_ms: (rows > 0).then_some(NOW_MS),
            reported: 0,
            stores: rows,
            notices: Vec::new(),
        },
        reach: several(
            Reach {
                store: store.clone(),
                heard_at_ms: None,
                is_complete: false,
                suspended_count: 1_234,
                suspended_vnd: MOST_VND,
            },
            rows,
        ),
        points: several(
            PointOfReport {
                store: store.clone(),
                address: name.clone(),
                commune: "Đặc khu Lý Sơn".to_owned(),
                operator: store.clone(),
                decision_number: name.clone(),
                decided_on: Some(TODAY),
                funding: name.clone(),
                closed_on: Some(TODAY),
            },
            rows,
        ),
        on_sale: OnSale {
            on: TODAY,
            product_count: 0,
            producer_count: 0,
            kinds: several(kind, rows),
            fresh: several(FreshProduct { name: name.clone(), producer: None, since: TODAY }, rows),
            stopped: several(Stopped { name, producer, previous_vnd: MOST_VND }, rows),
            lapsing: several(lapsing, rows),
        },
        sold: SalesOfReport {
            total: sold.clone(),
            ocop: SoldOfReport::default(),
            by_product: several(sold.clone(), rows),
            by_producer: several(sold.clone(), rows),
            by_category: several(sold.clone(), rows),
            by_group: several(sold.clone(), rows),
            by_stars: several(sold.clone(), rows),
            by_commune: several(sold.clone(), rows),
            by_store: several(sold, rows),
            over_time: several(piece, rows.min(13)),
        },
        traffic: several(Traffic { receipt_count: 3, ..traffic }, rows),
        campaigns: several(
            CampaignOfReport {
                name: LONGEST.to_owned(),
                kind: "tasting".to_owned(),
                first_day: TODAY,
                last_day: TODAY,
                cost_vnd: MOST_VND,
                is_of_period: true,
                result: "Chưa đủ chắc để kết luận: +1.234 % (từ −100 % đến +9.999 %); chưa xong".to_owned(),
            },
            rows,
        ),
        producers_paid: (rows > 0)
            .then_some(PaidOfReport { producers_paid_vnd: MOST_VND, producers_paid_count: 1_234 }),
        promoted: several(promoted, rows),
        consigned: several(
            ConsignedOfReport {
                operator: store,
                by_move: Some(MovesOfReport { consigned_vnd: MOST_VND, ..MovesOfReport::default() }),
                ..ConsignedOfReport::default()
            },
            rows,
        ),
    }
}

/// As it was sealed before products and moves were counted.
fn older(mut report: Report) -> Report {
    report.sold.total.product_count = None;
    report.consigned.iter_mut().for_each(|row| row.by_move = None);
    report.promoted.iter_mut().for_each(|row| row.line_count = None);
    report
}

#[test]
fn reports() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let saved = WordsOfReport {
        difficulties: LONGEST.repeat(20),
        recipients: format!("{LONGEST}\n{LONGEST_STORE}"),
        signed_on: Some(TODAY),
        signer_name: LONGEST.to_owned(),
        saved_at_ms: Some(NOW_MS),
        saved_by: Some("ngan".to_owned()),
        ..WordsOfReport::default()
    };
    let later = LaterOfStore { store: LONGEST_STORE.to_owned(), difference_vnd: -1, difference_count: -1 };
    let later =
        Later { until_ms: Some(NOW_MS), difference_vnd: -1, difference_count: -1, by_store: vec![later] };
    let seal = |later| SealOfReport {
        sealed_at_ms: NOW_MS,
        sealed_by: "ngan".to_owned(),
        sha256: "ab".repeat(32),
        signed: None,
        later,
    };
    let signed = SignedOfReport {
        number: LONGEST.to_owned(),
        signed_on: TODAY,
        signer_title: LONGEST.to_owned(),
        signer_name: LONGEST.to_owned(),
        recorded_at_ms: NOW_MS,
        recorded_by: "ngan".to_owned(),
    };
    let proposed = Some(saved.clone());
    let template = || Template { opening: LONGEST.repeat(3), ..Template::original(&Reports::default()) };
    let versions = [SavedTemplate { saved_at_ms: NOW_MS, saved_by: "ngan".to_owned(), body: String::new() }];
    let reports = [
        Shown {
            report: report(0),
            words: WordsOfReport::default(),
            proposed,
            template: template(),
            seal: None,
        },
        Shown { report: report(1), words: saved.clone(), proposed: None, template: template(), seal: None },
        Shown {
            report: report(45),
            words: saved.clone(),
            proposed: None,
            template: template(),
            seal: Some(seal(Later::default())),
        },
        Shown {
            report: older(report(2)),
            words: saved,
            proposed: None,
            template: template(),
            seal: Some(SealOfReport { signed: Some(signed), ..seal(later) }),
        },
    ];
    let signature = TypedSignature::default();
    each(|lang| {
        let mut pages = Vec::new();
        for (shown, is_over) in reports.iter().zip([false, true, true, true]) {
            let paper = shown.paper(&Reports::default());
            assert!(docx::write(&paper).unwrap().starts_with(b"PK"));
            let file = slides::render(shown, &paper);
            assert_eq!(file.matches("<section").count(), 5);
            let wrong = [
                ("subject".to_owned(), Wrong::Empty),
                ("opening".to_owned(), Wrong::Unknown(LONGEST.to_owned())),
            ];
            for (faults, told, paper) in [(&[][..], Some("ok"), Some(&paper)), (&wrong[..], None, None)] {
                let (template, versions) = (&shown.template, &versions[..]);
                let view = TemplateView {
                    may_write: true,
                    lang,
                    csrf: &csrf,
                    template,
                    faults,
                    paper,
                    versions,
                    told,
                };
                // Braces around the names that may be typed are no text that was left unfilled.
                let page = view.render().into_string();
                pages.push(PreEscaped(NAMES.iter().fold(page, |page, name| page.replace(name, ""))));
            }
            let typed = Typed::of(shown.to_type());
            for (is_refused, is_kept) in [(false, true), (true, false)] {
                let view = View {
                    may_write: true,
                    lang,
                    csrf: &csrf,
                    shown,
                    paper: &paper,
                    typed: &typed,
                    is_refused,
                    is_kept,
                    is_over,
                    signature: is_refused.then_some(&signature),
                    today: TODAY,
                };
                let page = view.render();
                let may_seal = page.clone().into_string().contains("/seal\"");
                assert_eq!(may_seal, is_over && shown.seal.is_none(), "only what is over and open is sealed");
                let may_sign = page.clone().into_string().contains("/sign\"");
                let is_unsigned = shown.seal.as_ref().is_some_and(|seal| seal.signed.is_none());
                assert_eq!(may_sign, is_unsigned, "only what was sealed without number and date gets them");
                pages.push(page);
            }
        }
        for (year, cutoff) in [(2026, Cutoff::Decree09), (2025, Cutoff::Calendar), (2199, Cutoff::Calendar)] {
            let periods = Periods::of(year, cutoff, TODAY, &["2026-q3".to_owned()]);
            pages.extend([true, false].map(|may_audit| periods.render(lang, TODAY, may_audit)));
        }
        pages
    });
}

#[test]
fn the_latest_period_that_is_over_stands_first() {
    let periods = Periods::of(2026, Cutoff::Decree09, date!(2026 - 12 - 15), &[]);
    let codes: Vec<&str> = periods.periods.iter().map(|row| row.period.as_str()).take(3).collect();
    assert_eq!(codes, ["2026-y", "2026-q4", "2026-m12"]);
    let months = periods.periods.iter().filter_map(|row| ReportPeriod::from_code(&row.period)).count();
    assert_eq!(months, 19, "all of the year have begun");
}
