use proptest::prelude::*;
use time::macros::date;
use uuid::Uuid;

use super::super::{Cell, Columns, Vocabulary, read_row};
use super::*;
use crate::Money;
use crate::catalog::Recognition;

const TODAY: Date = date!(2026 - 11 - 23);

fn known(number: u128, name: &str, producer: &str) -> KnownProduct {
    KnownProduct {
        id: ProductId::from_uuid(Uuid::from_u128(number)),
        sku: format!("OC{number:03}"),
        barcodes: Vec::new(),
        name: name.to_owned(),
        unit: "Hộp".to_owned(),
        price: Some(Money::new(120_000)),
        group: Some("food".to_owned()),
        producer: Some(producer.to_owned()).filter(|name| !name.is_empty()),
        commune: String::new(),
        is_active: true,
        recognitions: vec![Recognition::ocop(Stars::new(3).unwrap(), date!(2024 - 05 - 01))],
    }
}

fn catalogue() -> Catalogue {
    let garlic = KnownProduct {
        barcodes: vec!["8938500000010".to_owned()],
        ..known(1, "Tỏi đen Lý Sơn", "HTX Lý Sơn")
    };
    let retired = KnownProduct { is_active: false, ..known(4, "Quế thanh", "HTX Trà Bồng") };
    let products =
        vec![garlic, known(2, "Nước mắm Mười Quý", "Cơ sở Mười Quý"), known(3, "Muối hầm", ""), retired];
    Catalogue::new(
        products,
        &["HTX Lý Sơn".to_owned(), "Cơ sở Mười Quý".to_owned(), "HTX Trà Bồng".to_owned()],
    )
}

fn columns() -> Columns {
    let code =
        "sku=0 name=1 producer=2 stars=3 decision_number=4 decision_day=5 price=6 unit=7 barcode=8 commune=9";
    Columns::from_code(code).unwrap()
}

fn read(list: &str) -> Vec<(u32, ReadRow)> {
    let row = |line: &str| {
        let cells: Vec<Cell> = line.split(';').map(Cell::of_text).collect();
        read_row(&cells, &columns(), &Vocabulary::default())
    };
    (1..).zip(list.lines().map(row)).collect()
}

fn judged_with(list: &str, decisions: &[(u32, Decision)]) -> Judgement {
    let defaults = Defaults { unit: "Gói".to_owned(), group: "food".to_owned() };
    judge(read(list), &catalogue(), &decisions.iter().copied().collect(), &defaults, TODAY)
}

fn outcomes(list: &str) -> Vec<Outcome> {
    judged_with(list, &[]).rows.into_iter().map(|row| row.outcome).collect()
}

fn one(list: &str) -> Judged {
    judged_with(list, &[]).rows.remove(0)
}

#[test]
fn each_row_has_its_outcome() {
    let list = "\
;Tỏi đen Lý Sơn;HTX Lý Sơn;4 sao;QĐ 9;01/06/2026;;Hộp
;Nước mắm Mười Quý;Cơ sở Mười Quý;3;QĐ 8;01/06/2026;;
OC003;Muối hầm;;3;;01/05/2024;120.000;
;Rượu cần;HTX Ba Tơ;3;QĐ 7;01/06/2026;250.000;Chai
;Tỏi;HTX Lý Sơn;9;;;;
;;;;;;;
OC004;Quế thanh;;;;;5.000;";
    use Outcome::*;
    assert_eq!(outcomes(list), [Raised, Renewed, Unchanged, New, Wrong, Aside, Wrong]);
    let rows = judged_with(list, &[]).rows;
    assert_eq!(rows[6].problems[0].why, Why::Retired("Quế thanh".to_owned()));
    assert!(rows[0].is_decided_anew && !rows[2].is_decided_anew && rows[3].is_decided_anew);
}

#[test]
fn what_differs_is_said_with_both_values() {
    let row = one("OC001;Tỏi đen cô đơn Lý Sơn;HTX Lý Sơn;;;;150.000;Hộp 200 g;8938500000027;Đặc khu Lý Sơn");
    assert_eq!(row.outcome, Outcome::Changed);
    let said: Vec<_> = row.changes.iter().map(|c| (c.field, c.before.as_str(), c.after.as_str())).collect();
    assert_eq!(
        said,
        [
            (Field::Name, "Tỏi đen Lý Sơn", "Tỏi đen cô đơn Lý Sơn"),
            (Field::Unit, "Hộp", "Hộp 200 g"),
            (Field::Price, "120.000 ₫", "150.000 ₫"),
            (Field::Commune, "", "Đặc khu Lý Sơn"),
            (Field::Barcode, "8938500000010", "8938500000027"),
        ]
    );
}

#[test]
fn another_spelling_takes_nothing_from_a_name() {
    for (line, outcome) in [
        ("OC001;TOI DEN LY SON;;;;;;", Outcome::Unchanged),
        ("OC001;TỎI ĐEN  LÝ SƠN;;;;;;Hộp", Outcome::Unchanged),
        ("OC001;Tỏi đen Lý Sơn loại 1;;;;;;", Outcome::Changed),
    ] {
        assert_eq!(one(line).outcome, outcome, "{line}");
    }
    let plain = Catalogue::new(vec![known(9, "Toi den", "A")], &[]);
    let judged =
        judge(read("OC009;Tỏi đen;;;;;1.000;"), &plain, &HashMap::new(), &Defaults::default(), TODAY);
    assert_eq!(judged.rows[0].changes[0].after, "Tỏi đen");
}

#[test]
fn what_only_looks_the_same_waits_for_a_person() {
    for line in [
        ";TOI DEN LY SON;HTX Lý Sơn;;;;1.000;",
        ";Tỏi đen Lý Sơm;HTX Lý Sơn;;;;1.000;",
        ";Tỏi đen Lý Sơn;;;;;1.000;",
        ";Tỏi đen Lý Sơn;HTX An Hải;;;;1.000;",
        ";Tỏi đen Lý Sơn;HTX Lý Sơn;;;;1.000;Túi 1 kg",
    ] {
        let row = one(line);
        assert_eq!((row.outcome, row.likely.len(), row.product), (Outcome::Likely, 1, None), "{line}");
    }
    let line = ";Tỏi đen Lý Sơm;HTX Lý Sơn;;;;1.000;";
    let id = catalogue().products()[0].id;
    for (decision, outcome) in [
        (Decision::Is(id), Outcome::Changed),
        (Decision::New, Outcome::New),
        (Decision::LeaveOut, Outcome::LeftOut),
        // No such product any more: asked again.
        (Decision::Is(ProductId::from_uuid(Uuid::nil())), Outcome::Likely),
    ] {
        assert_eq!(judged_with(line, &[(1, decision)]).rows[0].outcome, outcome, "{decision:?}");
    }
}

#[test]
fn the_same_twice_is_told_at_the_second_row() {
    for (list, field) in [
        ("OC001;Tỏi đen Lý Sơn;;;;;1.000;\n;Tỏi đen Lý Sơn;HTX Lý Sơn;;;;1.000;Hộp", Field::Name),
        (";Trà;A;;;;1.000;\n;TRÀ;A;;;;2.000;", Field::Name),
        ("X1;Trà;A;;;;1.000;\nx1;Cà phê;A;;;;2.000;", Field::Sku),
        (";Trà;A;;;;1.000;;8938500000027\n;Cà phê;A;;;;2.000;;8938500000027", Field::Barcode),
    ] {
        let rows = judged_with(list, &[]).rows;
        assert_ne!(rows[0].outcome, Outcome::Wrong, "{list}");
        assert_eq!(rows[1].problems, [Problem { field, why: Why::Twice(1) }], "{list}");
    }
}

#[test]
fn what_cannot_be_taken_says_why() {
    for (line, field, why) in [
        (
            "OC001;Tỏi đen Lý Sơn;HTX An Hải;;;;1.000;",
            Field::Producer,
            Why::OtherProducer("HTX Lý Sơn".into()),
        ),
        ("OC002;Mắm;;;;;1.000;;8938500000010", Field::Barcode, Why::TwoProducts("Tỏi đen Lý Sơn".into())),
        ("OC001;Tỏi đen Lý Sơn;;4;;01/05/2024;;", Field::Stars, Why::OtherStars(3)),
    ] {
        assert_eq!(one(line).problems, [Problem { field, why }], "{line}");
    }
    // An older decision changes nothing.
    assert_eq!(one("OC001;Tỏi đen Lý Sơn;;3;;01/05/2021;;").outcome, Outcome::Unchanged);
}

#[test]
fn a_product_without_a_price_is_known_and_its_first_price_needs_the_rest() {
    let nothing = Defaults::default();
    let none = HashMap::new();
    let listed = judge(read(";Rượu cần;HTX Ba Tơ;3;QĐ 7;01/06/2026;;"), &catalogue(), &none, &nothing, TODAY);
    let row = &listed.rows[0];
    assert_eq!((row.outcome, row.problems.as_slice(), row.is_decided_anew), (Outcome::New, &[][..], true));
    // What is sold at once has a unit and a group.
    let sold = judge(read(";Rượu cần;HTX Ba Tơ;;;;1.000;"), &catalogue(), &none, &nothing, TODAY);
    let lacking: Vec<Field> = sold.rows[0].problems.iter().map(|problem| problem.field).collect();
    assert_eq!(lacking, [Field::Unit, Field::Group]);
    let waiting =
        KnownProduct { price: None, unit: String::new(), ..known(9, "Rượu cần", "HTX Ba Tơ") };
    let later = Catalogue::new(vec![waiting], &["HTX Ba Tơ".to_owned()]);
    let priced = |line: &str| judge(read(line), &later, &none, &nothing, TODAY).rows.remove(0);
    assert_eq!(
        priced(";Rượu cần;HTX Ba Tơ;;;;250.000;").problems,
        [Problem { field: Field::Unit, why: Why::Missing }]
    );
    let row = priced(";Rượu cần;HTX Ba Tơ;;;;250.000;Chai");
    let price = row.changes.iter().find(|change| change.field == Field::Price).unwrap();
    assert_eq!(
        (row.outcome, price.before.as_str(), price.after.as_str()),
        (Outcome::Changed, "", "250.000 ₫")
    );
}

#[test]
fn fewer_stars_than_before_are_no_renewal() {
    let list = "OC001;Tỏi đen Lý Sơn;;2;QĐ 9;01/06/2026;;\nOC002;Nước mắm Mười Quý;;3;QĐ 9;01/06/2026;;";
    assert_eq!(outcomes(list), [Outcome::Lowered, Outcome::Renewed]);
}

#[test]
fn codes_that_lost_their_zeros_are_told() {
    let list = "0012;Trà;A;;;;1.000;\n13;Cà phê;A;;;;1.000;";
    assert_eq!(judged_with(list, &[]).rows[1].problems[0].why, Why::LostZeros("013".into()));
    let mut padded = known(9, "Trà", "A");
    padded.sku = "0007".to_owned();
    let catalogue = Catalogue::new(vec![padded], &["A".to_owned()]);
    let judged = judge(read("7;Trà;A;;;;1.000;"), &catalogue, &HashMap::new(), &Defaults::default(), TODAY);
    assert_eq!(judged.rows[0].problems[0].why, Why::LostZeros("0007".into()));
    // Without any such code a number is a code like another.
    assert_eq!(outcomes("7;Trà;A;;;;1.000;\n12;Cà phê;A;;;;1.000;"), [Outcome::New, Outcome::New]);
}

#[test]
fn products_that_stand_in_no_row_are_listed_only() {
    let list = ";Tỏi đen Lý Sơn;HTX Lý Sơn;3;;01/05/2024;;Hộp";
    let numbers = |list: &str| -> Vec<u128> {
        judged_with(list, &[]).vanished.iter().map(|id| id.uuid().as_u128()).collect()
    };
    assert_eq!(numbers(list), [2, 3]);
    // One that may be meant by a row is not gone.
    assert_eq!(numbers(&format!("{list}\n;NUOC MAM MUOI QUY;Cơ sở Mười Quý;;;;1.000;")), [3]);
    // A list of something else says nothing of them.
    assert_eq!(numbers(";Tỏi đen Lý Sơn;HTX Lý Sơn;;;;;Hộp"), Vec::<u128>::new());
}

proptest! {
    /// A list that was taken says nothing new when it comes again.
    #[test]
    fn a_list_that_was_taken_changes_nothing(prices in prop::collection::vec(1_000i64..9_000_000, 1..20)) {
        let line = |(number, price): (usize, &i64)| format!(";Sản phẩm thứ {number};HTX {number};3;QĐ 1;01/06/2026;{price};Hộp");
        let list: Vec<String> = prices.iter().enumerate().map(line).collect();
        let list = list.join("\n");
        let first = judge(read(&list), &catalogue(), &HashMap::new(), &Defaults { unit: String::new(), group: "food".into() }, TODAY);
        let taken = first.rows.iter().map(|judged| KnownProduct {
            id: ProductId::from_uuid(Uuid::from_u128(100 + u128::from(judged.number))),
            sku: format!("N{}", judged.number),
            barcodes: Vec::new(),
            name: judged.row.name.clone(),
            unit: judged.row.unit.clone().unwrap(),
            price: judged.row.price,
            group: Some("food".to_owned()),
            producer: judged.row.producer.clone(),
            commune: String::new(),
            is_active: true,
            recognitions: judged.row.decided.iter().map(|decided| decided.recognition).collect(),
        });
        let producers: Vec<String> = first.rows.iter().filter_map(|row| row.row.producer.clone()).collect();
        let later = Catalogue::new(taken.collect(), &producers);
        let again = judge(read(&list), &later, &HashMap::new(), &Defaults::default(), TODAY);
        for row in &again.rows {
            prop_assert_eq!(row.outcome, Outcome::Unchanged, "{:?}", row);
        }
        prop_assert!(again.vanished.is_empty());
    }
}
