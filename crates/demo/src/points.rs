//! What the files of the demonstration's points say: made up, but for the kinds of places.

use central::admin::{Admin, NewEquipment, NewPoint};
use domain::Money;
use domain::ids::{PointId, StoreId};
use domain::point::PointState;
use web::format::local_date;

use crate::department::SHOPS;

/// Of both stores: the kind of place, and whose money set it up.
const PLACES: [(&str, &str); 2] =
    [("tourism", "Ngân sách tỉnh (minh họa)"), ("service_centre", "Xã hội hóa (minh họa)")];
/// What each has: sign or equipment, name, how many, đồng.
const THINGS: [(&str, &str, i64, i64); 3] = [
    ("sign", "Biển hiệu mặt tiền 4 m", 1, 18_500_000),
    ("equipment", "Kệ gỗ 3 tầng", 6, 27_000_000),
    ("equipment", "Tủ mát 400 lít", 1, 15_900_000),
];

/// Fills the files of the stores' points, and begins one of a point that is still to come.
///
/// # Errors
/// When central refuses something; a bug of ours.
pub(crate) async fn fill(central: &central::App, admin: &Admin, stores: &[StoreId]) -> anyhow::Result<()> {
    let operators = central::db::operators::list(&central.db).await?;
    let operator = operators.first();
    for ((store, shop), (location_type, funding)) in stores.iter().zip(&SHOPS).zip(PLACES) {
        let id = PointId::from_uuid(store.uuid());
        let facts = NewPoint {
            name: shop.name.to_owned(),
            address: shop.address.to_owned(),
            commune: shop.commune.to_owned(),
            legal_status: operator.map(|each| each.legal_status.clone()).unwrap_or_default(),
            tax_number: operator.map(|each| each.tax_number.clone()).unwrap_or_default(),
            decision_number: "01/QĐ-SCT (minh họa)".to_owned(),
            funding: funding.to_owned(),
            location_type: location_type.to_owned(),
            ..NewPoint::default()
        };
        admin.update_point(id, &facts).await?;
        for (kind, name, item_count, vnd) in THINGS {
            let piece = NewEquipment {
                id: central.clock.new_uuid(),
                kind: kind.to_owned(),
                name: name.to_owned(),
                item_count,
                value: Some(Money::new(vnd)),
                funding: funding.to_owned(),
                paper_number: "BB 01 (minh họa)".to_owned(),
                handed_on: None,
            };
            admin.add_point_equipment(id, &piece).await?;
        }
    }
    let today = local_date(central.clock.now_ms());
    let coming = NewPoint {
        name: "Điểm OCOP Sa Huỳnh (minh họa)".to_owned(),
        commune: "Phường Sa Huỳnh".to_owned(),
        location_type: "tourism".to_owned(),
        funding: "Ngân sách tỉnh (minh họa)".to_owned(),
        ..NewPoint::default()
    };
    let id = central.clock.new_uuid().into();
    admin.add_point_as(id, &coming, today).await?;
    admin.take_point_step(id, PointState::Chosen, today, "").await?;
    Ok(())
}
