//! An operator's list of settlements, page after page.

use central::db::Db;
use central::db::users::Role;
use uuid::Uuid;

use super::browser::Browser;
use super::settlements::{dispute, said};
use crate::support::World;
use crate::support::settling::settlement;

testkit::on_both_engines!(a_long_list_is_read_to_its_end);

/// Disputes that wait come first, on whichever page they would stand; each settlement once.
async fn a_long_list_is_read_to_its_end(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    for _ in 0..120 {
        till.sell(&[(&world.garlic, 1)]);
        let settled = settlement(world.phu_sinh, &[&till], 0);
        till.settle(&settled);
    }
    till.push_from(&world, 1).await.ack();
    let mut producer = Browser::of(&world, Role::Producer(world.phu_sinh)).await;
    let first = format!("/me/settlements/{}/3", till.stream);
    assert_eq!(dispute(&world, &mut producer, &first, &Uuid::from_u128(1), "", "Thiếu").await.status, 303);
    let mut operator = Browser::of(&world, Role::Operator(world.operator)).await;
    let (mut numbers, mut path) = (Vec::new(), "/shops/settlements".to_owned());
    loop {
        let list = operator.json(&world, &path).await;
        let number = |each: &serde_json::Value| each["paper"]["number"].as_str().unwrap().to_owned();
        numbers.extend(list["settlements"].as_array().unwrap().iter().map(number));
        let page = said(&world, &mut operator, &path).await;
        assert_eq!(page.contains("Về đầu"), path.contains("after"), "{page}");
        let Some(after) = list["page_after"].as_str() else { break };
        assert!(page.contains("Trang sau"), "{page}");
        path = format!("/shops/settlements?after={after}");
    }
    // The journal's first entry is its beginning.
    let expected = std::iter::once(3).chain((2..=120).rev().map(|place| place * 2 + 1));
    let ends = |number: &String| number.rsplit("-QT").next().unwrap().parse::<i64>().unwrap();
    assert_eq!(numbers.iter().map(ends).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    for nowhere in ["after=x", "after=x/1", &format!("after={}/1", till.stream)] {
        assert_eq!(
            operator.get(&world, &format!("/shops/settlements?{nowhere}")).await.status,
            404,
            "{nowhere}"
        );
    }
    let other = Uuid::from_u128(5);
    let foreign = format!("/shops/settlements?after={other}:{}/2", other.simple());
    assert_eq!(operator.get(&world, &foreign).await.status, 404);
}
