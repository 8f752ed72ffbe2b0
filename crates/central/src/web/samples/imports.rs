//! Pages of imports with every sample.

use std::collections::BTreeMap;

use domain::product_list::{Cell, Columns, Field, Outcome};
use domain::tax::TaxClass;
use web::csrf::CsrfToken;
use web::fragment::Tone;

use super::{LONGEST, LONGEST_STORE, MOST_VND, NOW_MS, each, id};
use crate::db::imports::{Import, Layout, NewDefaults, Status};
use crate::imports::judgement::{ChangeDetail, LikelyDetail, ProblemDetail, RowDetail};
use crate::web::imports::columns::Shown as ColumnsShown;
use crate::web::imports::list::{self, Typed};
use crate::web::imports::preview::{Shown, View};
use crate::web::imports::report::{
    ImportOfReport, ImportReport, ImportsReport, RowOfReport, VanishedOfReport,
};
use crate::web::imports::result;
use crate::web::provisional::form::Choices;

/// Every reason that a row can be wrong for.
const REASONS: [&str; 25] = [
    "missing",
    "too_long",
    "no_day",
    "days_turned",
    "no_stars",
    "stars_elsewhere",
    "no_price",
    "no_level",
    "no_points",
    "no_group",
    "group_ended",
    "level_ended",
    "criteria_later",
    "no_category",
    "no_barcode",
    "rounded",
    "lost_zeros",
    "wrong_check_digit",
    "twice",
    "other_producer",
    "two_products",
    "retired",
    "other_stars",
    "several_producers",
    "another",
];

fn import(status: &str) -> ImportOfReport {
    let is_applied = status == "applied";
    let counts = Outcome::ALL.map(|outcome| (outcome.code().to_owned(), 20_000));
    ImportOfReport {
        import_id: id(1),
        source: LONGEST_STORE.to_owned(),
        file_name: format!("{LONGEST}.xlsx"),
        file_sha256: "f".repeat(64),
        file_bytes: 8_388_608,
        status: status.to_owned(),
        brought_by: "quantri".to_owned(),
        brought_at_ms: NOW_MS,
        applied_by: is_applied.then(|| "quantri".to_owned()),
        applied_at_ms: is_applied.then_some(NOW_MS),
        counts: if status == "brought" { BTreeMap::new() } else { counts.into() },
        applied_count: 20_000,
    }
}

fn row(number: u32, outcome: Outcome) -> RowOfReport {
    let some = || Some(LONGEST.to_owned());
    let likely = |number| LikelyDetail {
        product_id: id(number),
        sku: "OC00001".to_owned(),
        name: LONGEST.to_owned(),
        unit: LONGEST.to_owned(),
        price_vnd: (number > 1).then_some(MOST_VND),
        producer: (number > 1).then(|| LONGEST_STORE.to_owned()),
    };
    let changes = Field::ALL.map(|field| ChangeDetail {
        field: field.code().to_owned(),
        before: if field == Field::Group { "food".to_owned() } else { String::new() },
        after: LONGEST.to_owned(),
    });
    let problems = REASONS.map(|why| ProblemDetail {
        field: "barcode".to_owned(),
        why: why.to_owned(),
        about: Some(LONGEST.to_owned()),
    });
    RowOfReport {
        row: number,
        outcome: outcome.code().to_owned(),
        product_id: Some(id(7)),
        is_applied: number.is_multiple_of(2),
        detail: RowDetail {
            name: LONGEST.to_owned(),
            unit: some(),
            price_vnd: Some(MOST_VND),
            group: some(),
            producer: some(),
            commune: some(),
            barcode: some(),
            sku: some(),
            category: Some("ocop".to_owned()),
            stars: Some(5),
            decision_number: some(),
            decided_on: Some("2026-11-23".to_owned()),
            last_day: Some("2029-11-23".to_owned()),
            issuer: some(),
            level: Some("nation".to_owned()),
            points_hundredths: Some(9_850),
            criteria: some(),
            group_printed: some(),
            is_decided_anew: true,
            problems: problems.to_vec(),
            changes: changes.to_vec(),
            likely: vec![likely(1), likely(2)],
        },
    }
}

fn report(status: &str) -> ImportReport {
    let gone = VanishedOfReport {
        product_id: id(3),
        sku: "OC00001".to_owned(),
        name: LONGEST.to_owned(),
        producer: LONGEST_STORE.to_owned(),
    };
    let empty = RowOfReport { detail: RowDetail::default(), ..row(20_000, Outcome::New) };
    ImportReport {
        import: import(status),
        rows: (1..).zip(Outcome::ALL).map(|(number, outcome)| row(number, outcome)).chain([empty]).collect(),
        page: 2,
        pages: 400,
        vanished: vec![gone],
        vanished_count: 1,
    }
}

#[test]
fn imports() {
    let csrf = CsrfToken::from_text("f00".to_owned());
    let groups = vec![("food".to_owned(), "Thực phẩm".to_owned())];
    each(|lang| {
        let all = ImportsReport {
            imports: ["brought", "judged", "applied"].map(import).to_vec(),
            page: 1,
            pages: 2,
        };
        let none = ImportsReport { imports: Vec::new(), page: 1, pages: 1 };
        let typed = Typed { source: LONGEST.to_owned(), wrong: Some(LONGEST.to_owned()) };
        let mut pages =
            vec![list::page(lang, &csrf, &all, &typed), list::page(lang, &csrf, &none, &Typed::default())];
        for status in ["judged", "applied"] {
            let full = report(status);
            let none = ImportReport { rows: Vec::new(), vanished: Vec::new(), pages: 1, ..report(status) };
            for report in [&full, &none] {
                for shown in [Shown::All, Shown::Only(Outcome::Wrong), Shown::Vanished] {
                    let told = Some((Tone::Good, LONGEST.to_owned()));
                    let chosen = &Outcome::APPLIED;
                    let page =
                        View { lang, csrf: &csrf, report, shown, groups: &groups, chosen, told }.render();
                    let acts = page.clone().into_string().matches("<form").count();
                    assert_eq!(acts > 0, status == "judged", "what is applied stays as it is");
                    pages.push(page);
                }
            }
            assert!(
                result::sheets(lang, &full, &groups).iter().all(|sheet| sheet.name.chars().count() <= 31)
            );
        }
        pages.push(columns().page(lang, &csrf));
        pages
    });
}

fn columns() -> ColumnsShown {
    let defaults =
        NewDefaults { unit: LONGEST.to_owned(), group: "food".to_owned(), tax_class: TaxClass::Standard };
    let layout = Layout {
        sheet: 0,
        head_row: 3,
        head_rows: 2,
        columns: Columns::from_code("name=1 price=2").unwrap(),
    };
    let import = Import {
        id: id(1),
        source: LONGEST_STORE.to_owned(),
        file_name: LONGEST.to_owned(),
        file_hash: protocol::Hash::ZERO,
        file_bytes: 1,
        sheets: vec![LONGEST.to_owned(), "Sheet2".to_owned()],
        layout: Some(layout.clone()),
        defaults: defaults.clone(),
        status: Status::Judged,
        brought_by: "quantri".to_owned(),
        brought_at_ms: NOW_MS,
        applied: None,
    };
    let line =
        |number| (number, vec![Cell::Empty, Cell::of_text(LONGEST), Cell::Number("120000".to_owned())]);
    let choices = Choices { groups: vec![("food".to_owned(), "Thực phẩm".to_owned())] };
    ColumnsShown {
        import,
        rows: (3..9).map(line).collect(),
        layout,
        defaults,
        wrong: Some(LONGEST.to_owned()),
        choices,
    }
}
