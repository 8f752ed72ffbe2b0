//! Campaigns in the database: recorded once, corrected, ended, counted, found in the order of their days.

use central::admin::NewCampaign;
use central::db::campaign_list::{self, From, Picked};
use central::db::{Db, audit, campaigns};
use central::error::Error;
use domain::Money;
use domain::campaign::{CampaignKind, CampaignState};
use domain::ids::CampaignId;
use time::macros::date;
use time::{Date, Duration};
use uuid::Uuid;

use crate::support::fair::{add_fair, fair};
use crate::support::{TODAY, World};

testkit::on_both_engines!(
    one_is_recorded_corrected_and_ended,
    what_is_wrong_is_refused,
    the_list_is_picked_and_paged
);

async fn acts(world: &World, id: CampaignId) -> Vec<(String, String)> {
    let mut tx = world.app.db.begin_reading().await.unwrap();
    let acts = audit::list_of(&mut tx, &id.to_string(), 50).await.unwrap();
    acts.into_iter().map(|act| (act.action, act.detail)).collect()
}

async fn one_is_recorded_corrected_and_ended(db: Db) {
    let world = World::new(db).await;
    let (admin, db) = (&world.admin, &world.app.db);
    let id = add_fair(&world).await;
    // Sent twice, it is one.
    let other = NewCampaign { name: "Khác".to_owned(), ..fair(&world) };
    admin.add_campaign(id, &other).await.unwrap();
    let found = campaigns::find(db, id).await.unwrap().unwrap();
    assert_eq!((found.name.as_str(), found.recorded_by.as_str()), ("Phiên chợ OCOP", "test"));
    let mut products = vec![world.garlic.id, world.salt.id];
    products.sort_unstable();
    assert_eq!((found.products, found.stores), (products, Vec::new()));

    let corrected = NewCampaign {
        kind: CampaignKind::Tasting,
        cost: Money::new(6_000_000),
        products: vec![world.garlic.id, world.basket.id, world.garlic.id],
        stores: vec![world.store],
        ..fair(&world)
    };
    admin.update_campaign(id, &corrected).await.unwrap();
    admin.update_campaign(id, &corrected).await.unwrap();
    let found = campaigns::find(db, id).await.unwrap().unwrap();
    assert_eq!((found.kind, found.stores.as_slice()), (CampaignKind::Tasting, &[world.store][..]));
    let told = "kind: fair → tasting\ncost: 5.000.000 ₫ → 6.000.000 ₫\nproducts: −MUOI +GIO\nstores: +LS";
    let all = acts(&world, id).await;
    assert_eq!(all[0], ("campaign.update".to_owned(), told.to_owned()), "once, though saved twice");
    assert_eq!(all.len(), 3);

    // A count takes the place of the one before.
    for count in [9, 9, 3] {
        admin.count_enquiries(id, date!(2026 - 11 - 10), count).await.unwrap();
    }
    admin.count_enquiries(id, TODAY, 4).await.unwrap();
    let mut tx = db.begin_reading().await.unwrap();
    let counted = campaigns::list_enquiries(&mut tx, id, 10).await.unwrap();
    assert_eq!(counted, [(TODAY, 4), (date!(2026 - 11 - 10), 3)]);
    let names: Vec<String> =
        campaigns::list_products(&mut tx, id).await.unwrap().into_iter().map(|row| row.sku).collect();
    assert_eq!(names, ["GIO", "TOI-DEN"]);
    drop(tx);

    admin.end_campaign(id).await.unwrap();
    admin.end_campaign(id).await.unwrap();
    // Written anew it stays ended.
    admin.update_campaign(id, &fair(&world)).await.unwrap();
    let days = campaigns::find(db, id).await.unwrap().unwrap().days;
    assert_eq!((days.ended_on, days.state(TODAY)), (Some(TODAY), CampaignState::Ended));
    let all = acts(&world, id).await;
    assert_eq!(all.iter().filter(|(action, _)| action == "campaign.end").count(), 1);
    assert_eq!(all.iter().filter(|(action, _)| action == "campaign.enquiries").count(), 4);
    audit::verify(&mut db.begin_reading().await.unwrap()).await.unwrap();
}

async fn what_is_wrong_is_refused(db: Db) {
    let world = World::new(db).await;
    let id = CampaignId::from_uuid(Uuid::from_u128(1));
    let stranger = Uuid::from_u128(404);
    let right = fair(&world);
    for (what, wrong) in [
        ("name", NewCampaign { name: " ".to_owned(), ..right.clone() }),
        ("name", NewCampaign { name: "x".repeat(121), ..right.clone() }),
        ("note", NewCampaign { note: "x".repeat(501), ..right.clone() }),
        ("days", NewCampaign { last_day: date!(2026 - 11 - 08), ..right.clone() }),
        ("days", NewCampaign { last_day: date!(2027 - 11 - 10), ..right.clone() }),
        ("cost", NewCampaign { cost: Money::new(-1), ..right.clone() }),
        ("cost", NewCampaign { cost: Money::new(100_000_000_001), ..right.clone() }),
        ("products", NewCampaign { products: Vec::new(), ..right.clone() }),
        ("product", NewCampaign { products: vec![stranger.into()], ..right.clone() }),
        ("store", NewCampaign { stores: vec![stranger.into()], ..right.clone() }),
    ] {
        let error = world.admin.add_campaign(id, &wrong).await.unwrap_err();
        let told = format!("{error:?}");
        assert!(told.contains(&format!("\"{what}\"")), "{what}: {told}");
    }
    assert!(matches!(world.admin.update_campaign(id, &right).await, Err(Error::NotFound("campaign"))));
    assert!(matches!(world.admin.end_campaign(id).await, Err(Error::NotFound("campaign"))));
    let id = add_fair(&world).await;
    for (day, count) in
        [(date!(2026 - 11 - 08), 1), (TODAY + Duration::days(1), 1), (TODAY, -1), (TODAY, 100_001)]
    {
        assert!(world.admin.count_enquiries(id, day, count).await.is_err(), "{day} {count}");
    }
}

async fn the_list_is_picked_and_paged(db: Db) {
    let world = World::new(db).await;
    let admin = &world.admin;
    let add = async |number: u128, kind, first_day: Date, last_day, cost_vnd| {
        let name = format!("{number}");
        let cost = Money::new(cost_vnd);
        let stores = if number.is_multiple_of(2) { vec![world.store, world.other_store] } else { Vec::new() };
        let new = NewCampaign { name, kind, first_day, last_day, cost, stores, ..fair(&world) };
        admin.add_campaign(Uuid::from_u128(number).into(), &new).await.unwrap();
    };
    use CampaignKind::{Fair, Post};
    add(1, Fair, date!(2025 - 12 - 20), date!(2026 - 01 - 05), 1).await;
    add(2, Post, date!(2026 - 11 - 01), date!(2026 - 11 - 20), 10).await;
    add(3, Fair, date!(2026 - 11 - 20), date!(2026 - 11 - 30), 100).await;
    add(4, Post, date!(2026 - 11 - 20), date!(2026 - 12 - 30), 1_000).await;
    add(5, Fair, date!(2026 - 12 - 01), date!(2026 - 12 - 30), 10_000).await;
    add(6, Fair, date!(2026 - 12 - 02), date!(2026 - 12 - 30), 100_000).await;
    admin.end_campaign(Uuid::from_u128(4).into()).await.unwrap();
    admin.end_campaign(Uuid::from_u128(6).into()).await.unwrap();
    let db = &world.app.db;
    let year = |year| {
        let day = |month, day| Date::from_calendar_date(year, month, day).unwrap();
        Some((day(time::Month::January, 1), day(time::Month::December, 31)))
    };
    let of_state = |state| Picked { state: Some(state), ..Picked::default() };
    for (picked, expected, cost) in [
        (Picked::default(), vec![6, 5, 4, 3, 2, 1], 111_111),
        (Picked { within: year(2025), ..Picked::default() }, vec![1], 1),
        (Picked { within: year(2026), kind: Some(Post), state: None }, vec![4, 2], 1_010),
        (of_state(CampaignState::Coming), vec![5], 10_000),
        (of_state(CampaignState::Running), vec![3], 100),
        (of_state(CampaignState::Over), vec![2, 1], 11),
        (of_state(CampaignState::Ended), vec![4], 1_000),
        (of_state(CampaignState::CalledOff), vec![6], 100_000),
    ] {
        let page = campaign_list::page(db, &picked, TODAY, &From::Start, 50).await.unwrap();
        let found: Vec<u128> = page.rows.iter().map(|row| row.id.uuid().as_u128()).collect();
        assert_eq!(found, expected, "{picked:?}");
        let count = i64::try_from(expected.len()).unwrap();
        assert_eq!(campaign_list::count(db, &picked, TODAY).await.unwrap(), (count, Money::new(cost)));
        for row in page.rows {
            assert!(picked.state.is_none_or(|state| row.days.state(TODAY) == state), "{row:?}");
            assert_eq!((row.product_count, row.product.as_str()), (2, "Sản phẩm MUOI"));
            let is_two = row.id.uuid().as_u128().is_multiple_of(2);
            let stores = if is_two { (2, "Điểm OCOP LS") } else { (0, "") };
            assert_eq!((row.store_count, row.store.as_str()), stores);
        }
    }
    // Page by page there and back; the two that began on one day stand apart.
    let (mut from, mut seen) = (From::Start, Vec::new());
    loop {
        let page = campaign_list::page(db, &Picked::default(), TODAY, &from, 2).await.unwrap();
        seen.extend(page.rows.iter().map(|row| row.id.uuid().as_u128()));
        let last = page.rows.last().unwrap().id.uuid();
        if !page.has_after {
            break;
        }
        let (day, id) = campaign_list::find_place(db, last).await.unwrap().unwrap();
        from = From::After(day, id);
    }
    assert_eq!(seen, [6, 5, 4, 3, 2, 1]);
    let before = From::Before(date!(2026 - 11 - 01), Uuid::from_u128(2));
    let page = campaign_list::page(db, &Picked::default(), TODAY, &before, 2).await.unwrap();
    let found: Vec<u128> = page.rows.iter().map(|row| row.id.uuid().as_u128()).collect();
    assert_eq!((found, page.has_before, page.has_after), (vec![4, 3], true, true));
    assert_eq!(campaign_list::find_place(db, Uuid::from_u128(9)).await.unwrap(), None);
}
