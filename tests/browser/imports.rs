//! A list of recognised products comes as a workbook: an administrator uploads it, says which column says what, confirms the one
//! row that only looks the same, and applies it; stores learn of it.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use testkit::browser::{Browser, Viewport};
use testkit::world::World;

use crate::looking::{choose_file, click, shows, type_into};
use crate::pictures::look;
use crate::shop::{add_people, sign_in_at_central};

const DESK: Viewport = Viewport::COUNTER;
const SMALL: Viewport = Viewport { width: 1_024, height: 600, is_phone: false };
/// Goods of the province, each with its unit and price.
const GOODS: [(&str, &str, u32); 6] = [
    ("Rượu cần Hrê", "Chai 750 ml", 250_000),
    ("Mật ong rừng Tây Trà", "Chai 500 ml", 180_000),
    ("Kẹo gương Thu Xà", "Hộp 300 g", 45_000),
    ("Trà gừng mật ong", "Hộp 20 gói", 78_000),
    ("Chả cá Sa Huỳnh", "Gói 500 g", 120_000),
    ("Bánh nổ Nghĩa Hành", "Gói 10 cái", 25_000),
];
const COMMUNES: [&str; 5] = ["Xã Ba Tơ", "Xã Trà Bồng", "Xã Sơn Tây", "Xã Minh Long", "Xã Nghĩa Hành"];

/// A workbook as the agriculture department makes it: a title, two rows of headings, 30 rows, one of them wrong.
fn list() -> Vec<u8> {
    let mut book = Workbook::new();
    let (plain, day) = (Format::new(), Format::new().set_num_format("dd/mm/yyyy"));
    let sheet = book.add_worksheet().set_name("Danh sách").expect("a name");
    sheet.merge_range(0, 0, 0, 8, "DANH SÁCH SẢN PHẨM OCOP CÒN HIỆU LỰC", &plain).expect("a title");
    let single = [
        (0, "TT"),
        (1, "Tên sản phẩm"),
        (2, "Chủ thể"),
        (3, "Xã, phường"),
        (4, "Hạng sao"),
        (7, "ĐVT"),
        (8, "Giá bán"),
    ];
    for (column, words) in single {
        sheet.merge_range(2, column, 3, column, words, &plain).expect("a heading");
    }
    sheet.merge_range(2, 5, 2, 6, "Quyết định công nhận", &plain).expect("a heading");
    sheet.write(3, 5, "Số").expect("a heading").write(3, 6, "Ngày").expect("a heading");
    let decided = ExcelDateTime::from_ymd(2026, 6, 1).expect("a day");
    for (row, number) in (4..).zip(0..30_usize) {
        let commune = COMMUNES[number / GOODS.len()];
        let (name, unit, price) = GOODS[number % GOODS.len()];
        let (name, maker) = match number {
            3 => ("TOI DEN LY SON HOP 250G".to_owned(), "Tỏi đen Lý Sơn".to_owned()),
            _ => (format!("{name} {}", commune.trim_start_matches("Xã ")), format!("HTX {commune}")),
        };
        let stars = if number == 17 { "chờ xét" } else { "4 sao" };
        sheet.write(row, 0, row - 3).expect("a cell").write(row, 1, &name).expect("a cell");
        sheet.write(row, 2, &maker).expect("a cell").write(row, 3, commune).expect("a cell");
        sheet.write(row, 4, stars).expect("a cell").write(row, 5, "QĐ 612/QĐ-UBND").expect("a cell");
        sheet.write_with_format(row, 6, &decided, &day).expect("a cell");
        sheet.write(row, 7, unit).expect("a cell").write(row, 8, price).expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

#[tokio::test]
async fn a_list_is_imported_looked_at_and_applied() {
    let _others = crate::QUIET.read().await;
    let world = World::with_catalogue().await;
    add_people(&world).await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ocop-2026.xlsx");
    std::fs::write(&file, list()).expect("a file");
    let count = "select count(*) from catalogue_changes where kind = 'product' and body is not null";
    let before = number(&world, count).await;
    Browser::story(DESK, async |browser| {
        sign_in_at_central(browser, &format!("{}/imports", world.url), "quantri").await?;
        shows(browser, "Chưa nhập danh sách nào.").await?;
        look(browser, "imports-none", DESK).await?;
        type_into(browser, "#source", "Sở Nông nghiệp và Môi trường").await?;
        choose_file(browser, "#file", &file).await?;
        click(browser, "form[action='/imports/file'] button").await?;

        shows(browser, "Cột nào là gì").await?;
        look(browser, "imports-columns", DESK).await?;
        look(browser, "imports-columns", SMALL).await?;
        browser.execute("document.querySelector('#group').value = 'food'", Vec::new()).await?;
        click(browser, "form[action$='/columns'] button.primary").await?;

        shows(browser, "Có phải cùng một sản phẩm?").await?;
        shows(browser, "Mới: 28").await?;
        look(browser, "imports-preview", DESK).await?;
        look(browser, "imports-preview", SMALL).await?;
        click(browser, "fieldset label:has(input[name=row_8])").await?;
        click(browser, "form[action$='/rows'] button.primary").await?;
        shows(browser, "Đã lưu lựa chọn.").await?;
        look(browser, "imports-decided", DESK).await?;
        click(browser, "a[href$='show=wrong']").await?;
        shows(browser, "không đọc được số sao").await?;
        look(browser, "imports-wrong", DESK).await?;
        assert_eq!(number(&world, count).await, before, "nothing is written by looking");

        // Nothing is ticked: what is written, somebody chooses.
        click(browser, "form[action$='/apply'] button.primary").await?;
        shows(browser, "Chọn ít nhất một loại thay đổi để ghi.").await?;
        assert_eq!(number(&world, count).await, before, "nothing is written unasked");
        let every = "document.querySelectorAll('form[action$=\"/apply\"] input[name=outcome]').forEach(box => box.click())";
        browser.execute(every, Vec::new()).await?;
        click(browser, "form[action$='/apply'] button.primary").await?;
        shows(browser, "Đã ghi vào danh mục.").await?;
        look(browser, "imports-applied", DESK).await?;
        click(browser, "a[href='/imports']").await?;
        shows(browser, "ocop-2026.xlsx").await?;
        look(browser, "imports-history", DESK).await?;
        Ok(())
    })
    .await;
    assert_eq!(number(&world, count).await, before + 28, "stores are told of the new ones");
    // The name stays as it is written well.
    let garlic = "select count(*) from catalogue_changes where kind = 'product' and body like '%Tỏi đen Lý Sơn hộp%78000%'";
    assert_eq!(number(&world, garlic).await, 1, "and of the garlic's new price");
}

async fn number(world: &World, text: &'static str) -> i64 {
    let (number,) = world.central.db.one(central::db::engine::Sql::new(text)).await.expect("a number");
    number
}
