//! A campaign for everybody's goods.

use central::admin::NewCampaign;
use domain::Money;
use domain::campaign::CampaignKind;
use domain::ids::CampaignId;
use time::macros::date;
use uuid::Uuid;

use super::World;

/// A fair for everybody's goods in all stores, which began two weeks ago.
pub(crate) fn fair(world: &World) -> NewCampaign {
    NewCampaign {
        name: "Phiên chợ OCOP".to_owned(),
        kind: CampaignKind::Fair,
        first_day: date!(2026 - 11 - 09),
        last_day: date!(2026 - 11 - 29),
        cost: Money::new(5_000_000),
        products: vec![world.garlic.id, world.salt.id],
        stores: Vec::new(),
        note: "Quảng trường Phạm Văn Đồng".to_owned(),
    }
}

/// Records it, and an enquiry.
pub(crate) async fn add_fair(world: &World) -> CampaignId {
    let id = CampaignId::from_uuid(Uuid::from_u128(79));
    world.admin.add_campaign(id, &fair(world)).await.unwrap();
    world.admin.count_enquiries(id, date!(2026 - 11 - 10), 7).await.unwrap();
    id
}
