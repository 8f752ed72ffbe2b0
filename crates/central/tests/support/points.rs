//! A point whose file holds something of everything.

use central::admin::{NewCheck, NewCost, NewEquipment, NewPoint, NewPointFile};
use central::db::engine::Sql;
use domain::Money;
use domain::ids::PointId;
use domain::paper_file::FileKind;
use uuid::Uuid;

use super::{TODAY, World};

/// Records it for the first store.
pub(crate) async fn record_point(world: &World) {
    let (admin, id, day) = (&world.admin, PointId::from_uuid(world.store.uuid()), TODAY);
    let name = || "Điểm OCOP LS".to_owned();
    let facts = NewPoint { name: name(), location_type: "market".to_owned(), ..NewPoint::default() };
    admin.update_point(id, &facts).await.unwrap();
    let piece = NewEquipment {
        id: Uuid::from_u128(1),
        kind: "sign".to_owned(),
        name: name(),
        item_count: 1,
        value: None,
        funding: String::new(),
        paper_number: String::new(),
        handed_on: None,
    };
    admin.add_point_equipment(id, &piece).await.unwrap();
    let cost = NewCost {
        id: Uuid::from_u128(2),
        kind: "rent".to_owned(),
        amount: Money::new(1),
        spent_on: day,
        funding: String::new(),
        paper: String::new(),
        note: String::new(),
    };
    admin.add_point_cost(id, &cost).await.unwrap();
    let content = b"%PDF-1.7 %%EOF".to_vec();
    let file = NewPointFile { equipment_id: None, title: name(), kind: FileKind::Pdf, content };
    admin.add_point_file(id, file).await.unwrap();
    let sql = Sql::new("select id from criteria_sets");
    let (set_id,): (Uuid,) = world.app.db.one(sql).await.unwrap();
    let (note, answers) = (String::new(), Vec::new());
    let check = NewCheck { id: Uuid::from_u128(3), set_id, checked_on: day, note, answers };
    admin.check_point(id, &check).await.unwrap();
}
