//! Held streams are counted when a person approves them, in their own order.

use central::db::Db;
use central::error::{Error, Refusal};

use crate::support::{Till, World};

testkit::on_both_engines!(approval_counts_what_was_held, only_a_waiting_device_is_approved);

async fn approval_counts_what_was_held(db: Db) {
    let world = World::new(db).await;
    let mut first = world.till().await;
    let shared = first.sell(&[(&world.salt, 2)]);
    first.push_from(&world, 1).await.ack();

    let mut restored = Till::enrol(&world, world.store).await;
    restored.open_shift(100_000);
    let sale = restored.sale_of(vec![restored.line(&world.salt, 2, None)]);
    restored.write_sale(shared, &sale);
    for _ in 0..600 {
        restored.sell(&[(&world.salt, 1)]);
    }
    for first in [1, 301, 501] {
        restored.push(&world, &restored.journal[first - 1..(first + 299).min(603)]).await;
    }
    assert_eq!(world.balance("cash").await, 60_000);
    let approved = world.admin.approve(&restored.key.public().fingerprint().to_uppercase()).await.unwrap();
    assert_eq!(approved, restored.stream);
    assert_eq!(world.balance("cash").await, 60_000 + 100_000 + 600 * 30_000);
    assert_eq!(
        world.number("select cast(count(*) as bigint) from entries where state = 'duplicate'").await,
        1
    );
    restored.sell(&[(&world.salt, 1)]);
    let answer = restored.push_from(&world, 604).await;
    assert_eq!((answer.status, answer.ack().held), (200, false));
    let epochs = "select cast(max(epoch_no) as bigint) from streams";
    assert_eq!(world.number(epochs).await, 2);
}

async fn only_a_waiting_device_is_approved(db: Db) {
    let world = World::new(db).await;
    let till = world.till().await;
    for fingerprint in [till.key.public().fingerprint().as_str(), "0000-0000-0000-0000", ""] {
        let refused = world.admin.approve(fingerprint).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Fingerprint { found: 0, .. }))), "{refused:?}");
    }
}
