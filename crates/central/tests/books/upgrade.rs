//! Books that a new version adds hold what older entries tell, too.

use central::App;
use central::db::Db;
use central::db::engine::Sql;
use central::rebuild::snapshot_digest;

use crate::support::World;
use crate::support::settling::settlement;

testkit::on_both_engines!(books_that_a_migration_added_are_filled_at_the_next_start);

async fn books_that_a_migration_added_are_filled_at_the_next_start(db: Db) {
    let world = World::new(db).await;
    let mut till = world.till().await;
    till.receive(&world.garlic, 3);
    till.sell(&[(&world.garlic, 1)]);
    let settlement = settlement(world.phu_sinh, &[&till], 1_000);
    till.settle(&settlement);
    till.push_from(&world, 1).await.ack();
    let app = &world.app;
    let before = snapshot_digest(&app.db).await.unwrap();
    // As the migration leaves it.
    for step in [
        "delete from stock_moves",
        "delete from settlements",
        "delete from settled",
        "insert into refold (reason) values ('stock_moves')",
    ] {
        app.db.exec(Sql::new(step)).await.unwrap();
    }
    let again = App::over(app.db.clone(), &app.config, (*app.key).clone(), app.clock.clone()).await.unwrap();
    assert_eq!(snapshot_digest(&again.db).await.unwrap(), before);
    assert_eq!(world.number("select cast(count(*) as bigint) from refold").await, 0);
    world.check_books().await;
}
