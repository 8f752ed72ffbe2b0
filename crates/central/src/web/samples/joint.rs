//! Settlements over several stores with every sample.

use web::csrf::CsrfToken;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, TODAY, each, id};
use crate::web::joint::page;
use crate::web::joint::report::{JointOfList, JointReport, PaperOfJoint, StoreOfJoint};
use crate::web::owed::{self, OwedList, OwedProducer, OwedReport, StoreOfOwed, Typed};
use crate::web::producer::settlement::report::RowOfReport;

fn joint(waiting: i64) -> JointOfList {
    JointOfList {
        id: id(9),
        page: "/shops/joint/x".to_owned(),
        number: "TC-261123-7Q3FK".to_owned(),
        producer: LONGEST.to_owned(),
        operator: LONGEST_STORE.to_owned(),
        paid_on: TODAY,
        paid_vnd: MOST_VND,
        waiting,
    }
}

#[test]
fn what_is_owed() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let producer = |on_its_way_vnd| OwedProducer {
        producer_id: id(2),
        name: LONGEST.to_owned(),
        owed_vnd: MOST_VND,
        on_its_way_vnd,
    };
    let store = |heard_at_ms| StoreOfOwed {
        store: LONGEST_STORE.to_owned(),
        owed_vnd: -MOST_VND,
        on_its_way_vnd: MOST_VND,
        heard_at_ms,
    };
    let report = |owed_vnd| OwedReport {
        producer_id: id(2),
        name: LONGEST.to_owned(),
        stores: vec![store(None), store(Some(NOW_MS))],
        owed_vnd,
        payable_vnd: owed_vnd.max(0),
        joints: vec![joint(1)],
    };
    each(|lang| {
        let lists = [vec![], vec![producer(0), producer(MOST_VND)]];
        let lists = lists.map(|producers| OwedList {
            joints: vec![joint(producers.len().try_into().unwrap())],
            producers,
        });
        let mut pages: Vec<_> = lists.iter().map(|list| owed::page::list(lang, list)).collect();
        for report in [report(MOST_VND), report(-MOST_VND)] {
            let typed = Typed::new(id(7), &report, TODAY);
            for wrong in [None, Some("amount"), Some("day"), Some("shown")] {
                pages.push(owed::page::one(lang, &csrf, &report, (&typed, wrong)));
            }
        }
        pages
    });
}

#[test]
fn papers() {
    let row = RowOfReport {
        product_id: id(3),
        name: LONGEST.to_owned(),
        unit: "Hộp 250g".to_owned(),
        sold_milli: 5_000,
        due_vnd: MOST_VND,
        ..RowOfReport::default()
    };
    let paper = |page: Option<String>| PaperOfJoint {
        number: "LS-7Q3F-QT122".to_owned(),
        day: TODAY,
        page,
        seq: 122,
        hash: "4f2a09c1d7e83b56".repeat(4),
        due_vnd: MOST_VND,
        carried_vnd: -MOST_VND / 3,
        paid_vnd: MOST_VND / 2,
    };
    let store = |paper| StoreOfJoint {
        store: LONGEST_STORE.to_owned(),
        owed_vnd: MOST_VND,
        paid_vnd: MOST_VND,
        paper,
    };
    let report = |papers: Vec<Option<PaperOfJoint>>| JointReport {
        joint: joint(papers.iter().filter(|paper| paper.is_none()).count().try_into().unwrap()),
        rows: papers.iter().flatten().map(|_| row.clone()).collect(),
        due_vnd: MOST_VND,
        carried_vnd: -MOST_VND,
        recorded_vnd: MOST_VND / 3,
        hash: papers.iter().all(Option::is_some).then(|| "0f".repeat(32)),
        stores: papers.into_iter().map(store).collect(),
    };
    each(|lang| {
        let all = [
            vec![None, None],
            vec![Some(paper(None)), Some(paper(Some("/me/settlements/x/122".to_owned())))],
        ];
        all.map(|papers| page::main(lang, &report(papers), "/shops/joint/x.xlsx")).to_vec()
    });
}
