//! A producer's settlements with every sample.

use web::csrf::CsrfToken;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, TODAY, each, id};
use crate::answers::Standing;
use crate::web::producer::settlement::page::{Told, Typed, View};
use crate::web::producer::settlement::report::{RowOfReport, SettlementReport};
use crate::web::producer::settlements::{self, PaperOfReport, SettlementList};

impl PaperOfReport {
    /// A settlement in each standing, and a payment.
    pub(super) fn samples(store: &str, vnd: i64) -> Vec<Self> {
        let paper = |standing: Option<Standing>| Self {
            store: store.to_owned(),
            operator: store.to_owned(),
            number: "LS-7Q3F-QT122".to_owned(),
            day: TODAY,
            page: standing.map(|_| "/me/settlements/x/122".to_owned()),
            standing,
            due_vnd: vnd,
            carried_vnd: -vnd / 3,
            paid_vnd: vnd / 2,
        };
        let all = [Standing::Sent, Standing::Confirmed, Standing::Disputed, Standing::Agreed];
        all.map(Some).into_iter().chain([None]).map(paper).collect()
    }
}

impl SettlementReport {
    /// One in each standing, without rows, and with rows of which the first has its dispute.
    fn samples(name: &str, store: &str, vnd: i64) -> Vec<Self> {
        let row = |number: u128| RowOfReport {
            product_id: id(number),
            name: name.to_owned(),
            unit: "Hộp 250g".to_owned(),
            opening_milli: -1_250,
            received_milli: 12_000,
            sold_milli: 5_000,
            commission_ppm: vec![100_000, 125_000],
            commission_vnd: vnd / 10,
            due_vnd: vnd,
            dispute: (number == 1).then(|| LONGEST.to_owned()),
            ..RowOfReport::default()
        };
        let mut papers = PaperOfReport::samples(store, vnd);
        papers.retain(|paper| paper.page.is_some());
        let report = |paper: PaperOfReport| {
            let is_disputed = paper.standing == Some(Standing::Disputed);
            Self {
                paper,
                rows: if is_disputed { (1..4).map(row).collect() } else { Vec::new() },
                dispute: is_disputed.then(|| LONGEST.to_owned()),
                silent_until_ms: NOW_MS,
            }
        };
        papers.into_iter().map(report).collect()
    }
}

#[test]
fn lists() {
    each(|lang| {
        let samples = [
            vec![],
            PaperOfReport::samples("Lý Sơn", 1_250_000),
            PaperOfReport::samples(LONGEST_STORE, MOST_VND),
        ];
        samples
            .map(|papers| settlements::main(lang, "/me", &SettlementList { papers, joints: Vec::new() }))
            .to_vec()
    });
}

#[test]
fn pages_ask_only_while_there_is_something_to_say() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let wrong = Typed { id: id(7), product: id(2).to_string(), words: LONGEST.repeat(4), is_wrong: true };
    each(|lang| {
        let mut pages = Vec::new();
        for (name, store, vnd) in [("Tỏi đen", "Lý Sơn", 1_250_000), (LONGEST, LONGEST_STORE, MOST_VND)]
        {
            for report in &SettlementReport::samples(name, store, vnd) {
                for (told, typed) in [
                    (Told::Nothing, &wrong),
                    (Told::Confirmed, &Typed::new(id(7))),
                    (Told::Disputed, &Typed::new(id(7))),
                ] {
                    let page = View { lang, csrf: Some(&csrf), report, typed, told }.render();
                    let text = page.clone().into_string();
                    let forms = match report.paper.standing {
                        Some(Standing::Sent) => 2,
                        Some(Standing::Disputed) => 1,
                        _ => 0,
                    };
                    assert_eq!(text.matches("<form").count(), forms, "{text}");
                    // What was disputed is no choice any more.
                    assert!(!text.contains(&format!("value=\"{}\"", id(1))), "{text}");
                    pages.push(page);
                }
            }
        }
        pages
    });
}
