//! A producer's settlements with every sample.

use web::csrf::CsrfToken;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, TODAY, each, id};
use crate::answers::Standing;
use crate::web::owed::account::AccountOnFile;
use crate::web::producer::settlement::page::{Told, Typed, View};
use crate::web::producer::settlement::report::{
    AdjustedOfReport, AdvanceOfReport, AttachedOfReport, DisputedRow, RowOfReport, SettlementReport,
    SignatureOfReport, TalkOfReport,
};
use crate::web::producer::settlements::{self, PaperOfReport, SettlementList};
use crate::web::shop_settlements::page::{self, Typed as ShopTyped, View as ShopView};
use crate::web::shop_settlements::{ShopSettlement, ShopSettlements};

impl PaperOfReport {
    /// A settlement in each standing, a payment, and what puts either right.
    pub(super) fn samples(store: &str, vnd: i64) -> Vec<Self> {
        let paper = |standing: Option<Standing>| Self {
            store: store.to_owned(),
            operator: store.to_owned(),
            producer: store.to_owned(),
            number: "LS-7Q3F-QT122".to_owned(),
            day: TODAY,
            page: standing.map(|_| "/me/settlements/x/122".to_owned()),
            standing,
            due_vnd: vnd,
            carried_vnd: -vnd / 3,
            paid_vnd: vnd / 2,
            adjusted_vnd: 0,
            corrected_number: None,
            correction_reason: None,
        };
        let correction = |number: &str, adjusted_vnd, paid_vnd| Self {
            adjusted_vnd,
            paid_vnd,
            corrected_number: Some(number.to_owned()),
            correction_reason: Some(LONGEST.to_owned()),
            ..paper(None)
        };
        let all = [
            Standing::Sent,
            Standing::Confirmed,
            Standing::Disputed,
            Standing::Answered,
            Standing::Signed,
            Standing::Agreed,
        ];
        let corrections = [correction("LS-7Q3F-QT122", -vnd / 5, 0), correction("", 0, -vnd / 2)];
        all.map(Some).into_iter().chain([None]).map(paper).chain(corrections).collect()
    }
}

impl AdjustedOfReport {
    /// More and less, with the longest reason; a payment that came back, of which central does not know.
    fn samples(vnd: i64) -> Vec<Self> {
        let row = |adjusted_vnd, number: &str, is_taken_back| Self {
            number: "LS-7Q3F-DN131".to_owned(),
            day: TODAY,
            corrected_number: number.to_owned(),
            adjusted_vnd,
            is_taken_back,
            correction_reason: LONGEST.to_owned(),
        };
        vec![row(vnd, "LS-7Q3F-QT122", false), row(-vnd / 5, "LS-7Q3F-QT122", false), row(vnd, "", true)]
    }
}

impl AdvanceOfReport {
    fn sample(paid_vnd: i64) -> Self {
        Self { number: "LS-7Q3F-TT124".to_owned(), day: TODAY, paid_vnd }
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
            let is_replied = paper.standing == Some(Standing::Answered);
            let is_disputed = is_replied || paper.standing == Some(Standing::Disputed);
            let is_signed = paper.standing == Some(Standing::Signed);
            let talk = |talk_kind: &str| TalkOfReport {
                talk_kind: talk_kind.to_owned(),
                talk_words: LONGEST.to_owned(),
                talked_at_ms: NOW_MS,
            };
            let disputed = |number: Option<u128>, figure: Option<&str>| DisputedRow {
                product_id: number.map(id),
                name: number.map(|_| name.to_owned()),
                figure: figure.map(str::to_owned),
                figure_told: figure.map(|_| vnd),
                figure_claimed: figure.map(|_| vnd / 2),
                talk: ["disputed", "as_told", "insisted", "next_one"].map(talk).to_vec(),
                is_replied,
            };
            let rows = [(None, Some("due")), (Some(1), Some("sold"))];
            Self {
                is_open: is_disputed || paper.standing == Some(Standing::Sent),
                disputed_rows: rows
                    .into_iter()
                    .filter(|_| is_disputed)
                    .map(|(number, figure)| disputed(number, figure))
                    .collect(),
                accepted_at_ms: (paper.standing == Some(Standing::Confirmed)).then_some(NOW_MS),
                signature: is_signed.then(|| SignatureOfReport {
                    signer: LONGEST.to_owned(),
                    signed_paper_on: Some(TODAY),
                    signed_at_ms: NOW_MS,
                }),
                attached: [true, false]
                    .map(|is_operators| AttachedOfReport {
                        attached_page: "/me/settlements/x/122/papers/y".to_owned(),
                        is_operators,
                        attached_at_ms: NOW_MS,
                    })
                    .to_vec(),
                adjusted: AdjustedOfReport::samples(vnd),
                advances: vec![AdvanceOfReport::sample(vnd); 2],
                corrected_by: if is_replied { AdjustedOfReport::samples(vnd) } else { Vec::new() },
                rows: if is_disputed { (1..4).map(row).collect() } else { Vec::new() },
                dispute: is_disputed.then(|| LONGEST.to_owned()),
                silent_until_ms: NOW_MS,
                paper,
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
            .map(|papers| {
                let accounts = papers.first().into_iter().flat_map(|_| AccountOnFile::samples()).collect();
                settlements::main(lang, "/me", &SettlementList { papers, joints: Vec::new(), accounts })
            })
            .to_vec()
    });
}

#[test]
fn pages_ask_only_while_there_is_something_to_say() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let wrong = Typed {
        product: id(2).to_string(),
        words: LONGEST.repeat(4),
        figure: "sold".to_owned(),
        claimed: "4".to_owned(),
        wrong: Some("figure"),
        ..Typed::new(id(7))
    };
    each(|lang| {
        let mut pages = Vec::new();
        for (name, store, vnd) in [("Tỏi đen", "Lý Sơn", 1_250_000), (LONGEST, LONGEST_STORE, MOST_VND)]
        {
            for report in &SettlementReport::samples(name, store, vnd) {
                for (told, typed) in [
                    (Told::Nothing, &wrong),
                    (Told::Confirmed, &Typed::new(id(7))),
                    (Told::Disputed, &Typed::new(id(7))),
                    (Told::NotTaken, &Typed::new(id(7))),
                ] {
                    let wrong_file = typed.wrong.map(|_| LONGEST);
                    let page = View { lang, csrf: Some(&csrf), report, typed, told, wrong_file }.render();
                    let text = page.clone().into_string();
                    let forms = match report.paper.standing {
                        Some(Standing::Sent) => 2,
                        Some(Standing::Disputed) => 2,
                        // To confirm, to dispute another row, to insist on each of two, and for a photograph.
                        Some(Standing::Answered) => 5,
                        _ => 0,
                    };
                    assert_eq!(text.matches("<form").count(), forms, "{text}");
                    // What was disputed is no choice any more.
                    assert!(!text.contains(&format!("option value=\"{}\"", id(1))), "{text}");
                    pages.push(page);
                }
            }
        }
        pages
    });
}

#[test]
fn pages_of_an_operator_answer_and_sign() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let empty = ShopTyped { id: id(7), day: TODAY.to_string(), ..ShopTyped::default() };
    let wrong = |field| ShopTyped {
        wrong: Some(field),
        product: id(1).to_string(),
        outcome: "as_told".to_owned(),
        words: LONGEST.repeat(4),
        signer: LONGEST.to_owned(),
        wrong_file: Some(LONGEST.to_owned()),
        ..empty.clone()
    };
    let done = |done: &str| ShopTyped { done: Some(done.to_owned()), ..empty.clone() };
    let forms =
        [wrong("words"), wrong("signer"), wrong("day"), done("replied"), done("signed"), done("attached")];
    each(|lang| {
        let mut pages = Vec::new();
        for (name, store, vnd) in [("Tỏi đen", "Lý Sơn", 1_250_000), (LONGEST, LONGEST_STORE, MOST_VND)]
        {
            for report in &SettlementReport::samples(name, store, vnd) {
                for typed in &forms {
                    let page = ShopView { lang, csrf: &csrf, report, typed }.render();
                    let text = page.clone().into_string();
                    // A photograph can always be added.
                    let forms = match report.paper.standing {
                        Some(Standing::Disputed) => 3,
                        Some(Standing::Sent | Standing::Answered | Standing::Agreed) => 2,
                        _ => 1,
                    };
                    assert_eq!(text.matches("<form").count(), forms, "{text}");
                    pages.push(page);
                }
            }
            let settlements = PaperOfReport::samples(store, vnd).into_iter().map(|paper| ShopSettlement {
                disputed_days: (paper.standing == Some(Standing::Disputed)).then_some(12),
                paper,
            });
            let page_after = Some("0190d5a0/122".to_owned());
            pages.push(page::list(
                lang,
                &ShopSettlements { settlements: settlements.collect(), page_after },
                true,
            ));
        }
        pages.push(page::list(lang, &ShopSettlements { settlements: Vec::new(), page_after: None }, false));
        pages
    });
}
