//! Settlements over several stores with every sample.

use domain::payout::PayoutAccount;
use web::csrf::CsrfToken;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, TODAY, each, id};
use crate::web::joint::page;
use crate::web::joint::report::{JointOfList, JointReport, PaperOfJoint, StoreOfJoint};
use crate::web::owed::account::{AccountOnFile, KeepAccount};
use crate::web::owed::transfer::Transfer;
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
    let report = |owed_vnd, account| OwedReport {
        producer_id: id(2),
        name: LONGEST.to_owned(),
        stores: vec![store(None), store(Some(NOW_MS))],
        owed_vnd,
        payable_vnd: owed_vnd.max(0),
        account,
        joints: vec![joint(1)],
        next_id: id(7),
    };
    each(|lang| {
        let lists = [vec![], vec![producer(0), producer(MOST_VND)]];
        let lists = lists.map(|producers| OwedList {
            joints: vec![joint(producers.len().try_into().unwrap())],
            producers,
        });
        let mut pages: Vec<_> = lists.iter().map(|list| owed::page::list(lang, list)).collect();
        let [account, longest] = AccountOnFile::samples().map(Some);
        for report in [report(MOST_VND, None), report(MOST_VND, longest), report(-MOST_VND, account)] {
            let typed = Typed::new(&report, TODAY);
            let wrongs = [None, Some("amount"), Some("day"), Some("shown")];
            for (wrong, transfer) in wrongs.into_iter().zip(transfers(&report)) {
                pages.push(owed::page::one(lang, &csrf, &report, (&typed, wrong), &transfer));
            }
            for (wrong, typed) in [None, Some("bank"), Some("number")].into_iter().zip(accounts_typed()) {
                pages.push(owed::account::form(lang, &csrf, &report, (&typed, wrong)));
            }
        }
        pages
    });
}

impl AccountOnFile {
    /// As the operator sees it, and the longest as the producer does.
    pub(super) fn samples() -> [Self; 2] {
        let account = |holder: &str, login: Option<&str>| Self {
            operator: LONGEST_STORE.to_owned(),
            bank: "Standard Chartered".to_owned(),
            account_number: "W".repeat(19),
            account_holder: holder.to_owned(),
            account_set_at_ms: NOW_MS,
            account_set_by: login.map(str::to_owned),
        };
        let longest: String = LONGEST.chars().take(80).collect();
        [account("", Some("ketoan")), account(&longest, None)]
    }
}

/// One with its code, where something can be paid; one of an amount that cannot be; and two after a form that was refused.
fn transfers(report: &OwedReport) -> [Transfer; 4] {
    let account = PayoutAccount::read("970405", "4801205012345", "").unwrap();
    let of = |query: &str| {
        let uri = format!("/shops/producers/x?{query}").parse().unwrap();
        let how_much = axum::extract::Query::try_from_uri(&uri).unwrap().0;
        Transfer::of(report, report.account.as_ref().map(|_| &account), &how_much, TODAY)
    };
    let (first, wrong) = (of(""), of("transfer=1.50"));
    assert_eq!(first.code.is_some(), report.account.is_some() && report.payable_vnd > 0);
    assert!(wrong.code.is_none() && wrong.is_wrong);
    [first, wrong, Transfer::refused(report), Transfer::refused(report)]
}

/// The form as it begins with and without an account, and as it was typed.
fn accounts_typed() -> [KeepAccount; 3] {
    let account = PayoutAccount::read("422589", &"W".repeat(19), LONGEST).unwrap();
    [KeepAccount::of(None), KeepAccount::of(Some(&account)), KeepAccount::of(Some(&account))]
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
        adjusted_vnd: -MOST_VND / 4,
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
        adjusted_vnd: MOST_VND / 4,
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
