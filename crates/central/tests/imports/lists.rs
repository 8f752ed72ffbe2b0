//! Lists to import.

use central::admin::{Brought, ListFile};
use central::db::imports::{Layout, NewDefaults};
use central::imports::sheets;
use domain::product_list::Columns;
use domain::tax::TaxClass;
use protocol::Hash;
use uuid::Uuid;

use crate::support::World;

/// A head as the agriculture department writes it.
pub(crate) const HEAD: &str =
    "TT;Tên sản phẩm;Chủ thể;Xã;Nhóm sản phẩm;Hạng sao;Số QĐ;Ngày QĐ;Giá bán;ĐVT;Mã hàng";

/// Returns a file with these rows below [`HEAD`].
pub(crate) fn file(rows: &[&str]) -> ListFile {
    let text = format!("{HEAD}\n{}\n", rows.join("\n"));
    ListFile {
        source: "Sở Nông nghiệp và Môi trường".to_owned(),
        name: "ocop-2026.csv".to_owned(),
        hash: Hash::of(&[text.as_bytes()]),
        bytes: text.len(),
        sheets: sheets::read(text.as_bytes()).unwrap(),
    }
}

/// Where everything stands in it.
pub(crate) fn layout() -> Layout {
    let columns =
        "name=1 producer=2 commune=3 group=4 stars=5 decision_number=6 decision_day=7 price=8 unit=9 sku=10";
    Layout { sheet: 0, head_row: 1, head_rows: 1, columns: Columns::from_code(columns).unwrap() }
}

/// What new products get.
pub(crate) fn defaults() -> NewDefaults {
    NewDefaults { unit: "Hộp".to_owned(), group: "food".to_owned(), tax_class: TaxClass::Standard }
}

/// Brings a file with these rows, and says which column says what.
pub(crate) async fn bring(world: &World, rows: &[&str]) -> Uuid {
    let Brought::New(id) = world.admin.bring_list(file(rows)).await.unwrap() else { panic!("it is new") };
    world.admin.choose_columns(id, &layout(), &defaults()).await.unwrap();
    id
}
