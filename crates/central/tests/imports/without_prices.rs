//! The list of recognised products as the agriculture department keeps it: titles over the table, merged cells, no codes, no prices.
//! Its products are known from then on, and on sale when somebody gives them a price.

use std::collections::BTreeMap;

use central::admin::{Applied, Brought, BulkChange, ListFile, NewProduct, fingerprint};
use central::db::Db;
use central::db::engine::Sql;
use central::db::imports::judgements;
use central::db::imports::{Layout, NewDefaults};
use central::db::products::{self, Product};
use central::db::recognitions::{self, Decision};
use central::db::{audit, producers};
use central::imports::judgement::RowDetail;
use central::imports::sheets;
use domain::Money;
use domain::catalog::SoldBy;
use domain::ids::ProductId;
use domain::name_fold::like_pattern;
use domain::product_list::Outcome;
use domain::product_list::heading::{find_head, guess, headings};
use domain::recognition::{DecisionPaper, Level, Points};
use domain::tax::TaxClass;
use protocol::Hash;
use protocol::wire::CataloguePage;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;
use uuid::Uuid;

use crate::support::{Till, World, new_product};

testkit::on_both_engines!(
    a_list_without_prices_makes_known_products,
    a_first_price_puts_on_sale,
    what_the_paper_says_is_completed,
);

/// As the department sends it: national heading, title, two rows of headings, a row for each group, a producer over two rows.
fn as_the_department_sends_it() -> Vec<u8> {
    let mut book = Workbook::new();
    let (plain, day) = (Format::new(), Format::new().set_num_format("dd/mm/yyyy"));
    let sheet = book.add_worksheet().set_name("OCOP 2026").unwrap();
    sheet.merge_range(0, 0, 0, 3, "UBND TỈNH QUẢNG NGÃI", &plain).unwrap();
    sheet.merge_range(0, 5, 0, 9, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &plain).unwrap();
    sheet.merge_range(1, 0, 1, 9, "DANH SÁCH SẢN PHẨM OCOP ĐƯỢC CÔNG NHẬN", &plain).unwrap();
    sheet.merge_range(2, 0, 2, 9, "(Kèm theo Công văn số 123/SNNMT-PTNT)", &plain).unwrap();
    for (column, words) in [(0, "TT"), (1, "Tên sản phẩm"), (4, "Hạng sao"), (5, "Điểm"), (9, "Ghi chú")]
    {
        sheet.merge_range(4, column, 5, column, words, &plain).unwrap();
    }
    sheet.merge_range(4, 2, 4, 3, "Chủ thể OCOP", &plain).unwrap();
    sheet.write(5, 2, "Tên").unwrap().write(5, 3, "Địa chỉ").unwrap();
    sheet.merge_range(4, 6, 4, 8, "Quyết định công nhận", &plain).unwrap();
    sheet.write(5, 6, "Số").unwrap().write(5, 7, "Ngày").unwrap().write(5, 8, "Cơ quan ban hành").unwrap();
    sheet.merge_range(6, 0, 6, 9, "I. NHÓM THỰC PHẨM", &plain).unwrap();
    sheet.merge_range(7, 2, 8, 2, "HTX Ba Tơ", &plain).unwrap();
    sheet.merge_range(7, 3, 8, 3, "Xã Ba Tơ", &plain).unwrap();
    let decided = ExcelDateTime::from_ymd(2026, 6, 1).unwrap();
    for (row, name, stars, points) in [(7, "Măng khô Ba Tơ", 3, 62.0), (8, "Mật ong rừng", 4, 78.333_333_333)]
    {
        sheet.write(row, 0, row - 6).unwrap().write(row, 1, name).unwrap();
        sheet.write(row, 4, stars).unwrap().write(row, 5, points).unwrap();
        sheet.write(row, 6, "215/QĐ-UBND").unwrap().write(row, 8, "UBND tỉnh").unwrap();
        sheet.write_with_format(row, 7, &decided, &day).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Brings it, and takes the columns as they are proposed.
async fn brought(world: &World) -> Uuid {
    let bytes = as_the_department_sends_it();
    let sheets = sheets::read(&bytes).unwrap();
    let cells: Vec<_> = sheets[0].rows.iter().map(|(_, cells)| cells.clone()).collect();
    let head = find_head(&cells).unwrap();
    let columns = guess(&headings(&cells, head));
    assert_eq!(
        columns.code(),
        "name=1 stars=4 decision_number=6 decision_day=7 issuer=8 points=5 producer=2 commune=3"
    );
    let (head_row, head_rows) = (sheets[0].rows[head.first].0, u32::try_from(head.rows).unwrap());
    let file = ListFile {
        source: "Sở Nông nghiệp và Môi trường".to_owned(),
        name: "ocop-2026.xlsx".to_owned(),
        hash: Hash::of(&[&bytes]),
        bytes: bytes.len(),
        sheets,
    };
    let Brought::New(id) = world.admin.bring_list(file).await.unwrap() else { panic!("it is new") };
    let layout = Layout { sheet: 0, head_row, head_rows, columns };
    let nothing = NewDefaults { unit: String::new(), group: String::new(), tax_class: TaxClass::Standard };
    world.admin.choose_columns(id, &layout, &nothing).await.unwrap();
    id
}

async fn applied(world: &World) {
    let id = brought(world).await;
    assert_eq!(world.admin.apply_import(id, &Outcome::APPLIED).await.unwrap(), Applied::Now(2));
}

async fn named(world: &World, words: &str) -> Product {
    let sql = Sql::new("select id from products where name_fold like ").bind(like_pattern(words));
    let (id,): (Uuid,) =
        world.app.db.one(sql.push(" escape '!' order by name_fold, id limit 1")).await.unwrap();
    products::find(&world.app.db, id.into()).await.unwrap().unwrap()
}

async fn decision(world: &World, id: ProductId) -> Decision {
    let mut tx = world.app.db.begin_reading().await.unwrap();
    recognitions::list(&mut tx, id).await.unwrap().remove(0)
}

/// What stores are told now of a product and of what it counts as.
async fn heard(world: &World, till: &Till, id: ProductId) -> (Option<Value>, Vec<Value>) {
    let path = format!("/sync/v1/catalogue?epoch={}&cursor=0&limit=1000", world.app.epoch);
    let page: CataloguePage = serde_json::from_slice(&till.get(world, &path, "gzip").await.body).unwrap();
    let mut bodies: BTreeMap<String, Vec<(String, Value)>> = BTreeMap::new();
    for change in page.changes {
        if let Some(body) = change.body {
            bodies.entry(change.kind).or_default().push((change.id, body));
        }
    }
    let product =
        bodies["product"].iter().find(|(of, _)| *of == id.to_string()).map(|(_, body)| body.clone());
    let facts = bodies["product_facts"].iter().map(|(_, body)| body.clone());
    (product, facts.filter(|body| body["product"] == id.to_string()).collect())
}

fn with_price(product: &Product, price_vnd: i64) -> NewProduct {
    NewProduct {
        sku: product.sku.clone(),
        barcodes: Vec::new(),
        name: product.name.clone(),
        unit: "Chai 500 ml".to_owned(),
        commune: product.commune.clone(),
        ..new_product("", price_vnd, product.producer_id)
    }
}

async fn a_list_without_prices_makes_known_products(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    let id = brought(&world).await;
    let rows = judgements::list(&world.app.db, id, None, 100, 0).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.outcome).collect::<Vec<_>>(), [Outcome::New, Outcome::New]);
    let detail: RowDetail = serde_json::from_str(&rows[1].detail).unwrap();
    assert_eq!(
        (detail.price_vnd, detail.points_hundredths, detail.problems),
        (None, Some(7_833), Vec::new())
    );
    assert_eq!(world.admin.apply_import(id, &Outcome::APPLIED).await.unwrap(), Applied::Now(2));

    let honey = named(&world, "mật ong").await;
    assert_eq!((honey.status.as_str(), honey.price_version, honey.unit.as_str()), ("unpriced", 0, ""));
    assert_eq!((honey.sku.as_str(), honey.commune.as_str()), ("OC00002", "Xã Ba Tơ"));
    let maker = producers::find(&world.app.db, honey.producer_id.unwrap()).await.unwrap().unwrap();
    assert_eq!(maker.name, "HTX Ba Tơ");
    let decision = decision(&world, honey.id).await;
    assert_eq!(
        (decision.paper.issuer.as_str(), decision.paper.points),
        ("UBND tỉnh", Points::from_hundredths(7_833))
    );
    assert_eq!(decision.paper.number, "215/QĐ-UBND");
    // The department counts its stars; tills hear nothing, and no price is kept.
    let sql = Sql::new(
        "select stars from product_facts where not is_retired and stars is not null and product_id = ",
    );
    assert_eq!(world.app.db.one::<(i64,)>(sql.bind(honey.id)).await.unwrap(), (4,));
    assert_eq!(heard(&world, &till, honey.id).await, (None, Vec::new()));
    let sql = Sql::new("select cast(count(*) as bigint) from product_prices where product_id = ");
    assert_eq!(world.app.db.one::<(i64,)>(sql.bind(honey.id)).await.unwrap(), (0,));
    // Nor do they hear of what is done to it meanwhile.
    let seen = [(honey.id, fingerprint(&honey))];
    assert_eq!(world.admin.change_many_products(&seen, &BulkChange::OnSale(true)).await.unwrap(), 0);
    assert_eq!(world.admin.change_many_products(&seen, &BulkChange::Group("food".into())).await.unwrap(), 1);
    assert!(world.admin.set_price(honey.id, Money::new(1)).await.is_err());
    world.admin.withdraw_recognition(honey.id, decision.id).await.unwrap();
    world.admin.retire_product(honey.id).await.unwrap();
    assert_eq!(heard(&world, &till, honey.id).await, (None, Vec::new()));
    let path = format!("/sync/v1/catalogue?epoch={}&cursor=0&limit=1000", world.app.epoch);
    let all = String::from_utf8(till.get(&world, &path, "gzip").await.body).unwrap();
    assert!(!all.contains(&honey.id.to_string()), "not even that it is gone");
    world.check_books().await;
}

async fn a_first_price_puts_on_sale(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    applied(&world).await;
    let honey = named(&world, "mật ong").await;
    world.admin.update_product(honey.id, &with_price(&honey, 120_000)).await.unwrap();
    let sold = named(&world, "mật ong").await;
    assert_eq!((sold.status.as_str(), sold.price_version, sold.price), ("active", 1, Money::new(120_000)));
    let (product, facts) = heard(&world, &till, honey.id).await;
    assert_eq!(product.unwrap()["price"], 120_000);
    let stars: Vec<&Value> = facts.iter().map(|row| &row["stars"]).collect();
    assert_eq!(stars.iter().filter(|stars| ***stars == 4).count(), 1, "{facts:?}");
    let sql = Sql::new("select version, price_vnd from product_prices where product_id = ");
    assert_eq!(world.app.db.all::<(i64, i64)>(sql.bind(honey.id)).await.unwrap(), [(1, 120_000)]);
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let last = &audit::list_of(&mut tx, &honey.id.to_string(), 1).await.unwrap()[0];
    assert!(last.detail.contains("price:  → 120.000 ₫\n") && last.detail.ends_with("unpriced → active"));
    drop(tx);
    let goods = crate::support::Goods {
        id: honey.id,
        facts: crate::support::facts(&world.app.db, honey.id).await,
        sku: sold.sku.clone(),
        price: sold.price,
        ..world.basket.clone()
    };
    till.sell(&[(&goods, 1)]);
    assert_eq!(till.push_from(&world, 1).await.ack().exceptions, Vec::<i64>::new());

    // Another list tells what the other one costs. Its unit is what was chosen for new products, unless the list says it.
    let shoots = named(&world, "măng khô").await;
    let line = "1;Măng khô Ba Tơ;HTX Ba Tơ;;Thực phẩm;;;;85.000;";
    let id = super::lists::bring(&world, &[&format!("{line};")]).await;
    let outcomes = async |id| {
        let rows = judgements::list(&world.app.db, id, None, 100, 0).await.unwrap();
        rows.into_iter().map(|row| row.outcome).collect::<Vec<_>>()
    };
    assert_eq!(outcomes(id).await, [Outcome::Changed]);
    let id = super::lists::bring(&world, &[&format!("{line}kg;")]).await;
    assert_eq!(outcomes(id).await, [Outcome::Changed]);
    assert_eq!(world.admin.apply_import(id, &Outcome::APPLIED).await.unwrap(), Applied::Now(1));
    let (product, facts) = heard(&world, &till, shoots.id).await;
    assert_eq!((&product.unwrap()["price"], facts.is_empty()), (&Value::from(85_000), false));
    assert_eq!(named(&world, "măng khô").await.sold_by, SoldBy::Weight, "loose goods");
    world.check_books().await;
}

async fn what_the_paper_says_is_completed(db: Db) {
    let world = World::new(db).await;
    applied(&world).await;
    let honey = named(&world, "mật ong").await;
    let before = decision(&world, honey.id).await;
    let seq = world.number("select change_seq from catalogue_head").await;
    let new = DecisionPaper {
        issuer: "UBND tỉnh Quảng Ngãi".to_owned(),
        level: Some(Level::Province),
        criteria: "QĐ 148/QĐ-TTg".to_owned(),
        group_printed: "Thực phẩm".to_owned(),
        ..before.paper.clone()
    };
    for _ in 0..2 {
        world.admin.describe_recognition(honey.id, before.id, &new).await.unwrap();
    }
    let after = decision(&world, honey.id).await;
    assert_eq!(after, Decision { paper: new.clone(), ..before.clone() });
    assert_eq!(world.number("select change_seq from catalogue_head").await, seq, "it counts as before");
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let acts = audit::list_of(&mut tx, &honey.id.to_string(), 9).await.unwrap();
    let told: Vec<&str> = (acts.iter().filter(|act| act.action == "product.describe_recognition"))
        .map(|act| act.detail.as_str())
        .collect();
    assert_eq!(told.len(), 1, "said twice it is written once");
    assert!(told[0].contains("level:  → province\ncriteria:  → QĐ 148/QĐ-TTg"), "{told:?}");
    drop(tx);
    let long = DecisionPaper { issuer: "ế".repeat(201), ..new.clone() };
    assert!(world.admin.describe_recognition(honey.id, before.id, &long).await.is_err());
    assert!(world.admin.describe_recognition(world.garlic.id, before.id, &new).await.is_err());
    world.admin.withdraw_recognition(honey.id, before.id).await.unwrap();
    assert!(world.admin.describe_recognition(honey.id, before.id, &new).await.is_err(), "it counts no more");
}
