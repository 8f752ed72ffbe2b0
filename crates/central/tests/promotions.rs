//! Promotions: made for what there is, told to the stores that give them, ended once.

use central::admin::NewPromotion;
use central::db::Db;
use domain::promotion::{Hours, PromotionKind};
use domain::{Money, Rate};
use protocol::wire::CataloguePage;
use time::macros::date;

use crate::support::{Till, World};

testkit::on_both_engines!(stores_learn_of_one_until_it_ends, what_is_wrong_is_refused);

pub(crate) fn tet(world: &World) -> NewPromotion {
    NewPromotion {
        id: world.app.clock.new_uuid().into(),
        operator_id: world.operator,
        store_id: None,
        name: "Tết đến".to_owned(),
        kind: PromotionKind::Percent(Rate::percent(10)),
        products: vec![world.garlic.id, world.salt.id],
        first_day: date!(2026 - 12 - 01),
        last_day: date!(2027 - 02 - 10),
        hours: Some(Hours { from_minute: 480, to_minute: 600 }),
    }
}

/// What a store hears of promotions after a cursor.
async fn heard(world: &World, till: &Till) -> Vec<(String, Option<String>)> {
    let path = format!("/sync/v1/catalogue?epoch={}&cursor=0&limit=1000", world.app.epoch);
    let answer = till.get(world, &path, "gzip").await;
    let page: CataloguePage = serde_json::from_slice(&answer.body).unwrap();
    let of_promotions = page.changes.into_iter().filter(|change| change.kind == "promotion");
    of_promotions.map(|change| (change.id, change.body.map(|body| body["offer"].to_string()))).collect()
}

async fn stores_learn_of_one_until_it_ends(db: Db) {
    let world = World::new(db).await;
    let (till, neighbour) = (world.till().await, world.other_till().await);
    let everywhere = world.admin.add_promotion(&tet(&world)).await.unwrap();
    let here = NewPromotion {
        store_id: Some(world.store),
        kind: PromotionKind::Bundle { pieces: 3, price: Money::new(100_000) },
        ..tet(&world)
    };
    let here = world.admin.add_promotion(&here).await.unwrap();
    let told = |id: domain::ids::PromotionId, offer: &str| (id.to_string(), Some(offer.to_owned()));
    let (percent, bundle) =
        (told(everywhere, r#"{"percent":100000}"#), told(here, r#"{"bundle":[3,100000]}"#));
    assert_eq!(heard(&world, &till).await, [percent.clone(), bundle]);
    assert_eq!(heard(&world, &neighbour).await, [percent]);

    world.admin.end_promotion(everywhere).await.unwrap();
    assert_eq!(heard(&world, &neighbour).await, [(everywhere.to_string(), None)]);
    world.admin.end_promotion(everywhere).await.unwrap();
    assert_eq!(heard(&world, &neighbour).await, [(everywhere.to_string(), None)], "ended twice, told once");
    assert!(world.admin.end_promotion(world.app.clock.new_uuid().into()).await.is_err(), "there is none");

    let twice = tet(&world);
    assert_eq!(
        world.admin.add_promotion(&twice).await.unwrap(),
        world.admin.add_promotion(&twice).await.unwrap()
    );
    assert_eq!(heard(&world, &neighbour).await.len(), 2, "made twice, there is one");
    world.check_books().await;
}

async fn what_is_wrong_is_refused(db: Db) {
    let world = World::new(db).await;
    let good = tet(&world);
    for (wrong, says) in [
        (NewPromotion { name: " ".to_owned(), ..good.clone() }, "name"),
        (NewPromotion { name: "x".repeat(41), ..good.clone() }, "name"),
        (NewPromotion { kind: PromotionKind::Percent(Rate::percent(0)), ..good.clone() }, "offer"),
        (NewPromotion { kind: PromotionKind::BuyGet { buy: 2, get: 0 }, ..good.clone() }, "offer"),
        (NewPromotion { last_day: date!(2026 - 11 - 30), ..good.clone() }, "days"),
        (NewPromotion { hours: Some(Hours { from_minute: 600, to_minute: 600 }), ..good.clone() }, "hours"),
        (NewPromotion { products: vec![], ..good.clone() }, "products"),
        (NewPromotion { products: vec![uuid::Uuid::nil().into()], ..good.clone() }, "product"),
    ] {
        let error = world.admin.add_promotion(&wrong).await.unwrap_err().to_string();
        assert!(error.contains(says), "{error}");
    }
    assert_eq!(world.number("select cast(count(*) as bigint) from promotions").await, 0);
}
