//! Lists are read by what the catalogue calls things on that day: groups as they are and were called, and levels and criteria with
//! their days.

use central::admin::{Applied, Brought, NewGroup};
use central::db::Db;
use central::db::imports::judgements;
use central::db::imports::{Layout, NewDefaults};
use central::db::{product_groups, products};
use central::imports::judgement::RowDetail;
use domain::product_list::{Columns, Outcome};
use uuid::Uuid;

use super::lists::{bring, defaults, file, layout};
use crate::support::{TODAY, World};

testkit::on_both_engines!(
    groups_are_read_by_their_names_of_today,
    a_group_that_ended_is_no_default,
    levels_and_criteria_fit_the_day
);

fn group(code: Option<&str>, name: &str) -> NewGroup {
    NewGroup {
        code: code.map(str::to_owned),
        name_vi: name.to_owned(),
        name_en: String::new(),
        refuse_expired: false,
        valid_from: TODAY,
        decision: "12/QĐ-TTg".to_owned(),
    }
}

/// Each row's outcome with the reasons that it is wrong for.
async fn judged(world: &World, id: Uuid) -> Vec<(Outcome, Vec<String>)> {
    let rows = judgements::list(&world.app.db, id, None, 100, 0).await.unwrap();
    let reasons = |detail: &str| {
        let detail: RowDetail = serde_json::from_str(detail).unwrap();
        detail.problems.into_iter().map(|problem| problem.why).collect()
    };
    rows.into_iter().map(|row| (row.outcome, reasons(&row.detail))).collect()
}

async fn groups_are_read_by_their_names_of_today(db: Db) {
    let world = World::new(db).await;
    world.admin.set_group(&group(Some("handicraft"), "Sản phẩm làng nghề")).await.unwrap();
    world.admin.set_group(&group(None, "Đồ uống có cồn")).await.unwrap();
    world.admin.end_group("ornamental").await.unwrap();
    let rows = [
        ("Nón lá", "Sản phẩm làng nghề", Some("handicraft")),
        // As it was called until today, and by the decree before.
        ("Chiếu cói", "Hàng thủ công mỹ nghệ", Some("handicraft")),
        ("Khăn thổ cẩm", "Vải, may mặc", Some("handicraft")),
        ("Rượu cần", "Nhóm đồ uống có cồn", Some("do-uong-co-con")),
        ("Nước ép ổi", "II. Đồ uống", Some("drink")),
        ("Cao dược liệu", "Thảo dược", Some("medicinal")),
        ("Cây mai", "Sinh vật cảnh", None),
        ("Cây cảnh mini", "Hoa, cây cảnh", None),
    ];
    let lines: Vec<String> = (1..)
        .zip(rows)
        .map(|(number, (name, group, _))| {
            format!("{number};{name};HTX Ba Tơ;;{group};;;;90.000;Cái;SP-{number}")
        })
        // The salt would come into a group that has ended.
        .chain(["9;Sản phẩm MUOI;Diêm dân Sa Huỳnh;;Sinh vật cảnh;;;;;;MUOI".to_owned()])
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let id = bring(&world, &lines).await;
    let expected = rows.map(|(_, _, code)| match code {
        Some(_) => (Outcome::New, Vec::new()),
        None => (Outcome::Wrong, vec!["group_ended".to_owned()]),
    });
    let seen = judged(&world, id).await;
    assert_eq!(seen[..8], expected);
    assert_eq!(seen[8], (Outcome::Wrong, vec!["group_ended".to_owned()]));
    assert_eq!(world.admin.apply_import(id, &Outcome::APPLIED).await.unwrap(), Applied::Now(6));
    for (number, (name, _, code)) in (1..).zip(rows) {
        let found = products::find_by_sku(&world.app.db, &format!("SP-{number}")).await.unwrap();
        let found = match found {
            Some(id) => products::find(&world.app.db, id).await.unwrap().unwrap().group_code,
            None => None,
        };
        assert_eq!(found.as_deref(), code, "{name}");
    }
    // Every name once for each language, those in short beside them; what has ended says so.
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let names = product_groups::list_names(&mut tx).await.unwrap();
    let of = |name: &str| {
        let found = names.iter().find(|known| known.name == name).unwrap_or_else(|| panic!("no {name}"));
        (found.code.as_str(), found.is_current, found.is_in_use)
    };
    assert_eq!(of("Sản phẩm làng nghề"), ("handicraft", true, true));
    assert_eq!(of("Hàng thủ công mỹ nghệ"), ("handicraft", false, true));
    assert_eq!(of("Lưu niệm"), ("handicraft", false, true));
    assert_eq!(of("Sinh vật cảnh"), ("ornamental", true, false));
    assert_eq!(of("Hoa, cây cảnh"), ("ornamental", false, false));
}

async fn a_group_that_ended_is_no_default(db: Db) {
    let world = World::new(db).await;
    let row = "1;Chè cộng đồng;HTX Ba Tơ;;;;;;90.000;Gói;";
    let id = bring(&world, &[row]).await;
    let tourism = NewDefaults { group: "tourism".to_owned(), ..defaults() };
    world.admin.choose_columns(id, &layout(), &tourism).await.unwrap();
    assert_eq!(judged(&world, id).await, [(Outcome::New, Vec::new())]);
    world.admin.end_group("tourism").await.unwrap();
    assert_eq!(world.admin.apply_import(id, &[Outcome::New]).await.unwrap(), Applied::Stale(1));
    let missing = (Outcome::Wrong, vec!["missing".to_owned()]);
    assert_eq!(judged(&world, id).await, std::slice::from_ref(&missing), "a person chooses another group");
    // The next list of the source is read by what was chosen last, and comes in all the same.
    let next = file(&[row, "2;Trà gừng;HTX Ba Tơ;;Đồ uống;;;;50.000;Hộp;"]);
    let Brought::New(next) = world.admin.bring_list(next).await.unwrap() else { panic!("it is new") };
    assert_eq!(judged(&world, next).await, [missing, (Outcome::New, Vec::new())]);
}

async fn levels_and_criteria_fit_the_day(db: Db) {
    let world = World::new(db).await;
    let rows = [
        "1;Tỏi đen;HTX Ba Tơ;;;3;QĐ 1;30/06/2025;;huyện;148/QĐ-TTg",
        "2;Hành tím;HTX Ba Tơ;;;3;QĐ 2;01/07/2025;;UBND huyện;148/QĐ-TTg",
        "3;Kiệu chua;HTX Ba Tơ;;;3;QĐ 3;23/02/2023;;Cấp tỉnh;QĐ 148/QĐ-TTg",
        "4;Mật ong;HTX Ba Tơ;;;3;QĐ 4;01/07/2025;;Cấp tỉnh;",
    ];
    let Brought::New(id) = world.admin.bring_list(file(&rows)).await.unwrap() else { panic!("it is new") };
    let columns = "name=1 producer=2 stars=5 decision_number=6 decision_day=7 level=9 criteria=10";
    let layout = Layout { columns: Columns::from_code(columns).unwrap(), ..layout() };
    world.admin.choose_columns(id, &layout, &defaults()).await.unwrap();
    let wrong = |why: &str| (Outcome::Wrong, vec![why.to_owned()]);
    let expected = [
        (Outcome::New, Vec::new()),
        wrong("level_ended"),
        wrong("criteria_later"),
        (Outcome::New, Vec::new()),
    ];
    assert_eq!(judged(&world, id).await, expected);
}
